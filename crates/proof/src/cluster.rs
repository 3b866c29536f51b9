//! A private PostgreSQL for one test run, made from the installed binaries.
//!
//! Invariant: the cluster never outlives the process that started it. A small shell (the *tether*) waits for the end of
//! a pipe this process holds, then stops the server and removes its folder; so it happens on a normal end, on a signal,
//! and when this process is killed outright.

use crate::temp::{TempDir, temp_dir};
use anyhow::{Context, Result, bail, ensure};
use std::ffi::OsStr;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

/// Everything PostgreSQL's own defaults would make too small or too large for a test run. Commits are not flushed to the disk: tests kill
/// the server and never the machine, and what a server has handed to the system survives its death.
const OPTIONS: &str =
    "-c listen_addresses=127.0.0.1 -c shared_buffers=64MB -c max_connections=200 -c fsync=off -c full_page_writes=off";

/// A running server; stopped and removed when dropped.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    tether: Child,
    bin: PathBuf,
    user: User,
    dir: TempDir,
}

impl Cluster {
    /// Makes and starts a server from the binaries in `bin` (see [`installed`]). Takes about two seconds.
    pub fn start(bin: &Path) -> Result<Cluster> {
        let dir = temp_dir();
        let user = User::find()?;
        user.give(dir.path())?;
        let tether = tether(bin, dir.path(), &user)?;
        let mut cluster = Cluster {
            url: String::new(),
            tether,
            bin: bin.to_owned(),
            user,
            dir,
        };
        cluster.url = cluster.serve()?;
        Ok(cluster)
    }

    /// Stops the server, in one of `pg_ctl`'s modes (`fast` ends its sessions, `immediate` is a crash), and starts it again on
    /// the same port.
    pub fn restart(&self, mode: &str) -> Result<()> {
        let mut pg_ctl = self.pg_ctl("restart");
        run(pg_ctl.arg(format!("--mode={mode}"))).with_context(|| format!("restarting PostgreSQL, {mode}"))
    }

    /// The superuser's address, with the password.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The same by its socket in the file system, which costs both sides less than TCP.
    pub fn socket_url(&self) -> String {
        format!("{}?host={}", self.url, self.dir.path().display())
    }

    fn pg_ctl(&self, verb: &str) -> Command {
        let mut pg_ctl = self.user.command(self.bin.join("pg_ctl"), self.dir.path());
        pg_ctl.args([verb, "--wait", "--silent", "--pgdata=data", "--log=log"]);
        pg_ctl
    }

    fn serve(&self) -> Result<String> {
        let (dir, user) = (self.dir.path(), &self.user);
        // Anybody on the machine reaches 127.0.0.1, and a PostgreSQL superuser may run programs: hence a password; by MD5,
        // because SCRAM's 4,096 rounds for each connection are a noticeable part of a test run.
        let password = uuid::Uuid::now_v7().simple().to_string();
        let password_file = dir.join("password");
        fs::write(&password_file, &password)?;
        user.give(&password_file)?;
        let mut initdb = user.command(self.bin.join("initdb"), dir);
        initdb.args([
            "--pgdata=data",
            "--username=postgres",
            "--auth=md5",
            "--pwfile=password",
            "--no-sync",
        ]);
        run(initdb.args(["--encoding=UTF8", "--locale=C"])).context("initdb")?;

        let mut result = Err(anyhow::anyhow!("never tried"));
        for _ in 0..3 {
            // The port is free now; somebody may take it before the server does, so another one is tried.
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            let mut pg_ctl = self.pg_ctl("start");
            result = run(pg_ctl.arg("--options").arg(format!(
                "{OPTIONS} -c port={port} -c unix_socket_directories={}",
                dir.display()
            )));
            if result.is_ok() {
                return Ok(format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres"));
            }
        }
        let log = fs::read_to_string(dir.join("log")).unwrap_or_default();
        result
            .map(|()| unreachable!())
            .with_context(|| format!("PostgreSQL does not start; its log:\n{log}"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.tether.stdin.take());
        let _ = self.tether.wait();
    }
}

/// The folder of the newest installed `initdb`: Debian's and Red Hat's versioned folders, else the one on `PATH`.
pub fn installed() -> Option<PathBuf> {
    let versions = ["/usr/lib/postgresql", "/usr"]
        .iter()
        .filter_map(|dir| fs::read_dir(dir).ok())
        .flatten()
        .flatten();
    let newest = versions
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version: u32 = name.strip_prefix("pgsql-").unwrap_or(&name).parse().ok()?;
            Some((version, entry.path().join("bin"))).filter(|(_, bin)| bin.join("initdb").is_file())
        })
        .max();
    let on_path = || env::split_paths(&env::var_os("PATH")?).find(|dir| dir.join("initdb").is_file());
    newest.map(|(_, bin)| bin).or_else(on_path)
}

/// Starts the shell that ends the server and removes its folder once our end of its standard input is closed.
fn tether(bin: &Path, dir: &Path, user: &User) -> Result<Child> {
    let script = r#"
        trap '' INT TERM HUP
        read -r _
        pg_ctl=$1; dir=$2; shift 2
        if [ -f "$dir/data/postmaster.pid" ]; then "$@" "$pg_ctl" stop --silent --mode=immediate --pgdata="$dir/data"; fi
        rm -rf "$dir""#;
    let mut sh = Command::new("sh");
    sh.args(["-c", script, "sh"])
        .arg(bin.join("pg_ctl"))
        .arg(dir)
        .args(&user.prefix);
    // A group of its own, so that Ctrl-C in the terminal reaches the tests and not their database.
    let sh = sh
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .process_group(0);
    sh.spawn().context("cannot start sh")
}

/// Who runs the server. PostgreSQL refuses to run as root, so root hands it to somebody without rights.
#[derive(Debug)]
struct User {
    name: Option<&'static str>,
    prefix: Vec<String>,
}

impl User {
    fn find() -> Result<User> {
        if id(&["-u"])? != "0" {
            return Ok(User {
                name: None,
                prefix: Vec::new(),
            });
        }
        let name = ["postgres", "nobody"]
            .into_iter()
            .find(|name| id(&["-u", name]).is_ok());
        let name = name.context("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")?;
        let prefix = if on_path("setpriv") {
            format!(
                "setpriv --reuid={} --regid={} --clear-groups --",
                id(&["-u", name])?,
                id(&["-g", name])?
            )
        } else if on_path("runuser") {
            format!("runuser -u {name} --")
        } else {
            bail!("PostgreSQL does not run as root, and there is neither setpriv nor runuser (package util-linux)");
        };
        Ok(User {
            name: Some(name),
            prefix: prefix.split(' ').map(str::to_owned).collect(),
        })
    }

    /// A command that runs as this user, in `dir`.
    fn command(&self, program: impl AsRef<OsStr>, dir: &Path) -> Command {
        let mut command = match self.prefix.split_first() {
            None => Command::new(program),
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        command.current_dir(dir);
        command
    }

    /// Makes `path` the user's own and nobody else's.
    fn give(&self, path: &Path) -> Result<()> {
        run(Command::new("chmod").arg("go-rwx").arg(path))?;
        match self.name {
            Some(name) => run(Command::new("chown").arg(name).arg(path)),
            None => Ok(()),
        }
    }
}

fn id(args: &[&str]) -> Result<String> {
    let output = Command::new("id").args(args).output().context("cannot run id")?;
    ensure!(output.status.success(), "id {args:?} failed");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn on_path(program: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Runs a command to its end; its words appear only when it fails. Output goes through a file and not a pipe, because
/// the server started by `pg_ctl` would keep a pipe open.
fn run(command: &mut Command) -> Result<()> {
    let words = temp_dir();
    let output = fs::File::create(words.file("output"))?;
    command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
    let status = command
        .status()
        .with_context(|| format!("cannot run {:?}", command.get_program()))?;
    ensure!(
        status.success(),
        "{command:?}: {status}\n{}",
        fs::read_to_string(words.file("output"))?
    );
    Ok(())
}
