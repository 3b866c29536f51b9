//! Numbers, order, neighbours, announcements, side effects.

use crate::desk::*;
use crate::engines::Engine;
use domain::verbs::SystemVerb;
use domain::{Availability, Change, ChannelId, ClosedReason, Entry, Instant, PersonId, ReturnedReason, Verb, What};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Command, Effect, Outcome, Stamp, WriteError};
use uuid::Uuid;

both!(
    a_hundred_senders_leave_no_gap_and_no_double,
    whatever_happens_the_row_is_what_the_domain_says,
    a_moved_fence_bounces_one_and_not_its_neighbours,
    a_failing_verb_never_fails_its_neighbours,
    what_the_database_refuses_fails_alone,
    commands_are_written_in_the_order_they_are_queued,
    announcements_come_after_the_commit_and_before_the_answer,
    a_side_effect_is_there_exactly_if_its_entry_is,
    a_message_with_a_side_effect_leaves_the_waiting_chat_waiting,
    what_is_committed_carries_the_permission_epoch,
    what_was_decided_before_a_right_changed_is_decided_again,
);

/// Messages and notes of both sides, of a hundred tasks, over five chats; `verify` runs beside them.
async fn a_hundred_senders_leave_no_gap_and_no_double(desk: &Desk) {
    const SENDERS: usize = 100;
    let each = 5 * proof::scale();
    let mut chats = Vec::new();
    for n in 0..5 {
        let visitor = domain::Person {
            id: PersonId(Uuid::from_u128(1_000 + n)),
            ..priya()
        };
        desk.add(&visitor).await;
        chats.push((desk.open_chat(&visitor, &maren()).await, visitor));
    }
    let done = Arc::new(AtomicBool::new(false));
    let verifying = tokio::spawn({
        let (store, done) = (desk.store.clone(), done.clone());
        async move {
            let mut found = Vec::new();
            while !done.load(Ordering::Relaxed) {
                found.extend(store.verify().await.expect("readable").findings);
            }
            found
        }
    });
    let mut senders = Vec::new();
    for sender in 0..SENDERS {
        let (chat, visitor) = chats[sender % chats.len()].clone();
        let (store, seen) = (desk.store.clone(), desk.chat(chat).await);
        senders.push(tokio::spawn(async move {
            let mut seqs = Vec::new();
            for n in 0..each {
                let text = format!("{sender}:{n}");
                let (person, verb) = match (sender / 5 + n) % 3 {
                    0 => (maren(), note(&text)),
                    1 => (maren(), say(&text)),
                    _ => (visitor.clone(), say(&text)),
                };
                let answer = store
                    .write(decided(&seen, &person, verb, cid()))
                    .expect("room")
                    .await
                    .expect("answered");
                match answer {
                    Ok(Outcome::Written { seq, .. }) => seqs.push((text, seq)),
                    other => panic!("{other:?}"),
                }
            }
            seqs
        }));
    }
    let mut told = HashMap::new();
    for sender in senders {
        let seqs = sender.await.unwrap();
        assert!(
            seqs.is_sorted_by_key(|(_, seq)| *seq),
            "acknowledged before sent means lower number: {seqs:?}"
        );
        told.extend(seqs);
    }
    done.store(true, Ordering::Relaxed);
    assert_eq!(
        verifying.await.unwrap(),
        [],
        "what verify found beside a running service"
    );
    let mut stored = 0;
    for (chat, _) in &chats {
        let entries = desk.entries(*chat).await;
        assert!(dense(entries.iter().map(|entry| entry.seq)));
        assert!(dense(entries.iter().filter_map(|entry| entry.public_seq)));
        assert!(
            entries
                .iter()
                .all(|entry| entry.public_seq.is_none() == matches!(entry.what, What::Note { .. }))
        );
        let heard = desk.heard.entries_of(*chat);
        assert_eq!(heard, entries, "announced in order, each once");
        for entry in &entries[3..] {
            assert_eq!(
                told.get(entry.what.text().unwrap()),
                Some(&entry.seq),
                "the answer names the number stored"
            );
            stored += 1;
        }
    }
    assert_eq!(stored, SENDERS * each);
    desk.lane.cases(stored);
    desk.lane.figure("entries", stored);
}

/// A walk through the verbs: what is read back is what was decided, and what was announced.
async fn whatever_happens_the_row_is_what_the_domain_says(desk: &Desk) {
    let mut chat = desk.asked_by(&hanne()).await;
    // A small generator of its own, printed with a failure; the domain's tests do the searching.
    let seed = Uuid::now_v7().as_u128() as u64 | 1;
    let mut random = seed;
    for step in 0..60 * proof::scale() {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let before = desk.chat(chat).await;
        let person = [hanne(), hanne(), maren(), maren(), ines()][(random >> 33) as usize % 5].clone();
        let verb = match (random >> 40) % 12 {
            0..=2 => Verb::Accept,
            3..=5 => say("At 19:40."),
            6..=7 => note("A regular."),
            8 => Verb::HandBack,
            9 if step % 7 == 0 => Verb::Close,
            _ => Verb::Leave,
        };
        let at = Instant(before.last_at.0 + 5);
        let decided = match (random >> 50) % 10 {
            0 => domain::verbs::decide_system(&before, SystemVerb::Return(ReturnedReason::LeaseEnded), at).ok_or(()),
            _ => domain::decide(&before, &person, OWNER, verb, Some(cid()), at).map_err(|_| ()),
        };
        let Ok(change) = decided else { continue };
        let after = change.after.clone();
        let answer = desk.writes(command_of(change, before.fence)).await;
        assert!(
            matches!(answer, Ok(Outcome::Written { .. })),
            "{answer:?} of seed {seed}"
        );
        assert_eq!(desk.chat(chat).await, after, "step {step} of seed {seed}");
        let announced = desk.heard.of(chat).pop().unwrap();
        assert!(
            announced.after.as_ref().is_none_or(|it| *it == after),
            "step {step} of seed {seed}"
        );
        assert_eq!(
            announced.after.is_none(),
            after.fence == before.fence,
            "told when more than the heads changed"
        );
        assert_eq!(announced.stamp.fence, after.fence);
        desk.lane.case();
        if after.closed_at.is_some() {
            chat = desk.asked_by(&hanne()).await;
        }
    }
}

fn command_of(change: Change, fence: i64) -> Command {
    let (actor, cid) = (change.entries[0].actor, change.entries[0].cid);
    Command {
        change,
        seen: at_fence(fence),
        actor,
        cid,
        digest: [1; 16],
        start: None,

        waited: None,
        attach: None,
        only_at: None,
        outbox: Vec::new(),
    }
}

async fn a_moved_fence_bounces_one_and_not_its_neighbours(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let other = desk.open_chat(&hanne(), &ines()).await;
    let seen = desk.chat(chat).await;
    desk.does(chat, &maren(), Verb::HandBack).await.unwrap();
    let now = desk.chat(chat).await;
    let answers = desk
        .batch(vec![
            decided(&now, &priya(), say("one"), cid()),
            decided(&seen, &maren(), say("stale"), cid()),
            decided(&seen, &maren(), Verb::Close, cid()),
            decided(&now, &priya(), say("two"), cid()),
            decided(&desk.chat(other).await, &ines(), say("elsewhere"), cid()),
            decided(&now, &ines(), Verb::Accept, cid()),
        ])
        .await;
    let written = answers
        .iter()
        .map(|answer| matches!(answer, Ok(Outcome::Written { .. })));
    assert_eq!(
        written.collect::<Vec<_>>(),
        [true, false, false, true, true, true],
        "{answers:?}"
    );
    assert_eq!(
        (&answers[1], &answers[2]),
        (&Err(WriteError::FenceMoved), &Err(WriteError::FenceMoved))
    );
    assert_eq!(desk.texts(chat).await[1..], ["one", "two"]);
    assert_eq!(desk.texts(other).await[1..], ["elsewhere"]);
    assert!(is_open(&desk.chat(chat).await));
    // Two fences of one chat in a batch, the newer one first and last.
    let newest = desk.chat(chat).await;
    for order in [[&newest, &now], [&now, &newest]] {
        let answers = desk
            .batch(order.map(|it| decided(it, &priya(), say("which?"), cid())).to_vec())
            .await;
        let right = order.iter().position(|it| it.fence == newest.fence).unwrap();
        assert!(matches!(answers[right], Ok(Outcome::Written { .. })), "{answers:?}");
        assert_eq!(answers[1 - right], Err(WriteError::FenceMoved));
        desk.lane.case();
    }
}

async fn a_failing_verb_never_fails_its_neighbours(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    let waiting = desk.asked_by(&hanne()).await;
    let waits = desk.chat(waiting).await;
    let used = cid();
    desk.writes(decided(&seen, &maren(), say("once"), used)).await.unwrap();
    let answers = desk
        .batch(vec![
            decided(&waits, &maren(), Verb::Accept, cid()),
            decided(&waits, &ines(), Verb::Accept, cid()),
            start(&hanne(), CHANNEL, cid()),
            decided(&seen, &maren(), Verb::Close, used),
            decided(&seen, &maren(), say("another text"), used),
            decided(&seen, &maren(), Verb::Close, cid()),
            start(&jonas(), CHANNEL, cid()),
        ])
        .await;
    assert!(matches!(answers[0], Ok(Outcome::Written { .. })), "{answers:?}");
    assert_eq!(answers[1], Err(WriteError::FenceMoved), "one winner");
    assert_eq!(answers[2], Ok(Outcome::Existing { chat: waiting }));
    assert_eq!(answers[3], Err(WriteError::CidReused));
    assert_eq!(answers[4], Err(WriteError::CidReused));
    assert!(matches!(answers[5], Ok(Outcome::Written { .. })), "{answers:?}");
    assert!(matches!(answers[6], Ok(Outcome::Written { .. })), "{answers:?}");
    let owners = desk
        .chat(waiting)
        .await
        .contributing()
        .map(|member| member.name.clone())
        .collect::<Vec<_>>();
    assert_eq!(owners, ["Maren Holt"]);
    assert_eq!(desk.entries(waiting).await.len(), 3, "nothing of the loser is left");
    assert_eq!(desk.heard.entries_of(waiting), desk.entries(waiting).await);
    desk.lane.cases(answers.len());
}

/// A channel that is not there is refused by the database itself, in the middle of the batch.
async fn what_the_database_refuses_fails_alone(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    let nowhere = ChannelId(Uuid::from_u128(404));
    let answers = desk
        .batch(vec![
            decided(&seen, &maren(), say("before"), cid()),
            start(&jonas(), nowhere, cid()),
            decided(&seen, &maren(), say("after"), cid()),
            start(&hanne(), CHANNEL, cid()),
        ])
        .await;
    assert!(matches!(answers[1], Err(WriteError::Unknown(_))), "{answers:?}");
    for fine in [0, 2, 3] {
        assert!(matches!(answers[fine], Ok(Outcome::Written { .. })), "{answers:?}");
    }
    assert_eq!(desk.texts(chat).await[1..], ["before", "after"]);
    assert_eq!(
        desk.heard.entries_of(chat),
        desk.entries(chat).await,
        "each announced once"
    );
    if desk.engine == Engine::Postgres {
        // PostgreSQL keeps no zero byte in a text; `domain::text` lets none through.
        let unfit = decided(&seen, &maren(), say("zero \0"), cid());
        let answers = desk
            .batch(vec![unfit, decided(&seen, &priya(), say("fine"), cid())])
            .await;
        assert!(
            matches!(&answers[..], [Err(WriteError::Unknown(_)), Ok(_)]),
            "{answers:?}"
        );
    }
    desk.lane.cases(answers.len());
}

/// Whatever they are: a message with a side effect takes another way through the writer, and keeps its place.
async fn commands_are_written_in_the_order_they_are_queued(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    let mut commands: Vec<_> = (0..6)
        .map(|n| decided(&seen, &maren(), say(&n.to_string()), cid()))
        .collect();
    commands[2].outbox.push(mail());
    commands[4].outbox.push(mail());
    let answers = desk.batch(commands).await;
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Ok(Outcome::Written { .. }))),
        "{answers:?}"
    );
    assert_eq!(desk.texts(chat).await[1..], ["0", "1", "2", "3", "4", "5"]);
    assert_eq!(
        desk.heard.entries_of(chat),
        desk.entries(chat).await,
        "announced in that order"
    );
    desk.lane.cases(answers.len());
}

async fn announcements_come_after_the_commit_and_before_the_answer(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    for command in [
        decided(&seen, &maren(), say("At 19:40."), cid()),
        decided(&seen, &maren(), Verb::Close, cid()),
    ] {
        let held = desk.heard.hold();
        let mut answer = desk.queues(command);
        until("the writer announces", async || desk.heard.is_held_up()).await;
        // In the middle of the announcement: another connection reads it, the sender knows nothing yet.
        assert_eq!(desk.entries(chat).await, desk.heard.entries_of(chat));
        assert!(answer.try_recv().is_err(), "answered before everybody could know");
        drop(held);
        assert!(matches!(answer.await.unwrap(), Ok(Outcome::Written { .. })));
        desk.lane.case();
    }
    let heard = desk.heard.of(chat);
    assert!(
        heard
            .last()
            .unwrap()
            .after
            .as_ref()
            .is_some_and(|after| after.closed_reason == Some(ClosedReason::ByAgent))
    );
}

fn mail() -> Effect {
    Effect {
        id: Uuid::now_v7(),
        kind: "mail",
        payload: "{}".into(),
        due_at: Instant(9),
        person: None,
        caps: Vec::new(),
    }
}

fn with_mail(command: Command) -> Command {
    Command {
        only_at: None,
        outbox: vec![mail()],
        ..command
    }
}

async fn a_side_effect_is_there_exactly_if_its_entry_is(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    let said = with_mail(decided(&seen, &maren(), say("At 19:40."), cid()));
    let close = with_mail(decided(&seen, &maren(), Verb::Close, cid()));
    let answer = desk.writes(said.clone()).await;
    assert!(matches!(answer, Ok(Outcome::Written { seq: 4, .. })), "{answer:?}");
    let again = desk.writes(with_mail(said.clone())).await;
    assert!(matches!(again, Ok(Outcome::Known { seq: 4, .. })), "{again:?}");
    let reused = desk
        .writes(Command {
            digest: [9; 16],
            ..with_mail(said)
        })
        .await;
    assert_eq!(reused, Err(WriteError::CidReused));
    assert!(matches!(desk.writes(close).await, Ok(Outcome::Written { seq: 5, .. })));
    let late = with_mail(decided(&seen, &priya(), say("Wait"), cid()));
    assert_eq!(desk.writes(late).await, Err(WriteError::FenceMoved));
    let seqs: Vec<i64> = raw!(desk, p => sqlx::query_scalar("SELECT seq FROM outbox WHERE chat_id = $1 ORDER BY seq").bind(chat.0).fetch_all(p));
    assert_eq!(
        seqs,
        [4, 5],
        "two entries, two side effects; what was refused leaves none"
    );
    let elsewhere = with_mail(start(&hanne(), CHANNEL, cid()));
    let started = elsewhere.chat();
    desk.writes(elsewhere).await.unwrap();
    let second = with_mail(start(&hanne(), CHANNEL, cid()));
    assert_eq!(desk.writes(second).await, Ok(Outcome::Existing { chat: started }));
    assert_eq!(desk.count("SELECT count(*) FROM outbox").await, 3);
    desk.lane.cases(6);
}

async fn a_message_with_a_side_effect_leaves_the_waiting_chat_waiting(desk: &Desk) {
    let chat = desk.asked_by(&priya()).await;
    let before = desk.chat(chat).await;
    desk.writes(with_mail(decided(&before, &priya(), say("Anybody there?"), cid())))
        .await
        .unwrap();
    let after = desk.chat(chat).await;
    assert_eq!(after.waiting_since, before.waiting_since);
    assert_eq!(
        after,
        domain::Chat {
            head: 3,
            public_head: 3,
            last_at: after.last_at,
            ..before
        }
    );
    assert_eq!(desk.store.place(&after).await.unwrap(), Some(1));
    desk.lane.case();
}

async fn what_is_committed_carries_the_permission_epoch(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    for n in 0..3 {
        desk.sets("lease_s", &(60 + n).to_string()).await;
        let epoch = desk.store.permission_epoch().await.unwrap();
        let fence = desk.chat(chat).await.fence;
        let answers = desk
            .batch(vec![decided(&desk.chat(chat).await, &priya(), say("a"), cid())])
            .await;
        assert!(answers[0].is_ok());
        desk.does(chat, &maren(), Verb::HandBack).await.unwrap();
        desk.does(chat, &maren(), Verb::Accept).await.unwrap();
        let stamps: Vec<_> = desk
            .heard
            .of(chat)
            .iter()
            .map(|it| (it.stamp.permission_epoch, it.stamp.fence))
            .collect();
        assert_eq!(
            stamps[stamps.len() - 3..],
            [(epoch, fence), (epoch, fence + 1), (epoch, fence + 2)]
        );
        desk.lane.case();
    }
    let entries: Vec<Entry> = desk.heard.entries_of(chat);
    assert!(dense(entries.iter().map(|entry| entry.seq)));
}

/// Also where no fence moved: a right, an availability or a channel is part of what a decision saw.
async fn what_was_decided_before_a_right_changed_is_decided_again(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let chats = [
        desk.chat(chat).await,
        desk.chat(desk.open_chat(&hanne(), &ines()).await).await,
    ];
    let epoch = desk.store.permission_epoch().await.unwrap();
    desk.store
        .set_availability(maren().id, Availability::Internal)
        .await
        .unwrap();
    for together in [1, 2] {
        let decide = |verb: Verb, permission_epoch: i64| {
            let agents = [maren(), ines()];
            let commands = chats[..together].iter().zip(agents).map(move |(chat, agent)| {
                let seen = Stamp {
                    fence: chat.fence,
                    permission_epoch,
                };
                Command {
                    seen,
                    ..decided(chat, &agent, verb.clone(), cid())
                }
            });
            commands.collect::<Vec<_>>()
        };
        for verb in [say("stale"), note("stale"), Verb::Close] {
            let answers = desk.batch(decide(verb, epoch)).await;
            assert!(
                answers.iter().all(|answer| *answer == Err(WriteError::FenceMoved)),
                "{answers:?}"
            );
        }
        let answers = desk.batch(decide(say("fresh"), epoch + 1)).await;
        assert!(
            answers
                .iter()
                .all(|answer| matches!(answer, Ok(Outcome::Written { .. }))),
            "{answers:?}"
        );
        desk.lane.cases(4 * together);
    }
    assert_eq!(desk.texts(chat).await[1..], ["fresh", "fresh"]);
}
