//! An operation stops at a step in which a call failed, and subjects never see the name of a step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use marslab::PlayKind;
use marslab::corpus;
use marslab::live::{Live, StartOptions, Step};
use marslab::play::{install, prepare};
use marslab::scenario::Play;
use marslab::schema;
use marslab_tests::plain_memory;

use recorder::Recorder;

mod recorder;

/// What happened in each step of an operation.
#[derive(Default)]
struct Watch {
    present: Option<Step>,
    /// The calls that failed, of the host port and on the wire.
    failed: BTreeMap<Step, Vec<String>>,
}

impl Watch {
    /// Notes what happened since the last step was entered.
    fn note(&mut self, host: &Recorder<'_>, live: &Live) {
        let mut failed = host.take_failed();
        for entry in live.take_journal() {
            let is_refused = match &entry.exchange {
                Some(exchange) => {
                    let answer = exchange.answer.as_ref();
                    answer.is_none_or(|answer| !(200..300).contains(&answer.status))
                }
                None => entry.answer != "OK",
            };
            if is_refused {
                failed.push(format!("{}: {} → {}", entry.to, entry.what, entry.answer));
            }
        }
        if self.present == Some(Step::PickCredentialsFile) {
            // A folder that cannot be listed has nothing to pick; that alone stops nothing.
            failed.clear();
        }
        if let Some(step) = self.present {
            self.failed.entry(step).or_default().extend(failed);
        }
    }
}

/// The first failure of a play.
struct Stop {
    play: &'static Play,
    step: Option<Step>,
    /// What failed in that step.
    failed: Vec<String>,
    entered: BTreeSet<Step>,
    /// The machine afterwards, as JSON: whatever a subject can see is made of it.
    machine: String,
}

async fn stop(play: &'static Play) -> Stop {
    let options = plain_memory();
    let world = prepare(play, &options, options.fidelity).await.ok().unwrap().world;
    let how = StartOptions::new(options.fidelity, options.seed).with_instance(1);
    let live = Live::start(world, &how).unwrap();
    install(&play.faults, &live).ok().unwrap();
    live.take_journal();
    let (host, watch) = (Recorder::new(live.host()), Mutex::new(Watch::default()));
    let observer = |step| {
        let mut watch = watch.lock().unwrap();
        watch.note(&host, &live);
        watch.present = Some(step);
    };
    let ended = live.operate_through(&host, play.operation, &observer).await;
    let mut watch = watch.lock().unwrap();
    watch.note(&host, &live);
    let world = live.snapshot().unwrap();
    let machine = serde_json::to_string(&world.machines).unwrap();
    let entered = watch.failed.keys().copied().collect();
    let failed = ended.stopped_at.and_then(|step| watch.failed.remove(&step)).unwrap_or_default();
    Stop { play, step: ended.stopped_at, failed, entered, machine }
}

/// The first failures of the corpus; made once.
static STOPS: LazyLock<Vec<Stop>> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let plays = corpus::plays().filter(|play| play.kind() != PlayKind::Compound);
    plays.map(|play| runtime.block_on(stop(play))).collect()
});

/// Where no call fails, the step is listed with what it does instead; a row that is not needed must go.
#[test]
fn a_call_fails_in_the_step_at_which_an_operation_stops() {
    let (mut needed, mut odd) = (BTreeSet::new(), Vec::new());
    for stop in STOPS.iter() {
        let Some(step) = stop.step.filter(|_| stop.failed.is_empty()) else { continue };
        if !EXCEPTIONS.iter().any(|(listed, _)| *listed == step) {
            odd.push(format!("`{}` stops at `{step}`, and nothing failed there", stop.play.name));
        }
        needed.insert(step);
    }
    assert!(odd.is_empty(), "{odd:#?}");
    assert_eq!(needed, EXCEPTIONS.iter().map(|(step, _)| *step).collect::<BTreeSet<_>>());
}

/// Steps that may end an operation although every call in them succeeded.
const EXCEPTIONS: &[(Step, &str)] = &[
    (Step::ReadRegistration, "the registry does not have the values"),
    (Step::FindPassphrase, "the registry does not have the value"),
    (Step::ReadCredentials, "the file that was read has no credentials"),
    (Step::OpenKey, "the file that was read is not a key, or it is for another passphrase"),
    (Step::PickCredentialsFile, "† the console's dialog offers no file without the extension"),
    (Step::CompareVault, "† the product compares, too (100110, mars-facts 1.9)"),
    (Step::ReadProxySettings, "† the setting that was read is no `http://host`"),
    (Step::VerifyCertificateDates, "† the product verifies the dates, too (mars-facts 3.6)"),
    (
        Step::FindScratchFolder,
        "† the articles say that the two values must agree; no source says who compares",
    ),
    (
        Step::ReadItems,
        "† mars-facts 5.11 lists what is not supported; no source says which call refuses it",
    ),
    (Step::BeginJob, "† the agent knows of its own job (mars-facts 1.9)"),
    (Step::CheckMount, "† the agent left the mark itself (E8)"),
];

#[test]
fn every_operation_enters_its_own_steps_only() {
    let mut entered = BTreeSet::new();
    for stop in STOPS.iter() {
        let operation = stop.play.operation;
        for step in &stop.entered {
            assert!(step.is_of(operation), "`{}` enters `{step}`", stop.play.name);
        }
        entered.extend(&stop.entered);
    }
    assert_eq!(entered, Step::ALL.iter().copied().collect());
}

#[test]
fn the_corpus_says_where_each_operation_stops() {
    for stop in STOPS.iter() {
        assert_eq!(stop.play.expect.stops_at, stop.step, "{}", stop.play.name);
        let later = stop.play.cures.iter().filter_map(|cure| cure.then.as_ref());
        for then in later.filter(|then| then.error.is_some()) {
            assert!(then.stops_at.is_some(), "a cure of `{}`", stop.play.name);
        }
    }
}

/// What a subject is told and what it can see holds no step.
#[test]
fn no_step_is_visible_to_subjects() {
    let documents = [schema::complaint(), schema::diagnosis()].map(|it| it.to_string());
    for step in Step::ALL {
        for document in &documents {
            assert!(!document.contains(step.as_str()), "{step}");
        }
    }
    let shows = |stop: &Stop| {
        let shown = Step::ALL.iter().filter(|step| stop.machine.contains(step.as_str()));
        shown.map(|step| format!("`{}` shows `{step}`", stop.play.name)).collect::<Vec<_>>()
    };
    let odd: Vec<String> = STOPS.iter().flat_map(shows).collect();
    assert!(odd.is_empty(), "{odd:#?}");
}
