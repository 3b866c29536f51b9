//! Who is here, who is out of office, and what goes on in the channels one owns.

use crate::{ChannelRef, ChatSummary, PersonKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

/// What others see of a person. Green, yellow, red, and an empty ring; never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    Active,
    /// Connected, and nothing done for the idle time.
    Away,
    /// Set to unavailable, or chats of this kind are switched off.
    Unavailable,
    Offline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeopleTab {
    /// Agents who are logged in now.
    Agents,
    /// Customer users who are logged in now.
    Customers,
    /// Agents whose out-of-office range holds today, logged in or not.
    OutOfOffice,
}

/// How many there are in each tab, whatever is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PeopleCounts {
    pub agents: u32,
    pub customers: u32,
    pub out_of_office: u32,
}

/// Somebody in the People widget; one row however many windows he has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonRow {
    pub id: Uuid,
    pub kind: PersonKind,
    pub name: String,
    /// A customer user's company.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub company: Option<String>,
    /// Names his picture, where he has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub picture: Option<String>,
    pub presence: Presence,
    /// There while a range of his holds today.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub out_of_office: Option<OutUntil>,
    /// Whether the person asking may ask him for a chat now; if not, `why_not` says why: `yourself`, `switched_off`,
    /// `you_are_unavailable`, `unavailable`, `offline`.
    pub can_chat: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why_not: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutUntil {
    /// The last day, e.g. `2026-12-05`, in his own time zone.
    pub until: String,
    /// What to say of it, with `{day}` and `{days}` to be filled in; without it the product's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub text: Option<String>,
}

/// `GET /api/people?tab=agents|customers|out_of_office&q=&after=<cursor>&limit=`: sorted by name, 10 a page (≤ 25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct People {
    pub counts: PeopleCounts,
    pub rows: Vec<PersonRow>,
    /// Give it as `after` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}

/// `GET /api/customers/{id}?after=<cursor>`: a customer user's detail view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerUserView {
    pub id: Uuid,
    pub name: String,
    pub login: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub company: Option<String>,
    pub presence: Presence,
    /// As in `PersonRow`.
    pub can_chat: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why_not: Option<String>,
    /// His chats that the agent asking may read, running ones first, then the newest; at most 50 a page.
    pub chats: Vec<ChatSummary>,
    /// Give it as `after` for the next page, which may be a short one; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}

/// Days in which an agent is out of office, both included: `2026-12-01` to `2026-12-05`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayRange {
    pub from: String,
    pub to: String,
}

/// `PUT /api/me/out_of_office`, and in `Me`: all ranges of an agent (≤ 50), in his time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutOfOffice {
    /// By its IANA name, e.g. `Europe/Oslo`.
    pub zone: String,
    pub ranges: Vec<DayRange>,
}

/// What reaches an agent as things are set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Receives {
    /// Requests of colleagues.
    pub colleagues: bool,
    /// Requests of customer users, in channels that are selected.
    pub customers: bool,
    /// Requests of visitors, in channels that are selected.
    pub visitors: bool,
    /// What stands in the way of more, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub limit: Option<ReceivesLimit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReceivesLimit {
    /// Chat is switched off for everybody.
    ChatOff,
    /// He chose to be unavailable.
    Unavailable,
    /// He chose internal chats only.
    Internal,
    /// He is available, and no channel is selected.
    NoChannels,
}

/// `GET /api/supervisor`: the channels the agent asking is owner of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervisor {
    pub channels: Vec<SupervisedChannel>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupervisedChannel {
    pub channel: ChannelRef,
    pub reply_target_s: u32,
    /// How many wait.
    pub waiting: u32,
    /// Since when the one waits who came first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub longest_since: Option<i64>,
    /// Agents who are here and could accept in this channel.
    pub agents_available: u32,
    /// Open chats, those with the newest entry first; at most 50 a channel, `running_count` counts on.
    pub running: Vec<SupervisedChat>,
    pub running_count: u32,
    pub day: ChannelDay,
}

/// What was accepted in a channel within 24 hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelDay {
    pub accepted: u32,
    /// How long these requests had waited on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub waited_ms: Option<i64>,
    /// How many in each hour, the last one at the end.
    pub hours: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupervisedChat {
    pub chat: Uuid,
    /// The external.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub with: Option<String>,
    /// Who has it: owners and participants who are in it.
    pub agents: Vec<String>,
    pub last_at: i64,
}
