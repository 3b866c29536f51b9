//! What a help desk's chat is: nouns, verbs, rules. Pure: no clock, no socket, no disk.
//!
//! A chat is an append-only log of entries ([`entry`]); its state is the fold of them ([`chat`]). What a person may
//! do is decided in [`verbs::decide`], what he may read in [`access::access`]; both are asked by every path.
#![forbid(unsafe_code)]

#[macro_use]
mod words;

pub mod access;
pub mod archive;
pub mod cast;
pub mod chat;
pub mod entry;
pub mod estimate;
pub mod file;
pub mod hours;
pub mod id;
pub mod look;
pub mod permission;
pub mod person;
pub mod presence;
pub mod refusal;
pub mod search;
pub mod settings;
pub mod text;
pub mod ticket;
pub mod verbs;

pub use access::{Access, Side, access, takes_transcript};
pub use chat::{Chat, Member};
pub use entry::{Audience, ClosedReason, Entry, MailOutcome, Recipient, ReturnedReason, What};
pub use file::{File, FileType};
pub use hours::{ChannelText, Hours};
pub use id::*;
pub use look::{Colour, SnippetLook};
pub use permission::{Key, Level};
pub use person::{Availability, Kind, Person};
pub use presence::{Presence, may_chat_with, presence};
pub use refusal::Refusal;
pub use settings::Settings;
pub use verbs::{Change, Standing, Verb, decide};
