//! How far a long command is, for who looks at a terminal: one line on standard error, which goes when it is done.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// No faster than one can read it, and nothing at all of what is done by then.
const EVERY: Duration = Duration::from_millis(200);
const BAR: usize = 24;

pub struct Progress {
    what: &'static str,
    shown: bool,
    began: Instant,
    last: Instant,
}

impl Progress {
    pub fn of(what: &'static str) -> Self {
        let now = Instant::now();
        Self {
            what,
            shown: std::io::stderr().is_terminal(),
            began: now,
            last: now,
        }
    }

    /// Whether anybody looks.
    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// So many are done, of so many if that is known.
    pub fn at(&mut self, done: usize, all: Option<usize>) {
        if self.shown && self.last.elapsed() >= EVERY {
            self.last = Instant::now();
            let line = line(self.what, done, all, self.began.elapsed().as_secs());
            let _ = write!(std::io::stderr().lock(), "\r{line}\u{1b}[K");
        }
    }

    /// Of what does not say how far it is: how long it takes already.
    pub async fn while_running<T>(mut self, running: impl Future<Output = T>) -> T {
        let mut running = std::pin::pin!(running);
        let mut tick = tokio::time::interval(EVERY * 2);
        loop {
            tokio::select! {
                done = &mut running => return done,
                _ = tick.tick() => self.at(0, None),
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown && self.last != self.began {
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}

fn line(what: &str, done: usize, all: Option<usize>, seconds: u64) -> String {
    let mut line = format!("{what}: ");
    // Writing to a String cannot fail.
    let _ = match all.filter(|all| *all > 0) {
        Some(all) => {
            let filled = BAR * done.min(all) / all;
            let (full, empty) = ("#".repeat(filled), ".".repeat(BAR - filled));
            write!(line, "[{full}{empty}] {done} of {all}")
        }
        None if done > 0 => write!(line, "{done}, {seconds} s"),
        None => write!(line, "{seconds} s"),
    };
    line
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_says_how_far_it_is() {
        assert_eq!(
            line("removing", 6, Some(12), 3),
            "removing: [############............] 6 of 12"
        );
        assert_eq!(
            line("removing", 12, Some(12), 3),
            "removing: [########################] 12 of 12"
        );
        assert_eq!(line("removing", 0, Some(0), 3), "removing: 3 s");
        assert_eq!(line("writing", 7, None, 3), "writing: 7, 3 s");
    }
}
