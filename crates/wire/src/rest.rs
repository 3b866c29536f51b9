//! Bodies of the HTTP API under `/api`. JSON only; a refusal is a status ≥ 400 with a `Problem`.

use crate::{
    Availability, ChatSummary, ChatView, EntryView, Me, Notify, OfferedChannel, Position, Recipient, RequestView, Role,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    Agent,
    Customer,
    Visitor,
}

/// `POST /api/session`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// `agent` or `customer`.
    pub surface: Surface,
    pub login: String,
    pub password: String,
    /// Of the second factor, or a recovery code. Without it, an account that has one answers `second_factor_needed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
}

/// `PUT /api/password`; ends all other sessions of the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    pub old: String,
    pub new: String,
}

/// `POST /api/setup`: the first agent, against the one-time code printed at start. He becomes owner of the Default channel and administrator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    pub code: String,
    pub login: String,
    pub name: String,
    pub password: String,
}

/// `GET /api/setup`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupNeeded {
    /// There is no agent yet.
    pub needed: bool,
}

/// `GET /api/session`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedIn {
    pub me: Me,
    /// Signing in made an agent available for internal chats only, as the setting has it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[ts(optional, as = "Option<bool>")]
    pub lowered: bool,
}

/// `GET /api/snippets/{public_id}`: what the panel needs before anybody typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnippetView {
    pub id: String,
    /// What the panel is headed with.
    pub title: String,
    /// Empty when visitors may not start a chat here at all.
    pub channels: Vec<OfferedChannel>,
}

/// `POST /api/snippets/{public_id}/visitors`: a new public user; its token goes as `Authorization: Bearer` from then on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVisitor {
    pub name: String,
}

/// `POST /api/snippets/{snippet}/identity`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Identify {
    /// A JSON Web Token under a key of the snippet, by which the page proves who is signed in there.
    pub token: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Visitor {
    /// 256 random bits, base64url. Stored hashed on the server; shown once.
    pub token: String,
    pub me: Me,
}

/// `POST /api/chats`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartChat {
    /// Made by the client, unique for ever; the same id answers with the same chat.
    pub cid: Uuid,
    /// Without it the chat goes to the snippet's channel, for customer users to the Default channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub channel: Option<Uuid>,
    /// Customer users: the ticket of theirs that the chat is about; it goes to the channel of the ticket's queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ticket: Option<Uuid>,
    pub text: String,
}

/// Answer to `POST /api/chats`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Started {
    pub chat: ChatView,
    /// False when this person had a chat that is not closed already: the answer is that one, and nothing was written.
    pub new: bool,
}

/// `POST /api/people/{id}/chats`: an agent asks an agent or a customer user for a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestChat {
    pub cid: Uuid,
    /// For a customer user; without it the channel of the ticket's queue, the Default channel, or the first one the agent may
    /// write in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub channel: Option<Uuid>,
    /// The ticket that the chat is about: of this customer user, or one that the asking agent may read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ticket: Option<Uuid>,
    pub text: String,
}

/// `POST /api/chats/{id}/invite`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteAgent {
    pub cid: Uuid,
    pub person: Uuid,
    /// `participant` or `observer`.
    pub role: Role,
    /// For the one who is invited, at most 1,000 code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub note: Option<String>,
}

/// An agent who can be invited now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitee {
    pub id: Uuid,
    pub name: String,
    /// The highest role he can have there.
    pub role: Role,
}

/// `GET /api/chats/{id}/invitees`: the agents who are available for this chat, at most 200, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitees {
    pub people: Vec<Invitee>,
}

/// `POST /api/chats/{id}/join` (follows an invitation) and `…/role`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeRole {
    pub cid: Uuid,
    /// `participant` or `observer`.
    pub role: Role,
}

/// `POST /api/chats/{id}/move`; `GET /api/chats/{id}/channels` tells where to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveChat {
    pub cid: Uuid,
    pub channel: Uuid,
}

/// `PUT /api/chats/{id}/hidden`: hides a request from the list of this agent, or shows it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetHidden {
    pub hidden: bool,
}

/// `PUT /api/chats/{id}/notify`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetNotify {
    pub notify: Notify,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SayKind {
    Message,
    Note,
}

/// `POST /api/chats/{id}/entries`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Say {
    pub cid: Uuid,
    pub kind: SayKind,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Said {
    pub seq: i64,
    /// The id was known: this is where it was stored before.
    pub dup: bool,
}

/// `POST /api/chats/{id}/redact`: the text goes, for everybody and for good; that there was an entry stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactEntry {
    pub cid: Uuid,
    /// Of a message or note.
    pub seq: i64,
}

/// `POST /api/chats/{id}/accept`, `…/decline`, `…/close`, `…/hand_back`, `…/leave`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Act {
    pub cid: Uuid,
}

/// `POST /api/chats/{id}/read`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadUpTo {
    pub seq: i64,
}

/// `GET /api/chats/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatSnapshot {
    pub chat: ChatView,
    pub as_of: Position,
    /// The newest entries, at most 150, in order.
    pub entries: Vec<EntryView>,
}

/// `GET /api/chats/{id}/entries?after=N&limit=M` or `?before=N&limit=M` (limit ≤ 200)
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Entries {
    pub entries: Vec<EntryView>,
    pub head: i64,
}

/// `GET /api/requests`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Requests {
    pub requests: Vec<RequestView>,
}

/// `GET /api/chats?which=mine|archive&before=<cursor>`: newest first, 50 a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Chats {
    pub chats: Vec<ChatSummary>,
    /// Give it as `before` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}

/// `PUT /api/me/availability`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAvailability {
    pub availability: Availability,
}

/// `PUT /api/me/channels`: My Chat Channels, the whole selection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetChannels {
    pub channels: Vec<Uuid>,
}

/// `GET /api/offer`: where the person signed in can start a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    pub channels: Vec<OfferedChannel>,
}

/// Done, and there is nothing more to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Done {}

/// `POST /api/chats/{id}/mail`: the conversation up to now, by e-mail. Agents choose to whom; externals have it sent to themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailChat {
    pub cid: Uuid,
    /// Agents only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub to: Option<Recipient>,
    /// Visitors only: where to. The first letter asks whether it is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub address: Option<String>,
    /// A language tag.
    pub language: String,
    /// A name of the IANA time zone database.
    pub zone: String,
}

/// `POST /api/mail/confirm`: the one who read the first letter wants the second; the one who was told by a letter of what he had not seen
/// wants no more of them, or wants them again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmMail {
    /// What the letter's link holds behind `#`, without `stop.`.
    pub token: String,
    /// Letters of what is unseen shall go on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub again: bool,
}
