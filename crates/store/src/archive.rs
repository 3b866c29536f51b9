//! The search index of closed chats: FTS5 on SQLite, a tsvector with GIN on PostgreSQL, both over the same tokens.
//!
//! A document is a row of tokens: marks (`_c…`, `_m…`), names (`_n…`) and words. Words hold letters and digits only, so the
//! underscore keeps them apart from the rest, and no token can be syntax.

use crate::db::{Db, read, write_tx};
use crate::{Store, StoreError, sql, us};
use domain::archive::{self, Document, Mark, Reach};
use domain::search::{Phrase, Query};
use domain::{Chat, ChatId, Instant, Side};
use serde_json::Value;
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashMap;
use uuid::Uuid;

/// Most chats, and most entries of one chat, that one transaction puts into the index: what is said meanwhile waits for it.
const CHATS: i64 = 32;
const ENTRIES: i64 = 100;

/// A chat with documents to be stored.
struct ToIndex {
    chat: Chat,
    /// As the statement that puts them takes them.
    documents: String,
    /// Up to which entry it was indexed as they were made, and is from then on.
    indexed: i64,
    up_to: i64,
}

/// What is searched for.
#[derive(Debug, Clone)]
pub struct Search {
    pub query: Query,
    pub reach: Reach,
    /// All of these, too.
    pub marks: Vec<Mark>,
    /// Whether names are searched.
    pub names: bool,
    /// Documents from here on, and before there.
    pub from: i64,
    pub before: i64,
}

/// A document found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Hit {
    pub doc: i64,
    #[sqlx(rename = "id")]
    chat_id: Uuid,
    /// The chat's first document: the next chat lies before it.
    pub first: i64,
}

impl Hit {
    pub fn chat(&self) -> ChatId {
        ChatId(self.chat_id)
    }

    /// The entry's position; 0 for the chat itself.
    pub fn seq(&self) -> i64 {
        self.doc - self.first
    }
}

impl Store {
    /// Puts closed chats that wait for it into the index, the one that closed first before the others; says how many it took on.
    /// Any node may: a chat that another one indexed meanwhile, or that has moved on, is left out.
    pub async fn index_closed(&self) -> Result<usize, StoreError> {
        let waiting: Vec<(Uuid, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::UNINDEXED).bind(CHATS).fetch_all(p).await)?;
        let as_tokens = match &self.db {
            Db::Sqlite { .. } => plain,
            Db::Postgres(_) => placed,
        };
        let mut chats = Vec::new();
        let mut entries = 0;
        for (id, indexed) in waiting {
            let Some(chat) = self.chat(ChatId(id)).await? else {
                continue;
            };
            let log = self.entries_after(chat.id, Side::Agents, indexed, ENTRIES).await?;
            let tickets: Vec<String> =
                read!(&self.db, p => sqlx::query_scalar(sql::TICKETS_OF_CHAT).bind(id).fetch_all(p).await)?;
            let said = log.iter().filter_map(|entry| archive::entry_document(&chat, entry));
            let documents = said.chain([archive::chat_document(&chat, &tickets)]);
            let documents = documents.map(|document| serde_json::json!([document.seq, as_tokens(&document)]));
            entries += log.len() as i64;
            chats.push(ToIndex {
                documents: Value::Array(documents.collect()).to_string(),
                indexed,
                up_to: log.last().map_or(indexed, |entry| entry.seq),
                chat,
            });
            if entries >= ENTRIES {
                break;
            }
        }
        self.put_documents(&chats).await?;
        Ok(chats.len())
    }

    async fn put_documents(&self, chats: &[ToIndex]) -> Result<(), StoreError> {
        if chats.is_empty() {
            return Ok(());
        }
        let (put, take) = match &self.db {
            Db::Sqlite { .. } => (sql::PUT_DOCUMENTS, sql::TAKE_DOCUMENTS),
            Db::Postgres(_) => (sql::PUT_DOCUMENTS_PG, sql::TAKE_DOCUMENTS_PG),
        };
        write_tx!(&self.db, tx => {
            for ToIndex { chat, documents, indexed, up_to } in chats {
                let room: Option<i64> = sqlx::query_scalar(sql::DOCUMENTS_OF)
                    .bind(chat.id.0)
                    .fetch_optional(&mut *tx)
                    .await?
                    .flatten();
                let first = match room {
                    Some(first) => first,
                    None => {
                        let last: i64 = sqlx::query_scalar(sql::GIVE_DOCUMENTS).bind(chat.head + 1).fetch_one(&mut *tx).await?;
                        last - chat.head
                    }
                };
                let taken = sqlx::query(sql::INDEXED)
                    .bind(chat.id.0)
                    .bind(chat.fence)
                    .bind(first)
                    .bind(*up_to)
                    .bind(i64::from(*up_to < chat.head))
                    .bind(*indexed)
                    .execute(&mut *tx)
                    .await?;
                if taken.rows_affected() == 0 {
                    continue;
                }
                sqlx::query(take).bind(first).bind(first).execute(&mut *tx).await?;
                sqlx::query(put).bind(first).bind(documents).execute(&mut *tx).await?;
            }
        });
        Ok(())
    }

    /// What is found, the newest first, at most `limit` documents.
    pub async fn search(&self, search: &Search, limit: i64) -> Result<Vec<Hit>, StoreError> {
        let (from, before) = (search.from, search.before);
        Ok(match &self.db {
            Db::Sqlite { reader, .. } => {
                let text = expression(search, Words::FTS5);
                let query = sqlx::query_as(sql::SEARCH).bind(text);
                query.bind(before).bind(from).bind(limit).fetch_all(reader).await?
            }
            Db::Postgres(pool) => {
                let text = expression(search, Words::TSQUERY);
                // Planned for these words: rare and frequent ones want to be looked for in different ways.
                let query = sqlx::query_as(sql::SEARCH_PG).persistent(false).bind(text);
                query.bind(before).bind(from).bind(limit).fetch_all(pool).await?
            }
        })
    }

    /// Where the documents of chats closed in this time lie: from the first up to before the second.
    pub async fn documents_of_time(&self, from: Instant, before: Instant) -> Result<(i64, i64), StoreError> {
        Ok(
            read!(&self.db, p => sqlx::query_as(sql::DOCUMENTS_OF_TIME).bind(us(from)).bind(us(before)).fetch_one(p).await)?,
        )
    }

    /// These chats, those that are there, by id.
    pub async fn chats(&self, ids: &[ChatId]) -> Result<HashMap<ChatId, Chat>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let (chats, members): (Vec<crate::rows::ChatRow>, Vec<crate::rows::MemberOfRow>) = read!(&self.db, p => {
            let mut members = sqlx::query_as(AssertSqlSafe(sql::members_of(ids.len()))).persistent(false);
            let mut chats = sqlx::query_as(AssertSqlSafe(sql::chats(ids.len()))).persistent(false);
            for id in ids {
                (members, chats) = (members.bind(id.0), chats.bind(id.0));
            }
            // Chats last: of one that moved on meanwhile the caller asks for less than it has, never for more.
            let members = members.fetch_all(p).await?;
            (chats.fetch_all(p).await?, members)
        });
        let mut by_chat: HashMap<Uuid, Vec<_>> = HashMap::new();
        for row in members {
            by_chat.entry(row.chat_id).or_default().push(row.member.member()?);
        }
        let chat = |row: crate::rows::ChatRow| {
            let members = by_chat.remove(&row.id).unwrap_or_default();
            row.chat(members).map(|chat| (chat.id, chat))
        };
        chats.into_iter().map(chat).collect()
    }

    /// These entries, those that are there.
    pub async fn entries_at(&self, places: &[(ChatId, i64)]) -> Result<Vec<(ChatId, domain::Entry)>, StoreError> {
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<crate::rows::EntryOfRow> = read!(&self.db, p => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql::entries_at(places.len()))).persistent(false);
            for (chat, seq) in places {
                query = query.bind(chat.0).bind(seq);
            }
            query.fetch_all(p).await
        })?;
        rows.into_iter()
            .map(|row| Ok((ChatId(row.chat_id), row.entry.entry()?)))
            .collect()
    }
}

fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Channel(channel) => format!("_c{}", channel.0.simple()),
        Mark::Member(person) => format!("_m{}", person.0.simple()),
        Mark::AmongAgents => "_among".into(),
        Mark::WithExternal => "_with".into(),
        Mark::Everyone => "_everyone".into(),
        Mark::Chat => "_chat".into(),
    }
}

pub(crate) fn name(token: &str) -> String {
    format!("_n{token}")
}

/// A document for FTS5: its tokens with blanks between them.
fn plain(document: &Document) -> String {
    let marks = document.marks.iter().map(mark);
    let names = document.names.iter().map(|token| name(token));
    let words = document.words.iter().cloned();
    marks.chain(names).chain(words).collect::<Vec<_>>().join(" ")
}

/// A document as a tsvector is written: tokens in quotation marks, with their places.
fn placed(document: &Document) -> String {
    let marks = document.marks.iter().map(|it| format!("'{}'", mark(it)));
    let names = document.names.iter().map(|token| name(token));
    let placed = names.chain(document.words.iter().cloned()).enumerate();
    let placed = placed.map(|(at, token)| format!("'{token}':{}", at + 1));
    marks.chain(placed).collect::<Vec<_>>().join(" ")
}

/// How an engine writes what is looked for.
pub(crate) struct Words {
    quote: char,
    and: &'static str,
    or: &'static str,
    /// Between the tokens of a phrase.
    next: &'static str,
    open: &'static str,
}

impl Words {
    pub const FTS5: Self = Self {
        quote: '"',
        and: " AND ",
        or: " OR ",
        next: " + ",
        open: " *",
    };
    pub const TSQUERY: Self = Self {
        quote: '\'',
        and: " & ",
        or: " | ",
        next: " <-> ",
        open: ":*",
    };

    pub fn token(&self, token: &str) -> String {
        format!("{0}{token}{0}", self.quote)
    }

    pub fn all(&self, parts: impl IntoIterator<Item = String>) -> String {
        format!("({})", parts.into_iter().collect::<Vec<_>>().join(self.and))
    }

    pub fn any(&self, parts: impl IntoIterator<Item = String>) -> String {
        format!("({})", parts.into_iter().collect::<Vec<_>>().join(self.or))
    }

    pub fn phrase(&self, phrase: &Phrase, as_name: bool) -> String {
        let tokens = phrase.tokens.iter();
        let tokens = tokens.map(|token| self.token(&if as_name { name(token) } else { token.clone() }));
        let open = if phrase.open { self.open } else { "" };
        format!("({}{open})", tokens.collect::<Vec<_>>().join(self.next))
    }
}

fn expression(search: &Search, words: Words) -> String {
    let phrase = |phrase: &Phrase| match search.names {
        true => words.any([words.phrase(phrase, false), words.phrase(phrase, true)]),
        false => words.phrase(phrase, false),
    };
    let marks = |marks: &[Mark]| words.all(marks.iter().map(|it| words.token(&mark(it))));
    let mut all: Vec<_> = search.query.phrases().iter().map(phrase).collect();
    all.push(words.any(search.reach.0.iter().map(|all| marks(all))));
    all.extend((!search.marks.is_empty()).then(|| marks(&search.marks)));
    words.all(all)
}
