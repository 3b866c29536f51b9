//! Files attached to articles: by whom, for whom, once, and gone with who sent them.

use super::{make, plain, queue, view};
use crate::client::{Client, SentFile, granted, refused};
use crate::desk::{Desk, on_both};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{ArticleWritten, MyTicket};

const TIMES: &[u8] = b"Sandvik 16:40\n";

async fn hers(customer: &Client, ticket: Uuid) -> MyTicket {
    granted("hers", customer.get(&format!("/api/my/tickets/{ticket}")).await)
}

#[tokio::test]
async fn whoever_wrote_an_article_attaches_files_and_whoever_reads_it_reads_them() {
    on_both(async |mut desk: Desk| {
        let (ines, chidi, tove) = (
            desk.agent("ines").await,
            desk.agent("chidi").await,
            desk.agent("tove").await,
        );
        let (hanne, jonas, elin) = (
            desk.customer("hanne").await,
            desk.customer("jonas").await,
            desk.customer("elin").await,
        );
        let mut body = plain(queue(&ines, "Travel").await, "A trailer");
        body["customer"] = json!({ "is": "person", "id": hanne.me().await.id });
        let ticket = make(&ines, body).await.id;
        let note = json!({ "cid": Uuid::now_v7(), "visible": false, "subject": "Hm", "text": "For us" });
        let note: ArticleWritten = granted(
            "a note",
            ines.post(&format!("/api/tickets/{ticket}/articles"), note).await,
        );
        let text = json!({ "cid": Uuid::now_v7(), "text": "As I have it." });
        let text: ArticleWritten = granted(
            "her text",
            hanne.post(&format!("/api/my/tickets/{ticket}/articles"), text).await,
        );
        assert_eq!((note.n, text.n), (2, 3));
        let files = |n: i64| format!("/api/tickets/{ticket}/articles/{n}/files");

        // The same command attaches once; another file under its id is none.
        let sent = SentFile::new("times.txt", TIMES);
        for _ in 0..2 {
            let _: Value = granted("her file", hanne.try_send_file_to(&files(text.n), &sent).await);
        }
        let other = SentFile {
            bytes: b"Sandvik 17:40\n",
            ..SentFile::new("times.txt", TIMES)
        };
        let other = SentFile { cid: sent.cid, ..other };
        refused(hanne.try_send_file_to(&files(text.n), &other).await, 409, "cid_reused");
        let _: Value = granted(
            "Ines's",
            ines.try_send_file_to(&files(note.n), &SentFile::new("n.txt", b"For us"))
                .await,
        );

        // To one's own articles only, and only of tickets one reads.
        for (who, n) in [
            (&jonas, text.n),
            (&ines, text.n),
            (&tove, note.n),
            (&chidi, note.n),
            (&elin, text.n),
            (&hanne, note.n),
        ] {
            let answer = who.try_send_file_to(&files(n), &SentFile::new("x.txt", b"x")).await;
            refused(answer, 404, "not_found");
        }
        // Before what it is.
        let exe = SentFile::new("x.exe", b"MZ\x90\x00");
        refused(ines.try_send_file_to(&files(text.n), &exe).await, 404, "not_found");
        refused(
            ines.try_send_file_to(&files(9), &SentFile::new("x.txt", b"x")).await,
            404,
            "not_found",
        );
        refused(hanne.try_send_file_to(&files(text.n), &exe).await, 415, "file_type");

        let seen = hers(&hanne, ticket).await;
        let [file] = seen.articles.last().expect("an article").files.as_slice() else {
            panic!("{seen:?}")
        };
        assert_eq!(
            (&*file.name, &*file.kind, file.size),
            ("times.txt", "text/plain", TIMES.len() as i64)
        );
        assert_eq!(view(&ines, ticket).await.articles[1].files.len(), 1);
        for who in [&hanne, &jonas, &ines, &tove] {
            let answer = who.fetch(&format!("{}/1", files(text.n))).await;
            assert_eq!(answer.status(), 200);
            assert_eq!(&answer.bytes().await.expect("its content")[..], TIMES);
        }
        for (who, path) in [
            (&elin, format!("{}/1", files(text.n))),
            (&chidi, format!("{}/1", files(text.n))),
            (&hanne, format!("{}/1", files(note.n))),
            (&hanne, format!("{}/2", files(text.n))),
            (&hanne, format!("{}/0", files(text.n))),
        ] {
            assert_eq!(who.fetch(&path).await.status(), 404, "{path}");
        }
        desk.verify().await;

        // Gone with her; what the other attached stays.
        desk.cli(&["erase", "--customer", "hanne"]).await;
        assert!(view(&ines, ticket).await.articles[2].files.is_empty());
        assert_eq!(ines.fetch(&format!("{}/1", files(text.n))).await.status(), 404);
        assert_eq!(ines.fetch(&format!("{}/1", files(note.n))).await.status(), 200);
        desk.restart().await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn an_article_has_twenty_files_and_no_more() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(crate::desk::CROWDED).await;
        let hanne = desk.customer("hanne").await;
        let body = json!({ "cid": Uuid::now_v7(), "title": "Pictures", "text": "All of them." });
        let made: wire::MyTicketMade = granted("hers", hanne.post("/api/my/tickets", body).await);
        let files = format!("/api/tickets/{}/articles/1/files", made.id.expect("made here"));
        let (mut taken, mut full) = (0, 0);
        let send = |n: usize| {
            let (hanne, files) = (&hanne, &files);
            async move {
                let text = format!("Picture {n}");
                hanne
                    .try_send_file_to(files, &SentFile::new("p.txt", text.as_bytes()))
                    .await
            }
        };
        for batch in 0..12 {
            let answers = futures_util::future::join_all((0..2).map(|n| send(batch * 2 + n))).await;
            for answer in answers {
                match answer.0 {
                    200 => taken += 1,
                    _ => {
                        refused(answer, 409, "files_too_many");
                        full += 1;
                    }
                }
            }
        }
        assert_eq!((taken, full), (20, 4));
        desk.verify().await;
    })
    .await;
}
