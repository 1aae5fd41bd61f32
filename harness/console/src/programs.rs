//! Windows' own programs, by name.

use async_trait::async_trait;

use super::line::{stages, words};
use super::{Console, Machine, Printed};

mod hostname;
mod whoami;

/// A program.
#[async_trait]
trait Program: Sync {
    /// Its name, without `.exe`.
    fn name(&self) -> &'static str;

    /// Runs it with what stands after its name.
    async fn run(&self, console: &mut Console, machine: Machine<'_>, args: &[String]) -> Printed;
}

const PROGRAMS: &[&dyn Program] = &[&hostname::Hostname, &whoami::Whoami];

/// The names of all programs.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    PROGRAMS.iter().map(|program| program.name())
}

/// Runs a line of `cmd.exe`.
pub(crate) async fn run(console: &mut Console, machine: Machine<'_>, line: &str) -> Printed {
    let stages = stages(line);
    let Some((name, args)) = stages.first().map(|first| words(first)).and_then(split) else {
        return Printed::default();
    };
    let base = name.strip_suffix(".exe").unwrap_or(&name);
    match PROGRAMS.iter().find(|program| program.name().eq_ignore_ascii_case(base)) {
        Some(program) => program.run(console, machine, &args).await,
        None => Printed::failed(NOT_FOUND, unknown(&name)),
    }
}

fn split(words: Vec<String>) -> Option<(String, Vec<String>)> {
    let mut words = words.into_iter();
    Some((words.next()?, words.collect()))
}

fn unknown(name: &str) -> String {
    format!(
        "'{name}' is not recognized as an internal or external command,\noperable program or batch file.\n"
    )
}

/// `ERRORLEVEL` where there is no such program.
const NOT_FOUND: u32 = 9009;
