//! What is asked: the questionnaire of 2017 with its sample entries, and questionnaires made for a test.

mod changes;
mod comparing;
mod conditions;
mod documentation;
mod entry_files;
pub mod flat;
mod import_findings;
mod loading;
mod malformed;
mod naughty;
mod refusals;
mod round_trips;
mod rows;
pub mod seed;
mod wording;

use std::path::Path;
use std::sync::LazyLock;

use almanac::questionnaire::entry_file::{self, EntryFile};
use almanac::questionnaire::{Answer, Answers, Calendar, Question, Questionnaire, load};

/// The questionnaire of 2017, as it is shipped.
pub fn guide() -> &'static Questionnaire {
    static GUIDE: LazyLock<Questionnaire> =
        LazyLock::new(|| load::load(Path::new("guides/2017/questionnaire.toml")).unwrap_or_else(|error| panic!("{error}")));
    &GUIDE
}

/// A questionnaire with every kind of question, beside and inside of groups, as no guide has them all.
pub fn every_kind() -> &'static Questionnaire {
    static EVERY_KIND: LazyLock<Questionnaire> = LazyLock::new(|| parse(include_str!("every_kind.toml")));
    &EVERY_KIND
}

/// A questionnaire made for a test.
pub fn parse(text: &str) -> Questionnaire {
    load::parse("test.toml", text).unwrap_or_else(|error| panic!("{error}"))
}

/// A day while the edition of 2017 is open.
pub fn calendar() -> Calendar {
    Calendar { edition_year: 2017, today: jiff::civil::date(2017, 3, 20) }
}

/// A sample entry of 2017.
pub fn sample(name: &str) -> EntryFile {
    let file = format!("guides/2017/entries/{name}.toml");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    entry_file::parse(&file, &text, guide()).unwrap_or_else(|error| panic!("{error}"))
}

/// A question of the questionnaire.
pub fn question<'a>(questionnaire: &'a Questionnaire, key: &str) -> &'a Question {
    questionnaire.question(key).unwrap_or_else(|| panic!("no question {key}"))
}

/// The answer that this JSON is.
pub fn answer(questionnaire: &Questionnaire, key: &str, json: &serde_json::Value) -> Answer {
    Answer::from_json(&question(questionnaire, key).kind, json).unwrap_or_else(|wrong| panic!("{key} {wrong}: {json}"))
}

/// The answers that these JSON values are.
pub fn answers(questionnaire: &Questionnaire, given: &[(&str, serde_json::Value)]) -> Answers {
    let mut answers = Answers::default();
    for (key, json) in given {
        answers.set(*key, answer(questionnaire, key, json));
    }
    answers
}
