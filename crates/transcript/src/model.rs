//! What a transcript says, before it has a form.

use crate::{clean, sentence};
use domain::chat::Role;
use domain::{Chat, Entry, File, Instant, Kind, Member, Settings, Side, What};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::borrow::Cow;
use words::Words;

/// Messages of one person within this time stand under one name, as they do on the pages.
const RUN_S: i64 = 5 * 60;

/// A chat's log as it is stored, or a part of it.
pub struct Log<'a> {
    /// As it is now; where the entries end before, they tell how it was then.
    pub chat: &'a Chat,
    /// What its channel is called now.
    pub channel: &'a str,
    /// The number of the ticket it was begun from, if its reader may see that one.
    pub ticket: Option<&'a str>,
    /// In order. Where some between are left out, people and end are told as they are now.
    pub entries: &'a [Entry],
    pub settings: &'a Settings,
}

/// Who is to read it, and how: his kind decides from which side.
#[derive(Clone)]
pub struct Reader {
    pub kind: Kind,
    pub words: &'static Words,
    pub zone: TimeZone,
}

/// Everything that a form shows, clean and for one reader.
pub struct Transcript {
    pub(crate) reader: Reader,
    pub channel: String,
    /// By order of joining. Who was only invited and never came is not among them.
    pub people: Vec<Participant>,
    /// The number of the ticket that the chat was begun from, else of the last it went into, if this reader may know.
    pub ticket: Option<String>,
    pub began: Zoned,
    /// When the last entry was made that is here.
    pub until: Zoned,
    pub closed: bool,
    /// So many entries came before the first one here.
    pub earlier: i64,
    pub days: Vec<Day>,
}

pub struct Participant {
    pub name: String,
    pub company: Option<String>,
    pub kind: Kind,
    /// What he is to this reader: his role, else his kind.
    pub what: String,
}

pub struct Day {
    pub date: Date,
    pub blocks: Vec<Block>,
}

pub enum Block {
    /// Consecutive messages, or consecutive notes, of one person.
    Said {
        by: String,
        kind: Kind,
        note: bool,
        messages: Vec<Message>,
    },
    Happened {
        seq: i64,
        at: Zoned,
        /// The word of the entry.
        what: &'static str,
        sentence: String,
    },
}

pub struct Message {
    pub seq: i64,
    pub at: Zoned,
    /// Where the text was removed for everybody, the sentence that tells so.
    pub text: Result<String, String>,
}

impl Transcript {
    pub fn of(log: &Log<'_>, reader: Reader) -> Self {
        let side = Side::of(reader.kind);
        let lines: Vec<_> = log
            .entries
            .iter()
            .filter_map(|entry| Line::of(entry, log, side))
            .collect();
        let zoned = |at: Instant| zoned(at, &reader.zone);
        let members = members(log.chat, &lines, side);
        let people = members.iter().filter(|member| took_part(member, log.chat));
        let people = people.filter(|member| side.number(member).is_some());
        let went_into = lines.iter().rev().find_map(|line| match &*line.what {
            What::Attached { number, .. } => Some(number.as_str()),
            _ => None,
        });
        Self {
            channel: clean::line(log.channel),
            people: people
                .map(|member| participant(member, side, log.settings, reader.words))
                .collect(),
            ticket: log.ticket.or(went_into).map(clean::line),
            began: zoned(log.chat.created_at),
            until: zoned(lines.last().map_or(log.chat.created_at, |line| line.at)),
            closed: has_ended(log.chat, &lines, side),
            earlier: lines.first().map_or(0, |line| line.seq - 1),
            days: days(&lines, log, &reader),
            reader,
        }
    }

    pub fn title(&self) -> String {
        let channel = self.channel.as_str().into();
        self.reader.words.say("transcript-title", &[("channel", channel)])
    }

    pub fn is_for_agents(&self) -> bool {
        self.reader.kind == Kind::Agent
    }

    /// The head of a document: what, and what about it.
    pub fn facts(&self) -> Vec<(String, Vec<String>)> {
        let words = self.reader.words;
        let mut facts = vec![
            (words.say("transcript-channel", &[]), vec![self.channel.clone()]),
            (
                words.say("transcript-people", &[]),
                self.people.iter().map(|person| person.in_words(words)).collect(),
            ),
        ];
        if let Some(ticket) = &self.ticket {
            facts.push((words.say("transcript-ticket", &[]), vec![ticket.clone()]));
        }
        let until = if self.closed {
            words.say("transcript-ended", &[])
        } else {
            words.say("transcript-so-far", &[])
        };
        facts.push((words.say("transcript-began", &[]), vec![words.moment(&self.began)]));
        facts.push((until, vec![words.moment(&self.until)]));
        if let Some(zone) = self.zone() {
            facts.push((words.say("transcript-zone", &[]), vec![zone.to_owned()]));
        }
        facts
    }

    /// The name of the zone its times are in.
    pub(crate) fn zone(&self) -> Option<&str> {
        self.reader.zone.iana_name()
    }

    /// What stands before the first line, if anything.
    pub fn notices(&self) -> Vec<String> {
        let words = self.reader.words;
        let agents = self.is_for_agents().then(|| words.say("transcript-for-agents", &[]));
        let earlier = (self.earlier > 0).then(|| words.say("transcript-earlier", &[("count", self.earlier.into())]));
        agents.into_iter().chain(earlier).collect()
    }
}

impl Participant {
    fn in_words(&self, words: &Words) -> String {
        let (name, what) = (self.name.as_str().into(), self.what.as_str().into());
        match &self.company {
            None => words.say("transcript-person", &[("name", name), ("what", what)]),
            Some(company) => {
                let company = company.as_str().into();
                words.say(
                    "transcript-person-of",
                    &[("name", name), ("company", company), ("what", what)],
                )
            }
        }
    }
}

impl Message {
    /// What it reads.
    pub fn words(&self) -> &str {
        self.text.as_ref().unwrap_or_else(|sentence| sentence)
    }
}

pub(crate) fn byline(by: &str, note: bool, words: &Words) -> String {
    if note {
        words.say("chat-note-by", &[("name", by.into())])
    } else {
        by.to_owned()
    }
}

/// An entry as it reads for one side.
struct Line<'a> {
    seq: i64,
    at: Instant,
    who: Option<&'a Member>,
    what: Cow<'a, What>,
}

impl<'a> Line<'a> {
    fn of(entry: &'a Entry, log: &Log<'a>, side: Side) -> Option<Self> {
        let what = side.face(&entry.what)?;
        let (seq, who) = match side {
            Side::Agents => (entry.seq, entry.who),
            Side::External => (entry.public_seq?, entry.public_who),
        };
        let is_he = |member: &&Member| side.number(member) == who;
        Some(Self {
            seq,
            at: entry.at,
            who: who.and(log.chat.members.iter().find(is_he)),
            what,
        })
    }
}

fn days(lines: &[Line<'_>], log: &Log<'_>, reader: &Reader) -> Vec<Day> {
    let side = Side::of(reader.kind);
    let mut days: Vec<Day> = Vec::new();
    let mut before: Option<&Line<'_>> = None;
    for line in lines {
        let at = zoned(line.at, &reader.zone);
        if days.last().is_none_or(|day| day.date != at.date()) {
            let (date, blocks) = (at.date(), Vec::new());
            days.push(Day { date, blocks });
            before = None;
        }
        let blocks = &mut days.last_mut().expect("there is one now").blocks;
        let name = line
            .who
            .map_or_else(String::new, |who| clean::line(&side.name(who, log.settings)));
        match &*line.what {
            What::Message { .. } | What::Note { .. } | What::File { .. } | What::Redacted { .. } => {
                let message = Message {
                    seq: line.seq,
                    at,
                    text: match &*line.what {
                        What::Message { text } | What::Note { text } => Ok(clean::lines(text)),
                        What::File { file, .. } => Ok(file_line(file, reader)),
                        what => Err(removed(what, side, reader)),
                    },
                };
                match blocks.last_mut() {
                    Some(Block::Said { messages, .. }) if before.is_some_and(|it| continues(it, line)) => {
                        messages.push(message);
                    }
                    _ => blocks.push(Block::Said {
                        by: name,
                        kind: line.who.map_or(Kind::Agent, |who| who.kind),
                        note: line.what.kind() == "note",
                        messages: vec![message],
                    }),
                }
            }
            what => blocks.push(Block::Happened {
                seq: line.seq,
                at,
                what: what.kind(),
                sentence: sentence::of(what, &name, side, log.chat, reader.words),
            }),
        }
        before = Some(line);
    }
    days
}

/// A file in place of a text: its name and size.
fn file_line(file: &File, reader: &Reader) -> String {
    let (name, size) = (clean::line(&file.name), reader.words.size(file.size_bytes));
    let args = [("name", name.as_str().into()), ("size", size.as_str().into())];
    reader.words.say("chat-file-line", &args)
}

/// Who took the text away, and when, is for agents.
fn removed(what: &What, side: Side, reader: &Reader) -> String {
    match what {
        What::Redacted { by, at, .. } if side == Side::Agents => {
            let by = clean::line(by.as_deref().unwrap_or_default());
            let at = reader.words.moment(&zoned(*at, &reader.zone));
            let args = [("by", by.as_str().into()), ("at", at.as_str().into())];
            reader.words.say("transcript-redacted-by", &args)
        }
        _ => reader.words.say("transcript-redacted", &[]),
    }
}

fn continues(before: &Line<'_>, line: &Line<'_>) -> bool {
    let who = |line: &Line<'_>| line.who.map(|who| who.n);
    before.what.kind() == line.what.kind() && who(before) == who(line) && line.at < before.at.plus_s(RUN_S)
}

/// Whether the chat went on after these lines, and none is missing between them: they tell how it was then.
fn stop_short(chat: &Chat, lines: &[Line<'_>], side: Side) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return false;
    };
    last.seq < side.head(chat) && last.seq - first.seq + 1 == lines.len() as i64
}

/// The members as they were after the last line: who had come by then, and the role he had. Of whom lines that begin later do not
/// tell is told what he is now.
fn members<'a>(chat: &'a Chat, lines: &[Line<'_>], side: Side) -> Cow<'a, [Member]> {
    if !stop_short(chat, lines, side) {
        return Cow::Borrowed(&chat.members);
    }
    let from_the_beginning = lines.first().is_some_and(|line| line.seq == 1);
    let then = |member: &Member| {
        let is_his = |line: &&Line<'_>| line.who.is_some_and(|who| who.n == member.n);
        let mut his = lines.iter().rev().filter(is_his);
        let (joined, role) = match his.find_map(|line| role_since(&line.what, member)) {
            Some(role) => (true, role),
            None if from_the_beginning => (false, asked_as(member)),
            None => (member.joined, member.role),
        };
        Member {
            joined,
            role,
            ..member.clone()
        }
    };
    chat.members.iter().map(then).collect()
}

/// The role that somebody has since he did this.
fn role_since(what: &What, member: &Member) -> Option<Role> {
    match what {
        What::Requested | What::Accepted => Some(asked_as(member)),
        What::Joined { role } => Some(*role),
        What::RoleChanged { to } => Some(*to),
        _ => None,
    }
}

/// Who asks for a chat, is asked for one, or takes one: an agent has it then.
fn asked_as(member: &Member) -> Role {
    if member.kind.is_external() {
        Role::External
    } else {
        Role::Owner
    }
}

/// Whether the chat was over after the last line.
fn has_ended(chat: &Chat, lines: &[Line<'_>], side: Side) -> bool {
    let before = |closed_at: Instant| match lines.first() {
        Some(first) if stop_short(chat, lines, side) => first.seq > 1 && closed_at < first.at,
        _ => true,
    };
    lines.iter().any(|line| matches!(*line.what, What::Closed { .. })) || chat.closed_at.is_some_and(before)
}

/// Who was in at some time, and the one it was addressed to even if he never came.
fn took_part(member: &Member, chat: &Chat) -> bool {
    member.joined || chat.addressee().is_some_and(|addressee| addressee.n == member.n)
}

fn participant(member: &Member, side: Side, settings: &Settings, words: &Words) -> Participant {
    let what = if side == Side::Agents && member.kind == Kind::Agent {
        words.say("agent-role", &[("is", side.role(member).word().into())])
    } else {
        words.say("agent-kind", &[("is", member.kind.word().into())])
    };
    Participant {
        name: clean::line(&side.name(member, settings)),
        company: member
            .company
            .as_deref()
            .map(clean::line)
            .filter(|company| !company.is_empty()),
        kind: member.kind,
        what,
    }
}

fn zoned(at: Instant, zone: &TimeZone) -> Zoned {
    // No clock says a time that jiff cannot; should a database, it reads as the beginning of time.
    Timestamp::from_microsecond(at.0)
        .unwrap_or_default()
        .to_zoned(zone.clone())
}
