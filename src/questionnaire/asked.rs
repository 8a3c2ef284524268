//! Which questions are asked: conditions on earlier answers, evaluated the same way for form,
//! completeness, check page, print and submission.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use super::answer::Answer;
use super::definition::{Condition, Page, Question, Questionnaire};

/// An answer, and what its vendor said when a query asked whether it is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// The sentence of the query that the vendor confirmed. A later query with another sentence is a new one.
    pub confirmed: Option<String>,
    /// Why it is right, in the vendor's words; kept while it is typed, confirmed or not.
    pub reason: String,
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        Self { answer, confirmed: None, reason: String::new() }
    }
}

/// The answers of an entry, by question key. A question without one is unanswered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers(BTreeMap<String, Answered>);

impl Answers {
    /// Those that a frozen document holds. What does not answer the question it stands at is left out.
    pub fn frozen(questionnaire: &Questionnaire, answers: &Map<String, Value>) -> Self {
        let answer = |question: &Question| {
            let answer = Answer::from_json(&question.kind, answers.get(&question.key)?).ok()?;
            Some((question.key.clone(), answer.into()))
        };
        Self(questionnaire.questions().filter_map(answer).collect())
    }

    /// Those that are asked for and given, as a frozen document holds them.
    pub fn freeze(&self, questionnaire: &Questionnaire) -> Map<String, Value> {
        let asked = questionnaire.asked(self);
        let given = self.iter().filter(|(key, answered)| asked.contains(key) && !answered.answer.is_blank());
        given.map(|(key, answered)| (key.to_owned(), answered.answer.to_json())).collect()
    }

    /// The answer to this question, blank or not.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question).map(|answered| &answered.answer)
    }

    /// The answer to this question with what was said about it.
    pub fn answered(&self, question: &str) -> Option<&Answered> {
        self.0.get(question)
    }

    /// Whether something stands at this question.
    pub fn has(&self, question: &str) -> bool {
        self.get(question).is_some_and(|answer| !answer.is_blank())
    }

    /// Puts an answer in place of what was there.
    pub fn set(&mut self, question: impl Into<String>, answered: impl Into<Answered>) {
        self.0.insert(question.into(), answered.into());
    }

    /// All of them, by question key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answered)> {
        self.0.iter().map(|(key, answered)| (key.as_str(), answered))
    }

    /// The text of a question that is answered with text; empty when there is none.
    pub fn text(&self, question: &str) -> &str {
        match self.get(question) {
            Some(Answer::Text(text)) => text,
            _ => "",
        }
    }
}

impl Questionnaire {
    /// The keys of the questions that are asked, given these answers.
    pub fn asked(&self, answers: &Answers) -> HashSet<&str> {
        let mut asked = HashSet::with_capacity(self.pages.iter().map(|page| page.questions.len()).sum());
        for question in self.questions() {
            if question.conditions().all(|(condition, wanted)| holds(condition, answers, &asked) == wanted) {
                asked.insert(question.key.as_str());
            }
        }
        asked
    }

    /// The keys of a page's questions, and of those whose answers decide which of them are asked, whether an answer is
    /// unusual, or what is the same as above.
    pub fn bearing_on<'a>(&'a self, page: &'a Page) -> Vec<&'a str> {
        let mut keys: Vec<&str> = page.questions.iter().map(|question| question.key.as_str()).collect();
        let mut looked_at = 0;
        while let Some(question) = keys.get(looked_at).map(|key| self.question(key)) {
            for other in question.into_iter().flat_map(Question::others) {
                if !keys.contains(&other) {
                    keys.push(other);
                }
            }
            looked_at += 1;
        }
        keys
    }

    /// The questions of a page that its form shows: those asked, and those that it may come to ask while it is filled
    /// in, because whatever keeps them from being asked is decided by a question shown before them.
    pub fn shown<'a>(&'a self, page: &'a Page, answers: &Answers) -> Vec<&'a Question> {
        let asked = self.asked(answers);
        let mut shown: Vec<&Question> = Vec::new();
        for question in &page.questions {
            let may_hold = |(condition, wanted): (&Condition, bool)| {
                holds(condition, answers, &asked) == wanted || shown.iter().any(|earlier| earlier.key == condition.question)
            };
            if question.conditions().all(may_hold) {
                shown.push(question);
            }
        }
        shown
    }

    /// The questions that have an answer which is kept, but not asked for any more.
    pub fn kept_unasked<'a>(&'a self, page: &'a Page, answers: &Answers) -> Vec<&'a Question> {
        let asked = self.asked(answers);
        page.questions.iter().filter(|question| !asked.contains(question.key.as_str()) && answers.has(&question.key)).collect()
    }
}

/// An answer to a question that is itself not asked decides nothing.
fn holds(condition: &Condition, answers: &Answers, asked: &HashSet<&str>) -> bool {
    let ticked = asked.contains(condition.question.as_str()).then(|| answers.get(&condition.question)).flatten();
    ticked.is_some_and(|answer| answer.ticked().iter().any(|option| condition.is.all().iter().any(|wanted| wanted == option)))
}
