//! Draws a document that is laid out, with the tags that tell a screen reader what is what.

use super::page::{ACROSS, Document, FOOT, HEIGHT, LEFT, Page, Part, QUIET, WIDTH};
use super::set::{Paragraph, Setter, Style};
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::Configuration;
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use std::num::NonZeroU16;

/// What stands at the foot of every page: a title, and which page it is.
pub struct Foot<'a> {
    pub title: &'a str,
    pub number: &'a dyn Fn(usize, usize) -> String,
}

pub fn draw(
    document: &Document,
    foot: &Foot<'_>,
    setter: &mut Setter<'_>,
    metadata: Metadata,
    configuration: Configuration,
) -> Result<Vec<u8>, KrillaError> {
    let mut pdf = krilla::Document::new_with(SerializeSettings {
        configuration,
        // [`super::pack`] does.
        compress_content_streams: false,
        ..SerializeSettings::default()
    });
    let mut marks: Vec<Vec<Identifier>> = document.paragraphs.iter().map(|_| Vec::new()).collect();
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).expect("a page has a size");
    let count = document.pages.len();
    for (n, page) in document.pages.iter().enumerate() {
        let mut out = pdf.start_page_with(settings.clone());
        let mut surface = out.surface();
        fills(page, &mut surface);
        // The lines of a paragraph that stand on one page are one piece to who hears it read out.
        for places in page.lines.chunk_by(|one, next| one.paragraph == next.paragraph) {
            let paragraph = places[0].paragraph;
            marks[paragraph].push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
            for place in places {
                line(
                    &document.paragraphs[paragraph],
                    place.line,
                    place.x,
                    place.y,
                    &mut surface,
                );
            }
            surface.end_tagged();
        }
        let number = (foot.number)(n + 1, count);
        for (text, kind, at_end) in [
            (foot.title, ArtifactType::Footer, false),
            (&number, ArtifactType::PageNumber, true),
        ] {
            let style = Style {
                size: 8.0,
                bold: false,
                colour: QUIET,
                at_end,
            };
            let set = setter.set_again(text, ACROSS - if at_end { 0.0 } else { 90.0 }, style);
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
            // A title that takes several lines ends after the first.
            line(&set, 0, LEFT, FOOT, &mut surface);
            surface.end_tagged();
        }
        surface.finish();
        out.finish();
    }
    let mut tree = TagTree::new();
    for part in &document.parts {
        tree.push(tagged(part, document, &mut marks));
    }
    let mut outline = Outline::new();
    for (title, page, y) in &document.outline {
        let destination = XyzDestination::new(*page, Point::from_xy(LEFT, *y));
        outline.push_child(OutlineNode::new(title.clone(), destination));
    }
    pdf.set_tag_tree(tree);
    pdf.set_outline(outline);
    pdf.set_metadata(metadata);
    pdf.finish()
}

fn fills(page: &Page, surface: &mut Surface<'_>) {
    for ([x, y, width, height], colour) in &page.fills {
        let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) else {
            continue;
        };
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        let Some(path) = path.finish() else { continue };
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.set_fill(Some(fill(*colour)));
        surface.draw_path(&path);
        surface.end_tagged();
    }
}

fn line(paragraph: &Paragraph, line: usize, x: f32, y: f32, surface: &mut Surface<'_>) {
    surface.set_fill(Some(fill(paragraph.colour)));
    for (right, font, glyphs) in paragraph.line(line) {
        let start = Point::from_xy(x + right, y);
        surface.draw_glyphs(start, glyphs, font.clone(), &paragraph.text, paragraph.size, false);
    }
}

fn fill([red, green, blue]: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }
}

fn tagged(part: &Part, document: &Document, marks: &mut [Vec<Identifier>]) -> TagGroup {
    match part {
        Part::Heading(level, paragraph) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            let title = document.paragraphs[*paragraph].text.clone();
            group(Tag::Hn(level, Some(title)), &[*paragraph], marks)
        }
        Part::Text(paragraphs) => group(Tag::P, paragraphs, marks),
        Part::Facts(rows) => {
            let mut table = TagGroup::new(Tag::Table);
            for (label, values) in rows {
                let mut row = TagGroup::new(Tag::TR);
                row.push(group(Tag::TH(TableHeaderScope::Row), &[*label], marks));
                let mut cell = TagGroup::new(Tag::TD);
                values
                    .iter()
                    .for_each(|value| cell.push(group(Tag::P, &[*value], marks)));
                row.push(cell);
                table.push(row);
            }
            table
        }
        Part::Section(parts) => {
            let mut section = TagGroup::new(Tag::Section);
            parts
                .iter()
                .for_each(|part| section.push(tagged(part, document, marks)));
            section
        }
    }
}

fn group(tag: impl Into<TagKind>, paragraphs: &[usize], marks: &mut [Vec<Identifier>]) -> TagGroup {
    let mut group = TagGroup::new(tag);
    for paragraph in paragraphs {
        marks[*paragraph].drain(..).for_each(|mark| group.push(mark));
    }
    group
}
