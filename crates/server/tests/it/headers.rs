//! Every route of the API's description, and every page, has the headers and cookies that keep browsers in bounds, whatever it answers
//! and to whom. As a browser gets them: by https.

use crate::desk::{Desk, on_both};
use domain::cast;
use proof::Lane;
use reqwest::Method;
use reqwest::header::{HeaderMap, SET_COOKIE};
use serde_json::{Value, json};

const PUBLIC: &str = "https://desk.example.org";
const NIL: &str = "00000000-0000-0000-0000-000000000000";
/// Powers of a browser that no page of ours may have.
const POWERS: &[&str] = &[
    "camera",
    "microphone",
    "geolocation",
    "display-capture",
    "payment",
    "usb",
    "serial",
    "hid",
    "midi",
];

/// What somebody asks, and as whom.
#[derive(Debug)]
struct Asked {
    method: Method,
    path: String,
    surface: Option<&'static str>,
    cookie: Option<String>,
    body: Option<Value>,
}

impl Asked {
    fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            surface: None,
            cookie: None,
            body: None,
        }
    }
}

async fn answer(desk: &Desk, asked: &Asked) -> (u16, HeaderMap, Vec<u8>) {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let http = http.build().expect("a client");
    let mut request = http.request(asked.method.clone(), format!("{}{}", desk.url(), asked.path));
    request = request.header("Host", "desk.example.org").header("Origin", PUBLIC);
    if let Some(surface) = asked.surface {
        request = request.header("X-Deskbell-Surface", surface);
    }
    if let Some(cookie) = &asked.cookie {
        request = request.header("Cookie", cookie);
    }
    if let Some(body) = &asked.body {
        request = request.json(body);
    }
    let answer = request.send().await.expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    (status, headers, answer.bytes().await.unwrap_or_default().to_vec())
}

fn said<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
}

/// What is wrong with an answer.
fn wrongs(asked: &Asked, status: u16, headers: &HeaderMap) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut is = |name: &str, ok: bool| {
        if !ok {
            wrong.push(format!("{name}: {:?}", said(headers, name)));
        }
    };
    let path = asked.path.as_str();
    let (api, loader) = (path.starts_with("/api/"), path == "/loader.js");
    let framed = path.starts_with("/widget/frame/") && status == 200;
    is(
        "x-content-type-options",
        said(headers, "x-content-type-options") == "nosniff",
    );
    is("referrer-policy", said(headers, "referrer-policy") == "no-referrer");
    is(
        "cross-origin-opener-policy",
        said(headers, "cross-origin-opener-policy") == "same-origin",
    );
    let shared = if loader && status < 400 {
        "cross-origin"
    } else {
        "same-origin"
    };
    is(
        "cross-origin-resource-policy",
        said(headers, "cross-origin-resource-policy") == shared,
    );
    let hsts = said(headers, "strict-transport-security");
    is(
        "strict-transport-security",
        hsts == "max-age=31536000; includeSubDomains",
    );
    let powers = said(headers, "permissions-policy");
    is(
        "permissions-policy",
        POWERS.iter().all(|power| powers.contains(&format!("{power}=()"))),
    );
    let policy = said(headers, "content-security-policy");
    let closed = policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && !policy.contains('*');
    is(
        "content-security-policy",
        closed && policy.matches("frame-ancestors").count() == 1,
    );
    is(
        "content-security-policy",
        framed || policy.contains("frame-ancestors 'none'") || policy.contains("sandbox"),
    );
    if said(headers, "content-type").starts_with("text/html") {
        let page = [
            "script-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types ",
        ];
        is("content-security-policy", page.iter().all(|rule| policy.contains(rule)));
    }
    is(
        "cache-control",
        match () {
            () if api => said(headers, "cache-control") == "no-store",
            () if path.starts_with("/assets/") && status == 200 => said(headers, "cache-control").contains("immutable"),
            () if status == 200 => !said(headers, "cache-control").is_empty() || matches!(path, "/healthz" | "/readyz"),
            () => true,
        },
    );
    is(
        "access-control-allow-origin",
        (said(headers, "access-control-allow-origin") == "*") == (loader && status < 400),
    );
    for never in [
        "access-control-allow-credentials",
        "server",
        "x-powered-by",
        "access-control-allow-headers",
    ] {
        is(never, !headers.contains_key(never));
    }
    for cookie in headers.get_all(SET_COOKIE) {
        let cookie = cookie.to_str().expect("ASCII");
        let flags = ["; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/;"];
        let bound = cookie.starts_with("__Host-deskbell_") && flags.iter().all(|flag| cookie.contains(flag));
        is("set-cookie", bound && !cookie.contains("Domain"));
    }
    wrong
}

/// Every operation of the description, as nobody, without a surface, and as somebody who is signed in.
fn operations(description: &Value, cookie: &str) -> (usize, Vec<Asked>) {
    let mut all = Vec::new();
    let paths = description["paths"].as_object().expect("paths");
    let mut count = 0;
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else {
                continue;
            };
            if !matches!(method.as_str(), "GET" | "POST" | "PUT" | "DELETE") {
                continue;
            }
            count += 1;
            let mut filled = String::new();
            for part in path.split('/').skip(1) {
                filled += "/";
                filled += if part == "{snippet}" {
                    cast::SNIPPET
                } else if part.starts_with('{') {
                    NIL
                } else {
                    part
                };
            }
            let ask = |surface, cookie: Option<&str>| Asked {
                method: method.clone(),
                path: filled.clone(),
                surface,
                cookie: cookie.map(str::to_owned),
                body: (!matches!(method, Method::GET)).then(|| json!({})),
            };
            all.push(ask(None, None));
            all.push(ask(Some("visitor"), None));
            // It stays signed in; how that ends is looked at by itself.
            if !(method == Method::DELETE && filled == "/api/session") {
                all.push(ask(Some("agent"), Some(cookie)));
            }
            all.push(Asked {
                method: Method::OPTIONS,
                ..ask(None, None)
            });
        }
    }
    (count, all)
}

fn pages(home: &str) -> Vec<Asked> {
    let asset = home.split('"').find(|part| part.starts_with("/assets/"));
    let paths = [
        "/",
        "/agent",
        "/agent/",
        "/agent/chats/x",
        "/agent/setup",
        "/agent/worker.js",
        "/portal",
        "/portal/",
        "/portal/x",
        "/portal/worker.js",
        "/mail/en",
        "/loader.js",
        "/assets/none.js",
        "/assets/%2e%2e%2fCargo.toml",
        "/healthz",
        "/readyz",
        "/live",
        "/live?surface=agent",
        "/widget/frame/none",
        "/nothing",
        "/doctor/seen",
        "/doctor/slow",
        "/api/nothing",
        "/api/",
    ];
    let own = [
        format!("/chat/{}", cast::SNIPPET),
        format!("/widget/frame/{}", cast::SNIPPET),
    ];
    let paths = paths
        .iter()
        .map(|path| (*path).to_owned())
        .chain(own)
        .chain(asset.map(str::to_owned));
    let mut all: Vec<Asked> = paths.map(Asked::get).collect();
    for method in [
        Method::HEAD,
        Method::POST,
        Method::OPTIONS,
        Method::TRACE,
        Method::PATCH,
    ] {
        all.extend(["/agent/", "/loader.js", "/healthz", "/nothing"].map(|path| Asked {
            method: method.clone(),
            ..Asked::get(path)
        }));
    }
    all
}

async fn sign_in(desk: &Desk) -> (Asked, (u16, HeaderMap, Vec<u8>)) {
    let asked = Asked {
        method: Method::POST,
        surface: Some("agent"),
        body: Some(json!({ "surface": "agent", "login": "ines", "password": cast::PASSWORD })),
        ..Asked::get("/api/session")
    };
    let answered = answer(desk, &asked).await;
    assert_eq!(answered.0, 200);
    (asked, answered)
}

#[tokio::test]
async fn every_answer_keeps_browsers_in_bounds() {
    on_both(async |mut desk: Desk| {
        let lane = Lane::part("headers", &format!("routes on {}", desk.engine));
        desk.public_url = Some(PUBLIC);
        desk.restart().await;
        let (asked, answered) = sign_in(&desk).await;
        let cookie = said(&answered.1, "set-cookie")
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned();
        let look = |asked: &Asked, status: u16, headers: &HeaderMap| {
            lane.case();
            for wrong in wrongs(asked, status, headers) {
                lane.violation(format!("{} {} ({status}): {wrong}", asked.method, asked.path));
            }
            if status >= 500 {
                lane.violation(format!("{} {}: {status}", asked.method, asked.path));
            }
        };
        look(&asked, answered.0, &answered.1);

        let description: Value =
            serde_json::from_slice(&answer(&desk, &Asked::get("/api/openapi.json")).await.2).expect("JSON");
        let (count, operations) = operations(&description, &cookie);
        let home = String::from_utf8(answer(&desk, &Asked::get("/agent/")).await.2).expect("text");
        let pages = pages(&home);
        lane.figure("operations", count);
        lane.figure("pages", pages.len());
        assert!(count > 70, "the description names them: {count}");
        for asked in operations.iter().chain(&pages) {
            let (status, headers, _) = answer(&desk, asked).await;
            look(asked, status, &headers);
        }

        // Elsewhere's host, a body that is too long, and how a session ends.
        let foreign = reqwest::Client::new()
            .get(format!("{}/agent/", desk.url()))
            .header("Host", "rebound.example");
        let foreign = foreign.send().await.expect("an answer");
        look(&Asked::get("/agent/"), foreign.status().as_u16(), foreign.headers());
        let long = Asked {
            body: Some(json!({ "text": "x".repeat(70_000) })),
            method: Method::POST,
            surface: Some("agent"),
            ..Asked::get("/api/session")
        };
        let (status, headers, _) = answer(&desk, &long).await;
        look(&long, status, &headers);
        assert_eq!(status, 413);
        let out = Asked {
            method: Method::DELETE,
            surface: Some("agent"),
            cookie: Some(cookie),
            ..Asked::get("/api/session")
        };
        let (status, headers, _) = answer(&desk, &out).await;
        look(&out, status, &headers);
        assert_eq!((status, said(&headers, "clear-site-data")), (200, "\"cache\""));
        assert!(said(&headers, "set-cookie").contains("Max-Age=0"), "{headers:?}");
        lane.finish();
    })
    .await;
}
