//! What people do to a chat. Facts and a verb give the change or a refusal.

use crate::access::access;
use crate::chat::{Chat, Direction, Invitation, Member, Role, State};
use crate::entry::{ClosedReason, Entry, MailOutcome, Recipient, ReturnedReason, What};
use crate::file::File;
use crate::id::{ChannelId, ChatId, ClientId, Instant, PersonId, TicketId};
use crate::permission::Level;
use crate::person::{Availability, Kind, Person};
use crate::refusal::Refusal;
use crate::settings::Settings;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    Accept,
    /// Answers a personal request or an invitation with no.
    Decline,
    /// Text normalised by [`crate::text::message`].
    Say {
        text: String,
    },
    Note {
        text: String,
    },
    /// Sends a file, or with `note` puts one down for agents only.
    Send {
        note: bool,
        file: Box<File>,
    },
    Invite(Box<Invite>),
    /// Follows an invitation.
    Join {
        role: Role,
    },
    /// To another channel.
    Move {
        to: ChannelId,
        name: String,
        /// The mover's level there.
        level: Option<Level>,
    },
    /// Between observer and participant.
    SwitchRole {
        to: Role,
    },
    Leave,
    /// Back to the channel's request list.
    HandBack,
    Close,
    /// Takes the text of an entry away for everybody. `public_of` is its number for externals, where it has a face for them.
    Redact {
        of: i64,
        public_of: Option<i64>,
    },
    /// Into a ticket that takes it; then it closes, unless it is kept open.
    AppendToTicket {
        ticket: TicketId,
        number: String,
        keep_open: bool,
    },
    /// By e-mail to somebody, by name; externals send it to themselves.
    Mail {
        to: Recipient,
        whom: String,
    },
}

/// Whom one wants in the chat, and how he stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    pub whom: Person,
    /// His level on the chat's channel.
    pub standing: Standing,
    /// He is one of those who may receive chats, and is there.
    pub reachable: bool,
    pub role: Role,
    /// Normalised by [`crate::text::message`].
    pub note: Option<String>,
}

/// What the system does when time passes or rights change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemVerb {
    /// No contributing agent is left with a live lease, or with his right.
    Return(ReturnedReason),
    /// One agent is lost, others stay; `heir` has owner level and becomes owner in his place.
    LoseAgent {
        n: u32,
        heir: Option<u32>,
    },
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
        who: Option<(PersonId, Option<u32>)>,
        cid: Option<ClientId>,
        what: What,
        brings: &[Member],
    ) -> Self {
        let mut entry = self.after.next_entry(at, what);
        entry.who = who.and_then(|(_, n)| n);
        entry.actor = who.map(|(person, _)| person);
        entry.cid = cid;
        self.after.apply(&entry, brings);
        entry.public_who = entry.who.and_then(|n| self.after.public_n(n));
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

/// Whether a direction is switched on.
pub fn is_on(direction: Direction, settings: &Settings) -> bool {
    let switch = match direction {
        Direction::PublicToAgent => settings.public_to_agent,
        Direction::CustomerToAgent => settings.customer_to_agent,
        Direction::AgentToCustomer => settings.agent_to_customer,
        Direction::AgentToAgent => settings.agent_to_agent,
    };
    settings.chat_active == 1 && switch == 1
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

/// Whether chats in a direction may begin so: about a ticket, or about none.
fn begins(direction: Direction, about_ticket: bool, settings: &Settings) -> bool {
    let switch = match (direction, about_ticket) {
        (Direction::CustomerToAgent, true) => settings.customer_starts_from_ticket,
        (Direction::CustomerToAgent, false) => settings.customer_starts_without_ticket,
        (Direction::AgentToCustomer, true) => settings.agent_starts_from_ticket,
        (Direction::AgentToCustomer, false) => settings.agent_starts_without_ticket,
        (Direction::PublicToAgent | Direction::AgentToAgent, _) => 1,
    };
    is_on(direction, settings) && switch == 1
}

impl Offer {
    /// Offered to this kind of person at all, for a chat about a ticket or about none.
    pub fn to(&self, kind: Kind, about_ticket: bool, settings: &Settings) -> bool {
        let direction = match kind {
            Kind::CustomerUser => self.for_customer_users && begins(Direction::CustomerToAgent, about_ticket, settings),
            Kind::PublicUser => self.for_public_users && is_on(Direction::PublicToAgent, settings),
            Kind::Agent => false,
        };
        self.valid && direction
    }
}

/// What a chat begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub id: ChatId,
    /// The ticket it is begun from.
    pub ticket: Option<TicketId>,
    pub text: String,
    pub cid: ClientId,
    pub at: Instant,
}

impl Opening {
    fn chat(&self, channel: ChannelId, direction: Direction) -> Chat {
        Chat::new(self.id, channel, direction, self.ticket, self.at)
    }
}

/// A customer user or visitor asks for a chat: the request and his first message.
pub fn start(opening: Opening, offer: Offer, person: &Person, settings: &Settings) -> Result<Change, Refusal> {
    if !offer.to(person.kind, opening.ticket.is_some(), settings) {
        return Err(Refusal::NotOffered);
    }
    if !offer.available {
        return Err(Refusal::NobodyAvailable);
    }
    let direction = match person.kind {
        Kind::CustomerUser => Direction::CustomerToAgent,
        _ => Direction::PublicToAgent,
    };
    let before = opening.chat(offer.channel, direction);
    let Opening { text, cid, at, .. } = opening;
    let me = Some((person.id, Some(1)));
    let starter = joining(&before, person, Role::External);
    Ok(Draft::of(&before)
        .add(at, me, Some(cid), What::Requested, &[starter])
        .add(at, me, None, What::Message { text }, &[])
        .done(&before))
}

/// To whom an agent turns, and how both stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub channel: ChannelId,
    /// The one asked: an agent or a customer user.
    pub whom: Person,
    pub whom_availability: Availability,
    /// He is there, and if an agent one of those who may receive chats.
    pub reachable: bool,
    /// How the one who asks stands to the channel.
    pub standing: Standing,
    /// He is one of those who may start chats.
    pub may_start: bool,
}

/// An agent asks a person for a chat: the request and the first message. Agents cannot address visitors.
pub fn request(opening: Opening, request: Request, person: &Person, settings: &Settings) -> Result<Change, Refusal> {
    let direction = match (person.kind, request.whom.kind) {
        (Kind::Agent, Kind::Agent) => Direction::AgentToAgent,
        (Kind::Agent, Kind::CustomerUser) => Direction::AgentToCustomer,
        _ => return Err(Refusal::NotOffered),
    };
    if person.id == request.whom.id {
        return Err(Refusal::ItIsYou);
    }
    if !begins(direction, opening.ticket.is_some(), settings) {
        return Err(Refusal::NotOffered);
    }
    let may_write = direction == Direction::AgentToAgent || request.standing.level >= Some(Level::Participant);
    if !request.may_start || !may_write {
        return Err(Refusal::NotAllowed);
    }
    if request.standing.availability < Availability::Internal {
        return Err(Refusal::YouAreUnavailable);
    }
    let wants = direction == Direction::AgentToCustomer || request.whom_availability >= Availability::Internal;
    if !request.reachable || !wants {
        return Err(Refusal::PersonUnavailable);
    }
    let before = opening.chat(request.channel, direction);
    let Opening { text, cid, at, .. } = opening;
    let me = Some((person.id, Some(1)));
    let starter = joining(&before, person, Role::Owner);
    let asked = Member {
        present: false,
        joined: false,
        ..member(2, &request.whom, addressee_role(request.whom.kind))
    };
    Ok(Draft::of(&before)
        .add(at, me, Some(cid), What::Requested, &[starter, asked])
        .add(at, me, None, What::Message { text }, &[])
        .done(&before))
}

fn addressee_role(kind: Kind) -> Role {
    if kind.is_external() {
        Role::External
    } else {
        Role::Owner
    }
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
        .ok_or(Refusal::NotFound)?;
    if let Verb::Mail { to, whom } = verb {
        let what = match to {
            Recipient::External if me.joined => What::Mailing { to, whom },
            Recipient::External => return Err(Refusal::NotAccepted),
            Recipient::Agent => return Err(Refusal::NotAllowed),
        };
        return Ok(Draft::of(chat)
            .add(at, Some((person.id, Some(me.n))), cid, what, &[])
            .done(chat));
    }
    if chat.state == State::Closed {
        return Err(Refusal::ChatClosed);
    }
    let asked = !me.joined;
    let mut joins = None;
    let what = match verb {
        Verb::Accept if asked => {
            joins = Some(joining(chat, person, Role::External));
            What::Accepted
        }
        Verb::Decline if asked => What::Closed {
            reason: ClosedReason::Declined,
        },
        Verb::Say { .. } | Verb::Send { note: false, .. } | Verb::Close if asked => return Err(Refusal::NotAccepted),
        Verb::Say { text } => What::Message { text },
        Verb::Send { note: false, file } => What::File { note: false, file },
        Verb::Close if chat.state == State::Requested => What::Closed {
            reason: ClosedReason::Withdrawn,
        },
        Verb::Close => What::Closed {
            reason: ClosedReason::ByExternal,
        },
        _ => return Err(Refusal::NotAllowed),
    };
    Ok(Draft::of(chat)
        .add(at, Some((person.id, Some(me.n))), cid, what, joins.as_slice())
        .done(chat))
}

fn decide_agent(
    chat: &Chat,
    person: &Person,
    standing: Standing,
    verb: Verb,
    cid: Option<ClientId>,
    at: Instant,
) -> Result<Change, Refusal> {
    let asker = Asker {
        chat,
        person,
        // Among agents the channel gives nobody a right, and takes none.
        level: if chat.is_among_agents() {
            Some(Level::Owner)
        } else {
            standing.level
        },
        availability: standing.availability,
    };
    let (what, joins) = match verb {
        Verb::Accept => asker.accept()?,
        Verb::Decline => asker.decline()?,
        Verb::AppendToTicket {
            ticket,
            number,
            keep_open,
        } => {
            asker.may_append()?;
            return Ok(appended(
                chat,
                person,
                What::Attached { ticket, number },
                keep_open,
                cid,
                at,
            ));
        }
        Verb::Mail { to, whom } => {
            asker.may_append()?;
            if to == Recipient::External && chat.external().is_none_or(|external| !external.joined) {
                return Err(Refusal::NotAllowed);
            }
            let me = Some((person.id, chat.member(person.id).map(|me| me.n)));
            return Ok(Draft::of(chat)
                .add(at, me, cid, What::Mailing { to, whom }, &[])
                .done(chat));
        }
        Verb::Redact { of, public_of } => {
            asker.may_redact()?;
            let by = Some(person.name.clone());
            let what = What::Redaction { of, public_of, by };
            // From outside, also by who is in: observers may, of whom externals know nothing.
            return Ok(Draft::of(chat)
                .add(at, Some((person.id, None)), cid, what, &[])
                .done(chat));
        }
        _ if chat.state == State::Closed => return Err(Refusal::ChatClosed),
        Verb::Join { role } => asker.join(role)?,
        Verb::Move { to, name, level } => asker.move_to(to, name, level)?,
        verb if chat.state == State::Requested => asker.while_requested(verb)?,
        verb => asker.while_open(verb, at)?,
    };
    let n = joins.as_ref().filter(|joins| joins.person == person.id).map(|me| me.n);
    // A request is moved from outside the chat, whoever had been in it before.
    let outside = matches!(what, What::Moved { .. }) && chat.state == State::Requested;
    let n = n.or(chat.member(person.id).filter(|_| !outside).map(|me| me.n));
    Ok(Draft::of(chat)
        .add(at, Some((person.id, n)), cid, what, joins.as_slice())
        .done(chat))
}

/// An agent who wants to do something to a chat.
struct Asker<'a> {
    chat: &'a Chat,
    person: &'a Person,
    level: Option<Level>,
    availability: Availability,
}

/// What is written, and whom it brings or changes.
type Step = (What, Option<Member>);

impl Asker<'_> {
    fn accept(&self) -> Result<Step, Refusal> {
        let Self { chat, person, .. } = *self;
        if chat.is_personal_request() {
            if chat.addressee().is_none_or(|addressee| addressee.person != person.id) {
                return Err(Refusal::NotAllowed);
            }
            if self.availability < Availability::Internal {
                return Err(Refusal::YouAreUnavailable);
            }
            return Ok((What::Accepted, Some(joining(chat, person, Role::Owner))));
        }
        if chat.is_among_agents() {
            return Err(match chat.state {
                State::Closed => Refusal::ChatClosed,
                _ => Refusal::NothingChanges,
            });
        }
        if self.level != Some(Level::Owner) {
            return Err(if chat.state == State::Requested {
                Refusal::NotAllowed
            } else {
                taken(chat)
            });
        }
        if chat.state != State::Requested {
            return Err(taken(chat));
        }
        if self.availability < Availability::InternalAndExternal {
            return Err(Refusal::YouAreUnavailable);
        }
        Ok((What::Accepted, Some(joining(chat, person, Role::Owner))))
    }

    /// An owner of the channel who may read it; among agents an owner of the chat.
    fn may_redact(&self) -> Result<(), Refusal> {
        let (chat, person) = (self.chat, self.person);
        let me = chat.member(person.id).filter(|me| me.joined);
        let owns = match chat.is_among_agents() {
            true => me.is_some_and(|me| me.role == Role::Owner),
            false => self.level == Some(Level::Owner),
        };
        if owns && self.reads() {
            Ok(())
        } else {
            Err(Refusal::NotAllowed)
        }
    }

    /// Neither time nor settings are asked about an agent.
    fn reads(&self) -> bool {
        let (chat, person) = (self.chat, self.person);
        let settings = Settings::default();
        access(chat, person.id, person.kind, self.level, chat.last_at, &settings).is_some()
    }

    /// Open and closed chats go into tickets, by who takes or took part as owner or participant, and by owners of the channel.
    fn may_append(&self) -> Result<(), Refusal> {
        let Self { chat, person, .. } = *self;
        let takes_part = |me: &Member| me.joined && matches!(me.role, Role::Owner | Role::Participant);
        let is_his = chat.member(person.id).is_some_and(takes_part) && self.level >= Some(Level::Participant);
        let of_channel = !chat.is_among_agents() && self.level == Some(Level::Owner);
        match chat.state {
            State::Requested => Err(Refusal::NotAccepted),
            _ if (is_his || of_channel) && self.reads() => Ok(()),
            _ => Err(Refusal::NotAllowed),
        }
    }

    fn decline(&self) -> Result<Step, Refusal> {
        let Self { chat, person, .. } = *self;
        if chat.state == State::Closed {
            return Err(Refusal::ChatClosed);
        }
        let me = chat.member(person.id).ok_or(Refusal::NotInvited)?;
        if chat.is_personal_request() && chat.addressee().is_some_and(|addressee| addressee.n == me.n) {
            let reason = ClosedReason::Declined;
            return Ok((What::Closed { reason }, None));
        }
        me.invited.as_ref().ok_or(Refusal::NotInvited)?;
        self.level.ok_or(Refusal::NotAllowed)?;
        let declined = Member {
            invited: None,
            ..me.clone()
        };
        Ok((What::InvitationDeclined, Some(declined)))
    }

    fn join(&self, role: Role) -> Result<Step, Refusal> {
        let Self { chat, person, .. } = *self;
        let invited = chat.member(person.id).and_then(|me| me.invited.as_ref());
        let invited = invited.ok_or(Refusal::NotInvited)?;
        if self.availability < needed(chat) {
            return Err(Refusal::YouAreUnavailable);
        }
        let highest = capped(invited.role, self.level).ok_or(Refusal::NotAllowed)?;
        if !matches!(role, Role::Observer | Role::Participant) || role > highest {
            return Err(Refusal::RoleTooHigh);
        }
        Ok((What::Joined { role }, Some(joining(chat, person, role))))
    }

    /// By who contributes, or of a request by an owner before he accepts.
    fn move_to(&self, to: ChannelId, name: String, level_there: Option<Level>) -> Result<Step, Refusal> {
        let Self { chat, person, .. } = *self;
        if chat.is_among_agents() || chat.is_personal_request() {
            return Err(Refusal::NotAllowed);
        }
        if chat.state == State::Requested {
            if self.level != Some(Level::Owner) {
                return Err(Refusal::NotAllowed);
            }
        } else {
            let me = chat
                .member(person.id)
                .filter(|me| me.present)
                .ok_or(Refusal::NotFound)?;
            if capped(me.role, self.level) < Some(Role::Participant) {
                return Err(Refusal::NotAllowed);
            }
        }
        if to == chat.channel {
            return Err(Refusal::NothingChanges);
        }
        if level_there < Some(Level::Participant) {
            return Err(Refusal::NotAllowed);
        }
        Ok((What::Moved { channel: to, name }, None))
    }

    /// Before somebody accepted only who asked for it may write, or take it back.
    fn while_requested(&self, verb: Verb) -> Result<Step, Refusal> {
        let Self { chat, person, .. } = *self;
        if !chat.is_personal_request() || !chat.member(person.id).is_some_and(|me| me.present) {
            return Err(Refusal::NotAccepted);
        }
        match verb {
            Verb::Say { text } if self.level >= Some(Level::Participant) => Ok((What::Message { text }, None)),
            Verb::Send { note: false, file } if self.level >= Some(Level::Participant) => {
                Ok((What::File { note: false, file }, None))
            }
            Verb::Close if self.level.is_some() => {
                let reason = ClosedReason::Withdrawn;
                Ok((What::Closed { reason }, None))
            }
            _ => Err(Refusal::NotAccepted),
        }
    }

    fn while_open(&self, verb: Verb, at: Instant) -> Result<Step, Refusal> {
        let chat = self.chat;
        let me = chat
            .member(self.person.id)
            .filter(|member| member.present)
            .ok_or(Refusal::NotFound)?;
        let role = capped(me.role, self.level).ok_or(Refusal::NotAllowed)?;
        // By the role he has here, not the capped one: a lowered right is no way out either.
        let last = me.contributes() && chat.contributing().all(|other| other.n == me.n);
        let what = match verb {
            Verb::Note { .. } | Verb::Send { note: true, .. } if chat.is_among_agents() => {
                return Err(Refusal::NotAllowed);
            }
            Verb::Note { text } => What::Note { text },
            Verb::Send { note: true, file } => What::File { note: true, file },
            Verb::Leave if last => return Err(Refusal::WouldLeaveAlone),
            Verb::Leave => What::Left { role: me.role },
            Verb::SwitchRole { to } => return switch_role(chat, me, to, last, self.level),
            _ if role < Role::Participant => return Err(Refusal::NotAllowed),
            Verb::Say { text } => What::Message { text },
            Verb::Send { note, file } => What::File { note, file },
            Verb::Invite(invite) => return self.invite(me, *invite, at),
            Verb::HandBack if chat.is_among_agents() => return Err(Refusal::NotAllowed),
            Verb::HandBack => What::Returned {
                reason: ReturnedReason::HandedBack,
            },
            Verb::Close => What::Closed {
                reason: ClosedReason::ByAgent,
            },
            _ => return Err(Refusal::NotAllowed),
        };
        Ok((what, None))
    }

    fn invite(&self, me: &Member, invite: Invite, at: Instant) -> Result<Step, Refusal> {
        let Invite { whom, role, note, .. } = invite;
        let chat = self.chat;
        if whom.id == me.person {
            return Err(Refusal::ItIsYou);
        }
        let known = chat.member(whom.id);
        if known.is_some_and(|known| known.present) {
            return Err(Refusal::AlreadyIn);
        }
        if known.is_some_and(|known| known.invited.is_some()) {
            return Err(Refusal::AlreadyInvited);
        }
        if !matches!(role, Role::Observer | Role::Participant) {
            return Err(Refusal::RoleTooHigh);
        }
        let level = if chat.is_among_agents() {
            Some(Level::Owner)
        } else {
            invite.standing.level
        };
        let highest = capped(Role::Owner, level).filter(|_| whom.kind == Kind::Agent);
        if role > highest.ok_or(Refusal::PersonNotAllowed)? {
            return Err(Refusal::RoleTooHigh);
        }
        if !invite.reachable || invite.standing.availability < needed(chat) {
            return Err(Refusal::PersonUnavailable);
        }
        let asked = known.cloned().unwrap_or_else(|| Member {
            present: false,
            joined: false,
            ..member(next_n(chat), &whom, role)
        });
        let asked = Member {
            invited: Some(Invitation {
                role,
                by: me.n,
                note: note.clone(),
                at,
            }),
            ..asked
        };
        let whom = whom.name;
        Ok((What::Invited { whom, role, note }, Some(asked)))
    }
}

/// The highest role an invitation leads to for somebody of this level.
pub fn highest(offered: Role, chat: &Chat, level: Option<Level>) -> Role {
    let level = if chat.is_among_agents() {
        Some(Level::Owner)
    } else {
        level
    };
    capped(offered, level).unwrap_or(Role::Observer)
}

/// The highest role somebody can be invited as now; `None` if he cannot be.
pub fn invitable(chat: &Chat, invite: &Invite) -> Option<Role> {
    let level = if chat.is_among_agents() {
        Some(Level::Owner)
    } else {
        invite.standing.level
    };
    let there = invite.reachable && invite.standing.availability >= needed(chat);
    capped(Role::Participant, level).filter(|_| there)
}

/// Agent-only chats need an agent who takes internal ones, others one who takes both.
fn needed(chat: &Chat) -> Availability {
    if chat.is_among_agents() {
        Availability::Internal
    } else {
        Availability::InternalAndExternal
    }
}

fn switch_role(chat: &Chat, me: &Member, to: Role, last: bool, level: Option<Level>) -> Result<Step, Refusal> {
    let contributes = me.role >= Role::Participant;
    match to {
        Role::Observer if !contributes => return Err(Refusal::NothingChanges),
        Role::Observer if last => return Err(Refusal::WouldLeaveAlone),
        Role::Participant if contributes => return Err(Refusal::NothingChanges),
        Role::Participant if level < Some(Level::Participant) => return Err(Refusal::RoleTooHigh),
        Role::Observer | Role::Participant => {}
        Role::Owner | Role::External => return Err(Refusal::NotAllowed),
    }
    let changed = showing(chat, Member { role: to, ..me.clone() });
    Ok((What::RoleChanged { to }, Some(changed)))
}

/// In the ticket first, closed afterwards: in one change, so that neither is there without the other.
fn appended(chat: &Chat, person: &Person, what: What, keep_open: bool, cid: Option<ClientId>, at: Instant) -> Change {
    let me = Some((person.id, chat.member(person.id).map(|me| me.n)));
    let draft = Draft::of(chat).add(at, me, cid, what, &[]);
    if keep_open || chat.state != State::Open {
        return draft.done(chat);
    }
    let reason = ClosedReason::ByAgent;
    draft.add(at, me, None, What::Closed { reason }, &[]).done(chat)
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
        (SystemVerb::Return(_), State::Open) if chat.is_among_agents() => return None,
        (SystemVerb::Return(reason), State::Open) => What::Returned { reason },
        (SystemVerb::Close(reason), State::Open | State::Requested) => What::Closed { reason },
        (SystemVerb::LoseAgent { n, heir }, State::Open) => return lose_agent(chat, n, heir, at),
        _ => return None,
    };
    Some(Draft::of(chat).add(at, None, None, what, &[]).done(chat))
}

/// Sends by e-mail what the chat's external has not seen, up to the entry with these numbers. `None` where there is no external who
/// ever came.
pub fn missed(chat: &Chat, (of, public_of): (i64, i64), at: Instant) -> Option<Change> {
    let external = chat.external().filter(|external| external.joined)?;
    let whom = external.name.clone();
    let what = What::Missed { of, public_of, whom };
    Some(Draft::of(chat).add(at, None, None, what, &[]).done(chat))
}

/// Tells what became of the e-mail that an entry asked for, by its numbers.
pub fn mailed(chat: &Chat, of: (i64, Option<i64>), outcome: MailOutcome, why: Option<String>, at: Instant) -> Change {
    let (of, public_of) = of;
    let what = What::Mailed {
        of,
        public_of,
        outcome,
        why,
    };
    Draft::of(chat).add(at, None, None, what, &[]).done(chat)
}

fn lose_agent(chat: &Chat, n: u32, heir: Option<u32>, at: Instant) -> Option<Change> {
    let lost = chat.members.iter().find(|member| member.n == n && member.present)?;
    let stays = |member: &&Member| member.n != n && member.contributes();
    chat.contributing().find(stays)?;
    let left = What::Left { role: lost.role };
    let mut draft = Draft::of(chat).add(at, Some((lost.person, Some(n))), None, left, &[]);
    let heir = chat
        .contributing()
        .find(|member| Some(member.n) == heir && member.n != n);
    if let Some(heir) = heir.filter(|heir| lost.role == Role::Owner && heir.role == Role::Participant) {
        let to = Role::Owner;
        let owner = Member {
            role: to,
            ..heir.clone()
        };
        draft = draft.add(
            at,
            Some((heir.person, Some(heir.n))),
            None,
            What::RoleChanged { to },
            &[owner],
        );
    }
    Some(draft.done(chat))
}

/// What the person may do now: exactly the verbs that would not be refused. Inviting and moving stand for doing it with
/// somebody, and to somewhere, that nothing speaks against.
pub fn can(chat: &Chat, person: &Person, standing: Standing) -> Vec<Verb> {
    let some = || "x".to_owned();
    let anybody = Invite {
        whom: Person {
            id: PersonId(uuid::Uuid::nil()),
            kind: Kind::Agent,
            name: some(),
            company: None,
        },
        standing: Standing {
            level: Some(Level::Owner),
            availability: Availability::InternalAndExternal,
        },
        reachable: true,
        role: Role::Observer,
        note: None,
    };
    let invited = chat.member(person.id).and_then(|me| me.invited.as_ref());
    [
        Verb::Accept,
        Verb::Decline,
        Verb::Say { text: some() },
        Verb::Note { text: some() },
        Verb::Invite(Box::new(anybody)),
        Verb::Join {
            role: invited
                .and_then(|invited| capped(invited.role, standing.level))
                .unwrap_or(Role::Observer),
        },
        Verb::Move {
            to: ChannelId(uuid::Uuid::nil()),
            name: some(),
            level: Some(Level::Owner),
        },
        Verb::SwitchRole { to: Role::Observer },
        Verb::SwitchRole { to: Role::Participant },
        Verb::Leave,
        Verb::HandBack,
        Verb::Close,
        Verb::AppendToTicket {
            ticket: TicketId(uuid::Uuid::nil()),
            number: some(),
            keep_open: true,
        },
        Verb::Redact { of: 1, public_of: None },
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

fn next_n(chat: &Chat) -> u32 {
    chat.members.iter().map(|member| member.n).max().unwrap_or(0) + 1
}

/// The person as a member who is in from now on; who was here before keeps his numbers.
fn joining(chat: &Chat, person: &Person, role: Role) -> Member {
    let known = chat.member(person.id);
    let joins = member(known.map_or_else(|| next_n(chat), |known| known.n), person, role);
    let shown = known.and_then(|known| known.shown);
    showing(chat, Member { shown, ..joins })
}

/// Gives a member his number on the externals' side as soon as they see him.
fn showing(chat: &Chat, member: Member) -> Member {
    if member.shown.is_some() || member.role == Role::Observer {
        return member;
    }
    let same = |other: &&Member| other.kind.is_external() == member.kind.is_external();
    let before = chat.members.iter().filter(same).filter_map(|other| other.shown).max();
    Member {
        shown: Some(before.unwrap_or(0) + 1),
        ..member
    }
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
        joined: true,
        shown: None,
        invited: None,
    }
}
