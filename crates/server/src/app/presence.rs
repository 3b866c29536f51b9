//! Who is here: the live connections of this node, and when the last one of a person went.

use super::rooms::{Signal, Taken};
use domain::{ChatId, Instant, Kind, PersonId};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// Who comes back within this time was never gone: a reload, a changed network.
const BLINK_S: i64 = 5;

pub struct Presence {
    persons: Mutex<HashMap<PersonId, Here>>,
    /// When this node began. Time in which the service was down counts for nobody.
    began: Instant,
}

struct Here {
    kind: Kind,
    signals: Vec<Arc<Signal>>,
    gone_at: Option<Instant>,
    /// The others were told that he is gone.
    told: bool,
    lapsed: bool,
}

/// What time brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Went a while ago: those who talk to them should know.
    pub gone: Vec<PersonId>,
    /// Agents whose lease ended.
    pub lapsed: Vec<PersonId>,
}

impl Presence {
    pub fn new(began: Instant) -> Self {
        Self {
            persons: Mutex::default(),
            began,
        }
    }

    /// A connection begins. Returns whether the person was away until now.
    pub fn join(&self, signal: &Arc<Signal>) -> bool {
        let mut persons = self.persons.lock();
        let new = Here {
            kind: signal.kind,
            signals: Vec::new(),
            gone_at: None,
            told: true,
            lapsed: false,
        };
        let here = persons.entry(signal.person).or_insert(new);
        here.signals.push(signal.clone());
        let was_away = here.told;
        (here.gone_at, here.told, here.lapsed) = (None, false, false);
        was_away
    }

    pub fn leave(&self, signal: &Arc<Signal>, now: Instant) {
        let mut persons = self.persons.lock();
        let Some(here) = persons.get_mut(&signal.person) else {
            return;
        };
        here.signals.retain(|other| !Arc::ptr_eq(other, signal));
        if here.signals.is_empty() {
            here.gone_at = Some(now);
        }
    }

    /// An agent did something without a live connection, as programs do: his lease runs from here.
    pub fn touch(&self, agent: PersonId, now: Instant) {
        let mut persons = self.persons.lock();
        let new = Here {
            kind: Kind::Agent,
            signals: Vec::new(),
            gone_at: None,
            told: true,
            lapsed: false,
        };
        let here = persons.entry(agent).or_insert(new);
        if here.signals.is_empty() {
            (here.gone_at, here.lapsed) = (Some(now), false);
        }
    }

    /// Has a live connection, or had one a moment ago.
    pub fn online(&self, person: PersonId) -> bool {
        self.persons.lock().get(&person).is_some_and(|here| !here.told)
    }

    /// Until when the lease of an agent runs, if he is not connected: from his going, at the earliest from this
    /// node's beginning. `None` while he is connected.
    pub fn lease_from(&self, person: PersonId) -> Option<Instant> {
        match self.persons.lock().get(&person) {
            Some(here) if !here.signals.is_empty() => None,
            Some(here) => Some(here.gone_at.unwrap_or(self.began).max(self.began)),
            None => Some(self.began),
        }
    }

    pub fn began(&self) -> Instant {
        self.began
    }

    /// Finds who has been gone for long enough to matter, each once.
    pub fn pass(&self, now: Instant, lease_s: i64) -> Passed {
        let mut passed = Passed::default();
        self.persons.lock().retain(|person, here| {
            let Some(gone_at) = here.gone_at else { return true };
            if !here.told && now >= gone_at.plus_s(BLINK_S) {
                here.told = true;
                passed.gone.push(*person);
            }
            if here.kind == Kind::Agent && !here.lapsed && now >= gone_at.plus_s(lease_s) {
                here.lapsed = true;
                passed.lapsed.push(*person);
            }
            !(here.told && (here.lapsed || here.kind.is_external()))
        });
        passed
    }

    /// Agents' request lists and conversation lists may have changed.
    pub fn desks_changed(&self) {
        self.all(
            |here| here.kind == Kind::Agent,
            |signal| signal.mark(|dirty| dirty.lists = true),
        );
    }

    /// What customer users are offered may have changed.
    pub fn offers_changed(&self) {
        self.all(
            |here| here.kind == Kind::CustomerUser,
            |signal| signal.mark(|dirty| dirty.lists = true),
        );
    }

    pub fn lists_changed_for(&self, person: PersonId) {
        self.of(person, |signal| signal.mark(|dirty| dirty.lists = true));
    }

    pub fn read_by(&self, person: PersonId, chat: ChatId, seq: i64) {
        self.of(person, |signal| signal.mark(|dirty| dirty.reads.push((chat, seq))));
    }

    pub fn rights_changed(&self) {
        self.all(|_| true, |signal| signal.mark(|dirty| dirty.rights = true));
    }

    /// Ends the live connections of a session: the browser has to sign in again.
    pub fn end_session(&self, session: &[u8; 32]) {
        self.all(
            |_| true,
            |signal| {
                if signal.session == *session {
                    signal.mark(|dirty| dirty.end = Some(Taken::SignedOut));
                }
            },
        );
    }

    /// Ends all live connections of a person but those of one session.
    pub fn end_person(&self, person: PersonId, but: Option<&[u8; 32]>) {
        self.of(person, |signal| {
            if but != Some(&signal.session) {
                signal.mark(|dirty| dirty.end = Some(Taken::SignedOut));
            }
        });
    }

    /// Has a live connection of another session than this one.
    pub fn here_besides(&self, person: PersonId, session: &[u8; 32]) -> bool {
        let persons = self.persons.lock();
        let here = persons.get(&person);
        here.is_some_and(|here| here.signals.iter().any(|signal| signal.session != *session))
    }

    pub fn connections(&self) -> usize {
        self.persons.lock().values().map(|here| here.signals.len()).sum()
    }

    fn of(&self, person: PersonId, tell: impl Fn(&Signal)) {
        if let Some(here) = self.persons.lock().get(&person) {
            here.signals.iter().for_each(|signal| tell(signal));
        }
    }

    fn all(&self, who: impl Fn(&Here) -> bool, tell: impl Fn(&Signal)) {
        let persons = self.persons.lock();
        persons
            .values()
            .filter(|here| who(here))
            .flat_map(|here| &here.signals)
            .for_each(|signal| tell(signal));
    }
}
