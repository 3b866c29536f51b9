//! What agents and customers want of a connected desk, and what of it is there.

use super::{ASKED, NOTE, SUITCASE, attached, id, open_chat, phone, queue, state, with, with_in};
use crate::client::Client;
use crate::desk::Desk;
use reqwest::Method;
use serde_json::{Value, json};
use stand::{Kind, Stand};
use uuid::Uuid;
use wire::{ChatState, Surface};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Ines puts a chat into a ticket.
    Append,
    /// Ines makes a phone ticket of a chat.
    Phone,
    /// Hanne makes a ticket of her chat that has ended.
    Mine,
    /// Priya leaves a message.
    Message,
}

pub const WISHES: [Wish; 4] = [Wish::Append, Wish::Phone, Wish::Mine, Wish::Message];

impl Wish {
    /// It is kept, and the service tries it until it is there.
    pub fn is_of_customer(self) -> bool {
        matches!(self, Self::Mine | Self::Message)
    }

    /// All of it: what customers send is without the notes.
    pub fn whole(self) -> There {
        let (tickets, articles, asked, noted) = match self {
            Self::Append => (0, 2, 1, 1),
            Self::Phone => (1, 3, 1, 1),
            Self::Mine => (1, 2, 1, 0),
            Self::Message => (1, 1, 0, 0),
        };
        There {
            tickets,
            articles,
            asked,
            noted,
        }
    }

    /// How it stands with the chat, and how often that says where it went: before, and when all is there.
    pub fn told(self, done: bool) -> Option<(ChatState, usize)> {
        match self {
            Self::Append | Self::Phone if done => Some((ChatState::Closed, 1)),
            Self::Append | Self::Phone => Some((ChatState::Open, 0)),
            Self::Mine => Some((ChatState::Closed, 0)),
            Self::Message => None,
        }
    }
}

/// Tickets that were made, articles, and in how many of these she asks and stands the note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct There {
    pub tickets: usize,
    pub articles: usize,
    asked: usize,
    noted: usize,
}

/// Those who want something of a desk.
pub struct People {
    pub ines: Client,
    hanne: Client,
    priya: Client,
    /// What is open to visitors, Ines's queue, and an old ticket in it.
    channel: Uuid,
    travel: Uuid,
    suitcase: Uuid,
}

impl People {
    pub async fn of(desk: &Desk, kind: Kind) -> Self {
        let ines = desk.agent("ines").await;
        let channels = ines.me().await.channels;
        let channel = channels.iter().find(|it| it.channel.name == "Travel desk");
        Self {
            channel: channel.expect("her channel").channel.id,
            travel: queue(&ines, "Travel").await.expect("her queue"),
            suitcase: id(kind, SUITCASE),
            hanne: desk.customer("hanne").await,
            priya: desk.stranger(Surface::Visitor),
            ines,
        }
    }

    /// One more of these, to be asked for.
    pub async fn want(&self, wish: Wish) -> Wanted {
        let (mut chat, mut mark) = (None, Uuid::now_v7());
        if wish != Wish::Message {
            mark = open_chat(&self.hanne, &self.ines).await;
            chat = Some(mark);
        }
        if wish == Wish::Mine {
            self.hanne.close(mark).await;
        }
        let (by, path, body) = match wish {
            Wish::Append => (
                &self.ines,
                format!("/api/tickets/{}/chats", self.suitcase),
                json!({ "chat": { "chat": chat } }),
            ),
            Wish::Phone => (
                &self.ines,
                "/api/tickets".to_owned(),
                phone(Uuid::nil(), self.travel, chat),
            ),
            Wish::Mine => (
                &self.hanne,
                "/api/my/tickets".to_owned(),
                json!({ "title": "My trailer", "text": "Please bring it.", "chat": chat }),
            ),
            Wish::Message => (
                &self.priya,
                format!("/api/snippets/{}/messages", domain::cast::SNIPPET),
                json!({ "name": "Priya Raman", "email": "priya@example.org", "channel": self.channel,
                    "text": format!("Does {mark} sail?") }),
            ),
        };
        Wanted {
            wish,
            by: by.clone(),
            path,
            body,
            chat,
            mark: mark.to_string(),
        }
    }
}

/// One thing that somebody wants.
pub struct Wanted {
    pub wish: Wish,
    by: Client,
    path: String,
    /// But for the client id.
    body: Value,
    chat: Option<Uuid>,
    /// Stands in every article of it, and in no other.
    mark: String,
}

impl Wanted {
    pub async fn ask(&self, cid: Uuid) -> (u16, Value) {
        self.by.post(&self.path, self.with_id(cid)).await
    }

    /// An error when the program is gone.
    pub async fn try_ask(&self, cid: Uuid) -> reqwest::Result<(u16, Value)> {
        self.by
            .try_call(Method::POST, &self.path, Some(self.with_id(cid)))
            .await
    }

    fn with_id(&self, cid: Uuid) -> Value {
        let mut body = self.body.clone();
        body["cid"] = json!(cid);
        body
    }

    /// What of it is there.
    pub fn there(&self, stand: &Stand) -> There {
        let (articles, tickets) = (with(stand, &self.mark), stand.system().tickets());
        There {
            tickets: tickets.iter().filter(|ticket| with_in(ticket, &self.mark) > 0).count(),
            asked: with_in(&articles, ASKED),
            noted: with_in(&articles, NOTE),
            articles: articles.len(),
        }
    }

    /// What its chat says of it.
    pub async fn told(&self, agent: &Client) -> Option<(ChatState, usize)> {
        let chat = self.chat?;
        Some((state(agent, chat).await, attached(agent, chat).await.len()))
    }

    /// It is there as a whole and once, and its chat says so; else what is wrong.
    pub async fn is_there_once(&self, agent: &Client, stand: &Stand) -> Result<(), String> {
        let (there, told) = (self.there(stand), self.told(agent).await);
        if (there, told) == (self.wish.whole(), self.wish.told(true)) {
            return Ok(());
        }
        Err(format!("{there:?}, and the chat says {told:?}"))
    }
}

/// The ticket's number, where an answer tells it.
pub fn number(answer: &Value) -> Option<&str> {
    answer["number"].as_str()
}
