//! `deskbell desk test`: what an operator is told of the connection before anybody needs it.

use super::{PATIENTLY, connect, connect_to, phone, queue};
use crate::client::refused;
use crate::desk::{Desk, on_both};
use stand::{KINDS, Kind, Stand};
use uuid::Uuid;

const GUESSED: &str = "guessed-0815";

#[tokio::test]
async fn an_operator_is_told_who_signs_in_and_what_agents_reach() {
    on_both(async |mut desk: Desk| {
        for kind in KINDS {
            let stand = connect(&mut desk, kind).await;
            let told = desk.cli(&["desk", "test"]).await;
            let signs_in = match kind {
                Kind::Znuny => {
                    "Signed in to the web service Deskbell Connector as deskbell; tickets have the dynamic field DeskbellChat."
                }
                Kind::Zammad => "Signed in as deskbell.",
            };
            for line in [
                signs_in,
                "Agents reach Travel by their keys on the group travel.",
                "Agents reach Freight by their keys on the group freight.",
            ] {
                assert!(told.lines().any(|it| it == line), "{kind:?}: {told}");
            }
            assert!(!told.contains("Board"), "{told}");

            connect_to(&mut desk, kind, &stand.url(), "").await;
            let told = desk.cli(&["desk", "test"]).await;
            assert!(told.contains("Agents reach nothing of it"), "{kind:?}: {told}");

            desk.put("secret", GUESSED);
            let (status, told) = desk.try_cli(&["desk", "test"], "").await;
            assert!(
                !status.success() && told.contains("does not let Deskbell in"),
                "{kind:?}: {told}"
            );
            assert!(!told.contains(GUESSED), "{told}");
            assert!(stand.system().tickets().is_empty(), "it only looks");
        }
    })
    .await;
}

#[tokio::test]
async fn an_operator_is_told_of_a_queue_that_is_not_there() {
    on_both(async |mut desk: Desk| {
        let stand = Stand::start(Kind::Zammad).await;
        let queues = "queues = { Ferry = \"travel\", Freight = \"freight\" }";
        connect_to(&mut desk, Kind::Zammad, &stand.url(), queues).await;
        let told = desk.cli(&["desk", "test"]).await;
        assert!(
            told.contains("There is no Ferry for the group travel; check its name."),
            "{told}"
        );
        assert!(told.contains("Agents reach Freight"), "{told}");
    })
    .await;
}

/// Without it nobody could tell whether a ticket was made before.
#[tokio::test]
async fn without_the_dynamic_field_the_operator_is_warned_and_no_ticket_is_made() {
    on_both(async |mut desk: Desk| {
        let stand = Stand::start(Kind::Znuny).await;
        let other = format!("field = \"ChatMark\"\n{PATIENTLY}");
        connect_to(&mut desk, Kind::Znuny, &stand.url(), &other).await;
        let (status, told) = desk.try_cli(&["desk", "test"], "").await;
        let why = "tickets have no dynamic field ChatMark; make one of the type text";
        assert!(!status.success() && told.contains(why), "{told}");

        let ines = desk.agent("ines").await;
        let travel = queue(&ines, "Travel").await.expect("her queue");
        let asked = ines.post("/api/tickets", phone(Uuid::now_v7(), travel, None)).await;
        let told = refused(asked, 409, "desk_refused").told.expect("the desk's own words");
        assert!(told.contains("DynamicField"), "{told}");
        assert!(stand.system().tickets().is_empty());
    })
    .await;
}
