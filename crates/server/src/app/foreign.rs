//! The ticket system of others that the configuration names.

use super::{App, AppError};
use crate::config;
use desk::zammad::{self, Zammad};
use desk::znuny::{self, SessionIn, Znuny};
use desk::{Address, Desk, Mapping, Patience, Secret};
use domain::TicketId;
use std::fmt::Write;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// Wins over the file.
const SECRET: &str = "DESKBELL_DESK_SECRET";

/// Calls that read, and errands, which are done at the same time by this node: a desk has other users.
const AT_ONCE: usize = 4;
/// How long one waits for his turn.
const TURN_WITHIN: Duration = Duration::from_secs(10);
/// Longest time that the configuration may set for an answer.
const WITHIN_MAX_S: u64 = 120;
/// In place of a ticket's id.
const ID: &str = "{id}";

/// A connected desk with the queues of it that groups stand for.
pub(super) struct Foreign {
    pub desk: Box<dyn Desk>,
    pub mapping: Mapping,
    pub kind: wire::DeskKind,
    /// With `{id}` in place of a ticket's id.
    link: Option<String>,
    default_queue: Option<String>,
    reading: Semaphore,
    errands: Semaphore,
}

impl Foreign {
    /// The desk, to ask it something. `Busy` where too many do.
    pub async fn ask(&self) -> Result<SemaphorePermit<'_>, AppError> {
        turn(&self.reading).await
    }

    /// The same, to do an errand there.
    pub async fn errand(&self) -> Result<SemaphorePermit<'_>, AppError> {
        turn(&self.errands).await
    }

    /// One that this group stands for, else the one for all that have none.
    pub fn queue_of(&self, group: Option<&str>) -> Option<&str> {
        let queues = || self.mapping.0.iter();
        let of_group = queues().find(|(_, of)| Some(of.as_str()) == group);
        let of_group = of_group.map(|(queue, _)| queue.as_str());
        let default = self.default_queue.as_deref();
        of_group
            .or(default)
            .or(queues().next().map(|(queue, _)| queue.as_str()))
    }

    /// As the pages know it.
    pub fn view(&self, agent: bool) -> wire::ForeignDesk {
        wire::ForeignDesk {
            kind: self.kind,
            ticket_link: self.link.clone().filter(|_| agent),
        }
    }

    /// Our name of a ticket there; none for an id that such a desk does not give.
    pub fn name(&self, id: &desk::TicketId) -> Option<TicketId> {
        TicketId::foreign(sort(self.kind), id.0.parse().ok()?)
    }

    /// The desk's own id of a ticket, if it is one of this desk.
    pub fn id(&self, name: TicketId) -> Option<desk::TicketId> {
        let (of, number) = name.as_foreign()?;
        (of == sort(self.kind)).then(|| desk::TicketId(number.to_string()))
    }
}

async fn turn(turns: &Semaphore) -> Result<SemaphorePermit<'_>, AppError> {
    let turn = timeout(TURN_WITHIN, turns.acquire()).await;
    turn.map_err(|_| AppError::Busy)?.map_err(|_| AppError::Busy)
}

/// In the ids of tickets: these numbers are stored.
fn sort(kind: wire::DeskKind) -> u8 {
    match kind {
        wire::DeskKind::Znuny => 1,
        wire::DeskKind::Zammad => 2,
    }
}

/// What the id of a ticket tells of it, if it is in a connected desk.
pub(super) fn there(ticket: TicketId) -> Option<wire::TicketThere> {
    let (of, number) = ticket.as_foreign()?;
    let kind = [wire::DeskKind::Znuny, wire::DeskKind::Zammad];
    let kind = kind.into_iter().find(|kind| sort(*kind) == of)?;
    let id = number.to_string();
    Some(wire::TicketThere { kind, id })
}

impl App {
    /// Tickets are in the desk that the configuration names, if it names one. The error is a sentence.
    pub async fn connect(&self, config: &config::Desk) -> Result<(), String> {
        if let Some(foreign) = foreign(config)? {
            tracing::info!(kind = config.kind, "tickets are in a connected ticket system");
            let _ = self.foreign.set(foreign);
        }
        let let_go = self.store.let_go_of_errands().await;
        let_go.map_err(|error| format!("the errands cannot be read: {error}"))
    }

    pub(super) fn foreign(&self) -> Option<&Foreign> {
        self.foreign.get()
    }
}

/// Signs in, and tells what agents reach. The error is a sentence.
pub async fn test_desk(config: &config::Desk) -> Result<String, String> {
    let foreign =
        foreign(config)?.ok_or("The configuration names no ticket system: see [desk] in `deskbell config`.")?;
    let Foreign { desk, mapping, .. } = &foreign;
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

pub(super) fn check(config: &config::Desk) -> Result<(), String> {
    foreign(config).map(drop)
}

/// The desk named by the configuration; none for the built-in one.
fn foreign(config: &config::Desk) -> Result<Option<Foreign>, String> {
    let address = Address {
        url: config.url.clone(),
        plain_http: config.plain_http,
    };
    let given = |word: &String| Some(word.clone()).filter(|word| !word.is_empty());
    let stranger = given(&config.stranger);
    let ticket_type = given(&config.ticket_type);
    let patience = Patience {
        read: within(config.read_within_s)?,
        write: within(config.write_within_s)?,
        ..Patience::default()
    };
    let (kind, desk): (_, Box<dyn Desk>) = match config.kind.as_str() {
        "" => return Ok(None),
        "znuny" => (
            wire::DeskKind::Znuny,
            Box::new(Znuny::new(znuny::Access {
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
                ticket_type,
                meta: znuny::shipped(
                    config.queues.keys().cloned().collect(),
                    config.agents.iter().map(agent).collect(),
                    config.responsible,
                ),
                patience,
            })?),
        ),
        "zammad" if ticket_type.is_some() => {
            return Err(
                "desk.ticket_type is for znuny: zammad takes no type of a ticket, so leave it empty".to_owned(),
            );
        }
        "zammad" => (
            wire::DeskKind::Zammad,
            Box::new(Zammad::new(zammad::Access {
                address,
                token: secret(config)?,
                stranger,
                patience,
            })?),
        ),
        other => return Err(format!("{other} is no ticket system we know: znuny or zammad")),
    };
    let default_queue = given(&config.default_queue);
    if let Some(queue) = default_queue
        .as_ref()
        .filter(|queue| !config.queues.contains_key(*queue))
    {
        return Err(format!(
            "desk.default_queue is one of desk.queues, and {queue} is none of them"
        ));
    }
    Ok(Some(Foreign {
        desk,
        mapping: Mapping(config.queues.clone()),
        kind,
        link: link(config, kind)?,
        default_queue,
        reading: Semaphore::new(AT_ONCE),
        errands: Semaphore::new(AT_ONCE),
    }))
}

fn agent((login, name): (&String, &String)) -> desk::Agent {
    let (login, name) = (login.clone(), name.clone());
    desk::Agent { login, name }
}

fn within(seconds: u64) -> Result<Duration, String> {
    match seconds {
        1..=WITHIN_MAX_S => Ok(Duration::from_secs(seconds)),
        _ => Err(format!(
            "desk.read_within_s and desk.write_within_s lie between 1 and {WITHIN_MAX_S}"
        )),
    }
}

/// Where a ticket is shown: as it is told, else as a plain installation has it.
fn link(config: &config::Desk, kind: wire::DeskKind) -> Result<Option<String>, String> {
    let told = &config.ticket_link;
    if told.is_empty() {
        let base = config.url.trim_end_matches('/');
        return Ok(match kind {
            wire::DeskKind::Zammad => Some(format!("{base}/#ticket/zoom/{ID}")),
            wire::DeskKind::Znuny => base
                .strip_suffix("nph-genericinterface.pl")
                .map(|base| format!("{base}index.pl?Action=AgentTicketZoom;TicketID={ID}")),
        });
    }
    let web = ["https://", "http://"].iter().any(|scheme| told.starts_with(scheme));
    if !web || !told.contains(ID) {
        return Err(format!(
            "{told} is no desk.ticket_link: it reads like https://desk.example.org/tickets/{ID}"
        ));
    }
    Ok(Some(told.clone()))
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
        let mut odd = config::Desk {
            default_queue: "Travel".to_owned(),
            ..config.clone()
        };
        (odd.kind, odd.url) = ("zammad".to_owned(), "https://desk.example.org".to_owned());
        assert!(test_desk(&odd).await.unwrap_err().contains("one of desk.queues"));
        odd.default_queue.clear();
        odd.ticket_link = "javascript:alert({id})".to_owned();
        assert!(test_desk(&odd).await.unwrap_err().contains("no desk.ticket_link"));
        odd.ticket_type = "Incident".to_owned();
        assert!(
            test_desk(&odd)
                .await
                .unwrap_err()
                .contains("desk.ticket_type is for znuny")
        );
        odd.write_within_s = 0;
        assert!(test_desk(&odd).await.unwrap_err().contains("between 1 and 120"));
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
