//! Which queues of a foreign desk an agent reaches.
//!
//! The desk knows one service account, which may see more than the agent. So administration says which Deskbell group
//! stands for which queue (in Zammad: group), and the agent's keys on that group decide. Everything else is not found.

use crate::{Article, Desk, DeskError, Find, NewTicket, Ticket, TicketId, TicketRef};
use domain::Key;
use std::collections::BTreeMap;

/// Queue of the desk → group of Deskbell, both by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping(pub BTreeMap<String, String>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Search,
    Append,
    Create,
}

impl Doing {
    /// The key that allows it; `rw` allows all.
    fn key(self) -> Key {
        match self {
            Self::Search => Key::Ro,
            Self::Append => Key::Note,
            Self::Create => Key::Create,
        }
    }
}

impl Mapping {
    /// The queues in which somebody may do this, who holds what `holds` says of a group's name and a key.
    pub fn reach(&self, doing: Doing, holds: impl Fn(&str, Key) -> bool) -> Vec<&str> {
        let may = |group: &str| holds(group, doing.key()) || holds(group, Key::Rw);
        let queues = self.0.iter().filter(|(_, group)| may(group));
        queues.map(|(queue, _)| queue.as_str()).collect()
    }
}

/// The desk as one agent reaches it.
pub struct Through<'a, H> {
    pub desk: &'a dyn Desk,
    pub mapping: &'a Mapping,
    /// Whether he holds a key on the group of this name.
    pub holds: H,
}

impl<H: Fn(&str, Key) -> bool + Sync> Through<'_, H> {
    pub async fn search(&self, find: &Find) -> Result<Vec<Ticket>, DeskError> {
        let queues = self.queues(Doing::Search);
        if queues.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.desk.search(find, &queues).await?;
        found.retain(|ticket| queues.contains(&ticket.queue.as_str()));
        Ok(found)
    }

    pub async fn get(&self, ticket: &TicketId) -> Result<Option<Ticket>, DeskError> {
        self.find(ticket, Doing::Search).await
    }

    pub async fn append(&self, ticket: &TicketId, article: &Article) -> Result<(), DeskError> {
        if self.find(ticket, Doing::Append).await?.is_none() {
            return Err(DeskError::NotFound);
        }
        self.desk.append(ticket, article).await
    }

    pub async fn create(&self, ticket: &NewTicket, articles: &[Article]) -> Result<TicketRef, DeskError> {
        if !self.queues(Doing::Create).contains(&ticket.queue.as_str()) {
            return Err(DeskError::NotFound);
        }
        self.desk.create(ticket, articles).await
    }

    /// Where he may create tickets.
    pub fn creates_in(&self) -> Vec<&str> {
        self.queues(Doing::Create)
    }

    async fn find(&self, ticket: &TicketId, doing: Doing) -> Result<Option<Ticket>, DeskError> {
        let queues = self.queues(doing);
        if queues.is_empty() {
            return Ok(None);
        }
        let found = self.desk.get(ticket).await?;
        Ok(found.filter(|ticket| queues.contains(&ticket.queue.as_str())))
    }

    fn queues(&self, doing: Doing) -> Vec<&str> {
        self.mapping.reach(doing, &self.holds)
    }
}
