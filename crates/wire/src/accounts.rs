//! Bodies about somebody's own account: sessions, one-time links, the second factor, the profile.

use crate::{PersonKind, Surface};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

/// `GET /api/sessions`: where one is signed in, the session used last first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    pub sessions: Vec<SessionView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionView {
    /// Names it, and opens nothing.
    pub id: Uuid,
    /// It is the one that asks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub here: bool,
    #[ts(type = "number")]
    pub made_at: i64,
    /// To the minute.
    #[ts(type = "number")]
    pub seen_at: i64,
    /// The address it was opened from; of IPv6 the /64.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub network: Option<String>,
    /// As people call it, e.g. `Firefox`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub browser: Option<String>,
    /// As people call it, e.g. `Linux`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub system: Option<String>,
}

/// `GET /api/admin/sessions`: a page of everybody's sessions, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminSessions {
    pub sessions: Vec<AdminSession>,
    /// For `after` of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdminSession {
    pub session: SessionView,
    pub person: Uuid,
    pub kind: PersonKind,
    pub name: String,
    pub login: String,
}

/// `POST /api/password/forgotten`: asks for a letter with a link. The answer is the same whether there is such an account or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Forgotten {
    /// `agent` or `customer`.
    pub surface: Surface,
    /// Login or e-mail address.
    pub who: String,
    /// Of the letter, where the account has none.
    pub language: String,
}

/// `POST /api/links/look`: what a one-time link opens. It stays good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookAtLink {
    pub token: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkView {
    pub purpose: LinkPurpose,
    /// Whom it is for.
    pub name: String,
    pub login: String,
    #[ts(type = "number")]
    pub expires_at: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// The password was forgotten.
    Reset,
    /// An administrator asks to choose one.
    Invitation,
}

/// `POST /api/links/use`: sets a password by a one-time link, once; all sessions of the account end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UseLink {
    pub token: String,
    pub password: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkUsed {
    /// To sign in with.
    pub login: String,
}

/// `GET /api/second_factor`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// When it was set up, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub set_at: Option<i64>,
    /// Recovery codes that were not used.
    #[ts(type = "number")]
    pub codes: i64,
    /// A group on which one holds a key asks for it.
    pub required: bool,
}

/// That it is the person himself who asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProveMe {
    pub password: String,
    /// Of the second factor, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
}

/// `POST /api/second_factor/offer`: a new secret, which counts once it is set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactorOffer {
    /// To be typed into a device, in base32.
    pub secret: String,
    /// The same for a device on this machine (`otpauth:`).
    pub address: String,
    /// How many modules a side of the QR code has, which holds the address.
    pub size: i32,
    /// Its dark modules as a path of SVG, a module being 1.
    pub path: String,
    /// To be given back within 15 minutes.
    pub offer: String,
}

/// `PUT /api/second_factor`: keeps the secret that was offered; all other sessions end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetFactor {
    pub offer: String,
    /// That the device shows.
    pub code: String,
}

/// Good once each in the place of a code. Shown this once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
}

/// `POST /api/admin/people/{id}/link`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeLink {
    /// It goes to the address of the account, and is not told.
    pub mail: bool,
    /// Of the letter, where the account has none.
    pub language: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MadeLink {
    /// To be passed on; told this once. Not where it was mailed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link: Option<String>,
    /// Hours for which it is good.
    #[ts(type = "number")]
    pub hours: i64,
}

/// `PUT /api/admin/guards`: whether a group asks for a second factor of all who hold a key on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuardGroup {
    pub group: String,
    pub second_factor: bool,
}

/// `PUT /api/me/profile`: what people choose for all their devices. What is missing is as the browser has it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// How one is called; agents only. Without it, it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub language: Option<String>,
    /// By its IANA name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub dates: Option<DateFormat>,
}

/// How days are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateFormat {
    /// `2026-12-01`
    Iso,
    /// `01.12.2026`
    DayFirst,
    /// `12/01/2026`
    MonthFirst,
}
