//! A volume with too little space for the scratch folder: for the backup data, or as a share of the volume.
//!
//! To activate and to back up, the agent needs a share of the data, and a larger one of very many files. The share of the volume is the basic check of those
//! who back up: an activation has only just taken what the data needs.

use std::collections::BTreeMap;

use marslab_model::host::{Account, VolumeInfo};
use marslab_model::{Finding, Name, Operation, WinPath};

use super::{COPYING, Rule};
use crate::facts::METADATA;
use crate::facts::areas;
use crate::items::{self, Selection};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: TAKING_SPACE, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(data) = items::examine(scene.host, &scene.config) else {
        return RuleOutput::unchecked(areas::SELECTED_FILES, "they are too many to be counted");
    };
    let volumes = scene.host.volumes(&Account::System).unwrap_or_default();
    let mut seen = BTreeMap::new();
    for folder in scene.scratch.candidates() {
        let known = folder.volume().and_then(|letter| volumes.get_key_value(&letter));
        let Some((letter, volume)) = known else { continue };
        let space = Space { letter, volume, own: own_metadata(scene, folder) };
        seen.extend(space.judge(scene, &data).map(|found| (letter, found)));
    }
    seen.into_values().collect()
}

/// The space for the agent on a volume.
struct Space<'a> {
    letter: &'a Name,
    volume: &'a VolumeInfo,
    /// What the agent's own files there take.
    own: u64,
}

impl Space<'_> {
    /// Finds too little space for this data or, during a backup, too small a share of the volume.
    fn judge(&self, scene: &Scene<'_>, data: &Selection) -> Option<Finding> {
        let Self { letter, volume: VolumeInfo { free, size, .. }, own } = self;
        let (limits, space) = (&scene.limits, free.saturating_add(*own));
        let Selection { bytes, files, .. } = data;
        let percent = match scene.operation {
            // A recovery point is about as large as what is selected.
            Operation::Restore => limits.restore_percent,
            _ if *files > limits.many_files => limits.many_files_percent,
            _ => limits.data_percent,
        };
        let found = if space < share(*bytes, percent) {
            Finding::cause("scratch-volume-full", "free-space-on-volume").with_evidence(format!(
                "{letter} has {space} bytes for the agent; the selected data has {bytes} in {files} files"
            ))
        } else if COPYING.contains(&scene.operation) && *free < share(*size, limits.volume_percent)
        {
            Finding::advice("scratch-volume-low", "free-space-on-volume")
                .with_evidence(format!("{free} of the {size} bytes of {letter} are free"))
        } else {
            return None;
        };
        Some(found.with_about(letter.as_str()))
    }
}

/// What the agent keeps there already is space that it has for the data of a backup. It is not free on the volume.
fn own_metadata(scene: &Scene<'_>, folder: &WinPath) -> u64 {
    if scene.operation == Operation::Restore {
        return 0;
    }
    let file = scene.host.file_info(&Account::System, &folder.join(METADATA));
    file.map_or(0, |file| file.size)
}

fn share(of: u64, percent: u64) -> u64 {
    let share = u128::from(of) * u128::from(percent) / 100;
    u64::try_from(share).unwrap_or(u64::MAX)
}

/// What takes space for data: a restore, too, for what is on its way.
const TAKING_SPACE: &[Operation] =
    &[Operation::Activate, Operation::Backup, Operation::ScheduledBackup, Operation::Restore];

#[cfg(test)]
mod tests;
