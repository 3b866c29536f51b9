//! One-time links: who forgot his password, and who never had one.

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, Engine, on_both};
use crate::mail::{Arrived, PLAIN, Smtp, with_mail};
use domain::cast;
use futures_util::future::join_all;
use proof::Lane;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{AdminAgents, AuditPage, LinkPurpose, LinkUsed, LinkView, MadeLink, NewPassword, Surface};

const NEW: &str = "nine lighthouses";

fn place(surface: Surface) -> &'static str {
    match surface {
        Surface::Customer => "portal",
        _ => "agent",
    }
}

async fn forgot(desk: &Desk, surface: Surface, who: &str) -> (u16, Value) {
    let body = json!({ "surface": surface, "who": who, "language": "en" });
    desk.stranger(surface).post("/api/password/forgotten", body).await
}

async fn look(desk: &Desk, surface: Surface, token: &str) -> (u16, Value) {
    desk.stranger(surface)
        .post("/api/links/look", json!({ "token": token }))
        .await
}

async fn set(desk: &Desk, surface: Surface, token: &str, password: &str) -> (u16, Value) {
    let body = json!({ "token": token, "password": password });
    desk.stranger(surface).post("/api/links/use", body).await
}

async fn sign_in(desk: &Desk, surface: Surface, login: &str, password: &str) -> (u16, Value) {
    let body = json!({ "surface": surface, "login": login, "password": password });
    desk.stranger(surface).post("/api/session", body).await
}

/// The token in a link, wherever the text around it ends.
fn token_in(text: &str, place: &str) -> String {
    let mark = format!("/{place}/link#");
    let at = text.find(&mark).unwrap_or_else(|| panic!("no link in {text}"));
    let rest = &text[at + mark.len()..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
    rest[..end.unwrap_or(rest.len())].to_owned()
}

fn token_of(letter: &Arrived, place: &str) -> String {
    token_in(&letter.part("text/plain"), place)
}

async fn made(ines: &Client, person: Uuid) -> MadeLink {
    let body = json!({ "mail": false, "language": "en" });
    granted(
        "a link",
        ines.post(&format!("/api/admin/people/{person}/link"), body).await,
    )
}

async fn made_token(ines: &Client, person: Uuid, place: &str) -> String {
    token_in(&made(ines, person).await.link.expect("it is told"), place)
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_by_a_letter() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let mut letters = 0;
        for (surface, login, who, address) in [
            (Surface::Agent, "maren", "maren", "maren@skerry.example"),
            (Surface::Customer, "hanne", "Hanne@Wiebe.Example", "hanne@wiebe.example"),
        ] {
            let signed_in = desk.sign_in(surface, login, cast::PASSWORD).await;
            let mut live = signed_in.live().await;
            assert_eq!(forgot(&desk, surface, who).await.0, 200);
            letters += 1;
            let arrived = smtp.wait_for(letters).await;
            let letter = arrived.last().expect("a letter");
            assert_eq!(letter.to, address);
            let token = token_of(letter, place(surface));
            assert_eq!(token.len(), 43, "256 bits");

            // Programs that look at links, look.
            let page = reqwest_page(&desk, surface).await;
            assert!(!page.contains(&token));
            for _ in 0..3 {
                let link: LinkView = granted("look", look(&desk, surface, &token).await);
                assert_eq!((link.purpose, &*link.login), (LinkPurpose::Reset, login));
            }
            live.settle().await;
            refused(set(&desk, surface, &token, "too short").await, 422, "unfit_password");
            let used: LinkUsed = granted("use", set(&desk, surface, &token, NEW).await);
            assert_eq!(used.login, login);

            assert_eq!(live.ended().await.0, 4001);
            refused(signed_in.get("/api/session").await, 401, "signed_out");
            refused(set(&desk, surface, &token, NEW).await, 410, "link_gone");
            refused(look(&desk, surface, &token).await, 410, "link_gone");
            refused(sign_in(&desk, surface, login, cast::PASSWORD).await, 401, "wrong_login");
            assert_eq!(sign_in(&desk, surface, login, NEW).await.0, 200);
        }
        desk.verify().await;
    })
    .await;
}

/// The page that a link opens, as anybody may fetch it.
async fn reqwest_page(desk: &Desk, surface: Surface) -> String {
    let client = desk.stranger(surface);
    let path = format!("/{}/link", place(surface));
    let answer = client
        .request(reqwest::Method::GET, &path)
        .send()
        .await
        .expect("it is there");
    answer.text().await.expect("it is there")
}

/// Equal questions, equal answers: status, body and headers, whether there is such an account or not. And the work that they cause is the
/// same before the answer: a row of the outbox.
#[tokio::test]
async fn nobody_learns_whether_there_is_an_account() {
    on_both(async |mut desk: Desk| {
        let lane = Lane::part("accounts", &format!("enumeration {:?}", Uuid::now_v7()));
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        desk.cli(&["agent", "deactivate", "chidi"]).await;
        let asked = [
            "maren",
            "maren@skerry.example",
            "nobody",
            "nobody@skerry.example",
            "chidi",
            "hanne",
            "' OR 1=1 --",
        ];
        let mut answers = Vec::new();
        for who in asked {
            let client = desk.stranger(Surface::Agent);
            let body = json!({ "surface": "agent", "who": who, "language": "en" });
            let sent = client
                .request(reqwest::Method::POST, "/api/password/forgotten")
                .json(&body);
            let answer = sent.send().await.unwrap();
            let mut headers: Vec<_> = answer
                .headers()
                .iter()
                .filter(|(name, _)| *name != "date")
                .map(|(name, value)| format!("{name}: {value:?}"))
                .collect();
            headers.sort();
            let status = answer.status();
            answers.push((status, headers, answer.text().await.unwrap()));
        }
        for (who, answer) in asked.iter().zip(&answers) {
            lane.case();
            if *answer != answers[0] {
                lane.violation(format!("{who}: {answer:?} and not {:?}", answers[0]));
            }
        }
        // The same holds where it is too often: what was typed is counted, and not who it is.
        for who in ["maren", "nobody"] {
            let mut told = Vec::new();
            for _ in 0..6 {
                told.push(forgot(&desk, Surface::Agent, who).await);
            }
            lane.cases(told.len());
            let through = told.iter().filter(|answer| answer.0 == 200).count();
            let problem = told.into_iter().find(|answer| answer.0 != 200).expect("a cap");
            refused(problem, 429, "mail_capped");
            if through != 4 {
                lane.violation(format!("{who}: {through} more letters a day"));
            }
        }
        // Letters went to those alone who have an account, and to each no more than five in a day, whatever was typed.
        smtp.wait_for(5).await;
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        let arrived = smtp.arrived();
        let to: Vec<_> = arrived.iter().map(|letter| letter.to.as_str()).collect();
        assert_eq!(to, ["maren@skerry.example"; 5]);
        // Each makes the one before it worthless.
        let mut good = 0;
        for letter in &arrived {
            let answer = look(&desk, Surface::Agent, &token_of(letter, "agent")).await;
            good += usize::from(answer.0 == 200);
            lane.case();
        }
        assert_eq!(good, 1, "the newest");
        lane.figure("links_tried", arrived.len());
        lane.finish();
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_invites_by_a_link() {
    on_both(async |mut desk: Desk| {
        let ines = desk.agent("ines").await;
        let body = json!({ "login": "noor", "name": "Noor Haddad", "email": "noor@skerry.example", "invited": true });
        let new: NewPassword = granted("made", ines.post("/api/admin/agents", body).await);
        assert_eq!(new.password, None);
        let listed: AdminAgents = granted("agents", ines.get("/api/admin/agents?q=noor").await);
        assert!(!listed.agents[0].has_password);
        for password in ["", cast::PASSWORD] {
            refused(
                sign_in(&desk, Surface::Agent, "noor", password).await,
                401,
                "wrong_login",
            );
        }
        let first = made_token(&ines, new.id, "agent").await;
        let link: LinkView = granted("look", look(&desk, Surface::Agent, &first).await);
        assert_eq!((link.purpose, &*link.name), (LinkPurpose::Invitation, "Noor Haddad"));
        // The newest is the only one.
        let token = made_token(&ines, new.id, "agent").await;
        refused(look(&desk, Surface::Agent, &first).await, 410, "link_gone");
        refused(set(&desk, Surface::Agent, &first, NEW).await, 410, "link_gone");
        // It is of its own surface.
        refused(look(&desk, Surface::Customer, &token).await, 410, "link_gone");
        refused(look(&desk, Surface::Visitor, &token).await, 410, "link_gone");
        assert_eq!(set(&desk, Surface::Agent, &token, NEW).await.0, 200);
        assert_eq!(sign_in(&desk, Surface::Agent, "noor", NEW).await.0, 200);

        // A customer user, on the command line.
        let said = desk
            .cli(&[
                "customer",
                "add",
                "orla",
                "Orla Byrne",
                "--email",
                "orla@wiebe.example",
                "--invite",
            ])
            .await;
        let token = token_in(&said, "portal");
        assert_eq!(set(&desk, Surface::Customer, &token, NEW).await.0, 200);
        let orla = desk.sign_in(Surface::Customer, "orla", NEW).await;
        let orla_id = orla.me().await.id;

        // By mail, where there is a mail server and an address.
        let mailed = json!({ "mail": true, "language": "de" });
        let path = |id: Uuid| format!("/api/admin/people/{id}/link");
        refused(ines.post(&path(orla_id), mailed.clone()).await, 409, "mail_off");
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let sent: MadeLink = granted("mailed", ines.post(&path(orla_id), mailed.clone()).await);
        assert_eq!(sent.link, None);
        let letter = &smtp.wait_for(1).await[0];
        assert_eq!(letter.to, "orla@wiebe.example");
        let text = letter.part("text/plain");
        assert!(text.contains("Guten Tag Orla Byrne"), "{text}");
        let token = token_of(letter, "portal");
        assert_eq!(set(&desk, Surface::Customer, &token, "eleven lighthouses").await.0, 200);
        refused(orla.get("/api/session").await, 401, "signed_out");

        let told: AuditPage = granted("audit", ines.get("/api/admin/audit").await);
        let told: Vec<_> = told.records.iter().filter_map(|it| it.new.as_deref()).collect();
        assert!(told.contains(&r#"{"link":"made"}"#) && told.contains(&r#"{"link":"mailed"}"#));
        assert!(!told.iter().any(|it| it.contains(&token)), "no token is told");
        // So many to one person in a day.
        for _ in 0..4 {
            assert_eq!(ines.post(&path(orla_id), mailed.clone()).await.0, 200);
        }
        refused(ines.post(&path(orla_id), mailed).await, 429, "mail_capped");
        desk.verify().await;
    })
    .await;
}

/// What makes a link worthless: its time, a new password, an account that ended, another address.
#[tokio::test]
async fn a_link_ends_with_what_it_was_made_for() {
    on_both(async |mut desk: Desk| {
        let lane = Lane::part("accounts", &format!("links {:?}", Uuid::now_v7()));
        let ines = desk.agent("ines").await;
        let (maren, hanne) = (desk.agent("maren").await, desk.customer("hanne").await);
        let (maren_id, hanne_id) = (maren.me().await.id, hanne.me().await.id);
        let mut tried = 0;
        let mut gone = async |desk: &Desk, surface: Surface, token: &str| {
            refused(look(desk, surface, token).await, 410, "link_gone");
            refused(set(desk, surface, token, NEW).await, 410, "link_gone");
            tried += 2;
        };

        let token = made_token(&ines, maren_id, "agent").await;
        let change = json!({ "old": cast::PASSWORD, "new": NEW });
        assert_eq!(maren.put("/api/password", change).await.0, 200);
        gone(&desk, Surface::Agent, &token).await;

        let token = made_token(&ines, hanne_id, "portal").await;
        desk.cli(&["customer", "deactivate", "hanne"]).await;
        gone(&desk, Surface::Customer, &token).await;
        desk.cli(&["customer", "activate", "hanne"]).await;
        gone(&desk, Surface::Customer, &token).await;

        let token = made_token(&ines, maren_id, "agent").await;
        for (minutes, is_good) in [(72 * 60 - 5, true), (10, false)] {
            let (ended, _) = {
                desk.terminate().await;
                desk.ended().await
            };
            assert!(ended.success());
            desk.minutes_pass(minutes).await;
            desk.serve().await;
            match is_good {
                true => assert_eq!(look(&desk, Surface::Agent, &token).await.0, 200),
                false => gone(&desk, Surface::Agent, &token).await,
            }
        }

        // Guesses, and what is nearly right.
        let ines = desk.agent("ines").await;
        let token = made_token(&ines, maren_id, "agent").await;
        let mut wrong: Vec<String> = (0..40)
            .map(|at| {
                let mut near = token.clone().into_bytes();
                near[at] = if near[at] == b'A' { b'B' } else { b'A' };
                String::from_utf8(near).unwrap()
            })
            .collect();
        wrong.extend(["".into(), "x".repeat(10_000), token.to_lowercase(), format!("{token} ")]);
        for guess in &wrong {
            lane.case();
            if set(&desk, Surface::Agent, guess, NEW).await.0 == 200 {
                lane.violation(format!("{guess} opens what {token} is for"));
            }
        }
        assert_eq!(look(&desk, Surface::Agent, &token).await.0, 200);
        lane.cases(tried);
        lane.figure("links_tried", tried + wrong.len());
        lane.finish();
    })
    .await;
}

/// Many hands at one link at once, at both doors where there are two.
#[tokio::test]
async fn of_many_who_use_a_link_at_once_one_does() {
    const HANDS: usize = 32;
    const LINKS: usize = 4;
    for engine in [Engine::Sqlite, Engine::Postgres, Engine::TwoNodes] {
        let lane = Lane::part("accounts", &format!("one link, many hands on {engine}"));
        let Some(desk) = Desk::start_with(engine, crate::desk::CROWDED).await else {
            lane.skip("no PostgreSQL here");
            continue;
        };
        let ines = desk.agent("ines").await;
        let maren = desk.agent("maren").await.me().await.id;
        for _ in 0..LINKS {
            let token = made_token(&ines, maren, "agent").await;
            let hands = (0..HANDS).map(async |hand| {
                let password = format!("the password of hand {hand}");
                loop {
                    let answer = set(&desk, Surface::Agent, &token, &password).await;
                    // More than may wait for a hash come again.
                    if answer.1["code"] != "busy" {
                        return (answer.0, password);
                    }
                }
            });
            let done: Vec<_> = join_all(hands).await;
            let winners: Vec<_> = done.iter().filter(|(status, _)| *status == 200).collect();
            lane.cases(HANDS);
            if winners.len() != 1 {
                lane.violation(format!("{} used one link", winners.len()));
            }
            for (status, password) in &done {
                if *status != 200 && *status != 410 {
                    lane.violation(format!("{password}: {status}"));
                }
            }
            let winner = &winners[0].1;
            assert_eq!(sign_in(&desk, Surface::Agent, "maren", winner).await.0, 200);
        }
        lane.figure("links_tried", LINKS * HANDS);
        lane.figure("replays_refused", LINKS * (HANDS - 1));
        lane.finish();
    }
}
