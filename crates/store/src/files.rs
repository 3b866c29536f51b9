//! Contents of files, and what refers to them.
//!
//! Invariant: a content is claimed here before it is put where contents lie, an entry refers to it only while it is not going, and it
//! is removed from there only while it is going: so none that is referred to is ever removed.

use crate::db::{Db, read, write_tx};
use crate::{Store, StoreError, copy, sql, us};
use domain::{Instant, PersonId};

/// The name of a content.
pub type Hash = [u8; 32];

impl Store {
    /// Says that a content of so many bytes is about to be stored and referred to. False while the same is being removed: it can be
    /// claimed again in a moment.
    pub async fn claim_content(&self, hash: &Hash, size_bytes: u64, at: Instant) -> Result<bool, StoreError> {
        let claimed = write_tx!(&self.db, tx => {
            sqlx::query(sql::CLAIM_CONTENT).bind(&hash[..]).bind(size_bytes as i64).bind(us(at)).execute(&mut *tx).await?.rows_affected()
        });
        Ok(claimed == 1)
    }

    /// Marks contents nothing has referred to since before that instant, at most `limit`, and tells them with those marked before
    /// and not yet gone. While a backup is made it marks none: the backup may still be to copy them.
    pub async fn let_contents_go(&self, idle_before: Instant, limit: i64) -> Result<Vec<Hash>, StoreError> {
        let _nobody_copies = match &self.db {
            Db::Sqlite { reader, .. } => match copy::contents_may_go(reader.connect_options().get_filename())? {
                None => return Ok(Vec::new()),
                held => held,
            },
            Db::Postgres(_) => None,
        };
        let shared = matches!(self.db, Db::Postgres(_));
        let rows: Vec<Vec<u8>> = write_tx!(&self.db, tx => {
            if shared && sqlx::query_scalar::<_, i64>(sql::CONTENTS_MAY_GO).fetch_one(&mut *tx).await? == 0 {
                return Ok(Vec::new());
            }
            sqlx::query_scalar(sql::LET_CONTENTS_GO).bind(us(idle_before)).bind(limit).fetch_all(&mut *tx).await?
        });
        rows.into_iter().map(hash).collect()
    }

    /// It is removed from where contents lie.
    pub async fn content_gone(&self, hash: &Hash) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::CONTENT_GONE).bind(&hash[..]).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Bytes of the files this person has sent since then, and that are still there.
    pub async fn bytes_sent(&self, person: PersonId, since: Instant) -> Result<u64, StoreError> {
        let bytes: i64 = read!(&self.db, p => sqlx::query_scalar(sql::BYTES_SENT).bind(person.0).bind(us(since)).fetch_one(p).await)?;
        Ok(bytes as u64)
    }

    /// Whether an entry refers to it.
    pub async fn content_is_used(&self, hash: &Hash) -> Result<bool, StoreError> {
        let used: i64 =
            read!(&self.db, p => sqlx::query_scalar(sql::CONTENT_IS_USED).bind(&hash[..]).fetch_one(p).await)?;
        Ok(used > 0)
    }

    /// Contents something refers to and their sizes, in order of hash behind one, at most `limit`.
    pub async fn contents_after(&self, after: &[u8], limit: i64) -> Result<Vec<(Hash, u64)>, StoreError> {
        let rows: Vec<(Vec<u8>, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::CONTENTS_AFTER).bind(after).bind(limit).fetch_all(p).await)?;
        let content = |(bytes, size): (Vec<u8>, i64)| Ok((hash(bytes)?, size as u64));
        rows.into_iter().map(content).collect()
    }
}

pub(crate) fn hash(bytes: Vec<u8>) -> Result<Hash, StoreError> {
    let len = bytes.len();
    let unreadable = |_| StoreError::Unreadable(format!("content.hash has {len} bytes"));
    bytes.try_into().map_err(unreadable)
}
