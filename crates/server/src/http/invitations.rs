//! The routes by which agents ask people for a chat, ask each other into one, and change their place in it.

use super::Served;
use super::auth::{CameFrom, Signed};
use super::chats::seen;
use super::problem::{Answer, Body};
use axum::extract::{Path, State};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use domain::{ChannelId, ChatId, PersonId};
use uuid::Uuid;
use wire::{
    ChatView, Done, Draft, InviteAgent, Invitees, MoveChat, Offer, RequestChat, SetHidden, SetNotify, Started, TakeRole,
};

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/people/{id}/chats", post(request))
        .route("/api/chats/{id}/invite", post(invite))
        .route("/api/chats/{id}/invitees", get(invitees))
        .route("/api/chats/{id}/join", post(join))
        .route("/api/chats/{id}/role", post(role))
        .route("/api/chats/{id}/move", post(move_chat))
        .route("/api/chats/{id}/channels", get(channels))
        .route("/api/chats/{id}/hidden", put(hidden))
        .route("/api/chats/{id}/notify", put(notify))
        .route("/api/chats/{id}/draft", put(draft))
}

async fn request(
    State(served): State<Served>,
    signed: Signed,
    from: CameFrom,
    Path(whom): Path<Uuid>,
    Body(asks): Body<RequestChat>,
) -> Answer<Started> {
    let app = &served.app;
    app.count_start(&signed, from.0)?;
    let (chat, new) = app.request(&signed.person, PersonId(whom), &asks).await?;
    let granted = app.grant(&signed.person, chat).await?;
    let chat = app.chat_view(&signed.person, &granted).await?;
    Ok(Json(Started { chat, new }))
}

async fn invite(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(asks): Body<InviteAgent>,
) -> Answer<ChatView> {
    let (whom, note) = (PersonId(asks.person), asks.note.as_deref());
    let app = &served.app;
    app.invite(&signed.person, ChatId(chat), asks.cid, whom, asks.role, note)
        .await?;
    seen(&served, &signed, chat).await
}

async fn invitees(State(served): State<Served>, signed: Signed, Path(chat): Path<Uuid>) -> Answer<Invitees> {
    let people = served.app.invitees(&signed.person, ChatId(chat)).await?;
    Ok(Json(Invitees { people }))
}

async fn join(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(take): Body<TakeRole>,
) -> Answer<ChatView> {
    let app = &served.app;
    app.join_chat(&signed.person, ChatId(chat), take.cid, take.role).await?;
    seen(&served, &signed, chat).await
}

async fn role(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(take): Body<TakeRole>,
) -> Answer<ChatView> {
    let app = &served.app;
    app.switch_role(&signed.person, ChatId(chat), take.cid, take.role)
        .await?;
    seen(&served, &signed, chat).await
}

async fn move_chat(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(to): Body<MoveChat>,
) -> Answer<Done> {
    let app = &served.app;
    app.move_chat(&signed.person, ChatId(chat), to.cid, ChannelId(to.channel))
        .await?;
    Ok(Json(Done {}))
}

async fn channels(State(served): State<Served>, signed: Signed, Path(chat): Path<Uuid>) -> Answer<Offer> {
    let channels = served.app.move_targets(&signed.person, ChatId(chat)).await?;
    Ok(Json(Offer { channels }))
}

async fn hidden(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(set): Body<SetHidden>,
) -> Answer<Done> {
    served.app.set_hidden(&signed.person, ChatId(chat), set.hidden).await?;
    Ok(Json(Done {}))
}

async fn notify(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(set): Body<SetNotify>,
) -> Answer<Done> {
    served.app.set_notify(&signed.person, ChatId(chat), set.notify).await?;
    Ok(Json(Done {}))
}

async fn draft(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Body(draft): Body<Draft>,
) -> Answer<Done> {
    served
        .app
        .set_draft(&signed.person, ChatId(chat), &draft.text, draft.note)
        .await?;
    Ok(Json(Done {}))
}
