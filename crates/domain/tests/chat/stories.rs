//! A person, a verb and the answer: one story for each refusal.

use crate::people::*;
use crate::room::{OFFER, Room, settings};
use domain::chat::{Role, State};
use domain::verbs::{Invite, Offer, Standing, SystemVerb};
use domain::{
    Availability, Change, ChatId, ClientId, ClosedReason, Level, Person, Refusal, ReturnedReason, Settings, Side, Verb,
    What, verbs,
};
use uuid::Uuid;

fn say(text: &str) -> Verb {
    Verb::Say { text: text.to_owned() }
}

fn note(text: &str) -> Verb {
    Verb::Note { text: text.to_owned() }
}

/// Priya waits; Maren took her chat.
fn priya_with_maren() -> Room {
    let mut room = Room::started_by(&priya());
    room.does(&maren(), Verb::Accept).expect("Maren is owner and available");
    room
}

fn starts(person: &Person, offer: Offer, settings: &Settings) -> Result<Change, Refusal> {
    let (chat, cid) = (ChatId(Uuid::from_u128(501)), ClientId(Uuid::from_u128(2)));
    let opening = verbs::Opening {
        id: chat,
        ticket: None,
        text: "Hello?".into(),
        cid,
        at: domain::Instant(7),
    };
    verbs::start(opening, offer, person, settings)
}

#[test]
fn priya_asks_maren_answers_and_both_part() {
    let mut room = Room::started_by(&priya());
    room.does(&priya(), say("I stand at the pier.")).unwrap();
    room.does(&maren(), Verb::Accept).unwrap();
    room.does(&maren(), say("It sails at 19:40.")).unwrap();
    room.does(&maren(), note("Asked the harbour.")).unwrap();
    room.does(&priya(), say("Thank you!")).unwrap();
    room.does(&maren(), Verb::Close).unwrap();
    let kinds: Vec<_> = room.log.iter().map(|entry| entry.what.kind()).collect();
    assert_eq!(
        kinds,
        [
            "requested",
            "message",
            "message",
            "accepted",
            "message",
            "note",
            "message",
            "closed"
        ]
    );
    assert_eq!(room.chat.closed_reason, Some(ClosedReason::ByAgent));
    let numbers: Vec<_> = room.shows(&priya()).unwrap().iter().map(|(n, _)| *n).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7], "no hole where the note is");
}

#[test]
fn not_found_a_stranger_finds_nothing() {
    let mut room = priya_with_maren();
    for stranger in [other_priya(), hanne(), ines()] {
        assert_eq!(
            room.does(&stranger, say("May I?")),
            Err(Refusal::NotFound),
            "{}",
            stranger.name
        );
        assert_eq!(room.shows(&stranger), None, "{}", stranger.name);
    }
}

#[test]
fn not_found_after_handing_back_maren_has_no_part_in_it() {
    let mut room = priya_with_maren();
    room.does(&maren(), Verb::HandBack).unwrap();
    room.does(&ines(), Verb::Accept).unwrap();
    assert_eq!(room.does(&maren(), say("One more thing")), Err(Refusal::NotFound));
    assert_eq!(room.shows(&maren()), None);
}

#[test]
fn already_taken_the_late_click_learns_who_was_first() {
    let mut room = priya_with_maren();
    let by_maren = Err(Refusal::AlreadyTaken {
        by: "Maren Holt".into(),
    });
    assert_eq!(room.does(&ines(), Verb::Accept), by_maren);
    room.set_availability(&ines(), Availability::Unavailable);
    assert_eq!(
        room.does(&ines(), Verb::Accept),
        by_maren,
        "being too late comes before being unavailable"
    );
    assert_eq!(
        room.does(&maren(), Verb::Accept),
        by_maren,
        "a second click of the winner's"
    );
}

#[test]
fn chat_closed_late_words_are_refused_on_both_sides() {
    let mut room = priya_with_maren();
    room.does(&priya(), Verb::Close).unwrap();
    assert_eq!(room.chat.closed_reason, Some(ClosedReason::ByExternal));
    for (person, verb) in [
        (priya(), say("Wait")),
        (priya(), Verb::Close),
        (maren(), say("Bye")),
        (maren(), note("Rude")),
        (maren(), Verb::Leave),
        (maren(), Verb::HandBack),
        (maren(), Verb::Close),
        (ines(), Verb::Accept),
    ] {
        assert_eq!(
            room.does(&person, verb.clone()),
            Err(Refusal::ChatClosed),
            "{} {verb:?}",
            person.name
        );
    }
}

#[test]
fn chat_closed_who_withdraws_is_not_taken_any_more() {
    let mut room = Room::started_by(&hanne());
    room.does(&hanne(), Verb::Close).unwrap();
    assert_eq!(room.chat.closed_reason, Some(ClosedReason::Withdrawn));
    assert_eq!(room.does(&maren(), Verb::Accept), Err(Refusal::ChatClosed));
}

#[test]
fn not_accepted_agents_write_after_somebody_took_the_chat() {
    let mut room = Room::started_by(&hanne());
    for verb in [say("Hi"), note("A regular"), Verb::Leave, Verb::HandBack, Verb::Close] {
        assert_eq!(room.does(&maren(), verb.clone()), Err(Refusal::NotAccepted), "{verb:?}");
    }
    room.does(&hanne(), say("Anybody there?")).unwrap();
}

#[test]
fn not_allowed_only_owners_accept() {
    let mut room = Room::started_by(&hanne());
    for level in [None, Some(Level::Observer), Some(Level::Participant)] {
        room.set_level(&tove(), level);
        assert_eq!(room.does(&tove(), Verb::Accept), Err(Refusal::NotAllowed), "{level:?}");
        assert_eq!(room.shows(&tove()), None, "{level:?}");
    }
}

#[test]
fn not_allowed_externals_have_no_agents_verbs() {
    let mut room = priya_with_maren();
    for verb in [Verb::Accept, note("Hm"), Verb::Leave, Verb::HandBack] {
        assert_eq!(room.does(&priya(), verb.clone()), Err(Refusal::NotAllowed), "{verb:?}");
    }
}

#[test]
fn not_allowed_a_right_lowered_during_the_chat_counts_at_once() {
    let mut room = priya_with_maren();
    room.set_level(&maren(), Some(Level::Observer));
    room.does(&maren(), note("I only watch now")).unwrap();
    for verb in [say("Hi"), Verb::HandBack, Verb::Close] {
        assert_eq!(room.does(&maren(), verb.clone()), Err(Refusal::NotAllowed), "{verb:?}");
    }
    room.set_level(&maren(), None);
    for verb in [say("Hi"), note("Hm"), Verb::Leave, Verb::HandBack, Verb::Close] {
        assert_eq!(room.does(&maren(), verb.clone()), Err(Refusal::NotAllowed), "{verb:?}");
    }
    assert_eq!(room.shows(&maren()), None);
}

#[test]
fn you_are_unavailable_for_external_chats() {
    let mut room = Room::started_by(&hanne());
    for chosen in [Availability::Unavailable, Availability::Internal] {
        room.set_availability(&maren(), chosen);
        assert_eq!(
            room.does(&maren(), Verb::Accept),
            Err(Refusal::YouAreUnavailable),
            "{chosen:?}"
        );
    }
    room.set_availability(&maren(), Availability::InternalAndExternal);
    room.does(&maren(), Verb::Accept).unwrap();
    room.set_availability(&maren(), Availability::Unavailable);
    room.does(&maren(), say("His running chats go on")).unwrap();
}

#[test]
fn would_leave_alone_the_last_agent_hands_back_or_closes() {
    let mut room = priya_with_maren();
    assert_eq!(room.does(&maren(), Verb::Leave), Err(Refusal::WouldLeaveAlone));
    room.does(&maren(), Verb::HandBack).unwrap();
    assert_eq!(room.chat.state, State::Requested);
}

#[test]
fn would_leave_alone_also_with_a_lowered_right() {
    let mut room = priya_with_maren();
    room.set_level(&maren(), Some(Level::Observer));
    assert_eq!(room.does(&maren(), Verb::Leave), Err(Refusal::WouldLeaveAlone));
    assert!(
        room.system(SystemVerb::Return(ReturnedReason::RightLost)),
        "the system takes it from her"
    );
    assert_eq!(room.chat.state, State::Requested);
}

#[test]
fn of_two_agents_one_may_leave_and_everything_decided_before_is_void() {
    let mut room = priya_with_maren();
    room.does(&maren(), invite(&ines(), Role::Participant)).unwrap();
    let role = Role::Participant;
    room.does(&ines(), Verb::Join { role }).unwrap();
    let fence = room.chat.fence;
    room.does(&maren(), Verb::Leave).unwrap();
    assert_eq!(room.chat.fence, fence + 1);
    let last = room.log.last().unwrap();
    assert_eq!(last.what, What::Left { role: Role::Owner });
    let present: Vec<_> = room.chat.members.iter().filter(|member| member.present).collect();
    assert!(
        present
            .iter()
            .map(|member| member.name.as_str())
            .eq(["Priya Raman", "Ines Vogt"])
    );
    assert_eq!(room.does(&ines(), Verb::Leave), Err(Refusal::WouldLeaveAlone));
}

/// `maren` and who else is in asks somebody who is there and may.
fn invite(whom: &Person, role: Role) -> Verb {
    invite_of(whom, role, Some(Level::Owner), true)
}

fn invite_of(whom: &Person, role: Role, level: Option<Level>, reachable: bool) -> Verb {
    Verb::Invite(Box::new(Invite {
        whom: whom.clone(),
        standing: Standing {
            level,
            availability: Availability::InternalAndExternal,
        },
        reachable,
        role,
        note: None,
    }))
}

#[test]
fn an_invitation_is_refused_with_its_reason() {
    let mut room = priya_with_maren();
    let (observer, participant) = (Role::Observer, Role::Participant);
    let cases = [
        (invite(&maren(), observer), Refusal::ItIsYou),
        (
            invite_of(&ines(), participant, Some(Level::Observer), true),
            Refusal::RoleTooHigh,
        ),
        (invite_of(&ines(), observer, None, true), Refusal::PersonNotAllowed),
        (
            invite_of(&ines(), observer, Some(Level::Owner), false),
            Refusal::PersonUnavailable,
        ),
        (invite(&ines(), Role::Owner), Refusal::RoleTooHigh),
        (invite(&hanne(), observer), Refusal::PersonNotAllowed),
    ];
    for (verb, refusal) in cases {
        assert_eq!(room.does(&maren(), verb), Err(refusal));
    }
    room.does(&maren(), invite(&ines(), observer)).unwrap();
    assert_eq!(
        room.does(&maren(), invite(&ines(), observer)),
        Err(Refusal::AlreadyInvited)
    );
    let (role, too_high) = (observer, Verb::Join { role: participant });
    assert_eq!(room.does(&ines(), too_high), Err(Refusal::RoleTooHigh));
    room.does(&ines(), Verb::Join { role }).unwrap();
    assert_eq!(room.does(&maren(), invite(&ines(), observer)), Err(Refusal::AlreadyIn));
    assert_eq!(room.does(&ines(), Verb::Join { role }), Err(Refusal::NotInvited));
    assert_eq!(room.does(&ines(), Verb::Decline), Err(Refusal::NotInvited));
    let says = Verb::Say { text: "Hello".into() };
    assert_eq!(room.does(&ines(), says), Err(Refusal::NotAllowed));
    assert_eq!(
        room.does(&ines(), Verb::SwitchRole { to: role }),
        Err(Refusal::NothingChanges)
    );
}

#[test]
fn externals_see_nothing_of_observers_and_agents_under_their_alias() {
    let mut room = priya_with_maren();
    let before = room.shows(&priya()).unwrap();
    room.does(&maren(), invite(&ines(), Role::Participant)).unwrap();
    room.does(&ines(), Verb::Join { role: Role::Observer }).unwrap();
    assert_eq!(room.shows(&priya()).unwrap(), before, "nothing happened for her");
    let member = |room: &Room| room.chat.member(ines().id).cloned().unwrap();
    assert_eq!(Side::External.number(&member(&room)), None);
    assert_eq!(Side::Agents.number(&member(&room)), Some(3));

    let (joined, left) = (Role::Participant, Role::Participant);
    room.does(&ines(), Verb::SwitchRole { to: Role::Participant }).unwrap();
    room.does(&ines(), Verb::SwitchRole { to: Role::Observer }).unwrap();
    let shown: Vec<_> = room
        .shows(&priya())
        .unwrap()
        .into_iter()
        .map(|(_, what)| what)
        .collect();
    assert_eq!(
        shown[before.len()..],
        [What::Joined { role: joined }, What::Left { role: left }]
    );

    let mut settings = settings();
    let name = |side: Side, settings: &Settings| side.name(&member(&room), settings).into_owned();
    assert_eq!(name(Side::External, &settings), "Ines Vogt");
    settings.agent_alias = "Skerry team".into();
    assert_eq!(
        name(Side::External, &settings),
        "Skerry team 2",
        "the second agent to join"
    );
    settings.agent_alias_numbers = 0;
    assert_eq!(name(Side::External, &settings), "Skerry team");
    assert_eq!(name(Side::Agents, &settings), "Ines Vogt");
}

#[test]
fn a_personal_request_is_for_the_one_it_is_addressed_to() {
    let mut room = Room::requested_of(&maren());
    assert!(
        room.shows(&chidi()).is_none(),
        "an owner of the channel has no right in it"
    );
    assert_eq!(room.does(&chidi(), Verb::Accept), Err(Refusal::NotAllowed));
    room.set_availability(&maren(), Availability::Unavailable);
    assert_eq!(room.does(&maren(), Verb::Accept), Err(Refusal::YouAreUnavailable));
    room.set_availability(&maren(), Availability::Internal);
    room.does(&maren(), Verb::Accept).unwrap();
    assert!(
        !room.system(SystemVerb::Return(ReturnedReason::LeaseEnded)),
        "no lease ends it"
    );

    let mut room = Room::requested_of(&hanne());
    let says = Verb::Say { text: "Yes?".into() };
    assert_eq!(room.does(&hanne(), says), Err(Refusal::NotAccepted));
    room.does(&hanne(), Verb::Decline).unwrap();
    assert_eq!(room.chat.closed_reason, Some(ClosedReason::Declined));
    assert_eq!(room.does(&hanne(), Verb::Decline), Err(Refusal::ChatClosed), "twice");
    assert!(
        room.shows(&hanne()).is_none(),
        "what she declined is no conversation of hers"
    );

    let mut room = Room::requested_of(&hanne());
    room.does(&ines(), Verb::Close).unwrap();
    assert_eq!(room.chat.closed_reason, Some(ClosedReason::Withdrawn));
    assert_eq!(room.does(&hanne(), Verb::Accept), Err(Refusal::ChatClosed));
}

#[test]
fn a_lost_owner_is_followed_by_a_participant_with_the_right() {
    let mut room = priya_with_maren();
    room.does(&maren(), invite(&ines(), Role::Participant)).unwrap();
    let role = Role::Participant;
    room.does(&ines(), Verb::Join { role }).unwrap();
    let (n, heir) = (
        room.chat.member(maren().id).unwrap().n,
        room.chat.member(ines().id).map(|it| it.n),
    );
    assert!(room.system(SystemVerb::LoseAgent { n, heir }));
    assert_eq!(room.chat.member(ines().id).unwrap().role, Role::Owner);
    assert_eq!(room.chat.state, State::Open);
    let n = heir.unwrap();
    assert!(
        !room.system(SystemVerb::LoseAgent { n, heir: None }),
        "the last one is no loss but the end"
    );
}

#[test]
fn not_offered_where_anything_is_switched_off() {
    let on = settings();
    let visitors_off = Settings {
        public_to_agent: 0,
        ..settings()
    };
    let customers_off = Settings {
        customer_to_agent: 0,
        ..settings()
    };
    let all_off = Settings {
        chat_active: 0,
        ..settings()
    };
    let invalid = Offer { valid: false, ..OFFER };
    let no_visitors = Offer {
        for_public_users: false,
        ..OFFER
    };
    let no_customers = Offer {
        for_customer_users: false,
        ..OFFER
    };
    for (person, offer, settings) in [
        (priya(), OFFER, &visitors_off),
        (priya(), OFFER, &all_off),
        (priya(), invalid, &on),
        (priya(), no_visitors, &on),
        (hanne(), OFFER, &customers_off),
        (hanne(), OFFER, &all_off),
        (hanne(), invalid, &on),
        (hanne(), no_customers, &on),
        (maren(), OFFER, &on),
    ] {
        assert_eq!(
            starts(&person, offer, settings),
            Err(Refusal::NotOffered),
            "{} {offer:?} {settings:?}",
            person.name
        );
    }
    for (person, offer, settings) in [
        (priya(), no_customers, &on),
        (priya(), OFFER, &customers_off),
        (hanne(), no_visitors, &on),
        (hanne(), OFFER, &visitors_off),
    ] {
        assert!(
            starts(&person, offer, settings).is_ok(),
            "{} {offer:?} {settings:?}",
            person.name
        );
    }
}

#[test]
fn nobody_available_is_said_before_a_chat_is_made() {
    let nobody = Offer {
        available: false,
        ..OFFER
    };
    assert_eq!(starts(&priya(), nobody, &settings()), Err(Refusal::NobodyAvailable));
    assert_eq!(
        starts(&maren(), nobody, &settings()),
        Err(Refusal::NotOffered),
        "not offered comes first"
    );
}

#[test]
fn a_start_is_the_request_and_the_first_message() {
    let change = starts(&hanne(), OFFER, &settings()).unwrap();
    assert_eq!(change.entries[0].what, What::Requested);
    assert_eq!(change.entries[1].what, What::Message { text: "Hello?".into() });
    assert_eq!(change.members.len(), 1);
    assert_eq!(
        (change.members[0].name.as_str(), change.members[0].company.as_deref()),
        ("Hanne Dahl", Some("Wiebe Freight"))
    );
    assert_eq!(change.after.waiting_since, Some(domain::Instant(7)));
}

#[test]
fn a_chat_that_waits_again_waits_from_then_on() {
    let mut room = priya_with_maren();
    room.now = room.now.plus_s(600);
    assert!(room.system(SystemVerb::Return(ReturnedReason::LeaseEnded)));
    assert_eq!(room.chat.waiting_since, Some(room.now));
    room.does(&maren(), Verb::Accept).unwrap();
    assert_eq!(room.chat.members.len(), 2, "whoever comes back has the number he had");
}

#[test]
fn a_visitor_reads_a_closed_chat_for_a_day_a_customer_user_for_longer() {
    for (starter, later) in [(priya(), false), (hanne(), true)] {
        let mut room = Room::started_by(&starter);
        room.does(&starter, Verb::Close).unwrap();
        room.now = room.now.plus_s(24 * 3_600 - 1);
        assert!(room.shows(&starter).is_some());
        room.now = room.now.plus_s(1);
        assert_eq!(room.shows(&starter).is_some(), later, "{}", starter.name);
    }
}

#[test]
fn the_archive_is_for_those_who_took_part_and_the_owners_of_the_channel() {
    let mut room = priya_with_maren();
    room.does(&maren(), Verb::Close).unwrap();
    room.set_level(&maren(), Some(Level::Observer));
    room.set_level(&tove(), Some(Level::Participant));
    assert!(room.shows(&maren()).is_some(), "took part");
    assert!(room.shows(&ines()).is_some(), "owns the channel");
    assert_eq!(room.shows(&tove()), None);
    room.set_level(&maren(), None);
    assert_eq!(room.shows(&maren()), None, "the right is asked for again each time");
}

#[test]
fn every_refusal_has_a_stable_code() {
    let all = [
        Refusal::NotFound,
        Refusal::EmptyText,
        Refusal::TooLong { limit: 1 },
        Refusal::AlreadyTaken {
            by: "Maren Holt".into(),
        },
        Refusal::ChatClosed,
        Refusal::NotAccepted,
        Refusal::NotAllowed,
        Refusal::YouAreUnavailable,
        Refusal::WouldLeaveAlone,
        Refusal::NotOffered,
        Refusal::NobodyAvailable,
        Refusal::CidReused,
    ];
    let codes = all.map(|refusal| refusal.code());
    let expected = "not_found empty_text too_long already_taken chat_closed not_accepted not_allowed you_are_unavailable \
                    would_leave_alone not_offered nobody_available cid_reused";
    assert_eq!(codes.join(" "), expected);
}

#[test]
fn into_a_ticket_goes_a_chat_by_who_takes_part_open_or_closed() {
    let into = |keep_open| Verb::AppendToTicket {
        ticket: domain::TicketId(Uuid::from_u128(600)),
        number: "2026112610000015".into(),
        keep_open,
    };
    let kinds = |room: &Room| room.log.iter().map(|entry| entry.what.kind()).collect::<Vec<_>>();
    let mut waiting = Room::started_by(&priya());
    assert_eq!(waiting.does(&maren(), into(false)), Err(Refusal::NotAccepted));

    let mut room = priya_with_maren();
    assert_eq!(room.does(&priya(), into(false)), Err(Refusal::NotAllowed));
    room.does(&maren(), into(true)).unwrap();
    assert_eq!(room.chat.state, State::Open);
    room.does(&maren(), into(false)).unwrap();
    assert_eq!(kinds(&room).split_off(3), ["attached", "attached", "closed"]);
    assert_eq!(room.chat.closed_reason, Some(ClosedReason::ByAgent));
    let closed_at = room.chat.closed_at;
    room.does(&maren(), into(false)).unwrap();
    assert_eq!((room.chat.closed_at, kinds(&room).len()), (closed_at, 7), "closed once");
    assert_eq!(room.does(&priya(), into(false)), Err(Refusal::ChatClosed));
    let hers = room.shows(&priya()).unwrap().len();
    assert_eq!(hers, kinds(&room).len() - 3, "agents only");
}
