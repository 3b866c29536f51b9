//! Leases end while invited agents join, others accept and leave, and those who were lost come back in that moment: a chat is
//! kept or given up, never both, and its log is one that the rules allow.

use super::join::{Sum, judge};
use crate::chance::{self, Random};
use crate::client::{Client, Stays};
use crate::desk::Desk;
use futures_util::future::join_all;
use proof::Lane;
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

/// Agents who are lost in a round, each with as many chats.
const LOST: usize = 4;
const CHATS: usize = 6;
/// Agents who come into each chat: by invitation into every second one; the others accept.
const COMERS: Range<usize> = LOST..LOST + 6;
const INVITED: usize = 3;
/// For each unit of PROOF.
const ROUNDS: usize = 3;
const LEASE_S: i64 = 1;
/// When those who come back do so, in ms after they were lost: about when their leases end.
const BACK_AFTER_MS: Range<u64> = 800..1_800;
/// His number in each chat: the visitor is the first.
const OWNER: u32 = 2;
/// After this long a chat has somebody else, or waits.
const ENDS_WITHIN: Duration = Duration::from_secs(15);

struct Race<'a> {
    agents: &'a [Client],
    ids: &'a [Uuid],
    random: RefCell<Random>,
}

struct Chat {
    id: Uuid,
    priya: Client,
    owner: usize,
    /// He comes back.
    back_after: Option<Duration>,
}

/// What became of the lost one's chat.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Kept,
    GivenUp,
    Never,
}

/// The agents are there; those with a place among the lost have no connection yet.
pub(super) async fn races(lane: &Lane, desk: &mut Desk, agents: &[Client], ids: &[Uuid]) {
    let seed = chance::seed();
    println!("leases on {}: SEED={seed}", desk.engine);
    desk.restart_with(&[("lease_s", LEASE_S)]).await;
    let race = Race {
        agents,
        ids,
        random: RefCell::new(Random::new(seed)),
    };
    let mut here = Vec::new();
    for comer in &agents[COMERS] {
        here.push(comer.stays().await);
    }
    let (mut sum, mut kept, mut given_up) = (Sum::default(), 0, 0);
    for round in 0..desk.engine.rounds(ROUNDS) {
        let (mut staying, mut chats) = (Vec::new(), Vec::new());
        for (n, owner) in agents[..LOST].iter().enumerate() {
            staying.push(owner.stays().await);
            // Every other one comes back, to all his chats.
            let back_after = (n % 2 == 0).then(|| race.moment());
            for invites in [true, false].into_iter().cycle().take(CHATS) {
                chats.push(race.begins(desk, n, back_after, invites).await);
            }
        }
        drop(staying);
        let outcomes = join_all(chats.iter().map(|chat| race.runs(chat))).await;
        for (chat, (outcome, _)) in chats.iter().zip(&outcomes) {
            match outcome {
                Outcome::Kept => kept += 1,
                Outcome::GivenUp => given_up += 1,
                Outcome::Never => lane.violation(format!("round {round}: the lease of {} did not end", chat.owner)),
            }
            chat.priya.act(chat.id, "close").await;
            // Closed, it is read by every owner of the channel.
            let log = agents[COMERS.start].snapshot(chat.id).await;
            for wrong in judge(&log, &mut sum) {
                lane.violation(format!("round {round}, a lease: {wrong} in {:#?}", log.entries));
            }
            lane.case();
        }
    }
    lane.figure("leases kept", kept);
    lane.figure("leases ended", given_up);
    lane.figure("heirs", sum.heirs);
    if given_up == 0 {
        lane.violation("no lease ended");
    }
}

impl Race<'_> {
    /// A visitor's chat with the agent, who invited some if others are to be invited.
    async fn begins(&self, desk: &Desk, owner: usize, back_after: Option<Duration>, invites: bool) -> Chat {
        let priya = desk.visitor("Priya Raman").await;
        let id = priya.start_chat("Are you still there?").await.id;
        self.agents[owner].accept(id).await;
        for n in COMERS.take(if invites { INVITED } else { 0 }) {
            let body = json!({ "cid": Uuid::now_v7(), "person": self.ids[n], "role": "participant" });
            let asked = self.agents[owner].post(&format!("/api/chats/{id}/invite"), body).await;
            assert_eq!(asked.0, 200, "{}", asked.1);
        }
        Chat {
            id,
            priya,
            owner,
            back_after,
        }
    }

    /// Returns also the connection of who came back: he is there as long as that is.
    async fn runs(&self, chat: &Chat) -> (Outcome, Option<Stays>) {
        let over = Cell::new(false);
        let comes = join_all(COMERS.map(|n| self.comes(n, chat.id, &over)));
        let ends = async {
            let ended = match chat.back_after {
                Some(after) => self.comes_back(chat, after).await,
                None => (is_given_up(chat).await, None),
            };
            over.set(true);
            ended
        };
        tokio::join!(comes, ends).1
    }

    /// Tries to get in until the chat's fate is known; who is in sometimes leaves again.
    async fn comes(&self, n: usize, chat: Uuid, over: &Cell<bool>) {
        let agent = &self.agents[n];
        while !over.get() {
            sleep(Duration::from_millis(20 + self.chance(80))).await;
            let joined = agent.take_role(chat, "join", "participant").await.0 == 200;
            if (joined || agent.act(chat, "accept").await.0 == 200) && self.chance(2) == 0 {
                agent.act(chat, "leave").await;
            }
        }
    }

    /// The lost one is back, and speaks.
    async fn comes_back(&self, chat: &Chat, after: Duration) -> (Outcome, Option<Stays>) {
        sleep(after).await;
        let owner = &self.agents[chat.owner];
        let stays = owner.stays().await;
        let said = owner
            .try_say(chat.id, Uuid::now_v7(), "message", "A tunnel, sorry.")
            .await;
        let outcome = if said.0 == 200 { Outcome::Kept } else { Outcome::GivenUp };
        (outcome, Some(stays))
    }

    fn moment(&self) -> Duration {
        let Range { start, end } = BACK_AFTER_MS;
        Duration::from_millis(start + self.chance(end - start))
    }

    fn chance(&self, bound: u64) -> u64 {
        self.random.borrow_mut().below(bound)
    }
}

/// As the visitor sees it: the agent is not in the chat any more.
async fn is_given_up(chat: &Chat) -> Outcome {
    let until = Instant::now() + ENDS_WITHIN;
    while Instant::now() < until {
        let view = chat.priya.snapshot(chat.id).await.chat;
        if !view.members.iter().any(|member| member.n == OWNER && member.present) {
            return Outcome::GivenUp;
        }
        sleep(Duration::from_millis(50)).await;
    }
    Outcome::Never
}
