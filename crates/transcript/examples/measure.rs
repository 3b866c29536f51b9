//! What a PDF costs beside shaping the same text with parley alone: `cargo run --release -p transcript --example measure`.
//! With a path it leaves the PDF there.

use domain::{ChannelId, Chat, ChatId, Entry, Instant, Kind, Settings, What, chat::Direction};
use jiff::tz::TimeZone;
use parley::{FontContext, Layout, LayoutContext};
use std::time::Instant as Stopwatch;
use transcript::{Fonts, Log, Reader, Transcript, pdf};
use words::Words;

const MESSAGES: usize = 5_000;

fn main() {
    let entries = entries();
    let chat = Chat {
        head: MESSAGES as i64,
        ..Chat::new(ChatId(uuid()), ChannelId(uuid()), Direction::PublicToAgent, Instant(0))
    };
    let log = Log {
        chat: &chat,
        channel: "Travel desk",
        entries: &entries,
        settings: &Settings::default(),
    };
    let reader = Reader {
        kind: Kind::PublicUser,
        words: Words::of("en"),
        zone: TimeZone::UTC,
    };
    let fonts = Fonts::with(None).expect("the fonts in the program");
    let transcript = Transcript::of(&log, reader);
    let (mut alone, mut whole) = (f64::MAX, f64::MAX);
    let mut made = None;
    for _ in 0..3 {
        let started = Stopwatch::now();
        shape(&entries, fonts.context());
        alone = alone.min(started.elapsed().as_secs_f64());
        let started = Stopwatch::now();
        made = Some(pdf(&transcript, &fonts).expect("a PDF"));
        whole = whole.min(started.elapsed().as_secs_f64());
    }
    let made = made.expect("made three times");
    println!(
        "{MESSAGES} messages: {} pages, {} kB, {:.0} ms; shaping alone {:.0} ms; ratio {:.2}",
        made.pages,
        made.bytes.len() / 1_000,
        whole * 1_000.0,
        alone * 1_000.0,
        whole / alone
    );
    if let Some(path) = std::env::args().nth(1) {
        std::fs::write(path, made.bytes).expect("a file");
    }
}

/// The same texts in lines of the same width.
fn shape(entries: &[Entry], mut context: FontContext) {
    let mut scratch: LayoutContext<()> = LayoutContext::new();
    for text in entries.iter().filter_map(|entry| entry.what.text()) {
        let mut builder = scratch.ranged_builder(&mut context, text, 1.0, false);
        builder.push_default(parley::style::StyleProperty::FontFamily("Noto Sans".into()));
        builder.push_default(parley::style::StyleProperty::FontSize(10.0));
        let mut layout: Layout<()> = builder.build(text);
        layout.break_all_lines(Some(441.0));
        std::hint::black_box(layout.height());
    }
}

fn entries() -> Vec<Entry> {
    let entry = |n: usize| Entry {
        seq: n as i64 + 1,
        public_seq: Some(n as i64 + 1),
        at: Instant(n as i64 * 70_000_000),
        who: None,
        public_who: None,
        actor: None,
        cid: None,
        what: What::Message {
            text: format!(
                "Message {n}: is there a place left on the evening ferry, and may a bicycle come aboard with us?"
            ),
        },
    };
    (0..MESSAGES).map(entry).collect()
}

fn uuid() -> uuid::Uuid {
    uuid::Uuid::nil()
}
