//! What people choose for all their devices, and their pictures.

use crate::client::{Client, refused};
use crate::desk::{Desk, on_both};
use crate::mail::{PLAIN, Smtp, with_mail};
use reqwest::Method;
use serde_json::{Value, json};
use wire::{DateFormat, Profile, Surface};

/// A picture with something in it that is nobody's business.
pub fn picture(side: u32) -> Vec<u8> {
    let mut made = Vec::new();
    let mut encoder = png::Encoder::new(&mut made, side, side);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .add_text_chunk("Comment".into(), "taken at 59.9, 10.7".into())
        .expect("it is there");
    let mut writer = encoder.write_header().expect("it is there");
    writer
        .write_image_data(&vec![9; (side * side * 3) as usize])
        .expect("it is there");
    writer.finish().expect("it is there");
    made
}

pub async fn put_picture(client: &Client, bytes: Vec<u8>) -> (u16, Value) {
    let sent = client.request(Method::PUT, "/api/me/picture").body(bytes);
    let answer = sent.send().await.expect("it is there");
    let status = answer.status().as_u16();
    (
        status,
        serde_json::from_str(&answer.text().await.expect("it is there")).unwrap_or_default(),
    )
}

async fn fetch_picture(reader: &Client, of: uuid::Uuid) -> (u16, Vec<u8>) {
    let asked = reader.request(Method::GET, &format!("/api/people/{of}/picture"));
    let answer = asked.send().await.expect("it is there");
    (
        answer.status().as_u16(),
        answer.bytes().await.expect("it is there").to_vec(),
    )
}

#[tokio::test]
async fn what_one_chooses_holds_on_all_devices() {
    on_both(async |mut desk: Desk| {
        let (maren, phone) = (desk.agent("maren").await, desk.agent("maren").await);
        let hanne = desk.customer("hanne").await;
        let body = json!({ "name": "Maren H.", "language": "de", "zone": "europe/oslo", "dates": "day_first" });
        assert_eq!(maren.put("/api/me/profile", body).await.0, 200);
        let me = phone.me().await;
        let chosen = Profile {
            name: None,
            language: Some("de".into()),
            zone: Some("Europe/Oslo".into()),
            dates: Some(DateFormat::DayFirst),
        };
        assert_eq!((&*me.name, me.profile), ("Maren H.", Some(chosen)));

        // What is left out is as the browser has it; the name stays.
        assert_eq!(maren.put("/api/me/profile", json!({})).await.0, 200);
        let me = phone.me().await;
        assert_eq!((&*me.name, me.profile), ("Maren H.", Some(Profile::default())));

        for (wrong, code) in [
            (json!({ "zone": "Europe/Atlantis" }), "unfit_days"),
            (json!({ "language": "<script>" }), "bad_input"),
            (json!({ "language": "x".repeat(100) }), "bad_input"),
            (json!({ "name": " " }), "empty_text"),
            (json!({ "dates": "sometimes" }), "bad_input"),
        ] {
            refused(maren.put("/api/me/profile", wrong).await, 422, code);
        }
        // A customer user is called what his company calls him.
        refused(
            hanne.put("/api/me/profile", json!({ "name": "Ines Vogt" })).await,
            403,
            "not_allowed",
        );
        assert_eq!(hanne.put("/api/me/profile", json!({ "language": "de" })).await.0, 200);

        // His letters are in his language.
        let smtp = Smtp::start(&[]);
        with_mail(&mut desk, &smtp, PLAIN).await;
        let asks = json!({ "surface": "customer", "who": "hanne", "language": "en" });
        let stranger = desk.stranger(Surface::Customer);
        assert_eq!(stranger.post("/api/password/forgotten", asks).await.0, 200);
        let text = smtp.wait_for(1).await[0].part("text/plain");
        assert!(text.contains("Jemand hat ein neues Passwort"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_small_and_holds_nothing_else() {
    on_both(async |desk: Desk| {
        let (maren, ines, hanne) = (
            desk.agent("maren").await,
            desk.agent("ines").await,
            desk.customer("hanne").await,
        );
        let (maren_id, hanne_id) = (maren.me().await.id, hanne.me().await.id);
        assert_eq!(fetch_picture(&ines, maren_id).await.0, 404);
        for wrong in [
            Vec::new(),
            b"<svg onload='alert(1)'/>".to_vec(),
            picture(513),
            picture(64)[..100].to_vec(),
            vec![0; 310_000],
        ] {
            refused(put_picture(&maren, wrong).await, 422, "unfit_picture");
        }
        assert_eq!(put_picture(&maren, picture(64)).await.0, 200);
        assert_eq!(put_picture(&hanne, picture(32)).await.0, 200);
        let named = maren.me().await.picture.expect("it is named");
        let (status, shown) = fetch_picture(&ines, maren_id).await;
        assert_eq!((status, &shown[1..4]), (200, &b"PNG"[..]));
        assert!(!shown.windows(4).any(|it| it == b"tEXt" || it == b"59.9"));
        assert_eq!(fetch_picture(&ines, hanne_id).await.0, 200);
        assert_eq!(fetch_picture(&hanne, hanne_id).await.0, 200);
        // Customers see agents under the name they were given, and nothing more.
        assert_eq!(fetch_picture(&hanne, maren_id).await.0, 404);
        assert_eq!(fetch_picture(&desk.visitor("Priya Raman").await, maren_id).await.0, 404);

        assert_eq!(put_picture(&maren, picture(48)).await.0, 200);
        assert_ne!(maren.me().await.picture.as_ref(), Some(&named));
        desk.verify().await;
        assert_eq!(maren.delete("/api/me/picture").await.0, 200);
        assert_eq!(maren.me().await.picture, None);
        assert_eq!(fetch_picture(&ines, maren_id).await.0, 404);
        desk.verify().await;
    })
    .await;
}
