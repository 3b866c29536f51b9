//! Contents of files and what refers to them: none goes that is referred to, and none stays for ever that is not.

use crate::desk::*;
use domain::{ChatId, File, FileType, Instant, Person, Side, Verb};
use store::{Outcome, WriteError};

both!(
    an_entry_refers_only_to_a_content_that_was_claimed,
    a_content_that_is_going_is_not_claimed_until_it_is_gone,
    a_content_that_two_entries_share_goes_with_the_second,
    a_file_for_agents_has_no_place_on_the_other_side,
    what_was_sent_since_is_counted_by_person,
    none_goes_while_a_backup_is_made,
);

const SIZE: u64 = 48_210;
const LONG_AGO: Instant = Instant(1);

fn picture(n: u8) -> File {
    File {
        name: "Fähre.png".into(),
        kind: FileType::Png,
        size_bytes: SIZE,
        hash: [n; 32],
        pixels: Some((1_280, 720)),
    }
}

fn send(n: u8, note: bool) -> Verb {
    let file = Box::new(picture(n));
    Verb::Send { note, file }
}

async fn claim(desk: &Desk, n: u8) -> bool {
    desk.store.claim_content(&[n; 32], SIZE, LONG_AGO).await.unwrap()
}

async fn let_go(desk: &Desk) -> Vec<[u8; 32]> {
    desk.store.let_contents_go(Instant(2), 100).await.unwrap()
}

async fn sent(desk: &Desk, chat: ChatId, person: &Person, n: u8, note: bool) -> i64 {
    match desk.does(chat, person, send(n, note)).await {
        Ok(Outcome::Written { seq, .. }) => seq,
        other => panic!("{other:?}"),
    }
}

async fn an_entry_refers_only_to_a_content_that_was_claimed(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    let before = desk.chat(chat).await;
    let command = decided(&before, &priya(), send(1, false), cid());
    assert_eq!(desk.writes(command.clone()).await, Err(WriteError::ContentGone));
    assert_eq!(desk.chat(chat).await, before, "nothing was written");
    assert!(claim(desk, 1).await);
    let Ok(Outcome::Written { seq, .. }) = desk.writes(command.clone()).await else {
        panic!("it is claimed");
    };
    let entry = desk.entries(chat).await.pop().unwrap();
    assert_eq!((entry.seq, entry.what.file()), (seq, Some(&picture(1))));
    assert_eq!(
        entry,
        *desk.heard.entries_of(chat).last().unwrap(),
        "what is told is what is stored"
    );
    assert!(matches!(desk.writes(command).await, Ok(Outcome::Known { .. })));
    assert!(let_go(desk).await.is_empty());
}

async fn a_content_that_is_going_is_not_claimed_until_it_is_gone(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    assert!(claim(desk, 1).await && claim(desk, 1).await);
    assert!(
        desk.store.let_contents_go(LONG_AGO, 100).await.unwrap().is_empty(),
        "too early"
    );
    assert_eq!(let_go(desk).await, [[1; 32]]);
    assert!(!claim(desk, 1).await);
    assert_eq!(
        desk.does(chat, &priya(), send(1, false)).await,
        Err(WriteError::ContentGone)
    );
    // Who was to remove it ended: the next one is told, too.
    assert_eq!(let_go(desk).await, [[1; 32]]);
    desk.store.content_gone(&[1; 32]).await.unwrap();
    assert!(claim(desk, 1).await);
    sent(desk, chat, &priya(), 1, false).await;
    desk.store.content_gone(&[1; 32]).await.unwrap();
    assert_eq!(desk.store.contents_after(&[], 10).await.unwrap(), [([1; 32], SIZE)]);
}

async fn a_content_that_two_entries_share_goes_with_the_second(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &ines()).await;
    assert!(claim(desk, 1).await);
    let first = sent(desk, chat, &priya(), 1, false).await;
    let second = sent(desk, chat, &ines(), 1, true).await;
    for (of, public_of, gone) in [(first, Some(4), false), (second, None, true)] {
        desk.does(chat, &ines(), Verb::Redact { of, public_of }).await.unwrap();
        assert_eq!(let_go(desk).await.contains(&[1; 32]), gone);
        let entry = desk
            .store
            .entries_after(chat, Side::Agents, of - 1, 1)
            .await
            .unwrap()
            .remove(0);
        assert!(entry.what.file().is_none() && entry.what.text().is_none(), "{entry:?}");
    }
    assert!(desk.store.contents_after(&[], 10).await.unwrap().is_empty());
}

async fn a_file_for_agents_has_no_place_on_the_other_side(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    assert!(claim(desk, 1).await && claim(desk, 2).await);
    sent(desk, chat, &maren(), 1, true).await;
    sent(desk, chat, &maren(), 2, false).await;
    let hers = desk.store.entries_after(chat, Side::External, 0, 100).await.unwrap();
    let files: Vec<_> = hers.iter().filter_map(|entry| entry.what.file()).collect();
    assert_eq!(files, [&picture(2)]);
}

async fn what_was_sent_since_is_counted_by_person(desk: &Desk) {
    let chat = desk.open_chat(&priya(), &maren()).await;
    assert!(claim(desk, 1).await);
    sent(desk, chat, &priya(), 1, false).await;
    sent(desk, chat, &priya(), 1, false).await;
    sent(desk, chat, &maren(), 1, false).await;
    let bytes = async |since| desk.store.bytes_sent(priya().id, since).await.unwrap();
    assert_eq!(bytes(LONG_AGO).await, 2 * SIZE);
    assert_eq!(bytes(desk.chat(chat).await.last_at).await, 0);
}

async fn none_goes_while_a_backup_is_made(desk: &Desk) {
    assert!(claim(desk, 1).await);
    let original = store::Original::open(&desk.database.url).await.unwrap().unwrap();
    assert!(let_go(desk).await.is_empty(), "it may still be to be copied");
    drop(original);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    // PostgreSQL learns a little later that a connection ended.
    while let_go(desk).await.is_empty() {
        assert!(std::time::Instant::now() < until, "it stays");
    }
}
