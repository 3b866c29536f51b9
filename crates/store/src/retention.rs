//! Closed chats that are kept no longer: they leave log, index, outbox and errands in one transaction.

use crate::db::{Db, read, write_tx};
use crate::{Store, StoreError, sql, us};
use domain::{ChannelId, ChatId, Instant, PersonId};
use uuid::Uuid;

/// How long a channel's closed chats are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    pub channel: ChannelId,
    pub name: String,
    /// 0 for ever.
    pub days: i64,
}

impl Store {
    /// Of all channels, by name.
    pub async fn retention(&self) -> Result<Vec<Retention>, StoreError> {
        let rows: Vec<(Uuid, String, i64)> = read!(&self.db, p => sqlx::query_as(sql::RETENTION).fetch_all(p).await)?;
        let retention = |(channel, name, days)| Retention {
            channel: ChannelId(channel),
            name,
            days,
        };
        Ok(rows.into_iter().map(retention).collect())
    }

    /// How many chats of a channel were closed before this instant.
    pub async fn count_closed_before(&self, channel: ChannelId, before: Instant) -> Result<i64, StoreError> {
        Ok(
            read!(&self.db, p => sqlx::query_scalar(sql::COUNT_CLOSED_BEFORE).bind(channel.0).bind(us(before)).fetch_one(p).await)?,
        )
    }

    /// Chats of a channel that were closed before this instant, the oldest first.
    pub async fn closed_before(
        &self,
        channel: ChannelId,
        before: Instant,
        limit: i64,
    ) -> Result<Vec<ChatId>, StoreError> {
        let ids: Vec<Uuid> = read!(&self.db, p => sqlx::query_scalar(sql::CLOSED_BEFORE).bind(channel.0).bind(us(before)).bind(limit).fetch_all(p).await)?;
        Ok(ids.into_iter().map(ChatId).collect())
    }

    /// Removes a closed chat with everything that is kept of it, and its visitor if no other chat of his is left. Of one that is not
    /// closed, or not there, nothing. What went into a ticket is the ticket's, and stays.
    pub async fn remove_closed(&self, chat: ChatId) -> Result<(), StoreError> {
        let take = match &self.db {
            Db::Sqlite { .. } => sql::TAKE_DOCUMENTS,
            Db::Postgres(_) => sql::TAKE_DOCUMENTS_PG,
        };
        write_tx!(&self.db, tx => {
            let closed: Option<(Option<i64>, Option<i64>)> =
                sqlx::query_as(sql::DOCUMENTS_OF_CLOSED).bind(chat.0).fetch_optional(&mut *tx).await?;
            if let Some((first, last)) = closed {
                let visitors: Vec<Uuid> = sqlx::query_scalar(sql::VISITORS_OF).bind(chat.0).fetch_all(&mut *tx).await?;
                if let (Some(first), Some(last)) = (first, last) {
                    sqlx::query(take).bind(first).bind(last).execute(&mut *tx).await?;
                }
                for text in [
                    sql::RELEASE_CONTENTS,
                    sql::REMOVE_FILES,
                    sql::REMOVE_ENTRIES,
                    sql::REMOVE_MEMBERS,
                    sql::REMOVE_EFFECTS,
                    sql::REMOVE_HIDDEN,
                    sql::REMOVE_ERRANDS_OF_CHAT,
                    sql::REMOVE_CHAT,
                ] {
                    sqlx::query(text).bind(chat.0).execute(&mut *tx).await?;
                }
                for visitor in visitors {
                    for text in [sql::END_SESSIONS_OF_NOBODY, sql::REMOVE_IDENTITY_OF_NOBODY, sql::FORGET_VISITOR] {
                        sqlx::query(text).bind(visitor).execute(&mut *tx).await?;
                    }
                }
            }
        });
        Ok(())
    }

    /// All chats of an external behind one, in order of id, and whether each is closed.
    pub async fn chats_of_person(
        &self,
        person: PersonId,
        after: ChatId,
        limit: i64,
    ) -> Result<Vec<(ChatId, bool)>, StoreError> {
        let rows: Vec<(Uuid, i64)> = read!(&self.db, p => sqlx::query_as(sql::CHATS_OF_PERSON).bind(person.0).bind(after.0).bind(limit).fetch_all(p).await)?;
        Ok(rows
            .into_iter()
            .map(|(chat, closed)| (ChatId(chat), closed == 1))
            .collect())
    }

    /// Forgets who an external was, whose `chats` were removed before, ends his sessions, and leaves an account of it. Tickets keep that
    /// there was somebody, and neither his name nor his words; what agents wrote is theirs.
    pub async fn anonymise(&self, person: PersonId, chats: i64, at: Instant) -> Result<(), StoreError> {
        let take = match &self.db {
            Db::Sqlite { .. } => sql::TAKE_TICKETS_OF_PERSON,
            Db::Postgres(_) => sql::TAKE_TICKETS_OF_PERSON_PG,
        };
        write_tx!(&self.db, tx => {
            sqlx::query(sql::END_ALL_SESSIONS_OF).bind(person.0).execute(&mut *tx).await?;
            for text in [
                sql::REMOVE_EFFECTS_OF_PERSON,
                sql::TOUCH_TICKETS_OF_PERSON,
                sql::TOUCH_TICKETS_OF_AUTHOR,
                sql::ERASE_ARTICLE_LINES,
                sql::RELEASE_ARTICLE_FILES,
                sql::ERASE_ARTICLE_FILES,
                sql::ERASE_ARTICLES,
                sql::ERASE_RECIPIENTS,
                sql::ERASE_OLD_TITLES,
                sql::ERASE_TICKET_HISTORY,
                sql::REMOVE_ERRANDS_OF_PERSON,
                sql::REMOVE_LINKS,
                sql::REMOVE_IDENTITY,
                sql::REMOVE_FACTOR,
                sql::REMOVE_CODES,
                sql::RELEASE_PICTURE,
                sql::REMOVE_PICTURE,
                sql::ANONYMISE,
            ] {
                sqlx::query(text).bind(person.0).execute(&mut *tx).await?;
            }
            sqlx::query(take).bind(person.0).execute(&mut *tx).await?;
            sqlx::query(sql::PUT_ERASURE).bind(person.0).bind(us(at)).bind(chats).execute(&mut *tx).await?;
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
        });
        Ok(())
    }
}
