//! The routes of snippets: what an embedding page's panel asks before anybody signed in.

use super::auth::CameFrom;
use super::problem::{Answer, Body};
use crate::door::Served;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use wire::{Identify, NewVisitor, SnippetView, Visitor};

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/snippets/{snippet}", get(view))
        .route("/api/snippets/{snippet}/visitors", post(new_visitor))
        .route("/api/snippets/{snippet}/identity", post(identify))
}

async fn view(State(served): State<Served>, Path(snippet): Path<String>) -> Answer<SnippetView> {
    Ok(Json(served.app.snippet_view(&snippet).await?))
}

async fn new_visitor(
    State(served): State<Served>,
    Path(snippet): Path<String>,
    from: CameFrom,
    Body(new): Body<NewVisitor>,
) -> Answer<Visitor> {
    Ok(Json(served.app.new_visitor(&snippet, &new.name, from.0).await?))
}

async fn identify(
    State(served): State<Served>,
    Path(snippet): Path<String>,
    from: CameFrom,
    Body(asks): Body<Identify>,
) -> Answer<Visitor> {
    Ok(Json(served.app.identify(&snippet, &asks.token, from.0).await?))
}
