//! The fake MARS agent: its operations on a machine, and what the console shows when one fails.
//!
//! The agent reaches the machine through the host port and servers through the wire, and nothing else. An operation is a
//! series of steps; it fails at the first step that Windows, the network or a server does not let succeed. † marks what no
//! public source shows.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `operations` | the operations, one file each |
//! | `connect` | signing in: from the scratch folder to a token |
//! | `service`, `portal` | requests to the vault's service, and the portal's to the resource manager |
//! | `web`, `proxy` | sending requests, and the proxy for them |
//! | `engine`, `scratch`, `items` | the engine's programs, its scratch folder, the selected files |
//! | `credentials_file`, `key`, `config`, `places` | the agent's files and registry values |
//! | [`Limits`] | the numbers of the product that decide whether something works |
//! | `messages`, `step_error` | what the console shows, and how steps fail |
//! | [`Step`] | the steps of operations, a closed list |
//! | `log`, `events`, `jobs` | the engine's log, the event log, the history of jobs |
//! | `files`, `random` | writing text files, random bytes |

use std::fmt;

use marslab_model::host::Account;
use marslab_model::{HostControl, Name, Operation, Outcome};
use marslab_wire::http::{Request, Response};

use crate::key::KeyFile;
use crate::operations::{
    Agent, Failure, activate, backup, download_credentials, register, restore, scheduled_backup,
    set_passphrase,
};
use crate::step::Steps;
use crate::web::Web;

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
mod step;
mod step_error;
#[cfg(test)]
mod testing;
mod web;

pub use config::REGISTRATION_VALUES;
pub use events::EVENT_LOG;
pub use limits::Limits;
pub use places::{INSTALL_PATH, TEMP_FOLDER};
pub use step::{Step, StepObserver};

/// What the administrator enters: the account, the vault, the passphrase.
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
    /// The full name of the machine whose data is restored; this machine's own if `None`.
    pub restore_of: Option<Name>,
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What the console shows, in the machine's language (mars-facts 1 and 2).
    pub outcome: Outcome,
    /// The step whose call failed; `None` if the operation succeeded.
    pub stopped_at: Option<Step>,
}

/// Carries out an operation. `observer` is told each step before it is taken.
pub async fn operate(
    operation: Operation,
    host: &dyn HostControl,
    intent: &Intent,
    limits: &Limits,
    observer: StepObserver<'_>,
) -> Ended {
    let steps = Steps::new(observer);
    if operation == Operation::DownloadCredentials {
        // The portal does this in a browser, without the agent.
        let done = download_credentials::run(host, intent, limits, &steps).await;
        return Ended { outcome: outcome(host, &done), stopped_at: stopped_at(&done, &steps) };
    }
    let mut agent = Agent::new(host, intent, limits, &steps);
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
    let stopped_at = stopped_at(&done, &steps);
    agent.log.write(host, &agent.places.log());
    Ended { outcome: outcome(host, &done), stopped_at }
}

/// Unregisters the server: removes it from the vault in the portal (`DELETE registeredIdentities`, mars-facts 4.3), and its
/// registration from the registry and the certificate store.
pub async fn unregister(host: &dyn HostControl, intent: &Intent) -> Outcome {
    outcome(host, &operations::unregister::run(host, intent).await)
}

/// Cancels the mount of a recovery volume, as the restore wizard does (mars-facts E8, step 1).
pub fn cancel_mount(host: &dyn HostControl) {
    restore::cancel(host);
}

/// The answer to a request of a program that uses the proxy settings of an account, as the agent does for SYSTEM and a browser
/// for a user. Nothing where no answer comes.
pub async fn ask(host: &dyn HostControl, who: &Account, request: &Request) -> Option<Response> {
    Web::of_program(host, who).ok()?.answer(request).await.ok()?.ok()
}

/// The proof that data was encrypted under a passphrase †: all that a vault learns of the passphrase.
pub fn key_verifier(passphrase: &str) -> String {
    KeyFile::verifier_of(passphrase)
}

/// The step at which an operation stopped: the one that was entered last, unless the failure is of an earlier one.
fn stopped_at(done: &Result<(), Failure>, steps: &Steps<'_>) -> Option<Step> {
    let failure = done.as_ref().err()?;
    failure.at.or_else(|| steps.current())
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
