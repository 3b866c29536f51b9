//! One subject put to the proof, and the file that says how it went.

use crate::folder::{proof_dir, slug};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;
use std::{fs, io, thread};

/// What a lane file says. `ran: false` without a reason in `skipped` is a lane that was started and never ended:
/// its process was killed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub lane: String,
    pub ran: bool,
    pub skipped: Option<String>,
    pub cases: u64,
    pub violations: u64,
    pub seconds: f64,
    #[serde(default)]
    pub figures: BTreeMap<String, Value>,
}

impl Report {
    /// Writes the report to `path`, whole or not at all, making the folders on the way.
    fn write(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        let beside = path.with_extension("tmp");
        fs::write(&beside, serde_json::to_string_pretty(self)? + "\n")?;
        fs::rename(beside, path)
    }
}

/// A lane being run. It counts from any thread; [`Lane::finish`] writes what it counted.
///
/// A lane dropped without `finish` or `skip` (a panic, an early return) is written with one violation more, so that no
/// lane ends quietly half way.
#[derive(Debug)]
#[must_use = "a lane says nothing until it is finished"]
pub struct Lane {
    path: PathBuf,
    started: Instant,
    report: Mutex<Report>,
    ended: bool,
}

impl Lane {
    /// Starts a lane that is one test: `<lane>.json`.
    pub fn start(lane: &str) -> Lane {
        Lane::begin(lane, proof_dir().join(format!("{}.json", slug(lane))))
    }

    /// Starts one test's share of a lane: `parts/<lane>/<test>.json`. The table adds the shares up, since every test
    /// may run in a process of its own.
    pub fn part(lane: &str, test: &str) -> Lane {
        Lane::begin(
            lane,
            proof_dir()
                .join("parts")
                .join(slug(lane))
                .join(format!("{}.json", slug(test))),
        )
    }

    fn begin(lane: &str, path: PathBuf) -> Lane {
        let report = Report {
            lane: lane.to_owned(),
            ..Report::default()
        };
        let lane = Lane {
            path,
            started: Instant::now(),
            report: Mutex::new(report),
            ended: false,
        };
        // Written before anything happens: a killed process leaves this behind, not silence.
        lane.save();
        lane
    }

    /// One more case was examined.
    pub fn case(&self) {
        self.cases(1);
    }

    /// `n` more cases were examined.
    pub fn cases(&self, n: usize) {
        self.edit(|report| report.cases += n as u64);
    }

    /// A promise was broken; the text says which, where and how, and is printed at once.
    pub fn violation(&self, text: impl AsRef<str>) {
        let lane = self.edit(|report| {
            report.violations += 1;
            report.lane.clone()
        });
        eprintln!("VIOLATION in {lane}: {}", text.as_ref());
    }

    /// Sets a figure worth reading. Bare names are counts and add up over the parts of a lane; names with a unit at the end
    /// (see [`crate::table::is_measure`]) are measurements, of which the largest is kept.
    pub fn figure(&self, name: &str, value: impl Into<Value>) {
        self.edit(|report| report.figures.insert(name.to_owned(), value.into()));
    }

    /// Ends the lane as not run, and says so aloud.
    pub fn skip(mut self, why: &str) {
        let lane = self.edit(|report| {
            report.skipped = Some(why.to_owned());
            report.lane.clone()
        });
        eprintln!("lane {lane} SKIPPED: {why}");
        self.end(false);
    }

    /// Ends the lane and writes its file. Panics when there were violations, so that the test around it fails.
    pub fn finish(mut self) {
        let (lane, violations) = self.edit(|report| (report.lane.clone(), report.violations));
        self.end(true);
        assert!(violations == 0, "lane {lane}: {violations} violations, printed above");
    }

    fn end(&mut self, ran: bool) {
        self.ended = true;
        let seconds = (self.started.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        self.edit(|report| (report.ran, report.seconds) = (ran, seconds));
        self.save();
    }

    fn edit<T>(&self, change: impl FnOnce(&mut Report) -> T) -> T {
        change(&mut self.report.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    fn save(&self) {
        let written = self.edit(|report| report.write(&self.path));
        written.unwrap_or_else(|e| panic!("cannot write {}: {e}", self.path.display()));
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        if !self.ended {
            self.violation(if thread::panicking() {
                "ended by a panic"
            } else {
                "dropped without finish or skip"
            });
            self.end(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    fn lane(dir: &crate::TempDir) -> Lane {
        Lane::begin("crash", dir.file("crash.json"))
    }

    fn written(dir: &crate::TempDir) -> Value {
        let mut report: Value = serde_json::from_str(&fs::read_to_string(dir.file("crash.json")).unwrap()).unwrap();
        assert!(report["seconds"].take().as_f64().unwrap() < 60.0);
        report
    }

    #[test]
    fn a_finished_lane_leaves_its_counts_and_figures() {
        let dir = crate::temp_dir();
        let lane = lane(&dir);
        lane.case();
        lane.cases(2);
        lane.figure("kills", 40);
        lane.finish();
        let expected = json!({"lane": "crash", "ran": true, "skipped": null, "cases": 3, "violations": 0,
            "seconds": null, "figures": {"kills": 40}});
        assert_eq!(written(&dir), expected);
    }

    #[test]
    fn a_skipped_lane_says_why() {
        let dir = crate::temp_dir();
        lane(&dir).skip("no PostgreSQL here");
        assert_eq!(written(&dir)["ran"], false);
        assert_eq!(written(&dir)["skipped"], "no PostgreSQL here");
    }

    #[test]
    fn violations_fail_the_test_after_they_are_written() {
        let dir = crate::temp_dir();
        let lane = lane(&dir);
        lane.violation("an acknowledged message is gone");
        assert!(catch_unwind(AssertUnwindSafe(|| lane.finish())).is_err());
        assert_eq!(written(&dir)["violations"], 1);
    }

    #[test]
    fn a_lane_left_half_way_is_a_violation() {
        let dir = crate::temp_dir();
        drop(lane(&dir));
        assert_eq!(written(&dir)["violations"], 1);
    }

    #[test]
    fn a_killed_process_leaves_a_lane_that_did_not_run() {
        let dir = crate::temp_dir();
        std::mem::forget(lane(&dir));
        assert_eq!(written(&dir)["ran"], false);
        assert_eq!(written(&dir)["skipped"], Value::Null);
    }
}
