//! Folders that go away with the test that made them.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder of its own, removed with everything in it when dropped.
#[derive(Debug)]
pub struct TempDir(PathBuf);

/// Makes an empty folder in the system's temporary folder (`TMPDIR`).
pub fn temp_dir() -> TempDir {
    let path = std::env::temp_dir().join(format!("deskbell-{}", uuid::Uuid::now_v7().simple()));
    fs::create_dir_all(&path).unwrap_or_else(|e| panic!("cannot make {}: {e}", path.display()));
    TempDir(path)
}

/// The environment variable that names [`shared_dir`].
pub const SHARED_DIR: &str = "DESKBELL_TEST_SHARED";

/// A folder that all tests of a run share, for what is made once and copied; `None` where they were not started by
/// `proof-pg run`.
pub fn shared_dir() -> Option<PathBuf> {
    std::env::var_os(SHARED_DIR).map(PathBuf::from)
}

impl TempDir {
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The path of a file in the folder; the file is not made.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_goes_with_its_owner() {
        let dir = temp_dir();
        fs::write(dir.file("deskbell.db"), "x").unwrap();
        let path = dir.path().to_owned();
        assert!(path.is_dir());
        drop(dir);
        assert!(!path.exists());
    }
}
