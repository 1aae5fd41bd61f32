//! A vault's own service: registration, keys, jobs, mounts.
//!
//! No public source shows this protocol: paths, bodies and codes are the lab's own (the table of ARCHITECTURE.md).
//! That an unknown path is answered with 404 is real (mars-facts 4.6).

mod jobs;
mod registration;

use http::StatusCode;
use marslab_model::world::{Registration, Vault};
use marslab_model::{Edit, Name, Tracked};

use super::ask::Ask;
use super::login::vault_of;
use super::region;
use super::reply::Reply;
use super::token::Claims;

pub(super) fn answer(ask: &Ask<'_>) -> Reply {
    reply(ask).unwrap_or_else(|refusal| refusal)
}

fn reply(ask: &Ask<'_>) -> Result<Reply, Reply> {
    let segments = ask.segments();
    let ["restapi", "machines", machine, rest @ ..] = segments.as_slice() else {
        return Ok(Reply::not_found());
    };
    let act: fn(&Counter<'_>, &str) -> _ = match (ask.method().as_str(), rest) {
        ("POST", []) => registration::register,
        ("PUT", ["key"]) => registration::set_key,
        ("POST", ["activate"]) => registration::activate,
        ("POST", ["jobs"]) => jobs::back_up,
        ("GET", ["recoverypoints"]) => jobs::recovery_points,
        ("POST", ["mounts"]) => jobs::mount,
        _ => return Ok(Reply::not_found()),
    };
    act(&Counter::open(ask)?, machine)
}

/// Where a token's owner is served: the vault that the token is for.
struct Counter<'a> {
    ask: &'a Ask<'a>,
    vault: Name,
    claims: Claims,
}

impl<'a> Counter<'a> {
    fn open(ask: &'a Ask<'a>) -> Result<Self, Reply> {
        let claims = ask.bearer()?;
        let vault = ask.running().look(|world| {
            let vault = vault_of(world.clone().cloud(), &claims.aud)?;
            let location = world.cloud().vaults().at(&vault)?.location().get();
            (region::backup_host(location)? == *ask.host).then_some(vault)
        });
        let Some(vault) = vault else {
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
        Ok(Self { ask, vault, claims })
    }

    /// Reads something of the vault.
    fn look<R>(&self, read: impl FnOnce(Tracked<'_, Vault>) -> R) -> Result<R, Reply> {
        let found =
            self.ask.running().look(|world| world.cloud().vaults().at(&self.vault).map(read));
        found.ok_or_else(Reply::internal)
    }

    /// Changes something of the vault.
    fn edit(&self, write: impl FnOnce(&mut Edit<'_, Vault>)) {
        self.ask.running().edit(|world| write(&mut world.cloud().vaults().at(&self.vault)));
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

fn conflict(code: &str, message: &str) -> Reply {
    Reply::error(StatusCode::CONFLICT, code, message)
}

fn key_differs() -> Reply {
    conflict(
        "KeyDiffers",
        "The passphrase is not the one with which the machine's data is encrypted.",
    )
}
