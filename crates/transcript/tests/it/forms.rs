//! One story in every form that is text, for each side.

use crate::talk::{Talk, ines, instant, jonas, priya, reader, refund};
use domain::verbs::SystemVerb;
use domain::{ClosedReason, Entry, Kind, Verb, What};
use proof::Lane;
use std::fs;
use std::path::Path;
use transcript::{Transcript, html, json, text};

/// The form of the story that stands in `golden/`; `UPDATE=1` writes what is made now.
pub fn check(name: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, made).expect("the folder of goldens");
    }
    let golden = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        made, golden,
        "{name} reads otherwise than before: UPDATE=1 accepts that"
    );
}

#[test]
fn a_chat_reads_as_each_side_saw_it() {
    let lane = Lane::part("transcripts", "a chat reads as each side saw it");
    let talk = refund();
    for (side, kind) in [("agents", Kind::Agent), ("customer", Kind::CustomerUser)] {
        let transcript = talk.for_a(kind);
        check(&format!("refund-{side}.txt"), &text(&transcript));
        check(&format!("refund-{side}.html"), &html(&transcript));
        check(&format!("refund-{side}.json"), &json(&transcript));
        lane.cases(3);
    }
    check(
        "refund-german.txt",
        &text(&Transcript::of(&talk.log(), reader(Kind::CustomerUser, "de"))),
    );
    lane.case();
    lane.finish();
}

#[test]
fn externals_read_the_alias_and_no_agents_name() {
    let mut talk = refund();
    talk.settings.agent_alias = "Travel team".to_owned();
    let transcript = talk.for_a(Kind::CustomerUser);
    for made in [text(&transcript), html(&transcript), json(&transcript)] {
        assert!(
            made.contains("Travel team 1") && made.contains("Travel team 2"),
            "{made}"
        );
        assert!(!made.contains("Vogt") && !made.contains("Holt"), "{made}");
    }
    assert!(text(&talk.for_a(Kind::Agent)).contains("Ines Vogt"));
}

#[test]
fn what_was_redacted_reads_as_redacted() {
    let mut talk = refund();
    let yes = |entry: &&mut Entry| entry.what.text().is_some_and(|text| text.starts_with("Yes"));
    let answer = talk.entries.iter_mut().find(yes).expect("his answer");
    answer.what = What::Redacted {
        note: false,
        by: Some("Maren Holt".to_owned()),
        at: instant("2026-11-24T08:15:00Z"),
    };
    let for_agents = "This text was removed by Maren Holt on Tuesday, 24 November 2026, 09:15 (UTC+1).";
    for (kind, sentence) in [
        (Kind::Agent, for_agents),
        (Kind::CustomerUser, "This text was removed."),
    ] {
        let transcript = talk.for_a(kind);
        assert!(text(&transcript).contains(&format!("\n  13:04  {sentence}\n")));
        assert!(html(&transcript).contains(&format!("<p class=\"redacted\" dir=\"auto\">{sentence}</p>")));
        assert!(json(&transcript).contains("\"redacted\": true"));
    }
}

#[test]
fn the_newest_part_of_a_log_says_how_much_came_before() {
    let talk = refund();
    for (kind, earlier) in [(Kind::Agent, 9), (Kind::CustomerUser, 6)] {
        let mut log = talk.log();
        log.entries = &log.entries[9..];
        let made = text(&Transcript::of(&log, reader(kind, "en")));
        assert!(
            made.contains(&format!("\n{earlier} earlier entries are not in this transcript.\n")),
            "{made}"
        );
    }
}

#[test]
fn a_running_chat_ends_with_its_last_entry_so_far() {
    let mut talk = Talk::started_by(&priya(), "Is the evening ferry sailing?");
    let made = text(&talk.for_a(Kind::PublicUser));
    assert!(
        made.contains("Last entry so far  Sunday, 22 November 2026, 13:02 (UTC+1)"),
        "{made}"
    );
    talk.does(5, &ines(), Verb::Accept);
    // What only agents know of does not move the end for others.
    talk.notes(3_600, &ines(), "It is not.");
    assert!(text(&talk.for_a(Kind::PublicUser)).contains("so far  Sunday, 22 November 2026, 13:02 (UTC+1)"));
    assert!(text(&talk.for_a(Kind::Agent)).contains("so far  Sunday, 22 November 2026, 14:02 (UTC+1)"));
}

#[test]
fn a_night_in_which_the_clocks_change_stays_in_order() {
    let mut talk = Talk::started_by(&priya(), "Is the night ferry sailing?");
    talk.does(5, &ines(), Verb::Accept);
    talk.now = instant("2027-03-28T00:59:00Z");
    talk.says(0, &ines(), "Before");
    talk.says(120, &ines(), "After");
    talk.does(60, &ines(), Verb::Close);
    let made = text(&talk.for_a(Kind::PublicUser));
    assert!(made.contains("\n  01:59  Before\n  03:01  After\n"), "{made}");
    assert!(made.contains("Sunday, 28 March 2027, 03:02 (UTC+2)"), "{made}");
}

#[test]
fn what_the_system_did_has_no_name() {
    let mut talk = Talk::started_by(&jonas(), "Is anybody there?");
    talk.system(86_400, SystemVerb::Close(ClosedReason::Expired));
    for kind in [Kind::Agent, Kind::CustomerUser] {
        let made = text(&talk.for_a(kind));
        assert!(
            made.contains("The chat was closed: nothing happened for a long time"),
            "{made}"
        );
    }
}
