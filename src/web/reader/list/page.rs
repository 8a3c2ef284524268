//! What the list's page says.

use askama::Template;

use super::dropped::{Dropped, to_drop};
use super::facets::{self, Active, Facet, quoted};
use super::leafing::{self, Letter, Pager, Place};
use super::table::{self, Column, Group};
use crate::error::AppError;
use crate::guide::search::{By, Hits, Offer, Query, Sieve, order};
use crate::guide::{Listed, Shelf};
use crate::web::assets;
use crate::web::count::{capital, counted, figures, word};
use crate::web::layout::Layout;
use crate::web::reader::compare::MOST;
use crate::web::reader::head::Head;
use crate::web::reader::passed_over::PassedOver;
use crate::web::reader::years::{self, OtherYear};
use crate::web::reader::{Reading, feed};

/// The list.
#[derive(Template)]
#[template(path = "reader/list.html")]
pub struct ListPage<'a> {
    layout: Layout,
    head: Head,
    title: String,
    /// The address under which search engines know the page, whichever was asked for; none where they should know none:
    /// searches, filters, orders and choices are for people.
    canonical: Option<String>,
    /// The pages before and after this one.
    before: Option<String>,
    after: Option<String>,
    how_many: String,
    /// When the last profile came, for a machine and in words; none while there is no profile.
    updated: Option<(String, String)>,
    /// When the first profiles appear; none once the day is there.
    publishes: Option<String>,
    years: Vec<OtherYear>,
    text: &'a str,
    /// What the form carries along unseen: names and values.
    carried: Vec<(&'static str, String)>,
    facets: Vec<Facet<'a>>,
    /// "19 of 48 programs".
    heading: String,
    /// What has to be said about the search.
    remarks: Vec<String>,
    active: Vec<Active>,
    /// The feed of what is searched for, or of the edition.
    follow: String,
    /// The whole list, where it is not shown.
    clear: Option<String>,
    dropped: Vec<Dropped>,
    letters: Vec<Letter>,
    sorted_by: String,
    /// Whether there is a text that programs fit more or less well, and another order.
    could_be_by_fit: bool,
    columns: Vec<Column>,
    groups: Vec<Group<'a>>,
    pager: Option<Pager>,
    chosen: Vec<&'a Listed>,
    choose_none: String,
    /// The script that looks at once for what is typed or ticked.
    script: &'static str,
}

impl<'a> ListPage<'a> {
    /// What a query leaves. `hits`: where its text was found; `passed_over`: what its address asks for in vain.
    ///
    /// # Errors
    /// [`AppError::Broken`] when a document cannot be read.
    pub fn new(
        reading: &'a Reading,
        offer: &'a Offer,
        query: &'a Query,
        hits: Option<&Hits>,
        passed_over: &PassedOver,
    ) -> Result<Self, AppError> {
        let (house, edition, shelf) = (&reading.house, &*reading.edition, reading.shelf()?);
        let (year, schedule) = (edition.year, &edition.schedule);
        let layout = Layout::public(house, Some(edition), "Programs");
        let sieve = Sieve::new(shelf, offer, query, hits.map(|hits| &hits.programs));
        let found = sieve.found();
        let places = match layout.live {
            true => order::page(shelf, offer, &found, hits, query),
            false => found.iter().collect(),
        };
        let pager = Pager::new(found.len(), order::A_PAGE, query.page).filter(|_| layout.live);
        let letters = match query.is_a_to_z() {
            true => leafing::letters(shelf, &found, pager.as_ref().map(|pager| pager.current - 1)),
            false => Vec::new(),
        };
        let begins =
            |letter: char| letters.iter().any(|known| known.letter == letter && matches!(known.place, Some(Place::Here(_))));
        let rows = table::rows(shelf, &edition.questionnaire, &places, query, hits)?;
        let groups = table::groups(rows, query.is_a_to_z(), begins);
        let address = |query: &Query| query.address(year, offer);
        let page_address = |page: usize| address(&Query::default().on_page(page));
        let is_plain = *query == Query::default().on_page(query.page);
        let current = pager.as_ref().map_or(0, |pager| pager.current - 1);
        let forgiven = hits.filter(|_| !found.is_empty());
        let follow = feed::of_search(reading, offer, query);
        Ok(Self {
            follow: follow.href.clone(),
            head: match query.narrows() && layout.live {
                true => Head::of_list(reading, shelf.listed()).led_by(follow),
                false => Head::of_list(reading, shelf.listed()),
            },
            title: title(query, current),
            canonical: (is_plain && passed_over.is_empty()).then(|| house.address(&page_address(current))),
            before: current.checked_sub(1).filter(|_| is_plain).map(page_address),
            after: pager.as_ref().and_then(|pager| pager.next).filter(|_| is_plain).map(|next| page_address(next - 1)),
            how_many: capital(&counted(shelf.listed().len(), "partner program", "partner programs")),
            updated: shelf.updated().map(|newest| (schedule.machine(newest), schedule.day_words(newest))),
            publishes: reading.publishes(),
            years: years::others(reading, |other| Some(elsewhere(other, offer, query))),
            text: &query.text,
            carried: carried(offer, query, &places, shelf),
            facets: if layout.live { facets::facets(offer, query, &sieve) } else { Vec::new() },
            heading: heading(found.len(), shelf.listed().len(), query),
            remarks: passed_over.words(query).into_iter().chain(forgiven.and_then(|hits| facets::remark(query, hits))).collect(),
            active: facets::active(year, offer, query),
            clear: query.narrows().then(|| address(&query.without_filters())),
            dropped: if found.is_empty() { to_drop(year, offer, query, &sieve, shelf)? } else { Vec::new() },
            letters,
            sorted_by: sorted_by(offer, query),
            could_be_by_fit: !query.text.is_empty() && query.sort.is_some(),
            columns: table::columns(offer, query),
            groups,
            pager,
            chosen: query.programs.iter().filter_map(|slug| shelf.find(slug)).map(|listed| &**listed).collect(),
            choose_none: address(&query.without_programs()),
            script: assets::address("list.js"),
            layout,
        })
    }

    /// Whether any profile is published.
    fn is_begun(&self) -> bool {
        self.updated.is_some()
    }

    /// Whether the programs stand under their letters.
    fn has_letters(&self) -> bool {
        !self.letters.is_empty()
    }

    /// That nothing fits, and what stands nowhere, above what can be dropped.
    fn nothing_fits(&self) -> String {
        let nowhere = self.dropped.iter().find_map(|dropped| dropped.nowhere.as_ref());
        let nowhere = nowhere.map(|words| format!(" No company, program, person or answer has {words}.")).unwrap_or_default();
        match (self.active.len(), self.dropped.len()) {
            (1, 1) => "No program fits this. Without it there are some:".to_owned(),
            (_, 1) => format!("No program fits all of this.{nowhere} Without this there are some:"),
            _ => format!("No program fits all of this.{nowhere} Without one of these there are some:"),
        }
    }

    /// The heads of the columns after the company's, each with what stands in it for a program.
    fn cells<'b>(&'b self, listed: &'b Listed) -> impl Iterator<Item = (&'b Column, &'b String)> {
        self.columns.iter().skip(1).zip(&listed.columns)
    }

    /// "2 chosen", and of more than have room side by side that they have not.
    fn how_many_chosen(&self) -> String {
        match self.chosen.len() {
            many if many > MOST => format!("{many} chosen: {} have room side by side", word(MOST)),
            some => format!("{some} chosen"),
        }
    }

    /// The companies of the chosen programs.
    fn chosen_names(&self) -> String {
        self.chosen.iter().map(|listed| listed.company.as_str()).collect::<Vec<_>>().join("; ")
    }
}

/// The list of another edition, asked the same as far as it can be: its text, and what that edition can be filtered by.
fn elsewhere(other: &Reading, offer: &Offer, query: &Query) -> (&'static str, String) {
    let (asked, there) = (query.alone(), Offer::of(&other.edition.questionnaire));
    let (taken, _) = Query::read(&asked.written(offer), &there);
    let is_same = (taken.ticked.len(), taken.numbers.len()) == (asked.ticked.len(), asked.numbers.len());
    let words = if asked.narrows() && is_same { "This search in" } else { "The programs of" };
    (words, taken.address(other.edition.year, &there))
}

fn title(query: &Query, page: usize) -> String {
    let page = if page > 0 { format!(", page {}", page + 1) } else { String::new() };
    match (query.text.is_empty(), query.is_filtered()) {
        (true, false) => format!("Programs{page}"),
        (true, true) => format!("Programs, filtered{page}"),
        (false, _) => format!("Programs with {}{page}", quoted(&query.text)),
    }
}

fn heading(found: u64, all: usize, query: &Query) -> String {
    let all = figures(all, "program", "programs");
    if query.narrows() { format!("{found} of {all}") } else { all }
}

fn sorted_by(offer: &Offer, query: &Query) -> String {
    let Some(sort) = query.sort else {
        return if query.text.is_empty() { "company".to_owned() } else { "how well they fit".to_owned() };
    };
    let by = match sort.by {
        By::Company => "company",
        By::Column(column) => offer.columns.get(column).map_or("", |question| question.heading()),
    };
    format!("{by}{}", if sort.reversed { ", last first" } else { "" })
}

/// The order, and the chosen programs that do not stand on this page.
fn carried(offer: &Offer, query: &Query, places: &[u32], shelf: &Shelf) -> Vec<(&'static str, String)> {
    let here = |slug: &str| shelf.place(slug).is_some_and(|place| places.contains(&place));
    let sort = query.sort.and_then(|sort| sort.word(offer)).map(|sort| ("sort", sort));
    let elsewhere = query.programs.iter().filter(|slug| !here(slug)).map(|slug| ("program", slug.clone()));
    sort.into_iter().chain(elsewhere).collect()
}
