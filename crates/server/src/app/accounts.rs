//! Accounts and channels by name, the first agent, and what an agent chooses for himself.

use super::limits::Network;
use super::sessions::{Comer, Signed, random_words};
use super::{App, AppError};
use crate::mail;
use domain::{Availability, ChannelId, GroupId, Kind, PersonId, Refusal, text};
use store::{Channel, FirstRows, Store, StoreError};
use uuid::Uuid;

/// Longest login in characters.
const LOGIN_MAX: usize = 100;
/// Longest name of a channel, group or role in characters.
const CHANNEL_NAME_MAX: usize = 200;

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

    pub(super) fn check_setup_code(&self, setup: &wire::Setup, network: Network) -> Result<(), AppError> {
        self.count_try("setup", network)?;
        let code = self.doors.setup_code.lock().clone();
        match code.is_some_and(|code| same(code.as_bytes(), setup.code.trim().as_bytes())) {
            true => Ok(()),
            false => Err(AppError::WrongSetupCode),
        }
    }

    pub(super) async fn first_session(&self, first: PersonId, from: &Comer) -> Result<(Signed, String), AppError> {
        *self.doors.setup_code.lock() = None;
        self.open_session(first, &from.whence()).await
    }

    pub(super) async fn account_named(&self, kind: Kind, login: &str) -> Result<PersonId, AppError> {
        let account = self.store.account(kind, login).await?;
        let what = if kind == Kind::Agent { "agent" } else { "customer user" };
        account
            .map(|account| account.person())
            .ok_or_else(|| missing(what, login))
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

    pub(super) async fn group_named(&self, name: &str) -> Result<GroupId, AppError> {
        self.store.group(name).await?.ok_or_else(|| missing("group", name))
    }

    pub(super) async fn channel_named(&self, name: &str) -> Result<Channel, AppError> {
        let channels = self.store.channels().await?;
        let found = channels.into_iter().find(|channel| channel.name == name);
        found.ok_or_else(|| missing("channel", name))
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

pub(super) fn missing(what: &'static str, name: &str) -> AppError {
    AppError::Missing {
        what,
        name: name.to_owned(),
    }
}

pub(super) fn login(given: &str) -> Result<String, AppError> {
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

pub(super) fn address(typed: &str) -> Result<String, AppError> {
    let why = || AppError::BadInput(format!("{typed:?} is no e-mail address"));
    mail::address(typed).ok_or_else(why)
}
