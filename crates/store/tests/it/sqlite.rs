//! What only SQLite has to promise: durable commits, strict tables, readers that cannot write.

use crate::engines::Engine;
use proof::Lane;
use sqlx::Row;
use store::Db;

#[tokio::test]
async fn commits_are_durable_tables_strict_and_readers_only_read() {
    let lane = Lane::part("store", "sqlite commits are durable, tables strict, readers only read");
    let database = Engine::Sqlite.database().await.expect("always there");
    let db = Db::open(&database.url).await.expect("opens");
    let Db::Sqlite { writer, reader } = &db else {
        panic!("opened as another engine")
    };

    let mut writer = writer.hold().await.expect("open");
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(&mut *writer)
        .await
        .unwrap();
    assert_eq!(
        synchronous, 2,
        "FULL: every commit reaches the disk before it is acknowledged"
    );
    let mut reading = reader.acquire().await.expect("open");
    for connection in [&mut *writer, &mut *reading] {
        let journal: String = ask(connection, "PRAGMA journal_mode").await;
        assert_eq!(journal, "wal");
        let foreign_keys: i64 = ask(connection, "PRAGMA foreign_keys").await;
        assert_eq!(foreign_keys, 1);
        let timeout: i64 = ask(connection, "PRAGMA busy_timeout").await;
        assert!(timeout >= 1_000, "{timeout} ms");
        lane.case();
    }
    drop(reading);

    let tables = sqlx::query("PRAGMA table_list").fetch_all(&mut *writer).await.unwrap();
    let ours = tables.iter().filter(|table| {
        let name: &str = table.get("name");
        // The tables of the search index are FTS5's own.
        table.get::<&str, _>("type") == "table"
            && table.get::<&str, _>("schema") == "main"
            && !name.starts_with("sqlite_")
            && !name.starts_with("_sqlx")
    });
    for table in ours {
        lane.case();
        if table.get::<i64, _>("strict") != 1 {
            lane.violation(format!("table {} is not STRICT", table.get::<&str, _>("name")));
        }
    }
    let wrong = sqlx::query("INSERT INTO setting (name, value) VALUES ('lease_s', 'long')")
        .execute(&mut *writer)
        .await;
    drop(writer);
    assert!(wrong.is_err(), "a text is no number");

    let written = sqlx::query("INSERT INTO setting (name, value) VALUES ('lease_s', 1)")
        .execute(reader)
        .await;
    let refused = written.expect_err("a reader cannot write").to_string();
    assert!(refused.contains("readonly"), "{refused}");

    let version: String = sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(reader)
        .await
        .unwrap();
    let numbers: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(numbers >= vec![3, 51, 3], "{version}");
    db.close().await;
    lane.finish();
}

async fn ask<T>(connection: &mut sqlx::SqliteConnection, pragma: &'static str) -> T
where
    T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    sqlx::query_scalar(pragma).fetch_one(connection).await.unwrap()
}
