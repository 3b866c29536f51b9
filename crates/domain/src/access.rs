//! What a person may read of a chat: the one function every path asks.

use crate::chat::{Chat, Member, Role, State};
use crate::entry::{Audience, What};
use crate::id::{Instant, PersonId};
use crate::permission::Level;
use crate::person::Kind;
use crate::refusal::Refusal;
use crate::settings::Settings;
use std::borrow::Cow;

/// From which side a chat is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    Agents,
    External,
}

impl Side {
    pub fn of(kind: Kind) -> Self {
        if kind.is_external() {
            Self::External
        } else {
            Self::Agents
        }
    }

    /// How an entry reads for this side; `None` if it is not there for it.
    pub fn face(self, what: &What) -> Option<Cow<'_, What>> {
        match (self, what.audience(), what) {
            (Self::External, Audience::AgentsOnly, _) => None,
            // Who only watches is gone to externals, and who takes part again has come.
            (Self::External, _, What::RoleChanged { to: Role::Observer }) => Some(Cow::Owned(What::Left {
                role: Role::Participant,
            })),
            // That a text is gone is for them to know; whose work it was is not.
            (Self::External, _, What::Redacted { note, at, .. }) => Some(Cow::Owned(What::Redacted {
                note: *note,
                by: None,
                at: *at,
            })),
            (Self::External, _, What::Redaction { public_of, .. }) => Some(Cow::Owned(What::Redaction {
                of: (*public_of)?,
                public_of: *public_of,
                by: None,
            })),
            // What a mail server says is for those who run one.
            (Self::External, _, What::Mailed { public_of, outcome, .. }) => Some(Cow::Owned(What::Mailed {
                of: (*public_of)?,
                public_of: *public_of,
                outcome: *outcome,
                why: None,
            })),
            (Self::External, _, What::RoleChanged { to }) => Some(Cow::Owned(What::Joined { role: *to })),
            _ => Some(Cow::Borrowed(what)),
        }
    }

    /// What a member is called on this side: externals read the alias of agents, where there is one.
    pub fn name<'a>(self, member: &'a Member, settings: &Settings) -> Cow<'a, str> {
        if self == Self::Agents || member.kind != Kind::Agent {
            return Cow::Borrowed(&member.name);
        }
        alias(member.shown, settings).map_or(Cow::Borrowed(&member.name), Cow::Owned)
    }

    /// Whether this side sees the picture an agent has, as it sees his name: externals, where there is no alias.
    pub fn sees_picture(self, member: &Member, settings: &Settings) -> bool {
        settings.externals_see_picture == 1 && self.sees_agent(member, settings)
    }

    /// The same of the language he chose.
    pub fn sees_language(self, member: &Member, settings: &Settings) -> bool {
        settings.externals_see_language == 1 && self.sees_agent(member, settings)
    }

    fn sees_agent(self, member: &Member, settings: &Settings) -> bool {
        let is_agent = member.kind == Kind::Agent && self.number(member).is_some() && self.present(member);
        self == Self::External && is_agent && settings.agent_alias.is_empty()
    }

    /// The number of a member on this side; `None` if he is not there for it: externals see neither who only watched nor who was
    /// only asked to come.
    pub fn number(self, member: &Member) -> Option<u32> {
        match self {
            Self::Agents => Some(member.n),
            Self::External => member.public_n(),
        }
    }

    /// Whether a member is still in, for this side: to externals one who only watches has left.
    pub fn present(self, member: &Member) -> bool {
        member.present && (self == Self::Agents || member.role != Role::Observer)
    }

    /// Whether this side is told how far a member has read: agents of the external, externals of the agents they talk to, agents
    /// among themselves of each other. What an observer reads leaves no mark.
    pub fn hears_reading_of(self, member: &Member, chat: &Chat) -> bool {
        match self {
            Self::Agents if !chat.is_among_agents() => member.role == Role::External,
            _ => member.contributes(),
        }
    }

    /// The role a member has, for this side: externals know of no observers.
    pub fn role(self, member: &Member) -> Role {
        match (self, member.role) {
            (Self::External, Role::Observer) => Role::Participant,
            (_, role) => role,
        }
    }

    /// The newest position on this side's count.
    pub fn head(self, chat: &Chat) -> i64 {
        match self {
            Self::Agents => chat.head,
            Self::External => chat.public_head,
        }
    }
}

/// What externals read instead of the name of the agent who was the `shown`th they came to see; `None` where there is no alias.
pub fn alias(shown: Option<u32>, settings: &Settings) -> Option<String> {
    let alias = &settings.agent_alias;
    if alias.is_empty() {
        return None;
    }
    let number = shown.filter(|_| settings.agent_alias_numbers == 1);
    Some(number.map_or_else(|| alias.clone(), |n| format!("{alias} {n}")))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    pub side: Side,
    /// The member that is the person asking; `None` when he only previews or reads the archive.
    pub member: Option<u32>,
}

/// May this person read this chat now, and from which side? `level` is his level on the channel's group.
///
/// An agent's right is asked for again each time, in the archive too: nothing made after a withdrawal reaches him.
pub fn access(
    chat: &Chat,
    person: PersonId,
    kind: Kind,
    level: Option<Level>,
    now: Instant,
    settings: &Settings,
) -> Option<Access> {
    let member = chat.member(person);
    if kind.is_external() {
        let member = member.filter(|member| member.role == Role::External)?;
        let readable = match (kind, chat.closed_at) {
            (Kind::PublicUser, Some(closed_at)) => now < closed_at.plus_s(settings.visitor_reads_closed_h * 3_600),
            // A request he never accepted is no conversation of his.
            (_, Some(_)) => member.joined,
            _ => true,
        };
        return readable.then_some(Access {
            side: Side::External,
            member: Some(member.n),
        });
    }
    // Among agents the channel gives nobody a right, and takes none.
    let level = if chat.is_among_agents() {
        Level::Observer
    } else {
        level?
    };
    let is_in = member.is_some_and(|member| member.present);
    let asked = member.is_some_and(|member| member.invited.is_some());
    let reads = match chat.state {
        State::Requested if chat.is_personal_request() => {
            is_in || chat.addressee().is_some_and(|addressee| addressee.person == person)
        }
        State::Requested => level == Level::Owner,
        State::Open => is_in || asked,
        State::Closed => level == Level::Owner || member.is_some_and(|member| member.joined),
    };
    let member = member
        .filter(|member| member.present || chat.state == State::Closed && member.joined)
        .map(|member| member.n);
    reads.then_some(Access {
        side: Side::Agents,
        member,
    })
}

/// May who reads the chat take it away as a document? Externals what they read; agents who have or had a part in it beyond
/// watching, and owners of its channel, once it was accepted (product section 6). `level` is theirs on the channel's group.
pub fn takes_transcript(chat: &Chat, access: &Access, level: Option<Level>) -> Result<(), Refusal> {
    if access.side == Side::External {
        return Ok(());
    }
    if chat.state == State::Requested {
        return Err(Refusal::NotAccepted);
    }
    let me = chat.members.iter().find(|member| Some(member.n) == access.member);
    let took_part = me.is_some_and(|me| me.joined && me.role != Role::Observer);
    let owns_channel = !chat.is_among_agents() && level == Some(Level::Owner);
    if took_part || owns_channel {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}
