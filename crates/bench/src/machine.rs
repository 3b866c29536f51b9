//! What the kernel says about processes and the machine.

use anyhow::{Context, Result};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::time::{ClockId, clock_getcpuclockid, clock_gettime};
use nix::unistd::Pid;
use serde_json::{Value, json};
use std::fs::read_to_string;
use std::time::Instant;

/// Seconds used between two moments, or at one of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cpu {
    pub wall_s: f64,
    pub since: Option<Instant>,
    pub server_s: f64,
    pub driver_s: f64,
    /// By everybody.
    pub busy_s: f64,
}

/// CPU seconds of a process, user and system, all threads, those that ended too. To the nanosecond: `/proc/PID/stat`
/// counts in hundredths of a second, too coarse for the paced load.
pub fn cpu_of(pid: u32) -> Result<f64> {
    let clock = clock_getcpuclockid(Pid::from_raw(pid as i32)).context("the server is gone")?;
    Ok(seconds(clock)?)
}

pub fn own_cpu() -> Result<f64> {
    Ok(seconds(ClockId::CLOCK_PROCESS_CPUTIME_ID)?)
}

fn seconds(clock: ClockId) -> nix::Result<f64> {
    clock_gettime(clock).map(|time| time.tv_sec() as f64 + time.tv_nsec() as f64 / 1e9)
}

/// CPU seconds the machine has been busy, to a hundredth.
pub fn busy() -> Result<f64> {
    let stat = read_to_string("/proc/stat")?;
    let line = stat.lines().next().unwrap_or_default();
    let ticks: Vec<f64> = line.split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal; steal is another machine's work, and disturbs as much.
    Ok([0, 1, 2, 5, 6, 7].iter().filter_map(|i| ticks.get(*i)).sum::<f64>() / 100.0)
}

/// Bytes of a process that lie in memory, shared pages included.
pub fn resident(pid: u32) -> Result<u64> {
    let rollup = read_to_string(format!("/proc/{pid}/smaps_rollup")).context("the server is gone")?;
    let line = rollup.lines().find(|line| line.starts_with("Rss:")).context("no Rss")?;
    let kib: u64 = line.split_whitespace().nth(1).context("no Rss")?.parse()?;
    Ok(kib * 1024)
}

/// The most that ever lay in memory of this process, in bytes.
pub fn peak() -> Result<u64> {
    let status = read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .context("no VmHWM")?;
    let kib: u64 = line.split_whitespace().nth(1).context("no VmHWM")?.parse()?;
    Ok(kib * 1024)
}

/// As many files as we may: a socket is one.
pub fn raise_files() -> Result<u64> {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE)?;
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard)?;
    Ok(hard)
}

pub fn describe() -> Value {
    let info = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name\t: "));
    let memory = read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = memory.lines().find_map(|line| {
        line.strip_prefix("MemTotal:")?
            .split_whitespace()
            .next()?
            .parse::<u64>()
            .ok()
    });
    let kernel = read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    json!({
        "cores": std::thread::available_parallelism().map_or(1, usize::from),
        "cpu": model,
        "memory_gib": kib.map(|kib| (kib as f64 / 1_048_576.0).round()),
        "kernel": kernel.trim(),
    })
}
