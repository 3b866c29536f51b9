//! The live connection: `GET /live`, a WebSocket of JSON frames (`wire::live`).
//!
//! A connection is one task that owns its state. It receives content from nobody: others mark what changed, and it
//! pulls what is newer than its cursors through the permission check.
//!
//! Invariant: an entry goes out only with a verdict worked out at the entry's fence and permission epoch, or newer.

mod connection;
mod upgrade;

pub use upgrade::upgrade;

use crate::app::SILENT_S;
use std::time::Duration;

/// Frames from clients, in bytes (RFC 6455: 1009 beyond).
pub const FRAME_MAX: usize = 64 * 1024;
/// Outbound bytes buffered per socket: no more than one frame at a time, and the longest is a desk with 200 requests and
/// 200 chats of the longest names and texts. Entries come in frames of 128 KiB.
pub const WRITE_BUFFER_MAX: usize = 2 * 1024 * 1024;
/// Small: most frames are, and an idle connection's memory is its buffers.
pub const READ_BUFFER: usize = 4 * 1024;
/// From the upgrade to `hello`.
pub const HELLO_WITHIN: Duration = Duration::from_secs(5);
pub const HEARTBEAT: Duration = Duration::from_secs(10);
/// A client that was silent for this long is gone: it pings every heartbeat.
pub const SILENCE: Duration = Duration::from_secs(SILENT_S as u64);
/// Looked for at moments that many connections share.
pub const LOOKS_EVERY: Duration = Duration::from_millis(100);
/// A reader that takes nothing for this long is too slow.
pub const STALLED: Duration = Duration::from_secs(20);
/// Chats one connection watches.
pub const WATCHES: usize = 200;
/// Messages of one chat in the hands of one connection; their order is kept.
pub const QUEUED_PER_CHAT: usize = 32;
/// That somebody uses his session is stored at most this often.
pub const SEEN_EVERY: Duration = Duration::from_secs(60);
/// That he is active, where he writes nothing: the session lives for hours.
pub const ACTIVE_SEEN_EVERY: Duration = Duration::from_secs(300);
/// The page of the People widget is sent again at most this often.
pub const PEOPLE_EVERY: Duration = Duration::from_secs(1);
/// Lists are sent at most this often.
pub const LISTS_EVERY: Duration = Duration::from_millis(200);

/// Close codes (see `wire::live`).
pub mod code {
    pub const AWAY: u16 = 1001;
    pub const RESTART: u16 = 1012;
    pub const SIGN_IN: u16 = 4001;
    pub const BAD_FRAME: u16 = 4004;
    pub const SLOW: u16 = 4008;
    pub const FLOOD: u16 = 4029;
}
