// Made from crates/wire by `UPDATE=1 cargo test -p wire`. Do not edit.
import type { AccentView, Act, AddArticle, AddMyChat, AdminAgent, AdminAgents, AdminChannel, AdminChannels, AdminCompanies, AdminCompany, AdminCustomer, AdminCustomers, AdminLetter, AdminLetters, AdminLook, AdminMade, AdminQueue, AdminQueues, AdminRights, AdminRole, AdminSession, AdminSessions, AdminSetting, AdminSettings, AdminSnippet, AdminSnippets, AgentThere, AnyAgent, AnyPriority, AnyState, AppendChat, ArticleChannel, ArticleMail, ArticleSender, ArticleView, ArticleWritten, AuditPage, AuditRecord, Availability, Called, CalledByLogin, ChangeAgent, ChangeChannel, ChangeCompany, ChangeCustomer, ChangePassword, ChangeQueue, ChangeSnippet, ChangeTicket, ChannelDay, ChannelFields, ChannelRef, ChannelText, ChatArticle, ChatCan, ChatIntoTicket, ChatLine, ChatLineBy, ChatSnapshot, ChatState, ChatSummary, ChatView, Chats, ClientFrame, ClosedReason, ConfirmMail, CustomerUserView, DateFormat, DayRange, DeskKind, Direction, Done, Draft, Entries, EntryView, EntryWhat, Estimate, Factor, FactorOffer, FileView, ForeignDesk, Forgotten, FoundChat, FoundChats, FoundCustomer, FoundCustomers, FoundEntry, GuardGroup, Head, HeldKey, HistoryLine, Holiday, Hours, Identify, IdentityKey, IdentityView, InviteAgent, Invitee, Invitees, InvolvedPerson, KeyHolder, LauncherLabel, LeaveMessage, LinkPurpose, LinkUsed, LinkView, LookAtLink, LookAtPage, MadeLink, MailChat, MailOutcome, MakeAgent, MakeCustomer, MakeLink, MakeMyTicket, MakeNamed, MakeTicket, Me, MemberView, MessageLeft, MoveChat, MyChannel, MyTicket, MyTicketLine, MyTicketMade, MyTickets, NewIdentityKey, NewPassword, NewTicketCustomer, NewVisitor, Notify, Offer, OfferedChannel, OutOfOffice, OutUntil, PageFound, PageIs, Part, People, PeopleCounts, PeopleTab, PersonKind, PersonRef, PersonRow, PlannedSetting, Position, Presence, Problem, Profile, ProveMe, QueueCan, QueueFields, QueueRef, QueueView, Queues, ReadUpTo, Receives, ReceivesLimit, Recipient, RecoveryCodes, RedactEntry, RequestChat, RequestKind, RequestView, Requests, ReturnedReason, Role, Said, Say, SayKind, ServerFrame, SessionView, Sessions, SetAvailability, SetChannels, SetFactor, SetHidden, SetKey, SetMember, SetNotify, SetSetting, SettingKind, SettingSection, SettingsPlan, SettingsText, Setup, SetupNeeded, SignIn, SignedIn, SnippetFields, SnippetLook, SnippetView, Span, StartChat, Started, SupervisedChannel, SupervisedChat, Supervisor, Surface, TakeRole, TicketCan, TicketChoices, TicketCustomer, TicketLine, TicketList, TicketRef, TicketState, TicketThere, TicketType, TicketView, UseLink, Visitor, WriteArticle } from './generated.ts';

export const problemBusy: Problem = {
  "code": "busy",
  "next": "Try again in a moment.",
  "retry_after_ms": 1000,
  "say": "The service has too much to do right now; nothing was changed."
};

export const problemAlreadyTaken: Problem = {
  "by": "Maren Holt",
  "code": "already_taken",
  "next": "Try again in a moment.",
  "say": "The service has too much to do right now; nothing was changed."
};

export const problemTooLong: Problem = {
  "code": "too_long",
  "limit": 3800,
  "next": "Try again in a moment.",
  "say": "The service has too much to do right now; nothing was changed."
};

export const problemDeskUnclear: Problem = {
  "code": "desk_unclear",
  "next": "Try again in a moment.",
  "retry_after_ms": 1000,
  "say": "The service has too much to do right now; nothing was changed.",
  "told": "no answer in time"
};

export const problemNotFound: Problem = {
  "code": "not_found",
  "next": "Try again in a moment.",
  "say": "The service has too much to do right now; nothing was changed."
};

export const personKindAgent: PersonKind = "agent";

export const personKindCustomerUser: PersonKind = "customer_user";

export const personKindPublicUser: PersonKind = "public_user";

export const availabilityUnavailable: Availability = "unavailable";

export const availabilityInternal: Availability = "internal";

export const availabilityInternalAndExternal: Availability = "internal_and_external";

export const chatStateRequested: ChatState = "requested";

export const chatStateOpen: ChatState = "open";

export const chatStateClosed: ChatState = "closed";

export const closedReasonByAgent: ClosedReason = "by_agent";

export const closedReasonByExternal: ClosedReason = "by_external";

export const closedReasonWithdrawn: ClosedReason = "withdrawn";

export const closedReasonDeclined: ClosedReason = "declined";

export const closedReasonExpired: ClosedReason = "expired";

export const closedReasonSwitchedOff: ClosedReason = "switched_off";

export const returnedReasonHandedBack: ReturnedReason = "handed_back";

export const returnedReasonLeaseEnded: ReturnedReason = "lease_ended";

export const returnedReasonRightLost: ReturnedReason = "right_lost";

export const roleOwner: Role = "owner";

export const roleParticipant: Role = "participant";

export const roleObserver: Role = "observer";

export const roleExternal: Role = "external";

export const chatCanAccept: ChatCan = "accept";

export const chatCanDecline: ChatCan = "decline";

export const chatCanInvite: ChatCan = "invite";

export const chatCanJoin: ChatCan = "join";

export const chatCanMove: ChatCan = "move";

export const chatCanObserve: ChatCan = "observe";

export const chatCanParticipate: ChatCan = "participate";

export const chatCanSend: ChatCan = "send";

export const chatCanNote: ChatCan = "note";

export const chatCanLeave: ChatCan = "leave";

export const chatCanHandBack: ChatCan = "hand_back";

export const chatCanClose: ChatCan = "close";

export const chatCanTranscript: ChatCan = "transcript";

export const chatCanAppendToTicket: ChatCan = "append_to_ticket";

export const chatCanRedact: ChatCan = "redact";

export const chatCanMail: ChatCan = "mail";

export const directionPublicToAgent: Direction = "public_to_agent";

export const directionCustomerToAgent: Direction = "customer_to_agent";

export const directionAgentToCustomer: Direction = "agent_to_customer";

export const directionAgentToAgent: Direction = "agent_to_agent";

export const notifyOff: Notify = "off";

export const notifyCustomer: Notify = "customer";

export const notifyAll: Notify = "all";

export const estimate: Estimate = {
  "from_s": 60,
  "to_s": 180
};

export const draft: Draft = {
  "note": true,
  "text": "A regular"
};

export const requestKindGeneric: RequestKind = "generic";

export const requestKindPersonal: RequestKind = "personal";

export const requestKindInvitation: RequestKind = "invitation";

export const entryViewMessage: EntryView = {
  "at": 1795435200002,
  "cid": "0198a000-0000-7000-8000-000000000190",
  "seq": 2,
  "what": {
    "kind": "message",
    "text": "Fährt die Fähre? 船票\nנמל 🛳"
  },
  "who": 1
};

export const entryViewBySystem: EntryView = {
  "at": 1795435200003,
  "seq": 3,
  "what": {
    "kind": "returned",
    "reason": "lease_ended"
  }
};

export const fileViewPicture: FileView = {
  "height": 720,
  "name": "Fähre.png",
  "size": 48210,
  "type": "image/png",
  "width": 1280
};

export const fileViewOther: FileView = {
  "name": "Fahrplan.pdf",
  "size": 104800,
  "type": "application/pdf"
};

export const entryWhatRequested: EntryWhat = {
  "kind": "requested"
};

export const entryWhatMessage: EntryWhat = {
  "kind": "message",
  "text": "At 19:40."
};

export const entryWhatNote: EntryWhat = {
  "kind": "note",
  "text": "A regular."
};

export const entryWhatPicture: EntryWhat = {
  "file": {
    "height": 720,
    "name": "Fähre.png",
    "size": 48210,
    "type": "image/png",
    "width": 1280
  },
  "kind": "message",
  "text": "Fähre.png"
};

export const entryWhatFileForAgents: EntryWhat = {
  "file": {
    "name": "Fahrplan.pdf",
    "size": 104800,
    "type": "application/pdf"
  },
  "kind": "note",
  "text": "Fahrplan.pdf"
};

export const entryWhatAccepted: EntryWhat = {
  "kind": "accepted"
};

export const entryWhatInvited: EntryWhat = {
  "kind": "invited",
  "note": "You know the timetable.",
  "role": "participant",
  "whom": "Maren Holt"
};

export const entryWhatInvitedWithoutNote: EntryWhat = {
  "kind": "invited",
  "role": "observer",
  "whom": "Maren Holt"
};

export const entryWhatInvitationDeclined: EntryWhat = {
  "kind": "invitation_declined"
};

export const entryWhatJoined: EntryWhat = {
  "kind": "joined",
  "role": "participant"
};

export const entryWhatRoleChanged: EntryWhat = {
  "kind": "role_changed",
  "to": "observer"
};

export const entryWhatMoved: EntryWhat = {
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "kind": "moved"
};

export const entryWhatLeft: EntryWhat = {
  "kind": "left",
  "role": "owner"
};

export const entryWhatReturned: EntryWhat = {
  "kind": "returned",
  "reason": "handed_back"
};

export const entryWhatClosed: EntryWhat = {
  "kind": "closed",
  "reason": "by_agent"
};

export const entryWhatRedacted: EntryWhat = {
  "at": 1795435200000,
  "by": "Maren Holt",
  "kind": "redacted",
  "note": true
};

export const entryWhatRedactedForExternals: EntryWhat = {
  "at": 1795435200000,
  "kind": "redacted"
};

export const entryWhatRedaction: EntryWhat = {
  "by": "Maren Holt",
  "kind": "redaction",
  "of": 4
};

export const entryWhatAttached: EntryWhat = {
  "kind": "attached",
  "number": "2026112610000127",
  "ticket": "0198a000-0000-7000-8000-000000000258"
};

export const entryWhatAttachedThere: EntryWhat = {
  "kind": "attached",
  "number": "24004711",
  "there": {
    "id": "4711",
    "kind": "zammad"
  },
  "ticket": "0198a000-0000-7000-8000-000000000258"
};

export const entryWhatMailing: EntryWhat = {
  "kind": "mailing",
  "to": "external",
  "whom": "Hanne Dahl"
};

export const entryWhatMissed: EntryWhat = {
  "kind": "missed",
  "of": 4,
  "whom": "Hanne Dahl"
};

export const entryWhatMailed: EntryWhat = {
  "kind": "mailed",
  "of": 4,
  "outcome": "sent"
};

export const entryWhatNotMailed: EntryWhat = {
  "kind": "mailed",
  "of": 4,
  "outcome": "failed",
  "why": "550 no such mailbox"
};

export const identityView: IdentityView = {
  "email": "priya@fjord.example",
  "subject": "c-7"
};

export const memberViewAgent: MemberView = {
  "joined": true,
  "kind": "agent",
  "n": 2,
  "name": "Maren Holt",
  "online": true,
  "present": true,
  "role": "owner"
};

export const memberViewCustomerUser: MemberView = {
  "company": "Wiebe Freight",
  "joined": true,
  "kind": "customer_user",
  "n": 1,
  "name": "Hanne Dahl",
  "online": true,
  "person": "0198a000-0000-7000-8000-0000000000c8",
  "present": true,
  "role": "external"
};

export const channelRef: ChannelRef = {
  "id": "0198a000-0000-7000-8000-000000000001",
  "name": "Travel desk"
};

export const chatViewWaiting: ChatView = {
  "agent_lost": false,
  "can": [
    "send",
    "close"
  ],
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "created_at": 1795435200000,
  "direction": "public_to_agent",
  "estimate": {
    "from_s": 60,
    "to_s": 180
  },
  "head": 2,
  "id": "0198a000-0000-7000-8000-0000000001f4",
  "me": 1,
  "members": [
    {
      "joined": true,
      "kind": "public_user",
      "n": 1,
      "name": "Priya Raman",
      "online": true,
      "present": true,
      "role": "external"
    }
  ],
  "no_answer_at": 1795435380000,
  "place": 1,
  "read": 2,
  "seen": 0,
  "state": "requested",
  "text_limit": 3800,
  "unread": 0,
  "waiting_since": 1795435200000
};

export const chatViewOpen: ChatView = {
  "agent_lost": false,
  "can": [
    "send",
    "note",
    "hand_back",
    "close"
  ],
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "created_at": 1795435200000,
  "direction": "customer_to_agent",
  "draft": {
    "note": false,
    "text": "Let me look"
  },
  "head": 2,
  "id": "0198a000-0000-7000-8000-0000000001f4",
  "me": 2,
  "members": [
    {
      "company": "Wiebe Freight",
      "joined": true,
      "kind": "customer_user",
      "n": 1,
      "name": "Hanne Dahl",
      "online": true,
      "person": "0198a000-0000-7000-8000-0000000000c8",
      "present": true,
      "role": "external"
    },
    {
      "joined": true,
      "kind": "agent",
      "n": 2,
      "name": "Maren Holt",
      "online": true,
      "present": true,
      "role": "owner"
    }
  ],
  "notify": "customer",
  "read": 2,
  "seen": 0,
  "state": "open",
  "text_limit": 3800,
  "unread": 0
};

export const chatViewClosed: ChatView = {
  "agent_lost": false,
  "can": [],
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "closed_at": 1795436100000,
  "closed_reason": "by_external",
  "created_at": 1795435200000,
  "direction": "customer_to_agent",
  "draft": {
    "note": false,
    "text": "Let me look"
  },
  "head": 2,
  "id": "0198a000-0000-7000-8000-0000000001f4",
  "members": [
    {
      "company": "Wiebe Freight",
      "joined": true,
      "kind": "customer_user",
      "n": 1,
      "name": "Hanne Dahl",
      "online": true,
      "person": "0198a000-0000-7000-8000-0000000000c8",
      "present": true,
      "role": "external"
    },
    {
      "joined": true,
      "kind": "agent",
      "n": 2,
      "name": "Maren Holt",
      "online": true,
      "present": true,
      "role": "owner"
    }
  ],
  "notify": "customer",
  "read": 2,
  "seen": 0,
  "state": "closed",
  "text_limit": 3800,
  "unread": 0
};

export const chatSummaryOpen: ChatSummary = {
  "asked": false,
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "direction": "public_to_agent",
  "gone": false,
  "id": "0198a000-0000-7000-8000-0000000001f4",
  "last_at": 1795435200000,
  "last_text": "Thank you!",
  "state": "open",
  "unread": 1,
  "with": "Priya Raman"
};

export const chatSummaryWaiting: ChatSummary = {
  "asked": false,
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "direction": "public_to_agent",
  "gone": false,
  "id": "0198a000-0000-7000-8000-0000000001f4",
  "last_at": 1795435200000,
  "state": "requested",
  "unread": 0
};

export const requestViewMine: RequestView = {
  "can_accept": true,
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "company": "Wiebe Freight",
  "first_message": "Is the evening ferry sailing?",
  "hidden": false,
  "is": "generic",
  "kind": "customer_user",
  "mine": true,
  "reply_target_s": 60,
  "requester": "Hanne Dahl",
  "ticket": {
    "id": "0198a000-0000-7000-8000-000000000046",
    "number": "2026112410000018"
  },
  "waiting_since": 1795435200000
};

export const requestViewNotForMe: RequestView = {
  "can_accept": false,
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "first_message": "Is the evening ferry sailing?",
  "hidden": false,
  "is": "generic",
  "kind": "public_user",
  "mine": false,
  "reply_target_s": 60,
  "requester": "Priya Raman",
  "ticket": {
    "id": "0198a000-0000-7000-8000-000000000046",
    "number": "2026112410000018"
  },
  "waiting_since": 1795435200000,
  "why_not": "you_are_unavailable"
};

export const requestViewInvitation: RequestView = {
  "can_accept": true,
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "first_message": "You know the timetable.",
  "hidden": false,
  "is": "invitation",
  "kind": "agent",
  "mine": true,
  "reply_target_s": 60,
  "requester": "Ines Vogt",
  "role": "participant",
  "ticket": {
    "id": "0198a000-0000-7000-8000-000000000046",
    "number": "2026112410000018"
  },
  "waiting_since": 1795435200000,
  "with": "Priya Raman"
};

export const myChannel: MyChannel = {
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "selected": false
};

export const offeredChannel: OfferedChannel = {
  "available": true,
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "opens_at": 1795000000000,
  "texts": [
    {
      "away": "The desk is closed.",
      "language": "en",
      "welcome": "Ask us about any sailing."
    }
  ]
};

export const meAgent: Me = {
  "availability": "internal_and_external",
  "channels": [
    {
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "selected": true
    }
  ],
  "email": "maren@skerry.example",
  "id": "0198a000-0000-7000-8000-000000000064",
  "kind": "agent",
  "mail": true,
  "name": "Maren Holt",
  "out_of_office": {
    "ranges": [
      {
        "from": "2026-12-01",
        "to": "2026-12-05"
      }
    ],
    "zone": "Europe/Oslo"
  },
  "receives": {
    "colleagues": true,
    "customers": true,
    "visitors": true
  }
};

export const meCustomerUser: Me = {
  "company": "Wiebe Freight",
  "email": "maren@skerry.example",
  "id": "0198a000-0000-7000-8000-0000000000c8",
  "kind": "customer_user",
  "mail": true,
  "name": "Hanne Dahl"
};

export const mePublicUser: Me = {
  "email": "maren@skerry.example",
  "id": "0198a000-0000-7000-8000-00000000012c",
  "kind": "public_user",
  "mail": true,
  "name": "Priya Raman"
};

export const meOwingASecondFactor: Me = {
  "availability": "internal_and_external",
  "channels": [
    {
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "selected": true
    }
  ],
  "email": "maren@skerry.example",
  "id": "0198a000-0000-7000-8000-000000000064",
  "kind": "agent",
  "mail": true,
  "name": "Maren Holt",
  "out_of_office": {
    "ranges": [
      {
        "from": "2026-12-01",
        "to": "2026-12-05"
      }
    ],
    "zone": "Europe/Oslo"
  },
  "owes_second_factor": true,
  "receives": {
    "colleagues": true,
    "customers": true,
    "visitors": true
  }
};

export const meWithProfile: Me = {
  "availability": "internal_and_external",
  "channels": [
    {
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "selected": true
    }
  ],
  "email": "maren@skerry.example",
  "id": "0198a000-0000-7000-8000-000000000064",
  "kind": "agent",
  "mail": true,
  "name": "Maren Holt",
  "out_of_office": {
    "ranges": [
      {
        "from": "2026-12-01",
        "to": "2026-12-05"
      }
    ],
    "zone": "Europe/Oslo"
  },
  "picture": "9f86d081884c7d65",
  "profile": {
    "dates": "iso",
    "language": "de",
    "name": "Maren Holt",
    "zone": "Europe/Oslo"
  },
  "receives": {
    "colleagues": true,
    "customers": true,
    "visitors": true
  }
};

export const meAgentOfForeignDesk: Me = {
  "availability": "internal_and_external",
  "channels": [
    {
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "selected": true
    }
  ],
  "email": "maren@skerry.example",
  "foreign_desk": {
    "kind": "zammad",
    "ticket_link": "https://desk.example.org/#ticket/zoom/{id}"
  },
  "id": "0198a000-0000-7000-8000-000000000064",
  "kind": "agent",
  "mail": true,
  "name": "Maren Holt",
  "out_of_office": {
    "ranges": [
      {
        "from": "2026-12-01",
        "to": "2026-12-05"
      }
    ],
    "zone": "Europe/Oslo"
  },
  "receives": {
    "colleagues": true,
    "customers": true,
    "visitors": true
  }
};

export const foreignDesk: ForeignDesk = {
  "kind": "zammad",
  "ticket_link": "https://desk.example.org/#ticket/zoom/{id}"
};

export const foreignDeskWithoutLink: ForeignDesk = {
  "kind": "znuny"
};

export const deskKindZnuny: DeskKind = "znuny";

export const deskKindZammad: DeskKind = "zammad";

export const ticketThere: TicketThere = {
  "id": "4711",
  "kind": "zammad"
};

export const presenceActive: Presence = "active";

export const presenceAway: Presence = "away";

export const presenceUnavailable: Presence = "unavailable";

export const presenceOffline: Presence = "offline";

export const peopleTabAgents: PeopleTab = "agents";

export const peopleTabCustomers: PeopleTab = "customers";

export const peopleTabOutOfOffice: PeopleTab = "out_of_office";

export const peopleCounts: PeopleCounts = {
  "agents": 3,
  "customers": 1,
  "out_of_office": 1
};

export const personRowHere: PersonRow = {
  "can_chat": true,
  "company": "Wiebe Freight",
  "id": "0198a000-0000-7000-8000-0000000000c8",
  "kind": "customer_user",
  "name": "Hanne Dahl",
  "picture": "9f86d081884c7d65",
  "presence": "active"
};

export const personRowOut: PersonRow = {
  "can_chat": false,
  "id": "0198a000-0000-7000-8000-000000000064",
  "kind": "agent",
  "name": "Maren Holt",
  "out_of_office": {
    "until": "2026-12-05"
  },
  "presence": "offline",
  "why_not": "offline"
};

export const outUntil: OutUntil = {
  "until": "2026-12-05"
};

export const people: People = {
  "counts": {
    "agents": 3,
    "customers": 1,
    "out_of_office": 1
  },
  "rows": [
    {
      "can_chat": true,
      "company": "Wiebe Freight",
      "id": "0198a000-0000-7000-8000-0000000000c8",
      "kind": "customer_user",
      "name": "Hanne Dahl",
      "picture": "9f86d081884c7d65",
      "presence": "active"
    }
  ]
};

export const peoplePage: People = {
  "counts": {
    "agents": 3,
    "customers": 1,
    "out_of_office": 1
  },
  "next": "aGFubmU",
  "rows": [
    {
      "can_chat": true,
      "company": "Wiebe Freight",
      "id": "0198a000-0000-7000-8000-0000000000c8",
      "kind": "customer_user",
      "name": "Hanne Dahl",
      "picture": "9f86d081884c7d65",
      "presence": "active"
    },
    {
      "can_chat": false,
      "id": "0198a000-0000-7000-8000-000000000064",
      "kind": "agent",
      "name": "Maren Holt",
      "out_of_office": {
        "until": "2026-12-05"
      },
      "presence": "offline",
      "why_not": "offline"
    }
  ]
};

export const customerUserViewHere: CustomerUserView = {
  "can_chat": true,
  "chats": [
    {
      "asked": false,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "direction": "customer_to_agent",
      "gone": false,
      "id": "0198a000-0000-7000-8000-0000000001f4",
      "last_at": 1795435200000,
      "last_text": "Thank you!",
      "state": "open",
      "unread": 1,
      "with": "Hanne Dahl"
    }
  ],
  "company": "Wiebe Freight",
  "email": "hanne@wiebe.example",
  "id": "0198a000-0000-7000-8000-0000000000c8",
  "login": "hanne",
  "name": "Hanne Dahl",
  "next": "1.1700000000000000.00000000000000000000000000000500",
  "presence": "active"
};

export const customerUserViewAway: CustomerUserView = {
  "can_chat": false,
  "chats": [],
  "id": "0198a000-0000-7000-8000-0000000000c9",
  "login": "elin",
  "name": "Elin Sandvik",
  "presence": "offline",
  "why_not": "offline"
};

export const dayRange: DayRange = {
  "from": "2026-12-01",
  "to": "2026-12-05"
};

export const outOfOffice: OutOfOffice = {
  "ranges": [
    {
      "from": "2026-12-01",
      "to": "2026-12-05"
    }
  ],
  "zone": "Europe/Oslo"
};

export const receivesEverything: Receives = {
  "colleagues": true,
  "customers": true,
  "visitors": true
};

export const receivesLittle: Receives = {
  "colleagues": true,
  "customers": false,
  "limit": "no_channels",
  "visitors": false
};

export const receivesLimitChatOff: ReceivesLimit = "chat_off";

export const receivesLimitUnavailable: ReceivesLimit = "unavailable";

export const receivesLimitInternal: ReceivesLimit = "internal";

export const receivesLimitNoChannels: ReceivesLimit = "no_channels";

export const redactEntry: RedactEntry = {
  "cid": "0198a000-0000-7000-8000-000000000258",
  "seq": 4
};

export const foundChats: FoundChats = {
  "chats": [
    {
      "chat": {
        "asked": false,
        "channel": {
          "id": "0198a000-0000-7000-8000-000000000001",
          "name": "Travel desk"
        },
        "direction": "public_to_agent",
        "gone": false,
        "id": "0198a000-0000-7000-8000-0000000001f4",
        "last_at": 1795435200000,
        "state": "closed",
        "unread": 0,
        "with": "Priya Raman"
      },
      "entry": {
        "at": 1795435200000,
        "seq": 4,
        "text": [
          {
            "text": "The night "
          },
          {
            "found": true,
            "text": "ferry"
          },
          {
            "text": " sails at 7."
          }
        ]
      }
    },
    {
      "chat": {
        "asked": false,
        "channel": {
          "id": "0198a000-0000-7000-8000-000000000001",
          "name": "Travel desk"
        },
        "direction": "public_to_agent",
        "gone": false,
        "id": "0198a000-0000-7000-8000-0000000001f4",
        "last_at": 1795435200000,
        "state": "closed",
        "unread": 0,
        "with": "Priya Raman"
      }
    }
  ],
  "next": "4711"
};

export const foundChatsNone: FoundChats = {
  "chats": []
};

export const foundChat: FoundChat = {
  "chat": {
    "asked": false,
    "channel": {
      "id": "0198a000-0000-7000-8000-000000000001",
      "name": "Travel desk"
    },
    "direction": "public_to_agent",
    "gone": false,
    "id": "0198a000-0000-7000-8000-0000000001f4",
    "last_at": 1795435200000,
    "state": "closed",
    "unread": 0,
    "with": "Priya Raman"
  },
  "entry": {
    "at": 1795435200000,
    "seq": 4,
    "text": [
      {
        "text": "The night "
      },
      {
        "found": true,
        "text": "ferry"
      },
      {
        "text": " sails at 7."
      }
    ]
  }
};

export const foundChatAsAWhole: FoundChat = {
  "chat": {
    "asked": false,
    "channel": {
      "id": "0198a000-0000-7000-8000-000000000001",
      "name": "Travel desk"
    },
    "direction": "public_to_agent",
    "gone": false,
    "id": "0198a000-0000-7000-8000-0000000001f4",
    "last_at": 1795435200000,
    "state": "closed",
    "unread": 0,
    "with": "Priya Raman"
  }
};

export const foundEntry: FoundEntry = {
  "at": 1795435200000,
  "seq": 4,
  "text": [
    {
      "text": "The night "
    },
    {
      "found": true,
      "text": "ferry"
    },
    {
      "text": " sails at 7."
    }
  ]
};

export const part: Part = {
  "text": "The "
};

export const partFound: Part = {
  "found": true,
  "text": "ferry"
};

export const ticketStateNew: TicketState = "new";

export const ticketStateOpen: TicketState = "open";

export const ticketStatePendingReminder: TicketState = "pending_reminder";

export const ticketStatePendingAutoCloseSuccessful: TicketState = "pending_auto_close_successful";

export const ticketStatePendingAutoCloseUnsuccessful: TicketState = "pending_auto_close_unsuccessful";

export const ticketStateClosedSuccessful: TicketState = "closed_successful";

export const ticketStateClosedUnsuccessful: TicketState = "closed_unsuccessful";

export const ticketStateRemoved: TicketState = "removed";

export const ticketStateMerged: TicketState = "merged";

export const ticketTypeUnclassified: TicketType = "unclassified";

export const ticketTypeIncident: TicketType = "incident";

export const ticketTypeProblem: TicketType = "problem";

export const ticketTypeRequest: TicketType = "request";

export const called: Called = {
  "name": "pending close"
};

export const anyAgentOurs: AnyAgent = "0198a000-0000-7000-8000-000000000064";

export const anyAgentTheirs: AnyAgent = {
  "login": "ines"
};

export const anyStateOurs: AnyState = "open";

export const anyStateTheirs: AnyState = {
  "name": "pending close"
};

export const agentThere: AgentThere = {
  "login": "ines",
  "name": "Ines Vogt"
};

export const calledByLogin: CalledByLogin = {
  "login": "ines"
};

export const anyPriorityOurs: AnyPriority = 3;

export const anyPriorityTheirs: AnyPriority = {
  "name": "2 normal"
};

export const articleChannelPhone: ArticleChannel = "phone";

export const articleChannelInternal: ArticleChannel = "internal";

export const articleChannelEmailOut: ArticleChannel = "email_out";

export const articleChannelWeb: ArticleChannel = "web";

export const articleChannelChat: ArticleChannel = "chat";

export const articleSenderAgent: ArticleSender = "agent";

export const articleSenderCustomer: ArticleSender = "customer";

export const articleSenderSystem: ArticleSender = "system";

export const queueCanRead: QueueCan = "read";

export const queueCanCreate: QueueCan = "create";

export const queueCanMoveInto: QueueCan = "move_into";

export const queues: Queues = {
  "queues": [
    {
      "can": [
        "read"
      ],
      "queue": {
        "id": "0198a000-0000-7000-8000-0000000002bc",
        "name": "Sales::Ferries"
      },
      "valid": true
    }
  ]
};

export const queuesOfQueue: Queues = {
  "agents": [
    {
      "id": "0198a000-0000-7000-8000-000000000007",
      "name": "Ines Vogt"
    }
  ],
  "queues": []
};

export const queuesThere: Queues = {
  "choices": {
    "agents": [
      {
        "login": "ines",
        "name": "Ines Vogt"
      }
    ],
    "priorities": [
      "2 normal"
    ],
    "responsible": false,
    "states": [
      "new",
      "open",
      "pending reminder"
    ],
    "waiting": [
      "pending reminder"
    ]
  },
  "queues": []
};

export const ticketChoices: TicketChoices = {
  "agents": [
    {
      "login": "ines",
      "name": "Ines Vogt"
    }
  ],
  "priorities": [
    "2 normal"
  ],
  "responsible": false,
  "states": [
    "new",
    "open",
    "pending reminder"
  ],
  "waiting": [
    "pending reminder"
  ]
};

export const queueView: QueueView = {
  "can": [
    "read",
    "create"
  ],
  "channel": "0198a000-0000-7000-8000-000000000001",
  "queue": {
    "id": "0198a000-0000-7000-8000-0000000002bc",
    "name": "Sales::Ferries"
  },
  "valid": true
};

export const queueRef: QueueRef = {
  "id": "0198a000-0000-7000-8000-0000000002bc",
  "name": "Sales::Ferries"
};

export const personRef: PersonRef = {
  "id": "0198a000-0000-7000-8000-000000000064",
  "name": "Maren Holt"
};

export const ticketCustomer: TicketCustomer = {
  "company": "Wiebe Freight",
  "email": "hanne@wiebe.example",
  "name": "Hanne Dahl",
  "person": "0198a000-0000-7000-8000-0000000000c8"
};

export const ticketCustomerNobody: TicketCustomer = {};

export const ticketList: TicketList = {
  "next": "1795435200000000.00000000000000000000000000000600",
  "tickets": [
    {
      "can_append": true,
      "changed_at": 1795435200000,
      "created_at": 1795435200000,
      "customer": {
        "company": "Wiebe Freight",
        "email": "hanne@wiebe.example",
        "name": "Hanne Dahl",
        "person": "0198a000-0000-7000-8000-0000000000c8"
      },
      "id": "0198a000-0000-7000-8000-000000000258",
      "locked": true,
      "number": "2026112610000015",
      "owner": {
        "id": "0198a000-0000-7000-8000-000000000064",
        "name": "Maren Holt"
      },
      "priority": 3,
      "queue": {
        "id": "0198a000-0000-7000-8000-0000000002bc",
        "name": "Sales::Ferries"
      },
      "state": "open",
      "title": "Refund for booking 4711"
    }
  ]
};

export const ticketListNone: TicketList = {
  "tickets": []
};

export const ticketLine: TicketLine = {
  "can_append": true,
  "changed_at": 1795435200000,
  "created_at": 1795435200000,
  "customer": {
    "company": "Wiebe Freight",
    "email": "hanne@wiebe.example",
    "name": "Hanne Dahl",
    "person": "0198a000-0000-7000-8000-0000000000c8"
  },
  "id": "0198a000-0000-7000-8000-000000000258",
  "locked": true,
  "number": "2026112610000015",
  "owner": {
    "id": "0198a000-0000-7000-8000-000000000064",
    "name": "Maren Holt"
  },
  "priority": 3,
  "queue": {
    "id": "0198a000-0000-7000-8000-0000000002bc",
    "name": "Sales::Ferries"
  },
  "state": "open",
  "title": "Refund for booking 4711"
};

export const ticketLineOfNobody: TicketLine = {
  "can_append": true,
  "changed_at": 1795435200000,
  "created_at": 1795435200000,
  "customer": {},
  "id": "0198a000-0000-7000-8000-000000000258",
  "locked": true,
  "number": "2026112610000015",
  "priority": 3,
  "queue": {
    "id": "0198a000-0000-7000-8000-0000000002bc",
    "name": "Sales::Ferries"
  },
  "state": "open",
  "title": "Refund for booking 4711"
};

export const ticketLineThere: TicketLine = {
  "can_append": true,
  "customer": {
    "company": "Wiebe Freight",
    "email": "hanne@wiebe.example",
    "name": "Hanne Dahl",
    "person": "0198a000-0000-7000-8000-0000000000c8"
  },
  "id": "0198a000-0000-7000-8000-000000000258",
  "locked": false,
  "number": "24004711",
  "priority": {
    "name": "2 normal"
  },
  "queue": {
    "id": "0198a000-0000-7000-8000-0000000002bc",
    "name": "Sales::Ferries"
  },
  "state": {
    "name": "pending close"
  },
  "title": "Refund for booking 4711"
};

export const ticketCanNote: TicketCan = "note";

export const ticketCanOwner: TicketCan = "owner";

export const ticketCanPriority: TicketCan = "priority";

export const ticketCanChange: TicketCan = "change";

export const ticketView: TicketView = {
  "agents": [
    {
      "id": "0198a000-0000-7000-8000-000000000064",
      "name": "Maren Holt"
    }
  ],
  "articles": [
    {
      "at": 1795435200000,
      "author": "Maren Holt",
      "body": "She wants her money back.",
      "channel": "phone",
      "n": 1,
      "sender": "customer",
      "subject": "Refund for booking 4711",
      "visible": true
    },
    {
      "at": 1795435200000,
      "author": "Maren Holt",
      "body": "",
      "channel": "chat",
      "chat": {
        "chat": "0198a000-0000-7000-8000-0000000001f4",
        "lines": [
          {
            "at": 1795435200000,
            "by": {
              "kind": "customer_user",
              "name": "Hanne Dahl"
            },
            "text": "Is the refund on its way?"
          },
          {
            "at": 1795435200000,
            "text": "Maren Holt joined"
          }
        ]
      },
      "n": 2,
      "sender": "agent",
      "subject": "Chat",
      "visible": true
    }
  ],
  "can": [
    "note",
    "owner",
    "priority",
    "change"
  ],
  "changed_at": 1795435200000,
  "created_at": 1795435200000,
  "customer": {
    "company": "Wiebe Freight",
    "email": "hanne@wiebe.example",
    "name": "Hanne Dahl",
    "person": "0198a000-0000-7000-8000-0000000000c8"
  },
  "earlier": true,
  "history": [
    {
      "at": 1795435200000,
      "kind": "new_ticket",
      "name": "Maren Holt"
    },
    {
      "at": 1795435200000,
      "kind": "move",
      "name": "Maren Holt",
      "new": "Sales::Ferries",
      "old": "Raw"
    }
  ],
  "id": "0198a000-0000-7000-8000-000000000258",
  "locked": true,
  "number": "2026112610000015",
  "owner": {
    "id": "0198a000-0000-7000-8000-000000000064",
    "name": "Maren Holt"
  },
  "pending_until": 1795435200000,
  "people": [
    {
      "owner": true,
      "person": {
        "can_chat": false,
        "id": "0198a000-0000-7000-8000-000000000064",
        "kind": "agent",
        "name": "Maren Holt",
        "out_of_office": {
          "until": "2026-12-05"
        },
        "presence": "offline",
        "why_not": "offline"
      },
      "responsible": false
    }
  ],
  "priority": 3,
  "queue": {
    "id": "0198a000-0000-7000-8000-0000000002bc",
    "name": "Sales::Ferries"
  },
  "responsible": {
    "id": "0198a000-0000-7000-8000-000000000064",
    "name": "Maren Holt"
  },
  "state": "pending_reminder",
  "title": "Refund for booking 4711",
  "type": "incident",
  "version": 3
};

export const ticketViewBare: TicketView = {
  "agents": [],
  "articles": [
    {
      "at": 1795435200000,
      "author": "Maren Holt",
      "body": "She wants her money back.",
      "channel": "phone",
      "n": 1,
      "sender": "customer",
      "subject": "Refund for booking 4711",
      "visible": true
    },
    {
      "at": 1795435200000,
      "author": "Maren Holt",
      "body": "",
      "channel": "chat",
      "chat": {
        "chat": "0198a000-0000-7000-8000-0000000001f4",
        "lines": [
          {
            "at": 1795435200000,
            "by": {
              "kind": "customer_user",
              "name": "Hanne Dahl"
            },
            "text": "Is the refund on its way?"
          },
          {
            "at": 1795435200000,
            "text": "Maren Holt joined"
          }
        ]
      },
      "n": 2,
      "sender": "agent",
      "subject": "Chat",
      "visible": true
    }
  ],
  "can": [],
  "changed_at": 1795435200000,
  "created_at": 1795435200000,
  "customer": {},
  "history": [],
  "id": "0198a000-0000-7000-8000-000000000258",
  "locked": false,
  "number": "2026112610000015",
  "people": [],
  "priority": 3,
  "queue": {
    "id": "0198a000-0000-7000-8000-0000000002bc",
    "name": "Sales::Ferries"
  },
  "state": "closed_successful",
  "title": "Refund for booking 4711",
  "type": "incident",
  "version": 3
};

export const articleViewPhone: ArticleView = {
  "at": 1795435200000,
  "author": "Maren Holt",
  "body": "She wants her money back.",
  "channel": "phone",
  "n": 1,
  "sender": "customer",
  "subject": "Refund for booking 4711",
  "visible": true
};

export const articleViewChat: ArticleView = {
  "at": 1795435200000,
  "author": "Maren Holt",
  "body": "",
  "channel": "chat",
  "chat": {
    "chat": "0198a000-0000-7000-8000-0000000001f4",
    "lines": [
      {
        "at": 1795435200000,
        "by": {
          "kind": "customer_user",
          "name": "Hanne Dahl"
        },
        "text": "Is the refund on its way?"
      },
      {
        "at": 1795435200000,
        "text": "Maren Holt joined"
      }
    ]
  },
  "n": 2,
  "sender": "agent",
  "subject": "Chat",
  "visible": true
};

export const articleViewEmail: ArticleView = {
  "at": 1795435200000,
  "author": "Maren Holt",
  "body": "She wants her money back.",
  "channel": "email_out",
  "files": [
    {
      "name": "timetable.pdf",
      "size": 48211,
      "type": "application/pdf"
    }
  ],
  "mail": {
    "address": "hanne@wiebe.example",
    "outcome": "sent"
  },
  "n": 1,
  "sender": "customer",
  "subject": "Refund for booking 4711",
  "visible": true
};

export const chatArticle: ChatArticle = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "lines": [
    {
      "at": 1795435200000,
      "by": {
        "kind": "customer_user",
        "name": "Hanne Dahl"
      },
      "text": "Is the refund on its way?"
    },
    {
      "at": 1795435200000,
      "text": "Maren Holt joined"
    }
  ]
};

export const chatArticleGone: ChatArticle = {
  "lines": []
};

export const chatLine: ChatLine = {
  "at": 1795435200000,
  "by": {
    "kind": "customer_user",
    "name": "Hanne Dahl"
  },
  "text": "Is the refund on its way?"
};

export const chatLineNote: ChatLine = {
  "at": 1795435200000,
  "by": {
    "kind": "customer_user",
    "name": "Hanne Dahl"
  },
  "note": true
};

export const chatLineEvent: ChatLine = {
  "at": 1795435200000,
  "text": "Is the refund on its way?"
};

export const chatLineBy: ChatLineBy = {
  "kind": "customer_user",
  "name": "Hanne Dahl"
};

export const historyLine: HistoryLine = {
  "at": 1795435200000,
  "kind": "move",
  "name": "Maren Holt",
  "new": "Sales::Ferries",
  "old": "Raw"
};

export const historyLineFirst: HistoryLine = {
  "at": 1795435200000,
  "kind": "new_ticket",
  "name": "Maren Holt"
};

export const involvedPerson: InvolvedPerson = {
  "owner": true,
  "person": {
    "can_chat": false,
    "id": "0198a000-0000-7000-8000-000000000064",
    "kind": "agent",
    "name": "Maren Holt",
    "out_of_office": {
      "until": "2026-12-05"
    },
    "presence": "offline",
    "why_not": "offline"
  },
  "responsible": false
};

export const makeTicket: MakeTicket = {
  "chat": {
    "chat": "0198a000-0000-7000-8000-0000000001f4"
  },
  "cid": "0198a000-0000-7000-8000-000000000384",
  "customer": {
    "id": "0198a000-0000-7000-8000-0000000000c8",
    "is": "person"
  },
  "owner": "0198a000-0000-7000-8000-000000000064",
  "pending_until": 1795435200000,
  "priority": 4,
  "queue": "0198a000-0000-7000-8000-0000000002bc",
  "responsible": "0198a000-0000-7000-8000-000000000064",
  "state": "pending_reminder",
  "text": "She wants her money back.",
  "title": "Refund for booking 4711",
  "type": "problem"
};

export const makeTicketPlain: MakeTicket = {
  "cid": "0198a000-0000-7000-8000-000000000384",
  "queue": "0198a000-0000-7000-8000-0000000002bc",
  "text": "She wants her money back.",
  "title": "Refund for booking 4711"
};

export const newTicketCustomerPerson: NewTicketCustomer = {
  "id": "0198a000-0000-7000-8000-0000000000c8",
  "is": "person"
};

export const newTicketCustomerAddress: NewTicketCustomer = {
  "email": "priya@example.org",
  "is": "address",
  "name": "Priya Raman"
};

export const newTicketCustomerAddressUnknown: NewTicketCustomer = {
  "is": "address"
};

export const newTicketCustomerThere: NewTicketCustomer = {
  "is": "there",
  "login": "elin"
};

export const chatIntoTicket: ChatIntoTicket = {
  "chat": "0198a000-0000-7000-8000-0000000001f4"
};

export const chatIntoTicketPart: ChatIntoTicket = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "entries": [
    2,
    5
  ],
  "keep_open": true,
  "language": "de"
};

export const appendChat: AppendChat = {
  "chat": {
    "chat": "0198a000-0000-7000-8000-0000000001f4"
  },
  "cid": "0198a000-0000-7000-8000-000000000385"
};

export const ticketRef: TicketRef = {
  "id": "0198a000-0000-7000-8000-000000000258",
  "number": "2026112610000015"
};

export const addArticleNote: AddArticle = {
  "cid": "0198a000-0000-7000-8000-000000000386",
  "subject": "Called back",
  "text": "She is at sea.",
  "visible": false
};

export const addArticleEmail: AddArticle = {
  "cid": "0198a000-0000-7000-8000-000000000386",
  "email": true,
  "subject": "Your trailer",
  "text": "It is booked.",
  "visible": true
};

export const changeTicketEverything: ChangeTicket = {
  "locked": true,
  "owner": "0198a000-0000-7000-8000-000000000064",
  "pending_until": 1795435200000,
  "priority": 5,
  "queue": "0198a000-0000-7000-8000-0000000002bc",
  "responsible": "0198a000-0000-7000-8000-000000000064",
  "state": "pending_reminder",
  "title": "Refund",
  "type": "problem",
  "version": 3
};

export const changeTicketNothing: ChangeTicket = {
  "version": 3
};

export const foundCustomers: FoundCustomers = {
  "customers": [
    {
      "company": "Wiebe Freight",
      "email": "hanne@wiebe.example",
      "id": "0198a000-0000-7000-8000-0000000000c8",
      "name": "Hanne Dahl"
    }
  ]
};

export const foundCustomer: FoundCustomer = {
  "company": "Wiebe Freight",
  "email": "hanne@wiebe.example",
  "id": "0198a000-0000-7000-8000-0000000000c8",
  "name": "Hanne Dahl"
};

export const foundCustomerBare: FoundCustomer = {
  "login": "elin",
  "name": "Elin Sandvik"
};

export const myTickets: MyTickets = {
  "next": "1795435200000000.00000000000000000000000000000600",
  "tickets": [
    {
      "changed_at": 1795435200000,
      "created_at": 1795435200000,
      "id": "0198a000-0000-7000-8000-000000000258",
      "number": "2026112610000015",
      "state": "open",
      "title": "Refund for booking 4711"
    }
  ]
};

export const myTicketsNone: MyTickets = {
  "tickets": []
};

export const myTicketLine: MyTicketLine = {
  "changed_at": 1795435200000,
  "created_at": 1795435200000,
  "id": "0198a000-0000-7000-8000-000000000258",
  "number": "2026112610000015",
  "state": "open",
  "title": "Refund for booking 4711"
};

export const myTicketLineColleague: MyTicketLine = {
  "changed_at": 1795435200000,
  "created_at": 1795435200000,
  "customer": "Elin Sandvik",
  "id": "0198a000-0000-7000-8000-000000000258",
  "number": "2026112610000015",
  "state": "open",
  "title": "Refund for booking 4711"
};

export const myTicket: MyTicket = {
  "articles": [
    {
      "at": 1795435200000,
      "author": "Maren Holt",
      "body": "She wants her money back.",
      "channel": "phone",
      "n": 1,
      "sender": "customer",
      "subject": "Refund for booking 4711",
      "visible": true
    }
  ],
  "can_write": true,
  "channel": "0198a000-0000-7000-8000-000000000001",
  "earlier": true,
  "ticket": {
    "changed_at": 1795435200000,
    "created_at": 1795435200000,
    "id": "0198a000-0000-7000-8000-000000000258",
    "number": "2026112610000015",
    "state": "open",
    "title": "Refund for booking 4711"
  }
};

export const makeMyTicket: MakeMyTicket = {
  "channel": "0198a000-0000-7000-8000-000000000001",
  "cid": "0198a000-0000-7000-8000-000000000387",
  "text": "Where is it?",
  "title": "My trailer"
};

export const makeMyTicketOfChat: MakeMyTicket = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "cid": "0198a000-0000-7000-8000-000000000387",
  "language": "de",
  "text": "Where is it?",
  "title": "My trailer"
};

export const myTicketMade: MyTicketMade = {
  "id": "0198a000-0000-7000-8000-000000000258",
  "number": "2026112610000015"
};

export const myTicketMadeKept: MyTicketMade = {};

export const articleWritten: ArticleWritten = {
  "n": 3
};

export const writeArticle: WriteArticle = {
  "cid": "0198a000-0000-7000-8000-000000000388",
  "text": "It came."
};

export const addMyChat: AddMyChat = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "language": "de"
};

export const leaveMessage: LeaveMessage = {
  "channel": "0198a000-0000-7000-8000-000000000001",
  "cid": "0198a000-0000-7000-8000-000000000389",
  "email": "priya@example.org",
  "name": "Priya Raman",
  "text": "Is the evening ferry sailing?"
};

export const leaveMessageWithoutAddress: LeaveMessage = {
  "channel": "0198a000-0000-7000-8000-000000000001",
  "cid": "0198a000-0000-7000-8000-000000000389",
  "name": "Priya Raman",
  "text": "Hello?"
};

export const recipientAgent: Recipient = "agent";

export const recipientExternal: Recipient = "external";

export const mailOutcomeAsked: MailOutcome = "asked";

export const mailOutcomeSent: MailOutcome = "sent";

export const mailOutcomePerhaps: MailOutcome = "perhaps";

export const mailOutcomeFailed: MailOutcome = "failed";

export const mailOutcomeSeen: MailOutcome = "seen";

export const mailChatOfAgent: MailChat = {
  "cid": "0198a000-0000-7000-8000-000000000259",
  "language": "en",
  "to": "external",
  "zone": "Europe/Oslo"
};

export const mailChatOfVisitor: MailChat = {
  "address": "priya@example.org",
  "cid": "0198a000-0000-7000-8000-000000000259",
  "language": "en",
  "zone": "Europe/Oslo"
};

export const confirmMail: ConfirmMail = {
  "token": "4fzR2b8Q"
};

export const confirmMailOfUnseen: ConfirmMail = {
  "again": true,
  "token": "4fzR2b8Q"
};

export const articleMailSent: ArticleMail = {
  "address": "hanne@wiebe.example",
  "outcome": "sent"
};

export const articleMailWaiting: ArticleMail = {
  "address": "hanne@wiebe.example",
  "why": "451 try later"
};

export const messageLeft: MessageLeft = {
  "number": "2026112610000015"
};

export const messageLeftKept: MessageLeft = {};

export const supervisor: Supervisor = {
  "channels": [
    {
      "agents_available": 2,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "day": {
        "accepted": 3,
        "hours": [
          0,
          2,
          1
        ],
        "waited_ms": 41000
      },
      "longest_since": 1795435200000,
      "reply_target_s": 60,
      "running": [
        {
          "agents": [
            "Maren Holt"
          ],
          "chat": "0198a000-0000-7000-8000-0000000001f4",
          "last_at": 1795435200000,
          "with": "Hanne Dahl"
        }
      ],
      "running_count": 1,
      "waiting": 1
    },
    {
      "agents_available": 2,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "day": {
        "accepted": 0,
        "hours": [
          0,
          0,
          0
        ]
      },
      "reply_target_s": 60,
      "running": [
        {
          "agents": [
            "Maren Holt"
          ],
          "chat": "0198a000-0000-7000-8000-0000000001f4",
          "last_at": 1795435200000
        }
      ],
      "running_count": 1,
      "waiting": 0
    }
  ]
};

export const supervisedChannelBusy: SupervisedChannel = {
  "agents_available": 2,
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "day": {
    "accepted": 3,
    "hours": [
      0,
      2,
      1
    ],
    "waited_ms": 41000
  },
  "longest_since": 1795435200000,
  "reply_target_s": 60,
  "running": [
    {
      "agents": [
        "Maren Holt"
      ],
      "chat": "0198a000-0000-7000-8000-0000000001f4",
      "last_at": 1795435200000,
      "with": "Hanne Dahl"
    }
  ],
  "running_count": 1,
  "waiting": 1
};

export const supervisedChannelQuiet: SupervisedChannel = {
  "agents_available": 2,
  "channel": {
    "id": "0198a000-0000-7000-8000-000000000001",
    "name": "Travel desk"
  },
  "day": {
    "accepted": 0,
    "hours": [
      0,
      0,
      0
    ]
  },
  "reply_target_s": 60,
  "running": [
    {
      "agents": [
        "Maren Holt"
      ],
      "chat": "0198a000-0000-7000-8000-0000000001f4",
      "last_at": 1795435200000
    }
  ],
  "running_count": 1,
  "waiting": 0
};

export const supervisedChat: SupervisedChat = {
  "agents": [
    "Maren Holt"
  ],
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "last_at": 1795435200000,
  "with": "Hanne Dahl"
};

export const channelDayBusy: ChannelDay = {
  "accepted": 3,
  "hours": [
    0,
    2,
    1
  ],
  "waited_ms": 41000
};

export const channelDayQuiet: ChannelDay = {
  "accepted": 0,
  "hours": [
    0,
    0,
    0
  ]
};

export const position: Position = {
  "epoch": 9007199254740991,
  "seq": 2
};

export const head: Head = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "seq": 2
};

export const clientFrameHello: ClientFrame = {
  "op": "hello"
};

export const clientFrameHelloOfVisitor: ClientFrame = {
  "op": "hello",
  "token": "v1.3Jx"
};

export const clientFrameWatch: ClientFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "op": "watch"
};

export const clientFrameWatchAfter: ClientFrame = {
  "after": {
    "epoch": 9007199254740991,
    "seq": 2
  },
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "op": "watch"
};

export const clientFrameUnwatch: ClientFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "op": "unwatch"
};

export const clientFrameSend: ClientFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "cid": "0198a000-0000-7000-8000-000000000190",
  "op": "send",
  "text": "At 19:40."
};

export const clientFrameNote: ClientFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "cid": "0198a000-0000-7000-8000-000000000191",
  "op": "note",
  "text": "A regular."
};

export const clientFrameRead: ClientFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "op": "read",
  "seq": 2
};

export const clientFrameTyping: ClientFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "note": false,
  "op": "typing"
};

export const clientFramePing: ClientFrame = {
  "op": "ping"
};

export const clientFrameActive: ClientFrame = {
  "op": "active"
};

export const clientFramePeople: ClientFrame = {
  "op": "people",
  "tab": "agents"
};

export const clientFramePeopleSearched: ClientFrame = {
  "after": "aGFubmU",
  "limit": 25,
  "op": "people",
  "q": "dahl",
  "tab": "customers"
};

export const clientFramePeopleEnough: ClientFrame = {
  "op": "people"
};

export const serverFrameWelcome: ServerFrame = {
  "epoch": 7,
  "heartbeat_s": 10,
  "me": {
    "availability": "internal_and_external",
    "channels": [
      {
        "channel": {
          "id": "0198a000-0000-7000-8000-000000000001",
          "name": "Travel desk"
        },
        "selected": true
      }
    ],
    "email": "maren@skerry.example",
    "id": "0198a000-0000-7000-8000-000000000064",
    "kind": "agent",
    "mail": true,
    "name": "Maren Holt",
    "out_of_office": {
      "ranges": [
        {
          "from": "2026-12-01",
          "to": "2026-12-05"
        }
      ],
      "zone": "Europe/Oslo"
    },
    "receives": {
      "colleagues": true,
      "customers": true,
      "visitors": true
    }
  },
  "now": 1795435200000,
  "op": "welcome"
};

export const serverFrameDesk: ServerFrame = {
  "chats": [
    {
      "asked": false,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "direction": "public_to_agent",
      "gone": false,
      "id": "0198a000-0000-7000-8000-0000000001f4",
      "last_at": 1795435200000,
      "last_text": "Thank you!",
      "state": "open",
      "unread": 1,
      "with": "Priya Raman"
    }
  ],
  "me": {
    "availability": "internal_and_external",
    "channels": [
      {
        "channel": {
          "id": "0198a000-0000-7000-8000-000000000001",
          "name": "Travel desk"
        },
        "selected": true
      }
    ],
    "email": "maren@skerry.example",
    "id": "0198a000-0000-7000-8000-000000000064",
    "kind": "agent",
    "mail": true,
    "name": "Maren Holt",
    "out_of_office": {
      "ranges": [
        {
          "from": "2026-12-01",
          "to": "2026-12-05"
        }
      ],
      "zone": "Europe/Oslo"
    },
    "receives": {
      "colleagues": true,
      "customers": true,
      "visitors": true
    }
  },
  "op": "desk",
  "requests": [
    {
      "can_accept": true,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "chat": "0198a000-0000-7000-8000-0000000001f4",
      "company": "Wiebe Freight",
      "first_message": "Is the evening ferry sailing?",
      "hidden": false,
      "is": "generic",
      "kind": "customer_user",
      "mine": true,
      "reply_target_s": 60,
      "requester": "Hanne Dahl",
      "ticket": {
        "id": "0198a000-0000-7000-8000-000000000046",
        "number": "2026112410000018"
      },
      "waiting_since": 1795435200000
    },
    {
      "can_accept": false,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "chat": "0198a000-0000-7000-8000-0000000001f4",
      "first_message": "Is the evening ferry sailing?",
      "hidden": false,
      "is": "generic",
      "kind": "public_user",
      "mine": false,
      "reply_target_s": 60,
      "requester": "Priya Raman",
      "ticket": {
        "id": "0198a000-0000-7000-8000-000000000046",
        "number": "2026112410000018"
      },
      "waiting_since": 1795435200000,
      "why_not": "you_are_unavailable"
    }
  ]
};

export const serverFrameDeskChanged: ServerFrame = {
  "chats": [
    {
      "asked": false,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "direction": "public_to_agent",
      "gone": false,
      "id": "0198a000-0000-7000-8000-0000000001f4",
      "last_at": 1795435200000,
      "last_text": "Thank you!",
      "state": "open",
      "unread": 1,
      "with": "Priya Raman"
    }
  ],
  "gone": [
    "0198a000-0000-7000-8000-0000000001f5"
  ],
  "me": {
    "availability": "internal_and_external",
    "channels": [
      {
        "channel": {
          "id": "0198a000-0000-7000-8000-000000000001",
          "name": "Travel desk"
        },
        "selected": true
      }
    ],
    "email": "maren@skerry.example",
    "id": "0198a000-0000-7000-8000-000000000064",
    "kind": "agent",
    "mail": true,
    "name": "Maren Holt",
    "out_of_office": {
      "ranges": [
        {
          "from": "2026-12-01",
          "to": "2026-12-05"
        }
      ],
      "zone": "Europe/Oslo"
    },
    "receives": {
      "colleagues": true,
      "customers": true,
      "visitors": true
    }
  },
  "more": true,
  "op": "desk",
  "requests": [
    {
      "can_accept": true,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "chat": "0198a000-0000-7000-8000-0000000001f4",
      "company": "Wiebe Freight",
      "first_message": "Is the evening ferry sailing?",
      "hidden": false,
      "is": "generic",
      "kind": "customer_user",
      "mine": true,
      "reply_target_s": 60,
      "requester": "Hanne Dahl",
      "ticket": {
        "id": "0198a000-0000-7000-8000-000000000046",
        "number": "2026112410000018"
      },
      "waiting_since": 1795435200000
    }
  ]
};

export const serverFrameLobby: ServerFrame = {
  "channels": [
    {
      "available": true,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "opens_at": 1795000000000,
      "texts": [
        {
          "away": "The desk is closed.",
          "language": "en",
          "welcome": "Ask us about any sailing."
        }
      ]
    }
  ],
  "chats": [
    {
      "asked": false,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "direction": "public_to_agent",
      "gone": false,
      "id": "0198a000-0000-7000-8000-0000000001f4",
      "last_at": 1795435200000,
      "state": "requested",
      "unread": 0
    }
  ],
  "op": "lobby"
};

export const serverFrameSnapshot: ServerFrame = {
  "as_of": {
    "epoch": 9007199254740991,
    "seq": 2
  },
  "chat": {
    "agent_lost": false,
    "can": [
      "send",
      "close"
    ],
    "channel": {
      "id": "0198a000-0000-7000-8000-000000000001",
      "name": "Travel desk"
    },
    "created_at": 1795435200000,
    "direction": "public_to_agent",
    "estimate": {
      "from_s": 60,
      "to_s": 180
    },
    "head": 2,
    "id": "0198a000-0000-7000-8000-0000000001f4",
    "me": 1,
    "members": [
      {
        "joined": true,
        "kind": "public_user",
        "n": 1,
        "name": "Priya Raman",
        "online": true,
        "present": true,
        "role": "external"
      }
    ],
    "no_answer_at": 1795435380000,
    "place": 1,
    "read": 2,
    "seen": 0,
    "state": "requested",
    "text_limit": 3800,
    "unread": 0,
    "waiting_since": 1795435200000
  },
  "entries": [
    {
      "at": 1795435200001,
      "seq": 1,
      "what": {
        "kind": "requested"
      },
      "who": 1
    },
    {
      "at": 1795435200002,
      "cid": "0198a000-0000-7000-8000-000000000190",
      "seq": 2,
      "what": {
        "kind": "message",
        "text": "Fährt die Fähre? 船票\nנמל 🛳"
      },
      "who": 1
    }
  ],
  "op": "snapshot"
};

export const serverFrameEntries: ServerFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "entries": [
    {
      "at": 1795435200002,
      "cid": "0198a000-0000-7000-8000-000000000190",
      "seq": 2,
      "what": {
        "kind": "message",
        "text": "Fährt die Fähre? 船票\nנמל 🛳"
      },
      "who": 1
    }
  ],
  "op": "entries"
};

export const serverFrameEntriesWithState: ServerFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "entries": [
    {
      "at": 1795435200003,
      "cid": "0198a000-0000-7000-8000-000000000192",
      "seq": 3,
      "what": {
        "kind": "accepted"
      },
      "who": 2
    }
  ],
  "op": "entries",
  "state": {
    "agent_lost": false,
    "can": [
      "send",
      "note",
      "hand_back",
      "close"
    ],
    "channel": {
      "id": "0198a000-0000-7000-8000-000000000001",
      "name": "Travel desk"
    },
    "created_at": 1795435200000,
    "direction": "customer_to_agent",
    "draft": {
      "note": false,
      "text": "Let me look"
    },
    "head": 2,
    "id": "0198a000-0000-7000-8000-0000000001f4",
    "me": 2,
    "members": [
      {
        "company": "Wiebe Freight",
        "joined": true,
        "kind": "customer_user",
        "n": 1,
        "name": "Hanne Dahl",
        "online": true,
        "person": "0198a000-0000-7000-8000-0000000000c8",
        "present": true,
        "role": "external"
      },
      {
        "joined": true,
        "kind": "agent",
        "n": 2,
        "name": "Maren Holt",
        "online": true,
        "present": true,
        "role": "owner"
      }
    ],
    "notify": "customer",
    "read": 2,
    "seen": 0,
    "state": "open",
    "text_limit": 3800,
    "unread": 0
  }
};

export const serverFrameState: ServerFrame = {
  "chat": {
    "agent_lost": false,
    "can": [
      "send",
      "close"
    ],
    "channel": {
      "id": "0198a000-0000-7000-8000-000000000001",
      "name": "Travel desk"
    },
    "created_at": 1795435200000,
    "direction": "public_to_agent",
    "estimate": {
      "from_s": 60,
      "to_s": 180
    },
    "head": 2,
    "id": "0198a000-0000-7000-8000-0000000001f4",
    "me": 1,
    "members": [
      {
        "joined": true,
        "kind": "public_user",
        "n": 1,
        "name": "Priya Raman",
        "online": true,
        "present": true,
        "role": "external"
      }
    ],
    "no_answer_at": 1795435380000,
    "place": 1,
    "read": 2,
    "seen": 0,
    "state": "requested",
    "text_limit": 3800,
    "unread": 0,
    "waiting_since": 1795435200000
  },
  "op": "state"
};

export const serverFrameAck: ServerFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "cid": "0198a000-0000-7000-8000-000000000190",
  "op": "ack",
  "seq": 2
};

export const serverFrameRefused: ServerFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "cid": "0198a000-0000-7000-8000-000000000190",
  "op": "refused",
  "problem": {
    "code": "busy",
    "next": "Try again in a moment.",
    "retry_after_ms": 1000,
    "say": "The service has too much to do right now; nothing was changed."
  }
};

export const serverFrameRefusedFrame: ServerFrame = {
  "op": "refused",
  "problem": {
    "code": "busy",
    "next": "Try again in a moment.",
    "retry_after_ms": 1000,
    "say": "The service has too much to do right now; nothing was changed."
  }
};

export const serverFrameRead: ServerFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "op": "read",
  "seq": 2,
  "unread": 0
};

export const serverFrameSeen: ServerFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "op": "seen",
  "seq": 3
};

export const serverFrameTyping: ServerFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "note": true,
  "op": "typing",
  "who": 2
};

export const serverFrameGone: ServerFrame = {
  "chat": "0198a000-0000-7000-8000-0000000001f4",
  "op": "gone"
};

export const serverFramePeople: ServerFrame = {
  "limit": 10,
  "op": "people",
  "people": {
    "counts": {
      "agents": 3,
      "customers": 1,
      "out_of_office": 1
    },
    "rows": [
      {
        "can_chat": true,
        "company": "Wiebe Freight",
        "id": "0198a000-0000-7000-8000-0000000000c8",
        "kind": "customer_user",
        "name": "Hanne Dahl",
        "picture": "9f86d081884c7d65",
        "presence": "active"
      }
    ]
  },
  "tab": "agents"
};

export const serverFramePeopleSearched: ServerFrame = {
  "after": "aGFubmU",
  "limit": 25,
  "op": "people",
  "people": {
    "counts": {
      "agents": 3,
      "customers": 1,
      "out_of_office": 1
    },
    "rows": [
      {
        "can_chat": true,
        "company": "Wiebe Freight",
        "id": "0198a000-0000-7000-8000-0000000000c8",
        "kind": "customer_user",
        "name": "Hanne Dahl",
        "picture": "9f86d081884c7d65",
        "presence": "active"
      }
    ]
  },
  "q": "dahl",
  "tab": "customers"
};

export const serverFrameBeat: ServerFrame = {
  "heads": [
    {
      "chat": "0198a000-0000-7000-8000-0000000001f4",
      "seq": 2
    }
  ],
  "now": 1795435200000,
  "op": "beat"
};

export const serverFrameBye: ServerFrame = {
  "op": "bye",
  "reconnect_after_ms": 1500
};

export const surfaceAgent: Surface = "agent";

export const surfaceCustomer: Surface = "customer";

export const surfaceVisitor: Surface = "visitor";

export const signIn: SignIn = {
  "login": "maren",
  "password": "ferry-bell-demo",
  "surface": "agent"
};

export const signInWithCode: SignIn = {
  "code": "492039",
  "login": "maren",
  "password": "ferry-bell-demo",
  "surface": "agent"
};

export const changePassword: ChangePassword = {
  "new": "nine lighthouses",
  "old": "ferry-bell-demo"
};

export const sessions: Sessions = {
  "sessions": [
    {
      "browser": "Firefox",
      "here": true,
      "id": "0198a000-0000-7000-8000-0000000002bc",
      "made_at": 1795435200000,
      "network": "192.0.2.7",
      "seen_at": 1795435260000,
      "system": "Linux"
    }
  ]
};

export const sessionViewHere: SessionView = {
  "browser": "Firefox",
  "here": true,
  "id": "0198a000-0000-7000-8000-0000000002bc",
  "made_at": 1795435200000,
  "network": "192.0.2.7",
  "seen_at": 1795435260000,
  "system": "Linux"
};

export const sessionViewUnknown: SessionView = {
  "id": "0198a000-0000-7000-8000-0000000002bc",
  "made_at": 1795435200000,
  "seen_at": 1795435260000
};

export const adminSessions: AdminSessions = {
  "next": "1795780800000000.01900000-0000-7000-8000-000000000064",
  "sessions": [
    {
      "kind": "agent",
      "login": "maren",
      "name": "Maren Holt",
      "person": "0198a000-0000-7000-8000-000000000064",
      "session": {
        "browser": "Firefox",
        "id": "0198a000-0000-7000-8000-0000000002bc",
        "made_at": 1795435200000,
        "network": "192.0.2.7",
        "seen_at": 1795435260000,
        "system": "Linux"
      }
    }
  ]
};

export const adminSession: AdminSession = {
  "kind": "agent",
  "login": "maren",
  "name": "Maren Holt",
  "person": "0198a000-0000-7000-8000-000000000064",
  "session": {
    "browser": "Firefox",
    "id": "0198a000-0000-7000-8000-0000000002bc",
    "made_at": 1795435200000,
    "network": "192.0.2.7",
    "seen_at": 1795435260000,
    "system": "Linux"
  }
};

export const forgotten: Forgotten = {
  "language": "de",
  "surface": "customer",
  "who": "hanne@wiebe.example"
};

export const lookAtLink: LookAtLink = {
  "token": "vR0c-3Zb"
};

export const linkView: LinkView = {
  "expires_at": 1795694400000,
  "login": "noor",
  "name": "Noor Haddad",
  "purpose": "invitation"
};

export const linkPurposeReset: LinkPurpose = "reset";

export const linkPurposeInvitation: LinkPurpose = "invitation";

export const useLink: UseLink = {
  "password": "nine lighthouses",
  "token": "vR0c-3Zb"
};

export const linkUsed: LinkUsed = {
  "login": "noor"
};

export const factorSet: Factor = {
  "codes": 9,
  "required": true,
  "set_at": 1795435200000
};

export const factorNone: Factor = {
  "codes": 0,
  "required": false
};

export const proveMe: ProveMe = {
  "password": "ferry-bell-demo"
};

export const proveMeWithCode: ProveMe = {
  "code": "492039",
  "password": "ferry-bell-demo"
};

export const factorOffer: FactorOffer = {
  "address": "otpauth://totp/Deskbell:maren?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Deskbell",
  "offer": "c2VhbGVk",
  "path": "M0 0h7v1H0z",
  "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  "size": 37
};

export const setFactor: SetFactor = {
  "code": "492039",
  "offer": "c2VhbGVk"
};

export const recoveryCodes: RecoveryCodes = {
  "codes": [
    "kelp-tern-4quy-9nde",
    "ssqe-a33m-22kd-w0pz"
  ]
};

export const makeLink: MakeLink = {
  "language": "en",
  "mail": false
};

export const madeLinkTold: MadeLink = {
  "hours": 72,
  "link": "https://desk.example/agent/link#vR0c-3Zb"
};

export const madeLinkMailed: MadeLink = {
  "hours": 72
};

export const guardGroup: GuardGroup = {
  "group": "admin",
  "second_factor": true
};

export const profile: Profile = {
  "dates": "iso",
  "language": "de",
  "name": "Maren Holt",
  "zone": "Europe/Oslo"
};

export const profileAsTheBrowser: Profile = {};

export const dateFormatIso: DateFormat = "iso";

export const dateFormatDayFirst: DateFormat = "day_first";

export const dateFormatMonthFirst: DateFormat = "month_first";

export const setup: Setup = {
  "code": "K7Q2-M4XD",
  "login": "ines",
  "name": "Ines Vogt",
  "password": "nine lighthouses"
};

export const adminSettings: AdminSettings = {
  "settings": [
    {
      "default": "120",
      "kind": "seconds",
      "max": 86400,
      "min": 1,
      "name": "lease_s",
      "section": "agents",
      "value": "120"
    }
  ]
};

export const adminSetting: AdminSetting = {
  "default": "120",
  "kind": "seconds",
  "max": 86400,
  "min": 1,
  "name": "lease_s",
  "section": "agents",
  "value": "120"
};

export const settingSectionChat: SettingSection = "chat";

export const settingSectionAgents: SettingSection = "agents";

export const settingSectionWaiting: SettingSection = "waiting";

export const settingSectionMail: SettingSection = "mail";

export const settingSectionLook: SettingSection = "look";

export const settingSectionLimits: SettingSection = "limits";

export const settingKindSwitch: SettingKind = "switch";

export const settingKindNumber: SettingKind = "number";

export const settingKindSeconds: SettingKind = "seconds";

export const settingKindText: SettingKind = "text";

export const setSetting: SetSetting = {
  "value": "90",
  "was": "120"
};

export const setSettingToDefault: SetSetting = {
  "was": "90"
};

export const settingsText: SettingsText = {
  "text": "lease_s = 90\n"
};

export const settingsPlan: SettingsPlan = {
  "changes": [
    {
      "name": "lease_s",
      "new": "90",
      "old": "120"
    }
  ],
  "problems": [
    "there is no setting lease; the nearest is lease_s"
  ]
};

export const plannedSetting: PlannedSetting = {
  "name": "lease_s",
  "new": "90",
  "old": "120"
};

export const auditPage: AuditPage = {
  "next": 7,
  "records": [
    {
      "at": 1795435200000,
      "by": "0198a000-0000-7000-8000-000000000064",
      "by_name": "Maren Holt",
      "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
      "kind": "setting",
      "n": 7,
      "new": "90",
      "old": "120",
      "subject": "lease_s"
    }
  ]
};

export const auditRecord: AuditRecord = {
  "at": 1795435200000,
  "by": "0198a000-0000-7000-8000-000000000064",
  "by_name": "Maren Holt",
  "hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
  "kind": "setting",
  "n": 7,
  "new": "90",
  "old": "120",
  "subject": "lease_s"
};

export const adminChannels: AdminChannels = {
  "channels": [
    {
      "channel": {
        "comment": "Asked for by the harbour office.",
        "for_customer_users": true,
        "for_public_users": true,
        "group": "travel",
        "hours": {
          "holidays": [
            {
              "day": 25,
              "month": 12,
              "name": "Christmas"
            }
          ],
          "week": [
            [
              {
                "from": 540,
                "to": 1020
              }
            ],
            [
              {
                "from": 540,
                "to": 1020
              }
            ],
            [
              {
                "from": 540,
                "to": 1020
              }
            ],
            [
              {
                "from": 540,
                "to": 1020
              }
            ],
            [
              {
                "from": 540,
                "to": 1020
              }
            ],
            [],
            []
          ],
          "zone": "Europe/Oslo"
        },
        "name": "Travel desk",
        "reply_target_s": 60,
        "retention_days": 0,
        "texts": [
          {
            "away": "The desk is closed.",
            "language": "en",
            "welcome": "Ask us about any sailing."
          }
        ],
        "valid": true
      },
      "id": "0198a000-0000-7000-8000-000000000001",
      "is_default": false,
      "used_by": [
        "Travel",
        "skerry-ferries"
      ],
      "version": 7
    }
  ],
  "groups": [
    "admin",
    "travel",
    "users"
  ]
};

export const adminChannel: AdminChannel = {
  "channel": {
    "comment": "Asked for by the harbour office.",
    "for_customer_users": true,
    "for_public_users": true,
    "group": "travel",
    "hours": {
      "holidays": [
        {
          "day": 25,
          "month": 12,
          "name": "Christmas"
        }
      ],
      "week": [
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [],
        []
      ],
      "zone": "Europe/Oslo"
    },
    "name": "Travel desk",
    "reply_target_s": 60,
    "retention_days": 0,
    "texts": [
      {
        "away": "The desk is closed.",
        "language": "en",
        "welcome": "Ask us about any sailing."
      }
    ],
    "valid": true
  },
  "id": "0198a000-0000-7000-8000-000000000001",
  "is_default": false,
  "used_by": [
    "Travel",
    "skerry-ferries"
  ],
  "version": 7
};

export const channelFields: ChannelFields = {
  "comment": "Asked for by the harbour office.",
  "for_customer_users": true,
  "for_public_users": true,
  "group": "travel",
  "hours": {
    "holidays": [
      {
        "day": 25,
        "month": 12,
        "name": "Christmas"
      }
    ],
    "week": [
      [
        {
          "from": 540,
          "to": 1020
        }
      ],
      [
        {
          "from": 540,
          "to": 1020
        }
      ],
      [
        {
          "from": 540,
          "to": 1020
        }
      ],
      [
        {
          "from": 540,
          "to": 1020
        }
      ],
      [
        {
          "from": 540,
          "to": 1020
        }
      ],
      [],
      []
    ],
    "zone": "Europe/Oslo"
  },
  "name": "Travel desk",
  "reply_target_s": 60,
  "retention_days": 0,
  "texts": [
    {
      "away": "The desk is closed.",
      "language": "en",
      "welcome": "Ask us about any sailing."
    }
  ],
  "valid": true
};

export const changeChannel: ChangeChannel = {
  "channel": {
    "comment": "Asked for by the harbour office.",
    "for_customer_users": true,
    "for_public_users": true,
    "group": "travel",
    "hours": {
      "holidays": [
        {
          "day": 25,
          "month": 12,
          "name": "Christmas"
        }
      ],
      "week": [
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [
          {
            "from": 540,
            "to": 1020
          }
        ],
        [],
        []
      ],
      "zone": "Europe/Oslo"
    },
    "name": "Travel desk",
    "reply_target_s": 60,
    "retention_days": 0,
    "texts": [
      {
        "away": "The desk is closed.",
        "language": "en",
        "welcome": "Ask us about any sailing."
      }
    ],
    "valid": true
  },
  "version": 7
};

export const hours: Hours = {
  "holidays": [
    {
      "day": 25,
      "month": 12,
      "name": "Christmas"
    }
  ],
  "week": [
    [
      {
        "from": 540,
        "to": 1020
      }
    ],
    [
      {
        "from": 540,
        "to": 1020
      }
    ],
    [
      {
        "from": 540,
        "to": 1020
      }
    ],
    [
      {
        "from": 540,
        "to": 1020
      }
    ],
    [
      {
        "from": 540,
        "to": 1020
      }
    ],
    [],
    []
  ],
  "zone": "Europe/Oslo"
};

export const span: Span = {
  "from": 540,
  "to": 1020
};

export const holiday: Holiday = {
  "day": 4,
  "month": 1,
  "name": "Stocktaking",
  "year": 2027
};

export const channelText: ChannelText = {
  "away": "The desk is closed.",
  "language": "en",
  "welcome": "Ask us about any sailing."
};

export const adminQueues: AdminQueues = {
  "channels": [
    "Travel desk"
  ],
  "groups": [
    "travel"
  ],
  "queues": [
    {
      "id": "0198a000-0000-7000-8000-000000000002",
      "queue": {
        "channel": "Travel desk",
        "comment": "",
        "group": "travel",
        "name": "Bookings",
        "valid": true
      },
      "version": 7
    }
  ]
};

export const adminQueue: AdminQueue = {
  "id": "0198a000-0000-7000-8000-000000000002",
  "queue": {
    "channel": "Travel desk",
    "comment": "",
    "group": "travel",
    "name": "Bookings",
    "valid": true
  },
  "version": 7
};

export const queueFields: QueueFields = {
  "channel": "Travel desk",
  "comment": "",
  "group": "travel",
  "name": "Bookings",
  "valid": true
};

export const changeQueue: ChangeQueue = {
  "queue": {
    "channel": "Travel desk",
    "comment": "",
    "group": "travel",
    "name": "Bookings",
    "valid": true
  },
  "version": 7
};

export const adminCustomers: AdminCustomers = {
  "customers": [
    {
      "company": "Fjord Freight",
      "email": "hanne@fjord.example",
      "id": "0198a000-0000-7000-8000-0000000000c8",
      "login": "hanne",
      "name": "Hanne Sund",
      "valid": true,
      "version": 7
    }
  ],
  "next": "0198a000-0000-7000-8000-0000000000c8"
};

export const adminCustomer: AdminCustomer = {
  "company": "Fjord Freight",
  "email": "hanne@fjord.example",
  "id": "0198a000-0000-7000-8000-0000000000c8",
  "login": "hanne",
  "name": "Hanne Sund",
  "valid": true,
  "version": 7
};

export const makeCustomer: MakeCustomer = {
  "company": "Fjord Freight",
  "email": "",
  "invited": true,
  "login": "hanne",
  "name": "Hanne Sund"
};

export const changeCustomer: ChangeCustomer = {
  "company": "",
  "email": "",
  "name": "Hanne Sund",
  "valid": true,
  "version": 7
};

export const adminLetters: AdminLetters = {
  "letters": [
    {
      "at": 1795000000000,
      "id": "0198a000-0000-7000-8000-000000000005",
      "person": "Hanne Sund",
      "said": "550 no such user",
      "state": "failed",
      "ticket": "2026112210000011",
      "tries": 1
    }
  ],
  "sends_mail": true
};

export const adminLetter: AdminLetter = {
  "at": 1795000000000,
  "id": "0198a000-0000-7000-8000-000000000005",
  "person": "Hanne Sund",
  "said": "550 no such user",
  "state": "failed",
  "ticket": "2026112210000011",
  "tries": 1
};

export const adminCompanies: AdminCompanies = {
  "companies": [
    {
      "id": "0198a000-0000-7000-8000-000000000003",
      "name": "Fjord Freight",
      "people": 12,
      "valid": true,
      "version": 0
    }
  ]
};

export const adminCompany: AdminCompany = {
  "id": "0198a000-0000-7000-8000-000000000003",
  "name": "Fjord Freight",
  "people": 12,
  "valid": true,
  "version": 0
};

export const changeCompany: ChangeCompany = {
  "name": "Fjord Freight",
  "valid": false,
  "version": 0
};

export const adminSnippets: AdminSnippets = {
  "address": "https://desk.skerry.example",
  "channels": [
    "Travel desk"
  ],
  "snippets": [
    {
      "id": "0198a000-0000-7000-8000-000000000004",
      "keys": [
        {
          "created_at": 1795000000000,
          "id": "0198a000-0000-7000-8000-000000000006"
        }
      ],
      "snippet": {
        "channel": "Travel desk",
        "look": {
          "at_start": false,
          "colour": "#1a5f7a",
          "hidden_when_closed": true,
          "labels": [
            {
              "language": "de",
              "text": "Fragen Sie uns"
            }
          ]
        },
        "public_id": "skerry-ferries",
        "sites": [
          "https://www.skerry.example"
        ],
        "title": "Skerry Ferries",
        "valid": true
      },
      "version": 7
    }
  ]
};

export const adminSnippet: AdminSnippet = {
  "id": "0198a000-0000-7000-8000-000000000004",
  "keys": [
    {
      "created_at": 1795000000000,
      "id": "0198a000-0000-7000-8000-000000000006"
    }
  ],
  "snippet": {
    "channel": "Travel desk",
    "look": {
      "at_start": false,
      "colour": "#1a5f7a",
      "hidden_when_closed": true,
      "labels": [
        {
          "language": "de",
          "text": "Fragen Sie uns"
        }
      ]
    },
    "public_id": "skerry-ferries",
    "sites": [
      "https://www.skerry.example"
    ],
    "title": "Skerry Ferries",
    "valid": true
  },
  "version": 7
};

export const adminLook: AdminLook = {
  "accents": [
    {
      "as_chosen": true,
      "colour": "#1a5f7a",
      "contrast": 697
    }
  ],
  "logo": "/look/0a1b.png"
};

export const adminLookOwn: AdminLook = {
  "accents": []
};

export const accentView: AccentView = {
  "as_chosen": true,
  "colour": "#1a5f7a",
  "contrast": 697
};

export const lookAtPage: LookAtPage = {
  "url": "https://www.skerry.example/timetable"
};

export const pageFound: PageFound = {
  "is": "other_snippet",
  "said": "harbour"
};

export const pageIsFine: PageIs = "fine";

export const pageIsNoAddress: PageIs = "no_address";

export const pageIsNotASite: PageIs = "not_a_site";

export const pageIsUnreachable: PageIs = "unreachable";

export const pageIsAnswered: PageIs = "answered";

export const pageIsNoScript: PageIs = "no_script";

export const pageIsOtherSnippet: PageIs = "other_snippet";

export const pageIsScriptForbidden: PageIs = "script_forbidden";

export const pageIsFrameForbidden: PageIs = "frame_forbidden";

export const identityKey: IdentityKey = {
  "created_at": 1795000000000,
  "id": "0198a000-0000-7000-8000-000000000006"
};

export const newIdentityKey: NewIdentityKey = {
  "id": "0198a000-0000-7000-8000-000000000006",
  "key": "WVhFlWVoN8GZP1V8fQnD0J4sT2Zr6hKc3bXmY9LqR5E"
};

export const snippetFields: SnippetFields = {
  "channel": "Travel desk",
  "look": {
    "at_start": false,
    "colour": "#1a5f7a",
    "hidden_when_closed": true,
    "labels": [
      {
        "language": "de",
        "text": "Fragen Sie uns"
      }
    ]
  },
  "public_id": "skerry-ferries",
  "sites": [
    "https://www.skerry.example"
  ],
  "title": "Skerry Ferries",
  "valid": true
};

export const snippetLook: SnippetLook = {
  "at_start": false,
  "colour": "#1a5f7a",
  "hidden_when_closed": true,
  "labels": [
    {
      "language": "de",
      "text": "Fragen Sie uns"
    }
  ]
};

export const launcherLabel: LauncherLabel = {
  "language": "en",
  "text": "Ask us"
};

export const changeSnippet: ChangeSnippet = {
  "snippet": {
    "channel": "Travel desk",
    "look": {
      "at_start": false,
      "colour": "#1a5f7a",
      "hidden_when_closed": true,
      "labels": [
        {
          "language": "de",
          "text": "Fragen Sie uns"
        }
      ]
    },
    "public_id": "skerry-ferries",
    "sites": [
      "https://www.skerry.example"
    ],
    "title": "Skerry Ferries",
    "valid": true
  },
  "version": 7
};

export const adminMade: AdminMade = {
  "id": "0198a000-0000-7000-8000-000000000001"
};

export const adminAgents: AdminAgents = {
  "agents": [
    {
      "email": "maren@skerry.example",
      "has_password": true,
      "id": "0198a000-0000-7000-8000-000000000064",
      "keys": [
        {
          "group": "admin",
          "key": "rw"
        }
      ],
      "login": "maren",
      "name": "Maren Holt",
      "roles": [
        "Travel team"
      ],
      "second_factor": true,
      "valid": true,
      "version": 7
    }
  ],
  "next": "0198a000-0000-7000-8000-000000000064"
};

export const adminAgent: AdminAgent = {
  "email": "maren@skerry.example",
  "has_password": true,
  "id": "0198a000-0000-7000-8000-000000000064",
  "keys": [
    {
      "group": "admin",
      "key": "rw"
    }
  ],
  "login": "maren",
  "name": "Maren Holt",
  "roles": [
    "Travel team"
  ],
  "second_factor": true,
  "valid": true,
  "version": 7
};

export const heldKey: HeldKey = {
  "group": "travel",
  "key": "chat_owner"
};

export const adminRights: AdminRights = {
  "groups": [
    "admin",
    "travel",
    "users"
  ],
  "guarded": [
    "admin"
  ],
  "keys": [
    "chat_owner",
    "ro",
    "rw"
  ],
  "roles": [
    {
      "keys": [
        {
          "group": "travel",
          "key": "chat_owner"
        }
      ],
      "members": 2,
      "name": "Travel team"
    }
  ]
};

export const adminRole: AdminRole = {
  "keys": [
    {
      "group": "travel",
      "key": "chat_owner"
    }
  ],
  "members": 2,
  "name": "Travel team"
};

export const makeAgent: MakeAgent = {
  "email": "noor@skerry.example",
  "login": "noor",
  "name": "Noor Haddad"
};

export const makeAgentInvited: MakeAgent = {
  "invited": true,
  "login": "noor",
  "name": "Noor Haddad"
};

export const newPassword: NewPassword = {
  "id": "0198a000-0000-7000-8000-000000000068",
  "password": "kelp-lantern-otter-quay"
};

export const newPasswordInvited: NewPassword = {
  "id": "0198a000-0000-7000-8000-000000000068"
};

export const changeAgent: ChangeAgent = {
  "email": "",
  "name": "Noor Haddad",
  "valid": true,
  "version": 7
};

export const setKey: SetKey = {
  "group": "travel",
  "held": true,
  "holder": {
    "is": "agent",
    "login": "noor"
  },
  "key": "chat_owner"
};

export const keyHolderAgent: KeyHolder = {
  "is": "agent",
  "login": "noor"
};

export const keyHolderRole: KeyHolder = {
  "is": "role",
  "name": "Travel team"
};

export const setMember: SetMember = {
  "login": "noor",
  "member": true,
  "role": "Travel team"
};

export const makeNamed: MakeNamed = {
  "name": "Night crew"
};

export const setupNeeded: SetupNeeded = {
  "needed": true
};

export const signedIn: SignedIn = {
  "me": {
    "company": "Wiebe Freight",
    "email": "maren@skerry.example",
    "id": "0198a000-0000-7000-8000-0000000000c8",
    "kind": "customer_user",
    "mail": true,
    "name": "Hanne Dahl"
  }
};

export const signedInLowered: SignedIn = {
  "lowered": true,
  "me": {
    "availability": "internal_and_external",
    "channels": [
      {
        "channel": {
          "id": "0198a000-0000-7000-8000-000000000001",
          "name": "Travel desk"
        },
        "selected": true
      }
    ],
    "email": "maren@skerry.example",
    "id": "0198a000-0000-7000-8000-000000000064",
    "kind": "agent",
    "mail": true,
    "name": "Maren Holt",
    "out_of_office": {
      "ranges": [
        {
          "from": "2026-12-01",
          "to": "2026-12-05"
        }
      ],
      "zone": "Europe/Oslo"
    },
    "receives": {
      "colleagues": true,
      "customers": true,
      "visitors": true
    }
  }
};

export const snippetView: SnippetView = {
  "channels": [
    {
      "available": true,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "opens_at": 1795000000000,
      "texts": [
        {
          "away": "The desk is closed.",
          "language": "en",
          "welcome": "Ask us about any sailing."
        }
      ]
    }
  ],
  "id": "skerry-ferries",
  "title": "Skerry Ferries"
};

export const newVisitor: NewVisitor = {
  "name": "Priya Raman"
};

export const identify: Identify = {
  "token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjLTcifQ.c2lnbmF0dXJl"
};

export const visitor: Visitor = {
  "me": {
    "email": "maren@skerry.example",
    "id": "0198a000-0000-7000-8000-00000000012c",
    "kind": "public_user",
    "mail": true,
    "name": "Priya Raman"
  },
  "token": "v1.3Jx"
};

export const startChat: StartChat = {
  "cid": "0198a000-0000-7000-8000-000000000193",
  "text": "Is the evening ferry sailing?"
};

export const startChatInChannel: StartChat = {
  "channel": "0198a000-0000-7000-8000-000000000001",
  "cid": "0198a000-0000-7000-8000-000000000193",
  "text": "Is the evening ferry sailing?"
};

export const startChatAboutTicket: StartChat = {
  "cid": "0198a000-0000-7000-8000-000000000193",
  "text": "Is the evening ferry sailing?",
  "ticket": "0198a000-0000-7000-8000-000000000046"
};

export const started: Started = {
  "chat": {
    "agent_lost": false,
    "can": [
      "send",
      "close"
    ],
    "channel": {
      "id": "0198a000-0000-7000-8000-000000000001",
      "name": "Travel desk"
    },
    "created_at": 1795435200000,
    "direction": "public_to_agent",
    "estimate": {
      "from_s": 60,
      "to_s": 180
    },
    "head": 2,
    "id": "0198a000-0000-7000-8000-0000000001f4",
    "me": 1,
    "members": [
      {
        "joined": true,
        "kind": "public_user",
        "n": 1,
        "name": "Priya Raman",
        "online": true,
        "present": true,
        "role": "external"
      }
    ],
    "no_answer_at": 1795435380000,
    "place": 1,
    "read": 2,
    "seen": 0,
    "state": "requested",
    "text_limit": 3800,
    "unread": 0,
    "waiting_since": 1795435200000
  },
  "new": true
};

export const requestChat: RequestChat = {
  "channel": "0198a000-0000-7000-8000-000000000001",
  "cid": "0198a000-0000-7000-8000-000000000194",
  "text": "Do you have a minute?",
  "ticket": "0198a000-0000-7000-8000-000000000046"
};

export const inviteAgent: InviteAgent = {
  "cid": "0198a000-0000-7000-8000-000000000195",
  "note": "You know the timetable.",
  "person": "0198a000-0000-7000-8000-000000000064",
  "role": "observer"
};

export const invitee: Invitee = {
  "id": "0198a000-0000-7000-8000-000000000064",
  "name": "Maren Holt",
  "role": "participant"
};

export const invitees: Invitees = {
  "people": [
    {
      "id": "0198a000-0000-7000-8000-000000000064",
      "name": "Maren Holt",
      "role": "participant"
    }
  ]
};

export const takeRole: TakeRole = {
  "cid": "0198a000-0000-7000-8000-000000000196",
  "role": "participant"
};

export const moveChat: MoveChat = {
  "channel": "0198a000-0000-7000-8000-000000000001",
  "cid": "0198a000-0000-7000-8000-000000000197"
};

export const setHidden: SetHidden = {
  "hidden": true
};

export const setNotify: SetNotify = {
  "notify": "all"
};

export const sayKindMessage: SayKind = "message";

export const sayKindNote: SayKind = "note";

export const say: Say = {
  "cid": "0198a000-0000-7000-8000-000000000190",
  "kind": "message",
  "text": "At 19:40."
};

export const said: Said = {
  "dup": false,
  "seq": 2
};

export const act: Act = {
  "cid": "0198a000-0000-7000-8000-000000000192"
};

export const readUpTo: ReadUpTo = {
  "seq": 2
};

export const chatSnapshot: ChatSnapshot = {
  "as_of": {
    "epoch": 9007199254740991,
    "seq": 2
  },
  "chat": {
    "agent_lost": false,
    "can": [],
    "channel": {
      "id": "0198a000-0000-7000-8000-000000000001",
      "name": "Travel desk"
    },
    "closed_at": 1795436100000,
    "closed_reason": "by_external",
    "created_at": 1795435200000,
    "direction": "customer_to_agent",
    "draft": {
      "note": false,
      "text": "Let me look"
    },
    "head": 2,
    "id": "0198a000-0000-7000-8000-0000000001f4",
    "members": [
      {
        "company": "Wiebe Freight",
        "joined": true,
        "kind": "customer_user",
        "n": 1,
        "name": "Hanne Dahl",
        "online": true,
        "person": "0198a000-0000-7000-8000-0000000000c8",
        "present": true,
        "role": "external"
      },
      {
        "joined": true,
        "kind": "agent",
        "n": 2,
        "name": "Maren Holt",
        "online": true,
        "present": true,
        "role": "owner"
      }
    ],
    "notify": "customer",
    "read": 2,
    "seen": 0,
    "state": "closed",
    "text_limit": 3800,
    "unread": 0
  },
  "entries": [
    {
      "at": 1795435200002,
      "cid": "0198a000-0000-7000-8000-000000000190",
      "seq": 2,
      "what": {
        "kind": "message",
        "text": "Fährt die Fähre? 船票\nנמל 🛳"
      },
      "who": 1
    }
  ]
};

export const entries: Entries = {
  "entries": [
    {
      "at": 1795435200002,
      "cid": "0198a000-0000-7000-8000-000000000190",
      "seq": 2,
      "what": {
        "kind": "message",
        "text": "Fährt die Fähre? 船票\nנמל 🛳"
      },
      "who": 1
    }
  ],
  "head": 2
};

export const requests: Requests = {
  "requests": [
    {
      "can_accept": true,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "chat": "0198a000-0000-7000-8000-0000000001f4",
      "company": "Wiebe Freight",
      "first_message": "Is the evening ferry sailing?",
      "hidden": false,
      "is": "generic",
      "kind": "customer_user",
      "mine": true,
      "reply_target_s": 60,
      "requester": "Hanne Dahl",
      "ticket": {
        "id": "0198a000-0000-7000-8000-000000000046",
        "number": "2026112410000018"
      },
      "waiting_since": 1795435200000
    }
  ]
};

export const chats: Chats = {
  "chats": [
    {
      "asked": false,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "direction": "public_to_agent",
      "gone": false,
      "id": "0198a000-0000-7000-8000-0000000001f4",
      "last_at": 1795435200000,
      "last_text": "Thank you!",
      "state": "open",
      "unread": 1,
      "with": "Priya Raman"
    }
  ]
};

export const chatsPage: Chats = {
  "chats": [
    {
      "asked": false,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "direction": "public_to_agent",
      "gone": false,
      "id": "0198a000-0000-7000-8000-0000000001f4",
      "last_at": 1795435200000,
      "last_text": "Thank you!",
      "state": "open",
      "unread": 1,
      "with": "Priya Raman"
    }
  ],
  "next": "1795435200000"
};

export const setAvailability: SetAvailability = {
  "availability": "internal"
};

export const setChannels: SetChannels = {
  "channels": [
    "0198a000-0000-7000-8000-000000000001"
  ]
};

export const offer: Offer = {
  "channels": [
    {
      "available": true,
      "channel": {
        "id": "0198a000-0000-7000-8000-000000000001",
        "name": "Travel desk"
      },
      "opens_at": 1795000000000,
      "texts": [
        {
          "away": "The desk is closed.",
          "language": "en",
          "welcome": "Ask us about any sailing."
        }
      ]
    }
  ]
};

export const done: Done = {};
