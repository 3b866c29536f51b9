//! How a test run shows what it did.
//!
//! - [`Lane`]: one subject put to the proof ("store", "crash"); leaves a small JSON file behind.
//! - [`table`]: adds those files up; the binary `proof-table` prints them and fails the run on a violation.
//! - [`pg`]: a fresh, migrated PostgreSQL database for each test.
//! - [`cluster`]: the private PostgreSQL behind it; the binary `proof-pg` starts it once around a whole test run.
//! - [`temp_dir`]: a folder for SQLite files that goes away with the test; [`shared_dir`]: one that stays as long as the run.
#![forbid(unsafe_code)]

pub mod cluster;
pub mod folder;
mod lane;
pub mod pg;
pub mod table;
mod temp;

pub use lane::Lane;
pub use temp::{SHARED_DIR, TempDir, shared_dir, temp_dir};

/// How much harder than usual this run tries: the environment variable `PROOF`, 1 when unset. Lanes multiply their
/// counts by it.
///
/// Panics on anything but a whole number from 1, because a typing mistake must not pass for a thorough run.
pub fn scale() -> usize {
    match std::env::var("PROOF") {
        Err(_) => 1,
        Ok(text) => parse_scale(&text).unwrap_or_else(|| panic!("PROOF={text}: expected a whole number from 1")),
    }
}

fn parse_scale(text: &str) -> Option<usize> {
    text.trim().parse().ok().filter(|n| *n >= 1)
}

/// True in continuous integration (`CI=true`), where a lane that cannot run is a failure.
pub fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|v| v == "true" || v == "1")
}

#[cfg(test)]
mod tests {
    use super::parse_scale;

    #[test]
    fn a_scale_is_a_whole_number_from_one() {
        assert_eq!(parse_scale("5"), Some(5));
        assert_eq!(parse_scale(" 1 "), Some(1));
        for wrong in ["0", "-1", "2.5", "many", ""] {
            assert_eq!(parse_scale(wrong), None, "{wrong:?}");
        }
    }
}
