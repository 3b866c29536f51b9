//! Read positions only grow, are merged, and survive.

use crate::desk::*;
use domain::{ChatId, Instant, Person, PersonId, Side, Verb};
use uuid::Uuid;

both!(
    read_positions_only_grow_and_are_stored,
    a_count_starts_at_the_head_one_joins_at,
    every_position_that_waits_is_stored_at_the_end,
    what_is_unread_is_counted_up_to_a_thousand,
);

async fn stored(desk: &Desk, chat: ChatId, person: &Person) -> i64 {
    raw!(desk, p => sqlx::query_scalar("SELECT read_seq FROM chat_member WHERE chat_id = $1 AND person_id = $2")
        .bind(chat.0).bind(person.id.0).fetch_one(p))
}

async fn read_positions_only_grow_and_are_stored(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    for n in 0..5 {
        desk.does(chat, &priya(), say(&n.to_string())).await.unwrap();
    }
    let mut expected = 3;
    for seq in [5, 4, 7, 6, 1, 8] {
        desk.store.read_up_to(chat, maren().id, seq);
        expected = seq.max(expected);
        let position = desk.store.read_position(chat, maren().id).await.unwrap();
        assert_eq!(position, expected, "seen at once, and it only grows");
        let unread = desk
            .store
            .unread(chat, Side::Agents, maren().id, position, 8)
            .await
            .unwrap();
        assert_eq!(unread, 8 - expected);
        desk.lane.case();
    }
    until("the position is stored", async || {
        stored(desk, chat, &maren()).await == 8
    })
    .await;
    desk.store.read_up_to(chat, maren().id, 2);
    desk.store.read_up_to(chat, ines().id, 4);
    desk.store.read_up_to(chat, priya().id, 7);
    until("the next round is stored", async || {
        stored(desk, chat, &priya()).await == 7
    })
    .await;
    assert_eq!(stored(desk, chat, &maren()).await, 8);
    until("nothing waits", async || {
        desk.store.read_position(chat, ines().id).await.unwrap() == 0
    })
    .await;
    assert_eq!(
        desk.count("SELECT count(*) FROM chat_member").await,
        2,
        "reading makes nobody a member"
    );
}

async fn a_count_starts_at_the_head_one_joins_at(desk: &Desk) {
    let chat = desk.asked_by(&priya()).await;
    assert_eq!(stored(desk, chat, &priya()).await, 2, "one's own first words are read");
    for (agent, head) in [(maren(), 3), (ines(), 5), (maren(), 8)] {
        desk.does(chat, &agent, Verb::Accept).await.unwrap();
        assert_eq!(
            stored(desk, chat, &agent).await,
            head,
            "{} joins at the head, the second time too",
            agent.name
        );
        desk.does(chat, &agent, Verb::HandBack).await.unwrap();
        if agent == ines() {
            desk.does(chat, &priya(), say("Hello?")).await.unwrap();
        }
        desk.lane.case();
    }
    assert_eq!(
        stored(desk, chat, &priya()).await,
        2,
        "others' coming and going reads nothing for her"
    );
}

async fn every_position_that_waits_is_stored_at_the_end(desk: &Desk) {
    const VISITORS: u128 = 600;
    let mut chats = Vec::new();
    for n in 0..VISITORS {
        let visitor = Person {
            id: PersonId(Uuid::from_u128(2_000 + n)),
            ..priya()
        };
        desk.add(&visitor).await;
        let command = start(&visitor, CHANNEL, cid());
        chats.push((command.chat(), visitor));
        drop(desk.queues(command));
    }
    let (last, visitor) = chats.last().unwrap().clone();
    until("all have started", async || {
        desk.store.chat(last).await.unwrap().is_some()
    })
    .await;
    raw_execute!(desk, sqlx::query("UPDATE chat_member SET read_seq = 0"));
    for (chat, visitor) in &chats {
        desk.store.read_up_to(*chat, visitor.id, 2);
    }
    desk.store.close().await;
    let unread = desk.count("SELECT count(*) FROM chat_member WHERE read_seq = 0").await;
    assert_eq!(unread, 0, "positions lost at the end");
    let (again, _) = desk.reopened(EPOCH).await;
    assert_eq!(again.read_position(last, visitor.id).await.unwrap(), 2);
    again.close().await;
    desk.lane.cases(VISITORS as usize);
}

async fn what_is_unread_is_counted_up_to_a_thousand(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let (heads, mut told) = (desk.chat(chat).await, Vec::new());
    for n in 1..=1_001 {
        told.push(desk.queues(decided(&heads, &priya(), say(&n.to_string()), cid())));
        told.push(desk.queues(decided(&heads, &maren(), say(&n.to_string()), cid())));
        if n < 999 {
            continue;
        }
        for answer in answered(std::mem::take(&mut told)).await {
            answer.unwrap();
        }
        for (person, side) in [(maren(), Side::Agents), (priya(), Side::External)] {
            let head = desk.chat(chat).await.head;
            let unread = desk
                .store
                .unread(chat, side, person.id, heads.head, head)
                .await
                .unwrap();
            let before = Instant(i64::MAX);
            let listed = match side {
                Side::Agents => desk.store.running_of_agent(person.id).await,
                Side::External => desk.store.chats_of_external(person.id, before, 10, Instant(0)).await,
            };
            assert_eq!(
                [unread, listed.unwrap()[0].unread],
                [n.min(1_000); 2],
                "{}",
                person.name
            );
            desk.lane.case();
        }
    }
}
