use crate::{OutOfOffice, Profile, Receives, TicketRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Hash, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    Agent,
    CustomerUser,
    PublicUser,
}

/// What an agent chose: whom he wants to hear from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    Unavailable,
    Internal,
    InternalAndExternal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatState {
    Requested,
    Open,
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClosedReason {
    ByAgent,
    ByExternal,
    Withdrawn,
    Declined,
    Expired,
    SwitchedOff,
}

/// Why an open chat waits in the request list again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnedReason {
    HandedBack,
    LeaseEnded,
    RightLost,
}

#[derive(Debug, Clone, Copy, PartialEq, Hash, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Participant,
    Observer,
    External,
}

/// Who asks whom; frozen at the start of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    PublicToAgent,
    CustomerToAgent,
    AgentToCustomer,
    AgentToAgent,
}

/// Which entries of others in a chat an agent wants to be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Notify {
    Off,
    /// What the external says.
    Customer,
    All,
}

/// What the person asking may do in a chat now. The browser shows these and never works a rule out itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatCan {
    Accept,
    /// A personal request, or an invitation.
    Decline,
    Send,
    Note,
    Invite,
    /// Follow an invitation.
    Join,
    /// To another channel.
    Move,
    /// Become observer.
    Observe,
    /// Become participant.
    Participate,
    Leave,
    HandBack,
    Close,
    /// As an article, or as a new phone ticket; also once it is closed.
    AppendToTicket,
    /// Take it away as a document.
    Transcript,
    /// Have it sent by e-mail; also once it is closed.
    Mail,
    /// Take the text of an entry away for everybody; also once it is closed.
    Redact,
}

/// One entry of a chat as one side may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryView {
    /// Position in the log of this side: dense from 1. Agents count all entries, externals those with a face for them.
    pub seq: i64,
    /// Milliseconds since 1970 UTC; never decreases within a chat.
    pub at: i64,
    /// The member (`MemberView::n`) who did it; absent for what the system did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub who: Option<u32>,
    /// The id its writer's client gave it; lets a client replace its pending line.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cid: Option<Uuid>,
    pub what: EntryWhat,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum EntryWhat {
    Requested {},
    Message {
        /// Of a file its name.
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        file: Option<FileView>,
    },
    /// Agents only.
    Note {
        /// Of a file its name.
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        file: Option<FileView>,
    },
    Accepted {},
    /// Agents only.
    Invited {
        whom: String,
        role: Role,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        note: Option<String>,
    },
    /// Agents only.
    InvitationDeclined {},
    Joined {
        role: Role,
    },
    /// `role` is the one he had.
    Left {
        role: Role,
    },
    RoleChanged {
        to: Role,
    },
    Moved {
        channel: ChannelRef,
    },
    Returned {
        reason: ReturnedReason,
    },
    Closed {
        reason: ClosedReason,
    },
    /// A message or note stood here, until its text was taken away for everybody.
    Redacted {
        /// Agents only: it was a note.
        #[serde(skip_serializing_if = "std::ops::Not::not", default)]
        #[ts(optional, as = "Option<bool>")]
        note: bool,
        /// Agents only: by whom.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
        /// Milliseconds since 1970 UTC.
        at: i64,
    },
    /// The text of an earlier entry was taken away: who has loaded it shows it no more.
    Redaction {
        /// That entry's position on the count of this side.
        of: i64,
        /// Agents only.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by: Option<String>,
    },
    /// Agents only: it went into a ticket.
    Attached {
        ticket: Uuid,
        number: String,
        /// If it is one of a connected ticket system.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[ts(optional)]
        there: Option<TicketThere>,
    },
    /// It is to be sent by e-mail. Agents only, unless it is for the external.
    Mailing {
        to: Recipient,
        /// Whose mailbox it is for.
        whom: String,
    },
    /// Agents only: what the external has not seen for long goes to him by e-mail.
    Missed {
        /// The position of the last such message.
        of: i64,
        whom: String,
    },
    /// What became of an e-mail.
    Mailed {
        /// The position, on the count of this side, of the entry that asked for it.
        of: i64,
        outcome: MailOutcome,
        /// Agents only: what the mail server said.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        why: Option<String>,
    },
}

/// Who has a chat sent to him.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// The agent who asks for it.
    Agent,
    /// The chat's external.
    External,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailOutcome {
    /// The address was asked whether it wants it.
    Asked,
    /// The mail server has it.
    Sent,
    /// It was given to the mail server, which never said that it has it.
    Perhaps,
    Failed,
    /// None went out: what it was about was seen meanwhile.
    Seen,
}

/// A file that stands in place of a text: at `/api/chats/{chat}/files/{seq}`, by the entry's `seq`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileView {
    /// One line without a path; ends as its type does.
    pub name: String,
    /// The media type that its content has, whatever it was called.
    #[serde(rename = "type")]
    pub kind: String,
    /// In bytes.
    pub size: i64,
    /// In pixels; of pictures only, with `height`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub height: Option<u32>,
}

/// Who a visitor is on the page he came from, as that page has proven.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityView {
    /// The page's own name for him.
    pub subject: String,
    /// One that is proven to be his.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
}

/// Somebody who takes or took part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberView {
    /// Number by order of joining, from 1; names the member within this chat.
    pub n: u32,
    /// Agents: who he is, if he is a customer user; names his detail view.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub person: Option<Uuid>,
    pub kind: PersonKind,
    pub role: Role,
    pub name: String,
    /// A customer user's company.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub company: Option<String>,
    /// Agents: who a visitor is on the page he came from, where it has proven that.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub identity: Option<IdentityView>,
    /// Externals: names the picture of an agent who has one; it is at `GET /api/chats/{id}/members/{n}/picture`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub picture: Option<String>,
    /// Externals: the language an agent chose, as `de`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub language: Option<String>,
    /// Still in the chat (an agent who left is not).
    pub present: bool,
    /// Was in the chat at some time; false for who was asked and has not come.
    pub joined: bool,
    /// Asked to join as this, and has not answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub invited: Option<Role>,
    /// Has a live connection now.
    pub online: bool,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelRef {
    pub id: Uuid,
    pub name: String,
}

/// A chat as the person asking may see it, without its entries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatView {
    pub id: Uuid,
    pub channel: ChannelRef,
    /// The ticket it was begun from, for who may read that.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ticket: Option<TicketRef>,
    pub direction: Direction,
    pub state: ChatState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub closed_reason: Option<ClosedReason>,
    pub created_at: i64,
    /// Since when it waits in the request list; present while `state` is `requested`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub waiting_since: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub closed_at: Option<i64>,
    pub members: Vec<MemberView>,
    /// The member that is the person asking; absent when he only previews.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub me: Option<u32>,
    pub can: Vec<ChatCan>,
    /// The newest position on this side.
    pub head: i64,
    /// Up to where the person asking has read, on this side's count.
    pub read: i64,
    /// Messages (for agents also notes) of others beyond `read`; 1,000 stands for that many or more.
    pub unread: i64,
    /// Up to where the other side has read, on this side's count.
    pub seen: i64,
    /// Externals, while waiting: their place in the line of the channel, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place: Option<u32>,
    /// Externals, while waiting: milliseconds since 1970 from which the no-answer text is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub no_answer_at: Option<i64>,
    /// Externals, while waiting: how long it takes all in all, if history allows to say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub estimate: Option<Estimate>,
    /// Agents who are in: what they want to be told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub notify: Option<Notify>,
    /// Agents who are in: what they have typed and not sent, on whatever device.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub draft: Option<Draft>,
    /// The longest message that the person asking can write, in code points.
    pub text_limit: u32,
    /// Externals, while open: no contributing agent has a live connection at the moment.
    pub agent_lost: bool,
}

/// A range that most of the waits of the last days fell into.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    pub from_s: u32,
    pub to_s: u32,
}

/// What an agent has typed and not sent. An empty text is no draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    pub text: String,
    /// For agents only.
    pub note: bool,
}

/// A line in the conversations list and in the archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatSummary {
    pub id: Uuid,
    pub channel: ChannelRef,
    pub state: ChatState,
    pub direction: Direction,
    /// Who one talks to: for agents the external's name, for externals the agent's (absent while waiting).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub with: Option<String>,
    /// The newest message this side may see, cut to 200 code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub last_text: Option<String>,
    pub last_at: i64,
    /// As in [`ChatView::unread`].
    pub unread: i64,
    /// Agents: the external has been offline for long.
    pub gone: bool,
    /// Externals: an agent asks for this chat; accept or decline.
    pub asked: bool,
}

/// What kind of request it is.
#[derive(Debug, Clone, Copy, PartialEq, Hash, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// Addressed to a channel.
    Generic,
    /// Addressed to this agent.
    Personal,
    /// To join a running chat.
    Invitation,
}

/// A line of the chat request list.
#[derive(Debug, Clone, PartialEq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestView {
    pub chat: Uuid,
    pub is: RequestKind,
    /// The requester's kind: with `is` the Type column.
    pub kind: PersonKind,
    /// For an invitation the agent who invites.
    pub requester: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub company: Option<String>,
    pub channel: ChannelRef,
    /// The ticket it was begun from, for who may read that.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ticket: Option<TicketRef>,
    pub waiting_since: i64,
    /// The channel's reply target: the wick is full when this many seconds have passed.
    pub reply_target_s: u32,
    /// The first message, cut to 200 code points; for an invitation the note with it, empty without one.
    pub first_message: String,
    /// Invitations: who the chat is with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub with: Option<String>,
    /// Invitations: the highest role offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub role: Option<Role>,
    /// The agent has hidden it for himself.
    pub hidden: bool,
    /// In one of the agent's My Chat Channels: counted and announced. Others show under All channels.
    pub mine: bool,
    /// Whether the agent may accept now; if not, `why_not` is a problem code.
    pub can_accept: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why_not: Option<String>,
}

/// A channel as an agent sees it in his settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MyChannel {
    pub channel: ChannelRef,
    /// Selected under My Chat Channels. Only channels the agent is owner of are offered.
    pub selected: bool,
}

/// A channel offered in a start form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferedChannel {
    pub channel: ChannelRef,
    /// Somebody is there who may and can accept, and it is within the channel's hours.
    pub available: bool,
    /// When its hours begin, where they are not now and begin within a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub opens_at: Option<i64>,
    /// What it says, by language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<ChannelText>>", optional)]
    pub texts: Vec<ChannelText>,
}

/// What a channel says to who comes, in one language; empty for what the product says by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelText {
    /// A code as `de`.
    pub language: String,
    /// Where somebody is there.
    pub welcome: String,
    /// Where nobody is.
    pub away: String,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Me {
    pub id: Uuid,
    pub kind: PersonKind,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub company: Option<String>,
    /// Agents only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub availability: Option<Availability>,
    /// Agents only.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub channels: Vec<MyChannel>,
    /// Agents only: what reaches them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub receives: Option<Receives>,
    /// Agents only, once they have set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub out_of_office: Option<OutOfOffice>,
    /// Those who signed in: their own address, if it is known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub email: Option<String>,
    /// Nothing is done before he has set up a second factor: his rights ask for one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub owes_second_factor: bool,
    /// What those chose for all their devices who signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub profile: Option<Profile>,
    /// Names his picture, where he has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub picture: Option<String>,
    /// He administers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub administers: bool,
    /// Reads on every page that he is unavailable, which he is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub reminds: bool,
    /// A mail server is set.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub mail: bool,
    /// Tickets are in this ticket system and not here.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub foreign_desk: Option<ForeignDesk>,
}

/// A connected ticket system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForeignDesk {
    pub kind: DeskKind,
    /// Agents only, if it is known: where a ticket is shown there, with `{id}` in place of its id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub ticket_link: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeskKind {
    Znuny,
    Zammad,
}

/// A ticket of a connected system, as that system knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketThere {
    pub kind: DeskKind,
    pub id: String,
}
