//! One question on the form: its fields, and what stands at it.

use crate::questionnaire::form;
use crate::questionnaire::{Answer, Answers, Kind, Page, PageCheck, Query, Question, Refusal};
use crate::web::field::Field;
use crate::workflow::EntryInHand;
use crate::workflow::entry_in_hand::Thread;
use crate::workflow::sheet::{Rival, mark, mark_of_said, rival_field};

/// One question on the form.
pub struct Asking {
    /// Its fields.
    pub field: Field,
    /// The mark of the answer that they were rendered from.
    pub from: String,
    /// What stands above a group's rows.
    pub lead: Option<String>,
    /// The condition under which it is asked, where this page decides it.
    pub condition: Option<ConditionShown>,
    /// The open notes at it.
    pub notes: Vec<NoteAtQuestion>,
    /// What is unusual about the answer.
    pub query: Option<Query>,
    /// The mark of what was said to that.
    pub said_from: String,
    /// Whether a reason was given for it, and the answer not confirmed with it.
    pub is_not_ticked: bool,
    /// What is wrong with the reason given for it, in sentences.
    pub reason_errors: Vec<String>,
    /// Another answer beside the one that stands: one of them must be chosen.
    pub rival: Option<RivalShown>,
    /// The button that copies an earlier answer here.
    pub same: Option<String>,
}

/// A condition that the same page decides.
pub struct ConditionShown {
    /// In words, for those who see the question all the same.
    pub words: String,
    /// The question that decides it.
    pub question: String,
    /// The options of that question, with spaces between them.
    pub options: String,
    /// Whether one of them must be chosen, or none.
    pub wanted: bool,
}

/// An editor's note, at its question.
pub struct NoteAtQuestion {
    id: String,
    /// Its number in the entry.
    pub number: usize,
    /// Who said what when.
    pub remarks: Vec<(String, String, String)>,
    /// Where it is answered.
    pub reply: String,
}

impl NoteAtQuestion {
    /// Whether it is the one with this id.
    pub fn is(&self, id: &str) -> bool {
        self.id == id
    }
}

/// Two answers, of which one must be chosen.
pub struct RivalShown {
    /// Its mark.
    pub from: String,
    /// Who gave the other one.
    pub by: String,
    /// When.
    pub at: String,
    /// Who saved the one that stands.
    pub saved_by: String,
    /// The other one as it is printed.
    pub lines: Vec<String>,
    /// What is wrong while none is chosen, in sentences.
    pub errors: Vec<String>,
}

/// What is said, at a query and in the summary, where a reason was given and the answer not confirmed.
pub const NOT_TICKED: &str = "You gave a reason: tick “This is correct” if it is, or correct the answer.";

/// A question with this answer, these refusals, and what else there is to say at it.
pub fn asking(
    entry: &EntryInHand,
    page: &Page,
    question: &Question,
    check: &PageCheck,
    refusals: &[Refusal],
    was_saved: bool,
) -> Asking {
    let notes = notes(entry, Some(&question.key));
    let mut field = Field::new(question, answer_on_form(entry, question).as_ref(), refusals);
    field.described_by = notes.first().map(|_| format!("{}-note", question.key)).into_iter().collect();
    let condition = condition(page, question);
    if let Some(condition) = &condition {
        field.hint = Some([Some(condition.words.clone()), field.hint].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    let query = check.queries.iter().find(|query| query.question == question.key).cloned();
    let of_reason = |refusal: &&Refusal| query.as_ref().is_some_and(|query| query.reason_field() == refusal.field);
    let reason_errors: Vec<String> = refusals.iter().filter(of_reason).map(|refusal| refusal.sentence.clone()).collect();
    let is_not_ticked = was_saved && query.as_ref().is_some_and(|query| !query.confirmed && !query.reason.is_empty());
    let rival = entry.saved.get(&question.key).and_then(|saved| saved.rivals.first());
    Asking {
        field,
        from: entry.mark(&question.key),
        lead: matches!(question.kind, Kind::Groups(_)).then(|| question.lead.clone().unwrap_or_else(|| question.label.clone())),
        condition,
        notes,
        said_from: query.as_ref().map(|query| mark_of_said(query.confirmed, &query.reason)).unwrap_or_default(),
        is_not_ticked,
        reason_errors,
        query,
        rival: rival.map(|rival| rival_shown(entry, question, rival, refusals)),
        same: question.same_as.as_ref().map(|_| question.same_label.clone().unwrap_or_else(|| "Same as above".to_owned())),
    }
}

/// The answer that the form shows: a group begins with its fewest rows.
fn answer_on_form(entry: &EntryInHand, question: &Question) -> Option<Answer> {
    let mut answer = entry.answers.get(&question.key).cloned();
    if let Kind::Groups(groups) = &question.kind {
        let shown = answer.get_or_insert_with(|| Answer::blank(&question.kind));
        if let Answer::Groups(rows) = shown {
            while rows.len() < groups.fewest.max(1) {
                rows.push(form::blank_row(groups));
            }
        }
    }
    answer
}

/// A condition on a question of the same page, in words for those who see the question all the same.
fn condition(page: &Page, question: &Question) -> Option<ConditionShown> {
    let (condition, wanted) = question.conditions().next()?;
    let other = page.questions.iter().find(|other| other.key == condition.question)?;
    let label =
        |key: &String| other.options().iter().find(|option| &option.key == key).map(|option| format!("“{}”", option.label));
    let labels: Vec<String> = condition.is.all().iter().filter_map(label).collect();
    let words = match wanted {
        true => format!("Only if you selected {} above.", labels.join(" or ")),
        false => format!("Unless you selected {} above.", labels.join(" or ")),
    };
    Some(ConditionShown { words, question: other.key.clone(), options: condition.is.all().join(" "), wanted })
}

/// The open notes at a question, or those about the entry as a whole.
pub fn notes(entry: &EntryInHand, question: Option<&str>) -> Vec<NoteAtQuestion> {
    let schedule = &entry.edition.schedule;
    let at_question = |thread: &&Thread| thread.question.as_deref() == question && thread.is_open();
    let shown = |thread: &Thread| NoteAtQuestion {
        id: thread.id.to_string(),
        number: thread.number,
        remarks: thread.notes.iter().map(|note| (note.by.clone(), note.body.clone(), schedule.time_words(note.at))).collect(),
        reply: format!("{}/notes/{}", entry.path(), thread.id),
    };
    entry.threads_for_vendor().filter(at_question).map(shown).collect()
}

fn rival_shown(entry: &EntryInHand, question: &Question, rival: &Rival, refusals: &[Refusal]) -> RivalShown {
    let mut answers = Answers::default();
    if let Ok(answer) = Answer::from_json(&question.kind, &rival.value) {
        answers.set(&question.key, answer);
    }
    let lines = entry.edition.questionnaire.printed_lines(question, &answers);
    let field = rival_field(&question.key);
    RivalShown {
        from: mark(&rival.value),
        by: rival.by.clone(),
        at: entry.edition.schedule.time_words(rival.at),
        saved_by: entry.saved_by(&question.key).unwrap_or_else(|| "Somebody".to_owned()),
        errors: refusals.iter().filter(|refusal| refusal.field == field).map(|refusal| refusal.sentence.clone()).collect(),
        lines: if lines.is_empty() { vec!["Nothing".to_owned()] } else { lines },
    }
}
