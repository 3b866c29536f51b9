//! Too much, too long, not understood.

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use crate::live::{Ended, Live, connect, raw, receive};
use futures_util::SinkExt;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use uuid::Uuid;
use wire::{ClientFrame, Said, ServerFrame};

/// Four bytes and one code point each.
const BOAT: &str = "\u{1F6A2}";

/// An agent and a visitor in an open chat, with their connections.
async fn talking(desk: &Desk) -> (Client, Live, Client, Live, Uuid) {
    let ines = desk.agent("ines").await;
    let mut ines_live = ines.live().await;
    let priya = desk.visitor("Priya Raman").await;
    let mut priya_live = priya.live().await;
    let chat = priya.start_chat("Hello").await.id;
    ines.accept(chat).await;
    ines_live.watch(chat).await;
    priya_live.watch(chat).await;
    (ines, ines_live, priya, priya_live, chat)
}

#[tokio::test]
async fn a_text_is_neither_empty_nor_too_long() {
    on_both(async |desk: Desk| {
        let (ines, mut ines_live, priya, mut priya_live, chat) = talking(&desk).await;
        for empty in ["", " \n\t", "\u{0}\u{7}"] {
            refused(
                priya.try_say(chat, Uuid::now_v7(), "message", empty).await,
                422,
                "empty_text",
            );
            refused(
                ines.try_say(chat, Uuid::now_v7(), "note", empty).await,
                422,
                "empty_text",
            );
            let cid = priya_live.say(chat, empty).await;
            assert_eq!(priya_live.answer(cid).await.expect_err("empty").code, "empty_text");
            let start = json!({ "cid": Uuid::now_v7(), "text": empty });
            let omar = desk.visitor("Omar Haddad").await;
            refused(omar.post("/api/chats", start).await, 422, "empty_text");
        }
        for (who, live, limit) in [(&priya, &mut priya_live, 3_800), (&ines, &mut ines_live, 10_000)] {
            let (longest, too_long) = (BOAT.repeat(limit), BOAT.repeat(limit + 1));
            let said = who.try_say(chat, Uuid::now_v7(), "message", &longest).await;
            granted::<Said>("the longest text", said);
            let cid = live.say(chat, &longest).await;
            live.answer(cid)
                .await
                .expect("the longest text goes by the live connection too");
            let said = who.try_say(chat, Uuid::now_v7(), "message", &too_long).await;
            assert_eq!(refused(said, 422, "too_long").limit, Some(limit as u64));
            let cid = live.say(chat, &too_long).await;
            let problem = live.answer(cid).await.expect_err("too long");
            assert_eq!((problem.code.as_str(), problem.limit), ("too_long", Some(limit as u64)));
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_understood_is_refused_and_nothing_is_done() {
    on_both(async |desk: Desk| {
        let (_ines, _ines_live, priya, mut live, chat) = talking(&desk).await;
        let path = format!("/api/chats/{chat}/entries");
        let cid = Uuid::now_v7();
        let bad: [Value; 6] = [
            json!({ "cid": cid, "kind": "message", "text": "Hello", "loud": true }),
            json!({ "cid": cid, "kind": "shout", "text": "Hello" }),
            json!({ "cid": "7", "kind": "message", "text": "Hello" }),
            json!({ "cid": cid, "kind": "message", "text": 7 }),
            json!({ "kind": "message", "text": "Hello" }),
            json!(["message"]),
        ];
        for body in bad {
            refused(priya.post(&path, body).await, 422, "bad_input");
        }
        for body in [
            &b"{"[..],
            b"",
            b"\xff\xfe",
            b"{\"cid\": \"\xc3\x28\"}",
            b"null",
            b"[[[[[[[[[[[[[[",
        ] {
            let request = priya
                .request(Method::POST, &path)
                .header("Content-Type", "application/json");
            let answer = request.body(body).send().await.expect("an answer");
            let status = answer.status().as_u16();
            assert!(status == 400 || status == 422, "{status}");
            refused((status, answer.json().await.expect("a problem")), status, "bad_input");
        }
        for frame in [
            json!({ "op": "dance" }),
            json!({ "op": "send", "chat": chat, "cid": cid, "text": "Hello", "loud": true }),
            json!({ "op": "ping", "loud": true }),
            json!({ "op": "watch" }),
            json!({ "op": "read", "chat": chat, "seq": "1" }),
            json!({}),
            json!(null),
        ] {
            live.send_raw(raw(frame)).await.expect("sent");
            let code = live.wait("a refusal", |frame| match frame {
                ServerFrame::Refused { problem, .. } => Some(problem.code.clone()),
                _ => None,
            });
            assert_eq!(code.await, "bad_input");
        }
        assert_eq!(priya.snapshot(chat).await.chat.head, 3, "nothing was done");
        assert_eq!(priya.say(chat, "And it goes on").await.seq, 4);
    })
    .await;
}

#[tokio::test]
async fn frames_that_are_none_end_the_connection() {
    on_both(async |desk: Desk| {
        let (_ines, _ines_live, priya, _live, _chat) = talking(&desk).await;
        let invalid = Frame::message(&b"{\"op\":\"ping\"\xff}"[..], OpCode::Data(Data::Text), true);
        let mut live = priya.live().await;
        live.send_raw(Message::Frame(invalid)).await.expect("sent");
        let ended = live.ended().await;
        assert!([1002, 1006, 1007].contains(&ended.0), "{ended:?}");

        let mut live = priya.live().await;
        live.send_raw(Message::Binary(vec![1, 2, 3].into()))
            .await
            .expect("sent");
        assert_eq!(live.ended().await, Ended(4004));

        let mut live = priya.live().await;
        live.send(ClientFrame::Hello { token: None }).await;
        assert_eq!(live.ended().await, Ended(4004), "hello is said once");

        for first in [
            json!({ "op": "ping" }),
            json!("hello"),
            json!({ "op": "hello", "token": 1 }),
        ] {
            let mut socket = connect(&priya).await.expect("a socket");
            socket.send(raw(first)).await.expect("sent");
            let answer = receive(&mut socket, Instant::now() + Duration::from_secs(10)).await;
            assert_eq!(answer, Some(Err(Ended(4004))), "first comes hello");
        }
        let mut silent = connect(&priya).await.expect("a socket");
        let answer = receive(&mut silent, Instant::now() + Duration::from_secs(10)).await;
        assert_eq!(answer, Some(Err(Ended(4004))), "hello comes within five seconds");
        for token in [json!({ "op": "hello" }), json!({ "op": "hello", "token": "guessed" })] {
            let mut socket = connect(&priya).await.expect("a socket");
            socket.send(raw(token)).await.expect("sent");
            let answer = receive(&mut socket, Instant::now() + Duration::from_secs(10)).await;
            assert_eq!(answer, Some(Err(Ended(4001))));
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_too_big_is_refused_before_it_is_read() {
    on_both(async |desk: Desk| {
        let (_ines, _ines_live, priya, mut live, chat) = talking(&desk).await;
        let text = "x".repeat(70_000);
        // The other side may hang up before all of it is sent.
        let _ = live
            .try_send(&ClientFrame::Send {
                chat,
                cid: Uuid::now_v7(),
                text: text.clone(),
            })
            .await;
        assert_eq!(live.ended().await, Ended(1009));

        let said = priya.try_say(chat, Uuid::now_v7(), "message", &text).await;
        refused(said, 413, "too_large");
        let header = priya
            .request(Method::GET, "/api/session")
            .header("X-Long", "x".repeat(20_000));
        assert_eq!(header.send().await.expect("an answer").status(), 431);
        let many = (0..200).fold(priya.request(Method::GET, "/api/session"), |request, n| {
            request.header(format!("X-Many-{n}"), "x")
        });
        assert_eq!(many.send().await.expect("an answer").status(), 431);
        assert_eq!(priya.say(chat, "And it goes on").await.seq, 4);
    })
    .await;
}

#[tokio::test]
async fn who_never_finishes_his_headers_is_let_go() {
    on_both(async |desk: Desk| {
        let mut slow = TcpStream::connect(desk.address()).await.expect("connects");
        slow.write_all(b"GET /api/session HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            .await
            .expect("sent");
        let mut answer = Vec::new();
        let ended = timeout(Duration::from_secs(30), slow.read_to_end(&mut answer)).await;
        assert!(ended.is_ok(), "after half a minute the connection is still there");
    })
    .await;
}

#[tokio::test]
async fn a_flood_is_slowed_and_then_ended() {
    on_both(async |desk: Desk| {
        let (_ines, mut ines_live, priya, _live, chat) = talking(&desk).await;
        let mut flooding = priya.live().await;
        for _ in 0..100 {
            flooding.send(ClientFrame::Ping {}).await;
        }
        let retry_after_ms = flooding.wait("a refusal", |frame| match frame {
            ServerFrame::Refused { problem, .. } if problem.code == "too_many" => problem.retry_after_ms,
            _ => None,
        });
        let retry_after_ms = retry_after_ms.await;
        assert!((1..=1_000).contains(&retry_after_ms), "{retry_after_ms}");
        let cid = flooding.say(chat, "Still heard?").await;
        let answer = flooding.answer(cid).await;
        assert_eq!(answer.expect_err("a refusal names the message").code, "too_many");

        let flood = async { while flooding.try_send(&ClientFrame::Ping {}).await.is_ok() {} };
        // What the service answers is not read meanwhile; it ends the connection all the same.
        timeout(Duration::from_secs(30), flood)
            .await
            .expect("the flood is ended");
        let ended = flooding.ended().await;
        assert!(ended == Ended(4029) || ended == Ended(1006), "{ended:?}");

        let mut bad = priya.live().await;
        for _ in 0..40 {
            let _ = bad.send_raw(raw(json!({ "op": "dance" }))).await;
        }
        assert_eq!(
            bad.ended().await,
            Ended(4029),
            "so does one that sends only what nobody understands"
        );
        ines_live.say(chat, "Others go on").await;
        ines_live
            .sees(chat, "her own words", |chat| chat.said("Others go on"))
            .await;
    })
    .await;
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_when_to_come_again() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("visitors_per_min", 5)]).await;
        let stranger = desk.stranger(wire::Surface::Visitor);
        let path = format!("/api/snippets/{}/visitors", domain::cast::SNIPPET);
        let mut answers = Vec::new();
        for _ in 0..6 {
            let request = stranger.request(Method::POST, &path).json(&json!({ "name": "Nobody" }));
            answers.push(request.send().await.expect("an answer"));
        }
        let last = answers.pop().expect("six");
        assert!(answers.iter().all(|answer| answer.status() == 200));
        assert!(last.headers().contains_key("Retry-After"), "{last:?}");
        let problem = refused(
            (last.status().as_u16(), last.json().await.expect("a problem")),
            429,
            "too_many",
        );
        assert!(problem.retry_after_ms.is_some_and(|ms| ms > 0));
    })
    .await;
}

#[tokio::test]
async fn a_request_is_in_the_list_however_many_wait_elsewhere() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("visitors_per_min", 1_000), ("starts_per_min", 1_000)])
            .await;
        let (ines, chidi) = (desk.agent("ines").await, desk.agent("chidi").await);
        let _here = (ines.stays().await, chidi.stays().await);
        // More than one list holds.
        for _ in 0..=200 {
            desk.visitor("Priya Raman").await.start_chat("In the Travel desk").await;
        }
        let hanne = desk.customer("hanne").await;
        let offered = hanne.get("/api/offer").await.1;
        let freight = offered["channels"].as_array().expect("channels").iter();
        let freight = freight.clone().find(|offered| offered["channel"]["name"] == "Freight");
        let start =
            json!({ "cid": Uuid::now_v7(), "channel": freight.expect("offered")["channel"]["id"], "text": "Freight" });
        assert_eq!(hanne.post("/api/chats", start).await.0, 200);
        let waits: wire::Requests = granted("requests", chidi.get("/api/requests").await);
        let texts: Vec<_> = waits
            .requests
            .iter()
            .map(|request| request.first_message.as_str())
            .collect();
        assert_eq!(texts, ["Freight"]);
    })
    .await;
}
