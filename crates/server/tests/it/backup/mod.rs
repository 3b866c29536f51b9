//! What was backed up comes back as it was, in either engine, and nothing comes back that is not whole.
//!
//! - [`held`]: what a backup holds, read without the program.
//! - [`refused`]: what is broken, foreign, newer, in the way or without room.

pub mod held;
mod refused;

use crate::client::{Client, granted};
use crate::desk::{Desk, Engine, on_both};
use crate::files::{PDF, PNG, files_of};
use crate::live::{Live, PATIENCE};
use held::Held;
use proof::Lane;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;
use wire::{FoundChats, ServerFrame};

/// Backs up under this name in the desk's folder.
async fn back_up(desk: &Desk, name: &str) -> Held {
    let path = desk.path(name);
    let said = desk.cli(&["backup", &path]).await;
    assert!(said.contains("rows of"), "{said}");
    Held::read(Path::new(&path))
}

async fn stop(desk: &mut Desk) {
    desk.terminate().await;
    let (status, _) = desk.ended().await;
    assert!(status.success(), "{status}");
}

/// What goes on at a desk: a visitor with files and a note, a customer, a chat that is over.
struct Talk {
    ines: Client,
    priya: Client,
    hanne: Client,
    of_priya: Uuid,
    of_hanne: Uuid,
}

async fn talk(desk: &Desk) -> Talk {
    let ines = desk.agent("ines").await;
    let here = ines.stays().await;
    let (priya, hanne) = (desk.visitor("Priya Raman").await, desk.customer("hanne").await);
    let over = priya.start_chat("Which pier?").await.id;
    ines.accept(over).await;
    ines.say(over, "Pier 3, \"north\" \\ 船票 ตั๋ว\n\tand a second line.")
        .await;
    ines.close(over).await;
    let of_priya = priya.start_chat("May I send you something?").await.id;
    ines.accept(of_priya).await;
    priya.send_file(of_priya, "ticket.png", PNG).await;
    ines.send_file(of_priya, "terms.pdf", PDF).await;
    ines.note(of_priya, "She is a regular: be quick.").await;
    let of_hanne = hanne.start_chat("Where is my trailer?").await.id;
    ines.accept(of_hanne).await;
    ines.say(of_hanne, "On the quay.").await;
    drop(here);
    Talk {
        ines,
        priya,
        hanne,
        of_priya,
        of_hanne,
    }
}

/// Watches from what an earlier connection knew; the answer has to be everything anew.
async fn begins_anew(live: &mut Live, known: crate::live::Folded) {
    let chat = known.view.id;
    live.resume(known).await;
    live.wait("the snapshot", |frame| match frame {
        ServerFrame::Snapshot { chat: view, .. } if view.id == chat => Some(()),
        ServerFrame::State { chat: of, .. } => panic!("{of:?} is continued, over a restore"),
        _ => None,
    })
    .await;
}

#[tokio::test]
async fn an_older_state_comes_back_and_clients_begin_anew() {
    on_both(async |mut desk: Desk| {
        let Talk {
            ines,
            priya,
            hanne,
            of_priya,
            of_hanne,
        } = talk(&desk).await;
        // A ticket of which a part of the index stays as it is.
        let travel = crate::tickets::queue(&ines, "Travel").await;
        let ticket = crate::tickets::about::ticket_for(&ines, &hanne, travel, "The quay").await;
        let text = format!("The halyard. {}", "Word after word. ".repeat(500));
        let note = json!({ "cid": Uuid::now_v7(), "visible": false, "subject": "Long", "text": text });
        let path = format!("/api/tickets/{}/articles", ticket.id);
        granted::<Value>("a note", ines.post(&path, note).await);
        let finds_the_ticket = async || {
            let until = Instant::now() + PATIENCE;
            while !crate::tickets::titles(&ines, "q=halyard").await.contains("The quay") {
                assert!(Instant::now() < until, "the ticket is not found");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        finds_the_ticket().await;
        let mut priya_live = priya.live().await;
        let at_backup = priya_live.watch(of_priya).await.clone();
        let before = back_up(&desk, "before.tar").await;
        assert_eq!(before.contents.len(), 2, "the picture and the document");

        // One chat goes on after the backup, the other one has its last word in it.
        ines.say(of_priya, "This is lost.").await;
        priya_live
            .sees(of_priya, "the last word", |chat| chat.said("This is lost."))
            .await;
        let later = priya_live.chat(of_priya).clone();
        let mut hanne_live = hanne.live().await;
        let unmoved = hanne_live.watch(of_hanne).await.clone();
        drop((priya_live, hanne_live));

        let in_use = desk
            .try_cli(&["restore", &desk.path("before.tar"), "--replace"], "")
            .await;
        assert!(!in_use.0.success() && in_use.1.contains("in use"), "{}", in_use.1);
        desk.verify().await;
        stop(&mut desk).await;
        let there = desk.try_cli(&["restore", &desk.path("before.tar")], "").await;
        assert!(!there.0.success() && there.1.contains("--replace"), "{}", there.1);
        let said = desk.cli(&["restore", &desk.path("before.tar"), "--replace"]).await;
        assert!(said.contains("is kept in"), "{said}");
        assert!(desk.verify().await.contains("Nothing is wrong"));
        let again = back_up(&desk, "again.tar").await;
        before.equals(&again, &[]);
        assert_ne!(before.manifest["head"]["epoch"], again.manifest["head"]["epoch"]);

        desk.serve().await;
        // The same people on the same devices, with all they knew.
        let mut priya_live = priya.live().await;
        begins_anew(&mut priya_live, later).await;
        assert_eq!(
            priya_live.chat(of_priya).entries,
            at_backup.entries,
            "exactly the log of the backup"
        );
        let mut hanne_live = hanne.live().await;
        let texts =
            |known: &crate::live::Folded| known.texts().iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let known = texts(&unmoved);
        begins_anew(&mut hanne_live, unmoved).await;
        assert_eq!(texts(hanne_live.chat(of_hanne)), known);
        // And it goes on.
        let said = ines.say(of_priya, "We go on.").await;
        assert_eq!(
            said.seq,
            at_backup.view.head.max(at_backup.position.seq) + 2,
            "after her note, which Priya does not count"
        );
        priya_live
            .sees(of_priya, "what comes now", |chat| chat.said("We go on."))
            .await;
        for (seq, file) in files_of(&ines, of_priya).await {
            let served = ines.fetch_file(of_priya, seq).await;
            assert_eq!(served.status(), 200, "{}", file.name);
        }
        // The search is built anew by the service.
        let until = Instant::now() + PATIENCE;
        loop {
            let found: FoundChats = granted("a search", ines.get("/api/archive?q=pier").await);
            if found.chats.len() == 1 {
                break;
            }
            assert!(Instant::now() < until, "{found:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        finds_the_ticket().await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_backup_of_one_engine_fills_the_other() {
    for (from, to) in [(Engine::Sqlite, Engine::Postgres), (Engine::Postgres, Engine::Sqlite)] {
        let lane = Lane::part("backup", &format!("from {from} to {to}"));
        let (Some(mut one), Some(mut other)) = (Desk::start(from).await, Desk::prepare(to).await) else {
            return lane.skip("no PostgreSQL");
        };
        let Talk { ines, of_hanne, .. } = talk(&one).await;
        let said = ines.snapshot(of_hanne).await.entries;
        let before = back_up(&one, "before.tar").await;
        stop(&mut one).await;
        other.cli(&["restore", &one.path("before.tar"), "--end-sessions"]).await;
        other.verify().await;
        let after = back_up(&other, "after.tar").await;
        before.equals(&after, &["session"]);
        assert_ne!(before.manifest["head"]["engine"], after.manifest["head"]["engine"]);
        other.serve_without_demo().await;
        let ines = other.agent("ines").await;
        assert_eq!(ines.snapshot(of_hanne).await.entries, said);
        other.verify().await;
        lane.figure("tables", before.tables.len());
        lane.figure("rows", before.rows());
        lane.figure("files", before.contents.len());
        let size = std::fs::metadata(one.path("before.tar")).expect("a backup").len();
        lane.figure("backup_bytes", size);
        lane.case();
        lane.finish();
    }
}

#[tokio::test]
async fn a_backup_taken_while_many_write_is_of_one_instant() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let _here = ines.stays().await;
        let mut writing = Vec::new();
        for n in 0..4 {
            let priya = desk.visitor(&format!("Priya {n}")).await;
            let chat = priya.start_chat("Hello").await.id;
            ines.accept(chat).await;
            let mut live = priya.live().await;
            writing.push(tokio::spawn(async move {
                let mut said = 0;
                loop {
                    let cid = live.say(chat, &format!("{said}")).await;
                    live.answer(cid).await.expect("stored");
                    said += 1;
                }
            }));
        }
        for n in 0..3 {
            let held = back_up(&desk, &format!("{n}.tar")).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            assert!(!held.tables["entry"].is_empty());
        }
        writing.iter().for_each(|it| it.abort());
        for n in 0..3 {
            let Some(place) = Desk::prepare(desk.engine).await else {
                return;
            };
            place.cli(&["restore", &desk.path(&format!("{n}.tar"))]).await;
            assert!(place.verify().await.contains("Nothing is wrong"));
        }
    })
    .await;
}
