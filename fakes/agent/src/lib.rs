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
//! | [`product`], `console` | which message the console shows, and preconditions of steps, as data |
//! | `step_error` | how steps fail |
//! | [`Step`], `steps` | the steps of operations, a closed list, and entering them |
//! | `log`, `events`, `jobs` | the engine's log, the event log, the history of jobs |
//! | `files`, `random` | writing text files, random bytes |

use std::fmt;

use marslab_model::host::Account;
use marslab_model::{HostControl, Name, Operation, Outcome, WinPath};
use marslab_wire::http::{Request, Response};

use crate::console::Console;
use crate::key::KeyFile;
use crate::operations::{
    Agent, activate, backup, download_credentials, register, restore, scheduled_backup,
    set_passphrase,
};
use crate::step_error::StepError;
use crate::steps::Steps;
use crate::web::Web;

mod config;
mod connect;
mod console;
mod credentials_file;
mod engine;
mod events;
mod files;
mod items;
mod jobs;
mod key;
mod limits;
mod log;
mod operations;
mod places;
mod portal;
pub mod product;
mod proxy;
mod random;
mod scratch;
mod service;
mod step;
mod step_error;
mod steps;
#[cfg(test)]
mod testing;
mod web;

pub use config::REGISTRATION_VALUES;
pub use events::EVENT_LOGS;
pub use limits::Limits;
pub use places::{INSTALL_PATH, TEMP_FOLDER};
pub use product::Product;
pub use step::{Step, StepObserver};
pub use step_error::Kind;

/// What the administrator enters: the account, the vault, the passphrase.
#[derive(Clone, PartialEq, Eq)]
pub struct Intent {
    /// The administrator's account on the machine (`CORP\admin`).
    pub user: Name,
    /// The tenant to which the portal signs the administrator in.
    pub tenant: Name,
    /// The portal's cloud.
    pub cloud: PortalCloud,
    /// The vault's subscription.
    pub subscription: Name,
    /// The vault's resource group.
    pub resource_group: String,
    /// The vault (`ResourceName`, mars-facts 3.2).
    pub vault: Name,
    /// The encryption passphrase; never printed, stored or sent (mars-facts E4).
    pub passphrase: String,
    /// The vault credentials file with which the server is to be registered; the newest of the downloads if `None`.
    pub credentials: Option<WinPath>,
    /// The full name of the machine whose data is restored; this machine's own if `None`.
    pub restore_of: Option<Name>,
}

/// The hosts behind the portal, which differ from one of Microsoft's clouds to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortalCloud {
    /// Where it signs users in.
    pub sign_in: &'static str,
    /// The resource manager.
    pub management: &'static str,
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What the console shows, in the machine's language (mars-facts 1 and 2).
    pub outcome: Outcome,
    /// The step whose call failed; `None` if the operation succeeded.
    pub stopped_at: Option<Step>,
}

/// What decides how the agent behaves, and what it shows.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    /// Its numbers.
    pub limits: &'a Limits,
    /// Its messages, and the preconditions of its steps.
    pub product: &'a Product,
}

/// Carries out an operation. `observer` is told each step before it is taken.
pub async fn operate(
    operation: Operation,
    host: &dyn HostControl,
    intent: &Intent,
    edition: Edition<'_>,
    observer: StepObserver<'_>,
) -> Ended {
    let Edition { limits, product } = edition;
    let steps = Steps::new(observer, host, operation, product.preconditions());
    let console = Console { product, operation, host, user: &intent.user };
    let done = if operation == Operation::DownloadCredentials {
        // The portal does this in a browser, without the agent.
        download_credentials::run(host, intent, limits, &steps).await
    } else {
        run(Agent::new(&console, intent, limits, &steps)).await
    };
    let stopped_at = done.as_ref().err().and_then(|error| steps.stopped_at(error));
    let outcome = match &done {
        Ok(()) => Outcome::Succeeded,
        Err(error) => Outcome::Failed(console.symptom(stopped_at, error)),
    };
    Ended { outcome, stopped_at }
}

/// Carries out an operation of the agent, and writes its log.
async fn run(mut agent: Agent<'_>) -> Result<(), StepError> {
    let done = match agent.console.operation {
        Operation::DownloadCredentials => Ok(()),
        Operation::Register => register::run(&mut agent).await,
        Operation::SetPassphrase => set_passphrase::run(&mut agent).await,
        Operation::Activate => activate::run(&mut agent).await,
        Operation::Backup => backup::run(&mut agent).await,
        Operation::ScheduledBackup => scheduled_backup::run(&mut agent).await,
        Operation::Restore => restore::run(&mut agent).await,
    };
    if let Err(error) = &done {
        agent.report(error);
    }
    agent.log.write(agent.host, &agent.places.log());
    done
}

/// Unregisters the server: removes it from the vault in the portal (`DELETE registeredIdentities`, mars-facts 4.3), and its
/// registration from the registry and the certificate store. Fails with what the portal's browser or a server says.
pub async fn unregister(host: &dyn HostControl, intent: &Intent) -> Result<(), String> {
    operations::unregister::run(host, intent).await.map_err(|error| error.text())
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
