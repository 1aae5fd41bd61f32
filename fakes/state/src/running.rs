//! A world that is being worked on.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
};

use jiff::{SignedDuration, Timestamp};
use marslab_model::tracked::{ChangeError, Footprint};
use marslab_model::{Change, Edit, Name, Reads, Tracked, World};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use thiserror::Error;

use crate::disk::Disk;
use crate::exchange::Exchange;
use crate::impairment::{Counters, Counts};
use crate::journal::{Journal, JournalEntry};
use crate::pace::{self, Pace, Ticks, Waits};
use marslab_base::Limits;

/// What a run starts from beside the world.
pub struct Start {
    /// Where file contents live.
    pub disk: Disk,
    /// The seed of all randomness.
    pub seed: u64,
    /// Distinguishes running worlds with the same seed: each draws other random bytes.
    pub instance: u32,
    /// The RSA key that every machine's key store hands out (PKCS#8 DER). One a process: making one takes
    /// a third of a second.
    pub rsa_key: Arc<[u8]>,
    /// How world time passes.
    pub pace: Pace,
    /// The limits of Windows and of the cloud.
    pub limits: Limits,
    /// What was counted for impairments before; empty for a world that begins.
    pub counts: Counts,
}

/// A world that is being worked on: its fields, what was read of them, what was sent over the network.
///
/// Fakes read through [`Running::look`], which records; they write through [`Running::edit`], which records what is
/// read in the course of it. [`Running::untracked`] is the only way to read without a record.
pub struct Running {
    world: Mutex<World>,
    /// Held while changes from outside must wait.
    changes: RwLock<()>,
    /// How often the world was changed from outside.
    version: AtomicU64,
    pace: Pace,
    /// `None` for [`Pace::Still`].
    ticks: Option<Mutex<Ticks>>,
    reads: Reads,
    /// How often something was read, recorded or not.
    looks: AtomicUsize,
    journal: Journal,
    disk: Disk,
    rsa_key: Arc<[u8]>,
    limits: Limits,
    seed: u64,
    drawn: AtomicU64,
    counters: Counters,
    /// The first thing that the real machine lacked.
    trouble: OnceLock<String>,
}

/// Why a running world could not be changed.
#[derive(Debug, Error)]
pub enum RunningError {
    /// The change does not fit the world.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The folder behind the disk could not be written or read.
    #[error("the folder of the simulated disk failed: {0}")]
    Disk(#[from] io::Error),
}

impl Running {
    /// Starts a world.
    pub fn new(world: World, start: Start) -> Arc<Self> {
        let ticks = (start.pace != Pace::Still).then(|| Mutex::new(Ticks::from(world.now)));
        Arc::new(Self {
            world: Mutex::new(world),
            changes: RwLock::default(),
            version: AtomicU64::new(0),
            pace: start.pace,
            ticks,
            reads: Reads::default(),
            looks: AtomicUsize::new(0),
            journal: Journal::default(),
            disk: start.disk,
            rsa_key: start.rsa_key,
            limits: start.limits,
            seed: start.seed,
            drawn: AtomicU64::new(u64::from(start.instance) << 32),
            counters: Counters::from_counts(start.counts),
            trouble: OnceLock::new(),
        })
    }

    /// Reads the world; every field that is read is recorded.
    pub fn look<R>(&self, read: impl FnOnce(Tracked<'_, World>) -> R) -> R {
        self.look_now(|world, _now| read(world))
    }

    /// The same, with the time for a time stamp.
    pub fn look_now<R>(&self, read: impl FnOnce(Tracked<'_, World>, Timestamp) -> R) -> R {
        self.looks.fetch_add(1, Ordering::Relaxed);
        let world = self.lock();
        read(Tracked::new(&world, &self.reads), world.now)
    }

    /// Writes what the work of the agent or of a server changes. Files go through [`Running::disk`], too.
    ///
    /// The world is locked meanwhile, so what is read here still holds when it is written.
    pub fn edit<R>(&self, write: impl FnOnce(&mut Edit<'_, World>) -> R) -> R {
        write(&mut Edit::new(&mut self.lock(), &self.reads))
    }

    /// Reads without a record: for a time stamp, a socket to open, a counter to drop. Nothing that a program in the world
    /// can observe may depend on it.
    pub fn untracked<R>(&self, read: impl FnOnce(&World) -> R) -> R {
        read(&self.lock())
    }

    /// Makes a change from outside; the disk's folder follows. On an error nothing has changed.
    pub fn apply(&self, change: &Change) -> Result<(), RunningError> {
        self.apply_all(std::slice::from_ref(change))
    }

    /// Makes several changes atomically. On an error nothing has changed.
    pub fn apply_all(&self, changes: &[Change]) -> Result<(), RunningError> {
        self.rewrite(|world| Ok(changes.iter().try_for_each(|change| world.apply(change))?))
    }

    /// Copies these fields from `from` atomically; all others stay.
    pub fn copy_fields(&self, from: &World, fields: &Footprint) -> Result<(), RunningError> {
        self.rewrite(|world| {
            world.copy_fields(from, fields);
            Ok(())
        })
    }

    fn rewrite(
        &self,
        write: impl FnOnce(&mut World) -> Result<(), RunningError>,
    ) -> Result<(), RunningError> {
        let _held = self.hold_changes();
        // Locked throughout, so that nothing that is written meanwhile gets lost.
        let mut world = self.lock();
        let mut before = world.clone();
        self.disk.refresh(&mut before)?;
        let mut after = before.clone();
        write(&mut after)?;
        self.disk.reconcile(&before, &after)?;
        *world = after;
        self.version.fetch_add(1, Ordering::Release);
        Ok(())
    }

    /// Changes with every change from outside: as long as it is the same, the world is the same.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// Blocks changes from outside until the guard is dropped; other callers wait for it, too. Do not hold it across an
    /// `await`, nor while making such a change.
    pub fn hold_changes(&self) -> RwLockWriteGuard<'_, ()> {
        self.changes.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same for those that write nothing, who do not wait for each other.
    pub fn hold_changes_to_read(&self) -> RwLockReadGuard<'_, ()> {
        self.changes.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The world as it is now, with the files as the disk has them.
    pub fn snapshot(&self) -> io::Result<World> {
        let mut world = self.lock().clone();
        self.disk.refresh(&mut world)?;
        Ok(world)
    }

    /// The folder that holds a machine's drive (`C:`), for other programs; `None` if files are in memory.
    pub fn drive(&self, machine: &Name, volume: &Name) -> io::Result<Option<PathBuf>> {
        self.disk.drive(&self.lock(), machine, volume)
    }

    /// The fields that are read. At first nothing is recorded.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// How often fakes have looked at the world since the start.
    pub fn looks(&self) -> usize {
        self.looks.load(Ordering::Relaxed)
    }

    /// What was sent over the network.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Records what was sent over the network.
    pub fn record(&self, to: &str, what: &str, answer: &str) {
        self.record_entry(to, what, answer, None);
    }

    /// Records an HTTP exchange, or why there was none. All servers and proxies record theirs here.
    pub fn record_exchange(&self, to: &str, what: &str, answer: &str, exchange: Exchange) {
        self.record_entry(to, what, answer, Some(Box::new(exchange)));
    }

    fn record_entry(&self, to: &str, what: &str, answer: &str, exchange: Option<Box<Exchange>>) {
        let (to, what, answer) = (bounded(to), bounded(what), bounded(answer));
        self.journal.record(JournalEntry { at: self.stamp(), to, what, answer, exchange });
    }

    /// Notes what the real machine could not do for the lab. What follows of it in the world means nothing.
    pub fn note_trouble(&self, doing: &str, error: &io::Error) {
        self.trouble.get_or_init(|| format!("{doing}: {error}"));
    }

    /// What the real machine could not do for the lab, if there was anything.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.get().map(String::as_str)
    }

    /// What is counted for impairments.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Where file contents live.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// The true time; recorded as read.
    pub fn now(&self) -> Timestamp {
        self.look(|world| *world.now().get())
    }

    /// True time for a time stamp on what is written or said; as nothing depends on it, it is not recorded as read.
    pub fn stamp(&self) -> Timestamp {
        self.untracked(|world| world.now)
    }

    /// How far the world's time was moved from what real time alone would have made of it.
    pub fn clock_moved(&self) -> SignedDuration {
        let now = self.stamp();
        let ticks = self.ticks.as_ref().map(|ticks| ticks.lock());
        let ticks = ticks.map(|ticks| ticks.unwrap_or_else(PoisonError::into_inner));
        ticks.map_or(SignedDuration::ZERO, |ticks| ticks.moved(now))
    }

    /// Lets time pass in a call that cannot wait: world time jumps, unless the call is answered for by somebody who waits.
    pub fn wait(&self, seconds: i64) {
        if self.pace != Pace::Real || !pace::owe(seconds) {
            self.jump(seconds);
        }
    }

    /// Lets time pass, by waiting or by a jump.
    pub async fn pass(&self, waits: Waits, seconds: i64) {
        match (self.pace, waits) {
            (Pace::Real, Waits::Take) => pace::sleep(seconds).await,
            _ => self.jump(seconds),
        }
    }

    fn jump(&self, seconds: i64) {
        let mut world = self.lock();
        let later = world.now.saturating_add(SignedDuration::from_secs(seconds));
        world.now = later.unwrap_or(world.now);
    }

    /// The RSA key of the machines' key stores.
    pub fn rsa_key(&self) -> &[u8] {
        &self.rsa_key
    }

    /// The limits of Windows and of the cloud.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The seed of this run.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Random bytes: the same in every run with the same seed and instance, different with every call.
    pub fn random(&self, bytes: &mut [u8]) {
        let call = self.drawn.fetch_add(1, Ordering::Relaxed);
        let mut generator = ChaCha8Rng::seed_from_u64(self.seed);
        generator.set_stream(call);
        generator.fill_bytes(bytes);
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ticks) = &self.ticks {
            let passed = ticks.lock().unwrap_or_else(PoisonError::into_inner).passed();
            world.now = world.now.saturating_add(passed).unwrap_or(world.now);
        }
        world
    }
}

fn bounded(text: &str) -> String {
    // Most texts are short, and then there is no need to count characters.
    match text.len() {
        0..=TEXT_CHARS_MAX => text.to_owned(),
        _ => text.chars().take(TEXT_CHARS_MAX).collect(),
    }
}

/// The journal truncates longer texts.
const TEXT_CHARS_MAX: usize = 256;
