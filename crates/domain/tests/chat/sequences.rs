//! Whatever people and the system do, in whatever order and with whatever clock.

use crate::people::{agents, everybody, hanne, maren, priya};
use crate::room::{CHANNEL, Room};
use domain::chat::{Role, State};
use domain::verbs::{Invite, Standing, SystemVerb, decide_system};
use domain::{
    Availability, ChannelId, ClosedReason, File, FileType, Kind, Level, Person, Recipient, Refusal, ReturnedReason,
    Verb, decide,
};
use proof::Lane;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::Cell;

#[derive(Debug, Clone)]
enum Step {
    Does(Person, Verb),
    System(SystemVerb),
    Level(Person, Option<Level>),
    Availability(Person, Availability),
    /// Clocks go back, too.
    Clock {
        by_s: i64,
    },
}

fn verb() -> impl Strategy<Value = Verb> {
    let text = || "[a-z]{1,4}".prop_map(String::from);
    prop_oneof![
        4 => Just(Verb::Accept),
        6 => text().prop_map(|text| Verb::Say { text }),
        4 => text().prop_map(|text| Verb::Note { text }),
        4 => (text(), any::<bool>()).prop_map(|(name, note)| Verb::Send { note, file: Box::new(file(&name)) }),
        3 => Just(Verb::Leave),
        2 => Just(Verb::HandBack),
        1 => Just(Verb::Close),
        2 => (1..9_i64, prop::option::of(1..9_i64)).prop_map(|(of, public_of)| Verb::Redact { of, public_of }),
        2 => any::<bool>().prop_map(|agent| Verb::Mail {
            to: if agent { Recipient::Agent } else { Recipient::External },
            whom: "Hanne Dahl".into(),
        }),
        2 => Just(Verb::Decline),
        6 => invite(),
        6 => role().prop_map(|role| Verb::Join { role }),
        3 => (prop::sample::select(vec![CHANNEL, OTHER_CHANNEL]), level()).prop_map(|(to, level)| Verb::Move {
            to,
            name: "Freight".into(),
            level,
        }),
        4 => role().prop_map(|to| Verb::SwitchRole { to }),
    ]
}

fn file(name: &str) -> File {
    File {
        name: domain::file::name(name, FileType::Pdf),
        kind: FileType::Pdf,
        size_bytes: 1,
        hash: [1; 32],
        pixels: None,
    }
}

const OTHER_CHANNEL: ChannelId = ChannelId(uuid::Uuid::from_u128(901));

fn role() -> impl Strategy<Value = Role> {
    let (observer, participant) = (Just(Role::Observer), Just(Role::Participant));
    prop_oneof![4 => observer, 6 => participant, 1 => Just(Role::Owner)]
}

fn level() -> impl Strategy<Value = Option<Level>> {
    prop::sample::select(vec![
        None,
        Some(Level::Observer),
        Some(Level::Participant),
        Some(Level::Owner),
        Some(Level::Owner),
    ])
}

fn availability() -> impl Strategy<Value = Availability> {
    prop::sample::select(vec![
        Availability::Unavailable,
        Availability::Internal,
        Availability::InternalAndExternal,
        Availability::InternalAndExternal,
    ])
}

fn invite() -> impl Strategy<Value = Verb> {
    let facts = (anybody(), level(), availability(), prop::bool::weighted(0.9), role());
    facts.prop_map(|(whom, level, availability, reachable, role)| {
        Verb::Invite(Box::new(Invite {
            whom,
            standing: Standing { level, availability },
            reachable,
            role,
            note: None,
        }))
    })
}

fn anybody() -> impl Strategy<Value = Person> {
    prop_oneof![3 => agent(), 2 => prop::sample::select(everybody().to_vec())]
}

fn agent() -> impl Strategy<Value = Person> {
    prop::sample::select(agents().to_vec())
}

fn step() -> impl Strategy<Value = Step> {
    let returned = prop::sample::select(ReturnedReason::ALL.to_vec()).prop_map(SystemVerb::Return);
    let closed = prop::sample::select(ClosedReason::ALL.to_vec()).prop_map(SystemVerb::Close);
    prop_oneof![
        20 => (anybody(), verb()).prop_map(|(person, verb)| Step::Does(person, verb)),
        2 => returned.prop_map(Step::System),
        1 => closed.prop_map(Step::System),
        3 => (1..6_u32, 1..6_u32).prop_map(|(n, heir)| Step::System(SystemVerb::LoseAgent { n, heir: Some(heir) })),
        3 => (agent(), level()).prop_map(|(agent, level)| Step::Level(agent, level)),
        2 => (agent(), availability()).prop_map(|(agent, chosen)| Step::Availability(agent, chosen)),
        2 => prop_oneof![3 => -30..120_i64, 1 => 86_300..86_500_i64].prop_map(|by_s| Step::Clock { by_s }),
    ]
}

#[test]
fn the_promises_hold_whatever_people_do() {
    let lane = Lane::part("simulation", "the promises hold whatever people do");
    let (commands, refused, closed) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |counter: &Cell<usize>, more: bool| counter.set(counter.get() + usize::from(more));
    let began = prop::sample::select(vec![hanne(), priya(), maren()]);
    let began = (began, any::<bool>());
    let runs = 2_000 * proof::scale();
    let result = runner(runs).run(
        &(began, prop::collection::vec(step(), 1..60)),
        |((with, asks), steps)| {
            // A visitor asks; a customer user asks or is asked; an agent is asked.
            let mut room = match with.kind {
                Kind::PublicUser => Room::started_by(&with),
                Kind::CustomerUser if asks => Room::started_by(&with),
                _ => Room::requested_of(&with),
            };
            for step in steps {
                let refusal = run(&mut room, step);
                lane.case();
                count(&commands, true);
                count(&refused, refusal);
            }
            count(&closed, room.chat.state == State::Closed);
            Ok(())
        },
    );
    if let Err(found) = result {
        lane.violation(found.to_string());
    }
    lane.figure("seeds", runs);
    lane.figure("refused", refused.get());
    lane.figure("ended closed", closed.get());
    assert!(
        refused.get() < commands.get() && closed.get() > 0,
        "the steps reach every state"
    );
    lane.finish();
}

/// Runs one step; says whether it was refused.
fn run(room: &mut Room, step: Step) -> bool {
    let closed = room.chat.state == State::Closed;
    let refused = match step {
        Step::Does(person, verb) => room.does(&person, verb).is_err(),
        Step::System(verb) => !room.system(verb),
        Step::Level(agent, level) => {
            room.set_level(&agent, level);
            false
        }
        Step::Availability(agent, chosen) => {
            room.set_availability(&agent, chosen);
            false
        }
        Step::Clock { by_s } => {
            room.now = room.now.plus_s(by_s);
            false
        }
    };
    room.look_around();
    assert!(!closed || room.chat.state == State::Closed, "closed never reopens");
    refused
}

/// All agents decide on what they see now; the writer takes one of them, the others decide again on what is there then.
#[test]
fn of_any_number_who_accept_at_once_one_wins_and_the_others_learn_who() {
    let lane = Lane::part("domain", "of any number who accept at once one wins");
    let order = Just(agents().to_vec()).prop_shuffle();
    let runs = 100 * proof::scale();
    let result = runner(runs).run(&(order, 1..5_usize), |(order, periods)| {
        let mut room = Room::started_by(&priya());
        for _ in 0..periods {
            let seen = room.chat.clone();
            let decided = |agent: &Person| decide(&seen, agent, room.standing(agent), Verb::Accept, None, room.now);
            prop_assert!(order.iter().all(|agent| decided(agent).is_ok()));
            let (winner, others) = order.split_first().expect("somebody");
            prop_assert_eq!(room.does(winner, Verb::Accept), Ok(()));
            prop_assert!(
                room.chat.fence > seen.fence,
                "what the others decided cannot be written any more"
            );
            for other in others {
                let late = room.does(other, Verb::Accept);
                prop_assert_eq!(
                    late,
                    Err(Refusal::AlreadyTaken {
                        by: winner.name.clone()
                    })
                );
                lane.case();
            }
            prop_assert!(room.system(SystemVerb::Return(ReturnedReason::LeaseEnded)));
        }
        Ok(())
    });
    if let Err(found) = result {
        lane.violation(found.to_string());
    }
    lane.finish();
}

#[test]
fn nothing_happens_to_a_closed_chat() {
    let lane = Lane::part("domain", "nothing happens to a closed chat");
    for reason in ClosedReason::ALL {
        let mut room = Room::started_by(&hanne());
        assert!(room.system(SystemVerb::Close(reason)));
        let systems = ReturnedReason::ALL.iter().map(|r| SystemVerb::Return(*r));
        for verb in systems.chain(ClosedReason::ALL.iter().map(|r| SystemVerb::Close(*r))) {
            assert_eq!(decide_system(&room.chat, verb, room.now), None);
            lane.case();
        }
    }
    lane.finish();
}

/// Failures are printed whole and become stories; no file keeps them.
pub fn runner(cases: usize) -> TestRunner {
    TestRunner::new(Config {
        cases: cases as u32,
        failure_persistence: None,
        ..Config::default()
    })
}
