//! One client's connection to the mail server, line by line.

use std::{future::pending, io};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::sleep,
};

use super::{Dismissal, Received, Shared};

const GREETING: &str = "220 test.example.com ready";
const DONE: &str = "250 2.0.0 Done";
const BAD_SEQUENCE: &str = "503 5.5.1 Not now";
const SEND_PASSWORD_FIRST: &str = "530 5.7.0 Authentication required";

/// Answers a client until it leaves.
pub async fn hold(stream: TcpStream, shared: Shared) {
    let mut conversation =
        Conversation { stream: BufReader::new(stream), shared, is_authenticated: false, from: None, to: Vec::new() };
    // A client that breaks off is no failure of the server.
    let _broken_off = conversation.run().await;
}

struct Conversation {
    stream: BufReader<TcpStream>,
    shared: Shared,
    is_authenticated: bool,
    from: Option<String>,
    to: Vec<String>,
}

impl Conversation {
    async fn run(&mut self) -> io::Result<()> {
        self.answer(GREETING).await?;
        while let Some(line) = self.line().await? {
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => self.answer(&self.capabilities()).await?,
                "HELO" | "NOOP" => self.answer(DONE).await?,
                "RSET" => {
                    self.forget_letter();
                    self.answer(DONE).await?;
                }
                "AUTH" => self.authenticate(rest).await?,
                "MAIL" => {
                    let answer = self.begin_letter(rest);
                    self.answer(&answer).await?;
                }
                "RCPT" => {
                    let answer = self.add_receiver(rest);
                    self.decide(&answer).await?;
                }
                "DATA" => self.take_letter().await?,
                "QUIT" => return self.answer("221 2.0.0 Bye").await,
                _ => self.answer("502 5.5.2 Unknown command").await?,
            }
        }
        Ok(())
    }

    /// A line without its end; `None` when the client is gone.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let bytes = self.line_bytes().await?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned()))
    }

    async fn line_bytes(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let length = self.stream.read_until(b'\n', &mut bytes).await?;
        Ok((length > 0).then_some(bytes))
    }

    async fn answer(&mut self, line: &str) -> io::Result<()> {
        self.stream.write_all(format!("{line}\r\n").as_bytes()).await
    }

    fn capabilities(&self) -> String {
        let open = "250-test.example.com\r\n250-PIPELINING\r\n250";
        match self.needs_password() {
            true => format!("{open}-8BITMIME\r\n250 AUTH {}", self.shared.lock().ways_in),
            false => format!("{open} 8BITMIME"),
        }
    }

    fn needs_password(&self) -> bool {
        !self.is_authenticated && self.shared.lock().credentials.is_some()
    }

    fn begin_letter(&mut self, rest: &str) -> String {
        if self.needs_password() {
            return SEND_PASSWORD_FIRST.to_owned();
        }
        self.forget_letter();
        self.from = address_in(rest);
        self.from.as_ref().map_or("501 5.1.7 No address", |_from| DONE).to_owned()
    }

    fn add_receiver(&mut self, rest: &str) -> String {
        if self.from.is_none() {
            return BAD_SEQUENCE.to_owned();
        }
        let Some(address) = address_in(rest) else {
            return "501 5.1.3 No address".to_owned();
        };
        if let Some(refusal) = self.shared.lock().refused_addresses.get(&address) {
            return refusal.clone();
        }
        self.to.push(address);
        DONE.to_owned()
    }

    async fn take_letter(&mut self) -> io::Result<()> {
        if self.to.is_empty() {
            return self.answer(BAD_SEQUENCE).await;
        }
        self.answer("354 Go ahead").await?;
        let Some(raw) = self.letter().await? else {
            return Ok(());
        };
        let refusal = self.shared.lock().refusals.pop();
        if refusal.is_none() {
            self.record(raw);
        }
        self.forget_letter();
        self.decide(refusal.as_deref().unwrap_or(DONE)).await
    }

    /// Answers what was asked for, and after a refusal perhaps nothing more.
    async fn decide(&mut self, answer: &str) -> io::Result<()> {
        self.answer(answer).await?;
        let falls_silent = answer != DONE && self.shared.lock().silent_after_refusing;
        if falls_silent { pending().await } else { Ok(()) }
    }

    /// Everything up to the line with a single dot; a line's first dot is doubled on the way.
    async fn letter(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut letter = Vec::new();
        while let Some(line) = self.line_bytes().await? {
            if line == b".\r\n" {
                return Ok(Some(letter));
            }
            letter.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        Ok(None)
    }

    fn record(&mut self, raw: Vec<u8>) {
        let envelope_from = self.from.take().unwrap_or_default();
        let envelope_to = std::mem::take(&mut self.to);
        self.shared.lock().received.push(Received { envelope_from, envelope_to, raw });
        self.shared.arrived.send_modify(|count| *count += 1);
    }

    fn forget_letter(&mut self) {
        self.from = None;
        self.to.clear();
    }

    async fn authenticate(&mut self, rest: &str) -> io::Result<()> {
        let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
        let given = match mechanism.to_ascii_uppercase().as_str() {
            "PLAIN" => {
                let response = self.response(initial, "").await?;
                plain_credentials(&response)
            }
            "LOGIN" => {
                let user = self.response(initial, "Username:").await?;
                Some((user, self.response("", "Password:").await?))
            }
            _ => None,
        };
        self.is_authenticated = given.is_some() && given == self.shared.lock().credentials;
        match self.is_authenticated {
            true => self.answer("235 2.7.0 Welcome").await,
            false => self.dismiss().await,
        }
    }

    async fn dismiss(&mut self) -> io::Result<()> {
        let dismissal = self.shared.lock().dismissal;
        if let Dismissal::After(pause) = dismissal {
            sleep(pause).await;
        }
        self.answer("535 5.7.8 Wrong user name or password").await?;
        match dismissal {
            Dismissal::Politely | Dismissal::After(_) => Ok(()),
            Dismissal::Coldly => pending().await,
            Dismissal::HangingUp => Err(io::ErrorKind::ConnectionAborted.into()),
        }
    }

    /// What the client said at once, or says when it is asked.
    async fn response(&mut self, initial: &str, question: &str) -> io::Result<String> {
        let encoded = match initial {
            "" => {
                self.answer(&format!("334 {}", base64::encode(question))).await?;
                self.line().await?.unwrap_or_default()
            }
            _ => initial.to_owned(),
        };
        Ok(base64::decode(&encoded))
    }
}

fn plain_credentials(response: &str) -> Option<(String, String)> {
    let mut parts = response.split('\0').skip(1).map(str::to_owned);
    Some((parts.next()?, parts.next()?))
}

/// The address in `FROM:<address> BODY=8BITMIME`; empty for an answer to nobody, `<>`.
fn address_in(rest: &str) -> Option<String> {
    let (_before, after) = rest.split_once('<')?;
    Some(after.split_once('>')?.0.to_owned())
}

/// As much of base64 as signing in takes.
mod base64 {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    pub fn encode(text: &str) -> String {
        let encode_group = |group: &[u8]| {
            let bits = group.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - group.len()));
            (0..4)
                .map(|place| match place <= group.len() {
                    true => char::from(ALPHABET[bits >> (18 - 6 * place) & 63]),
                    false => '=',
                })
                .collect::<String>()
        };
        text.as_bytes().chunks(3).map(encode_group).collect()
    }

    pub fn decode(text: &str) -> String {
        let digit = |byte: u8| ALPHABET.iter().position(|known| *known == byte);
        let digits: Vec<usize> = text.bytes().filter_map(digit).collect();
        let decode_group = |group: &[usize]| {
            let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
            let bytes = [bits >> 16, bits >> 8, bits].map(|byte| (byte & 255) as u8);
            bytes[..group.len() - 1].to_vec()
        };
        let bytes: Vec<u8> = digits.chunks(4).flat_map(decode_group).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn encodes_and_decodes() {
        for (text, encoded) in [("", ""), ("U", "VQ=="), ("Us", "VXM="), ("Use", "VXNl"), ("\0ü\0p", "AMO8AHA=")] {
            assert_eq!(encode(text), encoded);
            assert_eq!(decode(encoded), text);
        }
    }
}
