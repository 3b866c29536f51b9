//! Searching closed chats.

use crate::ChatSummary;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// `GET /api/archive?q=…&channel=…&from=…&to=…&before=<cursor>`: closed chats that the person may read, the one that ended last first,
/// at most 20 a page. A chat is found within a second after its end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundChats {
    pub chats: Vec<FoundChat>,
    /// Give it as `before` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundChat {
    pub chat: ChatSummary,
    /// The newest entry in which it was found, or how the chat began.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub entry: Option<FoundEntry>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundEntry {
    /// On the count of the side that asks.
    pub seq: i64,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// Around the first place that fits, at most 200 code points.
    pub text: Vec<Part>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub text: String,
    /// It is what was searched for.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[ts(optional, as = "Option<bool>")]
    pub found: bool,
}
