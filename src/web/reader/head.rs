//! What a page says of itself to search engines, to feed readers, and to whoever shares its address.

use super::Reading;
use crate::domain::Edition;
use crate::guide::Listed;
use crate::web::count::{capital, counted};

/// The part of a page's head that is for machines.
pub struct Head {
    /// The title, where the page's address is shared.
    pub title: String,
    /// A sentence or two about what is on it.
    pub description: String,
    /// The page's own address, in full.
    pub address: String,
    /// "website" or "article".
    pub kind: &'static str,
    /// The guide's title.
    pub site: String,
    /// The same in other forms.
    pub alternates: Vec<Alternate>,
    /// What schema.org has words for, as JSON for the inside of a script element.
    pub linked_data: Option<String>,
}

/// The same in another form.
#[derive(Clone)]
pub struct Alternate {
    /// Its content type.
    pub media: &'static str,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub href: String,
}

impl Head {
    /// The head of an edition's list.
    pub fn of_list(reading: &Reading, listed: &[std::sync::Arc<Listed>]) -> Self {
        let title = reading.edition.title();
        let programs = capital(&counted(listed.len(), "partner program", "partner programs"));
        Self {
            description: format!("{programs} in the vendors’ own words: the {title}, to browse, compare and reuse."),
            address: reading.address(""),
            kind: "website",
            site: title.clone(),
            alternates: vec![feed(reading), alternate("application/json", &title, path(reading, "programs.json"))],
            linked_data: None,
            title,
        }
    }

    /// The head of a page that has no other form: what it is called, what it says, and its path.
    pub fn of_page(reading: &Reading, title: impl Into<String>, description: String, path: &str) -> Self {
        Self {
            title: title.into(),
            description,
            address: reading.house.address(path),
            kind: "website",
            site: reading.edition.title(),
            alternates: Vec::new(),
            linked_data: None,
        }
    }

    /// The same, with this form of the page before all others: whoever takes only one takes the first.
    #[must_use]
    pub fn led_by(mut self, first: Alternate) -> Self {
        self.alternates.insert(0, first);
        self
    }

    /// The head of a profile.
    pub fn of_profile(reading: &Reading, listed: &Listed, linked_data: String) -> Self {
        let (site, title) = (reading.edition.title(), title(listed));
        let facts: Vec<String> = facts(&reading.edition, listed).map(|(heading, value)| format!("{heading}: {value}")).collect();
        let profile = format!("programs/{}", listed.slug);
        Self {
            description: [format!("{title}, in the {site}."), facts.join(" · ")].join(" ").trim_end().to_owned(),
            kind: "article",
            site,
            alternates: vec![feed(reading), alternate("application/json", &title, path(reading, &format!("{profile}.json")))],
            linked_data: Some(linked_data),
            address: reading.address(&profile),
            title,
        }
    }
}

/// A path below the edition's own.
fn path(reading: &Reading, below: &str) -> String {
    format!("/{}/{below}", reading.edition.year)
}

fn feed(reading: &Reading) -> Alternate {
    alternate("application/atom+xml", &reading.edition.title(), path(reading, "feed.atom"))
}

fn alternate(media: &'static str, title: &str, href: String) -> Alternate {
    Alternate { media, title: title.to_owned(), href }
}

/// "Digium, Inc.: Digium Partner Program".
pub fn title(listed: &Listed) -> String {
    [listed.company.as_str(), listed.program.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// What lists show of a program, each with the head of its column; only what was answered.
pub fn facts<'a>(edition: &'a Edition, listed: &'a Listed) -> impl Iterator<Item = (&'a str, &'a str)> {
    let heading = |key: &String| edition.questionnaire.question(key).map(|question| question.heading());
    let columns = edition.questionnaire.roles.listed.iter().zip(&listed.columns);
    columns.filter(|(_, value)| !value.is_empty()).filter_map(move |(key, value)| Some((heading(key)?, value.as_str())))
}
