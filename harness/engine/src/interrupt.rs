//! [`Interrupt`]: tells a run to end before its last play.

use std::sync::Arc;

use tokio::sync::watch::Sender;

/// A signal that is given once, and for good. What is cloned hears it, too.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<Sender<bool>>);

impl Interrupt {
    /// Gives the signal: plays that go on are given up, and no more begin.
    pub fn set(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was given.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Ends when it is given, on whatever runtime.
    pub async fn wait(&self) {
        // The sender cannot be gone: it is held here.
        drop(self.0.subscribe().wait_for(|is_set| *is_set).await);
    }
}
