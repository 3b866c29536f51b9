//! How many may send files at a time, and how much.

use super::super::AppError;
use super::super::limits::{Limit, Rate};
use domain::{Kind, Person, PersonId, Settings};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::time::{Duration, Instant};

pub(super) const DAY_S: i64 = 86_400;
/// Files one person sends at a time.
const OF_ONE: usize = 3;
/// Files sent at a time, in all; by externals not all of them, so that agents find a place.
const IN_ALL: usize = 32;
const OF_EXTERNALS: usize = 24;
const MINUTE: Duration = Duration::from_secs(60);
/// When somebody who has sent enough at a time looks again.
const AGAIN: Duration = Duration::from_secs(2);

/// Bytes a person may send within a day.
pub(super) fn bytes_a_day(kind: Kind, settings: &Settings) -> u64 {
    let mib = match kind {
        Kind::PublicUser => settings.visitor_files_mib,
        Kind::CustomerUser => settings.customer_files_mib,
        Kind::Agent => settings.agent_files_mib,
    };
    mib as u64 * 1024 * 1024
}

#[derive(Default)]
pub(super) struct Turns {
    rates: Limit<PersonId>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    externals: usize,
    /// How many files, and how many bytes in all.
    by_person: HashMap<PersonId, (usize, u64)>,
}

/// One file on its way; given back when it is dropped.
pub(in super::super) struct Turn<'a> {
    turns: &'a Turns,
    person: PersonId,
    external: bool,
    size_bytes: u64,
}

impl Turns {
    pub fn take(&self, person: &Person, size_bytes: u64, settings: &Settings) -> Result<Turn<'_>, AppError> {
        let rate = Rate::new(settings.files_of_one_per_min, MINUTE);
        self.rates.take(person.id, rate, Instant::now())?;
        let external = person.kind.is_external();
        let mut taken = self.taken.lock();
        if taken.all >= IN_ALL || external && taken.externals >= OF_EXTERNALS {
            return Err(AppError::Busy);
        }
        let (files, bytes) = taken.by_person.entry(person.id).or_default();
        if *files >= OF_ONE {
            return Err(AppError::Limited { retry_after: AGAIN });
        }
        *files += 1;
        *bytes += size_bytes;
        taken.all += 1;
        taken.externals += usize::from(external);
        Ok(Turn {
            turns: self,
            person: person.id,
            external,
            size_bytes,
        })
    }
}

impl Turn<'_> {
    /// Bytes this person is sending now, with these.
    pub fn under_way(&self) -> u64 {
        let taken = self.turns.taken.lock();
        taken.by_person.get(&self.person).map_or(0, |(_, bytes)| *bytes)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut taken = self.turns.taken.lock();
        taken.all -= 1;
        taken.externals -= usize::from(self.external);
        if let Some((files, bytes)) = taken.by_person.get_mut(&self.person) {
            *files -= 1;
            *bytes -= self.size_bytes;
            if *files == 0 {
                taken.by_person.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(n: u128, kind: Kind) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(n)),
            kind,
            name: "Priya".into(),
            company: None,
        }
    }

    #[test]
    fn one_person_sends_three_at_a_time_and_gives_the_places_back() {
        let (turns, settings) = (Turns::default(), Settings::default());
        let take = |n| turns.take(&person(n, Kind::PublicUser), 10, &settings);
        let held: Vec<_> = (0..OF_ONE).map(|_| take(1).unwrap()).collect();
        assert_eq!(held[0].under_way(), 30);
        assert!(matches!(take(1), Err(AppError::Limited { .. })));
        assert!(take(2).is_ok(), "others are not concerned");
        drop(held);
        assert_eq!(take(1).unwrap().under_way(), 10);
    }

    #[test]
    fn externals_leave_places_to_agents() {
        let (turns, settings) = (Turns::default(), Settings::default());
        let take = |n: usize, kind| turns.take(&person(n as u128, kind), 1, &settings);
        let visitors: Vec<_> = (0..OF_EXTERNALS).map(|n| take(n, Kind::PublicUser).unwrap()).collect();
        assert!(matches!(take(100, Kind::CustomerUser), Err(AppError::Busy)));
        let free = IN_ALL - OF_EXTERNALS;
        let agents: Vec<_> = (0..free).map(|n| take(200 + n, Kind::Agent).unwrap()).collect();
        assert!(matches!(take(300, Kind::Agent), Err(AppError::Busy)));
        drop((visitors, agents));
        assert!(turns.taken.lock().by_person.is_empty());
    }

    #[test]
    fn a_person_sends_so_many_within_a_minute() {
        let turns = Turns::default();
        let settings = Settings {
            files_of_one_per_min: 2,
            ..Settings::default()
        };
        let take = || turns.take(&person(1, Kind::Agent), 1, &settings);
        assert!(take().is_ok() && take().is_ok());
        assert!(matches!(take(), Err(AppError::Limited { .. })));
    }
}
