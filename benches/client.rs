//! A small HTTP client: one connection that is kept.

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
        let end = self.position(b"\r\n\r\n").await? + 4;
        let head = String::from_utf8_lossy(&self.read[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        self.read.drain(..end);
        let mut answer = Answer { status, head, body: Vec::new() };
        answer.body = match answer.header("content-length") {
            Some(length) => self.take(length.parse().expect("a length")).await?,
            None if answer.header("transfer-encoding").is_some() => self.chunks().await?,
            None => Vec::new(),
        };
        Ok(answer)
    }

    /// A body that comes in pieces, each with its length before it.
    async fn chunks(&mut self) -> std::io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = self.position(b"\r\n").await?;
            let line = self.take(end + 2).await?;
            let length = usize::from_str_radix(String::from_utf8_lossy(&line).trim(), 16).expect("a length");
            body.extend(self.take(length).await?);
            self.take(2).await?;
            if length == 0 {
                return Ok(body);
            }
        }
    }

    /// The next bytes, as many as these.
    async fn take(&mut self, length: usize) -> std::io::Result<Vec<u8>> {
        while self.read.len() < length {
            self.read_more().await?;
        }
        Ok(self.read.drain(..length).collect())
    }

    /// Where these bytes begin.
    async fn position(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        loop {
            match self.read.windows(bytes.len()).position(|window| window == bytes) {
                Some(position) => return Ok(position),
                None => self.read_more().await?,
            }
        }
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
