//! Who is here, for all nodes of a shared database, and when agents are out of office.

use crate::db::{Db, read, write_tx};
use crate::files::{Hash, hash};
use crate::rows::unreadable;
use crate::{Store, StoreError, sql, us};
use domain::{Availability, ChannelId, ChatId, Instant, Kind, PersonId};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows in one statement.
const AT_ONCE: usize = 256;

/// How a person is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub id: PersonId,
    pub kind: Kind,
    pub name: String,
    pub sort_key: String,
    pub login: String,
    pub company: Option<String>,
    pub availability: Availability,
    /// An agent's time zone by its IANA name, once he has set it.
    pub zone: Option<String>,
    /// The content that is his picture.
    pub picture: Option<Hash>,
}

/// What is known of a customer user.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CustomerUser {
    pub name: String,
    pub login: String,
    pub email: Option<String>,
    pub company: Option<String>,
}

/// A range of days, both included, written as `2026-12-01`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    pub from: String,
    pub to: String,
}

/// A person on one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub person: PersonId,
    pub kind: Kind,
    pub connections: i64,
    pub active_at: Instant,
    /// When his last connection there ended.
    pub gone_at: Option<Instant>,
}

/// A process on this database, as it last wrote of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeBeat {
    pub id: Uuid,
    /// Grows while it lives.
    pub beat: i64,
    /// The newest change of its rows.
    pub version: i64,
}

/// An open chat as a supervisor sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenChat {
    pub chat: ChatId,
    pub channel: ChannelId,
    pub last_at: Instant,
    pub external: Option<String>,
    /// Owners and participants who are in it.
    pub agents: Vec<String>,
}

/// A query of variable length, bound and fetched: the type of a query names its engine.
macro_rules! fetch_cards {
    ($db:expr, $text:expr, $ids:expr) => {
        read!($db, p => {
            let mut query = sqlx::query_as::<_, CardRow>(AssertSqlSafe($text)).persistent(false);
            for id in $ids {
                query = query.bind(id.0);
            }
            query.fetch_all(p).await
        })?
    };
}

impl Store {
    /// Whether several processes may serve this database at once.
    pub fn is_shared(&self) -> bool {
        matches!(self.db, Db::Postgres(_))
    }

    /// The same of a database that is not open yet, by its address.
    pub fn is_shared_at(url: &str) -> bool {
        Db::is_postgres(url)
    }

    /// All valid agents.
    pub async fn agent_cards(&self) -> Result<Vec<Card>, StoreError> {
        let rows: Vec<CardRow> = read!(&self.db, p => sqlx::query_as(sql::AGENT_CARDS).fetch_all(p).await)?;
        rows.into_iter().map(CardRow::card).collect()
    }

    /// The cards of these persons, in no order; one who has no login has none.
    pub async fn cards(&self, persons: &[PersonId]) -> Result<Vec<Card>, StoreError> {
        let mut cards = Vec::with_capacity(persons.len());
        for some in persons.chunks(AT_ONCE) {
            let text = sql::cards(some.len());
            cards.append(&mut fetch_cards!(&self.db, text, some));
        }
        cards.into_iter().map(CardRow::card).collect()
    }

    /// A customer user by his id; anybody else is none.
    pub async fn customer_user(&self, id: PersonId) -> Result<Option<CustomerUser>, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_as(sql::CUSTOMER_USER).bind(id.0).fetch_optional(p).await)?)
    }

    /// The out-of-office ranges of every agent who has any, in order.
    pub async fn all_out_of_office(&self) -> Result<HashMap<PersonId, Vec<Days>>, StoreError> {
        let rows: Vec<(Uuid, String, String)> =
            read!(&self.db, p => sqlx::query_as(sql::ALL_OUT_OF_OFFICE).fetch_all(p).await)?;
        let mut all: HashMap<PersonId, Vec<Days>> = HashMap::new();
        for (person, from, to) in rows {
            all.entry(PersonId(person)).or_default().push(Days { from, to });
        }
        Ok(all)
    }

    /// An agent's zone, once set, and his ranges in order.
    pub async fn out_of_office(&self, person: PersonId) -> Result<(Option<String>, Vec<Days>), StoreError> {
        let zone: Option<Option<String>> =
            read!(&self.db, p => sqlx::query_scalar(sql::ZONE_OF).bind(person.0).fetch_optional(p).await)?;
        let rows: Vec<(String, String)> =
            read!(&self.db, p => sqlx::query_as(sql::OUT_OF_OFFICE).bind(person.0).fetch_all(p).await)?;
        let days = rows.into_iter().map(|(from, to)| Days { from, to }).collect();
        Ok((zone.flatten(), days))
    }

    /// Replaces zone and ranges (the caller checked them).
    pub async fn set_out_of_office(&self, person: PersonId, zone: &str, ranges: &[Days]) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(sql::SET_ZONE).bind(person.0).bind(zone).execute(&mut *tx).await?;
            sqlx::query(sql::CLEAR_OUT_OF_OFFICE).bind(person.0).execute(&mut *tx).await?;
            for (n, days) in (0_i64..).zip(ranges) {
                let add = sqlx::query(sql::ADD_OUT_OF_OFFICE).bind(person.0).bind(n);
                add.bind(&days.from).bind(&days.to).execute(&mut *tx).await?;
            }
        });
        Ok(())
    }

    /// This node lives, and these of its people changed. `version` grows with each call that has any.
    pub async fn beat(&self, node: Uuid, version: i64, changed: &[Seen], at: Instant) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            for some in changed.chunks(AT_ONCE) {
                let mut query = sqlx::query(AssertSqlSafe(sql::put_presence(some.len()))).persistent(false);
                for seen in some {
                    query = query
                        .bind(node)
                        .bind(seen.person.0)
                        .bind(seen.kind.word())
                        .bind(seen.connections)
                        .bind(us(seen.active_at))
                        .bind(seen.gone_at.map(us))
                        .bind(version);
                }
                query.execute(&mut *tx).await?;
            }
            sqlx::query(sql::BEAT).bind(node).bind(version).bind(us(at)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    pub async fn nodes(&self) -> Result<Vec<NodeBeat>, StoreError> {
        let rows: Vec<(Uuid, i64, i64)> = read!(&self.db, p => sqlx::query_as(sql::NODES).fetch_all(p).await)?;
        let node = |(id, beat, version)| NodeBeat { id, beat, version };
        Ok(rows.into_iter().map(node).collect())
    }

    /// What changed on a node since a version of its.
    pub async fn seen_on(&self, node: Uuid, since: i64) -> Result<Vec<Seen>, StoreError> {
        let rows: Vec<SeenRow> =
            read!(&self.db, p => sqlx::query_as(sql::PRESENCE_SINCE).bind(node).bind(since).fetch_all(p).await)?;
        rows.into_iter().map(SeenRow::seen).collect()
    }

    /// Takes a node off the list, as it ends.
    pub async fn forget_node(&self, node: Uuid) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::FORGET_PRESENCE).bind(node).execute(&mut *tx).await?;
            sqlx::query(sql::FORGET_NODE).bind(node).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Removes nodes that did not beat since, with their people, and people who have been gone since.
    pub async fn sweep_presence(&self, since: Instant) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::SWEEP_NODES).bind(us(since)).execute(&mut *tx).await?;
            sqlx::query(sql::SWEEP_PRESENCE).bind(us(since)).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Open chats with an external, those with the newest entry first.
    pub async fn open_with_externals(&self, limit: i64) -> Result<Vec<OpenChat>, StoreError> {
        let rows: Vec<(Uuid, Uuid, i64, String, String)> =
            read!(&self.db, p => sqlx::query_as(sql::OPEN_WITH_EXTERNALS).bind(limit).fetch_all(p).await)?;
        let mut chats: Vec<OpenChat> = Vec::new();
        for (id, channel, last_at, name, role) in rows {
            if chats.last().is_none_or(|last| last.chat.0 != id) {
                chats.push(OpenChat {
                    chat: ChatId(id),
                    channel: ChannelId(channel),
                    last_at: Instant(last_at),
                    external: None,
                    agents: Vec::new(),
                });
            }
            if let Some(chat) = chats.last_mut() {
                match role.as_str() {
                    "external" => chat.external = Some(name),
                    _ => chat.agents.push(name),
                }
            }
        }
        Ok(chats)
    }

    /// How many of them there are per channel.
    pub async fn count_open_with_externals(&self) -> Result<HashMap<ChannelId, i64>, StoreError> {
        let rows: Vec<(Uuid, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::COUNT_OPEN_WITH_EXTERNALS).fetch_all(p).await)?;
        Ok(rows.into_iter().map(|(id, count)| (ChannelId(id), count)).collect())
    }
}

#[derive(sqlx::FromRow, Debug)]
struct CardRow {
    id: Uuid,
    kind: String,
    name: String,
    sort_key: String,
    login: String,
    company: Option<String>,
    availability: i64,
    zone: Option<String>,
    picture: Option<Vec<u8>>,
}

impl CardRow {
    fn card(self) -> Result<Card, StoreError> {
        Ok(Card {
            id: PersonId(self.id),
            kind: Kind::from_word(&self.kind).ok_or_else(|| unreadable("person.kind", &self.kind))?,
            name: self.name,
            sort_key: self.sort_key,
            login: self.login,
            company: self.company,
            availability: Availability::from_number(self.availability),
            zone: self.zone,
            picture: self.picture.map(hash).transpose()?,
        })
    }
}

#[derive(sqlx::FromRow, Debug)]
struct SeenRow {
    person_id: Uuid,
    kind: String,
    connections: i64,
    active_at: i64,
    gone_at: Option<i64>,
}

impl SeenRow {
    fn seen(self) -> Result<Seen, StoreError> {
        Ok(Seen {
            person: PersonId(self.person_id),
            kind: Kind::from_word(&self.kind).ok_or_else(|| unreadable("presence.kind", &self.kind))?,
            connections: self.connections,
            active_at: Instant(self.active_at),
            gone_at: self.gone_at.map(Instant),
        })
    }
}
