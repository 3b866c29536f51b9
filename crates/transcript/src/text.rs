//! Plain text. What people typed never begins at the left edge, so nobody writes a line that looks like somebody else's.

use crate::model::{Block, Message, Transcript, byline};
use words::Words;

/// Under a time and two spaces.
const INDENT: &str = "         ";

/// The transcript as text in UTF-8, lines ending in LF.
pub fn text(transcript: &Transcript) -> String {
    let words = transcript.reader.words;
    let mut out = transcript.title() + "\n\n";
    let facts = transcript.facts();
    let width = facts.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    for (label, values) in &facts {
        for (n, value) in values.iter().enumerate() {
            let label = if n == 0 { label } else { "" };
            out += &format!("{label:width$}  {value}\n");
        }
    }
    for notice in transcript.notices() {
        out += &format!("\n{notice}\n");
    }
    for day in &transcript.days {
        out += &format!("\n\n{}\n", words.day(day.date));
        for block in &day.blocks {
            match block {
                Block::Said { by, note, messages, .. } => {
                    out += &format!("\n{}\n", byline(by, *note, words));
                    messages.iter().for_each(|message| out += &said(message, words));
                }
                Block::Happened { at, sentence, .. } => {
                    out += &format!("\n* {}  {sentence}\n", words.clock(at.time()));
                }
            }
        }
    }
    out
}

fn said(message: &Message, words: &Words) -> String {
    let text = message.words().replace('\n', &format!("\n{INDENT}"));
    format!("  {}  {text}\n", words.clock(message.at.time()))
}
