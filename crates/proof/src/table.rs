//! The table at the end of a test run: one line for each lane, added up from its files.

use crate::lane::Report;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A lane with all its files added up.
#[derive(Debug, Default)]
pub struct Row {
    /// How many files ran, were skipped, or were begun by a process that never ended them.
    ran: usize,
    skipped: usize,
    unended: usize,
    why_skipped: Option<String>,
    cases: u64,
    violations: u64,
    seconds: f64,
    figures: BTreeMap<String, Value>,
}

/// Reads `<lane>.json` and `parts/<lane>/*.json` in `dir` and adds them up by lane. A folder that is not there is an
/// empty table.
pub fn read(dir: &Path) -> Result<BTreeMap<String, Row>> {
    let mut files = json_files(dir)?;
    for lane in subfolders(&dir.join("parts"))? {
        files.extend(json_files(&lane)?);
    }
    let mut rows = BTreeMap::<String, Row>::new();
    for file in files {
        let context = || format!("cannot read {}", file.display());
        let report: Report =
            serde_json::from_str(&fs::read_to_string(&file).with_context(context)?).with_context(context)?;
        rows.entry(report.lane.clone()).or_default().add(report);
    }
    Ok(rows)
}

/// What makes the run fail: violations, lanes begun and never ended, required lanes that are missing, and in `ci` also
/// required lanes of which a part was skipped.
pub fn complaints(rows: &BTreeMap<String, Row>, required: &[String], ci: bool) -> Vec<String> {
    let mut complaints = Vec::new();
    for (lane, row) in rows {
        if row.violations > 0 {
            complaints.push(format!("{lane}: {} violations", row.violations));
        }
        if row.unended > 0 {
            complaints.push(format!("{lane}: {} of its tests began and never ended", row.unended));
        }
    }
    for lane in required {
        match rows.get(lane) {
            None => complaints.push(format!("{lane}: required, but left no file")),
            Some(row) if ci && row.skipped > 0 => complaints.push(format!("{lane}: required, but {}", row.state())),
            Some(_) => {}
        }
    }
    complaints
}

const HEADS: [&str; 6] = ["lane", "state", "cases", "violations", "seconds", "figures"];

/// The heads, and a line for each lane.
fn lines(rows: &BTreeMap<String, Row>) -> Vec<[String; 6]> {
    let mut table = vec![HEADS.map(str::to_owned)];
    for (lane, row) in rows {
        let figures: Vec<_> = row
            .figures
            .iter()
            .map(|(name, value)| format!("{name} {}", short(value)))
            .collect();
        let (cases, violations) = (row.cases.to_string(), row.violations.to_string());
        table.push([
            lane.clone(),
            row.state(),
            cases,
            violations,
            format!("{:.1}", row.seconds),
            figures.join(", "),
        ]);
    }
    table
}

/// The table as Markdown, to be kept.
pub fn markdown(rows: &BTreeMap<String, Row>, complaints: &[String]) -> String {
    let mut text = String::from("# What every lane did\n\n");
    for (n, line) in lines(rows).iter().enumerate() {
        text += &format!("| {} |\n", line.join(" | "));
        if n == 0 {
            text += &format!("|{}\n", " --- |".repeat(line.len()));
        }
    }
    text.push('\n');
    match complaints {
        [] => text += "Nothing is wrong.\n",
        wrong => wrong.iter().for_each(|one| text += &format!("- FAILED {one}\n")),
    }
    text
}

/// The table as text, columns aligned.
pub fn render(rows: &BTreeMap<String, Row>) -> String {
    let table = lines(rows);
    let width = |column: usize| table.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let [lane, state, cases, violations, seconds] = [0, 1, 2, 3, 4].map(width);
    let mut text = String::new();
    for [l, s, c, v, t, figures] in &table {
        let line = format!("{l:<lane$}  {s:<state$}  {c:>cases$}  {v:>violations$}  {t:>seconds$}  {figures}");
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// Whether a figure is a measurement (its name ends in a unit) and not a count.
pub fn is_measure(name: &str) -> bool {
    ["_max", "_us", "_ms", "_s", "_bytes", "_kib", "_mib", "_per_s"]
        .iter()
        .any(|unit| name.ends_with(unit))
}

impl Row {
    fn add(&mut self, report: Report) {
        match (&report.skipped, report.ran) {
            (Some(_), _) => self.skipped += 1,
            (None, true) => self.ran += 1,
            (None, false) => self.unended += 1,
        }
        self.why_skipped = report.skipped.or(self.why_skipped.take());
        self.cases += report.cases;
        self.violations += report.violations;
        self.seconds += report.seconds;
        for (name, value) in report.figures {
            let sum = match self.figures.get(&name) {
                Some(before) => combine(&name, before, value),
                None => value,
            };
            self.figures.insert(name, sum);
        }
    }

    fn state(&self) -> String {
        let why = self.why_skipped.as_deref().unwrap_or("");
        match (self.ran, self.skipped) {
            (0, 0) => "NEVER ENDED".to_owned(),
            (_, 0) => "ran".to_owned(),
            (0, _) => format!("SKIPPED: {why}"),
            (ran, skipped) => format!("ran {ran}, SKIPPED {skipped}: {why}"),
        }
    }
}

/// Counts add up, of measurements the largest stays, of anything else the last.
fn combine(name: &str, before: &Value, value: Value) -> Value {
    if let (Some(a), Some(b)) = (before.as_u64(), value.as_u64()) {
        return if is_measure(name) {
            a.max(b).into()
        } else {
            (a + b).into()
        };
    }
    match (before.as_f64(), value.as_f64()) {
        (Some(a), Some(b)) => if is_measure(name) { a.max(b) } else { a + b }.into(),
        _ => value,
    }
}

fn short(value: &Value) -> String {
    match value {
        Value::Number(n) if n.is_f64() => format!("{:.1}", n.as_f64().unwrap_or_default()),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn json_files(dir: &Path) -> Result<Vec<PathBuf>> {
    Ok(children(dir)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect())
}

fn subfolders(dir: &Path) -> Result<Vec<PathBuf>> {
    Ok(children(dir)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn children(dir: &Path) -> Result<Vec<PathBuf>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = fs::read_dir(dir)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(files: &[(&str, &str)]) -> BTreeMap<String, Row> {
        let dir = crate::temp_dir();
        for (name, text) in files {
            fs::create_dir_all(dir.file(name).parent().unwrap()).unwrap();
            fs::write(dir.file(name), text).unwrap();
        }
        read(dir.path()).unwrap()
    }

    const CRASH: &str = r#"{"lane":"crash","ran":true,"skipped":null,"cases":40,"violations":0,"seconds":12.34,
        "figures":{"kills":40,"slowest_ms":81.26}}"#;

    #[test]
    fn what_is_kept_says_what_was_printed() {
        let rows = sample(&[("crash.json", CRASH)]);
        let text = markdown(&rows, &["store: required, but left no file".into()]);
        assert!(
            text.contains("| lane | state | cases | violations | seconds | figures |\n| --- |"),
            "{text}"
        );
        assert!(
            text.contains("| crash | ran | 40 | 0 | 12.3 | kills 40, slowest_ms "),
            "{text}"
        );
        assert!(text.ends_with("- FAILED store: required, but left no file\n"), "{text}");
        assert!(markdown(&rows, &[]).ends_with("Nothing is wrong.\n"));
    }

    #[test]
    fn the_parts_of_a_lane_are_one_line() {
        let part = |ms: u32| {
            format!(
                r#"{{"lane":"store","ran":true,"skipped":null,"cases":2,"violations":0,"seconds":0.5,
                    "figures":{{"appends":100,"commit_ms":{ms}}}}}"#
            )
        };
        let skipped =
            r#"{"lane":"store","ran":false,"skipped":"no PostgreSQL","cases":0,"violations":0,"seconds":0.0}"#;
        let rows = sample(&[
            ("crash.json", CRASH),
            ("parts/store/a.json", &part(7)),
            ("parts/store/b.json", &part(3)),
            ("parts/store/c.json", skipped),
        ]);
        let expected = "\
lane   state                            cases  violations  seconds  figures
crash  ran                                 40           0     12.3  kills 40, slowest_ms 81.3
store  ran 2, SKIPPED 1: no PostgreSQL      4           0      1.0  appends 200, commit_ms 7
";
        assert_eq!(render(&rows), expected);
        let required = ["store".to_owned()];
        assert!(complaints(&rows, &required, false).is_empty());
        assert_eq!(
            complaints(&rows, &required, true),
            ["store: required, but ran 2, SKIPPED 1: no PostgreSQL"]
        );
    }

    #[test]
    fn violations_missing_and_unended_lanes_are_named() {
        let broken = CRASH.replace(r#""violations":0"#, r#""violations":2"#);
        let killed =
            r#"{"lane":"races","ran":false,"skipped":null,"cases":0,"violations":0,"seconds":0.0,"figures":{}}"#;
        let rows = sample(&[("crash.json", &broken), ("parts/races/one.json", killed)]);
        let expected = [
            "crash: 2 violations",
            "races: 1 of its tests began and never ended",
            "store: required, but left no file",
        ];
        assert_eq!(complaints(&rows, &["store".to_owned()], false), expected);
    }

    #[test]
    fn a_run_without_files_is_an_empty_table() {
        assert!(read(Path::new("/nowhere/at/all")).unwrap().is_empty());
    }
}
