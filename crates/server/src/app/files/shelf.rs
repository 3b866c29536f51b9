//! Where contents lie: in a folder, or in a bucket of an S3 service. A content's name there is its SHA-256, so each is there once
//! and nothing anybody typed is part of a path.

use super::super::AppError;
use super::FileRefusal;
use super::spool::{self, Arrived, Body, no_room};
use crate::config;
use bytes::Bytes;
use domain::Instant;
use futures_util::stream::BoxStream;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Place;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig};
use std::fmt::Write;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};
use tokio::io::AsyncReadExt;
use uuid::Uuid;

/// Wins over the file.
const SECRET: &str = "DESKBELL_FILES_SECRET";
/// Sent to a bucket at once; more than that goes in parts.
const PART_BYTES: usize = 8 * 1024 * 1024;
/// What is in the spool so long is left of a process that ended.
const LEFT_AFTER_S: i64 = 3_600;
/// Of a bucket: within which one request is answered, and all of its tries.
const REQUEST_WITHIN: Duration = Duration::from_secs(30);
const ALL_WITHIN: Duration = Duration::from_secs(60);
const RETRIES: usize = 3;

/// A content as it is read, in pieces.
pub struct Content {
    pub size_bytes: u64,
    pub pieces: BoxStream<'static, object_store::Result<Bytes>>,
}

pub(in crate::app) struct Shelf {
    store: Arc<dyn ObjectStore>,
    /// Where the contents are files: what arrived needs only be moved there.
    folder: Option<PathBuf>,
    spool: PathBuf,
    reserve_bytes: u64,
}

impl Shelf {
    /// The error is a sentence.
    pub fn open(config: &config::Files, data: &Path) -> Result<Self, String> {
        let folder = match config.folder.as_os_str().is_empty() {
            true => data.join("files"),
            false => config.folder.clone(),
        };
        let spool = folder.join("coming");
        make_folder(&spool)?;
        let (store, folder): (Arc<dyn ObjectStore>, _) = if config.bucket.is_empty() {
            let store = LocalFileSystem::new_with_prefix(&folder);
            let store = store.map_err(|e| format!("files cannot be kept in {}: {e}", folder.display()))?;
            (Arc::new(store), Some(folder))
        } else {
            (Arc::new(bucket(config)?), None)
        };
        Ok(Self {
            store,
            folder,
            spool,
            reserve_bytes: config.reserve_mib * 1024 * 1024,
        })
    }

    /// Into the spool, if there is room beside the reserve: the database may lie on the same disk, and must not run out of it.
    pub async fn receive(&self, body: impl Body, size_bytes: u64) -> Result<Arrived, AppError> {
        let disk = nix::sys::statvfs::statvfs(&self.spool).map_err(|error| no_room(error.into()))?;
        let free = disk.blocks_available() as u64 * disk.fragment_size() as u64;
        if free < self.reserve_bytes.saturating_add(size_bytes) {
            let (spool, reserve) = (self.spool.display(), self.reserve_bytes);
            tracing::error!(%spool, free, reserve, "no file is taken: the disk is nearly full");
            return Err(AppError::File(FileRefusal::NoRoom));
        }
        spool::receive(body, size_bytes, self.spool.join(Uuid::now_v7().to_string())).await
    }

    /// Returns once it is there to stay.
    pub async fn put(&self, arrived: Arrived) -> Result<(), AppError> {
        let place = place(&arrived.hash);
        match &self.folder {
            Some(folder) => {
                let to = folder.join(place.as_ref());
                let moved = tokio::task::spawn_blocking(move || move_to(&arrived.path, &to));
                moved.await.map_err(|_| AppError::Unknown)?.map_err(no_room)
            }
            None => self.send(&arrived, place).await.map_err(no_room),
        }
    }

    /// To the bucket, in parts where it is long.
    async fn send(&self, arrived: &Arrived, place: Place) -> std::io::Result<()> {
        let mut from = tokio::fs::File::open(&arrived.path).await?;
        if arrived.size_bytes <= PART_BYTES as u64 {
            self.store.put(&place, part(&mut from).await?.into()).await?;
            return Ok(());
        }
        let mut upload = self.store.put_multipart(&place).await?;
        let sent = async {
            loop {
                let part = part(&mut from).await?;
                if part.is_empty() {
                    upload.complete().await?;
                    return Ok(());
                }
                upload.put_part(part.into()).await?;
            }
        };
        let sent: std::io::Result<()> = sent.await;
        if sent.is_err() {
            // The parts that came are of no use; should this fail, too, the service's own rules remove them.
            let _ = upload.abort().await;
        }
        sent
    }

    /// What is missing, or is not as long as it was, is the operator's to know; for the person asking it cannot be reached now.
    pub async fn get(&self, hash: &[u8; 32], size_bytes: u64) -> Result<Content, AppError> {
        let found = self
            .store
            .get(&place(hash))
            .await
            .map_err(|error| unreadable(hash, error))?;
        if found.meta.size != size_bytes {
            let (hash, size) = (hex(hash), found.meta.size);
            tracing::error!(hash, size, size_bytes, "the content of a file is not as long as it was");
            return Err(AppError::FileGone);
        }
        Ok(Content {
            size_bytes,
            pieces: found.into_stream(),
        })
    }

    /// In bytes; `None` where there is no such content.
    pub async fn size_of(&self, hash: &[u8; 32]) -> Result<Option<u64>, AppError> {
        match self.store.head(&place(hash)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(unreadable(hash, error)),
        }
    }

    /// Writes, reads and removes something. The error is a sentence.
    pub async fn try_out(&self) -> Result<(), String> {
        let place = Place::from_iter(["coming".to_owned(), format!("try-{}", Uuid::now_v7())]);
        let cannot = |what: &str, error: object_store::Error| format!("cannot be {what}: {error}");
        let text = Bytes::from_static(b"to be removed");
        let put = self.store.put(&place, text.clone().into()).await;
        put.map_err(|error| cannot("written", error))?;
        let read = async { self.store.get(&place).await?.bytes().await };
        let read = read.await.map_err(|error| cannot("read", error));
        let removed = self.store.delete(&place).await;
        removed.map_err(|error| cannot("removed", error))?;
        match read? == text {
            true => Ok(()),
            false => Err("what is read is not what was written".into()),
        }
    }

    /// What is not there is removed.
    pub async fn remove(&self, hash: &[u8; 32]) -> Result<(), AppError> {
        match self.store.delete(&place(hash)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unreadable(hash, error)),
        }
    }

    /// Removes what processes left that ended while they received it.
    pub async fn sweep_spool(&self, now: Instant) {
        let before = Duration::from_micros(now.plus_s(-LEFT_AFTER_S).0.max(0) as u64);
        let Ok(mut left) = tokio::fs::read_dir(&self.spool).await else {
            return;
        };
        while let Ok(Some(entry)) = left.next_entry().await {
            let changed = entry.metadata().await.and_then(|meta| meta.modified());
            let changed = changed.map(|at| at.duration_since(UNIX_EPOCH).unwrap_or_default());
            if changed.is_ok_and(|changed| changed < before) {
                let _ = tokio::fs::remove_file(entry.path()).await;
            }
        }
    }
}

fn unreadable(hash: &[u8; 32], error: object_store::Error) -> AppError {
    tracing::error!(hash = hex(hash), %error, "the content of a file cannot be reached");
    AppError::FileGone
}

/// The next part; empty at the end.
async fn part(from: &mut tokio::fs::File) -> std::io::Result<Vec<u8>> {
    let mut part = Vec::with_capacity(PART_BYTES);
    from.take(PART_BYTES as u64).read_to_end(&mut part).await?;
    Ok(part)
}

fn place(hash: &[u8; 32]) -> Place {
    let hex = hex(hash);
    Place::from_iter(["sha256", &hex[..2], &hex])
}

pub(in crate::app) fn hex(hash: &[u8; 32]) -> String {
    hash.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whether a bucket is named in a way that makes sense.
pub fn check(config: &config::Files) -> Result<(), String> {
    match config.bucket.is_empty() {
        true => Ok(()),
        false => bucket(config).map(drop),
    }
}

/// Conversations are nobody else's on the machine.
fn make_folder(folder: &Path) -> Result<(), String> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| format!("files cannot be kept in {}: {error}", folder.display()))
}

/// Its content is on the disk already; now its name is, too.
fn move_to(from: &Path, to: &Path) -> std::io::Result<()> {
    let folder = to.parent().unwrap_or(to);
    let made = !folder.is_dir();
    if made {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    std::fs::rename(from, to)?;
    let folders = folder.ancestors().take(if made { 3 } else { 1 });
    folders
        .into_iter()
        .try_for_each(|folder| std::fs::File::open(folder)?.sync_all())
}

fn bucket(config: &config::Files) -> Result<impl ObjectStore + use<>, String> {
    // Idempotent; whoever was first stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let plain = config.endpoint.starts_with("http://");
    if plain && !config.plain_http {
        return Err(
            "files.endpoint is http: files would cross the network in the clear; set files.plain_http to allow it"
                .into(),
        );
    }
    let client = ClientOptions::new()
        .with_allow_http(plain)
        .with_timeout(REQUEST_WITHIN)
        .with_connect_timeout(Duration::from_secs(5));
    let retry = RetryConfig {
        max_retries: RETRIES,
        retry_timeout: ALL_WITHIN,
        ..RetryConfig::default()
    };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&config.bucket)
        .with_region(&config.region)
        .with_access_key_id(&config.key_id)
        .with_secret_access_key(secret(config)?)
        // One is removed at a time, and not every service knows the other way.
        .with_config(AmazonS3ConfigKey::DisableBulkDelete, "true")
        .with_client_options(client)
        .with_retry(retry);
    if !config.endpoint.is_empty() {
        builder = builder.with_endpoint(&config.endpoint);
    }
    builder
        .build()
        .map_err(|error| format!("the bucket {} cannot be used: {error}", config.bucket))
}

fn secret(config: &config::Files) -> Result<String, String> {
    if let Ok(secret) = std::env::var(SECRET) {
        return Ok(secret);
    }
    let file = &config.secret_file;
    if file.as_os_str().is_empty() {
        return Err(format!(
            "the secret access key of the bucket is missing: set {SECRET} or files.secret_file"
        ));
    }
    let text = std::fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    Ok(text.trim().to_owned())
}
