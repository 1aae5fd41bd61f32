//! A command that opens pages, in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A command that goes on, and is killed at the end of the test.
pub(crate) struct Page {
    process: Child,
    /// It would end if nobody could read what it prints.
    _lines: BufReader<ChildStdout>,
    /// The first link that it printed.
    pub(crate) link: String,
}

impl Page {
    /// `marslab up --page`.
    pub(crate) fn up(scenario: &str) -> Self {
        Self::of(&["up", scenario, "--page", "--ttl", "5m"])
    }

    #[expect(clippy::disallowed_methods, reason = "the process goes on after its first line")]
    fn of(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marslab"));
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut link = String::new();
        lines.read_line(&mut link).unwrap();
        Self { process, _lines: lines, link: link.trim().to_owned() }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // It may have ended, which the test says.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
