//! `run` where a process may have few files open. Only systems with `ulimit` can lower that.
#![cfg(unix)]

use snapbox::cmd::Command;

use crate::output_of;

/// A shell lowers the limit for good, so that the command cannot raise it again.
#[test]
fn as_many_plays_go_on_as_there_are_files_for() {
    let within = |files: u32| {
        let line = format!("ulimit -n {files}; exec \"$0\" run --jobs 12 iscsi");
        Command::new("sh").args(["-c", &line, env!("CARGO_BIN_EXE_marslab")]).env("NO_COLOR", "1")
    };
    output_of(within(64)).code(0).stdout_has(" confirmed\n");
    let refused = output_of(within(40)).code(70);
    refused
        .stderr_has(
            "error: this process may have 40 files open, and a play on `loopback` needs up to 64",
        )
        .stderr_has("\nhint: raise the limit, such as with `ulimit -n 256`\n");
}
