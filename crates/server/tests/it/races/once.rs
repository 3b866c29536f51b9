//! One client id many times is one entry (I-3); many starts at once are one chat (I-11).

use crate::client::{Client, granted};
use crate::desk::{CROWDED, Desk, Engine};
use crate::live::Live;
use futures_util::future::join_all;
use proof::Lane;
use serde_json::json;
use uuid::Uuid;
use wire::{ClientFrame, Said, Started};

/// The same id up to so many times.
const TIMES: usize = 20;
const STARTS: usize = 64;
/// Rounds of starts on each database, for each unit of PROOF.
const ROUNDS: usize = 10;

#[tokio::test]
async fn one_id_sent_many_times_is_one_entry_on_sqlite() {
    one_entry(Engine::Sqlite).await;
}

#[tokio::test]
async fn one_id_sent_many_times_is_one_entry_on_postgres() {
    one_entry(Engine::Postgres).await;
}

#[tokio::test]
async fn one_id_sent_many_times_is_one_entry_on_two_nodes() {
    one_entry(Engine::TwoNodes).await;
}

#[tokio::test]
async fn many_starts_at_once_are_one_chat_on_sqlite() {
    one_chat(Engine::Sqlite).await;
}

#[tokio::test]
async fn many_starts_at_once_are_one_chat_on_postgres() {
    one_chat(Engine::Postgres).await;
}

#[tokio::test]
async fn many_starts_at_once_are_one_chat_on_two_nodes() {
    one_chat(Engine::TwoNodes).await;
}

async fn one_entry(engine: Engine) {
    let lane = Lane::part("races", &format!("one entry on {engine}"));
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let ines = desk.agent("ines").await;
    let here = ines.stays().await;
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("Hello").await.id;
    ines.accept(chat).await;
    drop(here);
    let (mut sent, mut expected) = (0, priya.snapshot(chat).await.chat.head);
    for times in (1..=TIMES).cycle().take(TIMES * proof::scale()) {
        let cid = Uuid::now_v7();
        let mut places = again(&priya, chat, cid, times).await;
        if times % 5 == 0 {
            desk.restart().await;
            places.extend(again(&priya, chat, cid, times).await);
        }
        expected += 1;
        sent += places.len();
        if places.iter().any(|seq| *seq != expected) {
            lane.violation(format!(
                "sent {times} times, {cid} is at {places:?}, and not at {expected}"
            ));
        }
        lane.case();
    }
    let head = priya.snapshot(chat).await.chat.head;
    if head != expected {
        lane.violation(format!("{expected} entries were to be there, and there are {head}"));
    }
    lane.figure("repeated sends", sent);
    desk.verify().await;
    lane.finish();
}

/// Sends a message so many times at once, half of them by HTTP, half over connections of their own, some of which watch.
/// Returns where each answer says it is.
async fn again(client: &Client, chat: Uuid, cid: Uuid, times: usize) -> Vec<i64> {
    let text = format!("once: {cid}");
    let mut lives = Vec::new();
    for n in 0..times / 2 {
        let mut live = client.at(n / 2).live().await;
        if n % 2 == 0 {
            live.watch(chat).await;
        }
        lives.push(live);
    }
    let live = |mut live: Live| {
        let frame = ClientFrame::Send {
            chat,
            cid,
            text: text.clone(),
        };
        async move {
            live.send(frame).await;
            live.answer(cid)
                .await
                .unwrap_or_else(|problem| panic!("{cid}: {problem:?}"))
        }
    };
    let by_live = join_all(lives.into_iter().map(live));
    let http = async |n| granted::<Said>("say", client.at(n).try_say(chat, cid, "message", &text).await).seq;
    let by_http = join_all((times / 2..times).map(http));
    let (by_live, by_http) = tokio::join!(by_live, by_http);
    [by_live, by_http].concat()
}

async fn one_chat(engine: Engine) {
    let lane = Lane::part("races", &format!("one chat on {engine}"));
    let Some(desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let ines = desk.agent("ines").await;
    let _here = ines.stays().await;
    let mut extra = 0;
    for _ in 0..engine.rounds(ROUNDS) {
        let priya = desk.visitor("Priya Raman").await;
        let started = join_all((0..STARTS).map(|n| start(priya.at(n)))).await;
        let new = started.iter().filter(|started| started.new).count();
        let chats: std::collections::BTreeSet<_> = started.iter().map(|started| started.chat.id).collect();
        if new != 1 || chats.len() != 1 {
            extra += chats.len() - 1;
            lane.violation(format!("{STARTS} starts: {new} new, {} chats", chats.len()));
        }
        priya.close(started[0].chat.id).await;
        lane.case();
    }
    lane.figure("starts", engine.rounds(ROUNDS) * STARTS);
    lane.figure("extra chats", extra);
    desk.verify().await;
    lane.finish();
}

async fn start(visitor: Client) -> Started {
    let body = json!({ "cid": Uuid::now_v7(), "text": "Hello" });
    granted("start", visitor.post("/api/chats", body).await)
}
