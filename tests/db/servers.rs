//! Databases to test on: SQLite files, and a PostgreSQL server of the tests' own.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use almanac::db::{DatabaseUrl, Db, Settings};
use diesel::{Connection, PgConnection, connection::SimpleConnection};
use tempfile::TempDir;

/// A fresh database, gone with the test.
pub struct TestDatabase {
    pub name: &'static str,
    pub url: DatabaseUrl,
    _folder: Option<TempDir>,
}

impl TestDatabase {
    pub async fn open(&self) -> Db {
        Db::open(&self.url, Settings::default()).await.unwrap()
    }
}

/// One of each.
pub fn both() -> [TestDatabase; 2] {
    [sqlite(), postgres()]
}

pub fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::sqlite(folder.path().join("new").join("almanac.sqlite"));
    TestDatabase { name: "SQLite", url, _folder: Some(folder) }
}

pub fn postgres() -> TestDatabase {
    static SERVER: OnceLock<Server> = OnceLock::new();
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = SERVER.get_or_init(Server::start);
    let database = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::establish(&server.url("postgres")).unwrap();
    connection.batch_execute(&format!("CREATE DATABASE {database}")).unwrap();
    TestDatabase { name: "PostgreSQL", url: server.url(&database).parse().unwrap(), _folder: None }
}

/// A PostgreSQL server.
pub struct Server {
    folder: PathBuf,
    port: u16,
}

impl Server {
    /// Starts one that stops with this process, however that ends: a shell waits for the end of its
    /// input, which this process keeps open.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap().keep();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { folder, port };
        if is_root() {
            run(Command::new("chown").arg("postgres:").arg(&server.folder));
        }
        run(as_postgres("initdb")
            .args(["--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync", "-D"])
            .arg(server.data()));
        server.up();
        let stop = r#"read -r nothing; "$@" > /dev/null 2>&1; rm -rf "$ALMANAC_FOLDER""#;
        #[expect(clippy::zombie_processes, reason = "it outlives this process")]
        let mut watch = Command::new("sh")
            .args(["-c", stop, "stop"])
            .args(words(&as_postgres("pg_ctl")))
            .args(["stop", "-m", "immediate", "-D"])
            .arg(server.data())
            .env("ALMANAC_FOLDER", &server.folder)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        std::mem::forget(watch.stdin.take());
        server
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    pub fn up(&self) {
        let settings = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off",
            self.port,
            self.folder.display()
        );
        let log = self.folder.join("log");
        run(as_postgres("pg_ctl").args(["start", "-w", "-D"]).arg(self.data()).arg("-l").arg(log).args(["-o", &settings]));
    }

    pub fn down(&self) {
        run(as_postgres("pg_ctl").args(["stop", "-m", "fast", "-D"]).arg(self.data()));
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }
}

fn run(command: &mut Command) {
    // Not `output`: the server would keep a pipe open.
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}

fn words(command: &Command) -> Vec<std::ffi::OsString> {
    std::iter::once(command.get_program()).chain(command.get_args()).map(ToOwned::to_owned).collect()
}

/// PostgreSQL refuses to be run by root.
fn as_postgres(program: &str) -> Command {
    let program = find(program);
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program).current_dir("/");
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout.starts_with(b"0\n")
}

fn find(program: &str) -> PathBuf {
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> = installed.map(|version| version.path().join("bin").join(program)).collect();
    versions.sort();
    versions.into_iter().rev().find(|path| path.exists()).unwrap_or_else(|| Path::new(program).to_owned())
}
