//! Listening to the letters of all nodes, one's own among them.

use crate::{CHANNEL, DEAF, Heard, Hint, Letter};
use sqlx::postgres::PgListener;
use std::collections::HashMap;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};
use uuid::Uuid;

/// Nodes whose letters are counted. One that ended is forgotten with all others when there are more.
const NODES: usize = 64;

pub struct Ear {
    url: String,
    node: Uuid,
    listener: Option<PgListener>,
    /// The number of each node's newest letter.
    newest: HashMap<Uuid, u64>,
    /// When a letter of this node came back.
    own_at: Instant,
}

impl Ear {
    pub(crate) fn new(url: String, node: Uuid) -> Self {
        Self {
            url,
            node,
            listener: None,
            newest: HashMap::new(),
            own_at: Instant::now(),
        }
    }

    /// What the others told. Never fails: while nothing can be heard it says every few seconds that something may have been
    /// missed, and goes on trying.
    pub async fn next(&mut self) -> Heard {
        loop {
            let Some(listener) = &mut self.listener else {
                let again = Instant::now() + DEAF;
                match timeout(DEAF, listen(&self.url)).await {
                    Ok(Ok(listener)) => {
                        (self.listener, self.own_at) = (Some(listener), Instant::now());
                        self.newest.clear();
                    }
                    Ok(Err(error)) => {
                        tracing::warn!(%error, "the other nodes cannot be heard; it is tried again");
                        sleep_until(again).await;
                    }
                    Err(_) => tracing::warn!("the other nodes cannot be heard: no answer; it is tried again"),
                }
                return Heard::Missed;
            };
            match timeout_at(self.own_at + DEAF, listener.try_recv()).await {
                Ok(Ok(Some(letter))) => {
                    if let Some(heard) = self.read(letter.payload()) {
                        return heard;
                    }
                }
                Ok(Ok(None)) | Err(_) => self.listener = None,
                Ok(Err(error)) => {
                    tracing::warn!(%error, "the connection to the other nodes was lost");
                    self.listener = None;
                }
            }
        }
    }

    fn read(&mut self, letter: &str) -> Option<Heard> {
        // Whatever it says, it comes from another version: nothing is known but that something is new.
        let Ok(Letter { from, n, hints }) = serde_json::from_str(letter) else {
            return Some(Heard::Missed);
        };
        if self.newest.len() >= NODES {
            self.newest.clear();
        }
        let before = self.newest.insert(from, n);
        if from == self.node {
            self.own_at = Instant::now();
            return None;
        }
        if before.is_some_and(|before| before + 1 != n) || hints.contains(&Hint::Missed) {
            return Some(Heard::Missed);
        }
        (!hints.is_empty()).then_some(Heard::Hints(hints))
    }
}

async fn listen(url: &str) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect(url).await?;
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(from: Uuid, n: u64, hints: Vec<Hint>) -> String {
        serde_json::to_string(&Letter { from, n, hints }).unwrap()
    }

    #[tokio::test]
    async fn a_gap_in_the_numbers_is_something_missed() {
        let (me, other) = (Uuid::now_v7(), Uuid::now_v7());
        let mut ear = Ear::new(String::new(), me);
        let view = Hint::View { chat: me };
        let hints = || Some(Heard::Hints(vec![view]));
        assert_eq!(
            ear.read(&letter(other, 7, vec![view])),
            hints(),
            "the first may have any number"
        );
        assert_eq!(ear.read(&letter(me, 0, vec![view])), None, "one's own is known");
        assert_eq!(ear.read(&letter(other, 8, vec![])), None);
        assert_eq!(ear.read(&letter(other, 9, vec![view])), hints());
        assert_eq!(ear.read(&letter(other, 11, vec![])), Some(Heard::Missed));
        assert_eq!(
            ear.read(&letter(other, 12, vec![view, Hint::Missed])),
            Some(Heard::Missed)
        );
        assert_eq!(ear.read("{\"from\":1}"), Some(Heard::Missed));
    }
}
