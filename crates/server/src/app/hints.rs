//! What nodes tell each other of chats, and what happens when they do: the same marks as for what happened here. Whoever is
//! marked pulls through the permission check; a hint that is lost is made up for by comparing with the database.

use super::{App, AppError, Shared};
use bus::{Ear, Heard, Hint};
use domain::{ChatId, PersonId};
use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::{Committed, Heads};
use tokio_util::sync::CancellationToken;

/// How often the chats that are watched here are compared with the database, whatever was heard.
const COMPARE_EVERY: Duration = Duration::from_secs(3);
/// Chats compared at once.
const COMPARED: usize = 1_024;

impl Shared {
    pub(super) fn tell(&self, hint: Hint) {
        if let Some(bus) = &self.bus {
            bus.tell(hint);
        }
    }

    pub(super) fn tell_committed(&self, committed: &Committed) {
        let Some(bus) = &self.bus else { return };
        let entries = committed.entries.iter();
        bus.tell(Hint::Log {
            chat: committed.chat.0,
            head: entries.clone().map(|entry| entry.seq).max().unwrap_or(0),
            public_head: entries.filter_map(|entry| entry.public_seq).max().unwrap_or(0),
            fence: committed.stamp.fence,
            permission_epoch: committed.stamp.permission_epoch,
            lists: committed.after.is_some(),
            external: committed
                .after
                .as_ref()
                .and_then(|after| after.external())
                .map(|external| external.person.0),
        });
    }

    /// The chat is seen otherwise without an entry, here and on other nodes.
    pub(super) fn view_changed(&self, chat: ChatId) {
        self.rooms.changed(chat);
        self.tell(Hint::View { chat: chat.0 });
    }

    pub(super) fn lists_changed_for(&self, person: PersonId) {
        self.presence.lists_changed_for(person);
        self.tell(Hint::Lists { person: person.0 });
    }

    pub(super) fn kept_changed(&self, chat: ChatId, person: PersonId) {
        self.presence.view_changed_for(person, chat);
        let (chat, person) = (chat.0, person.0);
        self.tell(Hint::Kept { chat, person });
    }

    /// A member has read on, here or on another node: his other devices know, and whoever watches asks whether that concerns him.
    /// The other nodes are told once it is stored.
    pub(super) fn read_on(&self, chat: ChatId, person: PersonId, seq: i64) {
        if self.bus.is_some() {
            let mut told = self.reads_told.lock();
            let told = told.entry((chat, person)).or_default();
            *told = seq.max(*told);
        }
        self.presence.read_by(person, chat, seq);
        self.rooms.read_on(chat, person);
    }

    pub(super) fn typing(&self, chat: ChatId, person: PersonId, n: u32, note: bool) {
        self.rooms.typing(chat, person, n, note);
        let (chat, person) = (chat.0, person.0);
        self.tell(Hint::Typing { chat, person, n, note });
    }

    fn heard(&self, hints: Vec<Hint>) {
        let mut listed = false;
        for hint in hints {
            match hint {
                Hint::Log {
                    chat,
                    head,
                    public_head,
                    fence,
                    permission_epoch,
                    lists,
                    external,
                } => {
                    self.permission_epoch.fetch_max(permission_epoch, Ordering::AcqRel);
                    self.rooms.reached(&Heads {
                        chat: ChatId(chat),
                        head,
                        public_head,
                        fence,
                    });
                    listed |= lists;
                    if let Some(external) = external {
                        self.presence.lists_changed_for(PersonId(external));
                    }
                }
                Hint::View { chat } => self.rooms.changed(ChatId(chat)),
                Hint::Typing { chat, person, n, note } => {
                    self.rooms.typing(ChatId(chat), PersonId(person), n, note);
                }
                Hint::Read { chat, person, seq } => self.read_on(ChatId(chat), PersonId(person), seq),
                Hint::Kept { chat, person } => self.presence.view_changed_for(PersonId(person), ChatId(chat)),
                Hint::Lists { person } => self.presence.lists_changed_for(PersonId(person)),
                Hint::Missed => {}
            }
        }
        if listed {
            self.lists_version.fetch_add(1, Ordering::AcqRel);
            self.presence.desks_changed();
            self.rooms.waiting_changed();
        }
    }
}

impl App {
    /// Tells the other nodes what is new here, and hears what is new there, until stopped.
    pub async fn talk_to_nodes(&self, stop: &CancellationToken) {
        if let Some(bus) = &self.shared.bus {
            tokio::select! {
                () = bus.run() => {}
                () = self.hear_nodes(bus.ear()) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    async fn hear_nodes(&self, mut ear: Ear) {
        let (mut compare, mut from) = (tokio::time::interval(COMPARE_EVERY), 0);
        compare.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let compared = tokio::select! {
                heard = ear.next() => match heard {
                    Heard::Hints(hints) => {
                        self.shared.heard(hints);
                        Ok(())
                    }
                    Heard::Missed => {
                        self.missed();
                        self.make_up().await
                    }
                },
                _ = compare.tick() => self.make_up().await.and(self.compare_some(&mut from).await),
            };
            if let Err(error) = compared {
                tracing::warn!(%error, "chats could not be compared with the database; it is tried again");
            }
        }
    }

    /// Something may have been missed: everything is compared, within seconds, and until it succeeds.
    pub fn missed(&self) {
        self.shared.missed.store(true, Ordering::Release);
    }

    async fn make_up(&self) -> Result<(), AppError> {
        if !self.shared.missed.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let compared = self.compare_all().await;
        if compared.is_err() {
            self.missed();
        }
        compared
    }

    /// Looks at everything anew.
    async fn compare_all(&self) -> Result<(), AppError> {
        self.newest_permission_epoch().await?;
        for chats in self.shared.rooms.watched().chunks(COMPARED) {
            self.compare(chats).await?;
            chats.iter().for_each(|chat| self.shared.rooms.changed(*chat));
        }
        self.shared.lists_version.fetch_add(1, Ordering::AcqRel);
        self.shared.presence.lists_changed();
        Ok(())
    }

    /// Compares the next few of the chats that are watched here.
    async fn compare_some(&self, from: &mut usize) -> Result<(), AppError> {
        let watched = self.shared.rooms.watched();
        let chats: Vec<ChatId> = watched.iter().skip(*from).take(COMPARED).copied().collect();
        *from = if chats.len() < COMPARED { 0 } else { *from + COMPARED };
        let watched: HashSet<ChatId> = watched.into_iter().collect();
        self.shared
            .reads_told
            .lock()
            .retain(|(chat, _), _| watched.contains(chat));
        self.compare(&chats).await
    }

    async fn compare(&self, chats: &[ChatId]) -> Result<(), AppError> {
        if !chats.is_empty() {
            for heads in self.store.heads(chats).await? {
                self.shared.rooms.reached(&heads);
            }
            for (chat, person, seq) in self.store.reads(chats).await? {
                let told = self.shared.reads_told.lock().get(&(chat, person)).copied();
                if told.is_none_or(|told| told < seq) {
                    self.shared.read_on(chat, person, seq);
                }
            }
        }
        Ok(())
    }
}
