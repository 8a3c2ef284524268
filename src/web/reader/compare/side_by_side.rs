//! Two to four programs side by side: differences first.

use askama::Template;

use super::{Chosen, MOST, ONLY_DIFFERENCES, address, names, other_years};
use crate::domain::Edition;
use crate::guide::{Listed, Shelf};
use crate::questionnaire::{Comparison, Value};
use crate::web::count::{capital, counted, figures, word};
use crate::web::layout::Layout;
use crate::web::reader::Reading;
use crate::web::reader::head::Head;
use crate::web::reader::profile::mailto;
use crate::web::reader::years::OtherYear;

/// The comparison.
#[derive(Template)]
#[template(path = "reader/compare.html")]
pub struct ComparePage<'a> {
    layout: Layout,
    edition: &'a Edition,
    head: Head,
    /// "Three programs compared".
    heading: String,
    names: String,
    columns: Vec<Column<'a>>,
    comparison: Comparison,
    remarks: Vec<String>,
    only_differences: bool,
    /// The address under which search engines know it: in whichever order it was asked for, and with all answers.
    canonical: String,
    /// The same with or without what all answer alike.
    other_view: String,
    /// Where another program is added; none where there is no room for one.
    add: Option<String>,
    years: Vec<OtherYear>,
}

/// A program of the comparison.
struct Column<'a> {
    listed: &'a Listed,
    /// What its answers are called where the table is no table.
    name: &'a str,
    /// The comparison without it.
    without: String,
}

fn canonical(reading: &Reading, chosen: &Chosen) -> String {
    let mut slugs: Vec<&str> = chosen.slugs().collect();
    slugs.sort_unstable();
    reading.house.address(&address(reading.edition.year, slugs, []))
}

fn head(reading: &Reading, heading: &str, names: &str, path: &str) -> Head {
    let title = reading.edition.title();
    let description = format!("{names}: partner programs of the {title} side by side, in the vendors’ own words.");
    Head::of_page(reading, format!("{heading}: {names}"), description, path)
}

impl<'a> ComparePage<'a> {
    pub(super) fn new(
        reading: &'a Reading,
        shelf: &Shelf,
        chosen: Chosen<'a>,
        comparison: Comparison,
        only_differences: bool,
    ) -> Self {
        let edition = &*reading.edition;
        let only = only_differences.then_some(ONLY_DIFFERENCES);
        let other = (!only_differences).then_some(ONLY_DIFFERENCES);
        let add = (chosen.programs.len() < MOST).then(|| address(edition.year, chosen.slugs(), [("find", "")]));
        let heading = format!("{} compared", capital(&counted(chosen.programs.len(), "program", "programs")));
        let names = names(&chosen.programs);
        Self {
            layout: Layout::public(&reading.house, Some(edition), "Compare"),
            edition,
            head: head(reading, &heading, &names, &address(edition.year, chosen.slugs(), only)),
            heading,
            names,
            canonical: canonical(reading, &chosen),
            other_view: address(edition.year, chosen.slugs(), other),
            columns: columns(&chosen, only),
            years: other_years(reading, shelf, &chosen.programs),
            comparison,
            remarks: chosen.remarks,
            only_differences,
            add,
        }
    }

    /// "All three".
    fn everybody(&self) -> String {
        match self.columns.len() {
            2 => "Both".to_owned(),
            many => format!("All {}", word(many)),
        }
    }

    fn differ(&self) -> String {
        figures(self.comparison.differ.len(), "answer differs", "answers differ")
    }

    fn agree(&self) -> String {
        figures(self.comparison.agree.len(), "agrees", "agree")
    }

    /// A mail that tells somebody of the comparison, for the reader's own mail program.
    fn mail(&self) -> String {
        mailto(&format!("{}: {}, {}", self.heading, self.names, self.edition.title()), &self.head.address)
    }
}

fn columns<'a>(chosen: &Chosen<'a>, only: Option<(&'a str, &'a str)>) -> Vec<Column<'a>> {
    let of_company = |company: &str| chosen.programs.iter().filter(|listed| listed.company == company).count();
    let column = |listed: &&'a Listed| Column {
        listed,
        name: if of_company(&listed.company) > 1 { &listed.program } else { &listed.company },
        without: chosen.without(listed, only),
    };
    chosen.programs.iter().map(column).collect()
}
