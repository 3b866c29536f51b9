//! Snippets: what a web page embeds.

use crate::db::read;
use crate::rows::unreadable;
use crate::{Store, StoreError, sql};
use domain::{ChannelId, SnippetId, SnippetLook};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    pub id: SnippetId,
    /// Stands in the page that embeds it; no secret.
    pub public_id: String,
    pub title: String,
    pub channel: ChannelId,
    /// Origins that may embed it; none means the product's own pages only.
    pub sites: Vec<String>,
    pub valid: bool,
    pub look: SnippetLook,
}

impl Store {
    /// All snippets by public id, invalid ones too.
    pub async fn snippets(&self) -> Result<Vec<Snippet>, StoreError> {
        let rows: Vec<SnippetColumns> = read!(&self.db, p => sqlx::query_as(sql::SNIPPETS).fetch_all(p).await)?;
        rows.into_iter().map(SnippetColumns::snippet).collect()
    }

    pub async fn snippet(&self, id: SnippetId) -> Result<Option<Snippet>, StoreError> {
        let row: Option<SnippetColumns> =
            read!(&self.db, p => sqlx::query_as(sql::SNIPPET).bind(id.0).fetch_optional(p).await)?;
        row.map(SnippetColumns::snippet).transpose()
    }

    pub async fn snippet_named(&self, public_id: &str) -> Result<Option<Snippet>, StoreError> {
        let row: Option<SnippetColumns> =
            read!(&self.db, p => sqlx::query_as(sql::SNIPPET_NAMED).bind(public_id).fetch_optional(p).await)?;
        row.map(SnippetColumns::snippet).transpose()
    }
}

macro_rules! insert {
    ($snippet:expr, $at:expr) => {
        sqlx::query(sql::MAKE_SNIPPET)
            .bind($snippet.id.0)
            .bind(&$snippet.public_id)
            .bind(&$snippet.title)
            .bind($snippet.channel.0)
            .bind($snippet.sites.join(" "))
            .bind(i64::from($snippet.valid))
            .bind($crate::snippets::look_text(&$snippet.look))
            .bind(us($at))
    };
}

macro_rules! change {
    ($snippet:expr) => {
        sqlx::query(sql::CHANGE_SNIPPET)
            .bind($snippet.id.0)
            .bind(&$snippet.title)
            .bind($snippet.channel.0)
            .bind($snippet.sites.join(" "))
            .bind(i64::from($snippet.valid))
            .bind($crate::snippets::look_text(&$snippet.look))
    };
}

pub(crate) use {change, insert};

pub(crate) fn look_text(look: &SnippetLook) -> String {
    serde_json::json!(look).to_string()
}

#[derive(sqlx::FromRow, Debug)]
struct SnippetColumns {
    id: Uuid,
    public_id: String,
    title: String,
    channel_id: Uuid,
    sites: String,
    valid: i64,
    look: String,
}

impl SnippetColumns {
    fn snippet(self) -> Result<Snippet, StoreError> {
        let look = serde_json::from_str(&self.look).map_err(|_| unreadable("snippet.look", &self.look))?;
        Ok(Snippet {
            id: SnippetId(self.id),
            public_id: self.public_id,
            title: self.title,
            channel: ChannelId(self.channel_id),
            sites: self.sites.split_whitespace().map(str::to_owned).collect(),
            valid: self.valid == 1,
            look,
        })
    }
}
