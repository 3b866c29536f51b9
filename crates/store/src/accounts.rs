//! Persons, sessions, groups, roles, channels, snippets.
//!
//! Every change of a right, an account, a channel, an availability or a snippet raises the permission epoch in its own
//! transaction, and does so first: on PostgreSQL the raised row is the lock that puts such changes in an order.

use crate::db::{read, write_tx};
use crate::rows::unreadable;
use crate::{Store, StoreError, sql};
use domain::permission::level;
use domain::{Availability, ChannelId, GroupId, Key, Kind, Level, PersonId, SnippetId};
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub id: PersonId,
    pub kind: Kind,
    pub name: String,
    pub login: Option<String>,
    /// A customer user's company.
    pub company: Option<String>,
    pub availability: Availability,
    pub valid: bool,
    /// Where a public user came from: his token opens chats of this snippet only.
    pub snippet: Option<SnippetId>,
}

/// What an agent may do, as of the moment of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentRights {
    pub valid: bool,
    pub availability: Availability,
    /// The highest chat key for each channel on whose group he holds one, directly or by a role; invalid channels too.
    pub levels: Vec<(ChannelId, Level)>,
    /// My Chat Channels, as selected; a selection may outlive the right.
    pub my_channels: Vec<ChannelId>,
    /// Holds any key on the group `admin`.
    pub admin: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    pub id: ChannelId,
    pub name: String,
    pub group: GroupId,
    pub for_customer_users: bool,
    pub for_public_users: bool,
    pub reply_target_s: u32,
    pub valid: bool,
    pub is_default: bool,
}

impl Store {
    pub async fn person(&self, id: PersonId) -> Result<Option<PersonRow>, StoreError> {
        let row: Option<PersonColumns> =
            read!(&self.db, p => sqlx::query_as(sql::PERSON).bind(id.0).fetch_optional(p).await)?;
        row.map(PersonColumns::person).transpose()
    }

    /// `None` for who is no agent.
    pub async fn agent_rights(&self, id: PersonId) -> Result<Option<AgentRights>, StoreError> {
        let Some(person) = self.person(id).await?.filter(|person| person.kind == Kind::Agent) else {
            return Ok(None);
        };
        let keys: Vec<(Uuid, String)> =
            read!(&self.db, p => sqlx::query_as(sql::CHANNEL_KEYS_OF).bind(id.0).fetch_all(p).await)?;
        let mine: Vec<Uuid> = read!(&self.db, p => sqlx::query_scalar(sql::MY_CHANNELS).bind(id.0).fetch_all(p).await)?;
        let admin: i64 = read!(&self.db, p => sqlx::query_scalar(sql::ADMIN_KEYS_OF).bind(id.0).fetch_one(p).await)?;
        let mut levels = BTreeMap::new();
        for (channel, key) in keys {
            if let Some(level) = level(Key::from_word(&key)) {
                let highest = levels.entry(ChannelId(channel)).or_insert(level);
                *highest = level.max(*highest);
            }
        }
        Ok(Some(AgentRights {
            valid: person.valid,
            availability: person.availability,
            levels: levels.into_iter().collect(),
            my_channels: mine.into_iter().map(ChannelId).collect(),
            admin: admin > 0,
        }))
    }

    /// All channels by name, invalid ones too.
    pub async fn channels(&self) -> Result<Vec<Channel>, StoreError> {
        let rows: Vec<ChannelColumns> = read!(&self.db, p => sqlx::query_as(sql::CHANNELS).fetch_all(p).await)?;
        Ok(rows.into_iter().map(ChannelColumns::channel).collect())
    }

    /// Who may and wants to accept, per channel: valid, available for external chats, owner of the channel, and the
    /// channel among his My Chat Channels. Whether he is there now is presence, and not asked here.
    pub async fn receivers(&self) -> Result<Vec<(ChannelId, PersonId)>, StoreError> {
        let rows: Vec<(Uuid, Uuid)> = read!(&self.db, p => sqlx::query_as(sql::RECEIVERS).fetch_all(p).await)?;
        Ok(rows
            .into_iter()
            .map(|(channel, person)| (ChannelId(channel), PersonId(person)))
            .collect())
    }

    pub async fn set_availability(&self, person: PersonId, availability: Availability) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            let availability = availability.number();
            sqlx::query(sql::SET_AVAILABILITY).bind(person.0).bind(availability).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Replaces My Chat Channels by those of the given ones that he is owner of.
    pub async fn set_my_channels(&self, person: PersonId, channels: &[ChannelId]) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(sql::CLEAR_MY_CHANNELS).bind(person.0).execute(&mut *tx).await?;
            for channel in channels {
                sqlx::query(sql::ADD_MY_CHANNEL).bind(person.0).bind(channel.0).execute(&mut *tx).await?;
            }
        });
        Ok(())
    }
}

#[derive(sqlx::FromRow, Debug)]
struct PersonColumns {
    id: Uuid,
    kind: String,
    name: String,
    login: Option<String>,
    company: Option<String>,
    availability: i64,
    valid: i64,
    snippet_id: Option<Uuid>,
}

impl PersonColumns {
    fn person(self) -> Result<PersonRow, StoreError> {
        Ok(PersonRow {
            id: PersonId(self.id),
            kind: Kind::from_word(&self.kind).ok_or_else(|| unreadable("person.kind", &self.kind))?,
            name: self.name,
            login: self.login,
            company: self.company,
            availability: Availability::from_number(self.availability),
            valid: self.valid == 1,
            snippet: self.snippet_id.map(SnippetId),
        })
    }
}

#[derive(sqlx::FromRow, Debug)]
struct ChannelColumns {
    id: Uuid,
    name: String,
    group_id: Uuid,
    for_customer_users: i64,
    for_public_users: i64,
    reply_target_s: i64,
    valid: i64,
    is_default: i64,
}

impl ChannelColumns {
    fn channel(self) -> Channel {
        Channel {
            id: ChannelId(self.id),
            name: self.name,
            group: GroupId(self.group_id),
            for_customer_users: self.for_customer_users == 1,
            for_public_users: self.for_public_users == 1,
            reply_target_s: u32::try_from(self.reply_target_s).unwrap_or(0),
            valid: self.valid == 1,
            is_default: self.is_default == 1,
        }
    }
}
