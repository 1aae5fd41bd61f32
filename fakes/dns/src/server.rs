//! The sockets of the DNS server.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use marslab_state::Running;
use marslab_state::pace::Waits;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::{JoinSet, yield_now};
use tokio::time::timeout;

use crate::answer::{Reaction, Transport, answer};

/// A DNS server on 127.0.0.1. Dropping it closes its sockets.
pub struct DnsServer {
    address: SocketAddr,
    _servers: JoinSet<()>,
}

impl DnsServer {
    /// Begins to answer for the names of a world, over UDP and TCP at one port that the system picks. Needs a tokio runtime
    /// with I/O and time.
    pub async fn open(running: Arc<Running>) -> io::Result<Self> {
        let (udp, tcp) = sockets().await?;
        let address = udp.local_addr()?;
        let mut servers = JoinSet::new();
        servers.spawn(serve_datagrams(Arc::new(udp), Arc::clone(&running)));
        servers.spawn(serve_connections(tcp, running));
        Ok(Self { address, _servers: servers })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Both at the same port, since a client asks again over TCP where it has asked over UDP.
async fn sockets() -> io::Result<(UdpSocket, TcpListener)> {
    let mut tries = 0;
    loop {
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        match TcpListener::bind(udp.local_addr()?).await {
            Ok(tcp) => return Ok((udp, tcp)),
            // Another program has this port for TCP.
            Err(_taken) if tries < TRIES_MAX => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

async fn serve_datagrams(socket: Arc<UdpSocket>, running: Arc<Running>) {
    let (mut bytes, mut late, mut failures) = (vec![0; QUESTION_BYTES_MAX], JoinSet::new(), 0);
    while failures < FAILURES_MAX {
        let Ok((length, from)) = socket.recv_from(&mut bytes).await else {
            // Windows tells here that an earlier answer has met a closed socket.
            failures += 1;
            yield_now().await;
            continue;
        };
        failures = 0;
        let asked = bytes.get(..length).unwrap_or_default();
        let Reaction::Reply { bytes, seconds, .. } = react(&running, asked, Transport::Udp) else {
            continue;
        };
        while late.try_join_next().is_some() {}
        if seconds == 0 {
            // A client that has gone needs no answer.
            drop(socket.send_to(&bytes, from).await);
        } else if late.len() < LATE_MAX {
            let (socket, running) = (Arc::clone(&socket), Arc::clone(&running));
            late.spawn(async move {
                running.pass(Waits::Take, seconds.into()).await;
                drop(socket.send_to(&bytes, from).await);
            });
        }
    }
}

async fn serve_connections(listener: TcpListener, running: Arc<Running>) {
    let (mut open, mut failures) = (JoinSet::new(), 0);
    while failures < FAILURES_MAX {
        while open.try_join_next().is_some() {}
        while open.len() >= CONNECTIONS_MAX {
            open.join_next().await;
        }
        let Ok((stream, _from)) = listener.accept().await else {
            failures += 1;
            yield_now().await;
            continue;
        };
        failures = 0;
        let running = Arc::clone(&running);
        open.spawn(async move { drop(serve_connection(stream, &running).await) });
    }
}

/// Answers one question after the other, each with its length in front (RFC 1035, 4.2.2), until the client is done.
async fn serve_connection(mut stream: TcpStream, running: &Running) -> io::Result<()> {
    loop {
        let asked = timeout(IDLE, read(&mut stream)).await??;
        match react(running, &asked, Transport::Tcp) {
            Reaction::Reply { bytes, seconds, .. } => {
                running.pass(Waits::Take, seconds.into()).await;
                let length = u16::try_from(bytes.len()).map_err(io::Error::other)?;
                stream.write_all(&[&length.to_be_bytes(), bytes.as_slice()].concat()).await?;
            }
            // The client waits, until it gives up.
            Reaction::Silence => {
                timeout(SILENCE, stream.read_u8()).await??;
                return Ok(());
            }
            Reaction::Reset => return stream.set_zero_linger(),
        }
    }
}

async fn read(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let length = usize::from(stream.read_u16().await?);
    if length > QUESTION_BYTES_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

fn react(running: &Running, asked: &[u8], over: Transport) -> Reaction {
    let reaction = running.look(|world| answer(asked, &world, over));
    match &reaction {
        Reaction::Reply { shown: [question, said], .. } => {
            running.record(JOURNAL_NAME, question, said);
        }
        Reaction::Silence => running.record(JOURNAL_NAME, "a message", "nothing"),
        Reaction::Reset => running.record(JOURNAL_NAME, "a message over TCP", "reset"),
    }
    reaction
}

/// As the journal calls the server.
const JOURNAL_NAME: &str = "DNS server";

/// How many ports are tried.
const TRIES_MAX: u32 = 16;

/// The longest question: a name has at most 255 bytes, and some options come with it.
const QUESTION_BYTES_MAX: usize = 4 << 10;

/// How many answers over UDP may be under way; further questions get none, as of a server that is overloaded.
const LATE_MAX: usize = 256;

/// A further client waits in the listener's queue.
const CONNECTIONS_MAX: usize = 128;

/// How long a client may take for its next question (RFC 7766, 6.2.3: a few seconds).
const IDLE: Duration = Duration::from_secs(10);

/// How long a client may wait for an answer that does not come.
const SILENCE: Duration = Duration::from_secs(120);

/// A socket that fails so often in a row does not work.
const FAILURES_MAX: u32 = 1_000;
