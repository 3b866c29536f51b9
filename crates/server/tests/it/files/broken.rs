//! What arrives in part, twice, at the wrong moment, or where there is no room. Nothing is lost, nothing doubled, nothing left over.

use super::{PDF, PNG, Talk, files_of, folder, stored, talk, until_stored};
use crate::client::{Client, SentFile, granted, refused};
use crate::desk::{Desk, Engine, on_both};
use crate::live::PATIENCE;
use futures_util::future::join_all;
use proof::{Lane, TempDir};
use reqwest::Method;
use serde_json::json;
use std::process::Command;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::Said;

const MIB: usize = 1024 * 1024;

/// The head of a request by hand; `length` is what it says of its body.
fn head(client: &Client, chat: Uuid, cid: Uuid, size: usize, length: usize) -> String {
    let token = client.token.as_deref().expect("a visitor");
    let host = client.url().trim_start_matches("http://");
    format!(
        "POST /api/chats/{chat}/files?cid={cid}&size={size} HTTP/1.1\r\nHost: {host}\r\nX-Deskbell-Surface: visitor\r\n\
         Authorization: Bearer {token}\r\nX-Deskbell-File-Name: a.txt\r\nContent-Length: {length}\r\n\r\n"
    )
}

#[tokio::test]
async fn too_long_cut_off_or_another_length_than_said_leaves_nothing() {
    on_both(async |desk: Desk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        let said = async |size: u64, body: Vec<u8>| {
            let path = format!("/api/chats/{chat}/files?cid={}&size={size}", Uuid::now_v7());
            let answer = priya
                .request(Method::POST, &path)
                .body(body)
                .send()
                .await
                .expect("an answer");
            (answer.status().as_u16(), answer.json().await.expect("JSON"))
        };
        refused(said(11, b"Ten letters".repeat(2)).await, 422, "file_not_whole");
        refused(said(11, b"Ten".to_vec()).await, 422, "file_not_whole");
        refused(said(u64::MAX, b"Ten".to_vec()).await, 413, "file_too_large");

        // At once: not a byte of it was sent.
        let size = 20 * MIB + 1;
        let mut socket = TcpStream::connect(desk.address()).await.expect("connects");
        let asked = head(&priya, chat, Uuid::now_v7(), size, size);
        socket.write_all(asked.as_bytes()).await.expect("sent");
        let mut answer = vec![0; 2_048];
        let len = socket.read(&mut answer).await.expect("an answer");
        let answer = String::from_utf8_lossy(&answer[..len]).into_owned();
        assert!(
            answer.starts_with("HTTP/1.1 413 ") && answer.contains("file_too_large"),
            "{answer}"
        );

        // The line breaks in the middle; the same client id sends it whole.
        let (cid, text) = (Uuid::now_v7(), "Ahoy! ".repeat(MIB / 6));
        let mut socket = TcpStream::connect(desk.address()).await.expect("connects");
        let asked = head(&priya, chat, cid, text.len(), text.len());
        socket.write_all(asked.as_bytes()).await.expect("sent");
        socket
            .write_all(&text.as_bytes()[..text.len() / 2])
            .await
            .expect("sent");
        until_stored(&desk, 1).await;
        assert!(files_of(&ines, chat).await.is_empty(), "shown only once stored");
        drop(socket);
        until_stored(&desk, 0).await;
        let whole = SentFile {
            cid,
            ..SentFile::new("a.txt", text.as_bytes())
        };
        granted::<Said>("whole", priya.try_send_file(chat, &whole).await);
        assert_eq!(files_of(&ines, chat).await.len(), 1);
        assert_eq!(stored(&folder(&desk)).len(), 1);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_repeat_is_stored_once_and_another_content_is_no_repeat() {
    on_both(async |desk: Desk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        let sent = SentFile::new("a.png", PNG);
        let first: Said = granted("first", priya.try_send_file(chat, &sent).await);
        let again: Said = granted("again", priya.try_send_file(chat, &sent).await);
        assert_eq!((again.seq, again.dup), (first.seq, true));
        for other in [
            SentFile {
                bytes: PDF,
                ..sent.clone()
            },
            SentFile {
                name: "b.png",
                ..sent.clone()
            },
        ] {
            refused(priya.try_send_file(chat, &other).await, 409, "cid_reused");
        }
        refused(
            priya.try_say(chat, sent.cid, "message", "a.png").await,
            409,
            "cid_reused",
        );
        assert_eq!(stored(&folder(&desk)).len(), 1, "what was refused is not kept");

        // Many at once are one.
        let sent = SentFile::new("b.pdf", PDF);
        let answers = join_all((0..3).map(|_| priya.try_send_file(chat, &sent))).await;
        let said: Vec<Said> = answers
            .into_iter()
            .map(|answer| granted("one of three", answer))
            .collect();
        assert_eq!(said.iter().filter(|said| !said.dup).count(), 1, "{said:?}");
        assert!(said.iter().all(|it| it.seq == said[0].seq), "{said:?}");
        // The same from somebody else is another entry, and no other content.
        ines.send_file(chat, "c.pdf", PDF).await;
        assert_eq!(files_of(&ines, chat).await.len(), 3);
        assert_eq!(stored(&folder(&desk)).len(), 2);

        // A repeat whose chat was closed meanwhile finds out that it was stored.
        ines.close(chat).await;
        assert!(granted::<Said>("again", priya.try_send_file(chat, &sent).await).dup);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn who_is_closed_in_on_while_sending_is_told_and_nothing_stays() {
    on_both(async |desk: Desk| {
        let Talk {
            mut desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        let text = "Ahoy! ".repeat(10_000);
        let mut socket = TcpStream::connect(desk.address()).await.expect("connects");
        let asked = head(&priya, chat, Uuid::now_v7(), text.len(), text.len());
        socket.write_all(asked.as_bytes()).await.expect("sent");
        let (begin, end) = text.as_bytes().split_at(text.len() / 2);
        socket.write_all(begin).await.expect("sent");
        until_stored(&desk, 1).await;
        ines.close(chat).await;
        socket.write_all(end).await.expect("sent");
        let mut answer = vec![0; 2_048];
        let len = socket.read(&mut answer).await.expect("an answer");
        let answer = String::from_utf8_lossy(&answer[..len]).into_owned();
        assert!(
            answer.starts_with("HTTP/1.1 409 ") && answer.contains("chat_closed"),
            "{answer}"
        );
        assert!(files_of(&ines, chat).await.is_empty());
        assert_eq!(
            stored(&folder(&desk)).len(),
            1,
            "another entry may be about to refer to it"
        );
        desk.sigkill().await;
        desk.minutes_pass(61).await;
        desk.serve().await;
        until_stored(&desk, 0).await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn where_there_is_no_room_the_person_is_told_and_the_chat_goes_on() {
    on_both(async |desk: Desk| {
        let Talk {
            mut desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        // It cannot be written.
        let coming = folder(&desk).join("coming");
        std::fs::remove_dir(&coming).expect("the spool");
        std::fs::write(&coming, "").expect("a file in its place");
        let sent = SentFile::new("a.png", PNG);
        let problem = refused(priya.try_send_file(chat, &sent).await, 507, "file_not_stored");
        assert!(problem.say.contains("not sent"), "{problem:?}");
        priya.say(chat, "Then in words.").await;
        assert!(files_of(&ines, chat).await.is_empty());
        std::fs::remove_file(&coming).expect("the file");
        std::fs::create_dir(&coming).expect("the spool");

        // It can be written, and not be put where contents lie.
        let contents = folder(&desk).join("sha256");
        std::fs::write(&contents, "").expect("a file in its place");
        refused(priya.try_send_file(chat, &sent).await, 507, "file_not_stored");
        assert!(files_of(&ines, chat).await.is_empty());
        assert_eq!(
            stored(&folder(&desk)),
            std::slice::from_ref(&contents),
            "nothing is left of it"
        );
        std::fs::remove_file(&contents).expect("the file");

        // The same again, once there is room, is stored once.
        let said: Said = granted("again", priya.try_send_file(chat, &sent).await);
        assert!(!said.dup);
        assert_eq!(files_of(&ines, chat).await.len(), 1);
        assert_eq!(stored(&folder(&desk)).len(), 1);

        // Nearly full is full: the database may need what is left.
        desk.files = Some(format!("reserve_mib = {}", u32::MAX));
        desk.restart().await;
        refused(
            priya.try_send_file(chat, &SentFile::new("b.png", PNG)).await,
            507,
            "file_not_stored",
        );
        priya.say(chat, "In words again.").await;
        desk.verify().await;
    })
    .await;
}

/// A disk of a few MiB, gone with the value. `None` where mounting is not allowed.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn of(mib: usize) -> Option<Self> {
        let dir = proof::temp_dir();
        let size = format!("size={mib}m");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(dir.path())
            .output();
        mount.is_ok_and(|mount| mount.status.success()).then_some(Self(dir))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Nobody may be in it any more; should one be, it goes when he does.
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

#[tokio::test]
async fn a_disk_that_fills_while_files_come_loses_and_doubles_none() {
    let lane = Lane::part("files", "a disk that fills");
    let Some(disk) = SmallDisk::of(4) else {
        return lane.skip("no right to mount here");
    };
    let mut desk = Desk::start(Engine::Sqlite).await.expect("SQLite is always there");
    desk.files = Some(format!("folder = {:?}\nreserve_mib = 0", disk.0.path()));
    desk.restart().await;
    let Talk {
        desk,
        ines,
        priya,
        chat,
        ..
    } = talk(desk).await;
    // There is room for each of them, and not for both.
    let texts = [b'a', b'b'].map(|letter| vec![letter; 5 * MIB / 2]);
    let sent = texts.each_ref().map(|text| SentFile::new("long.txt", text));
    let answers = tokio::join!(priya.try_send_file(chat, &sent[0]), ines.try_send_file(chat, &sent[1]));
    let came = [&answers.0, &answers.1].map(|(status, _)| *status == 200);
    assert!(!(came[0] && came[1]), "{answers:?}");
    for (status, body) in [answers.0, answers.1] {
        if status != 200 {
            refused((status, body), 507, "file_not_stored");
        }
    }
    assert_eq!(
        files_of(&ines, chat).await.len(),
        came.iter().filter(|came| **came).count()
    );
    priya.say(chat, "Then one after the other.").await;
    let take_away = async || {
        for (seq, _) in files_of(&ines, chat).await {
            let body = json!({ "cid": Uuid::now_v7(), "seq": seq });
            granted::<wire::Done>("redact", ines.post(&format!("/api/chats/{chat}/redact"), body).await);
        }
        let until = Instant::now() + PATIENCE;
        while !stored(disk.0.path()).is_empty() {
            assert!(Instant::now() < until, "contents stay: {:?}", stored(disk.0.path()));
            sleep(Duration::from_millis(20)).await;
        }
    };
    // Once there is room, what did not come does, under its id.
    for (came, (client, sent)) in came.iter().zip([(&priya, &sent[0]), (&ines, &sent[1])]) {
        take_away().await;
        if !came {
            assert!(!granted::<Said>("again", client.try_send_file(chat, sent).await).dup);
            assert_eq!(files_of(&ines, chat).await.len(), 1);
        }
    }
    desk.verify().await;
    lane.case();
    drop(desk);
    lane.finish();
}

#[tokio::test]
async fn a_content_that_is_lost_is_told_to_the_operator() {
    on_both(async |desk: Desk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        priya.send_file(chat, "a.png", PNG).await;
        priya.send_file(chat, "b.pdf", PDF).await;
        let lost = stored(&folder(&desk));
        std::fs::remove_file(&lost[0]).expect("a content");
        std::fs::write(&lost[1], "shorter").expect("another");
        for (seq, _) in files_of(&ines, chat).await {
            let path = format!("/api/chats/{chat}/files/{seq}");
            refused(ines.get(&path).await, 503, "file_gone");
        }
        let (status, said) = desk.try_cli(&["verify"], "").await;
        assert!(!status.success());
        assert!(
            said.contains("FOUND files whose content is missing or is not as long as it was: 2"),
            "{said}"
        );
        // Sent again, it is there again.
        for (name, bytes) in [("a.png", PNG), ("b.pdf", PDF)] {
            priya.send_file(chat, name, bytes).await;
        }
        desk.verify().await;
    })
    .await;
}
