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
    /// The others.
    pub(crate) others: Vec<String>,
}

impl Page {
    /// `marslab up --page`.
    pub(crate) fn up(scenario: &str) -> Self {
        Self::of(&["up", scenario, "--page", "--ttl", "5m"], 1)
    }

    /// `marslab train --page`.
    pub(crate) fn train(scenario: &str) -> Self {
        Self::of(&["train", scenario, "--page", "--seed", "7"], 1)
    }

    /// The same with a time limit.
    pub(crate) fn train_for(scenario: &str, time: &str) -> Self {
        Self::of(&["train", scenario, "--page", "--seed", "7", "--time", time], 1)
    }

    /// The same for a trainer and so many trainees: the trainer's link is the first.
    pub(crate) fn class(trainees: usize) -> Self {
        let number = trainees.to_string();
        Self::of(&["train", "--page", "--trainees", &number, "--seed", "7"], trainees + 1)
    }

    #[expect(clippy::disallowed_methods, reason = "the process goes on after its first line")]
    fn of(arguments: &[&str], links: usize) -> Self {
        let mut command = Command::new(program());
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let read = |_| {
            let mut line = String::new();
            lines.read_line(&mut line).unwrap();
            line.split_whitespace().last().unwrap_or_default().to_owned()
        };
        let mut links: Vec<String> = (0..links).map(read).collect();
        let link = links.remove(0);
        Self { process, _lines: lines, link, others: links }
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
