//! What becomes of an answer that was typed: it takes its place, or stands beside what somebody else typed meanwhile.

use crate::db::ids::EntryId;
use crate::db::{Document, answers};
use crate::domain::Actor;
use crate::error::AppError;
use crate::questionnaire::form::{self, Act, Arrival, Chosen, PostedAnswer, Turn};
use crate::questionnaire::{Answer, Answered, Kind};
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
        let says_nothing = posted.answer.is_blank() && posted.query.is_none();
        if stored.is_none() && (says_nothing || self.is_late(posted)) {
            return Ok(None);
        }
        let mut after = saved.cloned().unwrap_or_else(|| self.saved());
        let chosen = posted.rival.filter(|_| self.has_seen_both(posted, stored, &after));
        let answer = match chosen {
            Some(Chosen::Field) => {
                after.rivals.remove(0);
                posted.answer.clone()
            }
            Some(Chosen::Rival) => {
                let rival = before.read(&posted.question, &after.rivals.remove(0).value)?;
                if !is_untouched(posted) && posted.answer != rival {
                    self.add(&mut after.rivals, posted);
                }
                rival
            }
            None => self.settled(before, posted, stored, &mut after),
        };
        let is_new = stored.is_none_or(|stored| stored.answer != answer);
        if is_new {
            let press = self.press(posted, chosen.is_some(), stored, &after.turns);
            (after.by, after.at) = (Some(self.actor.account), self.house.now());
            after.turns.answer = self.turn.filter(|_| press.is_none()).cloned();
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
    fn press(&self, posted: &PostedAnswer, chosen: bool, stored: Option<&Answered>, turns: &Turns) -> Option<Press> {
        let by_button = self.pressed.as_ref().filter(|_| self.is_pressed(posted));
        let typed = match stored {
            Some(stored) if by_button.is_some() && self.is_overtaken_by(turns.answer.as_ref()) => mark_of(&stored.answer),
            _ => by_button.cloned().or_else(|| chosen.then(|| mark_of(&posted.answer)))?,
        };
        Some(Press { form: self.turn?.form.clone(), typed })
    }

    /// Whether a button changes the answer.
    fn is_pressed(&self, posted: &PostedAnswer) -> bool {
        self.act.question() == Some(&*posted.question)
    }

    /// What a button makes of an answer that the same form has given since, which has as many rows as when it was pressed.
    /// Where it would copy another answer, what was typed since stays.
    fn as_pressed(&self, before: &Sheet, current: &Answer) -> Answer {
        let mut answer = current.clone();
        if let Act::Rows { question, change } = self.act
            && let Some(Kind::Groups(groups)) = before.edition.questionnaire.question(question).map(|question| &question.kind)
        {
            form::change_rows(groups, &mut answer, *change);
        }
        answer
    }

    /// Whether what stands is what a button of the same form made: whoever went back to the form saw it as it had been.
    /// Where the form asked which of two answers is right, what stands may be somebody else's.
    fn goes_back_behind(&self, posted: &PostedAnswer, press: Option<&Press>) -> bool {
        let sent_by_hand = *self.act != Act::Autosave && self.arrival != Arrival::Late;
        let same_form = self.turn.zip(press).is_some_and(|(turn, press)| turn.form == press.form);
        sent_by_hand && same_form && posted.rival_from.is_none() && !is_untouched(posted)
    }

    /// Whether the form says what it said when the button was pressed that made another answer of it.
    fn is_before_press(&self, posted: &PostedAnswer, press: Option<&Press>) -> bool {
        self.turn.zip(press).is_some_and(|(turn, press)| turn.form == press.form && mark_of(&posted.answer) == press.typed)
    }

    /// Whether both answers were shown to whoever chose, as they stand now.
    fn has_seen_both(&self, posted: &PostedAnswer, stored: Option<&Answered>, saved: &Saved) -> bool {
        let Some(rival) = saved.rivals.first() else { return false };
        let knows_field =
            stored.is_none_or(|stored| mark_of(&stored.answer) == posted.from) || self.goes_on_from(saved.turns.answer.as_ref());
        knows_field && posted.rival_from.as_ref().is_none_or(|from| *from == mark(&rival.value))
    }

    /// The answer that stands from now on, without anybody having chosen.
    fn settled(&self, sheet: &Sheet, posted: &PostedAnswer, stored: Option<&Answered>, saved: &mut Saved) -> Answer {
        let before = saved.turns.answer.as_ref().filter(|_| posted.rival.is_none());
        match stored.map(|stored| &stored.answer) {
            Some(current) if self.is_before_press(posted, saved.turns.press.as_ref()) => current.clone(),
            Some(current) if self.is_pressed(posted) && self.is_overtaken_by(before) => {
                self.forget_earlier(&mut saved.rivals);
                self.as_pressed(sheet, current)
            }
            Some(current) if current == &posted.answer || self.is_late(posted) || self.is_overtaken_by(before) => {
                self.forget_earlier(&mut saved.rivals);
                current.clone()
            }
            Some(current)
                if mark_of(current) != posted.from
                    && !self.goes_on_from(before)
                    && !self.goes_back_behind(posted, saved.turns.press.as_ref()) =>
            {
                if is_untouched(posted) {
                    self.forget_earlier(&mut saved.rivals);
                } else {
                    self.add(&mut saved.rivals, posted);
                }
                current.clone()
            }
            _ => {
                self.forget_earlier(&mut saved.rivals);
                posted.answer.clone()
            }
        }
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
    fn add(&self, rivals: &mut Vec<Rival>, posted: &PostedAnswer) {
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
    fn forget_earlier(&self, rivals: &mut Vec<Rival>) {
        rivals.retain(|known| !self.goes_on_from(known.turn.as_ref()));
    }

    /// Whether the answer was typed before another that the form has sent since. What was pressed stays pressed.
    fn is_late(&self, posted: &PostedAnswer) -> bool {
        self.arrival == Arrival::Late && !self.is_pressed(posted)
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

/// Two reasons as one.
fn both(one: &str, other: &str) -> String {
    match (one.contains(other), other.contains(one)) {
        (true, _) => one.to_owned(),
        (_, true) => other.to_owned(),
        _ => format!("{one}\n{other}"),
    }
}

/// Whether the form has the answer still that it was rendered from.
fn is_untouched(posted: &PostedAnswer) -> bool {
    mark_of(&posted.answer) == posted.from || (posted.from == UNANSWERED && posted.answer.is_blank())
}

/// The mark of an answer that was typed.
pub(super) fn mark_of(answer: &Answer) -> String {
    mark(&answer.to_json())
}
