//! Sessions: a broken world that stays open, so that any tool can inspect it, and that can be broken and repaired.
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`message`] | requests and answers, as JSON |
//! | [`control`], [`openapi`] | the HTTP server, and its description |
//! | [`place`] | the folder through which other processes find a session |
//! | [`client`] | requests to a session in another process |
//! | [`environment`] | variables by which usual clients find a session's proxy and authorities |
//! | `client_proxies` | an HTTP and a SOCKS5 proxy for programs on the real machine |
//! | [`duration`] | durations such as `30s` |
//! | `asks` | asking a subject about the session |
//! | `windows` | the command line of the machine |
//! | `parameters` | the parameters of faults and remedies in requests |
//!
//! A [`Session`] calls only what a play calls: faults make their Changes, remedies are carried out, the agent operates.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use marslab_model::host::HostControl as _;
use marslab_model::tracked::Footprint;
use marslab_model::world::Language;
use marslab_model::{Complaint, Field, Operation, Outcome, Symptom, World};
use thiserror::Error;
use tokio::runtime::Builder;
use tokio::sync::{Mutex, MutexGuard, OwnedMutexGuard};
use tokio::task::spawn_blocking;

use marslab_actions::error::RemedyError;
use marslab_actions::fault::Fault;
use marslab_actions::problem::{Paint, Problems, quote};
use marslab_actions::remedy::Remedy;
use marslab_engine::changed_field::ChangedField;
use marslab_engine::play::{Options, PlayError, Stop, complaint, install, prepare};
use marslab_engine::verdict::Mismatch;
use marslab_live::{Fidelity, Intent, Live, LiveError, Pace};
use marslab_scenario::recast::Recast;
use marslab_scenario::scenario::{Named, Play};
use marslab_state::JournalEntry;
use marslab_state::pace::Waits;

mod asks;
pub mod client;
mod client_proxies;
pub mod control;
pub mod duration;
pub mod environment;
pub mod message;
pub mod openapi;
mod parameters;
pub mod place;
mod windows;

pub use parameters::remedy_with;

/// A world that stays open.
pub struct Session {
    live: Arc<Live>,
    play: Play,
    /// Whose turn it is: that of one who breaks, repairs and operates, or of a subject that looks.
    turn: Arc<Mutex<()>>,
    hands: Mutex<Hands>,
}

/// The state in which a world is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialState {
    /// Without the scenario's faults.
    Healthy,
    /// With them.
    Broken,
}

/// What was done so far.
#[derive(Default)]
struct Hands {
    /// The active faults, by number.
    faults: BTreeMap<u32, Present>,
    /// The last number given to a fault.
    numbered: u32,
    /// How many of the scenario's cures were carried out.
    cured: usize,
    /// The remedies that were carried out, in order.
    remedies: Vec<&'static str>,
    /// The last operation that failed, what the console showed, and in which language.
    failed: Option<(Operation, Symptom, Language)>,
    /// The last operation that failed, and what the console showed.
    /// The last operation, and how it ended.
    last: Option<(Operation, Outcome)>,
}

/// An active fault.
struct Present {
    name: &'static str,
    fields: Vec<ChangedField>,
    before: World,
    after: World,
    footprint: Footprint,
}

/// What applying or undoing a fault, or a remedy, did to the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The fault's number in this session; 0 for a remedy.
    pub number: u32,
    /// The name of the fault or remedy.
    pub name: &'static str,
    /// The changed fields.
    pub changed: Footprint,
    /// What these were and are.
    pub fields: Vec<ChangedField>,
    /// How far it moved the world's clock, in seconds.
    pub clock_moved: i64,
}

/// An operation, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operated {
    /// The operation.
    pub operation: Operation,
    /// How it ended.
    pub outcome: Outcome,
    /// How far it moved the world's clock, in seconds: what it waited for.
    pub clock_moved: i64,
}

/// Why a request to a session failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SessionError {
    /// The world could not be started or changed.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// The scenario cannot be set up.
    #[error("cannot set up the scenario: expected {}, but saw {}", .0.expected, .0.seen)]
    Setup(Box<Mismatch>),
    /// A fault does not fit the world as it is now.
    #[error(transparent)]
    Refused(#[from] PlayError),
    /// A remedy could not be carried out.
    #[error("cannot carry out `{name}`: {error}")]
    Remedy {
        /// The remedy.
        name: &'static str,
        /// Why.
        error: RemedyError,
    },
    /// All of the scenario's cures have been carried out.
    #[error("all cures of the scenario have been carried out; name a remedy")]
    NoCureLeft,
    /// There is no active fault with that number.
    #[error("unknown fault number {0}")]
    NoSuchFault(u32),
    /// Unknown fault or remedy.
    #[error("unknown {noun} `{}`{}", quote(.name), appended(.question.as_deref()))]
    UnknownName {
        /// `fault` or `remedy`.
        noun: &'static str,
        /// The name that was asked for.
        name: String,
        /// Whether a known name was meant, if one is near.
        question: Option<String>,
    },
    /// The parameters of a fault or remedy are wrong.
    #[error("{}", .0.render(Paint::Plain))]
    BadParameters(Problems),
}

impl Session {
    /// Sets up the world of a play, and lets its time pass.
    pub async fn open(
        play: Play,
        options: &Options,
        initial: InitialState,
        pace: Pace,
    ) -> Result<Self, SessionError> {
        let play = Recast::new(options.cast()).play(&play).map_err(PlayError::from)?;
        let (play, world) = prepared(play, options.clone()).await?;
        let how = options.start_options(options.fidelity).with_instance(1).with_pace(pace);
        let live = Arc::new(Live::start(world, &how)?);
        live.network().open().await.map_err(LiveError::Start)?;
        let session = Self { live, play, turn: Arc::default(), hands: Mutex::default() };
        if initial == InitialState::Broken {
            session.put_in(&mut *session.hands.lock().await, &session.play.faults).await?;
        }
        Ok(session)
    }

    /// The running world.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Like [`live`](Self::live), for those who look at the world and must not know the play.
    pub fn shared_live(&self) -> Arc<Live> {
        Arc::clone(&self.live)
    }

    /// The play.
    pub fn play(&self) -> &Play {
        &self.play
    }

    /// Waits for the administrator's turn.
    async fn hands(&self) -> (MutexGuard<'_, ()>, MutexGuard<'_, Hands>) {
        (self.turn.lock().await, self.hands.lock().await)
    }

    /// Applies the scenario's own faults.
    pub async fn break_as_written(&self) -> Result<Vec<Done>, SessionError> {
        let (_turn, mut hands) = self.hands().await;
        let done = self.put_in(&mut hands, &self.play.faults).await?;
        done.iter().for_each(|done| self.note_fault("break", done));
        Ok(done)
    }

    /// Applies a fault.
    pub async fn break_with(&self, fault: Named<dyn Fault>) -> Result<Done, SessionError> {
        let (_turn, mut hands) = self.hands().await;
        let done = self.put_in(&mut hands, &[fault]).await?;
        done.iter().for_each(|done| self.note_fault("break", done));
        done.into_iter().next().ok_or(SessionError::NoSuchFault(0))
    }

    async fn put_in(
        &self,
        hands: &mut Hands,
        faults: &[Named<dyn Fault>],
    ) -> Result<Vec<Done>, SessionError> {
        let mut done = Vec::new();
        for fault in faults {
            let installed = install(std::slice::from_ref(fault), &self.live)?;
            let after = self.live.snapshot()?;
            for mut it in installed {
                // The clock runs by itself and is not a change of the fault.
                it.footprint.remove(Field::world().now().path());
                it.fields.retain(|field| field.field != Field::world().now().path().as_str());
                hands.numbered += 1;
                done.push(Done {
                    number: hands.numbered,
                    name: it.name,
                    changed: it.footprint.clone(),
                    fields: it.fields.clone(),
                    clock_moved: 0,
                });
                let (name, fields, before, footprint) =
                    (it.name, it.fields, it.before, it.footprint);
                let present = Present { name, fields, before, after: after.clone(), footprint };
                hands.faults.insert(hands.numbered, present);
            }
        }
        // Also starts listeners of proxies that a fault has added.
        self.live.network().open().await.map_err(LiveError::Start)?;
        Ok(done)
    }

    /// Undoes a fault: restores what it changed, except for what has been changed again since.
    pub async fn revert(&self, number: u32) -> Result<Done, SessionError> {
        let (_turn, mut hands) = self.hands().await;
        let fault = hands.faults.remove(&number).ok_or(SessionError::NoSuchFault(number))?;
        let before = self.live.snapshot()?;
        let since = fault.after.differences_from(&before);
        let is_as_left =
            |field: &&marslab_model::FieldPath| !since.iter().any(|it| it.touches(field));
        let changed = fault.footprint.iter().filter(is_as_left).cloned().collect();
        self.live.copy_fields(&fault.before, &changed)?;
        let fields = ChangedField::between(&changed, &before, &self.live.snapshot()?);
        let done = Done { number, name: fault.name, changed, fields, clock_moved: 0 };
        self.note_fault("revert", &done);
        Ok(done)
    }

    /// Undoes a fault after `delay`, if it is still active then.
    pub async fn revert_after(self: Arc<Self>, number: u32, delay: Duration) {
        tokio::time::sleep(delay).await;
        // Already reverted: nothing to do.
        drop(self.revert(number).await);
    }

    /// Carries out the scenario's next cure.
    pub async fn repair_as_written(&self) -> Result<Done, SessionError> {
        let (_turn, mut hands) = self.hands().await;
        let cure = self.play.cures.get(hands.cured).ok_or(SessionError::NoCureLeft)?;
        let done = self.carry_out(&mut hands, &cure.remedy).await?;
        hands.cured += 1;
        Ok(done)
    }

    /// Carries out a remedy.
    pub async fn repair_with(&self, remedy: &Named<dyn Remedy>) -> Result<Done, SessionError> {
        let (_turn, mut hands) = self.hands().await;
        self.carry_out(&mut hands, remedy).await
    }

    async fn carry_out(
        &self,
        hands: &mut Hands,
        remedy: &Named<dyn Remedy>,
    ) -> Result<Done, SessionError> {
        let before = self.live.snapshot()?;
        let name = remedy.name;
        let moved = self.live.clock_moved();
        self.note(format!("repair {name}"), BEGINS);
        let carried_out = Waits::Jump.during(remedy.it.carry_out(&self.live)).await;
        let came_of_it =
            carried_out.as_ref().map_or_else(ToString::to_string, |()| "done".to_owned());
        self.note(format!("repair {name}"), &came_of_it);
        carried_out.map_err(|error| SessionError::Remedy { name, error })?;
        hands.remedies.push(name);
        let mut after = self.live.snapshot()?;
        after.now = before.now;
        let clock_moved = self.seconds_since(moved);
        let changed = before.differences_from(&after);
        let fields = ChangedField::between(&changed, &before, &after);
        Ok(Done { number: 0, name, changed, fields, clock_moved })
    }

    /// Runs an operation, by default the scenario's, on a machine that speaks this language meanwhile, if one is given.
    pub async fn operate(
        &self,
        operation: Option<Operation>,
        language: Option<Language>,
    ) -> Result<Operated, SessionError> {
        let (_turn, mut hands) = self.hands().await;
        let own = self.language()?;
        let language = language.unwrap_or(own);
        self.speak(language)?;
        let (operation, moved) =
            (operation.unwrap_or(self.play.operation), self.live.clock_moved());
        let outcome = self.try_operation(&mut hands, (operation, language)).await;
        self.speak(own)?;
        Ok(Operated { operation, outcome, clock_moved: self.seconds_since(moved) })
    }

    /// The language of the customer's server.
    pub fn language(&self) -> Result<Language, SessionError> {
        let world = self.live.snapshot()?;
        Ok(world.machines.get(self.live.machine_name()).map_or(Language::English, |it| it.language))
    }

    /// Switches the customer's server to a language.
    fn speak(&self, language: Language) -> Result<(), SessionError> {
        if self.language()? != language {
            let machine = Field::world().machines().at(self.live.machine_name().clone());
            self.live.apply(&machine.language().set(language))?;
        }
        Ok(())
    }

    /// Moves the world's clock on, as if so many seconds had passed in which nothing happened.
    pub async fn jump(&self, seconds: u32) {
        let (_turn, _hands) = self.hands().await;
        self.live.host().wait(seconds);
        self.note(format!("jump {:#}", SignedDuration::from_secs(seconds.into())), "done");
    }

    /// How many seconds the world's clock was moved since it was moved so far.
    fn seconds_since(&self, moved: SignedDuration) -> i64 {
        (self.live.clock_moved() - moved).as_secs()
    }

    async fn try_operation(
        &self,
        hands: &mut Hands,
        (operation, language): (Operation, Language),
    ) -> Outcome {
        self.try_operation_as(self.live.intent(), hands, (operation, language)).await
    }

    async fn try_operation_as(
        &self,
        intent: &Intent,
        hands: &mut Hands,
        (operation, language): (Operation, Language),
    ) -> Outcome {
        self.note(format!("operate {operation}"), BEGINS);
        let outcome = Waits::Jump.during(self.live.operate_as(operation, intent)).await;
        let came_of_it = match &outcome {
            Outcome::Succeeded => "succeeded".to_owned(),
            Outcome::Failed(symptom) => format!("failed ({})", symptom.error),
        };
        self.note(format!("operate {operation}"), &came_of_it);
        if let Outcome::Failed(symptom) = &outcome {
            hands.failed = Some((operation, symptom.clone(), language));
        }
        hands.last = Some((operation, outcome.clone()));
        outcome
    }

    /// Begins to ask a subject. What it is told is the last failure that the console showed, in the customer's own words
    /// where the scenario has them; where none was, the scenario's operation is tried first. Until the guard is dropped, no one else has the administrator's turn.
    pub async fn ask(&self) -> Result<(Complaint, OwnedMutexGuard<()>), SessionError> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let mut hands = self.hands.lock().await;
        let own = self.play.operation;
        let (operation, ended, language) = match hands.failed.clone() {
            Some((operation, symptom, language)) => (operation, Outcome::Failed(symptom), language),
            None => {
                let language = self.language()?;
                (own, self.try_operation(&mut hands, (own, language)).await, language)
            }
        };
        let name = self.live.machine_name().clone();
        let own_complaint = complaint(&self.play, &ended, name, language);
        let complaint = match ended {
            // The scenario's words are about its own operation.
            Outcome::Failed(Symptom { message, .. }) if operation != own => {
                Complaint { operation, message, ..own_complaint }
            }
            _ => own_complaint,
        };
        Ok((complaint, turn))
    }

    /// The active faults, with their numbers: those of which something is still as they have left it.
    pub async fn faults(&self) -> Vec<(u32, &'static str)> {
        let hands = self.hands.lock().await;
        // A world that is gone has none.
        let Ok(now) = self.live.snapshot() else { return Vec::new() };
        let is_active = |fault: &Present| {
            let since = fault.after.differences_from(&now);
            let is_left = |field| !since.iter().any(|it| it.touches(field));
            // Time that has passed stays passed.
            fault.footprint.is_empty() || fault.footprint.iter().any(is_left)
        };
        let active = hands.faults.iter().filter(|(_, fault)| is_active(fault));
        active.map(|(number, fault)| (*number, fault.name)).collect()
    }

    /// What the active fault with this number changed; nothing if there is none.
    pub async fn changed_by(&self, number: u32) -> Vec<ChangedField> {
        let hands = self.hands.lock().await;
        hands.faults.get(&number).map_or_else(Vec::new, |fault| fault.fields.clone())
    }

    /// Writes into the journal that a fault was applied or undone.
    fn note_fault(&self, what: &str, done: &Done) {
        let changed = match done.changed.len() {
            1 => "1 field changed".to_owned(),
            count => format!("{count} fields changed"),
        };
        self.note(format!("{what} {} (number {})", done.name, done.number), &changed);
    }

    /// Writes into the journal what the administrator does, and what comes of it.
    fn note(&self, what: String, answer: &str) {
        let (to, answer) = (ADMINISTRATOR.to_owned(), answer.to_owned());
        let at = self.live.watch().now();
        self.live.journal().note(JournalEntry { at, to, what, answer, exchange: None });
    }

    /// The last operation, whoever ran it, and how it ended.
    pub async fn last_operation(&self) -> Option<(Operation, Outcome)> {
        self.hands.lock().await.last.clone()
    }

    /// The remedies that were carried out, in order.
    pub async fn remedies(&self) -> Vec<&'static str> {
        self.hands.lock().await.remedies.clone()
    }
}

/// The healthy world of a play: in memory, because nothing connects to it yet, and on one thread, because client and servers
/// of the simulated network, which take turns, would only wait for each other's threads.
async fn prepared(play: Play, options: Options) -> Result<(Play, World), SessionError> {
    let preparing = spawn_blocking(move || {
        let runtime = Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(PlayError::Runtime)?;
        let healthy = runtime.block_on(prepare(&play, &options, Fidelity::Memory))?;
        Ok((play, healthy.world))
    });
    preparing.await.map_err(|error| LiveError::Start(error.into()))?
}

impl From<Stop> for SessionError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Mismatch(mismatch) => Self::Setup(Box::new(mismatch)),
            Stop::Error(error) => error.into(),
        }
    }
}

/// By whom the journal says that something was done.
pub const ADMINISTRATOR: &str = "administrator";

/// What the journal says of something that takes its time, and whose end it tells, too.
const BEGINS: &str = "begins";

fn appended(question: Option<&str>) -> String {
    question.map_or_else(String::new, |question| format!("; {question}"))
}

#[cfg(test)]
mod tests;
