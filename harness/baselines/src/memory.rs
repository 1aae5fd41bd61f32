//! Baselines that remember. They are trained by the reference core in worlds of another seed, and answer what was most often
//! right by their clue; with a clue that they have never met, they find nothing.

use std::collections::BTreeMap;
use std::mem;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::available_parallelism;

use async_trait::async_trait;
use marslab_core::ReferenceCore;
use marslab_engine::play::Options;
use marslab_engine::runner::{RunConfig, run};
use marslab_engine::subject_runner::RustSubject;
use marslab_live::Fidelity;
use marslab_model::host::{Account, HostRead, RegistryValue};
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis, KeyPath, Name, Subject, WinPath};
use marslab_scenario::scenario::Play;

use crate::shares::in_shares;

/// By what a baseline knows where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clue {
    /// How often it was asked before.
    Count,
    /// The message and the operation.
    Complaint,
    /// The message, and the text of the last line of the agent's log.
    Log,
    /// The registry, the services, what is installed, the users, the volumes, the scratch folder.
    Looks,
}

/// What was right by each clue, and how often.
type Memory = BTreeMap<(Clue, String), Vec<(Diagnosis, usize)>>;

/// What there is to learn from, and what was learnt of it so far.
pub struct Training<'a> {
    plays: &'a [&'a Play],
    options: Options,
    learnt: OnceLock<Memory>,
}

impl<'a> Training<'a> {
    /// Learns from these plays with a seed beside that of `options`; not before it is needed.
    pub fn new(plays: &'a [&'a Play], options: &Options) -> Self {
        let seed = options.seed.wrapping_sub(1);
        let options = Options { seed, fidelity: Fidelity::Memory, ..options.clone() };
        Self { plays, options, learnt: OnceLock::new() }
    }

    fn memory(&self) -> &Memory {
        self.learnt.get_or_init(|| {
            // Each core plays its share one by one, because one of the clues is the order.
            let jobs = available_parallelism().unwrap_or(NonZeroUsize::MIN);
            let asks = in_shares(self.plays, jobs, |share| self.asks_of(share));
            let mut memory = Memory::new();
            for (before, ask) in asks.into_iter().enumerate() {
                let clues = ask.clues.into_iter().chain([(Clue::Count, before.to_string())]);
                for clue in clues {
                    let known = memory.entry(clue).or_default();
                    match known.iter_mut().find(|(answer, _)| *answer == ask.right) {
                        Some((_, count)) => *count += 1,
                        None => known.push((ask.right.clone(), 1)),
                    }
                }
            }
            memory
        })
    }

    /// The asks of some plays, in order.
    fn asks_of(&self, plays: &[&Play]) -> Vec<Ask> {
        let learner = Learner::default();
        let subject = RustSubject::new("learner", learner.clone());
        let config = RunConfig::once(NonZeroUsize::MIN);
        run(plays, &subject, &self.options, config, &mut |_event| {});
        mem::take(&mut *learner.lock())
    }
}

/// An ask that was answered: what the clues were, but for the order, and the right answer.
struct Ask {
    clues: [(Clue, String); 3],
    right: Diagnosis,
}

/// Asks the reference core, and remembers.
#[derive(Clone, Default)]
struct Learner {
    asks: Arc<Mutex<Vec<Ask>>>,
}

impl Learner {
    fn lock(&self) -> MutexGuard<'_, Vec<Ask>> {
        self.asks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Subject for Learner {
    async fn diagnose(
        &self,
        told: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let right = ReferenceCore.diagnose(told, host).await?;
        let clues = [Clue::Complaint, Clue::Log, Clue::Looks];
        let clues = clues.map(|clue| (clue, clue.of(0, told, host)));
        self.lock().push(Ask { clues, right: right.clone() });
        Ok(right)
    }
}

/// Answers what was most often right.
pub(crate) struct ByHeart {
    clue: Clue,
    asked: AtomicUsize,
    right: BTreeMap<String, Diagnosis>,
}

impl ByHeart {
    pub(crate) fn new(clue: Clue, training: &Training<'_>) -> Self {
        let of_clue = training.memory().iter().filter(|((of, _), _)| *of == clue);
        let right = of_clue.filter_map(|((_, text), answers)| {
            // Of several the first that was seen.
            let (answer, _) = answers.iter().rev().max_by_key(|(_, count)| *count)?;
            Some((text.clone(), answer.clone()))
        });
        Self { clue, asked: AtomicUsize::default(), right: right.collect() }
    }
}

#[async_trait]
impl Subject for ByHeart {
    async fn diagnose(
        &self,
        told: &Complaint,
        host: &dyn HostRead,
    ) -> Result<Diagnosis, SubjectError> {
        let before = self.asked.fetch_add(1, Ordering::Relaxed);
        let known = self.right.get(&self.clue.of(before, told, host));
        Ok(known.cloned().unwrap_or_else(Diagnosis::healthy))
    }
}

impl Clue {
    fn of(self, before: usize, told: &Complaint, host: &dyn HostRead) -> String {
        match self {
            Self::Count => before.to_string(),
            Self::Complaint => format!("{:?} {}", told.operation, told.message),
            Self::Log => format!("{} {}", told.message, last_in_the_log(host)),
            Self::Looks => looks(told, host),
        }
    }
}

fn looks(told: &Complaint, host: &dyn HostRead) -> String {
    let system = Account::System;
    let values = KEYS.map(|key| host.registry_values(&system, &KeyPath::new(key)));
    let services = SERVICES.map(|name| host.service(&Name::new(name)));
    let scratch = WinPath::new(text(host, CONFIG, "ScratchLocation"));
    format!(
        "{} {values:?} {services:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        told.message,
        host.antivirus(),
        host.volumes(&system),
        host.devices(),
        host.software(),
        host.environment(),
        host.users(),
        host.list_folder(&system, &scratch),
    )
}

/// The text of the last line, without its time.
fn last_in_the_log(host: &dyn HostRead) -> String {
    let log = WinPath::new(text(host, SETUP, "InstallPath")).join(r"Temp\CBEngineCurr.errlog");
    let content = host.read_file(&Account::System, &log).unwrap_or_default();
    let content = String::from_utf8_lossy(&content).into_owned();
    content.lines().last().and_then(|line| line.rsplit('\t').next()).unwrap_or_default().to_owned()
}

fn text(host: &dyn HostRead, key: &str, name: &str) -> String {
    match host.registry_value(&Account::System, &KeyPath::new(key), &Name::new(name)) {
        Ok(Some(RegistryValue::Text(text))) => text,
        _ => String::new(),
    }
}

const SETUP: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Setup";
const CONFIG: &str = r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config";

const KEYS: [&str; 5] = [
    SETUP,
    CONFIG,
    r"HKLM\SOFTWARE\Microsoft\Windows Azure Backup\Config\CloudBackupProvider",
    r"HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full",
    r"HKU\S-1-5-18\Software\Microsoft\Windows\CurrentVersion\Internet Settings",
];

const SERVICES: [&str; 4] = ["obengine", "MSiSCSI", "VSS", "Schedule"];
