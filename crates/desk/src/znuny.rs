//! Znuny, OTRS and OTOBO: the REST web service of their Generic Interface.
//!
//! It lists neither queues nor states nor people, so those come from the configuration, and customers from tickets. Errors come
//! with HTTP 200. Its search takes no dynamic fields by GET, and then finds *all* tickets instead of none: what a search finds is
//! read before it is believed.

use crate::once::{self, Steps};
use crate::remote::{Answer, Call, Remote, secret_header};
use crate::text::{one_line, plain};
use crate::ticket::HITS_MAX;
use crate::{
    Address, Agent, Article, Customer, Desk, DeskError, Find, Mark, Meta, NewTicket, Patience, Secret, Ticket,
    TicketId, TicketRef,
};
use base64::Engine;
use domain::{Audience, ChatId};
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use std::str::FromStr;
use tokio::sync::Mutex;

/// Most tickets looked through for one that we made: all that were made since the day before the chat began.
const CANDIDATES_MAX: usize = 500;
/// So many are read at once.
const READ_AT_ONCE: usize = 50;
/// Our article is looked for among so many newest ones of a ticket.
const ARTICLES_MAX: usize = 200;
const TITLE_MAX: usize = 191;
const SUBJECT_MAX: usize = 250;

/// One installation.
#[derive(Debug, Clone)]
pub struct Access {
    /// Up to and including `nph-genericinterface.pl`.
    pub address: Address,
    /// The web service's name.
    pub service: String,
    pub user: String,
    pub password: Secret,
    pub session: SessionIn,
    pub routes: Routes,
    /// Dynamic field of tickets, of type text, that holds our mark.
    pub field: String,
    /// Customer user of tickets whose customer the desk does not know.
    pub stranger: Option<String>,
    /// Type of new tickets. A desk whose setting Ticket::Type is on makes none without.
    pub ticket_type: Option<String>,
    /// What tickets can be given.
    pub meta: Meta,
    pub patience: Patience,
}

/// How calls bear the session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SessionIn {
    /// In a header, which Znuny takes.
    #[default]
    Header,
    /// As a field; in the query where there is no body, and so perhaps in logs of the desk.
    Field,
}

/// Where the service's operations are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routes {
    pub session_create: Route,
    pub ticket_create: Route,
    pub ticket_get: Route,
    pub ticket_update: Route,
    pub ticket_search: Route,
    /// Another route of the search with a method that has a body: finds our tickets by their dynamic field at once.
    pub ticket_search_by_field: Option<Route>,
}

impl Default for Routes {
    fn default() -> Self {
        let route = |method, path: &str| Route {
            method,
            path: path.to_owned(),
        };
        Self {
            session_create: route(Method::POST, "/Session"),
            ticket_create: route(Method::POST, "/Ticket"),
            ticket_get: route(Method::GET, "/Ticket/:TicketID"),
            ticket_update: route(Method::PATCH, "/Ticket/:TicketID"),
            ticket_search: route(Method::GET, "/Ticket"),
            ticket_search_by_field: None,
        }
    }
}

impl Routes {
    /// The shipped ones but for those named here. The error is a sentence.
    pub fn with<'a>(others: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, String> {
        let mut routes = Self::default();
        for (name, route) in others {
            let route = route.parse()?;
            match name {
                "session_create" => routes.session_create = route,
                "ticket_create" => routes.ticket_create = route,
                "ticket_get" => routes.ticket_get = route,
                "ticket_update" => routes.ticket_update = route,
                "ticket_search" => routes.ticket_search = route,
                "ticket_search_by_field" => routes.ticket_search_by_field = Some(route),
                other => return Err(format!("there is no route {other}")),
            }
        }
        Ok(routes)
    }
}

/// States and priorities of a fresh installation, and these agents.
pub fn shipped(queues: Vec<String>, agents: Vec<Agent>, responsible: bool) -> Meta {
    const WAITING: [&str; 3] = ["pending reminder", "pending auto close+", "pending auto close-"];
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let begins = words(&["new", "open", "closed successful", "closed unsuccessful"]);
    Meta {
        queues,
        states: [begins, words(&WAITING)].concat(),
        waiting: words(&WAITING),
        priorities: words(&["1 very low", "2 low", "3 normal", "4 high", "5 very high"]),
        responsible: responsible && !agents.is_empty(),
        agents,
    }
}

/// Reads like `PATCH /Ticket/:TicketID`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    method: Method,
    path: String,
}

impl FromStr for Route {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is no route; it reads like PATCH /Ticket/:TicketID");
        let (method, path) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let known = [Method::GET, Method::POST, Method::PUT, Method::PATCH];
        let method = known.into_iter().find(|known| known == method).ok_or_else(wrong)?;
        let path = path.trim().to_owned();
        if path.starts_with('/') && !path.contains(['?', '#', ' ']) {
            Ok(Self { method, path })
        } else {
            Err(wrong())
        }
    }
}

pub struct Znuny {
    access: Access,
    remote: Remote,
    session: Mutex<Option<Secret>>,
}

/// A service's answer without the `Error` key.
type Said = Value;

impl Znuny {
    /// The error is a sentence about the configuration.
    pub fn new(access: Access) -> Result<Self, String> {
        let remote = Remote::new(&access.address, access.patience, HeaderMap::new())?;
        Ok(Self {
            access,
            remote,
            session: Mutex::default(),
        })
    }

    /// Calls an operation. Where our session is over a new one is made, once: a call that was not let in did nothing.
    async fn call(&self, route: &Route, id: &str, fields: Vec<(&str, Value)>, writes: bool) -> Result<Said, DeskError> {
        let session = self.session(None).await?;
        match self.call_with(&session, route, id, &fields, writes).await {
            Err(DeskError::SignIn(_)) => {
                let session = self.session(Some(&session)).await?;
                self.call_with(&session, route, id, &fields, writes).await
            }
            other => other,
        }
    }

    async fn call_with(
        &self,
        session: &Secret,
        route: &Route,
        id: &str,
        fields: &[(&str, Value)],
        writes: bool,
    ) -> Result<Said, DeskError> {
        let mut fields = fields.to_vec();
        let mut headers = HeaderMap::new();
        match self.access.session {
            SessionIn::Header => {
                let header = secret_header(session.expose()).map_err(DeskError::SignIn)?;
                headers.insert("x-otrs-header-sessionid", header);
            }
            SessionIn::Field => fields.push(("SessionID", session.expose().into())),
        }
        self.send(route, id, fields, headers, writes).await
    }

    /// The session, made if there is none or it is `over`.
    async fn session(&self, over: Option<&Secret>) -> Result<Secret, DeskError> {
        let mut held = self.session.lock().await;
        if let Some(session) = held.as_ref().filter(|session| Some(*session) != over) {
            return Ok(session.clone());
        }
        *held = None;
        let fields = vec![
            ("UserLogin", self.access.user.as_str().into()),
            ("Password", self.access.password.expose().into()),
        ];
        let route = &self.access.routes.session_create;
        let said = self.send(route, "", fields, HeaderMap::new(), false).await?;
        let session = said["SessionID"].as_str().map(Secret::new);
        let session = session.ok_or_else(|| DeskError::Unreachable("it made no session".to_owned()))?;
        *held = Some(session.clone());
        Ok(session)
    }

    async fn send(
        &self,
        route: &Route,
        id: &str,
        fields: Vec<(&str, Value)>,
        headers: HeaderMap,
        writes: bool,
    ) -> Result<Said, DeskError> {
        let below = route.path.split('/').filter(|step| !step.is_empty());
        let below = below.map(|step| if step == ":TicketID" { id } else { step });
        let path = ["Webservice", &self.access.service].into_iter().chain(below);
        let mut call = Call::get(path);
        call.method = route.method.clone();
        call.writes = writes;
        let body = if route.method == Method::GET {
            call.query = fields.iter().flat_map(|(key, value)| pairs(key, value)).collect();
            None
        } else {
            let with_id = (!id.is_empty()).then(|| ("TicketID", id.into()));
            let fields = fields.into_iter().chain(with_id);
            Some(Value::Object(
                fields.map(|(key, value)| (key.to_owned(), value)).collect(),
            ))
        };
        let answer = self.remote.call(call, headers, body.as_ref()).await.and_then(said);
        if writes {
            answer
        } else {
            answer.map_err(DeskError::of_reading)
        }
    }

    /// Reads tickets by their ids; those that are not there, or not for the service account, fail all of them.
    async fn read(&self, ids: &str, fields: Vec<(&str, Value)>) -> Result<Vec<Value>, DeskError> {
        let said = self.call(&self.access.routes.ticket_get, ids, fields, false).await;
        match said?["Ticket"].take() {
            Value::Array(tickets) => Ok(tickets),
            _ => Err(DeskError::Unreachable("it sent no ticket".to_owned())),
        }
    }

    /// Ids found, at most `limit`.
    async fn ids(&self, route: &Route, mut fields: Vec<(&str, Value)>, limit: usize) -> Result<Vec<String>, DeskError> {
        fields.push(("Limit", limit.to_string().into()));
        let said = self.call(route, "", fields, false).await?;
        // No hit is an empty object; ids are strings or numbers.
        let found = said["TicketID"].as_array().map_or(&[][..], Vec::as_slice);
        let ids = found
            .iter()
            .map(text)
            .filter(|id| TicketId(id.clone()).numeric().is_some());
        Ok(ids.take(limit).collect())
    }

    async fn newest(&self, fields: Vec<(&str, Value)>, limit: usize) -> Result<Vec<Ticket>, DeskError> {
        let ids = self.ids(&self.access.routes.ticket_search, fields, limit).await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let read = self.read(&ids.join(","), Vec::new()).await?;
        let mut tickets: Vec<Ticket> = read.iter().map(ticket).collect();
        tickets.sort_by_key(|ticket| ids.iter().position(|id| *id == ticket.of.id.0));
        Ok(tickets)
    }

    fn article(&self, article: &Article) -> Value {
        let visible = article.audience == Audience::Everyone;
        let mut sent = json!({
            "Subject": one_line(&article.subject, SUBJECT_MAX),
            "Body": article.marked_html(),
            "ContentType": "text/html; charset=utf-8",
            // A transcript is refused in the channel Chat, and seen by customers unless told otherwise.
            "CommunicationChannel": if visible { "Phone" } else { "Internal" },
            "IsVisibleForCustomer": i32::from(visible),
            "HistoryComment": article.line(),
        });
        if let Some(email) = &article.author.email {
            let name: String = one_line(&article.author.name, 100)
                .chars()
                .filter(|c| !"\"\\<>".contains(*c))
                .collect();
            sent["From"] = format!("\"{name}\" <{}>", one_line(email, 200)).into();
        }
        sent
    }
}

#[async_trait::async_trait]
impl Steps for Znuny {
    async fn made(&self, mark: &Mark) -> Result<Option<TicketRef>, DeskError> {
        let by_field = format!("DynamicField_{}", self.access.field);
        let routes = &self.access.routes;
        let ids = match &routes.ticket_search_by_field {
            Some(route) => {
                let fields = vec![(by_field.as_str(), json!({ "Equals": mark.to_string() }))];
                self.ids(route, fields, HITS_MAX).await?
            }
            None => {
                let since = vec![("TicketCreateTimeNewerDate", day_before(mark.chat).into())];
                self.ids(&routes.ticket_search, since, CANDIDATES_MAX).await?
            }
        };
        for some in ids.chunks(READ_AT_ONCE) {
            let read = self.read(&some.join(","), vec![("DynamicFields", "1".into())]).await?;
            if let Some(ours) = read.iter().find(|ticket| bears(ticket, &self.access.field, mark)) {
                return Ok(Some(ticket(ours).of));
            }
        }
        if ids.len() >= CANDIDATES_MAX {
            let why = "there are too many new tickets to see whether this one was made before";
            return Err(DeskError::Unclear(why.to_owned()));
        }
        Ok(None)
    }

    async fn make(&self, new: &NewTicket, first: &Article) -> Result<TicketRef, DeskError> {
        let mut ticket = json!({
            "Title": one_line(&new.title, TITLE_MAX),
            "Queue": new.queue,
            "State": new.state,
            "Priority": new.priority,
            "CustomerUser": one_line(new.customer_or(&self.access.stranger)?, TITLE_MAX),
        });
        if let Some(ticket_type) = &self.access.ticket_type {
            ticket["Type"] = ticket_type.as_str().into();
        }
        if let Some(owner) = &new.owner {
            ticket["Owner"] = owner.as_str().into();
        }
        if let Some(responsible) = &new.responsible {
            ticket["Responsible"] = responsible.as_str().into();
        }
        // It would take such a ticket without a time, and remind of it at once.
        match new.pending {
            Some(pending) => ticket["PendingTime"] = json!({ "Diff": pending.in_min }),
            None if self.access.meta.waiting.contains(&new.state) => {
                let why = "the state waits, and nobody says until when";
                return Err(DeskError::Refused(why.to_owned()));
            }
            None => {}
        }
        let mut fields = vec![
            ("Ticket", ticket),
            ("Article", self.article(first)),
            (
                "DynamicField",
                json!({ "Name": self.access.field, "Value": first.mark.to_string() }),
            ),
        ];
        fields.extend(attachment(first));
        let said = self.call(&self.access.routes.ticket_create, "", fields, true).await?;
        let (id, number) = (text(&said["TicketID"]), text(&said["TicketNumber"]));
        if TicketId(id.clone()).numeric().is_none() {
            return Err(DeskError::Unclear("it sent no number of a ticket".to_owned()));
        }
        Ok(TicketRef {
            id: TicketId(id),
            number,
        })
    }

    async fn look(&self, id: &TicketId, article: &Article) -> Result<Option<(Ticket, bool)>, DeskError> {
        let Some(number) = id.numeric() else { return Ok(None) };
        let fields = vec![
            ("AllArticles", "1".into()),
            ("ArticleLimit", ARTICLES_MAX.to_string().into()),
            ("ArticleOrder", "DESC".into()),
        ];
        let Some(read) = there(self.read(number, fields).await)? else {
            return Ok(None);
        };
        let articles = read["Article"].as_array().map_or(&[][..], Vec::as_slice);
        let is_there = articles
            .iter()
            .any(|stored| article.is_in(stored["Body"].as_str().unwrap_or_default()));
        Ok(Some((ticket(&read), is_there)))
    }

    async fn add(&self, id: &TicketId, article: &Article) -> Result<(), DeskError> {
        let number = id.numeric().ok_or(DeskError::NotFound)?;
        let mut fields = vec![("Article", self.article(article))];
        fields.extend(attachment(article));
        let said = self
            .call(&self.access.routes.ticket_update, number, fields, true)
            .await?;
        if text(&said["ArticleID"]).is_empty() {
            return Err(DeskError::Unclear("it sent no number of an article".to_owned()));
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl Desk for Znuny {
    async fn test(&self) -> Result<String, DeskError> {
        let Access {
            user, service, field, ..
        } = &self.access;
        let ids = self.ids(&self.access.routes.ticket_search, Vec::new(), 1).await?;
        let Some(id) = ids.first() else {
            return Ok(format!(
                "Signed in to the web service {service} as {user}, who finds no ticket yet."
            ));
        };
        let read = self.read(id, vec![("DynamicFields", "1".into())]).await?;
        if !read.iter().any(|ticket| field_value(ticket, field).is_some()) {
            let why = format!("tickets have no dynamic field {field}; make one of the type text");
            return Err(DeskError::Refused(why));
        }
        Ok(format!(
            "Signed in to the web service {service} as {user}; tickets have the dynamic field {field}."
        ))
    }

    async fn search(&self, find: &Find, queues: &[&str]) -> Result<Vec<Ticket>, DeskError> {
        let (key, value) = match find {
            Find::Text(text) => ("Title", format!("%{}%", one_line(text, TITLE_MAX))),
            Find::Number(number) => ("TicketNumber", one_line(number, TITLE_MAX)),
            Find::Customer(customer) => ("CustomerUserLogin", one_line(customer, TITLE_MAX)),
        };
        // Without a value the search would take the field for not given, and find everything.
        if queues.is_empty() || value.trim_matches('%').is_empty() {
            return Ok(Vec::new());
        }
        self.newest(vec![(key, value.into()), ("Queues", json!(queues))], HITS_MAX)
            .await
    }

    async fn create(&self, ticket: &NewTicket, articles: &[Article]) -> Result<TicketRef, DeskError> {
        once::create(self, ticket, articles).await
    }

    async fn append(&self, ticket: &TicketId, article: &Article) -> Result<(), DeskError> {
        once::append(self, ticket, article).await
    }

    async fn get(&self, id: &TicketId) -> Result<Option<Ticket>, DeskError> {
        let Some(number) = id.numeric() else { return Ok(None) };
        let read = there(self.read(number, Vec::new()).await)?;
        Ok(read.as_ref().map(ticket))
    }

    async fn meta(&self) -> Result<Meta, DeskError> {
        Ok(self.access.meta.clone())
    }

    /// A customer is known by the newest ticket that is his.
    async fn customers(&self, find: &str) -> Result<Vec<Customer>, DeskError> {
        let login = one_line(find, TITLE_MAX);
        if login.is_empty() {
            return Ok(Vec::new());
        }
        let fields = vec![("CustomerUserLogin", login.into())];
        let ids = self.ids(&self.access.routes.ticket_search, fields, 1).await?;
        let Some(id) = ids.first() else {
            return Ok(Vec::new());
        };
        let read = self.read(id, Vec::new()).await?;
        let customer = |ticket: &Value| Customer {
            login: text(&ticket["CustomerUserID"]),
            name: String::new(),
            email: String::new(),
            company: text(&ticket["CustomerID"]),
        };
        Ok(read
            .iter()
            .map(customer)
            .filter(|customer| !customer.login.is_empty())
            .collect())
    }
}

/// Success is HTTP 200 without an `Error`.
fn said(answer: Answer) -> Result<Said, DeskError> {
    let Answer { status, json } = answer;
    let error = &json["Error"];
    if !error.is_null() {
        let message = plain(error["ErrorMessage"].as_str().unwrap_or_default());
        let code = error["ErrorCode"].as_str().unwrap_or_default();
        return Err(match code.rsplit('.').next() {
            Some("AuthFail") => DeskError::SignIn(message),
            Some("AccessDenied") => DeskError::NoRight(message),
            _ => DeskError::Refused(message),
        });
    }
    match status {
        200 if json.is_object() => Ok(json),
        200 => Err(DeskError::Unclear("the answer makes no sense".to_owned())),
        400..500 => Err(DeskError::Refused(format!("HTTP {status}"))),
        _ => {
            let fault = plain(json["faultstring"].as_str().unwrap_or_default());
            Err(DeskError::Unclear(format!("HTTP {status} {fault}").trim().to_owned()))
        }
    }
}

/// The one ticket that was read. One that the service account may not see is not there.
fn there(read: Result<Vec<Value>, DeskError>) -> Result<Option<Value>, DeskError> {
    match read {
        Ok(tickets) => Ok(tickets.into_iter().next()),
        Err(DeskError::NoRight(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn ticket(read: &Value) -> Ticket {
    Ticket {
        of: TicketRef {
            id: TicketId(text(&read["TicketID"])),
            number: text(&read["TicketNumber"]),
        },
        title: text(&read["Title"]),
        queue: text(&read["Queue"]),
        state: text(&read["State"]),
        priority: text(&read["Priority"]),
        owner: text(&read["Owner"]),
        customer: text(&read["CustomerUserID"]),
        takes_articles: !["merged", "removed"].contains(&text(&read["StateType"]).as_str()),
    }
}

fn bears(ticket: &Value, field: &str, mark: &Mark) -> bool {
    field_value(ticket, field).is_some_and(|value| text(value) == mark.to_string())
}

fn field_value<'a>(ticket: &'a Value, field: &str) -> Option<&'a Value> {
    let fields = ticket["DynamicField"].as_array()?;
    fields
        .iter()
        .find(|each| each["Name"] == field)
        .map(|each| &each["Value"])
}

fn attachment(article: &Article) -> Option<(&'static str, Value)> {
    let pdf = article.pdf.as_ref()?;
    let sent = json!({
        "Content": base64::engine::general_purpose::STANDARD.encode(&pdf.bytes),
        "ContentType": "application/pdf",
        "Filename": one_line(&pdf.name, 100),
    });
    Some(("Attachment", sent))
}

/// A field as it stands in a query: an array repeats its key.
fn pairs<'a>(key: &'a str, value: &Value) -> Vec<(&'a str, String)> {
    match value {
        Value::Array(values) => values.iter().map(|value| (key, text(value))).collect(),
        value => vec![(key, text(value))],
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A day before a chat began, as the desk writes dates: which time zone it writes them in is not known.
fn day_before(chat: ChatId) -> String {
    let began = chat.0.get_timestamp().map_or(0, |at| at.to_unix().0);
    let day = i64::try_from(began).unwrap_or(0).saturating_sub(86_400).max(0);
    let day = jiff::Timestamp::from_second(day).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    day.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
