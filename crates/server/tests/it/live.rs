//! One live connection, and what it knows of the chats it watches.

use crate::client::Client;
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use uuid::Uuid;
use wire::{
    ChatSnapshot, ChatSummary, ChatView, Chats, ClientFrame, EntryView, EntryWhat, Me, OfferedChannel, Position,
    Problem, RequestView, Requests, ServerFrame, SignedIn, Surface,
};

/// How long a story waits for what must come.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// Frames shown with a failure.
const FRAMES_SHOWN: usize = 12;

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How a connection ended: the close code, 1006 if there was none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended(pub u16);

/// A connection that said `hello`. Dropped, it is gone without a word.
pub struct Live {
    socket: Socket,
    pub who: String,
    pub me: Me,
    /// What the frames so far come to, for each chat watched.
    pub chats: BTreeMap<Uuid, Folded>,
    /// Agents: what waits; and for everybody his conversations.
    pub requests: Vec<RequestView>,
    pub mine: Vec<ChatSummary>,
    /// Externals: where a chat can be started.
    pub offered: Vec<OfferedChannel>,
    pub refusals: Vec<(Option<Uuid>, Problem)>,
    pub acks: BTreeMap<Uuid, i64>,
    pub typing: Vec<(Uuid, u32, bool)>,
    /// Chats the server said are not there for this person.
    pub told_gone: Vec<Uuid>,
    /// `bye`: when to come back.
    pub bye: Option<u64>,
    latest: Vec<String>,
}

/// One chat as put together from frames.
#[derive(Clone, Debug, PartialEq)]
pub struct Folded {
    pub view: ChatView,
    pub position: Position,
    pub entries: BTreeMap<i64, EntryView>,
    /// The server said that it is not to be seen any more.
    pub gone: bool,
}

impl Folded {
    pub fn texts(&self) -> Vec<&str> {
        self.entries.values().filter_map(text).collect()
    }

    pub fn said(&self, text: &str) -> bool {
        self.texts().contains(&text)
    }

    /// The kind of each entry, in order: `requested message accepted`.
    pub fn kinds(&self) -> String {
        let kinds: Vec<_> = self.entries.values().map(kind).collect();
        kinds.join(" ")
    }

    /// Who made the newest entry, by name.
    pub fn latest_who(&self) -> Option<String> {
        let who = self.entries.get(&self.position.seq)?.who?;
        let member = self.view.members.iter().find(|member| member.n == who)?;
        Some(member.name.clone())
    }

    /// Unread by the server's last word and what came since.
    pub fn unread(&self) -> i64 {
        if self.view.me.is_none() {
            return 0;
        }
        let since = self.view.head.max(self.view.read) + 1;
        let others = |entry: &&EntryView| text(entry).is_some() && entry.who != self.view.me;
        let came = self
            .entries
            .range(since..)
            .map(|(_, entry)| entry)
            .filter(others)
            .count();
        self.view.unread + came as i64
    }

    /// Whether it is what a fresh snapshot says, as far back as that goes. `head` and `unread` are counted on by the client;
    /// everything else it was told.
    pub fn agrees(&self, fresh: &ChatSnapshot) -> bool {
        let (mut view, first) = (self.view.clone(), fresh.entries.first().map_or(1, |entry| entry.seq));
        (view.head, view.unread) = (self.position.seq, self.unread());
        view == fresh.chat && self.entries.range(first..).map(|(_, entry)| entry).eq(&fresh.entries)
    }

    fn add(&mut self, entry: EntryView) {
        let at = self.position.seq;
        assert_eq!(entry.seq, at + 1, "entries come densely, but after {at} came {entry:?}");
        self.position.seq = entry.seq;
        self.entries.insert(entry.seq, entry);
    }
}

/// Two of the same instant may stand in either order.
fn newest_first(chats: &mut [ChatSummary]) {
    chats.sort_by_key(|chat| (std::cmp::Reverse(chat.last_at), chat.id));
}

fn text(entry: &EntryView) -> Option<&str> {
    match &entry.what {
        EntryWhat::Message { text, .. } | EntryWhat::Note { text, .. } => Some(text),
        _ => None,
    }
}

/// An entry's kind as it crosses the network.
pub fn kind(entry: &EntryView) -> String {
    let what = serde_json::to_value(&entry.what).expect("encodes");
    what["kind"].as_str().expect("a kind").to_owned()
}

impl Live {
    /// Connects, says `hello`, and waits until the desk or lobby is there.
    pub async fn open(client: &Client) -> Self {
        let opened = Self::try_open(client).await;
        opened.unwrap_or_else(|e| panic!("{} gets no live connection: {e}", client.name))
    }

    /// As [`Live::open`], but a service that is not there is an error.
    pub async fn try_open(client: &Client) -> Result<Self, String> {
        let socket = connect(client).await.map_err(|e| e.to_string())?;
        Self::greet(client, socket).await
    }

    /// Says `hello` on a socket, and waits until the desk or lobby is there.
    pub async fn greet(client: &Client, mut socket: Socket) -> Result<Self, String> {
        let hello = ClientFrame::Hello {
            token: client.token.clone(),
        };
        let hello = serde_json::to_string(&hello).expect("encodes");
        socket
            .send(Message::Text(hello.into()))
            .await
            .map_err(|e| e.to_string())?;
        let welcome = match receive(&mut socket, Instant::now() + PATIENCE).await {
            Some(Ok(text)) => serde_json::from_str(&text).map_err(|e| format!("{e} in {text}"))?,
            Some(Err(ended)) => return Err(format!("{ended:?}")),
            None => return Err("no welcome".into()),
        };
        let ServerFrame::Welcome { me, .. } = welcome else {
            return Err(format!("no welcome but {welcome:?}"));
        };
        let mut live = Self {
            socket,
            who: client.name.clone(),
            me,
            chats: BTreeMap::new(),
            requests: Vec::new(),
            mine: Vec::new(),
            offered: Vec::new(),
            refusals: Vec::new(),
            acks: BTreeMap::new(),
            typing: Vec::new(),
            told_gone: Vec::new(),
            bye: None,
            latest: Vec::new(),
        };
        loop {
            match live.next().await {
                Ok(ServerFrame::Desk { .. } | ServerFrame::Lobby { .. }) => return Ok(live),
                Ok(_) => {}
                Err(ended) => return Err(format!("{ended:?}")),
            }
        }
    }

    pub async fn send(&mut self, frame: ClientFrame) {
        let sent = self.try_send(&frame).await;
        sent.unwrap_or_else(|e| panic!("{} cannot send {frame:?}: {e}", self.who));
    }

    pub async fn try_send(&mut self, frame: &ClientFrame) -> Result<(), Error> {
        let text = serde_json::to_string(frame).expect("encodes");
        self.socket.send(Message::Text(text.into())).await
    }

    /// Sends what no client of ours would.
    pub async fn send_raw(&mut self, message: Message) -> Result<(), Error> {
        self.socket.send(message).await
    }

    /// Says something in a chat; returns the client id.
    pub async fn say(&mut self, chat: Uuid, text: &str) -> Uuid {
        let cid = Uuid::now_v7();
        self.send(ClientFrame::Send {
            chat,
            cid,
            text: text.into(),
        })
        .await;
        cid
    }

    /// Watches a chat from nothing, and waits for its snapshot.
    pub async fn watch(&mut self, chat: Uuid) -> &Folded {
        self.send(ClientFrame::Watch { chat, after: None }).await;
        self.wait("the snapshot", |frame| match frame {
            ServerFrame::Snapshot { chat: view, .. } if view.id == chat => Some(()),
            _ => None,
        })
        .await;
        &self.chats[&chat]
    }

    /// Watches a chat from the position of what an earlier connection put together.
    pub async fn resume(&mut self, known: Folded) {
        let (chat, after) = (known.view.id, known.position);
        self.chats.insert(chat, known);
        self.send(ClientFrame::Watch {
            chat,
            after: Some(after),
        })
        .await;
    }

    pub fn chat(&self, chat: Uuid) -> &Folded {
        self.chats
            .get(&chat)
            .unwrap_or_else(|| panic!("{} does not watch {chat}", self.who))
    }

    /// The next frame, put together with those before. Panics when none comes in time.
    pub async fn next(&mut self) -> Result<ServerFrame, Ended> {
        match self.next_until(Instant::now() + PATIENCE).await {
            Some(frame) => frame,
            None => panic!("{} heard nothing for {PATIENCE:?}{}", self.who, self.heard()),
        }
    }

    /// The next frame before a moment; `None` when it passed.
    pub async fn next_until(&mut self, moment: Instant) -> Option<Result<ServerFrame, Ended>> {
        let text = match receive(&mut self.socket, moment).await? {
            Ok(text) => text,
            Err(ended) => return Some(Err(ended)),
        };
        let frame: ServerFrame = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e} in {text}"));
        self.latest.push(text);
        if self.latest.len() > FRAMES_SHOWN {
            self.latest.remove(0);
        }
        self.fold(&frame);
        Some(Ok(frame))
    }

    /// Reads frames until one answers the question.
    pub async fn wait<T>(&mut self, what: &str, mut answer: impl FnMut(&ServerFrame) -> Option<T>) -> T {
        let moment = Instant::now() + PATIENCE;
        loop {
            match self.next_until(moment).await {
                Some(Ok(frame)) => {
                    if let Some(found) = answer(&frame) {
                        return found;
                    }
                }
                Some(Err(ended)) => panic!("{} waits for {what}, but: {ended:?}{}", self.who, self.heard()),
                None => panic!("{} waits in vain for {what}{}", self.who, self.heard()),
            }
        }
    }

    /// Reads frames until what is known fulfils the condition; at once if it does already.
    pub async fn until(&mut self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        let moment = Instant::now() + PATIENCE;
        while !holds(self) {
            match self.next_until(moment).await {
                Some(Ok(_)) => {}
                Some(Err(ended)) => panic!("{} waits for {what}, but: {ended:?}{}", self.who, self.heard()),
                None => panic!("{} waits in vain for {what}{}", self.who, self.heard()),
            }
        }
    }

    /// Waits until a chat as this person knows it fulfils the condition.
    pub async fn sees(&mut self, chat: Uuid, what: &str, mut holds: impl FnMut(&Folded) -> bool) -> &Folded {
        self.until(what, |live| live.chats.get(&chat).is_some_and(&mut holds))
            .await;
        self.chat(chat)
    }

    /// Waits for the answer to a command: where it is stored, or why not.
    pub async fn answer(&mut self, cid: Uuid) -> Result<i64, Box<Problem>> {
        self.wait("the answer to a command", |frame| match frame {
            ServerFrame::Ack { cid: of, seq, .. } if *of == cid => Some(Ok(*seq)),
            ServerFrame::Refused { cid: of, problem, .. } if *of == Some(cid) => Some(Err(Box::new(problem.clone()))),
            ServerFrame::Entries { entries, .. } => entries
                .iter()
                .find(|entry| entry.cid == Some(cid))
                .map(|entry| Ok(entry.seq)),
            _ => None,
        })
        .await
    }

    /// All that is on its way has come: what the service answers after a ping was said before it.
    pub async fn settle(&mut self) {
        self.send(ClientFrame::Ping {}).await;
        self.wait("a beat", |frame| {
            matches!(frame, ServerFrame::Beat { .. }).then_some(())
        })
        .await;
    }

    /// Reads on until the other side ends the connection; says how.
    pub async fn ended(&mut self) -> Ended {
        let moment = Instant::now() + 4 * PATIENCE;
        loop {
            match self.next_until(moment).await {
                Some(Ok(_)) => {}
                Some(Err(ended)) => return ended,
                None => panic!("the connection of {} stays{}", self.who, self.heard()),
            }
        }
    }

    /// Whether the lists are those that somebody is told who asks for them.
    pub async fn lists_agree(&self, client: &Client) -> Result<(), String> {
        let mut mine = client.look_up::<Chats>("/api/chats?which=mine").await?.chats;
        newest_first(&mut mine);
        let mut asked = (Vec::new(), mine, self.me.clone());
        if client.surface == Surface::Agent {
            asked.0 = client.look_up::<Requests>("/api/requests").await?.requests;
            asked.2 = client.look_up::<SignedIn>("/api/session").await?.me;
        }
        let said = (self.requests.clone(), self.counted_on(), self.me.clone());
        if said == asked {
            return Ok(());
        }
        Err(format!("the lists by frames\n  {said:?}\nand by HTTP\n  {asked:?}"))
    }

    /// His conversations with what came since in those he watches.
    fn counted_on(&self) -> Vec<ChatSummary> {
        let mut mine = self.mine.clone();
        for summary in &mut mine {
            let Some(known) = self.chats.get(&summary.id) else {
                continue;
            };
            summary.unread = known.unread();
            let newest = known.entries.values().next_back();
            summary.last_at = newest.map_or(summary.last_at, |entry| entry.at);
            let said = known.entries.values().rev().find_map(text);
            summary.last_text = said.map(str::to_owned).or(summary.last_text.take());
        }
        newest_first(&mut mine);
        mine
    }

    /// The latest frame as it came.
    pub fn latest(&self) -> &str {
        self.latest.last().map_or("", String::as_str)
    }

    fn heard(&self) -> String {
        let known: Vec<_> = self
            .chats
            .values()
            .map(|chat| format!("{:?} {}", chat.view, chat.kinds()))
            .collect();
        format!(
            ".\n  known: {}\n  last frames:\n  {}",
            known.join("\n  "),
            self.latest.join("\n  ")
        )
    }

    fn fold(&mut self, frame: &ServerFrame) {
        match frame.clone() {
            ServerFrame::Welcome { .. } | ServerFrame::Beat { .. } | ServerFrame::People { .. } => {}
            ServerFrame::Desk {
                me,
                requests,
                more,
                gone,
                chats,
            } => {
                (self.me, self.mine) = (me, chats);
                let stays = |it: &RequestView| {
                    more && !gone.contains(&it.chat) && requests.iter().all(|new| new.chat != it.chat)
                };
                self.requests.retain(stays);
                self.requests.extend(requests);
                self.requests.sort_by_key(|it| (it.waiting_since, it.chat));
            }
            ServerFrame::Lobby { channels, chats } => (self.offered, self.mine) = (channels, chats),
            ServerFrame::Snapshot { chat, as_of, entries } => {
                let entries = entries.into_iter().map(|entry| (entry.seq, entry)).collect();
                let folded = Folded {
                    view: chat,
                    position: as_of,
                    entries,
                    gone: false,
                };
                self.chats.insert(folded.view.id, folded);
            }
            ServerFrame::Entries { chat, entries, state } => {
                let known = self.chats.get_mut(&chat).expect("entries of a watched chat");
                entries.into_iter().for_each(|entry| known.add(entry));
                if let Some(state) = state {
                    known.view = state;
                }
            }
            ServerFrame::State { chat } => {
                let known = self.chats.get_mut(&chat.id).expect("the state of a watched chat");
                known.view = chat;
            }
            ServerFrame::Ack { cid, seq, .. } => drop(self.acks.insert(cid, seq)),
            ServerFrame::Refused { cid, problem, .. } => self.refusals.push((cid, problem)),
            ServerFrame::Read { chat, seq, unread } => {
                if let Some(known) = self.chats.get_mut(&chat) {
                    assert!(seq > known.view.read, "{seq} is read, {} was already", known.view.read);
                    (known.view.read, known.view.unread) = (seq, unread);
                    known.view.head = known.position.seq;
                }
            }
            ServerFrame::Seen { chat, seq } => {
                if let Some(known) = self.chats.get_mut(&chat) {
                    known.view.seen = seq;
                }
            }
            ServerFrame::Typing { chat, who, note } => self.typing.push((chat, who, note)),
            ServerFrame::Gone { chat } => {
                self.told_gone.push(chat);
                if let Some(known) = self.chats.get_mut(&chat) {
                    known.gone = true;
                }
            }
            ServerFrame::Bye { reconnect_after_ms } => self.bye = Some(reconnect_after_ms),
        }
    }
}

/// The socket alone, before `hello`.
pub async fn connect(client: &Client) -> Result<Socket, Error> {
    let mut request = client.live_url().into_client_request().expect("an address");
    let headers = request.headers_mut();
    headers.insert("Origin", client.url().parse().expect("a header"));
    if let Some(cookie) = &client.cookie {
        headers.insert("Cookie", cookie.parse().expect("a header"));
    }
    let (socket, _) = tokio_tungstenite::connect_async(request).await?;
    Ok(socket)
}

/// The next text, or how the connection ended; `None` when the moment passed.
pub async fn receive(socket: &mut Socket, moment: Instant) -> Option<Result<String, Ended>> {
    loop {
        let ended = match timeout_at(moment, socket.next()).await.ok()? {
            Some(Ok(Message::Text(text))) => return Some(Ok(text.as_str().to_owned())),
            Some(Ok(Message::Close(frame))) => Ended(frame.map_or(1005, |frame| frame.code.into())),
            Some(Ok(_)) => continue,
            Some(Err(_)) | None => Ended(1006),
        };
        return Some(Err(ended));
    }
}

/// A frame as nobody of ours would write it.
pub fn raw(value: Value) -> Message {
    Message::Text(value.to_string().into())
}
