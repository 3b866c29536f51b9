//! What a backup holds, read without the program: it is a tar archive with lines of JSON.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Columns that a restore changes on purpose: the epoch, and what is still to be put into the search index. Documents are numbered
/// as they are made.
const ITS_OWN: [(&str, &str); 9] = [
    ("installation", "epoch"),
    ("installation", "permission_epoch"),
    ("chat", "to_index"),
    ("chat", "indexed"),
    ("chat", "doc"),
    ("ticket", "to_index"),
    ("ticket", "indexed"),
    ("ticket", "doc"),
    ("document_count", "last"),
];

#[derive(Debug, Default, PartialEq)]
pub struct Held {
    pub manifest: Value,
    /// Rows by table and column.
    pub tables: BTreeMap<String, Vec<BTreeMap<String, Value>>>,
    pub contents: BTreeSet<String>,
}

impl Held {
    pub fn read(file: &Path) -> Self {
        let mut held = Self::default();
        let mut lines: BTreeMap<String, String> = BTreeMap::new();
        let mut archive = tar::Archive::new(File::open(file).expect("the backup"));
        for entry in archive.entries().expect("an archive") {
            let mut entry = entry.expect("an entry");
            let name = entry.path().expect("a name").to_str().expect("UTF-8").to_owned();
            if let Some(hash) = name.strip_prefix("files/") {
                held.contents.insert(hash.to_owned());
            } else if let Some(part) = name.strip_prefix("tables/") {
                let table = part.split('/').next().expect("a table").to_owned();
                let read = GzDecoder::new(entry).read_to_string(lines.entry(table).or_default());
                read.expect("packed lines");
            } else if name == "manifest.json" {
                held.manifest = serde_json::from_reader(&mut entry).expect("JSON");
            }
        }
        for table in held.manifest["tables"].as_array().expect("tables") {
            let name = table["name"].as_str().expect("a name");
            let columns: Vec<&str> = table["columns"]
                .as_array()
                .expect("columns")
                .iter()
                .filter_map(|it| it["name"].as_str())
                .collect();
            let rows = lines.remove(name).unwrap_or_default();
            let rows: Vec<_> = rows
                .lines()
                .map(|line| {
                    let values: Vec<Value> = serde_json::from_str(line).expect("a row");
                    assert_eq!(values.len(), columns.len(), "{name}: {line}");
                    columns.iter().map(|it| (*it).to_owned()).zip(values).collect()
                })
                .collect();
            assert_eq!(Some(rows.len() as u64), table["rows"].as_u64(), "{name}");
            held.tables.insert(name.to_owned(), rows);
        }
        held
    }

    pub fn rows(&self) -> usize {
        self.tables.values().map(Vec::len).sum()
    }

    /// Rows of a table as far as these columns go, in one order whichever they were read in.
    fn sorted(&self, table: &str, columns: &BTreeSet<&String>) -> Vec<String> {
        let is_its_own = |column: &str| ITS_OWN.contains(&(table, column));
        let mut rows: Vec<String> = self.tables[table]
            .iter()
            .map(|row| {
                let kept = row
                    .iter()
                    .filter(|(name, _)| columns.contains(name) && !is_its_own(name));
                serde_json::to_string(&kept.collect::<BTreeMap<_, _>>()).expect("JSON")
            })
            .collect();
        rows.sort();
        rows
    }

    /// Everything in it is in the other one, too: all tables but these, all rows, all columns. The other may have more tables and columns.
    #[track_caller]
    pub fn is_in(&self, other: &Held, but: &[&str]) {
        for (table, rows) in &self.tables {
            if but.contains(&table.as_str()) {
                continue;
            }
            assert!(other.tables.contains_key(table), "there is no table {table} any more");
            let columns: BTreeSet<&String> = rows.iter().flat_map(|row| row.keys()).collect();
            let (before, after) = (self.sorted(table, &columns), other.sorted(table, &columns));
            if before != after {
                let lost = before.iter().filter(|row| !after.contains(row)).take(5);
                let new = after.iter().filter(|row| !before.contains(row)).take(5);
                panic!(
                    "{table} differs, {} rows and {}.\n  before: {:#?}\n  after: {:#?}",
                    before.len(),
                    after.len(),
                    lost.collect::<Vec<_>>(),
                    new.collect::<Vec<_>>()
                );
            }
        }
    }

    /// The same tables, rows and contents in both.
    #[track_caller]
    pub fn equals(&self, other: &Held, but: &[&str]) {
        self.is_in(other, but);
        other.is_in(self, but);
        assert_eq!(self.contents, other.contents);
    }
}
