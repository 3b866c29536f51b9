//! Who may read and do what, written a second time: from product section 2, the role matrix and the audience table of the model
//! system, over the bare log, without a chat's folded state. Slow and plain on purpose.

use domain::chat::State;
use domain::verbs::Standing;
use domain::{Availability, Entry, Instant, Kind, Level, Person, PersonId, Settings, Verb, What};

/// "`requested → open → closed`; `open → requested`; `requested → closed`": the last word the log says about it.
pub fn state(log: &[Entry]) -> State {
    let of = |entry: &Entry| match entry.what {
        What::Requested | What::Returned { .. } => Some(State::Requested),
        What::Accepted => Some(State::Open),
        What::Closed { .. } => Some(State::Closed),
        _ => None,
    };
    log.iter().rev().find_map(of).expect("a log begins with the request")
}

/// The one who asked for the chat.
fn starter(log: &[Entry]) -> PersonId {
    log[0].actor.expect("somebody asked")
}

/// He accepted, and neither left nor was the chat taken from him since.
fn is_in(log: &[Entry], agent: PersonId) -> bool {
    let moves = log.iter().rev().find_map(|entry| match entry.what {
        What::Accepted if entry.actor == Some(agent) => Some(true),
        What::Left if entry.actor == Some(agent) => Some(false),
        What::Returned { .. } => Some(false),
        _ => None,
    });
    moves == Some(true)
}

fn took_part(log: &[Entry], agent: PersonId) -> bool {
    log.iter()
        .any(|entry| entry.actor == Some(agent) && entry.what == What::Accepted)
}

/// Every entry this person may read now, with its number on his count; `None` where the chat is not there for him.
pub fn reads(
    log: &[Entry],
    person: &Person,
    level: Option<Level>,
    now: Instant,
    settings: &Settings,
) -> Option<Vec<(i64, What)>> {
    let closed_at = log
        .iter()
        .find(|entry| matches!(entry.what, What::Closed { .. }))
        .map(|entry| entry.at.0);
    let may = match person.kind {
        // "customer users … their past conversations until retention"
        Kind::CustomerUser => starter(log) == person.id,
        // "a public user for a configurable number of hours"
        Kind::PublicUser => {
            let hours_us = settings.visitor_reads_closed_h * 60 * 60 * 1_000_000;
            starter(log) == person.id && closed_at.is_none_or(|at| now.0 - at < hours_us)
        }
        // The matrix: without a level nothing at all; requests are for owners; a running chat for those in it; the
        // archive for those who took part and the owners of the channel.
        Kind::Agent => match (level, state(log)) {
            (None, _) => false,
            (Some(level), State::Requested) => level == Level::Owner,
            (Some(_), State::Open) => is_in(log, person.id),
            (Some(level), State::Closed) => level == Level::Owner || took_part(log, person.id),
        },
    };
    may.then(|| {
        let mut shown = Vec::new();
        for entry in log {
            let note = matches!(entry.what, What::Note { .. });
            if person.kind == Kind::Agent || !note {
                shown.push((shown.len() as i64 + 1, entry.what.clone()));
            }
        }
        shown
    })
}

/// Whether this person may do this now.
pub fn may(log: &[Entry], person: &Person, standing: Standing, verb: &Verb) -> bool {
    let state = state(log);
    if state == State::Closed {
        return false;
    }
    if person.kind != Kind::Agent {
        return starter(log) == person.id && matches!(verb, Verb::Say { .. } | Verb::Close);
    }
    let Some(level) = standing.level else { return false };
    if let Verb::Accept = verb {
        return state == State::Requested
            && level == Level::Owner
            && standing.availability == Availability::InternalAndExternal;
    }
    if state == State::Requested || !is_in(log, person.id) {
        return false;
    }
    match verb {
        Verb::Note { .. } => true,
        Verb::Say { .. } | Verb::HandBack | Verb::Close => level >= Level::Participant,
        // Whoever is in came by accepting, so he is the last one unless another one accepted too, which cannot be.
        Verb::Leave => false,
        Verb::Accept => unreachable!("answered above"),
    }
}
