//! Queues and tickets. A ticket is made with its first article and the first line of its history, under a number of its own.

use crate::accounts::taken;
use crate::db::{read, write_tx};
use crate::rows::unreadable;
use crate::{Store, StoreError, sql, us};
use domain::person::sort_key;
use domain::ticket::{ArticleChannel, Priority, Sender, TicketState, number};
use domain::{ChannelId, ClientId, CompanyId, GroupId, Instant, Person, PersonId, QueueId, TicketId};
use sqlx::FromRow;
use uuid::Uuid;

/// The queues every database has.
pub const FIRST_QUEUES: [&str; 4] = ["Postmaster", "Raw", "Junk", "Misc"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub id: QueueId,
    pub name: String,
    pub group: GroupId,
    /// Where chats about its tickets go.
    pub channel: Option<ChannelId>,
    pub valid: bool,
}

/// Whom a new ticket is for. Of a customer user the name and address are his own, and his company's ticket it is too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Customer {
    pub id: Option<PersonId>,
    pub name: Option<String>,
    pub email: Option<String>,
}

/// A decided new ticket with its first article.
#[derive(Debug, Clone)]
pub struct NewTicket {
    pub id: TicketId,
    pub cid: ClientId,
    /// Tells a retry from another command under the same client id.
    pub digest: [u8; 16],
    /// `YYYYMMDD`
    pub day: String,
    pub system_id: u32,
    pub queue: QueueId,
    pub title: String,
    pub text: String,
    pub state: TicketState,
    pub pending_until: Option<Instant>,
    pub priority: Priority,
    pub customer: Customer,
    pub channel: ArticleChannel,
    pub sender: Sender,
    /// The word of its first line of history.
    pub history: &'static str,
    pub creator: Person,
    pub at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Made now, or before by the same command.
    Ticket { id: TicketId, number: String },
    /// The client id was used before with another content.
    CidReused,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub id: TicketId,
    pub number: String,
    pub title: String,
    pub queue: QueueId,
    pub state: TicketState,
    pub pending_until: Option<Instant>,
    pub priority: Priority,
    pub locked: bool,
    pub owner: Option<PersonId>,
    pub responsible: Option<PersonId>,
    pub customer: Customer,
    pub company: Option<CompanyId>,
    pub created_at: Instant,
    pub changed_at: Instant,
    /// Raised by every change and article.
    pub version: i64,
}

/// A place in a list of tickets, newest first: what was changed before it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InTickets {
    pub changed_at: Instant,
    pub id: TicketId,
}

impl InTickets {
    pub const START: Self = Self {
        changed_at: Instant(i64::MAX),
        id: TicketId(Uuid::max()),
    };

    pub fn of(ticket: &Ticket) -> Self {
        Self {
            changed_at: ticket.changed_at,
            id: ticket.id,
        }
    }
}

impl Store {
    /// Refuses a name that another queue has.
    pub async fn make_queue(&self, queue: &Queue) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            insert!(queue).execute(&mut *tx).await.map_err(taken("the queue's name"))?;
        });
        Ok(())
    }

    /// Makes [`FIRST_QUEUES`] in the group `users`, unless there is a queue. Safe from several processes.
    pub async fn make_first_queues(&self) -> Result<(), StoreError> {
        if read!(&self.db, p => sqlx::query_scalar::<_, i64>(sql::COUNT_QUEUES).fetch_one(p).await)? > 0 {
            return Ok(());
        }
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            let there: i64 = sqlx::query_scalar(sql::COUNT_QUEUES).fetch_one(&mut *tx).await?;
            if there == 0 {
                let users: Uuid = sqlx::query_scalar(sql::GROUP_NAMED).bind("users").fetch_one(&mut *tx).await?;
                for name in FIRST_QUEUES {
                    let queue = Queue {
                        id: QueueId(Uuid::now_v7()),
                        name: name.into(),
                        group: GroupId(users),
                        channel: None,
                        valid: true,
                    };
                    insert!(queue).execute(&mut *tx).await?;
                }
            }
        });
        Ok(())
    }

    /// All queues by name, invalid ones too.
    pub async fn queues(&self) -> Result<Vec<Queue>, StoreError> {
        let rows: Vec<QueueRow> = read!(&self.db, p => sqlx::query_as(sql::QUEUES).fetch_all(p).await)?;
        Ok(rows.into_iter().map(QueueRow::queue).collect())
    }

    /// Makes the ticket, or finds the one that the same command made before. A repeated command may use up a number.
    pub async fn make_ticket(&self, new: &NewTicket) -> Result<Made, StoreError> {
        let made = write_tx!(&self.db, tx => {
            // Raised first: on PostgreSQL it is the lock behind which a repeated command finds its first try.
            let counter: i64 = sqlx::query_scalar(sql::NEXT_TICKET).bind(&new.day).fetch_one(&mut *tx).await?;
            let known: Option<(Uuid, String, Vec<u8>)> = sqlx::query_as(sql::KNOWN_TICKET)
                .bind(new.cid.0)
                .bind(new.creator.id.0)
                .fetch_optional(&mut *tx)
                .await?;
            match known {
                Some((id, number, digest)) if digest == new.digest => Made::Ticket { id: TicketId(id), number },
                Some(_) => Made::CidReused,
                None => {
                    let number = number(&new.day, new.system_id, counter);
                    sqlx::query(sql::MAKE_TICKET)
                        .bind(new.id.0)
                        .bind(&number)
                        .bind(&new.title)
                        .bind(new.queue.0)
                        .bind(new.state.word())
                        .bind(new.pending_until.map(us))
                        .bind(i64::from(new.priority.number()))
                        .bind(new.customer.id.map(|id| id.0))
                        .bind(&new.customer.name)
                        .bind(&new.customer.email)
                        .bind(new.creator.id.0)
                        .bind(new.cid.0)
                        .bind(&new.digest[..])
                        .bind(us(new.at))
                        .execute(&mut *tx)
                        .await?;
                    sqlx::query(sql::PUT_ARTICLE)
                        .bind(new.id.0)
                        .bind(1_i64)
                        .bind(us(new.at))
                        .bind(new.channel.word())
                        .bind(new.sender.word())
                        .bind(1_i64)
                        .bind(new.creator.id.0)
                        .bind(&new.creator.name)
                        .bind(None::<String>)
                        .bind(&new.title)
                        .bind(&new.text)
                        .execute(&mut *tx)
                        .await?;
                    sqlx::query(sql::PUT_TICKET_HISTORY)
                        .bind(new.id.0)
                        .bind(1_i64)
                        .bind(new.history)
                        .bind(us(new.at))
                        .bind(new.creator.id.0)
                        .bind(&new.creator.name)
                        .bind(None::<String>)
                        .bind(&number)
                        .execute(&mut *tx)
                        .await?;
                    Made::Ticket { id: new.id, number }
                }
            }
        });
        Ok(made)
    }

    pub async fn ticket(&self, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        let row: Option<TicketRow> =
            read!(&self.db, p => sqlx::query_as(sql::TICKET).bind(id.0).fetch_optional(p).await)?;
        row.map(TicketRow::ticket).transpose()
    }

    /// Those of a queue behind a place, the newest first; with `state` only those.
    pub async fn tickets_of_queue(
        &self,
        queue: QueueId,
        state: Option<TicketState>,
        after: InTickets,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        match state {
            None => self.tickets(sql::TICKETS_OF_QUEUE, queue.0, None, after, limit).await,
            Some(state) => {
                let only = Some(state.word());
                self.tickets(sql::TICKETS_OF_QUEUE_AND_STATE, queue.0, only, after, limit)
                    .await
            }
        }
    }

    /// Those of a customer user behind a place, the newest first.
    pub async fn tickets_of_customer(
        &self,
        customer: PersonId,
        after: InTickets,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        self.tickets(sql::TICKETS_OF_CUSTOMER, customer.0, None, after, limit)
            .await
    }

    async fn tickets(
        &self,
        text: &'static str,
        of: Uuid,
        only: Option<&str>,
        after: InTickets,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        let rows: Vec<TicketRow> = read!(&self.db, p => {
            let query = sqlx::query_as(text).bind(of).bind(us(after.changed_at)).bind(after.id.0).bind(limit);
            match only {
                Some(only) => query.bind(only).fetch_all(p).await,
                None => query.fetch_all(p).await,
            }
        })?;
        rows.into_iter().map(TicketRow::ticket).collect()
    }
}

macro_rules! insert {
    ($queue:expr) => {
        sqlx::query(sql::MAKE_QUEUE)
            .bind($queue.id.0)
            .bind(&$queue.name)
            .bind(sort_key(&$queue.name))
            .bind($queue.group.0)
            .bind($queue.channel.map(|channel| channel.0))
    };
}

use insert;

#[derive(FromRow, Debug)]
struct QueueRow {
    id: Uuid,
    name: String,
    group_id: Uuid,
    channel_id: Option<Uuid>,
    valid: i64,
}

impl QueueRow {
    fn queue(self) -> Queue {
        Queue {
            id: QueueId(self.id),
            name: self.name,
            group: GroupId(self.group_id),
            channel: self.channel_id.map(ChannelId),
            valid: self.valid == 1,
        }
    }
}

#[derive(FromRow, Debug)]
struct TicketRow {
    id: Uuid,
    number: String,
    title: String,
    queue_id: Uuid,
    state: String,
    pending_until: Option<i64>,
    priority: i64,
    locked: i64,
    owner_id: Option<Uuid>,
    responsible_id: Option<Uuid>,
    customer_id: Option<Uuid>,
    customer_name: Option<String>,
    customer_email: Option<String>,
    company_id: Option<Uuid>,
    created_at: i64,
    changed_at: i64,
    version: i64,
}

impl TicketRow {
    fn ticket(self) -> Result<Ticket, StoreError> {
        Ok(Ticket {
            id: TicketId(self.id),
            number: self.number,
            title: self.title,
            queue: QueueId(self.queue_id),
            state: TicketState::from_word(&self.state).ok_or_else(|| unreadable("ticket.state", &self.state))?,
            pending_until: self.pending_until.map(Instant),
            priority: Priority::new(self.priority)
                .ok_or_else(|| unreadable("ticket.priority", &self.priority.to_string()))?,
            locked: self.locked == 1,
            owner: self.owner_id.map(PersonId),
            responsible: self.responsible_id.map(PersonId),
            customer: Customer {
                id: self.customer_id.map(PersonId),
                name: self.customer_name,
                email: self.customer_email,
            },
            company: self.company_id.map(CompanyId),
            created_at: Instant(self.created_at),
            changed_at: Instant(self.changed_at),
            version: self.version,
        })
    }
}
