//! Waiting for Enter.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use marslab::interrupt::Interrupt;

/// Waits for lines on standard input, or for nothing.
pub(crate) struct Pause {
    lines: Option<Receiver<()>>,
    interrupt: Interrupt,
}

impl Pause {
    /// Waits for nothing.
    pub(crate) fn never() -> Self {
        Self { lines: None, interrupt: Interrupt::default() }
    }

    /// Waits each time for a line of standard input, until that ends or the run is interrupted.
    pub(crate) fn for_enter(interrupt: Interrupt) -> Self {
        let (sender, lines) = channel();
        // A thread of its own, since reading cannot be given up.
        thread::spawn(move || {
            let read = || io::stdin().read_line(&mut String::new());
            while read().is_ok_and(|bytes| bytes > 0) && sender.send(()).is_ok() {}
        });
        Self { lines: Some(lines), interrupt }
    }

    /// Whether there is something to wait for.
    pub(crate) const fn is_waiting(&self) -> bool {
        self.lines.is_some()
    }

    /// Waits.
    pub(crate) fn wait(&mut self) {
        let Some(lines) = &self.lines else { return };
        if io::stdin().is_terminal() {
            // If this cannot be printed, who waits presses Enter anyway.
            drop(io::stderr().write_all(b"[Enter] "));
        }
        loop {
            match lines.recv_timeout(LOOK_AGAIN) {
                Ok(()) => return,
                Err(RecvTimeoutError::Timeout) if !self.interrupt.is_set() => {}
                Err(_ended) => {
                    self.lines = None;
                    return;
                }
            }
        }
    }
}

/// How often Ctrl-C is looked for.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
