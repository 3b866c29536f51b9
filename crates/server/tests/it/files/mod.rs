//! Files in chats: what is sent, who gets it, and what fails on the way.
//!
//! - [`kinds`]: what is taken, what is refused, and how names end.
//! - [`broken`]: what arrives in part, twice, or at the wrong moment.
//! - [`full`]: where there is no room.
//! - [`gone`]: what is taken away is gone from the disk.
//! - [`bucket`]: the same in a bucket of an S3 service.

mod broken;
mod bucket;
mod full;
mod gone;
mod kinds;

use crate::client::{Client, SentFile, granted, refused};
use crate::desk::{Desk, Engine, on_both};
use crate::live::PATIENCE;
pub use full::{SmallDisk, on_a_small_disk};
use proof::Lane;
use std::path::{Path, PathBuf};
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{EntryView, EntryWhat, FileView};

/// One red pixel.
pub const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\
    \0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Priya talks to Ines.
pub struct Talk {
    pub desk: Desk,
    pub ines: Client,
    pub priya: Client,
    pub chat: Uuid,
    _here: Vec<crate::client::Stays>,
}

pub async fn talk(desk: Desk) -> Talk {
    let ines = desk.agent("ines").await;
    let here = ines.stays().await;
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("May I send you something?").await.id;
    ines.accept(chat).await;
    Talk {
        desk,
        ines,
        priya,
        chat,
        _here: vec![here],
    }
}

/// The files among somebody's entries.
pub async fn files_of(client: &Client, chat: Uuid) -> Vec<(i64, FileView)> {
    let entries = client.snapshot(chat).await.entries;
    entries
        .into_iter()
        .filter_map(|entry| Some((entry.seq, file_of(entry)?)))
        .collect()
}

fn file_of(entry: EntryView) -> Option<FileView> {
    match entry.what {
        EntryWhat::Message { text, file: Some(file) } | EntryWhat::Note { text, file: Some(file) } => {
            assert_eq!(text, file.name, "a file's text is its name");
            Some(file)
        }
        _ => None,
    }
}

/// Every file in the folder: the contents, and whatever else was left there.
pub fn stored(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        let (below, files): (Vec<_>, Vec<_>) = entries
            .map(|entry| entry.expect("an entry").path())
            .partition(|it| it.is_dir());
        folders.extend(below);
        found.extend(files);
    }
    found.sort();
    found
}

pub fn folder(desk: &Desk) -> PathBuf {
    desk.dir().join("files")
}

/// Waits until so many contents lie in the folder.
pub async fn until_stored(desk: &Desk, count: usize) {
    let until = Instant::now() + PATIENCE;
    while stored(&folder(desk)).len() != count {
        assert!(Instant::now() < until, "{count} contents: {:?}", stored(&folder(desk)));
        sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_picture_and_a_document_go_both_ways_and_are_served_harmlessly() {
    on_both(async |desk: Desk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        let mut live = priya.live().await;
        live.watch(chat).await;
        ines.send_file(chat, "Fähre nach Oslo.png", PNG).await;
        let seen = live.wait("the picture", |frame| match frame {
            wire::ServerFrame::Entries { entries, .. } => entries.iter().cloned().find_map(file_of),
            _ => None,
        });
        let picture = seen.await;
        assert_eq!(
            (picture.name.as_str(), picture.kind.as_str()),
            ("Fähre nach Oslo.png", "image/png")
        );
        assert_eq!(
            (picture.size, picture.width, picture.height),
            (PNG.len() as i64, Some(1), Some(1))
        );
        priya.send_file(chat, "Ticket.PDF", PDF).await;

        for client in [&ines, &priya] {
            let files = files_of(client, chat).await;
            assert_eq!(
                files.iter().map(|(_, file)| file.name.as_str()).collect::<Vec<_>>(),
                ["Fähre nach Oslo.png", "Ticket.pdf"]
            );
            for ((seq, file), (bytes, disposition)) in files.iter().zip([
                (
                    PNG,
                    "inline; filename=\"F_hre nach Oslo.png\"; filename*=UTF-8''F%C3%A4hre%20nach%20Oslo.png",
                ),
                (PDF, "attachment; filename=\"Ticket.pdf\"; filename*=UTF-8''Ticket.pdf"),
            ]) {
                let answer = client.fetch_file(chat, *seq).await;
                assert_eq!(answer.status(), 200);
                let header = |name: &str| answer.headers()[name].to_str().expect("ASCII").to_owned();
                assert_eq!(header("content-type"), file.kind);
                assert_eq!(header("content-disposition"), disposition);
                assert_eq!(header("content-length"), bytes.len().to_string());
                assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'");
                assert_eq!(header("x-content-type-options"), "nosniff");
                assert_eq!(header("cross-origin-resource-policy"), "same-origin");
                assert_eq!(header("cache-control"), "no-store");
                assert_eq!(answer.bytes().await.expect("a body"), bytes);
            }
        }
        // It is what is unread, what a list shows, and what is found.
        let (_, chats) = ines.get("/api/chats").await;
        assert_eq!(chats["chats"][0]["last_text"], "Ticket.pdf", "{chats}");
        assert_eq!(chats["chats"][0]["unread"], 1, "{chats}");
        let request = ines.request(reqwest::Method::GET, &format!("/api/chats/{chat}/transcript?form=text"));
        let text = request.send().await.expect("an answer").text().await.expect("a text");
        assert!(text.contains("Fähre nach Oslo.png (69 bytes)"), "{text}");
        ines.close(chat).await;
        let exported = desk.dir().join("priya.jsonl");
        let file = exported.to_str().expect("UTF-8");
        desk.cli(&["export", "--visitor-of", &chat.to_string(), file]).await;
        let exported = std::fs::read_to_string(&exported).expect("the export");
        assert!(exported.contains(r#""name":"Ticket.pdf","size":"#), "{exported}");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn two_nodes_share_their_files() {
    let lane = Lane::part("files", "two nodes");
    let Some(desk) = Desk::start(Engine::TwoNodes).await else {
        return lane.skip("no PostgreSQL here");
    };
    let Talk {
        desk,
        ines,
        priya,
        chat,
        ..
    } = talk(desk).await;
    let said = priya.at(0).send_file(chat, "Ticket.pdf", PDF).await;
    let seq = files_of(&ines.at(1), chat).await[0].0;
    assert_eq!(
        ines.at(1).fetch_file(chat, seq).await.bytes().await.expect("a body"),
        PDF
    );
    let sent = SentFile::new("a.png", PNG);
    granted::<wire::Said>("first", priya.at(0).try_send_file(chat, &sent).await);
    assert!(granted::<wire::Said>("again", priya.at(1).try_send_file(chat, &sent).await).dup);
    let body = serde_json::json!({ "cid": Uuid::now_v7(), "seq": seq });
    let redact = ines.at(1).post(&format!("/api/chats/{chat}/redact"), body).await;
    granted::<wire::Done>("redact", redact);
    until_stored(&desk, 1).await;
    let gone = priya.at(0).get(&format!("/api/chats/{chat}/files/{}", said.seq)).await;
    refused(gone, 404, "not_found");
    desk.verify().await;
    lane.case();
    lane.finish();
}

#[tokio::test]
async fn who_may_not_read_the_entry_gets_nothing_of_its_file() {
    on_both(async |desk: Desk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        let note = SentFile {
            note: true,
            ..SentFile::new("Ausweis.pdf", PDF)
        };
        let noted: wire::Said = granted("a note", ines.try_send_file(chat, &note).await);
        ines.send_file(chat, "Fahrplan.png", PNG).await;
        assert_eq!(ines.fetch_file(chat, noted.seq).await.status(), 200);
        // Her numbers do not have it, and none of them leads to it.
        let hers = files_of(&priya, chat).await;
        assert_eq!(
            hers.iter().map(|(_, file)| file.name.as_str()).collect::<Vec<_>>(),
            ["Fahrplan.png"]
        );
        for seq in -1..=10 {
            let answer = priya.fetch_file(chat, seq).await;
            match answer.status().as_u16() {
                200 => assert_eq!(answer.bytes().await.expect("a body"), PNG),
                status => assert_eq!(status, 404),
            }
        }
        let denied = |answer: (u16, serde_json::Value), code| drop(refused(answer, 403, code));
        denied(priya.try_send_file(chat, &note).await, "not_allowed");

        // Whose chat it is not.
        let omar = desk.visitor("Omar Haddad").await;
        let path = format!("/api/chats/{chat}/files/{}", hers[0].0);
        for stranger in [&omar, &desk.customer("hanne").await, &desk.agent("chidi").await] {
            refused(stranger.get(&path).await, 404, "not_found");
            let sent = SentFile::new("a.png", PNG);
            refused(stranger.try_send_file(chat, &sent).await, 404, "not_found");
        }
        let nobody = desk.stranger(wire::Surface::Visitor);
        refused(nobody.get(&path).await, 401, "signed_out");
        refused(
            nobody.try_send_file(chat, &SentFile::new("a.png", PNG)).await,
            401,
            "signed_out",
        );

        // Who only watches reads, and may write for agents; whose right ends does neither.
        let tove = desk.agent("tove").await;
        let _here = tove.stays().await;
        ines.invite(chat, &tove, "observer").await;
        assert_eq!(tove.take_role(chat, "join", "observer").await.0, 200);
        let there = files_of(&tove, chat).await[1].0;
        assert_eq!(tove.fetch_file(chat, there).await.status(), 200);
        denied(
            tove.try_send_file(chat, &SentFile::new("a.png", PNG)).await,
            "not_allowed",
        );
        let again = SentFile {
            cid: Uuid::now_v7(),
            ..note
        };
        granted::<wire::Said>("a note", tove.try_send_file(chat, &again).await);
        desk.cli(&["role", "member", "Trainees", "tove", "--remove"]).await;
        refused(
            tove.get(&format!("/api/chats/{chat}/files/{there}")).await,
            404,
            "not_found",
        );
        refused(
            tove.try_send_file(chat, &SentFile::new("a.png", PNG)).await,
            404,
            "not_found",
        );

        ines.close(chat).await;
        for client in [&ines, &priya] {
            refused(
                client.try_send_file(chat, &SentFile::new("a.png", PNG)).await,
                409,
                "chat_closed",
            );
        }
        assert_eq!(
            priya.fetch_file(chat, hers[0].0).await.status(),
            200,
            "for as long as she reads it"
        );
        desk.verify().await;
    })
    .await;
}
