//! Who reaches which queue of a foreign desk.

use crate::sent::{article, conversation, desk, mark, new_ticket, patient};
use desk::{DeskError, Find, Mapping, Through, TicketId};
use domain::{Audience, Key};
use proof::Lane;
use stand::{KINDS, Stand};

/// Agents with their keys on the groups travel and freight.
const AGENTS: [(&str, &[(&str, Key)]); 6] = [
    ("ines", &[("travel", Key::Rw)]),
    ("maren", &[("travel", Key::Ro), ("travel", Key::Create)]),
    ("chidi", &[("freight", Key::Rw)]),
    ("tove", &[("travel", Key::Ro)]),
    ("note only", &[("travel", Key::Note)]),
    ("chats only", &[("travel", Key::ChatOwner), ("freight", Key::ChatOwner)]),
];

#[tokio::test]
async fn the_agents_key_on_the_mapped_group_decides_and_nothing_else_is_found() {
    let lane = Lane::part("desks", "reach");
    let mapping = Mapping(
        [("Travel", "travel"), ("Freight", "freight")]
            .map(|(queue, group)| (queue.to_owned(), group.to_owned()))
            .into(),
    );
    let mut cells = 0;
    for kind in KINDS {
        let stand = Stand::start(kind).await;
        let desk = desk(kind, &stand.url(), patient());
        let freight = desk::NewTicket {
            queue: "Freight".to_owned(),
            ..new_ticket()
        };
        let freight = desk.create(&freight, &conversation()).await.expect("a ticket").id;
        // One ticket each; that of Board the service account sees, and nobody maps.
        let places = [
            ("Travel", "travel", TicketId("1".to_owned()), "suitcase"),
            ("Freight", "freight", freight, "Bicycle"),
            ("Board", "", TicketId("3".to_owned()), "Pay"),
        ];
        for (agent, keys) in AGENTS {
            let holds = |group: &str, key: Key| keys.contains(&(group, key));
            let through = Through {
                desk: &*desk,
                mapping: &mapping,
                holds,
            };
            for (queue, group, ticket, title) in &places {
                let may = |key| !group.is_empty() && (holds(group, key) || holds(group, Key::Rw));
                let found = through
                    .search(&Find::Text((*title).to_owned()))
                    .await
                    .expect("an answer");
                let got = through.get(ticket).await.expect("an answer");
                let appended = through.append(ticket, &article(mark(), Audience::Everyone)).await;
                let new = desk::NewTicket {
                    queue: (*queue).to_owned(),
                    title: "Another".to_owned(),
                    ..new_ticket()
                };
                let created = through.create(&new, &conversation()).await;
                for (what, was, is) in [
                    ("search", found.len() == 1, may(Key::Ro)),
                    ("get", got.is_some(), may(Key::Ro)),
                    ("append", appended.is_ok(), may(Key::Note)),
                    ("create", created.is_ok(), may(Key::Create)),
                ] {
                    if was != is {
                        lane.violation(format!("{kind:?}: {agent}, {queue}, {what}: {was}"));
                    }
                    cells += 1;
                    lane.case();
                }
                let not_found = |error: &DeskError| *error == DeskError::NotFound;
                assert!(appended.as_ref().err().is_none_or(not_found), "{agent} {queue}");
                assert!(created.as_ref().err().is_none_or(not_found), "{agent} {queue}");
            }
        }
    }
    lane.figure("cells", cells);
    lane.finish();
}
