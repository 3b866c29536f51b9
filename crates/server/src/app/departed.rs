//! Since when externals are gone, for as long as it matters to their chats. Time in which the service was down counts for nobody.

use domain::{Instant, PersonId};
use parking_lot::Mutex;
use std::collections::HashMap;

/// Persons remembered; beyond it the one who is gone for longest is forgotten, and counts as gone since this node began.
const REMEMBERED: usize = 100_000;

pub struct Departed {
    since: Mutex<HashMap<PersonId, Instant>>,
    began: Instant,
}

impl Departed {
    pub fn new(began: Instant) -> Self {
        Self {
            since: Mutex::default(),
            began,
        }
    }

    pub fn went(&self, person: PersonId, at: Instant) {
        let mut since = self.since.lock();
        if since.len() >= REMEMBERED
            && let Some(oldest) = since.iter().min_by_key(|(_, at)| **at).map(|(person, _)| *person)
        {
            since.remove(&oldest);
        }
        since.entry(person).or_insert(at);
    }

    pub fn came(&self, person: PersonId) {
        self.since.lock().remove(&person);
    }

    /// Since when somebody is gone who has no connection now.
    pub fn since(&self, person: PersonId) -> Instant {
        self.since.lock().get(&person).copied().unwrap_or(self.began)
    }

    /// Who is gone for so long; each is told once.
    pub fn lapsed(&self, now: Instant, after_s: i64) -> Vec<PersonId> {
        let mut lapsed = Vec::new();
        self.since.lock().retain(|person, since| {
            let over = now >= since.plus_s(after_s);
            if over {
                lapsed.push(*person);
            }
            !over
        });
        lapsed
    }
}
