//! Killed between an errand and its answer, whenever that is, it is there once, and its chat says so.

use super::wishes::{People, WISHES, Wanted, Wish, number};
use super::{connect, until};
use crate::desk::{CROWDED, Desk, Engine};
use crate::live::PATIENCE;
use proof::Lane;
use stand::{Fault, KINDS, Kind, Plan, Stand};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

/// How many kills there were, and what the desk had and the chat said by then.
const SEEN: [&str; 5] = [
    "kills",
    "killed with nothing there",
    "killed with a part there",
    "killed with all there, and not told",
    "killed when it was told",
];

/// When the program is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// The desk was asked so often for one errand.
    Asked(usize),
    /// It has stored something of it.
    Stored,
}

/// An installation, its desk, and what was seen so far.
struct Scene<'a> {
    lane: &'a Lane,
    desk: Desk,
    stand: Arc<Stand>,
    people: People,
    seen: [usize; 5],
}

#[tokio::test]
async fn killed_at_whatever_moment_of_an_errand_it_is_there_once_on_sqlite() {
    killed(Engine::Sqlite).await;
}

#[tokio::test]
async fn killed_at_whatever_moment_of_an_errand_it_is_there_once_on_postgres() {
    killed(Engine::Postgres).await;
}

async fn killed(engine: Engine) {
    let lane = Lane::part("foreign", &format!("kills on {engine}"));
    let [znuny, zammad] = KINDS;
    let (one, other) = tokio::join!(
        killed_beside(&lane, engine, znuny),
        killed_beside(&lane, engine, zammad)
    );
    let (Some(one), Some(other)) = (one, other) else {
        return lane.skip("no PostgreSQL here");
    };
    for (n, name) in SEEN.into_iter().enumerate() {
        lane.figure(name, one[n] + other[n]);
    }
    lane.finish();
}

async fn killed_beside(lane: &Lane, engine: Engine, kind: Kind) -> Option<[usize; 5]> {
    let mut desk = Desk::start_with(engine, CROWDED).await?;
    let stand = connect(&mut desk, kind).await;
    let people = People::of(&desk, kind).await;
    let mut scene = Scene {
        lane,
        desk,
        stand,
        people,
        seen: [0; 5],
    };
    let silent = |of_writing, done| {
        Some(Plan {
            fault: Fault::Slow,
            of_writing,
            done,
            and_look: false,
        })
    };
    // There is a session, and a ticket of ours: from here on each errand asks as often as the next of its sort.
    scene.undisturbed(Wish::Phone).await;
    for wish in WISHES.repeat(proof::scale()) {
        let all = scene.undisturbed(wish).await;
        // Done, and not answered.
        let stores = scene.killed(wish, silent(true, true), Moment::Stored).await;
        for (plan, asked) in [
            // Before anything left; sent, and not done.
            (silent(false, false), 1),
            (silent(true, false), stores),
            // In between; after the last answer, and before the entry.
            (None, usize::midpoint(stores, all)),
            (None, all),
            (None, all),
        ] {
            scene.killed(wish, plan, Moment::Asked(asked)).await;
        }
    }
    let waiting = scene.desk.cli(&["desk", "waiting"]).await;
    assert!(waiting.contains("has everything"), "{waiting}");
    scene.desk.verify().await;
    Some(scene.seen)
}

impl Moment {
    fn has_come(self, stand: &Stand, before: usize, wanted: &Wanted) -> bool {
        match self {
            Self::Asked(asked) => stand.calls() >= before + asked,
            Self::Stored => wanted.there(stand).articles > 0,
        }
    }
}

impl Scene<'_> {
    /// How often the desk is asked for one.
    async fn undisturbed(&self, wish: Wish) -> usize {
        let _here = self.people.ines.stays().await;
        let wanted = self.people.want(wish).await;
        let before = self.stand.calls();
        let (status, body) = wanted.ask(Uuid::now_v7()).await;
        assert!(status == 200 && number(&body).is_some(), "{wish:?}: {body}");
        self.stand.calls() - before
    }

    /// Kills the program at this moment of an errand, and brings that to its end. Says how often the desk was asked by then.
    async fn killed(&mut self, wish: Wish, plan: Option<Plan>, moment: Moment) -> usize {
        let Self {
            lane,
            desk,
            stand,
            people,
            seen,
        } = self;
        let stand: &Stand = stand;
        seen[0] += 1;
        let what = format!("{}, kill {}: {wish:?} {moment:?} {plan:?}", desk.engine, seen[0]);
        let here = people.ines.stays().await;
        let wanted = people.want(wish).await;
        if let Some(plan) = plan {
            stand.plan(plan);
        }
        let (before, cid) = (stand.calls(), Uuid::now_v7());
        let kills = async {
            let late = Instant::now() + PATIENCE;
            while !moment.has_come(stand, before, &wanted) && Instant::now() < late {
                sleep(Duration::from_millis(1)).await;
            }
            let asked = stand.calls() - before;
            desk.sigkill().await;
            asked
        };
        let (answer, asked) = tokio::join!(wanted.try_ask(cid), kills);
        drop(here);
        let there = wanted.there(stand);
        // Who was at it holds it for half a minute on a database that others could serve: waited for the first time.
        if seen[0] > 1 {
            desk.change_data("UPDATE errand SET held_until = 0".to_owned()).await;
        }
        desk.change_data("UPDATE errand SET due_at = 0 WHERE due_at IS NOT NULL".to_owned())
            .await;
        desk.serve().await;

        let says = wanted.told(&people.ines).await;
        let is_told = says != wish.told(false);
        let is_answered = matches!(answer, Ok((200, _))) && !wish.is_of_customer();
        let fits = !is_told || says == wish.told(true) && wanted.there(stand) == wish.whole();
        if !fits || is_answered && !is_told {
            lane.violation(format!("{what}: {answer:?}, {there:?}, and the chat says {says:?}"));
        }
        let at = match (is_told, there.articles) {
            (true, _) => 4,
            (false, 0) => 1,
            (false, some) if some < wish.whole().articles => 2,
            (false, _) => 3,
        };
        seen[at] += 1;

        if wish.is_of_customer() {
            let is_there = async || (wanted.there(stand) == wish.whole()).then_some(());
            until(&what, is_there).await;
        }
        // From the same dialog; or from another one, as long as the chat is open.
        let same = is_told || wish.is_of_customer() || seen[0] % 2 == 0;
        let again = if same { cid } else { Uuid::now_v7() };
        let has_number = async || match wanted.ask(again).await {
            (200, body) => number(&body).is_some().then_some(()),
            (503, _) => None,
            answer => panic!("{what}: {answer:?}"),
        };
        until(&what, has_number).await;
        if let Err(wrong) = wanted.is_there_once(&people.ines, stand).await {
            lane.violation(format!("{what}: {wrong}"));
        }
        lane.case();
        asked
    }
}
