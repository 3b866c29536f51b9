//! What an administrator does beside a running service.

use crate::client::refused;
use crate::desk::{Desk, on_both, on_both_empty};
use crate::live::{Live, PATIENCE};
use domain::cast;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::time::{Instant, sleep};
use wire::Surface;

/// The names of the channels that can reach an agent, as his own page has them.
fn reached(live: &Live) -> Vec<&str> {
    live.me
        .channels
        .iter()
        .map(|channel| channel.channel.name.as_str())
        .collect()
}

#[tokio::test]
async fn rights_and_channels_reach_those_who_are_connected() {
    on_both(async |desk: Desk| {
        let tove = desk.agent("tove").await;
        let mut tove_live = tove.live().await;
        assert_eq!(reached(&tove_live), [""; 0], "an observer is owner of nothing");
        let key = ["tove", "travel", "chat_owner"];
        assert_eq!(
            desk.cli(&[&["grant"], &key[..]].concat()).await,
            "tove holds chat_owner on travel now.\n"
        );
        tove_live
            .until("the travel desk", |live| reached(live) == ["Travel desk"])
            .await;
        desk.cli(&["channel", "add", "Åland", "--group", "travel", "--customers", "yes"])
            .await;
        tove_live
            .until("the new channel", |live| reached(live) == ["Åland", "Travel desk"])
            .await;
        desk.cli(&["channel", "set", "Åland", "--rename", "Zealand", "--reply-target", "30"])
            .await;
        tove_live
            .until("its new name", |live| reached(live) == ["Travel desk", "Zealand"])
            .await;
        let listed = desk.cli(&["channel", "list"]).await;
        assert!(
            listed.contains("group travel, answer within 30 s, customers\n"),
            "{listed}"
        );
        desk.cli(&["queue", "add", "Harbour", "--group", "travel", "--channel", "Zealand"])
            .await;
        let listed = desk.cli(&["queue", "list"]).await;
        assert!(listed.contains("group travel, chats go to Zealand\n"), "{listed}");
        let always = ["Junk", "Misc", "Postmaster", "Raw"];
        assert!(always.iter().all(|name| listed.contains(name)), "{listed}");
        desk.cli(&["channel", "set", "Zealand", "--valid", "no"]).await;
        tove_live
            .until("its end", |live| reached(live) == ["Travel desk"])
            .await;
        desk.cli(&[&["revoke"], &key[..]].concat()).await;
        tove_live.until("nothing", |live| reached(live).is_empty()).await;

        desk.cli(&["role", "add", "Night shift"]).await;
        desk.cli(&["role", "grant", "Night shift", "nights", "chat_owner"])
            .await;
        desk.cli(&["channel", "add", "Nights", "--group", "nights"]).await;
        desk.cli(&["role", "member", "Night shift", "tove"]).await;
        tove_live
            .until("the night shift", |live| reached(live) == ["Nights"])
            .await;
        desk.cli(&["role", "member", "Night shift", "tove", "--remove"]).await;
        tove_live.until("the end of it", |live| reached(live).is_empty()).await;
    })
    .await;
}

#[tokio::test]
async fn accounts_are_made_with_a_password_that_is_no_argument() {
    on_both(async |desk: Desk| {
        desk.cli_with(&["agent", "add", "lena", "Lena Brandt"], "a long enough secret\n")
            .await;
        desk.sign_in(Surface::Agent, "lena", "a long enough secret").await;
        let printed = desk
            .cli(&[
                "customer",
                "add",
                "omar",
                "Omar Haddad",
                "--company",
                "Wiebe Freight",
                "--generate",
            ])
            .await;
        let password = printed.trim().rsplit(' ').next().unwrap().to_owned();
        let omar = desk.sign_in(Surface::Customer, "omar", &password).await;
        assert_eq!(omar.me().await.company.as_deref(), Some("Wiebe Freight"));
        let listed = desk.cli(&["customer", "list"]).await;
        assert!(
            listed.contains("omar             Omar Haddad, Wiebe Freight\n"),
            "{listed}"
        );
        assert!(!listed.contains(cast::PASSWORD) && !listed.contains("argon2"));
    })
    .await;
}

#[tokio::test]
async fn mistakes_are_answered_with_a_sentence() {
    on_both(async |desk: Desk| {
        let mistakes: &[(&[&str], &str)] = &[
            (
                &["agent", "add", "ines", "Ines Vogt", "--generate"],
                "the login is taken",
            ),
            (&["agent", "add", "two words", "X", "--generate"], "no blanks"),
            (&["agent", "add", "lena", " ", "--generate"], "There is no text in it."),
            (&["agent", "add", "lena", "Lena Brandt"], "at least 10 characters"),
            (&["agent", "deactivate", "nobody"], "there is no agent nobody"),
            (
                &["grant", "ines", "travel", "chat_boss"],
                "there is no key chat_boss; the keys are chat_owner",
            ),
            (
                &["revoke", "ines", "sailors", "chat_owner"],
                "there is no group sailors",
            ),
            (
                &["role", "grant", "Sailors", "travel", "rw"],
                "there is no role Sailors",
            ),
            (&["channel", "add", "Default"], "the channel's name is taken"),
            (
                &["channel", "add", "Sea", "--group", "sailors"],
                "there is no group sailors",
            ),
            (
                &["channel", "set", "Default", "--valid", "no"],
                "the Default channel cannot be made invalid",
            ),
            (
                &["snippet", "add", "No", "Default", "X"],
                "a public id is made of a-z, 0-9 and -",
            ),
            (&["snippet", "add", "no", "Nowhere", "X"], "there is no channel Nowhere"),
            (&["snippet", "add", "no", "Default", "X", "*"], "is no origin"),
            (&["set", "lease_s", "0"], "lease_s must lie between 1 and 86400"),
            (&["set", "least_s", "1"], "there is no setting least_s"),
            (
                &["agent", "deactivate", "a\u{1b}[2Jb"],
                "there is no agent a\\u{1b}[2Jb",
            ),
            (
                &["serve", "--demo", "--listen", "0.0.0.0:0"],
                "listens on this machine only",
            ),
            (&["serve", "--listen", "8080"], "is no address to listen on"),
            (&["serve", "--public-url", "https://a.example/chat"], "is no public URL"),
            (
                &["verify", "--config", "/does/not/exist.toml"],
                "cannot read /does/not/exist.toml",
            ),
        ];
        for (args, why) in mistakes {
            let (status, printed) = desk.try_cli(args, "").await;
            assert!(
                !status.success() && printed.contains(why),
                "deskbell {}: {printed}",
                args.join(" ")
            );
            assert!(
                !printed.contains('\u{1b}') && !printed.contains("panicked"),
                "{printed:?}"
            );
        }
        let ines = desk.agent("ines").await;
        refused(
            ines.put(
                "/api/me/channels",
                serde_json::json!({ "channels": [uuid::Uuid::nil()] }),
            )
            .await,
            403,
            "not_allowed",
        );
        assert!(desk.verify().await.ends_with("Nothing is wrong.\n"));
    })
    .await;
}

#[tokio::test]
async fn settings_say_what_they_mean() {
    on_both(async |desk: Desk| {
        desk.set("no_answer_s", 240).await;
        let printed = desk.cli(&["settings"]).await;
        let meant = "no_answer_s = 240\n    Seconds of waiting after which the external reads the no-answer text.\n    default 180, from 1 to 86400\n";
        assert!(printed.contains(meant), "{printed}");
        let config = desk.cli(&["config"]).await;
        assert!(config.contains("[server]") && config.contains("listen = \"127.0.0.1:8080\""), "{config}");
    })
    .await;
}

#[tokio::test]
async fn a_password_typed_in_a_terminal_is_not_shown() {
    on_both_empty(async |desk: Desk| {
        let add = format!(
            "{} agent add noor 'Noor Haddad' --database '{}'",
            env!("CARGO_BIN_EXE_deskbell"),
            desk.database()
        );
        // `script` gives it a terminal of its own, and types what it is given.
        let mut script = Command::new("script")
            .args(["-qefc", &add, "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("script is there");
        let mut terminal = script.stdout.take().expect("a terminal");
        let mut shown = Vec::new();
        while !String::from_utf8_lossy(&shown).contains("Password: ") {
            assert!(terminal.read_buf(&mut shown).await.expect("a terminal") > 0, "it asks");
        }
        echo_is_off(script.id().expect("it runs")).await;
        let mut keys = script.stdin.take().expect("a keyboard");
        let typed = format!("{}\n", cast::PASSWORD);
        keys.write_all(typed.as_bytes()).await.expect("a keyboard");
        terminal.read_to_end(&mut shown).await.expect("a terminal");
        let shown = String::from_utf8_lossy(&shown);
        assert!(script.wait().await.expect("it ends").success(), "{shown}");
        assert!(
            shown.contains("Agent noor is made.") && !shown.contains(cast::PASSWORD),
            "{shown}"
        );
        desk.agent("noor").await;
    })
    .await;
}

/// Waits until the terminal of what this `script` runs shows nothing that is typed.
async fn echo_is_off(script: u32) {
    let until = Instant::now() + PATIENCE;
    loop {
        let children = std::fs::read_to_string(format!("/proc/{script}/task/{script}/children"));
        let child = children
            .ok()
            .and_then(|all| all.split_whitespace().next().map(str::to_owned));
        let terminal = child.and_then(|child| std::fs::read_link(format!("/proc/{child}/fd/0")).ok());
        if let Some(terminal) = terminal {
            let stty = Command::new("stty").arg("-aF").arg(terminal).output().await;
            let said = stty.expect("stty is there").stdout;
            if String::from_utf8_lossy(&said).contains(" -echo ") {
                return;
            }
        }
        assert!(Instant::now() < until, "what is typed is shown");
        sleep(Duration::from_millis(10)).await;
    }
}
