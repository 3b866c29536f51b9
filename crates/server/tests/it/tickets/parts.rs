//! Of a chat only what was chosen goes into a ticket, and nothing where somebody may not make or write one.

use super::about::hers;
use super::twice::told;
use super::{NOTE, append, make, open_chat, plain, queue, said, titles, view};
use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{ChatState, EntryWhat, TicketRef};

/// Where in the chat this stands.
async fn seq(agent: &Client, chat: Uuid, words: &str) -> i64 {
    let entries = agent.snapshot(chat).await.entries;
    let found = entries.iter().find(|entry| match &entry.what {
        EntryWhat::Message { text, .. } | EntryWhat::Note { text, .. } => text == words,
        _ => false,
    });
    found.expect("it was said").seq
}

/// Where the chat's log says that it went.
async fn attached(agent: &Client, chat: Uuid) -> Vec<Uuid> {
    let entries = agent.snapshot(chat).await.entries.into_iter();
    entries
        .filter_map(|entry| match entry.what {
            EntryWhat::Attached { ticket, .. } => Some(ticket),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn a_phone_ticket_of_a_part_holds_just_that_and_the_rest_comes_later() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.stays().await;
        let chat = open_chat(&hanne, &ines).await;
        let chosen = [
            seq(&ines, chat, "Where is my trailer?").await,
            seq(&ines, chat, NOTE).await,
        ];
        let mut body = plain(queue(&ines, "Travel").await, "Her trailer");
        body["customer"] = json!({ "is": "person", "id": hanne.me().await.id });
        body["chat"] = json!({ "chat": chat, "entries": chosen, "keep_open": true });
        let made = make(&ines, body.clone()).await;
        assert_eq!(make(&ines, body).await, made, "the same command");
        let seen = view(&ines, made.id).await;
        let [own, public, internal] = seen.articles.as_slice() else {
            panic!("{:?}", seen.articles)
        };
        assert!(own.chat.is_none() && public.visible && !internal.visible);
        for (article, line) in [(public, "Where is my trailer?"), (internal, NOTE)] {
            let lines = article.chat.clone().expect("a chat").lines;
            assert_eq!((lines.len(), said(&lines)), (1, vec![line]));
        }
        assert_eq!(ines.snapshot(chat).await.chat.state, ChatState::Open);
        assert_eq!(attached(&ines, chat).await, [made.id]);
        // The rest goes with what was said since, each once.
        hanne.say(chat, "And my bicycle?").await;
        let rest = async || append(&ines, made.id, Uuid::now_v7(), json!({ "chat": chat })).await;
        let _: TicketRef = granted("the rest", rest().await);
        assert_eq!(ines.snapshot(chat).await.chat.state, ChatState::Closed);
        refused(rest().await, 409, "in_ticket_already");
        let mut all = told(&view(&ines, made.id).await);
        all.sort();
        assert_eq!(all, ["And my bicycle?", "In Sandvik.", NOTE, "Where is my trailer?"]);
        assert_eq!(attached(&ines, chat).await, [made.id, made.id]);
        assert!(!format!("{:?}", hers(&hanne, made.id).await).contains(NOTE));
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn who_only_reads_a_queue_puts_no_chat_into_it() {
    on_both(async |desk: Desk| {
        desk.cli(&["grant", "tove", "users", "chat_participant"]).await;
        let (ines, tove, hanne) = (
            desk.agent("ines").await,
            desk.agent("tove").await,
            desk.customer("hanne").await,
        );
        let _here = (ines.stays().await, tove.stays().await);
        let travel = queue(&ines, "Travel").await;
        let ticket = make(&ines, plain(travel, "A trailer")).await;
        let with_hanne = open_chat(&hanne, &ines).await;
        ines.invite(with_hanne, &tove, "participant").await;
        granted::<Value>("join", tove.take_role(with_hanne, "join", "participant").await);
        // Her own.
        let with_ines = tove.ask(&ines, "May I?").await.id;
        ines.accept(with_ines).await;
        let before = titles(&ines, "state=all").await;
        assert_eq!(titles(&tove, "state=all").await, before, "she reads them");
        for chat in [with_hanne, with_ines] {
            for keep_open in [false, true] {
                let into = json!({ "chat": chat, "keep_open": keep_open });
                let mut body = plain(travel, "Hers");
                body["chat"] = into.clone();
                refused(tove.post("/api/tickets", body).await, 403, "not_allowed");
                let tried = append(&tove, ticket.id, Uuid::now_v7(), into).await;
                refused(tried, 403, "not_allowed");
            }
            assert_eq!(tove.snapshot(chat).await.chat.state, ChatState::Open);
            assert!(attached(&tove, chat).await.is_empty());
        }
        assert_eq!(titles(&ines, "state=all").await, before);
        assert_eq!(view(&ines, ticket.id).await.articles.len(), 1);
        desk.verify().await;
    })
    .await;
}
