//! Encryption by the service itself, where no proxy does it: with certificate files, or with certificates got by ACME.
//!
//! Invariant: while a new certificate is not whole and fit for its key, the one before it is served.

mod acme;

pub use acme::Acme;

use crate::call;
use crate::config::Config;
use parking_lot::RwLock;
use prometheus_client::metrics::gauge::Gauge;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether the files changed.
const LOOK_EVERY: Duration = Duration::from_secs(5);
const HTTP: &[u8] = b"http/1.1";
/// By which an authority looks for its challenge (RFC 8737).
const CHALLENGE: &[u8] = b"acme-tls/1";

/// What a TLS handshake of the service is answered with.
#[derive(Debug, Default)]
pub struct Certificates {
    serving: RwLock<Option<Arc<CertifiedKey>>>,
    challenge: RwLock<Option<Arc<CertifiedKey>>>,
    /// Tells when the one that is served runs out.
    end: Gauge,
}

impl Certificates {
    pub fn telling(end: Gauge) -> Self {
        Self { end, ..Self::default() }
    }

    /// Serves these from now on. The error is a sentence, and what was served before stays.
    pub fn serve(&self, chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<(), String> {
        let end = chain.first().and_then(validity).map_or(0, |(_, end, _)| end);
        *self.serving.write() = Some(certified(chain, key)?);
        self.end.set(end);
        Ok(())
    }

    fn challenge(&self, answer: Option<Arc<CertifiedKey>>) {
        *self.challenge.write() = answer;
    }
}

fn certified(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<Arc<CertifiedKey>, String> {
    let certified = CertifiedKey::from_der(chain, key, &ring::default_provider());
    let certified = certified.map_err(|e| format!("certificate and key do not go together: {e}"))?;
    Ok(Arc::new(certified))
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let only_challenge = hello
            .alpn()
            .is_some_and(|mut offered| offered.next() == Some(CHALLENGE) && offered.next().is_none());
        match only_challenge {
            true => self.challenge.read().clone(),
            false => self.serving.read().clone(),
        }
    }
}

/// For the accept loop. A connection that an authority made for its challenge has nothing more to say.
#[derive(Clone)]
pub struct Acceptor(TlsAcceptor);

impl Acceptor {
    pub fn new(certificates: Arc<Certificates>) -> Result<Self, String> {
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|e| e.to_string())?;
        let mut config = config.with_no_client_auth().with_cert_resolver(certificates);
        config.alpn_protocols = vec![HTTP.to_vec(), CHALLENGE.to_vec()];
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    /// None for what is not to be served.
    pub async fn accept(
        &self,
        stream: tokio::net::TcpStream,
    ) -> Option<tokio_rustls::server::TlsStream<tokio::net::TcpStream>> {
        let stream = self.0.accept(stream).await.ok()?;
        (stream.get_ref().1.alpn_protocol() != Some(CHALLENGE)).then_some(stream)
    }
}

/// Where certificates come from.
pub enum Source {
    Files { certificate: PathBuf, key: PathBuf },
    Acme(Box<Acme>),
}

impl Source {
    /// As configured; `None` where encryption is a proxy's business. The error is a sentence.
    pub fn of(config: &Config) -> Result<Option<Self>, String> {
        let tls = &config.tls;
        let given = |path: &Path| !path.as_os_str().is_empty();
        let files = (given(&tls.certificate), given(&tls.key));
        let source = match (files, tls.acme) {
            ((false, false), false) if !tls.redirect.is_empty() => {
                return Err(
                    "tls.redirect leads to https, which tls.certificate and tls.key or tls.acme have to provide".into(),
                );
            }
            ((false, false), false) => return Ok(None),
            ((true, true), false) => {
                let (chain, secret) = read(&tls.certificate, &tls.key)?;
                certified(chain, secret)?;
                Self::Files {
                    certificate: tls.certificate.clone(),
                    key: tls.key.clone(),
                }
            }
            ((false, false), true) => Self::Acme(Box::new(Acme::of(config)?)),
            (_, false) => return Err("tls.certificate and tls.key are set together".into()),
            (_, true) => return Err("tls.acme gets a certificate, so tls.certificate and tls.key stay empty".into()),
        };
        if !config.is_https() {
            return Err("with TLS public_url begins with https://".into());
        }
        Ok(Some(source))
    }

    /// Serves certificates until stopped. With files the first are there when this returns.
    pub async fn begin(self, certificates: Arc<Certificates>, stop: CancellationToken) -> Result<(), String> {
        match self {
            Self::Files { certificate, key } => {
                let (chain, secret) = read(&certificate, &key)?;
                certificates.serve(chain, secret)?;
                tokio::spawn(follow(certificate, key, certificates, stop));
            }
            Self::Acme(acme) => {
                tokio::spawn(acme.keep(certificates, stop));
            }
        }
        Ok(())
    }
}

fn read(certificate: &Path, key: &Path) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), String> {
    let chain = call::certificates(certificate)?;
    let secret = PrivateKeyDer::from_pem_file(key);
    let secret = secret.map_err(|e| format!("{} holds no private key in PEM: {e}", key.display()))?;
    Ok((chain, secret))
}

/// Serves the files anew when they changed. They are written one after the other: a pair that does not go together is looked at again.
async fn follow(certificate: PathBuf, key: PathBuf, certificates: Arc<Certificates>, stop: CancellationToken) {
    let mut served = stamps(&certificate, &key);
    let mut complained = None;
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = stop.cancelled() => return,
        }
        let now = stamps(&certificate, &key);
        if now == served {
            continue;
        }
        let taken = read(&certificate, &key).and_then(|(chain, secret)| certificates.serve(chain, secret));
        match taken {
            Ok(()) => {
                tracing::info!(certificate = %certificate.display(), "the certificate changed");
                served = now;
            }
            Err(why) if complained != Some(now) => {
                tracing::error!(why, "the new certificate cannot be served; the one before it is");
                complained = Some(now);
            }
            Err(_) => {}
        }
    }
}

type Stamp = Option<(SystemTime, u64)>;

/// When the files were changed, and how long they are.
fn stamps(certificate: &Path, key: &Path) -> [Stamp; 2] {
    [certificate, key].map(|path| {
        let meta = std::fs::metadata(path).ok()?;
        Some((meta.modified().ok()?, meta.len()))
    })
}

/// Until when a certificate is valid, in seconds since 1970, and the names it is for.
pub fn validity(certificate: &CertificateDer<'_>) -> Option<(i64, i64, Vec<String>)> {
    let (_, parsed) = x509_parser::parse_x509_certificate(certificate).ok()?;
    let validity = parsed.validity();
    let names = parsed.subject_alternative_name().ok().flatten().map(|names| {
        let names = names.value.general_names.iter();
        names
            .filter_map(|name| match name {
                x509_parser::extensions::GeneralName::DNSName(name) => Some((*name).to_owned()),
                _ => None,
            })
            .collect()
    });
    Some((
        validity.not_before.timestamp(),
        validity.not_after.timestamp(),
        names.unwrap_or_default(),
    ))
}
