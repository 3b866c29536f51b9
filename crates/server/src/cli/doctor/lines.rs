//! The lines of a proxy's configuration that mend what was found.

use crate::config::Config;
use clap::ValueEnum;
use std::net::IpAddr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Proxy {
    Nginx,
    Caddy,
    Apache,
    Haproxy,
}

/// What is to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend {
    /// `Upgrade` is not passed on.
    Upgrade,
    /// Answers are held back.
    Buffering,
    /// The address of who comes is not passed on.
    Address,
    /// The host that was asked for is not passed on.
    Host,
    /// A file is too large for it.
    Size,
    /// The service does not know the proxy.
    Trust(IpAddr),
}

impl Proxy {
    const ALL: [Self; 4] = [Self::Nginx, Self::Caddy, Self::Apache, Self::Haproxy];

    /// By what it says of itself in `Server`.
    pub fn named(server: &str) -> Option<Self> {
        let server = server.to_ascii_lowercase();
        let named = [
            ("nginx", Self::Nginx),
            ("openresty", Self::Nginx),
            ("caddy", Self::Caddy),
            ("apache", Self::Apache),
        ];
        named
            .iter()
            .find(|(name, _)| server.starts_with(name))
            .map(|(_, proxy)| *proxy)
    }

    /// Its name, and where its lines go.
    fn place(self, upstream: &str) -> String {
        match self {
            Self::Nginx => format!("nginx, in the `location /` that has `proxy_pass http://{upstream};`"),
            Self::Caddy => format!("Caddy, in the site's block, in place of its `reverse_proxy {upstream}`"),
            Self::Apache => format!(
                "Apache (modules proxy_http, headers), in the site in place of its `ProxyPass / http://{upstream}/`"
            ),
            Self::Haproxy => format!("HAProxy, in the backend that has `server deskbell {upstream}`"),
        }
    }

    fn lines(self, mend: &Mend, upstream: &str) -> Vec<String> {
        let lines: &[&str] = match (self, mend) {
            (_, Mend::Trust(_)) => &[],
            (Self::Nginx, Mend::Upgrade) => &[
                "proxy_http_version 1.1;",
                "proxy_set_header Upgrade $http_upgrade;",
                "proxy_set_header Connection \"upgrade\";",
                "proxy_read_timeout 90s;",
            ],
            (Self::Nginx, Mend::Buffering) => &["proxy_buffering off;", "proxy_request_buffering off;"],
            (Self::Nginx, Mend::Address) => &["proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"],
            (Self::Nginx, Mend::Host) => &["proxy_set_header Host $http_host;"],
            (Self::Nginx, Mend::Size) => &["client_max_body_size 21m;"],
            (Self::Caddy, Mend::Size) => &["request_body {", "    max_size 21MB", "}"],
            (Self::Caddy, _) => {
                return vec![
                    format!("reverse_proxy {upstream} {{"),
                    "    flush_interval -1".into(),
                    "    header_up Host {http.request.hostport}".into(),
                    "    header_up X-Forwarded-For {http.request.remote.host}".into(),
                    "}".into(),
                ];
            }
            (Self::Apache, Mend::Upgrade | Mend::Buffering) => {
                return vec![format!(
                    "ProxyPass / http://{upstream}/ upgrade=websocket timeout=90 flushpackets=on"
                )];
            }
            (Self::Apache, Mend::Address) => &["ProxyAddHeaders On", "RequestHeader unset X-Forwarded-For early"],
            (Self::Apache, Mend::Host) => &["ProxyPreserveHost On"],
            (Self::Apache, Mend::Size) => &["LimitRequestBody 22020096"],
            (Self::Haproxy, Mend::Upgrade) => &["timeout tunnel 1h", "no option httpclose"],
            (Self::Haproxy, Mend::Buffering) => &["no option http-buffer-request", "option http-no-delay"],
            (Self::Haproxy, Mend::Address) => &["option forwardfor"],
            (Self::Haproxy, Mend::Host) => {
                &["# it passes the host on unless a line like `http-request set-header Host` says otherwise"]
            }
            (Self::Haproxy, Mend::Size) => &["# it has no limit of its own; look at what stands before or behind it"],
        };
        lines.iter().map(|&line| line.to_owned()).collect()
    }
}

/// For the proxy that stands there, or for each there may be. None where nothing is to be mended by lines.
pub fn text(mends: &[&Mend], proxy: Option<Proxy>, config: &Config) -> Option<String> {
    if mends.is_empty() {
        return None;
    }
    let upstream = upstream(config);
    let mut text = String::new();
    let trusted: Vec<String> = mends.iter().filter_map(|mend| trusted(mend)).collect();
    if !trusted.is_empty() {
        text += "\nIn the configuration of Deskbell, under [server]; then restart it:\n\n";
        text += &format!("    trusted_proxies = [{}]\n", trusted.join(", "));
    }
    if mends.iter().any(|mend| !matches!(mend, Mend::Trust(_))) {
        for proxy in Proxy::ALL.iter().filter(|one| proxy.is_none_or(|it| it == **one)) {
            text += &format!("\n{}:\n\n", proxy.place(&upstream));
            let mut lines: Vec<String> = Vec::new();
            for line in mends.iter().flat_map(|mend| proxy.lines(mend, &upstream)) {
                if !lines.contains(&line) || line.trim() == "}" {
                    lines.push(line);
                }
            }
            lines.iter().for_each(|line| text += &format!("    {line}\n"));
        }
    }
    Some(text)
}

fn trusted(mend: &Mend) -> Option<String> {
    match mend {
        Mend::Trust(ip) if ip.is_loopback() && ip.is_ipv4() => Some("\"127.0.0.0/8\"".into()),
        Mend::Trust(ip) => Some(format!("\"{ip}\"")),
        _ => None,
    }
}

/// Where a proxy on this machine reaches the service.
pub fn upstream(config: &Config) -> String {
    match config.listen() {
        Ok(address) if address.ip().is_unspecified() => format!("127.0.0.1:{}", address.port()),
        Ok(address) => address.to_string(),
        Err(_) => config.server.listen.clone(),
    }
}
