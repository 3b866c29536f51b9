//! From domain values to the wire's types: the edge.

use super::chats::Granted;
use super::{App, AppError, foreign};
use crate::clock;
use domain::chat::{Direction, Member, Role, State};
use domain::verbs::{self, Verb};
use domain::{
    Availability, ClosedReason, Entry, File, Kind, MailOutcome, Person, Recipient, ReturnedReason, Side, What,
    takes_transcript,
};
use std::collections::HashMap;
use store::Summary;

/// An entry for one side; `None` if it has no face there.
pub fn entry(entry: &Entry, side: Side) -> Option<wire::EntryView> {
    let what = side.face(&entry.what)?;
    let (seq, who) = match side {
        Side::Agents => (entry.seq, entry.who),
        Side::External => (entry.public_seq?, entry.public_who),
    };
    Some(wire::EntryView {
        seq,
        at: entry.at.ms(),
        who,
        cid: entry.cid.map(|cid| cid.0),
        what: self::what(&what),
    })
}

fn what(what: &What) -> wire::EntryWhat {
    match what {
        What::Requested => wire::EntryWhat::Requested {},
        What::Message { text } => said(text, None),
        What::Note { text } => noted(text, None),
        What::File { note: false, file } => said(&file.name, Some(self::file(file))),
        What::File { file, .. } => noted(&file.name, Some(self::file(file))),
        What::Accepted => wire::EntryWhat::Accepted {},
        What::Invited { whom, role, note } => wire::EntryWhat::Invited {
            whom: whom.clone(),
            role: self::role(*role),
            note: note.clone(),
        },
        What::InvitationDeclined => wire::EntryWhat::InvitationDeclined {},
        What::Joined { role } => wire::EntryWhat::Joined {
            role: self::role(*role),
        },
        What::Left { role } => wire::EntryWhat::Left {
            role: self::role(*role),
        },
        What::RoleChanged { to } => wire::EntryWhat::RoleChanged { to: role(*to) },
        What::Moved { channel, name } => wire::EntryWhat::Moved {
            channel: wire::ChannelRef {
                id: channel.0,
                name: name.clone(),
            },
        },
        What::Returned { reason } => wire::EntryWhat::Returned {
            reason: returned(*reason),
        },
        What::Closed { reason } => wire::EntryWhat::Closed {
            reason: closed(*reason),
        },
        What::Redacted { note, by, at } => wire::EntryWhat::Redacted {
            note: *note,
            by: by.clone(),
            at: at.ms(),
        },
        What::Redaction { of, by, .. } => wire::EntryWhat::Redaction {
            of: *of,
            by: by.clone(),
        },
        What::Attached { ticket, number } => wire::EntryWhat::Attached {
            ticket: ticket.0,
            number: number.clone(),
            there: foreign::there(*ticket),
        },
        What::Mailing { to, whom } => wire::EntryWhat::Mailing {
            to: match to {
                Recipient::Agent => wire::Recipient::Agent,
                Recipient::External => wire::Recipient::External,
            },
            whom: whom.clone(),
        },
        What::Missed { of, whom, .. } => wire::EntryWhat::Missed {
            of: *of,
            whom: whom.clone(),
        },
        What::Mailed { of, outcome, why, .. } => wire::EntryWhat::Mailed {
            of: *of,
            outcome: match outcome {
                MailOutcome::Asked => wire::MailOutcome::Asked,
                MailOutcome::Sent => wire::MailOutcome::Sent,
                MailOutcome::Perhaps => wire::MailOutcome::Perhaps,
                MailOutcome::Failed => wire::MailOutcome::Failed,
                MailOutcome::Seen => wire::MailOutcome::Seen,
            },
            why: why.clone(),
        },
    }
}

fn said(text: &str, file: Option<wire::FileView>) -> wire::EntryWhat {
    let text = text.to_owned();
    wire::EntryWhat::Message { text, file }
}

fn noted(text: &str, file: Option<wire::FileView>) -> wire::EntryWhat {
    let text = text.to_owned();
    wire::EntryWhat::Note { text, file }
}

pub fn file(file: &File) -> wire::FileView {
    wire::FileView {
        name: file.name.clone(),
        kind: file.kind.word().to_owned(),
        size: file.size_bytes as i64,
        width: file.pixels.map(|(width, _)| width),
        height: file.pixels.map(|(_, height)| height),
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

pub fn direction(direction: Direction) -> wire::Direction {
    match direction {
        Direction::PublicToAgent => wire::Direction::PublicToAgent,
        Direction::CustomerToAgent => wire::Direction::CustomerToAgent,
        Direction::AgentToCustomer => wire::Direction::AgentToCustomer,
        Direction::AgentToAgent => wire::Direction::AgentToAgent,
    }
}

pub fn role(role: Role) -> wire::Role {
    match role {
        Role::Owner => wire::Role::Owner,
        Role::Participant => wire::Role::Participant,
        Role::Observer => wire::Role::Observer,
        Role::External => wire::Role::External,
    }
}

fn can(granted: &Granted, person: &Person) -> Vec<wire::ChatCan> {
    let (chat, standing) = (&granted.chat, granted.standing());
    let word = |verb: Verb| match verb {
        Verb::Accept => wire::ChatCan::Accept,
        Verb::Decline => wire::ChatCan::Decline,
        Verb::Invite(_) => wire::ChatCan::Invite,
        Verb::Join { .. } => wire::ChatCan::Join,
        Verb::Move { .. } => wire::ChatCan::Move,
        Verb::SwitchRole { to: Role::Observer } => wire::ChatCan::Observe,
        Verb::SwitchRole { .. } => wire::ChatCan::Participate,
        Verb::Say { .. } | Verb::Send { note: false, .. } => wire::ChatCan::Send,
        Verb::Note { .. } | Verb::Send { .. } => wire::ChatCan::Note,
        Verb::Leave => wire::ChatCan::Leave,
        Verb::HandBack => wire::ChatCan::HandBack,
        Verb::Close => wire::ChatCan::Close,
        Verb::AppendToTicket { .. } => wire::ChatCan::AppendToTicket,
        Verb::Mail { .. } => wire::ChatCan::Mail,
        Verb::Redact { .. } => wire::ChatCan::Redact,
    };
    let takes = takes_transcript(chat, &granted.access, standing.level).is_ok();
    let mail = Verb::Mail {
        to: match person.kind {
            Kind::Agent => Recipient::Agent,
            Kind::CustomerUser | Kind::PublicUser => Recipient::External,
        },
        whom: String::new(),
    };
    let mails = takes && verbs::decide(chat, person, standing, mail, None, chat.last_at).is_ok();
    let verbs = verbs::can(chat, person, standing).into_iter().map(word);
    verbs
        .chain(takes.then_some(wire::ChatCan::Transcript))
        .chain(mails.then_some(wire::ChatCan::Mail))
        .collect()
}

impl App {
    /// A line of a conversations list, as its side may see it.
    pub(super) fn summary(&self, summary: Summary, side: Side) -> wire::ChatSummary {
        let settings = self.settings();
        let masked = match side {
            Side::Agents => None,
            Side::External => domain::access::alias(summary.counterpart_shown, &settings),
        };
        let gone = |external| {
            let since = self.departed.since(external);
            !self.shared.presence.online(external) && clock::now() >= since.plus_s(settings.external_gone_s)
        };
        wire::ChatSummary {
            id: summary.chat.0,
            channel: wire::ChannelRef {
                id: summary.channel.0,
                name: summary.channel_name,
            },
            state: state(summary.state),
            direction: direction(summary.direction),
            with: summary.counterpart.map(|name| masked.unwrap_or(name)),
            last_text: summary.last_text.map(|text| text.chars().take(200).collect()),
            last_at: summary.last_at.ms(),
            unread: summary.unread,
            gone: side == Side::Agents && summary.state != State::Closed && summary.counterpart_id.is_some_and(gone),
            asked: summary.asked,
        }
    }

    /// The chat as the person asking may see it.
    pub(super) async fn view(&self, person: &Person, granted: &Granted) -> Result<wire::ChatView, AppError> {
        let (chat, side) = (&granted.chat, granted.access.side);
        let channel = self
            .channel(chat.channel)
            .await?
            .map(|channel| channel.name)
            .unwrap_or_default();
        let settings = self.settings();
        let kept = match granted.access.member {
            Some(_) => self.store.kept(chat.id, person.id).await?,
            None => None,
        };
        let read = kept.as_ref().map_or(0, |kept| kept.read_seq);
        let kept = kept.filter(|_| side == Side::Agents && chat.state != State::Closed);
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
        let seen = self.seen(person.id, chat, side).await?;
        let waits_outside = side == Side::External && chat.state == State::Requested && !chat.is_personal_request();
        let place = if waits_outside {
            self.store.place(chat).await?
        } else {
            None
        };
        let estimate = if waits_outside {
            self.estimate(chat.channel).await?
        } else {
            None
        };
        let online = |member: &Member| self.shared.presence.online(member.person);
        // Agents have a page about a customer user; externals learn nobody's id.
        let linked_to = |member: &Member| {
            let linked = side == Side::Agents && member.kind == Kind::CustomerUser;
            linked.then_some(member.person.0)
        };
        // Externals know who left, not that he is asked to come back.
        let invited = |member: &Member| {
            member
                .invited
                .as_ref()
                .filter(|_| side == Side::Agents)
                .map(|it| role(it.role))
        };
        // Who was the external on the page he came from, for agents.
        let visitor = chat
            .external()
            .filter(|it| side == Side::Agents && it.kind == Kind::PublicUser);
        let identity = match visitor {
            Some(visitor) => self.store.identity_of(visitor.person).await?,
            None => None,
        };
        let identity = identity.map(|it| wire::IdentityView {
            subject: it.subject,
            email: it.email,
        });
        let mut chosen = HashMap::new();
        for member in &chat.members {
            if side.sees_picture(member, &settings) || side.sees_language(member, &settings) {
                chosen.insert(member.n, self.profile(member.person).await?);
            }
        }
        let mut member = |member: &Member| {
            let (profile, picture) = chosen.remove(&member.n).unwrap_or_default();
            Some(wire::MemberView {
                n: side.number(member)?,
                person: linked_to(member),
                kind: kind(member.kind),
                role: role(side.role(member)),
                name: side.name(member, &settings).into_owned(),
                company: member.company.clone(),
                identity: identity.clone().filter(|_| visitor.is_some_and(|it| it.n == member.n)),
                picture: picture.filter(|_| side.sees_picture(member, &settings)),
                language: profile.language.filter(|_| side.sees_language(member, &settings)),
                present: side.present(member),
                joined: member.joined,
                invited: invited(member),
                online: online(member),
            })
        };
        let ticket = match chat.ticket {
            Some(ticket) => self.ticket_refs(person, [ticket]).await?.remove(&ticket),
            None => None,
        };
        let mut members: Vec<_> = chat.members.iter().filter_map(&mut member).collect();
        members.sort_by_key(|member| member.n);
        Ok(wire::ChatView {
            id: chat.id.0,
            channel: wire::ChannelRef {
                id: chat.channel.0,
                name: channel,
            },
            ticket,
            direction: direction(chat.direction),
            state: state(chat.state),
            closed_reason: chat.closed_reason.map(closed),
            created_at: chat.created_at.ms(),
            waiting_since: chat.waiting_since.map(|at| at.ms()),
            closed_at: chat.closed_at.map(|at| at.ms()),
            members,
            me: granted.me(),
            can: can(granted, person),
            head,
            read,
            unread,
            seen,
            place: place.map(|place| place as u32),
            no_answer_at: chat
                .waiting_since
                .filter(|_| waits_outside)
                .map(|at| at.plus_s(settings.no_answer_s).ms()),
            estimate,
            notify: kept.as_ref().map(|kept| match kept.notify.as_str() {
                "off" => wire::Notify::Off,
                "customer" => wire::Notify::Customer,
                _ => wire::Notify::All,
            }),
            draft: kept.filter(|kept| !kept.draft.is_empty()).map(|kept| wire::Draft {
                text: kept.draft,
                note: kept.draft_is_note,
            }),
            text_limit: domain::text::longest(person.kind, &settings) as u32,
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
            email: match person.kind {
                Kind::PublicUser => None,
                Kind::Agent | Kind::CustomerUser => self.address_of(person.id).await?,
            },
            owes_second_factor: false,
            profile: None,
            picture: None,
            administers: false,
            reminds: false,
            mail: self.sends_mail(),
            foreign_desk: self
                .foreign()
                .filter(|_| person.kind != Kind::PublicUser)
                .map(|foreign| foreign.view(person.kind == Kind::Agent)),
        };
        if person.kind != Kind::PublicUser {
            let (profile, picture) = self.profile(person.id).await?;
            (me.profile, me.picture) = (Some(profile), picture);
        }
        if person.kind == Kind::Agent {
            let held = self.held(person).await?;
            me.owes_second_factor = self.owes_factor(person.id).await?;
            me.availability = Some(availability(held.availability));
            let settings = self.settings();
            let is_silent = held.availability == Availability::Unavailable && settings.chat_active == 1;
            me.reminds = is_silent && settings.remind_unavailable == 1;
            me.administers = self.store.is_administrator(person.id).await?;
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
