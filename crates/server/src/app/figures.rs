//! Figures for a collector: what was counted as it happened, and what is looked up when it asks.

use super::App;
use crate::clock;
use crate::metrics::{Job, Metrics, Observed, Stored};
use domain::Kind;
use std::time::Duration;

/// A collector waits so long for what the database counts; then it gets the rest.
const COUNTED_WITHIN: Duration = Duration::from_secs(3);

impl App {
    pub fn metrics(&self) -> &Metrics {
        &self.shared.metrics
    }

    /// A round of a job is over.
    pub fn job_ended(&self, job: Job, well: bool) {
        let now_s = clock::now().0 as f64 / 1e6;
        self.metrics().job(job, well.then_some(now_s));
    }

    /// All figures as text.
    pub async fn figures(&self) -> String {
        // One at a time: however many ask, the database is asked by one of them.
        let _turn = self.figures.lock().await;
        let counted = tokio::time::timeout(COUNTED_WITHIN, self.store.counts()).await;
        let stored = match counted {
            Ok(Ok(counts)) => Some(Stored {
                chats: named(&counts.chats, [("requested", "waiting"), ("open", "open")]),
                outbox: named(
                    &counts.effects,
                    ["waiting", "taken", "handed", "done", "perhaps", "failed"].map(|word| (word, word)),
                ),
                errands: named(&counts.errands, ["waiting", "stuck"].map(|word| (word, word))),
            }),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the database could not be asked for figures");
                None
            }
            Err(_) => None,
        };
        let (all, idle) = self.store.connections();
        let connected = self.shared.presence.connections_by_kind();
        let connections = [
            ("agent", Kind::Agent),
            ("customer", Kind::CustomerUser),
            ("visitor", Kind::PublicUser),
        ];
        self.metrics().text(&Observed {
            connections: connections
                .map(|(word, kind)| (word, connected.get(&kind).copied().unwrap_or(0)))
                .to_vec(),
            pool: vec![("idle", idle as i64), ("used", all.saturating_sub(idle) as i64)],
            stored,
        })
    }
}

/// The counts of these states, 0 where there are none, under the names they have in the figures.
fn named<const N: usize>(
    counts: &[(String, i64)],
    names: [(&'static str, &'static str); N],
) -> Vec<(&'static str, i64)> {
    let count = |state| counts.iter().find(|(of, _)| of == state).map_or(0, |(_, n)| *n);
    names.map(|(state, name)| (name, count(state))).to_vec()
}
