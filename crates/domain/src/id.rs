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

/// Above the sort in the ids of tickets of connected desks: "desk:" in ASCII.
const FOREIGN: u128 = 0x64_65_73_6b_3a;
/// The largest number of a ticket there, of 18 digits.
const NUMBER_MAX: u64 = 999_999_999_999_999_999;

impl TicketId {
    /// Names a ticket that is in a connected desk and not here: by the sort of that desk and its own number there, both of which can be
    /// read from the id. A UUID of version 8 (RFC 9562, 5.8), so that it is never one of ours.
    pub fn foreign(sort: u8, number: u64) -> Option<Self> {
        let head = FOREIGN << 88 | u128::from(sort) << 80 | 8 << 76 | 2 << 62;
        (number <= NUMBER_MAX).then(|| Self(Uuid::from_u128(head | u128::from(number))))
    }

    /// Sort and number, if the ticket is in a connected desk.
    pub fn as_foreign(self) -> Option<(u8, u64)> {
        let bits = self.0.as_u128();
        let (sort, number) = ((bits >> 80) as u8, bits as u64 & (u64::MAX >> 2));
        (Self::foreign(sort, number) == Some(self)).then_some((sort, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_of_another_desk_is_read_from_its_id_and_never_one_of_ours() {
        for (sort, number) in [(1, 0), (1, 4711), (2, NUMBER_MAX), (255, 1)] {
            let id = TicketId::foreign(sort, number).unwrap();
            assert_eq!(id.as_foreign(), Some((sort, number)));
            assert_eq!(
                (id.0.get_version_num(), id.0.get_variant()),
                (8, uuid::Variant::RFC4122)
            );
        }
        assert_eq!(TicketId::foreign(1, NUMBER_MAX + 1), None);
        let v7 = Uuid::from_u128(0x019a_bf1c_5d00_7000_8000_0000_0000_0001);
        for ours in [v7, Uuid::nil(), Uuid::max()] {
            assert_eq!(TicketId(ours).as_foreign(), None);
        }
    }
}
