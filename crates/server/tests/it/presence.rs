//! Who is here: what others see of a person, whatever his browsers do.

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, Engine, on_both};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proof::Lane;
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use wire::{ClientFrame, People, PeopleTab, PersonRow, Presence, ServerFrame, Supervisor};

/// A change shows within two seconds; the rest is for a machine that does other things too.
const SHOWS_WITHIN: Duration = Duration::from_secs(2);
const SLACK: Duration = Duration::from_secs(2);
/// I-13.
const TRUE_WITHIN: Duration = Duration::from_secs(30);

async fn people(viewer: &Client, query: &str) -> People {
    granted(query, viewer.get(&format!("/api/people?{query}")).await)
}

fn row<'a>(people: &'a People, name: &str) -> Option<&'a PersonRow> {
    people.rows.iter().find(|row| row.name == name)
}

/// Asks until it is so; says how long that took.
async fn soon(viewer: &Client, tab: &str, what: &str, within: Duration, so: impl Fn(&People) -> bool) -> Duration {
    let began = Instant::now();
    loop {
        let people = people(viewer, &format!("tab={tab}&limit=25")).await;
        if so(&people) {
            return began.elapsed();
        }
        assert!(began.elapsed() < within + SLACK, "{what}: still {people:?}");
        sleep(Duration::from_millis(100)).await;
    }
}

async fn is(viewer: &Client, tab: &str, name: &str, presence: Presence) -> Duration {
    soon(
        viewer,
        tab,
        &format!("{name} is {presence:?}"),
        SHOWS_WITHIN,
        |people| match row(people, name) {
            Some(row) => row.presence == presence,
            None => presence == Presence::Offline,
        },
    )
    .await
}

#[tokio::test]
async fn who_comes_and_goes_shows_at_once_and_once() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let mut watching = ines.live().await;
        let ask = |tab| ClientFrame::People {
            tab: Some(tab),
            q: None,
            after: None,
            limit: None,
        };
        watching.send(ask(PeopleTab::Customers)).await;
        let pushed = |frame: &ServerFrame| match frame {
            ServerFrame::People { tab, people, .. } => Some((*tab, people.clone())),
            _ => None,
        };
        let (tab, first) = watching.wait("the first page", pushed).await;
        assert_eq!(
            (tab, first.rows.len(), first.counts.customers),
            (PeopleTab::Customers, 0, 0)
        );

        let hanne = desk.customer("hanne").await;
        let began = Instant::now();
        let phone = hanne.stays().await;
        let laptop = hanne.stays().await;
        let came = watching
            .wait("Hanne", |frame| {
                pushed(frame).filter(|(_, people)| !people.rows.is_empty())
            })
            .await
            .1;
        assert!(began.elapsed() < SHOWS_WITHIN + SLACK, "{:?}", began.elapsed());
        assert_eq!(came.rows.len(), 1, "one row however many windows: {came:?}");
        let row = &came.rows[0];
        assert_eq!(
            (row.name.as_str(), row.company.as_deref()),
            ("Hanne Dahl", Some("Wiebe Freight"))
        );
        assert_eq!((row.presence, row.can_chat), (Presence::Active, true));

        drop(phone);
        is(&ines, "customers", "Hanne Dahl", Presence::Active).await;
        drop(laptop);
        soon(&ines, "customers", "Hanne is gone", Duration::from_secs(7), |people| {
            people.rows.is_empty() && people.counts.customers == 0
        })
        .await;

        // Who signs out is gone at once.
        let jonas = desk.customer("jonas").await;
        let _here = jonas.stays().await;
        is(&ines, "customers", "Jonas Wiebe", Presence::Active).await;
        assert_eq!(jonas.delete("/api/session").await.0, 200);
        is(&ines, "customers", "Jonas Wiebe", Presence::Offline).await;
    })
    .await;
}

#[tokio::test]
async fn who_does_nothing_is_away_until_he_does_something() {
    on_both(async |desk: Desk| {
        desk.set("agent_idle_s", 3).await;
        desk.set("customer_idle_s", 3).await;
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let hanne = desk.customer("hanne").await;
        let (mut maren_live, _hanne_here) = (maren.live().await, hanne.stays().await);
        for (tab, name) in [("agents", "Maren Holt"), ("customers", "Hanne Dahl")] {
            let within = Duration::from_secs(5);
            soon(&ines, tab, "idle", within, |people| {
                row(people, name).is_some_and(|row| row.presence == Presence::Away && row.can_chat)
            })
            .await;
        }
        // A ping is no sign of him, and neither is a look by HTTP.
        maren_live.settle().await;
        maren.me().await;
        sleep(Duration::from_millis(700)).await;
        is(&ines, "agents", "Maren Holt", Presence::Away).await;
        maren_live.send(ClientFrame::Active {}).await;
        is(&ines, "agents", "Maren Holt", Presence::Active).await;
        is(&ines, "agents", "Maren Holt", Presence::Active).await;
        soon(&ines, "agents", "idle again", Duration::from_secs(5), |people| {
            row(people, "Maren Holt").is_some_and(|row| row.presence == Presence::Away)
        })
        .await;
        // What changes something counts, by HTTP too.
        maren.be("internal").await;
        is(&ines, "agents", "Maren Holt", Presence::Active).await;
    })
    .await;
}

#[tokio::test]
async fn a_killed_browser_is_offline_within_thirty_seconds() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        // Its network is gone: nothing closes the connection, and nothing comes over it.
        let frozen = maren.live().await;
        let began = Instant::now();
        is(&ines, "agents", "Maren Holt", Presence::Active).await;
        soon(&ines, "agents", "Maren is gone", TRUE_WITHIN - SLACK, |people| {
            row(people, "Maren Holt").is_none()
        })
        .await;
        assert!(began.elapsed() > Duration::from_secs(20), "{:?}", began.elapsed());
        drop(frozen);
    })
    .await;
}

#[tokio::test]
async fn the_choice_is_kept_over_devices_and_restarts() {
    on_both(async |mut desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        maren.be("unavailable").await;
        is(&ines, "agents", "Maren Holt", Presence::Unavailable).await;
        let why = row(&people(&ines, "tab=agents").await, "Maren Holt").and_then(|row| row.why_not.clone());
        assert_eq!(why.as_deref(), Some("unavailable"));
        let phone = desk.agent("maren").await;
        let _phone_here = phone.stays().await;
        sleep(Duration::from_millis(700)).await;
        is(&ines, "agents", "Maren Holt", Presence::Unavailable).await;

        desk.restart().await;
        assert_eq!(people(&ines, "tab=agents").await.counts.agents, 0, "nobody is back yet");
        let _back = phone.stays().await;
        is(&ines, "agents", "Maren Holt", Presence::Unavailable).await;
        phone.be("internal").await;
        is(&ines, "agents", "Maren Holt", Presence::Active).await;

        // He who is unavailable himself asks nobody.
        ines.be("unavailable").await;
        let maren_row = row(&people(&ines, "tab=agents").await, "Maren Holt").cloned();
        assert_eq!(
            maren_row.and_then(|row| row.why_not).as_deref(),
            Some("you_are_unavailable")
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_switched_off_is_red() {
    on_both(async |desk: Desk| {
        let (ines, maren, hanne) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.customer("hanne").await,
        );
        let _here = (maren.stays().await, hanne.stays().await);
        is(&ines, "customers", "Hanne Dahl", Presence::Active).await;
        desk.set("agent_to_customer", 0).await;
        is(&ines, "customers", "Hanne Dahl", Presence::Unavailable).await;
        is(&ines, "agents", "Maren Holt", Presence::Active).await;
        desk.set("agent_to_customer", 1).await;
        desk.set("chat_active", 0).await;
        is(&ines, "customers", "Hanne Dahl", Presence::Unavailable).await;
        is(&ines, "agents", "Maren Holt", Presence::Unavailable).await;
        let receives = ines.me().await.receives.expect("an agent");
        assert_eq!(receives.limit, Some(wire::ReceivesLimit::ChatOff));
        assert!(!receives.colleagues && !receives.customers && !receives.visitors);
        desk.set("chat_active", 1).await;
        desk.set("agent_to_agent", 0).await;
        is(&ines, "agents", "Maren Holt", Presence::Active).await;
        soon(&ines, "agents", "no icon", SHOWS_WITHIN, |people| {
            row(people, "Maren Holt").and_then(|row| row.why_not.as_deref()) == Some("switched_off")
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn who_is_out_of_office_is_listed_whether_he_is_here_or_not() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let today = |zone: &str| Timestamp::now().to_zoned(TimeZone::get(zone).expect("a zone")).date();
        let days = |from: Date, to: Date| json!({ "from": from.to_string(), "to": to.to_string() });
        let out = |zone: &str, from: Date, to: Date| json!({ "zone": zone, "ranges": [days(from, to)] });
        let day = 1.day();
        // Where the day is an hour young or old, somewhere it is another one: both sides of the date line.
        for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Oslo"] {
            let today = today(zone);
            let (before, after) = (today - day, today + day);
            for (from, to, holds) in [
                (today, today, true),
                (before, after, true),
                (after, after, false),
                (before, before, false),
            ] {
                let set = maren.put("/api/me/out_of_office", out(zone, from, to)).await;
                assert_eq!(set.0, 200, "{}", set.1);
                soon(
                    &ines,
                    "out_of_office",
                    &format!("{zone} {from} {to}"),
                    SHOWS_WITHIN,
                    |people| {
                        let row = row(people, "Maren Holt");
                        let until = row
                            .and_then(|row| row.out_of_office.as_ref())
                            .map(|out| out.until.clone());
                        people.counts.out_of_office == u32::from(holds) && until == holds.then(|| to.to_string())
                    },
                )
                .await;
            }
        }
        let today = today("Europe/Oslo");
        maren
            .put("/api/me/out_of_office", out("Europe/Oslo", today, today))
            .await;
        let _here = maren.stays().await;
        soon(&ines, "agents", "the mark", SHOWS_WITHIN, |people| {
            row(people, "Maren Holt").is_some_and(|row| row.presence == Presence::Active && row.out_of_office.is_some())
        })
        .await;
        let mine = maren.me().await.out_of_office.expect("set");
        assert_eq!((mine.zone.as_str(), mine.ranges.len()), ("Europe/Oslo", 1));

        let refuse = async |body| {
            let say = refused(maren.put("/api/me/out_of_office", body).await, 422, "unfit_days").say;
            assert!(!say.is_empty());
            say
        };
        let yesterday = today - day;
        assert!(
            refuse(out("Europe/Oslo", today, yesterday))
                .await
                .contains("comes after")
        );
        assert!(
            refuse(out("Europe/Atlantis", today, today))
                .await
                .contains("Europe/Atlantis")
        );
        let ranges = vec![days(today, today); 51];
        assert!(
            refuse(json!({ "zone": "Europe/Oslo", "ranges": ranges }))
                .await
                .contains("50")
        );
        assert_eq!(maren.me().await.out_of_office, Some(mine), "a refusal changes nothing");
        let hanne = desk.customer("hanne").await;
        refused(
            hanne
                .put("/api/me/out_of_office", out("Europe/Oslo", today, today))
                .await,
            404,
            "not_found",
        );
        let set = maren
            .put("/api/me/out_of_office", json!({ "zone": "Europe/Oslo", "ranges": [] }))
            .await;
        assert_eq!(set.0, 200);
        is(&ines, "out_of_office", "Maren Holt", Presence::Offline).await;
    })
    .await;
}

#[tokio::test]
async fn pages_are_sorted_and_searched_and_for_agents_only() {
    on_both(async |desk: Desk| {
        let logins = ["ines", "maren", "chidi", "tove"];
        let mut here = Vec::new();
        for login in logins {
            here.push(desk.agent(login).await.stays().await);
        }
        let ines = desk.agent("ines").await;
        soon(&ines, "agents", "all four", SHOWS_WITHIN, |people| {
            people.rows.len() == 4
        })
        .await;
        let names = |people: &People| people.rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
        let first = people(&ines, "tab=agents&limit=3").await;
        assert_eq!(names(&first), ["Chidi Okafor", "Ines Vogt", "Maren Holt"]);
        let yourself = row(&first, "Ines Vogt").and_then(|row| row.why_not.as_deref());
        assert_eq!(yourself, Some("yourself"));
        let after = first.next.expect("one more");
        let second = people(&ines, &format!("tab=agents&limit=3&after={after}")).await;
        assert_eq!((names(&second), second.next), (vec!["Tove Lind".to_owned()], None));
        let found = people(&ines, "tab=agents&q=OKA%20chi").await;
        assert_eq!(
            (names(&found), found.counts.agents),
            (vec!["Chidi Okafor".to_owned()], 4)
        );

        for query in [
            "tab=agents&limit=26",
            "tab=agents&limit=0",
            "tab=agents&after=%25",
            "tab=visitors",
            "q=a",
        ] {
            let (status, body) = ines.get(&format!("/api/people?{query}")).await;
            assert!((400..=422).contains(&status), "{query}: {status} {body}");
            assert_eq!(body["code"], "bad_input", "{query}");
        }
        let (hanne, priya) = (desk.customer("hanne").await, desk.visitor("Priya Raman").await);
        for outsider in [&hanne, &priya] {
            refused(outsider.get("/api/people?tab=agents").await, 404, "not_found");
            refused(outsider.get("/api/supervisor").await, 404, "not_found");
            let mut live = outsider.live().await;
            let ask = ClientFrame::People {
                tab: Some(PeopleTab::Agents),
                q: None,
                after: None,
                limit: None,
            };
            live.send(ask).await;
            live.until("the refusal", |live| !live.refusals.is_empty()).await;
            assert_eq!(live.refusals[0].1.code, "not_found");
        }
    })
    .await;
}

#[tokio::test]
async fn a_supervisor_sees_the_channels_he_owns() {
    on_both(async |desk: Desk| {
        let (ines, tove) = (desk.agent("ines").await, desk.agent("tove").await);
        let _here = ines.stays().await;
        let (hanne, priya) = (desk.customer("hanne").await, desk.visitor("Priya Raman").await);
        let _hanne_here = hanne.stays().await;
        let running = hanne.start_chat("A crate").await.id;
        ines.accept(running).await;
        priya.start_chat("Is it sailing?").await;
        let seen: Supervisor = granted("supervisor", ines.get("/api/supervisor").await);
        let channel = |name: &str| {
            let found = seen.channels.iter().find(|it| it.channel.name == name);
            found.unwrap_or_else(|| panic!("no {name} in {seen:?}"))
        };
        let default = channel("Default");
        assert_eq!((default.running_count, default.agents_available), (1, 1));
        assert_eq!(default.running[0].chat, running);
        assert_eq!(default.running[0].with.as_deref(), Some("Hanne Dahl"));
        assert_eq!(default.running[0].agents, ["Ines Vogt"]);
        let travel = channel("Travel desk");
        assert!(travel.waiting == 1 && travel.longest_since.is_some(), "{travel:?}");
        assert!(
            seen.channels.iter().all(|it| it.channel.name != "Freight"),
            "that is Chidi's"
        );
        let none: Supervisor = granted("supervisor", tove.get("/api/supervisor").await);
        assert!(none.channels.is_empty(), "an observer owns nothing");
    })
    .await;
}

#[tokio::test]
async fn nodes_tell_each_other_who_is_here_and_a_killed_one_takes_its_people_along() {
    let lane = Lane::part("presence", "two nodes");
    let Some(desk) = Desk::start(Engine::Postgres).await else {
        return lane.skip("no PostgreSQL here");
    };
    let mut other = desk.another_node().await;
    let ines = desk.agent("ines").await;
    let (hanne, maren) = (other.customer("hanne").await, other.agent("maren").await);
    let (hanne_here, _maren_here) = (hanne.stays().await, maren.stays().await);
    let took = is(&ines, "customers", "Hanne Dahl", Presence::Active).await;
    lane.figure("shown_on_the_other_node_ms", took.as_millis() as i64);
    maren.be("unavailable").await;
    is(&ines, "agents", "Maren Holt", Presence::Unavailable).await;
    drop(hanne_here);
    soon(&ines, "customers", "Hanne is gone", Duration::from_secs(8), |people| {
        people.rows.is_empty()
    })
    .await;
    lane.cases(3);

    other.sigkill().await;
    let took = soon(&ines, "agents", "Maren is gone", TRUE_WITHIN - SLACK, |people| {
        row(people, "Maren Holt").is_none()
    })
    .await;
    lane.figure("killed_node_noticed_ms", took.as_millis() as i64);
    lane.case();
    lane.finish();
}
