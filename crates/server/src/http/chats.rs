//! The routes of chats: the same verbs as the live connection, and those it has not.

use super::Served;
use super::auth::Signed;
use super::problem::{Body, Failed, Reply};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use domain::{ChannelId, ChatId, Instant, Kind, Refusal};
use serde::Deserialize;
use uuid::Uuid;
use wire::{Act, ChatSnapshot, Chats, Entries, ReadUpTo, Requests, Said, Say, SayKind, StartChat, Started};

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/offer", get(offer))
        .route("/api/requests", get(requests))
        .route("/api/chats", get(list).post(start))
        .route("/api/chats/{id}", get(snapshot))
        .route("/api/chats/{id}/entries", get(entries).post(say))
        .route("/api/chats/{id}/accept", post(accept))
        .route("/api/chats/{id}/close", post(close))
        .route("/api/chats/{id}/hand_back", post(hand_back))
        .route("/api/chats/{id}/leave", post(leave))
        .route("/api/chats/{id}/read", post(read))
}
