//! What others see of a person: worked out from what he chose, whether he is connected, and when he was last active.

use crate::id::{Instant, PersonId};
use crate::person::{Availability, Kind};
use crate::settings::Settings;

/// The circle beside a name (product R13-R16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    Active,
    /// Connected, and nothing done for the idle time. He can be asked all the same.
    Away,
    /// He chose so, or chats of this kind are switched off.
    Unavailable,
    Offline,
}

/// What presence is worked out from.
#[derive(Debug, Clone, Copy)]
pub struct Signs {
    pub kind: Kind,
    /// What an agent chose; means nothing for others.
    pub availability: Availability,
    pub connected: bool,
    pub active_at: Instant,
}

pub fn presence(signs: &Signs, now: Instant, settings: &Settings) -> Presence {
    let (off, idle_s) = match signs.kind {
        Kind::Agent => (signs.availability == Availability::Unavailable, settings.agent_idle_s),
        _ => (settings.agent_to_customer == 0, settings.customer_idle_s),
    };
    if !signs.connected {
        Presence::Offline
    } else if settings.chat_active == 0 || off {
        Presence::Unavailable
    } else if now >= signs.active_at.plus_s(idle_s) {
        Presence::Away
    } else {
        Presence::Active
    }
}

/// One side of a chat that is not there yet.
#[derive(Debug, Clone, Copy)]
pub struct Party {
    pub id: PersonId,
    pub kind: Kind,
    /// What an agent chose.
    pub availability: Availability,
    pub presence: Presence,
    /// Of the one who asks: he is one of those who may start chats; of an agent who is asked: one of those who may receive them.
    pub admitted: bool,
}

/// Why a direct chat cannot be started from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    Yourself,
    /// One of them is not in the group of those who may.
    NotAllowed,
    /// Chat as a whole, or this direction, is switched off.
    SwitchedOff,
    YouAreUnavailable,
    /// The other one is set to unavailable.
    Unavailable,
    Offline,
}

impl WhyNot {
    pub fn code(self) -> &'static str {
        match self {
            Self::Yourself => "yourself",
            Self::NotAllowed => "not_allowed",
            Self::SwitchedOff => "switched_off",
            Self::YouAreUnavailable => "you_are_unavailable",
            Self::Unavailable => "unavailable",
            Self::Offline => "offline",
        }
    }
}

/// Whether an agent may ask somebody for a chat (product R17). Rules of this kind stand here and nowhere else.
pub fn may_chat_with(agent: &Party, other: &Party, settings: &Settings) -> Result<(), WhyNot> {
    let direction = match other.kind {
        Kind::Agent => settings.agent_to_agent,
        Kind::CustomerUser => settings.agent_to_customer,
        // An agent cannot address a visitor first.
        Kind::PublicUser => 0,
    };
    if agent.id == other.id {
        return Err(WhyNot::Yourself);
    }
    if settings.chat_active == 0 || direction == 0 {
        return Err(WhyNot::SwitchedOff);
    }
    match other.presence {
        Presence::Offline => return Err(WhyNot::Offline),
        Presence::Unavailable => return Err(WhyNot::Unavailable),
        Presence::Active | Presence::Away => {}
    }
    if !agent.admitted || other.kind == Kind::Agent && !other.admitted {
        return Err(WhyNot::NotAllowed);
    }
    // Last: it is the one reason that he can do something about.
    match agent.availability {
        Availability::Unavailable => Err(WhyNot::YouAreUnavailable),
        Availability::Internal | Availability::InternalAndExternal => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOON: Instant = Instant(1_000_000_000_000);

    fn ines() -> Signs {
        Signs {
            kind: Kind::Agent,
            availability: Availability::Internal,
            connected: true,
            active_at: NOON,
        }
    }

    fn hanne() -> Signs {
        Signs {
            kind: Kind::CustomerUser,
            availability: Availability::Unavailable,
            ..ines()
        }
    }

    #[test]
    fn who_did_nothing_for_the_idle_time_is_away() {
        let settings = Settings::default();
        for signs in [ines(), hanne()] {
            assert_eq!(presence(&signs, NOON.plus_s(299), &settings), Presence::Active);
            assert_eq!(presence(&signs, NOON.plus_s(300), &settings), Presence::Away);
        }
    }

    #[test]
    fn what_is_switched_off_shows_and_who_is_not_there_is_offline_whatever_he_chose() {
        let on = Settings::default();
        let no_chat = Settings {
            chat_active: 0,
            ..on.clone()
        };
        let no_customers = Settings {
            agent_to_customer: 0,
            ..on.clone()
        };
        let unavailable = Signs {
            availability: Availability::Unavailable,
            ..ines()
        };
        assert_eq!(presence(&unavailable, NOON, &on), Presence::Unavailable);
        assert_eq!(presence(&ines(), NOON, &no_chat), Presence::Unavailable);
        assert_eq!(presence(&ines(), NOON, &no_customers), Presence::Active);
        assert_eq!(presence(&hanne(), NOON, &no_chat), Presence::Unavailable);
        assert_eq!(presence(&hanne(), NOON, &no_customers), Presence::Unavailable);
        let gone = Signs {
            connected: false,
            ..unavailable
        };
        assert_eq!(presence(&gone, NOON, &no_chat), Presence::Offline);
    }

    #[test]
    fn a_direct_chat_can_be_asked_for_where_every_rule_allows_it() {
        let party = |n, kind, presence| Party {
            id: PersonId(Uuid::from_u128(n)),
            kind,
            availability: Availability::Internal,
            presence,
            admitted: true,
        };
        let ines = party(1, Kind::Agent, Presence::Active);
        let (maren, hanne) = (
            party(2, Kind::Agent, Presence::Away),
            party(3, Kind::CustomerUser, Presence::Active),
        );
        let on = Settings::default();
        assert_eq!(may_chat_with(&ines, &maren, &on), Ok(()));
        assert_eq!(may_chat_with(&ines, &hanne, &on), Ok(()));
        assert_eq!(may_chat_with(&ines, &ines, &on), Err(WhyNot::Yourself));
        let off = Settings {
            agent_to_agent: 0,
            ..Settings::default()
        };
        assert_eq!(may_chat_with(&ines, &maren, &off), Err(WhyNot::SwitchedOff));
        assert_eq!(may_chat_with(&ines, &hanne, &off), Ok(()));
        let off = Settings {
            agent_to_customer: 0,
            ..Settings::default()
        };
        assert_eq!(may_chat_with(&ines, &hanne, &off), Err(WhyNot::SwitchedOff));
        let off = Settings {
            chat_active: 0,
            ..Settings::default()
        };
        assert_eq!(may_chat_with(&ines, &maren, &off), Err(WhyNot::SwitchedOff));
        for (presence, why) in [
            (Presence::Offline, WhyNot::Offline),
            (Presence::Unavailable, WhyNot::Unavailable),
        ] {
            assert_eq!(may_chat_with(&ines, &Party { presence, ..maren }, &on), Err(why));
        }
        let stranger = Party {
            admitted: false,
            ..ines
        };
        assert_eq!(may_chat_with(&stranger, &hanne, &on), Err(WhyNot::NotAllowed));
        assert_eq!(may_chat_with(&maren, &stranger, &on), Err(WhyNot::NotAllowed));
        let out = Party {
            availability: Availability::Unavailable,
            ..ines
        };
        assert_eq!(may_chat_with(&out, &maren, &on), Err(WhyNot::YouAreUnavailable));
        assert_eq!(
            may_chat_with(&ines, &party(4, Kind::PublicUser, Presence::Active), &on),
            Err(WhyNot::SwitchedOff)
        );
    }
}
