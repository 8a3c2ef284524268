//! A finished page as it is sent: the bytes in every encoding, compressed once, and their mark.

use std::borrow::Cow;
use std::io::Write;

use actix_web::web::Bytes;
use jiff::Timestamp;

use crate::domain::token;
use crate::error::AppError;

/// The bytes of one page in every encoding, with the mark that an ETag is made of.
#[derive(Debug, Clone)]
pub struct Page {
    /// As they are.
    pub identity: Bytes,
    /// Compressed with brotli.
    pub brotli: Bytes,
    /// Compressed with gzip.
    pub gzip: Bytes,
    /// Changes with the bytes.
    pub mark: String,
    /// The content type.
    pub media: Cow<'static, str>,
    /// When what it says last changed; none where nobody knows.
    pub modified: Option<Timestamp>,
}

/// The content type of a page that is read.
const HTML: &str = "text/html; charset=utf-8";

/// Brotli's quality. 9 takes 32 MiB of memory and six times as long, for a hundredth of the bytes or two; 11 saves a
/// seventh of them and takes a quarter of a second for the list of 300 programs.
const BROTLI_QUALITY: i32 = 7;
/// How far back Brotli looks, as a power of two: over all of any page.
const BROTLI_WINDOW: i32 = 18;

impl Page {
    /// Compresses a page of HTML.
    ///
    /// # Errors
    /// As [`Page::new`].
    pub fn html(html: String, modified: Option<Timestamp>) -> Result<Self, AppError> {
        Self::new(html.into_bytes(), HTML, modified)
    }

    /// Compresses what has this content type.
    ///
    /// # Errors
    /// Writing to memory does not fail; the compressors' signatures say it may.
    pub fn new(body: Vec<u8>, media: impl Into<Cow<'static, str>>, modified: Option<Timestamp>) -> Result<Self, AppError> {
        Self::compressed(body, media.into(), modified).map_err(AppError::broken)
    }

    fn compressed(body: Vec<u8>, media: Cow<'static, str>, modified: Option<Timestamp>) -> std::io::Result<Self> {
        let identity = exactly(body);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&identity)?;
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, lgwin: BROTLI_WINDOW, ..Default::default() };
        brotli::BrotliCompress(&mut identity.as_ref(), &mut brotli, &parameters)?;
        let mark = token::mark_of_bytes(&identity);
        Ok(Self { identity, brotli: exactly(brotli), gzip: exactly(gzip.finish()?), mark, media, modified })
    }

    /// How many bytes it takes in all encodings together.
    pub fn size(&self) -> usize {
        self.identity.len() + self.brotli.len() + self.gzip.len()
    }
}

/// As many bytes as there are, and not as many as were set aside while they grew.
fn exactly(bytes: Vec<u8>) -> Bytes {
    Bytes::from(bytes.into_boxed_slice())
}
