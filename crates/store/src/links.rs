//! One-time links: whoever has the token may choose a password, once. Stored as hashes, one for each person and purpose.

use crate::accounts::NO_TOKEN;
use crate::db::{read, write_tx};
use crate::rows::unreadable;
use crate::{Store, StoreError, sql, us};
use domain::{Instant, Kind, PersonId};
use uuid::Uuid;

/// What a link was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Somebody forgot his password.
    Reset,
    /// Somebody has an account and no password yet.
    Invitation,
}

impl Purpose {
    pub fn word(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Invitation => "invitation",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Reset, Self::Invitation]
            .into_iter()
            .find(|purpose| purpose.word() == word)
    }
}

/// A link to be made.
#[derive(Debug, Clone)]
pub struct NewLink {
    pub token_hash: [u8; 32],
    pub person: PersonId,
    pub purpose: Purpose,
    pub at: Instant,
    pub expires_at: Instant,
}

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub person: PersonId,
    pub kind: Kind,
    pub name: String,
    pub login: String,
    pub purpose: Purpose,
    pub expires_at: Instant,
}

/// Puts a link in the place of the one there was.
macro_rules! put_link {
    ($tx:expr, $link:expr) => {{
        let link: &$crate::NewLink = $link;
        sqlx::query($crate::sql::REMOVE_LINKS_FOR)
            .bind(link.person.0)
            .bind(link.purpose.word())
            .execute(&mut *$tx)
            .await?;
        sqlx::query($crate::sql::PUT_LINK)
            .bind(&link.token_hash[..])
            .bind(link.person.0)
            .bind(link.purpose.word())
            .bind($crate::us(link.at))
            .bind($crate::us(link.expires_at))
            .execute(&mut *$tx)
            .await?;
    }};
}

pub(crate) use put_link;

impl Store {
    /// Makes a link; older ones of the same person and purpose open nothing any more.
    pub async fn put_link(&self, link: &NewLink) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            put_link!(tx, link);
        });
        Ok(())
    }

    /// What the token of a link opens; `None` if it is unknown, was used, or ran out, or the account is not valid.
    pub async fn link(&self, token_hash: &[u8; 32], now: Instant) -> Result<Option<Link>, StoreError> {
        let row: Option<LinkRow> = read!(&self.db, p => {
            sqlx::query_as(sql::LINK).bind(&token_hash[..]).bind(us(now)).fetch_optional(p).await
        })?;
        row.map(LinkRow::link).transpose()
    }

    /// Uses a link up and sets the password of whom it is for; all his sessions and links end. False, and nothing done, when it
    /// opens nothing any more: of several who use it at once one does.
    pub async fn use_link(
        &self,
        token_hash: &[u8; 32],
        person: PersonId,
        password_hash: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let used = write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            let used = sqlx::query(sql::USE_LINK).bind(&token_hash[..]).bind(us(now)).execute(&mut *tx).await?;
            let used = used.rows_affected() == 1;
            if used {
                sqlx::query(sql::SET_PASSWORD).bind(person.0).bind(password_hash).execute(&mut *tx).await?;
                sqlx::query(sql::REMOVE_LINKS).bind(person.0).execute(&mut *tx).await?;
                sqlx::query(sql::END_SESSIONS_OF).bind(person.0).bind(NO_TOKEN).execute(&mut *tx).await?;
            }
            used
        });
        Ok(used)
    }

    /// Removes links that ran out.
    pub async fn sweep_links(&self, now: Instant) -> Result<u64, StoreError> {
        let swept = write_tx!(&self.db, tx => {
            sqlx::query(sql::SWEEP_LINKS).bind(us(now)).execute(&mut *tx).await?.rows_affected()
        });
        Ok(swept)
    }

    /// The valid account of a kind that goes by this login, else by this address. Where several share an address it is none.
    pub async fn forgetful(&self, kind: Kind, who: &str) -> Result<Option<PersonId>, StoreError> {
        let rows: Vec<(Uuid, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::FORGETFUL).bind(kind.word()).bind(who).fetch_all(p).await)?;
        Ok(match rows.as_slice() {
            [(id, 1), ..] | [(id, _)] => Some(PersonId(*id)),
            _ => None,
        })
    }
}

#[derive(sqlx::FromRow, Debug)]
struct LinkRow {
    person_id: Uuid,
    kind: String,
    name: String,
    login: String,
    purpose: String,
    expires_at: i64,
}

impl LinkRow {
    fn link(self) -> Result<Link, StoreError> {
        Ok(Link {
            person: PersonId(self.person_id),
            kind: Kind::from_word(&self.kind).ok_or_else(|| unreadable("person.kind", &self.kind))?,
            name: self.name,
            login: self.login,
            purpose: Purpose::from_word(&self.purpose)
                .ok_or_else(|| unreadable("one_time_link.purpose", &self.purpose))?,
            expires_at: Instant(self.expires_at),
        })
    }
}
