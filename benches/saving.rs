//! How many questionnaire pages are saved in a second, each on disk before it is acknowledged, measured by what SQLite
//! commits on the same disk with the same settings.

use std::mem;
use std::path::Path;
use std::time::{Duration, Instant};

use almanac::db::ids::EntryId;
use almanac::db::{accounts, answers, entries, events};
use almanac::error::AppError;
use almanac::workflow::House;
use almanac::workflow::prepare_editions::sample_entries;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::client::{Client, post};
use crate::data::{YEAR, empty_folder, house};
use crate::pages::{Posts, posts};
use crate::program::Program;
use crate::report::{Report, median};

const CLIENTS: usize = 16;
const AIM_OF_ONE: f64 = 0.5;
const AIM_OF_MANY: f64 = 0.8;
const ROUNDS: usize = 24;
/// Short rounds turn by turn: a disk that others use is now fast, now slow.
const ROUND: Duration = Duration::from_millis(400);

/// A vendor at a browser: one connection, one entry.
struct Vendor {
    client: Client,
    cookie: String,
    entry: EntryId,
    pages: Vec<Posts>,
    saves: usize,
}

/// Measures one vendor alone, and many at the same time.
pub async fn measure(report: &mut Report) {
    let folder = empty_folder("saving");
    let house = house(&folder).await;
    let entries = prepare(&house).await;
    let program = Program::serving(&folder, &[]).await;
    let mut vendors = Vec::new();
    for (link, entry, pages) in entries {
        vendors.push(sign_in(&program, &link, entry, pages).await);
    }
    let before = saves_in_history(&house, &vendors).await;
    let (mut bare, mut one, mut many) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(bare_commits(&folder));
        one.push(save(&program, &mut vendors[..1]).await);
        many.push(save(&program, &mut vendors).await);
    }
    let acknowledged: usize = vendors.iter().map(|vendor| vendor.saves).sum();
    let stored = saves_in_history(&house, &vendors).await - before;
    assert_eq!(acknowledged, stored, "every acknowledged save must be there");
    let pages = &vendors.first().expect("a vendor").pages;
    let changed = pages.iter().map(|page| page.answers).sum::<usize>() as f64 / pages.len() as f64;
    let ratios = |rates: &[f64]| median(rates.iter().zip(&bare).map(|(rate, bare)| rate / bare).collect());
    for (name, aim, rates) in [("1 vendor", AIM_OF_ONE, &one), ("16 vendors", AIM_OF_MANY, &many)] {
        let numbers = format!(
            "{:.0} pages a second, {:.0} bare commits of one row; a page changes {changed:.1} answers",
            median(rates.clone()),
            median(bare.clone())
        );
        report.ratio(&format!("Saving a page, {name}, to SQLite's bare commits"), aim, ratios(rates), &numbers);
    }
}

/// Brings in as many entries as there are vendors; for each a link to sign in, and what is posted.
async fn prepare(house: &House) -> Vec<(String, EntryId, Vec<Posts>)> {
    let samples = sample_entries(YEAR);
    let complete = samples.into_iter().find(|(_, text)| text.contains("status = \"published\"")).expect("a complete sample").1;
    let complete = complete.replacen("\"published\"", "\"draft\"", 1);
    let edition = house.editions.by_year(YEAR).expect("the edition");
    let (address, program) = (quoted(&complete, "email"), quoted(&complete, &edition.questionnaire.roles.program));
    let mut links = Vec::new();
    for number in 0..CLIENTS {
        let email = format!("vendor-{number}@example.com");
        let entry = complete.replacen(&address, &email, 1).replacen(&program, &format!("Program {number}"), 1);
        house.import(&[("sample.toml".to_owned(), entry)]).await.expect("the sample is right");
        let link = house.print_sign_in(&email, "/entries", jiff::SignedDuration::from_hours(1)).await.expect("a link");
        let entry = entry_of(house, email).await;
        links.push((link.split_once("/sign-in").expect("its path").1.to_owned(), entry, posts_of(house, entry).await));
    }
    links
}

async fn posts_of(house: &House, entry: EntryId) -> Vec<Posts> {
    let questionnaire = house.editions.by_year(YEAR).expect("the edition").questionnaire.clone();
    let answers =
        house.db.read(move |connection| Ok::<_, AppError>(answers::of_entry(connection, entry)?)).await.expect("answers");
    let mut given = almanac::questionnaire::Answers::default();
    for row in answers {
        let question = questionnaire.question(&row.question).expect("a question");
        given.set(row.question, almanac::questionnaire::Answer::from_json(&question.kind, &row.value.0).expect("an answer"));
    }
    posts(&questionnaire, &given)
}

/// The first text that a file gives under a key.
fn quoted(file: &str, key: &str) -> String {
    let after = file.split(&format!("{key} = \"")).nth(1).and_then(|rest| rest.split('"').next());
    after.expect("the sample has it").to_owned()
}

async fn entry_of(house: &House, email: String) -> EntryId {
    let find = move |connection: &mut almanac::db::Connection| {
        let account = accounts::by_folded_email(connection, &email)?.expect("an account");
        Ok::<_, AppError>(entries::of_account(connection, account.id)?.first().expect("an entry").0.id)
    };
    house.db.read(find).await.expect("the database answers")
}

/// Signs a vendor in and saves every page once.
async fn sign_in(program: &Program, link: &str, entry: EntryId, pages: Vec<Posts>) -> Vendor {
    let mut client = Client::connect(&program.address).await.expect("a connection");
    let answer = client.send(&post(&program.address, &format!("/sign-in{link}"), "", "")).await.expect("an answer");
    let cookies = answer.head.lines().filter_map(|line| line.split_once(": ")).filter(|(name, _)| *name == "set-cookie");
    let session = cookies.map(|(_, cookie)| cookie).find(|cookie| cookie.starts_with("almanac_session="));
    let cookie = session.and_then(|cookie| cookie.split(';').next()).expect("a session").to_owned();
    let mut vendor = Vendor { client, cookie, entry, pages: Vec::new(), saves: 0 };
    for page in &pages {
        vendor.post(&program.address, &page.page, &page.first).await;
    }
    vendor.pages = pages;
    vendor.saves = 0;
    vendor
}

impl Vendor {
    async fn post(&mut self, address: &str, page: &str, body: &str) {
        let request = post(address, &format!("/entries/{}/{page}", self.entry), &self.cookie, body);
        let answer = self.client.send(&request).await.expect("an answer");
        assert_eq!(answer.status, 303, "{}", answer.head);
        self.saves += 1;
    }
}

/// Pages saved in a second, by all of these at the same time. Each saves page after page, and when all have been
/// changed, changes them back.
async fn save(program: &Program, vendors: &mut [Vendor]) -> f64 {
    let begun = Instant::now();
    let saving = vendors.iter_mut().map(|vendor| async {
        let (before, pages) = (vendor.saves, mem::take(&mut vendor.pages));
        while begun.elapsed() < ROUND {
            let page = &pages[vendor.saves % pages.len()];
            let changed = vendor.saves / pages.len() % 2 == 1;
            vendor.post(&program.address, &page.page, if changed { &page.back } else { &page.there }).await;
        }
        vendor.pages = pages;
        vendor.saves - before
    });
    let saved: usize = futures_util::future::join_all(saving).await.into_iter().sum();
    saved as f64 / begun.elapsed().as_secs_f64()
}

/// How many saves the entries' histories tell of.
async fn saves_in_history(house: &House, vendors: &[Vendor]) -> usize {
    let entries: Vec<EntryId> = vendors.iter().map(|vendor| vendor.entry).collect();
    let count = move |connection: &mut almanac::db::Connection| {
        let mut saves = 0;
        for entry in &entries {
            saves += events::of_entry(connection, *entry)?.iter().filter(|event| event.0.act == "save_page").count();
            let rivals = answers::of_entry(connection, *entry)?.iter().filter(|answer| answer.rival.is_some()).count();
            assert_eq!(rivals, 0, "nobody else was there");
        }
        Ok::<_, AppError>(saves)
    };
    house.db.read(count).await.expect("the database answers")
}

diesel::table! {
    bare (id) {
        id -> Integer,
        text -> Text,
    }
}

/// Commits in a second of one small row each, with the settings that Almanac uses, in the same folder.
fn bare_commits(folder: &Path) -> f64 {
    let file = folder.join("bare.sqlite");
    let mut connection = SqliteConnection::establish(&file.to_string_lossy()).expect("a file");
    connection
        .batch_execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
        )
        .expect("a table");
    let begun = Instant::now();
    let mut commits = 0_u32;
    while begun.elapsed() < ROUND {
        diesel::insert_into(bare::table).values(bare::text.eq("a small row")).execute(&mut connection).expect("a commit");
        commits += 1;
    }
    f64::from(commits) / begun.elapsed().as_secs_f64()
}
