//! A customer user as agents see him: who he is, how he stands, and those of his chats that the agent asking may read.

use super::people::shown;
use super::rights::Held;
use super::{App, AppError};
use crate::clock;
use domain::person::sort_key;
use domain::presence::{Party, Signs, presence};
use domain::{Availability, Chat, ChatId, Instant, Kind, Person, PersonId, Presence, Refusal, Side, may_chat_with};
use store::{InCustomersList, Summary};
use uuid::Uuid;

/// Chats of a page.
const SHOWN: usize = 50;
/// Chats looked through for it, so that nobody's many chats make the view slow for who may read few of them: the page is
/// shorter then, and the next one looks on.
const LOOKED_THROUGH: i64 = 500;
/// Customer users of one look-up, and the longest text they are looked up by.
const FOUND: i64 = 10;
const FOUND_QUERY_MAX: usize = 100;

impl App {
    /// A customer user's detail view, with the page of his chats behind a cursor. Agents only; who is no customer user is not
    /// found.
    pub async fn customer_user(
        &self,
        person: &Person,
        id: PersonId,
        after: Option<&str>,
    ) -> Result<wire::CustomerUserView, AppError> {
        let after = after.map_or(Ok(InCustomersList::START), place)?;
        if person.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        let customer = self.store.customer_user(id).await?.ok_or(Refusal::NotFound)?;
        let (chats, next) = self.readable_chats_of(person, id, after).await?;
        // What is told is read first and held against the rights afterwards, as in `held_newest`.
        let held = self.held_newest(person).await?;
        let chats = chats.into_iter().filter(|(_, chat)| self.reads(person, &held, chat));
        let (now, settings) = (clock::now(), self.settings());
        let here = self.shared.presence.connection(id);
        let signs = Signs {
            kind: Kind::CustomerUser,
            availability: Availability::Unavailable,
            connected: here.is_some(),
            active_at: here.map_or(now, |here| here.active_at),
        };
        let presence = presence(&signs, now, &settings);
        let party = Party {
            id,
            kind: Kind::CustomerUser,
            availability: signs.availability,
            presence,
            admitted: false,
        };
        let why_not = may_chat_with(&self.viewer(person, &held), &party, &settings).err();
        Ok(wire::CustomerUserView {
            id: id.0,
            name: customer.name,
            login: customer.login,
            email: customer.email,
            company: customer.company,
            presence: shown(presence),
            can_chat: why_not.is_none(),
            why_not: why_not.map(|why| why.code().to_owned()),
            chats: chats.map(|(line, _)| self.summary(line, Side::Agents)).collect(),
            next: next.map(cursor),
        })
    }

    /// Customer users by a piece of their name, login, address or company. Agents only.
    pub async fn find_customers(&self, person: &Person, q: &str) -> Result<wire::FoundCustomers, AppError> {
        if person.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        if q.chars().count() > FOUND_QUERY_MAX {
            return Err(AppError::BadInput(format!(
                "q is longer than {FOUND_QUERY_MAX} characters"
            )));
        }
        if let Some(foreign) = self.foreign() {
            return self.customers_there(foreign, person, q).await;
        }
        let found = match sort_key(q.trim()).as_str() {
            "" => Vec::new(),
            piece => self.store.customers_like(piece, FOUND).await?,
        };
        self.held_newest(person).await?;
        let customer = |it: store::FoundCustomer| wire::FoundCustomer {
            id: Some(it.id),
            login: None,
            name: it.name,
            email: it.email,
            company: it.company,
        };
        Ok(wire::FoundCustomers {
            customers: found.into_iter().map(customer).collect(),
        })
    }

    /// The agent as one side of a chat that is not there yet.
    pub(super) fn viewer(&self, person: &Person, held: &Held) -> Party {
        Party {
            id: person.id,
            kind: person.kind,
            availability: held.availability,
            presence: Presence::Active,
            admitted: held.starts,
        }
    }

    /// Those of his chats behind a place that the agent may read, and where to look on.
    async fn readable_chats_of(
        &self,
        person: &Person,
        id: PersonId,
        after: InCustomersList,
    ) -> Result<(Vec<(Summary, Chat)>, Option<InCustomersList>), AppError> {
        let lines = self
            .store
            .chats_of_customer(person.id, id, after, LOOKED_THROUGH)
            .await?;
        let all = lines.len() < LOOKED_THROUGH as usize;
        let held = self.held(person).await?;
        let mut readable = Vec::new();
        let mut last = None;
        for line in lines {
            if readable.len() == SHOWN {
                return Ok((readable, last));
            }
            last = Some(InCustomersList::of(&line));
            if let Some(chat) = self.store.chat(line.chat).await?
                && self.reads(person, &held, &chat)
            {
                readable.push((line, chat));
            }
        }
        Ok((readable, last.filter(|_| !all)))
    }

    fn reads(&self, person: &Person, held: &Held, chat: &Chat) -> bool {
        let level = held.level(chat.channel);
        domain::access(chat, person.id, person.kind, level, clock::now(), &self.settings()).is_some()
    }
}

fn cursor(place: InCustomersList) -> String {
    let InCustomersList { closed, last_at, chat } = place;
    format!("{}.{}.{}", u8::from(closed), last_at.0, chat.0.simple())
}

fn place(cursor: &str) -> Result<InCustomersList, AppError> {
    let mut parts = cursor.split('.');
    let mut part = || parts.next().unwrap_or_default();
    let (closed, last_at, chat) = (part(), part().parse(), Uuid::try_parse(part()));
    match (closed, last_at, chat, parts.next()) {
        ("0" | "1", Ok(last_at), Ok(chat), None) => Ok(InCustomersList {
            closed: closed == "1",
            last_at: Instant(last_at),
            chat: ChatId(chat),
        }),
        _ => Err(AppError::BadInput("`after` is no cursor of ours".into())),
    }
}
