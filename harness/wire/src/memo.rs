//! Remembering what was made of the same bytes before: signatures, certificates, opened files.
//!
//! Worlds of one seed repeat themselves: the same key signs the same text, and the same signatures are checked. A [`Memo`] keeps what a pure function of bytes has made, up to a bound, by the digest of the bytes. Failures are not kept.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use ring::digest::{Context, SHA256, SHA256_OUTPUT_LEN};

/// What was made, by the bytes of which it was made.
pub struct Memo<V> {
    kept: Mutex<BTreeMap<[u8; SHA256_OUTPUT_LEN], V>>,
    /// So many things are kept; then all are forgotten.
    max: usize,
}

impl<V> Memo<V> {
    /// One that has kept nothing yet.
    pub const fn new() -> Self {
        Self::bounded(KEPT_MAX)
    }

    /// The same for at most `max` things.
    pub const fn bounded(max: usize) -> Self {
        Self { kept: Mutex::new(BTreeMap::new()), max }
    }
}

/// Shows nothing of what it keeps: keys are among it.
impl<V> fmt::Debug for Memo<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: Clone> Memo<V> {
    /// What was made of these bytes before, or else what `make` makes of them. `make` has to follow from the bytes alone.
    pub fn get<E>(&self, of: &[&[u8]], make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        if !is_on() {
            return make();
        }
        let key = digest_of(of);
        if let Some(known) = self.kept().get(&key) {
            REMEMBERED.fetch_add(1, Ordering::Relaxed);
            return Ok(known.clone());
        }
        MADE.fetch_add(1, Ordering::Relaxed);
        let made = make()?;
        let mut kept = self.kept();
        if kept.len() >= self.max {
            kept.clear();
        }
        kept.insert(key, made.clone());
        Ok(made)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, BTreeMap<[u8; SHA256_OUTPUT_LEN], V>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn digest_of(parts: &[&[u8]]) -> [u8; SHA256_OUTPUT_LEN] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&part.len().to_be_bytes());
        context.update(part);
    }
    let mut key = [0; SHA256_OUTPUT_LEN];
    key.copy_from_slice(context.finish().as_ref());
    key
}

/// How often something was made, and how often remembered, in this process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Made.
    pub made: u64,
    /// Remembered.
    pub remembered: u64,
}

/// The counts of all memos together.
pub fn counts() -> Counts {
    Counts { made: MADE.load(Ordering::Relaxed), remembered: REMEMBERED.load(Ordering::Relaxed) }
}

/// Makes everything anew from now on: for benches, and for tests that nothing depends on it.
pub fn switch_off() {
    IS_ON.store(false, Ordering::Relaxed);
}

/// Remembers again.
pub fn switch_on() {
    IS_ON.store(true, Ordering::Relaxed);
}

/// Whether things are remembered.
pub fn is_on() -> bool {
    IS_ON.load(Ordering::Relaxed)
}

static IS_ON: AtomicBool = AtomicBool::new(true);
static MADE: AtomicU64 = AtomicU64::new(0);
static REMEMBERED: AtomicU64 = AtomicU64::new(0);

/// How many small things are kept; an opened file has 2 KiB.
const KEPT_MAX: usize = 4096;

#[cfg(test)]
mod tests;
