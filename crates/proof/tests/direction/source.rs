//! Finds source files, and tells code from comments and strings.

use std::fs;
use std::path::Path;

/// The files under `root/folder` with one of these extensions, as paths from `root`, sorted. A folder that does not exist
/// holds none; what was downloaded or built is passed over.
pub fn files(root: &Path, folder: &str, extensions: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(root.join(folder)) else {
        return found;
    };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = format!("{folder}/{name}");
        if entry.path().is_dir() && !["node_modules", "dist", "target"].contains(&name.as_str()) {
            found.extend(files(root, &path, extensions));
        } else if extensions
            .iter()
            .any(|extension| name.ends_with(&format!(".{extension}")))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A stretch of source text.
#[derive(Debug, PartialEq)]
pub enum Piece<'a> {
    Code(&'a str),
    /// A string literal, without its quotes.
    Text(&'a str),
}

/// Splits Rust, TypeScript or CSS into code and string literals; comments are left out. `quotes` are the marks that begin
/// a string; an escaped mark does not end it.
pub fn pieces<'a>(source: &'a str, quotes: &[char]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let (piece, length) = if rest.starts_with("//") {
            (None, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (None, rest.find("*/").map_or(rest.len(), |end| end + 2))
        } else if quotes.contains(&c) {
            let inside = string_length(&rest[1..], c);
            (Some(Piece::Text(&rest[1..1 + inside])), (inside + 2).min(rest.len()))
        } else if let Some(length) = rust_char_length(rest).filter(|_| !quotes.contains(&'\'')) {
            (None, length)
        } else {
            at += c.len_utf8();
            continue;
        };
        pieces.push(Piece::Code(&source[from..at]));
        pieces.extend(piece);
        at += length;
        from = at;
    }
    pieces.push(Piece::Code(&source[from..]));
    pieces
}

/// The code alone, with a space in place of every comment and string.
pub fn code(source: &str, quotes: &[char]) -> String {
    let code = |piece: &Piece<'_>| match piece {
        Piece::Code(code) => (*code).to_owned(),
        Piece::Text(_) => String::new(),
    };
    pieces(source, quotes).iter().map(code).collect::<Vec<_>>().join(" ")
}

fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at,
            // In TypeScript these do not span lines: what looks like one stood in a regular expression.
            '\n' if quote == '\'' => return at,
            _ => {}
        }
    }
    text.len()
}

/// The length of a character literal such as `'"'` at the start of `rest`; none for a lifetime.
fn rust_char_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if inside.starts_with('\\') {
        return inside[2..].find('\'').map(|end| end + 4);
    }
    let c = inside.chars().next()?;
    inside[c.len_utf8()..].starts_with('\'').then(|| c.len_utf8() + 2)
}

#[test]
fn comments_and_strings_are_not_code() {
    let rust = "use a; // use b;\nlet q = '\"'; /* use c; */ let s: &'static str = \"use d; \\\" use e;\"; use f;";
    let words: Vec<_> = code(rust, &['"']).split_whitespace().map(str::to_owned).collect();
    assert_eq!(words.join(" "), "use a; let q = ; let s: &'static str = ; use f;");
}
