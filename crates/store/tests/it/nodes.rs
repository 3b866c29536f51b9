//! Two stores on one database: two nodes on PostgreSQL, an upgrade overlapping its predecessor on SQLite.

use crate::desk::*;
use domain::{Chat, Person, PersonId, Verb};
use store::{Outcome, Store, WriteError};
use uuid::Uuid;

both!(
    two_nodes_number_the_same_chats_without_a_gap,
    of_two_nodes_one_accepts,
    two_nodes_store_one_command_once,
    two_nodes_start_one_chat
);

/// Both write to all chats at once, in opposite order.
async fn two_nodes_number_the_same_chats_without_a_gap(desk: &Desk) {
    let each = 40 * proof::scale();
    let mut chats = Vec::new();
    for n in 0..8 {
        let visitor = Person {
            id: PersonId(Uuid::from_u128(1_000 + n)),
            ..priya()
        };
        desk.add(&visitor).await;
        let chat = desk.open_chat(&visitor, &maren()).await;
        chats.push(desk.chat(chat).await);
    }
    let (other, heard) = desk.reopened(EPOCH).await;
    let send = |store: Store, chats: Vec<Chat>, node: &'static str| {
        tokio::spawn(async move {
            for n in 0..each {
                let queued = chats.iter().map(|chat| {
                    store
                        .write(decided(chat, &maren(), say(&format!("{node}{n}")), cid()))
                        .unwrap()
                });
                for answer in answered(queued.collect()).await {
                    assert!(matches!(answer, Ok(Outcome::Written { .. })), "{answer:?}");
                }
            }
        })
    };
    let backwards = chats.iter().rev().cloned().collect();
    let nodes = [
        send(desk.store.clone(), chats.clone(), "a"),
        send(other.clone(), backwards, "b"),
    ];
    for node in nodes {
        node.await.unwrap();
    }
    for chat in &chats {
        let entries = desk.entries(chat.id).await;
        assert!(dense(entries.iter().map(|entry| entry.seq)));
        assert!(dense(entries.iter().filter_map(|entry| entry.public_seq)));
        assert_eq!(entries.len(), 3 + 2 * each);
        let mut told = [desk.heard.entries_of(chat.id), heard.entries_of(chat.id)].concat();
        told.sort_by_key(|entry| entry.seq);
        assert_eq!(told, entries, "each entry is announced on one node, once");
        desk.lane.cases(2 * each);
    }
    other.close().await;
}

async fn of_two_nodes_one_accepts(desk: &Desk) {
    let (other, _) = desk.reopened(EPOCH).await;
    for _ in 0..10 * proof::scale() {
        let chat = desk.asked_by(&priya()).await;
        let seen = desk.chat(chat).await;
        let asked = vec![
            desk.queues(decided(&seen, &maren(), Verb::Accept, cid())),
            other.write(decided(&seen, &ines(), Verb::Accept, cid())).unwrap(),
            desk.queues(decided(&seen, &ines(), Verb::Accept, cid())),
            other.write(decided(&seen, &maren(), Verb::Accept, cid())).unwrap(),
        ];
        let answers = answered(asked).await;
        let won = answers
            .iter()
            .filter(|answer| matches!(answer, Ok(Outcome::Written { .. })))
            .count();
        let moved = answers
            .iter()
            .filter(|answer| **answer == Err(WriteError::FenceMoved))
            .count();
        assert_eq!((won, moved), (1, 3), "{answers:?}");
        assert_eq!(desk.entries(chat).await.len(), 3);
        desk.does(chat, &priya(), Verb::Close).await.unwrap();
        desk.lane.case();
    }
    other.close().await;
}

async fn two_nodes_store_one_command_once(desk: &Desk) {
    let (other, _) = desk.reopened(EPOCH).await;
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    for n in 0..20 * proof::scale() {
        let command = decided(&seen, &priya(), say(&n.to_string()), cid());
        let stores = [&desk.store, &other, &desk.store, &other];
        let answers = answered(stores.map(|store| store.write(command.clone()).unwrap()).into()).await;
        let written = answers
            .iter()
            .filter(|answer| matches!(answer, Ok(Outcome::Written { .. })))
            .count();
        let known = answers
            .iter()
            .filter(|answer| matches!(answer, Ok(Outcome::Known { .. })))
            .count();
        assert_eq!((written, known), (1, 3), "{answers:?}");
        desk.lane.case();
    }
    assert_eq!(desk.entries(chat).await.len(), 3 + 20 * proof::scale());
    other.close().await;
}

async fn two_nodes_start_one_chat(desk: &Desk) {
    let (other, _) = desk.reopened(EPOCH).await;
    for _ in 0..10 * proof::scale() {
        let stores = [&desk.store, &other, &desk.store, &other];
        let answers = answered(
            stores
                .map(|store| store.write(start(&priya(), CHANNEL, cid())).unwrap())
                .into(),
        )
        .await;
        let chats: Vec<_> = answers
            .iter()
            .map(|answer| match answer {
                Ok(Outcome::Written { chat, .. } | Outcome::Existing { chat }) => *chat,
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(chats.iter().all(|chat| *chat == chats[0]), "{answers:?}");
        desk.does(chats[0], &priya(), Verb::Close).await.unwrap();
        desk.lane.case();
    }
    other.close().await;
}
