//! Notes, and changes of what a ticket is.

use super::super::{App, AppError};
use super::make::priority;
use super::{LINE_MAX, digest_of, from_wire, pending, type_from_wire};
use crate::clock;
use domain::ticket::{Act, ArticleChannel, Sender, StateType, TicketState};
use domain::{ClientId, Kind, Person, PersonId, QueueId, Refusal, TicketId, text};
use store::{ArticleMail, ChangedTicket, NewArticle, Ticket, TicketCommand, Wrote};
use uuid::Uuid;
use wire::{AddArticle, ChangeTicket};

/// Tickets that are closed by themselves before the next look.
const DUE_AT_ONCE: i64 = 100;
/// Who is named for what the program does by itself.
const BY_ITSELF: &str = "Deskbell";

impl App {
    /// An agent's note, or his answer that goes to the ticket's customer as an e-mail, too.
    pub async fn add_note(&self, person: &Person, id: TicketId, asks: &AddArticle) -> Result<i64, AppError> {
        let article = NewArticle {
            channel: if asks.email {
                ArticleChannel::EmailOut
            } else {
                ArticleChannel::Internal
            },
            sender: Sender::Agent,
            visible: asks.visible || asks.email,
            subject: text::line(&asks.subject, LINE_MAX)?,
            body: text::message(&asks.text, Kind::Agent, &self.settings())?,
            chat: None,
            lines: Vec::new(),
            history: if asks.email { "send_answer" } else { "add_note" },
        };
        let (ticket, reach) = self.ticket_of(person, id).await?;
        if !reach.allows(ticket.queue, Act::Note) {
            return Err(Refusal::NotAllowed.into());
        }
        let command = TicketCommand {
            by: person.clone(),
            cid: ClientId(asks.cid),
            digest: digest_of("add_note", &(id.0, asks)),
            at: clock::now(),
            seen: reach.held.epoch,
        };
        let mail = match asks.email {
            true => {
                let customer = &ticket.customer;
                let to = customer.email.as_deref().ok_or(Refusal::NoAddress)?;
                let effect = self.article_mail(person, customer.name.clone(), to)?;
                Some(ArticleMail {
                    recipient: to.to_owned(),
                    effect,
                })
            }
            false => None,
        };
        self.wrote(&ticket, &article, mail.as_ref(), &command).await
    }

    /// The article's number.
    pub(super) async fn wrote(
        &self,
        ticket: &Ticket,
        article: &NewArticle,
        mail: Option<&ArticleMail>,
        command: &TicketCommand,
    ) -> Result<i64, AppError> {
        match self
            .store
            .add_article(ticket.id, ticket.queue, article, mail, command)
            .await?
        {
            Wrote::Done { n } => Ok(n),
            Wrote::Capped => Err(Refusal::MailCapped.into()),
            Wrote::CidReused => Err(Refusal::CidReused.into()),
            Wrote::Moved if !ticket.state.takes_articles() => Err(Refusal::TicketClosed.into()),
            Wrote::Moved => Err(AppError::Busy),
        }
    }

    /// Changes what is given, all or nothing, with a line of history for each.
    pub async fn change_ticket(&self, person: &Person, id: TicketId, asks: &ChangeTicket) -> Result<(), AppError> {
        let (ticket, reach) = self.ticket_of(person, id).await?;
        if ticket.version != asks.version {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let mut changed = ChangedTicket::of(&ticket);
        let mut needs = Vec::new();
        if let Some(title) = &asks.title {
            changed.title = text::line(title, LINE_MAX)?;
            needs.push(Act::Change);
            changed.tell("title_update", Some(&ticket.title), &changed.title.clone());
        }
        if let Some(queue) = asks.queue.map(QueueId) {
            needs.push(Act::Change);
            let there = reach
                .queue(queue)
                .filter(|queue| queue.valid)
                .ok_or(Refusal::NotFound)?;
            if queue != ticket.queue && !reach.allows(queue, Act::MoveInto) {
                return Err(Refusal::NotAllowed.into());
            }
            changed.queue = queue;
            changed.tell("move", Some(&reach.name(ticket.queue)), &there.name);
        }
        if let Some(state) = asks.state.map(from_wire) {
            if matches!(state.is_a(), StateType::Removed | StateType::Merged) {
                return Err(AppError::BadInput("nobody sets this state by hand".into()));
            }
            needs.push(Act::Change);
            (changed.state, changed.pending_until) = (state, pending(state, asks.pending_until)?);
            changed.tell("state_update", Some(ticket.state.word()), state.word());
        } else if asks.pending_until.is_some() {
            needs.push(Act::Change);
            changed.pending_until = pending(ticket.state, asks.pending_until)?;
        }
        if let Some(until) = changed
            .pending_until
            .filter(|_| changed.pending_until != ticket.pending_until)
        {
            let old = ticket.pending_until.map(|until| until.ms().to_string());
            changed.tell("set_pending_time", old.as_deref(), &until.ms().to_string());
        }
        if let Some(kind) = asks.kind {
            needs.push(Act::Change);
            changed.kind = type_from_wire(kind);
            changed.tell("type_update", Some(ticket.kind.word()), changed.kind.word());
        }
        if let Some(number) = asks.priority {
            changed.priority = priority(number)?;
            needs.push(Act::SetPriority);
            let (old, new) = (ticket.priority.number().to_string(), number.to_string());
            changed.tell("priority_update", Some(&old), &new);
        }
        let queue = reach.queue(changed.queue).ok_or(Refusal::NotFound)?;
        if let Some(owner) = asks.owner {
            let owner = self.reader(queue, PersonId(owner)).await?;
            needs.push(Act::SetOwner);
            let old = ticket.owner.as_ref().map(|he| he.name.as_str());
            changed.tell("owner_update", old, &owner.name);
            changed.owner = Some(owner.id);
        }
        if let Some(responsible) = asks.responsible {
            let responsible = self.reader(queue, PersonId(responsible)).await?;
            needs.push(Act::Change);
            let old = ticket.responsible.as_ref().map(|he| he.name.as_str());
            changed.tell("responsible_update", old, &responsible.name);
            changed.responsible = Some(responsible.id);
        }
        if let Some(locked) = asks.locked {
            needs.push(Act::Change);
            changed.locked = locked;
            if locked != ticket.locked {
                changed
                    .history
                    .push((if locked { "lock" } else { "unlock" }, None, None));
            }
        }
        if needs.iter().any(|act| !reach.allows(ticket.queue, *act)) {
            return Err(Refusal::NotAllowed.into());
        }
        let changed = self
            .store
            .change_ticket(&changed, person, clock::now(), reach.held.epoch);
        match changed.await? {
            true => Ok(()),
            false => Err(Refusal::ChangedMeanwhile.into()),
        }
    }
}

impl App {
    /// Closes tickets that were to close by themselves and whose time has come; says how many. Whoever changes one meanwhile has the
    /// last word.
    pub async fn close_due_tickets(&self) -> Result<usize, AppError> {
        let (now, mut closed) = (clock::now(), 0);
        for ticket in self.store.due_tickets(now, DUE_AT_ONCE).await? {
            let mut changed = ChangedTicket::of(&ticket);
            changed.state = match ticket.state {
                TicketState::PendingAutoCloseSuccessful => TicketState::ClosedSuccessful,
                _ => TicketState::ClosedUnsuccessful,
            };
            changed.pending_until = None;
            changed.tell("state_update", Some(ticket.state.word()), changed.state.word());
            let by = Person {
                id: PersonId(Uuid::nil()),
                kind: Kind::Agent,
                name: BY_ITSELF.to_owned(),
                company: None,
            };
            let epoch = self.newest_permission_epoch().await?;
            closed += usize::from(self.store.change_ticket(&changed, &by, now, epoch).await?);
        }
        Ok(closed)
    }
}

/// What is told of a change in the history, where there is one.
trait Tell {
    fn tell(&mut self, word: &'static str, old: Option<&str>, new: &str);
}

impl Tell for ChangedTicket {
    fn tell(&mut self, word: &'static str, old: Option<&str>, new: &str) {
        if old != Some(new) {
            self.history.push((word, old.map(str::to_owned), Some(new.to_owned())));
        }
    }
}
