//! The ticket desk. A ticket is looked up through the person asking: an agent by his keys on the group of its queue, a customer user
//! by being the one it is for, or of his company.

mod about;
mod change;
mod chat;
mod files;
mod foreign;
mod list;
mod make;
mod mine;
mod view;

pub use chat::IntoTicket;
pub(super) use chat::chat_parts;
pub use list::TicketsAsked;
use mine::is_his;

use super::rights::Held;
use super::{App, AppError};
use domain::ticket::{Act, TicketState, TicketType, allows};
use domain::{ChannelId, ClientId, Kind, Person, PersonId, QueueId, Refusal, TicketId};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{Queue, Ticket};
use uuid::Uuid;

/// Longest title or subject, and text of an article, in code points.
const LINE_MAX: usize = 191;
/// In every number, so that the numbers of two systems differ.
const SYSTEM_ID: u32 = 10;
/// Where tickets go that nobody chose a queue for.
const FIRST: &str = "Raw";

/// The queues, and what an agent may do in each.
struct Reach {
    held: Arc<Held>,
    queues: Vec<Queue>,
}

impl Reach {
    fn queue(&self, id: QueueId) -> Option<&Queue> {
        self.queues.iter().find(|queue| queue.id == id)
    }

    fn allows(&self, queue: QueueId, act: Act) -> bool {
        self.queue(queue).is_some_and(|queue| reaches(&self.held, queue, act))
    }

    fn readable(&self) -> impl Iterator<Item = &Queue> {
        self.queues.iter().filter(|queue| reaches(&self.held, queue, Act::Read))
    }

    fn name(&self, id: QueueId) -> String {
        self.queue(id).map(|queue| queue.name.clone()).unwrap_or_default()
    }

    fn queue_ref(&self, id: QueueId) -> wire::QueueRef {
        wire::QueueRef {
            id: id.0,
            name: self.name(id),
        }
    }
}

fn reaches(held: &Held, queue: &Queue, act: Act) -> bool {
    let keys = held.keys.get(&queue.group);
    held.valid && keys.is_some_and(|keys| allows(keys, act))
}

impl App {
    /// As of the newest rights. Agents only; to others there is no desk.
    async fn reach(&self, person: &Person) -> Result<Reach, AppError> {
        if person.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        let queues = self.store.queues().await?;
        let held = self.held_newest(person).await?;
        Ok(Reach { held, queues })
    }

    /// The queues an agent may do anything with, and who a new ticket of one of them can be given to.
    pub async fn my_queues(&self, person: &Person, agents_of: Option<QueueId>) -> Result<wire::Queues, AppError> {
        if let Some(foreign) = self.foreign() {
            return self.queues_there(foreign, person).await;
        }
        let reach = self.reach(person).await?;
        let acts = [
            (Act::Read, wire::QueueCan::Read),
            (Act::Create, wire::QueueCan::Create),
            (Act::MoveInto, wire::QueueCan::MoveInto),
        ];
        let view = |queue: &Queue| wire::QueueView {
            queue: reach.queue_ref(queue.id),
            channel: queue.channel.map(|channel| channel.0),
            valid: queue.valid,
            can: acts
                .iter()
                .filter(|(act, _)| reaches(&reach.held, queue, *act))
                .map(|(_, can)| *can)
                .collect(),
        };
        let queues = reach.queues.iter().map(view).filter(|queue| !queue.can.is_empty());
        let asked = agents_of.and_then(|queue| reach.queue(queue));
        let agents = match asked.filter(|queue| reach.allows(queue.id, Act::Create)) {
            Some(queue) => Some(self.store.readers_of(queue.group).await?.iter().map(named).collect()),
            None => None,
        };
        Ok(wire::Queues {
            queues: queues.collect(),
            agents,
            choices: None,
        })
    }

    /// The ticket, and what the agent may do in its queue; refused like a missing one where he may not read it.
    async fn ticket_of(&self, person: &Person, id: TicketId) -> Result<(Ticket, Reach), AppError> {
        // The ticket first, the verdict afterwards: what is served was made before the verdict was true.
        let ticket = self.store.ticket(id).await?;
        let reach = self.reach(person).await?;
        self.here()?;
        let ticket = ticket.filter(|ticket| reach.allows(ticket.queue, Act::Read));
        Ok((ticket.ok_or(Refusal::NotFound)?, reach))
    }

    /// Refused where tickets are in a connected desk.
    fn here(&self) -> Result<(), AppError> {
        match self.foreign() {
            Some(_) => Err(AppError::TicketsElsewhere),
            None => Ok(()),
        }
    }

    /// The number of a ticket that takes a chat from this agent. Who may make tickets of a queue, may put into his the chat that
    /// he makes it of, even where he does not see it afterwards.
    pub(super) async fn ticket_to_append(
        &self,
        person: &Person,
        cid: ClientId,
        held: &Held,
        id: TicketId,
    ) -> Result<String, AppError> {
        let ticket = self.store.ticket(id).await?.ok_or(Refusal::NotFound)?;
        let queues = self.store.queues().await?;
        let queue = queues.iter().find(|queue| queue.id == ticket.queue);
        let may = |act| person.kind == Kind::Agent && queue.is_some_and(|queue| reaches(held, queue, act));
        if !may(Act::Create) || self.store.made_ticket(person.id, one_of_two(cid)).await? != Some(id) {
            if !may(Act::Read) {
                return Err(Refusal::NotFound.into());
            }
            if !may(Act::Note) {
                return Err(Refusal::NotAllowed.into());
            }
        }
        if !ticket.state.takes_articles() {
            return Err(Refusal::TicketClosed.into());
        }
        Ok(ticket.number)
    }

    /// Where tickets go that come by a channel.
    async fn queue_of_channel(&self, channel: Option<ChannelId>) -> Result<Queue, AppError> {
        let queues = self.store.queues().await?;
        let valid = || queues.iter().filter(|queue| queue.valid);
        let of_channel = valid().find(|queue| channel.is_some() && queue.channel == channel);
        let first = valid().find(|queue| queue.name == FIRST).or(valid().next());
        let queue = of_channel.or(first).cloned();
        Ok(queue.ok_or(Refusal::NotOffered)?)
    }

    /// Puts changed tickets into the search index; says how many it took on.
    pub async fn index_tickets(&self) -> Result<usize, AppError> {
        Ok(self.store.index_tickets().await?)
    }
}

/// The id of the other half of a command that makes a ticket and puts a chat into it.
fn one_of_two(cid: ClientId) -> ClientId {
    ClientId(Uuid::from_u128(cid.0.as_u128() ^ 1))
}

/// Tells a retry from another command under the same client id.
fn digest_of<T: serde::Serialize>(word: &str, command: &T) -> [u8; 16] {
    let json = serde_json::to_vec(command).unwrap_or_default();
    let hash = Sha256::new()
        .chain_update(word)
        .chain_update([0])
        .chain_update(json)
        .finalize();
    let mut digest = [0; 16];
    digest.copy_from_slice(&hash[..16]);
    digest
}

fn state(state: TicketState) -> wire::TicketState {
    match state {
        TicketState::New => wire::TicketState::New,
        TicketState::Open => wire::TicketState::Open,
        TicketState::PendingReminder => wire::TicketState::PendingReminder,
        TicketState::PendingAutoCloseSuccessful => wire::TicketState::PendingAutoCloseSuccessful,
        TicketState::PendingAutoCloseUnsuccessful => wire::TicketState::PendingAutoCloseUnsuccessful,
        TicketState::ClosedSuccessful => wire::TicketState::ClosedSuccessful,
        TicketState::ClosedUnsuccessful => wire::TicketState::ClosedUnsuccessful,
        TicketState::Removed => wire::TicketState::Removed,
        TicketState::Merged => wire::TicketState::Merged,
    }
}

fn from_wire(state: wire::TicketState) -> TicketState {
    match state {
        wire::TicketState::New => TicketState::New,
        wire::TicketState::Open => TicketState::Open,
        wire::TicketState::PendingReminder => TicketState::PendingReminder,
        wire::TicketState::PendingAutoCloseSuccessful => TicketState::PendingAutoCloseSuccessful,
        wire::TicketState::PendingAutoCloseUnsuccessful => TicketState::PendingAutoCloseUnsuccessful,
        wire::TicketState::ClosedSuccessful => TicketState::ClosedSuccessful,
        wire::TicketState::ClosedUnsuccessful => TicketState::ClosedUnsuccessful,
        wire::TicketState::Removed => TicketState::Removed,
        wire::TicketState::Merged => TicketState::Merged,
    }
}

fn type_from_wire(kind: wire::TicketType) -> TicketType {
    match kind {
        wire::TicketType::Unclassified => TicketType::Unclassified,
        wire::TicketType::Incident => TicketType::Incident,
        wire::TicketType::Problem => TicketType::Problem,
        wire::TicketType::Request => TicketType::Request,
    }
}

/// The state with the date it waits for: pending states need one, others have none.
fn pending(state: TicketState, until_ms: Option<i64>) -> Result<Option<domain::Instant>, AppError> {
    match (state.waits(), until_ms) {
        (true, None) => Err(AppError::BadInput("a pending ticket needs a date".into())),
        (false, Some(_)) => Err(AppError::BadInput("only a pending ticket has a date".into())),
        (_, until) => Ok(until.map(|ms| domain::Instant(ms.saturating_mul(1_000)))),
    }
}

fn customer(ticket: &Ticket) -> wire::TicketCustomer {
    wire::TicketCustomer {
        person: ticket.customer.id.map(|id| id.0),
        name: ticket.customer.name.clone(),
        email: ticket.customer.email.clone(),
        company: ticket.company_name.clone(),
    }
}

fn named(person: &store::Named) -> wire::PersonRef {
    wire::PersonRef {
        id: person.id.0,
        name: person.name.clone(),
    }
}

impl App {
    /// An agent to whom a ticket of this queue can be given.
    async fn reader(&self, queue: &Queue, id: PersonId) -> Result<store::Named, AppError> {
        let he = self.store.reader_of(queue.group, id).await?;
        Ok(he.ok_or(Refusal::PersonNotAllowed)?)
    }
}
