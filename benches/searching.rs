//! How long the list takes to answer a search with two filters, among few programs and among very many; how much memory
//! these take, and how long after the start the first page is there.

use std::path::{Path, PathBuf};

use almanac::db::{Connection, Document, companies, entries, profiles};
use almanac::domain::{Edition, Status};
use almanac::error::AppError;
use almanac::guide::{Published, folded};
use almanac::questionnaire::definition::Questionnaire;
use almanac::questionnaire::{Answer, Answers, made_up};
use almanac::workflow::House;

use crate::client::{Client, get};
use crate::data::{YEAR, empty_folder, house};
use crate::program::Program;
use crate::report::{Report, median};

/// How many profiles there are, one measurement after the other. The last needs two gigabytes on the disk.
const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];
/// Up to so many profiles there are aims.
const AIMED_AT: usize = 10_000;
/// In milliseconds: the slowest but one in a hundred searches, and the start.
const SEARCH_AIM: f64 = 10.0;
const START_AIM: f64 = 1000.0;
const SEARCHES: usize = 800;
const STARTS: usize = 3;

/// Measures guides of every size.
pub async fn measure(report: &mut Report) {
    let (mut few, mut p99s) = (f64::NAN, Vec::new());
    for size in SIZES {
        let folder = published(size).await;
        let start = first_page(&folder).await;
        let program = Program::start(&folder, &[]);
        program.first_answer("/").await;
        let (_, indexed) = program.first_answer(&format!("/{YEAR}/?q=partner")).await;
        let times = searches(&program).await;
        let (middle, p99) = (median(times.clone()), times[times.len() * 99 / 100]);
        let memory = program.mebibytes("VmRSS").unwrap_or(f64::NAN);
        let highest = program.mebibytes("VmHWM").unwrap_or(f64::NAN);
        drop(program);
        std::fs::remove_dir_all(&folder).ok();

        let aim = |aim: f64| (size <= AIMED_AT).then_some(aim);
        let numbers =
            format!("the slowest but one in a hundred of {SEARCHES} searches, all different; the middle {middle:.2} ms");
        report.time(&format!("A search with two filters in {size} profiles"), aim(SEARCH_AIM), p99, &numbers);
        let numbers =
            format!("the middle of {STARTS} starts; the texts are indexed {:.2} s after the start", indexed.as_secs_f64());
        report.time(&format!("From start to the first page, {size} profiles"), aim(START_AIM), start, &numbers);
        if few.is_nan() {
            few = memory;
        }
        let each = (memory - few) / (size - SIZES[0]).max(1) as f64 * 1000.0;
        let numbers = format!("{memory:.1} MiB after all searches, {highest:.1} MiB at the highest");
        report.told(&format!("Memory for each 1,000 more, {size} profiles"), each, "MiB", &numbers);
        p99s.push(p99);
    }
    for (sizes, p99s) in SIZES.windows(2).zip(p99s.windows(2)) {
        let numbers = format!("{:.2} ms to {:.2} ms, for ten times the profiles", p99s[0], p99s[1]);
        report.told(&format!("Growth from {} to {} profiles", sizes[0], sizes[1]), p99s[1] / p99s[0], "times", &numbers);
    }
}

async fn first_page(folder: &Path) -> f64 {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let (answer, time) = Program::start(folder, &[]).first_answer("/").await;
        assert_eq!(answer.status, 200);
        times.push(time.as_secs_f64() * 1000.0);
    }
    median(times)
}

/// What is searched for: names, people, answers, beginnings, typing errors, and words of which there are many.
const TEXTS: [&str; 20] = [
    "storage",
    "unified+communications",
    "unifed+comunications",
    "grace",
    "abbott+director",
    "network",
    "cloud+host",
    "austin",
    "cald",
    "thornbridge",
    "thornbrige",
    "partner+advantage",
    "by+invitation",
    "kowalski",
    "gold+msps",
    "secur",
    "orchard+parkway",
    "free+for+all",
    "quaterly",
    "telecom+llc",
];
const TECHNOLOGIES: [&str; 10] = [
    "storage",
    "cloud_hosting",
    "mobility",
    "servers",
    "big_data",
    "virtualization",
    "security_network",
    "managed_print",
    "collaboration",
    "unified_communications",
];
const SIZES_OF_COMPANIES: [&str; 4] = ["small", "medium", "large", "enterprise"];

/// Searches, each for something that was not asked for before; how long they took in milliseconds, the quickest first.
async fn searches(program: &Program) -> Vec<f64> {
    let mut client = Client::connect(&program.address).await.expect("a connection");
    let mut times = Vec::new();
    for number in 0..SEARCHES {
        let (text, rest) = (TEXTS[number % TEXTS.len()], number / TEXTS.len());
        let (technology, rest) = (TECHNOLOGIES[rest % TECHNOLOGIES.len()], rest / TECHNOLOGIES.len());
        let size = SIZES_OF_COMPANIES[rest % SIZES_OF_COMPANIES.len()];
        let path = format!("/{YEAR}/?q={text}&specialties={technology}&company_size={size}");
        let begun = std::time::Instant::now();
        let answer = client.send(&get(&program.address, &path, "br")).await.expect("an answer");
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        assert_eq!(answer.status, 200, "{path}");
    }
    times.sort_by(f64::total_cmp);
    times
}

/// How many are written at a time.
const AT_A_TIME: usize = 500;

/// A folder with so many made-up profiles. They are written as they are published, without the accounts, answers,
/// events and mails that nobody reads here.
async fn published(size: usize) -> PathBuf {
    let folder = empty_folder("searching");
    let house = house(&folder).await;
    let edition = house.editions.by_year(YEAR).expect("the edition");
    for first in (0..size).step_by(AT_A_TIME) {
        let (house_of_it, edition) = (house.clone(), edition.clone());
        let write = move |connection: &mut Connection| {
            (first..size.min(first + AT_A_TIME)).try_for_each(|number| publish(connection, &house_of_it, &edition, number))
        };
        house.db.write(write).await.expect("the profiles can be written");
    }
    folder
}

fn publish(connection: &mut Connection, house: &House, edition: &Edition, number: usize) -> Result<(), AppError> {
    let questionnaire = &edition.questionnaire;
    let (now, answers) = (house.now(), answers(edition, house, number));
    let (company, program) = (answers.text(&questionnaire.roles.company), answers.text(&questionnaire.roles.program));
    let (company_id, entry_id, slug) = (house.id(), house.id(), format!("{}-{number}", folded(company)));
    let row = companies::Company {
        id: company_id,
        name: company.to_owned(),
        folded_name: company.to_lowercase(),
        created_at: now.into(),
    };
    companies::insert(connection, &row)?;
    let row = entries::Entry {
        id: entry_id,
        edition_id: edition.id,
        company_id,
        reference: format!("{number:08}"),
        slug: slug.clone(),
        status: Status::Published,
        revision: 1,
        company_name: company.to_owned(),
        program_name: program.to_owned(),
        created_at: now.into(),
        updated_at: now.into(),
        status_since: now.into(),
        submitted_at: Some(now.into()),
        newest_turns: String::new(),
    };
    entries::insert(connection, &row)?;
    let document = serde_json::to_value(frozen(questionnaire, &answers, now)).map_err(AppError::broken)?;
    let row = profiles::Profile {
        id: house.id(),
        entry_id,
        edition_id: edition.id,
        version: 1,
        slug,
        document: Document(document),
        published_by: None,
        published_from: now.into(),
        published_until: None,
    };
    Ok(profiles::insert(connection, &row)?)
}

/// The answers of a made-up entry. Where the companies begin to repeat themselves, their names get a number.
fn answers(edition: &Edition, house: &House, number: usize) -> Answers {
    let questionnaire = &edition.questionnaire;
    let mut answers = made_up::entry(questionnaire, edition.calendar(house.now()), number).answers;
    if number >= made_up::MOST {
        let name = format!("{} {}", answers.text(&questionnaire.roles.company), number / made_up::MOST + 1);
        answers.set(&questionnaire.roles.company, Answer::Text(name));
    }
    answers
}

fn frozen(questionnaire: &Questionnaire, answers: &Answers, now: jiff::Timestamp) -> Published {
    let column = |key: &String| {
        let question = questionnaire.question(key).expect("a role names a question");
        questionnaire.printed_lines(question, answers).join(", ")
    };
    Published {
        printed: questionnaire.print(answers),
        listed: questionnaire.roles.listed.iter().map(column).collect(),
        answers: answers.iter().map(|(key, answered)| (key.to_owned(), answered.answer.to_json())).collect(),
        confirmed_at: now,
    }
}
