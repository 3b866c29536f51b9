//! Chats begun from a ticket: which channel they go to, and who learns which ticket that was.

use super::super::{App, AppError};
use super::{Reach, is_his};
use domain::ticket::Act;
use domain::{ChannelId, Kind, Person, Refusal, TicketId};
use std::collections::HashMap;
use store::Ticket;

impl App {
    /// Where a customer user's chat about a ticket goes. Only the one the ticket is for begins one; his colleagues read it.
    pub(in super::super) async fn channel_of_my_ticket(
        &self,
        person: &Person,
        id: TicketId,
    ) -> Result<ChannelId, AppError> {
        let ticket = self.ticket_of_customer(person, id).await?;
        if ticket.customer.id != Some(person.id) {
            return Err(Refusal::NotOffered.into());
        }
        let channel = self.channel_of_queue(&ticket).await?;
        channel.ok_or(Refusal::NotOffered.into())
    }

    /// Where an agent's chat about a ticket goes, if its queue has a channel. With a customer user only about his own.
    pub(in super::super) async fn channel_of_ticket(
        &self,
        person: &Person,
        whom: &Person,
        id: TicketId,
    ) -> Result<Option<ChannelId>, AppError> {
        let (ticket, _) = self.ticket_of(person, id).await?;
        if whom.kind != Kind::Agent && ticket.customer.id != Some(whom.id) {
            return Err(Refusal::NotFound.into());
        }
        self.channel_of_queue(&ticket).await
    }

    pub(super) async fn channel_of_queue(&self, ticket: &Ticket) -> Result<Option<ChannelId>, AppError> {
        let queues = self.store.queues().await?;
        let queue = queues.iter().find(|queue| queue.id == ticket.queue);
        Ok(queue.and_then(|queue| queue.channel))
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
