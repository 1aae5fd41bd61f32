//! restore: the newest recovery point is mounted as a volume over iSCSI (mars-facts E8).

use marslab_model::HostControl;
use marslab_model::host::AttachError;

use super::{Agent, Failure};
use crate::engine;
use crate::key::KeyFile;
use crate::messages::Message;
use crate::places::{PROVIDER_KEY, remove, set, text};
use crate::service::{MountPoint, Point, Service};
use crate::trouble::Trouble;
use crate::web::Web;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    let host = agent.host;
    engine::reach(host, agent.limits).map_err(Failure::engine)?;
    let machine = agent.registration()?;
    if text(host, PROVIDER_KEY, MOUNT_IN_PROGRESS).is_some() {
        return Err(failed(Trouble::MountInProgress));
    }
    engine::start(host, &agent.places).map_err(Failure::connection)?;
    let web = Web::of_agent(host, agent.limits).map_err(Failure::connection)?;
    let token = agent.connect_machine(&web, &machine).await;
    let token = token.map_err(Failure::connection)?;
    let service = Service::new(&web, &machine.endpoint, token);
    let of = agent.intent.restore_of.as_ref();
    let points = service.points(&machine.machine_id, of).await.map_err(Failure::connection)?;
    let point = newest(points)?;
    let verifier = KeyFile::verifier_of(&agent.intent.passphrase);
    let offered = service.mount(&machine.machine_id, &point.id, &verifier).await;
    let refused = Message::VolumeNotMounted { code: None };
    let offered = offered.map_err(|trouble| Failure::refused(refused, trouble))?;
    let letter = attach(host, &point, &offered).await.map_err(failed)?;
    agent.note("restore", &format!("the recovery volume is {letter}"));
    Ok(())
}

fn newest(points: Vec<Point>) -> Result<Point, Failure> {
    let newest = points.into_iter().max_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    newest.ok_or_else(|| Failure::new(Message::NoRecoveryPoints, Trouble::NoRecoveryPoints))
}

/// Cancels a mount that is in progress: what was attached for it goes, and its mark.
pub(crate) fn cancel(host: &dyn HostControl) {
    detach_all(host);
    remove(host, PROVIDER_KEY, MOUNT_IN_PROGRESS);
}

fn failed(trouble: Trouble) -> Failure {
    let code = code(&trouble);
    Failure::new(Message::VolumeNotMounted { code }, trouble)
}

/// The number that Windows gives for the end of a mount. One that never ends, or is refused elsewhere, has none.
fn code(trouble: &Trouble) -> Option<u32> {
    match trouble {
        Trouble::Attach(AttachError::ServiceNotStarted) => Some(ERROR_SERVICE_NOT_ACTIVE),
        Trouble::Attach(AttachError::NoInitiator) => Some(ERROR_NO_SUCH_DEVICE),
        _ => None,
    }
}

fn detach_all(host: &dyn HostControl) {
    for letter in host.mounts() {
        host.detach_volume(&letter);
    }
}

/// Attaches the volume, which stays; one of an earlier restore goes first.
async fn attach(
    host: &dyn HostControl,
    point: &Point,
    offered: &MountPoint,
) -> Result<String, Trouble> {
    detach_all(host);
    set(host, PROVIDER_KEY, MOUNT_IN_PROGRESS, point.id.as_str());
    host.wait(MOUNT_SECONDS);
    let attached = host.attach_volume(&offered.portal, &offered.target).await;
    remove(host, PROVIDER_KEY, MOUNT_IN_PROGRESS);
    Ok(attached?.as_str().to_owned())
}

/// The recovery point that is being mounted; the lab's own. An interrupted mount leaves it behind, and until it is
/// cancelled no other mount begins (mars-facts E8, step 1).
const MOUNT_IN_PROGRESS: &str = "MountInProgress";

/// How long a mount takes: minutes, says the section; the lab's own number of them.
const MOUNT_SECONDS: u32 = 120;

/// Win32: the service has not been started.
const ERROR_SERVICE_NOT_ACTIVE: u32 = 1062;

/// Win32: a device which does not exist was specified.
const ERROR_NO_SUCH_DEVICE: u32 = 433;
