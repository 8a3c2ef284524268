//! Why a text is no TOML, in a sentence of one line.

/// Where a text is no TOML, or not the TOML that was wanted, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{why}", place.map(|(line, column)| format!("line {line}, column {column}: ")).unwrap_or_default())]
pub struct NotToml {
    /// Line and column, both counted from 1, where they are known.
    place: Option<(usize, usize)>,
    why: String,
}

impl NotToml {
    /// What is wrong with this text.
    pub fn new(text: &str, error: &toml::de::Error) -> Self {
        let before = error.span().and_then(|span| text.get(..span.start));
        let place = before.map(|before| {
            let line = before.rsplit('\n').next().unwrap_or_default();
            (before.matches('\n').count() + 1, line.chars().count() + 1)
        });
        Self { place, why: error.message().lines().collect::<Vec<_>>().join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_told_in_one_line() {
        let text = "a = 1\nü = \n";
        let error = text.parse::<toml::Table>().unwrap_err();
        let told = NotToml::new(text, &error).to_string();
        assert!(told.starts_with("line 2, column ") && told.lines().count() == 1, "{told}");
    }
}
