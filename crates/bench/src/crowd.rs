//! Many connections in one thread: connects them, reads them, writes to them. One driver for all three servers.

use crate::frame;
use anyhow::{Context, Result, bail, ensure};
use mio::{Events, Interest, Poll, Token, net::TcpStream, unix::SourceFd};
use nix::sys::timerfd::{ClockId, Expiration, TimerFd, TimerFlags, TimerSetTimeFlags};
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::os::fd::{AsFd, AsRawFd};
use std::time::{Duration, Instant};

/// How a connection begins, and what it asks for.
#[derive(Clone, Debug)]
pub struct Door {
    pub path: String,
    /// Lines for the handshake, each ended by CRLF.
    pub headers: String,
    pub hello: String,
    /// By their number in [`crate::drive::Target::chats`].
    pub chats: Vec<usize>,
}

struct Socket {
    stream: TcpStream,
    /// The beginning of a frame that has not come whole.
    part: Vec<u8>,
    watching: usize,
}

pub struct Crowd {
    poll: Poll,
    events: Events,
    timer: TimerFd,
    sockets: Vec<Socket>,
    buffer: Vec<u8>,
    out: Vec<u8>,
}

const TIMER: Token = Token(usize::MAX);
/// Connections begun and not yet answered.
const AT_ONCE: usize = 64;
const READY_WITHIN: Duration = Duration::from_secs(30);

impl Crowd {
    /// Connects, says hello, watches, and returns when every watch was answered.
    pub fn connect(address: SocketAddr, doors: &[Door], chats: &[String]) -> Result<Self> {
        let timer = TimerFd::new(ClockId::CLOCK_MONOTONIC, TimerFlags::TFD_NONBLOCK)?;
        let poll = Poll::new()?;
        poll.registry()
            .register(&mut SourceFd(&timer.as_fd().as_raw_fd()), TIMER, Interest::READABLE)?;
        let mut crowd = Self {
            poll,
            events: Events::with_capacity(1024),
            timer,
            sockets: Vec::with_capacity(doors.len()),
            buffer: vec![0; 256 * 1024],
            out: Vec::new(),
        };
        let begun = Instant::now();
        for (i, door) in doors.iter().enumerate() {
            crowd
                .enter(address, door, chats)
                .with_context(|| format!("connection {i}"))?;
            while crowd.unanswered(doors, i + 1) > AT_ONCE {
                crowd.settle(doors, begun)?;
            }
        }
        while crowd.unanswered(doors, doors.len()) > 0 {
            crowd.settle(doors, begun)?;
        }
        Ok(crowd)
    }

    fn unanswered(&self, doors: &[Door], begun: usize) -> usize {
        let newest = begun.saturating_sub(4 * AT_ONCE);
        let late = |(socket, door): &(&Socket, &Door)| socket.watching < door.chats.len();
        self.sockets[newest..]
            .iter()
            .zip(&doors[newest..begun])
            .filter(late)
            .count()
    }

    fn settle(&mut self, doors: &[Door], begun: Instant) -> Result<()> {
        ensure!(begun.elapsed() < READY_WITHIN, "watches are not answered");
        let mut answered = Vec::new();
        self.turn(Some(Duration::from_millis(50)), |from, payload, _| {
            if payload.starts_with(br#"{"op":"snapshot""#) {
                answered.push(from);
            }
            ensure!(
                !payload.starts_with(br#"{"op":"gone""#) && !payload.starts_with(br#"{"op":"refused""#),
                "{:?} was answered {}",
                doors[from],
                String::from_utf8_lossy(payload)
            );
            Ok(())
        })?;
        answered.into_iter().for_each(|from| self.sockets[from].watching += 1);
        Ok(())
    }

    fn enter(&mut self, address: SocketAddr, door: &Door, chats: &[String]) -> Result<()> {
        let mut stream = std::net::TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        write!(
            stream,
            "GET {} HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{}\r\n",
            door.path, door.headers
        )?;
        let mut answer = Vec::new();
        let end = loop {
            let n = stream.read(&mut self.buffer)?;
            ensure!(
                n > 0,
                "closed during the handshake: {}",
                String::from_utf8_lossy(&answer)
            );
            answer.extend(&self.buffer[..n]);
            if let Some(end) = memchr::memmem::find(&answer, b"\r\n\r\n") {
                break end + 4;
            }
        };
        ensure!(
            answer.starts_with(b"HTTP/1.1 101"),
            "no upgrade: {}",
            String::from_utf8_lossy(&answer)
        );
        let mut first = Vec::new();
        frame::put(&mut first, frame::TEXT, door.hello.as_bytes());
        for chat in &door.chats {
            let watch = format!(r#"{{"op":"watch","chat":"{}"}}"#, chats[*chat]);
            frame::put(&mut first, frame::TEXT, watch.as_bytes());
        }
        stream.write_all(&first)?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        let token = Token(self.sockets.len());
        self.poll.registry().register(&mut stream, token, Interest::READABLE)?;
        self.sockets.push(Socket {
            stream,
            part: answer.split_off(end),
            watching: 0,
        });
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.sockets.len()
    }

    /// Wakes `turn` at this moment, to the microsecond (epoll's own timeout is good to a millisecond).
    pub fn wake_at(&self, moment: Instant) -> Result<()> {
        let wait = moment
            .saturating_duration_since(Instant::now())
            .max(Duration::from_nanos(1));
        self.timer
            .set(Expiration::OneShot(wait.into()), TimerSetTimeFlags::empty())?;
        Ok(())
    }

    /// Waits for something to read or for the timer, and hands out each frame: who got it, its payload, and where
    /// frames to send in answer go.
    pub fn turn(
        &mut self,
        wait: Option<Duration>,
        mut got: impl FnMut(usize, &[u8], &mut Vec<(usize, Vec<u8>)>) -> Result<()>,
    ) -> Result<()> {
        match self.poll.poll(&mut self.events, wait) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(()),
            other => other?,
        }
        let tokens: Vec<Token> = self.events.iter().map(|event| event.token()).collect();
        let mut answers = Vec::new();
        for token in tokens {
            if token == TIMER {
                // Read, so that it may fire again.
                let _ = self.timer.wait();
                continue;
            }
            self.read(token.0, &mut answers, &mut got)
                .with_context(|| format!("connection {}", token.0))?;
            for (to, text) in answers.drain(..) {
                self.send(to, frame::TEXT, &text)?;
            }
        }
        Ok(())
    }

    fn read(
        &mut self,
        at: usize,
        answers: &mut Vec<(usize, Vec<u8>)>,
        got: &mut impl FnMut(usize, &[u8], &mut Vec<(usize, Vec<u8>)>) -> Result<()>,
    ) -> Result<()> {
        loop {
            let socket = &mut self.sockets[at];
            let before = socket.part.len();
            self.buffer[..before].copy_from_slice(&socket.part);
            socket.part.clear();
            let n = match socket.stream.read(&mut self.buffer[before..]) {
                Ok(0) => bail!("closed by the server"),
                Ok(n) => n,
                Err(error) if error.kind() == ErrorKind::WouldBlock => 0,
                Err(error) => return Err(error.into()),
            };
            let mut rest = &self.buffer[..before + n];
            while let Some((opcode, payload)) = frame::first(rest) {
                let end = payload.end;
                match opcode {
                    frame::TEXT => got(at, &rest[payload], answers)?,
                    frame::CLOSE => bail!("closed: {}", String::from_utf8_lossy(&rest[payload])),
                    frame::PING => {}
                    other => bail!("a frame of kind {other}"),
                }
                rest = &rest[end..];
            }
            socket.part.extend(rest);
            // Edge-triggered: a read that did not fill the buffer has emptied the socket.
            if before + n < self.buffer.len() {
                return Ok(());
            }
        }
    }

    pub fn send_text(&mut self, to: usize, text: &[u8]) -> Result<()> {
        self.send(to, frame::TEXT, text)
    }

    /// One write for each message, as people's browsers do it.
    fn send(&mut self, to: usize, opcode: u8, payload: &[u8]) -> Result<()> {
        self.out.clear();
        frame::put(&mut self.out, opcode, payload);
        let mut from = 0;
        while from < self.out.len() {
            match self.sockets[to].stream.write(&self.out[from..]) {
                Ok(n) => from += n,
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::yield_now(),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
