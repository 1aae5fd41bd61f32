//! A volume with too little space for the scratch folder: for the backup data, or as a share of the volume.
//!
//! To activate and to back up, the agent needs a share of the data. The share of the volume is the basic check of those
//! who back up: an activation has only just taken what the data needs.

use marslab_model::host::Account;
use marslab_model::{Finding, WinPath};

use super::{COPYING, Rule, WITH_KEY};
use crate::facts::METADATA;
use crate::items;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: WITH_KEY, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(folder) = scene.scratch.place() else {
        return RuleOutput::unchecked(WHAT, "it is not clear which folder is the scratch folder");
    };
    let mut volumes = scene.host.volumes(&Account::System).unwrap_or_default();
    let volume = folder.volume().and_then(|own| volumes.remove_entry(&own));
    let Some((letter, volume)) = volume else {
        return RuleOutput::unchecked(WHAT, format!("the machine has no volume for {folder}"));
    };
    let Some(data) = items::examine(scene.host, &scene.config) else {
        return RuleOutput::unchecked(WHAT, "the selected files are too many to be counted");
    };
    let space = volume.free.saturating_add(own_metadata(scene, folder));
    let is_copying = COPYING.contains(&scene.operation);
    let limits = &scene.limits;
    let found = if space < share(data.bytes, limits.data_percent) {
        let data = data.bytes;
        Finding::cause("scratch-volume-full", "free-space-on-volume").with_evidence(format!(
            "{letter} has {space} bytes for the agent; the selected data has {data}"
        ))
    } else if is_copying && volume.free < share(volume.size, limits.volume_percent) {
        let (free, size) = (volume.free, volume.size);
        Finding::advice("scratch-volume-low", "free-space-on-volume")
            .with_evidence(format!("{free} of the {size} bytes of {letter} are free"))
    } else {
        return RuleOutput::nothing();
    };
    found.with_about(letter.as_str()).into()
}

/// What the agent keeps there already is space that it has for the data. It is not free on the volume.
fn own_metadata(scene: &Scene<'_>, folder: &WinPath) -> u64 {
    let file = scene.host.file_info(&Account::System, &folder.join(METADATA));
    file.map_or(0, |file| file.size)
}

fn share(of: u64, percent: u64) -> u64 {
    let share = u128::from(of) * u128::from(percent) / 100;
    u64::try_from(share).unwrap_or(u64::MAX)
}

const WHAT: &str = "the space for the scratch folder";

#[cfg(test)]
mod tests;
