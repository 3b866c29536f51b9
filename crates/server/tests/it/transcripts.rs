//! A chat taken away as a document, by everybody who may. What a document looks like is the crate `transcript`'s.

use crate::client::Client;
use crate::desk::{Desk, on_both};
use serde_json::Value;
use uuid::Uuid;

const NOTE: &str = "She is a regular: be quick.";

#[tokio::test]
async fn each_takes_the_chat_away_as_he_saw_it() {
    on_both(async |desk: Desk| {
        let (ines, hanne) = (desk.agent("ines").await, desk.customer("hanne").await);
        let _here = ines.live().await;
        let chat = hanne.start_chat("Is my trailer <b>there</b>?").await.id;
        let refused = take(&ines, chat, "form=text").await;
        assert_eq!((refused.0, code(&refused.2)), (409, "not_accepted".into()));
        ines.accept(chat).await;
        ines.note(chat, NOTE).await;
        ines.say(chat, "It is in Sandvik.").await;
        for form in ["text", "html", "json"] {
            let (status, _, ours) = take(&ines, chat, &format!("form={form}")).await;
            assert!(status == 200 && ours.contains(NOTE), "{ours}");
            let (status, _, hers) = take(&hanne, chat, &format!("form={form}&language=de&zone=Europe/Oslo")).await;
            assert!(status == 200 && !hers.contains("regular"), "{hers}");
            assert!(hers.contains("It is in Sandvik."), "{hers}");
            // Markup is text in each.
            assert_eq!(hers.contains("<b>there"), form != "html", "{hers}");
        }
        ines.close(chat).await;
        let (_, headers, closed) = take(&hanne, chat, "form=html&language=de&zone=Europe/Oslo").await;
        assert!(closed.contains("Ines") && closed.contains("lang=\"de\""), "{closed}");
        let header = |name| headers.get(name).map(|it| it.to_str().expect("ASCII").to_owned());
        assert_eq!(header("content-type").as_deref(), Some("text/html; charset=utf-8"));
        assert_eq!(
            header("content-disposition"),
            Some(format!("attachment; filename=\"chat-{chat}.html\""))
        );
        assert!(header("content-security-policy").is_some_and(|it| it.starts_with("sandbox;")));
        assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"));
        assert_eq!(header("cache-control").as_deref(), Some("no-store"));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_form_zone_or_language_is_refused_and_a_long_chat_is_whole() {
    on_both(async |mut desk: Desk| {
        desk.restart_with(crate::desk::CROWDED).await;
        let (ines, priya) = (desk.agent("ines").await, desk.visitor("Priya Raman").await);
        let _here = ines.live().await;
        let chat = priya.start_chat("Line 0").await.id;
        ines.accept(chat).await;
        for asked in [
            "form=exe",
            "form=text&zone=Atlantis/Capital",
            "form=text&zone=../../etc/passwd",
        ] {
            let refused = take(&priya, chat, asked).await;
            assert_eq!((refused.0, code(&refused.2)), (422, "bad_input".into()), "{asked}");
        }
        assert_eq!(take(&priya, chat, "form=text&language=tlh").await.0, 200);
        // More than one page of the store.
        let mut live = priya.live().await;
        live.watch(chat).await;
        for n in 1..=230 {
            let cid = live.say(chat, &format!("Line {n}")).await;
            live.answer(cid).await.expect("it is stored");
        }
        let text = take(&ines, chat, "form=text").await.2;
        for n in [0, 1, 199, 200, 201, 230] {
            assert_eq!(
                text.lines().filter(|line| line.ends_with(&format!("Line {n}"))).count(),
                1,
                "{n} in {text}"
            );
        }
    })
    .await;
}

async fn take(client: &Client, chat: Uuid, asked: &str) -> (u16, reqwest::header::HeaderMap, String) {
    let request = client.request(reqwest::Method::GET, &format!("/api/chats/{chat}/transcript?{asked}"));
    let answer = request.send().await.expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    (status, headers, answer.text().await.expect("a text"))
}

fn code(body: &str) -> String {
    let body: Value = serde_json::from_str(body).expect("a problem");
    body["code"].as_str().unwrap_or_default().to_owned()
}
