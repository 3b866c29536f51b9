//! The ticket desk: queues, tickets, articles, and chats that go into them. Instants are milliseconds since 1970 UTC.
//!
//! Where a ticket system of others is connected, the same types say what is there: its tickets have ids that mean something to it and to
//! us, and what it calls by names of its own is [`Called`] so.

use crate::{FileView, MailOutcome, PersonKind, PersonRow};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    New,
    Open,
    /// Waits for a date.
    PendingReminder,
    /// Closes by itself on a date.
    PendingAutoCloseSuccessful,
    PendingAutoCloseUnsuccessful,
    ClosedSuccessful,
    ClosedUnsuccessful,
    Removed,
    Merged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketType {
    Unclassified,
    Incident,
    Problem,
    Request,
}

/// By a name that the connected ticket system gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Called {
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(untagged)]
pub enum AnyState {
    Ours(TicketState),
    Theirs(Called),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(untagged)]
pub enum AnyPriority {
    /// 1 very low … 5 very high.
    Ours(u8),
    Theirs(Called),
}

/// An agent of ours, or one of a connected ticket system by his login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(untagged)]
pub enum AnyAgent {
    Ours(Uuid),
    Theirs(CalledByLogin),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalledByLogin {
    pub login: String,
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

/// What the agent asking may do with tickets of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueCan {
    Read,
    Create,
    MoveInto,
}

/// `GET /api/queues?agents_of=…`: the queues that the agent asking may do anything with, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Queues {
    pub queues: Vec<QueueView>,
    /// Those whom a new ticket of the queue asked about can be given to, by name; at most 200, and only where he may make one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub agents: Option<Vec<PersonRef>>,
    /// What a connected ticket system lets new tickets have; absent for the built-in desk.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub choices: Option<TicketChoices>,
}

/// By the names they have there, in its order. A list is empty where it does not tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketChoices {
    pub states: Vec<String>,
    /// Those of the states that need `pending_until`.
    pub waiting: Vec<String>,
    pub priorities: Vec<String>,
    /// Who can be its owner.
    pub agents: Vec<AgentThere>,
    /// One of the agents can be responsible for it, too.
    pub responsible: bool,
}

/// An agent of a connected ticket system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentThere {
    pub login: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueView {
    pub queue: QueueRef,
    /// Where chats about its tickets go.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub channel: Option<Uuid>,
    /// An invalid queue takes no new tickets.
    pub valid: bool,
    pub can: Vec<QueueCan>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueRef {
    pub id: Uuid,
    pub name: String,
}

/// An agent or a customer user by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonRef {
    pub id: Uuid,
    pub name: String,
}

/// Whom a ticket is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketCustomer {
    /// A customer user, who has a detail view; absent for somebody without a login.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<Uuid>,
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

/// `GET /api/tickets?queue=&state=&owner=&q=&before=<cursor>`: the tickets the agent asking may read, changed last first, at most 25 a
/// page. `state` is a [`TicketState`], or `open` for all that are neither closed, removed nor merged (as without it), or `all`;
/// `owner` is `me`, `nobody`, or an agent's id; `q` is found in number, title, and the customer's name, address and company.
///
/// Of a connected ticket system: at most 50, newest first, by a `q` that is a number, part of a title, or a customer's login or address;
/// refused as `tickets_elsewhere` without one, and with an owner or a state but `open` and `all`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketList {
    pub tickets: Vec<TicketLine>,
    /// Give it as `before` for the next page, which may be a short one; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketLine {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub queue: QueueRef,
    pub state: AnyState,
    pub priority: AnyPriority,
    pub locked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub owner: Option<PersonRef>,
    pub customer: TicketCustomer,
    /// A connected ticket system does not tell these.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub created_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub changed_at: Option<i64>,
    /// Takes a chat or another article from the agent asking.
    pub can_append: bool,
}

/// What the agent asking may do with a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketCan {
    /// Write an article, or put a chat into it.
    Note,
    Owner,
    Priority,
    /// Title, state, lock, responsible, and out of its queue.
    Change,
}

/// `GET /api/tickets/{id}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketView {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub queue: QueueRef,
    pub state: TicketState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pending_until: Option<i64>,
    #[serde(rename = "type")]
    pub kind: TicketType,
    pub priority: u8,
    pub locked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub owner: Option<PersonRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub responsible: Option<PersonRef>,
    pub customer: TicketCustomer,
    pub created_at: i64,
    pub changed_at: i64,
    /// Raised by every change and article; a change names the one it saw.
    pub version: i64,
    /// In order: the newest 200 or fewer, or with `?before=` a number those before it.
    pub articles: Vec<ArticleView>,
    /// There are articles before these.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[ts(optional, as = "Option<bool>")]
    pub earlier: bool,
    /// What was done with it, in order; the newest 200.
    pub history: Vec<HistoryLine>,
    /// The agents involved, whatever their status: owner, responsible, who contributed.
    pub people: Vec<InvolvedPerson>,
    pub can: Vec<TicketCan>,
    /// Agents whom it can be given to: those who may read tickets of its queue, by name; the first 200.
    pub agents: Vec<PersonRef>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleView {
    /// From 1 within the ticket. For customers some may be missing.
    pub n: i64,
    pub at: i64,
    pub channel: ArticleChannel,
    pub sender: ArticleSender,
    /// Customers may read it.
    pub visible: bool,
    /// Who wrote it, as he was called then.
    pub author: String,
    pub subject: String,
    /// Plain text; empty for a chat, which has lines.
    pub body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub chat: Option<ChatArticle>,
    /// What is attached: at `/api/tickets/{id}/articles/{n}/files/{file}`, counted from 1; for customers, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<FileView>>")]
    pub files: Vec<FileView>,
    /// Agents only: how it stands with the e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mail: Option<ArticleMail>,
}

/// An article that was sent as an e-mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleMail {
    pub address: String,
    /// Absent while it is on its way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub outcome: Option<MailOutcome>,
    /// What the mail server said last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why: Option<String>,
}

/// A chat that went into a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatArticle {
    /// The archived chat, where it is still there and may be read by the person asking.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub chat: Option<Uuid>,
    pub lines: Vec<ChatLine>,
}

/// One line of a chat in a ticket, as it read when the chat was put there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatLine {
    pub at: i64,
    /// Who said it; absent where `text` is a sentence about what happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<ChatLineBy>,
    /// For agents only.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[ts(optional, as = "Option<bool>")]
    pub note: bool,
    /// Absent where it was taken away for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub text: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatLineBy {
    pub kind: PersonKind,
    pub name: String,
}

/// What was done, in the words of the history: `new_ticket`, `phone_call_customer`, `web_request_customer`, `follow_up`, `add_note`,
/// `chat`, `move`, `owner_update`, `responsible_update`, `priority_update`, `set_pending_time`, `state_update`,
/// `title_update`, `type_update`, `lock`, `unlock`, `send_answer`, `attach_file`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryLine {
    pub at: i64,
    pub kind: String,
    /// Who did it, as he was called then.
    pub name: String,
    /// What was there before, by name or word as it was then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub old: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub new: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvolvedPerson {
    pub person: PersonRow,
    pub owner: bool,
    pub responsible: bool,
}

/// `POST /api/tickets`: a phone ticket. Its first article is `text`; with `chat` the chat goes into it as well.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeTicket {
    pub cid: Uuid,
    /// ≤ 191 code points, one line.
    pub title: String,
    /// ≤ 10,000 code points.
    pub text: String,
    pub queue: Uuid,
    /// `new`, `open`, pending or closed; without it `open`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub state: Option<AnyState>,
    /// Milliseconds since 1970 UTC. Needed by the pending states, and by no other.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub pending_until: Option<i64>,
    /// 1 … 5; without it 3, normal.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub priority: Option<AnyPriority>,
    /// Without it `unclassified`. Not where a ticket system is connected.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub kind: Option<TicketType>,
    /// Agents who may read tickets of the queue; of a connected ticket system those it names.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub owner: Option<AnyAgent>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub responsible: Option<AnyAgent>,
    /// Absent for nobody.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub customer: Option<NewTicketCustomer>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub chat: Option<ChatIntoTicket>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum NewTicketCustomer {
    Person {
        id: Uuid,
    },
    /// Without a login.
    Address {
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[ts(optional)]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[ts(optional)]
        email: Option<String>,
    },
    /// Known to the connected ticket system by this login or address.
    There {
        login: String,
    },
}

/// How a chat goes into a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatIntoTicket {
    pub chat: Uuid,
    /// Also where the ticket's customer is neither the chat's nor of his company: he will read what was said there.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[ts(optional, as = "Option<bool>")]
    pub other_customer: bool,
    /// Else it closes when it is in the ticket.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[ts(optional, as = "Option<bool>")]
    pub keep_open: bool,
    /// Only these entries, by `seq`; without it all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub entries: Option<Vec<i64>>,
    /// A language tag: what happened is told in it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub language: Option<String>,
}

/// `POST /api/tickets/{id}/chats`: append a chat to a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppendChat {
    pub cid: Uuid,
    pub chat: ChatIntoTicket,
}

/// A ticket that was made, took something, or is what a chat is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketRef {
    pub id: Uuid,
    pub number: String,
}

/// `POST /api/tickets/{id}/articles`: a note of an agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddArticle {
    pub cid: Uuid,
    /// Customers may read it.
    pub visible: bool,
    /// ≤ 191 code points, one line.
    pub subject: String,
    /// ≤ 10,000 code points.
    pub text: String,
    /// It goes to the ticket's customer as an e-mail, too, and is visible to him.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub email: bool,
}

/// `POST /api/tickets/{id}/change`: what is given is changed, all or nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTicket {
    /// The one the change was decided on; refused as `changed_meanwhile` if it is not the newest.
    pub version: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub queue: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub state: Option<TicketState>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub pending_until: Option<i64>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub kind: Option<TicketType>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub priority: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub owner: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub responsible: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub locked: Option<bool>,
}

/// `GET /api/customers?q=`: customer users by name, address, login or company, by name, at most 10; or those a connected ticket system
/// knows by that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundCustomers {
    pub customers: Vec<FoundCustomer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundCustomer {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub id: Option<Uuid>,
    /// Instead of the id: how the connected ticket system knows him.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub login: Option<String>,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub company: Option<String>,
}

/// `GET /api/my/tickets?whose=mine|company&before=<cursor>`: a customer user's tickets or those of his company, as customers see them,
/// changed last first, at most 25 a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MyTickets {
    pub tickets: Vec<MyTicketLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MyTicketLine {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: TicketState,
    /// Whose it is, in the company's list.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub customer: Option<String>,
    pub created_at: i64,
    pub changed_at: i64,
}

/// `GET /api/my/tickets/{id}`: only what is meant for customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MyTicket {
    pub ticket: MyTicketLine,
    /// In order: the newest 200 or fewer, or with `?before=` a number those before it.
    pub articles: Vec<ArticleView>,
    /// There are articles before these.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[ts(optional, as = "Option<bool>")]
    pub earlier: bool,
    /// Another article can be written.
    pub can_write: bool,
    /// Where a chat about it goes, if he may begin one: it is for him, and its queue has a channel that is offered to customer users.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub channel: Option<Uuid>,
}

/// `POST /api/my/tickets`: a customer user makes a ticket, also of a chat that has ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeMyTicket {
    pub cid: Uuid,
    pub title: String,
    pub text: String,
    /// Where he left it because nobody was there: the ticket goes into that channel's queue.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub channel: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub chat: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub language: Option<String>,
}

/// What `POST /api/my/tickets` made. A connected ticket system may not have it yet, or not have given it a number; then it is kept and
/// passed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MyTicketMade {
    /// Where it can be looked at, here.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub number: Option<String>,
}

/// The article that was written, by its number; its author may attach files to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleWritten {
    pub n: i64,
}

/// `POST /api/my/tickets/{id}/articles`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteArticle {
    pub cid: Uuid,
    pub text: String,
}

/// `POST /api/my/tickets/{id}/chats`: a customer user puts a chat that has ended into the ticket it was begun from; the same chat is put
/// there once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddMyChat {
    pub chat: Uuid,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub language: Option<String>,
}

/// `POST /api/snippets/{public_id}/messages`: a message left where nobody is available; it becomes a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveMessage {
    pub cid: Uuid,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub email: Option<String>,
    pub channel: Uuid,
    pub text: String,
}

/// The number of the ticket a message became; absent while a connected ticket system does not have it, and it is kept and passed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageLeft {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub number: Option<String>,
}
