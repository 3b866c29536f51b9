//! What closed chats are found by, and by whom; how long they are kept; and what is left of one who is erased.

use crate::backup::held::Held;
use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use crate::live::PATIENCE;
use crate::tickets::queue;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{AuditPage, Done, EntryWhat, FoundChats, TicketRef};

/// Of Hanne and Priya.
const THEIRS: [&str; 7] = ["zyzzy", "Hanne", "Dahl", "hanne@", "\"hanne\"", "Priya", "Raman"];

/// Everything found, over all pages.
async fn found(client: &Client, query: &str) -> Vec<wire::FoundChat> {
    let (mut all, mut before) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/archive?{query}{before}");
        let page: FoundChats = granted("a page", client.get(&path).await);
        all.extend(page.chats);
        match page.next {
            Some(next) => before = format!("&before={next}"),
            None => return all,
        }
    }
}

async fn found_ids(client: &Client, query: &str) -> BTreeSet<Uuid> {
    found(client, query).await.iter().map(|found| found.chat.id).collect()
}

/// Waits until so many chats are found.
pub async fn until_found(client: &Client, query: &str, count: usize) {
    let deadline = Instant::now() + PATIENCE;
    while found_ids(client, query).await.len() < count {
        assert!(Instant::now() < deadline, "in vain: {count} chats are found by {query}");
        sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_search_finds_exactly_what_opening_would_show() {
    on_both(async |desk: Desk| {
        let [ines, maren, chidi, tove] = ["ines", "maren", "chidi", "tove"];
        let (ines, maren) = (desk.agent(ines).await, desk.agent(maren).await);
        let (chidi, tove) = (desk.agent(chidi).await, desk.agent(tove).await);
        let lives = (
            ines.live().await,
            maren.live().await,
            chidi.live().await,
            tove.live().await,
        );
        let (hanne, jonas) = (desk.customer("hanne").await, desk.customer("jonas").await);
        let priya = desk.visitor("Priya Raman").await;
        let mut chats = Vec::new();
        for external in [&priya, &hanne] {
            let chat = external.start_chat("Where is my parcel?").await.id;
            ines.accept(chat).await;
            ines.note(chat, "The parcel is a secret.").await;
            ines.say(chat, "On the night ferry.").await;
            chats.push(chat);
        }
        let watched = chats[0];
        ines.invite(watched, &tove, "observer").await;
        let (status, body) = tove.take_role(watched, "join", "observer").await;
        assert_eq!(status, 200, "{body}");
        tove.note(watched, "A secret parcel, as I see.").await;
        for chat in &chats {
            ines.close(*chat).await;
        }
        // Withdrawn before anybody accepted: nobody took part but her.
        let withdrawn = hanne.start_chat("A parcel, never mind.").await.id;
        hanne.close(withdrawn).await;
        let among = maren.ask(&chidi, "Whose parcel is this?").await.id;
        chidi.accept(among).await;
        maren.close(among).await;
        let running = jonas.start_chat("My parcel?").await.id;
        chats.extend([withdrawn, among, running]);
        until_found(&ines, "q=parcel", 3).await;
        until_found(&maren, "q=parcel", 4).await;

        for person in [&ines, &maren, &chidi, &tove, &hanne, &jonas, &priya] {
            let mut readable = BTreeSet::new();
            for chat in chats.iter().filter(|chat| **chat != running) {
                let (status, _) = person.get(&format!("/api/chats/{chat}")).await;
                readable.extend((status == 200).then_some(*chat));
            }
            assert_eq!(found_ids(person, "q=parcel").await, readable);
            assert_eq!(
                found_ids(person, "").await,
                readable,
                "without words everything is there"
            );
        }
        for external in [&hanne, &jonas, &priya] {
            assert!(found(external, "q=secret").await.is_empty());
            let all = serde_json::to_string(&found(external, "q=parcel").await).expect("JSON");
            assert!(!all.contains("secret") && !all.contains("Tove"), "{all}");
        }
        assert_eq!(found_ids(&tove, "q=secret").await, BTreeSet::from([watched]));

        // What is taken away is not found any more.
        desk.cli(&["role", "member", "Trainees", "tove", "--remove"]).await;
        assert!(found(&tove, "q=parcel").await.is_empty());
        drop(lives);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_said_is_shown_where_it_fits_page_by_page() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let live = ines.live().await;
        let (mut last, mut priya) = (Uuid::nil(), desk.visitor("Priya Raman").await);
        for n in 0..22 {
            // Nobody may ask for so many.
            if n % 8 == 7 {
                priya = desk.visitor("Priya Raman").await;
            }
            let chat = priya.start_chat(&format!("Is parcel SK-{n} on the Fähre?")).await;
            ines.accept(chat.id).await;
            ines.close(chat.id).await;
            last = chat.id;
        }
        until_found(&ines, "q=parcel", 22).await;
        let page: FoundChats = granted("a page", ines.get("/api/archive?q=parcel").await);
        assert_eq!((page.chats.len(), page.next.is_some()), (20, true));
        assert_eq!(page.chats[0].chat.id, last, "the one that ended last first");
        let all = found(&ines, "q=fahre%20priya").await;
        assert_eq!(all.len(), 22, "each once");
        let entry = all[0].entry.clone().expect("an entry");
        let parts: Vec<_> = entry.text.iter().map(|part| (part.text.as_str(), part.found)).collect();
        assert_eq!(
            parts,
            [("Is parcel SK-21 on the ", false), ("Fähre", true), ("?", false)]
        );
        assert_eq!(found(&ines, "q=sk-7").await.len(), 1);

        let (channel, ended) = (all[3].chat.channel.id, all[3].chat.last_at);
        assert_eq!(found(&ines, &format!("q=parcel&channel={channel}")).await.len(), 22);
        assert!(
            found(&ines, &format!("q=parcel&channel={}", Uuid::now_v7()))
                .await
                .is_empty()
        );
        let earlier = found(&ines, &format!("q=parcel&to={ended}")).await.len();
        let later = found(&ines, &format!("q=parcel&from={ended}")).await.len();
        assert_eq!((earlier + later, later >= 4), (22, true));
        assert!(
            found(&ines, "q=%22%20*").await.is_empty(),
            "signs alone look for nothing"
        );
        for wrong in [
            "before=x",
            "q=a&which=mine",
            "from=yesterday",
            &format!("q={}", "x".repeat(201)),
        ] {
            let (status, body) = ines.get(&format!("/api/archive?{wrong}")).await;
            assert_eq!((status / 100, &body["code"]), (4, &json!("bad_input")), "{wrong}");
        }
        refused(
            desk.stranger(wire::Surface::Agent).get("/api/archive?q=parcel").await,
            401,
            "signed_out",
        );
        drop(live);
    })
    .await;
}

#[tokio::test]
async fn a_text_that_is_taken_away_is_gone_for_everybody_who_looks() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let mut lives = (ines.live().await, maren.live().await);
        let priya = desk.visitor("Priya Raman").await;
        let mut hers = priya.live().await;
        let chat = priya.start_chat("Is there a cabin left?").await.id;
        ines.accept(chat).await;
        lives.0.watch(chat).await;
        hers.watch(chat).await;
        let card = priya.say(chat, "My card is 4929-1.").await.seq;
        ines.note(chat, "She says 4929-1.").await;
        lives
            .0
            .sees(chat, "the card", |chat| chat.said("My card is 4929-1."))
            .await;

        let redact = async |by: &Client, seq: i64| {
            by.post(
                &format!("/api/chats/{chat}/redact"),
                json!({ "cid": Uuid::now_v7(), "seq": seq }),
            )
            .await
        };
        let seq = ines
            .snapshot(chat)
            .await
            .entries
            .iter()
            .find_map(|entry| match &entry.what {
                EntryWhat::Message { text, .. } if text.contains("card") => Some(entry.seq),
                _ => None,
            });
        let seq = seq.expect("there");
        refused(redact(&priya, card).await, 403, "not_allowed");
        refused(redact(&maren, seq).await, 404, "not_found");
        refused(redact(&ines, 1).await, 404, "not_found");
        granted::<Done>("it is taken away", redact(&ines, seq).await);
        refused(redact(&ines, seq).await, 409, "nothing_changes");
        let told = hers
            .sees(chat, "that it is gone", |chat| chat.kinds().ends_with("redaction"))
            .await;
        let told = told.entries.values().last().expect("told").what.clone();
        assert_eq!(
            told,
            EntryWhat::Redaction { of: card, by: None },
            "on her count, and not by whom"
        );
        lives
            .0
            .sees(chat, "that it is gone", |chat| chat.kinds().ends_with("redaction"))
            .await;
        // Who comes anew gets it from no memory; the note is the agents' own, and goes for itself.
        let mut anew = priya.live().await;
        let shown = anew.watch(chat).await;
        let gone = shown.entries.get(&card).expect("its place");
        assert!(
            matches!(
                &gone.what,
                EntryWhat::Redacted {
                    by: None,
                    note: false,
                    ..
                }
            ),
            "{gone:?}"
        );
        granted::<Done>("the note", redact(&ines, seq + 1).await);
        let log = ines.snapshot(chat).await;
        let by = Some("Ines Vogt".to_owned());
        let note = log
            .entries
            .iter()
            .find(|entry| entry.seq == seq + 1)
            .expect("its place");
        assert!(
            matches!(&note.what, EntryWhat::Redacted { by: who, note: true, .. } if *who == by),
            "{note:?}"
        );
        ines.close(chat).await;
        // Closed, it may still be done; and nothing of it is found.
        granted::<Done>("the first message", redact(&maren, 2).await);
        until_found(&ines, "q=priya", 1).await;
        for (person, query) in [(&ines, "q=4929"), (&maren, "q=cabin"), (&priya, "q=4929")] {
            assert!(found(person, query).await.is_empty(), "{query}");
        }
        for person in [&ines, &maren, &priya] {
            let (_, all) = person.get(&format!("/api/chats/{chat}/entries?after=0")).await;
            let (_, lists) = person.get("/api/chats?which=archive").await;
            let all = format!("{all}{lists}");
            assert!(!all.contains("4929") && !all.contains("cabin"), "{all}");
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn chats_go_when_their_channel_keeps_them_no_longer() {
    on_both(async |mut desk: Desk| {
        let ines = desk.agent("ines").await;
        let live = ines.live().await;
        let (priya, hanne) = (desk.visitor("Priya Raman").await, desk.customer("hanne").await);
        let old = priya.start_chat("Where is my parcel?").await.id;
        let kept = hanne.start_chat("A parcel for the Default channel.").await.id;
        for chat in [old, kept] {
            ines.accept(chat).await;
            ines.close(chat).await;
        }
        until_found(&ines, "q=parcel", 2).await;
        drop(live);
        desk.terminate().await;
        desk.ended().await;
        desk.minutes_pass(3 * 24 * 60).await;
        let set = ["retention", "set", "Travel desk"];
        let said = desk.cli(&[&set[..], &["2", "--dry-run"]].concat()).await;
        assert!(
            said.contains("1 closed chats of Travel desk would be removed"),
            "{said}"
        );
        let said = desk.cli(&["retention", "list"]).await;
        assert!(!said.contains("kept for 2 days"), "nothing was changed: {said}");
        desk.cli(&[&set[..], &["2"]].concat()).await;
        let (failed, said) = desk.try_cli(&["retention", "set", "Nowhere", "2"], "").await;
        assert!(!failed.success(), "{said}");
        desk.serve().await;
        let ines = desk.agent("ines").await;
        let deadline = Instant::now() + PATIENCE;
        while found_ids(&ines, "q=parcel").await.len() > 1 {
            assert!(Instant::now() < deadline, "in vain: the old chat goes");
            sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(found_ids(&ines, "q=parcel").await, BTreeSet::from([kept]));
        refused(ines.get(&format!("/api/chats/{old}")).await, 404, "not_found");
        let said = desk.cli(&["retention", "list"]).await;
        assert!(said.contains("kept for 2 days, 0 closed chats are older"), "{said}");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn one_person_is_told_what_is_kept_and_is_erased() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let live = ines.live().await;
        let (priya, hanne) = (desk.visitor("Priya Raman").await, desk.customer("hanne").await);
        let hers = hanne.start_chat("My parcel is zyzzy-88.").await.id;
        let visitors = priya.start_chat("Where is my parcel?").await.id;
        for chat in [hers, visitors] {
            ines.accept(chat).await;
            ines.note(chat, "A secret of ours.").await;
        }
        let folder = proof::temp_dir();
        let file = folder.file("hanne.jsonl");
        let file = file.to_str().expect("a path");
        let (failed, said) = desk.try_cli(&["erase", "--customer", "hanne"], "").await;
        assert!(!failed.success(), "she talks: {said}");
        ines.close(hers).await;
        ines.close(visitors).await;
        until_found(&ines, "q=parcel", 2).await;

        desk.cli(&["export", "--customer", "hanne", file]).await;
        let told = std::fs::read_to_string(file).expect("written");
        for kept in ["hanne@wiebe.example", "zyzzy-88", "Wiebe Freight", &hers.to_string()] {
            assert!(told.contains(kept), "{kept} is missing in {told}");
        }
        assert!(
            !told.contains("secret") && !told.contains(&visitors.to_string()),
            "{told}"
        );
        let (failed, said) = desk.try_cli(&["export", "--customer", "hanne", file], "").await;
        assert!(!failed.success(), "over a file that is there: {said}");

        let said = desk.cli(&["erase", "--customer", "hanne", "--dry-run"]).await;
        assert!(said.contains("1 conversations would be removed"), "{said}");
        assert_eq!(found_ids(&ines, "q=zyzzy").await, BTreeSet::from([hers]));
        desk.cli(&["erase", "--customer", "hanne"]).await;
        assert!(found(&ines, "q=zyzzy").await.is_empty());
        assert_eq!(found_ids(&ines, "q=parcel").await, BTreeSet::from([visitors]));
        refused(ines.get(&format!("/api/chats/{hers}")).await, 404, "not_found");
        refused(hanne.get("/api/archive?q=parcel").await, 401, "signed_out");
        let listed = desk.cli(&["customer", "list"]).await;
        assert!(!listed.contains("hanne"), "{listed}");
        desk.cli(&["erase", "--visitor-of", &visitors.to_string()]).await;
        assert!(found(&ines, "q=priya").await.is_empty());
        desk.verify().await;
        drop(live);
    })
    .await;
}

/// All that is kept, as a backup has it.
async fn kept(desk: &Desk, name: &str) -> Held {
    let path = desk.path(name);
    desk.cli(&["backup", &path]).await;
    Held::read(Path::new(&path))
}

#[tokio::test]
async fn an_erasure_leaves_an_account_of_it_and_nothing_of_the_person() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let _here = (ines.stays().await, maren.stays().await);
        let (hanne, priya) = (desk.customer("hanne").await, desk.visitor("Priya Raman").await);
        let (hannes, priyas) = (hanne.me().await.id, priya.me().await.id);
        let mut chats = Vec::new();
        for (who, text) in [
            (&hanne, "My zyzzy?"),
            (&hanne, "The other zyzzy?"),
            (&priya, "A zyzzy?"),
        ] {
            let chat = who.start_chat(text).await.id;
            ines.accept(chat).await;
            let draft = json!({ "text": "The zyzzy of Hanne Dahl, or of Priya Raman", "note": true });
            granted::<Done>("a draft", ines.put(&format!("/api/chats/{chat}/draft"), draft).await);
            ines.close(chat).await;
            chats.push(chat.to_string());
        }
        let ticket = json!({ "cid": Uuid::now_v7(), "title": "Her zyzzy", "text": "It is green." });
        let _: TicketRef = granted("hers", hanne.post("/api/my/tickets", ticket).await);
        let theirs = |kept: &Held| {
            let all = format!("{:?}", kept.tables);
            THEIRS
                .into_iter()
                .filter(|word| all.contains(*word))
                .collect::<Vec<_>>()
        };
        let drafts = |kept: &Held| {
            let members = kept.tables["chat_member"].iter();
            members.filter(|member| member["draft"] != json!("")).count()
        };
        desk.cli(&["erase", "--customer", "hanne", "--dry-run"]).await;
        let before = kept(&desk, "before.tar").await;
        assert_eq!(theirs(&before), THEIRS);
        assert_eq!(drafts(&before), 3);
        assert!(before.tables["erasure"].is_empty(), "looked at only");

        let began = Timestamp::now().as_microsecond();
        desk.cli(&["erase", "--customer", "hanne"]).await;
        desk.cli(&["erase", "--visitor-of", &chats[2]]).await;
        let ended = Timestamp::now().as_microsecond();
        let after = kept(&desk, "after.tar").await;
        assert!(theirs(&after).is_empty(), "{:?}", theirs(&after));
        assert_eq!(drafts(&after), 0);

        // When, by whom, of whom by an id that nobody has any more, and how many chats went.
        assert_eq!(after.tables["erasure"].len(), 2);
        for (person, kind, chats) in [(hannes, "customer_user", 2), (priyas, "public_user", 1)] {
            let id = json!(person.simple().to_string());
            let mut accounts = after.tables["erasure"].iter();
            let account = accounts.find(|it| it["person_id"] == id).expect("an account");
            assert_eq!((account.len(), &account["chats"]), (3, &json!(chats)), "{account:?}");
            let at = account["at"].as_i64().expect("a time");
            assert!((began..=ended).contains(&at), "{account:?}");

            let path = format!("/api/admin/audit?kind={kind}&subject={person}");
            let log: AuditPage = granted("audit", ines.get(&path).await);
            let erased = Some(r#"{"erased":true}"#);
            let told: Vec<_> = log.records.iter().filter(|it| it.new.as_deref() == erased).collect();
            let [told] = told.as_slice() else { panic!("{log:?}") };
            assert_eq!((told.by, told.by_name.as_str()), (None, "command line"));
            assert_eq!((told.name.as_deref(), told.old.as_deref()), (Some("-"), None));
            assert!((began / 1_000..=ended / 1_000).contains(&told.at), "{told:?}");
        }

        // Nobody is erased twice, and no agent at all.
        let among = ines.ask(&maren, "Whose was it?").await.id.to_string();
        for (option, whom, why) in [
            ("--customer", "hanne", "there is no customer user hanne"),
            ("--visitor-of", chats[2].as_str(), "There is nothing here for you."),
            ("--customer", "ines", "deskbell agent deactivate ines"),
            ("--visitor-of", among.as_str(), "There is nothing here for you."),
        ] {
            let (status, said) = desk.try_cli(&["erase", option, whom], "").await;
            assert!(!status.success() && said.contains(why), "{said}");
        }
        let again = kept(&desk, "again.tar").await;
        for table in ["erasure", "audit"] {
            assert_eq!(again.tables[table], after.tables[table], "{table}");
        }
        assert_eq!(ines.me().await.name, "Ines Vogt");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_visitor_whose_chat_is_kept_no_longer_is_erased_by_the_ticket_that_has_his_words() {
    on_both(async |mut desk: Desk| {
        let ines = desk.agent("ines").await;
        let here = ines.stays().await;
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("A zyzzy?").await.id;
        let channel = ines.accept(chat).await.channel.name;
        let travel = queue(&ines, "Travel").await;
        let body = json!({ "cid": Uuid::now_v7(), "title": "Lost", "text": "It is green.", "queue": travel,
            "chat": { "chat": chat } });
        let ticket: TicketRef = granted("a ticket", ines.post("/api/tickets", body).await);
        let path = format!("/api/tickets/{}", ticket.id);
        desk.cli(&["retention", "set", &channel, "2"]).await;
        drop(here);
        desk.sigkill().await;
        desk.minutes_pass(3 * 24 * 60).await;
        desk.serve().await;
        let ines = desk.agent("ines").await;
        let deadline = Instant::now() + PATIENCE;
        while ines.get(&format!("/api/chats/{chat}")).await.0 != 404 {
            assert!(Instant::now() < deadline, "in vain: the chat goes");
            sleep(std::time::Duration::from_millis(20)).await;
        }
        let words = async || {
            let seen: Value = granted("the ticket", ines.get(&path).await);
            ["zyzzy", "Priya", "green"].map(|word| seen.to_string().contains(word))
        };
        assert_eq!(
            words().await,
            [true, true, true],
            "what went into a ticket is the ticket's"
        );
        desk.cli(&["erase", "--writer-of", &ticket.number]).await;
        assert_eq!(words().await, [false, false, true]);
        let (status, said) = desk.try_cli(&["erase", "--writer-of", &ticket.number], "").await;
        assert!(!status.success(), "there is nobody any more: {said}");
        desk.verify().await;
    })
    .await;
}
