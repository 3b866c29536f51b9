//! The cast in a database, with verbs to write and ears for what is announced.

use crate::engines::{Database, Engine};
use domain::chat::State;
use domain::verbs::{Offer, Standing, SystemVerb, decide_system};
use domain::*;
use proof::Lane;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use store::{
    AdminChange, Administered, Administrator, Announce, Command, Committed, Db, Outcome, Stamp, Start, Store,
    WriteError,
};
use tokio::sync::oneshot::Receiver;
use tokio::time::{Instant as Deadline, sleep};
use uuid::Uuid;

pub type Answer = Result<Outcome, WriteError>;

pub const CHANNEL: ChannelId = ChannelId(Uuid::from_u128(900));
pub const EPOCH: i64 = 7;

/// Runs a query on the side that may write, without the store: to look, and to do harm.
macro_rules! raw {
    ($desk:expr, $p:ident => $query:expr) => {
        match &$desk.raw {
            store::Db::Sqlite { writer, .. } => {
                let mut held = writer.hold().await.expect("open");
                let $p = &mut *held;
                $query.await
            }
            store::Db::Postgres($p) => $query.await,
        }
        .unwrap_or_else(|e| panic!("{}: {e}", stringify!($query)))
    };
}

/// As [`raw!`], for a statement; answers the number of rows.
macro_rules! raw_execute {
    ($desk:expr, $query:expr) => {
        raw!($desk, p => async { $query.execute(p).await.map(|done| done.rows_affected()) })
    };
}
pub(crate) use {raw, raw_execute};

pub struct Desk {
    pub engine: Engine,
    pub store: Store,
    pub heard: Arc<Heard>,
    pub raw: Db,
    pub lane: Lane,
    pub database: Database,
}

impl Desk {
    pub async fn open(engine: Engine, database: Database, lane: Lane) -> Self {
        let heard = Arc::new(Heard::default());
        let store = Store::open(&database.url, EPOCH, heard.clone())
            .await
            .expect("a fresh database opens");
        let raw = Db::open(&database.url).await.expect("opened before");
        let desk = Self {
            engine,
            store,
            heard,
            raw,
            lane,
            database,
        };
        desk.seed().await;
        desk
    }

    /// Changes something as whoever has the machine.
    pub async fn administers(&self, change: AdminChange) {
        let seen = self.store.last_record().await.unwrap();
        let by = Administrator {
            id: None,
            name: "command line".into(),
        };
        let change = Administered {
            change,
            kind: "setting",
            subject: "something".into(),
            old: None,
            new: Some("1".into()),
        };
        assert!(self.store.administer(seen, &by, Instant(7), &[change]).await.unwrap());
    }

    pub async fn sets(&self, name: &'static str, value: &str) {
        let value = Some(value.into());
        self.administers(AdminChange::Setting { name, value }).await;
    }

    /// A second store on the same database.
    pub async fn reopened(&self, epoch: i64) -> (Store, Arc<Heard>) {
        let heard = Arc::new(Heard::default());
        (
            Store::open(&self.database.url, epoch, heard.clone())
                .await
                .expect("opened before"),
            heard,
        )
    }

    /// Nothing is left that must not be there.
    pub async fn end(self) {
        let (store, _) = self.reopened(EPOCH).await;
        for finding in store.verify().await.expect("readable").findings {
            self.lane.violation(format!("{:?}: {finding:?}", self.engine));
        }
        store.close().await;
        self.store.close().await;
        self.raw.close().await;
        self.lane.finish();
    }

    /// On SQLite these bytes are not in the file any more, once it is closed.
    pub async fn overwritten(&self, text: &str) {
        let Some(path) = self.database.url.strip_prefix("sqlite:") else {
            return;
        };
        raw_execute!(self, sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)"));
        let file = std::fs::read(path).expect("there");
        let there = file.windows(text.len()).any(|bytes| bytes == text.as_bytes());
        assert!(!there, "{text:?} is still in the file");
    }

    /// Ends without a look at what is stored: it was damaged.
    pub async fn abandon(self) {
        self.store.close().await;
        self.raw.close().await;
        self.lane.finish();
    }

    async fn seed(&self) {
        let group = Uuid::from_u128(800);
        raw_execute!(
            self,
            sqlx::query("INSERT INTO permission_group (id, name) VALUES ($1, 'travel')").bind(group)
        );
        raw_execute!(self, sqlx::query("INSERT INTO channel (id, name, sort_key, group_id, for_customer_users, for_public_users) VALUES ($1, 'Travel desk', 'travel desk', $2, 1, 1)")
            .bind(CHANNEL.0).bind(group));
        for person in [maren(), ines(), hanne(), jonas(), priya()] {
            self.add(&person).await;
        }
    }

    pub async fn add(&self, person: &Person) {
        raw_execute!(
            self,
            sqlx::query("INSERT INTO person (id, kind, name, sort_key, created_at) VALUES ($1, $2, $3, $3, 0)")
                .bind(person.id.0)
                .bind(person.kind.word())
                .bind(&person.name)
        );
    }

    /// A chat that waits.
    pub async fn asked_by(&self, starter: &Person) -> ChatId {
        let command = start(starter, CHANNEL, cid());
        let chat = command.chat();
        let outcome = self.writes(command).await;
        assert!(matches!(outcome, Ok(Outcome::Written { .. })), "{outcome:?}");
        chat
    }

    /// A chat that `agent` accepted.
    pub async fn open_chat(&self, starter: &Person, agent: &Person) -> ChatId {
        let chat = self.asked_by(starter).await;
        self.does(chat, agent, Verb::Accept).await.expect("nobody was faster");
        chat
    }

    pub async fn chat(&self, id: ChatId) -> Chat {
        self.store.chat(id).await.expect("readable").expect("there")
    }

    /// Decides on what is stored now, and writes.
    pub async fn does(&self, chat: ChatId, person: &Person, verb: Verb) -> Answer {
        let command = decided(&self.chat(chat).await, person, verb, cid());
        self.writes(command).await
    }

    pub async fn system(&self, chat: ChatId, verb: SystemVerb) -> Answer {
        let before = self.chat(chat).await;
        let change = decide_system(&before, verb, before.last_at).expect("something to do");
        self.writes(Command {
            change,
            seen: at_fence(before.fence),
            actor: None,
            cid: None,
            digest: [0; 16],
            start: None,

            waited: None,
            attach: None,
            only_at: None,
            outbox: Vec::new(),
        })
        .await
    }

    pub async fn writes(&self, command: Command) -> Answer {
        self.queues(command).await.expect("answered")
    }

    pub fn queues(&self, command: Command) -> Receiver<Answer> {
        self.store.write(command).expect("the queue has room")
    }

    /// Writes them in one batch: they queue up while an earlier commit is being announced. Answers in the same order.
    pub async fn batch(&self, commands: Vec<Command>) -> Vec<Answer> {
        let held = self.held_up().await;
        let answers: Vec<_> = commands.into_iter().map(|command| self.queues(command)).collect();
        drop(held);
        answered(answers).await
    }

    /// The writer has committed something and stands in its announcement, until the guard is dropped.
    pub async fn held_up(&self) -> HeldUp<'_> {
        let held = self.heard.hold();
        let earlier = self.queues(start(&stranger(self).await, CHANNEL, cid()));
        until("the writer announces", async || self.heard.is_held_up()).await;
        drop(earlier);
        held
    }

    pub async fn entries(&self, chat: ChatId) -> Vec<Entry> {
        self.store
            .entries_after(chat, Side::Agents, 0, i64::MAX)
            .await
            .expect("readable")
    }

    pub async fn texts(&self, chat: ChatId) -> Vec<String> {
        self.entries(chat)
            .await
            .iter()
            .filter_map(|entry| entry.what.text().map(str::to_owned))
            .collect()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        raw!(self, p => sqlx::query_scalar(sql).fetch_one(p))
    }
}

/// Somebody nobody knows yet.
async fn stranger(desk: &Desk) -> Person {
    let person = Person {
        id: PersonId(Uuid::now_v7()),
        ..priya()
    };
    desk.add(&person).await;
    person
}

pub async fn answered(answers: Vec<Receiver<Answer>>) -> Vec<Answer> {
    let mut all = Vec::with_capacity(answers.len());
    for answer in answers {
        all.push(answer.await.expect("answered"));
    }
    all
}

/// Remembers what was announced, and can make the writer wait in an announcement.
#[derive(Default)]
pub struct Heard {
    all: Mutex<Vec<Committed>>,
    gate: Mutex<Gate>,
    moved: Condvar,
}

#[derive(Default)]
struct Gate {
    held: bool,
    somebody_waits: bool,
}

/// Lets the writer go on when dropped.
pub struct HeldUp<'a>(&'a Heard);

impl Heard {
    pub fn all(&self) -> Vec<Committed> {
        self.all.lock().unwrap().clone()
    }

    /// What was announced of one chat, in order.
    pub fn of(&self, chat: ChatId) -> Vec<Committed> {
        self.all
            .lock()
            .unwrap()
            .iter()
            .filter(|committed| committed.chat == chat)
            .cloned()
            .collect()
    }

    pub fn entries_of(&self, chat: ChatId) -> Vec<Entry> {
        self.of(chat)
            .into_iter()
            .flat_map(|committed| committed.entries)
            .collect()
    }

    pub fn hold(&self) -> HeldUp<'_> {
        self.gate.lock().unwrap().held = true;
        HeldUp(self)
    }

    pub fn is_held_up(&self) -> bool {
        self.gate.lock().unwrap().somebody_waits
    }
}

impl Drop for HeldUp<'_> {
    fn drop(&mut self) {
        self.0.gate.lock().unwrap().held = false;
        self.0.moved.notify_all();
    }
}

impl Announce for Heard {
    fn committed(&self, committed: Vec<Committed>) {
        self.all.lock().unwrap().extend(committed);
        // The runtime is told, so that its clock and sockets go on meanwhile.
        tokio::task::block_in_place(|| {
            let mut gate = self.gate.lock().unwrap();
            while gate.held {
                gate.somebody_waits = true;
                gate = self.moved.wait(gate).unwrap();
            }
            gate.somebody_waits = false;
        });
    }
}

fn person(n: u128, kind: Kind, name: &str, company: Option<&str>) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(n)),
        kind,
        name: name.to_owned(),
        company: company.map(str::to_owned),
    }
}

pub fn maren() -> Person {
    person(100, Kind::Agent, "Maren Holt", None)
}

pub fn ines() -> Person {
    person(101, Kind::Agent, "Ines Vogt", None)
}

pub fn hanne() -> Person {
    person(200, Kind::CustomerUser, "Hanne Dahl", Some("Wiebe Freight"))
}

pub fn jonas() -> Person {
    person(201, Kind::CustomerUser, "Jonas Wiebe", Some("Wiebe Freight"))
}

pub fn priya() -> Person {
    person(300, Kind::PublicUser, cast::VISITOR, None)
}

pub fn cid() -> ClientId {
    ClientId(Uuid::now_v7())
}

pub fn say(text: &str) -> Verb {
    Verb::Say { text: text.to_owned() }
}

pub fn note(text: &str) -> Verb {
    Verb::Note { text: text.to_owned() }
}

/// An owner of the channel, available.
pub const OWNER: Standing = Standing {
    level: Some(Level::Owner),
    availability: Availability::InternalAndExternal,
};

/// Decided on this fence, whatever the rights are.
pub fn at_fence(fence: i64) -> Stamp {
    Stamp {
        fence,
        permission_epoch: -1,
    }
}

/// A verb decided on `chat`, which may have moved on since.
pub fn decided(chat: &Chat, person: &Person, verb: Verb, cid: ClientId) -> Command {
    let digest = digest(&format!("{verb:?}"));
    let at = Instant(chat.last_at.0 + 1);
    let change = decide(chat, person, OWNER, verb, Some(cid), at).expect("the domain allows it");
    Command {
        change,
        seen: at_fence(chat.fence),
        actor: Some(person.id),
        cid: Some(cid),
        digest,
        start: None,

        waited: None,
        attach: None,
        only_at: None,
        outbox: Vec::new(),
    }
}

pub fn start(starter: &Person, channel: ChannelId, cid: ClientId) -> Command {
    let offer = Offer {
        channel,
        valid: true,
        for_customer_users: true,
        for_public_users: true,
        available: true,
    };
    let settings = Settings {
        public_to_agent: 1,
        ..Settings::default()
    };
    let (chat, at) = (ChatId(Uuid::now_v7()), Instant(1_000));
    let opening = verbs::Opening {
        id: chat,
        ticket: None,
        text: "Is the ferry sailing?".into(),
        cid,
        at,
    };
    let change = verbs::start(opening, offer, starter, &settings).expect("offered");
    let key = format!("{}:{channel}", starter.id);
    Command {
        change,
        seen: at_fence(0),
        actor: Some(starter.id),
        cid: Some(cid),
        digest: digest("start"),
        waited: None,
        start: Some(Start {
            starter: starter.id,
            key,
        }),
        attach: None,
        only_at: None,
        outbox: Vec::new(),
    }
}

fn digest(of: &str) -> [u8; 16] {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    u128::from(hasher.finish()).to_le_bytes()
}

/// Waits for a condition; panics after half a minute, naming it.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Deadline::now() + Duration::from_secs(30);
    while !holds().await {
        assert!(Deadline::now() < deadline, "in vain: {what}");
        sleep(Duration::from_millis(2)).await;
    }
}

pub fn dense(numbers: impl IntoIterator<Item = i64>) -> bool {
    numbers.into_iter().enumerate().all(|(at, n)| n == at as i64 + 1)
}

pub fn is_open(chat: &Chat) -> bool {
    chat.state == State::Open
}
