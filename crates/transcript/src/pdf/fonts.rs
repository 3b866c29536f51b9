//! The fonts a PDF is set in: some are in the program, larger ones lie in a folder beside it. The system's are never asked, so that
//! the same transcript is the same bytes everywhere.

use super::set::Tools;
use krilla::text::Font;
use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, FamilyId, FontInfo};
use parley::style::GenericFamily;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::{fs, io};

/// Latin, Greek, Cyrillic; Arabic, Hebrew, Devanagari, Thai: 1.1 MB. Noto, under `fonts/OFL.txt`.
const OWN: &[&[u8]] = &[
    include_bytes!("../../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansThai-Regular.ttf"),
];

/// Latin, Greek, Cyrillic come before.
const PLAIN_END: char = '\u{530}';

/// Stands for what no font has.
const BOX: [char; 2] = ['\u{25A1}', '\u{FFFD}'];

/// What a folder may hold, so that a wrong one does not fill the memory.
pub const FILES_MAX: usize = 32;
pub const FOLDER_MAX_BYTES: u64 = 128 << 20;

/// Tools that wait for the next document.
const TOOLS_KEPT: usize = 2;

/// All fonts, read once and shared by every rendering.
pub struct Fonts {
    context: FontContext,
    /// By what parley calls them: the file and the face in it.
    faces: HashMap<(u64, u32), Face>,
    /// Of documents that are done, for the next ones.
    tools: Mutex<Vec<Tools>>,
    pub(super) missing: Missing,
    digest: [u8; 32],
}

pub(super) struct Face {
    pub font: Font,
    pub units_per_em: f32,
    pub space: Option<u32>,
    /// The glyphs of the first code points, by these; zero where there is none.
    pub plain: Vec<u32>,
}

/// The glyph drawn where no font has one.
pub(super) struct Missing {
    pub font: Font,
    pub glyph: u32,
    /// Of the font's size.
    pub advance: f32,
}

/// Whose letters a text prefers where Chinese, Japanese and Korean share a code point.
#[derive(Clone, Copy)]
pub(super) enum Han {
    Chinese,
    Japanese,
    Korean,
}

impl Fonts {
    /// The fonts in the program, and all of a folder: `.ttf`, `.otf` and `.ttc`, by name.
    pub fn with(folder: Option<&Path>) -> io::Result<Self> {
        let own = OWN
            .iter()
            .map(|font| Arc::new(*font) as Arc<dyn AsRef<[u8]> + Send + Sync>);
        let mut files: Vec<_> = own.collect();
        if let Some(folder) = folder {
            files.extend(read(folder)?);
        }
        Self::of(files)
    }

    fn of(files: Vec<Arc<dyn AsRef<[u8]> + Send + Sync>>) -> io::Result<Self> {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        let mut digest = Sha256::new();
        let (mut faces, mut families): (HashMap<_, Face>, Vec<FamilyId>) = (HashMap::new(), Vec::new());
        let mut missing = None;
        for file in files {
            digest.update((*file).as_ref());
            let blob = Blob::new(Arc::clone(&file));
            for (family, fonts) in collection.register_fonts(blob.clone(), None) {
                for font in fonts {
                    let face =
                        Font::new(Arc::clone(&file).into(), font.index()).ok_or_else(|| unfit("cannot be read"))?;
                    missing = missing.or_else(|| Missing::of(&font, &face, (*file).as_ref()));
                    faces.insert((blob.id(), font.index()), Face::of(&font, face, (*file).as_ref()));
                }
                families.push(family);
            }
        }
        families.dedup();
        for han in [Han::Chinese, Han::Japanese, Han::Korean] {
            // Stable: what is no such font stays where it is, before them.
            families.sort_by_key(|family| han.place(collection.family_name(*family).unwrap_or_default()));
            collection.set_generic_families(han.family(), families.iter().copied());
        }
        Ok(Self {
            context: FontContext {
                collection,
                source_cache: Default::default(),
            },
            tools: Mutex::default(),
            faces,
            missing: missing.ok_or_else(|| unfit("have no sign for what is missing"))?,
            digest: digest.finalize().into(),
        })
    }

    /// For setting text in these fonts and no others.
    pub(super) fn tools(&self) -> Tools {
        let kept = self.tools.lock().ok().and_then(|mut tools| tools.pop());
        kept.unwrap_or_else(|| Tools::new(self.context.clone()))
    }

    pub(super) fn give_back(&self, tools: Tools) {
        if let Ok(mut kept) = self.tools.lock()
            && kept.len() < TOOLS_KEPT
        {
            kept.push(tools);
        }
    }

    pub(super) fn face(&self, file: u64, index: u32) -> Option<&Face> {
        self.faces.get(&(file, index))
    }

    /// Tells these fonts from others.
    pub(super) fn digest(&self) -> &[u8] {
        &self.digest
    }
}

impl Face {
    fn of(info: &FontInfo, font: Font, data: &[u8]) -> Self {
        let charmap = info.charmap_index().charmap(data);
        let glyph = |c| charmap.as_ref().and_then(|charmap| charmap.map(c));
        Self {
            units_per_em: font.units_per_em(),
            font,
            space: glyph(' '),
            plain: ('\0'..PLAIN_END).map(|c| glyph(c).unwrap_or(0)).collect(),
        }
    }
}

impl Missing {
    fn of(info: &FontInfo, face: &Font, data: &[u8]) -> Option<Self> {
        let charmap = info.charmap_index().charmap(data)?;
        let glyph = BOX
            .iter()
            .find_map(|sign| charmap.map(*sign).filter(|glyph| *glyph != 0))?;
        Some(Self {
            font: face.clone(),
            glyph,
            advance: 0.6,
        })
    }
}

impl Han {
    /// Kana are Japanese, Hangul is Korean; without either it is Chinese.
    pub fn of(text: &str) -> Self {
        let find = |wanted: fn(char) -> bool| text.chars().any(wanted);
        if find(|c| matches!(c, '\u{3040}'..='\u{30FF}')) {
            Self::Japanese
        } else if find(|c| matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}')) {
            Self::Korean
        } else {
            Self::Chinese
        }
    }

    /// The name under which parley finds all fonts, in the order for these letters; what names mean is ours to say, and each is
    /// found without reading the names of all the fonts again.
    pub fn family(self) -> GenericFamily {
        match self {
            Self::Chinese => GenericFamily::SansSerif,
            Self::Japanese => GenericFamily::UiSansSerif,
            Self::Korean => GenericFamily::SystemUi,
        }
    }

    fn place(self, name: &str) -> u8 {
        let ending = match self {
            Self::Chinese => " SC",
            Self::Japanese => " JP",
            Self::Korean => " KR",
        };
        match name.contains("CJK") {
            false => 0,
            true if name.ends_with(ending) && !name.contains("Mono") => 1,
            true => 2,
        }
    }
}

fn read(folder: &Path) -> io::Result<Vec<Arc<dyn AsRef<[u8]> + Send + Sync>>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
        if ending.is_some_and(|ending| ["ttf", "otf", "ttc"].iter().any(|known| ending == *known)) {
            paths.push(path);
        }
    }
    paths.sort();
    let mut bytes = 0;
    for path in &paths {
        bytes += fs::metadata(path)?.len();
    }
    if paths.len() > FILES_MAX || bytes > FOLDER_MAX_BYTES {
        return Err(unfit("are too many: 32 files and 128 MiB fit"));
    }
    let read = |path| Ok(Arc::new(fs::read(path)?) as Arc<dyn AsRef<[u8]> + Send + Sync>);
    paths.iter().map(read).collect()
}

fn unfit(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the fonts {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_in_the_program_are_small() {
        let bytes: usize = OWN.iter().map(|font| font.len()).sum();
        assert!(bytes < 1_100_000, "{bytes} bytes");
    }
}
