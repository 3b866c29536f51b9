//! Errands to a connected ticket system: kept once, done by one at a time, and taken over by who asks for the same.

use crate::desk::*;
use domain::chat::State;
use domain::{ChatId, ClientId, Instant, PersonId, Verb};
use store::{Command, Errand, NewErrand, Put, WriteError};
use uuid::Uuid;

both!(
    an_errand_is_kept_once_and_taken_over,
    a_chat_in_which_something_was_said_since_is_not_closed,
    one_at_a_time_is_at_an_errand,
    an_errand_goes_with_its_chat_unless_a_customer_left_it,
);

fn errand(by: PersonId, cid: u128, digest: u8) -> NewErrand {
    NewErrand {
        by,
        cid: ClientId(Uuid::from_u128(cid)),
        digest: [digest; 16],
        chat: None,
        payload: "{}".into(),
        at: Instant(1_000_000),
        due_at: None,
    }
}

async fn put(desk: &Desk, new: &NewErrand) -> Errand {
    match desk.store.put_errand(new).await.unwrap() {
        Put::Errand(errand) => *errand,
        Put::CidReused => panic!("used before"),
    }
}

async fn an_errand_is_kept_once_and_taken_over(desk: &Desk) {
    let (maren, ines) = (maren().id, ines().id);
    let first = put(desk, &errand(maren, 1, 1)).await;
    assert_eq!(put(desk, &errand(maren, 1, 1)).await, first, "the same command");
    assert_eq!(
        desk.store.put_errand(&errand(maren, 1, 2)).await.unwrap(),
        Put::CidReused
    );
    // The same content under another command, of somebody else: it goes on.
    let taken = put(desk, &errand(ines, 2, 1)).await;
    assert_eq!(
        (taken.id, taken.by, taken.cid),
        (first.id, ines, ClientId(Uuid::from_u128(2)))
    );
    assert_ne!(put(desk, &errand(ines, 3, 3)).await.id, first.id);
    // Once it is done it is another one.
    desk.store.set_errand_ticket(first.id, 4_711, "24004711").await.unwrap();
    desk.store.errand_done(first.id, Instant(2_000_000)).await.unwrap();
    let done = put(desk, &errand(ines, 2, 1)).await;
    assert!(done.done && done.payload.is_none(), "what was sent is kept no longer");
    assert_eq!(done.ticket, Some((4_711, "24004711".to_owned())));
    assert_ne!(put(desk, &errand(ines, 4, 1)).await.id, first.id);
    assert_eq!(desk.store.open_errands(10).await.unwrap().len(), 2);
    assert_eq!(desk.store.open_errands_of(ines).await.unwrap().len(), 2);
    assert_eq!(desk.store.sweep_errands(Instant(1_000_001)).await.unwrap(), 3);
    desk.lane.case();
}

async fn a_chat_in_which_something_was_said_since_is_not_closed(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let open = desk.chat(chat).await;
    let early = Command {
        only_at: Some(open.head),
        ..decided(&open, &maren(), Verb::Close, cid())
    };
    desk.does(chat, &priya(), say("And my bicycle?")).await.unwrap();
    assert_eq!(desk.writes(early).await, Err(WriteError::FenceMoved));
    let now = desk.chat(chat).await;
    assert_eq!((now.state, now.head), (State::Open, open.head + 1));
    let close = Command {
        only_at: Some(now.head),
        ..decided(&now, &maren(), Verb::Close, cid())
    };
    desk.writes(close).await.unwrap();
    assert_eq!(desk.chat(chat).await.state, State::Closed);
    desk.lane.case();
}

async fn one_at_a_time_is_at_an_errand(desk: &Desk) {
    let mut new = errand(maren().id, 5, 5);
    new.due_at = Some(Instant(5_000_000));
    let id = put(desk, &new).await.id;
    let (store, at) = (&desk.store, |s: i64| Instant(s * 1_000_000));
    assert!(store.due_errands(at(4), 8).await.unwrap().is_empty());
    assert_eq!(store.due_errands(at(5), 8).await.unwrap(), [id]);
    assert!(store.hold_errand(id, at(5), at(35)).await.unwrap());
    assert!(
        !store.hold_errand(id, at(34), at(64)).await.unwrap(),
        "somebody is at it"
    );
    assert!(store.due_errands(at(34), 8).await.unwrap().is_empty());
    store.keep_errand(id, at(60)).await.unwrap();
    assert!(!store.hold_errand(id, at(59), at(90)).await.unwrap(), "he still is");
    assert!(store.hold_errand(id, at(61), at(90)).await.unwrap(), "he is gone");
    store.set_errand_parts(id, &[4, 7]).await.unwrap();
    store.errand_failed(id, "desk_unclear", Some(at(70))).await.unwrap();
    let failed = store.errand(id).await.unwrap().unwrap();
    assert_eq!((failed.tries, failed.told.as_deref()), (2, Some("desk_unclear")));
    assert_eq!((failed.parts, failed.due_at), (vec![4, 7], Some(at(70))));
    assert!(store.hold_errand(id, at(70), at(90)).await.unwrap());
    store.errand_done(id, at(71)).await.unwrap();
    assert!(!store.hold_errand(id, at(200), at(300)).await.unwrap(), "it is done");
    assert!(store.due_errands(at(200), 8).await.unwrap().is_empty());
    assert_eq!(store.sweep_errands(at(0)).await.unwrap(), 0);
    desk.lane.case();
}

async fn an_errand_goes_with_its_chat_unless_a_customer_left_it(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let of_chat = |cid: u128, due_at: Option<Instant>| NewErrand {
        chat: Some(ChatId(chat.0)),
        due_at,
        ..errand(maren().id, cid, cid as u8)
    };
    let agents = put(desk, &of_chat(6, None)).await.id;
    let customers = put(desk, &of_chat(7, Some(Instant(1)))).await.id;
    let open = desk.chat(chat).await;
    desk.writes(decided(&open, &maren(), Verb::Close, cid())).await.unwrap();
    desk.store.remove_closed(chat).await.unwrap();
    assert_eq!(desk.store.errand(agents).await.unwrap(), None);
    assert!(
        desk.store.errand(customers).await.unwrap().is_some(),
        "it is not there yet"
    );
    desk.lane.case();
}
