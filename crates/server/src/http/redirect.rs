//! The door for those who come by http: it sends them to https, and tells them nothing else.

use super::problem::{problem, refuse};
use crate::config::Config;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

pub fn router(config: Arc<Config>) -> Router {
    Router::new().fallback(redirect).with_state(config)
}

/// To the same path at `public_url`, whatever host was asked for; what is not sent again by a browser is refused, since it came in the clear.
async fn redirect(State(config): State<Arc<Config>>, request: Request) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let to = HeaderValue::from_str(&format!("{}{path}", config.server.public_url));
    match to {
        Ok(to) if request.method().is_safe() && path.starts_with('/') => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
        _ => {
            let say = "This service is asked by https only.";
            refuse(
                StatusCode::FORBIDDEN,
                problem("https_only", say, "Use the https address."),
            )
        }
    }
}
