//! What is made from the types and kept in step: TypeScript (`web/api/generated.ts`), the examples `tsc` checks
//! (`web/api/examples.generated.ts`), and OpenAPI. Mend with `UPDATE=1 cargo test -p wire`.

#![allow(clippy::unwrap_used)]

mod examples;
mod schema;

use examples::Examples;
use proof::Lane;
use schema::Schemas;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::fmt::Debug;
use std::{env, fs, path::Path};
use ts_rs::{Config, TS};
use utoipa::ToSchema;

const TYPESCRIPT: &str = "web/api/generated.ts";
const EXAMPLES: &str = "web/api/examples.generated.ts";

/// Calls `$then` with all types of the wire, in the order in which TypeScript shows them.
macro_rules! all_types {
    ($then:ident) => {{
        use wire::*;
        $then!(
            Problem,
            PersonKind,
            Availability,
            ChatState,
            ClosedReason,
            ReturnedReason,
            Role,
            ChatCan,
            Direction,
            Notify,
            Estimate,
            Draft,
            RequestKind,
            EntryView,
            FileView,
            EntryWhat,
            IdentityView,
            MemberView,
            ChannelRef,
            ChatView,
            ChatSummary,
            RequestView,
            MyChannel,
            OfferedChannel,
            Me,
            ForeignDesk,
            DeskKind,
            TicketThere,
            Presence,
            PeopleTab,
            PeopleCounts,
            PersonRow,
            OutUntil,
            People,
            CustomerUserView,
            DayRange,
            OutOfOffice,
            Receives,
            ReceivesLimit,
            RedactEntry,
            FoundChats,
            FoundChat,
            FoundEntry,
            Part,
            TicketState,
            TicketType,
            Called,
            AnyAgent,
            AnyState,
            AgentThere,
            CalledByLogin,
            AnyPriority,
            ArticleChannel,
            ArticleSender,
            QueueCan,
            Queues,
            TicketChoices,
            QueueView,
            QueueRef,
            PersonRef,
            TicketCustomer,
            TicketList,
            TicketLine,
            TicketCan,
            TicketView,
            ArticleView,
            ChatArticle,
            ChatLine,
            ChatLineBy,
            HistoryLine,
            InvolvedPerson,
            MakeTicket,
            NewTicketCustomer,
            ChatIntoTicket,
            AppendChat,
            TicketRef,
            AddArticle,
            ChangeTicket,
            FoundCustomers,
            FoundCustomer,
            MyTickets,
            MyTicketLine,
            MyTicket,
            MakeMyTicket,
            MyTicketMade,
            ArticleWritten,
            WriteArticle,
            AddMyChat,
            LeaveMessage,
            Recipient,
            MailOutcome,
            MailChat,
            ConfirmMail,
            ArticleMail,
            MessageLeft,
            Supervisor,
            SupervisedChannel,
            SupervisedChat,
            ChannelDay,
            Position,
            Head,
            ClientFrame,
            ServerFrame,
            Surface,
            SignIn,
            ChangePassword,
            Sessions,
            SessionView,
            AdminSessions,
            AdminSession,
            Forgotten,
            LookAtLink,
            LinkView,
            LinkPurpose,
            UseLink,
            LinkUsed,
            Factor,
            ProveMe,
            FactorOffer,
            SetFactor,
            RecoveryCodes,
            MakeLink,
            MadeLink,
            GuardGroup,
            Profile,
            DateFormat,
            Setup,
            AdminSettings,
            AdminSetting,
            SettingSection,
            SettingKind,
            SetSetting,
            SettingsText,
            SettingsPlan,
            PlannedSetting,
            AuditPage,
            AuditRecord,
            AdminChannels,
            AdminChannel,
            ChannelFields,
            ChangeChannel,
            Hours,
            Span,
            Holiday,
            ChannelText,
            AdminQueues,
            AdminQueue,
            QueueFields,
            ChangeQueue,
            AdminCustomers,
            AdminCustomer,
            MakeCustomer,
            ChangeCustomer,
            AdminLetters,
            AdminLetter,
            AdminCompanies,
            AdminCompany,
            ChangeCompany,
            AdminSnippets,
            AdminSnippet,
            AdminLook,
            AccentView,
            LookAtPage,
            PageFound,
            PageIs,
            IdentityKey,
            NewIdentityKey,
            SnippetFields,
            SnippetLook,
            LauncherLabel,
            ChangeSnippet,
            AdminMade,
            AdminAgents,
            AdminAgent,
            HeldKey,
            AdminRights,
            AdminRole,
            MakeAgent,
            NewPassword,
            ChangeAgent,
            SetKey,
            KeyHolder,
            SetMember,
            MakeNamed,
            SetupNeeded,
            SignedIn,
            SnippetView,
            NewVisitor,
            Identify,
            Visitor,
            StartChat,
            Started,
            RequestChat,
            InviteAgent,
            Invitee,
            Invitees,
            TakeRole,
            MoveChat,
            SetHidden,
            SetNotify,
            SayKind,
            Say,
            Said,
            Act,
            ReadUpTo,
            ChatSnapshot,
            Entries,
            Requests,
            Chats,
            SetAvailability,
            SetChannels,
            Offer,
            Done
        )
    }};
}

const NOTICE: &str = "// Made from crates/wire by `UPDATE=1 cargo test -p wire`. Do not edit.\n";

fn typescript() -> String {
    let cfg = Config::new().with_large_int("number");
    macro_rules! declarations {
        ($($t:ty),*) => { [$((<$t as TS>::docs(), <$t as TS>::decl(&cfg))),*] };
    }
    let mut out = String::from(NOTICE);
    for (docs, decl) in all_types!(declarations) {
        out.push('\n');
        out.push_str(&docs.unwrap_or_default());
        out.push_str("export ");
        out.push_str(&decl);
        out.push('\n');
    }
    out
}

/// Each example as a constant of its type: an absent field that must be there, and one too many, fail `tsc`.
fn typescript_examples() -> String {
    let (mut names, mut constants) = (Vec::new(), String::new());
    for type_ in all() {
        names.push(type_.name.clone());
        for (name, value) in &type_.examples {
            let json = serde_json::to_string_pretty(value).unwrap();
            constants.push_str(&format!(
                "\nexport const {}: {} = {json};\n",
                camel(&type_.name, name),
                type_.name
            ));
        }
    }
    names.sort();
    format!(
        "{NOTICE}import type {{ {} }} from './generated.ts';\n{constants}",
        names.join(", ")
    )
}

fn camel(type_: &str, name: &str) -> String {
    let (first, rest) = type_.split_at(1);
    format!("{}{rest}{name}", first.to_lowercase())
}

#[test]
fn typescript_is_what_the_types_say() {
    check(TYPESCRIPT, &typescript());
}

#[test]
fn the_examples_are_constants_for_tsc() {
    check(EXAMPLES, &typescript_examples());
}

fn check(file: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, now).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == now,
        "{file} is stale; mend it with: UPDATE=1 cargo test -p wire"
    );
}

/// A type with its examples as JSON, what OpenAPI says of it, and whether serde reads a value as one.
struct Type {
    name: String,
    examples: Vec<(&'static str, Value)>,
    schemas: Schemas,
    reads: fn(&Value) -> bool,
}

fn all() -> Vec<Type> {
    macro_rules! types {
        ($($t:ty),*) => { vec![$(type_of::<$t>()),*] };
    }
    all_types!(types)
}

fn type_of<T>() -> Type
where
    T: Examples + Serialize + DeserializeOwned + PartialEq + Debug + ToSchema,
{
    let schemas = wire::schemas::<T>()
        .into_iter()
        .map(|(name, schema)| (name, serde_json::to_value(schema).unwrap()));
    let examples = T::examples().into_iter().map(|(name, example)| {
        let value = serde_json::to_value(&example).unwrap();
        let again: T = serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("{value}: {e}"));
        assert_eq!(again, example, "there and back");
        (name, value)
    });
    Type {
        name: T::name().into_owned(),
        examples: examples.collect(),
        schemas: Schemas(schemas.collect::<Map<_, _>>()),
        reads: |value| wire::read::<T>(value.to_string().as_bytes()).is_ok(),
    }
}

#[test]
fn server_and_schema_take_each_example_and_refuse_it_with_an_unknown_field() {
    let lane = Lane::part("wire", "each example with an unknown field");
    for type_ in all() {
        let takes = |value: &Value| [(type_.reads)(value), type_.schemas.accept(&type_.name, value)];
        for (name, example) in &type_.examples {
            lane.case();
            if takes(example) != [true, true] {
                lane.violation(format!(
                    "{} {name}: server and schema say {:?}",
                    type_.name,
                    takes(example)
                ));
            }
            for place in places(example) {
                let mut wrong = example.clone();
                let Some(object) = wrong.pointer_mut(&place).and_then(Value::as_object_mut) else {
                    continue;
                };
                object.insert("surprise".into(), json!(1));
                lane.case();
                if takes(&wrong) != [false, false] {
                    lane.violation(format!(
                        "{} {name}, one field more at {place:?}: {:?}",
                        type_.name,
                        takes(&wrong)
                    ));
                }
            }
        }
        lane.figure("types", all().len());
    }
    lane.finish();
}

/// Whatever is left out or put in the place of something else, serde and OpenAPI are of one opinion.
#[test]
fn server_and_schema_agree_on_every_small_change() {
    let lane = Lane::part("wire", "server and schema agree");
    let others = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!("surprise"),
        json!([]),
        json!({}),
    ];
    for type_ in all() {
        let agree = |value: &Value, how: &str| {
            lane.case();
            let (reads, fits) = ((type_.reads)(value), type_.schemas.accept(&type_.name, value));
            if reads != fits {
                lane.violation(format!("{} {how}: server {reads}, schema {fits}: {value}", type_.name));
            }
        };
        for (_, example) in &type_.examples {
            for place in places(example) {
                for other in &others {
                    let mut changed = example.clone();
                    *changed.pointer_mut(&place).unwrap() = other.clone();
                    agree(&changed, &format!("with {other} at {place:?}"));
                }
                if let Some(fields) = example.pointer(&place).and_then(Value::as_object) {
                    let mut changed = example.clone();
                    *changed.pointer_mut(&place).unwrap() = fields.values().cloned().collect();
                    agree(&changed, &format!("with a list of its fields at {place:?}"));
                }
                let (parent, key) = place.rsplit_once('/').unwrap_or_default();
                let mut changed = example.clone();
                if let Some(object) = changed.pointer_mut(parent).and_then(Value::as_object_mut) {
                    object.remove(key);
                    agree(&changed, &format!("without {place:?}"));
                }
            }
        }
    }
    lane.finish();
}

/// JSON pointers to a value and everything in it.
fn places(value: &Value) -> Vec<String> {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(n, value)| (n.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    let below = inside
        .iter()
        .flat_map(|(key, value)| places(value).into_iter().map(move |place| format!("/{key}{place}")));
    std::iter::once(String::new()).chain(below).collect()
}

#[test]
fn every_type_and_every_variant_has_an_example() {
    let lane = Lane::part("wire", "every type and every variant has an example");
    let types = all();
    for source in ["archive", "live", "people", "problem", "rest", "tickets", "view"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/{source}.rs"));
        let text = fs::read_to_string(path).unwrap();
        for line in text.lines() {
            let name = line
                .strip_prefix("pub struct ")
                .or_else(|| line.strip_prefix("pub enum "));
            let Some(name) = name.and_then(|name| name.split([' ', '<']).next()) else {
                continue;
            };
            lane.case();
            if !types.iter().any(|it| it.name == name) {
                lane.violation(format!("{name} has no line in all_types"));
            }
        }
    }
    for type_ in &types {
        let variants = match type_.schemas.0[&type_.name].clone() {
            Value::Object(schema) if schema.contains_key("oneOf") => schema["oneOf"].as_array().unwrap().clone(),
            Value::Object(schema) if schema.contains_key("enum") => schema["enum"]
                .as_array()
                .unwrap()
                .iter()
                .map(|word| json!({ "enum": [word] }))
                .collect(),
            schema => vec![schema],
        };
        for variant in variants {
            let alone = Schemas(
                [
                    type_.schemas.0.clone(),
                    Map::from_iter([("it".to_owned(), variant.clone())]),
                ]
                .into_iter()
                .flatten()
                .collect(),
            );
            lane.case();
            if !type_.examples.iter().any(|(_, example)| alone.accept("it", example)) {
                lane.violation(format!("{} has no example for {variant}", type_.name));
            }
        }
    }
    lane.finish();
}
