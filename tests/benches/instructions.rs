//! How many instructions the lab's work takes, compared with what it took before. Unlike times, these figures do not depend
//! on what else the machine does.
//!
//! valgrind counts them. The history is `instructions.tsv` beside this file: of the lines for a piece of work, the last one
//! counts, and only lines of the same compiler and target are compared. More than 5 % above it is an error, until a line
//! gives the reason:
//!
//! `cargo bench -p marslab-benches --bench instructions -- --record "why it takes more, or less"`

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::expect_used, reason = "a bench that cannot measure ends")]
#![expect(clippy::disallowed_methods, reason = "a bench starts valgrind, and no subject")]

use std::env::consts::{ARCH, OS};
use std::fmt::Write as _;
use std::fs;
use std::process::{Command, ExitCode};

use marslab::corpus;
use marslab::live::{DEFAULT_SEED, Fidelity, Live, StartOptions, before, rsa_key, start_time};
use marslab_core::ReferenceCore;
use marslab_model::world::Language;
use marslab_model::{Complaint, Operation, Subject as _};
use marslab_tests::{memory, reference, verdict};
use tokio::runtime::{Builder, Runtime};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |option: &str| {
        let at = arguments.iter().position(|argument| argument == option)?;
        arguments.get(at + 1).map(String::as_str)
    };
    for (option, counted) in [(PREPARE, Counted::No), (DO, Counted::Yes)] {
        if let Some(name) = after(option) {
            let (_, run) = WORK.iter().find(|(work, _)| *work == name).expect("a piece of work");
            run(counted);
            return ExitCode::SUCCESS;
        }
    }
    if arguments.iter().any(|argument| argument == "--test") {
        // `cargo test --benches` only wants to know that the bench works.
        WORK.iter().for_each(|(_, run)| run(Counted::Yes));
        return ExitCode::SUCCESS;
    }
    let platform = platform();
    let history = fs::read_to_string(HISTORY).expect("the history");
    let (mut lines, mut worse) = (String::new(), Vec::new());
    for (work, _) in WORK {
        let now = instructions(work);
        let then = last(&history, work, &platform);
        let told = match then {
            Some(then) => format!("{:+.1} % since the history's last line", percent(now, then)),
            None => format!("not compared: the history has no line for {platform}"),
        };
        println!("{work:44} {now:>14}  {told}");
        worse.extend(then.filter(|then| percent(now, *then) > PERCENT_MAX).map(|_| *work));
        let why = after("--record").unwrap_or_default();
        writeln!(lines, "{work}\t{now}\t{platform}\t{why}").expect("text");
    }
    if after("--record").is_some() {
        fs::write(HISTORY, history + &lines).expect("the history");
        return ExitCode::SUCCESS;
    }
    if worse.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("error: more than {PERCENT_MAX} % more instructions: {}", worse.join(", "));
    println!("note: where that must be, `-- --record \"the reason\"` adds lines to the history");
    ExitCode::FAILURE
}

/// The instructions of a piece of work: those with it, less those of what prepares it.
fn instructions(work: &str) -> u64 {
    let (all, before) = (collected(DO, work), collected(PREPARE, work));
    all.checked_sub(before).expect("work takes instructions")
}

fn collected(option: &str, work: &str) -> u64 {
    let me = std::env::current_exe().expect("this program");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let ended = valgrind.arg(me).args([option, work]).output();
    let ended = ended.expect("valgrind can be started; it is a package of that name");
    let told = String::from_utf8_lossy(&ended.stderr);
    let count = told.lines().find_map(|line| line.split("Collected : ").nth(1));
    let count = count.and_then(|count| count.trim().parse().ok());
    count.expect("valgrind says how many instructions it collected")
}

/// What the history says of a piece of work.
fn last(history: &str, work: &str, platform: &str) -> Option<u64> {
    let line = history.lines().rfind(|line| {
        let mut fields = line.split('\t');
        fields.next() == Some(work) && fields.nth(1) == Some(platform)
    });
    line?.split('\t').nth(1)?.parse().ok()
}

fn percent(now: u64, then: u64) -> f64 {
    let of = |count: u64| f64::from(u32::try_from(count / 1000).unwrap_or(u32::MAX));
    (of(now) / of(then).max(1.0) - 1.0) * 100.0
}

/// The compiler and the target: with another of either, other instructions are made.
fn platform() -> String {
    let told = Command::new("rustc").arg("--version").output().expect("rustc");
    format!("{} on {ARCH}-{OS}", String::from_utf8_lossy(&told.stdout).trim())
}

/// Whether work is done, or only prepared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    No,
    Yes,
}

impl Counted {
    fn work(self, work: impl FnOnce()) {
        if self == Self::Yes {
            work();
        }
    }
}

/// A piece of work: its name, and what prepares it and does what is counted.
type Work = (&'static str, fn(Counted));

const WORK: &[Work] = &[
    ("every scenario is read", |counted| {
        counted.work(|| assert!(corpus::plays().count() > 0, "there are plays"));
    }),
    ("a backup that nothing disturbs", |counted| {
        let (runtime, live) = backed_up();
        counted.work(|| drop(runtime.block_on(live.operate(Operation::Backup))));
    }),
    ("the reference core looks at a healthy world", |counted| {
        let (runtime, live) = backed_up();
        let complaint = complaint(&live);
        let ask = || runtime.block_on(ReferenceCore.diagnose(&complaint, live.host()));
        ask().expect("a diagnosis");
        counted.work(|| drop(ask()));
    }),
    ("a world is copied, resumed and compared", |counted| {
        let (_runtime, live) = backed_up();
        let held = live.hold().expect("a world");
        let how = StartOptions::new(Fidelity::Memory, DEFAULT_SEED);
        counted.work(|| {
            let resumed = Live::resume(held.clone(), &how).expect("a world");
            let now = resumed.snapshot().expect("a world");
            assert!(held.world.differences_from(&now).is_empty(), "nothing was done");
        });
    }),
    ("twenty plays, as a run plays them", |counted| {
        let plays: Vec<_> = corpus::plays().step_by(24).take(20).collect();
        // What is remembered was made in other worlds.
        plays.iter().for_each(|play| drop(verdict(play, &reference(), &memory())));
        let options = marslab::play::Options { seed: DEFAULT_SEED + 1, ..memory() };
        rsa_key(options.seed).expect("a key");
        counted.work(|| plays.iter().for_each(|play| drop(verdict(play, &reference(), &options))));
    }),
];

/// A world in which a backup was made.
fn backed_up() -> (Runtime, Live) {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    let world = marslab::base::healthy(start_time(Fidelity::Memory));
    let how = StartOptions::new(Fidelity::Memory, DEFAULT_SEED);
    let live = Live::start(world, &how).expect("a world");
    for operation in before(Operation::Backup).chain([Operation::Backup]) {
        runtime.block_on(live.operate(operation));
    }
    (runtime, live)
}

fn complaint(live: &Live) -> Complaint {
    Complaint {
        version: Complaint::VERSION,
        machine: live.machine_name().clone(),
        operation: Operation::Backup,
        message: String::new(),
        language: Language::English,
    }
}

/// Only prepares a piece of work.
const PREPARE: &str = "--prepare";

/// Prepares a piece of work and does it.
const DO: &str = "--do";

const HISTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.tsv");

/// So much more is within what chance and the machine's libraries change.
const PERCENT_MAX: f64 = 5.0;
