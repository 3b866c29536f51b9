//! One transaction of the writer: messages set-based, other verbs behind savepoints.

use crate::outbox::{put_effect, under_caps};
use crate::ticket_writes::{Attach, NewArticle, lines_as_json, put_article, put_history};
use crate::writer::{Command, Committed, Job, Outcome, Stamp, WriteError};
use crate::{sql, us};
use domain::{Chat, ChatId, ClientId, Entry, File, Instant, PersonId, What};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

#[derive(FromRow)]
struct HeadRow {
    id: Uuid,
    head: i64,
    public_head: i64,
    last_at: i64,
    permission_epoch: i64,
}

#[derive(FromRow)]
pub(crate) struct KnownRow {
    actor_id: Uuid,
    cid: Uuid,
    chat_id: Uuid,
    seq: i64,
    public_seq: Option<i64>,
    digest: Option<Vec<u8>>,
}

impl KnownRow {
    /// The stored answer, if it was the same command.
    pub fn outcome(&self, digest: &[u8]) -> Result<Outcome, WriteError> {
        if self.digest.as_deref() != Some(digest) {
            return Err(WriteError::CidReused);
        }
        Ok(Outcome::Known {
            chat: ChatId(self.chat_id),
            seq: self.seq,
            public_seq: self.public_seq,
        })
    }
}

/// What a batch came to: an answer for each job, and what to announce.
#[derive(Default)]
pub(crate) struct Done {
    pub answers: Vec<Result<Outcome, WriteError>>,
    pub committed: Vec<Committed>,
}

/// Why a transaction has to be done again.
pub(crate) enum Again {
    /// Some client ids were known: look them up first.
    Known,
    Error(sqlx::Error),
}

impl From<sqlx::Error> for Again {
    fn from(error: sqlx::Error) -> Self {
        Self::Error(error)
    }
}

/// The messages of one chat in this batch, by index of their jobs.
pub(crate) struct Run {
    pub chat: ChatId,
    pub seen: Stamp,
    pub jobs: Vec<usize>,
    pub entries: i64,
    pub public: i64,
    pub at: Instant,
}

/// Messages grouped by chat, in order. What was decided on older facts than its neighbours bounces at once; what was
/// queued behind another verb of its chat waits for it, and is written singly.
pub(crate) fn runs(jobs: &[Job], answers: &mut [Option<Result<Outcome, WriteError>>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut by_chat: HashMap<ChatId, usize> = HashMap::new();
    let mut behind_a_verb: HashSet<ChatId> = HashSet::new();
    for (i, job) in jobs.iter().enumerate() {
        let command = &job.command;
        if answers[i].is_some() {
            continue;
        }
        if !command.is_plain() {
            behind_a_verb.insert(command.chat());
        }
        if behind_a_verb.contains(&command.chat()) {
            continue;
        }
        let at = *by_chat.entry(command.chat()).or_insert_with(|| {
            runs.push(Run {
                chat: command.chat(),
                seen: command.seen,
                jobs: Vec::new(),
                entries: 0,
                public: 0,
                at: Instant(0),
            });
            runs.len() - 1
        });
        let run = &mut runs[at];
        if command.seen.is_older_than(run.seen) {
            answers[i] = Some(Err(WriteError::FenceMoved));
            continue;
        }
        if run.seen.is_older_than(command.seen) {
            run.jobs
                .drain(..)
                .for_each(|old| answers[old] = Some(Err(WriteError::FenceMoved)));
            (run.seen, run.entries, run.public) = (command.seen, 0, 0);
        }
        run.jobs.push(i);
        run.entries += command.change.entries.len() as i64;
        run.public += command
            .change
            .entries
            .iter()
            .filter(|entry| entry.public_seq.is_some())
            .count() as i64;
        run.at = run.at.max(command.change.after.last_at);
    }
    runs.retain(|run| !run.jobs.is_empty());
    runs
}

/// Numbers the entries of a command from where the log really stands.
pub(crate) fn number(command: &Command, head: &mut i64, public_head: &mut i64, at: Instant) -> Vec<Entry> {
    let numbered = |entry: &Entry| {
        let mut entry = entry.clone();
        *head += 1;
        entry.seq = *head;
        if entry.public_seq.is_some() {
            *public_head += 1;
            entry.public_seq = Some(*public_head);
        }
        entry.at = at;
        entry
    };
    command.change.entries.iter().map(numbered).collect()
}

/// The chat after a verb, moved to where the log really stands.
fn settle(command: &Command, entries: &[Entry]) -> Chat {
    let mut after = command.change.after.clone();
    if let Some(last) = entries.last() {
        after.head = last.seq;
        after.last_at = last.at;
        if entries.iter().any(|entry| entry.what.raises_fence()) {
            after.waiting_since = after.waiting_since.map(|_| last.at);
        }
        // A closed chat that goes into a ticket was closed when it was.
        let closes = |entry: &Entry| matches!(entry.what, What::Closed { .. });
        if entries.iter().any(closes) {
            after.closed_at = after.closed_at.map(|_| last.at);
        }
    }
    if let Some(public_seq) = entries.iter().rev().find_map(|entry| entry.public_seq) {
        after.public_head = public_seq;
    }
    after
}

macro_rules! engine {
    ($engine:ident, $conn:ty, $take:expr, $take_tickets:expr, $put_lines:expr) => {
        pub(crate) mod $engine {
            use super::*;

            type Conn = $conn;

            /// Runs the jobs in the transaction that `tx` is in. Jobs answered already are left out.
            pub(crate) async fn run(
                tx: &mut Conn,
                jobs: &[Job],
                answers: &mut [Option<Result<Outcome, WriteError>>],
            ) -> Result<Vec<Committed>, Again> {
                let mut committed = Vec::new();
                let runs = runs(jobs, answers);
                if !runs.is_empty() {
                    messages(tx, jobs, runs, answers, &mut committed).await?;
                }
                // A retry is answered with what is stored, however far the chat has moved on since.
                if answers.contains(&Some(Err(WriteError::FenceMoved))) {
                    answer_known(tx, jobs, answers).await?;
                }
                for (i, job) in jobs.iter().enumerate() {
                    if answers[i].is_none() {
                        answers[i] = Some(verb(tx, &job.command, &mut committed).await?);
                    }
                }
                Ok(committed)
            }

            async fn messages(
                tx: &mut Conn,
                jobs: &[Job],
                runs: Vec<Run>,
                answers: &mut [Option<Result<Outcome, WriteError>>],
                committed: &mut Vec<Committed>,
            ) -> Result<(), Again> {
                let heads = raise(tx, &runs).await?;
                let mut rows: Vec<(ChatId, Entry, &[u8])> = Vec::new();
                for run in runs {
                    let Some(row) = heads.get(&run.chat.0) else {
                        run.jobs
                            .iter()
                            .for_each(|i| answers[*i] = Some(Err(WriteError::FenceMoved)));
                        continue;
                    };
                    let (mut head, mut public_head) = (row.head - run.entries, row.public_head - run.public);
                    let mut all = Vec::new();
                    for i in run.jobs {
                        let entries = number(
                            &jobs[i].command,
                            &mut head,
                            &mut public_head,
                            Instant(row.last_at),
                        );
                        answers[i] = entries.first().map(|entry| Ok(Outcome::written(run.chat, entry)));
                        rows.extend(
                            entries
                                .iter()
                                .map(|entry| (run.chat, entry.clone(), &jobs[i].command.digest[..])),
                        );
                        all.extend(entries);
                    }
                    let stamp = Stamp {
                        fence: run.seen.fence,
                        permission_epoch: row.permission_epoch,
                    };
                    committed.push(Committed {
                        chat: run.chat,
                        entries: all,
                        stamp,
                        after: None,
                    });
                }
                insert(tx, &rows).await
            }

            async fn raise(tx: &mut Conn, runs: &[Run]) -> Result<HashMap<Uuid, HeadRow>, sqlx::Error> {
                let rows: Vec<HeadRow> = if let [run] = runs {
                    let one = sqlx::query_as(sql::RAISE_HEAD);
                    one.bind(run.chat.0)
                        .bind(run.seen.fence)
                        .bind(run.seen.permission_epoch)
                        .bind(run.entries)
                        .bind(run.public)
                        .bind(us(run.at))
                        .fetch_all(&mut *tx)
                        .await?
                } else {
                    let mut query = sqlx::query_as(AssertSqlSafe(sql::raise_heads(runs.len()))).persistent(false);
                    for run in runs {
                        query = query
                            .bind(run.chat.0)
                            .bind(run.seen.fence)
                            .bind(run.seen.permission_epoch)
                            .bind(run.entries)
                            .bind(run.public)
                            .bind(us(run.at));
                    }
                    query.fetch_all(&mut *tx).await?
                };
                Ok(rows.into_iter().map(|row| (row.id, row)).collect())
            }

            async fn insert(tx: &mut Conn, rows: &[(ChatId, Entry, &[u8])]) -> Result<(), Again> {
                if rows.is_empty() {
                    return Ok(());
                }
                let text = AssertSqlSafe(sql::insert_entries(rows.len()));
                let mut query = sqlx::query(text).persistent(rows.len() == 1);
                for (chat, entry, digest) in rows {
                    query = query
                        .bind(chat.0)
                        .bind(entry.seq)
                        .bind(entry.public_seq)
                        .bind(us(entry.at))
                        .bind(entry.who.map(i64::from))
                        .bind(entry.actor.map(|actor| actor.0))
                        .bind(entry.cid.map(|cid| cid.0))
                        .bind(entry.what.kind())
                        .bind(entry.what.text())
                        .bind(entry.what.reason())
                        .bind(entry.cid.map(|_| *digest))
                        .bind(entry.what.subject())
                        .bind(entry.what.subject_id())
                        .bind(entry.what.of().0)
                        .bind(entry.what.of().1);
                }
                let inserted = query.execute(&mut *tx).await?.rows_affected();
                if inserted == rows.len() as u64 {
                    Ok(())
                } else {
                    Err(Again::Known)
                }
            }

            /// The file of an entry; false if its content is not there to be referred to.
            async fn put_file(tx: &mut Conn, chat: ChatId, entry: &Entry, file: &File) -> Result<bool, sqlx::Error> {
                let held = sqlx::query(sql::HOLD_CONTENT)
                    .bind(&file.hash[..])
                    .execute(&mut *tx)
                    .await?;
                if held.rows_affected() != 1 {
                    return Ok(false);
                }
                sqlx::query(sql::PUT_FILE)
                    .bind(chat.0)
                    .bind(entry.seq)
                    .bind(entry.actor.map(|actor| actor.0))
                    .bind(us(entry.at))
                    .bind(&file.hash[..])
                    .bind(file.kind.word())
                    .bind(file.size_bytes as i64)
                    .bind(file.pixels.map(|(width, _)| i64::from(width)))
                    .bind(file.pixels.map(|(_, height)| i64::from(height)))
                    .execute(&mut *tx)
                    .await?;
                Ok(true)
            }

            /// The text leaves the log and the index with the entry that tells so.
            async fn redact(
                tx: &mut Conn,
                chat: ChatId,
                of: i64,
                by: Option<&str>,
                at: Instant,
            ) -> Result<(), sqlx::Error> {
                sqlx::query(sql::REDACT)
                    .bind(chat.0)
                    .bind(of)
                    .bind(by)
                    .bind(us(at))
                    .execute(&mut *tx)
                    .await?;
                sqlx::query($take).bind(chat.0).bind(of).execute(&mut *tx).await?;
                for text in [
                    sql::RELEASE_CONTENT_OF_ENTRY,
                    sql::TAKE_FILE_OF_ENTRY,
                    sql::TOUCH_TICKETS_OF_ENTRY,
                    sql::REDACT_ARTICLE_LINE,
                ] {
                    sqlx::query(text).bind(chat.0).bind(of).execute(&mut *tx).await?;
                }
                sqlx::query($take_tickets)
                    .bind(chat.0)
                    .bind(of)
                    .execute(&mut *tx)
                    .await?;
                Ok(())
            }

            /// The articles of a chat that goes into a ticket; false if the ticket does not take it any more.
            async fn attach(tx: &mut Conn, attach: &Attach, at: Instant) -> Result<bool, sqlx::Error> {
                let count = attach.articles.len() as i64;
                let raised: Option<(i64, i64)> = sqlx::query_as(sql::RAISE_TICKET)
                    .bind(attach.ticket.0)
                    .bind(attach.queue.0)
                    .bind(us(at))
                    .bind(count)
                    .fetch_optional(&mut *tx)
                    .await?;
                let Some((version, last)) = raised else {
                    return Ok(false);
                };
                let (ticket, by) = (attach.ticket, &attach.by);
                for (n, article) in (last - count + 1..).zip(&attach.articles) {
                    put_article!(tx, $put_lines, ticket, n, at, by, article, None);
                }
                put_history!(
                    tx,
                    ticket,
                    version,
                    at,
                    by,
                    "chat",
                    None::<String>,
                    None::<String>
                );
                Ok(true)
            }

            async fn verb(
                tx: &mut Conn,
                command: &Command,
                committed: &mut Vec<Committed>,
            ) -> Result<Result<Outcome, WriteError>, Again> {
                sqlx::query(sql::SAVEPOINT).execute(&mut *tx).await?;
                let done = write(tx, command, committed).await;
                match done {
                    Ok(Ok(outcome)) => {
                        sqlx::query(sql::RELEASE).execute(&mut *tx).await?;
                        Ok(Ok(outcome))
                    }
                    Ok(Err(refused)) => {
                        sqlx::query(sql::BACK_TO_SAVEPOINT).execute(&mut *tx).await?;
                        sqlx::query(sql::RELEASE).execute(&mut *tx).await?;
                        Ok(Err(refused))
                    }
                    Err(error) => Err(error),
                }
            }

            async fn write(
                tx: &mut Conn,
                command: &Command,
                committed: &mut Vec<Committed>,
            ) -> Result<Result<Outcome, WriteError>, Again> {
                if let (Some(actor), Some(cid)) = (command.actor, command.cid) {
                    let known: Option<KnownRow> = sqlx::query_as(sql::KNOWN)
                        .bind(actor.0)
                        .bind(cid.0)
                        .fetch_optional(&mut *tx)
                        .await?;
                    if let Some(known) = known {
                        return Ok(known.outcome(&command.digest));
                    }
                }
                let (chat, change) = (command.chat(), &command.change);
                if let Some(start) = &command.start {
                    let made = sqlx::query(sql::MAKE_CHAT)
                        .bind(chat.0)
                        .bind(change.after.channel.0)
                        .bind(start.starter.0)
                        .bind(&start.key)
                        .bind(us(change.after.created_at))
                        .bind(change.after.direction.word())
                        .bind(change.after.ticket.map(|ticket| ticket.0))
                        .execute(&mut *tx)
                        .await?;
                    if made.rows_affected() == 0 {
                        let there: Option<Uuid> = sqlx::query_scalar(sql::CHAT_OF_START_KEY)
                            .bind(&start.key)
                            .fetch_optional(&mut *tx)
                            .await?;
                        // Another node may close it between the two statements.
                        let there = there.map(|there| Outcome::Existing { chat: ChatId(there) });
                        return Ok(there.ok_or(WriteError::FenceMoved));
                    }
                }
                let public = change
                    .entries
                    .iter()
                    .filter(|entry| entry.public_seq.is_some())
                    .count() as i64;
                let n = change.entries.len() as i64;
                let row: Option<HeadRow> = sqlx::query_as(sql::RAISE_HEAD)
                    .bind(chat.0)
                    .bind(command.seen.fence)
                    .bind(command.seen.permission_epoch)
                    .bind(n)
                    .bind(public)
                    .bind(us(change.after.last_at))
                    .fetch_optional(&mut *tx)
                    .await?;
                let Some(row) = row else {
                    return Ok(Err(WriteError::FenceMoved));
                };
                let (mut head, mut public_head) = (row.head - n, row.public_head - public);
                if command.only_at.is_some_and(|only_at| only_at != head) {
                    return Ok(Err(WriteError::FenceMoved));
                }
                let entries = number(command, &mut head, &mut public_head, Instant(row.last_at));
                let after = settle(command, &entries);
                sqlx::query(sql::CHANGE_CHAT)
                    .bind(chat.0)
                    .bind(command.seen.fence)
                    .bind(after.fence - command.seen.fence)
                    .bind(after.state.word())
                    .bind(after.closed_reason.map(|reason| reason.word()))
                    .bind(after.waiting_since.map(us))
                    .bind(after.closed_at.map(us))
                    .bind(after.channel.0)
                    .bind(i64::from(after.is_personal_request()))
                    .execute(&mut *tx)
                    .await?;
                if let Some(waited) = &command.waited {
                    sqlx::query(sql::PUT_WAIT)
                        .bind(chat.0)
                        .bind(waited.channel.0)
                        .bind(row.last_at)
                        .bind((row.last_at - us(waited.since)).max(0))
                        .execute(&mut *tx)
                        .await?;
                }
                for member in &change.members {
                    // A person's unread count starts at the head he joins at.
                    let read = if member.kind.is_external() {
                        public_head
                    } else {
                        head
                    };
                    sqlx::query(sql::PUT_MEMBER)
                        .bind(chat.0)
                        .bind(i64::from(member.n))
                        .bind(member.person.0)
                        .bind(member.kind.word())
                        .bind(member.role.word())
                        .bind(&member.name)
                        .bind(&member.company)
                        .bind(i64::from(member.present))
                        .bind(read)
                        .bind(i64::from(member.joined))
                        .bind(member.invited.as_ref().map(|invited| invited.role.word()))
                        .bind(member.invited.as_ref().map(|invited| i64::from(invited.by)))
                        .bind(
                            member
                                .invited
                                .as_ref()
                                .and_then(|invited| invited.note.as_deref()),
                        )
                        .bind(member.invited.as_ref().map(|invited| us(invited.at)))
                        .bind(member.shown.map(i64::from))
                        .execute(&mut *tx)
                        .await?;
                }
                let rows: Vec<_> = entries
                    .iter()
                    .map(|entry| (chat, entry.clone(), &command.digest[..]))
                    .collect();
                insert(tx, &rows).await?;
                for entry in &entries {
                    if let What::Redaction { of, by, .. } = &entry.what {
                        redact(tx, chat, *of, by.as_deref(), entry.at).await?;
                    }
                    if let Some(file) = entry.what.file()
                        && !put_file(tx, chat, entry, file).await?
                    {
                        return Ok(Err(WriteError::ContentGone));
                    }
                }
                if let Some(into) = &command.attach
                    && (into.head != row.head - n || !attach(tx, into, Instant(row.last_at)).await?)
                {
                    return Ok(Err(WriteError::FenceMoved));
                }
                for effect in &command.outbox {
                    if !under_caps!(tx, effect) {
                        return Ok(Err(WriteError::Capped));
                    }
                    put_effect!(
                        tx,
                        Some(chat.0),
                        Some(head),
                        None::<Uuid>,
                        None::<i64>,
                        effect,
                        Instant(row.last_at)
                    );
                }
                let outcome = entries
                    .first()
                    .map_or(Outcome::Existing { chat }, |entry| Outcome::written(chat, entry));
                let stamp = Stamp {
                    fence: after.fence,
                    permission_epoch: row.permission_epoch,
                };
                let moved = after.fence != command.seen.fence;
                committed.push(Committed {
                    chat,
                    entries,
                    stamp,
                    after: moved.then_some(after),
                });
                Ok(Ok(outcome))
            }

            /// Answers the jobs, bounced ones too, whose client id their actor used before.
            pub(crate) async fn answer_known(
                tx: &mut Conn,
                jobs: &[Job],
                answers: &mut [Option<Result<Outcome, WriteError>>],
            ) -> Result<(), sqlx::Error> {
                let asked: Vec<(usize, PersonId, ClientId)> = jobs
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| matches!(answers[*i], None | Some(Err(WriteError::FenceMoved))))
                    .filter_map(|(i, job)| Some((i, job.command.actor?, job.command.cid?)))
                    .collect();
                if asked.is_empty() {
                    return Ok(());
                }
                let mut query = sqlx::query_as(AssertSqlSafe(sql::known(asked.len()))).persistent(false);
                for (_, actor, cid) in &asked {
                    query = query.bind(actor.0).bind(cid.0);
                }
                let rows: Vec<KnownRow> = query.fetch_all(&mut *tx).await?;
                let known: HashMap<(Uuid, Uuid), KnownRow> = rows
                    .into_iter()
                    .map(|row| ((row.actor_id, row.cid), row))
                    .collect();
                for (i, actor, cid) in asked {
                    if let Some(row) = known.get(&(actor.0, cid.0)) {
                        answers[i] = Some(row.outcome(&jobs[i].command.digest));
                    }
                }
                Ok(())
            }
        }
    };
}

engine!(
    sqlite,
    sqlx::SqliteConnection,
    sql::TAKE_DOCUMENT_OF_ENTRY,
    sql::TAKE_TICKETS_OF_ENTRY,
    sql::PUT_ARTICLE_LINES
);
engine!(
    postgres,
    sqlx::PgConnection,
    sql::TAKE_DOCUMENT_OF_ENTRY_PG,
    sql::TAKE_TICKETS_OF_ENTRY_PG,
    sql::PUT_ARTICLE_LINES_PG
);
