//! Groups, roles, and the permission keys held on groups.

use crate::accounts::taken;
use crate::db::{read, write_tx};
use crate::{Store, StoreError, sql};
use domain::{GroupId, Key, PersonId, RoleId};
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

    /// The group of this name, made under `id` if there is none.
    pub async fn make_group(&self, id: GroupId, name: &str) -> Result<GroupId, StoreError> {
        let id: Uuid = write_tx!(&self.db, tx => {
            sqlx::query(sql::MAKE_GROUP).bind(id.0).bind(name).execute(&mut *tx).await?;
            sqlx::query_scalar(sql::GROUP_NAMED).bind(name).fetch_one(&mut *tx).await?
        });
        Ok(GroupId(id))
    }

    pub async fn role(&self, name: &str) -> Result<Option<RoleId>, StoreError> {
        let id: Option<Uuid> =
            read!(&self.db, p => sqlx::query_scalar(sql::ROLE_NAMED).bind(name).fetch_optional(p).await)?;
        Ok(id.map(RoleId))
    }

    /// Refuses a name that another role has.
    pub async fn make_role(&self, id: RoleId, name: &str) -> Result<(), StoreError> {
        write_tx!(&self.db, tx => {
            let made = sqlx::query(sql::MAKE_ROLE).bind(id.0).bind(name).execute(&mut *tx).await;
            made.map_err(taken("the role's name"))?;
        });
        Ok(())
    }

    /// False when he held the key already.
    pub async fn grant(&self, holder: Holder, group: GroupId, key: Key) -> Result<bool, StoreError> {
        let (text, id) = match holder {
            Holder::Agent(id) => (sql::GRANT_AGENT, id.0),
            Holder::Role(id) => (sql::GRANT_ROLE, id.0),
        };
        self.change_grant(text, id, group, key).await
    }

    /// False when he did not hold the key.
    pub async fn revoke(&self, holder: Holder, group: GroupId, key: Key) -> Result<bool, StoreError> {
        let (text, id) = match holder {
            Holder::Agent(id) => (sql::REVOKE_AGENT, id.0),
            Holder::Role(id) => (sql::REVOKE_ROLE, id.0),
        };
        self.change_grant(text, id, group, key).await
    }

    async fn change_grant(&self, text: &'static str, id: Uuid, group: GroupId, key: Key) -> Result<bool, StoreError> {
        let changed = write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            let changed = sqlx::query(text).bind(id).bind(group.0).bind(key.word()).execute(&mut *tx).await?;
            changed.rows_affected()
        });
        Ok(changed > 0)
    }

    /// Puts an agent into a role or takes him out; false when nothing changed.
    pub async fn set_role_member(&self, role: RoleId, person: PersonId, member: bool) -> Result<bool, StoreError> {
        let text = if member {
            sql::ADD_ROLE_MEMBER
        } else {
            sql::REMOVE_ROLE_MEMBER
        };
        let changed = write_tx!(&self.db, tx => {
            sqlx::query(sql::RAISE_PERMISSION_EPOCH).execute(&mut *tx).await?;
            sqlx::query(text).bind(role.0).bind(person.0).execute(&mut *tx).await?.rows_affected()
        });
        Ok(changed > 0)
    }
}
