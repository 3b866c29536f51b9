//! The ticket desk: who sees and does what, chats that go into tickets, and what customers make and see.

pub(crate) mod about;
mod attached;
mod lists;
mod parts;
mod rights;
mod twice;
mod unseen;

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use crate::live::PATIENCE;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{
    ArticleChannel, ChatCan, ChatState, ChatView, EntryWhat, MyTicket, MyTickets, Queues, TicketCan, TicketList,
    TicketRef, TicketState, TicketView,
};

const NOTE: &str = "She is a regular: be quick.";

pub(crate) async fn queue(agent: &Client, name: &str) -> Uuid {
    let queues: Queues = granted("queues", agent.get("/api/queues").await);
    let found = queues.queues.iter().find(|it| it.queue.name == name);
    found.unwrap_or_else(|| panic!("{name} in {queues:?}")).queue.id
}

fn plain(queue: Uuid, title: &str) -> Value {
    json!({ "cid": Uuid::now_v7(), "title": title, "text": "She rang.", "queue": queue })
}

async fn make(agent: &Client, body: Value) -> TicketRef {
    granted("a ticket", agent.post("/api/tickets", body).await)
}

async fn view(agent: &Client, ticket: Uuid) -> TicketView {
    granted("the ticket", agent.get(&format!("/api/tickets/{ticket}")).await)
}

async fn list(agent: &Client, query: &str) -> TicketList {
    granted("tickets", agent.get(&format!("/api/tickets?{query}")).await)
}

pub(crate) async fn titles(agent: &Client, query: &str) -> BTreeSet<String> {
    let (mut all, mut before) = (BTreeSet::new(), String::new());
    loop {
        let page = list(agent, &format!("{query}{before}")).await;
        for ticket in page.tickets {
            assert!(all.insert(ticket.title.clone()), "{} twice", ticket.title);
        }
        match page.next {
            Some(next) => before = format!("&before={next}"),
            None => return all,
        }
    }
}

async fn append(agent: &Client, ticket: Uuid, cid: Uuid, chat: Value) -> (u16, Value) {
    let body = json!({ "cid": cid, "chat": chat });
    agent.post(&format!("/api/tickets/{ticket}/chats"), body).await
}

fn said(lines: &[wire::ChatLine]) -> Vec<&str> {
    let said = lines.iter().filter(|line| line.by.is_some());
    said.filter_map(|line| line.text.as_deref()).collect()
}

async fn open_chat(customer: &Client, agent: &Client) -> Uuid {
    let chat = customer.start_chat("Where is my trailer?").await.id;
    agent.accept(chat).await;
    agent.note(chat, NOTE).await;
    agent.say(chat, "In Sandvik.").await;
    chat
}

#[tokio::test]
async fn keys_say_who_sees_and_does_what() {
    on_both(async |desk: Desk| {
        let (ines, tove, chidi) = (
            desk.agent("ines").await,
            desk.agent("tove").await,
            desk.agent("chidi").await,
        );
        let travel = queue(&ines, "Travel").await;
        let made = make(&ines, plain(travel, "A refund")).await;
        assert!(made.number.len() >= 16, "{made:?}");
        let seen = view(&ines, made.id).await;
        assert_eq!(
            (seen.title.as_str(), seen.state, seen.version),
            ("A refund", TicketState::Open, 1)
        );
        let all = [
            TicketCan::Note,
            TicketCan::Owner,
            TicketCan::Priority,
            TicketCan::Change,
        ];
        assert_eq!(seen.can, all);
        // Tove reads, and does nothing.
        let read = view(&tove, made.id).await;
        assert!(read.can.is_empty() && read.agents.is_empty(), "{read:?}");
        let note = || json!({ "cid": Uuid::now_v7(), "visible": false, "subject": "Hm", "text": "Nothing" });
        let path = |what: &str| format!("/api/tickets/{}/{what}", made.id);
        refused(tove.post(&path("articles"), note()).await, 403, "not_allowed");
        let change = |version: i64| json!({ "version": version, "priority": 5 });
        refused(tove.post(&path("change"), change(1)).await, 403, "not_allowed");
        refused(
            tove.post("/api/tickets", plain(travel, "Mine")).await,
            403,
            "not_allowed",
        );
        // Chidi makes one there, and does not find it again.
        let blind = make(&chidi, plain(travel, "From freight")).await;
        refused(chidi.get(&format!("/api/tickets/{}", blind.id)).await, 404, "not_found");
        for (path, body) in [(path("articles"), note()), (path("change"), change(1))] {
            refused(chidi.post(&path, body).await, 404, "not_found");
        }
        assert_eq!(titles(&chidi, "state=all").await, BTreeSet::new());
        assert_eq!(titles(&tove, "state=all").await.len(), 2);
        // Customers have no desk.
        let hanne = desk.customer("hanne").await;
        for path in ["/api/queues", "/api/tickets", "/api/customers?q=a"] {
            refused(hanne.get(path).await, 404, "not_found");
        }
        refused(ines.get("/api/my/tickets").await, 404, "not_found");
        // What was withdrawn is gone at once.
        desk.cli(&["role", "revoke", "Trainees", "travel", "ro"]).await;
        refused(tove.get(&format!("/api/tickets/{}", made.id)).await, 404, "not_found");
        assert_eq!(titles(&tove, "state=all").await, BTreeSet::new());
    })
    .await;
}

#[tokio::test]
async fn who_makes_tickets_of_a_queue_makes_them_of_his_chats() {
    on_both(async |desk: Desk| {
        let (chidi, ines) = (desk.agent("chidi").await, desk.agent("ines").await);
        let (hanne, jonas) = (desk.customer("hanne").await, desk.customer("jonas").await);
        let _here = chidi.stays().await;
        let travel = queue(&ines, "Travel").await;
        let freight = chidi.me().await.channels[0].channel.id;
        let accepted = async |customer: &Client, text: &str| {
            let start = json!({ "cid": Uuid::now_v7(), "channel": freight, "text": text });
            let started: wire::Started = granted("start", customer.post("/api/chats", start).await);
            chidi.accept(started.chat.id).await;
            chidi.note(started.chat.id, NOTE).await;
            started.chat.id
        };
        let crate_chat = accepted(&hanne, "Where is my crate?").await;
        let other_chat = accepted(&jonas, "And the second?").await;
        let mut body = plain(travel, "A crate");
        body["chat"] = json!({ "chat": crate_chat });
        let made = make(&chidi, body.clone()).await;
        assert_eq!(make(&chidi, body).await, made, "the same command");
        assert_eq!(chidi.snapshot(crate_chat).await.chat.state, ChatState::Closed);
        refused(chidi.get(&format!("/api/tickets/{}", made.id)).await, 404, "not_found");
        let seen = view(&ines, made.id).await;
        let [_, public, internal] = seen.articles.as_slice() else {
            panic!("{:?}", seen.articles)
        };
        assert!(public.visible && !internal.visible);
        assert_eq!(
            said(&public.chat.clone().expect("a chat").lines),
            ["Where is my crate?"]
        );
        // Nothing else goes into it, nor into another one of the queue.
        let others = make(&ines, plain(travel, "Not his")).await;
        for ticket in [made.id, others.id] {
            let tried = append(&chidi, ticket, Uuid::now_v7(), json!({ "chat": other_chat })).await;
            refused(tried, 404, "not_found");
        }
        assert_eq!(chidi.snapshot(other_chat).await.chat.state, ChatState::Open);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_change_tells_who_changed_what_and_knows_what_it_saw() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let (travel, misc) = (queue(&ines, "Travel").await, queue(&ines, "Misc").await);
        let cid = Uuid::now_v7();
        let body = json!({ "cid": cid, "title": "A refund", "text": "She rang.", "queue": travel, "type": "request",
            "customer": { "is": "address", "name": "Priya Raman", "email": "priya@example.org" } });
        let made = make(&ines, body.clone()).await;
        assert_eq!(make(&ines, body.clone()).await, made, "the same command");
        let mut other = body;
        other["title"] = "Another".into();
        refused(ines.post("/api/tickets", other).await, 409, "cid_reused");
        assert_eq!(view(&ines, made.id).await.kind, wire::TicketType::Request);
        let maren_id = maren.me().await.id;
        let path = format!("/api/tickets/{}/change", made.id);
        let change = json!({ "version": 1, "owner": maren_id, "priority": 5, "queue": misc, "title": "A big refund", "type": "incident",
            "state": "pending_reminder", "pending_until": 1_900_000_000_000_i64, "locked": true });
        let _: Value = granted("change", ines.post(&path, change.clone()).await);
        let seen = view(&maren, made.id).await;
        assert_eq!(seen.owner.as_ref().map(|owner| owner.id), Some(maren_id));
        assert_eq!((seen.priority, seen.queue.id, seen.locked), (5, misc, true));
        assert_eq!(seen.kind, wire::TicketType::Incident);
        assert_eq!(
            (seen.state, seen.pending_until),
            (TicketState::PendingReminder, Some(1_900_000_000_000))
        );
        assert_eq!(seen.people.iter().filter(|it| it.owner).count(), 1);
        let kinds: BTreeSet<_> = seen.history.iter().map(|line| line.kind.as_str()).collect();
        let told = [
            "lock",
            "move",
            "new_ticket",
            "owner_update",
            "phone_call_customer",
            "priority_update",
        ];
        assert_eq!(
            kinds,
            told.into_iter()
                .chain(["set_pending_time", "state_update", "title_update", "type_update"])
                .collect()
        );
        let until = seen.history.iter().find(|line| line.kind == "set_pending_time");
        assert_eq!(until.and_then(|line| line.new.as_deref()), Some("1900000000000"));
        let moved = seen.history.iter().find(|line| line.kind == "move").expect("a move");
        assert_eq!(
            (moved.old.as_deref(), moved.new.as_deref()),
            (Some("Travel"), Some("Misc"))
        );
        // Decided on what is no more.
        refused(ines.post(&path, change).await, 409, "changed_meanwhile");
        for wrong in [
            json!({ "version": 2, "state": "pending_reminder" }),
            json!({ "version": 2, "state": "open", "pending_until": 1 }),
            json!({ "version": 2, "state": "merged" }),
            json!({ "version": 2, "priority": 6 }),
        ] {
            refused(ines.post(&path, wrong).await, 422, "bad_input");
        }
        let chidi = desk.agent("chidi").await.me().await.id;
        let to_chidi = json!({ "version": 2, "owner": chidi });
        refused(ines.post(&path, to_chidi).await, 403, "person_not_allowed");
        let close = json!({ "version": 2, "state": "closed_successful" });
        let _: Value = granted("close", ines.post(&path, close).await);
        let note = json!({ "cid": Uuid::now_v7(), "visible": true, "subject": "Late", "text": "Too late" });
        refused(
            ines.post(&format!("/api/tickets/{}/articles", made.id), note).await,
            409,
            "ticket_closed",
        );
        assert_eq!(titles(&ines, "").await, BTreeSet::new(), "open ones without a state");
        assert_eq!(titles(&ines, "state=closed_successful").await.len(), 1);
        assert_eq!(titles(&ines, "state=all&owner=me").await.len(), 0);
        assert_eq!(titles(&maren, "state=all&owner=me").await.len(), 1);
        // Who only changed something contributed as well.
        let plain = make(&ines, plain(travel, "A berth")).await;
        let urgent = json!({ "version": 1, "priority": 5 });
        let _: Value = granted(
            "change",
            maren.post(&format!("/api/tickets/{}/change", plain.id), urgent).await,
        );
        let people = view(&ines, plain.id).await.people;
        let people: BTreeSet<_> = people.iter().map(|it| it.person.id).collect();
        assert_eq!(people, BTreeSet::from([ines.me().await.id, maren_id]));
    })
    .await;
}

#[tokio::test]
async fn a_chat_goes_into_a_ticket_once_and_closes_with_it() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.live().await;
        let travel = queue(&ines, "Travel").await;
        let hanne_id = hanne.me().await.id;
        let mut body = plain(travel, "Her trailer");
        body["customer"] = json!({ "is": "person", "id": hanne_id });
        let ticket = make(&ines, body).await;
        let chat = open_chat(&hanne, &ines).await;
        assert!(ines.snapshot(chat).await.chat.can.contains(&ChatCan::AppendToTicket));
        let cid = Uuid::now_v7();
        let done: TicketRef = granted("append", append(&ines, ticket.id, cid, json!({ "chat": chat })).await);
        assert_eq!(done, ticket);
        let again: TicketRef = granted("again", append(&ines, ticket.id, cid, json!({ "chat": chat })).await);
        assert_eq!(again, ticket, "the same command");
        let after = ines.snapshot(chat).await;
        assert_eq!(after.chat.state, ChatState::Closed);
        let attached = after
            .entries
            .iter()
            .filter(|entry| matches!(entry.what, EntryWhat::Attached { .. }));
        assert_eq!(attached.count(), 1);
        let seen = view(&ines, ticket.id).await;
        let [first, public, internal] = seen.articles.as_slice() else {
            panic!("{:?}", seen.articles)
        };
        assert_eq!(first.channel, ArticleChannel::Phone);
        let lines = |article: &wire::ArticleView| article.chat.clone().expect("a chat").lines;
        assert!(public.visible && !internal.visible);
        assert_eq!(said(&lines(public)), ["Where is my trailer?", "In Sandvik."]);
        assert_eq!(said(&lines(internal)), [NOTE]);
        assert_eq!(
            public.chat.as_ref().and_then(|it| it.chat),
            Some(chat),
            "linked with the archived chat"
        );
        // She reads what is meant for her.
        let hers: MyTicket = granted("hers", hanne.get(&format!("/api/my/tickets/{}", ticket.id)).await);
        assert_eq!(hers.articles.len(), 2);
        assert!(!format!("{hers:?}").contains(NOTE));
        // Closed, it may go into another one all the same.
        let second = make(&ines, plain(travel, "Once more")).await;
        let part = json!({ "chat": chat, "entries": [2] });
        let _: TicketRef = granted("part", append(&ines, second.id, Uuid::now_v7(), part).await);
        let seen = view(&ines, second.id).await;
        assert_eq!(said(&lines(&seen.articles[1])), ["Where is my trailer?"]);
        // A text taken away is taken from the tickets, too.
        let redact = json!({ "cid": Uuid::now_v7(), "seq": 2 });
        let _: Value = granted("redact", ines.post(&format!("/api/chats/{chat}/redact"), redact).await);
        for id in [ticket.id, second.id] {
            let seen = view(&ines, id).await;
            assert!(!format!("{:?}", seen.articles).contains("Where is my trailer?"));
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_chat_stays_open_where_it_cannot_go_into_a_ticket() {
    on_both(async |desk: Desk| {
        let (ines, hanne, chidi) = (
            desk.agent("ines").await,
            desk.customer("hanne").await,
            desk.agent("chidi").await,
        );
        let _here = ines.live().await;
        let travel = queue(&ines, "Travel").await;
        let chat = open_chat(&hanne, &ines).await;
        let closed = {
            let mut body = plain(travel, "Done");
            body["state"] = "closed_successful".into();
            make(&ines, body).await
        };
        let foreign = make(&chidi, plain(queue(&chidi, "Freight").await, "Not hers")).await;
        let try_it = async |ticket: Uuid| append(&ines, ticket, Uuid::now_v7(), json!({ "chat": chat })).await;
        refused(try_it(closed.id).await, 409, "ticket_closed");
        refused(try_it(foreign.id).await, 404, "not_found");
        refused(try_it(Uuid::now_v7()).await, 404, "not_found");
        let open = make(&ines, plain(travel, "Open")).await;
        for (who, status, code) in [(&hanne, 404, "not_found"), (&chidi, 404, "not_found")] {
            let answer = append(who, open.id, Uuid::now_v7(), json!({ "chat": chat })).await;
            refused(answer, status, code);
        }
        let none = json!({ "chat": chat, "entries": [] });
        refused(append(&ines, open.id, Uuid::now_v7(), none).await, 422, "bad_input");
        // Nor who reads tickets there and writes none.
        desk.cli(&["grant", "tove", "users", "chat_participant"]).await;
        let tove = desk.agent("tove").await;
        let _tove = tove.live().await;
        ines.invite(chat, &tove, "participant").await;
        granted::<Value>("join", tove.take_role(chat, "join", "participant").await);
        let answer = append(&tove, open.id, Uuid::now_v7(), json!({ "chat": chat })).await;
        refused(answer, 403, "not_allowed");
        let merged = make(&ines, plain(travel, "Merged")).await;
        desk.change_data(format!(
            "UPDATE ticket SET state = 'merged', is_open = 0 WHERE number = '{}'",
            merged.number
        ))
        .await;
        refused(try_it(merged.id).await, 409, "ticket_closed");
        // A phone ticket in a queue where she may not write is none at all.
        let mut body = plain(queue(&ines, "Travel").await, "From the chat");
        body["queue"] = Uuid::now_v7().to_string().into();
        body["chat"] = json!({ "chat": chat });
        refused(ines.post("/api/tickets", body).await, 404, "not_found");
        let still: ChatView = ines.snapshot(chat).await.chat;
        assert_eq!(still.state, ChatState::Open);
        assert_eq!(view(&ines, open.id).await.articles.len(), 1);
        // Kept open on demand; what is said later goes with the next.
        let keep = json!({ "chat": chat, "keep_open": true });
        let _: TicketRef = granted("keep", append(&ines, open.id, Uuid::now_v7(), keep).await);
        assert_eq!(ines.snapshot(chat).await.chat.state, ChatState::Open);
        // A phone ticket of it, twice the same command.
        let mut body = plain(travel, "From the chat");
        body["chat"] = json!({ "chat": chat, "language": "de" });
        body["state"] = "closed_successful".into();
        let made = make(&ines, body.clone()).await;
        assert_eq!(make(&ines, body).await, made);
        let seen = view(&ines, made.id).await;
        assert_eq!(seen.articles.len(), 3, "its own, the chat's, and the notes");
        assert_eq!(
            seen.state,
            TicketState::ClosedSuccessful,
            "closed once the chat was in it"
        );
        assert_eq!(ines.snapshot(chat).await.chat.state, ChatState::Closed);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn customers_make_tickets_and_see_their_own_and_their_companys() {
    on_both(async |desk: Desk| {
        let (hanne, jonas, elin) = (
            desk.customer("hanne").await,
            desk.customer("jonas").await,
            desk.customer("elin").await,
        );
        let ines = desk.agent("ines").await;
        let _here = ines.live().await;
        let body = json!({ "cid": Uuid::now_v7(), "title": "My trailer", "text": "Where is it?" });
        let made: TicketRef = granted("hers", hanne.post("/api/my/tickets", body.clone()).await);
        let again: TicketRef = granted("again", hanne.post("/api/my/tickets", body).await);
        assert_eq!(made, again);
        let path = format!("/api/my/tickets/{}", made.id);
        let of = async |who: &Client, whose: &str| -> MyTickets {
            granted("a list", who.get(&format!("/api/my/tickets?whose={whose}")).await)
        };
        assert_eq!(of(&hanne, "mine").await.tickets.len(), 1);
        assert_eq!(of(&jonas, "mine").await.tickets.len(), 0);
        let companys = of(&jonas, "company").await.tickets;
        assert_eq!(companys[0].customer.as_deref(), Some("Hanne Dahl"));
        assert_eq!(of(&elin, "company").await.tickets.len(), 0);
        let _: MyTicket = granted("a colleague's", jonas.get(&path).await);
        refused(elin.get(&path).await, 404, "not_found");
        let write = |text: &str| json!({ "cid": Uuid::now_v7(), "text": text });
        let _: Value = granted(
            "more",
            hanne.post(&format!("{path}/articles"), write("It is blue.")).await,
        );
        refused(
            elin.post(&format!("{path}/articles"), write("Mine?")).await,
            404,
            "not_found",
        );
        // What agents write for themselves is not for her.
        let note = json!({ "cid": Uuid::now_v7(), "visible": false, "subject": "Hm", "text": NOTE });
        let _: Value = granted(
            "note",
            ines.post(&format!("/api/tickets/{}/articles", made.id), note).await,
        );
        let hers: MyTicket = granted("hers", hanne.get(&path).await);
        assert_eq!(hers.articles.iter().map(|it| it.n).collect::<Vec<_>>(), [1, 2]);
        // Of a chat that has ended, once.
        let chat = open_chat(&jonas, &ines).await;
        let of_chat = || json!({ "cid": Uuid::now_v7(), "title": "The chat", "text": "As we said.", "chat": chat });
        refused(jonas.post("/api/my/tickets", of_chat()).await, 422, "bad_input");
        jonas.close(chat).await;
        refused(hanne.post("/api/my/tickets", of_chat()).await, 404, "not_found");
        let once: TicketRef = granted("of the chat", jonas.post("/api/my/tickets", of_chat()).await);
        let twice: TicketRef = granted("again", jonas.post("/api/my/tickets", of_chat()).await);
        assert_eq!(once, twice);
        let his: MyTicket = granted("his", jonas.get(&format!("/api/my/tickets/{}", once.id)).await);
        let lines = his.articles[1].chat.clone().expect("a chat").lines;
        assert_eq!(said(&lines), ["Where is my trailer?", "In Sandvik."]);
        assert!(!format!("{his:?}").contains(NOTE));
        // Who leaves the company leaves its tickets.
        let seen = view(&ines, once.id).await;
        assert_eq!((seen.queue.name.as_str(), seen.state), ("Raw", TicketState::New));
    })
    .await;
}

#[tokio::test]
async fn who_is_erased_leaves_neither_words_nor_name_in_tickets() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.live().await;
        let body = json!({ "cid": Uuid::now_v7(), "title": "Her zyzzy", "text": "It is zyzzy-88." });
        let hers: TicketRef = granted("hers", hanne.post("/api/my/tickets", body).await);
        let chat = hanne.start_chat("My zyzzy-99?").await.id;
        ines.accept(chat).await;
        ines.say(chat, "We look for it.").await;
        let travel = queue(&ines, "Travel").await;
        let with_chat = make(&ines, plain(travel, "A parcel")).await;
        let _: TicketRef = granted(
            "append",
            append(&ines, with_chat.id, Uuid::now_v7(), json!({ "chat": chat })).await,
        );
        let folder = proof::temp_dir();
        let file = folder.file("hanne.jsonl");
        let file = file.to_str().expect("a path");
        // In a ticket of her company's she wrote, too.
        let jonas = desk.customer("jonas").await;
        let body = json!({ "cid": Uuid::now_v7(), "title": "His", "text": "A box." });
        let his: TicketRef = granted("his", jonas.post("/api/my/tickets", body).await);
        let more = json!({ "cid": Uuid::now_v7(), "text": "The zyzzy-77 is mine." });
        let path = format!("/api/my/tickets/{}/articles", his.id);
        let _: Value = granted("more", hanne.post(&path, more).await);
        desk.cli(&["export", "--customer", "hanne", file]).await;
        let told = std::fs::read_to_string(file).expect("written");
        for of_hers in [
            "zyzzy-88",
            "zyzzy-99",
            "zyzzy-77",
            &hers.number,
            &his.number,
            &with_chat.number,
        ] {
            assert!(told.contains(of_hers), "{of_hers}: {told}");
        }
        for of_others in ["A box.", "She rang.", "A parcel"] {
            assert!(!told.contains(of_others), "{of_others}: {told}");
        }
        let deadline = Instant::now() + PATIENCE;
        while !titles(&ines, "state=all&q=zyzzy-77").await.contains("His") {
            assert!(Instant::now() < deadline, "in vain: it is found");
            sleep(Duration::from_millis(20)).await;
        }
        desk.cli(&["erase", "--customer", "hanne"]).await;
        assert!(titles(&ines, "state=all&q=zyzzy").await.is_empty(), "at once");
        for id in [hers.id, with_chat.id, his.id] {
            let seen = format!("{:?}", view(&ines, id).await);
            assert!(!seen.contains("zyzzy") && !seen.contains("Hanne"), "{seen}");
        }
        let seen = view(&ines, with_chat.id).await;
        let lines = seen.articles[1].chat.clone().expect("a chat").lines;
        assert_eq!(said(&lines), ["We look for it."], "what agents said stays");
        let deadline = Instant::now() + PATIENCE;
        while !titles(&ines, "state=all&q=zyzzy").await.is_empty()
            || !titles(&ines, "state=all&q=hanne").await.is_empty()
        {
            assert!(Instant::now() < deadline, "in vain: it is gone from the index");
            sleep(Duration::from_millis(20)).await;
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_message_left_is_a_ticket_with_a_number() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let priya = desk.stranger(wire::Surface::Visitor);
        let snippet: wire::SnippetView = granted("snippet", priya.get("/api/snippets/skerry-ferries").await);
        let channel = snippet.channels[0].channel.id;
        let path = "/api/snippets/skerry-ferries/messages";
        let message = |email: &str| {
            json!({ "cid": Uuid::now_v7(), "name": "Priya Raman", "email": email, "channel": channel,
                "text": "Is the <b>evening</b> ferry sailing?\nI am on a bike." })
        };
        for wrong in ["priya", "a@b.org\r\nBcc: c@d.org", "a@b.org, c@d.org"] {
            refused(priya.post(path, message(wrong)).await, 422, "bad_input");
        }
        let body = message("priya@example.org");
        let left: wire::MessageLeft = granted("left", priya.post(path, body.clone()).await);
        let again: wire::MessageLeft = granted("again", priya.post(path, body.clone()).await);
        assert_eq!(left, again);
        let mut elsewhere = body;
        elsewhere["cid"] = Uuid::now_v7().to_string().into();
        elsewhere["channel"] = Uuid::now_v7().to_string().into();
        refused(priya.post(path, elsewhere).await, 403, "not_offered");
        let tickets = list(&ines, "state=new").await.tickets;
        let [ticket] = tickets.as_slice() else {
            panic!("{tickets:?}")
        };
        assert_eq!(
            (ticket.number.as_str(), ticket.queue.name.as_str()),
            (left.number.as_deref().expect("a number"), "Travel")
        );
        assert_eq!(ticket.title, "Is the <b>evening</b> ferry sailing?");
        assert_eq!(ticket.customer.email.as_deref(), Some("priya@example.org"));
        let seen = view(&ines, ticket.id).await;
        assert_eq!(seen.articles[0].author, "Priya Raman");
        // She has no login and no chat; by the ticket it is told what is kept of her, and erased.
        let number = ticket.number.as_str();
        let folder = proof::temp_dir();
        let file = folder.file("priya.jsonl");
        desk.cli(&["export", "--writer-of", number, file.to_str().expect("a path")])
            .await;
        let told = std::fs::read_to_string(&file).expect("written");
        assert!(told.contains("on a bike") && told.contains("Priya Raman"), "{told}");
        desk.cli(&["erase", "--writer-of", number]).await;
        let seen = format!("{:?}", view(&ines, ticket.id).await);
        for word in ["Priya", "priya@", "bike", "ferry"] {
            assert!(!seen.contains(word), "{word} in {seen}");
        }
        assert!(titles(&ines, "state=all&q=bike").await.is_empty());
        let (failed, said) = desk.try_cli(&["erase", "--writer-of", number], "").await;
        assert!(!failed.success(), "there is nobody any more: {said}");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn tickets_are_found_by_what_is_written_in_them_and_by_who_wrote() {
    on_both(async |desk: Desk| {
        let (ines, chidi, hanne) = (
            desk.agent("ines").await,
            desk.agent("chidi").await,
            desk.customer("hanne").await,
        );
        let _here = ines.live().await;
        let travel = queue(&ines, "Travel").await;
        let mut body = plain(travel, "Straße nach Tromsø");
        body["customer"] = json!({ "is": "address", "name": "Priya Raman", "email": "priya@example.org" });
        let made = make(&ines, body).await;
        for n in 0..28 {
            make(&ines, plain(travel, &format!("Bicycle {n}"))).await;
        }
        let chat = hanne.start_chat("ขอตั๋วไปออสโล ชิบะ 船票").await.id;
        ines.accept(chat).await;
        let _: TicketRef = granted(
            "append",
            append(&ines, made.id, Uuid::now_v7(), json!({ "chat": chat })).await,
        );
        let find = async |q: &str| {
            let q: String = q.bytes().map(|byte| format!("%{byte:02x}")).collect();
            titles(&ines, &format!("state=all&q={q}")).await
        };
        let deadline = Instant::now() + PATIENCE;
        while find("船票").await.is_empty() || find("bicycle").await.len() < 28 {
            assert!(Instant::now() < deadline, "in vain: it is found");
            sleep(Duration::from_millis(20)).await;
        }
        let only: BTreeSet<String> = ["Straße nach Tromsø".to_owned()].into();
        for q in [
            "strasse",
            "TROMSO",
            "ตั๋ว",
            "raman",
            "hanne",
            &made.number,
            "priya example",
            "\"nach Tromsø\"",
        ] {
            assert_eq!(find(q).await, only, "{q}");
        }
        for q in ["nowhere", "*", "\" OR 1", "strasse nowhere"] {
            assert_eq!(find(q).await, BTreeSet::new(), "{q}");
        }
        assert_eq!(titles(&chidi, "state=all&q=strasse").await, BTreeSet::new());
        // What is taken away is not found any more.
        let redact = json!({ "cid": Uuid::now_v7(), "seq": 2 });
        let _: Value = granted("redact", ines.post(&format!("/api/chats/{chat}/redact"), redact).await);
        let deadline = Instant::now() + PATIENCE;
        while !find("船票").await.is_empty() {
            assert!(Instant::now() < deadline, "in vain: it is gone");
            sleep(Duration::from_millis(20)).await;
        }
        let found: wire::FoundCustomers = granted("customers", ines.get("/api/customers?q=DAHL").await);
        assert_eq!(found.customers[0].name, "Hanne Dahl");
        let none: wire::FoundCustomers = granted("customers", ines.get("/api/customers?q=%25").await);
        assert!(none.customers.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_ticket_closes_by_itself_at_the_date_that_was_set() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let travel = queue(&ines, "Travel").await;
        let pending = async |title: &str, state: TicketState, until: i64| {
            let mut body = plain(travel, title);
            body["state"] = json!(state);
            body["pending_until"] = json!(until);
            make(&ines, body).await.id
        };
        let (past, future) = (1_700_000_000_000, 4_000_000_000_000);
        let waits = [
            pending("Reminded of", TicketState::PendingReminder, past).await,
            pending("Not yet", TicketState::PendingAutoCloseSuccessful, future).await,
        ];
        let due = [
            (TicketState::PendingAutoCloseSuccessful, TicketState::ClosedSuccessful),
            (
                TicketState::PendingAutoCloseUnsuccessful,
                TicketState::ClosedUnsuccessful,
            ),
        ];
        for (state, closed) in due {
            let id = pending("Over", state, past).await;
            let deadline = Instant::now() + PATIENCE;
            while view(&ines, id).await.state != closed {
                assert!(Instant::now() < deadline, "in vain: {closed:?}");
                sleep(Duration::from_millis(50)).await;
            }
            let seen = view(&ines, id).await;
            assert_eq!((seen.pending_until, seen.version), (None, 2));
            let told = seen
                .history
                .iter()
                .find(|line| line.kind == "state_update")
                .expect("told");
            assert_eq!(told.name, "Deskbell");
        }
        for id in waits {
            assert_eq!(view(&ines, id).await.version, 1);
        }
        desk.verify().await;
    })
    .await;
}
