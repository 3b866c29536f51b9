//! Second factors: set up, asked for, used once, lost.

use crate::client::{Client, granted, refused};
use crate::desk::{CROWDED, Desk, Engine, on_both};
use crate::live::Live;
use domain::cast;
use futures_util::future::join_all;
use proof::Lane;
use reqwest::Method;
use reqwest::header::SET_COOKIE;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};
use uuid::Uuid;
use wire::{AdminAgents, AuditPage, Factor, FactorOffer, RecoveryCodes, SignedIn, Surface};

/// Somebody's device.
struct Device {
    secret: String,
    codes: Vec<String>,
}

fn step() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_second()).expect("after 1970") / 30
}

impl Device {
    /// The code of a step.
    fn code(&self, step: u64) -> String {
        code(&self.secret, step)
    }
}

fn code(secret: &str, step: u64) -> String {
    let secret = Secret::try_from_base32(secret).expect("base32");
    let totp = Builder::new().with_secret(secret).build().expect("a device");
    totp.generate(step * 30).to_string()
}

async fn offer(client: &Client, code: Option<&str>) -> FactorOffer {
    let mut body = json!({ "password": cast::PASSWORD });
    if let Some(code) = code {
        body["code"] = code.into();
    }
    granted("offer", client.post("/api/second_factor/offer", body).await)
}

async fn confirm(client: &Client, offer: &FactorOffer, code: &str) -> (u16, Value) {
    let body = json!({ "offer": offer.offer, "code": code });
    client.put("/api/second_factor", body).await
}

/// Sets one up by the code of the step before, so that the code of now is still good.
async fn set_up(client: &Client) -> Device {
    let offered = offer(client, None).await;
    let now = step();
    let mut answer = confirm(client, &offered, &code(&offered.secret, now - 1)).await;
    if answer.0 == 401 {
        answer = confirm(client, &offered, &code(&offered.secret, step())).await;
    }
    let told: RecoveryCodes = granted("set up", answer);
    Device {
        secret: offered.secret,
        codes: told.codes,
    }
}

async fn try_in(desk: &Desk, surface: Surface, login: &str, code: Option<&str>) -> (u16, Value) {
    let mut body = json!({ "surface": surface, "login": login, "password": cast::PASSWORD });
    if let Some(code) = code {
        body["code"] = code.into();
    }
    desk.stranger(surface).post("/api/session", body).await
}

/// Signs in with a code, and has the session.
async fn sign_in(desk: &Desk, surface: Surface, login: &str, code: &str) -> Client {
    let mut client = desk.stranger(surface);
    let body = json!({ "surface": surface, "login": login, "password": cast::PASSWORD, "code": code });
    let asked = client.request(Method::POST, "/api/session").json(&body);
    let answer = asked.send().await.expect("it is there");
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()[SET_COOKIE].to_str().expect("it is there");
    client.cookie = Some(cookie.split(';').next().unwrap_or_default().to_owned());
    client
}

async fn factor(client: &Client) -> Factor {
    granted("factor", client.get("/api/second_factor").await)
}

#[tokio::test]
async fn whoever_has_a_second_factor_shows_it() {
    on_both(async |desk: Desk| {
        let lane = Lane::part("accounts", &format!("second factor {:?}", Uuid::now_v7()));
        for (surface, login) in [(Surface::Agent, "maren"), (Surface::Customer, "hanne")] {
            let here = desk.sign_in(surface, login, cast::PASSWORD).await;
            let there = desk.sign_in(surface, login, cast::PASSWORD).await;
            let mut there_live = there.live().await;
            assert_eq!(factor(&here).await.set_at, None);
            refused(
                here.post("/api/second_factor/offer", json!({ "password": "not the password" }))
                    .await,
                401,
                "wrong_login",
            );
            let first = offer(&here, None).await;
            assert!(first.address.contains(&first.secret) && first.path.starts_with("M0 0h7v1H0z"));
            refused(confirm(&here, &first, "000000x").await, 401, "wrong_code");
            // What was offered to one session is nobody else's.
            refused(
                confirm(&there, &first, &code(&first.secret, step())).await,
                410,
                "link_gone",
            );
            there_live.settle().await;

            let device = set_up(&here).await;
            assert_eq!((device.codes.len(), here.get("/api/session").await.0), (10, 200));
            assert_eq!(there_live.ended().await.0, 4001);
            refused(there.get("/api/session").await, 401, "signed_out");
            let is = factor(&here).await;
            assert!(is.set_at.is_some() && is.codes == 10 && !is.required);

            // A wrong password does not learn that there is one.
            let body = json!({ "surface": surface, "login": login, "password": "wrong", "code": "123456" });
            refused(
                desk.stranger(surface).post("/api/session", body).await,
                401,
                "wrong_login",
            );
            refused(try_in(&desk, surface, login, None).await, 401, "second_factor_needed");
            let now = step();
            refused(
                try_in(&desk, surface, login, Some(&device.code(now + 5))).await,
                401,
                "wrong_code",
            );
            // As people write it.
            let spaced = device.code(now + 1);
            let spaced = format!("{} {}", &spaced[..3], &spaced[3..]);
            assert_eq!(try_in(&desk, surface, login, Some(&spaced)).await.0, 200);
            // Once, and none before it.
            for replay in [device.code(now + 1), device.code(now)] {
                lane.case();
                let answer = try_in(&desk, surface, login, Some(&replay)).await;
                if answer.0 == 200 {
                    lane.violation(format!("{replay} was taken again"));
                }
                refused(answer, 401, "wrong_code");
            }
            lane.figure("replays_refused", 6);
            let shouted = device.codes[0].to_uppercase().replace('-', " ");
            assert_eq!(try_in(&desk, surface, login, Some(&shouted)).await.0, 200);
            assert_eq!(factor(&here).await.codes, 9);
            let used = try_in(&desk, surface, login, Some(&device.codes[0])).await;
            lane.case();
            refused(used, 401, "wrong_code");
        }
        lane.figure("codes", 20);
        lane.finish();
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_is_changed_renewed_and_taken_away_by_who_shows_it() {
    on_both(async |desk: Desk| {
        let maren = desk.agent("maren").await;
        let device = set_up(&maren).await;
        let prove = |code: &str| json!({ "password": cast::PASSWORD, "code": code });
        let only = json!({ "password": cast::PASSWORD });
        for path in ["offer", "codes", "remove"] {
            refused(
                maren.post(&format!("/api/second_factor/{path}"), only.clone()).await,
                401,
                "second_factor_needed",
            );
        }
        let renewed: RecoveryCodes = granted(
            "codes",
            maren.post("/api/second_factor/codes", prove(&device.codes[0])).await,
        );
        refused(
            try_in(&desk, Surface::Agent, "maren", Some(&device.codes[1])).await,
            401,
            "wrong_code",
        );
        // Another device takes its place.
        let second = offer(&maren, Some(&renewed.codes[0])).await;
        let told: RecoveryCodes = granted("another", confirm(&maren, &second, &code(&second.secret, step())).await);
        refused(
            try_in(&desk, Surface::Agent, "maren", Some(&device.code(step() + 1))).await,
            401,
            "wrong_code",
        );
        let removed = maren.post("/api/second_factor/remove", prove(&told.codes[0])).await;
        assert_eq!(removed.0, 200, "{}", removed.1);
        assert_eq!(try_in(&desk, Surface::Agent, "maren", None).await.0, 200);
        assert_eq!(factor(&maren).await.codes, 0);
    })
    .await;
}

#[tokio::test]
async fn where_a_group_asks_for_it_nothing_is_done_before() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let maren = desk.agent("maren").await;
        let mut maren_live = maren.live().await;
        let guard = async |group: &str, on: bool| {
            let body = json!({ "group": group, "second_factor": on });
            ines.put("/api/admin/guards", body).await
        };
        let device = set_up(&ines).await;
        refused(
            maren
                .put("/api/admin/guards", json!({ "group": "users", "second_factor": true }))
                .await,
            404,
            "not_found",
        );
        refused(guard("nobody", true).await, 404, "not_found");
        assert_eq!(guard("travel", true).await.0, 200);
        assert_eq!(guard("travel", true).await.0, 200, "it is so already");

        // Who is here is asked at once; his live connection ends.
        assert_eq!(maren_live.ended().await.0, 4001);
        let me: SignedIn = granted("me", maren.get("/api/session").await);
        assert!(me.me.owes_second_factor);
        for path in [
            "/api/requests",
            "/api/chats",
            "/api/sessions",
            "/api/tickets?state=all",
            "/api/people?tab=agents",
        ] {
            refused(maren.get(path).await, 403, "second_factor_owed");
        }
        let change = json!({ "old": cast::PASSWORD, "new": "nine lighthouses" });
        refused(maren.put("/api/password", change).await, 403, "second_factor_owed");
        let why = Live::try_open(&maren).await.err().expect("no new one begins");
        assert!(why.contains("4001"), "{why}");
        // So is who signs in.
        let again = desk.agent("maren").await;
        refused(again.get("/api/requests").await, 403, "second_factor_owed");
        assert!(factor(&again).await.required);

        let hers = set_up(&again).await;
        assert_eq!(again.get("/api/requests").await.0, 200);
        again.live().await.settle().await;
        let body = json!({ "password": cast::PASSWORD, "code": hers.codes[0] });
        refused(
            again.post("/api/second_factor/remove", body).await,
            409,
            "second_factor_required",
        );

        // She loses her phone.
        let maren_id = again.me().await.id;
        let listed: AdminAgents = granted("agents", ines.get("/api/admin/agents?q=holt").await);
        assert!(listed.agents[0].second_factor);
        let path = format!("/api/admin/people/{maren_id}/second_factor");
        refused(again.delete(&path).await, 404, "not_found");
        assert_eq!(ines.delete(&path).await.0, 200);
        refused(ines.delete(&path).await, 404, "not_found");
        refused(again.get("/api/session").await, 401, "signed_out");
        let anew = desk.agent("maren").await;
        refused(anew.get("/api/requests").await, 403, "second_factor_owed");
        assert_eq!(anew.delete("/api/session").await.0, 200, "she may leave");

        // Where it is asked for no more, it is a matter of everybody's own.
        assert_eq!(guard("travel", false).await.0, 200);
        assert_eq!(desk.agent("maren").await.get("/api/requests").await.0, 200);

        let told: AuditPage = granted("audit", ines.get("/api/admin/audit").await);
        let told: Vec<_> = told.records.iter().filter_map(|it| it.new.as_deref()).collect();
        let (on, off) = (r#"{"second_factor":true}"#, r#"{"second_factor":false}"#);
        assert_eq!(told.iter().filter(|it| **it == on).count(), 1);
        assert_eq!(told.iter().filter(|it| **it == off).count(), 2);
        assert!(!told.iter().any(|it| it.contains(&device.secret)));

        // On the command line.
        desk.cli(&["second-factor", "travel", "yes"]).await;
        let printed = desk.cli(&["agent", "remove-second-factor", "ines"]).await;
        assert!(printed.contains("ines has no second factor any more"), "{printed}");
        refused(ines.get("/api/session").await, 401, "signed_out");
        desk.verify().await;
    })
    .await;
}

/// Guesses at the same time, at both doors where there are two: they are counted before they are looked at, and a code is taken once.
#[tokio::test]
async fn of_many_who_show_one_code_at_once_one_gets_in() {
    const HANDS: usize = 32;
    for engine in [Engine::Sqlite, Engine::Postgres, Engine::TwoNodes] {
        let lane = Lane::part("accounts", &format!("one code, many hands on {engine}"));
        let Some(desk) = Desk::start_with(engine, CROWDED).await else {
            lane.skip("no PostgreSQL here");
            continue;
        };
        let maren = desk.agent("maren").await;
        let device = set_up(&maren).await;
        let mut refusals = 0;
        for shown in [device.code(step() + 1), device.codes[0].clone()] {
            let hands = (0..HANDS).map(async |_| {
                loop {
                    let answer = try_in(&desk, Surface::Agent, "maren", Some(&shown)).await;
                    if answer.1["code"] != "busy" {
                        return answer;
                    }
                }
            });
            let done = join_all(hands).await;
            let winners = done.iter().filter(|answer| answer.0 == 200).count();
            lane.cases(HANDS);
            // After ten tries even the right code has to wait; so the second code may find none left.
            if winners > 1 {
                lane.violation(format!("{winners} got in by one code"));
            }
            refusals += done.iter().filter(|answer| answer.0 != 200).count();
        }
        lane.figure("replays_refused", refusals);
        lane.figure("codes", 2);
        lane.finish();
    }
}

#[tokio::test]
async fn without_the_key_a_recovery_code_helps() {
    on_both(async |mut desk: Desk| {
        let maren = desk.agent("maren").await;
        let device = set_up(&maren).await;
        let stored = format!("{:?}", std::fs::read(desk.dir().join("seal.key")).unwrap());
        assert!(!stored.contains(&device.secret));
        desk.terminate().await;
        assert!(desk.ended().await.0.success());
        std::fs::remove_file(desk.dir().join("seal.key")).unwrap();
        desk.serve().await;
        let now = device.code(step() + 1);
        refused(
            try_in(&desk, Surface::Agent, "maren", Some(&now)).await,
            503,
            "second_factor_unreadable",
        );
        assert_eq!(
            try_in(&desk, Surface::Agent, "maren", Some(&device.codes[0])).await.0,
            200
        );
        // She sets up another one, with the new key.
        let again = sign_in(&desk, Surface::Agent, "maren", &device.codes[1]).await;
        let second = offer(&again, Some(&device.codes[2])).await;
        let answer = confirm(&again, &second, &code(&second.secret, step())).await;
        let _: RecoveryCodes = granted("another", answer);
    })
    .await;
}
