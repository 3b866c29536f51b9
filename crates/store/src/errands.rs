//! Errands to a connected ticket system: what is to be there, kept until it is.

use crate::db::{read, write_tx};
use crate::{Store, StoreError, sql, us};
use domain::{ChatId, ClientId, Instant, PersonId};
use uuid::Uuid;

/// What somebody asked for.
#[derive(Debug, Clone)]
pub struct NewErrand {
    pub by: PersonId,
    pub cid: ClientId,
    /// Of what is asked, whoever asks and under whichever id.
    pub digest: [u8; 16],
    pub chat: Option<ChatId>,
    pub payload: String,
    pub at: Instant,
    /// When the service tries it by itself; without, whoever asked does.
    pub due_at: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    pub id: Uuid,
    pub by: PersonId,
    pub cid: ClientId,
    pub chat: Option<ChatId>,
    /// None once it is done.
    pub payload: Option<String>,
    /// How far the chat had come for each part of it that was sent, in order.
    pub parts: Vec<i64>,
    /// What became of it: the ticket's id and number there.
    pub ticket: Option<(u64, String)>,
    pub created_at: Instant,
    pub due_at: Option<Instant>,
    pub tries: i64,
    /// Why the last try failed, as a code.
    pub told: Option<String>,
    pub done: bool,
}

/// What [`Store::put_errand`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// Kept now, or before by the same command or by one of the same content that is not done.
    Errand(Box<Errand>),
    /// The client id was used before with another content.
    CidReused,
}

impl Store {
    /// Keeps an errand. One that was asked for before and is not done goes on instead of a second: nobody knows what of it
    /// is there.
    pub async fn put_errand(&self, new: &NewErrand) -> Result<Put, StoreError> {
        let row: ErrandRow = write_tx!(&self.db, tx => {
            let mut known: Option<ErrandRow> =
                sqlx::query_as(sql::ERRAND_OF_COMMAND).bind(new.cid.0).bind(new.by.0).fetch_optional(&mut *tx).await?;
            if known.is_none() {
                let taken = sqlx::query(sql::TAKE_OVER_ERRAND)
                    .bind(&new.digest[..]).bind(new.by.0).bind(new.cid.0).execute(&mut *tx).await?;
                if taken.rows_affected() == 0 {
                    sqlx::query(sql::PUT_ERRAND)
                        .bind(Uuid::now_v7())
                        .bind(new.by.0)
                        .bind(new.cid.0)
                        .bind(&new.digest[..])
                        .bind(new.chat.map(|chat| chat.0))
                        .bind(&new.payload)
                        .bind(us(new.at))
                        .bind(new.due_at.map(us))
                        .execute(&mut *tx)
                        .await?;
                }
                known = sqlx::query_as(sql::ERRAND_OF_COMMAND).bind(new.cid.0).bind(new.by.0).fetch_optional(&mut *tx).await?;
            }
            known.ok_or(sqlx::Error::RowNotFound)?
        });
        if row.digest != new.digest {
            return Ok(Put::CidReused);
        }
        Ok(Put::Errand(Box::new(row.errand())))
    }

    pub async fn errand(&self, id: Uuid) -> Result<Option<Errand>, StoreError> {
        let row: Option<ErrandRow> =
            read!(&self.db, p => sqlx::query_as(sql::ERRAND).bind(id).fetch_optional(p).await)?;
        Ok(row.map(ErrandRow::errand))
    }

    /// Takes an errand on until then, unless it is done or somebody else is at it.
    pub async fn hold_errand(&self, id: Uuid, now: Instant, until: Instant) -> Result<bool, StoreError> {
        let held = write_tx!(&self.db, tx => {
            sqlx::query(sql::HOLD_ERRAND).bind(id).bind(us(until)).bind(us(now)).execute(&mut *tx).await?
                .rows_affected()
        });
        Ok(held == 1)
    }

    /// Goes on holding it.
    pub async fn keep_errand(&self, id: Uuid, until: Instant) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::KEEP_ERRAND).bind(id).bind(us(until)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    pub async fn set_errand_parts(&self, id: Uuid, parts: &[i64]) -> Result<(), StoreError> {
        let words: Vec<String> = parts.iter().map(i64::to_string).collect();
        write_tx!(&self.db, tx => {
            sqlx::query(sql::SET_ERRAND_PARTS).bind(id).bind(words.join(" ")).execute(&mut *tx).await?;
        });
        Ok(())
    }

    pub async fn set_errand_ticket(&self, id: Uuid, ticket: u64, number: &str) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::SET_ERRAND_TICKET).bind(id).bind(ticket as i64).bind(number).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Lets go of an errand that is not done.
    pub async fn errand_failed(&self, id: Uuid, told: &str, due_at: Option<Instant>) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::ERRAND_FAILED).bind(id).bind(told).bind(due_at.map(us)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// It is there: what was sent is kept no longer.
    pub async fn errand_done(&self, id: Uuid, at: Instant) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::ERRAND_DONE).bind(id).bind(us(at)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Errands that the service should try now.
    pub async fn due_errands(&self, now: Instant, limit: i64) -> Result<Vec<Uuid>, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_scalar(sql::DUE_ERRANDS).bind(us(now)).bind(limit).fetch_all(p).await)?)
    }

    /// Errands that are not done, the oldest first.
    pub async fn open_errands(&self, limit: i64) -> Result<Vec<Errand>, StoreError> {
        let rows: Vec<ErrandRow> =
            read!(&self.db, p => sqlx::query_as(sql::OPEN_ERRANDS).bind(limit).fetch_all(p).await)?;
        Ok(rows.into_iter().map(ErrandRow::errand).collect())
    }

    /// Those of one person that are not done.
    pub async fn open_errands_of(&self, person: PersonId) -> Result<Vec<Errand>, StoreError> {
        let rows: Vec<ErrandRow> =
            read!(&self.db, p => sqlx::query_as(sql::OPEN_ERRANDS_OF).bind(person.0).fetch_all(p).await)?;
        Ok(rows.into_iter().map(ErrandRow::errand).collect())
    }

    /// Nobody is at any errand: for a service that has its database alone, when it starts.
    pub async fn let_go_of_errands(&self) -> Result<(), StoreError> {
        if self.is_shared() {
            return Ok(());
        }
        write_tx!(&self.db, tx => {
            sqlx::query(sql::LET_GO_OF_ERRANDS).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Forgets errands made before then that are done, or that no agent tried again; says how many.
    pub async fn sweep_errands(&self, before: Instant) -> Result<u64, StoreError> {
        Ok(write_tx!(&self.db, tx => {
            sqlx::query(sql::SWEEP_ERRANDS).bind(us(before)).execute(&mut *tx).await?.rows_affected()
        }))
    }
}

#[derive(sqlx::FromRow, Debug)]
struct ErrandRow {
    id: Uuid,
    person_id: Uuid,
    cid: Uuid,
    digest: Vec<u8>,
    chat_id: Option<Uuid>,
    payload: Option<String>,
    parts: String,
    ticket: Option<i64>,
    number: Option<String>,
    created_at: i64,
    due_at: Option<i64>,
    tries: i64,
    told: Option<String>,
    done_at: Option<i64>,
}

impl ErrandRow {
    fn errand(self) -> Errand {
        Errand {
            id: self.id,
            by: PersonId(self.person_id),
            cid: ClientId(self.cid),
            chat: self.chat_id.map(ChatId),
            payload: self.payload,
            parts: self.parts.split(' ').filter_map(|part| part.parse().ok()).collect(),
            ticket: self.ticket.map(|id| id as u64).zip(self.number),
            created_at: Instant(self.created_at),
            due_at: self.due_at.map(Instant),
            tries: self.tries,
            told: self.told,
            done: self.done_at.is_some(),
        }
    }
}
