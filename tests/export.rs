//! The guide as a site of files.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use almanac::guide::Reach;
use scraper::{Html, Selector};

use crate::editions::with_year_before;
use crate::support::application::{Application, Engine};
use crate::support::client::Client;

/// Exports the application's guide as the server at `url` shows it; what the command said.
fn export(application: &Application, url: &str, to: &Path) -> String {
    let output = command(application, url, &["--format", "site"], to);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs an export to its end.
fn command(application: &Application, url: &str, how: &[&str], to: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_almanac"))
        .arg("export")
        .args(how)
        .arg(to)
        .env_clear()
        .env("ALMANAC_DATA_DIR", application.folder())
        .env("ALMANAC_DATABASE_URL", application.config.database.to_string())
        .env("ALMANAC_PUBLIC_URL", url)
        .env("ALMANAC_GUIDES_DIR", concat!(env!("CARGO_MANIFEST_DIR"), "/guides"))
        .output()
        .unwrap()
}

/// Every file of the site but twins and the record, by its path below the root.
fn files(root: &Path) -> BTreeSet<String> {
    let (mut found, mut folders) = (BTreeSet::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for child in std::fs::read_dir(&folder).unwrap().map(|child| child.unwrap().path()) {
            let name = child.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            match child.is_dir() {
                true => folders.push(child),
                false if name.starts_with('.') || name.ends_with(".br") || name.ends_with(".gz") => {}
                false => drop(found.insert(name)),
            }
        }
    }
    found
}

/// The address under which a file is read.
fn address(file: &str) -> String {
    match file.strip_suffix("index.html") {
        Some(folder) if folder.matches('/').count() <= 1 => format!("/{folder}"),
        Some(folder) => format!("/{}", folder.trim_end_matches('/')),
        None => format!("/{file}"),
    }
}

#[tokio::test]
async fn the_site_is_what_the_server_sends_byte_for_byte() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::with(engine, with_year_before()).await else { continue };
        application.house.make_up_in(&application.house.editions.by_year(2016).unwrap(), 2).await.unwrap();
        let digium = std::fs::read_to_string("guides/2017/entries/digium.toml").unwrap();
        application.house.import(&[("digium.toml".to_owned(), digium)]).await.unwrap();
        application.house.make_up(7).await.unwrap();
        let (_, running, url) = application.another_reaching(Reach::Files).await;
        let site = tempfile::tempdir().unwrap();
        export(&application, &url, site.path());
        let files = files(site.path());
        let list = std::fs::read_to_string(site.path().join("2016/index.html")).unwrap();
        assert!(list.contains("There is a newer edition") && files.contains("2016/figures/index.html"), "{files:?}");
        let profiles = files.iter().filter(|file| file.starts_with("2017/programs/") && file.ends_with("/print/index.html"));
        assert_eq!(profiles.count(), 8, "{files:?}");
        assert!(files.contains("favicon.ico") && files.contains("questions/join_fee"), "{files:?}");
        let client = Client::new(&url);
        let written = std::fs::read_to_string(site.path().join("404.html")).unwrap();
        assert!(!written.contains("sign in"), "{written}");
        for file in &files {
            let (address, status) = if file == "404.html" { ("/nothing".to_owned(), 404) } else { (address(file), 200) };
            for (encoding, ending) in [("identity", ""), ("br", ".br"), ("gzip", ".gz")] {
                let request = client.raw().get(client.address(&address)).header("accept-encoding", encoding);
                let answer = request.send().await.unwrap();
                assert_eq!(answer.status(), status, "{file}");
                let sent = answer.bytes().await.unwrap();
                // What is packed already has no twins.
                let ending = if file.ends_with(".xlsx") || file.ends_with(".ico") { "" } else { ending };
                let written = std::fs::read(site.path().join(format!("{file}{ending}"))).unwrap();
                assert!(sent == written, "{file}{ending}: {} bytes are sent, {} written", sent.len(), written.len());
            }
        }
        running.stop().await;
        application.stop().await;
    }
}

/// Follows every link of every page as a link checker does, down to the anchor.
#[tokio::test]
async fn every_link_of_the_site_leads_to_one_of_its_files() {
    let application = Application::with(Engine::Sqlite, with_year_before()).await.unwrap();
    for edition in application.house.editions.all().iter() {
        application.house.make_up_in(edition, 9).await.unwrap();
    }
    let site = tempfile::tempdir().unwrap();
    let url = "https://guide.example.com";
    export(&application, url, site.path());
    let files = files(site.path());
    let attributes = ["href", "src", "action"].map(|name| (name, Selector::parse(&format!("[{name}]")).unwrap()));
    let mut checked = HashSet::new();
    for file in files.iter().filter(|file| file.ends_with(".html")) {
        let page = Html::parse_document(&std::fs::read_to_string(site.path().join(file)).unwrap());
        for (attribute, selector) in &attributes {
            for link in page.select(selector).filter_map(|element| element.attr(attribute)) {
                let link = link.strip_prefix(url).unwrap_or(link);
                let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
                if path.contains(':') || !checked.insert((file.clone(), link.to_owned())) {
                    continue;
                }
                let target = if path.is_empty() { site.path().join(file) } else { file_of(site.path(), path) };
                assert!(target.is_file(), "{file} leads to {link}, and there is no {}", target.display());
                if let Some(anchor) = anchor {
                    let target = std::fs::read_to_string(&target).unwrap();
                    assert!(target.contains(&format!("id=\"{anchor}\"")), "{file} leads to {link}, and there is no such place");
                }
            }
        }
    }
    assert!(checked.len() > 200, "{}", checked.len());
    let mut asked = 0;
    for file in files.iter().filter(|file| file.ends_with(".json") || file.starts_with("questions/")) {
        let data = std::fs::read_to_string(site.path().join(file)).unwrap();
        for id in addresses(&serde_json::from_str(&data).unwrap(), url) {
            let target = file_of(site.path(), &id);
            assert!(target.is_file(), "{file} names {id}, and there is no {}", target.display());
            asked += usize::from(id.starts_with("/questions/"));
        }
    }
    assert!(asked > 200 && files.contains("questions/tiers.partner_types"), "{asked}");
    application.stop().await;
}

/// The site's own addresses in some data, by their paths.
fn addresses(data: &serde_json::Value, url: &str) -> Vec<String> {
    match data {
        serde_json::Value::String(text) => text.strip_prefix(url).map(str::to_owned).into_iter().collect(),
        serde_json::Value::Array(list) => list.iter().flat_map(|data| addresses(data, url)).collect(),
        serde_json::Value::Object(object) => object.values().flat_map(|data| addresses(data, url)).collect(),
        _ => Vec::new(),
    }
}

/// The file that any web server finds under a path.
fn file_of(root: &Path, path: &str) -> PathBuf {
    let file = root.join(path.trim_start_matches('/'));
    if file.is_dir() { file.join("index.html") } else { file }
}

#[tokio::test]
async fn a_second_export_writes_only_what_changed() {
    let application = Application::on_sqlite().await;
    application.house.make_up(3).await.unwrap();
    let site = tempfile::tempdir().unwrap();
    let url = "https://guide.example.com";
    let first = export(&application, url, site.path());
    assert!(first.contains(" 0 as before, 0 removed."), "{first}");
    let again = export(&application, url, site.path());
    assert!(again.contains(" 0 written, "), "{again}");

    let digium = std::fs::read_to_string("guides/2017/entries/digium.toml").unwrap();
    application.house.import(&[("digium.toml".to_owned(), digium)]).await.unwrap();
    let more = export(&application, url, site.path());
    assert!(!more.contains(" 0 written, ") && !more.contains(" 0 as before, "), "{more}");
    assert!(site.path().join("2017/programs/digium/index.html").is_file());
    application.stop().await;
}

/// An edition alone is written as the server sends it.
#[tokio::test]
async fn an_edition_is_written_as_the_server_sends_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(application) = Application::start(engine).await else { continue };
        application.house.make_up(3).await.unwrap();
        let client = application.client();
        let folder = tempfile::tempdir().unwrap();
        for format in ["json", "csv", "xlsx"] {
            let sent = client.raw().get(client.address(&format!("/2017/programs.{format}"))).send().await.unwrap();
            let sent = sent.bytes().await.unwrap();
            let file = folder.path().join(format!("programs.{format}"));
            let told = command(&application, &application.url, &["--format", format], &file);
            assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
            assert_eq!(String::from_utf8(told.stdout).unwrap(), format!("{} has three programs of 2017.\n", file.display()));
            assert!(std::fs::read(&file).unwrap() == sent, "{format}");
            let piped = command(&application, &application.url, &["--format", format, "--year", "2017"], Path::new("-"));
            assert!(piped.status.success() && piped.stdout == sent, "{format}");
        }
        application.stop().await;
    }
}

#[tokio::test]
async fn an_edition_that_cannot_be_written_is_a_sentence() {
    let application = Application::on_sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("missing").join("programs.csv");
    for (how, to, sentence) in [
        (&["--format", "csv", "--year", "1999"][..], Path::new("-"), "There is no edition of 1999."),
        (&["--format", "csv"][..], &nowhere, "programs.csv cannot be written: "),
        (&["--format", "site", "--year", "2017"][..], folder.path(), "A site has all editions. "),
    ] {
        let told = command(&application, &application.url, how, to);
        assert_eq!((told.status.code(), told.stdout.len()), (Some(2), 0));
        let said = String::from_utf8(told.stderr).unwrap();
        assert!(said.contains(sentence) && said.lines().count() == 1, "{said}");
    }
    application.stop().await;
}
