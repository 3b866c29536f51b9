//! The ticket desk. One ticket is one address for everybody: the view says what the person asking may do, and an external reads
//! visible articles only. What he may not see is not found.
//!
//! ```text
//! GET  /api/tickets?which&queue&state&owner&search&before  TicketPage     agents: by right; customers: theirs, their company's
//! GET  /api/tickets/choices                       TicketChoices  agents: what a new ticket may be given
//! POST /api/tickets/phone     PhoneTicket         TicketView     agents, key `create` on the queue
//! POST /api/tickets/web       WebTicket           TicketView     customers
//! GET  /api/tickets/{id}                          TicketView     with its newest articles
//! GET  /api/tickets/{id}/choices                  TicketChoices  agents: what this ticket may be changed to
//! GET  /api/tickets/{id}/people                   TicketPeople   agents: who is involved
//! GET  /api/tickets/{id}/articles?before          Articles       older ones
//! GET  /api/tickets/{id}/articles/{n}/lines?after  ArticleLines  a chat article's conversation
//! GET  /api/tickets/{id}/history?before           History        agents
//! POST /api/tickets/{id}/note    AddNote          TicketView     agents, key `note`
//! POST /api/tickets/{id}/reply   ReplyByEmail     TicketView     agents, key `note`
//! POST /api/tickets/{id}/write   WriteToTicket    TicketView     customers
//! POST /api/tickets/{id}/change  ChangeTicket     TicketView     agents, a key for each field
//! POST /api/tickets/{id}/chats   StartFromTicket  Started        a customer in the channel of its queue; an agent with its customer user
//! GET  /api/chats/{id}/tickets?search             TicketPage     where the chat may be appended: key `note`, its own ticket first
//! POST /api/chats/{id}/append_to_ticket  AppendToTicket       Attached
//! POST /api/chats/{id}/phone_ticket      PhoneTicketFromChat  Attached
//! POST /api/chats/{id}/customer_ticket   TicketByCustomer     Attached   customer users: the chat closes with it
//! POST /api/messages                     LeaveMessage         MessageLeft  nobody is there, or nobody answers
//! ```

use crate::{ChannelRef, ChatView, PersonKind, PersonRow};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    New,
    Open,
    PendingReminder,
    PendingAutoCloseSuccessful,
    PendingAutoCloseUnsuccessful,
    ClosedSuccessful,
    ClosedUnsuccessful,
    Removed,
    Merged,
}

/// How an article came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArticleChannel {
    Phone,
    Internal,
    EmailOut,
    Web,
    Chat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArticleSender {
    Agent,
    Customer,
    System,
}

/// What the person asking may do with a ticket now. The browser shows these and never works a rule out itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketCan {
    Note,
    Reply,
    /// To a queue of [`TicketChoices`].
    Move,
    SetState,
    SetOwner,
    SetResponsible,
    SetPriority,
    SetTitle,
    Lock,
    /// A customer adds an article.
    Write,
    /// Start a chat bound to this ticket.
    StartChat,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueRef {
    pub id: Uuid,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentRef {
    pub id: Uuid,
    pub name: String,
}

/// Whom a ticket is for: a customer user with a login, or a name or address alone (`id` absent).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketCustomer {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub company: Option<String>,
}

/// A line of a ticket list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketRow {
    pub id: Uuid,
    /// Shown as `[Ticket#…]`.
    pub number: String,
    pub title: String,
    pub queue: QueueRef,
    pub state: TicketState,
    /// 1 very low … 5 very high.
    pub priority: u8,
    pub locked: bool,
    /// Agents only; absent while nobody owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub owner: Option<AgentRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub customer: Option<TicketCustomer>,
    pub created_at: i64,
    /// Milliseconds since 1970 UTC of the last change or article.
    pub changed_at: i64,
}

/// `GET /api/tickets`: newest first, 50 a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketPage {
    pub tickets: Vec<TicketRow>,
    /// Give it as `before` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachmentView {
    /// Number within the article, from 1.
    pub n: u32,
    pub name: String,
    pub media_type: String,
    pub size_bytes: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleView {
    /// Number within the ticket, from 1. An external finds no number of an article that is not for him.
    pub n: u32,
    pub at: i64,
    pub channel: ArticleChannel,
    pub sender: ArticleSender,
    /// Meant for the customer too.
    pub visible: bool,
    /// Who wrote it, as this side calls him.
    pub from: String,
    /// E-mail out: to whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub to: Option<String>,
    pub subject: String,
    /// Plain text; empty for a chat article, whose `lines` are read on their own.
    pub body: String,
    /// Chat articles: how many lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lines: Option<u32>,
    /// Chat articles: the archived chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub chat: Option<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub attachments: Vec<AttachmentView>,
}

/// `GET /api/tickets/{id}/articles?before=n`: in order, at most 20, the nearest before `n`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Articles {
    pub articles: Vec<ArticleView>,
    /// There are older ones: give it as `before`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<u32>,
}

/// One line of a chat article: who said what, or what happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleLine {
    pub n: u32,
    pub at: i64,
    /// Absent for what the system did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub who: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub kind: Option<PersonKind>,
    /// The entry's kind, as in `EntryWhat`; `message` and `note` have a text.
    pub what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub text: Option<String>,
    /// Role or reason, as in `EntryWhat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// Whom or what it is about, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub subject: Option<String>,
}

/// `GET /api/tickets/{id}/articles/{n}/lines?after=n`: in order, at most 200.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleLines {
    pub lines: Vec<ArticleLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HistoryKind {
    NewTicket,
    PhoneCallCustomer,
    WebRequestCustomer,
    FollowUp,
    AddNote,
    SendAnswer,
    ChatAdded,
    Move,
    OwnerUpdate,
    ResponsibleUpdate,
    PriorityUpdate,
    StateUpdate,
    TitleUpdate,
    Lock,
    Unlock,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryLine {
    pub n: u32,
    pub at: i64,
    pub kind: HistoryKind,
    /// By name as it was then.
    pub who: String,
    /// What it was before: a name of a queue or person, a state's word, a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub to: Option<String>,
}

/// `GET /api/tickets/{id}/history?before=n`: newest first, at most 100.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    pub history: Vec<HistoryLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<u32>,
}

/// `GET /api/tickets/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketView {
    pub ticket: TicketRow,
    /// Raised by every change and article; a change names the one it saw.
    pub version: i64,
    /// Agents only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub responsible: Option<AgentRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pending_until: Option<i64>,
    /// Where chats about it go.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub channel: Option<ChannelRef>,
    pub can: Vec<TicketCan>,
    pub articles: Articles,
}

/// What the one asking may choose from. States and priorities are offered whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketChoices {
    /// For a new ticket those with `create`, for a move those with `move_into`.
    pub queues: Vec<QueueRef>,
    pub states: Vec<TicketState>,
    pub priorities: Vec<u8>,
    /// Agents with a key on the ticket's queue, at most 200, by name. Empty for a new ticket.
    pub owners: Vec<AgentRef>,
}

/// `GET /api/tickets/{id}/people`: owner, responsible, and who contributed, at most 50.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketPeople {
    pub people: Vec<PersonRow>,
}

/// Who a new ticket is for, as typed. At most one of `customer` and `email`; none is a ticket for nobody known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhoneTicket {
    pub cid: Uuid,
    pub queue: Uuid,
    /// A customer user.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub customer: Option<Uuid>,
    /// A bare address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    /// Of somebody without login.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    /// At most 191 code points.
    pub title: String,
    /// At most 20,000 code points.
    pub text: String,
    pub state: TicketState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pending_until: Option<i64>,
    pub priority: u8,
}

/// `POST /api/tickets/web`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebTicket {
    pub cid: Uuid,
    pub title: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddNote {
    pub cid: Uuid,
    pub subject: String,
    pub text: String,
    /// The customer may read it.
    pub visible: bool,
}

/// `POST /api/tickets/{id}/reply`: to the ticket's customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyByEmail {
    pub cid: Uuid,
    pub subject: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteToTicket {
    pub cid: Uuid,
    pub text: String,
}

/// Exactly the fields given are changed. Refused with `ticket_changed` if another change came in between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTicket {
    pub version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub queue: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub state: Option<TicketState>,
    /// With a pending state.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pending_until: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub priority: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub owner: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub responsible: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub locked: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartFromTicket {
    pub cid: Uuid,
    pub text: String,
}

/// `POST /api/chats/{id}/append_to_ticket`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppendToTicket {
    pub cid: Uuid,
    pub ticket: Uuid,
    /// Of these entries (`EntryView::seq`), at most 5,000; without it all that are not in this ticket yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub entries: Option<Vec<i64>>,
    pub keep_open: bool,
}

/// `POST /api/chats/{id}/phone_ticket`: the ticket with its own first article, the chat as its second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhoneTicketFromChat {
    pub ticket: PhoneTicket,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub entries: Option<Vec<i64>>,
    pub keep_open: bool,
}

/// `POST /api/chats/{id}/customer_ticket`: into the ticket the chat belongs to, else into a new one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketByCustomer {
    pub cid: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub title: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attached {
    pub ticket: Uuid,
    pub number: String,
    pub chat: ChatView,
}

/// `POST /api/messages`: becomes a ticket in the queue of the channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveMessage {
    pub cid: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub channel: Option<Uuid>,
    /// Visitors: where an answer goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageLeft {
    pub number: String,
}
