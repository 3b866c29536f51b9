// Made from crates/wire by `UPDATE=1 cargo test -p wire`. Do not edit.

/**
 * Why something was refused, for its three readers: a caller matches `code`, a person reads `say` and
 * `next`. The codes are listed in `docs/use/problems.md`.
 */
export type Problem = { 
/**
 * Stable word in snake_case, e.g. `already_taken`.
 */
code: string, 
/**
 * What happened, one sentence in English; clients show their own words for the codes they know.
 */
say: string, 
/**
 * What to do next, one sentence.
 */
next: string, 
/**
 * When trying again makes sense.
 */
retry_after_ms?: number, 
/**
 * `already_taken`: the name of the agent who was first. `desk_incomplete`: the number of the ticket that was made.
 */
by?: string, 
/**
 * `too_long` and the like: the limit that was passed, in code points.
 */
limit?: number, 
/**
 * `desk_…`: what the connected ticket system said, or how it was silent; one line of plain text.
 */
told?: string, };

export type PersonKind = "agent" | "customer_user" | "public_user";

/**
 * What an agent chose: whom he wants to hear from.
 */
export type Availability = "unavailable" | "internal" | "internal_and_external";

export type ChatState = "requested" | "open" | "closed";

export type ClosedReason = "by_agent" | "by_external" | "withdrawn" | "declined" | "expired" | "switched_off";

/**
 * Why an open chat waits in the request list again.
 */
export type ReturnedReason = "handed_back" | "lease_ended" | "right_lost";

export type Role = "owner" | "participant" | "observer" | "external";

/**
 * What the person asking may do in a chat now. The browser shows these and never works a rule out itself.
 */
export type ChatCan = "accept" | "decline" | "send" | "note" | "invite" | "join" | "move" | "observe" | "participate" | "leave" | "hand_back" | "close" | "append_to_ticket" | "transcript" | "mail" | "redact";

/**
 * Who asks whom; frozen at the start of a chat.
 */
export type Direction = "public_to_agent" | "customer_to_agent" | "agent_to_customer" | "agent_to_agent";

/**
 * Which entries of others in a chat an agent wants to be told of.
 */
export type Notify = "off" | "customer" | "all";

/**
 * A range that most of the waits of the last days fell into.
 */
export type Estimate = { from_s: number, to_s: number, };

/**
 * What an agent has typed and not sent. An empty text is no draft.
 */
export type Draft = { text: string, 
/**
 * For agents only.
 */
note: boolean, };

/**
 * What kind of request it is.
 */
export type RequestKind = "generic" | "personal" | "invitation";

/**
 * One entry of a chat as one side may see it.
 */
export type EntryView = { 
/**
 * Position in the log of this side: dense from 1. Agents count all entries, externals those with a face for them.
 */
seq: number, 
/**
 * Milliseconds since 1970 UTC; never decreases within a chat.
 */
at: number, 
/**
 * The member (`MemberView::n`) who did it; absent for what the system did.
 */
who?: number, 
/**
 * The id its writer's client gave it; lets a client replace its pending line.
 */
cid?: string, what: EntryWhat, };

/**
 * A file that stands in place of a text: at `/api/chats/{chat}/files/{seq}`, by the entry's `seq`.
 */
export type FileView = { 
/**
 * One line without a path; ends as its type does.
 */
name: string, 
/**
 * The media type that its content has, whatever it was called.
 */
type: string, 
/**
 * In bytes.
 */
size: number, 
/**
 * In pixels; of pictures only, with `height`.
 */
width?: number, height?: number, };

export type EntryWhat = { "kind": "requested", } | { "kind": "message", 
/**
 * Of a file its name.
 */
text: string, file?: FileView, } | { "kind": "note", 
/**
 * Of a file its name.
 */
text: string, file?: FileView, } | { "kind": "accepted", } | { "kind": "invited", whom: string, role: Role, note?: string, } | { "kind": "invitation_declined", } | { "kind": "joined", role: Role, } | { "kind": "left", role: Role, } | { "kind": "role_changed", to: Role, } | { "kind": "moved", channel: ChannelRef, } | { "kind": "returned", reason: ReturnedReason, } | { "kind": "closed", reason: ClosedReason, } | { "kind": "redacted", 
/**
 * Agents only: it was a note.
 */
note?: boolean, 
/**
 * Agents only: by whom.
 */
by?: string, 
/**
 * Milliseconds since 1970 UTC.
 */
at: number, } | { "kind": "redaction", 
/**
 * That entry's position on the count of this side.
 */
of: number, 
/**
 * Agents only.
 */
by?: string, } | { "kind": "attached", ticket: string, number: string, 
/**
 * If it is one of a connected ticket system.
 */
there?: TicketThere, } | { "kind": "mailing", to: Recipient, 
/**
 * Whose mailbox it is for.
 */
whom: string, } | { "kind": "missed", 
/**
 * The position of the last such message.
 */
of: number, whom: string, } | { "kind": "mailed", 
/**
 * The position, on the count of this side, of the entry that asked for it.
 */
of: number, outcome: MailOutcome, 
/**
 * Agents only: what the mail server said.
 */
why?: string, };

/**
 * Who a visitor is on the page he came from, as that page has proven.
 */
export type IdentityView = { 
/**
 * The page's own name for him.
 */
subject: string, 
/**
 * One that is proven to be his.
 */
email?: string, };

/**
 * Somebody who takes or took part.
 */
export type MemberView = { 
/**
 * Number by order of joining, from 1; names the member within this chat.
 */
n: number, 
/**
 * Agents: who he is, if he is a customer user; names his detail view.
 */
person?: string, kind: PersonKind, role: Role, name: string, 
/**
 * A customer user's company.
 */
company?: string, 
/**
 * Agents: who a visitor is on the page he came from, where it has proven that.
 */
identity?: IdentityView, 
/**
 * Externals: names the picture of an agent who has one; it is at `GET /api/chats/{id}/members/{n}/picture`.
 */
picture?: string, 
/**
 * Externals: the language an agent chose, as `de`.
 */
language?: string, 
/**
 * Still in the chat (an agent who left is not).
 */
present: boolean, 
/**
 * Was in the chat at some time; false for who was asked and has not come.
 */
joined: boolean, 
/**
 * Asked to join as this, and has not answered.
 */
invited?: Role, 
/**
 * Has a live connection now.
 */
online: boolean, };

export type ChannelRef = { id: string, name: string, };

/**
 * A chat as the person asking may see it, without its entries.
 */
export type ChatView = { id: string, channel: ChannelRef, 
/**
 * The ticket it was begun from, for who may read that.
 */
ticket?: TicketRef, direction: Direction, state: ChatState, closed_reason?: ClosedReason, created_at: number, 
/**
 * Since when it waits in the request list; present while `state` is `requested`.
 */
waiting_since?: number, closed_at?: number, members: Array<MemberView>, 
/**
 * The member that is the person asking; absent when he only previews.
 */
me?: number, can: Array<ChatCan>, 
/**
 * The newest position on this side.
 */
head: number, 
/**
 * Up to where the person asking has read, on this side's count.
 */
read: number, 
/**
 * Messages (for agents also notes) of others beyond `read`; 1,000 stands for that many or more.
 */
unread: number, 
/**
 * Up to where the other side has read, on this side's count.
 */
seen: number, 
/**
 * Externals, while waiting: their place in the line of the channel, from 1.
 */
place?: number, 
/**
 * Externals, while waiting: milliseconds since 1970 from which the no-answer text is due.
 */
no_answer_at?: number, 
/**
 * Externals, while waiting: how long it takes all in all, if history allows to say so.
 */
estimate?: Estimate, 
/**
 * Agents who are in: what they want to be told of.
 */
notify?: Notify, 
/**
 * Agents who are in: what they have typed and not sent, on whatever device.
 */
draft?: Draft, 
/**
 * The longest message that the person asking can write, in code points.
 */
text_limit: number, 
/**
 * Externals, while open: no contributing agent has a live connection at the moment.
 */
agent_lost: boolean, };

/**
 * A line in the conversations list and in the archive.
 */
export type ChatSummary = { id: string, channel: ChannelRef, state: ChatState, direction: Direction, 
/**
 * Who one talks to: for agents the external's name, for externals the agent's (absent while waiting).
 */
with?: string, 
/**
 * The newest message this side may see, cut to 200 code points.
 */
last_text?: string, last_at: number, 
/**
 * As in [`ChatView::unread`].
 */
unread: number, 
/**
 * Agents: the external has been offline for long.
 */
gone: boolean, 
/**
 * Externals: an agent asks for this chat; accept or decline.
 */
asked: boolean, };

/**
 * A line of the chat request list.
 */
export type RequestView = { chat: string, is: RequestKind, 
/**
 * The requester's kind: with `is` the Type column.
 */
kind: PersonKind, 
/**
 * For an invitation the agent who invites.
 */
requester: string, company?: string, channel: ChannelRef, 
/**
 * The ticket it was begun from, for who may read that.
 */
ticket?: TicketRef, waiting_since: number, 
/**
 * The channel's reply target: the wick is full when this many seconds have passed.
 */
reply_target_s: number, 
/**
 * The first message, cut to 200 code points; for an invitation the note with it, empty without one.
 */
first_message: string, 
/**
 * Invitations: who the chat is with.
 */
with?: string, 
/**
 * Invitations: the highest role offered.
 */
role?: Role, 
/**
 * The agent has hidden it for himself.
 */
hidden: boolean, 
/**
 * In one of the agent's My Chat Channels: counted and announced. Others show under All channels.
 */
mine: boolean, 
/**
 * Whether the agent may accept now; if not, `why_not` is a problem code.
 */
can_accept: boolean, why_not?: string, };

/**
 * A channel as an agent sees it in his settings.
 */
export type MyChannel = { channel: ChannelRef, 
/**
 * Selected under My Chat Channels. Only channels the agent is owner of are offered.
 */
selected: boolean, };

/**
 * A channel offered in a start form.
 */
export type OfferedChannel = { channel: ChannelRef, 
/**
 * Somebody is there who may and can accept, and it is within the channel's hours.
 */
available: boolean, 
/**
 * When its hours begin, where they are not now and begin within a year.
 */
opens_at?: number, 
/**
 * What it says, by language.
 */
texts?: Array<ChannelText>, };

/**
 * Who is signed in.
 */
export type Me = { id: string, kind: PersonKind, name: string, company?: string, 
/**
 * Agents only.
 */
availability?: Availability, 
/**
 * Agents only.
 */
channels?: Array<MyChannel>, 
/**
 * Agents only: what reaches them.
 */
receives?: Receives, 
/**
 * Agents only, once they have set it.
 */
out_of_office?: OutOfOffice, 
/**
 * Those who signed in: their own address, if it is known here.
 */
email?: string, 
/**
 * Nothing is done before he has set up a second factor: his rights ask for one.
 */
owes_second_factor?: boolean, 
/**
 * What those chose for all their devices who signed in.
 */
profile?: Profile, 
/**
 * Names his picture, where he has one.
 */
picture?: string, 
/**
 * He administers.
 */
administers?: boolean, 
/**
 * Reads on every page that he is unavailable, which he is.
 */
reminds?: boolean, 
/**
 * A mail server is set.
 */
mail?: boolean, 
/**
 * Tickets are in this ticket system and not here.
 */
foreign_desk?: ForeignDesk, };

/**
 * A connected ticket system.
 */
export type ForeignDesk = { kind: DeskKind, 
/**
 * Agents only, if it is known: where a ticket is shown there, with `{id}` in place of its id.
 */
ticket_link?: string, };

export type DeskKind = "znuny" | "zammad";

/**
 * A ticket of a connected system, as that system knows it.
 */
export type TicketThere = { kind: DeskKind, id: string, };

/**
 * What others see of a person. Green, yellow, red, and an empty ring; never by colour alone.
 */
export type Presence = "active" | "away" | "unavailable" | "offline";

export type PeopleTab = "agents" | "customers" | "out_of_office";

/**
 * How many there are in each tab, whatever is searched for.
 */
export type PeopleCounts = { agents: number, customers: number, out_of_office: number, };

/**
 * Somebody in the People widget; one row however many windows he has.
 */
export type PersonRow = { id: string, kind: PersonKind, name: string, 
/**
 * A customer user's company.
 */
company?: string, 
/**
 * Names his picture, where he has one.
 */
picture?: string, presence: Presence, 
/**
 * There while a range of his holds today.
 */
out_of_office?: OutUntil, 
/**
 * Whether the person asking may ask him for a chat now; if not, `why_not` says why: `yourself`, `switched_off`,
 * `you_are_unavailable`, `unavailable`, `offline`.
 */
can_chat: boolean, why_not?: string, };

export type OutUntil = { 
/**
 * The last day, e.g. `2026-12-05`, in his own time zone.
 */
until: string, 
/**
 * What to say of it, with `{day}` and `{days}` to be filled in; without it the product's own words.
 */
text?: string, };

/**
 * `GET /api/people?tab=agents|customers|out_of_office&q=&after=<cursor>&limit=`: sorted by name, 10 a page (≤ 25).
 */
export type People = { counts: PeopleCounts, rows: Array<PersonRow>, 
/**
 * Give it as `after` for the next page; absent on the last one.
 */
next?: string, };

/**
 * `GET /api/customers/{id}?after=<cursor>`: a customer user's detail view.
 */
export type CustomerUserView = { id: string, name: string, login: string, email?: string, company?: string, presence: Presence, 
/**
 * As in `PersonRow`.
 */
can_chat: boolean, why_not?: string, 
/**
 * His chats that the agent asking may read, running ones first, then the newest; at most 50 a page.
 */
chats: Array<ChatSummary>, 
/**
 * Give it as `after` for the next page, which may be a short one; absent on the last.
 */
next?: string, };

/**
 * Days in which an agent is out of office, both included: `2026-12-01` to `2026-12-05`.
 */
export type DayRange = { from: string, to: string, };

/**
 * `PUT /api/me/out_of_office`, and in `Me`: all ranges of an agent (≤ 50), in his time zone.
 */
export type OutOfOffice = { 
/**
 * By its IANA name, e.g. `Europe/Oslo`.
 */
zone: string, ranges: Array<DayRange>, };

/**
 * What reaches an agent as things are set.
 */
export type Receives = { 
/**
 * Requests of colleagues.
 */
colleagues: boolean, 
/**
 * Requests of customer users, in channels that are selected.
 */
customers: boolean, 
/**
 * Requests of visitors, in channels that are selected.
 */
visitors: boolean, 
/**
 * What stands in the way of more, if anything.
 */
limit?: ReceivesLimit, };

export type ReceivesLimit = "chat_off" | "unavailable" | "internal" | "no_channels";

/**
 * `POST /api/chats/{id}/redact`: the text goes, for everybody and for good; that there was an entry stays.
 */
export type RedactEntry = { cid: string, 
/**
 * Of a message or note.
 */
seq: number, };

/**
 * `GET /api/archive?q=…&channel=…&from=…&to=…&before=<cursor>`: closed chats that the person may read, the one that ended last first,
 * at most 20 a page. A chat is found within a second after its end.
 */
export type FoundChats = { chats: Array<FoundChat>, 
/**
 * Give it as `before` for the next page; absent on the last one.
 */
next?: string, };

export type FoundChat = { chat: ChatSummary, 
/**
 * The newest entry in which it was found, or how the chat began.
 */
entry?: FoundEntry, };

export type FoundEntry = { 
/**
 * On the count of the side that asks.
 */
seq: number, 
/**
 * Milliseconds since 1970 UTC.
 */
at: number, 
/**
 * Around the first place that fits, at most 200 code points.
 */
text: Array<Part>, };

/**
 * A piece of a text.
 */
export type Part = { text: string, 
/**
 * It is what was searched for.
 */
found?: boolean, };

export type TicketState = "new" | "open" | "pending_reminder" | "pending_auto_close_successful" | "pending_auto_close_unsuccessful" | "closed_successful" | "closed_unsuccessful" | "removed" | "merged";

export type TicketType = "unclassified" | "incident" | "problem" | "request";

/**
 * By a name that the connected ticket system gave it.
 */
export type Called = { name: string, };

/**
 * An agent of ours, or one of a connected ticket system by his login.
 */
export type AnyAgent = string | CalledByLogin;

export type AnyState = TicketState | Called;

/**
 * An agent of a connected ticket system.
 */
export type AgentThere = { login: string, name: string, };

export type CalledByLogin = { login: string, };

export type AnyPriority = number | Called;

/**
 * How an article came.
 */
export type ArticleChannel = "phone" | "internal" | "email_out" | "web" | "chat";

export type ArticleSender = "agent" | "customer" | "system";

/**
 * What the agent asking may do with tickets of a queue.
 */
export type QueueCan = "read" | "create" | "move_into";

/**
 * `GET /api/queues?agents_of=…`: the queues that the agent asking may do anything with, by name.
 */
export type Queues = { queues: Array<QueueView>, 
/**
 * Those whom a new ticket of the queue asked about can be given to, by name; at most 200, and only where he may make one.
 */
agents?: Array<PersonRef>, 
/**
 * What a connected ticket system lets new tickets have; absent for the built-in desk.
 */
choices?: TicketChoices, };

/**
 * By the names they have there, in its order. A list is empty where it does not tell.
 */
export type TicketChoices = { states: Array<string>, 
/**
 * Those of the states that need `pending_until`.
 */
waiting: Array<string>, priorities: Array<string>, 
/**
 * Who can be its owner.
 */
agents: Array<AgentThere>, 
/**
 * One of the agents can be responsible for it, too.
 */
responsible: boolean, };

export type QueueView = { queue: QueueRef, 
/**
 * Where chats about its tickets go.
 */
channel?: string, 
/**
 * An invalid queue takes no new tickets.
 */
valid: boolean, can: Array<QueueCan>, };

export type QueueRef = { id: string, name: string, };

/**
 * An agent or a customer user by name.
 */
export type PersonRef = { id: string, name: string, };

/**
 * Whom a ticket is for.
 */
export type TicketCustomer = { 
/**
 * A customer user, who has a detail view; absent for somebody without a login.
 */
person?: string, name?: string, email?: string, company?: string, };

/**
 * `GET /api/tickets?queue=&state=&owner=&q=&before=<cursor>`: the tickets the agent asking may read, changed last first, at most 25 a
 * page. `state` is a [`TicketState`], or `open` for all that are neither closed, removed nor merged (as without it), or `all`;
 * `owner` is `me`, `nobody`, or an agent's id; `q` is found in number, title, and the customer's name, address and company.
 *
 * Of a connected ticket system: at most 50, newest first, by a `q` that is a number, part of a title, or a customer's login or address;
 * refused as `tickets_elsewhere` without one, and with an owner or a state but `open` and `all`.
 */
export type TicketList = { tickets: Array<TicketLine>, 
/**
 * Give it as `before` for the next page, which may be a short one; absent on the last.
 */
next?: string, };

export type TicketLine = { id: string, number: string, title: string, queue: QueueRef, state: AnyState, priority: AnyPriority, locked: boolean, owner?: PersonRef, customer: TicketCustomer, 
/**
 * A connected ticket system does not tell these.
 */
created_at?: number, changed_at?: number, 
/**
 * Takes a chat or another article from the agent asking.
 */
can_append: boolean, };

/**
 * What the agent asking may do with a ticket.
 */
export type TicketCan = "note" | "owner" | "priority" | "change";

/**
 * `GET /api/tickets/{id}`
 */
export type TicketView = { id: string, number: string, title: string, queue: QueueRef, state: TicketState, pending_until?: number, type: TicketType, priority: number, locked: boolean, owner?: PersonRef, responsible?: PersonRef, customer: TicketCustomer, created_at: number, changed_at: number, 
/**
 * Raised by every change and article; a change names the one it saw.
 */
version: number, 
/**
 * In order: the newest 200 or fewer, or with `?before=` a number those before it.
 */
articles: Array<ArticleView>, 
/**
 * There are articles before these.
 */
earlier?: boolean, 
/**
 * What was done with it, in order; the newest 200.
 */
history: Array<HistoryLine>, 
/**
 * The agents involved, whatever their status: owner, responsible, who contributed.
 */
people: Array<InvolvedPerson>, can: Array<TicketCan>, 
/**
 * Agents whom it can be given to: those who may read tickets of its queue, by name; the first 200.
 */
agents: Array<PersonRef>, };

export type ArticleView = { 
/**
 * From 1 within the ticket. For customers some may be missing.
 */
n: number, at: number, channel: ArticleChannel, sender: ArticleSender, 
/**
 * Customers may read it.
 */
visible: boolean, 
/**
 * Who wrote it, as he was called then.
 */
author: string, subject: string, 
/**
 * Plain text; empty for a chat, which has lines.
 */
body: string, chat?: ChatArticle, 
/**
 * What is attached: at `/api/tickets/{id}/articles/{n}/files/{file}`, counted from 1; for customers, too.
 */
files?: Array<FileView>, 
/**
 * Agents only: how it stands with the e-mail.
 */
mail?: ArticleMail, };

/**
 * A chat that went into a ticket.
 */
export type ChatArticle = { 
/**
 * The archived chat, where it is still there and may be read by the person asking.
 */
chat?: string, lines: Array<ChatLine>, };

/**
 * One line of a chat in a ticket, as it read when the chat was put there.
 */
export type ChatLine = { at: number, 
/**
 * Who said it; absent where `text` is a sentence about what happened.
 */
by?: ChatLineBy, 
/**
 * For agents only.
 */
note?: boolean, 
/**
 * Absent where it was taken away for everybody.
 */
text?: string, };

export type ChatLineBy = { kind: PersonKind, name: string, };

/**
 * What was done, in the words of the history: `new_ticket`, `phone_call_customer`, `web_request_customer`, `follow_up`, `add_note`,
 * `chat`, `move`, `owner_update`, `responsible_update`, `priority_update`, `set_pending_time`, `state_update`,
 * `title_update`, `type_update`, `lock`, `unlock`, `send_answer`, `attach_file`.
 */
export type HistoryLine = { at: number, kind: string, 
/**
 * Who did it, as he was called then.
 */
name: string, 
/**
 * What was there before, by name or word as it was then.
 */
old?: string, new?: string, };

export type InvolvedPerson = { person: PersonRow, owner: boolean, responsible: boolean, };

/**
 * `POST /api/tickets`: a phone ticket. Its first article is `text`; with `chat` the chat goes into it as well.
 */
export type MakeTicket = { cid: string, 
/**
 * ≤ 191 code points, one line.
 */
title: string, 
/**
 * ≤ 10,000 code points.
 */
text: string, queue: string, 
/**
 * `new`, `open`, pending or closed; without it `open`.
 */
state?: AnyState, 
/**
 * Milliseconds since 1970 UTC. Needed by the pending states, and by no other.
 */
pending_until?: number, 
/**
 * 1 … 5; without it 3, normal.
 */
priority?: AnyPriority, 
/**
 * Without it `unclassified`. Not where a ticket system is connected.
 */
type?: TicketType, 
/**
 * Agents who may read tickets of the queue; of a connected ticket system those it names.
 */
owner?: AnyAgent, responsible?: AnyAgent, 
/**
 * Absent for nobody.
 */
customer?: NewTicketCustomer, chat?: ChatIntoTicket, };

export type NewTicketCustomer = { "is": "person", id: string, } | { "is": "address", name?: string, email?: string, } | { "is": "there", login: string, };

/**
 * How a chat goes into a ticket.
 */
export type ChatIntoTicket = { chat: string, 
/**
 * Also where the ticket's customer is neither the chat's nor of his company: he will read what was said there.
 */
other_customer?: boolean, 
/**
 * Else it closes when it is in the ticket.
 */
keep_open?: boolean, 
/**
 * Only these entries, by `seq`; without it all.
 */
entries?: Array<number>, 
/**
 * A language tag: what happened is told in it.
 */
language?: string, };

/**
 * `POST /api/tickets/{id}/chats`: append a chat to a ticket.
 */
export type AppendChat = { cid: string, chat: ChatIntoTicket, };

/**
 * A ticket that was made, took something, or is what a chat is about.
 */
export type TicketRef = { id: string, number: string, };

/**
 * `POST /api/tickets/{id}/articles`: a note of an agent.
 */
export type AddArticle = { cid: string, 
/**
 * Customers may read it.
 */
visible: boolean, 
/**
 * ≤ 191 code points, one line.
 */
subject: string, 
/**
 * ≤ 10,000 code points.
 */
text: string, 
/**
 * It goes to the ticket's customer as an e-mail, too, and is visible to him.
 */
email?: boolean, };

/**
 * `POST /api/tickets/{id}/change`: what is given is changed, all or nothing.
 */
export type ChangeTicket = { 
/**
 * The one the change was decided on; refused as `changed_meanwhile` if it is not the newest.
 */
version: number, title?: string, queue?: string, state?: TicketState, pending_until?: number, type?: TicketType, priority?: number, owner?: string, responsible?: string, locked?: boolean, };

/**
 * `GET /api/customers?q=`: customer users by name, address, login or company, by name, at most 10; or those a connected ticket system
 * knows by that.
 */
export type FoundCustomers = { customers: Array<FoundCustomer>, };

export type FoundCustomer = { id?: string, 
/**
 * Instead of the id: how the connected ticket system knows him.
 */
login?: string, name: string, email?: string, company?: string, };

/**
 * `GET /api/my/tickets?whose=mine|company&before=<cursor>`: a customer user's tickets or those of his company, as customers see them,
 * changed last first, at most 25 a page.
 */
export type MyTickets = { tickets: Array<MyTicketLine>, next?: string, };

export type MyTicketLine = { id: string, number: string, title: string, state: TicketState, 
/**
 * Whose it is, in the company's list.
 */
customer?: string, created_at: number, changed_at: number, };

/**
 * `GET /api/my/tickets/{id}`: only what is meant for customers.
 */
export type MyTicket = { ticket: MyTicketLine, 
/**
 * In order: the newest 200 or fewer, or with `?before=` a number those before it.
 */
articles: Array<ArticleView>, 
/**
 * There are articles before these.
 */
earlier?: boolean, 
/**
 * Another article can be written.
 */
can_write: boolean, 
/**
 * Where a chat about it goes, if he may begin one: it is for him, and its queue has a channel that is offered to customer users.
 */
channel?: string, };

/**
 * `POST /api/my/tickets`: a customer user makes a ticket, also of a chat that has ended.
 */
export type MakeMyTicket = { cid: string, title: string, text: string, 
/**
 * Where he left it because nobody was there: the ticket goes into that channel's queue.
 */
channel?: string, chat?: string, language?: string, };

/**
 * What `POST /api/my/tickets` made. A connected ticket system may not have it yet, or not have given it a number; then it is kept and
 * passed on.
 */
export type MyTicketMade = { 
/**
 * Where it can be looked at, here.
 */
id?: string, number?: string, };

/**
 * The article that was written, by its number; its author may attach files to it.
 */
export type ArticleWritten = { n: number, };

/**
 * `POST /api/my/tickets/{id}/articles`
 */
export type WriteArticle = { cid: string, text: string, };

/**
 * `POST /api/my/tickets/{id}/chats`: a customer user puts a chat that has ended into the ticket it was begun from; the same chat is put
 * there once.
 */
export type AddMyChat = { chat: string, language?: string, };

/**
 * `POST /api/snippets/{public_id}/messages`: a message left where nobody is available; it becomes a ticket.
 */
export type LeaveMessage = { cid: string, name: string, email?: string, channel: string, text: string, };

/**
 * Who has a chat sent to him.
 */
export type Recipient = "agent" | "external";

export type MailOutcome = "asked" | "sent" | "perhaps" | "failed" | "seen";

/**
 * `POST /api/chats/{id}/mail`: the conversation up to now, by e-mail. Agents choose to whom; externals have it sent to themselves.
 */
export type MailChat = { cid: string, 
/**
 * Agents only.
 */
to?: Recipient, 
/**
 * Visitors only: where to. The first letter asks whether it is wanted.
 */
address?: string, 
/**
 * A language tag.
 */
language: string, 
/**
 * A name of the IANA time zone database.
 */
zone: string, };

/**
 * `POST /api/mail/confirm`: the one who read the first letter wants the second; the one who was told by a letter of what he had not seen
 * wants no more of them, or wants them again.
 */
export type ConfirmMail = { 
/**
 * What the letter's link holds behind `#`, without `stop.`.
 */
token: string, 
/**
 * Letters of what is unseen shall go on.
 */
again?: boolean, };

/**
 * An article that was sent as an e-mail.
 */
export type ArticleMail = { address: string, 
/**
 * Absent while it is on its way.
 */
outcome?: MailOutcome, 
/**
 * What the mail server said last.
 */
why?: string, };

/**
 * The number of the ticket a message became; absent while a connected ticket system does not have it, and it is kept and passed on.
 */
export type MessageLeft = { number?: string, };

/**
 * `GET /api/supervisor`: the channels the agent asking is owner of.
 */
export type Supervisor = { channels: Array<SupervisedChannel>, };

export type SupervisedChannel = { channel: ChannelRef, reply_target_s: number, 
/**
 * How many wait.
 */
waiting: number, 
/**
 * Since when the one waits who came first.
 */
longest_since?: number, 
/**
 * Agents who are here and could accept in this channel.
 */
agents_available: number, 
/**
 * Open chats, those with the newest entry first; at most 50 a channel, `running_count` counts on.
 */
running: Array<SupervisedChat>, running_count: number, day: ChannelDay, };

export type SupervisedChat = { chat: string, 
/**
 * The external.
 */
with?: string, 
/**
 * Who has it: owners and participants who are in it.
 */
agents: Array<string>, last_at: number, };

/**
 * What was accepted in a channel within 24 hours.
 */
export type ChannelDay = { accepted: number, 
/**
 * How long these requests had waited on average.
 */
waited_ms?: number, 
/**
 * How many in each hour, the last one at the end.
 */
hours: Array<number>, };

/**
 * A place in a chat's log. `epoch` changes when the database is restored from a backup.
 */
export type Position = { epoch: number, seq: number, };

export type Head = { chat: string, seq: number, };

export type ClientFrame = { "op": "hello", token?: string, } | { "op": "watch", chat: string, after?: Position, } | { "op": "unwatch", chat: string, } | { "op": "send", chat: string, cid: string, text: string, } | { "op": "note", chat: string, cid: string, text: string, } | { "op": "read", chat: string, seq: number, } | { "op": "typing", chat: string, note: boolean, } | { "op": "ping", } | { "op": "active", } | { "op": "people", tab?: PeopleTab, q?: string, 
/**
 * `next` of the page before.
 */
after?: string, limit?: number, };

export type ServerFrame = { "op": "welcome", me: Me, epoch: number, 
/**
 * A client that hears nothing for two heartbeats reconnects.
 */
heartbeat_s: number, now: number, } | { "op": "desk", me: Me, 
/**
 * The whole list; with `more` only requests that are new or differ.
 */
requests: Array<RequestView>, 
/**
 * This adds to the frame before.
 */
more?: boolean, 
/**
 * With `more`: requests that wait no longer.
 */
gone?: Array<string>, 
/**
 * Whole.
 */
chats: Array<ChatSummary>, } | { "op": "lobby", channels: Array<OfferedChannel>, chats: Array<ChatSummary>, } | { "op": "snapshot", chat: ChatView, as_of: Position, entries: Array<EntryView>, } | { "op": "entries", chat: string, entries: Array<EntryView>, state?: ChatView, } | { "op": "state", chat: ChatView, } | { "op": "ack", chat: string, cid: string, seq: number, } | { "op": "refused", chat?: string, cid?: string, problem: Problem, } | { "op": "read", chat: string, seq: number, unread: number, } | { "op": "seen", chat: string, seq: number, } | { "op": "typing", chat: string, 
/**
 * `MemberView::n`
 */
who: number, note: boolean, } | { "op": "gone", chat: string, } | { "op": "people", tab: PeopleTab, q?: string, after?: string, limit: number, people: People, } | { "op": "beat", heads: Array<Head>, now: number, } | { "op": "bye", reconnect_after_ms: number, };

export type Surface = "agent" | "customer" | "visitor";

/**
 * `POST /api/session`
 */
export type SignIn = { 
/**
 * `agent` or `customer`.
 */
surface: Surface, login: string, password: string, 
/**
 * Of the second factor, or a recovery code. Without it, an account that has one answers `second_factor_needed`.
 */
code?: string, };

/**
 * `PUT /api/password`; ends all other sessions of the person.
 */
export type ChangePassword = { old: string, new: string, };

/**
 * `GET /api/sessions`: where one is signed in, the session used last first.
 */
export type Sessions = { sessions: Array<SessionView>, };

export type SessionView = { 
/**
 * Names it, and opens nothing.
 */
id: string, 
/**
 * It is the one that asks.
 */
here?: boolean, made_at: number, 
/**
 * To the minute.
 */
seen_at: number, 
/**
 * The address it was opened from; of IPv6 the /64.
 */
network?: string, 
/**
 * As people call it, e.g. `Firefox`.
 */
browser?: string, 
/**
 * As people call it, e.g. `Linux`.
 */
system?: string, };

/**
 * `GET /api/admin/sessions`: a page of everybody's sessions, the newest first.
 */
export type AdminSessions = { sessions: Array<AdminSession>, 
/**
 * For `after` of the next page, if there is one.
 */
next?: string, };

export type AdminSession = { session: SessionView, person: string, kind: PersonKind, name: string, login: string, };

/**
 * `POST /api/password/forgotten`: asks for a letter with a link. The answer is the same whether there is such an account or not.
 */
export type Forgotten = { 
/**
 * `agent` or `customer`.
 */
surface: Surface, 
/**
 * Login or e-mail address.
 */
who: string, 
/**
 * Of the letter, where the account has none.
 */
language: string, };

/**
 * `POST /api/links/look`: what a one-time link opens. It stays good.
 */
export type LookAtLink = { token: string, };

export type LinkView = { purpose: LinkPurpose, 
/**
 * Whom it is for.
 */
name: string, login: string, expires_at: number, };

export type LinkPurpose = "reset" | "invitation";

/**
 * `POST /api/links/use`: sets a password by a one-time link, once; all sessions of the account end.
 */
export type UseLink = { token: string, password: string, };

export type LinkUsed = { 
/**
 * To sign in with.
 */
login: string, };

/**
 * `GET /api/second_factor`
 */
export type Factor = { 
/**
 * When it was set up, if it was.
 */
set_at?: number, 
/**
 * Recovery codes that were not used.
 */
codes: number, 
/**
 * A group on which one holds a key asks for it.
 */
required: boolean, };

/**
 * That it is the person himself who asks.
 */
export type ProveMe = { password: string, 
/**
 * Of the second factor, where there is one.
 */
code?: string, };

/**
 * `POST /api/second_factor/offer`: a new secret, which counts once it is set.
 */
export type FactorOffer = { 
/**
 * To be typed into a device, in base32.
 */
secret: string, 
/**
 * The same for a device on this machine (`otpauth:`).
 */
address: string, 
/**
 * How many modules a side of the QR code has, which holds the address.
 */
size: number, 
/**
 * Its dark modules as a path of SVG, a module being 1.
 */
path: string, 
/**
 * To be given back within 15 minutes.
 */
offer: string, };

/**
 * `PUT /api/second_factor`: keeps the secret that was offered; all other sessions end.
 */
export type SetFactor = { offer: string, 
/**
 * That the device shows.
 */
code: string, };

/**
 * Good once each in the place of a code. Shown this once.
 */
export type RecoveryCodes = { codes: Array<string>, };

/**
 * `POST /api/admin/people/{id}/link`
 */
export type MakeLink = { 
/**
 * It goes to the address of the account, and is not told.
 */
mail: boolean, 
/**
 * Of the letter, where the account has none.
 */
language: string, };

export type MadeLink = { 
/**
 * To be passed on; told this once. Not where it was mailed.
 */
link?: string, 
/**
 * Hours for which it is good.
 */
hours: number, };

/**
 * `PUT /api/admin/guards`: whether a group asks for a second factor of all who hold a key on it.
 */
export type GuardGroup = { group: string, second_factor: boolean, };

/**
 * `PUT /api/me/profile`: what people choose for all their devices. What is missing is as the browser has it.
 */
export type Profile = { 
/**
 * How one is called; agents only. Without it, it stays.
 */
name?: string, language?: string, 
/**
 * By its IANA name.
 */
zone?: string, dates?: DateFormat, };

/**
 * How days are written.
 */
export type DateFormat = "iso" | "day_first" | "month_first";

/**
 * `POST /api/setup`: the first agent, against the one-time code printed at start. He becomes owner of the Default channel and administrator.
 */
export type Setup = { code: string, login: string, name: string, password: string, };

/**
 * `GET /api/admin/settings`
 */
export type AdminSettings = { 
/**
 * Section by section.
 */
settings: Array<AdminSetting>, };

/**
 * A setting. Values are written as texts, also numbers.
 */
export type AdminSetting = { name: string, section: SettingSection, kind: SettingKind, value: string, default: string, 
/**
 * The smallest number; of texts 0.
 */
min: number, 
/**
 * The largest number; of texts the most characters.
 */
max: number, };

/**
 * What settings are about.
 */
export type SettingSection = "chat" | "agents" | "waiting" | "mail" | "look" | "limits";

export type SettingKind = "switch" | "number" | "seconds" | "text";

/**
 * `PUT /api/admin/settings/{name}`
 */
export type SetSetting = { 
/**
 * Without it the setting has its default again.
 */
value?: string, 
/**
 * What its value was when it was looked at; another one refuses with `changed_meanwhile`.
 */
was: string, };

/**
 * `GET /api/admin/settings/text`, and what `POST /api/admin/settings/plan` and `apply` are given: TOML, `name = value`.
 */
export type SettingsText = { text: string, };

/**
 * What a text of settings would change, or has changed. With problems nothing is applied.
 */
export type SettingsPlan = { changes: Array<PlannedSetting>, 
/**
 * Sentences, one for each line that cannot be.
 */
problems: Array<string>, };

export type PlannedSetting = { name: string, old: string, new: string, };

/**
 * `GET /api/admin/audit`: a page of the log of what was administered, the newest first.
 */
export type AuditPage = { records: Array<AuditRecord>, 
/**
 * For `before` of the next page, if there is one.
 */
next?: number, };

export type AuditRecord = { n: number, at: number, 
/**
 * Not where it was done on the command line.
 */
by?: string, by_name: string, 
/**
 * `setting`, `agent`, `customer_user`, `public_user`, `group`, `role`, `channel`, `queue`, `snippet`, `company`.
 */
kind: string, 
/**
 * A setting's name, else the id of the thing.
 */
subject: string, 
/**
 * How it is called today, if it is still there and not a setting.
 */
name?: string, 
/**
 * JSON: what of it was; not where something was made.
 */
old?: string, 
/**
 * JSON: what is instead; not where something was taken away.
 */
new?: string, 
/**
 * SHA-256, hexadecimal, over the hash of the record before (32 zero bytes before the first) and a JSON list without spaces: `n`, `at`,
 * `by`, `by_name`, `kind`, `subject`, `old`, `new`, with null for what is not there.
 */
hash: string, };

/**
 * `GET /api/admin/channels`
 */
export type AdminChannels = { 
/**
 * By name, invalid ones too.
 */
channels: Array<AdminChannel>, 
/**
 * The names of all groups, which a channel may belong to.
 */
groups: Array<string>, };

export type AdminChannel = { id: string, is_default: boolean, 
/**
 * Queues and snippets that lead here, by their names.
 */
used_by: Array<string>, channel: ChannelFields, 
/**
 * The newest record of it in the audit log; 0 without one.
 */
version: number, };

/**
 * `POST /api/admin/channels`: what of a channel an administrator chooses.
 */
export type ChannelFields = { name: string, 
/**
 * By its name: the keys on it are the keys on the channel.
 */
group: string, for_customer_users: boolean, for_public_users: boolean, 
/**
 * Within how many seconds somebody should answer.
 */
reply_target_s: number, 
/**
 * For how many days closed chats are kept; 0 for ever.
 */
retention_days: number, valid: boolean, 
/**
 * For administrators; at most 1,000 characters.
 */
comment: string, 
/**
 * Always, where there are none.
 */
hours?: Hours, texts: Array<ChannelText>, };

/**
 * `PUT /api/admin/channels/{id}`
 */
export type ChangeChannel = { channel: ChannelFields, 
/**
 * As it was when it was looked at; another one refuses with `changed_meanwhile`.
 */
version: number, };

/**
 * When a channel takes chats.
 */
export type Hours = { 
/**
 * IANA name of the time zone they are meant in.
 */
zone: string, 
/**
 * The spans of each weekday, Monday first.
 */
week: Array<Array<Span>>, holidays: Array<Holiday>, };

/**
 * From a minute of the day (0 to 1,439) to before another one (1 to 1,440).
 */
export type Span = { from: number, to: number, };

/**
 * A day without hours.
 */
export type Holiday = { 
/**
 * Not where it is every year.
 */
year?: number, month: number, day: number, name: string, };

/**
 * What a channel says to who comes, in one language; empty for what the product says by itself.
 */
export type ChannelText = { 
/**
 * A code as `de`.
 */
language: string, 
/**
 * Where somebody is there.
 */
welcome: string, 
/**
 * Where nobody is.
 */
away: string, };

/**
 * `GET /api/admin/queues`
 */
export type AdminQueues = { 
/**
 * By name, invalid ones too.
 */
queues: Array<AdminQueue>, groups: Array<string>, 
/**
 * The names of the valid channels.
 */
channels: Array<string>, };

export type AdminQueue = { id: string, queue: QueueFields, 
/**
 * The newest record of it in the audit log; 0 without one.
 */
version: number, };

/**
 * `POST /api/admin/queues`: what of a queue an administrator chooses.
 */
export type QueueFields = { name: string, 
/**
 * By its name: the keys on it are the keys on the tickets.
 */
group: string, 
/**
 * Where chats about its tickets go, by its name; not where there are none.
 */
channel?: string, valid: boolean, 
/**
 * For administrators; at most 1,000 characters.
 */
comment: string, };

/**
 * `PUT /api/admin/queues/{id}`
 */
export type ChangeQueue = { queue: QueueFields, 
/**
 * As it was when it was looked at; another one refuses with `changed_meanwhile`.
 */
version: number, };

/**
 * `GET /api/admin/customers`: a page of the customer users by name, invalid ones too.
 */
export type AdminCustomers = { customers: Array<AdminCustomer>, 
/**
 * For `after` of the next page, if there is one.
 */
next?: string, };

export type AdminCustomer = { id: string, login: string, name: string, email?: string, company?: string, valid: boolean, 
/**
 * The newest record of the account in the audit log; 0 without one.
 */
version: number, };

/**
 * `POST /api/admin/customers`
 */
export type MakeCustomer = { login: string, name: string, 
/**
 * Empty for none.
 */
email: string, 
/**
 * By its name, made if there is none; empty for none.
 */
company: string, 
/**
 * Without a password: he chooses one by a link that is made for him.
 */
invited?: boolean, };

/**
 * `PUT /api/admin/customers/{id}`
 */
export type ChangeCustomer = { name: string, 
/**
 * Empty for none.
 */
email: string, 
/**
 * By its name, made if there is none; empty for none.
 */
company: string, valid: boolean, 
/**
 * As it was when it was looked at; another one refuses with `changed_meanwhile`.
 */
version: number, };

/**
 * `GET /api/admin/letters`: a page of what has not arrived for certain, newest first.
 */
export type AdminLetters = { letters: Array<AdminLetter>, 
/**
 * For `before` of the next page, if there is one.
 */
next?: string, 
/**
 * Without a mail server nothing is sent.
 */
sends_mail: boolean, };

/**
 * An e-mail on its way; what it says is told to nobody.
 */
export type AdminLetter = { id: string, at: number, 
/**
 * `waiting`, `taken`, `handed`, `perhaps` or `failed`.
 */
state: string, 
/**
 * What the mail server said last.
 */
said?: string, tries: number, 
/**
 * When it is tried next, of what is waiting.
 */
due_at?: number, 
/**
 * Whom it is about.
 */
person?: string, 
/**
 * The number of the ticket it belongs to; else it belongs to a chat.
 */
ticket?: string, };

/**
 * `GET /api/admin/companies`: a page of the companies by name, invalid ones too.
 */
export type AdminCompanies = { companies: Array<AdminCompany>, 
/**
 * For `after` of the next page, if there is one.
 */
next?: string, };

export type AdminCompany = { id: string, name: string, 
/**
 * An invalid one is chosen for nobody new.
 */
valid: boolean, 
/**
 * How many customer users belong to it.
 */
people: number, version: number, };

/**
 * `PUT /api/admin/companies/{id}`
 */
export type ChangeCompany = { name: string, valid: boolean, version: number, };

/**
 * `GET /api/admin/snippets`
 */
export type AdminSnippets = { 
/**
 * By public id, invalid ones too.
 */
snippets: Array<AdminSnippet>, 
/**
 * The names of the valid channels.
 */
channels: Array<string>, 
/**
 * Where pages load the launcher from, as `https://desk.example.org`.
 */
address: string, };

export type AdminSnippet = { id: string, snippet: SnippetFields, 
/**
 * With which its pages may prove who is signed in there, the oldest first; at most two.
 */
keys: Array<IdentityKey>, version: number, };

/**
 * `GET /api/admin/look`: what of the look is no setting, and what the colour comes to.
 */
export type AdminLook = { 
/**
 * Where the logo is.
 */
logo?: string, 
/**
 * By day and by night; empty with the product's own colour.
 */
accents: Array<AccentView>, };

/**
 * The colour of buttons, by day or by night.
 */
export type AccentView = { 
/**
 * As `#1a5f7a`.
 */
colour: string, 
/**
 * Of the words on it, in hundredths (WCAG 2.2, contrast ratio): from 450 to 2100.
 */
contrast: number, 
/**
 * It is the one that was chosen, which could be read.
 */
as_chosen: boolean, };

/**
 * `POST /api/admin/snippets/{id}/page`
 */
export type LookAtPage = { url: string, };

/**
 * What a page of a snippet's sites was found to be.
 */
export type PageFound = { is: PageIs, 
/**
 * For `unreachable` why; for `answered` the status; for `other_snippet` which; for `not_a_site` the site.
 */
said?: string, };

export type PageIs = "fine" | "no_address" | "not_a_site" | "unreachable" | "answered" | "no_script" | "other_snippet" | "script_forbidden" | "frame_forbidden";

/**
 * A key of a snippet, without what is secret.
 */
export type IdentityKey = { id: string, created_at: number, };

/**
 * Answer to `POST /api/admin/snippets/{id}/keys`.
 */
export type NewIdentityKey = { id: string, 
/**
 * As the page's server signs with it: these very characters. Told this once.
 */
key: string, };

/**
 * `POST /api/admin/snippets`: what of a snippet an administrator chooses.
 */
export type SnippetFields = { 
/**
 * Stands in the pages that embed it; a-z, 0-9 and `-`; stays as it was made.
 */
public_id: string, 
/**
 * What the panel is headed with.
 */
title: string, 
/**
 * By its name.
 */
channel: string, 
/**
 * Origins whose pages may embed it, as `https://www.example.org`.
 */
sites: Array<string>, valid: boolean, look: SnippetLook, };

/**
 * How a launcher looks.
 */
export type SnippetLook = { 
/**
 * In the corner where lines start, and not where they end.
 */
at_start: boolean, 
/**
 * As `#1a5f7a`, in place of the product's own.
 */
colour?: string, labels: Array<LauncherLabel>, 
/**
 * The launcher comes only while somebody is there.
 */
hidden_when_closed: boolean, };

/**
 * What stands on a launcher in one language.
 */
export type LauncherLabel = { 
/**
 * A code as `de`.
 */
language: string, 
/**
 * 1 to 40 characters.
 */
text: string, };

/**
 * `PUT /api/admin/snippets/{id}`
 */
export type ChangeSnippet = { snippet: SnippetFields, version: number, };

/**
 * What was made.
 */
export type AdminMade = { id: string, };

/**
 * `GET /api/admin/agents`: a page of the agents by name, invalid ones too.
 */
export type AdminAgents = { agents: Array<AdminAgent>, 
/**
 * For `after` of the next page, if there is one.
 */
next?: string, };

export type AdminAgent = { id: string, login: string, name: string, email?: string, valid: boolean, 
/**
 * By their names.
 */
roles: Array<string>, 
/**
 * Held by the agent, not by a role.
 */
keys: Array<HeldKey>, 
/**
 * He has a password; otherwise he waits for a link to choose one.
 */
has_password: boolean, second_factor: boolean, 
/**
 * The newest record of the account in the audit log; 0 without one.
 */
version: number, };

/**
 * A permission key on a group, by their names.
 */
export type HeldKey = { group: string, key: string, };

/**
 * `GET /api/admin/rights`: what keys can be held on, and by which roles they are.
 */
export type AdminRights = { 
/**
 * All groups by name.
 */
groups: Array<string>, 
/**
 * Those that ask for a second factor.
 */
guarded: Array<string>, 
/**
 * All keys there are.
 */
keys: Array<string>, roles: Array<AdminRole>, };

export type AdminRole = { name: string, keys: Array<HeldKey>, 
/**
 * How many agents are in it.
 */
members: number, };

/**
 * `POST /api/admin/agents`
 */
export type MakeAgent = { login: string, name: string, email?: string, 
/**
 * Without a password: he chooses one by a link that is made for him.
 */
invited?: boolean, };

/**
 * A new account, or password, which is told this once.
 */
export type NewPassword = { 
/**
 * Of the account.
 */
id: string, password?: string, };

/**
 * `PUT /api/admin/agents/{id}`
 */
export type ChangeAgent = { name: string, 
/**
 * Empty for none.
 */
email: string, valid: boolean, 
/**
 * As it was when it was looked at; another one refuses with `changed_meanwhile`.
 */
version: number, };

/**
 * `PUT /api/admin/keys`: a key is held from now on, or not any more.
 */
export type SetKey = { holder: KeyHolder, group: string, key: string, held: boolean, };

export type KeyHolder = { "is": "agent", login: string, } | { "is": "role", name: string, };

/**
 * `PUT /api/admin/members`: an agent is in a role from now on, or not any more.
 */
export type SetMember = { role: string, login: string, member: boolean, };

/**
 * `POST /api/admin/roles` and `POST /api/admin/groups`
 */
export type MakeNamed = { name: string, };

/**
 * `GET /api/setup`
 */
export type SetupNeeded = { 
/**
 * There is no agent yet.
 */
needed: boolean, };

/**
 * `GET /api/session`
 */
export type SignedIn = { me: Me, 
/**
 * Signing in made an agent available for internal chats only, as the setting has it.
 */
lowered?: boolean, };

/**
 * `GET /api/snippets/{public_id}`: what the panel needs before anybody typed.
 */
export type SnippetView = { id: string, 
/**
 * What the panel is headed with.
 */
title: string, 
/**
 * Empty when visitors may not start a chat here at all.
 */
channels: Array<OfferedChannel>, };

/**
 * `POST /api/snippets/{public_id}/visitors`: a new public user; its token goes as `Authorization: Bearer` from then on.
 */
export type NewVisitor = { name: string, };

/**
 * `POST /api/snippets/{snippet}/identity`
 */
export type Identify = { 
/**
 * A JSON Web Token under a key of the snippet, by which the page proves who is signed in there.
 */
token: string, };

export type Visitor = { 
/**
 * 256 random bits, base64url. Stored hashed on the server; shown once.
 */
token: string, me: Me, };

/**
 * `POST /api/chats`
 */
export type StartChat = { 
/**
 * Made by the client, unique for ever; the same id answers with the same chat.
 */
cid: string, 
/**
 * Without it the chat goes to the snippet's channel, for customer users to the Default channel.
 */
channel?: string, 
/**
 * Customer users: the ticket of theirs that the chat is about; it goes to the channel of the ticket's queue.
 */
ticket?: string, text: string, };

/**
 * Answer to `POST /api/chats`.
 */
export type Started = { chat: ChatView, 
/**
 * False when this person had a chat that is not closed already: the answer is that one, and nothing was written.
 */
new: boolean, };

/**
 * `POST /api/people/{id}/chats`: an agent asks an agent or a customer user for a chat.
 */
export type RequestChat = { cid: string, 
/**
 * For a customer user; without it the channel of the ticket's queue, the Default channel, or the first one the agent may
 * write in.
 */
channel?: string, 
/**
 * The ticket that the chat is about: of this customer user, or one that the asking agent may read.
 */
ticket?: string, text: string, };

/**
 * `POST /api/chats/{id}/invite`
 */
export type InviteAgent = { cid: string, person: string, 
/**
 * `participant` or `observer`.
 */
role: Role, 
/**
 * For the one who is invited, at most 1,000 code points.
 */
note?: string, };

/**
 * An agent who can be invited now.
 */
export type Invitee = { id: string, name: string, 
/**
 * The highest role he can have there.
 */
role: Role, };

/**
 * `GET /api/chats/{id}/invitees`: the agents who are available for this chat, at most 200, by name.
 */
export type Invitees = { people: Array<Invitee>, };

/**
 * `POST /api/chats/{id}/join` (follows an invitation) and `…/role`.
 */
export type TakeRole = { cid: string, 
/**
 * `participant` or `observer`.
 */
role: Role, };

/**
 * `POST /api/chats/{id}/move`; `GET /api/chats/{id}/channels` tells where to.
 */
export type MoveChat = { cid: string, channel: string, };

/**
 * `PUT /api/chats/{id}/hidden`: hides a request from the list of this agent, or shows it again.
 */
export type SetHidden = { hidden: boolean, };

/**
 * `PUT /api/chats/{id}/notify`
 */
export type SetNotify = { notify: Notify, };

export type SayKind = "message" | "note";

/**
 * `POST /api/chats/{id}/entries`
 */
export type Say = { cid: string, kind: SayKind, text: string, };

export type Said = { seq: number, 
/**
 * The id was known: this is where it was stored before.
 */
dup: boolean, };

/**
 * `POST /api/chats/{id}/accept`, `…/decline`, `…/close`, `…/hand_back`, `…/leave`.
 */
export type Act = { cid: string, };

/**
 * `POST /api/chats/{id}/read`
 */
export type ReadUpTo = { seq: number, };

/**
 * `GET /api/chats/{id}`
 */
export type ChatSnapshot = { chat: ChatView, as_of: Position, 
/**
 * The newest entries, at most 150, in order.
 */
entries: Array<EntryView>, };

/**
 * `GET /api/chats/{id}/entries?after=N&limit=M` or `?before=N&limit=M` (limit ≤ 200)
 */
export type Entries = { entries: Array<EntryView>, head: number, };

/**
 * `GET /api/requests`
 */
export type Requests = { requests: Array<RequestView>, };

/**
 * `GET /api/chats?which=mine|archive&before=<cursor>`: newest first, 50 a page.
 */
export type Chats = { chats: Array<ChatSummary>, 
/**
 * Give it as `before` for the next page; absent on the last one.
 */
next?: string, };

/**
 * `PUT /api/me/availability`
 */
export type SetAvailability = { availability: Availability, };

/**
 * `PUT /api/me/channels`: My Chat Channels, the whole selection.
 */
export type SetChannels = { channels: Array<string>, };

/**
 * `GET /api/offer`: where the person signed in can start a chat.
 */
export type Offer = { channels: Array<OfferedChannel>, };

/**
 * Done, and there is nothing more to say.
 */
export type Done = Record<symbol, never>;
