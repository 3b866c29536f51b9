//! Who is here: the live connections of this node, when the last one of a person went, and what other nodes say.

use super::nodes::Others;
use super::rooms::{Signal, Taken, add};
use domain::{ChatId, Instant, Kind, PersonId};
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::Seen;

/// A connection that nothing was heard from for so long is ended by the server.
pub const SILENT_S: i64 = 25;
/// Who comes back within this time was never gone: a reload, a changed network. It follows from the settings, so that
/// silence and this together are `offline_after_s`.
const BLINK_S: i64 = 5;

pub struct Presence {
    persons: Mutex<HashMap<PersonId, Here>>,
    pub(super) others: Mutex<Others>,
    /// Whose state other nodes have not been told, where there may be other nodes.
    changed: Option<Mutex<HashSet<PersonId>>>,
    blink_s: AtomicI64,
    /// When this node began. Time in which the service was down counts for nobody.
    began: Instant,
}

struct Here {
    kind: Kind,
    signals: Vec<Arc<Signal>>,
    active_at: Instant,
    gone_at: Option<Instant>,
    /// He signed out: nobody waits whether he comes back.
    left: bool,
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
    /// A node went, and the leases of its agents have ended: all open chats are to be looked through.
    pub node_lapsed: bool,
}

/// Somebody who is connected, wherever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connected {
    pub kind: Kind,
    pub active_at: Instant,
}

impl Here {
    fn new(kind: Kind, active_at: Instant) -> Self {
        Self {
            kind,
            signals: Vec::new(),
            active_at,
            gone_at: None,
            left: false,
            told: true,
            lapsed: false,
        }
    }

    fn seen(&self, person: PersonId) -> Seen {
        Seen {
            person,
            kind: self.kind,
            connections: self.signals.len() as i64,
            active_at: self.active_at,
            gone_at: self.gone_at,
        }
    }
}

impl Presence {
    /// `shared`: other nodes may be told, and asked.
    pub fn new(began: Instant, shared: bool) -> Self {
        Self {
            persons: Mutex::default(),
            others: Mutex::default(),
            changed: shared.then(Mutex::default),
            blink_s: AtomicI64::new(BLINK_S),
            began,
        }
    }

    /// A connection begins, of somebody who was last active then. Returns whether the person was away until now.
    pub fn join(&self, signal: &Arc<Signal>, active_at: Instant) -> bool {
        let mut persons = self.persons.lock();
        let new = Here::new(signal.kind, active_at);
        let here = persons.entry(signal.person).or_insert(new);
        here.signals.push(signal.clone());
        let was_away = here.told;
        here.active_at = here.active_at.max(active_at);
        (here.gone_at, here.told, here.lapsed, here.left) = (None, false, false, false);
        self.tell_others(signal.person);
        was_away
    }

    /// A connection ended, and the last that was heard from it was then.
    pub fn leave(&self, signal: &Arc<Signal>, heard_at: Instant, signed_out: bool) {
        let mut persons = self.persons.lock();
        let Some(here) = persons.get_mut(&signal.person) else {
            return;
        };
        here.signals.retain(|other| !Arc::ptr_eq(other, signal));
        if here.signals.is_empty() {
            (here.gone_at, here.left) = (Some(heard_at), signed_out);
            self.tell_others(signal.person);
        }
    }

    /// He did something, on whatever device.
    pub fn was_active(&self, person: PersonId, now: Instant) {
        if let Some(here) = self.persons.lock().get_mut(&person)
            && here.active_at < now
        {
            here.active_at = now;
            self.tell_others(person);
        }
    }

    fn tell_others(&self, person: PersonId) {
        if let Some(changed) = &self.changed {
            changed.lock().insert(person);
        }
    }

    /// Whose state changed since the last call, for other nodes.
    pub fn take_changed(&self) -> Vec<Seen> {
        let Some(changed) = &self.changed else {
            return Vec::new();
        };
        let persons = self.persons.lock();
        let changed = std::mem::take(&mut *changed.lock());
        let seen = |id: PersonId| match persons.get(&id) {
            Some(here) => here.seen(id),
            // Told here and forgotten; who reads it late takes him for gone as well.
            None => Seen {
                person: id,
                kind: Kind::PublicUser,
                connections: 0,
                active_at: Instant(0),
                gone_at: Some(Instant(0)),
            },
        };
        changed.into_iter().map(seen).collect()
    }

    /// They could not be told; next time.
    pub fn still_changed(&self, seen: &[Seen]) {
        if let Some(changed) = &self.changed {
            changed.lock().extend(seen.iter().map(|seen| seen.person));
        }
    }

    /// Agents and customer users who are connected, here or on other nodes; the latest activity of each.
    pub fn connected(&self) -> HashMap<PersonId, Connected> {
        let mut all = HashMap::new();
        for (person, here) in self.persons.lock().iter() {
            if !here.told && here.kind != Kind::PublicUser {
                let (kind, active_at) = (here.kind, here.active_at);
                all.insert(*person, Connected { kind, active_at });
            }
        }
        self.others.lock().add_connected(&mut all, self.blink_s());
        all
    }

    /// As [`Presence::connected`], of one person.
    pub fn connection(&self, person: PersonId) -> Option<Connected> {
        let mut all = HashMap::new();
        if let Some(here) = self.persons.lock().get(&person).filter(|here| !here.told) {
            let (kind, active_at) = (here.kind, here.active_at);
            all.insert(person, Connected { kind, active_at });
        }
        self.others.lock().add_connection(person, &mut all, self.blink_s());
        all.remove(&person)
    }

    pub fn blink_s(&self) -> i64 {
        self.blink_s.load(Ordering::Relaxed)
    }

    /// An agent did something without a live connection, as programs do: his lease runs from here.
    pub fn touch(&self, agent: PersonId, now: Instant) {
        let mut persons = self.persons.lock();
        let here = persons.entry(agent).or_insert(Here::new(Kind::Agent, now));
        if here.signals.is_empty() {
            (here.gone_at, here.lapsed) = (Some(now), false);
            self.tell_others(agent);
        }
    }

    /// Has a live connection, or had one a moment ago.
    pub fn online(&self, person: PersonId) -> bool {
        let here = self.persons.lock().get(&person).is_some_and(|here| !here.told);
        here || self.others.lock().online(person, self.blink_s())
    }

    /// Until when the lease of an agent runs, if he is not connected: from his going, at the earliest from this
    /// node's beginning. `None` while he is connected.
    pub fn lease_from(&self, person: PersonId) -> Option<Instant> {
        let mut gone_at = self.began;
        if let Some(here) = self.persons.lock().get(&person) {
            if !here.signals.is_empty() {
                return None;
            }
            gone_at = here.gone_at.unwrap_or(self.began).max(self.began);
        }
        self.others.lock().lease_from(person, gone_at)
    }

    pub fn began(&self) -> Instant {
        self.began
    }

    /// Finds who has been gone for long enough to matter, each once.
    pub fn pass(&self, now: Instant, lease_s: i64, offline_after_s: i64) -> Passed {
        let mut passed = Passed::default();
        let blink_s = (offline_after_s - SILENT_S).max(1);
        self.blink_s.store(blink_s, Ordering::Relaxed);
        passed.node_lapsed = self.others.lock().lapsed(now, lease_s);
        self.persons.lock().retain(|person, here| {
            let Some(gone_at) = here.gone_at else { return true };
            if !here.told && (here.left || now >= gone_at.plus_s(blink_s)) {
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

    /// Everybody's lists may have changed.
    pub fn lists_changed(&self) {
        self.all(|_| true, |signal| signal.mark(|dirty| dirty.lists = true));
    }

    /// Something in the People widget changed.
    pub fn people_changed(&self) {
        self.all(
            |here| here.kind == Kind::Agent,
            |signal| {
                if signal.watches_people.load(Ordering::Acquire) {
                    signal.mark(|dirty| dirty.people = true);
                }
            },
        );
    }

    /// What customer users are offered may have changed.
    pub fn offers_changed(&self) {
        self.all(
            |here| here.kind == Kind::CustomerUser,
            |signal| signal.mark(|dirty| dirty.lists = true),
        );
    }

    /// What this person keeps about a chat changed, on whatever device.
    pub fn view_changed_for(&self, person: PersonId, chat: ChatId) {
        self.of(person, |signal| signal.mark(|dirty| add(&mut dirty.states, chat)));
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

    pub fn connections_by_kind(&self) -> HashMap<Kind, i64> {
        let mut connections = HashMap::new();
        for here in self.persons.lock().values() {
            *connections.entry(here.kind).or_insert(0) += here.signals.len() as i64;
        }
        connections
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
