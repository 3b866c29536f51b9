//! Thousands who ask for the same at the same moment, and who must not keep others waiting.

use super::App;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Mutex, Semaphore};

/// Something that is the same for everybody, read once for all who ask while it is being read. What each gets was begun after he
/// asked, so it is as new as if he had read it himself.
#[derive(Default)]
pub struct Together<T> {
    asked: AtomicU64,
    /// How many had asked when the newest reading began, and what it came to.
    newest: Mutex<(u64, Option<T>)>,
}

impl<T: Clone> Together<T> {
    pub async fn get<E>(&self, read: impl AsyncFnOnce() -> Result<T, E>) -> Result<T, E> {
        let mine = self.asked.fetch_add(1, Ordering::AcqRel) + 1;
        let mut newest = self.newest.lock().await;
        if let (asked, Some(read)) = &*newest
            && *asked >= mine
        {
            return Ok(read.clone());
        }
        let asked = self.asked.load(Ordering::Acquire);
        let read = read().await?;
        *newest = (asked, Some(read.clone()));
        Ok(read)
    }
}

/// So many of those who are told something read at a time; the database is free for who asks in between.
const AT_ONCE: usize = 32;

/// What those who look on read when something changed for many.
pub struct Turns(Semaphore);

impl Default for Turns {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

impl App {
    /// Reads when it is its turn: for those who are told something, not for who asks. What is read must not wait for a turn itself, nor
    /// for anybody's socket.
    pub async fn in_turn<T>(&self, read: impl Future<Output = T>) -> T {
        // Never closed.
        let _turn = self.turns.0.acquire().await.ok();
        read.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;
    use tokio::sync::Notify;

    #[tokio::test]
    async fn those_who_come_meanwhile_share_the_next_reading_and_not_this_one() {
        let (shared, reads, go) = (
            Arc::new(Together::<usize>::default()),
            Arc::new(AtomicUsize::new(0)),
            Arc::new(Notify::new()),
        );
        let ask = || {
            let (shared, reads, go) = (shared.clone(), reads.clone(), go.clone());
            tokio::spawn(async move {
                let read = async || {
                    let n = reads.fetch_add(1, Ordering::SeqCst) + 1;
                    go.notified().await;
                    Ok::<_, Infallible>(n)
                };
                shared.get(read).await.unwrap()
            })
        };
        let first = ask();
        while reads.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        let others: Vec<_> = (0..100).map(|_| ask()).collect();
        while shared.asked.load(Ordering::SeqCst) < 101 {
            tokio::task::yield_now().await;
        }
        go.notify_one();
        assert_eq!(first.await.unwrap(), 1);
        go.notify_one();
        for other in others {
            assert_eq!(other.await.unwrap(), 2, "begun after it was asked for");
        }
        assert_eq!(reads.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_reading_that_fails_is_nobody_elses() {
        let shared = Together::<usize>::default();
        assert_eq!(shared.get(async || Err("down")).await, Err("down"));
        assert_eq!(shared.get(async || Ok::<_, &str>(7)).await, Ok(7));
    }
}
