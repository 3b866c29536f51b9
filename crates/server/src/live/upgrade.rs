//! From an HTTP request to a live connection: origin, session, `hello`.

use super::connection::Connection;
use super::{FRAME_MAX, HELLO_WITHIN, READ_BUFFER, WRITE_BUFFER_MAX, code};
use crate::app::{AppError, Signed};
use crate::door::{self, Served};
use crate::places::Place;
use axum::Extension;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;
use tokio::time::timeout;
use wire::{ClientFrame, Surface};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    surface: Surface,
}

/// `GET /live?surface=agent|customer|visitor`. Agents and customer users come with their cookie, and only from our own
/// pages; a visitor says his token in `hello`, so that it stands in no address.
pub async fn upgrade(
    State(served): State<Served>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    Extension(place): Extension<Arc<Place>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if served.shutdown.is_cancelled() {
        return AppError::Busy.into_response();
    }
    if !door::origin_ok(&headers, &served.config) {
        return AppError::BadInput("the page's origin is not ours".into()).into_response();
    }
    let cookie = door::cookie(&headers, asked.surface, &served.config);
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BUFFER_MAX)
        .max_message_size(FRAME_MAX)
        .max_frame_size(FRAME_MAX)
        .on_upgrade(move |socket| async move {
            greet(served, asked.surface, cookie, socket).await;
            // Counts against the limits of connections for as long as it lives.
            drop(place);
        })
}

async fn greet(served: Served, surface: Surface, cookie: Option<String>, mut socket: WebSocket) {
    match hello(&served, surface, cookie, &mut socket).await {
        Ok(signed) => {
            let only = match served.app.snippet_channel(&signed).await {
                Ok(only) => only,
                Err(_) => return close(socket, code::RESTART, "try again").await,
            };
            let stop = served.shutdown.clone();
            let (person, active_at) = (Arc::new(signed.person), signed.seen_at);
            Connection::new(served.app, socket, person, signed.session.0, only)
                .run(active_at, stop)
                .await;
        }
        Err(Some((code, reason))) => close(socket, code, reason).await,
        Err(None) => {}
    }
}

async fn hello(
    served: &Served,
    surface: Surface,
    cookie: Option<String>,
    socket: &mut WebSocket,
) -> Result<Signed, Option<(u16, &'static str)>> {
    let first = timeout(HELLO_WITHIN, socket.recv())
        .await
        .map_err(|_| Some((code::BAD_FRAME, "no hello")))?;
    let text = match first {
        Some(Ok(Message::Text(text))) => text,
        Some(Ok(_)) => return Err(Some((code::BAD_FRAME, "no hello"))),
        Some(Err(_)) | None => return Err(None),
    };
    let Ok(ClientFrame::Hello { token }) = wire::read(text.as_bytes()) else {
        return Err(Some((code::BAD_FRAME, "no hello")));
    };
    let token = if surface == Surface::Visitor { token } else { cookie };
    let token = token.ok_or(Some((code::SIGN_IN, "sign in")))?;
    match served.app.admitted(surface, &token).await {
        Ok(signed) => Ok(signed),
        Err(AppError::SignedOut | AppError::FactorOwed) => Err(Some((code::SIGN_IN, "sign in"))),
        Err(_) => Err(Some((code::RESTART, "try again"))),
    }
}

async fn close(mut socket: WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame {
        code,
        reason: Utf8Bytes::from_static(reason),
    };
    let _ = socket.send(Message::Close(Some(frame))).await;
}
