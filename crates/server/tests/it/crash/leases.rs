//! Leases that run out over a kill: begun anew by the restart, ended once, and the chat is somebody else's.

use super::whole;
use crate::chance::Random;
use crate::desk::Desk;
use futures_util::future::join_all;
use proof::Lane;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use wire::{ChatState, EntryView, EntryWhat, ReturnedReason};

const CHATS: usize = 8;
/// Kills for each unit of PROOF.
const KILLS: usize = 3;
const LEASE_S: i64 = 1;
/// The kill comes at most this long after the agent is lost: before his lease ends, in that moment, or after it.
const KILLED_WITHIN_MS: u64 = 2_500;
/// After a restart a lost agent's chats wait again within this time.
const WAITS_WITHIN: Duration = Duration::from_secs(10);

pub(super) async fn run_out(desk: &mut Desk, lane: &Lane, seed: u64) {
    desk.restart_with(&[("lease_s", LEASE_S)]).await;
    let mut random = Random::new(seed);
    let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
    let (kills, mut before, mut after) = (KILLS * proof::scale(), 0, 0);
    for kill in 1..=kills {
        let here = ines.stays().await;
        let mut chats = Vec::new();
        for n in 0..CHATS {
            let visitor = desk.visitor(&format!("Visitor {n}")).await;
            let chat = visitor.start_chat("Are you still there?").await.id;
            ines.accept(chat).await;
            chats.push((visitor, chat));
        }
        drop(here);
        // The moment is the chance's: this wait is what the lane is about.
        sleep(Duration::from_millis(random.below(KILLED_WITHIN_MS))).await;
        let ended = join_all(chats.iter().map(|(visitor, chat)| visitor.snapshot(*chat))).await;
        desk.sigkill().await;
        desk.serve().await;
        let _here = maren.stays().await;
        for ((visitor, chat), earlier) in chats.iter().zip(ended) {
            let until = Instant::now() + WAITS_WITHIN;
            while visitor.snapshot(*chat).await.chat.state != ChatState::Requested {
                if Instant::now() > until {
                    lane.violation(format!("kill {kill}: {chat} does not wait again"));
                    break;
                }
                sleep(Duration::from_millis(20)).await;
            }
            let waited = earlier.chat.state == ChatState::Requested;
            before += usize::from(waited);
            after += usize::from(!waited);
            maren.accept(*chat).await;
            let log = whole(&maren, *chat).await;
            if !is_as_told(&log) {
                lane.violation(format!("kill {kill}: {log:#?}"));
            }
            maren.close(*chat).await;
            lane.case();
        }
    }
    lane.figure("leases ended before their kill", before);
    lane.figure("leases ended after it", after);
    desk.verify().await;
}

/// Given back once, by nobody, and accepted by another.
fn is_as_told(log: &[EntryView]) -> bool {
    matches!(
        log.iter().map(|entry| (&entry.what, entry.who)).collect::<Vec<_>>()[..],
        [
            (EntryWhat::Requested {}, _),
            (EntryWhat::Message { .. }, _),
            (EntryWhat::Accepted {}, Some(2)),
            (
                EntryWhat::Returned {
                    reason: ReturnedReason::LeaseEnded
                },
                None
            ),
            (EntryWhat::Accepted {}, Some(3)),
        ]
    )
}
