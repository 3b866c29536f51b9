//! One person over HTTP.

use crate::live::{Live, PATIENCE};
use reqwest::Method;
use reqwest::header::SET_COOKIE;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::AbortHandle;
use tokio::time::Instant;
use uuid::Uuid;
use wire::{ChatSnapshot, ChatView, Me, Problem, Said, SignedIn, Started, Surface, Visitor};

/// A client that says nothing for 25 s is let go.
const PING_EVERY: Duration = Duration::from_secs(5);

/// The addresses of an installation's nodes, and which of them somebody uses. Each serves everybody.
#[derive(Clone)]
pub struct Doors {
    urls: Arc<[String]>,
    at: usize,
}

impl Doors {
    pub fn new(urls: impl IntoIterator<Item = String>, at: usize) -> Self {
        let urls: Arc<[String]> = urls.into_iter().collect();
        let at = at % urls.len();
        Self { urls, at }
    }

    fn url(&self) -> &str {
        &self.urls[self.at]
    }
}

/// A person signed in (or not). Cloned, it is the same session on the same device.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    doors: Doors,
    pub surface: Surface,
    pub name: String,
    /// `name=value`, of agents and customer users.
    pub cookie: Option<String>,
    /// Of visitors.
    pub token: Option<String>,
}

impl Client {
    pub fn stranger(http: reqwest::Client, doors: Doors, surface: Surface) -> Self {
        let name = "stranger".into();
        Self {
            http,
            doors,
            surface,
            name,
            cookie: None,
            token: None,
        }
    }

    pub async fn sign_in(http: reqwest::Client, doors: Doors, surface: Surface, login: &str, password: &str) -> Self {
        let mut client = Self::stranger(http, doors, surface);
        client.name = login.into();
        let body = json!({ "surface": surface, "login": login, "password": password });
        let asked = client.request(Method::POST, "/api/session").json(&body).send().await;
        let answer = asked.unwrap_or_else(|e| panic!("{login} cannot reach the desk: {e}"));
        assert_eq!(answer.status(), 200, "{login} signs in: {answer:?}");
        let cookie = answer
            .headers()
            .get(SET_COOKIE)
            .expect("a cookie")
            .to_str()
            .expect("ASCII");
        client.cookie = Some(cookie.split(';').next().unwrap_or_default().to_owned());
        client
    }

    pub async fn visit(http: reqwest::Client, doors: Doors, snippet: &str, name: &str) -> Self {
        let mut client = Self::stranger(http, doors, Surface::Visitor);
        client.name = name.into();
        let visited = client
            .post(&format!("/api/snippets/{snippet}/visitors"), json!({ "name": name }))
            .await;
        client.token = Some(granted::<Visitor>(&format!("{name} visits"), visited).token);
        client
    }

    /// Somebody else at the same desk.
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// The same session at a node; counted round.
    pub fn at(&self, node: usize) -> Self {
        let mut moved = self.clone();
        moved.doors.at = node % self.doors.urls.len();
        moved
    }

    /// The same session at the next node; at the same one where it is the only one.
    pub fn elsewhere(&self) -> Self {
        self.at(self.doors.at + 1)
    }

    /// The same session at each node.
    pub fn everywhere(&self) -> Vec<Self> {
        (0..self.doors.urls.len()).map(|node| self.at(node)).collect()
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.call(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> (u16, Value) {
        self.call(Method::PUT, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> (u16, Value) {
        self.call(Method::DELETE, path, None).await
    }

    /// Panics when there is no answer at all.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let answer = self.try_call(method.clone(), path, body).await;
        answer.unwrap_or_else(|e| panic!("{}: {method} {path}: {e:?}", self.name))
    }

    /// An error when the connection broke: it may have been done.
    pub async fn try_call(&self, method: Method, path: &str, body: Option<Value>) -> reqwest::Result<(u16, Value)> {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let text = answer.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    /// What is to be read there, or why there is no answer.
    pub async fn look_up<T: DeserializeOwned>(&self, path: &str) -> Result<T, String> {
        match self.try_call(Method::GET, path, None).await {
            Ok((200, body)) => serde_json::from_value(body.clone()).map_err(|e| format!("{path}: {e} in {body}")),
            Ok((status, body)) => Err(format!("{path}: {status} {body}")),
            Err(error) => Err(format!("{path}: {error}")),
        }
    }

    /// A request as this person's browser would send it, to be sent as the story likes.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let surface = json!(self.surface);
        let mut request = self.http.request(method, format!("{}{path}", self.url()));
        request = request.header("X-Deskbell-Surface", surface.as_str().expect("a word"));
        request = request.header("Origin", self.url());
        if let Some(cookie) = &self.cookie {
            request = request.header("Cookie", cookie);
        }
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        request
    }

    pub async fn me(&self) -> Me {
        self.granted::<SignedIn>("who am I", self.get("/api/session").await).me
    }

    /// Sets the availability.
    pub async fn be(&self, availability: &str) {
        let set = self
            .put("/api/me/availability", json!({ "availability": availability }))
            .await;
        assert_eq!(set.0, 200, "{} is {availability}: {}", self.name, set.1);
    }

    pub async fn start_chat(&self, text: &str) -> ChatView {
        let body = json!({ "cid": Uuid::now_v7(), "text": text });
        let started: Started = self.granted("start", self.post("/api/chats", body).await);
        started.chat
    }

    pub async fn accept(&self, chat: Uuid) -> ChatView {
        self.granted("accept", self.act(chat, "accept").await)
    }

    pub async fn close(&self, chat: Uuid) -> ChatView {
        self.granted("close", self.act(chat, "close").await)
    }

    pub async fn hand_back(&self, chat: Uuid) {
        self.granted::<Value>("hand back", self.act(chat, "hand_back").await);
    }

    /// `accept`, `decline`, `close`, `hand_back` or `leave`, under a new client id.
    pub async fn act(&self, chat: Uuid, verb: &str) -> (u16, Value) {
        self.post(&format!("/api/chats/{chat}/{verb}"), json!({ "cid": Uuid::now_v7() }))
            .await
    }

    /// Asks a person for a chat.
    pub async fn ask(&self, whom: &Self, text: &str) -> ChatView {
        let started: Started = self.granted("ask", self.try_ask(whom, text).await);
        started.chat
    }

    pub async fn try_ask(&self, whom: &Self, text: &str) -> (u16, Value) {
        let body = json!({ "cid": Uuid::now_v7(), "text": text });
        self.post(&format!("/api/people/{}/chats", whom.me().await.id), body)
            .await
    }

    pub async fn invite(&self, chat: Uuid, whom: &Self, role: &str) -> ChatView {
        self.granted("invite", self.try_invite(chat, whom, role).await)
    }

    pub async fn try_invite(&self, chat: Uuid, whom: &Self, role: &str) -> (u16, Value) {
        let person = whom.me().await.id;
        let body = json!({ "cid": Uuid::now_v7(), "person": person, "role": role, "note": "You know her." });
        self.post(&format!("/api/chats/{chat}/invite"), body).await
    }

    /// `join`, following an invitation, or `role`.
    pub async fn take_role(&self, chat: Uuid, verb: &str, role: &str) -> (u16, Value) {
        let body = json!({ "cid": Uuid::now_v7(), "role": role });
        self.post(&format!("/api/chats/{chat}/{verb}"), body).await
    }

    pub async fn move_to(&self, chat: Uuid, channel: Uuid) -> (u16, Value) {
        let body = json!({ "cid": Uuid::now_v7(), "channel": channel });
        self.post(&format!("/api/chats/{chat}/move"), body).await
    }

    pub async fn say(&self, chat: Uuid, text: &str) -> Said {
        self.granted("say", self.try_say(chat, Uuid::now_v7(), "message", text).await)
    }

    pub async fn note(&self, chat: Uuid, text: &str) -> Said {
        self.granted("note", self.try_say(chat, Uuid::now_v7(), "note", text).await)
    }

    pub async fn try_say(&self, chat: Uuid, cid: Uuid, kind: &str, text: &str) -> (u16, Value) {
        let body = json!({ "cid": cid, "kind": kind, "text": text });
        self.post(&format!("/api/chats/{chat}/entries"), body).await
    }

    /// Sends a file, for agents only with `note`.
    pub async fn try_send_file(&self, chat: Uuid, sent: &SentFile<'_>) -> (u16, Value) {
        self.try_send_file_to(&format!("/api/chats/{chat}/files"), sent).await
    }

    /// Sends a file to a route that takes one.
    pub async fn try_send_file_to(&self, path: &str, sent: &SentFile<'_>) -> (u16, Value) {
        let SentFile { cid, name, bytes, note } = sent;
        let path = format!("{path}?cid={cid}&size={}&note={note}", bytes.len());
        let request = self
            .request(Method::POST, &path)
            .header("X-Deskbell-File-Name", encoded(name));
        let answer = request.body(bytes.to_vec()).send().await.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.json().await.expect("JSON"))
    }

    pub async fn send_file(&self, chat: Uuid, name: &str, bytes: &[u8]) -> Said {
        let sent = SentFile::new(name, bytes);
        self.granted("send a file", self.try_send_file(chat, &sent).await)
    }

    pub async fn send_text_file(&self, chat: Uuid, text: &str) -> Said {
        self.send_file(chat, "file.txt", text.as_bytes()).await
    }

    /// The file at an entry as it is served.
    pub async fn fetch_file(&self, chat: Uuid, seq: i64) -> reqwest::Response {
        self.fetch(&format!("/api/chats/{chat}/files/{seq}")).await
    }

    /// Whatever is served there.
    pub async fn fetch(&self, path: &str) -> reqwest::Response {
        self.request(Method::GET, path).send().await.expect("an answer")
    }

    pub async fn snapshot(&self, chat: Uuid) -> ChatSnapshot {
        self.granted("snapshot", self.get(&format!("/api/chats/{chat}")).await)
    }

    /// A live connection of this session.
    pub async fn live(&self) -> Live {
        Live::open(self).await
    }

    /// A live connection to each node that stays as long as the value, and that nobody listens to: the person is there.
    pub async fn stays(&self) -> Stays {
        let mut staying = Vec::new();
        for client in self.everywhere() {
            staying.append(&mut client.stays_here().await.0);
        }
        Stays(staying)
    }

    /// As [`Client::stays`], at this node only.
    pub async fn stays_here(&self) -> Stays {
        let mut live = self.live().await;
        let staying = async move {
            loop {
                let soon = Instant::now() + PING_EVERY;
                while let Some(frame) = live.next_until(soon).await {
                    if frame.is_err() {
                        return;
                    }
                }
                let _ = live.try_send(&wire::ClientFrame::Ping {}).await;
            }
        };
        Stays(vec![tokio::spawn(staying).abort_handle()])
    }

    /// The address of the live connection.
    pub fn live_url(&self) -> String {
        let surface = json!(self.surface);
        format!(
            "{}/live?surface={}",
            self.url().replacen("http", "ws", 1),
            surface.as_str().expect("a word")
        )
    }

    pub fn url(&self) -> &str {
        self.doors.url()
    }

    fn granted<T: DeserializeOwned>(&self, what: &str, answer: (u16, Value)) -> T {
        granted(&format!("{}: {what}", self.name), answer)
    }
}

/// A file as somebody sends it.
#[derive(Clone)]
pub struct SentFile<'a> {
    pub cid: Uuid,
    pub name: &'a str,
    pub bytes: &'a [u8],
    pub note: bool,
}

impl<'a> SentFile<'a> {
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        let cid = Uuid::now_v7();
        Self {
            cid,
            name,
            bytes,
            note: false,
        }
    }
}

/// Percent-encoded, every byte of it.
fn encoded(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Somebody who is there; gone with the value.
pub struct Stays(Vec<AbortHandle>);

impl Drop for Stays {
    fn drop(&mut self) {
        self.0.drain(..).for_each(|staying| staying.abort());
    }
}

/// The body of an answer that must be a yes.
#[track_caller]
pub fn granted<T: DeserializeOwned>(what: &str, (status, body): (u16, Value)) -> T {
    assert_eq!(status, 200, "{what}: {body}");
    serde_json::from_value(body.clone()).unwrap_or_else(|e| panic!("{what}: {e} in {body}"))
}

/// Asks again until the answer is this no: what was changed beside the service counts within a second.
pub async fn soon_refused(mut ask: impl AsyncFnMut() -> (u16, Value), expected: u16, code: &str) {
    let until = Instant::now() + PATIENCE;
    loop {
        let answer = ask().await;
        if answer.0 == expected && answer.1["code"] == code || Instant::now() > until {
            refused(answer, expected, code);
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The problem of an answer that must be a no, of this status and code.
#[track_caller]
pub fn refused((status, body): (u16, Value), expected: u16, code: &str) -> Problem {
    let problem: Problem = serde_json::from_value(body.clone()).unwrap_or_else(|e| panic!("{status} {body}: {e}"));
    assert_eq!((status, problem.code.as_str()), (expected, code), "{body}");
    assert!(
        !problem.say.is_empty() && !problem.next.is_empty(),
        "a refusal speaks to people: {body}"
    );
    problem
}
