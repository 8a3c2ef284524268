//! Requests as fast as they are answered, on a few connections that are kept: by `wrk`, or by a loop of our own.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{Client, get};
use crate::program::find;

/// How many connections.
pub const CONNECTIONS: usize = 16;

/// Who makes the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// `wrk`
    Wrk,
    /// The loop in this file.
    Own,
}

impl Generator {
    /// The one that is there.
    pub fn found() -> Self {
        if find("wrk").is_some() { Self::Wrk } else { Self::Own }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wrk => "wrk",
            Self::Own => "an own loop, as wrk is missing (Debian: apt-get install wrk)",
        }
    }

    /// Requests a second.
    pub async fn rate(self, address: &str, path: &str, encoding: &str, time: Duration) -> f64 {
        match self {
            Self::Wrk => wrk(address, path, encoding, time),
            Self::Own => own(address, path, encoding, time).await,
        }
    }
}

fn wrk(address: &str, path: &str, encoding: &str, time: Duration) -> f64 {
    let program = find("wrk").expect("wrk");
    let mut command = Command::new(program);
    command.args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{}s", time.as_secs())]);
    command.args(["-H", &format!("Accept-Encoding: {encoding}"), &format!("http://{address}{path}")]);
    let output = command.stdin(Stdio::null()).output().expect("wrk runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(!text.contains("Non-2xx") && !text.contains("Socket errors"), "{text}");
    let rate = text.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
    rate.and_then(|rate| rate.trim().parse().ok()).unwrap_or_else(|| panic!("wrk says:\n{text}"))
}

async fn own(address: &str, path: &str, encoding: &str, time: Duration) -> f64 {
    let request = get(address, path, encoding);
    let begun = Instant::now();
    let connections = (0..CONNECTIONS).map(|_| async {
        let mut client = Client::connect(address).await.expect("a connection");
        let mut answered = 0_u32;
        while begun.elapsed() < time {
            assert_eq!(client.send(&request).await.expect("an answer").status, 200);
            answered += 1;
        }
        answered
    });
    let answered: u32 = futures_util::future::join_all(connections).await.into_iter().sum();
    f64::from(answered) / begun.elapsed().as_secs_f64()
}
