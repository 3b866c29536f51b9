//! A letter is in the language of whoever asked for it, and its times are those of his zone.

use super::{ANSWER, Arrived, PLAIN, Smtp, mail, open_chat, wants, with_mail};
use crate::client::granted;
use crate::desk::{Desk, on_both};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// Neither has a summer time.
const ZONES: [(&str, &str); 2] = [("Asia/Kathmandu", "UTC+5:45"), ("Africa/Lagos", "UTC+1")];

#[tokio::test]
async fn a_transcript_is_in_german_and_in_the_zone_of_who_asks() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (hanne, maren) = (desk.customer("hanne").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        let chat = open_chat(&hanne, &maren).await;
        let began = hanne.snapshot(chat).await.entries[0].at;
        let began = Timestamp::from_millisecond(began).expect("a time");
        let mut letters = 0;
        for (zone, offset) in ZONES {
            let there = began.to_zoned(TimeZone::get(zone).expect("a zone"));
            let clock = there.strftime("%H:%M").to_string();
            for (person, whom, role) in [
                (&hanne, json!({}), "Agent"),
                (&maren, json!({ "to": "agent" }), "Besitzer"),
            ] {
                let mut asks = wants(whom);
                asks["language"] = "de".into();
                asks["zone"] = zone.into();
                granted::<Value>("mail", mail(person, chat, &asks).await);
                letters += 1;
                let letter = smtp.wait_for(letters).await.pop().expect("a letter");
                assert!(letter.text.contains("\nSubject: Chat in "), "{}", letter.text);
                let moment = format!("{clock} Uhr ({offset})");
                for (form, said) in forms(&letter) {
                    for german in [
                        "Beginn",
                        moment.as_str(),
                        "Zeitzone",
                        zone,
                        "Personen",
                        "(Kunde)",
                        role,
                        "angefragt",
                        ANSWER,
                    ] {
                        assert!(said.contains(german), "{form}: no {german} in {said}");
                    }
                    for english in ["Began", "Time zone", "asked for a chat"] {
                        assert!(!said.contains(english), "{form}: {english} in {said}");
                    }
                }
                let html = letter.part("text/html");
                assert!(html.contains("<html lang=\"de\""), "{html}");
                assert!(html.contains(&there.strftime("%Y-%m-%dT%H:%M").to_string()), "{html}");
                let text = letter.part("text/plain");
                let asked = format!("* {clock}  Hanne Dahl hat einen Chat angefragt");
                assert!(text.lines().any(|line| line == asked), "{text}");
            }
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_visitors_first_letter_is_in_german_as_are_its_page_and_the_second() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (priya, maren) = (desk.visitor("Priya Raman").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        let chat = open_chat(&priya, &maren).await;
        let asks = json!({ "address": "priya@example.org", "language": "de" });
        granted::<Value>("mail", mail(&priya, chat, &wants(asks)).await);
        let question = smtp.wait_for(1).await.remove(0);
        assert!(
            question.text.contains("\nSubject: Ihre Unterhaltung per E-Mail?"),
            "{}",
            question.text
        );
        let (text, html) = (question.part("text/plain"), question.part("text/html"));
        for said in [&text, &html] {
            assert!(said.contains("Jemand, vermutlich Sie, hat darum gebeten"), "{said}");
        }
        let link = text.split_whitespace().find(|it| it.contains('#')).expect("a link");
        assert!(
            html.contains("<html lang=\"de\"") && html.contains(&format!("<a href=\"{link}\">")),
            "{html}"
        );
        let (page, token) = link.split_once('#').expect("a link");
        assert!(page.ends_with("/mail/de"), "{page}");
        let anybody = desk.stranger(wire::Surface::Visitor);
        assert_eq!(anybody.fetch("/mail/de").await.status().as_u16(), 200);
        let pressed = anybody.post("/api/mail/confirm", json!({ "token": token })).await;
        granted::<Value>("confirm", pressed);
        let letter = smtp.wait_for(2).await.remove(1);
        for (form, said) in forms(&letter) {
            assert!(said.contains("Zeitzone") && said.contains(ANSWER), "{form}: {said}");
        }
        desk.verify().await;
    })
    .await;
}

/// As one reads it, wherever its lines end.
fn forms(letter: &Arrived) -> [(&'static str, String); 3] {
    let read = |said: String| said.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        ("text", read(letter.part("text/plain"))),
        ("html", read(letter.part("text/html"))),
        ("pdf", read(letter.pdf())),
    ]
}
