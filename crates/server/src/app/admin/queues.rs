//! Queues: whose keys are on their tickets, and where chats about them go.

use super::super::accounts::short_name;
use super::channels::fit_comment;
use super::{Admin, administered, change, differing, subject};
use crate::app::AppError;
use domain::{QueueId, Refusal};
use serde_json::{Value, json};
use store::{AdminChange, Queue};
use uuid::Uuid;

impl Admin<'_> {
    /// All queues, and what they may belong to.
    pub async fn queues(&self) -> Result<wire::AdminQueues, AppError> {
        let store = &self.app.store;
        let (groups, channels) = (store.groups().await?, store.channels().await?);
        let mut queues = Vec::new();
        for queue in store.queues().await? {
            let group = groups.iter().find(|(id, _)| *id == queue.group);
            let channel = channels.iter().find(|channel| Some(channel.id) == queue.channel);
            queues.push(wire::AdminQueue {
                id: queue.id.0,
                version: self.version(&subject("queue", queue.id.0)).await?,
                queue: wire::QueueFields {
                    name: queue.name,
                    group: group.map(|(_, name)| name.clone()).unwrap_or_default(),
                    channel: channel.map(|channel| channel.name.clone()),
                    valid: queue.valid,
                    comment: queue.comment,
                },
            });
        }
        let valid = channels.into_iter().filter(|channel| channel.valid);
        Ok(wire::AdminQueues {
            queues,
            groups: groups.into_iter().map(|(_, name)| name).collect(),
            channels: valid.map(|channel| channel.name).collect(),
        })
    }

    /// Makes a queue whose tickets are under the keys on `group`; chats about them go to `channel`.
    pub async fn add_queue(&self, name: &str, group: &str, channel: Option<&str>) -> Result<QueueId, AppError> {
        let fields = wire::QueueFields {
            name: name.to_owned(),
            group: group.to_owned(),
            channel: channel.map(str::to_owned),
            valid: true,
            comment: String::new(),
        };
        self.make_queue_of(&fields).await
    }

    pub async fn make_queue_of(&self, fields: &wire::QueueFields) -> Result<QueueId, AppError> {
        let id = QueueId(Uuid::now_v7());
        change!(self, {
            let queue = self.queue_of(id, fields).await?;
            let is = self.queue_fields(&queue).await?;
            let made = administered(AdminChange::MakeQueue(queue), subject("queue", id.0), None, is);
            (id, [made])
        })
    }

    /// Gives a queue these fields, if nobody changed it since it was looked at.
    pub async fn change_queue_to(&self, id: QueueId, asks: &wire::ChangeQueue) -> Result<(), AppError> {
        change!(self, {
            let queues = self.app.store.queues().await?;
            let found = queues
                .into_iter()
                .find(|queue| queue.id == id)
                .ok_or(Refusal::NotFound)?;
            let of = subject("queue", id.0);
            self.still(&of, asks.version).await?;
            let (was, queue) = (self.queue_fields(&found).await?, self.queue_of(id, &asks.queue).await?);
            let is = self.queue_fields(&queue).await?;
            let changed =
                differing(was, is).map(|(old, new)| administered(AdminChange::ChangeQueue(queue), of, old, new));
            ((), Vec::from_iter(changed))
        })
    }

    async fn queue_of(&self, id: QueueId, fields: &wire::QueueFields) -> Result<Queue, AppError> {
        let channel = match &fields.channel {
            Some(name) => Some(self.app.channel_named(name).await?.id),
            None => None,
        };
        Ok(Queue {
            id,
            name: short_name(&fields.name)?,
            group: self.app.group_named(&fields.group).await?,
            channel,
            valid: fields.valid,
            comment: fit_comment(&fields.comment)?,
        })
    }

    async fn queue_fields(&self, queue: &Queue) -> Result<Value, AppError> {
        let channel = match queue.channel {
            Some(id) => Some(self.channel_name(id).await?),
            None => None,
        };
        Ok(json!({
            "name": queue.name,
            "group": self.group_name(queue.group).await?,
            "channel": channel,
            "valid": queue.valid,
            "comment": queue.comment,
        }))
    }
}
