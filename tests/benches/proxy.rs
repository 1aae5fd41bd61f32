//! How fast the lab's proxy is, on sockets, beside floors that are measured in the same run.
//!
//! | figure | floor |
//! | --- | --- |
//! | answers with 407 a second, on kept and on new connections, one and eight clients | hyper with the same answer |
//! | tunnels a second, one and eight clients | a relay of one line: accept, connect, copy |
//! | bytes a second through a tunnel | that relay |
//! | a session, from its scenario until it takes calls (the process's RSA key is there) | a listener for each of its servers |
//! | entries a second in the journal | a list behind a lock |
//!
//! Client and server share the machine's cores. Rounds of a figure and its floor alternate, and the best of each counts.
//!
//! `cargo bench -p marslab-tests --bench proxy`
//!
//! Other proxies that ask for credentials are measured in the same run where they are named, such as
//! `cargo bench -p marslab-tests --bench proxy -- squid=127.0.0.1:3128 tinyproxy=127.0.0.1:8888`.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::expect_used, reason = "a bench that cannot measure ends")]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]
#![expect(clippy::indexing_slicing, reason = "a bench that misreads an answer ends")]

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::Response;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use marslab::live::Fidelity;
use marslab::play::Options;
use marslab::session::control::Control;
use marslab::session::message::{ListenerKind, Listening};
use marslab::session::{Begin, Session};
use marslab_tests::play;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional_with_sizes};
use tokio::net::{TcpListener, TcpStream};

fn main() {
    // `cargo test --benches` only wants to know that the bench works.
    let is_test = std::env::args().any(|argument| argument == "--test");
    let config = if is_test { RunConfig::TRY } else { RunConfig::FULL };
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(measure(&config));
}

/// How long and how often is measured.
struct RunConfig {
    rounds: u32,
    time: Duration,
    megabytes: u32,
}

impl RunConfig {
    const FULL: Self = Self { rounds: 3, time: Duration::from_secs(1), megabytes: 512 };
    const TRY: Self = Self { rounds: 1, time: Duration::from_millis(20), megabytes: 4 };
}

async fn measure(config: &RunConfig) {
    // The first one makes the process's RSA key.
    let asking = Held::open("proxy-authentication-required").await;
    let quiet = Held::open("proxy-that-asks-nobody").await;
    let refusal = refusal(asking.proxy).await;
    for (name, at) in others() {
        for clients in [1, 8] {
            let (theirs, ours) = best(config, (at, asking.proxy), |at| {
                many(clients, config.time, move |end| kept(at, end))
            })
            .await;
            compared(&format!("{name}, 407/s, kept connections, {clients}"), theirs, ours);
            let (theirs, ours) = best(config, (at, asking.proxy), |at| {
                many(clients, config.time, move |end| new(at, end))
            })
            .await;
            compared(&format!("{name}, 407/s, new connections, {clients}"), theirs, ours);
        }
    }
    let floor = hyper_that_answers(refusal).await;
    for clients in [1, 8] {
        let (ours, bare) = best(config, (asking.proxy, floor), |at| {
            many(clients, config.time, move |end| kept(at, end))
        })
        .await;
        line(&format!("407/s, kept connections, {clients}"), ours, bare);
        let (ours, bare) = best(config, (asking.proxy, floor), |at| {
            many(clients, config.time, move |end| new(at, end))
        })
        .await;
        line(&format!("407/s, new connections, {clients}"), ours, bare);
    }
    let relay = relay_to(quiet.server).await;
    for clients in [1, 8] {
        let (ours, bare) = best(config, (quiet.proxy, relay), |at| {
            many(clients, config.time, move |end| tunnels(at, end))
        })
        .await;
        line(&format!("tunnels/s, {clients}"), ours, bare);
    }
    let (ours, bare) =
        best(config, (quiet.proxy, relay), |at| megabytes_a_second(at, config.megabytes)).await;
    line("MB/s through a tunnel", ours, bare);
    let (ours, bare) = starts(config, asking.listeners).await;
    println!("{:38} {:>10.1} ms {:>10.1} ms", "session, start to ready", ours, bare);
    let (ours, bare) = journal(&asking.session, config);
    line("journal entries/s", ours, bare);
}

fn line(what: &str, ours: f64, floor: f64) {
    println!("{what:38} {ours:>10.0}    {floor:>10.0}    {:.2} of the floor", ours / floor);
}

fn compared(what: &str, theirs: f64, ours: f64) {
    println!("{what:38} {theirs:>10.0}    {ours:>10.0}    the lab's, {:.1} as many", ours / theirs);
}

/// The other proxies that the command line names.
fn others() -> Vec<(String, SocketAddr)> {
    let named = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let named = named.filter_map(|argument| {
        let (name, at) = argument.split_once('=')?;
        Some((name.to_owned(), at.parse().expect("an address")))
    });
    named.collect()
}

/// A session, its proxy, and the server of the connectivity probe.
struct Held {
    session: Arc<Session>,
    proxy: SocketAddr,
    server: SocketAddr,
    listeners: usize,
    _control: Control,
}

impl Held {
    async fn open(name: &str) -> Self {
        let options = Options { fidelity: Fidelity::Loopback, ..Options::default() };
        let session = Session::open(play(name), &options, Begin::Broken).await.expect("a session");
        let session = Arc::new(session);
        let control = Control::open(Arc::clone(&session)).await.expect("a control");
        let listeners = control.description().await.listeners;
        let at = |is_meant: fn(&Listening) -> bool| {
            let found = listeners.iter().find(|it| is_meant(it)).expect("a listener");
            found.at.parse().expect("an address")
        };
        let proxy = at(|it| it.what == ListenerKind::Proxy);
        let server = at(|it| it.name == "www.msftncsi.com:80");
        Self { session, proxy, server, listeners: listeners.len(), _control: control }
    }
}

/// The best of several rounds, of ours and of the floor.
async fn best<F: Future<Output = f64>>(
    config: &RunConfig,
    (ours, floor): (SocketAddr, SocketAddr),
    measure: impl Fn(SocketAddr) -> F,
) -> (f64, f64) {
    let mut found = (0.0_f64, 0.0_f64);
    for _ in 0..config.rounds {
        found = (found.0.max(measure(ours).await), found.1.max(measure(floor).await));
    }
    found
}

/// How often something is done a second by several clients.
async fn many<F>(clients: u32, time: Duration, client: impl Fn(Instant) -> F) -> f64
where
    F: Future<Output = u32> + Send + 'static,
{
    let start = Instant::now();
    let clients: Vec<_> = (0..clients).map(|_| tokio::spawn(client(start + time))).collect();
    let mut done = 0;
    for client in clients {
        done += client.await.expect("a client");
    }
    f64::from(done) / start.elapsed().as_secs_f64()
}

const CONNECT: &[u8] = b"CONNECT www.msftncsi.com:80 HTTP/1.1\r\nHost: www.msftncsi.com:80\r\n\r\n";

async fn connect(at: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(at).await.expect("a connection");
    stream.set_nodelay(true).expect("a socket");
    stream
}

/// What the proxy answers to a stranger.
async fn refusal(at: SocketAddr) -> Vec<u8> {
    let mut stream = connect(at).await;
    stream.write_all(CONNECT).await.expect("a request");
    let mut answer = vec![0; 64 << 10];
    let mut length = 0;
    loop {
        length += stream.read(&mut answer[length..]).await.expect("an answer");
        if let Some(whole) = whole(&answer[..length]) {
            answer.truncate(whole);
            return answer;
        }
    }
}

/// The length of the answer that a text begins with, if it is all there.
fn whole(text: &[u8]) -> Option<usize> {
    let head = text.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
    let lower = String::from_utf8_lossy(&text[..head]).to_lowercase();
    let body =
        lower.split("content-length: ").nth(1)?.split("\r\n").next()?.parse::<usize>().ok()?;
    (text.len() >= head + body).then_some(head + body)
}

/// Asks, and says whether the connection is still open.
async fn ask(stream: &mut TcpStream, buffer: &mut [u8]) -> bool {
    stream.write_all(CONNECT).await.expect("a request");
    let mut length = 0;
    while whole(&buffer[..length]).is_none() {
        let read = stream.read(&mut buffer[length..]).await.expect("an answer");
        if read == 0 {
            assert!(length > 0, "an answer comes before the end");
            return false;
        }
        length += read;
    }
    true
}

async fn kept(at: SocketAddr, end: Instant) -> u32 {
    let mut buffer = vec![0; 64 << 10];
    let mut stream = connect(at).await;
    let mut done = 0;
    while Instant::now() < end {
        if !ask(&mut stream, &mut buffer).await {
            // Some close each connection, whatever is wanted.
            stream = connect(at).await;
        }
        done += 1;
    }
    done
}

async fn new(at: SocketAddr, end: Instant) -> u32 {
    let mut buffer = vec![0; 64 << 10];
    let mut done = 0;
    while Instant::now() < end {
        ask(&mut connect(at).await, &mut buffer).await;
        done += 1;
    }
    done
}

/// Opens a tunnel.
async fn tunnel(at: SocketAddr) -> TcpStream {
    let mut stream = connect(at).await;
    stream.write_all(CONNECT).await.expect("a request");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("an answer"));
    }
    assert!(head.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&head));
    stream
}

async fn tunnels(at: SocketAddr, end: Instant) -> u32 {
    let mut done = 0;
    while Instant::now() < end {
        tunnel(at).await;
        done += 1;
    }
    done
}

/// Sends requests with bodies through a tunnel to a server that reads and forgets them.
async fn megabytes_a_second(at: SocketAddr, megabytes: u32) -> f64 {
    let mut buffer = vec![0; 64 << 10];
    let mut stream = tunnel(at).await;
    let head = format!(
        "POST /ncsi.txt HTTP/1.1\r\nHost: www.msftncsi.com\r\nContent-Length: {BODY}\r\n\r\n"
    );
    let body = vec![b'x'; BODY];
    let start = Instant::now();
    for _ in 0..megabytes {
        stream.write_all(head.as_bytes()).await.expect("a request");
        stream.write_all(&body).await.expect("a body");
        let mut length = 0;
        while whole(&buffer[..length]).is_none() {
            length += stream.read(&mut buffer[length..]).await.expect("an answer");
        }
    }
    f64::from(megabytes) / start.elapsed().as_secs_f64()
}

/// Hyper with an answer as long as the proxy's.
async fn hyper_that_answers(refusal: Vec<u8>) -> SocketAddr {
    let head = refusal.windows(4).position(|it| it == b"\r\n\r\n").expect("a head") + 4;
    let body = Bytes::copy_from_slice(&refusal[head..]);
    let (listener, at) = listen().await;
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a client");
            stream.set_nodelay(true).expect("a socket");
            let body = body.clone();
            let answer = service_fn(move |_request| {
                let mut response = Response::new(Full::new(body.clone()));
                *response.status_mut() = hyper::StatusCode::PROXY_AUTHENTICATION_REQUIRED;
                async { Ok::<_, Infallible>(response) }
            });
            let server = hyper::server::conn::http1::Builder::new();
            tokio::spawn(server.serve_connection(TokioIo::new(stream), answer));
        }
    });
    at
}

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a listener");
    let at = listener.local_addr().expect("an address");
    (listener, at)
}

/// A proxy of one line: whatever is asked for, it connects to one server and copies.
async fn relay_to(server: SocketAddr) -> SocketAddr {
    let (listener, at) = listen().await;
    tokio::spawn(async move {
        loop {
            let (mut near, _) = listener.accept().await.expect("a client");
            tokio::spawn(async move {
                let mut far = connect(server).await;
                let mut head = vec![0; CONNECT.len()];
                near.read_exact(&mut head).await?;
                near.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
                copy_bidirectional_with_sizes(&mut near, &mut far, RELAY, RELAY).await
            });
        }
    });
    at
}

/// How long a session takes until it takes calls, and how long as many listeners take, in milliseconds.
async fn starts(config: &RunConfig, listeners: usize) -> (f64, f64) {
    let mut found = (f64::MAX, f64::MAX);
    for _ in 0..20 * config.rounds {
        let start = Instant::now();
        drop(Held::open("proxy-authentication-required").await);
        found.0 = found.0.min(start.elapsed().as_secs_f64() * 1e3);
        let start = Instant::now();
        for _ in 0..listeners {
            listen().await;
        }
        found.1 = found.1.min(start.elapsed().as_secs_f64() * 1e3);
    }
    found
}

/// Entries a second that the journal takes, and that a list behind a lock takes.
fn journal(session: &Session, config: &RunConfig) -> (f64, f64) {
    let said = session.live().take_journal().pop().expect("something was said");
    let entries = 100_000 * config.rounds;
    let start = Instant::now();
    (0..entries).for_each(|_| session.live().journal().record(said.clone()));
    let ours = f64::from(entries) / start.elapsed().as_secs_f64();
    let list = Mutex::new(Vec::new());
    let start = Instant::now();
    (0..entries).for_each(|_| list.lock().expect("a list").push(said.clone()));
    (ours, f64::from(entries) / start.elapsed().as_secs_f64())
}

/// As much as a server of the lab reads at a time.
const BODY: usize = 1_000_000;

const RELAY: usize = 256 << 10;
