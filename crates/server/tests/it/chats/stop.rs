//! The service is asked to end.

use crate::desk::{Desk, on_both};
use crate::live::Ended;
use std::time::Duration;
use uuid::Uuid;
use wire::{ClientFrame, ServerFrame};

#[tokio::test]
async fn asked_to_end_the_service_says_goodbye_and_loses_nothing() {
    on_both(async |mut desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Hello").await.id;
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        priya_live.watch(chat).await;

        let cids: Vec<_> = (0..30).map(|_| Uuid::now_v7()).collect();
        for cid in &cids {
            ines_live
                .send(ClientFrame::Send {
                    chat,
                    cid: *cid,
                    text: format!("{cid}"),
                })
                .await;
        }
        desk.terminate().await;
        let mut acknowledged = Vec::new();
        let ended = loop {
            match ines_live.next().await {
                Ok(ServerFrame::Entries { entries, .. }) => {
                    acknowledged.extend(entries.iter().filter_map(|entry| entry.cid));
                }
                Ok(_) => {}
                Err(ended) => break ended,
            }
        };
        assert_eq!(ended, Ended(1012));
        assert!(ines_live.bye.is_some_and(|ms| ms <= 5_000), "{:?}", ines_live.bye);
        assert_eq!(priya_live.ended().await, Ended(1012));
        assert!(priya_live.bye.is_some());
        let (status, took) = desk.ended().await;
        assert!(status.success(), "{status}");
        assert!(took <= Duration::from_secs(30), "{took:?}");
        desk.verify().await;

        desk.serve().await;
        let stored = ines.snapshot(chat).await;
        let stored: Vec<_> = stored.entries.iter().filter_map(|entry| entry.cid).collect();
        let lost: Vec<_> = acknowledged.iter().filter(|cid| !stored.contains(cid)).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        let mut again = ines.live().await;
        for cid in cids {
            again
                .send(ClientFrame::Send {
                    chat,
                    cid,
                    text: format!("{cid}"),
                })
                .await;
            let seq = again.answer(cid).await.expect("stored once");
            assert!(
                stored
                    .iter()
                    .position(|of| *of == cid)
                    .is_none_or(|at| at as i64 <= seq)
            );
        }
        assert_eq!(ines.snapshot(chat).await.chat.head, 33, "each once");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn where_nobody_reads_its_log_the_service_goes_on_and_ends_when_it_is_asked() {
    on_both(async |mut desk: Desk| {
        desk.stop_listening();
        let (ines, priya) = (desk.agent("ines").await, desk.visitor("Priya Raman").await);
        let _here = ines.live().await;
        let chat = priya.start_chat("Hello").await.id;
        ines.accept(chat).await;
        ines.say(chat, "Good morning.").await;
        desk.terminate().await;
        let (status, took) = desk.ended().await;
        assert!(status.success(), "{status}");
        assert!(took <= Duration::from_secs(30), "{took:?}");
        desk.verify().await;
    })
    .await;
}
