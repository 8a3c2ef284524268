//! A mail server that keeps what it is sent, and can be told to misbehave.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use mail_parser::MessageParser;
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::timeout,
};

mod conversation;

/// One letter as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    /// The sender and the receivers the client named, whatever the letter's headers say.
    pub envelope_from: String,
    pub envelope_to: Vec<String>,
    /// The letter, byte for byte.
    pub raw: Vec<u8>,
}

impl Received {
    pub fn parsed(&self) -> mail_parser::Message<'_> {
        MessageParser::default().parse(&self.raw).expect("a letter that can be read")
    }

    pub fn subject(&self) -> String {
        self.parsed().subject().unwrap_or_default().to_owned()
    }

    /// The plain text, with line ends as Rust writes them.
    pub fn text(&self) -> String {
        self.parsed().body_text(0).unwrap_or_default().replace("\r\n", "\n")
    }

    pub fn html(&self) -> String {
        self.parsed().body_html(0).unwrap_or_default().replace("\r\n", "\n")
    }

    /// A header as it was sent, unfolded but not decoded.
    pub fn header(&self, name: &str) -> Option<String> {
        let parsed = self.parsed();
        let raw = parsed.header_raw(name)?;
        Some(raw.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// What the conversations share with the test.
#[derive(Default)]
struct State {
    received: Vec<Received>,
    connections: usize,
    refusals: Vec<String>,
    refused_addresses: HashMap<String, String>,
    credentials: Option<(String, String)>,
    ways_in: &'static str,
    dismissal: Dismissal,
    silent_after_refusing: bool,
}

/// How somebody is sent away who gave a wrong user name or password.
#[derive(Clone, Copy, Debug, Default)]
pub enum Dismissal {
    /// At once, and may try again.
    #[default]
    Politely,
    /// After a while in which a guess costs time.
    After(Duration),
    /// At once, without ever another word, and without hanging up.
    Coldly,
    /// At once, and the server hangs up.
    HangingUp,
}

#[derive(Clone)]
struct Shared {
    state: Arc<Mutex<State>>,
    /// How many letters have arrived: what `wait_for` waits for.
    arrived: watch::Sender<usize>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A mail server on a port of its own. It is gone when the value is dropped.
pub struct MailServer {
    address: SocketAddr,
    shared: Shared,
    serving: Option<JoinHandle<()>>,
}

impl MailServer {
    /// A server that takes letters from everybody.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let shared = Shared { state: Arc::default(), arrived: watch::Sender::new(0) };
        let serving = Some(tokio::spawn(serve(listener, shared.clone())));
        Self { address, shared, serving }
    }

    /// A server that takes letters only from who gives this user and password.
    pub async fn with_credentials(user: &str, password: &str) -> Self {
        let server = Self::start().await;
        server.change_credentials(user, password);
        server.dismiss("PLAIN LOGIN", Dismissal::default());
        server
    }

    /// Offers these ways of signing in, and sends those away like this who are not known.
    pub fn dismiss(&self, ways_in: &'static str, dismissal: Dismissal) {
        let mut state = self.shared.lock();
        (state.ways_in, state.dismissal) = (ways_in, dismissal);
    }

    /// Its address without user and password.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// All letters so far.
    pub fn received(&self) -> Vec<Received> {
        self.shared.lock().received.clone()
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> usize {
        self.shared.lock().connections
    }

    /// Waits until `count` letters have arrived since the start, and returns all.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let mut arrived = self.shared.arrived.subscribe();
        let enough = arrived.wait_for(|so_far| *so_far >= count);
        let waited = timeout(Duration::from_secs(10), enough).await.is_ok();
        let received = self.received();
        assert!(waited, "waited for {count} letters, {} came", received.len());
        received
    }

    /// Answers the next `count` letters with this, as in `451 4.3.2 Try again later`.
    pub fn refuse_next(&self, count: usize, answer: &str) {
        self.shared.lock().refusals = vec![answer.to_owned(); count];
    }

    /// Answers every letter to this address with this, as in `550 5.1.1 No such user`.
    pub fn refuse_address(&self, address: &str, answer: &str) {
        self.shared.lock().refused_addresses.insert(address.to_owned(), answer.to_owned());
    }

    /// Says nothing more to whoever had a letter or an address refused, and does not hang up.
    pub fn fall_silent_after_refusing(&self) {
        self.shared.lock().silent_after_refusing = true;
    }

    /// From now on takes letters from who gives this user and password.
    pub fn change_credentials(&self, user: &str, password: &str) {
        self.shared.lock().credentials = Some((user.to_owned(), password.to_owned()));
    }

    /// Closes the port and every connection.
    pub async fn stop(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.abort();
            // It ends by being aborted; that is not a failure.
            let _aborted = serving.await;
        }
    }

    /// Listens again on the same port.
    pub async fn start_again(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the port is still free");
        self.serving = Some(tokio::spawn(serve(listener, self.shared.clone())));
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.abort();
        }
    }
}

/// Its conversations end with it, because dropping the set ends them.
async fn serve(listener: TcpListener, shared: Shared) {
    let mut conversations = JoinSet::new();
    while let Ok((stream, _peer)) = listener.accept().await {
        shared.lock().connections += 1;
        conversations.spawn(conversation::hold(stream, shared.clone()));
    }
}

#[cfg(test)]
mod tests;
