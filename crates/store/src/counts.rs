//! How much there is of what: for a collector of figures.

use crate::db::{Db, read};
use crate::{Store, StoreError, sql};

/// By state, in the words of the database.
#[derive(Debug, Default)]
pub struct Counts {
    /// Of chats that are not closed: `requested`, `open`.
    pub chats: Vec<(String, i64)>,
    /// Of the outbox, those that are done until they are swept.
    pub effects: Vec<(String, i64)>,
    /// To a connected ticket system and not done: `waiting`, or `stuck` until an agent tries again.
    pub errands: Vec<(String, i64)>,
}

impl Store {
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        Ok(Counts {
            chats: read!(&self.db, p => sqlx::query_as(sql::CHATS_BY_STATE).fetch_all(p).await)?,
            effects: read!(&self.db, p => sqlx::query_as(sql::EFFECTS_BY_STATE).fetch_all(p).await)?,
            errands: read!(&self.db, p => sqlx::query_as(sql::ERRANDS_BY_TRIES).fetch_all(p).await)?,
        })
    }

    /// Connections of the pool, and how many of them are idle; of SQLite those that read.
    pub fn connections(&self) -> (usize, usize) {
        match &self.db {
            Db::Sqlite { reader, .. } => (reader.size() as usize, reader.num_idle()),
            Db::Postgres(pool) => (pool.size() as usize, pool.num_idle()),
        }
    }
}
