//! The command that makes the first editor, as it is to be typed: somewhere else it would make one somewhere else.

use std::borrow::Cow;

use crate::config::{Config, Flags};

/// What is said where nobody could sign in yet. The flags that decide which guide it is are in it, wherever they came from.
pub(super) fn advice(flags: &Flags, config: &Config, url: &str) -> String {
    let mut words = vec!["almanac invite-editor".to_owned()];
    let mut flag = |name: &str, value: &str| words.push(format!("{name} {}", quoted(value)));
    if url != "http://127.0.0.1:8080" {
        flag("--public-url", url);
    }
    let data_dir = config.data_dir.display().to_string();
    if data_dir != "data" {
        flag("--data-dir", &data_dir);
    }
    if let Some(guides) = &flags.guides_dir {
        flag("--guides-dir", &guides.display().to_string());
    }
    let database = flags.database_url.as_deref();
    // What is shown in another way than it was typed has a password in it.
    let (shown, hidden) = (config.database.to_string(), database.is_some_and(|typed| typed != config.database.to_string()));
    let is_sqlite = shown.starts_with("sqlite:");
    if database.is_some() && (!hidden || is_sqlite) {
        flag("--database-url", &shown);
    }
    let but = if hidden && !is_sqlite { ", with the database's address (ALMANAC_DATABASE_URL) as it is here" } else { "" };
    format!("There is no editor yet. Make one: {} EMAIL{but}", words.join(" "))
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "/._-:,+@%=".contains(character);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(format!("'{}'", word.replace('\'', r"'\''"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        for (word, typed) in [
            ("/srv/guide-2017", "/srv/guide-2017"),
            ("sqlite:data/a.sqlite", "sqlite:data/a.sqlite"),
            ("Ruth's data", r"'Ruth'\''s data'"),
            ("~/data", "'~/data'"),
            ("postgres:///almanac?host=/run", "'postgres:///almanac?host=/run'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), typed);
        }
    }
}
