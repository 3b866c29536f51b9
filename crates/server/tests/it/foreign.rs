//! The ticket system is somebody else's: who reaches what there, chats and messages that go into it, and whatever it answers,
//! nothing is lost and nothing doubled. The stand-ins are those of the crate `stand`.
//!
//! - [`wishes`]: what agents and customers want of a desk.
//! - [`faults`]: it answers wrongly, late, or not at all.
//! - [`kills`]: the program is killed before it knows the answer.
//! - [`connection`]: what an operator is told of it.

mod connection;
mod faults;
mod kills;
mod wishes;

use crate::client::{Client, granted, refused};
use crate::desk::{CROWDED, Desk, Engine, on_both};
use crate::live::PATIENCE;
use domain::TicketId;
use proof::Lane;
use serde_json::{Value, json};
use stand::{Fault, KINDS, Kind, Plan, Stand, Stored};
use std::sync::Arc;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{
    AnyState, ChatCan, ChatState, DeskKind, EntryWhat, FoundCustomers, Me, MessageLeft, MyTicketMade, Queues,
    TicketLine, TicketList, TicketRef,
};

const NOTE: &str = "She is a regular: be quick.";
const ASKED: &str = "Where is my trailer?";
/// In the stand-ins from the beginning.
const SUITCASE: u64 = 1;
const PAY: u64 = 3;
/// Gives up soon.
const SOON: &str = "write_within_s = 1\nagents = { ines = \"Ines Vogt\" }\nresponsible = true\nqueues = { Travel = \"travel\", Freight = \"freight\" }";
const PATIENTLY: &str = "queues = { Travel = \"travel\" }";

/// An installation whose tickets are in a stand-in.
async fn connect(desk: &mut Desk, kind: Kind) -> Arc<Stand> {
    let stand = Stand::start(kind).await;
    connect_to(desk, kind, &stand.url(), SOON).await;
    stand
}

async fn connect_to(desk: &mut Desk, kind: Kind, url: &str, more: &str) {
    let (word, below, secret) = match kind {
        Kind::Znuny => ("znuny", "/otrs/nph-genericinterface.pl", stand::znuny::PASSWORD),
        Kind::Zammad => ("zammad", "", stand::zammad::TOKEN),
    };
    desk.put("secret", secret);
    let service = stand::znuny::SERVICE;
    desk.configure(&format!(
        "[desk]\nkind = {word:?}\nurl = \"{url}{below}\"\nsecret_file = \"{{dir}}/secret\"\nservice = {service:?}\n\
         user = \"deskbell\"\nstranger = \"jonas\"\nread_within_s = 2\n{more}\n"
    ))
    .await;
}

/// Our id of a ticket there.
fn id(kind: Kind, number: u64) -> Uuid {
    let sort = match kind {
        Kind::Znuny => 1,
        Kind::Zammad => 2,
    };
    TicketId::foreign(sort, number).expect("a number").0
}

async fn search(agent: &Client, q: &str) -> Vec<TicketLine> {
    let list: TicketList = granted("tickets", agent.get(&format!("/api/tickets?state=open&q={q}")).await);
    list.tickets
}

async fn queue(agent: &Client, name: &str) -> Option<Uuid> {
    let queues: Queues = granted("queues", agent.get("/api/queues").await);
    let found = queues.queues.into_iter().find(|it| it.queue.name == name);
    found.map(|found| found.queue.id)
}

async fn append(agent: &Client, ticket: Uuid, cid: Uuid, chat: Value) -> (u16, Value) {
    let body = json!({ "cid": cid, "chat": chat });
    agent.post(&format!("/api/tickets/{ticket}/chats"), body).await
}

fn phone(cid: Uuid, queue: Uuid, chat: Option<Uuid>) -> Value {
    let mut body = json!({ "cid": cid, "title": "Her trailer", "text": "She rang.", "queue": queue });
    if let Some(chat) = chat {
        body["chat"] = json!({ "chat": chat });
    }
    body
}

async fn open_chat(customer: &Client, agent: &Client) -> Uuid {
    let chat = customer.start_chat(ASKED).await.id;
    agent.accept(chat).await;
    agent.note(chat, NOTE).await;
    agent.say(chat, "In <b>Sandvik</b>.").await;
    chat
}

async fn state(agent: &Client, chat: Uuid) -> ChatState {
    agent.snapshot(chat).await.chat.state
}

/// Where the chat's log says that it went.
async fn attached(agent: &Client, chat: Uuid) -> Vec<(Uuid, String)> {
    let told = agent.snapshot(chat).await.entries.into_iter();
    told.filter_map(|entry| match entry.what {
        EntryWhat::Attached { ticket, number, .. } => Some((ticket, number)),
        _ => None,
    })
    .collect()
}

/// The articles there that hold this, once for each.
fn with(stand: &Stand, text: &str) -> Vec<Stored> {
    let all = stand.system().all();
    all.into_iter().flatten().filter(|it| it.body.contains(text)).collect()
}

async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(began.elapsed() < PATIENCE * 3, "{what} did not come");
        sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_chat_goes_into_a_ticket_there_and_closes_when_it_is_there() {
    on_both(async |mut desk: Desk| {
        for kind in KINDS {
            let stand = connect(&mut desk, kind).await;
            let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
            let _here = ines.live().await;
            let chat = open_chat(&hanne, &ines).await;
            assert!(ines.snapshot(chat).await.chat.can.contains(&ChatCan::AppendToTicket));
            let found = search(&ines, "suitcase").await;
            let [line] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!(
                (line.title.as_str(), line.queue.name.as_str()),
                ("Lost suitcase", "Travel")
            );
            assert!(line.can_append && matches!(&line.state, AnyState::Theirs(it) if it.name == "open"));
            assert_eq!(search(&ines, &line.number).await, found, "by its number");
            assert_eq!(
                search(&ines, "jonas").await.len(),
                1,
                "by its customer; the merged one takes nothing"
            );
            assert_eq!(line.id, id(kind, SUITCASE));
            let cid = Uuid::now_v7();
            let done: TicketRef = granted("append", append(&ines, line.id, cid, json!({ "chat": chat })).await);
            assert_eq!((done.id, &done.number), (line.id, &line.number));
            let again: TicketRef = granted("again", append(&ines, line.id, cid, json!({ "chat": chat })).await);
            assert_eq!(again, done, "the same command");
            assert_eq!(state(&ines, chat).await, ChatState::Closed);
            assert_eq!(attached(&ines, chat).await, [(done.id, done.number)]);
            let entry = ines
                .snapshot(chat)
                .await
                .entries
                .into_iter()
                .find_map(|entry| match entry.what {
                    EntryWhat::Attached { there, .. } => there,
                    _ => None,
                });
            let there = entry.expect("an id there");
            assert_eq!(there.id, SUITCASE.to_string());
            let me: Me = ines.me().await;
            let known = me.foreign_desk.expect("a desk");
            assert_eq!(known.kind, there.kind);
            let link = known.ticket_link.expect("a link");
            assert!(
                link.contains(if kind == Kind::Zammad {
                    "#ticket/zoom/{id}"
                } else {
                    "TicketID={id}"
                }),
                "{link}"
            );
            assert!(
                hanne
                    .me()
                    .await
                    .foreign_desk
                    .is_some_and(|desk| desk.ticket_link.is_none())
            );

            // What she may read in one article, the note in another.
            let articles = stand.system().all().swap_remove(SUITCASE as usize - 1);
            let ours: Vec<&Stored> = articles
                .iter()
                .filter(|it| it.body.contains(&chat.to_string()))
                .collect();
            let [seen, unseen] = ours.as_slice() else {
                panic!("{articles:?}")
            };
            assert!(
                seen.visible && seen.body.contains(ASKED) && !seen.body.contains(NOTE),
                "{seen:?}"
            );
            assert!(
                !unseen.visible && unseen.body.contains(NOTE) && !unseen.body.contains(ASKED),
                "{unseen:?}"
            );
            for article in ours {
                let [(name, bytes)] = article.files.as_slice() else {
                    panic!("{article:?}")
                };
                assert!(name == "chat.pdf" && bytes.starts_with(b"%PDF-"), "{name}");
            }
            assert_eq!(stand.system().mails(), 0);

            // Closed it goes there once more, and only what is chosen.
            let part = json!({ "chat": chat, "entries": [2] });
            let _: TicketRef = granted("part", append(&ines, line.id, Uuid::now_v7(), part).await);
            let asked = with(&stand, ASKED);
            assert_eq!(asked.len(), 2, "the question twice");
            assert!(asked[0].body.contains("In &lt;b&gt;Sandvik&lt;/b&gt;."), "text is text");
            assert!(!asked[1].body.contains("Sandvik"));
            // Kept open it goes there as it stands.
            let second = open_chat(&hanne, &ines).await;
            let open = json!({ "chat": second, "keep_open": true });
            let _: TicketRef = granted("open", append(&ines, line.id, Uuid::now_v7(), open).await);
            assert_eq!(state(&ines, second).await, ChatState::Open);
            assert_eq!(attached(&ines, second).await.len(), 1);
            hanne.close(second).await;
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_phone_ticket_is_made_there_and_the_chat_is_in_it() {
    on_both(async |mut desk: Desk| {
        for kind in KINDS {
            let stand = connect(&mut desk, kind).await;
            let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
            let _here = ines.live().await;
            let queues: Queues = granted("queues", ines.get("/api/queues").await);
            let names: Vec<&str> = queues.queues.iter().map(|it| it.queue.name.as_str()).collect();
            assert_eq!(names, ["Travel"], "where she may create");
            assert!(queues.queues[0].channel.is_some(), "that of the group");
            let choices = queues.choices.expect("the desk's words");
            let normal = choices
                .priorities
                .iter()
                .find(|it| it.contains("normal"))
                .expect("a priority");
            assert!(choices.states.contains(&"open".to_owned()) && !choices.states.contains(&"merged".to_owned()));
            let found: FoundCustomers = granted("customers", ines.get("/api/customers?q=jonas").await);
            let jonas = found.customers.first().expect("Jonas");
            assert_eq!((jonas.id, jonas.login.as_deref()), (None, Some("jonas")));

            let chat = open_chat(&hanne, &ines).await;
            let travel = queues.queues[0].queue.id;
            let mut body = phone(Uuid::now_v7(), travel, Some(chat));
            body["state"] = json!({ "name": "open" });
            body["priority"] = json!({ "name": normal });
            body["customer"] = json!({ "is": "there", "login": "jonas" });
            let made: TicketRef = granted("a ticket", ines.post("/api/tickets", body.clone()).await);
            let again: TicketRef = granted("again", ines.post("/api/tickets", body.clone()).await);
            assert_eq!(again, made, "the same command");
            let mut other = body;
            other["title"] = "Another".into();
            refused(ines.post("/api/tickets", other).await, 409, "cid_reused");
            assert_eq!(state(&ines, chat).await, ChatState::Closed);
            assert_eq!(attached(&ines, chat).await, [(made.id, made.number)]);
            let tickets = stand.system().tickets();
            let [ticket] = tickets.as_slice() else {
                panic!("{tickets:?}")
            };
            let [own, seen, unseen] = ticket.as_slice() else {
                panic!("{ticket:?}")
            };
            assert!(own.visible && own.body.contains("She rang."), "{own:?}");
            assert!(seen.visible && seen.body.contains(ASKED) && !unseen.visible && unseen.body.contains(NOTE));

            // Without a chat, for a customer user of ours and for nobody: the one for strangers.
            let hanne_id = hanne.me().await.id;
            for customer in [
                json!({ "is": "person", "id": hanne_id }),
                json!({ "is": "address", "name": "Priya" }),
            ] {
                let mut body = phone(Uuid::now_v7(), travel, None);
                body["customer"] = customer;
                let _: TicketRef = granted("a ticket", ines.post("/api/tickets", body).await);
            }
            assert_eq!(stand.system().tickets().len(), 3);
            // What only the built-in desk has, and a state it does not have.
            for (key, value) in [
                ("state", json!("open")),
                ("priority", json!(3)),
                ("owner", json!(Uuid::now_v7())),
            ] {
                let mut body = phone(Uuid::now_v7(), travel, None);
                body[key] = value;
                refused(ines.post("/api/tickets", body).await, 422, "bad_input");
            }
            let mut body = phone(Uuid::now_v7(), travel, None);
            body["state"] = json!({ "name": "waiting for spring" });
            let told = refused(ines.post("/api/tickets", body).await, 409, "desk_refused");
            assert!(told.told.is_some_and(|told| !told.is_empty()), "the desk's own words");
            assert_eq!(stand.system().tickets().len(), 3);

            // What the desk has for it: who gets it, and until when it waits.
            assert_eq!(
                (choices.agents[0].login.as_str(), choices.responsible),
                ("ines", kind == Kind::Znuny)
            );
            assert!(
                choices.waiting.contains(&"pending reminder".to_owned())
                    && !choices.waiting.contains(&"open".to_owned())
            );
            let mut body = phone(Uuid::now_v7(), travel, None);
            body["state"] = json!({ "name": "pending reminder" });
            let told = ines.post("/api/tickets", body.clone()).await;
            assert_eq!(told.0, 409, "until when? {told:?}");
            body["cid"] = json!(Uuid::now_v7());
            let at = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(48);
            body["pending_until"] = json!(at.as_millisecond());
            body["owner"] = json!({ "login": "ines" });
            if choices.responsible {
                body["responsible"] = json!({ "login": "ines" });
            }
            let _: TicketRef = granted("a ticket that waits", ines.post("/api/tickets", body.clone()).await);
            let given = stand.system().given().pop().expect("a ticket");
            assert_eq!(
                (given.state.as_str(), given.owner.as_str()),
                ("pending reminder", "ines")
            );
            assert_eq!(given.responsible.is_some(), choices.responsible);
            let pending = given.pending.expect("a time");
            match kind {
                Kind::Znuny => assert!(["in 2879 min", "in 2880 min"].contains(&pending.as_str()), "{pending}"),
                Kind::Zammad => assert!(pending.ends_with('Z'), "{pending}"),
            }
            body["cid"] = json!(Uuid::now_v7());
            body["owner"] = json!({ "login": "nobody" });
            refused(ines.post("/api/tickets", body).await, 409, "desk_refused");
        }
    })
    .await;
}

#[tokio::test]
async fn an_agents_keys_on_the_mapped_group_decide() {
    let lane = Lane::part("foreign", "matrix");
    let mut cells = 0;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
            continue;
        };
        for kind in KINDS {
            let stand = connect(&mut desk, kind).await;
            let ines = desk.agent("ines").await;
            let maren = desk.agent("maren").await;
            let chidi = desk.agent("chidi").await;
            let tove = desk.agent("tove").await;
            let freight = queue(&chidi, "Freight").await.expect("his queue");
            let trailer: TicketRef = granted(
                "a ticket",
                chidi.post("/api/tickets", phone(Uuid::now_v7(), freight, None)).await,
            );
            // Found by whom, taking a chat from whom, and a new one from whom: the cast's keys on travel and freight. Board is mapped for nobody.
            let rows = [
                (
                    "Travel",
                    id(kind, SUITCASE),
                    "suitcase",
                    ["ines maren tove", "ines maren", "ines maren chidi"],
                ),
                ("Freight", trailer.id, "trailer", ["chidi", "chidi", "chidi"]),
                ("Board", id(kind, PAY), "Pay", ["", "", ""]),
            ];
            // A queue is named by its name, so that one can ask for those that one does not see.
            let travel = queue(&ines, "Travel").await.expect("her queue");
            let board = Uuid::now_v7();
            for (agent, colleague, login) in [
                (&ines, &maren, "ines"),
                (&maren, &ines, "maren"),
                (&chidi, &ines, "chidi"),
                (&tove, &ines, "tove"),
            ] {
                let _both = (agent.stays().await, colleague.stays().await);
                for (name, ticket, words, who) in &rows {
                    let may = |n: usize| who[n].split(' ').any(|it| it == login);
                    let before = stand.system().all().concat().len();
                    let found = search(agent, words).await.iter().any(|line| line.id == *ticket);
                    // Among colleagues the chat itself asks for no right on a channel.
                    let chat = agent.ask(colleague, "Look at this, please").await.id;
                    colleague.accept(chat).await;
                    let into = json!({ "chat": chat, "keep_open": true });
                    let (appended, why) = append(agent, *ticket, Uuid::now_v7(), into).await;
                    let in_queue = match *name {
                        "Travel" => travel,
                        "Freight" => freight,
                        _ => board,
                    };
                    let (created, why_not) = agent.post("/api/tickets", phone(Uuid::now_v7(), in_queue, None)).await;
                    let after = stand.system().all().concat().len();
                    for (what, was, is) in [
                        ("search", found, may(0)),
                        ("append", appended == 200, may(1)),
                        ("create", created == 200, may(2)),
                    ] {
                        if was != is {
                            lane.violation(format!(
                                "{engine} {kind:?}: {login} {name} {what}: {was} {why} {why_not}"
                            ));
                        }
                        cells += 1;
                        lane.case();
                    }
                    // What agents said among themselves is for no customer there.
                    let ours = with(&stand, &chat.to_string());
                    if ours.is_empty() == (appended == 200) || ours.iter().any(|it| it.visible) {
                        lane.violation(format!("{engine} {kind:?}: {login} {name} among agents: {ours:?}"));
                    }
                    let sent = usize::from(appended == 200) + usize::from(created == 200);
                    if after - before != sent {
                        lane.violation(format!(
                            "{engine} {kind:?}: {login} {name}: {} articles for {sent}",
                            after - before
                        ));
                    }
                    for (status, body) in [(appended, why), (created, why_not)] {
                        let code = body["code"].as_str().unwrap_or_default();
                        let told = match (name, login) {
                            // What one sees is said to be not allowed, all else is not there.
                            (&"Travel", "tove") => "not_allowed",
                            _ => "not_found",
                        };
                        if status != 200 && code != told {
                            lane.violation(format!("{engine} {kind:?}: {login} {name}: {code}"));
                        }
                    }
                    colleague.close(chat).await;
                }
            }
        }
    }
    lane.figure("cells", cells);
    lane.finish();
}

fn with_in(articles: &[Stored], text: &str) -> usize {
    articles.iter().filter(|it| it.body.contains(text)).count()
}

#[tokio::test]
async fn what_is_said_while_it_is_sent_goes_along_before_the_chat_closes() {
    on_both(async |mut desk: Desk| {
        let stand = Stand::start(Kind::Zammad).await;
        connect_to(&mut desk, Kind::Zammad, &stand.url(), PATIENTLY).await;
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.stays().await;
        let chat = open_chat(&hanne, &ines).await;
        stand.plan(Plan {
            fault: Fault::Late,
            of_writing: true,
            done: true,
            and_look: false,
        });
        let (ticket, calls) = (id(Kind::Zammad, SUITCASE), stand.calls());
        let asks = append(&ines, ticket, Uuid::now_v7(), json!({ "chat": chat }));
        let says = async {
            // The ticket, the ticket and its articles, and then the article that comes late.
            until("the article on its way", async || {
                (stand.calls() >= calls + 4).then_some(())
            })
            .await;
            hanne.say(chat, "And my bicycle?").await;
        };
        let (done, ()) = tokio::join!(asks, says);
        let _: TicketRef = granted("append", done);
        assert_eq!(state(&ines, chat).await, ChatState::Closed);
        let bicycle = with(&stand, "And my bicycle?");
        let [rest] = bicycle.as_slice() else {
            panic!("{bicycle:?}")
        };
        assert!(rest.visible && !rest.body.contains(ASKED), "only what was said since");
        assert_eq!(with(&stand, ASKED).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_loses_his_right_between_search_and_append_is_refused() {
    on_both(async |mut desk: Desk| {
        let stand = connect(&mut desk, Kind::Znuny).await;
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.stays().await;
        let chat = open_chat(&hanne, &ines).await;
        let line = search(&ines, "suitcase").await.remove(0);
        desk.cli(&["role", "revoke", "Travel team", "travel", "rw"]).await;
        desk.cli(&["role", "grant", "Travel team", "travel", "ro"]).await;
        refused(
            append(&ines, line.id, Uuid::now_v7(), json!({ "chat": chat })).await,
            403,
            "not_allowed",
        );
        desk.cli(&["role", "revoke", "Travel team", "travel", "ro"]).await;
        refused(
            append(&ines, line.id, Uuid::now_v7(), json!({ "chat": chat })).await,
            404,
            "not_found",
        );
        assert!(search(&ines, "suitcase").await.is_empty());
        assert_eq!(state(&ines, chat).await, ChatState::Open);
        assert!(with(&stand, ASKED).is_empty());
        // A ticket that is not there, one of another sort of desk, and one that is none of anybody's.
        desk.cli(&["role", "grant", "Travel team", "travel", "rw"]).await;
        for ticket in [
            id(Kind::Znuny, 4_711),
            id(Kind::Zammad, SUITCASE),
            id(Kind::Znuny, PAY),
            Uuid::now_v7(),
        ] {
            refused(
                append(&ines, ticket, Uuid::now_v7(), json!({ "chat": chat })).await,
                404,
                "not_found",
            );
        }
        // The merged one takes nothing, and says so.
        let told = refused(
            append(&ines, id(Kind::Znuny, 2), Uuid::now_v7(), json!({ "chat": chat })).await,
            409,
            "desk_refused",
        );
        assert!(told.say.contains("merged"), "{told:?}");
        assert_eq!(state(&ines, chat).await, ChatState::Open);
    })
    .await;
}

#[tokio::test]
async fn a_queue_that_the_desk_refuses_leaves_the_chat_open() {
    on_both(async |mut desk: Desk| {
        for kind in KINDS {
            let stand = Stand::start(kind).await;
            connect_to(
                &mut desk,
                kind,
                &stand.url(),
                "queues = { Travel = \"travel\", Board = \"travel\" }",
            )
            .await;
            let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
            let _here = ines.stays().await;
            let chat = open_chat(&hanne, &ines).await;
            // Znuny tells of no queue but those that are mapped; Zammad of all.
            let board = queue(&ines, "Board").await.expect("it is mapped");
            let asks = |queue, cid| ines.post("/api/tickets", phone(cid, queue, Some(chat)));
            let cid = Uuid::now_v7();
            let told = refused(asks(board, cid).await, 409, "desk_no_right");
            assert!(told.told.is_some_and(|told| !told.is_empty()));
            let into = json!({ "chat": chat });
            refused(
                append(&ines, id(kind, PAY), Uuid::now_v7(), into).await,
                409,
                "desk_no_right",
            );
            assert_eq!(state(&ines, chat).await, ChatState::Open);
            assert!(with(&stand, &chat.to_string()).is_empty());
            // Another queue, and it is there.
            let travel = queue(&ines, "Travel").await.expect("it is mapped");
            let _: TicketRef = granted("a ticket", asks(travel, Uuid::now_v7()).await);
            assert_eq!(state(&ines, chat).await, ChatState::Closed);
            assert_eq!(stand.system().tickets().len(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn what_customers_leave_is_kept_until_it_is_there() {
    on_both(async |mut desk: Desk| {
        for kind in KINDS {
            let stand = connect(&mut desk, kind).await;
            let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
            let _here = ines.stays().await;
            let channel = ines.me().await.channels.into_iter().find(|it| it.channel.name == "Travel desk");
            let channel = channel.expect("her channel").channel.id;
            let visitor = desk.stranger(wire::Surface::Visitor);
            let path = format!("/api/snippets/{}/messages", domain::cast::SNIPPET);
            let leave = |cid: Uuid, text: &str| {
                json!({ "cid": cid, "name": "Priya Raman", "email": "priya@example.org", "channel": channel, "text": text })
            };
            // It goes well at once: there is a number.
            let left: MessageLeft = granted("left", visitor.post(&path, leave(Uuid::now_v7(), "Is it late?")).await);
            assert!(left.number.is_some_and(|number| !number.is_empty()));
            assert_eq!(with(&stand, "Is it late?").len(), 1);

            // It does not: it is kept, also over a restart, and there is a number later.
            let chat = open_chat(&hanne, &ines).await;
            hanne.close(chat).await;
            let mine = json!({ "cid": Uuid::now_v7(), "title": "My trailer", "text": "Please bring it.", "chat": chat });
            let cid = Uuid::now_v7();
            for _ in 0..2 {
                stand.plan(Plan {
                    fault: Fault::Error,
                    of_writing: true,
                    done: false,
                    and_look: false,
                });
            }
            let left: MessageLeft = granted("left", visitor.post(&path, leave(cid, "Does it sail?")).await);
            assert_eq!(left.number, None);
            let made: MyTicketMade = granted("mine", hanne.post("/api/my/tickets", mine.clone()).await);
            assert_eq!((made.id, made.number), (None, None));
            let waiting = desk.cli(&["desk", "waiting"]).await;
            assert_eq!(waiting.matches("desk_unclear").count(), 2, "{waiting}");
            desk.restart().await;
            until("the message", async || (with(&stand, "Does it sail?").len() == 1).then_some(())).await;
            until("the ticket", async || (with(&stand, ASKED).len() == 1).then_some(())).await;
            until("the end", async || desk.cli(&["desk", "waiting"]).await.contains("has everything").then_some(())).await;
            // The same again finds what became of it.
            let left: MessageLeft = granted("left", visitor.post(&path, leave(cid, "Does it sail?")).await);
            assert!(left.number.is_some());
            let hanne = desk.customer("hanne").await;
            let made: MyTicketMade = granted("mine", hanne.post("/api/my/tickets", mine).await);
            assert!(made.number.is_some());
            let other = json!({ "cid": Uuid::now_v7(), "title": "My trailer", "text": "And the spare wheel.", "chat": chat });
            refused(hanne.post("/api/my/tickets", other).await, 409, "in_ticket_already");
            let tickets = stand.system().tickets();
            assert_eq!(tickets.len(), 3, "each once");
            let of_chat = tickets.iter().find(|ticket| with_in(ticket, ASKED) > 0).expect("hers");
            assert_eq!(with_in(of_chat, "Please bring it."), 1);
            assert_eq!(with_in(of_chat, NOTE), 0, "what is for agents stays with them");
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn tickets_are_looked_at_there_and_not_here() {
    on_both(async |mut desk: Desk| {
        let _stand = connect(&mut desk, Kind::Zammad).await;
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let some = Uuid::now_v7();
        for path in [
            "/api/tickets".to_owned(),
            "/api/tickets?state=all".to_owned(),
            format!("/api/tickets/{some}"),
        ] {
            refused(ines.get(&path).await, 409, "tickets_elsewhere");
        }
        let note = json!({ "cid": some, "visible": false, "subject": "Hm", "text": "Nothing" });
        refused(
            ines.post(&format!("/api/tickets/{some}/articles"), note).await,
            409,
            "tickets_elsewhere",
        );
        let change = json!({ "version": 1, "priority": 5 });
        refused(
            ines.post(&format!("/api/tickets/{some}/change"), change).await,
            409,
            "tickets_elsewhere",
        );
        for odd in ["q=a&owner=me", "q=a&state=new", "q=a&before=7.found"] {
            refused(ines.get(&format!("/api/tickets?{odd}")).await, 422, "bad_input");
        }
        for path in ["/api/my/tickets".to_owned(), format!("/api/my/tickets/{some}")] {
            refused(hanne.get(&path).await, 409, "tickets_elsewhere");
        }
        let text = json!({ "cid": some, "text": "Hello?" });
        refused(
            hanne.post(&format!("/api/my/tickets/{some}/articles"), text).await,
            409,
            "tickets_elsewhere",
        );
        // Customers have no desk, be it whose it may.
        for path in ["/api/queues", "/api/tickets?q=a", "/api/customers?q=a"] {
            refused(hanne.get(path).await, 404, "not_found");
        }
        let into = append(&hanne, id(Kind::Zammad, SUITCASE), some, json!({ "chat": some })).await;
        refused(into, 404, "not_found");
        assert_eq!(ines.me().await.foreign_desk.expect("a desk").kind, DeskKind::Zammad);
        // A desk that is not there is told so, and nothing hangs.
        let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", gone.local_addr().expect("an address"));
        drop(gone);
        connect_to(&mut desk, Kind::Zammad, &url, SOON).await;
        let ines = desk.agent("ines").await;
        for path in ["/api/tickets?q=suitcase", "/api/queues", "/api/customers?q=jonas"] {
            let told = refused(ines.get(path).await, 503, "desk_unreachable");
            assert!(told.told.is_some() && !told.say.contains(&url), "{told:?}");
        }
        let travel = DeskKind::Zammad;
        assert_eq!(travel, ines.me().await.foreign_desk.expect("a desk").kind);
    })
    .await;
}

/// Asked twice at once, at two nodes where there are two.
#[tokio::test]
async fn what_is_asked_twice_at_once_is_there_once() {
    let lane = Lane::part("foreign", "twice at once");
    for engine in [Engine::Sqlite, Engine::TwoNodes] {
        let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
            continue;
        };
        let stand = Stand::start(Kind::Zammad).await;
        connect_to(&mut desk, Kind::Zammad, &stand.url(), PATIENTLY).await;
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.stays().await;
        let ticket = id(Kind::Zammad, SUITCASE);
        let chat = open_chat(&hanne, &ines).await;
        let (cid, there) = (Uuid::now_v7(), ines.elsewhere());
        // Both would look before either has stored.
        stand.plan(Plan {
            fault: Fault::Late,
            of_writing: true,
            done: true,
            and_look: false,
        });
        let into = || json!({ "chat": chat });
        let asks = (append(&ines, ticket, cid, into()), append(&there, ticket, cid, into()));
        let (one, two) = tokio::join!(asks.0, asks.1);
        let (one, two): (TicketRef, TicketRef) = (granted("one", one), granted("two", two));
        assert_eq!(one, two);
        assert_eq!(state(&ines, chat).await, ChatState::Closed);
        assert_eq!(attached(&ines, chat).await.len(), 1);
        let ours = with(&stand, &chat.to_string());
        if (with_in(&ours, ASKED), with_in(&ours, NOTE)) != (1, 1) {
            lane.violation(format!("{engine}: {ours:?}"));
        }
        lane.case();
        desk.verify().await;
    }
    lane.finish();
}
