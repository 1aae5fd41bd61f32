//! How much the worlds of this process have done: for benches.

use std::sync::atomic::{AtomicUsize, Ordering};

use marslab_state::{Running, Work};
use marslab_wire::x509;

/// How much was done in this process. Each world counts when it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Worlds that were set going.
    pub worlds: usize,
    /// Operations that the agent was made to do.
    pub operations: usize,
    /// HTTP requests and iSCSI logins.
    pub requests: usize,
    /// TLS handshakes that succeeded, each with a chain that was verified.
    pub handshakes: usize,
    /// How often something looked at a world.
    pub looks: usize,
    /// RSA signatures that were made, and not remembered.
    pub signatures: usize,
}

/// What was done until now.
pub fn tally() -> Tally {
    let now = |of: &AtomicUsize| of.load(Ordering::Relaxed);
    Tally {
        worlds: now(&WORLDS),
        operations: now(&OPERATIONS),
        requests: now(&REQUESTS),
        handshakes: now(&HANDSHAKES),
        looks: now(&LOOKS),
        signatures: x509::signatures(),
    }
}

pub(crate) fn add(ended: &Running) {
    let Work { requests, handshakes } = ended.journal().work();
    let sums =
        [(&WORLDS, 1), (&REQUESTS, requests), (&HANDSHAKES, handshakes), (&LOOKS, ended.looks())];
    for (sum, more) in sums {
        sum.fetch_add(more, Ordering::Relaxed);
    }
}

pub(crate) fn add_operation() {
    OPERATIONS.fetch_add(1, Ordering::Relaxed);
}

static WORLDS: AtomicUsize = AtomicUsize::new(0);
static OPERATIONS: AtomicUsize = AtomicUsize::new(0);
static REQUESTS: AtomicUsize = AtomicUsize::new(0);
static HANDSHAKES: AtomicUsize = AtomicUsize::new(0);
static LOOKS: AtomicUsize = AtomicUsize::new(0);
