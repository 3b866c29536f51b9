//! The ticket list: by queue, state and owner, or by what is written in them.

use super::super::{App, AppError};
use super::{Reach, customer, from_wire, named, state};
use domain::search::{QUERY_MAX, Query};
use domain::ticket::Act;
use domain::{Instant, Person, PersonId, QueueId, TicketId};
use store::{InTickets, Only, Ticket};
use uuid::Uuid;
use wire::{AnyPriority, AnyState};

const PAGE: usize = 25;
/// Tickets looked through for a page: it is shorter where few of them fit, and the next one looks on.
const LOOKED_THROUGH: i64 = 200;

/// Which tickets.
#[derive(Debug, Clone)]
pub struct TicketsAsked {
    queue: Option<QueueId>,
    only: Only,
    owner: Whose,
    query: Option<Query>,
    words: Option<String>,
    before: InDesk,
}

/// The same, as a connected desk is asked.
pub(super) struct Asked<'a> {
    pub words: Option<&'a str>,
    pub queue: Option<QueueId>,
    /// Also those that take no articles any more.
    pub all: bool,
    pub of_state: bool,
    pub of_owner: bool,
    pub is_next: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Anybody,
    Nobody,
    Mine,
    Agents(PersonId),
}

/// A place in a list: by time of the last change, or in what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InDesk {
    List(InTickets),
    Found(i64),
}

impl InDesk {
    pub fn read(cursor: &str) -> Result<Self, AppError> {
        let none = || AppError::BadInput("before is no cursor of ours".into());
        let (at, id) = cursor.split_once('.').ok_or_else(none)?;
        let at: i64 = at.parse().map_err(|_| none())?;
        if id == "found" {
            return Ok(Self::Found(at));
        }
        let id = Uuid::try_parse(id).map_err(|_| none())?;
        Ok(Self::List(InTickets {
            changed_at: Instant(at),
            id: TicketId(id),
        }))
    }

    pub fn cursor(self) -> String {
        match self {
            Self::List(place) => format!("{}.{}", place.changed_at.0, place.id.0.simple()),
            Self::Found(doc) => format!("{doc}.found"),
        }
    }
}

impl TicketsAsked {
    /// Refuses what is too long, what names nothing, and what is no cursor of ours.
    pub fn new(
        queue: Option<Uuid>,
        state: Option<&str>,
        owner: Option<&str>,
        q: Option<&str>,
        before: Option<&str>,
    ) -> Result<Self, AppError> {
        let q = q.map(str::trim).filter(|q| !q.is_empty());
        if q.is_some_and(|q| q.chars().count() > QUERY_MAX) {
            return Err(AppError::BadInput(format!("q is longer than {QUERY_MAX} characters")));
        }
        let query = q.map(Query::new);
        let only = match state.unwrap_or("open") {
            "open" => Only::Open,
            "all" => Only::All,
            word => {
                let state: Option<wire::TicketState> = serde_json::from_value(word.into()).ok();
                let state = state.ok_or_else(|| AppError::BadInput(format!("{word:?} is no state")))?;
                Only::State(from_wire(state))
            }
        };
        let owner = match owner {
            None | Some("") => Whose::Anybody,
            Some("me") => Whose::Mine,
            Some("nobody") => Whose::Nobody,
            Some(id) => {
                let id = Uuid::try_parse(id);
                Whose::Agents(PersonId(
                    id.map_err(|_| AppError::BadInput("owner is me, nobody, or an agent".into()))?,
                ))
            }
        };
        let start = match query {
            Some(_) => InDesk::Found(i64::MAX),
            None => InDesk::List(InTickets::START),
        };
        let before = before.map_or(Ok(start), InDesk::read)?;
        if matches!(before, InDesk::Found(_)) != query.is_some() {
            return Err(AppError::BadInput("before is the cursor of another list".into()));
        }
        Ok(Self {
            queue: queue.map(QueueId),
            only,
            owner,
            query,
            words: q.map(str::to_owned),
            before,
        })
    }

    fn there(&self) -> Asked<'_> {
        Asked {
            words: self.words.as_deref(),
            queue: self.queue,
            all: self.only == Only::All,
            of_state: matches!(self.only, Only::State(_)),
            of_owner: self.owner != Whose::Anybody,
            is_next: !matches!(self.before, InDesk::Found(i64::MAX) | InDesk::List(InTickets::START)),
        }
    }

    fn fits(&self, ticket: &Ticket, me: &Person) -> bool {
        let owner = ticket.owner.as_ref().map(|owner| owner.id);
        let of_owner = match self.owner {
            Whose::Anybody => true,
            Whose::Nobody => owner.is_none(),
            Whose::Mine => owner == Some(me.id),
            Whose::Agents(agent) => owner == Some(agent),
        };
        let in_state = match self.only {
            Only::All => true,
            Only::Open => ticket.state.takes_articles(),
            Only::State(state) => ticket.state == state,
        };
        of_owner && in_state && self.queue.is_none_or(|queue| queue == ticket.queue)
    }
}

impl App {
    /// The tickets an agent may read, changed last first.
    pub async fn tickets(&self, person: &Person, asked: &TicketsAsked) -> Result<wire::TicketList, AppError> {
        if let Some(foreign) = self.foreign() {
            return self.tickets_there(foreign, person, &asked.there()).await;
        }
        let reach = self.reach(person).await?;
        let queues: Vec<QueueId> = reach
            .readable()
            .map(|queue| queue.id)
            .filter(|queue| asked.queue.is_none_or(|asked| asked == *queue))
            .collect();
        let looked = self.look_through(person, asked, &queues).await?;
        // What is told was read before the verdict is true.
        let reach = self.reach(person).await?;
        let (mut tickets, mut next) = (Vec::new(), looked.next);
        let mut last = None;
        for (ticket, place) in looked.tickets {
            if tickets.len() == PAGE {
                next = last;
                break;
            }
            last = Some(place);
            if reach.allows(ticket.queue, Act::Read) && asked.fits(&ticket, person) {
                tickets.push(line(&ticket, &reach));
            }
        }
        Ok(wire::TicketList {
            tickets,
            next: next.map(InDesk::cursor),
        })
    }

    /// The next of the list, about [`LOOKED_THROUGH`] at most: some of them may not fit.
    async fn look_through(
        &self,
        person: &Person,
        asked: &TicketsAsked,
        queues: &[QueueId],
    ) -> Result<Looked, AppError> {
        let place = match asked.before {
            _ if queues.is_empty() => return Ok(Looked::default()),
            InDesk::Found(before) => {
                let query = asked.query.as_ref().filter(|query| !query.is_empty());
                let Some(query) = query else {
                    // Nothing but signs was typed.
                    return Ok(Looked::default());
                };
                let found = self.store.search_tickets(query, queues, before, LOOKED_THROUGH).await?;
                let placed = found.tickets.into_iter().map(|it| (it.ticket, InDesk::Found(it.doc)));
                return Ok(Looked {
                    tickets: placed.collect(),
                    next: found.next.map(InDesk::Found),
                });
            }
            InDesk::List(place) => place,
        };
        let owner = match asked.owner {
            Whose::Mine => Some(person.id),
            Whose::Agents(agent) => Some(agent),
            Whose::Anybody | Whose::Nobody => None,
        };
        if let Some(owner) = owner {
            let all = self.store.tickets_of_owner(owner, place, LOOKED_THROUGH).await?;
            let more = all.len() >= LOOKED_THROUGH as usize;
            return Ok(Looked::list(all, more));
        }
        // Everything fits but for those that have an owner where nobody's are asked for.
        let each = match asked.owner {
            Whose::Nobody => 2 * (PAGE + 1),
            _ => PAGE + 1,
        };
        let (mut all, mut place) = (Vec::new(), place);
        loop {
            let mut some = Vec::new();
            for queue in queues {
                some.extend(
                    self.store
                        .tickets_of_queue(*queue, asked.only, place, each as i64)
                        .await?,
                );
            }
            some.sort_by_key(|ticket| std::cmp::Reverse((ticket.changed_at, ticket.id)));
            // The newest of all are among the newest of each.
            some.truncate(each);
            let more = some.len() >= each;
            place = some.last().map_or(place, InTickets::of);
            all.extend(some);
            let fitting = all.iter().filter(|ticket| asked.fits(ticket, person)).count();
            if !more || fitting > PAGE || all.len() >= LOOKED_THROUGH as usize {
                return Ok(Looked::list(all, more));
            }
        }
    }
}

/// Tickets with their places, and where the list goes on behind them.
#[derive(Default)]
struct Looked {
    tickets: Vec<(Ticket, InDesk)>,
    next: Option<InDesk>,
}

impl Looked {
    fn list(tickets: Vec<Ticket>, more: bool) -> Self {
        let place = |ticket: &Ticket| InDesk::List(InTickets::of(ticket));
        Self {
            next: tickets.last().filter(|_| more).map(place),
            tickets: tickets
                .into_iter()
                .map(|ticket| {
                    let place = place(&ticket);
                    (ticket, place)
                })
                .collect(),
        }
    }
}

fn line(ticket: &Ticket, reach: &Reach) -> wire::TicketLine {
    wire::TicketLine {
        id: ticket.id.0,
        number: ticket.number.clone(),
        title: ticket.title.clone(),
        queue: reach.queue_ref(ticket.queue),
        state: AnyState::Ours(state(ticket.state)),
        priority: AnyPriority::Ours(ticket.priority.number()),
        locked: ticket.locked,
        owner: ticket.owner.as_ref().map(named),
        customer: customer(ticket),
        created_at: Some(ticket.created_at.ms()),
        changed_at: Some(ticket.changed_at.ms()),
        can_append: ticket.state.takes_articles() && reach.allows(ticket.queue, Act::Note),
    }
}
