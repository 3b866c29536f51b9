//! What the nodes of a shared database tell each other of who is connected.
//!
//! Each writes of its own people and reads what changed on the others. A node counts while its beat grows, by the clock of
//! whoever watches: one that was killed takes its people with it within [`SILENT`].

use super::presence::Connected;
use super::{App, AppError};
use crate::clock;
use domain::{Instant, Kind, PersonId};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::{NodeBeat, Seen};
use uuid::Uuid;

/// A node whose beat stands still for so long is gone.
const SILENT: Duration = Duration::from_secs(10);
/// A node without news beats so often.
const BEAT_EVERY: Duration = Duration::from_secs(1);
/// What nobody needs any more is removed after so long.
const SWEPT_AFTER_S: i64 = 86_400;

/// What changed on other nodes.
#[derive(Default)]
pub struct Turned {
    /// Whose connections came or went.
    pub people: Vec<PersonId>,
    pub a_node_went: bool,
}

/// This node as others know it.
pub struct ThisNode {
    id: Uuid,
    version: AtomicI64,
    beat_at: Mutex<Option<std::time::Instant>>,
}

impl Default for ThisNode {
    fn default() -> Self {
        Self {
            id: Uuid::now_v7(),
            version: AtomicI64::new(0),
            beat_at: Mutex::new(None),
        }
    }
}

/// The other nodes.
#[derive(Default)]
pub struct Others {
    nodes: HashMap<Uuid, Node>,
    /// When nodes went whose agents' leases run.
    went: Vec<Instant>,
}

struct Node {
    beat: i64,
    version: i64,
    /// Its beat has moved since it was first seen, and not stood still for too long.
    lives: bool,
    moved: std::time::Instant,
    /// The same by the wall clock; `None` for one that was not seen to live, so that its agents' leases run from this node's
    /// beginning.
    moved_at: Option<Instant>,
    people: HashMap<PersonId, Seen>,
}

impl Node {
    fn connected(&self, seen: &Seen, blink_s: i64) -> bool {
        let blinks = || {
            seen.gone_at
                .is_some_and(|gone_at| clock::now() < gone_at.plus_s(blink_s))
        };
        self.lives && (seen.connections > 0 || blinks())
    }
}

impl Others {
    pub fn online(&self, person: PersonId, blink_s: i64) -> bool {
        let on = |node: &Node| {
            node.people
                .get(&person)
                .is_some_and(|seen| node.connected(seen, blink_s))
        };
        self.nodes.values().any(on)
    }

    /// From when the lease runs of somebody who went here at `gone_at`; `None` while he is connected elsewhere.
    pub fn lease_from(&self, person: PersonId, mut gone_at: Instant) -> Option<Instant> {
        for node in self.nodes.values() {
            match node.people.get(&person) {
                Some(seen) if seen.connections > 0 && node.lives => return None,
                Some(seen) if seen.connections > 0 => gone_at = gone_at.max(node.moved_at.unwrap_or(gone_at)),
                Some(seen) => gone_at = gone_at.max(seen.gone_at.unwrap_or(gone_at)),
                None => {}
            }
        }
        Some(gone_at)
    }

    pub fn add_connected(&self, all: &mut HashMap<PersonId, Connected>, blink_s: i64) {
        for node in self.nodes.values() {
            let connected = node.people.values().filter(|seen| node.connected(seen, blink_s));
            for seen in connected.filter(|seen| seen.kind != Kind::PublicUser) {
                add(all, seen);
            }
        }
    }

    /// As [`Others::add_connected`], of one person.
    pub fn add_connection(&self, person: PersonId, all: &mut HashMap<PersonId, Connected>, blink_s: i64) {
        for node in self.nodes.values() {
            let seen = node.people.get(&person);
            if let Some(seen) = seen.filter(|seen| node.connected(seen, blink_s)) {
                add(all, seen);
            }
        }
    }

    /// Whether a node went so long ago that the leases of its agents have ended; tells it once.
    pub fn lapsed(&mut self, now: Instant, lease_s: i64) -> bool {
        let before = self.went.len();
        self.went.retain(|went_at| now < went_at.plus_s(lease_s));
        self.went.len() < before
    }

    fn version_of(&self, node: Uuid) -> i64 {
        self.nodes.get(&node).map_or(0, |node| node.version)
    }

    /// A node was read, with what changed on it. Adds to `turned` whose connections came or went.
    fn heard_of(&mut self, node: NodeBeat, changed: Vec<Seen>, turned: &mut Turned) {
        let now = std::time::Instant::now();
        let known = self.nodes.entry(node.id).or_insert_with(|| Node {
            beat: node.beat,
            version: 0,
            // Perhaps left by one that was killed: it lives once it beats.
            lives: false,
            moved: now,
            moved_at: None,
            people: HashMap::new(),
        });
        if known.beat != node.beat {
            if !known.lives {
                turned.people.extend(known.people.keys());
            }
            (known.beat, known.lives, known.moved, known.moved_at) = (node.beat, true, now, Some(clock::now()));
        }
        known.version = node.version;
        for seen in changed {
            let before = known.people.insert(seen.person, seen);
            if before.map(|before| before.connections > 0) != Some(seen.connections > 0) {
                turned.people.push(seen.person);
            }
        }
    }

    /// Finds nodes that went: their beat stands still, or they took themselves off the list.
    fn miss(&mut self, listed: &[NodeBeat], turned: &mut Turned) {
        for (id, node) in &mut self.nodes {
            let off = listed.iter().all(|listed| listed.id != *id);
            if node.lives && (off || node.moved.elapsed() > SILENT) {
                node.lives = false;
                turned.a_node_went = true;
                turned.people.extend(node.people.keys());
                self.went.extend(node.moved_at);
            }
        }
        self.nodes.retain(|id, node| {
            let off = listed.iter().all(|listed| listed.id != *id);
            // Its people are remembered for their leases.
            !off || node.moved_at.is_some_and(|at| clock::now() < at.plus_s(SWEPT_AFTER_S))
        });
    }
}

impl App {
    /// Tells other nodes who came and went here, and reads who did there.
    pub async fn exchange_presence(&self) -> Result<Turned, AppError> {
        let mut turned = Turned::default();
        if !self.store.is_shared() {
            return Ok(turned);
        }
        self.tell_presence().await?;
        let nodes = self.store.nodes().await?;
        let presence = &self.shared.presence;
        for node in nodes.iter().filter(|node| node.id != self.node.id) {
            let since = presence.others.lock().version_of(node.id);
            let changed = if node.version > since {
                self.store.seen_on(node.id, since).await?
            } else {
                Vec::new()
            };
            presence.others.lock().heard_of(*node, changed, &mut turned);
        }
        presence.others.lock().miss(&nodes, &mut turned);
        Ok(turned)
    }

    /// Somebody's connections on another node came or went.
    pub fn came_or_went(&self, person: PersonId) {
        if !self.shared.presence.online(person) {
            self.departed.went(person, clock::now());
        } else if self.departed.came(person) {
            self.shared.presence.desks_changed();
        }
    }

    async fn tell_presence(&self) -> Result<(), AppError> {
        let changed = self.shared.presence.take_changed();
        let due = self.node.beat_at.lock().is_none_or(|at| at.elapsed() >= BEAT_EVERY);
        if changed.is_empty() && !due {
            return Ok(());
        }
        let version = self.node.version.load(Ordering::Relaxed) + i64::from(!changed.is_empty());
        // Also if it fails: it may have been written and read by others, who would take the next for the same.
        self.node.version.store(version, Ordering::Relaxed);
        let told = self.store.beat(self.node.id, version, &changed, clock::now()).await;
        if let Err(error) = told {
            self.shared.presence.still_changed(&changed);
            return Err(error.into());
        }
        *self.node.beat_at.lock() = Some(std::time::Instant::now());
        Ok(())
    }

    /// This node ends: its people are gone from it at once.
    pub(super) async fn leave_nodes(&self) {
        if self.store.is_shared()
            && let Err(error) = self.store.forget_node(self.node.id).await
        {
            tracing::warn!(%error, "the other nodes could not be told that this one ends");
        }
    }

    pub async fn sweep_presence(&self) -> Result<(), AppError> {
        if self.store.is_shared() {
            self.store.sweep_presence(clock::now().plus_s(-SWEPT_AFTER_S)).await?;
        }
        Ok(())
    }
}

/// Somebody is connected to one more node; his latest activity counts.
fn add(all: &mut HashMap<PersonId, Connected>, seen: &Seen) {
    let (kind, active_at) = (seen.kind, seen.active_at);
    match all.entry(seen.person) {
        Entry::Vacant(entry) => drop(entry.insert(Connected { kind, active_at })),
        Entry::Occupied(mut entry) => {
            let known = entry.get_mut();
            known.active_at = known.active_at.max(active_at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOVE: PersonId = PersonId(Uuid::from_u128(1));

    fn seen(connections: i64) -> Seen {
        Seen {
            person: TOVE,
            kind: Kind::Agent,
            connections,
            active_at: Instant(5),
            gone_at: (connections == 0).then_some(Instant(7)),
        }
    }

    fn beat(beat: i64, version: i64) -> NodeBeat {
        NodeBeat {
            id: Uuid::from_u128(9),
            beat,
            version,
        }
    }

    #[test]
    fn a_node_counts_once_it_beats_and_until_it_leaves_the_list() {
        let (mut others, mut turned) = (Others::default(), Turned::default());
        others.heard_of(beat(4, 1), vec![seen(1)], &mut turned);
        assert!(!others.online(TOVE, 5), "perhaps it was killed an hour ago");
        let began = Instant(0);
        assert_eq!(
            others.lease_from(TOVE, began),
            Some(began),
            "and nobody looks again later"
        );
        others.heard_of(beat(5, 1), Vec::new(), &mut turned);
        assert!(others.online(TOVE, 5));
        assert_eq!(others.lease_from(TOVE, Instant(0)), None);
        turned = Turned::default();
        others.miss(&[beat(5, 1)], &mut turned);
        assert!(turned.people.is_empty() && !turned.a_node_went);
        others.miss(&[], &mut turned);
        assert_eq!(turned.people, [TOVE]);
        assert!(turned.a_node_went);
        assert!(!others.online(TOVE, 5));
        let from = others.lease_from(TOVE, Instant(0));
        assert!(from > Some(Instant(0)), "the lease runs from the node's last beat");
        let lapsed_at = from.map_or(Instant(0), |from| from.plus_s(120));
        assert!(!others.lapsed(Instant(0), 120) && others.lapsed(lapsed_at, 120) && !others.lapsed(lapsed_at, 120));
    }

    #[test]
    fn who_went_on_another_node_is_gone() {
        let (mut others, mut turned) = (Others::default(), Turned::default());
        others.heard_of(beat(1, 1), vec![seen(1)], &mut turned);
        others.heard_of(beat(2, 2), vec![seen(0)], &mut turned);
        assert!(!others.online(TOVE, 5));
        assert_eq!(others.lease_from(TOVE, Instant(3)), Some(Instant(7)));
    }
}
