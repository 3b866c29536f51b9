//! How long a request will wait, said only where history allows it (product section 11, item 4).

/// Requests of the last 14 days that there must be.
pub const NEEDED: usize = 20;
pub const HISTORY_DAYS: i64 = 14;
/// The newest waits that the range is held against.
const PROOF: usize = 50;
/// Of 100 of them so many must have fallen into it.
const INSIDE_PERCENT: usize = 80;

/// A range of whole waits, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    pub from_s: i64,
    pub to_s: i64,
}

/// From the waits of the channel's last 14 days in microseconds, the newest first: the range that eight of ten fell into, if
/// the newest ones did so too.
pub fn estimate(waits_us: &[i64]) -> Option<Estimate> {
    if waits_us.len() < NEEDED {
        return None;
    }
    let mut sorted = waits_us.to_vec();
    sorted.sort_unstable();
    let at = |percent: usize| sorted[(sorted.len() - 1) * percent / 100];
    let range = Estimate {
        from_s: at(8) / 1_000_000,
        to_s: at(92) / 1_000_000 + 1,
    };
    let newest = &waits_us[..waits_us.len().min(PROOF)];
    let inside = newest
        .iter()
        .filter(|wait| (range.from_s..=range.to_s).contains(&(**wait / 1_000_000)))
        .count();
    (inside * 100 >= newest.len() * INSIDE_PERCENT).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: i64 = 1_000_000;

    #[test]
    fn nothing_is_said_from_too_little() {
        assert_eq!(estimate(&[60 * S; 19]), None);
        assert_eq!(estimate(&[60 * S; 20]), Some(Estimate { from_s: 60, to_s: 61 }));
    }

    #[test]
    fn most_waits_fall_into_the_range() {
        let waits: Vec<i64> = (1..=100).map(|n| (n * 37) % 101 * S).collect();
        let range = estimate(&waits).unwrap();
        assert!(range.from_s >= 5 && range.to_s <= 96, "{range:?}");
    }

    #[test]
    fn what_was_true_last_week_and_is_not_today_is_not_said() {
        let mut waits = vec![600 * S; 50];
        waits.extend([60 * S; 1_000]);
        assert_eq!(estimate(&waits), None);
    }
}
