//! Every method on both systems, whatever they answer.
//!
//! - [`stand`]: serves a stand-in for a system, and can be told to fail.
//! - [`znuny`], [`zammad`]: the stand-ins, which refuse what the real ones refuse.
//! - [`stories`]: what people do. [`faults`]: nothing is doubled, nothing lost. [`reach`]: who reaches which queue.

mod faults;
mod reach;
mod stand;
mod stories;
mod zammad;
mod znuny;
