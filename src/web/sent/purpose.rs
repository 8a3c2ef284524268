//! What each of our forms is for, told from where it is posted to.

/// What a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// What it is, in a few words.
    pub title: &'static str,
    /// What its button says.
    pub press: &'static str,
    /// The page on which it stands.
    pub page: String,
}

impl Purpose {
    /// What a form is for that is posted to this path, with the button `act` where it has several. None where there is
    /// no form of ours that is worth keeping: what signs in is secret, and soon worth nothing.
    pub fn of(path: &str, act: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        let (title, press, page) = match *parts.as_slice() {
            ["entries", "new"] => ("A new entry", "Start the entry", path.to_owned()),
            ["entries", id, below] => of_entry(id, below),
            ["entries", _, "notes", _] => ("Your answer to a note", "Send the answer", path.to_owned()),
            ["desk", "messages", _, "resend"] => ("A message", "Send the message again", "/desk/messages".to_owned()),
            ["desk", "entries", id, ref below @ ..] => {
                let (title, press) = at_desk(below, act)?;
                (title, press, format!("/desk/entries/{id}"))
            }
            [_, "programs", _, "report"] => ("A report", "Send the report", path.to_owned()),
            _ => return None,
        };
        Some(Self { title, press, page })
    }

    /// The page on which the form stands that is posted to this address, as the address asks to see it.
    pub fn page_of(address: &str) -> Option<String> {
        let (path, query) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
        let page = Self::of(path, "")?.page;
        Some(query.map_or_else(|| page.clone(), |query| format!("{page}?{query}")))
    }
}

fn of_entry(id: &str, below: &str) -> (&'static str, &'static str, String) {
    let home = format!("/entries/{id}");
    match below {
        "submit" => ("Submitting your entry", "Submit this entry", format!("{home}/check")),
        "recall" => ("Taking your entry back", "Take the entry back", home),
        "revise" => ("Revising your entry", "Revise the answers", home),
        "reinstate" => ("Bringing your entry back", "Bring the entry back", home),
        "withdraw" => ("Withdrawing your entry", "Withdraw this entry", format!("{home}/withdraw")),
        page => ("A page of your entry", "Save again what I typed", format!("{home}/{page}")),
    }
}

fn at_desk(below: &[&str], act: &str) -> Option<(&'static str, &'static str)> {
    Some(match (below, act) {
        (["notes"], _) => ("A note", "Add the note"),
        (["notes", _], "resolve") => ("Resolving a note", "Resolve the note"),
        (["notes", _], "reopen") => ("Reopening a note", "Reopen the note"),
        (["notes", _], _) => ("A reply to a note", "Add the reply"),
        (["decision"], "request_changes") => ("A decision", "Request changes"),
        (["decision"], "approve") => ("A decision", "Approve"),
        (["decision"], "publish") => ("A decision", "Publish"),
        (["decision"], _) => ("A decision", "Send it again"),
        (["participation"], "unpublish") => ("Taking a profile down", "Take the profile down"),
        (["participation"], "withdraw") => ("Withdrawing an entry", "Withdraw the entry"),
        (["participation"], "reinstate") => ("Bringing an entry back", "Bring the entry back"),
        (["participation"], _) => ("The entry’s part in the guide", "Send it again"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Purpose;

    #[test]
    fn a_form_stands_on_a_page_that_can_be_read() {
        for (path, page) in [
            ("/entries/new", "/entries/new"),
            ("/entries/1/submit", "/entries/1/check"),
            ("/entries/1/recall", "/entries/1"),
            ("/entries/1/reinstate", "/entries/1"),
            ("/entries/1/withdraw", "/entries/1/withdraw"),
            ("/entries/1/company", "/entries/1/company"),
            ("/entries/1/notes/2", "/entries/1/notes/2"),
            ("/desk/entries/1/notes", "/desk/entries/1"),
            ("/desk/entries/1/notes/2", "/desk/entries/1"),
            ("/desk/entries/1/decision", "/desk/entries/1"),
            ("/desk/messages/1/resend", "/desk/messages"),
            ("/2017/programs/digium/report", "/2017/programs/digium/report"),
        ] {
            assert_eq!(Purpose::page_of(path).as_deref(), Some(page), "{path}");
            assert_eq!(Purpose::page_of(&format!("{path}?show=open")), Some(format!("{page}?show=open")), "{path}");
        }
    }

    #[test]
    fn what_signs_in_is_not_kept() {
        for path in ["/sign-in", "/sign-in/code", "/sign-in/token", "/sign-out", "/kept", "/", "", "//entries/new"] {
            assert_eq!(Purpose::of(path, ""), None, "{path}");
        }
    }
}
