//! Reading chats, and handing decided verbs to the writer.

use crate::db::{read, write_tx};
use crate::rows::{ChatRow, EntryRow, MemberRow, unreadable};
use crate::writer::{Command, Outcome, WriteError};
use crate::{Store, StoreError, sql, us};
use domain::chat::{Direction, State};
use domain::{ChannelId, Chat, ChatId, ClientId, Entry, Instant, PersonId, Side};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashMap;
use uuid::Uuid;

/// A chat that waits in the request list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub chat: ChatId,
    pub channel: ChannelId,
    pub since: Instant,
    /// Tells whether what was read of the chat before is still good.
    pub fence: i64,
}

/// A line of a conversations list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub chat: ChatId,
    pub channel: ChannelId,
    pub channel_name: String,
    pub state: State,
    pub last_at: Instant,
    pub unread: i64,
    pub direction: Direction,
    pub last_text: Option<String>,
    /// The external for agents, or the other agent; for externals the agent who has or had it.
    pub counterpart: Option<String>,
    /// For agents the external; for externals the agent.
    pub counterpart_id: Option<PersonId>,
    /// Which agent the external came to see he was: for the alias.
    pub counterpart_shown: Option<u32>,
    /// The person is asked for this chat and has not answered.
    pub asked: bool,
}

/// How far a chat's log reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    pub chat: ChatId,
    pub head: i64,
    pub public_head: i64,
    pub fence: i64,
}

/// What a member keeps about a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub read_seq: i64,
    /// `off`, `customer` or `all`.
    pub notify: String,
    pub draft: String,
    pub draft_is_note: bool,
}

#[derive(FromRow)]
struct SummaryRow {
    id: Uuid,
    channel_id: Uuid,
    direction: String,
    channel: String,
    state: String,
    last_at: i64,
    unread: i64,
    last_text: Option<String>,
    counterpart: Option<String>,
    counterpart_id: Option<Uuid>,
    counterpart_shown: Option<i64>,
    asked: i64,
}

/// Where a chat stands among those of a customer user: running ones first, then the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InCustomersList {
    pub closed: bool,
    pub last_at: Instant,
    pub chat: ChatId,
}

impl InCustomersList {
    /// Before all of them.
    pub const START: Self = Self {
        closed: false,
        last_at: Instant(i64::MAX),
        chat: ChatId(Uuid::nil()),
    };

    pub fn of(line: &Summary) -> Self {
        Self {
            closed: line.state == State::Closed,
            last_at: line.last_at,
            chat: line.chat,
        }
    }
}

impl SummaryRow {
    fn summary(self) -> Result<Summary, StoreError> {
        Ok(Summary {
            chat: ChatId(self.id),
            channel: ChannelId(self.channel_id),
            channel_name: self.channel,
            state: State::from_word(&self.state).ok_or_else(|| unreadable("chat.state", &self.state))?,
            last_at: Instant(self.last_at),
            unread: self.unread,
            direction: Direction::from_word(&self.direction)
                .ok_or_else(|| unreadable("chat.direction", &self.direction))?,
            last_text: self.last_text,
            counterpart: self.counterpart,
            counterpart_id: self.counterpart_id.map(PersonId),
            counterpart_shown: self.counterpart_shown.map(|n| n as u32),
            asked: self.asked == 1,
        })
    }
}

impl Store {
    /// Writes a decided verb; returns after its commit. See [`WriteError`] for what is no success.
    pub fn write(
        &self,
        command: Command,
    ) -> Result<tokio::sync::oneshot::Receiver<Result<Outcome, WriteError>>, WriteError> {
        self.writer().submit(command)
    }

    /// What this actor's command of this id came to, if it was stored before.
    pub async fn known(
        &self,
        actor: PersonId,
        cid: ClientId,
        digest: &[u8; 16],
    ) -> Result<Option<Result<Outcome, WriteError>>, StoreError> {
        let row: Option<crate::batch::KnownRow> =
            read!(&self.db, p => sqlx::query_as(sql::KNOWN).bind(actor.0).bind(cid.0).fetch_optional(p).await)?;
        Ok(row.map(|row| row.outcome(digest)))
    }

    pub async fn chat(&self, id: ChatId) -> Result<Option<Chat>, StoreError> {
        // Members first: a chat row read later is never older, and its fence tells if they are.
        loop {
            let Some(before) = self.chat_row(id).await? else {
                return Ok(None);
            };
            let rows: Vec<MemberRow> =
                read!(&self.db, p => sqlx::query_as(sql::MEMBERS).bind(id.0).fetch_all(p).await)?;
            let Some(row) = self.chat_row(id).await? else {
                return Ok(None);
            };
            if row.fence == before.fence {
                let members = rows.into_iter().map(MemberRow::member).collect::<Result<_, _>>()?;
                return row.chat(members).map(Some);
            }
        }
    }

    async fn chat_row(&self, id: ChatId) -> Result<Option<ChatRow>, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_as(sql::CHAT).bind(id.0).fetch_optional(p).await)?)
    }

    /// The entries of this side after a position on its count, in order, at most `limit`.
    pub async fn entries_after(
        &self,
        chat: ChatId,
        side: Side,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        let text = match side {
            Side::Agents => sql::ENTRIES_AFTER,
            Side::External => sql::PUBLIC_ENTRIES_AFTER,
        };
        let rows: Vec<EntryRow> =
            read!(&self.db, p => sqlx::query_as(text).bind(chat.0).bind(after).bind(limit).fetch_all(p).await)?;
        rows.into_iter().map(EntryRow::entry).collect()
    }

    /// The entries of this side before a position on its count, in order, at most `limit`, the nearest.
    pub async fn entries_before(
        &self,
        chat: ChatId,
        side: Side,
        before: i64,
        limit: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        let text = match side {
            Side::Agents => sql::ENTRIES_BEFORE,
            Side::External => sql::PUBLIC_ENTRIES_BEFORE,
        };
        let rows: Vec<EntryRow> =
            read!(&self.db, p => sqlx::query_as(text).bind(chat.0).bind(before).bind(limit).fetch_all(p).await)?;
        rows.into_iter().rev().map(EntryRow::entry).collect()
    }

    pub fn read_up_to(&self, chat: ChatId, person: PersonId, seq: i64) {
        self.writer().read_up_to(chat, person, seq);
    }

    /// Up to where this member has read, on his side's count; 0 for who is no member.
    pub async fn read_position(&self, chat: ChatId, person: PersonId) -> Result<i64, StoreError> {
        let pending = self.writer().pending_read(chat, person).unwrap_or(0);
        let stored: Option<i64> = read!(&self.db, p => sqlx::query_scalar(sql::READ_POSITION).bind(chat.0).bind(person.0).fetch_optional(p).await)?;
        Ok(stored.unwrap_or(0).max(pending))
    }

    /// Up to where members have read, each on his side's count.
    pub async fn read_positions(&self, chat: ChatId) -> Result<HashMap<PersonId, i64>, StoreError> {
        let pending = self.writer().pending_reads(chat);
        let rows: Vec<(Uuid, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::READ_POSITIONS).bind(chat.0).fetch_all(p).await)?;
        let newest = |(person, stored): (Uuid, i64)| {
            let person = PersonId(person);
            (person, stored.max(pending.get(&person).copied().unwrap_or(0)))
        };
        Ok(rows.into_iter().map(newest).collect())
    }

    /// A position on the other side's count, on this one's; 0 where there is nothing yet.
    pub async fn position_for(&self, chat: ChatId, side: Side, seq: i64) -> Result<i64, StoreError> {
        let text = match side {
            Side::Agents => sql::SEQ_OF_PUBLIC,
            Side::External => sql::PUBLIC_SEQ,
        };
        let found: Option<i64> =
            read!(&self.db, p => sqlx::query_scalar(text).bind(chat.0).bind(seq).fetch_optional(p).await)?;
        Ok(found.unwrap_or(0))
    }

    /// Messages (for agents also notes) of others beyond a read position and up to `head`, both on the side's count. Not
    /// counted beyond 1,000, so that what nobody ever reads costs no more with each message.
    pub async fn unread(
        &self,
        chat: ChatId,
        side: Side,
        person: PersonId,
        read_seq: i64,
        head: i64,
    ) -> Result<i64, StoreError> {
        let text = match side {
            Side::Agents => sql::UNREAD,
            Side::External => sql::PUBLIC_UNREAD,
        };
        let (chat, person) = (chat.0, person.0);
        Ok(
            read!(&self.db, p => sqlx::query_scalar(text).bind(chat).bind(person).bind(read_seq).bind(head).fetch_one(p).await)?,
        )
    }

    /// How far the logs of these chats reach: both heads and the fence.
    pub async fn heads(&self, chats: &[ChatId]) -> Result<Vec<Heads>, StoreError> {
        let rows: Vec<(Uuid, i64, i64, i64)> = read!(&self.db, p => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql::heads(chats.len()))).persistent(false);
            for chat in chats {
                query = query.bind(chat.0);
            }
            query.fetch_all(p).await
        })?;
        let heads = |(chat, head, public_head, fence)| Heads {
            chat: ChatId(chat),
            head,
            public_head,
            fence,
        };
        Ok(rows.into_iter().map(heads).collect())
    }

    /// Up to where the members of these chats have read, each on his side's count; of those who have read anything.
    pub async fn reads(&self, chats: &[ChatId]) -> Result<Vec<(ChatId, PersonId, i64)>, StoreError> {
        let rows: Vec<(Uuid, Uuid, i64)> = read!(&self.db, p => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql::reads(chats.len()))).persistent(false);
            for chat in chats {
                query = query.bind(chat.0);
            }
            query.fetch_all(p).await
        })?;
        let read = |(chat, person, seq)| (ChatId(chat), PersonId(person), seq);
        Ok(rows.into_iter().map(read).collect())
    }

    pub async fn first_message(&self, chat: ChatId) -> Result<Option<String>, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_scalar(sql::FIRST_MESSAGE).bind(chat.0).fetch_optional(p).await)?)
    }

    /// The chats nobody has accepted in a channel, longest wait first, at most `limit`.
    pub async fn waiting(&self, channel: ChannelId, limit: i64) -> Result<Vec<Waiting>, StoreError> {
        let rows: Vec<(Uuid, Uuid, i64, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::WAITING).bind(channel.0).bind(limit).fetch_all(p).await)?;
        Ok(waiting(rows))
    }

    /// Personal requests to this person, and invitations, longest wait first, at most 200.
    pub async fn asked(&self, person: PersonId) -> Result<Vec<Waiting>, StoreError> {
        let rows: Vec<(Uuid, Uuid, i64, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::ASKED).bind(person.0).fetch_all(p).await)?;
        Ok(waiting(rows))
    }

    /// Personal requests that have waited since before this instant, the oldest first.
    pub async fn addressed_before(&self, instant: Instant, limit: i64) -> Result<Vec<ChatId>, StoreError> {
        self.ids(read!(&self.db, p => sqlx::query_scalar(sql::ADDRESSED_BEFORE).bind(us(instant)).bind(limit).fetch_all(p).await)?)
    }

    /// The requests the agent hid for himself.
    pub async fn hidden_of(&self, agent: PersonId) -> Result<Vec<ChatId>, StoreError> {
        self.ids(read!(&self.db, p => sqlx::query_scalar(sql::HIDDEN_OF).bind(agent.0).fetch_all(p).await)?)
    }

    pub async fn set_hidden(&self, agent: PersonId, chat: ChatId, hidden: bool) -> Result<(), StoreError> {
        let text = if hidden { sql::HIDE_REQUEST } else { sql::SHOW_REQUEST };
        write_tx!(&self.db, tx => {
            sqlx::query(text).bind(agent.0).bind(chat.0).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// What the member keeps about the chat; `None` for who is no member.
    pub async fn kept(&self, chat: ChatId, person: PersonId) -> Result<Option<Kept>, StoreError> {
        let pending = self.writer().pending_read(chat, person).unwrap_or(0);
        let row: Option<(i64, String, String, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::KEPT).bind(chat.0).bind(person.0).fetch_optional(p).await)?;
        Ok(row.map(|(read_seq, notify, draft, note)| Kept {
            read_seq: read_seq.max(pending),
            notify,
            draft,
            draft_is_note: note == 1,
        }))
    }

    pub async fn set_notify(&self, chat: ChatId, person: PersonId, notify: &str) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::SET_NOTIFY).bind(chat.0).bind(person.0).bind(notify).execute(&mut *tx).await?;
        });
        Ok(())
    }

    pub async fn set_draft(&self, chat: ChatId, person: PersonId, text: &str, note: bool) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::SET_DRAFT).bind(chat.0).bind(person.0).bind(text).bind(i64::from(note)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// How long the channel's requests accepted after `since` waited, in microseconds, the newest first, at most `limit`.
    pub async fn waits(&self, channel: ChannelId, since: Instant, limit: i64) -> Result<Vec<i64>, StoreError> {
        Ok(
            read!(&self.db, p => sqlx::query_scalar(sql::WAITS).bind(channel.0).bind(us(since)).bind(limit).fetch_all(p).await)?,
        )
    }

    /// Of each hour since an instant in which requests were accepted in the channel: its number from 0, how many, and for how long
    /// they had waited together, in microseconds.
    pub async fn waits_by_hour(&self, channel: ChannelId, since: Instant) -> Result<Vec<(i64, i64, i64)>, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_as(sql::WAITS_BY_HOUR).bind(channel.0).bind(us(since)).fetch_all(p).await)?)
    }

    /// A waiting chat's place in the line of its channel, from 1.
    pub async fn place(&self, chat: &Chat) -> Result<Option<i64>, StoreError> {
        let Some(since) = chat.waiting_since else {
            return Ok(None);
        };
        let place = read!(&self.db, p => sqlx::query_scalar(sql::PLACE).bind(chat.channel.0).bind(us(since)).bind(chat.id.0).fetch_one(p).await)?;
        Ok(Some(place))
    }

    /// The person's chats that are not closed and that he is in.
    pub async fn running_chats_of(&self, person: PersonId) -> Result<Vec<ChatId>, StoreError> {
        self.ids(read!(&self.db, p => sqlx::query_scalar(sql::RUNNING_CHATS_OF).bind(person.0).fetch_all(p).await)?)
    }

    /// The open chats the agent is in, newest first, at most 200.
    pub async fn running_of_agent(&self, person: PersonId) -> Result<Vec<Summary>, StoreError> {
        let rows: Vec<SummaryRow> =
            read!(&self.db, p => sqlx::query_as(sql::RUNNING_OF_AGENT).bind(person.0).fetch_all(p).await)?;
        rows.into_iter().map(SummaryRow::summary).collect()
    }

    /// The external's chats, newest first, last touched before `before`; of closed ones only those closed after `closed_after`.
    pub async fn chats_of_external(
        &self,
        person: PersonId,
        before: Instant,
        limit: i64,
        closed_after: Instant,
    ) -> Result<Vec<Summary>, StoreError> {
        let rows: Vec<SummaryRow> = read!(&self.db, p => sqlx::query_as(sql::CHATS_OF_EXTERNAL).bind(person.0).bind(us(before)).bind(limit).bind(us(closed_after)).fetch_all(p).await)?;
        rows.into_iter().map(SummaryRow::summary).collect()
    }

    /// Closed chats the agent may read, newest first, closed before `before`.
    pub async fn archive_of_agent(
        &self,
        person: PersonId,
        before: Instant,
        limit: i64,
    ) -> Result<Vec<Summary>, StoreError> {
        let rows: Vec<SummaryRow> = read!(&self.db, p => sqlx::query_as(sql::ARCHIVE_OF_AGENT).bind(person.0).bind(us(before)).bind(limit).fetch_all(p).await)?;
        rows.into_iter().map(SummaryRow::summary).collect()
    }

    /// A customer user's chats as this agent would see them (the caller asks which of them he may), running ones first,
    /// then the newest; those behind `after`.
    pub async fn chats_of_customer(
        &self,
        agent: PersonId,
        customer: PersonId,
        after: InCustomersList,
        limit: i64,
    ) -> Result<Vec<Summary>, StoreError> {
        let InCustomersList { closed, last_at, chat } = after;
        let (closed, last_at, chat) = (i64::from(closed), us(last_at), chat.0);
        let rows: Vec<SummaryRow> = read!(&self.db, p => sqlx::query_as(sql::CHATS_OF_CUSTOMER).bind(agent.0).bind(customer.0).bind(limit).bind(closed).bind(last_at).bind(chat).fetch_all(p).await)?;
        rows.into_iter().map(SummaryRow::summary).collect()
    }

    /// Externals with a chat that is not closed, at most `limit`.
    pub async fn externals_of_running(&self, limit: i64) -> Result<Vec<PersonId>, StoreError> {
        let ids: Vec<Uuid> =
            read!(&self.db, p => sqlx::query_scalar(sql::EXTERNALS_OF_RUNNING).bind(limit).fetch_all(p).await)?;
        Ok(ids.into_iter().map(PersonId).collect())
    }

    /// Open chats in order of id, for the job that ends leases.
    pub async fn open_chats(&self, after: ChatId, limit: i64) -> Result<Vec<ChatId>, StoreError> {
        self.ids(
            read!(&self.db, p => sqlx::query_scalar(sql::OPEN_CHATS).bind(after.0).bind(limit).fetch_all(p).await)?,
        )
    }

    /// Chats that are not closed in order of id.
    pub async fn not_closed(&self, after: ChatId, limit: i64) -> Result<Vec<ChatId>, StoreError> {
        self.ids(
            read!(&self.db, p => sqlx::query_scalar(sql::NOT_CLOSED).bind(after.0).bind(limit).fetch_all(p).await)?,
        )
    }

    /// Chats that have waited since before this instant.
    pub async fn waiting_since_before(&self, instant: Instant, limit: i64) -> Result<Vec<ChatId>, StoreError> {
        self.ids(read!(&self.db, p => sqlx::query_scalar(sql::WAITING_SINCE_BEFORE).bind(us(instant)).bind(limit).fetch_all(p).await)?)
    }

    fn ids(&self, ids: Vec<Uuid>) -> Result<Vec<ChatId>, StoreError> {
        Ok(ids.into_iter().map(ChatId).collect())
    }
}

fn waiting(rows: Vec<(Uuid, Uuid, i64, i64)>) -> Vec<Waiting> {
    let waiting = |(chat, channel, since, fence)| Waiting {
        chat: ChatId(chat),
        channel: ChannelId(channel),
        since: Instant(since),
        fence,
    };
    rows.into_iter().map(waiting).collect()
}
