//! What administrators change: it acts at once, everywhere, is told by the audit log, and can be taken back.

mod made;

use crate::client::{Client, granted, refused};
use crate::desk::{CROWDED, Desk, Engine, on_both};
use proof::Lane;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio::time::sleep;
use uuid::Uuid;
use wire::{
    AdminAgent, AdminAgents, AdminChannel, AdminChannels, AdminMade, AdminRights, AdminSetting, AdminSettings,
    AuditPage, AuditRecord, ChannelFields, ChatState, NewPassword, Offer, SettingKind, SettingsPlan, SettingsText,
    Surface,
};

pub async fn setting(admin: &Client, name: &str) -> AdminSetting {
    let all: AdminSettings = granted("settings", admin.get("/api/admin/settings").await);
    let found = all.settings.into_iter().find(|setting| setting.name == name);
    found.expect("a setting")
}

async fn try_set(admin: &Client, name: &str, value: Option<&str>, was: &str) -> (u16, Value) {
    let mut body = json!({ "was": was });
    if let Some(value) = value {
        body["value"] = value.into();
    }
    admin.put(&format!("/api/admin/settings/{name}"), body).await
}

async fn set(admin: &Client, name: &str, value: Option<&str>, was: &str) {
    let _: Value = granted("set", try_set(admin, name, value, was).await);
}

async fn records(admin: &Client, query: &str) -> Vec<AuditRecord> {
    let page: AuditPage = granted("audit", admin.get(&format!("/api/admin/audit{query}")).await);
    page.records
}

#[tokio::test]
async fn a_setting_acts_at_once_is_told_and_goes_back() {
    on_both(async |desk: Desk| {
        let (ines, maren, hanne) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.customer("hanne").await,
        );
        let _here = ines.live().await;
        let is = setting(&ines, "customer_to_agent").await;
        assert_eq!((&*is.value, &*is.default, is.kind), ("1", "1", SettingKind::Switch));
        refused(maren.get("/api/admin/settings").await, 404, "not_found");
        refused(
            try_set(&maren, "customer_to_agent", Some("0"), "1").await,
            404,
            "not_found",
        );
        assert!(ines.me().await.administers && !maren.me().await.administers);

        set(&ines, "customer_to_agent", Some("0"), "1").await;
        let body = json!({ "cid": Uuid::now_v7(), "text": "Is anybody there?" });
        refused(hanne.post("/api/chats", body).await, 403, "not_offered");
        // Who looked before it was changed learns that it was.
        refused(
            try_set(&ines, "customer_to_agent", Some("1"), "1").await,
            409,
            "changed_meanwhile",
        );
        for (name, value) in [
            ("customer_to_agent", "2"),
            ("lease_s", "0"),
            ("lease_s", "soon"),
            ("agent_alias", "a\nb"),
        ] {
            let was = setting(&ines, name).await.value;
            refused(try_set(&ines, name, Some(value), &was).await, 422, "bad_input");
        }
        let (_, problem) = try_set(&ines, "lease", Some("5"), "5").await;
        assert!(problem.to_string().contains("the nearest is lease_s"), "{problem}");
        // What changes nothing is not told.
        set(&ines, "customer_to_agent", Some("0"), "0").await;
        set(&ines, "customer_to_agent", None, "0").await;
        hanne.start_chat("Is anybody there?").await;

        let told = records(&ines, "?kind=setting&subject=customer_to_agent").await;
        let told: Vec<_> = told
            .iter()
            .map(|it| (&*it.by_name, it.old.as_deref(), it.new.as_deref()))
            .collect();
        let (off, on) = (("Ines Vogt", Some("1"), Some("0")), ("Ines Vogt", Some("0"), Some("1")));
        assert_eq!(told, [on, off]);
        refused(maren.get("/api/admin/audit").await, 404, "not_found");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_text_of_settings_is_applied_as_a_whole_or_not_at_all() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let text = |text: &str| json!({ "text": text });
        let plan: SettingsPlan = granted(
            "a plan",
            ines.post(
                "/api/admin/settings/plan",
                text("lease_s = 77\nagent_alias = \"Skerry\""),
            )
            .await,
        );
        assert_eq!((plan.changes.len(), plan.problems.len()), (2, 0));
        assert_eq!(setting(&ines, "lease_s").await.value, "120", "only a plan");
        let half: SettingsPlan = granted(
            "refused",
            ines.post(
                "/api/admin/settings/apply",
                text("lease_s = 77\nno_answer_s = 0\nlease = 1"),
            )
            .await,
        );
        assert_eq!((half.changes.len(), half.problems.len()), (1, 2));
        assert_eq!(setting(&ines, "lease_s").await.value, "120", "half of it is none of it");
        refused(
            ines.post("/api/admin/settings/apply", text("lease_s = ")).await,
            422,
            "bad_input",
        );
        let done: SettingsPlan = granted(
            "applied",
            ines.post(
                "/api/admin/settings/apply",
                text("lease_s = 77\nagent_alias = \"Skerry\""),
            )
            .await,
        );
        assert_eq!(done.changes.len(), 2);
        let kept: SettingsText = granted("kept", ines.get("/api/admin/settings/text").await);
        assert!(kept.text.contains("\nlease_s = 77\n") && kept.text.contains("\nagent_alias = \"Skerry\"\n"));

        // The same on the command line, with the file that was kept.
        set(&ines, "lease_s", None, "77").await;
        desk.put("kept.toml", &kept.text);
        let file = desk.path("kept.toml");
        let plan = desk.cli(&["settings", "plan", &file]).await;
        assert_eq!(
            plan,
            "lease_s: 120 -> 77\n1 settings would be changed. Nothing is changed.\n"
        );
        desk.cli(&["settings", "apply", &file]).await;
        assert_eq!(setting(&ines, "lease_s").await.value, "77");
        assert_eq!(
            desk.cli(&["settings", "apply", &file]).await,
            "Everything is as the file has it.\n"
        );
        desk.put("broken.toml", "lease_s = 1\nlease = 5\n");
        let (status, printed) = desk
            .try_cli(&["settings", "apply", &desk.path("broken.toml")], "")
            .await;
        assert!(
            !status.success() && printed.contains("the nearest is lease_s"),
            "{printed}"
        );
        assert_eq!(setting(&ines, "lease_s").await.value, "77");
        assert_eq!(
            desk.cli(&["settings", "export"]).await.trim(),
            kept.text.trim(),
            "as it was kept"
        );
        desk.cli(&["settings", "reset", "lease_s"]).await;
        assert_eq!(records(&ines, "").await[0].by_name, "command line");
        desk.verify().await;
    })
    .await;
}

async fn channel(admin: &Client, name: &str) -> AdminChannel {
    let all: AdminChannels = granted("channels", admin.get("/api/admin/channels").await);
    let found = all.channels.into_iter().find(|channel| channel.channel.name == name);
    found.expect("a channel")
}

async fn try_change(admin: &Client, is: &AdminChannel, change: impl Fn(&mut ChannelFields)) -> (u16, Value) {
    let mut channel = is.channel.clone();
    change(&mut channel);
    let body = json!({ "channel": channel, "version": is.version });
    admin.put(&format!("/api/admin/channels/{}", is.id), body).await
}

#[tokio::test]
async fn channels_are_made_and_changed_on_what_was_seen() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.live().await;
        let fields = json!({ "name": "Night ferry", "group": "travel", "for_customer_users": true, "for_public_users": false,
            "reply_target_s": 120, "retention_days": 30, "valid": true, "comment": "", "texts": [] });
        let made: AdminMade = granted("made", ines.post("/api/admin/channels", fields.clone()).await);
        refused(ines.post("/api/admin/channels", fields).await, 409, "taken");
        let is = channel(&ines, "Night ferry").await;
        assert_eq!((is.id, is.channel.retention_days), (made.id, 30));
        let offered = async || -> bool {
            let offer: Offer = granted("an offer", hanne.get("/api/offer").await);
            offer.channels.iter().any(|offered| offered.channel.id == made.id)
        };
        assert!(offered().await, "at once");
        let _: Value = granted("hidden", try_change(&ines, &is, |it| it.for_customer_users = false).await);
        assert!(!offered().await, "at once");
        // Who looked before that learns of it.
        refused(try_change(&ines, &is, |it| it.reply_target_s = 5).await, 409, "changed_meanwhile");
        let is = channel(&ines, "Night ferry").await;
        for change in [
            (|it| it.reply_target_s = 0) as fn(&mut ChannelFields),
            |it| it.retention_days = -1,
            |it| it.name = " ".into(),
        ] {
            let (status, _) = try_change(&ines, &is, change).await;
            assert_eq!(status, 422);
        }
        refused(try_change(&ines, &is, |it| it.group = "nobody".into()).await, 404, "not_found");
        refused(try_change(&ines, &is, |it| it.name = "Default".into()).await, 409, "taken");
        assert_eq!(channel(&ines, "Night ferry").await, is, "nothing half done");
        let _: Value = granted("invalid", try_change(&ines, &is, |it| it.valid = false).await);

        // What queues and snippets lead to, and the Default channel, stay.
        for name in ["Travel desk", "Default"] {
            let is = channel(&ines, name).await;
            refused(try_change(&ines, &is, |it| it.valid = false).await, 422, "bad_input");
            assert!(channel(&ines, name).await.channel.valid);
        }
        let told = records(&ines, &format!("?kind=channel&subject={}", made.id)).await;
        let told: Vec<_> = told.iter().map(|it| it.new.as_deref().unwrap_or_default()).collect();
        assert_eq!(told[..2], [r#"{"valid":false}"#, r#"{"for_customer_users":false}"#]);
        assert_eq!(told.len(), 4);
        desk.verify().await;
    })
    .await;
}

async fn agent(admin: &Client, login: &str) -> AdminAgent {
    let found: AdminAgents = granted("agents", admin.get(&format!("/api/admin/agents?q={login}")).await);
    let found = found.agents.into_iter().find(|agent| agent.login == login);
    found.expect("an agent")
}

#[tokio::test]
async fn an_agent_is_made_given_rights_and_ended() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let new = json!({ "login": "noor", "name": "Noor Haddad", "email": "noor@skerry.example" });
        let told: NewPassword = granted("made", ines.post("/api/admin/agents", new.clone()).await);
        refused(ines.post("/api/admin/agents", new).await, 409, "taken");
        let (status, _) = ines.post("/api/admin/agents", json!({ "login": "a b", "name": "Ab" })).await;
        assert_eq!(status, 422);
        let noor = desk.sign_in(Surface::Agent, "noor", told.password.as_deref().unwrap()).await;
        refused(noor.get("/api/admin/agents").await, 404, "not_found");

        // Keys and roles act at once.
        let key = |group: &str, key: &str, held: bool| {
            json!({ "holder": { "is": "agent", "login": "noor" }, "group": group, "key": key, "held": held })
        };
        assert!(noor.me().await.channels.is_empty());
        let _: Value = granted("a key", ines.put("/api/admin/keys", key("freight", "chat_owner", true)).await);
        let mine: Vec<_> = noor.me().await.channels.into_iter().map(|mine| mine.channel.name).collect();
        assert_eq!(mine, ["Freight"]);
        refused(ines.put("/api/admin/keys", key("nothing", "ro", true)).await, 404, "not_found");
        refused(ines.put("/api/admin/keys", key("freight", "all", true)).await, 404, "not_found");
        let _: Value = granted("a group", ines.post("/api/admin/groups", json!({ "name": "night" })).await);
        refused(ines.post("/api/admin/groups", json!({ "name": "night" })).await, 409, "taken");
        let _: Value = granted("a role", ines.post("/api/admin/roles", json!({ "name": "Night crew" })).await);
        let of_role = json!({ "holder": { "is": "role", "name": "Night crew" }, "group": "admin", "key": "rw", "held": true });
        let _: Value = granted("its key", ines.put("/api/admin/keys", of_role).await);
        let member = json!({ "role": "Night crew", "login": "noor", "member": true });
        let _: Value = granted("in it", ines.put("/api/admin/members", member).await);
        let rights: AdminRights = granted("rights", noor.get("/api/admin/rights").await);
        let crew = rights.roles.iter().find(|role| role.name == "Night crew").expect("the role");
        assert_eq!((crew.members, crew.keys.len()), (1, 1));
        assert!(rights.groups.contains(&"night".to_owned()) && rights.keys.len() == 10);
        let is = agent(&noor, "noor").await;
        assert_eq!((is.roles.len(), is.keys.len(), is.id), (1, 1, told.id));

        // Two administrators, one account.
        let path = format!("/api/admin/agents/{}", is.id);
        let change = |name: &str, valid: bool, version: i64| {
            json!({ "name": name, "email": "", "valid": valid, "version": version })
        };
        let found = async |part: &str| -> usize {
            let found: AdminAgents = granted("found", ines.get(&format!("/api/admin/agents?q={part}")).await);
            found.agents.len()
        };
        for part in ["HADD", "noo", "noor%40SKERRY"] {
            assert_eq!(found(part).await, 1, "{part}");
        }
        let _: Value = granted("renamed", noor.put(&path, change("Noor H.", true, is.version)).await);
        for (part, count) in [("hadd", 0), ("noor%40", 0), ("r%20h.", 1), ("noor", 1)] {
            assert_eq!(found(part).await, count, "{part}");
        }
        refused(ines.put(&path, change("Noor", true, is.version)).await, 409, "changed_meanwhile");
        let is = agent(&ines, "noor").await;
        assert_eq!((&*is.name, is.email.as_deref()), ("Noor H.", None));
        let again: NewPassword = granted("a password", ines.post(&format!("{path}/password"), json!({})).await);
        refused(noor.get("/api/session").await, 401, "signed_out");
        let noor = desk.sign_in(Surface::Agent, "noor", again.password.as_deref().unwrap()).await;
        let is = agent(&ines, "noor").await;
        let _: Value = granted("ended", ines.put(&path, change("Noor H.", false, is.version)).await);
        refused(noor.get("/api/session").await, 401, "signed_out");
        assert!(!agent(&ines, "noor").await.valid);

        // Whoever is left has to administer.
        let me = agent(&ines, "ines").await;
        let path = format!("/api/admin/agents/{}", me.id);
        refused(ines.put(&path, change("Ines Vogt", false, me.version)).await, 409, "last_administrator");
        let kept = serde_json::to_string(&every_record(&ines).await).expect("JSON");
        for password in [told.password.unwrap(), again.password.unwrap()] {
            assert!(!kept.contains(&password));
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn agents_are_listed_page_by_page() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        for n in 0..60 {
            let new = json!({ "login": format!("crew{n:02}"), "name": format!("Crew 100% {n:02}") });
            let _: NewPassword = granted("made", ines.post("/api/admin/agents", new).await);
        }
        let page = async |query: &str| -> AdminAgents {
            granted("a page", ines.get(&format!("/api/admin/agents{query}")).await)
        };
        let first = page("").await;
        let next = first.next.expect("a further page");
        let second = page(&format!("?after={next}")).await;
        assert_eq!((first.agents.len(), second.agents.len(), second.next), (50, 14, None));
        let logins: BTreeSet<_> = first
            .agents
            .iter()
            .chain(&second.agents)
            .map(|agent| &agent.login)
            .collect();
        assert_eq!(logins.len(), 64);
        assert_eq!(
            page("?q=00%25%2005").await.agents.len(),
            1,
            "what is typed stands for itself"
        );
        assert_eq!(page("?q=CREW").await.agents.len(), 50);
        assert_eq!(page("?q=nobody").await.agents.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn every_node_follows_a_setting_within_five_seconds() {
    let lane = Lane::part("administration", "every_node_follows_a_setting_within_five_seconds");
    let Some(desk) = Desk::start_with(Engine::TwoNodes, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    // At one node, and at the other.
    let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
    let _here = ines.live().await;
    let mut slowest = Duration::ZERO;
    for (value, was) in [("0", "1"), ("1", "0"), ("0", "1"), ("1", "0")] {
        set(&ines, "customer_to_agent", Some(value), was).await;
        let began = Instant::now();
        loop {
            let offer: Offer = granted("an offer", hanne.get("/api/offer").await);
            if offer.channels.is_empty() == (value == "0") {
                break;
            }
            assert!(began.elapsed() < Duration::from_secs(5), "{offer:?}");
            sleep(Duration::from_millis(20)).await;
        }
        slowest = slowest.max(began.elapsed());
    }
    lane.figure("followed_ms", slowest.as_millis() as u64);
    lane.case();
    lane.finish();
}

#[tokio::test]
async fn all_that_is_administered_is_in_the_log_and_the_log_is_whole() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        desk.cli(&["channel", "set", "Freight", "--reply-target", "45"]).await;
        desk.cli(&["customer", "deactivate", "elin"]).await;
        desk.cli(&["grant", "maren", "freight", "ro"]).await;
        desk.cli(&["revoke", "maren", "freight", "ro"]).await;
        desk.cli(&["retention", "set", "Freight", "30"]).await;
        let told = records(&ines, "").await;
        let newest: Vec<_> = told
            .iter()
            .take(5)
            .map(|it| (&*it.kind, it.name.as_deref(), it.old.as_deref(), it.new.as_deref()))
            .collect();
        assert_eq!(
            newest,
            [
                (
                    "channel",
                    Some("Freight"),
                    Some(r#"{"retention_days":0}"#),
                    Some(r#"{"retention_days":30}"#)
                ),
                (
                    "agent",
                    Some("Maren Holt"),
                    Some(r#"{"group":"freight","key":"ro"}"#),
                    None
                ),
                (
                    "agent",
                    Some("Maren Holt"),
                    None,
                    Some(r#"{"group":"freight","key":"ro"}"#)
                ),
                (
                    "customer_user",
                    Some("Elin Sandvik"),
                    Some(r#"{"valid":true}"#),
                    Some(r#"{"valid":false}"#)
                ),
                (
                    "channel",
                    Some("Freight"),
                    Some(r#"{"reply_target_s":60}"#),
                    Some(r#"{"reply_target_s":45}"#)
                ),
            ]
        );
        // The cast came by it, too: each agent, customer user, channel, queue.
        let all = every_record(&ines).await;
        let kinds: BTreeSet<_> = all.iter().map(|it| &*it.kind).collect();
        assert!(
            kinds.is_superset(
                &[
                    "agent",
                    "channel",
                    "customer_user",
                    "queue",
                    "role",
                    "setting",
                    "snippet"
                ]
                .into()
            )
        );
        let kept = serde_json::to_string(&all).expect("JSON");
        assert!(
            !kept.contains("elin@") && !kept.contains("argon2"),
            "what may be erased is not kept for ever, and no secret"
        );

        // Each hash follows from the record and the one before.
        let mut before = [0_u8; 32];
        for record in all.iter().rev() {
            let by = record.by.map(|id| id.to_string());
            let (at, n, name) = (record.at, record.n, &record.by_name);
            let list = json!([n, at, by, name, record.kind, record.subject, record.old, record.new]);
            before = Sha256::digest([&before[..], list.to_string().as_bytes()].concat()).into();
            let hash: String = before.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(record.hash, hash, "{record:?}");
        }
        let file = desk.path("audit.jsonl");
        desk.cli(&["audit", "--export", &file]).await;
        let lines = std::fs::read_to_string(&file).expect("the export");
        assert_eq!(lines.lines().count(), all.len());
        assert!(
            !desk.try_cli(&["audit", "--export", &file], "").await.0.success(),
            "never over a file"
        );
        assert!(
            desk.cli(&["audit"])
                .await
                .contains("command line, channel Freight: {\"retention_days\":0}")
        );
        desk.verify().await;
    })
    .await;
}

async fn every_record(admin: &Client) -> Vec<AuditRecord> {
    let (mut all, mut query) = (Vec::new(), String::new());
    loop {
        let page: AuditPage = granted("audit", admin.get(&format!("/api/admin/audit{query}")).await);
        all.extend(page.records);
        match page.next {
            Some(before) => query = format!("?before={before}"),
            None => return all,
        }
    }
}

#[tokio::test]
async fn the_last_who_administers_stays() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        for attempt in [&["revoke", "ines", "admin", "rw"][..], &["agent", "deactivate", "ines"]] {
            let (status, printed) = desk.try_cli(attempt, "").await;
            assert!(!status.success() && printed.contains("administer"), "{printed}");
        }
        desk.cli(&["grant", "maren", "admin", "rw"]).await;
        desk.cli(&["revoke", "ines", "admin", "rw"]).await;
        refused(ines.get("/api/admin/settings").await, 404, "not_found");
        assert!(desk.agent("maren").await.me().await.administers);
    })
    .await;
}

#[tokio::test]
async fn a_clock_set_back_while_the_service_is_down_ends_nothing_and_keeps_no_dead_lease() {
    on_both(async |mut desk: Desk| {
        let lane = Lane::part("administration", &format!("a clock set back, on {}", desk.engine));
        for minutes in [2 * 60, 3 * 24 * 60] {
            desk.restart_with(&[("lease_s", 2), ("external_closes_s", 3_600)]).await;
            let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
            let maren = desk.agent("maren").await;
            let hers_until_then = maren.stays().await;
            let chat = hanne.start_chat("What time is it?").await.id;
            maren.accept(chat).await;
            set(&ines, "no_answer_s", Some("200"), "180").await;
            let before = records(&ines, "").await;

            desk.sigkill().await;
            drop(hers_until_then);
            desk.minutes_pass(-minutes).await;
            desk.serve().await;
            // Who was in is in, and what was said is there in its order.
            let (_here, mut hers) = (ines.stays().await, hanne.live().await);
            hers.watch(chat).await;
            hanne.say(chat, "And now?").await;
            let told = hanne.snapshot(chat).await;
            let seqs: Vec<_> = told.entries.iter().map(|entry| entry.seq).collect();
            assert!(seqs.is_sorted() && seqs.len() >= 4, "{seqs:?}");
            // Whoever has vanished does not keep it for the hours that the clock lacks.
            hers.sees(chat, "that it waits", |chat| chat.view.state == ChatState::Requested)
                .await;
            ines.accept(chat).await;
            ines.close(chat).await;
            // What is changed is decided on what was before, and told after it.
            assert_eq!(try_set(&ines, "no_answer_s", Some("190"), "180").await.0, 409);
            set(&ines, "no_answer_s", None, "200").await;
            let after = records(&ines, "").await;
            assert_eq!(after[1], before[0]);
            assert!(
                after[0].n > before[0].n && after[0].old.as_deref() == Some("200"),
                "{:?}",
                after[0]
            );
            let again = desk.agent("maren").await;
            assert_eq!(again.me().await.name, "Maren Holt");
            desk.verify().await;
            lane.case();
        }
        lane.finish();
    })
    .await;
}
