//! `proof-pg run -- <command…>`: runs the command with a PostgreSQL and a shared folder for its tests, and returns its
//! exit code.
//!
//! With `DESKBELL_TEST_PG` set, that server is used as it is. Otherwise a private one is made before the command and removed
//! after it. Where PostgreSQL is not installed the command runs without, and its PostgreSQL lanes say so; in CI that is
//! an error.

use anyhow::{Context, Result, bail};
use proof::cluster::{self, Cluster};
use std::env;
use std::ffi::OsString;
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitCode, ExitStatus};
use std::time::Duration;
use tokio::process::{Child, Command};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How long the command may take to end after a signal, before it is told so, and told so once more.
const GRACE: Duration = Duration::from_secs(10);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let mut args = env::args_os().skip(1);
    let (verb, dashes) = (args.next(), args.next());
    let command: Vec<OsString> = args.collect();
    if verb.is_none_or(|verb| verb != "run") || dashes.is_none_or(|dashes| dashes != "--") || command.is_empty() {
        eprintln!("usage: proof-pg run -- <command…>");
        return Ok(ExitCode::from(2));
    }
    // Listening starts before the server does, so that a signal in between is kept and not fatal.
    let mut signals = Signals::listen()?;
    let shared = proof::temp_dir();
    let cluster = cluster()?;
    let mut child = Command::new(&command[0]);
    child.args(&command[1..]).env(proof::SHARED_DIR, shared.path()).envs(
        cluster
            .as_ref()
            .map(|cluster| ("DESKBELL_TEST_PG", cluster.socket_url())),
    );
    let mut child = child.spawn().with_context(|| format!("cannot run {:?}", command[0]))?;
    let code = supervise(&mut child, &mut signals).await?;
    drop(cluster);
    Ok(ExitCode::from(code))
}

fn cluster() -> Result<Option<Cluster>> {
    if env::var_os("DESKBELL_TEST_PG").is_some_and(|url| !url.is_empty()) {
        return Ok(None);
    }
    match cluster::installed() {
        Some(bin) => Ok(Some(
            Cluster::start(&bin).context("starting a PostgreSQL for the tests")?,
        )),
        None if proof::in_ci() => bail!("PostgreSQL is not installed (Debian package: postgresql)"),
        None => {
            eprintln!("proof-pg: PostgreSQL is not installed (Debian package: postgresql); running without it");
            Ok(None)
        }
    }
}

/// Waits for the command; after a signal, sees to it that it ends. Returns the code a shell would report.
async fn supervise(child: &mut Child, signals: &mut Signals) -> Result<u8> {
    let signal = tokio::select! {
        status = child.wait() => return Ok(code(status?)),
        signal = signals.next() => signal,
    };
    // Ctrl-C reaches the command by itself, and a second one would mean "at once" to it; TERM is sent to us alone.
    if signal != SignalKind::interrupt() {
        terminate(child).await;
    }
    if tokio::time::timeout(GRACE, child.wait()).await.is_err() {
        terminate(child).await;
        if tokio::time::timeout(GRACE, child.wait()).await.is_err() {
            child.kill().await?;
        }
    }
    Ok(128 + u8::try_from(signal.as_raw_value())?)
}

async fn terminate(child: &Child) {
    if let Some(id) = child.id() {
        let _ = Command::new("kill").args(["-TERM", &id.to_string()]).status().await;
    }
}

fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
    hangup: Signal,
}

impl Signals {
    fn listen() -> Result<Signals> {
        let [interrupt, terminate, hangup] =
            [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal);
        Ok(Signals {
            interrupt: interrupt?,
            terminate: terminate?,
            hangup: hangup?,
        })
    }

    async fn next(&mut self) -> SignalKind {
        tokio::select! {
            _ = self.interrupt.recv() => SignalKind::interrupt(),
            _ = self.terminate.recv() => SignalKind::terminate(),
            _ = self.hangup.recv() => SignalKind::hangup(),
        }
    }
}
