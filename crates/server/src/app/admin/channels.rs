//! Chat channels, queues, snippets, and how long closed chats are kept.

use super::super::accounts::short_name;
use super::super::snippets::{fit_public_id, origins};
use super::{Admin, administered, change, differing};
use crate::app::{App, AppError};
use domain::{ChannelId, QueueId, Refusal, SnippetId, text};
use serde_json::{Value, json};
use store::{AdminChange, Channel, Queue, Snippet};
use uuid::Uuid;

/// What of a channel is to be changed.
#[derive(Debug, Clone, Default)]
pub struct ChannelChange {
    pub rename: Option<String>,
    pub group: Option<String>,
    pub for_customer_users: Option<bool>,
    pub for_public_users: Option<bool>,
    pub reply_target_s: Option<u32>,
    pub valid: Option<bool>,
}

impl Admin<'_> {
    pub async fn add_channel(&self, name: &str, wanted: &ChannelChange) -> Result<ChannelId, AppError> {
        let id = ChannelId(Uuid::now_v7());
        change!(self, {
            let mut channel = Channel {
                id,
                name: short_name(name)?,
                group: self.app.group_named(wanted.group.as_deref().unwrap_or("users")).await?,
                for_customer_users: false,
                for_public_users: false,
                reply_target_s: 60,
                valid: true,
                is_default: false,
            };
            self.apply(wanted, &mut channel).await?;
            let is = self.channel_fields(&channel).await?;
            let change = AdminChange::MakeChannel(channel);
            (id, [administered(change, subject("channel", id.0), None, is)])
        })
    }

    pub async fn change_channel(&self, name: &str, wanted: &ChannelChange) -> Result<(), AppError> {
        change!(self, {
            let mut channel = self.app.channel_named(name).await?;
            let was = self.channel_fields(&channel).await?;
            self.apply(wanted, &mut channel).await?;
            let is = self.channel_fields(&channel).await?;
            let subject = subject("channel", channel.id.0);
            let told = differing(was, is);
            let change = told.map(|(old, new)| administered(AdminChange::ChangeChannel(channel), subject, old, new));
            ((), Vec::from_iter(change))
        })
    }

    async fn apply(&self, wanted: &ChannelChange, channel: &mut Channel) -> Result<(), AppError> {
        if let Some(name) = &wanted.rename {
            channel.name = short_name(name)?;
        }
        if let Some(group) = &wanted.group {
            channel.group = self.app.group_named(group).await?;
        }
        channel.for_customer_users = wanted.for_customer_users.unwrap_or(channel.for_customer_users);
        channel.for_public_users = wanted.for_public_users.unwrap_or(channel.for_public_users);
        channel.reply_target_s = wanted.reply_target_s.unwrap_or(channel.reply_target_s);
        channel.valid = wanted.valid.unwrap_or(channel.valid);
        if channel.is_default && !channel.valid {
            return Err(AppError::BadInput("the Default channel cannot be made invalid".into()));
        }
        Ok(())
    }

    async fn channel_fields(&self, channel: &Channel) -> Result<Value, AppError> {
        Ok(json!({
            "name": channel.name,
            "group": self.group_name(channel.group).await?,
            "for_customer_users": channel.for_customer_users,
            "for_public_users": channel.for_public_users,
            "reply_target_s": channel.reply_target_s,
            "valid": channel.valid,
        }))
    }

    async fn group_name(&self, id: domain::GroupId) -> Result<String, AppError> {
        let groups = self.app.store.groups().await?;
        let found = groups.into_iter().find(|(group, _)| *group == id);
        Ok(found.map(|(_, name)| name).unwrap_or_default())
    }

    async fn channel_name(&self, id: ChannelId) -> Result<String, AppError> {
        let channels = self.app.store.channels().await?;
        let found = channels.into_iter().find(|channel| channel.id == id);
        Ok(found.map(|channel| channel.name).unwrap_or_default())
    }

    /// Makes a queue whose tickets are under the keys on `group`; chats about them go to `channel`.
    pub async fn add_queue(&self, name: &str, group: &str, channel: Option<&str>) -> Result<QueueId, AppError> {
        let id = QueueId(Uuid::now_v7());
        change!(self, {
            let to = match channel {
                Some(channel) => Some(self.app.channel_named(channel).await?.id),
                None => None,
            };
            let queue = Queue {
                id,
                name: short_name(name)?,
                group: self.app.group_named(group).await?,
                channel: to,
                valid: true,
            };
            let is = json!({ "name": queue.name, "group": group, "channel": channel });
            let change = AdminChange::MakeQueue(queue);
            (id, [administered(change, subject("queue", id.0), None, is)])
        })
    }

    pub async fn add_snippet(&self, id: &str, channel: &str, title: &str, sites: &[String]) -> Result<(), AppError> {
        fit_public_id(id)?;
        let made = SnippetId(Uuid::now_v7());
        change!(self, {
            let snippet = Snippet {
                id: made,
                public_id: id.to_owned(),
                title: text::name(title)?,
                channel: self.app.channel_named(channel).await?.id,
                sites: origins(sites)?,
                valid: true,
            };
            let is = self.snippet_fields(&snippet).await?;
            let change = AdminChange::MakeSnippet(snippet);
            ((), [administered(change, subject("snippet", made.0), None, is)])
        })
    }

    /// Replaces the sites that may embed a snippet.
    pub async fn set_snippet_sites(&self, public_id: &str, sites: &[String]) -> Result<(), AppError> {
        let sites = origins(sites)?;
        change!(self, {
            let mut snippet = self.app.valid_snippet(public_id).await?;
            let was = self.snippet_fields(&snippet).await?;
            snippet.sites = sites.clone();
            let is = self.snippet_fields(&snippet).await?;
            let subject = subject("snippet", snippet.id.0);
            let told = differing(was, is);
            let change = told.map(|(old, new)| administered(AdminChange::ChangeSnippet(snippet), subject, old, new));
            ((), Vec::from_iter(change))
        })
    }

    async fn snippet_fields(&self, snippet: &Snippet) -> Result<Value, AppError> {
        Ok(json!({
            "public_id": snippet.public_id,
            "title": snippet.title,
            "channel": self.channel_name(snippet.channel).await?,
            "sites": snippet.sites,
            "valid": snippet.valid,
        }))
    }

    /// Sets for how many days a channel's closed chats are kept, 0 for ever; says how many are over that now. With `dry` nothing is set.
    pub async fn set_retention(&self, channel: &str, days: i64, dry: bool) -> Result<i64, AppError> {
        App::fit_retention(days)?;
        let change: Result<i64, AppError> = change!(self, {
            let all = self.app.store.retention().await?;
            let found = all.into_iter().find(|retention| retention.name == channel);
            let was = found.ok_or(Refusal::NotFound)?;
            let over = self.app.over_retention(was.channel, days).await?;
            let changed = (!dry && was.days != days).then(|| {
                let change = AdminChange::Retention {
                    channel: was.channel,
                    days,
                };
                let (old, new) = (json!({ "retention_days": was.days }), json!({ "retention_days": days }));
                administered(change, subject("channel", was.channel.0), old, new)
            });
            (over, Vec::from_iter(changed))
        });
        change
    }
}

fn subject(kind: &'static str, id: Uuid) -> (&'static str, String) {
    (kind, id.to_string())
}
