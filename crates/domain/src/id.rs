//! Names of things. UUIDv7 but for the ids clients make; an id is not a secret.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id!(
    PersonId,
    CompanyId,
    GroupId,
    RoleId,
    ChannelId,
    SnippetId,
    ChatId,
    TicketId,
    QueueId,
    /// Made by a client, unique for ever per actor: the same id twice is the same command.
    ClientId
);

/// An instant: microseconds since 1970 UTC. The database never makes time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    pub fn plus_s(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    pub fn ms(self) -> i64 {
        self.0 / 1_000
    }
}
