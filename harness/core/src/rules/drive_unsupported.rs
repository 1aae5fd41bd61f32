//! A volume that is selected for backup and not supported (mars-facts 5.11).

use std::collections::BTreeSet;

use marslab_model::host::{Account, VolumeInfo};
use marslab_model::world::{BitLocker, VolumeKind};
use marslab_model::{Finding, Name};

use super::{COPYING, Rule};
use crate::items;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let items = items::selected(&scene.config);
    let selected: BTreeSet<Name> = items.iter().filter_map(|item| item.volume()).collect();
    let volumes = scene.host.volumes(&Account::System).unwrap_or_default().into_iter();
    let volumes = volumes.filter(|(letter, _)| selected.contains(letter));
    volumes.filter_map(|(letter, volume)| found(&letter, &volume)).collect()
}

fn found(letter: &Name, volume: &VolumeInfo) -> Option<Finding> {
    let flaw = flaw(volume)?;
    let found = Finding::cause("drive-unsupported", "exclude-from-backup");
    Some(found.with_about(letter.as_str()).with_evidence(format!("{letter} {flaw}")))
}

fn flaw(volume: &VolumeInfo) -> Option<&'static str> {
    match (volume.kind, volume.bitlocker) {
        (VolumeKind::Removable, _) => Some("is a removable disk"),
        (VolumeKind::Network, _) => Some("is a share of another machine"),
        (VolumeKind::Fixed, BitLocker::Locked) => Some("is locked by BitLocker"),
        (VolumeKind::Fixed, BitLocker::Off | BitLocker::Unlocked) => {
            let is_ntfs = volume.file_system.eq_ignore_ascii_case("NTFS");
            (!is_ntfs).then_some("is not formatted with NTFS")
        }
    }
}

#[cfg(test)]
mod tests;
