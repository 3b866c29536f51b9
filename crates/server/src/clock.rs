//! The one door to the time of day.
//!
//! It follows the system's clock without its jumps: leases, presence and deadlines are held against it, and nobody loses a
//! chat because somebody set the clock. Decision 0012.

use domain::Instant;
use parking_lot::Mutex;

/// One part in so many of the time that passes is used to come closer to the system's clock.
const PART: i64 = 10;

static CLOCK: Mutex<Option<Steady>> = Mutex::new(None);

/// Never earlier than what it said before.
pub fn now() -> Instant {
    let (passing, wall) = (std::time::Instant::now(), jiff::Timestamp::now().as_nanosecond() as i64);
    let mut clock = CLOCK.lock();
    let clock = clock.get_or_insert(Steady { passing, said: wall });
    Instant(clock.next(passing, wall) / 1_000)
}

struct Steady {
    passing: std::time::Instant,
    /// Nanoseconds since 1970 UTC.
    said: i64,
}

impl Steady {
    fn next(&mut self, passing: std::time::Instant, wall: i64) -> i64 {
        let passed = passing.saturating_duration_since(self.passing).as_nanos() as i64;
        let expected = self.said + passed;
        self.said = expected + (wall - expected).clamp(-passed / PART, passed / PART);
        self.passing = self.passing.max(passing);
        self.said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const SECOND: i64 = 1_000_000_000;

    /// What the clock says after so many seconds, asked every 100 ms, when the system's clock jumps at once.
    fn after(seconds: i64, jump: i64) -> i64 {
        let start = std::time::Instant::now();
        let mut clock = Steady {
            passing: start,
            said: 0,
        };
        let mut said = 0;
        for tenth in 1..=seconds * 10 {
            let passing = start + Duration::from_millis(tenth as u64 * 100);
            let next = clock.next(passing, tenth * SECOND / 10 + jump);
            assert!(next > said, "time goes on");
            said = next;
        }
        said
    }

    #[test]
    fn a_clock_that_is_set_ends_no_lease_early_and_keeps_no_dead_one() {
        let (lease, hour) = (120, 3_600 * SECOND);
        assert_eq!(after(lease, 0), lease * SECOND);
        assert_eq!(after(lease, hour), (lease + lease / PART) * SECOND);
        assert_eq!(after(lease, -hour), (lease - lease / PART) * SECOND);
    }

    #[test]
    fn it_comes_back_to_the_systems_clock() {
        let small = SECOND / 20;
        assert_eq!(after(1, small), SECOND + small);
        let (hours, hour) = (11 * 3_600, 3_600 * SECOND);
        assert_eq!(after(hours, hour), hours * SECOND + hour);
    }
}
