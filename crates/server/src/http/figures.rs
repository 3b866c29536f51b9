//! The second door, for what watches the service: figures and health, on an address of its own.
//!
//! Invariant: figures are never served where visitors come.

use super::problem::{problem, refuse};
use super::{Served, ready};
use crate::metrics::CONTENT_TYPE;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::net::IpAddr;

pub fn router(served: Served) -> Router {
    Router::new()
        .route("/metrics", get(figures))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .layer(middleware::from_fn_with_state(served.clone(), guard))
        .with_state(served)
}

async fn figures(State(served): State<Served>) -> Response {
    let head = [
        (header::CONTENT_TYPE, CONTENT_TYPE),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (head, served.app.figures().await).into_response()
}

/// A page in a browser on this machine may have let its own name lead here; a collector comes by an address. Where other machines may come
/// they know this one by whatever name.
async fn guard(State(served): State<Served>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    if served.config.metrics.any_network || is_address(host) {
        return next.run(request).await;
    }
    let say = "Figures are not told by this name.";
    let next = "Ask by the address of this machine.";
    refuse(StatusCode::MISDIRECTED_REQUEST, problem("foreign_host", say, next))
}

/// An IP address or `localhost`, with or without a port.
fn is_address(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_address_is_no_name() {
        for address in [
            "127.0.0.1",
            "127.0.0.1:9464",
            "[::1]:9464",
            "[::1]",
            "localhost:9464",
            "10.0.0.7",
        ] {
            assert!(is_address(address), "{address}");
        }
        for name in [
            "",
            "evil.example",
            "evil.example:9464",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
        ] {
            assert!(!is_address(name), "{name}");
        }
    }
}
