//! The programs that fit, each with the answers that match and those that don't.

use url::form_urlencoded;

use super::asking::row_place;
use super::given::Given;
use super::wanted::{Shown, Wanted, wanted};
use crate::error::AppError;
use crate::guide::search::{Offer, Query, Sieve, rows_name};
use crate::guide::{Fit, Listed, Shelf};
use crate::questionnaire::{Kind, Question, Questionnaire};
use crate::web::count::{capital, counted, word};
use crate::web::reader::list::Pager;
use crate::web::reader::{Reading, compare};

/// How many programs a page of it has at most.
const A_PAGE: usize = 10;

/// The short list.
pub struct ShortList<'a> {
    /// How many programs match everything.
    pub sentence: String,
    /// The programs of the page, those first that match most.
    pub programs: Vec<Suggestion<'a>>,
    /// The pages of the programs that match everything; none where one has them all, and room for some that come close.
    pub pager: Option<Pager>,
    /// What the first of them are called together, and where they are compared; none where there are fewer than two.
    pub compare: Option<(String, String)>,
    /// The list of all programs, filtered by these answers; none where it cannot be.
    pub in_list: Option<InList>,
}

/// The list, filtered by a reader's answers. Any of several answers to a question is enough there, so it may be longer.
pub struct InList {
    /// Its address.
    pub href: String,
    /// "43 programs".
    pub programs: String,
    /// Whether it has programs that do not match everything.
    pub is_broader: bool,
}

/// A program of the short list.
pub struct Suggestion<'a> {
    /// The program.
    pub listed: &'a Listed,
    /// "Five of six answers match".
    pub score: String,
    /// The answers that match.
    pub matches: Vec<Shown>,
    /// Those that don't.
    pub others: Vec<Shown>,
}

impl<'a> ShortList<'a> {
    /// The programs that fit these answers best.
    ///
    /// # Errors
    /// [`AppError::Broken`] for a document that cannot be read.
    pub fn new(reading: &'a Reading, given: &Given) -> Result<Self, AppError> {
        let shelf = reading.shelf()?;
        let wanted = wanted(&reading.edition.questionnaire, given);
        let wishes: Vec<_> = wanted.iter().map(|wanted| wanted.wish.clone()).collect();
        let fits = shelf.answered().fitting(&wishes, given.page().saturating_add(1).saturating_mul(A_PAGE));
        let pager = Pager::new(fits.all as u64, A_PAGE, given.page());
        let page = pager.as_ref().map_or(0..A_PAGE, |pager| pager.first - 1..pager.last);
        let best = fits.best.iter().take(page.end).skip(page.start);
        let programs = best.filter_map(|fit| suggestion(shelf, &wanted, fit)).collect::<Result<Vec<_>, _>>()?;
        let first: Vec<&str> = programs.iter().take(compare::MOST).map(|program| program.listed.slug.as_str()).collect();
        let here = if page.start > 0 { " of this page" } else { "" };
        let compare = (first.len() > 1)
            .then(|| (format!("the first {}{here}", word(first.len())), compare::address(reading.edition.year, first, [])));
        let in_list = in_list(reading, shelf, given, fits.all);
        let sentence = sentence(fits.all, programs.len(), wishes.len(), pager.as_ref());
        Ok(Self { sentence, programs, pager, compare, in_list })
    }
}

fn suggestion<'a>(shelf: &'a Shelf, wanted: &[Wanted], fit: &Fit) -> Option<Result<Suggestion<'a>, AppError>> {
    let listed = shelf.at(fit.place)?;
    let suggestion = |published| {
        let (mut matches, mut others) = (Vec::new(), Vec::new());
        for (wanted, fulfilled) in wanted.iter().zip(&fit.fulfilled) {
            let side = if *fulfilled { &mut matches } else { &mut others };
            side.push(wanted.shown(&published, *fulfilled));
        }
        Suggestion { listed, score: score(fit.count(), wanted.len()), matches, others }
    };
    Some(listed.published().map(suggestion))
}

/// The list filtered by the answers. `matching`: how many programs match all of them.
fn in_list(reading: &Reading, shelf: &Shelf, given: &Given, matching: usize) -> Option<InList> {
    let (questionnaire, offer) = (&reading.edition.questionnaire, Offer::of(&reading.edition.questionnaire));
    let (query, _) = Query::read(&as_query(questionnaire, given, &offer)?, &offer);
    let programs = usize::try_from(Sieve::new(shelf, &offer, &query, None).found().len()).ok()?;
    Some(InList {
        href: query.address(reading.edition.year, &offer),
        programs: counted(programs, "program", "programs"),
        is_broader: programs > matching,
    })
}

/// The answers as filters of the list; none where it has no such filter, or a grid is answered in more than one row.
fn as_query(questionnaire: &Questionnaire, given: &Given, offer: &Offer) -> Option<String> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for key in &questionnaire.roles.finder {
        let filters = as_filters(key, questionnaire.field_or_question(key)?, given)?;
        if !filters.is_empty() && offer.filters.iter().all(|filter| filter.place != key) {
            return None;
        }
        query.extend_pairs(filters);
    }
    Some(query.finish())
}

fn as_filters(key: &str, question: &Question, given: &Given) -> Option<Vec<(String, String)>> {
    let pairs =
        |name: &str, list: &str| -> Vec<_> { given.of(list).iter().map(|option| (name.to_owned(), option.clone())).collect() };
    let Kind::GridOne { rows, .. } = &question.kind else {
        return Some([pairs(key, key), pairs(&rows_name(key), &rows_name(key))].concat());
    };
    let mut answered = rows.iter().filter(|row| !given.of(&row_place(key, row)).is_empty());
    match (answered.next(), answered.next()) {
        (None, _) => Some(Vec::new()),
        (Some(row), None) => Some([pairs(key, &row_place(key, row)), vec![(rows_name(key), row.key.clone())]].concat()),
        _ => None,
    }
}

/// "Five of six answers match".
fn score(count: usize, of: usize) -> String {
    match (count, of) {
        (_, 1) => "Your answer matches".to_owned(),
        (2, 2) => "Both answers match".to_owned(),
        (count, of) if count == of => format!("All {} match", counted(of, "answer", "answers")),
        (1, of) => format!("One of {} matches", counted(of, "answer", "answers")),
        (count, of) => format!("{} of {} match", capital(&word(count)), counted(of, "answer", "answers")),
    }
}

/// How many programs match everything, where so many are shown of them, and which.
fn sentence(all: usize, shown: usize, wishes: usize, pager: Option<&Pager>) -> String {
    let everything = match wishes {
        1 => "your answer".to_owned(),
        2 => "both of your answers".to_owned(),
        many => format!("all {} of your answers", word(many)),
    };
    let programs = capital(&counted(all, "program matches", "programs match"));
    if let Some(pager) = pager.filter(|pager| pager.current > 1) {
        return match pager.first == pager.last {
            true => format!("{programs} {everything}. This is the last of them, A to Z."),
            false => format!("{programs} {everything}. These are numbers {} to {}, A to Z.", pager.first, pager.last),
        };
    }
    match all {
        0 if shown == 0 => "No program matches any of your answers.".to_owned(),
        0 => format!("No program matches {everything}. These come closest."),
        all if all > shown => format!("{programs} {everything}. These are the first {}, A to Z.", word(shown)),
        all if all == shown => format!("{programs} {everything}."),
        1 => format!("{programs} {everything}. It stands first; the others come closest."),
        _ => format!("{programs} {everything}. They stand first; the others come closest."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_how_many_match() {
        for (all, shown, wishes, said) in [
            (0, 0, 1, "No program matches any of your answers."),
            (0, 10, 6, "No program matches all six of your answers. These come closest."),
            (1, 10, 2, "One program matches both of your answers. It stands first; the others come closest."),
            (3, 10, 3, "Three programs match all three of your answers. They stand first; the others come closest."),
            (10, 10, 1, "Ten programs match your answer."),
            (48, 10, 15, "48 programs match all 15 of your answers. These are the first ten, A to Z."),
        ] {
            assert_eq!(sentence(all, shown, wishes, Pager::new(all as u64, A_PAGE, 0).as_ref()), said);
        }
        for (all, page, said) in [
            (48, 1, "48 programs match both of your answers. These are numbers 11 to 20, A to Z."),
            (48, 9, "48 programs match both of your answers. These are numbers 41 to 48, A to Z."),
            (41, 4, "41 programs match both of your answers. This is the last of them, A to Z."),
        ] {
            assert_eq!(sentence(all, A_PAGE, 2, Pager::new(all as u64, A_PAGE, page).as_ref()), said);
        }
    }

    #[test]
    fn a_program_says_how_much_of_it_matches() {
        for (count, of, said) in [
            (1, 1, "Your answer matches"),
            (2, 2, "Both answers match"),
            (1, 2, "One of two answers matches"),
            (5, 6, "Five of six answers match"),
            (6, 6, "All six answers match"),
        ] {
            assert_eq!(score(count, of), said);
        }
    }
}
