//! What goes on in the channels an agent is owner of.

use super::{App, AppError};
use crate::clock;
use domain::{ChannelId, Kind, Level, Person, Refusal};
use std::collections::HashMap;

/// Running chats looked at, and shown of one channel.
const RUNNING: i64 = 1_000;
const RUNNING_SHOWN: usize = 50;
/// What was accepted is told for so long.
const HOURS: usize = 24;

impl App {
    /// Waits, running chats and who could accept, per valid channel that the agent is owner of, by name.
    pub async fn supervisor(&self, person: &Person) -> Result<wire::Supervisor, AppError> {
        if person.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        // What is told is read first and held against the rights afterwards, as in `held_newest`.
        let (open, counts) = (
            self.store.open_with_externals(RUNNING).await?,
            self.store.count_open_with_externals().await?,
        );
        let receivers = self.store.receivers().await?;
        let requests = self.requests(person).await?;
        let mut days = HashMap::new();
        for channel in self.channels().await?.iter().filter(|channel| channel.valid) {
            days.insert(channel.id, self.day_of(channel.id).await?);
        }
        let held = self.held_newest(person).await?;
        let channels = self.channels().await?;

        let mut waiting: HashMap<_, (u32, i64)> = HashMap::new();
        let external = |request: &wire::RequestView| request.kind != wire::PersonKind::Agent;
        for request in requests.into_iter().filter(external) {
            let (count, longest_since) = waiting.entry(request.channel.id).or_insert((0, i64::MAX));
            (*count, *longest_since) = (*count + 1, request.waiting_since.min(*longest_since));
        }
        let owned = channels
            .iter()
            .filter(|channel| channel.valid && held.level(channel.id) == Some(Level::Owner));
        let supervised: Vec<_> = owned
            .map(|channel| {
                let (count, longest_since) = waiting.get(&channel.id.0).copied().unzip();
                let available = |(of, agent): &&(_, _)| *of == channel.id && self.shared.presence.online(*agent);
                let running = open
                    .iter()
                    .filter(|chat| chat.channel == channel.id)
                    .take(RUNNING_SHOWN);
                wire::SupervisedChannel {
                    channel: wire::ChannelRef {
                        id: channel.id.0,
                        name: channel.name.clone(),
                    },
                    reply_target_s: channel.reply_target_s,
                    waiting: count.unwrap_or(0),
                    longest_since,
                    agents_available: receivers.iter().filter(available).count() as u32,
                    running: running
                        .map(|chat| wire::SupervisedChat {
                            chat: chat.chat.0,
                            with: chat.external.clone(),
                            agents: chat.agents.clone(),
                            last_at: chat.last_at.ms(),
                        })
                        .collect(),
                    running_count: counts.get(&channel.id).map_or(0, |count| *count as u32),
                    day: days.remove(&channel.id).unwrap_or_else(|| day(&[])),
                }
            })
            .collect();
        Ok(wire::Supervisor { channels: supervised })
    }

    async fn day_of(&self, channel: ChannelId) -> Result<wire::ChannelDay, AppError> {
        let since = clock::now().plus_s(-3_600 * HOURS as i64);
        Ok(day(&self.store.waits_by_hour(channel, since).await?))
    }
}

fn day(by_hour: &[(i64, i64, i64)]) -> wire::ChannelDay {
    let mut hours = vec![0; HOURS];
    let (mut accepted, mut waited_us) = (0, 0);
    for (hour, count, waited) in by_hour {
        // What is accepted in this very moment belongs to the last hour.
        hours[(*hour).clamp(0, HOURS as i64 - 1) as usize] += *count as u32;
        (accepted, waited_us) = (accepted + count, waited_us + waited);
    }
    wire::ChannelDay {
        accepted: accepted as u32,
        waited_ms: (accepted > 0).then(|| waited_us / accepted / 1_000),
        hours,
    }
}
