//! The load: messages of 100 bytes between visitors and agents, in turns or at fixed times.

use crate::crowd::{Crowd, Door};
use crate::machine::{Cpu, cpu_of, own_cpu};
use anyhow::{Result, ensure};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Chats held by one agent connection.
pub const PER_AGENT: usize = 10;
/// After the window, for what is under way.
const DRAIN: Duration = Duration::from_secs(5);

/// A server that runs, and how one takes part in its chats.
#[derive(Clone, Debug)]
pub struct Target {
    pub name: &'static str,
    pub pid: u32,
    pub address: SocketAddr,
    pub chats: Vec<String>,
    /// One for each chat.
    pub visitors: Vec<Door>,
    /// One for every ten chats.
    pub agents: Vec<Door>,
}

#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub chats: usize,
    pub pace: Pace,
    pub warm: Duration,
    pub window: Duration,
}

#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// One message under way per chat; whom it reaches writes the next.
    InTurns,
    /// So many a second over all chats, whatever the server does.
    PerSecond(f64),
}

#[derive(Clone, Debug)]
pub struct Sample {
    pub messages: usize,
    pub seconds: f64,
    pub server_s: f64,
    pub driver_s: f64,
    /// Cores that neither the server nor the driver used: a measure of how much to trust the rest.
    pub others: f64,
    /// Sorted, in nanoseconds.
    pub acknowledged: Vec<u64>,
    pub delivered: Vec<u64>,
}

impl Sample {
    pub fn per_s(&self) -> f64 {
        self.messages as f64 / self.seconds
    }

    /// Seconds of the server's CPU for 1,000 messages.
    pub fn cpu(&self) -> f64 {
        self.server_s / self.messages as f64 * 1_000.0
    }

    pub fn delivered_ms(&self, share: f64) -> f64 {
        percentile_ms(&self.delivered, share)
    }

    pub fn acknowledged_ms(&self, share: f64) -> f64 {
        percentile_ms(&self.acknowledged, share)
    }
}

fn percentile_ms(sorted: &[u64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let at = ((sorted.len() as f64 * share).ceil() as usize)
        .saturating_sub(1)
        .min(last);
    sorted.get(at).copied().unwrap_or(0) as f64 / 1e6
}

/// A message under way.
struct Flight {
    chat: usize,
    from: usize,
    sent: Instant,
    acknowledged: bool,
    delivered: bool,
}

struct Traffic<'a> {
    target: &'a Target,
    chats: usize,
    /// Tells this run's messages from those in a snapshot.
    run: String,
    flights: Vec<Flight>,
    in_turns: bool,
    /// When the window began and ends; nothing is sent in turn after it.
    window: Option<(Instant, Instant)>,
    stop: bool,
    delivered: Vec<u64>,
    acknowledged: Vec<u64>,
    missing: usize,
}

/// Connects, warms up, measures, and makes sure that every message arrived.
pub fn drive(target: &Target, load: Load) -> Result<Sample> {
    let agents = load.chats.div_ceil(PER_AGENT);
    let mut doors = target.visitors[..load.chats].to_vec();
    doors.extend_from_slice(&target.agents[..agents]);
    for door in &mut doors {
        door.chats.retain(|chat| *chat < load.chats);
    }
    let mut crowd = Crowd::connect(target.address, &doors, &target.chats)?;
    let mut traffic = Traffic::new(target, load);
    let (mut due, gap) = match load.pace {
        Pace::InTurns => (None, Duration::MAX),
        Pace::PerSecond(rate) => (Some(Instant::now()), Duration::from_secs_f64(1.0 / rate)),
    };
    if traffic.in_turns {
        for chat in 0..load.chats {
            let text = traffic.message(chat, chat);
            crowd.send_text(chat, &text)?;
        }
    }
    let mut before: Option<Cpu> = None;
    let begin = Instant::now() + load.warm;
    let end = begin + load.window;
    let mut sent = 0;
    loop {
        let now = Instant::now();
        if before.is_none() && now >= begin {
            before = Some(Cpu::now(target.pid)?);
            traffic.window = Some((now, now + load.window));
        }
        if now >= end {
            break;
        }
        while let Some(moment) = due.filter(|due| *due <= Instant::now()) {
            let (from, text) = traffic.paced(sent);
            crowd.send_text(from, &text)?;
            sent += 1;
            due = Some(moment + gap);
        }
        match due {
            Some(due) => crowd.wake_at(due.min(if before.is_none() { begin } else { end }))?,
            None => crowd.wake_at(if before.is_none() { begin } else { end })?,
        }
        crowd.turn(None, |at, payload, answers| traffic.got(at, payload, answers))?;
    }
    let used = before
        .map(|before| before.until_now(target.pid))
        .transpose()?
        .unwrap_or_default();
    traffic.stop = true;
    let drained = Instant::now() + DRAIN;
    while traffic.missing > 0 && Instant::now() < drained {
        crowd.turn(Some(Duration::from_millis(20)), |at, payload, answers| {
            traffic.got(at, payload, answers)
        })?;
    }
    ensure!(
        traffic.missing == 0,
        "{} messages of {} did not arrive",
        traffic.missing,
        target.name
    );
    traffic.sample(used)
}

impl<'a> Traffic<'a> {
    fn new(target: &'a Target, load: Load) -> Self {
        let run = Uuid::now_v7().hyphenated().to_string();
        Self {
            target,
            chats: load.chats,
            // The random half, so that two runs in a row differ.
            run: format!("{}{}-{}-", &run[24..32], &run[8..13], &run[32..36]),
            flights: Vec::with_capacity(1 << 18),
            in_turns: matches!(load.pace, Pace::InTurns),
            window: None,
            stop: false,
            delivered: Vec::with_capacity(1 << 18),
            acknowledged: Vec::with_capacity(1 << 18),
            missing: 0,
        }
    }

    /// A new message as a frame. Its client id is this run's, and the message's number.
    fn message(&mut self, chat: usize, from: usize) -> Vec<u8> {
        let number = self.flights.len();
        let text = format!(
            r#"{{"op":"send","chat":"{}","cid":"{}{:04x}-{:012x}","text":"{number:08} {}"}}"#,
            self.target.chats[chat],
            self.run,
            number >> 48,
            number,
            &WORDS[..91],
        );
        self.flights.push(Flight {
            chat,
            from,
            sent: Instant::now(),
            acknowledged: false,
            delivered: false,
        });
        self.missing += 2;
        text.into_bytes()
    }

    /// The next message of a paced load: chat after chat, and each time around the other side.
    fn paced(&mut self, sent: usize) -> (usize, Vec<u8>) {
        let chat = sent % self.chats;
        let from = if (sent / self.chats).is_multiple_of(2) {
            chat
        } else {
            self.agent_of(chat)
        };
        (from, self.message(chat, from))
    }

    fn agent_of(&self, chat: usize) -> usize {
        self.chats + chat / PER_AGENT
    }

    fn got(&mut self, at: usize, payload: &[u8], answers: &mut Vec<(usize, Vec<u8>)>) -> Result<()> {
        ensure!(
            !payload.starts_with(br#"{"op":"refused""#),
            "refused: {}",
            String::from_utf8_lossy(payload)
        );
        let now = Instant::now();
        for found in memchr::memmem::find_iter(payload, br#""cid":""#) {
            let Some(number) = payload.get(found + 7..found + 43).and_then(|cid| self.number(cid)) else {
                continue;
            };
            let flight = &mut self.flights[number];
            let counts = self.window.is_some_and(|(begin, end)| now >= begin && now < end);
            let took = (now - flight.sent).as_nanos() as u64;
            if at == flight.from {
                ensure!(!flight.acknowledged, "message {number} was acknowledged twice");
                flight.acknowledged = true;
                self.missing -= 1;
                if counts {
                    self.acknowledged.push(took);
                }
                continue;
            }
            ensure!(!flight.delivered, "message {number} was delivered twice");
            flight.delivered = true;
            self.missing -= 1;
            if counts {
                self.delivered.push(took);
            }
            if self.in_turns && !self.stop {
                let chat = flight.chat;
                let answer = self.message(chat, at);
                answers.push((at, answer));
            }
        }
        Ok(())
    }

    fn number(&self, cid: &[u8]) -> Option<usize> {
        let number = cid.strip_prefix(self.run.as_bytes())?;
        usize::from_str_radix(std::str::from_utf8(&number[5..]).ok()?, 16).ok()
    }

    fn sample(mut self, used: Cpu) -> Result<Sample> {
        self.delivered.sort_unstable();
        self.acknowledged.sort_unstable();
        ensure!(
            !self.delivered.is_empty(),
            "nothing was delivered by {}",
            self.target.name
        );
        Ok(Sample {
            messages: self.delivered.len(),
            seconds: used.wall_s,
            server_s: used.server_s,
            driver_s: used.driver_s,
            others: (used.busy_s - used.server_s - used.driver_s) / used.wall_s,
            delivered: self.delivered,
            acknowledged: self.acknowledged,
        })
    }
}

/// What holding idle connections costs.
#[derive(Clone, Copy, Debug)]
pub struct Idle {
    pub connections: usize,
    pub resident_before: u64,
    pub resident: u64,
    /// Cores used by the server while its clients only ping.
    pub cores: f64,
}

/// Connects all of `doors`, then only pings, each connection every `heartbeat`.
pub fn idle(target: &Target, doors: &[Door], heartbeat: Duration, window: Duration) -> Result<Idle> {
    let resident_before = crate::machine::resident(target.pid)?;
    let mut crowd = Crowd::connect(target.address, doors, &target.chats)?;
    let gap = heartbeat / crowd.len() as u32;
    let mut due = Instant::now() + gap;
    let mut next = 0;
    // One heartbeat before anything is measured: what connecting left to do is done then.
    let begin = Instant::now() + heartbeat;
    let end = begin + window;
    let mut before = None;
    while Instant::now() < end {
        if before.is_none() && Instant::now() >= begin {
            before = Some((cpu_of(target.pid)?, Instant::now()));
        }
        while due <= Instant::now() {
            crowd.send_text(next, br#"{"op":"ping"}"#)?;
            next = (next + 1) % crowd.len();
            due += gap;
        }
        crowd.turn(Some(Duration::from_millis(2)), |_, _, _| Ok(()))?;
    }
    let (cpu, since) = before.unwrap_or((0.0, begin));
    Ok(Idle {
        connections: crowd.len(),
        resident_before,
        resident: crate::machine::resident(target.pid)?,
        cores: (cpu_of(target.pid)? - cpu) / since.elapsed().as_secs_f64(),
    })
}

impl Cpu {
    fn now(pid: u32) -> Result<Self> {
        Ok(Self {
            wall_s: 0.0,
            since: Some(Instant::now()),
            server_s: cpu_of(pid)?,
            driver_s: own_cpu()?,
            busy_s: crate::machine::busy()?,
        })
    }

    fn until_now(self, pid: u32) -> Result<Self> {
        let wall = self.since.map(|since| since.elapsed().as_secs_f64());
        Ok(Self {
            wall_s: wall.unwrap_or(0.0),
            since: None,
            server_s: cpu_of(pid)? - self.server_s,
            driver_s: own_cpu()? - self.driver_s,
            busy_s: crate::machine::busy()? - self.busy_s,
        })
    }
}

const WORDS: &str =
    "The parcel left the warehouse in Bremen on Tuesday and has been with the carrier since; could you look?";
