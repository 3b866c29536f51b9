//! Accounts, roles, grants, channels, settings: what an administrator changes, and what an agent chooses for himself.

use super::limits::Network;
use super::sessions::{Signed, random_words};
use super::{App, AppError, passwords};
use crate::{clock, mail};
use domain::{Availability, ChannelId, CompanyId, GroupId, Key, Kind, PersonId, Refusal, RoleId, Settings, text};
use store::{Channel, FirstRows, Holder, NewPerson, PersonRow, Store, StoreError};
use uuid::Uuid;

/// Longest login in characters.
const LOGIN_MAX: usize = 100;
/// Longest name of a channel, group or role in characters.
const CHANNEL_NAME_MAX: usize = 200;

/// Somebody to be given an account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub login: String,
    pub name: String,
    pub password: String,
    /// Customer users only.
    pub company: Option<String>,
    pub email: Option<String>,
}

/// Who is granted a key, by name.
#[derive(Debug, Clone)]
pub enum Grantee<'a> {
    Agent(&'a str),
    Role(&'a str),
}

/// What of a channel is to be changed.
#[derive(Debug, Clone, Default)]
pub struct ChannelChange {
    pub rename: Option<String>,
    pub group: Option<String>,
    pub for_customer_users: Option<bool>,
    pub for_public_users: Option<bool>,
    pub reply_target_s: Option<u32>,
    pub valid: Option<bool>,
}

impl App {
    /// What every database has: the groups `admin` and `users` and the Default channel.
    pub(super) async fn make_first_rows(store: &Store) -> Result<(), StoreError> {
        let ids = FirstRows {
            admin: GroupId(Uuid::now_v7()),
            users: GroupId(Uuid::now_v7()),
            default_channel: ChannelId(Uuid::now_v7()),
        };
        store.make_first_rows(ids).await?;
        store.make_first_queues().await
    }

    /// Whether there is no agent yet.
    pub async fn needs_setup(&self) -> Result<bool, AppError> {
        Ok(!self.store.has_agents().await?)
    }

    /// The code that the first agent is made against, while there is none; good until it is used or the service ends.
    pub async fn setup_code(&self) -> Result<Option<String>, AppError> {
        if !self.needs_setup().await? {
            return Ok(None);
        }
        let mut code = self.doors.setup_code.lock();
        Ok(Some(code.get_or_insert_with(|| random_words(5)).clone()))
    }

    /// Makes the first agent, once, and signs him in.
    pub async fn set_up(&self, setup: &wire::Setup, network: Network) -> Result<(Signed, String), AppError> {
        self.count_try("setup", network)?;
        let code = self.doors.setup_code.lock().clone();
        if !code.is_some_and(|code| same(code.as_bytes(), setup.code.trim().as_bytes())) {
            return Err(AppError::WrongSetupCode);
        }
        let new = NewAccount {
            login: setup.login.clone(),
            name: setup.name.clone(),
            password: setup.password.clone(),
            company: None,
            email: None,
        };
        let new = self.new_person(Kind::Agent, &new).await?;
        if !self.store.make_first_agent(&new).await? {
            return Err(AppError::WrongSetupCode);
        }
        *self.doors.setup_code.lock() = None;
        self.notice_changed_rights().await?;
        self.open_session(new.id).await
    }

    pub async fn add_agent(&self, new: &NewAccount) -> Result<PersonId, AppError> {
        self.add(Kind::Agent, new).await
    }

    pub async fn add_customer_user(&self, new: &NewAccount) -> Result<PersonId, AppError> {
        self.add(Kind::CustomerUser, new).await
    }

    async fn add(&self, kind: Kind, new: &NewAccount) -> Result<PersonId, AppError> {
        let new = self.new_person(kind, new).await?;
        self.store.make_person(&new).await?;
        Ok(new.id)
    }

    async fn new_person(&self, kind: Kind, new: &NewAccount) -> Result<NewPerson, AppError> {
        passwords::fit_to_set(&new.password)?;
        let company = new.company.as_deref().map(text::name).transpose()?;
        Ok(NewPerson {
            id: PersonId(Uuid::now_v7()),
            kind,
            name: text::name(&new.name)?,
            login: Some(login(&new.login)?),
            password_hash: Some(self.doors.hasher.hash(&new.password).await?),
            email: new.email.as_deref().map(address).transpose()?,
            company: company.map(|name| (CompanyId(Uuid::now_v7()), name)),
            snippet: None,
            at: clock::now(),
        })
    }

    /// Agents or customer users by name.
    pub async fn accounts(&self, kind: Kind) -> Result<Vec<PersonRow>, AppError> {
        Ok(self.store.accounts(kind).await?)
    }

    /// Makes an account invalid or valid again. Invalid, it ends at once: sessions, live connections, leases.
    pub async fn set_valid(&self, kind: Kind, login: &str, valid: bool) -> Result<(), AppError> {
        let person = self.account_named(kind, login).await?;
        self.store.set_valid(person, valid).await?;
        if !valid {
            self.shared.presence.end_person(person, None);
        }
        Ok(())
    }

    /// Sets a password without the old one; all sessions of the person end.
    pub async fn reset_password(&self, kind: Kind, login: &str, password: &str) -> Result<(), AppError> {
        passwords::fit_to_set(password)?;
        let person = self.account_named(kind, login).await?;
        let hash = self.doors.hasher.hash(password).await?;
        self.store.set_password(person, &hash, None).await?;
        self.shared.presence.end_person(person, None);
        Ok(())
    }

    pub(super) async fn account_named(&self, kind: Kind, login: &str) -> Result<PersonId, AppError> {
        let account = self.store.account(kind, login).await?;
        let what = if kind == Kind::Agent { "agent" } else { "customer user" };
        account
            .map(|account| account.person())
            .ok_or_else(|| missing(what, login))
    }

    pub async fn add_role(&self, name: &str) -> Result<(), AppError> {
        Ok(self.store.make_role(RoleId(Uuid::now_v7()), &short_name(name)?).await?)
    }

    /// Gives a key on a group, made if there is none of this name. False when it was held already.
    pub async fn give_key(&self, to: &Grantee<'_>, group: &str, key: Key) -> Result<bool, AppError> {
        let holder = self.holder(to).await?;
        let group = self
            .store
            .make_group(GroupId(Uuid::now_v7()), &short_name(group)?)
            .await?;
        Ok(self.store.grant(holder, group, key).await?)
    }

    /// Takes a key away. False when it was not held.
    pub async fn take_key(&self, from: &Grantee<'_>, group: &str, key: Key) -> Result<bool, AppError> {
        let holder = self.holder(from).await?;
        let found = self.store.group(group).await?.ok_or_else(|| missing("group", group))?;
        Ok(self.store.revoke(holder, found, key).await?)
    }

    async fn holder(&self, grantee: &Grantee<'_>) -> Result<Holder, AppError> {
        match grantee {
            Grantee::Agent(login) => Ok(Holder::Agent(self.account_named(Kind::Agent, login).await?)),
            Grantee::Role(name) => Ok(Holder::Role(self.role_named(name).await?)),
        }
    }

    async fn role_named(&self, name: &str) -> Result<RoleId, AppError> {
        self.store.role(name).await?.ok_or_else(|| missing("role", name))
    }

    /// Puts an agent into a role or takes him out. False when nothing changed.
    pub async fn set_role_member(&self, role: &str, login: &str, member: bool) -> Result<bool, AppError> {
        let role = self.role_named(role).await?;
        let person = self.account_named(Kind::Agent, login).await?;
        Ok(self.store.set_role_member(role, person, member).await?)
    }

    /// All channels by name with the names of their groups.
    pub async fn channels_and_groups(&self) -> Result<Vec<(Channel, String)>, AppError> {
        let groups = self.store.groups().await?;
        let group = |channel: &Channel| groups.iter().find(|(id, _)| *id == channel.group);
        let named = |channel: Channel| {
            let group = group(&channel).map(|(_, name)| name.clone()).unwrap_or_default();
            (channel, group)
        };
        Ok(self.store.channels().await?.into_iter().map(named).collect())
    }

    pub async fn add_channel(&self, name: &str, change: &ChannelChange) -> Result<ChannelId, AppError> {
        let mut channel = Channel {
            id: ChannelId(Uuid::now_v7()),
            name: short_name(name)?,
            group: self.group_named(change.group.as_deref().unwrap_or("users")).await?,
            for_customer_users: false,
            for_public_users: false,
            reply_target_s: 60,
            valid: true,
            is_default: false,
        };
        self.apply(change, &mut channel).await?;
        self.store.make_channel(&channel).await?;
        Ok(channel.id)
    }

    pub async fn change_channel(&self, name: &str, change: &ChannelChange) -> Result<(), AppError> {
        let mut channel = self.channel_named(name).await?;
        self.apply(change, &mut channel).await?;
        Ok(self.store.change_channel(&channel).await?)
    }

    async fn apply(&self, change: &ChannelChange, channel: &mut Channel) -> Result<(), AppError> {
        if let Some(name) = &change.rename {
            channel.name = short_name(name)?;
        }
        if let Some(group) = &change.group {
            channel.group = self.group_named(group).await?;
        }
        channel.for_customer_users = change.for_customer_users.unwrap_or(channel.for_customer_users);
        channel.for_public_users = change.for_public_users.unwrap_or(channel.for_public_users);
        channel.reply_target_s = change.reply_target_s.unwrap_or(channel.reply_target_s);
        channel.valid = change.valid.unwrap_or(channel.valid);
        if channel.is_default && !channel.valid {
            return Err(AppError::BadInput("the Default channel cannot be made invalid".into()));
        }
        Ok(())
    }

    pub(super) async fn group_named(&self, name: &str) -> Result<GroupId, AppError> {
        self.store.group(name).await?.ok_or_else(|| missing("group", name))
    }

    pub(super) async fn channel_named(&self, name: &str) -> Result<Channel, AppError> {
        let channels = self.store.channels().await?;
        let found = channels.into_iter().find(|channel| channel.name == name);
        found.ok_or_else(|| missing("channel", name))
    }

    /// Sets a setting by name within its bounds.
    pub async fn change_setting(&self, name: &str, value: &str) -> Result<(), AppError> {
        Settings::default().set(name, value).map_err(AppError::BadInput)?;
        self.store.set(name, value).await?;
        // In force here when this returns; another process notices by itself.
        self.notice_changed_rights().await?;
        Ok(())
    }

    /// An agent says whom he wants to hear from.
    pub async fn set_availability(&self, signed: &Signed, availability: Availability) -> Result<(), AppError> {
        agents_only(signed)?;
        self.store.set_availability(signed.person.id, availability).await?;
        self.notice_changed_rights().await?;
        Ok(())
    }

    /// An agent says which channels reach him. Refuses those he is not owner of.
    pub async fn set_my_channels(&self, signed: &Signed, channels: &[ChannelId]) -> Result<(), AppError> {
        agents_only(signed)?;
        let mine = self.me(&signed.person).await?.channels;
        let offered = |id: &ChannelId| mine.iter().any(|channel| channel.channel.id == id.0);
        if !channels.iter().all(offered) {
            return Err(Refusal::NotAllowed.into());
        }
        self.store.set_my_channels(signed.person.id, channels).await?;
        self.notice_changed_rights().await?;
        Ok(())
    }

    /// Whether the database answers.
    pub async fn reaches_its_data(&self) -> bool {
        self.store.permission_epoch().await.is_ok()
    }
}

fn agents_only(signed: &Signed) -> Result<(), AppError> {
    match signed.person.kind {
        Kind::Agent => Ok(()),
        _ => Err(Refusal::NotFound.into()),
    }
}

fn missing(what: &'static str, name: &str) -> AppError {
    AppError::Missing {
        what,
        name: name.to_owned(),
    }
}

fn login(given: &str) -> Result<String, AppError> {
    let login = text::name(given)?;
    if login.chars().count() > LOGIN_MAX || login.chars().any(char::is_whitespace) {
        let why = format!("a login has at most {LOGIN_MAX} characters and no blanks");
        return Err(AppError::BadInput(why));
    }
    Ok(login)
}

pub(super) fn short_name(given: &str) -> Result<String, AppError> {
    let name = text::name(given)?;
    if name.chars().count() > CHANNEL_NAME_MAX {
        let why = format!("the name is longer than {CHANNEL_NAME_MAX} characters");
        return Err(AppError::BadInput(why));
    }
    Ok(name)
}

/// Compares without telling by the time taken where they differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    use sha2::{Digest, Sha256};
    Sha256::digest(a) == Sha256::digest(b)
}

fn address(typed: &str) -> Result<String, AppError> {
    let why = || AppError::BadInput(format!("{typed:?} is no e-mail address"));
    mail::address(typed).ok_or_else(why)
}
