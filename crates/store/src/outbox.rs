//! Effects that take their time: written with their cause, done later, told when they are done.

use crate::db::{read, write_tx};
use crate::{Store, StoreError, sql, us};
use domain::{ChatId, Instant, PersonId, TicketId};
use uuid::Uuid;

/// A side effect stored with the entry or article that causes it.
#[derive(Debug, Clone)]
pub struct Effect {
    pub id: Uuid,
    pub kind: &'static str,
    pub payload: String,
    pub due_at: Instant,
    /// Whom it is about: it is erased with him.
    pub person: Option<PersonId>,
    /// If one of them is reached, neither the effect nor its cause is written.
    pub caps: Vec<Cap>,
}

/// So often and no oftener.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    pub subject: String,
    /// Days since 1970, or 0 for all time.
    pub day: i64,
    pub most: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Entry {
        chat: ChatId,
        seq: i64,
    },
    Article {
        ticket: TicketId,
        n: i64,
    },
    /// Somebody's account: nothing is told of it anywhere, and it is removed when it ended.
    Account,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectState {
    Waiting,
    /// Somebody is at it, or was.
    Taken,
    /// As taken, and given to the other side.
    Handed,
    Done,
    /// Given to the other side, who never said that it arrived.
    Perhaps,
    Failed,
}

impl EffectState {
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Taken => "taken",
            Self::Handed => "handed",
            Self::Done => "done",
            Self::Perhaps => "perhaps",
            Self::Failed => "failed",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let all = [
            Self::Waiting,
            Self::Taken,
            Self::Handed,
            Self::Done,
            Self::Perhaps,
            Self::Failed,
        ];
        all.into_iter().find(|state| state.word() == word)
    }
}

/// An effect as it is stored.
#[derive(Debug, Clone)]
pub struct Stored {
    pub id: Uuid,
    pub cause: Cause,
    pub payload: String,
    pub state: EffectState,
    /// What the other side said last.
    pub said: Option<String>,
    pub created_at: Instant,
    pub tries: i64,
    /// Tries of which nobody knows whether they arrived.
    pub doubts: i64,
}

/// An effect that has not arrived for certain, as administrators see it.
#[derive(Debug, Clone)]
pub struct OpenEffect {
    pub id: Uuid,
    pub chat: Option<ChatId>,
    pub ticket: Option<TicketId>,
    pub ticket_number: Option<String>,
    /// Whom it is about.
    pub person: Option<String>,
    pub state: EffectState,
    pub said: Option<String>,
    pub created_at: Instant,
    pub due_at: Instant,
    pub tries: i64,
}

/// How a try ended.
#[derive(Debug, Clone)]
pub struct Settled {
    pub state: EffectState,
    pub said: Option<String>,
    /// When it is tried again; of what is not waiting, when it ended.
    pub at: Instant,
    pub doubts: i64,
}

impl Store {
    /// Effects of a kind that are to be tried now, the most urgent first.
    pub async fn due_effects(&self, kind: &str, now: Instant, limit: i64) -> Result<Vec<Stored>, StoreError> {
        let rows: Vec<EffectRow> = read!(&self.db, p => sqlx::query_as(sql::DUE_EFFECTS).bind(kind).bind(us(now)).bind(limit).fetch_all(p).await)?;
        rows.into_iter().map(EffectRow::stored).collect()
    }

    /// Takes an effect for one try, until an instant; false if another was faster.
    pub async fn take_effect(&self, effect: &Stored, until: Instant) -> Result<bool, StoreError> {
        let taken = write_tx!(&self.db, tx => {
            sqlx::query(sql::TAKE_EFFECT).bind(effect.id).bind(effect.tries).bind(us(until)).execute(&mut *tx).await?.rows_affected()
        });
        Ok(taken == 1)
    }

    /// Of a kind all that were taken are to be tried now.
    pub async fn free_effects(&self, kind: &str, now: Instant) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::FREE_EFFECTS).bind(kind).bind(us(now)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Notes that the try numbered `tries` gives it to the other side now; false if it is another's meanwhile.
    pub async fn hand_effect(&self, id: Uuid, tries: i64) -> Result<bool, StoreError> {
        let handed = write_tx!(&self.db, tx => {
            sqlx::query(sql::HAND_EFFECT).bind(id).bind(tries).execute(&mut *tx).await?.rows_affected()
        });
        Ok(handed == 1)
    }

    /// Notes how the try numbered `tries` ended, unless it is another's meanwhile.
    pub async fn settle_effect(&self, id: Uuid, tries: i64, settled: &Settled) -> Result<(), StoreError> {
        let (due, done) = match settled.state {
            EffectState::Waiting | EffectState::Taken | EffectState::Handed => (Some(us(settled.at)), None),
            EffectState::Done | EffectState::Perhaps | EffectState::Failed => (None, Some(us(settled.at))),
        };
        write_tx!(&self.db, tx => {
            sqlx::query(sql::SETTLE_EFFECT)
                .bind(id)
                .bind(tries)
                .bind(settled.state.word())
                .bind(&settled.said)
                .bind(due)
                .bind(done)
                .bind(settled.doubts)
                .execute(&mut *tx)
                .await?;
        });
        Ok(())
    }

    /// Effects of a kind that ended and of which nobody was told.
    pub async fn untold_effects(&self, kind: &str, limit: i64) -> Result<Vec<Stored>, StoreError> {
        let rows: Vec<EffectRow> =
            read!(&self.db, p => sqlx::query_as(sql::UNTOLD_EFFECTS).bind(kind).bind(limit).fetch_all(p).await)?;
        rows.into_iter().map(EffectRow::stored).collect()
    }

    pub async fn told_effect(&self, id: Uuid) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::TOLD_EFFECT).bind(id).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Whether an entry tells already that the e-mail asked for by this one came to this end.
    pub async fn is_told(&self, chat: ChatId, seq: i64, outcome: &str) -> Result<bool, StoreError> {
        let told: i64 = read!(&self.db, p => sqlx::query_scalar(sql::IS_TOLD).bind(chat.0).bind(seq).bind(outcome).fetch_one(p).await)?;
        Ok(told > 0)
    }

    /// Effects of a ticket's articles with the article's number.
    pub async fn effects_of_ticket(&self, ticket: TicketId) -> Result<Vec<(i64, Stored)>, StoreError> {
        let rows: Vec<EffectRow> =
            read!(&self.db, p => sqlx::query_as(sql::EFFECTS_OF_TICKET).bind(ticket.0).fetch_all(p).await)?;
        rows.into_iter()
            .map(|row| Ok((row.n.unwrap_or(0), row.stored()?)))
            .collect()
    }

    /// Chats behind one, in order of id, in which an external has not seen what agents wrote before an instant, and may be told by e-mail; of closed
    /// ones those that closed after another instant.
    pub async fn unseen_chats(
        &self,
        before: Instant,
        closed_after: Instant,
        after: ChatId,
        limit: i64,
    ) -> Result<Vec<ChatId>, StoreError> {
        let ids: Vec<Uuid> = read!(&self.db, p => sqlx::query_scalar(sql::UNSEEN_CHATS).bind(us(before)).bind(us(closed_after)).bind(after.0).bind(limit).fetch_all(p).await)?;
        Ok(ids.into_iter().map(ChatId).collect())
    }

    /// Both numbers of the newest message of an agent beyond what the external has seen; `None` where no such message is from before the
    /// instant, or an e-mail went out since he last saw any.
    pub async fn unseen_up_to(
        &self,
        chat: ChatId,
        before: Instant,
        seen: i64,
    ) -> Result<Option<(i64, i64)>, StoreError> {
        Ok(
            read!(&self.db, p => sqlx::query_as(sql::UNSEEN_UP_TO).bind(chat.0).bind(us(before)).bind(seen).fetch_optional(p).await)?,
        )
    }

    pub async fn wants_unseen_mail(&self, person: PersonId) -> Result<bool, StoreError> {
        let wants: Option<i64> =
            read!(&self.db, p => sqlx::query_scalar(sql::WANTS_UNSEEN_MAIL).bind(person.0).fetch_optional(p).await)?;
        Ok(wants == Some(1))
    }

    /// Whether a person is told by e-mail of what he has not seen.
    pub async fn want_unseen_mail(&self, person: PersonId, wants: bool) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::WANT_UNSEEN_MAIL).bind(person.0).bind(i64::from(wants)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Effects of a kind about a person, the newest 50.
    pub async fn effects_about(&self, person: PersonId, kind: &str) -> Result<Vec<Stored>, StoreError> {
        let rows: Vec<EffectRow> =
            read!(&self.db, p => sqlx::query_as(sql::EFFECTS_ABOUT).bind(person.0).bind(kind).fetch_all(p).await)?;
        rows.into_iter().map(EffectRow::stored).collect()
    }

    /// A token (its hash) that lets whoever got it by mail have what he was asked about.
    pub async fn put_proof(&self, hash: &[u8], effect: Uuid, expires_at: Instant) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::PUT_PROOF).bind(hash).bind(effect).bind(us(expires_at)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// What a token is for; `None` if it is unknown or ran out.
    pub async fn proven(&self, hash: &[u8], now: Instant) -> Result<Option<Stored>, StoreError> {
        let row: Option<EffectRow> =
            read!(&self.db, p => sqlx::query_as(sql::PROVEN).bind(hash).bind(us(now)).fetch_optional(p).await)?;
        row.map(EffectRow::stored).transpose()
    }

    /// A page of the effects that have not arrived for certain, newest first, before a place.
    pub async fn open_effects(&self, before: (Instant, Uuid), limit: i64) -> Result<Vec<OpenEffect>, StoreError> {
        let rows: Vec<OpenRow> = read!(&self.db, p => {
            sqlx::query_as(sql::OPEN_EFFECTS).bind(us(before.0)).bind(before.1).bind(limit).fetch_all(p).await
        })?;
        rows.into_iter().map(OpenRow::open).collect()
    }

    pub async fn effect_state(&self, id: Uuid) -> Result<Option<EffectState>, StoreError> {
        let word: Option<String> =
            read!(&self.db, p => sqlx::query_scalar(sql::EFFECT_STATE).bind(id).fetch_optional(p).await)?;
        Ok(word.as_deref().and_then(EffectState::from_word))
    }

    /// Puts an effect beside another of the same cause, once: the same id again changes nothing.
    pub async fn follow_effect(&self, first: &Stored, next: &Effect, at: Instant) -> Result<(), StoreError> {
        let Cause::Entry { chat, seq } = first.cause else {
            return Ok(());
        };
        write_tx!(&self.db, tx => {
            put_effect!(tx, Some(chat.0), Some(seq), None::<Uuid>, None::<i64>, next, at);
        });
        Ok(())
    }

    /// Stores a letter about an account. False, and nothing stored, when one of its caps is reached.
    pub async fn put_letter(&self, effect: &Effect, at: Instant) -> Result<bool, StoreError> {
        write_tx!(&self.db, tx => {
            if !under_caps!(tx, effect) {
                return Ok(false);
            }
            put_effect!(tx, None::<Uuid>, None::<i64>, None::<Uuid>, None::<i64>, effect, at);
        });
        Ok(true)
    }

    /// Counts something against its caps; false when one of them is reached.
    pub async fn count_caps(&self, caps: &[Cap]) -> Result<bool, StoreError> {
        write_tx!(&self.db, tx => {
            for cap in caps {
                let counted = sqlx::query(sql::COUNT_EFFECT).bind(&cap.subject).bind(cap.day).bind(cap.most);
                if counted.execute(&mut *tx).await?.rows_affected() != 1 {
                    return Ok(false);
                }
            }
        });
        Ok(true)
    }

    /// Removes an effect that ended and is nobody's business any more.
    pub async fn remove_effect(&self, id: Uuid) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::REMOVE_EFFECT).bind(id).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Removes what ended before this instant, counts of days before it, and tokens that ran out.
    pub async fn sweep_outbox(&self, before: Instant, now: Instant) -> Result<u64, StoreError> {
        let swept = write_tx!(&self.db, tx => {
            sqlx::query(sql::SWEEP_PROOFS).bind(us(now)).execute(&mut *tx).await?;
            sqlx::query(sql::SWEEP_COUNTS).bind(us(before) / DAY_US).execute(&mut *tx).await?;
            sqlx::query(sql::SWEEP_EFFECTS).bind(us(before)).execute(&mut *tx).await?.rows_affected()
        });
        Ok(swept)
    }
}

const DAY_US: i64 = 86_400_000_000;

impl Cap {
    /// Of a day.
    pub fn daily(subject: String, at: Instant, most: i64) -> Self {
        Self {
            subject,
            day: us(at) / DAY_US,
            most,
        }
    }
}

/// Writes an effect: `put_effect!(tx, chat, seq, ticket, n, effect, at)`.
macro_rules! put_effect {
    ($tx:expr, $chat:expr, $seq:expr, $ticket:expr, $n:expr, $effect:expr, $at:expr) => {{
        let effect: &$crate::Effect = $effect;
        sqlx::query($crate::sql::PUT_OUTBOX)
            .bind(effect.id)
            .bind($chat)
            .bind($seq)
            .bind($ticket)
            .bind($n)
            .bind(effect.person.map(|person| person.0))
            .bind(effect.kind)
            .bind(&effect.payload)
            .bind($crate::us($at))
            .bind($crate::us(effect.due_at))
            .execute(&mut *$tx)
            .await?
    }};
}

/// Counts an effect against its caps: `under_caps!(tx, effect)` is false if one was reached before; then the transaction is to be undone.
macro_rules! under_caps {
    ($tx:expr, $effect:expr) => {{
        let effect: &$crate::Effect = $effect;
        let mut under = true;
        for cap in &effect.caps {
            under = under
                && sqlx::query($crate::sql::COUNT_EFFECT)
                    .bind(&cap.subject)
                    .bind(cap.day)
                    .bind(cap.most)
                    .execute(&mut *$tx)
                    .await?
                    .rows_affected()
                    == 1;
        }
        under
    }};
}

pub(crate) use {put_effect, under_caps};

#[derive(sqlx::FromRow, Debug)]
struct OpenRow {
    id: Uuid,
    chat_id: Option<Uuid>,
    ticket_id: Option<Uuid>,
    number: Option<String>,
    name: Option<String>,
    state: String,
    said: Option<String>,
    created_at: i64,
    due_at: i64,
    tries: i64,
}

impl OpenRow {
    fn open(self) -> Result<OpenEffect, StoreError> {
        let state = EffectState::from_word(&self.state);
        Ok(OpenEffect {
            id: self.id,
            chat: self.chat_id.map(ChatId),
            ticket: self.ticket_id.map(TicketId),
            ticket_number: self.number,
            person: self.name,
            state: state.ok_or_else(|| StoreError::Unreadable(format!("outbox {}", self.id)))?,
            said: self.said,
            created_at: Instant(self.created_at),
            due_at: Instant(self.due_at),
            tries: self.tries,
        })
    }
}

#[derive(sqlx::FromRow, Debug)]
struct EffectRow {
    id: Uuid,
    chat_id: Option<Uuid>,
    seq: Option<i64>,
    ticket_id: Option<Uuid>,
    n: Option<i64>,
    payload: String,
    state: String,
    said: Option<String>,
    created_at: i64,
    tries: i64,
    doubts: i64,
}

impl EffectRow {
    fn stored(self) -> Result<Stored, StoreError> {
        let unreadable = || StoreError::Unreadable(format!("outbox {}", self.id));
        let cause = match (self.chat_id, self.seq, self.ticket_id, self.n) {
            (Some(chat), Some(seq), None, None) => Cause::Entry {
                chat: ChatId(chat),
                seq,
            },
            (None, None, Some(ticket), Some(n)) => Cause::Article {
                ticket: TicketId(ticket),
                n,
            },
            (None, None, None, None) => Cause::Account,
            _ => return Err(unreadable()),
        };
        Ok(Stored {
            id: self.id,
            cause,
            state: EffectState::from_word(&self.state).ok_or_else(unreadable)?,
            payload: self.payload,
            said: self.said,
            created_at: Instant(self.created_at),
            tries: self.tries,
            doubts: self.doubts,
        })
    }
}
