//! Searching closed chats, and taking texts away.
//!
//! The index finds by words and marks; what is shown of it is read from the log, through `domain::access` and the side's face.

use super::chats::digest;
use super::{App, AppError, view};
use crate::clock;
use domain::archive::{Mark, Reach};
use domain::chat::{Role, State};
use domain::search::{QUERY_MAX, Query};
use domain::{ChannelId, Chat, ChatId, ClientId, Entry, Instant, Member, Person, Side, Verb, What};
use std::collections::HashMap;
use std::ops::Range;
use store::{Hit, Search, Summary};
use uuid::Uuid;

/// Chats of a page.
const PAGE: usize = 20;
/// Documents of one look at the index, and most looks for a page: a chat may have many that fit.
const HITS: i64 = 60;
const LOOKS: usize = 4;
/// Of a text that is found, this is shown: so much of it, and so much before the first place that fits.
const SHOWN_CHARS: usize = 200;
const BEFORE_CHARS: usize = 60;

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub struct ArchiveAsked {
    query: Option<Query>,
    channel: Option<ChannelId>,
    from: Option<Instant>,
    to: Option<Instant>,
    /// Documents before this one.
    before: Option<i64>,
}

impl ArchiveAsked {
    /// Refuses a text that is too long, and what is no cursor of ours. Times are milliseconds.
    pub fn new(
        q: Option<&str>,
        channel: Option<ChannelId>,
        from: Option<i64>,
        to: Option<i64>,
        before: Option<&str>,
    ) -> Result<Self, AppError> {
        let q = q.map(str::trim).filter(|q| !q.is_empty());
        if q.is_some_and(|q| q.chars().count() > QUERY_MAX) {
            return Err(AppError::BadInput(format!("q is longer than {QUERY_MAX} characters")));
        }
        let before = before.map(str::parse).transpose();
        let us = |ms: i64| Instant(ms.saturating_mul(1_000));
        Ok(Self {
            query: q.map(Query::new),
            channel,
            from: from.map(us),
            to: to.map(us),
            before: before.map_err(|_| AppError::BadInput("before is no cursor of ours".into()))?,
        })
    }

    fn is_in_time(&self, chat: &Chat) -> bool {
        chat.closed_at
            .is_some_and(|at| self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to))
    }
}

impl App {
    /// Closed chats that this person may read and that hold all words, the one that ended last first.
    pub async fn search(&self, person: &Person, asked: &ArchiveAsked) -> Result<wire::FoundChats, AppError> {
        let side = Side::of(person.kind);
        let none = wire::FoundChats {
            chats: Vec::new(),
            next: None,
        };
        // Nothing but signs was typed.
        if asked.query.as_ref().is_some_and(Query::is_empty) {
            return Ok(none);
        }
        let levels = self.held_newest(person).await?.levels.clone();
        let mut search = self.search_of(person, asked, Reach::of(person, levels)).await?;
        let (hits, more) = self.look(&mut search).await?;
        // How a chat began stands for what was found of it as a whole.
        let place = |hit: &Hit| (hit.chat(), if hit.seq() == 0 { 2 } else { hit.seq() });
        let entries = self
            .store
            .entries_at(&hits.iter().map(place).collect::<Vec<_>>())
            .await?;
        let entries: HashMap<ChatId, Entry> = entries.into_iter().collect();
        let chats = self
            .store
            .chats(&hits.iter().map(Hit::chat).collect::<Vec<_>>())
            .await?;
        // What is shown was read before the verdict is true.
        let held = self.held_newest(person).await?;
        let (settings, channels) = (self.settings(), self.channels().await?);
        let found = hits.iter().filter_map(|hit| {
            let chat = chats.get(&hit.chat())?;
            let level = held.level(chat.channel);
            domain::access(chat, person.id, person.kind, level, clock::now(), &settings)?;
            let channel = channels.iter().find(|channel| channel.id == chat.channel)?;
            let entry = entries.get(&chat.id);
            asked.is_in_time(chat).then(|| wire::FoundChat {
                chat: self.summary(closed(chat, person, channel.name.clone()), side),
                entry: entry.and_then(|entry| found_entry(entry, side, asked.query.as_ref())),
            })
        });
        Ok(wire::FoundChats {
            chats: found.collect(),
            next: more.then(|| search.before.to_string()),
        })
    }

    /// Takes the text of an entry away for everybody.
    pub async fn redact(&self, person: &Person, chat: ChatId, cid: Uuid, seq: i64) -> Result<(), AppError> {
        let digest = digest("redact", chat.0, &seq.to_string());
        let verb = Verb::Redact {
            of: seq,
            public_of: None,
        };
        self.verb(person, None, chat, ClientId(cid), digest, verb).await?;
        self.files.released();
        Ok(())
    }

    async fn search_of(&self, person: &Person, asked: &ArchiveAsked, reach: Reach) -> Result<Search, AppError> {
        let mut marks: Vec<Mark> = asked.channel.map(Mark::Channel).into_iter().collect();
        marks.extend(asked.query.is_none().then_some(Mark::Chat));
        let mut search = Search {
            query: asked.query.clone().unwrap_or_default(),
            reach,
            marks,
            names: !person.kind.is_external(),
            from: 0,
            before: asked.before.unwrap_or(i64::MAX),
        };
        if asked.from.is_some() || asked.to.is_some() {
            let (from, to) = (asked.from.unwrap_or(Instant(0)), asked.to.unwrap_or(Instant(i64::MAX)));
            let (first, last) = self.store.documents_of_time(from, to).await?;
            (search.from, search.before) = (first, search.before.min(last));
        }
        Ok(search)
    }

    /// A page of chats by the newest document that fits, whether there is more, and `before` set to where it goes on.
    async fn look(&self, search: &mut Search) -> Result<(Vec<Hit>, bool), AppError> {
        let mut page: Vec<Hit> = Vec::new();
        for _ in 0..LOOKS {
            let hits = self.store.search(search, HITS).await?;
            for hit in &hits {
                let known = page.last().is_some_and(|last| last.first == hit.first);
                if !known && page.len() == PAGE {
                    return Ok((page, true));
                }
                // The rest of this chat is passed over.
                search.before = hit.first;
                page.extend((!known).then_some(*hit));
            }
            if hits.len() < HITS as usize {
                return Ok((page, false));
            }
        }
        Ok((page, true))
    }

    /// Puts closed chats that wait for it into the search index; says how many it took on.
    pub async fn index_closed(&self) -> Result<usize, AppError> {
        Ok(self.store.index_closed().await?)
    }
}

/// A closed chat as a line of a list.
fn closed(chat: &Chat, person: &Person, channel_name: String) -> Summary {
    let counterpart = match Side::of(person.kind) {
        Side::Agents => chat.external().or_else(|| {
            let others = chat.members.iter().filter(|member| member.person != person.id);
            others.min_by_key(|member| (!member.joined, member.n))
        }),
        Side::External => {
            let agents = chat.members.iter().filter(|member| member.role != Role::External);
            agents
                .filter(|member| member.shown.is_some())
                .max_by_key(|member| member.n)
        }
    };
    Summary {
        chat: chat.id,
        channel: chat.channel,
        channel_name,
        state: State::Closed,
        last_at: chat.closed_at.unwrap_or(chat.last_at),
        unread: 0,
        direction: chat.direction,
        last_text: None,
        counterpart: counterpart.map(|member: &Member| member.name.clone()),
        counterpart_id: counterpart.map(|member| member.person),
        counterpart_shown: counterpart.and_then(|member| member.shown),
        asked: false,
    }
}

/// What is shown of an entry that was found; `None` if it has no text for this side.
fn found_entry(entry: &Entry, side: Side, query: Option<&Query>) -> Option<wire::FoundEntry> {
    let shown = view::entry(entry, side)?;
    let face = side.face(&entry.what)?;
    let text = match &*face {
        What::Message { text } | What::Note { text } => text,
        What::File { file, .. } => &file.name,
        _ => return None,
    };
    let found = query.map(|query| query.found_in(text)).unwrap_or_default();
    Some(wire::FoundEntry {
        seq: shown.seq,
        at: shown.at,
        text: parts(text, &found),
    })
}

/// The text around the first place found, in pieces.
fn parts(text: &str, found: &[Range<usize>]) -> Vec<wire::Part> {
    let first = found.first().map_or(0, |place| place.start);
    let start = text[..first]
        .char_indices()
        .rev()
        .nth(BEFORE_CHARS - 1)
        .map_or(0, |(at, _)| at);
    let end = text[start..]
        .char_indices()
        .nth(SHOWN_CHARS)
        .map_or(text.len(), |(at, _)| start + at);
    let mut parts = Vec::new();
    let mut put = |range: Range<usize>, found| {
        let text = text[range].to_owned();
        parts.extend((!text.is_empty()).then_some(wire::Part { text, found }));
    };
    let mut at = start;
    for place in found.iter().filter(|place| place.start < end) {
        put(at..place.start, false);
        put(place.start..place.end.min(end), true);
        at = place.end.min(end);
    }
    put(at..end, false);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, query: &str) -> String {
        let found = Query::new(query).found_in(text);
        let shown = parts(text, &found).into_iter();
        shown
            .map(|part| {
                if part.found {
                    format!("[{}]", part.text)
                } else {
                    part.text
                }
            })
            .collect()
    }

    #[test]
    fn what_is_found_is_shown_in_its_place() {
        assert_eq!(
            shown("Der Fährplan: Fähren ab 7", "fahre"),
            "Der Fährplan: [Fähren] ab 7"
        );
        assert_eq!(shown("The ferry", ""), "The ferry");
        assert_eq!(shown("買船票", "船票"), "買[船票]");
        let long = format!("{} ferry {}", "é".repeat(5_000), "ü".repeat(5_000));
        let cut = shown(&long, "ferry");
        assert!(
            cut.contains(" [ferry] ") && cut.chars().count() == SHOWN_CHARS + 2,
            "{cut}"
        );
        // A word longer than what is shown.
        assert_eq!(shown(&"x".repeat(900), "xxx").chars().count(), SHOWN_CHARS + 2);
    }
}
