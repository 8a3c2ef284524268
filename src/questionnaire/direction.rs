//! Texts that run from right to left, inside sentences of ours that run from left to right.

use std::borrow::Cow;

/// The characters that turn the direction of what stands after them: marks, embeddings, overrides, isolates. In a name they
/// would turn the rest of every line that it stands in.
pub(super) fn is_control(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text for a sentence where no markup can keep it apart, as in a mail's text or a page's title: one that runs from right
/// to left is bracketed, so that the words and figures beside it stay where they are. Any other stays as it is.
pub fn isolated(text: &str) -> Cow<'_, str> {
    match text.chars().any(runs_from_right) {
        true => Cow::Owned(format!("\u{2068}{text}\u{2069}")),
        false => Cow::Borrowed(text),
    }
}

/// The blocks of the scripts that are written from right to left: Hebrew to Arabic with its forms of presentation, and the
/// old and the young ones of the supplementary plane.
fn runs_from_right(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_runs_from_right_to_left_is_bracketed() {
        assert_eq!(isolated("Fenwhistle – العربية"), "\u{2068}Fenwhistle – العربية\u{2069}");
        assert_eq!(isolated("תוכנית"), "\u{2068}תוכנית\u{2069}");
        for text in ["", "Kestermoor & Söhne", "日本語", "Программа 2"] {
            assert!(matches!(isolated(text), Cow::Borrowed(same) if same == text));
        }
    }
}
