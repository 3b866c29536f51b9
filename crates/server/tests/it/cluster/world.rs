//! An installation, the people at it, and what is taken from it.

use super::link::Flow;
use super::witness::Witness;
use crate::chance::Random;
use crate::client::{Client, Stays, granted};
use crate::crash::history::Verdict;
use crate::crash::people::{self, Company, Talk};
use crate::crash::{judge, something_is_acknowledged};
use crate::desk::{CROWDED, Desk};
use domain::cast;
use futures_util::future::join_all;
use proof::Lane;
use proof::cluster::Cluster;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wire::{People, PersonRow, Presence, Started, Surface};

const NODES: usize = 2;
const TALKS: usize = 2;
/// Of each kind, for each unit of PROOF, in each world.
const FAULTS: [(Fault, usize); 5] = [
    (Fault::Paused, 1),
    (Fault::Killed, 2),
    (Fault::HintsDropped, 2),
    (Fault::DatabaseRestarted, 2),
    (Fault::LinkCut, 2),
];
/// Messages in Noor's chat after she lost her right, and what she tries to say.
const SAID_AFTER: usize = 3;
const STRAY: &str = "said by who may not";
/// Between two tries.
const AGAIN_AFTER: Duration = Duration::from_millis(50);
const PAUSE: Duration = Duration::from_secs(20);
/// Who hears nothing for so long takes another node.
const PATIENCE: Duration = Duration::from_secs(3);
/// I-8: after a fault has healed, and with nobody writing, everybody knows everything.
const REPAIRED_WITHIN: Duration = Duration::from_secs(10);
/// I-13.
const PRESENCE_TRUE_WITHIN: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Killed,
    Paused,
    HintsDropped,
    DatabaseRestarted,
    LinkCut,
}

impl Fault {
    fn name(self) -> &'static str {
        match self {
            Self::Killed => "nodes killed",
            Self::Paused => "nodes paused",
            Self::HintsDropped => "times all hints dropped",
            Self::DatabaseRestarted => "databases restarted",
            Self::LinkCut => "links cut",
        }
    }
}

/// What came out of a world.
pub struct Lived {
    pub counts: BTreeMap<&'static str, usize>,
    pub repairs: Vec<Duration>,
    pub verdict: Verdict,
}

pub struct World<'a> {
    lane: &'a Lane,
    n: u64,
    seed: u64,
    /// What is going on, for who reads of a violation.
    story: String,
    random: Random,
    // Dropped in this order: the nodes, their database.
    desk: Desk,
    /// Where commands are given: beside the nodes.
    office: Desk,
    postgres: Arc<Cluster>,
    company: Arc<Company>,
    load: JoinSet<()>,
    talks: Vec<(Uuid, Client)>,
    ines: Client,
    noor: Client,
    witnesses: Vec<Witness>,
    /// Customers who come before a fault and go with it.
    goers: Vec<Goer>,
    lived: Lived,
}

struct Goer {
    client: Client,
    name: &'static str,
    went: Option<Instant>,
}

/// A chat that Noor had, and what was said in it after she lost her right.
struct Withdrawn {
    omar: Client,
    chat: Uuid,
    mark: String,
}

impl<'a> World<'a> {
    pub async fn make(lane: &'a Lane, bin: &Path, n: u64, seed: u64) -> Self {
        let bin = bin.to_owned();
        let postgres = spawn_blocking(move || Cluster::start(&bin)).await.expect("no panic");
        let postgres = Arc::new(postgres.expect("PostgreSQL starts"));
        let desk = Desk::linked(postgres.url(), CROWDED, PATIENCE).await;
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        desk.add_agent("noor", "Noor Haddad").await;
        desk.cli(&["grant", "noor", "users", "ro"]).await;
        let noor = desk.agent("noor").await;
        noor.be("internal_and_external").await;
        let here = ines.stays().await;
        let company = Arc::new(Company::new(seed.wrapping_add(n), Some(PATIENCE)));
        let (mut load, mut talks) = (JoinSet::new(), Vec::new());
        for n in 0..TALKS {
            let visitor = desk.visitor(&format!("Visitor {n}")).await;
            let chat = visitor.start_chat("Hello").await.id;
            ines.accept(chat).await;
            talks.push((chat, visitor));
        }
        let hanne = desk.customer("hanne").await;
        let channel = hanne.get("/api/offer").await.1["channels"][0]["channel"]["id"].clone();
        let ask = json!({ "cid": Uuid::now_v7(), "text": "Hello", "channel": channel });
        let hers = granted::<Started>("start", hanne.post("/api/chats", ask).await).chat.id;
        ines.accept(hers).await;
        drop(here);
        talks.push((hers, hanne));
        let mut witnesses = Vec::new();
        for (chat, external) in &talks {
            for client in [external, &ines] {
                let (client, chat, company) = (client.clone(), *chat, company.clone());
                load.spawn(Talk { client, chat, company }.talks());
            }
            witnesses.push(Witness::new(&company, external, &[*chat]));
        }
        let all: Vec<Uuid> = talks.iter().map(|(chat, _)| *chat).collect();
        // She has two devices.
        for _ in 0..2 {
            witnesses.push(Witness::new(&company, &ines, &all));
        }
        witnesses.push(Witness::new(&company, &maren, &[]));
        let stranger = desk.stranger(Surface::Visitor);
        load.spawn(people::comes_and_goes(company.clone(), stranger, [ines.clone(), maren]));
        let mut goers = Vec::new();
        for goer in &cast::CUSTOMER_USERS[1..] {
            let (client, name) = (desk.customer(goer.login).await, goer.name);
            goers.push(Goer {
                client,
                name,
                went: None,
            });
        }
        Self {
            lane,
            n,
            seed,
            story: String::new(),
            random: Random::new(seed.wrapping_add(n)),
            office: desk.beside(),
            desk,
            postgres,
            company,
            load,
            talks,
            ines,
            noor,
            witnesses,
            goers,
            lived: Lived {
                counts: BTreeMap::new(),
                repairs: Vec::new(),
                verdict: Verdict::default(),
            },
        }
    }

    pub async fn lives(&mut self) {
        let mut faults: Vec<Fault> = Vec::new();
        for (fault, times) in FAULTS {
            faults.extend(std::iter::repeat_n(fault, times * proof::scale()));
        }
        while !faults.is_empty() {
            let fault = faults.swap_remove(self.random.below(faults.len() as u64) as usize);
            self.suffers(fault).await;
        }
    }

    async fn suffers(&mut self, fault: Fault) {
        let (round, node) = (self.lived.repairs.len(), self.random.below(NODES as u64) as usize);
        let name = fault.name();
        self.story = format!("SEED={} world {} round {round}, {name}, node {node}", self.seed, self.n);
        let withdrawn = self.noor_has_a_chat(round).await;
        let watching =
            |node| Witness::new(&self.company, &self.noor, &[withdrawn.chat]).shut_out(&withdrawn.mark, node);
        self.witnesses.extend((0..NODES).map(watching));
        let stop = CancellationToken::new();
        let looking = self.witnesses.drain(..).map(|witness| witness.looks_on(stop.clone()));
        let looking: Vec<_> = looking.map(tokio::spawn).collect();
        let goer = self.somebody_comes(node).await;
        something_is_acknowledged(&self.company, &mut self.load, self.lane).await;

        self.strikes(fault, node, goer, &withdrawn).await;
        let healed = Instant::now();
        self.company.rest(true);
        self.comes_to_rest(healed).await;
        let at_rest = Instant::now();
        stop.cancel();
        for ended in join_all(looking).await {
            match ended {
                Ok(witness) => self.witnesses.push(witness),
                Err(error) => self.violation(format!("who looked on gave up: {error}")),
            }
        }
        self.settles(at_rest).await;
        self.lived.repairs.push(healed.elapsed());
        for node in 0..NODES {
            self.desk.node(node).link().drops_hints(false);
        }
        self.takes_stock().await;
        self.noor_wrote_nothing(withdrawn).await;
        self.company.rest(false);
        self.count(name, 1);
    }

    /// Noor may accept in the Travel desk, and has a chat there.
    async fn noor_has_a_chat(&self, round: usize) -> Withdrawn {
        self.office.cli(&["grant", "noor", "travel", "chat_owner"]).await;
        let omar = self.desk.visitor("Omar Haddad").await;
        let ask = json!({ "cid": Uuid::now_v7(), "text": "Hello" });
        let started: Started = told(self.company.persists(&omar, "/api/chats", ask).await);
        let (chat, accept) = (started.chat.id, json!({ "cid": Uuid::now_v7() }));
        let path = format!("/api/chats/{chat}/accept");
        while self.company.tries(&self.noor, &path, accept.clone()).await.0 != 200 {
            sleep(AGAIN_AFTER).await;
        }
        let mark = format!("after {} {round}:", self.n);
        Withdrawn { omar, chat, mark }
    }

    /// A customer comes to a node, and shows on all. `None` if all of them went too short a time ago.
    async fn somebody_comes(&mut self, node: usize) -> Option<(usize, Stays)> {
        let goer = self.goers.iter().position(|goer| goer.went.is_none())?;
        let Goer { client, name, .. } = &self.goers[goer];
        let (stays, began) = (client.at(node).stays_here().await, Instant::now());
        while self.listed("customers", name).await != Ok(NODES) {
            if began.elapsed() > PRESENCE_TRUE_WITHIN {
                self.violation(format!("{name} came and is not shown"));
                break;
            }
            sleep(AGAIN_AFTER).await;
        }
        Some((goer, stays))
    }

    /// Takes something away, and gives it back. Somebody goes with it; meanwhile Noor's right ends.
    async fn strikes(&mut self, fault: Fault, node: usize, goer: Option<(usize, Stays)>, withdrawn: &Withdrawn) {
        let (chance, either) = (
            Duration::from_millis(self.random.below(1_500)),
            self.random.below(2) == 0,
        );
        if let Some((goer, stays)) = goer {
            drop(stays);
            self.goers[goer].went = Some(Instant::now());
        }
        let (desk, postgres) = (&mut self.desk, self.postgres.clone());
        // How long something is taken away is what the lane is about.
        let taken = async {
            match fault {
                Fault::Killed => {
                    desk.node(node).sigkill().await;
                    sleep(chance).await;
                    desk.node(node).serve().await;
                }
                Fault::Paused => {
                    desk.node(node).signal("-STOP").await;
                    sleep(PAUSE).await;
                    desk.node(node).signal("-CONT").await;
                }
                Fault::HintsDropped => {
                    (0..NODES).for_each(|node| desk.node(node).link().drops_hints(true));
                    sleep(chance).await;
                }
                Fault::DatabaseRestarted => {
                    let mode = if either { "fast" } else { "immediate" };
                    let restarted = spawn_blocking(move || postgres.restart(mode)).await;
                    restarted.expect("no panic").expect("PostgreSQL starts again");
                }
                Fault::LinkCut => {
                    let flow = if either { Flow::Frozen } else { Flow::Cut };
                    desk.node(node).link().becomes(flow);
                    sleep(5 * chance).await;
                    desk.node(node).link().becomes(Flow::Open);
                }
            }
        };
        let (office, company, noor) = (&self.office, &self.company, &self.noor);
        let withdrawn = async {
            let Withdrawn { omar, chat, mark } = withdrawn;
            while !office
                .try_cli(&["revoke", "noor", "travel", "chat_owner"], "")
                .await
                .0
                .success()
            {
                sleep(AGAIN_AFTER).await;
            }
            let path = format!("/api/chats/{chat}/entries");
            let say = |text| json!({ "cid": Uuid::now_v7(), "kind": "message", "text": text });
            for n in 0..SAID_AFTER {
                company.persists(omar, &path, say(format!("{mark} {n}"))).await;
            }
            // Whether it was stored is read from the log.
            let noors = noor.everywhere();
            join_all(
                noors
                    .iter()
                    .map(|noor| noor.try_call(Method::POST, &path, Some(say(STRAY.into())))),
            )
            .await;
        };
        tokio::join!(taken, withdrawn);
    }

    /// What is under way is brought to its end.
    async fn comes_to_rest(&self, healed: Instant) {
        while !self.company.is_at_rest() {
            if healed.elapsed() > 3 * REPAIRED_WITHIN {
                return self.violation("what was under way found no end");
            }
            sleep(AGAIN_AFTER).await;
        }
    }

    /// Everybody rests, until all know what is true. False if they did not in time.
    async fn settles(&mut self, at_rest: Instant) -> bool {
        let mut late = None;
        loop {
            let asked = at_rest.elapsed();
            let Err(wrong) = self.agree().await else { break };
            // What was true when it was asked: the answers take their time on a busy machine.
            if asked > REPAIRED_WITHIN {
                late.get_or_insert(wrong);
            }
            if asked > 3 * REPAIRED_WITHIN {
                break;
            }
            join_all(self.witnesses.iter_mut().map(Witness::looks)).await;
        }
        let after = at_rest.elapsed();
        if let Some(wrong) = late {
            self.violation(format!("{wrong}\n    at an end after {after:?}"));
            return false;
        }
        println!("{}: all knew after {after:?}", self.story);
        true
    }

    async fn agree(&mut self) -> Result<(), String> {
        let agree = join_all(self.witnesses.iter().map(Witness::agrees)).await;
        agree.into_iter().collect::<Result<(), _>>()?;
        for (tab, name) in [
            ("agents", "Ines Vogt"),
            ("agents", "Maren Holt"),
            ("customers", "Hanne Dahl"),
        ] {
            if self.listed(tab, name).await? < NODES {
                return Err(format!("{name} is here and not shown on each node"));
            }
        }
        for goer in 0..self.goers.len() {
            let Goer { name, went, .. } = self.goers[goer];
            let Some(went) = went else { continue };
            if self.listed("customers", name).await? == 0 {
                self.goers[goer].went = None;
            } else if went.elapsed() > PRESENCE_TRUE_WITHIN {
                return Err(format!("{name} went {:?} ago and is still shown", went.elapsed()));
            }
        }
        Ok(())
    }

    /// On how many nodes somebody shows as being here.
    async fn listed(&self, tab: &str, name: &str) -> Result<usize, String> {
        let mut on = 0;
        for ines in self.ines.everywhere() {
            let people: People = ines.look_up(&format!("/api/people?tab={tab}&limit=25")).await?;
            let here = |row: &PersonRow| row.name == name && row.presence != Presence::Offline;
            on += usize::from(people.rows.iter().any(here));
        }
        Ok(on)
    }

    /// What those who looked on found wrong, and the nodes too. Those who were shut out have done their work.
    async fn takes_stock(&mut self) {
        let (mut wrong, mut came_back) = (Vec::new(), 0);
        for witness in &mut self.witnesses {
            wrong.append(&mut witness.wrong);
            came_back += std::mem::take(&mut witness.came_back);
        }
        for node in 0..NODES {
            let log = self.desk.node(node).log();
            wrong.extend(log.into_iter().filter(|line| line.contains("panicked")));
        }
        wrong.into_iter().for_each(|wrong| self.violation(wrong));
        self.count("reconnects", came_back);
        self.witnesses.retain(|witness| !witness.is_shut_out());
    }

    async fn noor_wrote_nothing(&self, Withdrawn { omar, chat, .. }: Withdrawn) {
        let log = omar.snapshot(chat).await;
        let strays = log
            .entries
            .iter()
            .filter(|entry| format!("{:?}", entry.what).contains(STRAY));
        if strays.count() > 0 {
            self.violation(format!("who had lost her right wrote: {:?}", log.entries));
        }
        let close = json!({ "cid": Uuid::now_v7() });
        self.company
            .persists(&omar, &format!("/api/chats/{chat}/close"), close)
            .await;
    }

    /// Everybody finishes what he has under way, and all of it is judged.
    pub async fn ends(mut self) -> Lived {
        self.company.nothing_new();
        let done = async {
            while let Some(ended) = self.load.join_next().await {
                ended.unwrap_or_else(|error| self.lane.violation(format!("somebody gave up: {error}")));
            }
        };
        if timeout(3 * REPAIRED_WITHIN, done).await.is_err() {
            self.violation("not everybody came to an end");
        }
        "the end".clone_into(&mut self.story);
        while self.goers.iter().any(|goer| goer.went.is_some()) && self.settles(Instant::now()).await {
            join_all(self.witnesses.iter_mut().map(Witness::looks)).await;
        }
        self.office.verify().await;
        self.lived.verdict = judge(&self.company.history, &self.talks, &self.ines).await;
        for (name, count) in self.company.history.figures(&self.lived.verdict) {
            self.count(name, count);
        }
        for node in 0..NODES {
            let (hints, dropped) = self.desk.node(node).link().hints();
            self.count("hints", hints);
            self.count("hints dropped", dropped);
        }
        self.lived
    }

    fn count(&mut self, name: &'static str, count: usize) {
        *self.lived.counts.entry(name).or_default() += count;
    }

    fn violation(&self, what: impl Display) {
        self.lane.violation(format!("{}: {what}", self.story));
    }
}

fn told<T: DeserializeOwned>(answer: Value) -> T {
    serde_json::from_value(answer.clone()).unwrap_or_else(|e| panic!("{e} in {answer}"))
}
