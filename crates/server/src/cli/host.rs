//! The demo's host page: the site of a made-up ferry company, on an origin of its own, which embeds the chat.

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::cast;

const STYLE: &str = include_str!("host/style.css");
const ENGLISH: &str = include_str!("host/en.html");
const GERMAN: &str = include_str!("host/de.html");
const ARABIC: &str = include_str!("host/ar.html");

/// `/`, `/de` and `/rtl` are ordinary pages; `/strict` is the first one under the strictest policy that is met.
pub fn router(desk: &str) -> Router {
    let strict = format!(
        "default-src 'none'; style-src 'self'; script-src {desk}; frame-src {desk}; trusted-types 'none'; \
         require-trusted-types-for 'script'"
    );
    let page = |text: &str, policy: Option<String>| {
        let script = format!("<script async src=\"{desk}/snippet/{}.js\"></script>", cast::SNIPPET);
        let text = text.replace("<!-- chat -->", &script);
        get(move || async move { html(text, policy) })
    };
    Router::new()
        .route("/", page(ENGLISH, None))
        .route("/strict", page(ENGLISH, Some(strict)))
        .route("/de", page(GERMAN, None))
        .route("/rtl", page(ARABIC, None))
        // Asked for by browsers, named by no page: a policy may forbid images.
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route(
            "/style.css",
            get(|| async { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE) }),
        )
}

fn html(text: String, policy: Option<String>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
    if let Some(policy) = policy.and_then(|policy| policy.parse().ok()) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
