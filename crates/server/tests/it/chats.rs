//! Stories of people who talk to each other.

use crate::client::refused;
use crate::desk::{Desk, on_both};
use wire::{ChatState, ClientFrame, ServerFrame};

#[tokio::test]
async fn a_visitor_asks_and_an_agent_answers() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;

        let chat = priya.start_chat("Does the night ferry carry bicycles?").await.id;
        priya_live.watch(chat).await;
        ines_live
            .until("Priya's request", |live| live.requests.iter().any(|r| r.chat == chat))
            .await;
        let request = &ines_live.requests[0];
        assert_eq!(request.requester, "Priya Raman");
        assert_eq!(request.first_message, "Does the night ferry carry bicycles?");
        assert!(request.can_accept && request.mine);

        assert_eq!(ines.accept(chat).await.state, ChatState::Open);
        ines_live.watch(chat).await;
        ines_live
            .until("an empty request list", |live| live.requests.is_empty())
            .await;
        priya_live
            .sees(chat, "that it is accepted", |chat| chat.view.state == ChatState::Open)
            .await;

        ines_live.send(ClientFrame::Typing { chat, note: false }).await;
        let ines_n = priya_live
            .wait("Ines typing", |frame| match frame {
                ServerFrame::Typing { who, note: false, .. } => Some(*who),
                _ => None,
            })
            .await;
        assert_eq!(Some(ines_n), ines_live.chat(chat).view.me);
        ines_live.say(chat, "It does, up to six.").await;
        priya_live
            .sees(chat, "the answer", |chat| chat.said("It does, up to six."))
            .await;
        priya_live.say(chat, "Then we are five.").await;
        ines_live
            .sees(chat, "Priya's words", |chat| chat.said("Then we are five."))
            .await;

        assert_eq!(ines.close(chat).await.state, ChatState::Closed);
        priya_live
            .sees(chat, "the end", |chat| chat.view.state == ChatState::Closed)
            .await;
        assert_eq!(
            ines_live
                .sees(chat, "the end", |chat| chat.view.state == ChatState::Closed)
                .await
                .kinds(),
            "requested message accepted message message closed"
        );
        let late = priya
            .try_say(chat, uuid::Uuid::now_v7(), "message", "One more thing")
            .await;
        refused(late, 409, "chat_closed");
        desk.verify().await;
    })
    .await;
}
