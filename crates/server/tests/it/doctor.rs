//! What the doctor says of an installation behind a proxy that does one thing wrong, and that the lines it prints mend real ones.

use crate::desk::{Desk, on_both};
use proof::{Lane, TempDir, temp_dir};
use std::fmt::Write;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::task::AbortHandle;
use tokio::time::sleep;

/// What a proxy does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Nothing,
    /// Takes `Upgrade` away.
    NoUpgrade,
    /// Holds answers back until they are whole.
    Holds,
    /// Takes `X-Forwarded-For` away.
    Hides,
    /// Passes `X-Forwarded-For` on as it came.
    Believes,
    /// Asks for another host.
    OtherHost,
    /// Refuses what is over a mebibyte.
    Small,
    /// Does not reach the service.
    Lost,
    /// Answers a page of its own.
    Page,
}

const FAULTS: [Fault; 9] = [
    Fault::Nothing,
    Fault::NoUpgrade,
    Fault::Holds,
    Fault::Hides,
    Fault::Believes,
    Fault::OtherHost,
    Fault::Small,
    Fault::Lost,
    Fault::Page,
];

/// A small proxy: a connection for each request.
struct Crooked {
    port: u16,
    fault: Arc<AtomicUsize>,
    accepting: AbortHandle,
}

impl Crooked {
    async fn before(upstream: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let fault = Arc::new(AtomicUsize::new(0));
        let shared = fault.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (upstream, fault) = (upstream.clone(), FAULTS[shared.load(Ordering::Acquire)]);
                tokio::spawn(async move { pass(stream, &upstream, fault).await });
            }
        });
        Self {
            port,
            fault,
            accepting: accepting.abort_handle(),
        }
    }

    fn does(&self, fault: Fault) {
        let at = FAULTS.iter().position(|one| *one == fault).expect("a fault");
        self.fault.store(at, Ordering::Release);
    }

    fn url(&self) -> &'static str {
        format!("http://127.0.0.1:{}", self.port).leak()
    }
}

impl Drop for Crooked {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// An error is the end of the connection.
async fn pass(mut client: TcpStream, upstream: &str, fault: Fault) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.trim_end().split("\r\n");
    let mut sent = format!("{}\r\n", lines.next()?);
    let (mut upgrades, mut long, mut forwarded) = (false, false, None);
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        match name.to_ascii_lowercase().as_str() {
            "upgrade" if fault == Fault::NoUpgrade => {}
            "upgrade" => {
                upgrades = true;
                let _ = write!(sent, "{line}\r\n");
            }
            "connection" => {}
            "host" if fault == Fault::OtherHost => {
                let _ = write!(sent, "host: {upstream}\r\n");
            }
            "x-forwarded-for" => forwarded = Some(value),
            "content-length" => {
                long = value.parse::<usize>().ok()? > 1024 * 1024;
                let _ = write!(sent, "{line}\r\n");
            }
            _ => {
                let _ = write!(sent, "{line}\r\n");
            }
        }
    }
    let peer = client.peer_addr().ok()?.ip();
    let _ = match (fault, forwarded) {
        (Fault::Hides, _) => Ok(()),
        (Fault::Believes, Some(claim)) => write!(sent, "x-forwarded-for: {claim}\r\n"),
        (_, Some(claim)) => write!(sent, "x-forwarded-for: {claim}, {peer}\r\n"),
        (_, None) => write!(sent, "x-forwarded-for: {peer}\r\n"),
    };
    sent += if upgrades {
        "connection: upgrade\r\n\r\n"
    } else {
        "connection: close\r\n\r\n"
    };
    let own = match fault {
        Fault::Small if long => Some("413 Payload Too Large"),
        Fault::Lost => Some("502 Bad Gateway"),
        Fault::Page => Some("200 OK"),
        _ => None,
    };
    if let Some(status) = own {
        let answer =
            format!("HTTP/1.1 {status}\r\nserver: crooked\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi");
        client.write_all(answer.as_bytes()).await.ok()?;
        // Read on, so that the answer is not lost in a reset.
        let _ = tokio::io::copy(&mut client, &mut tokio::io::sink()).await;
        return None;
    }
    let mut service = TcpStream::connect(upstream).await.ok()?;
    service.write_all(sent.as_bytes()).await.ok()?;
    if fault == Fault::Holds && !upgrades {
        let (mut client_reads, mut client_writes) = client.split();
        let (mut service_reads, mut service_writes) = service.split();
        let mut held = Vec::new();
        tokio::select! {
            _ = service_reads.read_to_end(&mut held) => {}
            () = async { let _ = tokio::io::copy(&mut client_reads, &mut service_writes).await; std::future::pending().await } => {}
        }
        client_writes.write_all(&held).await.ok()?;
        return Some(());
    }
    tokio::io::copy_bidirectional(&mut client, &mut service).await.ok()?;
    Some(())
}

/// Behind a proxy of this machine.
const TRUSTS: &str = "[server]\ntrusted_proxies = [\"127.0.0.0/8\"]\n";

async fn examine(desk: &Desk, url: &str) -> (bool, String) {
    let address = desk.address();
    let (status, said) = desk
        .try_cli(&["doctor", "--listen", &address, "--public-url", url], "")
        .await;
    (status.success(), said)
}

/// The line about a thing.
fn line<'a>(said: &'a str, what: &str) -> &'a str {
    let line = said
        .lines()
        .find(|line| line.get(9..).is_some_and(|rest| rest.starts_with(what)));
    line.unwrap_or_default()
}

#[tokio::test]
async fn each_fault_of_a_proxy_is_found_and_the_line_that_mends_it_told() {
    on_both(async |mut desk: Desk| {
        let proxy = Crooked::before(desk.address()).await;
        let url = proxy.url();
        desk.public_url = Some(url);
        desk.configure(TRUSTS).await;
        // What fails with each fault, and a line that is told.
        type Fails = &'static [(&'static str, &'static str)];
        let expected: &[(Fault, Fails, &str)] = &[
            (Fault::Nothing, &[], ""),
            (
                Fault::NoUpgrade,
                &[("live", "does not pass it on")],
                "proxy_set_header Upgrade $http_upgrade;",
            ),
            (
                Fault::Holds,
                &[("buffering", "until they are whole")],
                "proxy_buffering off;",
            ),
            (Fault::Hides, &[("client", "does not say where")], "option forwardfor"),
            (
                Fault::Believes,
                &[("client", "they choose their address")],
                "proxy_add_x_forwarded_for",
            ),
            (Fault::OtherHost, &[("host", "another host")], "ProxyPreserveHost On"),
            (Fault::Small, &[("file size", "413")], "client_max_body_size 21m;"),
            (Fault::Lost, &[("address", "does not reach the service")], ""),
            (Fault::Page, &[("address", "something else answers")], ""),
        ];
        for (fault, fails, told) in expected {
            proxy.does(*fault);
            let (well, said) = examine(&desk, url).await;
            assert_eq!(well, fails.is_empty(), "{fault:?}: {said}");
            let failed: Vec<&str> = said.lines().filter(|line| line.starts_with("FAILED")).collect();
            assert_eq!(failed.len(), fails.len(), "{fault:?}: {said}");
            for (what, why) in *fails {
                let line = line(&said, what);
                assert!(line.starts_with("FAILED") && line.contains(why), "{fault:?}: {said}");
            }
            assert!(said.contains(told), "{fault:?}: {said}");
            for fine in ["configuration", "service", "database", "files", "disk", "mail"] {
                assert!(
                    !line(&said, fine).starts_with("FAILED") && !line(&said, fine).is_empty(),
                    "{fine}: {said}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_proxy_that_is_not_trusted_is_named_with_the_line_that_trusts_it() {
    on_both(async |mut desk: Desk| {
        let proxy = Crooked::before(desk.address()).await;
        let url = proxy.url();
        desk.public_url = Some(url);
        desk.restart().await;
        let (well, said) = examine(&desk, url).await;
        assert!(
            !well && line(&said, "client").contains("not one of trusted_proxies"),
            "{said}"
        );
        assert!(said.contains("trusted_proxies = [\"127.0.0.0/8\"]"), "{said}");
        assert!(!said.contains("nginx"), "no line of a proxy mends that: {said}");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_said_so() {
    on_both(async |mut desk: Desk| {
        let url: &str = desk.url().leak();
        let (well, said) = examine(&desk, url).await;
        assert!(
            well && line(&said, "client").contains("nothing stands between"),
            "{said}"
        );
        let (well, said) = examine(&desk, "http://127.0.0.1:9").await;
        assert!(!well && line(&said, "address").contains("cannot be reached"), "{said}");
        desk.put(
            "mail.toml",
            "[mail]\nserver = \"127.0.0.1:9\"\ntls = \"none\"\nfrom = \"help@example.org\"\n",
        );
        let config = desk.path("mail.toml");
        let (_, said) = desk
            .try_cli(&["doctor", url, "--listen", &desk.address(), "--config", &config], "")
            .await;
        assert!(line(&said, "mail").starts_with("FAILED"), "{said}");
        desk.put("full.toml", "[files]\nreserve_mib = 1000000000\n");
        let config = desk.path("full.toml");
        let (_, said) = desk
            .try_cli(&["doctor", url, "--listen", &desk.address(), "--config", &config], "")
            .await;
        assert!(line(&said, "disk").contains("below files.reserve_mib"), "{said}");
        // Nobody else learns anything there.
        for (key, path) in [
            ("", "/doctor/seen"),
            ("Bearer guess", "/doctor/seen"),
            ("Bearer ", "/doctor/slow"),
        ] {
            let asked = reqwest::Client::new()
                .get(format!("{url}{path}"))
                .header("Authorization", key);
            assert_eq!(asked.send().await.expect("an answer").status(), 404, "{key} {path}");
        }
        let meta = std::fs::metadata(desk.dir().join("doctor.key")).expect("the key");
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o777,
            0o600
        );
        desk.sigkill().await;
        let (well, said) = examine(&desk, url).await;
        assert!(
            !well && line(&said, "service").contains("start `deskbell serve`"),
            "{said}"
        );
    })
    .await;
}

/// A real proxy, gone with the value.
struct Real {
    _child: Child,
    dir: TempDir,
}

impl Real {
    async fn start(program: &str, args: &[&str], files: &[(&str, String)], port: u16) -> Self {
        let dir = temp_dir();
        for (name, text) in files {
            std::fs::write(dir.file(name), text.replace("{dir}", &dir.path().display().to_string())).expect("a file");
        }
        let args = args
            .iter()
            .map(|arg| arg.replace("{dir}", &dir.path().display().to_string()));
        let mut command = Command::new(program);
        command
            .args(args)
            .env("HOME", dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let child = command.spawn().expect("it starts");
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Self { _child: child, dir };
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("{program} does not listen; {:?}", dir.path());
    }
}

fn installed(program: &str) -> bool {
    ["/usr/sbin", "/usr/bin", "/usr/local/bin"]
        .iter()
        .any(|folder| std::path::Path::new(folder).join(program).exists())
}

fn nginx(port: u16, upstream: &str, lines: &str) -> String {
    let temp: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|kind| format!("  {kind}_temp_path {{dir}}/{kind};\n"))
        .collect();
    format!(
        "daemon off; master_process off; pid {{dir}}/pid; error_log {{dir}}/error.log;\nevents {{}}\nhttp {{\n  access_log off;\n{temp}  \
         server {{\n    listen 127.0.0.1:{port};\n    location / {{\n      proxy_pass http://{upstream};\n{lines}\n    }}\n  }}\n}}\n"
    )
}

fn haproxy(port: u16, upstream: &str, lines: &str) -> String {
    format!(
        "defaults\n  mode http\n  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\nfrontend web\n  bind 127.0.0.1:{port}\n  \
         default_backend deskbell\nbackend deskbell\n{lines}\n  server deskbell {upstream}\n"
    )
}

fn caddy(port: u16, _: &str, lines: &str) -> String {
    format!(
        "{{\n  admin off\n  auto_https off\n  storage file_system {{dir}}/storage\n}}\nhttp://127.0.0.1:{port} {{\n{lines}\n}}\n"
    )
}

fn apache(port: u16, _: &str, lines: &str) -> String {
    let modules: String = ["mpm_event", "authz_core", "headers", "proxy", "proxy_http"]
        .iter()
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"))
        .collect();
    format!(
        "ServerRoot {{dir}}\nDefaultRuntimeDir {{dir}}\nServerName localhost\nPidFile {{dir}}/pid\nErrorLog {{dir}}/error.log\nListen 127.0.0.1:{port}\n{modules}{lines}\n"
    )
}

/// The lines that are told for a proxy.
fn told(said: &str, proxy: &str) -> String {
    let lines = said.lines().skip_while(|line| !line.starts_with(proxy)).skip(2);
    lines
        .take_while(|line| line.starts_with("    "))
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test]
async fn the_lines_mend_real_proxies() {
    on_both(async |mut desk: Desk| {
        let lane = Lane::part("doctor", &format!("real proxies on {}", desk.engine));
        let upstream = desk.address();
        type Written = fn(u16, &str, &str) -> String;
        let proxies: [(&str, &str, &[&str], Written); 2] = [
            (
                "nginx",
                "nginx,",
                &["-e", "{dir}/start.log", "-p", "{dir}", "-c", "{dir}/conf"],
                nginx,
            ),
            ("haproxy", "HAProxy,", &["-db", "-f", "{dir}/conf"], haproxy),
        ];
        for (program, name, args, written) in proxies {
            if !installed(program) {
                println!("doctor: {program} is not here");
                continue;
            }
            let port = TcpListener::bind("127.0.0.1:0")
                .await
                .expect("a port")
                .local_addr()
                .expect("an address")
                .port();
            let url: &str = format!("http://127.0.0.1:{port}").leak();
            desk.public_url = Some(url);
            desk.configure(TRUSTS).await;
            let bare = Real::start(program, args, &[("conf", written(port, &upstream, ""))], port).await;
            let (well, said) = examine(&desk, url).await;
            assert!(!well, "{program} as it comes: {said}");
            let lines = told(&said, name);
            assert!(!lines.is_empty(), "{program}: {said}");
            drop(bare);
            // Until the port is free again.
            while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                sleep(Duration::from_millis(20)).await;
            }
            let mended = Real::start(program, args, &[("conf", written(port, &upstream, &lines))], port).await;
            let (well, said) = examine(&desk, url).await;
            let log = std::fs::read_to_string(mended.dir.file("error.log")).unwrap_or_default();
            assert!(well, "{program} with\n{lines}\n{said}\n{log}");
            lane.case();
        }
        lane.finish();
    })
    .await;
}

/// Those that need lines of their own for anything, and those that as they come do most of it right.
#[tokio::test]
async fn the_lines_for_other_proxies_are_sound() {
    on_both(async |mut desk: Desk| {
        let lane = Lane::part("doctor", &format!("other proxies on {}", desk.engine));
        let crooked = Crooked::before(desk.address()).await;
        type Written = fn(u16, &str, &str) -> String;
        let proxies: [(&str, &str, &str, &[&str], Written); 2] = [
            (
                "caddy",
                "caddy",
                "Caddy,",
                &["run", "--config", "{dir}/conf", "--adapter", "caddyfile"],
                caddy,
            ),
            (
                "apache2",
                "apache",
                "Apache",
                &["-f", "{dir}/conf", "-D", "FOREGROUND"],
                apache,
            ),
        ];
        for (program, name, head, args, written) in proxies {
            if !installed(program) {
                println!("doctor: {program} is not here");
                continue;
            }
            // The lines for all that a proxy may do wrong.
            let mut lines = Vec::new();
            desk.public_url = Some(crooked.url());
            desk.configure(TRUSTS).await;
            for fault in [
                Fault::NoUpgrade,
                Fault::Holds,
                Fault::Believes,
                Fault::OtherHost,
                Fault::Small,
            ] {
                crooked.does(fault);
                let (address, url) = (desk.address(), crooked.url());
                let args = ["doctor", "--listen", &address, "--public-url", url, "--proxy", name];
                let (_, said) = desk.try_cli(&args, "").await;
                let block = told(&said, head);
                assert!(!block.is_empty(), "{program}, {fault:?}: {said}");
                if !lines.contains(&block) {
                    lines.push(block);
                }
            }
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let port = listener.local_addr().expect("an address").port();
            drop(listener);
            let url: &str = format!("http://127.0.0.1:{port}").leak();
            desk.public_url = Some(url);
            desk.configure(TRUSTS).await;
            let conf = written(port, "", &lines.join("\n"));
            let real = Real::start(program, args, &[("conf", conf)], port).await;
            let (well, said) = examine(&desk, url).await;
            let log = std::fs::read_to_string(real.dir.file("error.log")).unwrap_or_default();
            assert!(well, "{program} with\n{}\n{said}\n{log}", lines.join("\n"));
            lane.case();
        }
        lane.finish();
    })
    .await;
}

/// Serves pages whose path says which: `TEXT` of the file at it, under a policy.
async fn pages(pages: Vec<(&'static str, &'static str, String)>) -> (String, AbortHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let site = format!("http://{}", listener.local_addr().expect("an address"));
    let serving = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 4_096];
            let read = stream.read(&mut head).await.unwrap_or(0);
            let asked = String::from_utf8_lossy(&head[..read]).into_owned();
            let page = pages
                .iter()
                .find(|(path, ..)| asked.starts_with(&format!("GET {path} ")));
            let answer = match page {
                Some((_, policy, text)) => {
                    let length = text.len();
                    format!(
                        "HTTP/1.1 200 OK\r\ncontent-security-policy: {policy}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{text}"
                    )
                }
                None => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned(),
            };
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (site, serving.abort_handle())
}

#[tokio::test]
async fn a_page_that_cannot_have_the_chat_is_told_why() {
    on_both(async |desk: Desk| {
        let url = desk.url();
        let with = |snippet: &str| format!("<html><script async src=\"{url}/snippet/{snippet}.js\"></script></html>");
        let strict: &'static str = format!("default-src 'none'; script-src {url}; frame-src {url}").leak();
        let (site, serving) = pages(vec![
            ("/", "img-src *", with("shop")),
            ("/strict?a=b", strict, with("shop")),
            ("/none", "img-src *", "<p>Nothing.".into()),
            ("/other", "img-src *", with("nowhere")),
            ("/foreign", "img-src *", with("skerry-ferries")),
            ("/scripts", "default-src 'self'", with("shop")),
            ("/frames", "frame-src 'none'", with("shop")),
        ])
        .await;
        desk.cli(&["snippet", "add", "shop", "Travel desk", "Shop", &site])
            .await;
        let told = async |path: &str| {
            let (address, page) = (desk.address(), format!("{site}{path}"));
            let args = ["doctor", "--listen", &address, "--public-url", &url, "--page", &page];
            let (_, said) = desk.try_cli(&args, "").await;
            line(&said, "page").to_owned()
        };
        for (path, state, said) in [
            ("/", "ok", "may load the chat by the snippet shop"),
            ("/strict?a=b", "ok", "snippet shop"),
            ("/none", "FAILED", "/snippet/"),
            ("/missing", "FAILED", "answered with 404"),
            ("/other", "FAILED", "names the snippet nowhere, which there is not"),
            ("/foreign", "FAILED", "is not one of the sites of skerry-ferries"),
            ("/scripts", "FAILED", "to its script-src"),
            ("/frames", "FAILED", "to its frame-src"),
        ] {
            let line = told(path).await;
            assert!(line.starts_with(state) && line.contains(said), "{path}: {line}");
        }
        serving.abort();
    })
    .await;
}
