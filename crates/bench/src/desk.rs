//! The release server, prepared as an operator does it: through its command line and its API. Only masses of old chats are
//! put into its file directly (see [`crate::fill`]).

use crate::crowd::{Crowd, Door};
use crate::drive::{PER_AGENT, Target};
use crate::fill::{self, Idler, Tickets};
use crate::http::{is_ok, request};
use crate::server::{Running, agents, spawn};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use uuid::Uuid;

const SNIPPET: &str = "bench";
const PASSWORD: &str = "one pass phrase for all of them";
/// Holds the chats of those who only are there.
const HOST: &str = "host";
/// Limits that would measure themselves instead of the service, and a lease that outlives the run.
const SETTINGS: [(&str, i64); 5] = [
    ("frames_per_s", 1_000_000),
    ("sign_ins_per_5_min", 1_000_000),
    ("visitors_per_min", 1_000_000),
    ("starts_per_min", 1_000_000),
    ("lease_s", 86_400),
];
const READY_WITHIN: Duration = Duration::from_secs(30);

/// One installation: a folder with its database.
pub struct Desk {
    program: PathBuf,
    folder: PathBuf,
    agents: usize,
}

impl Desk {
    /// Makes the database, the agents, the snippet and the settings.
    pub fn make(program: &Path, folder: PathBuf, agents: usize) -> Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let desk = Self {
            program: program.to_owned(),
            folder,
            agents,
        };
        desk.serve()?.0.stop()?;
        for (name, value) in SETTINGS {
            desk.set(name, value)?;
        }
        desk.tell(&["set", "public_to_agent", "1"])?;
        desk.tell(&["role", "add", SNIPPET])?;
        desk.tell(&["role", "grant", SNIPPET, "users", "chat_owner"])?;
        for login in (0..agents).map(login).chain([HOST.to_owned()]) {
            desk.tell(&["agent", "add", &login, &login])?;
            desk.tell(&["role", "member", SNIPPET, &login])?;
        }
        desk.tell(&["snippet", "add", SNIPPET, "Default", "Bench"])?;
        Ok(desk)
    }

    pub fn database(&self) -> PathBuf {
        self.folder.join("deskbell.db")
    }

    /// What the database takes on the disk.
    pub fn size_mib(&self) -> Result<f64> {
        Ok(std::fs::metadata(self.database())?.len() as f64 / 1_048_576.0)
    }

    /// The command that backs it up there, and there.
    pub fn backup(&self, to: PathBuf) -> (Command, PathBuf) {
        let mut command = self.command();
        command
            .arg("backup")
            .arg(&to)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        (command, to)
    }

    /// Old chats with so many messages, and people with an open chat each who say nothing.
    pub fn fill(&self, messages: usize, idlers: usize) -> Result<Vec<Idler>> {
        fill::fill(&self.database(), messages, idlers, HOST)
    }

    /// Open chats of the host, so many messages long.
    pub fn open_chats(&self, lengths: &[usize]) -> Result<Vec<String>> {
        fill::open_chats(&self.database(), lengths, HOST)
    }

    /// So many tickets in twelve queues which the host may do anything in.
    pub fn tickets(&self, count: usize) -> Result<Tickets> {
        self.tell(&["role", "grant", SNIPPET, "users", "rw"])?;
        for n in 0..8 {
            self.tell(&["queue", "add", &format!("Queue {n}")])?;
        }
        fill::tickets(&self.database(), count, HOST)
    }

    /// Header lines of the host, who reads all there is.
    pub fn host(address: SocketAddr) -> Result<String> {
        Ok(format!("{}X-Deskbell-Surface: agent\r\n", sign_in(address, HOST)?))
    }

    /// Signed-in customer users and available agents, by their tokens.
    pub fn accounts(&self, customers: usize, agents: usize) -> Result<(Vec<String>, Vec<String>)> {
        fill::accounts(&self.database(), SNIPPET, customers, agents)
    }

    /// The host may administer from now on.
    pub fn let_host_administer(&self) -> Result<()> {
        self.tell(&["grant", HOST, "admin", "rw"])
    }

    pub fn set(&self, name: &str, value: i64) -> Result<()> {
        self.tell(&["set", name, &value.to_string()])
    }

    /// Starts the service and waits until it is ready; how long that took.
    pub fn start(&self) -> Result<(Running, SocketAddr, Duration)> {
        let begun = Instant::now();
        let (running, address) = self.serve()?;
        while !is_ok(address, "/readyz") {
            ensure!(begun.elapsed() < READY_WITHIN, "the server is not ready");
        }
        Ok((running, address, begun.elapsed()))
    }

    fn serve(&self) -> Result<(Running, SocketAddr)> {
        let mut command = self.command();
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        let (running, port) = spawn(command, "ready on http://localhost:")?;
        let port: u16 = port.trim().parse().with_context(|| format!("no port: {port}"))?;
        Ok((running, ([127, 0, 0, 1], port).into()))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--data-dir").arg(&self.folder).env("RUST_LOG", "warn");
        command
    }

    fn tell(&self, words: &[&str]) -> Result<()> {
        let mut command = self.command();
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().with_context(|| format!("{command:?}"))?;
        if let Some(mut stdin) = child.stdin.take() {
            // Only `agent add` reads it; the others may be gone before it is written.
            let _ = writeln!(stdin, "{PASSWORD}");
        }
        ensure!(child.wait()?.success(), "{command:?} failed");
        Ok(())
    }

    /// Looks through all that is stored (`deskbell verify`).
    pub fn verify(&self) -> Result<()> {
        self.tell(&["verify"])
    }

    /// Agents sign in, visitors come and ask, agents accept: `chats` open chats, ten to an agent.
    pub fn people(&self, name: &'static str, running: &Running, address: SocketAddr, chats: usize) -> Result<Target> {
        ensure!(
            chats.div_ceil(PER_AGENT) <= self.agents,
            "too few agents for {chats} chats"
        );
        let mut target = Target {
            name,
            pid: running.pid(),
            address,
            chats: Vec::new(),
            visitors: Vec::new(),
            agents: Vec::new(),
        };
        for (n, held) in agents(chats).enumerate() {
            let cookie = sign_in(address, &login(n))?;
            let headers = format!("{cookie}X-Deskbell-Surface: agent\r\n");
            let available = json!({ "availability": "internal_and_external" });
            request(address, "PUT", "/api/me/availability", &headers, Some(&available))?;
            target.agents.push(Door {
                path: "/live?surface=agent".into(),
                headers: cookie,
                hello: r#"{"op":"hello"}"#.into(),
                chats: held,
            });
        }
        // Chats can be asked for while somebody available is there.
        let mut there = target.agents[0].clone();
        there.chats.clear();
        let _there = Crowd::connect(address, &[there], &[])?;
        self.wait_for_offer(address)?;
        for n in 0..chats {
            let (door, chat) = visitor(address, n)?;
            let accept = format!("/api/chats/{chat}/accept");
            let headers = format!("{}X-Deskbell-Surface: agent\r\n", target.agents[n / PER_AGENT].headers);
            request(
                address,
                "POST",
                &accept,
                &headers,
                Some(&json!({ "cid": Uuid::now_v7() })),
            )?;
            target.visitors.push(door);
            target.chats.push(chat);
        }
        Ok(target)
    }

    pub fn wait_for_offer(&self, address: SocketAddr) -> Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < READY_WITHIN {
            let view = request(address, "GET", &format!("/api/snippets/{SNIPPET}"), "", None)?.body;
            if view["channels"][0]["available"] == Value::Bool(true) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("no chat is offered")
    }
}

fn login(n: usize) -> String {
    format!("agent{n}")
}

/// The header line that shows who comes.
fn sign_in(address: SocketAddr, login: &str) -> Result<String> {
    let body = json!({ "surface": "agent", "login": login, "password": PASSWORD });
    let headers = "X-Deskbell-Surface: agent\r\n";
    let cookie = request(address, "POST", "/api/session", headers, Some(&body))?.cookie;
    Ok(format!("Cookie: {}\r\n", cookie.context("no cookie")?))
}

/// A new visitor, and the chat he asked for.
fn visitor(address: SocketAddr, n: usize) -> Result<(Door, String)> {
    let token = visit(address, n)?;
    let chat = start(address, &token)?;
    Ok((door(&token, vec![n]), chat))
}

/// A new visitor's token.
pub fn visit(address: SocketAddr, n: usize) -> Result<String> {
    let name = json!({ "name": format!("Visitor {n}") });
    let path = format!("/api/snippets/{SNIPPET}/visitors");
    let made = request(address, "POST", &path, "X-Deskbell-Surface: visitor\r\n", Some(&name))?.body;
    Ok(made["token"].as_str().context("no token")?.to_owned())
}

/// The chat a visitor asks for.
pub fn start(address: SocketAddr, token: &str) -> Result<String> {
    let headers = format!("X-Deskbell-Surface: visitor\r\nAuthorization: Bearer {token}\r\n");
    let start = json!({ "cid": Uuid::now_v7(), "text": "Where is my parcel?" });
    let started = request(address, "POST", "/api/chats", &headers, Some(&start))?.body;
    Ok(started["chat"]["id"].as_str().context("no chat")?.to_owned())
}

/// A customer user's name: in the order of their numbers.
pub fn customer(n: usize) -> String {
    format!("Customer {n:05}")
}

/// How somebody with an account comes in, on this surface.
pub fn account(surface: &str, token: &str) -> Door {
    Door {
        path: format!("/live?surface={surface}"),
        headers: format!("Cookie: deskbell_{surface}={token}\r\n"),
        hello: r#"{"op":"hello"}"#.into(),
        chats: Vec::new(),
    }
}

/// How a visitor comes in.
pub fn door(token: &str, chats: Vec<usize>) -> Door {
    Door {
        path: "/live?surface=visitor".into(),
        headers: String::new(),
        hello: json!({ "op": "hello", "token": token }).to_string(),
        chats,
    }
}
