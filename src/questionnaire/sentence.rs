//! The wording of refusals. "Enter the …", "Select …", "… must be 120 characters or fewer": the label's own
//! words, never "please", "sorry", "invalid" or "required".

/// Nothing was typed.
pub fn enter(label: &str) -> String {
    match is_sentence(label) {
        true => format!("Enter an answer to “{label}”"),
        false => format!("Enter the {label}"),
    }
}

/// One part of a composite answer is missing.
pub fn enter_part(part: &str, label: &str) -> String {
    format!("Enter the {part} of the {label}")
}

/// Nothing was selected.
pub fn select(label: &str) -> String {
    match is_sentence(label) {
        true => format!("Select an answer to “{label}”"),
        false => format!("Select the {label}"),
    }
}

/// Nothing was ticked in a list of which at least one must be.
pub fn select_some(label: &str) -> String {
    match is_sentence(label) {
        true => format!("Select at least one answer to “{label}”"),
        false => format!("Select at least one option of {label}"),
    }
}

/// A text with more characters than it may have.
pub fn too_long(label: &str, longest: usize, length: usize) -> String {
    format!("{label} must be {longest} characters or fewer; it is {} too long", length - longest)
}

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

fn is_sentence(label: &str) -> bool {
    label.ends_with(['?', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_words() {
        assert_eq!(enter("CEO"), "Enter the CEO");
        assert_eq!(select("Is it so?"), "Select an answer to “Is it so?”");
        assert_eq!(too_long("CEO", 120, 131), "CEO must be 120 characters or fewer; it is 11 too long");
    }

    #[test]
    fn numbers_have_commas() {
        assert_eq!([number(12), number(1310), number(-1234567)].join(" "), "12 1,310 -1,234,567");
    }
}
