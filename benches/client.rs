//! A small HTTP client: one connection that is kept, and answers that say how long they are.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection to the server.
pub struct Client {
    stream: TcpStream,
    read: Vec<u8>,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The lines of the head.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// What the head says under this name; the first, where it stands there more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

impl Client {
    /// Connects to the server.
    pub async fn connect(address: &str) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::new() })
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        self.stream.write_all(request).await?;
        let end = loop {
            match self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                Some(end) => break end + 4,
                None => self.read_more().await?,
            }
        };
        let head = String::from_utf8_lossy(&self.read[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        let mut answer = Answer { status, head, body: Vec::new() };
        let length: usize = match answer.header("content-length") {
            Some(length) => length.parse().expect("a length"),
            None if status == 304 => 0,
            None => panic!("an answer without a length:\n{}", answer.head),
        };
        while self.read.len() < end + length {
            self.read_more().await?;
        }
        answer.body = self.read[end..end + length].to_vec();
        self.read.drain(..end + length);
        Ok(answer)
    }

    async fn read_more(&mut self) -> std::io::Result<()> {
        match self.stream.read_buf(&mut self.read).await? {
            0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

/// A request for a page.
pub fn get(address: &str, path: &str, encoding: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {encoding}\r\n\r\n").into_bytes()
}

/// A request that posts a form, as a browser sends it.
pub fn post(address: &str, path: &str, cookie: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n\
         Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
