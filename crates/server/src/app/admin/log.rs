//! The audit log as administrators read it.

use super::{Admin, PAGE, PAGE_AND_ONE, page};
use crate::app::{AppError, hex};
use domain::PersonId;
use std::collections::{BTreeSet, HashMap};
use store::AuditRecord;
use uuid::Uuid;

/// Which page of the log is wanted.
#[derive(Debug, Clone, Default)]
pub struct AuditAsked {
    /// Records before this one; the newest where it is missing.
    pub before: Option<i64>,
    /// Of this kind of thing and this thing alone.
    pub of: Option<(String, String)>,
}

impl Admin<'_> {
    /// A page of the log, the newest first.
    pub async fn audit_page(&self, asked: &AuditAsked) -> Result<wire::AuditPage, AppError> {
        let (store, before) = (&self.app.store, asked.before.unwrap_or(i64::MAX));
        let records = match &asked.of {
            Some((kind, subject)) => store.records_of(kind, subject, before, PAGE_AND_ONE).await?,
            None => store.records_before(before, PAGE_AND_ONE).await?,
        };
        let (records, more) = page(records);
        let names = self.names(&records).await?;
        Ok(wire::AuditPage {
            next: records.last().filter(|_| more).map(|record| record.n),
            records: records.into_iter().map(|record| view(record, &names)).collect(),
        })
    }

    /// The records that follow one, in order: for taking the log away.
    pub async fn audit_after(&self, n: i64) -> Result<Vec<wire::AuditRecord>, AppError> {
        let records = self.app.store.records_after(n, PAGE as i64).await?;
        let none = HashMap::new();
        Ok(records.into_iter().map(|record| view(record, &none)).collect())
    }

    /// How those things are called today that are named by an id.
    async fn names(&self, records: &[AuditRecord]) -> Result<HashMap<String, String>, AppError> {
        let (store, mut names) = (&self.app.store, HashMap::new());
        for kind in records.iter().map(|record| &*record.kind).collect::<BTreeSet<_>>() {
            let named: Vec<(Uuid, String)> = match kind {
                "group" => store
                    .groups()
                    .await?
                    .into_iter()
                    .map(|(id, name)| (id.0, name))
                    .collect(),
                "role" => store
                    .roles()
                    .await?
                    .into_iter()
                    .map(|(id, name)| (id.0, name))
                    .collect(),
                "channel" => store
                    .channels()
                    .await?
                    .into_iter()
                    .map(|it| (it.id.0, it.name))
                    .collect(),
                "queue" => store.queues().await?.into_iter().map(|it| (it.id.0, it.name)).collect(),
                "snippet" => store
                    .snippets()
                    .await?
                    .into_iter()
                    .map(|it| (it.id.0, it.public_id))
                    .collect(),
                "setting" | "look" => continue,
                _ => {
                    let mut people = Vec::new();
                    let of_kind = records.iter().filter(|record| record.kind == kind);
                    let ids: BTreeSet<Uuid> = of_kind.filter_map(|record| record.subject.parse().ok()).collect();
                    for id in ids {
                        people.extend(store.person(PersonId(id)).await?.map(|row| (id, row.name)));
                    }
                    people
                }
            };
            names.extend(named.into_iter().map(|(id, name)| (id.to_string(), name)));
        }
        Ok(names)
    }
}

fn view(record: AuditRecord, names: &HashMap<String, String>) -> wire::AuditRecord {
    wire::AuditRecord {
        n: record.n,
        at: record.at.ms(),
        by: record.by.id.map(|id| id.0),
        by_name: record.by.name,
        name: names.get(&record.subject).cloned(),
        kind: record.kind,
        subject: record.subject,
        old: record.old,
        new: record.new,
        hash: hex(&record.hash),
    }
}
