//! One connection outwards by HTTP/1.1, over TCP or TLS, for what needs to see more of it than a client library shows: whose certificate
//! it was, under which address one came, what an upgrade was answered.

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, ToSocketAddrs};
use tokio_rustls::TlsConnector;

/// Within which a connection is there, and TLS on it.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

pub type Body = BoxBody<Bytes, Infallible>;

/// An address by http or https, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub https: bool,
    pub host: String,
    pub port: u16,
}

impl Origin {
    /// `https://HOST[:PORT]`, whatever path follows.
    pub fn of(url: &str) -> Option<Self> {
        let (https, rest) = match url.strip_prefix("https://") {
            Some(rest) => (true, rest),
            None => (false, url.strip_prefix("http://")?),
        };
        let authority = rest.split(['/', '?', '#']).next()?;
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, port.parse().ok()?),
            _ => (authority, if https { 443 } else { 80 }),
        };
        let sound = !host.is_empty() && !host.contains(['@', ' ']);
        sound.then(|| Self {
            https,
            host: host.to_ascii_lowercase(),
            port,
        })
    }

    /// As it stands in `Host`.
    pub fn authority(&self) -> String {
        let usual = if self.https { 443 } else { 80 };
        match self.port == usual {
            true => self.host.clone(),
            false => format!("{}:{}", self.host, self.port),
        }
    }

    /// Where it is. Refused where one of its addresses is for this machine's own network alone, as those are by which clouds tell machines
    /// their secrets (169.254.0.0/16, fe80::/10, and what is written as those).
    pub async fn away(&self) -> Result<Vec<SocketAddr>, String> {
        let asked = tokio::time::timeout(CONNECT_WITHIN, tokio::net::lookup_host((self.plain_host(), self.port)));
        let found = asked.await.map_err(|_| format!("{} cannot be looked up", self.host))?;
        let found: Vec<SocketAddr> = found.map_err(|_| format!("there is no {}", self.host))?.collect();
        match found.iter().any(|at| is_never_asked(at.ip())) {
            true => Err(format!("{} is no place for a page", self.host)),
            false => Ok(found),
        }
    }

    /// What is said to it crosses no network.
    pub fn is_this_machine(&self) -> bool {
        let host = self.plain_host();
        host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
    }

    fn plain_host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }
}

/// The network of this machine's own link, addresses that are nobody's, and where clouds tell machines their secrets besides.
fn is_never_asked(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let nobodys = ip.is_unspecified() || ip.is_broadcast() || ip.is_multicast();
            ip.is_link_local() || nobodys || ip == ALIBABA
        }
        IpAddr::V6(ip) => match ip.to_ipv4_mapped().or_else(|| embedded(ip)) {
            Some(ip) => is_never_asked(IpAddr::V4(ip)),
            None => ip.is_unicast_link_local() || ip.is_unspecified() || ip.is_multicast() || ip == AMAZON,
        },
    }
}

/// An IPv4 address that stands in one of IPv6: NAT64 (RFC 6052) and 6to4 (RFC 3056).
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = ip.octets();
    match ip.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, _, _] => Some(Ipv4Addr::new(of[12], of[13], of[14], of[15])),
        [0x2002, ..] => Some(Ipv4Addr::new(of[2], of[3], of[4], of[5])),
        _ => None,
    }
}

const ALIBABA: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);
const AMAZON: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

/// What came of a connection.
pub struct Call {
    sender: SendRequest<Body>,
    /// Under which address this end of it was.
    pub from: SocketAddr,
    /// Of https, whose certificate that was.
    pub seen: Option<Seen>,
}

/// The certificates of the other side, and why they are not to be trusted, if they are not.
#[derive(Debug, Clone)]
pub struct Seen {
    pub chain: Vec<CertificateDer<'static>>,
    pub verdict: Result<(), rustls::Error>,
}

/// Whom to trust beside the authorities that the system trusts.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    pub roots: Vec<CertificateDer<'static>>,
    /// Go on with a certificate that is not to be trusted, to see what else is wrong.
    pub go_on: bool,
}

impl Trust {
    /// With the authorities of a file in PEM. The error is a sentence.
    pub fn with_file(path: &Path) -> Result<Self, String> {
        let roots = certificates(path)?;
        Ok(Self { roots, go_on: false })
    }
}

/// The certificates of a file in PEM, at least one.
pub fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let unfit = |why: String| format!("{} holds no certificate in PEM: {why}", path.display());
    let read = CertificateDer::pem_file_iter(path).map_err(|e| match e {
        rustls::pki_types::pem::Error::Io(e) => format!("cannot read {}: {e}", path.display()),
        other => unfit(other.to_string()),
    })?;
    let all = read.collect::<Result<Vec<_>, _>>().map_err(|e| unfit(e.to_string()))?;
    match all.is_empty() {
        true => Err(unfit("there is none".into())),
        false => Ok(all),
    }
}

impl Call {
    /// The error is a sentence.
    pub async fn to(origin: &Origin, trust: &Trust) -> Result<Self, String> {
        Self::at((origin.plain_host(), origin.port), origin, trust).await
    }

    /// As [`Call::to`], at one of these addresses and at no other.
    pub async fn at(at: impl ToSocketAddrs, origin: &Origin, trust: &Trust) -> Result<Self, String> {
        let connecting = tokio::time::timeout(CONNECT_WITHIN, TcpStream::connect(at));
        let stream = connecting
            .await
            .map_err(|_| format!("{}:{} does not answer", origin.host, origin.port))?
            .map_err(|e| format!("{}:{} cannot be reached: {e}", origin.host, origin.port))?;
        let _ = stream.set_nodelay(true);
        let from = stream.local_addr().map_err(|e| e.to_string())?;
        if !origin.https {
            return Self::over(stream, from, None).await;
        }
        let noting = Arc::new(Noting::new(trust)?);
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|e| e.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(noting.clone())
            .with_no_client_auth();
        let name = ServerName::try_from(origin.plain_host().to_owned());
        let name = name.map_err(|_| format!("{} is no name that a certificate can bear", origin.host))?;
        let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
        let stream = tokio::time::timeout(CONNECT_WITHIN, connecting)
            .await
            .map_err(|_| format!("{} does not answer by TLS", origin.host))?
            .map_err(|e| format!("TLS with {} fails: {e}", origin.host))?;
        let seen = noting.seen.lock().take();
        Self::over(stream, from, seen).await
    }

    async fn over(
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        from: SocketAddr,
        seen: Option<Seen>,
    ) -> Result<Self, String> {
        let shaken = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
        let (sender, connection) = shaken.map_err(|e| e.to_string())?;
        // Ends with the sender, or with what it was upgraded to.
        tokio::spawn(async move {
            let _ = connection.with_upgrades().await;
        });
        Ok(Self { sender, from, seen })
    }

    pub async fn ask(&mut self, request: Request<Body>) -> Result<Response<Incoming>, hyper::Error> {
        self.sender.ready().await?;
        self.sender.send_request(request).await
    }
}

/// Notes what certificate there was; whether to go on with one that is not to be trusted is said beforehand.
#[derive(Debug)]
struct Noting {
    system: Verifier,
    go_on: bool,
    seen: Mutex<Option<Seen>>,
}

impl Noting {
    fn new(trust: &Trust) -> Result<Self, String> {
        let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
        let system = Verifier::new_with_extra_roots(trust.roots.iter().cloned(), provider.clone())
            .or_else(|_| Verifier::new(provider));
        Ok(Self {
            system: system.map_err(|e| format!("the authorities that the system trusts cannot be read: {e}"))?,
            go_on: trust.go_on,
            seen: Mutex::default(),
        })
    }
}

impl ServerCertVerifier for Noting {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verdict = self
            .system
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        let chain = std::iter::once(end_entity).chain(intermediates);
        *self.seen.lock() = Some(Seen {
            chain: chain.map(|one| one.clone().into_owned()).collect(),
            verdict: verdict.as_ref().map(|_| ()).map_err(Clone::clone),
        });
        match verdict {
            Err(_) if self.go_on => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.system.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.system.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[tokio::test]
    async fn a_page_is_never_looked_for_where_machines_learn_their_secrets() {
        let never = [
            "169.254.169.254",
            "169.254.0.1",
            "100.100.100.200",
            // As other programs write the same.
            "2852039166",
            "0xa9fea9fe",
            "0251.0376.0251.0376",
            "169.254.43518",
            "0.0.0.0",
            "0",
            "255.255.255.255",
            "224.0.0.1",
            "[::]",
            "[fe80::1]",
            "[ff02::1]",
            "[fd00:ec2::254]",
            "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]",
            "[64:ff9b::a9fe:a9fe]",
            "[2002:a9fe:a9fe::1]",
        ];
        for host in never {
            for scheme in ["http", "https"] {
                let origin = Origin::of(&format!("{scheme}://{host}:8080/")).expect(host);
                assert!(origin.away().await.is_err(), "{host}");
            }
        }
        // Sites of the house are sites.
        for host in ["127.0.0.1", "localhost", "10.0.0.7", "[fd12::7]", "[::ffff:10.0.0.7]"] {
            let origin = Origin::of(&format!("http://{host}/")).expect(host);
            assert!(origin.away().await.is_ok(), "{host}");
        }
    }

    #[test]
    fn an_origin_is_taken_apart() {
        let parts = |url| Origin::of(url).map(|it| (it.https, it.authority(), it.port));
        assert_eq!(
            parts("https://Desk.example.org/agent/"),
            Some((true, "desk.example.org".into(), 443))
        );
        assert_eq!(
            parts("http://localhost:8080"),
            Some((false, "localhost:8080".into(), 8080))
        );
        assert_eq!(parts("https://[::1]:8443"), Some((true, "[::1]:8443".into(), 8443)));
        for none in [
            "desk.example.org",
            "ftp://desk.example.org",
            "https://",
            "https://a:b",
            "https://a@b",
        ] {
            assert_eq!(parts(none), None, "{none}");
        }
    }
}
