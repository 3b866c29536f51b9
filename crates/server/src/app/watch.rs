//! Pulling a chat for one connection: what is newer than its cursor, through the permission check.
//!
//! Invariant: an entry is handed out only with a verdict worked out at the entry's fence and permission epoch, or newer.

use super::chats::{Granted, PAGE};
use super::rooms::{FRAME_BYTES, Pull, Room, Signal};
use super::{App, AppError};
use crate::clock;
use domain::{ChatId, Instant, Person, PersonId, Refusal, Side};
use std::sync::Arc;
use std::time::Duration;
use store::Stamp;

/// A chat one connection watches.
pub struct Watch {
    pub chat: ChatId,
    pub side: Side,
    /// The newest position handed out, on this side's count.
    pub cursor: i64,
    room: Arc<Room>,
    /// When it began.
    began: Instant,
    /// When the verdict was true.
    stamp: Stamp,
    /// Up to where this person had read when it was told last.
    read: i64,
    /// Up to where the other side had read when it was told last.
    seen: i64,
}

/// What a pull came to.
pub enum Step {
    UpToDate,
    /// A frame, encoded; there may be more.
    Frame(String),
    /// The person may not see this chat any more.
    Gone,
}

impl App {
    /// Begins to watch. With a position of this epoch that is not too far behind the answer is empty and the first
    /// pull brings what is missing; otherwise it is a snapshot to start anew from.
    pub async fn watch(
        &self,
        person: &Person,
        chat: ChatId,
        after: Option<wire::Position>,
        signal: &Arc<Signal>,
    ) -> Result<(Watch, wire::ServerFrame), AppError> {
        // Watching first: what is committed from here on marks the connection.
        let room = self.shared.rooms.watch(chat, signal);
        let begun = self.begin(person, chat, after).await;
        if begun.is_err() {
            self.shared.rooms.unwatch(chat, signal);
        }
        let (granted, cursor, frame) = begun?;
        let read = match &frame {
            wire::ServerFrame::State { chat } | wire::ServerFrame::Snapshot { chat, .. } => chat.read,
            _ => 0,
        };
        // Others see him come.
        self.shared.rooms.changed_but_for(chat, person.id);
        Ok((
            Watch {
                chat,
                side: granted.access.side,
                cursor,
                room,
                began: clock::now(),
                stamp: granted.stamp,
                read,
                seen: 0,
            },
            frame,
        ))
    }

    async fn begin(
        &self,
        person: &Person,
        chat: ChatId,
        after: Option<wire::Position>,
    ) -> Result<(Granted, i64, wire::ServerFrame), AppError> {
        if let Some(after) = after.filter(|after| after.epoch == self.epoch() && after.seq >= 0) {
            let granted = self.grant_newest(person, chat).await?;
            let head = granted.access.side.head(&granted.chat);
            if after.seq <= head && head - after.seq <= PAGE * 10 {
                let view = self.chat_view(person, &granted).await?;
                return Ok((granted, after.seq, wire::ServerFrame::State { chat: view }));
            }
        }
        let (granted, snapshot) = self.snapshot(person, chat).await?;
        let cursor = snapshot.as_of.seq;
        Ok((
            granted,
            cursor,
            wire::ServerFrame::Snapshot {
                chat: snapshot.view,
                as_of: snapshot.as_of,
                entries: snapshot.entries,
            },
        ))
    }

    pub fn unwatch(&self, watch: &Watch, signal: &Arc<Signal>) {
        self.shared.rooms.unwatch(watch.chat, signal);
    }

    /// What is newer than the cursor, one page.
    pub async fn pull(&self, person: &Person, watch: &mut Watch) -> Result<Step, AppError> {
        match watch.room.pull(watch.side, watch.cursor, PAGE as usize) {
            Pull::UpToDate => Ok(Step::UpToDate),
            Pull::Lines {
                since,
                entries,
                last,
                stamp,
                raises_fence,
            } => {
                let fresh = !watch.stamp.is_older_than(stamp);
                let granted = if fresh && !raises_fence {
                    None
                } else {
                    let Some(granted) = self.verdict(person, watch).await? else {
                        return Ok(Step::Gone);
                    };
                    Some(granted)
                };
                let state = match granted.filter(|_| raises_fence) {
                    Some(granted) => Some(self.view_for(person, watch, &granted).await?),
                    None => None,
                };
                watch.cursor = last;
                self.handed(watch, since);
                Ok(Step::Frame(frame(
                    watch.chat,
                    entries.iter().map(|entry| &**entry),
                    state,
                )))
            }
            Pull::AskStore => self.pull_stored(person, watch).await,
        }
    }

    async fn pull_stored(&self, person: &Person, watch: &mut Watch) -> Result<Step, AppError> {
        // Entries first, the verdict afterwards and from the database: what is served was made before it was true.
        let read = self.entries_after(person, watch.chat, watch.cursor, PAGE).await;
        let (granted, entries) = match read {
            Ok(read) => read,
            Err(AppError::Refused(Refusal::NotFound)) => return Ok(Step::Gone),
            Err(other) => return Err(other),
        };
        watch.stamp = granted.stamp;
        let encoded: Vec<String> = entries
            .iter()
            .filter_map(|entry| serde_json::to_string(entry).ok())
            .collect();
        let fit = fitting(encoded.iter().map(String::len));
        let (entries, encoded) = (&entries[..fit], &encoded[..fit]);
        let Some(last) = entries.last().map(|entry| entry.seq) else {
            return Ok(Step::UpToDate);
        };
        watch.cursor = last;
        if let Some(first) = entries.first() {
            self.handed(watch, Instant(first.at * 1_000));
        }
        let raises_fence = entries.iter().any(|entry| {
            !matches!(
                entry.what,
                wire::EntryWhat::Message { .. } | wire::EntryWhat::Note { .. }
            )
        });
        let state = if raises_fence {
            Some(self.view_for(person, watch, &granted).await?)
        } else {
            None
        };
        Ok(Step::Frame(frame(
            watch.chat,
            encoded.iter().map(String::as_str),
            state,
        )))
    }

    /// Measures how long that took which was taken then. What was there before the connection watched waited for nobody.
    fn handed(&self, watch: &Watch, since: Instant) {
        if since >= watch.began {
            let after_us = clock::now().0.saturating_sub(since.0);
            self.metrics().delivered(Duration::from_micros(after_us.max(0) as u64));
        }
    }

    async fn view_for(
        &self,
        person: &Person,
        watch: &mut Watch,
        granted: &Granted,
    ) -> Result<wire::ChatView, AppError> {
        let view = self.chat_view(person, granted).await?;
        watch.read = view.read;
        Ok(view)
    }

    /// Works the verdict out anew; `None` if the person may not see the chat any more.
    async fn verdict(&self, person: &Person, watch: &mut Watch) -> Result<Option<Granted>, AppError> {
        match self.grant(person, watch.chat).await {
            Ok(granted) => {
                watch.stamp = granted.stamp;
                Ok(Some(granted))
            }
            Err(AppError::Refused(Refusal::NotFound)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Who types, by his number on the side that watches; `None` if he is not there for it.
    pub async fn typist(&self, person: &Person, watch: &mut Watch, who: u32) -> Result<Option<u32>, AppError> {
        let granted = self.verdict(person, watch).await?;
        Ok(granted.and_then(|granted| granted.number(who)))
    }

    /// What is still unread once the person has read up to `seq`, if that is news: another node may tell of it late.
    pub async fn newly_read(&self, person: &Person, watch: &mut Watch, seq: i64) -> Result<Option<i64>, AppError> {
        if seq <= watch.read {
            return Ok(None);
        }
        watch.read = seq;
        let unread = self.store.unread(watch.chat, watch.side, person.id, seq, watch.cursor);
        Ok(Some(unread.await?))
    }

    /// Up to where the other side has read now, if that is news. Who has read on may be none of this side's business.
    pub async fn newly_seen(
        &self,
        person: &Person,
        watch: &mut Watch,
        reader: PersonId,
    ) -> Result<Option<i64>, AppError> {
        let Some(granted) = self.verdict(person, watch).await? else {
            return Ok(None);
        };
        let reader = granted.chat.member(reader);
        if !reader.is_some_and(|reader| watch.side.hears_reading_of(reader, &granted.chat)) {
            return Ok(None);
        }
        let seen = self.seen(person.id, &granted.chat, watch.side).await?;
        let news = seen > watch.seen;
        watch.seen = watch.seen.max(seen);
        Ok(news.then_some(seen))
    }

    /// After a change of rights: may he still see it? Externals' views depend on no right, so theirs is not sent again.
    pub async fn check(&self, person: &Person, watch: &mut Watch) -> Result<Step, AppError> {
        if !person.kind.is_external() {
            return self.state_frame(person, watch).await;
        }
        Ok(self
            .verdict(person, watch)
            .await?
            .map_or(Step::Gone, |_| Step::UpToDate))
    }

    /// The chat's view after a change without an entry.
    pub async fn state_frame(&self, person: &Person, watch: &mut Watch) -> Result<Step, AppError> {
        let Some(granted) = self.verdict(person, watch).await? else {
            return Ok(Step::Gone);
        };
        let chat = self.view_for(person, watch, &granted).await?;
        let frame = wire::ServerFrame::State { chat };
        Ok(serde_json::to_string(&frame).map_or(Step::UpToDate, Step::Frame))
    }
}

impl Watch {
    pub fn head(&self) -> i64 {
        self.room.head(self.side).unwrap_or(self.cursor).max(self.cursor)
    }
}

/// How many of these lengths fit in a frame; at least one.
pub(super) fn fitting(lengths: impl Iterator<Item = usize>) -> usize {
    let mut bytes = 0;
    let fit = lengths.enumerate().take_while(|(i, length)| {
        bytes += length;
        *i == 0 || bytes <= FRAME_BYTES
    });
    fit.count()
}

/// `ServerFrame::Entries` from entries that are encoded already.
fn frame<'a>(chat: ChatId, entries: impl Iterator<Item = &'a str>, state: Option<wire::ChatView>) -> String {
    let mut frame = format!(r#"{{"op":"entries","chat":"{chat}","entries":["#);
    for (i, entry) in entries.enumerate() {
        if i > 0 {
            frame.push(',');
        }
        frame.push_str(entry);
    }
    frame.push(']');
    if let Some(state) = state.and_then(|state| serde_json::to_string(&state).ok()) {
        frame.push_str(r#","state":"#);
        frame.push_str(&state);
    }
    frame.push('}');
    frame
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_frame_holds_what_fits_and_at_least_one() {
        assert_eq!(fitting([].into_iter()), 0);
        assert_eq!(fitting([FRAME_BYTES * 2, 1].into_iter()), 1);
        assert_eq!(fitting([FRAME_BYTES - 1, 1, 1].into_iter()), 2);
    }

    #[test]
    fn a_frame_put_together_reads_like_one_encoded_whole() {
        let entry = |seq| wire::EntryView {
            seq,
            at: 5,
            who: Some(1),
            cid: None,
            what: wire::EntryWhat::Message {
                text: "\"<b>\"".into(),
                file: None,
            },
        };
        let entries = vec![entry(1), entry(2)];
        let chat = Uuid::now_v7();
        let encoded: Vec<String> = entries
            .iter()
            .map(|entry| serde_json::to_string(entry).unwrap())
            .collect();
        let whole = wire::ServerFrame::Entries {
            chat,
            entries,
            state: None,
        };
        assert_eq!(
            frame(ChatId(chat), encoded.iter().map(String::as_str), None),
            serde_json::to_string(&whole).unwrap()
        );
    }
}
