//! What keeps a command from starting: told in sentences, all at once, with nothing made and nothing removed.

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use crate::command::{almanac, command, said};
use crate::support::postgres;

/// Starts a server that must not start; what it said.
fn start(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = command(folder, &[&["serve"], arguments].concat());
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while server.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(20) {
            server.kill().unwrap();
            panic!("it serves: {arguments:?}");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    server.wait_with_output().unwrap()
}

/// A copy of the guide's files, whose edition file a test changes.
struct Guides(tempfile::TempDir);

impl Guides {
    fn new() -> Self {
        let guides = Self(tempfile::tempdir().unwrap());
        guides.copy("2017");
        guides
    }

    /// A folder of this name with the edition of 2017 in it.
    fn copy(&self, name: &str) {
        let folder = self.0.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        for file in ["edition.toml", "questionnaire.toml"] {
            std::fs::copy(format!("guides/2017/{file}"), folder.join(file)).unwrap();
        }
    }

    fn edition(&self, name: &str) -> String {
        self.0.path().join(name).join("edition.toml").display().to_string()
    }

    fn change(&self, name: &str, changes: &[(&str, &str)]) {
        let mut text = std::fs::read_to_string("guides/2017/edition.toml").unwrap();
        for (right, wrong) in changes {
            assert!(text.contains(right), "{right}");
            text = text.replace(right, wrong);
        }
        std::fs::write(self.edition(name), text).unwrap();
    }

    /// What a check says, which is what a start does.
    fn told(&self) -> Vec<String> {
        let data = tempfile::tempdir().unwrap();
        let folder = self.0.path().display().to_string();
        let check = said(&almanac(data.path(), &["check", "--guides-dir", &folder]));
        let start = start(data.path(), &["--listen", "127.0.0.1:0", "--guides-dir", &folder]);
        assert_eq!((start.status.code(), said(&start)), (Some(2), check.clone()));
        check.lines().map(|line| line.strip_prefix("almanac: ").unwrap().to_owned()).collect()
    }

    /// The same of the edition of 2017 after these changes.
    fn told_after(&self, changes: &[(&str, &str)]) -> Vec<String> {
        self.change("2017", changes);
        let file = format!("{}: ", self.edition("2017"));
        self.told().iter().map(|line| line.strip_prefix(&file).unwrap_or(line).to_owned()).collect()
    }
}

/// A typing mistake, or another folder than one thinks to be in, is no guide without profiles.
#[test]
fn an_export_makes_no_database_and_empties_no_site() {
    let folder = tempfile::tempdir().unwrap();
    let (data, site) = (folder.path().join("data"), folder.path().join("site"));
    let to = site.display().to_string();
    let digium = concat!(env!("CARGO_MANIFEST_DIR"), "/guides/2017/entries/digium.toml");
    assert!(almanac(&data, &["import", digium]).status.success());
    assert!(almanac(&data, &["export", "--format", "site", &to]).status.success());
    let profile = site.join("2017/programs/digium/index.html");
    assert!(profile.is_file());
    let mistyped = folder.path().join("datta");
    let export = |arguments: &[&str], sentences: &[&str]| {
        let output = almanac(&mistyped, &[&["export"], arguments].concat());
        let said = said(&output);
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), sentences.len()), "{arguments:?}: {said}");
        for (line, sentence) in said.lines().zip(sentences) {
            assert!(line.starts_with(&format!("almanac: {sentence}")), "{arguments:?}: {said}");
        }
        assert!(!mistyped.exists() && profile.is_file(), "{arguments:?}");
    };
    let file = mistyped.join("almanac.sqlite").display().to_string();
    let missing = &format!("--data-dir (ALMANAC_DATA_DIR): there is no database {file}, ");
    export(&["--format", "site", &to], &[missing]);
    export(&["--format", "site", "--year", "2017", &to], &[missing, "A site has all editions. "]);
    export(&["--format", "site", "--moon", &to], &["--moon: there is no such flag", missing]);
    for format in ["json", "csv", "xlsx"] {
        export(&["--format", format, "-"], &[missing]);
    }
    export(&["--format", "json", "--year", "twenty", "-"], &[missing, "--year: \"twenty\" is no year"]);
    let elsewhere = format!("sqlite:{file}");
    let missing = format!("--database-url (ALMANAC_DATABASE_URL): there is no database {file}, ");
    export(&["--format", "site", "--database-url", &elsewhere, &to], &[&missing]);
}

/// Nor does a database in which nothing is, on either engine.
#[test]
fn an_export_begins_no_database() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("empty.sqlite"), "").unwrap();
    let mut databases = vec![format!("sqlite:{}", folder.path().join("empty.sqlite").display())];
    databases.extend(postgres::server().map(|server| server.fresh_database(None)));
    for database in databases {
        for _ in 0..2 {
            let output = almanac(folder.path(), &["export", "--format", "json", "--database-url", &database, "-"]);
            let said = said(&output);
            assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{database}: {said}");
            assert!(said.starts_with("almanac: --database-url (ALMANAC_DATABASE_URL): "), "{database}: {said}");
            assert!(said.contains("nothing of Almanac is in ") && output.stdout.is_empty(), "{database}: {said}");
        }
    }
}

#[test]
fn two_folders_are_not_of_one_year() {
    let guides = Guides::new();
    guides.copy("2018");
    let (first, second) = (guides.edition("2017"), guides.edition("2018"));
    assert_eq!(guides.told(), [format!("{second}: \"year\" is 2017, as in {first}; every edition has a year of its own")]);
    // The copy may have other mistakes, and a questionnaire that cannot be read.
    std::fs::write(Path::new(&second).with_file_name("questionnaire.toml"), "[[page").unwrap();
    let told = guides.told();
    assert!(told.len() == 2 && told[0].contains(&first) && told[1].contains("questionnaire.toml"), "{told:?}");
}

#[test]
fn a_folder_is_named_by_the_year_of_its_edition() {
    let guides = Guides::new();
    guides.change("2017", &[("year = 2017", "year = 2018")]);
    let file = guides.edition("2017");
    assert_eq!(guides.told(), [format!("{file}: \"year\" is 2018, and the folder is named 2017")]);
}

#[test]
fn every_mistake_of_an_edition_is_told_at_once() {
    let guides = Guides::new();
    let told = guides.told_after(&[
        ("year = 2017", "year = 2018x"),
        ("\"Partner Program Guide\"", "\"\""),
        ("America/New_York", "America/York"),
        ("\"2016-12-01T09:00\"", "2016-12-01T09:00:00"),
        ("\"2017-03-31T17:00\"", "\"31.3.2017\""),
        ("\"2017-05-01\"", "2017-05-01"),
        ("contact_name = \"Ruth Lindqvist\"", "contact = \"Ruth Lindqvist\""),
        ("guide@example.com", "x"),
    ]);
    let expected = [
        "\"year\" must be a year of four digits, like 2017",
        "\"name\" must be a text that is not empty",
        "\"time_zone\" must be the name of a time zone, like \"America/New_York\"",
        "\"opens\" must be a day and a time in quotes, like \"2017-03-31T17:00\"",
        "\"deadline\" must be a day and a time in quotes, like \"2017-03-31T17:00\"",
        "\"publishes\" must be a day in quotes, like \"2017-05-01\"",
        "the key \"contact_name\" is missing",
        "\"contact_email\" must be an e-mail address, like name@example.com",
        "unknown key \"contact\"",
    ];
    assert_eq!(told, expected);
    std::fs::write(guides.edition("2017"), "").unwrap();
    let told = guides.told();
    assert!(told.len() == 8 && told.iter().all(|line| line.contains("the key \"")), "{told:?}");
    let told = guides.told_after(&[("name = \"Partner", "year = 2017\nnonsense\nname = \"Partner")]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("line 9, column ") && told[1].starts_with("line 8, column "), "{told:?}");
}

#[test]
fn the_days_of_an_edition_come_one_after_the_other() {
    let guides = Guides::new();
    let told = guides.told_after(&[("2017-03-31T17:00", "2016-11-30T17:00"), ("2017-05-01", "2016-11-30")]);
    assert_eq!(told, ["\"deadline\" must be after \"opens\"", "\"publishes\" must not be before \"opens\""]);
}

#[test]
fn a_mail_folder_that_cannot_be_written_to_keeps_the_server_from_starting() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let mail = format!("file:{}/mail", file.display());
    let told = format!("--mail (ALMANAC_MAIL): The mail folder {}/mail can't be written to: ", file.display());
    let table: &[(&[&str], &[&str])] = &[
        (&["--listen", "127.0.0.1:0", "--mail", &mail], &[&told]),
        (&["--listen", "1", "--mail", &mail], &["--listen (ALMANAC_LISTEN): ", &told]),
        (&["--foo", "--listen", "127.0.0.1:0", "--mail", &mail], &["--foo: there is no such flag", &told]),
    ];
    for (arguments, sentences) in table {
        let output = start(folder.path(), arguments);
        let said = said(&output);
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), sentences.len()), "{arguments:?}: {said}");
        for (line, sentence) in said.lines().zip(*sentences) {
            assert!(line.starts_with(&format!("almanac: {sentence}")), "{arguments:?}: {said}");
        }
    }
    // Where the data folder is at fault, its mails' folder is not told beside it.
    let output = start(&file, &["--listen", "127.0.0.1:0"]);
    let said = said(&output);
    assert!(said.contains("ALMANAC_DATA_DIR") && said.lines().count() == 1, "{said}");
}

/// Whoever has mended a flag should not find only then that a file is wrong.
#[test]
fn mistakes_in_the_editions_are_told_beside_those_of_the_flags() {
    let guides = Guides::new();
    guides.change("2017", &[("year = 2017", "year = 2018")]);
    let (data, folder) = (tempfile::tempdir().unwrap(), guides.0.path().display().to_string());
    for more in [&["--listen", "1"][..], &["--listen", "1", "--foo"]] {
        let output = start(data.path(), &[&["--guides-dir", folder.as_str()], more].concat());
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("--listen (ALMANAC_LISTEN): ") && said.contains("2018"), "{said}");
        assert_eq!(said.lines().count(), more.len(), "{said}");
    }
}
