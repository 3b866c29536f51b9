//! Putting a backup back: into an empty place, all of it or nothing.

use super::super::files::Shelf;
use super::super::random_epoch;
use super::pack::{self, Beside, Kept, Manifest, TableKept, Unfit};
use super::{Place, Told, database, stamp};
use futures_util::stream;
use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Alone, Blank, InTheWay, Table};
use tokio::sync::mpsc;

#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// What is there is put aside; without it the place has to be empty.
    pub replace: bool,
    /// The schema stays that of the backup, for the program it belongs to.
    pub keep_schema: bool,
    /// Agents and customer users have to sign in again.
    pub end_sessions: bool,
}

/// What was in a backup that was checked or restored.
pub struct Restored {
    pub made_at: String,
    pub version: String,
    pub schema: i64,
    pub engine: String,
    pub tables: usize,
    pub rows: u64,
    pub contents: u64,
    pub with_files: bool,
    pub missing: usize,
    /// Where what was there before is kept.
    pub aside: Option<String>,
}

impl Restored {
    fn of(manifest: &Manifest, aside: Option<String>) -> Self {
        let head = &manifest.head;
        Self {
            made_at: head.made_at.clone(),
            version: head.version.clone(),
            schema: head.schema,
            engine: head.engine.clone(),
            tables: manifest.tables.len(),
            rows: manifest.rows(),
            contents: manifest.contents.count,
            with_files: head.files,
            missing: manifest.contents.missing.len(),
            aside,
        }
    }
}

/// Reads all of a backup and compares its sums; changes nothing.
pub async fn check(from: &Path, told: Told<'_>) -> Result<Restored, String> {
    Ok(Restored::of(&checked(from, told).await?, None))
}

async fn checked(from: &Path, told: Told<'_>) -> Result<Manifest, String> {
    let all = std::fs::metadata(from).map(|file| file.len()).unwrap_or(0);
    let (done, path) = (std::sync::Arc::new(AtomicU64::new(0)), from.to_owned());
    let counting = done.clone();
    let mut checking =
        tokio::task::spawn_blocking(move || pack::check(&path, &|read| counting.store(read, Ordering::Relaxed)));
    let mut tick = tokio::time::interval(std::time::Duration::from_millis(200));
    let outcome = loop {
        tokio::select! {
            outcome = &mut checking => break outcome,
            _ = tick.tick() => told("sums", done.load(Ordering::Relaxed), all),
        }
    };
    outcome
        .map_err(|error| error.to_string())?
        .map_err(|why| unfit(from, &why))
}

/// Puts a backup back. Everything in it is checked first, and the place is as it was until all of it is there.
pub async fn restore(place: &Place, from: &Path, wanted: Wanted, told: Told<'_>) -> Result<Restored, String> {
    let manifest = checked(from, told).await?;
    let shelf = match manifest.head.files {
        true => Some(Shelf::open(&place.files, &place.data)?),
        false => None,
    };
    let mut shelved = Shelved {
        shelf: shelf.as_ref(),
        new: Vec::new(),
    };
    let filled = match &place.file {
        Some(file) => into_file(file, from, &manifest, wanted, &mut shelved, told).await,
        None => into_postgres(&place.url, from, &manifest, wanted, &mut shelved, told).await,
    };
    match filled {
        Ok(aside) => Ok(Restored::of(&manifest, aside)),
        Err(why) => {
            shelved.take_back().await;
            Err(why)
        }
    }
}

/// A file beside the one that is meant, which gets its name when all is in it.
async fn into_file(
    file: &Path,
    from: &Path,
    manifest: &Manifest,
    wanted: Wanted,
    shelved: &mut Shelved<'_>,
    told: Told<'_>,
) -> Result<Option<String>, String> {
    let is_there = [file.to_owned(), with(file, "-wal")]
        .iter()
        .any(|it| it.symlink_metadata().is_ok());
    if is_there && !wanted.replace {
        return Err(format!(
            "{} is there already. Name an empty place, or put what is there aside with --replace.",
            file.display()
        ));
    }
    let alone = match file.is_file() {
        true => alone(file).await?,
        false => None,
    };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|e| format!("cannot make the folder {}: {e}", folder.display()))?;
    }
    let beside = Beside(with(file, ".restoring"));
    let _ = std::fs::remove_file(&beside.0);
    let blank = Blank::sqlite(&beside.0, &manifest.head.steps).await;
    fill(
        blank.map_err(|error| database(&error))?,
        from,
        manifest,
        wanted,
        shelved,
        told,
    )
    .await?;
    let aside = is_there.then(|| with(file, &format!(".before-{}", stamp())));
    let placed = put_in_place(&beside.0, file, aside.as_deref());
    placed.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!(
                "{} came while it was restored: end what made it, and do it again",
                file.display()
            )
        }
        _ => format!("the database cannot be put to {}: {error}", file.display()),
    })?;
    if let Some(alone) = alone {
        let _ = alone.release().await;
    }
    Ok(aside.map(|aside| aside.display().to_string()))
}

/// What is there goes aside, with what SQLite keeps beside it; should the new one not get its name, it comes back.
fn put_in_place(new: &Path, file: &Path, aside: Option<&Path>) -> std::io::Result<()> {
    const ENDS: [&str; 3] = ["", "-wal", "-shm"];
    let rename = |from: &Path, to: &Path| {
        let there = ENDS.iter().filter(|end| with(from, end).symlink_metadata().is_ok());
        there
            .into_iter()
            .try_for_each(|end| std::fs::rename(with(from, end), with(to, end)))
    };
    std::fs::File::open(new)?.sync_all()?;
    if let Some(aside) = aside {
        rename(file, aside)?;
    }
    let placed = pack::name(new, file);
    if let (Err(_), Some(aside)) = (&placed, aside) {
        let _ = rename(aside, file);
    }
    placed
}

/// Keeps everybody else out of what is replaced. A file that is damaged nobody can be using.
async fn alone(file: &Path) -> Result<Option<Alone>, String> {
    match Alone::with(file).await {
        Ok(Some(alone)) => Ok(Some(alone)),
        Ok(None) => Err(format!(
            "{} is in use. End the service first; nothing is changed.",
            file.display()
        )),
        Err(error) if store::is_no_database(&error) => Ok(None),
        Err(error) => Err(database(&error)),
    }
}

/// In one transaction: whoever looks meanwhile sees what was there before.
async fn into_postgres(
    url: &str,
    from: &Path,
    manifest: &Manifest,
    wanted: Wanted,
    shelved: &mut Shelved<'_>,
    told: Told<'_>,
) -> Result<Option<String>, String> {
    let aside = format!("before_{}", stamp().to_lowercase().replace('-', "_"));
    let aside_wanted = wanted.replace.then_some(aside.as_str());
    let blank = Blank::postgres(url, &manifest.head.steps, aside_wanted).await;
    let (blank, was_there) = match blank.map_err(|error| database(&error))? {
        Ok(blank) => blank,
        Err(InTheWay::NotEmpty) => {
            return Err(
                "there are tables in the database already. Name an empty one, or put what is there aside with --replace."
                    .to_owned(),
            );
        }
        Err(InTheWay::InUse(others)) => {
            return Err(format!(
                "the database is in use, by {others} connections of Deskbell. End the service on every node first; nothing is changed."
            ));
        }
    };
    fill(blank, from, manifest, wanted, shelved, told).await?;
    Ok(was_there.then(|| format!("the schema {aside} of the database")))
}

/// Reads the backup in a thread of its own, and puts in what it holds.
async fn fill(
    mut blank: Blank,
    from: &Path,
    manifest: &Manifest,
    wanted: Wanted,
    shelved: &mut Shelved<'_>,
    told: Told<'_>,
) -> Result<(), String> {
    let mut tables = HashMap::new();
    for kept in &manifest.tables {
        tables.insert(kept.name.as_str(), (target(&blank, kept)?, 0_u64));
    }
    let (send, mut kept) = mpsc::channel(2);
    let path = from.to_owned();
    let reading = tokio::task::spawn_blocking(move || pack::each(&path, |kept| send.blocking_send(kept).is_ok()));
    let (all, contents) = (manifest.rows(), manifest.contents.count);
    let mut done = 0;
    while let Some(item) = kept.recv().await {
        match item {
            Kept::Part { table, lines } => {
                let Some((target, rows)) = tables.get_mut(table.as_str()) else {
                    return Err(unfit(from, &Unfit::Damaged(table)));
                };
                let put = blank.put(target, &lines).await.map_err(|error| database(&error))?;
                (*rows, done) = (*rows + put, done + put);
                told("rows", done, all);
            }
            Kept::Content { hash, content } => {
                shelved.put(hash, content).await?;
                told("files", shelved.new.len() as u64, contents);
            }
        }
    }
    let read = reading.await.map_err(|error| error.to_string())?;
    read.map_err(|why| unfit(from, &why))?;
    let short = |kept: &&TableKept| {
        tables
            .get(kept.name.as_str())
            .is_none_or(|(_, rows)| *rows != kept.rows)
    };
    if let Some(kept) = manifest.tables.iter().find(short) {
        return Err(unfit(from, &Unfit::Damaged(kept.name.clone())));
    }
    if wanted.end_sessions {
        blank.end_sessions().await.map_err(|error| database(&error))?;
    }
    let newest = !wanted.keep_schema;
    blank
        .finish(random_epoch(), newest)
        .await
        .map_err(|error| database(&error))
}

fn target(blank: &Blank, kept: &TableKept) -> Result<Table, String> {
    let columns: Vec<_> = kept
        .columns
        .iter()
        .map(|it| (it.name.as_str(), it.is.as_str()))
        .collect();
    let table = blank.table(&kept.name, &columns);
    table.ok_or_else(|| format!("the backup's table {} is not as its schema has it", kept.name))
}

/// Contents on their way to where they are kept.
struct Shelved<'a> {
    shelf: Option<&'a Shelf>,
    /// Those that were not there.
    new: Vec<[u8; 32]>,
}

impl Shelved<'_> {
    async fn put(&mut self, hash: [u8; 32], content: Vec<u8>) -> Result<(), String> {
        let Some(shelf) = self.shelf else { return Ok(()) };
        let bytes = content.len() as u64;
        let cannot = |_| "a file cannot be put where files are kept ([files] in the configuration): is there room, and may it be written?";
        if shelf.size_of(&hash).await.map_err(cannot)? == Some(bytes) {
            return Ok(());
        }
        let body = stream::iter([Ok::<_, std::convert::Infallible>(content)]);
        let arrived = shelf.receive(body, bytes).await.map_err(cannot)?;
        shelf.put(arrived).await.map_err(cannot)?;
        self.new.push(hash);
        Ok(())
    }

    async fn take_back(&self) {
        let Some(shelf) = self.shelf else { return };
        for hash in &self.new {
            let _ = shelf.remove(hash).await;
        }
    }
}

fn unfit(from: &Path, why: &Unfit) -> String {
    let path = from.display();
    match why {
        Unfit::Foreign => format!("{path} is no backup of Deskbell. `deskbell backup` makes one."),
        Unfit::Newer { version, schema } => format!(
            "{path} was made by Deskbell {version}, with schema {schema}; this is {} with schema {}. Restore it with that version or a newer one.",
            env!("CARGO_PKG_VERSION"),
            store::newest_schema()
        ),
        Unfit::Damaged(what) => format!("{path} is damaged: {what} is not as it was written. Take another backup."),
        Unfit::Cut => format!("{path} is not whole: it ends before its end. Copy it again, or take another backup."),
        Unfit::Unreadable(why) => format!("{path} cannot be read: {why}"),
    }
}

/// The same path with something behind its name.
fn with(file: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(end);
    name.into()
}
