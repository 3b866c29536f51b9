//! The way of one node to its database, which can be cut.
//!
//! A small proxy that reads PostgreSQL's messages (a letter, a length, a body) on their way to the node, so that it can drop
//! hints and nothing else.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// `NotificationResponse`: what a `NOTIFY` brings to who listens.
const HINT: u8 = b'A';

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    Open,
    /// Nothing passes in either direction; what was under way arrives once it opens.
    Frozen,
    /// Connections are reset, and no new one comes through.
    Cut,
}

pub struct Link {
    url: String,
    shared: Arc<Shared>,
    accepting: AbortHandle,
}

struct Shared {
    database: String,
    flow: watch::Sender<Flow>,
    drops_hints: AtomicBool,
    hints: AtomicUsize,
    dropped: AtomicUsize,
}

impl Link {
    /// To the database at a `postgres://…` address.
    pub async fn to(database: &str) -> Self {
        let (before, rest) = database.split_once('@').expect("user@host");
        let (host, path) = rest.split_once('/').expect("host/database");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            database: host.to_owned(),
            flow: watch::Sender::new(Flow::Open),
            drops_hints: AtomicBool::new(false),
            hints: AtomicUsize::new(0),
            dropped: AtomicUsize::new(0),
        });
        let accepting = tokio::spawn(accept(listener, shared.clone())).abort_handle();
        Self {
            // Whether TLS is spoken is asked by a message that has no length.
            url: format!("{before}@127.0.0.1:{port}/{path}?sslmode=disable"),
            shared,
            accepting,
        }
    }

    /// The address of the database by this way.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn becomes(&self, flow: Flow) {
        self.shared.flow.send_replace(flow);
    }

    pub fn drops_hints(&self, drops: bool) {
        self.shared.drops_hints.store(drops, Ordering::Release);
    }

    /// Hints that came this way so far, and how many of them were dropped.
    pub fn hints(&self) -> (usize, usize) {
        let count = |count: &AtomicUsize| count.load(Ordering::Acquire);
        (count(&self.shared.hints), count(&self.shared.dropped))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((node, _)) = listener.accept().await {
        let shared = shared.clone();
        tokio::spawn(async move {
            // An end for whatever reason is an end for both sides.
            tokio::select! {
                _ = shared.pass(node) => {}
                () = shared.is(Flow::Cut) => {}
            }
        });
    }
}

impl Shared {
    async fn is(&self, flow: Flow) {
        // The sender lives as long as this does.
        let _ = self.flow.subscribe().wait_for(|now| *now == flow).await;
    }

    async fn pass(&self, node: TcpStream) -> io::Result<()> {
        self.is(Flow::Open).await;
        let database = TcpStream::connect(&self.database).await?;
        for side in [&node, &database] {
            side.set_nodelay(true)?;
            // Dropped, it is reset: nothing more passes.
            side.set_zero_linger()?;
        }
        let ((from_node, to_node), (from_database, to_database)) = (node.into_split(), database.into_split());
        tokio::select! {
            ended = self.ask(from_node, to_database) => ended,
            ended = self.answer(from_database, to_node) => ended,
        }
    }

    async fn ask(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) -> io::Result<()> {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            let read = from.read(&mut bytes).await?;
            if read == 0 {
                return Ok(());
            }
            self.is(Flow::Open).await;
            to.write_all(&bytes[..read]).await?;
        }
    }

    async fn answer(&self, from: OwnedReadHalf, mut to: OwnedWriteHalf) -> io::Result<()> {
        let (mut from, mut passing) = (BufReader::with_capacity(64 * 1024, from), Vec::new());
        loop {
            let mut head = [0; 5];
            from.read_exact(&mut head).await?;
            let [kind, length @ ..] = head;
            let body = (u32::from_be_bytes(length) as usize).saturating_sub(length.len());
            let hint = kind == HINT;
            let drops = hint && self.drops_hints.load(Ordering::Acquire);
            self.hints.fetch_add(usize::from(hint), Ordering::AcqRel);
            self.dropped.fetch_add(usize::from(drops), Ordering::AcqRel);
            let begins = passing.len();
            passing.extend(head);
            passing.resize(begins + head.len() + body, 0);
            from.read_exact(&mut passing[begins + head.len()..]).await?;
            if drops {
                passing.truncate(begins);
            }
            if from.buffer().is_empty() {
                self.is(Flow::Open).await;
                to.write_all(&passing).await?;
                passing.clear();
            }
        }
    }
}
