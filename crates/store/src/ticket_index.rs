//! The search index of tickets, over the tokens of the archive's. A ticket has one document or, if it is long, several: as soon as one
//! holds enough it stays, and what comes later goes into the next. The newest is made anew with every change, so that what a change
//! costs does not grow with the ticket. Each document begins with where the ticket lies, its number, its title and whose it is; other
//! words that are looked for together have to stand in one document. Documents are numbered in the order in which they are made.

use crate::archive::{Words, name};
use crate::db::{Db, read, write_tx};
use crate::tickets::{Ticket, TicketRow};
use crate::{Store, StoreError, sql};
use domain::search::{Query, TOKENS_MAX, tokens};
use domain::{QueueId, TicketId};
use sqlx::FromRow;
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Most tickets of one transaction, and articles of one ticket.
const TICKETS: i64 = 16;
const ARTICLES: i64 = 50;
/// Tokens after which a transaction takes no more articles.
const TAKEN: usize = 10_000;
/// A document that holds so many tokens of what was written stays as it is.
const FULL: usize = 1_000;
/// Most tokens of all names in a document.
const NAMES: usize = 2_000;
/// A document takes each token so often: PostgreSQL knows 255 places of one.
const PLACES: usize = 240;
/// Most bytes of its tokens: PostgreSQL takes a megabyte, with some for each token.
const BYTES: usize = 300_000;

#[derive(FromRow, Debug)]
struct ArticleText {
    n: i64,
    author: String,
    subject: String,
    body: String,
    chat_id: Option<Uuid>,
    #[sqlx(skip)]
    lines: Vec<LineText>,
}

#[derive(FromRow, Debug)]
struct LineText {
    name: Option<String>,
    text: Option<String>,
}

/// A ticket with what is to be stored of it.
struct ToIndex {
    ticket: Ticket,
    parts: Vec<Part>,
    /// Up to which article its documents stay as they are: before, and from then on.
    before: i64,
    indexed: i64,
    /// Articles are left for the next time.
    more: bool,
}

/// A document: the first article it has something of, and its tokens.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    n: i64,
    tokens: Vec<String>,
}

/// A ticket that is found, by which document.
#[derive(Debug)]
pub struct FoundTicket {
    pub ticket: Ticket,
    pub doc: i64,
}

/// What a search saw.
#[derive(Debug, Default)]
pub struct FoundTickets {
    pub tickets: Vec<FoundTicket>,
    /// The search goes on before this document; `None` at its end.
    pub next: Option<i64>,
}

#[derive(FromRow, Debug)]
struct FoundRow {
    found: i64,
    #[sqlx(flatten)]
    ticket: TicketRow,
}

impl Store {
    /// Puts what waits for it in tickets into the index; says of how many tickets it took on something. Any node may: a ticket that
    /// has moved on meanwhile stays for the next time.
    pub async fn index_tickets(&self) -> Result<usize, StoreError> {
        let waiting: Vec<(Uuid, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::UNINDEXED_TICKETS).bind(TICKETS).fetch_all(p).await)?;
        let (mut all, mut taken) = (Vec::new(), 0);
        for (id, before) in waiting {
            if taken >= TAKEN {
                break;
            }
            // The ticket first: what is written after it raises the version, and the documents are not taken.
            let Some(ticket) = self.ticket(TicketId(id)).await? else {
                continue;
            };
            let (articles, more) = self.articles_to_index(ticket.id, before).await?;
            let (parts, indexed) = parts(&ticket, &articles, before, more);
            taken += parts.iter().map(|part| part.tokens.len()).sum::<usize>();
            all.push(ToIndex {
                ticket,
                parts,
                before,
                indexed,
                more,
            });
        }
        self.put_ticket_documents(&all).await?;
        Ok(all.len())
    }

    /// The articles after one, as many as are taken at a time, and whether there are more.
    async fn articles_to_index(&self, ticket: TicketId, after: i64) -> Result<(Vec<ArticleText>, bool), StoreError> {
        let mut articles: Vec<ArticleText> = read!(&self.db, p => {
            sqlx::query_as(sql::ARTICLES_TO_INDEX).bind(ticket.0).bind(after).bind(ARTICLES).fetch_all(p).await
        })?;
        let mut more = articles.len() as i64 == ARTICLES;
        let mut bytes = 0;
        for at in 0..articles.len() {
            let article = &mut articles[at];
            if article.chat_id.is_some() {
                article.lines = read!(&self.db, p => {
                    sqlx::query_as(sql::LINES_TO_INDEX).bind(ticket.0).bind(article.n).fetch_all(p).await
                })?;
            }
            bytes += article.texts().map(str::len).sum::<usize>();
            // Words have about six letters.
            if bytes >= 6 * TAKEN && at + 1 < articles.len() {
                articles.truncate(at + 1);
                more = true;
                break;
            }
        }
        Ok((articles, more))
    }

    async fn put_ticket_documents(&self, all: &[ToIndex]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let (put, take) = match &self.db {
            Db::Sqlite { .. } => (sql::PUT_TICKET_DOCUMENT, sql::TAKE_TICKET_DOCUMENTS),
            Db::Postgres(_) => (sql::PUT_TICKET_DOCUMENT_PG, sql::TAKE_TICKET_DOCUMENTS_PG),
        };
        write_tx!(&self.db, tx => {
            for ToIndex { ticket, parts, before, indexed, more } in all {
                let count = parts.len() as i64;
                let last: i64 = sqlx::query_scalar(sql::GIVE_DOCUMENTS).bind(count).fetch_one(&mut *tx).await?;
                let taken = sqlx::query(sql::TICKET_INDEXED)
                    .bind(ticket.id.0)
                    .bind(ticket.version)
                    .bind(last)
                    .bind(indexed)
                    .bind(i64::from(*more))
                    .bind(before);
                if taken.execute(&mut *tx).await?.rows_affected() == 0 {
                    continue;
                }
                for text in [take, sql::TAKE_TICKET_PARTS] {
                    sqlx::query(text).bind(ticket.id.0).bind(before).execute(&mut *tx).await?;
                }
                for (doc, part) in (last - count + 1..).zip(parts) {
                    let tokens = match &self.db {
                        Db::Sqlite { .. } => part.tokens.join(" "),
                        Db::Postgres(_) => placed(&part.tokens),
                    };
                    sqlx::query(put).bind(doc).bind(tokens).execute(&mut *tx).await?;
                    sqlx::query(sql::PUT_TICKET_PART)
                        .bind(doc)
                        .bind(ticket.id.0)
                        .bind(part.n)
                        .execute(&mut *tx)
                        .await?;
                }
            }
        });
        Ok(())
    }

    /// Tickets in these queues that hold all words, before a document, the newest first, each once; at most `limit` documents are
    /// looked at.
    pub async fn search_tickets(
        &self,
        query: &Query,
        queues: &[QueueId],
        before: i64,
        limit: i64,
    ) -> Result<FoundTickets, StoreError> {
        let words = match &self.db {
            Db::Sqlite { .. } => Words::FTS5,
            Db::Postgres(_) => Words::TSQUERY,
        };
        let text = expression(query, queues, words);
        let rows: Vec<FoundRow> = match &self.db {
            Db::Sqlite { reader, .. } => {
                let query = sqlx::query_as(sql::SEARCH_TICKETS).bind(&text).bind(before);
                query.bind(limit).fetch_all(reader).await?
            }
            Db::Postgres(pool) => {
                let query = sqlx::query_as(sql::SEARCH_TICKETS_PG).persistent(false);
                query.bind(&text).bind(before).bind(limit).fetch_all(pool).await?
            }
        };
        let next = (rows.len() as i64 == limit).then(|| rows.last().map_or(0, |row| row.found));
        let (mut tickets, mut seen) = (Vec::new(), HashSet::new());
        for FoundRow { found: doc, ticket } in rows {
            let ticket = ticket.ticket()?;
            // Later documents of the ticket may have been found before this page.
            let newer = ticket.doc.is_some_and(|newest| newest >= before);
            if seen.insert(ticket.id) && !(newer && self.found_since(&text, ticket.id, before).await?) {
                tickets.push(FoundTicket { ticket, doc });
            }
        }
        Ok(FoundTickets { tickets, next })
    }

    async fn found_since(&self, text: &str, ticket: TicketId, doc: i64) -> Result<bool, StoreError> {
        let count: i64 = match &self.db {
            Db::Sqlite { reader, .. } => {
                let query = sqlx::query_scalar(sql::FOUND_SINCE).bind(text).bind(ticket.0);
                query.bind(doc).fetch_one(reader).await?
            }
            Db::Postgres(pool) => {
                let query = sqlx::query_scalar(sql::FOUND_SINCE_PG).bind(text).bind(ticket.0);
                query.bind(doc).fetch_one(pool).await?
            }
        };
        Ok(count > 0)
    }
}

/// What a document has of articles so far.
#[derive(Default)]
struct Filling {
    all: Vec<String>,
    places: HashMap<String, usize>,
    bytes: usize,
}

impl Filling {
    fn has_room_for(&self, word: &str) -> bool {
        let often = self.places.get(word).is_some_and(|places| *places >= PLACES);
        !often && self.all.len() < TOKENS_MAX && self.bytes + word.len() <= BYTES
    }

    fn put(&mut self, word: String) {
        self.bytes += word.len();
        *self.places.entry(word.clone()).or_default() += 1;
        self.all.push(word);
    }

    fn take(&mut self) -> Vec<String> {
        std::mem::take(self).all
    }
}

impl ArticleText {
    fn texts(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().filter_map(|line| line.text.as_deref());
        [self.subject.as_str(), &self.body].into_iter().chain(lines)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().filter_map(|line| line.name.as_deref());
        [self.author.as_str()].into_iter().chain(lines)
    }
}

fn queue(queue: QueueId) -> String {
    format!("_q{}", queue.0.simple())
}

/// The documents of these articles, which follow those up to `before`; and up to which article they stay as they are: all, if there are
/// `more`. The last document does not stay, and is there even if it has nothing of an article.
fn parts(ticket: &Ticket, articles: &[ArticleText], before: i64, more: bool) -> (Vec<Part>, i64) {
    let customer = &ticket.customer;
    let whose = [&customer.name, &customer.email, &ticket.company_name];
    let head: Vec<&str> = [ticket.number.as_str()]
        .into_iter()
        .chain(whose.into_iter().flatten().map(String::as_str))
        .collect();
    let title = tokens(&ticket.title);
    let part = |n, names: &BTreeSet<&str>, texts: Vec<String>| {
        let names = head.iter().chain(names).flat_map(|text| tokens(text));
        let mut all = vec![queue(ticket.queue)];
        all.extend(names.map(|token| name(&token)).take(NAMES));
        all.extend(title.iter().cloned());
        all.extend(texts);
        Part { n, tokens: all }
    };
    let (mut parts, mut indexed) = (Vec::new(), before);
    let (mut n, mut names, mut words) = (before + 1, BTreeSet::new(), Filling::default());
    for (at, article) in articles.iter().enumerate() {
        let mut cut = more && at + 1 == articles.len();
        names.extend(article.names());
        for word in article.texts().flat_map(tokens) {
            if !words.has_room_for(&word) {
                parts.push(part(n, &names, words.take()));
                (n, cut) = (article.n, true);
            }
            words.put(word);
        }
        // What begins within an article ends with it: the next is made from whole ones.
        if cut || words.all.len() >= FULL {
            parts.push(part(n, &names, words.take()));
            names.clear();
            (n, indexed) = (article.n + 1, article.n);
        }
    }
    parts.push(part(n, &names, words.take()));
    (parts, indexed)
}

/// As a tsvector is written.
fn placed(tokens: &[String]) -> String {
    let placed = tokens
        .iter()
        .enumerate()
        .map(|(at, token)| format!("'{token}':{}", at + 1));
    placed.collect::<Vec<_>>().join(" ")
}

fn expression(query: &Query, queues: &[QueueId], words: Words) -> String {
    let phrase = |phrase| words.any([words.phrase(phrase, false), words.phrase(phrase, true)]);
    let mut all: Vec<_> = query.phrases().iter().map(phrase).collect();
    all.push(words.any(queues.iter().map(|it| words.token(&queue(*it)))));
    words.all(all)
}
