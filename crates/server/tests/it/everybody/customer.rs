//! A customer user's detail view: how he stands, and which of his chats an agent finds in it.

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use serde_json::Value;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{ChatState, CustomerUserView, Presence};

async fn view(agent: &Client, customer: Uuid) -> CustomerUserView {
    granted("view", agent.get(&format!("/api/customers/{customer}")).await)
}

/// The chats in it, as they stand there.
async fn finds(agent: &Client, customer: Uuid) -> Vec<(Uuid, ChatState)> {
    let chats = view(agent, customer).await.chats;
    chats.into_iter().map(|chat| (chat.id, chat.state)).collect()
}

#[tokio::test]
async fn each_agent_finds_the_chats_he_may_read() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let (chidi, tove) = (desk.agent("chidi").await, desk.agent("tove").await);
        desk.cli(&["grant", "tove", "users", "chat_observer"]).await;
        let hanne = desk.customer("hanne").await;
        let id = hanne.me().await.id;
        let _here = (ines.stays().await, chidi.stays().await, tove.stays().await);
        let chat = hanne.start_chat("Where is our trailer?").await.id;
        let waits = vec![(chat, ChatState::Requested)];
        assert_eq!(finds(&ines, id).await, waits, "she owns the channel");
        assert_eq!(finds(&maren, id).await, waits);
        assert_eq!(finds(&chidi, id).await, [], "he may take part there, and is not asked");

        ines.accept(chat).await;
        let runs = vec![(chat, ChatState::Open)];
        assert_eq!(finds(&ines, id).await, runs);
        assert_eq!(finds(&maren, id).await, [], "it is another's now");
        ines.invite(chat, &chidi, "participant").await;
        assert_eq!(finds(&chidi, id).await, runs, "who is asked may look");
        granted::<Value>("join", chidi.take_role(chat, "join", "participant").await);
        ines.invite(chat, &tove, "observer").await;
        granted::<Value>("join", tove.take_role(chat, "join", "observer").await);
        hanne.say(chat, "It is blue.").await;
        let seen = view(&chidi, id).await.chats;
        assert_eq!(
            (seen[0].unread, seen[0].last_text.as_deref(), seen[0].with.as_deref()),
            (1, Some("It is blue."), Some("Hanne Dahl"))
        );

        ines.close(chat).await;
        let over = vec![(chat, ChatState::Closed)];
        for agent in [&ines, &maren, &chidi, &tove] {
            assert_eq!(finds(agent, id).await, over, "{}", agent.name);
        }
        desk.cli(&["revoke", "tove", "users", "chat_observer"]).await;
        assert_eq!(finds(&tove, id).await, [], "a right that was withdrawn");

        let next = hanne.start_chat("And the second one?").await.id;
        let running_first = vec![(next, ChatState::Requested), (chat, ChatState::Closed)];
        assert_eq!(finds(&maren, id).await, running_first);
        assert_eq!(finds(&chidi, id).await, over);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn all_his_chats_are_found_a_page_at_a_time() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("starts_per_min", 1_000), ("starts_of_one_per_min", 1_000)])
            .await;
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let (id, _here) = (hanne.me().await.id, ines.stays().await);
        let mut chats = Vec::new();
        for n in 0..103 {
            let chat = hanne.start_chat(&format!("Trailer {n}")).await.id;
            hanne.close(chat).await;
            chats.insert(0, chat);
        }
        chats.insert(0, hanne.start_chat("And this one?").await.id);
        let (mut found, mut sizes, mut after) = (Vec::new(), Vec::new(), String::new());
        loop {
            let page = ines.get(&format!("/api/customers/{id}{after}")).await;
            let page: CustomerUserView = granted("page", page);
            sizes.push(page.chats.len());
            found.extend(page.chats.into_iter().map(|chat| chat.id));
            let Some(next) = page.next else { break };
            after = format!("?after={next}");
        }
        assert_eq!(sizes, [50, 50, 4]);
        assert_eq!(found, chats, "the running one first, then the newest, each once");
        for cursor in ["2.5.x", "", "1.5", "1.5.00000000000000000000000000000500.1"] {
            let page = ines.get(&format!("/api/customers/{id}?after={cursor}")).await;
            refused(page, 422, "bad_input");
        }
    })
    .await;
}

#[tokio::test]
async fn it_says_how_a_customer_user_stands_though_he_is_not_here() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let id = hanne.me().await.id;
        let gone = view(&ines, id).await;
        assert_eq!(
            (
                gone.name.as_str(),
                gone.login.as_str(),
                gone.email.as_deref(),
                gone.company.as_deref()
            ),
            (
                "Hanne Dahl",
                "hanne",
                Some("hanne@wiebe.example"),
                Some("Wiebe Freight")
            )
        );
        let stands = |view: &CustomerUserView| (view.presence, view.can_chat, view.why_not.clone());
        assert_eq!(stands(&gone), (Presence::Offline, false, Some("offline".into())));

        let _here = hanne.stays().await;
        assert_eq!(stands(&view(&ines, id).await), (Presence::Active, true, None));
        ines.be("unavailable").await;
        let mine = Some("you_are_unavailable".into());
        assert_eq!(stands(&view(&ines, id).await), (Presence::Active, false, mine));

        desk.set("agent_to_customer", 0).await;
        let (off, began) = (Some("switched_off".into()), Instant::now());
        while stands(&view(&ines, id).await) != (Presence::Unavailable, false, off.clone()) {
            assert!(began.elapsed() < Duration::from_secs(5), "{:?}", view(&ines, id).await);
            sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn it_is_for_agents_about_customer_users_and_only_agents_learn_whose_it_is() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let (jonas, priya) = (desk.customer("jonas").await, desk.visitor("Priya Raman").await);
        let ids = [ines.me().await.id, priya.me().await.id, Uuid::now_v7()];
        for id in ids {
            refused(ines.get(&format!("/api/customers/{id}")).await, 404, "not_found");
        }
        let hannes = format!("/api/customers/{}", hanne.me().await.id);
        for external in [&hanne, &jonas, &priya] {
            refused(external.get(&hannes).await, 404, "not_found");
        }

        let _here = ines.stays().await;
        let (hers, priyas) = (hanne.start_chat("Hello").await.id, priya.start_chat("Hi").await.id);
        ines.accept(hers).await;
        ines.accept(priyas).await;
        let persons = async |of: &Client, chat| {
            let members = of.snapshot(chat).await.chat.members;
            members.into_iter().map(|member| member.person).collect::<Vec<_>>()
        };
        assert_eq!(persons(&ines, hers).await, [Some(hanne.me().await.id), None]);
        assert_eq!(persons(&ines, priyas).await, [None, None]);
        assert_eq!(persons(&hanne, hers).await, [None, None]);
        assert_eq!(persons(&priya, priyas).await, [None, None]);
    })
    .await;
}
