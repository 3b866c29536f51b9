//! Files into chats and out of them.

use super::Served;
use super::auth::Signed;
use super::problem::Answer;
use crate::app::{AppError, Content, FileRefusal, Sending};
use axum::body::{Body, BodyDataStream};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{ChatId, File, TicketId};
use futures_util::StreamExt;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use serde::Deserialize;
use std::time::Duration;
use uuid::Uuid;
use wire::{Done, Said};

/// The file's name, in UTF-8 and percent-encoded. Not in the address: proxies write addresses down.
pub const NAME: HeaderName = HeaderName::from_static("x-deskbell-file-name");
/// What of a refused file is still taken in, and for how long: a browser that is cut off while it sends never reads why.
const REFUSED_WITHIN: Duration = Duration::from_secs(10);
/// What stays as it is in a name by RFC 8187 (`attr-char`).
const ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

pub fn routes() -> Router<Served> {
    Router::new()
        .route("/api/chats/{id}/files", post(send))
        .route("/api/chats/{id}/files/{seq}", get(read))
        .route("/api/tickets/{id}/articles/{n}/files", post(attach))
        .route("/api/tickets/{id}/articles/{n}/files/{file}", get(attached))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    cid: Uuid,
    size: u64,
    #[serde(default)]
    note: bool,
}

async fn send(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Query(about): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Said> {
    let (sending, mut body) = (about.sending(&headers), body.into_data_stream());
    let sent = served
        .app
        .send_file(&signed.person, ChatId(chat), sending, &mut body)
        .await;
    read_refused(&sent, about.size, &mut body).await;
    let said = sent?;
    Ok(Json(Said {
        seq: said.seq,
        dup: said.dup,
    }))
}

async fn attach(
    State(served): State<Served>,
    signed: Signed,
    Path((ticket, n)): Path<(Uuid, i64)>,
    Query(about): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Answer<Done> {
    let (sending, mut body) = (about.sending(&headers), body.into_data_stream());
    let (app, ticket) = (&served.app, TicketId(ticket));
    let sent = app.attach_file(&signed.person, ticket, n, &sending, &mut body).await;
    read_refused(&sent, about.size, &mut body).await;
    sent.map(|()| Json(Done {}))
}

impl About {
    fn sending(&self, headers: &HeaderMap) -> Sending {
        let name = headers.get(NAME).map_or(&b""[..], |name| name.as_bytes());
        Sending {
            cid: self.cid,
            name: percent_decode(name).decode_utf8_lossy().into_owned(),
            size_bytes: self.size,
            note: self.note,
        }
    }
}

/// Takes in the rest of what was refused, so that the refusal is read.
async fn read_refused<T>(sent: &Result<T, AppError>, size: u64, body: &mut BodyDataStream) {
    if let Err(error) = sent
        && is_worth_reading(error)
    {
        let rest = async {
            let mut left = size;
            while left > 0
                && let Some(Ok(piece)) = body.next().await
            {
                left = left.saturating_sub(piece.len() as u64);
            }
        };
        let _ = tokio::time::timeout(REFUSED_WITHIN, rest).await;
    }
}

/// Not of what lies about its length or never ends.
fn is_worth_reading(error: &AppError) -> bool {
    !matches!(
        error,
        AppError::File(FileRefusal::TooLarge { .. } | FileRefusal::NotWhole | FileRefusal::TooSlow)
    )
}

async fn read(
    State(served): State<Served>,
    signed: Signed,
    Path((chat, seq)): Path<(Uuid, i64)>,
) -> Result<Response, AppError> {
    let (file, content) = served.app.file(&signed.person, ChatId(chat), seq).await?;
    Ok(answer(&file, content))
}

async fn attached(
    State(served): State<Served>,
    signed: Signed,
    Path((ticket, n, file)): Path<(Uuid, i64, i64)>,
) -> Result<Response, AppError> {
    let ticket = TicketId(ticket);
    let (file, content) = served.app.attached_file(&signed.person, ticket, n, file).await?;
    Ok(answer(&file, content))
}

fn answer(file: &File, content: Content) -> Response {
    let Content { size_bytes, pieces } = content;
    let headers = [
        (header::CONTENT_TYPE, media_type(file)),
        (header::CONTENT_LENGTH, HeaderValue::from(size_bytes)),
        (header::CONTENT_DISPOSITION, disposition(file)),
        // Should a browser show it as a page all the same, it may do nothing there.
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("sandbox; default-src 'none'"),
        ),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}

fn media_type(file: &File) -> HeaderValue {
    match file.kind.word() {
        "text/plain" => HeaderValue::from_static("text/plain; charset=utf-8"),
        "text/csv" => HeaderValue::from_static("text/csv; charset=utf-8"),
        other => HeaderValue::from_static(other),
    }
}

/// By RFC 6266: pictures may be shown, all else is saved. Old programs read the first name, others the second.
fn disposition(file: &File) -> HeaderValue {
    let how = if file.kind.is_picture() { "inline" } else { "attachment" };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '(' | ')');
    let plain: String = file.name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let whole = utf8_percent_encode(&file.name, ATTR_CHAR);
    let text = format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{whole}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::FileType;

    fn of(name: &str, kind: FileType) -> String {
        let file = File {
            name: name.to_owned(),
            kind,
            size_bytes: 1,
            hash: [0; 32],
            pixels: None,
        };
        disposition(&file).to_str().unwrap().to_owned()
    }

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            of("rad \"neu\"; x=1 %.png", FileType::Png),
            "inline; filename=\"rad _neu__ x_1 _.png\"; filename*=UTF-8''rad%20%22neu%22%3B%20x%3D1%20%25.png"
        );
        assert_eq!(
            of("Größe 写真.pdf", FileType::Pdf),
            "attachment; filename=\"Gr__e __.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E5%86%99%E7%9C%9F.pdf"
        );
        assert!(!of("a\r\nSet-Cookie: b", FileType::Text).contains(['\r', '\n']));
    }
}
