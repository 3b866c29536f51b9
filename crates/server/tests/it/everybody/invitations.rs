//! Agents who are asked into a chat, watch it, take part, move it and leave.

use crate::client::{Client, granted, refused, soon_refused};
use crate::desk::{Desk, on_both};
use crate::live::Live;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{ChatCan, ChatState, ClientFrame, EntryWhat, RequestKind, Role, ServerFrame};

/// Priya has begun to talk to Ines.
async fn priya_with_ines(desk: &Desk) -> (Client, Client, Uuid) {
    let (ines, priya) = (desk.agent("ines").await, desk.visitor("Priya Raman").await);
    let _here = ines.stays().await;
    let chat = priya.start_chat("Can I bring a bike?").await.id;
    ines.accept(chat).await;
    (ines, priya, chat)
}

/// The channel of this name among those a chat may be moved to.
async fn target(agent: &Client, chat: Uuid, name: &str) -> Option<Uuid> {
    let offer: wire::Offer = granted("targets", agent.get(&format!("/api/chats/{chat}/channels")).await);
    let found = offer.channels.into_iter().find(|offered| offered.channel.name == name);
    found.map(|offered| offered.channel.id)
}

#[tokio::test]
async fn who_is_invited_previews_joins_and_talks() {
    on_both(async |desk: Desk| {
        let (ines, priya, chat) = priya_with_ines(&desk).await;
        let maren = desk.agent("maren").await;
        let (mut ines_live, mut maren_live, mut priya_live) =
            (ines.live().await, maren.live().await, priya.live().await);
        ines_live.watch(chat).await;
        priya_live.watch(chat).await;
        refused(maren.get(&format!("/api/chats/{chat}")).await, 404, "not_found");
        let invitees: wire::Invitees = granted("invitees", ines.get(&format!("/api/chats/{chat}/invitees")).await);
        assert_eq!(invitees.people.len(), 1, "Maren alone is there and may: {invitees:?}");
        assert_eq!(invitees.people[0].role, Role::Participant);
        ines.invite(chat, &maren, "participant").await;

        maren_live
            .until("the invitation", |live| live.requests.iter().any(|r| r.chat == chat))
            .await;
        let invitation = maren_live.requests[0].clone();
        assert_eq!(
            (invitation.is, invitation.requester.as_str(), invitation.with.as_deref()),
            (RequestKind::Invitation, "Ines Vogt", Some("Priya Raman"))
        );
        assert_eq!(
            (invitation.first_message.as_str(), invitation.role),
            ("You know her.", Some(Role::Participant))
        );
        let preview = maren.snapshot(chat).await;
        assert_eq!(preview.chat.me, None);
        assert_eq!(
            preview.chat.can,
            [
                ChatCan::Decline,
                ChatCan::Join,
                ChatCan::AppendToTicket,
                ChatCan::Redact,
                ChatCan::Transcript,
                ChatCan::Mail
            ]
        );

        let joined: wire::ChatView = granted("join", maren.take_role(chat, "join", "participant").await);
        assert_eq!(joined.unread, 0, "what was said before is not news to her");
        maren_live.watch(chat).await;
        maren.say(chat, "Bikes are free.").await;
        let seen = priya_live
            .sees(chat, "Maren", |chat| chat.said("Bikes are free."))
            .await;
        assert_eq!(
            seen.kinds(),
            "requested message accepted joined message",
            "of the invitation she hears nothing"
        );
        let kinds = ines_live
            .sees(chat, "Maren", |chat| chat.said("Bikes are free."))
            .await
            .kinds();
        assert_eq!(kinds, "requested message accepted invited joined message");

        granted::<Value>("leave", ines.act(chat, "leave").await);
        ines_live
            .until("that it is gone", |live| live.told_gone.contains(&chat))
            .await;
        refused(maren.act(chat, "leave").await, 409, "would_leave_alone");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn an_observer_is_not_there_for_externals() {
    on_both(async |desk: Desk| {
        let (ines, priya, chat) = priya_with_ines(&desk).await;
        let tove = desk.agent("tove").await;
        let (mut ines_live, mut tove_live, mut priya_live): (Live, Live, Live) =
            (ines.live().await, tove.live().await, priya.live().await);
        ines_live.watch(chat).await;
        priya_live.watch(chat).await;
        refused(ines.try_invite(chat, &tove, "participant").await, 403, "role_too_high");
        ines.invite(chat, &tove, "observer").await;
        refused(tove.take_role(chat, "join", "participant").await, 403, "role_too_high");
        granted::<Value>("join", tove.take_role(chat, "join", "observer").await);
        tove_live.watch(chat).await;
        refused(
            tove.try_say(chat, Uuid::now_v7(), "message", "Hello").await,
            403,
            "not_allowed",
        );
        tove.note(chat, "I am only learning.").await;
        ines_live
            .sees(chat, "the note", |chat| chat.said("I am only learning."))
            .await;
        tove_live.send(ClientFrame::Typing { chat, note: false }).await;
        let who = ines_live
            .wait("Tove typing", |frame| match frame {
                ServerFrame::Typing { who, note, .. } => Some((*who, *note)),
                _ => None,
            })
            .await;
        assert!(who.1, "as a note: no external is told");
        tove_live.send(ClientFrame::Read { chat, seq: 6 }).await;
        refused(tove.take_role(chat, "role", "participant").await, 403, "role_too_high");
        granted::<Value>("leave", tove.act(chat, "leave").await);

        ines.say(chat, "Up to six bikes.").await;
        let seen = priya_live
            .sees(chat, "the answer", |chat| chat.said("Up to six bikes."))
            .await
            .clone();
        assert_eq!(seen.kinds(), "requested message accepted message");
        let all = format!(
            "{:?} {:?} {}",
            seen,
            priya_live.typing,
            priya.get(&format!("/api/chats/{chat}")).await.1
        );
        assert!(
            !all.contains("Tove") && !all.contains("learning") && priya_live.typing.is_empty(),
            "{all}"
        );
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn roles_change_and_the_external_reads_that_somebody_came_or_left() {
    on_both(async |desk: Desk| {
        let (ines, priya, chat) = priya_with_ines(&desk).await;
        let maren = desk.agent("maren").await;
        let (_ines, _maren) = (ines.stays().await, maren.stays().await);
        let mut priya_live = priya.live().await;
        priya_live.watch(chat).await;
        refused(ines.take_role(chat, "role", "observer").await, 409, "would_leave_alone");
        ines.invite(chat, &maren, "participant").await;
        refused(
            ines.try_invite(chat, &maren, "participant").await,
            409,
            "already_invited",
        );
        refused(ines.try_invite(chat, &ines, "participant").await, 409, "it_is_you");
        granted::<Value>("join", maren.take_role(chat, "join", "observer").await);
        refused(ines.try_invite(chat, &maren, "participant").await, 409, "already_in");
        granted::<Value>("take part", maren.take_role(chat, "role", "participant").await);
        granted::<Value>("watch only", ines.take_role(chat, "role", "observer").await);
        refused(
            maren.take_role(chat, "role", "observer").await,
            409,
            "would_leave_alone",
        );
        refused(
            maren.take_role(chat, "role", "participant").await,
            409,
            "nothing_changes",
        );
        let seen = priya_live
            .sees(chat, "that Ines left", |chat| chat.kinds().ends_with("left"))
            .await;
        assert_eq!(seen.kinds(), "requested message accepted joined left");
        assert!(!seen.view.agent_lost);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_declined_or_comes_too_late() {
    on_both(async |desk: Desk| {
        let (ines, _, chat) = priya_with_ines(&desk).await;
        let maren = desk.agent("maren").await;
        let (mut ines_live, mut maren_live) = (ines.live().await, maren.live().await);
        ines_live.watch(chat).await;
        let body = json!({ "cid": Uuid::now_v7(), "person": maren.me().await.id, "role": "participant" });
        granted::<Value>("invite", ines.post(&format!("/api/chats/{chat}/invite"), body).await);
        maren_live
            .until("the invitation", |live| live.requests.iter().any(|r| r.chat == chat))
            .await;
        let invitation = &maren_live.requests[0];
        assert_eq!(invitation.first_message, "", "nobody said anything to her");
        granted::<Value>("decline", maren.act(chat, "decline").await);
        let told = ines_live
            .sees(chat, "that Maren declined", |chat| {
                chat.kinds().ends_with("invitation_declined")
            })
            .await;
        assert_eq!(told.latest_who(), Some("Maren Holt".into()));
        refused(maren.act(chat, "decline").await, 404, "not_found");
        refused(maren.take_role(chat, "join", "participant").await, 404, "not_found");

        ines.invite(chat, &maren, "participant").await;
        ines.close(chat).await;
        refused(maren.take_role(chat, "join", "participant").await, 409, "chat_closed");
        maren.be("unavailable").await;
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn who_is_unavailable_or_has_no_right_is_not_invited() {
    on_both(async |desk: Desk| {
        let (ines, _, chat) = priya_with_ines(&desk).await;
        let (maren, chidi) = (desk.agent("maren").await, desk.agent("chidi").await);
        let hanne = desk.customer("hanne").await;
        refused(
            ines.try_invite(chat, &maren, "observer").await,
            409,
            "person_unavailable",
        );
        let (_maren, _chidi, _hanne) = (maren.stays().await, chidi.stays().await, hanne.stays().await);
        maren.be("internal").await;
        refused(
            ines.try_invite(chat, &maren, "observer").await,
            409,
            "person_unavailable",
        );
        refused(
            ines.try_invite(chat, &chidi, "observer").await,
            403,
            "person_not_allowed",
        );
        refused(ines.try_invite(chat, &hanne, "observer").await, 404, "not_found");
        desk.set("agent_to_agent", 0).await;
        soon_refused(
            async || ines.try_invite(chat, &maren, "observer").await,
            403,
            "not_offered",
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_chat_and_a_request_move_to_another_channel() {
    on_both(async |desk: Desk| {
        let (ines, chidi, maren) = (
            desk.agent("ines").await,
            desk.agent("chidi").await,
            desk.agent("maren").await,
        );
        let (mut ines_live, mut chidi_live) = (ines.live().await, chidi.live().await);
        let hanne = desk.customer("hanne").await;
        let mut hanne_live = hanne.live().await;
        let travel = ines
            .me()
            .await
            .channels
            .into_iter()
            .find(|mine| mine.channel.name == "Travel desk")
            .unwrap();
        let body = json!({ "cid": Uuid::now_v7(), "text": "A pallet", "channel": travel.channel.id });
        let started: wire::Started = granted("start", hanne.post("/api/chats", body).await);
        let chat = started.chat.id;
        hanne_live.watch(chat).await;
        assert_eq!(target(&ines, chat, "Freight").await, None, "she may not write there");
        refused(chidi.move_to(chat, travel.channel.id).await, 404, "not_found");
        desk.cli(&["grant", "ines", "freight", "chat_participant"]).await;
        let freight = target(&ines, chat, "Freight").await.expect("she may now");
        granted::<Value>("move", ines.move_to(chat, freight).await);
        ines_live
            .until("that it is gone", |live| live.requests.is_empty())
            .await;
        chidi_live
            .until("the request", |live| live.requests.iter().any(|r| r.chat == chat))
            .await;
        assert_eq!(chidi_live.requests[0].channel.name, "Freight");
        let seen = hanne_live
            .sees(chat, "the channel", |chat| chat.view.channel.name == "Freight")
            .await;
        assert!(
            matches!(&seen.entries[&seen.position.seq].what, EntryWhat::Moved { channel } if channel.id == freight)
        );

        chidi.accept(chat).await;
        refused(chidi.move_to(chat, freight).await, 409, "nothing_changes");
        refused(chidi.move_to(chat, travel.channel.id).await, 403, "not_allowed");
        refused(chidi.move_to(chat, Uuid::now_v7()).await, 404, "not_found");
        refused(maren.get(&format!("/api/chats/{chat}")).await, 404, "not_found");
        assert_eq!(chidi.snapshot(chat).await.chat.state, ChatState::Open);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn what_an_agent_keeps_about_a_chat_is_his_alone_and_on_all_his_devices() {
    on_both(async |desk: Desk| {
        let (ines, priya, chat) = priya_with_ines(&desk).await;
        let again = desk.agent("ines").await;
        let path = |what: &str| format!("/api/chats/{chat}/{what}");
        granted::<Value>(
            "draft",
            ines.put(&path("draft"), json!({ "text": "Let me look", "note": false }))
                .await,
        );
        granted::<Value>(
            "notify",
            ines.put(&path("notify"), json!({ "notify": "customer" })).await,
        );
        let view = again.snapshot(chat).await.chat;
        assert_eq!(view.draft.map(|draft| draft.text), Some("Let me look".into()));
        assert_eq!(view.notify, Some(wire::Notify::Customer));
        let hers = priya.snapshot(chat).await.chat;
        assert_eq!((hers.draft, hers.notify), (None, None));
        granted::<Value>(
            "no draft",
            ines.put(&path("draft"), json!({ "text": " ", "note": false })).await,
        );
        assert_eq!(again.snapshot(chat).await.chat.draft, None);
        refused(
            priya.put(&path("draft"), json!({ "text": "x", "note": false })).await,
            404,
            "not_found",
        );

        let maren = desk.agent("maren").await;
        let (mut ines_live, mut maren_live) = (ines.live().await, maren.live().await);
        let jonas = desk.visitor("Jonas").await;
        let waits = jonas.start_chat("Anybody?").await.id;
        let hide = |hidden: bool| json!({ "hidden": hidden });
        granted::<Value>(
            "hide",
            ines.put(&format!("/api/chats/{waits}/hidden"), hide(true)).await,
        );
        let hidden = |live: &Live| live.requests.iter().find(|r| r.chat == waits).map(|r| r.hidden);
        ines_live
            .until("that it is hidden", |live| hidden(live) == Some(true))
            .await;
        maren_live
            .until("the request", |live| hidden(live) == Some(false))
            .await;
        granted::<Value>(
            "show",
            ines.put(&format!("/api/chats/{waits}/hidden"), hide(false)).await,
        );
        ines_live
            .until("that it is back", |live| hidden(live) == Some(false))
            .await;
    })
    .await;
}
