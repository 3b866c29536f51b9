use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Why something was refused, for its three readers: a caller matches `code`, a person reads `say` and
/// `next`. The codes are listed in `docs/use/problems.md`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Stable word in snake_case, e.g. `already_taken`.
    pub code: String,
    /// What happened, one sentence in English; clients show their own words for the codes they know.
    pub say: String,
    /// What to do next, one sentence.
    pub next: String,
    /// When trying again makes sense.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retry_after_ms: Option<u64>,
    /// `already_taken`: the name of the agent who was first. `desk_incomplete`: the number of the ticket that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<String>,
    /// `too_long` and the like: the limit that was passed, in code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub limit: Option<u64>,
    /// `desk_…`: what the connected ticket system said, or how it was silent; one line of plain text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub told: Option<String>,
}
