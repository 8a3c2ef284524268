//! Choosing what to compare: what is chosen, and programs found by name.

use askama::Template;

use super::{Asked, Chosen, address, other_years};
use crate::guide::{Listed, Shelf, folded};
use crate::web::count::figures;
use crate::web::layout::Layout;
use crate::web::reader::Reading;
use crate::web::reader::head::Head;
use crate::web::reader::years::OtherYear;

/// How many programs are shown that have the name looked for.
const SHOWN: usize = 20;

/// The way to a comparison.
#[derive(Template)]
#[template(path = "reader/choose.html")]
pub struct ChoosePage<'a> {
    layout: Layout,
    head: Head,
    heading: String,
    remarks: Vec<String>,
    /// What is chosen, with where it is taken out.
    chosen: Vec<(&'a Listed, String)>,
    /// Where what is chosen is compared; none while that is too little.
    compare: Option<String>,
    /// The list of all programs, with these chosen.
    list: String,
    /// What was typed.
    find: String,
    /// What was found, with where it is added.
    found: Vec<(&'a Listed, String)>,
    /// That more was found than is shown, or nothing.
    about_found: Option<String>,
    /// Whether any profile is published.
    is_begun: bool,
    /// When the first profiles appear; none once the day is there.
    publishes: Option<String>,
    years: Vec<OtherYear>,
}

impl<'a> ChoosePage<'a> {
    pub(super) fn new(reading: &Reading, shelf: &'a Shelf, chosen: Chosen<'a>, asked: &Asked) -> Self {
        let (house, edition) = (&reading.house, &*reading.edition);
        let find = asked.find.clone().unwrap_or_default();
        let (found, about_found) = found(shelf, &chosen, &find);
        let looking = asked.find.as_ref().map(|_| ("find", find.as_str()));
        let heading = heading(&chosen.programs);
        Self {
            head: head(reading, &heading, &asked.address(edition.year)),
            layout: Layout::public(house, Some(edition), "Compare"),
            heading,
            compare: (chosen.programs.len() > 1).then(|| address(edition.year, chosen.slugs(), [])),
            list: list_with(&chosen),
            years: other_years(reading, shelf, &chosen.programs),
            chosen: chosen.programs.iter().map(|listed| (*listed, chosen.without(listed, looking))).collect(),
            remarks: chosen.remarks,
            find,
            found,
            about_found,
            is_begun: !shelf.listed().is_empty(),
            publishes: reading.publishes(),
        }
    }
}

fn head(reading: &Reading, heading: &str, path: &str) -> Head {
    let title = reading.edition.title();
    let description = format!("Two to four partner programs of the {title} side by side, question by question.");
    Head::of_page(reading, heading, description, path)
}

/// The list of all programs, which carries along what is chosen.
fn list_with(chosen: &Chosen) -> String {
    let programs: Vec<String> = chosen.slugs().map(|slug| format!("program={slug}")).collect();
    if programs.is_empty() { format!("/{}/", chosen.year) } else { format!("/{}/?{}", chosen.year, programs.join("&")) }
}

fn heading(chosen: &[&Listed]) -> String {
    match chosen {
        [] => "Compare programs".to_owned(),
        [one] => format!("Compare {} with another program", one.company),
        _ => "Add a program to the comparison".to_owned(),
    }
}

/// The programs with this name that are not chosen yet, and what has to be said about them. Where so few are published
/// that they can all be shown, they are, without a name.
fn found<'a>(shelf: &'a Shelf, chosen: &Chosen<'a>, find: &str) -> (Vec<(&'a Listed, String)>, Option<String>) {
    if folded(find).is_empty() && (!find.is_empty() || shelf.listed().len() > SHOWN) {
        return (Vec::new(), (!find.is_empty()).then(|| nothing(find)));
    }
    let new = |listed: &&'a Listed| chosen.programs.iter().all(|known| known.slug != listed.slug);
    let all: Vec<&Listed> = shelf.called(find).map(|listed| &**listed).filter(new).collect();
    let about = match all.len().checked_sub(SHOWN) {
        _ if all.is_empty() => (!find.is_empty()).then(|| nothing(find)),
        None | Some(0) => None,
        Some(more) => Some(format!("And {} more: type more of the name.", figures(more, "program", "programs"))),
    };
    let with = |listed: &'a Listed| address(chosen.year, chosen.slugs().chain([listed.slug.as_str()]), []);
    (all.into_iter().take(SHOWN).map(|listed| (listed, with(listed))).collect(), about)
}

fn nothing(find: &str) -> String {
    format!("No other program has “{find}” in its name, or in its company’s.")
}
