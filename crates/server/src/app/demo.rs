//! The cast, loaded into a database for `deskbell serve --demo`.

use super::{App, AppError, ChannelChange, Grantee, NewAccount};
use domain::{Availability, Kind, cast};
use store::StoreError;

/// What the panel on the demo's host page is headed with.
const TITLE: &str = "Skerry Ferries";

impl App {
    /// Loads the cast, or what of it is missing, and lets these origins embed its snippet. Agents who come new are
    /// available and owners of their channels are reached by them, so that a chat can begin at once.
    pub async fn load_cast(&self, sites: &[String]) -> Result<(), AppError> {
        self.load_rights().await?;
        self.load_people().await?;
        self.operator().set_setting("public_to_agent", Some("1"), None).await?;
        self.load_snippet(sites).await?;
        self.notice_changed_rights().await?;
        Ok(())
    }

    async fn load_rights(&self) -> Result<(), AppError> {
        for (role, group, key) in cast::ROLES {
            there(self.operator().add_role(role).await)?;
            self.operator().give_key(&Grantee::Role(role), group, *key).await?;
        }
        for channel in cast::CHANNELS {
            let change = ChannelChange {
                group: Some(channel.group.into()),
                for_customer_users: Some(channel.for_customer_users),
                for_public_users: Some(channel.for_public_users),
                ..ChannelChange::default()
            };
            there(self.operator().add_channel(channel.name, &change).await.map(drop))?;
        }
        for queue in cast::QUEUES {
            there(
                self.operator()
                    .add_queue(queue.name, queue.group, Some(queue.channel))
                    .await
                    .map(drop),
            )?;
        }
        Ok(())
    }

    async fn load_people(&self) -> Result<(), AppError> {
        for agent in cast::AGENTS {
            if self.store.account(Kind::Agent, agent.login).await?.is_some() {
                continue;
            }
            let id = self
                .operator()
                .add_agent(&NewAccount {
                    email: Some(format!("{}@{}", agent.login, cast::AGENTS_AT)),
                    ..account(agent.login, agent.name)
                })
                .await?;
            self.operator().set_role_member(agent.role, agent.login, true).await?;
            let channels: Vec<_> = self.store.channels().await?.iter().map(|channel| channel.id).collect();
            self.store.set_my_channels(id, &channels).await?;
            self.store
                .set_availability(id, Availability::InternalAndExternal)
                .await?;
        }
        // The first one administers the demo.
        self.operator()
            .give_key(&Grantee::Agent(cast::AGENTS[0].login), "admin", domain::Key::Rw)
            .await?;
        for customer in cast::CUSTOMER_USERS {
            let new = NewAccount {
                company: Some(customer.company.into()),
                email: Some(customer.email.into()),
                ..account(customer.login, customer.name)
            };
            if self.store.account(Kind::CustomerUser, customer.login).await?.is_none() {
                self.operator().add_customer_user(&new).await?;
            }
        }
        Ok(())
    }

    async fn load_snippet(&self, sites: &[String]) -> Result<(), AppError> {
        let channel = cast::CHANNELS.iter().find(|channel| channel.for_public_users);
        let channel = channel.map_or("Default", |channel| channel.name);
        there(self.operator().add_snippet(cast::SNIPPET, channel, TITLE, sites).await)?;
        self.operator().set_snippet_sites(cast::SNIPPET, sites).await
    }
}

fn account(login: &str, name: &str) -> NewAccount {
    NewAccount {
        login: login.into(),
        name: name.into(),
        password: Some(cast::PASSWORD.into()),
        company: None,
        email: None,
    }
}

/// What is there already is as good as made.
fn there(made: Result<(), AppError>) -> Result<(), AppError> {
    match made {
        Err(AppError::Store(StoreError::Taken(_))) => Ok(()),
        other => other,
    }
}
