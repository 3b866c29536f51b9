//! Where lanes leave their files.

use std::env;
use std::path::{Path, PathBuf};

/// `DESKBELL_PROOF_DIR` when set (the Makefile sets it, so that checkouts sharing one cargo target folder keep their
/// proofs apart), else `proof` in cargo's target folder.
pub fn proof_dir() -> PathBuf {
    if let Some(dir) = env::var_os("DESKBELL_PROOF_DIR") {
        return dir.into();
    }
    let root = workspace_root();
    match env::var_os("CARGO_TARGET_DIR") {
        Some(target) => root.join(target).join("proof"),
        None => root.join("target/proof"),
    }
}

/// The checkout this process works on: the nearest folder upwards that has `crates/proof`, from the package under test
/// or, outside cargo, from the current folder.
///
/// Asked at run time and not fixed by the compiler, so that a binary built in one checkout serves another.
pub fn workspace_root() -> PathBuf {
    let start = env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .or_else(|| env::current_dir().ok());
    let start = start.expect("a current folder");
    find_root(&start).unwrap_or_else(|| panic!("{} is not inside a Deskbell checkout", start.display()))
}

fn find_root(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|dir| dir.join("crates/proof/Cargo.toml").is_file())
        .map(Path::to_path_buf)
}

/// A name as a file name: lower-case letters and digits, everything else one dash.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_from_a_folder_deep_inside() {
        let root = workspace_root();
        assert!(root.join("crates/proof/src/folder.rs").is_file());
        assert_eq!(find_root(&root.join("crates/proof/src/bin")), Some(root));
    }

    #[test]
    fn a_slug_is_a_plain_file_name() {
        assert_eq!(
            slug("store::chat: Nina's second accept"),
            "store-chat-nina-s-second-accept"
        );
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
    }
}
