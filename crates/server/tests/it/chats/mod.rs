//! Stories of people who talk to each other.
//!
//! - [`talk`]: from the request to the archive.
//! - [`leases`]: agents who vanish, and a service that does.
//! - [`refusals`]: what is not done, and what is said about it.
//! - [`limits`]: too much, too long, not understood.
//! - [`nodes`]: one chat on two nodes.
//! - [`resume`]: coming back after any gap; reading too slowly.
//! - [`stop`]: the service is asked to end.

mod leases;
mod limits;
mod nodes;
mod refusals;
mod resume;
mod stop;
mod talk;
