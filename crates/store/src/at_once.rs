//! A batch of nothing but messages, in one journey to SQLite's thread instead of four: each journey wakes two threads, and at
//! the rate at which people write that is most of what a message costs (see docs/decisions).
//!
//! Invariant: an entry is inserted under the same conditions, in the same transaction, as its chat's head is raised.

use crate::batch::{Again, Run, number, runs};
use crate::writer::{Committed, Job, Outcome, Stamp, WriteError};
use crate::{sql, us};
use domain::Instant;
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Lengths for which a statement is kept; a batch is filled up to the next one with rows that match nothing.
const LENGTHS: [usize; 16] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256];

/// The statements made so far, by their numbers of chats and of entries.
#[derive(Default)]
pub(crate) struct Texts(parking_lot::Mutex<HashMap<(usize, usize), Arc<str>>>);

impl Texts {
    fn of(&self, chats: usize, entries: usize) -> Arc<str> {
        let mut texts = self.0.lock();
        let text = texts
            .entry((chats, entries))
            .or_insert_with(|| sql::messages_at_once(chats, entries).into());
        text.clone()
    }
}

/// Whether the batch can go this way: only messages, few enough, decided by people.
pub(crate) fn fits(jobs: &[Job]) -> bool {
    let entries: usize = jobs.iter().map(|job| job.command.change.entries.len()).sum();
    let plain = |job: &Job| job.command.is_plain() && job.command.seen.permission_epoch >= 0;
    entries <= LENGTHS[LENGTHS.len() - 1] && jobs.iter().all(plain)
}

/// Commits the jobs. `Again::Known` if a client id was used before; then nothing was written.
pub(crate) async fn commit(
    connection: &mut SqliteConnection,
    texts: &Texts,
    jobs: &[Job],
    answers: &mut [Option<Result<Outcome, WriteError>>],
) -> Result<Vec<Committed>, Again> {
    // The permission epoch only grows: of two that were seen, the older one is not the newest.
    let epoch = jobs
        .iter()
        .map(|job| job.command.seen.permission_epoch)
        .max()
        .unwrap_or(0);
    for (job, answer) in jobs.iter().zip(answers.iter_mut()) {
        if job.command.seen.permission_epoch < epoch {
            *answer = Some(Err(WriteError::FenceMoved));
        }
    }
    let runs = runs(jobs, answers);
    if runs.is_empty() {
        return Ok(Vec::new());
    }
    match write(connection, texts, jobs, &runs, epoch).await {
        Ok(heads) => Ok(answer(jobs, runs, &heads, epoch, answers)),
        Err(error) => {
            // Whatever was done is undone; there is nothing to undo if it had not begun.
            let _ = sqlx::query(sql::ROLLBACK).execute(&mut *connection).await;
            Err(if is_known(&error) {
                Again::Known
            } else {
                Again::Error(error)
            })
        }
    }
}

/// Head, public head and newest instant of each chat that was raised.
type Heads = HashMap<Uuid, (i64, i64, i64)>;

async fn write(
    connection: &mut SqliteConnection,
    texts: &Texts,
    jobs: &[Job],
    runs: &[Run],
    epoch: i64,
) -> Result<Heads, sqlx::Error> {
    let entries = runs.iter().map(|run| run.entries as usize).sum();
    let (chats_len, entries_len) = (length(runs.len()), length(entries));
    let text = AssertSqlSafe(texts.of(chats_len, entries_len));
    let mut query = sqlx::query_as(text).persistent(true);
    for run in runs {
        query = query
            .bind(run.chat.0)
            .bind(run.seen.fence)
            .bind(run.entries)
            .bind(run.public)
            .bind(us(run.at));
    }
    for _ in 0..(chats_len - runs.len()) * sql::RAISE_WIDTH {
        query = query.bind(None::<i64>);
    }
    query = query.bind(epoch);
    for run in runs {
        // Numbers are counted back from the head as it will be.
        let (mut left, mut public_left) = (run.entries, run.public);
        for i in &run.jobs {
            let command = &jobs[*i].command;
            for entry in &command.change.entries {
                left -= 1;
                public_left -= i64::from(entry.public_seq.is_some());
                query = query
                    .bind(run.chat.0)
                    .bind(run.seen.fence)
                    .bind(left)
                    .bind(entry.public_seq.map(|_| public_left))
                    .bind(entry.who.map(i64::from))
                    .bind(entry.actor.map(|actor| actor.0))
                    .bind(entry.cid.map(|cid| cid.0))
                    .bind(entry.what.kind())
                    .bind(entry.what.text())
                    .bind(entry.cid.map(|_| &command.digest[..]));
            }
        }
    }
    for _ in 0..(entries_len - entries) * sql::INSERT_WIDTH {
        query = query.bind(None::<i64>);
    }
    query = query.bind(epoch);
    let rows: Vec<(Uuid, i64, i64, i64)> = query.fetch_all(connection).await?;
    Ok(rows
        .into_iter()
        .map(|(id, head, public_head, at)| (id, (head, public_head, at)))
        .collect())
}

fn answer(
    jobs: &[Job],
    runs: Vec<Run>,
    heads: &Heads,
    permission_epoch: i64,
    answers: &mut [Option<Result<Outcome, WriteError>>],
) -> Vec<Committed> {
    let mut committed = Vec::with_capacity(runs.len());
    for run in runs {
        let Some((head, public_head, at)) = heads.get(&run.chat.0) else {
            run.jobs
                .iter()
                .for_each(|i| answers[*i] = Some(Err(WriteError::FenceMoved)));
            continue;
        };
        let (mut head, mut public_head) = (head - run.entries, public_head - run.public);
        let mut all = Vec::with_capacity(run.entries as usize);
        for i in run.jobs {
            let entries = number(&jobs[i].command, &mut head, &mut public_head, Instant(*at));
            answers[i] = entries.first().map(|entry| Ok(Outcome::written(run.chat, entry)));
            all.extend(entries);
        }
        committed.push(Committed {
            chat: run.chat,
            entries: all,
            stamp: Stamp {
                fence: run.seen.fence,
                permission_epoch,
            },
            after: None,
        });
    }
    committed
}

fn length(n: usize) -> usize {
    LENGTHS.into_iter().find(|length| *length >= n).unwrap_or(n)
}

/// The unique index over client ids objected.
fn is_known(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|error| error.is_unique_violation())
}
