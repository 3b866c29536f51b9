//! What a backup is: a tar archive that any `tar` opens.
//!
//! ```text
//! deskbell-backup.json         what it is, read first: version, schema, engine, epoch, when
//! tables/chat/000001.jsonl.gz  rows, a line of JSON each, about 4 MiB to a part; see `store::copy`
//! files/0a1b…                  contents of files, by their SHA-256
//! manifest.json                tables with columns and counts; contents
//! SHA256SUMS                   of all but the contents, whose names are their sums; the end: what has none was not written whole
//! ```

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const HEAD: &str = "deskbell-backup.json";
const MANIFEST: &str = "manifest.json";
const SUMS: &str = "SHA256SUMS";
const TABLES: &str = "tables/";
const FILES: &str = "files/";
/// Of the archive itself; raised when an older program could not read it.
const FORMAT: u32 = 1;
/// Nothing in it that is read as a whole is longer.
const PART_MAX: u64 = 256 * 1024 * 1024;
/// Written between two flushes: commits of who serves stand behind each, so they are short.
const FLUSH_BYTES: usize = 1024 * 1024;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    format: u32,
    /// The program's.
    pub version: String,
    pub schema: i64,
    /// The steps that made the schema.
    pub steps: Vec<i64>,
    /// "sqlite" or "postgres"; it goes into either.
    pub engine: String,
    pub epoch: i64,
    pub made_at: String,
    /// Whether the contents of files are in it.
    pub files: bool,
}

impl Head {
    pub fn new(original: &store::Original, made_at: String, files: bool) -> Self {
        let standing = original.standing();
        Self {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            schema: standing.schema(),
            steps: standing.applied.clone(),
            engine: original.engine().to_owned(),
            epoch: original.epoch(),
            made_at,
            files,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnKept {
    pub name: String,
    /// "int", "text" or "bytes".
    pub is: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableKept {
    pub name: String,
    pub columns: Vec<ColumnKept>,
    pub rows: u64,
    pub parts: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentsKept {
    pub count: u64,
    pub bytes: u64,
    /// Hashes of those that were referred to, and were not where they are kept.
    pub missing: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub head: Head,
    pub tables: Vec<TableKept>,
    pub contents: ContentsKept,
}

impl Manifest {
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// A backup that is being written. It has its name only once it is whole; dropped before, it is gone.
pub struct Packer {
    tar: tar::Builder<Smooth>,
    sums: String,
    beside: Beside,
    to: PathBuf,
    at_s: u64,
}

impl Packer {
    /// Refuses what is there already: a backup replaces nothing.
    pub fn create(to: &Path, head: &Head, at_s: u64) -> io::Result<Self> {
        if to.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let name = to.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
        // Two that are made at once do not meet.
        let path = to.with_file_name(format!(".{name}.{}.unfinished", Uuid::now_v7().simple()));
        // Conversations and hashes of passwords are nobody else's on the machine.
        let file = File::options().write(true).create_new(true).mode(0o600).open(&path)?;
        let mut packer = Self {
            tar: tar::Builder::new(Smooth {
                file,
                unflushed: 0,
                written: 0,
            }),
            sums: String::new(),
            beside: Beside(path),
            to: to.to_owned(),
            at_s,
        };
        packer.put(HEAD, &json(head)?)?;
        Ok(packer)
    }

    pub fn part(&mut self, table: &str, n: u32, lines: &str) -> io::Result<()> {
        let mut packed = GzEncoder::new(Vec::with_capacity(lines.len() / 3), Compression::fast());
        packed.write_all(lines.as_bytes())?;
        self.put(&format!("{TABLES}{table}/{n:06}.jsonl.gz"), &packed.finish()?)
    }

    pub fn content(&mut self, hex: &str, content: &[u8]) -> io::Result<()> {
        self.append(&format!("{FILES}{hex}"), content)
    }

    /// Returns its size once it is there to stay.
    pub fn finish(mut self, manifest: &Manifest) -> io::Result<u64> {
        self.put(MANIFEST, &json(manifest)?)?;
        let sums = std::mem::take(&mut self.sums);
        self.append(SUMS, sums.as_bytes())?;
        let smooth = self.tar.into_inner()?;
        smooth.file.sync_all()?;
        name(&self.beside.0, &self.to)?;
        Ok(smooth.written)
    }

    fn put(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        // As sha256sum writes and checks them.
        let _ = writeln!(self.sums, "{}  {name}", hex(&Sha256::digest(content)));
        self.append(name, content)
    }

    fn append(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let mut header = tar::Header::new_ustar();
        header.set_path(name)?;
        header.set_size(content.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(self.at_s);
        header.set_cksum();
        self.tar.append(&header, content)
    }
}

/// A file under another name, removed when it is dropped before it got its own.
pub struct Beside(pub PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Gives a whole file its name, to stay, and not over one that came meanwhile; where links are not known, as far as can be seen.
pub fn name(whole: &Path, file: &Path) -> io::Result<()> {
    match std::fs::hard_link(whole, file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => std::fs::rename(whole, file)?,
        linked => linked?,
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

struct Smooth {
    file: File,
    unflushed: usize,
    written: u64,
}

impl Write for Smooth {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.written += n as u64;
        self.unflushed += n;
        if self.unflushed >= FLUSH_BYTES {
            self.unflushed = 0;
            self.file.sync_data()?;
        }
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Why a backup is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    Foreign,
    /// Made by this version, whose schema is newer, or whose backups are.
    Newer {
        version: String,
        schema: i64,
    },
    /// What of it is not as it was written.
    Damaged(String),
    /// It ends before its end.
    Cut,
    Unreadable(String),
}

/// Reads all of it and compares every sum. Nothing of it is used before that.
pub fn check(from: &Path, told: &dyn Fn(u64)) -> Result<Manifest, Unfit> {
    let mut archive = open(from)?;
    let mut checking = Checking::default();
    let mut done = 0;
    for entry in archive.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(|_| checking.broken_off())?;
        let name = entry
            .path()
            .ok()
            .and_then(|path| path.to_str().map(str::to_owned))
            .unwrap_or_default();
        checking.entry(&name, entry.size(), &mut entry)?;
        done += entry.size();
        told(done);
    }
    checking.verdict()
}

#[derive(Default)]
struct Checking {
    head: Option<Head>,
    manifest: Option<Manifest>,
    sums: BTreeMap<String, String>,
    parts: BTreeMap<String, u32>,
    contents: ContentsKept,
    said: Option<String>,
}

impl Checking {
    fn broken_off(&self) -> Unfit {
        match self.head {
            None => Unfit::Foreign,
            Some(_) => Unfit::Cut,
        }
    }

    fn entry(&mut self, name: &str, size: u64, from: &mut impl Read) -> Result<(), Unfit> {
        let damaged = || Unfit::Damaged(name.to_owned());
        if self.head.is_none() {
            if name != HEAD {
                return Err(Unfit::Foreign);
            }
            let text = whole(from, size)?;
            let head: Value = serde_json::from_slice(&text).map_err(|_| damaged())?;
            let newer = || Unfit::Newer {
                version: head["version"].as_str().unwrap_or("unknown").to_owned(),
                schema: head["schema"].as_i64().unwrap_or(0),
            };
            if head["format"].as_u64() != Some(FORMAT.into()) {
                return Err(newer());
            }
            let head: Head = serde_json::from_value(head.clone()).map_err(|_| damaged())?;
            if !store::Standing::of(head.steps.clone()).unknown.is_empty() {
                return Err(newer());
            }
            self.head = Some(head);
            self.sums.insert(name.to_owned(), hex(&Sha256::digest(&text)));
            return Ok(());
        }
        if self.said.is_some() {
            // Behind the sums nothing is vouched for.
            return Err(damaged());
        }
        if let Some(hash) = name.strip_prefix(FILES) {
            if hex(&sum(from, size)?) != hash {
                return Err(damaged());
            }
            self.contents.count += 1;
            self.contents.bytes += size;
        } else if name == SUMS {
            let said = String::from_utf8(whole(from, size)?);
            self.said = Some(said.map_err(|_| damaged())?);
        } else if name == MANIFEST {
            let text = whole(from, size)?;
            self.sums.insert(name.to_owned(), hex(&Sha256::digest(&text)));
            self.manifest = Some(serde_json::from_slice(&text).map_err(|_| damaged())?);
        } else {
            let table = name.strip_prefix(TABLES).and_then(|rest| rest.split('/').next());
            *self.parts.entry(table.ok_or_else(damaged)?.to_owned()).or_default() += 1;
            self.sums.insert(name.to_owned(), hex(&sum(from, size)?));
        }
        Ok(())
    }

    fn verdict(self) -> Result<Manifest, Unfit> {
        let head = self.head.ok_or(Unfit::Foreign)?;
        let said = self.said.ok_or(Unfit::Cut)?;
        let said: BTreeMap<&str, &str> = said
            .lines()
            .filter_map(|line| line.split_once("  "))
            .map(|(sum, name)| (name, sum))
            .collect();
        for (name, sum) in &self.sums {
            if said.get(name.as_str()) != Some(&sum.as_str()) {
                return Err(Unfit::Damaged(name.clone()));
            }
        }
        if let Some(lost) = said.keys().find(|name| !self.sums.contains_key(**name)) {
            return Err(Unfit::Damaged((*lost).to_owned()));
        }
        let manifest = self.manifest.ok_or(Unfit::Cut)?;
        let parts = |table: &TableKept| self.parts.get(&table.name).copied().unwrap_or(0);
        if let Some(table) = manifest.tables.iter().find(|table| parts(table) != table.parts) {
            return Err(Unfit::Damaged(format!("{TABLES}{}", table.name)));
        }
        let is = (manifest.contents.count, manifest.contents.bytes);
        if is != (self.contents.count, self.contents.bytes) || manifest.head != head {
            return Err(Unfit::Damaged(FILES.to_owned()));
        }
        Ok(manifest)
    }
}

/// What a backup holds, in the order in which it is put back.
pub enum Kept {
    Part { table: String, lines: String },
    Content { hash: [u8; 32], content: Vec<u8> },
}

/// Reads one that was checked.
pub fn each(from: &Path, mut put: impl FnMut(Kept) -> bool) -> Result<(), Unfit> {
    for entry in open(from)?.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(unreadable)?;
        let name = entry
            .path()
            .ok()
            .and_then(|path| path.to_str().map(str::to_owned))
            .unwrap_or_default();
        let size = entry.size();
        let kept = if let Some(hash) = name.strip_prefix(FILES) {
            let content = whole(&mut entry, size)?;
            let hash = unhex(hash).ok_or_else(|| Unfit::Damaged(name.clone()))?;
            Kept::Content { hash, content }
        } else if let Some(table) = name.strip_prefix(TABLES).and_then(|rest| rest.split('/').next()) {
            let mut lines = String::new();
            let read = GzDecoder::new(&mut entry).take(PART_MAX).read_to_string(&mut lines);
            if read.is_err() || lines.len() as u64 >= PART_MAX {
                return Err(Unfit::Damaged(name.clone()));
            }
            Kept::Part {
                table: table.to_owned(),
                lines,
            }
        } else {
            continue;
        };
        if !put(kept) {
            break;
        }
    }
    Ok(())
}

fn open(from: &Path) -> Result<tar::Archive<BufReader<File>>, Unfit> {
    let file = File::open(from).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(Unfit::Foreign);
    }
    Ok(tar::Archive::new(BufReader::with_capacity(1024 * 1024, file)))
}

fn unreadable(error: io::Error) -> Unfit {
    Unfit::Unreadable(error.to_string())
}

fn whole(from: &mut impl Read, size: u64) -> Result<Vec<u8>, Unfit> {
    let mut all = Vec::new();
    from.take(PART_MAX).read_to_end(&mut all).map_err(|_| Unfit::Cut)?;
    match all.len() as u64 == size {
        true => Ok(all),
        false => Err(Unfit::Cut),
    }
}

fn sum(from: &mut impl Read, size: u64) -> Result<[u8; 32], Unfit> {
    let (mut sum, mut buffer, mut read) = (Sha256::new(), vec![0; 256 * 1024], 0);
    loop {
        match from.read(&mut buffer).map_err(|_| Unfit::Cut)? {
            0 if read == size => return Ok(sum.finalize().into()),
            0 => return Err(Unfit::Cut),
            n => {
                read += n as u64;
                sum.update(&buffer[..n]);
            }
        }
    }
}

fn json(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}

pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

fn unhex(hex: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).ok()?;
    }
    Some(bytes)
}
