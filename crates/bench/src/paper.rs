//! Chats on paper: what a PDF costs beside setting the same texts with parley alone.
//!
//! The floor knows the texts already, sets each as often as it stands in the document, at the same widths and sizes, in the same
//! fonts, in one context, and throws the lines away.

use crate::chance::Chance;
use crate::http::fetch;
use crate::machine::{own_cpu, peak};
use crate::server::{Running, spawn};
use anyhow::{Context, Result, bail, ensure};
use domain::*;
use jiff::tz::TimeZone;
use parley::fontique::{Blob, Collection, CollectionOptions};
use parley::style::{FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{Alignment, AlignmentOptions, FontContext, Layout, LayoutContext};
use std::borrow::Cow;
use std::hint::black_box;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use transcript::{Block, Fonts, Log, Reader, Transcript};
use uuid::Uuid;
use words::Words;

/// A chat with so many messages, some of them notes, over some days.
pub struct Talk {
    chat: Chat,
    entries: Vec<Entry>,
}

impl Talk {
    pub fn of(messages: usize, seed: u64) -> Self {
        let begin = Instant(1_700_000_000_000_000);
        let id = |n| Uuid::from_u128(n);
        let mut chat = Chat::new(
            ChatId(id(1)),
            ChannelId(id(2)),
            chat::Direction::CustomerToAgent,
            None,
            begin,
        );
        let member = |n, kind, role, name: &str| Member {
            n,
            person: PersonId(id(10 + u128::from(n))),
            kind,
            role,
            name: name.into(),
            company: None,
            present: true,
            joined: true,
            shown: Some(1),
            invited: None,
        };
        chat.members = vec![
            member(1, Kind::CustomerUser, chat::Role::External, "Jonas Wiebe"),
            member(2, Kind::Agent, chat::Role::Owner, "Ines Vogt"),
        ];
        let mut entries = Vec::new();
        let mut chance = Chance::new(seed);
        let mut at = begin;
        for n in 1..=messages as i64 {
            at = at.plus_s(chance.below(90) as i64 + 5);
            let who = 1 + (chance.below(5) / 2) as u32 % 2;
            let text = chance.said();
            let note = who == 2 && chance.below(10) == 0;
            let what = if note {
                What::Note { text }
            } else {
                What::Message { text }
            };
            entries.push(Entry {
                seq: n,
                public_seq: None,
                at,
                who: Some(who),
                public_who: None,
                actor: None,
                cid: None,
                what,
            });
        }
        (chat.head, chat.last_at) = (messages as i64, at);
        Self { chat, entries }
    }

    /// As an agent takes it away.
    fn transcript(&self) -> Transcript {
        let settings = Settings::default();
        let log = Log {
            chat: &self.chat,
            channel: "Travel desk",
            ticket: None,
            entries: &self.entries,
            settings: &settings,
        };
        let reader = Reader {
            kind: Kind::Agent,
            words: Words::of("en"),
            zone: TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC),
        };
        Transcript::of(&log, reader)
    }
}

/// A text, how wide its place is, its size, and whether it is bold.
type Text = (String, f32, f32, bool);

/// Every text of a document of so many pages, as often as it stands there.
fn texts(transcript: &Transcript, pages: usize) -> Vec<Text> {
    const ACROSS: f32 = 595.28 - 2.0 * 57.0;
    const LABELS: f32 = 112.0;
    const TIMES: f32 = 40.0;
    let words = Words::of("en");
    let mut texts = vec![(transcript.title(), ACROSS, 19.0, true)];
    for (label, values) in transcript.facts() {
        texts.push((label, LABELS - 8.0, 9.0, false));
        texts.extend(values.into_iter().map(|value| (value, ACROSS - LABELS, 9.0, false)));
    }
    texts.extend(
        transcript
            .notices()
            .into_iter()
            .map(|notice| (notice, ACROSS, 9.0, false)),
    );
    for day in &transcript.days {
        texts.push((words.day(day.date), ACROSS, 9.5, true));
        for block in &day.blocks {
            if let Block::Said { by, messages, .. } = block {
                texts.push((by.clone(), ACROSS - TIMES, 10.0, true));
                let mut shown = None;
                for message in messages {
                    let time = words.clock(message.at.time());
                    if shown.as_ref() != Some(&time) {
                        texts.push((time.clone(), TIMES - 4.0, 8.5, false));
                        shown = Some(time);
                    }
                    texts.push((message.words().to_owned(), ACROSS - TIMES, 10.0, false));
                }
            }
        }
    }
    for page in 1..=pages {
        texts.push((transcript.title(), ACROSS - 90.0, 8.0, false));
        let args = [("page", page.to_string().into()), ("pages", pages.to_string().into())];
        texts.push((words.say("transcript-page", &args), ACROSS, 8.0, false));
    }
    texts
}

/// parley, the fonts that are in the program, and nothing else.
struct Setting {
    fonts: FontContext,
    scratch: LayoutContext<()>,
    families: Vec<FontFamilyName<'static>>,
}

impl Setting {
    fn new() -> Result<Self> {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../transcript/fonts");
        let mut families = Vec::new();
        for face in ["", "Arabic", "Hebrew", "Devanagari", "Thai"] {
            let weights: &[&str] = if face.is_empty() {
                &["Regular", "Bold"]
            } else {
                &["Regular"]
            };
            for weight in weights {
                let file = folder.join(format!("NotoSans{face}-{weight}.ttf"));
                let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
                for (family, _) in collection.register_fonts(Blob::new(Arc::new(bytes)), None) {
                    families.extend(collection.family_name(family).map(str::to_owned));
                }
            }
        }
        families.dedup();
        Ok(Self {
            fonts: FontContext {
                collection,
                source_cache: Default::default(),
            },
            scratch: LayoutContext::new(),
            families: families
                .into_iter()
                .map(|name| FontFamilyName::Named(Cow::Owned(name)))
                .collect(),
        })
    }

    fn set(&mut self, (text, width, size, bold): &Text) -> usize {
        let mut builder = self.scratch.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(
            &self.families,
        ))));
        builder.push_default(StyleProperty::FontSize(*size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.45)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let weight = if *bold { FontWeight::BOLD } else { FontWeight::NORMAL };
        builder.push_default(StyleProperty::FontWeight(weight));
        let mut layout: Layout<()> = builder.build(text);
        layout.break_all_lines(Some(*width));
        layout.align(Alignment::Start, AlignmentOptions::default());
        layout.len()
    }
}

/// CPU of one document and of setting its texts, in seconds, by rounds.
pub fn cost(messages: usize, rounds: usize) -> Result<Vec<(f64, f64)>> {
    let fonts = Fonts::with(None)?;
    let mut setting = Setting::new()?;
    // A short one is over in milliseconds.
    let times = (2_000 / messages).max(1);
    let mut costs = Vec::new();
    // The first round is for caches; what they know of texts is of other chats, as it is where people take theirs away.
    for round in 0..=rounds {
        let talks: Vec<_> = (0..times)
            .map(|n| Talk::of(messages, (round * times + n) as u64 + 7))
            .collect();
        let before = own_cpu()?;
        let made = talks.iter().map(|talk| Ok(black_box(make(talk, &fonts)?).pages));
        let pages: Vec<usize> = made.collect::<Result<_>>()?;
        let ours = own_cpu()? - before;
        let texts: Vec<_> = talks
            .iter()
            .zip(pages)
            .map(|(talk, pages)| texts(&talk.transcript(), pages))
            .collect();
        let before = own_cpu()?;
        black_box(texts.iter().flatten().map(|text| setting.set(text)).sum::<usize>());
        let floor = own_cpu()? - before;
        if round > 0 {
            costs.push((ours / times as f64, floor / times as f64));
        }
    }
    Ok(costs)
}

fn make(talk: &Talk, fonts: &Fonts) -> Result<transcript::Pdf> {
    let made = transcript::pdf(&talk.transcript(), fonts).map_err(anyhow::Error::msg)?;
    ensure!(made.refused.is_none(), "a PDF keeps to no standard: {:?}", made.refused);
    Ok(made)
}

/// Only documents, each of a chat of its own, for a profiler to look at; and for [`memory`], which needs a process of its own.
pub fn documents(messages: usize, times: usize) -> Result<()> {
    let fonts = Fonts::with(None)?;
    let talks: Vec<_> = (7..=7 + times as u64).map(|seed| Talk::of(messages, seed)).collect();
    let before = peak()?;
    let cpu = own_cpu()?;
    let mut made = None;
    for talk in &talks {
        drop(made.take());
        made = Some(black_box(make(talk, &fonts)?));
    }
    let made = made.context("no document")?;
    eprintln!(
        "{} pages, {} bytes, {:.4} s each",
        made.pages,
        made.bytes.len(),
        (own_cpu()? - cpu) / (times + 1) as f64
    );
    if let Some(file) = std::env::var_os("KEEP") {
        std::fs::write(file, &made.bytes)?;
    }
    println!("took {}", peak()? - before);
    Ok(())
}

/// What a document takes of memory at most, in bytes, beside the chat and the fonts.
pub fn memory(messages: usize) -> Result<u64> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args(["documents", &messages.to_string(), "0"])
        .stderr(std::process::Stdio::null());
    let (_running, took): (Running, String) = spawn(command, "took ")?;
    Ok(took.trim().parse()?)
}

/// So many people who take the same chat away as PDF, again and again, until dropped.
pub struct Takers {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<Result<usize>>>,
}

impl Takers {
    pub fn start(address: SocketAddr, headers: &str, chat: &str, count: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let taker = |_| {
            let (stop, headers) = (Arc::clone(&stop), headers.to_owned());
            let path = format!("/api/chats/{chat}/transcript?form=pdf");
            std::thread::spawn(move || {
                let mut taken = 0;
                while !stop.load(Ordering::Relaxed) {
                    let bytes = fetch(address, &path, &headers)?;
                    ensure!(bytes.starts_with(b"%PDF"), "no PDF");
                    taken += 1;
                }
                Ok(taken)
            })
        };
        let threads = (0..count).map(taker).collect();
        Self { stop, threads }
    }

    /// How many were made.
    pub fn stop(self) -> Result<usize> {
        self.stop.store(true, Ordering::Relaxed);
        let ended = self.threads.into_iter().map(|thread| match thread.join() {
            Ok(taken) => taken,
            Err(_) => bail!("a thread panicked"),
        });
        ended.sum()
    }
}
