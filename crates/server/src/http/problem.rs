//! Bodies in, answers out: JSON, and a `Problem` for every refusal.

use crate::app::AppError;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use wire::Problem;

/// Longest request body in bytes.
pub const BODY_MAX: usize = 64 * 1024;
/// Within which a body has to arrive.
const BODY_WITHIN: Duration = Duration::from_secs(10);

/// What a handler answers.
pub type Answer<T> = Result<Json<T>, AppError>;

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        if let Self::Store(error) = &self {
            // The operator sees the chain once, here.
            tracing::error!(%error, "the store failed a request");
        }
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        refuse(status, self.problem())
    }
}

/// A refusal that no handler made.
pub fn refuse(status: StatusCode, problem: Problem) -> Response {
    let retry_after = problem.retry_after_ms.map(|ms| ms.div_ceil(1_000).max(1).to_string());
    let mut response = (status, Json(problem)).into_response();
    if let Some(seconds) = retry_after.and_then(|seconds| seconds.parse().ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

pub fn problem(code: &str, say: &str, next: &str) -> Problem {
    Problem {
        code: code.into(),
        say: say.into(),
        next: next.into(),
        retry_after_ms: None,
        by: None,
        limit: None,
        told: None,
    }
}

/// A JSON body of a type that refuses unknown fields.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + Serialize, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        if !is_json(request.headers()) {
            let problem = problem(
                "bad_input",
                "The body is not JSON.",
                "Send it with Content-Type: application/json.",
            );
            return Err(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem));
        }
        let Ok(read) = tokio::time::timeout(BODY_WITHIN, Bytes::from_request(request, state)).await else {
            let problem = problem(
                "bad_input",
                "The body did not arrive in time.",
                "Send the request again.",
            );
            return Err(refuse(StatusCode::REQUEST_TIMEOUT, problem));
        };
        let bytes = read.map_err(|rejection| match rejection.into_response().status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                let mut problem = problem("too_large", "The request is too large.", "Send less at once.");
                problem.limit = Some(BODY_MAX as u64);
                refuse(StatusCode::PAYLOAD_TOO_LARGE, problem)
            }
            _ => AppError::BadInput("the body could not be read".into()).into_response(),
        })?;
        wire::read(&bytes).map(Self).map_err(|error| {
            let status = if error.is_data() {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::BAD_REQUEST
            };
            refuse(status, AppError::BadInput(error.to_string()).problem())
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    value
        .split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
