//! One request at a time over HTTP/1.1, for preparing what is measured.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

pub struct Answer {
    pub body: Value,
    /// `name=value` of the first cookie set.
    pub cookie: Option<String>,
}

/// Fails for any answer but success, with what it said.
pub fn request(address: SocketAddr, method: &str, path: &str, headers: &str, body: Option<&Value>) -> Result<Answer> {
    let (status, head, body) = exchange(address, method, path, headers, body)?;
    ensure!(
        (200..300).contains(&status),
        "{method} {path} answered {status}: {body}"
    );
    let cookie = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let set = name.eq_ignore_ascii_case("set-cookie");
        set.then(|| value.split(';').next().unwrap_or_default().to_owned())
    });
    let body = serde_json::from_str(&body).unwrap_or(Value::Null);
    Ok(Answer { body, cookie })
}

pub fn is_ok(address: SocketAddr, path: &str) -> bool {
    exchange(address, "GET", path, "", None).is_ok_and(|(status, _, _)| status == 200)
}

/// The body of an answer, which must be a success.
pub fn fetch(address: SocketAddr, path: &str, headers: &str) -> Result<Vec<u8>> {
    let answer = raw(address, "GET", path, headers, "")?;
    let end = memchr::memmem::find(&answer, b"\r\n\r\n").context("no answer")?;
    ensure!(
        answer.starts_with(b"HTTP/1.1 200"),
        "{path}: {}",
        String::from_utf8_lossy(&answer[..end])
    );
    Ok(answer[end + 4..].to_vec())
}

fn exchange(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: Option<&Value>,
) -> Result<(u16, String, String)> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let answer = String::from_utf8(raw(address, method, path, headers, &body)?)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .context("no status")?;
    Ok((status, head.to_owned(), body.to_owned()))
}

fn raw(address: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}
