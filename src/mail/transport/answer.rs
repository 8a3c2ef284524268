//! What a mail server answered: in full for the desk, and in numbers for the log.

use lettre::transport::smtp::Error;

use super::Reason;

/// An answer, or what came in place of one.
pub(super) struct Answer {
    /// In the server's words, or the innermost cause, without a full stop.
    words: String,
    /// What of it names nobody; none where that cannot be told.
    for_the_log: Option<String>,
}

impl Answer {
    pub(super) fn of(error: &Error) -> Self {
        let innermost = innermost(error);
        match error.status() {
            Some(code) => Self {
                words: on_one_line(&format!("{code} {innermost}")),
                for_the_log: Some(match enhanced(&innermost) {
                    Some(enhanced) => format!("{code} {enhanced}"),
                    None => code.to_string(),
                }),
            },
            // An answer that could not be read is quoted in what is told of it.
            None => {
                let words = on_one_line(&innermost);
                Self { for_the_log: (!error.is_response()).then(|| words.clone()), words }
            }
        }
    }

    /// The reason for what happened.
    pub(super) fn after(&self, happened: &str) -> Reason {
        Reason::quoting(self.in_full(happened), self.in_short(happened))
    }

    pub(super) fn in_full(&self, happened: &str) -> String {
        format!("{happened}: {}.", self.words)
    }

    pub(super) fn in_short(&self, happened: &str) -> String {
        self.for_the_log.as_ref().map_or_else(|| format!("{happened}."), |answer| format!("{happened}: {answer}."))
    }
}

fn innermost(error: &Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

fn on_one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(300).collect::<String>().trim_end_matches('.').to_owned()
}

/// The three numbers, as in 5.1.1, with which many servers begin what they say.
fn enhanced(words: &str) -> Option<&str> {
    let first = words.split_whitespace().next()?;
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (first.split('.').count() == 3 && first.split('.').all(is_number)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_numbers_are_an_enhanced_code() {
        assert_eq!(enhanced("5.1.1 <zoe@example.org>: unknown"), Some("5.1.1"));
        for words in ["", "No such user", "<5.1.1>", "5.1 no", "192.0.2.1.7", "zoe.a.b is gone", "5..1 no"] {
            assert_eq!(enhanced(words), None, "{words}");
        }
    }
}
