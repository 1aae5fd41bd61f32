//! How many plays a second one core plays on `memory`, beside a floor measured in the same run.
//!
//! The plays are those of the corpus, each in the four languages and with a seed of its round, and so distinct. The RSA key
//! is made before the clock starts. What follows from bytes or options alone is remembered from play to play; the last
//! round remembers nothing. The floor is hyper, client and server, over an in-process stream: one request and one small
//! answer. Rounds of both alternate, and the best of each counts, so that a busy machine spoils neither alone.
//!
//! `cargo bench -p marslab-tests`

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::expect_used, reason = "a bench that cannot measure ends")]

use std::convert::Infallible;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use marslab::corpus;
use marslab::live::memo;
use marslab::play::{Options, Progress};
use marslab::runner::play_alone;
use marslab_model::world::Language;
use marslab_tests::{memory, reference, verdict};

fn main() {
    // `cargo test --benches` only wants to know that the bench works.
    let is_test = std::env::args().any(|argument| argument == "--test");
    let rounds = if is_test { 1 } else { ROUNDS };
    let (mut best, mut floor) = (Figures::default(), 0.0_f64);
    for round in 0..rounds {
        let round = plays(memory().seed + u64::from(round));
        if round.a_second() > best.a_second() {
            best = round;
        }
        floor = floor.max(requests_a_second());
    }
    let memo::Counts { made, remembered } = memo::counts();
    memo::switch_off();
    let anew = plays(memory().seed).a_second();
    let plays = f64::from(best.plays);
    let requests = f64::from(best.requests) / plays;
    let handshakes = f64::from(best.handshakes) / plays;
    let a_second = best.a_second();
    println!("distinct plays a second on one core:   {a_second:.0}");
    println!("the same, with nothing remembered:     {anew:.0}");
    println!("made, remembered (in all rounds):      {made}, {remembered}");
    println!("requests a play:                       {requests:.1}");
    println!("handshakes a play (chain verified):    {handshakes:.1}");
    println!("floor, hyper requests a second:        {floor:.0}");
    println!("requests in plays / floor:             {:.3}", a_second * requests / floor);
}

#[derive(Default)]
struct Figures {
    plays: u32,
    requests: u32,
    handshakes: u32,
    time: Duration,
}

impl Figures {
    fn a_second(&self) -> f64 {
        let seconds = self.time.as_secs_f64();
        if seconds > 0.0 { f64::from(self.plays) / seconds } else { 0.0 }
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn plays(seed: u64) -> Figures {
    // The RSA key and the first root store.
    for play in corpus::plays().take(1) {
        verdict(play, &reference(), &Options { seed, ..memory() });
    }
    let languages =
        [Language::English, Language::Japanese, Language::Korean, Language::ChineseTraditional];
    let mut figures = Figures::default();
    let start = Instant::now();
    for language in languages {
        let options = Options { language, seed, ..memory() };
        for play in corpus::plays() {
            let (mut requests, mut handshakes) = (0, 0);
            let count = |note| {
                if let Progress::Worked(work) = note {
                    requests += work.requests;
                    handshakes += work.handshakes;
                }
            };
            let ended = play_alone(play, &reference(), &options, count);
            ended.expect("the lab works");
            figures.plays += 1;
            figures.requests += u32::try_from(requests).unwrap_or(0);
            figures.handshakes += u32::try_from(handshakes).unwrap_or(0);
        }
    }
    figures.time = start.elapsed();
    figures
}

#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn requests_a_second() -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let (near, far) = tokio::io::duplex(64 << 10);
        let answer = service_fn(|_request| async {
            Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"Microsoft NCSI"))))
        });
        let server = hyper::server::conn::http1::Builder::new();
        tokio::spawn(server.serve_connection(TokioIo::new(far), answer));
        let client = hyper::client::conn::http1::handshake(TokioIo::new(near)).await;
        let (mut client, connection) = client.expect("a connection");
        tokio::spawn(connection);
        let start = Instant::now();
        for _ in 0..FLOOR_REQUESTS {
            let request = Request::get("/ncsi.txt").header("host", "www.msftncsi.com");
            let request = request.body(Full::<Bytes>::default()).expect("a request");
            let response = client.send_request(request).await.expect("an answer");
            response.into_body().collect().await.expect("a body");
        }
        f64::from(FLOOR_REQUESTS) / start.elapsed().as_secs_f64()
    })
}

const ROUNDS: u32 = 5;

const FLOOR_REQUESTS: u32 = 50_000;
