//! Snippets, and the visitors who come by them.

use super::admin::look_of;
use super::limits::{Network, Rate};
use super::sessions::Signed;
use super::{App, AppError};
use crate::clock;
use domain::{ChannelId, Kind, PersonId, Refusal, SnippetLook, text};
use serde_json::{Value, json};
use std::time::Duration;
use store::{NewPerson, Snippet, Whence};
use uuid::Uuid;

const MINUTE: Duration = Duration::from_secs(60);
const PUBLIC_ID_MAX: usize = 64;
const SITES_MAX: usize = 100;

impl App {
    /// What the panel needs before anybody typed. An invalid snippet is as good as none.
    pub async fn snippet_view(&self, public_id: &str) -> Result<wire::SnippetView, AppError> {
        let snippet = self.valid_snippet(public_id).await?;
        Ok(wire::SnippetView {
            channels: self.offered(Kind::PublicUser, Some(snippet.channel)).await?,
            id: snippet.public_id,
            title: snippet.title,
        })
    }

    /// Origins whose pages may embed the snippet; `None` if there is none, or no valid one.
    pub async fn snippet_sites(&self, public_id: &str) -> Result<Option<Vec<String>>, AppError> {
        let found = self.store.snippet_named(public_id).await?;
        Ok(found.filter(|snippet| snippet.valid).map(|snippet| snippet.sites))
    }

    /// What the loader of a snippet knows: its look, and whether it is to be seen now. `None` if there is none, or no valid one.
    pub async fn launcher(&self, public_id: &str) -> Result<Option<Value>, AppError> {
        let found = self.store.snippet_named(public_id).await?;
        let Some(snippet) = found.filter(|snippet| snippet.valid) else {
            return Ok(None);
        };
        let offered = self.offered(Kind::PublicUser, Some(snippet.channel)).await?;
        let there = offered.iter().any(|channel| channel.available);
        Ok(Some(as_loader_reads(snippet.look, there)))
    }

    /// The same of a look that is tried before it is kept, always to be seen; refused as it would be then.
    pub async fn tried_launcher(&self, public_id: &str, look: &wire::SnippetLook) -> Result<Value, AppError> {
        self.valid_snippet(public_id).await?;
        Ok(as_loader_reads(look_of(look)?, true))
    }

    /// Counts one more who comes by a snippet.
    pub(super) fn count_visitor(&self, net: Network) -> Result<(), AppError> {
        let rate = Rate::new(self.settings().visitors_per_min, MINUTE);
        self.doors.visitors.take(net, rate, std::time::Instant::now())
    }

    pub(super) async fn valid_snippet(&self, public_id: &str) -> Result<Snippet, AppError> {
        let found = self.store.snippet_named(public_id).await?;
        Ok(found.filter(|snippet| snippet.valid).ok_or(Refusal::NotFound)?)
    }

    /// A visitor gave a name and wants to chat. Refused where no chat can be started.
    pub async fn new_visitor(&self, public_id: &str, name: &str, net: Network) -> Result<wire::Visitor, AppError> {
        self.count_visitor(net)?;
        let name = text::name(name)?;
        let snippet = self.valid_snippet(public_id).await?;
        if self.offered(Kind::PublicUser, Some(snippet.channel)).await?.is_empty() {
            return Err(Refusal::NotOffered.into());
        }
        let new = NewPerson::visitor(PersonId(Uuid::now_v7()), name, snippet.id, clock::now());
        self.store.make_visitor(&new).await?;
        let (signed, token) = self.open_session(new.id, &Whence::default()).await?;
        Ok(wire::Visitor {
            token,
            me: self.me(&signed.person).await?,
        })
    }

    /// The one channel a visitor may start chats in: that of his snippet. `None` for others, who may choose.
    pub async fn snippet_channel(&self, signed: &Signed) -> Result<Option<ChannelId>, AppError> {
        if signed.person.kind != Kind::PublicUser {
            return Ok(None);
        }
        let snippet = match signed.snippet {
            Some(id) => self.store.snippet(id).await?.filter(|snippet| snippet.valid),
            None => None,
        };
        // A snippet that was withdrawn leaves a channel there is not: running chats go on, new ones are refused.
        Ok(Some(snippet.map_or(ChannelId(Uuid::nil()), |snippet| snippet.channel)))
    }

    /// Counts a start of a chat, or what an external writes into tickets, before it is decided.
    pub fn count_start(&self, signed: &Signed, network: Network) -> Result<(), AppError> {
        let (now, settings) = (std::time::Instant::now(), self.settings());
        let per_person = Rate::new(settings.starts_of_one_per_min, MINUTE);
        self.doors.starts_by_person.take(signed.person.id, per_person, now)?;
        let per_network = Rate::new(settings.starts_per_min, MINUTE);
        self.doors.starts_by_network.take(network, per_network, now)
    }

    /// All snippets by public id, with the names of their channels.
    pub async fn snippets(&self) -> Result<Vec<(Snippet, String)>, AppError> {
        let channels = self.store.channels().await?;
        let name = |id| channels.iter().find(|channel| channel.id == id);
        let named = |snippet: Snippet| {
            let channel = name(snippet.channel).map(|channel| channel.name.clone());
            (snippet, channel.unwrap_or_default())
        };
        Ok(self.store.snippets().await?.into_iter().map(named).collect())
    }
}

fn as_loader_reads(look: SnippetLook, there: bool) -> Value {
    let labels = look.labels.into_iter();
    let labels = labels.map(|label| (label.language, Value::String(label.text)));
    json!({
        "start": look.at_start,
        "hidden": look.hidden_when_closed && !there,
        "labels": labels.collect::<serde_json::Map<_, _>>(),
        "colour": look.colour.map(String::from),
        "ink": look.colour.map(|colour| String::from(colour.text_on())),
    })
}

/// Refuses what cannot stand in a page as a snippet's name.
pub(super) fn fit_public_id(id: &str) -> Result<(), AppError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > PUBLIC_ID_MAX || !id.chars().all(plain) {
        let why = format!("a public id is made of a-z, 0-9 and -, at most {PUBLIC_ID_MAX} characters");
        return Err(AppError::BadInput(why));
    }
    Ok(())
}

pub(super) fn origins(sites: &[String]) -> Result<Vec<String>, AppError> {
    if sites.len() > SITES_MAX {
        return Err(AppError::BadInput(format!("a snippet has at most {SITES_MAX} sites")));
    }
    sites.iter().map(|site| origin(site)).collect()
}

/// An origin as browsers write it: scheme and host in small letters, no path. They end up in a header, so nothing else passes.
fn origin(site: &str) -> Result<String, AppError> {
    let site = site.trim().trim_end_matches('/').to_ascii_lowercase();
    let host = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://"));
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    match host {
        Some(host) if !host.is_empty() && host.chars().all(fits) => Ok(site),
        _ => Err(AppError::BadInput(format!(
            "{site} is no origin; it reads like https://www.example.org"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn an_origin_has_a_scheme_and_a_host_and_nothing_else() {
        for (given, stored) in [
            ("https://Example.org", "https://example.org"),
            ("http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
            ("https://[2001:db8::1]:444", "https://[2001:db8::1]:444"),
        ] {
            assert_eq!(origin(given).unwrap(), stored);
        }
        for wrong in [
            "",
            "*",
            "https://",
            "example.org",
            "ftp://example.org",
            "https://example.org/shop",
            "https://a.org; script-src *",
            "https://a.org 'unsafe-inline'",
            "https://user@a.org",
            "https://*.a.org",
            "null",
        ] {
            assert!(origin(wrong).is_err(), "{wrong}");
        }
    }
}
