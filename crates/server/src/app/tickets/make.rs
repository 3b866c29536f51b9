//! Tickets that agents make, and messages that are left where nobody is available.

use super::super::limits::Network;
use super::super::{App, AppError};
use super::{LINE_MAX, SYSTEM_ID, digest_of, from_wire, one_of_two, pending, type_from_wire};
use crate::clock;
use domain::ticket::{Act, ArticleChannel, Priority, Sender, StateType, TicketState, TicketType};
use domain::{ChannelId, ClientId, Instant, Kind, Person, PersonId, QueueId, Refusal, TicketId, text};
use jiff::Timestamp;
use std::sync::Arc;
use store::{ChangedTicket, Customer, Made, NewArticle, NewPerson, NewTicket, Queue, TicketCommand};
use uuid::Uuid;
use wire::{
    AnyAgent, AnyPriority, AnyState, ChatIntoTicket, LeaveMessage, MakeTicket, MessageLeft, NewTicketCustomer,
    TicketRef,
};

/// Longest address (RFC 5321, 4.5.3.1.3: a path with its angle brackets has at most 256 octets).
const EMAIL_MAX: usize = 254;
/// The version of a ticket that was made and took one chat.
const WITH_ITS_CHAT: i64 = 2;

impl App {
    /// A phone ticket. With a chat, that goes into it as well, and closes; on a failure in between the same command goes on from
    /// there.
    pub async fn make_ticket(self: &Arc<Self>, person: &Person, asks: &MakeTicket) -> Result<TicketRef, AppError> {
        if let Some(foreign) = self.foreign() {
            return self.make_there(foreign, person, asks).await;
        }
        let reach = self.reach(person).await?;
        let digest = digest_of("make_ticket", asks);
        let cid = ClientId(asks.cid);
        let queue = reach.queue(QueueId(asks.queue)).cloned();
        let queue = queue.filter(|queue| [Act::Read, Act::Create].iter().any(|act| reach.allows(queue.id, *act)));
        let queue = queue.ok_or(Refusal::NotFound)?;
        if !reach.allows(queue.id, Act::Create) || !queue.valid {
            return Err(Refusal::NotAllowed.into());
        }
        let mut new = self.phone_ticket(asks, &queue).await?;
        let wanted = new.state;
        if let Some(chat) = &asks.chat {
            if !wanted.takes_articles() {
                new.state = TicketState::Open;
            }
            // Looked at before anything is written; what happens afterwards is told, and the ticket is there.
            self.may_append(person, chat).await?;
        }
        let command = TicketCommand {
            by: person.clone(),
            cid,
            digest,
            at: clock::now(),
            seen: reach.held.epoch,
        };
        let made = self.made(&new, &command).await?;
        if let Some(chat) = &asks.chat {
            // Whose ticket it is, was chosen with it.
            let chat = ChatIntoTicket {
                other_customer: true,
                ..chat.clone()
            };
            self.append_as(person, TicketId(made.id), one_of_two(cid), &chat)
                .await?;
            if !wanted.takes_articles() {
                self.close_made(&made, wanted, &command).await?;
            }
        }
        Ok(made)
    }

    /// Closes a ticket that had to be open for its chat; one that others have changed meanwhile stays as they have it.
    async fn close_made(&self, made: &TicketRef, state: TicketState, command: &TicketCommand) -> Result<(), AppError> {
        let ticket = self.store.ticket(TicketId(made.id)).await?.ok_or(AppError::Unknown)?;
        let mut changed = ChangedTicket::of(&ticket);
        changed.state = state;
        changed.history = vec![(
            "state_update",
            Some(ticket.state.word().to_owned()),
            Some(state.word().to_owned()),
        )];
        if ticket.version != WITH_ITS_CHAT {
            return Ok(());
        }
        let closed = self
            .store
            .change_ticket(&changed, &command.by, command.at, command.seen);
        match closed.await? {
            true => Ok(()),
            // The same command goes on from here.
            false => Err(AppError::Busy),
        }
    }

    pub(super) async fn made(&self, new: &NewTicket, command: &TicketCommand) -> Result<TicketRef, AppError> {
        match self.store.make_ticket(new, command).await? {
            Made::Ticket { id, number } => Ok(TicketRef { id: id.0, number }),
            Made::CidReused => Err(Refusal::CidReused.into()),
            // A right changed while this was decided.
            Made::Moved => Err(AppError::Busy),
        }
    }

    async fn phone_ticket(&self, asks: &MakeTicket, queue: &Queue) -> Result<NewTicket, AppError> {
        let state = match &asks.state {
            None => TicketState::Open,
            Some(AnyState::Ours(state)) => from_wire(*state),
            Some(AnyState::Theirs(_)) => {
                return Err(AppError::BadInput("the state is none of the built-in desk".into()));
            }
        };
        if matches!(state.is_a(), StateType::Removed | StateType::Merged) {
            return Err(AppError::BadInput("no ticket is made removed or merged".into()));
        }
        let priority = match &asks.priority {
            None => Priority::NORMAL,
            Some(AnyPriority::Ours(number)) => priority(*number)?,
            Some(AnyPriority::Theirs(_)) => {
                return Err(AppError::BadInput("the priority is none of the built-in desk".into()));
            }
        };
        let title = text::line(&asks.title, LINE_MAX)?;
        let mut agents = [None, None];
        for (agent, asked) in agents.iter_mut().zip([&asks.owner, &asks.responsible]) {
            if let Some(asked) = asked {
                let AnyAgent::Ours(id) = *asked else {
                    return Err(AppError::BadInput("the agent is none of ours".into()));
                };
                *agent = Some(self.reader(queue, PersonId(id)).await?.id);
            }
        }
        let [owner, responsible] = agents;
        Ok(NewTicket {
            kind: asks.kind.map_or(TicketType::Unclassified, type_from_wire),
            state,
            pending_until: pending(state, asks.pending_until)?,
            priority,
            owner,
            responsible,
            customer: self.new_customer(asks.customer.as_ref()).await?,
            ..new_ticket(
                queue.id,
                &title,
                NewArticle {
                    channel: ArticleChannel::Phone,
                    sender: Sender::Customer,
                    visible: true,
                    subject: title.clone(),
                    body: text::message(&asks.text, Kind::Agent, &self.settings())?,
                    chat: None,
                    lines: Vec::new(),
                    history: "phone_call_customer",
                },
            )
        })
    }

    async fn new_customer(&self, asked: Option<&NewTicketCustomer>) -> Result<Customer, AppError> {
        Ok(match asked {
            None => Customer::default(),
            Some(NewTicketCustomer::Person { id }) => {
                let id = PersonId(*id);
                self.store.customer_user(id).await?.ok_or(Refusal::NotFound)?;
                Customer {
                    id: Some(id),
                    ..Customer::default()
                }
            }
            Some(NewTicketCustomer::Address { name, email: address }) => Customer {
                id: None,
                name: name.as_deref().map(text::name).transpose()?,
                email: address.as_deref().map(email).transpose()?,
            },
            // Nobody is there but where a ticket system is connected.
            Some(NewTicketCustomer::There { .. }) => return Err(Refusal::NotFound.into()),
        })
    }

    /// A visitor's message becomes a ticket.
    pub async fn leave_message(
        self: &Arc<Self>,
        public_id: &str,
        asks: &LeaveMessage,
        net: Network,
    ) -> Result<MessageLeft, AppError> {
        self.count_visitor(net)?;
        let name = text::name(&asks.name)?;
        let body = text::message(&asks.text, Kind::PublicUser, &self.settings())?;
        let address = asks.email.as_deref().filter(|it| !it.trim().is_empty());
        let address = address.map(email).transpose()?;
        let snippet = self.valid_snippet(public_id).await?;
        if snippet.channel != ChannelId(asks.channel) {
            return Err(Refusal::NotOffered.into());
        }
        // Who left it is known by the command, so that the same one again finds what was stored.
        let writer = PersonId(Uuid::from_u128(asks.cid.as_u128() ^ 1));
        let by = Person {
            id: writer,
            kind: Kind::PublicUser,
            name: name.clone(),
            company: None,
        };
        match self.store.person(writer).await? {
            None => {
                let new = NewPerson::visitor(writer, name.clone(), snippet.id, clock::now());
                self.store.make_visitor(&new).await?;
            }
            Some(row) if row.kind == Kind::PublicUser => {}
            Some(_) => return Err(Refusal::CidReused.into()),
        }
        let title = beginning(&body);
        let digest = digest_of("leave_message", asks);
        if let Some(foreign) = self.foreign() {
            let (once, channel) = ((ClientId(asks.cid), digest), Some(snippet.channel));
            let left = self.leave_there(foreign, &by, once, channel, title, body, address, None);
            return Ok(MessageLeft { number: left.await? });
        }
        let queue = self.queue_of_channel(Some(snippet.channel)).await?;
        let new = NewTicket {
            customer: Customer {
                id: None,
                name: Some(name),
                email: address,
            },
            ..new_ticket(queue.id, &title, web_article(&title, body))
        };
        let command = TicketCommand {
            by,
            cid: ClientId(asks.cid),
            digest,
            at: clock::now(),
            seen: -1,
        };
        let made = self.made(&new, &command).await?;
        Ok(MessageLeft {
            number: Some(made.number),
        })
    }
}

/// What an external wrote.
pub(super) fn web_article(subject: &str, body: String) -> NewArticle {
    NewArticle {
        channel: ArticleChannel::Web,
        sender: Sender::Customer,
        visible: true,
        subject: subject.to_owned(),
        body,
        chat: None,
        lines: Vec::new(),
        history: "web_request_customer",
    }
}

/// New, of normal priority, nobody's and for nobody.
pub(super) fn new_ticket(queue: QueueId, title: &str, first: NewArticle) -> NewTicket {
    NewTicket {
        id: TicketId(Uuid::now_v7()),
        day: day(clock::now()),
        system_id: SYSTEM_ID,
        queue,
        title: title.to_owned(),
        kind: TicketType::Unclassified,
        state: TicketState::New,
        pending_until: None,
        priority: Priority::NORMAL,
        owner: None,
        responsible: None,
        customer: Customer::default(),
        first,
        more: Vec::new(),
    }
}

pub(super) fn priority(number: u8) -> Result<Priority, AppError> {
    Priority::new(i64::from(number)).ok_or_else(|| AppError::BadInput("a priority lies between 1 and 5".into()))
}

/// The first line of a text, for a title.
fn beginning(text: &str) -> String {
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    line.chars().take(80).collect()
}

fn day(at: Instant) -> String {
    let at = Timestamp::from_microsecond(at.0).unwrap_or_default();
    at.strftime("%Y%m%d").to_string()
}

/// One address as it is written to; what it means is asked of nobody but the mail.
pub(super) fn email(given: &str) -> Result<String, AppError> {
    let address = given.trim();
    let parts = address.rsplit_once('@');
    let fits = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\,;:\"".contains(c);
    match parts {
        Some((name, host))
            if !name.is_empty()
                && host.contains('.')
                && !name.contains('@')
                && address.len() <= EMAIL_MAX
                && address.chars().all(fits) =>
        {
            Ok(address.to_owned())
        }
        _ => Err(AppError::BadInput(format!("{address:?} is no e-mail address"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_address() {
        assert_eq!(email(" priya@example.org ").unwrap(), "priya@example.org");
        for none in [
            "",
            "priya",
            "@example.org",
            "a@b",
            "a@b@c.org",
            "a b@c.org",
            "a@c.org\r\nBcc: all@c.org",
            "<a@c.org>",
            "a@c.org, b@c.org",
        ] {
            assert!(email(none).is_err(), "{none:?}");
        }
    }

    #[test]
    fn a_title_is_the_first_line_that_says_something() {
        assert_eq!(beginning("\n  \n Is the ferry late? \nYes"), "Is the ferry late?");
        assert_eq!(beginning(&"x".repeat(300)).len(), 80);
        assert_eq!(day(Instant(1_795_694_400_000_000)), "20261126");
    }
}
