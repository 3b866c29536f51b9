//! Sets a text into lines of glyphs.

use super::fonts::{Face, Fonts, Han};
use super::words::Words;
use krilla::surface::Location;
use krilla::text::{Font, GlyphId};
use parley::layout::{Alignment, AlignmentOptions, Cluster, GlyphRun, PositionedLayoutItem, Run};
use parley::style::{FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{FontContext, Layout, LayoutContext};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// How a text looks.
#[derive(Clone, Copy)]
pub struct Style {
    pub size: f32,
    pub bold: bool,
    pub colour: [u8; 3],
    /// At the far end of its place: page numbers.
    pub at_end: bool,
}

/// A text in lines; the glyphs name their place in it.
pub struct Paragraph {
    pub text: String,
    pub colour: [u8; 3],
    pub size: f32,
    pub lines: Vec<Line>,
    pub(super) pieces: Vec<Piece>,
    pub(super) glyphs: Vec<Glyph>,
}

pub struct Line {
    pub height: f32,
    /// From the top of the line.
    pub baseline: f32,
    pub(super) pieces: Range<usize>,
}

/// Glyphs of one font, beginning at `x`.
pub(super) struct Piece {
    pub x: f32,
    pub font: Font,
    pub glyphs: Range<usize>,
}

impl Paragraph {
    /// The pieces of a line: where each begins, its font, its glyphs.
    pub fn line(&self, line: usize) -> impl Iterator<Item = (f32, &Font, &[Glyph])> {
        let pieces = self.lines.get(line).map_or(0..0, |line| line.pieces.clone());
        self.pieces[pieces]
            .iter()
            .map(|piece| (piece.x, &piece.font, &self.glyphs[piece.glyphs.clone()]))
    }
}

/// A glyph as krilla takes it, in half the memory of its own; lengths are parts of the font's size.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Glyph {
    pub(super) id: u32,
    pub(super) advance: f32,
    pub(super) right: f32,
    pub(super) up: f32,
    pub(super) text: (u32, u32),
}

impl krilla::text::Glyph for Glyph {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(self.id)
    }

    fn text_range(&self) -> Range<usize> {
        self.text.0 as usize..self.text.1 as usize
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.advance * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        self.right * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        self.up * size
    }

    fn y_advance(&self, _size: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<Location> {
        None
    }
}

/// What parley works with. It keeps what it learned about fonts, so it is worth keeping for the next document.
pub(super) struct Tools {
    context: FontContext,
    scratch: LayoutContext<()>,
    layout: Layout<()>,
    words: Words,
}

impl Tools {
    pub fn new(context: FontContext) -> Self {
        Self {
            context,
            scratch: LayoutContext::new(),
            layout: Layout::default(),
            words: Words::default(),
        }
    }

    /// Where parley breaks a text into lines. A word that is wider than a line breaks where it must, or stays whole.
    fn lay(&mut self, text: &str, width: f32, style: Style, overflow: OverflowWrap) -> &Layout<()> {
        let family = FontFamily::Single(FontFamilyName::Generic(Han::of(text).family()));
        let mut builder = self.scratch.ranged_builder(&mut self.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(family));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.45)));
        builder.push_default(StyleProperty::OverflowWrap(overflow));
        let weight = if style.bold {
            FontWeight::BOLD
        } else {
            FontWeight::NORMAL
        };
        builder.push_default(StyleProperty::FontWeight(weight));
        let layout = &mut self.layout;
        builder.build_into(layout, text);
        layout.break_all_lines(Some(width));
        let alignment = if style.at_end { Alignment::End } else { Alignment::Start };
        layout.align(alignment, AlignmentOptions::default());
        layout
    }

    /// A text in lines, by parley.
    pub fn set(&mut self, fonts: &Fonts, text: &str, width: f32, style: Style, overflow: OverflowWrap) -> Paragraph {
        let layout = self.lay(text, width, style, overflow);
        let mut drawing = Drawing {
            fonts,
            text,
            pieces: Vec::with_capacity(layout.len()),
            glyphs: Vec::with_capacity(text.len()),
            x: 0.0,
            boxes: None,
        };
        let mut lines = Vec::with_capacity(layout.len());
        for line in layout.lines() {
            let metrics = *line.metrics();
            let first = drawing.pieces.len();
            for item in line.items() {
                if let PositionedLayoutItem::GlyphRun(run) = item {
                    drawing.run(&run);
                }
            }
            lines.push(Line {
                height: metrics.line_height,
                baseline: metrics.baseline - metrics.block_min_coord,
                pieces: first..drawing.pieces.len(),
            });
        }
        let Drawing { pieces, glyphs, .. } = drawing;
        Paragraph {
            text: text.to_owned(),
            colour: style.colour,
            size: style.size,
            lines,
            pieces,
            glyphs,
        }
    }

    /// Learns the words of texts that are to come.
    fn learn<'t>(&mut self, fonts: &Fonts, texts: impl IntoIterator<Item = &'t str>, style: Style) {
        let mut words = std::mem::take(&mut self.words);
        words.learn(texts, style, |words, width, style| {
            self.set(fonts, words, width, style, OverflowWrap::Normal)
        });
        self.words = words;
    }

    /// As [`Self::set`] where a word that is wider than a line breaks, of words that were set before where that is the same.
    fn set_by_words(&mut self, fonts: &Fonts, text: &str, width: f32, style: Style) -> Paragraph {
        let mut words = std::mem::take(&mut self.words);
        let set = words.set(text, width, style, |word, width, style| {
            self.set(fonts, word, width, style, OverflowWrap::Normal)
        });
        self.words = words;
        set.unwrap_or_else(|| self.set(fonts, text, width, style, OverflowWrap::Anywhere))
    }
}

/// A text, the bits of its width and size, whether it is bold and at the end, its colour.
type Known = (String, [u32; 2], bool, bool, [u8; 3]);

pub struct Setter<'a> {
    fonts: &'a Fonts,
    /// Until it ends.
    tools: Option<Tools>,
    known: HashMap<Known, Rc<Paragraph>>,
}

impl Drop for Setter<'_> {
    fn drop(&mut self) {
        if let Some(tools) = self.tools.take() {
            self.fonts.give_back(tools);
        }
    }
}

impl<'a> Setter<'a> {
    pub fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            tools: Some(fonts.tools()),
            known: HashMap::new(),
        }
    }

    /// Says which texts are to come in this weight: their words are set at once, which takes less than one by one.
    pub fn expect<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>, style: Style) {
        let tools = self.tools.get_or_insert_with(|| self.fonts.tools());
        tools.learn(self.fonts, texts, style);
    }

    /// As [`Self::set`] does, for names and times: what stands in many places is set once.
    pub fn set_again(&mut self, text: &str, width: f32, style: Style) -> Rc<Paragraph> {
        let Style {
            size,
            bold,
            colour,
            at_end,
        } = style;
        let key = (text.to_owned(), [width.to_bits(), size.to_bits()], bold, at_end, colour);
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let set = Rc::new(self.set(text, width, style));
        self.known.insert(key, Rc::clone(&set));
        set
    }

    /// The text in lines no wider than `width`; a word that is wider breaks where it must.
    pub fn set(&mut self, text: &str, width: f32, style: Style) -> Paragraph {
        let tools = self.tools.get_or_insert_with(|| self.fonts.tools());
        tools.set_by_words(self.fonts, &printable(text), width, style)
    }
}

/// A text that is being taken from parley, glyph by glyph.
struct Drawing<'a> {
    fonts: &'a Fonts,
    text: &'a str,
    pieces: Vec<Piece>,
    glyphs: Vec<Glyph>,
    x: f32,
    /// Whether the newest piece of this run is of boxes.
    boxes: Option<bool>,
}

impl Drawing<'_> {
    /// A run's glyphs in the order they stand on the page, with what no font has as boxes.
    fn run(&mut self, glyphs: &GlyphRun<'_, ()>) {
        let run = glyphs.run();
        let face = self.fonts.face(run.font().data.id(), run.font().index);
        (self.x, self.boxes) = (glyphs.offset(), None);
        if !face.is_some_and(|face| self.plain(glyphs, face)) {
            self.clusters(run, face);
        }
    }

    /// Takes a run in which each letter has its glyph and each glyph its letter, as in most texts; false, and nothing is taken, where
    /// the fonts did anything else.
    fn plain(&mut self, glyphs: &GlyphRun<'_, ()>, face: &Face) -> bool {
        let run = glyphs.run();
        if run.is_rtl() {
            return false;
        }
        let size = run.font_size();
        let (pieces, before, mut at) = (self.pieces.len(), self.glyphs.len(), run.text_range().start);
        let mut letters = self.text[run.text_range()].chars();
        self.begin(Some(face));
        for glyph in glyphs.glyphs() {
            let letter = letters.next().map_or(usize::MAX, |letter| letter as usize);
            if glyph.id == 0 || face.plain.get(letter) != Some(&glyph.id) {
                at = usize::MAX;
                break;
            }
            let end = at + LENGTHS[usize::from(letter >= 0x80)];
            let part = |length| part(length, size, face.units_per_em);
            self.add(glyph.id, part(glyph.advance), part(glyph.x), part(-glyph.y), at..end);
            at = end;
        }
        let all = at == run.text_range().end;
        if !all {
            self.pieces.truncate(pieces);
            self.glyphs.truncate(before);
            self.boxes = None;
        }
        all
    }

    /// Takes a run cluster by cluster.
    fn clusters(&mut self, run: &Run<'_, ()>, face: Option<&Face>) {
        // Those that have glyphs, each with the texts these stand for as they come on the page: a ligature's are those of several.
        let mut ranges = Vec::new();
        let mut begun = None;
        for cluster in run.visual_clusters().filter(|cluster| !cluster.is_hard_line_break()) {
            let continues = cluster.is_ligature_continuation();
            if run.is_rtl() {
                // Right to left, what continues a ligature comes before what begins it.
                ranges.push(cluster.text_range());
                if !continues {
                    self.atom(run, face, &cluster, &ranges);
                    ranges.clear();
                }
            } else {
                if !continues && let Some(begun) = begun.replace(cluster) {
                    self.atom(run, face, &begun, &ranges);
                    ranges.clear();
                }
                ranges.push(cluster.text_range());
            }
        }
        if let Some(begun) = begun {
            self.atom(run, face, &begun, &ranges);
        }
    }

    fn atom(&mut self, run: &Run<'_, ()>, face: Option<&Face>, cluster: &Cluster<'_, ()>, ranges: &[Range<usize>]) {
        let count = cluster.glyphs().count();
        for (n, glyph) in cluster.glyphs().enumerate() {
            let face = face.filter(|_| glyph.id != 0);
            self.begin(face);
            self.x += glyph.advance;
            let units = face.map_or(1_000.0, |face| face.units_per_em);
            let part = |length| part(length, run.font_size(), units);
            // parley counts downwards, PDF upwards.
            let (advance, right, up) = (part(glyph.advance), part(glyph.x), part(-glyph.y));
            match face {
                None => {
                    let missing = &self.fonts.missing;
                    let range = stands_for(ranges, n, count);
                    self.add(missing.glyph, advance, (advance - missing.advance) / 2.0, 0.0, range);
                }
                Some(Face { space: Some(space), .. }) if run.is_rtl() && count == 1 && ranges.len() > 1 => {
                    // Readers put letters that stand for one glyph in the wrong order here: each gets a glyph, all but one empty.
                    let each = advance / ranges.len() as f32;
                    for (n, range) in ranges.iter().enumerate() {
                        let id = if n == 0 { glyph.id } else { *space };
                        self.add(id, each, if n == 0 { right } else { 0.0 }, up, range.clone());
                    }
                }
                Some(_) => self.add(glyph.id, advance, right, up, stands_for(ranges, n, count)),
            }
        }
    }

    /// Goes on in this face, or in that of the boxes.
    fn begin(&mut self, face: Option<&Face>) {
        if self.boxes != Some(face.is_none()) {
            self.boxes = Some(face.is_none());
            self.pieces.push(Piece {
                x: self.x,
                font: face.map_or(&self.fonts.missing.font, |face| &face.font).clone(),
                glyphs: self.glyphs.len()..self.glyphs.len(),
            });
        }
    }

    fn add(&mut self, id: u32, advance: f32, right: f32, up: f32, text: Range<usize>) {
        self.glyphs.push(Glyph {
            id,
            advance,
            right,
            up,
            // What is set is shorter than 4 GiB.
            text: (text.start as u32, text.end as u32),
        });
        if let Some(piece) = self.pieces.last_mut() {
            piece.glyphs.end = self.glyphs.len();
        }
    }
}

/// Bytes of a plain letter, ASCII and other.
const LENGTHS: [usize; 2] = [1, 2];

/// A length as part of the font's size. Fonts measure in whole units; what is beside them comes from calculating in sizes.
fn part(length: f32, size: f32, units_per_em: f32) -> f32 {
    if length == 0.0 {
        return 0.0;
    }
    let units = length / size * units_per_em;
    (units + 0.5_f32.copysign(units)).trunc() / units_per_em
}

/// The text of the nth glyph of so many. Where there are as many glyphs as texts each has its own, which readers of text that runs
/// from right to left need; else each stands for all of them.
fn stands_for(ranges: &[Range<usize>], n: usize, glyphs: usize) -> Range<usize> {
    if ranges.len() == glyphs {
        return ranges[n].clone();
    }
    let start = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    start..ranges.iter().map(|range| range.end).max().unwrap_or(start)
}

/// What fonts and the standards of archives can take: tabs become spaces, and code points that mean nothing to others a sign.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            '\u{FEFF}' => {}
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => out.push('\u{FFFD}'),
            _ if c as u32 & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}') => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    out
}
