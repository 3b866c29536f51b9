//! The floors: the least a server in this language could do, with the same library and buffers as the real one.
//!
//! `floor-relay` passes each message on and stores nothing. `floor-durable` first commits it to SQLite with
//! `synchronous=FULL`, whatever has queued up (at most 256) in one transaction, by one writer thread and no timer. No
//! permissions, no sessions, one copy of the frame as it came.

use anyhow::Result;
use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// Those of the server (`live::READ_BUFFER` and its `write_buffer_size`).
const READ_BUFFER: usize = 4 * 1024;
const WRITE_BUFFER: usize = 0;
const BATCH: usize = 256;

/// Where a chat's id, and a message's client id, stand in the driver's frames.
const CHAT_IN_WATCH: usize = r#"{"op":"watch","chat":""#.len();
const CHAT_IN_SEND: usize = r#"{"op":"send","chat":""#.len();
const CID_IN_SEND: usize = CHAT_IN_SEND + 36 + r#"","cid":""#.len();

type Chat = [u8; 36];
type Out = UnboundedSender<Utf8Bytes>;
type Rooms = HashMap<Chat, Vec<(u64, Out)>>;

#[derive(Clone, Default)]
struct Floor {
    /// Who takes part in a chat: connection and its queue.
    rooms: Arc<Mutex<Rooms>>,
    next: Arc<AtomicU64>,
    /// The writer thread of the durable floor.
    writer: Option<mpsc::Sender<Job>>,
}

/// A message to be stored, then passed on and acknowledged.
struct Job {
    chat: Chat,
    cid: Chat,
    frame: Utf8Bytes,
    to: Vec<Out>,
    from: Out,
}

/// Runs until killed. Says its port in a line of its own.
pub fn run(database: Option<&Path>) -> Result<()> {
    let writer = database.map(writer).transpose()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let floor = Floor {
            writer,
            ..Floor::default()
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("listening {}", listener.local_addr()?);
        std::io::stdout().flush()?;
        let app = Router::new().route("/", get(upgrade)).with_state(floor);
        use axum::serve::ListenerExt;
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        Ok(axum::serve(listener, app).await?)
    })
}

async fn upgrade(State(floor): State<Floor>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .on_upgrade(move |socket| connection(floor, socket))
}

async fn connection(floor: Floor, mut socket: WebSocket) {
    let me = floor.next.fetch_add(1, Ordering::Relaxed);
    let (out, mut queue) = unbounded_channel();
    let mut watched = Vec::new();
    loop {
        let text = tokio::select! {
            got = socket.recv() => match got {
                Some(Ok(Message::Text(text))) => match floor.got(me, &out, &mut watched, text) {
                    Some(answer) => answer,
                    None => continue,
                },
                _ => break,
            },
            Some(text) = queue.recv() => text,
        };
        if socket.send(Message::Text(text)).await.is_err() {
            break;
        }
    }
    if let Ok(mut rooms) = floor.rooms.lock() {
        for chat in watched {
            rooms.entry(chat).or_default().retain(|(other, _)| *other != me);
        }
    }
}

impl Floor {
    /// What is to be answered at once.
    fn got(&self, me: u64, out: &Out, watched: &mut Vec<Chat>, frame: Utf8Bytes) -> Option<Utf8Bytes> {
        let text = frame.as_bytes();
        if text.starts_with(br#"{"op":"watch""#) {
            let chat = id(text, CHAT_IN_WATCH)?;
            self.rooms.lock().ok()?.entry(chat).or_default().push((me, out.clone()));
            watched.push(chat);
            return Some(Utf8Bytes::from_static(r#"{"op":"snapshot"}"#));
        }
        if text.starts_with(br#"{"op":"ping""#) {
            return Some(Utf8Bytes::from_static(r#"{"op":"beat"}"#));
        }
        if !text.starts_with(br#"{"op":"send""#) {
            return None;
        }
        let (chat, cid) = (id(text, CHAT_IN_SEND)?, id(text, CID_IN_SEND)?);
        let rooms = self.rooms.lock().ok()?;
        let others = rooms.get(&chat)?.iter().filter(|(other, _)| *other != me);
        let Some(writer) = &self.writer else {
            others.for_each(|(_, to)| drop(to.send(frame.clone())));
            return Some(acknowledged(&cid));
        };
        let to = others.map(|(_, to)| to.clone()).collect();
        let from = out.clone();
        let _ = writer.send(Job {
            chat,
            cid,
            frame,
            to,
            from,
        });
        None
    }
}

fn id(text: &[u8], at: usize) -> Option<Chat> {
    text.get(at..at + 36)?.try_into().ok()
}

fn acknowledged(cid: &Chat) -> Utf8Bytes {
    let cid = std::str::from_utf8(cid).unwrap_or_default();
    format!(r#"{{"op":"ack","cid":"{cid}"}}"#).into()
}

fn writer(database: &Path) -> Result<mpsc::Sender<Job>> {
    let mut connection = rusqlite::Connection::open(database)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch(
        "CREATE TABLE message (id INTEGER PRIMARY KEY, room INTEGER NOT NULL, seq INTEGER NOT NULL, cid TEXT NOT NULL, text TEXT NOT NULL);
         CREATE UNIQUE INDEX message_seq ON message (room, seq);",
    )?;
    let (sender, queue) = mpsc::channel::<Job>();
    std::thread::Builder::new()
        .name("writer".into())
        .spawn(move || -> Result<()> {
            // A room's number and its newest position.
            let mut heads: HashMap<Chat, (i64, i64)> = HashMap::new();
            let mut jobs = Vec::with_capacity(BATCH);
            while let Ok(first) = queue.recv() {
                jobs.push(first);
                jobs.extend(queue.try_iter().take(BATCH - 1));
                store(&mut connection, &mut heads, &jobs)?;
                for job in jobs.drain(..) {
                    job.to.iter().for_each(|to| drop(to.send(job.frame.clone())));
                    let _ = job.from.send(acknowledged(&job.cid));
                }
            }
            Ok(())
        })?;
    Ok(sender)
}

fn store(connection: &mut rusqlite::Connection, heads: &mut HashMap<Chat, (i64, i64)>, jobs: &[Job]) -> Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    {
        let mut insert =
            transaction.prepare_cached("INSERT INTO message (room, seq, cid, text) VALUES (?1, ?2, ?3, ?4)")?;
        for job in jobs {
            let rooms = heads.len() as i64;
            let (room, seq) = heads.entry(job.chat).or_insert((rooms, 0));
            *seq += 1;
            let cid = std::str::from_utf8(&job.cid)?;
            let text = job.frame.get(CID_IN_SEND + 36..).unwrap_or_default();
            insert.execute((*room, *seq, cid, text))?;
        }
    }
    Ok(transaction.commit()?)
}
