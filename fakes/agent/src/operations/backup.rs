//! backup: a job, started by hand or by the schedule (mars-facts E3, E6, 5.5).

use jiff::Timestamp;
use marslab_model::WinPath;
use marslab_model::host::FileError;

use super::{Agent, Failure};
use crate::config::Registration;
use crate::engine;
use crate::items::{self, Examined};
use crate::jobs::{Job, JobEnd};
use crate::key::KeyFile;
use crate::log::{AgentEvent, append};
use crate::messages::{Message, ScratchError};
use crate::random::random;
use crate::scratch;
use crate::service::Service;
use crate::trouble::Trouble;
use crate::web::Web;

/// By hand.
pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    engine::reach(agent.host, agent.limits).map_err(Failure::engine)?;
    let machine = agent.registration()?;
    let taken = agent.host.take_snapshot(&items::volumes(agent.host));
    taken.map_err(|error| Failure::new(Message::SnapshotNotTaken, error.into()))?;
    job(agent, &machine).await
}

/// The job itself: it leaves events and an entry in the history, however it ends.
pub(crate) async fn job(agent: &mut Agent<'_>, machine: &Registration) -> Result<(), Failure> {
    let start = agent.now();
    AgentEvent::BackupStarted.record(agent.host);
    agent.note("backup", "the backup job has started");
    match back_up(agent, machine).await {
        Ok(Examined { bytes, left_out, .. }) if left_out.is_empty() => {
            AgentEvent::BackupCompleted.record(agent.host);
            agent.note("backup", &format!("{bytes} bytes were backed up"));
            record(agent, start, bytes, JobEnd::Completed);
            Ok(())
        }
        Ok(Examined { bytes, left_out, .. }) => {
            AgentEvent::BackupCompletedWithWarnings.record(agent.host);
            let failure = warnings(agent, &left_out);
            let (error, detail) = (failure.message.error(), failure.trouble.to_string());
            record(agent, start, bytes, JobEnd::CompletedWithWarning { error, detail });
            Err(failure)
        }
        Err(failure) => {
            AgentEvent::BackupFailed.record(agent.host);
            let error = failure.message.error();
            let detail = failure.trouble.to_string();
            record(agent, start, 0, JobEnd::Aborted { error, detail });
            Err(failure)
        }
    }
}

/// A job that was asked for while another one is in progress: it ends before it begins.
pub(crate) fn refuse(agent: &Agent<'_>) -> Failure {
    let failure = Failure::new(Message::AnotherJob, Trouble::AnotherJob);
    let (error, detail) = (failure.message.error(), failure.trouble.to_string());
    record(agent, agent.now(), 0, JobEnd::Aborted { error, detail });
    failure
}

async fn back_up(agent: &mut Agent<'_>, machine: &Registration) -> Result<Examined, Failure> {
    let host = agent.host;
    engine::start(host, &agent.places).map_err(Failure::connection)?;
    let web = Web::of_agent(host, agent.limits).map_err(Failure::connection)?;
    let token = agent.connect_machine(&web, machine).await;
    let token = token.map_err(Failure::connection)?;
    let service = Service::new(&web, &machine.endpoint, token);
    let (key, examined) = prepare(agent)?;
    let job = (examined.bytes, key.verifier.as_str());
    let sent = service.back_up(&machine.machine_id, &host.full_name(), job).await;
    sent.map_err(|trouble| Failure::refused(message_of(&trouble), trouble))?;
    Ok(examined)
}

/// The key, what is selected, and the space for the metadata, in the order in which a backup needs them.
fn prepare(agent: &Agent<'_>) -> Result<(KeyFile, Examined), Failure> {
    let host = agent.host;
    let passphrase = |trouble| Failure::new(Message::PassphraseNotConfigured, trouble);
    if !scratch::has_passphrase(host) {
        return Err(Failure::new(Message::PassphraseNotSet, Trouble::NoPassphrase));
    }
    let folder = scratch::agreed(host).map_err(passphrase)?;
    let key = scratch::key(host, &folder).map_err(passphrase)?;
    let examined = items::examine(host).map_err(|trouble| {
        let is_empty = matches!(trouble, Trouble::NoItems);
        let message = if is_empty { Message::NoItems } else { Message::CompletedWithErrors };
        Failure::new(message, trouble)
    })?;
    let share = scratch::share(examined.bytes, agent.limits.scratch_percent);
    if engine::names_scratch_errors(host, agent.limits) {
        let of_checksums =
            |trouble| Failure::new(Message::Scratch(ScratchError::ChecksumStore), trouble);
        scratch::update_checksums(host, &folder, &examined.files).map_err(of_checksums)?;
        scratch::prepare(host, &folder, share).map_err(of_metadata)?;
    } else {
        scratch::prepare(host, &folder, share).map_err(passphrase)?;
    }
    Ok((key, examined))
}

/// What newer agents say where the metadata finds no place (mars-facts 1.9).
fn of_metadata(trouble: Trouble) -> Failure {
    let is_full = matches!(trouble, Trouble::File { error: FileError::DiskFull, .. });
    let error = if is_full { ScratchError::LowDiskSpace } else { ScratchError::Vhd };
    Failure::new(Message::Scratch(error), trouble)
}

/// Writes down which files were left out, and shows the code of the first (mars-facts 1.9).
fn warnings(agent: &Agent<'_>, left_out: &[(WinPath, FileError)]) -> Failure {
    let code = |error: FileError| HRESULT_OF_WIN32 | error.win32();
    let lines = left_out.iter().map(|(path, error)| format!("{path}\t0x{:08x}", code(*error)));
    let now = agent.now().strftime("%-m_%-d_%Y");
    let name = format!("{}_{now}", hex::encode(random::<3>(agent.host)));
    let file = agent.places.failed_files(&name);
    append(agent.host, &file, lines.collect(), FAILED_FILES_BYTES_MAX);
    match left_out {
        [(path, error), ..] => Failure::new(
            Message::CompletedWithWarnings { code: code(*error) },
            Trouble::LeftOut { count: left_out.len(), path: path.clone(), error: *error },
        ),
        [] => Failure::new(Message::CompletedWithErrors, Trouble::NoItems),
    }
}

/// What a refusal of the service is shown as.
fn message_of(trouble: &Trouble) -> Message {
    if trouble.has_code("NotActivated") {
        Message::NotConfigured
    } else if trouble.has_code("KeyDiffers") {
        Message::PassphraseNotConfigured
    } else if trouble.has_code("ResourceNotProvisioned") {
        Message::NotProvisioned
    } else {
        Message::CompletedWithErrors
    }
}

fn record(agent: &Agent<'_>, start: Timestamp, bytes: u64, end_state: JobEnd) {
    let job = Job { start, end: agent.now(), bytes, end_state };
    job.record(agent.host, &agent.places);
}

/// What stands before the number of a Win32 error in an HRESULT.
const HRESULT_OF_WIN32: u32 = 0x8007_0000;

/// Some thousand files.
const FAILED_FILES_BYTES_MAX: usize = 256 << 10;
