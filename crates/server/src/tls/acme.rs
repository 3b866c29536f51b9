//! A certificate from an authority that speaks ACME (RFC 8555), for the host of `public_url`, shown to be ours by the challenge that needs
//! no other port than the one served (TLS-ALPN, RFC 8737).
//!
//! Account and certificate lie in the folder `acme` of the data folder.

use super::{Certificates, validity};
use crate::call::{Body, Call, Origin, Trust};
use crate::clock;
use crate::config::Config;
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::{Request, header};
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, BodyWrapper, BytesResponse, ChallengeType, Error, HttpClient,
    Identifier, NewAccount, NewOrder, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether the certificate is to be renewed.
const LOOK_EVERY: Duration = Duration::from_secs(3_600);
/// After a failure, doubled up to [`AGAIN_AT_MOST`]: authorities count failures, and let nobody in who has too many.
const AGAIN: Duration = Duration::from_secs(60);
const AGAIN_AT_MOST: Duration = Duration::from_secs(6 * 3_600);
/// Renewed when less than this part of its life is left.
const PART_LEFT: i64 = 3;
/// A challenge is looked at within that time, and an order done.
const ORDER_WITHIN: Duration = Duration::from_secs(120);
/// Within which the authority answers one request.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

pub struct Acme {
    host: String,
    contact: Option<String>,
    directory: String,
    trust: Trust,
    folder: PathBuf,
}

impl Acme {
    /// The error is a sentence.
    pub fn of(config: &Config) -> Result<Self, String> {
        let origin = Origin::of(&config.server.public_url);
        let host = origin.map(|origin| origin.host).unwrap_or_default();
        if host.is_empty() || host.parse::<std::net::IpAddr>().is_ok() || host.starts_with('[') {
            return Err("for tls.acme public_url has to be https:// and a name".into());
        }
        let tls = &config.tls;
        let trust = match tls.acme_ca_file.as_os_str().is_empty() {
            true => Trust::default(),
            false => Trust::with_file(&tls.acme_ca_file)?,
        };
        if Origin::of(&tls.acme_directory).is_none_or(|origin| !origin.https) {
            return Err(format!(
                "tls.acme_directory ({}) is no https address",
                tls.acme_directory
            ));
        }
        Ok(Self {
            host,
            contact: Some(format!("mailto:{}", tls.acme_contact)).filter(|_| !tls.acme_contact.is_empty()),
            directory: tls.acme_directory.clone(),
            trust,
            folder: config.data.dir.join("acme"),
        })
    }

    /// Serves what is kept, gets what is missing, renews what ends, until stopped.
    pub async fn keep(self: Box<Self>, certificates: Arc<Certificates>, stop: CancellationToken) {
        let mut renew_at = match self.kept() {
            Ok(Some(pem)) => self.take(&pem, &certificates),
            Ok(None) => None,
            Err(why) => {
                tracing::error!(
                    why,
                    "the certificate that was kept cannot be read; a new one is asked for"
                );
                None
            }
        };
        let mut again = AGAIN;
        loop {
            let due = renew_at.is_none_or(|at| clock::now().0 / 1_000_000 >= at);
            let wait = if due {
                let got = tokio::select! {
                    got = self.get(&certificates) => got,
                    () = stop.cancelled() => return,
                };
                match got {
                    Ok(at) => {
                        tracing::info!(host = self.host, "a certificate was got");
                        (renew_at, again) = (at, AGAIN);
                        LOOK_EVERY
                    }
                    Err(why) => {
                        tracing::error!(
                            why,
                            host = self.host,
                            again_s = again.as_secs(),
                            "no certificate was got"
                        );
                        let wait = again;
                        again = (again * 2).min(AGAIN_AT_MOST);
                        wait
                    }
                }
            } else {
                LOOK_EVERY
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    fn kept(&self) -> Result<Option<String>, String> {
        read(&self.folder.join(format!("{}.pem", self.host)))
    }

    /// Serves a chain with its key. Returns when to renew it, in seconds since 1970.
    fn take(&self, pem: &str, certificates: &Certificates) -> Option<i64> {
        let chain = CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<Vec<_>, _>>();
        let (chain, key) = (chain.ok()?, PrivateKeyDer::from_pem_slice(pem.as_bytes()).ok()?);
        let (from, to, names) = validity(chain.first()?)?;
        if !names.contains(&self.host) {
            return None;
        }
        if let Err(why) = certificates.serve(chain, key) {
            tracing::error!(why, "the certificate cannot be served");
            return None;
        }
        Some(to - (to - from) / PART_LEFT)
    }

    async fn get(&self, certificates: &Certificates) -> Result<Option<i64>, String> {
        let ordering = tokio::time::timeout(ORDER_WITHIN, self.order(certificates)).await;
        certificates.challenge(None);
        let pem = ordering.map_err(|_| "the authority does not come to an end".to_owned())??;
        self.keep_file(&format!("{}.pem", self.host), &pem)?;
        let renew_at = self.take(&pem, certificates);
        renew_at
            .map(Some)
            .ok_or_else(|| "the authority gave a certificate that is not for us".into())
    }

    /// The chain and its key, in PEM.
    async fn order(&self, certificates: &Certificates) -> Result<String, String> {
        let told = |e: Error| e.to_string();
        let account = self.account().await?;
        let names = [Identifier::Dns(self.host.clone())];
        let mut order = account.new_order(&NewOrder::new(&names)).await.map_err(told)?;
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization.map_err(told)?;
            if authorization.status == AuthorizationStatus::Valid {
                continue;
            }
            let challenge = authorization.challenge(ChallengeType::TlsAlpn01);
            let mut challenge = challenge.ok_or("the authority offers no tls-alpn-01")?;
            let proof = challenge.key_authorization();
            certificates.challenge(Some(self.answer(proof.digest().as_ref())?));
            challenge.set_ready().await.map_err(told)?;
        }
        let status = order.poll_ready(&RetryPolicy::default()).await.map_err(told)?;
        if status != OrderStatus::Ready {
            let why = order.state().error.as_ref().map(ToString::to_string);
            let why = why.unwrap_or_else(|| format!("the order is {status:?}"));
            return Err(format!("the authority did not find us at {}: {why}", self.host));
        }
        let key = order.finalize().await.map_err(told)?;
        let chain = order.poll_certificate(&RetryPolicy::default()).await.map_err(told)?;
        Ok(format!("{chain}\n{key}"))
    }

    /// The certificate by which the authority knows that we know its challenge.
    fn answer(&self, digest: &[u8]) -> Result<Arc<CertifiedKey>, String> {
        let told = |e: rcgen::Error| e.to_string();
        let mut params = CertificateParams::new(vec![self.host.clone()]).map_err(told)?;
        params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
        let key = KeyPair::generate().map_err(told)?;
        let certificate = params.self_signed(&key).map_err(told)?;
        let secret = PrivateKeyDer::try_from(key.serialize_der()).map_err(str::to_owned)?;
        let secret = any_supported_type(&secret).map_err(|e| e.to_string())?;
        // Not held against each other as in `certified`: the proof is an extension that has to be understood, and nobody but authorities does.
        Ok(Arc::new(CertifiedKey::new(vec![certificate.der().clone()], secret)))
    }

    /// The one that is kept, or a new one.
    async fn account(&self) -> Result<Account, String> {
        let told = |e: Error| format!("the authority at {} does not let us in: {e}", self.directory);
        let file = format!(
            "account-{}.json",
            Origin::of(&self.directory).map(|it| it.host).unwrap_or_default()
        );
        if let Some(kept) = read(&self.folder.join(&file))? {
            let credentials: AccountCredentials = serde_json::from_str(&kept)
                .map_err(|e| format!("{file} in {} is broken: {e}", self.folder.display()))?;
            return self.client().from_credentials(credentials).await.map_err(told);
        }
        let contact: Vec<&str> = self.contact.as_deref().into_iter().collect();
        let new = NewAccount {
            contact: &contact,
            terms_of_service_agreed: true,
            only_return_existing: false,
        };
        let made = self.client().create(&new, self.directory.clone(), None).await;
        let (account, credentials) = made.map_err(told)?;
        let text = serde_json::to_string(&credentials).map_err(|e| e.to_string())?;
        self.keep_file(&file, &text)?;
        Ok(account)
    }

    fn client(&self) -> instant_acme::AccountBuilder {
        Account::builder_with_http(Box::new(Client(self.trust.clone())))
    }

    /// Whole or not at all, and nobody else's to read.
    fn keep_file(&self, name: &str, text: &str) -> Result<(), String> {
        let cannot = |e: std::io::Error| format!("{name} cannot be kept in {}: {e}", self.folder.display());
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)
            .map_err(cannot)?;
        let beside = self.folder.join(format!("{name}.new"));
        let _ = fs::remove_file(&beside);
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).mode(0o600).open(&beside);
        let mut file = file.map_err(cannot)?;
        file.write_all(text.as_bytes()).map_err(cannot)?;
        file.sync_all().map_err(cannot)?;
        fs::rename(&beside, self.folder.join(name)).map_err(cannot)
    }
}

fn read(path: &Path) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(format!("cannot read {}: {e}", path.display())),
    }
}

/// A connection for each request: there are a dozen in two months.
struct Client(Trust);

impl HttpClient for Client {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let trust = self.0.clone();
        Box::pin(async move {
            let other = |why: String| Error::Other(why.into());
            let asked = async {
                let url = request.uri().to_string();
                let origin = Origin::of(&url).ok_or_else(|| format!("{url} is no address"))?;
                let (mut parts, body) = request.into_parts();
                parts.uri = parts
                    .uri
                    .path_and_query()
                    .map_or("/", |path| path.as_str())
                    .parse()
                    .map_err(|_| format!("{url} is no address"))?;
                let host = origin.authority().parse().map_err(|_| format!("{url} is no address"))?;
                parts.headers.insert(header::HOST, host);
                let mut call = Call::to(&origin, &trust).await?;
                let request: Request<Body> = Request::from_parts(parts, body.boxed());
                let response = call.ask(request).await.map_err(|e| e.to_string())?;
                let (parts, body) = response.into_parts();
                let body = body.collect().await.map_err(|e| e.to_string())?.to_bytes();
                Ok::<_, String>(BytesResponse {
                    parts,
                    body: Box::new(body),
                })
            };
            match tokio::time::timeout(ANSWER_WITHIN, asked).await {
                Ok(answer) => answer.map_err(other),
                Err(_) => Err(other("the authority does not answer".into())),
            }
        })
    }
}
