//! The application as it runs: on either database, with a mail server that records, and a clock that tests move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use almanac::app::{self, Running, World};
use almanac::config::Config;
use almanac::db::{Connection, DatabaseUrl, DbError};
use almanac::domain::{Clock, Random};
use almanac::guide::Reach;
use almanac::web::Surroundings;
use almanac::workflow::House;
use almanac::workflow::prepare_editions::{Definition, definitions};
use diesel::connection::SimpleConnection;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::client::Client;
use super::postgres;
use super::smtp::{MailServer, Received};

/// The database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The moment at which every test begins: eleven days before the deadline.
pub const START: &str = "2017-03-20T12:00:00Z";

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub fn starting(at: &str) -> Self {
        let at: Timestamp = at.parse().unwrap();
        Self(Arc::new(AtomicI64::new(at.as_microsecond())))
    }

    pub fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::SeqCst);
    }

    /// Each look moves it by a millisecond, so that what happens one after the other has times in that order.
    pub fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Clock::telling(move || Timestamp::from_microsecond(now.fetch_add(1000, Ordering::SeqCst)).unwrap())
    }
}

/// The application, running.
pub struct Application {
    pub url: String,
    pub house: House,
    pub clock: TestClock,
    pub mail: MailServer,
    pub config: Config,
    running: Running,
    folder: TempDir,
}

/// The address of the test's editor.
pub const EDITOR: &str = "ruth@guide.example";

impl Application {
    /// Starts it on an empty database; none where this machine has no such database.
    pub async fn start(engine: Engine) -> Option<Self> {
        Self::with(engine, editions()).await
    }

    /// The same with editions of the test's own.
    pub async fn with(engine: Engine, editions: Vec<Definition>) -> Option<Self> {
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(postgres::server()?.fresh_database(None)),
        };
        Some(Self::open(database, editions).await)
    }

    /// Starts it on SQLite.
    pub async fn on_sqlite() -> Self {
        Self::on(None).await
    }

    /// Starts it on this PostgreSQL database, or on an SQLite file of its own.
    pub async fn on(database: Option<String>) -> Self {
        Self::open(database, editions()).await
    }

    async fn open(database: Option<String>, editions: Vec<Definition>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mail = MailServer::start().await;
        let config = config(&folder, database, &mail);
        let listener = app::listen(config.listen).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let clock = TestClock::starting(START);
        let world = World { clock: clock.clock(), random: Random::system() };
        let house = app::open(&config, world, &url, Some(editions)).await.unwrap();
        let post = app::post(&config, &house).unwrap();
        let running = app::start(house.clone(), post, Surroundings::default(), listener).unwrap();
        Self { url, house, clock, mail, config, running, folder }
    }

    /// Lets nothing be saved for a second; what comes to be saved meanwhile waits for it.
    pub fn hold_saving(&self) -> JoinHandle<()> {
        let db = self.house.db.clone();
        let hold = |_: &mut Connection| {
            std::thread::sleep(Duration::from_secs(1));
            Ok::<_, DbError>(())
        };
        tokio::spawn(async move { db.write(hold).await.unwrap() })
    }

    /// A second instance on the same database.
    pub async fn another(&self) -> (House, Running, String) {
        self.another_reaching(Reach::Server).await
    }

    /// A second instance whose readers' pages lead to this.
    pub async fn another_reaching(&self, reach: Reach) -> (House, Running, String) {
        let config = Config { reach, ..self.config.clone() };
        let listener = app::listen(self.config.listen).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let world = World { clock: self.clock.clock(), random: Random::system() };
        let house = app::open(&config, world, &url, Some(editions())).await.unwrap();
        let post = app::post(&config, &house).unwrap();
        let running = app::start(house.clone(), post, Surroundings::default(), listener).unwrap();
        (house, running, url)
    }

    /// Somebody at a browser, not signed in.
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// Somebody who has signed in through the mail that this address got.
    pub async fn signed_in(&self, email: &str) -> Client {
        let client = self.client();
        let before = self.sign_in_mails(email).len();
        let page = client.get("/sign-in").await;
        client.submit(page.form("/sign-in").set("email", email)).await.expect_status(200);
        let link = loop {
            let received = self.mail.received().len();
            match self.sign_in_mails(email).get(before) {
                Some(mail) => break link_in(mail, "/sign-in/"),
                None => drop(self.mail.wait_for(received + 1).await),
            }
        };
        let page = client.get(&link).await;
        client.submit(page.form("/sign-in/")).await.expect_status(200);
        client
    }

    /// Waits until the outbox is empty.
    pub async fn sent_everything(&self) {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while self.house.db.read(almanac::db::messages::waiting_count).await.unwrap() > 0 {
            assert!(std::time::Instant::now() < deadline, "mails are still waiting");
            tokio::task::yield_now().await;
        }
    }

    /// The newest mail to sign in that this address got, once it has got so many.
    pub async fn newest_sign_in_mail(&self, email: &str, count: usize) -> Received {
        loop {
            let received = self.mail.received().len();
            match self.sign_in_mails(email).get(count - 1) {
                Some(mail) => return mail.clone(),
                None => drop(self.mail.wait_for(received + 1).await),
            }
        }
    }

    /// The mails with a link to sign in that this address got.
    pub fn sign_in_mails(&self, email: &str) -> Vec<Received> {
        let mut mails = self.mail.received();
        mails.retain(|mail| mail.envelope_to == [email] && mail.text().contains("/sign-in/"));
        mails
    }

    /// Waits for the newest mail with this subject to this address.
    pub async fn mail_to(&self, address: &str, subject: &str) -> Received {
        loop {
            let mails = self.mail.received();
            let found = mails.iter().rev().find(|mail| mail.envelope_to == [address] && mail.subject().starts_with(subject));
            match found {
                Some(mail) => return mail.clone(),
                None => drop(self.mail.wait_for(mails.len() + 1).await),
            }
        }
    }

    /// The editor, signed in.
    pub async fn editor(&self) -> Client {
        self.house.invite_editor(EDITOR, "Ruth Lindqvist").await.unwrap();
        self.signed_in(EDITOR).await
    }

    /// Lets all sessions of an account run out, as those of somebody who was away for long. Its browsers go on sending their
    /// cookies.
    pub async fn sessions_run_out(&self, email: &str) {
        self.clock.advance(SignedDuration::from_secs(1));
        let of_account = format!("account_id = (SELECT id FROM accounts WHERE folded_email = '{email}')");
        let sql = format!("UPDATE sessions SET expires_at = created_at WHERE revoked_at IS NULL AND {of_account}");
        let run_out = move |connection: &mut Connection| Ok::<_, DbError>(connection.batch_execute(&sql)?);
        self.house.db.write(run_out).await.unwrap();
    }

    /// The folder of this application's files.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub async fn stop(self) {
        self.running.stop().await;
    }
}

/// What it runs with.
pub fn config(folder: &TempDir, database: Option<String>, mail: &MailServer) -> Config {
    let file = format!("sqlite:{}", folder.path().join("almanac.sqlite").display());
    Config {
        listen: "127.0.0.1:0".parse().unwrap(),
        public_url: None,
        data_dir: folder.path().to_owned(),
        database: database.unwrap_or(file).parse::<DatabaseUrl>().unwrap(),
        mail: mail.url().parse().unwrap(),
        mail_from: "The Guide <guide@example.com>".parse().unwrap(),
        guides_dir: "guides".into(),
        proxies: 0,
        reach: Reach::Server,
    }
}

/// The editions of the guides folder, as they stood in their own time.
pub fn editions() -> Vec<Definition> {
    definitions(std::path::Path::new("guides")).unwrap()
}

/// The path of the first address in a mail that leads below this path.
pub fn link_in(mail: &Received, below: &str) -> String {
    address_in(mail, below).path().to_owned()
}

/// The first address in a mail that leads below this path.
pub fn address_in(mail: &Received, below: &str) -> url::Url {
    let text = mail.text();
    let address = text.split_whitespace().find(|word| word.starts_with("http") && word.contains(below));
    let address = address.unwrap_or_else(|| panic!("no address with {below} in:\n{text}"));
    url::Url::parse(address.trim_end_matches(['.', ',', ')', '>'])).unwrap()
}
