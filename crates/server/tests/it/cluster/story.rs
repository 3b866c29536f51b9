//! Nothing is taken away, and both nodes say at once what one of them hears.

use crate::desk::{Desk, Engine};
use proof::Lane;
use std::time::Duration;
use tokio::time::Instant;

const MESSAGES: usize = 100;
/// Most messages are on the other node before anybody looks there by himself.
const AT_ONCE: Duration = Duration::from_millis(250);

#[tokio::test]
async fn what_one_node_hears_the_other_says_at_once() {
    let lane = Lane::part("cluster", "at once");
    let Some(desk) = Desk::start_with(Engine::TwoNodes, &[("frames_per_s", 1_000_000)]).await else {
        return lane.skip("no PostgreSQL here");
    };
    let ines = desk.agent("ines").await;
    let _here = ines.stays().await;
    let priya = desk.visitor("Priya Raman").await;
    let chat = priya.start_chat("Hello").await.id;
    ines.accept(chat).await;
    let (mut hers, mut agents) = (priya.at(1).live().await, ines.at(0).live().await);
    for live in [&mut hers, &mut agents] {
        live.watch(chat).await;
    }

    let mut took = Vec::new();
    for n in 0..MESSAGES * proof::scale() {
        let (text, began) = (format!("Message {n}"), Instant::now());
        let (says, sees) = if n % 2 == 0 {
            (&mut hers, &mut agents)
        } else {
            (&mut agents, &mut hers)
        };
        says.say(chat, &text).await;
        sees.sees(chat, &text, |chat| chat.said(&text)).await;
        took.push(began.elapsed());
        lane.case();
    }
    took.sort();
    lane.figure("across_p50_ms", took[took.len() / 2].as_millis() as u64);
    lane.figure("across_max_ms", took[took.len() - 1].as_millis() as u64);
    if took[took.len() / 2] > AT_ONCE {
        lane.violation(format!("half of the messages took {:?} and more", took[took.len() / 2]));
    }
    desk.verify().await;
    lane.finish();
}
