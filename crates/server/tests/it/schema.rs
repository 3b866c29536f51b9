//! Whatever the description of the API allows, and what it does not, is answered as it says: schemathesis makes up requests from
//! `docs/use/openapi.json` and holds the answers against it.

use crate::desk::{CROWDED, Desk, Engine};
use proof::{Lane, temp_dir};
use serde_json::Value;
use tokio::process::Command;
use wire::Surface;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
/// The same requests in each run.
const SEED: &str = "20";
/// For each operation and person; more in `make prove`.
const EXAMPLES: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_answers_as_its_description_says() {
    let lane = Lane::part("schema", "sqlite");
    let root = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| format!("{ROOT}/target"));
    let program = format!("{root}/schemathesis/bin/schemathesis");
    if !std::path::Path::new(&program).exists() {
        return lane.skip("no schemathesis here; .ci/tools installs it");
    }
    let desk = Desk::start_with(Engine::Sqlite, CROWDED)
        .await
        .expect("SQLite is everywhere");
    let ines = desk.agent("ines").await;
    let hanne = desk.customer("hanne").await;
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("Hello").await.id;
    ines.accept(chat).await;
    let folder = temp_dir();
    let people = [
        (
            "agent",
            Surface::Agent,
            ines.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}")),
        ),
        (
            "customer",
            Surface::Customer,
            hanne.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}")),
        ),
        (
            "visitor",
            Surface::Visitor,
            priya
                .token
                .as_ref()
                .map(|token| format!("Authorization: Bearer {token}")),
        ),
    ];
    for (name, _, credential) in people {
        let report = folder.file(&format!("{name}.ndjson"));
        let examples = (EXAMPLES * proof::scale()).to_string();
        let mut command = Command::new(&program);
        command.args([
            "--config-file",
            &format!("{ROOT}/crates/server/tests/schemathesis.toml"),
        ]);
        command.args(["run", &format!("{ROOT}/docs/use/openapi.json"), "--url", &desk.url()]);
        command.args([
            "--seed",
            SEED,
            "--generation-deterministic",
            "--max-examples",
            &examples,
        ]);
        command.args([
            "--header",
            &format!("X-Deskbell-Surface: {name}"),
            "--header",
            &credential.expect("signed in"),
        ]);
        command.args([
            "--report-ndjson-path",
            &report.display().to_string(),
            "--report",
            "ndjson",
        ]);
        command.current_dir(folder.path());
        let done = command.output().await.expect("it runs");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        if !done.status.success() {
            lane.violation(format!("as {name}: {said}\n{}", String::from_utf8_lossy(&done.stderr)));
        }
        let events = std::fs::read_to_string(&report).unwrap_or_default();
        lane.cases(events.lines().filter(|line| is_case(line)).count());
    }
    assert!(desk.verify().await.ends_with("Nothing is wrong.\n"));
    lane.finish();
}

/// Whether an event of the report is a scenario that ran to its end.
fn is_case(line: &str) -> bool {
    serde_json::from_str::<Value>(line).is_ok_and(|event| !event["ScenarioFinished"].is_null())
}
