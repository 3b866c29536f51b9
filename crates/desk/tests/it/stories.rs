//! What people do, on both systems.

use crate::sent::{address, article, conversation, desk, mark, new_ticket, patient, zammad_access, znuny_access};
use desk::{Desk, DeskError, Find, Secret, TicketId};
use domain::Audience;
use proof::Lane;
use stand::{KINDS, Kind, Stand};

fn id(id: &str) -> TicketId {
    TicketId(id.to_owned())
}

#[tokio::test]
async fn a_conversation_becomes_a_ticket_that_is_found_again() {
    let lane = Lane::part("desks", "stories");
    for kind in KINDS {
        let stand = Stand::start(kind).await;
        let desk = desk(kind, &stand.url(), patient());
        assert!(desk.test().await.expect("a desk").contains("deskbell"));

        let said = conversation();
        let made = desk.create(&new_ticket(), &said).await.expect("a ticket");
        assert_eq!(desk.create(&new_ticket(), &said).await.expect("the same"), made);
        desk.append(&made.id, &said[1]).await.expect("it is there");
        let more = article(mark(), Audience::AgentsOnly);
        desk.append(&made.id, &more).await.expect("more");

        let stored = stand.system().tickets();
        assert_eq!(stored.len(), 1, "{kind:?}");
        let visible: Vec<bool> = stored[0].iter().map(|article| article.visible).collect();
        assert_eq!(visible, [true, false, false], "{kind:?}");
        assert!(stored[0][0].body.contains("Is there room for a bicycle?"));
        assert_eq!(
            stored[0][0].files,
            [("chat.pdf".to_owned(), b"%PDF-1.7 of ours".to_vec())]
        );
        assert!(stored[0][0].from.contains("Hanne"));
        assert_eq!(stand.system().mails(), 0, "nobody asked for e-mail");

        let ticket = desk.get(&made.id).await.expect("an answer").expect("a ticket");
        assert_eq!(
            (ticket.title.as_str(), ticket.queue.as_str()),
            ("Bicycle on the morning ferry", "Travel")
        );
        assert!(ticket.takes_articles);
        let finds = [
            Find::Text("morning".to_owned()),
            Find::Number(made.number.clone()),
            Find::Customer("hanne@wiebe.example".to_owned()),
        ];
        for find in finds {
            let found = desk.search(&find, &["Travel", "Freight"]).await.expect("an answer");
            assert_eq!(found.as_slice(), std::slice::from_ref(&ticket));
            assert_eq!(desk.search(&find, &["Freight"]).await.expect("an answer"), []);
            lane.case();
        }
        for nothing in [
            Find::Text("airship".to_owned()),
            Find::Number("7%".to_owned()),
            Find::Customer(" \r\n".to_owned()),
        ] {
            assert_eq!(desk.search(&nothing, &["Travel"]).await.expect("an answer"), []);
        }

        assert!(desk.meta().await.expect("lists").queues.contains(&"Travel".to_owned()));
        assert_eq!(
            desk.customers("jonas").await.expect("people")[0].company,
            "Wiebe Freight"
        );
        assert_eq!(desk.customers("nobody-of-this-name").await.expect("people"), []);
        for missing in ["999", "1,2", "", "../users", "1?x=y", "-1"] {
            assert_eq!(desk.get(&id(missing)).await, Ok(None), "{missing}");
            assert_eq!(
                desk.append(&id(missing), &more).await,
                Err(DeskError::NotFound),
                "{missing}"
            );
            lane.case();
        }
        lane.figure(
            if kind == Kind::Znuny {
                "znuny_calls"
            } else {
                "zammad_calls"
            },
            stand.calls(),
        );
    }
    lane.finish();
}

#[tokio::test]
async fn what_a_desk_refuses_is_said_and_leaves_nothing_behind() {
    let lane = Lane::part("desks", "refusals");
    let mut refusals = 0;
    for kind in KINDS {
        let stand = Stand::start(kind).await;
        let desk = desk(kind, &stand.url(), patient());
        let said = conversation();
        let mut unknown_queue = new_ticket();
        unknown_queue.queue = "Moon".to_owned();
        let mut forbidden = new_ticket();
        forbidden.queue = "Board".to_owned();
        let mut unknown_state = new_ticket();
        unknown_state.state = "sleeping".to_owned();
        let mut unknown_customer = new_ticket();
        unknown_customer.customer = Some("nobody-of-this-name".to_owned());
        let mut nobody = new_ticket();
        nobody.customer = None;
        for (ticket, code, word) in [
            (
                unknown_queue,
                "desk_refused",
                if kind == Kind::Znuny { "Queue" } else { "group" },
            ),
            (forbidden, "desk_no_right", ""),
            (unknown_state, "desk_refused", "tate"),
            (unknown_customer, "desk_refused", "ustomer"),
            (nobody, "desk_unfit", "customer"),
        ] {
            let error = desk.create(&ticket, &said).await.expect_err("a refusal");
            assert_eq!(error.code(), code, "{kind:?}: {error}");
            assert!(error.to_string().contains(word), "{kind:?}: {error}");
            refusals += 1;
        }
        assert_eq!(
            desk.create(&new_ticket(), &[]).await.expect_err("no text").code(),
            "desk_unfit"
        );
        let mut huge = article(mark(), Audience::Everyone);
        huge.html = "x".repeat(desk::ticket::HTML_MAX_BYTES + 1);
        let refused = [
            (id("1"), huge, "desk_unfit"),
            (id("2"), article(mark(), Audience::Everyone), "desk_refused"),
            (id("3"), article(mark(), Audience::Everyone), "desk_no_right"),
        ];
        for (ticket, article, code) in refused {
            let error = desk.append(&ticket, &article).await.expect_err("a refusal");
            assert_eq!(error.code(), code, "{kind:?}: {error}");
            refusals += 1;
        }
        assert_eq!(stand.system().tickets().len(), 0);
        assert_eq!(stand.system().mails(), 0);
    }
    lane.cases(refusals);
    lane.figure("refusals", refusals);
    lane.finish();
}

#[tokio::test]
async fn a_desk_with_types_makes_a_ticket_of_a_type_that_it_knows_and_no_other() {
    let stand = Stand::start(Kind::Znuny).await;
    *stand.system() = stand::znuny::with_types();
    let said = conversation();
    for (ticket_type, why) in [
        (None, "Ticket->Type parameter is required"),
        (Some("Riddle"), "Ticket->Type parameter is invalid"),
    ] {
        let mut access = znuny_access(&stand.url(), patient());
        access.ticket_type = ticket_type.map(str::to_owned);
        let desk = desk::znuny::Znuny::new(access).expect("a desk");
        let error = desk.create(&new_ticket(), &said).await.expect_err("a refusal");
        assert_eq!(error.code(), "desk_refused", "{ticket_type:?}: {error}");
        assert!(error.to_string().contains(why), "{ticket_type:?}: {error}");
        assert_eq!(stand.system().tickets().len(), 0, "{ticket_type:?}");
    }
    let mut access = znuny_access(&stand.url(), patient());
    access.ticket_type = Some("Incident".to_owned());
    let desk = desk::znuny::Znuny::new(access).expect("a desk");
    desk.create(&new_ticket(), &said).await.expect("a ticket");
    assert_eq!(stand.system().tickets().len(), 1);
}

#[tokio::test]
async fn a_session_that_ended_is_made_anew_once() {
    let stand = Stand::start(Kind::Znuny).await;
    let desk = desk(Kind::Znuny, &stand.url(), patient());
    let said = conversation();
    let made = desk.create(&new_ticket(), &said).await.expect("a ticket");
    assert_eq!(stand.system().sign_out(), 1);
    desk.append(&made.id, &article(mark(), Audience::Everyone))
        .await
        .expect("an article");
    assert_eq!(stand.system().sign_out(), 2);

    let mut access = znuny_access(&stand.url(), patient());
    access.session = desk::znuny::SessionIn::Field;
    access.routes.ticket_search_by_field = Some("POST /TicketSearch".parse().expect("a route"));
    let by_field = desk::znuny::Znuny::new(access.clone()).expect("a desk");
    assert_eq!(by_field.create(&new_ticket(), &said).await.expect("the same"), made);

    access.password = Secret::new("wrong");
    let error = desk::znuny::Znuny::new(access)
        .expect("a desk")
        .test()
        .await
        .expect_err("not let in");
    assert_eq!(error.code(), "desk_sign_in");
    let mut access = zammad_access(&Stand::start(Kind::Zammad).await.url(), patient());
    access.token = Secret::new("wrong");
    let error = desk::zammad::Zammad::new(access)
        .expect("a desk")
        .test()
        .await
        .expect_err("not let in");
    assert_eq!(error.code(), "desk_sign_in");
}

#[tokio::test]
async fn secrets_stay_where_they_belong() {
    let elsewhere = Stand::start(Kind::Zammad).await;
    let to = format!("{}/api/v1/users/me", elsewhere.url());
    let router = axum::Router::new().fallback(async move || axum::response::Redirect::temporary(&to));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    for kind in KINDS {
        let error = desk(kind, &url, patient())
            .test()
            .await
            .expect_err("it leads elsewhere");
        assert_eq!(error.code(), "desk_refused", "{error}");
    }
    assert_eq!(elsewhere.calls(), 0, "nobody followed");

    let (znuny, zammad) = (znuny_access(&url, patient()), zammad_access(&url, patient()));
    let shown = format!("{znuny:?} {zammad:?}");
    assert!(
        !shown.contains(stand::znuny::PASSWORD) && !shown.contains(stand::zammad::TOKEN),
        "{shown}"
    );
    let mut strange = zammad_access("http://desk.example.org", patient());
    assert!(
        desk::zammad::Zammad::new(strange.clone()).is_err(),
        "the token would go in the clear"
    );
    strange.address = address(&format!("http://me:{}@localhost", stand::zammad::TOKEN));
    let Err(why) = desk::zammad::Zammad::new(strange) else {
        panic!("a login in the address")
    };
    assert!(!why.contains(stand::zammad::TOKEN), "{why}");
}
