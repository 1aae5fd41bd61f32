//! A dry run: an operation's steps in their order, each tried as far as looking goes. Where no rule has a cause, the first step
//! that could not be done is the one at which the operation stops.
//!
//! The steps are those of the lab's reference. What is checked of each is what the operation needs there, not what may be
//! wrong with it: that is for the rules.

use marslab_model::{Operation, Unexplained};

use crate::facts::{CHECKSUMS, METADATA};
use crate::scene::Scene;
use identity::Identity;

mod identity;
mod machine;
mod requests;
mod vault;

/// What an operation needs at a step, and does not have: in the core's own words.
type Needed = Result<(), String>;

/// The first step that could not be done.
pub(crate) async fn dry_run(scene: &Scene<'_>) -> Option<Unexplained> {
    match scene.operation {
        // What the portal does not show is left unchecked already.
        Operation::DownloadCredentials => None,
        _ => agents(scene).await.err(),
    }
}

/// The steps of the agent's operations.
async fn agents(scene: &Scene<'_>) -> Result<(), Unexplained> {
    let operation = scene.operation;
    if operation == Operation::ScheduledBackup {
        at("wait-for-schedule", machine::schedule(scene))?;
    }
    at("call-engine", machine::service(scene))?;
    let own = match operation {
        Operation::Register => {
            at("start-engine", machine::engine(scene))?;
            at("read-credentials", Identity::of_file(scene))?
        }
        _ => {
            let own = at("read-registration", Identity::of_registration(scene))?;
            at("start-engine", machine::engine(scene))?;
            own
        }
    };
    if operation == Operation::Activate {
        scratch(scene)?;
    }
    let certificate = at("open-machine-certificate", machine::certificate(scene, &own))?;
    at("open-settings", machine::settings(scene))?;
    if scene.needs_probe() {
        at("check-connectivity", requests::probe(scene).await)?;
    }
    at("discover-authority", requests::discovery(scene, &own).await)?;
    at("sign-in", requests::sign_in(scene, &own, certificate.bytes()).await)?;
    if matches!(operation, Operation::SetPassphrase) {
        scratch(scene)?;
    }
    if matches!(operation, Operation::Backup | Operation::ScheduledBackup) {
        at("find-passphrase", machine::passphrase(scene))?;
        scratch(scene)?;
    }
    if let Some(vault) = scene.config.vault.as_ref().filter(|_| operation != Operation::Register) {
        let shown = vault::shown(scene, vault).await.unwrap_or_default();
        at("sign-in", vault::is_the_registrations(vault, &shown, &own))?;
        at(service_step(operation), vault::holds(scene, &shown))?;
    }
    at(service_step(operation), requests::service(scene, &own).await)
}

/// The steps in the scratch folder, as far as an operation takes them.
fn scratch(scene: &Scene<'_>) -> Result<(), Unexplained> {
    at("find-scratch-folder", machine::scratch(scene))?;
    at("open-key", machine::key(scene))?;
    match scene.operation {
        Operation::SetPassphrase => at("write-key", machine::room(scene)),
        _ => {
            at("read-items", machine::items(scene))?;
            at("update-checksums", machine::opens(scene, CHECKSUMS))?;
            at("reserve-scratch-space", machine::opens(scene, METADATA))
        }
    }
}

/// The step in which an operation asks the vault's service.
const fn service_step(operation: Operation) -> &'static str {
    match operation {
        Operation::Register => "register-machine",
        Operation::SetPassphrase => "send-key",
        Operation::Activate => "activate-machine",
        Operation::Restore => "list-recovery-points",
        _ => "send-backup",
    }
}

fn at<T>(step: &str, done: Result<T, String>) -> Result<T, Unexplained> {
    done.map_err(|because| Unexplained { step: step.to_owned(), because })
}

#[cfg(test)]
mod tests;
