//! Keys on groups (product section 3). Each channel is bound to one group.

/// How far an agent may go in the chats of a channel: the highest key he holds on its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Observer,
    Participant,
    Owner,
}

words! {
    /// A permission key as it is granted.
    pub enum Key {
        ChatOwner = "chat_owner",
        ChatParticipant = "chat_participant",
        ChatObserver = "chat_observer",
        Ro = "ro",
        MoveInto = "move_into",
        Create = "create",
        Note = "note",
        Owner = "owner",
        Priority = "priority",
        /// All ticket keys; no chat key.
        Rw = "rw",
    }
}

impl Key {
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
