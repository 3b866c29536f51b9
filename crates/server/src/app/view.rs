//! From domain values to the wire's types: the edge.

use super::chats::Granted;
use super::{App, AppError};
use domain::chat::{Member, Role, State};
use domain::verbs::{self, Standing, Verb};
use domain::{Availability, Chat, ClosedReason, Entry, Kind, Person, ReturnedReason, Side, What};
use store::Summary;

/// An entry for one side; `None` if it has no face there.
pub fn entry(entry: &Entry, side: Side) -> Option<wire::EntryView> {
    let what = side.face(&entry.what)?;
    let seq = match side {
        Side::Agents => entry.seq,
        Side::External => entry.public_seq?,
    };
    Some(wire::EntryView {
        seq,
        at: entry.at.ms(),
        who: entry.who,
        cid: entry.cid.map(|cid| cid.0),
        what: self::what(what),
    })
}

fn what(what: &What) -> wire::EntryWhat {
    match what {
        What::Requested => wire::EntryWhat::Requested {},
        What::Message { text } => wire::EntryWhat::Message { text: text.clone() },
        What::Note { text } => wire::EntryWhat::Note { text: text.clone() },
        What::Accepted => wire::EntryWhat::Accepted {},
        What::Left => wire::EntryWhat::Left {},
        What::Returned { reason } => wire::EntryWhat::Returned {
            reason: returned(*reason),
        },
        What::Closed { reason } => wire::EntryWhat::Closed {
            reason: closed(*reason),
        },
    }
}

fn returned(reason: ReturnedReason) -> wire::ReturnedReason {
    match reason {
        ReturnedReason::HandedBack => wire::ReturnedReason::HandedBack,
        ReturnedReason::LeaseEnded => wire::ReturnedReason::LeaseEnded,
        ReturnedReason::RightLost => wire::ReturnedReason::RightLost,
    }
}

fn closed(reason: ClosedReason) -> wire::ClosedReason {
    match reason {
        ClosedReason::ByAgent => wire::ClosedReason::ByAgent,
        ClosedReason::ByExternal => wire::ClosedReason::ByExternal,
        ClosedReason::Withdrawn => wire::ClosedReason::Withdrawn,
        ClosedReason::Declined => wire::ClosedReason::Declined,
        ClosedReason::Expired => wire::ClosedReason::Expired,
        ClosedReason::SwitchedOff => wire::ClosedReason::SwitchedOff,
    }
}

pub fn state(state: State) -> wire::ChatState {
    match state {
        State::Requested => wire::ChatState::Requested,
        State::Open => wire::ChatState::Open,
        State::Closed => wire::ChatState::Closed,
    }
}

pub fn kind(kind: Kind) -> wire::PersonKind {
    match kind {
        Kind::Agent => wire::PersonKind::Agent,
        Kind::CustomerUser => wire::PersonKind::CustomerUser,
        Kind::PublicUser => wire::PersonKind::PublicUser,
    }
}

pub fn availability(availability: Availability) -> wire::Availability {
    match availability {
        Availability::Unavailable => wire::Availability::Unavailable,
        Availability::Internal => wire::Availability::Internal,
        Availability::InternalAndExternal => wire::Availability::InternalAndExternal,
    }
}

fn role(role: Role) -> wire::Role {
    match role {
        Role::Owner => wire::Role::Owner,
        Role::Participant => wire::Role::Participant,
        Role::Observer => wire::Role::Observer,
        Role::External => wire::Role::External,
    }
}

fn can(chat: &Chat, person: &Person, standing: Standing) -> Vec<wire::ChatCan> {
    let word = |verb: Verb| match verb {
        Verb::Accept => wire::ChatCan::Accept,
        Verb::Say { .. } => wire::ChatCan::Send,
        Verb::Note { .. } => wire::ChatCan::Note,
        Verb::Leave => wire::ChatCan::Leave,
        Verb::HandBack => wire::ChatCan::HandBack,
        Verb::Close => wire::ChatCan::Close,
    };
    verbs::can(chat, person, standing).into_iter().map(word).collect()
}

pub fn summary(summary: Summary) -> wire::ChatSummary {
    wire::ChatSummary {
        id: summary.chat.0,
        channel: wire::ChannelRef {
            id: summary.channel.0,
            name: summary.channel_name,
        },
        state: state(summary.state),
        with: summary.counterpart,
        last_text: summary.last_text.map(|text| text.chars().take(200).collect()),
        last_at: summary.last_at.ms(),
        unread: summary.unread,
    }
}

impl App {
    /// The chat as the person asking may see it.
    pub(super) async fn view(&self, person: &Person, granted: &Granted) -> Result<wire::ChatView, AppError> {
        let (chat, side) = (&granted.chat, granted.access.side);
        let channel = self
            .channel(chat.channel)
            .await?
            .map(|channel| channel.name)
            .unwrap_or_default();
        let read = match granted.access.member {
            Some(_) => self.store.read_position(chat.id, person.id).await?,
            None => 0,
        };
        // The chat was remembered at its fence; messages came since.
        let head = self
            .shared
            .rooms
            .get(chat.id)
            .and_then(|room| room.head(side))
            .unwrap_or(0)
            .max(side.head(chat));
        let unread = match granted.access.member {
            Some(_) => self.store.unread(chat.id, side, person.id, read, head).await?,
            None => 0,
        };
        let waits_outside = side == Side::External && chat.state == State::Requested;
        let place = if waits_outside {
            self.store.place(chat).await?
        } else {
            None
        };
        let seen = |member: &&Member| side == Side::Agents || member.role != Role::Observer;
        let online = |member: &Member| self.shared.presence.online(member.person);
        Ok(wire::ChatView {
            id: chat.id.0,
            channel: wire::ChannelRef {
                id: chat.channel.0,
                name: channel,
            },
            state: state(chat.state),
            closed_reason: chat.closed_reason.map(closed),
            created_at: chat.created_at.ms(),
            waiting_since: chat.waiting_since.map(|at| at.ms()),
            closed_at: chat.closed_at.map(|at| at.ms()),
            members: chat
                .members
                .iter()
                .filter(seen)
                .map(|member| wire::MemberView {
                    n: member.n,
                    kind: kind(member.kind),
                    role: role(member.role),
                    name: member.name.clone(),
                    company: member.company.clone(),
                    present: member.present,
                    online: online(member),
                })
                .collect(),
            me: granted.access.member,
            can: can(chat, person, granted.standing()),
            head,
            read,
            unread,
            place: place.map(|place| place as u32),
            no_answer_at: chat
                .waiting_since
                .filter(|_| waits_outside)
                .map(|at| at.plus_s(self.settings().no_answer_s).ms()),
            agent_lost: side == Side::External && chat.state == State::Open && !chat.contributing().any(online),
        })
    }

    /// Who is signed in, with his choices.
    pub async fn me(&self, person: &Person) -> Result<wire::Me, AppError> {
        let mut me = wire::Me {
            id: person.id.0,
            kind: kind(person.kind),
            name: person.name.clone(),
            company: person.company.clone(),
            availability: None,
            channels: Vec::new(),
            receives: None,
            out_of_office: None,
        };
        if person.kind == Kind::Agent {
            let held = self.held(person).await?;
            me.availability = Some(availability(held.availability));
            let channels = self.channels().await?;
            me.receives = Some(self.receives(&held, &channels));
            me.out_of_office = held.out_of_office.clone();
            let owned = channels
                .iter()
                .filter(|channel| channel.valid && held.level(channel.id) == Some(domain::Level::Owner));
            me.channels = owned
                .map(|channel| wire::MyChannel {
                    channel: wire::ChannelRef {
                        id: channel.id.0,
                        name: channel.name.clone(),
                    },
                    selected: held.my_channels.contains(&channel.id),
                })
                .collect();
        }
        Ok(me)
    }
}
