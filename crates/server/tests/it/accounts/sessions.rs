//! Where people are signed in, and who ends it.

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use domain::cast;
use reqwest::Method;
use reqwest::header::{SET_COOKIE, USER_AGENT};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{AdminSessions, AuditPage, SessionView, Sessions, Surface};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Signs in with a browser that says this of itself.
async fn with_browser(desk: &Desk, surface: Surface, login: &str, browser: &str) -> Client {
    let mut client = desk.stranger(surface);
    let body = json!({ "surface": surface, "login": login, "password": cast::PASSWORD });
    let asked = client.request(Method::POST, "/api/session").header(USER_AGENT, browser);
    let answer = asked.json(&body).send().await.expect("it is there");
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()[SET_COOKIE].to_str().expect("it is there");
    client.cookie = Some(cookie.split(';').next().unwrap_or_default().to_owned());
    client
}

async fn sessions(client: &Client) -> Vec<SessionView> {
    granted::<Sessions>("sessions", client.get("/api/sessions").await).sessions
}

async fn end(client: &Client, id: Uuid) -> (u16, Value) {
    client.delete(&format!("/api/sessions/{id}")).await
}

#[tokio::test]
async fn everybody_sees_where_he_is_signed_in_and_ends_it() {
    on_both(async |desk: Desk| {
        for (surface, login) in [(Surface::Agent, "ines"), (Surface::Customer, "hanne")] {
            let here = with_browser(&desk, surface, login, FIREFOX).await;
            let there = desk.sign_in(surface, login, cast::PASSWORD).await;
            let mut there_live = there.live().await;
            let open = sessions(&here).await;
            assert_eq!(open.len(), 2, "{open:?}");
            let (own, other) = match open[0].here {
                true => (&open[0], &open[1]),
                false => (&open[1], &open[0]),
            };
            assert!(own.here && !other.here);
            assert_eq!(
                (own.browser.as_deref(), own.system.as_deref()),
                (Some("Firefox"), Some("Linux"))
            );
            assert_eq!((own.network.as_deref(), &other.browser), (Some("127.0.0.1"), &None));
            assert_eq!(sessions(&there).await.iter().filter(|it| it.here).count(), 1);

            assert_eq!(end(&here, other.id).await.0, 200);
            assert_eq!(there_live.ended().await.0, 4001);
            refused(there.get("/api/session").await, 401, "signed_out");
            refused(end(&here, other.id).await, 404, "not_found");

            let others = [
                desk.sign_in(surface, login, cast::PASSWORD).await,
                desk.sign_in(surface, login, cast::PASSWORD).await,
            ];
            assert_eq!(here.delete("/api/sessions").await.0, 200);
            for other in &others {
                refused(other.get("/api/session").await, 401, "signed_out");
            }
            assert_eq!(sessions(&here).await.len(), 1);
            // His own: that is signing out.
            assert_eq!(end(&here, own.id).await.0, 200);
            refused(here.get("/api/session").await, 401, "signed_out");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_ends_a_session_of_somebody_else() {
    on_both(async |desk: Desk| {
        let (ines, maren, hanne) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.customer("hanne").await,
        );
        let own = sessions(&ines).await[0].id;
        for other in [&maren, &hanne, &desk.visitor("Priya Raman").await] {
            refused(end(other, own).await, 404, "not_found");
            refused(end(other, Uuid::now_v7()).await, 404, "not_found");
        }
        assert_eq!(ines.get("/api/session").await.0, 200);
        // What names a session opens none.
        let mut forged = desk.stranger(Surface::Agent);
        forged.token = Some(own.to_string());
        refused(forged.get("/api/session").await, 401, "signed_out");
    })
    .await;
}

#[tokio::test]
async fn administrators_see_everybodys_sessions_and_end_them() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let (maren, phone) = (desk.agent("maren").await, desk.agent("maren").await);
        let hanne = with_browser(&desk, Surface::Customer, "hanne", FIREFOX).await;
        let mut hanne_live = hanne.live().await;
        let _visitor = desk.visitor("Priya Raman").await;
        let listed = async |query: &str| -> AdminSessions {
            granted("sessions", ines.get(&format!("/api/admin/sessions{query}")).await)
        };
        refused(maren.get("/api/admin/sessions").await, 404, "not_found");
        refused(ines.get("/api/admin/sessions?after=nonsense").await, 422, "bad_input");

        let all = listed("").await;
        let who: Vec<_> = all.sessions.iter().map(|it| it.login.as_str()).collect();
        assert_eq!(who.iter().filter(|login| **login == "maren").count(), 2, "{who:?}");
        assert!(
            who.contains(&"hanne") && who.contains(&"ines") && !who.contains(&""),
            "{who:?}"
        );
        let found = listed("?q=dahl").await.sessions;
        assert_eq!((found.len(), &*found[0].login), (1, "hanne"));
        assert_eq!(found[0].session.browser.as_deref(), Some("Firefox"));

        let id = found[0].session.id;
        refused(
            maren.delete(&format!("/api/admin/sessions/{id}")).await,
            404,
            "not_found",
        );
        assert_eq!(ines.delete(&format!("/api/admin/sessions/{id}")).await.0, 200);
        assert_eq!(hanne_live.ended().await.0, 4001);
        refused(hanne.get("/api/session").await, 401, "signed_out");
        refused(
            ines.delete(&format!("/api/admin/sessions/{id}")).await,
            404,
            "not_found",
        );

        let maren_id = maren.me().await.id;
        assert_eq!(
            ines.delete(&format!("/api/admin/people/{maren_id}/sessions")).await.0,
            200
        );
        for signed_out in [&maren, &phone] {
            refused(signed_out.get("/api/session").await, 401, "signed_out");
        }
        assert!(listed("?q=holt").await.sessions.is_empty());
        let told: AuditPage = granted("audit", ines.get("/api/admin/audit").await);
        let told: Vec<_> = told.records.iter().filter_map(|it| it.new.as_deref()).collect();
        assert!(told.contains(&r#"{"session":"ended"}"#) && told.contains(&r#"{"sessions":"ended"}"#));
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_page_by_page() {
    on_both(async |desk: Desk| {
        desk.set("sign_ins_per_5_min", 1_000_000).await;
        let ines = desk.agent("ines").await;
        // Ten tries in five minutes are anybody's.
        for login in ["maren", "tove", "chidi", "hanne", "jonas"] {
            let surface = match login {
                "hanne" | "jonas" => Surface::Customer,
                _ => Surface::Agent,
            };
            for _ in 0..10 {
                let body = json!({ "surface": surface, "login": login, "password": cast::PASSWORD });
                let _ = desk.stranger(surface).post("/api/session", body).await;
            }
        }
        let (mut seen, mut after) = (Vec::new(), String::new());
        for _ in 0..5 {
            let page: AdminSessions = granted("sessions", ines.get(&format!("/api/admin/sessions?q={after}")).await);
            assert!(page.sessions.len() <= 50);
            seen.extend(page.sessions.iter().map(|it| (it.session.made_at, it.session.id)));
            match page.next {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert!(seen.len() > 50, "{}", seen.len());
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), seen.len(), "each once");
        assert!(seen.windows(2).all(|two| two[0].0 >= two[1].0), "the newest first");
    })
    .await;
}
