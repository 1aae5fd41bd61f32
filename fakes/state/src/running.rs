//! A world that is being worked on.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use marslab_model::tracked::{ChangeError, FieldPath, Footprint};
use marslab_model::{Change, Edit, Name, Reads, Tracked, World};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use thiserror::Error;

use crate::disk::Disk;
use crate::exchange::Exchange;
use crate::journal::{Journal, Said};
use marslab_base::Limits;

/// What a run starts from beside the world.
pub struct Start {
    /// Where file contents live.
    pub disk: Disk,
    /// From which all randomness comes.
    pub seed: u64,
    /// Tells apart running worlds with the same seed: what is drawn in one is not drawn again in another.
    pub take: u32,
    /// The RSA key that every machine's key store hands out (PKCS#8 DER). One a process: making one takes
    /// a third of a second.
    pub rsa_key: Arc<[u8]>,
    /// How world time goes on.
    pub pace: Pace,
    /// The numbers to which Windows and the cloud hold.
    pub limits: Limits,
}

/// How world time goes on beside the waits, which only ever jump it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Not at all: two plays of one scenario see the same.
    #[default]
    Still,
    /// As real time does.
    Real,
}

/// A world that is being worked on: its fields, what was read of them, what was said on the wire.
///
/// Fakes read through [`Running::look`], which records; they write through [`Running::edit`], which records what is
/// read in the course of it. [`Running::untracked`] is the only way to read without a record.
pub struct Running {
    world: Mutex<World>,
    /// Held by who must see one world from the beginning to the end of something.
    turn: Mutex<()>,
    /// How often the world was changed from outside.
    version: AtomicU64,
    /// When world time was last brought up to real time; never, where it stands still.
    ticked: Option<Mutex<Instant>>,
    reads: Reads,
    journal: Journal,
    disk: Disk,
    rsa_key: Arc<[u8]>,
    limits: Limits,
    seed: u64,
    drawn: AtomicU64,
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
    /// Sets a world going.
    pub fn new(world: World, start: Start) -> Arc<Self> {
        Arc::new(Self {
            world: Mutex::new(world),
            turn: Mutex::default(),
            version: AtomicU64::new(0),
            ticked: (start.pace == Pace::Real).then(|| Mutex::new(real_time())),
            reads: Reads::default(),
            journal: Journal::default(),
            disk: start.disk,
            rsa_key: start.rsa_key,
            limits: start.limits,
            seed: start.seed,
            drawn: AtomicU64::new(u64::from(start.take) << 32),
        })
    }

    /// Reads; every field that is read is recorded.
    pub fn look<R>(&self, read: impl FnOnce(Tracked<'_, World>) -> R) -> R {
        read(Tracked::new(&self.lock(), &self.reads))
    }

    /// Writes what the agent's or a server's own work leaves behind. Files go through [`Running::disk`], too.
    ///
    /// Nobody else reads or writes meanwhile, so what is read here still holds when it is written.
    pub fn edit<R>(&self, write: impl FnOnce(&mut Edit<'_, World>) -> R) -> R {
        write(&mut Edit::new(&mut self.lock(), &self.reads))
    }

    /// Reads what answers nobody in the world, and so is not recorded: a time stamp, a socket to be opened, a counter
    /// to be dropped. What comes of it must not depend on anything that a program in the world could tell apart.
    pub fn untracked<R>(&self, read: impl FnOnce(&World) -> R) -> R {
        read(&self.lock())
    }

    /// Makes a change from outside; the disk's folder follows. On an error nothing has changed.
    pub fn apply(&self, change: &Change) -> Result<(), RunningError> {
        self.apply_all(std::slice::from_ref(change))
    }

    /// Makes several changes at once: nobody sees some of them without the others. On an error nothing has changed.
    pub fn apply_all(&self, changes: &[Change]) -> Result<(), RunningError> {
        self.rewrite(|world| Ok(changes.iter().try_for_each(|change| world.apply(change))?))
    }

    /// Makes these fields at once what they are in `from`; what else there is stays.
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
        let _turn = self.turn();
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

    /// A number that is another after every change from outside. Who finds it unchanged has seen one world meanwhile.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// Keeps changes from outside, and whoever else takes a turn, waiting. Not to be held across an `await`, nor by
    /// who makes such a change.
    pub fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The world as it is now, with the files as the disk has them.
    pub fn snapshot(&self) -> io::Result<World> {
        let mut world = self.lock().clone();
        self.disk.refresh(&mut world)?;
        Ok(world)
    }

    /// The folder that is a machine's drive (`C:`), for a program to look into; nothing where files are in memory.
    pub fn drive(&self, machine: &Name, volume: &Name) -> io::Result<Option<PathBuf>> {
        self.disk.drive(&self.lock(), machine, volume)
    }

    /// Which fields were read since the last call.
    pub fn take_reads(&self) -> BTreeSet<FieldPath> {
        self.reads.take()
    }

    /// What was said on the wire.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Notes what was said on the wire.
    pub fn say(&self, to: &str, what: &str, answer: &str) {
        self.note(to, what, answer, None);
    }

    /// Notes an HTTP exchange, or what failed before there could be one: the one place of all servers and proxies.
    pub fn say_exchange(&self, to: &str, what: &str, answer: &str, exchange: Exchange) {
        self.note(to, what, answer, Some(Box::new(exchange)));
    }

    fn note(&self, to: &str, what: &str, answer: &str, exchange: Option<Box<Exchange>>) {
        let (to, what, answer) = (bounded(to), bounded(what), bounded(answer));
        self.journal.note(Said { at: self.stamp(), to, what, answer, exchange });
    }

    /// Where file contents live.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// True time; recorded as read.
    pub fn now(&self) -> Timestamp {
        self.look(|world| *world.now().get())
    }

    /// True time for a time stamp on what is written or said; as nothing depends on it, it is not recorded as read.
    pub fn stamp(&self) -> Timestamp {
        self.untracked(|world| world.now)
    }

    /// Lets world time pass: nothing in the lab sleeps.
    pub fn wait(&self, seconds: i64) {
        let mut world = self.lock();
        let later = world.now.saturating_add(SignedDuration::from_secs(seconds));
        world.now = later.unwrap_or(world.now);
    }

    /// Lets world time pass for somebody outside who looks on: at once, or as long as it takes where time is real.
    pub async fn pass(&self, seconds: i64) {
        if self.ticked.is_some() {
            tokio::time::sleep(Duration::from_secs(u64::try_from(seconds).unwrap_or(0))).await;
        } else {
            self.wait(seconds);
        }
    }

    /// The RSA key of the machines' key stores.
    pub fn rsa_key(&self) -> &[u8] {
        &self.rsa_key
    }

    /// The numbers to which Windows and the cloud hold.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The seed of this run.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Random bytes: the same in every run with the same seed and take, different at every call.
    pub fn random(&self, bytes: &mut [u8]) {
        let call = self.drawn.fetch_add(1, Ordering::Relaxed);
        let mut generator = ChaCha8Rng::seed_from_u64(self.seed);
        generator.set_stream(call);
        generator.fill_bytes(bytes);
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ticked) = &self.ticked {
            let mut ticked = ticked.lock().unwrap_or_else(PoisonError::into_inner);
            let now = real_time();
            let passed = SignedDuration::try_from(now - *ticked).unwrap_or_default();
            world.now = world.now.saturating_add(passed).unwrap_or(world.now);
            *ticked = now;
        }
        world
    }
}

#[expect(clippy::disallowed_methods, reason = "only worlds that go on in real time ask for it")]
fn real_time() -> Instant {
    Instant::now()
}

fn bounded(text: &str) -> String {
    // Nearly always it is short, and then nobody needs to count characters.
    match text.len() {
        0..=SAID_CHARS_MAX => text.to_owned(),
        _ => text.chars().take(SAID_CHARS_MAX).collect(),
    }
}

/// As much of one thing that was said as the journal keeps.
const SAID_CHARS_MAX: usize = 256;
