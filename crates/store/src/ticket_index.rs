//! The search index of tickets: a document for each, made anew when something of it changed, over the tokens of the archive's.
//! Documents are numbered in the order in which they are made, so that the highest is the ticket that changed last.

use crate::archive::{Words, name};
use crate::db::{Db, read, write_tx};
use crate::tickets::{Article, Ticket, TicketRow};
use crate::{Store, StoreError, sql};
use domain::search::{Query, TOKENS_MAX, tokens};
use domain::{QueueId, TicketId};
use uuid::Uuid;

/// Most tickets of one transaction, and articles of one ticket that are searched: the newest.
const TICKETS: i64 = 16;
const ARTICLES: i64 = 500;

impl Store {
    /// Puts tickets that wait for it into the index; says how many it took on. Any node may: a ticket that has moved on meanwhile
    /// stays for the next time.
    pub async fn index_tickets(&self) -> Result<usize, StoreError> {
        let waiting: Vec<Uuid> =
            read!(&self.db, p => sqlx::query_scalar(sql::UNINDEXED_TICKETS).bind(TICKETS).fetch_all(p).await)?;
        let mut documents = Vec::new();
        for id in waiting {
            // The ticket first: what is written after it raises the version, and the document is not taken.
            let Some(ticket) = self.ticket(TicketId(id)).await? else {
                continue;
            };
            let articles = self.articles(ticket.id, false, ARTICLES).await?;
            documents.push((document(&ticket, &articles), ticket));
        }
        if documents.is_empty() {
            return Ok(0);
        }
        let (put, take) = match &self.db {
            Db::Sqlite { .. } => (sql::PUT_TICKET_DOCUMENT, sql::TAKE_TICKET_DOCUMENT),
            Db::Postgres(_) => (sql::PUT_TICKET_DOCUMENT_PG, sql::TAKE_TICKET_DOCUMENT_PG),
        };
        write_tx!(&self.db, tx => {
            for (tokens, ticket) in &documents {
                let doc: i64 = sqlx::query_scalar(sql::GIVE_DOCUMENTS).bind(1_i64).fetch_one(&mut *tx).await?;
                let taken = sqlx::query(sql::TICKET_INDEXED).bind(ticket.id.0).bind(ticket.version).bind(doc);
                if taken.execute(&mut *tx).await?.rows_affected() == 0 {
                    continue;
                }
                if let Some(before) = ticket.doc {
                    sqlx::query(take).bind(before).execute(&mut *tx).await?;
                }
                let tokens = match &self.db {
                    Db::Sqlite { .. } => tokens.join(" "),
                    Db::Postgres(_) => placed(tokens),
                };
                sqlx::query(put).bind(doc).bind(tokens).execute(&mut *tx).await?;
            }
        });
        Ok(documents.len())
    }

    /// Tickets in these queues that hold all words, before a document, the newest first.
    pub async fn search_tickets(
        &self,
        query: &Query,
        queues: &[QueueId],
        before: i64,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        let rows: Vec<TicketRow> = match &self.db {
            Db::Sqlite { reader, .. } => {
                let text = expression(query, queues, Words::FTS5);
                let query = sqlx::query_as(sql::SEARCH_TICKETS).bind(text).bind(before);
                query.bind(limit).fetch_all(reader).await?
            }
            Db::Postgres(pool) => {
                let text = expression(query, queues, Words::TSQUERY);
                let query = sqlx::query_as(sql::SEARCH_TICKETS_PG).persistent(false);
                query.bind(text).bind(before).bind(limit).fetch_all(pool).await?
            }
        };
        rows.into_iter().map(TicketRow::ticket).collect()
    }
}

fn queue(queue: QueueId) -> String {
    format!("_q{}", queue.0.simple())
}

/// Where it lies, who wrote in it, and what: as words with their neighbours.
fn document(ticket: &Ticket, articles: &[Article]) -> Vec<String> {
    let mut names = vec![ticket.number.as_str()];
    let customer = &ticket.customer;
    names.extend(
        [&customer.name, &customer.email, &ticket.company_name]
            .into_iter()
            .flatten()
            .map(String::as_str),
    );
    let mut texts = vec![ticket.title.as_str()];
    for article in articles.iter().rev() {
        names.push(&article.author);
        texts.extend([article.subject.as_str(), article.body.as_str()]);
        for line in &article.lines {
            names.extend(line.by.as_ref().map(|(_, name)| name.as_str()));
            texts.extend(line.text.as_deref());
        }
    }
    names.sort_unstable();
    names.dedup();
    let mut all = vec![queue(ticket.queue)];
    all.extend(names.iter().flat_map(|text| tokens(text)).map(|token| name(&token)));
    all.extend(texts.iter().flat_map(|text| tokens(text)));
    all.truncate(TOKENS_MAX);
    all
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
