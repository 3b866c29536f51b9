//! The ticket system of others that the configuration names.

use crate::config;
use desk::zammad::{self, Zammad};
use desk::znuny::{self, SessionIn, Znuny};
use desk::{Address, Desk, Mapping, Patience, Secret};
use std::fmt::Write;

/// Wins over the file.
const SECRET: &str = "DESKBELL_DESK_SECRET";

/// A desk with the queues of it that groups stand for.
pub struct Foreign {
    pub desk: Box<dyn Desk>,
    pub mapping: Mapping,
}

/// Signs in, and tells what agents reach. The error is a sentence.
pub async fn test_desk(config: &config::Desk) -> Result<String, String> {
    let foreign =
        foreign(config)?.ok_or("The configuration names no ticket system: see [desk] in `deskbell config`.")?;
    let Foreign { desk, mapping } = &foreign;
    let mut told = desk.test().await.map_err(|error| error.to_string())?;
    let known = desk.meta().await.map_err(|error| error.to_string())?.queues;
    for (queue, group) in &mapping.0 {
        let _ = match known.contains(queue) {
            true => write!(told, "\nAgents reach {queue} by their keys on the group {group}."),
            false => write!(told, "\nThere is no {queue} for the group {group}; check its name."),
        };
    }
    if mapping.0.is_empty() {
        told += "\nAgents reach nothing of it: `queues` is empty.";
    }
    Ok(told)
}

/// The desk named by the configuration; none for the built-in one.
pub fn foreign(config: &config::Desk) -> Result<Option<Foreign>, String> {
    let address = Address {
        url: config.url.clone(),
        plain_http: config.plain_http,
    };
    let stranger = Some(config.stranger.clone()).filter(|stranger| !stranger.is_empty());
    let patience = Patience::default();
    let desk: Box<dyn Desk> = match config.kind.as_str() {
        "" => return Ok(None),
        "znuny" => Box::new(Znuny::new(znuny::Access {
            address,
            service: config.service.clone(),
            user: config.user.clone(),
            password: secret(config)?,
            session: session(&config.session)?,
            routes: znuny::Routes::with(
                config
                    .routes
                    .iter()
                    .map(|(name, route)| (name.as_str(), route.as_str())),
            )?,
            field: config.field.clone(),
            stranger,
            meta: znuny::shipped(config.queues.keys().cloned().collect()),
            patience,
        })?),
        "zammad" => Box::new(Zammad::new(zammad::Access {
            address,
            token: secret(config)?,
            stranger,
            patience,
        })?),
        other => return Err(format!("{other} is no ticket system we know: znuny or zammad")),
    };
    Ok(Some(Foreign {
        desk,
        mapping: Mapping(config.queues.clone()),
    }))
}

fn session(word: &str) -> Result<SessionIn, String> {
    match word {
        "header" => Ok(SessionIn::Header),
        "field" => Ok(SessionIn::Field),
        other => Err(format!("desk.session is header or field, and not {other}")),
    }
}

fn secret(config: &config::Desk) -> Result<Secret, String> {
    if let Ok(secret) = std::env::var(SECRET) {
        return Ok(Secret::new(secret));
    }
    let file = &config.secret_file;
    if file.as_os_str().is_empty() {
        return Err(format!(
            "the ticket system's password or token is missing: set {SECRET} or desk.secret_file"
        ));
    }
    let text = std::fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    Ok(Secret::new(text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[tokio::test]
    async fn a_desk_that_cannot_be_reached_is_said_in_a_sentence() {
        let dir = proof::temp_dir();
        std::fs::write(dir.file("token"), "tok-1ce-cr3am\n").unwrap();
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let mut config = config::Desk {
            kind: "zammad".to_owned(),
            url: format!("http://{}", gone.local_addr().unwrap()),
            secret_file: dir.file("token"),
            ..config::Desk::default()
        };
        drop(gone);
        let said = test_desk(&config).await.unwrap_err();
        assert!(said.starts_with("The ticket system cannot be reached"), "{said}");
        for (kind, url, why) in [
            ("", "", "names no ticket system"),
            ("jira", "", "znuny or zammad"),
            ("znuny", "desk.example.org", "is no URL"),
            ("zammad", "http://desk.example.org", "use https"),
        ] {
            (config.kind, config.url) = (kind.to_owned(), url.to_owned());
            let said = test_desk(&config).await.unwrap_err();
            assert!(said.contains(why), "{said}");
        }
        config.secret_file = dir.file("nothing");
        config.url = "https://desk.example.org".to_owned();
        assert!(test_desk(&config).await.unwrap_err().contains("cannot read"));
    }

    #[tokio::test]
    async fn what_agents_reach_is_told() {
        let said = |uri: axum::http::Uri| match uri.path() {
            "/api/v1/users/me" => json!({ "login": "deskbell" }),
            "/api/v1/groups" => json!([{ "id": 1, "name": "Travel", "active": true }]),
            _ => json!([]),
        };
        let router = axum::Router::new().fallback(async move |uri: axum::http::Uri| axum::Json(said(uri)));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let dir = proof::temp_dir();
        std::fs::write(dir.file("token"), "tok-1ce-cr3am\n").unwrap();
        let config = config::Desk {
            kind: "zammad".to_owned(),
            url,
            secret_file: dir.file("token"),
            queues: ["Travel", "Trvel"]
                .map(|queue| (queue.to_owned(), "travel".to_owned()))
                .into(),
            ..config::Desk::default()
        };
        let told = test_desk(&config).await.unwrap();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(
            lines,
            [
                "Signed in as deskbell.",
                "Agents reach Travel by their keys on the group travel.",
                "There is no Trvel for the group travel; check its name.",
            ]
        );
    }
}
