//! backup: a job, started by hand or by the schedule (mars-facts E3, E6, 5.5).

use jiff::Timestamp;

use super::{Agent, Failure};
use crate::config::Registration;
use crate::connect::connect_machine;
use crate::engine;
use crate::items;
use crate::jobs::{Job, JobEnd};
use crate::key::KeyFile;
use crate::log::AgentEvent;
use crate::messages::Message;
use crate::scratch;
use crate::service::Service;
use crate::trouble::Trouble;
use crate::web::Web;

/// By hand.
pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    engine::reach(agent.host).map_err(Failure::engine)?;
    let machine = agent.registration()?;
    let taken = agent.host.take_snapshot();
    taken.map_err(|error| Failure::new(Message::SnapshotNotTaken, error.into()))?;
    job(agent, &machine).await
}

/// The job itself: it leaves events and an entry in the history, however it ends.
pub(crate) async fn job(agent: &mut Agent<'_>, machine: &Registration) -> Result<(), Failure> {
    let start = agent.now();
    AgentEvent::BackupStarted.record(agent.host);
    agent.note("backup", "the backup job has started");
    match back_up(agent, machine).await {
        Ok(bytes) => {
            AgentEvent::BackupCompleted.record(agent.host);
            agent.note("backup", &format!("{bytes} bytes were backed up"));
            record(agent, start, bytes, JobEnd::Completed);
            Ok(())
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

async fn back_up(agent: &mut Agent<'_>, machine: &Registration) -> Result<u64, Failure> {
    let host = agent.host;
    engine::start(host, &agent.places).map_err(Failure::connection)?;
    let web = Web::of_agent(host).map_err(Failure::connection)?;
    let token = connect_machine(&web, host, &mut agent.log, machine).await;
    let token = token.map_err(Failure::connection)?;
    let service = Service::new(&web, &machine.audience, token).map_err(Failure::connection)?;
    let (key, bytes) = prepare(agent)?;
    let sent = service.back_up(&machine.machine_id, bytes, &key.verifier).await;
    sent.map_err(|trouble| Failure::refused(message_of(&trouble), trouble))?;
    Ok(bytes)
}

/// The key, what is selected, and the space for the metadata, in the order in which a backup needs them.
fn prepare(agent: &Agent<'_>) -> Result<(KeyFile, u64), Failure> {
    let host = agent.host;
    let passphrase = |trouble| Failure::new(Message::PassphraseNotConfigured, trouble);
    let folder = scratch::agreed(host).map_err(passphrase)?;
    let key = scratch::key(host, &folder).map_err(passphrase)?;
    let bytes = items::examine(host).map_err(|trouble| {
        let is_empty = matches!(trouble, Trouble::NoItems);
        let message = if is_empty { Message::NoItems } else { Message::CompletedWithErrors };
        Failure::new(message, trouble)
    })?;
    scratch::prepare(host, &folder, bytes).map_err(passphrase)?;
    Ok((key, bytes))
}

/// What a refusal of the service is shown as.
fn message_of(trouble: &Trouble) -> Message {
    if trouble.has_code("NotActivated") {
        Message::NotConfigured
    } else if trouble.has_code("KeyDiffers") {
        Message::PassphraseNotConfigured
    } else {
        Message::CompletedWithErrors
    }
}

fn record(agent: &Agent<'_>, start: Timestamp, bytes: u64, end_state: JobEnd) {
    let job = Job { start, end: agent.now(), bytes, end_state };
    job.record(agent.host, &agent.places);
}
