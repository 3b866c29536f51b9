//! Everybody tries everything: each route and each frame × everybody who may ask × what goes on in a chat. What comes out is
//! what the product's rules say, and no refusal tells anything about what it refuses.
//!
//! - [`rules`]: who may do what, written a second time.
//! - [`people`]: everybody who asks, and the chats they ask about.
//! - [`table`]: the routes and frames; one without a row here fails the lane.
//! - [`unseen`]: what only agents see changes nothing for externals.
//! - [`withdrawal`]: how soon a right that ends has ended on live connections.

mod people;
mod rules;
mod table;
mod unseen;
mod withdrawal;

use crate::client::Client;
use crate::desk::{CROWDED, Desk, Engine};
use crate::live::{Live, PATIENCE};
use futures_util::future::join_all;
use people::{Kind, People, Person, Stage};
use proof::Lane;
use rules::{Action, Expected, Scene};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use table::{Does, FRAMES, Frame, ROUTES, Row};
use tokio::time::Instant;
use uuid::Uuid;
use wire::{ClientFrame, ServerFrame};

/// What only agents see has these in it, as it crosses the network.
const HIDDEN_WORDS: [&str; 3] = ["observer", "invit", r#""kind":"note""#];

#[tokio::test]
async fn everybody_may_do_what_the_rules_say_and_learns_nothing_else_on_sqlite() {
    matrix(Engine::Sqlite).await;
}

#[tokio::test]
async fn everybody_may_do_what_the_rules_say_and_learns_nothing_else_on_postgres() {
    matrix(Engine::Postgres).await;
}

async fn matrix(engine: Engine) {
    let lane = Lane::part("permissions", &format!("matrix on {engine}"));
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    for cap in [
        "mails_of_chat",
        "mails_to_address_per_day",
        "mails_of_network_per_day",
        "mails_of_agent_per_day",
    ] {
        desk.set(cap, 1_000).await;
    }
    // Nobody is there: letters wait.
    desk.configure("[mail]\nserver = \"localhost:9\"\ntls = \"none\"\nfrom = \"help@skerry.example\"\n")
        .await;
    table::is_complete(&desk, &lane).await;
    let matrix = Matrix {
        people: People::gather(desk).await,
        lane,
        cells: AtomicUsize::new(0),
        refusals: AtomicUsize::new(0),
    };
    for _ in 0..proof::scale() {
        for scene in Scene::ALL {
            matrix.plays(scene).await;
        }
    }
    matrix.away_from_chats().await;
    let Matrix {
        people,
        lane,
        cells,
        refusals,
    } = matrix;
    lane.figure("cells", cells.into_inner());
    lane.figure("refusals", refusals.into_inner());
    people.desk.verify().await;
    lane.finish();
}

struct Matrix {
    people: People,
    lane: Lane,
    cells: AtomicUsize,
    refusals: AtomicUsize,
}

impl Matrix {
    /// What disturbs the scene is tried last, each time on a new one.
    async fn plays(&self, scene: Scene) {
        let stage = self.people.set(scene, true).await;
        let mut later = Vec::new();
        for row in ROUTES.iter().filter(|row| row.action().is_some()) {
            let action = row.action().expect("filtered");
            let asked = Person::ALL.map(|person| (person, rules::expected(action, person, scene)));
            let (disturb, asked): (Vec<_>, Vec<_>) = asked
                .into_iter()
                .partition(|(_, expected)| *expected == Expected::Yes && action.disturbs());
            later.extend(disturb.into_iter().map(|(person, _)| (row, person)));
            join_all(
                asked
                    .iter()
                    .map(|(person, expected)| self.asks(row, *person, &stage, *expected)),
            )
            .await;
        }
        join_all(Person::ALL.map(|person| self.can(person, &stage))).await;
        join_all(Person::ALL.map(|person| self.lists(person, &stage))).await;
        join_all(Person::ALL.map(|person| self.frames(person, &stage))).await;
        self.people.end(stage).await;
        for (row, person) in later {
            let stage = self.people.set(scene, false).await;
            self.asks(row, person, &stage, Expected::Yes).await;
            self.people.end(stage).await;
        }
    }

    async fn asks(&self, row: &Row, person: Person, stage: &Stage, expected: Expected) {
        let path = row.path(&self.people, stage.chat);
        let body = row.body.map(|body| row.about(&body(&self.people), stage.chat));
        let answer = self.people.client(person).call(row.method.clone(), &path, body).await;
        let name = format!(
            "{:?}: {person:?}: {} {} {:?}",
            stage.scene, row.method, row.path, row.does
        );
        self.judge(&name, person, stage, &answer, expected);
    }

    /// One cell: the answer is the expected one, and holds nothing that is not for the person.
    fn judge(&self, name: &str, person: Person, stage: &Stage, (status, body): &(u16, Value), expected: Expected) {
        self.cell();
        let fits = match expected {
            Expected::Yes => *status == 200,
            Expected::No(no, code) => *status == no && body["code"] == code,
        };
        if !fits {
            self.lane
                .violation(format!("{name}: expected {expected:?}, and got {status} {body}"));
        }
        let mut text = body.to_string();
        if expected != Expected::Yes {
            self.refusals.fetch_add(1, Ordering::Relaxed);
            // Who was first is told to those who could have been.
            if let Some(by) = body["by"].as_str().filter(|_| body["code"] == "already_taken") {
                text = text.replace(by, "");
            }
            self.tells_nothing(name, person, stage, &text);
        }
        self.shows_no_hidden(name, person, stage, &text);
    }

    /// In a refusal stand no text of the chat and nobody's name.
    fn tells_nothing(&self, name: &str, person: Person, stage: &Stage, text: &str) {
        let names = self.people.names_in(stage.scene);
        let names = names.filter(|(who, _)| *who != person).map(|(_, name)| name);
        for secret in names.chain([stage.text.as_str(), stage.note.as_str()]) {
            if text.contains(secret) {
                self.lane.violation(format!("{name}: {secret:?} stands in {text}"));
            }
        }
    }

    /// In nothing that an external gets stand notes, invitations and observers. In his lists their names may stand: they
    /// talked with him elsewhere.
    fn shows_no_hidden(&self, name: &str, person: Person, stage: &Stage, text: &str) {
        if person.kind() == Kind::Agent {
            return;
        }
        let unseen = |who: Person| matches!(who, Person::Olav | Person::Iris | Person::Maren);
        let names = self.people.names_in(stage.scene);
        let names = names
            .filter(|(who, _)| unseen(*who) && !is_list(text))
            .map(|(_, name)| name);
        for hidden in names.chain([stage.note.as_str()]).chain(HIDDEN_WORDS) {
            if text.contains(hidden) {
                self.lane.violation(format!("{name}: {hidden:?} stands in {text}"));
            }
        }
    }

    /// What he is told that he can do is what he may do.
    async fn can(&self, person: Person, stage: &Stage) {
        if !rules::may_read(person, stage.scene) {
            return;
        }
        self.cell();
        let view = self.people.client(person).snapshot(stage.chat).await.chat;
        let can: BTreeSet<String> = view.can.iter().map(|can| format!("{can:?}")).collect();
        let may = |(can, action): &&(&str, Action)| rules::offered(can, *action, person, stage.scene);
        let may: BTreeSet<String> = rules::CAN
            .iter()
            .filter(may)
            .map(|(can, _)| (*can).to_owned())
            .collect();
        if can != may {
            self.lane
                .violation(format!("{:?}: {person:?} can {can:?} and may {may:?}", stage.scene));
        }
    }

    /// The request list, the conversations, the archive: the chat stands in them exactly for whom it is.
    async fn lists(&self, person: Person, stage: &Stage) {
        let scene = stage.scene;
        let lists = [
            ("/api/requests", rules::is_requested_of(person, scene)),
            ("/api/chats?which=mine", rules::is_mine(person, scene)),
            ("/api/chats?which=archive", rules::is_archived_for(person, scene)),
        ];
        for (path, there) in lists {
            let (status, body) = self.people.client(person).get(path).await;
            let name = format!("{scene:?}: {person:?}: GET {path}");
            let expected = match (path, person.kind()) {
                (_, Kind::Nobody) => Expected::No(401, "signed_out"),
                ("/api/requests", Kind::CustomerUser | Kind::PublicUser) => Expected::No(404, "not_found"),
                _ => Expected::Yes,
            };
            let text = body.to_string();
            let lines = body["chats"].as_array().cloned().unwrap_or_default();
            for line in lines.iter().filter(|line| line["id"] == json!(stage.chat)) {
                self.shows_no_hidden(&name, person, stage, &line.to_string());
            }
            let answer = (status, body);
            self.judge(&name, person, stage, &answer, expected);
            if text.contains(&stage.chat.to_string()) != there {
                self.lane.violation(format!(
                    "{name}: the chat should be there: {there}, and the list is {text}"
                ));
            }
            if !there && (text.contains(&stage.text) || text.contains(&stage.note)) {
                self.lane
                    .violation(format!("{name}: a text of the chat stands in {text}"));
            }
        }
    }

    async fn frames(&self, person: Person, stage: &Stage) {
        let opened = Live::try_open(self.people.client(person)).await;
        let mut live = match (opened, person.is_signed_in()) {
            (Ok(live), true) => live,
            (Err(why), false) => {
                for frame in FRAMES.iter().filter(|frame| frame.action.is_some()) {
                    self.is_not_greeted(person, frame, &why);
                }
                return;
            }
            (opened, _) => {
                let came = opened.map(|live| live.me);
                let name = format!("{:?}: {person:?}", stage.scene);
                return self.lane.violation(format!("{name}: a live connection is {came:?}"));
            }
        };
        for frame in FRAMES.iter().filter(|frame| frame.action.is_some()) {
            let action = frame.action.expect("filtered");
            let heard = ask(&mut live, (frame.made)(stage.chat)).await;
            let name = format!("{:?}: {person:?}: the frame {} {action:?}", stage.scene, frame.op);
            self.cell();
            let expected = match rules::expected(action, person, stage.scene) {
                _ if frame.op == "unwatch" => Outcome::Nothing,
                Expected::Yes if frame.op == "watch" => Outcome::Snapshot,
                Expected::Yes if matches!(frame.op, "send" | "note") => Outcome::Stored,
                Expected::Yes => Outcome::Nothing,
                Expected::No(..) if frame.op == "watch" => Outcome::Gone,
                Expected::No(_, code) => Outcome::Refused(code.to_owned()),
            };
            if heard.outcome != expected {
                self.lane
                    .violation(format!("{name}: expected {expected:?}, and heard {:?}", heard));
            }
            let refused = rules::expected(Action::See, person, stage.scene) != Expected::Yes;
            for text in &heard.texts {
                if refused && !is_list(text) {
                    self.tells_nothing(&name, person, stage, text);
                }
                if refused && (text.contains(&stage.text) || text.contains(&stage.note)) {
                    self.lane
                        .violation(format!("{name}: a text of the chat stands in {text}"));
                }
                self.shows_no_hidden(&name, person, stage, text);
            }
        }
    }

    fn is_not_greeted(&self, person: Person, frame: &Frame, why: &str) {
        self.cell();
        self.refusals.fetch_add(1, Ordering::Relaxed);
        if !why.contains("4001") {
            self.lane.violation(format!(
                "{person:?}: before the frame {}: {why} instead of 4001",
                frame.op
            ));
        }
    }

    /// The routes and frames that are about no chat, and in the end everybody signs out.
    async fn away_from_chats(&self) {
        let stage = self.people.set(Scene::OpenWithCustomer, false).await;
        let away = |row: &&Row| row.action().is_none() && row.does != Does::SignsOut;
        for row in ROUTES.iter().filter(away) {
            for person in Person::ALL {
                let expected = table::away_from_chats(row.does, person);
                self.asks(row, person, &stage, expected).await;
            }
        }
        for person in Person::ALL {
            let client = self.people.client(person);
            self.hello_and_ping(person, client).await;
        }
        self.no_oracle(&stage).await;
        self.people.end(stage).await;
        let stage = self.people.set(Scene::RequestedByCustomer, false).await;
        for row in ROUTES.iter().filter(|row| row.does == Does::SignsOut) {
            for person in Person::ALL {
                let expected = if person.is_signed_in() {
                    Expected::Yes
                } else {
                    Expected::No(401, "signed_out")
                };
                self.asks(row, person, &stage, expected).await;
            }
        }
    }

    /// `hello` is said once, a ping is answered, and who is here is for agents to know.
    async fn hello_and_ping(&self, person: Person, client: &Client) {
        for frame in FRAMES.iter().filter(|frame| frame.action.is_none()) {
            let mut live = match Live::try_open(client).await {
                Ok(live) => live,
                Err(why) => {
                    self.is_not_greeted(person, frame, &why);
                    continue;
                }
            };
            self.cell();
            live.send((frame.made)(Uuid::nil())).await;
            if frame.op != "hello" {
                live.send(ClientFrame::Ping {}).await;
                let mut listed = false;
                live.wait("a beat", |frame| {
                    listed |= matches!(frame, ServerFrame::People { .. });
                    matches!(frame, ServerFrame::Beat { .. }).then_some(())
                })
                .await;
                let may = frame.op == "people" && person.kind() == Kind::Agent;
                if listed != may {
                    self.lane
                        .violation(format!("{person:?}: {} lists people: {listed}", frame.op));
                }
            } else if live.ended().await.0 != 4004 {
                self.lane.violation(format!("{person:?}: a second hello is taken"));
            }
        }
    }

    /// What one may not do is refused alike, whatever it was to be done with: who asks learns not even what there is.
    async fn no_oracle(&self, stage: &Stage) {
        let people = [Person::Maren, Person::Kai, Person::Jonas, Person::Omar];
        let people = people.map(|person| self.people.id(person)).into_iter();
        let people: Vec<_> = people.chain([Uuid::now_v7()]).collect();
        let channels = [
            self.people.default,
            self.people.freight,
            self.people.travel,
            Uuid::now_v7(),
        ];
        for person in [Person::Hanne, Person::Jonas, Person::Omar, Person::Kai] {
            let client = self.people.client(person);
            let mut answers = Vec::new();
            for whom in &people {
                let body = json!({ "cid": Uuid::now_v7(), "person": whom, "role": "observer" });
                answers.push(client.post(&format!("/api/chats/{}/invite", stage.chat), body).await);
            }
            self.are_alike(person, "invites", &answers);
            answers.clear();
            for channel in channels {
                let body = json!({ "cid": Uuid::now_v7(), "channel": channel });
                answers.push(client.post(&format!("/api/chats/{}/move", stage.chat), body).await);
            }
            self.are_alike(person, "moves", &answers);
            if person == Person::Kai {
                continue;
            }
            answers.clear();
            for whom in &people {
                let body = json!({ "cid": Uuid::now_v7(), "text": "Hello" });
                answers.push(client.post(&format!("/api/people/{whom}/chats"), body).await);
            }
            self.are_alike(person, "asks", &answers);
        }
        // A chat he may not see and one that is not there are the same to an agent who could accept.
        let among = self.people.set(Scene::AmongAgents, false).await;
        for person in [Person::Ines, Person::Olav, Person::Kai, Person::Hanne] {
            if rules::may_read(person, Scene::AmongAgents) {
                continue;
            }
            let mut answers = Vec::new();
            for chat in [among.chat, Uuid::now_v7()] {
                answers.push(self.people.client(person).act(chat, "accept").await);
            }
            self.are_alike(person, "accepts", &answers);
        }
        self.people.end(among).await;
    }

    fn are_alike(&self, person: Person, what: &str, answers: &[(u16, Value)]) {
        self.cell();
        if answers.iter().any(|answer| *answer != answers[0]) {
            self.lane
                .violation(format!("{person:?} {what} and is answered differently: {answers:?}"));
        }
    }

    fn cell(&self) {
        self.cells.fetch_add(1, Ordering::Relaxed);
        self.lane.case();
    }
}

/// How a frame was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Nothing,
    Snapshot,
    Gone,
    Stored,
    Refused(String),
}

#[derive(Debug)]
struct Heard {
    outcome: Outcome,
    texts: Vec<String>,
}

/// Sends a frame and hears everything up to its answer; a ping behind it shows that there is none.
async fn ask(live: &mut Live, frame: ClientFrame) -> Heard {
    let cid = match &frame {
        ClientFrame::Send { cid, .. } | ClientFrame::Note { cid, .. } => Some(*cid),
        _ => None,
    };
    let watches = matches!(frame, ClientFrame::Watch { .. });
    live.send(frame).await;
    live.send(ClientFrame::Ping {}).await;
    let mut heard = Heard {
        outcome: Outcome::Nothing,
        texts: Vec::new(),
    };
    let (until, mut beat) = (Instant::now() + PATIENCE, false);
    // A message is stored while the connection goes on: its answer may come behind the beat.
    while !beat || (cid.is_some() || watches) && heard.outcome == Outcome::Nothing {
        let frame = match live.next_until(until).await {
            Some(Ok(frame)) => frame,
            ended => panic!("{} hears no answer: {ended:?}, {:?}", live.who, heard),
        };
        heard.texts.push(live.latest().to_owned());
        heard.outcome = match frame {
            ServerFrame::Beat { .. } => {
                beat = true;
                continue;
            }
            ServerFrame::Snapshot { .. } => Outcome::Snapshot,
            ServerFrame::Gone { .. } => Outcome::Gone,
            ServerFrame::Refused { problem, .. } => Outcome::Refused(problem.code),
            ServerFrame::Ack { cid: of, .. } if Some(of) == cid => Outcome::Stored,
            ServerFrame::Entries { entries, .. } if entries.iter().any(|entry| cid.is_some() && entry.cid == cid) => {
                Outcome::Stored
            }
            _ => continue,
        };
    }
    heard
}

/// Of conversations, by HTTP or in a desk or a lobby: what is in it is looked at by [`Matrix::lists`].
fn is_list(text: &str) -> bool {
    [r#"{"chats":["#, r#"{"op":"desk""#, r#"{"op":"lobby""#]
        .iter()
        .any(|begin| text.starts_with(begin))
}
