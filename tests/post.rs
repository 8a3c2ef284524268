//! The outbox and its worker, on both databases, with a mail server that answers as it pleases.

use almanac::db::ids::MessageId;
use almanac::db::messages::Message;
use almanac::db::{events, messages};
use almanac::error::AppError;
use almanac::mail::Mailbox;
use almanac::mail::message::{EditorInvited, Frame, SignIn};
use almanac::mail::outbox::{Content, Envelope};
use almanac::workflow::resend_message::may_resend;
use jiff::SignedDuration;

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
    SignIn { frame: frame(), link, code: "C8TN 2VQE".to_owned(), minutes: 20 }
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

#[tokio::test]
async fn after_the_last_attempt_a_mail_has_failed_and_is_kept() {
    for house in TestHouse::each().await {
        let id = house.put(envelope("late"), plain()).await;
        house.mail.refuse_next(20, "451 4.3.2 Try again later");
        for attempt in 1..=8 {
            assert!(house.message(id).await.failed_at.is_none(), "before attempt {attempt}");
            house.deliver().await;
            assert_eq!(house.message(id).await.attempts, attempt);
            house.clock.advance(MINUTE * 60 * 24);
        }
        let message = house.message(id).await;
        assert!(message.failed_at.is_some() && !words(&message).is_wiped());
        house.deliver().await;
        assert_eq!(house.message(id).await.attempts, 8);
    }
}

#[tokio::test]
async fn a_refused_mail_is_shown_at_the_desk_and_sent_again_from_there() {
    for house in TestHouse::each().await {
        let (editor, vendor) = (house.actor(true).await, house.actor(false).await);
        let id = house.put(envelope("refused"), plain()).await;
        house.mail.refuse_next(1, "550 5.7.1 Not today");
        house.deliver().await;

        let shown = house.house.messages_at_desk(&editor).await.unwrap();
        assert_eq!(shown.failed.iter().map(|message| message.id).collect::<Vec<_>>(), [id]);
        assert_eq!(shown.newest[0].id, id);
        assert_eq!(
            shown.failed[0].last_error.as_deref().unwrap(),
            "The mail server 127.0.0.1 refused the letter: 550 5.7.1 Not today."
        );
        assert_eq!(house.house.failed_message_count(&editor).await.unwrap(), 1);

        assert!(matches!(house.house.messages_at_desk(&vendor).await, Err(AppError::NotThere)));
        assert!(matches!(house.house.failed_message_count(&vendor).await, Err(AppError::NotThere)));
        assert!(matches!(house.house.resend(&vendor, id).await, Err(AppError::NotThere)));
        assert!(matches!(house.house.resend(&editor, house.house.id()).await, Err(AppError::NotThere)));

        let before = arrived(&house.mail).len();
        // A double click sends it once and is one line of the history.
        house.house.resend(&editor, id).await.unwrap();
        house.house.resend(&editor, id).await.unwrap();
        assert_eq!(house.message(id).await.attempts, 0);
        assert_eq!(house.deliver().await, 1);
        house.house.resend(&editor, id).await.unwrap();
        assert_eq!(house.deliver().await, 0);
        assert_eq!(arrived(&house.mail).len(), before + 1);
        assert_eq!(house.house.failed_message_count(&editor).await.unwrap(), 0);
        let history = house.house.db.read(|connection| events::newest(connection, 10, 0)).await.unwrap();
        assert_eq!(history.iter().filter(|line| line.event.act == "resend_message").count(), 1);
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
async fn a_secret_is_wiped_once_nobody_sends_it_any_more() {
    for house in TestHouse::each().await {
        let editor = house.actor(true).await;
        let sent = house.put(envelope("sent"), secret()).await;
        house.mail.refuse_next(1, "451 4.3.2 Try again later");
        house.deliver().await;
        assert!(!words(&house.message(sent).await).is_wiped());
        house.clock.advance(MINUTE);
        assert_eq!(house.deliver().await, 1);
        assert!(house.mail.received().last().unwrap().text().contains("5b1f0c"));

        let failed = house.put(envelope("failed"), secret()).await;
        house.mail.refuse_next(1, "550 5.1.1 No such user");
        house.deliver().await;
        for id in [sent, failed] {
            let message = house.message(id).await;
            let content = words(&message);
            assert!(content.text.is_empty() && content.html.is_empty() && content.name == "Zoë Ångström");
            assert!(!serde_json::to_string(&message.content.0).unwrap().contains("5b1f0c"));
        }
        assert!(!may_resend(&house.message(failed).await));
        assert!(matches!(house.house.resend(&editor, failed).await, Err(AppError::Unusable(_))));
        assert_eq!(house.deliver().await, 0);
    }
}

#[tokio::test]
async fn a_message_that_cannot_be_read_fails_and_holds_up_no_other() {
    for house in TestHouse::each().await {
        let broken = house.put(envelope("broken"), plain()).await;
        let nonsense = almanac::db::Document(serde_json::json!({ "words": 1 }));
        house.house.db.write(move |connection| messages::set_content(connection, broken, &nonsense)).await.unwrap();
        house.put(envelope("whole"), plain()).await;
        assert_eq!(house.deliver().await, 1);
        let message = house.message(broken).await;
        assert!(message.failed_at.is_some() && message.last_error.as_deref().unwrap().starts_with("The message can’t be read"));
        assert!(!may_resend(&message));
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
