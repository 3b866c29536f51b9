//! Our own accept loop, because the ready-made one sets no timer: a client that sends half a header would hold its
//! connection for ever.
//!
//! Invariant: connections, headers and the time to send them are bounded before any handler runs.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

const CONNECTIONS: usize = 20_000;
/// Of one network; loopback, where the proxy is, has no limit of its own.
const PER_NETWORK: usize = 1_000;
const HEADER_WITHIN: Duration = Duration::from_secs(10);
const HEADERS: usize = 64;
const HEADER_BYTES: usize = 16 * 1024;
/// How long running requests may take to finish once the service stops.
const FINISH_WITHIN: Duration = Duration::from_secs(20);
/// After a failed accept (descriptors are used up), so that the loop does not spin.
const BREATH: Duration = Duration::from_millis(50);

/// The part of an address that limits count by: an IPv4 address, the first 64 bits of an IPv6 address.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

type Counts = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// A connection's share of the limits, given back when it ends. A live connection keeps it (request extension
/// `Arc<Place>`) beyond the request it began as.
pub struct Place {
    counts: Counts,
    network: IpAddr,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.counts.lock();
        if let Some(count) = counts.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.network);
            }
        }
    }
}

/// Serves until `stop`, then lets running requests finish for a while.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let permits = Arc::new(Semaphore::new(CONNECTIONS));
    let counts = Counts::default();
    let tasks = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Beyond the limits a connection is closed at once: it costs nothing more, and a client comes back.
                if let Some(place) = place(&permits, &counts, peer.ip()) {
                    tasks.spawn(connection(stream, peer, router.clone(), stop.clone(), place));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    tasks.close();
    if tokio::time::timeout(FINISH_WITHIN, tasks.wait()).await.is_err() {
        tracing::warn!(left = tasks.len(), "connections did not end in time");
    }
}

fn place(permits: &Arc<Semaphore>, counts: &Counts, address: IpAddr) -> Option<Place> {
    let permit = permits.clone().try_acquire_owned().ok()?;
    let network = network(address);
    let mut all = counts.lock();
    let count = all.entry(network).or_insert(0);
    if *count >= PER_NETWORK && !address.is_loopback() {
        return None;
    }
    *count += 1;
    drop(all);
    Some(Place { counts: counts.clone(), network, _permit: permit })
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, stop: CancellationToken, place: Place) {
    // Frames are small and wanted at once.
    let _ = stream.set_nodelay(true);
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
