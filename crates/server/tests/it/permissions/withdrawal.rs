//! How soon a right that ends has ended on live connections: within a second the chat is `gone`, or the connection ended, and
//! nothing said afterwards arrives.

use crate::client::Client;
use crate::desk::{CROWDED, Desk, Engine};
use crate::live::Live;
use domain::cast;
use proof::Lane;
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;
use wire::ServerFrame;

/// Rounds of each kind on each database, for each unit of PROOF.
const ROUNDS: usize = 3;
/// From the answer to the withdrawal.
const WITHIN: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Watches {
    /// Takes part.
    Chat,
    /// Looks at a request.
    Preview,
    /// Is invited.
    Invitation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Key,
    RolesKey,
    RoleMember,
    Account,
    /// Of a customer user, in his own chat.
    CustomersAccount,
}

const KINDS: [(Ends, Watches); 9] = [
    (Ends::Key, Watches::Chat),
    (Ends::Key, Watches::Preview),
    (Ends::Key, Watches::Invitation),
    (Ends::RolesKey, Watches::Chat),
    (Ends::RoleMember, Watches::Chat),
    (Ends::RoleMember, Watches::Preview),
    (Ends::Account, Watches::Chat),
    (Ends::Account, Watches::Preview),
    (Ends::CustomersAccount, Watches::Chat),
];

#[tokio::test]
async fn a_right_that_ends_has_ended_within_a_second_on_sqlite() {
    withdrawals(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_right_that_ends_has_ended_within_a_second_on_postgres() {
    withdrawals(Engine::Postgres).await;
}

async fn withdrawals(engine: Engine) {
    let lane = Lane::part("permissions", &format!("withdrawal on {engine}"));
    let Some(desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    desk.cli(&["role", "add", "Night watch"]).await;
    let ines = desk.agent("ines").await;
    let _here = ines.stays().await;
    let mut worst = Duration::ZERO;
    for round in 0..ROUNDS * proof::scale() {
        for (ends, watches) in KINDS {
            let name = format!("{ends:?} {watches:?} {round}");
            worst = worst.max(one(&desk, &ines, ends, watches, &name, &lane).await);
            lane.case();
        }
    }
    println!("the slowest withdrawal on {engine}: {worst:?}");
    lane.figure("gone_ms", worst.as_millis() as u64);
    desk.verify().await;
    lane.finish();
}

async fn one(desk: &Desk, ines: &Client, ends: Ends, watches: Watches, name: &str, lane: &Lane) -> Duration {
    let login = name.to_lowercase().replace(' ', "-");
    let (noor, other, chat) = if ends == Ends::CustomersAccount {
        let password = format!("{}\n", cast::PASSWORD);
        desk.cli_with(&["customer", "add", &login, "Noor Haddad"], &password)
            .await;
        let noor = desk.customer(&login).await;
        let chat = noor.start_chat("Hello").await.id;
        ines.accept(chat).await;
        (noor, ines.clone(), chat)
    } else {
        let noor = agent(desk, ends, &login).await;
        let _here = noor.stays().await;
        let priya = desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("Hello").await.id;
        match watches {
            Watches::Chat => drop(noor.accept(chat).await),
            Watches::Preview => {}
            Watches::Invitation => {
                ines.accept(chat).await;
                let body =
                    serde_json::json!({ "cid": Uuid::now_v7(), "person": noor.me().await.id, "role": "observer" });
                let (status, body) = ines.post(&format!("/api/chats/{chat}/invite"), body).await;
                assert_eq!(status, 200, "{body}");
            }
        }
        (noor, priya, chat)
    };
    let mut live = noor.live().await;
    live.watch(chat).await;
    withdraw(desk, ends, &login).await;
    let answered = Instant::now();
    let late = format!("After {login}");
    other.say(chat, &late).await;
    let took = until_gone(&mut live, chat, &late, answered, name, lane).await;
    if took > WITHIN {
        lane.violation(format!("{name}: it took {took:?}"));
    }
    other.act(chat, "close").await;
    took
}

async fn until_gone(live: &mut Live, chat: Uuid, late: &str, answered: Instant, name: &str, lane: &Lane) -> Duration {
    let (moment, mut took) = (answered + 10 * WITHIN, None);
    loop {
        let frame = live.next_until(moment).await;
        if live.latest().contains(late) {
            lane.violation(format!("{name}: he hears what was said afterwards: {}", live.latest()));
        }
        match frame {
            Some(Ok(ServerFrame::Gone { chat: gone })) if gone == chat => {
                took = Some(answered.elapsed());
                // What might still be on its way came before the answer to this.
                let _ = live.try_send(&wire::ClientFrame::Ping {}).await;
            }
            Some(Ok(ServerFrame::Beat { .. })) if took.is_some() => break,
            Some(Ok(_)) => {}
            Some(Err(_)) => break,
            None => {
                lane.violation(format!("{name}: nothing ends"));
                break;
            }
        }
    }
    took.unwrap_or(answered.elapsed())
}

/// May do in the Travel desk what is withdrawn afterwards, and may be invited in any case.
async fn agent(desk: &Desk, ends: Ends, login: &str) -> Client {
    desk.add_agent(login, "Noor Haddad").await;
    desk.cli(&["grant", login, "users", "ro"]).await;
    if matches!(ends, Ends::RolesKey | Ends::RoleMember) {
        desk.cli(&["role", "grant", "Night watch", "travel", "chat_owner"])
            .await;
        desk.cli(&["role", "member", "Night watch", login]).await;
    } else {
        desk.cli(&["grant", login, "travel", "chat_owner"]).await;
    }
    let agent = desk.agent(login).await;
    agent.be("internal_and_external").await;
    agent
}

/// Returns when it is answered.
async fn withdraw(desk: &Desk, ends: Ends, login: &str) {
    let args: &[&str] = match ends {
        Ends::Key => &["revoke", login, "travel", "chat_owner"],
        Ends::RolesKey => &["role", "revoke", "Night watch", "travel", "chat_owner"],
        Ends::RoleMember => &["role", "member", "Night watch", login, "--remove"],
        Ends::Account => &["agent", "deactivate", login],
        Ends::CustomersAccount => &["customer", "deactivate", login],
    };
    desk.cli(args).await;
}
