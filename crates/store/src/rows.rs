//! From rows to domain values.

use crate::StoreError;
use domain::chat::{Direction, Invitation, Role, State};
use domain::entry::{FileWords, Words};
use domain::{ChannelId, Chat, ChatId, ClientId, ClosedReason, Entry, Instant, Kind, Member, PersonId, TicketId, What};
use sqlx::FromRow;
use uuid::Uuid;

#[derive(FromRow, Debug)]
pub(crate) struct ChatRow {
    pub id: Uuid,
    pub channel_id: Uuid,
    pub direction: String,
    pub ticket_id: Option<Uuid>,
    pub state: String,
    pub closed_reason: Option<String>,
    pub created_at: i64,
    pub waiting_since: Option<i64>,
    pub closed_at: Option<i64>,
    pub last_at: i64,
    pub head: i64,
    pub public_head: i64,
    pub fence: i64,
}

impl ChatRow {
    pub fn chat(self, members: Vec<Member>) -> Result<Chat, StoreError> {
        let closed_reason = self
            .closed_reason
            .as_deref()
            .map(|word| ClosedReason::from_word(word).ok_or_else(|| unreadable("chat.closed_reason", word)));
        Ok(Chat {
            id: ChatId(self.id),
            channel: ChannelId(self.channel_id),
            direction: Direction::from_word(&self.direction)
                .ok_or_else(|| unreadable("chat.direction", &self.direction))?,
            ticket: self.ticket_id.map(TicketId),
            state: State::from_word(&self.state).ok_or_else(|| unreadable("chat.state", &self.state))?,
            closed_reason: closed_reason.transpose()?,
            created_at: Instant(self.created_at),
            waiting_since: self.waiting_since.map(Instant),
            closed_at: self.closed_at.map(Instant),
            last_at: Instant(self.last_at),
            head: self.head,
            public_head: self.public_head,
            fence: self.fence,
            members,
        })
    }
}

#[derive(FromRow, Debug)]
pub(crate) struct MemberRow {
    pub n: i64,
    pub person_id: Uuid,
    pub kind: String,
    pub role: String,
    pub name: String,
    pub company: Option<String>,
    pub present: i64,
    pub joined: i64,
    pub shown: Option<i64>,
    pub invited_role: Option<String>,
    pub invited_by: Option<i64>,
    pub invited_note: Option<String>,
    pub invited_at: Option<i64>,
}

impl MemberRow {
    pub fn member(self) -> Result<Member, StoreError> {
        let invited = match (self.invited_role, self.invited_by, self.invited_at) {
            (Some(role), Some(by), Some(at)) => Some(Invitation {
                role: Role::from_word(&role).ok_or_else(|| unreadable("chat_member.invited_role", &role))?,
                by: by as u32,
                note: self.invited_note,
                at: Instant(at),
            }),
            _ => None,
        };
        Ok(Member {
            n: self.n as u32,
            person: PersonId(self.person_id),
            kind: Kind::from_word(&self.kind).ok_or_else(|| unreadable("chat_member.kind", &self.kind))?,
            role: Role::from_word(&self.role).ok_or_else(|| unreadable("chat_member.role", &self.role))?,
            name: self.name,
            company: self.company,
            present: self.present == 1,
            joined: self.joined == 1,
            shown: self.shown.map(|n| n as u32),
            invited,
        })
    }
}

#[derive(FromRow, Debug)]
pub(crate) struct EntryRow {
    pub seq: i64,
    pub public_seq: Option<i64>,
    pub at: i64,
    pub who: Option<i64>,
    pub public_who: Option<i64>,
    pub actor_id: Option<Uuid>,
    pub cid: Option<Uuid>,
    pub kind: String,
    pub text: Option<String>,
    pub reason: Option<String>,
    pub subject: Option<String>,
    pub subject_id: Option<Uuid>,
    pub of_seq: Option<i64>,
    pub of_public_seq: Option<i64>,
    pub redacted_at: Option<i64>,
    pub file_hash: Option<Vec<u8>>,
    pub file_type: Option<String>,
    pub file_size: Option<i64>,
    pub width: Option<i64>,
    pub height: Option<i64>,
}

impl EntryRow {
    pub fn entry(self) -> Result<Entry, StoreError> {
        let file = match (self.file_hash, self.file_type, self.file_size) {
            (Some(hash), Some(kind), Some(size_bytes)) => Some(FileWords {
                kind,
                size_bytes,
                hash,
                pixels: self.width.zip(self.height),
            }),
            _ => None,
        };
        Ok(Entry {
            seq: self.seq,
            public_seq: self.public_seq,
            at: Instant(self.at),
            who: self.who.map(|n| n as u32),
            public_who: self.public_who.map(|n| n as u32),
            actor: self.actor_id.map(PersonId),
            cid: self.cid.map(ClientId),
            what: What::from_words(Words {
                kind: &self.kind,
                text: self.text,
                reason: self.reason.as_deref(),
                subject: self.subject,
                subject_id: self.subject_id,
                of: (self.of_seq, self.of_public_seq),
                redacted_at: self.redacted_at.map(Instant),
                file,
            })
            .ok_or_else(|| unreadable("entry.kind", &self.kind))?,
        })
    }
}

/// A member, and of which chat.
#[derive(FromRow, Debug)]
pub(crate) struct MemberOfRow {
    pub chat_id: Uuid,
    #[sqlx(flatten)]
    pub member: MemberRow,
}

/// An entry, and of which chat.
#[derive(FromRow, Debug)]
pub(crate) struct EntryOfRow {
    pub chat_id: Uuid,
    #[sqlx(flatten)]
    pub entry: EntryRow,
}

pub(crate) fn unreadable(column: &str, value: &str) -> StoreError {
    StoreError::Unreadable(format!("{column} is {value:?}"))
}
