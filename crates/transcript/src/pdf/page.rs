//! Puts lines on pages, and remembers what they are.

use super::set::{Paragraph, Setter, Style};
use crate::model::{Block, Day, Transcript, byline};
use std::rc::Rc;

pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;
pub const LEFT: f32 = 57.0;
const TOP: f32 = 57.0;
/// Under it stands the foot of the page.
const BOTTOM: f32 = HEIGHT - 66.0;
/// The foot's first line.
pub const FOOT: f32 = HEIGHT - 44.0;
pub const ACROSS: f32 = WIDTH - 2.0 * LEFT;
/// Before what was said stands when.
const TIMES: f32 = 40.0;
/// Before the facts stands what they are.
const LABELS: f32 = 112.0;

const INK: [u8; 3] = [0x16, 0x23, 0x2c];
pub const QUIET: [u8; 3] = [0x4c, 0x5c, 0x65];
pub const ACCENT: [u8; 3] = [0x00, 0x62, 0x7a];
const LINE: [u8; 3] = [0xda, 0xe1, 0xe4];
const NOTE: [u8; 3] = [0xf2, 0xed, 0xfc];
const NOTE_INK: [u8; 3] = [0x59, 0x41, 0x7e];

const fn style(size: f32, bold: bool, colour: [u8; 3]) -> Style {
    Style {
        size,
        bold,
        colour,
        at_end: false,
    }
}

const TITLE: Style = style(19.0, true, INK);
const LABEL: Style = style(9.0, false, QUIET);
const FACT: Style = style(9.0, false, INK);
const NOTICE: Style = style(9.0, false, NOTE_INK);
const DAY: Style = style(9.5, true, QUIET);
const TEXT: Style = style(10.0, false, INK);
const TIME: Style = style(8.5, false, QUIET);
const EVENT: Style = style(9.0, false, QUIET);

#[derive(Default)]
pub struct Page {
    /// Behind the text: left, top, width, height.
    pub fills: Vec<([f32; 4], [u8; 3])>,
    pub lines: Vec<Place>,
}

/// Where a line of a paragraph stands, by its baseline.
pub struct Place {
    pub paragraph: usize,
    pub line: usize,
    pub x: f32,
    pub y: f32,
}

/// What paragraphs are to who hears the document read out.
pub enum Part {
    Heading(u16, usize),
    /// What belongs together in one paragraph.
    Text(Vec<usize>),
    Facts(Vec<(usize, Vec<usize>)>),
    Section(Vec<Part>),
}

/// The document, laid out and not yet drawn: how many pages there are is known only now.
#[derive(Default)]
pub struct Document {
    pub pages: Vec<Page>,
    pub paragraphs: Vec<Rc<Paragraph>>,
    pub parts: Vec<Part>,
    /// For each day its heading, the page and how far down.
    pub outline: Vec<(String, usize, f32)>,
}

pub fn compose(transcript: &Transcript, setter: &mut Setter<'_>) -> Document {
    setter.expect(transcript.days.iter().flat_map(|day| &day.blocks).flat_map(said), TEXT);
    let mut composer = Composer {
        setter,
        document: Document::default(),
        y: TOP,
        ground: None,
    };
    composer.document.pages.push(Page::default());
    composer.head(transcript);
    for day in &transcript.days {
        composer.day(day, transcript);
    }
    composer.document
}

/// What most of a document is made of.
fn said(block: &Block) -> impl Iterator<Item = &str> {
    let messages = match block {
        Block::Said { messages, .. } => messages.as_slice(),
        Block::Happened { .. } => &[],
    };
    messages.iter().map(|message| message.words())
}

struct Composer<'a, 'f> {
    setter: &'a mut Setter<'f>,
    document: Document,
    y: f32,
    /// Where the ground of a note began on this page.
    ground: Option<f32>,
}

impl Composer<'_, '_> {
    fn head(&mut self, transcript: &Transcript) {
        self.fill([LEFT, self.y, 28.0, 3.0], ACCENT);
        self.y += 12.0;
        let title = self.paragraph(&transcript.title(), LEFT, ACROSS, TITLE);
        self.document.parts.push(Part::Heading(1, title));
        self.y += 8.0;
        let mut rows = Vec::new();
        for (label, values) in transcript.facts() {
            let top = self.y;
            let label = self.paragraph(&label, LEFT, LABELS - 8.0, LABEL);
            self.y = top;
            let values = values
                .iter()
                .map(|value| self.paragraph(value, LEFT + LABELS, ACROSS - LABELS, FACT));
            rows.push((label, values.collect()));
            self.y += 2.0;
        }
        self.document.parts.push(Part::Facts(rows));
        for notice in transcript.notices() {
            self.y += 6.0;
            let notice = self.paragraph(&notice, LEFT, ACROSS, NOTICE);
            self.document.parts.push(Part::Text(vec![notice]));
        }
        self.y += 8.0;
        self.fill([LEFT, self.y, ACROSS, 0.75], LINE);
    }

    fn day(&mut self, day: &Day, transcript: &Transcript) {
        let words = transcript.reader.words;
        self.y += 16.0;
        // A heading is not left alone at the foot of a page.
        self.keep(60.0);
        let title = words.day(day.date);
        self.document
            .outline
            .push((title.clone(), self.document.pages.len() - 1, self.y));
        let heading = self.paragraph(&title, LEFT, ACROSS, DAY);
        let mut parts = vec![Part::Heading(2, heading)];
        for block in &day.blocks {
            self.block(block, transcript, &mut parts);
        }
        self.document.parts.push(Part::Section(parts));
    }

    fn block(&mut self, block: &Block, transcript: &Transcript, parts: &mut Vec<Part>) {
        let words = transcript.reader.words;
        match block {
            Block::Said {
                by,
                kind,
                note,
                messages,
            } => {
                let colour = match (note, kind.is_external()) {
                    (true, _) => NOTE_INK,
                    (false, true) => INK,
                    (false, false) => ACCENT,
                };
                self.y += 8.0;
                self.keep(40.0);
                if *note {
                    self.ground = Some(self.y - 3.0);
                }
                let by = byline(by, *note, words);
                let by = self.setter.set_again(&by, ACROSS - TIMES, style(10.0, true, colour));
                parts.push(Part::Text(vec![self.flow(by, LEFT + TIMES)]));
                let mut shown = None;
                for message in messages {
                    let minute = (message.at.hour(), message.at.minute());
                    let time = (shown.replace(minute) != Some(minute)).then(|| words.clock(message.at.time()));
                    let style = if message.text.is_ok() { TEXT } else { EVENT };
                    parts.push(self.timed(time.as_deref(), message.words(), style));
                    self.y += 2.0;
                }
                if *note {
                    self.y += 3.0;
                    self.end_ground();
                }
            }
            Block::Happened { at, sentence, .. } => {
                self.y += 6.0;
                parts.push(self.timed(Some(&words.clock(at.time())), sentence, EVENT));
            }
        }
    }

    /// A text with the time before its first line.
    fn timed(&mut self, time: Option<&str>, text: &str, style: Style) -> Part {
        let text = self.setter.set(text, ACROSS - TIMES, style);
        let first = text.lines.first().map_or(0.0, |line| line.height);
        self.keep(first);
        let mut part = Vec::new();
        if let Some(time) = time {
            let baseline = self.y + text.lines.first().map_or(0.0, |line| line.baseline);
            let time = self.setter.set_again(time, TIMES - 4.0, TIME);
            let paragraph = self.document.paragraphs.len();
            self.place(paragraph, 0, LEFT, baseline);
            self.document.paragraphs.push(time);
            part.push(paragraph);
        }
        part.push(self.flow(Rc::new(text), LEFT + TIMES));
        Part::Text(part)
    }

    fn paragraph(&mut self, text: &str, x: f32, width: f32, style: Style) -> usize {
        let set = self.setter.set(text, width, style);
        self.flow(Rc::new(set), x)
    }

    /// Line by line, over as many pages as it takes.
    fn flow(&mut self, paragraph: Rc<Paragraph>, x: f32) -> usize {
        let index = self.document.paragraphs.len();
        for (n, line) in paragraph.lines.iter().enumerate() {
            self.keep(line.height);
            self.place(index, n, x, self.y + line.baseline);
            self.y += line.height;
        }
        self.document.paragraphs.push(paragraph);
        index
    }

    /// Goes on to the next page unless so much fits on this one.
    fn keep(&mut self, height: f32) {
        if self.y + height <= BOTTOM {
            return;
        }
        let within = self.ground.is_some();
        self.end_ground();
        self.document.pages.push(Page::default());
        self.y = TOP;
        self.ground = within.then_some(self.y - 3.0);
    }

    fn end_ground(&mut self) {
        if let Some(top) = self.ground.take() {
            self.fill([LEFT - 8.0, top, ACROSS + 16.0, self.y - top], NOTE);
        }
    }

    fn place(&mut self, paragraph: usize, line: usize, x: f32, y: f32) {
        if let Some(page) = self.document.pages.last_mut() {
            page.lines.push(Place { paragraph, line, x, y });
        }
    }

    fn fill(&mut self, place: [f32; 4], colour: [u8; 3]) {
        if let Some(page) = self.document.pages.last_mut() {
            page.fills.push((place, colour));
        }
    }
}
