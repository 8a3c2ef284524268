//! The outbox and its worker, on both databases, with a mail server that answers as it pleases.

use almanac::db::ids::MessageId;
use almanac::db::messages::{self, Message};
use almanac::mail::Mailbox;
use almanac::mail::message::{EditorInvited, Frame, SignIn};
use almanac::mail::outbox::{Content, Envelope};
use jiff::{SignedDuration, Timestamp};

mod given_up;

use crate::support::application::START;
use crate::support::house::TestHouse;
use crate::support::postgres::Server;
use crate::support::smtp::MailServer;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn frame() -> Frame {
    Frame { guide: "Partner Program Guide".to_owned(), year: 2017, home: "http://127.0.0.1:1/".to_owned() }
}

fn plain() -> EditorInvited {
    EditorInvited { frame: frame(), email: "zoe@example.org".to_owned(), link: "http://127.0.0.1:1/sign-in".to_owned() }
}

fn secret() -> SignIn {
    let link = "http://127.0.0.1:1/sign-in/5b1f0c".to_owned();
    let expires_at = START.parse::<Timestamp>().unwrap() + MINUTE * 20;
    SignIn { frame: frame(), link, code: "C8TN 2VQE".to_owned(), minutes: 20, expires_at }
}

fn envelope(key: &str) -> Envelope {
    Envelope { dedupe_key: key.to_owned(), to: Mailbox::new("Zoë Ångström", "zoe@example.org"), reply_to: None }
}

/// Puts so many mails into the outbox.
async fn put_many(house: &TestHouse, count: usize) -> Vec<MessageId> {
    let mut ids = Vec::new();
    for number in 0..count {
        ids.push(house.put(envelope(&format!("mail:{number}")), plain()).await);
    }
    ids
}

/// The ids of what arrived, as often as it arrived.
fn arrived(mail: &MailServer) -> Vec<String> {
    let mut ids: Vec<_> = mail.received().iter().map(|received| received.header("Message-ID").unwrap()).collect();
    ids.sort();
    ids
}

fn message_ids(ids: &[MessageId]) -> Vec<String> {
    let mut ids: Vec<_> = ids.iter().map(|id| format!("<{id}@127.0.0.1>")).collect();
    ids.sort();
    ids
}

fn words(message: &Message) -> Content {
    Content::of(message).unwrap()
}

#[tokio::test]
async fn a_mail_arrives_once_with_the_headers_it_should_have() {
    for house in TestHouse::each().await {
        let answers = Envelope { reply_to: Some("joel@kestermoor.example".to_owned()), ..envelope("answers") };
        let id = house.put(answers, plain()).await;
        assert_eq!(house.deliver().await, 1);
        assert_eq!(house.deliver().await, 0);

        let received = &house.mail.wait_for(1).await[0];
        assert_eq!(
            (received.envelope_from.as_str(), received.envelope_to.as_slice()),
            ("guide@example.com", &["zoe@example.org".to_owned()][..])
        );
        assert_eq!(received.subject(), "You are an editor of the Partner Program Guide");
        let parsed = received.parsed();
        let to = parsed.to().unwrap().first().unwrap();
        assert_eq!((to.name(), to.address()), (Some("Zoë Ångström"), Some("zoe@example.org")));
        for (name, value) in [
            ("Message-ID", format!("<{id}@127.0.0.1>")),
            ("Date", "Mon, 20 Mar 2017 12:00:00 +0000".to_owned()),
            ("From", "\"The Guide\" <guide@example.com>".to_owned()),
            ("Reply-To", "joel@kestermoor.example".to_owned()),
            ("Auto-Submitted", "auto-generated".to_owned()),
        ] {
            assert_eq!(received.header(name).unwrap(), value);
        }
        let message = house.message(id).await;
        assert_eq!((received.text(), received.html()), (words(&message).text, words(&message).html));
        assert!(message.sent_at.is_some() && message.attempts == 1 && message.claimed_until.is_none());
    }
}

#[tokio::test]
async fn the_same_mail_is_written_once() {
    for house in TestHouse::each().await {
        for _time in 0..2 {
            house.put(envelope("same"), plain()).await;
        }
        assert_eq!(house.deliver().await, 1);
        assert_eq!(arrived(&house.mail).len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_comes_back_gets_every_mail_once() {
    for mut house in TestHouse::each().await {
        let ids = put_many(&house, 9).await;
        house.mail.stop().await;
        assert_eq!(house.deliver().await, 0);
        // Not due again yet, so not tried again.
        assert_eq!(house.deliver().await, 0);
        for id in &ids {
            let message = house.message(*id).await;
            assert!(message.last_error.unwrap().starts_with("No connection to the mail server 127.0.0.1: "));
            assert!(message.attempts == 1 && message.failed_at.is_none() && message.claimed_until.is_none());
        }
        house.clock.advance(MINUTE);
        assert_eq!(house.deliver().await, 0);
        assert_eq!(house.message(ids[0]).await.attempts, 2);

        house.mail.start_again().await;
        assert_eq!(house.deliver().await, 0);
        house.clock.advance(MINUTE * 5);
        assert_eq!(house.deliver().await, 9);
        assert_eq!(arrived(&house.mail), message_ids(&ids));
        assert_eq!(house.message(ids[0]).await.last_error, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_send_each_mail_once() {
    for house in TestHouse::each().await {
        let ids = put_many(&house, 40).await;
        let other = house.another().await;
        let (one, two) = (house.post(), almanac::app::post(&house.config, &other).unwrap());
        let (one, two) = tokio::join!(
            tokio::spawn(async move { one.deliver_due().await }),
            tokio::spawn(async move { two.deliver_due().await })
        );
        assert_eq!(one.unwrap().unwrap() + two.unwrap().unwrap(), 40);
        assert_eq!(arrived(&house.mail), message_ids(&ids));
    }
}

#[tokio::test]
async fn what_a_worker_left_behind_is_sent_when_its_claim_has_run_out() {
    for house in TestHouse::each().await {
        let id = house.put(envelope("left behind"), plain()).await;
        let now = house.house.now();
        let claim = move |connection: &mut _| messages::claim_due(connection, now.into(), 1, (now + MINUTE * 5).into());
        assert_eq!(house.house.db.write(claim).await.unwrap().len(), 1);
        assert_eq!(house.deliver().await, 0);
        house.clock.advance(MINUTE * 5);
        assert_eq!(house.deliver().await, 1);
        assert_eq!(arrived(&house.mail), message_ids(&[id]));
    }
}

#[tokio::test]
async fn the_bell_wakes_the_worker() {
    for house in TestHouse::each().await {
        let running = tokio::spawn(house.post().run());
        for count in 1..=3 {
            house.house.request_sign_in("zoe@example.org", "", "sender").await.unwrap();
            house.mail.wait_for(count).await;
        }
        running.abort();
    }
}

#[tokio::test]
async fn a_database_that_was_away_does_not_end_the_worker() {
    let Some(server) = Server::own() else { return };
    let house = TestHouse::on(Some(server.fresh_database(None))).await;
    let running = tokio::spawn(house.post().run());
    server.stop();
    house.house.bell.notify_one();
    assert!(house.post().deliver_due().await.is_err());
    server.start();
    house.house.request_sign_in("zoe@example.org", "", "sender").await.unwrap();
    house.mail.wait_for(1).await;
    running.abort();
}
