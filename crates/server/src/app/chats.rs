//! The verbs on a chat, and reading it.

use super::watch::fitting;
use super::{App, AppError, Signal, rights::Held, view};
use crate::clock;
use domain::verbs::{self, Change, Standing, Verb};
use domain::{
    Access, ChannelId, Chat, ChatId, ClientId, Entry, Kind, Member, Person, PersonId, Refusal, Side, TicketId, text,
};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Command, Effect, Outcome, Stamp, Start, Waited, WriteError};
use uuid::Uuid;
use wire::ChatIntoTicket;

/// Times a verb is decided again because the chat changed meanwhile.
pub(super) const DECISIONS: usize = 4;
/// Entries in a snapshot.
pub const SNAPSHOT: i64 = 150;
/// Most entries of one page.
pub const PAGE: i64 = 200;

/// A person's access to a chat, worked out.
#[derive(Clone)]
pub struct Granted {
    pub chat: Arc<Chat>,
    pub access: Access,
    /// At which fence and permission epoch.
    pub stamp: Stamp,
    held: Arc<Held>,
}

impl Granted {
    /// The number of the one asking on his side; `None` when he only previews.
    pub(super) fn me(&self) -> Option<u32> {
        self.number(self.access.member?)
    }

    /// The number of a member on the side of the one asking.
    pub(super) fn number(&self, n: u32) -> Option<u32> {
        let member = self.chat.members.iter().find(|member| member.n == n)?;
        self.access.side.number(member)
    }

    pub(super) fn standing(&self) -> Standing {
        Standing {
            level: self.held.level(self.chat.channel),
            availability: self.held.availability,
        }
    }
}

/// Where a message came to stand, on its writer's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    pub seq: i64,
    /// The client id was known: it was stored before.
    pub dup: bool,
}

/// A chat from one side at one moment.
pub struct Snapshot {
    pub view: wire::ChatView,
    pub as_of: wire::Position,
    pub entries: Vec<wire::EntryView>,
}

/// What is written with a verb's entries, or not at all, or has to be for them.
#[derive(Clone, Copy)]
pub(super) enum Along<'a> {
    Nothing,
    /// What of the chat goes into the ticket that the verb names.
    IntoTicket(&'a ChatIntoTicket),
    Effect(&'a Effect),
    /// Nothing was said since the chat had come so far; else it is `Busy`.
    OnlyAt(i64),
}

impl App {
    /// A customer user or visitor asks for a chat. One that is not closed under the same start key is the answer
    /// instead of a second one; `false` says so. `snippet` is the channel a visitor's snippet leads to.
    pub async fn start(
        &self,
        person: &Person,
        snippet: Option<ChannelId>,
        asks: &wire::StartChat,
    ) -> Result<(ChatId, bool), AppError> {
        let text = text::message(&asks.text, person.kind, &self.settings())?;
        let (asked, ticket) = (asks.channel.map(ChannelId), asks.ticket.map(TicketId));
        let about = match ticket {
            Some(ticket) => ticket.0,
            None => self.start_channel(person.kind, snippet, asked).await?.0,
        };
        let (cid, digest) = (ClientId(asks.cid), digest("start", about, &text));
        if !self.held(person).await?.valid {
            return Err(AppError::SignedOut);
        }
        // Known before refused: a retry must find what was stored, even if nobody is available any more or the ticket has moved.
        if let Some(known) = self.store.known(person.id, cid, &digest).await? {
            return started(known?);
        }
        let channel = match ticket {
            Some(ticket) => {
                let of_ticket = self.channel_of_my_ticket(person, ticket).await?;
                self.start_channel(person.kind, Some(of_ticket), asked).await?
            }
            None => ChannelId(about),
        };
        let offers = self.offers().await?;
        let offer = *offers
            .iter()
            .find(|offer| offer.channel == channel)
            .ok_or(Refusal::NotOffered)?;
        let opening = verbs::Opening {
            id: ChatId(Uuid::now_v7()),
            ticket,
            text,
            cid,
            at: clock::now(),
        };
        let change = match verbs::start(opening, offer, person, &self.settings()) {
            Ok(change) => change,
            Err(refusal) => return self.running_instead(person, refusal).await,
        };
        let start = Start {
            starter: person.id,
            key: format!("{}/{}/{}", person.id, channel, of_ticket_key(ticket)),
        };
        let command = Command {
            change,
            seen: Stamp {
                fence: 0,
                permission_epoch: -1,
            },
            actor: Some(person.id),
            cid: Some(cid),
            digest,
            start: Some(start),
            waited: None,
            attach: None,
            only_at: None,
            outbox: Vec::new(),
        };
        started(self.written(command).await?)
    }

    /// Who has a chat already is led to it, even where no new one could be started.
    async fn running_instead(&self, person: &Person, refusal: Refusal) -> Result<(ChatId, bool), AppError> {
        let running = self.store.running_chats_of(person.id).await?;
        running.first().map(|chat| (*chat, false)).ok_or(refusal.into())
    }

    async fn start_channel(
        &self,
        kind: Kind,
        snippet: Option<ChannelId>,
        asked: Option<ChannelId>,
    ) -> Result<ChannelId, AppError> {
        if kind == Kind::Agent {
            return Err(Refusal::NotOffered.into());
        }
        if let (Some(snippet), Some(asked)) = (snippet, asked)
            && snippet != asked
        {
            return Err(Refusal::NotOffered.into());
        }
        if let Some(channel) = asked.or(snippet) {
            return Ok(channel);
        }
        let channels = self.channels().await?;
        let default = channels
            .iter()
            .find(|channel| channel.is_default)
            .map(|channel| channel.id);
        default.ok_or(AppError::Refused(Refusal::NotOffered))
    }

    /// Says something: a message, or with `note` something for agents only. Over a live connection (`live`) only while
    /// its session is alive; a request by HTTP was let in a moment ago.
    pub async fn say(
        &self,
        person: &Person,
        live: Option<&Signal>,
        chat: ChatId,
        cid: Uuid,
        given: &str,
        note: bool,
    ) -> Result<Said, AppError> {
        let text = text::message(given, person.kind, &self.settings())?;
        let digest = digest(if note { "note" } else { "message" }, chat.0, &text);
        let verb = if note { Verb::Note { text } } else { Verb::Say { text } };
        let outcome = self.verb(person, live, chat, ClientId(cid), digest, verb).await?;
        said(outcome, Side::of(person.kind))
    }

    pub async fn accept(&self, person: &Person, chat: ChatId, cid: Uuid) -> Result<(), AppError> {
        self.act(person, chat, cid, "accept", Verb::Accept).await
    }

    pub async fn close_chat(&self, person: &Person, chat: ChatId, cid: Uuid) -> Result<(), AppError> {
        self.act(person, chat, cid, "close", Verb::Close).await
    }

    pub async fn hand_back(&self, person: &Person, chat: ChatId, cid: Uuid) -> Result<(), AppError> {
        self.act(person, chat, cid, "hand_back", Verb::HandBack).await
    }

    pub async fn leave(&self, person: &Person, chat: ChatId, cid: Uuid) -> Result<(), AppError> {
        self.act(person, chat, cid, "leave", Verb::Leave).await
    }

    /// Says no to a personal request or an invitation.
    pub async fn decline(&self, person: &Person, chat: ChatId, cid: Uuid) -> Result<(), AppError> {
        self.act(person, chat, cid, "decline", Verb::Decline).await
    }

    async fn act(&self, person: &Person, chat: ChatId, cid: Uuid, word: &str, verb: Verb) -> Result<(), AppError> {
        let digest = digest(word, chat.0, "");
        self.verb(person, None, chat, ClientId(cid), digest, verb)
            .await
            .map(drop)
    }

    /// Decides and writes, again while the chat changes under the decision.
    pub(super) async fn verb(
        &self,
        person: &Person,
        live: Option<&Signal>,
        id: ChatId,
        cid: ClientId,
        digest: [u8; 16],
        verb: Verb,
    ) -> Result<Outcome, AppError> {
        self.verb_with(person, live, id, cid, digest, verb, Along::Nothing)
            .await
    }

    /// As [`App::verb`], with what is written in the same transaction.
    #[allow(clippy::too_many_arguments)]
    pub(super) async fn verb_with(
        &self,
        person: &Person,
        live: Option<&Signal>,
        id: ChatId,
        cid: ClientId,
        digest: [u8; 16],
        verb: Verb,
        along: Along<'_>,
    ) -> Result<Outcome, AppError> {
        for _ in 0..DECISIONS {
            let remembered = self.remembered(id);
            match self.decide(person, live, id, cid, &verb).await {
                Ok((change, seen, waited)) => {
                    let (mut attach, mut only_at, mut outbox) = (None, None, Vec::new());
                    match along {
                        Along::Nothing => {}
                        Along::IntoTicket(asks) => match self.attach(person, id, &verb, asks).await {
                            // All of it is there because this very command put it there.
                            Err(AppError::Refused(refusal)) => {
                                let known = self.store.known(person.id, cid, &digest).await?;
                                return Ok(known.ok_or(refusal)??);
                            }
                            made => attach = Some(Box::new(made?)),
                        },
                        Along::OnlyAt(head) => only_at = Some(head),
                        Along::Effect(effect) => outbox.push(effect.clone()),
                    }
                    let command = Command {
                        change,
                        seen,
                        actor: Some(person.id),
                        cid: Some(cid),
                        digest,
                        start: None,
                        waited,
                        attach,
                        only_at,
                        outbox,
                    };
                    match self.written(command).await {
                        Err(WriteError::FenceMoved) => {
                            self.forget(id);
                            self.newest_permission_epoch().await?;
                            let chat = self.store.chat(id).await?;
                            if only_at.is_some_and(|only_at| chat.is_none_or(|chat| chat.head != only_at)) {
                                return Err(AppError::Busy);
                            }
                        }
                        other => {
                            if person.kind == Kind::Agent {
                                self.shared.presence.touch(person.id, clock::now());
                            }
                            return Ok(other?);
                        }
                    }
                }
                // A retry whose answer was lost finds it here, whatever has happened to the chat since.
                Err(AppError::Refused(refusal)) => {
                    if let Some(known) = self.store.known(person.id, cid, &digest).await? {
                        return Ok(known?);
                    }
                    // What is remembered may be older than what another node wrote: a no must be one of the newest state.
                    if !self.is_outdated(id, remembered).await? {
                        return Err(refusal.into());
                    }
                    self.forget(id);
                }
                Err(other) => return Err(other),
            }
        }
        Err(AppError::Busy)
    }

    pub(super) async fn decide(
        &self,
        person: &Person,
        live: Option<&Signal>,
        id: ChatId,
        cid: ClientId,
        verb: &Verb,
    ) -> Result<(Change, Stamp, Option<Waited>), AppError> {
        let (chat, held) = self.facts(person, id).await?;
        if !held.valid {
            return Err(AppError::SignedOut);
        }
        // After the rights were read: the write holds only for their epoch, and so does this.
        if let Some(live) = live
            && !self.still_signed_in(live).await?
        {
            return Err(AppError::SignedOut);
        }
        let standing = Standing {
            level: held.level(chat.channel),
            availability: held.availability,
        };
        // Accepting is asked for by who cannot read the chat any more, once another was first: he learns who, if the
        // right to accept is his at all. What waits for a person, and what is among agents, was never his to accept.
        let for_channel = !chat.is_among_agents() && !chat.is_personal_request();
        let late = *verb == Verb::Accept && for_channel && standing.level == Some(domain::Level::Owner);
        if !late
            && domain::access(
                &chat,
                person.id,
                person.kind,
                standing.level,
                clock::now(),
                &self.settings(),
            )
            .is_none()
        {
            return Err(Refusal::NotFound.into());
        }
        // Externals are refused what needs facts about others, and learn of nobody and of no channel by how.
        let verb = if person.kind.is_external() {
            verb.clone()
        } else {
            self.with_facts(person, cid, &chat, &held, verb.clone()).await?
        };
        let accepts = verb == Verb::Accept && !chat.is_personal_request();
        let waited = chat.waiting_since.filter(|_| accepts).map(|since| Waited {
            channel: chat.channel,
            since,
        });
        let change = verbs::decide(&chat, person, standing, verb, Some(cid), clock::now())?;
        let seen = Stamp {
            fence: chat.fence,
            permission_epoch: held.epoch,
        };
        Ok((change, seen, waited))
    }

    /// Writes a decided verb and tells whom the new state concerns.
    pub(super) async fn written(&self, command: Command) -> Result<Outcome, WriteError> {
        let plain = !command.change.entries.iter().any(|entry| entry.what.raises_fence());
        let answer = self.store.write(command)?;
        let outcome = answer.await.unwrap_or(Err(WriteError::Stopped));
        if !plain && outcome.is_ok() {
            self.shared.rooms.waiting_changed();
        }
        outcome
    }

    /// Remembers up to where a member has read, on his side's count.
    pub async fn read(&self, person: &Person, id: ChatId, seq: i64) -> Result<(), AppError> {
        let granted = self.grant(person, id).await?;
        if granted.access.member.is_none() {
            return Ok(());
        }
        // The room knows newer heads than the chat as it was decided on.
        let known = self
            .shared
            .rooms
            .get(id)
            .and_then(|room| room.head(granted.access.side))
            .unwrap_or(0);
        let seq = seq.clamp(0, known.max(granted.access.side.head(&granted.chat)));
        // It only grows: who is behind on one device has not unread it on another.
        if seq > self.store.read_position(id, person.id).await? {
            self.store.read_up_to(id, person.id, seq);
            self.shared.read_on(id, person.id, seq);
        }
        Ok(())
    }

    /// Up to where the other side has read, on the count of this one.
    pub(super) async fn seen(&self, person: PersonId, chat: &Chat, side: Side) -> Result<i64, AppError> {
        let theirs = |member: &&Member| member.person != person && side.hears_reading_of(member, chat);
        let mut theirs = chat.members.iter().filter(theirs).peekable();
        if theirs.peek().is_none() {
            return Ok(0);
        }
        let read = self.store.read_positions(chat.id).await?;
        let furthest = theirs.filter_map(|member| read.get(&member.person).copied()).max();
        Ok(match furthest {
            None | Some(0) => 0,
            Some(seq) if chat.is_among_agents() => seq,
            Some(seq) => self.store.position_for(chat.id, side, seq).await?,
        })
    }

    /// Shows the others that this member is typing. Kept nowhere.
    pub async fn typing(&self, person: &Person, id: ChatId, note: bool) -> Result<(), AppError> {
        let granted = self.grant(person, id).await?;
        let me = granted.chat.member(person.id).filter(|me| me.present);
        if let Some(me) = me.filter(|_| granted.chat.state != domain::chat::State::Closed) {
            // What an observer does leaves no mark that an external could see.
            let note = note || me.role == domain::chat::Role::Observer;
            self.shared.typing(id, person.id, me.n, note);
        }
        Ok(())
    }

    /// Access to a chat at the newest fence and permission epoch this node knows; refused like a missing one.
    pub async fn grant(&self, person: &Person, id: ChatId) -> Result<Granted, AppError> {
        let (chat, held) = self.facts(person, id).await?;
        if !held.valid {
            return Err(Refusal::NotFound.into());
        }
        let level = held.level(chat.channel);
        let access = domain::access(&chat, person.id, person.kind, level, clock::now(), &self.settings())
            .ok_or(Refusal::NotFound)?;
        let stamp = Stamp {
            fence: chat.fence,
            permission_epoch: held.epoch,
        };
        Ok(Granted {
            chat,
            access,
            stamp,
            held,
        })
    }

    /// As [`App::grant`], having asked the database for the newest permission epoch: for reads that come from there.
    pub async fn grant_newest(&self, person: &Person, id: ChatId) -> Result<Granted, AppError> {
        self.newest_permission_epoch().await?;
        if let Some(chat) = self.store.chat(id).await?
            && let Some(room) = self.shared.rooms.get(id)
        {
            room.keep(&Arc::new(chat));
        }
        self.grant(person, id).await
    }

    async fn facts(&self, person: &Person, id: ChatId) -> Result<(Arc<Chat>, Arc<Held>), AppError> {
        let held = self.held(person).await?;
        let room = self.shared.rooms.get(id);
        if let Some(chat) = room.as_ref().and_then(|room| room.chat()) {
            return Ok((chat, held));
        }
        let chat = Arc::new(self.store.chat(id).await?.ok_or(Refusal::NotFound)?);
        if let Some(room) = room {
            room.keep(&chat);
        }
        Ok((chat, held))
    }

    /// What a decision about the chat rests on if it is made now: without the chat its fence comes from the store.
    pub(super) fn remembered(&self, id: ChatId) -> Stamp {
        let chat = self.shared.rooms.get(id).and_then(|room| room.chat());
        Stamp {
            fence: chat.map_or(i64::MAX, |chat| chat.fence),
            permission_epoch: self.permission_epoch(),
        }
    }

    /// Whether the chat or somebody's rights changed beyond that, be it by another node.
    pub(super) async fn is_outdated(&self, id: ChatId, remembered: Stamp) -> Result<bool, AppError> {
        if self.newest_permission_epoch().await? > remembered.permission_epoch {
            return Ok(true);
        }
        if remembered.fence == i64::MAX {
            return Ok(false);
        }
        let heads = self.store.heads(&[id]).await?;
        Ok(heads.first().is_some_and(|heads| heads.fence > remembered.fence))
    }

    pub(super) fn forget(&self, id: ChatId) {
        if let Some(room) = self.shared.rooms.get(id) {
            room.forget();
        }
    }

    /// The chat and its newest entries, as many as fit in a frame, as of one position.
    pub async fn snapshot(&self, person: &Person, id: ChatId) -> Result<(Granted, Snapshot), AppError> {
        // Entries first, the verdict afterwards: what is served was made before the verdict was true.
        let before = self.store.chat(id).await?.ok_or(Refusal::NotFound)?;
        let side = Side::of(person.kind);
        let head = side.head(&before);
        let entries = self
            .store
            .entries_after(id, side, (head - SNAPSHOT).max(0), SNAPSHOT)
            .await?;
        let granted = self.grant_newest(person, id).await?;
        let last = entries.last().and_then(|entry| numbered(entry, side)).unwrap_or(head);
        let mut view = self.view(person, &granted).await?;
        if view.head > last {
            // What came since is not in this snapshot; it follows, and counts then.
            view.head = last;
            view.unread = self.store.unread(id, side, person.id, view.read, last).await?;
        }
        let as_of = wire::Position {
            epoch: self.epoch(),
            seq: last,
        };
        let mut entries = faces(&entries, side);
        let lengths = entries
            .iter()
            .rev()
            .map(|entry| serde_json::to_vec(entry).map_or(0, |json| json.len()));
        let newest = fitting(lengths);
        entries.drain(..entries.len() - newest);
        Ok((granted, Snapshot { view, as_of, entries }))
    }

    /// Entries after a position, in order, with the access they were read through.
    pub async fn entries_after(
        &self,
        person: &Person,
        id: ChatId,
        after: i64,
        limit: i64,
    ) -> Result<(Granted, Vec<wire::EntryView>), AppError> {
        let side = Side::of(person.kind);
        let entries = self
            .store
            .entries_after(id, side, after.max(0), limit.clamp(1, PAGE))
            .await?;
        let granted = self.grant_newest(person, id).await?;
        Ok((granted, faces(&entries, side)))
    }

    /// Entries before a position, in order, the nearest.
    pub async fn entries_before(
        &self,
        person: &Person,
        id: ChatId,
        before: i64,
        limit: i64,
    ) -> Result<(Granted, Vec<wire::EntryView>), AppError> {
        let side = Side::of(person.kind);
        let entries = self
            .store
            .entries_before(id, side, before, limit.clamp(1, PAGE))
            .await?;
        let granted = self.grant_newest(person, id).await?;
        Ok((granted, faces(&entries, side)))
    }

    pub async fn chat_view(&self, person: &Person, granted: &Granted) -> Result<wire::ChatView, AppError> {
        self.view(person, granted).await
    }

    /// Marks the chats of somebody who went from here, for those who watch them, on other nodes too.
    pub async fn tell_gone(&self, person: PersonId) -> Result<(), AppError> {
        for chat in self.store.running_chats_of(person).await? {
            self.shared.view_changed(chat);
        }
        Ok(())
    }

    /// Marks the chats of somebody who came or went on another node.
    pub async fn heard_of(&self, person: PersonId) -> Result<(), AppError> {
        for chat in self.store.running_chats_of(person).await? {
            self.shared.rooms.changed(chat);
        }
        Ok(())
    }
}

/// A ticket's part of a start key.
pub(super) fn of_ticket_key(ticket: Option<TicketId>) -> String {
    ticket.map_or_else(|| "-".to_owned(), |ticket| ticket.0.to_string())
}

pub(super) fn started(outcome: Outcome) -> Result<(ChatId, bool), AppError> {
    match outcome {
        Outcome::Written { chat, .. } | Outcome::Known { chat, .. } => Ok((chat, true)),
        Outcome::Existing { chat } => Ok((chat, false)),
    }
}

/// Where a message or file came to stand.
pub(super) fn said(outcome: Outcome, side: Side) -> Result<Said, AppError> {
    let (seq, public_seq, dup) = match outcome {
        Outcome::Written { seq, public_seq, .. } => (seq, public_seq, false),
        Outcome::Known { seq, public_seq, .. } => (seq, public_seq, true),
        Outcome::Existing { .. } => return Err(AppError::Unknown),
    };
    let seq = if side == Side::Agents { Some(seq) } else { public_seq };
    seq.map(|seq| Said { seq, dup }).ok_or(AppError::Unknown)
}

/// Tells a retry from another command under the same client id.
pub(super) fn digest(word: &str, about: Uuid, text: &str) -> [u8; 16] {
    let hash = Sha256::new()
        .chain_update(word)
        .chain_update([0])
        .chain_update(about)
        .chain_update(text)
        .finalize();
    let mut digest = [0; 16];
    digest.copy_from_slice(&hash[..16]);
    digest
}

fn numbered(entry: &Entry, side: Side) -> Option<i64> {
    match side {
        Side::Agents => Some(entry.seq),
        Side::External => entry.public_seq,
    }
}

fn faces(entries: &[Entry], side: Side) -> Vec<wire::EntryView> {
    entries.iter().filter_map(|entry| view::entry(entry, side)).collect()
}
