//! The wording of refusals. "Enter the …", "Select …", "… must be 120 characters or fewer": the label's own
//! words, never "please", "sorry", "invalid" or "required".

use super::value::{EmailError, LONGEST_EMAIL, LONGEST_EMAIL_NAME};

/// What a sentence calls the answer to a question, after a verb: "the CEO".
pub fn object(label: &str) -> String {
    match (is_sentence(label), label.strip_prefix("The ")) {
        (true, _) => format!("the answer to “{label}”"),
        (false, Some(rest)) => format!("the {rest}"),
        (false, None) => format!("the {}", in_sentence(label)),
    }
}

/// What a sentence calls the answer to a question, at its beginning: "The CEO".
pub fn subject(label: &str) -> String {
    capitalized(&object(label))
}

/// Nothing was typed.
pub fn enter(label: &str) -> String {
    match is_sentence(label) {
        true => format!("Enter an answer to “{label}”"),
        false => format!("Enter {}", object(label)),
    }
}

/// One part of a composite answer is missing.
pub fn enter_part(part: &str, label: &str) -> String {
    format!("Enter the {part} of {}", object(label))
}

/// Nothing was selected.
pub fn select(label: &str) -> String {
    match is_sentence(label) {
        true => format!("Select an answer to “{label}”"),
        false => format!("Select {}", object(label)),
    }
}

/// Nothing was ticked in a list of which at least one must be.
pub fn select_some(label: &str) -> String {
    match is_sentence(label) {
        true => format!("Select at least one answer to “{label}”"),
        false => format!("Select at least one option for {}", in_sentence(label)),
    }
}

/// Nothing was selected in a row of a grid.
pub fn select_in_row(row: &str) -> String {
    format!("Select an answer for “{row}”")
}

/// Nothing was selected in any row of a grid that wants an answer in each.
pub fn select_in_each_row(label: &str) -> String {
    format!("Select an answer in each row of “{label}”")
}

/// A text with more characters than it may have. `subject`: what the sentence begins with, "The company name".
pub fn too_long(subject: &str, longest: usize, length: usize) -> String {
    let (limit, excess) = (count(longest), count(length.saturating_sub(longest)));
    format!("{subject} must be {limit} characters or fewer; it is {excess} too long")
}

/// What is wrong with an e-mail address. `object`: what a sentence calls it, "your e-mail address".
pub fn no_email(object: &str, error: &EmailError) -> String {
    let subject = capitalized(object);
    match error {
        EmailError::NotOne => format!("Enter {object} in full, like name@example.com"),
        EmailError::Character(character) => {
            format!("{subject} must not contain “{character}”, which mail addresses do not have before the @")
        }
        EmailError::TooLong(length) => too_long(&subject, LONGEST_EMAIL, *length),
        EmailError::NameTooLong(length) => {
            too_long(&format!("What stands before the @ in {object}"), LONGEST_EMAIL_NAME, *length)
        }
    }
}

/// Something that was given, as a refusal repeats it: in quotes, and not without end.
pub fn quoted(given: &str) -> String {
    let quoted: String = given.chars().take(LONGEST_QUOTE).collect();
    let rest = if given.chars().count() > LONGEST_QUOTE { "…" } else { "" };
    format!("“{quoted}{rest}”")
}

/// The most characters of something that a refusal repeats.
const LONGEST_QUOTE: usize = 60;

/// A whole number as it is shown inside a sentence: with commas.
pub fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if number < 0 { format!("-{shown}") } else { shown }
}

/// A count as it is shown inside a sentence.
pub fn count(count: usize) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// So many of a thing: "one tier", "2 tiers", "3 entries".
pub fn so_many(count: usize, item: &str) -> String {
    let consonant_y = item.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match (count, consonant_y) {
        (1, _) => format!("one {item}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ if item.ends_with(['s', 'x', 'z']) || item.ends_with("ch") || item.ends_with("sh") => format!("{count} {item}es"),
        _ => format!("{count} {item}s"),
    }
}

/// A phrase at the beginning of a sentence.
pub fn capitalized(phrase: &str) -> String {
    let mut characters = phrase.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A sentence after a colon.
pub fn uncapitalized(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

/// Whether the label is a sentence of its own, which no other sentence can take in without quotes.
fn is_sentence(label: &str) -> bool {
    label.ends_with(['?', ':', '.'])
}

/// A label inside a sentence: its first letter is small if the label is written like a sentence ("Company name"), and
/// stays if it is written like a title ("Fiscal Year Ends") or is an abbreviation ("URL").
fn in_sentence(label: &str) -> String {
    let mut words = label.split_whitespace();
    let first = words.next().unwrap_or_default();
    let ordinary = first.chars().skip(1).all(|letter| !letter.is_uppercase()) && first.chars().count() > 1;
    let like_a_sentence = words.all(|word| !word.starts_with(char::is_uppercase));
    let mut letters = label.chars();
    match letters.next() {
        Some(letter) if ordinary && like_a_sentence => letter.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_words() {
        assert_eq!(enter("CEO"), "Enter the CEO");
        assert_eq!(enter("Address"), "Enter the address");
        assert_eq!(enter("Name of the partner program"), "Enter the name of the partner program");
        assert_eq!(enter("The tier’s own name"), "Enter the tier’s own name");
        assert_eq!(enter("Program Manager Email"), "Enter the Program Manager Email");
        assert_eq!(enter("Who is it?"), "Enter an answer to “Who is it?”");
        assert_eq!(enter_part("name", "Worldwide Channel Chief"), "Enter the name of the Worldwide Channel Chief");
        assert_eq!(enter_part("name", "Who is it?"), "Enter the name of the answer to “Who is it?”");
        assert_eq!(select("Company Size"), "Select the Company Size");
        assert_eq!(select("Is it so?"), "Select an answer to “Is it so?”");
        assert_eq!(select_some("Partner types"), "Select at least one option for partner types");
        assert_eq!(select_some("Which?"), "Select at least one answer to “Which?”");
        assert_eq!(too_long(&subject("CEO"), 120, 131), "The CEO must be 120 characters or fewer; it is 11 too long");
        assert_eq!(subject("The North American Partners"), "The North American Partners");
        assert_eq!(
            too_long(&subject("Why?"), 2000, 1_000_000),
            "The answer to “Why?” must be 2,000 characters or fewer; it is 998,000 too long"
        );
    }

    #[test]
    fn numbers_have_commas() {
        assert_eq!([number(12), number(1310), number(-1234567)].join(" "), "12 1,310 -1,234,567");
        assert_eq!(number(i64::MIN), "-9,223,372,036,854,775,808");
    }

    #[test]
    fn things_have_their_plural() {
        let counted = [(1, "tier"), (2, "tier"), (3, "entry"), (2, "survey"), (2, "branch"), (10, "address")];
        let counted = counted.map(|(count, item)| so_many(count, item));
        assert_eq!(counted, ["one tier", "2 tiers", "3 entries", "2 surveys", "2 branches", "10 addresses"]);
    }

    #[test]
    fn a_phrase_can_begin_a_sentence() {
        assert_eq!(capitalized("the year"), "The year");
        assert_eq!(capitalized("état"), "État");
        assert_eq!(capitalized(""), "");
        assert_eq!(uncapitalized("Enter the URL"), "enter the URL");
        assert_eq!(uncapitalized(""), "");
    }
}
