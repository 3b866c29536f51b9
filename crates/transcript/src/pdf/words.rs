//! Sets what is written in plain letters out of words that were set before.
//!
//! A word in such letters looks the same wherever it stands, and lines break between words: the glyphs are parley's, word by word, and the
//! breaks within a word as well. What is not surely so is set as a whole.

use super::set::{Glyph, Line, Paragraph, Piece, Style};
use foldhash::fast::RandomState;
use krilla::text::Font;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Words kept of each weight, about 300 bytes each: more than a chat of thousands of messages has.
const KEPT: usize = 16_384;
/// The longest word that is kept, in bytes.
const LONGEST: usize = 40;
/// Words that parley sets at a time: most of what one takes is the same for many.
const AT_A_TIME: usize = 256;

#[derive(Default)]
pub struct Words {
    /// Regular and bold ones.
    known: [Known; 2],
    /// Height and baseline of lines, by size and weight.
    lines: HashMap<(u32, bool), (f32, f32)>,
}

/// Words, of which those that are asked for stay: what was not since half as many as are kept came goes.
#[derive(Default)]
struct Known {
    /// `None` for what is not plain.
    newer: HashMap<Box<str>, Option<Word>, RandomState>,
    older: HashMap<Box<str>, Option<Word>, RandomState>,
}

impl Known {
    /// Whether it is known; then it stays.
    fn has(&mut self, word: &str) -> bool {
        if self.newer.contains_key(word) {
            return true;
        }
        let Some((word, is)) = self.older.remove_entry(word) else {
            return false;
        };
        self.keep(word, is);
        true
    }

    fn keep(&mut self, word: Box<str>, is: Option<Word>) {
        if self.newer.len() >= KEPT / 2 {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(word, is);
    }

    fn get(&self, word: &str) -> Option<&Option<Word>> {
        self.newer.get(word).or_else(|| self.older.get(word))
    }
}

struct Word {
    font: Font,
    /// Their texts are counted from the beginning of the word.
    glyphs: Box<[Glyph]>,
    /// Before which of its glyphs a line may break, beside the first.
    breaks: Box<[usize]>,
}

impl Words {
    /// Sets the words of these texts that are not known yet, as many as are kept. `set` sets a text by parley, with breaks only where the
    /// text has them.
    pub fn learn<'t>(
        &mut self,
        texts: impl IntoIterator<Item = &'t str>,
        style: Style,
        mut set: impl FnMut(&str, f32, Style) -> Paragraph,
    ) {
        let known = &mut self.known[usize::from(style.bold)];
        if !known.has(" ") {
            known.keep(" ".into(), Word::of(&set(" ", 0.0, style), 0..1));
        }
        let words = texts.into_iter().flat_map(|text| text.split([' ', '\n']));
        let mut unknown = HashSet::new();
        let mut new = Vec::new();
        for word in words {
            if new.len() >= KEPT / 2 {
                break;
            }
            let may = !word.is_empty() && word.len() <= LONGEST && !known.has(word) && word.chars().all(is_plain);
            if may && unknown.insert(word) {
                new.push(word);
            }
        }
        for words in new.chunks(AT_A_TIME) {
            // As narrow as can be: wherever a line may break it does.
            let set = set(&words.join(" "), 0.0, style);
            let mut at = 0;
            for word in words {
                known.keep((*word).into(), Word::of(&set, at..at + word.len()));
                at += word.len() + 1;
            }
        }
    }

    /// The text in lines no wider than `width`; `None` where it has to be set as a whole. `set` is as for [`Self::learn`].
    pub fn set(
        &mut self,
        text: &str,
        width: f32,
        style: Style,
        mut set: impl FnMut(&str, f32, Style) -> Paragraph,
    ) -> Option<Paragraph> {
        if style.at_end || text.is_empty() || text.ends_with('\n') || !text.chars().all(is_plain) {
            return None;
        }
        let (height, baseline) = *self.lines.entry((style.size.to_bits(), style.bold)).or_insert_with(|| {
            let line = set("x", f32::INFINITY, style);
            line.lines
                .first()
                .map_or((0.0, 0.0), |line| (line.height, line.baseline))
        });
        let weight = usize::from(style.bold);
        let mut whole = Whole {
            font: None,
            paragraph: Paragraph {
                text: text.to_owned(),
                colour: style.colour,
                size: style.size,
                lines: Vec::new(),
                pieces: Vec::new(),
                glyphs: Vec::with_capacity(text.len()),
            },
            breaks: Vec::new(),
        };
        let mut at = 0;
        for part in text.split('\n') {
            let first = whole.paragraph.glyphs.len();
            let mut before = None;
            for word in part.split_inclusive(' ') {
                let letters = word.strip_suffix(' ').unwrap_or(word);
                if !may_follow(before, letters) {
                    return None;
                }
                before = letters.chars().next_back().or(before);
                for piece in [letters, &word[letters.len()..]] {
                    if piece.is_empty() {
                        continue;
                    }
                    if piece.len() > LONGEST {
                        return None;
                    }
                    if !self.known[weight].has(piece) {
                        self.learn([&text[at..]], style, &mut set);
                    }
                    whole.add(self.known[weight].get(piece)?.as_ref()?, at, piece != " ")?;
                    at += piece.len();
                }
            }
            whole.break_lines(first, width, height, baseline)?;
            at += 1;
        }
        Some(whole.paragraph)
    }
}

impl Word {
    /// Of a part of a text that was set in as many lines as it may have.
    fn of(set: &Paragraph, part: Range<usize>) -> Option<Self> {
        let (start, end) = (part.start as u32, part.end as u32);
        let first = set.glyphs.partition_point(|glyph| glyph.text.0 < start);
        let last = first + set.glyphs[first..].partition_point(|glyph| glyph.text.0 < end);
        let mut pieces = (set.pieces.partition_point(|piece| piece.glyphs.end <= first)..)
            .map_while(|n| set.pieces.get(n).map(|piece| (n, piece)))
            .take_while(|(_, piece)| piece.glyphs.start < last);
        let font = pieces.next()?.1.font.clone();
        let begins_line = |n| set.lines.binary_search_by_key(&n, |line| line.pieces.start).is_ok();
        let breaks: Option<Box<[usize]>> = pieces
            .map(|(n, piece)| (piece.font == font && begins_line(n)).then(|| piece.glyphs.start - first))
            .collect();
        let glyphs = set.glyphs[first..last].iter().map(|glyph| Glyph {
            text: (glyph.text.0 - start, glyph.text.1 - start),
            ..*glyph
        });
        Some(Self {
            font,
            glyphs: glyphs.collect(),
            breaks: breaks?,
        })
    }
}

/// A text that is being put together.
struct Whole {
    font: Option<Font>,
    paragraph: Paragraph,
    /// Before which glyphs a line may break, in order.
    breaks: Vec<usize>,
}

impl Whole {
    /// A word that begins at a byte of the text. Before letters a line may break.
    fn add(&mut self, word: &Word, at: usize, has_letters: bool) -> Option<()> {
        if *self.font.get_or_insert_with(|| word.font.clone()) != word.font {
            return None;
        }
        let glyphs = &mut self.paragraph.glyphs;
        if has_letters {
            self.breaks.push(glyphs.len());
            self.breaks.extend(word.breaks.iter().map(|one| glyphs.len() + one));
        }
        glyphs.extend(word.glyphs.iter().map(|glyph| Glyph {
            text: (glyph.text.0 + at as u32, glyph.text.1 + at as u32),
            ..*glyph
        }));
        Some(())
    }

    /// Breaks the glyphs from the first one on as parley does: what does not fit goes on in the next line from where it may, and spaces
    /// hang over the edge. `None` where a word is wider than a line.
    fn break_lines(&mut self, first: usize, width: f32, height: f32, baseline: f32) -> Option<()> {
        let Paragraph { text, size, glyphs, .. } = &self.paragraph;
        let (mut begun, mut at, mut x, mut next_break, mut may) = (first, first, 0.0, 0, None);
        let mut ends = Vec::new();
        while let Some(glyph) = glyphs.get(at) {
            if self.breaks.get(next_break) == Some(&at) {
                next_break += 1;
                if at > begun {
                    may = Some(next_break);
                }
            }
            let next: f32 = x + glyph.advance * size;
            if next <= width || text.as_bytes().get(glyph.text.0 as usize) == Some(&b' ') {
                (x, at) = (next, at + 1);
                continue;
            }
            next_break = may.take()?;
            let end = self.breaks[next_break - 1];
            ends.push(begun..end);
            (begun, at, x) = (end, end, 0.0);
        }
        self.breaks.clear();
        ends.push(begun..glyphs.len());
        for glyphs in ends {
            let pieces = self.paragraph.pieces.len();
            if let Some(font) = self.font.as_ref().filter(|_| !glyphs.is_empty()) {
                self.paragraph.pieces.push(Piece {
                    x: 0.0,
                    font: font.clone(),
                    glyphs,
                });
            }
            self.paragraph.lines.push(Line {
                height,
                baseline,
                pieces: pieces..self.paragraph.pieces.len(),
            });
        }
        Some(())
    }
}

/// Letters, digits and signs that are written from left to right, and whose look is decided within a word.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' | '–' | '’' | '…' | '€')
}

/// Whether a line may surely break before a word that follows a space, by what stands before that space (UAX #14: LB 18, where no rule
/// before it speaks of spaces).
fn may_follow(before: Option<char>, word: &str) -> bool {
    let Some(first) = word.chars().next() else {
        // Another space.
        return before.is_some();
    };
    let begins = first.is_alphanumeric() || matches!(first, '(' | '#' | '@' | '+' | '€' | '$');
    match before {
        None => true,
        Some(before) => begins && !matches!(before, '(' | '[' | '{' | '"' | '\'' | '’' | '–'),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Fonts;
    use super::*;
    use parley::style::OverflowWrap;
    use proof::Lane;
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    const TEXT: Style = Style {
        size: 10.0,
        bold: false,
        colour: [0; 3],
        at_end: false,
    };

    /// A line, a glyph, its text.
    type Stands = (usize, u32, (u32, u32));

    /// Where each glyph stands, and how far from the edge.
    fn places(set: &Paragraph) -> (Vec<Stands>, Vec<f32>) {
        let mut places = (Vec::new(), Vec::new());
        for n in 0..set.lines.len() {
            for (mut x, _, glyphs) in set.line(n) {
                for glyph in glyphs {
                    places.0.push((n, glyph.id, glyph.text));
                    places.1.push(x + glyph.right * set.size);
                    x += glyph.advance * set.size;
                }
            }
        }
        places
    }

    /// Within what calculating in another order makes.
    fn are_the_same(one: impl Iterator<Item = f32>, other: impl Iterator<Item = f32>) -> bool {
        one.zip(other).all(|(one, other)| (one - other).abs() < 0.01)
    }

    #[test]
    fn words_put_together_stand_where_the_whole_text_has_them() {
        let lane = Lane::part("transcripts", "words put together stand where the whole text has them");
        let fonts = Fonts::with(None).expect("fonts");
        let mut tools = fonts.tools();
        let mut words = Words::default();
        let piece = prop_oneof![
            16 => "[a-zA-Z]{1,12}",
            2 => "[A-Z][a-zé]{0,3}[.,:;!?)]?",
            2 => "[0-9]{1,4}([-/:.,][0-9]{2})?",
            1 => "[!-~]{1,6}",
            1 => "[À-ÖØ-öø-ſ–’…€(\"'A-Z]{1,5}",
            1 => "(office|AVATAR|To|Te|fi|ff|https://a.example/b-c?d=e|well-known|f’f)",
        ];
        let joined =
            prop_oneof![12 => Just(" "), 1 => Just("  "), 1 => Just("\n"), 1 => Just("\n\n"), 1 => Just(" \n")];
        let texts = proptest::collection::vec((piece, joined), 1..40);
        let wholes = (
            texts,
            60.0_f32..400.0,
            any::<bool>(),
            prop_oneof![Just(10.0_f32), Just(9.0)],
        );
        let (mut by_words, mut lines) = (0_u64, 0_u64);
        let cases = Config {
            cases: 3_000 * proof::scale() as u32,
            failure_persistence: None,
            ..Config::default()
        };
        let counts = std::cell::RefCell::new((&mut tools, &mut words, &mut by_words, &mut lines));
        let result = TestRunner::new(cases).run(&wholes, |(parts, width, bold, size)| {
            lane.case();
            let text: String = parts
                .iter()
                .flat_map(|(piece, joined)| [piece.as_str(), joined])
                .collect();
            let style = Style { size, bold, ..TEXT };
            let (tools, words, by_words, lines) = &mut *counts.borrow_mut();
            let set = words.set(&text, width, style, |word, width, style| {
                tools.set(&fonts, word, width, style, OverflowWrap::Normal)
            });
            if let Some(set) = set {
                let whole = tools.set(&fonts, &text, width, style, OverflowWrap::Anywhere);
                **by_words += 1;
                **lines += set.lines.len() as u64;
                let ((one, ones), (other, others)) = (places(&set), places(&whole));
                prop_assert_eq!(one, other, "{:?}", text);
                let lengths =
                    |set: &Paragraph| -> Vec<_> { set.lines.iter().flat_map(|it| [it.height, it.baseline]).collect() };
                let (high, highs) = (lengths(&set), lengths(&whole));
                prop_assert_eq!(high.len(), highs.len(), "{:?}", text);
                prop_assert!(
                    are_the_same(ones.into_iter().chain(high), others.into_iter().chain(highs)),
                    "{:?}",
                    text
                );
            }
            Ok(())
        });
        if let Err(found) = result {
            lane.violation(found.to_string());
        }
        assert!(by_words > 500, "{by_words} texts were of words");
        lane.figure("texts_of_words", by_words);
        lane.figure("lines", lines);
        lane.finish();
    }
}
