//! Every route under `/api` and every frame of a client, with what it does in terms of the rules.

use super::people::{Kind, People, Person};
use super::rules::{Action, Expected};
use crate::desk::Desk;
use domain::cast;
use proof::Lane;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;
use wire::{ClientFrame, PeopleTab, Surface};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Something to a chat.
    InChat(Action),
    /// What everybody may ask.
    IsOpen,
    SetsUp,
    SignsInWrongly,
    ConfirmsWrongly,
    SignsOut,
    ChangesPasswordWrongly,
    /// What everybody may ask who is signed in.
    AsksForHimself,
    /// What those may ask who have an account.
    AsksOfAccount,
    /// About a session that is not there, or not his.
    EndsNothing,
    /// With a password that is not his.
    ProvesWrongly,
    /// With what is no picture.
    AdministersNoPicture,
    /// With a token that no page signed.
    ProvesNobody,
    /// With what was never offered.
    OffersWrongly,
    /// With a link that was never made.
    OpensNothing,
    /// From where nobody has a password.
    ForgetsNothing,
    /// With what is no picture.
    ShowsNothing,
    /// What agents may ask who are signed in.
    AsksAsAgent,
    /// About somebody who is no customer user.
    AsksAboutNobody,
    /// In a channel that is not there.
    StartsNowhere,
    AsksVisitor,
    AsksCustomerUnknown,
    SetsAvailability,
    ChoosesTravelDesk,
    /// A ticket of the group `travel`, for a customer user of Wiebe Freight.
    ReadsTicket,
    /// Whoever reads the ticket, which is Hanne's.
    ReadsAttached,
    /// Ines wrote the article.
    Attaches,
    /// As it was long ago.
    ChangesTicket,
    MakesTicket,
    /// What customer users may ask who are signed in.
    AsksAsCustomer,
    /// The same ticket, from where customers are.
    ReadsHers,
    /// What administrators may ask.
    Administers,
    /// On what it was long ago.
    AdministersLate,
    /// What is not there.
    AdministersNothing,
}

pub struct Row {
    pub method: Method,
    /// With what stands for ids in it, and a query.
    pub path: &'static str,
    pub does: Does,
    pub body: Option<fn(&People) -> Value>,
}

impl Row {
    pub fn path(&self, people: &People, chat: Uuid) -> String {
        self.path
            .replace("{id}", &chat.to_string())
            .replace("{customer}", &people.id(Person::Jonas).to_string())
            .replace("{visitor}", &people.id(Person::Priya).to_string())
            .replace("{ticket}", &people.ticket.to_string())
            .replace("{basket}", &people.basket.to_string())
            .replace("{nobody}", &Uuid::now_v7().to_string())
            .replace("{cid}", &Uuid::now_v7().to_string())
            .replace("{key}", &Uuid::now_v7().to_string())
            .replace("{snippet}", cast::SNIPPET)
            .replace("{name}", "lease_s")
    }

    /// The body, with the chat where it names one.
    pub fn about(&self, body: &Value, chat: Uuid) -> Value {
        let text = body.to_string().replace("{id}", &chat.to_string());
        serde_json::from_str(&text).expect("still JSON")
    }

    pub fn action(&self) -> Option<Action> {
        match self.does {
            InChat(action) => Some(action),
            _ => None,
        }
    }
}

const fn row(method: Method, path: &'static str, does: Does, body: Option<fn(&People) -> Value>) -> Row {
    Row {
        method,
        path,
        does,
        body,
    }
}

const fn get(path: &'static str, does: Does) -> Row {
    row(Method::GET, path, does, None)
}

const fn post(path: &'static str, does: Does, body: fn(&People) -> Value) -> Row {
    row(Method::POST, path, does, Some(body))
}

const fn put(path: &'static str, does: Does, body: fn(&People) -> Value) -> Row {
    row(Method::PUT, path, does, Some(body))
}

fn act(_: &People) -> Value {
    json!({ "cid": Uuid::now_v7() })
}

fn say(kind: &str) -> Value {
    json!({ "cid": Uuid::now_v7(), "kind": kind, "text": "Something" })
}

fn take(role: &str) -> Value {
    json!({ "cid": Uuid::now_v7(), "role": role })
}

fn to(channel: Uuid) -> Value {
    json!({ "cid": Uuid::now_v7(), "channel": channel })
}

fn mail(to: Option<&str>) -> Value {
    let mut body = json!({ "cid": Uuid::now_v7(), "address": "priya@example.org", "language": "en", "zone": "UTC" });
    if let Some(to) = to {
        body["to"] = to.into();
    }
    body
}

use Action::*;
use Does::*;

/// A chat's routes with all they can mean.
pub const ROUTES: &[Row] = &[
    get("/api/setup", IsOpen),
    post(
        "/api/setup",
        SetsUp,
        |_| json!({ "code": "wrong", "login": "eve", "name": "Eve", "password": cast::PASSWORD }),
    ),
    get("/api/session", AsksForHimself),
    post(
        "/api/session",
        SignsInWrongly,
        |_| json!({ "surface": "agent", "login": Uuid::now_v7(), "password": "wrong" }),
    ),
    row(Method::DELETE, "/api/session", SignsOut, None),
    put(
        "/api/password",
        ChangesPasswordWrongly,
        |_| json!({ "old": "wrong", "new": "long enough to be set" }),
    ),
    post(
        "/api/password/forgotten",
        ForgetsNothing,
        |_| json!({ "surface": "visitor", "who": Uuid::now_v7(), "language": "en" }),
    ),
    post("/api/links/look", OpensNothing, |_| json!({ "token": "guessed" })),
    post(
        "/api/links/use",
        OpensNothing,
        |_| json!({ "token": "guessed", "password": "long enough to be set" }),
    ),
    get("/api/sessions", AsksOfAccount),
    row(Method::DELETE, "/api/sessions/{nobody}", EndsNothing, None),
    row(Method::DELETE, "/api/sessions", AsksOfAccount, None),
    get("/api/second_factor", AsksOfAccount),
    put(
        "/api/second_factor",
        OffersWrongly,
        |_| json!({ "offer": "guessed", "code": "000000" }),
    ),
    post(
        "/api/second_factor/offer",
        ProvesWrongly,
        |_| json!({ "password": "wrong" }),
    ),
    post(
        "/api/second_factor/codes",
        ProvesWrongly,
        |_| json!({ "password": "wrong" }),
    ),
    post(
        "/api/second_factor/remove",
        ProvesWrongly,
        |_| json!({ "password": "wrong" }),
    ),
    put("/api/me/profile", AsksOfAccount, |_| json!({ "zone": "Europe/Oslo" })),
    put("/api/me/picture", ShowsNothing, |_| json!("no picture")),
    row(Method::DELETE, "/api/me/picture", AsksOfAccount, None),
    get("/api/people/{customer}/picture", AsksAboutNobody),
    get("/api/snippets/{snippet}", IsOpen),
    post(
        "/api/snippets/{snippet}/visitors",
        IsOpen,
        |_| json!({ "name": "Somebody" }),
    ),
    post(
        "/api/snippets/{snippet}/identity",
        ProvesNobody,
        |_| json!({ "token": "a.b.c" }),
    ),
    get("/api/offer", AsksForHimself),
    get("/api/requests", AsksAsAgent),
    get("/api/people?tab=agents", AsksAsAgent),
    get("/api/people?tab=customers&q=dahl", AsksAsAgent),
    get("/api/people?tab=out_of_office", AsksAsAgent),
    get("/api/supervisor", AsksAsAgent),
    get("/api/customers/{customer}", AsksAsAgent),
    get("/api/customers/{visitor}", AsksAboutNobody),
    put(
        "/api/me/out_of_office",
        AsksAsAgent,
        |_| json!({ "zone": "Europe/Oslo", "ranges": [] }),
    ),
    get("/api/admin/settings", Administers),
    put(
        "/api/admin/settings/{name}",
        AdministersLate,
        |_| json!({ "value": "90", "was": "as it never was" }),
    ),
    get("/api/admin/settings/text", Administers),
    post(
        "/api/admin/settings/plan",
        Administers,
        |_| json!({ "text": "lease_s = 90" }),
    ),
    post(
        "/api/admin/settings/apply",
        Administers,
        |_| json!({ "text": "lease_s = -1" }),
    ),
    get("/api/admin/channels", Administers),
    post("/api/admin/channels", Administers, |_| {
        json!({ "name": Uuid::now_v7(), "group": "users", "for_customer_users": false, "for_public_users": false,
            "reply_target_s": 60, "retention_days": 0, "valid": false, "comment": "", "texts": [] })
    }),
    put("/api/admin/channels/{nobody}", AdministersNothing, |_| {
        json!({ "version": 0, "channel": { "name": "Something", "group": "users", "for_customer_users": false,
            "for_public_users": false, "reply_target_s": 60, "retention_days": 0, "valid": false, "comment": "", "texts": [] } })
    }),
    get("/api/admin/agents?q=holt", Administers),
    post(
        "/api/admin/agents",
        Administers,
        |_| json!({ "login": format!("a{}", Uuid::now_v7().simple()), "name": "Somebody New" }),
    ),
    put(
        "/api/admin/agents/{nobody}",
        AdministersNothing,
        |_| json!({ "name": "Somebody", "email": "", "valid": true, "version": 0 }),
    ),
    post("/api/admin/agents/{nobody}/password", AdministersNothing, |_| json!({})),
    get("/api/admin/queues", Administers),
    post(
        "/api/admin/queues",
        Administers,
        |_| json!({ "name": Uuid::now_v7(), "group": "users", "valid": false, "comment": "" }),
    ),
    put(
        "/api/admin/queues/{nobody}",
        AdministersNothing,
        |_| json!({ "version": 0, "queue": { "name": "Something", "group": "users", "valid": true, "comment": "" } }),
    ),
    get("/api/admin/customers?q=dahl", Administers),
    post(
        "/api/admin/customers",
        Administers,
        |_| json!({ "login": format!("c{}", Uuid::now_v7().simple()), "name": "Somebody New", "email": "", "company": "" }),
    ),
    put(
        "/api/admin/customers/{nobody}",
        AdministersNothing,
        |_| json!({ "name": "Somebody", "email": "", "company": "", "valid": true, "version": 0 }),
    ),
    post("/api/admin/customers/{nobody}/password", AdministersNothing, |_| {
        json!({})
    }),
    get("/api/admin/companies", Administers),
    put(
        "/api/admin/companies/{nobody}",
        AdministersNothing,
        |_| json!({ "name": "Something", "valid": true, "version": 0 }),
    ),
    get("/api/admin/letters", Administers),
    post("/api/admin/letters/{nobody}/again", AdministersNothing, |_| json!({})),
    get("/api/admin/look", Administers),
    put("/api/admin/look/logo", AdministersNoPicture, |_| json!("no picture")),
    row(Method::DELETE, "/api/admin/look/logo", Administers, None),
    get("/api/admin/snippets", Administers),
    post("/api/admin/snippets", Administers, |_| {
        json!({ "public_id": Uuid::now_v7(), "title": "Something", "channel": "Default", "sites": [], "valid": false,
            "look": { "at_start": false, "labels": [], "hidden_when_closed": false } })
    }),
    put("/api/admin/snippets/{nobody}", AdministersNothing, |_| {
        json!({ "version": 0, "snippet": { "public_id": "something", "title": "Something", "channel": "Default",
            "sites": [], "valid": true, "look": { "at_start": false, "labels": [], "hidden_when_closed": false } } })
    }),
    post(
        "/api/admin/snippets/{nobody}/page",
        AdministersNothing,
        |_| json!({ "url": "https://www.example.org/" }),
    ),
    post("/api/admin/snippets/{nobody}/keys", AdministersNothing, |_| json!({})),
    row(
        Method::DELETE,
        "/api/admin/snippets/{nobody}/keys/{key}",
        AdministersNothing,
        None,
    ),
    post(
        "/api/admin/people/{nobody}/link",
        AdministersNothing,
        |_| json!({ "mail": false, "language": "en" }),
    ),
    row(
        Method::DELETE,
        "/api/admin/people/{nobody}/sessions",
        AdministersNothing,
        None,
    ),
    row(
        Method::DELETE,
        "/api/admin/people/{nobody}/second_factor",
        AdministersNothing,
        None,
    ),
    get("/api/admin/sessions?q=holt", Administers),
    row(Method::DELETE, "/api/admin/sessions/{nobody}", AdministersNothing, None),
    put(
        "/api/admin/guards",
        AdministersNothing,
        |_| json!({ "group": "nobody", "second_factor": true }),
    ),
    get("/api/admin/rights", Administers),
    put(
        "/api/admin/keys",
        AdministersNothing,
        |_| json!({ "holder": { "is": "agent", "login": "nobody" }, "group": "users", "key": "ro", "held": true }),
    ),
    put(
        "/api/admin/members",
        AdministersNothing,
        |_| json!({ "role": "Nobody", "login": "maren", "member": true }),
    ),
    post("/api/admin/roles", Administers, |_| json!({ "name": Uuid::now_v7() })),
    post("/api/admin/groups", Administers, |_| json!({ "name": Uuid::now_v7() })),
    get("/api/admin/audit", Administers),
    get("/api/queues", AsksAsAgent),
    get("/api/customers?q=dahl", AsksAsAgent),
    get("/api/tickets?state=all", AsksAsAgent),
    get("/api/tickets?q=something", AsksAsAgent),
    get("/api/tickets/{ticket}", ReadsTicket),
    post(
        "/api/tickets/{ticket}/articles",
        ReadsTicket,
        |_| json!({ "cid": Uuid::now_v7(), "visible": false, "subject": "A note", "text": "On it" }),
    ),
    post(
        "/api/tickets/{ticket}/articles/1/files?cid={cid}&size=11",
        Attaches,
        |_| json!("Something"),
    ),
    get("/api/tickets/{ticket}/articles/1/files/1", ReadsAttached),
    post(
        "/api/tickets/{ticket}/change",
        ChangesTicket,
        |_| json!({ "version": 0, "priority": 4 }),
    ),
    post(
        "/api/tickets",
        MakesTicket,
        |people| json!({ "cid": Uuid::now_v7(), "title": "One more", "text": "Of the stage", "queue": people.queue }),
    ),
    post(
        "/api/tickets/{basket}/chats",
        InChat(Append),
        |_| json!({ "cid": Uuid::now_v7(), "chat": { "chat": "{id}" } }),
    ),
    get("/api/my/tickets", AsksAsCustomer),
    get("/api/my/tickets?whose=company", AsksAsCustomer),
    post(
        "/api/my/tickets",
        AsksAsCustomer,
        |_| json!({ "cid": Uuid::now_v7(), "title": "Mine", "text": "Of the stage" }),
    ),
    get("/api/my/tickets/{ticket}", ReadsHers),
    post(
        "/api/my/tickets/{ticket}/articles",
        ReadsHers,
        |_| json!({ "cid": Uuid::now_v7(), "text": "Something" }),
    ),
    // Hers, but of no chat that was begun from it.
    post(
        "/api/my/tickets/{ticket}/chats",
        AsksAboutNobody,
        |_| json!({ "chat": Uuid::now_v7() }),
    ),
    post(
        "/api/snippets/{snippet}/messages",
        IsOpen,
        |people| json!({ "cid": Uuid::now_v7(), "name": "Somebody", "channel": people.travel, "text": "Something" }),
    ),
    post("/api/mail/confirm", ConfirmsWrongly, |_| json!({ "token": "guessed" })),
    get("/api/archive", AsksForHimself),
    get("/api/archive?q=something", AsksForHimself),
    get("/api/chats", AsksForHimself),
    post(
        "/api/chats",
        StartsNowhere,
        |_| json!({ "cid": Uuid::now_v7(), "channel": Uuid::now_v7(), "text": "Hello" }),
    ),
    post(
        "/api/people/{visitor}/chats",
        AsksVisitor,
        |_| json!({ "cid": Uuid::now_v7(), "text": "Hello" }),
    ),
    post(
        "/api/people/{nobody}/chats",
        AsksCustomerUnknown,
        |_| json!({ "cid": Uuid::now_v7(), "text": "Hello" }),
    ),
    put(
        "/api/me/availability",
        SetsAvailability,
        |_| json!({ "availability": "internal_and_external" }),
    ),
    put(
        "/api/me/channels",
        ChoosesTravelDesk,
        |people| json!({ "channels": [people.travel] }),
    ),
    get("/api/chats/{id}", InChat(See)),
    get("/api/chats/{id}/transcript?form=text", InChat(Take)),
    post("/api/chats/{id}/mail", InChat(MailToAgent), |_| mail(Some("agent"))),
    post("/api/chats/{id}/mail", InChat(MailToHimself), |_| mail(None)),
    get("/api/chats/{id}/entries?before=1000", InChat(See)),
    get("/api/chats/{id}/entries?after=0", InChat(See)),
    post("/api/chats/{id}/read", InChat(See), |_| json!({ "seq": 1 })),
    put("/api/chats/{id}/hidden", InChat(Keep), |_| json!({ "hidden": false })),
    put("/api/chats/{id}/notify", InChat(Keep), |_| json!({ "notify": "all" })),
    put(
        "/api/chats/{id}/draft",
        InChat(Keep),
        |_| json!({ "text": "Typed", "note": false }),
    ),
    get("/api/chats/{id}/invitees", InChat(LookAround)),
    get("/api/chats/{id}/channels", InChat(LookAround)),
    post("/api/chats/{id}/entries", InChat(Say), |_| say("message")),
    post("/api/chats/{id}/entries", InChat(Note), |_| say("note")),
    // What is sent as JSON is a text like any other.
    post("/api/chats/{id}/files?cid={cid}&size=11", InChat(Say), |_| {
        json!("Something")
    }),
    post(
        "/api/chats/{id}/files?cid={cid}&size=11&note=true",
        InChat(Note),
        |_| json!("Something"),
    ),
    // Nobody on these stages has one.
    get("/api/chats/{id}/members/1/picture", AsksAboutNobody),
    // Every stage's third entry.
    get("/api/chats/{id}/files/3", InChat(See)),
    post("/api/chats/{id}/accept", InChat(Accept), act),
    post("/api/chats/{id}/decline", InChat(Decline), act),
    post(
        "/api/chats/{id}/invite",
        InChat(Invite),
        |people| json!({ "cid": Uuid::now_v7(), "person": people.id(Person::Lena), "role": "observer" }),
    ),
    post("/api/chats/{id}/join", InChat(Join), |_| take("observer")),
    post("/api/chats/{id}/join", InChat(Join), |_| take("participant")),
    post("/api/chats/{id}/role", InChat(Observe), |_| take("observer")),
    post("/api/chats/{id}/role", InChat(Participate), |_| take("participant")),
    post("/api/chats/{id}/move", InChat(Move), |people| to(people.default)),
    post("/api/chats/{id}/move", InChat(MoveAway), |people| to(people.freight)),
    post(
        "/api/chats/{id}/redact",
        InChat(Redact),
        |_| json!({ "cid": Uuid::now_v7(), "seq": 2 }),
    ),
    post("/api/chats/{id}/close", InChat(Close), act),
    post("/api/chats/{id}/hand_back", InChat(HandBack), act),
    post("/api/chats/{id}/leave", InChat(Leave), act),
];

/// What the rules say of a row that is about no chat.
pub fn away_from_chats(does: Does, person: Person) -> Expected {
    use Expected::{No, Yes};
    match (does, person.kind()) {
        (IsOpen, _) => Yes,
        // Ten tries in five minutes, whoever makes them.
        (SetsUp | ConfirmsWrongly, _) if Person::ALL.iter().position(|other| *other == person) >= Some(10) => {
            No(429, "too_many")
        }
        (SetsUp, _) => No(403, "wrong_setup_code"),
        (ConfirmsWrongly, _) => No(404, "not_found"),
        // As an agent, from where customers are.
        (SignsInWrongly, Kind::CustomerUser | Kind::PublicUser) => No(422, "bad_input"),
        (SignsInWrongly, _) => No(401, "wrong_login"),
        (OpensNothing, _) => No(410, "link_gone"),
        (ForgetsNothing, _) => No(422, "bad_input"),
        (ProvesNobody, _) => No(403, "unidentified"),
        (_, Kind::Nobody) => No(401, "signed_out"),
        (ChangesPasswordWrongly, _) => No(401, "wrong_login"),
        (AsksOfAccount | EndsNothing | ProvesWrongly | OffersWrongly | ShowsNothing, Kind::PublicUser)
        | (EndsNothing, _) => No(404, "not_found"),
        (AsksOfAccount, _) => Yes,
        (ProvesWrongly, _) => No(401, "wrong_login"),
        (OffersWrongly, _) => No(410, "link_gone"),
        (ShowsNothing, _) => No(422, "unfit_picture"),
        (AsksForHimself, _) => Yes,
        (AsksAboutNobody, _) => No(404, "not_found"),
        (AsksAsAgent | SetsAvailability, Kind::Agent) => Yes,
        (ChoosesTravelDesk, Kind::Agent) if matches!(person, Person::Ines | Person::Maren) => Yes,
        (ChoosesTravelDesk, Kind::Agent) => No(403, "not_allowed"),
        (AsksAsAgent | SetsAvailability | ChoosesTravelDesk, _) => No(404, "not_found"),
        (ReadsTicket | MakesTicket | ReadsAttached, _) if person.has_ticket_keys() => Yes,
        (Attaches, _) if person == Person::Ines => Yes,
        (ReadsAttached, Kind::CustomerUser) if matches!(person, Person::Hanne | Person::Jonas) => Yes,
        (ReadsAttached | Attaches, _) => No(404, "not_found"),
        (ChangesTicket, _) if person.has_ticket_keys() => No(409, "changed_meanwhile"),
        (ReadsTicket | ChangesTicket | MakesTicket, _) => No(404, "not_found"),
        (Administers, _) if person.administers() => Yes,
        (AdministersNoPicture, _) if person.administers() => No(422, "unfit_picture"),
        (AdministersLate, _) if person.administers() => No(409, "changed_meanwhile"),
        (Administers | AdministersLate | AdministersNoPicture | AdministersNothing, _) => No(404, "not_found"),
        (AsksAsCustomer, Kind::CustomerUser) => Yes,
        (ReadsHers, Kind::CustomerUser) if matches!(person, Person::Hanne | Person::Jonas) => Yes,
        (AsksAsCustomer | ReadsHers, _) => No(404, "not_found"),
        (StartsNowhere, _) => No(403, "not_offered"),
        // No agent addresses a visitor; nobody else addresses anybody.
        (AsksVisitor | AsksCustomerUnknown, Kind::Agent) => No(404, "not_found"),
        (AsksVisitor | AsksCustomerUnknown, _) => No(403, "not_offered"),
        (InChat(_) | SignsOut, _) => unreachable!("tried elsewhere"),
    }
}

pub struct Frame {
    pub op: &'static str,
    /// What it does to a chat; `None` if it is about none.
    pub action: Option<Action>,
    pub made: fn(Uuid) -> ClientFrame,
}

pub const FRAMES: &[Frame] = &[
    Frame {
        op: "hello",
        action: None,
        made: |_| ClientFrame::Hello { token: None },
    },
    Frame {
        op: "ping",
        action: None,
        made: |_| ClientFrame::Ping {},
    },
    Frame {
        op: "active",
        action: None,
        made: |_| ClientFrame::Active {},
    },
    Frame {
        op: "people",
        action: None,
        made: |_| ClientFrame::People {
            tab: Some(PeopleTab::Customers),
            q: None,
            after: None,
            limit: None,
        },
    },
    Frame {
        op: "watch",
        action: Some(See),
        made: |chat| ClientFrame::Watch { chat, after: None },
    },
    Frame {
        op: "read",
        action: Some(See),
        made: |chat| ClientFrame::Read { chat, seq: 1 },
    },
    Frame {
        op: "typing",
        action: Some(See),
        made: |chat| ClientFrame::Typing { chat, note: false },
    },
    Frame {
        op: "send",
        action: Some(Say),
        made: |chat| ClientFrame::Send {
            chat,
            cid: Uuid::now_v7(),
            text: "Something".into(),
        },
    },
    Frame {
        op: "note",
        action: Some(Note),
        made: |chat| ClientFrame::Note {
            chat,
            cid: Uuid::now_v7(),
            text: "Something".into(),
        },
    },
    Frame {
        op: "unwatch",
        action: Some(See),
        made: |chat| ClientFrame::Unwatch { chat },
    },
];

/// Every route and frame of the running program has a row, and no row is of another time.
pub async fn is_complete(desk: &Desk, lane: &Lane) {
    let (status, document) = desk.stranger(Surface::Agent).get("/api/openapi.json").await;
    assert_eq!(status, 200, "{document}");
    let paths = document["paths"].as_object().expect("paths");
    let described = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods").keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    let rows = ROUTES
        .iter()
        .map(|row| format!("{} {}", row.method, described_path(row.path)));
    are_the_same("route", described.collect(), rows.collect(), lane);
    let variants = document["components"]["schemas"]["ClientFrame"]["oneOf"].as_array();
    let ops = variants.expect("variants").iter().map(op);
    let rows = FRAMES.iter().map(|frame| frame.op.to_owned());
    are_the_same("frame", ops.collect(), rows.collect(), lane);
}

fn described_path(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let path = path.replace("/articles/1/files", "/articles/{n}/files");
    let path = path.replace("/members/1/", "/members/{n}/");
    let path = path
        .replace("/files/1", "/files/{file}")
        .replace("/files/3", "/files/{seq}");
    let ids = ["{visitor}", "{nobody}", "{customer}", "{ticket}", "{basket}"];
    ids.iter().fold(path, |path, id| path.replace(id, "{id}"))
}

fn op(variant: &Value) -> String {
    let op = &variant["properties"]["op"]["enum"][0];
    op.as_str().unwrap_or_else(|| panic!("no op in {variant}")).to_owned()
}

fn are_the_same(what: &str, described: BTreeSet<String>, rows: BTreeSet<String>, lane: &Lane) {
    for missing in described.symmetric_difference(&rows) {
        lane.violation(format!(
            "the {what} {missing} is described, or has a row here, but not both"
        ));
    }
}
