//! Shelves for the tests: made-up entries, and the sample entries of 2017.

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use jiff::civil::date;
use tantivy::query::DfaWrapper;
use uuid::Uuid;

use super::meant::{Meant, takes};
use super::standing::Standing;
use crate::db::profiles::Heading;
use crate::error::AppError;
use crate::guide::{Listed, Published, Shelf, Vocabulary};
use crate::questionnaire::definition::Questionnaire;
use crate::questionnaire::{Answers, Calendar, entry_file, load, made_up};

/// The questionnaire of 2017.
pub fn questionnaire() -> &'static Questionnaire {
    static QUESTIONNAIRE: LazyLock<Questionnaire> =
        LazyLock::new(|| load::parse("questionnaire.toml", include_str!("../../../guides/2017/questionnaire.toml")).unwrap());
    &QUESTIONNAIRE
}

/// The answers of so many made-up entries.
pub fn made_up(questionnaire: &Questionnaire, count: usize) -> Vec<Answers> {
    let calendar = Calendar { edition_year: 2017, today: date(2017, 2, 3) };
    (0..count).map(|number| made_up::entry(questionnaire, calendar, number).answers).collect()
}

/// The answers of a sample entry.
pub fn sample(questionnaire: &Questionnaire, name: &str) -> Answers {
    let file = format!("guides/2017/entries/{name}.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    entry_file::parse(&file, &text, questionnaire).unwrap().answers
}

/// These entries, published. Each is known by its number, counted from 1.
pub fn shelf(questionnaire: &Questionnaire, entries: &[Answers]) -> Shelf {
    let numbered: Vec<(u128, &Answers)> = (1..).zip(entries).collect();
    shelf_of(questionnaire, &numbered)
}

/// These entries, published under these numbers.
pub fn shelf_of(questionnaire: &Questionnaire, entries: &[(u128, &Answers)]) -> Shelf {
    let vocabulary = Arc::new(Vocabulary::of(questionnaire));
    let listed = entries.iter().map(|(number, answers)| Arc::new(listed(questionnaire, &vocabulary, *number, answers)));
    Shelf::new(listed.collect(), vocabulary)
}

fn listed(questionnaire: &Questionnaire, vocabulary: &Vocabulary, number: u128, answers: &Answers) -> Listed {
    let id = Uuid::from_u128(number);
    let heading = Heading {
        id: id.into(),
        entry_id: id.into(),
        company_id: id.into(),
        edition_id: id.into(),
        version: 1,
        slug: format!("{}-{number}", slug::slugify(answers.text(&questionnaire.roles.company))),
        published_from: Timestamp::UNIX_EPOCH.into(),
    };
    let column = |key: &String| questionnaire.printed_lines(questionnaire.question(key).unwrap(), answers).join(", ");
    let published = Published {
        printed: questionnaire.print(answers),
        listed: questionnaire.roles.listed.iter().map(column).collect(),
        answers: answers.iter().map(|(key, answered)| (key.to_owned(), answered.answer.to_json())).collect(),
        confirmed_at: Timestamp::UNIX_EPOCH,
    };
    let document = serde_json::to_string(&published).unwrap();
    Listed::new(&heading, &document, &Arc::default(), questionnaire, vocabulary).unwrap()
}

/// What is meant by a text where these words stand. `forgiving`: whether typing errors are forgiven.
pub(super) fn meant(text: &str, forgiving: bool, known: &[&str]) -> Vec<Meant> {
    let words = Meant::all(text, &Known(known)).unwrap();
    let forgiven = forgiving.then(|| Meant::forgiving(&words, &Known(known)).unwrap()).flatten();
    forgiven.unwrap_or(words)
}

/// Some words that stand somewhere.
struct Known<'a>(&'a [&'a str]);

impl Standing for Known<'_> {
    fn has(&self, word: &str) -> Result<bool, AppError> {
        Ok(self.0.contains(&word))
    }

    fn has_beginning(&self, word: &str) -> Result<bool, AppError> {
        Ok(self.0.iter().any(|known| known.starts_with(word)))
    }

    fn near(&self, machine: &DfaWrapper, longest: usize, most: usize) -> Result<Vec<String>, AppError> {
        let near = self.0.iter().filter(|known| known.len() <= longest && takes(machine, known));
        Ok(near.take(most).map(|known| (*known).to_owned()).collect())
    }
}
