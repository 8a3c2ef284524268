//! What becomes of mails that cannot be sent, and of secrets.

use almanac::db::{events, messages};
use almanac::error::AppError;
use almanac::mail::MailTarget;
use almanac::workflow::resend_message::may_resend;

use super::{MINUTE, arrived, envelope, message_ids, plain, put_many, secret, words};
use crate::support::house::TestHouse;
use crate::support::smtp::{Dismissal, MailServer};

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

        let shown = house.house.messages_at_desk(&editor, 1).await.unwrap();
        assert_eq!(shown.failed.iter().map(|message| message.id).collect::<Vec<_>>(), [id]);
        assert_eq!(shown.newest[0].id, id);
        assert_eq!(
            shown.failed[0].last_error.as_deref().unwrap(),
            "The mail server 127.0.0.1 refused the letter: 550 5.7.1 Not today."
        );
        assert_eq!(house.house.failed_message_count(&editor).await.unwrap(), 1);

        assert!(matches!(house.house.messages_at_desk(&vendor, 1).await, Err(AppError::NotThere)));
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
async fn a_wrong_password_keeps_mails_waiting_until_it_is_mended() {
    for mut house in TestHouse::each().await {
        house.mail = MailServer::with_credentials("guide@example.com", "open sesame").await;
        house.mail.dismiss("LOGIN", Dismissal::Coldly);
        let target = house.mail.url().parse::<MailTarget>().unwrap();
        let known =
            |password: &str| target.clone().with_credentials(Some("guide@example.com".to_owned()), Some(password.to_owned()));
        let id = house.put(envelope("locked out"), plain()).await;
        house.config.mail = known("wrong").unwrap();
        assert_eq!(house.deliver().await, 0);
        let message = house.message(id).await;
        let sentence = "The mail server 127.0.0.1 refused the user name guide@example.com or its password: 535 ";
        assert!(message.last_error.as_deref().unwrap().starts_with(sentence), "{:?}", message.last_error);
        assert!(message.failed_at.is_none() && message.claimed_until.is_none());
        assert_eq!(message.attempts, 0, "it is the server's trouble, and not the mail's");

        // Whoever starts with the right password waits for nothing.
        house.config.mail = known("open sesame").unwrap();
        assert_eq!(house.deliver().await, 1);
        assert_eq!(arrived(&house.mail), message_ids(&[id]));
    }
}

/// Twenty tries with a wrong password look like somebody who guesses.
#[tokio::test]
async fn a_server_that_lets_nobody_in_is_asked_once_for_all_that_wait() {
    for mut house in TestHouse::each().await {
        house.mail = MailServer::with_credentials("guide@example.com", "open sesame").await;
        let target = house.mail.url().parse::<MailTarget>().unwrap();
        let credentials = (Some("guide@example.com".to_owned()), Some("wrong".to_owned()));
        house.config.mail = target.with_credentials(credentials.0, credentials.1).unwrap();
        house.house.request_sign_in("zoe@example.org", "", "sender").await.unwrap();
        let post = house.post();
        // The first whose turn it is comes too late, and tells nothing of the server.
        house.clock.advance(MINUTE * 21);
        let ids = put_many(&house, 9).await;
        for (minutes, connections) in [(0, 1), (0, 1), (1, 2), (1, 2), (3, 2), (1, 3), (14, 3), (1, 4)] {
            house.clock.advance(MINUTE * minutes);
            assert_eq!(post.deliver_due().await.unwrap(), 0);
            assert_eq!(house.mail.connections(), connections);
        }
        let mut tried = 0;
        for id in &ids {
            let message = house.message(*id).await;
            assert!(message.claimed_until.is_none() && message.failed_at.is_none() && message.attempts == 0);
            tried += usize::from(message.last_error.is_some());
        }
        assert_eq!(tried, 1, "one asks for all");

        house.mail.change_credentials("guide@example.com", "wrong");
        assert_eq!(post.deliver_due().await.unwrap(), 0, "nobody knows yet");
        house.clock.advance(MINUTE * 60);
        assert_eq!(post.deliver_due().await.unwrap(), 9);
        assert_eq!(arrived(&house.mail), message_ids(&ids));
        // What is new goes at once.
        let new = house.put(envelope("new"), plain()).await;
        assert_eq!(post.deliver_due().await.unwrap(), 1);
        assert!(house.message(new).await.sent_at.is_some());
    }
}

/// However long it takes until somebody mends the password: nothing is wrong with the mail.
#[tokio::test]
async fn a_mail_that_no_server_was_shown_is_never_given_up() {
    for mut house in TestHouse::each().await {
        let editor = house.actor(true).await;
        house.mail = MailServer::with_credentials("guide@example.com", "open sesame").await;
        let known = (Some("guide@example.com".to_owned()), Some("wrong".to_owned()));
        house.config.mail = house.mail.url().parse::<MailTarget>().unwrap().with_credentials(known.0, known.1).unwrap();
        let id = house.put(envelope("waiting"), plain()).await;
        let (post, mut asked) = (house.post(), Vec::new());
        for minute in 0..120 {
            assert_eq!(post.deliver_due().await.unwrap(), 0);
            if house.mail.connections() > asked.len() {
                asked.push(minute);
            }
            house.clock.advance(MINUTE);
        }
        assert_eq!(asked, [0, 1, 6, 21, 36, 51, 66, 81, 96, 111]);
        let message = house.message(id).await;
        assert!(message.attempts == 0 && message.is_held_back());
        // It is due already, and not sent sooner by asking for it.
        house.house.resend(&editor, id).await.unwrap();
        assert_eq!(house.message(id).await, message);

        house.mail.change_credentials("guide@example.com", "wrong");
        house.clock.advance(MINUTE * 15);
        assert_eq!(post.deliver_due().await.unwrap(), 1);
        assert_eq!(house.message(id).await.attempts, 1);
        assert_eq!(arrived(&house.mail), message_ids(&[id]));
    }
}

#[tokio::test]
async fn a_mail_to_sign_in_is_given_up_once_its_link_has_run_out() {
    for mut house in TestHouse::each().await {
        let editor = house.actor(true).await;
        let before = arrived(&house.mail).len();
        house.mail.stop().await;
        house.house.request_sign_in("zoe@example.org", "", "sender").await.unwrap();
        let lasting = house.put(envelope("lasting"), plain()).await;
        assert_eq!(house.deliver().await, 0);
        house.clock.advance(MINUTE * 21);
        house.mail.start_again().await;
        assert_eq!(house.deliver().await, 1);
        assert_eq!(house.deliver().await, 0);

        assert_eq!(arrived(&house.mail).len(), before + 1);
        assert_eq!(house.mail.received().last().unwrap().header("Message-ID").unwrap(), format!("<{lasting}@127.0.0.1>"));
        let shown = house.house.messages_at_desk(&editor, 1).await.unwrap();
        let late = shown.newest.iter().find(|message| message.kind == "sign_in").unwrap();
        assert!(late.failed_at.is_some() && late.sent_at.is_none() && late.attempts == 1);
        let why = late.last_error.as_deref().unwrap();
        let sentence = "The link in it ran out before it could be sent. No connection to the mail server 127.0.0.1: ";
        assert!(why.starts_with(sentence), "{why}");
        assert!(words(late).is_wiped() && !may_resend(late));
        // Nobody at the desk can do anything about it.
        assert!(shown.failed.is_empty());
        assert_eq!(house.house.failed_message_count(&editor).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_mail_to_sign_in_is_tried_each_minute_as_long_as_its_link_lives() {
    for mut house in TestHouse::each().await {
        house.mail.stop().await;
        house.house.request_sign_in("zoe@example.org", "", "sender").await.unwrap();
        for _ in 0..12 {
            assert_eq!(house.deliver().await, 0);
            house.clock.advance(MINUTE);
        }
        house.mail.start_again().await;
        assert_eq!(house.deliver().await, 1);
        assert_eq!(arrived(&house.mail).len(), 1);
    }
}
