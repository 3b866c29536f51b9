//! What is measured, in which order, and what is asked of it.
//!
//! The machine is noisy, so the server and its floors take turns, and a ratio is the median of the ratios of each round.

use crate::crowd::{Crowd, Door};
use crate::desk::{Desk, account, door, start, visit};
use crate::drive::{Idle, Load, Pace, Sample, Target, drive, idle};
use crate::fill::Idler;
use crate::found::{self, BareAppend, percentile};
use crate::house;
use crate::machine;
use crate::paper;
use crate::report::{Goal, Report, median};
use anyhow::{Result, anyhow, bail, ensure};
use nix::fcntl::{PosixFadviseAdvice, posix_fadvise};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const ROUNDS: usize = 3;
const CHATS: [usize; 4] = [1, 10, 100, 500];
const MANY: usize = 1_000_000;
const FEW: usize = 1_000;
const IDLERS: usize = 10_000;
/// Customer users who are there, and agents who look on.
const PEOPLE: usize = 2_000;
const FEW_PEOPLE: usize = 10;
const AGENTS: usize = 200;
const WAITING: usize = 500;
/// Messages of chats that are made into PDFs.
const DOCUMENTS: [usize; 2] = [50, 5_000];
/// Who take a chat away at the same time, and how long that chat is.
const TAKERS: usize = 20;
const TAKEN: usize = 5_000;
const TICKETS: [usize; 2] = [1_000, 100_000];
/// Customer users and agents that administrators have lists of.
const ACCOUNTS: (usize, usize) = (200_000, 5_000);
/// Chats that are put into tickets, and how long each is.
const APPENDS: usize = 60;
const APPENDED: usize = 500;
/// Messages of a past of about 1 GB, which is backed up.
pub const BACKED_UP: usize = 1_650_000;
/// Messages that are stored when the server starts.
pub const STARTED_WITH: usize = 10_000_000;
/// Connections whose memory is measured.
const HELD: [usize; 3] = [1_000, 5_000, 15_000];
/// As often as browsers do it.
pub const HEARTBEAT: Duration = Duration::from_secs(10);
/// Whole run: how long to wait, all in all, for the rest of the machine to be quiet.
const PATIENCE: Duration = Duration::from_secs(60);
/// Cores that others may use meanwhile.
const QUIET: f64 = 0.3;

/// Samples by what was measured: of the server, and of the floors.
#[derive(Default)]
struct Samples(BTreeMap<(&'static str, String), Vec<Sample>>);

impl Samples {
    fn of(&self, target: &'static str, load: &str) -> &[Sample] {
        self.0.get(&(target, load.to_owned())).map_or(&[], Vec::as_slice)
    }

    fn median(&self, target: &'static str, load: &str, figure: impl Fn(&Sample) -> f64) -> f64 {
        median(self.of(target, load).iter().map(figure).collect())
    }

    /// Value, floor, ratio: medians over the rounds.
    fn compared(
        &self,
        (target, load): (&'static str, &str),
        (floor, floor_load): (&'static str, &str),
        figure: impl Fn(&Sample) -> f64 + Copy,
    ) -> (f64, f64, f64) {
        let pairs = self.of(target, load).iter().zip(self.of(floor, floor_load));
        let ratio = median(pairs.map(|(value, floor)| figure(value) / figure(floor)).collect());
        let value = self.median(target, load, figure);
        (value, self.median(floor, floor_load, figure), ratio)
    }
}

struct Bench {
    samples: Samples,
    report: Report,
    patience: Duration,
    begun: Instant,
}

/// Runs everything. `program` is the release server, `folder` an empty one that is removed afterwards.
pub fn run(program: &Path, folder: &Path, to: &Path) -> Result<()> {
    let mut bench = Bench::new();
    bench.say("preparing two installations");
    let small = Desk::make(program, folder.join("small"), CHATS[3] / 10)?;
    let large = Desk::make(program, folder.join("large"), 10)?;
    let idlers = small.fill(FEW, IDLERS)?;
    let began = Instant::now();
    large.fill(MANY, 0)?;
    bench.say(&format!(
        "{MANY} messages stored in {:.1} s",
        began.elapsed().as_secs_f64()
    ));
    bench.cold_start(&large)?;
    bench.searches(&large)?;

    let (running, address, _) = small.start()?;
    std::thread::sleep(Duration::from_secs(2));
    let rest = machine::resident(running.pid())? as f64 / MIB;
    bench
        .report
        .put("resident at rest", rest, "MiB", None, None, Goal::AtMost(30.0));
    let ours = small.people("server", &running, address, CHATS[3])?;
    bench.stored(&large, &ours)?;
    let (_relay_runs, relay) = crate::server::floor("relay", None, CHATS[3])?;
    let (_durable_runs, durable) = crate::server::floor("durable", Some(&folder.join("floor.db")), CHATS[3])?;
    let targets = Targets { ours, relay, durable };
    bench.in_turns(&targets)?;
    bench.half_load(&targets)?;
    bench.paced(&targets)?;
    let (there, doors) = waiting(&targets.ours, &idlers);
    bench.idle(&there, &doors, &targets.relay)?;
    running.stop()?;
    bench.house(program, folder)?;
    bench.paper()?;
    bench.takers(program, folder)?;
    bench.tickets(program, folder)?;
    bench.lists(program, folder)?;
    bench.settings(program, folder)?;
    bench.appends(program, folder)?;
    bench.finish(to)?;
    small.verify()
}

/// One load on a server of its own; the process id is said before it begins.
pub fn one(program: &Path, folder: &Path, chats: usize, seconds: f64, per_second: Option<f64>) -> Result<()> {
    let desk = Desk::make(program, folder.join("one"), chats.div_ceil(10))?;
    let (running, address, _) = desk.start()?;
    let target = desk.people("server", &running, address, chats)?;
    println!("process {}", running.pid());
    let load = Load {
        pace: per_second.map_or(Pace::InTurns, Pace::PerSecond),
        window: Duration::from_secs_f64(seconds),
        ..in_turns(chats)
    };
    let mut bench = Bench::new();
    bench.patience = Duration::ZERO;
    bench.measure(&target, "one", load)?;
    running.stop()
}

/// One part alone: `paper`, `takers`, `searches`, `tickets`, `lists`, `appends` or `house`.
pub fn only(part: &str, program: &Path, folder: &Path, to: &Path) -> Result<()> {
    let mut bench = Bench::new();
    match part {
        "house" => bench.house(program, folder)?,
        "paper" => bench.paper()?,
        "takers" => bench.takers(program, folder)?,
        "searches" => {
            let large = Desk::make(program, folder.join("large"), 10)?;
            large.fill(MANY, 0)?;
            bench.say(&format!("{MANY} messages stored"));
            bench.searches(&large)?;
        }
        "tickets" => bench.tickets(program, folder)?,
        "lists" => bench.lists(program, folder)?,
        "settings" => bench.settings(program, folder)?,
        "appends" => bench.appends(program, folder)?,
        _ => bail!("there is no part {part}"),
    }
    bench.finish(&to.with_file_name(format!("{part}.json")))
}

/// Backups while messages flow, of so many stored ones.
pub fn only_backup(program: &Path, folder: &Path, to: &Path, messages: usize) -> Result<()> {
    let mut bench = Bench::new();
    bench.backup(program, folder, messages)?;
    bench.finish(&to.with_file_name("backup.json"))
}

/// A start with so many stored messages.
pub fn only_start(program: &Path, folder: &Path, to: &Path, messages: usize) -> Result<()> {
    let mut bench = Bench::new();
    let desk = Desk::make(program, folder.join("start"), 1)?;
    desk.fill(messages, 0)?;
    bench.say(&format!("{messages} messages stored, {:.0} MiB", desk.size_mib()?));
    bench.start(&desk, messages)?;
    bench.finish(&to.with_file_name("start.json"))
}

/// Only people who are there, on a server of their own.
pub fn only_idle(program: &Path, folder: &Path, connections: usize, seconds: f64) -> Result<()> {
    let desk = Desk::make(program, folder.join("idle"), 1)?;
    let idlers = desk.fill(FEW, connections)?;
    let (running, address, _) = desk.start()?;
    println!("process {}", running.pid());
    let (target, doors) = waiting(&desk.people("server", &running, address, 1)?, &idlers);
    let held = idle(&target, &doors, HEARTBEAT, Duration::from_secs_f64(seconds))?;
    println!("{held:?}");
    running.stop()
}

/// The idlers as a target, and how each comes in.
fn waiting(target: &Target, idlers: &[Idler]) -> (Target, Vec<Door>) {
    let mut there = target.clone();
    there.chats = idlers.iter().map(|idler| idler.chat.clone()).collect();
    let doors = idlers.iter().enumerate();
    (there, doors.map(|(n, idler)| door(&idler.token, vec![n])).collect())
}

struct Targets {
    ours: Target,
    relay: Target,
    durable: Target,
}

const MIB: f64 = 1_048_576.0;
const KIB: f64 = 1_024.0;

impl Bench {
    fn new() -> Self {
        Self {
            samples: Samples::default(),
            report: Report::default(),
            patience: PATIENCE,
            begun: Instant::now(),
        }
    }

    fn say(&self, what: &str) {
        println!("{:4} s  {what}", self.begun.elapsed().as_secs());
    }

    /// Waits until others use little of the machine, as long as there is patience left.
    fn quiet(&mut self) -> Result<()> {
        const LOOK: Duration = Duration::from_millis(250);
        while self.patience > LOOK {
            let before = machine::busy()?;
            std::thread::sleep(LOOK);
            if (machine::busy()? - before) / LOOK.as_secs_f64() < QUIET {
                break;
            }
            self.patience -= LOOK;
        }
        Ok(())
    }

    fn measure(&mut self, target: &Target, name: &str, load: Load) -> Result<()> {
        self.quiet()?;
        let sample = drive(target, load)?;
        self.say(&format!(
            "{:8} {name:14} {:6.0}/s  cpu {:6.1} us  delivered p50 {:8.3} p99 {:8.3} ms  (driver {:5.1} us, others {:4.2} cores)",
            target.name,
            sample.per_s(),
            sample.cpu() * 1e3,
            sample.delivered_ms(0.5),
            sample.delivered_ms(0.99),
            sample.driver_s / sample.messages as f64 * 1e6,
            sample.others.max(0.0),
        ));
        self.samples
            .0
            .entry((target.name, name.to_owned()))
            .or_default()
            .push(sample);
        Ok(())
    }

    fn compare(
        &mut self,
        name: &str,
        unit: &'static str,
        ours: (&'static str, &str),
        floor: (&'static str, &str),
        goal: Goal,
        figure: impl Fn(&Sample) -> f64 + Copy,
    ) {
        let (value, floor, ratio) = self.samples.compared(ours, floor, figure);
        self.report.put(name, value, unit, Some(floor), Some(ratio), goal);
    }

    /// From the start of the process until it answers, on a file that is not in memory.
    fn cold_start(&mut self, large: &Desk) -> Result<()> {
        let (mut ours, mut floor) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS + 2 {
            self.quiet()?;
            forget(&large.database())?;
            let mut open = Command::new(std::env::current_exe()?);
            open.arg("open").arg(large.database());
            let begun = Instant::now();
            let opened = crate::server::spawn(open, "read ")?;
            floor.push(begun.elapsed().as_secs_f64() * 1e3);
            drop(opened);
            forget(&large.database())?;
            let (running, _, took) = large.start()?;
            ours.push(took.as_secs_f64() * 1e3);
            running.stop()?;
        }
        let ratio = median(ours.iter().zip(&floor).map(|(ours, floor)| ours / floor).collect());
        self.report.put(
            "cold start, 1,000,000 messages stored",
            median(ours),
            "ms",
            Some(median(floor)),
            Some(ratio),
            Goal::RatioAtMost(3.0),
        );
        Ok(())
    }

    /// Whether a message costs more when many are stored.
    fn stored(&mut self, large: &Desk, few: &Target) -> Result<()> {
        let (running, address, _) = large.start()?;
        let many = large.people("full", &running, address, 100)?;
        for _ in 0..ROUNDS {
            for target in [few, &many] {
                self.measure(target, "stored", in_turns(100))?;
            }
        }
        self.compare(
            "CPU per 1,000 messages, 1,000,000 stored against 1,000",
            "s",
            ("full", "stored"),
            ("server", "stored"),
            Goal::RatioAtMost(1.2),
            Sample::cpu,
        );
        running.stop()
    }

    fn in_turns(&mut self, targets: &Targets) -> Result<()> {
        for round in 0..ROUNDS {
            for chats in CHATS {
                let name = turns(chats);
                self.measure(&targets.durable, &name, in_turns(chats))?;
                self.measure(&targets.ours, &name, in_turns(chats))?;
                if round == 0 {
                    self.measure(&targets.relay, &name, in_turns(chats))?;
                }
            }
        }
        for chats in CHATS {
            let at_100 = |goal| if chats == 100 { goal } else { Goal::None };
            let at_1 = |goal| if chats == 1 { goal } else { Goal::None };
            let name = turns(chats);
            let (ours, floor) = (("server", name.as_str()), ("durable", name.as_str()));
            self.compare(
                &format!("messages/s, {name}"),
                "/s",
                ours,
                floor,
                at_100(Goal::RatioAtLeast(0.25)),
                Sample::per_s,
            );
            let cpu = format!("CPU per 1,000 messages, {name}");
            self.compare(&cpu, "s", ours, floor, at_100(Goal::RatioAtMost(4.0)), Sample::cpu);
            for (figure, share) in [("p50", 0.5), ("p99", 0.99)] {
                let delivered = format!("send to delivered, {figure}, {name}");
                let goal = if share == 0.5 {
                    at_1(Goal::RatioAtMost(3.0))
                } else {
                    Goal::None
                };
                self.compare(&delivered, "ms", ours, floor, goal, |sample| sample.delivered_ms(share));
                let acknowledged = format!("send to acknowledged, {figure}, {name}");
                self.compare(&acknowledged, "ms", ours, floor, Goal::None, |sample| {
                    sample.acknowledged_ms(share)
                });
            }
        }
        let (many, few) = (turns(500), turns(10));
        let name = "CPU per 1,000 messages, 500 chats against 10";
        self.compare(
            name,
            "s",
            ("server", &many),
            ("server", &few),
            Goal::RatioAtMost(1.3),
            Sample::cpu,
        );
        for chats in [1, 100] {
            let per_s = self.samples.median("relay", &turns(chats), Sample::per_s);
            self.report
                .add(format!("bare relay: messages/s, {}", turns(chats)), per_s, "/s");
            let cpu = self.samples.median("relay", &turns(chats), Sample::cpu);
            self.report.add(
                format!("bare relay: CPU per 1,000 messages, {}", turns(chats)),
                cpu,
                "s",
            );
        }
        Ok(())
    }

    /// Half of what the server takes at 100 chats, the same for the floor.
    fn half_load(&mut self, targets: &Targets) -> Result<()> {
        let rate = self.samples.median("server", &turns(100), Sample::per_s) / 2.0;
        let load = Load {
            pace: Pace::PerSecond(rate),
            ..in_turns(100)
        };
        for _ in 0..ROUNDS {
            self.measure(&targets.durable, "half load", load)?;
            self.measure(&targets.ours, "half load", load)?;
        }
        let (ours, floor) = (("server", "half load"), ("durable", "half load"));
        let name = "send to delivered, p99, half load over 100 chats";
        self.compare(name, "ms", ours, floor, Goal::RatioAtMost(4.0), |sample| {
            sample.delivered_ms(0.99)
        });
        self.report.add("half load", rate, "/s");
        Ok(())
    }

    /// What people write: 20 messages a second.
    fn paced(&mut self, targets: &Targets) -> Result<()> {
        let load = paced(Duration::from_secs(12));
        for _ in 0..ROUNDS {
            self.measure(&targets.durable, "20/s", load)?;
            self.measure(&targets.ours, "20/s", load)?;
        }
        let (ours, floor) = (("server", "20/s"), ("durable", "20/s"));
        let name = "CPU per 1,000 messages, 20/s over 100 chats";
        self.compare(name, "s", ours, floor, Goal::RatioAtMost(3.0), Sample::cpu);
        for (figure, share) in [("p50", 0.5), ("p99", 0.99)] {
            let name = format!("send to delivered, {figure}, 20/s over 100 chats");
            self.compare(&name, "ms", ours, floor, Goal::RatioAtMost(2.0), |sample| {
                sample.delivered_ms(share)
            });
            let name = format!("send to acknowledged, {figure}, 20/s over 100 chats");
            self.compare(&name, "ms", ours, floor, Goal::None, |sample| {
                sample.acknowledged_ms(share)
            });
        }
        Ok(())
    }

    /// Chats as PDFs.
    fn paper(&mut self) -> Result<()> {
        for messages in DOCUMENTS {
            self.quiet()?;
            let costs = paper::cost(messages, ROUNDS + 2)?;
            let ms = |figure: fn(&(f64, f64)) -> f64| median(costs.iter().map(figure).collect()) * 1e3;
            let (ours, floor) = (ms(|it| it.0), ms(|it| it.1));
            let ratio = median(costs.iter().map(|(ours, floor)| ours / floor).collect());
            let name = format!("CPU of a PDF of {messages} messages against setting its texts");
            self.say(&format!("{name}: {ours:.2} ms, {floor:.2} ms"));
            self.report
                .put(name, ours, "ms", Some(floor), Some(ratio), Goal::RatioAtMost(1.5));
            let name = format!("memory of a PDF of {messages} messages, at most");
            let mib = paper::memory(messages)? as f64 / MIB;
            self.report.put(name, mib, "MiB", None, None, Goal::AtMost(64.0));
        }
        Ok(())
    }

    /// Whether live chats wait while PDFs are made.
    fn takers(&mut self, program: &Path, folder: &Path) -> Result<()> {
        let desk = Desk::make(program, folder.join("takers"), 10)?;
        let long = desk.open_chats(&[TAKEN])?;
        let (running, address, _) = desk.start()?;
        let target = desk.people("server", &running, address, 100)?;
        let headers = Desk::host(address)?;
        // A thousand messages, or the p99 is the worst one but one.
        let load = Load {
            pace: Pace::PerSecond(50.0),
            ..paced(Duration::from_secs(20))
        };
        // Who takes PDFs is at it all the time.
        let patience = std::mem::take(&mut self.patience);
        for _ in 0..ROUNDS {
            self.measure(&target, "without PDFs", load)?;
            let takers = paper::Takers::start(address, &headers, &long[0], TAKERS);
            self.measure(&target, "with PDFs", load)?;
            let taken = takers.stop()?;
            self.say(&format!("{taken} PDFs of {TAKEN} messages meanwhile"));
            ensure!(taken >= TAKERS, "hardly any PDF was made meanwhile: {taken}");
        }
        self.patience = patience;
        let (ours, floor) = (("server", "with PDFs"), ("server", "without PDFs"));
        for (figure, share, goal) in [("p50", 0.5, Goal::None), ("p99", 0.99, Goal::RatioAtMost(2.0))] {
            let name = format!("send to delivered, {figure}, while {TAKERS} take PDFs against nobody");
            self.compare(&name, "ms", ours, floor, goal, |sample| sample.delivered_ms(share));
        }
        running.stop()
    }

    /// Whether live chats wait while all that is stored is backed up, again and again.
    fn backup(&mut self, program: &Path, folder: &Path, messages: usize) -> Result<()> {
        let desk = Desk::make(program, folder.join("backup"), 10)?;
        desk.fill(messages, 0)?;
        let stored = desk.size_mib()?;
        self.say(&format!("{messages} messages stored, {stored:.0} MiB"));
        let (running, address, _) = desk.start()?;
        let target = desk.people("server", &running, address, 100)?;
        let load = Load {
            pace: Pace::PerSecond(1_000.0),
            ..paced(Duration::from_secs(20))
        };
        // The backup is at it all the time.
        let patience = std::mem::take(&mut self.patience);
        let mut rates = Vec::new();
        for _ in 0..ROUNDS {
            self.measure(&target, "without backup", load)?;
            let backups = Backups::start(desk.backup(folder.join("backup.tar")));
            self.measure(&target, "with backup", load)?;
            let (count, seconds, bytes) = backups.stop()?;
            rates.push(stored * count as f64 / seconds);
            self.say(&format!("{count} backups of {:.0} MiB meanwhile", bytes as f64 / MIB));
        }
        self.patience = patience;
        let (ours, floor) = (("server", "with backup"), ("server", "without backup"));
        for (figure, share, goal) in [("p50", 0.5, Goal::None), ("p99", 0.99, Goal::RatioAtMost(3.0))] {
            let name = format!("send to delivered, {figure}, during a backup of {stored:.0} MiB against without");
            self.compare(&name, "ms", ours, floor, goal, |sample| sample.delivered_ms(share));
        }
        self.report.add("database backed up", median(rates), "MiB/s");
        running.stop()?;
        desk.verify()
    }

    /// From the start of the process until it answers, on a file that is not in memory, whatever is stored.
    fn start(&mut self, desk: &Desk, messages: usize) -> Result<()> {
        let mut took_ms = Vec::new();
        for _ in 0..ROUNDS + 2 {
            self.quiet()?;
            forget(&desk.database())?;
            let (running, _, took) = desk.start()?;
            took_ms.push(took.as_secs_f64() * 1e3);
            running.stop()?;
        }
        let name = format!("cold start, {messages} messages stored");
        self.report
            .put(name, median(took_ms), "ms", None, None, Goal::AtMost(1_000.0));
        Ok(())
    }

    /// The archive, against its index alone.
    fn searches(&mut self, large: &Desk) -> Result<()> {
        let (running, address, _) = large.start()?;
        self.quiet()?;
        let searches = found::searches(&large.database(), address)?;
        running.stop()?;
        for (figure, share) in [("p50", 0.5), ("p99", 0.99)] {
            let (ours, floor) = (percentile(&searches.ours, share), percentile(&searches.floor, share));
            let name = format!("a search in 1,000,000 messages, {figure}, against the index alone");
            self.say(&format!("{name}: {ours:.2} ms, {floor:.2} ms"));
            let goal = if share > 0.9 {
                Goal::RatioAtMost(2.0)
            } else {
                Goal::None
            };
            self.report.put(name, ours, "ms", Some(floor), None, goal);
        }
        let name = "a search in 1,000,000 messages, p99";
        let ours = percentile(&searches.each, 0.99);
        self.report.put(name, ours, "ms", None, None, Goal::AtMost(200.0));
        Ok(())
    }

    /// Lists of a hundred thousand tickets, against those of a thousand.
    fn tickets(&mut self, program: &Path, folder: &Path) -> Result<()> {
        let mut desks = Vec::new();
        for count in TICKETS {
            let desk = Desk::make(program, folder.join(format!("tickets{count}")), 1)?;
            let tickets = desk.tickets(count)?;
            let (running, address, _) = desk.start()?;
            let headers = Desk::host(address)?;
            desks.push((running, address, headers, tickets));
        }
        for (n, page) in found::PAGES.iter().enumerate() {
            self.quiet()?;
            let (mut ours, mut floor) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS + 2 {
                for ((_, address, headers, tickets), took) in desks.iter().zip([&mut floor, &mut ours]) {
                    took.push(found::page(*address, headers, tickets, n)?);
                }
            }
            let ratio = median(ours.iter().zip(&floor).map(|(ours, floor)| ours / floor).collect());
            let name = format!("{page}, 100,000 tickets against 1,000");
            // How much there is to find grows with the tickets.
            let goal = if n + 1 < found::PAGES.len() {
                Goal::RatioAtMost(1.5)
            } else {
                Goal::None
            };
            let (ours, floor) = (median(ours), median(floor));
            self.say(&format!("{name}: {ours:.2} ms, {floor:.2} ms"));
            self.report.put(name, ours, "ms", Some(floor), Some(ratio), goal);
        }
        desks.into_iter().try_for_each(|(running, ..)| running.stop())
    }

    /// Lists of administrators, with many accounts.
    fn lists(&mut self, program: &Path, folder: &Path) -> Result<()> {
        let desk = Desk::make(program, folder.join("lists"), 1)?;
        desk.let_host_administer()?;
        desk.accounts(ACCOUNTS.0, ACCOUNTS.1)?;
        let (running, address, _) = desk.start()?;
        let headers = Desk::host(address)?;
        for (what, path, of) in found::LISTS {
            self.quiet()?;
            let took = found::list(address, &headers, path, of)?;
            let name = format!(
                "{what}, of {} customer users and {} agents, p99",
                ACCOUNTS.0, ACCOUNTS.1
            );
            let p99 = percentile(&took, 0.99);
            self.say(&format!("{name}: {p99:.2} ms"));
            self.report.put(name, p99, "ms", None, None, Goal::AtMost(100.0));
        }
        running.stop()
    }

    /// A setting that is changed while thousands look on.
    fn settings(&mut self, program: &Path, folder: &Path) -> Result<()> {
        let desk = Desk::make(program, folder.join("settings"), 1)?;
        desk.let_host_administer()?;
        let (customers, _) = desk.accounts(IDLERS, 0)?;
        let doors: Vec<Door> = customers.iter().map(|token| account("customer", token)).collect();
        let (running, address, _) = desk.start()?;
        let headers = Desk::host(address)?;
        self.quiet()?;
        let took = house::settings(address, &headers, &doors)?;
        self.say(&format!(
            "a changed setting, until the last of {IDLERS} knows, in ms: {took:.0?}"
        ));
        let name = format!("a changed setting, until the last of {IDLERS} connections knows, p99");
        self.report
            .put(name, percentile(&took, 0.99), "ms", None, None, Goal::AtMost(5_000.0));
        running.stop()
    }

    /// Long chats that go into tickets, against their rows alone.
    fn appends(&mut self, program: &Path, folder: &Path) -> Result<()> {
        let mut desks = Vec::new();
        for name in ["appended", "bare"] {
            let desk = Desk::make(program, folder.join(name), 1)?;
            let tickets = desk.tickets(100)?;
            let chats = desk.open_chats(&[APPENDED; APPENDS])?;
            desks.push((desk, tickets.open, chats));
        }
        let (desk, ticket, chats) = &desks[0];
        let (running, address, _) = desk.start()?;
        let headers = Desk::host(address)?;
        let (bare, bare_ticket, bare_chats) = &desks[1];
        let mut bare = BareAppend::open(&bare.database())?;
        self.quiet()?;
        let (mut ours, mut floor) = (Vec::new(), Vec::new());
        for (chat, bare_chat) in chats.iter().zip(bare_chats) {
            floor.push(bare.append(bare_ticket, bare_chat)?);
            ours.push(found::append(address, &headers, ticket, chat)?);
        }
        running.stop()?;
        desk.verify()?;
        let ratio = median(ours.iter().zip(&floor).map(|(ours, floor)| ours / floor).collect());
        let name = format!("a chat of {APPENDED} messages into a ticket against its rows alone");
        let (ours, floor) = (median(ours), median(floor));
        self.say(&format!("{name}: {ours:.2} ms, {floor:.2} ms"));
        self.report
            .put(name, ours, "ms", Some(floor), Some(ratio), Goal::RatioAtMost(5.0));
        Ok(())
    }

    /// Ten thousand who are signed in, watch their chat, and only ping.
    fn idle(&mut self, ours: &Target, doors: &[Door], relay: &Target) -> Result<()> {
        let bare: Vec<Door> = (0..doors.len())
            .map(|n| relay.visitors[n % relay.visitors.len()].clone())
            .collect();
        self.quiet()?;
        let floor = idle(relay, &bare, HEARTBEAT, HEARTBEAT)?;
        self.say(&format!("relay    idle: {floor:?}"));
        let held = idle(ours, doors, HEARTBEAT, HEARTBEAT)?;
        self.say(&format!("server   idle: {held:?}"));
        let each =
            |idle: &Idle| (idle.resident.saturating_sub(idle.resident_before)) as f64 / idle.connections as f64 / KIB;
        let per_1000 = |idle: &Idle| idle.cores / idle.connections as f64 * 1_000.0;
        let name = "resident per idle connection";
        self.report.put(
            name,
            each(&held),
            "KiB",
            Some(each(&floor)),
            None,
            Goal::RatioAtMost(2.0),
        );
        let name = "idle CPU per 1,000 connections";
        self.report.put(
            name,
            per_1000(&held),
            "cores",
            Some(per_1000(&floor)),
            None,
            Goal::AtMost(0.005),
        );
        Ok(())
    }

    /// Two hundred agents look on while people come to life and ask; and what it takes to hold thousands.
    fn house(&mut self, program: &Path, folder: &Path) -> Result<()> {
        let desk = Desk::make(program, folder.join("house"), 1)?;
        desk.set("customer_idle_s", house::IDLE_S)?;
        let (customers, agents) = desk.accounts(PEOPLE, AGENTS)?;
        let doors = |surface, tokens: &[String]| tokens.iter().map(|token| account(surface, token)).collect();
        let customers: Vec<Door> = doors("customer", &customers);
        let agents: Vec<Door> = doors("agent", &agents);

        let mut spreads = Vec::new();
        for people in [FEW_PEOPLE, PEOPLE] {
            let (running, address, _) = desk.start()?;
            self.quiet()?;
            let spread = house::people(&running, address, &customers[..people], &agents)?;
            self.say(&format!("{people} people: {spread:?}"));
            spreads.push(spread);
            running.stop()?;
        }
        let (few, many) = (&spreads[0], &spreads[1]);
        let name = format!("a change of presence on {AGENTS} screens, p99, {PEOPLE} people against {FEW_PEOPLE}");
        let (ours, floor) = (many.to_last_ms(0.99), few.to_last_ms(0.99));
        self.report
            .put(name, ours, "ms", Some(floor), None, Goal::AtMost(2_000.0));
        let name = format!("CPU per change of presence, {PEOPLE} people against {FEW_PEOPLE}");
        let (ours, floor) = (many.cpu_s * 1e3, few.cpu_s * 1e3);
        self.report.put(name, ours, "ms", Some(floor), None, Goal::None);
        let name = "pages of people a second for one agent, at most";
        self.report
            .put(name, many.frames_per_s, "/s", None, None, Goal::AtMost(1.05));

        let mut spreads = Vec::new();
        let (running, address, _) = desk.start()?;
        let mut waiting = 0;
        for enough in [FEW_PEOPLE, WAITING] {
            // Requests can be made while an agent is there.
            let _there = Crowd::connect(address, &agents[..1], &[])?;
            desk.wait_for_offer(address)?;
            while waiting < enough {
                start(address, &visit(address, waiting)?)?;
                waiting += 1;
            }
            let visitors = (0..house::REQUESTS)
                .map(|n| visit(address, n))
                .collect::<Result<Vec<_>>>()?;
            self.quiet()?;
            let spread = house::requests(&running, address, &agents, &visitors)?;
            self.say(&format!("{enough} waiting: {spread:?}"));
            spreads.push(spread);
            waiting += house::REQUESTS;
        }
        running.stop()?;
        let (few, many) = (&spreads[0], &spreads[1]);
        let name = format!("a new request on {AGENTS} lists, p99, {WAITING} waiting against {FEW_PEOPLE}");
        let (ours, floor) = (many.to_last_ms(0.99), few.to_last_ms(0.99));
        self.report
            .put(name, ours, "ms", Some(floor), None, Goal::AtMost(500.0));
        let name = format!("CPU per new request, {WAITING} waiting against {FEW_PEOPLE}");
        let (ours, floor) = (many.cpu_s * 1e3, few.cpu_s * 1e3);
        self.report.put(name, ours, "ms", Some(floor), None, Goal::None);

        let desk = Desk::make(program, folder.join("held"), 1)?;
        let idlers = desk.fill(FEW, HELD[2])?;
        let bytes = house::held(&desk, folder, &idlers, &HELD)?;
        let each = |n: usize| bytes[n + 1].saturating_sub(bytes[0]) as f64 / HELD[n] as f64 / KIB;
        self.say(&format!("held: {bytes:?}"));
        for (n, held) in HELD.iter().enumerate() {
            let name = format!("resident per connection, {held} held by two processes");
            let goal = if n == 2 { Goal::RatioAtMost(1.1) } else { Goal::None };
            self.report
                .put(name, each(n), "KiB", (n > 0).then(|| each(n - 1)), None, goal);
        }
        Ok(())
    }

    fn finish(mut self, to: &Path) -> Result<()> {
        let all = || self.samples.0.values().flatten();
        let disturbed = all().filter(|sample| sample.others > QUIET).count();
        let count = all().count();
        self.report.print();
        println!("others used more than {QUIET} cores during {disturbed} of {count} measurements");
        println!("took {} s; {}", self.begun.elapsed().as_secs(), to.display());
        self.report
            .notes
            .push(("measurements".into(), json!({ "count": count, "disturbed": disturbed })));
        self.report.write(to, machine::describe())
    }
}

/// One backup after the other, in a process each.
struct Backups {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Result<(usize, f64, u64)>>,
}

impl Backups {
    fn start((mut command, to): (Command, PathBuf)) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = std::thread::spawn(move || {
            let (begun, mut count, mut bytes) = (Instant::now(), 0, 0);
            // The last one is finished too: a measurement may be shorter than one.
            while !stopped.load(Ordering::Relaxed) || count == 0 {
                ensure!(command.status()?.success(), "{command:?} failed");
                bytes = std::fs::metadata(&to)?.len();
                std::fs::remove_file(&to)?;
                count += 1;
            }
            Ok((count, begun.elapsed().as_secs_f64(), bytes))
        });
        Self { stop, thread }
    }

    /// How many were made, in how many seconds, and how long the last one is.
    fn stop(self) -> Result<(usize, f64, u64)> {
        self.stop.store(true, Ordering::Relaxed);
        self.thread
            .join()
            .map_err(|_| anyhow!("the backups ended by a panic"))?
    }
}

fn in_turns(chats: usize) -> Load {
    Load {
        chats,
        pace: Pace::InTurns,
        warm: Duration::from_millis(700),
        window: Duration::from_millis(2_500),
    }
}

/// What people write.
fn paced(window: Duration) -> Load {
    Load {
        chats: 100,
        pace: Pace::PerSecond(20.0),
        warm: Duration::from_secs(1),
        window,
    }
}

fn turns(chats: usize) -> String {
    if chats == 1 {
        "1 chat".into()
    } else {
        format!("{chats} chats")
    }
}

/// Puts a database out of the machine's memory.
fn forget(database: &Path) -> Result<()> {
    let file = std::fs::File::open(database)?;
    file.sync_all()?;
    Ok(posix_fadvise(&file, 0, 0, PosixFadviseAdvice::POSIX_FADV_DONTNEED)?)
}
