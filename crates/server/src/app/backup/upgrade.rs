//! A newer program meets an older schema: what that would change, a snapshot of before, and the change itself.

use super::super::random_epoch;
use super::{Place, Told, database, free, make, size, stamp};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use store::{Blank, Original, Standing, Step};

/// What a newer schema would change.
pub struct Plan {
    pub from: i64,
    pub to: i64,
    pub steps: Vec<Step>,
    /// The folder, and how many it keeps; with none no snapshot is made.
    pub snapshots: PathBuf,
    pub snapshots_kept: usize,
    /// What a snapshot takes at most, and what is free there.
    pub needed_bytes: u64,
    pub free_bytes: Option<u64>,
    pub tried: Tried,
}

/// What came of doing it on a copy.
pub enum Tried {
    Done(store::Report),
    Failed(String),
    /// A copy takes about so many bytes.
    NoRoom(u64),
}

impl Plan {
    pub fn may_go_ahead(&self) -> bool {
        let room = self.snapshots_kept == 0 || self.free_bytes.is_none_or(|free| free > self.needed_bytes);
        room && matches!(&self.tried, Tried::Done(report) if report.findings.is_empty())
    }
}

/// The state of before, and where it is.
pub struct Snapshot {
    pub path: PathBuf,
    pub from: i64,
    pub to: i64,
    pub size_bytes: u64,
}

/// Says what the newest schema would change, and tries it on a copy, a file of its own in the folder of snapshots. Changes nothing.
pub async fn plan(place: &Place, told: Told<'_>) -> Result<Plan, String> {
    let mut original = open(place)
        .await?
        .ok_or("there is no database of Deskbell to upgrade.")?;
    let standing = original.standing().clone();
    let needed_bytes = original.size_bytes();
    let free_bytes = free(&place.snapshots);
    // The copy, and what its steps write anew.
    let copy_bytes = 2 * needed_bytes;
    let tried = match free_bytes.is_some_and(|free| free < copy_bytes) {
        true => Tried::NoRoom(copy_bytes),
        false => match tried(place, &mut original, &standing, told).await {
            Ok(report) => Tried::Done(report),
            Err(why) => Tried::Failed(why),
        },
    };
    original.close().await;
    Ok(Plan {
        from: standing.schema(),
        to: store::newest_schema(),
        steps: standing.pending,
        snapshots: place.snapshots.clone(),
        snapshots_kept: place.snapshots_kept,
        needed_bytes,
        free_bytes,
        tried,
    })
}

/// A file and what SQLite keeps beside it, gone when this is dropped; the folder, too, if nothing else is in it.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
        }
        if let Some(folder) = self.0.parent() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

async fn tried(
    place: &Place,
    original: &mut Original,
    standing: &Standing,
    told: Told<'_>,
) -> Result<store::Report, String> {
    make_folder(&place.snapshots)?;
    let scratch = Scratch(place.snapshots.join(format!("trying-{}.db", std::process::id())));
    let mut blank = Blank::sqlite(&scratch.0, &standing.applied)
        .await
        .map_err(|error| database(&error))?;
    for table in original.tables().to_vec() {
        let columns: Vec<_> = table
            .columns
            .iter()
            .map(|column| (column.name.as_str(), column.is))
            .collect();
        let target = blank.table(&table.name, &columns);
        let target = target.ok_or_else(|| format!("the table {} is not as its schema has it", table.name))?;
        let all = original.count(&table).await.map_err(|error| database(&error))?;
        let (mut done, mut failed) = (0, None);
        told(&table.name, 0, all);
        let each = async |part: store::Part| match blank.put(&target, &part.lines).await {
            Ok(rows) => {
                done += rows;
                told(&table.name, done, all);
                true
            }
            Err(error) => {
                failed = Some(database(&error));
                false
            }
        };
        original.rows(&table, each).await.map_err(|error| database(&error))?;
        if let Some(why) = failed {
            return Err(why);
        }
    }
    blank
        .finish(random_epoch(), true)
        .await
        .map_err(|error| database(&error))?;
    told("checks", 0, 0);
    let url = format!("sqlite:{}", scratch.0.display());
    store::migrate_and_verify(&url).await.map_err(|error| database(&error))
}

/// Where this program would change the schema of a database that has one, keeps a snapshot of it first, and lets go of those that are too
/// many. Refuses what a newer program has made of it.
pub async fn before_migration(place: &Place, told: Told<'_>) -> Result<Option<Snapshot>, String> {
    let Some(original) = open(place).await? else {
        return Ok(None);
    };
    let standing = original.standing();
    if standing.pending.is_empty() || place.snapshots_kept == 0 {
        original.close().await;
        return Ok(None);
    }
    let (from, to) = (standing.schema(), store::newest_schema());
    make_folder(&place.snapshots)?;
    // Nodes that start at the same time may share the folder.
    let name = format!("schema-{from}-{}-{:08x}.tar", stamp(), getrandom::u32().unwrap_or(0));
    let made = make::write(original, None, place.snapshots.join(name), told).await.map_err(|why| {
        format!(
            "the schema goes from {from} to {to}, and a snapshot has to be made before: {why} \
             data.snapshots in the configuration names another folder; data.snapshots_kept = 0 goes on without one, once you have a backup."
        )
    })?;
    let_go(&place.snapshots, place.snapshots_kept);
    Ok(Some(Snapshot {
        path: made.path,
        from,
        to,
        size_bytes: made.size_bytes,
    }))
}

/// Brings the schema to that of this program.
pub async fn upgrade(place: &Place, told: Told<'_>) -> Result<Option<Snapshot>, String> {
    let snapshot = before_migration(place, told).await?;
    store::migrate(&place.url).await.map_err(|error| database(&error))?;
    Ok(snapshot)
}

async fn open(place: &Place) -> Result<Option<Original>, String> {
    let original = Original::open(&place.url).await.map_err(|error| database(&error))?;
    if let Some(original) = &original
        && let Some(newest) = original.standing().unknown.iter().max()
    {
        return Err(format!(
            "a newer program has made schema {newest} of the database; this is Deskbell {} with schema {}. Start the newer one, or \
             restore the snapshot that it made before: `deskbell restore SNAPSHOT --replace`.",
            env!("CARGO_PKG_VERSION"),
            store::newest_schema()
        ));
    }
    Ok(original)
}

fn make_folder(folder: &Path) -> Result<(), String> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| format!("cannot make the folder {}: {error}", folder.display()))
}

/// Removes all snapshots but the newest.
fn let_go(folder: &Path, kept: usize) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut snapshots: Vec<(String, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let (schema, at) = name.strip_prefix("schema-")?.strip_suffix(".tar")?.split_once('-')?;
            schema.parse::<i64>().ok()?;
            Some((at.to_owned(), entry.path()))
        })
        .collect();
    snapshots.sort();
    let too_many = snapshots.len().saturating_sub(kept);
    for (_, path) in snapshots.drain(..too_many) {
        match std::fs::remove_file(&path) {
            Ok(()) => tracing::info!(path = %path.display(), "an old snapshot was removed"),
            Err(error) => tracing::warn!(%error, path = %path.display(), "an old snapshot cannot be removed"),
        }
    }
}

impl std::fmt::Display for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            path,
            from,
            to,
            size_bytes,
        } = self;
        write!(
            f,
            "the schema goes from {from} to {to}; a snapshot of before ({}) is in {}",
            size(*size_bytes),
            path.display()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_snapshots_stay_and_nothing_else_goes() {
        let dir = proof::temp_dir();
        let names = [
            "schema-9-2026-11-01T10-00-00Z.tar",
            "schema-12-2026-10-01T10-00-00Z.tar",
            "schema-13-2026-11-02T10-00-00Z.tar",
            "schema-x-2026-01-01T10-00-00Z.tar",
            "deskbell-2026-01-01T10-00-00Z.tar",
            ".schema-1-2026-01-01T10-00-00Z.tar.unfinished",
        ];
        names
            .iter()
            .for_each(|name| std::fs::write(dir.file(name), "").unwrap());
        let_go(dir.path(), 2);
        let is_there: Vec<_> = names.iter().map(|name| dir.file(name).exists()).collect();
        assert_eq!(is_there, [true, false, true, true, true, true]);
        let_go(dir.path(), 2);
        assert!(dir.file(names[0]).exists());
    }
}
