//! Calling cargo-mutants. It works in the tree itself, so that what is built stays built, and puts each file back.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::Args;
use crate::fate::{self, Fate, Mutant, Named};
use crate::target::{Plan, Stage, Target};

/// Lets cargo-mutants make its mutants, and the tests of each stage try those that survived the stage before. Gives what
/// became of them.
///
/// # Errors
///
/// When it cannot be started, or leaves nothing.
pub(crate) fn run(target: Target, args: &Args) -> io::Result<Vec<Mutant>> {
    let plan = target.plan();
    let mut mutants: Vec<Mutant> = Vec::new();
    for (number, stage) in plan.stages.iter().enumerate() {
        let folder = format!("target/mutants-of/{}/{number}", target.name());
        let folder = root().join(folder);
        fs::create_dir_all(&folder)?;
        let mut tool = tool(&plan, &args.file);
        if number == 0 {
            if let Some(part) = part(&plan, args)? {
                tool.args(["--sharding", "round-robin", "--shard", &part]);
            }
        } else {
            let (missed, others): (Vec<Mutant>, Vec<Mutant>) =
                mutants.into_iter().partition(|mutant| mutant.fate == Fate::Missed);
            mutants = others;
            if missed.is_empty() {
                break;
            }
            tool.args(missed.iter().map(|mutant| format!("--re=^{}$", escaped(&mutant.name))));
        }
        try_all(tool, stage, args, &folder)?;
        mutants.extend(fate::read(&folder)?);
    }
    Ok(mutants)
}

/// Lets the tests of a stage try what cargo-mutants was told to make.
fn try_all(mut tool: Command, stage: &Stage, args: &Args, folder: &Path) -> io::Result<()> {
    let profile = if args.sample { "dev" } else { BUILT_FAST };
    test_unmutated(stage, profile)?;
    tool.args(["--baseline", "skip", "--profile", profile]);
    // Other flags for the compiler would have everything built anew.
    tool.args(["--cap-lints", "false"]);
    for package in stage.packages {
        tool.args(["--test-package", package]);
    }
    if stage.packages.is_empty() {
        tool.args(["--test-workspace", "true"]);
    }
    for word in stage.arguments {
        // In both phases, so that a mutant that does not compile is seen as such.
        tool.arg(format!("--cargo-arg={word}"));
    }
    // A mutant that loops is given up by the corpus itself, long before.
    tool.args(["--in-place", "--timeout", "300", "--output"]).arg(folder);
    if args.sample {
        // Who notices is the page's matter, and a sample writes none.
        tool.env("MARSLAB_ENOUGH", "1");
    }
    // Its exit code says whether mutants survived; why, and which may, is ours to say.
    let status = tool.status()?;
    match status.code() {
        Some(ALL_CAUGHT | SOME_MISSED | SOME_TIMED_OUT) => Ok(()),
        _ => Err(io::Error::other(format!("`cargo mutants` did not come to its end: {status}"))),
    }
}

/// A name as a regular expression that fits only that.
fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for c in name.chars() {
        if r"\.+*?()|[]{}^$".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Which part of the mutants is made, `K/N`; none where all are.
fn part(plan: &Plan, args: &Args) -> io::Result<Option<String>> {
    if args.sample {
        let (number, samples) = (tried(plan)? % plan.samples, plan.samples);
        return Ok(Some(format!("{number}/{samples}")));
    }
    Ok(args.part.clone())
}

/// What fails without a mutant would catch them all. cargo-mutants looks for a package's tests in the package.
fn test_unmutated(stage: &Stage, profile: &str) -> io::Result<()> {
    let mut tests = command("cargo");
    tests.args(["test", "--profile", profile]);
    if stage.packages.is_empty() {
        tests.arg("--workspace");
    }
    tests.args(stage.packages.iter().flat_map(|package| ["--package", package]));
    let status = tests.args(stage.arguments).status()?;
    let failed = || io::Error::other("the tests fail before anything is mutated");
    status.success().then_some(()).ok_or_else(failed)
}

/// Every mutant that there is.
///
/// # Errors
///
/// When cargo-mutants cannot be started.
pub(crate) fn list(target: Target) -> io::Result<Vec<Named>> {
    let told = tool(&target.plan(), &[]).args(["--list", "--json"]).output()?;
    if !told.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&told.stderr).into_owned()));
    }
    Ok(serde_json::from_slice(&told.stdout)?)
}

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// cargo-mutants, with what it mutates: these files, or all of the plan.
fn tool(plan: &Plan, files: &[String]) -> Command {
    let mut tool = command("cargo");
    tool.args(["mutants", "--no-config"]);
    for package in plan.packages {
        tool.args(["--package", package]);
    }
    for glob in plan.not {
        tool.args(["--exclude", glob]);
    }
    for glob in files {
        tool.args(["--file", glob]);
    }
    if files.is_empty() {
        tool.args(plan.files.iter().flat_map(|glob| ["--file", glob]));
    }
    tool
}

/// A number that follows from what is mutated: who changes it gets another sample, and who explains a survivor the same.
fn tried(plan: &Plan) -> io::Result<u64> {
    let folders = plan
        .packages
        .iter()
        .map(|name| format!("HEAD:harness/{}", name.trim_start_matches("marslab-")));
    let told = command("git").arg("rev-parse").args(folders).output()?;
    let name = String::from_utf8_lossy(&told.stdout);
    let number = name.get(..8).and_then(|start| u64::from_str_radix(start, 16).ok());
    number.ok_or_else(|| {
        io::Error::other("a sample depends on the code's version, and `git` tells none")
    })
}

#[expect(clippy::disallowed_methods, reason = "no subject is started here: only cargo and git")]
fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The profile in which all but what is mutated is optimised: it pays from a few dozen mutants on.
const BUILT_FAST: &str = "mutants";

/// Exit codes of cargo-mutants.
const ALL_CAUGHT: i32 = 0;
const SOME_MISSED: i32 = 2;
const SOME_TIMED_OUT: i32 = 3;

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_name_fits_itself() {
        let name = "a/b.rs:1:2: replace Vec<u8> -> Self with vec![]";
        assert_eq!(escaped(name), r"a/b\.rs:1:2: replace Vec<u8> -> Self with vec!\[\]");
    }
}
