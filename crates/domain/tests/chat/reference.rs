//! Who may read and do what, written a second time: from product section 2, the role matrix and the audience table of the model
//! system, over the bare log, without a chat's folded state. Slow and plain on purpose.

use domain::chat::{Direction, Role, State};
use domain::verbs::Standing;
use domain::{Availability, ChannelId, Entry, Instant, Kind, Level, Person, PersonId, Recipient, Settings, Verb, What};

/// What is known of a chat beside its log.
#[derive(Clone, Copy)]
pub struct Start {
    pub direction: Direction,
    pub channel: ChannelId,
    pub addressee: Option<PersonId>,
}

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

/// The table of audiences: notes, invitations and what observers do are for agents; who inherits a chat concerns nobody else.
pub fn is_for_agents_only(what: &What) -> bool {
    match what {
        What::Note { .. }
        | What::File { note: true, .. }
        | What::Invited { .. }
        | What::InvitationDeclined
        | What::Attached { .. }
        | What::Missed { .. } => true,
        What::Joined { role } | What::Left { role } => *role == Role::Observer,
        What::RoleChanged { to } => *to == Role::Owner,
        What::Redaction { public_of, .. } | What::Mailed { public_of, .. } => public_of.is_none(),
        What::Mailing { to, .. } => *to == Recipient::Agent,
        _ => false,
    }
}

/// The one who asked for the chat.
fn starter(log: &[Entry]) -> PersonId {
    log[0].actor.expect("somebody asked")
}

fn comes(what: &What) -> bool {
    matches!(what, What::Requested | What::Accepted | What::Joined { .. })
}

/// He came, and neither left nor was the chat taken from him since.
fn is_in(log: &[Entry], agent: PersonId) -> bool {
    let moves = log.iter().rev().find_map(|entry| match &entry.what {
        what if comes(what) && entry.actor == Some(agent) => Some(true),
        What::Left { .. } if entry.actor == Some(agent) => Some(false),
        What::Returned { .. } => Some(false),
        _ => None,
    });
    moves == Some(true)
}

fn took_part(log: &[Entry], person: PersonId) -> bool {
    log.iter()
        .any(|entry| entry.actor == Some(person) && comes(&entry.what))
}

/// The role he has by what he did last.
fn role(log: &[Entry], agent: PersonId) -> Role {
    let of = |entry: &Entry| match entry.what {
        What::Requested | What::Accepted => Some(Role::Owner),
        What::Joined { role } => Some(role),
        What::RoleChanged { to } => Some(to),
        _ => None,
    };
    let his = log.iter().rev().filter(|entry| entry.actor == Some(agent));
    his.filter_map(of).next().unwrap_or(Role::Observer)
}

/// The role he is invited as and has not answered.
fn invited(log: &[Entry], agent: &Person) -> Option<Role> {
    log.iter()
        .rev()
        .find_map(|entry| match &entry.what {
            What::Invited { whom, role, .. } if *whom == agent.name => Some(Some(*role)),
            What::Returned { .. } | What::Closed { .. } => Some(None),
            What::Joined { .. } | What::InvitationDeclined if entry.actor == Some(agent.id) => Some(None),
            _ => None,
        })
        .flatten()
}

/// Agents who are in and are no observers.
fn contributing(start: Start, log: &[Entry]) -> Vec<PersonId> {
    let mut all: Vec<PersonId> = log
        .iter()
        .filter(|entry| comes(&entry.what))
        .filter_map(|entry| entry.actor)
        .collect();
    all.sort();
    all.dedup();
    let external = match start.direction {
        Direction::AgentToAgent => None,
        Direction::AgentToCustomer => start.addressee,
        Direction::PublicToAgent | Direction::CustomerToAgent => Some(starter(log)),
    };
    all.retain(|person| Some(*person) != external && is_in(log, *person) && role(log, *person) != Role::Observer);
    all
}

/// Asks a person who has not answered.
fn is_pending(start: Start, log: &[Entry]) -> bool {
    state(log) == State::Requested && start.addressee.is_some_and(|addressee| !took_part(log, addressee))
}

/// Every entry this person may read now, with its number on his count; `None` where the chat is not there for him.
pub fn reads(
    start: Start,
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
    let mine = starter(log) == person.id;
    let may = match person.kind {
        // "customer users … their past conversations until retention"; what he never accepted was none
        Kind::CustomerUser if start.addressee == Some(person.id) => closed_at.is_none() || took_part(log, person.id),
        Kind::CustomerUser => mine,
        // "a public user for a configurable number of hours"
        Kind::PublicUser => {
            let hours_us = settings.visitor_reads_closed_h * 60 * 60 * 1_000_000;
            mine && closed_at.is_none_or(|at| now.0 - at < hours_us)
        }
        // "In a chat among agents only, the channel gives nobody a right": those in it, those asked.
        Kind::Agent if start.direction == Direction::AgentToAgent => match state(log) {
            State::Requested => mine || start.addressee == Some(person.id),
            State::Open => is_in(log, person.id) || invited(log, person).is_some(),
            State::Closed => took_part(log, person.id),
        },
        // The matrix: without a level nothing at all; requests are for owners, personal ones for the two; a running chat for
        // those in it or asked to come; the archive for those who took part and the owners of the channel.
        Kind::Agent => match (level, state(log)) {
            (None, _) => false,
            (Some(_), State::Requested) if is_pending(start, log) => mine,
            (Some(level), State::Requested) => level == Level::Owner,
            (Some(_), State::Open) => is_in(log, person.id) || invited(log, person).is_some(),
            (Some(level), State::Closed) => level == Level::Owner || took_part(log, person.id),
        },
    };
    may.then(|| {
        let mut shown = Vec::new();
        for entry in log {
            if person.kind == Kind::Agent {
                shown.push((shown.len() as i64 + 1, entry.what.clone()));
            } else if !is_for_agents_only(&entry.what) {
                // "switched to participant: sees only joined; switched to observer: sees only left"
                let role = Role::Participant;
                let what = match &entry.what {
                    What::RoleChanged { to: Role::Participant } => What::Joined { role },
                    What::RoleChanged { .. } => What::Left { role },
                    What::Mailed {
                        public_of: Some(of),
                        outcome,
                        ..
                    } => What::Mailed {
                        of: *of,
                        public_of: Some(*of),
                        outcome: *outcome,
                        why: None,
                    },
                    What::Redaction {
                        public_of: Some(of), ..
                    } => What::Redaction {
                        of: *of,
                        public_of: Some(*of),
                        by: None,
                    },
                    other => other.clone(),
                };
                shown.push((shown.len() as i64 + 1, what));
            }
        }
        shown
    })
}

fn highest(level: Level) -> Role {
    match level {
        Level::Observer => Role::Observer,
        Level::Participant => Role::Participant,
        Level::Owner => Role::Owner,
    }
}

/// Whether this person may do this now.
pub fn may(start: Start, log: &[Entry], person: &Person, standing: Standing, verb: &Verb) -> bool {
    if let Verb::Redact { .. } = verb {
        // "right: chat_owner of the channel", of who may read it; among agents the channel gives nobody a right.
        let owns = match start.direction {
            Direction::AgentToAgent => took_part(log, person.id) && role(log, person.id) == Role::Owner,
            _ => standing.level == Some(Level::Owner),
        };
        let reads = reads(start, log, person, standing.level, Instant(0), &Settings::default());
        return person.kind == Kind::Agent && owns && reads.is_some();
    }
    if let Verb::Mail { to, .. } = verb
        && person.kind != Kind::Agent
    {
        // "R41: when the customer user closes the chat, the transcript can be sent by e-mail", to himself.
        let his = reads(start, log, person, None, Instant(0), &Settings::default()).is_some();
        return *to == Recipient::External && his && took_part(log, person.id);
    }
    if let Verb::AppendToTicket { .. } | Verb::Mail { .. } = verb {
        // "to the chat's owners and participants and to owners of its channel", on open and closed chats.
        let among = start.direction == Direction::AgentToAgent;
        let contributes = took_part(log, person.id) && role(log, person.id) != Role::Observer;
        let is_his = contributes && (among || standing.level >= Some(Level::Participant));
        let owns = !among && standing.level == Some(Level::Owner);
        let reads = reads(start, log, person, standing.level, Instant(0), &Settings::default());
        let agent = person.kind == Kind::Agent;
        return agent && state(log) != State::Requested && reads.is_some() && (is_his || owns);
    }
    let state = state(log);
    if state == State::Closed {
        return false;
    }
    if person.kind != Kind::Agent {
        return external_may(start, log, person, verb);
    }
    let among = start.direction == Direction::AgentToAgent;
    let level = if among { Some(Level::Owner) } else { standing.level };
    let Some(level) = level else { return false };
    let (pending, addressed) = (is_pending(start, log), start.addressee == Some(person.id));
    let need = match among {
        true => Availability::Internal,
        false => Availability::InternalAndExternal,
    };
    match verb {
        Verb::Accept if pending => return addressed && standing.availability != Availability::Unavailable,
        Verb::Accept => {
            return !among
                && state == State::Requested
                && level == Level::Owner
                && standing.availability == Availability::InternalAndExternal;
        }
        Verb::Decline => return pending && addressed || invited(log, person).is_some(),
        Verb::Join { role } => {
            return invited(log, person).is_some_and(|offered| {
                matches!(role, Role::Observer | Role::Participant)
                    && *role <= offered
                    && *role <= highest(level)
                    && standing.availability >= need
            });
        }
        Verb::Move { to, level: there, .. } => {
            let before = |entry: &Entry| match &entry.what {
                What::Moved { channel, .. } => Some(*channel),
                _ => None,
            };
            let channel = log.iter().rev().find_map(before).unwrap_or(start.channel);
            let mover = match state {
                State::Requested => level == Level::Owner,
                _ => is_in(log, person.id) && role(log, person.id).min(highest(level)) >= Role::Participant,
            };
            return !among && !pending && mover && *to != channel && there.is_some_and(|it| it >= Level::Participant);
        }
        _ => {}
    }
    if !is_in(log, person.id) {
        return false;
    }
    if state == State::Requested {
        // Only who asked somebody is in before anybody accepted.
        return match verb {
            Verb::Say { .. } | Verb::Send { note: false, .. } => level >= Level::Participant,
            Verb::Close => true,
            _ => false,
        };
    }
    let his = role(log, person.id);
    let contributes = his.min(highest(level)) >= Role::Participant;
    let others = contributing(start, log).iter().any(|other| *other != person.id);
    match verb {
        Verb::Note { .. } | Verb::Send { note: true, .. } => !among,
        Verb::Leave => others || his == Role::Observer,
        Verb::SwitchRole { to: Role::Observer } => his != Role::Observer && others,
        Verb::SwitchRole { to: Role::Participant } => his == Role::Observer && level >= Level::Participant,
        Verb::Say { .. } | Verb::Send { .. } | Verb::Close => contributes,
        Verb::HandBack => contributes && !among,
        Verb::Invite(invite) => {
            let whom = &invite.whom;
            let above = if among {
                Some(Level::Owner)
            } else {
                invite.standing.level
            };
            contributes
                && whom.kind == Kind::Agent
                && whom.id != person.id
                && !is_in(log, whom.id)
                && invited(log, whom).is_none()
                && matches!(invite.role, Role::Observer | Role::Participant)
                && above.is_some_and(|level| invite.role <= highest(level))
                && invite.reachable
                && invite.standing.availability >= need
        }
        _ => false,
    }
}

fn external_may(start: Start, log: &[Entry], person: &Person, verb: &Verb) -> bool {
    let asked = start.addressee == Some(person.id);
    if asked && !took_part(log, person.id) {
        return matches!(verb, Verb::Accept | Verb::Decline);
    }
    (asked || starter(log) == person.id)
        && matches!(verb, Verb::Say { .. } | Verb::Send { note: false, .. } | Verb::Close)
}
