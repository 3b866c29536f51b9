//! Whatever agents do among themselves, no ticket, letter, document, search or export of an external has a word of it.

use super::{append, make, plain, queue};
use crate::chance::{self, Random};
use crate::client::{Client, granted};
use crate::desk::{Desk, Engine};
use crate::mail::{PLAIN, Smtp, read_pdf, with_mail};
use proof::Lane;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{MyTicket, MyTicketMade, TicketRef};

/// Stands in every text that is for agents only.
const SECRET: &str = "zyzzysecret";
/// Only ever looks on.
const LOOKER_ON: &str = "Tove";
/// Histories on each database, for each unit of PROOF.
const HISTORIES: usize = 40;

#[tokio::test]
async fn what_is_for_agents_only_comes_into_nothing_of_a_customer_on_sqlite() {
    histories(Engine::Sqlite).await;
}

#[tokio::test]
async fn what_is_for_agents_only_comes_into_nothing_of_a_customer_on_postgres() {
    histories(Engine::Postgres).await;
}

async fn histories(engine: Engine) {
    let lane = Lane::part("tickets", &format!("agents only on {engine}"));
    let seed = chance::seed();
    println!("agents only on {engine}: SEED={seed}");
    let Some(mut desk) = Desk::start_with(engine, crate::desk::CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let smtp = Smtp::start(&[]);
    desk.set("mails_to_address_per_day", 100_000).await;
    with_mail(&mut desk, &smtp, PLAIN).await;
    let mut random = Random::new(seed);
    let hanne = desk.customer("hanne").await;
    let agents = [
        desk.agent("ines").await,
        desk.agent("maren").await,
        desk.agent("tove").await,
    ];
    let _here = (
        agents[0].stays().await,
        agents[1].stays().await,
        agents[2].stays().await,
    );
    let mut secrets = 0;
    for _ in 0..HISTORIES * proof::scale() {
        let chat = hanne.start_chat("Where is my trailer?").await.id;
        agents[0].accept(chat).await;
        for _ in 0..4 + random.below(8) {
            secrets += u64::from(happens(&mut random, chat, &hanne, &agents).await);
        }
        let ticket = ends(&mut random, chat, &hanne, &agents[0]).await;
        let (status, read) = hanne.get(&format!("/api/my/tickets/{ticket}")).await;
        assert_eq!(status, 200, "{read}");
        tells_nothing(&lane, "her ticket", &read.to_string());
        let seen: MyTicket = serde_json::from_value(read).expect("a ticket");
        assert!(
            seen.articles.iter().any(|article| article.chat.is_some()),
            "it holds the chat"
        );
        for form in ["text", "html", "json", "pdf"] {
            let path = format!("/api/chats/{chat}/transcript?form={form}&language=en&zone=UTC");
            let document = hanne.fetch(&path).await;
            assert_eq!(document.status(), 200, "{form}");
            let document = document.bytes().await.expect("a document");
            let said = match form {
                "pdf" => read_pdf(&document),
                _ => String::from_utf8(document.to_vec()).expect("UTF-8"),
            };
            assert!(said.contains("Where is my trailer?"), "{form}: {said}");
            tells_nothing(&lane, form, &said);
        }
        let letter = json!({ "cid": Uuid::now_v7(), "language": "en", "zone": "UTC" });
        let _: Value = granted("a letter", hanne.post(&format!("/api/chats/{chat}/mail"), letter).await);
        let inside = super::view(&agents[0], ticket).await;
        assert!(inside.articles.len() >= seen.articles.len());
        lane.case();
    }
    assert!(secrets > 0, "something had to be kept from her");
    for path in [
        "/api/my/tickets",
        "/api/chats",
        &format!("/api/archive?q={SECRET}"),
        "/api/archive?q=trailer",
    ] {
        let (status, read) = hanne.get(path).await;
        assert_eq!(status, 200, "{path}: {read}");
        tells_nothing(&lane, path, &read.to_string());
    }
    let file = desk.dir().join("hanne.json");
    desk.cli(&["export", "--customer", "hanne", file.to_str().expect("a path")])
        .await;
    tells_nothing(&lane, "her data", &std::fs::read_to_string(file).expect("written"));
    for letter in smtp.wait_for(HISTORIES * proof::scale()).await {
        for (form, said) in [
            (
                "head of a letter",
                letter.text.split("\r\n\r\n").next().unwrap_or_default().to_owned(),
            ),
            ("text of a letter", letter.part("text/plain")),
            ("HTML of a letter", letter.part("text/html")),
            ("PDF of a letter", letter.pdf()),
        ] {
            tells_nothing(&lane, form, &said);
        }
        assert!(letter.pdf().contains("Where is my trailer?"), "{}", letter.text);
        lane.case();
    }
    lane.figure("secrets kept", secrets);
    desk.verify().await;
    lane.finish();
}

fn tells_nothing(lane: &Lane, what: &str, read: &str) {
    for word in [SECRET, LOOKER_ON] {
        if let Some(at) = read.find(word) {
            let from = (0..=at.saturating_sub(120))
                .rev()
                .find(|from| read.is_char_boundary(*from));
            lane.violation(format!(
                "{what} tells {word}: …{}",
                &read[from.unwrap_or(0)..at + word.len()]
            ));
        }
    }
}

/// Something in a running chat; says whether it was to be kept from her. What is refused did not happen.
async fn happens(random: &mut Random, chat: Uuid, hanne: &Client, [ines, maren, tove]: &[Client; 3]) -> bool {
    let secret = format!("{SECRET} {}", random.below(1_000));
    let cid = Uuid::now_v7;
    let happened = match random.below(9) {
        0 | 1 => ines.try_say(chat, cid(), "note", &secret).await,
        2 => maren.try_say(chat, cid(), "note", &secret).await,
        3 => tove.try_say(chat, cid(), "note", &secret).await,
        4 => invited(ines, chat, maren, "participant", &secret).await,
        5 => invited(ines, chat, tove, "observer", &secret).await,
        6 => {
            let invited = if random.below(2) == 0 { maren } else { tove };
            invited.act(chat, "accept").await;
            return false;
        }
        7 => {
            ines.try_say(chat, cid(), "message", "In Sandvik.").await;
            return false;
        }
        _ => {
            hanne.try_say(chat, cid(), "message", "Thank you.").await;
            return false;
        }
    };
    happened.0 == 200
}

async fn invited(by: &Client, chat: Uuid, whom: &Client, role: &str, note: &str) -> (u16, Value) {
    let body = json!({ "cid": Uuid::now_v7(), "person": whom.me().await.id, "role": role, "note": note });
    by.post(&format!("/api/chats/{chat}/invite"), body).await
}

/// The chat ends in a ticket of hers, one way or another.
async fn ends(random: &mut Random, chat: Uuid, hanne: &Client, ines: &Client) -> Uuid {
    let hers = json!({ "is": "person", "id": hanne.me().await.id });
    let mut body = plain(queue(ines, "Travel").await, "A trailer");
    body["customer"] = hers;
    match random.below(3) {
        0 => {
            let ticket: TicketRef = make(ines, body).await;
            let _: TicketRef = granted(
                "append",
                append(ines, ticket.id, Uuid::now_v7(), json!({ "chat": chat })).await,
            );
            ticket.id
        }
        1 => {
            body["chat"] = json!({ "chat": chat });
            make(ines, body).await.id
        }
        _ => {
            hanne.close(chat).await;
            let body = json!({ "cid": Uuid::now_v7(), "title": "Mine", "text": "As we said.", "chat": chat });
            let made: MyTicketMade = granted("hers", hanne.post("/api/my/tickets", body).await);
            made.id.expect("made here")
        }
    }
}
