//! The first agent.

use crate::client::refused;
use crate::desk::{Desk, on_both_empty};
use domain::cast;
use futures_util::future::join_all;
use serde_json::{Value, json};
use wire::Surface;

fn setup(code: &str, login: &str) -> Value {
    json!({ "code": code, "login": login, "name": "Ines Vogt", "password": cast::PASSWORD })
}

/// The code the program printed: the last word of the line that names the page for it.
fn code(desk: &Desk) -> Option<String> {
    let log = desk.log();
    let line = log.iter().find(|line| line.contains("/agent/setup"))?;
    line.split_whitespace().last().map(str::to_owned)
}

#[tokio::test]
async fn a_fresh_installation_lets_nobody_in_without_its_code() {
    on_both_empty(async |desk: Desk| {
        let stranger = desk.stranger(Surface::Agent);
        assert_eq!(stranger.get("/api/setup").await, (200, json!({ "needed": true })));
        let code = code(&desk).expect("a code was printed");
        for wrong in ["", "x", "aaaa-aaaa-aaaa-aaaa-aaaa", &code[1..], &code.to_uppercase()] {
            refused(
                stranger.post("/api/setup", setup(wrong, "ines")).await,
                403,
                "wrong_setup_code",
            );
        }
        let signed = json!({ "surface": "agent", "login": "admin", "password": "admin" });
        refused(stranger.post("/api/session", signed).await, 401, "wrong_login");

        let mut short = setup(&code, "ines");
        short["password"] = json!("short");
        refused(stranger.post("/api/setup", short).await, 422, "unfit_password");

        let (status, body) = stranger.post("/api/setup", setup(&code, "ines")).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!(body["me"]["channels"][0]["channel"]["name"], "Default");
        assert_eq!(body["me"]["channels"][0]["selected"], true);
        assert_eq!(stranger.get("/api/setup").await, (200, json!({ "needed": false })));
        refused(
            stranger.post("/api/setup", setup(&code, "mallory")).await,
            403,
            "wrong_setup_code",
        );

        let ines = desk.agent("ines").await;
        ines.be("internal_and_external").await;
        let _here = ines.live().await;
        desk.cli(&["snippet", "add", "site", "Default", "Ask us"]).await;
        let (_, offered) = stranger.get("/api/snippets/site").await;
        assert_eq!(
            offered["channels"][0]["available"], true,
            "visitors can reach her: {offered}"
        );
    })
    .await;
}

#[tokio::test]
async fn of_many_who_have_the_code_one_becomes_the_first_agent() {
    on_both_empty(async |mut desk: Desk| {
        let code = code(&desk).expect("a code was printed");
        let stranger = desk.stranger(Surface::Agent);
        let tries = (0..32).map(|i| (i, setup(&code, &format!("agent{i}"))));
        let tries = tries.map(async |(i, body)| (i, stranger.post("/api/setup", body).await));
        let answers = join_all(tries).await;
        let won: Vec<_> = answers
            .iter()
            .filter(|(_, answer)| answer.0 == 200)
            .map(|(i, _)| *i)
            .collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        for (_, (status, body)) in answers.iter().filter(|(i, _)| !won.contains(i)) {
            let code = body["code"].as_str();
            assert!(
                matches!(
                    (*status, code),
                    (403, Some("wrong_setup_code")) | (429, Some("too_many"))
                ),
                "{body}"
            );
        }
        let agents = desk.cli(&["agent", "list"]).await;
        assert_eq!(agents.lines().count(), 1, "{agents}");
        desk.restart().await;
        assert_eq!(self::code(&desk), None, "no code where there is an agent");
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_until_the_next_start() {
    on_both_empty(async |mut desk: Desk| {
        let old = code(&desk).expect("a code was printed");
        desk.restart().await;
        let new = code(&desk).expect("another code was printed");
        assert_ne!(old, new);
        let stranger = desk.stranger(Surface::Agent);
        refused(
            stranger.post("/api/setup", setup(&old, "ines")).await,
            403,
            "wrong_setup_code",
        );
        assert_eq!(stranger.post("/api/setup", setup(&new, "ines")).await.0, 200);
    })
    .await;
}
