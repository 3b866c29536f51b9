//! Second factors: a sealed secret for each person who set one up, and his recovery codes as hashes.

use crate::db::{read, write_tx};
use crate::{Store, StoreError, sql, us};
use domain::{GroupId, Instant, PersonId};
use uuid::Uuid;

/// A second factor as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Sealed.
    pub secret: Vec<u8>,
    /// Of the newest code that was taken.
    pub step: i64,
    pub created_at: Instant,
    /// Recovery codes that were not used.
    pub codes: i64,
}

/// A second factor to be kept.
#[derive(Debug, Clone)]
pub struct NewFactor {
    pub person: PersonId,
    /// Sealed.
    pub secret: Vec<u8>,
    /// Of the code by which it was set up: that one is used.
    pub step: i64,
    /// Hashes of the recovery codes.
    pub codes: Vec<[u8; 32]>,
    pub at: Instant,
}

/// Puts recovery codes in the place of those there were.
macro_rules! put_codes {
    ($tx:ident, $person:expr, $codes:expr) => {
        sqlx::query(sql::REMOVE_CODES)
            .bind($person.0)
            .execute(&mut *$tx)
            .await?;
        for code in $codes {
            sqlx::query(sql::PUT_CODE)
                .bind($person.0)
                .bind(&code[..])
                .execute(&mut *$tx)
                .await?;
        }
    };
}

impl Store {
    pub async fn factor(&self, person: PersonId) -> Result<Option<Factor>, StoreError> {
        let row: Option<(Vec<u8>, i64, i64, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::FACTOR).bind(person.0).fetch_optional(p).await)?;
        Ok(row.map(|(secret, step, created_at, codes)| Factor {
            secret,
            step,
            created_at: Instant(created_at),
            codes,
        }))
    }

    /// Keeps a second factor in the place of the one there was; the person's sessions end but one.
    pub async fn put_factor(&self, new: &NewFactor, but: &[u8; 32]) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            let put = sqlx::query(sql::PUT_FACTOR).bind(new.person.0).bind(&new.secret).bind(new.step).bind(us(new.at));
            put.execute(&mut *tx).await?;
            put_codes!(tx, new.person, &new.codes);
            sqlx::query(sql::END_SESSIONS_OF).bind(new.person.0).bind(&but[..]).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Takes a person's own second factor away; his sessions end but one.
    pub async fn remove_factor(&self, person: PersonId, but: &[u8; 32]) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(sql::REMOVE_FACTOR).bind(person.0).execute(&mut *tx).await?;
            sqlx::query(sql::REMOVE_CODES).bind(person.0).execute(&mut *tx).await?;
            sqlx::query(sql::END_SESSIONS_OF).bind(person.0).bind(&but[..]).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Puts recovery codes in the place of those there were.
    pub async fn put_codes(&self, person: PersonId, codes: &[[u8; 32]]) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            put_codes!(tx, person, codes);
        });
        Ok(())
    }

    /// Takes the code of a step, once; false when it or a later one was taken.
    pub async fn use_step(&self, person: PersonId, step: i64) -> Result<bool, StoreError> {
        let used = write_tx!(&self.db, tx => {
            sqlx::query(sql::USE_STEP).bind(person.0).bind(step).execute(&mut *tx).await?.rows_affected()
        });
        Ok(used == 1)
    }

    /// Takes a recovery code, once.
    pub async fn use_code(&self, person: PersonId, hash: &[u8; 32]) -> Result<bool, StoreError> {
        let used = write_tx!(&self.db, tx => {
            sqlx::query(sql::USE_CODE).bind(person.0).bind(&hash[..]).execute(&mut *tx).await?.rows_affected()
        });
        Ok(used == 1)
    }

    /// Whether an agent holds a key on a group that asks for a second factor.
    pub async fn needs_factor(&self, person: PersonId) -> Result<bool, StoreError> {
        let groups: i64 =
            read!(&self.db, p => sqlx::query_scalar(sql::NEEDS_FACTOR).bind(person.0).fetch_one(p).await)?;
        Ok(groups > 0)
    }

    /// The groups that ask for a second factor.
    pub async fn guarded_groups(&self) -> Result<Vec<GroupId>, StoreError> {
        let ids: Vec<Uuid> = read!(&self.db, p => sqlx::query_scalar(sql::GUARDED_GROUPS).fetch_all(p).await)?;
        Ok(ids.into_iter().map(GroupId).collect())
    }
}
