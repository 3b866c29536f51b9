//! Queues, numbers and lists of the ticket desk.

use crate::desk::*;
use domain::chat::State;
use domain::ticket::{ArticleChannel, Priority, Sender, TicketState};
use domain::{ClientId, GroupId, Instant, Person, QueueId, TicketId, Verb};
use std::collections::HashSet;
use store::{
    AdminChange, Command, Customer, FIRST_QUEUES, InTickets, Made, NewArticle, NewTicket, Only, Queue, Store,
    TicketCommand,
};
use uuid::Uuid;

both!(
    two_nodes_number_tickets_apart_and_make_one_of_a_repeated_command,
    a_list_is_read_page_by_page,
    the_first_queues_are_made_once,
    a_chat_closed_before_it_goes_into_a_ticket_keeps_the_time,
);

async fn two_nodes_number_tickets_apart_and_make_one_of_a_repeated_command(desk: &Desk) {
    let queue = queue(desk, "Travel").await;
    let (other, _) = desk.reopened(EPOCH).await;
    let each = 20 * proof::scale();
    let make = |store: Store, by: Person| {
        tokio::spawn(async move {
            let mut numbers = Vec::new();
            for n in 0..each {
                let (new, command) = (ticket(queue), command(&by, n as i64));
                let made = store.make_ticket(&new, &command).await.unwrap();
                let again = NewTicket {
                    id: TicketId(Uuid::now_v7()),
                    ..new.clone()
                };
                assert_eq!(store.make_ticket(&again, &command).await.unwrap(), made);
                let another = TicketCommand {
                    digest: [9; 16],
                    ..command
                };
                assert_eq!(store.make_ticket(&new, &another).await.unwrap(), Made::CidReused);
                numbers.push(numbered(made).1);
            }
            numbers
        })
    };
    let nodes = [make(desk.store.clone(), maren()), make(other.clone(), ines())];
    let mut numbers = HashSet::new();
    for node in nodes {
        numbers.extend(node.await.unwrap());
    }
    assert_eq!(numbers.len(), 2 * each, "each number once");
    let all = desk
        .store
        .tickets_of_queue(queue, Only::All, InTickets::START, 1_000)
        .await
        .unwrap();
    assert_eq!(all.len(), 2 * each, "each ticket once");
    other.close().await;
    desk.lane.cases(2 * each);
}

async fn a_list_is_read_page_by_page(desk: &Desk) {
    let (travel, misc) = (queue(desk, "Travel").await, queue(desk, "Misc").await);
    let mut made = Vec::new();
    for n in 0..7 {
        // Two at a time have the same instant.
        let of_hanne = Customer {
            id: Some(hanne().id),
            ..Customer::default()
        };
        let new = NewTicket {
            state: if n == 3 { TicketState::Open } else { TicketState::New },
            customer: if n % 2 == 0 { of_hanne } else { Customer::default() },
            ..ticket(travel)
        };
        made.push(numbered(desk.store.make_ticket(&new, &command(&maren(), n / 2)).await.unwrap()).0);
    }
    desk.store
        .make_ticket(&ticket(misc), &command(&maren(), 0))
        .await
        .unwrap();
    let (mut seen, mut after) = (Vec::new(), InTickets::START);
    loop {
        let page = desk.store.tickets_of_queue(travel, Only::All, after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = InTickets::of(last);
        assert!(page.len() <= 2);
        seen.extend(page.iter().map(|ticket| (ticket.changed_at, ticket.id)));
    }
    assert!(seen.is_sorted_by(|a, b| a > b), "the newest first, each once");
    assert_eq!(
        seen.iter().map(|it| it.1).collect::<HashSet<_>>(),
        made.iter().copied().collect()
    );
    let open = desk
        .store
        .tickets_of_queue(travel, Only::State(TicketState::Open), InTickets::START, 10);
    assert_eq!(
        open.await.unwrap().iter().map(|ticket| ticket.id).collect::<Vec<_>>(),
        [made[3]]
    );
    let hers = desk
        .store
        .tickets_of_customer(hanne().id, InTickets::START, 10)
        .await
        .unwrap();
    assert_eq!(hers.len(), 4);
    assert_eq!(hers[0].customer.name.as_deref(), Some(hanne().name.as_str()));
    let known = desk.store.ticket(made[0]).await.unwrap().unwrap();
    assert_eq!((known.version, known.title.as_str()), (1, "A van"));
    desk.lane.case();
}

async fn the_first_queues_are_made_once(desk: &Desk) {
    let users = GroupId(Uuid::now_v7());
    desk.administers(AdminChange::MakeGroup {
        id: users,
        name: "users".into(),
    })
    .await;
    for _ in 0..2 {
        desk.store.make_first_queues().await.unwrap();
    }
    let names: HashSet<String> = desk
        .store
        .queues()
        .await
        .unwrap()
        .into_iter()
        .map(|queue| queue.name)
        .collect();
    assert_eq!(names, FIRST_QUEUES.map(String::from).into());
    desk.lane.case();
}

async fn a_chat_closed_before_it_goes_into_a_ticket_keeps_the_time(desk: &Desk) {
    let into = || Verb::AppendToTicket {
        ticket: TicketId(Uuid::from_u128(600)),
        number: "2026112610000015".into(),
        keep_open: false,
    };
    let id = desk.open_chat(&priya(), &maren()).await;
    let open = desk.chat(id).await;
    desk.writes(decided(&open, &maren(), into(), cid())).await.unwrap();
    let closed = desk.chat(id).await;
    assert_eq!(closed.state, State::Closed);
    assert_eq!(desk.entries(id).await.len() as i64, open.head + 2);
    let later = Command {
        change: domain::decide(&closed, &maren(), OWNER, into(), None, closed.last_at.plus_s(60)).unwrap(),
        ..decided(&closed, &maren(), into(), cid())
    };
    desk.writes(later).await.unwrap();
    let after = desk.chat(id).await;
    assert_eq!((after.head, after.closed_at), (closed.head + 1, closed.closed_at));
    desk.lane.case();
}

async fn queue(desk: &Desk, name: &str) -> QueueId {
    let queue = Queue {
        id: QueueId(Uuid::now_v7()),
        name: name.into(),
        group: GroupId(Uuid::from_u128(800)),
        channel: Some(CHANNEL),
        valid: true,
        comment: String::new(),
    };
    desk.administers(AdminChange::MakeQueue(queue.clone())).await;
    assert!(desk.store.queues().await.unwrap().contains(&queue));
    queue.id
}

fn command(by: &Person, at: i64) -> TicketCommand {
    TicketCommand {
        by: by.clone(),
        cid: ClientId(Uuid::now_v7()),
        digest: [1; 16],
        at: Instant(at),
        seen: -1,
    }
}

fn ticket(queue: QueueId) -> NewTicket {
    NewTicket {
        id: TicketId(Uuid::now_v7()),
        day: "20261126".into(),
        system_id: 10,
        queue,
        title: "A van".into(),
        state: TicketState::New,
        pending_until: None,
        priority: Priority::NORMAL,
        owner: None,
        responsible: None,
        customer: Customer::default(),
        first: NewArticle {
            channel: ArticleChannel::Phone,
            sender: Sender::Customer,
            visible: true,
            subject: "A van".into(),
            body: "Is there a place for a van?".into(),
            chat: None,
            lines: Vec::new(),
            history: "phone_call_customer",
        },
        more: Vec::new(),
    }
}

fn numbered(made: Made) -> (TicketId, String) {
    match made {
        Made::Ticket { id, number } => (id, number),
        Made::CidReused | Made::Moved => panic!("a new command"),
    }
}
