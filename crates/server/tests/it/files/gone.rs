//! What is taken away is gone from the disk.

use super::{PDF, PNG, Talk, files_of, folder, stored, talk, until_stored};
use crate::client::{granted, refused};
use crate::desk::{Desk, on_both};
use serde_json::json;
use uuid::Uuid;
use wire::{Done, EntryWhat};

#[tokio::test]
async fn a_file_that_is_redacted_is_gone_for_everybody_and_from_the_disk() {
    on_both(async |desk: Desk| {
        let Talk {
            desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        priya.send_file(chat, "Ausweis Priya Raman.png", PNG).await;
        priya.send_file(chat, "Ticket.pdf", PDF).await;
        ines.send_file(chat, "Ticket noch einmal.pdf", PDF).await;
        let files = files_of(&ines, chat).await;
        let redact = async |seq: i64| {
            let body = json!({ "cid": Uuid::now_v7(), "seq": seq });
            granted::<Done>("redact", ines.post(&format!("/api/chats/{chat}/redact"), body).await);
        };
        redact(files[0].0).await;
        redact(files[1].0).await;
        // The other entry keeps what they shared.
        until_stored(&desk, 1).await;
        for client in [&ines, &priya] {
            let left = files_of(client, chat).await;
            assert_eq!(
                left.iter().map(|(_, file)| file.name.as_str()).collect::<Vec<_>>(),
                ["Ticket noch einmal.pdf"]
            );
            let entries = client.snapshot(chat).await.entries;
            let gone: Vec<_> = entries
                .iter()
                .filter(|entry| matches!(entry.what, EntryWhat::Redacted { .. }))
                .collect();
            assert_eq!(gone.len(), 2);
            for entry in gone {
                refused(
                    client.get(&format!("/api/chats/{chat}/files/{}", entry.seq)).await,
                    404,
                    "not_found",
                );
            }
            assert_eq!(
                client.fetch_file(chat, left[0].0).await.bytes().await.expect("a body"),
                PDF
            );
        }
        redact(files[2].0).await;
        until_stored(&desk, 0).await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn files_go_with_the_person_who_is_erased() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.stays().await;
        let chat = hanne.start_chat("My papers.").await.id;
        ines.accept(chat).await;
        hanne.send_file(chat, "Frachtbrief.pdf", PDF).await;
        ines.send_file(chat, "Stempel.png", PNG).await;
        ines.close(chat).await;
        desk.cli(&["erase", "--customer", "hanne", "--dry-run"]).await;
        assert_eq!(stored(&folder(&desk)).len(), 2);
        desk.cli(&["erase", "--customer", "hanne"]).await;
        assert!(stored(&folder(&desk)).is_empty(), "by the command itself");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn files_are_kept_as_long_as_their_chat() {
    on_both(async |desk: Desk| {
        let Talk {
            mut desk,
            ines,
            priya,
            chat,
            ..
        } = talk(desk).await;
        priya.send_file(chat, "Ticket.pdf", PDF).await;
        ines.close(chat).await;
        let channel = ines.snapshot(chat).await.chat.channel.name;
        desk.cli(&["retention", "set", &channel, "2"]).await;
        desk.sigkill().await;
        desk.minutes_pass(3 * 24 * 60).await;
        desk.serve().await;
        until_stored(&desk, 0).await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn in_a_ticket_a_file_is_a_line_and_goes_with_its_entry() {
    on_both(async |desk: Desk| {
        let Talk { desk, ines, priya, chat, .. } = talk(desk).await;
        priya.send_file(chat, "Ticket.pdf", PDF).await;
        let seq = files_of(&ines, chat).await[0].0;
        let queues: wire::Queues = granted("queues", ines.get("/api/queues").await);
        let body = json!({ "cid": Uuid::now_v7(), "title": "A ticket", "text": "Priya called.", "queue": queues.queues[0].queue.id,
            "customer": { "is": "address", "name": "Priya" } });
        let ticket: wire::TicketRef = granted("a ticket", ines.post("/api/tickets", body).await);
        let body = json!({ "cid": Uuid::now_v7(), "chat": { "chat": chat } });
        let append = ines.post(&format!("/api/tickets/{}/chats", ticket.id), body).await;
        granted::<wire::TicketRef>("append", append);
        let path = format!("/api/tickets/{}", ticket.id);
        let text = ines.get(&path).await.1.to_string();
        assert!(text.contains(&format!("Ticket.pdf ({} bytes)", PDF.len())), "{text}");
        let body = json!({ "cid": Uuid::now_v7(), "seq": seq });
        granted::<Done>("redact", ines.post(&format!("/api/chats/{chat}/redact"), body).await);
        let text = ines.get(&path).await.1.to_string();
        assert!(!text.contains("Ticket.pdf"), "{text}");
        desk.verify().await;
    })
    .await;
}
