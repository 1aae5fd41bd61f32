//! backup: a job, started by hand or by the schedule (mars-facts E3, E6, 5.5).

use jiff::Timestamp;
use marslab_model::WinPath;
use marslab_model::host::{FileError, HostError as _};

use super::{Agent, Failure};
use crate::config::Registration;
use crate::engine;
use crate::events::AgentEvent;
use crate::files::append;
use crate::items::{self, Examined};
use crate::jobs::{Job, JobState};
use crate::key::KeyFile;
use crate::log::Progress;
use crate::messages::{Message, ScratchError};
use crate::random::random;
use crate::scratch;
use crate::step::Step;
use crate::step_error::{StepError, win32};

/// Runs a job that was started by hand.
pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    agent.call_engine()?;
    let machine = agent.registration()?;
    agent.enter(Step::TakeSnapshot);
    let taken = agent.host.take_snapshot(&items::volumes(agent.host));
    taken.map_err(|error| Failure::new(Message::SnapshotNotTaken, error.into()))?;
    job(agent, &machine).await
}

/// Runs a job. It leaves events and an entry in the history, whether it succeeds or not.
pub(crate) async fn job(agent: &mut Agent<'_>, machine: &Registration) -> Result<(), Failure> {
    agent.enter(Step::BeginJob);
    let start = agent.now();
    AgentEvent::BackupStarted.record(agent.host);
    agent.in_job = true;
    agent.progress(Progress::PrebackupStarted);
    let examined = back_up(agent, machine).await.inspect_err(|failure| {
        AgentEvent::BackupFailed.record(agent.host);
        record(agent, start, 0, JobState::Aborted(failure));
    })?;
    agent.in_job = false;
    agent.progress(Progress::Succeeded);
    let Some((path, error)) = examined.left_out.first() else {
        AgentEvent::BackupCompleted.record(agent.host);
        record(agent, start, examined.bytes, JobState::Completed);
        return Ok(());
    };
    AgentEvent::BackupCompletedWithWarnings.record(agent.host);
    list_left_out(agent, &examined.left_out);
    let error = StepError::LeftOut { path: path.clone(), error: *error };
    let failure = Failure::new(Message::CompletedWithWarnings { code: error.hresult() }, error)
        .at(Step::ReadItems);
    record(agent, start, examined.bytes, JobState::CompletedWithWarning(&failure));
    Err(failure)
}

/// Refuses a job because another one is in progress.
pub(crate) fn refuse(agent: &Agent<'_>) -> Failure {
    agent.enter(Step::BeginJob);
    let failure = Failure::new(Message::AnotherJob, StepError::AnotherJob);
    record(agent, agent.now(), 0, JobState::Aborted(&failure));
    failure
}

async fn back_up(agent: &mut Agent<'_>, machine: &Registration) -> Result<Examined, Failure> {
    let host = agent.host;
    agent.start_engine().map_err(Failure::connection)?;
    agent.progress(Progress::PrebackupFinished);
    agent.progress(Progress::StorageStarted);
    let service = agent.service(machine).await?;
    let (key, examined) = prepare(agent)?;
    agent.progress(Progress::StorageFinished);
    agent.progress(Progress::TransferStarted);
    let job = (examined.bytes, key.verifier.as_str());
    agent.enter(Step::SendBackup);
    let sent = service.back_up(&machine.machine_id, &host.full_name(), job).await;
    sent.map_err(|error| Failure::refused(message_of(&error), error))?;
    agent.progress(Progress::TransferFinished);
    Ok(examined)
}

/// Reads the key and the selected files, and takes the space for the metadata.
fn prepare(agent: &Agent<'_>) -> Result<(KeyFile, Examined), Failure> {
    let host = agent.host;
    let passphrase = |error| Failure::new(Message::PassphraseNotConfigured, error);
    agent.enter(Step::FindPassphrase);
    if !scratch::has_passphrase(host) {
        return Err(Failure::new(Message::PassphraseNotSet, StepError::NoPassphrase));
    }
    agent.enter(Step::FindScratchFolder);
    let folder = scratch::agreed(host).map_err(passphrase)?;
    agent.enter(Step::OpenKey);
    let key = scratch::key(host, &folder).map_err(passphrase)?;
    agent.enter(Step::ReadItems);
    let examined = items::examine(host).map_err(|error| {
        let is_empty = matches!(error, StepError::NoItems);
        let message = if is_empty { Message::NoItems } else { Message::CompletedWithErrors };
        Failure::new(message, error)
    })?;
    let share = scratch::share(examined.bytes, agent.limits.scratch_percent);
    if engine::names_scratch_errors(host, agent.limits) {
        let of_checksums =
            |error| Failure::new(Message::Scratch(ScratchError::ChecksumStore), error);
        agent.enter(Step::UpdateChecksums);
        scratch::update_checksums(host, &folder, &examined.files).map_err(of_checksums)?;
        agent.enter(Step::ReserveScratchSpace);
        scratch::prepare(host, &folder, share).map_err(of_metadata)?;
    } else {
        agent.enter(Step::ReserveScratchSpace);
        scratch::prepare(host, &folder, share).map_err(passphrase)?;
    }
    Ok((key, examined))
}

/// The failure of a newer agent that cannot store the metadata (mars-facts 1.9).
fn of_metadata(error: StepError) -> Failure {
    let is_full = matches!(error, StepError::File { error: FileError::DiskFull, .. });
    let scratch = if is_full { ScratchError::LowDiskSpace } else { ScratchError::Vhd };
    Failure::new(Message::Scratch(scratch), error)
}

/// Lists the files that were left out in a text file (mars-facts 1.9); its lines are the lab's own †.
fn list_left_out(agent: &Agent<'_>, left_out: &[(WinPath, FileError)]) {
    let code = |error: FileError| win32(error.number());
    let lines = left_out.iter().map(|(path, error)| format!("{path}\t0x{:08x}", code(*error)));
    let now = agent.now().strftime("%-m_%-d_%Y");
    let name = format!("{}_{now}", hex::encode(random::<3>(agent.host)));
    let file = agent.places.failed_files(&name);
    append(agent.host, &file, lines.collect(), FAILED_FILES_BYTES_MAX);
}

/// The message for a refusal of the service.
fn message_of(error: &StepError) -> Message {
    if error.has_code("NotActivated") {
        Message::NotConfigured
    } else if error.has_code("KeyDiffers") {
        Message::PassphraseNotConfigured
    } else if error.has_code("ResourceNotProvisioned") {
        Message::NotProvisioned
    } else {
        Message::CompletedWithErrors
    }
}

fn record(agent: &Agent<'_>, start: Timestamp, bytes: u64, state: JobState<'_>) {
    Job { start, end: agent.now(), bytes, state }.record(agent.host, &agent.places);
}

/// Room for some thousand files.
const FAILED_FILES_BYTES_MAX: usize = 256 << 10;
