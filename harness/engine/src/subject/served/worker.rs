//! One process that answers asks, and is started anew where it failed to.

use marslab_model::subject::SubjectError;
use marslab_model::{Complaint, Diagnosis};
use serde::{Deserialize, Serialize};

use super::super::scratch::Scratch;
use super::super::{CommandSubject, known_version, not_started, output_of, read_json, unreadable};
use crate::door::DoorFile;
use crate::process::Served;

/// Starts a process when there is none.
pub(super) struct Worker<'a> {
    command: &'a CommandSubject,
    process: Option<Process>,
}

/// A process that has answered all that it was asked.
struct Process {
    served: Served,
    asked: u64,
    _scratch: Scratch,
}

/// A line to a process.
#[derive(Serialize)]
struct Question<'a> {
    /// A number of this process alone: it tells nothing that the process could not count.
    ask: u64,
    complaint: &'a Complaint,
    host: &'a DoorFile,
}

/// A line from a process.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    ask: u64,
    diagnosis: Diagnosis,
}

impl<'a> Worker<'a> {
    pub(super) fn new(command: &'a CommandSubject) -> Self {
        Self { command, process: None }
    }

    /// Asks the process. One that does not answer well is killed, so that it spoils no other ask.
    pub(super) async fn ask(
        &mut self,
        complaint: &Complaint,
        host: &DoorFile,
    ) -> Result<Diagnosis, SubjectError> {
        let mut process = match self.process.take() {
            Some(process) => process,
            None => self.start().map_err(not_started)?,
        };
        process.asked += 1;
        let question = Question { ask: process.asked, complaint, host };
        let mut line = serde_json::to_vec(&question).map_err(not_started)?;
        line.push(b'\n');
        let limits = &self.command.limits;
        let output = output_of(process.served.ask(&line, limits).await, limits);
        let answer = output.and_then(|output| read_answer(&output, process.asked));
        match answer {
            Ok(_) => self.process = Some(process),
            Err(_) => process.served.kill().await,
        }
        answer
    }

    /// Ends the process, if there is one.
    pub(super) async fn end(self) {
        if let Some(process) = self.process {
            process.served.end().await;
        }
    }

    fn start(&self) -> std::io::Result<Process> {
        let scratch = Scratch::new_in(&self.command.temp)?;
        let environment = self.command.environment.in_folder(scratch.temp(), None);
        let served = Served::start(self.command.program_in(&scratch, &environment))?;
        Ok(Process { served, asked: 0, _scratch: scratch })
    }
}

/// Reads the answer to the ask with this number.
pub(super) fn read_answer(output: &[u8], ask: u64) -> Result<Diagnosis, SubjectError> {
    let reply: Reply = read_json(output)?;
    if reply.ask != ask {
        return Err(unreadable(format!("answer to ask {}; expected {ask}", reply.ask)));
    }
    known_version(reply.diagnosis)
}
