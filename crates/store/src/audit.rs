//! What administrators change, and the log of it.
//!
//! Administration is a log as a chat is: a change is written together with a record of who made it, with what was there before
//! and after, and the hash of a record covers the one before it. [`Store::administer`] writes only while the log ends where it
//! ended when its caller looked, so what a record says was there before is true, and of two who change one thing the second
//! looks again.

use crate::accounts::{NO_TOKEN, company, insert as insert_person, taken};
use crate::channels::{columns as channel_columns, insert as insert_channel};
use crate::db::{read, write_tx};
use crate::links::{Purpose, put_link};
use crate::outbox::{put_effect, under_caps};
use crate::snippets::{change as change_snippet, insert as insert_snippet};
use crate::tickets::columns as queue_columns;
use crate::{Channel, Company, Effect, Holder, NewLink, NewPerson, Queue, Snippet, Store, StoreError, sql, us};
use domain::person::sort_key;
use domain::{ChannelId, CompanyId, GroupId, Instant, Key, Kind, PersonId, RoleId, SnippetId};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use uuid::Uuid;

/// Who administers: an agent, or whoever has the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator {
    pub id: Option<PersonId>,
    pub name: String,
}

/// One thing to be changed.
#[derive(Debug, Clone)]
pub enum AdminChange {
    /// `None` gives a setting its default again.
    Setting {
        name: &'static str,
        value: Option<String>,
    },
    MakePerson(Box<NewPerson>),
    /// Name, address and company.
    ChangePerson {
        id: PersonId,
        name: String,
        email: Option<String>,
        company: Option<(CompanyId, String)>,
    },
    /// Invalid, he has no sessions left.
    SetValid {
        id: PersonId,
        valid: bool,
    },
    /// His sessions end, and his links.
    SetPassword {
        id: PersonId,
        hash: String,
    },
    EndSession {
        token_hash: [u8; 32],
    },
    /// All of a person's.
    EndSessions {
        id: PersonId,
    },
    PutLink(NewLink),
    /// With a letter that tells it, unless one of its caps is reached: then nothing is done.
    PutLetter(Effect),
    /// With its recovery codes; his sessions end.
    RemoveFactor {
        id: PersonId,
    },
    /// Whether it asks for a second factor.
    GuardGroup {
        id: GroupId,
        guarded: bool,
    },
    MakeGroup {
        id: GroupId,
        name: String,
    },
    MakeRole {
        id: RoleId,
        name: String,
    },
    SetKey {
        holder: Holder,
        group: GroupId,
        key: Key,
        held: bool,
    },
    SetRoleMember {
        role: RoleId,
        person: PersonId,
        member: bool,
    },
    MakeChannel(Channel),
    /// Everything but whether it is the Default channel.
    ChangeChannel(Channel),
    /// For how many days closed chats are kept; 0 for ever.
    Retention {
        channel: ChannelId,
        days: i64,
    },
    MakeQueue(Queue),
    ChangeQueue(Queue),
    ChangeCompany(Company),
    /// Tries an effect anew that ended without arriving for certain.
    SendAgain {
        effect: Uuid,
    },
    MakeSnippet(Snippet),
    /// All but its public id.
    ChangeSnippet(Snippet),
    /// A PNG, and what names it.
    PutLogo {
        logo: Vec<u8>,
        hash: Vec<u8>,
    },
    RemoveLogo,
    MakeIdentityKey {
        id: Uuid,
        snippet: SnippetId,
        sealed: Vec<u8>,
    },
    RemoveIdentityKey {
        id: Uuid,
    },
}

/// A change with what the log says of it: which kind of thing, its name for ever, and as JSON what of it was and what is.
#[derive(Debug, Clone)]
pub struct Administered {
    pub change: AdminChange,
    pub kind: &'static str,
    pub subject: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// A record of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    pub n: i64,
    pub at: Instant,
    pub by: Administrator,
    pub kind: String,
    pub subject: String,
    pub old: Option<String>,
    pub new: Option<String>,
    pub hash: [u8; 32],
}

impl AuditRecord {
    /// SHA-256 over the hash of the record before (32 zeros before the first) and, as a JSON list without spaces, number, time in ms, id and name
    /// of who did it, kind, subject, before, after.
    pub fn hash_after(&self, before: &[u8; 32]) -> [u8; 32] {
        let by = self.by.id.map(|id| id.0.to_string());
        let told = serde_json::json!([
            self.n,
            self.at.ms(),
            by,
            self.by.name,
            self.kind,
            self.subject,
            self.old,
            self.new
        ]);
        let mut sum = Sha256::new();
        sum.update(before);
        sum.update(told.to_string());
        sum.finalize().into()
    }
}

macro_rules! end_sessions {
    ($tx:ident, $id:expr) => {{
        sqlx::query(sql::END_SESSIONS_OF)
            .bind($id.0)
            .bind(NO_TOKEN)
            .execute(&mut *$tx)
            .await?;
    }};
}

macro_rules! apply {
    ($tx:ident, $change:expr, $at:expr) => {
        match $change {
            AdminChange::Setting { name, value: None } => {
                sqlx::query(sql::CLEAR_SETTING).bind(*name).execute(&mut *$tx).await?;
            }
            AdminChange::Setting {
                name,
                value: Some(value),
            } => {
                let number: Option<i64> = value.parse().ok();
                let text = number.is_none().then_some(value);
                let set = sqlx::query(sql::SET_SETTING)
                    .bind(*name)
                    .bind(number.unwrap_or(0))
                    .bind(text);
                set.execute(&mut *$tx).await?;
            }
            AdminChange::MakePerson(new) => insert_person!($tx, new.as_ref()),
            AdminChange::ChangePerson {
                id,
                name,
                email,
                company,
            } => {
                let company = company!($tx, company);
                let change = sqlx::query(sql::CHANGE_PERSON)
                    .bind(id.0)
                    .bind(name)
                    .bind(sort_key(name))
                    .bind(email);
                change.bind(company).execute(&mut *$tx).await?;
                // It went to the address that he had.
                sqlx::query(sql::REMOVE_LINKS_FOR)
                    .bind(id.0)
                    .bind(Purpose::Reset.word())
                    .execute(&mut *$tx)
                    .await?;
            }
            AdminChange::SetValid { id, valid } => {
                sqlx::query(sql::SET_VALID)
                    .bind(id.0)
                    .bind(i64::from(*valid))
                    .execute(&mut *$tx)
                    .await?;
                if !*valid {
                    end_sessions!($tx, id);
                    sqlx::query(sql::REMOVE_LINKS).bind(id.0).execute(&mut *$tx).await?;
                }
            }
            AdminChange::SetPassword { id, hash } => {
                sqlx::query(sql::SET_PASSWORD)
                    .bind(id.0)
                    .bind(hash)
                    .execute(&mut *$tx)
                    .await?;
                sqlx::query(sql::REMOVE_LINKS).bind(id.0).execute(&mut *$tx).await?;
                end_sessions!($tx, id);
            }
            AdminChange::EndSession { token_hash } => {
                sqlx::query(sql::END_SESSION)
                    .bind(&token_hash[..])
                    .execute(&mut *$tx)
                    .await?;
            }
            AdminChange::EndSessions { id } => end_sessions!($tx, id),
            AdminChange::PutLink(link) => put_link!($tx, link),
            AdminChange::PutLetter(letter) => {
                if !under_caps!($tx, letter) {
                    return Err(StoreError::Capped);
                }
                put_effect!($tx, None::<Uuid>, None::<i64>, None::<Uuid>, None::<i64>, letter, $at);
            }
            AdminChange::RemoveFactor { id } => {
                sqlx::query(sql::REMOVE_FACTOR).bind(id.0).execute(&mut *$tx).await?;
                sqlx::query(sql::REMOVE_CODES).bind(id.0).execute(&mut *$tx).await?;
                end_sessions!($tx, id);
            }
            AdminChange::GuardGroup { id, guarded } => {
                sqlx::query(sql::GUARD_GROUP)
                    .bind(id.0)
                    .bind(i64::from(*guarded))
                    .execute(&mut *$tx)
                    .await?;
            }
            AdminChange::MakeGroup { id, name } => {
                sqlx::query(sql::MAKE_GROUP)
                    .bind(id.0)
                    .bind(name)
                    .execute(&mut *$tx)
                    .await?;
            }
            AdminChange::MakeRole { id, name } => {
                let made = sqlx::query(sql::MAKE_ROLE)
                    .bind(id.0)
                    .bind(name)
                    .execute(&mut *$tx)
                    .await;
                made.map_err(taken("the role's name"))?;
            }
            AdminChange::SetKey {
                holder,
                group,
                key,
                held,
            } => {
                let (text, id) = match (holder, held) {
                    (Holder::Agent(id), true) => (sql::GRANT_AGENT, id.0),
                    (Holder::Agent(id), false) => (sql::REVOKE_AGENT, id.0),
                    (Holder::Role(id), true) => (sql::GRANT_ROLE, id.0),
                    (Holder::Role(id), false) => (sql::REVOKE_ROLE, id.0),
                };
                sqlx::query(text)
                    .bind(id)
                    .bind(group.0)
                    .bind(key.word())
                    .execute(&mut *$tx)
                    .await?;
            }
            AdminChange::SetRoleMember { role, person, member } => {
                let text = if *member {
                    sql::ADD_ROLE_MEMBER
                } else {
                    sql::REMOVE_ROLE_MEMBER
                };
                sqlx::query(text).bind(role.0).bind(person.0).execute(&mut *$tx).await?;
            }
            AdminChange::MakeChannel(channel) => {
                insert_channel!(channel)
                    .execute(&mut *$tx)
                    .await
                    .map_err(taken("the channel's name"))?;
            }
            AdminChange::ChangeChannel(channel) => {
                let changed = channel_columns!(sql::CHANGE_CHANNEL, channel).execute(&mut *$tx).await;
                changed.map_err(taken("the channel's name"))?;
            }
            AdminChange::Retention { channel, days } => {
                sqlx::query(sql::SET_RETENTION)
                    .bind(channel.0)
                    .bind(*days)
                    .execute(&mut *$tx)
                    .await?;
            }
            AdminChange::MakeQueue(queue) => {
                let made = queue_columns!(sql::MAKE_QUEUE, queue).execute(&mut *$tx).await;
                made.map_err(taken("the queue's name"))?;
            }
            AdminChange::ChangeQueue(queue) => {
                let changed = queue_columns!(sql::CHANGE_QUEUE, queue).execute(&mut *$tx).await;
                changed.map_err(taken("the queue's name"))?;
            }
            AdminChange::ChangeCompany(company) => {
                let change = sqlx::query(sql::CHANGE_COMPANY)
                    .bind(company.id.0)
                    .bind(&company.name)
                    .bind(sort_key(&company.name))
                    .bind(i64::from(company.valid));
                change.execute(&mut *$tx).await.map_err(taken("the company's name"))?;
            }
            AdminChange::SendAgain { effect } => {
                sqlx::query(sql::SEND_AGAIN)
                    .bind(*effect)
                    .bind(us($at))
                    .execute(&mut *$tx)
                    .await?;
            }
            AdminChange::MakeSnippet(snippet) => {
                let made = insert_snippet!(snippet, $at).execute(&mut *$tx).await;
                made.map_err(taken("the snippet's public id"))?;
            }
            AdminChange::ChangeSnippet(snippet) => {
                change_snippet!(snippet).execute(&mut *$tx).await?;
            }
            AdminChange::PutLogo { logo, hash } => {
                sqlx::query(sql::PUT_LOGO)
                    .bind(logo)
                    .bind(hash)
                    .execute(&mut *$tx)
                    .await?;
            }
            AdminChange::RemoveLogo => {
                sqlx::query(sql::REMOVE_LOGO).execute(&mut *$tx).await?;
            }
            AdminChange::MakeIdentityKey { id, snippet, sealed } => {
                let made = sqlx::query(sql::MAKE_IDENTITY_KEY)
                    .bind(*id)
                    .bind(snippet.0)
                    .bind(sealed)
                    .bind(us($at));
                made.execute(&mut *$tx).await?;
            }
            AdminChange::RemoveIdentityKey { id } => {
                sqlx::query(sql::REMOVE_IDENTITY_KEY)
                    .bind(*id)
                    .execute(&mut *$tx)
                    .await?;
            }
        }
    };
}

macro_rules! put_record {
    ($tx:ident, $record:expr) => {
        sqlx::query(sql::PUT_RECORD)
            .bind($record.n)
            .bind(us($record.at))
            .bind($record.by.id.map(|id| id.0))
            .bind(&$record.by.name)
            .bind(&$record.kind)
            .bind(&$record.subject)
            .bind(&$record.old)
            .bind(&$record.new)
            .bind(&$record.hash[..])
            .execute(&mut *$tx)
            .await?
    };
}

impl Store {
    /// Makes all these changes and writes a record of each, or none. False, and nothing done, when the log does not end with
    /// record `seen` any more. Refuses to leave the installation without an administrator.
    pub async fn administer(
        &self,
        seen: i64,
        by: &Administrator,
        at: Instant,
        changes: &[Administered],
    ) -> Result<bool, StoreError> {
        let done = write_tx!(&self.db, tx => {
            // On PostgreSQL the row is the lock that puts changes in an order.
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            let last: Option<(i64, Vec<u8>)> = sqlx::query_as(sql::LAST_RECORD).fetch_optional(&mut *tx).await?;
            let (mut n, hash) = last.unwrap_or_default();
            let mut hash: [u8; 32] = hash.try_into().unwrap_or_default();
            let current = n == seen;
            if current {
                let before: i64 = sqlx::query_scalar(sql::COUNT_ADMINISTRATORS).fetch_one(&mut *tx).await?;
                for administered in changes {
                    apply!(tx, &administered.change, at);
                    n += 1;
                    let mut record = AuditRecord {
                        n,
                        at,
                        by: by.clone(),
                        kind: administered.kind.into(),
                        subject: administered.subject.clone(),
                        old: administered.old.clone(),
                        new: administered.new.clone(),
                        hash,
                    };
                    record.hash = record.hash_after(&hash);
                    hash = record.hash;
                    put_record!(tx, record);
                }
                let after: i64 = sqlx::query_scalar(sql::COUNT_ADMINISTRATORS).fetch_one(&mut *tx).await?;
                if before > 0 && after == 0 {
                    return Err(StoreError::LastAdministrator);
                }
            }
            current
        });
        Ok(done)
    }

    /// The number of the newest record; 0 when there is none.
    pub async fn last_record(&self) -> Result<i64, StoreError> {
        let last: Option<(i64, Vec<u8>)> =
            read!(&self.db, p => sqlx::query_as(sql::LAST_RECORD).fetch_optional(p).await)?;
        Ok(last.map_or(0, |(n, _)| n))
    }

    /// Records before one, the newest first.
    pub async fn records_before(&self, n: i64, limit: i64) -> Result<Vec<AuditRecord>, StoreError> {
        let rows: Vec<RecordRow> =
            read!(&self.db, p => sqlx::query_as(sql::RECORDS_BEFORE).bind(n).bind(limit).fetch_all(p).await)?;
        Ok(rows.into_iter().map(RecordRow::record).collect())
    }

    /// Records after one, in order.
    pub async fn records_after(&self, n: i64, limit: i64) -> Result<Vec<AuditRecord>, StoreError> {
        let rows: Vec<RecordRow> =
            read!(&self.db, p => sqlx::query_as(sql::RECORDS_AFTER).bind(n).bind(limit).fetch_all(p).await)?;
        Ok(rows.into_iter().map(RecordRow::record).collect())
    }

    /// The number of the newest record of each of these things of a kind, by its name; of those that have any.
    pub async fn newest_records(&self, kind: &str, subjects: &[String]) -> Result<HashMap<String, i64>, StoreError> {
        if subjects.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(String, i64)> = read!(&self.db, p => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql::newest_records(subjects.len()))).persistent(false);
            for subject in subjects {
                query = query.bind(kind).bind(subject);
            }
            query.fetch_all(p).await
        })?;
        Ok(rows.into_iter().collect())
    }

    /// Records of one thing before one, the newest first.
    pub async fn records_of(
        &self,
        kind: &str,
        subject: &str,
        before: i64,
        limit: i64,
    ) -> Result<Vec<AuditRecord>, StoreError> {
        let rows: Vec<RecordRow> = read!(&self.db, p => {
            sqlx::query_as(sql::RECORDS_OF).bind(kind).bind(subject).bind(before).bind(limit).fetch_all(p).await
        })?;
        Ok(rows.into_iter().map(RecordRow::record).collect())
    }

    /// Whether he may administer: a valid agent with `rw` on the group `admin`, directly or by a role.
    pub async fn is_administrator(&self, id: PersonId) -> Result<bool, StoreError> {
        let count: i64 = read!(&self.db, p => sqlx::query_scalar(sql::IS_ADMINISTRATOR).bind(id.0).fetch_one(p).await)?;
        Ok(count > 0)
    }
}

#[derive(sqlx::FromRow, Debug)]
struct RecordRow {
    n: i64,
    at: i64,
    person_id: Option<Uuid>,
    name: String,
    kind: String,
    subject: String,
    old: Option<String>,
    new: Option<String>,
    hash: Vec<u8>,
}

impl RecordRow {
    fn record(self) -> AuditRecord {
        AuditRecord {
            n: self.n,
            at: Instant(self.at),
            by: Administrator {
                id: self.person_id.map(PersonId),
                name: self.name,
            },
            kind: self.kind,
            subject: self.subject,
            old: self.old,
            new: self.new,
            // One of another length fits nothing, and `verify` says so.
            hash: self.hash.try_into().unwrap_or_default(),
        }
    }
}
