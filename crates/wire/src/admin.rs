//! Bodies of `/api/admin`: what administrators see and change. To everybody else it is not there.

use crate::ChannelText;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

/// `GET /api/admin/settings`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminSettings {
    /// Section by section.
    pub settings: Vec<AdminSetting>,
}

/// A setting. Values are written as texts, also numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminSetting {
    pub name: String,
    pub section: SettingSection,
    pub kind: SettingKind,
    pub value: String,
    pub default: String,
    /// The smallest number; of texts 0.
    #[ts(type = "number")]
    pub min: i64,
    /// The largest number; of texts the most characters.
    #[ts(type = "number")]
    pub max: i64,
}

/// What settings are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingSection {
    Chat,
    Agents,
    Waiting,
    Mail,
    Look,
    Limits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingKind {
    /// `0` or `1`.
    Switch,
    Number,
    Seconds,
    Text,
}

/// `PUT /api/admin/settings/{name}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSetting {
    /// Without it the setting has its default again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub value: Option<String>,
    /// What its value was when it was looked at; another one refuses with `changed_meanwhile`.
    pub was: String,
}

/// `GET /api/admin/settings/text`, and what `POST /api/admin/settings/plan` and `apply` are given: TOML, `name = value`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsText {
    pub text: String,
}

/// What a text of settings would change, or has changed. With problems nothing is applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsPlan {
    pub changes: Vec<PlannedSetting>,
    /// Sentences, one for each line that cannot be.
    pub problems: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedSetting {
    pub name: String,
    pub old: String,
    pub new: String,
}

/// `GET /api/admin/audit`: a page of the log of what was administered, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditPage {
    pub records: Vec<AuditRecord>,
    /// For `before` of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub next: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditRecord {
    #[ts(type = "number")]
    pub n: i64,
    #[ts(type = "number")]
    pub at: i64,
    /// Not where it was done on the command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<Uuid>,
    pub by_name: String,
    /// `setting`, `agent`, `customer_user`, `public_user`, `group`, `role`, `channel`, `queue`, `snippet`, `company`.
    pub kind: String,
    /// A setting's name, else the id of the thing.
    pub subject: String,
    /// How it is called today, if it is still there and not a setting.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    /// JSON: what of it was; not where something was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub old: Option<String>,
    /// JSON: what is instead; not where something was taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub new: Option<String>,
    /// SHA-256, hexadecimal, over the hash of the record before (32 zero bytes before the first) and a JSON list without spaces: `n`, `at`,
    /// `by`, `by_name`, `kind`, `subject`, `old`, `new`, with null for what is not there.
    pub hash: String,
}

/// `GET /api/admin/channels`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminChannels {
    /// By name, invalid ones too.
    pub channels: Vec<AdminChannel>,
    /// The names of all groups, which a channel may belong to.
    pub groups: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminChannel {
    pub id: Uuid,
    pub is_default: bool,
    /// Queues and snippets that lead here, by their names.
    pub used_by: Vec<String>,
    pub channel: ChannelFields,
    /// The newest record of it in the audit log; 0 without one.
    #[ts(type = "number")]
    pub version: i64,
}

/// `POST /api/admin/channels`: what of a channel an administrator chooses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelFields {
    pub name: String,
    /// By its name: the keys on it are the keys on the channel.
    pub group: String,
    pub for_customer_users: bool,
    pub for_public_users: bool,
    /// Within how many seconds somebody should answer.
    pub reply_target_s: u32,
    /// For how many days closed chats are kept; 0 for ever.
    #[ts(type = "number")]
    pub retention_days: i64,
    pub valid: bool,
    /// For administrators; at most 1,000 characters.
    pub comment: String,
    /// Always, where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hours: Option<Hours>,
    pub texts: Vec<ChannelText>,
}

/// When a channel takes chats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// IANA name of the time zone they are meant in.
    pub zone: String,
    /// The spans of each weekday, Monday first.
    pub week: Vec<Vec<Span>>,
    pub holidays: Vec<Holiday>,
}

/// From a minute of the day (0 to 1,439) to before another one (1 to 1,440).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub from: u16,
    pub to: u16,
}

/// A day without hours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Not where it is every year.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub year: Option<u16>,
    pub month: u8,
    pub day: u8,
    pub name: String,
}

/// `GET /api/admin/queues`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminQueues {
    /// By name, invalid ones too.
    pub queues: Vec<AdminQueue>,
    pub groups: Vec<String>,
    /// The names of the valid channels.
    pub channels: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminQueue {
    pub id: Uuid,
    pub queue: QueueFields,
    /// The newest record of it in the audit log; 0 without one.
    #[ts(type = "number")]
    pub version: i64,
}

/// `POST /api/admin/queues`: what of a queue an administrator chooses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueFields {
    pub name: String,
    /// By its name: the keys on it are the keys on the tickets.
    pub group: String,
    /// Where chats about its tickets go, by its name; not where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub channel: Option<String>,
    pub valid: bool,
    /// For administrators; at most 1,000 characters.
    pub comment: String,
}

/// `PUT /api/admin/queues/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeQueue {
    pub queue: QueueFields,
    /// As it was when it was looked at; another one refuses with `changed_meanwhile`.
    #[ts(type = "number")]
    pub version: i64,
}

/// `GET /api/admin/customers`: a page of the customer users by name, invalid ones too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminCustomers {
    pub customers: Vec<AdminCustomer>,
    /// For `after` of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<Uuid>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminCustomer {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub company: Option<String>,
    pub valid: bool,
    /// The newest record of the account in the audit log; 0 without one.
    #[ts(type = "number")]
    pub version: i64,
}

/// `POST /api/admin/customers`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeCustomer {
    pub login: String,
    pub name: String,
    /// Empty for none.
    pub email: String,
    /// By its name, made if there is none; empty for none.
    pub company: String,
    /// Without a password: he chooses one by a link that is made for him.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub invited: bool,
}

/// `PUT /api/admin/customers/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCustomer {
    pub name: String,
    /// Empty for none.
    pub email: String,
    /// By its name, made if there is none; empty for none.
    pub company: String,
    pub valid: bool,
    /// As it was when it was looked at; another one refuses with `changed_meanwhile`.
    #[ts(type = "number")]
    pub version: i64,
}

/// `GET /api/admin/letters`: a page of what has not arrived for certain, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminLetters {
    pub letters: Vec<AdminLetter>,
    /// For `before` of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
    /// Without a mail server nothing is sent.
    pub sends_mail: bool,
}

/// An e-mail on its way; what it says is told to nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminLetter {
    pub id: Uuid,
    #[ts(type = "number")]
    pub at: i64,
    /// `waiting`, `taken`, `handed`, `perhaps` or `failed`.
    pub state: String,
    /// What the mail server said last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub said: Option<String>,
    #[ts(type = "number")]
    pub tries: i64,
    /// When it is tried next, of what is waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub due_at: Option<i64>,
    /// Whom it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<String>,
    /// The number of the ticket it belongs to; else it belongs to a chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ticket: Option<String>,
}

/// `GET /api/admin/companies`: a page of the companies by name, invalid ones too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminCompanies {
    pub companies: Vec<AdminCompany>,
    /// For `after` of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<Uuid>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminCompany {
    pub id: Uuid,
    pub name: String,
    /// An invalid one is chosen for nobody new.
    pub valid: bool,
    /// How many customer users belong to it.
    #[ts(type = "number")]
    pub people: i64,
    #[ts(type = "number")]
    pub version: i64,
}

/// `PUT /api/admin/companies/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCompany {
    pub name: String,
    pub valid: bool,
    #[ts(type = "number")]
    pub version: i64,
}

/// `GET /api/admin/snippets`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminSnippets {
    /// By public id, invalid ones too.
    pub snippets: Vec<AdminSnippet>,
    /// The names of the valid channels.
    pub channels: Vec<String>,
    /// Where pages load the launcher from, as `https://desk.example.org`.
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminSnippet {
    pub id: Uuid,
    pub snippet: SnippetFields,
    /// With which its pages may prove who is signed in there, the oldest first; at most two.
    pub keys: Vec<IdentityKey>,
    #[ts(type = "number")]
    pub version: i64,
}

/// `GET /api/admin/look`: what of the look is no setting, and what the colour comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminLook {
    /// Where the logo is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub logo: Option<String>,
    /// By day and by night; empty with the product's own colour.
    pub accents: Vec<AccentView>,
}

/// The colour of buttons, by day or by night.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccentView {
    /// As `#1a5f7a`.
    pub colour: String,
    /// Of the words on it, in hundredths (WCAG 2.2, contrast ratio): from 450 to 2100.
    pub contrast: u32,
    /// It is the one that was chosen, which could be read.
    pub as_chosen: bool,
}

/// `POST /api/admin/snippets/{id}/page`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookAtPage {
    pub url: String,
}

/// What a page of a snippet's sites was found to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PageFound {
    pub is: PageIs,
    /// For `unreachable` why; for `answered` the status; for `other_snippet` which; for `not_a_site` the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub said: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PageIs {
    Fine,
    NoAddress,
    NotASite,
    Unreachable,
    Answered,
    NoScript,
    OtherSnippet,
    ScriptForbidden,
    FrameForbidden,
}

/// A key of a snippet, without what is secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityKey {
    pub id: Uuid,
    #[ts(type = "number")]
    pub created_at: i64,
}

/// Answer to `POST /api/admin/snippets/{id}/keys`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIdentityKey {
    pub id: Uuid,
    /// As the page's server signs with it: these very characters. Told this once.
    pub key: String,
}

/// `POST /api/admin/snippets`: what of a snippet an administrator chooses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnippetFields {
    /// Stands in the pages that embed it; a-z, 0-9 and `-`; stays as it was made.
    pub public_id: String,
    /// What the panel is headed with.
    pub title: String,
    /// By its name.
    pub channel: String,
    /// Origins whose pages may embed it, as `https://www.example.org`.
    pub sites: Vec<String>,
    pub valid: bool,
    pub look: SnippetLook,
}

/// How a launcher looks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnippetLook {
    /// In the corner where lines start, and not where they end.
    pub at_start: bool,
    /// As `#1a5f7a`, in place of the product's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub colour: Option<String>,
    pub labels: Vec<LauncherLabel>,
    /// The launcher comes only while somebody is there.
    pub hidden_when_closed: bool,
}

/// What stands on a launcher in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LauncherLabel {
    /// A code as `de`.
    pub language: String,
    /// 1 to 40 characters.
    pub text: String,
}

/// `PUT /api/admin/snippets/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSnippet {
    pub snippet: SnippetFields,
    #[ts(type = "number")]
    pub version: i64,
}

/// `PUT /api/admin/channels/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeChannel {
    pub channel: ChannelFields,
    /// As it was when it was looked at; another one refuses with `changed_meanwhile`.
    #[ts(type = "number")]
    pub version: i64,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminMade {
    pub id: Uuid,
}

/// `GET /api/admin/agents`: a page of the agents by name, invalid ones too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminAgents {
    pub agents: Vec<AdminAgent>,
    /// For `after` of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<Uuid>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminAgent {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    pub valid: bool,
    /// By their names.
    pub roles: Vec<String>,
    /// Held by the agent, not by a role.
    pub keys: Vec<HeldKey>,
    /// He has a password; otherwise he waits for a link to choose one.
    pub has_password: bool,
    pub second_factor: bool,
    /// The newest record of the account in the audit log; 0 without one.
    #[ts(type = "number")]
    pub version: i64,
}

/// A permission key on a group, by their names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HeldKey {
    pub group: String,
    pub key: String,
}

/// `GET /api/admin/rights`: what keys can be held on, and by which roles they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminRights {
    /// All groups by name.
    pub groups: Vec<String>,
    /// Those that ask for a second factor.
    pub guarded: Vec<String>,
    /// All keys there are.
    pub keys: Vec<String>,
    pub roles: Vec<AdminRole>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminRole {
    pub name: String,
    pub keys: Vec<HeldKey>,
    /// How many agents are in it.
    #[ts(type = "number")]
    pub members: i64,
}

/// `POST /api/admin/agents`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeAgent {
    pub login: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    /// Without a password: he chooses one by a link that is made for him.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub invited: bool,
}

/// A new account, or password, which is told this once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// Of the account.
    pub id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
}

/// `PUT /api/admin/agents/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeAgent {
    pub name: String,
    /// Empty for none.
    pub email: String,
    pub valid: bool,
    /// As it was when it was looked at; another one refuses with `changed_meanwhile`.
    #[ts(type = "number")]
    pub version: i64,
}

/// `PUT /api/admin/keys`: a key is held from now on, or not any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetKey {
    pub holder: KeyHolder,
    pub group: String,
    pub key: String,
    pub held: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum KeyHolder {
    /// By his login.
    Agent {
        login: String,
    },
    Role {
        name: String,
    },
}

/// `PUT /api/admin/members`: an agent is in a role from now on, or not any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMember {
    pub role: String,
    pub login: String,
    pub member: bool,
}

/// `POST /api/admin/roles` and `POST /api/admin/groups`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeNamed {
    pub name: String,
}
