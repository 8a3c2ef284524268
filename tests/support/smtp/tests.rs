use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::*;

/// Says everything at once, as a pipelining client may, and returns the answers' codes.
async fn say(server: &MailServer, words: &str) -> Vec<String> {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    let mut answers = String::new();
    stream.read_to_string(&mut answers).await.unwrap();
    let last_lines = answers.lines().filter(|line| line.as_bytes()[3] == b' ');
    last_lines.map(|line| line[..3].to_owned()).collect()
}

const LETTER: &str = "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n\
                      Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nX-Folded: one\r\n two\r\n\r\n..\r\n..dot\r\n.\r\n";

#[tokio::test]
async fn takes_letters_one_after_the_other_with_their_dots() {
    let server = MailServer::start().await;
    let codes = say(&server, &format!("EHLO me\r\nNOOP\r\n{LETTER}{LETTER}QUIT\r\n")).await;
    assert_eq!(codes.join(" "), "220 250 250 250 250 354 250 250 250 354 250 221");
    let received = server.wait_for(2).await;
    assert_eq!(received[1].envelope_from, "a@example.com");
    assert_eq!(received[1].envelope_to, ["b@example.org"]);
    assert_eq!(received[1].subject(), "Grüße");
    assert_eq!(received[1].header("X-Folded").as_deref(), Some("one two"));
    assert_eq!(received[1].text(), ".\n.dot\n");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn keeps_to_the_order_of_commands() {
    let server = MailServer::start().await;
    let words = "RCPT TO:<b@example.org>\r\nDATA\r\nMAIL FROM:<>\r\nRSET\r\nRCPT TO:<b@example.org>\r\nWHAT\r\nQUIT\r\n";
    let codes = say(&server, words).await;
    assert_eq!(codes.join(" "), "220 503 503 250 250 503 502 221");
}

#[tokio::test]
async fn asks_for_the_password_in_both_ways() {
    let server = MailServer::with_credentials("me", "sesame").await;
    for (sign_in, code) in [
        ("", "530"),
        ("AUTH PLAIN AG1lAHNlc2FtZQ==\r\n", "235 250"),
        ("AUTH PLAIN AG1lAG9wZW4=\r\n", "535 530"),
        ("AUTH LOGIN\r\nbWU=\r\nc2VzYW1l\r\n", "334 334 235 250"),
    ] {
        let codes = say(&server, &format!("{sign_in}MAIL FROM:<a@example.com>\r\nQUIT\r\n")).await;
        assert_eq!(codes.join(" "), format!("220 {code} 221"));
    }
}
