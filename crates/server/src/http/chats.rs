//! The routes of chats: the same verbs as the live connection, and those it has not.

use super::Served;
use super::auth::{CameFrom, Signed};
use super::problem::{Answer, Body};
use crate::app::{AppError, PAGE};
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{ChatId, Instant, Kind, Refusal};
use serde::Deserialize;
use uuid::Uuid;
use wire::{
    Act, ChatSnapshot, ChatView, Chats, Done, Entries, Offer, ReadUpTo, Requests, Said, Say, SayKind, StartChat,
    Started,
};

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/offer", get(offer))
        .route("/api/requests", get(requests))
        .route("/api/chats", get(list).post(start))
        .route("/api/chats/{id}", get(snapshot))
        .route("/api/chats/{id}/entries", get(entries).post(say))
        .route("/api/chats/{id}/accept", post(accept))
        .route("/api/chats/{id}/decline", post(decline))
        .route("/api/chats/{id}/close", post(close))
        .route("/api/chats/{id}/hand_back", post(hand_back))
        .route("/api/chats/{id}/leave", post(leave))
        .route("/api/chats/{id}/read", post(read))
}

async fn offer(State(served): State<Served>, signed: Signed) -> Answer<Offer> {
    let only = served.app.snippet_channel(&signed).await?;
    let channels = served.app.offered(signed.person.kind, only).await?;
    Ok(Json(Offer { channels }))
}

async fn requests(State(served): State<Served>, signed: Signed) -> Answer<Requests> {
    if signed.person.kind != Kind::Agent {
        return Err(Refusal::NotFound.into());
    }
    Ok(Json(Requests {
        requests: served.app.requests(&signed.person).await?,
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    which: Option<String>,
    before: Option<String>,
}

async fn list(State(served): State<Served>, signed: Signed, Query(which): Query<Which>) -> Answer<Chats> {
    let before = which.before.map(|cursor| cursor.parse().map(Instant)).transpose();
    let before = before.map_err(|_| AppError::BadInput("before is not a cursor".into()))?;
    let (chats, next) = match which.which.as_deref() {
        None | Some("mine") => served.app.conversations(&signed.person, before).await?,
        Some("archive") => served.app.archive(&signed.person, before).await?,
        Some(_) => return Err(AppError::BadInput("which is mine or archive".into())),
    };
    Ok(Json(Chats {
        chats,
        next: next.map(|at| at.0.to_string()),
    }))
}

async fn start(
    State(served): State<Served>,
    signed: Signed,
    from: CameFrom,
    Body(start): Body<StartChat>,
) -> Answer<Started> {
    let app = &served.app;
    app.count_start(&signed, from.0)?;
    let only = app.snippet_channel(&signed).await?;
    let (chat, new) = app.start(&signed.person, only, &start).await?;
    let granted = app.grant(&signed.person, chat).await?;
    Ok(Json(Started {
        chat: app.chat_view(&signed.person, &granted).await?,
        new,
    }))
}

async fn snapshot(State(served): State<Served>, signed: Signed, Path(chat): Path<Uuid>) -> Answer<ChatSnapshot> {
    let (_, snapshot) = served.app.snapshot(&signed.person, ChatId(chat)).await?;
    Ok(Json(ChatSnapshot {
        chat: snapshot.view,
        as_of: snapshot.as_of,
        entries: snapshot.entries,
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    after: Option<i64>,
    before: Option<i64>,
    limit: Option<i64>,
}

async fn entries(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Query(page): Query<Page>,
) -> Answer<Entries> {
    let (chat, limit) = (ChatId(chat), page.limit.unwrap_or(PAGE));
    if !(1..=PAGE).contains(&limit) {
        return Err(AppError::BadInput(format!("limit lies between 1 and {PAGE}")));
    }
    let (granted, entries) = match (page.after, page.before) {
        (Some(_), Some(_)) => return Err(AppError::BadInput("after or before, not both".into())),
        (after, None) => {
            served
                .app
                .entries_after(&signed.person, chat, after.unwrap_or(0), limit)
                .await?
        }
        (None, Some(before)) => served.app.entries_before(&signed.person, chat, before, limit).await?,
    };
    Ok(Json(Entries {
        entries,
        head: granted.access.side.head(&granted.chat),
    }))
}

async fn say(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(say): Body<Say>,
) -> Answer<Said> {
    let note = say.kind == SayKind::Note;
    let said = served
        .app
        .say(&signed.person, None, ChatId(chat), say.cid, &say.text, note)
        .await?;
    Ok(Json(Said {
        seq: said.seq,
        dup: said.dup,
    }))
}

async fn accept(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(act): Body<Act>,
) -> Answer<ChatView> {
    served.app.accept(&signed.person, ChatId(chat), act.cid).await?;
    seen(&served, &signed, chat).await
}

async fn decline(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(act): Body<Act>,
) -> Answer<Done> {
    served.app.decline(&signed.person, ChatId(chat), act.cid).await?;
    Ok(Json(Done {}))
}

async fn close(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(act): Body<Act>,
) -> Answer<ChatView> {
    served.app.close_chat(&signed.person, ChatId(chat), act.cid).await?;
    seen(&served, &signed, chat).await
}

async fn hand_back(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(act): Body<Act>,
) -> Answer<Done> {
    served.app.hand_back(&signed.person, ChatId(chat), act.cid).await?;
    Ok(Json(Done {}))
}

async fn leave(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(act): Body<Act>,
) -> Answer<Done> {
    served.app.leave(&signed.person, ChatId(chat), act.cid).await?;
    Ok(Json(Done {}))
}

async fn read(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(read): Body<ReadUpTo>,
) -> Answer<Done> {
    served.app.read(&signed.person, ChatId(chat), read.seq).await?;
    Ok(Json(Done {}))
}

pub(super) async fn seen(served: &Served, signed: &Signed, chat: Uuid) -> Answer<ChatView> {
    let granted = served.app.grant(&signed.person, ChatId(chat)).await?;
    Ok(Json(served.app.chat_view(&signed.person, &granted).await?))
}
