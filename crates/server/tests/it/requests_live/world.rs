//! A few people with channels of their own, what they do, and what must be in their lists by a second reckoning.

use crate::chance::Random;
use crate::client::Client;
use crate::desk::Desk;
use crate::live::{Live, PATIENCE};
use domain::cast;
use futures_util::future::join_all;
use proof::Lane;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;
use wire::{
    Availability, ChatState, ChatView, ClientFrame, Direction, PersonKind, RequestKind, RequestView, Requests, Role,
    Started, Surface, Visitor,
};

/// Rounds of deeds in a history; in most of them several things happen at once.
const ROUNDS: u64 = 7;
/// One history in so many also changes a key.
const KEYS_EVERY: u64 = 6;
const CHANNELS: usize = 2;
/// By channel: what each agent begins with.
const LEVELS: [[Option<Level>; CHANNELS]; 4] = [
    [Some(Level::Owner), Some(Level::Owner)],
    [Some(Level::Owner), Some(Level::Participant)],
    [Some(Level::Participant), Some(Level::Owner)],
    [Some(Level::Observer), None],
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Observer,
    Participant,
    Owner,
}

impl Level {
    fn key(self) -> &'static str {
        match self {
            Self::Observer => "chat_observer",
            Self::Participant => "chat_participant",
            Self::Owner => "chat_owner",
        }
    }
}

#[derive(Default)]
pub struct Counts {
    pub done: usize,
    pub refused: usize,
    pub lines: usize,
    pub keys: usize,
}

pub struct World {
    n: usize,
    seed: u64,
    random: Random,
    channels: [Uuid; CHANNELS],
    agents: Vec<Agent>,
    externals: Vec<Client>,
    customer_ids: Vec<Uuid>,
    /// Chats not known to be closed, with their first messages.
    chats: BTreeMap<Uuid, String>,
    texts: usize,
    pub counts: Counts,
}

struct Agent {
    client: Client,
    login: String,
    name: String,
    id: Uuid,
    /// At another node than what he does, if there is one.
    live: Option<Live>,
    levels: [Option<Level>; CHANNELS],
    availability: Availability,
    selected: BTreeSet<Uuid>,
    hidden: BTreeSet<Uuid>,
}

/// Something done to a chat: by whom, where, with what.
struct Deed {
    client: Client,
    put: bool,
    path: String,
    body: Value,
    /// The first message, if it asks for a chat.
    text: Option<String>,
}

/// What the list must say of a request. Of invitations since when and with which words is the inviter's matter.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    chat: Uuid,
    is: &'static str,
    channel: Uuid,
    role: Option<String>,
    hidden: bool,
    mine: bool,
    can_accept: bool,
    since: Option<i64>,
    first: Option<String>,
}

impl World {
    pub async fn make(desk: &Desk, n: usize, seed: u64) -> Self {
        let (groups, names) = (
            [0, 1].map(|c| format!("group {n}-{c}")),
            [0, 1].map(|c| format!("Channel {n}-{c}")),
        );
        let mut agents = Vec::new();
        for (a, levels) in LEVELS.into_iter().enumerate() {
            let (login, name) = (format!("agent-{n}-{a}"), format!("Agent {n}-{a}"));
            desk.add_agent(&login, &name).await;
            desk.cli(&["grant", &login, "users", "ro"]).await;
            for (group, level) in groups.iter().zip(levels) {
                if let Some(level) = level {
                    desk.cli(&["grant", &login, group, level.key()]).await;
                }
            }
            agents.push((login, name, levels));
        }
        for (channel, group) in names.iter().zip(&groups) {
            let made = [
                "channel",
                "add",
                channel,
                "--group",
                group,
                "--customers",
                "yes",
                "--visitors",
                "yes",
            ];
            desk.cli(&made).await;
        }
        let snippet = format!("snippet-{n}");
        desk.cli(&["snippet", "add", &snippet, &names[0], "World"]).await;
        let (mut externals, mut customer_ids) = (Vec::new(), Vec::new());
        for c in 0..3 {
            let login = format!("customer-{n}-{c}");
            let password = format!("{}\n", cast::PASSWORD);
            desk.cli_with(&["customer", "add", &login, &login], &password).await;
            externals.push(desk.customer(&login).await);
            customer_ids.push(externals[c].me().await.id);
        }
        let stranger = desk.stranger(Surface::Visitor);
        let visits = format!("/api/snippets/{snippet}/visitors");
        let visitor: Visitor =
            crate::client::granted("visit", stranger.post(&visits, json!({ "name": "Visitor" })).await);
        externals.push(stranger.with_token(&visitor.token));
        let offered = externals[0].get("/api/offer").await.1;
        let id = |name: &String| {
            let channels = offered["channels"].as_array().expect("channels");
            let found = channels.iter().find(|offered| offered["channel"]["name"] == **name);
            let id = found.expect("it is offered")["channel"]["id"].as_str();
            id.expect("an id").parse().expect("a UUID")
        };
        let mut world = Self {
            n,
            seed,
            random: Random::new(seed.wrapping_add(n as u64)),
            channels: [id(&names[0]), id(&names[1])],
            agents: Vec::new(),
            externals,
            customer_ids,
            chats: BTreeMap::new(),
            texts: 0,
            counts: Counts::default(),
        };
        for (login, name, levels) in agents {
            let client = desk.agent(&login).await;
            client.be("internal_and_external").await;
            let me = client.me().await;
            let selected = me.channels.iter().map(|mine| mine.channel.id).collect();
            let mut agent = Agent {
                id: me.id,
                live: Some(client.elsewhere().live().await),
                client,
                login,
                name,
                levels,
                availability: Availability::InternalAndExternal,
                selected: BTreeSet::new(),
                hidden: BTreeSet::new(),
            };
            agent.selects(selected).await;
            world.agents.push(agent);
        }
        world
    }

    /// One history.
    pub async fn lives(&mut self, desk: &Desk) {
        for _ in 0..ROUNDS {
            let mut deeds = Vec::new();
            for _ in 0..=self.random.below(3) {
                deeds.extend(self.deed().await);
            }
            let answers = join_all(deeds.iter().map(Deed::does)).await;
            for (deed, (status, body)) in deeds.into_iter().zip(answers) {
                if status != 200 {
                    assert!(
                        (400..500).contains(&status) || status == 503,
                        "{}: {status} {body}",
                        deed.path
                    );
                    self.counts.refused += 1;
                    continue;
                }
                self.counts.done += 1;
                if let Some(text) = deed.text {
                    let started: Started = serde_json::from_value(body).expect("a start");
                    if started.new {
                        self.chats.insert(started.chat.id, text);
                    }
                }
            }
            self.chooses().await;
        }
        if self.random.below(KEYS_EVERY) == 0 {
            self.key_changes(desk).await;
        }
    }

    /// Somebody does something about a chat that he can see, or asks for one.
    async fn deed(&mut self) -> Option<Deed> {
        let what = self.random.below(14);
        if what < 6 {
            return Some(self.asks());
        }
        let agent = self.random.below(self.agents.len() as u64) as usize;
        let client = self.agents[agent].client.clone();
        let lists = if what < 10 {
            "/api/requests"
        } else {
            "/api/chats?which=mine"
        };
        let (_, list) = client.get(lists).await;
        let lines = list[if what < 10 { "requests" } else { "chats" }].as_array()?.clone();
        let line = lines.get(self.random.below(lines.len().max(1) as u64) as usize)?;
        let (verb, mut body) = match (what, line["is"].as_str()) {
            (6..10, Some("invitation")) => match self.random.below(4) {
                0 => ("decline", json!({})),
                1 => ("join", json!({ "role": "observer" })),
                _ => ("join", json!({ "role": "participant" })),
            },
            (6..10, Some("personal")) if self.random.below(3) == 0 => ("decline", json!({})),
            (6..10, _) if self.random.below(4) == 0 => ("move", json!({ "channel": self.channel() })),
            (6..10, _) if self.random.below(2) == 0 => return None,
            (6..10, _) => ("accept", json!({})),
            _ => match self.random.below(12) {
                0..6 => {
                    let whom = self.random.below(self.agents.len() as u64) as usize;
                    let role = ["observer", "participant"][self.random.below(2) as usize];
                    (
                        "invite",
                        json!({ "person": self.agents[whom].id, "role": role, "note": "Come" }),
                    )
                }
                6 => ("move", json!({ "channel": self.channel() })),
                7 | 8 => ("hand_back", json!({})),
                9 => ("leave", json!({})),
                10 => ("role", json!({ "role": "observer" })),
                _ => ("close", json!({})),
            },
        };
        body["cid"] = json!(Uuid::now_v7());
        let chat = line[if what < 10 { "chat" } else { "id" }].as_str()?;
        Some(Deed {
            client,
            put: false,
            path: format!("/api/chats/{chat}/{verb}"),
            body,
            text: None,
        })
    }

    /// For a chat; or an external ends one, or answers one.
    fn asks(&mut self) -> Deed {
        self.texts += 1;
        let text = format!("Hello {}", self.texts);
        let mut body = json!({ "cid": Uuid::now_v7(), "text": text });
        let external = self.random.below(self.externals.len() as u64) as usize;
        let client = self.externals[external].clone();
        let some = self.random.below(self.chats.len().max(1) as u64) as usize;
        let chat = self.chats.keys().nth(some).copied();
        match (self.random.below(6), chat) {
            (0, Some(chat)) => {
                let verb = ["accept", "accept", "decline", "close"][self.random.below(4) as usize];
                let (path, body) = (format!("/api/chats/{chat}/{verb}"), json!({ "cid": Uuid::now_v7() }));
                return Deed {
                    client,
                    put: false,
                    path,
                    body,
                    text: None,
                };
            }
            (1 | 2, _) => {
                let agents = self.agents.len() as u64;
                let (who, whom) = (self.random.below(agents) as usize, self.random.below(agents) as usize);
                let mut asked = self.agents[whom].id;
                if self.random.below(2) == 0 {
                    asked = self.customer_ids[self.random.below(3) as usize];
                    body["channel"] = json!(self.channel());
                }
                let (client, path) = (self.agents[who].client.clone(), format!("/api/people/{asked}/chats"));
                return Deed {
                    client,
                    put: false,
                    path,
                    body,
                    text: Some(text),
                };
            }
            _ => {}
        }
        // A visitor's channel is his snippet's.
        if client.surface == Surface::Customer {
            body["channel"] = json!(self.channel());
        }
        Deed {
            client,
            put: false,
            path: "/api/chats".into(),
            body,
            text: Some(text),
        }
    }

    /// An agent chooses something for himself; one thing at a time, so that it is known what holds.
    async fn chooses(&mut self) {
        let n = self.random.below(self.agents.len() as u64) as usize;
        let (what, yes, some) = (self.random.below(10), self.random.below(2) == 0, self.random.below(3));
        let chats: Vec<Uuid> = self.chats.keys().copied().collect();
        let chat = chats
            .get(self.random.below(chats.len().max(1) as u64) as usize)
            .copied();
        let selected = self.channels.into_iter().filter(|_| self.random.below(3) > 0).collect();
        let agent = &mut self.agents[n];
        match (what, chat) {
            (0..3, Some(chat)) => {
                let path = format!("/api/chats/{chat}/hidden");
                let deed = Deed {
                    client: agent.client.clone(),
                    put: true,
                    path,
                    body: json!({ "hidden": yes }),
                    text: None,
                };
                match (deed.does().await.0, yes) {
                    (200, true) => drop(agent.hidden.insert(chat)),
                    (200, false) => drop(agent.hidden.remove(&chat)),
                    _ => {}
                }
            }
            (3, _) => {
                agent.availability = [
                    Availability::InternalAndExternal,
                    Availability::Internal,
                    Availability::Unavailable,
                ][some as usize];
                let word = ["internal_and_external", "internal", "unavailable"][some as usize];
                agent.client.be(word).await;
            }
            (4 | 5, _) => {
                agent.availability = Availability::InternalAndExternal;
                agent.client.be("internal_and_external").await;
            }
            (6 | 7, _) => agent.selects(selected).await,
            (8, _) if agent.live.is_some() => agent.live = None,
            (8 | 9, _) if agent.live.is_none() => agent.live = Some(agent.client.elsewhere().live().await),
            _ => {}
        }
    }

    async fn key_changes(&mut self, desk: &Desk) {
        let (a, c) = (
            self.random.below(self.agents.len() as u64) as usize,
            self.random.below(2) as usize,
        );
        let new = match self.random.below(4) {
            0 => None,
            1 => Some(Level::Observer),
            2 => Some(Level::Participant),
            _ => Some(Level::Owner),
        };
        let (group, login) = (format!("group {}-{c}", self.n), self.agents[a].login.clone());
        let old = std::mem::replace(&mut self.agents[a].levels[c], new);
        if let Some(old) = old.filter(|old| Some(*old) != new) {
            desk.cli(&["revoke", &login, &group, old.key()]).await;
        }
        if let Some(new) = new.filter(|new| Some(*new) != old) {
            desk.cli(&["grant", &login, &group, new.key()]).await;
        }
        self.counts.keys += usize::from(old != new);
    }

    fn channel(&mut self) -> Uuid {
        self.channels[self.random.below(CHANNELS as u64) as usize]
    }

    /// Reads on until everything says the same: frames, and what follows from a lost right, may still be on their way.
    pub async fn settles(&mut self, lane: &Lane) {
        let until = Instant::now() + PATIENCE;
        loop {
            let wrong = self.wrong().await;
            let Some(wrong) = wrong else { break };
            if Instant::now() > until {
                lane.violation(format!("SEED={} world {}: {wrong}", self.seed, self.n));
                break;
            }
            for live in self.agents.iter_mut().filter_map(|agent| agent.live.as_mut()) {
                let soon = Instant::now() + Duration::from_millis(5);
                while live.next_until(soon).await.is_some_and(|frame| frame.is_ok()) {}
            }
        }
        for agent in &mut self.agents {
            let fresh = agent.client.live().await;
            let Some(live) = &mut agent.live else { continue };
            if (&fresh.me, &fresh.requests, &fresh.mine) != (&live.me, &live.requests, &live.mine) {
                lane.violation(format!(
                    "SEED={} world {}: {} has the desk\n  {:?} {:?}\nand a fresh connection\n  {:?} {:?}",
                    self.seed, self.n, agent.name, live.requests, live.mine, fresh.requests, fresh.mine
                ));
            }
            // Nobody is let go for having been silent.
            live.send(ClientFrame::Ping {}).await;
        }
    }

    /// Where two of frames, request and reckoning differ.
    async fn wrong(&mut self) -> Option<String> {
        let Some(views) = self.views().await else {
            return Some("a chat is open in which no agent may be".into());
        };
        if let Some(view) = views.iter().find(|view| self.holds_lost(view)) {
            return Some(format!("who lost his right is still in {view:?}"));
        }
        let mut compared = 0;
        for agent in &self.agents {
            let (status, body) = agent.client.get("/api/requests").await;
            assert_eq!(status, 200, "{body}");
            let asked: Requests = serde_json::from_value(body).expect("requests");
            let asked = asked.requests;
            if let Some(live) = &agent.live
                && let Err(differ) = live.lists_agree(&agent.client).await
            {
                return Some(format!("{}: {differ}", agent.name));
            }
            if !asked.is_sorted_by_key(|request| (request.waiting_since, request.chat)) {
                return Some(format!("{}: out of order: {asked:?}", agent.name));
            }
            let mut listed: Vec<Line> = asked.iter().map(Line::listed).collect();
            listed.sort();
            let mut reckoned: Vec<Line> = views.iter().filter_map(|view| self.reckoned(agent, view)).collect();
            reckoned.sort();
            if listed != reckoned {
                return Some(format!(
                    "{} {:?} {:?}: HTTP says\n  {listed:?}\nand the chats\n  {reckoned:?}\nof\n  {views:?}",
                    agent.name, agent.levels, agent.availability
                ));
            }
            compared += listed.len();
        }
        self.counts.lines += compared;
        None
    }

    /// The chats as an agent sees them who may; what none may see is in no list. `None` while one is open that none may see.
    async fn views(&mut self) -> Option<Vec<ChatView>> {
        let chats: Vec<Uuid> = self.chats.keys().copied().collect();
        let (agents, externals) = (&self.agents, &self.externals);
        let seen = join_all(chats.iter().map(|chat| async move {
            for client in agents.iter().map(|agent| &agent.client).chain(externals) {
                let (status, body) = client.get(&format!("/api/chats/{chat}")).await;
                if status == 200 {
                    let view: ChatView = serde_json::from_value(body["chat"].clone()).expect("a chat");
                    return Some((client.surface == Surface::Agent, view));
                }
            }
            None
        }))
        .await;
        let seen: Vec<(bool, ChatView)> = seen.into_iter().flatten().collect();
        for (_, closed) in seen.iter().filter(|(_, view)| view.state == ChatState::Closed) {
            self.chats.remove(&closed.id);
        }
        let lost = seen
            .iter()
            .any(|(by_agent, view)| !by_agent && view.state == ChatState::Open);
        let by_agents = seen.into_iter().filter(|(by_agent, _)| *by_agent);
        (!lost).then(|| by_agents.map(|(_, view)| view).collect())
    }

    /// Somebody contributes who may not.
    fn holds_lost(&self, view: &ChatView) -> bool {
        let channel = self.channels.iter().position(|channel| *channel == view.channel.id);
        let Some(channel) = channel.filter(|_| view.state == ChatState::Open) else {
            return false;
        };
        let contributes = |name: &str| {
            let his = view.members.iter().find(|member| member.name == name);
            his.is_some_and(|his| his.present && matches!(his.role, Role::Owner | Role::Participant))
        };
        let lost = |agent: &&Agent| agent.levels[channel] < Some(Level::Participant);
        self.agents.iter().filter(lost).any(|agent| contributes(&agent.name))
    }

    /// What one chat means for one agent's list, by the product's page.
    fn reckoned(&self, agent: &Agent, view: &ChatView) -> Option<Line> {
        let among = view.direction == Direction::AgentToAgent;
        let channel = self.channels.iter().position(|channel| *channel == view.channel.id);
        let level = channel.and_then(|channel| agent.levels[channel]);
        let addressee = view.members.iter().find(|member| member.n == 2);
        let personal = matches!(view.direction, Direction::AgentToAgent | Direction::AgentToCustomer)
            && addressee.is_some_and(|addressee| !addressee.joined);
        let he = |member: &&wire::MemberView| member.kind == PersonKind::Agent && member.name == agent.name;
        let me = view.members.iter().find(he);
        let line = Line {
            chat: view.id,
            is: "generic",
            channel: view.channel.id,
            role: None,
            hidden: false,
            mine: true,
            can_accept: agent.availability == Availability::InternalAndExternal
                || among && agent.availability == Availability::Internal,
            since: Some(view.waiting_since.unwrap_or(view.created_at)),
            first: self.chats.get(&view.id).cloned(),
        };
        match view.state {
            ChatState::Closed => None,
            ChatState::Requested if personal => {
                (among && addressee.as_ref().is_some_and(he)).then_some(Line { is: "personal", ..line })
            }
            ChatState::Requested => (level == Some(Level::Owner)).then(|| Line {
                hidden: agent.hidden.contains(&view.id),
                mine: agent.selected.contains(&view.channel.id),
                ..line
            }),
            ChatState::Open => {
                let invited = me?.invited?;
                if !among && level.is_none() {
                    return None;
                }
                let takes_part = among || level >= Some(Level::Participant);
                let role = if takes_part { invited } else { Role::Observer };
                Some(Line {
                    is: "invitation",
                    role: Some(format!("{role:?}")),
                    since: None,
                    first: None,
                    ..line
                })
            }
        }
    }
}

impl Line {
    fn listed(request: &RequestView) -> Self {
        let invitation = request.is == RequestKind::Invitation;
        assert_eq!(request.can_accept, request.why_not.is_none(), "{request:?}");
        Self {
            chat: request.chat,
            is: match request.is {
                RequestKind::Generic => "generic",
                RequestKind::Personal => "personal",
                RequestKind::Invitation => "invitation",
            },
            channel: request.channel.id,
            role: request.role.map(|role| format!("{role:?}")),
            hidden: request.hidden,
            mine: request.mine,
            can_accept: request.can_accept,
            since: (!invitation).then_some(request.waiting_since),
            first: (!invitation).then(|| request.first_message.clone()),
        }
    }
}

impl Agent {
    /// As far as he is owner of them; otherwise all stays as it was.
    async fn selects(&mut self, channels: BTreeSet<Uuid>) {
        let set = self
            .client
            .put("/api/me/channels", json!({ "channels": channels }))
            .await;
        if set.0 == 200 {
            self.selected = channels;
        }
    }
}

impl Deed {
    async fn does(&self) -> (u16, Value) {
        if self.put {
            self.client.put(&self.path, self.body.clone()).await
        } else {
            self.client.post(&self.path, self.body.clone()).await
        }
    }
}
