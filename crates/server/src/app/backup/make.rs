//! Making a backup, beside a running service or without one.

use super::super::files::Shelf;
use super::pack::{ColumnKept, ContentsKept, Head, Manifest, Packer, TableKept, hex};
use super::{Place, Told, database, free, is_no_room, now, size, stamp};
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use store::{Original, Part};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Parts and contents that wait to be written.
const WAITING: usize = 2;

/// A backup that was made.
pub struct Made {
    pub path: PathBuf,
    pub schema: i64,
    pub tables: usize,
    pub rows: u64,
    pub contents: u64,
    /// Contents that something refers to, and that are not where they are kept.
    pub missing: usize,
    pub size_bytes: u64,
}

/// Writes a backup to `to`, or into it under a name of its own if it is a folder. With `files` the contents of files are in it. Whatever
/// fails leaves nothing.
pub async fn make(place: &Place, to: &Path, files: bool, told: Told<'_>) -> Result<Made, String> {
    let to = match to.is_dir() {
        true => to.join(format!("deskbell-{}.tar", stamp())),
        false => to.to_owned(),
    };
    let original = Original::open(&place.url).await.map_err(|error| database(&error))?;
    let Some(original) = original else {
        return Err(
            "there is no database of Deskbell to back up. Say where it is with --database or --data-dir.".to_owned(),
        );
    };
    let shelf = match files {
        true => Some(Shelf::open(&place.files, &place.data)?),
        false => None,
    };
    write(original, shelf.as_ref(), to, told).await
}

pub(super) async fn write(
    mut original: Original,
    shelf: Option<&Shelf>,
    to: PathBuf,
    told: Told<'_>,
) -> Result<Made, String> {
    let head = Head::new(&original, now(), shelf.is_some());
    let needed = original.size_bytes();
    let mut out = Out::begin(&to, &head).map_err(|error| cannot(&to, &error, needed))?;
    let packed = pack(&mut original, shelf, &head, &mut out, told).await;
    original.close().await;
    // What was wrong with writing is the reason for what then could not be read to its end.
    let size_bytes = match (packed, out.end().await) {
        (Ok(manifest), Ok(packer)) => {
            let finish = tokio::task::spawn_blocking(move || packer.finish(&manifest).map(|bytes| (manifest, bytes)));
            finish.await.map_err(|error| error.to_string())?
        }
        (_, Err(error)) => Err(error),
        (Err(why), Ok(_)) => return Err(why),
    };
    let (manifest, size_bytes) = size_bytes.map_err(|error| cannot(&to, &error, needed))?;
    Ok(Made {
        path: to,
        schema: manifest.head.schema,
        tables: manifest.tables.len(),
        rows: manifest.rows(),
        contents: manifest.contents.count,
        missing: manifest.contents.missing.len(),
        size_bytes,
    })
}

/// All tables of the instant, then the contents they refer to.
async fn pack(
    original: &mut Original,
    shelf: Option<&Shelf>,
    head: &Head,
    out: &mut Out,
    told: Told<'_>,
) -> Result<Manifest, String> {
    let mut tables = Vec::new();
    for table in original.tables().to_vec() {
        let all = original.count(&table).await.map_err(|error| database(&error))?;
        let (mut rows, mut parts) = (0, 0);
        told(&table.name, 0, all);
        let each = async |part: Part| {
            parts += 1;
            rows += part.rows;
            told(&table.name, rows, all);
            out.put(Item::Part(table.name.clone(), parts, part.lines)).await
        };
        original.rows(&table, each).await.map_err(|error| database(&error))?;
        let columns = table.columns.iter().map(|column| ColumnKept {
            name: column.name.clone(),
            is: column.is.to_owned(),
        });
        tables.push(TableKept {
            columns: columns.collect(),
            name: table.name,
            rows,
            parts,
        });
    }
    let mut contents = ContentsKept::default();
    if let Some(shelf) = shelf {
        let wanted = original.contents().await.map_err(|error| database(&error))?;
        original.end_reading().await.map_err(|error| database(&error))?;
        let all = wanted.len() as u64;
        for (n, (hash, bytes)) in wanted.into_iter().enumerate() {
            told("files", n as u64, all);
            let Some(content) = content(shelf, &hash, bytes).await else {
                contents.missing.push(hex(&hash));
                continue;
            };
            contents.count += 1;
            contents.bytes += bytes;
            if !out.put(Item::Content(hex(&hash), content)).await {
                break;
            }
        }
        told("files", all, all);
    }
    Ok(Manifest {
        head: head.clone(),
        tables,
        contents,
    })
}

/// A content, at most 20 MiB, if it is there and is what its name says.
async fn content(shelf: &Shelf, hash: &[u8; 32], bytes: u64) -> Option<Vec<u8>> {
    let found = shelf.get(hash, bytes).await.ok()?;
    let mut all = Vec::with_capacity(bytes as usize);
    let mut pieces = found.pieces;
    while let Some(piece) = pieces.try_next().await.ok()? {
        all.extend_from_slice(&piece);
    }
    (Sha256::digest(&all)[..] == hash[..]).then_some(all)
}

enum Item {
    Part(String, u32, String),
    Content(String, Vec<u8>),
}

/// The thread that packs and writes while the next part is read.
struct Out {
    items: Option<mpsc::Sender<Item>>,
    thread: JoinHandle<io::Result<Packer>>,
}

impl Out {
    fn begin(to: &Path, head: &Head) -> io::Result<Self> {
        let at_s = jiff::Timestamp::now().as_second().max(0) as u64;
        let mut packer = Packer::create(to, head, at_s)?;
        let (items, mut coming) = mpsc::channel(WAITING);
        let thread = tokio::task::spawn_blocking(move || {
            while let Some(item) = coming.blocking_recv() {
                match item {
                    Item::Part(table, n, lines) => packer.part(&table, n, &lines)?,
                    Item::Content(hex, content) => packer.content(&hex, &content)?,
                }
            }
            Ok(packer)
        });
        Ok(Self {
            items: Some(items),
            thread,
        })
    }

    /// False once writing failed.
    async fn put(&self, item: Item) -> bool {
        match &self.items {
            Some(items) => items.send(item).await.is_ok(),
            None => false,
        }
    }

    async fn end(mut self) -> io::Result<Packer> {
        self.items.take();
        self.thread.await.map_err(io::Error::other)?
    }
}

fn cannot(to: &Path, error: &io::Error, needed: u64) -> String {
    let path = to.display();
    if is_no_room(error.kind()) {
        let left = free(to)
            .map(|free| format!(", {} are free", size(free)))
            .unwrap_or_default();
        return format!(
            "there is no room for the backup at {path}: the database takes {}{left}. Make room or name another place; nothing was left there.",
            size(needed)
        );
    }
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("{path} is there already, and no backup replaces another. Name another file.")
        }
        io::ErrorKind::NotFound => format!("there is no folder for {path}. Make it, or name another place."),
        io::ErrorKind::PermissionDenied => {
            format!("{path} may not be written. Name a place that this user may write to.")
        }
        _ => format!("the backup cannot be written to {path}: {error}. Nothing was left there."),
    }
}
