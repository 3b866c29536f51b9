//! Processes this program starts, and ends.

use crate::crowd::Door;
use crate::drive::{PER_AGENT, Target};
use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::io::{BufRead, BufReader, Lines, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use uuid::Uuid;

const ENDS_WITHIN: Duration = Duration::from_secs(15);

/// A process that ends with its owner.
pub struct Running {
    child: Child,
}

impl Running {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end and waits for that.
    pub fn stop(mut self) -> Result<()> {
        kill(Pid::from_raw(self.child.id() as i32), Signal::SIGTERM)?;
        let asked = Instant::now();
        while asked.elapsed() < ENDS_WITHIN {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        bail!("the server does not stop")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A process that is told what to do on its input. It ends with its owner.
pub struct Spoken {
    running: Running,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Spoken {
    pub fn start(mut command: Command) -> Result<Self> {
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.with_context(|| format!("{command:?}"))?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        Ok(Self {
            running: Running { child },
            input: input.context("no input")?,
            output: BufReader::new(output.context("no output")?).lines(),
        })
    }

    pub fn say(&mut self, line: &str) -> Result<()> {
        Ok(writeln!(self.input, "{line}")?)
    }

    /// Waits for a line that begins with this.
    pub fn hears(&mut self, sign: &str) -> Result<()> {
        for line in self.output.by_ref() {
            if line?.starts_with(sign) {
                return Ok(());
            }
        }
        bail!("process {} ended without saying {sign:?}", self.running.pid())
    }
}

/// Starts one of this program's own floors.
pub fn floor(name: &'static str, database: Option<&Path>, chats: usize) -> Result<(Running, Target)> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(format!("floor-{name}"));
    command.args(database);
    let (running, line) = spawn(command, "listening ")?;
    let address: SocketAddr = line.trim().parse().with_context(|| format!("no address: {line}"))?;
    let door = |chats| Door {
        path: "/".into(),
        headers: String::new(),
        hello: r#"{"op":"hello"}"#.into(),
        chats,
    };
    let target = Target {
        name,
        pid: running.pid(),
        address,
        chats: (0..chats).map(|_| Uuid::now_v7().to_string()).collect(),
        visitors: (0..chats).map(|chat| door(vec![chat])).collect(),
        agents: agents(chats).map(door).collect(),
    };
    Ok((running, target))
}

/// The chats of each agent connection.
pub fn agents(chats: usize) -> impl Iterator<Item = Vec<usize>> {
    (0..chats.div_ceil(PER_AGENT)).map(move |agent| (agent * PER_AGENT..chats.min((agent + 1) * PER_AGENT)).collect())
}

/// Starts it and waits for a line that contains `sign`; returns what follows it.
pub fn spawn(mut command: Command, sign: &str) -> Result<(Running, String)> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("{command:?}"))?;
    let out = child.stdout.take().context("no output")?;
    let running = Running { child };
    let mut lines = BufReader::new(out).lines();
    for line in lines.by_ref() {
        let line = line?;
        if let Some((_, rest)) = line.split_once(sign) {
            let rest = rest.to_owned();
            // Read on, so that it never waits for us.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok((running, rest));
        }
    }
    ensure!(false, "{command:?} ended without saying {sign:?}");
    unreachable!()
}
