//! Whatever the desk answers, or if it answers nothing: nothing is lost and nothing doubled, and who asked is told.

use super::wishes::{People, WISHES, Wanted, Wish, number};
use super::{connect, until};
use crate::client::refused;
use crate::desk::{CROWDED, Desk, Engine, on_both_crowded};
use proof::Lane;
use serde_json::Value;
use stand::{FAULTS, Fault, KINDS, Kind, Plan, Stand};
use uuid::Uuid;

#[tokio::test]
async fn whatever_it_answers_nothing_is_lost_and_nothing_doubled_on_sqlite() {
    whatever_it_answers(Engine::Sqlite).await;
}

#[tokio::test]
async fn whatever_it_answers_nothing_is_lost_and_nothing_doubled_on_postgres() {
    whatever_it_answers(Engine::Postgres).await;
}

async fn whatever_it_answers(engine: Engine) {
    let lane = Lane::part("foreign", &format!("faults on {engine}"));
    let [znuny, zammad] = KINDS;
    let (one, other) = tokio::join!(faults_of(&lane, engine, znuny), faults_of(&lane, engine, zammad));
    let (Some(one), Some(other)) = (one, other) else {
        return lane.skip("no PostgreSQL here");
    };
    lane.figure("faults", one.0 + other.0);
    lane.figure("told", one.1 + other.1);
    lane.finish();
}

/// How many there were, and how often somebody was told.
async fn faults_of(lane: &Lane, engine: Engine, kind: Kind) -> Option<(usize, usize)> {
    let mut desk = Desk::start_with(engine, CROWDED).await?;
    let stand = connect(&mut desk, kind).await;
    let people = People::of(&desk, kind).await;
    let _here = people.ines.stays().await;
    let (mut faults, mut told, mut tries) = (0, 0, 0);
    for plan in plans() {
        let goes_well = goes_well(plan);
        tries += usize::from(!goes_well);
        for wish in WISHES {
            let what = format!("{engine} {kind:?} {wish:?} {plan:?} {tries}");
            let wanted = people.want(wish).await;
            let first = Uuid::now_v7();
            stand.plan(plan);
            let (status, body) = wanted.ask(first).await;
            let code = match (goes_well || wish.is_of_customer(), plan.of_writing) {
                (true, _) => None,
                (false, true) => Some("desk_unclear"),
                (false, false) => Some("desk_unreachable"),
            };
            let expected = (if code.is_some() { 503 } else { 200 }, code, goes_well);
            if (status, body["code"].as_str(), number(&body).is_some()) != expected {
                lane.violation(format!("{what}: {status} {body}"));
            }
            if !goes_well {
                told += 1;
                let says = wanted.told(&people.ines).await;
                if says != wish.told(false) {
                    lane.violation(format!("{what}: the chat says {says:?}"));
                }
                if plan.fault == Fault::Late {
                    until("what comes late", async || {
                        (wanted.there(&stand).articles > 0).then_some(())
                    })
                    .await;
                }
                let (status, body) = again(&desk, &stand, &wanted, first, tries % 2 == 0).await;
                if status != 200 || number(&body).is_none() {
                    lane.violation(format!("{what}: again {status} {body}"));
                }
            }
            if let Err(wrong) = wanted.is_there_once(&people.ines, &stand).await {
                lane.violation(format!("{what}: {wrong}"));
            }
            faults += 1;
            lane.case();
        }
    }
    assert_eq!(stand.system().mails(), 0);
    let waiting = desk.cli(&["desk", "waiting"]).await;
    assert!(waiting.contains("has everything"), "{waiting}");
    desk.verify().await;
    Some((faults, told))
}

#[tokio::test]
async fn a_ticket_made_without_all_of_its_chat_is_told_by_its_number_and_completed_once() {
    on_both_crowded(async |mut desk: Desk| {
        for kind in KINDS {
            let stand = connect(&mut desk, kind).await;
            let people = People::of(&desk, kind).await;
            let _here = people.ines.stays().await;
            for (n, (plans, articles)) in halves().into_iter().enumerate() {
                let what = format!("{kind:?} {n}");
                let wanted = people.want(Wish::Phone).await;
                let first = Uuid::now_v7();
                plans.iter().for_each(|plan| stand.plan(*plan));
                let told = refused(wanted.ask(first).await, 503, "desk_incomplete");
                let made = told.by.expect("the ticket's number");
                assert!(told.say.contains(&made) && told.told.is_some(), "{what}: {}", told.say);
                let there = wanted.there(&stand);
                assert_eq!((there.tickets, there.articles), (1, articles), "{what}");
                assert_eq!(wanted.told(&people.ines).await, Wish::Phone.told(false), "{what}");

                // By turns from the same dialog and from another one.
                let cid = if n % 2 == 0 { first } else { Uuid::now_v7() };
                for _ in 0..2 {
                    let (status, body) = wanted.ask(cid).await;
                    assert_eq!((status, number(&body)), (200, Some(made.as_str())), "{what}: {body}");
                    assert_eq!(wanted.is_there_once(&people.ines, &stand).await, Ok(()), "{what}");
                }
            }
            assert_eq!(stand.system().mails(), 0);
        }
        let waiting = desk.cli(&["desk", "waiting"]).await;
        assert!(waiting.contains("has everything"), "{waiting}");
        desk.verify().await;
    })
    .await;
}

/// What fails after the ticket was made, and how many articles are in it then.
fn halves() -> Vec<(Vec<Plan>, usize)> {
    let plan = |fault, done, and_look| Plan {
        fault,
        of_writing: true,
        done,
        and_look,
    };
    // The answer is lost, and the look after it finds what was done.
    let found = plan(Fault::Cut, true, false);
    let mut halves = Vec::new();
    for fault in [Fault::Error, Fault::Cut] {
        let lost = plan(fault, false, false);
        halves.extend([(vec![found, lost], 1), (vec![found, found, lost], 2)]);
    }
    // The chat is there, and nobody knows it: each as it is asked again in two ways.
    let unknown = plan(Fault::Cut, true, true);
    halves.extend([(vec![found, unknown], 2), (vec![found, unknown], 2)]);
    halves
}

fn plans() -> Vec<Plan> {
    let plan = |fault, done| Plan {
        fault,
        of_writing: true,
        done,
        and_look: false,
    };
    let looked_for_in_vain = Plan {
        and_look: true,
        ..plan(Fault::Cut, true)
    };
    let unreachable = |fault| Plan {
        of_writing: false,
        ..plan(fault, false)
    };
    let mut plans = Vec::new();
    for fault in FAULTS {
        plans.extend([plan(fault, false), plan(fault, true)]);
    }
    // Done, and even the look after it is lost; done later than anybody waits: each as it is asked again in two ways.
    plans.extend([looked_for_in_vain; 2]);
    plans.extend([plan(Fault::Late, true); 2]);
    // Nothing was sent yet.
    plans.extend([Fault::Nonsense, Fault::Cut, Fault::Slow].map(unreachable));
    plans
}

/// Found at once where it was done before the answer was lost.
fn goes_well(plan: Plan) -> bool {
    plan.done && !plan.and_look && plan.fault != Fault::Late
}

/// The same again, from the same dialog; or, where `anew`, from another one, and what a customer left by the service alone.
async fn again(desk: &Desk, stand: &Stand, wanted: &Wanted, first: Uuid, anew: bool) -> (u16, Value) {
    if anew && wanted.wish.is_of_customer() {
        // The pause is over.
        desk.change_data("UPDATE errand SET due_at = 0 WHERE due_at IS NOT NULL".to_owned())
            .await;
        let is_there = async || (wanted.there(stand) == wanted.wish.whole()).then_some(());
        until("what a customer left", is_there).await;
    } else if anew {
        return wanted.ask(Uuid::now_v7()).await;
    }
    wanted.ask(first).await
}
