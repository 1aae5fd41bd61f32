//! What was said on the wire. Credentials never get here: an entry has no field for them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

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
}

/// How much was done on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// HTTP requests and iSCSI logins that a server or a proxy answered.
    pub requests: usize,
    /// TLS handshakes that succeeded.
    pub handshakes: usize,
}

/// The wire's journal, oldest entry first, bounded by [`ENTRIES_MAX`].
#[derive(Debug, Default)]
pub struct Journal {
    entries: Mutex<Vec<Said>>,
    requests: AtomicUsize,
    handshakes: AtomicUsize,
}

impl Journal {
    /// Adds an entry. A full journal keeps what it has.
    pub fn note(&self, said: Said) {
        if !said.what.starts_with("dial ") {
            self.requests.fetch_add(1, Ordering::Relaxed);
        }
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() < ENTRIES_MAX {
            entries.push(said);
        }
    }

    /// Counts a TLS handshake that succeeded.
    pub fn note_handshake(&self) {
        self.handshakes.fetch_add(1, Ordering::Relaxed);
    }

    /// What was said since the last call.
    pub fn take(&self) -> Vec<Said> {
        std::mem::take(&mut self.entries.lock().unwrap_or_else(PoisonError::into_inner))
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
