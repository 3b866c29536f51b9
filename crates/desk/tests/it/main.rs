//! Every method on both systems, whatever they answer.
//!
//! - [`sent`]: what is sent to the stand-ins (crate `stand`).
//! - [`stories`]: what people do. [`faults`]: nothing is doubled, nothing lost. [`reach`]: who reaches which queue.

mod faults;
mod reach;
mod sent;
mod stories;
