//! Letters to one mail server, over TLS, one at a time.
//!
//! lettre writes them and speaks SMTP; here it is decided what an answer means. What matters is when it comes: before the whole text
//! was given nothing has arrived, after that only a yes or a no of the server tells (RFC 5321, 4.2.5 and 4.5.3.2.6).

use crate::config;
use domain::Instant;
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use std::fmt::Display;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};
use tokio::time::timeout;
use uuid::Uuid;

/// Wins over the file.
const SECRET: &str = "DESKBELL_MAIL_SECRET";
/// Of what a server answers so much is kept.
const SAID_MAX: usize = 200;
/// Longest address (RFC 5321, 4.5.3.1.3, without the angle brackets).
pub const ADDRESS_MAX: usize = 254;
const SILENT: &str = "the mail server does not answer";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Security {
    Tls,
    StartTls,
    None,
}

/// The mail server that letters are given to.
pub struct Mailer {
    host: String,
    port: u16,
    security: Security,
    roots: Vec<Certificate>,
    credentials: Option<Credentials>,
    from: Mailbox,
    hello: ClientId,
}

/// One letter to one person.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The same for each try, and so is the Message-ID made of it.
    pub id: Uuid,
    /// When it was written.
    pub at: Instant,
    pub name: Option<String>,
    pub address: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    /// Name and content.
    pub pdf: Option<(String, Vec<u8>)>,
    /// Written by the program and not by a person: no machine should answer it (RFC 3834).
    pub automatic: bool,
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The server has it.
    Taken,
    /// Nothing has arrived; later it may.
    Later(String),
    /// Nothing has arrived, and nothing will.
    Refused(String),
    /// The whole letter was given, and no answer came.
    Perhaps(String),
    /// Somebody else is at it; nothing was given.
    Left,
}

impl Mailer {
    /// As configured; `None` where there is no mail server. The error is a sentence.
    pub fn new(config: &config::Mail) -> Result<Option<Self>, String> {
        if config.server.is_empty() {
            return Ok(None);
        }
        // Idempotent; whoever was first stays.
        let security = match config.tls.as_str() {
            "tls" => Security::Tls,
            "starttls" => Security::StartTls,
            "none" => Security::None,
            other => return Err(format!("mail.tls is tls, starttls or none, and not {other}")),
        };
        let (host, port) = host_and_port(&config.server, security)?;
        if security == Security::None && !is_this_machine(&host) {
            return Err(format!(
                "mail.tls = \"none\" would send letters to {host} in the clear; use starttls or tls"
            ));
        }
        let from: Mailbox = config.from.parse().map_err(|_| {
            format!(
                "mail.from ({}) is no address; it reads like \"Skerry Ferries <help@example.org>\"",
                config.from
            )
        })?;
        let roots = match config.ca_file.as_os_str().is_empty() {
            true => Vec::new(),
            false => {
                let pem = std::fs::read(&config.ca_file)
                    .map_err(|e| format!("cannot read {}: {e}", config.ca_file.display()))?;
                let root = Certificate::from_pem(&pem);
                vec![root.map_err(|_| format!("{} holds no certificate in PEM", config.ca_file.display()))?]
            }
        };
        let credentials = match config.user.is_empty() {
            true => None,
            false => Some(Credentials::new(config.user.clone(), secret(config)?)),
        };
        let hello = ClientId::Domain(from.email.domain().to_owned());
        let mailer = Self {
            host,
            port,
            security,
            roots,
            credentials,
            from,
            hello,
        };
        mailer.tls()?;
        Ok(Some(mailer))
    }

    /// Gives a letter to the server, waiting at most so long for each answer and twice as long for each step of the opening. Just
    /// before its text is given `hand` is asked, and if it says no the letter is left.
    pub async fn send(&self, letter: &Letter, patience: Duration, hand: impl AsyncFnOnce() -> bool) -> Delivery {
        let Ok(to) = letter.address.parse::<Address>() else {
            return Delivery::Refused(format!("{} is no address", letter.address));
        };
        let text = match self.written(letter, to.clone()) {
            Ok(text) => text,
            Err(why) => return Delivery::Refused(why),
        };
        let mut connection = match self.open(patience * 2).await {
            Ok(connection) => connection,
            Err(why) => return Delivery::Later(why),
        };
        let envelope = async {
            let from = Mail::new(Some(self.from.email.clone()), Vec::new());
            asked(&mut connection, from, patience).await?;
            asked(&mut connection, Rcpt::new(to, Vec::new()), patience).await?;
            asked(&mut connection, Data, patience).await
        };
        if let Err(delivery) = envelope.await {
            let _ = timeout(Duration::from_secs(1), connection.abort()).await;
            return delivery;
        }
        if !hand().await {
            // Without the last line nothing was given.
            return Delivery::Left;
        }
        match timeout(patience, connection.message(&text)).await {
            Ok(Ok(_)) => {
                let _ = timeout(Duration::from_secs(1), connection.quit()).await;
                Delivery::Taken
            }
            Ok(Err(error)) if error.status().is_some() => {
                let delivery = refusal(&error);
                let _ = timeout(Duration::from_secs(1), connection.abort()).await;
                delivery
            }
            Ok(Err(error)) => Delivery::Perhaps(cause(&error)),
            Err(_) => Delivery::Perhaps("the mail server did not say whether it has it".to_owned()),
        }
    }

    /// Signs in, and leaves. The error is a sentence.
    pub async fn greet(&self, patience: Duration) -> Result<(), String> {
        let opening = timeout(patience, self.open(patience));
        let mut connection = opening.await.map_err(|_| "it does not answer".to_owned())??;
        let _ = timeout(Duration::from_secs(1), connection.quit()).await;
        Ok(())
    }

    /// Waits at most so long for each step: the greeting, the encryption, the signing in.
    async fn open(&self, patience: Duration) -> Result<AsyncSmtpConnection, String> {
        let silent = |_| SILENT.to_owned();
        let tls = self.tls()?;
        let implicit = tls.clone().filter(|_| self.security == Security::Tls);
        let server = (self.host.as_str(), self.port);
        let opened = AsyncSmtpConnection::connect_tokio1(server, None, &self.hello, implicit, None);
        let opened = timeout(patience, opened).await.map_err(silent)?;
        let mut connection = opened.map_err(|e| cause(&e))?;
        if let Some(tls) = tls.filter(|_| self.security == Security::StartTls) {
            // Without it nothing more is said: whoever stands between may have taken the offer away.
            let encrypted = timeout(patience, connection.starttls(tls, &self.hello)).await;
            encrypted.map_err(silent)?.map_err(|e| cause(&e))?;
        }
        if let Some(credentials) = &self.credentials {
            let ways = [Mechanism::Plain, Mechanism::Login];
            let signed_in = timeout(patience, connection.auth(&ways, credentials)).await;
            signed_in
                .map_err(silent)?
                .map_err(|e| format!("it does not let us in: {}", cause(&e)))?;
        }
        Ok(connection)
    }

    fn tls(&self) -> Result<Option<TlsParameters>, String> {
        if self.security == Security::None {
            return Ok(None);
        }
        let mut builder = TlsParameters::builder(self.host.clone());
        for root in &self.roots {
            builder = builder.add_root_certificate(root.clone());
        }
        builder.build_rustls().map(Some).map_err(|e| cause(&e))
    }

    fn written(&self, letter: &Letter, to: Address) -> Result<Vec<u8>, String> {
        let unfit = |e: &dyn Display| format!("it cannot be written: {e}");
        let name = letter.name.as_deref().map(one_line).filter(|name| !name.is_empty());
        let at = SystemTime::UNIX_EPOCH + Duration::from_micros(letter.at.0.max(0) as u64);
        let mut message = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, to.clone()))
            .subject(one_line(&letter.subject))
            .date(at)
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .envelope(Envelope::new(Some(self.from.email.clone()), vec![to]).map_err(|e| unfit(&e))?);
        if letter.automatic {
            message = message.header(AutoSubmitted);
        }
        let plain = SinglePart::builder()
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone());
        let Some(html) = &letter.html else {
            let made = message.singlepart(plain).map_err(|e| unfit(&e))?;
            return Ok(made.formatted());
        };
        // Boundaries that are the same for each try, so that a letter that arrives twice is one.
        let part = |kind: MultiPart| kind;
        let both = MultiPart::alternative()
            .boundary(format!("a-{}", letter.id.simple()))
            .singlepart(plain)
            .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(html.clone()));
        let whole = match &letter.pdf {
            None => part(both),
            Some((name, pdf)) => {
                let kind = ContentType::parse("application/pdf").map_err(|e| unfit(&e))?;
                let body = Body::new_with_encoding(pdf.clone(), ContentTransferEncoding::Base64);
                let body = body.map_err(|_| "the PDF cannot be written".to_owned())?;
                MultiPart::mixed()
                    .boundary(format!("m-{}", letter.id.simple()))
                    .multipart(both)
                    .singlepart(Attachment::new(name.clone()).body(body, kind))
            }
        };
        Ok(message.multipart(whole).map_err(|e| unfit(&e))?.formatted())
    }
}

/// `Auto-Submitted: auto-generated` (RFC 3834, 5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// An address as somebody typed it, or `None` if it is none: one mailbox, no name, all ASCII, and with a dot in its domain.
pub fn address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let fits = typed.len() <= ADDRESS_MAX && typed.is_ascii() && !typed.contains(['"', '[', ',', ';']);
    let address: Address = Some(typed).filter(|_| fits)?.parse().ok()?;
    let domain = address.domain();
    let known = domain.contains('.') && domain.parse::<IpAddr>().is_err();
    known.then(|| format!("{}@{}", address.user(), domain.to_ascii_lowercase()))
}

/// Nothing in a header may end it.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A command before the text: without a yes nothing was given.
async fn asked(
    connection: &mut AsyncSmtpConnection,
    command: impl Display,
    patience: Duration,
) -> Result<(), Delivery> {
    match timeout(patience, connection.command(command)).await {
        Ok(answer) => answer.map(drop).map_err(|error| refusal(&error)),
        Err(_) => Err(Delivery::Later(SILENT.to_owned())),
    }
}

fn refusal(error: &Error) -> Delivery {
    let said = cause(error);
    if error.is_permanent() {
        Delivery::Refused(said)
    } else {
        Delivery::Later(said)
    }
}

/// What the server said, or what went wrong on the way, in one short line.
fn cause(error: &Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    let said = match error.status() {
        Some(code) => format!("{code} {inner}"),
        None => inner.to_string(),
    };
    one_line(&said).chars().take(SAID_MAX).collect()
}

fn host_and_port(server: &str, security: Security) -> Result<(String, u16), String> {
    let usual = match security {
        Security::Tls => 465,
        Security::StartTls => 587,
        Security::None => 25,
    };
    let wrong = || format!("mail.server ({server}) is no host with a port; it reads like mail.example.org:587");
    let (host, port) = match server.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, port.parse().map_err(|_| wrong())?),
        _ => (server, usual),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() || host.contains(|c: char| c.is_whitespace() || "/@".contains(c)) {
        return Err(wrong());
    }
    Ok((host.to_owned(), port))
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn secret(config: &config::Mail) -> Result<String, String> {
    if let Ok(secret) = std::env::var(SECRET) {
        return Ok(secret);
    }
    let file = &config.secret_file;
    if file.as_os_str().is_empty() {
        return Err(format!(
            "the mail server's password is missing: set {SECRET} or mail.secret_file"
        ));
    }
    let text = std::fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests;
