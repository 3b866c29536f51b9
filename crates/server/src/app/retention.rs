//! How long closed chats are kept.

use super::{App, AppError};
use crate::clock;
use domain::{ChannelId, ChatId, Instant};
use store::Retention;

/// Days of a retention at most: a hundred years.
pub const DAYS_MAX: i64 = 36_500;
/// Chats removed before the next look.
const AT_ONCE: i64 = 100;

impl App {
    /// Each channel with its retention, and how many chats are over it now.
    pub async fn retention(&self) -> Result<Vec<(Retention, i64)>, AppError> {
        let mut all = Vec::new();
        for retention in self.store.retention().await? {
            let over = self.over_retention(retention.channel, retention.days).await?;
            all.push((retention, over));
        }
        Ok(all)
    }

    pub(super) fn fit_retention(days: i64) -> Result<(), AppError> {
        match (0..=DAYS_MAX).contains(&days) {
            true => Ok(()),
            false => Err(AppError::BadInput(format!("days lie between 0 and {DAYS_MAX}"))),
        }
    }

    /// How many closed chats of a channel would be over such a retention now.
    pub(super) async fn over_retention(&self, channel: ChannelId, days: i64) -> Result<i64, AppError> {
        match end_of(days) {
            Some(end) => Ok(self.store.count_closed_before(channel, end).await?),
            None => Ok(0),
        }
    }

    /// Removes the closed chats that are over the retention of their channel; says how many went.
    pub async fn remove_old_chats(&self) -> Result<usize, AppError> {
        let mut removed = 0;
        for retention in self.store.retention().await? {
            let Some(end) = end_of(retention.days) else { continue };
            loop {
                let chats = self.store.closed_before(retention.channel, end, AT_ONCE).await?;
                for chat in &chats {
                    self.remove_closed(*chat).await?;
                }
                removed += chats.len();
                if (chats.len() as i64) < AT_ONCE {
                    break;
                }
            }
        }
        Ok(removed)
    }

    pub(super) async fn remove_closed(&self, chat: ChatId) -> Result<(), AppError> {
        self.store.remove_closed(chat).await?;
        self.files.released();
        // Who looks at it is told that it is gone.
        self.forget(chat);
        self.shared.view_changed(chat);
        Ok(())
    }
}

/// Chats closed before this are kept no longer.
fn end_of(days: i64) -> Option<Instant> {
    (days > 0).then(|| clock::now().plus_s(-days * 86_400))
}
