//! Letters as files: what a new installation does until it knows a mail server.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::SendError;
use crate::mail::Letter;
use crate::writable;

/// A folder that holds one `.eml` file a letter, which any mail program opens.
#[derive(Debug, Clone)]
pub struct Directory {
    path: PathBuf,
}

impl Directory {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    pub(super) async fn write(&self, letter: &Letter, content: Vec<u8>) -> Result<(), SendError> {
        let name = file_name(letter);
        self.blocking(move |folder| write_whole(folder, &name, &content)).await
    }

    pub(super) async fn check(&self) -> Result<(), SendError> {
        self.blocking(writable::could_be_made).await
    }

    async fn blocking(&self, work: impl FnOnce(&Path) -> io::Result<()> + Send + 'static) -> Result<(), SendError> {
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || work(&path)).await.unwrap_or_else(|error| Err(io::Error::other(error))).map_err(
            |error| {
                let folder = self.path.display();
                SendError::Passing(format!("The mail folder {folder} can't be written to: {error}.").into())
            },
        )
    }
}

/// Sorted by name, letters are sorted by time. A letter that is sent again replaces itself.
fn file_name(letter: &Letter) -> String {
    let time = letter.date.strftime("%Y%m%dT%H%M%S%.6fZ");
    let id: String = letter.bare_message_id().chars().take(100).map(plain).collect();
    format!("{time}-{id}.eml")
}

fn plain(character: char) -> char {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '@' => character,
        _ => '_',
    }
}

/// Whoever watches the folder sees a whole file or none.
fn write_whole(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!(".{name}.part"));
    let mut file = File::create(&unfinished)?;
    file.write_all(content)?;
    // The outbox is about to record the letter as sent, so it has to survive a power cut.
    file.sync_all()?;
    fs::rename(unfinished, folder.join(name))
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;

    use super::*;
    use crate::mail::{Mailbox, Transport};

    fn letter(date: &str, message_id: &str) -> Letter {
        Letter {
            message_id: message_id.to_owned(),
            date: date.parse().unwrap(),
            from: Mailbox::new("", "guide@example.com"),
            to: Mailbox::new("", "ruth@example.org"),
            reply_to: None,
            subject: format!("Letter of {date}"),
            text: "Text".to_owned(),
            html: "<p>Text</p>".to_owned(),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn writes_files_that_sort_by_time_and_any_mail_program_reads() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("data/mail");
        let transport = Transport::File(Directory::new(&folder));
        for (date, id) in [
            ("2017-03-16T15:42:07.25Z", "<b@guide>"),
            ("2017-03-16T15:42:07Z", "c/../é@guide"),
            ("2016-12-31T23:59:59Z", "a@guide"),
        ] {
            transport.send(&letter(date, id)).await.unwrap();
        }
        let names = names(&folder);
        assert_eq!(
            names,
            [
                "20161231T235959.000000Z-a@guide.eml",
                "20170316T154207.000000Z-c_..__@guide.eml",
                "20170316T154207.250000Z-b@guide.eml",
            ]
        );
        let content = fs::read(folder.join(&names[0])).unwrap();
        let parsed = MessageParser::default().parse(&content).unwrap();
        assert_eq!(parsed.subject(), Some("Letter of 2016-12-31T23:59:59Z"));
    }

    #[tokio::test]
    async fn a_letter_sent_again_replaces_itself() {
        let folder = tempfile::tempdir().unwrap();
        let transport = Transport::File(Directory::new(folder.path()));
        let letter = letter("2017-03-16T15:42:07Z", "a@guide");
        transport.send(&letter).await.unwrap();
        transport.send(&letter).await.unwrap();
        assert_eq!(names(folder.path()).len(), 1);
    }

    #[tokio::test]
    async fn the_check_leaves_nothing_behind_and_names_a_folder_that_is_none() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("mail");
        Transport::File(Directory::new(&folder)).check().await.unwrap();
        assert!(names(home.path()).is_empty(), "not even the folder");

        let occupied = home.path().join("file");
        fs::write(&occupied, "").unwrap();
        let error = Transport::File(Directory::new(&occupied)).check().await.unwrap_err();
        assert!(error.is_passing());
        assert!(error.to_string().starts_with("The mail folder "), "{error}");
    }
}
