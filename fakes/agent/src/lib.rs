//! The fake MARS agent: what it does on a machine when an administrator asks for something, and what the console shows
//! when that fails.
//!
//! The agent sees a machine through the host port and servers through the wire, and nothing else. It fails where a step
//! meets something that is broken; what is meant to be broken it does not know. What is marked as the lab's own has no
//! public source.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `operations` | what can be asked for, one file each |
//! | `connect` | from the scratch folder to a token |
//! | `service`, `portal` | what is asked of the vault's service and of the resource manager |
//! | `web`, `proxy`, `zones`, `tls_offer` | how requests leave the machine |
//! | `engine`, `scratch`, `items` | the engine's programs, its folder, the data |
//! | `credentials_file`, `key`, `config`, `places` | what lies on the machine |
//! | [`Limits`] | the product's numbers that decide something |
//! | `messages`, `step_error` | what the console shows, and how a step fails |
//! | `log`, `events`, `jobs`, `files` | what is written down |

use std::fmt;

use marslab_model::{HostControl, Name, Operation, Outcome};

use crate::key::KeyFile;
use crate::operations::{
    Agent, Failure, activate, backup, download_credentials, register, restore, scheduled_backup,
    set_passphrase,
};

mod config;
mod connect;
mod credentials_file;
mod engine;
mod events;
mod files;
mod items;
mod jobs;
mod key;
mod limits;
mod log;
mod messages;
mod operations;
mod places;
mod portal;
mod proxy;
mod random;
mod scratch;
mod service;
mod step_error;
#[cfg(test)]
mod testing;
mod tls_offer;
mod web;
mod zones;

pub use config::REGISTRATION_VALUES;
pub use limits::Limits;

/// What the administrator means to do: who, with which vault, under which passphrase.
#[derive(Clone, PartialEq, Eq)]
pub struct Intent {
    /// The administrator's account on the machine (`CORP\admin`).
    pub user: Name,
    /// The tenant to which the portal signs the administrator in.
    pub tenant: Name,
    /// The vault's subscription.
    pub subscription: Name,
    /// The vault's resource group.
    pub resource_group: String,
    /// The vault (`ResourceName`, mars-facts 3.2).
    pub vault: Name,
    /// The encryption passphrase; never printed, stored or sent (mars-facts E4).
    pub passphrase: String,
    /// The full name of another machine whose data is to be restored here; this machine's own where there is none.
    pub restore_of: Option<Name>,
}

/// Does what is asked for, and says how it ended, in the machine's language (mars-facts 1 and 2).
pub async fn operate(
    operation: Operation,
    host: &dyn HostControl,
    intent: &Intent,
    limits: &Limits,
) -> Outcome {
    if operation == Operation::DownloadCredentials {
        // The portal's work in a browser; the agent does not hear of it.
        return outcome(host, &download_credentials::run(host, intent, limits).await);
    }
    let mut agent = Agent::new(host, intent, limits);
    let done = match operation {
        Operation::DownloadCredentials => Ok(()),
        Operation::Register => register::run(&mut agent).await,
        Operation::SetPassphrase => set_passphrase::run(&mut agent).await,
        Operation::Activate => activate::run(&mut agent).await,
        Operation::Backup => backup::run(&mut agent).await,
        Operation::ScheduledBackup => scheduled_backup::run(&mut agent).await,
        Operation::Restore => restore::run(&mut agent).await,
    };
    if let Err(failure) = &done {
        agent.report(&failure.error);
    }
    agent.log.write(host, &agent.places.log());
    outcome(host, &done)
}

/// Unregisters the server: the administrator removes it from the vault in the portal (`DELETE registeredIdentities`,
/// mars-facts 4.3), and the agent's registration goes from the registry and the certificate store.
pub async fn unregister(host: &dyn HostControl, intent: &Intent) -> Outcome {
    outcome(host, &operations::unregister::run(host, intent).await)
}

/// Cancels the mount of a recovery volume that is in progress, as the restore wizard does (mars-facts E8, step 1).
pub fn cancel_mount(host: &dyn HostControl) {
    restore::cancel(host);
}

/// What proves that a passphrase is the one under which data was encrypted: all that a vault ever learns of it.
pub fn key_verifier(passphrase: &str) -> String {
    KeyFile::verifier_of(passphrase)
}

fn outcome(host: &dyn HostControl, done: &Result<(), Failure>) -> Outcome {
    match done {
        Ok(()) => Outcome::Succeeded,
        Err(failure) => Outcome::Failed(failure.message.symptom(host.language())),
    }
}

impl fmt::Debug for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intent")
            .field("user", &self.user)
            .field("tenant", &self.tenant)
            .field("subscription", &self.subscription)
            .field("resource_group", &self.resource_group)
            .field("vault", &self.vault)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
