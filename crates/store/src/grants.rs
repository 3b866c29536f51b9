//! Groups, roles, and the permission keys held on groups.

use crate::accounts::of_people;
use crate::db::read;
use crate::{Store, StoreError, sql};
use domain::{GroupId, Key, PersonId, RoleId};
use std::collections::HashMap;
use uuid::Uuid;

/// Who holds a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Agent(PersonId),
    Role(RoleId),
}

impl Store {
    pub async fn group(&self, name: &str) -> Result<Option<GroupId>, StoreError> {
        let id: Option<Uuid> =
            read!(&self.db, p => sqlx::query_scalar(sql::GROUP_NAMED).bind(name).fetch_optional(p).await)?;
        Ok(id.map(GroupId))
    }

    /// All groups by name.
    pub async fn groups(&self) -> Result<Vec<(GroupId, String)>, StoreError> {
        let rows: Vec<(Uuid, String)> = read!(&self.db, p => sqlx::query_as(sql::GROUPS).fetch_all(p).await)?;
        Ok(rows.into_iter().map(|(id, name)| (GroupId(id), name)).collect())
    }

    pub async fn role(&self, name: &str) -> Result<Option<RoleId>, StoreError> {
        let id: Option<Uuid> =
            read!(&self.db, p => sqlx::query_scalar(sql::ROLE_NAMED).bind(name).fetch_optional(p).await)?;
        Ok(id.map(RoleId))
    }

    /// All roles by name.
    pub async fn roles(&self) -> Result<Vec<(RoleId, String)>, StoreError> {
        let rows: Vec<(Uuid, String)> = read!(&self.db, p => sqlx::query_as(sql::ROLES).fetch_all(p).await)?;
        Ok(rows.into_iter().map(|(id, name)| (RoleId(id), name)).collect())
    }

    /// The keys held by the agent himself, or by the role, each with the name of its group.
    pub async fn keys_held_by(&self, holder: Holder) -> Result<Vec<(String, String)>, StoreError> {
        let (text, id) = match holder {
            Holder::Agent(id) => (sql::KEYS_OF_AGENT, id.0),
            Holder::Role(id) => (sql::KEYS_OF_ROLE, id.0),
        };
        Ok(read!(&self.db, p => sqlx::query_as(text).bind(id).fetch_all(p).await)?)
    }

    /// The names of these agents' roles, in order.
    pub async fn roles_of_agents(&self, agents: &[PersonId]) -> Result<HashMap<PersonId, Vec<String>>, StoreError> {
        let rows: Vec<(Uuid, String)> = of_people!(&self.db, sql::roles_of_agents, agents);
        let mut roles = HashMap::<_, Vec<_>>::new();
        for (agent, role) in rows {
            roles.entry(PersonId(agent)).or_default().push(role);
        }
        Ok(roles)
    }

    /// The keys that these agents hold themselves: groups by name, and words.
    pub async fn keys_of_agents(
        &self,
        agents: &[PersonId],
    ) -> Result<HashMap<PersonId, Vec<(String, String)>>, StoreError> {
        let rows: Vec<(Uuid, String, String)> = of_people!(&self.db, sql::keys_of_agents, agents);
        let mut keys = HashMap::<_, Vec<_>>::new();
        for (agent, group, key) in rows {
            keys.entry(PersonId(agent)).or_default().push((group, key));
        }
        Ok(keys)
    }

    /// How many agents are in a role.
    pub async fn role_members(&self, role: RoleId) -> Result<i64, StoreError> {
        Ok(read!(&self.db, p => sqlx::query_scalar(sql::COUNT_ROLE_MEMBERS).bind(role.0).fetch_one(p).await)?)
    }

    /// Whether the key is held by the agent himself, or by the role.
    pub async fn holds(&self, holder: Holder, group: GroupId, key: Key) -> Result<bool, StoreError> {
        let (text, id) = match holder {
            Holder::Agent(id) => (sql::AGENT_HOLDS, id.0),
            Holder::Role(id) => (sql::ROLE_HOLDS, id.0),
        };
        let count: i64 = read!(&self.db, p => {
            sqlx::query_scalar(text).bind(id).bind(group.0).bind(key.word()).fetch_one(p).await
        })?;
        Ok(count > 0)
    }

    pub async fn is_in_role(&self, role: RoleId, person: PersonId) -> Result<bool, StoreError> {
        let count: i64 =
            read!(&self.db, p => sqlx::query_scalar(sql::IS_IN_ROLE).bind(role.0).bind(person.0).fetch_one(p).await)?;
        Ok(count > 0)
    }
}
