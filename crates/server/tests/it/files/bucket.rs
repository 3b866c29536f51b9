//! The same in a bucket: an S3 service stood in for, with as much of it as is used.

use super::{PDF, PNG, Talk, files_of, folder, stored, talk};
use crate::client::{SentFile, granted, refused};
use crate::desk::{Desk, Engine};
use crate::live::PATIENCE;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use proof::Lane;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

/// What the stand-in holds, and how it is.
#[derive(Clone, Default)]
struct Bucket(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    objects: BTreeMap<String, Bytes>,
    parts: BTreeMap<(String, u32), Bytes>,
    is_down: bool,
    largest: usize,
}

impl Bucket {
    async fn open() -> (Self, String) {
        let bucket = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let router = Router::new()
            .fallback(asked)
            .layer(axum::extract::DefaultBodyLimit::disable())
            .with_state(bucket.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (bucket, url)
    }

    fn held<T>(&self, of: impl FnOnce(&mut Held) -> T) -> T {
        of(&mut self.0.lock().expect("no panic"))
    }

    async fn until_empty(&self) {
        let until = Instant::now() + PATIENCE;
        while self.held(|held| !held.objects.is_empty()) {
            assert!(Instant::now() < until, "objects stay");
            sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn asked(
    State(bucket): State<Bucket>,
    method: Method,
    uri: Uri,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let signed = headers
        .get("authorization")
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default();
    assert!(
        signed.starts_with("AWS4-HMAC-SHA256 Credential=key-of-deskbell/"),
        "{signed}"
    );
    let key = uri.path().to_owned();
    bucket.held(|held| {
        if held.is_down {
            return StatusCode::FORBIDDEN.into_response();
        }
        held.largest = held.largest.max(body.len());
        let xml = |text: String| ([("content-type", "application/xml")], text).into_response();
        match (method.as_str(), query.get("uploadId"), query.get("partNumber")) {
            ("PUT", Some(upload), Some(n)) => {
                held.parts.insert((upload.clone(), n.parse().expect("a number")), body);
                [("etag", format!("\"{n}\""))].into_response()
            }
            ("POST", None, _) if query.contains_key("uploads") => {
                let upload = Uuid::now_v7();
                xml(format!(
                    "<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
                ))
            }
            ("POST", Some(upload), None) => {
                let of = |(id, _): &(String, u32)| id == upload;
                let whole: Vec<u8> = held
                    .parts
                    .iter()
                    .filter(|(id, _)| of(id))
                    .flat_map(|(_, part)| part.to_vec())
                    .collect();
                held.parts.retain(|id, _| !of(id));
                held.objects.insert(key, whole.into());
                xml("<CompleteMultipartUploadResult><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>".into())
            }
            ("PUT", None, None) => {
                held.objects.insert(key, body);
                [("etag", "\"one\"")].into_response()
            }
            ("GET" | "HEAD", ..) => match held.objects.get(&key) {
                Some(object) => {
                    let headers = [("etag", "\"one\""), ("last-modified", "Thu, 26 Nov 2026 10:00:00 GMT")];
                    (headers, object.clone()).into_response()
                }
                None => StatusCode::NOT_FOUND.into_response(),
            },
            ("DELETE", ..) => {
                held.objects.remove(&key);
                StatusCode::NO_CONTENT.into_response()
            }
            _ => StatusCode::NOT_IMPLEMENTED.into_response(),
        }
    })
}

async fn with_bucket() -> (Bucket, Desk) {
    let (bucket, url) = Bucket::open().await;
    let mut desk = Desk::start(Engine::Sqlite).await.expect("SQLite is always there");
    let secret = desk.dir().join("secret");
    std::fs::write(&secret, "s3cret\n").expect("a secret");
    desk.files = Some(format!(
        "bucket = \"deskbell\"\nendpoint = \"{url}\"\nplain_http = true\nkey_id = \"key-of-deskbell\"\nsecret_file = \"{}\"",
        secret.display()
    ));
    desk.restart().await;
    (bucket, desk)
}

#[tokio::test]
async fn a_bucket_is_backed_up_and_filled_again() {
    let lane = Lane::part("backup", "a bucket");
    let (bucket, desk) = with_bucket().await;
    let Talk {
        mut desk,
        ines,
        priya,
        chat,
        ..
    } = talk(desk).await;
    priya.send_file(chat, "a.png", PNG).await;
    ines.send_file(chat, "b.pdf", PDF).await;
    let file = desk.path("bucket.tar");
    desk.cli(&["backup", &file]).await;
    let kept = bucket.held(|held| std::mem::take(&mut held.objects));
    assert_eq!(kept.len(), 2);
    desk.terminate().await;
    desk.ended().await;
    desk.cli(&["restore", &file, "--replace"]).await;
    assert!(bucket.held(|held| held.objects == kept), "as it was");
    desk.verify().await;

    // A bucket that cannot be reached is said, and nothing is changed.
    bucket.held(|held| (held.is_down, held.objects) = (true, BTreeMap::new()));
    let (status, said) = desk.try_cli(&["restore", &file, "--replace"], "").await;
    assert!(!status.success() && said.contains("[files]"), "{said}");
    assert_eq!(desk.cli(&["agent", "list"]).await.lines().count(), 4);
    lane.case();
    lane.finish();
}

#[tokio::test]
async fn a_bucket_holds_files_as_a_folder_does() {
    let lane = Lane::part("files", "in a bucket");
    let (bucket, desk) = with_bucket().await;
    let Talk {
        desk,
        ines,
        priya,
        chat,
        ..
    } = talk(desk).await;
    priya.send_file(chat, "a.png", PNG).await;
    // In parts.
    let long = "Ahoy! ".repeat(2 * 1024 * 1024);
    priya.send_file(chat, "long.txt", long.as_bytes()).await;
    assert!(bucket.held(|held| held.largest) < long.len());
    assert!(stored(&folder(&desk)).is_empty(), "the spool is empty");
    let hash: String = Sha256::digest(PNG).iter().map(|byte| format!("{byte:02x}")).collect();
    let key = format!("/deskbell/sha256/{}/{hash}", &hash[..2]);
    assert!(bucket.held(|held| held.objects.contains_key(&key)), "{key}");
    for ((seq, _), bytes) in files_of(&ines, chat).await.iter().zip([PNG, long.as_bytes()]) {
        let answer = ines.fetch_file(chat, *seq).await;
        assert_eq!(answer.status(), 200);
        assert!(answer.bytes().await.expect("a body") == bytes);
    }
    desk.verify().await;

    bucket.held(|held| held.is_down = true);
    let sent = SentFile::new("b.pdf", PDF);
    refused(priya.try_send_file(chat, &sent).await, 507, "file_not_stored");
    refused(ines.get(&format!("/api/chats/{chat}/files/4")).await, 503, "file_gone");
    assert_eq!(files_of(&ines, chat).await.len(), 2);
    bucket.held(|held| held.is_down = false);
    let said: wire::Said = granted("again", priya.try_send_file(chat, &sent).await);
    assert!(!said.dup);

    for (seq, _) in files_of(&ines, chat).await {
        let body = json!({ "cid": Uuid::now_v7(), "seq": seq });
        granted::<wire::Done>("redact", ines.post(&format!("/api/chats/{chat}/redact"), body).await);
    }
    bucket.until_empty().await;
    desk.verify().await;
    lane.case();
    lane.finish();
}
