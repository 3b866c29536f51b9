//! The same commands where a ticket system of others is connected: asked through the agent's keys on the groups that its queues stand
//! for, and written by errands (`app::errands`).

use super::super::errands::{ChatPart, Doer, Goal, NewThere, Wanted, one_line};
use super::super::foreign::Foreign;
use super::super::{App, AppError};
use super::list::Asked;
use super::make::email;
use super::{LINE_MAX, digest_of, one_of_two};
use crate::clock;
use desk::{Doing, Find};
use domain::{
    ChannelId, ChatId, ClientId, Kind, Person, PersonId, QueueId, Refusal, TicketId, Verb, takes_transcript, text,
};
use std::sync::Arc;
use store::NewErrand;
use uuid::{Builder, Uuid};
use wire::{
    AnyAgent, AnyPriority, AnyState, AppendChat, Called, ChatIntoTicket, MakeTicket, NewTicketCustomer, TicketRef,
};

/// States that no ticket begins in.
const NOT_TO_BEGIN_WITH: [&str; 2] = ["merged", "removed"];

impl App {
    /// Tickets there by number, title or customer.
    pub(super) async fn tickets_there(
        &self,
        foreign: &Foreign,
        person: &Person,
        asked: &Asked<'_>,
    ) -> Result<wire::TicketList, AppError> {
        let reached = self.reached(person).await?;
        let Some(words) = asked.words else {
            return Err(AppError::TicketsElsewhere);
        };
        if asked.of_owner || asked.of_state || asked.is_next {
            return Err(AppError::BadInput(
                "the connected ticket system is searched by q and queue alone".into(),
            ));
        }
        let mut found: Vec<desk::Ticket> = Vec::new();
        {
            let through = reached.through(foreign);
            let _turn = foreign.ask().await?;
            for find in finds(words) {
                let more = through.search(&find).await?;
                found.extend(
                    more.into_iter()
                        .filter(|ticket| !found.iter().any(|it| it.of.id == ticket.of.id))
                        .collect::<Vec<_>>(),
                );
            }
        }
        // What is told was read before the verdict is true.
        let reached = self.reached(person).await?;
        let reach = |doing| foreign.mapping.reach(doing, |group, key| reached.holds(group, key));
        let (seen, appends) = (reach(Doing::Search), reach(Doing::Append));
        let line = |ticket: desk::Ticket| {
            let queue = queue_ref(&ticket.queue);
            let fits = seen.contains(&ticket.queue.as_str())
                && asked.queue.is_none_or(|asked| asked.0 == queue.id)
                && (asked.all || ticket.takes_articles);
            Some(wire::TicketLine {
                id: foreign.name(&ticket.of.id).filter(|_| fits)?.0,
                number: one_line(&ticket.of.number, LINE_MAX),
                title: one_line(&ticket.title, LINE_MAX),
                can_append: ticket.takes_articles && appends.contains(&ticket.queue.as_str()),
                queue,
                state: AnyState::Theirs(Called { name: ticket.state }),
                priority: AnyPriority::Theirs(Called { name: ticket.priority }),
                locked: false,
                owner: None,
                customer: wire::TicketCustomer {
                    person: None,
                    name: Some(ticket.customer).filter(|name| !name.is_empty()),
                    email: None,
                    company: None,
                },
                created_at: None,
                changed_at: None,
            })
        };
        let mut tickets: Vec<_> = found.into_iter().filter_map(line).collect();
        tickets.truncate(desk::ticket::HITS_MAX);
        Ok(wire::TicketList { tickets, next: None })
    }

    /// The queues there that he may do something with, and what new tickets can have.
    pub(super) async fn queues_there(&self, foreign: &Foreign, person: &Person) -> Result<wire::Queues, AppError> {
        let reached = self.reached(person).await?;
        let channels = self.channels().await?;
        let groups = self.store.groups().await?;
        let reach = |doing| foreign.mapping.reach(doing, |group, key| reached.holds(group, key));
        let (reads, creates) = (reach(Doing::Search), reach(Doing::Create));
        let channel = |group: &str| {
            let group = groups.iter().find(|(_, name)| name == group)?.0;
            channels.iter().find(|channel| channel.valid && channel.group == group)
        };
        let meta = if creates.is_empty() {
            desk::Meta::default()
        } else {
            let _turn = foreign.ask().await?;
            foreign.desk.meta().await?
        };
        let queue = |(name, group): (&String, &String)| {
            let can = [(&reads, wire::QueueCan::Read), (&creates, wire::QueueCan::Create)];
            let can: Vec<_> = can
                .into_iter()
                .filter(|(queues, _)| queues.contains(&name.as_str()))
                .map(|(_, can)| can)
                .collect();
            (!can.is_empty()).then(|| wire::QueueView {
                queue: queue_ref(name),
                channel: channel(group).map(|channel| channel.id.0),
                // One that the desk does not know takes no tickets.
                valid: meta.queues.contains(name),
                can,
            })
        };
        let queues = foreign.mapping.0.iter().filter_map(queue).collect();
        let agent = |it: desk::Agent| wire::AgentThere {
            login: it.login,
            name: it.name,
        };
        let begins = |state: &String| !NOT_TO_BEGIN_WITH.iter().any(|word| state.starts_with(word));
        Ok(wire::Queues {
            queues,
            agents: None,
            choices: Some(wire::TicketChoices {
                states: meta.states.iter().filter(|state| begins(state)).cloned().collect(),
                waiting: meta.waiting,
                priorities: meta.priorities,
                agents: meta.agents.into_iter().map(agent).collect(),
                responsible: meta.responsible,
            }),
        })
    }

    /// Customers that the desk knows; for who may make tickets there.
    pub(in crate::app) async fn customers_there(
        &self,
        foreign: &Foreign,
        person: &Person,
        q: &str,
    ) -> Result<wire::FoundCustomers, AppError> {
        let reached = self.reached(person).await?;
        let mut found = Vec::new();
        if !reached.through(foreign).creates_in().is_empty() && !q.trim().is_empty() {
            let _turn = foreign.ask().await?;
            found = foreign.desk.customers(q.trim()).await?;
        }
        let given = |word: String| Some(word).filter(|word| !word.is_empty());
        let customer = |it: desk::Customer| wire::FoundCustomer {
            id: None,
            name: given(it.name).unwrap_or_else(|| it.login.clone()),
            login: Some(it.login),
            email: given(it.email),
            company: given(it.company),
        };
        self.held_newest(person).await?;
        Ok(wire::FoundCustomers {
            customers: found.into_iter().map(customer).collect(),
        })
    }

    /// As `append_chat`: the chat closes when the desk has it.
    pub(super) async fn append_there(
        self: &Arc<Self>,
        foreign: &Foreign,
        person: &Person,
        ticket: TicketId,
        asks: &AppendChat,
    ) -> Result<TicketRef, AppError> {
        let id = foreign.id(ticket).ok_or(Refusal::NotFound)?;
        let reached = self.reached(person).await?;
        // Whether he may in its queue is asked when it is sent.
        let seen = foreign
            .mapping
            .reach(Doing::Search, |group, key| reached.holds(group, key));
        if seen.is_empty() {
            return Err(Refusal::NotFound.into());
        }
        self.may_go_there(person, &asks.chat, ticket).await?;
        let (cid, digest) = (ClientId(asks.cid), digest_of("append_there", &(ticket.0, &asks.chat)));
        let wanted = Wanted {
            desk: foreign.kind,
            goal: Goal::Ticket(id.0),
            chat: Some(part(&asks.chat)),
        };
        let person = person.clone();
        let new = errand(person.id, cid, digest, Some(ChatId(asks.chat.chat)), &wanted);
        self.do_errand(&new, Doer::Agent { person, cid, digest }).await
    }

    /// As `make_ticket`: a phone ticket there, and the chat in it.
    pub(super) async fn make_there(
        self: &Arc<Self>,
        foreign: &Foreign,
        person: &Person,
        asks: &MakeTicket,
    ) -> Result<TicketRef, AppError> {
        let reached = self.reached(person).await?;
        let reach = |doing| foreign.mapping.reach(doing, |group, key| reached.holds(group, key));
        let among = |doing| reach(doing).into_iter().find(|queue| queue_id(queue).0 == asks.queue);
        let Some(queue) = among(Doing::Create) else {
            return Err(among(Doing::Search)
                .map_or(Refusal::NotFound, |_| Refusal::NotAllowed)
                .into());
        };
        if let Some(chat) = &asks.chat {
            let some = TicketId::foreign(0, 0).ok_or(AppError::Unknown)?;
            self.may_go_there(person, chat, some).await?;
            if among(Doing::Append).is_none() {
                return Err(Refusal::NotAllowed.into());
            }
        }
        let state = asks.state.as_ref().map(|state| match state {
            AnyState::Theirs(called) => Ok(&called.name),
            AnyState::Ours(_) => Err("state"),
        });
        let priority = asks.priority.as_ref().map(|priority| match priority {
            AnyPriority::Theirs(called) => Ok(&called.name),
            AnyPriority::Ours(_) => Err("priority"),
        });
        let its = |name: Option<Result<&String, &str>>| match name {
            None => Ok(None),
            Some(Ok(name)) => Ok(Some(text::line(name, LINE_MAX)?)),
            Some(Err(what)) => Err(AppError::BadInput(format!(
                "the {what} is one of the connected ticket system"
            ))),
        };
        let wanted = Wanted {
            desk: foreign.kind,
            goal: Goal::New(Box::new(NewThere {
                title: text::line(&asks.title, LINE_MAX)?,
                queue: queue.to_owned(),
                state: its(state)?,
                priority: its(priority)?,
                owner: login(asks.owner.as_ref())?,
                responsible: login(asks.responsible.as_ref())?,
                pending_until: asks.pending_until,
                customer: self.customer_of(asks.customer.as_ref()).await?,
                text: text::message(&asks.text, Kind::Agent, &self.settings())?,
                author: person.name.clone(),
                email: None,
            })),
            chat: asks.chat.as_ref().map(part),
        };
        // Of a chat it is the same whoever asks again.
        let whose = asks.chat.is_none().then_some(person.id.0);
        let content = MakeTicket {
            cid: Uuid::nil(),
            ..asks.clone()
        };
        let digest = digest_of("make_there", &(foreign.kind, whose, content));
        let chat = asks.chat.as_ref().map(|chat| ChatId(chat.chat));
        let person = person.clone();
        let new = errand(person.id, ClientId(asks.cid), digest, chat, &wanted);
        // Of the same command, and an id of its own.
        let cid = one_of_two(ClientId(asks.cid));
        self.do_errand(&new, Doer::Agent { person, cid, digest }).await
    }

    /// What somebody outside wrote becomes a ticket there. Its number, if the desk has it by now.
    #[allow(clippy::too_many_arguments)]
    pub(super) async fn leave_there(
        self: &Arc<Self>,
        foreign: &Foreign,
        by: &Person,
        (cid, digest): (ClientId, [u8; 16]),
        channel: Option<ChannelId>,
        title: String,
        body: String,
        address: Option<String>,
        chat: Option<(ChatId, Option<String>)>,
    ) -> Result<Option<String>, AppError> {
        let mut group = None;
        if let Some(channel) = channel {
            let of = self.channel(channel).await?.map(|channel| channel.group);
            let groups = self.store.groups().await?;
            group = groups.into_iter().find(|(id, _)| Some(*id) == of).map(|(_, name)| name);
        }
        let queue = foreign.queue_of(group.as_deref()).ok_or(Refusal::NotOffered)?;
        let wanted = Wanted {
            desk: foreign.kind,
            goal: Goal::New(Box::new(NewThere {
                title,
                queue: queue.to_owned(),
                state: None,
                priority: None,
                owner: None,
                responsible: None,
                pending_until: None,
                customer: match by.kind {
                    Kind::PublicUser => address.clone(),
                    Kind::Agent | Kind::CustomerUser => self.known_as(by.id).await?,
                },
                text: body,
                author: by.name.clone(),
                email: address,
            })),
            chat: chat.as_ref().map(|(_, language)| ChatPart {
                entries: None,
                language: language.clone(),
                keep_open: true,
            }),
        };
        let new = errand(by.id, cid, digest, chat.map(|(chat, _)| chat), &wanted);
        self.leave_errand(new).await
    }

    /// Looked at before anything is sent; what happens afterwards is told, and the desk has it.
    async fn may_go_there(&self, person: &Person, asks: &ChatIntoTicket, ticket: TicketId) -> Result<(), AppError> {
        let chat = ChatId(asks.chat);
        let granted = self.grant_newest(person, chat).await?;
        takes_transcript(&granted.chat, &granted.access, granted.standing().level)?;
        let verb = Verb::AppendToTicket {
            ticket,
            number: String::new(),
            keep_open: asks.keep_open,
        };
        self.decide(person, None, chat, ClientId(Uuid::nil()), &verb).await?;
        Ok(())
    }

    /// As the desk may know him.
    async fn customer_of(&self, asked: Option<&NewTicketCustomer>) -> Result<Option<String>, AppError> {
        match asked {
            None => Ok(None),
            Some(NewTicketCustomer::Person { id }) => {
                Ok(Some(self.known_as(PersonId(*id)).await?.ok_or(Refusal::NotFound)?))
            }
            Some(NewTicketCustomer::Address { name, email: address }) => {
                name.as_deref().map(text::name).transpose()?;
                address.as_deref().map(email).transpose()
            }
            Some(NewTicketCustomer::There { login }) => Ok(Some(text::line(login, LINE_MAX)?)),
        }
    }

    /// A customer user's address, else his login.
    async fn known_as(&self, id: PersonId) -> Result<Option<String>, AppError> {
        let customer = self.store.customer_user(id).await?;
        Ok(customer.map(|customer| customer.email.unwrap_or(customer.login)))
    }
}

/// A number is looked for as one and in titles; other words in titles and as a customer's login or address.
fn finds(words: &str) -> [Find; 2] {
    let number = words.trim_start_matches('#');
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return [Find::Number(number.to_owned()), Find::Text(words.to_owned())];
    }
    [Find::Text(words.to_owned()), Find::Customer(words.to_owned())]
}

/// An agent there. One of ours is none.
fn login(asked: Option<&AnyAgent>) -> Result<Option<String>, AppError> {
    match asked {
        None => Ok(None),
        Some(AnyAgent::Theirs(called)) => Ok(Some(text::line(&called.login, LINE_MAX)?)),
        Some(AnyAgent::Ours(_)) => Err(AppError::BadInput(
            "the agent is one of the connected ticket system".into(),
        )),
    }
}

fn part(asks: &ChatIntoTicket) -> ChatPart {
    ChatPart {
        entries: asks.entries.clone(),
        language: asks.language.clone(),
        keep_open: asks.keep_open,
    }
}

fn errand(by: PersonId, cid: ClientId, digest: [u8; 16], chat: Option<ChatId>, wanted: &Wanted) -> NewErrand {
    NewErrand {
        by,
        cid,
        digest,
        chat,
        payload: serde_json::to_string(wanted).unwrap_or_default(),
        at: clock::now(),
        due_at: None,
    }
}

fn queue_ref(name: &str) -> wire::QueueRef {
    wire::QueueRef {
        id: queue_id(name).0,
        name: name.to_owned(),
    }
}

/// Our name of a queue there: made of its name, so that it is the same each time.
fn queue_id(name: &str) -> QueueId {
    QueueId(Builder::from_custom_bytes(digest_of("queue_there", &name)).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_a_number_and_all_else_is_words() {
        for number in ["4711", "#4711"] {
            let [Find::Number(found), Find::Text(_)] = finds(number) else {
                panic!("{number}")
            };
            assert_eq!(found, "4711");
        }
        for words in ["#", "4711 ferries", "hanne@wiebe.example"] {
            assert!(matches!(finds(words), [Find::Text(_), Find::Customer(_)]), "{words}");
        }
        assert_eq!(queue_id("Travel"), queue_id("Travel"));
        assert_ne!(queue_id("Travel"), queue_id("travel"));
    }
}
