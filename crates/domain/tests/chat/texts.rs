//! What people type, and what is stored of it.

use crate::sequences::runner;
use domain::text::{AGENT_TEXT_MAX, NAME_MAX, message, name};
use domain::{Kind, Refusal, Settings};
use proof::Lane;
use proptest::prelude::*;
use unicode_normalization::is_nfc;

#[test]
fn stored_text_is_normalised_once_and_for_all() {
    let lane = Lane::part("domain", "stored text is normalised once and for all");
    let wild = prop_oneof![
        "\\PC{0,40}",
        "(?s).{0,40}",
        "[ae\u{301}\u{308}\u{200d}\r\n\t\u{0}\u{85}ก็한é]{0,40}"
    ];
    let result = runner(500 * proof::scale()).run(&wild, |given| {
        lane.case();
        if let Ok(stored) = message(&given, Kind::PublicUser, &Settings::default()) {
            prop_assert!(is_nfc(&stored));
            prop_assert!(
                !stored.chars().any(|c| c.is_control() && c != '\n' && c != '\t'),
                "{stored:?}"
            );
            prop_assert_eq!(
                message(&stored, Kind::PublicUser, &Settings::default()),
                Ok(stored.clone()),
                "a second time changes nothing"
            );
        }
        if let Ok(stored) = name(&given) {
            prop_assert!(
                is_nfc(&stored) && stored.trim() == stored && !stored.contains(char::is_control),
                "{stored:?}"
            );
            prop_assert_eq!(name(&stored), Ok(stored.clone()), "a second time changes nothing");
        }
        Ok(())
    });
    if let Err(found) = result {
        lane.violation(found.to_string());
    }
    lane.finish();
}

#[test]
fn empty_text_is_refused_whatever_it_is_empty_of() {
    for empty in ["", " \t\r\n", "\u{0}\u{1b}", "\u{a0}\u{2003}"] {
        assert_eq!(
            message(empty, Kind::PublicUser, &Settings::default()),
            Err(Refusal::EmptyText),
            "{empty:?}"
        );
        assert_eq!(name(empty), Err(Refusal::EmptyText), "{empty:?}");
    }
}

#[test]
fn too_long_is_counted_in_code_points_after_normalising() {
    let settings = Settings::default();
    for (kind, limit) in [
        (Kind::PublicUser, settings.external_text_chars as usize),
        (Kind::CustomerUser, settings.external_text_chars as usize),
        (Kind::Agent, AGENT_TEXT_MAX),
    ] {
        assert!(message(&"船".repeat(limit), kind, &settings).is_ok());
        assert_eq!(
            message(&"船".repeat(limit + 1), kind, &settings),
            Err(Refusal::TooLong { limit })
        );
        assert!(
            message(&"e\u{301}".repeat(limit), kind, &settings).is_ok(),
            "two code points that become one"
        );
    }
    assert_eq!(
        name(&"n".repeat(NAME_MAX + 1)),
        Err(Refusal::TooLong { limit: NAME_MAX })
    );
}
