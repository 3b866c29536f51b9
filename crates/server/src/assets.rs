//! The pages and their parts, embedded by `build.rs`: each with its brotli and gzip siblings made beforehand.

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One file as it can be sent.
pub struct Asset {
    pub body: &'static [u8],
    /// `br` or `gzip`, if the body is one of the siblings.
    pub encoding: Option<&'static str>,
    pub content_type: &'static str,
    /// Strong, of the body as sent.
    pub etag: &'static str,
}

struct Stored {
    body: &'static [u8],
    etag: String,
}

static STORED: LazyLock<HashMap<&'static str, Stored>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(name, body)| {
            let etag = etag(body);
            (*name, Stored { body, etag })
        })
        .collect()
});

/// A file by its name in `web/dist`, in the best encoding the client takes (RFC 9110, 12.5.3; weights are ignored).
pub fn get(name: &str, accept_encoding: &str) -> Option<Asset> {
    let plain = STORED.get_key_value(name)?;
    let takes = |word: &str| {
        accept_encoding
            .split(',')
            .any(|one| one.split(';').next().is_some_and(|one| one.trim() == word))
    };
    let sibling = |word: &'static str, end: &str| {
        let stored = STORED.get(format!("{name}{end}").as_str()).filter(|_| takes(word))?;
        Some((stored, Some(word)))
    };
    let (stored, encoding) = sibling("br", ".br")
        .or_else(|| sibling("gzip", ".gz"))
        .unwrap_or((plain.1, None));
    Some(Asset {
        body: stored.body,
        encoding,
        content_type: content_type(name),
        etag: &stored.etag,
    })
}

/// A strong one.
pub fn etag(body: &[u8]) -> String {
    let hash = Sha256::digest(body);
    let digits: String = hash[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}

/// What is made when it is asked for, as small as gzip has it.
pub fn gzipped(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

/// The text of an embedded page, for those that get something put in.
pub fn text(name: &str) -> Option<&'static str> {
    STORED
        .get(name)
        .and_then(|stored| std::str::from_utf8(stored.body).ok())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
