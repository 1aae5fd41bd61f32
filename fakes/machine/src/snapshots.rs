//! The Volume Shadow Copy service, and Windows Server Backup, which asks it for snapshots.
//!
//! The service makes one set of snapshots at a time; meanwhile a second program gets VSS_E_SNAPSHOT_SET_IN_PROGRESS. That
//! the two schedules conflict like this is the lab's own: the articles only say that they must not (mars-facts E7, 1).

use std::collections::BTreeSet;

use jiff::SignedDuration;
use marslab_model::Name;
use marslab_model::host::{HostControl as _, HostError as _, SnapshotError};
use marslab_model::world::SnapshotSet;

use super::FakeMachine;

impl FakeMachine {
    /// Begins a snapshot of these volumes, unless another is being made. The service is started for it; each volume
    /// needs room for what changes meanwhile.
    pub(super) fn snapshot(&self, volumes: &BTreeSet<Name>) -> Result<(), SnapshotError> {
        // A machine without the service, or with one that is disabled, makes none.
        let started = self.start_service(&Name::new(SHADOW_COPY));
        started.map_err(|_not_started| SnapshotError::ServiceDisabled)?;
        let is_too_little = |letter: &Name| {
            let storage = self.look(|machine| {
                let volume = machine.volumes().at(letter)?;
                *volume.shadow_storage().get()
            });
            storage
                .flatten()
                .is_some_and(|most| most < self.running.limits().shadow_storage_mib << 20)
        };
        if volumes.iter().any(is_too_little) {
            return Err(SnapshotError::InsufficientStorage);
        }
        let now = self.running.now();
        let is_busy = self.look(|machine| {
            machine.snapshot_sets().each().any(|(_, set)| *set.ready_at().get() > now)
        });
        if is_busy.unwrap_or(false) { Err(SnapshotError::InProgress) } else { Ok(()) }
    }

    /// What `wbadmin` does with these arguments, and what it exits with: `start backup` has Windows Server Backup's
    /// service take a snapshot of the whole server. Other commands of the program do nothing in the lab.
    pub(super) fn back_up_server(&self, arguments: &str) -> u32 {
        let mut words = arguments.split_whitespace();
        let is_backup = ["start", "backup"]
            .iter()
            .all(|wanted| words.next().is_some_and(|word| word.eq_ignore_ascii_case(wanted)));
        if !is_backup {
            return 0;
        }
        match self.start_service(&Name::new(SERVER_BACKUP)) {
            Ok(()) => {}
            Err(error) => return HRESULT_OF_WIN32 | error.number(),
        }
        if self.snapshot(&BTreeSet::new()).is_err() {
            return SNAPSHOT_SET_IN_PROGRESS;
        }
        let lasts = SignedDuration::from_secs(self.running.limits().snapshot_seconds);
        let now = self.stamp().truly;
        let set = SnapshotSet { ready_at: now.saturating_add(lasts).unwrap_or(now) };
        self.edit(|machine| machine.snapshot_sets().insert(Name::new("wbadmin.exe"), set));
        0
    }
}

/// The Volume Shadow Copy service.
const SHADOW_COPY: &str = "VSS";

/// Windows Server Backup's service (mars-facts 5.7).
const SERVER_BACKUP: &str = "wbengine";

/// An HRESULT is made of a Win32 error by setting this.
const HRESULT_OF_WIN32: u32 = 0x8007_0000;

/// VSS_E_SNAPSHOT_SET_IN_PROGRESS.
const SNAPSHOT_SET_IN_PROGRESS: u32 = 0x8004_2316;

#[cfg(test)]
mod tests;
