//! Files in chats: sent, read, and let go.
//!
//! A file is received into the spool, counted and hashed ([`spool`]); what it is, its content says ([`sniff`]). From a picture it is
//! taken away where and when it was taken ([`strip`]). Then its content is claimed, stored under its hash ([`shelf`]), and only then its entry written, by the same verb, stamp and client id as a
//! message. Whoever was refused, cut off or lost in between leaves a content nobody refers to, which goes after a while.
//!
//! Invariant: a content is read through the entry of the person asking, in [`App::file`], and nowhere else.

mod shelf;
mod sniff;
mod spool;
mod strip;
mod turns;

use super::chats::{DECISIONS, digest, said};
use super::{App, AppError, Said};
use crate::clock;
use crate::config;
use domain::{ChatId, ClientId, File, Person, Refusal, Side, Verb};
pub use shelf::Content;
pub(super) use shelf::{Shelf, hex};
use spool::Arrived;
pub use spool::Body;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::sync::Notify;
use turns::{Turn, Turns};
use uuid::Uuid;

/// A content nothing refers to yet may still be the one an entry is about to tell of. Longer than any request takes from the claim
/// to its end.
const IDLE_S: i64 = 3_600;
/// Contents removed before the next look.
const AT_ONCE: i64 = 100;
/// Times a content that is just being removed is claimed again, and how long in between.
const CLAIMS: usize = 5;
const CLAIM_AGAIN: Duration = Duration::from_millis(200);
/// Contents looked at before the next page.
const PAGE: i64 = 500;

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileRefusal {
    Empty,
    TooLarge {
        limit: u64,
    },
    /// More or less arrived than was said.
    NotWhole,
    TooSlow,
    TypeNotTaken,
    PictureTooLarge,
    /// An article has as many as it may.
    TooMany {
        limit: i64,
    },
    /// More than this person may send in a day.
    OverDay {
        limit: u64,
    },
    /// There is no room for it, or it cannot be written.
    NoRoom,
}

/// What is said of a file before its content comes.
pub struct Sending {
    pub cid: Uuid,
    /// As the sender calls it.
    pub name: String,
    pub size_bytes: u64,
    /// For agents only.
    pub note: bool,
}

#[derive(Default)]
pub(super) struct Files {
    shelf: OnceLock<Shelf>,
    turns: Turns,
    /// Something may have lost its last reference.
    released: Notify,
}

impl Files {
    fn shelf(&self) -> Result<&Shelf, AppError> {
        self.shelf.get().ok_or(AppError::File(FileRefusal::NoRoom))
    }

    /// Makes the job look at once.
    pub(super) fn released(&self) {
        self.released.notify_one();
    }
}

pub(super) fn check(config: &config::Files) -> Result<(), String> {
    shelf::check(config)
}

impl App {
    /// Where files are kept. The error is a sentence. Asked before anything else is done with files.
    pub fn keep_files(&self, config: &config::Files, data: &Path) -> Result<(), String> {
        let shelf = Shelf::open(config, data)?;
        let _ = self.files.shelf.set(shelf);
        Ok(())
    }

    /// Whether files can be kept where they are to be. The error is a sentence.
    pub async fn try_files(&self) -> Result<(), String> {
        let shelf = self.files.shelf().map_err(|error| error.to_string())?;
        shelf.try_out().await
    }

    /// Sends a file as a message, or with `note` as something for agents only. The entry is written once the whole content is stored. The
    /// same client id with the same content and name answers with what was stored, and stores nothing.
    pub async fn send_file(
        &self,
        person: &Person,
        chat: ChatId,
        sending: Sending,
        body: impl Body,
    ) -> Result<Said, AppError> {
        let shelf = self.files.shelf()?;
        let cid = ClientId(sending.cid);
        let turn = self.turn(person, sending.size_bytes).await?;
        // Whatever it was: then only what it was is of interest.
        let is_known = self.store.known(person.id, cid, &[0; 16]).await?.is_some();
        if is_known {
            let hash = spool::hash_only(body, sending.size_bytes).await?;
            let known = self.store.known(person.id, cid, &sending.digest(chat, &hash)).await?;
            let known = known.ok_or(AppError::Busy)??;
            return said(known, Side::of(person.kind));
        }
        self.may_send(person, chat, cid, sending.note).await?;
        let arrived = shelf.receive(body, sending.size_bytes).await?;
        let digest = sending.digest(chat, &arrived.hash);
        let file = self.put(shelf, arrived, &sending.name).await?;
        let verb = Verb::Send {
            note: sending.note,
            file: Box::new(file),
        };
        let outcome = self.verb(person, None, chat, cid, digest, verb).await?;
        drop(turn);
        said(outcome, Side::of(person.kind))
    }

    /// What somebody sends for something else than a chat: claimed and stored, to be referred to while the place is held.
    pub(super) async fn receive_file(
        &self,
        person: &Person,
        sending: &Sending,
        body: impl Body,
    ) -> Result<(Turn<'_>, File), AppError> {
        let shelf = self.files.shelf()?;
        let turn = self.turn(person, sending.size_bytes).await?;
        let arrived = shelf.receive(body, sending.size_bytes).await?;
        let file = self.put(shelf, arrived, &sending.name).await?;
        Ok((turn, file))
    }

    /// The hash of what he sends again and need not be kept.
    pub(super) async fn hash_file(
        &self,
        person: &Person,
        sending: &Sending,
        body: impl Body,
    ) -> Result<[u8; 32], AppError> {
        let _turn = self.turn(person, sending.size_bytes).await?;
        spool::hash_only(body, sending.size_bytes).await
    }

    pub(super) async fn stored_content(&self, file: &File) -> Result<Content, AppError> {
        self.files.shelf()?.get(&file.hash, file.size_bytes).await
    }

    /// A content by its name, for who may read what refers to it.
    pub(super) async fn content(&self, hash: &[u8; 32], size_bytes: u64) -> Result<Content, AppError> {
        self.files.shelf()?.get(hash, size_bytes).await
    }

    /// A place among those who send, if this person may send so much now.
    async fn turn(&self, person: &Person, size_bytes: u64) -> Result<Turn<'_>, AppError> {
        if size_bytes == 0 {
            return Err(AppError::File(FileRefusal::Empty));
        }
        if size_bytes > domain::file::SIZE_MAX {
            let limit = domain::file::SIZE_MAX;
            return Err(AppError::File(FileRefusal::TooLarge { limit }));
        }
        let settings = self.settings();
        let turn = self.files.turns.take(person, size_bytes, &settings)?;
        // Reserved first, counted afterwards: two at once do not pass together.
        let since = clock::now().plus_s(-turns::DAY_S);
        let sent = self.store.bytes_sent(person.id, since).await?;
        let limit = turns::bytes_a_day(person.kind, &settings);
        if sent + turn.under_way() > limit {
            return Err(AppError::File(FileRefusal::OverDay { limit }));
        }
        Ok(turn)
    }

    /// Whether he may send something here now; asked before the content is taken, so that nobody sends in vain.
    async fn may_send(&self, person: &Person, id: ChatId, cid: ClientId, note: bool) -> Result<(), AppError> {
        let text = "-".to_owned();
        let verb = if note { Verb::Note { text } } else { Verb::Say { text } };
        for _ in 0..DECISIONS {
            let remembered = self.remembered(id);
            match self.decide(person, None, id, cid, &verb).await {
                Err(AppError::Refused(refusal)) => {
                    if !self.is_outdated(id, remembered).await? {
                        return Err(refusal.into());
                    }
                    self.forget(id);
                }
                other => return other.map(drop),
            }
        }
        Err(AppError::Busy)
    }

    /// Finds out what it is, claims its content, and puts it where contents lie.
    async fn put(&self, shelf: &Shelf, arrived: Arrived, name: &str) -> Result<File, AppError> {
        let found = sniff::sniff(&arrived, name).await?;
        let (arrived, on_its_side) = strip::strip(arrived, found.kind).await?;
        let file = File {
            name: domain::file::name(name, found.kind),
            kind: found.kind,
            size_bytes: arrived.size_bytes,
            hash: arrived.hash,
            pixels: found.pixels.map(|(width, height)| match on_its_side {
                true => (height, width),
                false => (width, height),
            }),
        };
        for _ in 0..CLAIMS {
            if self
                .store
                .claim_content(&file.hash, file.size_bytes, clock::now())
                .await?
            {
                shelf.put(arrived).await?;
                return Ok(file);
            }
            tokio::time::sleep(CLAIM_AGAIN).await;
        }
        Err(AppError::Busy)
    }

    /// The file at an entry, by its number on the side of the person asking, and its content.
    pub async fn file(&self, person: &Person, id: ChatId, seq: i64) -> Result<(File, Content), AppError> {
        let side = Side::of(person.kind);
        // Entries first, the verdict afterwards: what is served was made before the verdict was true.
        let entries = self.store.entries_after(id, side, seq.max(1) - 1, 1).await?;
        self.grant_newest(person, id).await?;
        let entry = entries.into_iter().next().ok_or(Refusal::NotFound)?;
        let is_it = seq
            == match side {
                Side::Agents => entry.seq,
                Side::External => entry.public_seq.unwrap_or(0),
            };
        let face = side.face(&entry.what).filter(|_| is_it).ok_or(Refusal::NotFound)?;
        let file = face.file().ok_or(Refusal::NotFound)?;
        let content = self.stored_content(file).await?;
        Ok((file.clone(), content))
    }

    /// Waits until there may be something for [`App::remove_idle_contents`].
    pub async fn contents_released(&self) {
        self.files.released.notified().await;
    }

    /// Removes contents nothing refers to, and what was left of uploads that were cut off; says how many contents went.
    pub async fn remove_idle_contents(&self) -> Result<usize, AppError> {
        let Some(shelf) = self.files.shelf.get() else {
            return Ok(0);
        };
        shelf.sweep_spool(clock::now()).await;
        let mut removed = 0;
        loop {
            let idle_before = clock::now().plus_s(-IDLE_S);
            let going = self.store.let_contents_go(idle_before, AT_ONCE).await?;
            for hash in &going {
                shelf.remove(hash).await?;
                self.store.content_gone(hash).await?;
            }
            removed += going.len();
            if (going.len() as i64) < AT_ONCE {
                return Ok(removed);
            }
        }
    }

    /// How many contents that something refers to are missing, or are not as long as they were.
    pub(super) async fn missing_contents(&self) -> Result<i64, AppError> {
        let Some(shelf) = self.files.shelf.get() else {
            return Ok(0);
        };
        let (mut after, mut missing) = (Vec::new(), 0);
        loop {
            let page = self.store.contents_after(&after, PAGE).await?;
            let Some((last, _)) = page.last() else {
                return Ok(missing);
            };
            after = last.to_vec();
            for (hash, size_bytes) in &page {
                // What was let go while this looked is not missing.
                if shelf.size_of(hash).await? != Some(*size_bytes) && self.store.content_is_used(hash).await? {
                    missing += 1;
                }
            }
        }
    }
}

impl Sending {
    fn digest(&self, chat: ChatId, hash: &[u8; 32]) -> [u8; 16] {
        let word = if self.note { "file_note" } else { "file" };
        let content = format!("{}/{}", hex(hash), self.name);
        digest(word, chat.0, &content)
    }
}
