//! Agents who vanish, and a service that does.

use crate::desk::{Desk, on_both};
use serde_json::json;
use std::time::Duration;
use wire::{ChatState, EntryWhat, ReturnedReason};

#[tokio::test]
async fn a_lost_agent_does_not_strand_a_visitor() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("lease_s", 1)]).await;
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let (mut ines_live, mut maren_live) = (ines.live().await, maren.live().await);
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Is somebody there?").await.id;
        priya_live.watch(chat).await;
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        ines_live.say(chat, "I am.").await;
        priya_live.sees(chat, "Ines", |chat| chat.said("I am.")).await;

        drop(ines_live);
        let back = priya_live
            .sees(chat, "that it waits", |chat| chat.view.state == ChatState::Requested)
            .await;
        let last = &back.entries[&back.position.seq];
        assert_eq!(
            last.what,
            EntryWhat::Returned {
                reason: ReturnedReason::LeaseEnded
            }
        );
        assert_eq!(last.who, None, "nobody did it");
        assert_eq!(back.view.place, Some(1));

        maren_live
            .until("the request", |live| live.requests.iter().any(|r| r.chat == chat))
            .await;
        maren.accept(chat).await;
        assert_eq!(
            maren_live.watch(chat).await.kinds(),
            "requested message accepted message returned accepted"
        );
        maren_live.say(chat, "I take over.").await;
        priya_live.sees(chat, "Maren", |chat| chat.said("I take over.")).await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn the_visitor_learns_first_that_the_agent_is_lost_and_then_that_the_chat_waits() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("lease_s", 8)]).await;
        let ines = desk.agent("ines").await;
        let ines_live = ines.stays().await;
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Is somebody there?").await.id;
        ines.accept(chat).await;
        priya_live.watch(chat).await;
        assert!(!priya_live.chat(chat).view.agent_lost);

        drop(ines_live);
        let lost = priya_live
            .sees(chat, "that Ines is lost", |chat| chat.view.agent_lost)
            .await;
        assert_eq!(lost.view.state, ChatState::Open, "it is still hers");
        let back = priya_live
            .sees(chat, "that it waits", |chat| chat.view.state == ChatState::Requested)
            .await;
        assert!(!back.view.agent_lost);
    })
    .await;
}

#[tokio::test]
async fn an_agent_who_comes_back_in_time_keeps_the_chat() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("lease_s", 8)]).await;
        let ines = desk.agent("ines").await;
        let ines_live = ines.stays().await;
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Is somebody there?").await.id;
        ines.accept(chat).await;
        priya_live.watch(chat).await;

        drop(ines_live);
        priya_live
            .sees(chat, "that Ines is lost", |chat| chat.view.agent_lost)
            .await;
        let mut ines_live = ines.live().await;
        ines_live.watch(chat).await;
        priya_live
            .sees(chat, "that Ines is back", |chat| !chat.view.agent_lost)
            .await;
        ines_live.say(chat, "A tunnel, sorry.").await;
        let chat = priya_live
            .sees(chat, "Ines", |chat| chat.said("A tunnel, sorry."))
            .await;
        assert_eq!(chat.kinds(), "requested message accepted message", "it never went back");
    })
    .await;
}

#[tokio::test]
async fn time_in_which_the_service_was_down_does_not_count() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("lease_s", 3)]).await;
        let (ines, chidi) = (desk.agent("ines").await, desk.agent("chidi").await);
        let (ines_live, chidi_live) = (ines.live().await, chidi.live().await);
        let (priya, hanne) = (desk.visitor("Priya Raman").await, desk.customer("hanne").await);
        let kept = priya.start_chat("Until tomorrow").await.id;
        ines.accept(kept).await;
        let freight = chidi.me().await.channels[0].channel.id;
        let start = serde_json::json!({ "cid": uuid::Uuid::now_v7(), "channel": freight, "text": "A crate" });
        let started = crate::client::granted::<wire::Started>("start", hanne.post("/api/chats", start).await);
        let lost = started.chat.id;
        chidi.accept(lost).await;

        desk.sigkill().await;
        drop((ines_live, chidi_live));
        // The one thing waited for here is time itself: longer than the lease.
        tokio::time::sleep(Duration::from_secs(4)).await;
        desk.serve().await;
        let mut ines_live = ines.live().await;
        let mut hanne_live = hanne.live().await;
        assert_eq!(
            hanne_live.watch(lost).await.view.state,
            ChatState::Open,
            "the lease runs anew"
        );
        // Chidi does not come back: his chat waits. Ines did, and hers is still hers after that.
        hanne_live
            .sees(lost, "that it waits", |chat| chat.view.state == ChatState::Requested)
            .await;
        assert_eq!(ines_live.watch(kept).await.kinds(), "requested message accepted");
        ines_live.say(kept, "Here again").await;
        ines_live.sees(kept, "her words", |chat| chat.said("Here again")).await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_fell_silent_is_let_go() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut silent = ines.live().await;
        // Nothing is said, and nothing but heartbeats heard, for 25 s and until the next heartbeat.
        assert_eq!(silent.ended().await.0, 1001);
    })
    .await;
}

#[tokio::test]
async fn a_right_that_ends_ends_the_lease_whoever_notices_it_first() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let _here = ines.stays().await;
        desk.add_agent("noor", "Noor Haddad").await;
        for _ in 0..3 {
            desk.cli(&["grant", "noor", "travel", "chat_owner"]).await;
            let noor = desk.agent("noor").await;
            noor.be("internal_and_external").await;
            let priya = desk.visitor("Priya Raman").await;
            let chat = priya.start_chat("Hello").await.id;
            noor.accept(chat).await;
            let mut hers = priya.live().await;
            hers.watch(chat).await;
            desk.cli(&["revoke", "noor", "travel", "chat_owner"]).await;
            // Her choice is in force when it is answered: with it the service has noticed what else changed.
            maren.be("internal_and_external").await;
            hers.sees(chat, "that it waits", |chat| chat.view.state == ChatState::Requested)
                .await;
            priya.close(chat).await;
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_not_go_where_the_chat_goes_is_lost_to_it() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        desk.add_agent("noor", "Noor Haddad").await;
        desk.cli(&["grant", "noor", "travel", "chat_participant"]).await;
        desk.cli(&["grant", "noor", "users", "ro"]).await;
        let noor = desk.agent("noor").await;
        noor.be("internal_and_external").await;
        let _here = (ines.stays().await, noor.stays().await);
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Hello").await.id;
        ines.accept(chat).await;
        let cid = uuid::Uuid::now_v7;
        let invite = json!({ "cid": cid(), "person": noor.me().await.id, "role": "participant" });
        let path = |verb: &str| format!("/api/chats/{chat}/{verb}");
        assert_eq!(ines.post(&path("invite"), invite).await.0, 200);
        let join = json!({ "cid": cid(), "role": "participant" });
        assert_eq!(noor.post(&path("join"), join).await.0, 200);
        let channels = ines.get(&path("channels")).await.1;
        let default = channels["channels"].as_array().expect("channels").iter();
        let default = default.clone().find(|offered| offered["channel"]["name"] == "Default");
        let to = json!({ "cid": cid(), "channel": default.expect("hers")["channel"]["id"] });
        assert_eq!(ines.post(&path("move"), to).await.0, 200);
        let members = priya.snapshot(chat).await.chat.members;
        let noor_there = members
            .iter()
            .any(|member| member.name == "Noor Haddad" && member.present);
        assert!(!noor_there, "{members:?}");
        let left = ines.act(chat, "leave").await;
        crate::client::refused(left, 409, "would_leave_alone");
    })
    .await;
}
