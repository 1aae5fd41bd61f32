//! From a machine's name to a registration that is activated.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use marslab_model::Name;
use marslab_model::world::{Content, Registration};
use marslab_wire::x509;
use serde::Deserialize;
use serde_json::json;

use super::{BackupService, conflict, key_differs};
use crate::guid;
use crate::reply::Reply;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Register {
    certificate: String,
    agent_version: String,
}

#[derive(Deserialize)]
struct Key {
    verifier: String,
}

/// Registers a machine by its full name; its certificate can then sign in like the vault's.
pub(super) fn register(service: &BackupService<'_>, machine: &str) -> Result<Reply, Reply> {
    let asked: Register = service.request.json()?;
    let der = STANDARD.decode(&asked.certificate).map_err(|_no_base64| bad_request(CERTIFICATE))?;
    let facts = x509::read(&der).map_err(|_no_x509| bad_request(CERTIFICATE))?;
    check_version(service, &asked.agent_version)?;
    let machine = Name::new(machine);
    let known = service.look(|vault| {
        let entry = vault.machines().at(&machine)?;
        Some((entry.clone().machine_id().get().clone(), entry.certificate().get().clone()))
    })?;
    let id = match known {
        Some((id, certificate)) if certificate.eq_ignore_ascii_case(&facts.thumbprint) => id,
        Some((id, certificate)) if has_expired(service, &certificate)? => {
            let thumbprint = facts.thumbprint.clone();
            service.edit_registration(&machine, |entry| entry.certificate().set(thumbprint));
            trust(service, &facts.thumbprint, &der)?;
            id
        }
        Some(_) => {
            let message =
                format!("A machine with the name '{machine}' is registered with this vault.");
            return Err(conflict("MachineAlreadyRegistered", &message));
        }
        None => add(service, machine, (&facts.thumbprint, &der))?,
    };
    let (blobs, queues) = service.storage_hosts()?;
    let body = json!({
        "machineId": id,
        "blobEndpoint": format!("https://{blobs}/"),
        "queueEndpoint": format!("https://{queues}/"),
    });
    Ok(Reply::json(StatusCode::OK, &body))
}

fn add(
    service: &BackupService<'_>,
    machine: Name,
    (thumbprint, der): (&str, &[u8]),
) -> Result<String, Reply> {
    let id = guid(service.request.running());
    let registration = Registration {
        machine_id: id.clone(),
        certificate: thumbprint.to_owned(),
        key_verifier: String::new(),
        activated: false,
    };
    service.edit(|vault| vault.machines().insert(machine, registration));
    trust(service, thumbprint, der)?;
    Ok(id)
}

/// Whether the certificate with which a machine was registered has expired: nobody can sign in with it any more, and † another
/// one may take its place.
fn has_expired(service: &BackupService<'_>, thumbprint: &str) -> Result<bool, Reply> {
    let client = service.look(|vault| vault.client_id().get().clone())?;
    let (tenant, thumbprint) = (Name::new(service.claims.tid.as_str()), Name::new(thumbprint));
    let running = service.request.running();
    let der = running.look(|world| {
        let application = world.cloud().tenants().at(&tenant)?.applications().at(&client)?;
        Some(application.certificates().at(&thumbprint)?.get().clone())
    });
    let facts = der.and_then(|der| x509::read(&der).ok());
    Ok(facts.is_some_and(|facts| facts.not_after < running.now()))
}

/// Lets a machine's certificate sign in as the vault's application.
fn trust(service: &BackupService<'_>, thumbprint: &str, der: &[u8]) -> Result<(), Reply> {
    let client = service.look(|vault| vault.client_id().get().clone())?;
    let tenant = Name::new(service.claims.tid.as_str());
    service.request.running().edit(|world| {
        let mut cloud = world.cloud();
        let mut tenants = cloud.tenants();
        let mut tenant = tenants.at(&tenant);
        let mut applications = tenant.applications();
        let certificate = Content::from(der);
        applications.at(&client).certificates().insert(Name::new(thumbprint), certificate);
    });
    Ok(())
}

/// Sets what proves a passphrase. Data that is encrypted with another one would be lost, so that is refused.
pub(super) fn set_key(service: &BackupService<'_>, id: &str) -> Result<Reply, Reply> {
    let machine = service.machine(id)?;
    let Key { verifier } = service.request.json()?;
    if verifier.is_empty() || verifier.len() > VERIFIER_BYTES_MAX {
        return Err(bad_request("The verifier is empty or too long."));
    }
    let differs = service.look(|vault| {
        let mut points = vault.recovery_points().each();
        points.any(|(_, point)| {
            *point.clone().machine().get() == machine && *point.key_verifier().get() != verifier
        })
    })?;
    if differs {
        return Err(key_differs());
    }
    service.edit_registration(&machine, |entry| entry.key_verifier().set(verifier));
    Ok(done())
}

/// Finishes a registration.
pub(super) fn activate(service: &BackupService<'_>, id: &str) -> Result<Reply, Reply> {
    let machine = service.machine(id)?;
    let is_set = service.registration(&machine, |entry| !entry.key_verifier().get().is_empty())?;
    if !is_set {
        return Err(conflict("KeyNotSet", "The machine has no passphrase yet."));
    }
    service.edit_registration(&machine, |entry| entry.activated().set(true));
    Ok(done())
}

fn check_version(service: &BackupService<'_>, version: &str) -> Result<(), Reply> {
    let oldest =
        service.request.running().look(|world| numbers(world.cloud().oldest_agent().get()));
    let version = numbers(version).ok_or_else(|| bad_request("The agent's version is not one."))?;
    // A world without a readable oldest version serves every agent.
    if oldest.is_some_and(|oldest| version < oldest) {
        let message = "The agent is too old for this service.";
        return Err(Reply::error(StatusCode::BAD_REQUEST, "AgentVersionNotSupported", message));
    }
    Ok(())
}

/// `2.0.9083.0` as numbers, which compare as versions do.
fn numbers(version: &str) -> Option<Vec<u32>> {
    version.split('.').take(VERSION_PARTS_MAX).map(|part| part.parse().ok()).collect()
}

fn done() -> Reply {
    Reply::json(StatusCode::OK, &json!({}))
}

fn bad_request(message: &str) -> Reply {
    Reply::error(StatusCode::BAD_REQUEST, "BadRequest", message)
}

const CERTIFICATE: &str = "The certificate is not a valid X.509 certificate in base64.";

/// Far above any hash.
const VERIFIER_BYTES_MAX: usize = 1_024;

/// Versions of Windows programs have four parts.
const VERSION_PARTS_MAX: usize = 4;
