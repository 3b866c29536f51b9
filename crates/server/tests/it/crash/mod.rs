//! Killed again and again while many talk, the service loses nothing it acknowledged, and stores nothing twice.
//!
//! Four chats, in each an agent and a visitor who talk on one connection and listen on another; beside them visitors
//! who come, are accepted, are handed from one agent to another, and go. The program is killed at random moments. Everybody comes back by himself, sends again
//! what was not acknowledged under the same ids, and goes on. In the end what all of them saw is held against the log.
//!
//! - [`people`]: those who talk and listen.
//! - [`history`]: what they did and saw, and what must hold of it.
//! - [`leases`]: agents who are lost, and leases that run out over a kill.
//! - [`tickets`]: chats that go into tickets, and kills.

pub mod history;
mod leases;
pub mod people;
mod tickets;

use crate::chance;
use crate::client::Client;
use crate::desk::{CROWDED, Desk, Engine};
use history::{History, Verdict};
use people::{Company, Talk};
use proof::Lane;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;
use wire::EntryView;

const CHATS: usize = 4;
/// Kills on each database, for each unit of PROOF.
const KILLS: usize = 25;
/// Between two kills something must have been acknowledged, within this time.
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(30);
/// After the last kill and the last word everybody knows everything within this time.
const CONVERGED_WITHIN: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_nothing_acknowledged_is_lost_on_sqlite() {
    crash_loop(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_nothing_acknowledged_is_lost_on_postgres() {
    crash_loop(Engine::Postgres).await;
}

async fn crash_loop(engine: Engine) {
    let lane = Lane::part("crash", &engine.to_string());
    let seed = chance::seed();
    println!("crash on {engine}: SEED={seed}");
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let ines = desk.agent("ines").await;
    let here = ines.live().await;
    let company = Arc::new(Company::new(seed, None));
    let mut people = JoinSet::new();
    let mut talks = Vec::new();
    for n in 0..CHATS {
        let visitor = desk.visitor(&format!("Visitor {n}")).await;
        let chat = visitor.start_chat("Hello").await.id;
        ines.accept(chat).await;
        talks.push((chat, visitor.clone()));
        for client in [&visitor, &ines] {
            let talk = Talk {
                client: client.clone(),
                chat,
                company: company.clone(),
            };
            people.spawn(talk.clone().talks());
            people.spawn(talk.listens());
        }
    }
    drop(here);
    let maren = desk.agent("maren").await;
    people.spawn(people::is_there(company.clone(), maren.clone()));
    for _ in 0..2 {
        let stranger = desk.stranger(wire::Surface::Visitor);
        let agents = [ines.clone(), maren.clone()];
        people.spawn(people::comes_and_goes(company.clone(), stranger, agents));
    }

    let kills = KILLS * proof::scale();
    for kill in 1..=kills {
        something_is_acknowledged(&company, &mut people, &lane).await;
        // The moment is the chance's: this wait is what the lane is about.
        sleep(Duration::from_millis(company.random(400))).await;
        desk.sigkill().await;
        if kill % 5 == 0 {
            desk.verify().await;
        }
        desk.serve().await;
        lane.case();
    }
    something_is_acknowledged(&company, &mut people, &lane).await;
    company.nothing_new();
    let began = Instant::now();
    let done = async {
        while let Some(ended) = people.join_next().await {
            ended.unwrap_or_else(|error| lane.violation(format!("somebody gave up: {error}")));
            if company.talking() == 0 {
                company.tell_heads(heads(&talks).await);
            }
        }
    };
    if timeout(CONVERGED_WITHIN + Duration::from_secs(20), done).await.is_err() {
        lane.violation("not everybody knew everything in the end");
    }
    lane.figure("converged_ms", began.elapsed().as_millis() as u64);
    lane.figure("kills", kills);
    desk.verify().await;
    let verdict = judge(&company.history, &talks, &ines).await;
    verdict.broken.iter().for_each(|broken| lane.violation(broken));
    lane.cases(verdict.acknowledged);
    for (name, count) in company.history.figures(&verdict) {
        lane.figure(name, count);
    }
    leases::run_out(&mut desk, &lane, seed).await;
    lane.finish();
}

/// Holds what all saw against the logs.
pub async fn judge(history: &History, talks: &[(Uuid, Client)], agent: &Client) -> Verdict {
    let mut verdict = Verdict::default();
    for (chat, visitor) in talks {
        let (log, public) = (whole(agent, *chat).await, whole(visitor, *chat).await);
        verdict.add(history.judge(*chat, &log, &public));
    }
    verdict
}

/// Waits until this and that was acknowledged since now.
pub async fn something_is_acknowledged(company: &Company, people: &mut JoinSet<()>, lane: &Lane) {
    let until = Instant::now() + ACKNOWLEDGED_WITHIN;
    let enough = company.history.acknowledged() + 1 + company.random(200) as usize;
    while company.history.acknowledged() < enough {
        if let Some(Err(error)) = people.try_join_next() {
            lane.violation(format!("somebody gave up: {error}"));
        }
        assert!(
            Instant::now() < until,
            "nothing was acknowledged for {ACKNOWLEDGED_WITHIN:?}"
        );
        sleep(Duration::from_millis(2)).await;
    }
}

/// The newest positions of each chat: agents', externals'.
async fn heads(talks: &[(Uuid, Client)]) -> BTreeMap<Uuid, i64> {
    let mut heads = BTreeMap::new();
    for (chat, visitor) in talks {
        heads.insert(*chat, visitor.snapshot(*chat).await.as_of.seq);
    }
    heads
}

/// The whole log as one side reads it.
async fn whole(client: &Client, chat: Uuid) -> Vec<EntryView> {
    let mut log: Vec<EntryView> = Vec::new();
    loop {
        let after = log.last().map_or(0, |entry| entry.seq);
        let (status, page) = client
            .get(&format!("/api/chats/{chat}/entries?after={after}&limit=200"))
            .await;
        assert_eq!(status, 200, "{page}");
        let page: wire::Entries = serde_json::from_value(page).expect("entries");
        if page.entries.is_empty() {
            return log;
        }
        log.extend(page.entries);
    }
}
