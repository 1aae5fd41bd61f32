//! A subject that is a program: it reads the complaint from standard input, inspects the machine through the door, and
//! writes its diagnosis to standard output.
//!
//! Each ask starts it anew in an empty folder and with a cleared environment, so that nothing that it is given names the
//! scenario, and nothing that it left in its folders reaches the next ask. That is not a sandbox: the program can use its
//! user's files, see other processes and use the network. Who starts it in a container declares that
//! ([`CommandSubject::with_isolation`]). A program that answers many asks is a [`ServedSubject`].

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis};
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::door::{Door, DoorFile};
use crate::process::{self, Ended, Limits, Program};
use crate::subject_runner::{Isolation, SubjectRunner};
use crate::trace::TracedLive;
use crate::words;
use mcp::McpFiles;
use scratch::Scratch;

pub use caller::Caller;
pub use environment::{Environment, VariableError};
pub use served::{PLAYS_PER_PROCESS, ServedSubject};

mod caller;
mod environment;
mod mcp;
mod scratch;
mod served;

/// A program in any language.
#[derive(Clone, Debug)]
pub struct CommandSubject {
    text: String,
    program: OsString,
    arguments: Vec<OsString>,
    environment: Environment,
    /// Where its folders are made.
    temp: PathBuf,
    limits: Limits,
    isolation: Isolation,
    /// The program of the lab that serves its tools to an AI agent.
    mcp: Option<PathBuf>,
}

/// What a program left.
struct Ran {
    ended: Ended,
    /// The end of what it wrote to standard error.
    stderr: String,
    submitted: Option<Vec<u8>>,
}

/// Why a command cannot be split.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CommandError {
    /// A quote is not closed.
    #[error("unclosed quote in the subject's command: `{0}`")]
    OpenQuote(String),
    /// The command is empty.
    #[error("the subject's command is empty")]
    Empty,
}

impl CommandSubject {
    /// Splits a command into [`words`]. No shell is run.
    ///
    /// What it names in the caller's folder becomes absolute, since it is started in another: the program if it is a path,
    /// and each argument that is the name of a file or the path of something that is there.
    pub fn new(command: &str, caller: &Caller, limits: Limits) -> Result<Self, CommandError> {
        let words = words::split(command);
        let words = words.ok_or_else(|| CommandError::OpenQuote(command.to_owned()))?;
        let (program, arguments) = words.split_first().ok_or(CommandError::Empty)?;
        Ok(Self {
            text: command.to_owned(),
            program: caller.program(program),
            arguments: arguments.iter().map(|word| caller.argument(word)).collect(),
            environment: Environment::of(caller),
            temp: caller.temp.clone(),
            limits,
            isolation: Isolation::NotIsolated,
            mcp: None,
        })
    }

    /// Sets the environment of the program.
    #[must_use]
    pub fn with_environment(self, environment: Environment) -> Self {
        Self { environment, ..self }
    }

    /// Declares whether the command isolates its program.
    #[must_use]
    pub fn with_isolation(self, isolation: Isolation) -> Self {
        Self { isolation, ..self }
    }

    /// Sets the program of the lab, `marslab`. Where the command has `{mcp}`, it gets the path of a configuration that names
    /// `marslab mcp` as a server of tools, and what is submitted there is its diagnosis unless it writes one.
    #[must_use]
    pub fn with_mcp(self, marslab: impl Into<PathBuf>) -> Self {
        Self { mcp: Some(marslab.into()), ..self }
    }

    /// Whether the command has `{mcp}`.
    pub fn names_mcp(&self) -> bool {
        self.arguments.iter().any(mcp::is_named_in)
    }

    /// Starts the program once, and stops it at once: whether it can be started at all.
    pub async fn test_start(&self) -> io::Result<()> {
        let limits = Limits { time: Duration::ZERO, ..self.limits };
        let scratch = Scratch::new_in(&self.temp)?;
        let environment = self.environment.in_folder(scratch.temp(), None);
        let program = self.program_in(&scratch, &environment);
        process::run(program, b"", &limits).await.map(drop)
    }

    /// The program.
    pub fn program(&self) -> &OsStr {
        &self.program
    }

    /// Asks the program about the machine behind a door. Returned is also the end of what it wrote to standard error, unless the
    /// error has it.
    pub async fn ask(
        &self,
        complaint: &Complaint,
        door: &DoorFile,
    ) -> (Result<Diagnosis, SubjectError>, String) {
        let input = serde_json::to_vec(complaint).map_err(io::Error::from);
        let ran = match input {
            Ok(input) => self.run(door, &input).await,
            Err(error) => Err(error),
        };
        match ran {
            Ok(Ran { ended, stderr, submitted }) => {
                let is_told = matches!(ended, Ended::Badly { .. });
                let stderr = if is_told { String::new() } else { stderr };
                (self.diagnosis(ended, submitted), stderr)
            }
            Err(error) => (Err(not_started(error)), String::new()),
        }
    }

    /// The diagnosis that a program wrote or submitted.
    fn diagnosis(
        &self,
        ended: Ended,
        submitted: Option<Vec<u8>>,
    ) -> Result<Diagnosis, SubjectError> {
        let written = read_diagnosis(&output_of(Ok(ended), &self.limits)?);
        match (written, submitted) {
            // What agents write besides is meant for people.
            (Err(_), Some(submitted)) => read_diagnosis(&submitted),
            (Err(SubjectError::Unreadable { reason }), None) if self.names_mcp() => {
                Err(unreadable(format!("nothing was submitted, and {reason}")))
            }
            (written, _) => written,
        }
    }

    /// The files that the command names, with the program if that is a path.
    pub fn files(&self) -> Vec<PathBuf> {
        let words = std::iter::once(&self.program).chain(&self.arguments).map(PathBuf::from);
        words.filter(|path| path.is_absolute() && path.is_file()).collect()
    }

    /// Runs the program in folders of its own, which are gone when this returns.
    async fn run(&self, door: &DoorFile, input: &[u8]) -> io::Result<Ran> {
        let scratch = Scratch::new_in(&self.temp)?;
        let door = door.write_in(scratch.path())?;
        let environment = self.environment.in_folder(scratch.temp(), Some(&door));
        let program = self.program_in(&scratch, &environment);
        let Some(marslab) = self.mcp.as_ref().filter(|_| self.names_mcp()) else {
            let (ended, stderr) = process::run(program, input, &self.limits).await?;
            return Ok(Ran { ended, stderr, submitted: None });
        };
        let files = McpFiles::write_in(scratch.path(), marslab, &door, input)?;
        let arguments = files.arguments(&self.arguments);
        let program = Program { arguments: &arguments, ..program };
        let (ended, stderr) = process::run(program, input, &self.limits).await?;
        let submitted = files.submitted(self.limits.output_bytes_max)?;
        Ok(Ran { ended, stderr, submitted })
    }

    fn program_in<'a>(
        &'a self,
        scratch: &'a Scratch,
        environment: &'a BTreeMap<OsString, OsString>,
    ) -> Program<'a> {
        let (path, arguments) = (self.program.as_os_str(), self.arguments.as_slice());
        Program { path, arguments, folder: scratch.work(), environment }
    }
}

#[async_trait]
impl SubjectRunner for CommandSubject {
    fn name(&self) -> String {
        self.text.clone()
    }

    fn isolation(&self) -> Isolation {
        self.isolation
    }

    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &TracedLive<'_>,
    ) -> Result<Diagnosis, SubjectError> {
        let door = Door::open(live).await.map_err(not_started)?;
        let (said, stderr) = self.ask(complaint, door.description()).await;
        live.note_stderr(&stderr);
        said
    }
}

/// What a program wrote that ended well.
fn output_of(ended: io::Result<Ended>, limits: &Limits) -> Result<Vec<u8>, SubjectError> {
    match ended.map_err(not_started)? {
        Ended::Well { output } => Ok(output),
        Ended::Badly { status, stderr } => Err(SubjectError::Crashed { status, stderr }),
        Ended::TimedOut => Err(SubjectError::TimedOut { seconds: limits.time.as_secs() }),
        Ended::TooMuchOutput => Err(SubjectError::TooMuchOutput { bytes: limits.output_bytes_max }),
    }
}

fn not_started(error: impl Display) -> SubjectError {
    SubjectError::NotStarted(error.to_string())
}

/// Reads what a subject wrote.
pub fn read_diagnosis(output: &[u8]) -> Result<Diagnosis, SubjectError> {
    known_version(read_json(output)?)
}

fn read_json<T: DeserializeOwned>(output: &[u8]) -> Result<T, SubjectError> {
    if output.iter().all(u8::is_ascii_whitespace) {
        return Err(unreadable("standard output is empty"));
    }
    serde_json::from_slice(output).map_err(unreadable)
}

fn known_version(diagnosis: Diagnosis) -> Result<Diagnosis, SubjectError> {
    if diagnosis.version != Diagnosis::VERSION {
        let (seen, known) = (diagnosis.version, Diagnosis::VERSION);
        return Err(unreadable(format!("unsupported version {seen}; expected {known}")));
    }
    Ok(diagnosis)
}

fn unreadable(reason: impl Display) -> SubjectError {
    SubjectError::Unreadable { reason: reason.to_string() }
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), output_bytes_max: 1 << 20, stderr_bytes_max: 4 << 10 }
    }
}

/// The variable that names the door's file.
pub const HOST_VARIABLE: &str = "MARSLAB_HOST";

#[cfg(test)]
mod tests;
