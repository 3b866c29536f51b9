//! Coming back after any gap; reading too slowly.

use crate::client::Client;
use crate::desk::{Desk, Engine, on_both};
use crate::live::{Ended, Folded, Live};
use proof::Lane;
use std::time::Duration;
use tokio::net::TcpSocket;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use uuid::Uuid;
use wire::{ClientFrame, Position, ServerFrame};

/// Fast enough for a story, and still bounded.
const FAST: (&str, i64) = ("frames_per_s", 100_000);

/// Says many things quickly, and waits until all are stored.
async fn chatter(live: &mut Live, chat: Uuid, texts: impl Iterator<Item = String>) {
    let texts: Vec<_> = texts.collect();
    for some in texts.chunks(30) {
        let mut cids = Vec::new();
        for text in some {
            cids.push(live.say(chat, text).await);
        }
        let last = *cids.last().expect("some");
        live.answer(last).await.expect("stored");
    }
}

/// What a fresh reader finds, all pages of it.
async fn whole(client: &Client, chat: Uuid) -> Vec<String> {
    let mut kinds = Vec::new();
    loop {
        let (status, page) = client
            .get(&format!("/api/chats/{chat}/entries?after={}&limit=200", kinds.len()))
            .await;
        assert_eq!(status, 200, "{page}");
        let entries: wire::Entries = serde_json::from_value(page).expect("entries");
        kinds.extend(
            entries
                .entries
                .iter()
                .map(|entry| format!("{} {:?}", entry.seq, entry.what)),
        );
        if kinds.len() as i64 == entries.head {
            return kinds;
        }
    }
}

fn lines(known: &Folded) -> Vec<String> {
    known
        .entries
        .values()
        .map(|entry| format!("{} {:?}", entry.seq, entry.what))
        .collect()
}

#[tokio::test]
async fn a_client_comes_back_after_any_gap() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[FAST]).await;
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Hello").await.id;
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        let mut known = priya_live.watch(chat).await.clone();
        for gap in [0, 1, 26, 150, 401] {
            let start = known.position.seq;
            // Gone without a word; the others go on.
            drop(priya_live);
            chatter(&mut ines_live, chat, (0..gap).map(|n| format!("{start} and {n}"))).await;
            priya_live = priya.live().await;
            priya_live.resume(known).await;
            priya_live
                .sees(chat, "all of the gap", |chat| chat.position.seq == start + gap)
                .await;
            known = priya_live.chat(chat).clone();
            assert_eq!(lines(&known), whole(&priya, chat).await, "after a gap of {gap}");
            desk.restart().await;
            // Ids of agents are kept; her connection is not.
            ines_live = ines.live().await;
            ines_live.watch(chat).await;
            priya_live = priya.live().await;
            priya_live.resume(known.clone()).await;
            priya_live.settle().await;
            assert_eq!(
                lines(priya_live.chat(chat)),
                lines(&known),
                "a restart brings nothing anew"
            );
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_position_that_cannot_be_continued_brings_a_snapshot() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[FAST]).await;
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Hello").await.id;
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        let Position { epoch, seq } = priya_live.watch(chat).await.position;
        for wrong in [
            Position { epoch: epoch + 2, seq },
            Position { epoch: 0, seq },
            Position { epoch, seq: seq + 1 },
            Position { epoch, seq: i64::MAX },
            Position { epoch, seq: -1 },
            Position { epoch, seq: i64::MIN },
        ] {
            priya_live
                .send(ClientFrame::Watch {
                    chat,
                    after: Some(wrong),
                })
                .await;
            snapshot(&mut priya_live, chat, seq).await;
        }
        priya_live
            .send(ClientFrame::Watch {
                chat,
                after: Some(Position { epoch, seq }),
            })
            .await;
        let answer = priya_live.wait("an answer", |frame| match frame {
            ServerFrame::Snapshot { .. } => Some("anew"),
            ServerFrame::State { .. } => Some("as she was"),
            _ => None,
        });
        assert_eq!(answer.await, "as she was");

        chatter(&mut ines_live, chat, (0..2_010).map(|n| format!("{n}"))).await;
        let mut late = priya.live().await;
        late.send(ClientFrame::Watch {
            chat,
            after: Some(Position { epoch, seq }),
        })
        .await;
        snapshot(&mut late, chat, seq + 2_010).await;
        assert_eq!(late.chat(chat).entries.len(), 150, "the newest; older ones by HTTP");
        assert_eq!(whole(&priya, chat).await.len() as i64, seq + 2_010);
        desk.verify().await;
    })
    .await;
}

async fn snapshot(live: &mut Live, chat: Uuid, head: i64) {
    let as_of = live.wait("a snapshot", |frame| match frame {
        ServerFrame::Snapshot { as_of, chat: view, .. } if view.id == chat => Some(*as_of),
        _ => None,
    });
    assert_eq!(as_of.await.seq, head);
}

#[tokio::test]
async fn a_chat_of_long_messages_is_read_like_any_other() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[FAST]).await;
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Hello").await.id;
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        let mut priya_live = priya.live().await;
        let known = priya_live.watch(chat).await.clone();
        drop(priya_live);
        let long = "\u{1F6A2}".repeat(9_990);
        chatter(&mut ines_live, chat, (0..60).map(|n| format!("{n} {long}"))).await;
        let head = known.position.seq + 60;
        let mut anew = priya.live().await;
        anew.watch(chat).await;
        anew.sees(chat, "all", |chat| chat.position.seq == head).await;
        let mut again = priya.live().await;
        again.resume(known).await;
        again
            .sees(chat, "all", |chat| {
                chat.position.seq == head && chat.entries.len() as i64 == head
            })
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_slow_reader_is_let_go_with_4008_and_resumes() {
    let lane = Lane::part("chats", "resume a slow reader");
    // The databases have no part in it: one is enough.
    let desk = Desk::start_with(Engine::Sqlite, &[FAST])
        .await
        .expect("SQLite is always there");
    let ines = desk.agent("ines").await;
    let mut ines_live = ines.live().await;
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("Hello").await.id;
    ines.accept(chat).await;
    ines_live.watch(chat).await;
    let mut slow = slow_reader(&desk, &priya).await;
    slow.watch(chat).await;

    // More than the buffers of both systems hold.
    let (long, said) = ("\u{1F6A2}".repeat(9_990), 400);
    chatter(&mut ines_live, chat, (0..said).map(|n| format!("{n} {long}"))).await;
    // She takes nothing of it for 20 s and some: here time itself is what is waited for.
    tokio::time::sleep(Duration::from_secs(24)).await;
    assert_eq!(slow.ended().await, Ended(4008));
    let missed = said + 3 - slow.chat(chat).position.seq;
    assert!(missed > 0, "she was no slow reader");
    lane.figure("missed by the slow reader", missed);

    let mut again = priya.live().await;
    again.resume(slow.chats.remove(&chat).expect("watched")).await;
    again.sees(chat, "all", |chat| chat.position.seq == said + 3).await;
    desk.verify().await;
    lane.case();
    lane.finish();
}

/// A connection over a socket that holds little.
async fn slow_reader(desk: &Desk, client: &Client) -> Live {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let stream = socket
        .connect(desk.address().parse().expect("an address"))
        .await
        .expect("connects");
    let mut request = client.live_url().into_client_request().expect("an address");
    request
        .headers_mut()
        .insert("Origin", client.url().parse().expect("a header"));
    let (socket, _) = tokio_tungstenite::client_async(request, tokio_tungstenite::MaybeTlsStream::Plain(stream))
        .await
        .expect("a live connection");
    Live::greet(client, socket).await.expect("a welcome")
}
