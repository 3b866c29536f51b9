//! Queues, numbers and lists of the ticket desk.

use crate::archive::{SAID, TYPED};
use crate::desk::*;
use domain::chat::State;
use domain::search::Query;
use domain::ticket::{ArticleChannel, Priority, Sender, TicketState, TicketType};
use domain::{ChatId, ClientId, GroupId, Instant, Kind, Person, QueueId, TicketId, Verb};
use std::collections::HashSet;
use store::{
    AdminChange, ArticleMail, ChangedTicket, Command, Customer, Effect, FIRST_QUEUES, InTickets, Made, NewArticle,
    NewLine, NewLineBy, NewTicket, Only, Queue, Store, TicketCommand, Wrote,
};
use uuid::Uuid;

both!(
    two_nodes_number_tickets_apart_and_make_one_of_a_repeated_command,
    a_list_is_read_page_by_page,
    the_first_queues_are_made_once,
    a_chat_closed_before_it_goes_into_a_ticket_keeps_the_time,
    a_long_ticket_is_found_by_all_of_it_and_costs_no_more_with_each_chat,
    tickets_are_found_by_what_stands_in_them_whatever_happens,
    the_same_tickets_are_found_in_ten_languages,
    no_text_is_too_much_for_the_index,
    who_is_erased_leaves_the_index_of_all_tickets_at_once,
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

/// Chats of 500 messages, of which two would have filled the one document that a ticket may have.
async fn a_long_ticket_is_found_by_all_of_it_and_costs_no_more_with_each_chat(desk: &Desk) {
    const CHATS: usize = 22;
    let (travel, misc) = (queue(desk, "Travel").await, queue(desk, "Misc").await);
    let new = NewTicket {
        title: "Caravan".into(),
        ..ticket(travel)
    };
    let (id, number) = numbered(desk.store.make_ticket(&new, &command(&maren(), 1)).await.unwrap());
    index(&desk.store).await;
    let given = "SELECT last FROM document_count";
    let mut cost = Vec::new();
    for n in 0..CHATS {
        let line = |at: usize| match at {
            0 | 499 => format!("mark{n}x{at} of a long conversation"),
            _ => "The ferry sails at seven, and the dog has a place of its own on the upper deck".into(),
        };
        append(desk, id, travel, (0..500).map(line).collect()).await;
        let before = desk.count(given).await;
        index(&desk.store).await;
        cost.push(desk.count(given).await - before);
    }
    assert!(
        cost[CHATS - 1] <= cost[0] && cost[0] < 10,
        "documents made with each chat: {cost:?}"
    );
    let found = async |words: &str, queue| of(&desk.store, words, &[queue], 200).await;
    for n in 0..CHATS {
        for words in [
            format!("mark{n}x0"),
            format!("mark{n}x499"),
            format!("{number} mark{n}x499"),
            format!("caravan \"mark{n}x0 of a long\""),
        ] {
            assert_eq!(found(&words, travel).await, [id], "{words}");
        }
    }
    assert_eq!(found("ferry", travel).await, [id], "once, however often it is found");
    assert!(found("mark3x0", misc).await.is_empty());
    // Its title and its queue stand in each of its documents.
    let epoch = desk.store.permission_epoch().await.unwrap();
    let there = desk.store.ticket(id).await.unwrap().unwrap();
    let changed = ChangedTicket {
        title: "Bicycle".into(),
        queue: misc,
        ..ChangedTicket::of(&there)
    };
    assert!(
        desk.store
            .change_ticket(&changed, &maren(), Instant(2), epoch)
            .await
            .unwrap()
    );
    index(&desk.store).await;
    assert_eq!(found("bicycle mark0x499", misc).await, [id]);
    assert!(found("caravan", misc).await.is_empty());
    assert!(found("mark0x499", travel).await.is_empty());
    // Many articles are taken some at a time, however little stands in them.
    let (many, _) = numbered(
        desk.store
            .make_ticket(&ticket(misc), &command(&maren(), 3))
            .await
            .unwrap(),
    );
    for n in 0..210 {
        append(desk, many, misc, vec![format!("call{n}")]).await;
    }
    index(&desk.store).await;
    for n in [0, 48, 49, 50, 51, 209] {
        assert_eq!(found(&format!("\"call{n}\""), misc).await, [many], "call{n}");
    }
    // Read page by page they are all there, of a chat all lines.
    for (ticket, articles, lines) in [(id, 1 + CHATS, 500 * CHATS), (many, 211, 210)] {
        let (mut pages, mut all, mut said) = (0, Vec::new(), 0);
        loop {
            let before = all.first().copied().unwrap_or(i64::MAX);
            let (page, earlier) = desk.store.articles(ticket, false, before).await.unwrap();
            said += page.iter().map(|article| article.lines.len()).sum::<usize>();
            all.splice(0..0, page.iter().map(|article| article.n));
            pages += 1;
            if !earlier {
                break;
            }
        }
        assert_eq!(all, (1..=articles as i64).collect::<Vec<_>>());
        assert_eq!((pages, said), (2, lines));
    }
    desk.lane.cases(CHATS * 5 + 12);
}

/// Against a list of who holds what: chats long and short, calls, new titles and queues come in any order, two nodes put them into the
/// index beside each other, and what is found page by page is what is there, each ticket once.
async fn tickets_are_found_by_what_stands_in_them_whatever_happens(desk: &Desk) {
    const WORDS: [&str; 24] = [
        "anchor", "bridge", "cabin", "deck", "engine", "ferry", "galley", "harbour", "island", "jetty", "keel",
        "lantern", "mast", "north", "oar", "pier", "quay", "rudder", "sail", "tide", "upper", "vessel", "wave",
        "yacht",
    ];
    let queues = [queue(desk, "Travel").await, queue(desk, "Misc").await];
    let (other, _) = desk.reopened(EPOCH).await;
    let seed = Uuid::now_v7().as_u128() as u64 | 1;
    let mut random = seed;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random >> 11) as usize % below
    };
    let mut held: Vec<(TicketId, usize, usize, HashSet<usize>)> = Vec::new();
    let steps = 60 * proof::scale();
    for step in 0..steps {
        let word = next(WORDS.len());
        let at = held.len().checked_sub(1).map(|last| next(last + 1));
        match (next(10), at) {
            (0..3, _) | (_, None) => {
                let to = next(2);
                let new = NewTicket {
                    title: WORDS[word].into(),
                    ..ticket(queues[to])
                };
                let made = desk
                    .store
                    .make_ticket(&new, &command(&maren(), step as i64))
                    .await
                    .unwrap();
                held.push((numbered(made).0, to, word, HashSet::new()));
            }
            (3..6, Some(at)) => {
                let (id, to, _, words) = &mut held[at];
                append(desk, *id, queues[*to], vec![WORDS[word].into()]).await;
                words.insert(word);
            }
            (6..9, Some(at)) => {
                // As many as fill a document, or more than one may hold.
                let (id, to, _, words) = &mut held[at];
                let lines = 1 + next(30) * next(60);
                let mut said = vec!["Aye aye on the way to somewhere".to_owned(); lines];
                said[next(lines)] = WORDS[word].into();
                append(desk, *id, queues[*to], said).await;
                words.insert(word);
            }
            (_, Some(at)) => {
                let (id, to, title, _) = &mut held[at];
                (*to, *title) = (next(2), word);
                let epoch = desk.store.permission_epoch().await.unwrap();
                let there = desk.store.ticket(*id).await.unwrap().unwrap();
                let changed = ChangedTicket {
                    title: WORDS[word].into(),
                    queue: queues[*to],
                    ..ChangedTicket::of(&there)
                };
                assert!(
                    desk.store
                        .change_ticket(&changed, &maren(), Instant(step as i64), epoch)
                        .await
                        .unwrap()
                );
            }
        }
        if next(3) > 0 && step + 1 < steps {
            continue;
        }
        let nodes = [desk.store.clone(), other.clone()];
        let nodes = nodes.map(|store| tokio::spawn(async move { index(&store).await }));
        for node in nodes {
            node.await.unwrap();
        }
        index(&desk.store).await;
        for _ in 0..4 {
            let (word, to) = (next(WORDS.len()), next(2));
            let holds = |(_, queue, title, words): &&(_, usize, usize, HashSet<usize>)| {
                *queue == to && (*title == word || words.contains(&word))
            };
            let want: HashSet<TicketId> = held.iter().filter(holds).map(|it| it.0).collect();
            let found = of(&desk.store, WORDS[word], &[queues[to]], 1 + next(4) as i64).await;
            assert_eq!(
                found.len(),
                want.len(),
                "{} each once at step {step} of seed {seed}",
                WORDS[word]
            );
            assert_eq!(
                found.into_iter().collect::<HashSet<_>>(),
                want,
                "{} at step {step} of seed {seed}",
                WORDS[word]
            );
            desk.lane.case();
        }
    }
    let parts = desk.count("SELECT count(*) FROM ticket_part").await;
    assert_eq!(
        parts,
        desk.count("SELECT count(*) FROM ticket_document").await,
        "no document without a place"
    );
    assert!(parts > held.len() as i64, "some have several");
    other.close().await;
}

async fn the_same_tickets_are_found_in_ten_languages(desk: &Desk) {
    let travel = queue(desk, "Travel").await;
    let mut tickets = Vec::new();
    for said in SAID {
        let new = ticket(travel);
        let (id, _) = numbered(desk.store.make_ticket(&new, &command(&maren(), 1)).await.unwrap());
        append(
            desk,
            id,
            travel,
            vec!["Just a moment.".into(), said.into(), "Thank you!".into()],
        )
        .await;
        tickets.push(id);
    }
    index(&desk.store).await;
    for (typed, texts) in TYPED {
        let want: HashSet<TicketId> = texts.iter().map(|at| tickets[*at]).collect();
        let found = match Query::new(typed).is_empty() {
            true => Vec::new(),
            false => of(&desk.store, typed, &[travel], 200).await,
        };
        assert_eq!(found.into_iter().collect::<HashSet<_>>(), want, "{typed}");
        desk.lane.case();
    }
    // By participant, alone and with words.
    assert_eq!(of(&desk.store, "maren tromso", &[travel], 200).await, [tickets[0]]);
    assert_eq!(of(&desk.store, "maren", &[travel], 200).await.len(), tickets.len());
}

/// PostgreSQL knows 255 places of a word in a document, and takes a megabyte of words: more than that begins the next document.
async fn no_text_is_too_much_for_the_index(desk: &Desk) {
    let travel = queue(desk, "Travel").await;
    let (long, _) = numbered(
        desk.store
            .make_ticket(&ticket(travel), &command(&maren(), 1))
            .await
            .unwrap(),
    );
    let character = |n: u32| char::from_u32(0x2_0000 + n % 40_000).unwrap();
    let line = |at: u32| -> String { (0..3_800).map(|n| character(at * 3_800 + n)).collect() };
    append(desk, long, travel, (0..100).map(line).collect()).await;
    let (often, _) = numbered(
        desk.store
            .make_ticket(&ticket(travel), &command(&maren(), 1))
            .await
            .unwrap(),
    );
    let said = |at: u32| format!("a line with a number a{at} of a long talk");
    append(desk, often, travel, (0..900).map(said).collect()).await;
    let words = [("word ".repeat(700), 12), ("Ж".repeat(38) + " ", 12)];
    for (text, times) in words {
        append(desk, often, travel, vec![text; times]).await;
    }
    index(&desk.store).await;
    for at in [0_u32, 1, 50, 98, 99] {
        let words: String = (1_000..1_010).map(|n| character(at * 3_800 + n)).collect();
        assert_eq!(of(&desk.store, &words, &[travel], 200).await, [long], "of line {at}");
    }
    for at in [0, 199, 200, 254, 255, 256, 257, 899] {
        let words = format!("\"a number a{at} of a long\"");
        let found = of(&desk.store, &words, &[travel], 200).await;
        // The one that a document ends in is found by neither engine; it is none of these.
        assert_eq!(found, [often], "{words}");
    }
    desk.lane.cases(13);
}

async fn who_is_erased_leaves_the_index_of_all_tickets_at_once(desk: &Desk) {
    const SECRET: &str = "zyzzogeton4929";
    let travel = queue(desk, "Travel").await;
    // A ticket of a colleague's, in which she wrote.
    let of_another = NewTicket {
        customer: Customer {
            id: Some(jonas().id),
            ..Customer::default()
        },
        ..ticket(travel)
    };
    let (id, _) = numbered(
        desk.store
            .make_ticket(&of_another, &command(&maren(), 1))
            .await
            .unwrap(),
    );
    let article = NewArticle {
        body: format!("My card is {SECRET}."),
        ..ticket(travel).first
    };
    let wrote = desk
        .store
        .add_article(id, travel, &article, None, &command(&hanne(), 1))
        .await;
    assert!(matches!(wrote.unwrap(), Wrote::Done { .. }));
    let (other, _) = numbered(
        desk.store
            .make_ticket(&ticket(travel), &command(&maren(), 1))
            .await
            .unwrap(),
    );
    index(&desk.store).await;
    assert_eq!(of(&desk.store, SECRET, &[travel], 200).await, [id]);
    // And an answer to her that is not sent yet.
    let hers = NewTicket {
        customer: Customer {
            id: Some(hanne().id),
            ..Customer::default()
        },
        ..ticket(travel)
    };
    let (hers, _) = numbered(desk.store.make_ticket(&hers, &command(&maren(), 1)).await.unwrap());
    let mail = ArticleMail {
        recipient: "hanne@wiebe.example".into(),
        effect: Effect {
            id: Uuid::now_v7(),
            kind: "mail",
            payload: "{}".into(),
            due_at: Instant(1),
            person: None,
            caps: Vec::new(),
        },
    };
    let answer = ticket(travel).first;
    let by = command(&maren(), 1);
    let answered = desk.store.add_article(hers, travel, &answer, Some(&mail), &by).await;
    assert!(matches!(answered.unwrap(), Wrote::Done { .. }));
    index(&desk.store).await;
    assert_eq!(desk.count("SELECT count(*) FROM outbox").await, 1);
    desk.store.anonymise(hanne().id, 0, Instant(2)).await.unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM outbox").await, 0, "it is not sent");
    assert!(
        of(&desk.store, SECRET, &[travel], 200).await.is_empty(),
        "before anything is indexed again"
    );
    assert_eq!(of(&desk.store, "place", &[travel], 200).await, [other]);
    index(&desk.store).await;
    assert!(of(&desk.store, SECRET, &[travel], 200).await.is_empty());
    assert_eq!(
        of(&desk.store, "place", &[travel], 200).await.len(),
        3,
        "the rest of it is found again"
    );
    desk.lane.cases(6);
    desk.overwritten(SECRET).await;
}

/// Puts all that waits into the index.
async fn index(store: &Store) {
    while store.index_tickets().await.unwrap() > 0 {}
}

/// What is found, page by page.
async fn of(store: &Store, words: &str, queues: &[QueueId], limit: i64) -> Vec<TicketId> {
    let (query, mut all, mut before) = (Query::new(words), Vec::new(), i64::MAX);
    loop {
        let found = store.search_tickets(&query, queues, before, limit).await.unwrap();
        all.extend(found.tickets.iter().map(|it| it.ticket.id));
        match found.next {
            Some(next) => before = next,
            None => return all,
        }
    }
}

/// A chat that goes into a ticket.
async fn append(desk: &Desk, id: TicketId, queue: QueueId, said: Vec<String>) {
    let line = |(seq, text): (i64, String)| NewLine {
        seq,
        at: Instant(seq),
        person: Some(maren().id),
        by: Some(NewLineBy {
            kind: Kind::Agent,
            name: "Maren".into(),
        }),
        note: false,
        text: Some(text),
    };
    let article = NewArticle {
        channel: ArticleChannel::Chat,
        chat: Some(ChatId(Uuid::now_v7())),
        subject: "Chat".into(),
        body: String::new(),
        lines: (1..).zip(said).map(line).collect(),
        ..ticket(queue).first
    };
    let wrote = desk
        .store
        .add_article(id, queue, &article, None, &command(&maren(), 1))
        .await;
    assert!(matches!(wrote.unwrap(), Wrote::Done { .. }));
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
        kind: TicketType::Unclassified,
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
