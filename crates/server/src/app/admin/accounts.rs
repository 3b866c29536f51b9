//! Agents, customer users, roles, groups and the keys held on them.

use super::super::accounts::{address, login, missing, short_name};
use super::{Admin, PAGE_AND_ONE, TRIES, account, administered, change, differing, page, part_of, settings};
use crate::app::sessions::Signed;
use crate::app::{App, AppError, Comer, passwords};
use crate::clock;
use domain::person::sort_key;
use domain::{CompanyId, GroupId, Key, Kind, PersonId, RoleId, text};
use serde_json::{Value, json};
use store::{AccountDetails, AdminChange, Administered, Administrator, Holder, NewPerson, PersonRow};
use uuid::Uuid;

/// Somebody to be given an account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub login: String,
    pub name: String,
    /// None for somebody who chooses it by a link.
    pub password: Option<String>,
    /// Customer users only.
    pub company: Option<String>,
    pub email: Option<String>,
}

/// What of an account is to be changed.
#[derive(Debug, Clone, Default)]
pub struct AccountChange {
    pub name: Option<String>,
    /// Empty for none.
    pub email: Option<String>,
    /// Customer users only; empty for none.
    pub company: Option<String>,
    pub valid: Option<bool>,
    /// Only while the newest record of the account is this one.
    pub version: Option<i64>,
}

/// Who is granted a key, by name.
#[derive(Debug, Clone)]
pub enum Grantee<'a> {
    Agent(&'a str),
    Role(&'a str),
}

impl App {
    /// Makes the first agent, once, and signs him in: administrator, owner of the Default channel; visitors may start chats from then on.
    pub async fn set_up(&self, setup: &wire::Setup, from: &Comer) -> Result<(Signed, String), AppError> {
        self.check_setup_code(setup, from.network)?;
        let new = NewAccount {
            login: setup.login.clone(),
            name: setup.name.clone(),
            password: Some(setup.password.clone()),
            company: None,
            email: None,
        };
        let new = new_person(self, Kind::Agent, &new).await?;
        let id = new.id;
        let (admin, users) = (self.group_named("admin").await?, self.group_named("users").await?);
        let by = Administrator {
            id: Some(id),
            name: new.name.clone(),
        };
        let key = |group, name, key| set_key(Holder::Agent(id), (group, name), key, true);
        let visitors = settings::setting("public_to_agent")?;
        for _ in 0..TRIES {
            let seen = self.store.last_record().await?;
            if !self.needs_setup().await? {
                return Err(AppError::WrongSetupCode);
            }
            let is = self.store.settings().await?.get(visitors.name).unwrap_or_default();
            let changes = [
                made(&new),
                key(admin, "admin", Key::Rw),
                key(users, "users", Key::ChatOwner),
                settings::set(visitors, &is, Some("1".into())),
            ];
            if self.store.administer(seen, &by, clock::now(), &changes).await? {
                self.notice_changed_rights().await?;
                return self.first_session(id, from).await;
            }
        }
        Err(AppError::Busy)
    }
}

impl Admin<'_> {
    pub async fn add_agent(&self, new: &NewAccount) -> Result<PersonId, AppError> {
        self.add(Kind::Agent, new).await
    }

    pub async fn add_customer_user(&self, new: &NewAccount) -> Result<PersonId, AppError> {
        self.add(Kind::CustomerUser, new).await
    }

    async fn add(&self, kind: Kind, new: &NewAccount) -> Result<PersonId, AppError> {
        let new = new_person(self.app, kind, new).await?;
        change!(self, { (new.id, [made(&new)]) })
    }

    /// Agents or customer users by name.
    pub async fn accounts(&self, kind: Kind) -> Result<Vec<PersonRow>, AppError> {
        Ok(self.app.store.accounts(kind).await?)
    }

    /// A page of the accounts whose name, login or address has `part` in it, behind one, and behind which the next page begins.
    pub(super) async fn people_page(
        &self,
        kind: Kind,
        part: &str,
        after: Option<Uuid>,
    ) -> Result<(Vec<PersonRow>, Option<Uuid>), AppError> {
        let store = &self.app.store;
        let part = part_of(part);
        let place = match after {
            Some(id) => store
                .person(PersonId(id))
                .await?
                .map(|row| (sort_key(&row.name), row.id)),
            None => None,
        };
        let (key, id) = place.unwrap_or((String::new(), PersonId(Uuid::nil())));
        let (rows, more) = page(store.accounts_page(kind, &part, (&key, id), PAGE_AND_ONE).await?);
        let next = rows.last().filter(|_| more).map(|row| row.id.0);
        Ok((rows, next))
    }

    /// A page of the agents whose name, login or address has `part` in it, behind one.
    pub async fn agents_page(&self, part: &str, after: Option<Uuid>) -> Result<wire::AdminAgents, AppError> {
        let store = &self.app.store;
        let (rows, next) = self.people_page(Kind::Agent, part, after).await?;
        let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
        let mut details = store.account_details(&ids).await?;
        let (mut roles, mut keys) = (store.roles_of_agents(&ids).await?, store.keys_of_agents(&ids).await?);
        let versions = self.versions(Kind::Agent.word(), ids.iter().map(|id| id.0)).await?;
        let agent = |row: PersonRow| {
            let AccountDetails {
                email,
                has_password,
                second_factor,
            } = details.remove(&row.id).unwrap_or_default();
            wire::AdminAgent {
                id: row.id.0,
                email,
                roles: roles.remove(&row.id).unwrap_or_default(),
                keys: held_keys(keys.remove(&row.id).unwrap_or_default()),
                has_password,
                second_factor,
                version: versions.get(&row.id.0).copied().unwrap_or(0),
                login: row.login.unwrap_or_default(),
                name: row.name,
                valid: row.valid,
            }
        };
        let agents = rows.into_iter().map(agent).collect();
        Ok(wire::AdminAgents { agents, next })
    }

    /// Groups, roles, and the keys the roles hold.
    pub async fn rights(&self) -> Result<wire::AdminRights, AppError> {
        let store = &self.app.store;
        let mut roles = Vec::new();
        for (id, name) in store.roles().await? {
            roles.push(wire::AdminRole {
                name,
                keys: held_keys(store.keys_held_by(Holder::Role(id)).await?),
                members: store.role_members(id).await?,
            });
        }
        let (groups, guarded) = (store.groups().await?, store.guarded_groups().await?);
        let guarded = groups.iter().filter(|(id, _)| guarded.contains(id));
        Ok(wire::AdminRights {
            guarded: guarded.map(|(_, name)| name.clone()).collect(),
            groups: groups.into_iter().map(|(_, name)| name).collect(),
            keys: Key::ALL.map(|key| key.word().to_owned()).into(),
            roles,
        })
    }

    /// Makes an agent, with a password that is told this once, or without one.
    pub async fn make_agent_of(&self, asks: &wire::MakeAgent) -> Result<wire::NewPassword, AppError> {
        let password = (!asks.invited).then(passwords::generated);
        let new = NewAccount {
            login: asks.login.clone(),
            name: asks.name.clone(),
            password: password.clone(),
            company: None,
            email: asks.email.clone().filter(|email| !email.trim().is_empty()),
        };
        let id = self.add_agent(&new).await?.0;
        Ok(wire::NewPassword { id, password })
    }

    /// Gives an agent these fields, if nobody changed the account since it was looked at.
    pub async fn change_agent_to(&self, id: PersonId, asks: &wire::ChangeAgent) -> Result<(), AppError> {
        let wanted = AccountChange {
            name: Some(asks.name.clone()),
            email: Some(asks.email.trim().to_owned()),
            company: None,
            valid: Some(asks.valid),
            version: Some(asks.version),
        };
        self.change_account(Kind::Agent, id, &wanted).await
    }

    /// Gives somebody a new password that is told this once; all his sessions end.
    pub async fn new_password(&self, kind: Kind, id: PersonId) -> Result<wire::NewPassword, AppError> {
        let row = self.app.store.person(id).await?.filter(|row| row.kind == kind);
        let login = row.and_then(|row| row.login).ok_or(domain::Refusal::NotFound)?;
        let password = passwords::generated();
        self.reset_password(kind, &login, &password).await?;
        Ok(wire::NewPassword {
            id: id.0,
            password: Some(password),
        })
    }

    /// Gives or takes a key on a group that is there.
    pub async fn set_key_of(&self, asks: &wire::SetKey) -> Result<(), AppError> {
        let key = Key::from_word(&asks.key).ok_or_else(|| missing("key", &asks.key))?;
        self.app.group_named(&asks.group).await?;
        let holder = match &asks.holder {
            wire::KeyHolder::Agent { login } => Grantee::Agent(login),
            wire::KeyHolder::Role { name } => Grantee::Role(name),
        };
        match asks.held {
            true => self.give_key(&holder, &asks.group, key).await?,
            false => self.take_key(&holder, &asks.group, key).await?,
        };
        Ok(())
    }

    pub async fn add_group(&self, name: &str) -> Result<(), AppError> {
        let (id, name) = (GroupId(Uuid::now_v7()), short_name(name)?);
        change!(self, {
            if self.app.store.group(&name).await?.is_some() {
                return Err(store::StoreError::Taken("the group's name").into());
            }
            ((), [group_made(id, &name)])
        })
    }

    /// Makes an account invalid or valid again. Invalid, it ends at once: sessions, live connections, leases.
    pub async fn set_valid(&self, kind: Kind, login: &str, valid: bool) -> Result<(), AppError> {
        let id = self.app.account_named(kind, login).await?;
        let wanted = AccountChange {
            valid: Some(valid),
            ..AccountChange::default()
        };
        self.change_account(kind, id, &wanted).await
    }

    pub async fn change_account(&self, kind: Kind, id: PersonId, wanted: &AccountChange) -> Result<(), AppError> {
        change!(self, {
            let row = self.app.store.person(id).await?.filter(|row| row.kind == kind);
            let row = row.ok_or(domain::Refusal::NotFound)?;
            if let Some(version) = wanted.version {
                self.still(&account(kind, id), version).await?;
            }
            let mut changes = Vec::new();
            let email = self.app.store.stored_email_of(id).await?;
            let new_email = match wanted.email.as_deref() {
                None => email.clone(),
                Some("") => None,
                Some(email) => Some(address(email)?),
            };
            let name = wanted.name.as_deref().map(text::name).transpose()?;
            let name = name.unwrap_or_else(|| row.name.clone());
            let company = match wanted.company.as_deref() {
                None => row.company.clone(),
                Some("") => None,
                Some(company) => Some(text::name(company)?),
            };
            let was = json!({ "name": row.name, "email": email, "company": row.company });
            let is = json!({ "name": name, "email": new_email, "company": company });
            if let Some((old, new)) = differing(was, is) {
                let change = AdminChange::ChangePerson {
                    id,
                    name,
                    email: new_email,
                    company: company.map(|name| (CompanyId(Uuid::now_v7()), name)),
                };
                let (old, new) = (told(kind, old), told(kind, new));
                changes.push(administered(change, account(kind, id), old, new));
            }
            if let Some(valid) = wanted.valid.filter(|valid| *valid != row.valid) {
                let change = AdminChange::SetValid { id, valid };
                let (old, new) = (json!({ "valid": row.valid }), json!({ "valid": valid }));
                changes.push(administered(change, account(kind, id), old, new));
            }
            ((), changes)
        })
    }

    /// Ends the account of somebody who is being erased.
    pub(in crate::app) async fn end_account(&self, id: PersonId) -> Result<(), AppError> {
        change!(self, {
            let row = self.app.store.person(id).await?.ok_or(domain::Refusal::NotFound)?;
            let change = AdminChange::SetValid { id, valid: false };
            let told = json!({ "erased": true });
            ((), [administered(change, account(row.kind, id), None, told)])
        })
    }

    /// Sets a password without the old one; all sessions of the person end.
    pub async fn reset_password(&self, kind: Kind, login: &str, password: &str) -> Result<(), AppError> {
        passwords::fit_to_set(password)?;
        let id = self.app.account_named(kind, login).await?;
        let hash = self.app.doors.hasher.hash(password).await?;
        change!(self, {
            let hash = hash.clone();
            let change = AdminChange::SetPassword { id, hash };
            let told = json!({ "password": "new" });
            ((), [administered(change, account(kind, id), None, told)])
        })
    }

    pub async fn add_role(&self, name: &str) -> Result<(), AppError> {
        let (id, name) = (RoleId(Uuid::now_v7()), short_name(name)?);
        change!(self, {
            let change = AdminChange::MakeRole { id, name: name.clone() };
            let told = json!({ "name": name });
            ((), [administered(change, ("role", id.0.to_string()), None, told)])
        })
    }

    /// Gives a key on a group, made if there is none of this name. False when it was held already.
    pub async fn give_key(&self, to: &Grantee<'_>, group: &str, key: Key) -> Result<bool, AppError> {
        let group = short_name(group)?;
        change!(self, {
            let holder = self.holder(to).await?;
            let mut changes = Vec::new();
            let id = match self.app.store.group(&group).await? {
                Some(id) => id,
                None => {
                    let id = GroupId(Uuid::now_v7());
                    changes.push(group_made(id, &group));
                    id
                }
            };
            let held = self.app.store.holds(holder, id, key).await?;
            if !held {
                changes.push(set_key(holder, (id, &group), key, true));
            }
            (!held, changes)
        })
    }

    /// Takes a key away. False when it was not held.
    pub async fn take_key(&self, from: &Grantee<'_>, group: &str, key: Key) -> Result<bool, AppError> {
        change!(self, {
            let holder = self.holder(from).await?;
            let id = self.app.group_named(group).await?;
            let held = self.app.store.holds(holder, id, key).await?;
            let change = held.then(|| set_key(holder, (id, group), key, false));
            (held, Vec::from_iter(change))
        })
    }

    async fn holder(&self, grantee: &Grantee<'_>) -> Result<Holder, AppError> {
        match grantee {
            Grantee::Agent(login) => Ok(Holder::Agent(self.app.account_named(Kind::Agent, login).await?)),
            Grantee::Role(name) => Ok(Holder::Role(self.role_named(name).await?)),
        }
    }

    async fn role_named(&self, name: &str) -> Result<RoleId, AppError> {
        self.app.store.role(name).await?.ok_or_else(|| missing("role", name))
    }

    /// Puts an agent into a role or takes him out. False when nothing changed.
    pub async fn set_role_member(&self, role: &str, login: &str, member: bool) -> Result<bool, AppError> {
        change!(self, {
            let (id, person) = (
                self.role_named(role).await?,
                self.app.account_named(Kind::Agent, login).await?,
            );
            let is = self.app.store.is_in_role(id, person).await?;
            let change = (is != member).then(|| {
                let change = AdminChange::SetRoleMember {
                    role: id,
                    person,
                    member,
                };
                let told = Some(json!({ "member": login }));
                let (old, new) = if member { (None, told) } else { (told, None) };
                administered(change, ("role", id.0.to_string()), old, new)
            });
            (change.is_some(), Vec::from_iter(change))
        })
    }
}

async fn new_person(app: &App, kind: Kind, new: &NewAccount) -> Result<NewPerson, AppError> {
    let password_hash = match &new.password {
        Some(password) => {
            passwords::fit_to_set(password)?;
            Some(app.doors.hasher.hash(password).await?)
        }
        None => None,
    };
    let company = new.company.as_deref().map(text::name).transpose()?;
    Ok(NewPerson {
        id: PersonId(Uuid::now_v7()),
        kind,
        name: text::name(&new.name)?,
        login: Some(login(&new.login)?),
        password_hash,
        email: new.email.as_deref().map(address).transpose()?,
        company: company.map(|name| (CompanyId(Uuid::now_v7()), name)),
        snippet: None,
        at: clock::now(),
    })
}

fn made(new: &NewPerson) -> Administered {
    let company = new.company.as_ref().map(|(_, name)| name);
    let is = json!({ "login": new.login, "name": new.name, "email": new.email, "company": company });
    let change = AdminChange::MakePerson(Box::new(new.clone()));
    administered(change, account(new.kind, new.id), None, told(new.kind, is))
}

/// Of customer users the log tells which fields were changed and not what stood there: they may be erased, and it is for ever.
fn told(kind: Kind, value: Value) -> Value {
    match value {
        Value::Object(mut fields) if kind != Kind::Agent => {
            for value in fields.values_mut().filter(|value| !value.is_null()) {
                *value = json!("…");
            }
            Value::Object(fields)
        }
        value => value,
    }
}

fn group_made(id: GroupId, name: &str) -> Administered {
    let change = AdminChange::MakeGroup {
        id,
        name: name.to_owned(),
    };
    administered(change, ("group", id.0.to_string()), None, json!({ "name": name }))
}

fn set_key(holder: Holder, (group, name): (GroupId, &str), key: Key, held: bool) -> Administered {
    let subject = match holder {
        Holder::Agent(id) => account(Kind::Agent, id),
        Holder::Role(id) => ("role", id.0.to_string()),
    };
    let change = AdminChange::SetKey {
        holder,
        group,
        key,
        held,
    };
    let told = Some(json!({ "key": key.word(), "group": name }));
    let (old, new) = if held { (None, told) } else { (told, None) };
    administered(change, subject, old, new)
}

fn held_keys(keys: Vec<(String, String)>) -> Vec<wire::HeldKey> {
    let held = |(group, key)| wire::HeldKey { group, key };
    keys.into_iter().map(held).collect()
}
