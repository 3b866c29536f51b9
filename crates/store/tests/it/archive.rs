//! The archive's search index: the same is found on both engines, and nothing that is gone.

use crate::desk::*;
use domain::archive::{Mark, Reach};
use domain::search::Query;
use domain::{ChatId, Instant, Level, Person, TicketId, Verb};
use std::collections::BTreeSet;
use store::{Command, Outcome, Search, Store, WriteError};
use uuid::Uuid;

both!(
    what_is_found_is_what_holds_it_in_ten_languages,
    an_external_finds_nothing_that_is_for_agents,
    two_nodes_index_each_chat_once_and_page_by_page,
    a_text_taken_away_is_nowhere_any_more,
    what_is_removed_takes_nothing_of_the_next_chat,
);

pub const SAID: [&str; 16] = [
    "The ferry to Tromsø sails at 7:45; tickets cost €12.50, don't be late.",
    "Is the e-mail of SK-4711 hanne@wiebe.example? Refunds take three days.",
    "Die Fähre legt an der Hauptstraße ab, Fahrkarten gibt es im Büro.",
    "Le bateau part l'été à Sète : où acheter un billet ?",
    "¿Cuándo sale el próximo barco a Málaga mañana?",
    "Паром отходит в семь, ещё есть билеты.",
    "Το πλοίο φεύγει ΣΗΜΕΡΑ από τον Πειραιά.",
    "Feribot İstanbul'dan kalkıyor, ışık yeşil.",
    "我要買船票去奧斯陸，還有座位嗎？",
    "フェリーの切符を予約したいです。ｶｰﾄﾞ払いで。",
    "서울에서 부산까지 배표가 있나요?",
    "ขอซื้อตั๋วเรือไปออสโลสองใบ",
    "हमें नौका का टिकट चाहिए, धन्यवाद।",
    "مُحَمَّد يريد تذكرة إلى أوسلو",
    "שָׁלוֹם, מתי יוצאת המעבורת?",
    "Phà đi Hà Nội lúc mấy giờ?",
];

/// What is typed, and in which of the texts above it is found.
pub const TYPED: [(&str, &[usize]); 54] = [
    ("ferry", &[0]),
    ("FERRY tromso", &[0]),
    ("Ｆｅｒｒｙ", &[0]),
    ("\"ferry to Tromsø\"", &[0]),
    ("\"Tromsø ferry\"", &[]),
    ("7:45", &[0]),
    ("12.50", &[0]),
    ("don't", &[0]),
    ("ticket", &[0]),
    ("\"ticket\"", &[]),
    ("e-mail", &[1]),
    ("sk-4711", &[1]),
    ("hanne@wiebe.example", &[1]),
    ("refund three", &[1]),
    ("refund ferry", &[]),
    ("hauptstrasse", &[2]),
    ("FÄHRE", &[2]),
    ("fahre", &[2]),
    ("Fahrkarte Büro", &[2]),
    ("ete billet", &[3]),
    ("l'été", &[3]),
    ("sete", &[3]),
    ("proximo barco", &[4]),
    ("manana", &[4]),
    ("паром", &[5]),
    ("еще билет", &[5]),
    ("σήμερα", &[6]),
    ("ΠΛΟΙΟ", &[6]),
    ("istanbul", &[7]),
    ("isik", &[7]),
    ("船票", &[8]),
    ("票", &[8]),
    ("奧斯陸", &[8]),
    ("座位 船票", &[8]),
    ("票船", &[]),
    ("フェリー", &[9]),
    ("カード", &[9]),
    ("切符", &[9]),
    ("予約したい", &[9]),
    ("서울", &[10]),
    ("배표", &[10]),
    ("부산까지", &[10]),
    ("ตั๋ว", &[11]),
    ("ออสโล", &[11]),
    ("टिकट", &[12]),
    ("नौका धन्यवाद", &[12]),
    ("محمد", &[13]),
    ("تذكرة", &[13]),
    ("اوسلو", &[13]),
    ("שלום", &[14]),
    ("ha noi", &[15]),
    ("pha", &[15]),
    ("* OR \" NEAR( ' & !", &[]),
    ("the ferry' | 'x", &[]),
];

async fn indexed(store: &Store) {
    while store.index_closed().await.unwrap() > 0 {}
}

fn everything(query: &str, person: &Person) -> Search {
    Search {
        query: Query::new(query),
        reach: Reach::of(person, [(CHANNEL, Level::Owner)]),
        marks: Vec::new(),
        names: !person.kind.is_external(),
        from: 0,
        before: i64::MAX,
    }
}

/// What is found: by chat and entry.
async fn found(store: &Store, search: &Search) -> BTreeSet<(ChatId, i64)> {
    let hits = store.search(search, 200).await.unwrap();
    hits.iter().map(|hit| (hit.chat(), hit.seq())).collect()
}

async fn what_is_found_is_what_holds_it_in_ten_languages(desk: &Desk) {
    let chat = desk.open_chat(&hanne(), &ines()).await;
    let first = desk.chat(chat).await.head + 1;
    for text in SAID {
        desk.does(chat, &ines(), say(text)).await.unwrap();
    }
    assert_eq!(desk.store.index_closed().await.unwrap(), 0, "it is not closed");
    desk.does(chat, &ines(), Verb::Close).await.unwrap();
    indexed(&desk.store).await;
    for (typed, texts) in TYPED {
        let search = everything(typed, &ines());
        let expected: BTreeSet<_> = texts.iter().map(|at| (chat, first + *at as i64)).collect();
        let found = match search.query.is_empty() {
            true => BTreeSet::new(),
            // Not what she began with.
            false => found(&desk.store, &search).await.split_off(&(chat, first)),
        };
        assert_eq!(found, expected, "{typed}");
        // What is found is marked.
        for at in texts {
            assert!(!search.query.found_in(SAID[*at]).is_empty(), "{typed}");
        }
        desk.lane.case();
    }
    // Names are found too, alone and with words.
    let named = found(&desk.store, &everything("dahl fahrkarten", &ines())).await;
    assert_eq!(named, BTreeSet::from([(chat, first + 2)]));
    let named = found(&desk.store, &everything("\"Hanne Dahl\"", &ines())).await;
    assert!(named.contains(&(chat, 0)), "{named:?}");
}

async fn an_external_finds_nothing_that_is_for_agents(desk: &Desk) {
    let chat = desk.open_chat(&hanne(), &ines()).await;
    desk.does(chat, &hanne(), say("Where is my parcel?")).await.unwrap();
    desk.does(chat, &ines(), note("The parcel is lost.")).await.unwrap();
    desk.does(chat, &ines(), Verb::Close).await.unwrap();
    indexed(&desk.store).await;
    let seqs = async |query: &str, person: &Person| -> Vec<i64> {
        let found = found(&desk.store, &everything(query, person)).await;
        found.into_iter().map(|(_, seq)| seq).collect()
    };
    assert_eq!(seqs("parcel", &ines()).await.len(), 2);
    assert_eq!(seqs("parcel", &hanne()).await.len(), 1);
    assert!(seqs("lost", &hanne()).await.is_empty());
    assert!(
        seqs("vogt", &hanne()).await.is_empty(),
        "agents may have other names for her"
    );
    assert!(seqs("parcel", &jonas()).await.is_empty());
    let stranger = Search {
        reach: Reach::of(&maren(), []),
        ..everything("parcel", &maren())
    };
    assert!(found(&desk.store, &stranger).await.is_empty());
    let elsewhere = Search {
        marks: vec![Mark::Member(jonas().id)],
        ..everything("parcel", &ines())
    };
    assert!(found(&desk.store, &elsewhere).await.is_empty());
    desk.lane.cases(7);
}

async fn two_nodes_index_each_chat_once_and_page_by_page(desk: &Desk) {
    let mut chats = Vec::new();
    for n in 0..40 {
        let chat = desk.open_chat(&priya(), &ines()).await;
        let words = if n % 2 == 0 { "a blue ferry" } else { "a red ferry" };
        desk.does(chat, &ines(), say(words)).await.unwrap();
        desk.does(chat, &ines(), Verb::Close).await.unwrap();
        chats.push(chat);
    }
    let (other, _) = desk.reopened(EPOCH).await;
    let nodes = [desk.store.clone(), other.clone()];
    let nodes = nodes.map(|store| tokio::spawn(async move { indexed(&store).await }));
    for node in nodes {
        node.await.unwrap();
    }
    indexed(&desk.store).await;
    let mut search = everything("blue", &ines());
    let mut pages = Vec::new();
    loop {
        let hits = other.search(&search, 3).await.unwrap();
        let Some(last) = hits.last() else { break };
        search.before = last.first;
        pages.extend(hits.iter().map(|hit| hit.chat()));
    }
    let blue: BTreeSet<_> = chats.iter().step_by(2).copied().collect();
    assert_eq!(pages.len(), blue.len(), "each once");
    assert_eq!(pages.iter().copied().collect::<BTreeSet<_>>(), blue);
    let all = desk
        .store
        .documents_of_time(Instant(0), Instant(i64::MAX))
        .await
        .unwrap();
    assert!(all.0 > 0 && all.1 > all.0, "{all:?}");
    let itself = everything("\"the ferry sailing\"", &ines());
    assert_eq!(found(&desk.store, &itself).await.len(), chats.len());
    other.close().await;
    desk.lane.cases(chats.len());
}

/// What comes into a closed chat after it was indexed has no document: the numbers behind its own are the next chat's.
async fn what_is_removed_takes_nothing_of_the_next_chat(desk: &Desk) {
    let mut chats = Vec::new();
    for n in 0..3 {
        let chat = desk.open_chat(&hanne(), &ines()).await;
        desk.does(chat, &ines(), say(&format!("number{n}"))).await.unwrap();
        desk.does(chat, &ines(), Verb::Close).await.unwrap();
        indexed(&desk.store).await;
        chats.push(chat);
    }
    for _ in 0..3 {
        let into = Verb::AppendToTicket {
            ticket: TicketId(Uuid::from_u128(600)),
            number: "2026112610000015".into(),
            keep_open: false,
        };
        desk.does(chats[0], &ines(), into).await.unwrap();
        indexed(&desk.store).await;
    }
    let documents = "SELECT count(*) FROM document";
    let before = desk.count(documents).await;
    desk.store.remove_closed(chats[0]).await.unwrap();
    assert_eq!(
        desk.count(documents).await,
        before - 3,
        "itself, what she began with, what was said"
    );
    for (n, chat) in chats.iter().enumerate() {
        let found: BTreeSet<_> = found(&desk.store, &everything(&format!("number{n}"), &ines())).await;
        assert_eq!(found.len(), usize::from(n > 0), "number{n}");
        let named = everything("\"Hanne Dahl\"", &ines());
        let named = desk.store.search(&named, 200).await.unwrap();
        assert_eq!(
            named.iter().any(|hit| hit.chat() == *chat && hit.seq() == 0),
            n > 0,
            "who took part in {n}"
        );
    }
    desk.lane.cases(3);
}

async fn a_text_taken_away_is_nowhere_any_more(desk: &Desk) {
    const SECRET: &str = "zyzzogeton4929";
    let chat = desk.open_chat(&hanne(), &ines()).await;
    let mut said = Vec::new();
    for verb in [say(&format!("My card is {SECRET}.")), say("Thank you."), say(SECRET)] {
        let command = decided(&desk.chat(chat).await, &hanne(), verb, cid());
        let Ok(Outcome::Written { seq, .. }) = desk.writes(command.clone()).await else {
            panic!("she may write")
        };
        said.push((seq, command));
    }
    let redact = async |of: i64| {
        let entry = desk.entries(chat).await.swap_remove(of as usize - 1);
        let public_of = entry.public_seq;
        desk.does(chat, &ines(), Verb::Redact { of, public_of }).await.unwrap();
    };
    // One before it is in the index, one after.
    redact(said[0].0).await;
    desk.does(chat, &ines(), Verb::Close).await.unwrap();
    indexed(&desk.store).await;
    assert_eq!(found(&desk.store, &everything(SECRET, &ines())).await.len(), 1);
    redact(said[2].0).await;
    assert!(found(&desk.store, &everything(SECRET, &ines())).await.is_empty());
    indexed(&desk.store).await;
    assert!(found(&desk.store, &everything(SECRET, &ines())).await.is_empty());
    assert!(desk.texts(chat).await.iter().all(|text| !text.contains(SECRET)));
    // Sent again, it does not come back.
    let again = Command {
        seen: at_fence(desk.chat(chat).await.fence),
        ..said[0].1.clone()
    };
    assert_eq!(desk.writes(again).await, Err(WriteError::CidReused));
    assert_eq!(
        desk.store.first_message(chat).await.unwrap().as_deref(),
        Some("Is the ferry sailing?")
    );
    desk.lane.cases(5);
    desk.overwritten(SECRET).await;
}
