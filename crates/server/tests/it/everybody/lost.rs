//! Agents and externals who are lost to a chat, and a desk that is switched off.

use crate::client::granted;
use crate::desk::{Desk, on_both};
use serde_json::Value;
use wire::{ChatState, ClosedReason, Role};

#[tokio::test]
async fn a_lost_owner_is_followed_by_the_participant_who_stays() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("lease_s", 1)]).await;
        let (ines, maren, priya) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.visitor("Priya Raman").await,
        );
        let (ines_here, mut maren_live) = (ines.stays().await, maren.live().await);
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Hello?").await.id;
        ines.accept(chat).await;
        ines.invite(chat, &maren, "participant").await;
        granted::<Value>("join", maren.take_role(chat, "join", "participant").await);
        maren_live.watch(chat).await;
        priya_live.watch(chat).await;
        drop(ines_here);
        let left = maren_live
            .sees(chat, "that Ines is lost", |chat| {
                chat.kinds().ends_with("left role_changed")
            })
            .await;
        let me = left.view.me.unwrap();
        let mine = left.view.members.iter().find(|member| member.n == me).unwrap();
        assert_eq!((left.view.state, mine.role), (ChatState::Open, Role::Owner));
        let seen = priya_live
            .sees(chat, "that Ines left", |chat| chat.kinds().ends_with("left"))
            .await;
        assert_eq!(seen.kinds(), "requested message accepted joined left");
        drop(maren_live);
        priya_live
            .sees(chat, "that it waits", |chat| chat.view.state == ChatState::Requested)
            .await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_chat_whose_external_is_gone_sinks_and_closes_in_the_end() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(&[("external_gone_s", 1)]).await;
        let (ines, priya) = (desk.agent("ines").await, desk.visitor("Priya Raman").await);
        let mut ines_live = ines.live().await;
        let here = priya.stays().await;
        let chat = priya.start_chat("Hello?").await.id;
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        let gone = |live: &crate::live::Live| live.mine.iter().find(|mine| mine.id == chat).map(|mine| mine.gone);
        ines_live.until("the chat", |live| gone(live) == Some(false)).await;
        drop(here);
        ines_live
            .until("that Priya is gone", |live| gone(live) == Some(true))
            .await;
        let here = priya.stays().await;
        ines_live
            .until("that Priya is back", |live| gone(live) == Some(false))
            .await;
        desk.set("external_closes_s", 1).await;
        drop(here);
        let end = ines_live
            .sees(chat, "the end", |chat| chat.view.state == ChatState::Closed)
            .await;
        assert_eq!(end.view.closed_reason, Some(ClosedReason::Expired));
    })
    .await;
}

#[tokio::test]
async fn who_left_before_a_restart_and_never_comes_back_loses_his_chat_too() {
    on_both(async |mut desk: Desk| {
        let (ines, priya) = (desk.agent("ines").await, desk.visitor("Priya Raman").await);
        let (omar, here) = (desk.visitor("Omar Haddad").await, ines.stays().await);
        let (hers, his) = (
            priya.start_chat("Hello?").await.id,
            omar.start_chat("Is it open?").await.id,
        );
        ines.accept(hers).await;
        desk.restart_with(&[("external_closes_s", 3)]).await;
        drop(here);
        let (mut ines_live, mut omar_live) = (ines.live().await, omar.live().await);
        omar_live.watch(his).await;
        let end = if ines_live.watch(hers).await.view.state == ChatState::Closed {
            ines_live.chat(hers)
        } else {
            ines_live
                .sees(hers, "the end", |chat| chat.view.state == ChatState::Closed)
                .await
        };
        assert_eq!(end.view.closed_reason, Some(ClosedReason::Expired));
        omar_live.settle().await;
        let his = &omar_live.chat(his).view;
        assert_eq!(his.state, ChatState::Requested, "who is here keeps his");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn when_chat_is_switched_off_everything_closes_and_stays_readable() {
    on_both(async |desk: Desk| {
        let (ines, maren, priya) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.visitor("Priya Raman").await,
        );
        let (mut ines_live, _maren) = (ines.live().await, maren.stays().await);
        let mut priya_live = priya.live().await;
        let talks = priya.start_chat("Hello?").await.id;
        ines.accept(talks).await;
        let asks = ines.ask(&maren, "A minute?").await.id;
        priya_live.watch(talks).await;
        ines_live.watch(asks).await;
        desk.set("chat_active", 0).await;
        let closed = priya_live
            .sees(talks, "the end", |chat| chat.view.state == ChatState::Closed)
            .await;
        assert_eq!(closed.view.closed_reason, Some(ClosedReason::SwitchedOff));
        assert!(closed.said("Hello?") && closed.view.can == [wire::ChatCan::Transcript, wire::ChatCan::Mail]);
        ines_live
            .sees(asks, "the end", |chat| chat.view.state == ChatState::Closed)
            .await;
        desk.verify().await;
    })
    .await;
}
