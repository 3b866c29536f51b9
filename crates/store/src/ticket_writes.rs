//! What changes tickets. Every change raises the ticket's version and leaves a line in its history, in one transaction; what is
//! decided on rights is written only while the permission epoch is the one they were read at.

use crate::db::{Db, write_tx};
use crate::outbox::{Effect, put_effect, under_caps};
use crate::tickets::{Customer, Ticket};
use crate::{Store, StoreError, sql, us};
use domain::ticket::{ArticleChannel, Priority, Sender, TicketState, TicketType, number};
use domain::{ChatId, ClientId, File, Instant, Kind, Person, PersonId, QueueId, TicketId};
use uuid::Uuid;

/// A command of somebody.
#[derive(Debug, Clone)]
pub struct TicketCommand {
    pub by: Person,
    pub cid: ClientId,
    /// Tells a retry from another command under the same client id.
    pub digest: [u8; 16],
    pub at: Instant,
    /// The permission epoch it was decided at; -1 where no right was asked about.
    pub seen: i64,
}

/// A decided new ticket with its first article.
#[derive(Debug, Clone)]
pub struct NewTicket {
    pub id: TicketId,
    /// `YYYYMMDD`
    pub day: String,
    pub system_id: u32,
    pub queue: QueueId,
    pub title: String,
    pub kind: TicketType,
    pub state: TicketState,
    pub pending_until: Option<Instant>,
    pub priority: Priority,
    pub owner: Option<PersonId>,
    pub responsible: Option<PersonId>,
    pub customer: Customer,
    pub first: NewArticle,
    /// What follows at once: a chat of its maker's.
    pub more: Vec<NewArticle>,
}

#[derive(Debug, Clone)]
pub struct NewArticle {
    pub channel: ArticleChannel,
    pub sender: Sender,
    pub visible: bool,
    pub subject: String,
    pub body: String,
    pub chat: Option<ChatId>,
    pub lines: Vec<NewLine>,
    /// The word of its line in the history.
    pub history: &'static str,
}

impl NewArticle {
    /// Somebody says something in its chat; else it only tells what happened.
    pub fn has_words(&self) -> bool {
        self.lines.iter().any(|line| line.by.is_some())
    }
}

/// A line of a chat.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// The entry's, as agents count.
    pub seq: i64,
    pub at: Instant,
    /// Who said or did it.
    pub person: Option<PersonId>,
    /// As whom he said it; `None` where `text` says what happened.
    pub by: Option<NewLineBy>,
    pub note: bool,
    pub text: Option<String>,
}

#[derive(Debug, Clone)]
pub struct NewLineBy {
    pub kind: Kind,
    pub name: String,
}

/// A decided change of a ticket: what it is afterwards.
#[derive(Debug, Clone)]
pub struct ChangedTicket {
    pub id: TicketId,
    /// The version it was decided on.
    pub version: i64,
    pub title: String,
    pub queue: QueueId,
    pub state: TicketState,
    pub pending_until: Option<Instant>,
    pub priority: Priority,
    pub owner: Option<PersonId>,
    pub responsible: Option<PersonId>,
    pub locked: bool,
    pub kind: TicketType,
    /// Word, before, after; each word once.
    pub history: Vec<(&'static str, Option<String>, Option<String>)>,
}

impl ChangedTicket {
    /// Nothing changed yet.
    pub fn of(ticket: &Ticket) -> Self {
        Self {
            id: ticket.id,
            version: ticket.version,
            title: ticket.title.clone(),
            queue: ticket.queue,
            state: ticket.state,
            pending_until: ticket.pending_until,
            priority: ticket.priority,
            owner: ticket.owner.as_ref().map(|he| he.id),
            responsible: ticket.responsible.as_ref().map(|he| he.id),
            locked: ticket.locked,
            kind: ticket.kind,
            history: Vec::new(),
        }
    }
}

/// A chat that goes into a ticket with the entry that tells so.
#[derive(Debug, Clone)]
pub struct Attach {
    pub ticket: TicketId,
    /// Where it was when the right was looked for.
    pub queue: QueueId,
    /// How far the chat had come when its articles were made: what is said afterwards belongs into them, too.
    pub head: i64,
    pub by: Person,
    pub articles: Vec<NewArticle>,
}

/// An article that is sent as an e-mail, too.
#[derive(Debug, Clone)]
pub struct ArticleMail {
    /// Its address.
    pub recipient: String,
    pub effect: Effect,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Made now, or before by the same command.
    Ticket { id: TicketId, number: String },
    /// The client id was used before with another content.
    CidReused,
    /// A right changed meanwhile: decide again.
    Moved,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrote {
    /// Now, or before by the same command: the article with this number.
    Done {
        n: i64,
    },
    CidReused,
    /// The ticket or a right changed meanwhile: decide again.
    Moved,
    /// As many e-mails went there as may.
    Capped,
}

/// Files of one article.
pub const ATTACHMENTS: i64 = 20;

/// What became of a file for an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attached {
    /// Now, or before by the same command.
    Done,
    CidReused,
    /// There is no such article of this author.
    NotHis,
    /// It has as many as it may.
    Full,
    /// The content is not there to be referred to.
    Going,
}

/// Writes an article with its lines: `put_article!(tx, put_lines, ticket, n, at, by, article, once)`, where `put_lines` is the engine's
/// statement for them, and `once` the client id and digest of the command.
macro_rules! put_article {
    ($tx:expr, $put_lines:expr, $ticket:expr, $n:expr, $at:expr, $by:expr, $article:expr, $once:expr) => {{
        let article: &NewArticle = $article;
        let once: Option<(ClientId, &[u8; 16])> = $once;
        sqlx::query(sql::PUT_ARTICLE)
            .bind($ticket.0)
            .bind($n)
            .bind(us($at))
            .bind(article.channel.word())
            .bind(article.sender.word())
            .bind(i64::from(article.visible))
            .bind($by.id.0)
            .bind(&$by.name)
            .bind(&article.subject)
            .bind(&article.body)
            .bind(article.chat.map(|chat| chat.0))
            .bind(once.map(|(cid, _)| cid.0))
            .bind(once.map(|(_, digest)| &digest[..]))
            .execute(&mut *$tx)
            .await?;
        if !article.lines.is_empty() {
            sqlx::query($put_lines)
                .bind($ticket.0)
                .bind($n)
                .bind(article.chat.map(|chat| chat.0))
                .bind(lines_as_json(&article.lines))
                .execute(&mut *$tx)
                .await?;
        }
    }};
}

/// A line of history: `put_history!(tx, ticket, version, at, by, word, old, new)`.
macro_rules! put_history {
    ($tx:expr, $ticket:expr, $version:expr, $at:expr, $by:expr, $word:expr, $old:expr, $new:expr) => {
        sqlx::query(sql::PUT_TICKET_HISTORY)
            .bind($ticket.0)
            .bind($version)
            .bind($word)
            .bind(us($at))
            .bind($by.id.0)
            .bind(&$by.name)
            .bind($old)
            .bind($new)
            .execute(&mut *$tx)
            .await?
    };
}

pub(crate) use {put_article, put_history};

/// As the statements for an article's lines read them.
pub(crate) fn lines_as_json(lines: &[NewLine]) -> String {
    let line = |line: &NewLine| {
        let by = line.by.as_ref();
        serde_json::json!([
            line.seq,
            us(line.at),
            line.person.map(|person| person.0.simple().to_string()),
            by.map(|by| by.kind.word()),
            by.map(|by| by.name.as_str()),
            i64::from(line.note),
            line.text,
        ])
    };
    serde_json::Value::Array(lines.iter().map(line).collect()).to_string()
}

impl Store {
    /// Makes the ticket, or finds the one that the same command made before. A repeated command may use up a number.
    pub async fn make_ticket(&self, new: &NewTicket, command: &TicketCommand) -> Result<Made, StoreError> {
        let shared = matches!(self.db, Db::Postgres(_));
        let put_lines = put_lines_text(shared);
        let made = write_tx!(&self.db, tx => {
            // Raised first: on PostgreSQL it is the lock behind which a repeated command finds its first try.
            let counter: i64 = sqlx::query_scalar(sql::NEXT_TICKET).bind(&new.day).fetch_one(&mut *tx).await?;
            let known: Option<(Uuid, String, Vec<u8>)> = sqlx::query_as(sql::KNOWN_TICKET)
                .bind(command.cid.0)
                .bind(command.by.id.0)
                .fetch_optional(&mut *tx)
                .await?;
            let epoch: i64 = sqlx::query_scalar(epoch_text(shared)).fetch_one(&mut *tx).await?;
            match known {
                Some((id, number, digest)) if digest == command.digest => Made::Ticket { id: TicketId(id), number },
                Some(_) => Made::CidReused,
                None if command.seen >= 0 && epoch != command.seen => Made::Moved,
                None => {
                    let number = number(&new.day, new.system_id, counter);
                    let (at, by) = (command.at, &command.by);
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
                        .bind(by.id.0)
                        .bind(command.cid.0)
                        .bind(&command.digest[..])
                        .bind(us(at))
                        .bind(new.owner.map(|id| id.0))
                        .bind(new.responsible.map(|id| id.0))
                        .bind(i64::from(new.state.takes_articles()))
                        .bind(1 + new.more.len() as i64)
                        .bind(new.kind.word())
                        .execute(&mut *tx)
                        .await?;
                    for (n, article) in (1_i64..).zip([&new.first].into_iter().chain(&new.more)) {
                        put_article!(tx, put_lines, new.id, n, at, by, article, None);
                    }
                    put_history!(tx, new.id, 1_i64, at, by, "new_ticket", None::<String>, Some(&number));
                    put_history!(tx, new.id, 1_i64, at, by, new.first.history, None::<String>, None::<String>);
                    if let Some(more) = new.more.first() {
                        put_history!(tx, new.id, 1_i64, at, by, more.history, None::<String>, None::<String>);
                    }
                    Made::Ticket { id: new.id, number }
                }
            }
        });
        Ok(made)
    }

    /// Attaches a file to an article of this author, once for each client id; its content is claimed and stored.
    pub async fn attach_file(
        &self,
        (ticket, n): (TicketId, i64),
        author: &Person,
        cid: ClientId,
        file: &File,
        at: Instant,
    ) -> Result<Attached, StoreError> {
        let attached = write_tx!(&self.db, tx => {
            let locked = sqlx::query(sql::LOCK_ARTICLE).bind(ticket.0).bind(n).bind(author.id.0).execute(&mut *tx).await?;
            let known: Option<(Uuid, i64, String, Vec<u8>)> = sqlx::query_as(sql::KNOWN_ARTICLE_FILE)
                .bind(author.id.0)
                .bind(cid.0)
                .fetch_optional(&mut *tx)
                .await?;
            let count: i64 = sqlx::query_scalar(sql::COUNT_ARTICLE_FILES).bind(ticket.0).bind(n).fetch_one(&mut *tx).await?;
            match known {
                Some((of, article, name, hash)) => {
                    let same = of == ticket.0 && article == n && name == file.name && hash == file.hash;
                    if same { Attached::Done } else { Attached::CidReused }
                }
                None if locked.rows_affected() != 1 => Attached::NotHis,
                None if count >= ATTACHMENTS => Attached::Full,
                None => {
                    let held = sqlx::query(sql::HOLD_CONTENT).bind(&file.hash[..]).execute(&mut *tx).await?;
                    if held.rows_affected() == 1 {
                        sqlx::query(sql::PUT_ARTICLE_FILE)
                            .bind(ticket.0)
                            .bind(n)
                            .bind(count + 1)
                            .bind(author.id.0)
                            .bind(cid.0)
                            .bind(us(at))
                            .bind(&file.name)
                            .bind(&file.hash[..])
                            .bind(file.kind.word())
                            .bind(file.size_bytes as i64)
                            .bind(file.pixels.map(|(width, _)| i64::from(width)))
                            .bind(file.pixels.map(|(_, height)| i64::from(height)))
                            .execute(&mut *tx)
                            .await?;
                        let version: i64 = sqlx::query_scalar(sql::TOUCH_TICKET).bind(ticket.0).fetch_one(&mut *tx).await?;
                        put_history!(tx, ticket, version, at, author, "attach_file", None::<String>, Some(&file.name));
                        Attached::Done
                    } else {
                        Attached::Going
                    }
                }
            }
        });
        Ok(attached)
    }

    /// Adds an article to a ticket that is open and in this queue, and puts its e-mail into the outbox; both or neither.
    pub async fn add_article(
        &self,
        ticket: TicketId,
        queue: QueueId,
        article: &NewArticle,
        mail: Option<&ArticleMail>,
        command: &TicketCommand,
    ) -> Result<Wrote, StoreError> {
        let shared = matches!(self.db, Db::Postgres(_));
        let put_lines = put_lines_text(shared);
        let wrote = write_tx!(&self.db, tx => {
            sqlx::query(sql::SAVEPOINT).execute(&mut *tx).await?;
            // The row is the lock behind which a repeated command finds its first try.
            let raised: Option<(i64, i64)> = sqlx::query_as(sql::RAISE_TICKET)
                .bind(ticket.0)
                .bind(queue.0)
                .bind(us(command.at))
                .bind(1_i64)
                .fetch_optional(&mut *tx)
                .await?;
            let known: Option<(Uuid, Option<Vec<u8>>, i64)> = sqlx::query_as(sql::KNOWN_ARTICLE)
                .bind(command.cid.0)
                .bind(command.by.id.0)
                .fetch_optional(&mut *tx)
                .await?;
            let epoch: i64 = sqlx::query_scalar(epoch_text(shared)).fetch_one(&mut *tx).await?;
            let moved = command.seen >= 0 && epoch != command.seen;
            match (known, raised.filter(|_| !moved)) {
                (None, Some((version, n))) => {
                    let (at, by, once) = (command.at, &command.by, Some((command.cid, &command.digest)));
                    put_article!(tx, put_lines, ticket, n, at, by, article, once);
                    put_history!(tx, ticket, version, at, by, article.history, None::<String>, None::<String>);
                    let mut done = Wrote::Done { n };
                    if let Some(ArticleMail { recipient, effect }) = mail {
                        if under_caps!(tx, effect) {
                            sqlx::query(sql::SET_RECIPIENT).bind(ticket.0).bind(n).bind(recipient).execute(&mut *tx).await?;
                            put_effect!(tx, None::<Uuid>, None::<i64>, Some(ticket.0), Some(n), effect, at);
                        } else {
                            sqlx::query(sql::BACK_TO_SAVEPOINT).execute(&mut *tx).await?;
                            done = Wrote::Capped;
                        }
                    }
                    done
                }
                (known, _) => {
                    // Raised for nothing.
                    sqlx::query(sql::BACK_TO_SAVEPOINT).execute(&mut *tx).await?;
                    match known {
                        None => Wrote::Moved,
                        Some((of, Some(digest), n)) if of == ticket.0 && digest == command.digest => Wrote::Done { n },
                        Some(_) => Wrote::CidReused,
                    }
                }
            }
        });
        Ok(wrote)
    }

    /// Changes a ticket that is as it was when the change was decided; false if it or a right changed meanwhile.
    pub async fn change_ticket(
        &self,
        changed: &ChangedTicket,
        by: &Person,
        at: Instant,
        seen: i64,
    ) -> Result<bool, StoreError> {
        let shared = matches!(self.db, Db::Postgres(_));
        let changed_now = write_tx!(&self.db, tx => {
            let epoch: i64 = sqlx::query_scalar(epoch_text(shared)).fetch_one(&mut *tx).await?;
            let done = if epoch == seen {
                sqlx::query(sql::CHANGE_TICKET)
                    .bind(changed.id.0)
                    .bind(changed.version)
                    .bind(&changed.title)
                    .bind(changed.queue.0)
                    .bind(changed.state.word())
                    .bind(changed.pending_until.map(us))
                    .bind(i64::from(changed.priority.number()))
                    .bind(changed.owner.map(|id| id.0))
                    .bind(changed.responsible.map(|id| id.0))
                    .bind(i64::from(changed.locked))
                    .bind(i64::from(changed.state.takes_articles()))
                    .bind(us(at))
                    .bind(changed.kind.word())
                    .execute(&mut *tx)
                    .await?
                    .rows_affected()
            } else {
                0
            };
            if done == 1 {
                for (word, old, new) in &changed.history {
                    put_history!(tx, changed.id, changed.version + 1, at, by, *word, old, new);
                }
            }
            done == 1
        });
        Ok(changed_now)
    }
}

fn put_lines_text(shared: bool) -> &'static str {
    match shared {
        true => sql::PUT_ARTICLE_LINES_PG,
        false => sql::PUT_ARTICLE_LINES,
    }
}

/// On PostgreSQL read under a lock that a change of rights waits for.
fn epoch_text(shared: bool) -> &'static str {
    match shared {
        true => sql::HOLD_PERMISSION_EPOCH,
        false => sql::PERMISSION_EPOCH,
    }
}
