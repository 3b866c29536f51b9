//! The routes of sessions, passwords, the first agent, and what an agent chooses for himself.

use super::auth::{CameFrom, Comer, From, Owing, Signed, set_cookie};
use super::problem::{Answer, Body};
use crate::app::{AppError, Content, PICTURE_MAX};
use crate::door::Served;
use axum::body::{Body as Bytestream, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use axum::{Json, Router};
use domain::{ChannelId, ChatId, PersonId};
use uuid::Uuid;
use wire::{
    ChangePassword, Done, Factor, FactorOffer, Forgotten, LinkUsed, LinkView, LookAtLink, Profile, ProveMe,
    RecoveryCodes, Sessions, SetAvailability, SetChannels, SetFactor, Setup, SetupNeeded, SignIn, SignedIn, Surface,
    UseLink,
};

pub fn routes() -> Router<Served> {
    let own_picture = put(set_picture).delete(remove_picture);
    let own_picture = own_picture.layer(DefaultBodyLimit::max(PICTURE_MAX));
    Router::new()
        .route("/api/setup", get(setup_needed).post(set_up))
        .route("/api/session", get(signed_in).post(sign_in).delete(sign_out))
        .route("/api/password", put(change_password))
        .route("/api/password/forgotten", post(forgotten))
        .route("/api/links/look", post(look_at_link))
        .route("/api/links/use", post(use_link))
        .route("/api/sessions", get(sessions).delete(end_others))
        .route("/api/sessions/{id}", delete(end_session))
        .route("/api/second_factor", get(factor).put(set_factor))
        .route("/api/second_factor/offer", post(offer_factor))
        .route("/api/second_factor/codes", post(renew_codes))
        .route("/api/second_factor/remove", post(remove_factor))
        .route("/api/me/profile", put(set_profile))
        .route("/api/me/picture", own_picture)
        .route("/api/people/{id}/picture", get(picture))
        .route("/api/chats/{id}/members/{n}/picture", get(member_picture))
        .route("/api/me/availability", put(set_availability))
        .route("/api/me/channels", put(set_channels))
}

/// A body, and the cookie that goes with it.
type WithCookie<T> = Result<(HeaderMap, Json<T>), AppError>;

async fn setup_needed(State(served): State<Served>) -> Answer<SetupNeeded> {
    let needed = served.app.needs_setup().await?;
    Ok(Json(SetupNeeded { needed }))
}

async fn set_up(State(served): State<Served>, from: Comer, Body(setup): Body<Setup>) -> WithCookie<SignedIn> {
    let (signed, token) = served.app.set_up(&setup, &from).await?;
    let me = served.app.me(&signed.person).await?;
    Ok((
        cookie(&served, Surface::Agent, Some(&token)),
        Json(SignedIn { me, lowered: false }),
    ))
}

async fn signed_in(State(served): State<Served>, Owing(signed): Owing) -> Answer<SignedIn> {
    let me = served.app.me(&signed.person).await?;
    Ok(Json(SignedIn { me, lowered: false }))
}

async fn sign_in(
    State(served): State<Served>,
    surface: From,
    from: Comer,
    Body(given): Body<SignIn>,
) -> WithCookie<SignedIn> {
    if given.surface != surface.0 {
        return Err(AppError::BadInput("body and header name different surfaces".into()));
    }
    let (signed, token) = served.app.sign_in(&given, &from).await?;
    let lowered = served.app.lower_availability(&signed).await?;
    let me = served.app.me(&signed.person).await?;
    Ok((
        cookie(&served, given.surface, Some(&token)),
        Json(SignedIn { me, lowered }),
    ))
}

async fn sign_out(State(served): State<Served>, from: From, Owing(signed): Owing) -> WithCookie<Done> {
    served.app.sign_out(&signed).await?;
    let mut headers = cookie(&served, from.0, None);
    // Also what the browser keeps to go back to at once. What else it stores is of both interfaces, and of visitors: those that signed out
    // take theirs away themselves.
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok((headers, Json(Done {})))
}

async fn change_password(
    State(served): State<Served>,
    signed: Signed,
    from: CameFrom,
    Body(change): Body<ChangePassword>,
) -> Answer<Done> {
    served
        .app
        .change_password(&signed, &change.old, &change.new, from.0)
        .await?;
    Ok(Json(Done {}))
}

async fn forgotten(State(served): State<Served>, from: CameFrom, Body(asks): Body<Forgotten>) -> Answer<Done> {
    served.app.forgotten(&asks, from.0).await?;
    Ok(Json(Done {}))
}

async fn look_at_link(
    State(served): State<Served>,
    surface: From,
    from: CameFrom,
    Body(asks): Body<LookAtLink>,
) -> Answer<LinkView> {
    Ok(Json(served.app.link(surface.0, &asks.token, from.0).await?))
}

async fn use_link(
    State(served): State<Served>,
    surface: From,
    from: CameFrom,
    Body(asks): Body<UseLink>,
) -> Answer<LinkUsed> {
    Ok(Json(served.app.use_link(surface.0, &asks, from.0).await?))
}

async fn sessions(State(served): State<Served>, signed: Signed) -> Answer<Sessions> {
    Ok(Json(served.app.sessions(&signed).await?))
}

async fn end_session(State(served): State<Served>, signed: Signed, Path(id): Path<Uuid>) -> Answer<Done> {
    served.app.end_named(&signed, id).await?;
    Ok(Json(Done {}))
}

async fn end_others(State(served): State<Served>, signed: Signed) -> Answer<Done> {
    served.app.end_others(&signed).await?;
    Ok(Json(Done {}))
}

async fn factor(State(served): State<Served>, Owing(signed): Owing) -> Answer<Factor> {
    Ok(Json(served.app.factor(&signed).await?))
}

async fn offer_factor(
    State(served): State<Served>,
    Owing(signed): Owing,
    from: CameFrom,
    Body(asks): Body<ProveMe>,
) -> Answer<FactorOffer> {
    Ok(Json(served.app.offer_factor(&signed, &asks, from.0).await?))
}

async fn set_factor(
    State(served): State<Served>,
    Owing(signed): Owing,
    Body(asks): Body<SetFactor>,
) -> Answer<RecoveryCodes> {
    Ok(Json(served.app.set_factor(&signed, &asks).await?))
}

async fn renew_codes(
    State(served): State<Served>,
    signed: Signed,
    from: CameFrom,
    Body(asks): Body<ProveMe>,
) -> Answer<RecoveryCodes> {
    Ok(Json(served.app.renew_codes(&signed, &asks, from.0).await?))
}

async fn remove_factor(
    State(served): State<Served>,
    signed: Signed,
    from: CameFrom,
    Body(asks): Body<ProveMe>,
) -> Answer<Done> {
    served.app.remove_factor(&signed, &asks, from.0).await?;
    Ok(Json(Done {}))
}

async fn set_profile(State(served): State<Served>, signed: Signed, Body(set): Body<Profile>) -> Answer<Done> {
    served.app.set_profile(&signed, &set).await?;
    Ok(Json(Done {}))
}

async fn set_picture(
    State(served): State<Served>,
    signed: Signed,
    sent: Result<Bytes, BytesRejection>,
) -> Answer<Done> {
    let sent = sent.map_err(|_| AppError::UnfitPicture)?;
    served.app.set_picture(&signed, sent.into()).await?;
    Ok(Json(Done {}))
}

async fn remove_picture(State(served): State<Served>, signed: Signed) -> Answer<Done> {
    served.app.remove_picture(&signed).await?;
    Ok(Json(Done {}))
}

async fn picture(State(served): State<Served>, signed: Signed, Path(id): Path<Uuid>) -> Result<Response, AppError> {
    Ok(png(served.app.picture(&signed.person, PersonId(id)).await?))
}

async fn member_picture(
    State(served): State<Served>,
    signed: Signed,
    Path((chat, n)): Path<(Uuid, u32)>,
) -> Result<Response, AppError> {
    Ok(png(served.app.member_picture(&signed.person, ChatId(chat), n).await?))
}

fn png(content: Content) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CONTENT_LENGTH, HeaderValue::from(content.size_bytes)),
    ];
    (headers, Bytestream::from_stream(content.pieces)).into_response()
}

async fn set_availability(
    State(served): State<Served>,
    signed: Signed,
    Body(set): Body<SetAvailability>,
) -> Answer<Done> {
    let availability = match set.availability {
        wire::Availability::Unavailable => domain::Availability::Unavailable,
        wire::Availability::Internal => domain::Availability::Internal,
        wire::Availability::InternalAndExternal => domain::Availability::InternalAndExternal,
    };
    served.app.set_availability(&signed, availability).await?;
    Ok(Json(Done {}))
}

async fn set_channels(State(served): State<Served>, signed: Signed, Body(set): Body<SetChannels>) -> Answer<Done> {
    let channels: Vec<_> = set.channels.into_iter().map(ChannelId).collect();
    served.app.set_my_channels(&signed, &channels).await?;
    Ok(Json(Done {}))
}

fn cookie(served: &Served, surface: Surface, token: Option<&str>) -> HeaderMap {
    let longest_s = served.app.settings().session_longest_s;
    let set = set_cookie(surface, token, longest_s, &served.config);
    set.map(|set| (header::SET_COOKIE, set)).into_iter().collect()
}
