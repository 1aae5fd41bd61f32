//! Backing up, and mounting what was backed up.
//!
//! A job is begun here, its data goes to the storage account of the vault, and it is closed here.

use http::StatusCode;
use marslab_base::azure;
use marslab_model::Name;
use marslab_model::world::RecoveryPoint;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{BackupService, conflict, key_differs};
use crate::reply::Reply;
use crate::{ISCSI, guid, recovery, storage};

#[derive(Deserialize)]
struct Job {
    bytes: u64,
    verifier: String,
    /// The full name by which the machine goes.
    machine: String,
}

#[derive(Deserialize)]
struct Done {
    job: String,
    #[serde(flatten)]
    what: Job,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mount {
    recovery_point: String,
    /// Only needed for another machine's recovery point.
    #[serde(default)]
    verifier: String,
}

/// Begins a job, and tells where its data and a note of it are to go.
pub(super) fn begin(service: &BackupService<'_>, id: &str) -> Result<Reply, Reply> {
    check(service, id, &service.request.json()?)?;
    let job = guid(service.request.running());
    let (blobs, queues) = service.storage_hosts()?;
    let running = service.request.running();
    let blob = storage::blob_url(running, &blobs, (id, &job)).ok_or_else(Reply::internal)?;
    let queue = storage::queue_url(running, &queues, id).ok_or_else(Reply::internal)?;
    let body = json!({ "job": job, "blob": blob, "queue": queue });
    Ok(Reply::json(StatusCode::CREATED, &body))
}

/// Closes a job, whose data becomes a recovery point.
pub(super) fn close(service: &BackupService<'_>, id: &str) -> Result<Reply, Reply> {
    let Done { job, what } = service.request.json()?;
    let machine = check(service, id, &what)?;
    let (blobs, _) = service.storage_hosts()?;
    let running = service.request.running();
    if !storage::has(running, &blobs, (id, &job)) {
        return Err(conflict("DataMissing", "The data of the job has not arrived."));
    }
    let Job { bytes, verifier, .. } = what;
    let entry = RecoveryPoint { machine, at: running.stamp(), bytes, key_verifier: verifier };
    service.edit(|vault| vault.recovery_points().insert(Name::new(job.as_str()), entry));
    Ok(Reply::json(StatusCode::OK, &json!({ "recoveryPoint": job })))
}

/// Checks that a machine may back up, by its own name and under the key of its registration; returns its full name.
fn check(service: &BackupService<'_>, id: &str, job: &Job) -> Result<Name, Reply> {
    let machine = service.machine(id)?;
    let Job { verifier, machine: name, .. } = job;
    if machine != Name::new(name.as_str()) {
        let message = format!("No resource '{name}' is provisioned in this service stamp.");
        return Err(Reply::error(StatusCode::NOT_FOUND, "ResourceNotProvisioned", &message));
    }
    let (is_activated, is_right) = service.registration(&machine, |entry| {
        (*entry.clone().activated().get(), entry.key_verifier().get() == verifier)
    })?;
    if !is_activated {
        return Err(conflict("NotActivated", "The registration of the machine is not finished."));
    }
    if !is_right {
        return Err(key_differs());
    }
    Ok(machine)
}

/// The recovery points of one machine: of the one that asks, or of another one of the vault, which it names.
pub(super) fn recovery_points(service: &BackupService<'_>, id: &str) -> Result<Reply, Reply> {
    let asking = service.machine(id)?;
    let machine = service.request.query("of").map_or(asking, Name::new);
    let value: Vec<Value> = service.look(|vault| {
        let points = vault.recovery_points().each();
        let own = points.filter(|(_, point)| *point.clone().machine().get() == machine);
        own.map(|(id, point)| {
            let (at, bytes) = (point.clone().at().get().to_string(), *point.bytes().get());
            json!({ "id": id, "at": at, "bytes": bytes })
        })
        .collect()
    })?;
    Ok(Reply::json(StatusCode::OK, &json!({ "value": value })))
}

/// Tells where a recovery point can be attached. Another machine's is for those who know its passphrase.
pub(super) fn mount(service: &BackupService<'_>, id: &str) -> Result<Reply, Reply> {
    let machine = service.machine(id)?;
    let Mount { recovery_point, verifier } = service.request.json()?;
    let point = Name::new(recovery_point);
    let (may_read, portal) = service.look(|vault| {
        let found = vault.clone().recovery_points().at(&point);
        let may_read = found.map(|found| {
            let is_known =
                || !verifier.is_empty() && *found.clone().key_verifier().get() == verifier;
            *found.clone().machine().get() == machine || is_known()
        });
        (may_read, azure::recovery_host(vault.location().get()))
    })?;
    match may_read {
        Some(true) => {}
        Some(false) => return Err(key_differs()),
        None => {
            let message = format!("The vault has no recovery point '{point}'.");
            return Err(Reply::error(StatusCode::NOT_FOUND, "RecoveryPointNotFound", &message));
        }
    }
    let target = recovery::target(service.request.cloud, &service.vault, &point);
    let body = json!({ "portal": format!("{portal}:{ISCSI}"), "target": target });
    Ok(Reply::json(StatusCode::OK, &body))
}
