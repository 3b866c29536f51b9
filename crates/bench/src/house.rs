//! Everybody in the house: people who come to life while two hundred agents look on, requests that reach all their lists,
//! and thousands who are only there.

use crate::crowd::{Crowd, Door};
use crate::desk::{Desk, customer, door, start};
use crate::fill::Idler;
use crate::http::request;
use crate::machine::{cpu_of, resident};
use crate::plan::HEARTBEAT;
use crate::server::{Running, Spoken};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::io::BufRead;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// They come to life one after the other, all on the first page of the People widget.
const LIVELY: usize = 10;
/// Between two changes. Whoever comes to life is active for longer than a page of people may be old, and has been away again
/// since his last time.
const CHANGE_EVERY: Duration = Duration::from_millis(400);
const CHANGES: usize = 50;
/// After which he is away.
pub const IDLE_S: i64 = 2;
/// Between two new requests.
const REQUEST_EVERY: Duration = Duration::from_millis(250);
pub const REQUESTS: usize = 60;
/// How often a setting is changed.
const TURNS: usize = 20;
/// For what is under way at the end.
const DRAIN: Duration = Duration::from_secs(5);

/// How news spread to all who look on.
#[derive(Debug)]
pub struct Spread {
    /// Until the last of them had it, sorted, in milliseconds.
    to_last_ms: Vec<f64>,
    /// Seconds of the server's CPU for one.
    pub cpu_s: f64,
    /// The most frames a second that one of them got.
    pub frames_per_s: f64,
}

impl Spread {
    pub fn to_last_ms(&self, share: f64) -> f64 {
        let at = (self.to_last_ms.len() as f64 * share).ceil() as usize;
        let at = at.saturating_sub(1).min(self.to_last_ms.len().saturating_sub(1));
        self.to_last_ms.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// Something new that is on its way to everybody.
struct News {
    sign: String,
    sent: Instant,
    missing: Vec<bool>,
    left: usize,
}

impl News {
    fn new(sign: String, sent: Instant, readers: usize) -> Self {
        let missing = vec![true; readers];
        Self {
            sign,
            sent,
            missing,
            left: readers,
        }
    }
}

/// Who has read what.
struct Spreading {
    readers: usize,
    under_way: Vec<News>,
    to_last_ms: Vec<f64>,
    frames: Vec<usize>,
}

impl Spreading {
    fn new(readers: usize) -> Self {
        Self {
            readers,
            under_way: Vec::new(),
            to_last_ms: Vec::new(),
            frames: vec![0; readers],
        }
    }

    /// A frame reached a reader; `has` tells whether news stand in it.
    fn read(&mut self, reader: usize, has: impl Fn(&str) -> bool) {
        self.frames[reader] += 1;
        for news in &mut self.under_way {
            if news.missing[reader] && has(&news.sign) {
                news.missing[reader] = false;
                news.left -= 1;
                if news.left == 0 {
                    self.to_last_ms.push(news.sent.elapsed().as_secs_f64() * 1e3);
                }
            }
        }
        self.under_way.retain(|news| news.left > 0);
    }

    fn end(mut self, cpu_s: f64, seconds: f64) -> Result<Spread> {
        ensure!(
            self.under_way.is_empty(),
            "{} news did not reach everybody",
            self.under_way.len()
        );
        let done = self.to_last_ms.len();
        self.to_last_ms.sort_by(f64::total_cmp);
        Ok(Spread {
            cpu_s: cpu_s / done as f64,
            frames_per_s: self.frames.iter().max().copied().unwrap_or(0) as f64 / seconds,
            to_last_ms: self.to_last_ms,
        })
    }
}

/// So many customers are there and do nothing but [`LIVELY`] of them, agents look at the People widget.
pub fn people(running: &Running, address: SocketAddr, customers: &[Door], agents: &[Door]) -> Result<Spread> {
    let mut here = Crowd::connect(address, customers, &[])?;
    let mut watchers = Crowd::connect(address, agents, &[])?;
    for watcher in 0..agents.len() {
        watchers.send_text(watcher, br#"{"op":"people","tab":"customers","limit":25}"#)?;
    }
    let mut spreading = Spreading::new(agents.len());
    let read = |spreading: &mut Spreading, reader: usize, payload: &[u8]| -> Result<()> {
        if payload.starts_with(br#"{"op":"people""#) {
            let frame: Value = serde_json::from_slice(payload)?;
            let rows = frame["people"]["rows"].as_array().context("no rows")?;
            let active = |name: &str| {
                rows.iter()
                    .any(|row| row["name"] == name && row["presence"] == "active")
            };
            spreading.read(reader, active);
        }
        Ok(())
    };
    // First pages, and everybody goes idle.
    let begin = Instant::now() + Duration::from_secs(5);
    turn_until(begin, &mut watchers, &mut here, |reader, payload| {
        read(&mut spreading, reader, payload)
    })?;
    spreading.frames.fill(0);
    let before = cpu_of(running.pid())?;
    for n in 0..CHANGES {
        let lively = n % LIVELY;
        for crowd in [&mut here, &mut watchers] {
            ping_some(crowd, n, CHANGE_EVERY)?;
        }
        here.send_text(lively, br#"{"op":"active"}"#)?;
        let news = News::new(customer(lively), Instant::now(), spreading.readers);
        spreading.under_way.push(news);
        let next = begin + CHANGE_EVERY * (n as u32 + 1);
        turn_until(next, &mut watchers, &mut here, |reader, payload| {
            read(&mut spreading, reader, payload)
        })?;
    }
    let end = Instant::now() + DRAIN;
    while !spreading.under_way.is_empty() && Instant::now() < end {
        let next = Instant::now() + Duration::from_millis(20);
        turn_until(next, &mut watchers, &mut here, |reader, payload| {
            read(&mut spreading, reader, payload)
        })?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    spreading.end(cpu_of(running.pid())? - before, seconds)
}

/// Requests come in one after the other and reach the lists of all agents.
pub fn requests(running: &Running, address: SocketAddr, agents: &[Door], visitors: &[String]) -> Result<Spread> {
    let mut desks = Crowd::connect(address, agents, &[])?;
    let mut spreading = Spreading::new(agents.len());
    let begin = Instant::now() + Duration::from_secs(2);
    turn_until_alone(begin, &mut desks, |_, _| Ok(()))?;
    let before = cpu_of(running.pid())?;
    let read = |spreading: &mut Spreading, reader: usize, payload: &[u8]| {
        if payload.starts_with(br#"{"op":"desk""#) {
            spreading.read(reader, |chat| memchr::memmem::find(payload, chat.as_bytes()).is_some());
        }
        Ok(())
    };
    for (n, token) in visitors.iter().take(REQUESTS).enumerate() {
        ping_some(&mut desks, n, REQUEST_EVERY)?;
        let sent = Instant::now();
        let chat = start(address, token)?;
        spreading.under_way.push(News::new(chat, sent, agents.len()));
        let next = begin + REQUEST_EVERY * (n as u32 + 1);
        turn_until_alone(next, &mut desks, |reader, payload| {
            read(&mut spreading, reader, payload)
        })?;
    }
    let end = Instant::now() + DRAIN;
    while !spreading.under_way.is_empty() && Instant::now() < end {
        let next = Instant::now() + Duration::from_millis(20);
        turn_until_alone(next, &mut desks, |reader, payload| {
            read(&mut spreading, reader, payload)
        })?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    spreading.end(cpu_of(running.pid())? - before, seconds)
}

/// Customer users may start chats no more, and may again, by turns: until each of those who are there was told what is offered now.
/// Milliseconds, sorted.
pub fn settings(address: SocketAddr, headers: &str, customers: &[Door]) -> Result<Vec<f64>> {
    let mut here = Crowd::connect(address, customers, &[])?;
    turn_until_alone(Instant::now() + Duration::from_secs(2), &mut here, |_, _| Ok(()))?;
    let mut took = Vec::new();
    for n in 0..TURNS {
        let (was, now) = if n % 2 == 0 { ("1", "0") } else { ("0", "1") };
        let (mut told, mut left) = (vec![false; customers.len()], customers.len());
        let begun = Instant::now();
        let body = json!({ "was": was, "value": now });
        request(
            address,
            "PUT",
            "/api/admin/settings/customer_to_agent",
            headers,
            Some(&body),
        )?;
        while left > 0 {
            ensure!(
                begun.elapsed() < DRAIN * 4,
                "{left} of {} were not told",
                customers.len()
            );
            here.turn(Some(Duration::from_millis(5)), |reader, payload, _| {
                if payload.starts_with(br#"{"op":"lobby""#) {
                    let offered = memchr::memmem::find(payload, br#""channels":[]"#).is_none();
                    if offered == (now == "1") && !std::mem::replace(&mut told[reader], true) {
                        left -= 1;
                    }
                }
                Ok(())
            })?;
        }
        took.push(begun.elapsed().as_secs_f64() * 1e3);
        // Nobody is forgotten for want of a sign of life.
        for at in 0..here.len() {
            here.send_text(at, br#"{"op":"ping"}"#)?;
        }
        turn_until_alone(Instant::now() + Duration::from_secs(1), &mut here, |_, _| Ok(()))?;
    }
    took.sort_by(f64::total_cmp);
    Ok(took)
}

/// The `n`th part of a crowd pings, so that everybody does once in a heartbeat when that is done `every` so often.
fn ping_some(crowd: &mut Crowd, n: usize, every: Duration) -> Result<()> {
    let parts = (HEARTBEAT.as_millis() / every.as_millis()) as usize;
    for at in (n % parts..crowd.len()).step_by(parts) {
        crowd.send_text(at, br#"{"op":"ping"}"#)?;
    }
    Ok(())
}

fn turn_until_alone(moment: Instant, crowd: &mut Crowd, mut got: impl FnMut(usize, &[u8]) -> Result<()>) -> Result<()> {
    while let Some(wait) = moment.checked_duration_since(Instant::now()) {
        let wait = wait.max(Duration::from_millis(1));
        crowd.turn(Some(wait), |at, payload, _| got(at, payload))?;
    }
    Ok(())
}

/// Reads what `readers` get; the others' sockets are only emptied now and then.
fn turn_until(
    moment: Instant,
    readers: &mut Crowd,
    others: &mut Crowd,
    got: impl FnMut(usize, &[u8]) -> Result<()>,
) -> Result<()> {
    others.turn(Some(Duration::ZERO), |_, _, _| Ok(()))?;
    turn_until_alone(moment, readers, got)
}

/// Resident memory of the server with so many connections, in bytes, held by two processes of their own.
pub fn held(desk: &Desk, folder: &Path, idlers: &[Idler], steps: &[usize]) -> Result<Vec<u64>> {
    let list = folder.join("idlers");
    let lines: Vec<String> = idlers
        .iter()
        .map(|idler| format!("{} {}", idler.token, idler.chat))
        .collect();
    std::fs::write(&list, lines.join("\n"))?;
    let (running, address, _) = desk.start()?;
    let mut holders = Vec::new();
    for half in 0..2 {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg("hold")
            .arg(address.to_string())
            .arg(&list)
            .arg(half.to_string());
        holders.push(Spoken::start(command)?);
    }
    let mut measured = vec![resident(running.pid())?];
    for step in steps {
        for holder in &mut holders {
            holder.say(&(step / 2).to_string())?;
        }
        for holder in &mut holders {
            holder.hears("holding")?;
        }
        // What connecting left to do is done then.
        std::thread::sleep(Duration::from_secs(3));
        measured.push(resident(running.pid())?);
    }
    drop(holders);
    running.stop()?;
    Ok(measured)
}

/// Another process's part of [`held`]: every second of the listed people, as many as it is told to on its input.
pub fn hold(address: &str, list: &str, half: &str) -> Result<()> {
    let address: SocketAddr = address.parse()?;
    let half: usize = half.parse()?;
    let list = std::fs::read_to_string(list)?;
    let mine: Vec<(&str, &str)> = list
        .lines()
        .skip(half)
        .step_by(2)
        .filter_map(|line| line.split_once(' '))
        .collect();
    let mut crowds: Vec<Crowd> = Vec::new();
    let mut held = 0;
    for line in std::io::stdin().lock().lines() {
        let wanted: usize = line?.trim().parse()?;
        let more = mine.get(held..wanted).context("too few people")?;
        let doors = more.iter().enumerate().map(|(n, (token, _))| door(token, vec![n]));
        let chats: Vec<String> = more.iter().map(|(_, chat)| (*chat).to_owned()).collect();
        crowds.push(Crowd::connect(address, &doors.collect::<Vec<_>>(), &chats)?);
        held = wanted;
        // They ping once, as everybody does within a heartbeat.
        for crowd in &mut crowds {
            for at in 0..crowd.len() {
                crowd.send_text(at, br#"{"op":"ping"}"#)?;
            }
            crowd.turn(Some(Duration::from_millis(50)), |_, _, _| Ok(()))?;
        }
        println!("holding {held}");
    }
    Ok(())
}
