//! Tickets as customer users see them: their own and their company's, and of those what is meant for them.

use super::super::{App, AppError};
use super::chat::made_of;
use super::list::InDesk;
use super::make::{new_ticket, web_article};
use super::{IntoTicket, LINE_MAX, digest_of, state};
use crate::clock;
use domain::chat::State;
use domain::ticket::Sender;
use domain::verbs::Offer;
use domain::{ChannelId, ChatId, ClientId, CompanyId, Kind, Person, Refusal, TicketId, text};
use std::sync::Arc;
use store::{Customer, InTickets, NewArticle, NewTicket, Ticket, TicketCommand};
use wire::{AddMyChat, MakeMyTicket, MyTicket, MyTicketLine, MyTicketMade, MyTickets, WriteArticle};

const PAGE: i64 = 25;

impl App {
    /// Customer users only; to others there are no tickets here. His company, if he has one.
    pub(super) async fn customer(&self, person: &Person) -> Result<Option<CompanyId>, AppError> {
        if person.kind != Kind::CustomerUser {
            return Err(Refusal::NotFound.into());
        }
        self.held_newest(person).await?;
        Ok(self.store.company_of(person.id).await?)
    }

    pub async fn my_tickets(
        &self,
        person: &Person,
        of_company: bool,
        before: Option<&str>,
    ) -> Result<MyTickets, AppError> {
        let place = match before.map(InDesk::read).transpose()? {
            None => InTickets::START,
            Some(InDesk::List(place)) => place,
            Some(InDesk::Found(_)) => return Err(AppError::BadInput("before is the cursor of another list".into())),
        };
        let company = self.customer(person).await?;
        self.here()?;
        let mut tickets = match (of_company, company) {
            (false, _) => self.store.tickets_of_customer(person.id, place, PAGE + 1).await?,
            (true, Some(company)) => self.store.tickets_of_company(company, place, PAGE + 1).await?,
            (true, None) => Vec::new(),
        };
        let more = tickets.len() > PAGE as usize;
        tickets.truncate(PAGE as usize);
        let next = tickets
            .last()
            .filter(|_| more)
            .map(|last| InDesk::List(InTickets::of(last)).cursor());
        // He may have left the company while this was read.
        let company = self.customer(person).await?;
        tickets.retain(|ticket| is_his(ticket, person, company));
        Ok(MyTickets {
            tickets: tickets.iter().map(|ticket| line(ticket, person)).collect(),
            next,
        })
    }

    /// With its articles before a number, the newest of them.
    pub async fn my_ticket(&self, person: &Person, id: TicketId, before: i64) -> Result<MyTicket, AppError> {
        let (mut articles, earlier) = self.store.articles(id, true, before).await?;
        let ticket = self.ticket_of_customer(person, id).await?;
        // No number: which of the agents it was that he talked with is known of chats only.
        if let Some(alias) = domain::access::alias(None, &self.settings()) {
            let agents = articles.iter_mut().filter(|article| article.by_agent);
            agents.for_each(|article| article.author.clone_from(&alias));
        }
        let channel = match self.may_begin_about(person, &ticket) {
            true => self.channel_of_queue(&ticket).await?,
            false => None,
        };
        let settings = self.settings();
        let offers = self.offers().await?;
        let offered = |channel: &ChannelId| {
            let offer = offers.iter().find(|offer| offer.channel == *channel);
            offer.is_some_and(|offer| offer.to(person.kind, true, &settings))
        };
        Ok(MyTicket {
            channel: channel.filter(offered).map(|channel| channel.0),
            articles: self.article_views(person, articles).await?,
            earlier,
            can_write: ticket.state.takes_articles(),
            ticket: line(&ticket, person),
        })
    }

    pub(super) async fn ticket_of_customer(&self, person: &Person, id: TicketId) -> Result<Ticket, AppError> {
        let ticket = self.store.ticket(id).await?;
        let company = self.customer(person).await?;
        self.here()?;
        let ticket = ticket.filter(|ticket| is_his(ticket, person, company));
        Ok(ticket.ok_or(Refusal::NotFound)?)
    }

    /// A ticket of what he writes, and of a chat of his that has ended; of one chat he makes one ticket.
    pub async fn make_my_ticket(
        self: &Arc<Self>,
        person: &Person,
        asks: &MakeMyTicket,
    ) -> Result<MyTicketMade, AppError> {
        self.customer(person).await?;
        let title = text::line(&asks.title, LINE_MAX)?;
        let body = text::message(&asks.text, person.kind, &self.settings())?;
        let mut channel = asks.channel.map(ChannelId);
        if let Some(asked) = channel {
            let (offers, settings) = (self.offers().await?, self.settings());
            let offered = |offer: &Offer| offer.channel == asked && offer.to(person.kind, false, &settings);
            if !offers.iter().any(offered) {
                return Err(Refusal::NotOffered.into());
            }
        }
        let mut more: Vec<NewArticle> = Vec::new();
        let (mut cid, mut digest) = (ClientId(asks.cid), digest_of("make_my_ticket", asks));
        if let Some(id) = asks.chat.map(ChatId) {
            let granted = self.grant_newest(person, id).await?;
            if granted.chat.state != State::Closed {
                return Err(AppError::BadInput("the conversation has not ended".into()));
            }
            if self.foreign().is_none() {
                let into = IntoTicket::whole(asks.language.as_deref());
                // What is for agents only stays with them, in the archive.
                more = self.chat_articles(&granted.chat, &into, Sender::Customer).await?;
                more.retain(|article| article.visible);
            }
            channel = Some(granted.chat.channel);
            (cid, digest) = (made_of(id), digest_of("ticket_of_chat", &(id.0, &title, &body)));
        }
        // He made one of this chat before, and wrote something else there.
        let known = |error| match error {
            AppError::Refused(Refusal::CidReused) if asks.chat.is_some() => Refusal::InTicketAlready.into(),
            other => other,
        };
        if let Some(foreign) = self.foreign() {
            let chat = asks.chat.map(|chat| (ChatId(chat), asks.language.clone()));
            let address = self
                .store
                .customer_user(person.id)
                .await?
                .and_then(|customer| customer.email);
            let left = self.leave_there(foreign, person, (cid, digest), channel, title, body, address, chat);
            let number = left.await.map_err(known)?;
            return Ok(MyTicketMade { id: None, number });
        }
        let queue = self.queue_of_channel(channel).await?;
        let new = NewTicket {
            customer: Customer {
                id: Some(person.id),
                ..Customer::default()
            },
            more,
            ..new_ticket(queue.id, &title, web_article(&title, body))
        };
        let command = TicketCommand {
            by: person.clone(),
            cid,
            digest,
            at: clock::now(),
            seen: -1,
        };
        let made = self.made(&new, &command).await.map_err(known)?;
        Ok(MyTicketMade {
            id: Some(made.id),
            number: Some(made.number),
        })
    }

    /// Puts a chat of his that has ended into the ticket it was begun from, once.
    pub async fn add_my_chat(&self, person: &Person, id: TicketId, asks: &AddMyChat) -> Result<(), AppError> {
        let ticket = self.ticket_of_customer(person, id).await?;
        let granted = self.grant_newest(person, ChatId(asks.chat)).await?;
        let chat = &granted.chat;
        if chat.ticket != Some(id) {
            return Err(Refusal::NotFound.into());
        }
        if chat.state != State::Closed {
            return Err(AppError::BadInput("the conversation has not ended".into()));
        }
        let there = self.store.entries_in_ticket(chat.id, id).await?;
        let known = !there.is_empty();
        let into = IntoTicket::whole(asks.language.as_deref()).without(there);
        let articles = self.chat_articles(chat, &into, Sender::Customer).await?;
        // What is for agents only stays with them, in the archive.
        let article = articles.into_iter().find(|article| article.visible);
        if known && !article.as_ref().is_some_and(NewArticle::has_words) {
            return Ok(());
        }
        let article = article.ok_or(Refusal::NotFound)?;
        let command = TicketCommand {
            by: person.clone(),
            cid: made_of(chat.id),
            digest: digest_of("chat_into_ticket", &id.0),
            at: clock::now(),
            seen: -1,
        };
        self.wrote(&ticket, &article, None, &command).await.map(drop)
    }

    pub async fn write_article(&self, person: &Person, id: TicketId, asks: &WriteArticle) -> Result<i64, AppError> {
        let body = text::message(&asks.text, person.kind, &self.settings())?;
        let ticket = self.ticket_of_customer(person, id).await?;
        let article = NewArticle {
            history: "follow_up",
            ..web_article(&ticket.title, body)
        };
        let command = TicketCommand {
            by: person.clone(),
            cid: ClientId(asks.cid),
            digest: digest_of("write_article", &(id.0, asks)),
            at: clock::now(),
            seen: -1,
        };
        self.wrote(&ticket, &article, None, &command).await
    }
}

pub(super) fn is_his(ticket: &Ticket, person: &Person, company: Option<CompanyId>) -> bool {
    ticket.customer.id == Some(person.id) || company.is_some() && ticket.company == company
}

fn line(ticket: &Ticket, person: &Person) -> MyTicketLine {
    let customer = ticket.customer.name.clone();
    MyTicketLine {
        id: ticket.id.0,
        number: ticket.number.clone(),
        title: ticket.title.clone(),
        state: state(ticket.state),
        customer: customer.filter(|_| ticket.customer.id != Some(person.id)),
        created_at: ticket.created_at.ms(),
        changed_at: ticket.changed_at.ms(),
    }
}
