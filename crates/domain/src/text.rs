//! Text as people type it: normalised, never interpreted.

use crate::person::Kind;
use crate::refusal::Refusal;
use crate::settings::Settings;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Longest message of an agent, in code points; that of an external is a setting.
pub const AGENT_TEXT_MAX: usize = 10_000;
/// Longest name of a person, in code points.
pub const NAME_MAX: usize = 255;

/// A message or note as it is stored: NFC, line ends as LF, other control characters but tab removed.
/// Refuses what is empty afterwards or too long for the writer's kind.
pub fn message(given: &str, writer: Kind, settings: &Settings) -> Result<String, Refusal> {
    bounded(clean(given, true), longest(writer, settings))
}

/// The longest message of this kind of person, in code points.
pub fn longest(writer: Kind, settings: &Settings) -> usize {
    match writer.is_external() {
        true => settings.external_text_chars as usize,
        false => AGENT_TEXT_MAX,
    }
}

/// A name as it is stored: one line, trimmed.
pub fn name(given: &str) -> Result<String, Refusal> {
    bounded(clean(given, false).trim().to_owned(), NAME_MAX)
}

/// One line of a ticket or an article, trimmed.
pub fn line(given: &str, limit: usize) -> Result<String, Refusal> {
    bounded(clean(given, false).trim().to_owned(), limit)
}

fn bounded(text: String, limit: usize) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::EmptyText);
    }
    // A code point takes at least one byte, so most texts need no counting.
    if text.len() > limit && text.chars().count() > limit {
        return Err(Refusal::TooLong { limit });
    }
    Ok(text)
}

fn clean(given: &str, lines: bool) -> String {
    // The usual case costs one pass and one copy.
    let clean_already = given.chars().all(|c| !c.is_control() || lines && c == '\n');
    if clean_already && is_nfc_quick(given.chars()) == IsNormalized::Yes {
        return given.to_owned();
    }
    let unix = given.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    unix.chars()
        .filter(kept)
        .map(|c| if !lines && c.is_control() { ' ' } else { c })
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn external() -> usize {
        Settings::default().external_text_chars as usize
    }

    #[test]
    fn text_is_stored_as_given_but_for_line_ends_and_control_characters() {
        let stored = message("a\r\nb\rc\td\u{0}\u{1b}[31m\u{7f}", Kind::Agent, &Settings::default()).unwrap();
        assert_eq!(stored, "a\nb\nc\td[31m");
        assert_eq!(
            message("e\u{301}", Kind::Agent, &Settings::default()).unwrap(),
            "\u{e9}"
        );
        assert_eq!(name("  Priya\n\tRaman ").unwrap(), "Priya  Raman");
    }

    #[test]
    fn empty_and_too_long_are_refused_by_code_points() {
        for empty in ["", "  \n", "\u{0}\u{7}"] {
            assert_eq!(
                message(empty, Kind::Agent, &Settings::default()),
                Err(Refusal::EmptyText)
            );
        }
        let longest = "\u{1F6B2}".repeat(external());
        assert!(message(&longest, Kind::PublicUser, &Settings::default()).is_ok());
        let too_long = format!("{longest}!");
        assert_eq!(
            message(&too_long, Kind::PublicUser, &Settings::default()),
            Err(Refusal::TooLong { limit: external() })
        );
        assert!(message(&too_long, Kind::Agent, &Settings::default()).is_ok());
        let beyond = "x".repeat(AGENT_TEXT_MAX + 1);
        assert_eq!(
            message(&beyond, Kind::Agent, &Settings::default()),
            Err(Refusal::TooLong { limit: AGENT_TEXT_MAX })
        );
    }
}
