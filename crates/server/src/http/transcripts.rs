//! A chat as a file.

use super::auth::Signed;
use crate::app::{AppError, Form, Wanted};
use crate::door::Served;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use domain::ChatId;
use serde::Deserialize;
use uuid::Uuid;

/// Longest name of a language or a zone.
const NAME_MAX: usize = 64;

pub fn routes() -> Router<Served> {
    Router::new().route("/api/chats/{id}/transcript", get(transcript))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    form: String,
    language: Option<String>,
    zone: Option<String>,
}

async fn transcript(
    State(served): State<Served>,
    signed: Signed,
    Path(chat): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, AppError> {
    let (form, ending, kind) = match asked.form.as_str() {
        "pdf" => (Form::Pdf, "pdf", "application/pdf"),
        "html" => (Form::Html, "html", "text/html; charset=utf-8"),
        "json" => (Form::Json, "json", "application/json"),
        "text" => (Form::Text, "txt", "text/plain; charset=utf-8"),
        _ => return Err(AppError::BadInput("form is pdf, html, json or text".into())),
    };
    let language = asked.language.unwrap_or_else(|| "en".into());
    let zone = asked.zone.unwrap_or_else(|| "UTC".into());
    if language.len().max(zone.len()) > NAME_MAX {
        return Err(AppError::BadInput(format!(
            "language and zone have at most {NAME_MAX} characters"
        )));
    }
    let wanted = Wanted { form, language, zone };
    let made = served.app.transcript(&signed.person, ChatId(chat), wanted).await?;
    let name = format!("attachment; filename=\"chat-{chat}.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        // Should a browser show it all the same, it may do nothing there.
        (
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'; style-src 'unsafe-inline'".to_owned(),
        ),
    ];
    Ok((headers, made))
}
