use mail_parser::{MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::*;

fn letter() -> Letter {
    Letter {
        message_id: "0193-7c@guide.example.com".to_owned(),
        date: "2017-03-16T15:42:07.5Z".parse().unwrap(),
        from: Mailbox::new("Partner Program Guide", "guide@example.com"),
        to: Mailbox::new("Ruth Lindqvist", "ruth@example.org"),
        reply_to: None,
        subject: "An entry was submitted".to_owned(),
        text: "Kestermoor Cloud, Inc.\nhas submitted its entry.\n".to_owned(),
        html: "<p>Kestermoor Cloud, Inc. has submitted its entry.</p>".to_owned(),
    }
}

fn raw(letter: &Letter) -> String {
    String::from_utf8(letter.message().unwrap().formatted()).unwrap()
}

fn header_lines(raw: &str) -> Vec<&str> {
    raw.split("\r\n\r\n").next().unwrap().split("\r\n").collect()
}

#[test]
fn carries_text_and_html_and_the_headers_of_an_automatic_letter() {
    let raw = raw(&letter());
    let lines = header_lines(&raw);
    for expected in [
        "Message-ID: <0193-7c@guide.example.com>",
        "Date: Thu, 16 Mar 2017 15:42:07 +0000",
        "From: \"Partner Program Guide\" <guide@example.com>",
        "To: \"Ruth Lindqvist\" <ruth@example.org>",
        "Subject: An entry was submitted",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
    ] {
        assert!(lines.contains(&expected), "{expected}\nis missing in\n{raw}");
    }
    let parsed = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(parsed.content_type().unwrap().subtype(), Some("alternative"));
    assert_eq!(parsed.body_text(0).unwrap(), "Kestermoor Cloud, Inc.\r\nhas submitted its entry.\r\n");
    assert_eq!(parsed.body_html(0).unwrap(), letter().html);
    assert!(parsed.reply_to().is_none());
}

#[test]
fn an_answer_can_go_elsewhere() {
    let reply_to = Some(Mailbox::new("The editors", "desk@example.com"));
    let raw = raw(&Letter { reply_to, ..letter() });
    let parsed = MessageParser::default().parse(raw.as_bytes()).unwrap();
    let reply_to = parsed.reply_to().unwrap().first().unwrap();
    assert_eq!(reply_to.address(), Some("desk@example.com"));
}

#[test]
fn the_message_id_is_the_same_with_brackets_and_at_every_attempt() {
    let bracketed = Letter { message_id: "<0193-7c@guide.example.com>".to_owned(), ..letter() };
    assert!(header_lines(&raw(&bracketed)).contains(&"Message-ID: <0193-7c@guide.example.com>"));
}

#[test]
fn nobody_smuggles_a_header_in() {
    let smuggled = "Hello\r\nBcc: victim@example.net\r\n\r\nBuy";
    let letter = Letter {
        subject: smuggled.to_owned(),
        from: Mailbox::new(smuggled, "guide@example.com"),
        to: Mailbox::new(smuggled, "ruth@example.org"),
        ..letter()
    };
    let message = letter.message().unwrap();
    assert_eq!(message.envelope().to().len(), 1);
    let raw = raw(&letter);
    assert!(!header_lines(&raw).iter().any(|line| line.starts_with("Bcc")), "{raw}");
    let parsed = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert!(parsed.bcc().is_none());
    assert!(parsed.body_text(0).unwrap().starts_with("Kestermoor"));
}

#[test]
fn letters_of_every_language_arrive() {
    let letter = Letter {
        subject: "Größe „geändert“ – 公司 🎉 ".repeat(8).trim().to_owned(),
        to: Mailbox::new("Zoë Müller, Ph.D. (\"Zed\")", "zoe@example.org"),
        text: "Grüße\n.\n..\nFrom here 🎉".to_owned(),
        html: format!("<p>{}</p>", "公司".repeat(600)),
        ..letter()
    };
    let raw = raw(&letter);
    assert!(raw.is_ascii() && raw.split("\r\n").all(|line| line.len() <= 998));
    let parsed = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(parsed.subject(), Some(letter.subject.as_str()));
    assert_eq!(parsed.to().unwrap().first().unwrap().name(), letter.to.name.as_deref());
    assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n"), letter.text);
    assert_eq!(parsed.body_html(0).unwrap(), letter.html);
}

#[test]
fn a_bad_address_is_named() {
    let letter = Letter { to: Mailbox::new("Ruth", "ruth at example.org"), ..letter() };
    let error = letter.message().unwrap_err().to_string();
    assert_eq!(error, "“ruth at example.org” is not an e-mail address that mail can be sent to.");
}

#[test]
fn dates_the_library_cannot_print_do_no_harm() {
    for date in [Timestamp::MIN, Timestamp::MAX] {
        assert!(Letter { date, ..letter() }.message().is_ok());
    }
}

proptest! {
    #[test]
    fn whatever_a_name_or_a_subject_holds_the_letter_reaches_one_person(
        name in any::<String>(), subject in any::<String>(), text in any::<String>(),
    ) {
        let letter = Letter {
            to: Mailbox::new(&name, "ruth@example.org"),
            from: Mailbox::new(&name, "guide@example.com"),
            subject,
            text,
            ..letter()
        };
        let raw = raw(&letter);
        let parsed = MessageParser::default().parse(raw.as_bytes()).unwrap();
        let to: Vec<_> = parsed.to().unwrap().iter().filter_map(|to| to.address()).collect();
        prop_assert_eq!(to, ["ruth@example.org"]);
        prop_assert!(parsed.bcc().is_none() && parsed.cc().is_none());
        prop_assert_eq!(parsed.body_html(0).unwrap(), letter.html);
    }
}
