//! The help desk's case: its states, who may do what with it, and how it is numbered (product sections 3 and 8).

use crate::permission::Key;

words! {
    pub enum TicketState {
        New = "new",
        Open = "open",
        PendingReminder = "pending_reminder",
        PendingAutoCloseSuccessful = "pending_auto_close_successful",
        PendingAutoCloseUnsuccessful = "pending_auto_close_unsuccessful",
        ClosedSuccessful = "closed_successful",
        ClosedUnsuccessful = "closed_unsuccessful",
        Removed = "removed",
        Merged = "merged",
    }
}

words! {
    /// What the states mean to lists and rules.
    pub enum StateType {
        New = "new",
        Open = "open",
        PendingReminder = "pending_reminder",
        PendingAuto = "pending_auto",
        Closed = "closed",
        Removed = "removed",
        Merged = "merged",
    }
}

words! {
    /// What sort of case it is.
    pub enum TicketType {
        Unclassified = "unclassified",
        Incident = "incident",
        Problem = "problem",
        Request = "request",
    }
}

words! {
    /// Who an article is from.
    pub enum Sender {
        Agent = "agent",
        Customer = "customer",
        System = "system",
    }
}

words! {
    /// How an article came.
    pub enum ArticleChannel {
        Phone = "phone",
        Internal = "internal",
        EmailOut = "email_out",
        Web = "web",
        Chat = "chat",
    }
}

impl TicketState {
    pub fn is_a(self) -> StateType {
        match self {
            Self::New => StateType::New,
            Self::Open => StateType::Open,
            Self::PendingReminder => StateType::PendingReminder,
            Self::PendingAutoCloseSuccessful | Self::PendingAutoCloseUnsuccessful => StateType::PendingAuto,
            Self::ClosedSuccessful | Self::ClosedUnsuccessful => StateType::Closed,
            Self::Removed => StateType::Removed,
            Self::Merged => StateType::Merged,
        }
    }

    /// Needs a date until which it waits.
    pub fn waits(self) -> bool {
        matches!(self.is_a(), StateType::PendingReminder | StateType::PendingAuto)
    }

    /// Takes a chat or another article: neither closed nor removed nor merged into another ticket.
    pub fn takes_articles(self) -> bool {
        !matches!(self.is_a(), StateType::Closed | StateType::Removed | StateType::Merged)
    }
}

/// 1 very low … 5 very high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Priority(u8);

impl Priority {
    pub const NORMAL: Self = Self(3);

    pub fn new(number: i64) -> Option<Self> {
        u8::try_from(number).ok().filter(|n| (1..=5).contains(n)).map(Self)
    }

    pub fn number(self) -> u8 {
        self.0
    }
}

/// What an agent wants with tickets of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// See it, and find it.
    Read,
    /// Make one there.
    Create,
    /// Bring one there from another queue.
    MoveInto,
    /// Write an article, or put a chat into it.
    Note,
    SetOwner,
    SetPriority,
    /// State, title, lock, responsible; take it out of its queue.
    Change,
}

impl Act {
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::Create,
        Self::MoveInto,
        Self::Note,
        Self::SetOwner,
        Self::SetPriority,
        Self::Change,
    ];

    /// What a key on tickets that are there is for, by the word it is granted by.
    pub fn of_key(word: &str) -> Option<Self> {
        match Key::from_word(word)? {
            Key::Ro => Some(Self::Read),
            Key::Note => Some(Self::Note),
            Key::Owner => Some(Self::SetOwner),
            Key::Priority => Some(Self::SetPriority),
            Key::Rw => Some(Self::Change),
            _ => None,
        }
    }
}

/// Whether the keys held on the group of a queue allow an act. Nothing is done to a ticket by who may not see it, so what is
/// done to one that is there needs `ro` as well; `rw` is all ticket keys, and chat keys are none.
pub fn allows(held: &[Key], act: Act) -> bool {
    let has = |key: Key| held.contains(&key) || held.contains(&Key::Rw);
    match act {
        Act::Read => has(Key::Ro),
        Act::Create => has(Key::Create),
        Act::MoveInto => has(Key::MoveInto),
        Act::Note => has(Key::Ro) && has(Key::Note),
        Act::SetOwner => has(Key::Ro) && has(Key::Owner),
        Act::SetPriority => has(Key::Ro) && has(Key::Priority),
        Act::Change => held.contains(&Key::Rw),
    }
}

/// A ticket's number: day (`YYYYMMDD`), system id, the day's counter in five digits or more, check digit. With one day and
/// system each counter gives another number.
pub fn number(day: &str, system_id: u32, counter: i64) -> String {
    let digits = format!("{day}{system_id}{counter:05}");
    let check = check_digit(&digits);
    format!("{digits}{check}")
}

/// Digits weighted 1, 2, 1, 2 … from the left; what the sum lacks to the next ten, where ten is written 1.
pub fn check_digit(digits: &str) -> u32 {
    let values = digits.chars().filter_map(|digit| digit.to_digit(10));
    let sum: u32 = values
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    match 10 - sum % 10 {
        10 => 1,
        check => check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn a_number_ends_in_its_check_digit() {
        // 2+0+2+12+1+2+2+12+1 and the counter's 1 make 35.
        assert_eq!(number("20261126", 10, 1), "2026112610000015");
        // A sum that ends in 0 lacks ten, which is written 1.
        assert_eq!(check_digit("28"), 2);
        assert_eq!(check_digit("24"), 1);
    }

    #[test]
    fn only_who_sees_a_ticket_does_something_to_it() {
        let of = |held: &[Key]| {
            Act::ALL
                .into_iter()
                .filter(|act| allows(held, *act))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&[Key::Ro]), [Act::Read]);
        assert_eq!(of(&[Key::Note, Key::Owner, Key::Priority]), []);
        assert_eq!(of(&[Key::Ro, Key::Note]), [Act::Read, Act::Note]);
        assert_eq!(of(&[Key::Create, Key::MoveInto]), [Act::Create, Act::MoveInto]);
        assert_eq!(of(&[Key::Rw]), Act::ALL);
        assert_eq!(of(&[Key::ChatOwner, Key::ChatParticipant, Key::ChatObserver]), []);
    }

    #[test]
    fn words_lead_back_and_closed_tickets_take_nothing() {
        for state in TicketState::ALL {
            assert_eq!(TicketState::from_word(state.word()), Some(state));
        }
        let taking = TicketState::ALL.iter().filter(|state| state.takes_articles());
        assert_eq!(taking.count(), 5);
        assert_eq!(Priority::new(0).or(Priority::new(6)).or(Priority::new(-1)), None);
        assert_eq!(Priority::new(3), Some(Priority::NORMAL));
    }

    proptest! {
        #[test]
        fn more_keys_never_allow_less(keys in proptest::sample::subsequence(Key::ALL.to_vec(), 0..=10), more in proptest::sample::select(Key::ALL.to_vec())) {
            let larger: Vec<Key> = keys.iter().copied().chain([more]).collect();
            for act in Act::ALL {
                prop_assert!(!allows(&keys, act) || allows(&larger, act));
            }
        }

        #[test]
        fn numbers_of_a_day_differ(counters in proptest::collection::hash_set(1_i64..2_000_000, 1..200)) {
            let numbers: HashSet<String> = counters.iter().map(|counter| number("20261126", 10, *counter)).collect();
            prop_assert_eq!(numbers.len(), counters.len());
            prop_assert!(numbers.iter().all(|number| number.len() <= 50));
        }
    }
}
