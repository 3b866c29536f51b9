//! One story in every form that is text, for each side.

use crate::talk::{Talk, append_to, ines, instant, jonas, priya, reader, refund};
use crate::unseen::tried;
use domain::verbs::SystemVerb;
use domain::{ClosedReason, Entry, Kind, Verb, What};
use proof::Lane;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::fs;
use std::path::Path;
use transcript::{Log, Transcript, html, json, text};

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
fn who_may_know_the_ticket_a_chat_was_begun_from_reads_its_number() {
    let talk = refund();
    for kind in [Kind::Agent, Kind::CustomerUser] {
        let ticket = Some("2026112110000093\u{202E}\n");
        let made = text(&Transcript::of(&Log { ticket, ..talk.log() }, reader(kind, "en")));
        assert!(made.contains("\nTicket     2026112110000093 \nBegan "), "{made}");
    }
    // It went into one in the end, which only agents know of.
    assert!(text(&talk.for_a(Kind::Agent)).contains("\nTicket     2026112210000417\n"));
    assert!(!text(&talk.for_a(Kind::CustomerUser)).contains("Ticket"));
}

#[test]
fn a_log_that_stops_short_knows_nothing_of_what_came_after() {
    let mut talk = refund();
    for number in ["2026112310000034", "2026112310000051"] {
        talk.does(60, &ines(), append_to(number, true));
    }
    let made = |kind, from, to| {
        let mut log = talk.log();
        log.entries = &log.entries[from..to];
        text(&Transcript::of(&log, reader(kind, "en")))
    };
    let until = |is: fn(&What) -> bool| {
        talk.entries
            .iter()
            .position(|entry| is(&entry.what))
            .expect("it is there")
    };
    // Tove is asked and has not come; of Maren nobody has thought.
    let invited = until(|what| matches!(what, What::Joined { .. }));
    for (kind, role) in [(Kind::Agent, "Owner"), (Kind::CustomerUser, "Agent")] {
        let made = made(kind, 0, invited);
        let people = format!(
            "Jonas Wiebe, Wiebe Freight (Customer)\n{:19}Ines Vogt ({role})\nBegan ",
            ""
        );
        assert!(made.contains(&people), "{made}");
        assert!(made.contains("\nLast entry so far  Sunday, 22 November 2026"), "{made}");
    }
    let closed = until(|what| matches!(what, What::Closed { .. }));
    assert!(made(Kind::Agent, 0, closed).contains("\nLast entry so far  Monday, 23 November 2026, 00:09"));
    assert!(made(Kind::Agent, 0, closed + 1).contains("\nEnded      Monday, 23 November 2026, 00:09"));
    // Also where that is not told, but was before.
    assert!(made(Kind::Agent, closed + 1, closed + 2).contains("\nEnded      Monday, 23 November 2026, 00:10"));
    // Lines that begin later do not tell who had come before.
    let part = made(Kind::CustomerUser, invited, closed - 1);
    assert!(part.contains("Ines Vogt (") && part.contains("Maren Holt ("), "{part}");
    assert!(part.contains("\nLast entry so far  "), "{part}");
}

#[test]
fn every_beginning_of_a_log_reads_as_the_chat_did_then() {
    let lane = Lane::part("transcripts", "every beginning of a log reads as the chat did then");
    let mut runner = TestRunner::new(Config {
        cases: 100 * proof::scale() as u32,
        failure_persistence: None,
        ..Config::default()
    });
    let sequences = prop::collection::vec(tried(), 1..30);
    let result = runner.run(&sequences, |sequence| {
        lane.case();
        let mut talk = Talk::started_by(&jonas(), "Hello");
        talk.does(1, &ines(), Verb::Accept);
        let mut then = vec![(talk.chat.clone(), talk.entries.len())];
        for (person, verb) in sequence {
            talk.now = talk.now.plus_s(7);
            if talk.tries(&person, verb) {
                then.push((talk.chat.clone(), talk.entries.len()));
            }
        }
        talk.does(7, &jonas(), Verb::Close);
        for (chat, entries) in then {
            for kind in [Kind::Agent, Kind::CustomerUser] {
                let made = |chat| {
                    let entries = &talk.entries[..entries];
                    text(&Transcript::of(
                        &Log {
                            chat,
                            entries,
                            ..talk.log()
                        },
                        reader(kind, "en"),
                    ))
                };
                prop_assert_eq!(made(&talk.chat), made(&chat));
            }
        }
        Ok(())
    });
    if let Err(found) = result {
        lane.violation(found.to_string());
    }
    lane.finish();
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
