//! What a full queue answers.

use crate::desk::*;
use store::{Outcome, WriteError};

both!(a_full_queue_says_busy_before_any_work_and_loses_nothing);

async fn a_full_queue_says_busy_before_any_work_and_loses_nothing(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    let held = desk.held_up().await;
    let mut answers = Vec::new();
    let busy = loop {
        match desk
            .store
            .write(decided(&seen, &priya(), say(&answers.len().to_string()), cid()))
        {
            Ok(answer) => answers.push(answer),
            Err(error) => break error,
        }
        assert!(answers.len() < 100_000, "a queue without an end");
    };
    assert_eq!(busy, WriteError::Busy);
    drop(held);
    let queued = answers.len();
    assert!(queued >= 1_000, "{queued} is a short queue");
    let answers = answered(answers).await;
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Ok(Outcome::Written { .. })))
    );
    let expected: Vec<_> = (0..queued).map(|n| n.to_string()).collect();
    assert_eq!(desk.texts(chat).await[1..], expected, "in order");
    desk.lane.cases(queued);
    desk.lane.figure("queued", queued);
}
