//! What agents do among themselves is in no form for others.

use crate::pdf::{own_fonts, read};
use crate::talk::{Talk, append_to, ines, invite, jonas, maren, tove};
use domain::chat::Role;
use domain::{Kind, Person, Verb};
use proof::Lane;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use transcript::{html, json, pdf, text};

/// Stands in every text that is for agents only, and in the name of who only looks on.
const SECRET: &str = "Marker";

fn looker_on() -> Person {
    Person {
        name: format!("Tove {SECRET}"),
        ..tove()
    }
}

/// Somebody, and what he tries.
pub fn tried() -> impl Strategy<Value = (Person, Verb)> {
    let agent = prop_oneof![Just(ines()), Just(maren()), Just(looker_on())];
    let secret = "[a-z <&]{0,12}".prop_map(|more| format!("{SECRET} {more}"));
    let by_agent = prop_oneof![
        4 => secret.clone().prop_map(|text| Verb::Note { text }),
        3 => "[a-z ]{1,12}".prop_map(|text| Verb::Say { text }),
        2 => Just(Verb::Accept),
        2 => secret.clone().prop_map(|note| invite(&maren(), Role::Participant, Some(&note))),
        2 => secret.clone().prop_map(|note| invite(&looker_on(), Role::Observer, Some(&note))),
        2 => Just(Verb::Join { role: Role::Observer }),
        1 => Just(Verb::Join { role: Role::Participant }),
        1 => Just(Verb::SwitchRole { to: Role::Observer }),
        1 => Just(Verb::Decline),
        1 => Just(Verb::Leave),
        1 => Just(Verb::HandBack),
        1 => secret.prop_map(|number| append_to(&number, true)),
    ];
    // Who only looks on never takes part: his name is for agents only.
    let by_agent = (agent, by_agent).prop_filter("the one who looks on", |(person, verb)| {
        person.id != looker_on().id
            || matches!(
                verb,
                Verb::Note { .. } | Verb::Join { role: Role::Observer } | Verb::Leave
            )
    });
    let by_external = "[a-z ]{1,12}".prop_map(|text| (jonas(), Verb::Say { text }));
    prop_oneof![4 => by_agent, 1 => by_external]
}

#[test]
fn no_form_for_externals_has_a_word_for_agents_only() {
    let lane = Lane::part("transcripts", "no form for externals has a word for agents only");
    let cases = 150 * proof::scale();
    let mut runner = TestRunner::new(Config {
        cases: cases as u32,
        failure_persistence: None,
        ..Config::default()
    });
    let (mut hidden, fonts, tried_so_far) = (0, own_fonts(), std::cell::Cell::new(0));
    let sequences = prop::collection::vec(tried(), 1..40);
    let result = runner.run(&sequences, |sequence| {
        lane.case();
        let mut talk = Talk::started_by(&jonas(), "Hello");
        talk.does(1, &ines(), Verb::Accept);
        for (person, verb) in sequence {
            talk.now = talk.now.plus_s(7);
            talk.tries(&person, verb);
        }
        let nth = tried_so_far.replace(tried_so_far.get() + 1);
        for kind in [Kind::CustomerUser, Kind::PublicUser] {
            let transcript = talk.for_a(kind);
            for made in [text(&transcript), html(&transcript), json(&transcript)] {
                prop_assert!(!made.contains(SECRET), "{}", made);
            }
            // Another program reads it back, which takes its time.
            if nth % 10 == 0 {
                let made = read(&pdf(&transcript, &fonts).expect("a PDF"));
                prop_assert!(!made.contains(SECRET), "{}", made);
            }
        }
        Ok(())
    });
    if let Err(found) = result {
        lane.violation(found.to_string());
    }
    // The same things are there for agents, else the test would look at nothing.
    let mut talk = Talk::started_by(&jonas(), "Hello");
    talk.does(1, &ines(), Verb::Accept);
    talk.does(
        1,
        &ines(),
        invite(&looker_on(), Role::Observer, Some(&format!("{SECRET} 1"))),
    );
    talk.does(1, &looker_on(), Verb::Join { role: Role::Observer });
    talk.notes(1, &looker_on(), &format!("{SECRET} 2"));
    talk.does(1, &ines(), append_to(&format!("{SECRET} 3"), true));
    let transcript = talk.for_a(Kind::Agent);
    let read = read(&pdf(&transcript, &fonts).expect("a PDF"));
    for made in [text(&transcript), html(&transcript), json(&transcript), read] {
        for text in ["Tove Marker", "Marker 1", "Marker 2", "Marker 3"] {
            assert!(made.contains(text), "{text} is not in {made}");
            hidden += 1;
        }
    }
    lane.figure("hidden", hidden);
    lane.finish();
}
