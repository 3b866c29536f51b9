//! States of earlier days open with the present program: every row is there, `verify` finds nothing, and there is a way back.
//!
//! `crates/server/tests/data` holds a state of each schema there was, on each engine; its README says how they are made.

use crate::backup::held::Held;
use crate::client::granted;
use crate::desk::{Desk, Engine};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use proof::Lane;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use uuid::Uuid;
use wire::{Queues, TicketRef};

/// Tables whose rows a step takes away, and the step.
const TAKEN_AWAY: [(&str, i64); 1] = [("outbox", 8)];

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// Where the state of this schema is, by the last step that made it.
fn state(engine: Engine, step: i64) -> PathBuf {
    data().join(match engine {
        Engine::Sqlite => format!("sqlite-{step:02}.db.gz"),
        _ => format!("postgres-{step:02}.sql.gz"),
    })
}

fn unpacked(file: &Path) -> Vec<u8> {
    let packed = fs::read(file).unwrap_or_else(|e| panic!("{}: {e}; its README says how it is made", file.display()));
    let mut bytes = Vec::new();
    GzDecoder::new(&packed[..])
        .read_to_end(&mut bytes)
        .expect("packed by gzip");
    bytes
}

/// An installation with a state of earlier days.
async fn with_state(engine: Engine, step: i64) -> Option<Desk> {
    let desk = Desk::prepare(engine).await?;
    let bytes = unpacked(&state(engine, step));
    match engine {
        Engine::Sqlite => fs::write(desk.dir().join("deskbell.db"), bytes).expect("a database"),
        _ => {
            let sql = String::from_utf8(bytes).expect("SQL");
            let mut db = sqlx::PgConnection::connect(desk.database())
                .await
                .expect("the database");
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut db)
                .await
                .expect("a dump");
            db.close().await.expect("closed");
        }
    }
    // What is old is swept away at the first start.
    desk.is_of_today().await;
    Some(desk)
}

async fn held(desk: &Desk, name: &str) -> Held {
    let path = desk.path(name);
    desk.cli(&["backup", "--without-files", &path]).await;
    Held::read(Path::new(&path))
}

fn snapshots(desk: &Desk) -> Vec<PathBuf> {
    let folder = fs::read_dir(desk.dir().join("snapshots"));
    let mut found: Vec<_> = folder
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.sort();
    found
}

#[tokio::test]
async fn every_state_on_sqlite_opens_and_has_a_way_back() {
    every_state(Engine::Sqlite).await;
}

#[tokio::test]
async fn every_state_on_postgres_opens_and_has_a_way_back() {
    every_state(Engine::Postgres).await;
}

async fn every_state(engine: Engine) {
    let lane = Lane::part("upgrade", &format!("every state on {engine}"));
    let (steps, newest) = (store::steps(), store::newest_schema());
    let (mut states, mut rows) = (0, 0);
    for (n, step) in steps.iter().enumerate() {
        // The same steps lead there on both engines: on PostgreSQL all of them where there is time, else every third and the newest.
        if engine == Engine::Postgres && proof::scale() == 1 && n % 3 != 0 && n + 1 != steps.len() {
            continue;
        }
        let Some(mut desk) = with_state(engine, *step).await else {
            return lane.skip("no PostgreSQL");
        };
        let is_newest = n + 1 == steps.len();
        let schema = *steps[..=n].iter().max().expect("a step");
        let before = held(&desk, "before.tar").await;
        assert_eq!(before.manifest["head"]["schema"], json!(schema));

        let said = desk.cli(&["upgrade", "--check"]).await;
        let from_to = format!("from {schema} to {newest}");
        assert!(said.contains(&from_to) || is_newest || schema == newest, "{said}");
        assert!(
            said.contains("Nothing is wrong") && said.contains("Nothing is changed"),
            "{said}"
        );
        for (table, by) in TAKEN_AWAY {
            let is_told = said.contains(&format!("cannot be taken back: DROP TABLE {table}"));
            assert_eq!(is_told, !steps[..=n].contains(&by), "{said}");
        }
        assert!(snapshots(&desk).is_empty(), "a check leaves nothing");
        before.equals(&held(&desk, "checked.tar").await, &[]);

        // Either way: by the command, or by starting the service.
        if n % 2 == 0 {
            desk.cli(&["upgrade"]).await;
        } else {
            desk.serve_without_demo().await;
            desk.terminate().await;
            desk.ended().await;
        }
        let after = held(&desk, "after.tar").await;
        assert_eq!(after.manifest["head"]["schema"], json!(newest));
        let gone: Vec<&str> = TAKEN_AWAY
            .iter()
            .filter(|(_, by)| !steps[..=n].contains(by))
            .map(|(it, _)| *it)
            .collect();
        before.is_in(&after, &gone);
        desk.verify().await;

        let kept = snapshots(&desk);
        assert_eq!(kept.len(), usize::from(!is_newest), "{kept:?}");
        if let Some(snapshot) = kept.first() {
            let Some(back) = Desk::prepare(engine).await else {
                return;
            };
            back.cli(&["restore", "--keep-schema", &snapshot.display().to_string()])
                .await;
            before.equals(&held(&back, "back.tar").await, &[]);
        }
        is_of_use(&mut desk).await;
        states += 1;
        rows += before.rows();
        lane.case();
    }
    lane.figure("states", states);
    lane.figure("rows", rows);
    lane.figure("steps", steps.len());
    lane.finish();
}

/// Ines signs in, and finds the chat that is over as it was.
async fn is_of_use(desk: &mut Desk) {
    desk.serve_without_demo().await;
    let ines = desk.agent("ines").await;
    let chats: wire::Chats = granted("the archive", ines.get("/api/chats?which=archive").await);
    let over = chats.chats.first().expect("a chat that is over");
    let snapshot = ines.snapshot(over.id).await;
    let said = |text: &str| {
        snapshot
            .entries
            .iter()
            .any(|entry| format!("{:?}", entry.what).contains(text))
    };
    assert!(said("Pier 3") && said("She is a regular"), "{:?}", snapshot.entries);
    let here = ines.stays().await;
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("Is anybody there?").await.id;
    ines.accept(chat).await;
    drop(here);
    desk.verify().await;
    desk.terminate().await;
    desk.ended().await;
}

#[tokio::test]
async fn a_newer_database_is_refused_with_the_way_back() {
    let lane = Lane::part("upgrade", "a newer database");
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(desk) = with_state(engine, *store::steps().last().expect("a step")).await else {
            return lane.skip("no PostgreSQL");
        };
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99, 'later', true, ";
        match engine {
            Engine::Sqlite => {
                let mut db = sqlx::SqliteConnection::connect(desk.database())
                    .await
                    .expect("the file");
                let sql = AssertSqlSafe(format!("{newer} x'00', 1)"));
                sqlx::raw_sql(sql).execute(&mut db).await.expect("a row");
                db.close().await.expect("closed");
            }
            _ => {
                let mut db = sqlx::PgConnection::connect(desk.database())
                    .await
                    .expect("the database");
                let sql = AssertSqlSafe(format!("{newer} '\\x00', 1)"));
                sqlx::raw_sql(sql).execute(&mut db).await.expect("a row");
            }
        }
        for command in [
            &["verify"][..],
            &["upgrade", "--check"],
            &["upgrade"],
            &["agent", "list"],
        ] {
            let (status, said) = desk.try_cli(command, "").await;
            assert_eq!(status.code(), Some(1), "{said}");
            assert!(
                said.contains("a newer program has made schema 99") && said.contains("--replace"),
                "{said}"
            );
        }
        // A backup changes nothing, so it is made all the same.
        assert_eq!(held(&desk, "newer.tar").await.manifest["head"]["schema"], json!(99));
        let (status, said) = desk.try_cli(&["restore", "--check", &desk.path("newer.tar")], "").await;
        assert!(!status.success() && said.contains("schema 99"), "{said}");
        lane.case();
    }
    lane.finish();
}

#[tokio::test]
async fn without_room_for_the_snapshot_nothing_is_changed() {
    let lane = Lane::part("upgrade", "without room for the snapshot");
    let steps = store::steps();
    let desk = with_state(Engine::Sqlite, steps[0])
        .await
        .expect("SQLite is always there");
    let before = held(&desk, "before.tar").await;
    let (status, said) = desk.try_cli_within(1, &["upgrade"]).await;
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(
        said.contains("a snapshot has to be made before") && said.contains("snapshots_kept = 0"),
        "{said}"
    );
    assert!(snapshots(&desk).is_empty());
    before.equals(&held(&desk, "after.tar").await, &[]);
    lane.case();
    lane.finish();
}

/// Makes the states that are missing, with `UPDATE=1`. One that is there stays as it was released.
#[tokio::test]
async fn states_that_are_missing_are_made() {
    if std::env::var_os("UPDATE").is_none() {
        return;
    }
    let steps = store::steps();
    let missing = |step: &i64| {
        [Engine::Sqlite, Engine::Postgres]
            .iter()
            .any(|engine| !state(*engine, *step).exists())
    };
    if !steps.iter().any(missing) {
        return;
    }
    let mut desk = Desk::start(Engine::Sqlite).await.expect("SQLite is always there");
    story(&desk).await;
    desk.terminate().await;
    desk.ended().await;
    let story = held(&desk, "story.tar").await;
    for n in 0..steps.len() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let file = state(engine, steps[n]);
            if !file.exists() {
                let bytes = state_of(engine, &steps[..=n], &story).await;
                let mut packed = GzEncoder::new(Vec::new(), Compression::best());
                packed.write_all(&bytes).expect("packed");
                fs::write(file, packed.finish().expect("packed")).expect("a file");
            }
        }
    }
}

/// People, chats and tickets such as every schema can hold, as far as it has tables for them.
async fn story(desk: &Desk) {
    let ines = desk.agent("ines").await;
    let here = ines.stays().await;
    let (priya, hanne) = (desk.visitor("Priya Raman").await, desk.customer("hanne").await);
    for n in 0..3 {
        let waits = hanne.start_chat("Where is my trailer?").await.id;
        ines.accept(waits).await;
        ines.say(waits, &format!("On the quay, row {n}.")).await;
        ines.close(waits).await;
    }
    let over = priya.start_chat("Which pier?").await.id;
    ines.accept(over).await;
    ines.say(over, "Pier 3, \"north\" \\ 船票 ตั๋ว\n\tand a second line.")
        .await;
    ines.note(over, "She is a regular: be quick.").await;
    ines.close(over).await;
    let open = hanne.start_chat("And my bicycle?").await.id;
    ines.accept(open).await;
    drop(here);
    let queues: Queues = granted("queues", ines.get("/api/queues").await);
    let queue = queues.queues.first().expect("a queue").queue.id;
    let ticket = json!({ "cid": Uuid::now_v7(), "title": "A trailer", "text": "She rang.", "queue": queue });
    let _: TicketRef = granted("a ticket", ines.post("/api/tickets", ticket).await);
}

/// The schema that these steps make, with what it can hold of the story.
async fn state_of(engine: Engine, steps: &[i64], story: &Held) -> Vec<u8> {
    let desk = Desk::prepare(engine).await.expect("both engines, to make states");
    let file = desk.dir().join("deskbell.db");
    let mut blank = match engine {
        Engine::Sqlite => store::Blank::sqlite(&file, steps).await.expect("a database"),
        _ => {
            store::Blank::postgres(desk.database(), steps, None)
                .await
                .expect("a database")
                .expect("an empty one")
                .0
        }
    };
    for table in story.manifest["tables"].as_array().expect("tables") {
        let name = table["name"].as_str().expect("a name");
        let columns = table["columns"].as_array().expect("columns");
        let columns = columns
            .iter()
            .map(|it| (it["name"].as_str().expect("a name"), it["is"].as_str().expect("a type")));
        let columns: Vec<_> = columns
            .filter(|column| blank.table(name, &[*column]).is_some())
            .collect();
        let rows = &story.tables[name];
        if columns.is_empty() || rows.is_empty() {
            continue;
        }
        let target = blank.table(name, &columns).expect("these columns");
        let line = |row: &std::collections::BTreeMap<String, Value>| {
            json!(columns.iter().map(|(column, _)| &row[*column]).collect::<Vec<_>>()).to_string() + "\n"
        };
        let lines: String = rows.iter().map(line).collect();
        blank.put(&target, &lines).await.expect("its rows");
    }
    blank.finish(7, false).await.expect("finished");
    if engine == Engine::Sqlite {
        return fs::read(file).expect("the database");
    }
    let dump = Command::new("pg_dump")
        .args([
            "--no-owner",
            "--no-privileges",
            "--rows-per-insert=1000",
            "--dbname",
            desk.database(),
        ])
        .output()
        .expect("pg_dump is installed, to make states");
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    // Words for psql, and settings that other versions of the server do not know.
    let text = String::from_utf8(dump.stdout).expect("SQL");
    let is_plain = |line: &&str| {
        !line.starts_with('\\') && !line.starts_with("--") && !line.starts_with("SET ") && !line.is_empty()
    };
    text.lines()
        .filter(is_plain)
        .fold(String::new(), |text, line| text + line + "\n")
        .into_bytes()
}
