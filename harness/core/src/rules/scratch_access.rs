//! A scratch folder, or a file in it, whose access list denies SYSTEM (the English article of 2025: whether the scratch
//! location is accessible).

use std::collections::BTreeMap;

use marslab_model::host::Account;
use marslab_model::{Finding, Operation, WinPath};

use super::{AFTER_REGISTERING, AGENT, COPYING, Rule, WITH_KEY};
use crate::facts::{CHECKSUMS, KEK, METADATA, SETTINGS};
use crate::items::Opened;
use crate::needed::{Keeper, keeper};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let mut denied = BTreeMap::<WinPath, Vec<WinPath>>::new();
    for folder in scene.scratch.candidates() {
        for (name, during) in OPENED_DURING {
            let path = folder.join(name);
            let is_opened = during.contains(&scene.operation) && !is_of_other_agents(scene, &path);
            let file = is_opened.then(|| Opened::new(scene.host, path));
            if let Some(Keeper::AccessList(place)) =
                file.as_ref().and_then(|file| keeper(scene.host, file))
            {
                denied.entry(place).or_default().extend(file.map(|file| file.path));
            }
        }
    }
    let found = denied.into_iter().map(|(place, files)| {
        let found = Finding::cause("scratch-access-denied", "grant-file-access");
        let evidence = files.iter().map(|file| {
            format!("the access list of {place} denies SYSTEM, which has to open {file}")
        });
        evidence.fold(found.with_about(place.as_str()), Finding::with_evidence)
    });
    found.collect()
}

/// The checksums are there only where the agent keeps some.
fn is_of_other_agents(scene: &Scene<'_>, path: &WinPath) -> bool {
    path.file_name() == CHECKSUMS && scene.host.file_info(&Account::System, path).is_err()
}

/// What the agent opens in the folder, and to do what.
const OPENED_DURING: [(&str, &[Operation]); 4] =
    [(SETTINGS, AGENT), (KEK, AFTER_REGISTERING), (METADATA, WITH_KEY), (CHECKSUMS, COPYING)];

#[cfg(test)]
mod tests;
