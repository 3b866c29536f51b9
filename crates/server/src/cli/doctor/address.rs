//! The public address, as browsers come by it: whether it leads here, and what whatever stands between does on the way.

use super::Findings;
use super::lines::{Mend, Proxy};
use crate::call::{Body, Call, Origin, Seen as Certificate, Trust};
use crate::config::Config;
use crate::http::doctor::{FILE_BYTES, KEY_FILE, PAUSE, PIECES, Seen};
use crate::tls;
use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Full};
use hyper::body::Incoming;
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

/// Claimed by the doctor to be where it comes from, to see who believes it: an address of nobody (RFC 5737).
const CLAIMED: &str = "192.0.2.77";
const ANSWER_WITHIN: Duration = Duration::from_secs(15);
/// A live connection is answered at once.
const FRAME_WITHIN: Duration = Duration::from_secs(5);
/// A clock that is off by more makes times look odd; by more than that sign-in by a second factor and certificates fail.
const CLOCK_WARN_S: i64 = 3;
const CLOCK_FAIL_S: i64 = 60;
/// Days before the end of a certificate at which it should have been renewed.
const DAYS_LEFT: i64 = 14;
const DAY_S: i64 = 86_400;

struct Address<'a> {
    config: &'a Config,
    origin: Origin,
    url: String,
    key: String,
    trust: Trust,
}

pub async fn look(config: &Config, url: Option<&str>, trust: &Trust, found: &mut Findings) {
    let public = &config.server.public_url;
    let url = url.unwrap_or(public).trim_end_matches('/');
    if url.is_empty() {
        return found.warn(
            "address",
            "public_url is not set, so browsers on other machines cannot come",
        );
    }
    let Some(origin) = Origin::of(url) else {
        return found.fail(
            "address",
            format!("{url} is no address; it reads like https://chat.example.org"),
        );
    };
    let file = config.data.dir.join(KEY_FILE);
    let key = match std::fs::read_to_string(&file) {
        Ok(key) => key,
        Err(error) => {
            let why =
                "it is left there by the running service: run the doctor as its user, with the same configuration";
            return found.fail("address", format!("{} cannot be read: {error}; {why}", file.display()));
        }
    };
    let trust = Trust {
        go_on: true,
        ..trust.clone()
    };
    let address = Address {
        config,
        url: url.to_owned(),
        origin,
        key,
        trust,
    };
    let Some(seen) = address.arrives(found).await else {
        return;
    };
    address.client(&seen, found);
    address.live(found).await;
    address.flows(found).await;
    address.takes_files(found).await;
}

impl Address<'_> {
    async fn call(&self) -> Result<Call, String> {
        Call::to(&self.origin, &self.trust).await
    }

    fn request(&self, method: &str, path: &str) -> hyper::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, self.origin.authority())
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key))
            .header("x-forwarded-for", CLAIMED)
    }

    async fn ask(&self, call: &mut Call, request: Request<Body>) -> Result<Response<Incoming>, String> {
        let asked = timeout(ANSWER_WITHIN, call.ask(request)).await;
        asked
            .map_err(|_| "no answer comes".to_owned())?
            .map_err(|e| format!("no answer comes: {e}"))
    }

    /// Whether it leads here. With the certificate and the clock, which come with the first answer.
    async fn arrives(&self, found: &mut Findings) -> Option<(Seen, SocketAddr)> {
        let mut call = match self.call().await {
            Ok(call) => call,
            Err(why) => {
                found.fail("address", format!("{why}; check name, port, firewall and proxy"));
                return None;
            }
        };
        match &call.seen {
            Some(certificate) => self.certificate(certificate, found),
            None if !self.origin.is_this_machine() => {
                found.warn("certificate", "http: everybody on the way reads along; use https");
            }
            None => {}
        }
        let request = self.request("GET", "/doctor/seen").body(nothing()).ok()?;
        let answer = match self.ask(&mut call, request).await {
            Ok(answer) => answer,
            Err(why) => {
                found.fail("address", format!("{}: {why}", self.url));
                return None;
            }
        };
        let said = |name| {
            let value = answer.headers().get(name);
            value
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_owned()
        };
        found.proxy = Proxy::named(&said(header::SERVER));
        let (date, status) = (said(header::DATE), answer.status());
        let body = answer.into_body().collect().await.ok()?.to_bytes();
        let Ok(seen) = serde_json::from_slice::<Seen>(&body) else {
            self.elsewhere(status, &body, found);
            return None;
        };
        if seen.public_url == self.url || self.config.server.public_url == self.url {
            found.ok("address", format!("{} leads here", self.url));
        } else {
            let set = &seen.public_url;
            found.fail(
                "address",
                format!(
                    "{} leads here, but public_url is {set}: nobody can sign in; set it to what browsers show",
                    self.url
                ),
            );
        }
        if !seen.host.eq_ignore_ascii_case(&self.origin.authority()) && seen.peer != call.from {
            let host = &seen.host;
            found.mend(
                "host",
                format!("the proxy passes on another host than was asked for: {host}"),
                Mend::Host,
            );
        }
        self.clock(&date, found);
        Some((seen, call.from))
    }

    /// What answered was not this service.
    fn elsewhere(&self, status: StatusCode, body: &[u8], found: &mut Findings) {
        let ours = serde_json::from_slice::<wire::Problem>(body).ok();
        let said = match (ours.as_ref().map(|problem| problem.code.as_str()), status.as_u16()) {
            (Some("foreign_host"), _) => {
                return found.mend(
                    "address",
                    format!(
                        "{} leads here, but the service is asked for another host than that of public_url",
                        self.url
                    ),
                    Mend::Host,
                );
            }
            (Some(_), _) => {
                "a Deskbell answers, but not the one whose data folder this is: another node, or started again since"
                    .to_owned()
            }
            (None, 502..=504) => format!("the proxy answers {status}: it does not reach the service"),
            (None, _) => format!("something else answers ({status})"),
        };
        found.fail("address", format!("{}: {said}", self.url));
    }

    fn certificate(&self, certificate: &Certificate, found: &mut Findings) {
        let Some((_, until, names)) = certificate.chain.first().and_then(tls::validity) else {
            return found.fail("certificate", "it cannot be read");
        };
        let days = (until - crate::clock::now().0 / 1_000_000) / DAY_S;
        let said = format!("for {}, {days} days left", names.join(", "));
        use rustls::{CertificateError, Error};
        let why = match &certificate.verdict {
            Ok(()) if days <= DAYS_LEFT => return found.warn("certificate", format!("{said}: renew it")),
            Ok(()) => return found.ok("certificate", said),
            Err(Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. })) => {
                "it has run out; renew it".to_owned()
            }
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => format!("it is not for {}", self.origin.host),
            Err(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => {
                "browsers do not know who signed it, or the certificates between are not sent along".to_owned()
            }
            Err(other) => other.to_string(),
        };
        found.fail("certificate", format!("{said}: {why}"));
    }

    fn clock(&self, date: &str, found: &mut Findings) {
        let parsed = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date);
        let Ok(theirs) = parsed else {
            return found.warn("clock", "the answer has no date");
        };
        let off = theirs.as_second() - jiff::Timestamp::now().as_second();
        match off.abs() {
            0..=CLOCK_WARN_S => found.ok(
                "clock",
                format!("agrees with {} to {} s", self.origin.host, off.abs() + 1),
            ),
            CLOCK_FAIL_S.. => found.fail(
                "clock",
                format!("{off} s off from {}; let both follow a time server", self.origin.host),
            ),
            _ => found.warn(
                "clock",
                format!("{off} s off from {}; let both follow a time server", self.origin.host),
            ),
        }
    }

    /// Whether the service knows where requests come from: limits count by it, and the log of changes names it.
    fn client(&self, (seen, from): &(Seen, SocketAddr), found: &mut Findings) {
        let hops: Vec<&str> = seen
            .forwarded
            .iter()
            .flat_map(|header| header.split(','))
            .map(str::trim)
            .collect();
        let (peer, claims) = (seen.peer.ip(), hops.last().copied() == Some(CLAIMED));
        if seen.peer == SocketAddr::new(from.ip().to_canonical(), from.port()) {
            return match seen.trusted && !peer.is_loopback() {
                true => found.warn(
                    "client",
                    format!("nothing stands between, and {peer} is one of trusted_proxies: what it claims is believed"),
                ),
                false => found.ok("client", "nothing stands between; addresses are those of who comes"),
            };
        }
        if hops.is_empty() {
            let said = format!(
                "the proxy ({peer}) does not say where requests come from: all visitors share its address and its limits"
            );
            return found.mend("client", said, Mend::Address);
        }
        if claims {
            let said =
                format!("the proxy ({peer}) passes X-Forwarded-For on as visitors write it: they choose their address");
            return found.mend("client", said, Mend::Address);
        }
        if !seen.trusted {
            let said = format!(
                "the proxy ({peer}) is not one of trusted_proxies: all visitors share its address and its limits"
            );
            return found.mend("client", said, Mend::Trust(peer));
        }
        found.ok(
            "client",
            format!(
                "the proxy ({peer}) says where requests come from: {}",
                hops.last().unwrap_or(&"")
            ),
        );
    }

    /// A live connection, there and back: a frame that is none is answered by closing it with 4004.
    async fn live(&self, found: &mut Findings) {
        let began = Instant::now();
        match timeout(ANSWER_WITHIN, self.shake()).await {
            Ok(Ok(())) => found.ok(
                "live",
                format!("connections work, there and back in {} ms", began.elapsed().as_millis()),
            ),
            Ok(Err(why)) => found.mend("live", why, Mend::Upgrade),
            Err(_) => found.mend("live", "no answer comes to the upgrade", Mend::Upgrade),
        }
    }

    async fn shake(&self) -> Result<(), String> {
        let mut call = self.call().await?;
        let request = self
            .request("GET", "/live?surface=visitor")
            .header(header::UPGRADE, "websocket")
            .header(header::CONNECTION, "Upgrade")
            .header(header::SEC_WEBSOCKET_VERSION, "13")
            .header(header::SEC_WEBSOCKET_KEY, "ZGVza2JlbGwgZG9jdG9yIQ==")
            .header(header::ORIGIN, &self.url);
        let request = request.body(nothing()).map_err(|e| e.to_string())?;
        let answer = self.ask(&mut call, request).await?;
        let status = answer.status();
        if status != StatusCode::SWITCHING_PROTOCOLS {
            return Err(format!(
                "an upgrade is answered with {status}: the proxy does not pass it on"
            ));
        }
        let upgraded = hyper::upgrade::on(answer)
            .await
            .map_err(|e| format!("the upgrade fails: {e}"))?;
        let mut socket = TokioIo::new(upgraded);
        // A text frame of one letter, masked with nothing (RFC 6455, 5.2).
        let frame = [0x81, 0x81, 0, 0, 0, 0, b'?'];
        socket.write_all(&frame).await.map_err(|e| e.to_string())?;
        let mut head = [0; 4];
        let read = timeout(FRAME_WITHIN, socket.read_exact(&mut head)).await;
        read.map_err(|_| "the upgrade works, but frames do not pass".to_owned())?
            .map_err(|e| format!("the upgrade works, but then the connection ends: {e}"))?;
        match (head[0], u16::from_be_bytes([head[2], head[3]])) {
            (0x88, 4004) => Ok(()),
            other => Err(format!("frames come back changed: {other:?}")),
        }
    }

    /// Whether pieces of an answer come as they are written.
    async fn flows(&self, found: &mut Findings) {
        let all = async {
            let mut call = self.call().await?;
            let request = self.request("GET", "/doctor/slow").body(nothing());
            let answer = self.ask(&mut call, request.map_err(|e| e.to_string())?).await?;
            let (mut first, mut last, mut bytes) = (None, Instant::now(), 0);
            let mut body = answer.into_body();
            while let Some(frame) = timeout(ANSWER_WITHIN, body.frame())
                .await
                .map_err(|_| "it ends half way")?
            {
                let frame = frame.map_err(|e| format!("it ends half way: {e}"))?;
                bytes += frame.data_ref().map_or(0, Bytes::len);
                last = Instant::now();
                first.get_or_insert(last);
            }
            if bytes == 0 {
                return Err("nothing comes".to_owned());
            }
            Ok(last.duration_since(first.unwrap_or(last)))
        };
        // Half of what it takes: a busy machine pushes pieces together.
        match all.await {
            Ok(over) if over >= PAUSE * (PIECES as u32 - 1) / 2 => {
                found.ok("buffering", "answers come as they are written")
            }
            Ok(_) => found.mend(
                "buffering",
                "the proxy holds answers back until they are whole",
                Mend::Buffering,
            ),
            Err(why) => found.fail("buffering", why),
        }
    }

    async fn takes_files(&self, found: &mut Findings) {
        let mib = FILE_BYTES / 1024 / 1024;
        let sent = async {
            let mut call = self.call().await?;
            let body = Full::new(Bytes::from(vec![0; FILE_BYTES])).boxed();
            let request = self
                .request("POST", "/doctor/file")
                .header(header::CONTENT_LENGTH, FILE_BYTES);
            let request = request
                .header(header::ORIGIN, &self.url)
                .body(body)
                .map_err(|e| e.to_string())?;
            let answer = timeout(ANSWER_WITHIN * 4, call.ask(request)).await;
            let answer = answer
                .map_err(|_| "no answer comes".to_owned())?
                .map_err(|e| e.to_string())?;
            Ok::<_, String>(answer.status())
        };
        match sent.await {
            Ok(StatusCode::OK) => found.ok("file size", format!("a file of {mib} MiB gets through")),
            Ok(status) => found.mend(
                "file size",
                format!("a file of {mib} MiB does not get through ({status})"),
                Mend::Size,
            ),
            Err(why) => found.mend(
                "file size",
                format!("a file of {mib} MiB does not get through: {why}"),
                Mend::Size,
            ),
        }
    }
}

fn nothing() -> Body {
    Empty::<Bytes>::new().boxed()
}
