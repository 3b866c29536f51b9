//! Files into chats and out of them.

use super::Served;
use super::auth::Signed;
use super::problem::Answer;
use crate::app::{AppError, Content, FileRefusal, Sending};
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{ChatId, File};
use futures_util::StreamExt;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use serde::Deserialize;
use std::time::Duration;
use uuid::Uuid;
use wire::Said;

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
    let name = headers.get(NAME).map_or(&b""[..], |name| name.as_bytes());
    let sending = Sending {
        cid: about.cid,
        name: percent_decode(name).decode_utf8_lossy().into_owned(),
        size_bytes: about.size,
        note: about.note,
    };
    let mut body = body.into_data_stream();
    let sent = served
        .app
        .send_file(&signed.person, ChatId(chat), sending, &mut body)
        .await;
    if let Err(error) = &sent
        && is_worth_reading(error)
    {
        let rest = async {
            let mut left = about.size;
            while left > 0
                && let Some(Ok(piece)) = body.next().await
            {
                left = left.saturating_sub(piece.len() as u64);
            }
        };
        let _ = tokio::time::timeout(REFUSED_WITHIN, rest).await;
    }
    let said = sent?;
    Ok(Json(Said {
        seq: said.seq,
        dup: said.dup,
    }))
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
    let Content { size_bytes, pieces } = content;
    let headers = [
        (header::CONTENT_TYPE, media_type(&file)),
        (header::CONTENT_LENGTH, HeaderValue::from(size_bytes)),
        (header::CONTENT_DISPOSITION, disposition(&file)),
        // Should a browser show it as a page all the same, it may do nothing there.
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("sandbox; default-src 'none'"),
        ),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
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
