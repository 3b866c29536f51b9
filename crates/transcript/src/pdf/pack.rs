//! Compresses the streams of a file that krilla finished.
//!
//! krilla can do so itself, page by page, each with a state of its own and at a level that takes a quarter of all the time of a document; here it
//! is a tenth, and files are a tenth larger. See decision 0027.

use flate2::{Compress, Compression, FlushCompress, Status};
use std::io::Write;
use std::ops::Range;

/// How an entry of the table of objects is written (ISO 32000-1, 7.5.4): ten digits of where, five of which, a letter.
const ENTRY: usize = 20;
/// Every stream's dictionary ends so; that of a page's content says nothing but its length.
const STREAM: &[u8] = b">>\nstream\n";
/// Longer dictionaries are of what is compressed already.
const DICTIONARY: usize = 256;

/// The same file with its streams compressed, but for its metadata, which is to be found by whoever cannot read PDF. An error names what was
/// not as krilla writes it.
pub fn pack(file: &[u8]) -> Result<Vec<u8>, &'static str> {
    let tail = rfind(file, b"startxref\n").ok_or("no startxref")?;
    let table = number(&file[tail + 10..]).ok_or("no table")?.0;
    let head = file.get(table..).ok_or("no table there")?;
    let head = head.strip_prefix(b"xref\n0 ").ok_or("another table")?;
    let (count, digits) = number(head).ok_or("no count")?;
    let entries = table + 7 + digits + 1;
    let trailer = entries.saturating_add(count.saturating_mul(ENTRY));
    let trailer = file.get(trailer..tail).ok_or("no trailer")?;
    let mut objects = (1..count)
        .map(|n| Some((number(file.get(entries + n * ENTRY..)?)?.0, n)))
        .collect::<Option<Vec<_>>>()
        .ok_or("no entry")?;
    objects.sort_unstable();

    let mut packer = Packer {
        state: Compress::new(Compression::new(1), true),
        out: Vec::with_capacity(file.len() / 2),
        short: Vec::new(),
        packed: Vec::new(),
    };
    let begin = objects.first().map_or(table, |first| first.0);
    packer.out.extend_from_slice(file.get(..begin).ok_or("no object")?);
    let mut places = vec![0; count];
    for (n, (at, object)) in objects.iter().enumerate() {
        places[*object] = packer.out.len();
        let end = objects.get(n + 1).map_or(table, |next| next.0);
        packer.object(file.get(*at..end).ok_or("no object")?);
    }
    let mut out = packer.out;
    let moved = out.len();
    out.extend_from_slice(&file[table..entries + ENTRY]);
    for place in &places[1..] {
        let _ = write!(out, "{place:010} 00000 n\r\n");
    }
    out.extend_from_slice(trailer);
    let _ = write!(out, "startxref\n{moved}\n%%EOF");
    Ok(out)
}

struct Packer {
    state: Compress,
    out: Vec<u8>,
    /// The content in work.
    short: Vec<u8>,
    packed: Vec<u8>,
}

impl Packer {
    /// One object, which is a stream that is not compressed, or anything else.
    fn object(&mut self, object: &[u8]) {
        let packed = plain(object).and_then(|(length, stream)| {
            let is_content = object[length.end..].starts_with(STREAM);
            let packed = self.pack(&object[stream.clone()], is_content)?;
            Some((length, stream, packed))
        });
        let Some((length, stream, packed)) = packed else {
            self.out.extend_from_slice(object);
            return;
        };
        self.out.extend_from_slice(&object[..length.start]);
        let _ = write!(self.out, "{packed}/Filter/FlateDecode");
        self.out.extend_from_slice(&object[length.end..stream.start]);
        self.out.extend_from_slice(&self.packed);
        self.out.extend_from_slice(&object[stream.end..]);
    }

    /// How long it is compressed, where that is shorter.
    fn pack(&mut self, stream: &[u8], is_content: bool) -> Option<usize> {
        let mut short = stream;
        if is_content {
            self.short.clear();
            unescape(stream, &mut self.short);
            short = &self.short;
        }
        self.state.reset();
        self.packed.clear();
        self.packed.reserve(stream.len());
        let status = self.state.compress_vec(short, &mut self.packed, FlushCompress::Finish);
        (matches!(status, Ok(Status::StreamEnd)) && self.packed.len() < stream.len()).then_some(self.packed.len())
    }
}

/// Where the digits of its length stand, and what it holds, of a stream that is not compressed and no metadata.
fn plain(object: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    let digits = number(object)?.1;
    let dictionary = object[digits..].strip_prefix(b" 0 obj\n<</Length ")?;
    let length = object.len() - dictionary.len();
    let (size, digits) = number(dictionary)?;
    let end = find(&dictionary[..dictionary.len().min(DICTIONARY)], STREAM)?;
    let rest = &dictionary[digits..end];
    if find(rest, b"/Filter").is_some() || find(rest, b"/Metadata").is_some() {
        return None;
    }
    let begin = length + end + STREAM.len();
    let stream = begin..begin.checked_add(size)?;
    object
        .get(stream.end..)?
        .starts_with(b"\nendstream")
        .then_some((length..length + digits, stream))
}

/// Writes the strings of a content with the bytes themselves where they may stand in strings (ISO 32000-1, 7.3.4.2): krilla escapes most of
/// them, each glyph in up to eight letters instead of two.
fn unescape(content: &[u8], out: &mut Vec<u8>) {
    let mut rest = content;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        out.extend_from_slice(&rest[..at]);
        let (byte, length) = match rest[at + 1..] {
            [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', ..] => ((a & 7) << 6 | (b & 7) << 3 | c & 7, 4),
            [b'n', ..] => (b'\n', 2),
            [b't', ..] => (b'\t', 2),
            [b'b', ..] => (8, 2),
            [b'f', ..] => (12, 2),
            _ => (b'\r', 2),
        };
        match byte {
            b'\r' | b'(' | b')' | b'\\' => out.extend_from_slice(rest.get(at..at + length).unwrap_or(&rest[at..])),
            byte => out.push(byte),
        }
        rest = rest.get(at + length..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}

/// The number that a text begins with, and of how many digits.
fn number(text: &[u8]) -> Option<(usize, usize)> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&text[..digits]).ok()?.parse().ok()?;
    Some((number, digits))
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|some| some == what)
}

fn rfind(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).rposition(|some| some == what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a reader of PDF makes of a literal string (ISO 32000-1, 7.3.4.2).
    fn read(literal: &[u8]) -> Vec<u8> {
        let mut bytes = literal[1..literal.len() - 1].iter().copied().peekable();
        let mut read = Vec::new();
        while let Some(byte) = bytes.next() {
            read.push(match byte {
                b'\r' => {
                    bytes.next_if_eq(&b'\n');
                    b'\n'
                }
                b'\\' => match bytes.next().unwrap() {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 8,
                    b'f' => 12,
                    digit @ b'0'..=b'7' => {
                        let mut code = u32::from(digit - b'0');
                        for _ in 0..2 {
                            let Some(digit) = bytes.next_if(|byte| (b'0'..=b'7').contains(byte)) else {
                                break;
                            };
                            code = code * 8 + u32::from(digit - b'0');
                        }
                        code as u8
                    }
                    other => other,
                },
                b'(' | b')' => panic!("a string that may end elsewhere"),
                other => other,
            });
        }
        read
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn strings_say_the_same_with_fewer_letters(bytes in proptest::collection::vec(0_u8..128, 0..64)) {
            let mut escaped = b"(".to_vec();
            for byte in &bytes {
                match byte {
                    b'(' | b')' | b'\\' => escaped.extend([b'\\', *byte]),
                    b'\n' => escaped.extend(b"\\n"),
                    b'\r' => escaped.extend(b"\\r"),
                    b'\t' => escaped.extend(b"\\t"),
                    8 => escaped.extend(b"\\b"),
                    12 => escaped.extend(b"\\f"),
                    b' '..=b'~' => escaped.push(*byte),
                    other => escaped.extend(format!("\\{other:03o}").bytes()),
                }
            }
            escaped.push(b')');
            let mut short = Vec::new();
            unescape(&escaped, &mut short);
            prop_assert_eq!(read(&short), bytes);
            prop_assert!(short.len() <= escaped.len());
        }

        #[test]
        fn what_is_damaged_or_cut_off_ends_nothing(at in 0_usize..400, byte in any::<u8>()) {
            let object = format!("1 0 obj\n<</Length 96>>\nstream\n{}\nendstream\nendobj\n", "(\\000\\000)Tj".repeat(8));
            let table = 9 + object.len();
            let mut file = format!(
                "%PDF-1.7\n{object}xref\n0 2\n0000000000 65535 f\r\n0000000009 00000 n\r\n\
                trailer\n<</Size 2>>\nstartxref\n{table}\n%%EOF"
            )
            .into_bytes();
            prop_assert!(pack(&file).is_ok_and(|packed| packed.len() < file.len()));
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
            // A byte of what is copied may be any; without its end nothing is a file.
            let _ = pack(&file);
            let end = file.len() - b"\n%%EOF".len();
            prop_assert!(pack(&file[..at.min(end - 1)]).is_err());
        }
    }
}
