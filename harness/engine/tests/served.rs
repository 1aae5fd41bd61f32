//! Programs that answer many asks. They are this program itself: each ask tells it, by the complaint's message, what to do.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test ends where its preparations fail"
)]
#![expect(
    clippy::print_stderr,
    clippy::exit,
    reason = "as a subject, this is a program of its own"
)]

use std::collections::BTreeSet;
use std::io::{Write as _, stdin, stdout};
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Duration;

use libtest_mimic::{Arguments, Trial};
use marslab_engine::process::Limits;
use marslab_engine::subject::{Caller, CommandSubject, ServedSubject};
use marslab_engine::subject_runner::SubjectRunner;
use marslab_engine::trace::TracedLive;
use marslab_live::{Fidelity, Live, StartOptions, start_time};
use marslab_model::subject::SubjectError;
use marslab_model::world::Language;
use marslab_model::{Complaint, Diagnosis, Operation};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// Set where this program is a subject.
const AS_A_SUBJECT: &str = "AS_A_SUBJECT";

fn main() {
    if std::env::var_os(AS_A_SUBJECT).is_some() {
        return answer_all();
    }
    let tests: [(&str, fn()); 8] = [
        ("a_process_answers_one_ask_after_another", a_process_answers_one_ask_after_another),
        ("what_is_no_answer_costs_only_its_ask", what_is_no_answer_costs_only_its_ask),
        ("an_ask_that_takes_too_long_costs_only_itself", an_ask_that_takes_too_long),
        ("whatever_is_written_the_next_ask_is_answered", whatever_is_written),
        ("a_process_may_write_errors_and_still_answer", a_process_may_write_errors),
        ("a_fresh_process_was_asked_nothing_before", a_fresh_process_was_asked_nothing_before),
        ("processes_share_the_asks_of_all_plays", processes_share_the_asks),
        ("nothing_is_left", nothing_is_left),
    ];
    let trials = tests.map(|(name, test)| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit();
}

/// What the subject does: the first word of the message, and the rest of it.
fn answer_all() {
    for line in stdin().lines() {
        let question: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let message = question["complaint"]["message"].as_str().unwrap();
        let (what, rest) = message.split_once(' ').unwrap_or((message, ""));
        match what {
            "tell" => tell(&question),
            "write" => write(&serde_json::from_str::<Vec<u8>>(rest).unwrap()),
            "write-and-leave" => return write(rest.as_bytes()),
            "fail" => {
                eprintln!("{rest}");
                std::process::exit(3);
            }
            "hang" => std::thread::park(),
            "flood" => loop {
                write(&[b'x'; 1 << 16]);
            },
            "grumble" => {
                eprintln!("{}", "x".repeat(1 << 20));
                tell(&question);
            }
            _ => unreachable!("{what}"),
        }
    }
}

/// Answers with what the subject knows of itself and was told.
fn tell(question: &Value) {
    let told = Told {
        process: std::process::id(),
        ask: question["ask"].as_u64().unwrap(),
        host: question["host"]["http"].as_str().unwrap().to_owned(),
        folder: std::env::current_dir().unwrap().to_str().unwrap().to_owned(),
        entries: std::fs::read_dir(".").unwrap().count(),
    };
    let finding = json!({ "cause": serde_json::to_string(&told).unwrap() });
    let diagnosis = json!({ "version": 1, "findings": [finding] });
    let answer = json!({ "ask": told.ask, "diagnosis": diagnosis });
    write(format!("{answer}\n").as_bytes());
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Told {
    process: u32,
    ask: u64,
    host: String,
    folder: String,
    entries: usize,
}

/// Where nobody reads any more, the lab has ended.
fn write(bytes: &[u8]) {
    if stdout().write_all(bytes).and_then(|()| stdout().flush()).is_err() {
        std::process::exit(0);
    }
}

/// A world, and this program as a subject.
struct Scene {
    runtime: tokio::runtime::Runtime,
    live: Live,
    subject: ServedSubject,
    /// Where the subject's folders are made.
    parent: tempfile::TempDir,
}

impl Scene {
    fn new(processes: usize, limits: Limits) -> Self {
        let parent = tempfile::tempdir().unwrap();
        let caller = Caller { temp: parent.path().to_owned(), ..Caller::of_this_process() };
        let command = format!("\"{}\"", std::env::current_exe().unwrap().display());
        let command = CommandSubject::new(&command, &caller, limits).unwrap();
        let command = command.with_environment(caller.environment(&["AS_A_SUBJECT=yes"]).unwrap());
        let subject = ServedSubject::new(command, NonZeroUsize::new(processes).unwrap()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let world = marslab_base::healthy(start_time(Fidelity::Loopback));
        let options = StartOptions::new(Fidelity::Loopback, 1);
        let live = Live::start(world, &options).unwrap();
        Self { runtime, live, subject, parent }
    }

    fn ask(&self, message: &str) -> Result<Diagnosis, SubjectError> {
        self.runtime
            .block_on(self.subject.diagnose(&self.complaint(message), &TracedLive::new(&self.live)))
    }

    fn complaint(&self, message: &str) -> Complaint {
        Complaint {
            version: Complaint::VERSION,
            machine: self.live.snapshot().unwrap().cast.machine.clone(),
            operation: Operation::Backup,
            message: message.to_owned(),
            language: Language::English,
        }
    }

    #[track_caller]
    fn told(&self) -> Told {
        told(self.ask("tell"))
    }
}

#[track_caller]
fn told(answer: Result<Diagnosis, SubjectError>) -> Told {
    serde_json::from_str(&answer.unwrap().findings[0].cause).unwrap()
}

fn a_process_answers_one_ask_after_another() {
    let scene = Scene::new(1, Limits::default());
    let all = [1, 2, 3].map(|_| scene.told());
    assert_eq!(all.each_ref().map(|told| told.ask), [1, 2, 3]);
    let distinct = |of: fn(&Told) -> String| all.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!(distinct(|told| told.process.to_string()), 1, "{all:?}");
    assert_eq!(distinct(|told| told.host.clone()), 3, "{all:?}");
    assert!(all.iter().all(|told| told.entries == 0), "{all:?}");
}

fn what_is_no_answer_costs_only_its_ask() {
    let scene = Scene::new(1, Limits::default());
    let mut before = scene.told();
    let mut check = |message: &str, expected: &str| {
        let error = scene.ask(message).unwrap_err().to_string();
        assert!(error.contains(expected), "{message}: {error}");
        let told = scene.told();
        assert!(told.ask == 1 && told.process != before.process, "{message}: {told:?} {before:?}");
        assert!(!Path::new(&before.folder).exists(), "{message}: {before:?}");
        before = told;
    };
    let written = |text: &str| format!("write {:?}", text.as_bytes());
    // `exit status`, and on Windows `exit code`.
    check("fail no idea", ": 3, before it answered); stderr: no idea");
    check("write-and-leave", ": 0, before it answered)");
    check("write-and-leave {}", ": 0, before it answered)");
    check("flood", "it wrote more than 1048576 bytes");
    check(&written("\n"), "standard output is empty");
    check(&written("garbage\n"), "line 1 column 1");
    check(&written("{\"ask\": 2}\n"), "missing field `diagnosis`");
    let answer = |ask: u64, version: u32| {
        format!("{{\"ask\": {ask}, \"diagnosis\": {{\"version\": {version}}}}}\n")
    };
    check(&written(&answer(1, 1)), "answer to ask 1; expected 2");
    check(&written(&answer(2, 7)), "unsupported version 7");
    check(&written(&answer(2, 1).repeat(2)), "trailing characters at line 2");
    let more = answer(2, 1).replace("\"ask\"", "\"more\": 1, \"ask\"");
    check(&written(&more), "unknown field `more`");
}

fn an_ask_that_takes_too_long() {
    // Long enough for the ask that is answered.
    let limits = Limits { time: Duration::from_secs(3), ..Limits::default() };
    let scene = Scene::new(1, limits);
    for message in ["hang", "write [123]"] {
        assert_eq!(scene.ask(message).unwrap_err(), SubjectError::TimedOut { seconds: 3 });
        assert_eq!(scene.told().ask, 1);
    }
}

/// What programs write is mostly JSON, or was meant to be.
fn written() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::collection::vec(any::<char>().prop_map(String::from), 0..20);
    let tokens = prop::sample::select(vec![
        "{",
        "}",
        "\"ask\"",
        ":",
        "2",
        ",",
        "\"diagnosis\"",
        "{\"version\":1}",
        "\n",
        " ",
        "[",
        "null",
    ]);
    let tokens = prop::collection::vec(tokens.prop_map(str::to_owned), 0..12);
    let bytes = prop::collection::vec(any::<u8>(), 0..200);
    prop_oneof![bytes, prop_oneof![pieces, tokens].prop_map(|parts| parts.concat().into_bytes())]
}

fn whatever_is_written() {
    let scene = Scene::new(1, Limits::default());
    let law = |mut bytes: Vec<u8>| {
        bytes.push(b'\n');
        let before = scene.told();
        let answer = scene.ask(&format!("write {bytes:?}"));
        // The process goes on only if it answered, and nothing that it wrote is taken for another answer.
        let goes_on = scene.told().process == before.process;
        prop_assert_eq!(goes_on, answer.is_ok(), "{:?}", answer);
        Ok(())
    };
    TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() })
        .run(&written(), law)
        .unwrap();
}

fn a_process_may_write_errors() {
    let scene = Scene::new(1, Limits::default());
    let before = scene.told();
    let loud = told(scene.ask("grumble"));
    assert_eq!((loud.process, loud.ask), (before.process, 2));
    let error = scene.ask("fail at last").unwrap_err().to_string();
    assert!(error.ends_with("at last") && error.len() < 5_000, "{error}");
}

fn a_fresh_process_was_asked_nothing_before() {
    let scene = Scene::new(1, Limits::default());
    let kept = [scene.told(), scene.told()];
    let fresh =
        || {
            let subject = scene.subject.afresh().unwrap();
            told(scene.runtime.block_on(
                subject.diagnose(&scene.complaint("tell"), &TracedLive::new(&scene.live)),
            ))
        };
    let fresh = [fresh(), fresh()];
    assert!(fresh.iter().all(|told| told.ask == 1), "{fresh:?}");
    let processes: BTreeSet<u32> = kept.iter().chain(&fresh).map(|told| told.process).collect();
    assert_eq!(processes.len(), 3, "{kept:?} {fresh:?}");
    assert!(fresh.iter().all(|told| !Path::new(&told.folder).exists()), "{fresh:?}");
    assert_eq!(scene.told().ask, 3);
}

fn processes_share_the_asks() {
    let scene = Scene::new(2, Limits::default());
    let complaint = scene.complaint("tell");
    let live = TracedLive::new(&scene.live);
    let ask = || scene.subject.diagnose(&complaint, &live);
    let all = scene.runtime.block_on(async { tokio::join!(ask(), ask(), ask(), ask(), ask()) });
    let all = [all.0, all.1, all.2, all.3, all.4].map(told);
    let processes: BTreeSet<u32> = all.iter().map(|told| told.process).collect();
    assert_eq!(processes.len(), 2, "{all:?}");
}

fn nothing_is_left() {
    let scene = Scene::new(3, Limits::default());
    scene.told();
    scene.ask("fail").unwrap_err();
    scene.told();
    let Scene { subject, parent, .. } = scene;
    drop(subject);
    assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0);
}
