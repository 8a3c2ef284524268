//! Which of two answers is right: somebody chooses, and may go back to the form and choose otherwise.

use serde_json::Value;

use super::typing::{Typing, is_untouched, mark_of};
use crate::error::AppError;
use crate::questionnaire::form::{Arrival, Chosen, PostedAnswer};
use crate::questionnaire::{Answer, Answered};
use crate::workflow::sheet::{Saved, Sheet, mark};

impl Typing<'_> {
    /// The answer that was chosen, and the one that was not; none where nothing was, or there is nothing to choose any more.
    pub(super) fn choice(
        &self,
        before: &Sheet,
        posted: &PostedAnswer,
        after: &mut Saved,
    ) -> Result<Option<(Answer, Value)>, AppError> {
        let stored = before.answers.answered(&posted.question);
        let Some(chosen) = posted.rival else { return Ok(None) };
        let rival = if self.has_seen_both(posted, stored, after) {
            after.rivals.remove(0).value
        } else if let Some(rival) = self.rival_before(posted, stored, after) {
            rival
        } else {
            return Ok(None);
        };
        if chosen == Chosen::Field {
            self.forget_earlier(&mut after.rivals);
            return Ok(Some((posted.answer.clone(), rival)));
        }
        let answer = before.read(&posted.question, &rival)?;
        if !is_untouched(posted) && posted.answer != answer {
            self.add(&mut after.rivals, posted);
        }
        Ok(Some((answer, posted.answer.to_json())))
    }

    /// Whether both answers were shown to whoever chose, as they stand now.
    fn has_seen_both(&self, posted: &PostedAnswer, stored: Option<&Answered>, saved: &Saved) -> bool {
        let Some(rival) = saved.rivals.first() else { return false };
        let knows_field =
            stored.is_none_or(|stored| mark_of(&stored.answer) == posted.from) || self.goes_on_from(saved.turns.answer.as_ref());
        knows_field && posted.rival_from.as_ref().is_none_or(|from| *from == mark(&rival.value))
    }

    /// The other answer that the form showed, where a choice of the same form made what stands.
    fn rival_before(&self, posted: &PostedAnswer, stored: Option<&Answered>, saved: &Saved) -> Option<Value> {
        let press = saved.turns.press.as_ref()?;
        let turn = self.turn.filter(|turn| turn.form == press.form && self.arrival != Arrival::Late)?;
        let both = [press.other.clone()?, stored?.answer.to_json()];
        let from = posted.rival_from.as_ref().filter(|_| turn.number >= press.number)?;
        both.into_iter().find(|answer| mark(answer) == *from)
    }
}
