//! How many connections there may be, in all and from one network.

use crate::app::Network;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const CONNECTIONS: usize = 20_000;
const PER_NETWORK: usize = 1_000;

#[derive(Clone)]
pub struct Places {
    free: Arc<Semaphore>,
    taken: Arc<Mutex<HashMap<Network, usize>>>,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            free: Arc::new(Semaphore::new(CONNECTIONS)),
            taken: Arc::default(),
        }
    }
}

/// A connection's share of the limits, given back when it ends. A live connection keeps it (request extension
/// `Arc<Place>`) beyond the request it began as.
pub struct Place {
    places: Places,
    network: Network,
    _permit: OwnedSemaphorePermit,
}

impl Places {
    /// `None` when there is no room. `many` may come from networks that stand for others: proxies, and this machine.
    pub fn take(&self, network: Network, many: bool) -> Option<Place> {
        let permit = self.free.clone().try_acquire_owned().ok()?;
        let mut taken = self.taken.lock();
        let count = taken.entry(network).or_insert(0);
        if *count >= PER_NETWORK && !many {
            return None;
        }
        *count += 1;
        Some(Place {
            places: self.clone(),
            network,
            _permit: permit,
        })
    }

    /// Waits until nobody is left, at most for so long. Returns how many are.
    pub async fn emptied(&self, within: Duration) -> usize {
        let all = self.free.acquire_many(CONNECTIONS as u32);
        let _ = tokio::time::timeout(within, all).await;
        self.taken.lock().values().sum()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock();
        if let Some(count) = taken.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_network_has_its_share_and_gives_it_back() {
        let places = Places::default();
        let network = Network::of([192, 0, 2, 1].into());
        let mut held: Vec<_> = (0..PER_NETWORK).filter_map(|_| places.take(network, false)).collect();
        assert_eq!(held.len(), PER_NETWORK);
        assert!(places.take(network, false).is_none());
        assert!(places.take(network, true).is_some());
        assert!(places.take(Network::of([192, 0, 2, 2].into()), false).is_some());
        held.pop();
        held.push(places.take(network, false).unwrap());
        assert_eq!(places.emptied(Duration::ZERO).await, PER_NETWORK);
        drop(held);
        assert_eq!(places.emptied(Duration::from_secs(5)).await, 0);
    }
}
