//! HTTP to a desk, with limits: on time, on the size of answers, on where it leads.

use crate::DeskError;
use crate::text::plain;
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client, Method, Url};
use serde_json::Value;
use std::time::Duration;

/// Longest answer that is read.
pub const ANSWER_MAX_BYTES: usize = 16 * 1024 * 1024;

/// Where a desk is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// https, or http on this machine; no login, query or fragment.
    pub url: String,
    /// Allows http to other machines: passwords and conversations then cross the network in the clear.
    pub plain_http: bool,
}

/// How long an answer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    pub connect: Duration,
    pub read: Duration,
    /// For what stores something: longer, because to give up leaves doubt.
    pub write: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(15),
            write: Duration::from_secs(60),
        }
    }
}

#[derive(Debug)]
pub struct Remote {
    client: Client,
    base: Url,
    patience: Patience,
}

/// A request without its body.
pub struct Call<'a> {
    pub method: Method,
    /// Below the desk's address; escaped where needed.
    pub path: Vec<&'a str>,
    pub query: Vec<(&'a str, String)>,
    pub writes: bool,
}

impl<'a> Call<'a> {
    pub fn get(path: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            method: Method::GET,
            path: path.into_iter().collect(),
            query: Vec::new(),
            writes: false,
        }
    }

    pub fn query(mut self, key: &'a str, value: impl Into<String>) -> Self {
        self.query.push((key, value.into()));
        self
    }
}

pub struct Answer {
    pub status: u16,
    pub json: Value,
}

impl Remote {
    /// The error is a sentence about the address.
    pub fn new(address: &Address, patience: Patience, headers: HeaderMap) -> Result<Self, String> {
        // Idempotent; whoever was first stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let base = check(address)?;
        let client = Client::builder()
            .default_headers(headers)
            .connect_timeout(patience.connect)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            // A kept connection may be dead, and then nobody knows whether the request arrived.
            .pool_max_idle_per_host(0)
            .build();
        let client = client.map_err(|e| format!("no HTTP client can be made: {}", e.without_url()))?;
        Ok(Self { client, base, patience })
    }

    /// Sends, and reads the answer as JSON. [`DeskError::Unreachable`] if nothing was sent, [`DeskError::Unclear`] if it was and
    /// the answer does not tell; answers of status 400 to 499 that are no JSON are refusals.
    pub async fn call(&self, call: Call<'_>, headers: HeaderMap, body: Option<&Value>) -> Result<Answer, DeskError> {
        let within = if call.writes {
            self.patience.write
        } else {
            self.patience.read
        };
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(&call.path);
        }
        let mut request = self.client.request(call.method, url).timeout(within).headers(headers);
        if !call.query.is_empty() {
            request = request.query(&call.query);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let mut response = request.send().await.map_err(failed)?;
        let status = response.status().as_u16();
        if response.status().is_redirection() {
            return Err(DeskError::Refused(format!(
                "it sends elsewhere (HTTP {status}); check its address"
            )));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > ANSWER_MAX_BYTES {
                return Err(DeskError::Unclear("the answer is too long".to_owned()));
            }
            bytes.extend_from_slice(&chunk);
        }
        match serde_json::from_slice(&bytes) {
            Ok(json) => Ok(Answer { status, json }),
            Err(_) if (400..500).contains(&status) => {
                let said = plain(&String::from_utf8_lossy(&bytes));
                Err(DeskError::Refused(format!("HTTP {status} {said}").trim().to_owned()))
            }
            Err(_) => Err(DeskError::Unclear(format!("HTTP {status}, and not in JSON"))),
        }
    }
}

/// Secret headers show in no log.
pub fn secret_header(value: &str) -> Result<HeaderValue, String> {
    let mut header =
        HeaderValue::from_str(value).map_err(|_| "a password or token has characters that no header takes")?;
    header.set_sensitive(true);
    Ok(header)
}

fn check(address: &Address) -> Result<Url, String> {
    let url =
        Url::parse(&address.url).map_err(|_| "the desk's address is no URL; it reads like https://desk.example.org")?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err("the desk's address has a login, a query or a fragment; it takes none".to_owned());
    }
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let loopback = host == "localhost" || bare.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    match url.scheme() {
        "https" => Ok(url),
        "http" if loopback || address.plain_http => Ok(url),
        "http" => Err(format!("http to {host} would send passwords in the clear; use https")),
        other => Err(format!("{other} is no way to reach a desk; use https")),
    }
}

fn failed(error: reqwest::Error) -> DeskError {
    if error.is_connect() || error.is_builder() {
        return DeskError::Unreachable(cause(&error));
    }
    if error.is_timeout() {
        return DeskError::Unclear("no answer in time".to_owned());
    }
    DeskError::Unclear("the connection broke off".to_owned())
}

/// The innermost reason; those around it repeat it, and name the address.
fn cause(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    plain(&inner.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_reached_in_the_clear() {
        let say = |url: &str, plain_http| {
            let url = url.to_owned();
            check(&Address { url, plain_http }).is_ok()
        };
        for good in [
            "https://desk.example.org/otrs",
            "http://localhost:8080",
            "http://127.0.0.1/x",
            "http://[::1]:9/",
        ] {
            assert!(say(good, false), "{good}");
        }
        for bad in [
            "http://desk.example.org",
            "http://localhost.example.org",
            "http://127.0.0.1.example.org",
            "https://root:secret@desk.example.org",
            "https://desk.example.org/?a=b",
            "https://desk.example.org/#a",
            "ftp://localhost/",
            "desk.example.org",
        ] {
            assert!(!say(bad, false), "{bad}");
        }
        assert!(say("http://desk.example.org", true));
    }
}
