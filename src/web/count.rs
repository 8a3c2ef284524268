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

/// A number with commas: "4,055".
pub fn with_commas(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut written = if number < 0 { "\u{2212}".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// Numbers from one to another: "1,000–4,999", one alone as "7". Years are written without commas.
pub fn from_to(least: i64, most: i64, years: bool) -> String {
    let written = |number: i64| if years { number.to_string().replace('-', "\u{2212}") } else { with_commas(number) };
    if least == most { written(least) } else { format!("{}–{}", written(least), written(most)) }
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

    #[test]
    fn numbers_stand_from_one_to_another() {
        for (least, most, years, written) in [
            (1000, 4999, false, "1,000–4,999"),
            (2000, 2004, true, "2000–2004"),
            (7, 7, false, "7"),
            (2001, 2001, true, "2001"),
            (-2000, -2000, true, "\u{2212}2000"),
        ] {
            assert_eq!(from_to(least, most, years), written);
        }
    }

    #[test]
    fn large_numbers_have_commas() {
        for (number, written) in [(0, "0"), (999, "999"), (4055, "4,055"), (-1_234_567, "\u{2212}1,234,567")] {
            assert_eq!(with_commas(number), written);
        }
    }
}
