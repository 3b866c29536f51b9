//! A case for each setting: what it does to the running program, told to it as an administrator tells it.

use crate::accounts::profile::{picture, put_picture};
use crate::client::{Client, SentFile, granted, refused};
use crate::desk::{CROWDED, Desk, Engine};
use crate::live::{Live, PATIENCE};
use crate::mail::{Arrived, Smtp};
use crate::tickets::{about, queue};
use domain::Settings;
use domain::cast::PASSWORD;
use proof::Lane;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use uuid::Uuid;
use wire::{
    AdminLetter, AdminLetters, ChatState, ChatView, ClientFrame, ClosedReason, Offer, People, Presence, SnippetView,
    Started, Surface,
};

#[tokio::test]
async fn each_setting_does_what_it_says_on_sqlite() {
    each_setting(Engine::Sqlite).await;
}

#[tokio::test]
async fn each_setting_does_what_it_says_on_postgres() {
    each_setting(Engine::Postgres).await;
}

async fn each_setting(engine: Engine) {
    let lane = Lane::part("settings", &format!("each setting on {engine}"));
    let Some(mut desk) = Desk::start_with(engine, CROWDED).await else {
        return lane.skip("no PostgreSQL here");
    };
    // Mail goes to a port where nobody answers at first.
    let mute = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = mute.local_addr().expect("an address").port();
    desk.configure(&format!(
        "[mail]\nserver = \"localhost:{port}\"\ntls = \"none\"\nfrom = \"help@skerry.example\"\n"
    ))
    .await;
    let mut house = House {
        shown: BTreeSet::new(),
        lane,
        ines: desk.agent("ines").await,
        desk,
    };
    house.who_may_begin().await;
    house.who_is_here().await;
    house.what_waits().await;
    house.what_agents_are_called().await;
    house.how_pages_look().await;
    house.what_is_too_much().await;
    house.what_is_sent(mute).await;
    let all: BTreeSet<_> = Settings::TABLE.iter().map(|setting| setting.name).collect();
    assert_eq!(all, house.shown, "each setting has its case");
    house.desk.verify().await;
    house.lane.figure("settings", all.len() as u64);
    house.lane.finish();
}

/// A desk whose settings are changed one after the other.
struct House {
    desk: Desk,
    ines: Client,
    lane: Lane,
    shown: BTreeSet<&'static str>,
}

/// Until it holds, within what is promised for every node.
async fn soon(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !holds().await {
        assert!(Instant::now() < until, "{what}");
        sleep(Duration::from_millis(50)).await;
    }
}

async fn start(client: &Client) -> (u16, Value) {
    let body = json!({ "cid": Uuid::now_v7(), "text": "Is anybody there?" });
    client.post("/api/chats", body).await
}

async fn view(client: &Client, chat: Uuid) -> ChatView {
    client.snapshot(chat).await.chat
}

impl House {
    /// Sets one, which has its case thereby.
    async fn set(&mut self, name: &'static str, value: impl ToString) {
        let was = crate::administration::setting(&self.ines, name).await.value;
        let body = json!({ "was": was, "value": value.to_string() });
        let set = self.ines.put(&format!("/api/admin/settings/{name}"), body).await;
        granted::<Value>(name, set);
        if self.shown.insert(name) {
            self.lane.case();
        }
    }

    async fn people(&self, tab: &str) -> People {
        granted("people", self.ines.get(&format!("/api/people?tab={tab}")).await)
    }

    async fn comes_to_be(&self, tab: &str, name: &str, presence: Presence) {
        soon(&format!("{name} is {presence:?}"), async || {
            let people = self.people(tab).await;
            people
                .rows
                .iter()
                .any(|row| row.name == name && row.presence == presence)
        })
        .await;
    }

    async fn who_may_begin(&mut self) {
        let (maren, hanne) = (self.desk.agent("maren").await, self.desk.customer("hanne").await);
        let _here = (maren.stays().await, hanne.stays().await);
        let offered = async || -> bool {
            let offer: Offer = granted("an offer", hanne.get("/api/offer").await);
            !offer.channels.is_empty()
        };
        let visitor = self.desk.stranger(Surface::Visitor);
        let visible = async || -> bool {
            let seen: SnippetView = granted("a snippet", visitor.get("/api/snippets/skerry-ferries").await);
            !seen.channels.is_empty()
        };
        assert!(offered().await && visible().await);
        self.set("public_to_agent", 0).await;
        assert!(!visible().await && offered().await);
        self.set("public_to_agent", 1).await;
        self.set("customer_to_agent", 0).await;
        assert!(visible().await && !offered().await);
        refused(start(&hanne).await, 403, "not_offered");
        self.set("customer_to_agent", 1).await;
        self.set("agent_to_customer", 0).await;
        refused(self.ines.try_ask(&hanne, "Hello").await, 403, "not_offered");
        self.set("agent_to_customer", 1).await;
        let travel = queue(&self.ines, "Travel").await;
        let refund = about::ticket_for(&self.ines, &hanne, travel, "A refund").await.id;
        self.set("agent_starts_without_ticket", 0).await;
        refused(self.ines.try_ask(&hanne, "Hello").await, 403, "not_offered");
        self.set("agent_starts_without_ticket", 1).await;
        self.set("agent_starts_from_ticket", 0).await;
        refused(about::try_ask(&self.ines, &hanne, refund).await, 403, "not_offered");
        self.set("agent_starts_from_ticket", 1).await;
        self.set("agent_starts_need_lock", 1).await;
        refused(about::try_ask(&self.ines, &hanne, refund).await, 409, "lock_first");
        self.set("agent_starts_need_lock", 0).await;
        self.who_holds_the_key(&hanne, refund).await;
        let jonas = self.desk.customer("jonas").await;
        let his_channel = async || about::hers(&jonas, refund).await.channel;
        assert_eq!(his_channel().await, None, "a colleague's");
        self.set("customer_starts_from_company_ticket", 1).await;
        assert!(his_channel().await.is_some());
        let begun: Started = granted("a colleague's", about::try_start(&jonas, refund).await);
        jonas.close(begun.chat.id).await;
        self.set("customer_starts_from_company_ticket", 0).await;
        refused(about::try_start(&jonas, refund).await, 403, "not_offered");
        let its_channel = async || about::hers(&hanne, refund).await.channel;
        self.set("customer_starts_without_ticket", 0).await;
        assert!(!offered().await && its_channel().await.is_some());
        refused(start(&hanne).await, 403, "not_offered");
        self.set("customer_starts_without_ticket", 1).await;
        self.set("customer_starts_from_ticket", 0).await;
        assert!(offered().await && its_channel().await.is_none());
        refused(about::try_start(&hanne, refund).await, 403, "not_offered");
        self.set("customer_starts_from_ticket", 1).await;
        self.set("agent_to_agent", 0).await;
        refused(self.ines.try_ask(&maren, "Hello").await, 403, "not_offered");
        self.set("agent_to_agent", 1).await;
        self.set("starting_group", "freight").await;
        refused(self.ines.try_ask(&maren, "Hello").await, 403, "not_allowed");
        self.set("starting_group", "users").await;
        self.set("receiving_group", "admin").await;
        // Maren holds no key there: nobody can ask her.
        assert_eq!(self.ines.try_ask(&maren, "Hello").await.0, 409);
        self.set("receiving_group", "users").await;

        let chat = hanne.start_chat("This will not last.").await.id;
        maren.accept(chat).await;
        self.set("chat_active", 0).await;
        soon("the chat ends with the switch", async || {
            view(&hanne, chat).await.closed_reason == Some(ClosedReason::SwitchedOff)
        })
        .await;
        self.comes_to_be("agents", "Maren Holt", Presence::Unavailable).await;
        assert!(!offered().await && !visible().await);
        self.set("chat_active", 1).await;
    }

    /// Tove may write in the channel, and of the ticket's keys she holds `ro`.
    async fn who_holds_the_key(&mut self, hanne: &Client, ticket: Uuid) {
        let tove = self.desk.agent("tove").await;
        self.desk.cli(&["grant", "tove", "travel", "chat_participant"]).await;
        tove.be("internal_and_external").await;
        for key in ["rw", "note"] {
            self.set("agent_starts_need_key", key).await;
            refused(about::try_ask(&tove, hanne, ticket).await, 403, "not_allowed");
        }
        self.set("agent_starts_need_key", "ro").await;
        let asked: Started = granted("asked", about::try_ask(&tove, hanne, ticket).await);
        granted::<Value>("declined", hanne.act(asked.chat.id, "decline").await);
        let body = json!({ "was": "ro", "value": "create" });
        let set = self.ines.put("/api/admin/settings/agent_starts_need_key", body).await;
        refused(set, 422, "bad_input");
        self.set("agent_starts_need_key", "note").await;
        self.desk.cli(&["revoke", "tove", "travel", "chat_participant"]).await;
    }

    async fn who_is_here(&mut self) {
        let (maren, hanne) = (self.desk.agent("maren").await, self.desk.customer("hanne").await);
        let (maren_here, hanne_here) = (maren.live().await, hanne.stays().await);
        self.comes_to_be("agents", "Maren Holt", Presence::Active).await;
        self.set("agent_idle_s", 1).await;
        self.comes_to_be("agents", "Maren Holt", Presence::Away).await;
        self.set("agent_idle_s", 300).await;
        self.set("customer_idle_s", 1).await;
        self.comes_to_be("customers", "Hanne Dahl", Presence::Away).await;
        self.set("customer_idle_s", 300).await;

        self.set("offline_after_s", 600).await;
        drop(hanne_here);
        sleep(Duration::from_millis(1_500)).await;
        assert!(
            self.people("customers")
                .await
                .rows
                .iter()
                .any(|row| row.name == "Hanne Dahl")
        );
        self.set("offline_after_s", 1).await;
        soon("Hanne is gone", async || {
            !self
                .people("customers")
                .await
                .rows
                .iter()
                .any(|row| row.name == "Hanne Dahl")
        })
        .await;

        self.set("lease_s", 1).await;
        let chat = hanne.start_chat("Do you stay?").await.id;
        maren.accept(chat).await;
        drop(maren_here);
        soon("the chat waits again", async || {
            view(&hanne, chat).await.state == ChatState::Requested
        })
        .await;
        self.set("lease_s", 3_600).await;
        self.set("offline_after_s", 30).await;
        hanne.close(chat).await;

        self.set("sign_in_lowers_availability", 1).await;
        maren.be("internal_and_external").await;
        soon("Maren is lowered", async || {
            let body = json!({ "surface": "agent", "login": "maren", "password": PASSWORD });
            let (status, signed_in) = self.desk.stranger(Surface::Agent).post("/api/session", body).await;
            assert_eq!(status, 200, "{signed_in}");
            signed_in["me"]["availability"] == "internal"
        })
        .await;
        self.set("sign_in_lowers_availability", 0).await;
        let tove = self.desk.agent("tove").await;
        tove.be("unavailable").await;
        assert!(!tove.me().await.reminds);
        self.set("remind_unavailable", 1).await;
        assert!(tove.me().await.reminds && !self.ines.me().await.reminds);
        self.set("remind_unavailable", 0).await;
        let always = json!({ "zone": "UTC", "ranges": [{ "from": "2020-01-01", "to": "2099-12-31" }] });
        granted::<Value>("out of office", tove.put("/api/me/out_of_office", always).await);
        self.set("out_of_office_text", "Away until {day} ({days} days)").await;
        soon("Tove's absence is in the administrator's words", async || {
            let away = self.people("out_of_office").await;
            let text = away
                .rows
                .first()
                .and_then(|row| row.out_of_office.as_ref()?.text.clone());
            text.as_deref() == Some("Away until {day} ({days} days)")
        })
        .await;
        self.set("out_of_office_text", "").await;
        maren.be("internal_and_external").await;
    }

    async fn what_waits(&mut self) {
        let (maren, hanne) = (self.desk.agent("maren").await, self.desk.customer("hanne").await);
        let _here = maren.stays().await;
        let hanne_here = hanne.stays().await;
        self.set("no_answer_s", 77).await;
        let chat = hanne.start_chat("Is anybody there?").await;
        let since = chat.waiting_since.expect("it waits");
        assert_eq!(chat.no_answer_at.expect("when it says so") - since, 77_000);
        hanne.close(chat.id).await;

        self.set("personal_request_s", 1).await;
        let asked = self.ines.ask(&hanne, "Are you there?").await.id;
        soon("the personal request ends", async || {
            view(&self.ines, asked).await.closed_reason == Some(ClosedReason::Expired)
        })
        .await;
        self.set("personal_request_s", 900).await;

        let chat = hanne.start_chat("I am off in a moment.").await.id;
        maren.accept(chat).await;
        self.set("external_gone_s", 1).await;
        let mut live: Live = maren.live().await;
        drop(hanne_here);
        live.until("that Hanne is gone", |live| {
            live.mine.iter().any(|mine| mine.id == chat && mine.gone)
        })
        .await;
        self.set("external_gone_s", 1_800).await;
        self.set("external_closes_s", 1).await;
        soon("the abandoned chat ends", async || {
            view(&maren, chat).await.closed_reason == Some(ClosedReason::Expired)
        })
        .await;
        self.set("external_closes_s", 86_400).await;

        self.set("visitor_reads_closed_h", 2).await;
        let priya = self.desk.visitor("Priya Raman").await;
        let chat = priya.start_chat("May I read that later?").await.id;
        priya.close(chat).await;
        self.desk.sigkill().await;
        self.desk.minutes_pass(61).await;
        self.desk.serve().await;
        assert_eq!(view(&priya, chat).await.state, ChatState::Closed);
        self.set("visitor_reads_closed_h", 1).await;
        refused(priya.get(&format!("/api/chats/{chat}")).await, 401, "signed_out");
        self.how_long_sessions_last().await;
    }

    async fn how_long_sessions_last(&mut self) {
        let (maren, tove) = (self.desk.agent("maren").await, self.desk.agent("tove").await);
        self.desk.sigkill().await;
        self.desk.minutes_pass(6).await;
        self.desk.serve().await;
        self.ines = self.desk.agent("ines").await;
        let session = "/api/session";
        granted::<Value>("used", maren.get(session).await);
        self.set("session_idle_s", 300).await;
        granted::<Value>("still used", maren.get(session).await);
        refused(tove.get(session).await, 401, "signed_out");
        self.set("session_idle_s", 7_200).await;
        self.set("session_longest_s", 300).await;
        refused(maren.get(session).await, 401, "signed_out");
        granted::<Value>("not so old", self.ines.get(session).await);
        self.set("session_longest_s", 57_600).await;
    }

    async fn what_agents_are_called(&mut self) {
        let (maren, hanne) = (self.desk.agent("maren").await, self.desk.customer("hanne").await);
        let _here = maren.stays().await;
        let mut names = Vec::new();
        for (alias, numbers) in [("Skerry team", 1), ("Skerry team", 0), ("", 1)] {
            self.set("agent_alias", alias).await;
            self.set("agent_alias_numbers", numbers).await;
            let chat = hanne.start_chat("Who are you?").await.id;
            maren.accept(chat).await;
            let seen = view(&hanne, chat).await;
            let agent = seen.members.iter().find(|member| Some(member.n) != seen.me);
            names.push(agent.expect("an agent").name.clone());
            maren.close(chat).await;
        }
        assert_eq!(names, ["Skerry team 1", "Skerry team", "Maren Holt"]);
        self.what_is_seen_of_agents(&maren, &hanne).await;
    }

    /// The picture and the language of the agent who answers, unless agents have another name for externals.
    async fn what_is_seen_of_agents(&mut self, maren: &Client, hanne: &Client) {
        assert_eq!(put_picture(maren, picture(32)).await.0, 200);
        let german = json!({ "language": "de" });
        granted::<Value>("a language", maren.put("/api/me/profile", german).await);
        let chat = hanne.start_chat("Who are you?").await.id;
        maren.accept(chat).await;
        for (shows_picture, shows_language, alias) in
            [(1, 1, ""), (0, 1, ""), (1, 0, ""), (1, 1, "Skerry team"), (1, 1, "")]
        {
            self.set("externals_see_picture", shows_picture).await;
            self.set("externals_see_language", shows_language).await;
            self.set("agent_alias", alias).await;
            let seen = view(hanne, chat).await;
            let of_agent = seen
                .members
                .iter()
                .find(|member| Some(member.n) != seen.me)
                .expect("an agent");
            let path = format!("/api/chats/{chat}/members/{}/picture", of_agent.n);
            let status = hanne.fetch(&path).await.status().as_u16();
            let shows = (
                shows_picture == 1 && alias.is_empty(),
                shows_language == 1 && alias.is_empty(),
            );
            assert_eq!((of_agent.picture.is_some(), of_agent.language.is_some()), shows);
            assert_eq!(status, if shows.0 { 200 } else { 404 });
            // Agents have the page of people for it, and nobody sees the picture of an external here.
            assert_eq!(maren.fetch(&path).await.status(), 404);
            let own = format!("/api/chats/{chat}/members/{}/picture", seen.me.expect("a number"));
            assert_eq!(hanne.fetch(&own).await.status(), 404);
            let elin = self.desk.customer("elin").await;
            assert_eq!(elin.fetch(&path).await.status(), 404);
        }
        maren.close(chat).await;
    }

    async fn how_pages_look(&mut self) {
        let page = async |house: &Self, path: &str| {
            let answer = house.ines.fetch(path).await;
            assert_eq!(answer.status(), 200, "{path}");
            answer.text().await.expect("a text")
        };
        self.set("service_name", "Skerry & \"Sons\" <b>").await;
        for path in ["/agent/", "/portal/"] {
            let text = page(self, path).await;
            assert!(
                text.contains("<title>Skerry &amp; &quot;Sons&quot; &lt;b></title>"),
                "{text}"
            );
            assert!(!text.contains("/look.css") && !text.contains("<b>"), "{text}");
        }
        self.set("service_name", "").await;
        self.set("accent_colour", "#ffe600").await;
        for path in [
            "/agent/",
            "/portal/",
            "/mail/en",
            "/chat/skerry-ferries",
            "/widget/frame/skerry-ferries",
        ] {
            assert!(page(self, path).await.contains("href=\"/look.css\""), "{path}");
        }
        // Yellow is not read on white: by day it is darker, by night as it was chosen.
        let colours = page(self, "/look.css").await;
        assert!(
            colours.contains("--accent:light-dark(#") && colours.contains(",#ffe600);"),
            "{colours}"
        );
        assert!(!colours.contains("light-dark(#ffe600"), "{colours}");
        let body = json!({ "was": "#ffe600", "value": "yellow" });
        refused(
            self.ines.put("/api/admin/settings/accent_colour", body).await,
            422,
            "bad_input",
        );
        self.set("accent_colour", "").await;
        assert!(!page(self, "/agent/").await.contains("look.css"));
        assert_eq!(page(self, "/look.css").await, "");
    }

    /// One that is counted: the next is too much, as the first may have been counted before.
    async fn is_capped(&mut self, name: &'static str, mut tries: impl AsyncFnMut(&Desk) -> u16) {
        self.set(name, 1).await;
        let (first, second) = (tries(&self.desk).await, tries(&self.desk).await);
        assert!(first < 300 || first == 429, "{name}: {first}");
        assert_eq!(second, 429, "{name}");
        self.set(name, 1_000_000).await;
        assert!(tries(&self.desk).await < 300, "{name}: it is taken back");
    }

    async fn what_is_too_much(&mut self) {
        let priya = self.desk.visitor("Priya Raman").await;
        let long = json!({ "cid": Uuid::now_v7(), "text": "x".repeat(101) });
        self.set("external_text_chars", 100).await;
        refused(priya.post("/api/chats", long).await, 422, "too_long");
        self.set("external_text_chars", 3_800).await;
        let maren = self.desk.agent("maren").await;
        let _here = maren.stays().await;
        self.is_capped("sign_ins_per_5_min", async |desk: &Desk| {
            let body = json!({ "surface": "agent", "login": "maren", "password": PASSWORD });
            desk.stranger(Surface::Agent).post("/api/session", body).await.0
        })
        .await;
        self.is_capped("visitors_per_min", async |desk: &Desk| {
            let body = json!({ "name": "Priya Raman" });
            let visitor = desk.stranger(Surface::Visitor);
            visitor.post("/api/snippets/skerry-ferries/visitors", body).await.0
        })
        .await;
        let (hanne, elin) = (self.desk.customer("hanne").await, self.desk.customer("elin").await);
        let ended = async |client: &Client| {
            let (status, started) = start(client).await;
            if status < 300 {
                let chat = started["chat"]["id"].as_str().expect("an id").parse().expect("an id");
                client.close(chat).await;
            }
            status
        };
        self.is_capped("starts_of_one_per_min", async |_: &Desk| ended(&hanne).await)
            .await;
        self.is_capped("starts_per_min", async |_: &Desk| ended(&elin).await)
            .await;

        let priya = self.desk.visitor("Priya Raman").await;
        let hers = priya.start_chat("Here are files.").await.id;
        let his = hanne.start_chat("Here are files, too.").await.id;
        maren.accept(hers).await;
        maren.accept(his).await;
        let sends =
            async |client: &Client, chat: Uuid| client.try_send_file(chat, &SentFile::new("a.txt", b"A file.")).await;
        self.is_capped("files_of_one_per_min", async |_: &Desk| sends(&hanne, his).await.0)
            .await;
        for (name, client, chat) in [
            ("visitor_files_mib", &priya, hers),
            ("customer_files_mib", &hanne, his),
            ("agent_files_mib", &maren, his),
        ] {
            self.set(name, 0).await;
            refused(sends(client, chat).await, 429, "files_over_day");
            self.set(name, 100).await;
            assert!(sends(client, chat).await.0 < 300, "{name}");
        }
        priya.close(hers).await;
        maren.close(his).await;

        self.set("frames_per_s", 1).await;
        let mut live = maren.live().await;
        for _ in 0..50 {
            if live.try_send(&ClientFrame::Ping {}).await.is_err() {
                break;
            }
        }
        live.ended().await;
        self.set("frames_per_s", 1_000_000).await;
    }

    /// The letters that did not arrive, newest first.
    async fn letters(&self) -> Vec<AdminLetter> {
        let all: AdminLetters = granted("letters", self.ines.get("/api/admin/letters").await);
        all.letters
    }

    async fn what_is_sent(&mut self, mute: TcpListener) {
        let port = mute.local_addr().expect("an address").port();
        let (maren, hanne) = (self.desk.agent("maren").await, self.desk.customer("hanne").await);
        let _here = maren.stays().await;
        let chat = hanne.start_chat("Send me that, please.").await.id;
        maren.accept(chat).await;
        let mail = async |client: &Client, more: Value| {
            let mut body = json!({ "cid": Uuid::now_v7(), "language": "en", "zone": "UTC" });
            body.as_object_mut()
                .expect("an object")
                .extend(more.as_object().expect("an object").clone());
            client.post(&format!("/api/chats/{chat}/mail"), body).await
        };
        let (to_agent, to_me) = (json!({ "to": "agent" }), json!({}));
        // The mail server takes the connection and says nothing: that is waited for, and then it is tried again.
        self.set("mail_patience_s", 1).await;
        self.set("mail_again_s", 600).await;
        granted::<Value>("mail", mail(&maren, to_agent.clone()).await);
        soon("the first try ended", async || {
            self.letters()
                .await
                .iter()
                .any(|it| it.tries == 1 && it.due_at.is_some())
        })
        .await;
        let waits = self.letters().await[0].clone();
        let in_ms = waits.due_at.expect("it waits") - waits.at;
        assert!((599_000..720_000).contains(&in_ms), "{in_ms}");
        drop(mute);
        self.set("mail_tries", 1).await;
        granted::<Value>("mail", mail(&maren, to_agent.clone()).await);
        soon("one try is all", async || {
            self.letters()
                .await
                .iter()
                .any(|it| it.state == "failed" && it.tries == 1)
        })
        .await;
        self.set("mail_tries", 12).await;

        // A message nobody sees goes out, in the language that is set for whom no other is known of.
        let smtp = Smtp::on_port(port, &[]);
        self.set("mail_language", "de").await;
        self.set("mail_again_s", 1).await;
        let jonas = self.desk.customer("jonas").await;
        let his = jonas.start_chat("I will be away.").await.id;
        maren.accept(his).await;
        maren.say(his, "That is fine.").await;
        self.set("unseen_mail_s", 1).await;
        let told = |letters: &[Arrived]| {
            letters
                .iter()
                .any(|it| it.part("text/plain").contains("Unterhaltung noch nicht gesehen"))
        };
        soon("a German letter", async || told(&smtp.arrived())).await;
        self.set("unseen_mail_s", 0).await;
        maren.close(his).await;

        self.set("mails_of_agent_per_day", 0).await;
        refused(mail(&maren, to_agent.clone()).await, 429, "mail_capped");
        self.set("mails_of_agent_per_day", 200).await;
        for name in ["mails_of_chat", "mails_to_address_per_day"] {
            self.set(name, 0).await;
            refused(mail(&hanne, to_me.clone()).await, 429, "mail_capped");
            self.set(name, 100).await;
        }
        let priya = self.desk.visitor("Priya Raman").await;
        let hers = priya.start_chat("Send me that, too.").await.id;
        maren.accept(hers).await;
        let asks = async || {
            let body =
                json!({ "cid": Uuid::now_v7(), "language": "en", "zone": "UTC", "address": "priya@raman.example" });
            priya.post(&format!("/api/chats/{hers}/mail"), body).await
        };
        self.set("mails_of_network_per_day", 0).await;
        refused(asks().await, 429, "mail_capped");
        self.set("mails_of_network_per_day", 20).await;
        granted::<Value>("asked", asks().await);
        maren.close(hers).await;
        maren.close(chat).await;
    }
}
