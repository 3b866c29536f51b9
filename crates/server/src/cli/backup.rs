//! `deskbell backup`, `restore` and `upgrade`: what they say, and their exit codes. 0: done; 1: not done, and nothing is left of it or
//! changed; 2: the command line is not understood; 3: a backup was made, and contents of files are missing in it.

use super::say::{complain, say};
use crate::app::backup::{self, Place, Plan, RestoreWanted, Tried, size};
use crate::config::Config;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

pub use crate::app::yield_to_others;

const INCOMPLETE: u8 = 3;
/// Sent for a write beyond the size that files of this process may have.
const SIGXFSZ: i32 = 25;

#[derive(clap::Args)]
pub struct Restore {
    /// A file that `deskbell backup` made
    from: PathBuf,
    /// Only check it: all sums, and whether this program can restore it
    #[arg(long)]
    check: bool,
    /// Put what is there aside: the file under another name, or the tables in another schema
    #[arg(long)]
    replace: bool,
    /// Keep the schema of the backup, for an older program
    #[arg(long)]
    keep_schema: bool,
    /// End the sessions of agents and customer users: they sign in again
    #[arg(long)]
    end_sessions: bool,
}

pub async fn make(config: &Config, to: &Path, files: bool) -> Result<ExitCode, String> {
    let place = Place::of(config);
    let bar = bar();
    let made = unless_stopped(backup::make(&place, to, files, &|what, done, all| {
        told(&bar, what, done, all)
    }))
    .await;
    bar.finish_and_clear();
    let made = made?;
    say(format!(
        "{} holds {} rows of {} tables and {} files: {}, schema {}.",
        made.path.display(),
        made.rows,
        made.tables,
        made.contents,
        size(made.size_bytes),
        made.schema
    ));
    say(
        "It holds conversations and hashes of passwords. Keep it where only you read, and the configuration and its secret files apart.",
    );
    if made.missing > 0 {
        complain(&format!(
            "{} files that are referred to are not where files are kept, or are not what they were; the backup is without them. \
             `deskbell verify` tells more.",
            made.missing
        ));
        return Ok(INCOMPLETE.into());
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn restore(config: &Config, args: Restore) -> Result<ExitCode, String> {
    let place = Place::of(config);
    let bar = bar();
    let progress = |what: &str, done: u64, all: u64| told(&bar, what, done, all);
    let wanted = RestoreWanted {
        replace: args.replace,
        keep_schema: args.keep_schema,
        end_sessions: args.end_sessions,
    };
    let done = match args.check {
        true => unless_stopped(backup::check(&args.from, &progress)).await,
        false => unless_stopped(backup::restore(&place, &args.from, wanted, &progress)).await,
    };
    bar.finish_and_clear();
    let done = done?;
    let (rows, tables, contents) = (done.rows, done.tables, done.contents);
    let what = format!("{rows} rows of {tables} tables and {contents} files");
    let made = format!(
        "made {} by Deskbell {} on {}, schema {}",
        done.made_at, done.version, done.engine, done.schema
    );
    if args.check {
        say(format!("{} is whole: {what}, {made}.", args.from.display()));
        return Ok(ExitCode::SUCCESS);
    }
    say(format!("Restored: {what}, {made}."));
    if let Some(aside) = done.aside {
        say(format!(
            "What was there before is kept in {aside}. Remove it once you are content."
        ));
    }
    match (done.with_files, done.missing) {
        (false, _) => say("The backup is without the contents of files; they stay where they are."),
        (true, 0) => {}
        (true, missing) => say(format!(
            "{missing} files were missing already when the backup was made."
        )),
    }
    say(
        "Clients begin anew when they come back; the search is built anew once the service runs. `deskbell verify` checks everything.",
    );
    Ok(ExitCode::SUCCESS)
}

pub async fn upgrade(config: &Config, check: bool) -> Result<ExitCode, String> {
    let place = Place::of(config);
    let bar = bar();
    let progress = |what: &str, done: u64, all: u64| told(&bar, what, done, all);
    if check {
        let plan = unless_stopped(backup::plan(&place, &progress)).await;
        bar.finish_and_clear();
        return Ok(tell(&plan?));
    }
    let done = backup::upgrade(&place, &progress).await;
    bar.finish_and_clear();
    say(match done? {
        Some(snapshot) => format!("Done: {snapshot}."),
        None => "The schema is that of this program.".to_owned(),
    });
    Ok(ExitCode::SUCCESS)
}

/// What an upgrade would do; fails where it should not be done.
fn tell(plan: &Plan) -> ExitCode {
    let version = env!("CARGO_PKG_VERSION");
    if plan.steps.is_empty() {
        say(format!(
            "The database has schema {}, that of this program ({version}).",
            plan.from
        ));
    } else {
        say(format!(
            "The schema would go from {} to {}, that of this program ({version}), in {} steps:",
            plan.from,
            plan.to,
            plan.steps.len()
        ));
        for step in &plan.steps {
            say(format!("  {} {}", step.version, step.name));
            step.takes_away
                .iter()
                .for_each(|what| say(format!("     cannot be taken back: {what}")));
        }
        let free = plan
            .free_bytes
            .map(|free| format!(", where {} are free", size(free)))
            .unwrap_or_default();
        let snapshots = plan.snapshots.display();
        say(match plan.snapshots_kept {
            0 => "No snapshot would be made first (data.snapshots_kept is 0): have a backup.".to_owned(),
            kept => format!(
                "A snapshot would be made first: at most {} in {snapshots}{free}. The newest {kept} are kept.",
                size(plan.needed_bytes)
            ),
        });
        say(
            "The way back is that snapshot, put back by the program of before: `deskbell restore SNAPSHOT --replace`. What is written after the upgrade is not in it.",
        );
    }
    match &plan.tried {
        Tried::Done(report) => {
            let (chats, entries, members) = (report.chats, report.entries, report.members);
            say(format!(
                "Tried on a copy: {chats} chats, {entries} entries, {members} members checked."
            ));
            for finding in &report.findings {
                say(format!("FOUND {}: {}", finding.what, finding.count));
            }
            if report.findings.is_empty() {
                say("Nothing is wrong.");
            }
        }
        Tried::Failed(why) => complain(&format!("it failed on a copy: {why}")),
        Tried::NoRoom(bytes) => complain(&format!(
            "it was not tried: a copy takes {} in {}. Make room, or name another folder as data.snapshots.",
            size(*bytes),
            plan.snapshots.display()
        )),
    }
    say("Nothing is changed.");
    match plan.may_go_ahead() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Before a newer program touches a database.
pub async fn before_migration(config: &Config) -> Result<(), String> {
    let bar = bar();
    let made = backup::before_migration(&Place::of(config), &|what, done, all| told(&bar, what, done, all)).await;
    bar.finish_and_clear();
    if let Some(snapshot) = made? {
        // Not on standard output: the command that runs has its own to say.
        complain(&format!("{snapshot}"));
    }
    Ok(())
}

/// On a terminal only.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg:16} {bar:32} {human_pos} of {human_len}, {elapsed}") {
        bar.set_style(style);
    }
    bar
}

fn told(bar: &ProgressBar, what: &str, done: u64, all: u64) {
    if bar.message() != what {
        bar.set_message(what.to_owned());
    }
    bar.set_length(all);
    bar.set_position(done);
}

/// From here on a file that may not grow is an error where it is written, and not our end.
pub fn outlive_size_limits() {
    // Heard by nobody: that it does not end us is all that is wanted.
    let _ = signal(SignalKind::from_raw(SIGXFSZ));
}

/// Somebody who stops it halfway leaves nothing half done: what is dropped here removes what it began.
async fn unless_stopped<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let listen = |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    tokio::select! {
        done = work => done,
        _ = interrupt.recv() => Err("stopped; nothing is left of it".to_owned()),
        _ = terminate.recv() => Err("stopped; nothing is left of it".to_owned()),
    }
}
