//! What arrives in part, twice, or at the wrong moment. Nothing is lost, nothing doubled, nothing left over.

use super::{PDF, PNG, Talk, files_of, folder, stored, talk, until_stored};
use crate::client::{Client, SentFile, granted, refused};
use crate::desk::{Desk, on_both};
use futures_util::future::join_all;
use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
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
