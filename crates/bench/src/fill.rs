//! Years of chats in seconds: rows put into the server's own file while it does not run, as `deskbell verify` wants them.

use crate::chance::Chance;
use crate::desk::customer;
use anyhow::{Context, Result};
use domain::search::tokens;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Statement, params};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::Instant;
use uuid::Uuid;

/// Messages of one old chat.
const PER_CHAT: usize = 50;
const SECOND: i64 = 1_000_000;

/// Somebody who is there and says nothing.
pub struct Idler {
    pub token: String,
    pub chat: String,
}

struct Rows<'a> {
    person: Statement<'a>,
    session: Statement<'a>,
    chat: Statement<'a>,
    member: Statement<'a>,
    entry: Statement<'a>,
    indexed: Statement<'a>,
    document: Statement<'a>,
    /// The last document given away.
    documents: i64,
    chance: Chance,
    channel: Uuid,
    snippet: Uuid,
    agent: Uuid,
    /// Microseconds since 1970; each chat begins a second after the one before.
    at: i64,
}

/// Puts in old, closed chats with `messages` messages in all, and open ones for `idlers` people.
pub fn fill(database: &Path, messages: usize, idlers: usize, agent: &str) -> Result<Vec<Idler>> {
    put(database, |db| {
        let mut rows = Rows::prepare(db, agent)?;
        for n in 0..messages.div_ceil(PER_CHAT) {
            rows.old_chat(n, PER_CHAT.min(messages - n * PER_CHAT))?;
        }
        db.execute("UPDATE document_count SET last = ?1", [rows.documents])?;
        (0..idlers).map(|n| rows.idler(n)).collect()
    })
}

/// Puts in open chats of the agent, so many messages long; returns their ids.
pub fn open_chats(database: &Path, lengths: &[usize], agent: &str) -> Result<Vec<String>> {
    put(database, |db| {
        let mut rows = Rows::prepare(db, agent)?;
        let chat = |(n, messages): (usize, &usize)| {
            let visitor = rows.visitor(&format!("Talker {n}"))?;
            rows.open_chat(visitor, n, *messages)
        };
        lengths.iter().enumerate().map(chat).collect()
    })
}

fn put<T>(database: &Path, rows: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let mut connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Nobody else has the file open, and half a fill is thrown away: no journal is needed.
    connection.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "off")?;
    connection.pragma_update(None, "cache_size", -512 * 1024)?;
    let transaction = connection.transaction()?;
    let made = rows(&transaction)?;
    transaction.commit()?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    drop(connection);
    std::fs::File::open(database)?.sync_all()?;
    Ok(made)
}

/// A list of tickets of every queue.
pub struct Tickets {
    /// One of the queues.
    pub queue: String,
    /// Behind half of the tickets: of a thousand each queue has a page left there.
    pub deep: String,
    /// An open ticket.
    pub open: String,
}

/// Puts tickets into all queues by turns, every third closed, every fourth the agent's; each with an article.
pub fn tickets(database: &Path, count: usize, agent: &str) -> Result<Tickets> {
    put(database, |db| {
        let mut all = db.prepare("SELECT id FROM queue ORDER BY sort_key, id")?;
        let queues: Vec<Vec<u8>> = all.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let agent: Vec<u8> = db.query_row("SELECT id FROM person WHERE login = ?1", [agent], |row| row.get(0))?;
        let mut documents: i64 = db.query_row("SELECT last FROM document_count", [], |row| row.get(0))?;
        let mut ticket = db.prepare(
            "INSERT INTO ticket (id, number, title, queue_id, state, priority, owner_id, customer_name, creator_id, cid, digest, created_at, changed_at, \
             version, articles, is_open, to_index, doc) VALUES (?1, ?2, ?3, ?4, ?5, 3, ?6, ?7, ?8, ?9, ?9, ?10, ?10, 1, 1, ?11, 0, ?12)",
        )?;
        let mut article = db.prepare(
            "INSERT INTO article (ticket_id, n, at, channel, sender, visible, author_id, author, subject, body) \
             VALUES (?1, 1, ?2, 'phone', 'agent', 1, ?3, 'host', ?4, ?5)",
        )?;
        let mut history = db.prepare(
            "INSERT INTO ticket_history (ticket_id, n, kind, at, person_id, name) VALUES (?1, 1, 'made', ?2, ?3, 'host')",
        )?;
        let mut document = db.prepare("INSERT INTO ticket_document (rowid, tokens) VALUES (?1, ?2)")?;
        let mut part = db.prepare("INSERT INTO ticket_part (doc, ticket_id, n) VALUES (?1, ?2, 1)")?;
        let mut chance = Chance::new(2);
        let first = 1_700_000_000 * SECOND;
        let (mut deep, mut open) = (0, String::new());
        for n in 0..count {
            let (id, cid) = (Uuid::now_v7(), Uuid::now_v7());
            let at = first + n as i64 * SECOND;
            let (title, body) = (chance.line(), chance.text());
            let name = format!("Customer {n}");
            let number = format!("2024010110{n:06}");
            let queue = &queues[n % queues.len()];
            let is_open = !(n / queues.len()).is_multiple_of(3);
            let state = if is_open { "open" } else { "closed_successful" };
            let owner = (n % 4 == 1).then_some(&agent);
            documents += 1;
            ticket.execute(params![
                &id.as_bytes()[..],
                number,
                title,
                queue,
                state,
                owner,
                name,
                agent,
                &cid.as_bytes()[..],
                at,
                is_open,
                documents
            ])?;
            article.execute(params![&id.as_bytes()[..], at, agent, title, body])?;
            history.execute(params![&id.as_bytes()[..], at, agent])?;
            let names = tokens(&format!("{number} {name} host"));
            let names: String = names.iter().map(|token| format!(" _n{token}")).collect();
            let words = tokens(&format!("{title} {title} {body}")).join(" ");
            let queue = Uuid::from_slice(queue)?.simple();
            document.execute(params![documents, format!("_q{queue}{names} {words}")])?;
            part.execute(params![documents, &id.as_bytes()[..]])?;
            if n == count / 2 {
                deep = at;
            }
            if is_open {
                open = id.to_string();
            }
        }
        db.execute("UPDATE document_count SET last = ?1", [documents])?;
        let queue = queues.first().context("there is no queue")?;
        Ok(Tickets {
            queue: Uuid::from_slice(queue)?.to_string(),
            deep: format!("{deep}.{}", Uuid::max().simple()),
            open,
        })
    })
}

/// Puts in signed-in accounts: customer users, and available agents with this role. Returns their tokens.
pub fn accounts(database: &Path, role: &str, customers: usize, agents: usize) -> Result<(Vec<String>, Vec<String>)> {
    let mut connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let transaction = connection.transaction()?;
    let add = |kind: &str, name: String| -> Result<String> {
        let (id, token) = (Uuid::now_v7(), format!("account-{}", Uuid::now_v7()));
        let id = &id.as_bytes()[..];
        transaction.execute(
            "INSERT INTO person (id, kind, name, sort_key, found_by, login, availability, created_at) VALUES (?1, ?2, ?3, ?4, ?4, ?4, 2, ?5)",
            params![id, kind, name, name.to_lowercase(), 1_700_000_000 * SECOND],
        )?;
        let hash = Sha256::digest(token.as_bytes());
        let (s, _) = Uuid::now_v7().get_timestamp().context("no time")?.to_unix();
        let now = s as i64 * SECOND;
        transaction.execute(
            "INSERT INTO session (token_hash, person_id, created_at, seen_at) VALUES (?1, ?2, ?3, ?3)",
            params![&hash[..], id, now],
        )?;
        if kind == "agent" {
            transaction.execute(
                "INSERT INTO role_member (role_id, person_id) SELECT id, ?1 FROM role WHERE name = ?2",
                params![id, role],
            )?;
            transaction.execute(
                "INSERT INTO my_channel (person_id, channel_id) SELECT ?1, id FROM channel WHERE is_default = 1",
                params![id],
            )?;
        }
        Ok(token)
    };
    let customers = (0..customers).map(|n| add("customer_user", customer(n)));
    let customers = customers.collect::<Result<_>>()?;
    let agents = (0..agents).map(|n| add("agent", format!("Watcher {n:03}")));
    let agents = agents.collect::<Result<_>>()?;
    transaction.commit()?;
    Ok((customers, agents))
}

impl<'a> Rows<'a> {
    fn prepare(db: &'a Connection, agent: &str) -> Result<Self> {
        let id = |sql: &str, name: &str| -> Result<Uuid> {
            let found: Option<Vec<u8>> = db.query_row(sql, [name], |row| row.get(0)).optional()?;
            Ok(Uuid::from_slice(
                &found.with_context(|| format!("there is no {name}"))?,
            )?)
        };
        Ok(Self {
            person: db.prepare(
                "INSERT INTO person (id, kind, name, sort_key, snippet_id, created_at) VALUES (?1, 'public_user', ?2, ?3, ?4, ?5)",
            )?,
            session: db.prepare("INSERT INTO session (token_hash, person_id, created_at, seen_at) VALUES (?1, ?2, ?3, ?3)")?,
            chat: db.prepare(
                "INSERT INTO chat (id, channel_id, state, closed_reason, starter_id, start_key, created_at, closed_at, last_at, head, public_head, fence) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11)",
            )?,
            member: db.prepare(
                "INSERT INTO chat_member (chat_id, n, person_id, kind, role, name, present, shown, read_seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, 1, ?7)",
            )?,
            entry: db.prepare(
                "INSERT INTO entry (chat_id, seq, public_seq, at, who, actor_id, cid, kind, text, reason, digest) \
                 VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?,
            indexed: db.prepare("UPDATE chat SET doc = ?2, indexed = head, to_index = 0 WHERE id = ?1")?,
            document: db.prepare("INSERT INTO document (rowid, tokens) VALUES (?1, ?2)")?,
            documents: db.query_row("SELECT last FROM document_count", [], |row| row.get(0))?,
            chance: Chance::new(1),
            channel: id("SELECT id FROM channel WHERE is_default = 1 AND ?1 <> ''", "default channel")?,
            snippet: id("SELECT id FROM snippet WHERE ?1 <> ''", "snippet")?,
            agent: id("SELECT id FROM person WHERE kind = 'agent' AND login = ?1", agent)?,
            at: 1_700_000_000 * SECOND,
        })
    }

    fn visitor(&mut self, name: &str) -> Result<Uuid> {
        let id = Uuid::now_v7();
        let (id_bytes, snippet) = (&id.as_bytes()[..], &self.snippet.as_bytes()[..]);
        self.person
            .execute(params![id_bytes, name, name.to_lowercase(), snippet, self.at])?;
        Ok(id)
    }

    fn old_chat(&mut self, n: usize, messages: usize) -> Result<()> {
        let name = format!("Visitor {n}");
        let visitor = self.visitor(&name)?;
        let (chat, said) = self.log(visitor, messages, true)?;
        self.members(chat, visitor, n, messages as i64 + 3)?;
        self.documents(chat, visitor, &name, &said)
    }

    fn idler(&mut self, n: usize) -> Result<Idler> {
        let visitor = self.visitor(&format!("Idler {n}"))?;
        let token = format!("idler-{n}-{}", Uuid::now_v7());
        let hash = Sha256::digest(token.as_bytes());
        self.session
            .execute(params![&hash[..], &visitor.as_bytes()[..], self.at])?;
        let chat = self.open_chat(visitor, n, 2)?;
        Ok(Idler { token, chat })
    }

    fn open_chat(&mut self, visitor: Uuid, n: usize, messages: usize) -> Result<String> {
        let (chat, _) = self.log(visitor, messages, false)?;
        self.members(chat, visitor, n, messages as i64 + 2)?;
        Ok(chat.to_string())
    }

    /// Puts a closed chat into the search index, as the server does.
    fn documents(&mut self, chat: Uuid, visitor: Uuid, name: &str, said: &[(i64, String)]) -> Result<()> {
        let head = said.len() as i64 + 3;
        let first = self.documents + 1;
        self.documents = first + head;
        self.indexed.execute(params![&chat.as_bytes()[..], first])?;
        let marks = format!(
            "_c{} _with _m{} _m{}",
            self.channel.simple(),
            visitor.simple(),
            self.agent.simple()
        );
        let names: Vec<String> = [name, "host"].iter().flat_map(|name| tokens(name)).collect();
        let names: String = names.iter().map(|token| format!(" _n{token}")).collect();
        self.document
            .execute(params![first, format!("{marks} _chat _everyone{names}")])?;
        for (seq, text) in said {
            let words = tokens(text).join(" ");
            self.document
                .execute(params![first + seq, format!("{marks} _everyone{names} {words}")])?;
        }
        Ok(())
    }

    /// Asked for, first message, accepted, messages in turns, perhaps closed; and the chat's own row. Returns what was said, too.
    fn log(&mut self, visitor: Uuid, messages: usize, closed: bool) -> Result<(Uuid, Vec<(i64, String)>)> {
        let chat = Uuid::now_v7();
        let (first, agent) = (self.at, self.agent);
        self.at += SECOND;
        let mut seq = 0;
        let mut at = first;
        let mut said = Vec::new();
        let mut put = |who: i64, kind: &str, text: Option<String>, reason: Option<&str>| -> Result<()> {
            seq += 1;
            at += SECOND;
            let actor = if who == 1 { visitor } else { agent };
            let cid = Uuid::now_v7();
            let (chat, actor, cid, digest) = (
                &chat.as_bytes()[..],
                &actor.as_bytes()[..],
                &cid.as_bytes()[..],
                &chat.as_bytes()[..],
            );
            self.entry
                .execute(params![chat, seq, at, who, actor, cid, kind, text, reason, digest])?;
            said.extend(text.map(|text| (seq, text)));
            Ok(())
        };
        put(1, "requested", None, None)?;
        put(1, "message", Some(self.chance.line()), None)?;
        put(2, "accepted", None, None)?;
        for n in 1..messages {
            put(1 + (n as i64 & 1), "message", Some(self.chance.line()), None)?;
        }
        if closed {
            put(2, "closed", None, Some("by_agent"))?;
        }
        let (state, reason, closed_at, fence) = match closed {
            true => ("closed", Some("by_agent"), Some(at), 3),
            false => ("open", None, None, 2),
        };
        let key = format!("{visitor}/{}/-", self.channel);
        let (id, channel) = (&chat.as_bytes()[..], &self.channel.as_bytes()[..]);
        self.chat.execute(params![
            id,
            channel,
            state,
            reason,
            &visitor.as_bytes()[..],
            key,
            first,
            closed_at,
            at,
            seq,
            fence
        ])?;
        Ok((chat, said))
    }

    fn members(&mut self, chat: Uuid, visitor: Uuid, n: usize, head: i64) -> Result<()> {
        let chat = &chat.as_bytes()[..];
        let name = format!("Visitor {n}");
        self.member.execute(params![
            chat,
            1,
            &visitor.as_bytes()[..],
            "public_user",
            "external",
            name,
            head
        ])?;
        self.member.execute(params![
            chat,
            2,
            &self.agent.as_bytes()[..],
            "agent",
            "owner",
            "host",
            head
        ])?;
        Ok(())
    }
}

/// The floor of a cold start: opens the file, reads one row, says so.
pub fn open(database: &Path) -> Result<()> {
    let begun = Instant::now();
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let text: String = connection.query_row(
        "SELECT text FROM entry WHERE kind = 'message' AND chat_id = (SELECT max(id) FROM chat) LIMIT 1",
        [],
        |row| row.get(0),
    )?;
    println!("read {} after {:?}", text.len(), begun.elapsed());
    Ok(())
}
