//! A chat goes into a ticket once, whoever asks for it and how often, and not before the eyes of somebody it is not for.

use super::about::{hers, ticket_for};
use super::{append, list, make, open_chat, plain, queue, said, view};
use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{ChatState, Queues, TicketRef, TicketView};

/// What of chats stands in a ticket, in order.
pub(super) fn told(ticket: &TicketView) -> Vec<String> {
    let chats = ticket.articles.iter().filter_map(|article| article.chat.as_ref());
    chats.flat_map(|chat| said(&chat.lines)).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_ticket_of_another_customer_takes_a_chat_only_if_it_is_meant_so() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let (jonas, elin) = (desk.customer("jonas").await, desk.customer("elin").await);
        let _here = ines.live().await;
        let travel = queue(&ines, "Travel").await;
        let elins = ticket_for(&ines, &elin, travel, "Elin's").await;
        let chat = open_chat(&hanne, &ines).await;
        let into_elins = async |chat: Value| append(&ines, elins.id, Uuid::now_v7(), chat).await;
        refused(into_elins(json!({ "chat": chat })).await, 409, "other_customer");
        assert_eq!(ines.snapshot(chat).await.chat.state, ChatState::Open);
        assert_eq!(hers(&elin, elins.id).await.articles.len(), 1);
        // What no customer reads goes anywhere.
        let note = ines.snapshot(chat).await.entries.iter().find_map(|entry| {
            let is_note = format!("{:?}", entry.what).contains(super::NOTE);
            is_note.then_some(entry.seq)
        });
        let notes = json!({ "chat": chat, "entries": [note.expect("a note")], "keep_open": true });
        let _: TicketRef = granted("the note", into_elins(notes).await);
        assert_eq!(hers(&elin, elins.id).await.articles.len(), 1);
        let meant = json!({ "chat": chat, "keep_open": true, "other_customer": true });
        let _: TicketRef = granted("meant", into_elins(meant).await);
        assert_eq!(hers(&elin, elins.id).await.articles.len(), 2);
        // Of her company's tickets she reads each, and so do they.
        let jonas_ticket = ticket_for(&ines, &jonas, travel, "Jonas's").await;
        let _: TicketRef = granted(
            "a colleague's",
            append(&ines, jonas_ticket.id, Uuid::now_v7(), json!({ "chat": chat })).await,
        );
        assert_eq!(ines.snapshot(chat).await.chat.state, ChatState::Closed);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn what_agents_said_among_themselves_is_for_no_customer() {
    on_both(async |desk: Desk| {
        let (ines, maren, hanne) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.customer("hanne").await,
        );
        let _here = (ines.stays().await, maren.stays().await);
        let ticket = ticket_for(&ines, &hanne, queue(&ines, "Travel").await, "A trailer").await;
        let chat = ines.ask(&maren, "Who scratched it?").await.id;
        maren.accept(chat).await;
        maren.say(chat, "The crane, I fear.").await;
        // All of it is for agents; a note would be nothing else.
        let note = ines.try_say(chat, Uuid::now_v7(), "note", super::NOTE).await;
        refused(note, 403, "not_allowed");
        let before = hers(&hanne, ticket.id).await;
        let _: TicketRef = granted(
            "append",
            append(&ines, ticket.id, Uuid::now_v7(), json!({ "chat": chat })).await,
        );
        let seen = view(&ines, ticket.id).await;
        let [_, among] = seen.articles.as_slice() else {
            panic!("{:?}", seen.articles)
        };
        assert!(!among.visible);
        assert_eq!(told(&seen), ["Who scratched it?", "The crane, I fear."]);
        let after = hers(&hanne, ticket.id).await;
        assert_eq!(after.articles, before.articles);
        for word in ["scratched", "crane", "Maren", &chat.to_string()] {
            assert!(!format!("{after:?}").contains(word), "{word} in {after:?}");
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn what_of_a_chat_is_in_a_ticket_does_not_go_there_again() {
    on_both(async |desk: Desk| {
        let (ines, maren, hanne) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.customer("hanne").await,
        );
        let _here = (ines.live().await, maren.live().await);
        let travel = queue(&ines, "Travel").await;
        let ticket = ticket_for(&ines, &hanne, travel, "A trailer").await;
        let chat = open_chat(&hanne, &ines).await;
        let keep = || json!({ "chat": chat, "keep_open": true });
        let try_it = async |who: &Client, what: Value| append(who, ticket.id, Uuid::now_v7(), what).await;
        let cid = Uuid::now_v7();
        for _ in 0..2 {
            let _: TicketRef = granted("kept open", append(&ines, ticket.id, cid, keep()).await);
        }
        refused(try_it(&ines, keep()).await, 409, "in_ticket_already");
        refused(
            try_it(&ines, json!({ "chat": chat, "entries": [2], "keep_open": true })).await,
            409,
            "in_ticket_already",
        );
        let _: TicketRef = granted("the same command", append(&ines, ticket.id, cid, keep()).await);
        // What is said later goes with the next.
        hanne.say(chat, "It is blue.").await;
        let _: TicketRef = granted("what came", try_it(&ines, keep()).await);
        let all = ["Where is my trailer?", "In Sandvik.", super::NOTE, "It is blue."];
        assert_eq!(told(&view(&ines, ticket.id).await), all);
        // Two at once.
        ines.invite(chat, &maren, "participant").await;
        granted::<Value>("join", maren.take_role(chat, "join", "participant").await);
        let mut wanted: Vec<String> = all.map(str::to_owned).to_vec();
        for round in 0..5 {
            let text = format!("Round {round}");
            hanne.say(chat, &text).await;
            wanted.push(text);
            let (one, other) = tokio::join!(try_it(&ines, keep()), try_it(&maren, keep()));
            let statuses = [one.0, other.0];
            assert!(statuses.contains(&200), "{one:?} {other:?}");
            for answer in [one, other] {
                if answer.0 != 200 {
                    refused(answer, 409, "in_ticket_already");
                }
            }
            assert_eq!(told(&view(&ines, ticket.id).await), wanted);
        }
        // The same into another ticket, of course.
        let second = ticket_for(&ines, &hanne, travel, "Once more").await;
        let _: TicketRef = granted(
            "elsewhere",
            append(&ines, second.id, Uuid::now_v7(), json!({ "chat": chat })).await,
        );
        refused(try_it(&ines, json!({ "chat": chat })).await, 409, "in_ticket_already");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_customer_adds_what_is_missing_and_loses_no_word() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.live().await;
        let travel = queue(&ines, "Travel").await;
        let ticket = ticket_for(&ines, &hanne, travel, "A refund").await;
        let about = json!({ "cid": Uuid::now_v7(), "ticket": ticket.id, "text": "Any news of it?" });
        let chat = granted::<wire::Started>("a chat", hanne.post("/api/chats", about).await)
            .chat
            .id;
        ines.accept(chat).await;
        ines.say(chat, "On Monday.").await;
        // An agent took one line of it; she wants it all.
        let part = json!({ "chat": chat, "entries": [2], "keep_open": true });
        let _: TicketRef = granted("a part", append(&ines, ticket.id, Uuid::now_v7(), part).await);
        hanne.close(chat).await;
        for _ in 0..2 {
            let path = format!("/api/my/tickets/{}/chats", ticket.id);
            let _: Value = granted("the rest", hanne.post(&path, json!({ "chat": chat })).await);
        }
        let seen = view(&ines, ticket.id).await;
        let mut lines = told(&seen);
        lines.sort();
        assert_eq!(lines, ["Any news of it?", "On Monday."]);
        // A ticket of a chat that she made before does not swallow what she writes now.
        let chat = hanne.start_chat("Something else").await.id;
        hanne.close(chat).await;
        let new = |text: &str| json!({ "cid": Uuid::now_v7(), "title": "A bicycle", "text": text, "chat": chat });
        let first: TicketRef = granted("made", hanne.post("/api/my/tickets", new("It is red.")).await);
        let again: TicketRef = granted("again", hanne.post("/api/my/tickets", new("It is red.")).await);
        assert_eq!(first, again);
        refused(
            hanne.post("/api/my/tickets", new("It is green.")).await,
            409,
            "in_ticket_already",
        );
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_phone_ticket_of_nothing_of_a_chat_is_not_made() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.live().await;
        let travel = queue(&ines, "Travel").await;
        let chat = open_chat(&hanne, &ines).await;
        for entries in [json!([]), json!([9_000])] {
            let mut body = plain(travel, "From the chat");
            body["chat"] = json!({ "chat": chat, "entries": entries });
            refused(ines.post("/api/tickets", body).await, 422, "bad_input");
        }
        assert!(list(&ines, "").await.tickets.is_empty());
        // Who it is given to is asked of its queue.
        let of: Queues = granted("queues", ines.get(&format!("/api/queues?agents_of={travel}")).await);
        let agents = of.agents.expect("she may make tickets there");
        let maren = desk.agent("maren").await.me().await.id;
        assert!(agents.iter().any(|agent| agent.id == maren), "{agents:?}");
        let unknown: Queues = granted(
            "queues",
            ines.get(&format!("/api/queues?agents_of={}", Uuid::now_v7())).await,
        );
        assert_eq!(unknown.agents, None);
        let mut body = plain(travel, "For Maren");
        body["owner"] = json!(maren);
        body["responsible"] = json!(maren);
        let made = make(&ines, body).await;
        let seen = view(&ines, made.id).await;
        assert_eq!(seen.owner.map(|owner| owner.id), Some(maren));
        assert_eq!(seen.responsible.map(|agent| agent.id), Some(maren));
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_customer_leaves_goes_to_the_queue_of_its_channel() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let snippet: wire::SnippetView = granted("snippet", ines.get("/api/snippets/skerry-ferries").await);
        let channel = snippet.channels[0].channel.id;
        let left = |channel: Uuid| json!({ "cid": Uuid::now_v7(), "title": "Hm", "text": "Nobody there?", "channel": channel });
        let made: TicketRef = granted("left", hanne.post("/api/my/tickets", left(channel)).await);
        assert_eq!(view(&ines, made.id).await.queue.name, "Travel");
        refused(hanne.post("/api/my/tickets", left(Uuid::now_v7())).await, 403, "not_offered");
        desk.verify().await;
    })
    .await;
}
