//! What can be looked at from here: the service itself, its database, its files, the disk, the mail server.

use super::Findings;
use super::lines::upstream;
use crate::app::{self, App};
use crate::call::{Call, Origin, Trust};
use crate::config::Config;
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::{Request, header};
use nix::sys::statvfs::statvfs;
use std::path::Path;
use std::time::{Duration, Instant};

const MIB: u64 = 1024 * 1024;
/// Less than that on a disk is worth a word, beside the reserve of files.
const ROOM_MIB: u64 = 1_024;
/// Slower than that the database answers too slowly for people to write to each other.
const SLOW: Duration = Duration::from_millis(200);
const MAIL_WITHIN: Duration = Duration::from_secs(20);

pub async fn look(config: &Config, found: &mut Findings) {
    match app::check_config(config) {
        Ok(()) => found.ok("configuration", "sound"),
        Err(why) => found.fail("configuration", why),
    }
    service(config, found).await;
    database(config, found).await;
    disk(config, found);
    mail(config, found).await;
}

/// Without whatever stands before it.
async fn service(config: &Config, found: &mut Findings) {
    let tls = config.has_tls();
    let origin = Origin::of(&format!(
        "{}://{}",
        if tls { "https" } else { "http" },
        upstream(config)
    ));
    let Some(origin) = origin else {
        return found.fail(
            "service",
            format!("{} is no address to listen on", config.server.listen),
        );
    };
    let trust = Trust {
        go_on: true,
        ..Trust::default()
    };
    match ready(&origin, &trust).await {
        Ok((200, _)) => found.ok("service", format!("ready at {}", upstream(config))),
        Ok((503, why)) => found.fail("service", format!("at {} it is not ready: {why}", upstream(config))),
        Ok((status, _)) => found.fail(
            "service",
            format!(
                "at {} something else answers ({status}); is `listen` right?",
                upstream(config)
            ),
        ),
        Err(why) => found.fail("service", format!("{why}; start `deskbell serve`, and see its log")),
    }
}

async fn ready(origin: &Origin, trust: &Trust) -> Result<(u16, String), String> {
    let mut call = Call::to(origin, trust).await?;
    let request = Request::get("/readyz").header(header::HOST, origin.authority());
    let request = request.body(Empty::<Bytes>::new().boxed()).map_err(|e| e.to_string())?;
    let answer = call.ask(request).await.map_err(|e| e.to_string())?;
    let status = answer.status().as_u16();
    let body = answer
        .into_body()
        .collect()
        .await
        .map_err(|e| e.to_string())?
        .to_bytes();
    Ok((status, String::from_utf8_lossy(&body).chars().take(80).collect()))
}

async fn database(config: &Config, found: &mut Findings) {
    if !config.has_database() {
        let why = "say where it is with --database, --data-dir or the configuration";
        return found.fail("database", format!("there is none at {}; {why}", config.database()));
    }
    let app = match App::open(&config.database()).await {
        Ok(app) => app,
        Err(error) => return found.fail("database", format!("it cannot be opened: {error}")),
    };
    let began = Instant::now();
    let reached = app.reaches_its_data().await;
    let took = began.elapsed();
    let kind = if config.sqlite_file().is_some() {
        "SQLite"
    } else {
        "PostgreSQL"
    };
    let said = format!("{kind}, answers within {:.1} ms", took.as_secs_f64() * 1e3);
    match reached {
        false => found.fail("database", "it does not answer"),
        true if took > SLOW => found.warn("database", format!("{said}: that is slow")),
        true => found.ok("database", said),
    }
    files(&app, config, found).await;
    app.close().await;
}

async fn files(app: &App, config: &Config, found: &mut Findings) {
    let place = match config.files.bucket.is_empty() {
        true => config.files_folder().display().to_string(),
        false => format!("bucket {}", config.files.bucket),
    };
    let tried = match app.keep_files(&config.files, &config.data.dir) {
        Ok(()) => app.try_files().await,
        Err(why) => Err(why),
    };
    match tried {
        Ok(()) => found.ok("files", format!("written, read and removed in {place}")),
        Err(why) => found.fail("files", format!("{place}: {why}")),
    }
}

fn disk(config: &Config, found: &mut Findings) {
    let folder = config.files_folder();
    room(&config.data.dir, config, found);
    let device = |path: &Path| std::os::unix::fs::MetadataExt::dev(&std::fs::metadata(path).ok()?).into();
    let (data, files): (Option<u64>, Option<u64>) = (device(&config.data.dir), device(&folder));
    if files.is_some() && files != data {
        room(&folder, config, found);
    }
}

fn room(folder: &Path, config: &Config, found: &mut Findings) {
    let disk = match statvfs(folder) {
        Ok(disk) => disk,
        Err(error) => return found.fail("disk", format!("{} cannot be looked at: {error}", folder.display())),
    };
    let free = disk.blocks_available() as u64 * disk.fragment_size() as u64 / MIB;
    let all = disk.blocks() as u64 * disk.fragment_size() as u64 / MIB;
    let said = format!("{free} of {all} MiB are free for {}", folder.display());
    let reserve = config.files.reserve_mib;
    if free < reserve {
        found.fail(
            "disk",
            format!("{said}: below files.reserve_mib ({reserve}) no file is taken; make room"),
        );
    } else if free < ROOM_MIB + reserve || free < all / 20 {
        found.warn("disk", format!("{said}: make room before it is full"));
    } else {
        found.ok("disk", said);
    }
}

async fn mail(config: &Config, found: &mut Findings) {
    if config.mail.server.is_empty() {
        return found.ok("mail", "no mail server is set; no letters are sent");
    }
    let server = &config.mail.server;
    let greeted = tokio::time::timeout(MAIL_WITHIN, app::greet_mail(&config.mail)).await;
    match greeted.unwrap_or_else(|_| Err("it does not answer".into())) {
        Ok(()) => found.ok("mail", format!("{server} lets us in")),
        Err(why) => found.fail("mail", format!("{server}: {why}")),
    }
}
