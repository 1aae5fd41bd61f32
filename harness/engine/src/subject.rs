//! A subject that is a program: it reads the complaint from standard input, inspects the machine through the door, and
//! writes its diagnosis to standard output.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis};
use thiserror::Error;

use crate::door::Door;
use crate::process::{self, Ended, Limits, Program};
use crate::subject_runner::SubjectRunner;
use marslab_live::Live;

/// A program in any language.
#[derive(Clone, Debug)]
pub struct CommandSubject {
    text: String,
    program: String,
    arguments: Vec<String>,
    limits: Limits,
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
    pub fn new(command: &str, limits: Limits) -> Result<Self, CommandError> {
        let words = shell_words::split(command);
        let words = words.map_err(|_open| CommandError::OpenQuote(command.to_owned()))?;
        let (program, arguments) = words.split_first().ok_or(CommandError::Empty)?;
        Ok(Self {
            text: command.to_owned(),
            program: program.clone(),
            arguments: arguments.to_vec(),
            limits,
        })
    }
}

impl CommandSubject {
    /// Starts the program once, and stops it at once: whether it can be started at all.
    pub async fn test_start(&self) -> std::io::Result<()> {
        let limits = Limits { time: Duration::ZERO, ..self.limits };
        let nothing = Path::new("").as_os_str();
        let program = Program {
            path: &self.program,
            arguments: &self.arguments,
            variable: (HOST_VARIABLE, nothing),
            input: b"",
        };
        process::run(program, &limits).await.map(drop)
    }

    /// The program.
    pub fn program(&self) -> &str {
        &self.program
    }
}

#[async_trait]
impl SubjectRunner for CommandSubject {
    fn name(&self) -> String {
        self.text.clone()
    }

    async fn diagnose(
        &self,
        complaint: &Complaint,
        live: &Live,
    ) -> Result<Diagnosis, SubjectError> {
        let not_started = |error: std::io::Error| SubjectError::NotStarted(error.to_string());
        let door = Door::open(live).await.map_err(not_started)?;
        let input = serde_json::to_vec(complaint)
            .map_err(|error| SubjectError::NotStarted(error.to_string()))?;
        let program = Program {
            path: &self.program,
            arguments: &self.arguments,
            variable: (HOST_VARIABLE, door.path().as_os_str()),
            input: &input,
        };
        match process::run(program, &self.limits).await.map_err(not_started)? {
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
