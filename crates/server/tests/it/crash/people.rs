//! Those who talk and listen, and come back by themselves.

use super::history::History;
use crate::chance::Random;
use crate::client::Client;
use crate::live::{Folded, Live, PATIENCE};
use domain::cast;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;
use wire::{ClientFrame, ServerFrame, Surface};

/// Messages one sender has under way.
const WINDOW: usize = 8;
/// Between two tries to come back.
const AGAIN_AFTER: Duration = Duration::from_millis(20);
/// Who has several ways to go writes no faster than so: his messages are to be under way when one is cut, not to use up the machine.
const BREATH: Duration = Duration::from_millis(50);
/// Who has nothing under way looks so often whether he may begin something.
const GLANCE: Duration = Duration::from_millis(50);

/// What all of them share.
pub struct Company {
    pub history: History,
    chance: Mutex<Random>,
    /// How long one waits for an answer before he takes another way. Without it, no answer is a fault.
    patience: Option<Duration>,
    resting: AtomicBool,
    ending: AtomicBool,
    talking: AtomicUsize,
    /// Messages, and visits of who comes and goes.
    under_way: AtomicUsize,
    /// The newest positions, once nobody talks any more. Agents' and externals' are the same: no notes are written.
    heads: watch::Sender<Option<BTreeMap<Uuid, i64>>>,
}

impl Company {
    pub fn new(seed: u64, patience: Option<Duration>) -> Self {
        let (heads, _) = watch::channel(None);
        Self {
            history: History::default(),
            chance: Mutex::new(Random::new(seed)),
            patience,
            resting: AtomicBool::new(false),
            ending: AtomicBool::new(false),
            talking: AtomicUsize::new(0),
            under_way: AtomicUsize::new(0),
            heads,
        }
    }

    pub fn random(&self, bound: u64) -> u64 {
        self.chance.lock().expect("no panic").below(bound)
    }

    /// The same session at any node.
    pub fn anywhere(&self, client: &Client) -> Client {
        client.at(self.random(1 << 16) as usize)
    }

    pub fn patience(&self) -> Duration {
        self.patience.unwrap_or(PATIENCE)
    }

    /// Whether nobody begins anything for now.
    pub fn rest(&self, rest: bool) {
        self.resting.store(rest, Ordering::Release);
    }

    pub fn may_begin(&self) -> bool {
        !self.ending() && !self.resting.load(Ordering::Acquire)
    }

    /// Whether somebody may begin something now, which then is under way until [`Company::ended`].
    fn begins(&self) -> bool {
        self.under_way.fetch_add(1, Ordering::AcqRel);
        let may = self.may_begin();
        if !may {
            self.ended();
        }
        may
    }

    fn ended(&self) {
        self.under_way.fetch_sub(1, Ordering::AcqRel);
    }

    /// Whether nothing is under way; stays so while everybody rests.
    pub fn is_at_rest(&self) -> bool {
        self.under_way.load(Ordering::Acquire) == 0
    }

    /// From now on only what is under way is brought to its end.
    pub fn nothing_new(&self) {
        self.ending.store(true, Ordering::Release);
    }

    fn ending(&self) -> bool {
        self.ending.load(Ordering::Acquire)
    }

    pub fn talking(&self) -> usize {
        self.talking.load(Ordering::Acquire)
    }

    pub fn tell_heads(&self, heads: BTreeMap<Uuid, i64>) {
        self.heads.send_replace(Some(heads));
    }

    /// Nobody says anything more, and this is all of the chat.
    fn complete(&self, chat: Uuid, seq: i64) -> bool {
        self.heads.borrow().as_ref().is_some_and(|heads| heads[&chat] == seq)
    }
}

#[derive(Clone)]
pub struct Talk {
    pub client: Client,
    pub chat: Uuid,
    pub company: Arc<Company>,
}

/// A connection ended, for whatever reason.
struct Lost;

/// A message under way.
#[derive(Clone)]
struct Said {
    cid: Uuid,
    text: String,
}

struct Talker {
    talk: Talk,
    me: Uuid,
    said: usize,
    /// The newest message.
    began: Instant,
    under_way: VecDeque<Said>,
}

impl Talk {
    /// Sends without end, a few messages under way at a time.
    pub async fn talks(self) {
        self.company.talking.fetch_add(1, Ordering::AcqRel);
        let mut talker = Talker {
            me: Uuid::now_v7(),
            said: 0,
            began: Instant::now(),
            under_way: VecDeque::new(),
            talk: self,
        };
        let mut known = None;
        while !talker.done() {
            let Some(mut live) = talker.talk.comes_back(&mut known).await else {
                continue;
            };
            if let Err(Lost) = talker.goes_on(&mut live, known.is_some()).await {
                talker.talk.company.history.lost_connection(talker.under_way.len());
            }
            known = live.chats.remove(&talker.talk.chat).or(known);
        }
        talker.talk.company.talking.fetch_sub(1, Ordering::AcqRel);
    }

    /// Only reads, until it has all of the chat.
    pub async fn listens(self) {
        let mut known: Option<Folded> = None;
        while !known
            .as_ref()
            .is_some_and(|known| self.company.complete(self.chat, known.position.seq))
        {
            let again = known.is_some();
            let Some(mut live) = self.comes_back(&mut known).await else {
                continue;
            };
            if again {
                self.company.history.resumed(0);
            }
            loop {
                let frame = live.next_until(Instant::now() + Duration::from_millis(200)).await;
                match frame {
                    Some(Ok(frame)) => self.sees(&frame),
                    Some(Err(_)) => break,
                    None => {}
                }
                let at = live.chats.get(&self.chat).map_or(0, |known| known.position.seq);
                if self.company.complete(self.chat, at) {
                    break;
                }
            }
            known = live.chats.remove(&self.chat).or(known);
        }
    }

    /// Connects and watches, from where it was.
    async fn comes_back(&self, known: &mut Option<Folded>) -> Option<Live> {
        let client = self.company.anywhere(&self.client);
        let Ok(Ok(mut live)) = timeout(self.company.patience(), Live::try_open(&client)).await else {
            sleep(AGAIN_AFTER).await;
            return None;
        };
        let after = known.as_ref().map(|known| known.position);
        if let Some(known) = known {
            live.chats.insert(self.chat, known.clone());
        }
        live.try_send(&ClientFrame::Watch { chat: self.chat, after })
            .await
            .ok()?;
        Some(live)
    }

    fn external(&self) -> bool {
        self.client.surface != Surface::Agent
    }

    fn sees(&self, frame: &ServerFrame) {
        if let ServerFrame::Entries { entries, .. } | ServerFrame::Snapshot { entries, .. } = frame {
            for entry in entries {
                self.company.history.sees(self.chat, self.external(), entry);
            }
        }
    }
}

impl Talker {
    fn done(&self) -> bool {
        self.talk.company.ending() && self.under_way.is_empty()
    }

    fn begins(&self) -> bool {
        let breath = self.talk.company.patience.map_or(Duration::ZERO, |_| BREATH);
        self.began.elapsed() >= breath && self.talk.company.begins()
    }

    async fn goes_on(&mut self, live: &mut Live, again: bool) -> Result<(), Lost> {
        let before = self.under_way.clone();
        self.catches_up(live).await?;
        if again {
            self.talk.company.history.resumed(before.len() - self.under_way.len());
        }
        // Every other time also what was found stored: that must be answered with the place it has.
        let send_again = if self.talk.company.random(2) == 0 {
            before
        } else {
            self.under_way.iter().cloned().collect()
        };
        for said in send_again {
            self.sends(live, &said).await?;
        }
        while !self.done() {
            while self.under_way.len() < WINDOW && self.begins() {
                let said = self.thinks_of_something();
                self.under_way.push_back(said.clone());
                self.sends(live, &said).await?;
            }
            self.hears(live).await?;
        }
        Ok(())
    }

    /// Reads until it knows the chat as it was when it came back.
    async fn catches_up(&mut self, live: &mut Live) -> Result<(), Lost> {
        let mut began = false;
        loop {
            let frame = self.hears(live).await?;
            began |= matches!(frame, Some(ServerFrame::Snapshot { .. } | ServerFrame::State { .. }));
            let known = live.chats.get(&self.talk.chat);
            if began && known.is_some_and(|known| known.position.seq >= known.view.head) {
                return Ok(());
            }
        }
    }

    fn thinks_of_something(&mut self) -> Said {
        let said = Said {
            cid: Uuid::now_v7(),
            text: format!("{} of {}", self.said, self.me),
        };
        let (chat, by) = (self.talk.chat, (self.me, self.said));
        self.talk
            .company
            .history
            .sends(chat, by, self.talk.external(), said.cid, &said.text);
        (self.said, self.began) = (self.said + 1, Instant::now());
        said
    }

    async fn sends(&self, live: &mut Live, said: &Said) -> Result<(), Lost> {
        let frame = ClientFrame::Send {
            chat: self.talk.chat,
            cid: said.cid,
            text: said.text.clone(),
        };
        live.try_send(&frame).await.map_err(|_| Lost)
    }

    async fn hears(&mut self, live: &mut Live) -> Result<Option<ServerFrame>, Lost> {
        let company = &self.talk.company;
        let wait = if self.under_way.is_empty() {
            GLANCE
        } else {
            company.patience()
        };
        let frame = match live.next_until(Instant::now() + wait).await {
            Some(frame) => frame.map_err(|_| Lost)?,
            None if self.under_way.is_empty() => return Ok(None),
            None if company.patience.is_some() => return Err(Lost),
            None => panic!("{} messages stay without an answer", self.under_way.len()),
        };
        self.talk.sees(&frame);
        match &frame {
            ServerFrame::Entries { entries, .. } | ServerFrame::Snapshot { entries, .. } => {
                for entry in entries {
                    if let Some(cid) = entry.cid {
                        self.acknowledged(cid, entry.seq);
                    }
                }
            }
            ServerFrame::Ack { cid, seq, .. } => {
                self.talk.company.history.acknowledge(*cid, *seq);
                self.answered(*cid);
            }
            ServerFrame::Refused {
                cid: Some(cid),
                problem,
                ..
            } => {
                let for_now = ["busy", "unknown", "too_many", "unavailable"].contains(&problem.code.as_str());
                assert!(for_now, "{cid} was refused: {problem:?}");
                self.talk.company.history.bounced(*cid);
                let said = self.under_way.iter().find(|said| said.cid == *cid).cloned();
                if let Some(said) = said {
                    sleep(AGAIN_AFTER).await;
                    self.sends(live, &said).await?;
                }
            }
            ServerFrame::Gone { .. } => panic!("the chat is gone for {}", self.talk.client.name),
            _ => {}
        }
        Ok(Some(frame))
    }

    fn acknowledged(&mut self, cid: Uuid, seq: i64) {
        if self.answered(cid) {
            self.talk.company.history.acknowledge(cid, seq);
        }
    }

    /// Whether it was under way until now.
    fn answered(&mut self, cid: Uuid) -> bool {
        let at = self.under_way.iter().position(|said| said.cid == cid);
        let said = at.and_then(|at| self.under_way.remove(at));
        said.inspect(|_| self.talk.company.ended()).is_some()
    }
}

/// Is there, again and again, until nobody has anything new to do.
pub async fn is_there(company: Arc<Company>, agent: Client) {
    while !company.ending() {
        let Ok(mut live) = Live::try_open(&agent).await else {
            sleep(AGAIN_AFTER).await;
            continue;
        };
        let mut heard = Ok(());
        while heard.is_ok() && !company.ending() {
            heard = live.try_send(&ClientFrame::Ping {}).await.map_err(drop);
            let soon = Instant::now() + Duration::from_secs(2);
            while let Some(frame) = live.next_until(soon).await {
                if frame.is_err() {
                    heard = Err(());
                    break;
                }
            }
        }
    }
}

/// A visitor comes and asks, twice at once; two agents accept at once, and one of them has it. He asks the other one in and
/// leaves, that one hands back, the first one accepts again; the visitor closes. Over and over; each step is repeated under its id, at
/// any node, until it is answered.
pub async fn comes_and_goes(company: Arc<Company>, stranger: Client, agents: [Client; 2]) {
    let ids = [agents[0].me().await.id, agents[1].me().await.id];
    let door = format!("/api/snippets/{}/visitors", cast::SNIPPET);
    let new = || json!({ "cid": Uuid::now_v7() });
    while !company.ending() {
        if !company.begins() {
            sleep(GLANCE).await;
            continue;
        }
        let known = company
            .persists(&stranger, &door, json!({ "name": "In a hurry" }))
            .await;
        let visitor = stranger.with_token(known["token"].as_str().expect("a token"));
        let ask = || {
            company.persists(
                &visitor,
                "/api/chats",
                json!({ "cid": Uuid::now_v7(), "text": "Quickly" }),
            )
        };
        let (chat, same) = tokio::join!(ask(), ask());
        assert_eq!(
            chat["chat"]["id"], same["chat"]["id"],
            "one chat, however often one asks"
        );
        let chat = chat["chat"]["id"].as_str().expect("an id").to_owned();
        let path = |verb: &str| format!("/api/chats/{chat}/{verb}");
        let accept = path("accept");
        let (first, second) = tokio::join!(
            company.tries(&agents[0], &accept, new()),
            company.tries(&agents[1], &accept, new())
        );
        let wins = usize::from(first.0 != 200);
        assert!(
            first.0 != second.0 && [&first, &second][1 - wins].1["code"] == "already_taken",
            "one has it: {first:?} {second:?}"
        );
        let (agent, colleague, whom) = (&agents[wins], &agents[1 - wins], ids[1 - wins]);
        let say = json!({ "cid": Uuid::now_v7(), "kind": "note", "text": "In a hurry" });
        company.persists(agent, &path("entries"), say).await;
        let invite = json!({ "cid": Uuid::now_v7(), "person": whom, "role": "participant" });
        company.persists(agent, &path("invite"), invite).await;
        let join = json!({ "cid": Uuid::now_v7(), "role": "participant" });
        company.persists(colleague, &path("join"), join).await;
        company.persists(agent, &path("leave"), new()).await;
        company.persists(colleague, &path("hand_back"), new()).await;
        company.persists(agent, &accept, new()).await;
        let closed = company.persists(&visitor, &path("close"), new()).await;
        assert_eq!(closed["state"], "closed");
        assert_eq!(closed["head"], 8, "nothing was stored twice: {closed}");
        company.history.began_and_closed();
        company.ended();
    }
}

impl Company {
    /// Asks until there is a yes, always with the same id.
    pub async fn persists(&self, client: &Client, path: &str, body: Value) -> Value {
        match self.tries(client, path, body).await {
            (200, answer) => answer,
            (status, answer) => panic!("{path}: {status} {answer}"),
        }
    }

    /// Asks until there is an answer, always with the same id.
    pub async fn tries(&self, client: &Client, path: &str, body: Value) -> (u16, Value) {
        loop {
            match self
                .anywhere(client)
                .try_call(Method::POST, path, Some(body.clone()))
                .await
            {
                // Right after a restart the agents are not back yet.
                Ok((409, answer))
                    if ["nobody_available", "person_unavailable"]
                        .iter()
                        .any(|it| answer["code"] == *it) => {}
                Ok((503, _)) | Err(_) => {}
                Ok(answer) => return answer,
            }
            sleep(AGAIN_AFTER).await;
        }
    }
}
