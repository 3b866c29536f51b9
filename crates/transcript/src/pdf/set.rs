//! Sets a text into lines of glyphs.

use super::fonts::{Face, Fonts, Han};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::layout::{Alignment, AlignmentOptions, Cluster, Run};
use parley::style::{FontFamily, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{FontContext, Layout, LayoutContext};
use std::borrow::Cow;
use std::mem;
use std::ops::Range;

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
}

pub struct Line {
    pub height: f32,
    /// From the top of the line.
    pub baseline: f32,
    pub pieces: Vec<Piece>,
}

/// Glyphs of one font, beginning at `x`.
pub struct Piece {
    pub x: f32,
    pub font: Font,
    pub glyphs: Vec<KrillaGlyph>,
}

pub struct Setter<'a> {
    fonts: &'a Fonts,
    context: FontContext,
    scratch: LayoutContext<()>,
}

impl<'a> Setter<'a> {
    pub fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            context: fonts.context(),
            scratch: LayoutContext::new(),
        }
    }

    /// The text in lines no wider than `width`; a word that is wider breaks where it must.
    pub fn set(&mut self, text: &str, width: f32, style: Style) -> Paragraph {
        let text = printable(text);
        let families = Cow::Borrowed(self.fonts.families(Han::of(&text)));
        let mut builder = self.scratch.ranged_builder(&mut self.context, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(families)));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.45)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let weight = if style.bold {
            FontWeight::BOLD
        } else {
            FontWeight::NORMAL
        };
        builder.push_default(StyleProperty::FontWeight(weight));
        let mut layout: Layout<()> = builder.build(&text);
        layout.break_all_lines(Some(width));
        let alignment = if style.at_end { Alignment::End } else { Alignment::Start };
        layout.align(alignment, AlignmentOptions::default());
        let lines = layout.lines().map(|line| {
            let metrics = *line.metrics();
            let mut x = metrics.offset + metrics.inline_min_coord;
            let mut pieces = Vec::new();
            for run in line.runs() {
                self.pieces(&run, x, &mut pieces);
                x += run.advance();
            }
            Line {
                height: metrics.line_height,
                baseline: metrics.baseline - metrics.block_min_coord,
                pieces,
            }
        });
        let lines = lines.collect();
        Paragraph {
            text,
            colour: style.colour,
            size: style.size,
            lines,
        }
    }

    /// A run's glyphs in the order they stand on the page, with what no font has as boxes.
    fn pieces(&self, run: &Run<'_, ()>, mut x: f32, pieces: &mut Vec<Piece>) {
        let (size, missing) = (run.font_size(), &self.fonts.missing);
        let face = self.fonts.face(run.font().data.id(), run.font().index);
        let mut boxes: Option<bool> = None;
        for (ranges, cluster) in atoms(run) {
            let count = cluster.glyphs().count();
            for (n, glyph) in cluster.glyphs().enumerate() {
                let face = face.filter(|_| glyph.id != 0);
                if boxes != Some(face.is_none()) {
                    boxes = Some(face.is_none());
                    let font = face.map_or(&missing.font, |face| &face.font).clone();
                    let glyphs = Vec::new();
                    pieces.push(Piece { x, font, glyphs });
                }
                let Some(Piece { glyphs, .. }) = pieces.last_mut() else {
                    continue;
                };
                x += glyph.advance;
                let advance = glyph.advance / size;
                let mut add = |id, advance, right, up, range| {
                    glyphs.push(KrillaGlyph::new(GlyphId::new(id), advance, right, up, 0.0, range, None));
                };
                // parley counts downwards, PDF upwards.
                let (right, up) = (glyph.x / size, -glyph.y / size);
                match face {
                    None => {
                        let range = stands_for(&ranges, n, count);
                        add(missing.glyph, advance, (advance - missing.advance) / 2.0, 0.0, range);
                    }
                    Some(Face { space: Some(space), .. }) if run.is_rtl() && count == 1 && ranges.len() > 1 => {
                        // Readers put letters that stand for one glyph in the wrong order here: each gets a glyph, all but one empty.
                        let each = advance / ranges.len() as f32;
                        for (n, range) in ranges.iter().enumerate() {
                            let id = if n == 0 { glyph.id } else { *space };
                            add(id, each, if n == 0 { right } else { 0.0 }, up, range.clone());
                        }
                    }
                    Some(_) => add(glyph.id, advance, right, up, stands_for(&ranges, n, count)),
                }
            }
        }
    }
}

/// The clusters that have glyphs, each with the texts these stand for as they come on the page: a ligature's are those of several.
fn atoms<'a>(run: &Run<'a, ()>) -> Vec<(Vec<Range<usize>>, Cluster<'a, ()>)> {
    let mut atoms: Vec<(Vec<Range<usize>>, Cluster<'a, ()>)> = Vec::new();
    // Right to left, what continues a ligature comes before what begins it.
    let mut before = Vec::new();
    for cluster in run.visual_clusters().filter(|cluster| !cluster.is_hard_line_break()) {
        let range = cluster.text_range();
        if !cluster.is_ligature_continuation() {
            before.push(range);
            atoms.push((mem::take(&mut before), cluster));
        } else if cluster.is_rtl() {
            before.push(range);
        } else if let Some((ranges, _)) = atoms.last_mut() {
            ranges.push(range);
        }
    }
    atoms
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
