//! Queues and tickets as they are read.

use crate::accounts::having;
use crate::db::{read, write_tx};
use crate::rows::unreadable;
use crate::{Store, StoreError, sql, us};
use domain::entry::FileWords;
use domain::person::sort_key;
use domain::ticket::{ArticleChannel, Priority, Sender, TicketState, TicketType};
use domain::{ChannelId, ChatId, ClientId, CompanyId, File, GroupId, Instant, Key, Kind, PersonId, QueueId, TicketId};
use sqlx::FromRow;
use std::collections::{HashMap, HashSet};
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
    /// For administrators.
    pub comment: String,
}

/// Whom a new ticket is for. Of a customer user the name and address are his own, and his company's ticket it is too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Customer {
    pub id: Option<PersonId>,
    pub name: Option<String>,
    pub email: Option<String>,
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
    pub owner: Option<Named>,
    pub responsible: Option<Named>,
    pub customer: Customer,
    pub company: Option<CompanyId>,
    pub company_name: Option<String>,
    pub created_at: Instant,
    pub changed_at: Instant,
    /// Raised by every change and article.
    pub version: i64,
    pub kind: TicketType,
    /// Its place among what is found, the newest last; `None` until it is in the index.
    pub doc: Option<i64>,
}

/// A line of an article; 0 where it is no chat.
pub type InArticle = (TicketId, i64, i64);

/// What somebody wrote in a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsInTicket {
    pub place: InArticle,
    pub number: String,
    pub at: Instant,
    pub text: String,
}

/// A person by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: PersonId,
    pub name: String,
}

/// Articles of one page of a ticket at most, and lines of the chats that they hold; but one chat is never cut.
const ARTICLES: i64 = 200;
const LINES: usize = 10_000;

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
                        comment: String::new(),
                    };
                    columns!(sql::MAKE_QUEUE, queue).execute(&mut *tx).await?;
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

    pub async fn ticket(&self, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        let row: Option<TicketRow> =
            read!(&self.db, p => sqlx::query_as(sql::TICKET).bind(id.0).fetch_optional(p).await)?;
        row.map(TicketRow::ticket).transpose()
    }

    /// Those of a queue behind a place, the newest first.
    pub async fn tickets_of_queue(
        &self,
        queue: QueueId,
        only: Only,
        after: InTickets,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        let (text, word) = match only {
            Only::All => (sql::TICKETS_OF_QUEUE, None),
            Only::Open => (sql::OPEN_TICKETS_OF_QUEUE, None),
            Only::State(state) => (sql::TICKETS_OF_QUEUE_AND_STATE, Some(state.word())),
        };
        self.tickets(text, queue.0, word, after, limit).await
    }

    /// Those an agent owns behind a place, the newest first.
    pub async fn tickets_of_owner(
        &self,
        owner: PersonId,
        after: InTickets,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        self.tickets(sql::TICKETS_OF_OWNER, owner.0, None, after, limit).await
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

    /// Those of a company behind a place, the newest first.
    pub async fn tickets_of_company(
        &self,
        company: CompanyId,
        after: InTickets,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        self.tickets(sql::TICKETS_OF_COMPANY, company.0, None, after, limit)
            .await
    }

    /// The company a person belongs to, if he may still sign in.
    pub async fn company_of(&self, person: PersonId) -> Result<Option<CompanyId>, StoreError> {
        let id: Option<Option<Uuid>> =
            read!(&self.db, p => sqlx::query_scalar(sql::COMPANY_OF).bind(person.0).fetch_optional(p).await)?;
        Ok(id.flatten().map(CompanyId))
    }

    /// Articles of a ticket in order, the newest of those before a number, as many as one page holds; and whether there are earlier ones.
    /// With `visible` only those that customers may read.
    pub async fn articles(
        &self,
        ticket: TicketId,
        visible: bool,
        before: i64,
    ) -> Result<(Vec<Article>, bool), StoreError> {
        let rows: Vec<ArticleRow> = read!(&self.db, p => {
            let query = sqlx::query_as(sql::ARTICLES).bind(ticket.0).bind(ARTICLES + 1).bind(i64::from(visible));
            query.bind(before).fetch_all(p).await
        })?;
        let mut earlier = rows.len() as i64 > ARTICLES;
        let (mut articles, mut lines) = (Vec::new(), 0);
        for row in rows.into_iter().take(ARTICLES as usize) {
            let mut article = row.article()?;
            if article.chat.is_some() {
                let rows: Vec<LineRow> = read!(&self.db, p => {
                    sqlx::query_as(sql::ARTICLE_LINES).bind(ticket.0).bind(article.n).fetch_all(p).await
                })?;
                lines += rows.len();
                if lines > LINES && !articles.is_empty() {
                    earlier = true;
                    break;
                }
                article.lines = rows.into_iter().map(LineRow::line).collect::<Result<_, _>>()?;
            }
            articles.push(article);
        }
        articles.reverse();
        let (first, last) = (
            articles.first().map_or(0, |it| it.n),
            articles.last().map_or(0, |it| it.n),
        );
        let files: Vec<ArticleFileRow> = read!(&self.db, p => {
            sqlx::query_as(sql::ARTICLE_FILES).bind(ticket.0).bind(first).bind(last).fetch_all(p).await
        })?;
        for row in files {
            if let Some(article) = articles.iter_mut().find(|article| article.n == row.n) {
                article.files.push(row.file()?);
            }
        }
        Ok((articles, earlier))
    }

    /// One article, without the lines of a chat.
    pub async fn article(&self, ticket: TicketId, n: i64) -> Result<Option<Article>, StoreError> {
        let row: Option<ArticleRow> =
            read!(&self.db, p => sqlx::query_as(sql::ARTICLE).bind(ticket.0).bind(n).fetch_optional(p).await)?;
        row.map(ArticleRow::article).transpose()
    }

    /// A file of an article, and whether customers may read that.
    pub async fn article_file(&self, ticket: TicketId, n: i64, file: i64) -> Result<Option<(bool, File)>, StoreError> {
        let row: Option<ArticleFileRow> = read!(&self.db, p => {
            sqlx::query_as(sql::ARTICLE_FILE).bind(ticket.0).bind(n).bind(file).fetch_optional(p).await
        })?;
        row.map(|row| Ok((row.visible == 1, row.file()?))).transpose()
    }

    /// What this person attached to an article of the ticket with a command.
    pub async fn sent_file(
        &self,
        author: PersonId,
        cid: ClientId,
        ticket: TicketId,
    ) -> Result<Option<(i64, File)>, StoreError> {
        let row: Option<ArticleFileRow> = read!(&self.db, p => {
            sqlx::query_as(sql::SENT_ARTICLE_FILE).bind(author.0).bind(cid.0).bind(ticket.0).fetch_optional(p).await
        })?;
        row.map(|row| Ok((row.n, row.file()?))).transpose()
    }

    /// Whether this person wrote that article.
    pub async fn is_article_of(&self, ticket: TicketId, n: i64, author: PersonId) -> Result<bool, StoreError> {
        let count: i64 = read!(&self.db, p => {
            sqlx::query_scalar(sql::IS_ARTICLE_OF).bind(ticket.0).bind(n).bind(author.0).fetch_one(p).await
        })?;
        Ok(count == 1)
    }

    /// Agents who contributed to it: wrote an article, spoke in a chat that is in it, or changed it.
    pub async fn agents_in_ticket(&self, ticket: TicketId) -> Result<Vec<PersonId>, StoreError> {
        let ids: Vec<Uuid> =
            read!(&self.db, p => sqlx::query_scalar(sql::AGENTS_IN_TICKET).bind(ticket.0).fetch_all(p).await)?;
        Ok(ids.into_iter().map(PersonId).collect())
    }

    /// The newest lines of its history, in order.
    pub async fn ticket_history(&self, ticket: TicketId, limit: i64) -> Result<Vec<HistoryLine>, StoreError> {
        let rows: Vec<HistoryRow> =
            read!(&self.db, p => sqlx::query_as(sql::TICKET_HISTORY).bind(ticket.0).bind(limit).fetch_all(p).await)?;
        let line = |row: HistoryRow| HistoryLine {
            at: Instant(row.at),
            kind: row.kind,
            name: row.name,
            old: row.old,
            new: row.new,
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// The keys an agent holds, by group, directly or by a role.
    pub async fn keys_of(&self, person: PersonId) -> Result<HashMap<GroupId, Vec<Key>>, StoreError> {
        let rows: Vec<(Uuid, String)> =
            read!(&self.db, p => sqlx::query_as(sql::KEYS_OF).bind(person.0).fetch_all(p).await)?;
        let mut keys: HashMap<GroupId, Vec<Key>> = HashMap::new();
        for (group, key) in rows {
            // A key of a newer version allows nothing here.
            keys.entry(GroupId(group)).or_default().extend(Key::from_word(&key));
        }
        Ok(keys)
    }

    /// Tickets that are to be closed by themselves by now.
    pub async fn due_tickets(&self, now: Instant, limit: i64) -> Result<Vec<Ticket>, StoreError> {
        let rows: Vec<TicketRow> =
            read!(&self.db, p => sqlx::query_as(sql::DUE_TICKETS).bind(us(now)).bind(limit).fetch_all(p).await)?;
        rows.into_iter().map(TicketRow::ticket).collect()
    }

    /// What a visitor left as messages.
    pub async fn tickets_left_by(&self, visitor: PersonId, limit: i64) -> Result<Vec<Ticket>, StoreError> {
        let rows: Vec<TicketRow> = read!(&self.db, p => {
            sqlx::query_as(sql::TICKETS_LEFT_BY).bind(visitor.0).bind(limit).fetch_all(p).await
        })?;
        rows.into_iter().map(TicketRow::ticket).collect()
    }

    /// What somebody wrote in tickets of others, with their numbers, and said in chats that are in them, behind a place.
    pub async fn words_in_tickets(
        &self,
        person: PersonId,
        (ticket, n, line): InArticle,
        limit: i64,
    ) -> Result<Vec<WordsInTicket>, StoreError> {
        let rows: Vec<(Uuid, i64, i64, String, i64, String)> = read!(&self.db, p => {
            sqlx::query_as(sql::WORDS_IN_TICKETS)
                .bind(person.0)
                .bind(ticket.0)
                .bind(n)
                .bind(line)
                .bind(limit)
                .fetch_all(p)
                .await
        })?;
        let words = |(ticket, n, line, number, at, text)| WordsInTicket {
            place: (TicketId(ticket), n, line),
            number,
            at: Instant(at),
            text,
        };
        Ok(rows.into_iter().map(words).collect())
    }

    /// Visitors whose words are in the ticket with this number, at most ten.
    pub async fn visitors_in_ticket(&self, number: &str) -> Result<Vec<PersonId>, StoreError> {
        let ids: Vec<Uuid> =
            read!(&self.db, p => sqlx::query_scalar(sql::VISITORS_IN_TICKET).bind(number).fetch_all(p).await)?;
        Ok(ids.into_iter().map(PersonId).collect())
    }

    /// The ticket that this person made with a command.
    pub async fn made_ticket(&self, person: PersonId, cid: ClientId) -> Result<Option<TicketId>, StoreError> {
        let made: Option<(Uuid, String, Vec<u8>)> = read!(&self.db, p => {
            sqlx::query_as(sql::KNOWN_TICKET).bind(cid.0).bind(person.0).fetch_optional(p).await
        })?;
        Ok(made.map(|(id, ..)| TicketId(id)))
    }

    /// The positions of a chat's entries, as agents count, that are in this ticket.
    pub async fn entries_in_ticket(&self, chat: ChatId, ticket: TicketId) -> Result<HashSet<i64>, StoreError> {
        let seqs: Vec<i64> = read!(&self.db, p => {
            sqlx::query_scalar(sql::ENTRIES_IN_TICKET).bind(chat.0).bind(ticket.0).fetch_all(p).await
        })?;
        Ok(seqs.into_iter().collect())
    }

    /// This agent, if he may read the tickets of a group's queues.
    pub async fn reader_of(&self, group: GroupId, agent: PersonId) -> Result<Option<Named>, StoreError> {
        let row: Option<(Uuid, String)> = read!(&self.db, p => {
            sqlx::query_as(sql::READER_OF_GROUP).bind(group.0).bind(agent.0).fetch_optional(p).await
        })?;
        Ok(row.map(|(id, name)| Named { id: PersonId(id), name }))
    }

    /// Agents who may read the tickets of a group's queues, by name, the first 200.
    pub async fn readers_of(&self, group: GroupId) -> Result<Vec<Named>, StoreError> {
        let rows: Vec<(Uuid, String)> =
            read!(&self.db, p => sqlx::query_as(sql::READERS_OF_GROUP).bind(group.0).fetch_all(p).await)?;
        let named = |(id, name)| Named { id: PersonId(id), name };
        Ok(rows.into_iter().map(named).collect())
    }

    /// Customer users by a piece of name, login, address or company, as [`sort_key`] writes it.
    pub async fn customers_like(&self, piece: &str, limit: i64) -> Result<Vec<FoundCustomer>, StoreError> {
        let pattern = having(piece);
        Ok(read!(&self.db, p => sqlx::query_as(sql::CUSTOMERS_LIKE).bind(&pattern).bind(limit).fetch_all(p).await)?)
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

/// The queue's columns in their order, bound to a statement.
macro_rules! columns {
    ($sql:expr, $queue:expr) => {
        sqlx::query($sql)
            .bind($queue.id.0)
            .bind(&$queue.name)
            .bind(sort_key(&$queue.name))
            .bind($queue.group.0)
            .bind($queue.channel.map(|channel| channel.0))
            .bind(i64::from($queue.valid))
            .bind(&$queue.comment)
    };
}

pub(crate) use columns;

#[derive(FromRow, Debug)]
struct QueueRow {
    id: Uuid,
    name: String,
    group_id: Uuid,
    channel_id: Option<Uuid>,
    valid: i64,
    comment: String,
}

impl QueueRow {
    fn queue(self) -> Queue {
        Queue {
            id: QueueId(self.id),
            name: self.name,
            group: GroupId(self.group_id),
            channel: self.channel_id.map(ChannelId),
            valid: self.valid == 1,
            comment: self.comment,
        }
    }
}

/// An article as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    pub n: i64,
    pub at: Instant,
    pub channel: ArticleChannel,
    pub sender: Sender,
    pub visible: bool,
    pub author: String,
    /// Whoever's words they are: an agent wrote them down.
    pub by_agent: bool,
    /// The address it was sent to, if it is an e-mail.
    pub recipient: Option<String>,
    pub subject: String,
    pub body: String,
    /// The chat it holds; it may be gone.
    pub chat: Option<ChatId>,
    pub lines: Vec<Line>,
    pub files: Vec<File>,
}

/// A line of a chat in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub at: Instant,
    /// Who said it; without one, `text` says what happened.
    pub by: Option<(Kind, String)>,
    pub note: bool,
    /// `None` where it was taken away.
    pub text: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    pub at: Instant,
    pub kind: String,
    pub name: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct FoundCustomer {
    pub id: Uuid,
    pub name: String,
    pub email: Option<String>,
    pub company: Option<String>,
}

/// Which tickets of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    All,
    /// Neither closed, removed nor merged.
    Open,
    State(TicketState),
}

#[derive(FromRow, Debug)]
struct HistoryRow {
    at: i64,
    kind: String,
    name: String,
    old: Option<String>,
    new: Option<String>,
}

#[derive(FromRow, Debug)]
struct ArticleRow {
    n: i64,
    at: i64,
    channel: String,
    sender: String,
    visible: i64,
    author: String,
    by_agent: i64,
    recipient: Option<String>,
    subject: String,
    body: String,
    chat_id: Option<Uuid>,
}

impl ArticleRow {
    fn article(self) -> Result<Article, StoreError> {
        let channel = ArticleChannel::from_word(&self.channel);
        let sender = Sender::from_word(&self.sender);
        Ok(Article {
            n: self.n,
            at: Instant(self.at),
            channel: channel.ok_or_else(|| unreadable("article.channel", &self.channel))?,
            sender: sender.ok_or_else(|| unreadable("article.sender", &self.sender))?,
            visible: self.visible == 1,
            author: self.author,
            by_agent: self.by_agent == 1,
            recipient: self.recipient,
            subject: self.subject,
            body: self.body,
            chat: self.chat_id.map(ChatId),
            lines: Vec::new(),
            files: Vec::new(),
        })
    }
}

#[derive(FromRow, Debug)]
struct ArticleFileRow {
    /// Whether customers may read its article; 0 where that was not asked.
    visible: i64,
    n: i64,
    name: String,
    hash: Vec<u8>,
    #[sqlx(rename = "type")]
    kind: String,
    size: i64,
    width: Option<i64>,
    height: Option<i64>,
}

impl ArticleFileRow {
    fn file(self) -> Result<File, StoreError> {
        let words = FileWords {
            kind: self.kind,
            size_bytes: self.size,
            hash: self.hash,
            pixels: self.width.zip(self.height),
        };
        let file = words.named(self.name);
        file.ok_or_else(|| StoreError::Unreadable(format!("article_file of article {}", self.n)))
    }
}

#[derive(FromRow, Debug)]
struct LineRow {
    at: i64,
    kind: Option<String>,
    name: Option<String>,
    note: i64,
    text: Option<String>,
}

impl LineRow {
    fn line(self) -> Result<Line, StoreError> {
        let kind = |word: String| Kind::from_word(&word).ok_or_else(|| unreadable("article_line.kind", &word));
        let kind = self.kind.map(kind).transpose()?;
        Ok(Line {
            at: Instant(self.at),
            by: kind.map(|kind| (kind, self.name.unwrap_or_default())),
            note: self.note == 1,
            text: self.text,
        })
    }
}

#[derive(FromRow, Debug)]
pub(crate) struct TicketRow {
    id: Uuid,
    number: String,
    title: String,
    queue_id: Uuid,
    state: String,
    pending_until: Option<i64>,
    priority: i64,
    locked: i64,
    owner_id: Option<Uuid>,
    owner: Option<String>,
    responsible_id: Option<Uuid>,
    responsible: Option<String>,
    customer_id: Option<Uuid>,
    customer_name: Option<String>,
    customer_email: Option<String>,
    company_id: Option<Uuid>,
    company: Option<String>,
    created_at: i64,
    changed_at: i64,
    version: i64,
    #[sqlx(rename = "type")]
    kind: String,
    doc: Option<i64>,
}

impl TicketRow {
    pub fn ticket(self) -> Result<Ticket, StoreError> {
        let named = |(id, name): (Uuid, String)| Named { id: PersonId(id), name };
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
            owner: self.owner_id.zip(self.owner).map(named),
            responsible: self.responsible_id.zip(self.responsible).map(named),
            customer: Customer {
                id: self.customer_id.map(PersonId),
                name: self.customer_name,
                email: self.customer_email,
            },
            company: self.company_id.map(CompanyId),
            company_name: self.company,
            created_at: Instant(self.created_at),
            changed_at: Instant(self.changed_at),
            version: self.version,
            kind: TicketType::from_word(&self.kind).ok_or_else(|| unreadable("ticket.type", &self.kind))?,
            doc: self.doc,
        })
    }
}
