//! What only agents see changes nothing for externals: not what they read, not their lists and counts, not a word on their
//! live connection.

use super::people::{People, Person};
use super::rules::Scene;
use crate::client::granted;
use crate::desk::{CROWDED, Desk, Engine};
use crate::live::Live;
use proof::Lane;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::ClientFrame;

#[tokio::test]
async fn what_only_agents_see_changes_nothing_for_externals_on_sqlite() {
    unseen(Engine::Sqlite).await;
}

#[tokio::test]
async fn what_only_agents_see_changes_nothing_for_externals_on_postgres() {
    unseen(Engine::Postgres).await;
}

#[tokio::test]
async fn what_only_agents_see_changes_nothing_for_externals_on_two_nodes() {
    unseen(Engine::TwoNodes).await;
}

async fn unseen(engine: Engine) {
    let lane = Lane::part("permissions", &format!("unseen on {engine}"));
    let Some(desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let people = People::gather(desk).await;
    for scene in [Scene::OpenWithCustomer, Scene::OpenWithVisitor] {
        let stage = people.set(scene, true).await;
        let watching = Watching::of(&people, scene, stage.chat).await;
        watching.nothing_happens(&people, &lane).await;
        people.end(stage).await;
    }
    for external in [Person::Hanne, Person::Priya] {
        let (without, with) = (
            one_who_comes_last(&people, external, false).await,
            one_who_comes_last(&people, external, true).await,
        );
        lane.case();
        if without != with {
            lane.violation(format!(
                "{external:?}: with an observer he is told\n  {with}\n  and without\n  {without}"
            ));
        }
    }
    people.desk.verify().await;
    lane.finish();
}

/// All that an external is told of a chat which Lena joins in the end, but for ids and times. With `unseen` others were asked
/// before her, watched and went.
async fn one_who_comes_last(people: &People, external: Person, unseen: bool) -> Value {
    use Person::{Ines, Iris, Lena, Maren, Noor};
    let (hers, ines) = (people.client(external), people.client(Ines));
    let start = json!({ "cid": Uuid::now_v7(), "channel": people.travel, "text": "Are you there?" });
    let started: wire::Started = granted("start", hers.post("/api/chats", start).await);
    let chat = started.chat.id;
    let mut live = hers.live().await;
    live.watch(chat).await;
    ines.accept(chat).await;
    ines.say(chat, "We are.").await;
    let joins = async |whom, role| {
        ines.invite(chat, people.client(whom), role).await;
        let joined = people.client(whom).take_role(chat, "join", role).await;
        granted::<Value>("join", joined);
    };
    if unseen {
        joins(Maren, "observer").await;
        ines.invite(chat, people.client(Iris), "participant").await;
        people.client(Iris).act(chat, "decline").await;
        ines.invite(chat, people.client(Noor), "participant").await;
        people.client(Maren).act(chat, "leave").await;
    }
    joins(Lena, "participant").await;
    // A view is told when members change, and tells how far the chat had come by then.
    live.sees(chat, "Lena", |chat| {
        chat.view.members.iter().any(|member| member.name.starts_with("Lena"))
    })
    .await;
    people.client(Lena).say(chat, "I am here too.").await;
    let mut types = people.client(Lena).live().await;
    types.watch(chat).await;
    types.send(ClientFrame::Typing { chat, note: false }).await;
    live.until("that Lena types", |live| !live.typing.is_empty()).await;
    live.settle().await;
    let known = live.chat(chat);
    let heard: Vec<_> = known.entries.values().collect();
    let typing: Vec<_> = live.typing.iter().map(|(_, who, note)| (who, note)).collect();
    let [snapshot, entries, mine, _] = told(people, external, chat).await;
    let mut all = json!({
        "live": [known.view, heard], "typing": typing,
        "snapshot": snapshot, "entries": entries, "mine": mine["chats"][0],
    });
    strip(&mut all);
    let [.., archive] = {
        ines.close(chat).await;
        told(people, external, chat).await
    };
    let mut closed = archive["chats"][0].clone();
    strip(&mut closed);
    json!([all, closed])
}

/// Takes ids and times out.
fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| {
                !matches!(name.as_str(), "id" | "cid" | "chat_id") && name != "at" && !name.ends_with("_at")
            });
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// An external, and what he had been told before.
struct Watching {
    external: Person,
    chat: Uuid,
    live: Live,
    told: [Value; 4],
}

const LISTS: [&str; 2] = ["/api/chats?which=mine", "/api/chats?which=archive"];

impl Watching {
    async fn of(people: &People, scene: Scene, chat: Uuid) -> Self {
        let external = scene.external().expect("an external");
        let mut live = people.client(external).live().await;
        live.watch(chat).await;
        live.settle().await;
        Self {
            external,
            chat,
            live,
            told: told(people, external, chat).await,
        }
    }

    async fn nothing_happens(mut self, people: &People, lane: &Lane) {
        use Person::{Ines, Iris, Lena, Maren, Noor, Olav};
        let chat = self.chat;
        let path = |verb: &str| format!("/api/chats/{chat}/{verb}");
        let cid = || Uuid::now_v7();
        let invite = |whom, role| json!({ "cid": cid(), "person": people.id(whom), "role": role, "note": "Come" });
        let observe = || json!({ "cid": cid(), "role": "observer" });
        let post = async |who, verb: &str, body| {
            let answer = people.client(who).post(&path(verb), body).await;
            granted::<Value>(&format!("{who:?}: {verb}"), answer)
        };
        let put = async |who, verb: &str, body| {
            let answer = people.client(who).put(&path(verb), body).await;
            granted::<Value>(&format!("{who:?}: {verb}"), answer)
        };
        people.client(Ines).note(chat, "Between us").await;
        self.heard_nothing("a note", people, lane).await;
        post(Iris, "decline", json!({ "cid": cid() })).await;
        self.heard_nothing("an invitation declined", people, lane).await;
        post(Noor, "invite", invite(Maren, "observer")).await;
        self.heard_nothing("an invitation", people, lane).await;
        post(Maren, "join", observe()).await;
        self.heard_nothing("an observer", people, lane).await;
        people.client(Maren).note(chat, "I watch").await;
        self.heard_nothing("an observer's note", people, lane).await;
        for (who, note) in [(Maren, false), (Maren, true), (Olav, false), (Ines, true)] {
            let mut live = people.client(who).live().await;
            live.watch(chat).await;
            live.send(ClientFrame::Typing { chat, note }).await;
            live.settle().await;
            self.heard_nothing("an agent types what is not for him", people, lane)
                .await;
        }
        post(Maren, "leave", json!({ "cid": cid() })).await;
        self.heard_nothing("an observer left", people, lane).await;
        put(Ines, "draft", json!({ "text": "Not yet", "note": false })).await;
        put(Ines, "notify", json!({ "notify": "off" })).await;
        put(Ines, "hidden", json!({ "hidden": true })).await;
        let mut olavs = Vec::new();
        for olav in people.client(Olav).everywhere() {
            let mut live = olav.live().await;
            live.watch(chat).await;
            olavs.push(live);
        }
        post(Olav, "read", json!({ "seq": 1_000 })).await;
        for mut live in olavs {
            live.sees(chat, "that he has read", |chat| chat.unread() == 0).await;
        }
        self.heard_nothing("what an agent keeps, and an observer has read", people, lane)
            .await;
        // Somebody he knows is asked to come back.
        post(Ines, "invite", invite(Lena, "participant")).await;
        self.heard_nothing("an invitation of one who had left", people, lane)
            .await;
        post(Lena, "decline", json!({ "cid": cid() })).await;
        self.heard_nothing("who had left will not come back", people, lane)
            .await;
    }

    async fn heard_nothing(&mut self, after: &str, people: &People, lane: &Lane) {
        lane.case();
        let now = told(people, self.external, self.chat).await;
        for (before, now) in self.told.iter().zip(&now) {
            if before != now {
                lane.violation(format!(
                    "{:?}: after {after} he is told\n  {now}\n  and was told\n  {before}",
                    self.external
                ));
            }
        }
        self.told = now;
        let entries = self.live.chat(self.chat).entries.len();
        self.live.settle().await;
        let known = self.live.chat(self.chat);
        let view = serde_json::to_value(&known.view).expect("encodes");
        let [snapshot, ..] = &self.told;
        if view["members"] != snapshot["chat"]["members"] || known.entries.len() != entries {
            lane.violation(format!("{:?}: after {after} he hears {view}", self.external));
        }
        let mine = serde_json::to_value(&self.live.mine).expect("encodes");
        if mine != self.told[2]["chats"] {
            lane.violation(format!("{:?}: after {after} his lobby holds {mine}", self.external));
        }
        // That what he has written was read is told again now and then where there may be other nodes, and nothing new in it.
        if view["seen"] != snapshot["chat"]["seen"] {
            lane.violation(format!(
                "{:?}: after {after} he is told who has read: {view}",
                self.external
            ));
        }
        if !self.live.typing.is_empty() {
            lane.violation(format!("{:?}: after {after} he sees typing", self.external));
        }
    }
}

/// All that HTTP tells an external of his chat.
async fn told(people: &People, external: Person, chat: Uuid) -> [Value; 4] {
    let client = people.client(external);
    let [mine, archive] = LISTS;
    let entries = format!("/api/chats/{chat}/entries?after=0");
    let mut told = [const { Value::Null }; 4];
    for (told, path) in told
        .iter_mut()
        .zip([&format!("/api/chats/{chat}"), &entries, mine, archive])
    {
        *told = granted(path, client.get(path).await);
    }
    told
}
