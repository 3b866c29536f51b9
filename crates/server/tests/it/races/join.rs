//! Many agents come into a chat by invitation and by accepting while others hand it back, leave it and close it: whatever
//! order comes of it, the log is one that the rules allow.
//!
//! The state graph holds; who accepts finds nobody in the chat, so that no two own it by accepting; only who is in it, or was
//! invited, does anything; and no external is left alone in an open chat.

use super::accept::agent;
use super::lease;
use crate::client::{Client, granted};
use crate::desk::{CROWDED, Desk, Engine};
use futures_util::future::join_all;
use proof::Lane;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use wire::{ChatSnapshot, EntryView, EntryWhat, ReturnedReason, Role};

const AGENTS: usize = 32;
/// On each database, for each unit of PROOF.
const ROUNDS: usize = 102;

/// What goes on while agents come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meanwhile {
    HandBack,
    /// The owner leaves, and everybody who came leaves too.
    Leave,
    Close,
}

const ALL: [Meanwhile; 3] = [Meanwhile::HandBack, Meanwhile::Leave, Meanwhile::Close];

#[tokio::test]
async fn whoever_comes_and_goes_at_once_the_external_is_never_alone_on_sqlite() {
    races(Engine::Sqlite).await;
}

#[tokio::test]
async fn whoever_comes_and_goes_at_once_the_external_is_never_alone_on_postgres() {
    races(Engine::Postgres).await;
}

#[tokio::test]
async fn whoever_comes_and_goes_at_once_the_external_is_never_alone_on_two_nodes() {
    races(Engine::TwoNodes).await;
}

async fn races(engine: Engine) {
    let lane = Lane::part("races", &format!("join on {engine}"));
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let (mut agents, mut ids, mut here) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..AGENTS {
        agents.push(agent(&desk, n).await);
        // Any key on it makes one who may be invited.
        desk.cli(&["grant", &agents[n].name, "users", "ro"]).await;
        ids.push(agents[n].me().await.id);
        here.push(agents[n].stays().await);
    }
    let (mut sum, rounds) = (Sum::default(), engine.rounds(ROUNDS));
    for round in 0..rounds {
        let meanwhile = ALL[round % ALL.len()];
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Who comes?").await.id;
        // The owner is another each time, and so is who is invited and who only accepts.
        let owner = round % AGENTS;
        let come: Vec<usize> = (0..AGENTS).filter(|n| *n != owner).collect();
        let (invited, others) = come.split_at(AGENTS / 3);
        agents[owner].accept(chat).await;
        for n in invited {
            let body = json!({ "cid": Uuid::now_v7(), "person": ids[*n], "role": "participant" });
            let asked = agents[owner].post(&format!("/api/chats/{chat}/invite"), body).await;
            granted::<Value>("invite", asked);
        }
        let comes = join_all(invited.iter().map(|n| joins(&agents[*n], chat, meanwhile)));
        let accepts = join_all(others.iter().map(|n| accepts(&agents[*n], chat, meanwhile)));
        tokio::join!(comes, accepts, goes(&agents[owner], chat, meanwhile));
        priya.act(chat, "close").await;
        // Closed, it is read by every owner of the channel.
        let log: ChatSnapshot = agents[owner].snapshot(chat).await;
        for wrong in judge(&log, &mut sum) {
            lane.violation(format!("round {round}, {meanwhile:?}: {wrong} in {:#?}", log.entries));
        }
        lane.case();
    }
    lane.figure("rounds of comers", rounds);
    lane.figure("joined", sum.joined);
    lane.figure("accepted", sum.accepted);
    lane.figure("left", sum.left);
    lane.figure("handed back", sum.returned);
    drop(here);
    lease::races(&lane, &mut desk, &agents, &ids).await;
    desk.verify().await;
    lane.finish();
}

async fn joins(agent: &Client, chat: Uuid, meanwhile: Meanwhile) {
    let body = json!({ "cid": Uuid::now_v7(), "role": "participant" });
    let (joined, _) = agent.post(&format!("/api/chats/{chat}/join"), body).await;
    if joined == 200 && meanwhile == Meanwhile::Leave {
        agent.act(chat, "leave").await;
    }
}

/// And once more: the chat may just have come back. Who has it gives it away.
async fn accepts(agent: &Client, chat: Uuid, meanwhile: Meanwhile) {
    for _ in 0..2 {
        let (accepted, _) = agent.act(chat, "accept").await;
        if accepted == 200 {
            goes(agent, chat, meanwhile).await;
        }
    }
}

async fn goes(agent: &Client, chat: Uuid, meanwhile: Meanwhile) {
    match meanwhile {
        Meanwhile::HandBack => drop(agent.act(chat, "hand_back").await),
        Meanwhile::Close => drop(agent.act(chat, "close").await),
        Meanwhile::Leave => {
            if agent.act(chat, "leave").await.0 != 200 {
                agent.act(chat, "hand_back").await;
            }
        }
    }
}

#[derive(Default)]
pub(super) struct Sum {
    joined: usize,
    accepted: usize,
    left: usize,
    returned: usize,
    /// Became owner because the owner went.
    pub heirs: usize,
}

/// Reads the log as the product's page would, and says what it does not allow.
pub(super) fn judge(log: &ChatSnapshot, sum: &mut Sum) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut state, mut invited) = ("requested", BTreeSet::<u32>::new());
    let mut inside: BTreeMap<u32, Role> = BTreeMap::new();
    let numbers: BTreeMap<&str, u32> = log.chat.members.iter().map(|it| (it.name.as_str(), it.n)).collect();
    for entry in &log.entries {
        let EntryView { seq, who, what, .. } = entry;
        let who = who.unwrap_or(0);
        let mut must = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("{seq}: {what}"));
            }
        };
        match what {
            EntryWhat::Requested {} => must(*seq == 1, "requested twice"),
            EntryWhat::Accepted {} => {
                must(state == "requested", "accepted while it did not wait");
                must(inside.is_empty(), "a second owner by accepting");
                inside.insert(who, Role::Owner);
                state = "open";
                sum.accepted += 1;
            }
            EntryWhat::Invited { whom, .. } => {
                must(inside.contains_key(&who), "invited by somebody who is not there");
                invited.extend(numbers.get(whom.as_str()));
            }
            EntryWhat::Joined { role } => {
                must(state == "open", "joined what is not open");
                must(invited.remove(&who), "joined without an invitation");
                inside.insert(who, *role);
                sum.joined += 1;
            }
            EntryWhat::Left { .. } => {
                must(state == "open", "left what is not open");
                must(inside.remove(&who).is_some(), "left without being there");
                must(!inside.is_empty(), "the external is alone");
                sum.left += 1;
            }
            EntryWhat::RoleChanged { to } => {
                must(inside.insert(who, *to).is_some(), "changed role without being there");
                sum.heirs += usize::from(*to == Role::Owner);
            }
            EntryWhat::Returned { reason } => {
                must(state == "open", "handed back what is not open");
                must(
                    *reason == ReturnedReason::LeaseEnded || inside.contains_key(&who),
                    "handed back by somebody who is not there",
                );
                inside.clear();
                invited.clear();
                state = "requested";
                sum.returned += 1;
            }
            EntryWhat::Closed { .. } => {
                must(state != "closed", "closed twice");
                must(
                    who == 1 || inside.contains_key(&who),
                    "closed by somebody who is not there",
                );
                state = "closed";
            }
            EntryWhat::Message { .. } => must(who == 1 || inside.contains_key(&who), "said without being there"),
            other => must(false, &format!("nobody did {other:?}")),
        }
        if state == "open" && inside.is_empty() {
            wrong.push(format!("{seq}: open without an agent"));
        }
    }
    if state != "closed" || log.entries.first().is_none_or(|first| first.seq != 1) {
        wrong.push("it is not closed, or not whole".into());
    }
    wrong
}
