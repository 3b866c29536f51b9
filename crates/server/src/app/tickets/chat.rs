//! Chats that go into tickets: what customers may read of one in an article of its own, what is for agents only in another.

use super::super::chats::Along;
use super::super::{App, AppError};
use super::digest_of;
use domain::ticket::{ArticleChannel, Sender};
use domain::{Chat, ChatId, ClientId, Entry, Kind, Person, Refusal, Side, TicketId, Verb, What, takes_transcript};
use jiff::tz::TimeZone;
use std::collections::HashSet;
use std::sync::Arc;
use store::{Attach, NewArticle, NewLine, NewLineBy, Ticket};
use transcript::{Block, Log, Reader, Transcript};
use uuid::Uuid;
use wire::{AppendChat, ChatIntoTicket, TicketRef};
use words::Words;

const SUBJECT: &str = "Chat";

/// What of a chat goes into a ticket, and how it is told.
pub struct IntoTicket {
    /// All without them.
    entries: Option<HashSet<i64>>,
    /// What is in the ticket already: it does not go there again.
    there: HashSet<i64>,
    pub words: &'static Words,
}

impl IntoTicket {
    pub(super) fn of(asks: &ChatIntoTicket) -> Self {
        Self::part(asks.entries.as_deref(), asks.language.as_deref())
    }

    pub(super) fn whole(language: Option<&str>) -> Self {
        Self::part(None, language)
    }

    pub fn part(entries: Option<&[i64]>, language: Option<&str>) -> Self {
        Self {
            entries: entries.map(|entries| entries.iter().copied().collect()),
            there: HashSet::new(),
            words: Words::of(language.unwrap_or("en")),
        }
    }

    /// The same, without what is in the ticket.
    pub(super) fn without(self, there: HashSet<i64>) -> Self {
        Self { there, ..self }
    }

    pub fn takes(&self, entry: &Entry) -> bool {
        // That it went into another ticket is no part of what was said.
        !matches!(entry.what, What::Attached { .. })
            && !self.there.contains(&entry.seq)
            && self.entries.as_ref().is_none_or(|entries| entries.contains(&entry.seq))
    }
}

impl App {
    /// Puts a chat into a ticket and closes it, unless it is to be kept open or closed before; both or neither.
    pub async fn append_chat(
        self: &Arc<Self>,
        person: &Person,
        ticket: TicketId,
        asks: &AppendChat,
    ) -> Result<TicketRef, AppError> {
        if person.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        if let Some(foreign) = self.foreign() {
            return self.append_there(foreign, person, ticket, asks).await;
        }
        if ticket.as_foreign().is_some() {
            return Err(Refusal::NotFound.into());
        }
        self.append_as(person, ticket, ClientId(asks.cid), &asks.chat).await
    }

    pub(super) async fn append_as(
        &self,
        person: &Person,
        ticket: TicketId,
        cid: ClientId,
        asks: &ChatIntoTicket,
    ) -> Result<TicketRef, AppError> {
        let verb = Verb::AppendToTicket {
            ticket,
            number: String::new(),
            keep_open: asks.keep_open,
        };
        let digest = digest_of("append_chat", &(ticket.0, asks));
        let chat = ChatId(asks.chat);
        let along = Along::IntoTicket(asks);
        self.verb_with(person, None, chat, cid, digest, verb, along).await?;
        let number = self.store.ticket(ticket).await?.map(|ticket| ticket.number);
        Ok(TicketRef {
            id: ticket.0,
            number: number.ok_or(AppError::Unknown)?,
        })
    }

    /// Whether a chat could go into a ticket that this agent makes.
    pub(super) async fn may_append(&self, person: &Person, asks: &ChatIntoTicket) -> Result<(), AppError> {
        let granted = self.grant_newest(person, ChatId(asks.chat)).await?;
        takes_transcript(&granted.chat, &granted.access, granted.standing().level)?;
        let into = IntoTicket::of(asks);
        match self
            .chat_articles(&granted.chat, &into, Sender::Agent)
            .await?
            .is_empty()
        {
            false => Ok(()),
            true => Err(nothing_chosen()),
        }
    }

    /// The articles of a chat as it stands, to be written with the entry that tells so.
    pub(in crate::app) async fn attach(
        &self,
        person: &Person,
        id: ChatId,
        verb: &Verb,
        asks: &ChatIntoTicket,
    ) -> Result<Attach, AppError> {
        let Verb::AppendToTicket { ticket, .. } = verb else {
            return Err(AppError::Unknown);
        };
        let ticket = self.store.ticket(*ticket).await?.ok_or(Refusal::NotFound)?;
        let chat = self.store.chat(id).await?.ok_or(Refusal::NotFound)?;
        let there = self.store.entries_in_ticket(id, ticket.id).await?;
        let known = !there.is_empty();
        let articles = self
            .chat_articles(&chat, &IntoTicket::of(asks).without(there), Sender::Agent)
            .await?;
        if known && !articles.iter().any(NewArticle::has_words) {
            return Err(Refusal::InTicketAlready.into());
        }
        if articles.is_empty() {
            return Err(nothing_chosen());
        }
        let shown = articles.iter().any(|article| article.visible);
        if shown && !asks.other_customer && self.is_of_another(&chat, &ticket).await? {
            return Err(Refusal::OtherCustomer.into());
        }
        Ok(Attach {
            ticket: ticket.id,
            queue: ticket.queue,
            head: chat.head,
            by: person.clone(),
            articles,
        })
    }

    /// Whether the customer who reads the ticket is neither the one of the chat nor of his company.
    async fn is_of_another(&self, chat: &Chat, ticket: &Ticket) -> Result<bool, AppError> {
        let external = chat.external().filter(|member| member.kind == Kind::CustomerUser);
        let (Some(external), Some(reader)) = (external, ticket.customer.id) else {
            return Ok(false);
        };
        if external.person == reader {
            return Ok(false);
        }
        let company = self.store.company_of(external.person).await?;
        Ok(company.is_none() || company != ticket.company)
    }

    /// What everybody may read, then what is for agents only, where there is any. A chat among agents is for agents as a whole.
    pub(super) async fn chat_articles(
        &self,
        chat: &Chat,
        into: &IntoTicket,
        sender: Sender,
    ) -> Result<Vec<NewArticle>, AppError> {
        let entries = self.newest_entries(chat, Side::Agents).await?;
        let entries = entries.into_iter().filter(|entry| into.takes(entry));
        let channel = self.channel(chat.channel).await?.ok_or(Refusal::NotFound)?;
        let settings = self.settings();
        let article = |entries: &[Entry], kind: Kind| {
            let reader = Reader {
                kind,
                words: into.words,
                zone: TimeZone::UTC,
            };
            let log = Log {
                chat,
                channel: &channel.name,
                ticket: None,
                entries,
                settings: &settings,
            };
            NewArticle {
                channel: ArticleChannel::Chat,
                sender,
                visible: kind != Kind::Agent,
                subject: SUBJECT.to_owned(),
                body: String::new(),
                chat: Some(chat.id),
                lines: lines(&Transcript::of(&log, reader), entries, kind),
                history: "chat",
            }
        };
        let parts = chat_parts(chat, entries);
        Ok(parts.iter().map(|(entries, kind)| article(entries, *kind)).collect())
    }
}

fn nothing_chosen() -> AppError {
    AppError::BadInput("nothing of the chat was chosen".into())
}

/// The parts that there are: what everybody may read, from outside, and what is for agents only.
pub fn chat_parts(chat: &Chat, entries: impl Iterator<Item = Entry>) -> Vec<(Vec<Entry>, Kind)> {
    let among = chat.is_among_agents();
    let (everybody, agents): (Vec<Entry>, Vec<Entry>) = entries.partition(|entry| !among && entry.public_seq.is_some());
    let parts = [(everybody, Kind::CustomerUser), (agents, Kind::Agent)];
    parts.into_iter().filter(|(entries, _)| !entries.is_empty()).collect()
}

fn lines(transcript: &Transcript, entries: &[Entry], reader: Kind) -> Vec<NewLine> {
    // By either count they stand in order.
    let entry = |seq: i64| {
        let found = match Side::of(reader) {
            Side::Agents => entries.binary_search_by_key(&seq, |entry| entry.seq),
            Side::External => entries.binary_search_by_key(&Some(seq), |entry| entry.public_seq),
        };
        found.ok().map(|at| &entries[at])
    };
    let mut lines = Vec::new();
    for block in transcript.days.iter().flat_map(|day| &day.blocks) {
        match block {
            Block::Said {
                by,
                kind,
                note,
                messages,
            } => {
                for message in messages {
                    let Some(entry) = entry(message.seq) else { continue };
                    lines.push(NewLine {
                        seq: entry.seq,
                        at: entry.at,
                        person: entry.actor,
                        by: Some(NewLineBy {
                            kind: *kind,
                            name: by.clone(),
                        }),
                        note: *note,
                        text: message.text.as_ref().ok().cloned(),
                    });
                }
            }
            Block::Happened { seq, sentence, .. } => {
                let Some(entry) = entry(*seq) else { continue };
                lines.push(NewLine {
                    seq: entry.seq,
                    at: entry.at,
                    person: entry.actor,
                    by: None,
                    note: false,
                    text: Some(sentence.clone()),
                });
            }
        }
    }
    lines
}

/// An id of its own for what a customer user makes of a chat: the same each time, so that he makes it once.
pub(super) fn made_of(chat: ChatId) -> ClientId {
    ClientId(Uuid::from_u128(chat.0.as_u128() ^ 1))
}
