//! Every event proves itself: what a client puts together from an old snapshot and the frames since is what a fresh
//! snapshot says.
//!
//! After each step of a chat's life everybody in it is looked at in three ways: on the connection that was there all the
//! time, on one that comes back with each older snapshot, and on one that begins anew.

use crate::client::Client;
use crate::desk::{Desk, Engine};
use crate::live::{Folded, Live, PATIENCE};
use proof::Lane;
use serde_json::json;
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;
use wire::{ChatSnapshot, ClientFrame};

/// Somebody in the chat, or looking at its preview.
struct Witness<'a> {
    lane: &'a Lane,
    client: Client,
    live: Live,
    chat: Uuid,
    /// What he knew after each step so far.
    older: Vec<Folded>,
}

impl<'a> Witness<'a> {
    async fn of(lane: &'a Lane, client: &Client, chat: Uuid) -> Self {
        // What he does he does at another node, if there is one.
        let client = client.elsewhere();
        let mut live = client.live().await;
        let first = live.watch(chat).await.clone();
        Self {
            lane,
            client,
            live,
            chat,
            older: vec![first],
        }
    }

    async fn looks(&mut self, step: &str) {
        let (client, chat, lane) = (self.client.clone(), self.chat, self.lane);
        self.live.send(ClientFrame::Ping {}).await;
        if self.live.chat(chat).gone && client.get(&format!("/api/chats/{chat}")).await.0 == 200 {
            // What was gone comes back to who asks again.
            self.live.watch(chat).await;
        }
        agrees(lane, &client, chat, &mut self.live, &format!("{step}, all the time")).await;
        for (n, known) in self.older.clone().into_iter().enumerate() {
            let mut again = client.at(n).live().await;
            let from = known.position.seq;
            again.resume(known).await;
            agrees(lane, &client, chat, &mut again, &format!("{step}, back from {from}")).await;
        }
        let mut anew = client.live().await;
        anew.send(ClientFrame::Watch { chat, after: None }).await;
        agrees(lane, &client, chat, &mut anew, &format!("{step}, anew")).await;
        let now = self.live.chat(chat).clone();
        if !now.gone && self.older.iter().all(|known| known.position != now.position) {
            self.older.push(now);
        }
    }
}

/// Reads on until the frames come to what a fresh snapshot says: they may still be on their way.
async fn agrees(lane: &Lane, client: &Client, chat: Uuid, live: &mut Live, step: &str) {
    let until = Instant::now() + PATIENCE;
    lane.case();
    loop {
        let folded = live.chats.get(&chat).filter(|known| !known.gone);
        let knows = live.chats.contains_key(&chat) || live.told_gone.contains(&chat);
        let fresh: Option<ChatSnapshot> = match client.get(&format!("/api/chats/{chat}")).await {
            (200, body) => Some(serde_json::from_value(body).expect("a snapshot")),
            (404, _) => None,
            (status, body) => panic!("{step}: {status} {body}"),
        };
        let agree = match (folded, &fresh) {
            (Some(folded), Some(fresh)) => folded.agrees(fresh),
            (folded, fresh) => folded.is_none() && fresh.is_none(),
        };
        if knows && agree {
            return;
        }
        if Instant::now() > until {
            lane.violation(format!(
                "{}, {step}:\n  frames: {folded:?}\n  fresh:  {fresh:?}",
                client.name
            ));
            return;
        }
        let soon = Instant::now() + Duration::from_millis(50);
        while live.next_until(soon).await.is_some_and(|frame| frame.is_ok()) {}
    }
}

async fn all_look(step: &str, witnesses: &mut [&mut Witness<'_>]) {
    for witness in witnesses {
        witness.looks(step).await;
    }
}

/// A desk with an agent whose right can be taken from him alone.
async fn desk_with_noor(engine: Engine) -> Option<(Desk, Client)> {
    let desk = Desk::start_with(engine, &[("frames_per_s", 100_000), ("sign_ins_per_5_min", 100_000)]).await?;
    desk.add_agent("noor", "Noor Haddad").await;
    desk.cli(&["grant", "noor", "travel", "chat_owner"]).await;
    let noor = desk.agent("noor").await;
    noor.be("internal_and_external").await;
    Some((desk, noor))
}

async fn every_entry_proves_itself(engine: Engine) {
    let lane = Lane::part("events", &format!("a chat's life on {engine}"));
    let Some((desk, noor)) = desk_with_noor(engine).await else {
        return lane.skip("no PostgreSQL here");
    };
    let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
    let _here = (ines.stays().await, noor.stays().await);
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("Hello").await.id;
    let mut hers = Witness::of(&lane, &priya, chat).await;
    let mut ines_sees = Witness::of(&lane, &ines, chat).await;
    let mut maren_sees = Witness::of(&lane, &maren, chat).await;
    macro_rules! then {
        ($step:literal) => {
            all_look($step, &mut [&mut hers, &mut ines_sees, &mut maren_sees]).await;
        };
    }
    then!("requested");
    priya.say(chat, "Is somebody there?").await;
    then!("a message while it waits");
    ines.accept(chat).await;
    then!("accepted");
    ines.say(chat, "I am").await;
    ines.note(chat, "Knows us well").await;
    ines.say(chat, "How can I help?").await;
    then!("messages and a note");
    priya.say(chat, "Two bicycles").await;
    priya.say(chat, "And a tandem").await;
    then!("messages of hers");
    let read = ines_sees.live.chat(chat).position.seq - 1;
    ines.post(&format!("/api/chats/{chat}/read"), json!({ "seq": read }))
        .await;
    then!("read all but one");
    ines.hand_back(chat).await;
    then!("handed back");
    priya.say(chat, "Hello?").await;
    maren.accept(chat).await;
    maren.note(chat, "Took it over").await;
    then!("accepted by another");
    maren.hand_back(chat).await;

    noor.accept(chat).await;
    let mut noor_sees = Witness::of(&lane, &noor, chat).await;
    noor.say(chat, "Noor here").await;
    noor_sees.looks("accepted by a third").await;
    then!("accepted by a third");
    desk.cli(&["revoke", "noor", "travel", "chat_owner"]).await;
    priya_waits(&mut hers.live, chat, "right_lost").await;
    noor_sees.looks("his right was withdrawn").await;
    then!("his right was withdrawn");

    ines.accept(chat).await;
    then!("accepted once more");
    ines.close(chat).await;
    then!("closed by the agent");
    lane.figure("entries", ines.snapshot(chat).await.chat.head);

    let second = priya.start_chat("Once more").await.id;
    let mut hers = Witness::of(&lane, &priya, second).await;
    let mut ines_sees = Witness::of(&lane, &ines, second).await;
    ines.accept(second).await;
    ines.say(second, "Yes?").await;
    priya.close(second).await;
    all_look("closed by the visitor", &mut [&mut hers, &mut ines_sees]).await;

    everybody_proves_itself(&lane, &desk, [&ines, &maren, &noor]).await;
    let hanne = desk.customer("hanne").await;
    let third = hanne.start_chat("From a customer").await.id;
    let mut hannes = Witness::of(&lane, &hanne, third).await;
    let mut ines_sees = Witness::of(&lane, &ines, third).await;
    hanne.close(third).await;
    all_look("withdrawn", &mut [&mut hannes, &mut ines_sees]).await;
    desk.verify().await;
    lane.finish();
}

/// A chat that an agent asks a customer user for, in which others are asked, come, change and go.
async fn everybody_proves_itself(lane: &Lane, desk: &Desk, [ines, maren, noor]: [&Client; 3]) {
    desk.cli(&["grant", "noor", "users", "chat_owner"]).await;
    let (hanne, tove) = (desk.customer("hanne").await, desk.agent("tove").await);
    let _here = (hanne.stays().await, maren.stays().await, tove.stays().await);
    let chat = ines.ask(&hanne, "About your booking").await.id;
    let mut hers = Witness::of(lane, &hanne, chat).await;
    let mut ines_sees = Witness::of(lane, ines, chat).await;
    macro_rules! then {
        ($step:literal, $($done:expr),*) => {
            $( let (status, body) = $done.await; assert_eq!(status, 200, "{}: {body}", $step); )*
            all_look($step, &mut [&mut hers, &mut ines_sees]).await;
        };
    }
    then!("accepted by the customer user", hanne.act(chat, "accept"));
    then!("invited", ines.try_invite(chat, maren, "participant"));
    let mut maren_sees = Witness::of(lane, maren, chat).await;
    then!("declined", maren.act(chat, "decline"));
    maren_sees.looks("declined").await;
    then!("invited again", ines.try_invite(chat, maren, "participant"));
    then!("joined as observer", maren.take_role(chat, "join", "observer"));
    then!(
        "an observer's note",
        maren.try_say(chat, Uuid::now_v7(), "note", "I listen")
    );
    then!("a participant", maren.take_role(chat, "role", "participant"));
    maren_sees.looks("a participant").await;
    then!("only observes", ines.take_role(chat, "role", "observer"));
    let travel = noor.me().await.channels;
    let travel = travel.iter().find(|mine| mine.channel.name == "Travel desk");
    let offer = maren.get(&format!("/api/chats/{chat}/channels")).await.1;
    let to = travel.map(|mine| mine.channel.id).or_else(|| {
        let offered: wire::Offer = serde_json::from_value(offer).ok()?;
        offered.channels.first().map(|offered| offered.channel.id)
    });
    then!("moved", maren.move_to(chat, to.expect("another channel")));
    maren_sees.looks("moved").await;
    then!("left", ines.act(chat, "leave"));
    maren_sees.looks("left").await;
    then!("handed back", maren.act(chat, "hand_back"));
    then!("accepted", maren.act(chat, "accept"));
    then!("closed", maren.act(chat, "close"));
    maren_sees.looks("closed").await;

    let among = ines.ask(maren, "A minute?").await.id;
    let mut ines_sees = Witness::of(lane, ines, among).await;
    let mut maren_sees = Witness::of(lane, maren, among).await;
    macro_rules! among {
        ($step:literal, $done:expr) => {
            let (status, body) = $done.await;
            assert_eq!(status, 200, "{}: {body}", $step);
            all_look($step, &mut [&mut ines_sees, &mut maren_sees]).await;
        };
    }
    among!("accepted by a colleague", maren.act(among, "accept"));
    among!("a third is asked", ines.try_invite(among, &tove, "participant"));
    among!("the third comes", tove.take_role(among, "join", "participant"));
    among!("one leaves", ines.act(among, "leave"));
    among!("the other closes", maren.act(among, "close"));
}

async fn priya_waits(live: &mut Live, chat: Uuid, reason: &str) {
    let returned = format!("{:?}", json!({ "kind": "returned", "reason": reason }));
    live.sees(chat, "that it waits", |chat| {
        let last = chat.entries.last_key_value().expect("entries").1;
        format!("{:?}", serde_json::to_value(&last.what).expect("encodes")) == returned
    })
    .await;
}

async fn a_lease_that_ends_proves_itself(engine: Engine) {
    let lane = Lane::part("events", &format!("a lease's end on {engine}"));
    let Some(desk) = Desk::start_with(engine, &[("lease_s", 1)]).await else {
        return lane.skip("no PostgreSQL here");
    };
    let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
    let ines_here = ines.stays().await;
    let (priya, omar) = (desk.visitor("Priya Raman").await, desk.visitor("Omar Haddad").await);
    let chat = priya.start_chat("Hello").await.id;
    let mut hers = Witness::of(&lane, &priya, chat).await;
    ines.accept(chat).await;
    ines.say(chat, "One moment").await;
    hers.looks("accepted").await;
    drop(ines_here);
    let _maren_here = maren.stays().await;
    priya_waits(&mut hers.live, chat, "lease_ended").await;
    let mut maren_sees = Witness::of(&lane, &maren, chat).await;
    all_look("the lease ended", &mut [&mut hers, &mut maren_sees]).await;
    // Places in the line change without an entry.
    let next = omar.start_chat("Me too").await.id;
    let mut his = Witness::of(&lane, &omar, next).await;
    maren.accept(chat).await;
    all_look("accepted by another", &mut [&mut hers, &mut maren_sees, &mut his]).await;
    desk.verify().await;
    lane.finish();
}

#[tokio::test]
async fn an_old_snapshot_and_events_make_a_fresh_snapshot_on_sqlite() {
    every_entry_proves_itself(Engine::Sqlite).await;
}

#[tokio::test]
async fn an_old_snapshot_and_events_make_a_fresh_snapshot_on_postgres() {
    every_entry_proves_itself(Engine::Postgres).await;
}

#[tokio::test]
async fn an_old_snapshot_and_events_make_a_fresh_snapshot_on_two_nodes() {
    every_entry_proves_itself(Engine::TwoNodes).await;
}

#[tokio::test]
async fn the_end_of_a_lease_reaches_everybody_on_sqlite() {
    a_lease_that_ends_proves_itself(Engine::Sqlite).await;
}

#[tokio::test]
async fn the_end_of_a_lease_reaches_everybody_on_postgres() {
    a_lease_that_ends_proves_itself(Engine::Postgres).await;
}

#[tokio::test]
async fn the_end_of_a_lease_reaches_everybody_on_two_nodes() {
    a_lease_that_ends_proves_itself(Engine::TwoNodes).await;
}
