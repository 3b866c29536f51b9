//! `deskbell doctor`: looks at a running installation from outside and from inside, and says what to do about what is not well.
//!
//! It changes nothing: what it writes to try a place is removed again.

mod address;
mod inside;
mod lines;
mod page;

use super::say::say;
use crate::call::Trust;
use crate::config::Config;
use lines::{Mend, Proxy};
use std::fmt;
use std::path::PathBuf;

/// What to look at.
#[derive(Debug, clap::Args)]
pub struct Asked {
    /// How browsers reach the service; without it `public_url`
    url: Option<String>,
    /// The proxy whose lines are printed; without it what answers says which it is
    #[arg(long, value_enum)]
    proxy: Option<Proxy>,
    /// A page that shall have the chat: look at it, too
    #[arg(long, value_name = "URL")]
    page: Option<String>,
    /// Certificate, in PEM, of an authority of your own
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Ok,
    Warning,
    Failed,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "FAILED",
        })
    }
}

/// What was found, once it is said.
#[derive(Debug)]
pub struct Finding {
    state: State,
    what: &'static str,
    mend: Option<Mend>,
}

/// All of it, in the order it was looked at.
#[derive(Debug, Default)]
pub struct Findings {
    all: Vec<Finding>,
    /// What stands between, as far as it says so.
    proxy: Option<Proxy>,
}

impl Findings {
    fn ok(&mut self, what: &'static str, said: impl Into<String>) {
        self.add(State::Ok, what, said, None);
    }

    fn warn(&mut self, what: &'static str, said: impl Into<String>) {
        self.add(State::Warning, what, said, None);
    }

    fn fail(&mut self, what: &'static str, said: impl Into<String>) {
        self.add(State::Failed, what, said, None);
    }

    fn mend(&mut self, what: &'static str, said: impl Into<String>, mend: Mend) {
        self.add(State::Failed, what, said, Some(mend));
    }

    /// Said at once: some of what follows takes its time.
    fn add(&mut self, state: State, what: &'static str, said: impl Into<String>, mend: Option<Mend>) {
        say(format!("{state:<8} {what:<14} {}", said.into()));
        self.all.push(Finding { state, what, mend });
    }

    fn worst(&self) -> State {
        self.all.iter().map(|finding| finding.state).max().unwrap_or(State::Ok)
    }
}

/// Looks at everything. Returns whether nothing failed.
pub async fn run(config: &Config, asked: &Asked) -> Result<bool, String> {
    let trust = match &asked.ca_file {
        Some(file) => Trust::with_file(file)?,
        None => Trust::default(),
    };
    let mut found = Findings::default();
    inside::look(config, &mut found).await;
    address::look(config, asked.url.as_deref(), &trust, &mut found).await;
    if let Some(page) = &asked.page {
        page::look(config, page, &trust, &mut found).await;
    }
    let mends: Vec<&Mend> = found.all.iter().filter_map(|finding| finding.mend.as_ref()).collect();
    if let Some(text) = lines::text(&mends, asked.proxy.or(found.proxy), config) {
        say(text);
    }
    say(match found.worst() {
        State::Ok => "Everything is well.".to_owned(),
        State::Warning => "Nothing failed; see the warnings.".to_owned(),
        State::Failed => {
            let failed = found.all.iter().filter(|finding| finding.state == State::Failed);
            let what: Vec<&str> = failed.map(|finding| finding.what).collect();
            format!("Not well: {}.", what.join(", "))
        }
    });
    Ok(found.worst() < State::Failed)
}
