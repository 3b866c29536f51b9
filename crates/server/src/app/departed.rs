//! Since when externals are gone, for as long as it matters to their chats. Time in which the service was down counts for nobody.

use domain::{Instant, PersonId};
use parking_lot::Mutex;
use std::collections::HashMap;

/// Persons remembered; beyond it the one who is gone for longest is forgotten, and counts as gone since this node began.
pub const REMEMBERED: usize = 100_000;

pub struct Departed {
    since: Mutex<HashMap<PersonId, Gone>>,
    began: Instant,
}

struct Gone {
    at: Instant,
    /// The lists were told that he is gone for long.
    sank: bool,
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
            && let Some(oldest) = since.iter().min_by_key(|(_, gone)| gone.at).map(|(person, _)| *person)
        {
            since.remove(&oldest);
        }
        since.entry(person).or_insert(Gone { at, sank: false });
    }

    /// Returns whether he was gone for long.
    pub fn came(&self, person: PersonId) -> bool {
        self.since.lock().remove(&person).is_some_and(|gone| gone.sank)
    }

    /// Whether somebody is gone for so long now who was not when this was asked last.
    pub fn sank(&self, now: Instant, after_s: i64) -> bool {
        let mut some = false;
        for gone in self.since.lock().values_mut().filter(|gone| !gone.sank) {
            gone.sank = now >= gone.at.plus_s(after_s);
            some |= gone.sank;
        }
        some
    }

    /// Since when somebody is gone who has no connection now.
    pub fn since(&self, person: PersonId) -> Instant {
        self.since.lock().get(&person).map_or(self.began, |gone| gone.at)
    }

    /// Who is gone for so long; each is told once.
    pub fn lapsed(&self, now: Instant, after_s: i64) -> Vec<PersonId> {
        let mut lapsed = Vec::new();
        self.since.lock().retain(|person, gone| {
            let over = now >= gone.at.plus_s(after_s);
            if over {
                lapsed.push(*person);
            }
            !over
        });
        lapsed
    }
}
