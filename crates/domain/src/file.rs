//! Files in chats: what may be sent, and what it is called.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Longest file in bytes.
pub const SIZE_MAX: u64 = 20 * 1024 * 1024;
/// Most pixels of a picture: browsers decode what they show, and a small file may hold a large picture.
pub const PIXELS_MAX: u64 = 40_000_000;
/// Longest name in code points.
pub const NAME_MAX: usize = 120;
/// What has no name of its own.
const NAMELESS: &str = "file";

words! {
    /// What a content was found to be. Nothing that a browser or a system would run.
    pub enum FileType {
        Png = "image/png",
        Jpeg = "image/jpeg",
        Gif = "image/gif",
        Webp = "image/webp",
        Pdf = "application/pdf",
        Text = "text/plain",
        Csv = "text/csv",
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Odt = "application/vnd.oasis.opendocument.text",
        Ods = "application/vnd.oasis.opendocument.spreadsheet",
        Odp = "application/vnd.oasis.opendocument.presentation",
        Zip = "application/zip",
        Mp3 = "audio/mpeg",
        Ogg = "audio/ogg",
        Mp4 = "video/mp4",
        Webm = "video/webm",
    }
}

impl FileType {
    /// How names of this type end; the first is the usual one.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Pdf => &["pdf"],
            Self::Text => &["txt", "text", "log", "md", "json"],
            Self::Csv => &["csv"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
            Self::Zip => &["zip"],
            Self::Mp3 => &["mp3"],
            Self::Ogg => &["ogg", "oga"],
            Self::Mp4 => &["mp4"],
            Self::Webm => &["webm"],
        }
    }

    /// Shown where it stands; everything else is only ever saved.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::Webp)
    }

    /// Of those whose content is text, or a ZIP archive, the name tells which one it is: nothing at a fixed place in it does.
    pub fn told_by_name(self, name: &str) -> Self {
        let named = |candidates: &[Self]| {
            let ending = ending(name).unwrap_or_default();
            candidates
                .iter()
                .copied()
                .find(|kind| kind.endings().contains(&ending.as_str()))
        };
        match self {
            Self::Text => named(&[Self::Csv]).unwrap_or(self),
            Self::Zip => named(&[Self::Docx, Self::Xlsx, Self::Pptx, Self::Odt, Self::Ods, Self::Odp]).unwrap_or(self),
            _ => self,
        }
    }
}

/// A file that was sent, as its entry tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct File {
    /// Made by [`name`].
    pub name: String,
    pub kind: FileType,
    pub size_bytes: u64,
    /// SHA-256 of the content, by which it is kept.
    pub hash: [u8; 32],
    /// Width and height in pixels; of pictures.
    pub pixels: Option<(u32, u32)>,
}

/// A name as it is stored: without path, one line, without what hides or turns around how it ends, at most [`NAME_MAX`] long, and
/// with an ending that fits the type, so that no system takes it for something else when it is opened.
pub fn name(given: &str, kind: FileType) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !is_hidden(*c)).nfc().map(usual).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_matches(['.', ' ']);
    let fitting = ending(plain).filter(|ending| kind.endings().contains(&ending.as_str()));
    let (stem, ending) = match fitting {
        Some(ending) => (&plain[..plain.len() - ending.len() - 1], ending),
        None => (plain, kind.endings()[0].to_owned()),
    };
    let stem = shortened(stem, NAME_MAX - ending.len() - 1);
    let stem = stem.trim_end_matches(['.', ' ']);
    let stem = if stem.is_empty() { NAMELESS } else { stem };
    format!("{stem}.{ending}")
}

/// In lower case, without the dot.
fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(ending.to_ascii_lowercase())
}

/// Control characters, those that turn the direction of text, and marks that nobody sees.
fn is_hidden(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let unseen = matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}'
    );
    c.is_control() || turns || unseen
}

/// What file systems keep for themselves is an underscore.
fn usual(c: char) -> char {
    if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') {
        '_'
    } else {
        c
    }
}

/// The beginning, with whole characters as people see them.
fn shortened(text: &str, limit: usize) -> &str {
    let mut count = 0;
    let fits = |(_, grapheme): &(usize, &str)| {
        count += grapheme.chars().count();
        count <= limit
    };
    let end = text.grapheme_indices(true).take_while(fits).last();
    end.map_or("", |(at, grapheme)| &text[..at + grapheme.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_what_people_read_and_its_ending() {
        for (given, stored) in [
            ("fahrrad.png", "fahrrad.png"),
            ("Foto von Priya.PNG", "Foto von Priya.png"),
            ("Ångström ☂ 写真.png", "Ångström ☂ 写真.png"),
            ("C:\\Users\\hanne\\foto.png", "foto.png"),
            ("../../etc/passwd", "passwd.png"),
            ("/", "file.png"),
            ("", "file.png"),
            ("...", "file.png"),
            (".png", "png.png"),
            ("a\r\nSet-Cookie: b=c.png", "aSet-Cookie_ b=c.png"),
            ("a\u{0}b\u{7f}.png", "ab.png"),
            ("gnp.\u{202e}exe.png", "gnp.exe.png"),
            ("foto\u{202e}gnp.exe", "fotognp.exe.png"),
            ("foto.png.exe", "foto.png.exe.png"),
            ("foto.png. . ", "foto.png"),
            ("\"quoted\" <b>?.png", "_quoted_ _b__.png"),
        ] {
            assert_eq!(name(given, FileType::Png), stored, "{given:?}");
        }
    }

    #[test]
    fn the_ending_fits_the_type_whatever_was_given() {
        assert_eq!(name("seite.html", FileType::Text), "seite.html.txt");
        assert_eq!(name("seite.svg", FileType::Text), "seite.svg.txt");
        assert_eq!(name("brief.docm", FileType::Docx), "brief.docm.docx");
        assert_eq!(name("foto.jpeg", FileType::Jpeg), "foto.jpeg");
        assert_eq!(name("server.log", FileType::Text), "server.log");
    }

    #[test]
    fn a_long_name_is_cut_between_whole_characters_and_keeps_its_ending() {
        let cut = name(&format!("{}.pdf", "a".repeat(4_000)), FileType::Pdf);
        assert_eq!(cut.chars().count(), NAME_MAX);
        assert!(cut.ends_with("a.pdf"));
        // A family of seven code points each.
        let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}";
        let cut = name(&family.repeat(100), FileType::Pdf);
        let stem = cut.strip_suffix(".pdf").unwrap();
        assert_eq!(stem, family.repeat(16));
    }

    #[test]
    fn which_text_or_archive_it_is_the_name_tells() {
        assert_eq!(FileType::Text.told_by_name("liste.CSV"), FileType::Csv);
        assert_eq!(FileType::Zip.told_by_name("brief.docx"), FileType::Docx);
        assert_eq!(FileType::Zip.told_by_name("bilder.zip"), FileType::Zip);
        assert_eq!(FileType::Zip.told_by_name("foto.png"), FileType::Zip);
        assert_eq!(FileType::Png.told_by_name("liste.csv"), FileType::Png);
        assert_eq!(FileType::Text.told_by_name("seite.html"), FileType::Text);
    }
}
