//! Builds the application from a [`Config`]: the one place where the parts meet. `main` and the tests both call it.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::db::{Db, Settings};
use crate::domain::{Clock, Random};
use crate::error::AppError;
use crate::guide::{Guide, Press};
use crate::mail::worker::Post;
use crate::mail::{MailTargetError, Patience, Transport};
use crate::routes;
use crate::web::front_door::FrontDoor;
use crate::web::{Surroundings, failure, finished, kept, log, security};
use crate::workflow::prepare_editions::{Definition, DefinitionErrors, definitions};
use crate::workflow::{Editions, House};

/// What the outside world hands in: tests hand in their own.
#[derive(Debug, Clone)]
pub struct World {
    /// The time.
    pub clock: Clock,
    /// Chance.
    pub random: Random,
}

impl Default for World {
    fn default() -> Self {
        Self { clock: Clock::system(), random: Random::system() }
    }
}

/// Why the house could not be opened, in a sentence.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address to listen on is taken, or not ours.
    #[error("--listen (ALMANAC_LISTEN): nothing can listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// The editions' files cannot be used.
    #[error(transparent)]
    Definitions(#[from] DefinitionErrors),
    /// The mail target cannot be used.
    #[error("--mail (ALMANAC_MAIL): {0}")]
    Mail(#[from] MailTargetError),
    /// The database cannot be used.
    #[error("--database-url (ALMANAC_DATABASE_URL): {0}")]
    House(#[from] AppError),
    /// The server could not be started.
    #[error("the server could not be started: {0}")]
    Server(#[from] std::io::Error),
}

/// Takes the address to listen on, so that it is known before anything else is done.
///
/// # Errors
/// [`StartError::Listen`] when it is taken.
pub fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).map_err(|source| StartError::Listen { address, source })
}

/// Opens the house: the database with its schema brought up to date, the editions, and the published catalogue.
///
/// # Errors
/// [`StartError`] says what is missing.
pub async fn open(
    config: &Config,
    world: World,
    public_url: &str,
    editions: Option<Vec<Definition>>,
) -> Result<House, StartError> {
    let editions = match editions {
        Some(editions) => editions,
        None => definitions(&config.guides_dir)?,
    };
    let house = House {
        db: Db::open(&config.database, Settings::default()).await.map_err(AppError::from)?,
        clock: world.clock,
        random: world.random,
        editions: Editions::default(),
        guide: Guide::default(),
        press: Press::start()?,
        reach: config.reach,
        public_url: Arc::from(public_url.trim_end_matches('/')),
        bell: Arc::new(Notify::new()),
    };
    house.prepare_editions(editions).await?;
    house.refresh_guide().await?;
    Ok(house)
}

/// The post of a house: what takes mails out of the outbox.
///
/// # Errors
/// [`StartError::Mail`] when the target cannot be used.
pub fn post(config: &Config, house: &House) -> Result<Post, StartError> {
    Ok(Post {
        db: house.db.clone(),
        clock: house.clock.clone(),
        bell: Arc::clone(&house.bell),
        transport: Arc::new(Transport::open(&config.mail)?),
        from: config.mail_from.clone(),
        host: house.host(),
        patience: Patience::default(),
    })
}

/// A house that answers.
pub struct Running {
    /// The house.
    pub house: House,
    /// Where it listens.
    pub address: SocketAddr,
    /// Ends with the server.
    pub server: JoinHandle<std::io::Result<()>>,
    handle: ServerHandle,
    chores: Vec<JoinHandle<()>>,
}

impl Running {
    /// Stops answering and sending.
    pub async fn stop(self) {
        self.handle.stop(true).await;
        for chore in self.chores {
            chore.abort();
        }
    }
}

/// How often other instances' publications are looked for; readers must see them within two seconds.
const LOOK_EVERY: Duration = Duration::from_millis(1500);

/// Starts the server and what goes on beside it: the post, publishing on the day, looking for other instances'
/// publications, and indexing what is published.
///
/// # Errors
/// [`StartError::Server`] when the server cannot start.
pub fn start(house: House, post: Post, surroundings: Surroundings, listener: TcpListener) -> Result<Running, StartError> {
    let address = listener.local_addr()?;
    let server = server(house.clone(), surroundings, listener)?;
    let handle = server.handle();
    let chores = vec![
        tokio::spawn(post.run()),
        tokio::spawn(look_for_publications(house.clone())),
        tokio::spawn(publish_on_the_day(house.clone())),
        tokio::spawn(keep_texts_indexed(house.clone())),
    ];
    Ok(Running { house, address, server: tokio::spawn(server), handle, chores })
}

fn server(house: House, surroundings: Surroundings, listener: TcpListener) -> std::io::Result<Server> {
    let https = house.public_url.starts_with("https:");
    let guide = house.guide.clone();
    let (house, surroundings) = (web::Data::new(house), web::Data::new(surroundings));
    let server = HttpServer::new(move || {
        let app = App::new()
            .app_data(house.clone())
            .app_data(surroundings.clone())
            .app_data(web::PathConfig::default().error_handler(|_, _| AppError::NotThere.into()))
            .app_data(web::QueryConfig::default().error_handler(|_, _| AppError::NotThere.into()))
            .configure(|service| routes::all(service, surroundings.demo_mail.is_some()))
            .wrap(from_fn(kept::forms))
            .wrap(from_fn(failure::pages))
            .wrap(Compress::default())
            .wrap(from_fn(finished::send))
            .wrap(security::headers(https))
            .wrap(log::spans());
        FrontDoor::before(app, guide.clone(), https)
    });
    Ok(server.workers(doors()).listen(listener)?.shutdown_timeout(5).run())
}

/// How many threads read requests and hand out what is ready: half of the processors. Each more of them sleeps more
/// often between two requests, and what takes long (making pages, searching, the database) needs the other half.
fn doors() -> usize {
    thread::available_parallelism().map_or(1, usize::from).div_ceil(2)
}

/// How often it is looked whether an edition's publication day has come.
const DAY_EVERY: Duration = Duration::from_secs(60);

async fn publish_on_the_day(house: House) {
    loop {
        if let Err(error) = house.publish_due().await {
            tracing::warn!(%error, "what is due could not be published; it is tried again");
        }
        tokio::time::sleep(DAY_EVERY).await;
    }
}

async fn keep_texts_indexed(house: House) {
    house.keep_texts_indexed().await;
}

async fn look_for_publications(house: House) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if let Err(error) = house.refresh_guide_if_stale().await {
            tracing::warn!(%error, "the catalogue could not be read; readers keep what they have");
        }
    }
}

/// The folder of a target that writes files.
pub fn mail_folder(config: &Config) -> Option<PathBuf> {
    match &config.mail {
        crate::mail::MailTarget::File(folder) => Some(folder.clone()),
        crate::mail::MailTarget::Smtp(_) => None,
    }
}
