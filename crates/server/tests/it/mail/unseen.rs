//! What agents wrote and nobody has seen goes out by e-mail: once, to proven addresses, and not to who saw it.

use super::{ANSWER, Arrived, NOTE, PLAIN, QUESTION, Smtp, mail, open_chat, outcomes, wants, with_mail};
use crate::client::{Client, granted, refused};
use crate::desk::{CROWDED, Desk, Engine, on_both};
use crate::live::PATIENCE;
use futures_util::future::join_all;
use proof::Lane;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{EntryWhat, MailOutcome};

const HANNE: &str = "hanne@wiebe.example";
const JONAS: &str = "jonas@wiebe.example";
const MORE: &str = "Bay 4, behind the <crane>.";

impl Smtp {
    /// Letters to one address.
    fn to(&self, address: &str) -> Vec<Arrived> {
        let mut arrived = self.arrived();
        arrived.retain(|letter| letter.to == address);
        arrived
    }

    async fn wait_for_one_more(&self, address: &str, before: usize) -> Vec<Arrived> {
        let until = Instant::now() + PATIENCE;
        loop {
            let arrived = self.to(address);
            if arrived.len() > before || Instant::now() > until {
                assert_eq!(arrived.len(), before + 1, "{address}: {arrived:#?}");
                return arrived;
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
}

/// Jonas is told of something new: whatever else was to be told by then has been.
async fn told_in_turn(smtp: &Smtp, jonas: &Client, maren: &Client, chat: Uuid) {
    let before = smtp.to(JONAS).len();
    see(jonas, chat).await;
    maren.say(chat, "Are you there?").await;
    smtp.wait_for_one_more(JONAS, before).await;
    outcomes(maren, chat, before + 1).await;
}

async fn see(external: &Client, chat: Uuid) {
    let head = external.snapshot(chat).await.chat.head;
    granted::<Value>(
        "seen",
        external
            .post(&format!("/api/chats/{chat}/read"), json!({ "seq": head }))
            .await,
    );
}

async fn missed(agent: &Client, chat: Uuid) -> usize {
    let entries = agent.snapshot(chat).await.entries;
    entries
        .iter()
        .filter(|entry| matches!(entry.what, EntryWhat::Missed { .. }))
        .count()
}

#[tokio::test]
async fn what_a_customer_user_has_not_seen_goes_to_her_once() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (hanne, jonas, maren) = (
            desk.customer("hanne").await,
            desk.customer("jonas").await,
            desk.agent("maren").await,
        );
        let here = maren.stays().await;
        let chat = open_chat(&hanne, &maren).await;
        let other = open_chat(&jonas, &maren).await;
        maren.say(chat, MORE).await;
        // Five minutes are a long time for a test, and an hour is five minutes for none.
        desk.set("unseen_mail_s", 1).await;
        let letter = smtp.wait_for_one_more(HANNE, 0).await.remove(0);
        for part in ["text/plain", "text/html"] {
            let said = letter.part(part);
            assert!(said.contains(ANSWER), "{said}");
            assert!(!said.contains(NOTE), "it holds what is for agents: {said}");
            assert!(!said.contains("trailer"), "it holds what she wrote herself: {said}");
            assert!(said.contains(&format!("/portal/conversations/{chat}")), "{said}");
        }
        assert!(letter.part("text/plain").contains(MORE));
        assert!(letter.part("text/html").contains("behind the &lt;crane&gt;."));
        assert!(letter.text.contains("Auto-Submitted: auto-generated"));
        assert_eq!(outcomes(&maren, chat, 1).await, [(MailOutcome::Sent, None)]);
        // To her nothing shows of it.
        let hers = hanne.snapshot(chat).await;
        assert_eq!(hers.chat.head as usize, hers.entries.len());
        assert!(!format!("{:?}", hers.entries).contains("Mail"), "{:#?}", hers.entries);

        // However much is written then, she was told.
        maren.say(chat, "And bring your papers.").await;
        smtp.wait_for_one_more(JONAS, 0).await;
        told_in_turn(&smtp, &jonas, &maren, other).await;
        assert_eq!(smtp.to(HANNE).len(), 1);
        drop(here);
        desk.restart().await;
        let (hanne, jonas, maren) = (
            desk.customer("hanne").await,
            desk.customer("jonas").await,
            desk.agent("maren").await,
        );
        let _here = maren.stays().await;
        told_in_turn(&smtp, &jonas, &maren, other).await;
        assert_eq!((smtp.to(HANNE).len(), missed(&maren, chat).await), (1, 1));

        // She comes and reads: what is written afterwards is new. Who writes and closes has written all the same.
        see(&hanne, chat).await;
        told_in_turn(&smtp, &jonas, &maren, other).await;
        assert_eq!(smtp.to(HANNE).len(), 1);
        maren.say(chat, "Good-bye.").await;
        maren.close(chat).await;
        let letter = smtp.wait_for_one_more(HANNE, 1).await.remove(1);
        let text = letter.part("text/plain");
        assert!(text.contains("Good-bye.") && !text.contains(MORE), "{text}");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn who_wants_no_such_letters_gets_none() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (hanne, jonas, maren) = (
            desk.customer("hanne").await,
            desk.customer("jonas").await,
            desk.agent("maren").await,
        );
        let _here = maren.stays().await;
        desk.cli(&["set", "mail_language", "de"]).await;
        let chat = open_chat(&hanne, &maren).await;
        let other = open_chat(&jonas, &maren).await;
        desk.set("unseen_mail_s", 1).await;
        let letter = smtp.wait_for_one_more(HANNE, 0).await.remove(0);
        smtp.wait_for_one_more(JONAS, 0).await;
        let text = letter.part("text/plain");
        assert!(text.contains("noch nicht gesehen"), "{text}");
        let link = text
            .split_whitespace()
            .find(|word| word.contains("#stop."))
            .expect("a link");
        let (page, token) = link.split_once("#stop.").expect("a link");
        assert!(page.ends_with("/mail/de"), "{page}");
        let anybody = desk.stranger(wire::Surface::Visitor);
        let stop = async |body: Value| anybody.post("/api/mail/confirm", body).await;
        refused(stop(json!({ "token": "guessed" })).await, 404, "not_found");
        for _ in 0..2 {
            granted::<Value>("no more", stop(json!({ "token": token })).await);
        }
        see(&hanne, chat).await;
        maren.say(chat, MORE).await;
        told_in_turn(&smtp, &jonas, &maren, other).await;
        assert_eq!((smtp.to(HANNE).len(), missed(&maren, chat).await), (1, 1));
        // And of who wants them again, all that is unseen still.
        granted::<Value>("again", stop(json!({ "token": token, "again": true })).await);
        smtp.wait_for_one_more(HANNE, 1).await;
        // Switched off it is nobody's.
        desk.set("unseen_mail_s", 0).await;
        see(&hanne, chat).await;
        maren.say(chat, ANSWER).await;
        assert!(!desk.verify().await.contains("outbox"));
        desk.set("unseen_mail_s", 1).await;
        smtp.wait_for_one_more(HANNE, 2).await;
    })
    .await;
}

#[tokio::test]
async fn a_visitor_is_told_at_an_address_that_is_proven() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (priya, omar, maren) = (
            desk.visitor("Priya Raman").await,
            desk.visitor("Omar Haddad").await,
            desk.agent("maren").await,
        );
        let _here = maren.stays().await;
        let hers = open_chat(&priya, &maren).await;
        let his = open_chat(&omar, &maren).await;
        // Both ask for the conversation; only she opens the link.
        for (visitor, chat, address) in [(&priya, hers, "priya@example.org"), (&omar, his, "omar@example.org")] {
            let asks = wants(json!({ "address": address, "language": "de" }));
            granted::<Value>("mail", mail(visitor, chat, &asks).await);
        }
        let question = smtp.wait_for_one_more("priya@example.org", 0).await.remove(0);
        let text = question.part("text/plain");
        let token = text
            .split_whitespace()
            .find_map(|word| word.split_once('#'))
            .expect("a link")
            .1;
        let anybody = desk.stranger(wire::Surface::Visitor);
        granted::<Value>(
            "confirm",
            anybody.post("/api/mail/confirm", json!({ "token": token })).await,
        );
        smtp.wait_for_one_more("priya@example.org", 1).await;
        outcomes(&maren, hers, 2).await;
        for (visitor, chat) in [(&priya, hers), (&omar, his)] {
            see(visitor, chat).await;
            maren.say(chat, MORE).await;
        }
        desk.set("unseen_mail_s", 1).await;
        let letter = smtp.wait_for_one_more("priya@example.org", 2).await.remove(2);
        let text = letter.part("text/plain");
        assert!(
            text.contains(MORE) && text.contains("http://127.0.0.1:") && text.contains("schrieb:"),
            "{text}"
        );
        outcomes(&maren, hers, 3).await;
        assert_eq!(missed(&maren, his).await, 0);
        assert_eq!(smtp.to("omar@example.org").len(), 1);
        desk.verify().await;
    })
    .await;
}

/// The mail server is away when it is to go, and comes back when she has read it.
#[tokio::test]
async fn what_was_seen_before_the_letter_went_does_not_go() {
    on_both(async |mut desk: Desk| {
        let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let number = port.local_addr().expect("an address").port();
        drop(port);
        for (name, value) in [("mail_again_s", 1), ("mail_patience_s", 2), ("unseen_mail_s", 1)] {
            desk.set(name, value).await;
        }
        desk.configure(&format!(
            "[mail]\nserver = \"localhost:{number}\"\ntls = \"none\"\nfrom = \"help@skerry.example\"\n"
        ))
        .await;
        let (hanne, maren) = (desk.customer("hanne").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        let chat = open_chat(&hanne, &maren).await;
        let until = Instant::now() + PATIENCE;
        while missed(&maren, chat).await == 0 {
            assert!(Instant::now() < until, "it is to go");
            sleep(Duration::from_millis(50)).await;
        }
        see(&hanne, chat).await;
        let told = outcomes(&maren, chat, 1).await;
        assert_eq!(told, [(MailOutcome::Seen, None)]);
        let smtp = Smtp::on_port(number, &[]);
        maren.say(chat, MORE).await;
        let letter = smtp.wait_for_one_more(HANNE, 0).await.remove(0);
        assert!(!letter.part("text/plain").contains(ANSWER));
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn killed_again_and_again_each_run_goes_out_once_on_sqlite() {
    runs_go_out_once(Engine::Sqlite).await;
}

#[tokio::test]
async fn on_two_nodes_each_run_goes_out_once() {
    runs_go_out_once(Engine::TwoNodes).await;
}

/// Round by round customers read, agents write into all their chats, and the nodes look at once; on one node it is killed meanwhile.
async fn runs_go_out_once(engine: Engine) {
    const CUSTOMERS: usize = 8;
    const ROUNDS: usize = 4;
    let lane = Lane::part("mail", &format!("unseen on {engine}"));
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let smtp = Smtp::start(&[]);
    let password = format!("{}\n", domain::cast::PASSWORD);
    let logins: Vec<_> = (0..CUSTOMERS).map(|n| format!("mate{n}")).collect();
    for login in &logins {
        let address = format!("{login}@wiebe.example");
        desk.cli_with(&["customer", "add", login, login, "--email", &address], &password)
            .await;
    }
    with_mail(&mut desk, &smtp, PLAIN).await;
    let maren = desk.agent("maren").await;
    let here = maren.stays().await;
    let mut chats = Vec::new();
    for login in &logins {
        let mate = desk.customer(login).await;
        let chat = mate.start_chat(QUESTION).await.id;
        maren.accept(chat).await;
        chats.push((mate, chat));
    }
    drop(here);
    desk.set("lease_s", 3_600).await;
    desk.set("unseen_mail_s", 1).await;
    for round in 1..=ROUNDS {
        let maren = desk.agent("maren").await;
        join_all(chats.iter().map(|(mate, chat)| see(mate, *chat))).await;
        join_all(
            chats
                .iter()
                .map(async |(_, chat)| maren.say(*chat, &format!("Round {round}")).await),
        )
        .await;
        if engine == Engine::Sqlite {
            sleep(Duration::from_millis(700 * round as u64)).await;
            desk.restart().await;
            let mut back = Vec::new();
            for (login, (_, chat)) in logins.iter().zip(&chats) {
                back.push((desk.customer(login).await, *chat));
            }
            chats = back;
        }
        let maren = desk.agent("maren").await;
        for (_, chat) in &chats {
            outcomes(&maren, *chat, round).await;
        }
    }
    let maren = desk.agent("maren").await;
    let mut runs = 0;
    for (_, chat) in &chats {
        runs += missed(&maren, *chat).await;
    }
    let mut letters: BTreeMap<String, String> = BTreeMap::new();
    for letter in smtp.arrived() {
        letters.insert(letter.id.clone(), letter.part("text/plain"));
    }
    if runs != CUSTOMERS * ROUNDS {
        lane.violation(format!("{runs} runs told, of {}", CUSTOMERS * ROUNDS));
    }
    // A kill may come between the letter and the note that it went: then it is there twice, under one id.
    if letters.len() != CUSTOMERS * ROUNDS {
        lane.violation(format!("{} letters, of {}", letters.len(), CUSTOMERS * ROUNDS));
    }
    for text in letters.values().filter(|text| text.matches("Round").count() != 1) {
        lane.violation(format!("not one message: {text}"));
    }
    desk.verify().await;
    lane.figure("runs of unseen messages", runs);
    lane.figure("letters", letters.len());
    lane.case();
    lane.finish();
}
