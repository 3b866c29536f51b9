//! Chats by e-mail.

use super::auth::{CameFrom, Signed};
use super::problem::{Answer, Body};
use crate::door::Served;
use axum::extract::{Path, State};
use axum::routing::post;
use axum::{Json, Router};
use domain::ChatId;
use uuid::Uuid;
use wire::{ConfirmMail, Done, MailChat};

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/chats/{id}/mail", post(mail))
        .route("/api/mail/confirm", post(confirm))
}

async fn mail(
    State(served): State<Served>,
    signed: Signed,
    from: CameFrom,
    Path(chat): Path<Uuid>,
    Body(asks): Body<MailChat>,
) -> Answer<Done> {
    served
        .app
        .mail_chat(&signed.person, from.0, ChatId(chat), &asks)
        .await?;
    Ok(Json(Done {}))
}

async fn confirm(State(served): State<Served>, from: CameFrom, Body(asks): Body<ConfirmMail>) -> Answer<Done> {
    served.app.confirm_mail(&asks.token, asks.again, from.0).await?;
    Ok(Json(Done {}))
}
