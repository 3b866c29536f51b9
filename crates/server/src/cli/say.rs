//! What the program prints. Names come from people: control characters in them must not reach a terminal.

use std::io::Write;

/// Prints to standard output. Whoever reads it may have gone; that is no failure of ours.
pub fn say(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout().lock(), "{}", harmless(text.as_ref()));
}

/// Prints why something failed to standard error.
pub fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "deskbell: {}", harmless(text));
}

/// Line ends stay; other control characters, and those that turn the direction of writing, are shown as escapes.
fn harmless(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && (c.is_control() || turns(c)) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn control_characters_are_shown_and_not_obeyed() {
        assert_eq!(harmless("Ines\u{1b}[31m\u{7}\r"), "Ines\\u{1b}[31m\\u{7}\\u{d}");
        assert_eq!(harmless("Ines \u{202e}tgoV\u{9b}"), "Ines \\u{202e}tgoV\\u{9b}");
        assert_eq!(harmless("Größe\n船票 ตั๋ว"), "Größe\n船票 ตั๋ว");
    }
}
