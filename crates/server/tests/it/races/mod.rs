//! Many at once.
//!
//! - [`accept`]: many agents accept one chat.
//! - [`join`]: many come by invitation and by accepting while others go.
//! - [`once`]: one client id many times; many starts at once.
//! - [`withdrawal`]: a right ends while messages flow.

mod accept;
mod join;
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
