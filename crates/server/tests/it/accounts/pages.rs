//! Pages, their parts, and the headers of every answer.

use crate::desk::{Desk, on_both};
use domain::cast;
use reqwest::header::{HeaderMap, HeaderName};
use wire::Surface;

async fn get(desk: &Desk, path: &str, headers: &[(&str, &str)]) -> (u16, HeaderMap, String) {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let mut request = http.build().expect("a client").get(format!("{}{path}", desk.url()));
    for (name, value) in headers {
        request = request.header(HeaderName::from_bytes(name.as_bytes()).expect("a name"), *value);
    }
    let answer = request.send().await.expect("an answer");
    (
        answer.status().as_u16(),
        answer.headers().clone(),
        String::from_utf8_lossy(&answer.bytes().await.expect("a body")).into_owned(),
    )
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
}

#[tokio::test]
async fn no_answer_goes_out_without_its_headers() {
    on_both(async |desk: Desk| {
        let frame = format!("/widget/frame/{}", cast::SNIPPET);
        let chat = format!("/chat/{}", cast::SNIPPET);
        let snippet = format!("/api/snippets/{}", cast::SNIPPET);
        let paths = [
            "/",
            "/agent/",
            "/agent/chats/x",
            "/agent/worker.js",
            "/portal/",
            "/portal/worker.js",
            &chat,
            &frame,
            "/widget/frame/none",
            "/loader.js",
            "/assets/none.js",
            "/assets/../Cargo.toml",
            "/assets/%2e%2e%2fCargo.toml",
            "/healthz",
            "/readyz",
            "/live",
            "/nothing",
            &snippet,
            "/api/session",
            "/api/setup",
            "/api/chats",
            "/api/openapi.json",
            "/api/nothing",
        ];
        for path in paths {
            let (status, headers, body) = get(&desk, path, &[]).await;
            assert!(status < 500, "{path}: {status} {body}");
            assert_eq!(header(&headers, "x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header(&headers, "referrer-policy"), "no-referrer", "{path}");
            assert_eq!(header(&headers, "cross-origin-opener-policy"), "same-origin", "{path}");
            assert!(header(&headers, "permissions-policy").contains("camera=()"), "{path}");
            let policy = header(&headers, "content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors"),
                "{path}: {policy}"
            );
            assert!(!policy.contains("unsafe"), "{path}: {policy}");
            if policy.contains("trusted-types") {
                let signed_in = path.starts_with("/agent/") || path.starts_with("/portal/");
                assert_eq!(policy.contains("trusted-types worker;"), signed_in, "{path}: {policy}");
                assert_eq!(policy.contains("trusted-types 'none';"), !signed_in, "{path}: {policy}");
            }
            let framed = path == frame;
            assert_eq!(policy.contains("frame-ancestors 'none'"), !framed, "{path}: {policy}");
            if path.starts_with("/api/") {
                assert_eq!(header(&headers, "cache-control"), "no-store", "{path}");
            }
            if path != "/loader.js" {
                assert_eq!(header(&headers, "access-control-allow-origin"), "", "{path}");
                assert_eq!(
                    header(&headers, "cross-origin-resource-policy"),
                    "same-origin",
                    "{path}"
                );
            }
            assert_eq!(header(&headers, "access-control-allow-credentials"), "", "{path}");
            if status >= 400 && path.starts_with("/api/") {
                assert!(serde_json::from_str::<wire::Problem>(&body).is_ok(), "{path}: {body}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_panel_may_be_framed_by_its_sites_and_nobody_else() {
    on_both(async |desk: Desk| {
        let sites = ["https://www.ferries.example", "https://shop.ferries.example:8443"];
        desk.cli(&["snippet", "add", "shop", "Travel desk", "Shop", sites[0], sites[1]])
            .await;
        let (status, headers, body) = get(&desk, "/widget/frame/shop", &[]).await;
        let policy = header(&headers, "content-security-policy");
        assert!(
            policy.ends_with(&format!("frame-ancestors 'self' {} {}", sites[0], sites[1])),
            "{policy}"
        );
        if status == 200 {
            let meta = format!("<meta name=\"deskbell-sites\" content=\"{} {}\">", sites[0], sites[1]);
            assert!(body.contains(&meta), "{body}");
        }
        desk.cli(&["snippet", "sites", "shop"]).await;
        let (_, headers, _) = get(&desk, "/widget/frame/shop", &[]).await;
        let policy = header(&headers, "content-security-policy").trim();
        assert!(policy.ends_with("frame-ancestors 'self'"), "{policy}");
        assert_eq!(get(&desk, "/widget/frame/none", &[]).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn parts_of_pages_are_kept_for_ever_and_scripts_with_fixed_names_are_asked_for_again() {
    on_both(async |desk: Desk| {
        let (status, _, page) = get(&desk, "/agent/", &[]).await;
        if status == 503 {
            return eprintln!("this build holds no pages: run `make` first");
        }
        let at = page.find("/assets/").expect("a part");
        let part = page[at..].split('"').next().unwrap();
        let (status, headers, _) = get(&desk, part, &[]).await;
        assert_eq!((status, header(&headers, "vary")), (200, "Accept-Encoding"));
        assert_eq!(header(&headers, "cache-control"), "public, max-age=31536000, immutable");
        let (status, _, body) = get(&desk, part, &[("if-none-match", header(&headers, "etag"))]).await;
        assert_eq!((status, body.as_str()), (304, ""));
        for (accepted, sent) in [
            ("br, gzip", "br"),
            ("gzip", "gzip"),
            ("identity", ""),
            ("gzip;q=1.0", "gzip"),
        ] {
            let (_, small, _) = get(&desk, part, &[("accept-encoding", accepted)]).await;
            assert_eq!(header(&small, "content-encoding"), sent, "{accepted}");
            let same = header(&small, "etag") == header(&headers, "etag");
            assert_eq!(same, sent.is_empty(), "an etag is of the body as sent");
            assert_eq!(header(&small, "content-type"), header(&headers, "content-type"));
        }
        let (_, headers, _) = get(&desk, "/loader.js", &[("origin", "https://www.ferries.example")]).await;
        assert_eq!(header(&headers, "access-control-allow-origin"), "*");
        assert_eq!(header(&headers, "cross-origin-resource-policy"), "cross-origin");
        assert!(header(&headers, "cache-control").contains("must-revalidate"));
        for worker in ["/agent/worker.js", "/portal/worker.js"] {
            let (status, headers, _) = get(&desk, worker, &[]).await;
            assert_eq!(
                (status, header(&headers, "cache-control")),
                (200, "no-cache"),
                "{worker}"
            );
            assert_eq!(header(&headers, "content-type"), "text/javascript; charset=utf-8");
        }
    })
    .await;
}

#[tokio::test]
async fn the_description_of_the_api_is_open_to_everybody() {
    on_both(async |desk: Desk| {
        let (status, headers, body) = get(&desk, "/api/openapi.json", &[]).await;
        assert_eq!((status, header(&headers, "content-type")), (200, "application/json"));
        assert_eq!(desk.cli(&["openapi"]).await.trim(), body.trim());
        // What it describes is there: no route answers that it is not known, or does not take the method.
        let described: serde_json::Value = serde_json::from_str(&body).unwrap();
        let stranger = desk.stranger(Surface::Agent);
        for (path, item) in described["paths"].as_object().unwrap() {
            for method in item.as_object().unwrap().keys().filter(|key| *key != "parameters") {
                let path = path
                    .replace("{snippet}", cast::SNIPPET)
                    .replace("{id}", &uuid::Uuid::nil().to_string());
                let (status, body) = stranger.call(method.to_uppercase().parse().unwrap(), &path, None).await;
                assert!(
                    !matches!(status, 404 | 405) && status < 500,
                    "{method} {path}: {status} {body}"
                );
            }
        }
    })
    .await;
}
