//! Somebody who looks on, at any node. In the end he must know what is true.

use crate::client::Client;
use crate::crash::people::Company;
use crate::live::{Ended, Folded, Live};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use wire::{ChatSnapshot, ClientFrame, ServerFrame, Surface};

/// How long he listens before he looks up.
const MOMENT: Duration = Duration::from_millis(20);
/// How often he does something.
const BUSY_EVERY: Duration = Duration::from_millis(500);
/// Close codes that tell a person to sign in again.
const SIGN_IN: u16 = 4001;

pub struct Witness {
    pub client: Client,
    company: Arc<Company>,
    /// The only node he knows, if he does not go to any.
    node: Option<usize>,
    chats: Vec<Uuid>,
    live: Option<Live>,
    /// What he knew when he lost his connection.
    known: BTreeMap<Uuid, Folded>,
    /// Chats he asked for without an answer, and those that the server had no time for.
    asked: BTreeSet<Uuid>,
    to_ask_again: BTreeSet<Uuid>,
    heard: Instant,
    busy: Instant,
    not_for_him: Option<String>,
    pub came_back: usize,
    pub wrong: Vec<String>,
}

impl Witness {
    pub fn new(company: &Arc<Company>, client: &Client, chats: &[Uuid]) -> Self {
        Self {
            client: client.clone(),
            company: company.clone(),
            node: None,
            chats: chats.to_owned(),
            live: None,
            known: BTreeMap::new(),
            asked: BTreeSet::new(),
            to_ask_again: BTreeSet::new(),
            heard: Instant::now(),
            busy: Instant::now(),
            not_for_him: None,
            came_back: 0,
            wrong: Vec::new(),
        }
    }

    /// He stays with a node, will lose his chats, and must not hear this.
    pub fn shut_out(mut self, what: &str, node: usize) -> Self {
        (self.not_for_him, self.node) = (Some(what.to_owned()), Some(node));
        self
    }

    pub async fn looks_on(mut self, stop: CancellationToken) -> Self {
        while !stop.is_cancelled() {
            self.looks().await;
        }
        self
    }

    /// Hears what there is; comes back if need be.
    pub async fn looks(&mut self) {
        let Some(mut live) = self.live.take() else {
            return self.comes_back().await;
        };
        loop {
            match live.next_until(Instant::now() + MOMENT).await {
                Some(Ok(frame)) => self.hears(&frame, live.latest()),
                Some(Err(Ended(code))) => {
                    if code == SIGN_IN {
                        self.wrong.push(format!("{} is to sign in again", self.client.name));
                    }
                    return self.goes(live);
                }
                None => break,
            }
            if self.busy.elapsed() > BUSY_EVERY {
                break;
            }
        }
        let silent = self.heard.elapsed() > self.company.patience();
        let lost = silent && self.node.is_none() || self.is_busy(&mut live).await.is_err();
        if lost { self.goes(live) } else { self.live = Some(live) }
    }

    async fn comes_back(&mut self) {
        let client = match self.node {
            Some(node) => self.client.at(node),
            None => self.company.anywhere(&self.client),
        };
        let opened = timeout(self.company.patience(), Live::try_open(&client)).await;
        let Ok(Ok(mut live)) = opened else {
            if let Ok(Err(why)) = opened
                && why.contains(&SIGN_IN.to_string())
            {
                self.wrong
                    .push(format!("{} is to sign in again: {why}", self.client.name));
            }
            return sleep(MOMENT).await;
        };
        self.came_back += 1;
        self.heard = Instant::now();
        live.chats = std::mem::take(&mut self.known);
        self.asked.clear();
        self.to_ask_again = self.chats.iter().copied().collect();
        if self.asks_again(&mut live).await.is_err() {
            self.goes(live);
        } else {
            self.live = Some(live);
        }
    }

    fn goes(&mut self, live: Live) {
        self.known = live.chats;
        self.live = None;
    }

    async fn asks_again(&mut self, live: &mut Live) -> Result<(), ()> {
        for chat in std::mem::take(&mut self.to_ask_again) {
            let after = live.chats.get(&chat).map(|known| known.position);
            let asked = live.try_send(&ClientFrame::Watch { chat, after }).await;
            asked.map_err(drop)?;
            self.asked.insert(chat);
        }
        Ok(())
    }

    /// Shows that he lives; reads and types unless all rest.
    async fn is_busy(&mut self, live: &mut Live) -> Result<(), ()> {
        if self.busy.elapsed() < BUSY_EVERY {
            return Ok(());
        }
        self.busy = Instant::now();
        self.asks_again(live).await?;
        let mut frames = vec![ClientFrame::Ping {}];
        let chat = self
            .chats
            .get(self.company.random(self.chats.len().max(1) as u64) as usize);
        if let Some((chat, known)) = chat.and_then(|chat| Some((*chat, live.chats.get(chat)?)))
            && !known.gone
            && self.company.may_begin()
        {
            let (seq, note) = (known.position.seq, self.is_agent());
            frames.push(ClientFrame::Typing { chat, note });
            if self.company.random(2) == 0 {
                frames.push(ClientFrame::Read { chat, seq });
            }
        }
        for frame in &frames {
            live.try_send(frame).await.map_err(drop)?;
        }
        Ok(())
    }

    pub fn is_shut_out(&self) -> bool {
        self.not_for_him.is_some()
    }

    fn is_agent(&self) -> bool {
        self.client.surface == Surface::Agent
    }

    fn hears(&mut self, frame: &ServerFrame, text: &str) {
        self.heard = Instant::now();
        if self.not_for_him.as_ref().is_some_and(|what| text.contains(what)) {
            self.wrong.push(format!("{} heard {text}", self.client.name));
        }
        let name = &self.client.name;
        match frame {
            ServerFrame::Entries { chat, entries, .. } => self.sees(*chat, entries),
            ServerFrame::Snapshot { chat, entries, .. } => {
                self.asked.remove(&chat.id);
                self.sees(chat.id, entries);
            }
            ServerFrame::State { chat } => drop(self.asked.remove(&chat.id)),
            ServerFrame::Refused {
                chat: Some(chat),
                problem,
                ..
            } if problem.retry_after_ms.is_some() => {
                self.to_ask_again.extend(self.asked.take(chat));
            }
            ServerFrame::Gone { chat } if self.not_for_him.is_none() => {
                self.wrong.push(format!("{chat} is gone for {name}"));
            }
            ServerFrame::Typing { note: true, .. } if !self.is_agent() => {
                self.wrong.push(format!("{name} sees that a note is typed"));
            }
            _ => {}
        }
    }

    fn sees(&self, chat: Uuid, entries: &[wire::EntryView]) {
        for entry in entries {
            self.company.history.sees(chat, !self.is_agent(), entry);
        }
    }

    /// Whether he knows what each node says to who asks.
    pub async fn agrees(&self) -> Result<(), String> {
        if self.is_shut_out() {
            return self.is_out().await;
        }
        let name = &self.client.name;
        let live = self.live.as_ref().ok_or(format!("{name} has no connection"))?;
        for client in self.client.everywhere() {
            for chat in &self.chats {
                let fresh: ChatSnapshot = client.look_up(&format!("/api/chats/{chat}")).await?;
                match live.chats.get(chat) {
                    Some(known) if known.agrees(&fresh) => {}
                    known => {
                        let known = known.map(|known| (&known.view, known.position, known.unread()));
                        let fresh = (&fresh.chat, fresh.as_of);
                        return Err(format!(
                            "{name} knows\n  {known:?}\nand {} says\n  {fresh:?}",
                            client.url()
                        ));
                    }
                }
            }
            let agree = live.lists_agree(&client).await;
            agree.map_err(|why| format!("{name}, {}: {why}", client.url()))?;
        }
        Ok(())
    }

    /// Whether he was told, wherever he asks, that it is not for him.
    async fn is_out(&self) -> Result<(), String> {
        let (name, client) = (
            &self.client.name,
            self.node.map_or(self.client.clone(), |node| self.client.at(node)),
        );
        let live = self.live.as_ref().ok_or(format!("{name} has no connection"))?;
        for chat in &self.chats {
            if !live.told_gone.contains(chat) {
                return Err(format!("{name} was not told at {} that {chat} is gone", client.url()));
            }
            match client.look_up::<serde_json::Value>(&format!("/api/chats/{chat}")).await {
                Err(why) if why.contains(": 404") => {}
                other => return Err(format!("{name} asks at {} for what is gone: {other:?}", client.url())),
            }
        }
        Ok(())
    }
}
