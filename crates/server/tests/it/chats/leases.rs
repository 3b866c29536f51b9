//! Agents who vanish, and a service that does.

use crate::client::{Client, Stays, granted};
use crate::desk::{Desk, on_both};
use crate::live::Live;
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;
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
        let start = serde_json::json!({ "cid": Uuid::now_v7(), "channel": freight, "text": "A crate" });
        let started = granted::<wire::Started>("start", hanne.post("/api/chats", start).await);
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

/// Ten agents with two chats each.
struct FullHouse {
    agents: Vec<Client>,
    externals: Vec<Client>,
    chats: Vec<Uuid>,
    here: Vec<Stays>,
}

impl FullHouse {
    async fn open(desk: &Desk) -> Self {
        let (mut agents, mut externals, mut chats, mut here) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for n in 0..10 {
            let login = format!("agent{n}");
            desk.add_agent(&login, &format!("Agent {n}")).await;
            desk.cli(&["grant", &login, "travel", "chat_owner"]).await;
            desk.cli(&["grant", &login, "users", "ro"]).await;
            let agent = desk.agent(&login).await;
            agent.be("internal_and_external").await;
            let hers: Vec<_> = agent.me().await.channels.iter().map(|it| it.channel.id).collect();
            let selected = agent.put("/api/me/channels", json!({ "channels": hers })).await;
            granted::<Value>("channels", selected);
            here.push(agent.stays().await);
            for _ in 0..2 {
                let external = desk.visitor(&format!("Visitor {}", chats.len())).await;
                let chat = external.start_chat("Are you there?").await.id;
                agent.accept(chat).await;
                agent.say(chat, "I am.").await;
                external.say(chat, "Good.").await;
                externals.push(external);
                chats.push(chat);
            }
            agents.push(agent);
        }
        Self {
            agents,
            externals,
            chats,
            here,
        }
    }

    /// All of these come back, with all the externals.
    async fn come_back(&self, agents: std::ops::Range<usize>) -> (Vec<Live>, Vec<Live>) {
        let agents = join_all(self.agents[agents].iter().map(Client::live)).await;
        let externals = self.externals.iter().zip(&self.chats).map(async |(external, chat)| {
            let mut live = external.live().await;
            live.watch(*chat).await;
            live
        });
        (agents, join_all(externals).await)
    }
}

#[tokio::test]
async fn ten_minutes_without_the_service_take_no_chat_from_anybody_who_comes_back() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("lease_s", 8), ("visitors_per_min", 1_000)]).await;
        let mut house = FullHouse::open(&desk).await;
        let all = "requested message accepted message message";

        desk.sigkill().await;
        house.here.clear();
        desk.minutes_pass(10).await;
        desk.serve().await;
        let (agents, mut externals) = house.come_back(0..10).await;
        // One more, of an agent who goes: once it waits, a whole lease has passed.
        let (gone, priya) = (desk.agent("ines").await, desk.visitor("Priya Raman").await);
        let (here, mut priya_live) = (gone.stays().await, priya.live().await);
        let last = priya.start_chat("Hello?").await.id;
        gone.accept(last).await;
        priya_live.watch(last).await;
        drop(here);
        priya_live
            .sees(last, "that it waits", |chat| chat.view.state == ChatState::Requested)
            .await;
        priya.close(last).await;
        for (n, (live, chat)) in externals.iter_mut().zip(&house.chats).enumerate() {
            live.settle().await;
            let known = live.chat(*chat);
            assert_eq!((known.view.state, known.kinds().as_str()), (ChatState::Open, all));
            let mut hers = house.agents[n / 2].live().await;
            let mine = hers.watch(*chat).await;
            assert_eq!((mine.kinds().as_str(), mine.view.me.is_some()), (all, true));
            assert_eq!(hers.requests, [], "nothing waits");
        }

        desk.sigkill().await;
        drop((agents, externals));
        desk.minutes_pass(10).await;
        desk.serve().await;
        let (mut agents, mut externals) = house.come_back(0..5).await;
        for (n, (live, chat)) in externals.iter_mut().zip(&house.chats).enumerate().rev() {
            if n >= 10 {
                live.sees(*chat, "that it waits", |chat| chat.view.state == ChatState::Requested)
                    .await;
            } else {
                live.settle().await;
                assert_eq!(live.chat(*chat).kinds(), all, "its agent is here");
            }
            assert!(live.chat(*chat).said("I am.") && live.chat(*chat).said("Good."));
        }
        let lost = |live: &Live| {
            house.chats[10..]
                .iter()
                .all(|chat| live.requests.iter().any(|it| it.chat == *chat))
        };
        agents[0]
            .until("ten requests", |live| lost(live) && live.requests.len() == 10)
            .await;
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
        let cid = Uuid::now_v7;
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
