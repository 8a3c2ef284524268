//! A house without a server and without a worker: tests send its post by hand.

use almanac::app::{self, World};
use almanac::config::Config;
use almanac::db::ids::{AccountId, MessageId};
use almanac::db::messages::{self, Message};
use almanac::domain::{Actor, Random};
use almanac::error::AppError;
use almanac::mail::message::Words;
use almanac::mail::outbox::{self, Envelope};
use almanac::mail::worker::Post;
use almanac::workflow::House;
use tempfile::TempDir;

use super::application::{START, TestClock, config, editions};
use super::postgres;
use super::smtp::MailServer;

/// A house on a database of its own, with a mail server that records.
pub struct TestHouse {
    pub house: House,
    pub clock: TestClock,
    pub mail: MailServer,
    pub config: Config,
    _folder: TempDir,
}

impl TestHouse {
    /// One a database, of those that this machine has.
    pub async fn each() -> Vec<Self> {
        let mut houses = vec![Self::on(None).await];
        if let Some(server) = postgres::server() {
            houses.push(Self::on(Some(server.fresh_database(None))).await);
        }
        houses
    }

    /// On this PostgreSQL database, or on an SQLite file.
    pub async fn on(database: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mail = MailServer::start().await;
        let config = config(&folder, database, &mail);
        let clock = TestClock::starting(START);
        let house = open(&config, &clock).await;
        Self { house, clock, mail, config, _folder: folder }
    }

    /// A second instance on the same database.
    pub async fn another(&self) -> House {
        open(&self.config, &self.clock).await
    }

    /// Whoever sends its mails.
    pub fn post(&self) -> Post {
        app::post(&self.config, &self.house).unwrap()
    }

    /// Sends what is due, and says how many mails have left.
    pub async fn deliver(&self) -> usize {
        self.post().deliver_due().await.unwrap()
    }

    /// Writes a mail into the outbox.
    pub async fn put(&self, envelope: Envelope, words: impl Words + Clone + Send + 'static) -> MessageId {
        let (id, now) = (self.house.id(), self.house.now());
        let put = move |connection: &mut _| outbox::put(connection, id, now, envelope.clone(), &words);
        self.house.db.write(put).await.unwrap();
        id
    }

    /// A message as the outbox has it.
    pub async fn message(&self, id: MessageId) -> Message {
        let found: Result<_, AppError> = self.house.db.read(move |connection| Ok(messages::find(connection, id)?)).await;
        found.unwrap().unwrap()
    }

    /// Somebody with or without the desk's key.
    pub async fn actor(&self, editor: bool) -> Actor {
        let email = if editor { "ruth@guide.example" } else { "joel@kestermoor.example" };
        if editor {
            self.house.invite_editor(email, "Ruth Lindqvist").await.unwrap();
            self.deliver().await;
        }
        let account = self.account(email).await.unwrap_or_else(|| self.house.id());
        Actor { account, name: String::new(), email: email.to_owned(), editor }
    }

    async fn account(&self, email: &'static str) -> Option<AccountId> {
        let read = move |connection: &mut _| almanac::db::accounts::by_folded_email(connection, email);
        self.house.db.read(read).await.unwrap().map(|account| account.id)
    }
}

async fn open(config: &Config, clock: &TestClock) -> House {
    let world = World { clock: clock.clock(), random: Random::system() };
    app::open(config, world, "http://127.0.0.1:1", Some(editions())).await.unwrap()
}
