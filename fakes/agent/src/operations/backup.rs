//! backup: a job, started by hand or by the schedule (mars-facts E3, E6, 5.5).

use jiff::Timestamp;
use marslab_model::WinPath;

use super::Agent;
use crate::config::{Registration, keep_storage};
use crate::engine;
use crate::events::AgentEvent;
use crate::files::append;
use crate::items::{self, Examined};
use crate::jobs::{Job, JobFailure, JobState};
use crate::key::KeyFile;
use crate::log::Progress;
use crate::random::random;
use crate::scratch;
use crate::service::{Data, Service};
use crate::step::Step;
use crate::step_error::{Skipped, StepError};

/// Runs a job that was started by hand.
pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), StepError> {
    agent.call_engine().await?;
    let machine = agent.registration().await?;
    agent.enter(Step::TakeSnapshot).await?;
    agent.host.take_snapshot(&items::volumes(agent.host))?;
    job(agent, &machine).await
}

/// Runs a job. It leaves events and an entry in the history, whether it succeeds or not.
pub(crate) async fn job(agent: &mut Agent<'_>, machine: &Registration) -> Result<(), StepError> {
    agent.enter(Step::BeginJob).await?;
    let start = agent.now();
    AgentEvent::BackupStarted.record(agent.host);
    agent.in_job = true;
    agent.progress(Progress::PrebackupStarted);
    let examined = back_up(agent, machine).await.inspect_err(|error| {
        AgentEvent::BackupFailed.record(agent.host);
        record(agent, start, 0, JobState::Aborted(failure(agent, error)));
    })?;
    agent.in_job = false;
    agent.progress(Progress::Succeeded);
    let Some(error) = warning(agent, &examined) else {
        AgentEvent::BackupCompleted.record(agent.host);
        record(agent, start, examined.amount.bytes, JobState::Completed);
        return Ok(());
    };
    AgentEvent::BackupCompletedWithWarnings.record(agent.host);
    let warning = JobState::CompletedWithWarning(failure(agent, &error));
    record(agent, start, examined.amount.bytes, warning);
    Err(error)
}

/// What a job is marked with that is in the vault all the same (mars-facts 1.9): the first file that it left out; else that
/// the agent is too old.
fn warning(agent: &Agent<'_>, examined: &Examined) -> Option<StepError> {
    if agent.is_unsupported {
        AgentEvent::UpgradeRequired.record(agent.host);
    }
    let Some((path, why)) = examined.left_out.first() else {
        return agent.is_unsupported.then_some(StepError::UpgradeRequired);
    };
    list_left_out(agent, &examined.left_out);
    Some(StepError::LeftOut { path: path.clone(), why: *why })
}

/// Refuses a job because another one is in progress.
pub(crate) async fn refuse(agent: &Agent<'_>) -> Result<(), StepError> {
    agent.enter(Step::BeginJob).await?;
    let error = StepError::AnotherJob;
    record(agent, agent.now(), 0, JobState::Aborted(failure(agent, &error)));
    Err(error)
}

async fn back_up(agent: &mut Agent<'_>, machine: &Registration) -> Result<Examined, StepError> {
    let host = agent.host;
    agent.start_engine().await?;
    agent.progress(Progress::PrebackupFinished);
    agent.progress(Progress::StorageStarted);
    let service = agent.service(machine).await?;
    let (key, examined) = prepare(agent).await?;
    agent.progress(Progress::StorageFinished);
    agent.progress(Progress::TransferStarted);
    let name = host.full_name();
    let bytes = examined.amount.bytes;
    let data = Data { bytes, verifier: &key.verifier, machine: &name };
    transfer(agent, (&service, &machine.machine_id), &data).await?;
    agent.progress(Progress::TransferFinished);
    Ok(examined)
}

/// Sends a job's data: the service begins the job, a storage account takes the data, and the service closes the job.
async fn transfer(
    agent: &Agent<'_>,
    (service, id): (&Service<'_>, &str),
    data: &Data<'_>,
) -> Result<(), StepError> {
    agent.enter(Step::SendBackup).await?;
    let job = service.begin_job(id, data).await?;
    keep_storage(agent.host, &origin(&job.blob), &origin(&job.queue));
    agent.enter(Step::UploadData).await?;
    service.upload(&job, data).await?;
    agent.enter(Step::NotifyQueue).await?;
    service.notify(&job).await?;
    agent.enter(Step::CloseJob).await?;
    service.close_job(id, &job, data).await
}

/// A URL without its path, which has the right to write there in it.
fn origin(url: &str) -> String {
    url.split_inclusive('/').take(3).collect()
}

/// Reads the key and the selected files, and takes the space for the metadata.
async fn prepare(agent: &Agent<'_>) -> Result<(KeyFile, Examined), StepError> {
    let host = agent.host;
    agent.enter(Step::FindPassphrase).await?;
    if !scratch::has_passphrase(host) {
        return Err(StepError::NoPassphrase);
    }
    agent.enter(Step::FindScratchFolder).await?;
    let folder = scratch::agreed(host)?;
    agent.enter(Step::OpenKey).await?;
    let key = scratch::key(host, &folder)?;
    agent.enter(Step::ReadItems).await?;
    let examined = items::examine(host, engine::unsupported(host, agent.limits))?;
    if engine::keeps_checksums(host, agent.limits) {
        agent.enter(Step::UpdateChecksums).await?;
        scratch::update_checksums(host, &folder, &examined.files)?;
    }
    agent.enter(Step::ReserveScratchSpace).await?;
    scratch::prepare(host, &folder, scratch::metadata(examined.amount, agent.limits))?;
    Ok((key, examined))
}

/// Lists the files that were left out in a text file (mars-facts 1.9). Its first and last line are those that a public script
/// skips; that the code follows the path after a tab is the lab's own †.
fn list_left_out(agent: &Agent<'_>, left_out: &[(WinPath, Skipped)]) {
    let files = left_out.iter().map(|(path, why)| format!("{path}\t0x{:08x}", why.hresult()));
    let head = format!("{FAILED_FILES_HEAD}{}", "-".repeat(46));
    let lines = [head].into_iter().chain(files).chain(["-".repeat(103)]);
    let now = agent.now().strftime("%-m_%-d_%Y");
    let name = format!("{}_{now}", hex::encode(random::<3>(agent.host)));
    let file = agent.places.failed_files(&name);
    append(agent.host, &file, lines.collect(), FAILED_FILES_BYTES_MAX);
}

fn failure<'a>(agent: &Agent<'_>, error: &'a StepError) -> JobFailure<'a> {
    JobFailure { error, code: agent.console.number(agent.stopped_at(error), error) }
}

fn record(agent: &Agent<'_>, start: Timestamp, bytes: u64, state: JobState<'_>) {
    Job { start, end: agent.now(), bytes, state }.record(agent.host, &agent.places);
}

/// How the list begins; a rule follows on the same line.
const FAILED_FILES_HEAD: &str = "Consider adding these to exclusion list of backup policy.";

/// Room for some thousand files.
const FAILED_FILES_BYTES_MAX: usize = 256 << 10;
