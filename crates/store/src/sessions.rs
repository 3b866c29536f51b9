//! What opens the door: a cookie's or a visitor's token, stored as its hash.

use crate::accounts::having;
use crate::accounts::{PersonColumns, PersonRow};
use crate::db::{read, write_tx};
use crate::rows::unreadable;
use crate::{Store, StoreError, sql, us};
use domain::person::sort_key;
use domain::{Instant, Kind, PersonId};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub person: PersonRow,
    pub created_at: Instant,
    pub seen_at: Instant,
    /// A public user's chats that are not closed.
    pub running: i64,
    /// When a public user's last chat closed.
    pub last_closed_at: Option<Instant>,
    /// An agent who holds a key on a group that asks for a second factor, and has none.
    pub owes_factor: bool,
}

/// Where a session was opened, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whence {
    /// An address; of IPv6 the /64.
    pub network: Option<String>,
    pub browser: Option<String>,
    pub system: Option<String>,
}

/// A session as people look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    pub token_hash: [u8; 32],
    pub created_at: Instant,
    pub seen_at: Instant,
    pub whence: Whence,
}

/// A session with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionOf {
    pub session: OpenSession,
    pub person: PersonId,
    pub kind: Kind,
    pub name: String,
    pub login: Option<String>,
}

impl Store {
    /// False, and nothing stored, when the person is not valid any more.
    pub async fn make_session(
        &self,
        token_hash: &[u8; 32],
        person: PersonId,
        at: Instant,
        whence: &Whence,
    ) -> Result<bool, StoreError> {
        let made = write_tx!(&self.db, tx => {
            let made = sqlx::query(sql::MAKE_SESSION).bind(&token_hash[..]).bind(person.0).bind(us(at));
            let made = made.bind(&whence.network).bind(&whence.browser).bind(&whence.system);
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

    /// A person's sessions that were made after `oldest` and used after `idle`, those used last first, at most 200.
    pub async fn sessions_of(
        &self,
        person: PersonId,
        oldest: Instant,
        idle: Instant,
    ) -> Result<Vec<OpenSession>, StoreError> {
        let rows: Vec<OpenRow> = read!(&self.db, p => {
            sqlx::query_as(sql::SESSIONS_OF).bind(person.0).bind(us(oldest)).bind(us(idle)).fetch_all(p).await
        })?;
        rows.into_iter().map(OpenRow::open).collect()
    }

    /// A page of everybody's sessions, the newest first, behind a place (when it was made, how its hash begins): those of people whose
    /// name, login or address has `part` in it.
    pub async fn sessions_page(
        &self,
        part: &str,
        (oldest, idle): (Instant, Instant),
        after: (Instant, &[u8]),
        limit: i64,
    ) -> Result<Vec<SessionOf>, StoreError> {
        let pattern = having(&sort_key(part));
        let rows: Vec<OfRow> = read!(&self.db, p => {
            sqlx::query_as(sql::SESSIONS_PAGE)
                .bind(&pattern)
                .bind(us(oldest))
                .bind(us(idle))
                .bind(us(after.0))
                .bind(after.1)
                .bind(limit)
                .fetch_all(p)
                .await
        })?;
        rows.into_iter().map(OfRow::of).collect()
    }

    /// The session whose hash begins so, and whose it is.
    pub async fn session_named(&self, begins: &[u8; 16]) -> Result<Option<([u8; 32], PersonId)>, StoreError> {
        let mut behind = begins.to_vec();
        behind.extend([u8::MAX; 17]);
        let row: Option<(Vec<u8>, Uuid)> = read!(&self.db, p => {
            sqlx::query_as(sql::SESSION_NAMED).bind(&begins[..]).bind(&behind).fetch_optional(p).await
        })?;
        row.map(|(bytes, person)| Ok((hash(bytes)?, PersonId(person))))
            .transpose()
    }

    /// Ends a person's sessions but one.
    pub async fn end_sessions_but(&self, person: PersonId, but: &[u8; 32]) -> Result<u64, StoreError> {
        let ended = write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(sql::END_SESSIONS_OF).bind(person.0).bind(&but[..]).execute(&mut *tx).await?.rows_affected()
        });
        Ok(ended)
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
    owes: i64,
}

impl SessionColumns {
    fn session(self) -> Result<Session, StoreError> {
        Ok(Session {
            person: self.person.person()?,
            created_at: Instant(self.created_at),
            seen_at: Instant(self.seen_at),
            running: self.running,
            last_closed_at: self.last_closed_at.map(Instant),
            owes_factor: self.owes == 1,
        })
    }
}

#[derive(sqlx::FromRow, Debug)]
struct OpenRow {
    token_hash: Vec<u8>,
    created_at: i64,
    seen_at: i64,
    network: Option<String>,
    browser: Option<String>,
    system: Option<String>,
}

impl OpenRow {
    fn open(self) -> Result<OpenSession, StoreError> {
        Ok(OpenSession {
            token_hash: hash(self.token_hash)?,
            created_at: Instant(self.created_at),
            seen_at: Instant(self.seen_at),
            whence: Whence {
                network: self.network,
                browser: self.browser,
                system: self.system,
            },
        })
    }
}

#[derive(sqlx::FromRow, Debug)]
struct OfRow {
    #[sqlx(flatten)]
    session: OpenRow,
    person_id: Uuid,
    kind: String,
    name: String,
    login: Option<String>,
}

impl OfRow {
    fn of(self) -> Result<SessionOf, StoreError> {
        Ok(SessionOf {
            session: self.session.open()?,
            person: PersonId(self.person_id),
            kind: Kind::from_word(&self.kind).ok_or_else(|| unreadable("person.kind", &self.kind))?,
            name: self.name,
            login: self.login,
        })
    }
}

fn hash(bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    let len = bytes.len();
    let unreadable = |_| StoreError::Unreadable(format!("session.token_hash has {len} bytes"));
    bytes.try_into().map_err(unreadable)
}
