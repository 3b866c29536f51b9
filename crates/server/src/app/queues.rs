//! The boxes tickets lie in.

use super::{App, AppError};
use store::Queue;

impl App {
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
