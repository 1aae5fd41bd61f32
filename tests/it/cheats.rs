//! Cores that remember instead of looking. Each is trained by what the reference core answers in one run, knows that run by
//! heart, and is worth nothing in the world of another seed.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use marslab::corpus;
use marslab::play::Options;
use marslab::scenario::Play;
use marslab::subject_runner::RustSubject;
use marslab::verdict::{MismatchKind, Verdict};
use marslab_core::ReferenceCore;
use marslab_model::host::{Account, HostRead, RegistryValue};
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, KeyPath, Name, Subject, WinPath};
use marslab_tests::{memory, mismatch, verdict};

mod tells;

/// By what a cheat knows where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clue {
    /// How often it was asked.
    Count,
    /// The message, and what the agent's log tells last.
    Log,
    /// The registry, the services, what is installed, the volumes, the scratch folder.
    Fingerprint,
}

/// What was learnt: the answer that was right by a clue.
type Memory = BTreeMap<String, Diagnosis>;

/// Asks the reference core, and remembers.
struct Learner {
    clue: Clue,
    asked: AtomicUsize,
    memory: Mutex<Memory>,
}

/// Answers by heart.
struct Cheat {
    clue: Clue,
    asked: AtomicUsize,
    memory: Memory,
}

#[async_trait]
impl Subject for &'static Learner {
    async fn diagnose(
        &self,
        told: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let answer = ReferenceCore.diagnose(told, host).await?;
        let clue = self.clue.of(&self.asked, told, host);
        self.memory.lock().unwrap().insert(clue, answer.clone());
        Ok(answer)
    }
}

#[async_trait]
impl Subject for Cheat {
    async fn diagnose(
        &self,
        told: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let known = self.memory.get(&self.clue.of(&self.asked, told, host));
        Ok(known.cloned().unwrap_or_else(Diagnosis::healthy))
    }
}

impl Clue {
    fn of(self, asked: &AtomicUsize, told: &Complaint, host: &dyn HostRead) -> String {
        match self {
            Self::Count => asked.fetch_add(1, Ordering::Relaxed).to_string(),
            Self::Log => format!("{} {}", told.message, last_in_the_log(host)),
            Self::Fingerprint => {
                let system = Account::System;
                let values = KEYS.map(|key| host.registry_values(&system, &KeyPath::new(key)));
                let services = SERVICES.map(|name| host.service(&Name::new(name)));
                let antivirus = host.antivirus();
                format!(
                    "{} {values:?} {services:?} {antivirus:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                    told.message,
                    host.volumes(&system),
                    host.devices(),
                    host.software(),
                    host.environment(),
                    host.users(),
                    host.list_folder(&system, &scratch(host)),
                )
            }
        }
    }
}

const KEYS: [&str; 5] = [
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup",
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config",
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider",
    r"HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full",
    r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings",
];

const SERVICES: [&str; 4] = ["obengine", "MSiSCSI", "VSS", "Schedule"];

fn scratch(host: &dyn HostRead) -> WinPath {
    WinPath::new(text(host, KEYS[1], "ScratchLocation"))
}

fn text(host: &dyn HostRead, key: &str, name: &str) -> String {
    match host.registry_value(&Account::System, &KeyPath::new(key), &Name::new(name)) {
        Ok(Some(RegistryValue::Text(text))) => text,
        _ => String::new(),
    }
}

/// The text of the last line, without what differs from try to try.
fn last_in_the_log(host: &dyn HostRead) -> String {
    let log = WinPath::new(text(host, KEYS[0], "InstallPath")).join(r"Temp\CBEngineCurr.errlog");
    let content = host.read_file(&Account::System, &log).unwrap_or_default();
    let content = String::from_utf8_lossy(&content).into_owned();
    content.lines().last().and_then(|line| line.rsplit('\t').next()).unwrap_or_default().to_owned()
}

/// Enough plays of all kinds.
fn plays() -> impl Iterator<Item = &'static Play> {
    corpus::plays().step_by(7)
}

/// What a cheat says of each play in the worlds of two seeds: that which it knows, and another.
fn verdicts(clue: Clue) -> [Vec<Verdict>; 2] {
    let learner: &Learner = Box::leak(Box::new(Learner {
        clue,
        asked: AtomicUsize::default(),
        memory: Mutex::default(),
    }));
    let known = memory();
    let other = Options { seed: known.seed + 1, ..memory() };
    for play in plays() {
        let seen = verdict(play, &RustSubject::new("learner", learner), &known);
        assert_eq!(seen, Verdict::Confirmed, "{}", play.name);
    }
    let learnt = learner.memory.lock().unwrap().clone();
    [known, other].map(|options| {
        let (asked, memory) = (AtomicUsize::default(), learnt.clone());
        let cheat = RustSubject::new("cheat", Cheat { clue, asked, memory });
        plays().map(|play| verdict(play, &cheat, &options)).collect()
    })
}

#[track_caller]
fn is_worth_nothing(clue: Clue, known_min: usize) {
    let confirmed = |all: Vec<Verdict>| all.iter().filter(|it| **it == Verdict::Confirmed).count();
    let [known, other] = verdicts(clue).map(confirmed);
    let all = plays().count();
    assert!(known >= known_min, "{clue:?} passes {known} of {all} where it learnt");
    assert!(other * 50 <= all, "{clue:?} passes {other} of {all} elsewhere");
}

#[test]
fn who_counts_calls_guesses_where_it_knows_and_is_wrong_elsewhere() {
    let [known, other] = verdicts(Clue::Count);
    // It loses count where a compound ends at its first guess.
    assert_eq!(known.first().and_then(mismatch), Some(MismatchKind::Guessed));
    assert!(known.iter().chain(&other).all(|seen| mismatch(seen).is_some()), "{known:?} {other:?}");
}

#[test]
fn who_reads_the_log_knows_nothing() {
    is_worth_nothing(Clue::Log, 0);
}

#[test]
fn who_knows_worlds_by_their_looks_knows_those_of_one_seed() {
    is_worth_nothing(Clue::Fingerprint, plays().count() / 10);
}
