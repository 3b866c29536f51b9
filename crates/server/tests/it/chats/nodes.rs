//! One chat on two nodes of one database. What faults do to it is the lane `cluster`'s.

use crate::desk::{CROWDED, Desk, Engine};
use proof::Lane;
use wire::{ChatState, ClientFrame, ServerFrame};

#[tokio::test]
async fn two_nodes_are_one_desk() {
    let lane = Lane::part("chats", "two nodes");
    let Some(desk) = Desk::start(Engine::Postgres).await else {
        return lane.skip("no PostgreSQL here");
    };
    let other = desk.another_node().await;
    let (office, phone) = (desk.agent("ines").await, other.agent("ines").await);
    let (mut office_live, mut phone_live) = (office.live().await, phone.live().await);
    let priya = other.visitor("Priya Raman").await;
    let mut priya_live = priya.live().await;
    let chat = priya.start_chat("Hello?").await.id;
    priya_live.watch(chat).await;
    for live in [&mut office_live, &mut phone_live] {
        live.until("the request", |live| live.requests.iter().any(|it| it.chat == chat))
            .await;
    }
    lane.case();

    office.accept(chat).await;
    office_live.watch(chat).await;
    phone_live.watch(chat).await;
    priya_live
        .sees(chat, "that it is accepted", |chat| {
            chat.view.state == ChatState::Open && chat.view.members.iter().any(|member| member.online && member.n == 2)
        })
        .await;
    for live in [&mut office_live, &mut phone_live] {
        live.until("that it waits no more", |live| {
            live.requests.is_empty() && live.mine.len() == 1
        })
        .await;
    }
    lane.case();

    let is_typing = |frame: &ServerFrame| matches!(frame, ServerFrame::Typing { note: false, .. }).then_some(());
    office_live.send(ClientFrame::Typing { chat, note: false }).await;
    priya_live.wait("Ines typing", is_typing).await;
    office_live.say(chat, "Good morning!").await;
    priya_live
        .sees(chat, "the answer", |chat| chat.said("Good morning!"))
        .await;
    office_live
        .send(ClientFrame::Note {
            chat,
            cid: uuid::Uuid::now_v7(),
            text: "a regular".into(),
        })
        .await;
    phone_live.sees(chat, "the note", |chat| chat.said("a regular")).await;
    lane.cases(3);

    for text in ["One", "Two"] {
        priya_live.say(chat, text).await;
    }
    for live in [&mut office_live, &mut phone_live] {
        live.sees(chat, "two unread", |chat| chat.said("Two") && chat.unread() == 2)
            .await;
    }
    // She reads on, on the phone, before its node hears how far she had come in the office.
    let second = other.visitor("Omar Haddad").await.start_chat("Me too").await.id;
    office.accept(second).await;
    for live in [&mut office_live, &mut phone_live] {
        live.watch(second).await;
    }
    let seq = office_live.chat(chat).position.seq;
    for (chat, seq) in [(chat, seq - 1), (second, office_live.chat(second).position.seq)] {
        office_live.send(ClientFrame::Read { chat, seq }).await;
    }
    office_live
        .sees(chat, "that she read here", |chat| chat.view.read == seq - 1)
        .await;
    phone_live.send(ClientFrame::Read { chat, seq }).await;
    phone_live
        .sees(second, "what was read in the office", |second| second.unread() == 0)
        .await;
    for live in [&mut phone_live, &mut office_live] {
        live.sees(chat, "that it was read", |chat| chat.unread() == 0).await;
    }
    office.close(second).await;
    lane.cases(3);

    drop(priya_live);
    let mut away = |live: &crate::live::Folded| live.view.members.iter().any(|member| member.n == 1 && !member.online);
    for live in [&mut office_live, &mut phone_live] {
        live.sees(chat, "that Priya is gone", &mut away).await;
    }
    let mut priya_live = priya.live().await;
    priya_live.watch(chat).await;
    office_live.sees(chat, "that she is back", |chat| !away(chat)).await;
    lane.cases(2);

    office.close(chat).await;
    for live in [&mut office_live, &mut phone_live, &mut priya_live] {
        live.sees(chat, "the end", |chat| chat.view.state == ChatState::Closed)
            .await;
    }
    phone_live.until("an empty list", |live| live.mine.is_empty()).await;
    lane.cases(2);
    lane.finish();
}

#[tokio::test]
async fn a_no_rests_on_the_newest_state_and_not_on_what_a_node_remembers() {
    const INVITATIONS: usize = 30;
    let lane = Lane::part("chats", "a no of two nodes");
    let Some(desk) = Desk::start_with(Engine::TwoNodes, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
    let _here = (ines.stays().await, maren.stays().await);
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("Hello?").await.id;
    ines.accept(chat).await;
    let mut watching = Vec::new();
    for priya in priya.everywhere() {
        let mut live = priya.live().await;
        live.watch(chat).await;
        live.sees(chat, "that it is accepted", |chat| chat.view.state == ChatState::Open)
            .await;
        watching.push(live);
    }
    for n in 0..INVITATIONS {
        // Asked at one node and come at the other, before that heard of it.
        ines.at(n).invite(chat, &maren, "participant").await;
        let joined = maren.at(n + 1).take_role(chat, "join", "participant").await;
        assert_eq!(joined.0, 200, "{}", joined.1);
        maren.at(n).act(chat, "leave").await;
        lane.case();
    }
    desk.verify().await;
    lane.finish();
}
