//! The description of the API, made from the wire's types and one table of routes.

use super::files::NAME;
use crate::door::Served;
use axum::Router;
use axum::http::header;
use axum::routing::get;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use utoipa::ToSchema;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Ref, RefOr, Required,
    ResponseBuilder,
};
use wire::*;

pub fn routes() -> Router<Served> {
    let document = || async { ([(header::CONTENT_TYPE, "application/json")], text()) };
    Router::new().route("/api/openapi.json", get(document))
}

/// The document, as it stands in `docs/use/openapi.json`.
pub fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| document().to_pretty_json().unwrap_or_default());
    &TEXT
}

/// As it is written for people; compare `auth::SURFACE`.
const SURFACE: &str = "X-Deskbell-Surface";

/// Statuses of refusals (docs/use/problems.md): of every operation, of those that take a body, of those that take a file.
const REFUSED: &[&str] = &["400", "401", "403", "404", "409", "410", "421", "422", "429", "503"];
const REFUSED_BODIES: &[&str] = &["408", "413", "415"];
const REFUSED_FILES: &[&str] = &["507"];

/// Who may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Anybody,
    SignedIn,
}

type Schemas = BTreeMap<String, RefOr<Schema>>;

/// A type of the wire by its name, and how its schemas are added to the document.
#[derive(Clone, Copy)]
struct Shape {
    name: fn() -> String,
    add: fn(&mut Schemas),
}

fn shape<T: ToSchema>() -> Shape {
    Shape {
        name: || T::name().into_owned(),
        add: |all| all.extend(schemas::<T>()),
    }
}

/// One operation: method, path, what it does, who may ask, parameters of the query, body, answer.
struct Operation {
    method: HttpMethod,
    path: &'static str,
    does: &'static str,
    asks: Asks,
    query: &'static [(&'static str, &'static str)],
    body: Option<Shape>,
    /// The body is a file, and not `body`.
    takes_file: bool,
    answer: Shape,
    /// Content types, where the answer is a document and not `answer`.
    documents: &'static [&'static str],
}

/// Every route under `/api`. A test compares it with the routers.
fn operations() -> Vec<Operation> {
    use Asks::{Anybody, SignedIn as Person};
    use HttpMethod::{Delete, Get, Post, Put};
    let op = |method, path, does, asks, body, answer| Operation {
        method,
        path,
        does,
        asks,
        query: &[],
        body,
        takes_file: false,
        answer,
        documents: &[],
    };
    let none = None::<Shape>;
    let act = Some(shape::<Act>());
    let listed: &[_] = &[
        ("which", "`mine` (default) or `archive`"),
        ("before", "`next` of the page before"),
    ];
    let paged: &[_] = &[
        ("after", "entries after this position"),
        ("before", "entries before this position"),
        ("limit", "at most so many"),
    ];
    let sent: &[_] = &[
        ("cid", "a new id for each file, the same for each try of it (required)"),
        ("size", "how many bytes the body has (required)"),
        ("note", "`true`: for agents only"),
    ];
    let people: &[_] = &[
        ("tab", "`agents`, `customers` or `out_of_office`"),
        ("q", "words of the name, company or login (at most 100 characters)"),
        ("after", "`next` of the page before"),
        ("limit", "1 to 25, 10 without it"),
    ];
    let searched: &[_] = &[
        (
            "q",
            "words, names or a ticket number, all of which must fit (at most 200 characters); in quotation marks as they stand",
        ),
        ("channel", "only chats of this channel"),
        ("from", "ended at this instant or later, in milliseconds since 1970 UTC"),
        ("to", "ended before this instant"),
        ("before", "`next` of the page before"),
    ];
    let tickets: &[_] = &[
        ("queue", "only of this queue"),
        (
            "state",
            "a state, `open` (without it) for all that are neither closed, removed nor merged, or `all`",
        ),
        ("owner", "`me`, `nobody`, or an agent's id"),
        (
            "q",
            "words, names or a number, all of which must fit (at most 200 characters)",
        ),
        ("before", "`next` of the page before"),
    ];
    let articles: &[_] = &[("before", "articles before this number, the newest of them")];
    let agents_of: &[_] = &[(
        "agents_of",
        "a queue: whom a new ticket of it can be given to is told with it",
    )];
    let mine: &[_] = &[
        ("whose", "`mine` (without it) or `company`"),
        ("before", "`next` of the page before"),
    ];
    let letters: &[_] = &[("before", "`next` of the page before")];
    let agents: &[_] = &[
        ("q", "a piece of name, login or address (at most 100 characters)"),
        ("after", "`next` of the page before"),
    ];
    let audited: &[_] = &[
        ("before", "`next` of the page before"),
        ("kind", "with `subject`: only of this kind of thing"),
        ("subject", "with `kind`: only of this thing"),
    ];
    let customers: &[_] = &[(
        "q",
        "a piece of name, login, address or company (at most 100 characters)",
    )];
    let taken: &[_] = &[
        ("form", "`pdf`, `html`, `text` or `json`"),
        ("language", "of its own words, as a language tag; `en` without it"),
        (
            "zone",
            "of its times, by its name in the IANA database; `UTC` without it",
        ),
    ];
    let needed = shape::<SetupNeeded>();
    let (done, signed_in) = (shape::<Done>(), shape::<SignedIn>());
    vec![
        op(
            Get,
            "/api/setup",
            "Whether there is no agent yet.",
            Anybody,
            none,
            needed,
        ),
        op(
            Post,
            "/api/setup",
            "Makes the first agent against the code printed at the start, and signs him in.",
            Anybody,
            Some(shape::<Setup>()),
            signed_in,
        ),
        op(Get, "/api/session", "Who is signed in.", Person, none, signed_in),
        op(
            Post,
            "/api/session",
            "Signs in. The session comes as a cookie.",
            Anybody,
            Some(shape::<SignIn>()),
            signed_in,
        ),
        op(Delete, "/api/session", "Signs out.", Person, none, done),
        op(
            Put,
            "/api/password",
            "Sets a new password; all other sessions of the person end.",
            Person,
            Some(shape::<ChangePassword>()),
            done,
        ),
        op(
            Post,
            "/api/password/forgotten",
            "Asks for a letter with a link to whoever goes by a login or an address. The answer is the same whether there is anybody.",
            Anybody,
            Some(shape::<Forgotten>()),
            done,
        ),
        op(
            Post,
            "/api/links/look",
            "What a one-time link opens; it stays good.",
            Anybody,
            Some(shape::<LookAtLink>()),
            shape::<LinkView>(),
        ),
        op(
            Post,
            "/api/links/use",
            "Sets a password by a one-time link, once; all sessions of the account end.",
            Anybody,
            Some(shape::<UseLink>()),
            shape::<LinkUsed>(),
        ),
        op(
            Get,
            "/api/sessions",
            "Where one is signed in.",
            Person,
            none,
            shape::<Sessions>(),
        ),
        op(
            Delete,
            "/api/sessions",
            "Ends all of one's sessions but this one.",
            Person,
            none,
            done,
        ),
        op(
            Delete,
            "/api/sessions/{id}",
            "Ends one of one's sessions.",
            Person,
            none,
            done,
        ),
        op(
            Get,
            "/api/second_factor",
            "How it stands with one's second factor.",
            Person,
            none,
            shape::<Factor>(),
        ),
        op(
            Post,
            "/api/second_factor/offer",
            "A new secret, which counts once it is set.",
            Person,
            Some(shape::<ProveMe>()),
            shape::<FactorOffer>(),
        ),
        op(
            Put,
            "/api/second_factor",
            "Keeps the secret that was offered, against a code of it; all other sessions end. Tells the recovery codes this once.",
            Person,
            Some(shape::<SetFactor>()),
            shape::<RecoveryCodes>(),
        ),
        op(
            Post,
            "/api/second_factor/codes",
            "New recovery codes, told this once, in the place of the old ones.",
            Person,
            Some(shape::<ProveMe>()),
            shape::<RecoveryCodes>(),
        ),
        op(
            Post,
            "/api/second_factor/remove",
            "Does without a second factor from now on, unless a group asks for one.",
            Person,
            Some(shape::<ProveMe>()),
            done,
        ),
        op(
            Put,
            "/api/me/profile",
            "What one chooses for all one's devices; what is missing is as the browser has it.",
            Person,
            Some(shape::<Profile>()),
            done,
        ),
        Operation {
            takes_file: true,
            ..op(
                Put,
                "/api/me/picture",
                "One's picture: a PNG with at most 512 pixels on each side and 300 KiB.",
                Person,
                none,
                done,
            )
        },
        op(
            Delete,
            "/api/me/picture",
            "Takes one's picture away.",
            Person,
            none,
            done,
        ),
        Operation {
            documents: &["image/png"],
            ..op(
                Get,
                "/api/people/{id}/picture",
                "Somebody's picture: agents read everybody's, others their own.",
                Person,
                none,
                done,
            )
        },
        Operation {
            documents: &["image/png"],
            ..op(
                Get,
                "/api/chats/{id}/members/{n}/picture",
                "Externals: the picture of an agent in a chat of theirs, where settings show it to them.",
                Person,
                none,
                done,
            )
        },
        op(
            Get,
            "/api/snippets/{snippet}",
            "What the panel of a snippet needs before anybody typed.",
            Anybody,
            none,
            shape::<SnippetView>(),
        ),
        op(
            Post,
            "/api/snippets/{snippet}/visitors",
            "A new public user with a name, and his token.",
            Anybody,
            Some(shape::<NewVisitor>()),
            shape::<Visitor>(),
        ),
        op(
            Post,
            "/api/snippets/{snippet}/identity",
            "The public user whom a page of the snippet proves to be there, and a token of his.",
            Anybody,
            Some(shape::<Identify>()),
            shape::<Visitor>(),
        ),
        op(
            Get,
            "/api/offer",
            "Where a chat can be started.",
            Person,
            none,
            shape::<Offer>(),
        ),
        op(
            Get,
            "/api/requests",
            "Agents: the chats nobody has accepted, longest wait first.",
            Person,
            none,
            shape::<Requests>(),
        ),
        Operation {
            query: listed,
            ..op(
                Get,
                "/api/chats",
                "Conversations, newest first.",
                Person,
                none,
                shape::<Chats>(),
            )
        },
        op(
            Post,
            "/api/chats",
            "Asks for a chat. The same client id answers with the same chat.",
            Person,
            Some(shape::<StartChat>()),
            shape::<Started>(),
        ),
        op(
            Get,
            "/api/chats/{id}",
            "A chat and its newest entries.",
            Person,
            none,
            shape::<ChatSnapshot>(),
        ),
        Operation {
            query: paged,
            ..op(
                Get,
                "/api/chats/{id}/entries",
                "Entries of a chat, in order.",
                Person,
                none,
                shape::<Entries>(),
            )
        },
        op(
            Post,
            "/api/chats/{id}/entries",
            "A message or a note. The same client id is stored once.",
            Person,
            Some(shape::<Say>()),
            shape::<Said>(),
        ),
        Operation {
            takes_file: true,
            query: sent,
            ..op(
                Post,
                "/api/chats/{id}/files",
                "A file as a message or a note. The same client id is stored once.",
                Person,
                none,
                shape::<Said>(),
            )
        },
        Operation {
            documents: &["*/*"],
            ..op(
                Get,
                "/api/chats/{id}/files/{seq}",
                "The content of the file at an entry, by the entry's `seq`.",
                Person,
                none,
                done,
            )
        },
        Operation {
            takes_file: true,
            query: &sent[..2],
            ..op(
                Post,
                "/api/tickets/{id}/articles/{n}/files",
                "Attach a file to an article that one has written. The same client id is attached once.",
                Person,
                none,
                done,
            )
        },
        Operation {
            documents: &["*/*"],
            ..op(
                Get,
                "/api/tickets/{id}/articles/{n}/files/{file}",
                "The content of a file of an article, counted from 1.",
                Person,
                none,
                done,
            )
        },
        op(
            Post,
            "/api/chats/{id}/accept",
            "Agents: takes a waiting chat. One wins.",
            Person,
            act,
            shape::<ChatView>(),
        ),
        op(
            Post,
            "/api/chats/{id}/decline",
            "Says no to a personal request or an invitation.",
            Person,
            act,
            done,
        ),
        op(
            Post,
            "/api/people/{id}/chats",
            "Agents: asks an agent or a customer user for a chat. The same client id answers with the same chat.",
            Person,
            Some(shape::<RequestChat>()),
            shape::<Started>(),
        ),
        op(
            Post,
            "/api/chats/{id}/invite",
            "Agents: asks another agent to join.",
            Person,
            Some(shape::<InviteAgent>()),
            shape::<ChatView>(),
        ),
        op(
            Get,
            "/api/chats/{id}/invitees",
            "Agents: who can be invited now.",
            Person,
            none,
            shape::<Invitees>(),
        ),
        op(
            Post,
            "/api/chats/{id}/join",
            "Agents: follows an invitation.",
            Person,
            Some(shape::<TakeRole>()),
            shape::<ChatView>(),
        ),
        op(
            Post,
            "/api/chats/{id}/role",
            "Agents: becomes observer or participant.",
            Person,
            Some(shape::<TakeRole>()),
            shape::<ChatView>(),
        ),
        op(
            Post,
            "/api/chats/{id}/move",
            "Agents: moves a chat, or a request, to another channel.",
            Person,
            Some(shape::<MoveChat>()),
            done,
        ),
        op(
            Get,
            "/api/chats/{id}/channels",
            "Agents: where the chat may be moved to.",
            Person,
            none,
            shape::<Offer>(),
        ),
        op(
            Put,
            "/api/chats/{id}/hidden",
            "Agents: hides a request from one's own list, or shows it again.",
            Person,
            Some(shape::<SetHidden>()),
            done,
        ),
        op(
            Put,
            "/api/chats/{id}/notify",
            "Agents: what one wants to be told of this chat.",
            Person,
            Some(shape::<SetNotify>()),
            done,
        ),
        op(
            Put,
            "/api/chats/{id}/draft",
            "Agents: keeps what was typed and not sent.",
            Person,
            Some(shape::<Draft>()),
            done,
        ),
        op(
            Post,
            "/api/chats/{id}/close",
            "Ends a chat.",
            Person,
            act,
            shape::<ChatView>(),
        ),
        op(
            Post,
            "/api/chats/{id}/hand_back",
            "Agents: puts an open chat back into the channel's request list.",
            Person,
            act,
            done,
        ),
        op(
            Post,
            "/api/chats/{id}/leave",
            "Agents: leaves a chat; the last one cannot.",
            Person,
            act,
            done,
        ),
        op(
            Post,
            "/api/chats/{id}/read",
            "Remembers up to where one has read.",
            Person,
            Some(shape::<ReadUpTo>()),
            done,
        ),
        op(
            Put,
            "/api/me/availability",
            "Agents: whom one wants to hear from.",
            Person,
            Some(shape::<SetAvailability>()),
            done,
        ),
        op(
            Put,
            "/api/me/channels",
            "Agents: which channels reach one.",
            Person,
            Some(shape::<SetChannels>()),
            done,
        ),
        op(
            Put,
            "/api/me/out_of_office",
            "Agents: in which days one is out of office; replaces what was said before.",
            Person,
            Some(shape::<OutOfOffice>()),
            done,
        ),
        op(
            Post,
            "/api/chats/{id}/redact",
            "Agents: takes the text of a message or note away for everybody.",
            Person,
            Some(shape::<RedactEntry>()),
            done,
        ),
        Operation {
            query: searched,
            ..op(
                Get,
                "/api/archive",
                "Closed chats one may read, the one that ended last first, by what was said in them.",
                Person,
                none,
                shape::<FoundChats>(),
            )
        },
        op(
            Get,
            "/api/admin/settings",
            "Administrators: all settings.",
            Person,
            none,
            shape::<AdminSettings>(),
        ),
        op(
            Put,
            "/api/admin/settings/{name}",
            "Administrators: changes a setting, or gives it its default again.",
            Person,
            Some(shape::<SetSetting>()),
            done,
        ),
        op(
            Get,
            "/api/admin/settings/text",
            "Administrators: all settings as a text to be kept and applied.",
            Person,
            none,
            shape::<SettingsText>(),
        ),
        op(
            Post,
            "/api/admin/settings/plan",
            "Administrators: what a text of settings would change; changes nothing.",
            Person,
            Some(shape::<SettingsText>()),
            shape::<SettingsPlan>(),
        ),
        op(
            Post,
            "/api/admin/settings/apply",
            "Administrators: changes all that a text of settings names, or nothing.",
            Person,
            Some(shape::<SettingsText>()),
            shape::<SettingsPlan>(),
        ),
        op(
            Get,
            "/api/admin/channels",
            "Administrators: all chat channels.",
            Person,
            none,
            shape::<AdminChannels>(),
        ),
        op(
            Post,
            "/api/admin/channels",
            "Administrators: makes a chat channel.",
            Person,
            Some(shape::<ChannelFields>()),
            shape::<AdminMade>(),
        ),
        op(
            Put,
            "/api/admin/channels/{id}",
            "Administrators: changes a chat channel.",
            Person,
            Some(shape::<ChangeChannel>()),
            done,
        ),
        Operation {
            query: agents,
            ..op(
                Get,
                "/api/admin/agents",
                "Administrators: the agents by name, invalid ones too.",
                Person,
                none,
                shape::<AdminAgents>(),
            )
        },
        op(
            Post,
            "/api/admin/agents",
            "Administrators: makes an agent, with a password that is told this once.",
            Person,
            Some(shape::<MakeAgent>()),
            shape::<NewPassword>(),
        ),
        op(
            Put,
            "/api/admin/agents/{id}",
            "Administrators: changes an agent; invalid, all his sessions end.",
            Person,
            Some(shape::<ChangeAgent>()),
            done,
        ),
        op(
            Post,
            "/api/admin/agents/{id}/password",
            "Administrators: gives an agent a new password that is told this once; all his sessions end.",
            Person,
            none,
            shape::<NewPassword>(),
        ),
        op(
            Post,
            "/api/admin/people/{id}/link",
            "Administrators: makes a link by which somebody chooses a password, and tells it this once, or mails it.",
            Person,
            Some(shape::<MakeLink>()),
            shape::<MadeLink>(),
        ),
        op(
            Delete,
            "/api/admin/people/{id}/sessions",
            "Administrators: ends all sessions of somebody.",
            Person,
            none,
            done,
        ),
        op(
            Delete,
            "/api/admin/people/{id}/second_factor",
            "Administrators: takes the second factor of somebody who lost it; all his sessions end.",
            Person,
            none,
            done,
        ),
        Operation {
            query: agents,
            ..op(
                Get,
                "/api/admin/sessions",
                "Administrators: everybody's sessions, the newest first.",
                Person,
                none,
                shape::<AdminSessions>(),
            )
        },
        op(
            Delete,
            "/api/admin/sessions/{id}",
            "Administrators: ends a session.",
            Person,
            none,
            done,
        ),
        op(
            Put,
            "/api/admin/guards",
            "Administrators: whether a group asks for a second factor of all who hold a key on it.",
            Person,
            Some(shape::<GuardGroup>()),
            done,
        ),
        op(
            Get,
            "/api/admin/queues",
            "Administrators: all queues.",
            Person,
            none,
            shape::<AdminQueues>(),
        ),
        op(
            Post,
            "/api/admin/queues",
            "Administrators: makes a queue.",
            Person,
            Some(shape::<QueueFields>()),
            shape::<AdminMade>(),
        ),
        op(
            Put,
            "/api/admin/queues/{id}",
            "Administrators: changes a queue.",
            Person,
            Some(shape::<ChangeQueue>()),
            done,
        ),
        Operation {
            query: agents,
            ..op(
                Get,
                "/api/admin/customers",
                "Administrators: the customer users by name, invalid ones too.",
                Person,
                none,
                shape::<AdminCustomers>(),
            )
        },
        op(
            Post,
            "/api/admin/customers",
            "Administrators: makes a customer user, with a password that is told this once.",
            Person,
            Some(shape::<MakeCustomer>()),
            shape::<NewPassword>(),
        ),
        op(
            Put,
            "/api/admin/customers/{id}",
            "Administrators: changes a customer user.",
            Person,
            Some(shape::<ChangeCustomer>()),
            done,
        ),
        op(
            Post,
            "/api/admin/customers/{id}/password",
            "Administrators: gives a customer user a new password, told this once; all sessions end.",
            Person,
            none,
            shape::<NewPassword>(),
        ),
        Operation {
            query: agents,
            ..op(
                Get,
                "/api/admin/companies",
                "Administrators: the companies by name, invalid ones too.",
                Person,
                none,
                shape::<AdminCompanies>(),
            )
        },
        op(
            Put,
            "/api/admin/companies/{id}",
            "Administrators: changes a company.",
            Person,
            Some(shape::<ChangeCompany>()),
            done,
        ),
        Operation {
            query: letters,
            ..op(
                Get,
                "/api/admin/letters",
                "Administrators: e-mail that has not arrived for certain, newest first.",
                Person,
                none,
                shape::<AdminLetters>(),
            )
        },
        op(
            Post,
            "/api/admin/letters/{id}/again",
            "Administrators: tries an e-mail anew that failed or perhaps arrived.",
            Person,
            none,
            done,
        ),
        op(
            Get,
            "/api/admin/look",
            "Administrators: the logo, and what the chosen colour comes to.",
            Person,
            none,
            shape::<AdminLook>(),
        ),
        Operation {
            takes_file: true,
            ..op(
                Put,
                "/api/admin/look/logo",
                "Administrators: the logo on the pages, a PNG with at most 512 pixels on each side and 300 KiB.",
                Person,
                none,
                done,
            )
        },
        op(
            Delete,
            "/api/admin/look/logo",
            "Administrators: takes the logo away.",
            Person,
            none,
            done,
        ),
        op(
            Get,
            "/api/admin/snippets",
            "Administrators: all snippets.",
            Person,
            none,
            shape::<AdminSnippets>(),
        ),
        op(
            Post,
            "/api/admin/snippets",
            "Administrators: makes a snippet.",
            Person,
            Some(shape::<SnippetFields>()),
            shape::<AdminMade>(),
        ),
        op(
            Put,
            "/api/admin/snippets/{id}",
            "Administrators: changes a snippet; its public id stays.",
            Person,
            Some(shape::<ChangeSnippet>()),
            done,
        ),
        op(
            Post,
            "/api/admin/snippets/{id}/page",
            "Administrators: whether a page of the snippet's sites loads the chat, and what is in the way.",
            Person,
            Some(shape::<LookAtPage>()),
            shape::<PageFound>(),
        ),
        op(
            Post,
            "/api/admin/snippets/{id}/keys",
            "Administrators: makes a key with which pages of the snippet sign identities; two at most.",
            Person,
            none,
            shape::<NewIdentityKey>(),
        ),
        op(
            Delete,
            "/api/admin/snippets/{id}/keys/{key}",
            "Administrators: removes a key; what is signed with it is refused from then on.",
            Person,
            none,
            done,
        ),
        op(
            Get,
            "/api/admin/rights",
            "Administrators: groups, roles, and the keys the roles hold.",
            Person,
            none,
            shape::<AdminRights>(),
        ),
        op(
            Put,
            "/api/admin/keys",
            "Administrators: gives or takes a key.",
            Person,
            Some(shape::<SetKey>()),
            done,
        ),
        op(
            Put,
            "/api/admin/members",
            "Administrators: puts an agent into a role, or takes him out.",
            Person,
            Some(shape::<SetMember>()),
            done,
        ),
        op(
            Post,
            "/api/admin/roles",
            "Administrators: makes a role.",
            Person,
            Some(shape::<MakeNamed>()),
            done,
        ),
        op(
            Post,
            "/api/admin/groups",
            "Administrators: makes a group.",
            Person,
            Some(shape::<MakeNamed>()),
            done,
        ),
        Operation {
            query: audited,
            ..op(
                Get,
                "/api/admin/audit",
                "Administrators: the log of what was administered, the newest first.",
                Person,
                none,
                shape::<AuditPage>(),
            )
        },
        Operation {
            query: agents_of,
            ..op(
                Get,
                "/api/queues",
                "The queues in which the agent asking may do anything.",
                Person,
                none,
                shape::<Queues>(),
            )
        },
        Operation {
            query: customers,
            ..op(
                Get,
                "/api/customers",
                "Customer users, for agents.",
                Person,
                none,
                shape::<FoundCustomers>(),
            )
        },
        Operation {
            query: tickets,
            ..op(
                Get,
                "/api/tickets",
                "The tickets the agent asking may read, changed last first.",
                Person,
                none,
                shape::<TicketList>(),
            )
        },
        op(
            Post,
            "/api/tickets",
            "Make a phone ticket, with a chat in it if one is named.",
            Person,
            Some(shape::<MakeTicket>()),
            shape::<TicketRef>(),
        ),
        Operation {
            query: articles,
            ..op(
                Get,
                "/api/tickets/{id}",
                "A ticket with its articles and history.",
                Person,
                none,
                shape::<TicketView>(),
            )
        },
        op(
            Post,
            "/api/tickets/{id}/articles",
            "Write a note.",
            Person,
            Some(shape::<AddArticle>()),
            shape::<ArticleWritten>(),
        ),
        op(
            Post,
            "/api/tickets/{id}/change",
            "Change what is given, all or nothing.",
            Person,
            Some(shape::<ChangeTicket>()),
            done,
        ),
        op(
            Post,
            "/api/tickets/{id}/chats",
            "Put a chat into the ticket, and close it unless it is kept open.",
            Person,
            Some(shape::<AppendChat>()),
            shape::<TicketRef>(),
        ),
        Operation {
            query: mine,
            ..op(
                Get,
                "/api/my/tickets",
                "A customer user's tickets, or those of his company.",
                Person,
                none,
                shape::<MyTickets>(),
            )
        },
        op(
            Post,
            "/api/my/tickets",
            "Make a ticket as a customer user, also of a chat that has ended.",
            Person,
            Some(shape::<MakeMyTicket>()),
            shape::<MyTicketMade>(),
        ),
        Operation {
            query: articles,
            ..op(
                Get,
                "/api/my/tickets/{id}",
                "A ticket with what customers may read of it.",
                Person,
                none,
                shape::<MyTicket>(),
            )
        },
        op(
            Post,
            "/api/my/tickets/{id}/articles",
            "Write more about it.",
            Person,
            Some(shape::<WriteArticle>()),
            shape::<ArticleWritten>(),
        ),
        op(
            Post,
            "/api/my/tickets/{id}/chats",
            "Put a chat that has ended into the ticket it was begun from.",
            Person,
            Some(shape::<AddMyChat>()),
            done,
        ),
        op(
            Post,
            "/api/snippets/{snippet}/messages",
            "Leave a message where nobody is available: it becomes a ticket.",
            Anybody,
            Some(shape::<LeaveMessage>()),
            shape::<MessageLeft>(),
        ),
        op(
            Post,
            "/api/chats/{id}/mail",
            "Have the chat up to now sent by e-mail.",
            Person,
            Some(shape::<MailChat>()),
            done,
        ),
        op(
            Post,
            "/api/mail/confirm",
            "By whom the first letter reached: have the second one sent. Of a letter about unseen messages: have no more of them sent, or have them again.",
            Anybody,
            Some(shape::<ConfirmMail>()),
            done,
        ),
        Operation {
            query: taken,
            documents: &["application/pdf", "text/html", "text/plain", "application/json"],
            ..op(
                Get,
                "/api/chats/{id}/transcript",
                "The chat up to now as a file, from the side of the person asking.",
                Person,
                none,
                done,
            )
        },
        Operation {
            query: people,
            ..op(
                Get,
                "/api/people",
                "Agents: who is logged in now, or out of office, by name.",
                Person,
                none,
                shape::<People>(),
            )
        },
        Operation {
            query: &[("after", "`next` of the page before")],
            ..op(
                Get,
                "/api/customers/{id}",
                "Agents: a customer user, how he stands now, and his chats that one may read.",
                Person,
                none,
                shape::<CustomerUserView>(),
            )
        },
        op(
            Get,
            "/api/supervisor",
            "Agents: what goes on in the channels one is owner of.",
            Person,
            none,
            shape::<Supervisor>(),
        ),
    ]
}

fn document() -> OpenApi {
    let operations = operations();
    let mut schemas = Schemas::new();
    (shape::<Problem>().add)(&mut schemas);
    (shape::<ClientFrame>().add)(&mut schemas);
    (shape::<ServerFrame>().add)(&mut schemas);
    for operation in &operations {
        (operation.answer.add)(&mut schemas);
        operation.body.iter().for_each(|body| (body.add)(&mut schemas));
    }
    let mut components = ComponentsBuilder::new().schemas_from_iter(schemas);
    let cookie = |name| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)));
    for (name, scheme) in [
        ("agent", cookie("deskbell_agent")),
        ("customer", cookie("deskbell_customer")),
        ("visitor", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer))),
    ] {
        components = components.security_scheme(name, scheme);
    }
    let refused = ResponseBuilder::new().description("Refused; nothing was changed unless the code is `unknown`.");
    let refused = refused.content("application/json", content(&shape::<Problem>()));
    components = components.response("Refused", refused.build());
    let mut paths = PathsBuilder::new();
    for operation in &operations {
        paths = paths.path(operation.path, item(operation));
    }
    let info = InfoBuilder::new()
        .title("Deskbell")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Every refusal is a status of 400 or more with a Problem; its codes are listed in docs/use/problems.md. \
             The live connection (GET /live, a WebSocket) speaks ClientFrame and ServerFrame.",
        ));
    OpenApiBuilder::new()
        .info(info.build())
        .paths(paths.build())
        .components(Some(components.build()))
        .build()
}

fn item(operation: &Operation) -> PathItem {
    let open = operation.path.starts_with("/api/snippets/") && operation.method == HttpMethod::Get;
    let mut built = OperationBuilder::new().summary(Some(operation.does));
    for name in operation
        .path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
    {
        built = built.parameter(parameter(name, ParameterIn::Path, Required::True, None));
    }
    if !open {
        let from = "agent, customer or visitor: from where the request comes, and whose session counts";
        built = built.parameter(parameter(SURFACE, ParameterIn::Header, Required::True, Some(from)));
    }
    for (name, meaning) in operation.query {
        built = built.parameter(parameter(name, ParameterIn::Query, Required::False, Some(meaning)));
    }
    if let Some(body) = &operation.body {
        let body = RequestBodyBuilder::new().content("application/json", content(body));
        built = built.request_body(Some(body.required(Some(Required::True)).build()));
    }
    if operation.takes_file {
        let name = "how the file is called, in UTF-8 and percent-encoded; its type is found in its content";
        built = built.parameter(parameter(
            NAME.as_str(),
            ParameterIn::Header,
            Required::False,
            Some(name),
        ));
        let body = RequestBodyBuilder::new().content("application/octet-stream", ContentBuilder::new().build());
        built = built.request_body(Some(body.required(Some(Required::True)).build()));
    }
    let mut answer = ResponseBuilder::new().description("Done.");
    if operation.documents.is_empty() {
        answer = answer.content("application/json", content(&operation.answer));
    }
    for kind in operation.documents {
        answer = answer.content(*kind, ContentBuilder::new().build());
    }
    built = built.response("200", answer.build());
    let takes_body = operation.body.is_some() || operation.takes_file;
    let of_bodies = REFUSED_BODIES.iter().filter(|_| takes_body);
    let of_files = REFUSED_FILES.iter().filter(|_| operation.takes_file);
    for status in REFUSED.iter().chain(of_bodies).chain(of_files) {
        built = built.response(*status, Ref::from_response_name("Refused"));
    }
    if operation.asks == Asks::SignedIn {
        for scheme in ["agent", "customer", "visitor"] {
            built = built.security(SecurityRequirement::new(scheme, [""; 0]));
        }
    }
    PathItem::new(operation.method.clone(), built.build())
}

fn content(shape: &Shape) -> utoipa::openapi::Content {
    ContentBuilder::new()
        .schema(Some(Ref::from_schema_name((shape.name)())))
        .build()
}

fn parameter(
    name: &str,
    place: ParameterIn,
    required: Required,
    meaning: Option<&str>,
) -> utoipa::openapi::path::Parameter {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let shape = match (&place, name) {
        (ParameterIn::Path, "id") => text().format(Some(SchemaFormat::Custom("uuid".into()))),
        (ParameterIn::Path, "seq" | "n" | "file") => ObjectBuilder::new().schema_type(Type::Integer),
        (ParameterIn::Header, SURFACE) => text().enum_values(Some(["agent", "customer", "visitor"])),
        _ => text(),
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(meaning)
        .schema(Some(shape.build()))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proof::folder::workspace_root;

    #[test]
    fn the_committed_document_is_this_one() {
        let file = workspace_root().join("docs/use/openapi.json");
        let made = format!("{}\n", text());
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, &made).unwrap();
        }
        let committed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            committed == made,
            "docs/use/openapi.json is not what the types say; `UPDATE=1 cargo test -p server openapi` mends it"
        );
    }

    /// Paths of `.route("/api/…")` in the sources beside this one.
    fn routed() -> Vec<String> {
        let folder = workspace_root().join("crates/server/src/http");
        let files = [
            "accounts.rs",
            "admin.rs",
            "archive.rs",
            "files.rs",
            "transcripts.rs",
            "mail.rs",
            "snippets.rs",
            "tickets.rs",
            "chats.rs",
            "invitations.rs",
            "people.rs",
        ]
        .map(|file| std::fs::read_to_string(folder.join(file)).unwrap());
        let all = files.concat();
        let paths = all.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
        paths.map(str::to_owned).collect()
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let mut routed = routed();
        let mut described: Vec<_> = operations().iter().map(|operation| operation.path.to_owned()).collect();
        routed.sort();
        described.sort();
        described.dedup();
        assert_eq!(described, routed);
    }
}
