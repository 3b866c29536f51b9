//! Files attached to articles: by whom, for whom, once, where there is no room, and gone with who sent them.

use super::about::ticket_for;
use super::{make, plain, queue, view};
use crate::client::{Client, SentFile, granted, refused};
use crate::desk::{Desk, on_both};
use crate::files::{SmallDisk, folder, on_a_small_disk, stored};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{ArticleWritten, MyTicket, MyTicketMade};

const TIMES: &[u8] = b"Sandvik 16:40\n";
const MIB: usize = 1024 * 1024;

async fn hers(customer: &Client, ticket: Uuid) -> MyTicket {
    granted("hers", customer.get(&format!("/api/my/tickets/{ticket}")).await)
}

async fn attach(who: &Client, ticket: Uuid, n: i64, file: &SentFile<'_>) -> (u16, Value) {
    who.try_send_file_to(&format!("/api/tickets/{ticket}/articles/{n}/files"), file)
        .await
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
        let made: MyTicketMade = granted("hers", hanne.post("/api/my/tickets", body).await);
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

#[tokio::test]
async fn where_there_is_no_room_a_text_is_there_once_and_its_file_comes_later_once() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let mut phone = plain(queue(&ines, "Travel").await, "A trailer");
        phone["customer"] = json!({ "is": "person", "id": hanne.me().await.id });
        let note = json!({ "cid": Uuid::now_v7(), "visible": true, "subject": "Hm", "text": "For both" });
        let reply = json!({ "cid": Uuid::now_v7(), "text": "As I have it." });
        let own = json!({ "cid": Uuid::now_v7(), "title": "A ramp", "text": "It is too steep." });
        let write = async || {
            let phone = make(&ines, phone.clone()).await.id;
            let path = format!("/api/tickets/{phone}/articles");
            let note: ArticleWritten = granted("a note", ines.post(&path, note.clone()).await);
            let path = format!("/api/my/tickets/{phone}/articles");
            let reply: ArticleWritten = granted("her reply", hanne.post(&path, reply.clone()).await);
            let own: MyTicketMade = granted("hers", hanne.post("/api/my/tickets", own.clone()).await);
            (phone, note.n, reply.n, own.id.expect("made here"))
        };
        let written = write().await;
        let (phone, note, reply, own) = written;
        let told = async || {
            let mut told = Vec::new();
            for ticket in [phone, own] {
                let seen = view(&ines, ticket).await;
                told.push((seen.version, seen.articles, seen.history));
            }
            told
        };
        let before = told().await;
        let sent = [
            (&ines, phone, 1, SentFile::new("rang.txt", b"She rang")),
            (&ines, phone, note, SentFile::new("note.txt", b"For both")),
            (&hanne, phone, reply, SentFile::new("reply.txt", TIMES)),
            (&hanne, own, 1, SentFile::new("own.txt", b"Two metres")),
        ];

        // They cannot be written; then they can, and not be put where contents lie.
        for place in ["coming", "sha256"] {
            let place = folder(&desk).join(place);
            let _ = std::fs::remove_dir(&place);
            std::fs::write(&place, "").expect("a file in its place");
            for (who, ticket, n, file) in &sent {
                let problem = refused(attach(who, *ticket, *n, file).await, 507, "file_not_stored");
                assert!(problem.say.contains("not sent"), "{problem:?}");
            }
            let left = stored(&folder(&desk));
            assert_eq!(left, std::slice::from_ref(&place), "nothing is left of them");
            std::fs::remove_file(&place).expect("the file");
            std::fs::create_dir(&place).expect("its place");
        }
        assert_eq!(write().await, written, "the same commands");
        assert_eq!(told().await, before, "nothing of a file is shown");

        for (who, ticket, n, file) in sent.iter().chain(&sent) {
            let _: Value = granted("there is room", attach(who, *ticket, *n, file).await);
        }
        let after = told().await;
        let articles = after.iter().flat_map(|(_, articles, _)| articles);
        let shown: Vec<Vec<_>> = articles
            .map(|article| article.files.iter().map(|file| file.name.as_str()).collect())
            .collect();
        assert_eq!(shown, [["rang.txt"], ["note.txt"], ["reply.txt"], ["own.txt"]]);
        assert_eq!((after[0].0 - before[0].0, after[1].0 - before[1].0), (3, 1));
        assert_eq!(stored(&folder(&desk)).len(), 4);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_disk_that_fills_while_two_attach_loses_and_doubles_none() {
    let test = "a disk that fills";
    on_a_small_disk("tickets", test, 8, async |desk: Desk, disk: &SmallDisk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let travel = queue(&ines, "Travel").await;
        let ticket = ticket_for(&ines, &hanne, travel, "A trailer").await.id;
        let reply = json!({ "cid": Uuid::now_v7(), "text": "As I have it." });
        let path = format!("/api/my/tickets/{ticket}/articles");
        let reply: ArticleWritten = granted("her reply", hanne.post(&path, reply).await);
        // There is room for each of them, and not for both.
        disk.fill_but(4 * MIB);
        let texts = [b'a', b'b'].map(|letter| vec![letter; 5 * MIB / 2]);
        let files = texts.each_ref().map(|text| SentFile::new("long.txt", text));
        let (of_ines, of_hanne) = tokio::join!(
            attach(&ines, ticket, 1, &files[0]),
            attach(&hanne, ticket, reply.n, &files[1])
        );
        let came = [of_ines.0 == 200, of_hanne.0 == 200];
        assert_ne!(came, [true, true]);
        for answer in [of_ines, of_hanne] {
            if answer.0 != 200 {
                refused(answer, 507, "file_not_stored");
            }
        }
        let shown = async || {
            let articles = view(&ines, ticket).await.articles;
            articles.iter().map(|article| article.files.len()).collect::<Vec<_>>()
        };
        assert_eq!(shown().await, came.map(usize::from));
        assert_eq!(stored(&disk.files()).len(), came.map(usize::from).iter().sum::<usize>());

        disk.clear();
        for (who, n, file) in [(&ines, 1, &files[0]), (&hanne, reply.n, &files[1])] {
            let _: Value = granted("there is room", attach(who, ticket, n, file).await);
        }
        assert_eq!(shown().await, [1, 1]);
        assert_eq!(stored(&disk.files()).len(), 2);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_attached_is_told_to_be_even_where_there_is_no_room_any_more() {
    on_both(async |mut desk: Desk| {
        let hanne = desk.customer("hanne").await;
        let body = json!({ "cid": Uuid::now_v7(), "title": "A ramp", "text": "It is too steep." });
        let made: MyTicketMade = granted("hers", hanne.post("/api/my/tickets", body).await);
        let ticket = made.id.expect("made here");
        let sent = SentFile::new("times.txt", TIMES);
        let _: Value = granted("her file", attach(&hanne, ticket, 1, &sent).await);
        desk.files = Some(format!("reserve_mib = {}", u32::MAX));
        desk.restart().await;
        // Her browser did not hear of it.
        let _: Value = granted("again", attach(&hanne, ticket, 1, &sent).await);
        let more = SentFile::new("more.txt", b"Sandvik 17:40\n");
        refused(attach(&hanne, ticket, 1, &more).await, 507, "file_not_stored");
        assert_eq!(hers(&hanne, ticket).await.articles[0].files.len(), 1);
        desk.verify().await;
    })
    .await;
}
