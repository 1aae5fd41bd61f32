//! Output on a thread of its own, so that a pipe that nobody reads holds up no one else.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

/// Output that is written while others go on.
pub(crate) struct Aside {
    texts: SyncSender<Vec<u8>>,
    /// What kept the thread from writing; closed when the thread has ended.
    failure: Receiver<io::Error>,
    /// How many texts the thread has written.
    written: Arc<AtomicU64>,
    /// How many texts were left out, and nobody was told yet.
    left_out: u64,
    /// Tells so.
    tell: fn(u64) -> String,
}

impl Aside {
    /// Writes to `out`. Where the reader is slower than what is said, some is left out, and `tell` says how many texts.
    pub(crate) fn new(mut out: impl Write + Send + 'static, tell: fn(u64) -> String) -> Self {
        let (texts, queued) = sync_channel::<Vec<u8>>(TEXTS_MAX);
        let (failed, failure) = sync_channel(1);
        let written = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&written);
        thread::spawn(move || {
            for text in queued {
                if let Err(error) = out.write_all(&text).and_then(|()| out.flush()) {
                    // Nobody listens any more only where the session has ended.
                    drop(failed.try_send(error));
                    return;
                }
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { texts, failure, written, left_out: 0, tell }
    }

    /// Has a text written whole, or leaves it out if too many wait. Returns why an earlier one was not written.
    pub(crate) fn put(&mut self, text: Vec<u8>) -> io::Result<()> {
        if let Ok(error) = self.failure.try_recv() {
            return Err(error);
        }
        if self.left_out > 0 && !self.queue((self.tell)(self.left_out).into_bytes())? {
            self.left_out += 1;
            return Ok(());
        }
        self.left_out = u64::from(!self.queue(text)?);
        Ok(())
    }

    fn queue(&self, text: Vec<u8>) -> io::Result<bool> {
        match self.texts.try_send(text) {
            Ok(()) => Ok(true),
            Err(TrySendError::Full(_)) => Ok(false),
            Err(TrySendError::Disconnected(_)) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Waits until everything is written; not for a reader who takes nothing any more.
    pub(crate) fn end(self) -> io::Result<()> {
        drop(self.texts);
        let mut seen = self.written.load(Ordering::Relaxed);
        loop {
            match self.failure.recv_timeout(PATIENCE) {
                Ok(error) => return Err(error),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {
                    let now = self.written.load(Ordering::Relaxed);
                    if now == seen {
                        return Ok(());
                    }
                    seen = now;
                }
            }
        }
    }
}

/// How many texts may wait.
const TEXTS_MAX: usize = 1024;

/// How long a reader may take for one text at the end.
const PATIENCE: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests;
