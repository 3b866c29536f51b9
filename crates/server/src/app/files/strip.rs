//! What a picture tells beside what it shows is taken away before it is stored: where and when it was taken, by whom, with what, and
//! smaller pictures of how it was before it was cropped (EXIF, XMP, IPTC, comments, further pictures behind the end).
//!
//! - Nothing is decoded: the parts of the file that are needed to show it are copied, every other part is left out. So what is not
//!   known here is not kept either, and a file that is damaged keeps what can be followed.
//! - How it is turned (EXIF 3.0, 4.6.5.1.6, tag 0x0112) is written anew, as all that its new EXIF holds.
//! - A picture from which nothing is to be taken is stored byte by byte as it came. One that has another size afterwards, or none, is
//!   refused: somebody wrote it for another reader than this.
//!
//! Sources: ITU T.81 annex B and JFIF 1.02; PNG, third edition, 5 and 11; RFC 9649 (WebP); GIF89a, 17 to 27; TIFF 6.0, section 2.
//! Video, sound and documents keep what they hold.

use super::FileRefusal;
use super::spool::{Arrived, no_room};
use crate::app::AppError;
use domain::FileType;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Write;
use tokio::sync::Semaphore;

/// Pictures that are rewritten at a time: each is in memory twice meanwhile.
static TURNS: Semaphore = Semaphore::const_new(4);

/// Takes away from a picture what it tells beside what it shows; everything else is as it was. Says whether browsers show it lying on
/// its side, so that its width is its height.
pub(super) async fn strip(arrived: Arrived, kind: FileType) -> Result<(Arrived, bool), AppError> {
    if !kind.is_picture() {
        return Ok((arrived, false));
    }
    // Never closed.
    let _turn = TURNS.acquire().await.map_err(|_| AppError::Busy)?;
    let stripped = tokio::task::spawn_blocking(move || rewrite(arrived, kind)).await;
    stripped.unwrap_or(Err(AppError::File(FileRefusal::TypeNotTaken)))
}

fn rewrite(mut arrived: Arrived, kind: FileType) -> Result<(Arrived, bool), AppError> {
    let whole = std::fs::read(&arrived.path).map_err(no_room)?;
    let Bare { bytes: bare, turned } = bare(&whole, kind);
    // Only of photographs all browsers look at it.
    let on_its_side = kind == FileType::Jpeg && turned >= Some(5);
    if bare == whole {
        return Ok((arrived, on_its_side));
    }
    match (imagesize::blob_size(&whole), imagesize::blob_size(&bare)) {
        (Ok(before), Ok(after)) if before == after => {}
        _ => return Err(AppError::File(FileRefusal::TypeNotTaken)),
    }
    drop(whole);
    let mut file = File::create(&arrived.path).map_err(no_room)?;
    file.write_all(&bare).map_err(no_room)?;
    // As in the spool: what the log tells of has to survive what the log survives.
    file.sync_all().map_err(no_room)?;
    arrived.size_bytes = bare.len() as u64;
    arrived.hash = Sha256::digest(&bare).into();
    Ok((arrived, on_its_side))
}

/// What is left of a picture, and how it is turned, if it does not stand as it is.
struct Bare {
    bytes: Vec<u8>,
    turned: Option<u8>,
}

fn bare(whole: &[u8], kind: FileType) -> Bare {
    match kind {
        FileType::Jpeg => jpeg(whole),
        FileType::Png => png(whole),
        FileType::Webp => webp(whole),
        FileType::Gif => Bare {
            bytes: gif(whole),
            turned: None,
        },
        _ => Bare {
            bytes: whole.to_vec(),
            turned: None,
        },
    }
}

/// Bytes that are read from the front. Whoever asks for more than there is gets what there is.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, len: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(len.min(self.0.len()));
        self.0 = rest;
        taken
    }

    fn peek(&self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }
}

const EXIF: &[u8] = b"Exif\0\0";

/// How a TIFF, as EXIF is one, says that the picture is turned; `None` if it stands as it is.
fn turned(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..4)? {
        b"II*\0" => false,
        b"MM\0*" => true,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    };
    let long = tiff.get(4..8)?.try_into().ok()?;
    let first = if big {
        u32::from_be_bytes(long)
    } else {
        u32::from_le_bytes(long)
    } as usize;
    let entries = (0..usize::from(short(first)?)).map(|n| first + 2 + n * 12);
    let mut orientation = entries.filter(|at| short(*at) == Some(0x0112) && short(at + 2) == Some(3));
    let said = short(orientation.next()? + 8)?;
    u8::try_from(said).ok().filter(|said| (2..=8).contains(said))
}

/// A TIFF that says how a picture is turned and nothing else.
fn turning(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.push(orientation);
    tiff.extend([0; 6]);
    tiff
}

fn jpeg(whole: &[u8]) -> Bare {
    let mut rest = Rest(whole);
    let mut bare = rest.take(2).to_vec();
    let mut orientation = None;
    loop {
        // Fill bytes, and what decoders skip on the way to the next marker.
        while rest.0.len() > 1 && (rest.peek(0) != Some(0xff) || matches!(rest.peek(1), Some(0x00 | 0xff))) {
            rest.take(1);
        }
        let Some(marker) = rest.peek(1) else { break };
        match marker {
            0xd9 => {
                // The end: what stands behind it are other pictures, with places of their own.
                bare.extend(rest.take(2));
                break;
            }
            0x01 | 0xd0..=0xd8 => bare.extend(rest.take(2)),
            _ => {
                let len = usize::from(u16::from_be_bytes([
                    rest.peek(2).unwrap_or(0),
                    rest.peek(3).unwrap_or(0),
                ]));
                let segment = rest.take(2 + len.max(2));
                let content = segment.get(4..).unwrap_or_default();
                if marker == 0xe1 && content.starts_with(EXIF) {
                    orientation = orientation.or(turned(&content[EXIF.len()..]));
                }
                if shows_in_jpeg(marker, content) {
                    bare.extend(segment);
                }
                if marker == 0xda {
                    let is_marker = |two: &[u8]| two[0] == 0xff && !matches!(two[1], 0x00 | 0xd0..=0xd7 | 0xff);
                    let coded = rest.0.windows(2).position(is_marker).unwrap_or(rest.0.len());
                    bare.extend(rest.take(coded));
                }
            }
        }
    }
    if let Some(orientation) = orientation {
        let tiff = turning(orientation);
        let mut segment = vec![0xff, 0xe1, 0, (2 + EXIF.len() + tiff.len()) as u8];
        segment.extend(EXIF);
        segment.extend(tiff);
        bare.splice(2..2, segment);
    }
    Bare {
        bytes: bare,
        turned: orientation,
    }
}

/// Of the segments for applications those that say what colours are meant; no comment, and nothing that has no meaning yet.
fn shows_in_jpeg(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe0 => content.starts_with(b"JFIF\0"),
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        0xe1 | 0xe3..=0xed | 0xef..=0xfe => false,
        _ => true,
    }
}

fn png(whole: &[u8]) -> Bare {
    let mut rest = Rest(whole);
    let (mut bare, mut first) = (rest.take(8).to_vec(), None);
    while let Some(len) = rest.0.first_chunk().map(|len| u32::from_be_bytes(*len) as usize) {
        let chunk = rest.take(len.saturating_add(12));
        let kind = chunk.get(4..8).unwrap_or_default();
        let orientation = (kind == b"eXIf").then(|| turned(&chunk[8..])).flatten();
        first = first.or(orientation);
        match orientation.map(turning) {
            Some(tiff) => {
                bare.extend((tiff.len() as u32).to_be_bytes());
                let from = bare.len();
                bare.extend(b"eXIf");
                bare.extend(tiff);
                let sum = crc32(&bare[from..]);
                bare.extend(sum.to_be_bytes());
            }
            None if shows_in_png(kind) => bare.extend(chunk),
            None => {}
        }
        if kind == b"IEND" {
            break;
        }
    }
    Bare {
        bytes: bare,
        turned: first,
    }
}

/// All that a decoder has to know (a capital first), and of the rest what is about colours, sizes and movement.
fn shows_in_png(kind: &[u8]) -> bool {
    const MORE: [&[u8]; 15] = [
        b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs",
        b"acTL", b"fcTL", b"fdAT",
    ];
    kind.first().is_some_and(u8::is_ascii_uppercase) || MORE.contains(&kind)
}

/// The sum over a chunk (PNG, annex D). Of a chunk of thirty bytes: no table is worth it.
fn crc32(bytes: &[u8]) -> u32 {
    let over = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(!0, over)
}

fn webp(whole: &[u8]) -> Bare {
    const HOLDS_EXIF: u8 = 0x08;
    const HOLDS_XMP: u8 = 0x04;
    let mut rest = Rest(whole);
    let mut bare = rest.take(12).to_vec();
    let (mut flags_at, mut orientation) = (None, None);
    // What stands behind the size that the file says is not part of it.
    let said = bare
        .get(4..8)
        .and_then(|size| size.try_into().ok())
        .map_or(0, u32::from_le_bytes) as usize;
    rest.0 = &rest.0[..rest.0.len().min(said.saturating_sub(4))];
    while let Some(size) = rest
        .0
        .get(4..8)
        .and_then(|size| size.try_into().ok())
        .map(u32::from_le_bytes)
    {
        let size = size as usize;
        let chunk = rest.take(size.saturating_add(8 + size % 2));
        match &chunk[..4] {
            b"EXIF" => {
                let tiff = &chunk[8..];
                orientation = orientation.or(turned(tiff.strip_prefix(EXIF).unwrap_or(tiff)));
            }
            b"VP8X" => {
                flags_at = Some(bare.len() + 8);
                bare.extend(chunk);
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => bare.extend(chunk),
            _ => {}
        }
    }
    if let Some(flags) = flags_at.and_then(|at| bare.get_mut(at)) {
        *flags &= !(HOLDS_EXIF | HOLDS_XMP);
        if let Some(orientation) = orientation {
            *flags |= HOLDS_EXIF;
            let tiff = turning(orientation);
            bare.extend(b"EXIF");
            bare.extend((tiff.len() as u32).to_le_bytes());
            bare.extend(tiff);
        }
    }
    let size = (bare.len().saturating_sub(8) as u32).to_le_bytes();
    if let Some(said) = bare.get_mut(4..8) {
        said.copy_from_slice(&size);
    }
    Bare {
        bytes: bare,
        turned: orientation,
    }
}

fn gif(whole: &[u8]) -> Vec<u8> {
    let mut rest = Rest(whole);
    let colours = |packed: Option<u8>| packed.filter(|it| it & 0x80 != 0).map_or(0, |it| 3 << ((it & 7) + 1));
    let mut bare = rest.take(13 + colours(rest.peek(10))).to_vec();
    while let Some(what) = rest.peek(0) {
        let block = rest.0;
        let (head, shows) = match (what, rest.peek(1)) {
            (0x21, Some(label)) => (2, shows_in_gif(label, &block[2..])),
            (0x2c, _) => (11 + colours(rest.peek(9)), true),
            // The end, or nothing that is known.
            _ => {
                bare.extend((what == 0x3b).then_some(what));
                break;
            }
        };
        rest.take(head);
        while let Some(len) = rest.peek(0) {
            rest.take(1 + usize::from(len));
            if len == 0 {
                break;
            }
        }
        if shows {
            bare.extend(&block[..block.len() - rest.0.len()]);
        }
    }
    bare
}

/// How a picture is shown, text in it, and of what applications put there how often it runs; no comment.
fn shows_in_gif(label: u8, content: &[u8]) -> bool {
    let loops = |content: &[u8]| content.starts_with(b"\x0bNETSCAPE2.0") || content.starts_with(b"\x0bANIMEXTS1.0");
    matches!(label, 0xf9 | 0x01) || label == 0xff && loops(content)
}

#[cfg(test)]
mod tests;
