//! The end of a process, and the next one on the same database.

use crate::desk::*;
use store::{Outcome, Store, WriteError};

both!(
    closing_writes_what_is_queued_and_answers_later_ones_stopped,
    the_epoch_of_the_installation_stays,
    a_setting_raises_the_permission_epoch_and_stays,
);

async fn stopped(store: &Store, chat: &domain::Chat) -> bool {
    match store.write(decided(chat, &priya(), say("late"), cid())) {
        Err(WriteError::Stopped) => true,
        Err(other) => panic!("{other:?}"),
        Ok(_) => false,
    }
}

async fn closing_writes_what_is_queued_and_answers_later_ones_stopped(desk: &Desk) {
    const QUEUED: usize = 700;
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    let held = desk.held_up().await;
    let answers: Vec<_> = (0..QUEUED)
        .map(|n| desk.queues(decided(&seen, &priya(), say(&n.to_string()), cid())))
        .collect();
    // Two who end it: a signal, and the end of main. Both wait for the writer.
    let closing = [0, 1].map(|_| {
        let store = desk.store.clone();
        tokio::spawn(async move { store.close().await })
    });
    until("later ones are turned away", async || stopped(&desk.store, &seen).await).await;
    assert!(
        !closing.iter().any(|it| it.is_finished()),
        "closed before the queue was written"
    );
    drop(held);
    for closed in closing {
        closed.await.unwrap();
        assert_eq!(
            desk.count("SELECT count(*) FROM entry WHERE kind = 'message' AND text <> 'late' AND seq > 3")
                .await,
            QUEUED as i64
        );
    }
    for answer in answered(answers).await {
        assert!(matches!(answer, Ok(Outcome::Written { .. })), "{answer:?}");
        desk.lane.case();
    }
    assert!(stopped(&desk.store, &seen).await);
    let (again, _) = desk.reopened(EPOCH).await;
    let after = again.chat(chat).await.unwrap().unwrap();
    let next = again
        .write(decided(&after, &priya(), say("I am back"), cid()))
        .unwrap()
        .await
        .unwrap();
    assert!(
        matches!(next, Ok(Outcome::Written { seq, .. }) if seq == after.head + 1),
        "{next:?}"
    );
    again.close().await;
}

async fn the_epoch_of_the_installation_stays(desk: &Desk) {
    assert_eq!(desk.store.epoch(), EPOCH);
    for other in [EPOCH, EPOCH + 1, 1] {
        let (again, _) = desk.reopened(other).await;
        assert_eq!(again.epoch(), EPOCH);
        again.close().await;
        desk.lane.case();
    }
}

async fn a_setting_raises_the_permission_epoch_and_stays(desk: &Desk) {
    let before = desk.store.permission_epoch().await.unwrap();
    assert_eq!(desk.store.settings().await.unwrap(), domain::Settings::default());
    desk.sets("lease_s", "5").await;
    desk.sets("lease_s", "6").await;
    // Of a newer version, or out of today's bounds: kept where it is, and not used.
    desk.sets("no_such_setting", "1").await;
    desk.sets("no_answer_s", "-1").await;
    let (again, _) = desk.reopened(EPOCH).await;
    for store in [&desk.store, &again] {
        assert_eq!(store.permission_epoch().await.unwrap(), before + 4);
        let expected = domain::Settings {
            lease_s: 6,
            ..domain::Settings::default()
        };
        assert_eq!(store.settings().await.unwrap(), expected);
        desk.lane.case();
    }
    again.close().await;
}
