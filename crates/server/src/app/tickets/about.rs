//! Chats begun from a ticket: which channel they go to, and who learns which ticket that was.

use super::super::{App, AppError};
use super::{Reach, is_his};
use domain::ticket::Act;
use domain::{ChannelId, Chat, Kind, Person, Refusal, TicketId};
use std::collections::HashMap;
use store::Ticket;

impl App {
    /// Where a customer user's chat about a ticket goes. The one the ticket is for begins one; whether his colleagues may, who
    /// read it, is a setting.
    pub(in super::super) async fn channel_of_my_ticket(
        &self,
        person: &Person,
        id: TicketId,
    ) -> Result<ChannelId, AppError> {
        let ticket = self.ticket_of_customer(person, id).await?;
        if !self.may_begin_about(person, &ticket) {
            return Err(Refusal::NotOffered.into());
        }
        let channel = self.channel_of_queue(&ticket).await?;
        channel.ok_or(Refusal::NotOffered.into())
    }

    /// Whether a customer user may begin a chat about this ticket, which is one he reads.
    pub(super) fn may_begin_about(&self, person: &Person, ticket: &Ticket) -> bool {
        ticket.customer.id == Some(person.id) || self.settings().customer_starts_from_company_ticket == 1
    }

    /// Where an agent's chat about a ticket goes, if its queue has a channel. With a customer user only about his own, and
    /// by what the settings ask for.
    pub(in super::super) async fn channel_of_ticket(
        &self,
        person: &Person,
        whom: &Person,
        id: TicketId,
    ) -> Result<Option<ChannelId>, AppError> {
        let (ticket, reach) = self.ticket_of(person, id).await?;
        if whom.kind != Kind::Agent {
            let settings = self.settings();
            let needs = Act::of_key(&settings.agent_starts_need_key).unwrap_or(Act::Change);
            let has_locked = ticket.locked && ticket.owner.as_ref().is_some_and(|owner| owner.id == person.id);
            if ticket.customer.id != Some(whom.id) {
                return Err(Refusal::NotFound.into());
            } else if !reach.allows(ticket.queue, needs) {
                return Err(Refusal::NotAllowed.into());
            } else if settings.agent_starts_need_lock == 1 && !has_locked {
                return Err(Refusal::LockFirst.into());
            }
        }
        self.channel_of_queue(&ticket).await
    }

    pub(super) async fn channel_of_queue(&self, ticket: &Ticket) -> Result<Option<ChannelId>, AppError> {
        let queues = self.store.queues().await?;
        let queue = queues.iter().find(|queue| queue.id == ticket.queue);
        Ok(queue.and_then(|queue| queue.channel))
    }

    /// The number of the ticket that a chat was begun from, if the person may read that.
    pub(in super::super) async fn number_of_ticket(
        &self,
        person: &Person,
        chat: &Chat,
    ) -> Result<Option<String>, AppError> {
        let refs = self.ticket_refs(person, chat.ticket).await?;
        Ok(refs.into_values().next().map(|ticket| ticket.number))
    }

    /// Those of these tickets that the person may read.
    pub(in super::super) async fn ticket_refs(
        &self,
        person: &Person,
        ids: impl IntoIterator<Item = TicketId>,
    ) -> Result<HashMap<TicketId, wire::TicketRef>, AppError> {
        let mut tickets: HashMap<TicketId, Ticket> = HashMap::new();
        for id in ids {
            if !tickets.contains_key(&id) {
                tickets.extend(self.store.ticket(id).await?.map(|ticket| (id, ticket)));
            }
        }
        // The tickets first, the verdict afterwards.
        match person.kind {
            _ if tickets.is_empty() || self.foreign().is_some() => tickets.clear(),
            Kind::PublicUser => tickets.clear(),
            Kind::CustomerUser => {
                let company = self.customer(person).await?;
                tickets.retain(|_, ticket| is_his(ticket, person, company));
            }
            Kind::Agent => {
                let reach: Reach = self.reach(person).await?;
                tickets.retain(|_, ticket| reach.allows(ticket.queue, Act::Read));
            }
        }
        let refs = tickets.into_iter().map(|(id, ticket)| {
            let number = ticket.number;
            (id, wire::TicketRef { id: id.0, number })
        });
        Ok(refs.collect())
    }
}
