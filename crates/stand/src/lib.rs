//! A stand-in for other people's ticket systems on a port of its own, as strict as the real ones where a chat meets them. It can be told
//! to fail. Tests talk to it, and nothing else does.
//!
//! - [`znuny`], [`zammad`]: the systems, which refuse what the real ones refuse.
#![forbid(unsafe_code)]

pub mod zammad;
pub mod znuny;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

const LATE: Duration = Duration::from_millis(1_500);

/// What a system is asked.
pub struct Ask {
    pub method: String,
    pub path: String,
    pub query: BTreeMap<String, Vec<String>>,
    pub headers: BTreeMap<String, String>,
    pub body: Bytes,
}

impl Ask {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn one(&self, key: &str) -> &str {
        self.query
            .get(key)
            .and_then(|values| values.first())
            .map_or("", String::as_str)
    }
}

/// An article as the system has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub visible: bool,
    pub subject: String,
    pub body: String,
    pub from: String,
    pub files: Vec<(String, Vec<u8>)>,
}

/// Who has a ticket, and until when it waits, in the system's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub state: String,
    pub owner: String,
    pub responsible: Option<String>,
    pub pending: Option<String>,
}

pub trait System: Send {
    fn answer(&mut self, ask: &Ask) -> (u16, Value);

    fn stores(&self, ask: &Ask) -> bool;

    /// All tickets made through the interface, with their articles.
    fn tickets(&self) -> Vec<Vec<Stored>>;

    /// All tickets, also those that were there before, in order of their ids from 1.
    fn all(&self) -> Vec<Vec<Stored>>;

    /// What tickets made through the interface were given, in the same order.
    fn given(&self) -> Vec<Given>;

    /// E-mails sent to customers.
    fn mails(&self) -> usize;

    /// Ends all sessions; returns how many there were so far.
    fn sign_out(&mut self) -> usize;

    /// Leaves tickets behind without their articles.
    fn lose_articles(&mut self);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Znuny,
    Zammad,
}

pub const KINDS: [Kind; 2] = [Kind::Znuny, Kind::Zammad];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Error,
    Nonsense,
    /// JSON, and nothing in it.
    Nothing,
    /// The connection ends without an answer.
    Cut,
    Slow,
    Endless,
    /// It is done a second and a half later, and answered then.
    Late,
}

/// Those that a call shows at once.
pub const FAULTS: [Fault; 6] = [
    Fault::Error,
    Fault::Nonsense,
    Fault::Nothing,
    Fault::Cut,
    Fault::Slow,
    Fault::Endless,
];

/// One fault to come.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub fault: Fault,
    /// Of a call that stores something, or of one that reads.
    pub of_writing: bool,
    /// It is done all the same, and only the answer is lost.
    pub done: bool,
    /// The next call that reads is lost too.
    pub and_look: bool,
}

pub struct Stand {
    system: Mutex<Box<dyn System>>,
    plans: Mutex<Vec<Plan>>,
    calls: Mutex<usize>,
    port: u16,
}

impl Stand {
    pub async fn start(kind: Kind) -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let system: Box<dyn System> = match kind {
            Kind::Znuny => Box::new(znuny::Znuny::new()),
            Kind::Zammad => Box::new(zammad::Zammad::new()),
        };
        let stand = Arc::new(Self {
            system: Mutex::new(system),
            plans: Mutex::default(),
            calls: Mutex::default(),
            port: listener.local_addr().expect("an address").port(),
        });
        let router = Router::new()
            .route("/_/tickets", get(told))
            .route("/_/fail/{fault}", post(fail_next))
            .fallback(serve)
            .with_state(stand.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stand
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn system(&self) -> MutexGuard<'_, Box<dyn System>> {
        self.system.lock().expect("a system")
    }

    /// The next call of this sort fails so.
    pub fn plan(&self, plan: Plan) {
        self.plans.lock().expect("plans").push(plan);
    }

    pub fn calls(&self) -> usize {
        *self.calls.lock().expect("calls")
    }

    fn planned(&self, of_writing: bool) -> Option<Plan> {
        let mut plans = self.plans.lock().expect("plans");
        let at = plans.iter().position(|plan| plan.of_writing == of_writing)?;
        Some(plans.remove(at))
    }
}

/// For tests in other languages: what is stored.
async fn told(State(stand): State<Arc<Stand>>) -> Json<Value> {
    let article = |it: &Stored| {
        let files: Vec<_> = it
            .files
            .iter()
            .map(|(name, bytes)| json!({ "name": name, "length": bytes.len() }))
            .collect();
        json!({ "visible": it.visible, "subject": it.subject, "body": it.body, "files": files })
    };
    let tickets = stand.system().all();
    Json(
        tickets
            .iter()
            .map(|articles| articles.iter().map(article).collect::<Value>())
            .collect(),
    )
}

/// The same: the next call that stores something fails so; with `error` it is not done.
async fn fail_next(State(stand): State<Arc<Stand>>, Path(fault): Path<String>) -> &'static str {
    let fault = match fault.as_str() {
        "error" => Fault::Error,
        "cut" => Fault::Cut,
        _ => return "error or cut",
    };
    stand.plan(Plan {
        fault,
        of_writing: true,
        done: fault == Fault::Cut,
        and_look: fault == Fault::Cut,
    });
    "planned"
}

async fn serve(State(stand): State<Arc<Stand>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    *stand.calls.lock().expect("calls") += 1;
    let query = head.uri.query().unwrap_or_default();
    let mut pairs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pair in query.split(['&', ';']).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.entry(unescape(key)).or_default().push(unescape(value));
    }
    let headers = head.headers.iter();
    let ask = Ask {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: pairs,
        headers: headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
            .collect(),
        body: to_bytes(body, 100_000_000).await.expect("a body"),
    };
    let plan = stand.planned(stand.system().stores(&ask));
    if plan.is_some_and(|plan| plan.fault == Fault::Late) {
        // Also if nobody waits for it any more.
        let late = tokio::spawn(async move {
            tokio::time::sleep(LATE).await;
            stand.system().answer(&ask)
        });
        let (status, json) = late.await.expect("no panic");
        return answered(status, json);
    }
    if plan.is_none_or(|plan| plan.done) {
        let (status, json) = stand.system().answer(&ask);
        if plan.is_none() {
            return answered(status, json);
        }
    }
    let plan = plan.expect("a plan");
    if plan.and_look {
        stand.plan(Plan {
            of_writing: false,
            done: false,
            and_look: false,
            ..plan
        });
    }
    fail(plan.fault).await
}

fn answered(status: u16, json: Value) -> Response {
    (StatusCode::from_u16(status).expect("a status"), Json(json)).into_response()
}

async fn fail(fault: Fault) -> Response {
    match fault {
        Fault::Error => {
            let fault =
                json!({ "faultcode": "Server", "faultstring": "<b>Deadlock</b> found", "error": "Deadlock found" });
            (StatusCode::INTERNAL_SERVER_ERROR, Json(fault)).into_response()
        }
        Fault::Nonsense => "<html>It works!</html>".into_response(),
        Fault::Nothing => Json(json!({})).into_response(),
        // Ends the connection's task without the words of a panic.
        Fault::Cut => std::panic::resume_unwind(Box::new("cut")),
        Fault::Slow | Fault::Late => std::future::pending().await,
        Fault::Endless => {
            let bytes = Bytes::from(vec![b' '; 64 * 1024]);
            let endless = futures_util::stream::repeat_with(move || Ok::<_, Infallible>(bytes.clone()));
            Body::from_stream(endless).into_response()
        }
    }
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let hex: String = rest.by_ref().take(2).map(char::from).collect();
                u8::from_str_radix(&hex, 16).expect("two hexadecimal digits")
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).expect("UTF-8")
}
