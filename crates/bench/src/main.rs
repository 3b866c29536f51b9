//! `deskbell-bench` starts the release server, drives it over real sockets, and measures in the same run the floors it is
//! compared with. `README.md` says how to read what it prints.
//!
//! `crowd` and `frame` are the connections, `drive` is the load, `floor` what it is compared with, `desk` the server and
//! its people, `fill` its past, `house` people who come and wait, `plan` what is measured and what is asked of it, `report` what comes out.

mod chance;
mod crowd;
mod desk;
mod drive;
mod fill;
mod floor;
mod found;
mod frame;
mod house;
mod http;
mod machine;
mod paper;
mod plan;
mod report;
mod server;

use anyhow::{Result, bail, ensure};
use std::path::{Path, PathBuf};
use tikv_jemallocator::Jemalloc;

/// As the server has it, so that what is measured in this process is what it does there.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

const USAGE: &str =
    "deskbell-bench                      measure everything, print a table, write target/bench/report.json
deskbell-bench one CHATS SECONDS [PER_SECOND]   one load on a server of its own, for a profiler to look at
deskbell-bench idle CONNECTIONS SECONDS         so many who only are there, the same
deskbell-bench PART                             one part alone: house, paper, takers, searches, tickets, lists, settings, appends, backup or start
deskbell-bench backup MESSAGES                  that part with another past than 1 GB, to try it out; start MESSAGES, the same
deskbell-bench documents MESSAGES TIMES         only PDFs, for a profiler to look at
deskbell-bench hold ADDRESS LIST HALF   connections of another process
deskbell-bench floor-relay          the floor that stores nothing
deskbell-bench floor-durable FILE   the floor that commits each message to a new SQLite file first
deskbell-bench open FILE            the floor of a cold start
DESKBELL names the server; without it the release build of this checkout is taken.";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["floor-relay"] => floor::run(None),
        ["floor-durable", database] => floor::run(Some(Path::new(database))),
        ["open", database] => fill::open(Path::new(database)),
        [] => measure(plan::run),
        ["hold", address, list, half] => house::hold(address, list, half),
        ["documents", messages, times] => paper::documents(messages.parse()?, times.parse()?),
        [part @ ("house" | "paper" | "takers" | "searches" | "tickets" | "lists" | "settings" | "appends")] => {
            measure(|program, folder, to| plan::only(part, program, folder, to))
        }
        ["backup"] => measure(|program, folder, to| plan::only_backup(program, folder, to, plan::BACKED_UP)),
        ["backup", messages] => {
            let messages = messages.parse()?;
            measure(|program, folder, to| plan::only_backup(program, folder, to, messages))
        }
        ["start"] => measure(|program, folder, to| plan::only_start(program, folder, to, plan::STARTED_WITH)),
        ["start", messages] => {
            let messages = messages.parse()?;
            measure(|program, folder, to| plan::only_start(program, folder, to, messages))
        }
        ["idle", connections, seconds] => {
            let (connections, seconds) = (connections.parse()?, seconds.parse()?);
            measure(|program, folder, _| plan::only_idle(program, folder, connections, seconds))
        }
        ["one", chats, seconds] => one(chats, seconds, None),
        ["one", chats, seconds, per_second] => one(chats, seconds, Some(per_second)),
        _ => bail!("{USAGE}"),
    }
}

fn one(chats: &str, seconds: &str, per_second: Option<&str>) -> Result<()> {
    let (chats, seconds, per_second) = (
        chats.parse()?,
        seconds.parse()?,
        per_second.map(str::parse).transpose()?,
    );
    measure(|program, folder, _| plan::one(program, folder, chats, seconds, per_second))
}

/// Finds the server, and gives the measurement a folder that is removed afterwards.
fn measure(run: impl FnOnce(&Path, &Path, &Path) -> Result<()>) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let program = std::env::var_os("DESKBELL").map_or(root.join("target/release/deskbell"), PathBuf::from);
    ensure!(
        program.exists(),
        "there is no {}; `make bench` builds it",
        program.display()
    );
    machine::raise_files()?;
    // Beside the report, not in the temporary folder, which may be memory: flushes have to reach a disk.
    let folder = root.join(format!("target/bench/run-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let measured = run(&program, &folder, &root.join("target/bench/report.json"));
    std::fs::remove_dir_all(&folder)?;
    measured
}
