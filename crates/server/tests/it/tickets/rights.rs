//! Each key allows what the reference says it is for, on each act, and nothing is changed by who was refused.

use super::{append, make, open_chat, queue, view};
use crate::client::{Client, granted};
use crate::desk::{CROWDED, Desk, Engine};
use proof::Lane;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{AdminMade, TicketCan};

/// Held on the group of the queue beside `ro`, one at a time.
const KEYS: [&str; 7] = ["", "note", "owner", "priority", "move_into", "create", "rw"];
/// What is done to a ticket, and the keys that are for it: `rw` is all of them.
const ACTS: [(&str, &[&str]); 12] = [
    ("note", &["note", "rw"]),
    ("owner", &["owner", "rw"]),
    ("responsible", &["rw"]),
    ("priority", &["priority", "rw"]),
    ("state", &["rw"]),
    ("title", &["rw"]),
    ("type", &["rw"]),
    ("lock", &["rw"]),
    ("pending date", &["rw"]),
    ("into the group's other queue", &["rw"]),
    // There she holds `ro` only.
    ("into Misc", &[]),
    ("chat", &["note", "rw"]),
];
const MAY_CREATE: [&str; 2] = ["create", "rw"];
const LATER: i64 = 1_900_000_000_000;

#[tokio::test]
async fn each_key_is_for_what_it_is_called_on_sqlite() {
    every_cell(Engine::Sqlite).await;
}

#[tokio::test]
async fn each_key_is_for_what_it_is_called_on_postgres() {
    every_cell(Engine::Postgres).await;
}

async fn every_cell(engine: Engine) {
    let lane = Lane::part("tickets", &format!("rights on {engine}"));
    let Some(desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    let (ines, tove) = (desk.agent("ines").await, desk.agent("tove").await);
    let hanne = desk.customer("hanne").await;
    let _here = (ines.stays().await, tove.stays().await);
    let night = json!({ "name": "Travel by night", "group": "travel", "valid": true, "comment": "" });
    let _: AdminMade = granted("a second queue", ines.post("/api/admin/queues", night).await);
    let chat = open_chat(&hanne, &ines).await;
    desk.cli(&["grant", "tove", "users", "chat_participant"]).await;
    ines.invite(chat, &tove, "participant").await;
    granted::<Value>("join", tove.take_role(chat, "join", "participant").await);
    let table = Table {
        travel: queue(&ines, "Travel").await,
        night: queue(&ines, "Travel by night").await,
        misc: queue(&ines, "Misc").await,
        maren: desk.agent("maren").await.me().await.id,
        chat,
        ines,
        tove,
        desk,
        lane,
    };
    let mut cells = 0;
    for sees in [true, false] {
        if !sees {
            table.desk.cli(&["role", "revoke", "Trainees", "travel", "ro"]).await;
        }
        for key in KEYS {
            table.holds(true, "travel", key).await;
            cells += table.acts(sees, key).await;
            table.holds(false, "travel", key).await;
        }
    }
    table.desk.cli(&["role", "grant", "Trainees", "travel", "ro"]).await;
    for there in KEYS {
        table.holds(true, "users", there).await;
        for here in ["", "move_into", "rw"] {
            table.holds(true, "travel", here).await;
            cells += table.moves(here, there).await;
            table.holds(false, "travel", here).await;
        }
        table.holds(false, "users", there).await;
    }
    let Table { desk, lane, .. } = table;
    lane.figure("cells", cells);
    desk.verify().await;
    lane.finish();
}

struct Table {
    desk: Desk,
    lane: Lane,
    ines: Client,
    tove: Client,
    maren: Uuid,
    travel: Uuid,
    night: Uuid,
    misc: Uuid,
    /// Ines's with Hanne, where Tove takes part.
    chat: Uuid,
}

impl Table {
    /// Gives Tove a key of her own on a group, or takes it.
    async fn holds(&self, held: bool, group: &str, key: &str) {
        if !key.is_empty() {
            let tove = json!({ "is": "agent", "login": "tove" });
            let set = json!({ "holder": tove, "group": group, "key": key, "held": held });
            granted::<Value>("a key", self.ines.put("/api/admin/keys", set).await);
        }
    }

    /// All that can be done to a ticket of Travel, and making one; how many cells that were.
    async fn acts(&self, sees: bool, key: &str) -> u64 {
        let sees = sees || key == "rw";
        let row = if sees { "ro" } else { "no ro" };
        let can = match key {
            "note" => vec![TicketCan::Note],
            "owner" => vec![TicketCan::Owner],
            "priority" => vec![TicketCan::Priority],
            "rw" => vec![
                TicketCan::Note,
                TicketCan::Owner,
                TicketCan::Priority,
                TicketCan::Change,
            ],
            _ => Vec::new(),
        };
        for (act, keys) in ACTS {
            let wanted = match (sees, keys.contains(&key)) {
                (false, _) => 404,
                (true, true) => 200,
                (true, false) => 403,
            };
            let cell = format!("{row} and {key:?}: {act}");
            let ticket = self.ticket().await;
            let read = self.tove.get(&format!("/api/tickets/{ticket}")).await;
            if !sees {
                self.judge(&format!("{cell}, read"), 404, &read);
            } else if read.1["can"] != json!(can) {
                self.lane.violation(format!("{cell}: can {}", read.1["can"]));
            }
            self.tries(&cell, ticket, act, wanted).await;
        }
        let body = json!({ "cid": Uuid::now_v7(), "title": "Hers", "text": "He rang.", "queue": self.travel });
        let made = self.tove.post("/api/tickets", body).await;
        let wanted = match (MAY_CREATE.contains(&key), sees) {
            (true, _) => 200,
            (false, true) => 403,
            // There is no such queue for her.
            (false, false) => 404,
        };
        self.judge(&format!("{row} and {key:?}: make one"), wanted, &made);
        ACTS.len() as u64 + 1
    }

    /// Out of Travel into Misc, with these keys here and there.
    async fn moves(&self, here: &str, there: &str) -> u64 {
        let may = here == "rw" && ["move_into", "rw"].contains(&there);
        let ticket = self.ticket().await;
        let cell = format!("{here:?} on Travel, {there:?} on Misc");
        self.tries(&cell, ticket, "into Misc", if may { 200 } else { 403 })
            .await;
        let is_in = view(&self.ines, ticket).await.queue.id;
        if (is_in == self.misc) != may {
            self.lane.violation(format!("{cell}: it is in {is_in}"));
        }
        1
    }

    /// One that waits, so that each act would change it.
    async fn ticket(&self) -> Uuid {
        let body = json!({ "cid": Uuid::now_v7(), "title": "A refund", "text": "She rang.", "queue": self.travel,
            "state": "pending_reminder", "pending_until": LATER });
        make(&self.ines, body).await.id
    }

    /// One cell: the answer is the wanted one, and the ticket another only if it was a yes.
    async fn tries(&self, cell: &str, ticket: Uuid, act: &str, wanted: u16) {
        let before = view(&self.ines, ticket).await;
        let answer = self.does(ticket, act, before.version).await;
        self.judge(cell, wanted, &answer);
        let after = view(&self.ines, ticket).await;
        let is_same =
            (after.version, &after.articles, &after.history) == (before.version, &before.articles, &before.history);
        if is_same != (wanted != 200) {
            let (old, new) = (before.version, after.version);
            self.lane
                .violation(format!("{cell}: version {old}, then {new}: {:?}", after.history));
        }
    }

    async fn does(&self, ticket: Uuid, act: &str, version: i64) -> (u16, Value) {
        let mut change = match act {
            "note" => {
                let note = json!({ "cid": Uuid::now_v7(), "visible": false, "subject": "Hm", "text": "Be quick." });
                return self.tove.post(&format!("/api/tickets/{ticket}/articles"), note).await;
            }
            "chat" => {
                let chat = json!({ "chat": self.chat, "keep_open": true });
                return append(&self.tove, ticket, Uuid::now_v7(), chat).await;
            }
            "owner" => json!({ "owner": self.maren }),
            "responsible" => json!({ "responsible": self.maren }),
            "priority" => json!({ "priority": 5 }),
            "state" => json!({ "state": "open" }),
            "title" => json!({ "title": "A big refund" }),
            "type" => json!({ "type": "incident" }),
            "lock" => json!({ "locked": true }),
            "pending date" => json!({ "pending_until": LATER + 60_000 }),
            "into the group's other queue" => json!({ "queue": self.night }),
            "into Misc" => json!({ "queue": self.misc }),
            other => panic!("{other} is no act"),
        };
        change["version"] = version.into();
        self.tove.post(&format!("/api/tickets/{ticket}/change"), change).await
    }

    fn judge(&self, cell: &str, wanted: u16, (status, body): &(u16, Value)) {
        self.lane.case();
        let code = match wanted {
            403 => Some("not_allowed"),
            404 => Some("not_found"),
            _ => None,
        };
        if *status != wanted || code.is_some_and(|code| body["code"] != code) {
            self.lane
                .violation(format!("{cell}: wanted {wanted}, and got {status} {body}"));
        }
    }
}
