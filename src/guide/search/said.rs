//! One parameter of a search, as it stands in an address.

use super::letters::Letters;
use super::words::{asked, end_of_first};
use super::{Between, By, Offer, Sort, Tick};

/// The most characters of a text that is searched for, as it is written and as it is read.
pub const LONGEST_TEXT: usize = 100;
/// The most different words of a text that are searched for: each is looked for in every field, and a sentence of a hundred
/// characters has fewer.
pub const MOST_WORDS: usize = 24;
/// The most letters that one sign is read as: "㌖" is a kilometre.
const LONGEST_SIGN: usize = 6;

/// What a parameter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The text to be found; empty where no word is in it.
    Text(String),
    /// The order.
    Sort(Sort),
    /// A tick.
    Tick(Tick),
    /// The numbers of a filter: its place, and which.
    Numbers(usize, Between),
}

/// What of a text was too much, so that its end is not searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Its characters: there are more than [`LONGEST_TEXT`].
    Characters,
    /// Its words: there are more than [`MOST_WORDS`].
    Words,
}

/// What is not known in a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Its name.
    Name,
    /// The order.
    Sort,
    /// The choice, of a part of a filter: the places of both.
    Choice(usize, usize),
    /// The numbers: there is none.
    Numbers,
    /// A number: it is larger or smaller than all that are answered.
    Beyond,
}

impl Said {
    /// Reads a parameter.
    ///
    /// # Errors
    /// What of it is not offered.
    pub fn read(name: &str, value: &str, offer: &Offer) -> Result<Self, Unknown> {
        match name {
            "q" => Ok(Self::Text(text(value))),
            "sort" => sort(value, offer).map(Self::Sort).ok_or(Unknown::Sort),
            _ => match offer.numbers().find(|(_, filter)| filter.place == name) {
                Some((filter, _)) => Between::read(value).map(|between| Self::Numbers(filter, between)),
                None => tick(name, value, offer).map(Self::Tick),
            },
        }
    }
}

/// A text with one blank between its words.
pub fn spaced(typed: &str) -> String {
    let words = typed.split(|letter: char| letter.is_whitespace() || letter.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How many characters a text has, as it is written or as it is read, whichever are more.
pub fn text_length(text: &str) -> usize {
    text.chars().count().max(Letters::of(text).count())
}

impl Cut {
    /// What is too much of a text as it was typed; none where all of it is searched for.
    pub fn of(typed: &str) -> Option<Self> {
        beginning(typed).1
    }

    /// Whether a text has as much as is left where this was too much. A blank may have stood where its characters were cut,
    /// or a sign that would have been too long.
    pub fn may_have_left(self, text: &str) -> bool {
        match self {
            Self::Characters => text_length(text) + LONGEST_SIGN >= LONGEST_TEXT,
            Self::Words => end_of_first(text, MOST_WORDS - 1).is_some(),
        }
    }
}

/// The text without what cannot be searched for; empty when no word is left.
fn text(typed: &str) -> String {
    let (text, _) = beginning(typed);
    if asked(&text).is_empty() { String::new() } else { text }
}

/// As much of a text as is searched for, and what of it was too much.
fn beginning(typed: &str) -> (String, Option<Cut>) {
    let spaced = spaced(typed);
    let mut text: String = spaced.chars().take(LONGEST_TEXT).collect();
    text.truncate(Letters::of(&text).up_to(LONGEST_TEXT));
    let cut = (text.len() < spaced.len()).then_some(Cut::Characters);
    let end = end_of_first(&text, MOST_WORDS);
    text.truncate(end.unwrap_or(text.len()));
    text.truncate(text.trim_end().len());
    (text, end.map_or(cut, |_| Some(Cut::Words)))
}

fn sort(word: &str, offer: &Offer) -> Option<Sort> {
    let key = word.strip_prefix('-').unwrap_or(word);
    let column = || offer.columns.iter().position(|column| column.key == key).map(By::Column);
    let by = if key == offer.company { Some(By::Company) } else { column() };
    by.map(|by| Sort { by, reversed: key != word })
}

fn tick(name: &str, key: &str, offer: &Offer) -> Result<Tick, Unknown> {
    let (filter, part, offered) = offer.parts().find(|(_, _, part)| part.name == name).ok_or(Unknown::Name)?;
    let choice = offered.choices.iter().position(|(known, _)| *known == key).ok_or(Unknown::Choice(filter, part))?;
    Ok(Tick { filter, part, choice })
}
