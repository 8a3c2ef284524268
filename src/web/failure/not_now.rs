//! What a person is told whose act does not fit what the entry is by now.

use super::Explanation;
use crate::domain::{Act, NotNow, Status};

/// What the entry is, who may have moved it, what was kept, and what to do.
pub fn explanation(NotNow { act, status }: NotNow) -> Explanation {
    let stands = match (act, leads_to(act, status)) {
        (Act::Withdraw, _) if status == Status::Published => UP.to_owned(),
        (_, true) => already(act).to_owned(),
        (_, false) => format!("{}, so {}.", now(status), not_done(act)),
    };
    let moved_by = if act == Act::Unpublish { "An editor may have taken it down." } else { moved_by(status) };
    Explanation::new(
        "The entry has moved on",
        &[&stands, moved_by, NOTHING_CHANGED],
        &["Go back to the entry: it shows how it stands, and what can be done."],
    )
}

pub(super) const NOTHING_CHANGED: &str = "Nothing was changed just now: all answers and notes are kept.";

/// Also while its entry is revised.
const UP: &str =
    "Readers see a profile of the entry, so it could not be withdrawn: the editors must take the profile down first.";

/// Whether the act has been done: somebody else was quicker, or a button was pressed twice.
fn leads_to(act: Act, status: Status) -> bool {
    Status::ALL.into_iter().any(|before| before.after(act) == Ok(status))
}

fn already(act: Act) -> &'static str {
    match act {
        Act::Submit => "The entry is submitted already.",
        Act::Recall | Act::Revise | Act::Reinstate => "The entry is a draft already, which its vendor can change.",
        Act::RequestChanges | Act::Reopen => "Changes are requested already.",
        Act::Approve => "The entry is approved already.",
        Act::Publish => "The entry is published already.",
        Act::Unpublish => "Readers see no profile of the entry.",
        Act::Withdraw => "The entry is withdrawn already.",
    }
}

fn now(status: Status) -> &'static str {
    match status {
        Status::Draft => "The entry is a draft, which its vendor is working on",
        Status::Submitted => "The entry is submitted and waits for the editors",
        Status::ChangesRequested => "The entry waits for its vendor to make the changes that were requested",
        Status::Approved => "The entry is approved",
        Status::Published => "The entry is published",
        Status::Withdrawn => "The entry is withdrawn",
    }
}

fn not_done(act: Act) -> &'static str {
    match act {
        Act::Submit => "it could not be submitted",
        Act::Recall => "it could not be taken back",
        Act::RequestChanges | Act::Reopen => "no changes could be requested",
        Act::Approve => "it could not be approved",
        Act::Publish => "it could not be published",
        Act::Revise => "its answers cannot be changed at present",
        Act::Unpublish => "there was no profile to take down",
        Act::Withdraw => "it could not be withdrawn",
        Act::Reinstate => "it could not be brought back",
    }
}

fn moved_by(status: Status) -> &'static str {
    match status {
        Status::Draft => "Somebody of its company may have taken it back, or begun to revise it.",
        Status::Submitted => "Somebody of its company may have submitted it.",
        Status::ChangesRequested => "An editor may have requested the changes.",
        Status::Approved => "An editor may have approved it, or taken its profile down.",
        Status::Published => "An editor may have published it, or its publication day has come.",
        Status::Withdrawn => "It may have been withdrawn by somebody of its company or by an editor.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(act: Act, status: Status) -> String {
        explanation(NotNow { act, status }).happened[..2].join(" ")
    }

    #[test]
    fn it_is_told_how_the_entry_stands_and_who_may_have_moved_it() {
        let table = [
            (
                Act::Approve,
                Status::Draft,
                "The entry is a draft, which its vendor is working on, so it could not be approved. \
                 Somebody of its company may have taken it back, or begun to revise it.",
            ),
            (
                Act::Revise,
                Status::Submitted,
                "The entry is submitted and waits for the editors, so its answers cannot be changed at present. \
                 Somebody of its company may have submitted it.",
            ),
            (
                Act::Recall,
                Status::Approved,
                "The entry is approved, so it could not be taken back. \
                 An editor may have approved it, or taken its profile down.",
            ),
            (Act::Unpublish, Status::Draft, "Readers see no profile of the entry. An editor may have taken it down."),
            (
                Act::Withdraw,
                Status::Published,
                "Readers see a profile of the entry, so it could not be withdrawn: the editors must take the profile down first. \
                 An editor may have published it, or its publication day has come.",
            ),
            (
                Act::Approve,
                Status::Approved,
                "The entry is approved already. An editor may have approved it, or taken its profile down.",
            ),
        ];
        for (act, status, expected) in table {
            assert_eq!(told(act, status), expected);
        }
    }

    /// Whatever does not fit is told in whole sentences, and nothing is said twice.
    #[test]
    fn every_act_that_does_not_fit_has_its_sentences() {
        for status in Status::ALL {
            for act in Act::ALL.into_iter().filter(|act| status.after(*act).is_err()) {
                for sentence in explanation(NotNow { act, status }).sentences() {
                    assert!(sentence.starts_with(char::is_uppercase) && sentence.ends_with('.'), "{sentence}");
                }
            }
        }
    }
}
