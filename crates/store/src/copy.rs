//! Whole databases: all rows as they were at one instant, and an empty database that takes them, whatever schema they have and
//! on whichever engine they are.
//!
//! A row travels as a line of JSON, its columns in the order of the table: numbers as they are, texts as texts, ids and other bytes
//! in hex. So a copy of one engine fills the other, and can be read without either. What follows from other rows (the search
//! indexes) and who is connected just now are left out.

use crate::db::{APPLICATION, MIGRATIONS, migrator};
use crate::sql::{self, Engine, Kind};
use crate::{Announce, Committed, Db, Hash, Report, Store, StoreError};
use futures_util::TryStreamExt;
use sqlx::migrate::Migrate;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool,
    Transaction,
};
use std::fs::File;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

/// Who is connected, which is over by the time it is read again; where the search index has what; and the driver's own table.
const LEFT_OUT: [&str; 4] = ["node", "presence", "ticket_part", "_sqlx_migrations"];
/// Lines that are given away at once, in bytes, about.
const PART_BYTES: usize = 4 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// "int", "text" or "bytes".
    pub is: &'static str,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

impl Table {
    fn columns(&self) -> Vec<(&str, Kind)> {
        self.columns.iter().map(|it| (it.name.as_str(), it.kind)).collect()
    }
}

/// Some rows of a table.
#[derive(Debug)]
pub struct Part {
    /// Each ends with a line feed.
    pub lines: String,
    pub rows: u64,
}

/// A step from one schema to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub version: i64,
    pub name: &'static str,
    /// What it removes, in words of SQL: it cannot be brought back from what is left.
    pub takes_away: Vec<&'static str>,
}

/// How a database stands to this program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    pub applied: Vec<i64>,
    pub pending: Vec<Step>,
    /// Steps only a newer program knows.
    pub unknown: Vec<i64>,
}

impl Standing {
    pub fn of(applied: Vec<i64>) -> Self {
        let known = |version: &i64| MIGRATIONS.iter().any(|(known, _, _)| known == version);
        let pending = MIGRATIONS.iter().filter(|(version, _, _)| !applied.contains(version));
        Self {
            pending: pending.map(step).collect(),
            unknown: applied.iter().filter(|it| !known(it)).copied().collect(),
            applied,
        }
    }

    /// The number of the schema it has.
    pub fn schema(&self) -> i64 {
        self.applied.iter().copied().max().unwrap_or(0)
    }
}

/// The number of the schema this program works with.
pub fn newest_schema() -> i64 {
    MIGRATIONS.iter().map(|(version, _, _)| *version).max().unwrap_or(0)
}

/// All steps this program knows, in their order.
pub fn steps() -> Vec<i64> {
    MIGRATIONS.iter().map(|(version, _, _)| *version).collect()
}

fn step((version, name, text): &'static (i64, &'static str, &'static str)) -> Step {
    Step {
        version: *version,
        name,
        takes_away: text
            .lines()
            .filter(|line| sql::takes_away(line))
            .map(|line| line.trim_end_matches(';'))
            // What was set aside to be filled into its successor is not lost.
            .filter(|line| !line.ends_with("_before"))
            .collect(),
    }
}

/// A database as it is at one instant, read while others write. Contents of files that anything refers to at that instant stay
/// where they are until this is dropped.
pub struct Original {
    connection: Reading,
    standing: Standing,
    tables: Vec<Table>,
    epoch: i64,
    bytes: u64,
    /// Of SQLite, the folder's lock.
    _held: Option<File>,
}

enum Reading {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// One expression on the connection of either engine.
macro_rules! on {
    ($what:expr, $c:ident => $e:expr) => {
        match $what {
            Reading::Sqlite($c) => $e,
            Reading::Postgres($c) => $e,
        }
    };
}

impl Original {
    /// `None` where there is no database of ours: it is missing, empty, or something else. Changes nothing.
    pub async fn open(url: &str) -> Result<Option<Self>, StoreError> {
        let (mut connection, held) = match Db::is_postgres(url) {
            true => (Reading::Postgres(reading_postgres(url).await?), None),
            false => {
                let options = SqliteConnectOptions::from_str(url)?
                    .create_if_missing(false)
                    .read_only(true);
                if !options.get_filename().is_file() {
                    return Ok(None);
                }
                let held = hold_contents(options.get_filename())?;
                let mut connection = options.connect().await?;
                sqlx::raw_sql(sql::BEGIN_READING).execute(&mut connection).await?;
                (Reading::Sqlite(connection), Some(held))
            }
        };
        // The first look at the data is the instant.
        let tables = tables(&mut connection).await?;
        let is_ours = |name: &str| tables.iter().any(|(table, _)| table == name);
        if !is_ours("_sqlx_migrations") || !is_ours("installation") {
            return Ok(None);
        }
        let applied: Vec<i64> = on!(&mut connection, c => sqlx::query_scalar(sql::APPLIED).fetch_all(c).await)?;
        let epoch: Option<i64> = on!(&mut connection, c => sqlx::query_scalar(sql::EPOCH).fetch_optional(c).await)?;
        let text = match connection {
            Reading::Sqlite(_) => sql::DATABASE_BYTES,
            Reading::Postgres(_) => sql::DATABASE_BYTES_PG,
        };
        let bytes: i64 = on!(&mut connection, c => sqlx::query_scalar(text).fetch_one(c).await)?;
        Ok(Some(Self {
            tables: copied(tables)?,
            standing: Standing::of(applied),
            epoch: epoch.unwrap_or(0),
            bytes: bytes as u64,
            connection,
            _held: held,
        }))
    }

    /// "sqlite" or "postgres".
    pub fn engine(&self) -> &'static str {
        match self.connection {
            Reading::Sqlite(_) => "sqlite",
            Reading::Postgres(_) => "postgres",
        }
    }

    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    pub fn epoch(&self) -> i64 {
        self.epoch
    }

    /// What it takes on its disk, about.
    pub fn size_bytes(&self) -> u64 {
        self.bytes
    }

    /// In the order in which they can be filled.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    pub async fn count(&mut self, table: &Table) -> Result<u64, StoreError> {
        let text = AssertSqlSafe(sql::count_rows(&table.name));
        let count: i64 = on!(&mut self.connection, c => sqlx::query_scalar(text).fetch_one(c).await)?;
        Ok(count as u64)
    }

    /// All rows of a table, a part at a time; ends early when `put` says no.
    pub async fn rows(&mut self, table: &Table, mut put: impl AsyncFnMut(Part) -> bool) -> Result<(), StoreError> {
        let engine = match self.connection {
            Reading::Sqlite(_) => Engine::Sqlite,
            Reading::Postgres(_) => Engine::Postgres,
        };
        let text = AssertSqlSafe(sql::lines_of(engine, &table.name, &table.columns()));
        let mut part = Part::empty();
        on!(&mut self.connection, c => {
            let mut rows = sqlx::query_scalar::<_, String>(text).persistent(false).fetch(c);
            while let Some(line) = rows.try_next().await? {
                part.lines.push_str(&line);
                part.lines.push('\n');
                part.rows += 1;
                if part.lines.len() >= PART_BYTES && !put(std::mem::replace(&mut part, Part::empty())).await {
                    return Ok(());
                }
            }
        });
        if part.rows > 0 {
            put(part).await;
        }
        Ok(())
    }

    /// Contents that something refers to, and their sizes, in order of hash.
    pub async fn contents(&mut self) -> Result<Vec<(Hash, u64)>, StoreError> {
        let has = |table: &Table, name: &str| table.columns.iter().any(|it| it.name == name && it.is == "bytes");
        let (of_contents, others): (Vec<_>, Vec<_>) = self
            .tables
            .iter()
            .filter(|table| has(table, "hash"))
            .partition(|it| it.name == "content");
        if of_contents.is_empty() || others.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<&str> = others.iter().map(|table| table.name.as_str()).collect();
        let text = AssertSqlSafe(sql::contents_of(&names));
        let rows: Vec<(Vec<u8>, i64)> = on!(&mut self.connection, c => sqlx::query_as(text).fetch_all(c).await)?;
        rows.into_iter()
            .map(|(bytes, size)| Ok((crate::files::hash(bytes)?, size as u64)))
            .collect()
    }

    /// Ends the connection in good order; contents may go again.
    pub async fn close(self) {
        let closed = match self.connection {
            Reading::Sqlite(connection) => connection.close().await,
            Reading::Postgres(connection) => connection.close().await,
        };
        if let Err(error) = closed {
            tracing::warn!(%error, "a connection that was read from was not closed well");
        }
    }

    /// Ends the reading, so that the database may forget what has changed since; contents stay held.
    pub async fn end_reading(&mut self) -> Result<(), StoreError> {
        on!(&mut self.connection, c => sqlx::query(sql::ROLLBACK).execute(c).await.map(drop))?;
        Ok(())
    }
}

impl Part {
    fn empty() -> Self {
        Self {
            lines: String::with_capacity(PART_BYTES + PART_BYTES / 8),
            rows: 0,
        }
    }
}

/// Without the limits of a connection that serves: a copy may take its time.
async fn reading_postgres(url: &str) -> Result<PgConnection, StoreError> {
    let mut connection = postgres_options(url)?.connect().await?;
    sqlx::query(sql::HOLD_CONTENTS).execute(&mut connection).await?;
    sqlx::raw_sql(sql::BEGIN_READING_PG).execute(&mut connection).await?;
    Ok(connection)
}

fn postgres_options(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options = PgConnectOptions::from_str(url)?.application_name(APPLICATION);
    Ok(options.options([("idle_in_transaction_session_timeout", "0"), ("statement_timeout", "0")]))
}

/// The folder's lock, shared by all who copy; see [`contents_may_go`].
fn hold_contents(database: &Path) -> Result<File, StoreError> {
    let folder = folder_of(database)?;
    folder.lock_shared().map_err(sqlx::Error::Io)?;
    Ok(folder)
}

/// While this is held nobody begins to copy the SQLite database. `None` while somebody does: no content may go then.
pub(crate) fn contents_may_go(database: &Path) -> Result<Option<File>, StoreError> {
    let folder = folder_of(database)?;
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(sqlx::Error::Io(error).into()),
    }
}

/// Of the folder, since a second handle on the file itself would end SQLite's locks on it.
fn folder_of(database: &Path) -> Result<File, StoreError> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(File::open(folder.unwrap_or(Path::new("."))).map_err(sqlx::Error::Io)?)
}

type Described = Vec<(String, Vec<(String, String)>)>;

/// Tables and columns with their types, as the catalogue has them.
async fn tables(connection: &mut Reading) -> Result<Described, StoreError> {
    let rows: Vec<(String, String, String)> = match connection {
        Reading::Sqlite(c) => sqlx::query_as(sql::COLUMNS).fetch_all(c).await?,
        Reading::Postgres(c) => sqlx::query_as(sql::COLUMNS_PG).fetch_all(c).await?,
    };
    Ok(described(rows))
}

fn described(rows: Vec<(String, String, String)>) -> Described {
    let mut tables = Described::new();
    for (table, column, is) in rows {
        match tables.last_mut() {
            Some((last, columns)) if *last == table => columns.push((column, is)),
            _ => tables.push((table, vec![(column, is)])),
        }
    }
    tables
}

/// Those that are copied, each behind those it refers to: the order in which they were first made.
fn copied(tables: Described) -> Result<Vec<Table>, StoreError> {
    let is_index = |columns: &[(String, String)]| columns.iter().any(|(_, is)| is == "tsvector");
    let wanted = |(name, columns): &(String, Vec<_>)| !LEFT_OUT.contains(&name.as_str()) && !is_index(columns);
    let tables = tables.into_iter().filter(wanted);
    let mut tables: Vec<Table> = tables
        .map(|(name, columns)| {
            let column = |(column, is): (String, String)| {
                let (kind, word) = kind(&is).ok_or_else(|| {
                    StoreError::Unfit(format!("{name}.{column} is of type {is}, which no backup holds"))
                })?;
                Ok(Column {
                    name: column,
                    is: word,
                    kind,
                })
            };
            let columns = columns.into_iter().map(column).collect::<Result<_, StoreError>>()?;
            Ok(Table { name, columns })
        })
        .collect::<Result<_, StoreError>>()?;
    let texts: String = MIGRATIONS.iter().map(|(_, _, text)| *text).collect();
    let made = |table: &Table| sql::made_at(&texts, &table.name).unwrap_or(usize::MAX);
    tables.sort_by_key(|table| (made(table), table.name.clone()));
    Ok(tables)
}

fn kind(is: &str) -> Option<(Kind, &'static str)> {
    Some(match is {
        "INTEGER" | "bigint" => (Kind::Int, "int"),
        "TEXT" | "text" => (Kind::Text, "text"),
        "BLOB" | "bytea" => (Kind::Bytes, "bytes"),
        "uuid" => (Kind::Uuid, "bytes"),
        _ => return None,
    })
}

/// An empty database that is being filled, all of it in one transaction: whatever fails leaves nothing.
pub struct Blank {
    filling: Filling,
    tables: Vec<Table>,
}

enum Filling {
    Sqlite(SqlitePool, Transaction<'static, Sqlite>),
    Postgres(PgPool, Transaction<'static, Postgres>),
}

macro_rules! into {
    ($what:expr, $tx:ident => $e:expr) => {
        match $what {
            Filling::Sqlite(_, $tx) => $e,
            Filling::Postgres(_, $tx) => $e,
        }
    };
}

/// What stands in the way of a [`Blank`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InTheWay {
    /// There are tables already.
    NotEmpty,
    /// So many others are connected.
    InUse(i64),
}

impl Blank {
    /// A new file, with the schema that these steps make. Nobody else may know of it yet.
    pub async fn sqlite(file: &Path, steps: &[i64]) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            // Half a file is thrown away.
            .journal_mode(SqliteJournalMode::Memory)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(false)
            .pragma("cache_size", "-65536");
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await?;
        let mut tx = pool.begin().await?;
        migrator(true, Some(steps)).await?.run(&mut *tx).await?;
        let rows = sqlx::query_as(sql::COLUMNS).fetch_all(&mut *tx).await?;
        Self::emptied(Filling::Sqlite(pool, tx), rows).await
    }

    /// The database at `url`, with the schema that these steps make. With `aside` what is there is kept in a schema of that name;
    /// without it has to be empty. Says also whether something was there. Processes that start meanwhile wait for the end.
    pub async fn postgres(
        url: &str,
        steps: &[i64],
        aside: Option<&str>,
    ) -> Result<Result<(Self, bool), InTheWay>, StoreError> {
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .connect_with(postgres_options(url)?)
            .await?;
        let mut tx = pool.begin().await?;
        tx.lock().await?;
        let others: i64 = sqlx::query_scalar(sql::OTHER_CONNECTIONS).fetch_one(&mut *tx).await?;
        if others > 0 {
            return Ok(Err(InTheWay::InUse(others)));
        }
        let there: Vec<(String, String, String)> = sqlx::query_as(sql::COLUMNS_PG).fetch_all(&mut *tx).await?;
        if !there.is_empty() {
            let Some(aside) = aside else {
                return Ok(Err(InTheWay::NotEmpty));
            };
            let schema: String = sqlx::query_scalar(sql::THIS_SCHEMA).fetch_one(&mut *tx).await?;
            for text in sql::put_schema_aside(&schema, aside) {
                sqlx::query(AssertSqlSafe(text)).execute(&mut *tx).await?;
            }
        }
        migrator(false, Some(steps)).await?.run(&mut *tx).await?;
        let rows = sqlx::query_as(sql::COLUMNS_PG).fetch_all(&mut *tx).await?;
        let blank = Self::emptied(Filling::Postgres(pool, tx), rows).await?;
        Ok(Ok((blank, !there.is_empty())))
    }

    /// Some steps put rows into what they make; the copy has them, too.
    async fn emptied(mut filling: Filling, rows: Vec<(String, String, String)>) -> Result<Self, StoreError> {
        let tables = copied(described(rows))?;
        for table in tables.iter().rev() {
            let text = AssertSqlSafe(sql::clear(&table.name));
            into!(&mut filling, tx => sqlx::query(text).execute(&mut **tx).await.map(drop))?;
        }
        Ok(Self { filling, tables })
    }

    /// A table of this name with these columns, as this database has them; `None` if it has not.
    pub fn table(&self, name: &str, columns: &[(&str, &str)]) -> Option<Table> {
        let table = self.tables.iter().find(|table| table.name == name)?;
        let column = |(name, is): &(&str, &str)| {
            let found = table
                .columns
                .iter()
                .find(|column| column.name == *name && column.is == *is);
            found.cloned()
        };
        let columns = columns.iter().map(column).collect::<Option<_>>()?;
        Some(Table {
            name: name.to_owned(),
            columns,
        })
    }

    /// Puts in lines as [`Original::rows`] gives them; says how many rows they were.
    pub async fn put(&mut self, table: &Table, lines: &str) -> Result<u64, StoreError> {
        let rows = format!("[{}]", lines.trim_end().replace('\n', ","));
        let engine = match self.filling {
            Filling::Sqlite(..) => Engine::Sqlite,
            Filling::Postgres(..) => Engine::Postgres,
        };
        let text = AssertSqlSafe(sql::put_lines(engine, &table.name, &table.columns()));
        Ok(into!(&mut self.filling, tx => {
            sqlx::query(text).bind(rows).execute(&mut **tx).await?.rows_affected()
        }))
    }

    /// Accounts have to sign in again; visitors keep their chats.
    pub async fn end_sessions(&mut self) -> Result<(), StoreError> {
        into!(&mut self.filling, tx => sqlx::query(sql::END_SESSIONS).execute(&mut **tx).await.map(drop))?;
        Ok(())
    }

    /// With an epoch, whoever knows positions of before begins anew. The search is built anew by who serves it. With `newest` the
    /// schema is brought to that of this program.
    pub async fn finish(mut self, epoch: i64, newest: bool) -> Result<(), StoreError> {
        let has = |name: &str, column: &str| {
            let table = self.tables.iter().find(|table| table.name == name);
            table.is_some_and(|table| table.columns.iter().any(|it| it.name == column))
        };
        let texts: Vec<_> = [
            ("chat", "to_index", sql::INDEX_CHATS_ANEW),
            ("ticket", "to_index", sql::INDEX_TICKETS_ANEW),
            ("ticket", "indexed", sql::NOTHING_INDEXED_OF_TICKETS),
        ]
        .into_iter()
        .filter_map(|(table, column, text)| has(table, column).then_some(text))
        .collect();
        into!(&mut self.filling, tx => {
            sqlx::query(sql::SET_EPOCH).bind(epoch).execute(&mut **tx).await?;
            for text in texts {
                sqlx::query(text).execute(&mut **tx).await?;
            }
        });
        match self.filling {
            Filling::Sqlite(pool, mut tx) => {
                if newest {
                    migrator(true, None).await?.run(&mut *tx).await?;
                }
                tx.commit().await?;
                pool.close().await;
            }
            Filling::Postgres(pool, mut tx) => {
                if newest {
                    migrator(false, None).await?.run(&mut *tx).await?;
                }
                tx.commit().await?;
                pool.close().await;
            }
        }
        Ok(())
    }
}

/// A SQLite file that nobody else has open: whoever wants to open it meanwhile waits, and is refused. `None` while somebody has.
pub struct Alone(SqliteConnection);

impl Alone {
    pub async fn with(file: &Path) -> Result<Option<Self>, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .busy_timeout(std::time::Duration::from_secs(1))
            .locking_mode(sqlx::sqlite::SqliteLockingMode::Exclusive);
        let alone = async {
            let mut connection = options.connect().await?;
            // Out of its log, so that the file is all there is.
            let mode: String = sqlx::query_scalar(sql::CLOSE_LOG).fetch_one(&mut connection).await?;
            sqlx::raw_sql(sql::BEGIN_EXCLUSIVE).execute(&mut connection).await?;
            Ok((mode == "delete").then_some(Self(connection)))
        };
        match alone.await {
            Err(sqlx::Error::Database(error)) if is_busy(&*error) => Ok(None),
            other => Ok(other?),
        }
    }

    pub async fn release(self) -> Result<(), StoreError> {
        Ok(self.0.close().await?)
    }
}

/// SQLITE_BUSY, whatever its extension (sqlite.org/rescode).
fn is_busy(error: &dyn sqlx::error::DatabaseError) -> bool {
    let code = error.code().and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

/// Whether an error says that a file is no SQLite database, or a damaged one.
pub fn is_no_database(error: &StoreError) -> bool {
    let StoreError::Database(sqlx::Error::Database(error)) = error else {
        return false;
    };
    let code = error.code().and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 11 | 26))
}

/// Hears nothing.
struct Nobody;

impl Announce for Nobody {
    fn committed(&self, _committed: Vec<Committed>) {}
}

/// Brings the schema of a database to that of this program, and checks everything in it.
pub async fn migrate_and_verify(url: &str) -> Result<Report, StoreError> {
    let store = Store::open(url, 1, Arc::new(Nobody)).await?;
    let report = store.verify().await;
    store.close().await;
    report
}

/// Brings the schema of a database to that of this program.
pub async fn migrate(url: &str) -> Result<(), StoreError> {
    Db::open(url).await?.close().await;
    Ok(())
}
