//! What operators watch: figures, health, logs, and whether a configuration is sound.

use crate::client::Client;
use crate::desk::{Desk, Engine, on_both};
use crate::live::PATIENCE;
use proof::Lane;
use proof::cluster::{Cluster, installed};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};
use wire::Surface;

/// All labels there may be, and of each how many values at most.
const LABELS: &[(&str, usize)] = &[
    ("code", 8),
    ("job", 7),
    ("kind", 2),
    ("le", 24),
    ("method", 7),
    ("route", 200),
    ("state", 16),
    ("status", 32),
    ("version", 1),
    ("who", 3),
];

/// Where the running program tells its figures.
fn door(desk: &Desk) -> String {
    let said = desk.log();
    let line = said.iter().find_map(|line| line.strip_prefix("figures are on "));
    line.expect("the door of figures")
        .trim_end_matches("/metrics")
        .to_owned()
}

async fn get(url: &str) -> (u16, String) {
    let answer = reqwest::get(url).await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a text"))
}

/// The value of a series as it is written; 0 where it is not there.
fn value(figures: &str, series: &str) -> f64 {
    let line = figures
        .lines()
        .find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map_or(0.0, |value| value.parse().expect("a number"))
}

async fn until(door: &str, what: &str, is_so: impl Fn(&str) -> bool) -> String {
    let patience = Instant::now() + PATIENCE;
    loop {
        let (status, figures) = get(&format!("{door}/metrics")).await;
        if status == 200 && is_so(&figures) {
            return figures;
        }
        assert!(Instant::now() < patience, "{what}: {status}\n{figures}");
        sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// Label names and values of a line.
fn labels(line: &str) -> Vec<(&str, &str)> {
    let Some((_, rest)) = line.split_once('{') else {
        return Vec::new();
    };
    let inside = rest.rsplit_once('}').expect("it is closed").0;
    let pairs = inside.split("\",");
    let pairs = pairs.map(|pair| pair.split_once("=\"").expect("a pair"));
    pairs.map(|(name, value)| (name, value.trim_end_matches('"'))).collect()
}

#[tokio::test]
async fn figures_count_and_name_nobody() {
    on_both(async |mut desk: Desk| {
        desk.configure("[metrics]\nlisten = \"127.0.0.1:0\"\n").await;
        let door = door(&desk);
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Where is my trailer?").await.id;
        let waiting = until(&door, "a chat waits", |it| value(it, "deskbell_chats{state=\"waiting\"}") == 1.0).await;
        assert_eq!(value(&waiting, "deskbell_live_connections{who=\"agent\"}"), 1.0);
        assert_eq!(value(&waiting, "deskbell_live_connections{who=\"visitor\"}"), 0.0);
        ines.accept(chat).await;
        ines_live.watch(chat).await;
        priya.say(chat, "It has a dent.").await;
        ines.note(chat, "A regular.").await;
        ines_live.sees(chat, "the note", |chat| chat.said("A regular.")).await;
        // What people make up is no label.
        for path in ["/nothing/Priya", "/api/chats/Priya", "/agent/Priya"] {
            ines.get(path).await;
        }
        ines.call("BREW".parse().expect("a method"), "/healthz", None).await;
        ines.close(chat).await;
        let figures = until(&door, "no chat is open", |it| {
            value(it, "deskbell_chats{state=\"open\"}") == 0.0 && value(it, "deskbell_chats{state=\"waiting\"}") == 0.0
        })
        .await;
        assert_eq!(value(&figures, "deskbell_messages_total{kind=\"note\"}"), 1.0);
        assert_eq!(value(&figures, "deskbell_messages_total{kind=\"message\"}"), 2.0);
        assert!(value(&figures, "deskbell_delivery_seconds_count") >= 2.0, "{figures}");
        assert!(value(&figures, "deskbell_delivery_seconds_sum") < 30.0, "{figures}");
        assert_eq!(value(&figures, "deskbell_database_up"), 1.0);
        assert!(value(&figures, "process_resident_memory_bytes") > 1e6);
        assert!(value(&figures, "process_open_fds") > 3.0);
        assert!(value(&figures, "deskbell_job_done_timestamp_seconds{job=\"time\"}") > 1e9);
        let accepted = "deskbell_http_request_duration_seconds_count{method=\"POST\",route=\"/api/chats/{id}/accept\",status=\"200\"}";
        assert_eq!(value(&figures, accepted), 1.0, "{figures}");
        let odd = "deskbell_http_request_duration_seconds_count{method=\"other\",route=\"/healthz\",status=\"405\"}";
        assert_eq!(value(&figures, odd), 1.0, "{figures}");
        for state in ["waiting", "taken", "handed", "done", "perhaps", "failed"] {
            assert!(figures.contains(&format!("deskbell_outbox{{state=\"{state}\"}} ")), "{state}");
        }
        assert!(figures.ends_with("# EOF\n"));
        names_nobody(&figures, &chat.to_string());
    })
    .await;
}

fn names_nobody(figures: &str, chat: &str) {
    for secret in ["Priya", "ines", "Ines", "trailer", "regular", chat, "skerry"] {
        assert!(!figures.contains(secret), "{secret} is told");
    }
    for (name, most) in LABELS {
        let lines = figures.lines().filter(|line| !line.starts_with('#'));
        let values: BTreeSet<_> = lines
            .flat_map(labels)
            .filter(|(label, _)| label == name)
            .map(|(_, value)| value)
            .collect();
        assert!(values.len() <= *most, "{name}: {values:?}");
    }
    for line in figures.lines().filter(|line| !line.starts_with('#')) {
        for (label, _) in labels(line) {
            assert!(LABELS.iter().any(|(known, _)| *known == label), "{label} in {line}");
        }
    }
}

#[tokio::test]
async fn figures_are_told_at_their_own_door_only() {
    on_both(async |mut desk: Desk| {
        desk.configure("[metrics]\nlisten = \"127.0.0.1:0\"\n").await;
        let door = door(&desk);
        assert_eq!(desk.stranger(Surface::Agent).get("/metrics").await.0, 404);
        assert_eq!(get(&format!("{door}/healthz")).await, (200, "ok".into()));
        assert_eq!(get(&format!("{door}/readyz")).await, (200, "ready".into()));
        assert_eq!(get(&format!("{door}/agent/")).await.0, 404);
        let by_name = reqwest::Client::new()
            .get(format!("{door}/metrics"))
            .header("Host", "rebound.example");
        assert_eq!(by_name.send().await.expect("an answer").status(), 421);
    })
    .await;
}

#[tokio::test]
async fn readiness_follows_the_database_and_the_end() {
    let lane = Lane::part("operation", "readiness");
    let Some(bin) = installed().filter(|_| proof::pg::url().is_some()) else {
        return lane.skip("no PostgreSQL here");
    };
    let postgres = spawn_blocking(move || Cluster::start(&bin)).await.expect("no panic");
    let postgres = postgres.expect("PostgreSQL starts");
    let desk = Desk::linked(postgres.url(), &[], PATIENCE).await;
    let ready = async |expected: u16| {
        let patience = Instant::now() + PATIENCE;
        loop {
            let asked = Instant::now();
            let (status, _) = get(&format!("{}/readyz", desk.url())).await;
            assert!(asked.elapsed().as_secs() < 5, "a load balancer waits for its answer");
            if status == expected {
                break;
            }
            assert!(Instant::now() < patience, "{status} and not {expected}");
            sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(
            get(&format!("{}/healthz", desk.url())).await.0,
            200,
            "it lives whatever becomes of the database"
        );
        lane.case();
    };
    ready(200).await;
    desk.link().becomes(crate::cluster::Flow::Frozen);
    ready(503).await;
    desk.link().becomes(crate::cluster::Flow::Open);
    ready(200).await;
    desk.link().becomes(crate::cluster::Flow::Cut);
    ready(503).await;
    desk.link().becomes(crate::cluster::Flow::Open);
    ready(200).await;
    lane.finish();
}

/// What nobody may find in a log, each planted by a way of its own.
const PLANTED: &[&str] = &[
    "canary-message-7f3a",
    "canary-note-7f3a",
    "canary-password-7f3a",
    "canary-name-7f3a",
    "canary-file-7f3a",
    "canary-content-7f3a",
    "canary-search-7f3a",
    "canary-broken-7f3a",
    "canary-token-7f3a",
    "canary-ticket-7f3a",
    "canary-new-password-7f3a",
];

async fn plants(desk: &Desk, ines: &Client) -> Vec<String> {
    let mut live = ines.live().await;
    let visitor = desk.visitor("canary-name-7f3a").await;
    let chat = visitor.start_chat("canary-message-7f3a").await.id;
    ines.accept(chat).await;
    live.watch(chat).await;
    ines.note(chat, "canary-note-7f3a").await;
    ines.send_file(chat, "canary-file-7f3a.txt", b"canary-content-7f3a")
        .await;
    let sign_in = |password: &str| json!({ "surface": "agent", "login": "ines", "password": password });
    let wrong = desk.stranger(Surface::Agent);
    assert_eq!(wrong.post("/api/session", sign_in("canary-password-7f3a")).await.0, 401);
    let change = json!({ "old": "canary-password-7f3a", "new": "canary-new-password-7f3a" });
    assert!(ines.put("/api/password", change).await.0 >= 400);
    ines.get("/api/archive?q=canary-search-7f3a").await;
    ines.get("/api/people?tab=agents&q=canary-search-7f3a").await;
    let broken = ines.request(reqwest::Method::POST, &format!("/api/chats/{chat}/entries"));
    let broken = broken
        .header("content-type", "application/json")
        .body("{\"canary-broken-7f3a\"");
    broken.send().await.expect("an answer");
    assert_eq!(visitor.with_token("canary-token-7f3a").get("/api/chats").await.0, 401);
    let ticket = json!({ "cid": uuid::Uuid::now_v7(), "title": "canary-ticket-7f3a", "text": "canary-ticket-7f3a" });
    desk.customer("hanne").await.post("/api/tickets", ticket).await;
    ines.close(chat).await;
    // Tokens of those who are signed in are no one's to read either.
    let cookie = ines.cookie.clone().expect("a cookie");
    let token = cookie.split_once('=').expect("a name").1.to_owned();
    vec![token, visitor.token.clone().expect("a token")]
}

#[tokio::test]
async fn logs_hold_no_texts_and_no_secrets() {
    on_both(async |mut desk: Desk| {
        desk.env = vec![("RUST_LOG", "debug,deskbell=trace,store=trace,bus=trace,desk=trace")];
        desk.configure("[log]\nformat = \"json\"\n").await;
        let ines = desk.agent("ines").await;
        let tokens = plants(&desk, &ines).await;
        desk.terminate().await;
        let log = desk.log_at_the_end().await;
        let lines: Vec<&String> = log.iter().filter(|line| line.starts_with('{')).collect();
        assert!(lines.len() > 3, "it says something: {log:?}");
        for line in &lines {
            let read: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
            assert!(read["timestamp"].is_string() && read["level"].is_string(), "{line}");
        }
        for line in &log {
            assert!(
                line.starts_with('{') || line.starts_with("deskbell is ready"),
                "a line that no collector reads: {line}"
            );
            let found = PLANTED.iter().copied().chain(tokens.iter().map(String::as_str));
            for secret in found {
                assert!(!line.contains(secret), "{secret} stands in the log: {line}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_configuration_is_checked_before_it_is_used() {
    on_both(async |desk: Desk| {
        let check = async |toml: &str| {
            desk.put("checked.toml", toml);
            desk.try_cli(&["config", "--check", "--config", &desk.path("checked.toml")], "")
                .await
        };
        let (status, said) = check("[server]\nlisten = \"127.0.0.1:8080\"\n").await;
        assert!(
            status.success() && said.contains("The configuration is sound."),
            "{said}"
        );
        let printed = desk.cli(&["config"]).await;
        let (status, said) = check(&printed).await;
        assert!(status.success(), "what is printed is sound: {said}");
        for (toml, why) in [
            (
                "[server]\nlistn = \"x\"",
                "there is no key server.listn; the nearest is listen",
            ),
            (
                "[serve]\nlisten = \"x\"",
                "there is no section serve; the nearest is server",
            ),
            ("[server]\n\nlisten = 1", "line 3: invalid type"),
            ("[metrics]\nlisten = \"0.0.0.0:1\"", "set metrics.any_network"),
            (
                "[mail]\nserver = \"mail.example.org\"\nfrom = \"nobody\"",
                "is no address",
            ),
            ("[desk]\nkind = \"remedy\"", "remedy"),
            (
                "[files]\nbucket = \"b\"",
                "the secret access key of the bucket is missing",
            ),
            ("[tls]\ncertificate = \"a.pem\"", "are set together"),
            ("[tls]\nacme = true", "https://"),
            ("[tls]\nredirect = \"0.0.0.0:80\"", "tls.redirect leads to https"),
            ("[server]\ntrusted_proxies = [\"10.0.0.0/99\"]", "is no network"),
        ] {
            let (status, said) = check(toml).await;
            assert!(!status.success() && said.contains(why), "{toml}: {said}");
        }
    })
    .await;
}

#[tokio::test]
async fn completions_and_manual_pages_name_every_command() {
    let lane = Lane::part("operation", "manual");
    let desk = Desk::prepare(Engine::Sqlite).await.expect("SQLite is everywhere");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = desk.cli(&["completions", shell]).await;
        assert!(text.contains("retention") && text.contains("doctor"), "{shell}: {text}");
        lane.case();
    }
    let folder = desk.path("man");
    desk.cli(&["man", &folder]).await;
    let page = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).unwrap_or_default();
    assert!(page("deskbell.1").contains("Exit codes"), "{}", page("deskbell.1"));
    for command in ["serve", "doctor", "config", "verify", "agent-add", "snippet-sites"] {
        assert!(page(&format!("deskbell-{command}.1")).contains(".TH"), "{command}");
        lane.case();
    }
    lane.finish();
}
