//! The boxes tickets lie in.

use super::accounts::short_name;
use super::{App, AppError};
use domain::QueueId;
use store::Queue;
use uuid::Uuid;

impl App {
    /// Makes a queue whose tickets are under the keys on `group`; chats about them go to `channel`.
    pub async fn add_queue(&self, name: &str, group: &str, channel: Option<&str>) -> Result<QueueId, AppError> {
        let channel = match channel {
            Some(channel) => Some(self.channel_named(channel).await?.id),
            None => None,
        };
        let queue = Queue {
            id: QueueId(Uuid::now_v7()),
            name: short_name(name)?,
            group: self.group_named(group).await?,
            channel,
            valid: true,
        };
        self.store.make_queue(&queue).await?;
        Ok(queue.id)
    }

    /// All queues by name, each with the names of its group and of its channel.
    pub async fn queues_and_groups(&self) -> Result<Vec<(Queue, String, Option<String>)>, AppError> {
        let (groups, channels) = (self.store.groups().await?, self.store.channels().await?);
        let named = |queue: Queue| {
            let group = groups.iter().find(|(id, _)| *id == queue.group);
            let group = group.map(|(_, name)| name.clone()).unwrap_or_default();
            let channel = channels.iter().find(|channel| Some(channel.id) == queue.channel);
            let channel = channel.map(|channel| channel.name.clone());
            (queue, group, channel)
        };
        Ok(self.store.queues().await?.into_iter().map(named).collect())
    }
}
