//! HTML: one file that needs nothing else and runs nothing. Its own policy allows its one style sheet and no more.

use crate::clean;
use crate::model::{Block, Transcript, byline};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("style.css");

/// The transcript as a page. Everything that is not ours is escaped, and isolated where it stands in a sentence.
pub fn html(transcript: &Transcript) -> String {
    let words = transcript.reader.words;
    let direction = if words.is_right_to_left() { "rtl" } else { "ltr" };
    let (language, title) = (words.language(), escaped(&transcript.title()));
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1 dir=\"auto\">{title}</h1>\n<dl>\n"
    );
    for (label, values) in transcript.facts() {
        out += &format!("<dt>{}</dt>\n", escaped(&label));
        for value in values {
            out += &format!("<dd dir=\"auto\">{}</dd>\n", escaped(&value));
        }
    }
    out += "</dl>\n";
    for notice in transcript.notices() {
        out += &format!("<p class=\"notice\">{}</p>\n", escaped(&notice));
    }
    for day in &transcript.days {
        out += &format!("<section>\n<h2>{}</h2>\n", escaped(&words.day(day.date)));
        day.blocks
            .iter()
            .for_each(|block| out += &self::block(block, transcript));
        out += "</section>\n";
    }
    out + "</main>\n</body>\n</html>\n"
}

/// What was said and happened as a piece of plain HTML, for where others keep conversations: no head, no style, each line with its time.
pub fn fragment(transcript: &Transcript) -> String {
    let words = transcript.reader.words;
    let mut out = String::new();
    for notice in transcript.notices() {
        out += &format!("<p><em>{}</em></p>\n", escaped(&notice));
    }
    for day in &transcript.days {
        out += &format!("<p><strong>{}</strong></p>\n", escaped(&words.day(day.date)));
        for block in &day.blocks {
            match block {
                Block::Said { by, note, messages, .. } => {
                    for message in messages {
                        let (at, by) = (words.clock(message.at.time()), escaped(&byline(by, *note, words)));
                        let text = in_lines(message.words());
                        out += &format!("<p>{} <strong>{by}</strong><br>{text}</p>\n", escaped(&at));
                    }
                }
                Block::Happened { at, sentence, .. } => {
                    let at = words.clock(at.time());
                    out += &format!("<p>{} <em>{}</em></p>\n", escaped(&at), escaped(sentence));
                }
            }
        }
    }
    out
}

/// Text that somebody typed as a paragraph.
pub fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", in_lines(&clean::lines(text)))
}

fn in_lines(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}

fn block(block: &Block, transcript: &Transcript) -> String {
    let words = transcript.reader.words;
    let time = |at: &jiff::Zoned| {
        let (machine, shown) = (at.strftime("%Y-%m-%dT%H:%M:%S%:z"), words.clock(at.time()));
        format!("<time datetime=\"{machine}\">{}</time>", escaped(&shown))
    };
    match block {
        Block::Said {
            by,
            kind,
            note,
            messages,
        } => {
            let class = match (note, kind.is_external()) {
                (true, _) => "said note",
                (false, true) => "said external",
                (false, false) => "said",
            };
            let by = escaped(&byline(by, *note, words));
            let mut out = format!("<article class=\"{class}\">\n<h3 dir=\"auto\">{by}</h3>\n");
            for message in messages {
                let class = if message.text.is_err() {
                    " class=\"redacted\""
                } else {
                    ""
                };
                let text = escaped(message.words());
                out += &format!("<div>{}<p{class} dir=\"auto\">{text}</p></div>\n", time(&message.at));
            }
            out + "</article>\n"
        }
        Block::Happened { at, sentence, .. } => {
            format!(
                "<div class=\"event\">{}<p dir=\"auto\">{}</p></div>\n",
                time(at),
                escaped(sentence)
            )
        }
    }
}

/// Text for between tags and within quotes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            _ => out.push(c),
        }
    }
    out
}
