//! The log: a JSON object a line, whose level says whose trouble it is, and which names nobody.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::command::{almanac, command};
use crate::support::client::Client;
use crate::support::house::TestHouse;
use crate::support::postgres::Server;
use crate::support::smtp::{Dismissal, MailServer};

/// A server that runs until it is dropped.
struct Serving {
    child: Child,
    address: String,
    log: Receiver<String>,
}

impl Serving {
    fn start(folder: &Path, variables: &[(&str, &str)]) -> Self {
        let mut serve = command(folder, &["serve", "--listen", "127.0.0.1:0"]);
        serve.envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = serve.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_whitespace().last().unwrap().to_owned();
        let (lines, log) = channel();
        let errors = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| lines.send(line)));
        Self { child, address, log }
    }

    /// All that is logged until this is.
    fn logged_until(&self, told: &str) -> Vec<String> {
        let mut lines = Vec::new();
        while !lines.last().is_some_and(|line: &String| line.contains(told)) {
            let line = self.log.recv_timeout(Duration::from_secs(30));
            lines.push(line.unwrap_or_else(|_| panic!("“{told}” is not logged: {lines:?}")));
        }
        lines
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// A line of the log, which says nothing twice.
fn line(text: &str) -> Value {
    assert_eq!(text.matches("\"message\":").count(), 1, "{text}");
    serde_json::from_str(text).unwrap()
}

/// What the server says of a letter may repeat to whom it goes; that is for the desk only.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_was_not_sent_is_logged_without_whom_it_was_for() {
    let mail = MailServer::start().await;
    let refusal = "550 5.1.1 <gone.person@vendor.example>: Recipient address rejected";
    mail.refuse_address("gone.person@vendor.example", refusal);
    let folder = tempfile::tempdir().unwrap();
    assert!(almanac(folder.path(), &["invite-editor", "gone.person@vendor.example"]).status.success());
    let serving = Serving::start(folder.path(), &[("ALMANAC_MAIL", &mail.url())]);
    let lines = serving.logged_until("a mail was not sent");
    assert!(!lines.concat().contains("gone.person"), "{lines:?}");
    let told = line(lines.last().unwrap());
    assert_eq!(told["level"], "WARN");
    assert_eq!(told["message"], "a mail was not sent; Messages on the desk has all that was said");
    assert_eq!((&told["kind"], &told["attempts"]), (&"editor_invited".into(), &1.into()));
    assert_eq!(told["why"], "The mail server 127.0.0.1 refused the letter: 550 5.1.1.");
    assert!(told["mail"].as_str().is_some_and(|id| id.len() == 36), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_lets_nobody_in_is_logged_without_the_user() {
    let mail = MailServer::with_credentials("guide@example.com", "open sesame").await;
    mail.dismiss("LOGIN", Dismissal::Politely);
    let folder = tempfile::tempdir().unwrap();
    assert!(almanac(folder.path(), &["invite-editor", "ruth@guide.example"]).status.success());
    let (url, known) = (mail.url(), [("ALMANAC_MAIL_USER", "guide@example.com"), ("ALMANAC_MAIL_PASSWORD", "wrong")]);
    let serving = Serving::start(folder.path(), &[&[("ALMANAC_MAIL", url.as_str())][..], &known].concat());
    let lines = serving.logged_until("a mail was not sent");
    assert!(!lines.concat().contains("guide@example.com"), "{lines:?}");
    let told = line(lines.last().unwrap());
    assert_eq!(told["why"], "The mail server 127.0.0.1 refused the user name or the password: 535 5.7.8.");
    assert_eq!(told["attempts"], 0, "it is not the mail's fault");
}

/// Somebody outside has to mend it, and nobody need look for a fault in the program.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_is_a_warning() {
    let Some(server) = Server::own() else { return };
    let database = server.fresh_database(None);
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(folder.path(), &[("ALMANAC_DATABASE_URL", &database)]);
    let client = Client::new(&serving.address);
    assert_eq!(client.get("/health/ready").await.status, 200);
    server.stop();
    assert_eq!(client.get("/health/ready").await.status, 503);
    assert_eq!(client.get("/sign-in/5b1f0c").await.status, 503);
    let lines = serving.logged_until("no answer for now");
    let told: Vec<_> = lines.iter().map(|text| line(text)).collect();
    for words in ["not ready", "no answer for now"] {
        let warning = told.iter().find(|line| line["message"] == words).unwrap();
        assert_eq!(warning["level"], "WARN");
        assert!(warning["error"].as_str().unwrap().starts_with("the database can't be used at the moment: "), "{warning}");
    }
    assert!(told.iter().all(|line| line["level"] != "ERROR"), "{told:?}");
}

/// What is logged on this thread.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_post_warns_of_a_database_that_is_away() {
    let Some(server) = Server::own() else { return };
    let house = TestHouse::on(Some(server.fresh_database(None))).await;
    server.stop();
    let written = Written::default();
    let writer = written.clone();
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone()).finish();
    let logging = tracing::subscriber::set_default(log);
    let running = tokio::spawn(house.post().run());
    let told = async {
        loop {
            let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
            if let Some(told) = text.lines().find(|line| line.contains("the outbox could not be emptied")) {
                break line(told);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let told = tokio::time::timeout(Duration::from_secs(30), told).await.expect("it is logged");
    assert_eq!(told["level"], "WARN");
    running.abort();
    drop(logging);
}
