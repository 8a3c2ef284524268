//! The files and the processes of a PostgreSQL server that tests started.

use std::{
    ffi::OsString,
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

use super::{free_port, programs};
use crate::support::caretaker::Caretaker;

/// Surviving a crash of the machine costs time, and these databases don't outlive the run. Commits
/// stay synchronous: what was committed is there after the server was stopped in the middle.
const OPTIONS: &str = "-c fsync=off -c full_page_writes=off -c max_connections=300 \
                       -c listen_addresses=127.0.0.1";

pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    _caretaker: Caretaker,
}

impl Cluster {
    /// `None` if PostgreSQL is not installed.
    pub fn start_new() -> Option<Self> {
        let programs = programs()?;
        let folder = new_folder();
        let stop = stop_command(&programs, &folder);
        let _caretaker = Caretaker::leave(
            "folder=$1; shift; \"$@\"; rm -rf -- \"$folder\"",
            &[vec![folder.clone().into_os_string()], stop].concat(),
        );
        let mut cluster = Self { programs, folder, port: 0, _caretaker };
        cluster.make_files();
        cluster.start_on_a_free_port();
        Some(cluster)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn stop(&self) {
        run(&stop_command(&self.programs, &self.folder)).expect("the server stops");
    }

    /// What went wrong, if it did not start.
    pub fn start(&self) -> Result<(), String> {
        let options = format!("{OPTIONS} -p {} -k {}", self.port, self.folder.display());
        let log = self.folder.join("log");
        let mut command = pg_ctl(&self.programs, &self.folder, "start");
        command.extend(["-l".into(), log.clone().into(), "-o".into(), options.into()]);
        run(&command).map_err(|error| format!("{error}\n{}", fs::read_to_string(log).unwrap_or_default()))
    }

    fn make_files(&self) {
        let mut initdb = as_postgres(self.programs.join("initdb"));
        initdb.extend(
            ["--username=postgres", "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync", "-D"].map(OsString::from),
        );
        initdb.push(self.folder.join("data").into());
        run(&initdb).expect("initdb makes a cluster");
    }

    /// Somebody else may take a port between the moment it was found free and the start.
    fn start_on_a_free_port(&mut self) {
        let mut failure = String::new();
        for _attempt in 0..3 {
            self.port = free_port();
            match self.start() {
                Ok(()) => return,
                Err(error) => failure = error,
            }
        }
        panic!("PostgreSQL does not start: {failure}");
    }
}

fn new_folder() -> PathBuf {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("almanac-postgres-{}-{number}", std::process::id());
    // Short, because the path of a socket may not be longer than about 100 bytes.
    let folder = std::env::temp_dir().join(name);
    fs::create_dir(&folder).expect("a temporary folder can be made");
    if is_root() {
        let owner = ["chown".into(), "postgres".into(), folder.clone().into()];
        run(&owner).expect("the folder is given to the user postgres");
    }
    folder
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: PathBuf) -> Vec<OsString> {
    let mut command: Vec<OsString> = match is_root() {
        true => ["runuser", "-u", "postgres", "--"].map(OsString::from).to_vec(),
        false => Vec::new(),
    };
    command.push(program.into());
    command
}

fn is_root() -> bool {
    let identity = Command::new("id").arg("-u").output();
    identity.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn pg_ctl(programs: &Path, folder: &Path, act: &str) -> Vec<OsString> {
    let mut command = as_postgres(programs.join("pg_ctl"));
    command.extend([act.into(), "-w".into(), "-D".into(), folder.join("data").into()]);
    command
}

fn stop_command(programs: &Path, folder: &Path) -> Vec<OsString> {
    let mut command = pg_ctl(programs, folder, "stop");
    command.extend(["-m".into(), "immediate".into()]);
    command
}

/// Runs a command whose output nobody wants, unless it fails.
fn run(command: &[OsString]) -> Result<(), String> {
    let (program, arguments) = command.split_first().expect("a command has a program");
    let output = Command::new(program)
        .args(arguments)
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr))),
    }
}
