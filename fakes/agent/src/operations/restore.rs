//! restore: the newest recovery point is mounted as a volume over iSCSI (mars-facts E8).

use marslab_model::HostControl;
use marslab_model::host::AttachError;

use super::{Agent, Failure};
use crate::key::KeyFile;
use crate::messages::Message;
use crate::places::{PROVIDER_KEY, remove, set, text};
use crate::service::{MountPoint, Point};
use crate::step::Step;
use crate::step_error::StepError;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    let host = agent.host;
    agent.call_engine()?;
    let machine = agent.registration()?;
    agent.enter(Step::CheckMount);
    if text(host, PROVIDER_KEY, MOUNT_IN_PROGRESS).is_some() {
        return Err(failed(StepError::MountInProgress));
    }
    agent.start_engine().map_err(Failure::connection)?;
    let service = agent.service(&machine).await?;
    agent.enter(Step::ListRecoveryPoints);
    let of = agent.intent.restore_of.as_ref();
    let points = service.points(&machine.machine_id, of).await.map_err(Failure::connection)?;
    let point = newest(points)?;
    agent.enter(Step::OfferRecoveryPoint);
    let verifier = KeyFile::verifier_of(&agent.intent.passphrase);
    let offered = service.mount(&machine.machine_id, &point.id, &verifier).await;
    let refused = Message::VolumeNotMounted { code: None };
    let offered = offered.map_err(|error| Failure::refused(refused, error))?;
    agent.enter(Step::AttachVolume);
    attach(host, &point, &offered).await.map_err(failed)
}

fn newest(points: Vec<Point>) -> Result<Point, Failure> {
    let newest = points.into_iter().max_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    newest.ok_or_else(|| Failure::new(Message::NoRecoveryPoints, StepError::NoRecoveryPoints))
}

/// Cancels a mount that is in progress: detaches the volume and removes the mark.
pub(crate) fn cancel(host: &dyn HostControl) {
    detach_all(host);
    remove(host, PROVIDER_KEY, MOUNT_IN_PROGRESS);
}

fn failed(error: StepError) -> Failure {
    let code = code(&error);
    Failure::new(Message::VolumeNotMounted { code }, error)
}

/// The Win32 error of a mount; `None` if Windows reported none.
fn code(error: &StepError) -> Option<u32> {
    match error {
        StepError::Attach(AttachError::ServiceNotStarted) => Some(ERROR_SERVICE_NOT_ACTIVE),
        StepError::Attach(AttachError::NoInitiator) => Some(ERROR_NO_SUCH_DEVICE),
        _ => None,
    }
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
) -> Result<(), StepError> {
    detach_all(host);
    set(host, PROVIDER_KEY, MOUNT_IN_PROGRESS, point.id.as_str());
    host.wait(MOUNT_SECONDS);
    let attached = host.attach_volume(&offered.portal, &offered.target).await;
    remove(host, PROVIDER_KEY, MOUNT_IN_PROGRESS);
    Ok(attached.map(drop)?)
}

/// † The mark of a mount in progress: the recovery point that is being mounted. An interrupted mount leaves the mark, and no
/// other mount begins until it is cancelled (mars-facts E8, step 1; no source tells how the product keeps track).
const MOUNT_IN_PROGRESS: &str = "MountInProgress";

/// How long a mount takes. The section says minutes; the number is the lab's own †.
const MOUNT_SECONDS: u32 = 120;

/// Win32: the service has not been started.
const ERROR_SERVICE_NOT_ACTIVE: u32 = 1062;

/// Win32: a device which does not exist was specified.
const ERROR_NO_SUCH_DEVICE: u32 = 433;
