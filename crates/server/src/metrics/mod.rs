//! What the service counts about itself, for a collector of figures (OpenMetrics, as Prometheus reads it).
//!
//! Invariant: a label's value is a word of this program (a route, a state, a kind), never a name, a text or an id: whatever people do,
//! there are not more of them.

mod process;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Metric, Registry, Unit};
use std::sync::atomic::AtomicU64;
use std::time::Duration;

pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper ends of the buckets of requests, in seconds: sign-in costs a slow hash, a transcript of a long chat takes its time.
const REQUEST_S: [f64; 9] = [0.002, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 5.0, 30.0];
/// The same of deliveries.
const DELIVERY_S: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0, 10.0];

type Word = &'static str;
type ByWord<M> = Family<[(Word, Word); 1], M>;
type Requests = Family<[(Word, String); 3], Histogram, fn() -> Histogram>;

/// A job, by its name in the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    People,
    Time,
    Sweep,
    Index,
    Mail,
    Errands,
    Files,
}

impl Job {
    fn word(self) -> Word {
        match self {
            Self::People => "people",
            Self::Time => "time",
            Self::Sweep => "sweep",
            Self::Index => "index",
            Self::Mail => "mail",
            Self::Errands => "errands",
            Self::Files => "files",
        }
    }
}

/// What a collector has looked up when it asks.
#[derive(Debug, Default)]
pub struct Observed {
    pub connections: Vec<(Word, i64)>,
    pub pool: Vec<(Word, i64)>,
    /// None while the database does not answer.
    pub stored: Option<Stored>,
}

/// What the database counts.
#[derive(Debug, Default)]
pub struct Stored {
    pub chats: Vec<(Word, i64)>,
    pub outbox: Vec<(Word, i64)>,
    pub errands: Vec<(Word, i64)>,
}

pub struct Metrics {
    registry: Registry,
    requests: Requests,
    delivery: Histogram,
    messages: ByWord<Counter>,
    ended: Family<[(Word, u16); 1], Counter>,
    panics: Counter,
    job_failures: ByWord<Counter>,
    job_done: ByWord<Gauge<f64, AtomicU64>>,
    certificate_end: Gauge,
    connections: ByWord<Gauge>,
    pool: ByWord<Gauge>,
    database_up: Gauge,
    chats: ByWord<Gauge>,
    outbox: ByWord<Gauge>,
    errands: ByWord<Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(process::Process::default()));
        let ours = registry.sub_registry_with_prefix("deskbell");
        ours.register(
            "build",
            "The program",
            Info::new([("version", env!("CARGO_PKG_VERSION"))]),
        );
        let requests: Requests = Family::new_with_constructor(|| Histogram::new(REQUEST_S));
        let about = "Requests by route, method and status: from their head to the head of the answer";
        ours.register_with_unit("http_request_duration", about, Unit::Seconds, requests.clone());
        let delivery = Histogram::new(DELIVERY_S);
        let about = "From the moment an entry was taken to the moment it was handed to the connection of who sees it";
        ours.register_with_unit("delivery", about, Unit::Seconds, delivery.clone());
        Self {
            requests,
            delivery,
            messages: kept(ours, "messages", "Messages and notes that this process stored"),
            ended: kept(
                ours,
                "live_ended",
                "Live connections that this process ended, by close code",
            ),
            panics: kept(ours, "panics", "Requests that a fault of the program ended"),
            job_failures: kept(ours, "job_failures", "Rounds of a job that failed and are tried again"),
            job_done: kept(
                ours,
                "job_done_timestamp_seconds",
                "When a round of a job was done last, since 1970",
            ),
            certificate_end: kept(
                ours,
                "certificate_end_timestamp_seconds",
                "When the certificate served by this process runs out, since 1970; 0 without TLS",
            ),
            connections: kept(
                ours,
                "live_connections",
                "Live connections of this process, by who is connected",
            ),
            pool: kept(
                ours,
                "database_connections",
                "Connections of this process to the database; of SQLite those that read",
            ),
            database_up: kept(ours, "database_up", "1 where the database answered in time"),
            chats: kept(ours, "chats", "Chats that are not closed"),
            outbox: kept(ours, "outbox", "E-mails by state; those that are done stay for a while"),
            errands: kept(
                ours,
                "errands",
                "What the connected ticket system does not have: waiting for a try, or stuck until an agent tries again",
            ),
            registry,
        }
    }
}

fn kept<M: Metric + Clone + Default>(registry: &mut Registry, name: &str, about: &str) -> M {
    let metric = M::default();
    registry.register(name, about, metric.clone());
    metric
}

impl Metrics {
    /// `route` is the pattern that matched, not what was asked for.
    pub fn answered(&self, method: &str, route: &str, status: u16, after: Duration) {
        let labels = [
            ("method", method.to_owned()),
            ("route", route.to_owned()),
            ("status", status.to_string()),
        ];
        self.requests.get_or_create(&labels).observe(after.as_secs_f64());
    }

    pub fn delivered(&self, after: Duration) {
        self.delivery.observe(after.as_secs_f64());
    }

    pub fn stored(&self, note: bool) {
        let kind = if note { "note" } else { "message" };
        self.messages.get_or_create(&[("kind", kind)]).inc();
    }

    pub fn ended(&self, code: u16) {
        self.ended.get_or_create(&[("code", code)]).inc();
    }

    /// To be set by who serves certificates.
    pub fn certificate_end(&self) -> Gauge {
        self.certificate_end.clone()
    }

    pub fn panicked(&self) {
        self.panics.inc();
    }

    /// A round of a job went through, then (in seconds since 1970), or did not.
    pub fn job(&self, job: Job, done_at: Option<f64>) {
        let job = [("job", job.word())];
        match done_at {
            Some(at) => {
                self.job_done.get_or_create(&job).set(at);
            }
            None => {
                self.job_failures.get_or_create(&job).inc();
            }
        }
    }

    /// All of it as text.
    pub fn text(&self, observed: &Observed) -> String {
        set(&self.connections, "who", &observed.connections);
        set(&self.pool, "state", &observed.pool);
        self.database_up.set(observed.stored.is_some().into());
        if let Some(stored) = &observed.stored {
            set(&self.chats, "state", &stored.chats);
            set(&self.outbox, "state", &stored.outbox);
            set(&self.errands, "state", &stored.errands);
        }
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

fn set(family: &ByWord<Gauge>, label: Word, values: &[(Word, i64)]) {
    for (word, value) in values {
        family.get_or_create(&[(label, word)]).set(*value);
    }
}
