//! The lists: what waits, and one's own conversations. Queries over the stored truth, remembered while nothing changed.

use super::{App, AppError, view};
use crate::clock;
use domain::chat::State;
use domain::{ChatId, Instant, Kind, Level, Person};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// Most requests in one list.
const REQUESTS: i64 = 200;
/// Conversations in an external's list.
const CONVERSATIONS: i64 = 50;
/// A page of the archive.
const PAGE: i64 = 50;
const PREVIEW_CHARS: usize = 200;

#[derive(Default)]
pub struct Desk {
    /// Waiting chats by id, each good for the fence it was read at.
    waiters: Mutex<HashMap<ChatId, (i64, Arc<Waiter>)>>,
}

struct Waiter {
    channel: domain::ChannelId,
    since: Instant,
    kind: Kind,
    requester: String,
    company: Option<String>,
    first_message: String,
}

impl App {
    /// What this agent sees waiting: requests in channels he is owner of, longest wait first.
    pub async fn requests(&self, person: &Person) -> Result<Vec<wire::RequestView>, AppError> {
        let mut waiters = Vec::new();
        for waiting in self.store.waiting(REQUESTS).await? {
            let waiter = self.waiter(waiting.chat, waiting.fence).await?;
            waiters.extend(waiter.map(|waiter| (waiting, waiter)));
        }
        let held = self.held_newest(person).await?;
        let channels = self.channels().await?;
        let mut requests = Vec::new();
        for (waiting, waiter) in waiters {
            if held.level(waiter.channel) != Some(Level::Owner) {
                continue;
            }
            let Some(channel) = channels.iter().find(|channel| channel.id == waiter.channel) else {
                continue;
            };
            let why_not = (held.availability < domain::Availability::InternalAndExternal)
                .then(|| "you_are_unavailable".to_owned());
            requests.push(wire::RequestView {
                chat: waiting.chat.0,
                kind: view::kind(waiter.kind),
                requester: waiter.requester.clone(),
                company: waiter.company.clone(),
                channel: wire::ChannelRef {
                    id: channel.id.0,
                    name: channel.name.clone(),
                },
                waiting_since: waiter.since.ms(),
                reply_target_s: channel.reply_target_s,
                first_message: waiter.first_message.clone(),
                mine: held.my_channels.contains(&channel.id),
                can_accept: why_not.is_none(),
                why_not,
            });
        }
        Ok(requests)
    }

    async fn waiter(&self, id: ChatId, fence: i64) -> Result<Option<Arc<Waiter>>, AppError> {
        if let Some((at, waiter)) = self.desk.waiters.lock().get(&id)
            && *at == fence
        {
            return Ok(Some(waiter.clone()));
        }
        let Some(chat) = self.store.chat(id).await? else {
            return Ok(None);
        };
        let (State::Requested, Some(since), Some(external)) = (chat.state, chat.waiting_since, chat.external()) else {
            return Ok(None);
        };
        let first_message = self.store.first_message(id).await?.unwrap_or_default();
        let waiter = Arc::new(Waiter {
            channel: chat.channel,
            since,
            kind: external.kind,
            requester: external.name.clone(),
            company: external.company.clone(),
            first_message: first_message.chars().take(PREVIEW_CHARS).collect(),
        });
        let mut waiters = self.desk.waiters.lock();
        if waiters.len() >= REQUESTS as usize * 4 {
            waiters.clear();
        }
        waiters.insert(id, (chat.fence, waiter.clone()));
        Ok(Some(waiter))
    }

    /// The agent's frame: himself, what waits, his open chats.
    pub async fn desk(&self, person: &Person) -> Result<wire::ServerFrame, AppError> {
        Ok(wire::ServerFrame::Desk {
            me: self.me(person).await?,
            requests: self.requests(person).await?,
            chats: self.running(person).await?,
        })
    }

    /// The external's frame: what is offered, his conversations. `only` is the channel of a visitor's snippet.
    pub async fn lobby(&self, person: &Person, only: Option<domain::ChannelId>) -> Result<wire::ServerFrame, AppError> {
        let channels = self.offered(person.kind, only).await?;
        let (chats, _) = self.conversations(person, None).await?;
        Ok(wire::ServerFrame::Lobby { channels, chats })
    }

    /// `which=mine`: one's conversations, newest first. `before` is the cursor of the page before.
    pub async fn conversations(
        &self,
        person: &Person,
        before: Option<Instant>,
    ) -> Result<(Vec<wire::ChatSummary>, Option<Instant>), AppError> {
        let before = before.unwrap_or(Instant(i64::MAX));
        if person.kind == Kind::Agent {
            return Ok((self.running(person).await?, None));
        }
        let closed_after = match person.kind {
            Kind::PublicUser => clock::now().plus_s(-self.settings().visitor_reads_closed_h * 3_600),
            _ => Instant(-1),
        };
        let page = self
            .store
            .chats_of_external(person.id, before, CONVERSATIONS, closed_after)
            .await?;
        self.held_newest(person).await?;
        let next = (page.len() as i64 == CONVERSATIONS)
            .then(|| page.last().map(|last| last.last_at))
            .flatten();
        Ok((page.into_iter().map(view::summary).collect(), next))
    }

    /// `which=archive`: closed chats the person may read, newest first.
    pub async fn archive(
        &self,
        person: &Person,
        before: Option<Instant>,
    ) -> Result<(Vec<wire::ChatSummary>, Option<Instant>), AppError> {
        if person.kind != Kind::Agent {
            let (mut chats, next) = self.conversations(person, before).await?;
            chats.retain(|chat| chat.state == wire::ChatState::Closed);
            return Ok((chats, next));
        }
        let mut page = self
            .store
            .archive_of_agent(person.id, before.unwrap_or(Instant(i64::MAX)), PAGE)
            .await?;
        let held = self.held_newest(person).await?;
        let next = (page.len() as i64 == PAGE)
            .then(|| page.last().map(|last| last.last_at))
            .flatten();
        page.retain(|chat| held.level(chat.channel).is_some());
        Ok((page.into_iter().map(view::summary).collect(), next))
    }

    /// An agent's open chats, as far as he still has a right on their channels.
    async fn running(&self, person: &Person) -> Result<Vec<wire::ChatSummary>, AppError> {
        let running = self.store.running_of_agent(person.id).await?;
        let held = self.held_newest(person).await?;
        let his = running.into_iter().filter(|chat| held.level(chat.channel).is_some());
        Ok(his.map(view::summary).collect())
    }
}
