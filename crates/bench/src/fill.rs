//! Years of chats in seconds: rows put into the server's own file while it does not run, as `deskbell verify` wants them.

use crate::desk::customer;
use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Statement, params};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::Instant;
use uuid::Uuid;

/// Messages of one old chat.
const PER_CHAT: usize = 50;
const TEXT: &str =
    "The parcel left the warehouse in Bremen on Tuesday; the carrier says it comes on Friday. Wait or send anew?";
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
    channel: Uuid,
    snippet: Uuid,
    agent: Uuid,
    /// Microseconds since 1970; each chat begins a second after the one before.
    at: i64,
}

/// Puts in old, closed chats with `messages` messages in all, and open ones for `idlers` people.
pub fn fill(database: &Path, messages: usize, idlers: usize, agent: &str) -> Result<Vec<Idler>> {
    let mut connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Nobody else has the file open, and half a fill is thrown away: no journal is needed.
    connection.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "off")?;
    connection.pragma_update(None, "cache_size", -512 * 1024)?;
    let transaction = connection.transaction()?;
    let people = {
        let mut rows = Rows::prepare(&transaction, agent)?;
        for n in 0..messages.div_ceil(PER_CHAT) {
            rows.old_chat(n, PER_CHAT.min(messages - n * PER_CHAT))?;
        }
        (0..idlers).map(|n| rows.idler(n)).collect::<Result<_>>()?
    };
    transaction.commit()?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    drop(connection);
    std::fs::File::open(database)?.sync_all()?;
    Ok(people)
}

/// Puts in signed-in accounts: customer users, and available agents with this role. Returns their tokens.
pub fn accounts(database: &Path, role: &str, customers: usize, agents: usize) -> Result<(Vec<String>, Vec<String>)> {
    let mut connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let transaction = connection.transaction()?;
    let add = |kind: &str, name: String| -> Result<String> {
        let (id, token) = (Uuid::now_v7(), format!("account-{}", Uuid::now_v7()));
        let id = &id.as_bytes()[..];
        transaction.execute(
            "INSERT INTO person (id, kind, name, sort_key, login, availability, created_at) VALUES (?1, ?2, ?3, ?4, ?4, 2, ?5)",
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
        let visitor = self.visitor(&format!("Visitor {n}"))?;
        let chat = self.log(visitor, messages, true)?;
        self.members(chat, visitor, n, messages as i64 + 3)
    }

    fn idler(&mut self, n: usize) -> Result<Idler> {
        let visitor = self.visitor(&format!("Idler {n}"))?;
        let token = format!("idler-{n}-{}", Uuid::now_v7());
        let hash = Sha256::digest(token.as_bytes());
        self.session
            .execute(params![&hash[..], &visitor.as_bytes()[..], self.at])?;
        let chat = self.log(visitor, 2, false)?;
        self.members(chat, visitor, n, 4)?;
        let chat = chat.to_string();
        Ok(Idler { token, chat })
    }

    /// Asked for, first message, accepted, messages in turns, perhaps closed; and the chat's own row.
    fn log(&mut self, visitor: Uuid, messages: usize, closed: bool) -> Result<Uuid> {
        let chat = Uuid::now_v7();
        let (first, agent) = (self.at, self.agent);
        self.at += SECOND;
        let mut seq = 0;
        let mut at = first;
        let mut put = |who: i64, kind: &str, text: Option<&str>, reason: Option<&str>| -> Result<()> {
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
            Ok(())
        };
        put(1, "requested", None, None)?;
        put(1, "message", Some(TEXT), None)?;
        put(2, "accepted", None, None)?;
        for n in 1..messages {
            put(1 + (n as i64 & 1), "message", Some(TEXT), None)?;
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
        Ok(chat)
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
