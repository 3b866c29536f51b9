//! Snippets: what web pages embed, and how it looks there.

use super::super::snippets::{fit_public_id, origins};
use super::{Admin, administered, change, differing, subject};
use crate::app::AppError;
use domain::look::Label;
use domain::{Colour, Refusal, SnippetId, SnippetLook, text};
use serde_json::{Value, json};
use store::{AdminChange, Snippet};
use uuid::Uuid;

impl Admin<'_> {
    /// All snippets, and the channels they may lead to.
    pub async fn snippets(&self) -> Result<wire::AdminSnippets, AppError> {
        let channels = self.app.store.channels().await?;
        let mut snippets = Vec::new();
        for snippet in self.app.store.snippets().await? {
            let channel = channels.iter().find(|channel| channel.id == snippet.channel);
            snippets.push(wire::AdminSnippet {
                id: snippet.id.0,
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
