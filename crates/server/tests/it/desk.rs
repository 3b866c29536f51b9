//! A running installation: the binary, its database and folder, gone with the value.

use crate::client::{Client, Doors};
use crate::cluster::Link;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use domain::cast;
use proof::{Lane, TempDir, pg};
use sqlx::{Connection, Executor};
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};
use std::{fmt, iter, thread};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::timeout;
use wire::Surface;

const PROGRAM: &str = env!("CARGO_BIN_EXE_deskbell");
/// How long the program may take to say that it is ready.
const READY_WITHIN: Duration = Duration::from_secs(60);
/// Where moments are stored that may be moved; those of the audit log are sealed.
const TIMES: [(&str, &[&str]); 16] = [
    ("chat", &["created_at", "waiting_since", "closed_at", "last_at"]),
    ("chat_member", &["invited_at"]),
    ("entry", &["at", "redacted_at"]),
    ("entry_file", &["at"]),
    ("content", &["idle_since"]),
    ("session", &["created_at", "seen_at"]),
    ("person", &["created_at"]),
    ("snippet", &["created_at"]),
    ("wait", &["accepted_at"]),
    ("node", &["beat_at"]),
    ("presence", &["active_at", "gone_at"]),
    ("erasure", &["at"]),
    ("outbox", &["created_at", "due_at", "done_at"]),
    ("errand", &["created_at", "due_at"]),
    ("one_time_link", &["created_at", "expires_at"]),
    ("second_factor", &["created_at"]),
];
/// For stories with so many of everything in a short time, and all from one address.
pub const CROWDED: &[(&str, i64)] = &[
    ("frames_per_s", 1_000_000),
    ("visitors_per_min", 1_000_000),
    ("starts_per_min", 1_000_000),
    ("starts_of_one_per_min", 1_000_000),
    ("files_of_one_per_min", 1_000_000),
    ("sign_ins_per_5_min", 1_000_000),
    ("lease_s", 3_600),
];
/// Lines of the program's log shown with a failure.
const LOG_SHOWN: usize = 80;

/// What an installation runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
    /// Two processes on one PostgreSQL. Whoever signs in or visits is at either by turns.
    TwoNodes,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::TwoNodes => "two nodes",
        })
    }
}

impl Engine {
    /// How many of a lane's rounds there are on this: across nodes half of them, as they take longer.
    pub fn rounds(self, rounds: usize) -> usize {
        proof::scale() * if self == Self::TwoNodes { rounds / 2 } else { rounds }
    }
}

/// Runs a story on both databases, side by side. Where no PostgreSQL is there, its half is skipped aloud.
///
/// The story is a part of the lane named like the module it stands in.
pub async fn on_both<S: AsyncFn(Desk)>(story: S) {
    tell_on_both(Desk::start, story).await;
}

/// As [`on_both`], where the limits are far away.
pub async fn on_both_crowded<S: AsyncFn(Desk)>(story: S) {
    tell_on_both(async |engine| Desk::start_with(engine, CROWDED).await, story).await;
}

/// As [`on_both`], from an installation without anybody in it.
pub async fn on_both_empty<S: AsyncFn(Desk)>(story: S) {
    tell_on_both(Desk::empty, story).await;
}

async fn tell_on_both<S: AsyncFn(Desk)>(start: impl AsyncFn(Engine) -> Option<Desk>, story: S) {
    // `it::chats::talk::a_visitor_asks_and_an_agent_answers::{{closure}}`
    let path = std::any::type_name::<S>().split("::").skip(1);
    let path: Vec<_> = path.filter(|step| !step.contains('{')).collect();
    let (lane, test) = path.split_first().expect("a story stands in a module");
    let lane = Lane::part(lane, &test.join(" "));
    let tell = async |engine| {
        if let Some(desk) = start(engine).await {
            story(desk).await;
            lane.case();
        }
    };
    tokio::join!(tell(Engine::Sqlite), tell(Engine::Postgres));
    lane.finish();
}

pub struct Desk {
    // Dropped in this order: the program, its database, its folder.
    service: Option<Service>,
    _postgres: Option<pg::Database>,
    dir: TempDir,
    pub engine: Engine,
    database: String,
    /// The service's way to the database; commands go directly.
    link: Option<Link>,
    port: u16,
    demo: bool,
    /// Of the program, when it is started next.
    config: Option<PathBuf>,
    /// `[files]` of the configuration, when it is started next.
    pub files: Option<String>,
    /// How browsers reach the program, when it is started next.
    pub public_url: Option<&'static str>,
    /// Of its environment, when it is started next.
    pub env: Vec<(&'static str, &'static str)>,
    http: reqwest::Client,
    /// Further nodes on its database.
    pub others: Vec<Desk>,
    /// Counts who came.
    comers: AtomicUsize,
}

/// The running program and what it printed.
struct Service {
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
    listening: [AbortHandle; 2],
}

impl Desk {
    /// Starts the program with the demo's cast. `None` where the engine is not there.
    pub async fn start(engine: Engine) -> Option<Self> {
        Self::start_with(engine, &[]).await
    }

    /// As [`Desk::start`], with settings that the program has from its beginning.
    pub async fn start_with(engine: Engine, settings: &[(&str, i64)]) -> Option<Self> {
        let mut desk = Self::with_cast(engine).await?;
        for (name, value) in settings {
            desk.set(name, *value).await;
        }
        desk.serve().await;
        if engine == Engine::TwoNodes {
            let other = desk.another_node().await;
            desk.others.push(other);
        }
        Some(desk)
    }

    /// An installation with the demo's cast that is not running yet: a copy of one that is made once in a run of tests.
    async fn with_cast(engine: Engine) -> Option<Self> {
        let mut desk = Self::on(engine, String::new());
        if engine == Engine::Sqlite {
            let file = desk.dir.file("deskbell.db");
            desk.database = format!("sqlite:{}", file.display());
            if let Some(folder) = proof::shared_dir() {
                let made = sqlite_with_cast(folder).await;
                std::fs::copy(made, file).expect("a copy of the database");
            }
        } else {
            let program = std::fs::metadata(PROGRAM).and_then(|program| program.modified());
            let built = program
                .expect("the program")
                .duration_since(UNIX_EPOCH)
                .expect("a time");
            let load = async |url: &str| {
                load_cast(url).await;
                anyhow::Ok(())
            };
            let postgres = pg::database(&format!("cast_{}", built.as_nanos()), load).await?;
            desk.database = postgres.url().to_owned();
            desk._postgres = Some(postgres);
        }
        Some(desk)
    }

    /// Changes settings and starts the program anew, so that it has them from its beginning.
    pub async fn restart_with(&mut self, settings: &[(&str, i64)]) {
        for (name, value) in settings {
            self.set(name, *value).await;
        }
        self.restart().await;
        for other in &mut self.others {
            other.restart().await;
        }
    }

    /// Starts the program and its other nodes anew, with this in the configuration file. `{dir}` stands for a folder of its own.
    pub async fn configure(&mut self, toml: &str) {
        let file = self.dir.file("deskbell.toml");
        let toml = toml.replace("{dir}", &self.dir.path().display().to_string());
        std::fs::write(&file, toml).expect("a file");
        self.config = Some(file.clone());
        self.restart().await;
        for other in &mut self.others {
            other.config = Some(file.clone());
            other.restart().await;
        }
    }

    /// Where a file of this name would be in that folder.
    pub fn path(&self, name: &str) -> String {
        self.dir.file(name).display().to_string()
    }

    /// Puts a file into the folder that `{dir}` stands for.
    pub fn put(&self, name: &str, text: &str) {
        std::fs::write(self.dir.file(name), text).expect("a file");
    }

    /// Starts the program on an empty database, without the cast.
    pub async fn empty(engine: Engine) -> Option<Self> {
        let mut desk = Self::prepare(engine).await?;
        desk.demo = false;
        desk.serve().await;
        Some(desk)
    }

    /// An installation that is not running yet, to set it up by [`Desk::cli`] and start it by [`Desk::serve`].
    pub async fn prepare(engine: Engine) -> Option<Self> {
        let mut desk = Self::on(engine, String::new());
        if engine == Engine::Sqlite {
            desk.database = format!("sqlite:{}", desk.dir.file("deskbell.db").display());
        } else {
            let postgres = pg::database("empty", async |_| anyhow::Ok(())).await?;
            desk.database = postgres.url().to_owned();
            desk._postgres = Some(postgres);
        }
        Some(desk)
    }

    /// Two nodes on an empty PostgreSQL database, with a [`Link`] each; who comes to them waits so long for an answer by HTTP.
    pub async fn linked(database: &str, settings: &[(&str, i64)], patience: Duration) -> Self {
        let mut desk = Self::on(Engine::TwoNodes, database.to_owned());
        desk.http = browser().timeout(patience).build().expect("a client");
        let mut other = desk.beside();
        for node in [&mut desk, &mut other] {
            node.link = Some(Link::to(database).await);
            node.serve().await;
        }
        desk.others.push(other);
        desk.restart_with(settings).await;
        desk
    }

    fn on(engine: Engine, database: String) -> Self {
        Self {
            service: None,
            _postgres: None,
            dir: proof::temp_dir(),
            engine,
            database,
            link: None,
            port: free_port(),
            demo: true,
            config: None,
            files: None,
            public_url: None,
            env: Vec::new(),
            http: browser().build().expect("a client"),
            others: Vec::new(),
            comers: AtomicUsize::new(0),
        }
    }

    /// The same database without a service, to give commands.
    pub fn beside(&self) -> Self {
        let mut beside = Self::on(self.engine, self.database.clone());
        beside.demo = false;
        // Nodes of one database share their files, and the key of what is sealed.
        let (files, key) = (self.dir.file("files"), self.dir.file("seal.key"));
        let folder = || format!("folder = {files:?}\n[data]\nseal_file = {key:?}");
        beside.files = Some(self.files.clone().unwrap_or_else(folder));
        beside
    }

    /// Another process on the same database, which has to be a shared one and to outlive it.
    pub async fn another_node(&self) -> Self {
        assert_ne!(self.engine, Engine::Sqlite);
        let mut other = self.beside();
        other.serve().await;
        other
    }

    /// Starts the program and waits until it is ready. After the first time, on the same port and database.
    pub async fn serve(&mut self) {
        assert!(self.service.is_none(), "the program runs already");
        let database = self.link.as_ref().map_or(&*self.database, Link::url);
        let mut command = command("serve", database);
        command.arg("--listen").arg(format!("127.0.0.1:{}", self.port));
        command.arg("--data-dir").arg(self.dir.path());
        if std::mem::take(&mut self.demo) {
            command.arg("--demo");
        }
        if let Some(config) = self.config.clone().or_else(|| self.config_of_files()) {
            command.arg("--config").arg(config);
        }
        if let Some(url) = self.public_url {
            command.args(["--public-url", url]);
        }
        command.envs(self.env.iter().copied());
        command.stdin(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let said = Arc::new(Mutex::new(Vec::new()));
        let (ready, mut is_ready) = watch::channel(false);
        let ready = Arc::new(ready);
        let listening = [
            listen(child.stdout.take(), said.clone(), ready.clone()),
            listen(child.stderr.take(), said.clone(), ready),
        ];
        self.service = Some(Service { child, said, listening });
        // An error is the end of both outputs: the program has ended.
        let came = timeout(READY_WITHIN, is_ready.wait_for(|ready| *ready)).await;
        assert!(matches!(came, Ok(Ok(_))), "the program did not get ready");
    }

    fn config_of_files(&self) -> Option<PathBuf> {
        let config = self.dir.file("deskbell.toml");
        std::fs::write(&config, format!("[files]\n{}\n", self.files.as_ref()?)).expect("a configuration");
        Some(config)
    }

    /// Its data folder.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub fn database(&self) -> &str {
        &self.database
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// `127.0.0.1:PORT`, for what speaks below HTTP.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// An agent of the cast, signed in. They are available for everybody and reached by all their channels.
    pub async fn agent(&self, login: &str) -> Client {
        self.sign_in(Surface::Agent, login, cast::PASSWORD).await
    }

    /// A customer user of the cast, signed in.
    pub async fn customer(&self, login: &str) -> Client {
        self.sign_in(Surface::Customer, login, cast::PASSWORD).await
    }

    pub async fn sign_in(&self, surface: Surface, login: &str, password: &str) -> Client {
        Client::sign_in(self.http.clone(), self.doors(), surface, login, password).await
    }

    /// A new visitor of the demo's host page.
    pub async fn visitor(&self, name: &str) -> Client {
        Client::visit(self.http.clone(), self.doors(), cast::SNIPPET, name).await
    }

    /// Somebody who has not signed in.
    pub fn stranger(&self, surface: Surface) -> Client {
        Client::stranger(self.http.clone(), self.doors(), surface)
    }

    /// All nodes, at another one than whoever came before.
    fn doors(&self) -> Doors {
        let nodes = iter::once(self).chain(&self.others);
        Doors::new(nodes.map(Self::url), self.comers.fetch_add(1, Ordering::Relaxed))
    }

    /// Waits until the program's log says this.
    pub async fn log_says(&self, what: &str) {
        let until = std::time::Instant::now() + READY_WITHIN;
        while !self.log().iter().any(|line| line.contains(what)) {
            assert!(std::time::Instant::now() < until, "the log does not say: {what}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Runs a command of the program beside the service; returns what it printed. Panics when it fails.
    pub async fn cli(&self, args: &[&str]) -> String {
        self.cli_with(args, "").await
    }

    /// As [`Desk::cli`], with something on its standard input.
    pub async fn cli_with(&self, args: &[&str], input: &str) -> String {
        let (status, printed) = self.try_cli(args, input).await;
        assert!(status.success(), "deskbell {} failed: {printed}", args.join(" "));
        printed
    }

    pub async fn try_cli(&self, args: &[&str], input: &str) -> (ExitStatus, String) {
        let (verb, rest) = args.split_first().expect("a command");
        let mut command = command(verb, &self.database);
        command.arg("--data-dir").arg(self.dir.path());
        if let Some(config) = self.config.clone().or_else(|| self.config_of_files()) {
            command.arg("--config").arg(config);
        }
        let mut child = command
            .args(rest)
            .stdin(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that reads nothing may be gone already.
        let _ = stdin.write_all(input.as_bytes()).await;
        drop(stdin);
        let output = child.wait_with_output().await.expect("the program ends");
        let printed = [output.stdout, output.stderr].concat();
        (output.status, String::from_utf8_lossy(&printed).into_owned())
    }

    /// Begins a command, to be ended by the story.
    pub fn begin_cli(&self, args: &[&str]) -> Child {
        let (verb, rest) = args.split_first().expect("a command");
        let mut command = command(verb, &self.database);
        command
            .arg("--data-dir")
            .arg(self.dir.path())
            .args(rest)
            .stdin(Stdio::null());
        command.spawn().expect("the program starts")
    }

    /// As [`Desk::try_cli`], where no file may grow beyond so many KiB: so a disk is full.
    pub async fn try_cli_within(&self, kib: u64, args: &[&str]) -> (ExitStatus, String) {
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(format!("ulimit -f {}; exec \"$@\"", 2 * kib))
            .arg("sh")
            .arg(PROGRAM);
        let at = ["--database", &self.database, "--data-dir"];
        command
            .args(args)
            .args(at)
            .arg(self.dir.path())
            .stdin(Stdio::null())
            .kill_on_drop(true);
        let output = command.output().await.expect("the program ends");
        let printed = [output.stdout, output.stderr].concat();
        (output.status, String::from_utf8_lossy(&printed).into_owned())
    }

    /// As [`Desk::serve`], on what is there, for an installation that was prepared.
    pub async fn serve_without_demo(&mut self) {
        self.demo = false;
        self.serve().await;
    }

    /// `deskbell agent add`, with the cast's password.
    pub async fn add_agent(&self, login: &str, name: &str) {
        let email = format!("{login}@{}", cast::AGENTS_AT);
        let add = ["agent", "add", login, name, "--email", &email];
        self.cli_with(&add, &format!("{}\n", cast::PASSWORD)).await;
    }

    /// `deskbell set`: the running service notices within a second.
    pub async fn set(&self, name: &str, value: i64) {
        self.cli(&["set", name, &value.to_string()]).await;
    }

    /// `deskbell verify` finds nothing; returns what it printed.
    pub async fn verify(&self) -> String {
        self.cli(&["verify"]).await
    }

    /// The most memory that the program ever had, in KiB (proc(5), VmHWM).
    pub fn peak_kib(&self) -> u64 {
        let service = self.service.as_ref().expect("the program runs");
        let id = service.child.id().expect("the program runs");
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("it has a status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
        kib.and_then(|kib| kib.parse().ok()).expect("a number")
    }

    /// CPU time the program has used, in clock ticks: what it did, whatever else the machine is doing (proc(5), stat 14 and 15).
    pub fn cpu_ticks(&self) -> u64 {
        let service = self.service.as_ref().expect("the program runs");
        let id = service.child.id().expect("the program runs");
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("it has a stat");
        let after_name = stat.rsplit(')').next().expect("a name in brackets");
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let ticks = |field: usize| fields[field - 3].parse::<u64>().expect("a number");
        ticks(14) + ticks(15)
    }

    /// Ends the program as a power switch would, as far as a process can.
    pub async fn sigkill(&mut self) {
        let mut service = self.service.take().expect("the program runs");
        service.child.kill().await.expect("the program is ours to kill");
    }

    /// Nobody reads what the program prints any more.
    pub fn stop_listening(&self) {
        let service = self.service.as_ref().expect("the program runs");
        service.listening.iter().for_each(AbortHandle::abort);
    }

    /// Sends SIGTERM and returns at once.
    pub async fn terminate(&self) {
        self.signal("-TERM").await;
    }

    /// Sends the program a signal, as `kill` names it.
    pub async fn signal(&self, signal: &str) {
        let service = self.service.as_ref().expect("the program runs");
        let pid = service.child.id().expect("the program runs").to_string();
        let sent = Command::new("kill").args([signal, &pid]).status().await;
        assert!(sent.expect("kill is there").success());
    }

    /// Waits until the program asked to end has ended; says how, and how long that took from now.
    pub async fn ended(&mut self) -> (ExitStatus, Duration) {
        let began = std::time::Instant::now();
        let mut service = self.service.take().expect("the program runs");
        let ended = timeout(Duration::from_secs(60), service.child.wait()).await;
        let status = ended.expect("the program ends after SIGTERM").expect("a status");
        (status, began.elapsed())
    }

    /// All that the program asked to end has printed.
    pub async fn log_at_the_end(&mut self) -> Vec<String> {
        let service = self.service.as_ref().expect("the program runs");
        let (said, listening) = (service.said.clone(), service.listening.clone());
        self.ended().await;
        while !listening.iter().all(AbortHandle::is_finished) {
            tokio::task::yield_now().await;
        }
        let said = said.lock().expect("no panic");
        said.clone()
    }

    /// While the service is down: everything stored was so many minutes earlier.
    pub async fn minutes_pass(&self, minutes: i64) {
        assert!(self.service.is_none(), "the program is not running");
        self.move_times(|_| true, -minutes * 60_000_000).await;
    }

    /// While the service is down, of data that may be old and of an older schema: the last thing that was said was said now.
    pub async fn is_of_today(&self) {
        let (columns, last) = match self.engine {
            Engine::Sqlite => {
                let mut db = sqlx::SqliteConnection::connect(&self.database).await.expect("the file");
                let sql = "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c";
                let columns: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut db).await.expect("names");
                let last = sqlx::query_scalar("SELECT max(at) FROM entry").fetch_one(&mut db).await;
                db.close().await.expect("closed");
                (columns, last)
            }
            Engine::Postgres | Engine::TwoNodes => {
                let mut db = sqlx::PgConnection::connect(&self.database).await.expect("the database");
                let sql = "SELECT table_name || '.' || column_name FROM information_schema.columns";
                let columns: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut db).await.expect("names");
                (
                    columns,
                    sqlx::query_scalar("SELECT max(at) FROM entry").fetch_one(&mut db).await,
                )
            }
        };
        let last: i64 = last.expect("something was said");
        let has = |column: &str| columns.iter().any(|it| it == column);
        self.move_times(has, jiff::Timestamp::now().as_microsecond() - last)
            .await;
    }

    /// By so many microseconds, the columns that are there, by `table.column`.
    async fn move_times(&self, is_there: impl Fn(&str) -> bool, by: i64) {
        for (table, columns) in TIMES {
            let columns = columns.iter().filter(|it| is_there(&format!("{table}.{it}")));
            let set: Vec<_> = columns.map(|it| format!("{it} = {it} + {by}")).collect();
            if !set.is_empty() {
                self.change_data(format!("UPDATE {table} SET {}", set.join(", "))).await;
            }
        }
    }

    /// Behind the program's back.
    pub async fn change_data(&self, sql: String) {
        let sql = sqlx::AssertSqlSafe(sql);
        let done = match self.engine {
            Engine::Sqlite => {
                let mut db = sqlx::SqliteConnection::connect(&self.database).await.expect("the file");
                let done = db.execute(sql).await.map(drop);
                // All of it is in the one file then.
                db.close().await.and(done)
            }
            Engine::Postgres | Engine::TwoNodes => {
                let mut db = sqlx::PgConnection::connect(&self.database).await.expect("the database");
                db.execute(sql).await.map(drop)
            }
        };
        done.expect("tables and columns as they are");
    }

    /// Killed and started again.
    pub async fn restart(&mut self) {
        self.sigkill().await;
        self.serve().await;
    }

    /// What the program printed since it was started.
    pub fn log(&self) -> Vec<String> {
        let said = self.service.as_ref().map(|service| service.said.clone());
        said.map_or(Vec::new(), |said| said.lock().expect("no panic").clone())
    }

    /// A node by its number, this one first.
    pub fn node(&mut self, n: usize) -> &mut Self {
        match n.checked_sub(1) {
            None => self,
            Some(other) => &mut self.others[other],
        }
    }

    pub fn link(&self) -> &Link {
        self.link.as_ref().expect("started with a link")
    }
}

/// The file that every installation on SQLite is a copy of; whoever comes first makes it.
async fn sqlite_with_cast(folder: PathBuf) -> PathBuf {
    let lock = File::create(folder.join("cast.lock")).expect("a lock");
    let locked = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await;
    let _lock = locked.expect("no panic").expect("a lock");
    let (made, making) = (folder.join("cast.db"), folder.join("making.db"));
    if !made.exists() {
        load_cast(&format!("sqlite:{}", making.display())).await;
        std::fs::rename(&making, &made).expect("the database is made");
    }
    made
}

/// Runs the program once, which makes the tables and the cast. Its password is hashed anew at the least cost, since
/// thousands sign in with it.
async fn load_cast(database: &str) {
    let engine = if database.starts_with("sqlite:") {
        Engine::Sqlite
    } else {
        Engine::Postgres
    };
    let mut desk = Desk::on(engine, database.to_owned());
    desk.serve().await;
    desk.terminate().await;
    let (status, _) = desk.ended().await;
    assert!(status.success(), "{status}");
    let cheap = Params::new(Params::MIN_M_COST, 1, 1, None).expect("parameters");
    let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, cheap);
    let hash = cheap.hash_password(cast::PASSWORD.as_bytes()).expect("a hash");
    let change = format!("UPDATE person SET password_hash = '{hash}' WHERE password_hash IS NOT NULL");
    desk.change_data(change).await;
}

fn command(verb: &str, database: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg(verb).args(["--database", database]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

impl Drop for Desk {
    fn drop(&mut self) {
        if thread::panicking() {
            let log = self.log();
            eprintln!("\n  on {}, the program said last:", self.engine);
            log.iter()
                .skip(log.len().saturating_sub(LOG_SHOWN))
                .for_each(|line| eprintln!("  | {line}"));
        }
    }
}

/// Keeps the lines of an output, and tells when the one came that says the program is ready.
fn listen<R: AsyncRead + Unpin + Send + 'static>(
    output: Option<R>,
    said: Arc<Mutex<Vec<String>>>,
    ready: Arc<watch::Sender<bool>>,
) -> AbortHandle {
    let mut lines = BufReader::new(output.expect("a pipe")).lines();
    let listening = tokio::spawn(async move {
        while let Ok(Some(line)) = lines.next_line().await {
            if line.contains("deskbell is ready on") {
                ready.send_replace(true);
            }
            said.lock().expect("no panic").push(line);
        }
    });
    listening.abort_handle()
}

/// HTTP as people have it. Its TLS, used by nobody here, wants to be told whose arithmetic it shall use.
fn browser() -> reqwest::ClientBuilder {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
}

/// A port the program can have again after a restart: below those the kernel hands out to whoever asks for any.
fn free_port() -> u16 {
    let mut tries = (0..200).map(|_| 10_000 + (uuid::Uuid::now_v7().as_u128() % 20_000) as u16);
    // The next one too: there the demo shows a page that embeds the chat.
    let is_free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    let free = tries.find(|port| is_free(*port) && is_free(*port + 1));
    free.expect("a free port")
}
