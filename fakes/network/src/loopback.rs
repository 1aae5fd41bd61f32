//! The lab's listeners on sockets of the real machine: 127.0.0.1 only, ports that the system picks.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use marslab_model::net::TlsLayer;
use marslab_model::{Connection, DialError};
use marslab_state::trouble::is_resource_shortage;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::network::FakeNetwork;
use crate::route::Listener;

/// The sockets at which proxies and servers really listen. Dropping it closes them at once, also where the runtime has no
/// time for the tasks that accept.
#[derive(Default)]
pub(crate) struct Loopback(RwLock<BTreeMap<Listener, Socket>>);

struct Socket {
    address: SocketAddr,
    _listener: Arc<TcpListener>,
}

impl Loopback {
    /// The socket address of a listener, which begins to listen if it did not yet.
    pub(crate) async fn address(
        &self,
        network: &FakeNetwork,
        listener: Listener,
    ) -> io::Result<SocketAddr> {
        if let Some(address) = self.known(&listener) {
            return Ok(address);
        }
        let socket = Arc::new(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?);
        let address = socket.local_addr()?;
        let mut listening = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Another task may have been faster.
        if let Some(socket) = listening.get(&listener) {
            return Ok(socket.address);
        }
        let accepting = accept(Arc::downgrade(&socket), listener.clone(), network.weak());
        network.spawn(accepting).map_err(io::Error::other)?;
        listening.insert(listener, Socket { address, _listener: socket });
        Ok(address)
    }

    fn known(&self, listener: &Listener) -> Option<SocketAddr> {
        let listening = self.0.read().unwrap_or_else(PoisonError::into_inner);
        listening.get(listener).map(|socket| socket.address)
    }

    /// Where everything listens.
    pub(crate) fn addresses(&self) -> BTreeMap<Listener, SocketAddr> {
        let listening = self.0.read().unwrap_or_else(PoisonError::into_inner);
        listening.iter().map(|(listener, socket)| (listener.clone(), socket.address)).collect()
    }

    /// Connects to a listener.
    pub(crate) async fn connect(
        &self,
        network: &FakeNetwork,
        listener: Listener,
    ) -> Result<Connection, DialError> {
        // Everything listens that there is, so that a failure is the real machine's.
        let failed = |error: io::Error| {
            network.running().note_trouble("cannot connect to a listener of the lab", &error);
            DialError::Refused
        };
        let address = self.address(network, listener).await.map_err(failed)?;
        let stream = TcpStream::connect(address).await.map_err(failed)?;
        // Whoever drops it has read what they wanted. Closed in the usual way, each of its thousands of ports would be kept for a
        // minute (TIME_WAIT), and some systems have 16,384. Where it cannot be set, they are.
        drop(stream.set_zero_linger());
        Ok(connection(stream))
    }
}

async fn accept(socket: Weak<TcpListener>, listener: Listener, network: Weak<FakeNetwork>) {
    let mut failures = 0;
    while failures < FAILURES_MAX {
        let Some(accepted) = next(&socket).await else { return };
        let Some(network) = network.upgrade() else { return };
        let stream = match accepted {
            Ok(stream) => stream,
            Err(error) => {
                if is_resource_shortage(&error) {
                    network.running().note_trouble("cannot accept a connection", &error);
                    drop(network);
                    // Whoever has come waits until others go, as with Squid.
                    tokio::time::sleep(SHORTAGE_PAUSE).await;
                    continue;
                }
                failures += 1;
                drop(network);
                tokio::task::yield_now().await;
                continue;
            }
        };
        failures = 0;
        let connection = match listener {
            Listener::Proxy(_) => reset_on_drop(stream),
            Listener::Portal { .. } | Listener::Server { .. } => connection(stream),
        };
        // With too many connections open this one is closed.
        network.serve(listener.clone(), connection).unwrap_or_default();
    }
}

/// The next connection; `None` once the socket is closed. While it waits it does not keep the socket.
async fn next(socket: &Weak<TcpListener>) -> Option<io::Result<TcpStream>> {
    poll_fn(|cx| match socket.upgrade() {
        Some(socket) => socket.poll_accept(cx).map(|it| Some(it.map(|(stream, _peer)| stream))),
        None => Poll::Ready(None),
    })
    .await
}

fn connection(stream: TcpStream) -> Connection {
    // Without it small messages may wait for each other; with it failing they only are slower.
    drop(stream.set_nodelay(true));
    Connection { stream: Box::new(stream), tls: TlsLayer::Records }
}

/// A connection that is reset when it is dropped before it was shut down.
fn reset_on_drop(stream: TcpStream) -> Connection {
    drop(stream.set_nodelay(true));
    let stream = Box::new(ResetOnDrop { stream, is_shut: false });
    Connection { stream, tls: TlsLayer::Records }
}

/// A socket whose owner says goodbye, or else resets it.
struct ResetOnDrop {
    stream: TcpStream,
    is_shut: bool,
}

impl Drop for ResetOnDrop {
    fn drop(&mut self) {
        if !self.is_shut {
            // Where it cannot be set, the connection is closed in the usual way.
            drop(self.stream.set_zero_linger());
        }
    }
}

impl AsyncRead for ResetOnDrop {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for ResetOnDrop {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.is_shut = true;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// How long a listener waits where the machine has no file descriptor left.
const SHORTAGE_PAUSE: Duration = Duration::from_millis(50);

/// A listener gives up after this many other failures in a row.
const FAILURES_MAX: u32 = 1_000;
