//! What becomes of an answer that was typed: it takes its place, or stands beside what somebody else typed meanwhile.

use serde_json::Value;

use crate::db::ids::EntryId;
use crate::db::{Document, answers};
use crate::domain::Actor;
use crate::error::AppError;
use crate::questionnaire::form::{Act, Arrival, PostedAnswer, Turn};
use crate::questionnaire::{Answer, Answered};
use crate::workflow::House;
use crate::workflow::sheet::{Beside, Press, Rival, Saved, Sheet, Turns, UNANSWERED, mark, mark_of_said};

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
        let turns = Some(&self.saved.turns).filter(|turns| **turns != Turns::default());
        Ok(answers::Answer {
            entry_id,
            question: self.question.clone(),
            value: Document(answer.to_json()),
            confirmed: confirmed.clone(),
            reason: Some(reason.clone()).filter(|reason| !reason.is_empty()),
            rival: rivals.map(serde_json::to_value).transpose().map_err(AppError::broken)?.map(Document),
            account_id: self.saved.by,
            saved_at: self.saved.at.into(),
            turns: turns.map(serde_json::to_value).transpose().map_err(AppError::broken)?.map(Document),
        })
    }
}

/// Who types, and in which turn of which form.
pub(super) struct Typing<'a> {
    pub house: &'a House,
    pub actor: &'a Actor,
    pub turn: Option<&'a Turn>,
    /// How the turn came among the form's others.
    pub arrival: Arrival,
    /// What was pressed.
    pub act: &'a Act,
    /// The mark of what was typed where that changes the answer.
    pub pressed: Option<String>,
}

impl Typing<'_> {
    /// What becomes of the answer to a question; none if nothing changes.
    pub(super) fn change(&self, before: &Sheet, posted: &PostedAnswer) -> Result<Option<Change>, AppError> {
        let saved = before.saved.get(&posted.question);
        let stored = before.answers.answered(&posted.question);
        let says_nothing = posted.answer.is_blank() && posted.query.is_none() && !self.is_pressed(posted);
        if stored.is_none() && (says_nothing || self.arrival == Arrival::Late) {
            return Ok(None);
        }
        let mut after = saved.cloned().unwrap_or_else(|| self.saved());
        let (answer, other) = match self.choice(before, posted, &mut after)? {
            Some((answer, other)) => (answer, Some(other)),
            None => (self.settled(posted, stored, &mut after), None),
        };
        let is_new = stored.is_none_or(|stored| stored.answer != answer);
        if is_new || other.is_some() {
            let press = self.press(posted, other);
            if is_new {
                (after.by, after.at) = (Some(self.actor.account), self.house.now());
                after.turns.answer = self.turn.filter(|_| press.is_none()).cloned();
            }
            after.turns.press = press;
        }
        let (confirmed, reason) = self.said(posted, stored, &mut after);
        let answered = Answered { answer, confirmed, reason };
        if stored == Some(&answered) && saved.is_some_and(|saved| saved.rivals == after.rivals) {
            return Ok(None);
        }
        after.turns.beside = (!is_new).then(|| Beside { by: self.actor.account, at: self.house.now() });
        Ok(Some(Change { question: posted.question.clone(), answered, saved: after }))
    }

    fn saved(&self) -> Saved {
        Saved { by: Some(self.actor.account), at: self.house.now(), turns: Turns::default(), rivals: Vec::new() }
    }

    /// The press that made of what was typed what it is now; none where it is what was typed.
    fn press(&self, posted: &PostedAnswer, other: Option<Value>) -> Option<Press> {
        let by_button = self.pressed.as_ref().filter(|_| self.is_pressed(posted));
        let typed = by_button.cloned().or_else(|| other.is_some().then(|| mark_of(&posted.answer)))?;
        let Turn { form, number } = self.turn?.clone();
        Some(Press { form, number, typed, other })
    }

    /// Whether a button changes the answer.
    fn is_pressed(&self, posted: &PostedAnswer) -> bool {
        self.act.question() == Some(&*posted.question)
    }

    /// Whether what stands is what a button of the same form made, and the form says another thing since: whoever typed on in
    /// it, or went back to it, saw it as it had been.
    /// Where the form asked which of two answers is right, what stands may be somebody else's.
    fn goes_back_behind(&self, posted: &PostedAnswer, press: Option<&Press>) -> bool {
        let Some((turn, press)) = self.turn.zip(press).filter(|(turn, press)| turn.form == press.form) else { return false };
        let is_later = turn.number > press.number || (turn.number == press.number && !is_untouched(posted));
        is_later && posted.rival_from.is_none()
    }

    /// Whether the form says what it said when the button was pressed that made another answer of it.
    fn is_before_press(&self, posted: &PostedAnswer, press: Option<&Press>) -> bool {
        self.turn.zip(press).is_some_and(|(turn, press)| turn.form == press.form && mark_of(&posted.answer) == press.typed)
    }

    /// Whether a button that comes late finds what it was pressed on: what the form has sent since says no other thing.
    fn finds_what_was_typed(&self, posted: &PostedAnswer, current: &Answer, press: Option<&Press>) -> bool {
        let Some(typed) = self.pressed.as_ref().filter(|_| self.is_pressed(posted)) else { return false };
        let before =
            |(turn, press): (&Turn, &Press)| turn.form == press.form && turn.number > press.number && *typed == press.typed;
        *typed == mark_of(current) || self.turn.zip(press).is_some_and(before)
    }

    /// The answer that stands from now on, without anybody having chosen.
    fn settled(&self, posted: &PostedAnswer, stored: Option<&Answered>, saved: &mut Saved) -> Answer {
        let Some(Answered { answer: current, .. }) = stored else { return posted.answer.clone() };
        let before = saved.turns.answer.as_ref().filter(|_| posted.rival.is_none());
        let press = saved.turns.press.as_ref();
        let is_late = self.arrival == Arrival::Late || self.is_overtaken_by(before);
        let answer = if is_late {
            if self.finds_what_was_typed(posted, current, press) { &posted.answer } else { current }
        } else if !self.is_pressed(posted) && self.is_before_press(posted, press) {
            return current.clone();
        } else if mark_of(current) == posted.from || self.goes_on_from(before) || self.goes_back_behind(posted, press) {
            &posted.answer
        } else {
            current
        };
        let answer = answer.clone();
        if is_late || answer == posted.answer || is_untouched(posted) {
            self.forget_earlier(&mut saved.rivals);
        } else {
            self.add(&mut saved.rivals, posted);
        }
        answer
    }

    /// The sentence of the query that is confirmed from now on, and the reason. What two people said is kept of both.
    fn said(&self, posted: &PostedAnswer, stored: Option<&Answered>, saved: &mut Saved) -> (Option<String>, String) {
        let stands = stored.map(|stored| (stored.confirmed.clone(), stored.reason.clone())).unwrap_or_default();
        let Some(said) = &posted.query else { return stands };
        let is_confirmed = stands.0.as_ref() == Some(&said.sentence);
        let before = saved.turns.query.as_ref();
        if self.arrival == Arrival::Late
            || self.is_overtaken_by(before)
            || (is_confirmed, &stands.1) == (said.correct, &said.reason)
        {
            return stands;
        }
        let is_from = |correct: bool, reason: &str| said.from.as_ref().is_none_or(|from| *from == mark_of_said(correct, reason));
        let is_first = is_from(is_confirmed, &stands.1) || self.goes_on_from(before);
        if !is_first && is_from(said.correct, &said.reason) {
            return stands;
        }
        let reason = if is_first { said.reason.clone() } else { both(&stands.1, &said.reason) };
        let correct = said.correct || (!is_first && is_confirmed);
        saved.turns.query = self.turn.filter(|_| is_first).cloned();
        (correct.then(|| said.sentence.clone()), reason)
    }

    /// One rival more, in the place of what the same form said before; unless that form has gone on since.
    pub(super) fn add(&self, rivals: &mut Vec<Rival>, posted: &PostedAnswer) {
        if self.arrival == Arrival::Late || rivals.iter().any(|known| self.is_overtaken_by(known.turn.as_ref())) {
            return;
        }
        self.forget_earlier(rivals);
        let value = posted.answer.to_json();
        if !rivals.iter().any(|known| known.value == value) {
            rivals.push(Rival { value, by: self.actor.called().to_owned(), at: self.house.now(), turn: self.turn.cloned() });
        }
    }

    /// Forgets what the same form said before.
    pub(super) fn forget_earlier(&self, rivals: &mut Vec<Rival>) {
        rivals.retain(|known| !self.goes_on_from(known.turn.as_ref()));
    }

    /// Whether the same form said that before.
    pub(super) fn goes_on_from(&self, before: Option<&Turn>) -> bool {
        self.turn.zip(before).is_some_and(|(turn, before)| turn.follows(before))
    }

    /// Whether the same form has said that since, and this turn came late.
    fn is_overtaken_by(&self, since: Option<&Turn>) -> bool {
        self.turn.zip(since).is_some_and(|(turn, since)| since.follows(turn) && since != turn)
    }
}

/// Two reasons as one.
fn both(one: &str, other: &str) -> String {
    match (one.contains(other), other.contains(one)) {
        (true, _) => one.to_owned(),
        (_, true) => other.to_owned(),
        _ => format!("{one}\n{other}"),
    }
}

/// Whether the form has the answer still that it was rendered from.
pub(super) fn is_untouched(posted: &PostedAnswer) -> bool {
    mark_of(&posted.answer) == posted.from || (posted.from == UNANSWERED && posted.answer.is_blank())
}

/// The mark of an answer that was typed.
pub(super) fn mark_of(answer: &Answer) -> String {
    mark(&answer.to_json())
}
