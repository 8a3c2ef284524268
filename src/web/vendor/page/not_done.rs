//! A button that nothing came of: the page that is shown again says why.

use super::Asked;
use crate::questionnaire::Page;
use crate::workflow::save_page::SavedPage;
use crate::workflow::{EntryInHand, Sheet};

/// Why nothing came of what was pressed or chosen at a question.
pub struct NotDone {
    /// The question's key.
    pub question: String,
    /// Its label.
    pub label: String,
    /// Address and label of the question whose answer was to be copied, if it had none; else a later change came before.
    pub nothing_at: Option<(String, String)>,
}

/// What the address asks of the page that tells it; none where something came of the button.
pub fn asked(saved: &SavedPage) -> Option<String> {
    match (saved.not_done.first(), &saved.nothing_to_copy) {
        (Some(question), _) => Some(format!("not_done={question}")),
        (None, Some(question)) => Some(format!("nothing_to_copy={question}")),
        (None, None) => None,
    }
}

/// Where it is told that nothing came of a button; none where something did.
pub fn place(saved: &SavedPage, key: &str, asked: &Asked) -> Option<String> {
    let back = if asked.returns_to_check() { "&return=check" } else { "" };
    self::asked(saved).map(|asked| format!("{}/{key}?{asked}{back}", saved.sheet.path()))
}

/// What the address says of that, about a question of this page.
pub fn read(entry: &EntryInHand, page: &Page, asked: &Asked) -> Option<NotDone> {
    let on_page = |key: &Option<String>| page.questions.iter().find(|question| Some(&question.key) == key.as_ref());
    let (question, nothing_at) = match on_page(&asked.not_done) {
        Some(question) => (question, None),
        None => {
            let question = on_page(&asked.nothing_to_copy)?;
            (question, Some(source(entry, page, question.same_as.as_deref()?)?))
        }
    };
    Some(NotDone { question: question.key.clone(), label: question.label.clone(), nothing_at })
}

/// Address and label of the question whose answer is copied.
fn source(entry: &Sheet, page: &Page, key: &str) -> Option<(String, String)> {
    let questionnaire = &entry.edition.questionnaire;
    let (question, its_page) = questionnaire.question(key).zip(questionnaire.page_of(key))?;
    let address = if its_page.key == page.key { String::new() } else { format!("{}/{}", entry.path(), its_page.key) };
    Some((format!("{address}#{key}"), question.label.clone()))
}
