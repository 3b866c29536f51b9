//! What the door refuses before anybody looks at it.

use crate::client::{Client, refused};
use crate::desk::{Desk, on_both};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use uuid::Uuid;
use wire::Surface;

/// Every route that changes something, with a body it understands.
fn changes(chat: Uuid) -> Vec<(Method, String, Value)> {
    let cid = || Uuid::now_v7();
    let act = || json!({ "cid": cid() });
    let mut all = vec![
        (
            Method::POST,
            "/api/setup".into(),
            json!({ "code": "x", "login": "x", "name": "x", "password": "0123456789" }),
        ),
        (
            Method::POST,
            "/api/session".into(),
            json!({ "surface": "agent", "login": "x", "password": "x" }),
        ),
        (
            Method::PUT,
            "/api/password".into(),
            json!({ "old": "x", "new": "0123456789" }),
        ),
        (
            Method::POST,
            "/api/snippets/skerry-ferries/visitors".into(),
            json!({ "name": "x" }),
        ),
        (Method::POST, "/api/chats".into(), json!({ "cid": cid(), "text": "x" })),
        (
            Method::POST,
            format!("/api/chats/{chat}/entries"),
            json!({ "cid": cid(), "kind": "message", "text": "x" }),
        ),
        (Method::POST, format!("/api/chats/{chat}/read"), json!({ "seq": 1 })),
        (
            Method::PUT,
            "/api/me/availability".into(),
            json!({ "availability": "unavailable" }),
        ),
        (Method::PUT, "/api/me/channels".into(), json!({ "channels": [] })),
    ];
    for verb in ["accept", "close", "hand_back", "leave"] {
        all.push((Method::POST, format!("/api/chats/{chat}/{verb}"), act()));
    }
    all
}

async fn a_chat(desk: &Desk) -> (Client, Uuid) {
    let ines = desk.agent("ines").await;
    let _here = ines.live().await;
    let chat = desk.visitor("Priya Raman").await.start_chat("Hello").await.id;
    ines.accept(chat).await;
    (ines, chat)
}

#[tokio::test]
async fn foreign_pages_change_nothing() {
    on_both(async |desk: Desk| {
        let (ines, chat) = a_chat(&desk).await;
        let url = desk.url();
        let origins = [
            "null",
            "",
            "https://evil.example",
            "http://127.0.0.1.evil.example",
            "http://localhost",
            &format!("{url}.evil.example"),
            &format!("{url}0"),
            &url.replace("http:", "https:"),
            &url.to_uppercase(),
        ];
        let mut routes = changes(chat);
        routes.push((Method::DELETE, "/api/session".into(), json!({})));
        for (method, path, body) in routes {
            let ask = || {
                let mut plain = ines.request(method.clone(), &path).json(&body).build().unwrap();
                plain.headers_mut().remove("origin");
                plain
            };
            let answer = async |request| {
                let answer = reqwest::Client::new().execute(request).await.unwrap();
                (answer.status().as_u16(), answer.json().await.unwrap())
            };
            for origin in origins {
                let mut request = ask();
                request.headers_mut().insert("origin", origin.parse().unwrap());
                refused(answer(request).await, 403, "foreign_page");
            }
            for site in ["cross-site", "same-site"] {
                let mut request = ask();
                request.headers_mut().insert("sec-fetch-site", site.parse().unwrap());
                refused(answer(request).await, 403, "foreign_page");
            }
            let mut unnamed = ask();
            unnamed.headers_mut().remove("x-deskbell-surface");
            refused(answer(unnamed).await, 400, "bad_input");
            let mut unheard_of = ask();
            unheard_of
                .headers_mut()
                .insert("x-deskbell-surface", "root".parse().unwrap());
            refused(answer(unheard_of).await, 400, "bad_input");
        }
        let snapshot = ines.snapshot(chat).await;
        assert_eq!(snapshot.as_of.seq, 3, "requested, message, accepted, and nothing since");
        assert_eq!(
            ines.me().await.availability,
            Some(wire::Availability::InternalAndExternal)
        );
    })
    .await;
}

#[tokio::test]
async fn bodies_hold_what_is_wanted_and_nothing_else() {
    on_both(async |desk: Desk| {
        let (ines, chat) = a_chat(&desk).await;
        for (method, path, body) in changes(chat) {
            let send = async |kind: &str, body: Vec<u8>| {
                let request = ines
                    .request(method.clone(), &path)
                    .header("content-type", kind)
                    .body(body);
                let answer = request.send().await.unwrap();
                (answer.status().as_u16(), answer.json().await.unwrap())
            };
            let json = async |body: &Value| send("application/json", serde_json::to_vec(body).unwrap()).await;
            for field in ["valid", "id", "role", "password_hash", "is_admin", "__proto__"] {
                let mut more = body.clone();
                more[field] = json!(true);
                refused(json(&more).await, 422, "bad_input");
            }
            for field in body.as_object().unwrap().keys() {
                let mut other = body.clone();
                other[field] = json!({ "unfit": [1, 2] });
                refused(json(&other).await, 422, "bad_input");
            }
            for unfit in [json!([]), json!(null), json!("x"), json!({}), json!(1e300)] {
                refused(json(&unfit).await, 422, "bad_input");
            }
            let deep = ["[".repeat(20_000), "]".repeat(20_000)].concat();
            for broken in [
                &b"{"[..],
                b"",
                b"{\"cid\": \"\xff\xfe\"}",
                b"\xef\xbb\xbf{}",
                b"{} {}",
                deep.as_bytes(),
            ] {
                let (status, problem) = send("application/json", broken.to_vec()).await;
                assert!(matches!(status, 400 | 422), "{status} {problem}");
                assert_eq!(problem["code"], "bad_input");
            }
            for kind in [
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/jsonp",
            ] {
                refused(send(kind, serde_json::to_vec(&body).unwrap()).await, 415, "bad_input");
            }
            let big = serde_json::to_vec(&json!({ "text": "x".repeat(65_536) })).unwrap();
            refused(send("application/json", big).await, 413, "too_large");
        }
        for path in [
            "/api/chats/not-a-uuid",
            "/api/chats?which=mine&more=1",
            "/api/chats?before=x",
        ] {
            let (status, problem) = ines.get(path).await;
            assert!(
                matches!(status, 400 | 422) && problem["code"] == "bad_input",
                "{path}: {status} {problem}"
            );
        }
        refused(ines.get("/api/nothing").await, 404, "not_found");
        refused(ines.call(Method::PATCH, "/api/session", None).await, 405, "bad_method");
    })
    .await;
}

/// Sends bytes as they are, and reads until the other side closes or time is up. Returns what came and whether it closed.
async fn raw(desk: &Desk, bytes: &[u8], within: Duration) -> (String, bool) {
    let mut socket = TcpStream::connect(desk.address()).await.expect("a connection");
    // The other side may close before everything was written.
    let _ = socket.write_all(bytes).await;
    let mut heard = Vec::new();
    let closed = timeout(within, socket.read_to_end(&mut heard)).await.is_ok();
    (String::from_utf8_lossy(&heard).into_owned(), closed)
}

#[tokio::test]
async fn headers_are_bounded() {
    on_both(async |desk: Desk| {
        let second = Duration::from_secs(1);
        let long = format!(
            "GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n",
            "x".repeat(17 * 1024)
        );
        let many: String = (0..70).map(|i| format!("x-{i}: y\r\n")).collect();
        let many = format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{many}\r\n");
        for too_much in [&long, &many] {
            let (answer, closed) = raw(&desk, too_much.as_bytes(), second * 5).await;
            assert!(answer.starts_with("HTTP/1.1 431") && closed, "{answer}");
        }
        for nonsense in [
            "\0\0\0\0\r\n\r\n",
            "GET\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nhost : x\r\n\r\n",
        ] {
            let (answer, closed) = raw(&desk, nonsense.as_bytes(), second * 5).await;
            assert!(closed && !answer.starts_with("HTTP/1.1 2"), "{nonsense:?}: {answer}");
        }
        // Two lengths, or a length beside chunks, are how requests are smuggled.
        for lengths in [
            "content-length: 2\r\ncontent-length: 3",
            "content-length: x",
            "content-length: -1",
        ] {
            let asked = format!("POST /api/session HTTP/1.1\r\nhost: x\r\n{lengths}\r\n\r\n{{}}");
            let (answer, closed) = raw(&desk, asked.as_bytes(), second * 5).await;
            assert!(answer.starts_with("HTTP/1.1 400") && closed, "{lengths}: {answer}");
        }
        assert_eq!(desk.stranger(Surface::Agent).get("/healthz").await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn who_sends_slowly_is_let_go() {
    on_both(async |desk: Desk| {
        let patience = Duration::from_secs(25);
        let began = Instant::now();
        let head =
            "POST /api/session HTTP/1.1\r\nhost: x\r\nx-deskbell-surface: agent\r\ncontent-type: application/json\r\n";
        let body = format!("{head}content-length: 100\r\n\r\n{{");
        let idle = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
        let (half_head, half_body, idle, silent) = tokio::join!(
            raw(&desk, head.as_bytes(), patience),
            raw(&desk, body.as_bytes(), patience),
            raw(&desk, idle.as_bytes(), patience),
            raw(&desk, b"", patience),
        );
        assert!(half_head.1 && idle.1 && silent.1, "{half_head:?} {idle:?} {silent:?}");
        assert!(half_body.0.starts_with("HTTP/1.1 408"), "{half_body:?}");
        assert!(began.elapsed() < patience, "{:?}", began.elapsed());
    })
    .await;
}

#[tokio::test]
async fn visitors_and_starts_are_counted() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let began = Instant::now();
        let mut starts = Vec::new();
        for _ in 0..1_000 {
            let body = json!({ "cid": Uuid::now_v7(), "text": "Hello" });
            starts.push(priya.post("/api/chats", body).await);
        }
        counted(starts, 10, began);
        let began = Instant::now();
        let mut visits = Vec::new();
        for i in 0..1_000 {
            let body = json!({ "name": format!("Visitor {i}") });
            let stranger = desk.stranger(Surface::Visitor);
            visits.push(stranger.post("/api/snippets/skerry-ferries/visitors", body).await);
        }
        counted(visits, 20, began);
        ines_live.until("one request", |live| live.requests.len() == 1).await;
    })
    .await;
}

/// So many a minute are let in, and a few that the minute brings anew; the others are told when to come again.
fn counted(answers: Vec<(u16, Value)>, per_min: usize, began: Instant) {
    let (passed, refused_ones): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(status, _)| *status == 200);
    let most = per_min + per_min * (began.elapsed().as_secs() as usize + 1) / 60 + 1;
    assert!((per_min - 1..=most).contains(&passed.len()), "{} passed", passed.len());
    for answer in refused_ones {
        let problem = refused(answer, 429, "too_many");
        assert!(problem.retry_after_ms.is_some_and(|ms| ms > 0), "{problem:?}");
    }
}

#[tokio::test]
async fn who_asks_for_another_host_is_misdirected() {
    on_both(async |mut desk: Desk| {
        desk.public_url = Some("https://desk.example.org");
        desk.restart().await;
        let asked = async |path: &str, host: &str| {
            let request = reqwest::Client::new().get(format!("{}{path}", desk.url()));
            request.header("Host", host).send().await.expect("an answer")
        };
        for path in [
            "/agent/",
            "/api/session?surface=agent",
            "/live?surface=agent",
            "/loader.js",
        ] {
            let answer = asked(path, "rebound.example").await;
            assert_eq!(answer.status(), 421, "{path}");
            let problem: Value = answer.json().await.expect("a problem");
            assert_eq!(problem["code"], "foreign_host", "{path}");
        }
        for (path, host) in [
            ("/agent/", "desk.example.org"),
            ("/agent/", "localhost:8080"),
            ("/readyz", "10.1.2.3:8080"),
        ] {
            assert_eq!(asked(path, host).await.status(), 200, "{path} of {host}");
        }
    })
    .await;
}
