//! The real program, built with optimizations, started as an operator starts it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{Answer, Client, get};

/// A program that is running. It ends with this value.
pub struct Program {
    child: Child,
    /// Where it listens.
    pub address: String,
    started: Instant,
}

impl Program {
    /// Starts `almanac` with these arguments on a data folder, somewhere where there are no other files of ours.
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        let address = free_address();
        let mut command = Command::new(env!("CARGO_BIN_EXE_almanac"));
        command.args(arguments).current_dir(data).env("ALMANAC_LISTEN", &address).env("ALMANAC_DATA_DIR", data);
        let started = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Self { child: child.expect("the program starts"), address, started }
    }

    /// Starts it and waits until it answers.
    pub async fn serving(data: &Path, arguments: &[&str]) -> Self {
        let program = Self::start(data, arguments);
        program.first_answer("/health/ready").await;
        program
    }

    /// Waits for the first answer to a request for this page; the answer, and how long it took since the start.
    pub async fn first_answer(&self, path: &str) -> (Answer, Duration) {
        loop {
            if let Ok(answer) = self.ask(path, "br").await {
                return (answer, self.started.elapsed());
            }
            assert!(self.started.elapsed() < Duration::from_secs(120), "the program does not answer");
            tokio::time::sleep(Duration::from_micros(500)).await;
        }
    }

    /// Asks for a page on a connection of its own.
    pub async fn ask(&self, path: &str, encoding: &str) -> std::io::Result<Answer> {
        Client::connect(&self.address).await?.send(&get(&self.address, path, encoding)).await
    }

    /// The processor time it has taken.
    pub fn processor_time(&self) -> Duration {
        processor_time(self.child.id())
    }

    /// A line of what the system says about it, like `VmRSS`, in MiB.
    pub fn mebibytes(&self, name: &str) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The processor time that the threads of a process have taken, those that ended not counted; nothing where the system
/// does not tell.
pub fn processor_time(process: u32) -> Duration {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let nanoseconds = |thread: std::fs::DirEntry| {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    };
    Duration::from_nanos(threads.filter_map(nanoseconds).sum())
}

/// An address nobody listens on.
pub fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").to_string()
}

/// A program of the system, if it is there.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin"), PathBuf::from("/usr/local/sbin")]);
    folders.map(|folder| folder.join(name)).find(|program| program.is_file())
}
