//! Letters on their way to a mail server.

use std::time::{Duration, Instant};

use almanac::mail::{Letter, MailTarget, Mailbox, SendError, Transport};

use crate::support::smtp::{Dismissal, MailServer};

fn letter(to: &str) -> Letter {
    Letter {
        message_id: "0193@guide.example.com".to_owned(),
        date: "2017-03-16T15:42:07Z".parse().unwrap(),
        from: Mailbox::new("Partner Program Guide", "guide@example.com"),
        to: Mailbox::new("Zoë", to),
        reply_to: None,
        subject: "Größe geändert".to_owned(),
        text: "First\n.\n..\n.third\n".to_owned(),
        html: "<p>First</p>".to_owned(),
    }
}

fn transport(url: &str) -> Transport {
    let target: MailTarget = url.parse().unwrap();
    Transport::open(&target).unwrap()
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let server = MailServer::start().await;
    transport(&server.url()).send(&letter("zoe@example.org")).await.unwrap();
    let received = &server.wait_for(1).await[0];
    assert_eq!(received.envelope_from, "guide@example.com");
    assert_eq!(received.envelope_to, ["zoe@example.org"]);
    assert_eq!(received.subject(), "Größe geändert");
    assert_eq!(received.text(), "First\n.\n..\n.third\n");
    assert_eq!(received.html(), "<p>First</p>");
    assert_eq!(received.header("Message-ID").as_deref(), Some("<0193@guide.example.com>"));
}

#[tokio::test]
async fn one_connection_serves_many_letters() {
    let server = MailServer::start().await;
    let transport = transport(&server.url());
    transport.check().await.unwrap();
    for _letter in 0..5 {
        transport.send(&letter("zoe@example.org")).await.unwrap();
    }
    assert_eq!(server.wait_for(5).await.len(), 5);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn letters_sent_at_once_all_arrive() {
    let server = MailServer::start().await;
    let transport = transport(&server.url());
    let letter = letter("zoe@example.org");
    let sending = (0..8).map(|_letter| transport.send(&letter));
    for sent in futures_util::future::join_all(sending).await {
        sent.unwrap();
    }
    assert_eq!(server.wait_for(8).await.len(), 8);
}

#[tokio::test]
async fn a_busy_server_is_tried_again() {
    let server = MailServer::start().await;
    let transport = transport(&server.url());
    server.refuse_next(1, "451 4.3.2 Try again later");
    let error = transport.send(&letter("zoe@example.org")).await.unwrap_err();
    let sentence = "The mail server 127.0.0.1 put the letter off: 451 4.3.2 Try again later.";
    assert_eq!((error.to_string().as_str(), error.is_passing()), (sentence, true));
    transport.send(&letter("zoe@example.org")).await.unwrap();
}

#[tokio::test]
async fn a_refused_address_is_final_and_harms_no_other_letter() {
    let server = MailServer::start().await;
    let transport = transport(&server.url());
    server.refuse_address("gone@example.org", "550 5.1.1 No such user.");
    let error = transport.send(&letter("gone@example.org")).await.unwrap_err();
    let sentence = "The mail server 127.0.0.1 refused the letter: 550 5.1.1 No such user.";
    assert_eq!((error.to_string().as_str(), error.is_passing()), (sentence, false));
    transport.send(&letter("zoe@example.org")).await.unwrap();
    let error = transport.send(&letter("not an address")).await.unwrap_err();
    assert!(!error.is_passing(), "{error}");
}

/// What the server said counts, and not that it said nothing more.
#[tokio::test]
async fn a_refused_letter_is_told_as_what_it_is_by_a_server_that_falls_silent() {
    let server = MailServer::start().await;
    let transport = transport(&server.url());
    server.fall_silent_after_refusing();
    server.refuse_address("gone@example.org", "550 5.1.1 No such user");
    for (answer, to, told) in [
        ("451 4.3.2 Try again later", "zoe@example.org", "put the letter off: 451 4.3.2 Try again later."),
        ("554 5.7.1 Spam", "zoe@example.org", "refused the letter: 554 5.7.1 Spam."),
        ("", "gone@example.org", "refused the letter: 550 5.1.1 No such user."),
    ] {
        server.refuse_next(usize::from(!answer.is_empty()), answer);
        let begun = Instant::now();
        let error = transport.send(&letter(to)).await.unwrap_err();
        assert_eq!(error.to_string(), format!("The mail server 127.0.0.1 {told}"));
        assert_eq!(error.is_passing(), answer.starts_with('4'));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
    transport.send(&letter("zoe@example.org")).await.unwrap();
}

#[tokio::test]
async fn an_address_that_the_server_cannot_take_is_final() {
    let server = MailServer::start().await;
    let error = transport(&server.url()).send(&letter("zoë@example.org")).await.unwrap_err();
    let sentence = "The letter can't be sent through 127.0.0.1: it takes no addresses with letters other than A to Z.";
    assert_eq!((error.to_string().as_str(), error.is_passing()), (sentence, false));
}

#[tokio::test]
async fn a_server_that_went_away_is_found_again() {
    let mut server = MailServer::start().await;
    let transport = transport(&server.url());
    transport.send(&letter("zoe@example.org")).await.unwrap();
    server.stop().await;
    let error = transport.send(&letter("zoe@example.org")).await.unwrap_err();
    assert!(error.is_passing());
    assert!(error.to_string().starts_with("No connection to the mail server 127.0.0.1: "), "{error}");
    server.start_again().await;
    transport.send(&letter("zoe@example.org")).await.unwrap();
    assert_eq!(server.wait_for(2).await.len(), 2);
}

#[tokio::test]
async fn a_password_is_given_when_asked_for() {
    let server = MailServer::with_credentials("guide@example.com", "open sesame").await;
    for ways_in in ["PLAIN LOGIN", "LOGIN"] {
        server.dismiss(ways_in, Dismissal::Politely);
        with_password(&server, "open sesame").send(&letter("zoe@example.org")).await.unwrap();
    }
    assert_eq!(server.received().len(), 2);
    // Wrong settings are nobody's letter's fault: letters wait until somebody mends them.
    let error = transport(&server.url()).send(&letter("zoe@example.org")).await.unwrap_err();
    assert!(error.is_passing(), "{error}");
    server.dismiss("KERBEROS", Dismissal::Politely);
    let error = with_password(&server, "open sesame").send(&letter("zoe@example.org")).await.unwrap_err();
    let sentence = "The mail server 127.0.0.1 takes a password in no way that is known here (PLAIN, LOGIN).";
    assert_eq!((error.to_string().as_str(), error.is_passing()), (sentence, true));
}

fn with_password(server: &MailServer, password: &str) -> Transport {
    let target: MailTarget = server.url().parse().unwrap();
    let user = Some("guide@example.com".to_owned());
    let target = target.with_credentials(user, Some(password.to_owned())).unwrap();
    Transport::open(&target).unwrap()
}

/// However it is done, and without waiting for what the server does not say.
#[tokio::test]
async fn a_refused_password_is_told_as_what_it_is() {
    let sentence = "The mail server 127.0.0.1 refused the user name guide@example.com or its password: \
                    535 5.7.8 Wrong user name or password.";
    let server = MailServer::with_credentials("guide@example.com", "open sesame").await;
    let slowly = Dismissal::After(Duration::from_millis(300));
    for ways_in in ["PLAIN", "LOGIN"] {
        for dismissal in [Dismissal::Politely, Dismissal::Coldly, Dismissal::HangingUp, slowly] {
            server.dismiss(ways_in, dismissal);
            let transport = with_password(&server, "wrong");
            let begun = Instant::now();
            let checked = transport.check().await.unwrap_err();
            let sent = transport.send(&letter("zoe@example.org")).await.unwrap_err();
            assert!(matches!(checked, SendError::NotLetIn(_)), "{ways_in}, {dismissal:?}: {checked}");
            assert_eq!(checked.to_string(), sentence, "{ways_in}, {dismissal:?}");
            assert_eq!(sent, checked, "{ways_in}, {dismissal:?}");
            assert!(begun.elapsed() < Duration::from_secs(20), "{ways_in}, {dismissal:?}");
        }
    }
}

#[tokio::test]
async fn nothing_is_sent_unencrypted_where_encryption_is_required() {
    let server = MailServer::start().await;
    let url = format!("{}?tls=required", server.url());
    let error = transport(&url).send(&letter("zoe@example.org")).await.unwrap_err();
    assert!(error.to_string().contains("STARTTLS is not supported"), "{error}");
    assert!(error.is_passing() && server.received().is_empty());

    let url = format!("{}?tls=opportunistic", server.url());
    transport(&url).send(&letter("zoe@example.org")).await.unwrap();
}

#[tokio::test]
async fn a_test_sees_what_would_have_been_sent() {
    let (transport, tray) = Transport::memory();
    transport.send(&letter("zoe@example.org")).await.unwrap();
    assert!(transport.send(&letter("nobody")).await.is_err());
    assert_eq!(tray.letters(), [letter("zoe@example.org")]);
    assert_eq!(tray.take().len(), 1);
    assert!(tray.letters().is_empty());
}
