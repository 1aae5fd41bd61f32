//! A command that opens pages, in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
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
        let mut command = Command::new(program());
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut link = String::new();
        lines.read_line(&mut link).unwrap();
        Self { process, _lines: lines, link: link.trim().to_owned() }
    }
}

/// The built command: `MARSLAB`, or what `cargo build --release` has left.
fn program() -> PathBuf {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release/marslab");
    let program = std::env::var_os("MARSLAB").map_or(built, PathBuf::from);
    assert!(
        program.exists(),
        "`{}` is missing: build it with `cargo build --release`",
        program.display()
    );
    program
}

impl Drop for Page {
    fn drop(&mut self) {
        // It may have ended, which the test says.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
