//! restore: the newest recovery point is mounted as a volume over iSCSI, and its files are copied (mars-facts E8).

use marslab_model::host::Account;
use marslab_model::{Address, HostControl, Name};

use super::Agent;
use crate::key::KeyFile;
use crate::places::{PROVIDER_KEY, remove, set, text};
use crate::scratch;
use crate::service::{MountPoint, Point};
use crate::step::Step;
use crate::step_error::StepError;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), StepError> {
    let host = agent.host;
    agent.call_engine().await?;
    let machine = agent.registration().await?;
    agent.enter(Step::CheckMount).await?;
    if text(host, PROVIDER_KEY, MOUNT_IN_PROGRESS).is_some() {
        return Err(StepError::MountInProgress);
    }
    agent.start_engine().await?;
    let service = agent.service(&machine).await?;
    agent.enter(Step::ListRecoveryPoints).await?;
    let of = agent.intent.restore_of.as_ref();
    let points = service.points(&machine.machine_id, of).await?;
    let newest = points.into_iter().max_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    let point = newest.ok_or(StepError::NoRecoveryPoints)?;
    agent.enter(Step::OfferRecoveryPoint).await?;
    let verifier = KeyFile::verifier_of(&agent.intent.passphrase);
    let offered = service.mount(&machine.machine_id, &point.id, &verifier).await?;
    agent.enter(Step::AttachVolume).await?;
    let letter = attach(host, &point, &offered).await?;
    recover(agent, point.bytes, (&offered.portal, &letter)).await
}

/// Copies what is on the attached volume. What is on its way has room in the scratch folder.
async fn recover(
    agent: &mut Agent<'_>,
    bytes: u64,
    (portal, letter): (&Address, &Name),
) -> Result<(), StepError> {
    let host = agent.host;
    agent.enter(Step::ReserveRecoverySpace).await?;
    let cache = scratch::of_provider(host).map(|folder| folder.join("recovery.tmp"));
    if let Some(path) = &cache {
        let size = scratch::share(bytes, agent.limits.restore_percent);
        let taken = host.write_file(&Account::System, path, &[], size);
        taken.map_err(|error| StepError::File { path: path.clone(), error })?;
    }
    agent.enter(Step::CopyFiles).await?;
    let copied = host.read_attached_volume(letter).await;
    if let Some(path) = &cache {
        // What is left of it is used by the next restore.
        let _left = host.remove_file(&Account::System, path);
    }
    copied.map_err(|error| StepError::Recovery { portal: portal.clone(), error })?;
    agent.success("Recovery succeeded.");
    Ok(())
}

/// Cancels a mount that is in progress: detaches the volume and removes the mark.
pub(crate) fn cancel(host: &dyn HostControl) {
    detach_all(host);
    remove(host, PROVIDER_KEY, MOUNT_IN_PROGRESS);
}

fn detach_all(host: &dyn HostControl) {
    for letter in host.mounts().unwrap_or_default() {
        host.detach_volume(&letter);
    }
}

/// Attaches the volume after detaching that of an earlier restore. It stays attached.
async fn attach(
    host: &dyn HostControl,
    point: &Point,
    offered: &MountPoint,
) -> Result<Name, StepError> {
    detach_all(host);
    set(host, PROVIDER_KEY, MOUNT_IN_PROGRESS, point.id.as_str());
    host.wait(MOUNT_SECONDS);
    let attached = host.attach_volume(&offered.portal, &offered.target).await;
    remove(host, PROVIDER_KEY, MOUNT_IN_PROGRESS);
    Ok(attached?)
}

/// † The mark of a mount in progress: the recovery point that is being mounted. An interrupted mount leaves the mark, and no
/// other mount begins until it is cancelled (mars-facts E8, step 1; no source tells how the product keeps track).
const MOUNT_IN_PROGRESS: &str = "MountInProgress";

/// How long a mount takes. The section says minutes; the number is the lab's own †.
const MOUNT_SECONDS: u32 = 120;
