//! Chat channels: when they take chats, what they say, and how long closed chats are kept.

use super::super::accounts::short_name;
use super::{Admin, administered, change, differing, subject};
use crate::app::{App, AppError};
use domain::hours::{Holiday, Span};
use domain::{ChannelId, ChannelText, Hours, Refusal, text};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use store::{AdminChange, Administered, Channel, Queue, Snippet};
use uuid::Uuid;

/// Longest reply target: a day.
const REPLY_TARGET_MAX_S: u32 = 86_400;
/// Characters of a comment.
const COMMENT_MAX: usize = 1_000;

/// What of a channel is to be changed.
#[derive(Debug, Clone, Default)]
pub struct ChannelChange {
    pub rename: Option<String>,
    pub group: Option<String>,
    pub for_customer_users: Option<bool>,
    pub for_public_users: Option<bool>,
    pub reply_target_s: Option<u32>,
    pub retention_days: Option<i64>,
    pub valid: Option<bool>,
    pub comment: Option<String>,
    pub hours: Option<Option<Hours>>,
    pub texts: Option<Vec<ChannelText>>,
    /// Only while the newest record of the channel is this one.
    pub version: Option<i64>,
    /// Refused where it would be invalid while queues or snippets lead to it; on the command line it is done as told.
    pub keep_used: bool,
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
                comment: String::new(),
                hours: None,
                texts: Vec::new(),
            };
            self.apply(wanted, &mut channel).await?;
            let is = self.channel_fields(&channel).await?;
            let made = administered(AdminChange::MakeChannel(channel), subject("channel", id.0), None, is);
            let kept = self.kept(id, wanted.retention_days).await?;
            (id, Vec::from_iter([made].into_iter().chain(kept)))
        })
    }

    pub async fn change_channel(&self, name: &str, wanted: &ChannelChange) -> Result<(), AppError> {
        let id = self.app.channel_named(name).await?.id;
        self.change_channel_of(id, wanted).await
    }

    async fn change_channel_of(&self, id: ChannelId, wanted: &ChannelChange) -> Result<(), AppError> {
        change!(self, {
            let channels = self.app.store.channels().await?;
            let found = channels.into_iter().find(|channel| channel.id == id);
            let mut channel = found.ok_or(Refusal::NotFound)?;
            let (of, was) = (subject("channel", id.0), self.channel_fields(&channel).await?);
            if let Some(version) = wanted.version {
                self.still(&of, version).await?;
            }
            let was_valid = channel.valid;
            self.apply(wanted, &mut channel).await?;
            if wanted.keep_used && was_valid && !channel.valid {
                self.leads_nowhere_else(id).await?;
            }
            let is = self.channel_fields(&channel).await?;
            let changed =
                differing(was, is).map(|(old, new)| administered(AdminChange::ChangeChannel(channel), of, old, new));
            let kept = self.kept(id, wanted.retention_days).await?;
            ((), Vec::from_iter(changed.into_iter().chain(kept)))
        })
    }

    /// The change of how long a channel's closed chats are kept, if it is one.
    async fn kept(&self, id: ChannelId, days: Option<i64>) -> Result<Option<Administered>, AppError> {
        let Some(days) = days else { return Ok(None) };
        App::fit_retention(days)?;
        let all = self.app.store.retention().await?;
        let is = all.iter().find(|retention| retention.channel == id);
        let was = is.map_or(0, |retention| retention.days);
        Ok((was != days).then(|| {
            let change = AdminChange::Retention { channel: id, days };
            let (old, new) = (json!({ "retention_days": was }), json!({ "retention_days": days }));
            administered(change, subject("channel", id.0), old, new)
        }))
    }

    /// Refused while valid queues or snippets lead to the channel, with their names.
    async fn leads_nowhere_else(&self, id: ChannelId) -> Result<(), AppError> {
        let (queues, snippets) = (self.app.store.queues().await?, self.app.store.snippets().await?);
        let users = users_of(id, &queues, &snippets);
        match users.is_empty() {
            true => Ok(()),
            false => Err(AppError::BadInput(format!(
                "{} lead to this channel: lead them to another one first",
                users.join(", ")
            ))),
        }
    }

    /// All channels, and the groups one may belong to.
    pub async fn channels(&self) -> Result<wire::AdminChannels, AppError> {
        let store = &self.app.store;
        let (groups, queues, snippets) = (store.groups().await?, store.queues().await?, store.snippets().await?);
        let retention = store.retention().await?;
        let mut channels = Vec::new();
        for channel in store.channels().await? {
            let kept = retention.iter().find(|retention| retention.channel == channel.id);
            let group = groups.iter().find(|(id, _)| *id == channel.group);
            channels.push(wire::AdminChannel {
                id: channel.id.0,
                is_default: channel.is_default,
                used_by: users_of(channel.id, &queues, &snippets),
                version: self.version(&subject("channel", channel.id.0)).await?,
                channel: wire::ChannelFields {
                    name: channel.name,
                    group: group.map(|(_, name)| name.clone()).unwrap_or_default(),
                    for_customer_users: channel.for_customer_users,
                    for_public_users: channel.for_public_users,
                    reply_target_s: channel.reply_target_s,
                    retention_days: kept.map_or(0, |kept| kept.days),
                    valid: channel.valid,
                    comment: channel.comment,
                    hours: channel.hours.map(hours_view),
                    texts: channel.texts.into_iter().map(text_view).collect(),
                },
            });
        }
        let groups = groups.into_iter().map(|(_, name)| name).collect();
        Ok(wire::AdminChannels { channels, groups })
    }

    pub async fn make_channel_of(&self, fields: &wire::ChannelFields) -> Result<ChannelId, AppError> {
        self.add_channel(&fields.name, &wanted(fields)?).await
    }

    /// Gives a channel these fields, if nobody changed it since it was looked at.
    pub async fn change_channel_to(&self, id: ChannelId, asks: &wire::ChangeChannel) -> Result<(), AppError> {
        let wanted = ChannelChange {
            version: Some(asks.version),
            keep_used: true,
            ..wanted(&asks.channel)?
        };
        self.change_channel_of(id, &wanted).await
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
        if !(1..=REPLY_TARGET_MAX_S).contains(&channel.reply_target_s) {
            let why = format!("the reply target lies between 1 and {REPLY_TARGET_MAX_S} seconds");
            return Err(AppError::BadInput(why));
        }
        if let Some(comment) = &wanted.comment {
            channel.comment = fit_comment(comment)?;
        }
        if let Some(hours) = &wanted.hours {
            hours.as_ref().map_or(Ok(()), Hours::fit).map_err(AppError::BadInput)?;
            if let Some(hours) = hours
                && TimeZone::get(&hours.zone).is_err()
            {
                return Err(AppError::BadInput(format!("there is no time zone {}", hours.zone)));
            }
            channel.hours = hours.clone();
        }
        if let Some(texts) = &wanted.texts {
            ChannelText::fit(texts).map_err(AppError::BadInput)?;
            channel.texts = texts.clone();
        }
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
            "comment": channel.comment,
            "hours": channel.hours,
            "texts": channel.texts,
        }))
    }

    pub(super) async fn group_name(&self, id: domain::GroupId) -> Result<String, AppError> {
        let groups = self.app.store.groups().await?;
        let found = groups.into_iter().find(|(group, _)| *group == id);
        Ok(found.map(|(_, name)| name).unwrap_or_default())
    }

    pub(super) async fn channel_name(&self, id: ChannelId) -> Result<String, AppError> {
        let channels = self.app.store.channels().await?;
        let found = channels.into_iter().find(|channel| channel.id == id);
        Ok(found.map(|channel| channel.name).unwrap_or_default())
    }

    /// Sets for how many days a channel's closed chats are kept, 0 for ever; says how many are over that now. With `dry` nothing is set.
    pub async fn set_retention(&self, channel: &str, days: i64, dry: bool) -> Result<i64, AppError> {
        App::fit_retention(days)?;
        let channels = self.app.store.channels().await?;
        let found = channels.iter().find(|there| there.name == channel);
        let id = found.ok_or(Refusal::NotFound)?.id;
        let over = self.app.over_retention(id, days).await?;
        if !dry {
            let wanted = ChannelChange {
                retention_days: Some(days),
                ..ChannelChange::default()
            };
            self.change_channel_of(id, &wanted).await?;
        }
        Ok(over)
    }
}

/// What leads to a channel: queues by name, snippets by public id.
fn users_of(id: ChannelId, queues: &[Queue], snippets: &[Snippet]) -> Vec<String> {
    let queues = queues.iter().filter(|queue| queue.valid && queue.channel == Some(id));
    let snippets = snippets.iter().filter(|snippet| snippet.valid && snippet.channel == id);
    let names = queues.map(|queue| &queue.name);
    names
        .chain(snippets.map(|snippet| &snippet.public_id))
        .cloned()
        .collect()
}

fn wanted(fields: &wire::ChannelFields) -> Result<ChannelChange, AppError> {
    Ok(ChannelChange {
        rename: Some(fields.name.clone()),
        group: Some(fields.group.clone()),
        for_customer_users: Some(fields.for_customer_users),
        for_public_users: Some(fields.for_public_users),
        reply_target_s: Some(fields.reply_target_s),
        retention_days: Some(fields.retention_days),
        valid: Some(fields.valid),
        comment: Some(fields.comment.clone()),
        hours: Some(fields.hours.as_ref().map(hours_of).transpose()?),
        texts: Some(fields.texts.iter().map(text_of).collect()),
        ..ChannelChange::default()
    })
}

fn hours_of(given: &wire::Hours) -> Result<Hours, AppError> {
    let span = |span: &wire::Span| Span {
        from: span.from,
        to: span.to,
    };
    let week: Vec<Vec<Span>> = given.week.iter().map(|day| day.iter().map(span).collect()).collect();
    let week = week
        .try_into()
        .map_err(|_| AppError::BadInput("a week has seven days".into()))?;
    let holiday = |holiday: &wire::Holiday| Holiday {
        year: holiday.year,
        month: holiday.month,
        day: holiday.day,
        name: holiday.name.trim().to_owned(),
    };
    Ok(Hours {
        zone: given.zone.clone(),
        week,
        holidays: given.holidays.iter().map(holiday).collect(),
    })
}

fn hours_view(hours: Hours) -> wire::Hours {
    let span = |Span { from, to }| wire::Span { from, to };
    let day = |day: Vec<Span>| day.into_iter().map(span).collect();
    let holiday = |holiday: Holiday| wire::Holiday {
        year: holiday.year,
        month: holiday.month,
        day: holiday.day,
        name: holiday.name,
    };
    wire::Hours {
        zone: hours.zone,
        week: hours.week.into_iter().map(day).collect(),
        holidays: hours.holidays.into_iter().map(holiday).collect(),
    }
}

fn text_of(text: &wire::ChannelText) -> ChannelText {
    ChannelText {
        language: text.language.clone(),
        welcome: text.welcome.trim().to_owned(),
        away: text.away.trim().to_owned(),
    }
}

/// What it says, as it is told to those who come.
pub(in crate::app) fn text_view(text: ChannelText) -> wire::ChannelText {
    wire::ChannelText {
        language: text.language,
        welcome: text.welcome,
        away: text.away,
    }
}

/// What administrators write to each other about a thing.
pub(super) fn fit_comment(comment: &str) -> Result<String, AppError> {
    match comment.trim() {
        "" => Ok(String::new()),
        comment => Ok(text::line(comment, COMMENT_MAX)?),
    }
}
