//! From the release archive, on an empty folder and with an empty environment, to the first chat.

use proof::{Lane, temp_dir};
use std::time::{Duration, Instant};
use tokio::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_deskbell");
const PACKAGING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packaging");
const WITHIN: Duration = Duration::from_secs(60);

#[tokio::test]
async fn from_the_archive_to_the_first_chat_it_takes_less_than_a_minute() {
    let lane = Lane::part("install", "first chat");
    let folder = temp_dir();
    // As `make dist` packs it, of the program that the other tests run.
    let packed = Command::new(format!("{PACKAGING}/pack"))
        .args([PROGRAM, &folder.file("deskbell.tar").display().to_string()])
        .output()
        .await
        .expect("it is packed");
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let began = Instant::now();
    let mut first = Command::new("/usr/bin/python3");
    first
        .arg(format!("{PACKAGING}/first-chat"))
        .arg(folder.file("deskbell.tar"));
    let done = first.env_clear().output().await.expect("Python is there");
    let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    assert!(done.status.success(), "{said}");
    let took = began.elapsed();
    assert!(took < WITHIN, "{took:?}: {said}");
    lane.case();
    lane.figure("first_chat_ms", took.as_millis() as u64);
    lane.finish();
}
