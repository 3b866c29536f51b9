//! Who is here for all nodes, cards, and days out of office.

use crate::desk::*;
use domain::{Instant, Kind, PersonId};
use store::{Days, Seen};
use uuid::Uuid;

both!(
    a_node_tells_only_what_changed_since,
    what_nobody_needs_any_more_is_swept,
    days_out_of_office_are_replaced_as_a_whole,
    cards_come_for_as_many_as_are_asked_for
);

const HERE: Uuid = Uuid::from_u128(1);
const THERE: Uuid = Uuid::from_u128(2);

fn seen(n: u128, connections: i64) -> Seen {
    Seen {
        person: PersonId(Uuid::from_u128(n)),
        kind: Kind::CustomerUser,
        connections,
        active_at: Instant(connections),
        gone_at: (connections == 0).then_some(Instant(9)),
    }
}

async fn a_node_tells_only_what_changed_since(desk: &Desk) {
    let store = &desk.store;
    let crowd: Vec<Seen> = (0..600).map(|n| seen(n, 1)).collect();
    store.beat(HERE, 1, &crowd, Instant(1)).await.unwrap();
    store
        .beat(HERE, 2, &[seen(5, 0), seen(900, 2)], Instant(2))
        .await
        .unwrap();
    store.beat(HERE, 2, &[], Instant(3)).await.unwrap();
    let nodes = store.nodes().await.unwrap();
    let told: Vec<_> = nodes.iter().map(|node| (node.id, node.beat, node.version)).collect();
    assert_eq!(told, [(HERE, 3, 2)]);
    assert_eq!(store.seen_on(HERE, 0).await.unwrap().len(), 601);
    let mut since = store.seen_on(HERE, 1).await.unwrap();
    since.sort_by_key(|seen| seen.person);
    assert_eq!(since, [seen(5, 0), seen(900, 2)]);
    assert_eq!(store.seen_on(HERE, 2).await.unwrap(), []);
    assert_eq!(store.seen_on(THERE, 0).await.unwrap(), []);
    desk.lane.cases(5);
}

async fn what_nobody_needs_any_more_is_swept(desk: &Desk) {
    let store = &desk.store;
    store
        .beat(HERE, 1, &[seen(1, 1), seen(2, 0)], Instant(50))
        .await
        .unwrap();
    store.beat(THERE, 1, &[seen(1, 1)], Instant(5)).await.unwrap();
    store.sweep_presence(Instant(10)).await.unwrap();
    let nodes: Vec<_> = store.nodes().await.unwrap().into_iter().map(|node| node.id).collect();
    assert_eq!(nodes, [HERE]);
    assert_eq!(store.seen_on(HERE, 0).await.unwrap(), [seen(1, 1)]);
    assert_eq!(store.seen_on(THERE, 0).await.unwrap(), []);
    store.forget_node(HERE).await.unwrap();
    assert!(store.nodes().await.unwrap().is_empty());
    assert_eq!(store.seen_on(HERE, 0).await.unwrap(), []);
    desk.lane.cases(2);
}

async fn days_out_of_office_are_replaced_as_a_whole(desk: &Desk) {
    let (store, maren) = (&desk.store, maren().id);
    assert_eq!(store.out_of_office(maren).await.unwrap(), (None, Vec::new()));
    let days = |from: &str, to: &str| Days {
        from: from.into(),
        to: to.into(),
    };
    let two = [days("2026-12-01", "2026-12-05"), days("2026-12-24", "2026-12-24")];
    let epoch = store.permission_epoch().await.unwrap();
    store.set_out_of_office(maren, "Europe/Oslo", &two).await.unwrap();
    assert!(store.permission_epoch().await.unwrap() > epoch, "others notice");
    let one = [days("2027-01-01", "2027-01-01")];
    store.set_out_of_office(ines().id, "UTC", &one).await.unwrap();
    let zone = Some("Europe/Oslo".to_owned());
    assert_eq!(store.out_of_office(maren).await.unwrap(), (zone.clone(), two.to_vec()));
    assert_eq!(store.all_out_of_office().await.unwrap()[&maren], two);
    store.set_out_of_office(maren, "Europe/Oslo", &[]).await.unwrap();
    assert_eq!(store.out_of_office(maren).await.unwrap(), (zone, Vec::new()));
    assert_eq!(store.all_out_of_office().await.unwrap().len(), 1);
    let backwards = [days("2026-12-05", "2026-12-01")];
    assert!(store.set_out_of_office(maren, "UTC", &backwards).await.is_err());
    let (zone, _) = store.out_of_office(maren).await.unwrap();
    assert_eq!(zone.as_deref(), Some("Europe/Oslo"), "all of it or nothing");
    desk.lane.cases(3);
}

async fn cards_come_for_as_many_as_are_asked_for(desk: &Desk) {
    let mut ids = Vec::new();
    for n in 0..300 {
        let person = domain::Person {
            id: PersonId(Uuid::from_u128(5_000 + n)),
            name: format!("Customer {n}"),
            ..hanne()
        };
        desk.add(&person).await;
        ids.push(person.id);
    }
    raw_execute!(
        desk,
        sqlx::query("UPDATE person SET login = name WHERE name LIKE 'Customer %'")
    );
    let cards = desk.store.cards(&ids).await.unwrap();
    assert_eq!(cards.len(), 300);
    assert!(
        cards
            .iter()
            .all(|card| ids.contains(&card.id) && card.login == card.name)
    );
    assert_eq!(desk.store.cards(&[]).await.unwrap(), []);
    assert_eq!(
        desk.store.cards(&[priya().id]).await.unwrap(),
        [],
        "who has no login has no card"
    );
    desk.lane.case();
}
