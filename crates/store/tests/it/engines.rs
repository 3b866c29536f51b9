//! Both engines, and a fresh database of either.

use crate::desk::Desk;
use proof::Lane;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use store::Db;

/// `both!(a_name, …)`: runs each `async fn a_name(desk: &Desk)` on both engines, as `a_name::sqlite` and
/// `a_name::postgres`. Each is a part of the lane `store`.
macro_rules! both {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use crate::engines::Engine;

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                crate::engines::story(Engine::Sqlite, stringify!($name), super::$name).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                crate::engines::story(Engine::Postgres, stringify!($name), super::$name).await;
            }
        }
    )*};
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A database that goes away with the test.
pub struct Database {
    pub url: String,
    _folder: Option<proof::TempDir>,
    _server: Option<proof::pg::Database>,
}

impl Engine {
    /// Empty but for the schema; `None` where there is no server.
    pub async fn database(self) -> Option<Database> {
        if self == Self::Sqlite {
            let folder = proof::temp_dir();
            let url = format!("sqlite:{}", folder.file("deskbell.db").display());
            return Some(Database {
                url,
                _folder: Some(folder),
                _server: None,
            });
        }
        let migrate = async |url: &str| -> Result<(), store::StoreError> {
            Db::open(url).await?.close().await;
            Ok(())
        };
        let database = proof::pg::database(&schema_key(), migrate).await?;
        Some(Database {
            url: database.url().to_owned(),
            _folder: None,
            _server: Some(database),
        })
    }
}

pub async fn story(engine: Engine, name: &str, told: impl AsyncFnOnce(&Desk)) {
    let lane = Lane::part("store", &format!("{name} {engine:?}"));
    let Some(database) = engine.database().await else {
        return lane.skip("no PostgreSQL");
    };
    let desk = Desk::open(engine, database, lane).await;
    told(&desk).await;
    desk.end().await;
}

/// Databases are copies of a template for each state of the migrations.
fn schema_key() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    files.iter().for_each(|file| fs::read(file).unwrap().hash(&mut hasher));
    format!("store_{:016x}", hasher.finish())
}
