//! A finished page as it is sent: the bytes in every encoding, each compressed once, and what the answer's head says of
//! them.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};
use std::sync::OnceLock;

use actix_web::http::header::{HeaderName, HeaderValue, InvalidHeaderValue};
use actix_web::web::Bytes;
use jiff::Timestamp;

use crate::domain::token;
use crate::error::AppError;

/// The bytes of one page, with the mark that an ETag is made of. They are compressed when somebody asks for them so: a
/// search that is asked for once is not compressed twice.
#[derive(Debug, Clone)]
pub struct Page {
    /// As they are.
    pub identity: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
    /// Whether compressing makes it smaller.
    compresses: bool,
    /// Brotli's quality.
    quality: i32,
    /// Changes with the bytes.
    pub mark: String,
    /// The content type.
    pub media: Cow<'static, str>,
    /// When what it says last changed; none where nobody knows.
    pub modified: Option<Timestamp>,
    /// Whether its address never leads to other bytes, so that it may be kept for ever.
    pub lasting: bool,
    lines: Lines,
}

/// What stands in the head of its answers, made once.
#[derive(Debug, Clone)]
struct Lines {
    media: HeaderValue,
    modified: Option<HeaderValue>,
    /// The ETag of each encoding: other bytes, another tag.
    tags: [HeaderValue; 3],
    more: Vec<(HeaderName, HeaderValue)>,
}

/// How a page's bytes are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As they are.
    Identity,
    /// Compressed with brotli.
    Brotli,
    /// Compressed with gzip.
    Gzip,
}

/// The content type of a page that is read.
const HTML: &str = "text/html; charset=utf-8";

/// Brotli's quality. 7 takes twice as long and eight times the memory for a hundredth of the bytes; 11 saves an eighth of
/// them and takes a tenth of a second for a list of fifty programs.
const BROTLI_QUALITY: i32 = 5;
/// The same for a page that few ask for, in much less time: above 3, blocks are told apart by what stands in them.
const QUICK_BROTLI_QUALITY: i32 = 3;
/// How far back Brotli looks, as a power of two: over all of any page.
const BROTLI_WINDOW: i32 = 18;

impl Page {
    /// A page of HTML.
    ///
    /// # Errors
    /// As [`Page::new`].
    pub fn html(html: String, modified: Option<Timestamp>) -> Result<Self, AppError> {
        Self::new(html.into_bytes(), HTML, modified)
    }

    /// What has this content type.
    ///
    /// # Errors
    /// [`AppError::Broken`] for a content type that cannot stand in a head.
    pub fn new(body: Vec<u8>, media: impl Into<Cow<'static, str>>, modified: Option<Timestamp>) -> Result<Self, AppError> {
        let (identity, media) = (exactly(body), media.into());
        let mark = token::mark_of_bytes(&identity);
        let lines = Lines::new(&mark, media.clone(), modified).map_err(AppError::broken)?;
        let (brotli, gzip) = (OnceLock::new(), OnceLock::new());
        Ok(Self {
            identity,
            brotli,
            gzip,
            compresses: true,
            quality: BROTLI_QUALITY,
            mark,
            media,
            modified,
            lasting: false,
            lines,
        })
    }

    /// What is packed already: it is sent as it is, whatever else the reader takes.
    ///
    /// # Errors
    /// As [`Page::new`].
    pub fn packed(body: Vec<u8>, media: impl Into<Cow<'static, str>>, modified: Option<Timestamp>) -> Result<Self, AppError> {
        Ok(Self { compresses: false, ..Self::new(body, media, modified)? })
    }

    /// The same page, which few will ask for: whoever does waits for it to be compressed.
    #[must_use]
    pub fn for_few(self) -> Self {
        Self { quality: QUICK_BROTLI_QUALITY, ..self }
    }

    /// The same page under an address that never leads to other bytes.
    #[must_use]
    pub fn lasting(self) -> Self {
        Self { lasting: true, ..self }
    }

    /// The same page, if it did not change before this moment.
    #[must_use]
    pub(super) fn changed_since(mut self, moment: Timestamp) -> Self {
        self.modified = self.modified.max(Some(moment));
        self.lines.modified = self.modified.and_then(|modified| date(modified).ok());
        self
    }

    /// The same page with one more line in the head of its answers, in place of what stands there by default.
    ///
    /// # Errors
    /// [`AppError::Broken`] for what cannot stand in a head.
    pub fn saying(mut self, name: HeaderName, value: impl TryInto<HeaderValue, Error: Display>) -> Result<Self, AppError> {
        self.lines.more.push((name, value.try_into().map_err(AppError::broken)?));
        Ok(self)
    }

    /// The bytes in this encoding, compressed at the first call.
    ///
    /// # Errors
    /// Writing to memory does not fail; the compressors' signatures say it may.
    pub fn bytes(&self, encoding: Encoding) -> io::Result<&Bytes> {
        match encoding {
            Encoding::Identity => Ok(&self.identity),
            Encoding::Brotli => once(&self.brotli, || brotli(&self.identity, self.quality)),
            Encoding::Gzip => once(&self.gzip, || gzip(&self.identity)),
        }
    }

    /// The encoding in which it is sent to somebody who takes this one.
    pub fn encoding(&self, accepted: Encoding) -> Encoding {
        if self.compresses { accepted } else { Encoding::Identity }
    }

    /// The encodings in which there is something of it to keep.
    pub fn encodings(&self) -> &'static [Encoding] {
        match self.compresses {
            true => &[Encoding::Identity, Encoding::Brotli, Encoding::Gzip],
            false => &[Encoding::Identity],
        }
    }

    /// Whether its bytes are there in this encoding, so that nobody has to wait for them.
    pub fn is_ready(&self, encoding: Encoding) -> bool {
        match encoding {
            Encoding::Identity => true,
            Encoding::Brotli => self.brotli.get().is_some(),
            Encoding::Gzip => self.gzip.get().is_some(),
        }
    }

    /// Their ETag.
    pub fn tag(&self, encoding: Encoding) -> &HeaderValue {
        let [identity, brotli, gzip] = &self.lines.tags;
        match encoding {
            Encoding::Identity => identity,
            Encoding::Brotli => brotli,
            Encoding::Gzip => gzip,
        }
    }

    /// Its Content-Type.
    pub fn content_type(&self) -> &HeaderValue {
        &self.lines.media
    }

    /// Its Last-Modified.
    pub fn last_modified(&self) -> Option<&HeaderValue> {
        self.lines.modified.as_ref()
    }

    /// What else stands in the head of its answers.
    pub fn more(&self) -> &[(HeaderName, HeaderValue)] {
        &self.lines.more
    }

    /// How many bytes it takes at most in all encodings together: what is text compresses to less than a half.
    pub fn size(&self) -> usize {
        if self.compresses { self.identity.len() * 2 } else { self.identity.len() }
    }
}

/// What is kept here, made where it is not yet.
fn once(kept: &OnceLock<Bytes>, make: impl FnOnce() -> io::Result<Vec<u8>>) -> io::Result<&Bytes> {
    match kept.get() {
        Some(bytes) => Ok(bytes),
        None => {
            let made = exactly(make()?);
            Ok(kept.get_or_init(|| made))
        }
    }
}

fn brotli(bytes: &[u8], quality: i32) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: BROTLI_WINDOW, ..Default::default() };
    brotli::BrotliCompress(&mut { bytes }, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressor = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    compressor.write_all(bytes)?;
    compressor.finish()
}

/// As many bytes as there are, and not as many as were set aside while they grew.
fn exactly(bytes: Vec<u8>) -> Bytes {
    Bytes::from(bytes.into_boxed_slice())
}

impl Lines {
    fn new(mark: &str, media: Cow<'static, str>, modified: Option<Timestamp>) -> Result<Self, InvalidHeaderValue> {
        let tag = |encoding: &str| HeaderValue::from_maybe_shared(Bytes::from(format!("\"{mark}{encoding}\"")));
        let media = match media {
            Cow::Borrowed(media) => Bytes::from_static(media.as_bytes()),
            Cow::Owned(media) => Bytes::from(media),
        };
        Ok(Self {
            media: HeaderValue::from_maybe_shared(media)?,
            modified: modified.map(date).transpose()?,
            tags: [tag("")?, tag("-br")?, tag("-gzip")?],
            more: Vec::new(),
        })
    }
}

/// A moment as it stands in a head, which knows whole seconds.
fn date(moment: Timestamp) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from(moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()))
}
