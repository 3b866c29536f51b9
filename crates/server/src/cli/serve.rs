//! `deskbell serve`: puts the pieces together, says when it is ready, and ends them in order.

use super::host;
use super::say::say;
use crate::app::{App, Seal};
use crate::config::{Config, LogFormat};
use crate::door::Served;
use crate::mail::Mailer;
use crate::{http, jobs, live, tls};
use axum::Router;
use axum::routing::get;
use domain::cast;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

/// What is logged unless `RUST_LOG` says otherwise.
const LOGGED: &str = "info,sqlx::query=warn";

/// Runs until it is told to stop.
pub async fn run(mut config: Config, demo: bool) -> Result<(), String> {
    log(config.log.format);
    if demo {
        for_demo(&mut config)?;
    }
    if let Some(folder) = config.sqlite_file().as_deref().and_then(|file| file.parent()) {
        std::fs::create_dir_all(folder).map_err(|e| format!("cannot make the folder {}: {e}", folder.display()))?;
    }
    let listener = listen(config.listen()?).await?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    config.listening_on(address.port());
    let figures = match config.listen_for_figures()? {
        Some(address) => {
            let listener = listen(address).await?;
            let address = listener.local_addr().map_err(|e| e.to_string())?;
            Some((listener, address))
        }
        None => None,
    };
    let plain = match config.listen_for_http()? {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let source = tls::Source::of(&config)?;
    let app = super::open(&config).await?;
    app.take_fonts_from(config.fonts());
    app.take_mailer(Mailer::new(&config.mail)?, &config.server.public_url);
    app.take_seal(Seal::open(&config.seal_file())?);
    app.connect(&config.desk).await?;
    app.keep_files(&config.files, &config.data.dir)?;
    let shutdown = stop_on_signals()?;
    let tls = match source {
        Some(source) => Some(encrypt(source, &app, &shutdown).await?),
        None => None,
    };
    let config = Arc::new(config);
    let site = if demo {
        Some(demo_site(&app, &config, address, &shutdown).await?)
    } else {
        None
    };
    let work = tokio::spawn(jobs::run(app.clone(), shutdown.clone()));

    let served = Served {
        app: app.clone(),
        config: config.clone(),
        shutdown: shutdown.clone(),
    };
    if let Some((listener, address)) = figures {
        say(format!("figures are on http://{address}/metrics"));
        let router = http::figures::router(served.clone());
        tokio::spawn(http::accept::serve(
            listener,
            router,
            config.clone(),
            None,
            shutdown.clone(),
        ));
    }
    if let Some(listener) = plain {
        let router = http::redirect::router(config.clone());
        tokio::spawn(http::accept::serve(
            listener,
            router,
            config.clone(),
            None,
            shutdown.clone(),
        ));
    }
    let key = http::doctor::leave_key(&config.data.dir);
    if let Err(why) = &key {
        tracing::warn!(why, "`deskbell doctor` cannot look through the public address");
    }
    let live = Router::new().route("/live", get(live::upgrade));
    let serving = tokio::spawn(http::accept::serve(
        listener,
        http::router(served, live, key.ok().as_deref()),
        config.clone(),
        tls,
        shutdown.clone(),
    ));
    greet(&app, &config, site.as_deref()).await?;
    say(format!("deskbell is ready on {}", config.server.public_url));

    let broken = app.broken();
    tokio::spawn({
        let (broken, shutdown) = (broken.clone(), shutdown.clone());
        async move {
            broken.cancelled().await;
            shutdown.cancel();
        }
    });
    let ended = serving.await;
    shutdown.cancel();
    let _ = work.await;
    app.close().await;
    if broken.is_cancelled() {
        return Err("the database file failed; start again once the disk is well".into());
    }
    ended.map_err(|error| format!("the service ended by a fault: {error}"))
}

/// The demo has a folder of its own, and everybody knows its passwords: so nobody else may reach it.
fn for_demo(config: &mut Config) -> Result<(), String> {
    if !config.listen()?.ip().is_loopback() {
        return Err("the demo's passwords are known to everybody, so it listens on this machine only".into());
    }
    if config.data.database == Config::default().data.database {
        config.data.dir = config.data.dir.join("deskbell-demo");
    }
    Ok(())
}

/// Begins to serve certificates.
async fn encrypt(source: tls::Source, app: &App, shutdown: &CancellationToken) -> Result<tls::Acceptor, String> {
    let certificates = Arc::new(tls::Certificates::telling(app.metrics().certificate_end()));
    source.begin(certificates.clone(), shutdown.clone()).await?;
    tls::Acceptor::new(certificates)
}

async fn listen(address: SocketAddr) -> Result<TcpListener, String> {
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| format!("cannot listen on {address}: {error}"))
}

/// Loads the cast and serves the host page, on the next port if it is free. Returns its address.
async fn demo_site(
    app: &Arc<App>,
    config: &Arc<Config>,
    desk: SocketAddr,
    shutdown: &CancellationToken,
) -> Result<String, String> {
    let next = desk.port().checked_add(1).map(|port| SocketAddr::new(desk.ip(), port));
    let listener = match next {
        Some(next) => TcpListener::bind(next).await,
        None => Err(std::io::ErrorKind::AddrNotAvailable.into()),
    };
    let listener = match listener {
        Ok(listener) => listener,
        Err(_) => listen(SocketAddr::new(desk.ip(), 0)).await?,
    };
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let (port, sites) = (address.port(), origins(address));
    app.load_cast(&sites)
        .await
        .map_err(|error| format!("the demo's people cannot be loaded: {error}"))?;
    let pages = host::router(&config.server.public_url);
    tokio::spawn(http::accept::serve(
        listener,
        pages,
        config.clone(),
        None,
        shutdown.clone(),
    ));
    let host = if desk.ip() == IpAddr::from([127, 0, 0, 1]) {
        "127.0.0.1"
    } else {
        "localhost"
    };
    Ok(format!("http://{host}:{port}"))
}

/// The names by which a browser on this machine may come.
fn origins(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    vec![format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")]
}

/// What whoever started it has to know.
async fn greet(app: &App, config: &Config, site: Option<&str>) -> Result<(), String> {
    let desk = &config.server.public_url;
    if let Some(site) = site {
        let logins = |logins: Vec<&str>| logins.join(", ");
        let agents = logins(cast::AGENTS.iter().map(|agent| agent.login).collect());
        let customers = logins(cast::CUSTOMER_USERS.iter().map(|customer| customer.login).collect());
        say(format!(
            "The demo: made-up people on this machine only, password {}",
            cast::PASSWORD
        ));
        say(format!("  agent interface     {desk}/agent/    {agents}"));
        say(format!("  external interface  {desk}/portal/   {customers}"));
        say(format!("  a page with chat    {site}/   visitors"));
    }
    let code = app.setup_code().await.map_err(|error| error.to_string())?;
    if let Some(code) = code {
        say("There is no agent yet. Make the first one here, with this code:");
        say(format!("  {desk}/agent/setup   {code}"));
    }
    Ok(())
}

fn stop_on_signals() -> Result<CancellationToken, String> {
    let listen = |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    let shutdown = CancellationToken::new();
    let stop = shutdown.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        stop.cancel();
        tracing::info!("stopping");
    });
    Ok(shutdown)
}

fn log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOGGED));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // Where nobody reads the log any more it would say so there, too, and end the task that logs.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    match format {
        // Names come from people: the formatter escapes control characters in them.
        LogFormat::Text => log.with_ansi(false).init(),
        LogFormat::Json => log.json().init(),
    }
}
