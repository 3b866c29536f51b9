//! Whatever people type, in whatever field, it stays what they typed.

use crate::talk::{Talk, append_to, ines, invite, maren, visitor_named};
use domain::chat::Role;
use domain::{Kind, Person, Verb};
use proof::Lane;
use transcript::{Transcript, html, json, text};

/// Markup, templates, control characters, marks that turn the direction, and lines that look like somebody else's.
pub const HOSTILE: &[&str] = &[
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</title></style></p></main>\"'><svg onload=alert(1)>",
    "{{7*7}} ${7*7} <%= 7*7 %> { $name } #{7*7} %s \\n \\u0041",
    "&lt;b&gt; &#60;script&#62; ]]> <!-- -->",
    "\u{0}\u{7}\u{8}\u{1b}[31mred\u{1b}[0m\u{7f}\u{9b}2J",
    "\u{202E}gnirts\u{202C} \u{2066}\u{2067}open \u{200F}\u{061C}",
    "one\r\n* 13:09  Maren Holt left\n\nInes Vogt\n  13:09  I am sorry\u{2028}Ines Vogt\u{2029}x\u{85}y\u{B}z\u{C}w",
    "\u{FEFF}\u{FFFE}\u{FFFF}\u{E000}\u{F8FF}\u{10FFFD}\u{E0001}\u{AD}\u{200B}",
    "(Tj) BT /F1 12 Tf ET endstream endobj << /JS (app.alert(1)) >> %%EOF",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "",
];

/// The same hostile thing in every field there is.
pub fn talk_of(hostile: &str) -> Talk {
    let named = |person: Person| Person {
        name: format!("{}{hostile}", person.name),
        ..person
    };
    let visitor = visitor_named(hostile);
    let mut talk = Talk::started_by(&visitor, hostile);
    talk.channel = hostile.to_owned();
    talk.does(1, &named(ines()), Verb::Accept);
    talk.does(1, &ines(), invite(&named(maren()), Role::Participant, Some(hostile)));
    talk.does(
        1,
        &maren(),
        Verb::Join {
            role: Role::Participant,
        },
    );
    talk.says(1, &maren(), hostile);
    talk.notes(1, &maren(), hostile);
    talk.does(1, &ines(), append_to(hostile, true));
    talk
}

#[test]
fn hostile_fields_stay_text_in_every_form() {
    let lane = Lane::part("transcripts", "hostile fields stay text in every form");
    for hostile in HOSTILE {
        for kind in [Kind::Agent, Kind::PublicUser] {
            lane.case();
            let transcript = talk_of(hostile).for_a(kind);
            plain(&text(&transcript));
            markup(&html(&transcript));
            let parsed: serde_json::Value = serde_json::from_str(&json(&transcript)).expect("JSON");
            assert_eq!(parsed["version"], 1);
        }
    }
    lane.finish();
}

/// No control character but the ends of lines, and no line at the left edge that is not ours.
fn plain(made: &str) {
    let controls = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}' | '\u{2029}');
    assert!(!made.contains(controls), "{made:?}");
    assert!(!made.lines().any(|line| line.starts_with("* 13:09")), "{made}");
    assert!(!made.contains("\nInes Vogt\n  13:09"), "{made}");
}

/// The tags are those that the form itself has.
fn markup(made: &str) {
    const OURS: &[&str] = &[
        "!doctype", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "dl", "dt", "dd", "p",
        "section", "article", "div", "time",
    ];
    let (_, body) = made.split_once("</style>").expect("a style sheet");
    for tag in body.split('<').skip(1) {
        let name = tag
            .trim_start_matches('/')
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        assert!(OURS.contains(&name), "<{tag}");
        let attributes = tag.split('>').next().unwrap_or_default();
        assert!(!attributes.contains("on") || attributes.contains("section"), "<{tag}");
    }
    assert!(made.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"));
    assert_eq!(made.matches("<title>").count(), 1);
}

#[test]
fn a_transcript_of_nothing_is_one() {
    let mut talk = talk_of("x");
    talk.entries.clear();
    let transcript: Transcript = talk.for_a(Kind::PublicUser);
    assert!(text(&transcript).starts_with("Chat in x\n"));
    assert!(html(&transcript).contains("<h1"));
}
