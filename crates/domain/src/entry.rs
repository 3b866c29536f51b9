//! One line of a chat's log, and who may see it.

use crate::id::{ClientId, Instant, PersonId};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    Everyone,
    AgentsOnly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClosedReason {
    ByAgent,
    ByExternal,
    Withdrawn,
    Declined,
    Expired,
    SwitchedOff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnedReason {
    HandedBack,
    LeaseEnded,
    RightLost,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    Requested,
    Message { text: String },
    Note { text: String },
    Accepted,
    Left,
    Returned { reason: ReturnedReason },
    Closed { reason: ClosedReason },
}

impl What {
    pub fn audience(&self) -> Audience {
        match self {
            Self::Note { .. } => Audience::AgentsOnly,
            _ => Audience::Everyone,
        }
    }

    /// Whether the entry touches membership, state or channel. Such entries raise the chat's fence; messages never do.
    pub fn raises_fence(&self) -> bool {
        !matches!(self, Self::Message { .. } | Self::Note { .. })
    }

    /// Counts as unread for those who may see it.
    pub fn counts(&self) -> bool {
        matches!(self, Self::Message { .. } | Self::Note { .. })
    }

    /// The word in SQL.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Message { .. } => "message",
            Self::Note { .. } => "note",
            Self::Accepted => "accepted",
            Self::Left => "left",
            Self::Returned { .. } => "returned",
            Self::Closed { .. } => "closed",
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Message { text } | Self::Note { text } => Some(text),
            _ => None,
        }
    }

    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Returned { reason } => Some(reason.word()),
            Self::Closed { reason } => Some(reason.word()),
            _ => None,
        }
    }

    /// From the words stored; `None` for what this version does not know.
    pub fn from_words(kind: &str, text: Option<String>, reason: Option<&str>) -> Option<Self> {
        Some(match kind {
            "requested" => Self::Requested,
            "message" => Self::Message { text: text? },
            "note" => Self::Note { text: text? },
            "accepted" => Self::Accepted,
            "left" => Self::Left,
            "returned" => Self::Returned {
                reason: ReturnedReason::from_word(reason?)?,
            },
            "closed" => Self::Closed {
                reason: ClosedReason::from_word(reason?)?,
            },
            _ => return None,
        })
    }
}

macro_rules! words {
    ($t:ident { $($v:ident = $w:literal),* }) => {
        impl $t {
            pub const ALL: &[Self] = &[$(Self::$v),*];
            pub fn word(self) -> &'static str {
                match self { $(Self::$v => $w),* }
            }
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($w => Some(Self::$v),)* _ => None }
            }
        }
    };
}

words!(ClosedReason {
    ByAgent = "by_agent",
    ByExternal = "by_external",
    Withdrawn = "withdrawn",
    Declined = "declined",
    Expired = "expired",
    SwitchedOff = "switched_off"
});
words!(ReturnedReason { HandedBack = "handed_back", LeaseEnded = "lease_ended", RightLost = "right_lost" });

/// A stored entry. `seq` counts all entries of the chat, `public_seq` those with a face for externals; both dense from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    pub public_seq: Option<i64>,
    /// Never decreases within a chat.
    pub at: Instant,
    /// The member who did it, by number; `None` for the system.
    pub who: Option<u32>,
    pub actor: Option<PersonId>,
    pub cid: Option<ClientId>,
    pub what: What,
}
