//! What opens the door: a cookie's or a visitor's token, stored as its hash.

use crate::accounts::{PersonColumns, PersonRow};
use crate::db::{read, write_tx};
use crate::{Store, StoreError, sql, us};
use domain::{Instant, PersonId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub person: PersonRow,
    pub created_at: Instant,
    pub seen_at: Instant,
    /// A public user's chats that are not closed.
    pub running: i64,
    /// When a public user's last chat closed.
    pub last_closed_at: Option<Instant>,
}

impl Store {
    /// False, and nothing stored, when the person is not valid any more.
    pub async fn make_session(&self, token_hash: &[u8; 32], person: PersonId, at: Instant) -> Result<bool, StoreError> {
        let made = write_tx!(&self.db, tx => {
            let made = sqlx::query(sql::MAKE_SESSION).bind(&token_hash[..]).bind(person.0).bind(us(at));
            made.execute(&mut *tx).await?.rows_affected()
        });
        Ok(made > 0)
    }

    pub async fn session(&self, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        let row: Option<SessionColumns> =
            read!(&self.db, p => sqlx::query_as(sql::SESSION).bind(&token_hash[..]).fetch_optional(p).await)?;
        row.map(SessionColumns::session).transpose()
    }

    /// Remembers that the session was used.
    pub async fn see_session(&self, token_hash: &[u8; 32], at: Instant) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::SEE_SESSION).bind(&token_hash[..]).bind(us(at)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    pub async fn end_session(&self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(sql::END_SESSION).bind(&token_hash[..]).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Removes sessions that open nothing any more: made before `oldest` or unused since `idle`; of visitors, those made
    /// before `closed` whose chats were all closed by then. Returns how many.
    pub async fn sweep_sessions(&self, oldest: Instant, idle: Instant, closed: Instant) -> Result<u64, StoreError> {
        let swept = write_tx!(&self.db, tx => {
            let accounts = sqlx::query(sql::SWEEP_SESSIONS).bind(us(oldest)).bind(us(idle)).execute(&mut *tx).await?;
            let visitors = sqlx::query(sql::SWEEP_VISITORS).bind(us(closed)).bind(us(closed)).execute(&mut *tx).await?;
            accounts.rows_affected() + visitors.rows_affected()
        });
        Ok(swept)
    }
}

#[derive(sqlx::FromRow, Debug)]
struct SessionColumns {
    #[sqlx(flatten)]
    person: PersonColumns,
    created_at: i64,
    seen_at: i64,
    running: i64,
    last_closed_at: Option<i64>,
}

impl SessionColumns {
    fn session(self) -> Result<Session, StoreError> {
        Ok(Session {
            person: self.person.person()?,
            created_at: Instant(self.created_at),
            seen_at: Instant(self.seen_at),
            running: self.running,
            last_closed_at: self.last_closed_at.map(Instant),
        })
    }
}
