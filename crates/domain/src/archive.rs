//! What of a closed chat stands in the search index, and what a person's search reaches there.
//!
//! A document of the index is an entry with a text, or the chat itself. It carries marks of what decides who may read it. A
//! [`Reach`] says the same as [`access`](crate::access()) in terms of these marks, so that the index holds back what a person may
//! not read and no page of results is filled with it; what is found is asked of `access` all the same.

use crate::access::Side;
use crate::chat::Chat;
use crate::entry::{Entry, What};
use crate::id::{ChannelId, PersonId};
use crate::permission::Level;
use crate::person::{Kind, Person};
use crate::search;

/// What a document is known by beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    Channel(ChannelId),
    /// Took part.
    Member(PersonId),
    AmongAgents,
    WithExternal,
    /// It has a face for externals.
    Everyone,
    /// The chat itself, and none of its entries.
    Chat,
}

/// Some of these, each all of its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach(pub Vec<Vec<Mark>>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The entry's position, 0 for the chat itself.
    pub seq: i64,
    pub marks: Vec<Mark>,
    /// Who took part, and what tickets it went into: searched by agents only, since externals know agents by other names.
    pub names: Vec<String>,
    pub words: Vec<String>,
}

impl Reach {
    /// What this person's search reaches, with his levels on channels.
    pub fn of(person: &Person, levels: impl IntoIterator<Item = (ChannelId, Level)>) -> Self {
        let me = Mark::Member(person.id);
        if person.kind != Kind::Agent {
            return Self(vec![vec![me, Mark::Everyone]]);
        }
        let mut reach = vec![vec![me, Mark::AmongAgents]];
        for (channel, level) in levels {
            let mut marks = vec![Mark::Channel(channel), Mark::WithExternal];
            marks.extend((level != Level::Owner).then_some(me));
            reach.push(marks);
        }
        Self(reach)
    }

    pub fn has(&self, marks: &[Mark]) -> bool {
        self.0.iter().any(|all| all.iter().all(|mark| marks.contains(mark)))
    }
}

/// The document of a closed chat itself; `tickets` are the numbers of those it went into.
pub fn chat_document(chat: &Chat, tickets: &[String]) -> Document {
    let mut marks = marks(chat);
    marks.extend([Mark::Chat, Mark::Everyone]);
    let mut names = names(chat);
    names.extend(tickets.iter().flat_map(|number| search::tokens(number)));
    Document {
        seq: 0,
        marks,
        names,
        words: Vec::new(),
    }
}

/// The document of an entry of a closed chat; `None` for what says nothing.
pub fn entry_document(chat: &Chat, entry: &Entry) -> Option<Document> {
    let text = match &entry.what {
        What::Message { text } | What::Note { text } => text,
        What::File { file, .. } => &file.name,
        _ => return None,
    };
    let mut marks = marks(chat);
    marks.extend(Side::External.face(&entry.what).map(|_| Mark::Everyone));
    Some(Document {
        seq: entry.seq,
        marks,
        names: names(chat),
        words: search::tokens(text),
    })
}

fn marks(chat: &Chat) -> Vec<Mark> {
    let among = match chat.is_among_agents() {
        true => Mark::AmongAgents,
        false => Mark::WithExternal,
    };
    let joined = chat.members.iter().filter(|member| member.joined);
    let members = joined.map(|member| Mark::Member(member.person));
    [Mark::Channel(chat.channel), among]
        .into_iter()
        .chain(members)
        .collect()
}

/// The names of who took part.
fn names(chat: &Chat) -> Vec<String> {
    let joined = chat.members.iter().filter(|member| member.joined);
    let said = |name: &str| search::tokens(name);
    joined
        .flat_map(|member| [said(&member.name), said(member.company.as_deref().unwrap_or_default())].concat())
        .collect()
}
