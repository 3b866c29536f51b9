//! Errands: what goes to a connected ticket system, from the command until that system has it.
//!
//! An errand is stored before anything is sent, and its id is in the marks by which the system's articles are found again; so whoever
//! tries it again, be it after a crash, completes it and doubles nothing. One at a time is at an errand, on all nodes. It is
//! done in a task of its own: who asked for it may go. What agents ask for they try again themselves, because they see why it
//! failed; what customers leave the service tries until it is there.

use super::chats::Along;
use super::tickets::{IntoTicket, chat_parts};
use super::{App, AppError, foreign::Foreign};
use crate::clock;
use desk::{Article, Author, DeskError, Mark, NewTicket, Pdf, Through};
use domain::{
    Audience, Chat, ChatId, ClientId, Entry, Instant, Key, Kind, Person, Refusal, Side, TicketId, Verb, What,
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::{Errand, NewErrand, Put};
use tokio::time::{sleep, timeout};
use transcript::Reader;
use uuid::Uuid;
use wire::TicketRef;

/// How long an answer waits for its errand; pages wait 20 s.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);
/// How long one waits for another who is at the same errand, looking so often.
const HOLD_WITHIN: Duration = Duration::from_secs(12);
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// How long one try may take.
const TRY_WITHIN: Duration = Duration::from_secs(300);
/// Who is at an errand says so this often; if he does not for so long, he is gone, and another may take it on.
const STILL_EVERY: Duration = Duration::from_secs(5);
const HELD_S: i64 = 30;
/// Times the rest of a chat is sent after it, because people go on talking.
const ROUNDS: usize = 5;
/// Longest number of a ticket that is kept.
const NUMBER_MAX: usize = 64;
/// Until an errand of a customer is tried by the service, whose first try is made at once.
const FIRST_S: i64 = 20;
/// Pauses between tries: doubled from the first to the longest.
const PAUSE_S: i64 = 5;
const PAUSE_MAX_S: i64 = 3_600;
/// Errands of one look for those due.
const DUE: i64 = 8;
/// So long errands are remembered.
const KEPT_DAYS: i64 = 90;
/// Errands shown to the operator.
const SHOWN: i64 = 200;
/// When the service stops, those who are at an errand have so long.
const FINISH_WITHIN: Duration = Duration::from_secs(5);

/// What is to be there.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Wanted {
    /// In a desk of this sort.
    pub desk: wire::DeskKind,
    pub goal: Goal,
    pub chat: Option<ChatPart>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Goal {
    /// By its id there.
    Ticket(String),
    New(Box<NewThere>),
}

/// A ticket to be made, in the desk's words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct NewThere {
    pub title: String,
    pub queue: String,
    /// The desk's usual ones without them.
    pub state: Option<String>,
    pub priority: Option<String>,
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default)]
    pub responsible: Option<String>,
    /// Milliseconds since 1970 UTC.
    #[serde(default)]
    pub pending_until: Option<i64>,
    pub customer: Option<String>,
    /// Its first article, and who wrote that.
    pub text: String,
    pub author: String,
    pub email: Option<String>,
}

/// Which part of the chat, and how it is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ChatPart {
    pub entries: Option<Vec<i64>>,
    pub language: Option<String>,
    pub keep_open: bool,
}

impl ChatPart {
    /// What is said while it is sent belongs to it.
    fn follows(&self) -> bool {
        self.entries.is_none() && !self.keep_open
    }
}

/// Who does it.
#[derive(Debug, Clone)]
pub(super) enum Doer {
    /// By his rights; this command tells in the chat where it went.
    Agent {
        person: Person,
        cid: ClientId,
        digest: [u8; 16],
    },
    /// For somebody outside, with what he may read of the chat.
    Service,
}

/// An errand that is not done, for the operator.
pub struct WaitingErrand {
    pub id: Uuid,
    pub chat: Option<ChatId>,
    pub made_at: Instant,
    pub tries: i64,
    /// None where an agent has to try again.
    pub due_at: Option<Instant>,
    /// A code of `docs/use/problems.md`.
    pub told: Option<String>,
}

/// How an agent reaches the connected desk.
pub(super) struct Reached {
    keys: HashMap<String, Vec<Key>>,
}

impl Reached {
    pub fn holds(&self, group: &str, key: Key) -> bool {
        self.keys.get(group).is_some_and(|keys| keys.contains(&key))
    }

    pub fn through<'a>(&'a self, foreign: &'a Foreign) -> Through<'a, impl Fn(&str, Key) -> bool + Sync + 'a> {
        Through {
            desk: &*foreign.desk,
            mapping: &foreign.mapping,
            holds: |group: &str, key| self.holds(group, key),
        }
    }
}

impl App {
    /// As of the newest rights. Agents only; to others there is no desk.
    pub(super) async fn reached(&self, person: &Person) -> Result<Reached, AppError> {
        if person.kind != Kind::Agent {
            return Err(Refusal::NotFound.into());
        }
        let groups = self.store.groups().await?;
        let held = self.held_newest(person).await?;
        let keys = groups
            .into_iter()
            .filter_map(|(id, name)| Some((name, held.keys.get(&id)?.clone())));
        let keys = keys.collect();
        Ok(Reached { keys })
    }

    /// Does what an agent wants of the connected desk, and answers with the ticket. `Desk(Unclear)` if it takes longer than he waits: it
    /// goes on, and the same command finds out.
    pub(super) async fn do_errand(self: &Arc<Self>, new: &NewErrand, doer: Doer) -> Result<TicketRef, AppError> {
        let errand = match self.store.put_errand(new).await? {
            Put::CidReused => return Err(Refusal::CidReused.into()),
            Put::Errand(errand) => errand,
        };
        let app = self.clone();
        let at_it = self.errands.spawn(async move { app.see_to(errand.id, &doer).await });
        match timeout(ANSWER_WITHIN, at_it).await {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => Err(AppError::Unknown),
            Err(_) => Err(DeskError::Unclear("no answer yet".to_owned()).into()),
        }
    }

    /// Keeps what a customer wants in the connected desk, and tries it at once. Answers with the ticket's number if that went well; else the
    /// service goes on trying.
    pub(super) async fn leave_errand(self: &Arc<Self>, mut new: NewErrand) -> Result<Option<String>, AppError> {
        new.due_at = Some(new.at.plus_s(FIRST_S));
        match self.do_errand(&new, Doer::Service).await {
            Ok(ticket) => Ok(Some(ticket.number)),
            // It is not kept.
            Err(error @ (AppError::Refused(Refusal::CidReused) | AppError::Store(_))) => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// Tries errands that are due; says how many went well.
    pub async fn do_due_errands(self: &Arc<Self>) -> Result<usize, AppError> {
        if self.foreign().is_none() {
            return Ok(0);
        }
        let due = self.store.due_errands(clock::now(), DUE).await?;
        let begin = |id| {
            let app = self.clone();
            self.errands.spawn(async move { app.see_to(id, &Doer::Service).await })
        };
        let begun: Vec<_> = due.into_iter().map(begin).collect();
        let mut done = 0;
        for at_it in begun {
            done += usize::from(matches!(at_it.await, Ok(Ok(_))));
        }
        Ok(done)
    }

    /// Those not done, the oldest first.
    pub async fn waiting_errands(&self) -> Result<Vec<WaitingErrand>, AppError> {
        let open = self.store.open_errands(SHOWN).await?.into_iter();
        let waiting = open.map(|errand| WaitingErrand {
            id: errand.id,
            chat: errand.chat,
            made_at: errand.created_at,
            tries: errand.tries,
            due_at: errand.due_at,
            told: errand.told,
        });
        Ok(waiting.collect())
    }

    /// Forgets those that are old; what a customer left stays until it is there.
    pub async fn sweep_errands(&self) -> Result<(), AppError> {
        let before = clock::now().plus_s(-KEPT_DAYS * 86_400);
        let swept = self.store.sweep_errands(before).await?;
        tracing::debug!(swept, "old errands are forgotten");
        Ok(())
    }

    pub(super) async fn finish_errands(&self) {
        self.errands.close();
        if timeout(FINISH_WITHIN, self.errands.wait()).await.is_err() {
            tracing::warn!("errands to the ticket system are not finished; they go on when they are tried again");
        }
    }

    /// One try, and what came of it.
    async fn see_to(&self, id: Uuid, doer: &Doer) -> Result<TicketRef, AppError> {
        let foreign = self.foreign().ok_or(Refusal::NotOffered)?;
        let errand = self.hold(id).await?;
        if errand.done {
            return named(foreign, &errand);
        }
        let done = tokio::select! {
            done = timeout(TRY_WITHIN, self.carry(foreign, &errand, doer)) => {
                done.unwrap_or_else(|_| Err(DeskError::Unclear("no answer in time".to_owned()).into()))
            }
            error = self.still_at(id) => Err(error),
        };
        match &done {
            Ok(_) => self.store.errand_done(id, clock::now()).await?,
            Err(error) => {
                let due = errand.due_at.map(|_| clock::now().plus_s(pause_s(errand.tries)));
                if due.is_some() {
                    tracing::warn!(errand = %id, tries = errand.tries, %error, "the ticket system does not have it; it is tried again");
                }
                self.store.errand_failed(id, &error.problem().code, due).await?;
            }
        }
        done
    }

    /// Keeps others from an errand, until that fails.
    async fn still_at(&self, id: Uuid) -> AppError {
        loop {
            sleep(STILL_EVERY).await;
            if let Err(error) = self.store.keep_errand(id, clock::now().plus_s(HELD_S)).await {
                tracing::warn!(errand = %id, %error, "an errand cannot be kept from others");
                return error.into();
            }
        }
    }

    /// The errand, once nobody else is at it.
    async fn hold(&self, id: Uuid) -> Result<Errand, AppError> {
        let hold = async {
            loop {
                let now = clock::now();
                let held = self.store.hold_errand(id, now, now.plus_s(HELD_S)).await?;
                let errand = self.store.errand(id).await?.ok_or(Refusal::NotFound)?;
                if held || errand.done {
                    return Ok(errand);
                }
                sleep(LOOK_EVERY).await;
            }
        };
        let held = timeout(HOLD_WITHIN, hold).await;
        held.unwrap_or_else(|_| Err(DeskError::Unclear("it is still being sent".to_owned()).into()))
    }

    async fn carry(&self, foreign: &Foreign, errand: &Errand, doer: &Doer) -> Result<TicketRef, AppError> {
        let _turn = foreign.errand().await?;
        let payload = errand.payload.as_deref().unwrap_or_default();
        let wanted: Wanted = serde_json::from_str(payload).map_err(|_| AppError::Unknown)?;
        // Another one is connected meanwhile: nothing of it is there.
        let anew = (wanted.desk != foreign.kind).then(|| Errand {
            ticket: None,
            parts: Vec::new(),
            ..errand.clone()
        });
        let errand = anew.as_ref().unwrap_or(errand);
        let ticket = self.ticket_there(foreign, errand, &wanted.goal, doer).await?;
        if let (Some(part), Some(chat)) = (&wanted.chat, errand.chat) {
            let put = self.put_chat(foreign, errand, (chat, part), &ticket, doer).await;
            put.map_err(|error| match (error, &wanted.goal) {
                (AppError::Desk(why), Goal::New(_)) => DeskError::Incomplete {
                    ticket: ticket.clone(),
                    why: Box::new(why),
                }
                .into(),
                (error, _) => error,
            })?;
        }
        ticket_ref(foreign, &ticket)
    }

    /// The ticket it is about, made if need be.
    async fn ticket_there(
        &self,
        foreign: &Foreign,
        errand: &Errand,
        goal: &Goal,
        doer: &Doer,
    ) -> Result<desk::TicketRef, AppError> {
        if let Some((id, number)) = &errand.ticket {
            return Ok(desk::TicketRef {
                id: desk::TicketId(id.to_string()),
                number: number.clone(),
            });
        }
        let made = match (goal, doer) {
            (Goal::Ticket(id), Doer::Agent { person, .. }) => {
                let reached = self.reached(person).await?;
                let ticket = reached.through(foreign).get(&desk::TicketId(id.clone())).await?;
                let ticket = ticket.ok_or(Refusal::NotFound)?;
                let holds = |group: &str, key| reached.holds(group, key);
                if !foreign
                    .mapping
                    .reach(desk::Doing::Append, holds)
                    .contains(&ticket.queue.as_str())
                {
                    return Err(Refusal::NotAllowed.into());
                }
                ticket.of
            }
            (Goal::Ticket(_), Doer::Service) => return Err(Refusal::NotAllowed.into()),
            (Goal::New(new), doer) => {
                let ticket = self.in_its_words(foreign, new, doer).await?;
                let first = [Article {
                    mark: mark(errand, 0),
                    audience: Audience::Everyone,
                    subject: new.title.clone(),
                    html: transcript::paragraph(&new.text),
                    text: new.text.clone(),
                    pdf: None,
                    author: Author {
                        name: new.author.clone(),
                        email: new.email.clone(),
                    },
                }];
                match doer {
                    Doer::Agent { person, .. } => {
                        let reached = self.reached(person).await?;
                        reached.through(foreign).create(&ticket, &first).await?
                    }
                    Doer::Service => foreign.desk.create(&ticket, &first).await?,
                }
            }
        };
        let id = made.id.0.parse().map_err(|_| AppError::Unknown)?;
        let number = one_line(&made.number, NUMBER_MAX);
        self.store.set_errand_ticket(errand.id, id, &number).await?;
        Ok(desk::TicketRef { number, ..made })
    }

    async fn in_its_words(&self, foreign: &Foreign, new: &NewThere, doer: &Doer) -> Result<NewTicket, AppError> {
        let (mut state, mut priority) = (new.state.clone(), new.priority.clone());
        if state.is_none() || priority.is_none() {
            let meta = foreign.desk.meta().await?;
            let usual = match doer {
                Doer::Agent { .. } => "open",
                Doer::Service => "new",
            };
            state = state.or_else(|| Some(likeliest(&meta.states, usual)));
            priority = priority.or_else(|| Some(likeliest(&meta.priorities, "normal")));
        }
        Ok(NewTicket {
            title: new.title.clone(),
            queue: new.queue.clone(),
            state: state.unwrap_or_default(),
            priority: priority.unwrap_or_default(),
            customer: new.customer.clone(),
            owner: new.owner.clone(),
            responsible: new.responsible.clone(),
            pending: new.pending_until.map(|ms| desk::Pending {
                until: Instant(ms.saturating_mul(1_000)),
                // What is over by the time it is sent is over at once.
                in_min: ((ms - clock::now().ms()) / 60_000).max(1),
            }),
        })
    }

    /// Sends the chat, then what was said meanwhile, and tells in its log where it is. It closes only when all of it is there.
    async fn put_chat(
        &self,
        foreign: &Foreign,
        errand: &Errand,
        (id, part): (ChatId, &ChatPart),
        ticket: &desk::TicketRef,
        doer: &Doer,
    ) -> Result<(), AppError> {
        let into = IntoTicket::part(part.entries.as_deref(), part.language.as_deref());
        let name = foreign.name(&ticket.id).ok_or(AppError::Unknown)?;
        let (mut parts, mut there) = (errand.parts.clone(), 0);
        for _ in 0..ROUNDS {
            let chat = match (self.store.chat(id).await?, doer) {
                (Some(chat), _) => chat,
                // Its time was over before the desk took it.
                (None, Doer::Service) => return Ok(()),
                (None, Doer::Agent { .. }) => return Err(Refusal::NotFound.into()),
            };
            let entries = self.newest_entries(&chat, Side::Agents).await?;
            if errand.tries > 1 && entries.iter().any(|entry| tells(entry, name, &parts)) {
                return Ok(());
            }
            let fresh = match parts.last() {
                None => true,
                Some(last) => part.follows() && entries.iter().any(|entry| entry.seq > *last && entry.what.counts()),
            };
            if fresh {
                parts.push(chat.head);
                self.store.set_errand_parts(errand.id, &parts).await?;
            }
            while let Some(upto) = parts.get(there) {
                let after = there.checked_sub(1).map_or(0, |before| parts[before]);
                let of_part = entries
                    .iter()
                    .filter(|entry| (after + 1..=*upto).contains(&entry.seq) && into.takes(entry));
                let articles = self
                    .articles_there(&chat, of_part, mark(errand, there + 1), &into, doer)
                    .await;
                let sent = match articles {
                    Ok(articles) if articles.is_empty() && there == 0 => {
                        Err((0, AppError::BadInput("nothing of the chat was chosen".into())))
                    }
                    Ok(articles) => self.send(foreign, ticket, &articles, doer).await,
                    Err(error) => Err((0, error)),
                };
                if let Err((n, error)) = sent {
                    // Next time it takes along what was said meanwhile: nothing of this part is there.
                    if fresh && there + 1 == parts.len() && n == 0 && stored_nothing(&error) {
                        parts.pop();
                        self.store.set_errand_parts(errand.id, &parts).await?;
                    }
                    return Err(error);
                }
                there += 1;
            }
            let Doer::Agent { person, cid, digest } = doer else {
                return Ok(());
            };
            let verb = Verb::AppendToTicket {
                ticket: name,
                number: ticket.number.clone(),
                keep_open: part.keep_open,
            };
            let along = if part.follows() {
                Along::OnlyAt(chat.head)
            } else {
                Along::Nothing
            };
            match self.verb_with(person, None, id, *cid, *digest, verb, along).await {
                Err(AppError::Busy) => {}
                told => return told.map(drop),
            }
        }
        Err(AppError::Busy)
    }

    /// Says with an error how many of them are there for sure.
    async fn send(
        &self,
        foreign: &Foreign,
        ticket: &desk::TicketRef,
        articles: &[Article],
        doer: &Doer,
    ) -> Result<(), (usize, AppError)> {
        for (n, article) in articles.iter().enumerate() {
            let sent = match doer {
                Doer::Agent { person, .. } => match self.reached(person).await {
                    Ok(reached) => reached.through(foreign).append(&ticket.id, article).await,
                    Err(error) => return Err((n, error)),
                },
                Doer::Service => foreign.desk.append(&ticket.id, article).await,
            };
            sent.map_err(|error| (n, error.into()))?;
        }
        Ok(())
    }

    /// What everybody may read, then what is for agents only, where there is any.
    async fn articles_there(
        &self,
        chat: &Chat,
        entries: impl Iterator<Item = &Entry>,
        mark: Mark,
        into: &IntoTicket,
        doer: &Doer,
    ) -> Result<Vec<Article>, AppError> {
        let mut articles = Vec::new();
        for (entries, kind) in chat_parts(chat, entries.cloned()) {
            let audience = match kind {
                Kind::Agent => Audience::AgentsOnly,
                Kind::CustomerUser | Kind::PublicUser => Audience::Everyone,
            };
            let name = match doer {
                Doer::Agent { person, .. } => person.name.clone(),
                Doer::Service if audience == Audience::AgentsOnly => continue,
                Doer::Service => chat
                    .external()
                    .map(|external| external.name.clone())
                    .unwrap_or_default(),
            };
            let reader = Reader {
                kind,
                words: into.words,
                zone: TimeZone::UTC,
            };
            let forms = self.forms(chat, entries, reader).await?;
            articles.push(Article {
                mark,
                audience,
                subject: "Chat".to_owned(),
                html: forms.html,
                text: forms.text,
                pdf: Some(Pdf {
                    name: "chat.pdf".to_owned(),
                    bytes: forms.pdf,
                }),
                author: Author { name, email: None },
            });
        }
        Ok(articles)
    }
}

/// Another one for each thing that is sent, and the same each time.
fn mark(errand: &Errand, n: usize) -> Mark {
    Mark {
        // In its id is when it began, which the desk's search starts from.
        chat: errand.chat.unwrap_or(ChatId(errand.id)),
        command: ClientId(Uuid::from_u128(errand.id.as_u128() ^ n as u128)),
    }
}

/// Whether this entry tells that the chat went into the ticket, by this errand.
fn tells(entry: &Entry, name: TicketId, parts: &[i64]) -> bool {
    let since = parts.first().is_some_and(|first| entry.seq > *first);
    since && matches!(entry.what, What::Attached { ticket, .. } if ticket == name)
}

fn stored_nothing(error: &AppError) -> bool {
    use DeskError::{Incomplete, Refused, Unclear};
    !matches!(error, AppError::Desk(Unclear(_) | Refused(_) | Incomplete { .. }))
}

fn named(foreign: &Foreign, errand: &Errand) -> Result<TicketRef, AppError> {
    let (id, number) = errand.ticket.clone().ok_or(AppError::Unknown)?;
    let id = desk::TicketId(id.to_string());
    ticket_ref(foreign, &desk::TicketRef { id, number })
}

fn ticket_ref(foreign: &Foreign, ticket: &desk::TicketRef) -> Result<TicketRef, AppError> {
    let id = foreign.name(&ticket.id).ok_or(AppError::Unknown)?;
    Ok(TicketRef {
        id: id.0,
        number: ticket.number.clone(),
    })
}

/// What the desk says, of at most so many code points.
pub(super) fn one_line(said: &str, max: usize) -> String {
    said.chars().filter(|c| !c.is_control()).take(max).collect()
}

/// The one called so, else one in whose name that is, else the first.
fn likeliest(names: &[String], word: &str) -> String {
    let of = |fits: &dyn Fn(&str) -> bool| names.iter().find(|name| fits(name));
    let found = of(&|name| name == word).or_else(|| of(&|name| name.contains(word)));
    found.or(names.first()).cloned().unwrap_or_else(|| word.to_owned())
}

fn pause_s(tries: i64) -> i64 {
    let doubled = PAUSE_S << (tries.clamp(1, 20) - 1);
    doubled.min(PAUSE_MAX_S)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        let pauses: Vec<i64> = (0..13).map(pause_s).collect();
        assert_eq!(&pauses[..4], [5, 5, 10, 20]);
        assert_eq!(pauses[12], 3_600);
        assert_eq!(pause_s(i64::MAX), 3_600);
    }

    #[test]
    fn the_usual_state_is_the_one_called_so() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let zammad = names(&["1 low", "2 normal", "3 high"]);
        assert_eq!(likeliest(&zammad, "normal"), "2 normal");
        assert_eq!(likeliest(&names(&["open again", "open"]), "open"), "open");
        assert_eq!(likeliest(&names(&["neu"]), "new"), "neu");
        assert_eq!(likeliest(&[], "new"), "new");
    }
}
