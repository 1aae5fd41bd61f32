//! A selected volume whose shadow copies may take too little of it (mars-facts 1.9).

use std::collections::BTreeSet;

use marslab_model::host::Account;
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
    let limits = volumes.filter_map(|(letter, volume)| Some((letter, volume.shadow_storage?)));
    let least = scene.limits.shadow_storage_mib << 20;
    let small = limits.filter(|(letter, most)| selected.contains(letter) && *most < least);
    let found = small.map(|(letter, most)| {
        Finding::cause("shadow-storage-small", "resize-shadow-storage")
            .with_about(letter.as_str())
            .with_evidence(format!("the shadow copies of {letter} are limited to {most} bytes"))
    });
    found.collect()
}

#[cfg(test)]
mod tests;
