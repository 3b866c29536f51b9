//! A right ends while messages flow: nothing created after the answer to the withdrawal reaches that person, by socket
//! or HTTP, and nothing he sends after it is stored (I-9).
//!
//! One writes as fast as possible. Noor, from whom the right will be taken, listens on two connections, asks by HTTP
//! without pause, and writes too. Once the withdrawal is answered, what either writes says so. None of the one's late
//! words may be in what Noor heard, and none of Noor's in the log.

use crate::client::Client;
use crate::desk::{CROWDED, Desk, Engine};
use crate::live::Live;
use domain::cast;
use proof::Lane;
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;
use uuid::Uuid;
use wire::{ClientFrame, ServerFrame};

/// Rounds of each kind of withdrawal on each database, for each unit of PROOF.
const ROUNDS: usize = 6;
/// Messages that flow before a withdrawal, and after it.
const FLOW: usize = 60;
const NOOR: &str = "Noor Haddad";
const WITHIN: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Withdrawal {
    /// A key on the channel's group.
    Revoke,
    /// The role's key.
    RoleRevoke,
    /// The agent's place in the role.
    RoleLeft,
    Deactivate,
    /// The session's end; for its connections and its cookie.
    Logout,
    /// Set in another session: all others end.
    Password,
    /// Set by the administrator: all sessions end.
    PasswordReset,
    /// A customer user's account: he listens, an agent writes.
    Customer,
}

const ALL: [Withdrawal; 8] = [
    Withdrawal::Revoke,
    Withdrawal::RoleRevoke,
    Withdrawal::RoleLeft,
    Withdrawal::Deactivate,
    Withdrawal::Logout,
    Withdrawal::Password,
    Withdrawal::PasswordReset,
    Withdrawal::Customer,
];

/// What goes on around a withdrawal: much of it makes the service look at rights anew sooner than it has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Traffic {
    /// Everybody at full speed.
    All,
    /// The other writes; Noor only listens.
    Listening,
    /// Nothing before: the first thing after the withdrawal is Noor's.
    Quiet,
}

const TRAFFIC: [Traffic; 3] = [Traffic::All, Traffic::Listening, Traffic::Quiet];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_made_after_a_withdrawal_reaches_the_person_on_sqlite() {
    withdrawals(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_made_after_a_withdrawal_reaches_the_person_on_postgres() {
    withdrawals(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_made_after_a_withdrawal_reaches_the_person_on_two_nodes() {
    withdrawals(Engine::TwoNodes).await;
}

async fn withdrawals(engine: Engine) {
    let lane = Lane::part("races", &format!("withdrawal on {engine}"));
    let Some(desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let ines = desk.agent("ines").await;
    let _here = ines.stays().await;
    desk.cli(&["role", "add", "Night watch"]).await;
    let mut sum = Sum::default();
    for round in 0..engine.rounds(ROUNDS) {
        for withdrawal in ALL {
            sum.add(one_round(&desk, withdrawal, round, &ines, &lane).await);
            lane.case();
        }
    }
    lane.figure("withdrawals", engine.rounds(ROUNDS) * ALL.len());
    lane.figure("messages before", sum.before);
    lane.figure("messages after", sum.after);
    lane.figure("late events", sum.late);
    lane.figure("late sends stored", sum.stored);
    desk.verify().await;
    lane.finish();
}

#[derive(Default)]
struct Sum {
    before: usize,
    after: usize,
    late: usize,
    stored: usize,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.before += other.before;
        self.after += other.after;
        self.late += other.late;
        self.stored += other.stored;
    }
}

/// What flows in one round.
struct Flow {
    /// What is written after the withdrawal bears it. Another one in each round: later Noors read of earlier ones.
    mark: String,
    withdrawn: AtomicBool,
    over: AtomicBool,
    before: AtomicUsize,
    after: AtomicUsize,
    /// Frames and bodies of Noor's that hold what they must not.
    late: AtomicUsize,
}

impl Flow {
    fn new(mark: String) -> Self {
        let [withdrawn, over] = [false; 2].map(AtomicBool::new);
        let [before, after, late] = [0; 3].map(AtomicUsize::new);
        Self {
            mark,
            withdrawn,
            over,
            before,
            after,
            late,
        }
    }

    fn withdrawn(&self) -> bool {
        self.withdrawn.load(Ordering::Acquire)
    }

    fn over(&self) -> bool {
        self.over.load(Ordering::Acquire)
    }

    /// A text that says whether it is written after the withdrawal.
    fn text(&self, n: usize) -> String {
        if self.withdrawn() {
            format!("{} {n}", self.mark)
        } else {
            format!("early {n}")
        }
    }

    fn hears(&self, text: &str) {
        if text.contains(&self.mark) && self.late.fetch_add(1, Ordering::AcqRel) == 0 {
            let some: String = text.chars().take(500).collect();
            eprintln!("heard what was made after the withdrawal: {some}");
        }
    }
}

async fn one_round(desk: &Desk, withdrawal: Withdrawal, round: usize, ines: &Client, lane: &Lane) -> Sum {
    let traffic = TRAFFIC[round % TRAFFIC.len()];
    let name = &format!("{withdrawal:?} {round}, {traffic:?}");
    // A new Noor each time: nobody signs in so often.
    let login = &format!("noor-{withdrawal:?}-{round}").to_lowercase();
    let (noor, other, chat) = if withdrawal == Withdrawal::Customer {
        customer_and_agent(desk, login, ines).await
    } else {
        agent_and_visitor(desk, withdrawal, login).await
    };
    let mut writer = other.live().await;
    writer.watch(chat).await;
    let flow = Arc::new(Flow::new(format!("after {login}:")));
    let (mut people, mut writing) = (JoinSet::new(), JoinSet::new());
    let mut live = noor.live().await;
    live.watch(chat).await;
    people.spawn(listens(flow.clone(), live, None));
    let mut talker = noor.elsewhere().live().await;
    talker.watch(chat).await;
    if traffic == Traffic::Quiet {
        let cid = talker.say(chat, &flow.text(0)).await;
        talker.answer(cid).await.expect("he may");
        withdraw(desk, withdrawal, login, &noor).await;
        flow.withdrawn.store(true, Ordering::Release);
        // Whether it was stored is read from the log.
        let _ = talker.try_send(&says(chat, &flow.text(1))).await;
        people.spawn(listens(flow.clone(), talker, None));
        writing.spawn(writes(flow.clone(), writer, chat));
    } else {
        if traffic == Traffic::All {
            people.spawn(listens(flow.clone(), talker, Some(chat)));
            people.spawn(asks(flow.clone(), noor.clone(), chat));
        }
        writing.spawn(writes(flow.clone(), writer, chat));
        until(&flow.before, FLOW, &mut writing).await;
        withdraw(desk, withdrawal, login, &noor).await;
        flow.withdrawn.store(true, Ordering::Release);
    }
    for refused in [
        noor.try_say(chat, Uuid::now_v7(), "message", &flow.mark).await,
        noor.elsewhere().act(chat, "close").await,
    ] {
        if !(400..500).contains(&refused.0) {
            lane.violation(format!("{name}: he may still act: {refused:?}"));
        }
    }
    until(&flow.after, FLOW, &mut writing).await;
    flow.over.store(true, Ordering::Release);
    for mut tasks in [writing, people] {
        while let Some(ended) = tasks.join_next().await {
            ended.unwrap_or_else(|error| lane.violation(format!("{name}: {error}")));
        }
    }
    let sum = Sum {
        before: flow.before.load(Ordering::Acquire),
        after: flow.after.load(Ordering::Acquire),
        late: flow.late.load(Ordering::Acquire),
        stored: written_late_by(&other, chat, NOOR, &flow.mark).await,
    };
    if sum.late > 0 || sum.stored > 0 {
        lane.violation(format!(
            "{name}: {} late events, {} late sends stored",
            sum.late, sum.stored
        ));
    }
    other.act(chat, "close").await;
    sum
}

/// Noor takes a visitor's chat.
async fn agent_and_visitor(desk: &Desk, withdrawal: Withdrawal, login: &str) -> (Client, Client, Uuid) {
    desk.add_agent(login, NOOR).await;
    give(desk, withdrawal, login).await;
    let noor = desk.agent(login).await;
    noor.be("internal_and_external").await;
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("Hello").await.id;
    noor.accept(chat).await;
    (noor, priya, chat)
}

/// Noor is a customer user, and talks with Ines.
async fn customer_and_agent(desk: &Desk, login: &str, ines: &Client) -> (Client, Client, Uuid) {
    let password = format!("{}\n", cast::PASSWORD);
    desk.cli_with(&["customer", "add", login, NOOR], &password).await;
    let noor = desk.customer(login).await;
    let chat = noor.start_chat("Hello").await.id;
    ines.accept(chat).await;
    (noor, ines.clone(), chat)
}

/// Makes Noor the one who may accept in the Travel desk, in the way that is withdrawn afterwards.
async fn give(desk: &Desk, withdrawal: Withdrawal, login: &str) {
    match withdrawal {
        Withdrawal::RoleRevoke | Withdrawal::RoleLeft => {
            desk.cli(&["role", "grant", "Night watch", "travel", "chat_owner"])
                .await;
            desk.cli(&["role", "member", "Night watch", login]).await;
        }
        _ => drop(desk.cli(&["grant", login, "travel", "chat_owner"]).await),
    }
}

/// Returns when it is answered, and so in force.
async fn withdraw(desk: &Desk, withdrawal: Withdrawal, login: &str, noor: &Client) {
    match withdrawal {
        Withdrawal::Revoke => drop(desk.cli(&["revoke", login, "travel", "chat_owner"]).await),
        Withdrawal::RoleRevoke => drop(
            desk.cli(&["role", "revoke", "Night watch", "travel", "chat_owner"])
                .await,
        ),
        Withdrawal::RoleLeft => drop(desk.cli(&["role", "member", "Night watch", login, "--remove"]).await),
        Withdrawal::Deactivate => drop(desk.cli(&["agent", "deactivate", login]).await),
        Withdrawal::PasswordReset => {
            let password = format!("{}\n", cast::PASSWORD);
            desk.cli_with(&["agent", "password", login], &password).await;
        }
        Withdrawal::Customer => drop(desk.cli(&["customer", "deactivate", login]).await),
        Withdrawal::Logout => {
            let (status, body) = noor.delete("/api/session").await;
            assert_eq!(status, 200, "{body}");
        }
        Withdrawal::Password => {
            let new = json!({ "old": cast::PASSWORD, "new": cast::PASSWORD });
            let other_session = desk.agent(login).await;
            let (status, body) = other_session.put("/api/password", new).await;
            assert_eq!(status, 200, "{body}");
        }
    }
}

async fn until(count: &AtomicUsize, enough: usize, people: &mut JoinSet<()>) {
    let moment = Instant::now() + WITHIN;
    while count.load(Ordering::Acquire) < enough {
        assert!(people.try_join_next().is_none(), "nobody writes any more");
        assert!(Instant::now() < moment, "no messages flow");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// The other: a few messages under way at any time.
async fn writes(flow: Arc<Flow>, mut live: Live, chat: Uuid) {
    let mut n = 0;
    while !flow.over() {
        let mut last = None;
        let withdrawn = flow.withdrawn();
        for _ in 0..8 {
            n += 1;
            last = Some(live.say(chat, &flow.text(n)).await);
        }
        let answer = live.answer(last.expect("eight")).await;
        // While a right changes a message may be asked to come again.
        assert!(
            answer.as_ref().is_ok() || answer.as_ref().is_err_and(|p| p.code == "busy"),
            "{answer:?}"
        );
        let count = if withdrawn { &flow.after } else { &flow.before };
        count.fetch_add(8, Ordering::AcqRel);
    }
}

/// Noor on one connection: hears everything as long as it lasts, and with a chat to write to writes all the time.
async fn listens(flow: Arc<Flow>, mut live: Live, writes: Option<Uuid>) {
    let mut n = 0;
    while !flow.over() {
        if let Some(chat) = writes {
            n += 1;
            let _ = live.try_send(&says(chat, &flow.text(n))).await;
        }
        let soon = Instant::now() + Duration::from_millis(2);
        while let Some(frame) = live.next_until(soon).await {
            let Ok(frame) = frame else { return };
            // His own late words are a matter of the log.
            if !matches!(frame, ServerFrame::Refused { .. }) {
                flow.hears(live.latest());
            }
        }
    }
}

fn says(chat: Uuid, text: &str) -> ClientFrame {
    ClientFrame::Send {
        chat,
        cid: Uuid::now_v7(),
        text: text.to_owned(),
    }
}

/// Noor by HTTP: everything that shows texts.
async fn asks(flow: Arc<Flow>, noor: Client, chat: Uuid) {
    while !flow.over() {
        for path in [
            format!("/api/chats/{chat}"),
            format!("/api/chats/{chat}/entries?before=1000000&limit=20"),
            "/api/chats?which=mine".into(),
            "/api/chats?which=archive".into(),
            "/api/requests".into(),
        ] {
            let (_, body) = noor.call(Method::GET, &path, None).await;
            flow.hears(&body.to_string());
        }
    }
}

/// Late messages of a member in the whole log.
async fn written_late_by(reader: &Client, chat: Uuid, name: &str, mark: &str) -> usize {
    let snapshot = reader.snapshot(chat).await;
    let he = snapshot
        .chat
        .members
        .iter()
        .find(|member| member.name == name)
        .map(|member| member.n);
    let (mut after, mut count) = (0, 0);
    while after < snapshot.as_of.seq {
        let (status, page) = reader
            .get(&format!("/api/chats/{chat}/entries?after={after}&limit=200"))
            .await;
        assert_eq!(status, 200, "{page}");
        let page: wire::Entries = serde_json::from_value(page).expect("entries");
        let late = |entry: &&wire::EntryView| entry.who == he && format!("{:?}", entry.what).contains(mark);
        count += page.entries.iter().filter(late).count();
        after = page.entries.last().map_or(i64::MAX, |entry| entry.seq);
    }
    count
}
