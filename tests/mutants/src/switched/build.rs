//! Building the copy with its switches. What does not compile that way loses its switch, and is told.

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde::Deserialize;

use crate::switched::tree::{Mutants, Tree};
use crate::target::Stage;
use crate::tool;

/// Takes the switch from each mutant that does not compile, until the others do.
///
/// # Errors
///
/// When something does not compile that is no mutant's.
pub(crate) fn until_it_compiles(tree: &mut Tree, mutants: &mut Mutants<'_>) -> io::Result<()> {
    let packages: BTreeSet<String> =
        mutants.values().flatten().map(|(_, mutant)| mutant.package.clone()).collect();
    loop {
        let mut check = cargo(tree, "check");
        check.args(packages.iter().flat_map(|it| ["--package", it]));
        let output = check.output()?;
        if output.status.success() {
            return Ok(());
        }
        let suspects = suspects(tree, mutants, &output);
        if suspects.is_empty() {
            return Err(failed(&output));
        }
        for of_file in mutants.values_mut() {
            of_file.retain(|(id, _)| !suspects.contains(id));
        }
        tree.put(mutants)?;
    }
}

/// A program of tests, and the folder in which cargo would start it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program {
    pub(crate) path: PathBuf,
    pub(crate) folder: PathBuf,
    /// Its arguments: which of its tests it runs.
    pub(crate) filter: &'static [&'static str],
}

/// The tests of a stage.
///
/// # Errors
///
/// When they do not compile.
pub(crate) fn tests(tree: &Tree, stage: &Stage) -> io::Result<Vec<Program>> {
    let mut build = cargo(tree, "test");
    build.arg("--no-run").args(stage.packages.iter().flat_map(|it| ["--package", it]));
    let output = build.args(stage.arguments).output()?;
    if !output.status.success() {
        return Err(failed(&output));
    }
    let programs = lines(&output).filter_map(|line| {
        let path = line.executable.filter(|_| line.profile.is_some_and(|it| it.test))?;
        let folder = line.manifest_path.as_deref().and_then(Path::parent)?.to_owned();
        Some(Program { path, folder, filter: stage.filter })
    });
    Ok(programs.collect())
}

fn cargo(tree: &Tree, what: &str) -> std::process::Command {
    let mut cargo = tool::command("cargo");
    cargo.current_dir(tree.root()).args([what, "--release", "--message-format=json"]);
    cargo.args(["--config", "profile.release.strip=false", "--target-dir"]);
    cargo.arg(tool::root().join("target"));
    cargo
}

/// The mutants of which the compiler complains.
fn suspects(tree: &Tree, mutants: &Mutants<'_>, output: &Output) -> BTreeSet<u32> {
    let mut suspects = BTreeSet::new();
    let messages = lines(output).filter_map(|line| line.message);
    for message in messages.filter(|it| it.level == "error") {
        let of_tree = message.spans.iter().filter_map(|at| {
            let file = at.file_name.strip_prefix(tree.root()).unwrap_or(&at.file_name);
            Some((at, file.to_str().filter(|file| mutants.contains_key(file))?))
        });
        let of_tree: Vec<(&At, &str)> = of_tree.collect();
        let mut found: BTreeSet<u32> = BTreeSet::new();
        for (at, file) in &of_tree {
            found.extend(around(tree, file, at.bytes()));
        }
        if found.is_empty() {
            for (at, file) in &of_tree {
                found.extend(of_function(mutants, file, at.line_start));
            }
        }
        suspects.extend(found);
    }
    suspects
}

/// The mutant in whose text this stands.
fn around(tree: &Tree, file: &str, at: Range<usize>) -> Option<u32> {
    let regions = tree.source(file)?.regions.iter();
    let mut around = regions.filter(|(it, _)| it.start <= at.start && at.end <= it.end);
    around.next().map(|(_, id)| *id)
}

/// All mutants of the smallest function around a line: what the compiler says of a whole `match` names none of its arms.
fn of_function(mutants: &Mutants<'_>, file: &str, line: usize) -> Vec<u32> {
    let of_file = mutants.get(file).into_iter().flatten();
    let inside = of_file.filter_map(|(id, mutant)| {
        let lines = mutant.function.as_ref()?.span.lines();
        lines.contains(&line).then_some((lines.len(), *id))
    });
    let inside: Vec<(usize, u32)> = inside.collect();
    let smallest = inside.iter().map(|(lines, _)| *lines).min();
    inside.iter().filter(|(lines, _)| Some(*lines) == smallest).map(|(_, id)| *id).collect()
}

fn failed(output: &Output) -> io::Error {
    let messages = lines(output).filter_map(|line| line.message?.rendered);
    let messages: String = messages.collect();
    let told = String::from_utf8_lossy(&output.stderr);
    io::Error::other(format!("what is no mutant does not compile:\n{messages}{told}"))
}

fn lines(output: &Output) -> impl Iterator<Item = Line> {
    output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok())
}

#[derive(Deserialize)]
struct Line {
    manifest_path: Option<PathBuf>,
    executable: Option<PathBuf>,
    profile: Option<Profile>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    spans: Vec<At>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct At {
    file_name: PathBuf,
    byte_start: usize,
    byte_end: usize,
    line_start: usize,
}

impl At {
    const fn bytes(&self) -> Range<usize> {
        self.byte_start..self.byte_end
    }
}
