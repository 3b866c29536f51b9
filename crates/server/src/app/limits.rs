//! How often somebody may try: token buckets by key, bounded in number.
//!
//! Sixty lines of our own and not the crate `governor`: the rates are settings that change while the service runs, and
//! the number of keys must be bounded against whoever comes from many addresses; neither is its way.

use super::AppError;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::time::{Duration, Instant};

/// Buckets remembered for each purpose. Beyond it, newcomers share one.
const KEYS: usize = 50_000;

/// Where somebody comes from, as far as limits go: an IPv4 address, or the /64 an IPv6 address lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self(v4.into()),
            IpAddr::V6(v6) => Self(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into()),
        }
    }

    pub fn is_loopback(self) -> bool {
        match self.0 {
            IpAddr::V4(v4) => v4.is_loopback(),
            // Of ::1 the /64 is left.
            IpAddr::V6(v6) => v6.is_unspecified(),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(v4) => v4.fmt(f),
            // Of ::1 the /64 is left.
            IpAddr::V6(_) if self.is_loopback() => f.write_str("::1"),
            IpAddr::V6(v6) => write!(f, "{v6}/64"),
        }
    }
}

/// So many at once, and so many a second in the long run.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    burst: f64,
    per_s: f64,
}

impl Rate {
    pub fn new(times: i64, within: Duration) -> Self {
        let burst = times as f64;
        Self {
            burst,
            per_s: burst / within.as_secs_f64(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Bucket {
    level: f64,
    at: Instant,
}

impl Bucket {
    pub fn full(rate: Rate, now: Instant) -> Self {
        Self {
            level: rate.burst,
            at: now,
        }
    }

    /// Takes one, or says when there will be one.
    pub fn take(&mut self, rate: Rate, now: Instant) -> Result<(), Duration> {
        self.level = self.level_at(rate, now);
        self.at = now.max(self.at);
        if self.level >= 1.0 {
            self.level -= 1.0;
            return Ok(());
        }
        Err(Duration::from_secs_f64((1.0 - self.level) / rate.per_s))
    }

    fn level_at(&self, rate: Rate, now: Instant) -> f64 {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        (self.level + passed * rate.per_s).min(rate.burst)
    }
}

pub struct Limit<K> {
    buckets: Mutex<Buckets<K>>,
}

struct Buckets<K> {
    by_key: HashMap<K, Bucket>,
    shared: Option<Bucket>,
}

impl<K> Default for Limit<K> {
    fn default() -> Self {
        let buckets = Buckets {
            by_key: HashMap::new(),
            shared: None,
        };
        Self {
            buckets: Mutex::new(buckets),
        }
    }
}

impl<K: Hash + Eq> Limit<K> {
    /// Counts one try, before it is made: tries that run at the same time cannot pass together.
    pub fn take(&self, key: K, rate: Rate, now: Instant) -> Result<(), AppError> {
        let mut buckets = self.buckets.lock();
        let Buckets { by_key, shared } = &mut *buckets;
        if by_key.len() >= KEYS && !by_key.contains_key(&key) {
            // A full bucket remembers nothing.
            by_key.retain(|_, bucket| bucket.level_at(rate, now) < rate.burst);
        }
        let bucket = if by_key.len() >= KEYS && !by_key.contains_key(&key) {
            shared.get_or_insert_with(|| Bucket::full(rate, now))
        } else {
            by_key.entry(key).or_insert_with(|| Bucket::full(rate, now))
        };
        bucket
            .take(rate, now)
            .map_err(|retry_after| AppError::Limited { retry_after })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN_A_MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn ten_at_once_pass_and_the_next_one_waits_its_time() {
        let (limit, rate, now) = (Limit::default(), Rate::new(10, TEN_A_MINUTE), Instant::now());
        for _ in 0..10 {
            assert!(limit.take("ines", rate, now).is_ok());
        }
        let Err(AppError::Limited { retry_after }) = limit.take("ines", rate, now) else {
            panic!("the eleventh passed");
        };
        assert!((5.9..6.1).contains(&retry_after.as_secs_f64()), "{retry_after:?}");
        assert!(limit.take("maren", rate, now).is_ok(), "others are not concerned");
        assert!(limit.take("ines", rate, now + Duration::from_secs(7)).is_ok());
    }

    #[test]
    fn keys_are_bounded_and_newcomers_share_one_bucket() {
        let (limit, rate, now) = (Limit::default(), Rate::new(2, TEN_A_MINUTE), Instant::now());
        for key in 0..KEYS {
            assert!(limit.take(key, rate, now).is_ok());
        }
        let passed = (KEYS..KEYS + 10)
            .filter(|key| limit.take(*key, rate, now).is_ok())
            .count();
        assert_eq!(passed, 2);
        assert_eq!(limit.buckets.lock().by_key.len(), KEYS);
        let later = now + TEN_A_MINUTE;
        assert!(limit.take(KEYS + 20, rate, later).is_ok());
        assert_eq!(limit.buckets.lock().by_key.len(), 1, "full ones were forgotten");
    }

    #[test]
    fn a_network_is_an_ipv4_address_or_an_ipv6_64() {
        let of = |address: &str| Network::of(address.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert!(of("::1").is_loopback() && of("127.0.0.9").is_loopback() && !of("192.0.2.1").is_loopback());
    }
}
