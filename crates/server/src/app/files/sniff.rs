//! What a content is, by what stands in it. Nothing is decoded, and neither a name nor a sender is believed.

use super::super::AppError;
use super::FileRefusal;
use super::spool::Arrived;
use domain::FileType;
use domain::file::PIXELS_MAX;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Bytes at the beginning that tell a type by its marks.
const HEAD_BYTES: u64 = 16 * 1024;
const PIECE_BYTES: usize = 64 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub kind: FileType,
    pub pixels: Option<(u32, u32)>,
}

/// Refused: whatever is not on the list of types, and pictures that are too large or do not say how large they are.
pub(super) async fn sniff(arrived: &Arrived, name: &str) -> Result<Found, AppError> {
    let (path, name) = (arrived.path.clone(), name.to_owned());
    // A panic of a parser is one more way of not being on the list.
    let found = tokio::task::spawn_blocking(move || look(&path, &name)).await;
    found.unwrap_or_else(|_| refuse(FileRefusal::TypeNotTaken))
}

fn refuse<T>(why: FileRefusal) -> Result<T, AppError> {
    Err(AppError::File(why))
}

fn look(path: &Path, name: &str) -> Result<Found, AppError> {
    let unreadable = super::spool::no_room;
    let mut head = Vec::new();
    let mut file = File::open(path).map_err(unreadable)?;
    file.by_ref()
        .take(HEAD_BYTES)
        .read_to_end(&mut head)
        .map_err(unreadable)?;
    let marked = infer::get(&head).map(|kind| kind.mime_type());
    let kind = match marked {
        Some(mime) => FileType::from_word(mime).filter(|kind| !matches!(kind, FileType::Text | FileType::Csv)),
        None if is_markup(&head) => None,
        None => is_text(BufReader::with_capacity(
            PIECE_BYTES,
            File::open(path).map_err(unreadable)?,
        ))
        .map_err(unreadable)?
        .then_some(FileType::Text),
    };
    let Some(kind) = kind.map(|kind| kind.told_by_name(name)) else {
        return refuse(FileRefusal::TypeNotTaken);
    };
    let pixels = if kind.is_picture() { Some(pixels(path)?) } else { None };
    Ok(Found { kind, pixels })
}

/// Width and height as the picture's header has them, for browsers to keep its place.
fn pixels(path: &Path) -> Result<(u32, u32), AppError> {
    let Ok(size) = imagesize::size(path) else {
        return refuse(FileRefusal::TypeNotTaken);
    };
    let (Ok(width), Ok(height)) = (u32::try_from(size.width), u32::try_from(size.height)) else {
        return refuse(FileRefusal::PictureTooLarge);
    };
    match u64::from(width) * u64::from(height) {
        0 => refuse(FileRefusal::TypeNotTaken),
        pixels if pixels > PIXELS_MAX => refuse(FileRefusal::PictureTooLarge),
        _ => Ok((width, height)),
    }
}

/// Begins like HTML, SVG, XML or a script: what would be run by whoever believes its content more than its type.
fn is_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let is_tag = |next: &u8| next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'/');
    head.starts_with(b"#!") || head.first() == Some(&b'<') && head.get(1).is_some_and(is_tag)
}

/// Whether all of it is UTF-8 without control characters but line ends, tab and form feed.
fn is_text(mut content: impl Read) -> std::io::Result<bool> {
    let mut piece = vec![0; PIECE_BYTES];
    // The beginning of a character whose end is in the next piece.
    let mut held = 0;
    loop {
        let read = content.read(&mut piece[held..])?;
        let there = &piece[..held + read];
        let valid = match std::str::from_utf8(there) {
            Ok(_) => there.len(),
            Err(error) if error.error_len().is_none() && read > 0 => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        let Ok(text) = std::str::from_utf8(&there[..valid]) else {
            return Ok(false);
        };
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
        {
            return Ok(false);
        }
        if read == 0 {
            return Ok(true);
        }
        held = there.len() - valid;
        let len = there.len();
        piece.copy_within(valid..len, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proof::temp_dir;

    fn found(content: &[u8], name: &str) -> Option<FileType> {
        let dir = temp_dir();
        let path = dir.file("content");
        std::fs::write(&path, content).unwrap();
        look(&path, name).ok().map(|found| found.kind)
    }

    #[test]
    fn content_says_what_it_is_whatever_it_is_called() {
        let gif = b"GIF89a\x02\0\x03\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x03\0\0\x02\x02\x84\x51\0;";
        for (content, name, kind) in [
            (&gif[..], "rechnung.pdf", Some(FileType::Gif)),
            (b"%PDF-1.7\n1 0 obj", "foto.png", Some(FileType::Pdf)),
            (b"Guten Tag", "foto.png", Some(FileType::Text)),
            ("Größe;Preis\n".as_bytes(), "liste.csv", Some(FileType::Csv)),
            (b"PK\x03\x04\x14\0\0\0\0\0", "brief.docx", Some(FileType::Docx)),
            (b"PK\x03\x04\x14\0\0\0\0\0", "bilder.zip", Some(FileType::Zip)),
            (b"ID3\x03\0\0\0\0\0\0", "lied.mp3", Some(FileType::Mp3)),
            (b"a < b and <b", "formel.txt", Some(FileType::Text)),
            (b"<3", "herz.txt", Some(FileType::Text)),
            // What would be run.
            (b"<html><script>alert(1)</script>", "foto.png", None),
            (b"  \n<!doctype html>", "foto.png", None),
            (
                b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                "foto.png",
                None,
            ),
            (b"<?xml version='1.0'?><svg/>", "foto.svg", None),
            (b"<x onload=alert(1)>", "notiz.txt", None),
            (b"#!/bin/sh\nrm -rf /", "notiz.txt", None),
            (b"MZ\x90\0\x03\0\0\0", "foto.png", None),
            (b"\x7fELF\x02\x01\x01\0", "foto.png", None),
            // What is nothing known.
            (b"Gr\xf6\xdfe", "latin1.txt", None),
            (b"a\0b", "notiz.txt", None),
            (b"\xff\xfea\0b\0", "utf16.txt", None),
            // Marks of a picture, and no picture behind them.
            (b"\x89PNG\r\n\x1a\n<script>", "foto.png", None),
            (b"GIF89a", "foto.gif", None),
        ] {
            assert_eq!(
                found(content, name),
                kind,
                "{name}: {:?}",
                String::from_utf8_lossy(content)
            );
        }
    }

    #[test]
    fn a_picture_may_have_forty_megapixels() {
        let dir = temp_dir();
        let png = |width: u32, height: u32| {
            let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
            png.extend(width.to_be_bytes());
            png.extend(height.to_be_bytes());
            png.extend(b"\x08\x06\0\0\0");
            png
        };
        let path = dir.file("picture");
        let look = |png: Vec<u8>| {
            std::fs::write(&path, png).unwrap();
            look(&path, "foto.png")
        };
        assert_eq!(look(png(8_000, 5_000)).unwrap().pixels, Some((8_000, 5_000)));
        let Err(AppError::File(why)) = look(png(8_000, 5_001)) else {
            panic!("it is too large");
        };
        assert_eq!(why, FileRefusal::PictureTooLarge);
        assert!(look(png(u32::MAX, u32::MAX)).is_err());
        assert!(look(png(0, 10)).is_err());
    }

    #[test]
    fn text_is_text_across_pieces() {
        let long = "ü".repeat(PIECE_BYTES);
        assert!(is_text(format!("a{long}").as_bytes()).unwrap());
        assert!(!is_text(format!("a{long}\u{1}").as_bytes()).unwrap());
        assert!(!is_text(&long.as_bytes()[..long.len() - 1]).unwrap());
    }
}
