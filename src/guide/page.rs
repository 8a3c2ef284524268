//! A finished page as it is sent: the bytes in every encoding, compressed once, and their mark.

use std::io::Write;

use actix_web::web::Bytes;

use crate::domain::token;

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
}

/// Brotli's quality: nine tenths of the best at a tenth of its time.
const BROTLI_QUALITY: i32 = 9;

impl Page {
    /// Compresses a page.
    ///
    /// # Errors
    /// Writing to memory does not fail; the compressors' signatures say it may.
    pub fn new(html: String) -> std::io::Result<Self> {
        let identity = Bytes::from(html);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&identity)?;
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, ..Default::default() };
        brotli::BrotliCompress(&mut identity.as_ref(), &mut brotli, &parameters)?;
        let mark = token::mark_of_bytes(&identity);
        Ok(Self { identity, brotli: brotli.into(), gzip: gzip.finish()?.into(), mark })
    }
}
