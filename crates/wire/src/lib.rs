//! What crosses the network: REST bodies, live frames, problems.
//!
//! Every type is defined once here and reaches TypeScript (`web/api/generated.ts`) and OpenAPI
//! (`docs/use/openapi.json`) from this definition; an example of each (`web/api/examples.generated.ts`) is checked by
//! the server, the schema and `tsc`. Rules, held by tests:
//! - incoming types refuse unknown fields, and are read by [`read()`]; tagged enums use struct variants only, since unit and
//!   newtype variants slip through `deny_unknown_fields`;
//! - an absent `Option` is left out, never `null`;
//! - instants are integer milliseconds since 1970 UTC, positions plain numbers (below 2^53).
#![forbid(unsafe_code)]

mod accounts;
mod admin;
mod archive;
mod live;
mod people;
mod problem;
mod read;
mod rest;
mod schema;
mod tickets;
mod view;

pub use accounts::*;
pub use admin::*;
pub use archive::*;
pub use live::*;
pub use people::*;
pub use problem::*;
pub use read::read;
pub use rest::*;
pub use schema::schemas;
pub use tickets::*;
pub use view::*;
