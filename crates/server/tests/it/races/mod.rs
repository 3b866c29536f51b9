//! Many at once.
//!
//! - [`accept`]: many agents accept one chat.
//! - [`join`]: many come by invitation and by accepting while others go.
//! - [`lease`]: leases end while many come, and who was lost comes back.
//! - [`once`]: one client id many times; many starts at once.
//! - [`withdrawal`]: a right ends while messages flow.

mod accept;
mod join;
mod lease;
mod once;
mod withdrawal;
