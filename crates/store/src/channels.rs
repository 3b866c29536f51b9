//! Chat channels, and the one that is always there.

use crate::db::{read, write_tx};
use crate::rows::unreadable;
use crate::{Store, StoreError, sql};
use domain::person::sort_key;
use domain::{ChannelId, ChannelText, GroupId, Hours, PersonId};
use uuid::Uuid;

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
    /// For administrators.
    pub comment: String,
    /// Always, where there are none.
    pub hours: Option<Hours>,
    pub texts: Vec<ChannelText>,
}

/// The groups and the channel every database has; ids for those that are missing.
#[derive(Debug, Clone, Copy)]
pub struct FirstRows {
    pub admin: GroupId,
    pub users: GroupId,
    pub default_channel: ChannelId,
}

impl Store {
    /// Makes the groups `admin` and `users` and the Default channel, unless there is one. Safe from several processes.
    pub async fn make_first_rows(&self, ids: FirstRows) -> Result<(), StoreError> {
        if self.default_channels().await? > 0 {
            return Ok(());
        }
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            let there: i64 = sqlx::query_scalar(sql::COUNT_DEFAULT_CHANNELS).fetch_one(&mut *tx).await?;
            if there == 0 {
                sqlx::query(sql::MAKE_GROUP).bind(ids.admin.0).bind("admin").execute(&mut *tx).await?;
                sqlx::query(sql::MAKE_GROUP).bind(ids.users.0).bind("users").execute(&mut *tx).await?;
                let users: Uuid = sqlx::query_scalar(sql::GROUP_NAMED).bind("users").fetch_one(&mut *tx).await?;
                let channel = Channel::default_of(ids.default_channel, GroupId(users));
                insert!(channel).execute(&mut *tx).await?;
            }
        });
        Ok(())
    }

    async fn default_channels(&self) -> Result<i64, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_scalar(sql::COUNT_DEFAULT_CHANNELS).fetch_one(p).await)?)
    }

    /// All channels by name, invalid ones too.
    pub async fn channels(&self) -> Result<Vec<Channel>, StoreError> {
        let rows: Vec<ChannelColumns> = read!(&self.db, p => sqlx::query_as(sql::CHANNELS).fetch_all(p).await)?;
        rows.into_iter().map(ChannelColumns::channel).collect()
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
}

/// The channel's columns in their order, bound to a statement.
macro_rules! columns {
    ($sql:expr, $channel:expr) => {
        sqlx::query($sql)
            .bind($channel.id.0)
            .bind(&$channel.name)
            .bind(sort_key(&$channel.name))
            .bind($channel.group.0)
            .bind(i64::from($channel.for_customer_users))
            .bind(i64::from($channel.for_public_users))
            .bind(i64::from($channel.reply_target_s))
            .bind(i64::from($channel.valid))
            .bind(&$channel.comment)
            .bind($crate::channels::hours_text(&$channel.hours))
            .bind($crate::channels::texts_text(&$channel.texts))
    };
}

macro_rules! insert {
    ($channel:expr) => {
        $crate::channels::columns!(sql::MAKE_CHANNEL, $channel).bind(i64::from($channel.is_default))
    };
}

pub(crate) use {columns, insert};

/// As JSON; empty for none.
pub(crate) fn hours_text(hours: &Option<Hours>) -> String {
    hours
        .as_ref()
        .map_or_else(String::new, |hours| serde_json::json!(hours).to_string())
}

pub(crate) fn texts_text(texts: &[ChannelText]) -> String {
    serde_json::json!(texts).to_string()
}

impl Channel {
    fn default_of(id: ChannelId, group: GroupId) -> Self {
        Self {
            id,
            name: "Default".into(),
            group,
            for_customer_users: true,
            for_public_users: true,
            reply_target_s: 60,
            valid: true,
            is_default: true,
            comment: String::new(),
            hours: None,
            texts: Vec::new(),
        }
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
    comment: String,
    hours: String,
    texts: String,
}

impl ChannelColumns {
    fn channel(self) -> Result<Channel, StoreError> {
        let hours = Some(&self.hours).filter(|hours| !hours.is_empty());
        let hours = hours.map(|text| serde_json::from_str(text).map_err(|_| unreadable("channel.hours", text)));
        let texts = serde_json::from_str(&self.texts).map_err(|_| unreadable("channel.texts", &self.texts))?;
        Ok(Channel {
            id: ChannelId(self.id),
            name: self.name,
            group: GroupId(self.group_id),
            for_customer_users: self.for_customer_users == 1,
            for_public_users: self.for_public_users == 1,
            reply_target_s: u32::try_from(self.reply_target_s).unwrap_or(0),
            valid: self.valid == 1,
            is_default: self.is_default == 1,
            comment: self.comment,
            hours: hours.transpose()?,
            texts,
        })
    }
}
