//! Calling cargo-mutants. It works in the tree itself, so that what is built stays built, and puts each file back.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fate::{self, Fate, Mutant};
use crate::listed::Listed;
use crate::target::{Plan, Stage, Target};

/// Lets cargo-mutants make these mutants one by one, each with a build of its own, and the tests of each stage try those that
/// survived the stage before. Gives what became of them.
///
/// # Errors
///
/// When it cannot be started, or leaves nothing.
pub(crate) fn run(target: Target, listed: &[Listed]) -> io::Result<Vec<Mutant>> {
    let plan = target.plan();
    let mut names: Vec<String> = listed.iter().map(|it| it.name.clone()).collect();
    let mut mutants: Vec<Mutant> = Vec::new();
    for (number, stage) in plan.stages.iter().enumerate() {
        if names.is_empty() {
            break;
        }
        let folder = format!("target/mutants-of/{}-alone/{number}", target.name());
        let folder = root().join(folder);
        fs::create_dir_all(&folder)?;
        let mut tool = tool(&plan, &[]);
        tool.args(names.iter().map(|name| format!("--re=^{}$", escaped(name))));
        try_all(tool, stage, &folder)?;
        // It also makes each that leaves out a field, whatever it is told.
        let made = fate::read(&folder)?.into_iter();
        mutants.extend(made.filter(|mutant| names.contains(&mutant.name)));
        if number + 1 < plan.stages.len() {
            let (missed, others): (Vec<Mutant>, Vec<Mutant>) =
                mutants.into_iter().partition(|mutant| mutant.fate == Fate::Missed);
            mutants = others;
            names = missed.into_iter().map(|mutant| mutant.name).collect();
        }
    }
    Ok(mutants)
}

/// Lets the tests of a stage try what cargo-mutants was told to make.
fn try_all(mut tool: Command, stage: &Stage, folder: &Path) -> io::Result<()> {
    test_unmutated(stage)?;
    // Other flags for the compiler would have everything built anew.
    tool.args(["--baseline", "skip", "--profile", "dev", "--cap-lints", "false"]);
    for package in stage.packages {
        tool.args(["--test-package", package]);
    }
    for word in stage.arguments {
        // In both phases, so that a mutant that does not compile is seen as such.
        tool.arg(format!("--cargo-arg={word}"));
    }
    // A mutant that loops is given up by the corpus itself, long before.
    tool.args(["--in-place", "--timeout", "300", "--output"]).arg(folder);
    tool.args(["--", "--"]).args(stage.filter);
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

/// What fails without a mutant would catch them all. cargo-mutants looks for a package's tests in the package.
fn test_unmutated(stage: &Stage) -> io::Result<()> {
    let mut tests = command("cargo");
    tests.arg("test").args(stage.packages.iter().flat_map(|package| ["--package", package]));
    let status = tests.args(stage.arguments).arg("--").args(stage.filter).status()?;
    let failed = || io::Error::other("the tests fail before anything is mutated");
    status.success().then_some(()).ok_or_else(failed)
}

/// Every mutant that there is in these files; in all of the target's where none is named.
///
/// # Errors
///
/// When cargo-mutants cannot be started.
pub(crate) fn list(target: Target, files: &[String]) -> io::Result<Vec<Listed>> {
    let listed = told(tool(&target.plan(), files).args(["--list", "--json"]))?;
    Ok(serde_json::from_str(&listed)?)
}

/// Some of the mutants: others after each change of what is mutated, and the same for who explains a survivor.
///
/// # Errors
///
/// When git does not answer.
pub(crate) fn sample(target: Target, mut listed: Vec<Listed>) -> io::Result<Vec<Listed>> {
    let plan = target.plan();
    let turn = usize::try_from(tried(&plan)?).unwrap_or_default();
    let mut number = turn % plan.samples;
    listed.retain(|_| {
        number += 1;
        number.is_multiple_of(plan.samples)
    });
    Ok(listed)
}

/// Every file of the workspace, but those that git ignores.
///
/// # Errors
///
/// When git does not answer.
pub(crate) fn files() -> io::Result<BTreeSet<PathBuf>> {
    let names = told(command("git").args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    Ok(names.split_terminator('\0').map(PathBuf::from).collect())
}

/// What a program says that ends well.
fn told(program: &mut Command) -> io::Result<String> {
    let output = program.output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let failed = || io::Error::other(text(&output.stderr));
    output.status.success().then(|| text(&output.stdout)).ok_or_else(failed)
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
        io::Error::other("`git` does not tell the version of the code, on which the sample depends")
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "no subject is started here: only cargo, git and tests"
)]
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

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
