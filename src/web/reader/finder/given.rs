//! What a reader answered: it stands in the address alone.

use std::collections::HashSet;

use indexmap::IndexMap;
use url::form_urlencoded;

use super::asking;
use crate::questionnaire::Questionnaire;

/// The reader's answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The options ticked, by the name of their list, in the definition's order; no list without one.
    ticked: IndexMap<String, Vec<String>>,
    /// The page of the short list, counted from 0.
    page: usize,
    /// Whether the form was sent without an answer.
    sent_empty: bool,
    /// Whether the address has an answer that is not offered.
    passed_over: bool,
}

/// What the form sends beside the answers. No question can have this key.
const SENT: (&str, &str) = ("act", "find");
/// Which page of the short list is asked for, counted from 1, as in the list.
const PAGE: &str = "page";

impl Given {
    /// Reads a query. What the finder does not ask is passed over.
    pub fn read(questionnaire: &Questionnaire, query: &str) -> Self {
        let sent: HashSet<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut given = Self::default();
        let mut read = 0;
        for list in asking::questions(questionnaire).into_iter().flat_map(|asking| asking.lists) {
            let is_ticked = |option: &&str| sent.contains(&(list.name.clone(), (*option).to_owned()));
            let keys = list.options.iter().map(|option| option.key.as_str());
            let ticked: Vec<String> = keys.filter(is_ticked).map(str::to_owned).collect();
            given.passed_over |= sent.iter().filter(|(name, _)| *name == list.name).count() > ticked.len();
            read += ticked.len();
            if !ticked.is_empty() {
                given.ticked.insert(list.name, ticked);
            }
        }
        let page = sent.iter().filter(|(name, _)| name == PAGE).filter_map(|(_, page)| page.parse().ok()).max();
        given.page = page.filter(|_| read > 0).map_or(0, |page: usize| page.saturating_sub(1));
        given.sent_empty = read == 0 && sent.contains(&(SENT.0.to_owned(), SENT.1.to_owned()));
        given
    }

    /// The options ticked in the list of this name.
    pub fn of(&self, list: &str) -> &[String] {
        self.ticked.get(list).map_or(&[], Vec::as_slice)
    }

    /// Whether an option is ticked.
    pub fn has(&self, list: &str, option: &str) -> bool {
        self.of(list).iter().any(|ticked| ticked == option)
    }

    /// Whether anything is answered.
    pub fn is_something(&self) -> bool {
        !self.ticked.is_empty()
    }

    /// The page of the short list, counted from 0.
    pub fn page(&self) -> usize {
        self.page
    }

    /// The same answers, on this page of what comes of them.
    #[must_use]
    pub fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// Whether the form was sent without an answer.
    pub fn is_sent_empty(&self) -> bool {
        self.sent_empty
    }

    /// Whether the address has an answer that is not offered.
    pub fn has_passed_over(&self) -> bool {
        self.passed_over
    }

    /// The answers as pairs of an address.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.ticked.iter().flat_map(|(name, options)| options.iter().map(move |option| (name.as_str(), option.as_str())))
    }

    /// The address with these answers, and the page.
    pub fn address(&self, year: i32) -> String {
        let page = (self.page > 0).then(|| (self.page + 1).to_string());
        let pairs = self.pairs().chain(page.iter().map(|page| (PAGE, page.as_str())));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        if query.is_empty() { format!("/{year}/find") } else { format!("/{year}/find?{query}") }
    }

    /// The address under which its page is kept: it tells apart what the page says beyond the answers.
    pub fn kept_under(&self, year: i32) -> String {
        let sent_empty = if self.sent_empty { "#sent-empty" } else { "" };
        let passed_over = if self.passed_over { "#passed-over" } else { "" };
        format!("{}{sent_empty}{passed_over}", self.address(year))
    }
}
