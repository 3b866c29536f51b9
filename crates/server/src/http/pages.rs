//! The pages, their parts, and the loader for other people's pages.

use super::Served;
use super::problem::{problem, refuse};
use crate::app::Look;
use crate::assets;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

/// What a page of ours may do: load its own parts, ask its own server, be framed by nobody.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
    require-trusted-types-for 'script'; ";

const NONE: &str = "'none'";
/// The rule by which pages of those who sign in name one script themselves: their service worker.
const WORKER: &str = "worker";

const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/portal/") }))
        .route("/agent", get(|| async { Redirect::permanent("/agent/") }))
        .route("/agent/", get(agent))
        .route("/agent/worker.js", get(worker))
        .route("/agent/{*path}", get(agent))
        .route("/portal", get(|| async { Redirect::permanent("/portal/") }))
        .route("/portal/", get(customer))
        .route("/portal/worker.js", get(worker))
        .route("/portal/{*path}", get(customer))
        .route("/chat/{snippet}", get(chat))
        .route("/mail/{language}", get(mail))
        .route("/widget/frame/{snippet}", get(frame))
        .route("/preview/{snippet}", get(preview))
        .route("/preview/frame/{snippet}", get(preview_frame))
        .route("/loader.js", get(loader))
        .route("/snippet/{script}", get(snippet))
        .route("/look.css", get(look_css))
        .route("/look/{name}", get(logo))
        .route("/assets/{*path}", get(asset))
}

/// Administrators look at their snippets there.
async fn agent(State(served): State<Served>, headers: HeaderMap) -> Response {
    let page = looking("agent/index.html", &served, &headers).await;
    with_policy(page, WORKER, "'none'; frame-src 'self'")
}

async fn customer(State(served): State<Served>, headers: HeaderMap) -> Response {
    let page = looking("customer/index.html", &served, &headers).await;
    with_policy(page, WORKER, NONE)
}

async fn chat(State(served): State<Served>, headers: HeaderMap) -> Response {
    with_policy(looking("chat/index.html", &served, &headers).await, NONE, NONE)
}

async fn mail(State(served): State<Served>, headers: HeaderMap) -> Response {
    with_policy(looking("mail/index.html", &served, &headers).await, NONE, NONE)
}

/// A page as this installation looks.
async fn looking(name: &str, served: &Served, headers: &HeaderMap) -> Response {
    let look = match served.app.page_look().await {
        Ok(look) => look,
        Err(error) => return error.into_response(),
    };
    let text = assets::text(name).filter(|_| look != Look::default());
    let Some(text) = text else {
        return file(name, headers, ASK_AGAIN);
    };
    let mut body = text.replacen("</head>", &(head_of(&look) + "  </head>"), 1);
    let title = body.find("<title>").zip(body.find("</title>"));
    if let (Some(own), Some((from, to))) = (&look.name, title) {
        body.replace_range(from..to, &format!("<title>{}", quoted(own)));
    }
    let html = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, ASK_AGAIN),
    ];
    (html, body).into_response()
}

/// What of the look a page's head holds.
fn head_of(look: &Look) -> String {
    let said = |what: &str, text: &str| format!("  <meta name=\"deskbell-{what}\" content=\"{}\" />\n", quoted(text));
    let name = look.name.as_ref().map(|name| said("name", name));
    let logo = look.logo.as_ref().map(|path| said("logo", path));
    let colour = look
        .colour
        .then(|| "  <link rel=\"stylesheet\" href=\"/look.css\" />\n".to_owned());
    [name, logo, colour].into_iter().flatten().collect()
}

/// As it stands in HTML, also between quotes.
fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

async fn look_css(State(served): State<Served>, headers: HeaderMap) -> Response {
    let body = served.app.look_css();
    let etag = assets::etag(body.as_bytes());
    let seen = asks(&headers, header::IF_NONE_MATCH).contains(&etag);
    let common = [(header::CACHE_CONTROL, ASK_AGAIN.to_owned()), (header::ETAG, etag)];
    if seen {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, "text/css; charset=utf-8")], body).into_response()
}

/// Its name holds a hash of it.
async fn logo(State(served): State<Served>, Path(name): Path<String>) -> Response {
    match served.app.logo().await {
        Ok(Some((logo, hash))) if name == format!("{hash}.png") => {
            let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, FOREVER)];
            (headers, logo).into_response()
        }
        Ok(_) => missing(),
        Err(error) => error.into_response(),
    }
}

fn page(name: &str, headers: &HeaderMap, rule: &str) -> Response {
    with_policy(file(name, headers, ASK_AGAIN), rule, NONE)
}

/// Shows notifications for the pages beside it; its folder is what it is for.
async fn worker(headers: HeaderMap) -> Response {
    file("worker.js", &headers, ASK_AGAIN)
}

/// The panel, framed by the sites of its snippet only; they are also told to it, for its messages.
async fn frame(State(served): State<Served>, Path(snippet): Path<String>, headers: HeaderMap) -> Response {
    let sites = match served.app.snippet_sites(&snippet).await {
        Ok(Some(sites)) => sites,
        Ok(None) => return missing(),
        Err(error) => return error.into_response(),
    };
    // Sites are checked to be origins when they are stored: nothing in them needs escaping, here or in the policy.
    let sites = sites.join(" ");
    let Some(text) = assets::text("widget/frame.html") else {
        return page("widget/frame.html", &headers, NONE);
    };
    let look = match served.app.page_look().await {
        Ok(look) => Look {
            name: None,
            logo: None,
            ..look
        },
        Err(error) => return error.into_response(),
    };
    let meta = format!(
        "<meta name=\"deskbell-sites\" content=\"{sites}\">\n{}  </head>",
        head_of(&look)
    );
    let body = text.replacen("</head>", &meta, 1);
    let response = (
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
        ],
        body,
    )
        .into_response();
    with_policy(response, NONE, &format!("'self' {sites}"))
}

/// What is to be tried of a snippet that may not be saved yet.
#[derive(Deserialize)]
struct Tried {
    /// [`wire::SnippetLook`], as JSON.
    look: String,
    lang: String,
}

/// Somebody's page with the snippet on it, whose chat is simulated in the browser; for our own pages to frame.
async fn preview(
    State(served): State<Served>,
    Path(snippet): Path<String>,
    Query(tried): Query<Tried>,
    headers: HeaderMap,
) -> Response {
    let Ok(look) = serde_json::from_str(&tried.look) else {
        return missing();
    };
    let look = match served.app.tried_launcher(&snippet, &look).await {
        Ok(look) => look.to_string(),
        Err(error) => return error.into_response(),
    };
    let Some(text) = assets::text("preview/index.html") else {
        return page("preview/index.html", &headers, NONE);
    };
    // An id that a snippet has needs no quoting.
    let script = format!(
        "<script async src=\"/loader.js\" data-snippet=\"{snippet}\" data-frame=\"preview\" data-look=\"{}\" data-lang=\"{}\"></script>\n  </body>",
        quoted(&look),
        quoted(&tried.lang)
    );
    let html = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, ASK_AGAIN),
    ];
    let response = (html, text.replacen("</body>", &script, 1)).into_response();
    with_policy(response, NONE, "'self'; frame-src 'self'")
}

async fn preview_frame(headers: HeaderMap) -> Response {
    with_policy(file("preview/frame.html", &headers, ASK_AGAIN), NONE, "'self'")
}

/// The one thing that other people's pages load.
async fn loader(headers: HeaderMap) -> Response {
    for_other_pages(file("loader.js", &headers, "public, max-age=300, must-revalidate"))
}

/// The loader as `<public id>.js`, which knows how the snippet looks today.
async fn snippet(State(served): State<Served>, Path(script): Path<String>, headers: HeaderMap) -> Response {
    let Some(id) = script.strip_suffix(".js") else {
        return missing();
    };
    let look = match served.app.launcher(id).await {
        Ok(Some(look)) => look,
        Ok(None) => return missing(),
        Err(error) => return error.into_response(),
    };
    let Some(loader) = assets::text("loader.js") else {
        return missing();
    };
    // A text of JSON, and that as a text of JavaScript: nothing in it can end either.
    let look = serde_json::Value::String(look.to_string());
    let known = format!("(d=>{{d.snippet=\"{id}\";d.look={look}}})(document.currentScript.dataset);\n");
    let body = known + loader;
    let etag = assets::etag(body.as_bytes());
    let common = [
        (header::CACHE_CONTROL, HeaderValue::from_static(ASK_AGAIN)),
        (
            header::ETAG,
            HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\"")),
        ),
        (header::VARY, HeaderValue::from_static("Accept-Encoding")),
    ];
    if asks(&headers, header::IF_NONE_MATCH).contains(&etag) {
        return for_other_pages((StatusCode::NOT_MODIFIED, common).into_response());
    }
    let script = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    let takes_gzip = asks(&headers, header::ACCEPT_ENCODING).contains("gzip");
    for_other_pages(match takes_gzip.then(|| assets::gzipped(body.as_bytes())).flatten() {
        Some(small) => (common, script, [(header::CONTENT_ENCODING, "gzip")], small).into_response(),
        None => (common, script, body).into_response(),
    })
}

fn for_other_pages(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response.headers_mut().insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}

/// Their names hold a hash of their content.
async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    file(&format!("assets/{path}"), &headers, FOREVER)
}

fn file(name: &str, headers: &HeaderMap, cache: &'static str) -> Response {
    let Some(asset) = assets::get(name, asks(headers, header::ACCEPT_ENCODING)) else {
        return if name.ends_with(".html") { unbuilt() } else { missing() };
    };
    let common = [
        (header::CACHE_CONTROL, cache),
        (header::ETAG, asset.etag),
        (header::VARY, "Accept-Encoding"),
    ];
    if asks(headers, header::IF_NONE_MATCH)
        .split(',')
        .any(|tag| tag.trim().trim_start_matches("W/") == asset.etag)
    {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let mut response = (common, [(header::CONTENT_TYPE, asset.content_type)], asset.body).into_response();
    if let Some(encoding) = asset.encoding {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn asks(headers: &HeaderMap, name: HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// `rule` is the one by which the page may name a script itself.
fn with_policy(mut response: Response, rule: &str, ancestors: &str) -> Response {
    let policy = format!("{POLICY}trusted-types {rule}; frame-ancestors {ancestors}");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

pub(super) fn missing() -> Response {
    refuse(
        StatusCode::NOT_FOUND,
        problem("not_found", "There is nothing here.", "Check the address."),
    )
}

/// A debug build made without the pages.
fn unbuilt() -> Response {
    let say = "This build holds no pages. Run `make` and start again.";
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        say,
    )
        .into_response()
}
