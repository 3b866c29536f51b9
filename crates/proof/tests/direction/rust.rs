//! The direction between crates, and between the modules of the server.

use crate::Findings;
use crate::paths::{dependencies, paths};

/// Each crate, and the crates of the workspace it may import. A new crate is given its line here.
const CRATES: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("words", &[]),
    ("bus", &[]),
    ("wire", &["domain"]),
    ("store", &["domain"]),
    ("transcript", &["domain", "words"]),
    ("desk", &["domain"]),
    (
        "server",
        &["domain", "wire", "store", "bus", "transcript", "desk", "words"],
    ),
    ("proof", &[]),
    ("stand", &[]),
    ("bench", &["domain", "transcript", "wire", "words"]),
];

/// The server's edges towards people, time and the command line: they ask `app`, and cannot go round it.
const EDGES: &[&str] = &["http", "live", "jobs", "cli"];
const EDGES_MAY_IMPORT: &[&str] = &["domain", "wire"];

/// What only `app` may name inside the server, besides the root that puts the pieces together.
const BEHIND_APP: &[&str] = &["store", "bus", "sqlx"];

/// The domain says what is true, given the time and the facts; it never goes to look.
const NOT_IN_DOMAIN: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::time::Instant",
    "std::time::SystemTime",
    "tokio",
    "uuid::Uuid::now_v7",
    "Uuid::now_v7",
];

/// Sources and manifests of crates; not their tests, which may look at a thing from all sides.
pub fn governs(file: &str) -> bool {
    file.split('/')
        .nth(2)
        .is_some_and(|below| below == "src" || below == "Cargo.toml")
}

/// What `file` (a path from the root of the checkout) imports.
pub fn findings(file: &str, text: &str) -> Findings {
    let name = file.split('/').nth(1).unwrap_or_default();
    let mut findings = Findings::default();
    if !CRATES.iter().any(|(known, _)| *known == name) {
        findings
            .refused
            .push(format!("{file}: crate {name} has no line in the direction test"));
    }
    let paths = if file.ends_with(".toml") {
        dependencies(text)
    } else {
        paths(text)
    };
    for path in paths {
        findings.edges += usize::from(is_crate(first(&path)) || path.starts_with("crate::"));
        if let Some(why) = refusal(name, module(file), &path) {
            findings.refused.push(format!("{file}: {path}: {why}"));
        }
    }
    findings
}

fn refusal(name: &str, module: Option<&str>, path: &str) -> Option<String> {
    let target = first(path);
    let allowed = CRATES
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(&[][..], |(_, allowed)| allowed);
    // Every crate may prove itself; cargo knows `proof` only as a dev-dependency.
    let proves = target == "proof";
    if is_crate(target) && target != name && !allowed.contains(&target) && !proves {
        return Some(format!("{name} may not import {target}"));
    }
    if name == "domain" && NOT_IN_DOMAIN.iter().any(|never| within(path, never)) {
        return Some("the domain touches no clock, socket or disk".to_owned());
    }
    let module = module.filter(|_| name == "server")?;
    if module != "app" && BEHIND_APP.contains(&target) {
        return Some(format!("only server::app may name {target}"));
    }
    if EDGES.contains(&module) {
        let inner = path.strip_prefix("crate::").map(first);
        // The command line starts the others; besides, no edge knows another.
        if inner.is_some_and(|inner| EDGES.contains(&inner) && inner != module) && module != "cli" {
            return Some(format!("server::{module} reaches the rest through server::app"));
        }
        if is_crate(target) && target != name && !EDGES_MAY_IMPORT.contains(&target) && !proves {
            return Some(format!("server::{module} may import {}", EDGES_MAY_IMPORT.join(", ")));
        }
    }
    None
}

/// The top module a source file belongs to; none for the crate's root and for manifests.
fn module(file: &str) -> Option<&str> {
    let inside = file.split_once("/src/")?.1;
    let top = inside.split('/').next()?.trim_end_matches(".rs");
    Some(top).filter(|top| !["main", "lib", "bin"].contains(top))
}

fn first(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}

fn within(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn is_crate(name: &str) -> bool {
    CRATES.iter().any(|(known, _)| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(file: &str, text: &str) -> bool {
        !findings(file, text).refused.is_empty()
    }

    #[test]
    fn imports_against_the_direction_are_caught() {
        for (file, text) in [
            ("crates/domain/src/chat.rs", "use std::time::{Duration, SystemTime};"),
            ("crates/domain/src/chat.rs", "fn f() { std::fs::read(p); }"),
            ("crates/domain/src/chat.rs", "use tokio::sync::Mutex;"),
            ("crates/domain/src/chat.rs", "let id = Uuid::now_v7();"),
            ("crates/domain/src/lib.rs", "use wire::Frame;"),
            ("crates/store/src/lib.rs", "pub use wire as w;"),
            ("crates/bus/src/lib.rs", "fn hint(chat: domain::ChatId) {}"),
            ("crates/store/Cargo.toml", "[dependencies]\nserver.workspace = true\n"),
            ("crates/wire/Cargo.toml", "[dependencies.store]\npath = \"../store\"\n"),
            (
                "crates/server/src/http/chats.rs",
                "use {axum::Router, store::{Db, Tx}};",
            ),
            ("crates/server/src/http/chats.rs", "let rows = sqlx::query(text);"),
            ("crates/server/src/live.rs", "async fn f(bus: &bus::Bus) {}"),
            ("crates/server/src/jobs/mod.rs", "use crate::http::session;"),
            ("crates/server/src/cli/mod.rs", "use transcript::pdf;"),
            ("crates/server/src/mail/mod.rs", "use store::Db;"),
            ("crates/novelty/src/lib.rs", ""),
        ] {
            assert!(refused(file, text), "{file}: {text}");
        }
    }

    #[test]
    fn imports_along_the_direction_pass() {
        for (file, text) in [
            (
                "crates/domain/src/chat.rs",
                "use std::time::Duration; use crate::entry::Entry;",
            ),
            (
                "crates/store/src/lib.rs",
                "use domain::{chat::Chat, store::Kind}; use sqlx::Row;",
            ),
            (
                "crates/server/src/app/chat.rs",
                "use store::Db; use wire::Frame; let x = bus::hint();",
            ),
            ("crates/server/src/main.rs", "let db = store::open();"),
            (
                "crates/server/src/http/chats.rs",
                "use crate::app::App; use wire::ChatBody; // not store::Db",
            ),
            (
                "crates/server/src/http/chats.rs",
                "let level = \"sqlx::query=warn\"; self.store(crate::app::store::x);",
            ),
            (
                "crates/server/src/http/chats.rs",
                "use crate::{config::Config, app::{App, bus::Hint}};",
            ),
            ("crates/server/src/cli/serve.rs", "use crate::http;"),
            (
                "crates/server/Cargo.toml",
                "[dependencies]\nstore.workspace = true\n[dev-dependencies]\nproof = {}",
            ),
        ] {
            assert_eq!(findings(file, text).refused, [""; 0], "{file}: {text}");
        }
    }
}
