//! Queues, customer users, companies, snippets, hours and letters, as administrators make and change them.

use crate::accounts::profile::picture;
use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both};
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};
use uuid::Uuid;
use wire::{
    AdminChannel, AdminChannels, AdminCompanies, AdminCompany, AdminCustomer, AdminCustomers, AdminLook, AdminMade,
    AdminQueue, AdminQueues, AdminSnippet, AdminSnippets, ChannelFields, Hours, NewPassword, Offer, QueueFields,
    SnippetFields, SnippetView, Span, Surface,
};

async fn queue(admin: &Client, name: &str) -> AdminQueue {
    let all: AdminQueues = granted("queues", admin.get("/api/admin/queues").await);
    let found = all.queues.into_iter().find(|one| one.queue.name == name);
    found.expect("a queue")
}

async fn channel(admin: &Client, name: &str) -> AdminChannel {
    let all: AdminChannels = granted("channels", admin.get("/api/admin/channels").await);
    let found = all.channels.into_iter().find(|one| one.channel.name == name);
    found.expect("a channel")
}

async fn change_channel(admin: &Client, one: &AdminChannel, fields: &ChannelFields) -> (u16, Value) {
    let body = json!({ "channel": fields, "version": one.version });
    admin.put(&format!("/api/admin/channels/{}", one.id), body).await
}

async fn customer(admin: &Client, q: &str) -> AdminCustomer {
    let page: AdminCustomers = granted("customers", admin.get(&format!("/api/admin/customers?q={q}")).await);
    let [found] = <[AdminCustomer; 1]>::try_from(page.customers).expect("one of them");
    found
}

async fn company(admin: &Client, q: &str) -> AdminCompany {
    let page: AdminCompanies = granted("companies", admin.get(&format!("/api/admin/companies?q={q}")).await);
    let [found] = <[AdminCompany; 1]>::try_from(page.companies).expect("one of them");
    found
}

async fn snippet(admin: &Client, public_id: &str) -> AdminSnippet {
    let all: AdminSnippets = granted("snippets", admin.get("/api/admin/snippets").await);
    let found = all.snippets.into_iter().find(|one| one.snippet.public_id == public_id);
    found.expect("a snippet")
}

#[tokio::test]
async fn a_queue_is_made_changed_and_taken_out_of_use() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let fields = QueueFields {
            name: "Lost property".into(),
            group: "travel".into(),
            channel: Some("Travel desk".into()),
            valid: true,
            comment: "Umbrellas, mostly.".into(),
        };
        let make = |fields: &QueueFields| ines.post("/api/admin/queues", json!(fields));
        let _: AdminMade = granted("made", make(&fields).await);
        refused(make(&fields).await, 409, "taken");
        let nowhere = QueueFields {
            name: "Nowhere".into(),
            group: "nobody".into(),
            ..fields.clone()
        };
        refused(make(&nowhere).await, 404, "not_found");

        let maren = desk.agent("maren").await;
        let queues = async || {
            let all: wire::Queues = granted("queues", maren.get("/api/queues").await);
            let valid = all.queues.into_iter().filter(|one| one.valid);
            valid.map(|one| one.queue.name).collect::<Vec<_>>()
        };
        assert!(queues().await.contains(&"Lost property".to_owned()));
        let made = queue(&ines, "Lost property").await;
        assert_eq!(made.queue, fields);
        let path = format!("/api/admin/queues/{}", made.id);
        let change =
            |fields: &QueueFields, version: i64| ines.put(&path, json!({ "queue": fields, "version": version }));
        let closed = QueueFields {
            name: "Found property".into(),
            channel: None,
            valid: false,
            ..fields.clone()
        };
        let _: Value = granted("changed", change(&closed, made.version).await);
        refused(change(&fields, made.version).await, 409, "changed_meanwhile");
        assert_eq!(queue(&ines, "Found property").await.queue, closed);
        assert!(!queues().await.iter().any(|name| name.contains("property")));
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_customer_user_is_made_signs_in_changes_company_and_is_taken_out() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let new = json!({ "login": "nils", "name": "Nils Berg", "email": "nils@berg.example", "company": "Berg & Sons" });
        let made: NewPassword = granted("made", ines.post("/api/admin/customers", new.clone()).await);
        refused(ines.post("/api/admin/customers", new).await, 409, "taken");
        let nils = desk.sign_in(Surface::Customer, "nils", made.password.as_deref().expect("told")).await;
        let is = customer(&ines, "berg").await;
        assert_eq!(is.company.as_deref(), Some("Berg & Sons"));

        let sons = company(&ines, "sons").await;
        assert_eq!((sons.people, sons.valid), (1, true));
        let rename = json!({ "name": "Berg and Daughters", "valid": false, "version": sons.version });
        let path = format!("/api/admin/companies/{}", sons.id);
        let _: Value = granted("renamed", ines.put(&path, rename.clone()).await);
        refused(ines.put(&path, rename).await, 409, "changed_meanwhile");
        let there = company(&ines, "daughters").await;
        assert!(!there.valid);
        let fjord = json!({ "name": "Berg and Daughters", "valid": true, "version": 0 });
        let other: AdminCompanies = granted("all", ines.get("/api/admin/companies").await);
        let other = other.companies.into_iter().find(|one| one.id != there.id).expect("another");
        let mut taken = fjord;
        taken["version"] = other.version.into();
        refused(ines.put(&format!("/api/admin/companies/{}", other.id), taken).await, 409, "taken");

        let path = format!("/api/admin/customers/{}", is.id);
        let change = json!({ "name": "Nils Berg", "email": "", "company": "", "valid": true, "version": is.version });
        let _: Value = granted("changed", ines.put(&path, change.clone()).await);
        refused(ines.put(&path, change).await, 409, "changed_meanwhile");
        let is = customer(&ines, "berg").await;
        assert_eq!((is.company, is.email), (None, None));
        let told: NewPassword = granted("told", ines.post(&format!("{path}/password"), json!({})).await);
        refused(nils.get("/api/session").await, 401, "signed_out");
        let nils = desk.sign_in(Surface::Customer, "nils", told.password.as_deref().expect("told")).await;
        let end = json!({ "name": "Nils Berg", "email": "", "company": "", "valid": false, "version": customer(&ines, "berg").await.version });
        let _: Value = granted("ended", ines.put(&path, end).await);
        refused(nils.get("/api/session").await, 401, "signed_out");
        // An agent is no customer user, whatever the path says.
        let maren = desk.agent("maren").await.me().await.id;
        let body = json!({ "name": "Nobody", "email": "", "company": "", "valid": false, "version": 0 });
        refused(ines.put(&format!("/api/admin/customers/{maren}"), body).await, 404, "not_found");
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_channel_takes_chats_within_its_hours_and_says_what_it_was_told_to() {
    on_both(async |desk: Desk| {
        let (ines, maren, hanne) = (
            desk.agent("ines").await,
            desk.agent("maren").await,
            desk.customer("hanne").await,
        );
        let _here = maren.live().await;
        let offered = async || {
            let offer: Offer = granted("an offer", hanne.get("/api/offer").await);
            let found = offer.channels.into_iter().find(|one| one.channel.name == "Travel desk");
            found.expect("the travel desk")
        };
        assert!(offered().await.available);
        let was = channel(&ines, "Travel desk").await;
        let always = vec![Span { from: 0, to: 1_440 }];
        let hours = |week: Vec<Vec<Span>>| {
            Some(Hours {
                zone: "Europe/Oslo".into(),
                week,
                holidays: vec![],
            })
        };
        let text = wire::ChannelText {
            language: "en".into(),
            welcome: "Ask us about any sailing.".into(),
            away: "The desk is closed.".into(),
        };
        let closed = ChannelFields {
            hours: hours(vec![vec![]; 7]),
            texts: vec![text.clone()],
            comment: "Closed for the winter.".into(),
            ..was.channel.clone()
        };
        let _: Value = granted("closed", change_channel(&ines, &was, &closed).await);
        let now = offered().await;
        assert_eq!(
            (now.available, now.opens_at, &now.texts[..]),
            (false, None, &[text][..])
        );
        let start = json!({ "cid": Uuid::now_v7(), "text": "Is anybody there?", "channel": now.channel.id });
        refused(hanne.post("/api/chats", start).await, 409, "nobody_available");

        // One day of the week, which is not today: it says when.
        let is = channel(&ines, "Travel desk").await;
        let today = jiff::Zoned::now().with_time_zone(jiff::tz::TimeZone::get("Europe/Oslo").expect("Oslo"));
        let in_two_days = (today.weekday().to_monday_zero_offset() as usize + 2) % 7;
        let week: Vec<_> = (0..7)
            .map(|n| if n == in_two_days { always.clone() } else { vec![] })
            .collect();
        let later = ChannelFields {
            hours: hours(week),
            ..closed.clone()
        };
        let _: Value = granted("later", change_channel(&ines, &is, &later).await);
        let opens = offered().await.opens_at.expect("when it opens");
        let date = (today.date() + jiff::ToSpan::days(2))
            .to_zoned(today.time_zone().clone())
            .expect("a day");
        assert_eq!(opens, date.timestamp().as_millisecond());

        let is = channel(&ines, "Travel desk").await;
        let open = ChannelFields {
            hours: hours(vec![always; 7]),
            ..closed.clone()
        };
        let _: Value = granted("open", change_channel(&ines, &is, &open).await);
        assert!(offered().await.available);

        let is = channel(&ines, "Travel desk").await;
        for wrong in [
            hours(vec![vec![]; 6]),
            hours(vec![vec![Span { from: 60, to: 60 }]; 7]),
            Some(Hours {
                zone: "Atlantis/Central".into(),
                week: vec![vec![]; 7],
                holidays: vec![],
            }),
            Some(Hours {
                zone: "UTC".into(),
                week: vec![vec![]; 7],
                holidays: vec![wire::Holiday {
                    year: None,
                    month: 2,
                    day: 30,
                    name: String::new(),
                }],
            }),
        ] {
            let wrong = ChannelFields {
                hours: wrong,
                ..closed.clone()
            };
            refused(change_channel(&ines, &is, &wrong).await, 422, "bad_input");
        }
        assert_eq!(channel(&ines, "Travel desk").await.channel, open);
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_snippet_looks_as_it_was_made_and_stops_when_it_is_taken_out() {
    on_both(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let fields = SnippetFields {
            public_id: "harbour".into(),
            title: "Harbour office".into(),
            channel: "Travel desk".into(),
            sites: vec!["https://www.harbour.example".into()],
            valid: true,
            look: wire::SnippetLook {
                at_start: true,
                colour: Some("#ffd200".into()),
                labels: vec![wire::LauncherLabel {
                    language: "de".into(),
                    text: "Fragen \"Sie\" </script>".into(),
                }],
                hidden_when_closed: true,
            },
        };
        let _: AdminMade = granted("made", ines.post("/api/admin/snippets", json!(fields)).await);
        refused(ines.post("/api/admin/snippets", json!(fields)).await, 409, "taken");
        let script = async || {
            desk.stranger(Surface::Visitor)
                .request(Method::GET, "/snippet/harbour.js")
                .send()
                .await
                .expect("an answer")
        };
        let came = script().await;
        assert_eq!(came.headers()["access-control-allow-origin"], "*");
        let etag = came.headers()["etag"].to_str().expect("text").to_owned();
        let text = came.text().await.expect("text");
        // Dark words on a light launcher; hidden, since nobody is there; and nothing ends the script early.
        assert!(
            text.contains(r##"\"colour\":\"#ffd200\""##) && text.contains(r##"\"ink\":\"#101820\""##),
            "{text:.300}"
        );
        assert!(text.contains(r#"\"hidden\":true"#) && text.contains(r#"\"start\":true"#));
        assert!(text.starts_with(r#"(d=>{d.snippet="harbour";d.look="{"#), "{text:.300}");
        let maren = desk.agent("maren").await;
        let _here = maren.live().await;
        let now = script().await;
        assert_ne!(now.headers()["etag"].to_str().expect("text"), etag);
        assert!(now.text().await.expect("text").contains(r#"\"hidden\":false"#));

        // Tried before it is kept: refused as it would be, and quoted where it stands in a page.
        let tried = async |look: Value| {
            let asked = desk.stranger(Surface::Visitor).request(Method::GET, "/preview/harbour");
            let query = [("look", look.to_string()), ("lang", "de\"><script>".into())];
            asked.query(&query).send().await.expect("an answer")
        };
        let page = tried(json!(fields.look)).await.text().await.expect("text");
        assert!(
            page.contains("&quot;ink&quot;:&quot;#101820&quot;") && page.contains("data-lang=\"de&quot;>&lt;script>\"")
        );
        assert!(!page.contains("Sie\\\" </script>"), "{page}");
        let mut wrong = json!(fields.look);
        wrong["colour"] = "red;}".into();
        assert_eq!(tried(wrong).await.status(), 422);
        assert_eq!(tried(json!({})).await.status(), 404);
        let made = snippet(&ines, "harbour").await;
        let path = format!("/api/admin/snippets/{}", made.id);
        let change =
            |snippet: &SnippetFields, version: i64| ines.put(&path, json!({ "snippet": snippet, "version": version }));
        for wrong in [
            SnippetFields {
                sites: vec!["https://*.example".into()],
                ..fields.clone()
            },
            SnippetFields {
                sites: vec!["*".into()],
                ..fields.clone()
            },
            SnippetFields {
                look: wire::SnippetLook {
                    colour: Some("red;}".into()),
                    ..fields.look.clone()
                },
                ..fields.clone()
            },
        ] {
            refused(change(&wrong, made.version).await, 422, "bad_input");
        }
        let out = SnippetFields {
            public_id: "another".into(),
            valid: false,
            ..fields.clone()
        };
        let _: Value = granted("out", change(&out, made.version).await);
        refused(change(&fields, made.version).await, 409, "changed_meanwhile");
        assert_eq!(
            snippet(&ines, "harbour").await.snippet,
            SnippetFields { valid: false, ..fields }
        );
        assert_eq!(script().await.status(), 404);
        let gone = desk.stranger(Surface::Visitor).get("/api/snippets/harbour").await;
        refused(gone, 404, "not_found");
        let there: SnippetView = granted(
            "the cast's",
            desk.stranger(Surface::Visitor)
                .get("/api/snippets/skerry-ferries")
                .await,
        );
        assert!(!there.channels.is_empty());
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn a_logo_is_made_anew_shown_to_everybody_and_taken_away() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let put = async |client: &Client, bytes: Vec<u8>| {
            let sent = client
                .request(Method::PUT, "/api/admin/look/logo")
                .body(bytes)
                .send()
                .await;
            let answer = sent.expect("an answer");
            (answer.status().as_u16(), answer.json().await.expect("JSON"))
        };
        refused(put(&maren, picture(64)).await, 404, "not_found");
        for unfit in [b"<svg/>".to_vec(), picture(513), vec![0; 400_000]] {
            refused(put(&ines, unfit).await, 422, "unfit_picture");
        }
        // Not read to its end, it ends the connection, and says so: whoever comes next opens another.
        let large = ines
            .request(Method::PUT, "/api/admin/look/logo")
            .body(vec![0; 400_000])
            .send();
        assert_eq!(large.await.expect("an answer").headers()["connection"], "close");
        let stranger = desk.stranger(Surface::Visitor);
        let page = async || stranger.fetch("/portal/").await.text().await.expect("a text");
        assert!(!page().await.contains("deskbell-logo"));

        let _: Value = granted("put", put(&ines, picture(64)).await);
        let look: AdminLook = granted("look", ines.get("/api/admin/look").await);
        let path = look.logo.expect("a logo");
        assert!(page().await.contains(&path), "{path}");
        let shown = stranger.fetch(&path).await;
        assert_eq!(
            (shown.status().as_u16(), &shown.headers()["content-type"]),
            (200, &HeaderValue::from_static("image/png"))
        );
        let bytes = shown.bytes().await.expect("bytes");
        assert!(
            !bytes.windows(7).any(|piece| piece == b"Comment"),
            "what else was in it is gone"
        );
        assert_eq!(stranger.fetch("/look/0000.png").await.status().as_u16(), 404);

        let _: Value = granted("removed", ines.delete("/api/admin/look/logo").await);
        assert_eq!(stranger.fetch(&path).await.status().as_u16(), 404);
        assert!(!page().await.contains("deskbell-logo"));
        let log: Value = granted("audit", ines.get("/api/admin/audit").await);
        assert!(log.to_string().contains("\"kind\":\"look\""), "{log}");
        desk.verify().await;
    })
    .await;
}
