//! A vault's own service: registration, keys, jobs, mounts.
//!
//! No public source shows this protocol: paths, bodies and codes are the lab's own (the table of fakes/README.md).
//! That an unknown path is answered with 404 is real (mars-facts 4.6).

mod jobs;
mod registration;

use http::StatusCode;
use marslab_base::azure;
use marslab_model::world::{Registration, Vault};
use marslab_model::{Edit, HostName, Name, Tracked};

use super::login::vault_of;
use super::reply::Reply;
use super::request::CloudRequest;
use super::token::Claims;

pub(super) fn answer(request: &CloudRequest<'_>) -> Reply {
    reply(request).unwrap_or_else(|refusal| refusal)
}

fn reply(request: &CloudRequest<'_>) -> Result<Reply, Reply> {
    let segments = request.segments();
    let ["restapi", "machines", machine, rest @ ..] = segments.as_slice() else {
        return Ok(Reply::not_found());
    };
    let act: fn(&BackupService<'_>, &str) -> _ = match (request.method().as_str(), rest) {
        ("POST", []) => registration::register,
        ("PUT", ["key"]) => registration::set_key,
        ("POST", ["activate"]) => registration::activate,
        ("POST", ["jobs"]) => jobs::begin,
        ("PUT", ["jobs"]) => jobs::close,
        ("GET", ["recoverypoints"]) => jobs::recovery_points,
        ("POST", ["mounts"]) => jobs::mount,
        _ => return Ok(Reply::not_found()),
    };
    if is_of_closed_vault(request, machine) {
        return Err(not_from_there());
    }
    act(&BackupService::open(request)?, machine)
}

/// Whether a machine of this id is registered with a vault that is closed to who asks.
fn is_of_closed_vault(request: &CloudRequest<'_>, id: &str) -> bool {
    request.running().look(|world| {
        let mut vaults = world.cloud().vaults().each();
        vaults.any(|(_, vault)| {
            if *vault.clone().public_network_access().get() {
                return false;
            }
            let is_private = vault.clone().private_host().get().as_ref() == Some(request.host);
            !is_private && vault.machines().each().any(|(_, it)| it.machine_id().get() == id)
        })
    })
}

/// The backup service of a vault, for one request: the vault is the audience of the request's token.
struct BackupService<'a> {
    request: &'a CloudRequest<'a>,
    vault: Name,
    claims: Claims,
}

impl<'a> BackupService<'a> {
    fn open(request: &'a CloudRequest<'a>) -> Result<Self, Reply> {
        let claims = request.bearer()?;
        let asked = request.running().look(|world| {
            let vault = vault_of(world.clone().cloud(), &claims.aud)?;
            let entry = world.cloud().vaults().at(&vault)?;
            if entry.clone().private_host().get().as_ref() == Some(request.host) {
                return Some((vault, true));
            }
            let is_public = azure::backup_host(entry.clone().location().get()) == *request.host;
            is_public.then(|| (vault, *entry.public_network_access().get()))
        });
        let Some((vault, is_open)) = asked else {
            let message = format!(
                "The access token has been obtained for wrong audience or resource '{}'.",
                claims.aud
            );
            return Err(Reply::error(
                StatusCode::UNAUTHORIZED,
                "InvalidAuthenticationTokenAudience",
                &message,
            ));
        };
        if !is_open {
            return Err(not_from_there());
        }
        Ok(Self { request, vault, claims })
    }

    /// Reads something of the vault.
    fn look<R>(&self, read: impl FnOnce(Tracked<'_, Vault>) -> R) -> Result<R, Reply> {
        let found =
            self.request.running().look(|world| world.cloud().vaults().at(&self.vault).map(read));
        found.ok_or_else(Reply::internal)
    }

    /// Changes something of the vault.
    fn edit(&self, write: impl FnOnce(&mut Edit<'_, Vault>)) {
        self.request.running().edit(|world| write(&mut world.cloud().vaults().at(&self.vault)));
    }

    /// The full name of the machine with this id.
    fn machine(&self, id: &str) -> Result<Name, Reply> {
        let found = self.look(|vault| {
            let mut machines = vault.machines().each();
            machines
                .find(|(_, entry)| entry.clone().machine_id().get() == id)
                .map(|(name, _)| name.clone())
        })?;
        found.ok_or_else(|| {
            let message = "The machine is not registered with this vault.";
            Reply::error(StatusCode::NOT_FOUND, "MachineOfAnotherVault", message)
        })
    }

    /// The hosts of the vault's storage account: of its blobs, and of its queues.
    fn storage_hosts(&self) -> Result<(HostName, HostName), Reply> {
        self.look(|vault| {
            (vault.clone().blob_host().get().clone(), vault.queue_host().get().clone())
        })
    }

    /// Reads something of a machine's registration.
    fn registration<R>(
        &self,
        machine: &Name,
        read: impl FnOnce(Tracked<'_, Registration>) -> R,
    ) -> Result<R, Reply> {
        self.look(|vault| vault.machines().at(machine).map(read))?.ok_or_else(Reply::internal)
    }

    /// Changes a machine's registration.
    fn edit_registration(&self, machine: &Name, write: impl FnOnce(&mut Edit<'_, Registration>)) {
        self.edit(|vault| write(&mut vault.machines().at(machine)));
    }
}

/// † No source shows the answer of a vault that is open to its private endpoint only.
fn not_from_there() -> Reply {
    let message = "The vault does not allow access from public networks.";
    Reply::error(StatusCode::FORBIDDEN, "PublicNetworkAccessDisabled", message)
}

fn conflict(code: &str, message: &str) -> Reply {
    Reply::error(StatusCode::CONFLICT, code, message)
}

fn key_differs() -> Reply {
    conflict(
        "KeyDiffers",
        "The passphrase is not the one with which the machine's data is encrypted.",
    )
}
