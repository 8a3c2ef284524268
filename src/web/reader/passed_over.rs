//! What an address asks of the list and cannot have. It is passed over, and the page says so: whoever followed the address
//! would take the whole list for an answer.
//!
//! Only what was meant for the list is spoken of: a text without a word, an order that there is not, an option that its
//! filter does not have, and a question of any edition by which this one cannot be filtered. Of what no edition has ever
//! asked nothing is said: others hang their marks on addresses (`utm_source`, `fbclid`), and no reader meant those.

use std::collections::HashMap;

use url::form_urlencoded;

use super::Reading;
use super::list::quoted;
use crate::guide::search::{Cut, LONGEST_TEXT, MOST_WORDS, Offer, Parameter, Query, Said, Unknown, spaced};
use crate::questionnaire::{Question, Questionnaire};

/// Say in an address that its text was longer, and that it had more words.
const CUTS: [(Cut, (&str, &str)); 2] = [(Cut::Characters, ("cut", "1")), (Cut::Words, ("cut", "words"))];
/// The most parameters that are spoken of, and the most characters of each.
const MOST: usize = 3;
const LONGEST: usize = 40;

/// What was passed over in an address.
#[derive(Debug, Default)]
pub struct PassedOver {
    /// As it stands in the address, shortened. What was passed over because the same was asked for again stands first.
    parameters: Vec<(String, String)>,
    outdone: usize,
    /// What is said of each.
    sentences: Vec<String>,
}

impl PassedOver {
    /// Reads what an address [asks for](Offer::meant), of which the list takes what is offered.
    pub fn read(asked: &[Parameter], reading: &Reading, offer: &Offer) -> Self {
        let mut read = Self::default();
        read.take_outdone(asked, reading, offer);
        read.outdone = read.parameters.len();
        read.read_text(asked, reading, offer);
        for (name, value) in asked.iter().filter(|(name, _)| name != "q") {
            if read.is_full() {
                break;
            }
            read.take_if(sentence(name, value, reading, offer), (name, value));
        }
        read
    }

    /// Reads of what an address asks for what is said of its text alone. Of several texts the last counts.
    pub fn of_text(asked: &[Parameter], reading: &Reading, offer: &Offer) -> Self {
        let mut read = Self::default();
        read.read_text(asked, reading, offer);
        read
    }

    fn read_text(&mut self, asked: &[Parameter], reading: &Reading, offer: &Offer) {
        let Some((name, text)) = asked.iter().rfind(|(name, _)| name == "q") else { return };
        self.take_if(sentence(name, text, reading, offer), (name, text));
        let is_said = |said| asked.iter().any(|(name, value)| (&**name, &**value) == said);
        let may_have_been = |(cut, said): &(Cut, _)| is_said(*said) && cut.may_have_left(&spaced(text));
        let cut = Cut::of(text);
        if let Some((cut, said)) = CUTS.into_iter().find(|known| cut.map_or_else(|| may_have_been(known), |cut| cut == known.0)) {
            self.take_if(Some(cut_short(cut)), said);
        }
    }

    /// Keeps the numbers in whose place others are asked for: of several the last count.
    fn take_outdone(&mut self, asked: &[Parameter], reading: &Reading, offer: &Offer) {
        let (mut last, mut differing) = (HashMap::new(), Vec::new());
        for (name, value) in asked.iter().rev() {
            if let Ok(Said::Numbers(filter, between)) = Said::read(name, value, offer)
                && *last.entry(filter).or_insert(between) != between
            {
                differing.push((name, value));
            }
        }
        for (name, value) in differing.into_iter().rev() {
            if self.is_full() {
                break;
            }
            self.take_if(outdone(name, value, reading), (name, value));
        }
    }

    /// Whether no more is spoken of.
    fn is_full(&self) -> bool {
        self.parameters.len() >= MOST
    }

    /// Keeps a parameter of which something is said.
    fn take_if(&mut self, said: Option<String>, (name, value): (&str, &str)) {
        let parameter = (name.to_owned(), shortened(value));
        if let Some(sentence) = said.filter(|_| !self.is_full() && !self.parameters.contains(&parameter)) {
            self.parameters.push(parameter);
            self.sentences.push(sentence);
        }
    }

    /// Whether there is nothing of the kind.
    pub fn is_empty(&self) -> bool {
        self.parameters.is_empty()
    }

    /// The address with these parameters: what is said on its page belongs to it. What was asked for in the place of others
    /// stands after them.
    pub fn address(&self, rest: String) -> String {
        if self.is_empty() {
            return rest;
        }
        let (path, query) = rest.split_once('?').unwrap_or((&rest, ""));
        let (outdone, others) = self.parameters.split_at(self.outdone);
        let written = |parameters| form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        let parts = [written(outdone), query.to_owned(), written(others)];
        format!("{path}?{}", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&"))
    }

    /// What is said of it, and what is shown in its place; none where nothing was passed over.
    pub fn words(&self, query: &Query) -> Option<String> {
        let shown = (!query.narrows()).then(|| "All programs are shown.".to_owned());
        (!self.is_empty()).then(|| self.sentences.iter().cloned().chain(shown).collect::<Vec<_>>().join(" "))
    }
}

/// What is said of a parameter that cannot be had; none for one that can, for one that says nothing, and for one that no
/// edition ever asked for.
fn sentence(name: &str, value: &str, reading: &Reading, offer: &Offer) -> Option<String> {
    let shown = Some(shortened(value)).filter(|shown| !shown.is_empty()).map(|shown| quoted(&shown))?;
    match Said::read(name, value, offer) {
        Ok(Said::Text(text)) if text.is_empty() => Some(format!("{shown} holds no word that can be searched for.")),
        Ok(_) => None,
        Err(Unknown::Sort) => Some(format!("Programs cannot be sorted by {shown}.")),
        Err(Unknown::Choice(filter, part)) => {
            let heading = quoted(&offer.part(filter, part)?.heading);
            Some(format!("{shown} is not among the choices under {heading}, and was passed over."))
        }
        Err(Unknown::Numbers) => {
            let heading = quoted(&asked(name, reading)?);
            Some(format!("{shown} is not a number, nor a range like 2000-2004, and was passed over under {heading}."))
        }
        Err(Unknown::Beyond) => {
            let heading = quoted(&asked(name, reading)?);
            Some(format!("{shown} lies beyond every number that is answered, and was passed over under {heading}."))
        }
        Err(Unknown::Name) if Query::OWN_NAMES.contains(&name) => None,
        Err(Unknown::Name) => {
            let heading = quoted(&asked(name, reading)?);
            Some(format!("Programs of {} cannot be filtered by {heading}.", reading.edition.year))
        }
    }
}

/// What is said of numbers in whose place others count.
fn outdone(name: &str, value: &str, reading: &Reading) -> Option<String> {
    let (shown, heading) = (quoted(&shortened(value)), quoted(&asked(name, reading)?));
    Some(format!("{shown} was passed over under {heading}: of several numbers or ranges the last counts."))
}

/// What is said of a text of which only the beginning was searched for.
fn cut_short(cut: Cut) -> String {
    match cut {
        Cut::Characters => {
            format!("The text is longer than can be searched for: only its first {LONGEST_TEXT} characters were.")
        }
        Cut::Words => {
            format!("The text has more words than are searched for at once: only the first {MOST_WORDS} different ones were.")
        }
    }
}

/// What this edition calls a question, or a newer or older one that asked it.
fn asked(name: &str, reading: &Reading) -> Option<String> {
    let own = heading(&reading.edition.questionnaire, name);
    own.or_else(|| reading.all().iter().rev().find_map(|reading| heading(&reading.edition.questionnaire, name)))
}

/// What stands above the filter of this name, or would; of a part of a question, what would stand above the whole.
fn heading(questionnaire: &Questionnaire, name: &str) -> Option<String> {
    let question = questionnaire.field_or_question(name).map(Question::heading);
    let rows = || Some(questionnaire.field_or_question(name.strip_suffix(".row")?)?.rows_heading());
    question.map(str::to_owned).or_else(rows).or_else(|| heading(questionnaire, name.rsplit_once('.')?.0))
}

/// A value without what cannot be shown, in as many characters as are shown.
fn shortened(value: &str) -> String {
    let value: String = spaced(value).chars().take(LONGEST).collect();
    value.trim_end().to_owned()
}
