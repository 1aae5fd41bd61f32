//! What was sent over the network, without credentials: an entry has no field for them, and an [`Exchange`] redacts
//! every value that is not known to be harmless.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::exchange::Exchange;

/// An entry of the journal: a request or a connection attempt, and its result; or something else that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// When (true time).
    pub at: Timestamp,
    /// The destination: a host, or a proxy's address; of what was done besides, by whom.
    pub to: String,
    /// The request: `CONNECT login.windows.net:443`, `GET /probe.txt`, `dial 20.190.128.1:443`.
    pub what: String,
    /// The result: a status, or how it failed.
    pub answer: String,
    /// The HTTP exchange, if it was one or failed before it could be one.
    pub exchange: Option<Box<Exchange>>,
}

impl JournalEntry {
    /// About how much memory it takes.
    fn weight(&self) -> usize {
        let texts = self.to.len() + self.what.len() + self.answer.len();
        size_of::<Self>() + texts + self.exchange.as_ref().map_or(0, |exchange| exchange.weight())
    }
}

/// How much was done over the network.
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
    /// The number of entries so far.
    count: watch::Sender<u64>,
    requests: AtomicUsize,
    handshakes: AtomicUsize,
}

#[derive(Debug, Default)]
struct Entries {
    list: VecDeque<JournalEntry>,
    /// The memory that they take together.
    bytes: usize,
}

impl Entries {
    /// Adds an entry, and returns the first of those that there is no room for any more.
    fn push(&mut self, entry: JournalEntry) -> Option<JournalEntry> {
        self.bytes += entry.weight();
        self.list.push_back(entry);
        let mut first = None;
        while self.list.len() > ENTRIES_MAX || self.bytes > BYTES_MAX {
            let oldest = self.list.pop_front()?;
            self.bytes -= oldest.weight();
            first.get_or_insert(oldest);
        }
        first
    }
}

impl Journal {
    /// Adds an entry. A full journal drops its oldest ones.
    pub fn record(&self, entry: JournalEntry) {
        if !entry.what.starts_with("dial ") {
            self.requests.fetch_add(1, Ordering::Relaxed);
        }
        self.note(entry);
    }

    /// Adds an entry that tells of something else than traffic, and counts as no request.
    pub fn note(&self, entry: JournalEntry) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let dropped = entries.push(entry);
        // Before the lock is released, so that the count matches the entries.
        self.count.send_modify(|count| *count += 1);
        drop(entries);
        // Of a full journal, each entry pushes one out. To free it takes longer than all the rest, and needs no lock.
        drop(dropped);
    }

    /// Up to `at_most` entries after the first `seen` ones of the run, with the number of the first of them. Entries that
    /// a full journal has dropped are missing.
    pub fn after(&self, seen: u64, at_most: usize) -> (u64, Vec<JournalEntry>) {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let count = *self.count.borrow();
        let entries = &entries.list;
        let kept = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        let first = seen.clamp(count.saturating_sub(kept), count);
        let new = usize::try_from(count - first).unwrap_or(usize::MAX);
        let skipped = entries.len().saturating_sub(new);
        (first, entries.iter().skip(skipped).take(at_most).cloned().collect())
    }

    /// The number of entries so far, and a way to wait for more.
    pub fn count(&self) -> watch::Receiver<u64> {
        self.count.subscribe()
    }

    /// Counts a TLS handshake that succeeded.
    pub fn count_handshake(&self) {
        self.handshakes.fetch_add(1, Ordering::Relaxed);
    }

    /// Removes and returns the entries since the last call.
    pub fn take(&self) -> Vec<JournalEntry> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *entries).list.into()
    }

    /// The numbers of requests and TLS handshakes since the start.
    pub fn work(&self) -> Work {
        Work {
            requests: self.requests.load(Ordering::Relaxed),
            handshakes: self.handshakes.load(Ordering::Relaxed),
        }
    }
}

/// A play makes some fifty entries; a subject that floods the network must not fill the memory.
pub const ENTRIES_MAX: usize = 10_000;

/// As above; about a second or two of a busy proxy's traffic.
pub const BYTES_MAX: usize = 16 << 20;

#[cfg(test)]
mod tests;
