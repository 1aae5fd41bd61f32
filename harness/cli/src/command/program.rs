//! A program under test, as `--subject` names it.

use std::time::Duration;

use marslab::process::Limits;
use marslab::room::try_folder;
use marslab::subject::{Caller, CommandSubject};

use crate::args::ProgramArgs;
use crate::error::CliError;

/// The program that a command starts.
pub(super) fn program(command: &str, args: &ProgramArgs) -> Result<CommandSubject, CliError> {
    let time = Duration::from_secs(args.subject_timeout);
    let caller = Caller::of_this_process();
    let environment = caller.environment(&args.subject_env)?;
    let subject = CommandSubject::new(command, &caller, Limits { time, ..Limits::default() })?;
    Ok(subject.with_environment(environment).with_mcp(std::env::current_exe()?))
}

/// Starts it once, so that one that cannot be is told before anything is run.
pub(super) fn test_start(subject: &CommandSubject) -> Result<(), CliError> {
    try_folder(&std::env::temp_dir())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let started = runtime.and_then(|runtime| runtime.block_on(subject.test_start()));
    let program = subject.program().to_string_lossy().into_owned();
    started.map_err(|error| CliError::SubjectNotStarted { program, error })
}
