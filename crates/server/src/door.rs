//! What HTTP and the live connection share: the running service, and what a request's headers say about who comes.

use crate::app::App;
use crate::config::Config;
use axum::http::{HeaderMap, header};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use wire::Surface;

/// The running service, as its handlers get it.
#[derive(Clone)]
pub struct Served {
    pub app: Arc<App>,
    pub config: Arc<Config>,
    /// Cancelled when the service is to end: nothing new is begun.
    pub shutdown: CancellationToken,
}

/// Whether the page that asks is one of ours. Programs that are no browsers send no `Origin` and pass: what they may is
/// decided by their token.
pub fn origin_ok(headers: &HeaderMap, config: &Config) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let own = origins.all(|origin| origin.to_str().is_ok_and(|origin| config.is_own_origin(origin)));
    let fetched = headers.get("sec-fetch-site").map(|site| site.as_bytes());
    own && matches!(fetched, None | Some(b"same-origin" | b"none"))
}

/// The session's token in the cookie of this surface; visitors have none.
pub fn cookie(headers: &HeaderMap, surface: Surface, config: &Config) -> Option<String> {
    let name = cookie_name(surface, config)?;
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// With https the name begins with `__Host-`: browsers then keep the cookie to this host and to encrypted connections.
pub fn cookie_name(surface: Surface, config: &Config) -> Option<String> {
    let name = match surface {
        Surface::Agent => "deskbell_agent",
        Surface::Customer => "deskbell_customer",
        Surface::Visitor => return None,
    };
    let prefix = if config.is_https() { "__Host-" } else { "" };
    Some(format!("{prefix}{name}"))
}
