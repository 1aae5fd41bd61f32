//! Windows: the host port over a running world.
//!
//! | module | what lives there |
//! | --- | --- |
//! | `access` | access checks on paths, by Windows, BitLocker and antivirus |
//! | `controlled_folders` | what Defender keeps programs from changing |
//! | `files`, `writing` | reading files, and changing them |
//! | `registry` | the registry, and the environment that is kept in it |
//! | `system` | the other calls that read |
//! | `act` | the other calls that write |
//! | `admin` | what an administrator's programs list and change |
//! | `services`, `events` | the Service Control Manager and calls of services; the event logs |
//! | `tasks`, `powershell` | the Task Scheduler, and what PowerShell checks before it runs a command |
//! | `snapshots` | the Volume Shadow Copy service, and Windows Server Backup |
//! | `hosts` | the names that a machine knows by its own file |
//! | `iscsi` | the iSCSI initiator |
//! | `zones`, `tls` | the security zone of a URL, and the TLS versions that programs offer and servers take |
//!
//! What is read to answer a caller is read through [`Running::look`] and so recorded, as narrowly as it is read. Time
//! stamps on what is written are part of writing: a clock that only ends up in a time stamp counts as not read.

use std::collections::BTreeSet;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use marslab_model::host::{Account, Network};
use marslab_model::net::ViaProxy;
use marslab_model::world::{Machine, TlsVersion};
use marslab_model::{Address, Connection, DialError, Edit, HostName, Name, Tracked};

use marslab_network::FakeNetwork;
use marslab_pki::Pki;
use marslab_state::Running;

mod access;
mod act;
mod admin;
mod controlled_folders;
mod events;
mod files;
mod hosts;
mod iscsi;
mod powershell;
mod registry;
mod services;
mod snapshots;
mod system;
mod tasks;
mod tls;
mod writing;
mod zones;

/// One machine of a running world.
pub struct FakeMachine {
    running: Arc<Running>,
    network: Arc<FakeNetwork>,
    pki: Arc<Pki>,
    name: Name,
}

impl FakeMachine {
    /// The machine with this name. A machine that is missing from the world is empty.
    pub fn new(
        running: Arc<Running>,
        network: Arc<FakeNetwork>,
        pki: Arc<Pki>,
        name: Name,
    ) -> Self {
        Self { running, network, pki, name }
    }

    /// The folder that is a drive of the machine, made at the first call; `None` on `memory`.
    pub fn drive(&self, volume: &Name) -> io::Result<Option<PathBuf>> {
        let made = self.running.drive(&self.name, volume);
        made.inspect_err(|error| {
            self.running.note_trouble("cannot make the folder of a drive", error);
        })
    }

    /// Reads from the machine; `None` if it is missing.
    fn look<R>(&self, read: impl FnOnce(Tracked<'_, Machine>) -> R) -> Option<R> {
        self.running.look(|world| world.machines().at(&self.name).map(read))
    }

    /// Changes the machine; does nothing if it is missing.
    fn edit<R>(&self, write: impl FnOnce(&mut Edit<'_, Machine>) -> R) -> R {
        self.running.edit(|world| write(&mut world.machines().at(&self.name)))
    }

    /// The time for time stamps. Nothing depends on it, so the clock is not recorded as read.
    fn stamp(&self) -> Moment {
        self.running.untracked(|world| {
            let machine = world.machines.get(&self.name);
            let here = machine.map_or(world.now, |machine| machine.clock.utc(world.now));
            Moment { truly: world.now, here }
        })
    }
}

/// A time, by two clocks.
#[derive(Clone, Copy)]
struct Moment {
    /// True time.
    truly: Timestamp,
    /// The machine's idea of UTC.
    here: Timestamp,
}

#[async_trait]
impl Network for FakeMachine {
    async fn resolve(&self, host: &HostName) -> Result<Vec<IpAddr>, DialError> {
        self.resolve_name(host).await
    }

    async fn query_dns(&self, host: &HostName) -> Result<Vec<IpAddr>, DialError> {
        self.network.resolve(host).await
    }

    async fn server_tls_versions(
        &self,
        who: &Account,
        to: &Address,
        proxy: &ViaProxy,
    ) -> Result<BTreeSet<TlsVersion>, DialError> {
        self.try_tls_versions(who, to, proxy).await
    }

    async fn dial(&self, _who: &Account, to: &Address) -> Result<Connection, DialError> {
        self.connect(to).await
    }
}

#[cfg(test)]
mod tests;
