//! What survives a restart: SQLite and PostgreSQL behind one SQL text.
//!
//! Statements live in [`sql`] and nowhere else; a test prepares each on both engines. Chats are written by one writer
//! task per node ([`writer`]), which commits whatever queued up during the last commit; everything else writes in a
//! transaction of its own.
#![forbid(unsafe_code)]

mod accounts;
mod archive;
mod at_once;
mod audit;
mod batch;
mod channels;
mod chats;
mod checkpoint;
mod copy;
mod counts;
mod db;
mod errands;
mod factors;
mod files;
mod grants;
mod identities;
mod links;
mod look;
mod outbox;
mod people;
mod profiles;
mod retention;
mod rows;
mod sessions;
mod snippets;
pub mod sql;
mod ticket_index;
mod ticket_writes;
mod tickets;
mod verify;
mod writer;

pub use accounts::*;
pub use archive::*;
pub use audit::{AdminChange, Administered, Administrator, AuditRecord};
pub use channels::*;
pub use chats::*;
pub use copy::{
    Alone, Blank, Column, InTheWay, Original, Part, Standing, Step, Table, is_no_database, migrate, migrate_and_verify,
    newest_schema, steps,
};
pub use counts::Counts;
pub use db::{Db, Writer};
pub use errands::{Errand, NewErrand, Put};
pub use factors::*;
pub use files::*;
pub use grants::*;
pub use identities::*;
pub use links::{Link, NewLink, Purpose};
pub use outbox::{Cap, Cause, Effect, EffectState, OpenEffect, Settled, Stored};
pub use people::*;
pub use profiles::Profile;
pub use retention::*;
pub use sessions::*;
pub use snippets::*;
pub use ticket_index::{FoundTicket, FoundTickets};
pub use ticket_writes::{
    ATTACHMENTS, ArticleMail, Attach, Attached, ChangedTicket, Made, NewArticle, NewLine, NewLineBy, NewTicket,
    TicketCommand, Wrote,
};
pub use tickets::*;
pub use verify::{Finding, Report};
pub use writer::{Announce, Command, Committed, Outcome, Stamp, Start, Waited, WriteError};

use domain::{Instant, Settings};
use std::sync::Arc;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the schema could not be brought to this version: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("{0}")]
    Unfit(String),
    /// A stored row this version cannot read.
    #[error("unreadable row: {0}")]
    Unreadable(String),
    /// A unique name is taken; the constraint's name says which.
    #[error("{0} is taken")]
    Taken(&'static str),
    /// As many were sent as may be.
    #[error("as many were sent as may be")]
    Capped,
    /// After the change nobody could administer any more.
    #[error("somebody must be left who administers")]
    LastAdministrator,
}

/// A database, opened and migrated.
#[derive(Clone)]
pub struct Store {
    pub(crate) db: Db,
    epoch: i64,
    writer: writer::Handle,
}

impl Store {
    /// Opens the database and starts its writer. `announce` hears of every commit, after it and before its commands are answered.
    pub async fn open(url: &str, epoch: i64, announce: Arc<dyn Announce>) -> Result<Self, StoreError> {
        let db = Db::open(url).await?;
        let epoch = first_epoch(&db, epoch).await?;
        let writer = writer::start(db.clone(), announce);
        Ok(Self { db, epoch, writer })
    }

    /// Changed by a restore from backup; part of every position. `open` stores the one it is given if there is none yet.
    pub fn epoch(&self) -> i64 {
        self.epoch
    }

    /// Writes what queued up and closes. Later commands are answered with [`WriteError::Stopped`].
    pub async fn close(&self) {
        self.writer.stop().await;
        self.db.close().await;
    }

    /// Raised by every change of a right, account, channel or setting, by any process.
    pub async fn permission_epoch(&self) -> Result<i64, StoreError> {
        Ok(db::read!(&self.db, p => sqlx::query_scalar(sql::PERMISSION_EPOCH).fetch_one(p).await)?)
    }

    pub async fn settings(&self) -> Result<Settings, StoreError> {
        let rows: Vec<(String, i64, Option<String>)> =
            db::read!(&self.db, p => sqlx::query_as(sql::SETTINGS).fetch_all(p).await)?;
        let mut settings = Settings::default();
        for (name, value, text) in rows {
            // A setting of a newer version, or out of today's bounds, keeps its default.
            if let Err(why) = settings.set(&name, &text.unwrap_or_else(|| value.to_string())) {
                tracing::warn!(%why, "stored setting ignored");
            }
        }
        Ok(settings)
    }

    /// Reads with as little in the way of others as can be: to be called in a thread that yields to them.
    pub async fn aside<T>(&self, read: impl AsyncFnOnce(&Self) -> T) -> T {
        let aside = Self {
            db: self.db.aside(),
            ..self.clone()
        };
        let out = read(&aside).await;
        aside.db.close_aside().await;
        out
    }

    pub(crate) fn writer(&self) -> &writer::Handle {
        &self.writer
    }
}

async fn first_epoch(db: &Db, epoch: i64) -> Result<i64, StoreError> {
    db::write_tx!(db, tx => {
        sqlx::query(sql::MAKE_INSTALLATION).bind(epoch).execute(&mut *tx).await?;
    });
    Ok(db::read!(db, p => sqlx::query_scalar(sql::EPOCH).fetch_one(p).await)?)
}

/// Where an instant goes into SQL.
pub(crate) fn us(instant: Instant) -> i64 {
    instant.0
}
