//! What customers left for a connected ticket system is tried until it is there.

use crate::app::App;
use crate::metrics::Job;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(1);
/// The same, where the database failed.
const AGAIN: Duration = Duration::from_secs(10);

pub async fn run(app: &Arc<App>, stop: &CancellationToken) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = stop.cancelled() => return,
        }
        let tried = tokio::select! {
            tried = app.do_due_errands() => tried,
            // Those at it are waited for when the service closes.
            () = stop.cancelled() => return,
        };
        app.job_ended(Job::Errands, tried.is_ok());
        if let Err(error) = tried {
            tracing::error!(%error, "errands to the ticket system cannot be read; it is tried again");
            tick.reset_after(AGAIN);
        }
    }
}
