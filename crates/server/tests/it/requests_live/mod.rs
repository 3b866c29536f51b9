//! The request list, kept fresh: whatever people did, what every agent's desk said last is what a fresh request says, what a
//! fresh connection says, and what follows from the chats.
//!
//! Random histories in worlds of their own beside each other, each with its channels, agents and customers. `SEED=n` begins
//! with the same choices again; what happens at once still happens in any order.
//!
//! - [`world`]: who is there, and what they do.

mod world;

use crate::chance;
use crate::desk::{CROWDED, Desk, Engine};
use futures_util::future::join_all;
use proof::Lane;
use world::World;

/// On each database, for each unit of PROOF.
const HISTORIES: usize = 102;
const WORLDS: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_any_history_every_desk_says_what_is_true_on_sqlite() {
    histories(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_any_history_every_desk_says_what_is_true_on_postgres() {
    histories(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_any_history_every_desk_says_what_is_true_on_two_nodes() {
    histories(Engine::TwoNodes).await;
}

async fn histories(engine: Engine) {
    let lane = Lane::part("requests-live", &engine.to_string());
    let Some(desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let seed = chance::seed();
    println!("requests-live on {engine}: SEED={seed}");
    let worlds = join_all((0..WORLDS).map(|n| World::make(&desk, n, seed))).await;
    let lived = worlds.into_iter().map(|mut world| {
        let (desk, lane) = (&desk, &lane);
        async move {
            for _ in 0..engine.rounds(HISTORIES) / WORLDS {
                world.lives(desk).await;
                world.settles(lane).await;
                lane.case();
            }
            world.counts
        }
    });
    let lived = join_all(lived).await;
    let sum = |count: fn(&world::Counts) -> usize| lived.iter().map(count).sum::<usize>();
    lane.figure("histories", engine.rounds(HISTORIES) / WORLDS * WORLDS);
    lane.figure("deeds done", sum(|counts| counts.done));
    lane.figure("deeds refused", sum(|counts| counts.refused));
    lane.figure("lines compared", sum(|counts| counts.lines));
    lane.figure("keys changed", sum(|counts| counts.keys));
    desk.verify().await;
    lane.finish();
}
