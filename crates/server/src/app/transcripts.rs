//! A chat as a document for somebody to take away.

use super::chats::PAGE;
use super::{App, AppError};
use domain::{Chat, ChatId, Entry, Person, Refusal, Side, takes_transcript};
use jiff::tz::TimeZone;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::thread;
use store::Store;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use transcript::{Fonts, Log, Reader, Transcript};
use words::Words;

/// Documents made at the same time. One fewer does nothing for those who talk: the threads yield to them.
const AT_ONCE: usize = 2;
/// Of a longer chat the newest so many entries; the document says how many came before.
const ENTRIES: i64 = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Pdf,
    Html,
    Json,
    Text,
}

/// What documents are made with.
pub(super) struct Documents {
    turns: Arc<Semaphore>,
    folder: OnceLock<PathBuf>,
    /// Read when the first PDF is made.
    fonts: Arc<OnceLock<Fonts>>,
}

impl Default for Documents {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            folder: OnceLock::new(),
            fonts: Arc::default(),
        }
    }
}

/// How somebody wants to read it.
pub struct Wanted {
    pub form: Form,
    /// A language tag; English where there is no catalogue for it.
    pub language: String,
    /// A name of the IANA time zone database.
    pub zone: String,
}

/// A piece of a chat as other ticket systems take it.
pub(super) struct Forms {
    pub html: String,
    pub text: String,
    pub pdf: Vec<u8>,
}

impl App {
    /// These entries, in order and perhaps with gaps, from this reader's side.
    pub(super) async fn forms(&self, chat: &Chat, entries: Vec<Entry>, reader: Reader) -> Result<Forms, AppError> {
        let channel = self.channel(chat.channel).await?.ok_or(Refusal::NotFound)?;
        let (settings, chat) = (self.settings(), chat.clone());
        let made = self.document(move |fonts| {
            let log = Log {
                chat: &chat,
                channel: &channel.name,
                ticket: None,
                entries: &entries,
                settings: &settings,
            };
            let mut transcript = Transcript::of(&log, reader);
            // What is not among them was left out on purpose.
            transcript.earlier = 0;
            Ok(Forms {
                html: transcript::fragment(&transcript),
                text: transcript::text(&transcript),
                pdf: pdf(&transcript, fonts)?,
            })
        });
        made.await?
    }

    /// Where further fonts are; says so if there are none.
    pub fn take_fonts_from(&self, folder: Option<PathBuf>) {
        match folder {
            Some(folder) => drop(self.documents.folder.set(folder)),
            None => tracing::info!("no folder of fonts: Chinese, Japanese, Korean and emoji are boxes in PDFs"),
        }
    }

    /// The chat up to now from the side of the person asking. Agents take it who have or had a part in it beyond watching, and
    /// owners of its channel; of a request nobody.
    pub async fn transcript(&self, person: &Person, id: ChatId, wanted: Wanted) -> Result<Vec<u8>, AppError> {
        let zone = TimeZone::get(&wanted.zone)
            .map_err(|_| AppError::BadInput(format!("{:?} is no time zone", wanted.zone)))?;
        let side = Side::of(person.kind);
        // Before anything is read: many who take long chats away must not stand before those who talk.
        let turn = self.document_turn().await?;
        // Entries first, the verdict afterwards: what is served was made before the verdict was true.
        let (chat, entries) = self.chat_aside(id, side).await?.ok_or(Refusal::NotFound)?;
        let granted = self.grant_newest(person, id).await?;
        takes_transcript(&granted.chat, &granted.access, granted.standing().level)?;
        let ticket = self.number_of_ticket(person, &granted.chat).await?;
        let channel = self.channel(granted.chat.channel).await?.ok_or(Refusal::NotFound)?;
        let settings = self.settings();
        let reader = Reader {
            kind: person.kind,
            words: Words::of(&wanted.language),
            zone,
        };
        let made = self.document_in(turn, move |fonts| {
            let log = Log {
                chat: &chat,
                channel: &channel.name,
                ticket: ticket.as_deref(),
                entries: &entries,
                settings: &settings,
            };
            let transcript = Transcript::of(&log, reader);
            match wanted.form {
                Form::Pdf => pdf(&transcript, fonts),
                Form::Html => Ok(transcript::html(&transcript).into_bytes()),
                Form::Json => Ok(transcript::json(&transcript).into_bytes()),
                Form::Text => Ok(transcript::text(&transcript).into_bytes()),
            }
        });
        made.await?
    }

    /// Makes a document beside the live connections, a few at a time, in threads that yield to them.
    pub(super) async fn document<T: Send + 'static>(
        &self,
        make: impl FnOnce(&Fonts) -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let turn = self.document_turn().await?;
        self.document_in(turn, make).await
    }

    async fn document_turn(&self) -> Result<OwnedSemaphorePermit, AppError> {
        let turn = self.documents.turns.clone().acquire_owned().await;
        turn.map_err(|_| AppError::Busy)
    }

    async fn document_in<T: Send + 'static>(
        &self,
        turn: OwnedSemaphorePermit,
        make: impl FnOnce(&Fonts) -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let (fonts, folder) = (self.documents.fonts.clone(), self.documents.folder.get().cloned());
        aside(move || {
            let made = make(fonts.get_or_init(|| read(folder)));
            // Until here, also where nobody waits for it any more.
            drop(turn);
            made
        })
        .await
    }

    /// A chat and its newest entries of a side, read in a thread that yields, since long chats are many rows.
    async fn chat_aside(&self, id: ChatId, side: Side) -> Result<Option<(Chat, Vec<Entry>)>, AppError> {
        let (store, runtime) = (self.store.clone(), Handle::current());
        let read = async move |store: &Store| match store.chat(id).await? {
            Some(chat) => {
                let entries = newest_entries(store, &chat, side).await?;
                Ok(Some((chat, entries)))
            }
            None => Ok(None),
        };
        aside(move || runtime.block_on(store.aside(read))).await?
    }

    pub(super) async fn newest_entries(&self, chat: &Chat, side: Side) -> Result<Vec<Entry>, AppError> {
        newest_entries(&self.store, chat, side).await
    }
}

async fn newest_entries(store: &Store, chat: &Chat, side: Side) -> Result<Vec<Entry>, AppError> {
    let head = side.head(chat);
    let (mut after, mut entries) = ((head - ENTRIES).max(0), Vec::new());
    while after < head {
        let page = store
            .entries_after(chat.id, side, after, PAGE.min(head - after))
            .await?;
        if page.is_empty() {
            break;
        }
        after += page.len() as i64;
        entries.extend(page);
    }
    Ok(entries)
}

/// Does something in a thread of its own that yields to all others: what it yields it yields for good.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let (done, out) = oneshot::channel();
    let thread = thread::Builder::new().name("document".to_owned()).spawn(move || {
        yield_to_others();
        let _ = done.send(work());
    });
    thread.map_err(|_| AppError::Busy)?;
    out.await.map_err(|_| AppError::Unknown)
}

/// Makes whoever wakes up go before this thread, at once and not after its slice, as `nice` would have it (`SCHED_IDLE` in
/// sched(7)). Where it is refused the document is made all the same.
#[cfg(target_os = "linux")]
pub fn yield_to_others() {
    use thread_priority::NormalThreadSchedulePolicy::Idle;
    use thread_priority::{ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy, thread_native_id};
    let _ = set_thread_priority_and_policy(
        thread_native_id(),
        ThreadPriority::Min,
        ThreadSchedulePolicy::Normal(Idle),
    );
}

#[cfg(not(target_os = "linux"))]
pub fn yield_to_others() {}

/// Without the folder where it cannot be read; the operator learns why.
fn read(folder: Option<PathBuf>) -> Fonts {
    Fonts::with(folder.as_deref()).unwrap_or_else(|error| {
        tracing::error!(?folder, %error, "the folder of fonts cannot be used");
        Fonts::with(None).expect("the fonts in the program")
    })
}

pub(super) fn pdf(transcript: &Transcript, fonts: &Fonts) -> Result<Vec<u8>, AppError> {
    let made = transcript::pdf(transcript, fonts).map_err(|error| {
        tracing::error!(%error, "a PDF cannot be made");
        AppError::Unknown
    })?;
    if let Some(refused) = made.refused {
        tracing::warn!(%refused, "a PDF keeps to no standard");
    }
    Ok(made.bytes)
}
