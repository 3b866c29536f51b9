//! The search in closed chats, and taking texts away.

use super::auth::Signed;
use super::problem::{Answer, Body};
use crate::app::ArchiveAsked;
use crate::door::Served;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{ChannelId, ChatId};
use serde::Deserialize;
use uuid::Uuid;
use wire::{Done, FoundChats, RedactEntry};

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/archive", get(search))
        .route("/api/chats/{id}/redact", post(redact))
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

async fn redact(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(asks): Body<RedactEntry>,
) -> Answer<Done> {
    let app = &served.app;
    app.redact(&signed.person, ChatId(chat), asks.cid, asks.seq).await?;
    Ok(Json(Done {}))
}
