//! Agents ask agents and customer users.

use crate::client::{granted, refused, soon_refused};
use crate::desk::{Desk, on_both};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{ChatCan, ChatState, ClosedReason, Direction, RequestKind, Started};

#[tokio::test]
async fn an_agent_asks_an_agent_and_nobody_else_hears_of_it() {
    on_both(async |desk: Desk| {
        let (ines, maren, chidi) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.agent("chidi").await,
        );
        let (mut ines_live, mut maren_live) = (ines.live().await, maren.live().await);
        let chidi_live = chidi.live().await;
        let chat = ines.ask(&maren, "Do you have a minute?").await;
        assert_eq!(
            (chat.direction, chat.state),
            (Direction::AgentToAgent, ChatState::Requested)
        );
        assert_eq!(
            chat.can,
            [ChatCan::Send, ChatCan::Close, ChatCan::Redact],
            "she may write on, or take it back"
        );
        let chat = chat.id;
        let theirs = |live: &crate::live::Live| live.mine.iter().any(|mine| mine.id == chat);
        ines_live.until("her indicator", |live| theirs(live)).await;
        maren_live
            .until("the request", |live| live.requests.iter().any(|r| r.chat == chat))
            .await;
        let request = maren_live.requests[0].clone();
        assert_eq!(
            (request.is, request.requester.as_str()),
            (RequestKind::Personal, "Ines Vogt")
        );
        assert!(request.mine && request.can_accept);
        assert!(chidi_live.requests.is_empty());
        refused(chidi.get(&format!("/api/chats/{chat}")).await, 404, "not_found");
        refused(chidi.act(chat, "accept").await, 404, "not_found");

        assert_eq!(maren.accept(chat).await.state, ChatState::Open);
        maren_live.until("an empty list", |live| live.requests.is_empty()).await;
        maren_live.watch(chat).await;
        ines_live.watch(chat).await;
        ines_live.say(chat, "Who is on the late shift?").await;
        maren_live
            .sees(chat, "Ines", |chat| chat.said("Who is on the late shift?"))
            .await;
        refused(ines.act(chat, "hand_back").await, 403, "not_allowed");
        ines.close(chat).await;
        for (agent, finds) in [(&ines, true), (&maren, true), (&chidi, false)] {
            let (_, archive) = agent.get("/api/chats?which=archive").await;
            assert_eq!(
                archive.to_string().contains(&chat.to_string()),
                finds,
                "{}: {archive}",
                agent.name
            );
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn an_agent_asks_a_customer_user_who_accepts_or_declines() {
    on_both(async |desk: Desk| {
        let (ines, hanne, jonas) = (
            desk.agent("ines").await,
            desk.customer("hanne").await,
            desk.customer("jonas").await,
        );
        let mut ines_live = ines.live().await;
        refused(ines.try_ask(&hanne, "Your booking").await, 409, "person_unavailable");
        let mut hanne_live = hanne.live().await;
        let chat = ines.ask(&hanne, "About your booking of yesterday").await.id;
        hanne_live
            .until("the request", |live| {
                live.mine.iter().any(|mine| mine.id == chat && mine.asked)
            })
            .await;
        let asked = hanne_live.mine[0].clone();
        assert_eq!(
            (asked.with.as_deref(), asked.state),
            (Some("Ines Vogt"), ChatState::Requested)
        );
        refused(
            hanne.try_say(chat, Uuid::now_v7(), "message", "Yes?").await,
            409,
            "not_accepted",
        );
        refused(jonas.get(&format!("/api/chats/{chat}")).await, 404, "not_found");
        let again: Started = granted("again", ines.try_ask(&hanne, "Once more").await);
        assert_eq!((again.chat.id, again.new), (chat, false), "one chat that is not closed");

        hanne.accept(chat).await;
        hanne_live
            .until("it is hers", |live| {
                live.mine.iter().any(|mine| mine.id == chat && !mine.asked)
            })
            .await;
        ines_live.watch(chat).await;
        hanne.say(chat, "What about it?").await;
        ines_live.sees(chat, "Hanne", |chat| chat.said("What about it?")).await;
        assert_eq!(hanne.close(chat).await.closed_reason, Some(ClosedReason::ByExternal));

        let chat = ines.ask(&hanne, "One more thing").await.id;
        ines_live.watch(chat).await;
        granted::<Value>("decline", hanne.act(chat, "decline").await);
        let told = ines_live
            .sees(chat, "that she declined", |chat| chat.view.state == ChatState::Closed)
            .await;
        assert_eq!(told.view.closed_reason, Some(ClosedReason::Declined));
        assert_eq!(told.latest_who(), Some("Hanne Dahl".into()));
        refused(hanne.act(chat, "decline").await, 404, "not_found");
        refused(hanne.act(chat, "accept").await, 404, "not_found");

        let chat = ines.ask(&hanne, "Forget it").await.id;
        assert_eq!(ines.close(chat).await.closed_reason, Some(ClosedReason::Withdrawn));
        refused(hanne.act(chat, "accept").await, 404, "not_found");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn what_an_agent_may_not_ask_is_refused_with_the_reason() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("starts_of_one_per_min", 1_000), ("starts_per_min", 1_000)])
            .await;
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let (hanne, priya) = (desk.customer("hanne").await, desk.visitor("Priya Raman").await);
        let (_ines, _maren, _hanne) = (ines.stays().await, maren.stays().await, hanne.stays().await);
        let _priya = priya.stays().await;
        refused(ines.try_ask(&ines, "Hello me").await, 409, "it_is_you");
        // No agent addresses a visitor first.
        refused(ines.try_ask(&priya, "Hello").await, 404, "not_found");
        refused(hanne.try_ask(&ines, "Hello").await, 403, "not_offered");
        refused(ines.try_ask(&maren, " ").await, 422, "empty_text");
        maren.be("unavailable").await;
        refused(ines.try_ask(&maren, "Hello").await, 409, "person_unavailable");
        ines.be("unavailable").await;
        refused(ines.try_ask(&hanne, "Hello").await, 409, "you_are_unavailable");
        ines.be("internal").await;
        maren.be("internal").await;
        desk.set("agent_to_customer", 0).await;
        soon_refused(async || ines.try_ask(&hanne, "Hello").await, 403, "not_offered").await;
        desk.set("agent_to_agent", 0).await;
        soon_refused(async || ines.try_ask(&maren, "Hello").await, 403, "not_offered").await;
        desk.set("agent_to_agent", 1).await;
        desk.cli(&["set", "starting_group", "freight"]).await;
        soon_refused(async || ines.try_ask(&maren, "Hello").await, 403, "not_allowed").await;
        let body = json!({ "cid": Uuid::now_v7(), "text": "Hello" });
        refused(
            ines.post(&format!("/api/people/{}/chats", Uuid::now_v7()), body).await,
            404,
            "not_found",
        );
    })
    .await;
}

#[tokio::test]
async fn a_personal_request_that_nobody_answers_ends_kindly() {
    on_both(async |desk: Desk| {
        desk.set("personal_request_s", 1).await;
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let (mut ines_live, _hanne) = (ines.live().await, hanne.stays().await);
        let chat = ines.ask(&hanne, "Are you there?").await.id;
        ines_live.watch(chat).await;
        let end = ines_live
            .sees(chat, "the end", |chat| chat.view.state == ChatState::Closed)
            .await;
        assert_eq!(end.view.closed_reason, Some(ClosedReason::Expired));
    })
    .await;
}

#[tokio::test]
async fn externals_read_the_alias_wherever_an_agent_has_a_name() {
    on_both(async |mut desk: Desk| {
        desk.cli(&["set", "agent_alias", "Skerry team"]).await;
        desk.restart().await;
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let hanne = desk.customer("hanne").await;
        let (_ines, _maren) = (ines.stays().await, maren.stays().await);
        let mut hanne_live = hanne.live().await;
        let chat = hanne.start_chat("Who are you?").await.id;
        ines.accept(chat).await;
        ines.invite(chat, &maren, "participant").await;
        granted::<Value>("join", maren.take_role(chat, "join", "participant").await);
        hanne_live.watch(chat).await;
        ines.say(chat, "The team.").await;
        hanne_live.sees(chat, "the answer", |chat| chat.said("The team.")).await;
        let names: Vec<_> = hanne_live
            .chat(chat)
            .view
            .members
            .iter()
            .map(|member| member.name.clone())
            .collect();
        assert_eq!(names, ["Hanne Dahl", "Skerry team 1", "Skerry team 2"]);
        ines.ask(&hanne, "Something else").await;
        // In tickets, too: who wrote down her call, who answered, and who said what in a chat.
        let travel = crate::tickets::queue(&ines, "Travel").await;
        let ticket = crate::tickets::about::ticket_for(&ines, &hanne, travel, "A call").await;
        let answer = json!({ "cid": Uuid::now_v7(), "visible": true, "subject": "Hm", "text": "The team." });
        let path = format!("/api/tickets/{}/articles", ticket.id);
        granted::<Value>("an answer", maren.post(&path, answer).await);
        let append = json!({ "cid": Uuid::now_v7(), "chat": { "chat": chat, "keep_open": true } });
        granted::<Value>(
            "a chat",
            ines.post(&format!("/api/tickets/{}/chats", ticket.id), append).await,
        );
        let everything = [
            hanne.get(&format!("/api/my/tickets/{}", ticket.id)).await.1,
            hanne.get(&format!("/api/chats/{chat}")).await.1,
            hanne.get(&format!("/api/chats/{chat}/entries")).await.1,
            hanne.get("/api/chats").await.1,
        ];
        for said in everything.iter().map(Value::to_string) {
            assert!(!said.contains("Ines") && !said.contains("Maren"), "{said}");
            assert!(
                said.contains("Hanne") || said.contains("Skerry team") || said.contains("entries"),
                "{said}"
            );
        }
        let seen = format!("{:?}", hanne_live.mine);
        assert!(!seen.contains("Ines") && !seen.contains("Maren"), "{seen}");
    })
    .await;
}
