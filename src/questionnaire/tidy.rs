//! Typed texts as they are stored: one rule for everything that anybody types.

use super::direction;

/// A typed text as it is stored and counted: trimmed, one character a line break, without control characters,
/// which no keyboard types and no database of ours stores.
pub fn tidy(typed: &str) -> String {
    // What most people type most of the time.
    if typed.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return typed.trim().to_owned();
    }
    let mut clean = String::with_capacity(typed.len());
    let mut shows_something = false;
    let mut after_return = false;
    for character in typed.chars() {
        match character {
            '\n' if after_return => {}
            '\r' | '\n' => clean.push('\n'),
            '\t' => clean.push('\t'),
            _ if character.is_control() => {}
            _ => {
                shows_something |= !character.is_whitespace() && !is_invisible(character);
                clean.push(character);
            }
        }
        after_return = character == '\r';
    }
    match shows_something {
        false => String::new(),
        true => clean.trim_matches(|character: char| character.is_whitespace() || comes_along(character)).to_owned(),
    }
}

/// A typed text for a field of one line. What turns the direction of writing, and comes along with what is pasted, is left
/// out: a name must not turn the line of a mail or a list that it stands in. A line's letters have their direction.
pub fn tidy_line(typed: &str) -> String {
    let tidied = tidy(typed);
    let in_one_line = |character: char| !direction::is_control(character) && character != '\n';
    if tidied.chars().all(in_one_line) {
        return tidied;
    }
    let kept = tidied.chars().filter(|character| !direction::is_control(*character));
    tidy(&kept.map(|character| if character == '\n' { ' ' } else { character }).collect::<String>())
}

/// Characters that show nothing. A text of them alone is no text; inside one, scripts and emoji need some of them.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
}

/// Characters that come along at the ends of what is copied from documents and address books: spaces of no width,
/// and the brackets that embed a direction.
fn comes_along(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_tidied_by_one_rule() {
        assert_eq!(tidy("  a\r\nb\u{0} "), "a\nb");
        assert_eq!(tidy("a\rb\n\rc\r\n\r\nd"), "a\nb\n\nc\n\nd");
        assert_eq!(tidy("\u{feff}\u{202d}256-428-6000\u{202c}\u{200b} "), "256-428-6000");
        assert_eq!(tidy("👩\u{200d}💻 نمی\u{200c}خواهم"), "👩\u{200d}💻 نمی\u{200c}خواهم");
        for nothing in ["", " \t\r\n", "\u{0}\u{7}", "\u{200b}", "\u{200f}\u{a0}\u{2800}", "\u{3164}"] {
            assert_eq!(tidy(nothing), "", "{nothing:?}");
        }
        assert_eq!(tidy_line("a\nb"), "a b");
        assert_eq!(tidy_line("Fen\u{202e}whistle \u{2067}العربية\u{2069}\u{200f} 2"), "Fenwhistle العربية 2");
        assert_eq!(tidy_line("\u{200e} \u{202a}"), "");
        assert_eq!(tidy_line("نمی\u{200c}خواهم"), "نمی\u{200c}خواهم");
    }
}
