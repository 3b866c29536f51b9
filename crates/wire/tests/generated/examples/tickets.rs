//! Of the ticket desk.

use super::{Examples, NOON, id, maren_out};
use wire::*;

fn sales() -> QueueRef {
    QueueRef {
        id: id(700),
        name: "Sales::Ferries".into(),
    }
}

fn maren() -> PersonRef {
    PersonRef {
        id: id(100),
        name: "Maren Holt".into(),
    }
}

fn hanne() -> TicketCustomer {
    TicketCustomer {
        person: Some(id(200)),
        name: Some("Hanne Dahl".into()),
        email: Some("hanne@wiebe.example".into()),
        company: Some("Wiebe Freight".into()),
    }
}

fn nobody() -> TicketCustomer {
    TicketCustomer {
        person: None,
        name: None,
        email: None,
        company: None,
    }
}

fn line() -> TicketLine {
    TicketLine {
        id: id(600),
        number: "2026112610000015".into(),
        title: "Refund for booking 4711".into(),
        queue: sales(),
        state: AnyState::Ours(TicketState::Open),
        priority: AnyPriority::Ours(3),
        locked: true,
        owner: Some(maren()),
        customer: hanne(),
        created_at: Some(NOON),
        changed_at: Some(NOON),
        can_append: true,
    }
}

fn called(name: &str) -> Called {
    Called { name: name.into() }
}

fn there() -> TicketLine {
    TicketLine {
        number: "24004711".into(),
        state: AnyState::Theirs(called("pending close")),
        priority: AnyPriority::Theirs(called("2 normal")),
        locked: false,
        owner: None,
        created_at: None,
        changed_at: None,
        ..line()
    }
}

fn agent_there() -> AgentThere {
    AgentThere {
        login: "ines".into(),
        name: "Ines Vogt".into(),
    }
}

fn by_login() -> CalledByLogin {
    CalledByLogin { login: "ines".into() }
}

fn choices() -> TicketChoices {
    TicketChoices {
        states: vec!["new".into(), "open".into(), "pending reminder".into()],
        waiting: vec!["pending reminder".into()],
        priorities: vec!["2 normal".into()],
        agents: vec![agent_there()],
        responsible: false,
    }
}

fn phone_call() -> ArticleView {
    ArticleView {
        n: 1,
        at: NOON,
        channel: ArticleChannel::Phone,
        sender: ArticleSender::Customer,
        visible: true,
        author: "Maren Holt".into(),
        subject: "Refund for booking 4711".into(),
        body: "She wants her money back.".into(),
        chat: None,
        files: vec![],
        mail: None,
    }
}

fn chat_article() -> ArticleView {
    ArticleView {
        n: 2,
        channel: ArticleChannel::Chat,
        sender: ArticleSender::Agent,
        subject: "Chat".into(),
        body: String::new(),
        chat: Some(chat()),
        ..phone_call()
    }
}

fn answer() -> ArticleView {
    ArticleView {
        channel: ArticleChannel::EmailOut,
        visible: true,
        files: vec![FileView {
            name: "timetable.pdf".into(),
            kind: "application/pdf".into(),
            size: 48_211,
            width: None,
            height: None,
        }],
        mail: Some(ArticleMail {
            address: "hanne@wiebe.example".into(),
            outcome: Some(MailOutcome::Sent),
            why: None,
        }),
        ..phone_call()
    }
}

fn chat() -> ChatArticle {
    ChatArticle {
        chat: Some(id(500)),
        lines: vec![
            said(),
            ChatLine {
                by: None,
                text: Some("Maren Holt joined".into()),
                ..said()
            },
        ],
    }
}

fn said() -> ChatLine {
    ChatLine {
        at: NOON,
        by: Some(by()),
        note: false,
        text: Some("Is the refund on its way?".into()),
    }
}

fn by() -> ChatLineBy {
    ChatLineBy {
        kind: PersonKind::CustomerUser,
        name: "Hanne Dahl".into(),
    }
}

fn moved() -> HistoryLine {
    HistoryLine {
        at: NOON,
        kind: "move".into(),
        name: "Maren Holt".into(),
        old: Some("Raw".into()),
        new: Some("Sales::Ferries".into()),
    }
}

fn made() -> HistoryLine {
    HistoryLine {
        kind: "new_ticket".into(),
        old: None,
        new: None,
        ..moved()
    }
}

fn involved() -> InvolvedPerson {
    InvolvedPerson {
        person: maren_out(),
        owner: true,
        responsible: false,
    }
}

fn view() -> TicketView {
    TicketView {
        id: id(600),
        number: line().number,
        title: line().title,
        queue: sales(),
        state: TicketState::PendingReminder,
        pending_until: Some(NOON),
        kind: TicketType::Incident,
        priority: 3,
        locked: true,
        owner: Some(maren()),
        responsible: Some(maren()),
        customer: hanne(),
        created_at: NOON,
        changed_at: NOON,
        version: 3,
        articles: vec![phone_call(), chat_article()],
        earlier: true,
        history: vec![made(), moved()],
        people: vec![involved()],
        can: vec![
            TicketCan::Note,
            TicketCan::Owner,
            TicketCan::Priority,
            TicketCan::Change,
        ],
        agents: vec![maren()],
    }
}

fn bare_view() -> TicketView {
    TicketView {
        state: TicketState::ClosedSuccessful,
        pending_until: None,
        locked: false,
        owner: None,
        responsible: None,
        customer: nobody(),
        earlier: false,
        history: vec![],
        people: vec![],
        can: vec![],
        agents: vec![],
        ..view()
    }
}

fn into_ticket() -> ChatIntoTicket {
    ChatIntoTicket {
        chat: id(500),
        other_customer: false,
        keep_open: false,
        entries: None,
        language: None,
    }
}

fn part_of_chat() -> ChatIntoTicket {
    ChatIntoTicket {
        keep_open: true,
        entries: Some(vec![2, 5]),
        language: Some("de".into()),
        ..into_ticket()
    }
}

fn phone_ticket() -> MakeTicket {
    MakeTicket {
        cid: id(900),
        title: "Refund for booking 4711".into(),
        text: "She wants her money back.".into(),
        queue: id(700),
        state: Some(AnyState::Ours(TicketState::PendingReminder)),
        pending_until: Some(NOON),
        priority: Some(AnyPriority::Ours(4)),
        kind: Some(TicketType::Problem),
        owner: Some(AnyAgent::Ours(id(100))),
        responsible: Some(AnyAgent::Ours(id(100))),
        customer: Some(NewTicketCustomer::Person { id: id(200) }),
        chat: Some(into_ticket()),
    }
}

fn plain_ticket() -> MakeTicket {
    MakeTicket {
        state: None,
        pending_until: None,
        priority: None,
        kind: None,
        owner: None,
        responsible: None,
        customer: None,
        chat: None,
        ..phone_ticket()
    }
}

fn my_line() -> MyTicketLine {
    MyTicketLine {
        id: id(600),
        number: line().number,
        title: line().title,
        state: TicketState::Open,
        customer: None,
        created_at: NOON,
        changed_at: NOON,
    }
}

fn colleagues_line() -> MyTicketLine {
    MyTicketLine {
        customer: Some("Elin Sandvik".into()),
        ..my_line()
    }
}

fn found_hanne() -> FoundCustomer {
    FoundCustomer {
        id: Some(id(200)),
        login: None,
        name: "Hanne Dahl".into(),
        email: Some("hanne@wiebe.example".into()),
        company: Some("Wiebe Freight".into()),
    }
}

fn found_elin() -> FoundCustomer {
    FoundCustomer {
        id: None,
        login: Some("elin".into()),
        name: "Elin Sandvik".into(),
        email: None,
        company: None,
    }
}

examples! {
    TicketType: {
        "Unclassified" => TicketType::Unclassified,
        "Incident" => TicketType::Incident,
        "Problem" => TicketType::Problem,
        "Request" => TicketType::Request,
    }
    TicketState: {
        "New" => TicketState::New,
        "Open" => TicketState::Open,
        "PendingReminder" => TicketState::PendingReminder,
        "PendingAutoCloseSuccessful" => TicketState::PendingAutoCloseSuccessful,
        "PendingAutoCloseUnsuccessful" => TicketState::PendingAutoCloseUnsuccessful,
        "ClosedSuccessful" => TicketState::ClosedSuccessful,
        "ClosedUnsuccessful" => TicketState::ClosedUnsuccessful,
        "Removed" => TicketState::Removed,
        "Merged" => TicketState::Merged,
    }
    ArticleChannel: {
        "Phone" => ArticleChannel::Phone,
        "Internal" => ArticleChannel::Internal,
        "EmailOut" => ArticleChannel::EmailOut,
        "Web" => ArticleChannel::Web,
        "Chat" => ArticleChannel::Chat,
    }
    ArticleSender: { "Agent" => ArticleSender::Agent, "Customer" => ArticleSender::Customer, "System" => ArticleSender::System }
    QueueCan: { "Read" => QueueCan::Read, "Create" => QueueCan::Create, "MoveInto" => QueueCan::MoveInto }
    Called: { "" => called("pending close") }
    AnyAgent: { "Ours" => AnyAgent::Ours(id(100)), "Theirs" => AnyAgent::Theirs(by_login()) }
    AgentThere: { "" => agent_there() }
    CalledByLogin: { "" => by_login() }
    AnyState: { "Ours" => AnyState::Ours(TicketState::Open), "Theirs" => AnyState::Theirs(called("pending close")) }
    AnyPriority: { "Ours" => AnyPriority::Ours(3), "Theirs" => AnyPriority::Theirs(called("2 normal")) }
    Queues: {
        "" => Queues { queues: vec![QueueView { queue: sales(), channel: None, valid: true, can: vec![QueueCan::Read] }], agents: None, choices: None },
        "OfQueue" => Queues { queues: vec![], agents: Some(vec![PersonRef { id: id(7), name: "Ines Vogt".into() }]), choices: None },
        "There" => Queues { queues: vec![], agents: None, choices: Some(choices()) },
    }
    TicketChoices: { "" => choices() }
    QueueView: { "" => QueueView { queue: sales(), channel: Some(id(1)), valid: true, can: vec![QueueCan::Read, QueueCan::Create] } }
    QueueRef: { "" => sales() }
    PersonRef: { "" => maren() }
    TicketCustomer: { "" => hanne(), "Nobody" => nobody() }
    TicketList: {
        "" => TicketList { tickets: vec![line()], next: Some("1795435200000000.00000000000000000000000000000600".into()) },
        "None" => TicketList { tickets: vec![], next: None },
    }
    TicketLine: { "" => line(), "OfNobody" => TicketLine { owner: None, customer: nobody(), ..line() }, "There" => there() }
    TicketCan: {
        "Note" => TicketCan::Note,
        "Owner" => TicketCan::Owner,
        "Priority" => TicketCan::Priority,
        "Change" => TicketCan::Change,
    }
    TicketView: { "" => view(), "Bare" => bare_view() }
    ArticleView: { "Phone" => phone_call(), "Chat" => chat_article(), "Email" => answer() }
    ArticleMail: {
        "Sent" => ArticleMail { address: "hanne@wiebe.example".into(), outcome: Some(MailOutcome::Sent), why: None },
        "Waiting" => ArticleMail { address: "hanne@wiebe.example".into(), outcome: None, why: Some("451 try later".into()) },
    }
    ChatArticle: { "" => chat(), "Gone" => ChatArticle { chat: None, lines: vec![] } }
    ChatLine: { "" => said(), "Note" => ChatLine { note: true, text: None, ..said() }, "Event" => ChatLine { by: None, ..said() } }
    ChatLineBy: { "" => by() }
    HistoryLine: { "" => moved(), "First" => made() }
    InvolvedPerson: { "" => involved() }
    MakeTicket: { "" => phone_ticket(), "Plain" => plain_ticket() }
    NewTicketCustomer: {
        "Person" => NewTicketCustomer::Person { id: id(200) },
        "Address" => NewTicketCustomer::Address { name: Some("Priya Raman".into()), email: Some("priya@example.org".into()) },
        "AddressUnknown" => NewTicketCustomer::Address { name: None, email: None },
        "There" => NewTicketCustomer::There { login: "elin".into() },
    }
    ChatIntoTicket: { "" => into_ticket(), "Part" => part_of_chat() }
    AppendChat: { "" => AppendChat { cid: id(901), chat: into_ticket() } }
    TicketRef: { "" => TicketRef { id: id(600), number: line().number } }
    AddArticle: {
        "Note" => AddArticle { cid: id(902), visible: false, subject: "Called back".into(), text: "She is at sea.".into(), email: false },
        "Email" => AddArticle { cid: id(902), visible: true, subject: "Your trailer".into(), text: "It is booked.".into(), email: true },
    }
    ChangeTicket: {
        "Everything" => ChangeTicket {
            version: 3,
            title: Some("Refund".into()),
            queue: Some(id(700)),
            state: Some(TicketState::PendingReminder),
            pending_until: Some(NOON),
            kind: Some(TicketType::Problem),
            priority: Some(5),
            owner: Some(id(100)),
            responsible: Some(id(100)),
            locked: Some(true),
        },
        "Nothing" => ChangeTicket {
            version: 3,
            title: None,
            queue: None,
            state: None,
            pending_until: None,
            kind: None,
            priority: None,
            owner: None,
            responsible: None,
            locked: None,
        },
    }
    FoundCustomers: { "" => FoundCustomers { customers: vec![found_hanne()] } }
    FoundCustomer: { "" => found_hanne(), "Bare" => found_elin() }
    MyTickets: {
        "" => MyTickets { tickets: vec![my_line()], next: Some("1795435200000000.00000000000000000000000000000600".into()) },
        "None" => MyTickets { tickets: vec![], next: None },
    }
    MyTicketLine: { "" => my_line(), "Colleague" => colleagues_line() }
    MyTicket: { "" => MyTicket { ticket: my_line(), articles: vec![phone_call()], earlier: true, can_write: true, channel: Some(id(1)) } }
    MakeMyTicket: {
        "" => MakeMyTicket { cid: id(903), title: "My trailer".into(), text: "Where is it?".into(), channel: Some(id(1)), chat: None, language: None },
        "OfChat" => MakeMyTicket {
            cid: id(903),
            title: "My trailer".into(),
            text: "Where is it?".into(),
            channel: None,
            chat: Some(id(500)),
            language: Some("de".into()),
        },
    }
    MyTicketMade: {
        "" => MyTicketMade { id: Some(id(600)), number: Some(line().number) },
        "Kept" => MyTicketMade { id: None, number: None },
    }
    ArticleWritten: { "" => ArticleWritten { n: 3 } }
    AddMyChat: { "" => AddMyChat { chat: id(500), language: Some("de".into()) } }
    WriteArticle: { "" => WriteArticle { cid: id(904), text: "It came.".into() } }
    LeaveMessage: {
        "" => LeaveMessage {
            cid: id(905),
            name: "Priya Raman".into(),
            email: Some("priya@example.org".into()),
            channel: id(1),
            text: "Is the evening ferry sailing?".into(),
        },
        "WithoutAddress" => LeaveMessage { cid: id(905), name: "Priya Raman".into(), email: None, channel: id(1), text: "Hello?".into() },
    }
    MessageLeft: { "" => MessageLeft { number: Some(line().number) }, "Kept" => MessageLeft { number: None } }
}
