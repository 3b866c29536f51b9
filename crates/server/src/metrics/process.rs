//! What the process takes of the machine, under the names that collectors know: from proc(5), so on Linux only.

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use std::fmt;
use std::fs;

/// The kernel counts CPU time for programs in hundredths of a second, whatever its own clock does (`USER_HZ`).
const TICKS_PER_S: f64 = 100.0;

#[derive(Debug)]
pub struct Process {
    began_s: f64,
}

impl Default for Process {
    fn default() -> Self {
        Self {
            began_s: crate::clock::now().0 as f64 / 1e6,
        }
    }
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let mut gauge = |name, about, value: Option<f64>| match value {
            Some(value) => one(&mut encoder, name, about, &ConstGauge::new(value)),
            None => Ok(()),
        };
        gauge(
            "process_resident_memory_bytes",
            "Memory in use",
            in_status("VmRSS:").map(|kib| kib * 1024.0),
        )?;
        gauge("process_open_fds", "Open files and sockets", open_files())?;
        gauge("process_max_fds", "How many there may be", most_files())?;
        gauge("process_threads", "Threads", in_status("Threads:"))?;
        gauge(
            "process_start_time_seconds",
            "When it began, since 1970",
            Some(self.began_s),
        )?;
        match cpu_s() {
            Some(cpu) => one(
                &mut encoder,
                "process_cpu_seconds",
                "CPU time used",
                &ConstCounter::new(cpu),
            ),
            None => Ok(()),
        }
    }
}

fn one(encoder: &mut DescriptorEncoder<'_>, name: &str, about: &str, value: &impl EncodeMetric) -> fmt::Result {
    let metric = encoder.encode_descriptor(name, about, None, value.metric_type())?;
    value.encode(metric)
}

/// The number behind this word in `/proc/self/status`.
fn in_status(word: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(word))?;
    line.split_whitespace().next()?.parse().ok()
}

fn open_files() -> Option<f64> {
    // One of them is the folder being read.
    Some(fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1) as f64)
}

fn most_files() -> Option<f64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// proc(5), stat: fields 14 and 15, counted behind the name, which may hold anything.
fn cpu_s() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field - 3)?.parse::<f64>().ok();
    Some((ticks(14)? + ticks(15)?) / TICKS_PER_S)
}
