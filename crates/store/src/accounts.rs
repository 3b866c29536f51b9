//! Persons, and what each agent may and wants to do.
//!
//! Every change of a right, an account, a channel, an availability or a snippet raises the permission epoch in its own
//! transaction, and does so first: on PostgreSQL the raised row is the lock that puts such changes in an order.

use crate::db::{read, write_tx};
use crate::rows::unreadable;
use crate::{Store, StoreError, sql, us};
use domain::permission::level;
use domain::person::sort_key;
use domain::{Availability, ChannelId, CompanyId, Instant, Key, Kind, Level, PersonId, SnippetId};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub id: PersonId,
    pub kind: Kind,
    pub name: String,
    pub login: Option<String>,
    /// A customer user's company.
    pub company: Option<String>,
    pub availability: Availability,
    pub valid: bool,
    /// Where a public user came from: his token opens chats of this snippet only.
    pub snippet: Option<SnippetId>,
}

/// What an agent may do, as of the moment of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentRights {
    pub valid: bool,
    pub availability: Availability,
    /// The highest chat key for each channel on whose group he holds one, directly or by a role; invalid channels too.
    pub levels: Vec<(ChannelId, Level)>,
    /// My Chat Channels, as selected; a selection may outlive the right.
    pub my_channels: Vec<ChannelId>,
}

/// Whom customer users belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub id: CompanyId,
    pub name: String,
    pub valid: bool,
}

/// Where all sessions of a person are meant.
pub(crate) const NO_TOKEN: &[u8] = &[];

/// A person to be made.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub id: PersonId,
    pub kind: Kind,
    pub name: String,
    /// Public users have neither login nor password.
    pub login: Option<String>,
    pub password_hash: Option<String>,
    pub email: Option<String>,
    /// Found by its name, or made under this id.
    pub company: Option<(CompanyId, String)>,
    pub snippet: Option<SnippetId>,
    pub at: Instant,
}

impl NewPerson {
    /// A public user, who came by a snippet.
    pub fn visitor(id: PersonId, name: String, snippet: SnippetId, at: Instant) -> Self {
        Self {
            id,
            kind: Kind::PublicUser,
            name,
            login: None,
            password_hash: None,
            email: None,
            company: None,
            snippet: Some(snippet),
            at,
        }
    }
}

/// What a sign-in is checked against.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    #[sqlx(rename = "id")]
    id: Uuid,
    valid: i64,
    pub password_hash: Option<String>,
}

impl Account {
    pub fn person(&self) -> PersonId {
        PersonId(self.id)
    }

    pub fn valid(&self) -> bool {
        self.valid == 1
    }
}

/// What administrators see of an account beside its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountDetails {
    pub email: Option<String>,
    pub has_password: bool,
    pub second_factor: bool,
}

/// The rows of a statement of variable length that is about some people.
macro_rules! of_people {
    ($db:expr, $build:expr, $people:expr) => {
        if $people.is_empty() {
            Vec::new()
        } else {
            $crate::db::read!($db, p => {
                let mut query = sqlx::query_as(sqlx::AssertSqlSafe($build($people.len()))).persistent(false);
                for person in $people {
                    query = query.bind(person.0);
                }
                query.fetch_all(p).await
            })?
        }
    };
}

pub(crate) use of_people;

impl Store {
    /// Makes a public user. Nobody's rights change by it, so the permission epoch stays.
    pub async fn make_visitor(&self, new: &NewPerson) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            insert!(tx, new);
        });
        Ok(())
    }

    /// Whether the agent holds any key on a group, by its name.
    pub async fn holds_on(&self, agent: PersonId, group: &str) -> Result<bool, StoreError> {
        let keys: i64 =
            read!(&self.db, p => sqlx::query_scalar(sql::KEYS_ON_GROUP).bind(agent.0).bind(group).fetch_one(p).await)?;
        Ok(keys > 0)
    }

    /// Agents who want to be asked at all and hold any key on a group, by name, at most 5,000.
    pub async fn agents_on(&self, group: &str) -> Result<Vec<PersonRow>, StoreError> {
        let rows: Vec<PersonColumns> =
            read!(&self.db, p => sqlx::query_as(sql::AGENTS_ON_GROUP).bind(group).fetch_all(p).await)?;
        rows.into_iter().map(PersonColumns::person).collect()
    }

    pub async fn has_agents(&self) -> Result<bool, StoreError> {
        let agents: i64 = read!(&self.db, p => sqlx::query_scalar(sql::COUNT_AGENTS).fetch_one(p).await)?;
        Ok(agents > 0)
    }

    /// Agents or customer users by name.
    pub async fn accounts(&self, kind: Kind) -> Result<Vec<PersonRow>, StoreError> {
        let rows: Vec<PersonColumns> =
            read!(&self.db, p => sqlx::query_as(sql::ACCOUNTS).bind(kind.word()).fetch_all(p).await)?;
        rows.into_iter().map(PersonColumns::person).collect()
    }

    /// A page of them by name: those whose name, login or address has `part` in it, behind a place.
    pub async fn accounts_page(
        &self,
        kind: Kind,
        part: &str,
        after: (&str, PersonId),
        limit: i64,
    ) -> Result<Vec<PersonRow>, StoreError> {
        let pattern = having(&sort_key(part));
        let rows: Vec<PersonColumns> = read!(&self.db, p => {
            sqlx::query_as(sql::ACCOUNTS_PAGE)
                .bind(kind.word())
                .bind(&pattern)
                .bind(after.0)
                .bind(after.1.0)
                .bind(limit)
                .fetch_all(p)
                .await
        })?;
        rows.into_iter().map(PersonColumns::person).collect()
    }

    /// A page of the companies by name: those whose name has `part` in it, behind a place, with how many customer users each has.
    pub async fn companies_page(
        &self,
        part: &str,
        after: (&str, CompanyId),
        limit: i64,
    ) -> Result<Vec<(Company, i64)>, StoreError> {
        let pattern = having(&sort_key(part));
        let rows: Vec<(Uuid, String, i64, i64)> = read!(&self.db, p => {
            sqlx::query_as(sql::COMPANIES_PAGE)
                .bind(&pattern)
                .bind(after.0)
                .bind(after.1.0)
                .bind(limit)
                .fetch_all(p)
                .await
        })?;
        let company = |(id, name, valid, people)| {
            let company = Company {
                id: CompanyId(id),
                name,
                valid: valid == 1,
            };
            (company, people)
        };
        Ok(rows.into_iter().map(company).collect())
    }

    pub async fn company(&self, id: CompanyId) -> Result<Option<Company>, StoreError> {
        let row: Option<(String, i64)> =
            read!(&self.db, p => sqlx::query_as(sql::COMPANY).bind(id.0).fetch_optional(p).await)?;
        Ok(row.map(|(name, valid)| Company {
            id,
            name,
            valid: valid == 1,
        }))
    }

    pub async fn account(&self, kind: Kind, login: &str) -> Result<Option<Account>, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_as(sql::ACCOUNT).bind(kind.word()).bind(login).fetch_optional(p).await)?)
    }

    pub async fn password_hash(&self, person: PersonId) -> Result<Option<String>, StoreError> {
        let found: Option<Option<String>> =
            read!(&self.db, p => sqlx::query_scalar(sql::PASSWORD_OF).bind(person.0).fetch_optional(p).await)?;
        Ok(found.flatten())
    }

    /// Stores the hash of a password somebody chose for himself and ends his sessions but one, and his links.
    pub async fn set_password(&self, person: PersonId, hash: &str, but: &[u8; 32]) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(sql::SET_PASSWORD).bind(person.0).bind(hash).execute(&mut *tx).await?;
            sqlx::query(sql::REMOVE_LINKS).bind(person.0).execute(&mut *tx).await?;
            sqlx::query(sql::END_SESSIONS_OF).bind(person.0).bind(&but[..]).execute(&mut *tx).await?;
        });
        Ok(())
    }

    pub async fn person(&self, id: PersonId) -> Result<Option<PersonRow>, StoreError> {
        let row: Option<PersonColumns> =
            read!(&self.db, p => sqlx::query_as(sql::PERSON).bind(id.0).fetch_optional(p).await)?;
        row.map(PersonColumns::person).transpose()
    }

    /// The e-mail address of somebody whose account is valid.
    pub async fn email_of(&self, id: PersonId) -> Result<Option<String>, StoreError> {
        let email: Option<Option<String>> =
            read!(&self.db, p => sqlx::query_scalar(sql::EMAIL_OF).bind(id.0).fetch_optional(p).await)?;
        Ok(email.flatten())
    }

    /// The e-mail address of an account, valid or not.
    pub async fn stored_email_of(&self, id: PersonId) -> Result<Option<String>, StoreError> {
        let email: Option<Option<String>> =
            read!(&self.db, p => sqlx::query_scalar(sql::STORED_EMAIL_OF).bind(id.0).fetch_optional(p).await)?;
        Ok(email.flatten())
    }

    /// What administrators see of these accounts beside their names.
    pub async fn account_details(&self, people: &[PersonId]) -> Result<HashMap<PersonId, AccountDetails>, StoreError> {
        let rows: Vec<(Uuid, Option<String>, i64, i64)> = of_people!(&self.db, sql::account_details, people);
        let details = |(id, email, has_password, factors)| {
            let details = AccountDetails {
                email,
                has_password: has_password == 1,
                second_factor: factors > 0,
            };
            (PersonId(id), details)
        };
        Ok(rows.into_iter().map(details).collect())
    }

    /// `None` for who is no agent.
    pub async fn agent_rights(&self, id: PersonId) -> Result<Option<AgentRights>, StoreError> {
        let Some(person) = self.person(id).await?.filter(|person| person.kind == Kind::Agent) else {
            return Ok(None);
        };
        let keys: Vec<(Uuid, String)> =
            read!(&self.db, p => sqlx::query_as(sql::CHANNEL_KEYS_OF).bind(id.0).fetch_all(p).await)?;
        let mine: Vec<Uuid> = read!(&self.db, p => sqlx::query_scalar(sql::MY_CHANNELS).bind(id.0).fetch_all(p).await)?;
        let mut levels = BTreeMap::new();
        for (channel, key) in keys {
            if let Some(level) = level(Key::from_word(&key)) {
                let highest = levels.entry(ChannelId(channel)).or_insert(level);
                *highest = level.max(*highest);
            }
        }
        Ok(Some(AgentRights {
            valid: person.valid,
            availability: person.availability,
            levels: levels.into_iter().collect(),
            my_channels: mine.into_iter().map(ChannelId).collect(),
        }))
    }

    pub async fn set_availability(&self, person: PersonId, availability: Availability) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            let availability = availability.number();
            sqlx::query(sql::SET_AVAILABILITY).bind(person.0).bind(availability).execute(&mut *tx).await?;
        });
        Ok(())
    }

    /// Replaces My Chat Channels by those of the given ones that he is owner of.
    pub async fn set_my_channels(&self, person: PersonId, channels: &[ChannelId]) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(sql::CLEAR_MY_CHANNELS).bind(person.0).execute(&mut *tx).await?;
            for channel in channels {
                sqlx::query(sql::ADD_MY_CHANNEL).bind(person.0).bind(channel.0).execute(&mut *tx).await?;
            }
        });
        Ok(())
    }
}

/// Inserts a person inside a transaction of either engine.
/// The id of a company, found by its name or made.
macro_rules! company {
    ($tx:ident, $company:expr) => {
        match $company {
            None => None,
            Some((id, name)) => {
                let made = sqlx::query(sql::MAKE_COMPANY)
                    .bind(id.0)
                    .bind(name)
                    .bind(sort_key(name));
                made.execute(&mut *$tx).await?;
                let id: Uuid = sqlx::query_scalar(sql::COMPANY_NAMED)
                    .bind(name)
                    .fetch_one(&mut *$tx)
                    .await?;
                Some(id)
            }
        }
    };
}

/// Makes a person.
macro_rules! insert {
    ($tx:ident, $new:expr) => {{
        let new: &NewPerson = $new;
        let company: Option<Uuid> = company!($tx, &new.company);
        sqlx::query(sql::MAKE_PERSON)
            .bind(new.id.0)
            .bind(new.kind.word())
            .bind(&new.name)
            .bind(sort_key(&new.name))
            .bind(&new.login)
            .bind(&new.password_hash)
            .bind(&new.email)
            .bind(company)
            .bind(new.snippet.map(|snippet| snippet.0))
            .bind(us(new.at))
            .execute(&mut *$tx)
            .await
            .map_err(taken("the login"))?;
        if new.kind == Kind::Agent {
            sqlx::query(sql::SELECT_DEFAULT_CHANNEL)
                .bind(new.id.0)
                .execute(&mut *$tx)
                .await?;
        }
    }};
}

pub(crate) use {company, insert};

/// What LIKE takes for texts that have this in them, with `!` before what it would read otherwise.
pub(crate) fn having(piece: &str) -> String {
    let piece = piece.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{piece}%")
}

/// Says what is taken when a unique index refuses. Besides its id, each row that is made has one unique name.
pub(crate) fn taken(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| match error.as_database_error() {
        Some(database) if database.is_unique_violation() => StoreError::Taken(what),
        _ => error.into(),
    }
}

#[derive(sqlx::FromRow, Debug)]
pub(crate) struct PersonColumns {
    id: Uuid,
    kind: String,
    name: String,
    login: Option<String>,
    company: Option<String>,
    availability: i64,
    valid: i64,
    snippet_id: Option<Uuid>,
}

impl PersonColumns {
    pub fn person(self) -> Result<PersonRow, StoreError> {
        Ok(PersonRow {
            id: PersonId(self.id),
            kind: Kind::from_word(&self.kind).ok_or_else(|| unreadable("person.kind", &self.kind))?,
            name: self.name,
            login: self.login,
            company: self.company,
            availability: Availability::from_number(self.availability),
            valid: self.valid == 1,
            snippet: self.snippet_id.map(SnippetId),
        })
    }
}
