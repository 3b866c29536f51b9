//! One line of a chat's log, and who may see it.

use crate::chat::Role;
use crate::file::{File, FileType};
use crate::id::{ChannelId, ClientId, Instant, PersonId, TicketId};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    Everyone,
    AgentsOnly,
}

words! {
    pub enum ClosedReason {
        ByAgent = "by_agent",
        ByExternal = "by_external",
        Withdrawn = "withdrawn",
        Declined = "declined",
        Expired = "expired",
        SwitchedOff = "switched_off",
    }
}

words! {
    pub enum ReturnedReason {
        HandedBack = "handed_back",
        LeaseEnded = "lease_ended",
        RightLost = "right_lost",
    }
}

words! {
    /// To whom a chat is sent by e-mail.
    pub enum Recipient {
        /// The agent who asked for it.
        Agent = "agent",
        /// The chat's external.
        External = "external",
    }
}

words! {
    /// What became of an e-mail.
    pub enum MailOutcome {
        /// The address is asked first whether it wants it.
        Asked = "asked",
        /// The mail server has taken it.
        Sent = "sent",
        /// It was handed over and never acknowledged.
        Perhaps = "perhaps",
        Failed = "failed",
        /// Nothing went out: what it was about was seen meanwhile.
        Seen = "seen",
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    Requested,
    Message {
        text: String,
    },
    Note {
        text: String,
    },
    /// A file, in place of what a message or a note would say.
    File {
        note: bool,
        file: Box<File>,
    },
    Accepted,
    /// An agent was asked to join, by name.
    Invited {
        whom: String,
        role: Role,
        note: Option<String>,
    },
    /// By the one who was invited.
    InvitationDeclined,
    /// Who was invited came, as participant or observer.
    Joined {
        role: Role,
    },
    /// `role` is the one he had.
    Left {
        role: Role,
    },
    RoleChanged {
        to: Role,
    },
    Moved {
        channel: ChannelId,
        name: String,
    },
    Returned {
        reason: ReturnedReason,
    },
    Closed {
        reason: ClosedReason,
    },
    /// Where a message or note stood, before its text was taken away for everybody.
    Redacted {
        note: bool,
        by: Option<String>,
        at: Instant,
    },
    /// The text of the entry `of` was taken away. `public_of` is that entry's number for externals.
    Redaction {
        of: i64,
        public_of: Option<i64>,
        by: Option<String>,
    },
    /// It went into a ticket, by its number.
    Attached {
        ticket: TicketId,
        number: String,
    },
    /// It is to be sent by e-mail to somebody, by name.
    Mailing {
        to: Recipient,
        whom: String,
    },
    /// Messages that the external, by name, has not seen go to him by e-mail; `of` is the last of them, `public_of` its number for
    /// externals.
    Missed {
        of: i64,
        public_of: i64,
        whom: String,
    },
    /// What became of the e-mail that the entry `of` asked for. `public_of` is that entry's number for externals; `why` is for agents.
    Mailed {
        of: i64,
        public_of: Option<i64>,
        outcome: MailOutcome,
        why: Option<String>,
    },
}

impl What {
    pub fn audience(&self) -> Audience {
        match self {
            Self::Note { .. }
            | Self::Invited { .. }
            | Self::InvitationDeclined
            | Self::Attached { .. }
            | Self::Missed { .. } => Audience::AgentsOnly,
            // Externals never learn of observers; an owner is to them an agent like others.
            Self::Joined { role: Role::Observer } | Self::Left { role: Role::Observer } => Audience::AgentsOnly,
            Self::RoleChanged { to: Role::Owner } => Audience::AgentsOnly,
            Self::File { note: true, .. } => Audience::AgentsOnly,
            Self::Redacted { note: true, .. } | Self::Redaction { public_of: None, .. } => Audience::AgentsOnly,
            Self::Mailing {
                to: Recipient::Agent, ..
            }
            | Self::Mailed { public_of: None, .. } => Audience::AgentsOnly,
            _ => Audience::Everyone,
        }
    }

    /// Whether the entry touches membership, state or channel. Such entries raise the chat's fence; messages never do.
    pub fn raises_fence(&self) -> bool {
        !self.counts()
    }

    /// Counts as unread for those who may see it.
    pub fn counts(&self) -> bool {
        matches!(
            self,
            Self::Message { .. } | Self::Note { .. } | Self::File { .. } | Self::Redacted { .. }
        )
    }

    /// The word in SQL.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Message { .. } | Self::File { note: false, .. } | Self::Redacted { note: false, .. } => "message",
            Self::Note { .. } | Self::File { .. } | Self::Redacted { .. } => "note",
            Self::Redaction { .. } => "redaction",
            Self::Accepted => "accepted",
            Self::Invited { .. } => "invited",
            Self::InvitationDeclined => "invitation_declined",
            Self::Joined { .. } => "joined",
            Self::Left { .. } => "left",
            Self::RoleChanged { .. } => "role_changed",
            Self::Moved { .. } => "moved",
            Self::Returned { .. } => "returned",
            Self::Closed { .. } => "closed",
            Self::Attached { .. } => "attached",
            Self::Mailing { .. } => "mailing",
            Self::Missed { .. } => "missed",
            Self::Mailed { .. } => "mailed",
        }
    }

    /// What it says; of a file its name.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Message { text } | Self::Note { text } => Some(text),
            Self::File { file, .. } => Some(&file.name),
            Self::Invited { note, .. } => note.as_deref(),
            _ => None,
        }
    }

    pub fn file(&self) -> Option<&File> {
        match self {
            Self::File { file, .. } => Some(file),
            _ => None,
        }
    }

    /// Whom or what it is about, by name as it was then.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::Invited { whom, .. } => Some(whom),
            Self::Moved { name, .. } => Some(name),
            Self::Attached { number, .. } => Some(number),
            Self::Mailing { whom, .. } | Self::Missed { whom, .. } => Some(whom),
            Self::Mailed { why, .. } => why.as_deref(),
            Self::Redacted { by, .. } | Self::Redaction { by, .. } => by.as_deref(),
            _ => None,
        }
    }

    /// The entry it is about, by its numbers for agents and for externals.
    pub fn of(&self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Redaction { of, public_of, .. } | Self::Mailed { of, public_of, .. } => (Some(*of), *public_of),
            Self::Missed { of, public_of, .. } => (Some(*of), Some(*public_of)),
            _ => (None, None),
        }
    }

    pub fn subject_id(&self) -> Option<uuid::Uuid> {
        match self {
            Self::Moved { channel, .. } => Some(channel.0),
            Self::Attached { ticket, .. } => Some(ticket.0),
            _ => None,
        }
    }

    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Invited { role, .. } | Self::Joined { role } | Self::Left { role } => Some(role.word()),
            Self::RoleChanged { to } => Some(to.word()),
            Self::Returned { reason } => Some(reason.word()),
            Self::Closed { reason } => Some(reason.word()),
            Self::Mailing { to, .. } => Some(to.word()),
            Self::Mailed { outcome, .. } => Some(outcome.word()),
            _ => None,
        }
    }

    /// From the words stored; `None` for what this version does not know.
    pub fn from_words(words: Words<'_>) -> Option<Self> {
        let role = || Role::from_word(words.reason?);
        Some(match words.kind {
            "requested" => Self::Requested,
            "message" | "note" if words.redacted_at.is_some() => Self::Redacted {
                note: words.kind == "note",
                by: words.subject,
                at: words.redacted_at?,
            },
            "message" | "note" if words.file.is_some() => Self::File {
                note: words.kind == "note",
                file: Box::new(words.file?.named(words.text?)?),
            },
            "message" => Self::Message { text: words.text? },
            "note" => Self::Note { text: words.text? },
            "redaction" => Self::Redaction {
                of: words.of.0?,
                public_of: words.of.1,
                by: words.subject,
            },
            "accepted" => Self::Accepted,
            "invited" => Self::Invited {
                whom: words.subject?,
                role: role()?,
                note: words.text,
            },
            "invitation_declined" => Self::InvitationDeclined,
            "joined" => Self::Joined { role: role()? },
            "left" => Self::Left {
                // The first version wrote none: only contributing agents could be there.
                role: role().unwrap_or(Role::Participant),
            },
            "role_changed" => Self::RoleChanged { to: role()? },
            "moved" => Self::Moved {
                channel: ChannelId(words.subject_id?),
                name: words.subject?,
            },
            "returned" => Self::Returned {
                reason: ReturnedReason::from_word(words.reason?)?,
            },
            "closed" => Self::Closed {
                reason: ClosedReason::from_word(words.reason?)?,
            },
            "attached" => Self::Attached {
                ticket: TicketId(words.subject_id?),
                number: words.subject?,
            },
            "mailing" => Self::Mailing {
                to: Recipient::from_word(words.reason?)?,
                whom: words.subject?,
            },
            "missed" => Self::Missed {
                of: words.of.0?,
                public_of: words.of.1?,
                whom: words.subject?,
            },
            "mailed" => Self::Mailed {
                of: words.of.0?,
                public_of: words.of.1,
                outcome: MailOutcome::from_word(words.reason?)?,
                why: words.subject,
            },
            _ => return None,
        })
    }
}

/// What is stored of an entry's [`What`].
pub struct Words<'a> {
    pub kind: &'a str,
    pub text: Option<String>,
    pub reason: Option<&'a str>,
    pub subject: Option<String>,
    pub subject_id: Option<uuid::Uuid>,
    pub of: (Option<i64>, Option<i64>),
    pub redacted_at: Option<Instant>,
    pub file: Option<FileWords>,
}

/// What is stored of a file beside its name, which is the entry's text.
pub struct FileWords {
    pub kind: String,
    pub size_bytes: i64,
    pub hash: Vec<u8>,
    pub pixels: Option<(i64, i64)>,
}

impl FileWords {
    /// `None` if there is no such type, or the hash is none.
    pub fn named(self, name: String) -> Option<File> {
        let pixels = self.pixels.map(|(width, height)| (width as u32, height as u32));
        Some(File {
            name,
            kind: FileType::from_word(&self.kind)?,
            size_bytes: self.size_bytes as u64,
            hash: self.hash.try_into().ok()?,
            pixels,
        })
    }
}

/// A stored entry. `seq` counts all entries of the chat, `public_seq` those with a face for externals; both dense from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    pub public_seq: Option<i64>,
    /// Never decreases within a chat.
    pub at: Instant,
    /// The member who did it, by number; `None` for the system.
    pub who: Option<u32>,
    /// The same member by the number externals know him by; `None` where he is not there for them.
    pub public_who: Option<u32>,
    pub actor: Option<PersonId>,
    pub cid: Option<ClientId>,
    pub what: What,
}
