//! How much memory the program keeps when every profile has been read.

use crate::client::{Client, get};
use crate::data::{MANY, published};
use crate::program::Program;
use crate::report::Report;

/// In MiB.
const AIM: f64 = 64.0;

/// Measures the resident memory with many profiles.
pub async fn measure(report: &mut Report) {
    let (folder, profiles) = published("memory", MANY).await;
    let program = Program::serving(&folder, &[]).await;
    let before = program.mebibytes("VmRSS");
    let mut client = Client::connect(&program.address).await.expect("a connection");
    let mut missing = 0;
    for path in &profiles {
        let answer = client.send(&get(&program.address, path, "br")).await.expect("an answer");
        missing += usize::from(answer.status != 200);
    }
    let (Some(before), Some(after)) = (before, program.mebibytes("VmRSS")) else {
        return report.left_out("memory: this system has no /proc/self/status");
    };
    if missing > 0 {
        report.left_out(format!("memory: {missing} of {} profile pages were not there", profiles.len()));
    }
    let highest = program.mebibytes("VmHWM").unwrap_or(after);
    let numbers = format!("{before:.1} MiB before the first page was read, {highest:.1} MiB at the highest");
    report.below(&format!("Memory with {} profiles, all of them read", profiles.len()), AIM, after, "MiB", &numbers);
}
