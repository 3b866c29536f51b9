//! What `deskbell doctor` asks of the service through its public address: how a request looks on arrival, whether answers come as they are
//! written, whether a whole file gets through. For whoever can read the key that the service leaves in its data folder; for others there
//! is nothing here.

use super::pages::missing;
use crate::door::Served;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::fs;
use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// In the data folder.
pub const KEY_FILE: &str = "doctor.key";
/// Pieces of the slow answer, and the pause after each.
pub const PIECES: usize = 3;
pub const PAUSE: Duration = Duration::from_millis(500);
/// The longest file that a chat takes, in bytes.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;

/// How a request looked on arrival.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Seen {
    pub peer: SocketAddr,
    /// Whether the peer is one of `trusted_proxies`.
    pub trusted: bool,
    /// `X-Forwarded-For`, header by header.
    pub forwarded: Vec<String>,
    /// Where the service takes the request to have come from.
    pub client: IpAddr,
    pub host: String,
    pub public_url: String,
    pub version: String,
}

/// Whoever has this may ask.
#[derive(Clone)]
struct Key([u8; 32]);

/// Leaves a new key in the data folder. The error is a sentence.
pub fn leave_key(folder: &Path) -> Result<String, String> {
    let file = folder.join(KEY_FILE);
    let cannot = |e: std::io::Error| format!("{} cannot be written: {e}", file.display());
    let key: [u64; 4] = std::array::from_fn(|_| getrandom::u64().unwrap_or_default());
    if key.contains(&0) {
        return Err("the system has no random numbers".into());
    }
    let key = key.iter().map(|part| format!("{part:016x}")).collect::<String>();
    let beside = folder.join(format!("{KEY_FILE}.new"));
    let _ = fs::remove_file(&beside);
    let mut options = fs::OpenOptions::new();
    let made = options.write(true).create_new(true).mode(0o600).open(&beside);
    made.map_err(cannot)?.write_all(key.as_bytes()).map_err(cannot)?;
    fs::rename(&beside, &file).map_err(cannot)?;
    Ok(key)
}

/// Nothing at all without a key.
pub fn routes(key: Option<&str>) -> Router<Served> {
    let Some(key) = key else { return Router::new() };
    let key = Key(Sha256::digest(key).into());
    Router::new()
        .route("/doctor/seen", get(seen))
        .route("/doctor/slow", get(slow))
        .route("/doctor/file", post(file).layer(DefaultBodyLimit::max(FILE_BYTES + 1)))
        .layer(middleware::from_fn_with_state(key, guard))
}

async fn guard(State(key): State<Key>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION);
    let given = given.and_then(|given| given.as_bytes().strip_prefix(b"Bearer "));
    // Hashes are compared: how long that takes tells nothing of the key.
    let same = given.is_some_and(|given| <[u8; 32]>::from(Sha256::digest(given)) == key.0);
    match same {
        true => next.run(request).await,
        false => missing(),
    }
}

async fn seen(
    State(served): State<Served>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Json<Seen> {
    let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let forwarded: Vec<String> = headers.get_all("x-forwarded-for").iter().map(text).collect();
    let config = &served.config;
    Json(Seen {
        peer: SocketAddr::new(peer.ip().to_canonical(), peer.port()),
        trusted: config.trusts(peer.ip()),
        client: config.client_address(peer.ip(), forwarded.iter().map(String::as_str)),
        forwarded,
        host: headers.get(header::HOST).map(text).unwrap_or_default(),
        public_url: config.server.public_url.clone(),
        version: env!("CARGO_PKG_VERSION").into(),
    })
}

async fn slow() -> Response {
    let pieces = futures_util::stream::unfold(0, async |n| {
        if n == PIECES {
            return None;
        }
        if n > 0 {
            tokio::time::sleep(PAUSE).await;
        }
        Some((Ok::<_, Infallible>(Bytes::from_static(b"a piece\n")), n + 1))
    });
    let head = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (head, Body::from_stream(pieces)).into_response()
}

/// Answers with how many bytes arrived.
async fn file(body: Bytes) -> Json<usize> {
    Json(body.len())
}
