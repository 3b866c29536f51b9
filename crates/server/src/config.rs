//! What a process needs before it can read the database. Everything else is a setting (`deskbell settings`).
//!
//! Flags win over the environment, that over the file named by `--config`, that over the defaults. The doc comments
//! below are the manual: `deskbell config` prints them with the defaults as a file to begin with. In the environment a key is called
//! `DESKBELL_SECTION_KEY`.

use crate::app::Network;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Head of the annotated file.
const ABOUT: &str = "\
# Deskbell reads this file when it is named by --config or DESKBELL_CONFIG. What stands here are the defaults: keep what you change.
# A key can also be given in the environment, where it wins over the file: listen of [server] is DESKBELL_SERVER_LISTEN, and what is no
# string is written as here (DESKBELL_FILES_RESERVE_MIB=512). Flags win over both. `deskbell config --check` says whether all of it is sound.

";

/// Every section with its keys.
const SECTIONS: &[(&str, &[&str])] = &[
    ("server", Server::KEYS),
    ("data", Data::KEYS),
    ("files", Files::KEYS),
    ("log", Log::KEYS),
    ("metrics", Metrics::KEYS),
    ("tls", Tls::KEYS),
    ("mail", Mail::KEYS),
    ("desk", Desk::KEYS),
];

/// Variables that are no keys: those of flags, of secrets, and of the tests.
const OTHER_VARIABLES: &[&str] = &[
    "CONFIG",
    "DATABASE",
    "LISTEN",
    "PUBLIC_URL",
    "TRUSTED_PROXIES",
    "FILES_SECRET",
    "MAIL_SECRET",
    "DESK_SECRET",
];
const PREFIX: &str = "DESKBELL_";

const NOBODY: [Cidr; 0] = [];
const NO_NAMES: [(String, String); 0] = [];

/// Defines one section: the struct, and the part of the annotated file that belongs to it.
macro_rules! section {
    ($(#[doc = $about:literal])* $section:ident as $word:literal {
        $($(#[doc = $doc:literal])* $key:ident: $type:ty = $default:expr),* $(,)?
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(default)]
        pub struct $section { $($(#[doc = $doc])* pub $key: $type),* }

        impl Default for $section {
            fn default() -> Self {
                Self { $($key: $default.into_value()),* }
            }
        }

        impl $section {
            const KEYS: &[&str] = &[$(stringify!($key)),*];

            fn annotated(out: &mut String) {
                $(let _ = writeln!(out, "#{}", $about);)*
                let _ = writeln!(out, "[{}]", $word);
                $(
                    $(let _ = writeln!(out, "#{}", $doc);)*
                    let _ = writeln!(out, "{} = {}\n", stringify!($key), $default.as_toml());
                )*
            }
        }
    };
}

section! {
    /// Where the service is reached.
    Server as "server" {
        /// Address and port to listen on. With port 0 the system chooses one, which is printed.
        listen: String = "127.0.0.1:8080",
        /// How browsers reach the service: scheme, host and port, no path. Pages of other origins are refused, and
        /// with https cookies are bound to it. Requests for another host are refused with 421, unless a trusted proxy passes
        /// them on or they come to a name of this machine. Empty: http://localhost with the port of `listen`.
        public_url: String = "",
        /// Networks whose proxies may say in X-Forwarded-For where a request came from, e.g. ["10.0.0.0/8", "::1"].
        trusted_proxies: Vec<Cidr> = NOBODY,
        /// Strict-Transport-Security of every answer where public_url is https: for a year browsers then use https only, for this host and those
        /// below it. Drop `includeSubDomains` where a host below has no https; empty to say nothing.
        hsts: String = "max-age=31536000; includeSubDomains",
    }
}

section! {
    /// Where the data is kept.
    Data as "data" {
        /// Folder for the SQLite database and other files.
        dir: PathBuf = ".",
        /// Folder with fonts for PDFs beside those in the program, read when the first is made: Chinese, Japanese, Korean, emoji. Empty: `fonts`
        /// beside the program or `/usr/share/deskbell/fonts`, whichever is there. What no font has is a box whose text can still be copied.
        fonts: PathBuf = "",
        /// File with the key that second factors are sealed with in the database, made at the first start. Whoever restores the database needs it as
        /// well; nodes of one PostgreSQL share it. Empty: `seal.key` beside a SQLite database, else in `dir`.
        seal_file: PathBuf = "",
        /// sqlite:FILE (in `dir` unless the path is absolute) or postgres://USER:PASSWORD@HOST/NAME.
        database: String = "sqlite:deskbell.db",
        /// Folder for the snapshots that are made before a newer program changes the schema. Empty: `snapshots` in `dir`.
        snapshots: PathBuf = "",
        /// How many of them are kept. 0: none is made.
        snapshots_kept: u64 = 3_u64,
        /// File that holds the database's address instead, and nothing else: the address may hold a password.
        database_file: PathBuf = "",
    }
}

section! {
    /// Files that are sent in chats: in a folder, or in a bucket of an S3 service. The secret access key of the bucket is in the
    /// environment (DESKBELL_FILES_SECRET) or in `secret_file`.
    Files as "files" {
        /// Folder for them, and with a bucket for those that are just coming in. Empty: `files` in `data.dir`. Nodes of one PostgreSQL share it,
        /// or a bucket.
        folder: PathBuf = "",
        /// Files are refused when less than this would be left on the disk of `folder`, in MiB.
        reserve_mib: u64 = 256_u64,
        /// Name of the bucket; empty for the folder.
        bucket: String = "",
        /// Region of the bucket.
        region: String = "us-east-1",
        /// Where the service is, if it is not that of Amazon: https://HOST.
        endpoint: String = "",
        /// Allow http there, though all files then cross the network in the clear.
        plain_http: bool = false,
        /// Id of the access key.
        key_id: String = "",
        /// File that holds the secret access key, and nothing else.
        secret_file: PathBuf = "",
    }
}

section! {
    /// What the service says about itself, on standard error.
    Log as "log" {
        /// "text" for people or "json" for collectors.
        format: LogFormat = "text",
    }
}

section! {
    /// Figures for a collector (Prometheus): counts and durations, no names and no texts. They have a door of their own, with /metrics, /healthz
    /// and /readyz.
    Metrics as "metrics" {
        /// Address and port of that door, e.g. "127.0.0.1:9464". Empty: there is none.
        listen: String = "",
        /// Allow an address there that other machines reach: whoever reaches it reads the figures.
        any_network: bool = false,
    }
}

section! {
    /// Encryption by the service itself, where no proxy does it: with files, or with a certificate that it gets and renews by ACME.
    Tls as "tls" {
        /// File with the certificate in PEM, followed by those between it and its authority. Read anew within seconds when it changes.
        certificate: PathBuf = "",
        /// File with its private key, in PEM.
        key: PathBuf = "",
        /// Instead: get a certificate for the host of public_url from the authority below, kept in `acme` in data.dir. The authority must reach port
        /// 443 of that host, and there this service. Setting it agrees to the authority's terms. Not for several processes of one address.
        acme: bool = false,
        /// Address that the authority writes to, e.g. "admin@example.org"; empty for none.
        acme_contact: String = "",
        /// The authority's directory.
        acme_directory: String = "https://acme-v02.api.letsencrypt.org/directory",
        /// File with the certificate, in PEM, of an authority of your own that signed the directory's.
        acme_ca_file: PathBuf = "",
        /// Address and port where http is answered with the way to https, e.g. "0.0.0.0:80". Empty: nowhere.
        redirect: String = "",
    }
}

section! {
    /// The mail server that letters are given to. `deskbell mail test ADDRESS` tries it. Its password is in the environment
    /// (DESKBELL_MAIL_SECRET) or in `secret_file`.
    Mail as "mail" {
        /// Host and port, e.g. "mail.example.org:587". Empty: no letters are sent, and the pages say so.
        server: String = "",
        /// "starttls" (port 587), "tls" from the first byte (port 465), or "none" for a server on this machine (port 25). Certificates are always
        /// verified, and a server that does not offer TLS is told nothing.
        tls: String = "starttls",
        /// File with the certificate, in PEM, of an authority of your own that signed the server's.
        ca_file: PathBuf = "",
        /// Who sends: "Skerry Ferries <help@example.org>".
        from: String = "",
        /// Login at the mail server; empty where it asks for none.
        user: String = "",
        /// File that holds the password and nothing else.
        secret_file: PathBuf = "",
    }
}

section! {
    /// The ticket system of others that chats are appended to, instead of the built-in desk. `deskbell desk test` tries it. Its password
    /// or token is in the environment (DESKBELL_DESK_SECRET) or in `secret_file`.
    Desk as "desk" {
        /// "znuny" (also OTRS and OTOBO, by the web service of their Generic Interface), "zammad", or empty for none.
        kind: String = "",
        /// Where it is: https, or http on this machine. Znuny: up to and including nph-genericinterface.pl. Zammad: without /api/v1.
        url: String = "",
        /// Allow http to another machine, though the secret and all conversations then cross the network in the clear.
        plain_http: bool = false,
        /// File that holds the password (Znuny) or access token (Zammad) of the service account, and nothing else.
        secret_file: PathBuf = "",
        /// Login or e-mail address of the customer whose tickets those are of whom nobody knows more. Empty: such tickets are refused.
        stranger: String = "",
        /// Which group of Deskbell decides who reaches which queue (Znuny) or group (Zammad) there, e.g. { "Travel" = "travel" }.
        /// Agents search there with ro on it, append with note, create with create. What is not named here is reached by nobody.
        queues: BTreeMap<String, String> = NO_NAMES,
        /// Queue or group there, one of `queues`, for tickets that customers make of a channel whose group stands for none. Empty: the first
        /// of `queues`.
        default_queue: String = "",
        /// Where agents look at a ticket there, with {id} in place of its id. Empty: as a plain installation has it at `url`.
        ticket_link: String = "",
        /// Seconds, at most 120, for which an answer is awaited: to a question, and where something is stored.
        read_within_s: u64 = 15,
        write_within_s: u64 = 60,
        /// Znuny: name of the web service.
        service: String = "GenericTicketConnectorREST",
        /// Znuny: login of the service account.
        user: String = "",
        /// Znuny: how calls bear their session: "header", or "field" for older OTRS and OTOBO, whose logs then hold it.
        session: String = "header",
        /// Znuny: dynamic field of tickets, of type text, that holds our mark, so that no chat becomes two tickets.
        field: String = "DeskbellChat",
        /// Znuny: type of new tickets, e.g. "Unclassified". A desk with types of tickets (its setting Ticket::Type) makes none without. Empty: not sent.
        ticket_type: String = "",
        /// Znuny: routes that differ from the shipped web service, e.g. { ticket_search_by_field = "POST /TicketSearch" }.
        /// session_create, ticket_create, ticket_get, ticket_update, ticket_search, ticket_search_by_field.
        routes: BTreeMap<String, String> = NO_NAMES,
        /// Znuny: agents there who can be given a new ticket, by login, with their names, e.g. { "ines" = "Ines Vogt" }; its web service lists none.
        /// Zammad says so itself.
        agents: BTreeMap<String, String> = NO_NAMES,
        /// Znuny: a ticket has an agent responsible for it beside its owner (its setting Ticket::Responsible).
        responsible: bool = false,
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Config {
    pub server: Server,
    pub data: Data,
    pub files: Files,
    pub log: Log,
    pub metrics: Metrics,
    pub tls: Tls,
    pub mail: Mail,
    pub desk: Desk,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

/// What was said by flag or environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub struct Flags {
    /// Configuration file (TOML)
    #[arg(long, global = true, env = "DESKBELL_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Database: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        global = true,
        env = "DESKBELL_DATABASE",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database: Option<String>,
    /// Folder for the SQLite database and other files
    #[arg(long, global = true, env = "DESKBELL_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Log format: text or json
    #[arg(long, global = true, env = "DESKBELL_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<String>,
}

/// Flags and environment of `serve` alone.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ServeFlags {
    /// Address and port to listen on; with port 0 the system chooses one
    #[arg(long, env = "DESKBELL_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// How browsers reach the service
    #[arg(long, env = "DESKBELL_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Networks of trusted proxies, a comma between them
    #[arg(long, env = "DESKBELL_TRUSTED_PROXIES", value_name = "CIDRS", value_delimiter = ',')]
    pub trusted_proxies: Vec<String>,
}

impl Config {
    /// From file, environment and flags. The error is a sentence that names the mistake.
    pub fn read(flags: &Flags, serve: Option<&ServeFlags>) -> Result<Self, String> {
        let mut table = match &flags.config {
            None => toml::Table::new(),
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
                let read = Self::known_keys(&text).and_then(|table| Self::of(table.clone()).map(|_| table));
                read.map_err(|why| format!("{}: {why}", path.display()))?
            }
        };
        take_environment(&mut table, std::env::vars_os())?;
        let mut config = Self::of(table)?;
        let set = |to: &mut String, from: &Option<String>| {
            if let Some(value) = from {
                to.clone_from(value);
            }
        };
        let file = &config.data.database_file;
        if !file.as_os_str().is_empty() {
            let text = std::fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
            text.trim().clone_into(&mut config.data.database);
        }
        set(&mut config.data.database, &flags.database);
        config.data.dir = flags.data_dir.clone().unwrap_or(config.data.dir);
        if let Some(format) = &flags.log_format {
            config.log.format = match format.as_str() {
                "text" => LogFormat::Text,
                "json" => LogFormat::Json,
                other => return Err(format!("{other} is no log format: text or json")),
            };
        }
        if let Some(serve) = serve {
            set(&mut config.server.listen, &serve.listen);
            set(&mut config.server.public_url, &serve.public_url);
            if !serve.trusted_proxies.is_empty() {
                let parsed = serve.trusted_proxies.iter().map(|cidr| cidr.parse());
                config.server.trusted_proxies = parsed.collect::<Result<_, _>>()?;
            }
        }
        config.check()?;
        Ok(config)
    }

    #[cfg(test)]
    fn parse(text: &str) -> Result<Self, String> {
        Self::known_keys(text).and_then(Self::of)
    }

    fn of(table: toml::Table) -> Result<Self, String> {
        table.try_into().map_err(|e: toml::de::Error| one_line(&e))
    }

    /// A file's text. A key that is not known is answered with the nearest one that is.
    fn known_keys(text: &str) -> Result<toml::Table, String> {
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| at_line(text, &e))?;
        for (word, value) in &table {
            let Some((_, keys)) = SECTIONS.iter().find(|(section, _)| section == word) else {
                let all = SECTIONS.iter().map(|(section, _)| *section);
                return Err(unknown("section", word, all));
            };
            for key in value.as_table().into_iter().flat_map(|section| section.keys()) {
                if !keys.contains(&key.as_str()) {
                    return Err(unknown("key", &format!("{word}.{key}"), keys.iter().copied()));
                }
            }
        }
        // Once more as it is meant: its mistakes are told with their line.
        toml::from_str::<Self>(text).map_err(|e| at_line(text, &e))?;
        Ok(table)
    }

    fn check(&mut self) -> Result<(), String> {
        self.listen()?;
        self.listen_for_figures()?;
        self.listen_for_http()?;
        if self.server.hsts.bytes().any(|byte| !(b' '..=b'~').contains(&byte)) {
            return Err("server.hsts is no value of a header".into());
        }
        let url = self.server.public_url.trim_end_matches('/').to_ascii_lowercase();
        let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
        if !url.is_empty() && host.is_none_or(|host| host.is_empty() || host.contains(['/', '?', '#', '@', ' '])) {
            return Err(format!(
                "{url} is no public URL: https://HOST or http://HOST, without a path"
            ));
        }
        self.server.public_url = url;
        Ok(())
    }

    pub fn listen(&self) -> Result<SocketAddr, String> {
        let listen = &self.server.listen;
        let parsed = listen.parse();
        parsed.map_err(|_| format!("{listen} is no address to listen on; it reads like 127.0.0.1:8080"))
    }

    /// Where figures are told, if anywhere.
    pub fn listen_for_figures(&self) -> Result<Option<SocketAddr>, String> {
        let listen = &self.metrics.listen;
        if listen.is_empty() {
            return Ok(None);
        }
        let wrong = |_| format!("metrics.listen ({listen}) is no address to listen on; it reads like 127.0.0.1:9464");
        let address: SocketAddr = listen.parse().map_err(wrong)?;
        if !address.ip().is_loopback() && !self.metrics.any_network {
            return Err(format!(
                "metrics.listen ({listen}) is reached by other machines; set metrics.any_network to allow that"
            ));
        }
        Ok(Some(address))
    }

    /// Where those who come by http are sent to https, if anywhere.
    pub fn listen_for_http(&self) -> Result<Option<SocketAddr>, String> {
        let listen = &self.tls.redirect;
        if listen.is_empty() {
            return Ok(None);
        }
        let parsed = listen.parse();
        let wrong = |_| format!("tls.redirect ({listen}) is no address to listen on; it reads like 0.0.0.0:80");
        parsed.map(Some).map_err(wrong)
    }

    /// Whether the service itself speaks TLS.
    pub fn has_tls(&self) -> bool {
        self.tls.acme || !self.tls.certificate.as_os_str().is_empty()
    }

    /// Where files are kept, or with a bucket those that are coming in.
    pub fn files_folder(&self) -> PathBuf {
        match self.files.folder.as_os_str().is_empty() {
            true => self.data.dir.join("files"),
            false => self.files.folder.clone(),
        }
    }

    /// The database's address, with a relative SQLite path put into the data folder.
    pub fn database(&self) -> String {
        match self.sqlite_file() {
            Some(path) => format!("sqlite:{}", path.display()),
            None => self.data.database.clone(),
        }
    }

    /// The key that second factors are sealed with.
    pub fn seal_file(&self) -> PathBuf {
        if !self.data.seal_file.as_os_str().is_empty() {
            return self.data.seal_file.clone();
        }
        let beside = self.sqlite_file().and_then(|file| file.parent().map(Path::to_path_buf));
        beside.unwrap_or_else(|| self.data.dir.clone()).join("seal.key")
    }

    /// The folder with further fonts, if there is one: the one named, one beside the program, or `/usr/share/deskbell/fonts` for `/usr/bin`.
    pub fn fonts(&self) -> Option<PathBuf> {
        if !self.data.fonts.as_os_str().is_empty() {
            return Some(self.data.fonts.clone());
        }
        let program = std::env::current_exe().ok()?;
        let folder = program.parent()?;
        let beside = [folder.join("fonts"), folder.with_file_name("share/deskbell/fonts")];
        beside.into_iter().find(|fonts| fonts.is_dir())
    }

    /// The file of a SQLite database.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let path = self.data.database.strip_prefix("sqlite:")?;
        Some(self.data.dir.join(path.trim_start_matches("//")))
    }

    /// Whether there is a database to look into. Of a PostgreSQL nobody knows without asking it.
    pub fn has_database(&self) -> bool {
        self.sqlite_file().is_none_or(|file| file.is_file())
    }

    /// How people reach the service, as far as it is known without it.
    pub fn address(&self) -> String {
        match (&*self.server.public_url, self.listen()) {
            ("", Ok(listen)) => format!("http://localhost:{}", listen.port()),
            (url, _) => url.to_owned(),
        }
    }

    /// Fixes the address by which browsers come, once the port is known.
    pub fn listening_on(&mut self, port: u16) {
        if self.server.public_url.is_empty() {
            self.server.public_url = format!("http://localhost:{port}");
        }
    }

    /// The same, for who is no service: of port 0 nothing is known.
    pub fn listening_on_its_port(&mut self) {
        if let Some(address) = self.listen().ok().filter(|address| address.port() != 0) {
            self.listening_on(address.port());
        }
    }

    pub fn is_https(&self) -> bool {
        self.server.public_url.starts_with("https://")
    }

    /// Whether pages of this origin are the service's own. On a machine of one's own, its names are one.
    pub fn is_own_origin(&self, origin: &str) -> bool {
        let own = &self.server.public_url;
        origin == own || loopback_port(origin).is_some_and(|port| loopback_port(own) == Some(port))
    }

    /// Whether the service is meant by this host, with or without a port: that of the public URL, or a name of this machine. A
    /// service without a public URL of its own goes by any.
    pub fn is_own_host(&self, host: &str) -> bool {
        let url = &self.server.public_url;
        if url.is_empty() || loopback_port(url).is_some() {
            return true;
        }
        let own = url.split_once("://").map_or(url.as_str(), |(_, host)| host);
        let name = host_name(host);
        name.eq_ignore_ascii_case(host_name(own)) || loopback_port(&format!("http://{host}")).is_some()
    }

    /// Where a request came from: the peer, or what trusted proxies say, as far from the right as they are trusted.
    pub fn client_address<'a>(&self, peer: IpAddr, forwarded: impl DoubleEndedIterator<Item = &'a str>) -> IpAddr {
        let trusted = |address: IpAddr| self.server.trusted_proxies.iter().any(|cidr| cidr.contains(address));
        let mut address = peer.to_canonical();
        let hops = forwarded.flat_map(|header| header.split(',')).collect::<Vec<_>>();
        for hop in hops.into_iter().rev() {
            if !trusted(address) {
                break;
            }
            // What cannot be read ends the chain: the proxy before it is the last thing known.
            let Some(next) = hop_address(hop.trim()) else { break };
            address = next;
        }
        address
    }

    pub fn trusts(&self, peer: IpAddr) -> bool {
        self.server
            .trusted_proxies
            .iter()
            .any(|cidr| cidr.contains(peer.to_canonical()))
    }

    /// The same as [`Config::client_address`], as limits count it.
    pub fn network<'a>(&self, peer: IpAddr, forwarded: impl DoubleEndedIterator<Item = &'a str>) -> Network {
        Network::of(self.client_address(peer, forwarded))
    }

    /// The defaults as a file, each key with its meaning.
    pub fn annotated() -> String {
        let mut out = String::from(ABOUT);
        Server::annotated(&mut out);
        Data::annotated(&mut out);
        Files::annotated(&mut out);
        Log::annotated(&mut out);
        Metrics::annotated(&mut out);
        Tls::annotated(&mut out);
        Mail::annotated(&mut out);
        Desk::annotated(&mut out);
        out.truncate(out.trim_end().len());
        out + "\n"
    }
}

/// Puts the keys that the environment names into the table.
fn take_environment(
    table: &mut toml::Table,
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<(), String> {
    let defaults: toml::Table = Config::annotated().parse().unwrap_or_default();
    for (name, value) in variables {
        let Some((section, key)) = name.to_str().and_then(key_of) else {
            continue;
        };
        let text = value
            .into_string()
            .map_err(|_| format!("{} is no text", name.display()))?;
        let default = defaults.get(section).and_then(|section| section.get(key));
        let value = match default {
            Some(toml::Value::String(_)) => toml::Value::String(text),
            _ => {
                let read = format!("value = {text}").parse::<toml::Table>();
                let value = read.ok().and_then(|mut table| table.remove("value"));
                value.ok_or_else(|| format!("{} ({text}) is not written as in the file", name.display()))?
            }
        };
        let section = table.entry(section).or_insert_with(|| toml::Table::new().into());
        if let Some(section) = section.as_table_mut() {
            section.insert(key.to_owned(), value);
        }
    }
    Ok(())
}

/// Section and key that a variable of the environment stands for.
fn key_of(variable: &str) -> Option<(&'static str, &'static str)> {
    let (section, key) = variable.strip_prefix(PREFIX)?.split_once('_')?;
    let (section, keys) = SECTIONS.iter().find(|(word, _)| word.to_uppercase() == section)?;
    let key = keys.iter().find(|word| word.to_uppercase() == key)?;
    Some((section, key))
}

/// Variables that look like ours and say nothing to us, each with the nearest that does. They are no mistake: what runs containers sets
/// some of its own for a service of this name.
pub fn odd_variables(names: impl Iterator<Item = OsString>) -> Vec<String> {
    let known: Vec<String> = SECTIONS
        .iter()
        .flat_map(|(section, keys)| keys.iter().map(move |key| format!("{section}_{key}").to_uppercase()))
        .chain(OTHER_VARIABLES.iter().map(|&name| name.to_owned()))
        .collect();
    let odd = names.filter_map(|name| {
        let name = name.into_string().ok()?;
        let rest = name.strip_prefix(PREFIX)?;
        if known.iter().any(|known| known == rest) {
            return None;
        }
        let nearest = nearest(rest, known.iter().map(String::as_str))?;
        Some(format!(
            "{name} says nothing to Deskbell; the nearest is {PREFIX}{nearest}"
        ))
    });
    odd.collect()
}

/// What is wrong with a text, and in which line.
fn at_line(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    match before {
        Some(before) => format!("line {}: {}", before.matches('\n').count() + 1, one_line(error)),
        None => one_line(error),
    }
}

fn one_line(error: &toml::de::Error) -> String {
    error.message().replace('\n', ", ")
}

/// The port of an http address of this machine.
fn loopback_port(origin: &str) -> Option<u16> {
    let host = origin.strip_prefix("http://")?;
    let port = ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .find_map(|name| host.strip_prefix(name))?;
    if port.is_empty() {
        Some(80)
    } else {
        port.strip_prefix(':')?.parse().ok()
    }
}

/// A host without its port.
fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn hop_address(hop: &str) -> Option<IpAddr> {
    let plain = hop
        .strip_prefix('[')
        .and_then(|rest| rest.split(']').next())
        .unwrap_or(hop);
    let address = plain.parse::<IpAddr>().ok();
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    address.or_else(with_port).map(|address| address.to_canonical())
}

pub fn unknown<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let last = word.rsplit('.').next().unwrap_or(word);
    match nearest(last, known) {
        Some(nearest) => format!("there is no {what} {word}; the nearest is {nearest}"),
        None => format!("there is no {what} {word}"),
    }
}

fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known.min_by_key(|known| strsim::levenshtein(word, known))
}

/// A network: an address, and how many of its leading bits count.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Cidr {
    address: IpAddr,
    bits: u32,
}

impl Cidr {
    fn contains(&self, other: IpAddr) -> bool {
        let mask = |bits: u128, width: u32| (bits, width - self.bits);
        let (own, other) = match (self.address, other) {
            (IpAddr::V4(a), IpAddr::V4(b)) => (mask(a.to_bits().into(), 32), mask(b.to_bits().into(), 32)),
            (IpAddr::V6(a), IpAddr::V6(b)) => (mask(a.to_bits(), 128), mask(b.to_bits(), 128)),
            _ => return false,
        };
        let high = |(bits, beyond): (u128, u32)| bits.checked_shr(beyond).unwrap_or(0);
        high(own) == high(other)
    }
}

impl FromStr for Cidr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is no network; it reads like 10.0.0.0/8 or ::1");
        let (address, bits) = text
            .trim()
            .split_once('/')
            .map_or((text.trim(), None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), str::parse).map_err(|_| wrong())?;
        if bits > width {
            Err(wrong())
        } else {
            Ok(Self { address, bits })
        }
    }
}

impl TryFrom<String> for Cidr {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// A default as it stands in the source, as the value of its key and as TOML.
trait Literal<T> {
    fn into_value(self) -> T;
}

trait AsToml {
    fn as_toml(&self) -> String;
}

impl Literal<String> for &str {
    fn into_value(self) -> String {
        self.to_owned()
    }
}

impl Literal<PathBuf> for &str {
    fn into_value(self) -> PathBuf {
        Path::new(self).to_owned()
    }
}

impl Literal<LogFormat> for &str {
    fn into_value(self) -> LogFormat {
        LogFormat::default()
    }
}

impl Literal<Vec<Cidr>> for [Cidr; 0] {
    fn into_value(self) -> Vec<Cidr> {
        Vec::new()
    }
}

impl Literal<bool> for bool {
    fn into_value(self) -> bool {
        self
    }
}

impl Literal<BTreeMap<String, String>> for [(String, String); 0] {
    fn into_value(self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

impl Literal<u64> for u64 {
    fn into_value(self) -> u64 {
        self
    }
}

impl AsToml for u64 {
    fn as_toml(&self) -> String {
        self.to_string()
    }
}

impl AsToml for bool {
    fn as_toml(&self) -> String {
        self.to_string()
    }
}

impl AsToml for [(String, String); 0] {
    fn as_toml(&self) -> String {
        "{}".to_owned()
    }
}

impl AsToml for &str {
    fn as_toml(&self) -> String {
        format!("{self:?}")
    }
}

impl AsToml for [Cidr; 0] {
    fn as_toml(&self) -> String {
        "[]".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_file_holds_the_defaults() {
        let printed = Config::annotated();
        assert_eq!(Config::parse(&printed).unwrap(), Config::default());
        assert!(printed.contains("# Where the data is kept.\n[data]\n"), "{printed}");
        assert!(printed.contains("\nlisten = \"127.0.0.1:8080\"\n"), "{printed}");
    }

    #[test]
    fn an_unknown_key_is_answered_with_the_nearest_one() {
        let why = |text| Config::parse(text).unwrap_err();
        assert_eq!(
            why("[server]\nlisten_on = \"x\""),
            "there is no key server.listen_on; the nearest is listen"
        );
        assert_eq!(
            why("[dat]\ndir = \"x\""),
            "there is no section dat; the nearest is data"
        );
        assert_eq!(
            why("[log]\nformat = \"text\"\n[server]\nlisten = 8080"),
            "line 4: invalid type: integer `8080`, expected a string"
        );
        assert!(why("[server]\nlisten = \"x").starts_with("line 2: "));
        assert!(why("[server]\ntrusted_proxies = [\"10.0.0.0/33\"]").contains("is no network"));
    }

    #[test]
    fn a_key_can_stand_in_the_environment() {
        let with = |variables: &[(&str, &str)]| {
            let mut table = Config::known_keys("[server]\nlisten = \"127.0.0.1:1\"").unwrap();
            let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
            take_environment(&mut table, variables).and_then(|()| Config::of(table))
        };
        let config = with(&[
            ("DESKBELL_SERVER_LISTEN", "127.0.0.1:2"),
            ("DESKBELL_SERVER_TRUSTED_PROXIES", "[\"10.0.0.0/8\"]"),
            ("DESKBELL_FILES_RESERVE_MIB", "512"),
            ("DESKBELL_METRICS_ANY_NETWORK", "true"),
            ("DESKBELL_DESK_QUEUES", "{ \"Travel\" = \"travel\" }"),
            ("DESKBELL_LOG_FORMAT", "json"),
            ("DESKBELL_PORT", "tcp://10.0.0.1:8080"),
            ("DESKBELL_SERVER_SERVICE_HOST", "10.0.0.1"),
        ]);
        let config = config.unwrap();
        assert_eq!(config.server.listen, "127.0.0.1:2");
        assert_eq!(config.server.trusted_proxies, ["10.0.0.0/8".parse().unwrap()]);
        assert_eq!((config.files.reserve_mib, config.metrics.any_network), (512, true));
        assert_eq!(config.desk.queues["Travel"], "travel");
        assert_eq!(config.log.format, LogFormat::Json);
        let why = |name, value| with(&[(name, value)]).unwrap_err();
        assert_eq!(
            why("DESKBELL_FILES_RESERVE_MIB", "much"),
            "DESKBELL_FILES_RESERVE_MIB (much) is not written as in the file"
        );
        assert!(why("DESKBELL_LOG_FORMAT", "xml").contains("unknown variant"));
        let odd = [
            "DESKBELL_SERVER_LISTN",
            "DESKBELL_LISTEN",
            "DESKBELL_MAIL_SECRET",
            "HOME",
        ];
        assert_eq!(
            odd_variables(odd.iter().map(Into::into)),
            ["DESKBELL_SERVER_LISTN says nothing to Deskbell; the nearest is DESKBELL_SERVER_LISTEN"]
        );
    }

    #[test]
    fn figures_are_for_this_machine_unless_it_is_said_otherwise() {
        let checked = |text| Config::parse(text).and_then(|mut config| config.check());
        assert!(checked("[metrics]\nlisten = \"127.0.0.1:9464\"").is_ok());
        assert!(
            checked("[metrics]\nlisten = \"0.0.0.0:9464\"")
                .unwrap_err()
                .contains("any_network")
        );
        assert!(checked("[metrics]\nlisten = \"0.0.0.0:9464\"\nany_network = true").is_ok());
        assert!(
            checked("[metrics]\nlisten = \"9464\"")
                .unwrap_err()
                .contains("is no address")
        );
    }

    #[test]
    fn flags_win_over_the_file() {
        let dir = proof::temp_dir();
        std::fs::write(
            dir.file("deskbell.toml"),
            "[data]\ndatabase = \"sqlite:a.db\"\ndir = \"/srv\"",
        )
        .unwrap();
        let mut flags = Flags {
            config: Some(dir.file("deskbell.toml")),
            ..Flags::default()
        };
        assert_eq!(Config::read(&flags, None).unwrap().database(), "sqlite:/srv/a.db");
        let secret = dir.file("url");
        std::fs::write(&secret, "postgres://a:b@db/chat\n").unwrap();
        let in_file = format!("[data]\ndatabase_file = {secret:?}");
        std::fs::write(dir.file("other.toml"), in_file).unwrap();
        let other = Flags {
            config: Some(dir.file("other.toml")),
            ..Flags::default()
        };
        assert_eq!(Config::read(&other, None).unwrap().database(), "postgres://a:b@db/chat");
        flags.database = Some("postgres://db/chat".into());
        assert_eq!(Config::read(&flags, None).unwrap().database(), "postgres://db/chat");
    }

    #[test]
    fn only_trusted_proxies_say_where_a_request_came_from() {
        let mut config = Config::default();
        config.server.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
        for (peer, forwarded, came_from) in [
            ("192.0.2.7", "203.0.113.1", "192.0.2.7"),
            ("10.1.1.1", "203.0.113.1", "203.0.113.1"),
            ("10.1.1.1", "198.51.100.9, 203.0.113.1", "203.0.113.1"),
            ("10.1.1.1", "203.0.113.1, 10.2.2.2", "203.0.113.1"),
            ("::1", "[2001:db8::5]:4711", "2001:db8::5"),
            ("10.1.1.1", "203.0.113.1:80", "203.0.113.1"),
            ("::ffff:10.1.1.1", "203.0.113.1", "203.0.113.1"),
            ("10.1.1.1", "unknown", "10.1.1.1"),
            ("10.1.1.1", "203.0.113.1, nonsense", "10.1.1.1"),
            ("10.1.1.1", "", "10.1.1.1"),
        ] {
            let found = config.client_address(peer.parse().unwrap(), [forwarded].into_iter());
            assert_eq!(found.to_string(), came_from, "{peer} {forwarded}");
        }
        let two = ["198.51.100.9", "203.0.113.1"].into_iter();
        assert_eq!(
            config.client_address("10.1.1.1".parse().unwrap(), two).to_string(),
            "203.0.113.1"
        );
    }

    #[test]
    fn only_the_own_origin_is_ours() {
        let mut config = Config::default();
        config.server.public_url = "https://desk.example.org".into();
        assert!(config.is_own_origin("https://desk.example.org"));
        for foreign in [
            "null",
            "",
            "http://desk.example.org",
            "https://desk.example.org:444",
            "https://desk.example.org.evil.example",
            "https://evil.example/https://desk.example.org",
            "https://DESK.example.org",
            "http://localhost:8080",
        ] {
            assert!(!config.is_own_origin(foreign), "{foreign}");
        }
        config.server.public_url = "http://localhost:8080".into();
        assert!(config.is_own_origin("http://127.0.0.1:8080") && config.is_own_origin("http://[::1]:8080"));
        for foreign in [
            "http://127.0.0.1:8081",
            "http://localhost",
            "https://localhost:8080",
            "http://127.0.0.1.evil.example:8080",
        ] {
            assert!(!config.is_own_origin(foreign), "{foreign}");
        }
    }

    #[test]
    fn the_service_goes_by_its_own_names_only() {
        let mut config = Config::default();
        assert!(config.is_own_host("anything.example"), "no public URL is set");
        config.listening_on(8080);
        assert!(config.is_own_host("anything.example"), "a machine of one's own");
        config.server.public_url = "https://desk.example.org:8443".into();
        for own in [
            "desk.example.org:8443",
            "Desk.Example.org",
            "desk.example.org:443",
            "localhost:8080",
            "127.0.0.1",
            "[::1]:80",
        ] {
            assert!(config.is_own_host(own), "{own}");
        }
        for foreign in [
            "",
            "example.org",
            "desk.example.org.evil.example",
            "10.0.0.7:8080",
            "[::2]",
        ] {
            assert!(!config.is_own_host(foreign), "{foreign}");
        }
    }
}
