//! What is not done, and what is said about it.

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use crate::live::Live;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{ClientFrame, Said, ServerFrame, Started, Surface};

#[tokio::test]
async fn where_nobody_is_available_no_chat_begins() {
    on_both(async |desk: Desk| {
        let priya = desk.visitor("Priya Raman").await;
        let start = json!({ "cid": Uuid::now_v7(), "text": "Anybody?" });
        refused(priya.post("/api/chats", start.clone()).await, 409, "nobody_available");
        assert!(!priya.live().await.offered[0].available);
        let (_, mine) = priya.get("/api/chats?which=mine").await;
        assert_eq!(mine["chats"], json!([]), "nothing was begun");

        let ines = desk.agent("ines").await;
        let _here = ines.stays().await;
        granted::<Started>("start", priya.post("/api/chats", start).await);
        let omar = desk.visitor("Omar Haddad").await;
        for unavailable in ["unavailable", "internal"] {
            ines.be(unavailable).await;
            let start = json!({ "cid": Uuid::now_v7(), "text": "Anybody?" });
            refused(omar.post("/api/chats", start).await, 409, "nobody_available");
        }
    })
    .await;
}

#[tokio::test]
async fn an_unavailable_agent_cannot_accept_and_is_told_why() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let (mut ines_live, _maren_live) = (ines.live().await, maren.live().await);
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Hello").await.id;
        ines.be("unavailable").await;
        ines_live
            .until("why not", |live| {
                live.requests.iter().any(|request| !request.can_accept)
            })
            .await;
        assert_eq!(ines_live.requests[0].why_not.as_deref(), Some("you_are_unavailable"));
        refused(ines.act(chat, "accept").await, 409, "you_are_unavailable");
        ines.be("internal_and_external").await;
        ines_live
            .until("that she may", |live| {
                live.requests.iter().all(|request| request.can_accept)
            })
            .await;
        ines.accept(chat).await;
        ines.be("unavailable").await;
        ines.say(chat, "My running chats go on").await;
    })
    .await;
}

#[tokio::test]
async fn who_comes_second_is_told_who_was_first() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let _here = ines.stays().await;
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Hello").await.id;
        ines.accept(chat).await;
        let problem = refused(maren.act(chat, "accept").await, 409, "already_taken");
        assert_eq!(problem.by.as_deref(), Some("Ines Vogt"));
        assert!(problem.say.contains("Ines Vogt"), "{}", problem.say);
        let problem = refused(ines.act(chat, "accept").await, 409, "already_taken");
        assert_eq!(problem.by.as_deref(), Some("Ines Vogt"), "her other tab");
        ines.close(chat).await;
        refused(maren.act(chat, "accept").await, 409, "chat_closed");
    })
    .await;
}

#[tokio::test]
async fn a_client_id_means_one_thing_for_ever() {
    on_both(async |mut desk: Desk| {
        let ines = desk.agent("ines").await;
        let here = ines.stays().await;
        let priya = desk.visitor("Priya Raman").await;
        let (cid, text) = (Uuid::now_v7(), "Two tickets");
        let start = json!({ "cid": cid, "text": text });
        let first: Started = granted("start", priya.post("/api/chats", start.clone()).await);
        let again: Started = granted("start again", priya.post("/api/chats", start.clone()).await);
        assert_eq!((again.chat.id, again.chat.head), (first.chat.id, 2));
        let other = json!({ "cid": cid, "text": "Three tickets" });
        refused(priya.post("/api/chats", other).await, 409, "cid_reused");
        let chat = first.chat.id;
        refused(priya.try_say(chat, cid, "message", text).await, 409, "cid_reused");

        let cid = Uuid::now_v7();
        let said: Said = granted("say", priya.try_say(chat, cid, "message", "For Friday").await);
        let same: Said = granted("again", priya.try_say(chat, cid, "message", "For Friday").await);
        assert_eq!((same.seq, same.dup), (said.seq, true));
        refused(
            priya.try_say(chat, cid, "message", "For Monday").await,
            409,
            "cid_reused",
        );
        let mut live = priya.live().await;
        live.watch(chat).await;
        live.send(ClientFrame::Send {
            chat,
            cid,
            text: "For Friday".into(),
        })
        .await;
        let acknowledged = live.wait("an ack", |frame| match frame {
            ServerFrame::Ack { cid: of, seq, .. } if *of == cid => Some(*seq),
            _ => None,
        });
        assert_eq!(acknowledged.await, said.seq);
        let accept = Uuid::now_v7();
        let path = format!("/api/chats/{chat}/accept");
        for _ in 0..2 {
            assert_eq!(ines.post(&path, json!({ "cid": accept })).await.0, 200);
        }
        refused(ines.try_say(chat, accept, "message", "x").await, 409, "cid_reused");
        let theirs = ines.try_say(chat, cid, "message", "Ids are the person's own").await;
        assert!(!granted::<Said>("the same id of another person", theirs).dup);

        drop(here);
        desk.restart().await;
        let same: Said = granted(
            "after a restart",
            priya.try_say(chat, cid, "message", "For Friday").await,
        );
        assert_eq!((same.seq, same.dup), (said.seq, true));
        priya.close(chat).await;
        let same: Said = granted("after the end", priya.try_say(chat, cid, "message", "For Friday").await);
        assert_eq!((same.seq, same.dup), (said.seq, true));
        let again: Started = granted("the start after the end", priya.post("/api/chats", start).await);
        assert_eq!(again.chat.id, chat, "the same id, the same chat");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_closed_chat_refuses_every_verb() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Hello").await.id;
        refused(
            ines.try_say(chat, Uuid::now_v7(), "message", "Too early").await,
            409,
            "not_accepted",
        );
        ines.accept(chat).await;
        ines.close(chat).await;
        for kind in ["message", "note"] {
            refused(
                ines.try_say(chat, Uuid::now_v7(), kind, "Too late").await,
                409,
                "chat_closed",
            );
        }
        for verb in ["accept", "close", "hand_back", "leave"] {
            refused(ines.act(chat, verb).await, 409, "chat_closed");
            refused(priya.act(chat, verb).await, 409, "chat_closed");
        }
        refused(
            priya.try_say(chat, Uuid::now_v7(), "message", "Too late").await,
            409,
            "chat_closed",
        );
        ines_live.watch(chat).await;
        let cid = ines_live.say(chat, "Too late").await;
        assert_eq!(ines_live.answer(cid).await.expect_err("closed").code, "chat_closed");
        assert_eq!(ines.snapshot(chat).await.chat.head, 4);
        desk.verify().await;
    })
    .await;
}

/// Every way to ask for a chat, by HTTP.
fn asked(chat: Uuid) -> Vec<(Method, String, Option<Value>)> {
    let (post, get) = (Method::POST, Method::GET);
    let act = || Some(json!({ "cid": Uuid::now_v7() }));
    let say = |kind: &str| Some(json!({ "cid": Uuid::now_v7(), "kind": kind, "text": "Hello" }));
    vec![
        (get.clone(), format!("/api/chats/{chat}"), None),
        (get.clone(), format!("/api/chats/{chat}/entries"), None),
        (get.clone(), format!("/api/chats/{chat}/entries?after=1&limit=10"), None),
        (get, format!("/api/chats/{chat}/entries?before=9&limit=10"), None),
        (post.clone(), format!("/api/chats/{chat}/entries"), say("message")),
        (post.clone(), format!("/api/chats/{chat}/entries"), say("note")),
        (post.clone(), format!("/api/chats/{chat}/accept"), act()),
        (post.clone(), format!("/api/chats/{chat}/close"), act()),
        (post.clone(), format!("/api/chats/{chat}/hand_back"), act()),
        (post.clone(), format!("/api/chats/{chat}/leave"), act()),
        (post, format!("/api/chats/{chat}/read"), Some(json!({ "seq": 1 }))),
    ]
}

/// And by the live connection.
fn asked_live(chat: Uuid) -> Vec<ClientFrame> {
    let (cid, text) = (Uuid::now_v7(), "Hello".to_owned());
    vec![
        ClientFrame::Watch { chat, after: None },
        ClientFrame::Watch {
            chat,
            after: Some(wire::Position { epoch: 1, seq: 1 }),
        },
        ClientFrame::Unwatch { chat },
        ClientFrame::Send {
            chat,
            cid,
            text: text.clone(),
        },
        ClientFrame::Note {
            chat,
            cid: Uuid::now_v7(),
            text,
        },
        ClientFrame::Read { chat, seq: 1 },
        ClientFrame::Typing { chat, note: false },
    ]
}

#[tokio::test]
async fn a_foreign_chat_is_as_missing_as_one_that_never_was() {
    on_both(async |desk: Desk| {
        let (ines, chidi, tove) = (
            desk.agent("ines").await,
            desk.agent("chidi").await,
            desk.agent("tove").await,
        );
        let _here = ines.stays().await;
        let (priya, omar) = (desk.visitor("Priya Raman").await, desk.visitor("Omar Haddad").await);
        let (hanne, jonas) = (desk.customer("hanne").await, desk.customer("jonas").await);
        let waiting = omar.start_chat("Waiting").await.id;
        let open = priya.start_chat("Hello").await.id;
        ines.accept(open).await;
        let closed = hanne.start_chat("Hello").await.id;
        hanne.close(closed).await;

        let strangers: [(&Client, &[Uuid]); 5] = [
            (&chidi, &[waiting, open, closed]),
            (&tove, &[waiting, open, closed]),
            (&jonas, &[waiting, open, closed]),
            (&omar, &[open, closed]),
            (&priya, &[waiting, closed]),
        ];
        for (stranger, chats) in strangers {
            for chat in chats {
                same_as_missing(stranger, *chat).await;
            }
        }
        let nobody = [Surface::Agent, Surface::Customer, Surface::Visitor].map(|surface| desk.stranger(surface));
        for (method, path, body) in asked(open) {
            for stranger in &nobody {
                refused(
                    stranger.call(method.clone(), &path, body.clone()).await,
                    401,
                    "signed_out",
                );
            }
        }
        // Maren may know: she could have accepted it. But she reads nothing of it.
        let maren = desk.agent("maren").await;
        refused(maren.get(&format!("/api/chats/{open}")).await, 404, "not_found");
        for (_, path, _) in asked(open).into_iter().filter(|(method, ..)| *method == Method::GET) {
            refused(maren.get(&path).await, 404, "not_found");
        }
    })
    .await;
}

/// Asks in every way for a chat that is not the person's, and for one that is nobody's.
async fn same_as_missing(stranger: &Client, foreign: Uuid) {
    let guessed = Uuid::now_v7();
    for (mine, theirs) in asked(guessed).into_iter().zip(asked(foreign)) {
        let missing = stranger.call(mine.0, &mine.1, mine.2).await;
        refused(missing.clone(), 404, "not_found");
        assert_eq!(
            stranger.call(theirs.0, &theirs.1, theirs.2).await,
            missing,
            "{}: {}",
            stranger.name,
            theirs.1
        );
    }
    let mut live = stranger.live().await;
    let mut heard = [Vec::new(), Vec::new()];
    for (heard, chat) in heard.iter_mut().zip([guessed, foreign]) {
        for frame in asked_live(chat) {
            heard.push(answer(&mut live, chat, frame).await);
        }
    }
    assert_eq!(heard[0], heard[1], "{}: {foreign}", stranger.name);
}

/// What comes as answer to a frame, with ids taken out.
async fn answer(live: &mut Live, chat: Uuid, frame: ClientFrame) -> Vec<String> {
    live.send(frame.clone()).await;
    if let ClientFrame::Send { cid, .. } | ClientFrame::Note { cid, .. } = frame {
        return vec![format!("{:?}", live.answer(cid).await)];
    }
    // The others are answered before the next frame is looked at.
    live.send(ClientFrame::Ping {}).await;
    let mut heard = Vec::new();
    live.wait("a beat", |frame| match frame {
        ServerFrame::Beat { .. } => Some(()),
        ServerFrame::Desk { .. } | ServerFrame::Lobby { .. } => None,
        ServerFrame::Refused { problem, .. } => {
            heard.push(format!("refused {problem:?}"));
            None
        }
        other => {
            let text = serde_json::to_string(other).expect("encodes");
            heard.push(text.replace(&chat.to_string(), "CHAT"));
            None
        }
    })
    .await;
    heard
}

#[tokio::test]
async fn an_id_that_is_none_is_refused_in_words() {
    on_both(async |desk: Desk| {
        let priya = desk.visitor("Priya Raman").await;
        for path in [
            "/api/chats/1",
            "/api/chats/..%2f..",
            "/api/chats/%00/entries",
            "/api/nothing",
            "/api/chats/x/accept",
        ] {
            let (status, body) = priya.get(path).await;
            assert!((400..500).contains(&status), "{path}: {status} {body}");
            let problem: Result<wire::Problem, _> = serde_json::from_value(body.clone());
            assert!(problem.is_ok(), "{path}: {status} {body}");
        }
    })
    .await;
}
