//! The HTTP door: pages, the API under `/api`, and the way into the live connection.

pub mod accept;
mod accounts;
mod admin;
mod archive;
pub mod auth;
mod chats;
pub mod doctor;
pub mod figures;
mod files;
mod invitations;
mod mail;
pub mod openapi;
mod pages;
mod people;
pub mod problem;
pub mod redirect;
mod snippets;
mod tickets;
mod transcripts;

pub use crate::door::Served;

use crate::config::Config;
use axum::Router;
use axum::body::HttpBody;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::FutureExt;
use problem::{BODY_MAX, problem, refuse};
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// A load balancer gets its answer within that time, whatever the database does.
const READY_WITHIN: Duration = Duration::from_secs(2);

/// Powers of a browser that no page of ours needs.
const POWERS: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), gamepad=(), \
    geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), \
    picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), \
    xr-spatial-tracking=()";

/// All routes; `live` is the way into the live connection, which is no business of this module; `doctor` the key of who may look through it.
pub fn router(served: Served, live: Router<Served>, doctor: Option<&str>) -> Router {
    Router::new()
        .merge(accounts::routes())
        .merge(admin::routes())
        .merge(snippets::routes())
        .merge(chats::routes())
        .merge(files::routes())
        .merge(archive::routes())
        .merge(tickets::routes())
        .merge(mail::routes())
        .merge(transcripts::routes())
        .merge(invitations::routes())
        .merge(people::routes())
        .merge(openapi::routes())
        .merge(pages::routes())
        .merge(doctor::routes(doctor))
        .merge(live)
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .fallback(async || {
            refuse(
                StatusCode::NOT_FOUND,
                problem("not_found", "There is nothing here.", "Check the address."),
            )
        })
        .method_not_allowed_fallback(async || {
            let problem = problem(
                "bad_method",
                "This address does not take that method.",
                "See the API description at /api/openapi.json.",
            );
            refuse(StatusCode::METHOD_NOT_ALLOWED, problem)
        })
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(middleware::from_fn_with_state(served.clone(), auth::guard))
        .layer(middleware::from_fn_with_state(served.clone(), guard))
        .with_state(served)
}

/// Ready while new connections are welcome.
async fn ready(State(served): State<Served>) -> Response {
    if served.shutdown.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping").into_response();
    }
    let reached = tokio::time::timeout(READY_WITHIN, served.app.reaches_its_data());
    if !reached.await.unwrap_or(false) {
        return (StatusCode::SERVICE_UNAVAILABLE, "no database").into_response();
    }
    "ready".into_response()
}

/// Around every request: a panic ends one request and nothing else, and no answer goes out without its headers.
async fn guard(State(served): State<Served>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let api = request.uri().path().starts_with("/api/");
    let method = known(request.method());
    let is_large = (request.body().size_hint().upper()).is_none_or(|bytes| bytes > BODY_MAX as u64);
    let route = request.extensions().get::<MatchedPath>().cloned();
    let answer = async {
        if is_misdirected(&request, &served) {
            return misdirected();
        }
        next.run(request).await
    };
    let mut response = AssertUnwindSafe(answer).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!("a request panicked");
        served.app.metrics().panicked();
        let problem = problem(
            "internal",
            "Something went wrong on our side.",
            "Try again; if it stays, tell the operator.",
        );
        refuse(StatusCode::INTERNAL_SERVER_ERROR, problem)
    });
    if response.status().as_u16() >= 400 && api && !is_json(&response) {
        response = as_problem(response).await;
    }
    let refused = response.status().as_u16() >= 400;
    let headers = response.headers_mut();
    if refused && is_large {
        // What was not read ends the connection, which nobody is to use once more (RFC 9112, 9.3 and 9.6).
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    headers
        .entry(HeaderName::from_static("cross-origin-resource-policy"))
        .or_insert(HeaderValue::from_static("same-origin"));
    headers.insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(POWERS),
    );
    if let Some(hsts) = hsts(&served.config) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, hsts);
    }
    if api {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    served
        .app
        .metrics()
        .answered(method, route, response.status().as_u16(), began.elapsed());
    response
}

fn hsts(config: &Config) -> Option<HeaderValue> {
    let hsts = &config.server.hsts;
    let said = config.is_https() && !hsts.is_empty();
    said.then(|| HeaderValue::from_str(hsts).ok())?
}

/// Methods that somebody made up are one in the figures.
fn known(method: &Method) -> &'static str {
    let all = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::OPTIONS,
    ];
    let words = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];
    let at = all.iter().position(|known| known == method);
    at.map_or("other", |at| words[at])
}

/// For a host that is not ours: a page elsewhere may have let its own name lead here. Who watches whether the service lives
/// comes by an address, and what a trusted proxy passes on is the proxy's business.
fn is_misdirected(request: &Request, served: &Served) -> bool {
    let host = request
        .headers()
        .get(header::HOST)
        .map(|host| host.to_str().unwrap_or_default());
    let host = request.uri().authority().map(|authority| authority.as_str()).or(host);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let by_proxy = peer.is_some_and(|peer| served.config.trusts(peer.0.ip()));
    let watched = matches!(request.uri().path(), "/healthz" | "/readyz");
    !by_proxy && !watched && !served.config.is_own_host(host.unwrap_or_default())
}

fn misdirected() -> Response {
    let say = "This service does not go by the name it was asked for.";
    let next = "Open the service at its own address; its operator sets that as public_url.";
    refuse(StatusCode::MISDIRECTED_REQUEST, problem("foreign_host", say, next))
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// What axum itself refuses (a path, a query) is a short text: it becomes a problem like every other refusal.
async fn as_problem(response: Response) -> Response {
    let status = response.status();
    let text = axum::body::to_bytes(response.into_body(), BODY_MAX)
        .await
        .unwrap_or_default();
    let say = format!("The request is not understood: {}", String::from_utf8_lossy(&text));
    refuse(
        status,
        problem("bad_input", &say, "See the API description at /api/openapi.json."),
    )
}
