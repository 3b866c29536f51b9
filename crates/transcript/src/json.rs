//! JSON, for programs. Names of fields are stable; sentences are for people and in the reader's language.

use crate::model::{Block, Transcript};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    /// Raised when a field changes its meaning.
    version: u32,
    language: &'a str,
    /// Whose eyes it is for: the word of a kind of person.
    reader: &'a str,
    title: String,
    channel: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<&'a str>,
    people: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    /// Times in RFC 3339, in the zone.
    began: String,
    until: String,
    closed: bool,
    /// So many entries came before the first one here.
    earlier: i64,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<&'a str>,
}

#[derive(Serialize)]
struct Entry<'a> {
    seq: i64,
    at: String,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// Its text was removed for everybody.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    redacted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<&'a str>,
}

/// The transcript as one JSON object, indented.
pub fn json(transcript: &Transcript) -> String {
    let time = |at: &jiff::Zoned| at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let blocks = transcript.days.iter().flat_map(|day| &day.blocks);
    let entries = blocks.flat_map(|block| match block {
        Block::Said { by, note, messages, .. } => messages
            .iter()
            .map(|message| Entry {
                seq: message.seq,
                at: time(&message.at),
                kind: if *note { "note" } else { "message" },
                by: Some(by),
                text: message.text.as_deref().ok(),
                redacted: message.text.is_err(),
                sentence: message.text.as_ref().err().map(String::as_str),
            })
            .collect(),
        Block::Happened {
            seq,
            at,
            what,
            sentence,
        } => vec![Entry {
            seq: *seq,
            at: time(at),
            kind: what,
            by: None,
            text: None,
            redacted: false,
            sentence: Some(sentence),
        }],
    });
    let document = Document {
        version: 1,
        language: transcript.reader.words.language(),
        reader: transcript.reader.kind.word(),
        title: transcript.title(),
        channel: &transcript.channel,
        ticket: transcript.ticket.as_deref(),
        people: transcript
            .people
            .iter()
            .map(|person| Person {
                name: &person.name,
                kind: person.kind.word(),
                company: person.company.as_deref(),
            })
            .collect(),
        zone: transcript.zone(),
        began: time(&transcript.began),
        until: time(&transcript.until),
        closed: transcript.closed,
        earlier: transcript.earlier,
        entries: entries.collect(),
    };
    serde_json::to_string_pretty(&document).expect("text and numbers") + "\n"
}
