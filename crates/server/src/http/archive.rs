//! The search in closed chats.

use super::auth::Signed;
use super::problem::Answer;
use crate::app::ArchiveAsked;
use crate::door::Served;
use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use domain::ChannelId;
use serde::Deserialize;
use uuid::Uuid;
use wire::FoundChats;

pub fn routes() -> Router<Served> {
    Router::new().route("/api/archive", get(search))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    q: Option<String>,
    channel: Option<Uuid>,
    from: Option<i64>,
    to: Option<i64>,
    before: Option<String>,
}

async fn search(State(served): State<Served>, signed: Signed, Query(asked): Query<Asked>) -> Answer<FoundChats> {
    let channel = asked.channel.map(ChannelId);
    let asked = ArchiveAsked::new(
        asked.q.as_deref(),
        channel,
        asked.from,
        asked.to,
        asked.before.as_deref(),
    )?;
    Ok(Json(served.app.search(&signed.person, &asked).await?))
}
