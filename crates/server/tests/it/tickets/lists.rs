//! Lists of tickets, of agents and of customer users, page by page; and who of the agents of a ticket can be asked.

use super::about::{hers, ticket_for};
use super::{NOTE, list, make, plain, queue, titles, view};
use crate::client::{Client, SentFile, granted, refused};
use crate::desk::{Desk, on_both};
use crate::live::PATIENCE;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{AdminCustomers, ArticleWritten, MyTickets, Presence};

/// So many tickets have these words in them, as soon as they are looked through.
async fn soon(agent: &Client, query: &str, count: usize) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found = titles(agent, query).await.len();
        if found == count {
            return;
        }
        assert!(Instant::now() < deadline, "in vain: {query} finds {found}, not {count}");
        sleep(Duration::from_millis(20)).await;
    }
}

async fn of_owner(agent: &Client, queue: Uuid, title: &str, owner: Option<Uuid>) {
    let mut body = plain(queue, title);
    if let Some(owner) = owner {
        body["owner"] = json!(owner);
    }
    make(agent, body).await;
}

/// Whether the first of these tickets take a chat from him: all, none, or both answers.
async fn takes(who: &Client, query: &str) -> Vec<bool> {
    let lines = list(who, query).await.tickets;
    let takes: BTreeSet<bool> = lines.iter().map(|line| line.can_append).collect();
    takes.into_iter().collect()
}

#[tokio::test]
async fn a_list_is_of_a_queue_an_owner_a_state_and_words_at_once() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let (chidi, tove) = (desk.agent("chidi").await, desk.agent("tove").await);
        let (travel, misc) = (queue(&ines, "Travel").await, queue(&ines, "Misc").await);
        let maren_id = maren.me().await.id;
        for n in 0..27 {
            of_owner(&ines, travel, &format!("Bicycle {n}"), None).await;
            of_owner(&ines, travel, &format!("Ferry {n}"), Some(maren_id)).await;
        }
        for n in 27..30 {
            of_owner(&ines, misc, &format!("Bicycle {n}"), None).await;
        }
        for n in 30..32 {
            let mut body = plain(travel, &format!("Bicycle {n}"));
            body["state"] = "closed_successful".into();
            make(&ines, body).await;
        }
        soon(&ines, "state=all&q=bicycle", 32).await;
        soon(&ines, "state=all&q=ferry", 27).await;
        let in_travel = format!("queue={travel}");
        let in_misc = format!("queue={misc}");
        let marens = format!("owner={maren_id}");
        for (query, count) in [
            (in_travel.clone(), 54),
            (in_misc.clone(), 3),
            (format!("{in_travel}&owner=nobody"), 27),
            (format!("{in_travel}&owner=nobody&state=all"), 29),
            (format!("{in_travel}&owner=nobody&state=closed_successful"), 2),
            (format!("{in_travel}&owner=nobody&state=new"), 0),
            (format!("{in_misc}&owner=nobody"), 3),
            ("owner=nobody".to_owned(), 30),
            (marens.clone(), 27),
            (format!("{in_travel}&{marens}&state=open"), 27),
            (format!("{in_misc}&{marens}"), 0),
            (format!("{marens}&state=closed_successful"), 0),
            ("q=bicycle".to_owned(), 30),
            (format!("q=bicycle&{in_travel}&owner=nobody"), 27),
            (format!("q=bicycle&{in_travel}&owner=nobody&state=all"), 29),
            ("q=bicycle&state=closed_successful".to_owned(), 2),
            (format!("q=bicycle&{in_misc}"), 3),
            (format!("q=bicycle&{marens}&state=all"), 0),
            (format!("q=ferry&{in_travel}&{marens}"), 27),
            ("q=ferry&owner=nobody&state=all".to_owned(), 0),
        ] {
            assert_eq!(titles(&ines, &query).await.len(), count, "{query}");
            let first = list(&ines, &query).await;
            assert_eq!(first.tickets.len(), count.min(25), "{query}: the first page");
            assert!(count <= 25 || first.next.is_some(), "{query}: {:?}", first.next);
        }
        assert_eq!(
            titles(&maren, "owner=me").await,
            titles(&ines, &marens).await,
            "hers are Maren's"
        );
        refused(ines.get("/api/tickets?owner=somebody").await, 422, "bad_input");
        // Of what Chidi may not read, or nobody has, there is nothing.
        for query in [
            in_travel.clone(),
            in_misc,
            marens.clone(),
            "owner=nobody".to_owned(),
            "q=ferry".to_owned(),
            format!("q=ferry&{in_travel}"),
            format!("queue={}", Uuid::now_v7()),
        ] {
            let found = titles(&chidi, &format!("{query}&state=all")).await;
            assert_eq!(found, BTreeSet::new(), "{query}");
        }
        let nowhere = format!("state=all&queue={}", Uuid::now_v7());
        assert_eq!(titles(&ines, &nowhere).await, BTreeSet::new());
        // What takes a chat from whom.
        let closed = format!("{in_travel}&state=closed_successful");
        assert_eq!(takes(&ines, &in_travel).await, [true]);
        assert_eq!(takes(&ines, &closed).await, [false]);
        for query in [&in_travel, &closed] {
            assert_eq!(takes(&tove, query).await, [false], "she only reads");
        }
        desk.cli(&["grant", "tove", "travel", "note"]).await;
        assert_eq!(takes(&tove, &in_travel).await, [true]);
        assert_eq!(takes(&tove, "q=ferry").await, [true]);
        assert_eq!(takes(&tove, &closed).await, [false]);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn the_agents_of_a_ticket_are_shown_as_they_are() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let (chidi, tove) = (desk.agent("chidi").await, desk.agent("tove").await);
        let _here = (ines.stays().await, maren.stays().await, tove.stays().await);
        tove.be("unavailable").await;
        let ticket = make(&chidi, plain(queue(&ines, "Travel").await, "A refund")).await.id;
        let change = async |body: Value| {
            let mut body = body;
            body["version"] = view(&ines, ticket).await.version.into();
            let done = ines.post(&format!("/api/tickets/{ticket}/change"), body).await;
            granted::<Value>("change", done);
        };
        let (maren_id, tove_id) = (maren.me().await.id, tove.me().await.id);
        change(json!({ "owner": maren_id, "responsible": tove_id, "locked": true })).await;
        change(json!({ "locked": false })).await;
        let people = async |wanted: [(&str, Presence, Option<&str>); 4]| {
            let deadline = Instant::now() + PATIENCE;
            loop {
                let seen = view(&ines, ticket).await.people;
                let people = seen.iter().map(|it| &it.person);
                let shown: Vec<_> = people
                    .map(|he| (he.name.as_str(), he.presence, he.why_not.as_deref()))
                    .collect();
                if shown == wanted {
                    let mut people = seen.iter().map(|it| &it.person);
                    assert!(people.all(|he| he.can_chat == he.why_not.is_none()), "{seen:?}");
                    return;
                }
                assert!(Instant::now() < deadline, "in vain: {wanted:?}, not {shown:?}");
                sleep(Duration::from_millis(20)).await;
            }
        };
        let chidi_away = ("Chidi Okafor", Presence::Offline, Some("offline"));
        let ines_here = ("Ines Vogt", Presence::Active, Some("yourself"));
        people([
            chidi_away,
            ines_here,
            ("Maren Holt", Presence::Active, None),
            ("Tove Lind", Presence::Unavailable, Some("unavailable")),
        ])
        .await;
        let seen = view(&ines, ticket).await.people;
        let parts: Vec<_> = seen.iter().map(|it| (it.owner, it.responsible)).collect();
        assert_eq!(parts, [(false, false), (false, false), (true, false), (false, true)]);
        tove.be("internal").await;
        people([
            chidi_away,
            ines_here,
            ("Maren Holt", Presence::Active, None),
            ("Tove Lind", Presence::Active, None),
        ])
        .await;
        // Who is unavailable herself asks nobody.
        ines.be("unavailable").await;
        people([
            chidi_away,
            ("Ines Vogt", Presence::Unavailable, Some("yourself")),
            ("Maren Holt", Presence::Active, Some("you_are_unavailable")),
            ("Tove Lind", Presence::Active, Some("you_are_unavailable")),
        ])
        .await;
        let history = view(&ines, ticket).await.history;
        let told = |kind: &str| {
            let lines = history.iter().filter(|line| line.kind == kind);
            let lines = lines.map(|line| (line.name.clone(), line.old.clone(), line.new.clone()));
            lines.collect::<Vec<_>>()
        };
        let by_ines = |new: Option<&str>| vec![("Ines Vogt".to_owned(), None::<String>, new.map(str::to_owned))];
        assert_eq!(told("responsible_update"), by_ines(Some("Tove Lind")));
        assert_eq!(told("owner_update"), by_ines(Some("Maren Holt")));
        assert_eq!(told("lock"), by_ines(None));
        assert_eq!(told("unlock"), by_ines(None));
        desk.verify().await;
    })
    .await;
}

/// All pages of `mine` or `company`, and how many tickets each had.
async fn pages(customer: &Client, whose: &str) -> (BTreeSet<Uuid>, Vec<usize>) {
    let (mut all, mut sizes, mut before) = (BTreeSet::new(), Vec::new(), String::new());
    loop {
        let path = format!("/api/my/tickets?whose={whose}{before}");
        let page: MyTickets = granted("a page", customer.get(&path).await);
        sizes.push(page.tickets.len());
        for ticket in page.tickets {
            assert!(all.insert(ticket.id), "{} twice", ticket.title);
        }
        match page.next {
            Some(next) => before = format!("&before={next}"),
            None => return (all, sizes),
        }
    }
}

#[tokio::test]
async fn a_colleague_reads_a_companys_tickets_page_by_page_until_he_leaves_it() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let (hanne, jonas) = (desk.customer("hanne").await, desk.customer("jonas").await);
        let elin = desk.customer("elin").await;
        let travel = queue(&ines, "Travel").await;
        let mut made = BTreeSet::new();
        for n in 0..27 {
            made.insert(ticket_for(&ines, &hanne, travel, &format!("Trailer {n}")).await.id);
        }
        let of_jonas = ticket_for(&ines, &jonas, travel, "A ramp").await.id;
        let mut of_both = made.clone();
        of_both.insert(of_jonas);
        assert_eq!(pages(&hanne, "mine").await, (made.clone(), vec![25, 2]));
        assert_eq!(pages(&jonas, "mine").await, (BTreeSet::from([of_jonas]), vec![1]));
        for who in [&hanne, &jonas] {
            assert_eq!(pages(who, "company").await, (of_both.clone(), vec![25, 3]));
        }
        assert_eq!(pages(&elin, "company").await.0, BTreeSet::new());
        let ticket = *made.first().expect("27 of them");
        let path = format!("/api/my/tickets/{ticket}");
        let articles = format!("/api/tickets/{ticket}/articles");
        let note = json!({ "cid": Uuid::now_v7(), "visible": false, "subject": "Hm", "text": NOTE });
        let note: ArticleWritten = granted("a note", ines.post(&articles, note).await);
        let text = || json!({ "cid": Uuid::now_v7(), "text": "As I have it." });
        let written: ArticleWritten = granted("her text", hanne.post(&format!("{path}/articles"), text()).await);
        let files = |n: i64| format!("{articles}/{n}/files");
        for (who, n) in [(&ines, note.n), (&hanne, written.n)] {
            let sent = SentFile::new("times.txt", b"Sandvik 16:40\n");
            let sent = who.try_send_file_to(&files(n), &sent).await;
            let _: Value = granted("a file", sent);
        }
        // Jonas reads what Hanne reads.
        let read = hers(&jonas, ticket).await;
        let numbers: Vec<_> = read.articles.iter().map(|article| article.n).collect();
        assert_eq!(numbers, [1, written.n]);
        assert_eq!(read.ticket.customer.as_deref(), Some("Hanne Dahl"));
        assert!(!format!("{read:?}").contains(NOTE), "{read:?}");
        let file_of = async |who: &Client, n: i64| who.fetch(&format!("{}/1", files(n))).await.status().as_u16();
        assert_eq!(file_of(&jonas, written.n).await, 200);
        assert_eq!(file_of(&jonas, note.n).await, 404);
        // Out of the company, he keeps what is his own.
        let found: AdminCustomers = granted("customers", ines.get("/api/admin/customers?q=jonas").await);
        let he = found.customers.first().expect("Jonas");
        let out = json!({ "name": he.name, "email": "", "company": "", "valid": true, "version": he.version });
        let _: Value = granted("out", ines.put(&format!("/api/admin/customers/{}", he.id), out).await);
        assert_eq!(pages(&jonas, "company").await, (BTreeSet::new(), vec![0]));
        refused(jonas.get(&path).await, 404, "not_found");
        refused(
            jonas.get(&format!("{path}?before={}", written.n)).await,
            404,
            "not_found",
        );
        refused(jonas.post(&format!("{path}/articles"), text()).await, 404, "not_found");
        assert_eq!(file_of(&jonas, written.n).await, 404);
        assert_eq!(pages(&jonas, "mine").await, (BTreeSet::from([of_jonas]), vec![1]));
        assert_eq!(hers(&jonas, of_jonas).await.articles.len(), 1);
        assert_eq!(file_of(&hanne, written.n).await, 200);
        assert_eq!(hers(&hanne, ticket).await.articles.len(), 2);
        desk.verify().await;
    })
    .await;
}
