//! Moves what was committed from SQLite's log into its file, beside the writer instead of within a commit.
//!
//! SQLite's own checkpoint comes with every thousandth page, and the commit that meets it waits some ten milliseconds. Here it runs
//! on a connection of its own while commits go on. Only when they never pause, so that the log would grow without end,
//! does the writer wait for the last part.

use crate::db::Writer;
use crate::sql;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Mutex, Notify};

/// Pages written between two checkpoints, as far as they can be guessed.
const EVERY: u64 = 1_000;
/// Pages in the log at which the writer has to wait: 32 MiB.
const LOG_MAX: i64 = 8_000;

#[derive(Debug)]
pub(crate) struct Checkpoints {
    options: SqliteConnectOptions,
    connection: Mutex<Option<SqliteConnection>>,
    pages: AtomicU64,
    due: Notify,
}

impl Checkpoints {
    pub fn new(options: SqliteConnectOptions) -> Self {
        Self {
            options,
            connection: Mutex::default(),
            pages: AtomicU64::new(0),
            due: Notify::new(),
        }
    }

    /// About so many pages were written.
    pub fn wrote(&self, pages: u64) {
        if self.pages.fetch_add(pages, Ordering::Relaxed) + pages >= EVERY {
            self.pages.store(0, Ordering::Relaxed);
            self.due.notify_one();
        }
    }

    /// Runs for ever.
    pub async fn run(&self, writer: &Writer) {
        loop {
            self.due.notified().await;
            let moved = match self.pass().await {
                Ok(log) if log > LOG_MAX => self.catch_up(writer).await,
                other => other.map(drop),
            };
            if let Err(error) = moved {
                // Nothing is lost: the log keeps it, and the next commits ask again.
                tracing::warn!(%error, "a checkpoint failed");
            }
        }
    }

    /// With nothing written meanwhile, all of the log is moved, and the next commit begins it anew.
    async fn catch_up(&self, writer: &Writer) -> Result<(), sqlx::Error> {
        let held = writer.hold().await?;
        self.pass().await?;
        drop(held);
        Ok(())
    }

    /// Moves what can be moved without anybody waiting; returns the length of the log in pages.
    async fn pass(&self) -> Result<i64, sqlx::Error> {
        let mut connection = self.connection.lock().await;
        if connection.is_none() {
            *connection = Some(self.options.connect().await?);
        }
        let Some(open) = connection.as_mut() else { return Ok(0) };
        let (_, log, _): (i64, i64, i64) = sqlx::query_as(sql::CHECKPOINT).fetch_one(open).await?;
        Ok(log)
    }

    /// The last connection that closes empties the log, so this one goes first.
    pub async fn close(&self) -> Result<(), sqlx::Error> {
        match self.connection.lock().await.take() {
            Some(connection) => connection.close().await,
            None => Ok(()),
        }
    }
}
