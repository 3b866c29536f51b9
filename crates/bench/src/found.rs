//! What is found among a million messages and a hundred thousand tickets, and what it costs to put a chat into a ticket.

use crate::chance::{Chance, rare};
use crate::desk::Desk;
use crate::fill::Tickets;
use crate::http::request;
use anyhow::{Context, Result, ensure};
use domain::search::{Phrase, Query};
use rusqlite::{Connection, OpenFlags, params};
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;
use uuid::Uuid;

/// Searches of each kind.
const OF_EACH: usize = 25;
/// Documents the floor asks for, as the server does.
const HITS: i64 = 60;
const SECOND: i64 = 1_000_000;

/// What people type: common and rare words, both, beginnings, phrases, names.
fn queries() -> Vec<String> {
    const COMMON: [&str; 8] = [
        "ferry", "parcel", "tuesday", "address", "refund", "harbour", "booking", "nothing",
    ];
    let mut chance = Chance::new(3);
    let mut queries = Vec::new();
    for n in 0..OF_EACH {
        let (one, two) = (COMMON[n % COMMON.len()], COMMON[(n + 1 + n / 8) % COMMON.len()]);
        let (frequent, seldom) = (rare(n), rare(1_000 + chance.below(30_000)));
        queries.extend([
            one.to_owned(),
            format!("{one} {two}"),
            format!("{one} {two} {}", COMMON[(n + 5) % COMMON.len()]),
            frequent.clone(),
            seldom.clone(),
            format!("{one} {seldom}"),
            one[..3].to_owned(),
            seldom[..4].to_owned(),
            format!("\"{one} {two}\""),
            format!("visitor {}", chance.below(20_000)),
        ]);
    }
    queries
}

/// Times that each search is asked for and counts.
const SEARCH_ROUNDS: usize = 3;

/// How long searches took, in milliseconds, sorted: the server's, and the index's alone for the same words and reach; of each the
/// middle one of its rounds. The two go first by turns, so that neither pays for cold caches alone.
pub struct Searches {
    /// Every one of the server's.
    pub each: Vec<f64>,
    pub ours: Vec<f64>,
    pub floor: Vec<f64>,
}

pub fn searches(database: &Path, address: SocketAddr) -> Result<Searches> {
    let headers = Desk::host(address)?;
    let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let id = |sql: &str| -> Result<Uuid> {
        let id: Vec<u8> = db.query_row(sql, [], |row| row.get(0))?;
        Ok(Uuid::from_slice(&id)?)
    };
    let me = id("SELECT id FROM person WHERE login = 'host'")?.simple();
    let channel = id("SELECT id FROM channel WHERE is_default = 1")?.simple();
    let reach = format!("((\"_m{me}\" AND \"_among\") OR (\"_c{channel}\" AND \"_with\"))");
    let mut bare = db.prepare("SELECT rowid FROM document WHERE document MATCH ?1 ORDER BY rowid DESC LIMIT ?2")?;
    let queries = queries();
    let mut took: Vec<[Vec<f64>; 2]> = vec![[Vec::new(), Vec::new()]; queries.len()];
    let mut found = 0;
    // The first round is for caches.
    for round in 0..=SEARCH_ROUNDS {
        for (n, query) in queries.iter().enumerate() {
            let text = format!("{} AND {reach}", fts5(&Query::new(query)));
            let path = format!("/api/archive?q={}", query.replace(' ', "+").replace('"', "%22"));
            let (mut chats, mut rows) = (0, 0);
            for at in 0..2 {
                let begun = Instant::now();
                let of_server = (at + n + round) % 2 == 0;
                if of_server {
                    let answer = request(address, "GET", &path, &headers, None)?.body;
                    chats = answer["chats"].as_array().context("no chats")?.len();
                } else {
                    let ids: Vec<i64> = bare
                        .query_map(params![text, HITS], |row| row.get(0))?
                        .collect::<Result<_, _>>()?;
                    rows = ids.len();
                }
                if round > 0 {
                    took[n][usize::from(!of_server)].push(begun.elapsed().as_secs_f64() * 1e3);
                }
            }
            ensure!(
                (chats == 0) == (rows == 0),
                "{query} finds {chats} chats in {rows} documents"
            );
            found += chats;
        }
    }
    ensure!(found > 0, "nothing is found");
    let sorted = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all
    };
    let middle = |of: usize| {
        sorted(
            took.iter()
                .map(|both| percentile(&sorted(both[of].clone()), 0.5))
                .collect(),
        )
    };
    Ok(Searches {
        each: sorted(took.iter().flat_map(|both| both[0].clone()).collect()),
        ours: middle(0),
        floor: middle(1),
    })
}

/// As the server asks the index, names included.
fn fts5(query: &Query) -> String {
    let phrase = |phrase: &Phrase| {
        let open = if phrase.open { " *" } else { "" };
        let tokens = |before: &str| {
            let tokens = phrase.tokens.iter().map(|token| format!("\"{before}{token}\""));
            format!("({}{open})", tokens.collect::<Vec<_>>().join(" + "))
        };
        format!("({} OR {})", tokens(""), tokens("_n"))
    };
    let phrases: Vec<String> = query.phrases().iter().map(phrase).collect();
    phrases.join(" AND ")
}

pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let at = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

/// Pages of the ticket list that are asked for.
pub const PAGES: [&str; 8] = [
    "the first page of a queue",
    "a deep page of a queue",
    "the first page of all queues",
    "a deep page of all queues",
    "closed tickets",
    "one's own tickets",
    "nobody's tickets",
    "a search in tickets",
];

fn path(tickets: &Tickets, page: usize) -> String {
    let Tickets { queue, deep, .. } = tickets;
    match page {
        0 => format!("/api/tickets?queue={queue}"),
        1 => format!("/api/tickets?queue={queue}&before={deep}"),
        2 => "/api/tickets".to_owned(),
        3 => format!("/api/tickets?before={deep}"),
        4 => "/api/tickets?state=closed_successful".to_owned(),
        5 => "/api/tickets?owner=me".to_owned(),
        6 => "/api/tickets?owner=nobody".to_owned(),
        _ => "/api/tickets?q=ferry".to_owned(),
    }
}

/// Milliseconds of one request for a page, the middle one of many.
pub fn page(address: SocketAddr, headers: &str, tickets: &Tickets, page: usize) -> Result<f64> {
    let path = path(tickets, page);
    let mut took = Vec::new();
    for _ in 0..40 {
        let begun = Instant::now();
        let answer = request(address, "GET", &path, headers, None)?.body;
        took.push(begun.elapsed().as_secs_f64() * 1e3);
        let rows = answer["tickets"].as_array().context("no tickets")?.len();
        // Of the shorter list a tenth of one queue is less than a page.
        ensure!(rows > 0, "{path} is empty");
    }
    took.sort_by(f64::total_cmp);
    Ok(percentile(&took, 0.5))
}

/// Pages of accounts that administrators ask for: what they are, their address, the list in the answer.
pub const LISTS: [(&str, &str, &str); 7] = [
    ("the first page of agents", "/api/admin/agents", "agents"),
    (
        "agents by a part of their name",
        "/api/admin/agents?q=tcher+4",
        "agents",
    ),
    ("one agent", "/api/admin/agents?q=watcher+4321", "agents"),
    ("the first page of customer users", "/api/admin/customers", "customers"),
    (
        "customer users by a part of their name",
        "/api/admin/customers?q=mer+19",
        "customers",
    ),
    (
        "one customer user",
        "/api/admin/customers?q=customer+187654",
        "customers",
    ),
    ("sessions", "/api/admin/sessions", "sessions"),
];

/// Milliseconds of many requests for a list, sorted; each time the page behind the one before, as long as there is one.
pub fn list(address: SocketAddr, headers: &str, path: &str, of: &str) -> Result<Vec<f64>> {
    let (mut took, mut after) = (Vec::new(), None::<String>);
    for _ in 0..200 {
        let sign = if path.contains('?') { '&' } else { '?' };
        let asked = match &after {
            Some(after) => format!("{path}{sign}after={after}"),
            None => path.to_owned(),
        };
        let begun = Instant::now();
        let answer = request(address, "GET", &asked, headers, None)?.body;
        took.push(begun.elapsed().as_secs_f64() * 1e3);
        ensure!(
            answer[of].as_array().is_some_and(|rows| !rows.is_empty()),
            "{asked} is empty"
        );
        after = answer["next"].as_str().map(str::to_owned);
    }
    took.sort_by(f64::total_cmp);
    Ok(took)
}

/// Puts a chat into a ticket; how long it took, in milliseconds.
pub fn append(address: SocketAddr, headers: &str, ticket: &str, chat: &str) -> Result<f64> {
    let asks = json!({ "cid": Uuid::now_v7(), "chat": { "chat": chat } });
    let path = format!("/api/tickets/{ticket}/chats");
    let begun = Instant::now();
    request(address, "POST", &path, headers, Some(&asks))?;
    Ok(begun.elapsed().as_secs_f64() * 1e3)
}

/// The rows of the same, prepared before and committed in one transaction, with the server's settings.
pub struct BareAppend {
    db: Connection,
}

impl BareAppend {
    pub fn open(database: &Path) -> Result<Self> {
        let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        db.pragma_update(None, "journal_mode", "wal")?;
        db.pragma_update(None, "synchronous", "full")?;
        db.pragma_update(None, "secure_delete", "on")?;
        db.pragma_update(None, "wal_autocheckpoint", 0)?;
        Ok(Self { db })
    }

    pub fn append(&mut self, ticket: &str, chat: &str) -> Result<f64> {
        let (ticket, chat) = (Uuid::parse_str(ticket)?, Uuid::parse_str(chat)?);
        let (ticket, chat) = (&ticket.as_bytes()[..], &chat.as_bytes()[..]);
        let me: Vec<u8> = self
            .db
            .query_row("SELECT id FROM person WHERE login = 'host'", [], |row| row.get(0))?;
        let said: Vec<(i64, i64, Vec<u8>, Option<String>)> = self
            .db
            .prepare("SELECT seq, at, actor_id, text FROM entry WHERE chat_id = ?1 ORDER BY seq")?
            .query_map([chat], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<Result<_, _>>()?;
        let head = said.len() as i64;
        let at = said.last().map_or(0, |(_, at, ..)| at + SECOND);
        let begun = Instant::now();
        let transaction = self.db.transaction()?;
        {
            let mut entry = transaction.prepare_cached(
                "INSERT INTO entry (chat_id, seq, public_seq, at, who, actor_id, cid, kind, reason, digest) VALUES (?1, ?2, ?3, ?4, 2, ?5, ?6, ?7, ?8, ?5)",
            )?;
            let cid = Uuid::now_v7();
            entry.execute(params![
                chat,
                head + 1,
                None::<i64>,
                at,
                me,
                &cid.as_bytes()[..],
                "attached",
                None::<&str>
            ])?;
            entry.execute(params![
                chat,
                head + 2,
                head + 1,
                at,
                me,
                None::<&[u8]>,
                "closed",
                "by_agent"
            ])?;
            let mut close = transaction.prepare_cached(
                "UPDATE chat SET head = ?2, public_head = ?2 - 1, fence = fence + 2, state = 'closed', closed_reason = 'by_agent', closed_at = ?3, last_at = ?3 WHERE id = ?1",
            )?;
            close.execute(params![chat, head + 2, at])?;
            let mut raise = transaction.prepare_cached(
                "UPDATE ticket SET version = version + 1, articles = articles + 1, to_index = 1, changed_at = ?2 WHERE id = ?1 RETURNING version, articles",
            )?;
            let (version, n): (i64, i64) =
                raise.query_row(params![ticket, at], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut article = transaction.prepare_cached(
                "INSERT INTO article (ticket_id, n, at, channel, sender, visible, author_id, author, subject, body, chat_id) VALUES (?1, ?2, ?3, 'chat', 'agent', 1, ?4, 'host', 'Chat', '', ?5)",
            )?;
            article.execute(params![ticket, n, at, me, chat])?;
            let mut line = transaction.prepare_cached(
                "INSERT INTO article_line (ticket_id, n, line, chat_id, seq, at, person_id, kind, name, note, text) VALUES (?1, ?2, ?3, ?4, ?3, ?5, ?6, 'agent', 'host', 0, ?7)",
            )?;
            for (seq, at, actor, text) in &said {
                line.execute(params![ticket, n, seq, chat, at, actor, text])?;
            }
            let mut history = transaction.prepare_cached(
                "INSERT INTO ticket_history (ticket_id, n, kind, at, person_id, name) VALUES (?1, ?2, 'chat', ?3, ?4, 'host')",
            )?;
            history.execute(params![ticket, version, at, me])?;
        }
        transaction.commit()?;
        Ok(begun.elapsed().as_secs_f64() * 1e3)
    }
}
