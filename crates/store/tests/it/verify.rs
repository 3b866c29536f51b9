//! `verify` says nothing about a sound database, and names each damage by its own words, and only that.

use crate::desk::*;
use domain::verbs::SystemVerb;
use domain::{ChatId, ClosedReason, Verb};
use proof::Lane;
use std::collections::BTreeSet;
use store::{Effect, Finding};
use uuid::Uuid;

both!(a_sound_database_has_no_findings, each_damage_is_found_and_only_that);

/// Hanne talks with Maren, Priya waits, Jonas's chat expired.
struct Chats {
    hanne: ChatId,
    jonas: ChatId,
}

async fn some_chats(desk: &Desk) -> Chats {
    desk.sets("lease_s", "60").await;
    let chat = desk.open_chat(&hanne(), &maren()).await;
    desk.does(chat, &maren(), say("At 19:40.")).await.unwrap();
    desk.does(chat, &maren(), note("A regular.")).await.unwrap();
    let mut command = decided(&desk.chat(chat).await, &hanne(), say("Thank you!"), cid());
    command.outbox.push(Effect {
        id: Uuid::now_v7(),
        kind: "mail",
        payload: "{}".into(),
        due_at: domain::Instant(5),
        person: None,
        caps: Vec::new(),
    });
    desk.writes(command).await.unwrap();
    desk.does(chat, &hanne(), say("Until then.")).await.unwrap();
    desk.does(chat, &maren(), say("Until then!")).await.unwrap();
    desk.asked_by(&priya()).await;
    let expired = desk.asked_by(&jonas()).await;
    desk.system(expired, SystemVerb::Close(ClosedReason::Expired))
        .await
        .unwrap();
    Chats {
        hanne: chat,
        jonas: expired,
    }
}

async fn a_sound_database_has_no_findings(desk: &Desk) {
    let empty = desk.store.verify().await.unwrap();
    assert_eq!(
        (empty.chats, empty.entries, empty.members, empty.findings),
        (0, 0, 0, vec![])
    );
    let chats = some_chats(desk).await;
    desk.does(chats.hanne, &maren(), Verb::HandBack).await.unwrap();
    let sound = desk.store.verify().await.unwrap();
    assert_eq!((sound.chats, sound.entries, sound.members), (3, 2 + 7 + 2 + 3, 4));
    assert_eq!(sound.findings, []);
    desk.lane.case();
}

/// What `verify` should say, and the statements that do the harm, `$1` the chat they are for.
type Damage = (&'static str, fn(&Chats) -> ChatId, &'static [&'static str]);

const DAMAGES: &[Damage] = &[
    (
        "audit records that do not follow from the one before",
        |c| c.hanne,
        &["UPDATE audit SET new = '61' WHERE n = 1 AND $1 = $1"],
    ),
    (
        "files that belong to no entry, or whose content is going",
        |c| c.hanne,
        &[
            "INSERT INTO content (hash, size) SELECT digest, 5 FROM entry WHERE chat_id = $1 AND digest IS NOT NULL ORDER BY seq LIMIT 1",
            "INSERT INTO entry_file (chat_id, seq, person_id, at, hash, type, size) SELECT chat_id, 999, actor_id, at, digest, 'text/plain', 5 \
             FROM entry WHERE chat_id = $1 AND digest IS NOT NULL ORDER BY seq LIMIT 1",
        ],
    ),
    (
        "attachments that belong to no article of their author, or whose content is going",
        |c| c.hanne,
        &[
            "INSERT INTO content (hash, size) SELECT digest, 5 FROM entry WHERE chat_id = $1 AND digest IS NOT NULL ORDER BY seq LIMIT 1",
            "INSERT INTO article_file (ticket_id, n, file, person_id, cid, at, name, hash, type, size) \
             SELECT chat_id, 1, 1, actor_id, chat_id, at, 'a.txt', digest, 'text/plain', 5 \
             FROM entry WHERE chat_id = $1 AND digest IS NOT NULL ORDER BY seq LIMIT 1",
        ],
    ),
    (
        "texts that were taken away and are there",
        |c| c.hanne,
        &["UPDATE entry SET redacted_at = 5 WHERE chat_id = $1 AND seq = 2"],
    ),
    (
        "chats whose numbers have a gap or do not begin with 1",
        |c| c.hanne,
        &[
            "UPDATE entry SET seq = 9 WHERE chat_id = $1 AND seq = 8",
            "UPDATE chat SET head = 9 WHERE id = $1",
        ],
    ),
    (
        "chats whose public numbers have a gap or a double",
        |c| c.hanne,
        &[
            "UPDATE entry SET public_seq = 8 WHERE chat_id = $1 AND public_seq = 7",
            "UPDATE chat SET public_head = 8 WHERE id = $1",
        ],
    ),
    (
        "chats whose head is not their last entry",
        |c| c.hanne,
        &["UPDATE chat SET head = 9 WHERE id = $1"],
    ),
    (
        "client ids stored more than once",
        |c| c.hanne,
        &[
            "DROP INDEX entry_cid",
            "UPDATE entry SET cid = (SELECT cid FROM entry WHERE chat_id = $1 AND seq = 6) WHERE chat_id = $1 AND seq = 7",
        ],
    ),
    (
        "entries whose public order is not their order",
        |c| c.hanne,
        &["UPDATE entry SET public_seq = 11 - public_seq WHERE chat_id = $1 AND public_seq IN (5, 6)"],
    ),
    (
        "entries that are older than the one before",
        |c| c.hanne,
        &["UPDATE entry SET at = 1 WHERE chat_id = $1 AND seq = 4"],
    ),
    (
        "entries for agents only with a public number, or others without",
        |c| c.hanne,
        &["UPDATE entry SET kind = 'message' WHERE chat_id = $1 AND kind = 'note'"],
    ),
    // The chat is taken away with its members, the log is left.
    (
        "entries of a chat that is not there",
        |c| c.jonas,
        &[
            "DELETE FROM entry WHERE chat_id = $1 AND seq > 1",
            "DELETE FROM chat WHERE id = $1",
            "DELETE FROM chat_member WHERE chat_id = $1",
            "UPDATE entry SET who = NULL WHERE chat_id = $1",
        ],
    ),
    (
        "members of a chat or person that is not there",
        |c| c.hanne,
        &["DELETE FROM person WHERE id IN (SELECT person_id FROM chat_member WHERE chat_id = $1 AND kind = 'agent')"],
    ),
    (
        "entries by somebody who is no member",
        |c| c.hanne,
        &["UPDATE entry SET who = 3 WHERE chat_id = $1 AND seq = 4"],
    ),
    (
        "side effects of an entry that is not there",
        |c| c.hanne,
        &["UPDATE outbox SET seq = 99 WHERE chat_id = $1"],
    ),
    (
        "read positions beyond the head",
        |c| c.hanne,
        &["UPDATE chat_member SET read_seq = 8 WHERE chat_id = $1 AND n = 1"],
    ),
    (
        "chats whose state and times contradict each other",
        |c| c.hanne,
        &["UPDATE chat SET waiting_since = 5 WHERE id = $1"],
    ),
    (
        "requests addressed to somebody who answered, or to nobody",
        |c| c.hanne,
        &["UPDATE chat SET addressed = 1 WHERE id = $1"],
    ),
    (
        "start keys with two chats that are not closed",
        |c| c.hanne,
        &[
            "DROP INDEX chat_start_key",
            "UPDATE chat SET start_key = 'one for all' WHERE state <> 'closed' AND $1 = $1",
        ],
    ),
    (
        "chats begun from a ticket that is not there",
        |c| c.hanne,
        &["UPDATE chat SET ticket_id = id WHERE id = $1"],
    ),
    (
        "chats whose state is not what their log says",
        |c| c.hanne,
        &["UPDATE chat SET fence = fence + 1 WHERE id = $1"],
    ),
    (
        "chats whose state is not what their log says",
        |c| c.hanne,
        &["UPDATE chat_member SET present = 0 WHERE chat_id = $1 AND n = 2"],
    ),
];

/// Each on a database of its own.
async fn each_damage_is_found_and_only_that(told: &Desk) {
    for (n, (what, of, statements)) in DAMAGES.iter().enumerate() {
        let database = told.engine.database().await.expect("there was one before");
        let lane = Lane::part("store", &format!("damage {n} {:?}", told.engine));
        let desk = Desk::open(told.engine, database, lane).await;
        let chat = of(&some_chats(&desk).await);
        for statement in *statements {
            let rows = if statement.starts_with("DROP") {
                raw_execute!(desk, sqlx::query(*statement)) + 1
            } else {
                raw_execute!(desk, sqlx::query(*statement).bind(chat.0))
            };
            assert!(rows > 0, "{statement} does no harm");
        }
        let found = desk.store.verify().await.unwrap().findings;
        if found != [(Finding { what, count: 1 })] {
            desk.lane
                .violation(format!("{statements:?} is found as {found:?}, not as {what:?}"));
        }
        desk.lane.case();
        desk.abandon().await;
    }
}

#[test]
fn there_is_a_damage_for_each_check() {
    let source = include_str!("../../src/verify.rs");
    let named: BTreeSet<_> = DAMAGES.iter().map(|(what, ..)| *what).collect();
    assert!(named.iter().all(|what| source.contains(what)));
    let folded = 2;
    assert_eq!(
        source.matches("\", sql::").count() + source.matches("\",\n        sql::").count() + folded,
        named.len()
    );
}
