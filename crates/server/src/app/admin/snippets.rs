//! Snippets: what web pages embed, and how it looks there.

use super::super::snippets::{fit_public_id, origins};
use super::{Admin, administered, change, differing, subject};
use crate::app::AppError;
use crate::app::identity::sealed_for;
use crate::app::sessions::random_token;
use crate::call::Trust;
use crate::embedding::{self, Directive, Embedding};
use domain::look::Label;
use domain::{Colour, Refusal, SnippetId, SnippetLook, text};
use serde_json::{Value, json};
use store::{AdminChange, IdentityKey, Snippet};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Pages that are looked at at once.
static LOOKS: Semaphore = Semaphore::const_new(4);
/// Two while one takes the place of the other.
const KEYS_MAX: usize = 2;

impl Admin<'_> {
    /// All snippets, and the channels they may lead to.
    pub async fn snippets(&self) -> Result<wire::AdminSnippets, AppError> {
        let channels = self.app.store.channels().await?;
        let mut snippets = Vec::new();
        for snippet in self.app.store.snippets().await? {
            let channel = channels.iter().find(|channel| channel.id == snippet.channel);
            snippets.push(wire::AdminSnippet {
                id: snippet.id.0,
                keys: self
                    .app
                    .store
                    .identity_keys(snippet.id)
                    .await?
                    .iter()
                    .map(key_view)
                    .collect(),
                version: self.version(&subject("snippet", snippet.id.0)).await?,
                snippet: wire::SnippetFields {
                    public_id: snippet.public_id,
                    title: snippet.title,
                    channel: channel.map(|channel| channel.name.clone()).unwrap_or_default(),
                    sites: snippet.sites,
                    valid: snippet.valid,
                    look: look_view(snippet.look),
                },
            });
        }
        let valid = channels.into_iter().filter(|channel| channel.valid);
        Ok(wire::AdminSnippets {
            snippets,
            channels: valid.map(|channel| channel.name).collect(),
            address: self.app.public_url().to_owned(),
        })
    }

    pub async fn add_snippet(&self, id: &str, channel: &str, title: &str, sites: &[String]) -> Result<(), AppError> {
        let fields = wire::SnippetFields {
            public_id: id.to_owned(),
            title: title.to_owned(),
            channel: channel.to_owned(),
            sites: sites.into(),
            valid: true,
            look: look_view(SnippetLook::default()),
        };
        self.make_snippet_of(&fields).await.map(drop)
    }

    pub async fn make_snippet_of(&self, fields: &wire::SnippetFields) -> Result<SnippetId, AppError> {
        fit_public_id(&fields.public_id)?;
        let id = SnippetId(Uuid::now_v7());
        change!(self, {
            let snippet = self.snippet_of(id, fields).await?;
            let is = self.snippet_fields(&snippet).await?;
            let made = administered(AdminChange::MakeSnippet(snippet), subject("snippet", id.0), None, is);
            (id, [made])
        })
    }

    /// Gives a snippet these fields but its public id, if nobody changed it since it was looked at.
    pub async fn change_snippet_to(&self, id: SnippetId, asks: &wire::ChangeSnippet) -> Result<(), AppError> {
        change!(self, {
            let found = self.app.store.snippet(id).await?.ok_or(Refusal::NotFound)?;
            let of = subject("snippet", id.0);
            self.still(&of, asks.version).await?;
            let fields = wire::SnippetFields {
                public_id: found.public_id.clone(),
                ..asks.snippet.clone()
            };
            let (was, snippet) = (self.snippet_fields(&found).await?, self.snippet_of(id, &fields).await?);
            let is = self.snippet_fields(&snippet).await?;
            let changed =
                differing(was, is).map(|(old, new)| administered(AdminChange::ChangeSnippet(snippet), of, old, new));
            ((), Vec::from_iter(changed))
        })
    }

    /// Replaces the sites that may embed a snippet.
    pub async fn set_snippet_sites(&self, public_id: &str, sites: &[String]) -> Result<(), AppError> {
        let sites = origins(sites)?;
        change!(self, {
            let mut snippet = self.app.valid_snippet(public_id).await?;
            let was = self.snippet_fields(&snippet).await?;
            snippet.sites = sites.clone();
            let is = self.snippet_fields(&snippet).await?;
            let subject = subject("snippet", snippet.id.0);
            let told = differing(was, is);
            let change = told.map(|(old, new)| administered(AdminChange::ChangeSnippet(snippet), subject, old, new));
            ((), Vec::from_iter(change))
        })
    }

    /// Looks at a page that shall have the chat. Nothing is asked of a site that is not one of the snippet's.
    pub async fn look_at_page(&self, id: SnippetId, url: &str) -> Result<wire::PageFound, AppError> {
        let snippet = self.app.store.snippet(id).await?.ok_or(Refusal::NotFound)?;
        let found = |is, said| Ok(wire::PageFound { is, said });
        let Some(site) = embedding::site(url.trim()) else {
            return found(wire::PageIs::NoAddress, None);
        };
        if !snippet.sites.contains(&site) {
            return found(wire::PageIs::NotASite, Some(site));
        }
        let _one = LOOKS.try_acquire().map_err(|_| AppError::Busy)?;
        match embedding::look(url.trim(), self.app.public_url(), &Trust::default()).await {
            Embedding::NoAddress => found(wire::PageIs::NoAddress, None),
            Embedding::Unreachable(why) => found(wire::PageIs::Unreachable, Some(why)),
            Embedding::Answered(status) => found(wire::PageIs::Answered, Some(status.to_string())),
            Embedding::NoScript => found(wire::PageIs::NoScript, None),
            Embedding::Loads { snippet: other, .. } if other != snippet.public_id => {
                found(wire::PageIs::OtherSnippet, Some(other))
            }
            Embedding::Loads { forbidden_by, .. } => found(
                match forbidden_by {
                    None => wire::PageIs::Fine,
                    Some(Directive::Script) => wire::PageIs::ScriptForbidden,
                    Some(Directive::Frame) => wire::PageIs::FrameForbidden,
                },
                None,
            ),
        }
    }

    /// A further key with which pages of a snippet may prove who is signed in there. Its text is told this once.
    pub async fn make_identity_key(&self, snippet: SnippetId) -> Result<wire::NewIdentityKey, AppError> {
        let (id, key) = (Uuid::now_v7(), random_token()?);
        let sealed = self.app.seal()?.close(&sealed_for(snippet), key.as_bytes())?;
        let made: Result<(), AppError> = change!(self, {
            self.app.store.snippet(snippet).await?.ok_or(Refusal::NotFound)?;
            let was = self.app.store.identity_keys(snippet).await?;
            if was.len() >= KEYS_MAX {
                return Err(AppError::BadInput(format!(
                    "a snippet has at most {KEYS_MAX} keys; remove the older one first"
                )));
            }
            let was: Vec<Uuid> = was.iter().map(|key| key.id).collect();
            let is = [&was[..], &[id]].concat();
            let sealed = sealed.clone();
            let change = AdminChange::MakeIdentityKey { id, snippet, sealed };
            (
                (),
                [administered(
                    change,
                    subject("snippet", snippet.0),
                    keys(&was),
                    keys(&is),
                )],
            )
        });
        made.map(|()| wire::NewIdentityKey { id, key })
    }

    /// What was signed with the key is refused from now on; who came by it stays till his session ends.
    pub async fn remove_identity_key(&self, snippet: SnippetId, id: Uuid) -> Result<(), AppError> {
        change!(self, {
            let was = self.app.store.identity_keys(snippet).await?;
            let was: Vec<Uuid> = was.iter().map(|key| key.id).collect();
            if !was.contains(&id) {
                return Err(Refusal::NotFound.into());
            }
            let is: Vec<Uuid> = was.iter().copied().filter(|key| *key != id).collect();
            let change = AdminChange::RemoveIdentityKey { id };
            (
                (),
                [administered(
                    change,
                    subject("snippet", snippet.0),
                    keys(&was),
                    keys(&is),
                )],
            )
        })
    }

    async fn snippet_of(&self, id: SnippetId, fields: &wire::SnippetFields) -> Result<Snippet, AppError> {
        Ok(Snippet {
            id,
            public_id: fields.public_id.clone(),
            title: text::name(&fields.title)?,
            channel: self.app.channel_named(&fields.channel).await?.id,
            sites: origins(&fields.sites)?,
            valid: fields.valid,
            look: look_of(&fields.look)?,
        })
    }

    async fn snippet_fields(&self, snippet: &Snippet) -> Result<Value, AppError> {
        Ok(json!({
            "public_id": snippet.public_id,
            "title": snippet.title,
            "channel": self.channel_name(snippet.channel).await?,
            "sites": snippet.sites,
            "valid": snippet.valid,
            "look": snippet.look,
        }))
    }
}

/// As the log tells of them.
fn keys(ids: &[Uuid]) -> Value {
    json!({ "identity_keys": ids })
}

fn key_view(key: &IdentityKey) -> wire::IdentityKey {
    wire::IdentityKey {
        id: key.id,
        created_at: key.created_at.ms(),
    }
}

pub(in crate::app) fn look_of(given: &wire::SnippetLook) -> Result<SnippetLook, AppError> {
    let colour = given.colour.clone().map(Colour::try_from).transpose();
    let label = |label: &wire::LauncherLabel| Label {
        language: label.language.clone(),
        text: label.text.trim().to_owned(),
    };
    let look = SnippetLook {
        at_start: given.at_start,
        colour: colour.map_err(AppError::BadInput)?,
        labels: given.labels.iter().map(label).collect(),
        hidden_when_closed: given.hidden_when_closed,
    };
    look.fit().map_err(AppError::BadInput)?;
    Ok(look)
}

fn look_view(look: SnippetLook) -> wire::SnippetLook {
    let label = |label: Label| wire::LauncherLabel {
        language: label.language,
        text: label.text,
    };
    wire::SnippetLook {
        at_start: look.at_start,
        colour: look.colour.map(String::from),
        labels: look.labels.into_iter().map(label).collect(),
        hidden_when_closed: look.hidden_when_closed,
    }
}
