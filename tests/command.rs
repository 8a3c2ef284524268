//! The command line: what it prints, and how it refuses to start.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use crate::support::client::Client;
use crate::support::smtp::{Dismissal, MailServer};

/// Runs a command to its end, with its data in this folder.
pub fn almanac(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// A command with its data in this folder.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_almanac"));
    command.args(arguments).env_clear().env("ALMANAC_DATA_DIR", folder);
    command.env("ALMANAC_GUIDES_DIR", concat!(env!("CARGO_MANIFEST_DIR"), "/guides"));
    command
}

/// What it said on standard error.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn every_flag_that_there_is_not_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let output = almanac(folder.path(), &["--lisen=1", "demo", "--freh", "--moon", "3", "--entries", "0", "--listen", "1"]);
    assert_eq!(output.status.code(), Some(2));
    let told = [
        "almanac: --lisen: there is no such flag; perhaps --listen is meant",
        "almanac: --freh: there is no such flag; perhaps --fresh is meant",
        "almanac: --moon: there is no such flag; --help says which there are",
        "almanac: --listen (ALMANAC_LISTEN): \"1\" is no address with a port, like 127.0.0.1:8080",
    ];
    assert_eq!(said(&output).lines().collect::<Vec<_>>(), told);
    // So is a word too many.
    let output = almanac(folder.path(), &["check", "moon"]);
    assert!(said(&output).starts_with("almanac: moon: nothing more is expected there"), "{}", said(&output));
    let output = almanac(folder.path(), &["import", "--moon", "file.toml", "--sun"]);
    assert_eq!(said(&output).matches("there is no such flag").count(), 2, "{}", said(&output));
}

/// One thing too many hides no other.
#[test]
fn stray_words_and_short_flags_are_told_beside_the_rest() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let flag = |name: &str| format!("{name}: there is no such flag; --help says which there are");
    let taken = format!("--listen (ALMANAC_LISTEN): nothing can listen on {address}: ");
    let listen = "--listen (ALMANAC_LISTEN): \"nonsense\" is no address with a port, like 127.0.0.1:8080".to_owned();
    let stray = "extra: nothing more is expected there; --help says what is".to_owned();
    let entries = "--entries: \"abc\" is no whole number up to ".to_owned();
    let table: &[(&[&str], &[&String])] = &[
        (&["serve", "--foo", "--listen", &address], &[&flag("--foo"), &taken]),
        (&["serve", "extra", "--listen", "nonsense", "--foo"], &[&stray, &flag("--foo"), &listen]),
        (&["serve", "-xyz", "--foo"], &[&flag("-xyz"), &flag("--foo")]),
        (&["demo", "--entries", "abc", "--bogus"], &[&flag("--bogus"), &entries]),
    ];
    for (arguments, sentences) in table {
        let output = almanac(folder.path(), arguments);
        let said = said(&output);
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), sentences.len()), "{arguments:?}: {said}");
        for (line, sentence) in said.lines().zip(*sentences) {
            assert!(line.starts_with(&format!("almanac: {sentence}")), "{arguments:?}: {said}");
        }
    }
    let output = almanac(folder.path(), &["export", "--format", "xml", "--foo", "to"]);
    let said = said(&output);
    assert!(said.contains(&flag("--foo")) && said.contains("invalid value 'xml'"), "{said}");
}

#[test]
fn every_mistake_of_the_configuration_is_told_at_once() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_almanac"))
        .env_clear()
        .env("ALMANAC_LISTEN", &address)
        .env("ALMANAC_PUBLIC_URL", "guide.example.com")
        .env("ALMANAC_DATA_DIR", file.join("data"))
        .env("ALMANAC_DATABASE_URL", "mysql://root:secret@localhost/guide")
        .env("ALMANAC_MAIL", "pigeon:loft")
        .env("ALMANAC_MAIL_FROM", "nobody")
        .env("ALMANAC_REACH", "moon")
        .env("ALMANAC_LOG", "===")
        .env("ALMANAC_GUIDES_DIR", folder.path().join("nowhere"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    for variable in [
        "ALMANAC_LISTEN",
        "ALMANAC_PUBLIC_URL",
        "ALMANAC_DATA_DIR",
        "ALMANAC_DATABASE_URL",
        "ALMANAC_MAIL)",
        "ALMANAC_MAIL_FROM",
        "ALMANAC_REACH",
        "ALMANAC_LOG",
        "ALMANAC_GUIDES_DIR",
    ] {
        assert!(said.contains(variable), "{variable} in:\n{said}");
    }
    assert!(!said.contains("secret"), "{said}");
    assert!(said.lines().all(|line| line.starts_with("almanac: ")), "{said}");
}

/// A line like `ALMANAC_MAIL=` in a file of variables sets nothing.
#[test]
fn an_empty_variable_counts_as_not_set() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        "LISTEN",
        "PUBLIC_URL",
        "DATA_DIR",
        "DATABASE_URL",
        "MAIL",
        "MAIL_USER",
        "MAIL_PASSWORD",
        "MAIL_FROM",
        "GUIDES_DIR",
        "PROXIES",
        "REACH",
        "LOG",
    ];
    let output = Command::new(env!("CARGO_BIN_EXE_almanac"))
        .arg("migrate")
        .current_dir(folder.path())
        .env_clear()
        .envs(variables.map(|variable| (format!("ALMANAC_{variable}"), "")))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(folder.path().join("data/almanac.sqlite").exists(), "the data stands where it does by default");
}

#[test]
fn an_editor_is_made_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let output = almanac(folder.path(), &["invite-editor", "ruth@guide.example", "--name", "Ruth Lindqvist"]);
    assert!(output.status.success(), "{}", said(&output));
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("http://127.0.0.1:8080/sign-in/"), "{printed}");
    let refused = almanac(folder.path(), &["invite-editor", "ruth"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("like name@example.com"));
}

#[test]
fn entries_are_imported_all_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let digium = concat!(env!("CARGO_MANIFEST_DIR"), "/guides/2017/entries/digium.toml");
    let broken = folder.path().join("broken.toml");
    let text = std::fs::read_to_string(digium).unwrap();
    let text = text.replace("na_partners = 4055", "na_partners = -3").replace("http://www.digium.com", "www.digium.com");
    std::fs::write(&broken, text).unwrap();
    let missing = folder.path().join("missing.toml");
    let output = almanac(folder.path(), &["import", digium, broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    for told in ["broken.toml", "na_partners", "url"] {
        assert!(said(&output).contains(told), "{told} in:\n{}", said(&output));
    }
    assert!(said(&almanac(folder.path(), &["import", missing.to_str().unwrap()])).contains("cannot be read"));
    let output = almanac(folder.path(), &["import", digium]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "1 entry brought in.\n");
}

#[test]
fn what_is_there_already_is_not_imported_again() {
    let folder = tempfile::tempdir().unwrap();
    let digium = concat!(env!("CARGO_MANIFEST_DIR"), "/guides/2017/entries/digium.toml");
    let kirito = concat!(env!("CARGO_MANIFEST_DIR"), "/guides/2017/entries/kirito-networks.toml");
    let refusal = format!(
        "almanac: {digium}: \"Digium, Inc.\" already has an entry for \"Digium Partner Program\" in the edition of 2017\n"
    );
    let twice = almanac(folder.path(), &["import", digium, digium]);
    assert_eq!((twice.status.code(), said(&twice)), (Some(2), format!("almanac: {digium}: the file was given twice\n")));
    let copy = folder.path().join("copy.toml").display().to_string();
    std::fs::copy(digium, &copy).unwrap();
    let both = said(&almanac(folder.path(), &["import", digium, &copy]));
    let expected = format!("{copy}: the entry of \"Digium, Inc.\" for \"Digium Partner Program\" stands in {digium} as well");
    assert_eq!(both, format!("almanac: {expected}\n"));
    // Nothing of that came in, or this would be a repetition.
    let once = almanac(folder.path(), &["import", digium]);
    assert!(once.status.success(), "{}", said(&once));
    let again = almanac(folder.path(), &["import", kirito, digium]);
    assert_eq!((again.status.code(), said(&again)), (Some(2), refusal));
    let kirito = almanac(folder.path(), &["import", kirito]);
    assert!(kirito.status.success(), "{}", said(&kirito));
    // Other people and other spelling make it no other program; another name does.
    let changed = folder.path().join("changed.toml");
    let text = std::fs::read_to_string(digium).unwrap().replace("wlandt@digium.com", "somebody@example.com");
    std::fs::write(
        &changed,
        text.replace("\"Digium, Inc.\"", "\"DIGIUM Inc\"").replace("Partner Program\"", "partner program\""),
    )
    .unwrap();
    let other = almanac(folder.path(), &["import", changed.to_str().unwrap()]);
    assert!(said(&other).contains("\"DIGIUM Inc\" already has an entry for \"Digium partner program\""), "{}", said(&other));
    std::fs::write(&changed, text.replace("Partner Program\"", "Partner Program+\"")).unwrap();
    let other = almanac(folder.path(), &["import", changed.to_str().unwrap()]);
    assert!(other.status.success(), "{}", said(&other));
}

#[test]
fn all_that_is_refused_in_any_file_is_told_in_the_order_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let digium = concat!(env!("CARGO_MANIFEST_DIR"), "/guides/2017/entries/digium.toml");
    let file = |name: &str| folder.path().join(name).display().to_string();
    let text = std::fs::read_to_string(digium).unwrap();
    std::fs::write(file("a.toml"), text.replace("na_partners = 4055", "na_partners = -3")).unwrap();
    std::fs::write(file("b.toml"), [0xff, 0xfe]).unwrap();
    std::fs::write(file("d.toml"), text.replace("edition = 2017", "edition = 1917")).unwrap();
    let files = [file("a.toml"), file("b.toml"), digium.to_owned(), digium.to_owned(), file("c.toml"), file("d.toml")];
    let arguments: Vec<_> = ["import"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let output = almanac(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    let lines: Vec<_> = said.lines().collect();
    let expected = [
        format!("almanac: {}: question \"na_partners\": ", files[0]),
        format!("almanac: {}: cannot be read: ", files[1]),
        // Whatever else the first file is refused for, it is of the same entry.
        format!("almanac: {digium}: the entry of \"Digium, Inc.\" for \"Digium Partner Program\" stands in {} as well", files[0]),
        format!("almanac: {digium}: the file was given twice"),
        format!("almanac: {}: cannot be read: ", files[4]),
        format!("almanac: {}: there is no edition of 1917", files[5]),
    ];
    assert_eq!(lines.len(), expected.len(), "{said}");
    assert!(lines.iter().zip(&expected).all(|(line, start)| line.starts_with(start)), "{said}");
}

/// Neither a year that is no edition's nor an entry that is there already hides what else is wrong with a file.
#[test]
fn nothing_hides_what_else_is_wrong_with_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let digium = concat!(env!("CARGO_MANIFEST_DIR"), "/guides/2017/entries/digium.toml");
    let file = folder.path().join("mixed.toml").display().to_string();
    let import = |changes: &[(&str, &str)]| {
        let mut text = std::fs::read_to_string(digium).unwrap();
        for (right, wrong) in changes {
            assert!(text.contains(right), "{right}");
            text = text.replace(right, wrong);
        }
        std::fs::write(&file, text).unwrap();
        let output = almanac(folder.path(), &["import", &file]);
        assert_eq!(output.status.code(), Some(2));
        let said = said(&output);
        said.lines().map(|line| line.strip_prefix(&format!("almanac: {file}: ")).unwrap().to_owned()).collect::<Vec<_>>()
    };
    let wrong_month = ("fiscal_year_end = 12", "fiscal_year_end = 13");
    for year in ["2020", "99999999999"] {
        let told = import(&[
            ("edition = 2017", &format!("edition = {year}\nstate = 1")),
            ("status = \"published\"", "status = \"printed\""),
            ("[answers]\n", "[answers]\nchief = 1\n"),
            wrong_month,
        ]);
        let expected = [
            &format!("there is no edition of {year}; its answers are checked by the questionnaire of 2017"),
            "\"status\" must be ",
            "unknown key \"state\"",
            "in [answers]: there is no question \"chief\"",
            "question \"fiscal_year_end\": ",
        ];
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        assert!(expected.iter().all(|start| told.iter().any(|line| line.starts_with(start))), "{told:#?}");
        assert!(told[0].starts_with(expected[0]), "{told:#?}");
    }
    assert!(almanac(folder.path(), &["import", digium]).status.success());
    let told = import(&[wrong_month]);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert_eq!(told[0], "\"Digium, Inc.\" already has an entry for \"Digium Partner Program\" in the edition of 2017");
    let month = "question \"fiscal_year_end\": The month in which the fiscal year ends must be 1 to 12 or the name of a month; “13” is neither";
    assert_eq!(told[1], month);
}

#[test]
fn an_answer_that_cannot_be_read_hides_no_refusal_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let digium = concat!(env!("CARGO_MANIFEST_DIR"), "/guides/2017/entries/digium.toml");
    let file = folder.path().join("mixed.toml").display().to_string();
    let mut text = std::fs::read_to_string(digium).unwrap();
    for (right, wrong) in [
        ("company_size = \"small\"", "company_size = \"tiny\""),
        ("na_partners_new = 765", "na_partners_new = [765]"),
        ("na_partners = 4055", "na_partners = -3"),
        ("http://www.digium.com", "www.digium.com"),
    ] {
        assert!(text.contains(right), "{right}");
        text = text.replace(right, wrong);
    }
    std::fs::write(&file, text).unwrap();
    let output = almanac(folder.path(), &["import", &file]);
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    let told: Vec<_> = said.lines().map(|line| line.strip_prefix(&format!("almanac: {file}: question ")).unwrap()).collect();
    let expected = ["\"url\": ", "\"company_size\": ", "\"na_partners\": ", "\"na_partners_new\": "];
    assert_eq!(told.len(), expected.len(), "{said}");
    assert!(told.iter().zip(expected).all(|(line, start)| line.starts_with(start)), "{said}");
}

/// Whatever is wrong with what was typed is said in one plain sentence, with exit status 2.
#[test]
fn bad_arguments_are_answered_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (name, text) in [("broken.toml", "edition = 2017\nstatus = \n"), ("broken.json", "{\"edition\":"), ("plain", "junk")] {
        std::fs::write(path(name), text).unwrap();
    }
    let (missing, below_plain, none) = (path("missing/x.json"), path("plain/site"), path("none"));
    std::fs::create_dir_all(path("none")).unwrap();
    let no_database = format!("sqlite:{}", path("plain"));
    let folder_for_database = format!("sqlite:{none}");
    let long = "x".repeat(121);
    let table: &[(&[&str], &str)] = &[
        (&["import", &path("nowhere.toml")], "nowhere.toml: cannot be read: "),
        (&["import", &none], "none: cannot be read: "),
        (&["import", &path("broken.toml")], "broken.toml is not well-formed TOML: line 2, column "),
        (&["import", &path("broken.json")], "broken.json is not well-formed JSON: "),
        (&["import", &path("plain")], "plain: "),
        (&["export", "--format", "site", &path("plain")], "plain is a file, and a site is a folder of files."),
        (&["export", "--format", "site", &below_plain], "plain/site cannot be written: "),
        (&["export", "--format", "site", "-"], "A site is a folder of files, which standard output cannot take."),
        (&["demo", "--mail", "smtp://127.0.0.1"], "--mail (ALMANAC_MAIL): the demo has a database of its own"),
        (&["export", "--format", "json", &none], "none cannot be written: "),
        (&["export", "--format", "json", &missing], "x.json cannot be written: "),
        (&["invite-editor", "ruth@guide.example", "--name", &long], "The name must be 120 characters or fewer"),
        (&["invite-editor", ""], "Enter the e-mail address in full"),
        (&["check", "--database-url", "nonsense"], "The database must be given as sqlite:PATH"),
        (&["check", "--database-url", &no_database], "plain: file is not a database"),
        (&["migrate", "--database-url", &folder_for_database], "none: unable to open database file"),
        (&["check", "--database-url", "postgres://127.0.0.1:1/none"], "postgres://127.0.0.1:1/none: "),
        (&["check", "--guides-dir", &none], "none holds no edition"),
        (&["demo", "--fresh", "--listen", "127.0.0.1:0", "--data-dir", &path("plain")], "plain/demo cannot be written to"),
    ];
    for (arguments, sentence) in table {
        let output = almanac(folder.path(), arguments);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with("almanac: ") && said.contains(sentence), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    }
}

/// What is typed for one command is told beside what is wrong with the rest, and nothing is done before all is right.
#[test]
fn every_mistake_of_the_arguments_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("demo/kept");
    std::fs::create_dir(kept.parent().unwrap()).unwrap();
    std::fs::write(&kept, "").unwrap();
    let listen = "--listen (ALMANAC_LISTEN): \"1\" is no address with a port, like 127.0.0.1:8080";
    let table: &[(&[&str], &[&str])] = &[
        (&["demo", "--fresh", "--entries", "abc"], &["--entries: \"abc\" is no whole number up to "]),
        (&["demo", "--fresh", "--entries", "-1"], &["--entries: \"-1\" is no whole number up to "]),
        (
            &["demo", "--fresh", "--entries", "abc", "--listen", "1", "--proxies", "-2"],
            &[listen, "--proxies (ALMANAC_PROXIES): \"-2\" is no whole number", "--entries: \"abc\" is no whole number up to "],
        ),
        (
            &["export", "--format", "json", "--year", "twenty", "--listen", "1", "-"],
            &[listen, "--year: \"twenty\" is no year, like 2017"],
        ),
        (
            &["export", "--format", "site", "--year", "2017", "--listen", "1", "-"],
            &[listen, "A site has all editions. ", "A site is a folder of files, "],
        ),
    ];
    for (arguments, sentences) in table {
        let output = almanac(folder.path(), arguments);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), sentences.len(), "{arguments:?}: {said}");
        for (line, sentence) in said.lines().zip(*sentences) {
            assert!(line.starts_with(&format!("almanac: {sentence}")), "{arguments:?}: {said}");
        }
    }
    assert!(kept.exists(), "what was refused throws nothing away");
}

/// What a newer version has made of the database, this one does not touch.
#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    use diesel::{Connection, RunQueryDsl, SqliteConnection, sql_query};
    let folder = tempfile::tempdir().unwrap();
    assert!(almanac(folder.path(), &["migrate"]).status.success());
    let file = folder.path().join("almanac.sqlite");
    let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000001')").execute(&mut connection).unwrap();
    for command in [&["check"][..], &["migrate"], &["serve", "--listen", "127.0.0.1:0"]] {
        let output = almanac(folder.path(), command);
        let said = said(&output);
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
        assert!(said.contains("newer version") && said.contains("29990101000001"), "{said}");
    }
}

#[test]
fn configuration_database_and_mail_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let output = almanac(folder.path(), &["check"]);
    assert!(output.status.success(), "{}", said(&output));
    let output = Command::new(env!("CARGO_BIN_EXE_almanac"))
        .arg("check")
        .env_clear()
        .env("ALMANAC_DATA_DIR", folder.path())
        .env("ALMANAC_DATABASE_URL", "postgres://nobody:hidden@127.0.0.1:1/none")
        .env("ALMANAC_MAIL", "smtp://127.0.0.1:1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(said.contains("ALMANAC_DATABASE_URL") && said.contains("ALMANAC_MAIL") && !said.contains("hidden"), "{said}");
}

/// Looking makes nothing: neither the folders nor the database that serving would begin with.
#[test]
fn a_check_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let database = format!("sqlite:{}", folder.path().join("elsewhere/almanac.sqlite").display());
    for arguments in [&["check"][..], &["check", "--database-url", &database]] {
        let output = almanac(&data, arguments);
        assert!(output.status.success(), "{}", said(&output));
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(printed.contains("which serving begins") && printed.contains("are right"), "{printed}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{arguments:?}");
    }
    std::fs::write(&data, "").unwrap();
    let output = almanac(folder.path(), &["check", "--database-url", &format!("sqlite:{}/x.db", data.display())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("data/x.db cannot be made: "), "{}", said(&output));
}

/// What would lead the demo to somebody else's data is not silently left out, wherever it comes from.
#[test]
fn the_demo_takes_no_database_and_no_mail_server() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_almanac"))
        .args(["demo", "--mail-user", "guide", "--listen", "127.0.0.1:0"])
        .env_clear()
        .env("ALMANAC_DATA_DIR", folder.path())
        .env("ALMANAC_DATABASE_URL", "postgres://nobody:hidden@127.0.0.1:1/none")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let expected = "almanac: --database-url (ALMANAC_DATABASE_URL), --mail-user (ALMANAC_MAIL_USER): the demo has a database of its \
                    own and sends no mail; leave it out\n";
    assert_eq!(said(&output), expected);
    let help = almanac(folder.path(), &["demo", "--help"]);
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    assert!(help.contains("--mail-from") && help.contains("--fresh"), "{help}");
    for flag in ["--database-url", "--mail ", "--mail-user", "--mail-password"] {
        assert!(!help.contains(flag), "{flag} in {help}");
    }
}

/// Nobody's data is thrown away while they use it.
#[tokio::test]
async fn a_demo_that_runs_keeps_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path(), &["--entries", "0"]);
    let fresh = || almanac(folder.path(), &["demo", "--fresh", "--listen", "127.0.0.1:0", "--entries", "0"]);
    let output = fresh();
    assert_eq!(output.status.code(), Some(2));
    let told = said(&output);
    assert!(told.contains("demo is in use by another Almanac") && told.lines().count() == 1, "{told}");
    // Nor does a port that is taken hide it.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let told = self::said(&almanac(folder.path(), &["demo", "--fresh", "--listen", &address, "--entries", "0"]));
    assert!(told.contains("nothing can listen on") && told.contains("is in use by") && told.lines().count() == 2, "{told}");
    assert_eq!(demo.client().get("/2017/").await.expect_status(200).all(".programs .name"), ["Digium, Inc."]);
    // Who throws nothing away may come beside it.
    let data = folder.path().join("demo");
    let beside = almanac(&data, &["invite-editor", "ruth@guide.example"]);
    assert!(beside.status.success(), "{}", said(&beside));
    demo.stop();
    let kept = data.join("kept");
    std::fs::write(&kept, "").unwrap();
    drop(Demo::start(folder.path(), &["--entries", "0", "--fresh"]));
    assert!(!kept.exists(), "once it has ended, a fresh one begins anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_of_the_mail_server_is_told_by_the_check() {
    let server = MailServer::with_credentials("guide@example.com", "open sesame").await;
    server.dismiss("LOGIN", Dismissal::Coldly);
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_almanac"))
        .args(["check", "--mail-user", "guide@example.com", "--mail-password", "hidden"])
        .env_clear()
        .env("ALMANAC_DATA_DIR", folder.path())
        .env("ALMANAC_MAIL", server.url())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let expected =
        "--mail (ALMANAC_MAIL): The mail server 127.0.0.1 refused the user name guide@example.com or its password: 535 ";
    let said = said(&output);
    assert!(said.contains(expected) && !said.contains("hidden"), "{said}");
}

/// The demo, running until it is dropped; its address, and the link that signs in as a vendor.
struct Demo {
    child: Child,
    address: String,
    vendor: String,
    /// Closing it would end the demo, which has more to say.
    _output: BufReader<ChildStdout>,
}

impl Demo {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_almanac"))
            .args(["demo", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .env_clear()
            .env("ALMANAC_DATA_DIR", folder)
            .env("ALMANAC_GUIDES_DIR", concat!(env!("CARGO_MANIFEST_DIR"), "/guides"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut address = || {
            let mut line = String::new();
            output.read_line(&mut line).unwrap();
            line.split_whitespace().last().unwrap().to_owned()
        };
        let (address, vendor) = (address(), address());
        Self { child, address, vendor, _output: output }
    }

    fn client(&self) -> Client {
        Client::new(&self.address)
    }

    /// Ends it; what it logged.
    fn stop(mut self) -> String {
        self.child.kill().unwrap();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// The demo has two editions, so that what changes from year to year can be seen, and `/` is the newer one.
#[tokio::test]
async fn the_demo_brings_two_editions() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path(), &[]);
    let newest = demo.client().get("/").await.expect_status(200);
    let (now, before) = (demo.client().get("/2017/").await, demo.client().get("/2016/").await);
    assert_eq!(newest.all(".programs .name"), now.all(".programs .name"));
    let (now, before) = (now.attributes(".programs .name", "href"), before.attributes(".programs .name", "href"));
    assert_eq!((now.len(), before.len()), (25, 24));
    for program in before.iter().map(|address| address.replace("/2016/", "/2017/")) {
        assert!(now.contains(&program), "{program}");
    }
    demo.stop();

    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path(), &["--entries", "0"]);
    assert_eq!(demo.client().get("/2017/").await.all(".programs .name"), ["Digium, Inc."]);
    assert_eq!(demo.client().get("/2016/").await.status, 404);
}

/// What is logged says which route was asked for, and never who asked or with which token.
#[tokio::test]
async fn nothing_personal_and_no_token_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path(), &["--entries", "0", "--log", "debug"]);
    let client = demo.client();
    let path = demo.vendor.strip_prefix(&demo.address).unwrap().to_owned();
    let page = client.get(&path).await.expect_status(200);
    let entries = client.submit(page.form("/sign-in/")).await.expect_status(200);
    client.get(&entries.attributes("a.name", "href").remove(0)).await.expect_status(200);
    let page = client.clone().get("/sign-in?next=/entries").await;
    assert_eq!(page.status, 200);
    let stranger = demo.client();
    let page = stranger.get("/sign-in").await;
    stranger.submit(page.form("/sign-in").set("email", "secret.person@vendor.example")).await.expect_status(200);
    stranger.get("/nothing?mail=secret.person@vendor.example").await;
    let log = demo.stop();
    assert!(log.contains("/entries/{id}"), "the routes are logged:\n{log}");
    let token = path.rsplit('/').next().unwrap();
    for secret in [token, "secret.person", "almanac_session"] {
        assert!(!log.contains(secret), "{secret} is logged");
    }
}
