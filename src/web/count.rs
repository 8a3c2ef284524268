//! Counts inside sentences: in words up to twelve, in figures above, with the noun that agrees.

const WORDS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// "no", "one", "seven", "48".
pub fn word(count: usize) -> String {
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// "no entries", "one entry", "seven entries", "48 entries".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", word(count), if count == 1 { one } else { many })
}

/// The same in figures, for small print and tables: "1 entry", "7 entries".
pub fn figures(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The same text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_are_words() {
        assert_eq!(counted(0, "entry", "entries"), "no entries");
        assert_eq!(counted(1, "entry", "entries"), "one entry");
        assert_eq!(counted(12, "entry", "entries"), "twelve entries");
        assert_eq!(capital(&counted(7, "entry", "entries")), "Seven entries");
        assert_eq!(counted(13, "entry", "entries"), "13 entries");
        assert_eq!(figures(1, "note", "notes"), "1 note");
    }
}
