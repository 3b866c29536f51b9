//! Backups: made beside a running service, put back into an empty place, and made before a schema changes.
//!
//! [`make()`] reads the tables as they are at one instant ([`store::Original`]), then the contents those refer to, into an archive
//! ([`pack`]) that has its name only once it is whole. [`restore()`] checks all of one first, fills an empty database of either engine
//! ([`store::Blank`]), and gives it a new epoch, so that every client begins anew. [`upgrade`] says what a newer schema would change, tries
//! it on a copy, and keeps a snapshot of before.
//!
//! What fails is told as a sentence with the way on, for whoever has the machine.

mod make;
mod pack;
mod restore;
mod upgrade;

pub use make::make;
pub use restore::{Wanted as RestoreWanted, check, restore};
pub use upgrade::{Plan, Tried, before_migration, plan, upgrade};

use crate::config::{self, Config};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// How far something long has come: what it is at, and how much of how much.
pub type Told<'a> = &'a (dyn Fn(&str, u64, u64) + Send + Sync);

/// Where an installation is.
pub struct Place {
    /// Of the database.
    url: String,
    /// Its file, where it is one.
    file: Option<PathBuf>,
    files: config::Files,
    data: PathBuf,
    snapshots: PathBuf,
    /// Snapshots that are kept; with none of them none are made.
    snapshots_kept: usize,
}

impl Place {
    pub fn of(config: &Config) -> Self {
        let snapshots = &config.data.snapshots;
        Self {
            url: config.database(),
            file: config.sqlite_file(),
            files: config.files.clone(),
            data: config.data.dir.clone(),
            snapshots: match snapshots.as_os_str().is_empty() {
                true => config.data.dir.join("snapshots"),
                false => snapshots.clone(),
            },
            snapshots_kept: config.data.snapshots_kept as usize,
        }
    }
}

/// An instant as it stands in names of files.
fn stamp() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H-%M-%SZ").to_string()
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// "12.3 MiB"
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{:.0} KiB", (bytes as f64 / 1024.0).ceil()),
        1_048_576..1_073_741_824 => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
        _ => format!("{:.1} GiB", bytes as f64 / 1_073_741_824.0),
    }
}

/// Bytes that are free where this is, or will be.
fn free(at: &Path) -> Option<u64> {
    let there = at.ancestors().find(|at| at.exists());
    let there = there
        .filter(|there| !there.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let disk = nix::sys::statvfs::statvfs(there).ok()?;
    Some(disk.blocks_available() as u64 * disk.fragment_size() as u64)
}

fn is_no_room(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    )
}

/// Why a database could not be read or filled, with the way on where one is known.
fn database(error: &store::StoreError) -> String {
    let text = error.to_string();
    // SQLite tells a full disk by the one or the other, PostgreSQL by the third.
    let is_full = ["database or disk is full", "disk I/O error", "No space left on device"];
    match is_full.iter().any(|words| text.contains(words)) {
        true => format!("the disk takes no more of the database ({text}). Is there room? Nothing was left there."),
        false => format!("the database cannot be read or filled: {text}"),
    }
}
