//! How fast the lab's proxy and cloud are, on sockets, beside floors that are measured in the same run.
//!
//! | figure | floor |
//! | --- | --- |
//! | answers with 407 a second on kept connections, one and eight clients | hyper with the same answer |
//! | the same on new connections | two threads that accept, read, write the same answer and close |
//! | tunnels a second, one and eight clients | a relay of one line: accept, connect, copy, with buffers of 8 KiB |
//! | answers of the cloud a second on kept connections, one and eight clients: those of the connectivity probe | hyper with the same answer |
//! | bytes a second through a tunnel | that relay, with buffers of 256 KiB |
//! | a session, from its scenario until it takes calls (the process's RSA key is there) | a listener for each of its servers |
//! | entries a second in the journal | a list behind a lock |
//!
//! A client is a thread with a plain socket, which costs the least: what is left is the server's. Both share the machine's
//! cores. On new connections the client says that it wants one answer only, so that the server closes, as some proxies always
//! do; the kernel keeps what is left of a connection with the side that closes first. Rounds of a figure and its floor
//! alternate, and the best of each counts.
//!
//! `cargo bench -p marslab-benches --bench proxy`
//!
//! Other proxies that ask for credentials are measured in the same run where they are named, such as
//! `cargo bench -p marslab-benches --bench proxy -- squid=127.0.0.1:3128 tinyproxy=127.0.0.1:8888`.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::expect_used, reason = "a bench that cannot measure ends")]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]
#![expect(clippy::indexing_slicing, reason = "a bench that misreads an answer ends")]

use std::convert::Infallible;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::TokioIo;
use marslab::live::{Fidelity, Pace};
use marslab::play::{Casting, Options};
use marslab::session::control::Control;
use marslab::session::message::{ListenerKind, Listening};
use marslab::session::{InitialState, Session};
use marslab_tests::play;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional_with_sizes};
use tokio::runtime::Runtime;

fn main() {
    // `cargo test --benches` only wants to know that the bench works.
    let is_test = std::env::args().any(|argument| argument == "--test");
    let config = if is_test { RunConfig::TRY } else { RunConfig::FULL };
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().expect("a runtime");
    // The first one makes the process's RSA key.
    let asking = runtime.block_on(Held::open("proxy-authentication-required"));
    // Its proxy asks nobody, and tunnels to any port.
    let quiet =
        runtime.block_on(Held::open("blocked-url-windows.net/gateway-that-breaks-tunnels-off"));
    for (name, at) in others() {
        compare(&config, &name, at, asking.proxy);
    }
    answers(&config, &runtime, asking.proxy);
    tunnels(&config, &runtime, &quiet);
    cloud(&config, &runtime, quiet.server);
    let (ours, bare) = runtime.block_on(starts(&config, asking.listeners));
    println!("{:38} {ours:>10.1} ms {bare:>10.1} ms", "session, start to ready");
    let (ours, bare) = journal(&asking.session, &config);
    line("journal entries/s", ours, bare);
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

/// Answers of another proxy, beside the lab's.
fn compare(config: &RunConfig, name: &str, at: SocketAddr, lab: SocketAddr) {
    for clients in [1, 8] {
        let (theirs, ours) = best(config, (at, lab), |at| {
            let length = usual_length(at);
            many(clients, config, |end| kept(at, TO_443, length, end))
        });
        compared(&format!("{name}, 407/s, kept connections, {clients}"), theirs, ours);
        let (theirs, ours) =
            best(config, (at, lab), |at| many(clients, config, |end| new(at, end)));
        compared(&format!("{name}, 407/s, new connections, {clients}"), theirs, ours);
    }
}

/// Answers, beside their floors.
fn answers(config: &RunConfig, runtime: &Runtime, lab: SocketAddr) {
    let refusal = refusal(lab);
    let (hyper, bare) =
        (runtime.block_on(hyper_that_answers(&refusal)), threads_that_answer(&refusal));
    for clients in [1, 8] {
        let (ours, floor) = best(config, (lab, hyper), |at| {
            let length = usual_length(at);
            many(clients, config, |end| kept(at, TO_443, length, end))
        });
        line(&format!("407/s, kept connections, {clients}"), ours, floor);
        let (ours, floor) =
            best(config, (lab, bare), |at| many(clients, config, |end| new(at, end)));
        line(&format!("407/s, new connections, {clients}"), ours, floor);
    }
}

/// Tunnels, beside their floors.
fn tunnels(config: &RunConfig, runtime: &Runtime, quiet: &Held) {
    let short = runtime.block_on(relay_to::<{ 8 << 10 }>(quiet.server));
    for clients in [1, 8] {
        let (ours, floor) =
            best(config, (quiet.proxy, short), |at| many(clients, config, |end| opened(at, end)));
        line(&format!("tunnels/s, {clients}"), ours, floor);
    }
    let long = runtime.block_on(relay_to::<{ 256 << 10 }>(quiet.server));
    let (ours, floor) =
        best(config, (quiet.proxy, long), |at| megabytes_a_second(at, config.megabytes));
    line("MB/s through a tunnel", ours, floor);
}

/// Answers of the cloud, beside their floor. In the clear, so that it is not TLS that is measured.
fn cloud(config: &RunConfig, runtime: &Runtime, lab: SocketAddr) {
    let probe = |at| said(at, PROBE);
    let floor = runtime.block_on(hyper_that_answers(&probe(lab)));
    for clients in [1, 8] {
        let (ours, floor) = best(config, (lab, floor), |at| {
            let length = probe(at).len();
            many(clients, config, |end| kept(at, PROBE, length, end))
        });
        line(&format!("cloud requests/s, {clients}"), ours, floor);
    }
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
        // As `marslab up` opens it.
        let casting = Casting::Plain;
        let options = Options { fidelity: Fidelity::Loopback, casting, ..Options::default() };
        let session = Session::open(play(name), &options, InitialState::Broken, Pace::Real)
            .await
            .expect("a session");
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
fn best(
    config: &RunConfig,
    (ours, floor): (SocketAddr, SocketAddr),
    measure: impl Fn(SocketAddr) -> f64,
) -> (f64, f64) {
    let mut found = (0.0_f64, 0.0_f64);
    for _ in 0..config.rounds {
        found = (found.0.max(measure(ours)), found.1.max(measure(floor)));
    }
    found
}

/// How often something is done a second by several clients.
fn many(clients: u32, config: &RunConfig, client: impl Fn(Instant) -> u32 + Sync) -> f64 {
    let start = Instant::now();
    let done: u32 = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..clients).map(|_| scope.spawn(|| client(start + config.time))).collect();
        clients.into_iter().map(|client| client.join().expect("a client")).sum()
    });
    f64::from(done) / start.elapsed().as_secs_f64()
}

/// To a port that proxies tunnel to: of others Squid says so before it asks who wants it.
const TO_443: &[u8] =
    b"CONNECT www.msftncsi.com:443 HTTP/1.1\r\nHost: www.msftncsi.com:443\r\n\r\n";

const ONCE: &[u8] =
    b"CONNECT www.msftncsi.com:443 HTTP/1.1\r\nHost: www.msftncsi.com:443\r\nConnection: close\r\n\r\n";

/// To a server that reads what is sent, without TLS.
const TO_80: &[u8] = b"CONNECT www.msftncsi.com:80 HTTP/1.1\r\nHost: www.msftncsi.com:80\r\n\r\n";

const PROBE: &[u8] = b"GET /ncsi.txt HTTP/1.1\r\nHost: www.msftncsi.com\r\n\r\n";

fn connect(at: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(at).expect("a connection");
    stream.set_nodelay(true).expect("a socket");
    stream
}

/// What a proxy answers to a stranger.
fn refusal(at: SocketAddr) -> Vec<u8> {
    let answer = said(at, TO_443);
    assert_eq!(answer.get(8..12), Some(&b" 407"[..]), "{}", String::from_utf8_lossy(&answer));
    answer
}

/// The answer to a request.
fn said(at: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = connect(at);
    stream.write_all(request).expect("a request");
    answer(&mut stream)
}

/// How much there is to read of an answer; more than there is, up to the end, where the end is what tells.
fn usual_length(at: SocketAddr) -> usize {
    let refusal = refusal(at);
    if whole(&refusal).is_some() { refusal.len() } else { BUFFER }
}

/// Reads one answer, up to its length or the end of the connection.
fn answer(stream: &mut TcpStream) -> Vec<u8> {
    let mut answer = vec![0; BUFFER];
    let mut length = 0;
    loop {
        let read = stream.read(&mut answer[length..]).expect("an answer");
        length += read;
        let whole = whole(&answer[..length]);
        if read == 0 || whole.is_some() {
            answer.truncate(whole.unwrap_or(length));
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

/// Asks, and reads an answer of a known length. Says whether the connection is still open.
fn ask(stream: &mut TcpStream, request: &[u8], length: usize, buffer: &mut [u8]) -> bool {
    stream.write_all(request).expect("a request");
    let mut there = 0;
    while there < length {
        match stream.read(&mut buffer[there..]).expect("an answer") {
            0 => {
                assert!(there > 0, "an answer comes before the end");
                return false;
            }
            read => there += read,
        }
    }
    true
}

fn kept(at: SocketAddr, request: &[u8], length: usize, end: Instant) -> u32 {
    let mut buffer = vec![0; BUFFER];
    let mut stream = connect(at);
    let mut done = 0;
    while Instant::now() < end {
        if !ask(&mut stream, request, length, &mut buffer) {
            // Some close each connection, whatever is wanted.
            stream = connect(at);
        }
        done += 1;
    }
    done
}

fn new(at: SocketAddr, end: Instant) -> u32 {
    let mut buffer = vec![0; BUFFER];
    let mut done = 0;
    while Instant::now() < end {
        let mut stream = connect(at);
        stream.write_all(ONCE).expect("a request");
        let mut length = 0;
        loop {
            match stream.read(&mut buffer[length..]).expect("an answer") {
                0 => break,
                read => length += read,
            }
        }
        assert!(length > 0, "an answer comes before the end");
        done += 1;
    }
    done
}

/// Opens a tunnel.
fn tunnel(at: SocketAddr) -> TcpStream {
    let mut stream = connect(at);
    stream.write_all(TO_80).expect("a request");
    let mut head = [0; 512];
    let mut length = 0;
    while !head[..length].ends_with(b"\r\n\r\n") {
        match stream.read(&mut head[length..]).expect("an answer") {
            0 => break,
            read => length += read,
        }
    }
    assert!(head.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&head[..length]));
    stream
}

fn opened(at: SocketAddr, end: Instant) -> u32 {
    let mut done = 0;
    while Instant::now() < end {
        tunnel(at);
        done += 1;
    }
    done
}

/// Sends requests with bodies through a tunnel to a server that reads and forgets them.
fn megabytes_a_second(at: SocketAddr, megabytes: u32) -> f64 {
    let mut stream = tunnel(at);
    let head = format!(
        "POST /ncsi.txt HTTP/1.1\r\nHost: www.msftncsi.com\r\nContent-Length: {BODY}\r\n\r\n"
    );
    let body = vec![b'x'; BODY];
    let start = Instant::now();
    for _ in 0..megabytes {
        stream.write_all(head.as_bytes()).expect("a request");
        stream.write_all(&body).expect("a body");
        answer(&mut stream);
    }
    f64::from(megabytes) / start.elapsed().as_secs_f64()
}

/// Hyper with the status of an answer, and a body as long as its.
async fn hyper_that_answers(answer: &[u8]) -> SocketAddr {
    let head = answer.windows(4).position(|it| it == b"\r\n\r\n").expect("a head") + 4;
    let body = Bytes::copy_from_slice(&answer[head..]);
    let status = StatusCode::from_bytes(&answer[9..12]).expect("a status");
    let (listener, at) = listen().await;
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a client");
            stream.set_nodelay(true).expect("a socket");
            let body = body.clone();
            let answer = service_fn(move |_request| {
                let mut response = Response::new(Full::new(body.clone()));
                *response.status_mut() = status;
                async { Ok::<_, Infallible>(response) }
            });
            let server = hyper::server::conn::http1::Builder::new();
            tokio::spawn(server.serve_connection(TokioIo::new(stream), answer));
        }
    });
    at
}

/// As many threads as the runtime has, with the same answer on every connection.
fn threads_that_answer(refusal: &[u8]) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a listener");
    let at = listener.local_addr().expect("an address");
    for _ in 0..2 {
        let (listener, refusal) = (listener.try_clone().expect("a listener"), refusal.to_vec());
        thread::spawn(move || {
            loop {
                let (mut stream, _) = listener.accept().expect("a client");
                let mut request = [0; 512];
                let read = stream.read(&mut request).expect("a request");
                assert_eq!(read, ONCE.len());
                stream.write_all(&refusal).expect("a client that waits");
            }
        });
    }
    at
}

async fn listen() -> (tokio::net::TcpListener, SocketAddr) {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a listener");
    let at = listener.local_addr().expect("an address");
    (listener, at)
}

/// A proxy of one line: whatever is asked for, it connects to one server and copies.
async fn relay_to<const BUFFER: usize>(server: SocketAddr) -> SocketAddr {
    let (listener, at) = listen().await;
    tokio::spawn(async move {
        loop {
            let (mut near, _) = listener.accept().await.expect("a client");
            tokio::spawn(async move {
                near.set_nodelay(true)?;
                let mut head = [0; TO_80.len()];
                near.read_exact(&mut head).await?;
                let mut far = tokio::net::TcpStream::connect(server).await?;
                far.set_nodelay(true)?;
                near.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
                copy_bidirectional_with_sizes(&mut near, &mut far, BUFFER, BUFFER).await
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
        let held = Held::open("proxy-authentication-required").await;
        found.0 = found.0.min(start.elapsed().as_secs_f64() * 1e3);
        drop(held);
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

/// More than any answer has.
const BUFFER: usize = 64 << 10;

/// As much as a server of the lab reads at a time.
const BODY: usize = 1_000_000;
