//! How many times a second a published page is read, measured by nginx with a file of the same bytes.

use std::time::Duration;

use crate::data::{MANY, YEAR, empty_folder, published};
use crate::load::{CONNECTIONS, Generator};
use crate::nginx::Nginx;
use crate::program::Program;
use crate::report::{Report, median};

const AIM: f64 = 0.9;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_secs(3);
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
    for encoding in ENCODINGS {
        let answer = program.ask(&path, encoding).await.expect("an answer");
        std::fs::write(folder.join("files").join(format!("page.{encoding}")), answer.body).expect("a file");
    }
    let nginx = Nginx::serving(&nginx, &folder).await;
    let generator = Generator::found();
    for encoding in ENCODINGS {
        let file = format!("/page.{encoding}");
        let bytes = nginx.ask(&file).await.body.len();
        let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let their = generator.rate(&nginx.address, &file, encoding, ROUND).await;
            let our = generator.rate(&program.address, &path, encoding, ROUND).await;
            ratios.push(our / their);
            ours.push(our);
            theirs.push(their);
        }
        let numbers = format!(
            "{:.0} a second, nginx {:.0}; {bytes} bytes, {CONNECTIONS} connections, by {}",
            median(ours),
            median(theirs),
            generator.name()
        );
        report.ratio(&format!("Reading {name}, {encoding}, to nginx"), AIM, median(ratios), &numbers);
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
