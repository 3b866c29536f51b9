//! Many at once.
//!
//! - [`accept`]: many agents accept one chat.
//! - [`once`]: one client id many times; many starts at once.
//! - [`withdrawal`]: a right ends while messages flow.

mod accept;
mod once;
mod withdrawal;

/// So many of everything in a short time, and only from here.
const SETTINGS: &[(&str, i64)] = &[
    ("frames_per_s", 1_000_000),
    ("visitors_per_min", 1_000_000),
    ("starts_per_min", 1_000_000),
    ("starts_of_one_per_min", 1_000_000),
    ("sign_ins_per_5_min", 1_000_000),
];
