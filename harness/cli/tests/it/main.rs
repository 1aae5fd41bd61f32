//! The command `marslab`, run as a process.
#![expect(clippy::unwrap_used, reason = "a test fails if its preparation does")]

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::str::from_utf8;

use snapbox::cmd::Command;
use tempfile::TempDir;

mod bad_files;
mod compare;
mod info;
mod mcp;
mod packs;
mod picture;
mod repeat;
mod reports;
mod run;
mod session;
mod shards;
mod subject;
mod train;
mod tutorial;
mod unix;
mod usability;
mod watch;

/// The command, without the environment of the test run.
fn command() -> Command {
    let plain = Command::new(env!("CARGO_BIN_EXE_marslab"));
    plain.env_remove("CLICOLOR_FORCE").env_remove("RUST_BACKTRACE").env("NO_COLOR", "1")
}

/// The output of a command, and its exit code.
struct Output {
    code: i32,
    stdout: String,
    stderr: String,
}

/// The command in a process that goes on, and is killed at the end of the test.
struct Started {
    process: Child,
    lines: BufReader<ChildStdout>,
}

impl Started {
    #[expect(clippy::disallowed_methods, reason = "the process goes on after its first lines")]
    fn of(arguments: &[&str]) -> Self {
        let mut process = std::process::Command::new(env!("CARGO_BIN_EXE_marslab"))
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap());
        Self { process, lines }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended, which the test says.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[track_caller]
fn marslab(arguments: &[&str]) -> Output {
    output_of(command().args(arguments))
}

#[track_caller]
fn output_of(command: Command) -> Output {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| from_utf8(bytes).unwrap().to_owned();
    // A process killed by a signal has no code.
    let code = output.status.code().unwrap_or(-1);
    Output { code, stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

impl Output {
    #[track_caller]
    fn code(self, code: i32) -> Self {
        let Self { stdout, stderr, .. } = &self;
        assert_eq!(self.code, code, "\n--- stdout\n{stdout}\n--- stderr\n{stderr}");
        self
    }

    #[track_caller]
    fn stdout_has(self, part: &str) -> Self {
        assert!(self.stdout.contains(part), "no {part:?} in stdout:\n{}", self.stdout);
        self
    }

    #[track_caller]
    fn stderr_has(self, part: &str) -> Self {
        assert!(self.stderr.contains(part), "no {part:?} in stderr:\n{}", self.stderr);
        self
    }
}

/// A folder with scenario files.
struct Files {
    folder: TempDir,
}

impl Files {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and returns its path.
    fn with(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        typed(&path)
    }
}

fn typed(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// The documented failures that have no scenario yet, if any.
fn uncovered() -> Vec<String> {
    let listed = marslab(&["list", "scenarios"]).code(0).stdout;
    let shown = |failure: &str| marslab(&["show", "failure", failure]).code(0).stdout;
    let coverage = marslab(&["coverage"]).code(0).stdout;
    let missing = coverage.split("failure, not covered").nth(1).unwrap_or_default();
    let ids = missing.lines().skip(1).take_while(|line| line.starts_with("  "));
    let ids = ids.filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    ids.filter(|id| !listed.contains(id) && !shown(id).contains("scenarios:")).collect()
}

/// A valid scenario with these faults.
fn scenario(faults: &str) -> String {
    format!(
        r#"title   = "The iSCSI service is stopped"
failure = "iscsi-service-stopped"
article = "zh-2019-05"

{faults}

[when]
operation = "restore"

[then]
error   = "volume-not-mounted"
finding = [{{ any = ["iscsi-service-stopped"] }}]

[[cure]]
remedy = "start-iscsi-service"
"#
    )
}

const STOPPED: &str = "[[fault]]\nservice-stopped = { name = \"MSiSCSI\" }\n";

/// A fault that does not affect the operation.
const HARMLESS: &str = "[[fault]]\nblocks = { to = [\"www.example.com\"] }\n";
