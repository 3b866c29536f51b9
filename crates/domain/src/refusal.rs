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
    /// One cannot ask oneself.
    ItIsYou,
    /// He takes part already.
    AlreadyIn,
    /// He was asked already and has not answered.
    AlreadyInvited,
    /// The person asked is not there, or does not want to be asked.
    PersonUnavailable,
    /// The person asked has no right there.
    PersonNotAllowed,
    /// The role is above the level on the channel's group.
    RoleTooHigh,
    /// There is no invitation, any more.
    NotInvited,
    /// It is so already.
    NothingChanges,
    /// The ticket takes nothing more: it is closed, removed or merged into another.
    TicketClosed,
    /// The ticket's customer is somebody else than the chat's.
    OtherCustomer,
    /// All of the chat that was to go into the ticket is there.
    InTicketAlready,
    /// Only who has locked the ticket may.
    LockFirst,
    /// Somebody changed it after one had read it.
    ChangedMeanwhile,
    /// No mail server is set.
    MailOff,
    /// There is no e-mail address of the person it is for.
    NoAddress,
    /// As many e-mails went out as may.
    MailCapped,
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
            Self::ItIsYou => "it_is_you",
            Self::AlreadyIn => "already_in",
            Self::AlreadyInvited => "already_invited",
            Self::PersonUnavailable => "person_unavailable",
            Self::PersonNotAllowed => "person_not_allowed",
            Self::RoleTooHigh => "role_too_high",
            Self::NotInvited => "not_invited",
            Self::NothingChanges => "nothing_changes",
            Self::TicketClosed => "ticket_closed",
            Self::OtherCustomer => "other_customer",
            Self::InTicketAlready => "in_ticket_already",
            Self::LockFirst => "lock_first",
            Self::ChangedMeanwhile => "changed_meanwhile",
            Self::MailOff => "mail_off",
            Self::NoAddress => "no_address",
            Self::MailCapped => "mail_capped",
            Self::CidReused => "cid_reused",
        }
    }
}
