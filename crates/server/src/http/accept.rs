//! Our own accept loop, because the ready-made one sets no timer: a client that sends half a header would hold its
//! connection for ever.
//!
//! Invariant: connections, headers and the time to send them are bounded before any handler runs.

use crate::app::Network;
use crate::config::Config;
use crate::places::{Place, Places};
use crate::tls::Acceptor;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// A TLS handshake takes two journeys.
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);
const HEADER_WITHIN: Duration = Duration::from_secs(10);
const HEADERS: usize = 64;
const HEADER_BYTES: usize = 16 * 1024;
/// How long running requests may take to finish once the service stops.
const FINISH_WITHIN: Duration = Duration::from_secs(20);
/// After a failed accept (descriptors are used up), so that the loop does not spin.
const BREATH: Duration = Duration::from_millis(50);

/// Serves until `stop`, then lets running requests finish for a while.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    config: Arc<Config>,
    tls: Option<Acceptor>,
    stop: CancellationToken,
) {
    let places = Places::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Beyond the limits a connection is closed at once: it costs nothing more, and a client comes back.
                let network = Network::of(peer.ip());
                let many = network.is_loopback() || config.trusts(peer.ip());
                if let Some(place) = places.take(network, many) {
                    let (router, tls, stop) = (router.clone(), tls.clone(), stop.clone());
                    tokio::spawn(greet(stream, peer, router, tls, stop, place));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    // Live connections too have their places back once they ended.
    let left = places.emptied(FINISH_WITHIN).await;
    if left > 0 {
        tracing::warn!(left, "connections did not end in time");
    }
}

/// In the clear, or through TLS once both sides agreed on it.
async fn greet(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    tls: Option<Acceptor>,
    stop: CancellationToken,
    place: Place,
) {
    // Frames are small and wanted at once.
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else {
        return connection(stream, peer, router, stop, place).await;
    };
    if let Ok(Some(stream)) = tokio::time::timeout(HANDSHAKE_WITHIN, tls.accept(stream)).await {
        connection(stream, peer, router, stop, place).await;
    }
}

async fn connection(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    peer: SocketAddr,
    router: Router,
    stop: CancellationToken,
    place: Place,
) {
    let place = Arc::new(place);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(place.clone());
        router.clone().oneshot(request)
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_WITHIN)
        .max_headers(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(connection);
    tokio::select! {
        // A broken connection is the peer's affair.
        _ = connection.as_mut() => {}
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
