//! TLS by the service itself: with files that change, and with a certificate that it gets from an authority (Debian's pebble).

use crate::desk::{Desk, on_both};
use crate::live::PATIENCE;
use proof::{Lane, temp_dir};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, SanType};
use reqwest::{Certificate, Client};
use serde_json::json;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

/// An authority of our own.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("a certificate").pem();
        let issuer = Issuer::new(params, key);
        Self { pem, issuer }
    }

    /// Chain and key, in PEM, for these names, until so many days from now.
    fn signs(&self, names: &[&str], days: i64) -> (String, String) {
        let mut params =
            CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>()).expect("names");
        params.subject_alt_names.push(SanType::IpAddress([127, 0, 0, 1].into()));
        let now = std::time::UNIX_EPOCH.elapsed().expect("a time").as_secs() as i64;
        let at = |s: i64| rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(s as u64);
        params.not_before = at(now - 100 * 86_400);
        params.not_after = at(now + days * 86_400 + 3_600);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        (certificate.pem(), key.serialize_pem())
    }
}

/// A browser that trusts this authority alone, and never keeps a connection.
fn browser(authority: &str) -> Client {
    let root = Certificate::from_pem(authority.as_bytes()).expect("a certificate");
    let client = Client::builder().tls_certs_only([root]).pool_max_idle_per_host(0);
    client
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

/// The certificate that is served, as `openssl` reads it.
async fn serial(port: &str) -> String {
    let script = format!(
        "openssl s_client -connect {port} -servername localhost </dev/null 2>/dev/null | openssl x509 -noout -serial"
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .output()
        .await
        .expect("openssl is there");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn port(desk: &Desk) -> String {
    desk.address().rsplit(':').next().expect("a port").to_owned()
}

fn https(desk: &Desk) -> &'static str {
    format!("https://localhost:{}", port(desk)).leak()
}

async fn free_port() -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    listener.local_addr().expect("an address").port()
}

#[tokio::test]
async fn certificate_files_are_served_and_read_anew_when_they_change() {
    on_both(async |mut desk: Desk| {
        let authority = Authority::new();
        let (chain, key) = authority.signs(&["localhost"], 90);
        for (name, text) in [("ca.pem", &authority.pem), ("chain.pem", &chain), ("key.pem", &key)] {
            desk.put(name, text);
        }
        let url = https(&desk);
        desk.public_url = Some(url);
        let (redirect, figures) = (free_port().await, free_port().await);
        let tls = format!("[tls]\ncertificate = \"{{dir}}/chain.pem\"\nkey = \"{{dir}}/key.pem\"\nredirect = \"127.0.0.1:{redirect}\"\n[metrics]\nlisten = \"127.0.0.1:{figures}\"\n");
        desk.configure(&tls).await;
        let browser = browser(&authority.pem);
        let answer = browser.get(format!("{url}/agent/")).send().await.expect("an answer by TLS");
        let hsts = answer.headers()["strict-transport-security"].to_str().expect("ASCII");
        assert_eq!((answer.status().as_u16(), hsts), (200, "max-age=31536000; includeSubDomains"));
        let signed_in = browser.post(format!("{url}/api/session")).header("X-Deskbell-Surface", "agent").header("Origin", url);
        let body = json!({ "surface": "agent", "login": "ines", "password": domain::cast::PASSWORD });
        let signed_in = signed_in.json(&body).send().await.expect("an answer");
        let cookie = signed_in.headers()["set-cookie"].to_str().expect("ASCII");
        assert!(cookie.starts_with("__Host-deskbell_agent=") && cookie.ends_with("; Secure"), "{cookie}");

        // Who comes by http is sent to https, whatever host he asked for; what came in the clear is not taken.
        let plain = |method: reqwest::Method| browser.request(method, format!("http://127.0.0.1:{redirect}/portal/?a=b"));
        let sent = plain(reqwest::Method::GET).header("Host", "evil.example").send().await.expect("an answer");
        assert_eq!(sent.status(), 308);
        assert_eq!(sent.headers()["location"], format!("{url}/portal/?a=b"));
        assert!(!sent.headers().contains_key("strict-transport-security"));
        assert_eq!(plain(reqwest::Method::POST).send().await.expect("an answer").status(), 403);
        assert!(Client::new().get(desk.url()).send().await.is_err(), "http is not spoken where TLS is");

        // The doctor comes by the public address, and knows the authority if he is told it.
        let doctor = async |more: &[&str]| {
            let address = desk.address();
            let args = [&["doctor", "--listen", &address, "--public-url", url], more].concat();
            desk.try_cli(&args, "").await.1
        };
        let ca = desk.path("ca.pem");
        let said = doctor(&["--ca-file", &ca]).await;
        assert!(said.contains("for localhost, 90 days left") && said.contains("Everything is well."), "{said}");
        assert!(doctor(&[]).await.contains("browsers do not know who signed it"));

        let figures = browser.get(format!("http://127.0.0.1:{figures}/metrics")).send().await.expect("figures");
        let figures = figures.text().await.expect("a text");
        let end = figures
            .lines()
            .find_map(|line| line.strip_prefix("deskbell_certificate_end_timestamp_seconds "));
        let left = end.expect("the figure").parse::<f64>().expect("a number")
            - std::time::UNIX_EPOCH.elapsed().expect("a time").as_secs_f64();
        assert!((left / 86_400.0 - 90.0).abs() < 1.0, "{end:?}");

        let first = serial(&desk.address()).await;
        let served = async |other_than: &str| {
            let until = Instant::now() + PATIENCE;
            loop {
                let now = serial(&desk.address()).await;
                if now != other_than && !now.is_empty() {
                    return now;
                }
                assert!(Instant::now() < until, "the new certificate is not served");
                sleep(Duration::from_millis(100)).await;
            }
        };
        // The certificate comes before its key: until both are there the old one is served.
        let (chain, key) = authority.signs(&["localhost"], 10);
        desk.put("chain.pem", &chain);
        desk.log_says("the one before it is").await;
        assert_eq!(serial(&desk.address()).await, first);
        desk.put("key.pem", &key);
        let second = served(&first).await;
        let said = doctor(&["--ca-file", &ca]).await;
        assert!(said.contains("10 days left: renew it"), "{said}");
        for (names, days, why) in [(["localhost"], -1, "it has run out"), (["other.example"], 50, "it is not for localhost")] {
            let before = serial(&desk.address()).await;
            let (chain, key) = authority.signs(&names, days);
            desk.put("key.pem", &key);
            desk.put("chain.pem", &chain);
            served(&before).await;
            let said = doctor(&["--ca-file", &ca]).await;
            assert!(said.contains(why), "{said}");
        }
        assert_ne!(first, second);
    })
    .await;
}

/// An authority that speaks ACME, gone with the value.
struct Pebble {
    _child: Child,
    directory: String,
    roots: String,
}

impl Pebble {
    async fn start(folder: &Path, authority: &Authority, challenged: &str) -> Option<Self> {
        if !Path::new("/usr/bin/pebble").exists() {
            return None;
        }
        let (chain, key) = authority.signs(&["localhost"], 90);
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
        write("pebble.pem", &chain);
        write("pebble.key", &key);
        let (directory, roots) = (free_port().await, free_port().await);
        let at = |name: &str| folder.join(name).display().to_string();
        let config = json!({ "pebble": {
            "listenAddress": format!("127.0.0.1:{directory}"),
            "managementListenAddress": format!("127.0.0.1:{roots}"),
            "certificate": at("pebble.pem"),
            "privateKey": at("pebble.key"),
            "httpPort": 1,
            "tlsPort": challenged.parse::<u16>().expect("a port"),
            "ocspResponderURL": "",
            "externalAccountBindingRequired": false,
        } });
        write("pebble.json", &config.to_string());
        let mut command = Command::new("/usr/bin/pebble");
        command
            .args(["-config", &at("pebble.json")])
            .env("PEBBLE_VA_NOSLEEP", "1");
        let log = std::fs::File::create(folder.join("pebble.log")).expect("a file");
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file"))
            .stderr(log)
            .kill_on_drop(true);
        let child = command.spawn().expect("pebble starts");
        Some(Self {
            _child: child,
            directory: format!("https://localhost:{directory}/dir"),
            roots: format!("https://localhost:{roots}/roots/0"),
        })
    }

    /// The certificate that its chains end in.
    async fn root(&self, authority: &Authority) -> String {
        let browser = browser(&authority.pem);
        let until = Instant::now() + PATIENCE;
        loop {
            match browser.get(&self.roots).send().await {
                Ok(answer) => return answer.text().await.expect("a text"),
                Err(error) => assert!(Instant::now() < until, "pebble: {error:?}"),
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
}

#[tokio::test]
async fn an_authority_gives_a_certificate_that_is_kept() {
    on_both(async |mut desk: Desk| {
        let lane = Lane::part("encryption", &format!("acme on {}", desk.engine));
        let (authority, folder) = (Authority::new(), temp_dir());
        let Some(pebble) = Pebble::start(folder.path(), &authority, &port(&desk)).await else {
            return lane.skip("no pebble here");
        };
        let root = pebble.root(&authority).await;
        desk.put("ca.pem", &authority.pem);
        let url = https(&desk);
        desk.public_url = Some(url);
        let directory = &pebble.directory;
        let acme = format!("[tls]\nacme = true\nacme_contact = \"admin@example.org\"\nacme_directory = \"{directory}\"\nacme_ca_file = \"{{dir}}/ca.pem\"\n");
        desk.configure(&acme).await;
        desk.log_says("a certificate was got").await;
        let answer = browser(&root).get(format!("{url}/readyz")).send().await.expect("an answer by TLS");
        assert_eq!(answer.status(), 200);
        let first = serial(&desk.address()).await;
        assert!(first.starts_with("serial="), "{first}");
        for file in std::fs::read_dir(desk.dir().join("acme")).expect("a folder") {
            let file = file.expect("a file");
            assert_eq!(file.metadata().expect("it is there").permissions().mode() & 0o777, 0o600, "{file:?}");
        }
        // What is kept is served again, and the authority is not asked.
        desk.restart().await;
        assert_eq!(serial(&desk.address()).await, first);
        assert!(!desk.log().iter().any(|line| line.contains("a certificate was got")));
        lane.case();
        lane.finish();
    })
    .await;
}
