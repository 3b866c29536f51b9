//! Whatever people type, in whatever field, it stays what they typed.

use crate::talk::{Talk, append_to, ines, invite, jonas, maren};
use domain::chat::Role;
use domain::verbs::mailed;
use domain::{ChannelId, Entry, File, FileType, Kind, Level, MailOutcome, Person, Recipient, Verb, What};
use proof::Lane;
use transcript::{Transcript, fragment, html, json, paragraph, text};
use uuid::Uuid;

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
    let (ines, maren) = (named(ines()), named(maren()));
    let jonas = Person {
        name: hostile.to_owned(),
        company: Some(hostile.to_owned()),
        ..jonas()
    };
    let mut talk = Talk::started_by(&jonas, hostile);
    talk.channel = hostile.to_owned();
    talk.settings.agent_alias = hostile.to_owned();
    talk.does(1, &ines, Verb::Accept);
    talk.does(1, &ines, invite(&maren, Role::Participant, Some(hostile)));
    talk.does(
        1,
        &maren,
        Verb::Join {
            role: Role::Participant,
        },
    );
    talk.says(1, &maren, hostile);
    talk.notes(1, &maren, hostile);
    talk.does(1, &jonas, send(hostile));
    talk.does(1, &maren, move_to(hostile));
    redact(&mut talk, &ines);
    let (to, whom) = (Recipient::External, hostile.to_owned());
    talk.does(1, &ines, Verb::Mail { to, whom });
    let asked = talk.entries.last().expect("the wish");
    let why = Some(hostile.to_owned());
    let of = (asked.seq, asked.public_seq);
    talk.take(mailed(&talk.chat, of, MailOutcome::Failed, why, talk.now));
    talk.does(1, &ines, append_to(hostile, true));
    talk
}

fn send(name: &str) -> Verb {
    let file = Box::new(File {
        name: name.to_owned(),
        kind: FileType::Png,
        size_bytes: 417,
        hash: [0; 32],
        pixels: None,
    });
    Verb::Send { note: false, file }
}

fn move_to(name: &str) -> Verb {
    Verb::Move {
        to: ChannelId(Uuid::from_u128(901)),
        name: name.to_owned(),
        level: Some(Level::Owner),
    }
}

/// Says one more thing and takes it away again, in the log too, as the store does.
fn redact(talk: &mut Talk, person: &Person) {
    talk.says(1, person, "Not for here");
    let Entry { seq, public_seq, .. } = talk.entries.last().cloned().expect("it was said");
    let (of, public_of) = (seq, public_seq);
    talk.does(1, person, Verb::Redact { of, public_of });
    let said = talk
        .entries
        .iter_mut()
        .find(|entry| entry.seq == seq)
        .expect("it was said");
    said.what = What::Redacted {
        note: false,
        by: Some(person.name.clone()),
        at: talk.now,
    };
}

#[test]
fn every_field_is_there_to_be_hostile() {
    let talk = talk_of("Marker");
    let made = text(&talk.for_a(Kind::Agent));
    for field in [
        "Chat in Marker\n",
        "Marker, Marker (Customer)",
        "Ines VogtMarker (Owner)",
        "Ticket             Marker",
        "\n  13:02  Marker\n",
        "invited Maren HoltMarker as participant: “Marker”",
        "Maren HoltMarker, agents only",
        "Marker (417 bytes)",
        "moved the chat to Marker",
        "This text was removed by Ines VogtMarker on",
        "Ines VogtMarker removed a text",
        "sends this conversation to Marker by e-mail",
        "The e-mail could not be sent: “Marker”",
        "put this chat into ticket Marker",
    ] {
        assert!(made.contains(field), "{field} is not in {made}");
    }
    let made = text(&talk.for_a(Kind::CustomerUser));
    for field in [
        "Marker, Marker (Customer)",
        "Marker 1 (Agent)",
        "The chat goes on in Marker",
    ] {
        assert!(made.contains(field), "{field} is not in {made}");
    }
}

#[test]
fn hostile_fields_stay_text_in_every_form() {
    let lane = Lane::part("transcripts", "hostile fields stay text in every form");
    for hostile in HOSTILE {
        for kind in [Kind::Agent, Kind::PublicUser] {
            lane.case();
            let transcript = talk_of(hostile).for_a(kind);
            plain(&text(&transcript));
            page(&html(&transcript));
            markup(&fragment(&transcript), &["p", "strong", "em", "br"]);
            let parsed: serde_json::Value = serde_json::from_str(&json(&transcript)).expect("JSON");
            assert_eq!(parsed["version"], 1);
        }
    }
    lane.finish();
}

#[test]
fn a_hostile_paragraph_is_one() {
    for hostile in HOSTILE {
        let made = paragraph(hostile);
        markup(&made, &["p", "br"]);
        assert!(made.starts_with("<p>") && made.ends_with("</p>") && made.matches("<p>").count() == 1);
    }
    assert_eq!(
        paragraph("a < b\n\"c\" & 'd'"),
        "<p>a &lt; b<br>&quot;c&quot; &amp; &#39;d&#39;</p>"
    );
}

/// No control character but the ends of lines, and no line at the left edge that is not ours.
fn plain(made: &str) {
    let controls = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}' | '\u{2029}');
    assert!(!made.contains(controls), "{made:?}");
    assert!(!made.lines().any(|line| line.starts_with("* 13:09")), "{made}");
    assert!(!made.contains("\nInes Vogt\n  13:09"), "{made}");
}

/// The tags are those that the page itself has.
fn page(made: &str) {
    const OURS: &[&str] = &[
        "head", "body", "html", "main", "h1", "h2", "h3", "dl", "dt", "dd", "p", "section", "article", "div", "time",
    ];
    let (head, body) = made.split_once("</style>").expect("a style sheet");
    assert!(head.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">"));
    assert_eq!(made.matches("<title>").count(), 1);
    markup(body, OURS);
}

/// The tags are of these, and do nothing.
fn markup(made: &str, ours: &[&str]) {
    for tag in made.split('<').skip(1) {
        let name = tag
            .trim_start_matches('/')
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        assert!(ours.contains(&name), "<{tag}");
        let attributes = tag.split('>').next().unwrap_or_default();
        assert!(
            !attributes.contains("on") || name == "section" || name == "strong",
            "<{tag}"
        );
    }
    let controls = |c: char| c.is_control() && c != '\n';
    assert!(!made.contains(controls), "{made:?}");
}

#[test]
fn a_transcript_of_nothing_is_one() {
    let mut talk = talk_of("x");
    talk.entries.clear();
    let transcript: Transcript = talk.for_a(Kind::PublicUser);
    assert!(text(&transcript).starts_with("Chat in x\n"));
    assert!(html(&transcript).contains("<h1"));
}
