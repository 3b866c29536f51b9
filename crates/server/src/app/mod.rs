//! The only code that changes state. A file per noun; each verb loads its facts through the person asking, lets
//! `domain` decide, hands the change to the store's writer, and answers after the commit.

mod accounts;
mod admin;
mod archive;
pub mod backup;
mod chats;
mod customers;
mod demo;
mod departed;
mod desk;
mod errands;
mod error;
mod factors;
mod figures;
mod files;
mod foreign;
mod hints;
mod hours;
mod identity;
mod invitations;
mod leases;
mod limits;
mod links;
mod look;
mod mail;
mod nodes;
mod out_of_office;
mod passwords;
mod people;
mod portraits;
mod presence;
mod privacy;
mod profile;
mod queues;
mod retention;
mod rights;
mod rooms;
mod seal;
mod sessions;
mod snippets;
mod supervisor;
mod tickets;
mod together;
mod transcripts;
mod view;
mod watch;
mod whence;

pub use admin::{Admin, AuditAsked, ChannelChange, Grantee, NewAccount, Plan};
pub use archive::ArchiveAsked;
pub use chats::{PAGE, Said};
pub use error::AppError;
pub use files::{Content, FileRefusal, Sending};
pub use foreign::test_desk;
pub use limits::Network;
pub use look::Look;
pub use mail::{greet_mail, test_mail};
pub use nodes::Turned;
pub use passwords::{fit_to_set, generated};
pub use people::PeopleAsked;
pub use portraits::PICTURE_MAX;
pub use presence::{Passed, SILENT_S};
pub use privacy::External;
pub use rooms::{Dirty, Signal, Taken};
pub use seal::Seal;
pub use sessions::{Comer, Signed};
pub use tickets::TicketsAsked;
use transcripts::Documents;
pub use transcripts::{Form, Wanted, yield_to_others};
pub use watch::{Step, Watch};

use crate::clock;
use crate::config::Config;
use crate::mail::Mailer;
use crate::metrics::Metrics;
use domain::{ChatId, Entry, Instant, PersonId, Settings, What};
use parking_lot::{Mutex, RwLock};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use store::{Announce, Committed, Store, StoreError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Everything the service does. Its store is private, so that http, live, jobs and cli can only ask.
pub struct App {
    store: Store,
    settings: RwLock<Arc<Settings>>,
    shared: Arc<Shared>,
    rights: rights::Rights,
    desk: desk::Desk,
    people: people::People,
    node: nodes::ThisNode,
    doors: sessions::Doors,
    /// Set once, by whoever serves.
    seal: OnceLock<Seal>,
    departed: departed::Departed,
    documents: Documents,
    post: mail::Post,
    /// Set once, where tickets are in a connected desk.
    foreign: OnceLock<foreign::Foreign>,
    errands: TaskTracker,
    files: files::Files,
    /// Held while they are looked up.
    figures: tokio::sync::Mutex<()>,
    turns: together::Turns,
}

/// What the writer's announcements touch.
pub struct Shared {
    metrics: Metrics,
    /// To other nodes, where there may be some.
    bus: Option<bus::Bus>,
    rooms: rooms::Rooms,
    presence: presence::Presence,
    /// The newest permission epoch seen on this node.
    permission_epoch: AtomicI64,
    /// Up to which permission epoch live connections were told to ask anew.
    noticed_epoch: AtomicI64,
    /// Raised when what waits, or who has it, changed.
    lists_version: AtomicU64,
    /// They were told, and what else follows is still to be done.
    rights_to_follow: AtomicBool,
    /// Up to where members have read as far as this node knows, where there are other nodes: of chats that are watched here, about.
    reads_told: Mutex<HashMap<(ChatId, PersonId), i64>>,
    /// Something was missed, and not everything was compared with the database since.
    missed: AtomicBool,
    broken: CancellationToken,
}

impl Shared {
    fn count(&self, entry: &Entry) {
        match &entry.what {
            What::Message { .. } => self.metrics.stored(false),
            What::Note { .. } => self.metrics.stored(true),
            What::File { note, .. } => self.metrics.stored(*note),
            _ => {}
        }
    }
}

/// As bytes are written where people or files have to hold them.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Announce for Shared {
    fn committed(&self, committed: Vec<Committed>) {
        let mut lists = false;
        for chat in &committed {
            self.permission_epoch
                .fetch_max(chat.stamp.permission_epoch, Ordering::AcqRel);
            self.rooms.committed(chat);
            chat.entries.iter().for_each(|entry| self.count(entry));
            self.tell_committed(chat);
            if let Some(after) = &chat.after {
                lists = true;
                if let Some(external) = after.external() {
                    self.presence.lists_changed_for(external.person);
                }
            }
        }
        if lists {
            self.lists_version.fetch_add(1, Ordering::AcqRel);
            self.presence.desks_changed();
        }
    }

    fn read(&self, positions: &[((ChatId, PersonId), i64)]) {
        for ((chat, person), seq) in positions {
            let (chat, person, seq) = (chat.0, person.0, *seq);
            self.tell(bus::Hint::Read { chat, person, seq });
        }
    }

    fn broken(&self, why: &str) {
        tracing::error!(
            why,
            "the database file failed; the service ends, and recovers when it is started again"
        );
        self.broken.cancel();
    }
}

impl App {
    /// Opens the database named by `url` (`sqlite:PATH` or `postgres://…`), made and migrated if need be.
    pub async fn open(url: &str) -> Result<Arc<Self>, StoreError> {
        let shared_database = Store::is_shared_at(url);
        let shared = Arc::new(Shared {
            metrics: Metrics::default(),
            bus: shared_database.then(|| bus::Bus::new(url)),
            rooms: rooms::Rooms::default(),
            presence: presence::Presence::new(clock::now(), shared_database),
            permission_epoch: AtomicI64::new(0),
            noticed_epoch: AtomicI64::new(0),
            lists_version: AtomicU64::new(0),
            rights_to_follow: AtomicBool::new(false),
            reads_told: Mutex::default(),
            missed: AtomicBool::new(false),
            broken: CancellationToken::new(),
        });
        let store = Store::open(url, random_epoch(), shared.clone()).await?;
        Self::make_first_rows(&store).await?;
        let settings = store.settings().await?;
        let permission_epoch = store.permission_epoch().await?;
        shared.permission_epoch.store(permission_epoch, Ordering::Release);
        shared.noticed_epoch.store(permission_epoch, Ordering::Release);
        Ok(Arc::new(Self {
            store,
            settings: RwLock::new(Arc::new(settings)),
            shared,
            rights: rights::Rights::default(),
            desk: desk::Desk::default(),
            people: people::People::default(),
            node: nodes::ThisNode::default(),
            doors: sessions::Doors::default(),
            seal: OnceLock::new(),
            departed: departed::Departed::new(clock::now()),
            documents: Documents::default(),
            post: mail::Post::default(),
            foreign: OnceLock::new(),
            errands: TaskTracker::new(),
            files: files::Files::default(),
            figures: tokio::sync::Mutex::default(),
            turns: together::Turns::default(),
        }))
    }

    pub fn settings(&self) -> Arc<Settings> {
        self.settings.read().clone()
    }

    pub fn epoch(&self) -> i64 {
        self.store.epoch()
    }

    /// Writes what is queued and closes the database.
    pub async fn close(&self) {
        self.finish_errands().await;
        if let Some(bus) = &self.shared.bus {
            bus.flush().await;
        }
        self.leave_nodes().await;
        self.store.close().await;
    }

    /// Cancelled when the database file failed: the process has to end.
    pub fn broken(&self) -> CancellationToken {
        self.shared.broken.clone()
    }

    /// Checks everything stored (`deskbell verify`).
    pub async fn verify(&self) -> Result<store::Report, AppError> {
        let mut report = self.store.verify().await?;
        let missing = self.missing_contents().await?;
        if missing > 0 {
            report.findings.push(store::Finding {
                what: "files whose content is missing or is not as long as it was",
                count: missing,
            });
        }
        Ok(report)
    }

    /// A live connection begins to exist for others, of somebody who was last active then.
    pub fn join(&self, signal: &Arc<Signal>, active_at: Instant) {
        if self.shared.presence.join(signal, active_at) {
            self.shared.presence.offers_changed();
        }
        if signal.kind.is_external() && self.departed.came(signal.person) {
            self.shared.presence.desks_changed();
        }
    }

    /// It ended, and its watches too; something was last heard from it so long ago.
    pub fn leave_live(
        &self,
        signal: &Arc<Signal>,
        watched: impl IntoIterator<Item = ChatId>,
        silent: Duration,
        signed_out: bool,
    ) {
        watched
            .into_iter()
            .for_each(|chat| self.shared.rooms.unwatch(chat, signal));
        let heard_at = Instant(clock::now().0 - silent.as_micros() as i64);
        self.shared.presence.leave(signal, heard_at, signed_out);
    }

    pub fn connections(&self) -> usize {
        self.shared.presence.connections()
    }

    /// When this node began: leases run anew from here.
    pub fn began(&self) -> Instant {
        self.shared.presence.began()
    }

    /// What time brought: who went, whose lease ended.
    pub fn pass(&self) -> Passed {
        let (now, settings) = (clock::now(), self.settings());
        let passed = self
            .shared
            .presence
            .pass(now, settings.lease_s, settings.offline_after_s);
        let gone = passed
            .gone
            .iter()
            .filter(|person| !self.shared.presence.online(**person));
        gone.for_each(|person| self.departed.went(*person, now));
        if self.departed.sank(now, settings.external_gone_s) {
            self.shared.presence.desks_changed();
        }
        passed
    }

    pub fn offers_changed(&self) {
        self.shared.presence.offers_changed();
    }

    fn permission_epoch(&self) -> i64 {
        self.shared.permission_epoch.load(Ordering::Acquire)
    }
}

/// Whether the parts of a configuration make sense together, as far as that can be said without asking anybody. The error is a sentence.
pub fn check_config(config: &Config) -> Result<(), String> {
    Mailer::new(&config.mail)?;
    foreign::check(&config.desk)?;
    files::check(&config.files)
}

/// 53 random bits, so that it survives JavaScript's numbers; never 0.
fn random_epoch() -> i64 {
    (getrandom::u64().unwrap_or(1) >> 11) as i64 | 1
}
