//! The command `marslab`, as it is typed.
#![expect(clippy::unwrap_used, reason = "a test ends where its preparations fail")]

use std::path::{Path, PathBuf};
use std::str::from_utf8;

use snapbox::cmd::Command;
use tempfile::TempDir;

mod ask;
mod bad_files;
mod picture;
mod repeat;
mod reports;
mod run;
mod session;

/// The command, without the settings of whoever runs the tests.
fn marslab() -> Command {
    let plain = Command::new(env!("CARGO_BIN_EXE_marslab"));
    plain.env_remove("CLICOLOR_FORCE").env_remove("RUST_BACKTRACE").env("NO_COLOR", "1")
}

/// What a command wrote, and its exit code.
struct Done {
    code: i32,
    out: String,
    err: String,
}

#[track_caller]
fn done(arguments: &[&str]) -> Done {
    finished(marslab().args(arguments))
}

#[track_caller]
fn finished(command: Command) -> Done {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| from_utf8(bytes).unwrap().to_owned();
    // A signal has no code.
    let code = output.status.code().unwrap_or(-1);
    Done { code, out: text(&output.stdout), err: text(&output.stderr) }
}

impl Done {
    #[track_caller]
    fn code(self, code: i32) -> Self {
        let Self { out, err, .. } = &self;
        assert_eq!(self.code, code, "\n--- stdout\n{out}\n--- stderr\n{err}");
        self
    }

    #[track_caller]
    fn out_has(self, part: &str) -> Self {
        assert!(self.out.contains(part), "no {part:?} in stdout:\n{}", self.out);
        self
    }

    #[track_caller]
    fn err_has(self, part: &str) -> Self {
        assert!(self.err.contains(part), "no {part:?} in stderr:\n{}", self.err);
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

    /// Writes a file, and gives its path as it is typed.
    fn with(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        typed(&path)
    }
}

fn typed(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// The documented failures that have no scenario yet; none, one day.
fn uncovered() -> Vec<String> {
    let listed = done(&["list", "scenarios"]).code(0).out;
    let shown = |failure: &str| done(&["show", "failure", failure]).code(0).out;
    let coverage = done(&["coverage"]).code(0).out;
    let missing = coverage.split("failure, not covered").nth(1).unwrap_or_default();
    let ids = missing.lines().skip(1).take_while(|line| line.starts_with("  "));
    let ids = ids.filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    ids.filter(|id| !listed.contains(id) && !shown(id).contains("scenarios:")).collect()
}

/// A good scenario, with this between its head and its operation.
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

/// A fault that nobody minds.
const HARMLESS: &str = "[[fault]]\nblocks = { to = [\"www.example.com\"] }\n";
