//! One connection: a task that owns its state.

use super::{
    ACTIVE_SEEN_EVERY, FRAME_MAX, HEARTBEAT, LISTS_EVERY, LOOKS_EVERY, PEOPLE_EVERY, QUEUED_PER_CHAT, SEEN_EVERY,
    SILENCE, STALLED, WATCHES, code,
};
use crate::app::{App, AppError, Dirty, PeopleAsked, Said, Signal, Step, Taken, Watch};
use crate::clock;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use domain::{ChannelId, ChatId, Person, PersonId, Refusal, Side};
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use std::collections::{HashMap, VecDeque};
use std::hash::{Hash, Hasher};
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wire::{ClientFrame, ServerFrame};

/// Why a connection ends, as a close code and a word.
pub type End = (u16, &'static str);

/// Refused frames a client may send before it is a flood.
const REFUSED_MAX: u32 = 300;

static LOOKS_FROM: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Requests of one `desk` frame.
const REQUESTS_PER_FRAME: usize = 200;

pub struct Connection {
    app: Arc<App>,
    socket: WebSocket,
    person: Arc<Person>,
    /// The channel of a visitor's snippet.
    only: Option<ChannelId>,
    signal: Arc<Signal>,
    watches: Vec<Watch>,
    sending: FuturesUnordered<BoxFuture<'static, Sent>>,
    /// Messages behind one that is being written, per chat: one at a time keeps their order.
    queued: HashMap<ChatId, VecDeque<Line>>,
    flow: Flow,
    heard: Instant,
    /// When the session was last said to be in use.
    seen: Instant,
    /// When lists were sent last, and whether they are to be sent again.
    lists_sent: Instant,
    lists_due: bool,
    /// The desk was sent once.
    began: bool,
    /// The requests the client knows of, each with what it knows.
    requests_sent: HashMap<Uuid, u64>,
    people: Option<PeopleShown>,
}

/// The page of the People widget that is kept up.
struct PeopleShown {
    asked: PeopleAsked,
    /// The newest frame, not to be sent again as it is.
    frame: String,
    sent: Instant,
    due: bool,
}

struct Line {
    cid: Uuid,
    text: String,
    note: bool,
}

struct Sent {
    chat: ChatId,
    cid: Uuid,
    outcome: Result<Said, AppError>,
}

/// Frames a connection may send: so many a second, and a burst.
struct Flow {
    per_s: f64,
    burst: f64,
    level: f64,
    at: Instant,
    refused: u32,
}

impl Flow {
    fn new(per_s: i64) -> Self {
        let per_s = per_s as f64;
        Self {
            per_s,
            burst: per_s * 3.0,
            level: per_s * 3.0,
            at: Instant::now(),
            refused: 0,
        }
    }

    fn take(&mut self) -> Result<(), Duration> {
        let now = Instant::now();
        self.level = (self.level + now.duration_since(self.at).as_secs_f64() * self.per_s).min(self.burst);
        self.at = now;
        if self.level >= 1.0 {
            self.level -= 1.0;
            self.refused = self.refused.saturating_sub(1);
            return Ok(());
        }
        self.refused += 1;
        Err(Duration::from_secs_f64((1.0 - self.level) / self.per_s))
    }
}

impl Connection {
    pub fn new(
        app: Arc<App>,
        socket: WebSocket,
        person: Arc<Person>,
        session: [u8; 32],
        only: Option<ChannelId>,
    ) -> Self {
        let signal = Signal::new(person.id, person.kind, session);
        let flow = Flow::new(app.settings().frames_per_s);
        Self {
            app,
            socket,
            person,
            only,
            signal,
            watches: Vec::new(),
            sending: FuturesUnordered::new(),
            queued: HashMap::new(),
            flow,
            heard: Instant::now(),
            seen: Instant::now(),
            lists_sent: Instant::now(),
            lists_due: false,
            began: false,
            requests_sent: HashMap::new(),
            people: None,
        }
    }

    /// Runs until either side ends it. Nothing of it is left behind.
    pub async fn run(mut self, active_at: domain::Instant, stop: CancellationToken) {
        self.app.join(&self.signal, active_at);
        let end = self.live(stop).await;
        let (signal, app) = (self.signal.clone(), self.app.clone());
        // Whoever fell silent went when he was last heard, not when that was found out.
        let silent = match end {
            Some((code::AWAY, _)) => self.heard.elapsed(),
            _ => Duration::ZERO,
        };
        let signed_out = matches!(end, Some((code::SIGN_IN, _)));
        let watched = self.watches.drain(..).map(|watch| watch.chat);
        app.leave_live(&signal, watched, silent, signed_out);
        if let Some((code, reason)) = end {
            app.metrics().ended(code);
            let frame = CloseFrame {
                code,
                reason: Utf8Bytes::from_static(reason),
            };
            let _ = timeout(STALLED, self.socket.send(Message::Close(Some(frame)))).await;
        }
    }

    /// `None` when the peer went.
    async fn live(&mut self, stop: CancellationToken) -> Option<End> {
        if let Err(end) = self.welcome().await {
            return Some(end);
        }
        let mut look = pin!(tokio::time::sleep_until(self.look_again()));
        let mut stopped = pin!(stop.cancelled());
        loop {
            let step = tokio::select! {
                message = self.socket.recv() => match message? {
                    Ok(message) => self.received(message).await,
                    Err(error) => Err(broken(&error)),
                },
                () = self.signal.changed() => {
                    let dirty = self.signal.take();
                    self.changed(dirty).await
                }
                Some(sent) = self.sending.next(), if !self.sending.is_empty() => self.sent(sent).await,
                () = tokio::time::sleep_until(self.lists_sent + LISTS_EVERY), if self.lists_due => self.lists().await,
                () = at(self.people.as_ref().filter(|it| it.due).map(|it| it.sent + PEOPLE_EVERY)) => self.people().await,
                () = &mut look => {
                    let step = self.beat().await;
                    look.as_mut().reset(self.look_again());
                    step
                }
                () = &mut stopped => self.bye().await,
            };
            match step {
                Ok(()) => {}
                Err((0, _)) => return None,
                Err(end) => return Some(end),
            }
        }
    }

    async fn welcome(&mut self) -> Result<(), End> {
        let me = self.app.me(&self.person).await.map_err(|error| unreadable(&error))?;
        let frame = ServerFrame::Welcome {
            me,
            epoch: self.app.epoch(),
            heartbeat_s: HEARTBEAT.as_secs() as u32,
            now: clock::now().ms(),
        };
        self.send(&frame).await?;
        self.lists().await
    }

    async fn received(&mut self, message: Message) -> Result<(), End> {
        self.heard = Instant::now();
        self.still_signed_in().await?;
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Err((0, "")),
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Binary(_) => return Err((code::BAD_FRAME, "text frames only")),
        };
        let frame = match wire::read(text.as_bytes()) {
            Ok(frame) => frame,
            Err(error) => {
                self.flow.refused += 10;
                self.refuse(None, None, &AppError::BadInput(error.to_string())).await?;
                return if self.flow.refused > REFUSED_MAX {
                    Err((code::FLOOD, "too many bad frames"))
                } else {
                    Ok(())
                };
            }
        };
        if let Err(retry_after) = self.flow.take() {
            if self.flow.refused > REFUSED_MAX {
                return Err((code::FLOOD, "too many frames"));
            }
            let (chat, cid) = about(&frame);
            return self.refuse(chat, cid, &AppError::Limited { retry_after }).await;
        }
        self.frame(frame).await
    }

    /// A session is in use while somebody writes or reads; a ping is sent by a forgotten tab too.
    fn seen(&mut self, frame: &ClientFrame) {
        let every = match frame {
            ClientFrame::Ping {} | ClientFrame::Watch { .. } | ClientFrame::People { .. } => return,
            ClientFrame::Active {} => ACTIVE_SEEN_EVERY,
            _ => SEEN_EVERY,
        };
        // A window that is left open reads by itself what comes.
        if !matches!(frame, ClientFrame::Unwatch { .. } | ClientFrame::Read { .. }) {
            self.app.was_active(&self.person);
        }
        if self.seen.elapsed() >= every {
            self.seen = Instant::now();
            let (app, session) = (self.app.clone(), self.signal.session);
            tokio::spawn(async move { app.see_session(&session).await });
        }
    }

    async fn frame(&mut self, frame: ClientFrame) -> Result<(), End> {
        self.seen(&frame);
        match frame {
            ClientFrame::Hello { .. } => Err((code::BAD_FRAME, "hello was said")),
            ClientFrame::Ping {} => self.heads().await,
            ClientFrame::Active {} => Ok(()),
            ClientFrame::People { tab, q, after, limit } => match tab {
                Some(tab) => self.show_people(PeopleAsked::new(tab, q, after, limit)).await,
                None => {
                    self.show_nobody();
                    Ok(())
                }
            },
            ClientFrame::Watch { chat, after } => self.watch(ChatId(chat), after).await,
            ClientFrame::Unwatch { chat } => {
                if let Some(i) = self.watches.iter().position(|watch| watch.chat.0 == chat) {
                    let watch = self.watches.swap_remove(i);
                    self.app.unwatch(&watch, &self.signal);
                }
                Ok(())
            }
            ClientFrame::Send { chat, cid, text } => self.say(ChatId(chat), Line { cid, text, note: false }).await,
            ClientFrame::Note { chat, cid, text } => self.say(ChatId(chat), Line { cid, text, note: true }).await,
            ClientFrame::Read { chat, seq } => {
                let read = self.app.read(&self.person, ChatId(chat), seq).await;
                self.answer(chat, read).await
            }
            ClientFrame::Typing { chat, note } => {
                let typing = self.app.typing(&self.person, ChatId(chat), note).await;
                self.answer(chat, typing).await
            }
        }
    }

    async fn answer(&mut self, chat: Uuid, outcome: Result<(), AppError>) -> Result<(), End> {
        match outcome {
            Ok(()) => Ok(()),
            Err(error) => self.refuse(Some(chat), None, &error).await,
        }
    }

    async fn watch(&mut self, chat: ChatId, after: Option<wire::Position>) -> Result<(), End> {
        if let Some(i) = self.watches.iter().position(|watch| watch.chat == chat) {
            let watch = self.watches.swap_remove(i);
            self.app.unwatch(&watch, &self.signal);
        }
        if self.watches.len() >= WATCHES {
            let error = AppError::BadInput(format!("more than {WATCHES} chats are watched"));
            return self.refuse(Some(chat.0), None, &error).await;
        }
        match self.app.watch(&self.person, chat, after, &self.signal).await {
            Ok((watch, frame)) => {
                self.watches.push(watch);
                self.send(&frame).await?;
                self.pull(chat).await
            }
            Err(AppError::Refused(Refusal::NotFound)) => self.send(&ServerFrame::Gone { chat: chat.0 }).await,
            Err(error) => self.refuse(Some(chat.0), None, &error).await,
        }
    }

    async fn say(&mut self, chat: ChatId, line: Line) -> Result<(), End> {
        if let Some(queue) = self.queued.get_mut(&chat) {
            if queue.len() >= QUEUED_PER_CHAT {
                return self.refuse(Some(chat.0), Some(line.cid), &AppError::Busy).await;
            }
            queue.push_back(line);
            return Ok(());
        }
        if self.sending.len() >= WATCHES {
            return self.refuse(Some(chat.0), Some(line.cid), &AppError::Busy).await;
        }
        self.queued.insert(chat, VecDeque::new());
        self.write(chat, line);
        Ok(())
    }

    fn write(&mut self, chat: ChatId, line: Line) {
        let (app, person, signal) = (self.app.clone(), self.person.clone(), self.signal.clone());
        self.sending.push(Box::pin(async move {
            let outcome = app
                .say(&person, Some(&signal), chat, line.cid, &line.text, line.note)
                .await;
            Sent {
                chat,
                cid: line.cid,
                outcome,
            }
        }));
    }

    async fn sent(&mut self, sent: Sent) -> Result<(), End> {
        let Sent { chat, cid, outcome } = sent;
        match self.queued.get_mut(&chat).and_then(VecDeque::pop_front) {
            Some(next) => self.write(chat, next),
            None => drop(self.queued.remove(&chat)),
        }
        match outcome {
            // Who watches gets the entry itself, with its id.
            Ok(said) if !said.dup && self.watches.iter().any(|watch| watch.chat == chat) => Ok(()),
            Ok(said) => {
                self.send(&ServerFrame::Ack {
                    chat: chat.0,
                    cid,
                    seq: said.seq,
                })
                .await
            }
            Err(error) => self.refuse(Some(chat.0), Some(cid), &error).await,
        }
    }

    async fn changed(&mut self, dirty: Dirty) -> Result<(), End> {
        match dirty.end {
            Some(Taken::SignedOut) => return Err((code::SIGN_IN, "signed out")),
            None => {}
        }
        if dirty.rights {
            self.rights_changed().await?;
        }
        for chat in dirty.chats {
            self.pull(chat).await?;
        }
        for chat in dirty.states {
            self.state(chat).await?;
        }
        for (chat, seq) in dirty.reads {
            self.read(chat, seq).await?;
        }
        for (chat, reader) in dirty.seen {
            self.seen_by(chat, reader).await?;
        }
        for (chat, who, note) in dirty.typing {
            self.typing(chat, who, note).await?;
        }
        if dirty.lists {
            self.lists_due = true;
        }
        if dirty.people {
            self.people_due();
        }
        Ok(())
    }

    /// A right, an account or a setting changed: is he still signed in, and does he still see what he watches?
    async fn rights_changed(&mut self) -> Result<(), End> {
        signed_in(self.app.in_turn(self.app.still_signed_in(&self.signal)).await)?;
        for chat in self.watches.iter().map(|watch| watch.chat).collect::<Vec<_>>() {
            let Some(watch) = self.watches.iter_mut().find(|watch| watch.chat == chat) else {
                continue;
            };
            let step = self.app.in_turn(self.app.check(&self.person, watch)).await;
            self.step(chat, step).await?;
        }
        // A visitor's start form asks anew by itself; there may be very many visitors.
        self.lists_due |= self.person.kind != domain::Kind::PublicUser;
        // Whom he may chat with depends on settings and on his own choice.
        self.people_due();
        Ok(())
    }

    async fn pull(&mut self, chat: ChatId) -> Result<(), End> {
        while let Some(watch) = self.watches.iter_mut().find(|watch| watch.chat == chat) {
            let step = self.app.pull(&self.person, watch).await;
            if !self.step(chat, step).await? {
                break;
            }
        }
        Ok(())
    }

    async fn state(&mut self, chat: ChatId) -> Result<(), End> {
        let Some(watch) = self.watches.iter_mut().find(|watch| watch.chat == chat) else {
            return Ok(());
        };
        let step = self.app.state_frame(&self.person, watch).await;
        self.step(chat, step).await.map(drop)
    }

    /// Sends what a pull came to; whether there may be more.
    async fn step(&mut self, chat: ChatId, step: Result<Step, AppError>) -> Result<bool, End> {
        match step {
            Ok(Step::UpToDate) => Ok(false),
            Ok(Step::Frame(frame)) => self.send_text(frame).await.map(|()| true),
            Ok(Step::Gone) => {
                if let Some(i) = self.watches.iter().position(|watch| watch.chat == chat) {
                    let watch = self.watches.swap_remove(i);
                    self.app.unwatch(&watch, &self.signal);
                }
                self.send(&ServerFrame::Gone { chat: chat.0 }).await.map(|()| false)
            }
            Err(error) => {
                tracing::error!(%error, "a pull failed");
                Err((code::RESTART, "try again"))
            }
        }
    }

    async fn read(&mut self, chat: ChatId, seq: i64) -> Result<(), End> {
        let Some(watch) = self.watches.iter_mut().find(|watch| watch.chat == chat) else {
            return Ok(());
        };
        match self.app.newly_read(&self.person, watch, seq).await {
            Ok(None) => Ok(()),
            Ok(Some(unread)) => {
                self.send(&ServerFrame::Read {
                    chat: chat.0,
                    seq,
                    unread,
                })
                .await
            }
            Err(error) => Err(unreadable(&error)),
        }
    }

    async fn seen_by(&mut self, chat: ChatId, reader: PersonId) -> Result<(), End> {
        let Some(watch) = self.watches.iter_mut().find(|watch| watch.chat == chat) else {
            return Ok(());
        };
        match self.app.newly_seen(&self.person, watch, reader).await {
            Ok(Some(seq)) => self.send(&ServerFrame::Seen { chat: chat.0, seq }).await,
            Ok(None) => Ok(()),
            Err(error) => Err(unreadable(&error)),
        }
    }

    async fn typing(&mut self, chat: ChatId, who: u32, note: bool) -> Result<(), End> {
        let seen = |watch: &&mut Watch| watch.chat == chat && (watch.side == Side::Agents || !note);
        let Some(watch) = self.watches.iter_mut().find(seen) else {
            return Ok(());
        };
        match self.app.typist(&self.person, watch, who).await {
            Ok(Some(who)) => {
                self.send(&ServerFrame::Typing {
                    chat: chat.0,
                    who,
                    note,
                })
                .await
            }
            Ok(None) | Err(_) => Ok(()),
        }
    }

    /// The request list and the conversations.
    async fn lists(&mut self) -> Result<(), End> {
        self.lists_due = false;
        self.lists_sent = Instant::now();
        if self.person.kind.is_external() {
            match self.app.lobby(&self.person, self.only).await {
                Ok(frame) => self.send(&frame).await,
                Err(error) => Err(unreadable(&error)),
            }
        } else {
            match self.app.desk(&self.person).await {
                Ok((me, requests, chats)) => self.desk(me, requests, chats).await,
                Err(error) => Err(unreadable(&error)),
            }
        }
    }

    /// Of the request list only what differs from what was sent, a few at a time.
    async fn desk(
        &mut self,
        me: wire::Me,
        requests: Vec<wire::RequestView>,
        chats: Vec<wire::ChatSummary>,
    ) -> Result<(), End> {
        let mut now = HashMap::with_capacity(requests.len());
        let mut changed = Vec::new();
        for request in requests {
            let digest = digest(&request);
            if self.requests_sent.get(&request.chat) != Some(&digest) {
                changed.push(request.clone());
            }
            now.insert(request.chat, digest);
        }
        let before = std::mem::replace(&mut self.requests_sent, now);
        let mut gone: Vec<Uuid> = before
            .into_keys()
            .filter(|chat| !self.requests_sent.contains_key(chat))
            .collect();
        let mut more = std::mem::replace(&mut self.began, true);
        let mut rest = changed.into_iter();
        loop {
            let requests: Vec<_> = rest.by_ref().take(REQUESTS_PER_FRAME).collect();
            let last = rest.len() == 0;
            let frame = ServerFrame::Desk {
                me: me.clone(),
                requests,
                more: std::mem::replace(&mut more, true),
                gone: std::mem::take(&mut gone),
                chats: chats.clone(),
            };
            self.send(&frame).await?;
            if last {
                return Ok(());
            }
        }
    }

    /// From here on this page of the People widget is kept up.
    async fn show_people(&mut self, asked: Result<PeopleAsked, AppError>) -> Result<(), End> {
        let asked = match asked {
            Ok(_) if self.person.kind.is_external() => return self.refuse(None, None, &Refusal::NotFound.into()).await,
            Ok(asked) => asked,
            Err(error) => return self.refuse(None, None, &error).await,
        };
        // First: what changes from here on marks the connection.
        self.signal.watches_people.store(true, Ordering::Release);
        self.people = Some(PeopleShown {
            asked,
            frame: String::new(),
            sent: Instant::now(),
            due: false,
        });
        self.people().await
    }

    fn show_nobody(&mut self) {
        self.signal.watches_people.store(false, Ordering::Release);
        self.people = None;
    }

    fn people_due(&mut self) {
        if let Some(shown) = &mut self.people {
            shown.due = true;
        }
    }

    /// The page that is kept up, if it is another one than was sent.
    async fn people(&mut self) -> Result<(), End> {
        let Some(shown) = &mut self.people else {
            return Ok(());
        };
        (shown.due, shown.sent) = (false, Instant::now());
        let people = match self.app.people(&self.person, &shown.asked).await {
            Ok(people) => people,
            Err(AppError::SignedOut) => return Err((code::SIGN_IN, "signed out")),
            Err(error) => {
                tracing::error!(%error, "the people could not be listed");
                return Err((code::RESTART, "try again"));
            }
        };
        let frame = ServerFrame::People {
            tab: shown.asked.tab,
            q: shown.asked.q.clone(),
            after: shown.asked.cursor.clone(),
            limit: shown.asked.limit,
            people,
        };
        let text = serde_json::to_string(&frame).map_err(|_| (code::RESTART, "try again"))?;
        if text == shown.frame {
            return Ok(());
        }
        shown.frame.clone_from(&text);
        self.send_text(text).await
    }

    /// A client that pings is answered with the heads; another is told them, until it was silent for too long.
    async fn beat(&mut self) -> Result<(), End> {
        match self.heard.elapsed() {
            silent if silent >= SILENCE => Err((code::AWAY, "nothing heard")),
            silent if silent >= HEARTBEAT => self.heads().await,
            _ => Ok(()),
        }
    }

    /// When to look whether something was heard: for many connections at the same moment, so that ten thousand which only
    /// ping do not wake the machine a thousand times a second for it.
    fn look_again(&self) -> Instant {
        let (now, late) = (Instant::now(), self.heard + HEARTBEAT * 3 / 2);
        let next = if late > now { late } else { now + HEARTBEAT };
        let looks = (next.min(self.heard + SILENCE) - *LOOKS_FROM).as_millis() / LOOKS_EVERY.as_millis();
        *LOOKS_FROM + LOOKS_EVERY * (looks as u32 + 1)
    }

    async fn heads(&mut self) -> Result<(), End> {
        let heads = self
            .watches
            .iter()
            .map(|watch| wire::Head {
                chat: watch.chat.0,
                seq: watch.head(),
            })
            .collect();
        self.send(&ServerFrame::Beat {
            heads,
            now: clock::now().ms(),
        })
        .await
    }

    /// The service stops: everybody comes back at another moment.
    async fn bye(&mut self) -> Result<(), End> {
        let window_ms = (self.app.connections() as u64 * 5).max(500);
        let reconnect_after_ms = getrandom::u64().unwrap_or(0) % window_ms;
        self.send(&ServerFrame::Bye { reconnect_after_ms }).await?;
        Err((code::RESTART, "restart"))
    }

    async fn refuse(&mut self, chat: Option<Uuid>, cid: Option<Uuid>, error: &AppError) -> Result<(), End> {
        if let AppError::Store(error) = error {
            tracing::error!(%error, "the store failed a live command");
        }
        self.send(&ServerFrame::Refused {
            chat,
            cid,
            problem: error.problem(),
        })
        .await
    }

    async fn still_signed_in(&mut self) -> Result<(), End> {
        signed_in(self.app.still_signed_in(&self.signal).await)
    }

    async fn send(&mut self, frame: &ServerFrame) -> Result<(), End> {
        match serde_json::to_string(frame) {
            Ok(text) => self.send_text(text).await,
            Err(_) => Err((code::RESTART, "try again")),
        }
    }

    async fn send_text(&mut self, text: String) -> Result<(), End> {
        // Asked after the text was read: what was made after the session ended is not in what was read before.
        self.still_signed_in().await?;
        match timeout(STALLED, self.socket.send(Message::Text(text.into()))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err((0, "")),
            Err(_) => Err((code::SLOW, "too slow")),
        }
    }
}

fn signed_in(answer: Result<bool, AppError>) -> Result<(), End> {
    match answer {
        Ok(true) => Ok(()),
        Ok(false) => Err((code::SIGN_IN, "signed out")),
        Err(_) => Err((code::RESTART, "try again")),
    }
}

/// Waits until then; for ever without a moment.
async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// What a protocol error of the peer means for it. `(0, _)`: it is gone.
fn broken(error: &axum::Error) -> End {
    let text = error.to_string();
    if text.contains("too long") || text.contains("too big") || text.contains("capacity") {
        tracing::debug!(limit = FRAME_MAX, "an oversized frame");
        (1009, "frame too big")
    } else {
        (0, "")
    }
}

/// What a frame is about, so that its refusal can say so.
fn about(frame: &ClientFrame) -> (Option<Uuid>, Option<Uuid>) {
    match frame {
        ClientFrame::Send { chat, cid, .. } | ClientFrame::Note { chat, cid, .. } => (Some(*chat), Some(*cid)),
        ClientFrame::Watch { chat, .. }
        | ClientFrame::Unwatch { chat }
        | ClientFrame::Read { chat, .. }
        | ClientFrame::Typing { chat, .. } => (Some(*chat), None),
        ClientFrame::Hello { .. } | ClientFrame::Ping {} | ClientFrame::Active {} | ClientFrame::People { .. } => {
            (None, None)
        }
    }
}

fn unreadable(error: &AppError) -> End {
    match error {
        AppError::SignedOut => (code::SIGN_IN, "signed out"),
        error => {
            tracing::error!(%error, "what a connection shows could not be read");
            (code::RESTART, "try again")
        }
    }
}

fn digest(request: &wire::RequestView) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    request.hash(&mut hasher);
    hasher.finish()
}
