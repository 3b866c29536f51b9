//! Many agents accept one chat: one wins, and each other one is told who (I-10).

use crate::client::Client;
use crate::desk::{CROWDED, Desk, Engine};
use futures_util::future::join_all;
use proof::Lane;
use serde_json::json;
use uuid::Uuid;

const AGENTS: usize = 32;
/// On each database, for each unit of PROOF.
const RACES: usize = 200;

#[tokio::test]
async fn of_many_agents_who_accept_one_wins_and_the_others_learn_who_on_sqlite() {
    races(Engine::Sqlite).await;
}

#[tokio::test]
async fn of_many_agents_who_accept_one_wins_and_the_others_learn_who_on_postgres() {
    races(Engine::Postgres).await;
}

#[tokio::test]
async fn of_many_agents_who_accept_one_wins_and_the_others_learn_who_on_two_nodes() {
    races(Engine::TwoNodes).await;
}

async fn races(engine: Engine) {
    let lane = Lane::part("races", &format!("accept on {engine}"));
    let Some(desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let mut agents = Vec::new();
    for n in 0..AGENTS {
        agents.push(agent(&desk, n).await);
    }
    let _here = agents[0].stays().await;
    let (mut extra, mut wins) = (0, vec![0; AGENTS]);
    for _ in 0..engine.rounds(RACES) {
        // A new visitor each time: nobody starts so often.
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Who is first?").await.id;
        match race_for(&agents, chat).await {
            Ok(winner) => wins[winner] += 1,
            Err(wrong) => {
                extra += 1;
                lane.violation(wrong);
            }
        }
        priya.close(chat).await;
        lane.case();
    }
    lane.figure("races", engine.rounds(RACES));
    lane.figure("extra winners", extra);
    lane.figure("different winners", wins.iter().filter(|wins| **wins > 0).count());
    desk.verify().await;
    lane.finish();
}

/// An owner of the Travel desk whom its requests reach.
pub(super) async fn agent(desk: &Desk, n: usize) -> Client {
    let login = format!("agent{n}");
    desk.add_agent(&login, &name(n)).await;
    desk.cli(&["grant", &login, "travel", "chat_owner"]).await;
    let agent = desk.agent(&login).await;
    agent.be("internal_and_external").await;
    let selected: Vec<_> = agent.me().await.channels.iter().map(|mine| mine.channel.id).collect();
    let (status, body) = agent.put("/api/me/channels", json!({ "channels": selected })).await;
    assert_eq!(status, 200, "{body}");
    agent
}

fn name(n: usize) -> String {
    format!("Agent Number {n}")
}

/// All accept at once. Returns who won, or what went wrong.
async fn race_for(agents: &[Client], chat: Uuid) -> Result<usize, String> {
    let answers = join_all(agents.iter().map(|agent| agent.act(chat, "accept"))).await;
    let winners: Vec<_> = (0..)
        .zip(&answers)
        .filter(|(_, (status, _))| *status == 200)
        .map(|(n, _)| n)
        .collect();
    let [winner] = winners[..] else {
        return Err(format!("{} winners: {winners:?}", winners.len()));
    };
    let told = json!(name(winner));
    let is_told = |(status, body): &&(u16, serde_json::Value)| {
        *status == 200 || *status == 409 && body["code"] == "already_taken" && body["by"] == told
    };
    match answers.iter().find(|answer| !is_told(answer)) {
        None => Ok(winner),
        Some(wrong) => Err(format!("{} won, but another is told {wrong:?}", name(winner))),
    }
}
