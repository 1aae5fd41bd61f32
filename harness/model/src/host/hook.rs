//! A host with a hook: it answers as another does, but for what the hook changes.

use super::{Answer, Call, HostRead};

/// What happens to calls on their way to a host, and to its answers on their way back. Recordings, distortions and
/// refusals are made of it.
pub trait Hook: Send + Sync {
    /// May change the arguments of a call. A call of another method is not taken.
    fn before(&self, call: &mut Call) {
        let _unchanged = call;
    }

    /// May change the answer. The answer to another method is not taken, nor a connection where none was opened.
    fn after(&self, host: &dyn HostRead, call: &Call, answer: &mut Answer) {
        let _unchanged = (host, call, answer);
    }
}

/// A host with a hook.
pub struct Hooked<'a, K> {
    pub(super) host: &'a dyn HostRead,
    pub(super) hook: K,
}

impl<'a, K: Hook> Hooked<'a, K> {
    /// Puts a hook before a host.
    pub fn new(host: &'a dyn HostRead, hook: K) -> Self {
        Self { host, hook }
    }

    /// The hook.
    pub fn hook(&self) -> &K {
        &self.hook
    }
}
