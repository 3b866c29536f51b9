//! What a run found: a table on the screen, `target/bench/report.json` for others.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::Path;

/// What a figure should be.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// Of the ratio to the floor of the same run.
    RatioAtMost(f64),
    RatioAtLeast(f64),
    /// Of the figure itself.
    AtMost(f64),
    /// Reported beside the others.
    None,
}

#[derive(Clone, Debug)]
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
    pub floor: Option<f64>,
    pub ratio: Option<f64>,
    pub goal: Goal,
}

impl Figure {
    /// `None` where there is no goal.
    pub fn met(&self) -> Option<bool> {
        match self.goal {
            Goal::RatioAtMost(most) => self.ratio.map(|ratio| ratio <= most),
            Goal::RatioAtLeast(least) => self.ratio.map(|ratio| ratio >= least),
            Goal::AtMost(most) => Some(self.value <= most),
            Goal::None => None,
        }
    }

    fn goal(&self) -> Option<String> {
        match self.goal {
            Goal::RatioAtMost(most) => Some(format!("ratio <= {most}")),
            Goal::RatioAtLeast(least) => Some(format!("ratio >= {least}")),
            Goal::AtMost(most) => Some(format!("<= {most}")),
            Goal::None => None,
        }
    }
}

#[derive(Default)]
pub struct Report {
    pub figures: Vec<Figure>,
    pub notes: Vec<(String, Value)>,
}

impl Report {
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str) {
        self.put(name, value, unit, None, None, Goal::None);
    }

    pub fn put(
        &mut self,
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        floor: Option<f64>,
        ratio: Option<f64>,
        goal: Goal,
    ) {
        let name = name.into();
        let ratio = ratio.or(floor.map(|floor| value / floor));
        self.figures.push(Figure {
            name,
            value,
            unit,
            floor,
            ratio,
            goal,
        });
    }

    pub fn print(&self) {
        let width = self
            .figures
            .iter()
            .map(|figure| figure.name.chars().count())
            .max()
            .unwrap_or(0);
        println!(
            "\n{:width$}  {:>10} {:8} {:>10} {:>8}  goal",
            "", "value", "", "floor", "ratio"
        );
        for figure in &self.figures {
            let number = |value: Option<f64>| value.map(short).unwrap_or_default();
            let verdict = match figure.met() {
                Some(true) => "met",
                Some(false) => "MISSED",
                None => "",
            };
            let name = format!("{:width$}", figure.name);
            println!(
                "{name}  {:>10} {:8} {:>10} {:>8}  {:15} {verdict}",
                short(figure.value),
                figure.unit,
                number(figure.floor),
                number(figure.ratio),
                figure.goal().unwrap_or_default(),
            );
        }
        let goals = self.figures.iter().filter_map(Figure::met).collect::<Vec<_>>();
        let met = goals.iter().filter(|met| **met).count();
        println!("\n{met} of {} goals met", goals.len());
    }

    pub fn write(&self, to: &Path, machine: Value) -> Result<()> {
        let figures: Vec<Value> = self
            .figures
            .iter()
            .map(|figure| {
                json!({
                    "name": figure.name,
                    "value": rounded(figure.value),
                    "unit": figure.unit,
                    "floor": figure.floor.map(rounded),
                    "ratio": figure.ratio.map(rounded),
                    "goal": figure.goal(),
                    "met": figure.met(),
                })
            })
            .collect();
        let mut whole = json!({ "machine": machine, "figures": figures });
        for (name, note) in &self.notes {
            whole[name] = note.clone();
        }
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let text = serde_json::to_string_pretty(&whole)?;
        std::fs::write(to, text + "\n").with_context(|| to.display().to_string())
    }
}

/// Four digits are more than any of this is good for.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10_f64.powi(3 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}

fn short(value: f64) -> String {
    let value = rounded(value);
    if value.abs() >= 1_000.0 {
        format!("{value:.0}")
    } else {
        format!("{value}")
    }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        len if len % 2 == 1 => values[len / 2],
        len => (values[len / 2 - 1] + values[len / 2]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_of_the_ratio_or_of_the_figure() {
        let mut report = Report::default();
        report.put("cpu", 8.0, "us", Some(4.0), None, Goal::RatioAtMost(2.0));
        report.put("rate", 8.0, "/s", Some(40.0), None, Goal::RatioAtLeast(0.25));
        report.put("rest", 8.0, "MiB", None, None, Goal::AtMost(30.0));
        report.add("beside", 8.0, "MiB");
        let met: Vec<_> = report.figures.iter().map(Figure::met).collect();
        assert_eq!(met, [Some(true), Some(false), Some(true), None]);
    }

    #[test]
    fn the_median_of_three_is_the_one_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0]), 2.5);
    }

    #[test]
    fn figures_keep_four_digits() {
        assert_eq!(short(12_345.6), "12350");
        assert_eq!(short(0.0012345), "0.001235");
        assert_eq!(short(0.0), "0");
    }
}
