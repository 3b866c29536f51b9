//! The two engines behind one set of statements.

use crate::StoreError;
use crate::checkpoint::Checkpoints;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool, SqlSafeStr, SqliteConnection, SqlitePool};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

/// The first SQLite without the WAL-reset race, in which a write and a checkpoint of two connections may collide and
/// lose committed rows (sqlite.org, release 3.51.3).
const SQLITE_FIRST: (u32, u32, u32) = (3, 51, 3);
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const SQLITE_READERS: u32 = 4;
const PG_CONNECTIONS: u32 = 12;
/// How our connections are found among others.
pub(crate) const APPLICATION: &str = "deskbell";

#[derive(Clone, Debug)]
pub enum Db {
    /// One writer, always `BEGIN IMMEDIATE`; a few readers that cannot write.
    Sqlite {
        writer: Writer,
        reader: SqlitePool,
    },
    Postgres(PgPool),
}

/// The one connection that writes; who wants it waits in line. A pool of one would ask the connection whether it is well
/// before and after each use: two more journeys to its thread, where a whole batch needs one.
#[derive(Clone, Debug)]
pub struct Writer {
    connection: Arc<Mutex<Option<SqliteConnection>>>,
    checkpoints: Arc<Checkpoints>,
}

/// Pages that a transaction writes at least, about.
const PAGES_PER_HOLD: u64 = 4;
/// Pages that a message writes, about: the chat's, the entry's, and those of two indexes.
const PAGES_PER_MESSAGE: u64 = 4;

impl Writer {
    /// Waits for the connection and has it alone.
    pub async fn hold(&self) -> Result<MappedMutexGuard<'_, SqliteConnection>, sqlx::Error> {
        self.checkpoints.wrote(PAGES_PER_HOLD);
        let held = self.connection.lock().await;
        MutexGuard::try_map(held, Option::as_mut).map_err(|_| sqlx::Error::PoolClosed)
    }

    pub(crate) fn wrote_messages(&self, messages: usize) {
        self.checkpoints.wrote(PAGES_PER_MESSAGE * messages as u64);
    }

    /// Runs for ever; see [`Checkpoints`].
    pub(crate) async fn checkpoint(&self) {
        self.checkpoints.run(self).await;
    }

    async fn close(&self) {
        let first = self.checkpoints.close().await;
        let closed = match self.connection.lock().await.take() {
            Some(connection) => connection.close().await,
            None => Ok(()),
        };
        if let Err(error) = first.and(closed) {
            tracing::warn!(%error, "the database was not closed well; it will be mended when it is opened");
        }
    }
}

/// Runs one expression on the read side of either engine: `read!(db, p => sqlx::query(..).fetch_all(p).await)`.
macro_rules! read {
    ($db:expr, $p:ident => $e:expr) => {
        match $db {
            $crate::db::Db::Sqlite { reader: $p, .. } => $e,
            $crate::db::Db::Postgres($p) => $e,
        }
    };
}

/// Runs a block in a transaction of either engine and commits it: `write!(db, tx => { .. Ok(x) })`. An `Err` rolls back.
macro_rules! write_tx {
    ($db:expr, $tx:ident => $block:block) => {
        match $db {
            $crate::db::Db::Sqlite { writer, .. } => {
                let mut held = writer.hold().await?;
                let mut $tx = sqlx::Connection::begin_with(&mut *held, "BEGIN IMMEDIATE").await?;
                let out = $block;
                $tx.commit().await?;
                out
            }
            $crate::db::Db::Postgres(pool) => {
                let mut $tx = pool.begin().await?;
                let out = $block;
                $tx.commit().await?;
                out
            }
        }
    };
}

pub(crate) use {read, write_tx};

impl Db {
    /// Opens `sqlite:PATH` (made if missing) or `postgres://…`, and brings its schema to this version.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = if Self::is_postgres(url) {
            Self::postgres(url).await?
        } else {
            Self::sqlite(url).await?
        };
        db.migrate().await?;
        Ok(db)
    }

    pub(crate) fn is_postgres(url: &str) -> bool {
        url.starts_with("postgres://") || url.starts_with("postgresql://")
    }

    async fn sqlite(url: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            // What is deleted or taken away is overwritten, not only forgotten.
            .pragma("secure_delete", "on")
            // See `checkpoint`.
            .pragma("wal_autocheckpoint", "0");
        let mut writer = options.connect().await?;
        let version: String = sqlx::query_scalar(crate::sql::SQLITE_VERSION)
            .fetch_one(&mut writer)
            .await?;
        if parse_version(&version) < SQLITE_FIRST {
            return Err(StoreError::Unfit(format!(
                "SQLite {version} may lose committed writes; 3.51.3 or newer is needed"
            )));
        }
        let checkpoints = Checkpoints::new(options.clone().create_if_missing(false));
        let reader = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            // A file does not hang up; the question would cost as much as the answer to most others.
            .test_before_acquire(false)
            .connect_lazy_with(options.create_if_missing(false).read_only(true));
        let writer = Writer {
            connection: Arc::new(Mutex::new(Some(writer))),
            checkpoints: Arc::new(checkpoints),
        };
        Ok(Self::Sqlite { writer, reader })
    }

    async fn postgres(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?.application_name(APPLICATION).options([
            ("synchronous_commit", "on"),
            // What a node has locked that was paused or lost is free again before people notice.
            ("idle_in_transaction_session_timeout", "3s"),
            ("tcp_user_timeout", "10s"),
            ("tcp_keepalives_idle", "5"),
            ("tcp_keepalives_interval", "2"),
            ("tcp_keepalives_count", "3"),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(PG_CONNECTIONS)
            .acquire_timeout(BUSY_TIMEOUT)
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        let migrator = migrator(matches!(self, Self::Sqlite { .. }), None).await?;
        match self {
            Self::Sqlite { writer, .. } => migrator.run(&mut *writer.hold().await?).await?,
            Self::Postgres(pool) => migrator.run(pool).await?,
        }
        Ok(())
    }

    /// The same database for one reader who yields to everybody: over a connection of its own where it is a file, since the thread
    /// that serves a connection is made by who opens it, and takes over its priority.
    pub(crate) fn aside(&self) -> Self {
        match self {
            Self::Sqlite { writer, reader } => Self::Sqlite {
                writer: writer.clone(),
                reader: SqlitePoolOptions::new()
                    .max_connections(1)
                    .connect_lazy_with((*reader.connect_options()).clone()),
            },
            Self::Postgres(pool) => Self::Postgres(pool.clone()),
        }
    }

    /// Ends what [`Db::aside`] began.
    pub(crate) async fn close_aside(&self) {
        if let Self::Sqlite { reader, .. } = self {
            reader.close().await;
        }
    }

    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, reader } => {
                reader.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

fn parse_version(version: &str) -> (u32, u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
    )
}

/// Brings a schema to this version, or lays it as far as `only` says.
pub(crate) async fn migrator(strict: bool, only: Option<&[i64]>) -> Result<Migrator, sqlx::migrate::MigrateError> {
    let mut migrator = Migrator::new(Migrations {
        strict,
        only: only.map(<[i64]>::to_vec),
    })
    .await?;
    migrator.set_ignore_missing(only.is_some());
    Ok(migrator)
}

/// The migrations in the binary, in the words of the engine.
#[derive(Debug)]
struct Migrations {
    strict: bool,
    only: Option<Vec<i64>>,
}

pub(crate) const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "first", include_str!("../migrations/0001_first.sql")),
    (2, "everybody", include_str!("../migrations/0002_everybody.sql")),
    (3, "people", include_str!("../migrations/0003_people.sql")),
    (4, "tickets", include_str!("../migrations/0004_tickets.sql")),
    (6, "archive", include_str!("../migrations/0006_archive.sql")),
    (7, "tickets_found", include_str!("../migrations/0007_tickets_found.sql")),
    (8, "mail", include_str!("../migrations/0008_mail.sql")),
    (10, "desks", include_str!("../migrations/0010_desks.sql")),
    (9, "files", include_str!("../migrations/0009_files.sql")),
    (
        11,
        "chat_of_ticket",
        include_str!("../migrations/0011_chat_of_ticket.sql"),
    ),
    (
        12,
        "article_files",
        include_str!("../migrations/0012_article_files.sql"),
    ),
    (13, "audit", include_str!("../migrations/0013_audit.sql")),
    (14, "administered", include_str!("../migrations/0014_administered.sql")),
    (15, "accounts", include_str!("../migrations/0015_accounts.sql")),
    (16, "unseen_mail", include_str!("../migrations/0016_unseen_mail.sql")),
    (17, "identity", include_str!("../migrations/0017_identity.sql")),
    (18, "look", include_str!("../migrations/0018_look.sql")),
    (19, "found_by", include_str!("../migrations/0019_found_by.sql")),
    (20, "ticket_parts", include_str!("../migrations/0020_ticket_parts.sql")),
    (21, "ticket_due", include_str!("../migrations/0021_ticket_due.sql")),
];

impl<'s> sqlx::migrate::MigrationSource<'s> for Migrations {
    fn resolve(self) -> futures_util::future::BoxFuture<'s, Result<Vec<Migration>, sqlx::error::BoxDynError>> {
        let text = |sql: &str| {
            let sql = of_engine(sql, if self.strict { "-- SQLite" } else { "-- PostgreSQL" });
            if self.strict { strict(&sql) } else { sql }
        };
        let wanted = |version: &i64| self.only.as_ref().is_none_or(|only| only.contains(version));
        let migrations = MIGRATIONS
            .iter()
            .filter(|(version, _, _)| wanted(version))
            .map(|(version, name, sql)| {
                let sql = AssertSqlSafe(text(sql)).into_sql_str();
                Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
            })
            .collect();
        Box::pin(async move { Ok(migrations) })
    }
}

/// A migration without what stands in it for the other engine.
fn of_engine(sql: &str, engine: &str) -> String {
    let mut ours = true;
    let mut kept: Vec<&str> = Vec::new();
    for line in sql.lines() {
        match line {
            "-- SQLite" | "-- PostgreSQL" => ours = line == engine,
            "-- end" => ours = true,
            line if ours => kept.push(line),
            _ => {}
        }
    }
    kept.join("\n") + "\n"
}

/// SQLite's words for the types, and STRICT tables so that it keeps to them.
fn strict(sql: &str) -> String {
    sql.lines()
        .map(|line| match line {
            ");" => ") STRICT;".to_owned(),
            _ if line.starts_with("--") => line.to_owned(),
            _ => line
                .replace(" UUID", " BLOB")
                .replace(" BYTEA", " BLOB")
                .replace(" BIGINT", " INTEGER"),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        for old in ["3.51.2", "3.9.9", "3.50.12", "", "unknown"] {
            assert!(parse_version(old) < SQLITE_FIRST, "{old}");
        }
        for fit in ["3.51.3", "3.51.10", "3.100.0", "4.0"] {
            assert!(parse_version(fit) >= SQLITE_FIRST, "{fit}");
        }
    }
}
