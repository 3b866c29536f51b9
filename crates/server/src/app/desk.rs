//! The lists: what waits, and one's own conversations. Queries over the stored truth, remembered while nothing changed.

use super::rights::Held;
use super::{App, AppError, view};
use crate::clock;
use domain::chat::{Direction, State};
use domain::{Availability, ChannelId, Chat, ChatId, Instant, Kind, Level, Person, Side, TicketId};
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// Most requests of one channel in a list.
const REQUESTS: i64 = 1_000;
/// Conversations in an external's list.
const CONVERSATIONS: i64 = 50;
/// A page of the archive.
const PAGE: i64 = 50;
const PREVIEW_CHARS: usize = 200;
/// For so long an estimate is good.
const ESTIMATE_S: i64 = 10;
/// Most waits an estimate is made from.
const WAITS: i64 = 1_000;

#[derive(Default)]
pub struct Desk {
    /// Waiting chats by id, each good for the fence it was read at.
    waiters: Mutex<HashMap<ChatId, (i64, Arc<Waiter>)>>,
    /// As many as there are channels. Held while one is read: of many agents who look at once one asks the store.
    waiting: tokio::sync::Mutex<HashMap<ChannelId, WaitingRead>>,
    /// As many as there are channels.
    estimates: Mutex<HashMap<ChannelId, (Instant, Option<wire::Estimate>)>>,
}

/// At which version of the lists, when, and what was waiting.
type WaitingRead = (u64, Instant, Arc<Vec<(store::Waiting, Arc<Waiter>)>>);

struct Waiter {
    channel: ChannelId,
    since: Instant,
    kind: Kind,
    requester: String,
    company: Option<String>,
    ticket: Option<TicketId>,
    first_message: String,
}

impl App {
    /// What this agent sees waiting, longest wait first: what is addressed to him, and requests in channels he is owner of.
    pub async fn requests(&self, person: &Person) -> Result<Vec<wire::RequestView>, AppError> {
        let mut asked = Vec::new();
        for waiting in self.store.asked(person.id).await? {
            asked.extend(self.store.chat(waiting.chat).await?.map(|chat| (waiting.since, chat)));
        }
        let mut waiters = Vec::new();
        for channel in self.owned_channels(person).await? {
            waiters.push(self.waiting(channel).await?);
        }
        let hidden: HashSet<ChatId> = self.store.hidden_of(person.id).await?.into_iter().collect();
        let held = self.held_newest(person).await?;
        let channels = self.channels().await?;
        let mut requests = Vec::new();
        let mut about: HashMap<Uuid, TicketId> = HashMap::new();
        for (since, chat) in asked {
            about.extend(chat.ticket.map(|ticket| (chat.id.0, ticket)));
            requests.extend(self.asked(person, &held, since, &chat).await?);
        }
        // The lists are read one after the other: a chat that is moved or asked for meanwhile may stand in two.
        let mut listed: HashSet<Uuid> = requests.iter().map(|request| request.chat).collect();
        for (waiting, waiter) in waiters.iter().flat_map(|waiting| &**waiting) {
            if held.level(waiter.channel) != Some(Level::Owner) || !listed.insert(waiting.chat.0) {
                continue;
            }
            let Some(channel) = channels.iter().find(|channel| channel.id == waiter.channel) else {
                continue;
            };
            about.extend(waiter.ticket.map(|ticket| (waiting.chat.0, ticket)));
            let why_not = unavailable(&held, Availability::InternalAndExternal);
            requests.push(wire::RequestView {
                chat: waiting.chat.0,
                is: wire::RequestKind::Generic,
                kind: view::kind(waiter.kind),
                requester: waiter.requester.clone(),
                company: waiter.company.clone(),
                channel: wire::ChannelRef {
                    id: channel.id.0,
                    name: channel.name.clone(),
                },
                ticket: None,
                waiting_since: waiter.since.ms(),
                reply_target_s: channel.reply_target_s,
                first_message: waiter.first_message.clone(),
                with: None,
                role: None,
                hidden: hidden.contains(&waiting.chat),
                mine: held.my_channels.contains(&channel.id),
                can_accept: why_not.is_none(),
                why_not,
            });
        }
        let tickets = self.ticket_refs(person, about.values().copied()).await?;
        for request in &mut requests {
            let ticket = about.get(&request.chat);
            request.ticket = ticket.and_then(|ticket| tickets.get(ticket).cloned());
        }
        requests.sort_by_key(|request| (request.waiting_since, request.chat));
        Ok(requests)
    }

    /// A personal request to this agent, or an invitation, as far as he may read it.
    async fn asked(
        &self,
        person: &Person,
        held: &Held,
        since: Instant,
        chat: &Chat,
    ) -> Result<Option<wire::RequestView>, AppError> {
        let level = held.level(chat.channel);
        let now = clock::now();
        if domain::access(chat, person.id, person.kind, level, now, &self.settings()).is_none() {
            return Ok(None);
        }
        let invited = chat.member(person.id).and_then(|me| me.invited.clone());
        let by = match &invited {
            Some(invited) => chat.members.iter().find(|member| member.n == invited.by),
            None => chat.requester(),
        };
        let (Some(by), Some(channel)) = (by, self.channel(chat.channel).await?) else {
            return Ok(None);
        };
        let need = match chat.is_among_agents() {
            true => Availability::Internal,
            false => Availability::InternalAndExternal,
        };
        let why_not = unavailable(held, need);
        let with = match chat.external() {
            Some(external) => Some(external),
            None => chat.contributing().find(|member| member.n != by.n),
        };
        // What an invitation came with is its note; the chat's first message would read as if the one who invites had said it.
        let first_message = match &invited {
            Some(invited) => invited.note.clone(),
            None => self.store.first_message(chat.id).await?,
        };
        Ok(Some(wire::RequestView {
            chat: chat.id.0,
            is: match invited {
                Some(_) => wire::RequestKind::Invitation,
                None => wire::RequestKind::Personal,
            },
            kind: view::kind(by.kind),
            requester: by.name.clone(),
            company: None,
            channel: wire::ChannelRef {
                id: channel.id.0,
                name: channel.name.clone(),
            },
            ticket: None,
            waiting_since: since.ms(),
            reply_target_s: channel.reply_target_s,
            first_message: first_message.unwrap_or_default().chars().take(PREVIEW_CHARS).collect(),
            with: with.filter(|_| invited.is_some()).map(|with| with.name.clone()),
            role: invited.map(|invited| view::role(domain::verbs::highest(invited.role, chat, level))),
            hidden: false,
            mine: true,
            can_accept: why_not.is_none(),
            why_not,
        }))
    }

    /// How long requests of a channel wait, if history allows to say so. Worked out at most once in ten seconds.
    pub(super) async fn estimate(&self, channel: ChannelId) -> Result<Option<wire::Estimate>, AppError> {
        let now = clock::now();
        if let Some((at, known)) = self.desk.estimates.lock().get(&channel)
            && now < at.plus_s(ESTIMATE_S)
        {
            return Ok(known.clone());
        }
        let since = now.plus_s(-domain::estimate::HISTORY_DAYS * 86_400);
        let waits = self.store.waits(channel, since, WAITS).await?;
        let estimate = domain::estimate::estimate(&waits).map(|range| wire::Estimate {
            from_s: range.from_s as u32,
            to_s: range.to_s as u32,
        });
        self.desk.estimates.lock().insert(channel, (now, estimate.clone()));
        Ok(estimate)
    }

    async fn owned_channels(&self, person: &Person) -> Result<Vec<ChannelId>, AppError> {
        let held = self.held(person).await?;
        let channels = self.channels().await?;
        let owned = channels.iter().map(|channel| channel.id);
        Ok(owned
            .filter(|channel| held.level(*channel) == Some(Level::Owner))
            .collect())
    }

    /// What waits in a channel, read once for all agents while nothing changes, and anew after a second: other nodes write too.
    async fn waiting(&self, channel: ChannelId) -> Result<Arc<Vec<(store::Waiting, Arc<Waiter>)>>, AppError> {
        let mut read = self.desk.waiting.lock().await;
        let (version, now) = (self.shared.lists_version.load(Ordering::Acquire), clock::now());
        if let Some((at, read_at, waiting)) = read.get(&channel)
            && *at == version
            && now < read_at.plus_s(1)
        {
            return Ok(waiting.clone());
        }
        let mut all = Vec::new();
        for waiting in self.store.waiting(channel, REQUESTS).await? {
            let waiter = self.waiter(waiting.chat, waiting.fence).await?;
            // One that was moved meanwhile is in the list of its other channel.
            let here = waiter.filter(|waiter| waiter.channel == channel);
            all.extend(here.map(|waiter| (waiting, waiter)));
        }
        let waiting = Arc::new(all);
        read.insert(channel, (version, now, waiting.clone()));
        Ok(waiting)
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
            ticket: chat.ticket,
            first_message: first_message.chars().take(PREVIEW_CHARS).collect(),
        });
        let mut waiters = self.desk.waiters.lock();
        if waiters.len() >= REQUESTS as usize * 4 {
            waiters.clear();
        }
        waiters.insert(id, (chat.fence, waiter.clone()));
        Ok(Some(waiter))
    }

    /// What an agent's desk shows: himself, what waits, his chats that are not closed.
    pub async fn desk(
        &self,
        person: &Person,
    ) -> Result<(wire::Me, Vec<wire::RequestView>, Vec<wire::ChatSummary>), AppError> {
        let read = async {
            Ok((
                self.me(person).await?,
                self.requests(person).await?,
                self.running(person).await?,
            ))
        };
        self.in_turn(read).await
    }

    /// The external's frame: what is offered, his conversations. `only` is the channel of a visitor's snippet.
    pub async fn lobby(&self, person: &Person, only: Option<ChannelId>) -> Result<wire::ServerFrame, AppError> {
        let read = async {
            let channels = self.offered(person.kind, only).await?;
            let (chats, _) = self.conversations(person, None).await?;
            Ok(wire::ServerFrame::Lobby { channels, chats })
        };
        self.in_turn(read).await
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
        Ok((
            page.into_iter()
                .map(|chat| self.summary(chat, Side::External))
                .collect(),
            next,
        ))
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
        page.retain(|chat| chat.direction == Direction::AgentToAgent || held.level(chat.channel).is_some());
        Ok((
            page.into_iter().map(|chat| self.summary(chat, Side::Agents)).collect(),
            next,
        ))
    }

    /// An agent's open chats, as far as he still has a right on their channels.
    async fn running(&self, person: &Person) -> Result<Vec<wire::ChatSummary>, AppError> {
        let running = self.store.running_of_agent(person.id).await?;
        let held = self.held_newest(person).await?;
        let his = running
            .into_iter()
            .filter(|chat| chat.direction == Direction::AgentToAgent || held.level(chat.channel).is_some());
        Ok(his.map(|chat| self.summary(chat, Side::Agents)).collect())
    }
}

/// The problem code of an agent who does not want such chats now.
fn unavailable(held: &Held, need: Availability) -> Option<String> {
    (held.availability < need).then(|| "you_are_unavailable".to_owned())
}
