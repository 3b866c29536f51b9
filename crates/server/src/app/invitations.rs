//! Asking a person for a chat, asking agents into one, and changing one's place in it.

use super::chats::{digest, of_ticket_key, started};
use super::rights::Held;
use super::{App, AppError};
use crate::clock;
use domain::chat::Role;
use domain::verbs::{self, Invite, Request, Standing, Verb, is_on};
use domain::{
    Availability, ChannelId, Chat, ChatId, ClientId, Kind, Level, Person, PersonId, Refusal, TicketId, What, text,
};
use store::{Command, Stamp, Start};
use uuid::Uuid;

/// Longest note with an invitation, in code points.
const NOTE_MAX: usize = 1_000;
/// Agents offered for an invitation.
const INVITEES: usize = 200;

impl App {
    /// An agent asks an agent or a customer user for a chat. One that is not closed is the answer instead of a second one;
    /// `false` says so.
    pub async fn request(
        &self,
        person: &Person,
        whom: PersonId,
        asks: &wire::RequestChat,
    ) -> Result<(ChatId, bool), AppError> {
        let text = text::message(&asks.text, person.kind, &self.settings())?;
        if person.kind != Kind::Agent {
            return Err(Refusal::NotOffered.into());
        }
        let (cid, digest) = (ClientId(asks.cid), digest("request", whom.0, &text));
        let held = self.held_newest(person).await?;
        if let Some(known) = self.store.known(person.id, cid, &digest).await? {
            return started(known?);
        }
        let whom = self.person(whom).await?;
        let (ticket, of_queue) = (
            asks.ticket.map(TicketId),
            match asks.ticket {
                Some(ticket) => self.channel_of_ticket(person, &whom, TicketId(ticket)).await?,
                None => None,
            },
        );
        let asked = asks.channel.map(ChannelId);
        let channel = self.request_channel(&held, whom.kind, asked, of_queue).await?;
        let (whom_availability, reachable) = self.reachable(&whom).await?;
        let request = Request {
            channel,
            whom_availability,
            reachable,
            standing: Standing {
                level: held.level(channel),
                availability: held.availability,
            },
            may_start: held.starts,
            whom,
        };
        let key = format!(
            "{}/{}/{}/{}",
            person.id,
            channel,
            of_ticket_key(ticket),
            request.whom.id
        );
        let opening = verbs::Opening {
            id: ChatId(Uuid::now_v7()),
            ticket,
            text,
            cid,
            at: clock::now(),
        };
        let change = verbs::request(opening, request, person, &self.settings())?;
        let command = Command {
            change,
            seen: Stamp {
                fence: 0,
                permission_epoch: held.epoch,
            },
            actor: Some(person.id),
            cid: Some(cid),
            digest,
            start: Some(Start {
                starter: person.id,
                key,
            }),
            waited: None,
            attach: None,
            only_at: None,
            outbox: Vec::new(),
        };
        started(self.written(command).await?)
    }

    /// Agents and customer users who have an account here; a visitor is not found.
    async fn person(&self, id: PersonId) -> Result<Person, AppError> {
        let row = self.store.person(id).await?;
        let row = row
            .filter(|row| row.valid && row.kind != Kind::PublicUser)
            .ok_or(Refusal::NotFound)?;
        Ok(Person {
            id: row.id,
            kind: row.kind,
            name: row.name,
            company: row.company,
        })
    }

    /// Chats among agents are in the Default channel; one with a customer user is where the agent may write: where he
    /// says, else in that of the ticket's queue, else in the Default channel, else in the first one.
    async fn request_channel(
        &self,
        held: &Held,
        whom: Kind,
        asked: Option<ChannelId>,
        of_queue: Option<ChannelId>,
    ) -> Result<ChannelId, AppError> {
        let channels = self.channels().await?;
        if whom == Kind::Agent {
            let default = channels.iter().find(|channel| channel.is_default);
            return Ok(default.ok_or(Refusal::NotOffered)?.id);
        }
        let writes = |id: ChannelId| held.level(id) >= Some(Level::Participant);
        let mut fit = channels.iter().filter(|channel| channel.valid && writes(channel.id));
        let found = match asked {
            Some(asked) => fit.find(|channel| channel.id == asked),
            None => fit
                .clone()
                .find(|channel| Some(channel.id) == of_queue)
                .or_else(|| fit.clone().find(|channel| channel.is_default))
                .or_else(|| fit.next()),
        };
        Ok(found.ok_or(Refusal::NotAllowed)?.id)
    }

    /// What the person chose, and whether a request reaches him now.
    async fn reachable(&self, whom: &Person) -> Result<(Availability, bool), AppError> {
        let online = self.shared.presence.online(whom.id);
        if whom.kind != Kind::Agent {
            return Ok((Availability::InternalAndExternal, online));
        }
        let held = self.held(whom).await?;
        Ok((held.availability, online && held.receives && held.valid))
    }

    pub async fn invite(
        &self,
        person: &Person,
        chat: ChatId,
        cid: Uuid,
        whom: PersonId,
        role: wire::Role,
        note: Option<&str>,
    ) -> Result<(), AppError> {
        let note = match note.filter(|note| !note.trim().is_empty()) {
            Some(note) => Some(text::message(note, person.kind, &self.settings())?),
            None => None,
        };
        if note.as_ref().is_some_and(|note| note.chars().count() > NOTE_MAX) {
            return Err(Refusal::TooLong { limit: NOTE_MAX }.into());
        }
        // Whom one may not see here is not found, before anything is told about him.
        self.grant(person, chat).await?;
        if person.kind != Kind::Agent {
            return Err(Refusal::NotAllowed.into());
        }
        let whom = self.person(whom).await?;
        if whom.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        let words = format!("{}/{role:?}/{}", whom.id, note.as_deref().unwrap_or_default());
        let invite = Invite {
            standing: Standing {
                level: None,
                availability: Availability::Unavailable,
            },
            reachable: false,
            role: role_of(role),
            note,
            whom,
        };
        let digest = digest("invite", chat.0, &words);
        let verb = Verb::Invite(Box::new(invite));
        self.verb(person, None, chat, ClientId(cid), digest, verb)
            .await
            .map(drop)
    }

    /// The agents who could be invited now, by name.
    pub async fn invitees(&self, person: &Person, chat: ChatId) -> Result<Vec<wire::Invitee>, AppError> {
        agents_only(person)?;
        let granted = self.grant_newest(person, chat).await?;
        let settings = self.settings();
        let mine = granted.chat.member(person.id).is_some_and(|me| me.present);
        if !mine || !is_on(domain::chat::Direction::AgentToAgent, &settings) {
            return Ok(Vec::new());
        }
        let mut invitees = Vec::new();
        for row in self.store.agents_on(&settings.receiving_group).await? {
            let whom = Person {
                id: row.id,
                kind: row.kind,
                name: row.name,
                company: None,
            };
            let known = granted.chat.member(whom.id);
            if known.is_some_and(|known| known.present || known.invited.is_some()) || whom.id == person.id {
                continue;
            }
            let invite = Invite {
                standing: granted.standing(),
                reachable: false,
                role: Role::Participant,
                note: None,
                whom,
            };
            let invite = self.invitee_facts(&granted.chat, invite).await?;
            if let Some(role) = verbs::invitable(&granted.chat, &invite) {
                invitees.push(wire::Invitee {
                    id: invite.whom.id.0,
                    name: invite.whom.name,
                    role: super::view::role(role),
                });
            }
            if invitees.len() == INVITEES {
                break;
            }
        }
        Ok(invitees)
    }

    async fn invitee_facts(&self, chat: &Chat, invite: Invite) -> Result<Invite, AppError> {
        let held = self.held(&invite.whom).await?;
        let (availability, reachable) = self.reachable(&invite.whom).await?;
        Ok(Invite {
            standing: Standing {
                level: held.level(chat.channel),
                availability,
            },
            reachable,
            ..invite
        })
    }

    /// The verb with what is true now of those it is about.
    pub(super) async fn with_facts(
        &self,
        person: &Person,
        cid: ClientId,
        chat: &Chat,
        held: &Held,
        verb: Verb,
    ) -> Result<Verb, AppError> {
        Ok(match verb {
            Verb::Invite(_) if !is_on(domain::chat::Direction::AgentToAgent, &self.settings()) => {
                return Err(Refusal::NotOffered.into());
            }
            Verb::Invite(invite) => Verb::Invite(Box::new(self.invitee_facts(chat, *invite).await?)),
            Verb::Move { to, .. } => {
                let there = self
                    .channel(to)
                    .await?
                    .filter(|there| there.valid)
                    .ok_or(Refusal::NotFound)?;
                Verb::Move {
                    to,
                    name: there.name,
                    level: held.level(to),
                }
            }
            Verb::Redact { of, .. } => {
                let there = self.store.entries_at(&[(chat.id, of)]).await?;
                let (_, entry) = there.first().ok_or(Refusal::NotFound)?;
                match entry.what {
                    What::Message { .. } | What::Note { .. } | What::File { .. } => Verb::Redact {
                        of,
                        public_of: entry.public_seq,
                    },
                    What::Redacted { .. } => return Err(Refusal::NothingChanges.into()),
                    _ => return Err(Refusal::NotFound.into()),
                }
            }
            // The connected desk was asked before, and has the chat.
            Verb::AppendToTicket { ticket, .. } if ticket.as_foreign().is_some() => verb,
            Verb::AppendToTicket { ticket, keep_open, .. } => Verb::AppendToTicket {
                ticket,
                number: self.ticket_to_append(person, cid, held, ticket).await?,
                keep_open,
            },
            other => other,
        })
    }

    /// Follows an invitation.
    pub async fn join_chat(&self, person: &Person, chat: ChatId, cid: Uuid, role: wire::Role) -> Result<(), AppError> {
        let digest = digest("join", chat.0, &format!("{role:?}"));
        let verb = Verb::Join { role: role_of(role) };
        self.verb(person, None, chat, ClientId(cid), digest, verb)
            .await
            .map(drop)
    }

    /// Between observer and participant.
    pub async fn switch_role(
        &self,
        person: &Person,
        chat: ChatId,
        cid: Uuid,
        role: wire::Role,
    ) -> Result<(), AppError> {
        let digest = digest("role", chat.0, &format!("{role:?}"));
        let verb = Verb::SwitchRole { to: role_of(role) };
        self.verb(person, None, chat, ClientId(cid), digest, verb)
            .await
            .map(drop)
    }

    pub async fn move_chat(&self, person: &Person, chat: ChatId, cid: Uuid, to: ChannelId) -> Result<(), AppError> {
        let digest = digest("move", chat.0, &to.to_string());
        let verb = Verb::Move {
            to,
            name: String::new(),
            level: None,
        };
        self.verb(person, None, chat, ClientId(cid), digest, verb).await?;
        // Who may not take part there is lost to the chat, and the external must not be left to him.
        self.end_lease(chat).await.map(drop)
    }

    /// Where the agent may move a chat to: valid channels in which he may write.
    pub async fn move_targets(&self, person: &Person, chat: ChatId) -> Result<Vec<wire::OfferedChannel>, AppError> {
        agents_only(person)?;
        let granted = self.grant_newest(person, chat).await?;
        let held = self.held(person).await?;
        let offers = self.offers().await?;
        let channels = self.channels().await?;
        let fit = channels.iter().filter(|channel| {
            channel.valid && channel.id != granted.chat.channel && held.level(channel.id) >= Some(Level::Participant)
        });
        let target = |channel: &store::Channel| wire::OfferedChannel {
            channel: wire::ChannelRef {
                id: channel.id.0,
                name: channel.name.clone(),
            },
            available: offers
                .iter()
                .any(|offer| offer.channel == channel.id && offer.available),
            opens_at: None,
            texts: Vec::new(),
        };
        Ok(fit.map(target).collect())
    }

    /// Hides a request from this agent's list, or shows it again; for the others it stays what it is.
    pub async fn set_hidden(&self, person: &Person, chat: ChatId, hidden: bool) -> Result<(), AppError> {
        self.agents_chat(person, chat).await?;
        self.store.set_hidden(person.id, chat, hidden).await?;
        self.shared.lists_changed_for(person.id);
        Ok(())
    }

    pub async fn set_notify(&self, person: &Person, chat: ChatId, notify: wire::Notify) -> Result<(), AppError> {
        self.agents_chat(person, chat).await?;
        let word = match notify {
            wire::Notify::Off => "off",
            wire::Notify::Customer => "customer",
            wire::Notify::All => "all",
        };
        self.store.set_notify(chat, person.id, word).await?;
        self.shared.view_changed(chat);
        Ok(())
    }

    /// Keeps what an agent has typed and not sent, for his other devices.
    pub async fn set_draft(&self, person: &Person, chat: ChatId, given: &str, note: bool) -> Result<(), AppError> {
        self.agents_chat(person, chat).await?;
        let text = if given.trim().is_empty() {
            String::new()
        } else {
            text::message(given, person.kind, &self.settings())?
        };
        self.store.set_draft(chat, person.id, &text, note).await?;
        self.shared.kept_changed(chat, person.id);
        Ok(())
    }

    /// Lets an agent pass who may read the chat.
    async fn agents_chat(&self, person: &Person, chat: ChatId) -> Result<(), AppError> {
        agents_only(person)?;
        self.grant(person, chat).await.map(drop)
    }
}

/// To externals what only agents have is not there.
fn agents_only(person: &Person) -> Result<(), AppError> {
    match person.kind {
        Kind::Agent => Ok(()),
        _ => Err(Refusal::NotFound.into()),
    }
}

fn role_of(role: wire::Role) -> Role {
    match role {
        wire::Role::Owner => Role::Owner,
        wire::Role::Participant => Role::Participant,
        wire::Role::Observer => Role::Observer,
        wire::Role::External => Role::External,
    }
}
