//! The store, each story told on SQLite and on PostgreSQL.
//!
//! - [`engines`]: the [`both!`] macro, and a fresh desk for each test.
//! - [`desk`]: the cast in a database, with verbs to write and ears for what is announced.
//! - [`statements`], [`registry`]: every statement prepares on its engines, and none stands elsewhere.
//! - [`writing`], [`once`], [`outcomes`], [`positions`], [`closing`]: what the writer promises.
//! - [`audit`]: what is administered, with its log, and only on what was seen.
//! - [`archive`]: the same is found on both engines, and nothing that is gone.
//! - [`files`]: contents, and the entries that refer to them.
//! - [`people`]: who is here for all nodes, and who is out of office.
//! - [`tickets`]: the ticket desk's queues, numbers and lists.
//! - [`errands`]: what is to go to a connected ticket system.
//! - [`nodes`]: two stores on one database.
//! - [`sqlite`]: what only SQLite has to promise.
//! - [`verify`]: a damaged database is found out.

#![allow(clippy::unwrap_used)]

#[macro_use]
mod engines;

mod archive;
mod audit;
mod closing;
mod desk;
mod errands;
mod files;
mod nodes;
mod once;
mod outcomes;
mod people;
mod positions;
mod registry;
mod sqlite;
mod statements;
mod tickets;
mod verify;
mod writing;
