//! The command line of the simulated Windows, for people who learn on it.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `line` | words, quotes, pipes, as the two shells split them |
//! | `command_line` | what only `cmd.exe` reads: `&&`, `>`, `^`, `%NAME%` |
//! | `variables` | the environment that a window gets |
//! | `program` | what a program is, and what it is called with |
//! | `programs` | Windows' own programs, one file each |
//! | `powershell` | the cmdlets that the articles and the support scripts use, one file each, and their pipes |
//! | `page`, `columns`, `dates`, `numbers` | how Windows prints them |
//! | `files`, `services`, `texts_of` | what several programs ask of files, of services' processes, of a file's bytes |
//! | `web` | HTTP of programs that speak it by themselves |
//! | `wording`, `messages` | texts by language; the messages of Windows' error numbers |
//!
//! Both shells have one prompt: what begins with a cmdlet or a variable is PowerShell's, everything else a program's. All
//! looks and acts go through the host port, as whom the person is signed in; nothing that is typed reaches a shell of the real
//! machine. What Windows has and the lab has not says so.
//!
//! Absent: Worlds, faults, causes, scenarios, files of the real machine.

use std::collections::BTreeMap;

use async_trait::async_trait;
use marslab_model::admin::HostAdmin;
use marslab_model::host::Account;
use marslab_model::{Name, Operation, Outcome, WinPath};

mod columns;
mod command_line;
mod dates;
mod files;
mod line;
mod messages;
mod numbers;
mod page;
mod powershell;
mod program;
mod programs;
mod services;
mod texts_of;
mod variables;
mod web;
mod wording;
mod zones;

pub use programs::{ProgramInfo, programs};

/// What a person sits before: a machine, and the agent's console on it.
#[derive(Clone, Copy)]
pub struct Machine<'a> {
    /// The machine, as its administrator's programs reach it.
    pub host: &'a dyn HostAdmin,
    /// The agent.
    pub agent: &'a dyn Agent,
}

/// What the agent's own commands and buttons do.
#[async_trait]
pub trait Agent: Send + Sync {
    /// Carries out an operation, as its button in the console does.
    async fn operate(&self, operation: Operation) -> Outcome;
}

/// One window of the command line: who sits there, and in which folder.
#[derive(Clone, Debug)]
pub struct Console {
    who: Account,
    folder: WinPath,
    /// The accounts of the windows below this one: `psexec -s cmd` opens one, `exit` closes it.
    outer: Vec<Account>,
    /// The window's own environment, which it gets when its first line is run. Later changes of the machine's do not
    /// reach it, as on Windows.
    environment: Option<BTreeMap<Name, String>>,
    /// How many commands run within each other just now: `psexec -s powershell …`.
    nested: usize,
    /// What PowerShell remembers in it.
    shell: powershell::Session,
}

/// What a line printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Both streams, as they stand in a window; lines end with `\n`.
    pub text: String,
    /// The exit code; of PowerShell 0 or 1 (`$?`).
    pub code: u32,
}

impl Printed {
    /// Success.
    pub(crate) fn ok(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: 0 }
    }

    /// Failure.
    pub(crate) fn failed(code: u32, text: impl Into<String>) -> Self {
        Self { text: text.into(), code }
    }
}

impl Console {
    /// A window in which somebody is signed in.
    pub fn new(who: Account) -> Self {
        let (outer, environment, shell) = (Vec::new(), None, powershell::Session::default());
        Self { who, folder: WinPath::new(r"C:\"), outer, environment, nested: 0, shell }
    }

    /// What stands before the next line: `C:\>`.
    pub fn prompt(&self) -> String {
        format!("{}>", self.folder)
    }

    /// Runs a line. One that is longer than Windows takes (8,191 characters) is refused.
    pub async fn run(&mut self, machine: Machine<'_>, line: &str) -> Printed {
        if line.chars().count() > LINE_MAX {
            return Printed::failed(1, "The input line is too long.\n");
        }
        let line = command_line::without_prompt(line);
        if powershell::is_meant(line) {
            return powershell::run(self, machine, line).await;
        }
        programs::run(self, machine, line).await
    }

    /// The window's environment variables.
    pub(crate) fn variables(&mut self, host: &dyn HostAdmin) -> &mut BTreeMap<Name, String> {
        let who = &self.who;
        self.environment.get_or_insert_with(|| variables::of(host, who))
    }

    /// How an unfinished line may go on: whole words that can stand where its last word stands, sorted.
    pub fn completions(&self, line: &str) -> Vec<String> {
        let start = line.rsplit(['|', ' ']).next().unwrap_or_default();
        let is_first = !line.trim_start().contains(' ');
        let names = programs::names().chain(powershell::names());
        let fits = |name: &&str| {
            is_first && name.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start))
        };
        let mut fitting: Vec<String> = names.filter(fits).map(str::to_owned).collect();
        fitting.sort();
        fitting
    }
}

/// The names of all programs.
pub(crate) fn program_names() -> impl Iterator<Item = &'static str> {
    programs::names()
}

/// Runs one program with what comes through a pipe, as a stage of a pipe of PowerShell.
pub(crate) async fn run_program(
    console: &mut Console,
    machine: Machine<'_>,
    command: &str,
    input: Option<String>,
) -> Printed {
    programs::command(console, machine, command, input).await
}

/// The longest line of `cmd.exe`, in characters (Microsoft's support article 830473).
const LINE_MAX: usize = 8_191;

#[cfg(test)]
mod testing;
