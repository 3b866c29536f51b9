//! Settings: one by one, and all of them as a text to be kept, compared and applied.

use super::{Admin, administered, change};
use crate::app::AppError;
use crate::config::unknown;
use domain::Refusal;
use domain::Settings;
use domain::settings::{Is, Section, Setting};
use serde_json::{Value, json};
use std::fmt::Write;
use store::{AdminChange, Administered};

/// Largest text of settings in bytes.
const TEXT_MAX: usize = 100_000;

/// What a text of settings would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub name: &'static str,
    pub old: String,
    pub new: String,
}

/// All that a text of settings would change, and what in it cannot be: with anything of that nothing is applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub changes: Vec<Planned>,
    pub problems: Vec<String>,
}

impl Admin<'_> {
    /// Sets a setting by name within its bounds; `None` gives it its default again. With `was` only while that is its value.
    pub async fn set_setting(&self, name: &str, value: Option<&str>, was: Option<&str>) -> Result<(), AppError> {
        let setting = setting(name)?;
        if let Some(value) = value {
            Settings::default().set(name, value).map_err(AppError::BadInput)?;
        }
        change!(self, {
            let stored = self.app.store.settings().await?;
            let is = stored.get(name).unwrap_or_default();
            if was.is_some_and(|was| was != is) {
                return Err(Refusal::ChangedMeanwhile.into());
            }
            let wanted = value.map_or_else(|| setting.default_text(), str::to_owned);
            let change = (wanted != is).then(|| set(setting, &is, value.map(str::to_owned)));
            ((), Vec::from_iter(change))
        })
    }

    pub async fn settings(&self) -> Result<wire::AdminSettings, AppError> {
        let stored = self.app.store.settings().await?;
        let mut table: Vec<&Setting> = Settings::TABLE.iter().collect();
        table.sort_by_key(|setting| setting.section);
        Ok(wire::AdminSettings {
            settings: table.into_iter().map(|setting| view(setting, &stored)).collect(),
        })
    }

    /// What a text would change: `name = value` for each setting that is to have another value than its default (TOML). Settings it
    /// does not name stay as they are.
    pub async fn plan_settings(&self, text: &str) -> Result<Plan, AppError> {
        let stored = self.app.store.settings().await?;
        Ok(plan(text, &stored)?.0)
    }

    /// Makes all changes that the text asks for, or none.
    pub async fn apply_settings(&self, text: &str) -> Result<Plan, AppError> {
        change!(self, {
            let stored = self.app.store.settings().await?;
            let (plan, changes) = plan(text, &stored)?;
            let changes = if plan.problems.is_empty() { changes } else { Vec::new() };
            (plan, changes)
        })
    }

    /// All settings as such a text: with their meaning and bounds, and those that have their default as comments.
    pub async fn settings_text(&self) -> Result<String, AppError> {
        Ok(text(&self.app.store.settings().await?))
    }
}

pub(super) fn setting(name: &str) -> Result<&'static Setting, AppError> {
    let found = Settings::TABLE.iter().find(|setting| setting.name == name);
    found.ok_or_else(|| AppError::BadInput(unknown("setting", name, Settings::TABLE.iter().map(|it| it.name))))
}

fn view(setting: &Setting, stored: &Settings) -> wire::AdminSetting {
    let (kind, min, max) = match setting.is {
        Is::Number { min: 0, max: 1, .. } => (wire::SettingKind::Switch, 0, 1),
        // A name ends in its unit.
        Is::Number { min, max, .. } if setting.name.ends_with("_s") && !setting.name.ends_with("_per_s") => {
            (wire::SettingKind::Seconds, min, max)
        }
        Is::Number { min, max, .. } => (wire::SettingKind::Number, min, max),
        Is::Text { max, .. } => (wire::SettingKind::Text, 0, max as i64),
    };
    wire::AdminSetting {
        name: setting.name.into(),
        section: match setting.section {
            Section::Chat => wire::SettingSection::Chat,
            Section::Agents => wire::SettingSection::Agents,
            Section::Waiting => wire::SettingSection::Waiting,
            Section::Mail => wire::SettingSection::Mail,
            Section::Look => wire::SettingSection::Look,
            Section::Limits => wire::SettingSection::Limits,
        },
        kind,
        value: stored.get(setting.name).unwrap_or_default(),
        default: setting.default_text(),
        min,
        max,
    }
}

/// As it stands in JSON and TOML: a number, or a text.
fn shown(setting: &Setting, value: &str) -> Value {
    match setting.is {
        Is::Number { .. } => value.parse::<i64>().map_or(Value::Null, Value::from),
        Is::Text { .. } => json!(value),
    }
}

/// The change of a setting from one value to another that fits, or to its default.
pub(super) fn set(setting: &Setting, old: &str, value: Option<String>) -> Administered {
    let (name, default) = (setting.name, setting.default_text());
    let new = shown(setting, value.as_deref().unwrap_or(&default));
    let subject = ("setting", name.to_owned());
    administered(AdminChange::Setting { name, value }, subject, shown(setting, old), new)
}

fn plan(text: &str, stored: &Settings) -> Result<(Plan, Vec<Administered>), AppError> {
    if text.len() > TEXT_MAX {
        return Err(AppError::BadInput(format!("the text is longer than {TEXT_MAX} bytes")));
    }
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| AppError::BadInput(error.message().to_owned()))?;
    let (mut plan, mut changes, mut fit) = (Plan::default(), Vec::new(), stored.clone());
    for (name, value) in &table {
        let Ok(setting) = setting(name) else {
            let names = Settings::TABLE.iter().map(|setting| setting.name);
            plan.problems.push(unknown("setting", name, names));
            continue;
        };
        let value = match value {
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(yes) => i64::from(*yes).to_string(),
            toml::Value::String(text) => text.clone(),
            _ => {
                plan.problems.push(format!("{name} is neither a number nor a text"));
                continue;
            }
        };
        if let Err(why) = fit.set(name, &value) {
            plan.problems.push(why);
            continue;
        }
        // As it is stored: `007` is 7.
        let (old, new) = (stored.get(name).unwrap_or_default(), fit.get(name).unwrap_or_default());
        if old != new {
            changes.push(set(setting, &old, Some(new.clone())));
            let name = setting.name;
            plan.changes.push(Planned { name, old, new });
        }
    }
    Ok((plan, changes))
}

fn text(settings: &Settings) -> String {
    let mut out = String::new();
    for setting in Settings::TABLE {
        let value = settings.get(setting.name).unwrap_or_default();
        let bounds = match setting.is {
            Is::Number { min, max, .. } => format!("{min} to {max}"),
            Is::Text { max, .. } => format!("at most {max} characters"),
        };
        let default = toml_of(&shown(setting, &setting.default_text()));
        let comment = if value == setting.default_text() { "# " } else { "" };
        let value = toml_of(&shown(setting, &value));
        // Writing into a string cannot fail.
        let _ = write!(
            out,
            "#{}\n# Default {default}, {bounds}.\n{comment}{} = {value}\n\n",
            setting.meaning, setting.name
        );
    }
    out
}

fn toml_of(value: &Value) -> String {
    match value {
        Value::String(text) => toml::Value::String(text.clone()).to_string(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_settings_says_what_it_would_change_and_what_it_cannot() {
        let stored = Settings::default();
        let (plan, changes) = plan(
            "lease_s = 60\nchat_active = 1\nagent_alias = \"Skerry \\\"Desk\\\"\"\nlease = 5\nno_answer_s = 0\nmail_tries = []\n",
            &stored,
        )
        .expect("TOML");
        let names: Vec<_> = plan.changes.iter().map(|change| change.name).collect();
        assert_eq!(names, ["agent_alias", "lease_s"]);
        assert_eq!(changes.len(), 2);
        assert_eq!(
            plan.problems,
            [
                "there is no setting lease; the nearest is lease_s",
                "mail_tries is neither a number nor a text",
                "no_answer_s must lie between 1 and 86400",
            ]
        );
        assert!(super::plan("lease_s = ", &stored).is_err());
    }

    #[test]
    fn every_setting_has_a_name_and_a_meaning_for_people() {
        for catalogue in [
            include_str!("../../../../../locales/en.ftl"),
            include_str!("../../../../../locales/de.ftl"),
        ] {
            for setting in Settings::TABLE {
                for id in [
                    format!("\nsetting-{} =", setting.name),
                    format!("\nsetting-{}-about =", setting.name),
                ] {
                    assert!(catalogue.contains(&id), "{id}");
                }
            }
        }
    }

    #[test]
    fn what_is_printed_is_read_back() {
        let mut settings = Settings::default();
        settings.set("agent_alias", "\"Ines\" # of \\ Skerry").expect("fits");
        settings.set("lease_s", "77").expect("fits");
        let printed = text(&settings);
        let (back, _) = plan(&printed, &Settings::default()).expect("TOML");
        assert_eq!(back.problems, Vec::<String>::new());
        let changed: Vec<_> = back.changes.iter().map(|change| (change.name, &*change.new)).collect();
        assert_eq!(changed, [("agent_alias", "\"Ines\" # of \\ Skerry"), ("lease_s", "77")]);
        assert!(plan(&printed, &settings).expect("TOML").0.changes.is_empty());
    }
}
