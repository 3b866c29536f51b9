//! Signing in and out, passwords, deactivation, and those who guess.

use crate::client::{Client, refused};
use crate::desk::{Desk, on_both, on_both_crowded};
use crate::live::Live;

use domain::cast;
use futures_util::future::join_all;
use reqwest::Method;
use reqwest::header::SET_COOKIE;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::join;
use tokio::time::sleep;
use wire::{Availability, ChatState, Surface};

const NEW_PASSWORD: &str = "correct horse battery";

fn sign_in_as(surface: &str, login: &str, password: &str) -> Value {
    json!({ "surface": surface, "login": login, "password": password })
}

async fn try_in(desk: &Desk, login: &str, password: &str) -> (u16, Value) {
    let body = sign_in_as("agent", login, password);
    desk.stranger(Surface::Agent).post("/api/session", body).await
}

/// The live connection is told to sign in again.
async fn signed_out_live(live: &mut Live) {
    assert_eq!(live.ended().await.0, 4001);
}

#[tokio::test]
async fn a_login_opens_a_session_of_its_own_kind() {
    on_both(async |desk: Desk| {
        let stranger = desk.stranger(Surface::Agent);
        let asked = stranger.request(Method::POST, "/api/session");
        let answer = asked
            .json(&sign_in_as("agent", "ines", cast::PASSWORD))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let cookie = answer.headers()[SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.starts_with("deskbell_agent="), "{cookie}");
        for flag in ["; HttpOnly", "; SameSite=Strict", "; Path=/"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        let ines = desk.agent("ines").await;
        assert_eq!(ines.me().await.name, "Ines Vogt");

        // The same words, the same sentence, whatever is wrong.
        let wrong_password = refused(try_in(&desk, "ines", "ferry-bell-dem0").await, 401, "wrong_login");
        let no_such_login = refused(try_in(&desk, "nobody", cast::PASSWORD).await, 401, "wrong_login");
        let other_kind = refused(try_in(&desk, "hanne", cast::PASSWORD).await, 401, "wrong_login");
        assert_eq!(wrong_password, no_such_login);
        assert_eq!(wrong_password, other_kind);
        let huge = "x".repeat(10_000);
        refused(try_in(&desk, "ines", &huge).await, 401, "wrong_login");

        let elsewhere = desk.stranger(Surface::Customer);
        let mixed = elsewhere
            .post("/api/session", sign_in_as("agent", "ines", cast::PASSWORD))
            .await;
        refused(mixed, 422, "bad_input");
    })
    .await;
}

#[tokio::test]
async fn a_token_opens_nothing_but_its_own_surface() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let priya = desk.visitor("Priya Raman").await;
        let token = |client: &Client| {
            let cookie = client
                .cookie
                .as_deref()
                .map(|cookie| cookie.split_once('=').unwrap().1.to_owned());
            cookie.or(client.token.clone()).unwrap()
        };
        let all = [
            (&ines, Surface::Agent),
            (&hanne, Surface::Customer),
            (&priya, Surface::Visitor),
        ];
        for (client, own) in all {
            for surface in [Surface::Agent, Surface::Customer, Surface::Visitor] {
                let mut bearer = desk.stranger(surface);
                bearer.token = Some(token(client));
                let answer = bearer.get("/api/session").await;
                if surface == own {
                    assert_eq!(answer.0, 200, "{own:?} as bearer: {}", answer.1);
                } else {
                    refused(answer, 401, "signed_out");
                }
            }
        }
        let mut forged = desk.stranger(Surface::Agent);
        for nonsense in [
            "",
            "x",
            "null",
            &"A".repeat(43),
            &token(&ines).to_lowercase(),
            &"x".repeat(5_000),
        ] {
            forged.cookie = Some(format!("deskbell_agent={nonsense}"));
            refused(forged.get("/api/session").await, 401, "signed_out");
        }
        // A visitor is known by his bearer alone: what a browser sends by itself is not looked at.
        let mut planted = desk.stranger(Surface::Visitor);
        planted.cookie = Some(format!("deskbell_visitor={}", token(&priya)));
        refused(planted.get("/api/session").await, 401, "signed_out");
    })
    .await;
}

#[tokio::test]
async fn signing_out_hands_back_and_ends_the_live_connection() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut ines_live = ines.live().await;
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Is the night ferry on time?").await.id;
        ines.accept(chat).await;

        let asked = ines.request(Method::DELETE, "/api/session").send().await.unwrap();
        assert_eq!(asked.status(), 200);
        let cookie = asked.headers()[SET_COOKIE].to_str().unwrap();
        assert!(
            cookie.starts_with("deskbell_agent=;") && cookie.contains("Max-Age=0"),
            "{cookie}"
        );
        signed_out_live(&mut ines_live).await;
        refused(ines.get("/api/session").await, 401, "signed_out");
        refused(ines.get(&format!("/api/chats/{chat}")).await, 401, "signed_out");
        assert_eq!(priya.snapshot(chat).await.chat.state, ChatState::Requested);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    on_both(async |desk: Desk| {
        let (here, there) = (desk.agent("ines").await, desk.agent("ines").await);
        let (mut here_live, mut there_live) = (here.live().await, there.live().await);
        let change = async |old: &str, new: &str| here.put("/api/password", json!({ "old": old, "new": new })).await;
        refused(change("ferry-bell-dem0", NEW_PASSWORD).await, 401, "wrong_login");
        refused(change(cast::PASSWORD, "too short").await, 422, "unfit_password");
        refused(change(cast::PASSWORD, &"x".repeat(257)).await, 422, "unfit_password");
        here_live.settle().await;
        there_live.settle().await;

        assert_eq!(change(cast::PASSWORD, NEW_PASSWORD).await.0, 200);
        signed_out_live(&mut there_live).await;
        refused(there.get("/api/session").await, 401, "signed_out");
        here_live.settle().await;
        assert_eq!(here.get("/api/session").await.0, 200);
        refused(try_in(&desk, "ines", cast::PASSWORD).await, 401, "wrong_login");
        assert_eq!(try_in(&desk, "ines", NEW_PASSWORD).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_deactivated_account_ends_at_once() {
    on_both(async |desk: Desk| {
        let (maren, hanne) = (desk.agent("maren").await, desk.customer("hanne").await);
        let (mut maren_live, mut hanne_live) = (maren.live().await, hanne.live().await);
        desk.cli(&["agent", "deactivate", "maren"]).await;
        desk.cli(&["customer", "deactivate", "hanne"]).await;
        refused(maren.get("/api/session").await, 401, "signed_out");
        refused(hanne.get("/api/session").await, 401, "signed_out");
        signed_out_live(&mut maren_live).await;
        signed_out_live(&mut hanne_live).await;
        refused(try_in(&desk, "maren", cast::PASSWORD).await, 401, "wrong_login");

        desk.cli(&["agent", "activate", "maren"]).await;
        refused(maren.get("/api/session").await, 401, "signed_out");
        assert_eq!(try_in(&desk, "maren", cast::PASSWORD).await.0, 200);

        let maren = desk.agent("maren").await;
        let mut maren_live = maren.live().await;
        let printed = desk.cli(&["agent", "password", "maren", "--generate"]).await;
        signed_out_live(&mut maren_live).await;
        let new = printed.trim().rsplit(' ').next().unwrap();
        assert_eq!(try_in(&desk, "maren", new).await.0, 200, "{printed}");
    })
    .await;
}

#[tokio::test]
async fn guesses_at_the_same_time_are_counted_before_they_are_made() {
    on_both(async |desk: Desk| {
        let guesses = (0..40).map(async |i| try_in(&desk, "chidi", &format!("guess number {i}")).await);
        let answers = join_all(guesses).await;
        let made = answers.iter().filter(|(status, _)| *status == 401).count();
        assert_eq!(made, 10, "{answers:?}");
        for answer in answers.into_iter().filter(|(status, _)| *status != 401) {
            let problem = refused(answer, 429, "too_many");
            assert!(problem.retry_after_ms.is_some_and(|ms| ms > 0 && ms <= 30_000));
        }
        // Even the right one has to wait now; others are not locked out.
        refused(try_in(&desk, "chidi", cast::PASSWORD).await, 429, "too_many");
        assert_eq!(try_in(&desk, "ines", cast::PASSWORD).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_thousand_at_once_are_answered_and_cost_no_more_than_a_few() {
    const GUESSERS: usize = 1_000;
    on_both_crowded(async |desk: Desk| {
        let maren = desk.agent("maren").await;
        let (before, inside) = (desk.peak_kib(), AtomicBool::new(true));
        let guessed = async {
            let guesses = (0..GUESSERS).map(async |i| try_in(&desk, &format!("nobody{i}"), "not the password").await);
            let answers = join_all(guesses).await;
            inside.store(false, Ordering::Relaxed);
            answers
        };
        // Whoever is in works on meanwhile, and who knows his password comes in once he did as he was told.
        let worked = async {
            let mut asked = 0;
            while inside.load(Ordering::Relaxed) {
                assert_eq!(maren.me().await.name, "Maren Holt");
                asked += 1;
            }
            asked
        };
        let came = async {
            loop {
                match try_in(&desk, "ines", cast::PASSWORD).await {
                    (200, _) => break,
                    answer => {
                        let wait = refused(answer, 503, "busy").retry_after_ms.expect("told when");
                        sleep(Duration::from_millis(wait)).await;
                    }
                }
            }
        };
        let (answers, asked, ()) = join!(guessed, worked, came);
        let wrong = answers.iter().filter(|(status, _)| *status == 401).count();
        for answer in answers.into_iter().filter(|(status, _)| *status != 401) {
            refused(answer, 503, "busy");
        }
        assert!((64..GUESSERS).contains(&wrong), "{wrong} were compared");
        let grown = desk.peak_kib() - before;
        assert!(grown < 150 * 1_024, "grown by {grown} KiB");
        println!("{wrong} of {GUESSERS} guesses compared, {asked} requests answered meanwhile, grown by {grown} KiB");
    })
    .await;
}

#[tokio::test]
async fn a_network_has_so_many_tries_for_whatever_login() {
    on_both(async |desk: Desk| {
        desk.set("sign_ins_per_5_min", 5).await;
        let mut limited = false;
        // The setting is taken over within a second; until then tries pass.
        for i in 0..60 {
            limited |= try_in(&desk, &format!("nobody{i}"), "0123456789").await.0 == 429;
        }
        assert!(limited);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_login_takes_as_long_as_a_known_one() {
    on_both(async |desk: Desk| {
        // The cast's hashes cost less than those the program makes.
        let password = format!("{}\n", cast::PASSWORD);
        desk.cli_with(&["agent", "password", "tove"], &password).await;
        // Work and not time: time tells of other tests, too.
        let tries = async |login: &str| {
            let began = desk.cpu_ticks();
            for _ in 0..8 {
                refused(try_in(&desk, login, "not the password").await, 401, "wrong_login");
            }
            desk.cpu_ticks() - began
        };
        let (known, unknown) = (tries("tove").await, tries("nobody").await);
        // Without the dummy hash it would be a hundredth.
        assert!(
            known > 0 && unknown > known / 2 && known > unknown / 2,
            "{known} ticks for a known one, {unknown} for an unknown one"
        );
    })
    .await;
}

#[tokio::test]
async fn signing_in_lowers_the_availability_of_who_is_nowhere_else_where_the_setting_says_so() {
    on_both(async |desk: Desk| {
        let there = async || desk.agent("ines").await.me().await.availability;
        desk.agent("ines").await.be("internal_and_external").await;
        assert_eq!(there().await, Some(Availability::InternalAndExternal), "it is off");

        desk.set("sign_in_lowers_availability", 1).await;
        // An answer of a right is as new as the setting.
        let maren = desk.agent("maren").await;
        maren.be("internal_and_external").await;
        let here = maren.stays().await;
        let (status, signed_in) = try_in(&desk, "ines", cast::PASSWORD).await;
        assert_eq!((status, signed_in["lowered"].as_bool()), (200, Some(true)));
        assert_eq!(signed_in["me"]["availability"], "internal");
        let (_, again) = try_in(&desk, "ines", cast::PASSWORD).await;
        assert_eq!(again.get("lowered"), None, "there is nothing left to lower");
        let phone = desk.agent("maren").await;
        assert_eq!(
            phone.me().await.availability,
            Some(Availability::InternalAndExternal),
            "she is at her desk"
        );
        drop(here);
    })
    .await;
}
