//! Frames of the live connection (`GET /live`, a WebSocket of JSON text frames ≤ 64 KiB).
//!
//! A connection says `hello` within 5 s, then watches chats. The server answers each `watch` with a
//! `snapshot` (first time, or when the position is of another epoch or too far behind) or with `entries`
//! from the position on; afterwards new entries come by themselves. Positions are not credentials:
//! everything is asked for through the permission of the person connected.
//!
//! Close codes: 1001 going away, 1009 too big, 1012 restart, 4001 sign in again, 4003 revoked,
//! 4004 bad frame, 4008 slow reader, 4029 flood.

use crate::{ChatSummary, ChatView, EntryView, Me, OfferedChannel, People, PeopleTab, Problem, RequestView};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

/// A place in a chat's log. `epoch` changes when the database is restored from a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    pub epoch: i64,
    pub seq: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// The first frame. Agents and customer users are known by their cookie (the surface is in the address:
    /// `/live?surface=agent|customer|visitor`); a visitor hands in his token.
    Hello {
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        token: Option<String>,
    },
    /// Ask for a chat, from a position on. At most 200 at a time.
    Watch {
        chat: Uuid,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        after: Option<Position>,
    },
    Unwatch {
        chat: Uuid,
    },
    /// Answered by an entry that carries `cid`, by `ack` (the id was known already) or by `refused`.
    Send {
        chat: Uuid,
        cid: Uuid,
        text: String,
    },
    /// As `send`, for agents only to read.
    Note {
        chat: Uuid,
        cid: Uuid,
        text: String,
    },
    /// The read position on this side's count; it only grows.
    Read {
        chat: Uuid,
        seq: i64,
    },
    /// At most once in 3 s while typing; shown to others for 6 s.
    Typing {
        chat: Uuid,
        note: bool,
    },
    /// Answered by `beat`; tells that the browser lives.
    Ping {},
    /// The person did something, in any of his windows: at most once in 15 s while there is input.
    Active {},
    /// Agents: a page of the People widget, kept up from now on; one at a time. Without a tab it ends. `q` has at most 100
    /// characters, `limit` is 1 to 25, 10 without it.
    People {
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        tab: Option<PeopleTab>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        q: Option<String>,
        /// `next` of the page before.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        after: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum ServerFrame {
    Welcome {
        me: Me,
        epoch: i64,
        /// A client that hears nothing for two heartbeats reconnects.
        heartbeat_s: u32,
        now: i64,
    },
    /// Agents: the request list and their own chats that are not closed, whenever something in it changed.
    Desk {
        me: Me,
        /// The whole list; with `more` only requests that are new or differ.
        requests: Vec<RequestView>,
        /// This adds to the frame before.
        #[serde(skip_serializing_if = "std::ops::Not::not", default)]
        #[ts(optional, as = "Option<bool>")]
        more: bool,
        /// With `more`: requests that wait no longer.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        gone: Vec<Uuid>,
        /// Whole.
        chats: Vec<ChatSummary>,
    },
    /// Externals: where a chat can be started, and their chats; whole, whenever something in it changed.
    Lobby {
        channels: Vec<OfferedChannel>,
        chats: Vec<ChatSummary>,
    },
    /// Start anew: forget what you have of this chat. `entries` are the newest (≤ 150), older ones by HTTP.
    Snapshot {
        chat: ChatView,
        as_of: Position,
        entries: Vec<EntryView>,
    },
    /// New entries, dense from the position asked for. `state` is the chat's view after them and is there
    /// whenever it differs by more than `head`, `read` and `unread`.
    Entries {
        chat: Uuid,
        entries: Vec<EntryView>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        state: Option<ChatView>,
    },
    /// The chat's view changed without an entry (somebody came or went, the place in the line).
    State { chat: ChatView },
    /// A send whose id was stored before: it is at `seq`.
    Ack { chat: Uuid, cid: Uuid, seq: i64 },
    Refused {
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        chat: Option<Uuid>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        cid: Option<Uuid>,
        problem: Problem,
    },
    /// My read position grew, here or on another device.
    Read { chat: Uuid, seq: i64, unread: i64 },
    /// The other side has read up to here, on this side's count.
    Seen { chat: Uuid, seq: i64 },
    Typing {
        chat: Uuid,
        /// `MemberView::n`
        who: u32,
        note: bool,
    },
    /// This chat is not yours to see any more: drop what you show of it.
    Gone { chat: Uuid },
    /// The page asked for by `people`, with what was asked; again whenever something in it changed, at most once a second.
    People {
        tab: PeopleTab,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        q: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        after: Option<String>,
        limit: u32,
        people: People,
    },
    /// Every 10 s and as answer to `ping`: the heads of the watched chats, to notice a loss.
    Beat { heads: Vec<Head>, now: i64 },
    /// The server restarts: come back after this time.
    Bye { reconnect_after_ms: u64 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub chat: Uuid,
    pub seq: i64,
}
