//! Live chats in memory: the newest entries, ready to send, and who watches.
//!
//! A room exists while somebody watches. Nothing in it is truth: a connection takes lines from it only with a verdict
//! that is as new as they are, and asks the store for whatever is not here.

use domain::{Chat, ChatId, Entry, Instant, Kind, PersonId, Side, What};
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use store::{Committed, Heads, Stamp};
use tokio::sync::Notify;

/// Newest entries kept per room.
const TAIL: usize = 256;
/// Bytes kept in all rooms; above it a room keeps [`SHORT_TAIL`] entries.
const TAILS_BYTES: usize = 64 * 1024 * 1024;
const SHORT_TAIL: usize = 16;
const SHARDS: usize = 32;
/// Entries of one frame, in bytes. One alone may be as long as it is.
pub const FRAME_BYTES: usize = 128 * 1024;

/// One connection, as others reach it: they mark what changed, it pulls.
pub struct Signal {
    pub person: PersonId,
    pub kind: Kind,
    pub session: [u8; 32],
    /// It shows a page of the People widget.
    pub watches_people: AtomicBool,
    /// Up to which permission epoch the session is known to be alive.
    alive_at: AtomicI64,
    dirty: Mutex<Dirty>,
    notify: Notify,
}

/// What a connection has to look at. Bounded: one mark per chat and member, whatever happens meanwhile.
#[derive(Debug, Default)]
pub struct Dirty {
    /// Chats with new entries.
    pub chats: Vec<ChatId>,
    /// Chats whose view changed without an entry.
    pub states: Vec<ChatId>,
    /// The request list, the conversations list, what is offered.
    pub lists: bool,
    /// The page of the People widget that it shows.
    pub people: bool,
    /// Rights, accounts or settings changed: every verdict is to be worked out anew.
    pub rights: bool,
    pub reads: Vec<(ChatId, i64)>,
    /// Chat, and who has read on in it.
    pub seen: Vec<(ChatId, PersonId)>,
    /// Chat, member, note.
    pub typing: Vec<(ChatId, u32, bool)>,
    pub end: Option<Taken>,
}

/// Why a connection ends from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    SignedOut,
}

impl Signal {
    pub fn new(person: PersonId, kind: Kind, session: [u8; 32]) -> Arc<Self> {
        Arc::new(Self {
            person,
            kind,
            session,
            watches_people: AtomicBool::new(false),
            // Not known: asked for once it can be told of its end.
            alive_at: AtomicI64::new(-1),
            dirty: Mutex::default(),
            notify: Notify::new(),
        })
    }

    pub fn mark(&self, change: impl FnOnce(&mut Dirty)) {
        change(&mut self.dirty.lock());
        self.notify.notify_one();
    }

    pub async fn changed(&self) {
        self.notify.notified().await;
    }

    /// Somebody on this node ended the session.
    pub fn ended(&self) -> bool {
        self.dirty.lock().end.is_some()
    }

    pub fn alive_at(&self) -> i64 {
        self.alive_at.load(Ordering::Acquire)
    }

    pub fn was_alive_at(&self, epoch: i64) {
        self.alive_at.fetch_max(epoch, Ordering::AcqRel);
    }

    pub fn take(&self) -> Dirty {
        std::mem::take(&mut self.dirty.lock())
    }
}

pub(super) fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// An entry, encoded for each side.
#[derive(Debug, Clone)]
pub struct Line {
    at: Instant,
    seq: i64,
    public_seq: Option<i64>,
    stamp: Stamp,
    raises_fence: bool,
    agents: Arc<str>,
    external: Option<Arc<str>>,
}

impl Line {
    fn new(entry: &Entry, stamp: Stamp) -> Self {
        let encode = |side| {
            super::view::entry(entry, side)
                .and_then(|view| serde_json::to_string(&view).ok())
                .map(Arc::<str>::from)
        };
        let agents = encode(Side::Agents).unwrap_or_else(|| "null".into());
        let same = entry.public_seq == Some(entry.seq)
            && entry.public_who == entry.who
            && matches!(Side::External.face(&entry.what), Some(std::borrow::Cow::Borrowed(_)));
        let external = if same {
            Some(agents.clone())
        } else {
            encode(Side::External)
        };
        Self {
            at: entry.at,
            seq: entry.seq,
            public_seq: entry.public_seq,
            stamp,
            raises_fence: entry.what.raises_fence(),
            agents,
            external,
        }
    }

    fn bytes(&self) -> usize {
        // The two sides share their text unless notes came before.
        self.agents.len() + 128
    }

    fn seq_for(&self, side: Side) -> Option<i64> {
        match side {
            Side::Agents => Some(self.seq),
            Side::External => self.public_seq,
        }
    }
}

/// What a room has for a cursor.
pub enum Pull {
    UpToDate,
    /// Encoded entries in order, up to `last` on the side's count; the newest stamp among them; whether the chat's
    /// view changed with them.
    Lines {
        /// When the first of them was taken.
        since: Instant,
        entries: Vec<Arc<str>>,
        last: i64,
        stamp: Stamp,
        raises_fence: bool,
    },
    /// Not in memory.
    AskStore,
}

pub struct Room {
    inner: Mutex<Inner>,
    /// Of all rooms.
    bytes: Arc<AtomicUsize>,
}

#[derive(Default)]
struct Inner {
    chat: Option<Arc<Chat>>,
    /// Newest positions known, both sides.
    heads: Option<(i64, i64)>,
    fence: i64,
    tail: VecDeque<Line>,
    watchers: Vec<Arc<Signal>>,
}

impl Inner {
    fn drop_tail(&mut self, bytes: &AtomicUsize) {
        let gone: usize = self.tail.drain(..).map(|line| line.bytes()).sum();
        bytes.fetch_sub(gone, Ordering::Relaxed);
    }
}

impl Room {
    /// What is newer than `after`: at most so many entries, and no more bytes than fit in a frame.
    pub fn pull(&self, side: Side, after: i64, most: usize) -> Pull {
        let inner = self.inner.lock();
        let Some((head, public_head)) = inner.heads else {
            return Pull::AskStore;
        };
        let head = if side == Side::Agents { head } else { public_head };
        if after >= head {
            return Pull::UpToDate;
        }
        let first = inner.tail.iter().find_map(|line| line.seq_for(side));
        if first.is_none_or(|first| first > after + 1) {
            return Pull::AskStore;
        }
        let mut pull = (
            Vec::new(),
            after,
            Stamp {
                fence: 0,
                permission_epoch: 0,
            },
            false,
        );
        // Usually only the last few are new: walk from the end to where they begin.
        let new = inner
            .tail
            .iter()
            .rev()
            .take_while(|line| line.seq_for(side).is_none_or(|seq| seq > after))
            .count();
        let (mut bytes, mut since) = (0, None);
        for line in inner.tail.iter().skip(inner.tail.len() - new) {
            let (Some(seq), Some(text)) = (
                line.seq_for(side),
                if side == Side::Agents {
                    Some(&line.agents)
                } else {
                    line.external.as_ref()
                },
            ) else {
                continue;
            };
            bytes += text.len();
            since.get_or_insert(line.at);
            if pull.0.len() == most || bytes > FRAME_BYTES && !pull.0.is_empty() {
                break;
            }
            pull.0.push(text.clone());
            pull.1 = seq;
            pull.2 = Stamp {
                fence: line.stamp.fence.max(pull.2.fence),
                permission_epoch: line.stamp.permission_epoch.max(pull.2.permission_epoch),
            };
            pull.3 |= line.raises_fence;
        }
        let (entries, last, stamp, raises_fence) = pull;
        // Another node wrote what is newer.
        match since {
            Some(since) if !entries.is_empty() => Pull::Lines {
                since,
                entries,
                last,
                stamp,
                raises_fence,
            },
            _ => Pull::AskStore,
        }
    }

    /// The newest position known here for this side.
    pub fn head(&self, side: Side) -> Option<i64> {
        self.inner
            .lock()
            .heads
            .map(|(head, public_head)| if side == Side::Agents { head } else { public_head })
    }

    /// The chat as last seen, if nothing that raises the fence came since.
    pub fn chat(&self) -> Option<Arc<Chat>> {
        self.inner.lock().chat.clone()
    }

    /// Keeps what the store said, unless something newer was announced meanwhile.
    pub fn keep(&self, chat: &Arc<Chat>) {
        let heads = Heads {
            chat: chat.id,
            head: chat.head,
            public_head: chat.public_head,
            fence: chat.fence,
        };
        // What another node wrote may be read here before its hint comes, which says nothing new then.
        self.reached(&heads);
        let mut inner = self.inner.lock();
        if chat.fence >= inner.fence {
            inner.chat = Some(chat.clone());
        }
    }

    /// Forgets the chat's state: a write found that the fence moved.
    pub fn forget(&self) {
        self.inner.lock().chat = None;
    }

    fn committed(&self, committed: &Committed) {
        let mut inner = self.inner.lock();
        for entry in &committed.entries {
            // Lines of before may hold the text that was taken away.
            if matches!(entry.what, What::Redaction { .. }) {
                inner.drop_tail(&self.bytes);
            }
            if inner.tail.back().is_some_and(|last| last.seq + 1 != entry.seq) {
                inner.drop_tail(&self.bytes);
            }
            let line = Line::new(entry, committed.stamp);
            let total = self.bytes.fetch_add(line.bytes(), Ordering::Relaxed);
            inner.tail.push_back(line);
            let most = if total > TAILS_BYTES { SHORT_TAIL } else { TAIL };
            while inner.tail.len() > most
                && let Some(old) = inner.tail.pop_front()
            {
                self.bytes.fetch_sub(old.bytes(), Ordering::Relaxed);
            }
            let heads = inner.heads.unwrap_or((0, 0));
            inner.heads = Some((heads.0.max(entry.seq), heads.1.max(entry.public_seq.unwrap_or(0))));
        }
        if committed.stamp.fence > inner.fence {
            inner.fence = committed.stamp.fence;
            inner.chat = committed.after.clone().map(Arc::new);
        }
        for signal in &inner.watchers {
            signal.mark(|dirty| add(&mut dirty.chats, committed.chat));
        }
    }

    /// The log reaches so far, whoever says so.
    fn reached(&self, heads: &Heads) {
        let mut inner = self.inner.lock();
        let (head, public_head) = inner.heads.unwrap_or((0, 0));
        if heads.head <= head && heads.public_head <= public_head && heads.fence <= inner.fence {
            return;
        }
        inner.heads = Some((head.max(heads.head), public_head.max(heads.public_head)));
        if heads.fence > inner.fence {
            inner.fence = heads.fence;
            inner.chat = None;
            // Another node may have taken a text away.
            inner.drop_tail(&self.bytes);
        }
        for signal in &inner.watchers {
            signal.mark(|dirty| add(&mut dirty.chats, heads.chat));
        }
    }

    /// The chat's view changed without an entry.
    fn changed(&self, chat: ChatId, but_for: Option<PersonId>) {
        for signal in self
            .inner
            .lock()
            .watchers
            .iter()
            .filter(|signal| Some(signal.person) != but_for)
        {
            signal.mark(|dirty| add(&mut dirty.states, chat));
        }
    }

    fn typing(&self, chat: ChatId, by: PersonId, who: u32, note: bool) {
        for signal in self.inner.lock().watchers.iter().filter(|signal| signal.person != by) {
            signal.mark(|dirty| add(&mut dirty.typing, (chat, who, note)));
        }
    }
}

pub struct Rooms {
    shards: [Mutex<HashMap<ChatId, Arc<Room>>>; SHARDS],
    bytes: Arc<AtomicUsize>,
}

impl Default for Rooms {
    fn default() -> Self {
        Self {
            shards: std::array::from_fn(|_| Mutex::default()),
            bytes: Arc::default(),
        }
    }
}

impl Rooms {
    fn shard(&self, chat: ChatId) -> &Mutex<HashMap<ChatId, Arc<Room>>> {
        // The last bytes of a UUIDv7 are random.
        &self.shards[usize::from(chat.0.as_bytes()[15]) % SHARDS]
    }

    pub fn get(&self, chat: ChatId) -> Option<Arc<Room>> {
        self.shard(chat).lock().get(&chat).cloned()
    }

    pub fn watch(&self, chat: ChatId, signal: &Arc<Signal>) -> Arc<Room> {
        let mut shard = self.shard(chat).lock();
        let room = shard
            .entry(chat)
            .or_insert_with(|| {
                Arc::new(Room {
                    inner: Mutex::default(),
                    bytes: self.bytes.clone(),
                })
            })
            .clone();
        room.inner.lock().watchers.push(signal.clone());
        room
    }

    pub fn unwatch(&self, chat: ChatId, signal: &Arc<Signal>) {
        let mut shard = self.shard(chat).lock();
        let Some(room) = shard.get(&chat).cloned() else { return };
        let mut inner = room.inner.lock();
        inner.watchers.retain(|other| !Arc::ptr_eq(other, signal));
        if inner.watchers.is_empty() {
            inner.drop_tail(&self.bytes);
            shard.remove(&chat);
        }
    }

    /// Hears of a commit.
    pub fn committed(&self, committed: &Committed) {
        if let Some(room) = self.get(committed.chat) {
            room.committed(committed);
        }
    }

    /// A chat's log reaches so far, as the database or another node says.
    pub fn reached(&self, heads: &Heads) {
        if let Some(room) = self.get(heads.chat) {
            room.reached(heads);
        }
    }

    /// All chats that somebody watches.
    pub fn watched(&self) -> Vec<ChatId> {
        let shards = self.shards.iter();
        shards
            .flat_map(|shard| shard.lock().keys().copied().collect::<Vec<_>>())
            .collect()
    }

    /// The chat's view changed without an entry.
    pub fn changed(&self, chat: ChatId) {
        if let Some(room) = self.get(chat) {
            room.changed(chat, None);
        }
    }

    /// As [`Rooms::changed`]; the one who caused it knows.
    pub fn changed_but_for(&self, chat: ChatId, person: PersonId) {
        if let Some(room) = self.get(chat) {
            room.changed(chat, Some(person));
        }
    }

    /// The views of all waiting chats may have changed: their places in the line.
    pub fn waiting_changed(&self) {
        for shard in &self.shards {
            for (id, room) in &*shard.lock() {
                let waits = room
                    .inner
                    .lock()
                    .chat
                    .as_ref()
                    .is_some_and(|chat| chat.state == domain::chat::State::Requested);
                if waits {
                    room.changed(*id, None);
                }
            }
        }
    }

    /// A member has read on: the others who watch look at it.
    pub fn read_on(&self, chat: ChatId, by: PersonId) {
        if let Some(room) = self.get(chat) {
            let inner = room.inner.lock();
            for signal in inner.watchers.iter().filter(|signal| signal.person != by) {
                signal.mark(|dirty| add(&mut dirty.seen, (chat, by)));
            }
        }
    }

    pub fn typing(&self, chat: ChatId, by: PersonId, who: u32, note: bool) {
        if let Some(room) = self.get(chat) {
            room.typing(chat, by, who, note);
        }
    }
}
