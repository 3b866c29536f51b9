//! An example of each type, with the cast's names. Written to `web/api/examples.generated.ts`, where `tsc` checks them.

use uuid::Uuid;
use wire::*;

/// Examples of a type, each with the last part of its name; the first part is the type's.
pub trait Examples: Sized {
    fn examples() -> Vec<(&'static str, Self)>;
}

macro_rules! examples {
    ($($t:ty: { $($name:literal => $example:expr),* $(,)? })*) => {$(
        impl Examples for $t {
            fn examples() -> Vec<(&'static str, Self)> {
                vec![$(($name, $example)),*]
            }
        }
    )*};
}

mod tickets;

const NOON: i64 = 1_795_435_200_000;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0198_a000_0000_7000_8000_0000_0000_0000 + n)
}

fn travel_desk() -> ChannelRef {
    ChannelRef {
        id: id(1),
        name: "Travel desk".into(),
    }
}

fn session_here() -> SessionView {
    SessionView {
        id: id(700),
        here: true,
        made_at: NOON,
        seen_at: NOON + 60_000,
        network: Some("192.0.2.7".into()),
        browser: Some("Firefox".into()),
        system: Some("Linux".into()),
    }
}

fn admin_session() -> AdminSession {
    AdminSession {
        session: SessionView {
            here: false,
            ..session_here()
        },
        person: id(100),
        kind: PersonKind::Agent,
        name: "Maren Holt".into(),
        login: "maren".into(),
    }
}

fn profile() -> Profile {
    Profile {
        name: Some("Maren Holt".into()),
        language: Some("de".into()),
        zone: Some("Europe/Oslo".into()),
        dates: Some(DateFormat::Iso),
    }
}

fn maren() -> Me {
    Me {
        id: id(100),
        kind: PersonKind::Agent,
        name: "Maren Holt".into(),
        company: None,
        availability: Some(Availability::InternalAndExternal),
        channels: vec![MyChannel {
            channel: travel_desk(),
            selected: true,
        }],
        receives: Some(receives()),
        out_of_office: Some(out_of_office()),
        email: Some("maren@skerry.example".into()),
        owes_second_factor: false,
        profile: None,
        picture: None,
        administers: false,
        reminds: false,
        mail: true,
        foreign_desk: None,
    }
}

fn lease() -> AdminSetting {
    AdminSetting {
        name: "lease_s".into(),
        section: SettingSection::Agents,
        kind: SettingKind::Seconds,
        value: "120".into(),
        default: "120".into(),
        min: 1,
        max: 86_400,
    }
}

fn admin_channel() -> AdminChannel {
    AdminChannel {
        id: id(1),
        is_default: false,
        used_by: vec!["Travel".into(), "skerry-ferries".into()],
        channel: ChannelFields {
            name: "Travel desk".into(),
            group: "travel".into(),
            for_customer_users: true,
            for_public_users: true,
            reply_target_s: 60,
            retention_days: 0,
            valid: true,
            comment: "Asked for by the harbour office.".into(),
            hours: Some(office_hours()),
            texts: vec![travel_text()],
        },
        version: 7,
    }
}

fn office_hours() -> Hours {
    let day = vec![Span { from: 540, to: 1_020 }];
    Hours {
        zone: "Europe/Oslo".into(),
        week: vec![day.clone(), day.clone(), day.clone(), day.clone(), day, vec![], vec![]],
        holidays: vec![Holiday {
            year: None,
            month: 12,
            day: 25,
            name: "Christmas".into(),
        }],
    }
}

fn travel_text() -> ChannelText {
    ChannelText {
        language: "en".into(),
        welcome: "Ask us about any sailing.".into(),
        away: "The desk is closed.".into(),
    }
}

fn admin_queue() -> AdminQueue {
    AdminQueue {
        id: id(2),
        queue: QueueFields {
            name: "Bookings".into(),
            group: "travel".into(),
            channel: Some("Travel desk".into()),
            valid: true,
            comment: String::new(),
        },
        version: 7,
    }
}

fn admin_customer() -> AdminCustomer {
    AdminCustomer {
        id: id(200),
        login: "hanne".into(),
        name: "Hanne Sund".into(),
        email: Some("hanne@fjord.example".into()),
        company: Some("Fjord Freight".into()),
        valid: true,
        version: 7,
    }
}

fn admin_company() -> AdminCompany {
    AdminCompany {
        id: id(3),
        name: "Fjord Freight".into(),
        valid: true,
        people: 12,
        version: 0,
    }
}

fn admin_snippet() -> AdminSnippet {
    AdminSnippet {
        id: id(4),
        snippet: SnippetFields {
            public_id: "skerry-ferries".into(),
            title: "Skerry Ferries".into(),
            channel: "Travel desk".into(),
            sites: vec!["https://www.skerry.example".into()],
            valid: true,
            look: look(),
        },
        keys: vec![IdentityKey {
            id: id(6),
            created_at: 1_795_000_000_000,
        }],
        version: 7,
    }
}

fn accent() -> AccentView {
    AccentView {
        colour: "#1a5f7a".into(),
        contrast: 697,
        as_chosen: true,
    }
}

fn look() -> SnippetLook {
    SnippetLook {
        at_start: false,
        colour: Some("#1a5f7a".into()),
        labels: vec![LauncherLabel {
            language: "de".into(),
            text: "Fragen Sie uns".into(),
        }],
        hidden_when_closed: true,
    }
}

fn admin_letter() -> AdminLetter {
    AdminLetter {
        id: id(5),
        at: 1_795_000_000_000,
        state: "failed".into(),
        said: Some("550 no such user".into()),
        tries: 1,
        due_at: None,
        person: Some("Hanne Sund".into()),
        ticket: Some("2026112210000011".into()),
    }
}

fn admin_agent() -> AdminAgent {
    AdminAgent {
        id: id(100),
        login: "maren".into(),
        name: "Maren Holt".into(),
        email: Some("maren@skerry.example".into()),
        valid: true,
        roles: vec!["Travel team".into()],
        keys: vec![HeldKey {
            group: "admin".into(),
            key: "rw".into(),
        }],
        has_password: true,
        second_factor: true,
        version: 7,
    }
}

fn travel_team() -> AdminRole {
    AdminRole {
        name: "Travel team".into(),
        keys: vec![HeldKey {
            group: "travel".into(),
            key: "chat_owner".into(),
        }],
        members: 2,
    }
}

fn lease_changed() -> AuditRecord {
    AuditRecord {
        n: 7,
        at: NOON,
        by: Some(id(100)),
        by_name: "Maren Holt".into(),
        kind: "setting".into(),
        subject: "lease_s".into(),
        name: None,
        old: Some("120".into()),
        new: Some("90".into()),
        hash: "5f".repeat(32),
    }
}

fn foreign_desk() -> ForeignDesk {
    ForeignDesk {
        kind: DeskKind::Zammad,
        ticket_link: Some("https://desk.example.org/#ticket/zoom/{id}".into()),
    }
}

fn receives() -> Receives {
    Receives {
        colleagues: true,
        customers: true,
        visitors: true,
        limit: None,
    }
}

fn days() -> DayRange {
    DayRange {
        from: "2026-12-01".into(),
        to: "2026-12-05".into(),
    }
}

fn out_of_office() -> OutOfOffice {
    OutOfOffice {
        zone: "Europe/Oslo".into(),
        ranges: vec![days()],
    }
}

fn hanne_here() -> PersonRow {
    PersonRow {
        id: id(200),
        kind: PersonKind::CustomerUser,
        name: "Hanne Dahl".into(),
        company: Some("Wiebe Freight".into()),
        picture: Some("9f86d081884c7d65".into()),
        presence: Presence::Active,
        out_of_office: None,
        can_chat: true,
        why_not: None,
    }
}

fn maren_out() -> PersonRow {
    PersonRow {
        id: id(100),
        kind: PersonKind::Agent,
        name: "Maren Holt".into(),
        company: None,
        picture: None,
        presence: Presence::Offline,
        out_of_office: Some(out_until()),
        can_chat: false,
        why_not: Some("offline".into()),
    }
}

fn out_until() -> OutUntil {
    OutUntil {
        text: None,
        until: "2026-12-05".into(),
    }
}

fn counts() -> PeopleCounts {
    PeopleCounts {
        agents: 3,
        customers: 1,
        out_of_office: 1,
    }
}

fn people() -> People {
    People {
        counts: counts(),
        rows: vec![hanne_here()],
        next: None,
    }
}

fn hannes_view() -> CustomerUserView {
    CustomerUserView {
        id: id(200),
        name: "Hanne Dahl".into(),
        login: "hanne".into(),
        email: Some("hanne@wiebe.example".into()),
        company: Some("Wiebe Freight".into()),
        presence: Presence::Active,
        can_chat: true,
        why_not: None,
        chats: vec![ChatSummary {
            with: Some("Hanne Dahl".into()),
            direction: Direction::CustomerToAgent,
            ..summary()
        }],
        next: Some("1.1700000000000000.00000000000000000000000000000500".into()),
    }
}

fn elins_view() -> CustomerUserView {
    CustomerUserView {
        id: id(201),
        name: "Elin Sandvik".into(),
        login: "elin".into(),
        email: None,
        company: None,
        presence: Presence::Offline,
        can_chat: false,
        why_not: Some("offline".into()),
        chats: Vec::new(),
        next: None,
    }
}

fn supervised_chat() -> SupervisedChat {
    SupervisedChat {
        chat: id(500),
        with: Some("Hanne Dahl".into()),
        agents: vec!["Maren Holt".into()],
        last_at: NOON,
    }
}

fn supervised() -> SupervisedChannel {
    SupervisedChannel {
        channel: travel_desk(),
        reply_target_s: 60,
        waiting: 1,
        longest_since: Some(NOON),
        agents_available: 2,
        running: vec![supervised_chat()],
        running_count: 1,
        day: busy_day(),
    }
}

fn busy_day() -> ChannelDay {
    ChannelDay {
        accepted: 3,
        waited_ms: Some(41_000),
        hours: vec![0, 2, 1],
    }
}

fn quiet_day() -> ChannelDay {
    ChannelDay {
        accepted: 0,
        waited_ms: None,
        hours: vec![0, 0, 0],
    }
}

fn supervised_quiet() -> SupervisedChannel {
    SupervisedChannel {
        waiting: 0,
        longest_since: None,
        day: quiet_day(),
        running: vec![SupervisedChat {
            with: None,
            ..supervised_chat()
        }],
        ..supervised()
    }
}

fn hanne() -> Me {
    Me {
        id: id(200),
        kind: PersonKind::CustomerUser,
        name: "Hanne Dahl".into(),
        company: Some("Wiebe Freight".into()),
        availability: None,
        channels: Vec::new(),
        receives: None,
        out_of_office: None,
        email: Some("maren@skerry.example".into()),
        owes_second_factor: false,
        profile: None,
        picture: None,
        administers: false,
        reminds: false,
        mail: true,
        foreign_desk: None,
    }
}

fn priya() -> Me {
    Me {
        id: id(300),
        kind: PersonKind::PublicUser,
        name: "Priya Raman".into(),
        company: None,
        availability: None,
        channels: Vec::new(),
        receives: None,
        out_of_office: None,
        email: Some("maren@skerry.example".into()),
        owes_second_factor: false,
        profile: None,
        picture: None,
        administers: false,
        reminds: false,
        mail: true,
        foreign_desk: None,
    }
}

fn member(n: u32, me: &Me, role: Role) -> MemberView {
    MemberView {
        n,
        person: (me.kind == PersonKind::CustomerUser).then_some(me.id),
        kind: me.kind,
        role,
        name: me.name.clone(),
        company: me.company.clone(),
        identity: None,
        picture: None,
        language: None,
        present: true,
        joined: true,
        invited: None,
        online: true,
    }
}

fn entry(seq: i64, who: Option<u32>, cid: Option<Uuid>, what: EntryWhat) -> EntryView {
    EntryView {
        seq,
        at: NOON + seq,
        who,
        cid,
        what,
    }
}

fn question() -> EntryView {
    entry(
        2,
        Some(1),
        Some(id(400)),
        EntryWhat::Message {
            text: "Fährt die Fähre? 船票\nנמל 🛳".into(),
            file: None,
        },
    )
}

fn picture() -> FileView {
    FileView {
        name: "Fähre.png".into(),
        kind: "image/png".into(),
        size: 48_210,
        width: Some(1_280),
        height: Some(720),
    }
}

fn timetable() -> FileView {
    FileView {
        name: "Fahrplan.pdf".into(),
        kind: "application/pdf".into(),
        size: 104_800,
        width: None,
        height: None,
    }
}

/// As Priya sees it.
fn waiting() -> ChatView {
    ChatView {
        id: id(500),
        channel: travel_desk(),
        ticket: None,
        direction: Direction::PublicToAgent,
        state: ChatState::Requested,
        closed_reason: None,
        created_at: NOON,
        waiting_since: Some(NOON),
        closed_at: None,
        members: vec![member(1, &priya(), Role::External)],
        me: Some(1),
        can: vec![ChatCan::Send, ChatCan::Close],
        head: 2,
        read: 2,
        unread: 0,
        seen: 0,
        place: Some(1),
        no_answer_at: Some(NOON + 180_000),
        estimate: Some(Estimate { from_s: 60, to_s: 180 }),
        notify: None,
        draft: None,
        text_limit: 3_800,
        agent_lost: false,
    }
}

/// As Maren sees it.
fn open() -> ChatView {
    ChatView {
        state: ChatState::Open,
        waiting_since: None,
        members: vec![member(1, &hanne(), Role::External), member(2, &maren(), Role::Owner)],
        me: Some(2),
        can: vec![ChatCan::Send, ChatCan::Note, ChatCan::HandBack, ChatCan::Close],
        place: None,
        no_answer_at: None,
        estimate: None,
        direction: Direction::CustomerToAgent,
        notify: Some(Notify::Customer),
        draft: Some(Draft {
            text: "Let me look".into(),
            note: false,
        }),
        ..waiting()
    }
}

/// From the archive, by somebody who took no part.
fn closed() -> ChatView {
    ChatView {
        state: ChatState::Closed,
        closed_reason: Some(ClosedReason::ByExternal),
        closed_at: Some(NOON + 900_000),
        me: None,
        can: Vec::new(),
        ..open()
    }
}

fn summary() -> ChatSummary {
    ChatSummary {
        id: id(500),
        channel: travel_desk(),
        state: ChatState::Open,
        direction: Direction::PublicToAgent,
        with: Some("Priya Raman".into()),
        last_text: Some("Thank you!".into()),
        last_at: NOON,
        unread: 1,
        gone: false,
        asked: false,
    }
}

fn part(text: &str, found: bool) -> Part {
    Part {
        text: text.into(),
        found,
    }
}

fn found_entry() -> FoundEntry {
    FoundEntry {
        seq: 4,
        at: NOON,
        text: vec![
            part("The night ", false),
            part("ferry", true),
            part(" sails at 7.", false),
        ],
    }
}

fn found() -> FoundChat {
    FoundChat {
        chat: ChatSummary {
            state: ChatState::Closed,
            last_text: None,
            unread: 0,
            ..summary()
        },
        entry: Some(found_entry()),
    }
}

fn found_as_a_whole() -> FoundChat {
    FoundChat { entry: None, ..found() }
}

fn summary_of_waiting() -> ChatSummary {
    ChatSummary {
        state: ChatState::Requested,
        with: None,
        last_text: None,
        unread: 0,
        ..summary()
    }
}

fn request() -> RequestView {
    RequestView {
        chat: id(500),
        is: RequestKind::Generic,
        kind: PersonKind::CustomerUser,
        requester: "Hanne Dahl".into(),
        company: Some("Wiebe Freight".into()),
        channel: travel_desk(),
        ticket: Some(TicketRef {
            id: id(70),
            number: "2026112410000018".into(),
        }),
        waiting_since: NOON,
        reply_target_s: 60,
        first_message: "Is the evening ferry sailing?".into(),
        with: None,
        role: None,
        hidden: false,
        mine: true,
        can_accept: true,
        why_not: None,
    }
}

fn request_not_for_me() -> RequestView {
    RequestView {
        kind: PersonKind::PublicUser,
        requester: "Priya Raman".into(),
        company: None,
        mine: false,
        can_accept: false,
        why_not: Some("you_are_unavailable".into()),
        ..request()
    }
}

fn invitation() -> RequestView {
    RequestView {
        is: RequestKind::Invitation,
        kind: PersonKind::Agent,
        requester: "Ines Vogt".into(),
        company: None,
        first_message: "You know the timetable.".into(),
        with: Some("Priya Raman".into()),
        role: Some(Role::Participant),
        ..request()
    }
}

fn offered() -> OfferedChannel {
    OfferedChannel {
        channel: travel_desk(),
        available: true,
        opens_at: Some(1_795_000_000_000),
        texts: vec![travel_text()],
    }
}

fn busy() -> Problem {
    Problem {
        code: "busy".into(),
        say: "The service has too much to do right now; nothing was changed.".into(),
        next: "Try again in a moment.".into(),
        retry_after_ms: Some(1_000),
        by: None,
        limit: None,
        told: None,
    }
}

fn ticket_there() -> TicketThere {
    TicketThere {
        kind: DeskKind::Zammad,
        id: "4711".into(),
    }
}

fn position() -> Position {
    Position {
        epoch: 9_007_199_254_740_991,
        seq: 2,
    }
}

examples! {
    Problem: {
        "Busy" => busy(),
        "AlreadyTaken" => Problem { code: "already_taken".into(), retry_after_ms: None, by: Some("Maren Holt".into()), ..busy() },
        "TooLong" => Problem { code: "too_long".into(), retry_after_ms: None, limit: Some(3_800), ..busy() },
        "DeskUnclear" => Problem { code: "desk_unclear".into(), told: Some("no answer in time".into()), ..busy() },
        "NotFound" => Problem { code: "not_found".into(), retry_after_ms: None, ..busy() },
    }
    PersonKind: {
        "Agent" => PersonKind::Agent,
        "CustomerUser" => PersonKind::CustomerUser,
        "PublicUser" => PersonKind::PublicUser,
    }
    Availability: {
        "Unavailable" => Availability::Unavailable,
        "Internal" => Availability::Internal,
        "InternalAndExternal" => Availability::InternalAndExternal,
    }
    ChatState: { "Requested" => ChatState::Requested, "Open" => ChatState::Open, "Closed" => ChatState::Closed }
    ClosedReason: {
        "ByAgent" => ClosedReason::ByAgent,
        "ByExternal" => ClosedReason::ByExternal,
        "Withdrawn" => ClosedReason::Withdrawn,
        "Declined" => ClosedReason::Declined,
        "Expired" => ClosedReason::Expired,
        "SwitchedOff" => ClosedReason::SwitchedOff,
    }
    ReturnedReason: {
        "HandedBack" => ReturnedReason::HandedBack,
        "LeaseEnded" => ReturnedReason::LeaseEnded,
        "RightLost" => ReturnedReason::RightLost,
    }
    Role: { "Owner" => Role::Owner, "Participant" => Role::Participant, "Observer" => Role::Observer, "External" => Role::External }
    ChatCan: {
        "Accept" => ChatCan::Accept,
        "Decline" => ChatCan::Decline,
        "Invite" => ChatCan::Invite,
        "Join" => ChatCan::Join,
        "Move" => ChatCan::Move,
        "Observe" => ChatCan::Observe,
        "Participate" => ChatCan::Participate,
        "Send" => ChatCan::Send,
        "Note" => ChatCan::Note,
        "Leave" => ChatCan::Leave,
        "HandBack" => ChatCan::HandBack,
        "Close" => ChatCan::Close,
        "Transcript" => ChatCan::Transcript,
        "AppendToTicket" => ChatCan::AppendToTicket,
        "Redact" => ChatCan::Redact,
        "Mail" => ChatCan::Mail,
    }
    Direction: {
        "PublicToAgent" => Direction::PublicToAgent,
        "CustomerToAgent" => Direction::CustomerToAgent,
        "AgentToCustomer" => Direction::AgentToCustomer,
        "AgentToAgent" => Direction::AgentToAgent,
    }
    Notify: { "Off" => Notify::Off, "Customer" => Notify::Customer, "All" => Notify::All }
    Estimate: { "" => Estimate { from_s: 60, to_s: 180 } }
    Draft: { "" => Draft { text: "A regular".into(), note: true } }
    RequestKind: { "Generic" => RequestKind::Generic, "Personal" => RequestKind::Personal, "Invitation" => RequestKind::Invitation }
    EntryView: {
        "Message" => question(),
        "BySystem" => entry(3, None, None, EntryWhat::Returned { reason: ReturnedReason::LeaseEnded }),
    }
    FileView: { "Picture" => picture(), "Other" => timetable() }
    EntryWhat: {
        "Requested" => EntryWhat::Requested {},
        "Message" => EntryWhat::Message { text: "At 19:40.".into(), file: None },
        "Note" => EntryWhat::Note { text: "A regular.".into(), file: None },
        "Picture" => EntryWhat::Message { text: "Fähre.png".into(), file: Some(picture()) },
        "FileForAgents" => EntryWhat::Note { text: "Fahrplan.pdf".into(), file: Some(timetable()) },
        "Accepted" => EntryWhat::Accepted {},
        "Invited" => EntryWhat::Invited { whom: "Maren Holt".into(), role: Role::Participant, note: Some("You know the timetable.".into()) },
        "InvitedWithoutNote" => EntryWhat::Invited { whom: "Maren Holt".into(), role: Role::Observer, note: None },
        "InvitationDeclined" => EntryWhat::InvitationDeclined {},
        "Joined" => EntryWhat::Joined { role: Role::Participant },
        "RoleChanged" => EntryWhat::RoleChanged { to: Role::Observer },
        "Moved" => EntryWhat::Moved { channel: travel_desk() },
        "Left" => EntryWhat::Left { role: Role::Owner },
        "Returned" => EntryWhat::Returned { reason: ReturnedReason::HandedBack },
        "Closed" => EntryWhat::Closed { reason: ClosedReason::ByAgent },
        "Redacted" => EntryWhat::Redacted { note: true, by: Some("Maren Holt".into()), at: NOON },
        "RedactedForExternals" => EntryWhat::Redacted { note: false, by: None, at: NOON },
        "Redaction" => EntryWhat::Redaction { of: 4, by: Some("Maren Holt".into()) },
        "Attached" => EntryWhat::Attached { ticket: id(600), number: "2026112610000127".into(), there: None },
        "AttachedThere" => EntryWhat::Attached { ticket: id(600), number: "24004711".into(), there: Some(ticket_there()) },
        "Mailing" => EntryWhat::Mailing { to: Recipient::External, whom: "Hanne Dahl".into() },
        "Missed" => EntryWhat::Missed { of: 4, whom: "Hanne Dahl".into() },
        "Mailed" => EntryWhat::Mailed { of: 4, outcome: MailOutcome::Sent, why: None },
        "NotMailed" => EntryWhat::Mailed { of: 4, outcome: MailOutcome::Failed, why: Some("550 no such mailbox".into()) },
    }
    Recipient: { "Agent" => Recipient::Agent, "External" => Recipient::External }
    MailOutcome: {
        "Asked" => MailOutcome::Asked,
        "Sent" => MailOutcome::Sent,
        "Perhaps" => MailOutcome::Perhaps,
        "Failed" => MailOutcome::Failed,
        "Seen" => MailOutcome::Seen,
    }
    MailChat: {
        "OfAgent" => MailChat { cid: id(601), to: Some(Recipient::External), address: None, language: "en".into(), zone: "Europe/Oslo".into() },
        "OfVisitor" => MailChat { cid: id(601), to: None, address: Some("priya@example.org".into()), language: "en".into(), zone: "Europe/Oslo".into() },
    }
    ConfirmMail: {
        "" => ConfirmMail { token: "4fzR2b8Q".into(), again: false },
        "OfUnseen" => ConfirmMail { token: "4fzR2b8Q".into(), again: true },
    }
    IdentityView: { "" => IdentityView { subject: "c-7".into(), email: Some("priya@fjord.example".into()) } }
    MemberView: { "Agent" => member(2, &maren(), Role::Owner), "CustomerUser" => member(1, &hanne(), Role::External) }
    ChannelRef: { "" => travel_desk() }
    ChatView: { "Waiting" => waiting(), "Open" => open(), "Closed" => closed() }
    ChatSummary: { "Open" => summary(), "Waiting" => summary_of_waiting() }
    RedactEntry: { "" => RedactEntry { cid: id(600), seq: 4 } }
    FoundChats: {
        "" => FoundChats { chats: vec![found(), found_as_a_whole()], next: Some("4711".into()) },
        "None" => FoundChats { chats: vec![], next: None },
    }
    FoundChat: { "" => found(), "AsAWhole" => found_as_a_whole() }
    FoundEntry: { "" => found_entry() }
    Part: { "" => part("The ", false), "Found" => part("ferry", true) }
    RequestView: { "Mine" => request(), "NotForMe" => request_not_for_me(), "Invitation" => invitation() }
    MyChannel: { "" => MyChannel { channel: travel_desk(), selected: false } }
    OfferedChannel: { "" => offered() }
    Me: {
        "Agent" => maren(),
        "CustomerUser" => hanne(),
        "PublicUser" => priya(),
        "OwingASecondFactor" => Me { owes_second_factor: true, ..maren() },
        "WithProfile" => Me { profile: Some(profile()), picture: Some("9f86d081884c7d65".into()), ..maren() },
        "AgentOfForeignDesk" => Me { foreign_desk: Some(foreign_desk()), ..maren() },
    }
    ForeignDesk: { "" => foreign_desk(), "WithoutLink" => ForeignDesk { kind: DeskKind::Znuny, ticket_link: None } }
    DeskKind: { "Znuny" => DeskKind::Znuny, "Zammad" => DeskKind::Zammad }
    TicketThere: { "" => ticket_there() }
    Presence: {
        "Active" => Presence::Active,
        "Away" => Presence::Away,
        "Unavailable" => Presence::Unavailable,
        "Offline" => Presence::Offline,
    }
    PeopleTab: { "Agents" => PeopleTab::Agents, "Customers" => PeopleTab::Customers, "OutOfOffice" => PeopleTab::OutOfOffice }
    PeopleCounts: { "" => counts() }
    PersonRow: { "Here" => hanne_here(), "Out" => maren_out() }
    OutUntil: { "" => out_until() }
    People: {
        "" => people(),
        "Page" => People { rows: vec![hanne_here(), maren_out()], next: Some("aGFubmU".into()), ..people() },
    }
    CustomerUserView: { "Here" => hannes_view(), "Away" => elins_view() }
    DayRange: { "" => days() }
    OutOfOffice: { "" => out_of_office() }
    Receives: {
        "Everything" => receives(),
        "Little" => Receives { customers: false, visitors: false, limit: Some(ReceivesLimit::NoChannels), ..receives() },
    }
    ReceivesLimit: {
        "ChatOff" => ReceivesLimit::ChatOff,
        "Unavailable" => ReceivesLimit::Unavailable,
        "Internal" => ReceivesLimit::Internal,
        "NoChannels" => ReceivesLimit::NoChannels,
    }
    Supervisor: { "" => Supervisor { channels: vec![supervised(), supervised_quiet()] } }
    SupervisedChannel: { "Busy" => supervised(), "Quiet" => supervised_quiet() }
    SupervisedChat: { "" => supervised_chat() }
    ChannelDay: { "Busy" => busy_day(), "Quiet" => quiet_day() }
    Position: { "" => position() }
    Head: { "" => Head { chat: id(500), seq: 2 } }
    ClientFrame: {
        "Hello" => ClientFrame::Hello { token: None },
        "HelloOfVisitor" => ClientFrame::Hello { token: Some("v1.3Jx".into()) },
        "Watch" => ClientFrame::Watch { chat: id(500), after: None },
        "WatchAfter" => ClientFrame::Watch { chat: id(500), after: Some(position()) },
        "Unwatch" => ClientFrame::Unwatch { chat: id(500) },
        "Send" => ClientFrame::Send { chat: id(500), cid: id(400), text: "At 19:40.".into() },
        "Note" => ClientFrame::Note { chat: id(500), cid: id(401), text: "A regular.".into() },
        "Read" => ClientFrame::Read { chat: id(500), seq: 2 },
        "Typing" => ClientFrame::Typing { chat: id(500), note: false },
        "Ping" => ClientFrame::Ping {},
        "Active" => ClientFrame::Active {},
        "People" => ClientFrame::People { tab: Some(PeopleTab::Agents), q: None, after: None, limit: None },
        "PeopleSearched" => ClientFrame::People {
            tab: Some(PeopleTab::Customers),
            q: Some("dahl".into()),
            after: Some("aGFubmU".into()),
            limit: Some(25),
        },
        "PeopleEnough" => ClientFrame::People { tab: None, q: None, after: None, limit: None },
    }
    ServerFrame: {
        "Welcome" => ServerFrame::Welcome { me: maren(), epoch: 7, heartbeat_s: 10, now: NOON },
        "Desk" => ServerFrame::Desk {
            me: maren(),
            requests: vec![request(), request_not_for_me()],
            more: false,
            gone: Vec::new(),
            chats: vec![summary()],
        },
        "DeskChanged" => ServerFrame::Desk { me: maren(), requests: vec![request()], more: true, gone: vec![id(501)], chats: vec![summary()] },
        "Lobby" => ServerFrame::Lobby { channels: vec![offered()], chats: vec![summary_of_waiting()] },
        "Snapshot" => ServerFrame::Snapshot {
            chat: waiting(),
            as_of: position(),
            entries: vec![entry(1, Some(1), None, EntryWhat::Requested {}), question()],
        },
        "Entries" => ServerFrame::Entries { chat: id(500), entries: vec![question()], state: None },
        "EntriesWithState" => ServerFrame::Entries {
            chat: id(500),
            entries: vec![entry(3, Some(2), Some(id(402)), EntryWhat::Accepted {})],
            state: Some(open()),
        },
        "State" => ServerFrame::State { chat: waiting() },
        "Ack" => ServerFrame::Ack { chat: id(500), cid: id(400), seq: 2 },
        "Refused" => ServerFrame::Refused { chat: Some(id(500)), cid: Some(id(400)), problem: busy() },
        "RefusedFrame" => ServerFrame::Refused { chat: None, cid: None, problem: busy() },
        "Read" => ServerFrame::Read { chat: id(500), seq: 2, unread: 0 },
        "Seen" => ServerFrame::Seen { chat: id(500), seq: 3 },
        "Typing" => ServerFrame::Typing { chat: id(500), who: 2, note: true },
        "Gone" => ServerFrame::Gone { chat: id(500) },
        "People" => ServerFrame::People { tab: PeopleTab::Agents, q: None, after: None, limit: 10, people: people() },
        "PeopleSearched" => ServerFrame::People {
            tab: PeopleTab::Customers,
            q: Some("dahl".into()),
            after: Some("aGFubmU".into()),
            limit: 25,
            people: people(),
        },
        "Beat" => ServerFrame::Beat { heads: vec![Head { chat: id(500), seq: 2 }], now: NOON },
        "Bye" => ServerFrame::Bye { reconnect_after_ms: 1_500 },
    }
    Surface: { "Agent" => Surface::Agent, "Customer" => Surface::Customer, "Visitor" => Surface::Visitor }
    SignIn: {
        "" => SignIn { surface: Surface::Agent, login: "maren".into(), password: "ferry-bell-demo".into(), code: None },
        "WithCode" => SignIn { surface: Surface::Agent, login: "maren".into(), password: "ferry-bell-demo".into(), code: Some("492039".into()) },
    }
    Sessions: { "" => Sessions { sessions: vec![session_here()] } }
    SessionView: {
        "Here" => session_here(),
        "Unknown" => SessionView { here: false, network: None, browser: None, system: None, ..session_here() },
    }
    AdminSessions: { "" => AdminSessions { sessions: vec![admin_session()], next: Some("1795780800000000.01900000-0000-7000-8000-000000000064".into()) } }
    AdminSession: { "" => admin_session() }
    Forgotten: { "" => Forgotten { surface: Surface::Customer, who: "hanne@wiebe.example".into(), language: "de".into() } }
    LookAtLink: { "" => LookAtLink { token: "vR0c-3Zb".into() } }
    LinkView: { "" => LinkView { purpose: LinkPurpose::Invitation, name: "Noor Haddad".into(), login: "noor".into(), expires_at: NOON + 259_200_000 } }
    LinkPurpose: { "Reset" => LinkPurpose::Reset, "Invitation" => LinkPurpose::Invitation }
    UseLink: { "" => UseLink { token: "vR0c-3Zb".into(), password: "nine lighthouses".into() } }
    LinkUsed: { "" => LinkUsed { login: "noor".into() } }
    Factor: {
        "Set" => Factor { set_at: Some(NOON), codes: 9, required: true },
        "None" => Factor { set_at: None, codes: 0, required: false },
    }
    ProveMe: {
        "" => ProveMe { password: "ferry-bell-demo".into(), code: None },
        "WithCode" => ProveMe { password: "ferry-bell-demo".into(), code: Some("492039".into()) },
    }
    FactorOffer: {
        "" => FactorOffer {
            secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".into(),
            address: "otpauth://totp/Deskbell:maren?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Deskbell".into(),
            size: 37,
            path: "M0 0h7v1H0z".into(),
            offer: "c2VhbGVk".into(),
        },
    }
    SetFactor: { "" => SetFactor { offer: "c2VhbGVk".into(), code: "492039".into() } }
    RecoveryCodes: { "" => RecoveryCodes { codes: vec!["kelp-tern-4quy-9nde".into(), "ssqe-a33m-22kd-w0pz".into()] } }
    MakeLink: { "" => MakeLink { mail: false, language: "en".into() } }
    MadeLink: {
        "Told" => MadeLink { link: Some("https://desk.example/agent/link#vR0c-3Zb".into()), hours: 72 },
        "Mailed" => MadeLink { link: None, hours: 72 },
    }
    GuardGroup: { "" => GuardGroup { group: "admin".into(), second_factor: true } }
    Profile: {
        "" => profile(),
        "AsTheBrowser" => Profile::default(),
    }
    DateFormat: { "Iso" => DateFormat::Iso, "DayFirst" => DateFormat::DayFirst, "MonthFirst" => DateFormat::MonthFirst }
    ChangePassword: { "" => ChangePassword { old: "ferry-bell-demo".into(), new: "nine lighthouses".into() } }
    Setup: { "" => Setup { code: "K7Q2-M4XD".into(), login: "ines".into(), name: "Ines Vogt".into(), password: "nine lighthouses".into() } }
    AdminSettings: { "" => AdminSettings { settings: vec![lease()] } }
    AdminSetting: { "" => lease() }
    SetSetting: {
        "" => SetSetting { value: Some("90".into()), was: "120".into() },
        "ToDefault" => SetSetting { value: None, was: "90".into() },
    }
    SettingsText: { "" => SettingsText { text: "lease_s = 90\n".into() } }
    SettingsPlan: {
        "" => SettingsPlan {
            changes: vec![PlannedSetting { name: "lease_s".into(), old: "120".into(), new: "90".into() }],
            problems: vec!["there is no setting lease; the nearest is lease_s".into()],
        },
    }
    SettingSection: {
        "Chat" => SettingSection::Chat,
        "Agents" => SettingSection::Agents,
        "Waiting" => SettingSection::Waiting,
        "Mail" => SettingSection::Mail,
        "Look" => SettingSection::Look,
        "Limits" => SettingSection::Limits,
    }
    SettingKind: {
        "Switch" => SettingKind::Switch,
        "Number" => SettingKind::Number,
        "Seconds" => SettingKind::Seconds,
        "Text" => SettingKind::Text,
    }
    PlannedSetting: { "" => PlannedSetting { name: "lease_s".into(), old: "120".into(), new: "90".into() } }
    AuditRecord: { "" => lease_changed() }
    AdminChannels: { "" => AdminChannels { channels: vec![admin_channel()], groups: vec!["admin".into(), "travel".into(), "users".into()] } }
    AdminChannel: { "" => admin_channel() }
    ChannelFields: { "" => admin_channel().channel }
    ChangeChannel: { "" => ChangeChannel { channel: admin_channel().channel, version: 7 } }
    Hours: { "" => office_hours() }
    Span: { "" => Span { from: 540, to: 1_020 } }
    Holiday: { "" => Holiday { year: Some(2027), month: 1, day: 4, name: "Stocktaking".into() } }
    ChannelText: { "" => travel_text() }
    AdminQueues: { "" => AdminQueues { queues: vec![admin_queue()], groups: vec!["travel".into()], channels: vec!["Travel desk".into()] } }
    AdminQueue: { "" => admin_queue() }
    QueueFields: { "" => admin_queue().queue }
    ChangeQueue: { "" => ChangeQueue { queue: admin_queue().queue, version: 7 } }
    AdminCustomers: { "" => AdminCustomers { customers: vec![admin_customer()], next: Some(id(200)) } }
    AdminCustomer: { "" => admin_customer() }
    MakeCustomer: {
        "" => MakeCustomer { login: "hanne".into(), name: "Hanne Sund".into(), email: String::new(), company: "Fjord Freight".into(), invited: true },
    }
    ChangeCustomer: {
        "" => ChangeCustomer { name: "Hanne Sund".into(), email: String::new(), company: String::new(), valid: true, version: 7 },
    }
    AdminLetters: { "" => AdminLetters { letters: vec![admin_letter()], next: None, sends_mail: true } }
    AdminLetter: { "" => admin_letter() }
    AdminCompanies: { "" => AdminCompanies { companies: vec![admin_company()], next: None } }
    AdminCompany: { "" => admin_company() }
    ChangeCompany: { "" => ChangeCompany { name: "Fjord Freight".into(), valid: false, version: 0 } }
    AdminSnippets: {
        "" => AdminSnippets { snippets: vec![admin_snippet()], channels: vec!["Travel desk".into()], address: "https://desk.skerry.example".into() },
    }
    AdminSnippet: { "" => admin_snippet() }
    AdminLook: {
        "" => AdminLook { logo: Some("/look/0a1b.png".into()), accents: vec![accent()] },
        "Own" => AdminLook { logo: None, accents: vec![] },
    }
    AccentView: { "" => accent() }
    LookAtPage: { "" => LookAtPage { url: "https://www.skerry.example/timetable".into() } }
    PageFound: { "" => PageFound { is: PageIs::OtherSnippet, said: Some("harbour".into()) } }
    PageIs: {
        "Fine" => PageIs::Fine,
        "NoAddress" => PageIs::NoAddress,
        "NotASite" => PageIs::NotASite,
        "Unreachable" => PageIs::Unreachable,
        "Answered" => PageIs::Answered,
        "NoScript" => PageIs::NoScript,
        "OtherSnippet" => PageIs::OtherSnippet,
        "ScriptForbidden" => PageIs::ScriptForbidden,
        "FrameForbidden" => PageIs::FrameForbidden,
    }
    IdentityKey: { "" => IdentityKey { id: id(6), created_at: 1_795_000_000_000 } }
    NewIdentityKey: { "" => NewIdentityKey { id: id(6), key: "WVhFlWVoN8GZP1V8fQnD0J4sT2Zr6hKc3bXmY9LqR5E".into() } }
    SnippetFields: { "" => admin_snippet().snippet }
    SnippetLook: { "" => look() }
    LauncherLabel: { "" => LauncherLabel { language: "en".into(), text: "Ask us".into() } }
    ChangeSnippet: { "" => ChangeSnippet { snippet: admin_snippet().snippet, version: 7 } }
    AdminMade: { "" => AdminMade { id: id(1) } }
    AdminAgents: { "" => AdminAgents { agents: vec![admin_agent()], next: Some(id(100)) } }
    AdminAgent: { "" => admin_agent() }
    HeldKey: { "" => HeldKey { group: "travel".into(), key: "chat_owner".into() } }
    AdminRights: {
        "" => AdminRights {
            groups: vec!["admin".into(), "travel".into(), "users".into()],
            guarded: vec!["admin".into()],
            keys: vec!["chat_owner".into(), "ro".into(), "rw".into()],
            roles: vec![travel_team()],
        },
    }
    AdminRole: { "" => travel_team() }
    MakeAgent: {
        "" => MakeAgent { login: "noor".into(), name: "Noor Haddad".into(), email: Some("noor@skerry.example".into()), invited: false },
        "Invited" => MakeAgent { login: "noor".into(), name: "Noor Haddad".into(), email: None, invited: true },
    }
    NewPassword: {
        "" => NewPassword { id: id(104), password: Some("kelp-lantern-otter-quay".into()) },
        "Invited" => NewPassword { id: id(104), password: None },
    }
    ChangeAgent: { "" => ChangeAgent { name: "Noor Haddad".into(), email: String::new(), valid: true, version: 7 } }
    SetKey: {
        "" => SetKey {
            holder: KeyHolder::Agent { login: "noor".into() },
            group: "travel".into(),
            key: "chat_owner".into(),
            held: true,
        },
    }
    KeyHolder: {
        "Agent" => KeyHolder::Agent { login: "noor".into() },
        "Role" => KeyHolder::Role { name: "Travel team".into() },
    }
    SetMember: { "" => SetMember { role: "Travel team".into(), login: "noor".into(), member: true } }
    MakeNamed: { "" => MakeNamed { name: "Night crew".into() } }
    AuditPage: { "" => AuditPage { records: vec![lease_changed()], next: Some(7) } }
    SetupNeeded: { "" => SetupNeeded { needed: true } }
    SignedIn: {
        "" => SignedIn { me: hanne(), lowered: false },
        "Lowered" => SignedIn { me: maren(), lowered: true },
    }
    SnippetView: { "" => SnippetView { id: "skerry-ferries".into(), title: "Skerry Ferries".into(), channels: vec![offered()] } }
    Identify: { "" => Identify { token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjLTcifQ.c2lnbmF0dXJl".into() } }
    NewVisitor: { "" => NewVisitor { name: "Priya Raman".into() } }
    Visitor: { "" => Visitor { token: "v1.3Jx".into(), me: priya() } }
    StartChat: {
        "" => StartChat { cid: id(403), channel: None, ticket: None, text: "Is the evening ferry sailing?".into() },
        "InChannel" => StartChat { cid: id(403), channel: Some(id(1)), ticket: None, text: "Is the evening ferry sailing?".into() },
        "AboutTicket" => StartChat { cid: id(403), channel: None, ticket: Some(id(70)), text: "Is the evening ferry sailing?".into() },
    }
    Started: { "" => Started { chat: waiting(), new: true } }
    RequestChat: { "" => RequestChat { cid: id(404), channel: Some(id(1)), ticket: Some(id(70)), text: "Do you have a minute?".into() } }
    InviteAgent: { "" => InviteAgent { cid: id(405), person: id(100), role: Role::Observer, note: Some("You know the timetable.".into()) } }
    Invitee: { "" => Invitee { id: id(100), name: "Maren Holt".into(), role: Role::Participant } }
    Invitees: { "" => Invitees { people: vec![Invitee { id: id(100), name: "Maren Holt".into(), role: Role::Participant }] } }
    TakeRole: { "" => TakeRole { cid: id(406), role: Role::Participant } }
    MoveChat: { "" => MoveChat { cid: id(407), channel: id(1) } }
    SetHidden: { "" => SetHidden { hidden: true } }
    SetNotify: { "" => SetNotify { notify: Notify::All } }
    SayKind: { "Message" => SayKind::Message, "Note" => SayKind::Note }
    Say: { "" => Say { cid: id(400), kind: SayKind::Message, text: "At 19:40.".into() } }
    Said: { "" => Said { seq: 2, dup: false } }
    Act: { "" => Act { cid: id(402) } }
    ReadUpTo: { "" => ReadUpTo { seq: 2 } }
    ChatSnapshot: { "" => ChatSnapshot { chat: closed(), as_of: position(), entries: vec![question()] } }
    Entries: { "" => Entries { entries: vec![question()], head: 2 } }
    Requests: { "" => Requests { requests: vec![request()] } }
    Chats: {
        "" => Chats { chats: vec![summary()], next: None },
        "Page" => Chats { chats: vec![summary()], next: Some("1795435200000".into()) },
    }
    SetAvailability: { "" => SetAvailability { availability: Availability::Internal } }
    SetChannels: { "" => SetChannels { channels: vec![id(1)] } }
    Offer: { "" => Offer { channels: vec![offered()] } }
    Done: { "" => Done {} }
}
