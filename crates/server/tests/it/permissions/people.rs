//! Everybody who asks, and the chats they ask about.

use super::rules::Scene;
use crate::client::{Client, Stays, granted};
use crate::desk::Desk;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::Surface;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    /// Owner of the Travel desk, and of the chats he accepts there.
    Ines,
    /// Owner of the Travel desk, in none of its chats.
    Maren,
    /// May take part there, and in the Default channel.
    Noor,
    /// May observe there.
    Olav,
    /// May take part there; is invited.
    Iris,
    /// May take part there; was in, and left.
    Lena,
    /// His key on the Travel desk was withdrawn while he took part.
    Rolf,
    /// Holds no key on any channel.
    Kai,
    /// Was owner of the Travel desk, and deactivated.
    Dora,
    /// The chat's customer user.
    Hanne,
    /// Of the same company.
    Jonas,
    /// Of another company.
    Elin,
    /// The chat's visitor.
    Priya,
    /// Another visitor.
    Omar,
    /// Comes with the token of a session that ended.
    Expired,
    /// Comes with a customer user's token to where agents work.
    Foreign,
    /// Comes with nothing.
    Nobody,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Agent,
    CustomerUser,
    PublicUser,
    Nobody,
}

/// On the Travel desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Nothing,
    Observer,
    Participant,
    Owner,
}

impl Person {
    pub const ALL: [Self; 17] = [
        Self::Ines,
        Self::Maren,
        Self::Noor,
        Self::Olav,
        Self::Iris,
        Self::Lena,
        Self::Rolf,
        Self::Kai,
        Self::Dora,
        Self::Hanne,
        Self::Jonas,
        Self::Elin,
        Self::Priya,
        Self::Omar,
        Self::Expired,
        Self::Foreign,
        Self::Nobody,
    ];

    pub fn kind(self) -> Kind {
        match self {
            Self::Hanne | Self::Jonas | Self::Elin => Kind::CustomerUser,
            Self::Priya | Self::Omar => Kind::PublicUser,
            Self::Dora | Self::Expired | Self::Foreign | Self::Nobody => Kind::Nobody,
            _ => Kind::Agent,
        }
    }

    pub fn level(self) -> Level {
        match self {
            Self::Ines | Self::Maren => Level::Owner,
            Self::Noor | Self::Iris | Self::Lena => Level::Participant,
            Self::Olav => Level::Observer,
            _ => Level::Nothing,
        }
    }

    /// By the demo.
    pub fn administers(self) -> bool {
        self == Self::Ines
    }

    /// By their role, on the group `travel`.
    pub fn has_ticket_keys(self) -> bool {
        matches!(self, Self::Ines | Self::Maren)
    }

    pub fn is_signed_in(self) -> bool {
        self.kind() != Kind::Nobody
    }
}

/// Group and key.
type Keys = &'static [(&'static str, &'static str)];

/// Agents beside the cast's: login, name, keys. `ro` on `users` makes one who may receive and start chats.
const AGENTS: [(Person, &str, &str, Keys); 7] = [
    (
        Person::Noor,
        "noor",
        "Noor Haddad",
        &[("users", "chat_participant"), ("travel", "chat_participant")],
    ),
    (
        Person::Olav,
        "olav",
        "Olav Berg",
        &[("users", "ro"), ("travel", "chat_observer")],
    ),
    (
        Person::Iris,
        "iris",
        "Iris Kemp",
        &[("users", "ro"), ("travel", "chat_participant")],
    ),
    (
        Person::Lena,
        "lena",
        "Lena Falk",
        &[("users", "ro"), ("travel", "chat_participant")],
    ),
    (Person::Rolf, "rolf", "Rolf Amundsen", &[("users", "ro")]),
    (Person::Kai, "kai", "Kai Ostrow", &[("users", "ro")]),
    (Person::Dora, "dora", "Dora Quist", &[("travel", "chat_owner")]),
];

/// All of them at one desk.
pub struct People {
    pub desk: Desk,
    clients: BTreeMap<Person, Client>,
    ids: BTreeMap<Person, Uuid>,
    names: BTreeMap<Person, String>,
    pub travel: Uuid,
    pub freight: Uuid,
    pub default: Uuid,
    /// A queue of the group that the Travel desk is of, and a ticket of Hanne's in it.
    pub queue: Uuid,
    pub ticket: Uuid,
    /// Another one there, into which chats go.
    pub basket: Uuid,
    chats: AtomicUsize,
    _here: Vec<Stays>,
}

/// A chat at which everybody has a try.
pub struct Stage {
    pub scene: Scene,
    pub chat: Uuid,
    /// What its messages say.
    pub text: String,
    /// What its notes and its invitations' notes say.
    pub note: String,
}

impl People {
    pub async fn gather(desk: Desk) -> Self {
        for (_, login, name, keys) in AGENTS {
            desk.add_agent(login, name).await;
            for (group, key) in keys {
                desk.cli(&["grant", login, group, key]).await;
            }
        }
        let mut clients = BTreeMap::new();
        clients.insert(Person::Ines, desk.agent("ines").await);
        clients.insert(Person::Maren, desk.agent("maren").await);
        for (person, login, ..) in AGENTS {
            let agent = desk.agent(login).await;
            agent.be("internal_and_external").await;
            clients.insert(person, agent);
        }
        for (person, login) in [
            (Person::Hanne, "hanne"),
            (Person::Jonas, "jonas"),
            (Person::Elin, "elin"),
        ] {
            clients.insert(person, desk.customer(login).await);
        }
        clients.insert(Person::Priya, desk.visitor("Priya Raman").await);
        clients.insert(Person::Omar, desk.visitor("Omar Haddad").await);
        let (mut ids, mut names) = (BTreeMap::new(), BTreeMap::new());
        for (person, client) in &clients {
            let me = client.me().await;
            ids.insert(*person, me.id);
            names.insert(*person, me.name);
        }
        desk.cli(&["agent", "deactivate", "dora"]).await;
        let expired = desk.agent("maren").await;
        assert_eq!(expired.delete("/api/session").await.0, 200);
        clients.insert(Person::Expired, expired);
        let mut foreign = desk.stranger(Surface::Agent);
        let hannes = clients[&Person::Hanne].cookie.clone().expect("a cookie");
        foreign.cookie = Some(hannes.replace("deskbell_customer", "deskbell_agent"));
        clients.insert(Person::Foreign, foreign);
        clients.insert(Person::Nobody, desk.stranger(Surface::Agent));
        let mut here = Vec::new();
        for (person, client) in clients.iter().filter(|(person, _)| person.is_signed_in()) {
            if *person != Person::Omar {
                here.push(client.stays().await);
            }
        }
        let channels = clients[&Person::Hanne].get("/api/offer").await.1;
        let named = |name: &str| {
            let channels = channels["channels"].as_array().expect("channels");
            let found = channels.iter().find(|offered| offered["channel"]["name"] == name);
            let id = found.unwrap_or_else(|| panic!("{name} in {channels:?}"))["channel"]["id"].as_str();
            id.expect("an id").parse().expect("a UUID")
        };
        let ines = &clients[&Person::Ines];
        let queues: wire::Queues = granted("queues", ines.get("/api/queues").await);
        let queue = queues.queues.iter().find(|it| it.queue.name == "Travel");
        let queue = queue.expect("the cast's queue").queue.id;
        let ticket = async |customer: Value| {
            let body = json!({ "cid": Uuid::now_v7(), "title": "A ticket", "text": "Of the stage", "queue": queue,
                "customer": customer });
            let made: wire::TicketRef = granted("a ticket", ines.post("/api/tickets", body).await);
            made.id
        };
        let hers = ticket(json!({ "is": "person", "id": ids[&Person::Hanne] })).await;
        let attach = format!("/api/tickets/{hers}/articles/1/files?cid={}&size=11", Uuid::now_v7());
        let _: Value = granted("an attachment", ines.post(&attach, json!("Something")).await);
        Self {
            queue,
            ticket: hers,
            basket: ticket(json!({ "is": "address", "name": "Somebody" })).await,
            travel: named("Travel desk"),
            freight: named("Freight"),
            default: named("Default"),
            desk,
            clients,
            ids,
            names,
            chats: AtomicUsize::new(0),
            _here: here,
        }
    }

    pub fn client(&self, person: Person) -> &Client {
        &self.clients[&person]
    }

    pub fn id(&self, person: Person) -> Uuid {
        self.ids[&person]
    }

    /// Whose names stand in the chat.
    pub fn names_in(&self, scene: Scene) -> impl Iterator<Item = (Person, &str)> {
        let named = self.names.iter().map(|(person, name)| (*person, name.as_str()));
        named.filter(move |(person, _)| super::rules::place(*person, scene) != super::rules::Place::Outside)
    }

    /// Sets the scene. Without `all` those are missing who left it.
    pub async fn set(&self, scene: Scene, all: bool) -> Stage {
        let n = self.chats.fetch_add(1, Ordering::Relaxed);
        let (text, note) = (format!("Secret text {n}."), format!("Secret note {n}."));
        let mut stage = Stage {
            scene,
            chat: Uuid::nil(),
            text,
            note,
        };
        if scene == Scene::AgentAsksCustomer {
            stage.chat = self.asks(Person::Ines, Person::Hanne, &stage.text).await;
            self.client(Person::Ines).send_text_file(stage.chat, &stage.text).await;
            return stage;
        }
        if scene.is_among_agents() {
            stage.chat = self.asks(Person::Noor, Person::Kai, &stage.text).await;
            self.client(Person::Noor).send_text_file(stage.chat, &stage.text).await;
            if scene != Scene::AgentAsksAgent {
                self.plays_among_agents(&stage, all).await;
            }
            return stage;
        }
        let external = self.client(scene.external().expect("an external"));
        let start = json!({ "cid": Uuid::now_v7(), "channel": self.travel, "text": stage.text });
        let started: wire::Started = granted("start", external.post("/api/chats", start).await);
        assert!(started.new, "{scene:?}: an older chat was left over");
        stage.chat = started.chat.id;
        external.send_text_file(stage.chat, &stage.text).await;
        if !matches!(scene, Scene::RequestedByCustomer | Scene::RequestedByVisitor) {
            self.plays_with_external(&stage, all).await;
        }
        stage
    }

    async fn plays_with_external(&self, stage: &Stage, all: bool) {
        let (chat, ines) = (stage.chat, self.client(Person::Ines));
        ines.accept(chat).await;
        ines.say(chat, &stage.text).await;
        if all {
            self.leads_in(stage, Person::Lena, "participant").await;
            self.post(Person::Lena, chat, "leave", json!({})).await;
            self.desk.cli(&["grant", "rolf", "travel", "chat_participant"]).await;
            // A list asks the database, and so the service knows of the grant.
            ines.get("/api/requests").await;
            self.leads_in(stage, Person::Rolf, "participant").await;
        }
        self.leads_in(stage, Person::Noor, "participant").await;
        self.leads_in(stage, Person::Olav, "observer").await;
        self.client(Person::Olav).note(chat, &stage.note).await;
        if all {
            self.desk.cli(&["revoke", "rolf", "travel", "chat_participant"]).await;
            self.is_gone(stage, Person::Rolf).await;
        }
        self.invites(stage, Person::Ines, Person::Iris, "participant").await;
        match stage.scene {
            Scene::Returned => ines.hand_back(chat).await,
            scene if scene.is_closed() => drop(ines.close(chat).await),
            _ => {}
        }
    }

    async fn plays_among_agents(&self, stage: &Stage, all: bool) {
        let chat = stage.chat;
        self.client(Person::Kai).accept(chat).await;
        let lead = async |whom, role| {
            self.invites(stage, Person::Noor, whom, role).await;
            self.post(whom, chat, "join", json!({ "role": role })).await;
        };
        if all {
            lead(Person::Lena, "participant").await;
            self.post(Person::Lena, chat, "leave", json!({})).await;
        }
        lead(Person::Maren, "observer").await;
        self.invites(stage, Person::Noor, Person::Iris, "participant").await;
        if stage.scene.is_closed() {
            self.client(Person::Kai).close(chat).await;
        }
    }

    /// Whatever became of the chat, it ends.
    pub async fn end(&self, stage: Stage) {
        for person in [Person::Hanne, Person::Priya, Person::Ines, Person::Noor, Person::Kai] {
            self.client(person).act(stage.chat, "close").await;
        }
    }

    async fn asks(&self, who: Person, whom: Person, text: &str) -> Uuid {
        let mut body = json!({ "cid": Uuid::now_v7(), "text": text });
        if whom == Person::Hanne {
            body["channel"] = json!(self.travel);
        }
        let path = format!("/api/people/{}/chats", self.id(whom));
        let started: wire::Started = granted("request", self.client(who).post(&path, body).await);
        assert!(started.new, "{who:?} had asked {whom:?} already");
        started.chat.id
    }

    async fn leads_in(&self, stage: &Stage, whom: Person, role: &str) {
        self.invites(stage, Person::Ines, whom, role).await;
        self.post(whom, stage.chat, "join", json!({ "role": role })).await;
    }

    async fn invites(&self, stage: &Stage, who: Person, whom: Person, role: &str) {
        let body = json!({ "person": self.id(whom), "role": role, "note": stage.note });
        self.post(who, stage.chat, "invite", body).await;
    }

    async fn post(&self, who: Person, chat: Uuid, verb: &str, mut body: Value) {
        body["cid"] = json!(Uuid::now_v7());
        let path = format!("/api/chats/{chat}/{verb}");
        granted::<Value>(&format!("{who:?}: {verb}"), self.client(who).post(&path, body).await);
    }

    async fn is_gone(&self, stage: &Stage, whom: Person) {
        let until = Instant::now() + crate::live::PATIENCE;
        let name = &self.names[&whom];
        loop {
            let members = self.client(Person::Ines).snapshot(stage.chat).await.chat.members;
            if members.iter().any(|member| member.name == *name && !member.present) {
                return;
            }
            assert!(Instant::now() < until, "{whom:?} stays without a right");
            sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}
