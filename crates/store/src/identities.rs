//! Signed identities: the keys of snippets, and which visitor a page's own name for somebody stands for.

use crate::accounts::{company, insert, taken};
use crate::db::{read, write_tx};
use crate::{NewPerson, Store, StoreError, sql, us};
use domain::person::sort_key;
use domain::{Instant, Kind, PersonId, SnippetId};
use uuid::Uuid;

/// What pages that embed a snippet sign identities with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityKey {
    pub id: Uuid,
    pub sealed: Vec<u8>,
    pub created_at: Instant,
}

/// The visitor that a page's own name for somebody stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    pub person: PersonId,
    pub name: String,
    pub email: Option<String>,
}

/// As whom a visitor is signed in on the pages he came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub subject: String,
    /// Proven to be his.
    pub email: Option<String>,
}

impl Store {
    /// A snippet's keys, the oldest first.
    pub async fn identity_keys(&self, snippet: SnippetId) -> Result<Vec<IdentityKey>, StoreError> {
        let rows: Vec<(Uuid, Vec<u8>, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::IDENTITY_KEYS).bind(snippet.0).fetch_all(p).await)?;
        let key = |(id, sealed, created_at)| IdentityKey {
            id,
            sealed,
            created_at: Instant(created_at),
        };
        Ok(rows.into_iter().map(key).collect())
    }

    pub async fn identified(&self, snippet: SnippetId, subject: &str) -> Result<Option<Identified>, StoreError> {
        let row: Option<(Uuid, String, Option<String>)> = read!(&self.db, p => sqlx::query_as(sql::IDENTIFIED).bind(snippet.0).bind(subject).fetch_optional(p).await)?;
        Ok(row.map(|(id, name, email)| Identified {
            person: PersonId(id),
            name,
            email,
        }))
    }

    pub async fn identity_of(&self, person: PersonId) -> Result<Option<Identity>, StoreError> {
        let row: Option<(String, Option<String>)> =
            read!(&self.db, p => sqlx::query_as(sql::IDENTITY_OF).bind(person.0).fetch_optional(p).await)?;
        Ok(row.map(|(subject, email)| Identity { subject, email }))
    }

    /// A new visitor, whom the subject stands for from now on. `Taken` when it stands for somebody.
    pub async fn make_identified(
        &self,
        new: &NewPerson,
        snippet: SnippetId,
        Identity { subject, email }: &Identity,
    ) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            insert!(tx, new);
            let made = sqlx::query(sql::MAKE_IDENTITY).bind(snippet.0).bind(subject).bind(new.id.0).bind(email);
            made.execute(&mut *tx).await.map_err(taken("the subject"))?;
        });
        Ok(())
    }

    /// What a visitor is called from now on, and the address that is proven to be his.
    pub async fn change_identified(&self, person: PersonId, name: &str, email: Option<&str>) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            let renamed = sqlx::query(sql::RENAME_VISITOR).bind(person.0).bind(name).bind(sort_key(name));
            renamed.execute(&mut *tx).await?;
            sqlx::query(sql::CHANGE_IDENTITY).bind(person.0).bind(email).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Ends a visitor's sessions but the newest ones.
    pub async fn keep_newest_sessions(&self, person: PersonId, how_many: i64) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::END_OLD_SESSIONS_OF).bind(person.0).bind(how_many).execute(&mut *tx).await?;
        });
        Ok(())
    }
}
