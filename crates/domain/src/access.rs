//! What a person may read of a chat: the one function every path asks.

use crate::chat::{Chat, Role, State};
use crate::entry::{Audience, What};
use crate::id::{Instant, PersonId};
use crate::permission::Level;
use crate::person::Kind;
use crate::settings::Settings;

/// From which side a chat is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    Agents,
    External,
}

impl Side {
    /// How an entry reads for this side; `None` if it is not there for it.
    pub fn face(self, what: &What) -> Option<&What> {
        match (self, what.audience()) {
            (Self::External, Audience::AgentsOnly) => None,
            _ => Some(what),
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
            _ => true,
        };
        return readable.then_some(Access {
            side: Side::External,
            member: Some(member.n),
        });
    }
    let level = level?;
    let took_part = member.map(|member| member.n);
    let reads = match chat.state {
        State::Requested => level == Level::Owner,
        State::Open => member.is_some_and(|member| member.present),
        State::Closed => level == Level::Owner || took_part.is_some(),
    };
    let member = member
        .filter(|member| member.present || chat.state == State::Closed)
        .map(|member| member.n);
    reads.then_some(Access {
        side: Side::Agents,
        member,
    })
}
