//! What was said on the wire. Credentials never get here: an entry has no field for them, and an [`Exchange`] none of
//! what it is not sure of.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::exchange::Exchange;

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// When (true time).
    pub at: Timestamp,
    /// Who was asked: a host, or a proxy's address.
    pub to: String,
    /// What: `CONNECT login.windows.net:443`, `GET /probe.txt`, `dial 20.190.128.1:443`.
    pub what: String,
    /// What came of it: a status, or how it failed.
    pub answer: String,
    /// The exchange itself, where it was one of HTTP, or would have been.
    pub exchange: Option<Box<Exchange>>,
}

impl Said {
    /// About how much memory it takes.
    fn weight(&self) -> usize {
        let texts = self.to.len() + self.what.len() + self.answer.len();
        size_of::<Self>() + texts + self.exchange.as_ref().map_or(0, |exchange| exchange.weight())
    }
}

/// How much was done on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// HTTP requests and iSCSI logins that a server or a proxy answered.
    pub requests: usize,
    /// TLS handshakes that succeeded.
    pub handshakes: usize,
}

/// The wire's journal, oldest entry first, bounded by [`ENTRIES_MAX`] and [`BYTES_MAX`].
#[derive(Debug, Default)]
pub struct Journal {
    entries: Mutex<Entries>,
    /// How many entries there were so far.
    count: watch::Sender<u64>,
    requests: AtomicUsize,
    handshakes: AtomicUsize,
}

#[derive(Debug, Default)]
struct Entries {
    list: VecDeque<Said>,
    /// What they weigh together.
    bytes: usize,
}

impl Entries {
    fn push(&mut self, said: Said) {
        self.bytes += said.weight();
        self.list.push_back(said);
        while self.list.len() > ENTRIES_MAX || self.bytes > BYTES_MAX {
            let Some(oldest) = self.list.pop_front() else { return };
            self.bytes -= oldest.weight();
        }
    }
}

impl Journal {
    /// Adds an entry. A full journal forgets its oldest ones.
    pub fn note(&self, said: Said) {
        if !said.what.starts_with("dial ") {
            self.requests.fetch_add(1, Ordering::Relaxed);
        }
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push(said);
        // Before the lock is let go, so that the numbers are those of the entries.
        self.count.send_modify(|count| *count += 1);
    }

    /// The entries after the first `seen` ones that were ever made, `at_most` so many, with the number of the first of
    /// them. What a full journal has forgotten is not among them.
    pub fn after(&self, seen: u64, at_most: usize) -> (u64, Vec<Said>) {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let count = *self.count.borrow();
        let entries = &entries.list;
        let kept = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        let first = seen.clamp(count.saturating_sub(kept), count);
        let new = usize::try_from(count - first).unwrap_or(usize::MAX);
        let skipped = entries.len().saturating_sub(new);
        (first, entries.iter().skip(skipped).take(at_most).cloned().collect())
    }

    /// How many entries there were so far, and a way to wait for more.
    pub fn count(&self) -> watch::Receiver<u64> {
        self.count.subscribe()
    }

    /// Counts a TLS handshake that succeeded.
    pub fn note_handshake(&self) {
        self.handshakes.fetch_add(1, Ordering::Relaxed);
    }

    /// What was said since the last call.
    pub fn take(&self) -> Vec<Said> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *entries).list.into()
    }

    /// How much was done since the start.
    pub fn work(&self) -> Work {
        Work {
            requests: self.requests.load(Ordering::Relaxed),
            handshakes: self.handshakes.load(Ordering::Relaxed),
        }
    }
}

/// A play says some fifty things; a subject that floods the network must not fill the memory.
pub const ENTRIES_MAX: usize = 10_000;

/// As above; what is said to a busy proxy in a second or two.
pub const BYTES_MAX: usize = 16 << 20;

#[cfg(test)]
mod tests;
