//! What becomes of an answer that was typed: it takes its place, or stands beside what somebody else typed meanwhile.

use crate::db::ids::EntryId;
use crate::db::{Document, answers};
use crate::domain::Actor;
use crate::error::AppError;
use crate::questionnaire::form::{Chosen, PostedAnswer, Turn};
use crate::questionnaire::{Answer, Answered};
use crate::workflow::House;
use crate::workflow::sheet::{Rival, Saved, Sheet, UNANSWERED, mark};

/// An answer as it is to be stored.
pub(super) struct Change {
    pub question: String,
    pub answered: Answered,
    pub saved: Saved,
}

impl Change {
    /// The answer as the database has it.
    pub(super) fn row(&self, entry_id: EntryId) -> Result<answers::Answer, AppError> {
        let Answered { answer, confirmed, reason } = &self.answered;
        let rivals = Some(&self.saved.rivals).filter(|rivals| !rivals.is_empty());
        Ok(answers::Answer {
            entry_id,
            question: self.question.clone(),
            value: Document(answer.to_json()),
            confirmed: confirmed.clone(),
            reason: Some(reason.clone()).filter(|reason| !reason.is_empty()),
            rival: rivals.map(serde_json::to_value).transpose().map_err(AppError::broken)?.map(Document),
            account_id: self.saved.by,
            saved_at: self.saved.at.into(),
            form: self.saved.turn.as_ref().map(|turn| turn.form.clone()),
            turn: self.saved.turn.as_ref().map(|turn| turn.number),
        })
    }
}

/// Who types, and in which turn of which form.
pub(super) struct Typing<'a> {
    pub house: &'a House,
    pub actor: &'a Actor,
    pub turn: Option<&'a Turn>,
}

impl Typing<'_> {
    /// What becomes of the answer to a question; none if nothing changes.
    pub(super) fn change(&self, before: &Sheet, posted: &PostedAnswer) -> Result<Option<Change>, AppError> {
        let saved = before.saved.get(&posted.question);
        let stored = before.answers.answered(&posted.question);
        if stored.is_none() && posted.answer.is_blank() && posted.query.is_none() {
            return Ok(None);
        }
        let mut rivals = saved.map(|saved| saved.rivals.clone()).unwrap_or_default();
        let answer = match (posted.rival, rivals.is_empty()) {
            (Some(Chosen::Field), false) => {
                rivals.remove(0);
                posted.answer.clone()
            }
            (Some(Chosen::Rival), false) => {
                let chosen = before.read(&posted.question, &rivals.remove(0).value)?;
                if !is_untouched(posted) && posted.answer != chosen {
                    self.add(&mut rivals, posted);
                }
                chosen
            }
            _ => self.settled(posted, stored, saved, &mut rivals),
        };
        let (confirmed, reason) = match (&posted.query, stored) {
            (Some(said), _) => (said.correct.then(|| said.sentence.clone()), said.reason.clone()),
            (None, Some(stored)) => (stored.confirmed.clone(), stored.reason.clone()),
            (None, None) => (None, String::new()),
        };
        let answered = Answered { answer, confirmed, reason };
        if stored == Some(&answered) && saved.is_some_and(|saved| saved.rivals == rivals) {
            return Ok(None);
        }
        let saved = match saved.zip(stored) {
            // Whose answer stands is told to whoever has typed another.
            Some((saved, stored)) if stored.answer == answered.answer => Saved { rivals, ..saved.clone() },
            _ => Saved { by: Some(self.actor.account), at: self.house.now(), turn: self.turn.cloned(), rivals },
        };
        Ok(Some(Change { question: posted.question.clone(), answered, saved }))
    }

    /// The answer that stands from now on, without anybody having chosen.
    fn settled(
        &self,
        posted: &PostedAnswer,
        stored: Option<&Answered>,
        saved: Option<&Saved>,
        rivals: &mut Vec<Rival>,
    ) -> Answer {
        let before = saved.and_then(|saved| saved.turn.as_ref()).filter(|_| posted.rival.is_none());
        match stored.map(|stored| &stored.answer) {
            Some(current) if current == &posted.answer || self.is_overtaken_by(before) => {
                self.forget_earlier(rivals);
                current.clone()
            }
            Some(current) if mark_of(current) != posted.from && !self.goes_on_from(before) => {
                if !is_untouched(posted) {
                    self.add(rivals, posted);
                }
                current.clone()
            }
            _ => {
                self.forget_earlier(rivals);
                posted.answer.clone()
            }
        }
    }

    /// One rival more, in the place of what the same form said before; unless that form has gone on since.
    fn add(&self, rivals: &mut Vec<Rival>, posted: &PostedAnswer) {
        if rivals.iter().any(|known| self.is_overtaken_by(known.turn.as_ref())) {
            return;
        }
        self.forget_earlier(rivals);
        let value = posted.answer.to_json();
        if !rivals.iter().any(|known| known.value == value) {
            rivals.push(Rival { value, by: self.actor.called().to_owned(), at: self.house.now(), turn: self.turn.cloned() });
        }
    }

    /// Forgets what the same form said before.
    fn forget_earlier(&self, rivals: &mut Vec<Rival>) {
        rivals.retain(|known| !self.goes_on_from(known.turn.as_ref()));
    }

    /// Whether the same form said that before.
    fn goes_on_from(&self, before: Option<&Turn>) -> bool {
        self.turn.zip(before).is_some_and(|(turn, before)| turn.follows(before))
    }

    /// Whether the same form has said that since, and this turn came late.
    fn is_overtaken_by(&self, since: Option<&Turn>) -> bool {
        self.turn.zip(since).is_some_and(|(turn, since)| since.follows(turn) && since != turn)
    }
}

/// Whether the form has the answer still that it was rendered from.
fn is_untouched(posted: &PostedAnswer) -> bool {
    mark_of(&posted.answer) == posted.from || (posted.from == UNANSWERED && posted.answer.is_blank())
}

fn mark_of(answer: &Answer) -> String {
    mark(&answer.to_json())
}
