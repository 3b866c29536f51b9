//! Whatever the description of the API allows, and what it does not, is answered as it says: schemathesis makes up requests from
//! `docs/use/openapi.json`, the same in each run, and holds the answers against it: no status that is not there, no other shape, no 5xx but 503.

use crate::desk::{CROWDED, Desk, Engine};
use proof::{Lane, TempDir, temp_dir};
use serde_json::Value;
use std::path::Path;
use tokio::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// One run: as whom, and over what.
struct Run<'a> {
    name: &'a str,
    surface: &'a str,
    credential: String,
    /// Which made-up requests: `coverage` walks the edges of the description, `fuzzing` takes what chance brings.
    phases: &'a str,
    /// For each operation.
    examples: usize,
    /// Only these paths.
    paths: &'a str,
    /// What stands for `{id}`, so that it is something that is there.
    id: Option<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_answers_as_its_description_says() {
    let lane = Lane::part("schema", "sqlite");
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{ROOT}/target"));
    let program = format!("{target}/schemathesis/bin/schemathesis");
    if !Path::new(&program).exists() {
        return lane.skip("no schemathesis here; .ci/tools installs it");
    }
    let desk = Desk::start_with(Engine::Sqlite, CROWDED)
        .await
        .expect("SQLite is everywhere");
    let ines = desk.agent("ines").await;
    let _here = ines.stays().await;
    let hanne = desk.customer("hanne").await;
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("Hello").await.id;
    ines.accept(chat).await;
    let agent = || format!("Cookie: {}", ines.cookie.as_deref().expect("signed in"));
    let visitor = || format!("Authorization: Bearer {}", priya.token.as_deref().expect("a token"));
    let all = "^/api/";
    // Its edges, thousands of them, are walked where there is time.
    let phases = if proof::scale() > 1 {
        "coverage,fuzzing"
    } else {
        "fuzzing"
    };
    // What agents alone may do is refused to others in the same way everywhere.
    let others = "^/api/(?!admin|tickets|requests|supervisor)";
    let run = |name, surface, credential, phases, examples, paths, id: Option<String>| Run {
        name,
        surface,
        credential,
        phases,
        examples,
        paths,
        id,
    };
    let customer = format!("Cookie: {}", hanne.cookie.as_deref().expect("signed in"));
    let runs = [
        run("agent", "agent", agent(), phases, 4, all, None),
        run(
            "in a chat",
            "agent",
            agent(),
            phases,
            6,
            "^/api/chats/",
            Some(chat.to_string()),
        ),
        run("customer", "customer", customer, "fuzzing", 6, others, None),
        run("visitor", "visitor", visitor(), "fuzzing", 6, others, None),
        run(
            "visitor in a chat",
            "visitor",
            visitor(),
            "fuzzing",
            6,
            "^/api/chats/",
            Some(chat.to_string()),
        ),
    ];
    for run in runs {
        let folder = temp_dir();
        let said = schemathesis(&program, &desk.url(), &run, &folder).await;
        if let Err(said) = said {
            lane.violation(format!("{}: {said}", run.name));
        }
        let events = std::fs::read_to_string(folder.file("events.ndjson")).unwrap_or_default();
        lane.cases(events.lines().map(cases).sum());
    }
    let log = desk.log();
    assert!(!log.iter().any(|line| line.contains("panicked")), "{log:?}");
    assert!(desk.verify().await.ends_with("Nothing is wrong.\n"));
    lane.finish();
}

/// What it said, if it found something.
async fn schemathesis(program: &str, url: &str, run: &Run<'_>, folder: &TempDir) -> Result<(), String> {
    let mut config =
        std::fs::read_to_string(format!("{ROOT}/crates/server/tests/schemathesis.toml")).expect("the file");
    if let Some(id) = &run.id {
        config += &format!("\n[parameters]\n\"path.id\" = {id:?}\n");
    }
    std::fs::write(folder.file("schemathesis.toml"), config).expect("a file");
    let examples = (run.examples * proof::scale()).to_string();
    let events = folder.file("events.ndjson").display().to_string();
    let mut command = Command::new(program);
    command.arg("--config-file").arg(folder.file("schemathesis.toml"));
    command.args(["run", &format!("{ROOT}/docs/use/openapi.json"), "--url", url]);
    command.args([
        "--generation-deterministic",
        "--max-examples",
        &examples,
        "--phases",
        run.phases,
    ]);
    command.args([
        "--include-path-regex",
        run.paths,
        "--report",
        "ndjson",
        "--report-ndjson-path",
        &events,
    ]);
    command.args([
        "--header",
        &format!("X-Deskbell-Surface: {}", run.surface),
        "--header",
        &run.credential,
    ]);
    let done = command.current_dir(folder.path()).output().await.expect("it runs");
    match done.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned()),
    }
}

/// How many requests an event of the report tells of.
fn cases(line: &str) -> usize {
    let event: Value = serde_json::from_str(line).unwrap_or_default();
    let recorder = &event["ScenarioFinished"]["recorder"];
    recorder["interactions"].as_object().map_or(0, serde_json::Map::len)
}
