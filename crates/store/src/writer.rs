//! The one writer of this node: takes what queued up during the last commit (no timer), commits it in one transaction,
//! announces it, answers.

use crate::at_once::{self, Texts};
use crate::batch::{self, Again, Done};
use crate::db::{self, Db};
use crate::outbox::Effect;
use crate::sql;
use crate::ticket_writes::Attach;
use domain::{Change, ChannelId, Chat, ChatId, ClientId, Entry, Instant, PersonId};
use parking_lot::Mutex;
use sqlx::Connection;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};

/// Most commands of one commit.
const BATCH: usize = 256;
/// Most commands waiting; beyond that the answer is [`WriteError::Busy`] before any work was done.
const QUEUE: usize = 4_096;
/// Times a transaction is begun again after a deadlock or a known client id.
const TRIES: usize = 5;
/// Read positions wait this long for company.
const MERGE: Duration = Duration::from_secs(1);

/// A decided verb, ready to be written. The numbers of its entries are those the decision saw; the writer gives the real ones.
#[derive(Debug, Clone)]
pub struct Command {
    pub change: Change,
    /// The fence and the permission epoch the decision saw. A new chat's fence is 0; what the system decides without
    /// anybody's rights has the epoch -1.
    pub seen: Stamp,
    pub actor: Option<PersonId>,
    pub cid: Option<ClientId>,
    /// Of the verb and its content: tells a retry from another command under the same id.
    pub digest: [u8; 16],
    pub start: Option<Start>,
    /// An accepted request: where and since when it waited.
    pub waited: Option<Waited>,
    /// A chat that goes into a ticket: its articles are written with the entry.
    pub attach: Option<Box<Attach>>,
    /// How far the chat had come when something was made of it that was to hold all of it: it is written only if nothing was said since.
    pub only_at: Option<i64>,
    pub outbox: Vec<Effect>,
}

#[derive(Debug, Clone, Copy)]
pub struct Waited {
    pub channel: ChannelId,
    pub since: Instant,
}

#[derive(Debug, Clone)]
pub struct Start {
    pub starter: PersonId,
    /// Starter, channel at the start, ticket: one chat that is not closed for each.
    pub key: String,
}

impl Command {
    /// What the system decides at this fence, without anybody's rights.
    pub fn of_system(change: Change, fence: i64) -> Self {
        Self {
            change,
            seen: Stamp {
                fence,
                permission_epoch: -1,
            },
            actor: None,
            cid: None,
            digest: [0; 16],
            start: None,
            waited: None,
            attach: None,
            only_at: None,
            outbox: Vec::new(),
        }
    }

    pub fn chat(&self) -> ChatId {
        self.change.after.id
    }

    /// Only texts: many of them go into one statement.
    pub(crate) fn is_plain(&self) -> bool {
        self.start.is_none()
            && self.outbox.is_empty()
            && self.attach.is_none()
            && self.only_at.is_none()
            && self.waited.is_none()
            && self.change.members.is_empty()
            && self
                .change
                .entries
                .iter()
                .all(|entry| !entry.what.raises_fence() && entry.what.file().is_none())
    }
}

pub struct Job {
    pub command: Command,
    pub answer: oneshot::Sender<Result<Outcome, WriteError>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Written {
        chat: ChatId,
        seq: i64,
        public_seq: Option<i64>,
        at: Instant,
    },
    /// The client id was stored before, by the same command.
    Known {
        chat: ChatId,
        seq: i64,
        public_seq: Option<i64>,
    },
    /// A start: the starter has this chat already.
    Existing { chat: ChatId },
}

impl Outcome {
    pub(crate) fn written(chat: ChatId, entry: &Entry) -> Self {
        Self::Written {
            chat,
            seq: entry.seq,
            public_seq: entry.public_seq,
            at: entry.at,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    #[error("the chat or a right changed meanwhile: decide again")]
    FenceMoved,
    #[error("the client id was used before with another content")]
    CidReused,
    /// A file's content was being removed, or never claimed.
    #[error("the content of the file is not there")]
    ContentGone,
    /// The commit failed, which is not a "no": the rows may be there. Retry with the same id.
    #[error("it is unknown whether it was stored: {0}")]
    Unknown(String),
    /// A cap of its side effects is reached: nothing was written.
    #[error("it has been done as often as it may be")]
    Capped,
    #[error("too much is waiting to be written")]
    Busy,
    #[error("the service is stopping")]
    Stopped,
}

/// At which values of fence and permission epoch something was true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    pub fence: i64,
    pub permission_epoch: i64,
}

impl Stamp {
    /// In either of its parts.
    pub fn is_older_than(self, other: Self) -> bool {
        self.fence < other.fence || self.permission_epoch < other.permission_epoch
    }
}

/// New entries of one chat, committed.
#[derive(Debug, Clone)]
pub struct Committed {
    pub chat: ChatId,
    pub entries: Vec<Entry>,
    pub stamp: Stamp,
    /// The chat after them, if they changed more than its heads.
    pub after: Option<Chat>,
}

/// Hears of commits. Must be quick: the next commit waits for it.
pub trait Announce: Send + Sync + 'static {
    fn committed(&self, committed: Vec<Committed>);

    /// Hears of read positions that were stored.
    fn read(&self, _positions: &[((ChatId, PersonId), i64)]) {}

    /// The database file can be trusted no more: a commit failed, and a later flush that succeeds proves nothing about the
    /// pages before it. Nothing is written from here on; the process has to end, and to recover by opening the file anew.
    fn broken(&self, _why: &str) {}
}

type Reads = Arc<Mutex<HashMap<(ChatId, PersonId), i64>>>;

#[derive(Clone)]
pub(crate) struct Handle {
    queue: Arc<Mutex<Option<mpsc::Sender<Job>>>>,
    sender: mpsc::WeakSender<Job>,
    reads: Reads,
    /// Closed when the writer has ended.
    running: watch::Receiver<()>,
}

impl Handle {
    /// Queues a command; the answer comes after its commit. Commands are written in the order they are queued.
    pub fn submit(&self, command: Command) -> Result<oneshot::Receiver<Result<Outcome, WriteError>>, WriteError> {
        let (answer, receiver) = oneshot::channel();
        let sender = self.sender.upgrade().ok_or(WriteError::Stopped)?;
        match sender.try_send(Job { command, answer }) {
            Ok(()) => Ok(receiver),
            Err(mpsc::error::TrySendError::Full(_)) => Err(WriteError::Busy),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(WriteError::Stopped),
        }
    }

    /// Remembers a read position; stored within about a second. Positions only grow.
    pub fn read_up_to(&self, chat: ChatId, person: PersonId, seq: i64) {
        let mut reads = self.reads.lock();
        let kept = reads.entry((chat, person)).or_insert(seq);
        *kept = seq.max(*kept);
    }

    /// A read position that is not stored yet. To be asked before the database is: afterwards it may just have been stored,
    /// and be in neither answer.
    pub fn pending_read(&self, chat: ChatId, person: PersonId) -> Option<i64> {
        self.reads.lock().get(&(chat, person)).copied()
    }

    /// As [`Handle::pending_read`], of all members.
    pub fn pending_reads(&self, chat: ChatId) -> HashMap<PersonId, i64> {
        let reads = self.reads.lock();
        let of_chat = reads.iter().filter(|((of, _), _)| *of == chat);
        of_chat.map(|((_, person), seq)| (*person, *seq)).collect()
    }

    /// Takes nothing new, writes what is queued, returns when that is done.
    pub async fn stop(&self) {
        drop(self.queue.lock().take());
        let mut running = self.running.clone();
        while running.changed().await.is_ok() {}
    }
}

pub(crate) fn start(db: Db, announce: Arc<dyn Announce>) -> Handle {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let reads = Reads::default();
    let (ending, running) = watch::channel(());
    let handle = Handle {
        sender: sender.downgrade(),
        queue: Arc::new(Mutex::new(Some(sender))),
        reads: reads.clone(),
        running,
    };
    let checkpoints = match &db {
        Db::Sqlite { writer, .. } => {
            let writer = writer.clone();
            Some(tokio::spawn(async move { writer.checkpoint().await }))
        }
        Db::Postgres(_) => None,
    };
    tokio::spawn(async move {
        let broken = OnceLock::new();
        Writer {
            db,
            announce,
            reads,
            broken,
            texts: Texts::default(),
        }
        .run(receiver)
        .await;
        if let Some(checkpoints) = checkpoints {
            checkpoints.abort();
        }
        drop(ending);
    });
    handle
}

struct Writer {
    db: Db,
    announce: Arc<dyn Announce>,
    reads: Reads,
    /// Why nothing is written any more.
    broken: OnceLock<String>,
    texts: Texts,
}

impl Writer {
    async fn run(self, mut queue: mpsc::Receiver<Job>) {
        let mut merge = tokio::time::interval(MERGE);
        merge.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut jobs = Vec::with_capacity(BATCH);
        let mut later: Vec<Job> = Vec::new();
        loop {
            jobs.append(&mut later);
            if jobs.is_empty() {
                tokio::select! {
                    taken = queue.recv_many(&mut jobs, BATCH) => if taken == 0 { break },
                    _ = merge.tick() => {
                        self.write_reads().await;
                    }
                }
            } else {
                while jobs.len() < BATCH
                    && let Ok(job) = queue.try_recv()
                {
                    jobs.push(job);
                }
            }
            if !jobs.is_empty() {
                later = split_repeated(&mut jobs);
                self.write(std::mem::take(&mut jobs)).await;
            }
        }
        while self.write_reads().await {}
    }

    async fn write(&self, jobs: Vec<Job>) {
        let done = self.commit(&jobs).await;
        // After the commit, before the answers: who is answered finds it everywhere.
        self.announce.committed(done.committed);
        for (job, answer) in jobs.into_iter().zip(done.answers) {
            // Nobody waits any more: the client was lost, and will ask again with the same id.
            let _ = job.answer.send(answer);
        }
    }

    /// Commits the batch; if the database refuses one of it, each alone, so that only that one fails.
    async fn commit(&self, jobs: &[Job]) -> Done {
        match self.try_commit(jobs).await {
            Err(error) if jobs.len() > 1 && is_of_one(&error) => {
                let mut all = Done::default();
                for job in jobs.chunks(1) {
                    let done = self
                        .try_commit(job)
                        .await
                        .unwrap_or_else(|error| self.failed(job, &error));
                    all.answers.extend(done.answers);
                    all.committed.extend(done.committed);
                }
                all
            }
            tried => tried.unwrap_or_else(|error| self.failed(jobs, &error)),
        }
    }

    fn failed(&self, jobs: &[Job], error: &sqlx::Error) -> Done {
        tracing::error!(%error, jobs = jobs.len(), "a commit failed");
        let why = error.to_string();
        if is_file_fault(error) && self.broken.set(why.clone()).is_ok() {
            self.announce.broken(&why);
        }
        Done {
            answers: vec![Err(WriteError::Unknown(why)); jobs.len()],
            committed: Vec::new(),
        }
    }

    /// One transaction, begun again where that is safe.
    async fn try_commit(&self, jobs: &[Job]) -> Result<Done, sqlx::Error> {
        if let Some(why) = self.broken.get() {
            return Err(sqlx::Error::Protocol(why.clone()));
        }
        let mut look_up = false;
        let mut tries = TRIES;
        loop {
            tries -= 1;
            let mut answers = vec![None; jobs.len()];
            let tried = match &self.db {
                Db::Sqlite { writer, .. } => sqlite(writer, &self.texts, jobs, look_up, &mut answers).await,
                Db::Postgres(pool) => postgres(pool, jobs, look_up, &mut answers).await,
            };
            match tried {
                Ok(committed) => {
                    let answers = answers
                        .into_iter()
                        .map(|answer| answer.unwrap_or(Err(WriteError::FenceMoved)))
                        .collect();
                    return Ok(Done { answers, committed });
                }
                Err(Again::Known) if tries > 0 => look_up = true,
                Err(Again::Known) => return Err(sqlx::Error::Protocol("client ids that come and go".into())),
                // Two nodes took the same chats in opposite order; the client ids make the retry safe.
                Err(Again::Error(error)) if tries > 0 && is_deadlock(&error) => {}
                Err(Again::Error(error)) => return Err(error),
            }
        }
    }

    /// Stores positions that wait, the most a batch holds; says whether it is worth going on.
    async fn write_reads(&self) -> bool {
        let taken: Vec<_> = self
            .reads
            .lock()
            .iter()
            .map(|(key, seq)| (*key, *seq))
            .take(BATCH)
            .collect();
        if taken.is_empty() || self.broken.get().is_some() {
            return false;
        }
        let written: Result<(), sqlx::Error> = async {
            crate::db::write_tx!(&self.db, tx => {
                for ((chat, person), seq) in &taken {
                    sqlx::query(sql::RAISE_READ_POSITION).bind(chat.0).bind(person.0).bind(seq).execute(&mut *tx).await?;
                }
            });
            Ok(())
        }
        .await;
        if let Err(error) = written {
            tracing::error!(%error, "read positions could not be stored; tried again in a second");
            return false;
        }
        self.announce.read(&taken);
        // One that grew meanwhile stays for the next round.
        let mut reads = self.reads.lock();
        reads.retain(|key, seq| !taken.iter().any(|(k, s)| k == key && s == seq));
        !reads.is_empty()
    }
}

async fn sqlite(
    writer: &db::Writer,
    texts: &Texts,
    jobs: &[Job],
    look_up: bool,
    answers: &mut [Option<Result<Outcome, WriteError>>],
) -> Result<Vec<Committed>, Again> {
    let mut connection = writer.hold().await?;
    if !look_up && at_once::fits(jobs) {
        writer.wrote_messages(jobs.len());
        return at_once::commit(&mut connection, texts, jobs, answers).await;
    }
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
    if look_up {
        batch::sqlite::answer_known(&mut tx, jobs, answers).await?;
    }
    let committed = batch::sqlite::run(&mut tx, jobs, answers).await?;
    tx.commit().await?;
    Ok(committed)
}

async fn postgres(
    pool: &sqlx::PgPool,
    jobs: &[Job],
    look_up: bool,
    answers: &mut [Option<Result<Outcome, WriteError>>],
) -> Result<Vec<Committed>, Again> {
    let mut tx = pool.begin().await?;
    sqlx::query(sql::HOLD_PERMISSION_EPOCH).execute(&mut *tx).await?;
    if look_up {
        batch::postgres::answer_known(&mut tx, jobs, answers).await?;
    }
    let committed = batch::postgres::run(&mut tx, jobs, answers).await?;
    tx.commit().await?;
    Ok(committed)
}

/// The second of two jobs with one client id waits for the next batch, where it finds the first stored.
fn split_repeated(jobs: &mut Vec<Job>) -> Vec<Job> {
    let mut seen = HashSet::with_capacity(jobs.len());
    let mut repeats = |job: &Job| match (job.command.actor, job.command.cid) {
        (Some(actor), Some(cid)) => !seen.insert((actor, cid)),
        _ => false,
    };
    let (later, now) = std::mem::take(jobs).into_iter().partition(|job| repeats(job));
    *jobs = now;
    later
}

/// The database refused what one command says (a constraint; on PostgreSQL class 22, data it cannot take), and is well.
fn is_of_one(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| {
        let unfit = |code: &str| code.len() == 5 && code.starts_with("22");
        error.kind() != sqlx::error::ErrorKind::Other || error.code().is_some_and(|code| unfit(&code))
    })
}

fn is_deadlock(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(|error| error.code())
        .is_some_and(|code| code == "40P01" || code == "40001")
}

/// SQLite could not read or write its file, or found it damaged or the disk full (primary result codes of sqlite.org/rescode).
fn is_file_fault(error: &sqlx::Error) -> bool {
    const IOERR: u32 = 10;
    const CORRUPT: u32 = 11;
    const FULL: u32 = 13;
    const NOTADB: u32 = 26;
    let code = error
        .as_database_error()
        .and_then(|error| error.code()?.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, IOERR | CORRUPT | FULL | NOTADB))
}
