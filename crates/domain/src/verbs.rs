//! What people do to a chat. Facts and a verb give the change or a refusal.

use crate::chat::{Chat, Member, Role, State};
use crate::entry::{ClosedReason, Entry, ReturnedReason, What};
use crate::id::{ChannelId, ChatId, ClientId, Instant};
use crate::permission::Level;
use crate::person::{Availability, Kind, Person};
use crate::refusal::Refusal;
use crate::settings::Settings;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    Accept,
    /// Text normalised by [`crate::text::message`].
    Say {
        text: String,
    },
    Note {
        text: String,
    },
    Leave,
    /// Back to the channel's request list.
    HandBack,
    Close,
}

/// What the system does when time passes or rights change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemVerb {
    /// No contributing agent is left with a live lease, or with his right.
    Return(ReturnedReason),
    Close(ClosedReason),
}

/// How the person asking stands to the chat's channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Agents: the highest chat key on the channel's group.
    pub level: Option<Level>,
    pub availability: Availability,
}

/// The outcome of a verb: entries in order, the chat after them, and who joined or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub entries: Vec<Entry>,
    pub after: Chat,
    /// Members that are new or differ from before.
    pub members: Vec<Member>,
}

struct Draft {
    entries: Vec<Entry>,
    after: Chat,
}

impl Draft {
    fn of(chat: &Chat) -> Self {
        Self {
            entries: Vec::new(),
            after: chat.clone(),
        }
    }

    fn add(
        mut self,
        at: Instant,
        who: Option<(&Person, u32)>,
        cid: Option<ClientId>,
        what: What,
        joins: Option<Member>,
    ) -> Self {
        let mut entry = self.after.next_entry(at, what);
        entry.who = who.map(|(_, n)| n);
        entry.actor = who.map(|(person, _)| person.id);
        entry.cid = cid;
        self.after.apply(&entry, joins.as_ref());
        self.entries.push(entry);
        self
    }

    fn done(self, before: &Chat) -> Change {
        let changed = |member: &&Member| !before.members.contains(member);
        let members = self.after.members.iter().filter(changed).cloned().collect();
        Change {
            entries: self.entries,
            after: self.after,
            members,
        }
    }
}

/// A channel as the start of a chat sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    pub channel: ChannelId,
    pub valid: bool,
    pub for_customer_users: bool,
    pub for_public_users: bool,
    /// Somebody is there who may and can accept.
    pub available: bool,
}

impl Offer {
    /// Offered to this kind of person at all.
    pub fn to(&self, kind: Kind, settings: &Settings) -> bool {
        let direction = match kind {
            Kind::CustomerUser => self.for_customer_users && settings.customer_to_agent == 1,
            Kind::PublicUser => self.for_public_users && settings.public_to_agent == 1,
            Kind::Agent => false,
        };
        self.valid && direction && settings.chat_active == 1
    }
}

/// A customer user or visitor asks for a chat: the request and his first message.
pub fn start(
    id: ChatId,
    offer: Offer,
    person: &Person,
    text: String,
    cid: ClientId,
    settings: &Settings,
    at: Instant,
) -> Result<Change, Refusal> {
    if !offer.to(person.kind, settings) {
        return Err(Refusal::NotOffered);
    }
    if !offer.available {
        return Err(Refusal::NobodyAvailable);
    }
    let before = Chat::new(id, offer.channel, at);
    let starter = member(1, person, Role::External);
    Ok(Draft::of(&before)
        .add(at, Some((person, 1)), Some(cid), What::Requested, Some(starter))
        .add(at, Some((person, 1)), None, What::Message { text }, None)
        .done(&before))
}

/// Decides a verb of a person. The chat is one he may read; whether he may is [`crate::access::access`]'s business.
pub fn decide(
    chat: &Chat,
    person: &Person,
    standing: Standing,
    verb: Verb,
    cid: Option<ClientId>,
    at: Instant,
) -> Result<Change, Refusal> {
    if person.kind.is_external() {
        decide_external(chat, person, verb, cid, at)
    } else {
        decide_agent(chat, person, standing, verb, cid, at)
    }
}

fn decide_external(
    chat: &Chat,
    person: &Person,
    verb: Verb,
    cid: Option<ClientId>,
    at: Instant,
) -> Result<Change, Refusal> {
    let me = chat
        .member(person.id)
        .filter(|member| member.role == Role::External)
        .ok_or(Refusal::NotFound)?
        .n;
    if chat.state == State::Closed {
        return Err(Refusal::ChatClosed);
    }
    let what = match verb {
        Verb::Say { text } => What::Message { text },
        Verb::Close if chat.state == State::Requested => What::Closed {
            reason: ClosedReason::Withdrawn,
        },
        Verb::Close => What::Closed {
            reason: ClosedReason::ByExternal,
        },
        Verb::Accept | Verb::Note { .. } | Verb::Leave | Verb::HandBack => return Err(Refusal::NotAllowed),
    };
    Ok(Draft::of(chat).add(at, Some((person, me)), cid, what, None).done(chat))
}

fn decide_agent(
    chat: &Chat,
    person: &Person,
    standing: Standing,
    verb: Verb,
    cid: Option<ClientId>,
    at: Instant,
) -> Result<Change, Refusal> {
    if let Verb::Accept = verb {
        return accept(chat, person, standing, cid, at);
    }
    match chat.state {
        State::Closed => return Err(Refusal::ChatClosed),
        State::Requested => return Err(Refusal::NotAccepted),
        State::Open => {}
    }
    let me = chat
        .member(person.id)
        .filter(|member| member.present)
        .ok_or(Refusal::NotFound)?;
    let role = capped(me.role, standing.level).ok_or(Refusal::NotAllowed)?;
    let contributes = role >= Role::Participant;
    // By the role he has here, not the capped one: a lowered right is no way out either.
    let last = me.contributes() && chat.contributing().all(|other| other.n == me.n);
    let what = match verb {
        Verb::Note { text } => What::Note { text },
        Verb::Leave if last => return Err(Refusal::WouldLeaveAlone),
        Verb::Leave => What::Left,
        _ if !contributes => return Err(Refusal::NotAllowed),
        Verb::Say { text } => What::Message { text },
        Verb::HandBack => What::Returned {
            reason: ReturnedReason::HandedBack,
        },
        Verb::Close => What::Closed {
            reason: ClosedReason::ByAgent,
        },
        Verb::Accept => return Err(Refusal::NotAllowed),
    };
    Ok(Draft::of(chat)
        .add(at, Some((person, me.n)), cid, what, None)
        .done(chat))
}

fn accept(
    chat: &Chat,
    person: &Person,
    standing: Standing,
    cid: Option<ClientId>,
    at: Instant,
) -> Result<Change, Refusal> {
    if standing.level != Some(Level::Owner) {
        return Err(if chat.state == State::Requested {
            Refusal::NotAllowed
        } else {
            taken(chat)
        });
    }
    if chat.state != State::Requested {
        return Err(taken(chat));
    }
    if standing.availability < Availability::InternalAndExternal {
        return Err(Refusal::YouAreUnavailable);
    }
    let known = chat.member(person.id).map(|member| member.n);
    let n = known.unwrap_or_else(|| chat.members.iter().map(|member| member.n).max().unwrap_or(0) + 1);
    let joins = member(n, person, Role::Owner);
    Ok(Draft::of(chat)
        .add(at, Some((person, n)), cid, What::Accepted, Some(joins))
        .done(chat))
}

/// A late click on *Accept* learns who was first.
fn taken(chat: &Chat) -> Refusal {
    match (chat.state, chat.contributing().next()) {
        (State::Open, Some(owner)) => Refusal::AlreadyTaken { by: owner.name.clone() },
        _ => Refusal::ChatClosed,
    }
}

/// Decides what the system does; `None` if there is nothing to do any more.
pub fn decide_system(chat: &Chat, verb: SystemVerb, at: Instant) -> Option<Change> {
    let what = match (verb, chat.state) {
        (SystemVerb::Return(reason), State::Open) => What::Returned { reason },
        (SystemVerb::Close(reason), State::Open | State::Requested) => What::Closed { reason },
        _ => return None,
    };
    Some(Draft::of(chat).add(at, None, None, what, None).done(chat))
}

/// What the person may do now: exactly the verbs that would not be refused.
pub fn can(chat: &Chat, person: &Person, standing: Standing) -> Vec<Verb> {
    let some = || "x".to_owned();
    [
        Verb::Accept,
        Verb::Say { text: some() },
        Verb::Note { text: some() },
        Verb::Leave,
        Verb::HandBack,
        Verb::Close,
    ]
    .into_iter()
    .filter(|verb| decide(chat, person, standing, verb.clone(), None, chat.last_at).is_ok())
    .collect()
}

/// A role in a chat is never higher than the level on the channel's group; without a level there is none.
fn capped(role: Role, level: Option<Level>) -> Option<Role> {
    let highest = match level? {
        Level::Observer => Role::Observer,
        Level::Participant => Role::Participant,
        Level::Owner => Role::Owner,
    };
    Some(role.min(highest))
}

fn member(n: u32, person: &Person, role: Role) -> Member {
    Member {
        n,
        person: person.id,
        kind: person.kind,
        role,
        name: person.name.clone(),
        company: person.company.clone(),
        present: true,
    }
}
