//! Who asks: surface, session, network, and whether the page that asks is one of ours.

use super::problem::{problem, refuse};
use crate::app::{AppError, Network};
pub use crate::app::{Comer, Signed};
use crate::config::Config;
use crate::door::{Served, cookie, cookie_name, origin_ok};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use wire::Surface;

/// The header that says from which surface a request comes. Cross-site forms and images cannot set it.
pub const SURFACE: &str = "x-deskbell-surface";

/// `X-Deskbell-Surface`, there on every request under `/api` but those that are open to everybody.
pub struct From(pub Surface);

impl<S: Send + Sync> FromRequestParts<S> for From {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        surface(&parts.headers).map(Self).ok_or_else(no_surface)
    }
}

fn surface(headers: &HeaderMap) -> Option<Surface> {
    match headers.get(SURFACE)?.as_bytes() {
        b"agent" => Some(Surface::Agent),
        b"customer" => Some(Surface::Customer),
        b"visitor" => Some(Surface::Visitor),
        _ => None,
    }
}

impl FromRequestParts<Served> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, served: &Served) -> Result<Self, Response> {
        let (surface, token) = came_with(parts, served).map_err(|refused| *refused)?;
        let signed = served.app.signed(surface, &token).await;
        let signed = signed.map_err(IntoResponse::into_response)?;
        // Who changes something is active; looking is done by pages on their own as well.
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            served.app.was_active(&signed.person);
        }
        Ok(signed)
    }
}

/// Somebody with a valid session, also while he owes a second factor: for what he needs to set it up.
pub struct Owing(pub Signed);

impl FromRequestParts<Served> for Owing {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, served: &Served) -> Result<Self, Response> {
        let (surface, token) = came_with(parts, served).map_err(|refused| *refused)?;
        let signed = served.app.signed_or_owing(surface, &token).await;
        signed.map(Self).map_err(IntoResponse::into_response)
    }
}

fn came_with(parts: &Parts, served: &Served) -> Result<(Surface, String), Box<Response>> {
    let surface = surface(&parts.headers).ok_or_else(|| Box::new(no_surface()))?;
    let token = bearer(&parts.headers).or_else(|| cookie(&parts.headers, surface, &served.config));
    let token = token.ok_or_else(|| Box::new(AppError::SignedOut.into_response()))?;
    Ok((surface, token))
}

impl FromRequestParts<Served> for Comer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, served: &Served) -> Result<Self, Infallible> {
        let CameFrom(network) = CameFrom::from_request_parts(parts, served).await?;
        let agent = parts.headers.get(header::USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok()).map(str::to_owned);
        Ok(Self { network, agent })
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = given.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// Where the request came from, as limits count it.
pub struct CameFrom(pub Network);

impl FromRequestParts<Served> for CameFrom {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, served: &Served) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::from([0; 4]), |peer| peer.0.ip());
        let forwarded = parts.headers.get_all("x-forwarded-for").iter();
        // Bytes that are no text end the chain, like any other nonsense.
        let forwarded = forwarded.map(|header| header.to_str().unwrap_or("?"));
        Ok(Self(served.config.network(peer, forwarded)))
    }
}

/// Stands before every route under `/api`: the surface is named, and what changes something comes from our own pages.
pub async fn guard(State(served): State<Served>, request: Request, next: Next) -> Response {
    let (path, method) = (request.uri().path(), request.method());
    let open = *method == Method::GET && (path.starts_with("/api/snippets/") || path == "/api/openapi.json");
    if path.starts_with("/api/") && !open && surface(request.headers()).is_none() {
        return no_surface();
    }
    let safe = matches!(*method, Method::GET | Method::HEAD);
    if !safe && !origin_ok(request.headers(), &served.config) {
        return foreign_page();
    }
    next.run(request).await
}

fn no_surface() -> Response {
    let say = "The header X-Deskbell-Surface has to be agent, customer or visitor.";
    let next = "See the API description at /api/openapi.json.";
    refuse(StatusCode::BAD_REQUEST, problem("bad_input", say, next))
}

fn foreign_page() -> Response {
    let say = "The page that asks does not belong to this service.";
    let next = "Open the service at its own address.";
    refuse(StatusCode::FORBIDDEN, problem("foreign_page", say, next))
}

/// The header that makes a browser keep a session's token for so long. `None` takes it away.
pub fn set_cookie(surface: Surface, token: Option<&str>, longest_s: i64, config: &Config) -> Option<HeaderValue> {
    let name = cookie_name(surface, config)?;
    let (value, age_s) = token.map_or(("", 0), |token| (token, longest_s));
    let secure = if config.is_https() { "; Secure" } else { "" };
    // A link from elsewhere opens the page, which needs no session; what the page then asks comes from itself.
    let cookie = format!("{name}={value}; Path=/; Max-Age={age_s}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&cookie).ok()
}
