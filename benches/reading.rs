//! How many times a second a published page is read, measured by nginx with a file of the same bytes and the same lines in
//! the head of its answer.

use std::fmt;
use std::time::Duration;

use crate::client::Answer;
use crate::data::{MANY, YEAR, empty_folder, published};
use crate::load::{CONNECTIONS, Generator};
use crate::nginx::Nginx;
use crate::program::Program;
use crate::report::{Report, median};

const AIM: f64 = 0.9;
/// One round's ratio may be an eighth off; the middle of so many is off by a fortieth.
const ROUNDS: usize = 36;
/// As short as `wrk` can: the two take turns, so that a machine that is now fast, now slow, is the same for both.
const ROUND: Duration = Duration::from_secs(1);
const ENCODINGS: [&str; 3] = ["identity", "br", "gzip"];

/// Measures a profile in every encoding.
pub async fn measure(report: &mut Report) {
    let Some(nginx) = Nginx::found() else {
        return report.left_out("reading a profile, as nginx is missing (Debian: apt-get install nginx-light, or nginx)");
    };
    let (data, _) = published("reading", MANY).await;
    let program = Program::serving(&data, &[]).await;
    let (path, name) = page(&program, report).await;
    let folder = empty_folder("nginx");
    std::fs::create_dir_all(folder.join("files")).expect("a folder");
    let mut files = Vec::new();
    for encoding in ENCODINGS {
        let (answer, name) = (program.ask(&path, encoding).await.expect("an answer"), format!("page.{encoding}"));
        std::fs::write(folder.join("files").join(&name), &answer.body).expect("a file");
        files.push((name, said_of_the_page(&answer)));
    }
    let nginx = Nginx::serving(&nginx, &folder, &files).await;
    let generator = Generator::found();
    for encoding in ENCODINGS {
        let file = format!("/page.{encoding}");
        let bytes = nginx.ask(&file).await.body.len();
        let (mut ratios, mut ours, mut theirs) = (Vec::new(), Rates::default(), Rates::default());
        for _ in 0..ROUNDS {
            let before = nginx.processor_time();
            let their = generator.rate(&nginx.address, &file, encoding, ROUND).await;
            theirs.add(their, nginx.processor_time() - before);
            let before = program.processor_time();
            let our = generator.rate(&program.address, &path, encoding, ROUND).await;
            ours.add(our, program.processor_time() - before);
            ratios.push(our / their);
        }
        let numbers = format!("{ours}, nginx {theirs}; {bytes} bytes, {CONNECTIONS} connections, by {}", generator.name());
        report.ratio(&format!("Reading {name}, {encoding}, to nginx"), AIM, median(ratios), &numbers);
    }
}

/// The lines of an answer's head that nginx has to be told: the others it says by itself.
fn said_of_the_page(answer: &Answer) -> Vec<String> {
    const BY_ITSELF: [&str; 6] = ["content-length", "content-type", "date", "etag", "last-modified", "connection"];
    let said = answer.head.lines().skip(1).filter(|line| line.contains(": "));
    said.filter(|line| !BY_ITSELF.iter().any(|name| line.starts_with(name))).map(str::to_owned).collect()
}

/// What was measured of one server, round by round.
#[derive(Default)]
struct Rates {
    requests: Vec<f64>,
    microseconds: Vec<f64>,
}

impl Rates {
    /// A round: requests a second, and the processor time of the server, which says the same on a machine that has other
    /// work, too.
    fn add(&mut self, requests: f64, time: Duration) {
        self.requests.push(requests);
        self.microseconds.push(time.as_secs_f64() * 1e6 / (requests * ROUND.as_secs_f64()));
    }
}

impl fmt::Display for Rates {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (requests, microseconds) = (median(self.requests.clone()), median(self.microseconds.clone()));
        write!(formatter, "{requests:.0} a second ({microseconds:.1} µs of processor time each)")
    }
}

/// The path of a profile; while there are no profiles, of the stylesheet, which is served from memory in the same way.
async fn page(program: &Program, report: &mut Report) -> (String, &'static str) {
    let profile = format!("/{YEAR}/programs/digium");
    if program.ask(&profile, "identity").await.is_ok_and(|answer| answer.status == 200) {
        return (profile, "a profile");
    }
    report.left_out("reading a profile: there is no such page yet; the stylesheet was read instead");
    let page = program.ask("/sign-in", "identity").await.expect("a page").body;
    let page = String::from_utf8_lossy(&page).into_owned();
    let from = page.find("/static/").expect("a stylesheet");
    let length = page[from..].find('"').expect("its end");
    (page[from..from + length].to_owned(), "the stylesheet")
}
