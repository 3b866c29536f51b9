//! Passwords: argon2id at 19 MiB, two at a time.

use super::AppError;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::{Arc, LazyLock};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

/// Longest password in bytes: hashing costs more with each.
pub const PASSWORD_MAX: usize = 256;
/// Shortest new password in characters.
pub const PASSWORD_MIN: usize = 10;
/// Hashes worked out at the same time; each takes 19 MiB.
const AT_ONCE: usize = 2;
/// Hashes waiting for their turn; beyond it people are told to come back.
const WAITING: usize = 64;

#[derive(Clone)]
pub struct Hasher {
    places: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        let places = Arc::new(Semaphore::new(WAITING));
        Self { places }
    }
}

/// Their own threads: on those that wait for files, each of many would keep the memory of a hash for itself.
static THREADS: LazyLock<std::io::Result<Runtime>> =
    LazyLock::new(|| Builder::new_current_thread().max_blocking_threads(AT_ONCE).build());

/// Compared with when there is no such login, so that the time taken does not tell.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now(b"nobody has this password").unwrap_or_default());

impl Hasher {
    pub async fn hash(&self, password: &str) -> Result<String, AppError> {
        let password = password.to_owned();
        self.run(move || hash_now(password.as_bytes()).ok_or(AppError::Busy))
            .await?
    }

    /// True when the password belongs to the hash; for `None` it takes as long, and is false.
    pub async fn matches(&self, password: &str, hash: Option<String>) -> Result<bool, AppError> {
        let password = password.to_owned();
        self.run(move || {
            let against = hash.as_deref().unwrap_or(&NOBODY);
            let matches = argon2().verify_password(password.as_bytes(), against).is_ok();
            matches && hash.is_some()
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| AppError::Busy)?;
        let threads = THREADS.as_ref().map_err(|_| AppError::Busy)?;
        let done = threads.spawn_blocking(move || {
            let done = work();
            // Given back here and not by the waiting side, which may be gone while the work goes on.
            drop(place);
            done
        });
        done.await.map_err(|_| AppError::Busy)
    }
}

/// Refuses what nobody should set: shorter than 10 characters, longer than 256 bytes.
pub fn fit_to_set(password: &str) -> Result<(), AppError> {
    if password.chars().count() < PASSWORD_MIN || password.len() > PASSWORD_MAX {
        return Err(AppError::UnfitPassword);
    }
    Ok(())
}

/// A new password for somebody who is told it once: 80 random bits.
pub fn generated() -> String {
    super::sessions::random_words(4)
}

fn hash_now(password: &[u8]) -> Option<String> {
    let hash = argon2().hash_password(password).ok()?;
    Some(hash.to_string())
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let hasher = Hasher::default();
        let hash = hasher.hash("ferry-bell-demo").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.matches("ferry-bell-demo", Some(hash.clone())).await.unwrap());
        assert!(!hasher.matches("ferry-bell-dem", Some(hash)).await.unwrap());
        assert!(!hasher.matches("nobody has this password", None).await.unwrap());
    }

    #[test]
    fn lengths_are_bounded() {
        assert!(fit_to_set("0123456789").is_ok() && fit_to_set("äöüäöüäöüä").is_ok());
        assert!(fit_to_set("012345678").is_err() && fit_to_set("").is_err());
        assert!(fit_to_set(&"x".repeat(256)).is_ok() && fit_to_set(&"x".repeat(257)).is_err());
        assert!(fit_to_set(&generated()).is_ok());
    }
}
