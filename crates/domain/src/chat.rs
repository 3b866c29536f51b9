//! A chat's state as the fold of its entries.

use crate::entry::{Audience, ClosedReason, Entry, What};
use crate::id::{ChannelId, ChatId, Instant, PersonId, TicketId};
use crate::person::Kind;

words! {
    pub enum State {
        Requested = "requested",
        Open = "open",
        Closed = "closed",
    }
}

impl State {
    /// The graph of product section 2.
    pub fn may_become(self, next: Self) -> bool {
        use State::*;
        self == next || matches!((self, next), (Requested, Open | Closed) | (Open, Requested | Closed))
    }
}

words! {
    /// Who asks whom; frozen at the start. The settings' switches have the same names.
    pub enum Direction {
        PublicToAgent = "public_to_agent",
        CustomerToAgent = "customer_to_agent",
        AgentToCustomer = "agent_to_customer",
        AgentToAgent = "agent_to_agent",
    }
}

impl Direction {
    /// The request is addressed to a person, not to a channel.
    pub fn is_personal(self) -> bool {
        matches!(self, Self::AgentToCustomer | Self::AgentToAgent)
    }
}

words! {
    pub enum Role {
        Observer = "observer",
        Participant = "participant",
        Owner = "owner",
        External = "external",
    }
}

/// Somebody who takes or took part. Members are never removed, so that entries keep their author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Number by order of joining, from 1.
    pub n: u32,
    pub person: PersonId,
    pub kind: Kind,
    pub role: Role,
    /// Frozen at joining.
    pub name: String,
    pub company: Option<String>,
    /// Still in. An external is in until the chat is closed: being offline is presence, not a state.
    pub present: bool,
    /// Was in at some time; false for who was asked and has not come.
    pub joined: bool,
    /// Which agent, or which external, he was that externals came to see, from 1; `None` for who never was but an observer.
    pub shown: Option<u32>,
    /// Asked to join and has not answered.
    pub invited: Option<Invitation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The highest role offered.
    pub role: Role,
    /// The member who asked him.
    pub by: u32,
    pub note: Option<String>,
    pub at: Instant,
}

impl Member {
    /// His number for externals: the chat's external is 1, agents follow in the order in which they came to be seen. So no number
    /// is missing where somebody unseen took one. `None` for who is not there for them.
    pub fn public_n(&self) -> Option<u32> {
        match self.role {
            Role::External => Some(1),
            _ => self.shown.map(|shown| shown + 1),
        }
    }

    /// Contributing agents decide who may leave and whether an external is alone.
    pub fn contributes(&self) -> bool {
        self.present && matches!(self.role, Role::Owner | Role::Participant)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    pub id: ChatId,
    pub channel: ChannelId,
    pub direction: Direction,
    /// The ticket it was begun from; frozen at the start.
    pub ticket: Option<TicketId>,
    pub state: State,
    pub closed_reason: Option<ClosedReason>,
    pub created_at: Instant,
    /// Since when it waits in the request list; while `state` is requested.
    pub waiting_since: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub last_at: Instant,
    pub head: i64,
    pub public_head: i64,
    /// Raised by everything but messages; a change is only written while it is what the decision saw.
    pub fence: i64,
    pub members: Vec<Member>,
}

impl Chat {
    /// A chat before its first entry.
    pub fn new(id: ChatId, channel: ChannelId, direction: Direction, ticket: Option<TicketId>, at: Instant) -> Self {
        Self {
            id,
            channel,
            direction,
            ticket,
            state: State::Requested,
            closed_reason: None,
            created_at: at,
            waiting_since: Some(at),
            closed_at: None,
            last_at: at,
            head: 0,
            public_head: 0,
            fence: 0,
            members: Vec::new(),
        }
    }

    pub fn member(&self, person: PersonId) -> Option<&Member> {
        self.members.iter().find(|member| member.person == person)
    }

    /// Only agents take part: the channel gives nobody a right, no lease ends it.
    pub fn is_among_agents(&self) -> bool {
        self.direction == Direction::AgentToAgent
    }

    /// The person a personal request is addressed to.
    pub fn addressee(&self) -> Option<&Member> {
        self.members.get(1).filter(|_| self.direction.is_personal())
    }

    /// It waits for the one it is addressed to. Once he had accepted, a chat that comes back waits for the channel.
    pub fn is_personal_request(&self) -> bool {
        self.state == State::Requested && self.addressee().is_some_and(|addressee| !addressee.joined)
    }

    /// Who asked for the chat.
    pub fn requester(&self) -> Option<&Member> {
        self.members.first()
    }

    pub fn contributing(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.contributes())
    }

    pub fn external(&self) -> Option<&Member> {
        self.members.iter().find(|member| member.role == Role::External)
    }

    /// Takes one entry in; `brings` are the members it brings, brings back or changes. They are told apart by number.
    pub fn apply(&mut self, entry: &Entry, brings: &[Member]) {
        for member in brings {
            match self.members.iter_mut().find(|known| known.n == member.n) {
                Some(known) => *known = member.clone(),
                None => self.members.push(member.clone()),
            }
        }
        match &entry.what {
            What::Requested => self.waiting_since = Some(entry.at),
            // Whoever comes, is asked, or answers is brought by `brings`.
            What::Message { .. }
            | What::Note { .. }
            | What::File { .. }
            | What::Invited { .. }
            | What::InvitationDeclined
            | What::Joined { .. }
            | What::RoleChanged { .. }
            | What::Redacted { .. }
            | What::Redaction { .. }
            | What::Attached { .. }
            | What::Mailing { .. }
            | What::Missed { .. }
            | What::Mailed { .. } => {}
            What::Accepted => {
                self.state = State::Open;
                self.waiting_since = None;
            }
            What::Left { .. } => self.leave(entry.who),
            What::Moved { channel, .. } => self.channel = *channel,
            What::Returned { .. } => {
                self.state = State::Requested;
                self.waiting_since = Some(entry.at);
                self.members.iter_mut().for_each(|member| {
                    member.present &= member.kind != Kind::Agent;
                    member.invited = None;
                });
            }
            What::Closed { reason } => {
                self.state = State::Closed;
                self.closed_reason = Some(*reason);
                self.closed_at = Some(entry.at);
                self.waiting_since = None;
                self.members.iter_mut().for_each(|member| member.invited = None);
            }
        }
        self.head = entry.seq;
        if let Some(public_seq) = entry.public_seq {
            self.public_head = public_seq;
        }
        self.last_at = self.last_at.max(entry.at);
        if entry.what.raises_fence() {
            self.fence += 1;
        }
    }

    fn leave(&mut self, who: Option<u32>) {
        if let Some(member) = self.members.iter_mut().find(|member| Some(member.n) == who) {
            member.present = false;
        }
    }

    /// The number externals know this member by.
    pub fn public_n(&self, n: u32) -> Option<u32> {
        self.members.iter().find(|member| member.n == n)?.public_n()
    }

    /// Gives the next entry its numbers and its time.
    pub fn next_entry(&self, at: Instant, what: What) -> Entry {
        Entry {
            seq: self.head + 1,
            public_seq: (what.audience() == Audience::Everyone).then_some(self.public_head + 1),
            at: at.max(self.last_at),
            who: None,
            public_who: None,
            actor: None,
            cid: None,
            what,
        }
    }
}
