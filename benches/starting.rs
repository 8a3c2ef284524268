//! How long it takes from starting the program to the first page.

use std::path::Path;

use crate::data::{MANY, published};
use crate::program::Program;
use crate::report::{Report, median};

/// In milliseconds.
const AIM: f64 = 100.0;
const ROUNDS: usize = 11;

/// Measures the start on data that is there already, without and with many profiles.
pub async fn measure(report: &mut Report) {
    for many in [0, MANY] {
        let (folder, profiles) = published("starting", many).await;
        let (path, note) = first_page(&folder).await;
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let program = Program::start(&folder, &[]);
            let (answer, time) = program.first_answer(&path).await;
            assert_eq!(answer.status, 200, "{path}");
            times.push(time.as_secs_f64() * 1000.0);
        }
        let slowest = times.iter().copied().fold(0.0, f64::max);
        let numbers = format!("the middle of {ROUNDS} starts until {path} is answered; the slowest {slowest:.1} ms{note}");
        report.below(&format!("From start to the first page, {} profiles", profiles.len()), AIM, median(times), "ms", &numbers);
    }
}

/// The page that `/` is, or leads to.
async fn first_page(folder: &Path) -> (String, &'static str) {
    let answer = Program::start(folder, &[]).first_answer("/").await.0;
    match (answer.status, answer.header("location")) {
        (200, _) => ("/".to_owned(), ""),
        (300..=399, Some(path)) => (path.to_owned(), ", to which / leads"),
        _ => ("/sign-in".to_owned(), "; / is not there yet"),
    }
}
