//! Calling cargo-mutants. It works in the tree itself, so that what is built stays built, and puts each file back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Args;
use crate::fate::Named;

/// Lets cargo-mutants make its mutants and test each. Gives the folder where it has left what became of them.
///
/// # Errors
///
/// When it cannot be started, or leaves nothing.
pub(crate) fn run(args: &Args) -> io::Result<PathBuf> {
    let folder = root().join("target/mutants-of-the-core");
    fs::create_dir_all(&folder)?;
    let profile = if args.sample { "dev" } else { BUILT_FAST };
    test_unmutated(profile)?;
    let mut tool = tool();
    tool.args(["--baseline", "skip", "--profile", profile]);
    // A mutant that loops is given up by the test itself, long before.
    tool.args(["--in-place", "--timeout", "300", "--output"]).arg(&folder);
    if args.sample {
        let (shard, shards) = (commit()? % SAMPLES, SAMPLES);
        tool.args(["--sharding", "round-robin", "--shard", &format!("{shard}/{shards}")]);
    }
    for glob in &args.file {
        tool.args(["--file", glob]);
    }
    if args.sample {
        // Who notices is the page's matter, and a sample writes none.
        tool.args(["--", "--", "--enough", "1"]);
    }
    // Its exit code says whether mutants survived; why, and which may, is ours to say.
    let status = tool.status()?;
    match status.code() {
        Some(ALL_CAUGHT | SOME_MISSED | SOME_TIMED_OUT) => Ok(folder),
        _ => Err(io::Error::other(format!("`cargo mutants` did not come to its end: {status}"))),
    }
}

/// What fails without a mutant would catch them all. cargo-mutants looks for a package's tests in the package.
fn test_unmutated(profile: &str) -> io::Result<()> {
    let test = ["test", "--package", "marslab-mutants", "--test", "corpus", "--profile", profile];
    let status = command("cargo").args(test).status()?;
    let failed = || io::Error::other("the corpus is not confirmed with the core as it is");
    status.success().then_some(()).ok_or_else(failed)
}

/// Every mutant that there is.
///
/// # Errors
///
/// When cargo-mutants cannot be started.
pub(crate) fn list() -> io::Result<Vec<Named>> {
    let told = tool().args(["--list", "--json"]).output()?;
    if !told.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&told.stderr).into_owned()));
    }
    Ok(serde_json::from_slice(&told.stdout)?)
}

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn tool() -> Command {
    let mut tool = command("cargo");
    tool.args(["mutants", "--package", "marslab-core"]);
    tool
}

/// The beginning of the commit's name, as a number: each commit has another sample.
fn commit() -> io::Result<u64> {
    let told = command("git").args(["rev-parse", "HEAD"]).output()?;
    let name = String::from_utf8_lossy(&told.stdout);
    let number = name.get(..8).and_then(|start| u64::from_str_radix(start, 16).ok());
    number.ok_or_else(|| io::Error::other("a sample depends on the commit, and `git` tells none"))
}

#[expect(clippy::disallowed_methods, reason = "no subject is started here: only cargo and git")]
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// One of so many parts is a sample: 16 of the 770 mutants that the core has today.
const SAMPLES: u64 = 48;

/// The profile in which all but the core is optimised: it pays from a few dozen mutants on.
const BUILT_FAST: &str = "mutants";

/// Exit codes of cargo-mutants.
const ALL_CAUGHT: i32 = 0;
const SOME_MISSED: i32 = 2;
const SOME_TIMED_OUT: i32 = 3;
