//! Chats that go into tickets of the built-in desk, and kills: the chat says that it is there, and is closed and in the ticket as a
//! whole, once; or it is open, and nothing of it is in any ticket.

use super::whole;
use crate::chance::{self, Random};
use crate::client::{Client, granted};
use crate::desk::{CROWDED, Desk, Engine};
use crate::live::PATIENCE;
use crate::tickets::queue;
use futures_util::future::join_all;
use proof::Lane;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{ChatState, EntryView, EntryWhat, TicketList, TicketRef, TicketState, TicketView};

/// Kills on each database, for each unit of PROOF.
const KILLS: usize = 10;
/// Agents' pages that are at it at the same time, and what each of them does one after the other.
const PAGES: usize = 4;
const EACH: usize = 3;
/// Tickets that take chats of all of them.
const TICKETS: u64 = 3;
const AGAIN_AFTER: Duration = Duration::from_millis(20);
/// The kill comes at most this long after an answer.
const KILLED_WITHIN_MS: u64 = 15;

/// What of a chat an article holds: of which ticket, whether customers read it, what was said.
type Part<'a> = (Uuid, bool, Vec<&'a str>);

/// A command about one chat, and what became of it.
struct Deed {
    agent: Client,
    visitor: Client,
    chat: Uuid,
    /// In all that is said in this chat, and in no other.
    word: String,
    path: String,
    body: Value,
    /// Without it a phone ticket is made, with the word as its title.
    into: Option<Uuid>,
    /// The state that the ticket has in the end.
    ends: TicketState,
    sent: bool,
    done: Option<TicketRef>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_a_chat_is_in_its_ticket_once_or_not_at_all_on_sqlite() {
    killed(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_a_chat_is_in_its_ticket_once_or_not_at_all_on_postgres() {
    killed(Engine::Postgres).await;
}

async fn killed(engine: Engine) {
    let lane = Lane::part("crash", &format!("tickets on {engine}"));
    let seed = chance::seed();
    println!("crash among tickets on {engine}: SEED={seed}");
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let mut random = Random::new(seed);
    let agents = [desk.agent("ines").await, desk.agent("maren").await];
    let (mut all, mut known) = (Vec::new(), HashSet::new());
    let (mut acknowledged, mut cut, mut silent, mut again) = (0, 0, 0, 0);
    let kills = KILLS * proof::scale();
    for kill in 1..=kills {
        let here = (agents[0].stays().await, agents[1].stays().await);
        let mut deeds = begin(&desk, &agents, &mut random).await;
        until_killed(&mut desk, &mut deeds, &mut random).await;
        drop(here);
        acknowledged += deeds.iter().filter(|deed| deed.done.is_some()).count();
        cut += deeds.iter().filter(|deed| deed.is_cut()).count();
        if kill % 5 == 0 {
            desk.verify().await;
        }
        desk.serve().await;
        let there = tickets(&agents[0], &known).await;
        silent += judge(&lane, &format!("after kill {kill}"), &deeds, &there).await;
        for deed in &mut deeds {
            // He leaves it at that.
            if random.below(3) == 0 {
                continue;
            }
            again += usize::from(deed.is_cut());
            let answer = deed.ask().await.expect("the program runs");
            let done: TicketRef = granted(&deed.path, answer);
            if deed.done.as_ref().is_some_and(|before| *before != done) {
                lane.violation(format!("kill {kill}: {:?}, and again {done:?}", deed.done));
            }
            deed.done = Some(done);
        }
        let there = tickets(&agents[0], &known).await;
        judge(&lane, &format!("asked again after kill {kill}"), &deeds, &there).await;
        known.extend(there.iter().map(|ticket| ticket.id));
        all.append(&mut deeds);
    }
    let there = tickets(&agents[0], &HashSet::new()).await;
    judge(&lane, "in the end", &all, &there).await;
    if cut == 0 {
        lane.violation("no kill met a command");
    }
    desk.verify().await;
    lane.figure("kills", kills);
    lane.figure("chats for tickets", all.len());
    lane.figure("into a ticket, acknowledged before a kill", acknowledged);
    lane.figure("into a ticket, without an answer", cut);
    lane.figure("into a ticket, done without an answer", silent);
    lane.figure("into a ticket, without an answer and asked again", again);
    lane.finish();
}

/// Tickets, and chats for them and for phone tickets, some of which are made closed.
async fn begin(desk: &Desk, agents: &[Client; 2], random: &mut Random) -> Vec<Deed> {
    let travel = queue(&agents[0], "Travel").await;
    let mut tickets = Vec::new();
    for _ in 0..TICKETS {
        let body = json!({ "cid": Uuid::now_v7(), "title": "Trailers", "text": "She rang.", "queue": travel });
        let made: TicketRef = granted("a ticket", agents[0].post("/api/tickets", body).await);
        tickets.push(made.id);
    }
    let mut wanted = Vec::new();
    for n in 0..PAGES * EACH {
        let (into, ends) = match random.below(4) {
            0 => (None, TicketState::Open),
            1 => (None, TicketState::ClosedSuccessful),
            _ => (Some(tickets[random.below(TICKETS) as usize]), TicketState::Open),
        };
        wanted.push((&agents[n / EACH % 2], into, ends));
    }
    let begun = wanted
        .into_iter()
        .map(|(agent, into, ends)| Deed::begin(desk, agent, travel, into, ends));
    join_all(begun).await
}

/// Each page does one after the other, and the program is killed after as many answers as the chance says.
async fn until_killed(desk: &mut Desk, deeds: &mut [Deed], random: &mut Random) {
    let answered = AtomicUsize::new(0);
    let fatal = random.below(deeds.len() as u64 + 1) as usize;
    let moment = Duration::from_millis(random.below(KILLED_WITHIN_MS));
    let pages = join_all(deeds.chunks_mut(EACH).map(|deeds| go_on(deeds, &answered)));
    let kills = async {
        let late = Instant::now() + PATIENCE;
        while answered.load(Ordering::Acquire) < fatal && Instant::now() < late {
            sleep(Duration::from_millis(1)).await;
        }
        // The moment is the chance's: this wait is what the lane is about.
        sleep(moment).await;
        desk.sigkill().await;
    };
    tokio::join!(pages, kills);
}

async fn go_on(deeds: &mut [Deed], answered: &AtomicUsize) {
    for deed in deeds {
        deed.sent = true;
        let (answer, ()) = tokio::join!(deed.ask(), deed.talk());
        let Some(answer) = answer else { return };
        deed.done = Some(granted(&deed.path, answer));
        answered.fetch_add(1, Ordering::AcqRel);
    }
}

impl Deed {
    async fn begin(desk: &Desk, agent: &Client, travel: Uuid, into: Option<Uuid>, ends: TicketState) -> Self {
        let word = Uuid::now_v7().to_string();
        let visitor = desk.visitor("Priya Raman").await;
        let chat = visitor.start_chat(&format!("Where is {word}?")).await.id;
        agent.accept(chat).await;
        agent.note(chat, &format!("Be quick with {word}.")).await;
        agent.say(chat, &format!("{word} is in Sandvik.")).await;
        let mut body = json!({ "cid": Uuid::now_v7(), "chat": { "chat": chat } });
        let path = match into {
            Some(ticket) => format!("/api/tickets/{ticket}/chats"),
            None => {
                body["title"] = json!(word);
                body["text"] = json!("She rang.");
                body["queue"] = json!(travel);
                body["state"] = json!(ends);
                "/api/tickets".to_owned()
            }
        };
        Self {
            agent: agent.clone(),
            visitor,
            chat,
            word,
            path,
            body,
            into,
            ends,
            sent: false,
            done: None,
        }
    }

    /// Asks, always with the same id, until there is an answer; none if the program is gone.
    async fn ask(&self) -> Option<(u16, Value)> {
        loop {
            let body = Some(self.body.clone());
            match self.agent.try_call(Method::POST, &self.path, body).await {
                Ok((503, _)) => sleep(AGAIN_AFTER).await,
                answer => return answer.ok(),
            }
        }
    }

    /// The visitor goes on talking; what is refused or lost he does not say again.
    async fn talk(&self) {
        let path = format!("/api/chats/{}/entries", self.chat);
        for n in 0..3 {
            let text = format!("{n} more of {}.", self.word);
            let say = json!({ "cid": Uuid::now_v7(), "kind": "message", "text": text });
            let _ = self.visitor.try_call(Method::POST, &path, Some(say)).await;
        }
    }

    fn is_cut(&self) -> bool {
        self.sent && self.done.is_none()
    }

    /// Where it goes: nowhere yet if the ticket is to be made.
    fn its(&self, there: &[TicketView]) -> Vec<Uuid> {
        let made = there.iter().filter(|ticket| ticket.title == self.word);
        match self.into {
            Some(ticket) => vec![ticket],
            None => made.map(|ticket| ticket.id).collect(),
        }
    }

    /// What of its chat is in tickets.
    fn held<'a>(&self, there: &'a [TicketView]) -> Vec<Part<'a>> {
        let mut held = Vec::new();
        for ticket in there {
            for article in &ticket.articles {
                let lines = article.chat.iter().flat_map(|chat| &chat.lines);
                let said = lines.filter(|line| line.by.is_some());
                let said: Vec<&str> = said.filter_map(|line| line.text.as_deref()).collect();
                if said.iter().any(|text| text.contains(self.word.as_str())) {
                    held.push((ticket.id, article.visible, said));
                }
            }
        }
        held
    }

    /// What was acknowledged is there, as it was asked for.
    fn is_kept(&self, named: &[Uuid], there: &[TicketView]) -> bool {
        let Some(done) = &self.done else { return true };
        let ticket = there.iter().find(|ticket| ticket.id == done.id);
        named == [done.id] && ticket.is_some_and(|ticket| ticket.state == self.ends)
    }
}

/// Holds the chats and the tickets that they could have gone into against each other. Says how many went there and nobody was told.
async fn judge(lane: &Lane, when: &str, deeds: &[Deed], there: &[TicketView]) -> usize {
    let (mut taken, mut silent) = (Vec::new(), 0);
    for deed in deeds {
        let log = whole(&deed.agent, deed.chat).await;
        let state = deed.agent.snapshot(deed.chat).await.chat.state;
        let (named, its, held) = (named(&log), deed.its(there), deed.held(there));
        let told = |ticket: &Uuid| [(*ticket, true, said(&log, false)), (*ticket, false, said(&log, true))];
        let expected: Vec<Part<'_>> = named.iter().flat_map(told).collect();
        let fits = if named.is_empty() {
            ChatState::Open
        } else {
            ChatState::Closed
        };
        let once = its.len() <= 1 && (named.is_empty() || named == its);
        if !once || state != fits || held != expected || !deed.is_kept(&named, there) {
            lane.violation(format!(
                "{when}: {} {}, answered {:?}: {state:?}, says {named:?} of {its:?}, and there is {held:?}",
                deed.path, deed.word, deed.done
            ));
        }
        silent += usize::from(deed.done.is_none() && !named.is_empty());
        taken.extend(named);
        lane.case();
    }
    for ticket in there {
        let chats = taken.iter().filter(|it| **it == ticket.id).count();
        if ticket.articles.len() != 1 + 2 * chats {
            lane.violation(format!("{when}: {chats} chats say they are in {ticket:?}"));
        }
    }
    silent
}

/// The tickets that a chat says it went into.
fn named(log: &[EntryView]) -> Vec<Uuid> {
    let named = log.iter().filter_map(|entry| match &entry.what {
        EntryWhat::Attached { ticket, .. } => Some(*ticket),
        _ => None,
    });
    named.collect()
}

/// What everybody reads, or the notes.
fn said(log: &[EntryView], notes: bool) -> Vec<&str> {
    let said = log.iter().filter_map(|entry| match &entry.what {
        EntryWhat::Message { text, .. } if !notes => Some(text.as_str()),
        EntryWhat::Note { text, .. } if notes => Some(text.as_str()),
        _ => None,
    });
    said.collect()
}

/// All tickets but those.
async fn tickets(agent: &Client, but: &HashSet<Uuid>) -> Vec<TicketView> {
    let (mut all, mut before) = (Vec::new(), String::new());
    loop {
        let page = agent.get(&format!("/api/tickets?state=all{before}")).await;
        let page: TicketList = granted("tickets", page);
        for line in page.tickets.iter().filter(|line| !but.contains(&line.id)) {
            let ticket = agent.get(&format!("/api/tickets/{}", line.id)).await;
            all.push(granted::<TicketView>("a ticket", ticket));
        }
        match page.next {
            Some(next) => before = format!("&before={next}"),
            None => return all,
        }
    }
}
