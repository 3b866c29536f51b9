//! The routes of sessions, passwords, the first agent, and what an agent chooses for himself.

use super::auth::{CameFrom, From, Signed, set_cookie};
use super::problem::{Answer, Body};
use crate::app::AppError;
use crate::door::Served;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::routing::{get, put};
use axum::{Json, Router};
use domain::ChannelId;
use wire::{ChangePassword, Done, SetAvailability, SetChannels, Setup, SetupNeeded, SignIn, SignedIn, Surface};

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/setup", get(setup_needed).post(set_up))
        .route("/api/session", get(signed_in).post(sign_in).delete(sign_out))
        .route("/api/password", put(change_password))
        .route("/api/me/availability", put(set_availability))
        .route("/api/me/channels", put(set_channels))
}

/// A body, and the cookie that goes with it.
type WithCookie<T> = Result<(HeaderMap, Json<T>), AppError>;

async fn setup_needed(State(served): State<Served>) -> Answer<SetupNeeded> {
    let needed = served.app.needs_setup().await?;
    Ok(Json(SetupNeeded { needed }))
}

async fn set_up(State(served): State<Served>, from: CameFrom, Body(setup): Body<Setup>) -> WithCookie<SignedIn> {
    let (signed, token) = served.app.set_up(&setup, from.0).await?;
    let me = served.app.me(&signed.person).await?;
    Ok((
        cookie(&served, Surface::Agent, Some(&token)),
        Json(SignedIn { me, lowered: false }),
    ))
}

async fn signed_in(State(served): State<Served>, signed: Signed) -> Answer<SignedIn> {
    let me = served.app.me(&signed.person).await?;
    Ok(Json(SignedIn { me, lowered: false }))
}

async fn sign_in(
    State(served): State<Served>,
    surface: From,
    from: CameFrom,
    Body(given): Body<SignIn>,
) -> WithCookie<SignedIn> {
    if given.surface != surface.0 {
        return Err(AppError::BadInput("body and header name different surfaces".into()));
    }
    let signed = served.app.sign_in(given.surface, &given.login, &given.password, from.0);
    let (signed, token) = signed.await?;
    let lowered = served.app.lower_availability(&signed).await?;
    let me = served.app.me(&signed.person).await?;
    Ok((
        cookie(&served, given.surface, Some(&token)),
        Json(SignedIn { me, lowered }),
    ))
}

async fn sign_out(State(served): State<Served>, from: From, signed: Signed) -> WithCookie<Done> {
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
    let set = set_cookie(surface, token, &served.config);
    set.map(|set| (header::SET_COOKIE, set)).into_iter().collect()
}
