//! Visitors whom the pages they come from prove to be who they are.

use crate::client::{Client, granted, refused};
use crate::desk::{Desk, on_both, on_both_crowded};
use crate::mail::{PLAIN, Smtp, with_mail};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::cast;
use futures_util::future::join_all;
use ring::hmac;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;
use wire::{AdminMade, AdminSnippet, AdminSnippets, Chats, NewIdentityKey, Surface, Visitor};

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// As a page's server makes it.
fn signed(key: &str, claims: &Value) -> String {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let signed = format!(
        "{}.{}",
        encode(r#"{"alg":"HS256","typ":"JWT"}"#),
        encode(&claims.to_string())
    );
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn claims(subject: &str, name: &str) -> Value {
    json!({ "sub": subject, "name": name, "aud": cast::SNIPPET, "iat": now(), "exp": now() + 600 })
}

async fn snippet(admin: &Client) -> AdminSnippet {
    let all: AdminSnippets = granted("snippets", admin.get("/api/admin/snippets").await);
    let found = all
        .snippets
        .into_iter()
        .find(|one| one.snippet.public_id == cast::SNIPPET);
    found.expect("the demo's snippet")
}

async fn make_key(admin: &Client, snippet: Uuid) -> NewIdentityKey {
    let made = admin
        .post(&format!("/api/admin/snippets/{snippet}/keys"), json!({}))
        .await;
    granted("a key", made)
}

async fn try_come(desk: &Desk, token: &str) -> (u16, Value) {
    let path = format!("/api/snippets/{}/identity", cast::SNIPPET);
    desk.stranger(Surface::Visitor)
        .post(&path, json!({ "token": token }))
        .await
}

async fn come(desk: &Desk, token: &str) -> (Client, Uuid) {
    let came: Visitor = granted("came", try_come(desk, token).await);
    (desk.stranger(Surface::Visitor).with_token(&came.token), came.me.id)
}

async fn chats(visitor: &Client) -> Vec<Uuid> {
    let all: Chats = granted("chats", visitor.get("/api/chats").await);
    all.chats.iter().map(|chat| chat.id).collect()
}

#[tokio::test]
async fn who_is_signed_in_on_the_page_is_the_same_on_all_devices() {
    on_both_crowded(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        let key = make_key(&ines, snippet(&ines).await.id).await.key;

        let token = signed(&key, &claims("c-7", "Priya Raman"));
        let (laptop, priya) = come(&desk, &token).await;
        let chat = laptop.start_chat("Is the 16:40 still sailing?").await;
        let (phone, same) = come(&desk, &signed(&key, &claims("c-7", "Priya Raman-Berg"))).await;
        assert_eq!((priya, chats(&phone).await), (same, vec![chat.id]));
        assert_eq!(phone.me().await.name, "Priya Raman-Berg", "the page knows best");
        phone.say(chat.id, "I am on my way already.").await;

        // Agents learn who she is, and she learns what she knew.
        maren.accept(chat.id).await;
        let as_agent = maren.snapshot(chat.id).await.chat;
        let shown = as_agent.members.iter().find_map(|member| member.identity.clone());
        assert_eq!(shown.map(|it| (it.subject, it.email)), Some(("c-7".into(), None)));
        let as_visitor = phone.snapshot(chat.id).await.chat;
        assert!(as_visitor.members.iter().all(|member| member.identity.is_none()));

        // Somebody else on the page, somebody who says nothing, and somebody who types her name have nothing of it.
        let (other, _) = come(&desk, &signed(&key, &claims("c-8", "Priya Raman"))).await;
        let nobody = desk.visitor("Priya Raman").await;
        for visitor in [&other, &nobody] {
            assert!(chats(visitor).await.is_empty());
            refused(visitor.get(&format!("/api/chats/{}", chat.id)).await, 404, "not_found");
        }
        // Addresses lead to nobody, proven or not.
        for n in 0..50 {
            let mut told = claims(&format!("stranger-{n}"), "Hanne Dahl");
            told["email"] = json!(if n % 2 == 0 {
                "hanne@wiebe.example"
            } else {
                "priya@raman.example"
            });
            told["email_verified"] = json!(n % 3 == 0);
            let (visitor, _) = come(&desk, &signed(&key, &told)).await;
            assert!(chats(&visitor).await.is_empty(), "{told}");
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn keys_take_each_others_place_and_what_they_do_not_sign_is_refused() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let demo = snippet(&ines).await;
        assert!(demo.keys.is_empty());
        refused(try_come(&desk, &signed("guessed", &claims("c-7", "Priya"))).await, 403, "unidentified");
        let path = format!("/api/admin/snippets/{}/keys", demo.id);
        refused(maren.post(&path, json!({})).await, 404, "not_found");

        let old = make_key(&ines, demo.id).await;
        let new = make_key(&ines, demo.id).await;
        let refusal = refused(ines.post(&path, json!({})).await, 422, "bad_input");
        assert!(refusal.say.contains("at most 2 keys"), "{}", refusal.say);
        assert_ne!(old.key, new.key);
        let token = |key: &NewIdentityKey| signed(&key.key, &claims("c-7", "Priya Raman"));
        let (before, priya) = come(&desk, &token(&old)).await;
        assert_eq!(come(&desk, &token(&new)).await.1, priya);
        refused(maren.delete(&format!("{path}/{}", old.id)).await, 404, "not_found");
        let _: Value = granted("removed", ines.delete(&format!("{path}/{}", old.id)).await);
        refused(ines.delete(&format!("{path}/{}", old.id)).await, 404, "not_found");
        let refusal = refused(try_come(&desk, &token(&old)).await, 403, "unidentified");
        assert!(refusal.say.contains("none of the snippet's keys"), "{}", refusal.say);
        assert_eq!(come(&desk, &token(&new)).await.1, priya);
        assert_eq!(before.me().await.id, priya, "who is in stays in");

        // A key opens its own snippet alone.
        let fields = json!({ "public_id": "harbour", "title": "Harbour", "channel": "Travel desk", "sites": [], "valid": true,
            "look": { "at_start": false, "labels": [], "hidden_when_closed": false } });
        let made: AdminMade = granted("made", ines.post("/api/admin/snippets", fields).await);
        let harbour = make_key(&ines, made.id).await;
        refused(try_come(&desk, &token(&harbour)).await, 403, "unidentified");
        let mut meant = claims("c-7", "Priya Raman");
        meant["aud"] = json!("harbour");
        refused(try_come(&desk, &signed(&new.key, &meant)).await, 403, "unidentified");
        let token = json!({ "token": signed(&harbour.key, &meant) });
        let came = desk.stranger(Surface::Visitor).post("/api/snippets/harbour/identity", token).await;
        assert_ne!(granted::<Visitor>("came", came).me.id, priya, "the harbour's c-7 is another one");
        // Removed by the other snippet's name, it stays.
        refused(ines.delete(&format!("/api/admin/snippets/{}/keys/{}", made.id, new.id)).await, 404, "not_found");

        // What is secret is told once, and stands nowhere as it is.
        let log: Value = granted("audit", ines.get("/api/admin/audit").await);
        let shown: Value = granted("snippets", ines.get("/api/admin/snippets").await);
        assert!(log.to_string().contains("identity_keys"));
        for key in [&old, &new, &harbour] {
            assert!(![&log, &shown].iter().any(|text| text.to_string().contains(&key.key)));
            assert!(!desk.log().join("\n").contains(&key.key));
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn who_opens_many_pages_at_once_is_one_visitor() {
    on_both_crowded(async |desk: Desk| {
        let ines = desk.agent("ines").await;
        let key = make_key(&ines, snippet(&ines).await.id).await.key;
        for round in 0..10 * proof::scale() {
            let token = signed(&key, &claims(&format!("c-{round}"), "Priya Raman"));
            let answers = join_all((0..12).map(|_| try_come(&desk, &token))).await;
            let came = answers.into_iter().map(|it| granted::<Visitor>("came", it).me.id);
            assert_eq!(came.collect::<BTreeSet<Uuid>>().len(), 1);
        }
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn guesses_are_counted_and_who_is_erased_is_unknown() {
    on_both(async |desk: Desk| {
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        let key = make_key(&ines, snippet(&ines).await.id).await.key;
        let token = signed(&key, &claims("c-7", "Priya Raman"));
        let (priya, id) = come(&desk, &token).await;
        let chat = priya.start_chat("Is the 16:40 still sailing?").await;
        maren.accept(chat.id).await;
        maren.close(chat.id).await;
        let file = desk.path("priya.jsonl");
        desk.cli(&["export", "--visitor-of", &chat.id.to_string(), &file]).await;
        let kept = std::fs::read_to_string(&file).expect("written");
        assert!(kept.contains(r#""signed_in_as":"c-7""#), "{kept}");
        desk.cli(&["erase", "--visitor-of", &chat.id.to_string()]).await;
        refused(priya.get("/api/chats").await, 401, "signed_out");
        let (anew, other) = come(&desk, &token).await;
        assert_ne!(other, id);
        assert!(chats(&anew).await.is_empty());

        let mut limited = 0;
        for n in 0..200 {
            match try_come(&desk, &signed(&format!("guess {n}"), &claims("c-7", "Priya Raman"))).await {
                (403, _) => {}
                answer => {
                    refused(answer, 429, "too_many");
                    limited += 1;
                }
            }
        }
        assert!(limited > 150, "{limited} of 200");
        assert_eq!(
            come(&desk, &token).await.1,
            other,
            "whom the page proves to be here comes in all the same"
        );
        desk.verify().await;
    })
    .await;
}

#[tokio::test]
async fn an_address_that_the_page_has_proven_is_written_to_without_a_question() {
    on_both(async |mut desk: Desk| {
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let (ines, maren) = (desk.agent("ines").await, desk.agent("maren").await);
        let _here = maren.stays().await;
        let key = make_key(&ines, snippet(&ines).await.id).await.key;
        let with = async |subject: &str, verified: bool| {
            let mut told = claims(subject, "Priya Raman");
            told["email"] = json!(format!("{subject}@raman.example"));
            told["email_verified"] = json!(verified);
            let (visitor, _) = come(&desk, &signed(&key, &told)).await;
            let chat = visitor.start_chat("Is the 16:40 still sailing?").await.id;
            maren.accept(chat).await;
            maren.say(chat, "It is.").await;
            chat
        };
        let wants = || json!({ "cid": Uuid::now_v7(), "language": "en", "zone": "Europe/Oslo", "to": "external" });
        let mail = async |chat: Uuid| maren.post(&format!("/api/chats/{chat}/mail"), wants()).await;
        refused(mail(with("unproven", false).await).await, 422, "no_address");
        let proven = with("proven", true).await;
        let _: Value = granted("mail", mail(proven).await);
        let [letter] = <[_; 1]>::try_from(smtp.wait_for(1).await).expect("one letter");
        assert_eq!(letter.to, "proven@raman.example");
        let text = letter.part("text/plain");
        assert!(text.contains("It is."), "the conversation, and no question: {text}");
        desk.verify().await;
    })
    .await;
}
