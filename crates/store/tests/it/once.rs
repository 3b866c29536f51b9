//! The same command again is the same command: at once, later, after a restart, from anywhere.

use crate::desk::*;
use domain::{ClientId, Verb};
use store::{Command, Outcome, WriteError};

both!(
    a_command_sent_again_and_again_is_stored_once,
    a_known_command_is_known_when_the_chat_has_moved_on,
    another_person_may_use_the_same_id,
    sixty_four_starts_at_once_make_one_chat,
);

/// Sends the same command `times` at once; one answer says written, the others where.
async fn at_once(desk: &Desk, command: &Command, times: usize) -> (i64, Option<i64>) {
    let answers = answered((0..times).map(|_| desk.queues(command.clone())).collect()).await;
    let (mut written, mut places) = (0, Vec::new());
    for answer in answers {
        match answer.expect("stored or known") {
            Outcome::Written { seq, public_seq, .. } => {
                written += 1;
                places.push((seq, public_seq));
            }
            Outcome::Known { seq, public_seq, .. } => places.push((seq, public_seq)),
            Outcome::Existing { .. } => panic!("this was no start"),
        }
        desk.lane.case();
    }
    assert_eq!(written, 1, "{places:?}");
    assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
    places[0]
}

async fn a_command_sent_again_and_again_is_stored_once(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let mut sent: Vec<(Command, (i64, Option<i64>))> = Vec::new();
    for times in 1..=20 {
        let seen = desk.chat(chat).await;
        let (person, verb) = match times % 4 {
            0 => (maren(), Verb::HandBack),
            1 if times > 4 => (maren(), Verb::Accept),
            2 => (maren(), note("A regular.")),
            _ => (priya(), say("Thank you!")),
        };
        let command = decided(&seen, &person, verb, cid());
        let before = seen.head;
        let place = at_once(desk, &command, times).await;
        assert_eq!(desk.chat(chat).await.head, before + 1);
        sent.push((command, place));
    }
    let begun = start(&hanne(), CHANNEL, cid());
    let place = at_once(desk, &begun, 10).await;
    sent.push((begun, place));
    let rows = desk.count("SELECT count(*) FROM entry").await;

    let (again, heard) = desk.reopened(EPOCH).await;
    for store in [&desk.store, &again] {
        for (command, (seq, public_seq)) in &sent {
            let known = Ok(Outcome::Known {
                chat: command.chat(),
                seq: *seq,
                public_seq: *public_seq,
            });
            let (actor, id) = (command.actor.unwrap(), command.cid.unwrap());
            assert_eq!(
                store.known(actor, id, &command.digest).await.unwrap(),
                Some(known.clone())
            );
            assert_eq!(store.write(command.clone()).unwrap().await.unwrap(), known);
            let other = Command {
                digest: [9; 16],
                ..command.clone()
            };
            assert_eq!(store.write(other).unwrap().await.unwrap(), Err(WriteError::CidReused));
            assert_eq!(
                store.known(actor, id, &[9; 16]).await.unwrap(),
                Some(Err(WriteError::CidReused))
            );
            desk.lane.case();
        }
    }
    assert_eq!(store_is_unchanged(desk, rows).await, Ok(()));
    assert!(
        heard.all().iter().all(|committed| committed.entries.is_empty()),
        "nothing new to announce"
    );
    assert_eq!(desk.store.known(priya().id, cid(), &[0; 16]).await.unwrap(), None);
    again.close().await;
}

async fn store_is_unchanged(desk: &Desk, rows: i64) -> Result<(), i64> {
    let now = desk.count("SELECT count(*) FROM entry").await;
    if now == rows { Ok(()) } else { Err(now) }
}

/// Priya's answer got lost, and Maren closed the chat before Priya's browser asked again.
async fn a_known_command_is_known_when_the_chat_has_moved_on(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    let said = decided(&seen, &priya(), say("Thank you!"), cid());
    let noted = decided(&seen, &maren(), note("Done."), cid());
    let closed = decided(&seen, &maren(), Verb::Close, cid());
    let mut places = Vec::new();
    for command in [&said, &noted, &closed] {
        match desk.writes(command.clone()).await {
            Ok(Outcome::Written { seq, public_seq, .. }) => places.push((seq, public_seq)),
            other => panic!("{other:?}"),
        }
    }
    for together in [false, true] {
        let commands = vec![said.clone(), noted.clone(), closed.clone()];
        let answers = if together {
            desk.batch(commands).await
        } else {
            let mut answers = Vec::new();
            for command in commands {
                answers.push(desk.writes(command).await);
            }
            answers
        };
        let known = places.iter().map(|(seq, public_seq)| {
            Ok(Outcome::Known {
                chat,
                seq: *seq,
                public_seq: *public_seq,
            })
        });
        assert_eq!(answers, known.collect::<Vec<_>>());
        desk.lane.cases(3);
    }
    let other_text = Command {
        digest: [9; 16],
        ..said
    };
    assert_eq!(desk.writes(other_text).await, Err(WriteError::CidReused));
}

async fn another_person_may_use_the_same_id(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let seen = desk.chat(chat).await;
    let same: ClientId = cid();
    let answers = desk
        .batch(vec![
            decided(&seen, &priya(), say("mine"), same),
            decided(&seen, &maren(), say("mine"), same),
        ])
        .await;
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Ok(Outcome::Written { .. }))),
        "{answers:?}"
    );
    assert_eq!(desk.texts(chat).await[1..], ["mine", "mine"]);
    desk.lane.cases(2);
}

async fn sixty_four_starts_at_once_make_one_chat(desk: &Desk) {
    const STARTS: usize = 64;
    for _ in 0..2 * proof::scale() {
        let answers = answered(
            (0..STARTS)
                .map(|_| desk.queues(start(&priya(), CHANNEL, cid())))
                .collect(),
        )
        .await;
        let chats: Vec<_> = answers
            .iter()
            .map(|answer| match answer {
                Ok(Outcome::Written { chat, seq: 1, .. }) => (*chat, true),
                Ok(Outcome::Existing { chat }) => (*chat, false),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(chats.iter().filter(|(_, made)| *made).count(), 1);
        assert!(
            chats.iter().all(|(chat, _)| *chat == chats[0].0),
            "all are answered with the one"
        );
        // Another starter's is another; and after the end a new one begins.
        let others = desk.asked_by(&hanne()).await;
        assert_ne!(others, chats[0].0);
        for (chat, starter) in [(others, hanne()), (chats[0].0, priya())] {
            desk.does(chat, &starter, Verb::Close).await.unwrap();
        }
        desk.lane.cases(STARTS);
    }
    assert_eq!(desk.count("SELECT count(*) FROM chat").await, 4 * proof::scale() as i64);
}
