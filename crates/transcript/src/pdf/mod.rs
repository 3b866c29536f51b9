//! PDF: typeset, tagged (PDF/UA-1) and fit for an archive (PDF/A-2a), the same bytes for the same log, reader, version and fonts.
//!
//! - [`fonts`]: those in the program, and those of a folder.
//! - [`set`]: a text in lines of glyphs.
//! - [`words`]: the same of words that were set before.
//! - [`page`]: lines on pages.
//! - [`draw`]: pages in a file.
//! - [`pack`]: the file made small.

mod draw;
mod fonts;
mod pack;
mod page;
mod set;
mod words;

pub use fonts::{FILES_MAX, FOLDER_MAX_BYTES, Fonts};

use crate::model::{Block, Transcript};
use draw::{Foot, draw};
use jiff::Zoned;
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use set::Setter;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A file, and why it keeps to no standard if it does not.
pub struct Pdf {
    pub bytes: Vec<u8>,
    /// What the validators of PDF/UA-1 and PDF/A-2a refused; the file is then written without them, for nobody is to go without.
    pub refused: Option<String>,
    pub pages: usize,
}

/// The transcript as a PDF; an error is a fault of ours and names the cause.
pub fn pdf(transcript: &Transcript, fonts: &Fonts) -> Result<Pdf, String> {
    let mut setter = Setter::new(fonts);
    let document = page::compose(transcript, &mut setter);
    let (title, words) = (transcript.title(), transcript.reader.words);
    let number = |page: usize, pages: usize| {
        let args = [("page", page.to_string().into()), ("pages", pages.to_string().into())];
        words.say("transcript-page", &args)
    };
    let foot = Foot {
        title: &title,
        number: &number,
    };
    let metadata = || metadata(transcript, fonts);
    let strict = draw(&document, &foot, &mut setter, metadata(), standards()?);
    let (bytes, refused) = match strict {
        Ok(bytes) => (bytes, None),
        Err(refused) => {
            let plain = draw(&document, &foot, &mut setter, metadata(), Configuration::default());
            (
                plain.map_err(|error| format!("{error:?}"))?,
                Some(format!("{refused:?}")),
            )
        }
    };
    Ok(Pdf {
        bytes: pack::pack(&bytes)?,
        refused,
        pages: document.pages.len(),
    })
}

fn standards() -> Result<Configuration, String> {
    ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| format!("{error:?}"))
}

fn metadata(transcript: &Transcript, fonts: &Fonts) -> Metadata {
    let words = transcript.reader.words;
    let direction = match words.is_right_to_left() {
        true => TextDirection::RightToLeft,
        false => TextDirection::LeftToRight,
    };
    Metadata::new()
        .title(transcript.title())
        .language(words.language().to_owned())
        .creator(format!("Deskbell {}", env!("CARGO_PKG_VERSION")))
        .creation_date(date(&transcript.until))
        .document_id(identity(transcript, fonts))
        .text_direction(direction)
}

/// Of everything that the file is made from, each length before its text.
fn identity(transcript: &Transcript, fonts: &Fonts) -> String {
    let Transcript {
        reader,
        channel,
        people,
        ticket,
        began,
        until,
        closed,
        earlier,
        days,
    } = transcript;
    let mut told = Told(Sha256::new());
    told.text(env!("CARGO_PKG_VERSION"));
    told.0.update(fonts.digest());
    told.text(reader.kind.word());
    told.text(reader.words.language());
    told.text(&match reader.zone.iana_name() {
        Some(name) => name.to_owned(),
        None => format!("{:?}", reader.zone),
    });
    told.text(channel);
    told.number(people.len() as i64);
    for person in people {
        told.text(&person.name);
        told.maybe(person.company.as_deref());
        told.text(person.kind.word());
        told.text(&person.what);
    }
    told.maybe(ticket.as_deref());
    told.at(began);
    told.at(until);
    told.number(i64::from(*closed));
    told.number(*earlier);
    for block in days.iter().flat_map(|day| &day.blocks) {
        match block {
            Block::Said {
                by,
                kind,
                note,
                messages,
            } => {
                told.number(0);
                told.text(by);
                told.text(kind.word());
                told.number(i64::from(*note));
                told.number(messages.len() as i64);
                for message in messages {
                    told.number(message.seq);
                    told.at(&message.at);
                    told.number(i64::from(message.text.is_ok()));
                    told.text(message.words());
                }
            }
            Block::Happened {
                seq,
                at,
                what,
                sentence,
            } => {
                told.number(1);
                told.text(what);
                told.number(*seq);
                told.at(at);
                told.text(sentence);
            }
        }
    }
    told.0.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What was told so far, as a hash.
struct Told(Sha256);

impl Told {
    fn number(&mut self, number: i64) {
        self.0.update(number.to_le_bytes());
    }

    fn at(&mut self, at: &Zoned) {
        self.number(at.timestamp().as_microsecond());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as i64);
        self.0.update(text);
    }

    fn maybe(&mut self, text: Option<&str>) {
        self.number(i64::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }
}

fn date(at: &Zoned) -> DateTime {
    let offset = at.offset().seconds() / 60;
    DateTime::new(at.year().clamp(0, 9_999) as u16)
        .month(at.month() as u8)
        .day(at.day() as u8)
        .hour(at.hour() as u8)
        .minute(at.minute() as u8)
        .second(at.second() as u8)
        .utc_offset_hour((offset / 60) as i8)
        .utc_offset_minute((offset % 60).unsigned_abs() as u8)
}
