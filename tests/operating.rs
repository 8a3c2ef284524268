//! What whoever runs Almanac types and reads, where a slip would cost them something.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::command::{almanac, command, said};

/// It would stand in every page and every mail.
#[test]
fn a_public_address_holds_no_password_and_no_fragment() {
    let folder = tempfile::tempdir().unwrap();
    let with_user =
        "--public-url (ALMANAC_PUBLIC_URL): a user or a password stands in it, which everybody would read: leave them out";
    for (address, sentence) in [
        ("https://ruth:hidden@guide.example", with_user),
        ("https://ruth:hid/den@guide.example/#x", with_user),
        ("https://ruth@guide.example", with_user),
        ("https://:hidden@guide.example:99999", with_user),
        (
            "https://guide.example/#x",
            "--public-url (ALMANAC_PUBLIC_URL): \"https://guide.example/#x\" is no address like https://guide.example.com",
        ),
    ] {
        let output = almanac(folder.path(), &["check", "--public-url", address]);
        assert_eq!((output.status.code(), said(&output)), (Some(2), format!("almanac: {sentence}\n")), "{address}");
    }
}

/// What serving says to somebody who has no editor yet, given these arguments.
fn told_of_no_editor(folder: &Path, arguments: &[&str]) -> (String, String) {
    let mut serve = Command::new(env!("CARGO_BIN_EXE_almanac"));
    serve.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments).env_clear().current_dir(folder);
    let mut child = serve.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let address = lines.next().unwrap().split_whitespace().last().unwrap().to_owned();
    let told = lines.find(|line| line.starts_with("There is no editor yet.")).unwrap();
    child.kill().and_then(|()| child.wait()).unwrap();
    (address, told)
}

#[test]
fn the_command_that_makes_the_first_editor_makes_one_here() {
    let folder = tempfile::tempdir().unwrap();
    let guides = concat!(env!("CARGO_MANIFEST_DIR"), "/guides");
    let (address, told) = told_of_no_editor(folder.path(), &["--data-dir", "Ruth's data", "--guides-dir", guides]);
    let printed = told.strip_prefix("There is no editor yet. Make one: almanac ").unwrap();
    let typed = format!("{} {}", env!("CARGO_BIN_EXE_almanac"), printed.replace("EMAIL", "ruth@guide.example"));
    let output = Command::new("/bin/sh").args(["-c", &typed]).env_clear().current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{typed}: {}", said(&output));
    let link = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(link.contains(&format!("{address}/sign-in/")), "{link}");
    assert!(folder.path().join("Ruth's data/almanac.sqlite").is_file() && !folder.path().join("data").exists());
}

#[test]
fn the_command_that_makes_the_first_editor_shows_no_password() {
    let Some(server) = crate::support::postgres::server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let database = server.fresh_database(None);
    let separator = if database.contains('?') { '&' } else { '?' };
    let database = format!("{database}{separator}password=hidden");
    let (_, told) = told_of_no_editor(folder.path(), &["--database-url", &database]);
    assert!(!told.contains("hidden"), "{told}");
    assert!(told.ends_with(" EMAIL, with the database's address (ALMANAC_DATABASE_URL) as it is here"), "{told}");
}

/// Whoever reads only the first lines has read enough.
#[test]
fn nobody_has_to_read_all_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let many: Vec<String> = (0..400).map(|number| format!("--wrong-{number}")).collect();
    let arguments: Vec<&str> = ["serve"].into_iter().chain(many.iter().map(String::as_str)).collect();
    let mut child = command(folder.path(), &arguments).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

/// Also one that names no company yet, and however its path is written.
#[test]
fn a_file_that_is_given_twice_is_refused_whatever_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let draft = r#"{"edition": 2017, "status": "draft", "answers": {}, "member": [{"name": "Zoë", "email": "zoe@example.org"}]}"#;
    std::fs::write(folder.path().join("draft.json"), draft).unwrap();
    std::fs::copy(folder.path().join("draft.json"), folder.path().join("other.json")).unwrap();
    for again in ["draft.json", "./draft.json"] {
        let twice = command(folder.path(), &["import", "draft.json", again]).current_dir(folder.path()).output().unwrap();
        assert_eq!((twice.status.code(), said(&twice)), (Some(2), format!("almanac: {again}: the file was given twice\n")));
    }
    let two = command(folder.path(), &["import", "draft.json", "other.json"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&two.stdout), "2 entries brought in.\n", "{}", said(&two));
}
