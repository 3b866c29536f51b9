//! What is kept of one external: told, and erased.

use super::{Admin, App, AppError, view};
use crate::clock;
use domain::{ChatId, Kind, PersonId, Refusal, Side, TicketId};
use serde_json::{Value, json};
use store::{Article, InTickets};
use uuid::Uuid;

const CHATS: i64 = 100;
const ENTRIES: i64 = 500;

/// An external, as an administrator names him.
pub enum External<'a> {
    Login(&'a str),
    /// The visitor of a chat; he has no other name.
    VisitorOf(Uuid),
    /// The one visitor whose words are in a ticket, by its number.
    WriterOf(&'a str),
}

impl App {
    pub async fn external(&self, named: &External<'_>) -> Result<PersonId, AppError> {
        match named {
            External::Login(login) => match self.account_named(Kind::CustomerUser, login).await {
                Err(_) if self.store.account(Kind::Agent, login).await?.is_some() => Err(AppError::BadInput(format!(
                    "{login} is an agent: what agents wrote is the desk's and stays; deskbell agent deactivate {login} ends the account"
                ))),
                named => named,
            },
            External::VisitorOf(chat) => {
                let chat = self.store.chat(ChatId(*chat)).await?.ok_or(Refusal::NotFound)?;
                let visitor = chat.external().filter(|member| member.kind == Kind::PublicUser);
                Ok(visitor.ok_or(Refusal::NotFound)?.person)
            }
            External::WriterOf(number) => match self.store.visitors_in_ticket(number).await?.as_slice() {
                [visitor] => Ok(*visitor),
                [] => Err(Refusal::NotFound.into()),
                _ => Err(AppError::BadInput(format!(
                    "several visitors wrote in {number}: name a conversation of the one who is meant"
                ))),
            },
        }
    }

    /// What is kept of him: first who he is, then each of his chats, what waits for a connected ticket system, tickets as he may read
    /// them, and what he wrote in those of others.
    pub async fn export_person(&self, person: PersonId, mut put: impl FnMut(Value)) -> Result<(), AppError> {
        let row = self.store.person(person).await?.ok_or(Refusal::NotFound)?;
        let account = self.store.customer_user(person).await?;
        let identity = self.store.identity_of(person).await?;
        put(json!({
            "kind": row.kind.word(),
            "name": row.name,
            "company": row.company,
            "login": account.as_ref().map(|account| &account.login),
            "email": account.as_ref().map(|account| &account.email),
            "signed_in_as": identity.as_ref().map(|identity| &identity.subject),
            "proven_email": identity.as_ref().map(|identity| &identity.email),
        }));
        for (id, _) in self.all_chats_of(person).await? {
            let Some(chat) = self.store.chat(id).await? else {
                continue;
            };
            let (side, settings) = (Side::External, self.settings());
            let mut entries = Vec::new();
            let mut after = 0;
            loop {
                let page = self.store.entries_after(id, side, after, ENTRIES).await?;
                let Some(last) = page.last().and_then(|entry| entry.public_seq) else {
                    break;
                };
                after = last;
                entries.extend(page.iter().filter_map(|entry| view::entry(entry, side)));
            }
            let members = chat.members.iter().filter_map(|member| {
                let name = side.name(member, &settings).into_owned();
                side.number(member).map(|n| json!({ "n": n, "name": name }))
            });
            put(json!({
                "id": id.0,
                "created_at": chat.created_at.ms(),
                "closed_at": chat.closed_at.map(|at| at.ms()),
                "members": members.collect::<Vec<_>>(),
                "entries": entries,
            }));
        }
        for errand in self.store.open_errands_of(person).await? {
            let wanted = errand
                .payload
                .as_deref()
                .and_then(|payload| serde_json::from_str(payload).ok());
            put(json!({ "for_the_ticket_system": wanted.unwrap_or(Value::Null), "at": errand.created_at.ms() }));
        }
        self.export_tickets(person, &mut put).await?;
        let mut place = (TicketId(Uuid::nil()), 0, -1);
        loop {
            let page = self.store.words_in_tickets(person, place, ENTRIES).await?;
            let Some(last) = page.last() else { return Ok(()) };
            place = last.place;
            for words in page {
                put(json!({ "in_ticket": words.number, "at": words.at.ms(), "text": words.text }));
            }
        }
    }

    /// His tickets with the articles he may read.
    async fn export_tickets(&self, person: PersonId, mut put: impl FnMut(Value)) -> Result<(), AppError> {
        let mut place = InTickets::START;
        let mut page = self.store.tickets_left_by(person, CHATS).await?;
        loop {
            let of_customer = self.store.tickets_of_customer(person, place, CHATS).await?;
            place = of_customer.last().map_or(place, InTickets::of);
            page.extend(of_customer);
            if page.is_empty() {
                return Ok(());
            }
            for ticket in std::mem::take(&mut page) {
                let mut articles: Vec<Article> = Vec::new();
                loop {
                    let before = articles.first().map_or(i64::MAX, |first| first.n);
                    let (page, earlier) = self.store.articles(ticket.id, true, before).await?;
                    articles.splice(0..0, page);
                    if !earlier {
                        break;
                    }
                }
                let article = |article: &Article| {
                    let lines = article.lines.iter();
                    json!({
                        "at": article.at.ms(),
                        "author": article.author,
                        "subject": article.subject,
                        "body": article.body,
                        "lines": lines.map(|line| json!({ "at": line.at.ms(), "text": line.text })).collect::<Vec<_>>(),
                    })
                };
                put(json!({
                    "ticket": ticket.number,
                    "title": ticket.title,
                    "created_at": ticket.created_at.ms(),
                    "articles": articles.iter().map(article).collect::<Vec<_>>(),
                }));
            }
        }
    }

    async fn all_chats_of(&self, person: PersonId) -> Result<Vec<(ChatId, bool)>, AppError> {
        let mut all: Vec<(ChatId, bool)> = Vec::new();
        loop {
            let after = all.last().map_or(ChatId(Uuid::nil()), |(chat, _)| *chat);
            let page = self.store.chats_of_person(person, after, CHATS).await?;
            if page.is_empty() {
                return Ok(all);
            }
            all.extend(page);
        }
    }
}

impl Admin<'_> {
    /// Erases an external: his chats with all that is kept of them, what tickets hold of him, his account, his sessions. `told` hears how many chats went so far, of
    /// how many. Refused while a chat of his is not closed. With `dry` nothing is changed. The chat that names a visitor goes last, so
    /// that he can be named again where it was interrupted. Returns how many chats that are.
    pub async fn erase_person(
        &self,
        person: PersonId,
        named_by: Option<ChatId>,
        dry: bool,
        mut told: impl FnMut(usize, usize),
    ) -> Result<usize, AppError> {
        let mut chats = self.app.all_chats_of(person).await?;
        chats.sort_by_key(|(chat, _)| Some(*chat) == named_by);
        let running = chats.iter().filter(|(_, closed)| !closed).count();
        if running > 0 {
            let why = format!("{running} of the conversations are not closed: close them first");
            return Err(AppError::BadInput(why));
        }
        if dry {
            return Ok(chats.len());
        }
        // Nothing new begins meanwhile.
        self.end_account(person).await?;
        for (at, (chat, _)) in chats.iter().enumerate() {
            self.app.remove_closed(*chat).await?;
            told(at + 1, chats.len());
        }
        self.app
            .store
            .anonymise(person, chats.len() as i64, clock::now())
            .await?;
        Ok(chats.len())
    }
}
