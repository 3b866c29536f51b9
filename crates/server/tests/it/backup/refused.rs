//! What is not whole, not ours, too new, in the way, or has no room is refused with a sentence, and leaves nothing.

use super::{back_up, talk};
use crate::desk::{Desk, Engine, on_both};
use crate::live::PATIENCE;
use proof::Lane;
use sqlx::Connection;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tokio::time::Instant;

/// Nothing of the kind is left in the folder.
fn is_clean(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        let left = name.contains("unfinished") || name.contains("restoring") || name == "new.tar";
        assert!(!left, "{name} was left");
    }
}

async fn refuses(desk: &Desk, args: &[&str], why: &str) {
    let (status, said) = desk.try_cli(args, "").await;
    assert_eq!(status.code(), Some(1), "{args:?}: {said}");
    assert!(said.contains(why), "{args:?} says {said:?} instead of {why:?}");
}

#[tokio::test]
async fn broken_foreign_and_newer_backups_are_refused() {
    let lane = Lane::part("backup", "broken foreign and newer");
    let desk = Desk::start(Engine::Sqlite).await.expect("SQLite is always there");
    talk(&desk).await;
    back_up(&desk, "whole.tar").await;
    let whole = fs::read(desk.path("whole.tar")).expect("a backup");
    let place = Desk::prepare(Engine::Sqlite).await.expect("SQLite is always there");
    let try_it = async |name: &str, bytes: &[u8], why: &str| {
        let path = place.path("tried.tar");
        fs::write(&path, bytes).expect("a file");
        let (status, said) = place.try_cli(&["restore", &path], "").await;
        assert_eq!(status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(why) || why.is_empty(), "{name}: {said}");
        assert!(said.ends_with(".\n") && !said.contains("panicked"), "{name}: {said}");
        let db = place.dir().join("deskbell.db");
        assert!(!db.exists(), "{name} left a database");
        is_clean(place.dir());
        lane.case();
    };
    // The names of entries stand in blocks that tar itself sums; what is between them has our sums. A block of nothing but zeros is padding.
    let blocks: Vec<usize> = (0..whole.len() / 512).filter(|n| whole[n * 512] != 0).collect();
    for block in blocks.iter().step_by(blocks.len() / 40 + 1) {
        let mut bytes = whole.clone();
        bytes[block * 512] ^= 1;
        try_it("one bit is turned", &bytes, "").await;
    }
    for part in 1..8 {
        let cut = &whole[..whole.len() * part / 8];
        try_it("its end is missing", cut, if part == 0 { "is no backup" } else { "" }).await;
    }
    // Where an entry ends, tar sees nothing missing.
    try_it("its sums are missing", &whole[..4 * 512], "").await;
    try_it(
        "a letter",
        b"Dear Ines, where is my trailer?",
        "is no backup of Deskbell",
    )
    .await;
    try_it("nothing", b"", "is no backup of Deskbell").await;
    let head = |head: &str| {
        let mut tar = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_ustar();
        header.set_path("deskbell-backup.json").expect("a name");
        header.set_size(head.len() as u64);
        header.set_cksum();
        tar.append(&header, head.as_bytes()).expect("a tar");
        tar.into_inner().expect("a tar")
    };
    let newer = r#"{"format":1,"version":"9.1.0","schema":99,"steps":[1,99],"engine":"sqlite","epoch":1,"made_at":"","files":true}"#;
    try_it(
        "a newer schema",
        &head(newer),
        "was made by Deskbell 9.1.0, with schema 99",
    )
    .await;
    try_it(
        "a newer format",
        &head(r#"{"format":2,"version":"9.1.0","schema":99}"#),
        "Restore it with that version",
    )
    .await;
    refuses(&place, &["restore", &place.path("nowhere.tar")], "cannot be read").await;
    let checked = place.cli(&["restore", "--check", &desk.path("whole.tar")]).await;
    assert!(checked.contains("is whole"), "{checked}");
    assert!(!place.dir().join("deskbell.db").exists(), "it was only checked");
    lane.finish();
}

#[tokio::test]
async fn a_backup_replaces_nothing_and_needs_something_to_back_up() {
    on_both(async |desk: Desk| {
        fs::write(desk.path("there.tar"), "a letter").expect("a file");
        refuses(&desk, &["backup", &desk.path("there.tar")], "is there already").await;
        assert_eq!(fs::read(desk.path("there.tar")).expect("the letter"), b"a letter");
        refuses(
            &desk,
            &["backup", &desk.path("no/folder.tar")],
            "Make it, or name another place",
        )
        .await;
        // Into a folder it goes under a name of its own.
        fs::create_dir(desk.path("backups")).expect("a folder");
        desk.cli(&["backup", &desk.path("backups"), "--without-files"]).await;
        assert_eq!(fs::read_dir(desk.path("backups")).expect("a folder").count(), 1);
        if let Some(empty) = Desk::prepare(desk.engine).await {
            refuses(&empty, &["backup", &empty.path("new.tar")], "no database").await;
            is_clean(empty.dir());
        }
    })
    .await;
}

#[tokio::test]
async fn a_full_disk_is_said_and_leaves_nothing() {
    on_both(async |desk: Desk| {
        talk(&desk).await;
        let whole = desk.path("whole.tar");
        desk.cli(&["backup", &whole]).await;
        // Files may grow to so many KiB: the disk is full after them, at several places in the backup.
        for kib in [1, 4, 8] {
            let (status, said) = desk.try_cli_within(kib, &["backup", &desk.path("new.tar")]).await;
            assert_eq!(status.code(), Some(1), "{said}");
            assert!(said.contains("there is no room for the backup"), "{said}");
            is_clean(desk.dir());
        }
        if desk.engine == Engine::Sqlite {
            let place = Desk::prepare(Engine::Sqlite).await.expect("SQLite is always there");
            let (status, said) = place.try_cli_within(64, &["restore", &whole]).await;
            assert_eq!(status.code(), Some(1), "{said}");
            assert!(said.contains("room"), "{said}");
            assert!(!place.dir().join("deskbell.db").exists());
            is_clean(place.dir());
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_content_that_is_missing_is_told_and_the_rest_is_kept() {
    on_both(async |desk: Desk| {
        talk(&desk).await;
        let all = crate::files::stored(&crate::files::folder(&desk));
        fs::remove_file(&all[0]).expect("a content");
        let (status, said) = desk.try_cli(&["backup", &desk.path("less.tar")], "").await;
        assert_eq!(status.code(), Some(3), "{said}");
        assert!(said.contains("1 files that are referred to"), "{said}");
        let held = super::Held::read(Path::new(&desk.path("less.tar")));
        assert_eq!(held.contents.len(), 1);
        assert_eq!(held.manifest["contents"]["missing"].as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test]
async fn who_is_stopped_half_way_leaves_nothing() {
    let lane = Lane::part("backup", "stopped half way");
    let Some(desk) = Desk::start(Engine::Postgres).await else {
        return lane.skip("no PostgreSQL");
    };
    // A backup comes as far as this table, and waits.
    let mut db = sqlx::PgConnection::connect(desk.database())
        .await
        .expect("the database");
    let lock = sqlx::raw_sql("BEGIN; LOCK TABLE snippet IN ACCESS EXCLUSIVE MODE");
    lock.execute(&mut db).await.expect("a lock");
    let mut backup = desk.begin_cli(&["backup", &desk.path("new.tar")]);
    let until = Instant::now() + PATIENCE;
    let begun = || {
        fs::read_dir(desk.dir())
            .expect("a folder")
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().contains("unfinished"))
    };
    while !begun() {
        assert!(Instant::now() < until, "it does not begin");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let id = backup.id().expect("it runs").to_string();
    let told = tokio::process::Command::new("kill").args(["-TERM", &id]).status().await;
    assert!(told.expect("kill is there").success());
    let status = tokio::time::timeout(PATIENCE, backup.wait())
        .await
        .expect("it ends")
        .expect("a status");
    assert_eq!(status.code(), Some(1));
    is_clean(desk.dir());
    db.close().await.expect("closed");
    desk.cli(&["backup", &desk.path("whole.tar")]).await;
    lane.case();
    lane.finish();
}
