//! The same page in other editions: whoever reads one finds the others, and is told of a newer one.

use super::Reading;

/// A page of another edition.
pub struct OtherYear {
    /// "The figures of 2016".
    pub words: String,
    /// Its path.
    pub href: String,
    /// Whether its edition is the newest one, and newer than that of the page.
    pub is_newest: bool,
}

/// A page in every other edition of which something is published, the newest first. `page`: what it is called before its
/// year, and its path; none where an edition has no such page. A newer edition is told of in any case: its list is there.
pub fn others(reading: &Reading, page: impl Fn(&Reading) -> Option<(&'static str, String)>) -> Vec<OtherYear> {
    let has_programs = |reading: &Reading| reading.shelf().is_ok_and(|shelf| !shelf.listed().is_empty());
    let published: Vec<Reading> = reading.all().into_iter().filter(has_programs).collect();
    let own = reading.edition.year;
    let newest = published.last().map(|newest| newest.edition.year).filter(|year| *year > own);
    let others = published.iter().rev().filter(|other| other.edition.year != own);
    let link = |other: &Reading| {
        let is_newest = Some(other.edition.year) == newest;
        let (words, href) = page(other).or_else(|| is_newest.then(|| list(other)))?;
        Some(OtherYear { words: format!("{words} {}", other.edition.year), href, is_newest })
    };
    others.filter_map(link).collect()
}

/// The list of an edition.
pub fn list(reading: &Reading) -> (&'static str, String) {
    ("The programs of", format!("/{}/", reading.edition.year))
}
