//! Other people's ticket systems behind one trait, [`Desk`].
//!
//! - [`ticket`]: what is said to a desk and what it says, in our words.
//! - [`mapping`]: which of its queues an agent reaches, and [`Through`], which asks the desk for one agent.
//! - [`znuny`] (also OTRS and OTOBO) and [`zammad`]: the two systems.
//! - `once`: nothing is stored twice, though answers get lost.
//! - `remote`: HTTP with limits; [`Secret`]: what never stands in a log.
#![forbid(unsafe_code)]

mod error;
pub mod mapping;
mod once;
mod remote;
mod secret;
mod text;
pub mod ticket;
pub mod zammad;
pub mod znuny;

pub use error::DeskError;
pub use mapping::{Doing, Mapping, Through};
pub use remote::{Address, Patience};
pub use secret::Secret;
pub use ticket::{
    Agent, Article, Author, Customer, Find, Mark, Meta, NewTicket, Pdf, Pending, Ticket, TicketId, TicketRef,
};

/// A ticket system, asked with one service account; whether the person behind the question may is [`Through`]'s business.
#[async_trait::async_trait]
pub trait Desk: Send + Sync {
    /// Whether the desk answers, lets us in and has what we need there. Says in a sentence what it found.
    async fn test(&self) -> Result<String, DeskError>;

    /// Newest first, at most [`ticket::HITS_MAX`], from these queues alone.
    async fn search(&self, find: &Find, queues: &[&str]) -> Result<Vec<Ticket>, DeskError>;

    /// Makes a ticket with its articles (at least one). The same again, by the mark of the first article, completes and
    /// returns the ticket made before. Calls with one mark must follow each other.
    async fn create(&self, ticket: &NewTicket, articles: &[Article]) -> Result<TicketRef, DeskError>;

    /// Adds an article. The same again, by its mark, changes nothing. Calls with one mark must follow each other.
    async fn append(&self, ticket: &TicketId, article: &Article) -> Result<(), DeskError>;

    async fn get(&self, ticket: &TicketId) -> Result<Option<Ticket>, DeskError>;

    /// What a ticket can be given.
    async fn meta(&self) -> Result<Meta, DeskError>;

    /// Customers that the desk knows by this login, address or name; at most [`ticket::HITS_MAX`].
    async fn customers(&self, find: &str) -> Result<Vec<Customer>, DeskError>;
}
