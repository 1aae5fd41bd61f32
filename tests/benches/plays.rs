//! How fast the corpus is played on one core, what a play costs, and what it cannot cost less than.
//!
//! The plays are those of the corpus, each in the four languages and with a seed of its round, and so distinct. The RSA key
//! is made before the clock starts. What follows from bytes or options alone is remembered from play to play; one round
//! remembers nothing. Rounds and floors alternate, and the best of each counts, so that a busy machine spoils neither alone.
//!
//! | figure | floor |
//! | --- | --- |
//! | requests a second | hyper over an in-process stream |
//! | an operation or an ask | the RSA signatures that it needs, and the chains that it verifies |
//!
//! `cargo bench -p marslab-benches --bench plays`

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::expect_used, reason = "a bench that cannot measure ends")]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use marslab::corpus;
use marslab::live::{Fidelity, Tally, memo, tally};
use marslab::play::Options;
use marslab::runner::play_alone;
use marslab::subject_runner::{RustSubject, SubjectRunner};
use marslab::trace::TracedLive;
use marslab_model::subject::SubjectError;
use marslab_model::world::Language;
use marslab_model::{Complaint, Diagnosis};
use marslab_tests::{memory, reference};

#[path = "shared/allocator.rs"]
mod allocator;
#[path = "shared/floors.rs"]
mod floors;

fn main() {
    // `cargo test --benches` only wants to know that the bench works.
    let is_test = std::env::args().any(|argument| argument == "--test");
    let languages = if is_test { &LANGUAGES[..1] } else { &LANGUAGES };
    let rounds = if is_test { 1 } else { ROUNDS };
    let (mut best, mut floor): (Option<Cost>, Floor) = (None, Floor::measured());
    for round in 0..rounds {
        let options = Options { seed: memory().seed + round, ..memory() };
        best = best.into_iter().chain([Cost::of(&options, languages)]).min_by(Cost::by_time);
        floor = floor.or_better(Floor::measured());
    }
    let memory_cost = best.expect("a round");
    let remembered = memo::counts();
    let sockets = Options { fidelity: Fidelity::Loopback, ..memory() };
    let loopback_cost = Cost::of(&sockets, &LANGUAGES[..1]);
    memo::switch_off();
    let anew = Cost::of(&memory(), &LANGUAGES[..1]);
    println!("floor, requests of hyper a second   {:>10.0}", floor.requests);
    println!("floor, one RSA-2048 signature       {:>10.1} us", micros(floor.signature));
    println!("floor, one verified chain           {:>10.1} us", micros(floor.chain));
    let memo::Counts { made, remembered } = remembered;
    println!("remembered on `memory`              {remembered:>10} of {}", made + remembered);
    for (what, cost) in
        [("memory", memory_cost), ("loopback", loopback_cost), ("memory, nothing remembered", anew)]
    {
        println!();
        cost.print(what, &floor);
    }
}

/// What it costs to play the corpus.
struct Cost {
    time: Duration,
    plays: u32,
    asks: u32,
    bytes: u64,
    done: Tally,
}

impl Cost {
    fn of(options: &Options, languages: &[Language]) -> Self {
        marslab::live::rsa_key(options.seed).expect("a key");
        let subject = Counting { subject: reference(), asks: AtomicU32::new(0) };
        let (before, bytes, start) = (tally(), allocator::allocated(), Instant::now());
        let mut plays = 0;
        for language in languages {
            let options = Options { language: *language, ..options.clone() };
            for play in corpus::plays() {
                play_alone(play, &subject, &options, |_note| {}).expect("the lab works");
                plays += 1;
            }
        }
        let (after, time) = (tally(), start.elapsed());
        let bytes = allocator::allocated() - bytes;
        let done = Tally {
            worlds: after.worlds - before.worlds,
            operations: after.operations - before.operations,
            requests: after.requests - before.requests,
            handshakes: after.handshakes - before.handshakes,
            looks: after.looks - before.looks,
            signatures: after.signatures - before.signatures,
        };
        Self { time, plays, asks: subject.asks.into_inner(), bytes, done }
    }

    fn by_time(&self, other: &Self) -> std::cmp::Ordering {
        self.time.cmp(&other.time)
    }

    fn print(&self, what: &str, floor: &Floor) {
        let plays = f64::from(self.plays);
        let seconds = self.time.as_secs_f64();
        let of = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let work = of(self.done.operations) + f64::from(self.asks);
        let signing = of(self.done.signatures) * floor.signature.as_secs_f64();
        println!("on {what}:");
        println!("  distinct plays a second a core    {:>10.0}", plays / seconds);
        println!("  operations and asks a second      {:>10.0}", work / seconds);
        println!(
            "  one, RSA signatures apart         {:>10.0} us",
            (seconds - signing) / work * 1e6
        );
        println!("  share of RSA signatures           {:>10.2}", signing / seconds);
        let requests = of(self.done.requests);
        println!(
            "  requests a second / floor         {:>10.3}",
            requests / seconds / floor.requests
        );
        println!("  a play:");
        for (what, count) in [
            ("worlds", of(self.done.worlds)),
            ("operations", of(self.done.operations)),
            ("asks", f64::from(self.asks)),
            ("requests", requests),
            ("handshakes", of(self.done.handshakes)),
            ("RSA signatures made", of(self.done.signatures)),
            ("looks at the world", of(self.done.looks)),
        ] {
            println!("    {what:31} {:>10.1}", count / plays);
        }
        let kilobytes = u32::try_from(self.bytes >> 10).unwrap_or(u32::MAX);
        println!("    {:31} {:>10.0}", "kB allocated", f64::from(kilobytes) / plays);
    }
}

/// The best of what was measured.
#[derive(Clone, Copy)]
struct Floor {
    requests: f64,
    signature: Duration,
    chain: Duration,
}

impl Floor {
    fn measured() -> Self {
        Self {
            requests: floors::requests_a_second(),
            signature: floors::signature(),
            chain: floors::verified_chain(),
        }
    }

    fn or_better(self, other: Self) -> Self {
        Self {
            requests: self.requests.max(other.requests),
            signature: self.signature.min(other.signature),
            chain: self.chain.min(other.chain),
        }
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// A subject whose asks are counted.
struct Counting {
    subject: RustSubject,
    asks: AtomicU32,
}

#[async_trait]
impl SubjectRunner for Counting {
    fn name(&self) -> String {
        self.subject.name()
    }

    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        self.asks.fetch_add(1, Ordering::Relaxed);
        self.subject.diagnose(complaint, live).await
    }
}

const LANGUAGES: [Language; 4] =
    [Language::English, Language::Japanese, Language::Korean, Language::ChineseTraditional];

const ROUNDS: u64 = 3;
