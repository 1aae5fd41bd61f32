//! A subject that is a program: it reads the complaint from standard input, inspects the machine through the door, and
//! writes its diagnosis to standard output.
//!
//! Each ask starts it anew in an empty folder and with a cleared environment, so that nothing that it is given names the
//! scenario, and nothing that it left in its folders reaches the next ask. That is not a sandbox: the program can use its
//! user's files, see other processes and use the network. Who starts it in a container declares that
//! ([`CommandSubject::with_isolation`]).

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis};
use thiserror::Error;

use crate::door::Door;
use crate::process::{self, Ended, Limits, Program};
use crate::subject_runner::{Isolation, SubjectRunner};
use marslab_live::Live;
use scratch::Scratch;

pub use caller::Caller;
pub use environment::{Environment, VariableError};

mod caller;
mod environment;
mod scratch;

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
}

/// Why a command cannot be split.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CommandError {
    /// A quote is not closed.
    #[error("unclosed quote in the subject's command: `{0}`")]
    OpenQuote(String),
    /// The command is empty.
    #[error("the subject's command is empty")]
    Empty,
}

impl CommandSubject {
    /// Splits a command on whitespace with POSIX shell quoting. No shell is run.
    ///
    /// What it names in the caller's folder becomes absolute, since it is started in another: the program if it is a path,
    /// and each argument that is the name of a file or the path of something that is there.
    pub fn new(command: &str, caller: &Caller, limits: Limits) -> Result<Self, CommandError> {
        let words = shell_words::split(command);
        let words = words.map_err(|_open| CommandError::OpenQuote(command.to_owned()))?;
        let (program, arguments) = words.split_first().ok_or(CommandError::Empty)?;
        Ok(Self {
            text: command.to_owned(),
            program: caller.program(program),
            arguments: arguments.iter().map(|word| caller.argument(word)).collect(),
            environment: Environment::of(caller),
            temp: caller.temp.clone(),
            limits,
            isolation: Isolation::NotIsolated,
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

    /// Starts the program once, and stops it at once: whether it can be started at all.
    pub async fn test_start(&self) -> io::Result<()> {
        let limits = Limits { time: Duration::ZERO, ..self.limits };
        self.run(Path::new(""), b"", &limits).await.map(drop)
    }

    /// The program.
    pub fn program(&self) -> &OsStr {
        &self.program
    }

    /// Runs the program in folders of its own, which are gone when this returns.
    async fn run(&self, door: &Path, input: &[u8], limits: &Limits) -> io::Result<Ended> {
        let scratch = Scratch::new_in(&self.temp)?;
        let program = Program {
            path: &self.program,
            arguments: &self.arguments,
            folder: scratch.work(),
            environment: &self.environment.for_ask(door, scratch.temp()),
            input,
        };
        process::run(program, limits).await
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
        live: &Live,
    ) -> Result<Diagnosis, SubjectError> {
        let not_started = |error: io::Error| SubjectError::NotStarted(error.to_string());
        let door = Door::open(live).await.map_err(not_started)?;
        let input = serde_json::to_vec(complaint)
            .map_err(|error| SubjectError::NotStarted(error.to_string()))?;
        let ended = self.run(door.path(), &input, &self.limits).await;
        match ended.map_err(not_started)? {
            Ended::Well { output } => read_diagnosis(&output),
            Ended::Badly { status, stderr } => Err(SubjectError::Crashed { status, stderr }),
            Ended::TimedOut => Err(SubjectError::TimedOut { seconds: self.limits.time.as_secs() }),
            Ended::TooMuchOutput => {
                Err(SubjectError::TooMuchOutput { bytes: self.limits.output_bytes_max })
            }
        }
    }
}

/// Reads what a subject wrote.
pub fn read_diagnosis(output: &[u8]) -> Result<Diagnosis, SubjectError> {
    let unreadable = |reason: String| SubjectError::Unreadable { reason };
    if output.iter().all(u8::is_ascii_whitespace) {
        return Err(unreadable("standard output is empty".to_owned()));
    }
    let diagnosis: Diagnosis =
        serde_json::from_slice(output).map_err(|error| unreadable(error.to_string()))?;
    if diagnosis.version != Diagnosis::VERSION {
        let (seen, known) = (diagnosis.version, Diagnosis::VERSION);
        return Err(unreadable(format!("unsupported version {seen}; expected {known}")));
    }
    Ok(diagnosis)
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
