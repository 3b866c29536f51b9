//! Chats begun from a ticket: where they go, who learns which one that was, and how they come back into it.

use super::{make, queue, said, view};
use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use crate::mail::read_pdf;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{ChatView, MyTicket, Requests, Started, TicketRef};

pub(crate) async fn ticket_for(agent: &Client, customer: &Client, queue: Uuid, title: &str) -> TicketRef {
    let is = json!({ "is": "person", "id": customer.me().await.id });
    let text = "She rang.";
    let body = json!({ "cid": Uuid::now_v7(), "title": title, "text": text, "queue": queue, "customer": is });
    make(agent, body).await
}

pub(crate) async fn try_start(who: &Client, ticket: Uuid) -> (u16, Value) {
    let body = json!({ "cid": Uuid::now_v7(), "ticket": ticket, "text": "Any news of it?" });
    who.post("/api/chats", body).await
}

async fn start(who: &Client, ticket: &TicketRef) -> Started {
    granted("a chat about it", try_start(who, ticket.id).await)
}

pub(crate) async fn try_ask(agent: &Client, whom: &Client, ticket: Uuid) -> (u16, Value) {
    let body = json!({ "cid": Uuid::now_v7(), "ticket": ticket, "text": "About your ticket" });
    agent
        .post(&format!("/api/people/{}/chats", whom.me().await.id), body)
        .await
}

pub(crate) async fn hers(customer: &Client, ticket: Uuid) -> MyTicket {
    granted("hers", customer.get(&format!("/api/my/tickets/{ticket}")).await)
}

/// What the request list says a chat is about.
async fn about(agent: &Client, chat: Uuid) -> Option<TicketRef> {
    let requests: Requests = granted("requests", agent.get("/api/requests").await);
    let request = requests.requests.into_iter().find(|request| request.chat == chat);
    request.expect("it is in the list").ticket
}

#[tokio::test]
async fn a_chat_is_begun_from_a_ticket_by_its_customer_and_goes_to_its_queues_channel() {
    on_both(async |desk: Desk| {
        let (ines, chidi) = (desk.agent("ines").await, desk.agent("chidi").await);
        let (hanne, jonas) = (desk.customer("hanne").await, desk.customer("jonas").await);
        let (elin, priya) = (desk.customer("elin").await, desk.visitor("Priya Raman").await);
        let _here = (ines.live().await, chidi.live().await);
        let refund = ticket_for(&ines, &hanne, queue(&ines, "Travel").await, "A refund").await;
        let trailer = ticket_for(&chidi, &hanne, queue(&chidi, "Freight").await, "A trailer").await;
        let raw: TicketRef = granted(
            "in no queue of a channel",
            hanne
                .post(
                    "/api/my/tickets",
                    json!({ "cid": Uuid::now_v7(), "title": "Hm", "text": "Hm" }),
                )
                .await,
        );
        // Offered to whom it is for, where its queue has a channel.
        assert!(hers(&hanne, refund.id).await.channel.is_some());
        assert_eq!(hers(&jonas, refund.id).await.channel, None, "a colleague's");
        assert_eq!(hers(&hanne, raw.id).await.channel, None);
        refused(try_start(&jonas, refund.id).await, 403, "not_offered");
        refused(try_start(&hanne, raw.id).await, 403, "not_offered");
        for who in [&elin, &priya, &ines] {
            refused(try_start(who, refund.id).await, 404, "not_found");
        }
        // One for each ticket, beside the one about nothing.
        let (first, again) = (start(&hanne, &refund).await, start(&hanne, &refund).await);
        assert_eq!((first.new, again.new, again.chat.id), (true, false, first.chat.id));
        assert_eq!(
            (&*first.chat.channel.name, first.chat.ticket),
            ("Travel desk", Some(refund.clone()))
        );
        let other = start(&hanne, &trailer).await.chat;
        assert_eq!((&*other.channel.name, other.ticket), ("Freight", Some(trailer.clone())));
        let plain = hanne.start_chat("Something else").await;
        assert!(plain.ticket.is_none() && ![first.chat.id, other.id].contains(&plain.id));
        assert_eq!(about(&ines, first.chat.id).await, Some(refund.clone()));
        assert_eq!(about(&chidi, other.id).await, Some(trailer.clone()));
        assert_eq!(ines.accept(first.chat.id).await.ticket, Some(refund.clone()));
        // Sent again after the ticket has moved to a queue without a channel, it is what it became.
        hanne.close(first.chat.id).await;
        let body = json!({ "cid": Uuid::now_v7(), "ticket": refund.id, "text": "Any news of it?" });
        let sent: Started = granted("once more", hanne.post("/api/chats", body.clone()).await);
        let change = json!({ "version": view(&ines, refund.id).await.version, "queue": queue(&ines, "Misc").await });
        let change = ines.post(&format!("/api/tickets/{}/change", refund.id), change).await;
        let _: Value = granted("moved", change);
        let again: Started = granted("the same", hanne.post("/api/chats", body).await);
        assert_eq!(again.chat.id, sent.chat.id);
        refused(try_start(&hanne, refund.id).await, 403, "not_offered");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn agents_ask_about_a_ticket_its_customer_and_each_other() {
    on_both(async |desk: Desk| {
        let (ines, maren, chidi) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.agent("chidi").await,
        );
        let (hanne, elin) = (desk.customer("hanne").await, desk.customer("elin").await);
        let here = (
            hanne.live().await,
            elin.live().await,
            maren.live().await,
            chidi.live().await,
        );
        let refund = ticket_for(&ines, &hanne, queue(&ines, "Travel").await, "A refund").await;
        let trailer = ticket_for(&chidi, &hanne, queue(&chidi, "Freight").await, "A trailer").await;
        refused(try_ask(&ines, &elin, refund.id).await, 404, "not_found");
        refused(try_ask(&ines, &hanne, trailer.id).await, 404, "not_found");
        refused(try_ask(&ines, &hanne, Uuid::now_v7()).await, 404, "not_found");
        let asked: Started = granted("ask Hanne", try_ask(&ines, &hanne, refund.id).await);
        assert_eq!(
            (&*asked.chat.channel.name, &asked.chat.ticket),
            ("Travel desk", &Some(refund.clone()))
        );
        let accepted: ChatView = granted("accept", hanne.act(asked.chat.id, "accept").await);
        assert_eq!(accepted.ticket, Some(refund.clone()));
        for (whom, learns) in [(&maren, Some(refund.clone())), (&chidi, None)] {
            let asked: Started = granted("ask a colleague", try_ask(&ines, whom, refund.id).await);
            assert_eq!(asked.chat.ticket, Some(refund.clone()));
            assert_eq!(about(whom, asked.chat.id).await, learns);
        }
        drop(here);
        desk.verify().await;
    })
    .await;
}

/// The chat as somebody takes it away.
async fn taken(who: &Client, chat: Uuid, form: &str) -> String {
    let answer = who.fetch(&format!("/api/chats/{chat}/transcript?form={form}")).await;
    assert_eq!(answer.status(), 200, "{}: {form}", who.name);
    let document = answer.bytes().await.expect("a document");
    match form {
        "pdf" => read_pdf(&document),
        _ => String::from_utf8(document.to_vec()).expect("UTF-8"),
    }
}

#[tokio::test]
async fn a_transcript_names_the_ticket_to_whom_it_is_open() {
    on_both(async |desk: Desk| {
        // His is the channel, and not the queue.
        desk.cli(&["grant", "chidi", "travel", "chat_owner"]).await;
        let (ines, chidi, hanne) = (
            desk.agent("ines").await,
            desk.agent("chidi").await,
            desk.customer("hanne").await,
        );
        let _here = ines.stays().await;
        let refund = ticket_for(&ines, &hanne, queue(&ines, "Travel").await, "A refund").await;
        refused(
            chidi.get(&format!("/api/tickets/{}", refund.id)).await,
            404,
            "not_found",
        );
        let chat = start(&hanne, &refund).await.chat.id;
        ines.accept(chat).await;
        ines.say(chat, "On Monday.").await;
        ines.close(chat).await;
        for (who, learns) in [(&hanne, true), (&ines, true), (&chidi, false)] {
            for form in ["text", "html", "json", "pdf"] {
                let document = taken(who, chat, form).await;
                assert!(document.contains("On Monday."), "{}: {document}", who.name);
                let named = document.contains(&refund.number);
                assert_eq!(named, learns, "{} {form}: {document}", who.name);
            }
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_chat_that_has_ended_comes_into_the_ticket_it_was_begun_from_once() {
    on_both(async |desk: Desk| {
        let (ines, hanne, jonas) = (
            desk.agent("ines").await,
            desk.customer("hanne").await,
            desk.customer("jonas").await,
        );
        let _here = ines.live().await;
        let refund = ticket_for(&ines, &hanne, queue(&ines, "Travel").await, "A refund").await;
        let add = async |who: &Client, chat: Uuid| {
            who.post(&format!("/api/my/tickets/{}/chats", refund.id), json!({ "chat": chat }))
                .await
        };
        let chat = start(&hanne, &refund).await.chat.id;
        ines.accept(chat).await;
        ines.note(chat, super::NOTE).await;
        ines.say(chat, "It is on its way.").await;
        refused(add(&hanne, chat).await, 422, "bad_input");
        hanne.close(chat).await;
        refused(add(&jonas, chat).await, 404, "not_found");
        for _ in 0..2 {
            let _: Value = granted("into the ticket", add(&hanne, chat).await);
        }
        let seen = hers(&hanne, refund.id).await;
        let [_, article] = seen.articles.as_slice() else {
            panic!("{:?}", seen.articles)
        };
        assert_eq!(
            said(&article.chat.clone().expect("a chat").lines),
            ["Any news of it?", "It is on its way."]
        );
        assert!(!format!("{seen:?}").contains(super::NOTE));
        // What an agent has put there is there already; what was begun from elsewhere is not of this ticket.
        let next = start(&hanne, &refund).await.chat.id;
        ines.accept(next).await;
        let _: TicketRef = granted(
            "append",
            super::append(&ines, refund.id, Uuid::now_v7(), json!({ "chat": next })).await,
        );
        let before = view(&ines, refund.id).await.articles.len();
        let _: Value = granted("there already", add(&hanne, next).await);
        assert_eq!(view(&ines, refund.id).await.articles.len(), before);
        let plain = hanne.start_chat("Something else").await.id;
        hanne.close(plain).await;
        refused(add(&hanne, plain).await, 404, "not_found");
        // It is found by the ticket's number.
        crate::archive::until_found(&ines, &format!("q={}", refund.number), 2).await;
        desk.verify().await;
    })
    .await;
}
