//! What the nodes of a shared database tell each other: hints that something is new, by PostgreSQL's NOTIFY.
//!
//! A hint carries positions and no content, and may be lost: the truth is in the database, and whoever is told
//! [`Heard::Missed`] compares with it. That is said whenever a hint may have been lost: letters are numbered, and a node that
//! does not hear its own knows that it is deaf.

mod ear;
mod pending;

pub use ear::Ear;

use parking_lot::Mutex;
use pending::Pending;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Notify;
use uuid::Uuid;

const CHANNEL: &str = "deskbell";
/// PostgreSQL takes payloads shorter than 8,000 bytes (SQL NOTIFY).
const LETTER_BYTES: usize = 7_900;
/// Without news a node says as often that it is there.
const BEAT: Duration = Duration::from_secs(1);
/// Who has not heard himself for so long is deaf.
const DEAF: Duration = Duration::from_secs(3);
/// Between two letters others collect.
const PAUSE: Duration = Duration::from_millis(2);
const WITHIN: Duration = Duration::from_secs(3);

/// Something that is new. Persons and chats by their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hint {
    /// A chat's log grew to these positions.
    Log {
        chat: Uuid,
        head: i64,
        public_head: i64,
        fence: i64,
        permission_epoch: i64,
        /// Lists changed with it, those of agents and of the chat's external.
        lists: bool,
        external: Option<Uuid>,
    },
    /// A chat is seen otherwise without an entry.
    View { chat: Uuid },
    /// The member with this number types.
    Typing {
        chat: Uuid,
        person: Uuid,
        n: u32,
        note: bool,
    },
    /// A read position was stored.
    Read { chat: Uuid, person: Uuid, seq: i64 },
    /// What one person keeps of a chat changed.
    Kept { chat: Uuid, person: Uuid },
    /// The lists of one person changed.
    Lists { person: Uuid },
    /// The sender could not say everything.
    Missed,
}

/// What reaches a node.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    Hints(Vec<Hint>),
    /// Some may have been lost: compare with the database.
    Missed,
}

#[derive(Debug, Serialize, Deserialize)]
struct Letter {
    from: Uuid,
    /// Counts the sender's letters.
    n: u64,
    hints: Vec<Hint>,
}

/// One node's end: collects what is to be told, and sends it.
pub struct Bus {
    node: Uuid,
    url: String,
    /// Made anew when it failed: one that lost its network would keep others waiting for as long as TCP tries.
    connection: tokio::sync::Mutex<Option<PgConnection>>,
    pending: Mutex<Pending>,
    told: Notify,
    letters: AtomicU64,
}

impl Bus {
    /// Connects when something is sent.
    pub fn new(url: &str) -> Self {
        Self {
            node: Uuid::now_v7(),
            url: url.to_owned(),
            connection: tokio::sync::Mutex::default(),
            pending: Mutex::default(),
            told: Notify::new(),
            letters: AtomicU64::new(0),
        }
    }

    /// Tells the other nodes, soon. Several hints of one thing become one.
    pub fn tell(&self, hint: Hint) {
        self.pending.lock().add(hint);
        self.told.notify_one();
    }

    /// Sends what is told, for ever.
    pub async fn run(&self) {
        loop {
            let _ = tokio::time::timeout(BEAT, self.told.notified()).await;
            self.flush().await;
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Sends what was told until now, or that there was something.
    pub async fn flush(&self) {
        let hints = self.pending.lock().take();
        let mut held = self.connection.lock().await;
        let sent = self.send(held.take(), self.letters(hints));
        let failed = match tokio::time::timeout(WITHIN, sent).await {
            Ok(Ok(connection)) => {
                *held = Some(connection);
                return;
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("no answer within {} s", WITHIN.as_secs()),
        };
        tracing::warn!(%failed, "the other nodes could not be told what is new; they compare");
        self.pending.lock().add(Hint::Missed);
    }

    async fn send(&self, known: Option<PgConnection>, letters: Vec<String>) -> Result<PgConnection, sqlx::Error> {
        let mut connection = match known {
            Some(connection) => connection,
            None => PgConnection::connect(&self.url).await?,
        };
        sqlx::query("SELECT pg_notify($1, letter) FROM unnest($2::text[]) AS letter")
            .bind(CHANNEL)
            .bind(letters)
            .execute(&mut connection)
            .await?;
        Ok(connection)
    }

    /// Listens to all nodes; see [`Ear::next`].
    pub fn ear(&self) -> Ear {
        Ear::new(self.url.clone(), self.node)
    }

    /// In as few letters as they fit in; at least one.
    fn letters(&self, hints: Vec<Hint>) -> Vec<String> {
        let mut letters = Vec::new();
        let mut rest = &hints[..];
        loop {
            let mut bytes = 100;
            let fit = rest.iter().take_while(|hint| {
                bytes += serde_json::to_string(hint).map_or(0, |json| json.len() + 1);
                bytes <= LETTER_BYTES
            });
            let (these, others) = rest.split_at(fit.count());
            let letter = Letter {
                from: self.node,
                n: self.letters.fetch_add(1, Ordering::Relaxed),
                hints: these.to_vec(),
            };
            letters.extend(serde_json::to_string(&letter));
            rest = others;
            if rest.is_empty() {
                return letters;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn many_hints_become_numbered_letters_that_fit() {
        let bus = Bus::new("postgres://nobody@localhost/nothing");
        let log = |head| Hint::Log {
            chat: Uuid::now_v7(),
            head,
            public_head: i64::MAX,
            fence: i64::MAX,
            permission_epoch: i64::MAX,
            lists: false,
            external: Some(Uuid::nil()),
        };
        let hints: Vec<Hint> = (0..500).map(log).collect();
        let letters = bus.letters(hints.clone());
        assert!(letters.iter().all(|letter| letter.len() <= LETTER_BYTES));
        let read: Vec<Letter> = letters
            .iter()
            .map(|letter| serde_json::from_str(letter).unwrap())
            .collect();
        assert!(read.iter().enumerate().all(|(n, letter)| letter.n == n as u64));
        assert_eq!(
            read.into_iter().flat_map(|letter| letter.hints).collect::<Vec<_>>(),
            hints
        );
        assert_eq!(
            bus.letters(Vec::new()).len(),
            1,
            "an empty one says that the node is there"
        );
    }
}
