//! Several things inside a sentence.

/// "one, two and three"; `last` is the word before the last.
pub fn enumerated(words: impl Iterator<Item = String>, last: &str) -> String {
    let words: Vec<String> = words.collect();
    match words.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_stands_behind_its_word() {
        for (words, sentence) in [("", ""), ("a", "a"), ("a b", "a or b"), ("a b c", "a, b or c")] {
            assert_eq!(enumerated(words.split_terminator(' ').map(str::to_owned), "or"), sentence);
        }
    }
}
