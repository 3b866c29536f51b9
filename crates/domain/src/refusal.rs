//! Why a verb is refused. Each has a stable code; the sentences are the wire's and the catalogues' business.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Missing or not yours to see: the answer is the same.
    NotFound,
    EmptyText,
    TooLong {
        limit: usize,
    },
    /// Another agent accepted first.
    AlreadyTaken {
        by: String,
    },
    ChatClosed,
    /// Nobody accepted yet, so agents cannot write.
    NotAccepted,
    /// The right on the channel's group is missing.
    NotAllowed,
    /// The agent set himself unavailable for such chats.
    YouAreUnavailable,
    /// The last contributing agent cannot leave the external alone.
    WouldLeaveAlone,
    /// The channel is not offered to this kind of person, or the direction is switched off.
    NotOffered,
    /// Nobody is there who may and can accept.
    NobodyAvailable,
    /// The client id was used before with another content.
    CidReused,
}

impl Refusal {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::EmptyText => "empty_text",
            Self::TooLong { .. } => "too_long",
            Self::AlreadyTaken { .. } => "already_taken",
            Self::ChatClosed => "chat_closed",
            Self::NotAccepted => "not_accepted",
            Self::NotAllowed => "not_allowed",
            Self::YouAreUnavailable => "you_are_unavailable",
            Self::WouldLeaveAlone => "would_leave_alone",
            Self::NotOffered => "not_offered",
            Self::NobodyAvailable => "nobody_available",
            Self::CidReused => "cid_reused",
        }
    }
}
