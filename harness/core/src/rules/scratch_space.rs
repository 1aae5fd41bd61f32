//! A volume with too little space for the scratch folder: for the backup data, or as a share of the volume.

use marslab_model::WinPath;
use marslab_model::host::Account;

use super::{Rule, WRITING};
use crate::facts::{METADATA, SCRATCH_SHARE_PERCENT};
use crate::items;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: WRITING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(folder) = scene.scratch.place() else {
        return Seen::unchecked(WHAT, "it is not clear which folder is the scratch folder");
    };
    let volumes = scene.host.volumes().into_iter();
    let volume = folder.volume().and_then(|own| volumes.into_iter().find(|(name, _)| *name == own));
    let Some((letter, volume)) = volume else {
        return Seen::unchecked(WHAT, format!("the machine has no volume for {folder}"));
    };
    let Some(data) = items::examine(scene.host, &items::selected(&scene.config)) else {
        return Seen::unchecked(WHAT, "the selected files are too many to be counted");
    };
    let space = volume.free.saturating_add(own_metadata(scene, folder));
    let evidence = |of: u64, what| format!("{letter} has {space} bytes for the agent; {what} has {of}");
    let found = if space < share(data.bytes) {
        Found::cause("scratch-volume-full", "free-space-on-volume")
            .evidence(evidence(data.bytes, "the selected data"))
    } else if space < share(volume.size) {
        Found::advice("scratch-volume-low", "free-space-on-volume")
            .evidence(evidence(volume.size, "the volume"))
    } else {
        return Seen::nothing();
    };
    found.about(letter.as_str()).into()
}

/// What the agent keeps there already is space that it has.
fn own_metadata(scene: &Scene<'_>, folder: &WinPath) -> u64 {
    let file = scene.host.file_info(&Account::System, &folder.join(METADATA));
    file.map_or(0, |file| file.size)
}

fn share(of: u64) -> u64 {
    let share = u128::from(of) * u128::from(SCRATCH_SHARE_PERCENT) / 100;
    u64::try_from(share).unwrap_or(u64::MAX)
}

const WHAT: &str = "the space for the scratch folder";

#[cfg(test)]
mod tests;
