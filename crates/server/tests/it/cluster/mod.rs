//! Two nodes on one database are one desk, whatever is taken from them.
//!
//! Worlds beside each other, each a PostgreSQL of its own and two nodes that reach it by ways of their own. People talk, come and
//! go, look on, at either node, and take the other when one does not answer. Nodes are killed and paused, the ways are cut, hints
//! dropped, the database is restarted. During each fault a right is withdrawn. After each everybody rests for a moment, and within
//! ten seconds all must know what is true; in the end what all of them saw is held against the log.
//!
//! - [`link`]: a node's way to the database.
//! - [`story`]: nothing is taken away.
//! - [`witness`]: who looks on.
//! - [`world`]: who is there, and what is taken from them.
//!
//! The races, the events and the request lists are put to the proof across nodes where they stand: `Engine::TwoNodes`.

mod link;
mod story;
mod witness;
mod world;

pub use link::{Flow, Link};

use crate::chance;
use crate::crash::history::Verdict;
use futures_util::future::join_all;
use proof::Lane;
use proof::cluster::installed;
use std::collections::BTreeMap;
use std::time::Duration;
use world::World;

const WORLDS: u64 = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_taken_from_two_nodes_they_are_one_desk_again_within_seconds() {
    let lane = Lane::part("cluster", "faults");
    println!("cluster: on PostgreSQL only; on SQLite there is one node");
    let Some(bin) = installed().filter(|_| proof::pg::url().is_some()) else {
        return lane.skip("no PostgreSQL here");
    };
    let seed = chance::seed();
    println!("cluster: SEED={seed}");
    let lived = join_all((0..WORLDS).map(async |n| {
        let mut world = World::make(&lane, &bin, n, seed).await;
        world.lives().await;
        world.ends().await
    }))
    .await;
    let (mut verdict, mut repairs) = (Verdict::default(), Vec::new());
    let mut counts = BTreeMap::<&str, usize>::new();
    for world in lived {
        for (name, count) in world.counts {
            *counts.entry(name).or_default() += count;
        }
        repairs.extend(world.repairs);
        verdict.add(world.verdict);
    }
    verdict.broken.iter().for_each(|broken| lane.violation(broken));
    counts.into_iter().for_each(|(name, count)| lane.figure(name, count));
    repairs.sort();
    let ms = |at: usize| repairs.get(at).map_or(0, Duration::as_millis) as u64;
    lane.figure("repair_p50_ms", ms(repairs.len() / 2));
    lane.figure("repair_max_ms", ms(repairs.len() - 1));
    lane.cases(repairs.len());
    lane.finish();
}
