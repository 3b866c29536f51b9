//! What administrators change. Whoever may is an [`Admin`]; each of his changes is written with a record in the audit log, and
//! only while that log ends where it ended when the change was decided.

mod accounts;
mod channels;
mod customers;
mod doors;
mod letters;
mod log;
mod look;
mod queues;
mod settings;
mod snippets;

pub use accounts::{Grantee, NewAccount};
pub use channels::ChannelChange;
pub(super) use channels::text_view;
pub use log::AuditAsked;
pub use settings::Plan;
pub(super) use snippets::look_of;

use super::{App, AppError};
use crate::clock;
use domain::{Kind, Person, PersonId, Refusal};
use serde_json::Value;
use std::collections::HashMap;
use store::{AdminChange, Administered, Administrator};
use uuid::Uuid;

/// Rows on a page of a list. One more is asked for, to know whether there is another page.
const PAGE: usize = 50;
const PAGE_AND_ONE: i64 = PAGE as i64 + 1;
/// Characters of what is looked for.
const PART_MAX: usize = 100;
/// How often a change is decided anew because others were faster.
const TRIES: usize = 20;

/// The right to administer, and in whose name.
pub struct Admin<'a> {
    pub(super) app: &'a App,
    by: Administrator,
}

impl App {
    /// For an agent with `rw` on the group `admin`; nobody else learns that there is anything.
    pub async fn administrator(&self, person: &Person) -> Result<Admin<'_>, AppError> {
        let by = Administrator {
            id: Some(person.id),
            name: person.name.clone(),
        };
        let admin = Admin { app: self, by };
        if person.kind != Kind::Agent || !admin.may().await? {
            return Err(Refusal::NotFound.into());
        }
        Ok(admin)
    }

    /// For whoever runs commands on the machine.
    pub fn operator(&self) -> Admin<'_> {
        let by = Administrator {
            id: None,
            name: "command line".into(),
        };
        Admin { app: self, by }
    }
}

/// Decides a change until it is written: the block reads what is there and gives the answer and what is to be changed; with nothing to
/// change it is only the answer.
macro_rules! change {
    ($self:ident, $decide:block) => {{
        let mut tries = 0;
        loop {
            let seen = $self.look(&mut tries).await?;
            let (answer, changes) = $decide;
            if $self.write(seen, &changes).await? {
                break Ok(answer);
            }
        }
    }};
}

use change;

impl Admin<'_> {
    async fn may(&self) -> Result<bool, AppError> {
        match self.by.id {
            Some(id) => Ok(self.app.store.is_administrator(id).await?),
            None => Ok(true),
        }
    }

    /// Where the audit log ends now. Refused when he may not administer any more.
    async fn look(&self, tries: &mut usize) -> Result<i64, AppError> {
        *tries += 1;
        if *tries > TRIES {
            return Err(AppError::Busy);
        }
        let seen = self.app.store.last_record().await?;
        // After that: should he lose the right from here on, the log grows.
        if self.may().await? {
            Ok(seen)
        } else {
            Err(Refusal::NotFound.into())
        }
    }

    /// The newest record of a thing: whoever changes it says which one he saw.
    async fn version(&self, (kind, subject): &(&'static str, String)) -> Result<i64, AppError> {
        let newest = self.app.store.records_of(kind, subject, i64::MAX, 1).await?;
        Ok(newest.first().map_or(0, |record| record.n))
    }

    /// The newest record of each of these things of a kind that has any.
    async fn versions(&self, kind: &str, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, i64>, AppError> {
        let subjects: Vec<String> = ids.map(|id| id.to_string()).collect();
        let found = self.app.store.newest_records(kind, &subjects).await?;
        let read = found
            .into_iter()
            .filter_map(|(subject, n)| Some((subject.parse().ok()?, n)));
        Ok(read.collect())
    }

    /// Refused unless the newest record of the thing is this one.
    async fn still(&self, of: &(&'static str, String), version: i64) -> Result<(), AppError> {
        match self.version(of).await? == version {
            true => Ok(()),
            false => Err(Refusal::ChangedMeanwhile.into()),
        }
    }

    /// In force here when this returns; other processes notice by themselves. False when others were faster.
    async fn write(&self, seen: i64, changes: &[Administered]) -> Result<bool, AppError> {
        if changes.is_empty() {
            return Ok(true);
        }
        let done = self.app.store.administer(seen, &self.by, clock::now(), changes).await?;
        for Administered { change, .. } in changes.iter().filter(|_| done) {
            match change {
                AdminChange::SetValid { id, valid: false }
                | AdminChange::SetPassword { id, .. }
                | AdminChange::EndSessions { id }
                | AdminChange::RemoveFactor { id } => self.app.shared.presence.end_person(*id, None),
                AdminChange::EndSession { token_hash } => self.app.shared.presence.end_session(token_hash),
                _ => {}
            }
        }
        if done {
            self.app.notice_changed_rights().await?;
        }
        Ok(done)
    }
}

/// A change of this thing, and what of it was and is.
fn administered(
    change: AdminChange,
    (kind, subject): (&'static str, String),
    old: impl Into<Option<Value>>,
    new: impl Into<Option<Value>>,
) -> Administered {
    Administered {
        change,
        kind,
        subject,
        old: old.into().map(|value| value.to_string()),
        new: new.into().map(|value| value.to_string()),
    }
}

/// What differs between two states of a thing, each a JSON object of the same fields.
fn differing(old: Value, new: Value) -> Option<(Value, Value)> {
    let (Value::Object(mut old), Value::Object(mut new)) = (old, new) else {
        return None;
    };
    old.retain(|field, value| new.get(field) != Some(value));
    new.retain(|field, _| old.contains_key(field));
    (!new.is_empty()).then_some((Value::Object(old), Value::Object(new)))
}

/// A page of rows, and whether there is another one.
fn page<T>(mut rows: Vec<T>) -> (Vec<T>, bool) {
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    (rows, more)
}

/// As much of what somebody looks for as is looked for.
fn part_of(text: &str) -> String {
    text.chars().take(PART_MAX).collect()
}

/// A thing as the log names it.
fn subject(kind: &'static str, id: Uuid) -> (&'static str, String) {
    (kind, id.to_string())
}

/// An account as the log names it.
fn account(kind: Kind, id: PersonId) -> (&'static str, String) {
    (kind.word(), id.0.to_string())
}
