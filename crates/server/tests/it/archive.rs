//! What closed chats are found by, and by whom.

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use crate::live::PATIENCE;
use serde_json::json;
use std::collections::BTreeSet;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::FoundChats;

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
async fn until_found(client: &Client, query: &str, count: usize) {
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
