//! restore: the newest recovery point is mounted as a volume over iSCSI (mars-facts E8).

use marslab_model::Act;

use super::{Agent, Failure};
use crate::connect::connect_machine;
use crate::engine;
use crate::messages::Message;
use crate::places::{PROVIDER_KEY, remove, set, text};
use crate::service::{MountPoint, Point, Service};
use crate::trouble::Trouble;
use crate::web::Web;

pub(crate) async fn run(agent: &mut Agent<'_>) -> Result<(), Failure> {
    let host = agent.host;
    engine::reach(host).map_err(Failure::engine)?;
    let machine = agent.registration()?;
    if text(host, PROVIDER_KEY, MOUNT_IN_PROGRESS).is_some() {
        return Err(Failure::new(Message::VolumeNotMounted, Trouble::MountInProgress));
    }
    engine::start(host, &agent.places).map_err(Failure::connection)?;
    let web = Web::of_agent(host).map_err(Failure::connection)?;
    let token = connect_machine(&web, host, &mut agent.log, &machine).await;
    let token = token.map_err(Failure::connection)?;
    let service = Service::new(&web, &machine.audience, token).map_err(Failure::connection)?;
    let points = service.points(&machine.machine_id).await.map_err(Failure::connection)?;
    let point = newest(points)?;
    let offered = service.mount(&machine.machine_id, &point.id).await;
    let offered =
        offered.map_err(|trouble| Failure::refused(Message::VolumeNotMounted, trouble))?;
    let attached = attach(host, &point, &offered).await;
    let letter = attached.map_err(|trouble| Failure::new(Message::VolumeNotMounted, trouble))?;
    agent.note("restore", &format!("the recovery volume is {letter}"));
    Ok(())
}

fn newest(points: Vec<Point>) -> Result<Point, Failure> {
    let newest = points.into_iter().max_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    newest.ok_or_else(|| Failure::new(Message::NoRecoveryPoints, Trouble::NoRecoveryPoints))
}

/// Attaches the volume, which stays; one of an earlier restore goes first.
async fn attach(host: &dyn Act, point: &Point, offered: &MountPoint) -> Result<String, Trouble> {
    for letter in host.mounts() {
        host.detach_volume(&letter);
    }
    set(host, PROVIDER_KEY, MOUNT_IN_PROGRESS, point.id.as_str());
    let attached = host.attach_volume(&offered.portal, &offered.target).await;
    remove(host, PROVIDER_KEY, MOUNT_IN_PROGRESS);
    Ok(attached?.as_str().to_owned())
}

/// The recovery point that is being mounted; the lab's own. An interrupted mount leaves it behind, and until it is
/// cancelled no other mount begins (mars-facts E8, step 1).
const MOUNT_IN_PROGRESS: &str = "MountInProgress";
