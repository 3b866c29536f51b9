//! Keys on groups (product section 3). Each channel is bound to one group.

/// How far an agent may go in the chats of a channel: the highest key he holds on its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Observer,
    Participant,
    Owner,
}

/// A permission key as it is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    ChatOwner,
    ChatParticipant,
    ChatObserver,
    Ro,
    MoveInto,
    Create,
    Note,
    Owner,
    Priority,
    /// All ticket keys; no chat key.
    Rw,
}

impl Key {
    pub const ALL: [Self; 10] = [
        Self::ChatOwner,
        Self::ChatParticipant,
        Self::ChatObserver,
        Self::Ro,
        Self::MoveInto,
        Self::Create,
        Self::Note,
        Self::Owner,
        Self::Priority,
        Self::Rw,
    ];

    /// The word in SQL, on the command line and in the manual.
    pub fn word(self) -> &'static str {
        match self {
            Self::ChatOwner => "chat_owner",
            Self::ChatParticipant => "chat_participant",
            Self::ChatObserver => "chat_observer",
            Self::Ro => "ro",
            Self::MoveInto => "move_into",
            Self::Create => "create",
            Self::Note => "note",
            Self::Owner => "owner",
            Self::Priority => "priority",
            Self::Rw => "rw",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word() == word)
    }

    pub fn level(self) -> Option<Level> {
        match self {
            Self::ChatOwner => Some(Level::Owner),
            Self::ChatParticipant => Some(Level::Participant),
            Self::ChatObserver => Some(Level::Observer),
            _ => None,
        }
    }
}

/// The highest chat level among the keys held.
pub fn level(keys: impl IntoIterator<Item = Key>) -> Option<Level> {
    keys.into_iter().filter_map(Key::level).max()
}
