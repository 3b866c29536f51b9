//! Nothing is doubled and nothing lost, whatever a system answers; and the person is told.

use crate::sent::{article, conversation, desk, mark, new_ticket, patient};
use desk::{Article, Desk, DeskError, Find, Patience, TicketId};
use domain::Audience;
use proof::Lane;
use stand::{FAULTS, Fault, KINDS, Kind, Plan, Stand};
use std::sync::Arc;
use std::time::Duration;

const SOON: Duration = Duration::from_millis(300);

/// Gives up soon where the fault is to be slow.
fn patience(plan: Plan) -> Patience {
    let mut patience = patient();
    match plan.fault {
        Fault::Slow if plan.of_writing => patience.write = SOON,
        Fault::Slow => patience.read = SOON,
        _ => {}
    }
    patience
}

struct House {
    kind: Kind,
    stand: Arc<Stand>,
}

impl House {
    async fn new(kind: Kind) -> Self {
        Self {
            kind,
            stand: Stand::start(kind).await,
        }
    }

    fn desk(&self, patience: Patience) -> Box<dyn Desk> {
        desk(self.kind, &self.stand.url(), patience)
    }

    /// How often this article is in the desk.
    fn times(&self, article: &Article) -> usize {
        let mark = article.mark.to_string();
        let visible = article.audience == Audience::Everyone;
        let stored = self.stand.system().tickets();
        let ours = stored
            .iter()
            .flatten()
            .filter(|stored| stored.body.contains(&mark) && stored.visible == visible);
        ours.count()
    }
}

#[tokio::test]
async fn each_fault_of_each_writing_method_ends_in_one_ticket_and_one_article() {
    let lane = Lane::part("desks", "faults");
    let (mut faults, mut told, mut calls) = (0, 0, 0);
    for kind in KINDS {
        let house = House::new(kind).await;
        let calm = house.desk(patient());
        let ticket = calm.create(&new_ticket(), &conversation()).await.expect("a ticket").id;
        for (fault, done) in FAULTS.into_iter().flat_map(|fault| [(fault, false), (fault, true)]) {
            let plan = Plan {
                fault,
                of_writing: true,
                done,
                and_look: false,
            };
            let desk = house.desk(patience(plan));

            let said = article(mark(), Audience::Everyone);
            house.stand.plan(plan);
            let first = desk.append(&ticket, &said).await;
            judge(&lane, &format!("{kind:?} append {plan:?}"), first.as_ref().err(), done);
            told += usize::from(first.is_err());
            calm.append(&ticket, &said).await.expect("the second time");
            if house.times(&said) != 1 {
                lane.violation(format!("{kind:?} append {plan:?}: {} times", house.times(&said)));
            }

            let before = house.stand.system().tickets().len();
            let said = conversation();
            house.stand.plan(plan);
            let first = desk.create(&new_ticket(), &said).await;
            judge(&lane, &format!("{kind:?} create {plan:?}"), first.as_ref().err(), done);
            told += usize::from(first.is_err());
            let again = calm.create(&new_ticket(), &said).await.expect("the second time");
            if first.is_ok_and(|first| first != again) {
                lane.violation(format!("{kind:?} create {plan:?}: another ticket"));
            }
            let made = house.stand.system().tickets().len() - before;
            if made != 1 || said.iter().any(|said| house.times(said) != 1) {
                lane.violation(format!("{kind:?} create {plan:?}: {made} tickets"));
            }
            faults += 2;
            lane.cases(2);
        }
        calls += house.stand.calls();
    }
    lane.figure("faults", faults);
    lane.figure("told", told);
    lane.figure("calls", calls);
    lane.finish();
}

/// What was stored is found at once though its answer was lost; what was not is said to be unclear.
fn judge(lane: &Lane, what: &str, error: Option<&DeskError>, done: bool) {
    match error {
        None if done => {}
        Some(DeskError::Unclear(_)) if !done => {}
        other => lane.violation(format!("{what}: {other:?}")),
    }
}

#[tokio::test]
async fn where_even_the_second_look_fails_the_next_try_finds_what_was_stored() {
    let lane = Lane::part("desks", "second_look");
    for kind in KINDS {
        let house = House::new(kind).await;
        let calm = house.desk(patient());
        let first = calm.create(&new_ticket(), &conversation()).await.expect("a ticket").id;
        // The look before goes well, the answer is lost, and so is the look after: a proxy holds its door closed.
        let said = article(mark(), Audience::Everyone);
        let lost = Plan {
            fault: Fault::Cut,
            of_writing: true,
            done: true,
            and_look: false,
        };
        house.stand.plan(Plan { and_look: true, ..lost });
        let told = calm.append(&first, &said).await.expect_err("in doubt");
        assert_eq!(told.code(), "desk_unclear");
        assert!(told.to_string().contains("will not be stored twice"), "{told}");
        calm.append(&first, &said).await.expect("it is there");
        assert_eq!(house.times(&said), 1, "{kind:?}");

        // A desk that made the ticket and lost its articles.
        let said = conversation();
        let made = calm.create(&new_ticket(), &said).await.expect("a ticket");
        house.stand.system().lose_articles();
        assert_eq!(calm.create(&new_ticket(), &said).await.expect("the same"), made);
        assert!(said.iter().all(|said| house.times(said) == 1), "{kind:?}");

        // The ticket is made, and the second article is not.
        let said = conversation();
        house.stand.plan(Plan { done: true, ..lost });
        house.stand.plan(Plan { done: false, ..lost });
        let error = calm.create(&new_ticket(), &said).await.expect_err("half of it");
        assert_eq!(error.code(), "desk_incomplete", "{error}");
        calm.create(&new_ticket(), &said).await.expect("the rest");
        assert!(said.iter().all(|said| house.times(said) == 1), "{kind:?}");
        lane.cases(3);
    }
    lane.finish();
}

#[tokio::test]
async fn a_desk_that_fails_to_answer_a_question_is_not_reached() {
    let lane = Lane::part("desks", "reading");
    let mut faults = 0;
    for kind in KINDS {
        let house = House::new(kind).await;
        for fault in FAULTS {
            // An empty object is how Znuny says that it found nothing.
            let plan = Plan {
                fault,
                of_writing: false,
                done: false,
                and_look: false,
            };
            let desk = house.desk(patience(plan));
            for what in ["test", "search", "get", "customers"] {
                if fault == Fault::Nothing && kind == Kind::Znuny {
                    continue;
                }
                house.stand.plan(plan);
                let error = match what {
                    "test" => desk.test().await.err(),
                    "search" => desk.search(&Find::Text("suitcase".to_owned()), &["Travel"]).await.err(),
                    "get" => desk.get(&TicketId("1".to_owned())).await.err(),
                    _ => desk.customers("jonas").await.err(),
                };
                if error.as_ref().map(DeskError::code) != Some("desk_unreachable") {
                    lane.violation(format!("{kind:?} {what} {fault:?}: {error:?}"));
                }
                faults += 1;
                lane.case();
            }
        }
        // Nobody listens there.
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", gone.local_addr().expect("an address"));
        drop(gone);
        let down = desk(kind, &url, patient());
        let said = conversation();
        assert_eq!(
            down.create(&new_ticket(), &said).await.expect_err("nobody").code(),
            "desk_unreachable"
        );
        let told = down
            .append(&TicketId("1".to_owned()), &said[0])
            .await
            .expect_err("nobody");
        assert!(
            told.to_string().ends_with("This time nothing was stored there."),
            "{told}"
        );
        assert!(!told.to_string().contains(&url), "{told}");
    }
    lane.figure("faults", faults);
    lane.finish();
}
