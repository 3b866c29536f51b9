//! Looks for what must not be there: gaps, duplicates, orphans, broken heads.

use crate::db::read;
use crate::{Store, StoreError, sql};
use domain::{Chat, ChatId, Side, What};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, in words.
    pub what: &'static str,
    /// How many rows or chats.
    pub count: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    pub chats: i64,
    pub entries: i64,
    pub members: i64,
    /// Only those with a count above 0.
    pub findings: Vec<Finding>,
}

const CHECKS: &[(&str, &str)] = &[
    ("chats whose numbers have a gap or do not begin with 1", sql::GAPS),
    ("chats whose public numbers have a gap or a double", sql::PUBLIC_GAPS),
    ("chats whose head is not their last entry", sql::BROKEN_HEADS),
    ("client ids stored more than once", sql::DUPLICATES),
    ("entries whose public order is not their order", sql::INVERTED_SIDES),
    ("entries that are older than the one before", sql::INVERTED_TIMES),
    (
        "entries for agents only with a public number, or others without",
        sql::LEAKED_NOTES,
    ),
    ("texts that were taken away and are there", sql::KEPT_TEXTS),
    ("entries of a chat that is not there", sql::ORPHAN_ENTRIES),
    ("members of a chat or person that is not there", sql::ORPHAN_MEMBERS),
    ("entries by somebody who is no member", sql::STRANGE_AUTHORS),
    ("side effects of an entry that is not there", sql::ORPHAN_OUTBOX),
    (
        "files that belong to no entry, or whose content is going",
        sql::STRANGE_FILES,
    ),
    (
        "attachments that belong to no article of their author, or whose content is going",
        sql::STRANGE_ATTACHMENTS,
    ),
    ("read positions beyond the head", sql::OVERREAD),
    ("chats whose state and times contradict each other", sql::BROKEN_STATES),
    (
        "requests addressed to somebody who answered, or to nobody",
        sql::LOST_REQUESTS,
    ),
    ("start keys with two chats that are not closed", sql::TWO_FOR_A_KEY),
    ("chats begun from a ticket that is not there", sql::OF_NO_TICKET),
];

/// Chats folded per step.
const PAGE: i64 = 500;

impl Store {
    /// Checks everything stored. Reads page by page; may run beside a live service.
    pub async fn verify(&self) -> Result<Report, StoreError> {
        let mut report = Report {
            chats: self.count(sql::COUNT_CHATS).await?,
            entries: self.count(sql::COUNT_ENTRIES).await?,
            members: self.count(sql::COUNT_MEMBERS).await?,
            findings: Vec::new(),
        };
        for (what, text) in CHECKS {
            let count = self.count(text).await?;
            if count > 0 {
                report.findings.push(Finding { what, count });
            }
        }
        let broken = self.broken_records().await?;
        if broken > 0 {
            let what = "audit records that do not follow from the one before";
            report.findings.push(Finding { what, count: broken });
        }
        let contradicted = self.contradicted().await?;
        if contradicted > 0 {
            report.findings.push(Finding {
                what: "chats whose state is not what their log says",
                count: contradicted,
            });
        }
        Ok(report)
    }

    /// Records with a number or a hash that is not what the one before makes it.
    async fn broken_records(&self) -> Result<i64, StoreError> {
        let (mut last, mut hash, mut broken) = (0, [0; 32], 0);
        loop {
            let page = self.records_after(last, PAGE).await?;
            for record in &page {
                broken += i64::from(record.n != last + 1 || record.hash != record.hash_after(&hash));
                (last, hash) = (record.n, record.hash);
            }
            if (page.len() as i64) < PAGE {
                return Ok(broken);
            }
        }
    }

    async fn count(&self, text: &'static str) -> Result<i64, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_scalar(text).fetch_one(p).await)?)
    }

    /// Folds each chat's log and compares the outcome with its row.
    async fn contradicted(&self) -> Result<i64, StoreError> {
        let (mut after, mut count) = (ChatId(uuid::Uuid::nil()), 0);
        loop {
            let ids: Vec<uuid::Uuid> =
                read!(&self.db, p => sqlx::query_scalar(sql::CHATS_AFTER).bind(after.0).bind(PAGE).fetch_all(p).await)?;
            let Some(last) = ids.last() else { return Ok(count) };
            after = ChatId(*last);
            for id in ids {
                if let Some(chat) = self.chat(ChatId(id)).await?
                    && !self.log_says(&chat).await?
                {
                    count += 1;
                }
            }
        }
    }

    async fn log_says(&self, chat: &Chat) -> Result<bool, StoreError> {
        let mut folded = Chat::new(chat.id, chat.channel, chat.direction, chat.ticket, chat.created_at);
        loop {
            let entries = self.entries_after(chat.id, Side::Agents, folded.head, PAGE).await?;
            if entries.is_empty() || folded.head >= chat.head {
                break;
            }
            for entry in entries.iter().filter(|entry| entry.seq <= chat.head) {
                let joins = entry
                    .who
                    .and_then(|n| chat.members.iter().find(|member| member.n == n))
                    .cloned();
                let comes = matches!(entry.what, What::Requested | What::Accepted | What::Joined { .. });
                let joins = joins.filter(|_| comes);
                folded.apply(
                    entry,
                    joins
                        .map(|member| domain::Member {
                            present: true,
                            ..member
                        })
                        .as_slice(),
                );
            }
        }
        let same_members = chat.members.iter().all(|member| {
            let logged = folded.members.iter().find(|other| other.n == member.n);
            // Who was asked and has not come is in no entry as a member.
            logged.map_or(!member.joined && !member.present, |other| {
                other.present == member.present
            })
        });
        // A message may have come in between the two reads: the log is then longer than the row read before.
        Ok(folded.state == chat.state
            && folded.closed_reason == chat.closed_reason
            && folded.fence == chat.fence
            && same_members)
    }
}
