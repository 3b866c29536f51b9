//! From the request to the archive.

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{ChatCan, ChatState, ClientFrame, ClosedReason, PersonKind, ServerFrame};

#[tokio::test]
async fn a_visitor_asks_and_an_agent_answers() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        assert!(priya_live.offered[0].available, "Ines is there");

        let chat = priya.start_chat("Does the night ferry carry bicycles?").await;
        assert_eq!(
            (chat.state, chat.place, chat.agent_lost),
            (ChatState::Requested, Some(1), false)
        );
        assert_eq!(
            chat.can,
            [ChatCan::Send, ChatCan::Close, ChatCan::Transcript, ChatCan::Mail]
        );
        let chat = chat.id;
        priya_live.watch(chat).await;
        ines_live
            .until("Priya's request", |live| live.requests.iter().any(|r| r.chat == chat))
            .await;
        let request = &ines_live.requests[0];
        assert_eq!(
            (request.requester.as_str(), request.kind),
            ("Priya Raman", PersonKind::PublicUser)
        );
        assert_eq!(request.first_message, "Does the night ferry carry bicycles?");
        assert!(request.can_accept && request.mine);

        assert_eq!(ines.accept(chat).await.state, ChatState::Open);
        ines_live.watch(chat).await;
        ines_live
            .until("an empty request list", |live| live.requests.is_empty())
            .await;
        let open = priya_live
            .sees(chat, "that it is accepted", |chat| chat.view.state == ChatState::Open)
            .await;
        assert_eq!(
            (open.view.place, open.view.waiting_since, open.view.agent_lost),
            (None, None, false)
        );

        ines_live.send(ClientFrame::Typing { chat, note: false }).await;
        let typing = priya_live
            .wait("Ines typing", |frame| match frame {
                ServerFrame::Typing { who, note: false, .. } => Some(*who),
                _ => None,
            })
            .await;
        assert_eq!(Some(typing), ines_live.chat(chat).view.me);
        ines_live.say(chat, "It does, up to six.").await;
        priya_live
            .sees(chat, "the answer", |chat| chat.said("It does, up to six."))
            .await;
        priya_live.say(chat, "Then we are five.").await;
        ines_live
            .sees(chat, "Priya's words", |chat| chat.said("Then we are five."))
            .await;

        assert_eq!(ines.close(chat).await.closed_reason, Some(ClosedReason::ByAgent));
        priya_live
            .sees(chat, "the end", |chat| chat.view.state == ChatState::Closed)
            .await;
        let closed = ines_live
            .sees(chat, "the end", |chat| chat.view.state == ChatState::Closed)
            .await;
        assert_eq!(closed.kinds(), "requested message accepted message message closed");
        assert_eq!(
            closed.view.can,
            [
                ChatCan::AppendToTicket,
                ChatCan::Redact,
                ChatCan::Transcript,
                ChatCan::Mail
            ],
            "closed never reopens"
        );
        assert!(archived(&ines, chat).await && archived(&priya, chat).await);

        let late = priya.try_say(chat, Uuid::now_v7(), "message", "One more thing").await;
        refused(late, 409, "chat_closed");
        let cid = priya_live.say(chat, "One more thing").await;
        assert_eq!(priya_live.answer(cid).await.expect_err("closed").code, "chat_closed");
        assert_eq!(
            priya.snapshot(chat).await.entries.len(),
            6,
            "the late message was kept by its writer only"
        );
        let anew = priya.start_chat("One more thing").await;
        assert_ne!(anew.id, chat, "a new conversation");
        desk.verify().await;
    })
    .await;
}

async fn archived(client: &Client, chat: Uuid) -> bool {
    let (status, page) = client.get("/api/chats?which=archive").await;
    assert_eq!(status, 200, "{page}");
    page["chats"]
        .as_array()
        .expect("a list")
        .iter()
        .any(|line| line["id"] == json!(chat))
}

#[tokio::test]
async fn a_note_is_for_agents_only_and_leaves_no_hole() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("My invoice is wrong.").await.id;
        priya_live.watch(chat).await;
        ines.accept(chat).await;
        ines_live.watch(chat).await;

        ines_live.send(ClientFrame::Typing { chat, note: true }).await;
        let cid = Uuid::now_v7();
        ines_live
            .send(ClientFrame::Note {
                chat,
                cid,
                text: "Double booked, see 4711.".into(),
            })
            .await;
        assert_eq!(ines_live.answer(cid).await, Ok(4));
        ines_live.say(chat, "I am looking into it.").await;
        let hers = priya_live
            .sees(chat, "the message", |chat| chat.said("I am looking into it."))
            .await;
        assert_eq!(hers.kinds(), "requested message accepted message");
        assert_eq!(hers.position.seq, 4, "her count has no hole");
        assert!(priya_live.typing.is_empty(), "a note being typed shows no typing");
        let his = ines_live
            .sees(chat, "the message", |chat| chat.said("I am looking into it."))
            .await;
        assert_eq!(
            (his.kinds().as_str(), his.position.seq),
            ("requested message accepted note message", 5)
        );

        refused(
            priya.try_say(chat, Uuid::now_v7(), "note", "Me too").await,
            403,
            "not_allowed",
        );
        let all = serde_json::to_string(&priya.snapshot(chat).await).expect("encodes");
        assert!(!all.contains("4711"), "{all}");
        let (_, page) = priya.get(&format!("/api/chats/{chat}/entries?after=0&limit=200")).await;
        assert!(!page.to_string().contains("4711") && page["head"] == 4, "{page}");
        let (_, mine) = priya.get("/api/chats?which=mine").await;
        assert!(!mine.to_string().contains("4711"), "{mine}");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_told_to_the_other_devices_of_its_writer() {
    on_both(async |desk: Desk| {
        let (office, phone) = (desk.agent("ines").await, desk.agent("ines").await);
        let (_office, mut phone_live) = (office.live().await, phone.live().await);
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Hello?").await.id;
        office.accept(chat).await;
        phone_live.watch(chat).await;
        priya_live.watch(chat).await;
        let draft = json!({ "text": "Let me look", "note": true });
        let kept = office.put(&format!("/api/chats/{chat}/draft"), draft).await;
        granted::<Value>("draft", kept);
        let view = &phone_live
            .sees(chat, "the draft", |chat| chat.view.draft.is_some())
            .await
            .view;
        let draft = view.draft.as_ref().expect("there");
        assert_eq!((draft.text.as_str(), draft.note), ("Let me look", true));
        priya_live.settle().await;
        assert_eq!(priya_live.chat(chat).view.draft, None);
    })
    .await;
}

#[tokio::test]
async fn read_positions_agree_on_all_devices() {
    on_both(async |desk: Desk| {
        let (office, phone) = (desk.agent("ines").await, desk.agent("ines").await);
        let (mut office_live, mut phone_live) = (office.live().await, phone.live().await);
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Hello?").await.id;
        priya_live.watch(chat).await;
        office.accept(chat).await;
        office_live.watch(chat).await;
        phone_live.watch(chat).await;
        assert_eq!(
            office_live.chat(chat).unread(),
            0,
            "unread starts at the head one joins at"
        );

        for text in ["One", "Two", "Three"] {
            priya_live.say(chat, text).await;
        }
        for live in [&mut office_live, &mut phone_live] {
            live.sees(chat, "three messages", |chat| chat.said("Three") && chat.unread() == 3)
                .await;
        }
        let line = desk.agent("ines").await.live().await.mine.remove(0);
        assert_eq!(
            (line.unread, line.last_text.as_deref()),
            (3, Some("Three")),
            "so does a list asked for now"
        );

        let two = office_live
            .chat(chat)
            .entries
            .values()
            .find(|entry| entry.seq == 5)
            .expect("the second")
            .seq;
        phone_live.send(ClientFrame::Read { chat, seq: two }).await;
        for live in [&mut office_live, &mut phone_live] {
            live.sees(chat, "one unread", |chat| chat.unread() == 1 && chat.view.read == two)
                .await;
        }
        office_live.send(ClientFrame::Read { chat, seq: 2 }).await;
        office_live.settle().await;
        assert_eq!(office.snapshot(chat).await.chat.read, two, "a read position only grows");

        office_live.say(chat, "I see.").await;
        office_live
            .sees(chat, "his own words", |chat| chat.said("I see."))
            .await;
        assert_eq!(office_live.chat(chat).unread(), 1, "mine is the person, not the device");
        phone_live
            .sees(chat, "his own words", |chat| chat.said("I see.") && chat.unread() == 1)
            .await;
        phone_live.send(ClientFrame::Read { chat, seq: 1_000_000 }).await;
        office_live
            .sees(chat, "nothing unread", |chat| chat.unread() == 0)
            .await;
        let (fresh, head) = (office.snapshot(chat).await.chat, office_live.chat(chat).position.seq);
        assert_eq!(
            (fresh.unread, fresh.read, fresh.head),
            (0, head, head),
            "nobody reads beyond the head"
        );
        // Read positions are stored within a second or two; the new device asks until then.
        assert_eq!(desk.agent("ines").await.snapshot(chat).await.chat.unread, 0);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_customer_user_is_known_by_name_and_company() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let hanne = desk.customer("hanne").await;
        let mut hanne_live = hanne.live().await;
        let named = |live: &crate::live::Live, name: &str| {
            let offered = live.offered.iter().find(|offered| offered.channel.name == name);
            offered.map(|offered| (offered.channel.id, offered.available))
        };
        let (travel, available) = named(&hanne_live, "Travel desk").expect("offered to customer users");
        assert!(available);
        let (freight, available) = named(&hanne_live, "Freight").expect("offered to customer users");
        assert!(!available, "nobody of the Freight team is here");

        let start = |channel: Uuid| json!({ "cid": Uuid::now_v7(), "channel": channel, "text": "A group of forty" });
        refused(hanne.post("/api/chats", start(freight)).await, 409, "nobody_available");
        let (status, started) = hanne.post("/api/chats", start(travel)).await;
        assert_eq!((status, &started["new"]), (200, &json!(true)), "{started}");
        let chat: Uuid = started["chat"]["id"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .expect("an id");
        let (status, again) = hanne.post("/api/chats", start(travel)).await;
        assert_eq!(
            (status, &again["new"], &again["chat"]["id"]),
            (200, &json!(false), &json!(chat)),
            "{again}"
        );
        assert_eq!(again["chat"]["head"], 2, "nothing was written: {again}");

        ines_live
            .until("Hanne's request", |live| live.requests.iter().any(|r| r.chat == chat))
            .await;
        let request = ines_live.requests[0].clone();
        assert_eq!(
            (request.kind, request.company.as_deref()),
            (PersonKind::CustomerUser, Some("Wiebe Freight"))
        );
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        let external = ines_live.chat(chat).view.members[0].clone();
        assert_eq!((external.name.as_str(), external.online), ("Hanne Dahl", true));
        hanne_live.watch(chat).await;
        hanne_live.say(chat, "With two coaches").await;
        ines_live
            .sees(chat, "her words", |chat| chat.said("With two coaches"))
            .await;
        assert_eq!(hanne.close(chat).await.closed_reason, Some(ClosedReason::ByExternal));
        ines_live
            .sees(chat, "the end", |chat| chat.view.state == ChatState::Closed)
            .await;

        assert!(archived(&hanne, chat).await, "her past conversations");
        assert!(
            !archived(&desk.customer("jonas").await, chat).await,
            "and not her colleague's"
        );
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_chat_handed_back_is_accepted_by_another_who_reads_all() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let (mut ines_live, mut maren_live) = (ines.live().await, maren.live().await);
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Is the 9 o'clock full?").await.id;
        priya_live.watch(chat).await;
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        maren_live.settle().await;
        ines_live.say(chat, "One moment").await;
        // The note goes another way, and could be there first.
        ines_live.sees(chat, "her words", |chat| chat.said("One moment")).await;
        ines.note(chat, "Maren knows that boat").await;
        refused(ines.act(chat, "leave").await, 409, "would_leave_alone");
        ines.hand_back(chat).await;

        let waits = priya_live
            .sees(chat, "that it waits", |chat| chat.view.state == ChatState::Requested)
            .await;
        assert_eq!(waits.view.place, Some(1));
        maren_live
            .until("the request again", |live| live.requests.iter().any(|r| r.chat == chat))
            .await;
        assert_eq!(maren.snapshot(chat).await.chat.me, None, "a preview is no membership");
        maren.accept(chat).await;
        maren_live.watch(chat).await;
        let all = maren_live.chat(chat);
        assert_eq!(all.kinds(), "requested message accepted message note returned accepted");
        ines_live
            .sees(chat, "that it is not hers any more", |chat| chat.gone)
            .await;
        refused(ines.get(&format!("/api/chats/{chat}")).await, 404, "not_found");
        refused(
            ines.try_say(chat, Uuid::now_v7(), "message", "Still me").await,
            404,
            "not_found",
        );

        maren_live.say(chat, "There are two seats").await;
        priya_live
            .sees(chat, "Maren's words", |chat| chat.said("There are two seats"))
            .await;
        let names: Vec<_> = priya_live
            .chat(chat)
            .view
            .members
            .iter()
            .map(|m| (m.name.as_str(), m.present))
            .collect();
        assert_eq!(
            names,
            [("Priya Raman", true), ("Ines Vogt", false), ("Maren Holt", true)]
        );
        maren.hand_back(chat).await;
        assert_eq!(ines.accept(chat).await.me, Some(2), "who comes again keeps his number");
        assert_eq!(priya.close(chat).await.closed_reason, Some(ClosedReason::ByExternal));
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_request_taken_back_is_gone_from_every_desk() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let (priya, omar) = (desk.visitor("Priya Raman").await, desk.visitor("Omar Haddad").await);
        let (first, second) = (priya.start_chat("First").await, omar.start_chat("Second").await);
        assert_eq!((first.place, second.place), (Some(1), Some(2)));
        let mut omar_live = omar.live().await;
        omar_live.watch(second.id).await;
        ines_live.until("two requests", |live| live.requests.len() == 2).await;
        assert_eq!(ines_live.requests[0].chat, first.id, "the longest wait comes first");

        assert_eq!(priya.close(first.id).await.closed_reason, Some(ClosedReason::Withdrawn));
        ines_live.until("one request", |live| live.requests.len() == 1).await;
        omar_live
            .sees(second.id, "the first place", |chat| chat.view.place == Some(1))
            .await;
        refused(ines.act(first.id, "accept").await, 409, "chat_closed");
        let (status, archive): (u16, Value) = ines.get("/api/chats?which=archive").await;
        assert!(
            status == 200 && archive.to_string().contains(&first.id.to_string()),
            "{archive}"
        );
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn each_side_sees_how_far_the_other_has_read() {
    on_both(async |desk: Desk| {
        let (ines, tove) = (desk.agent("ines").await, desk.agent("tove").await);
        let (mut ines_live, mut tove_live) = (ines.live().await, tove.live().await);
        let priya = desk.visitor("Priya Raman").await;
        let mut priya_live = priya.live().await;
        let chat = priya.start_chat("Hello?").await.id;
        priya_live.watch(chat).await;
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        ines.invite(chat, &tove, "observer").await;
        let joined: wire::ChatView = granted("join", tove.take_role(chat, "join", "observer").await);
        assert_eq!(joined.seen, 2, "Priya has read her own request");
        tove_live.watch(chat).await;
        ines.note(chat, "A regular.").await;
        ines.say(chat, "Good morning.").await;
        let said = ines_live
            .sees(chat, "her words", |chat| chat.said("Good morning."))
            .await;
        let said = said.position.seq;

        // For externals it is the fourth.
        priya_live.sees(chat, "Ines", |chat| chat.said("Good morning.")).await;
        priya_live.send(ClientFrame::Read { chat, seq: 4 }).await;
        for live in [&mut ines_live, &mut tove_live] {
            live.sees(chat, "that Priya has read it", |chat| chat.view.seen == said)
                .await;
        }
        assert_eq!(ines.snapshot(chat).await.chat.seen, said, "so does who asks now");

        priya.say(chat, "Morning!").await;
        tove_live.sees(chat, "Priya", |chat| chat.said("Morning!")).await;
        let before = priya_live
            .sees(chat, "her words", |chat| chat.said("Morning!"))
            .await
            .view
            .seen;
        tove_live.send(ClientFrame::Read { chat, seq: said + 1 }).await;
        tove_live
            .sees(chat, "that she has read it", |chat| chat.view.read == said + 1)
            .await;
        priya_live.settle().await;
        assert_eq!(priya_live.chat(chat).view.seen, before, "an observer leaves no mark");
        assert_eq!(priya.snapshot(chat).await.chat.seen, before);
        ines_live.send(ClientFrame::Read { chat, seq: said + 1 }).await;
        priya_live
            .sees(chat, "that Ines has read it", |chat| chat.view.seen == 5)
            .await;
        desk.verify().await;
    })
    .await;
}
