//! Something that the agent has to open, and whose access list denies SYSTEM: its programs, the folder for temporary files,
//! the scratch folder (the English article of 2025: whether the scratch location is accessible).

use std::collections::BTreeMap;

use marslab_model::host::Account;
use marslab_model::{Finding, Operation, WinPath};

use super::{AFTER_REGISTERING, AGENT, COPYING, Rule, WITH_KEY};
use crate::facts::{CHECKSUMS, KEK, METADATA, SETTINGS, TEMP_FOLDER, areas};
use crate::items::Opened;
use crate::needed::{Keeper, denying, keeper, programs};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let list_of = |path: &WinPath| match keeper(scene.host, &Opened::new(scene.host, path.clone()))
    {
        Some(Keeper::AccessList(place)) => Some(place),
        Some(Keeper::Programs(_) | Keeper::Unnamed) | None => None,
    };
    let files = programs(scene).into_iter().chain(in_scratch(scene));
    let mut denied: Vec<(WinPath, WinPath)> =
        files.filter_map(|path| list_of(&path).map(|place| (place, path))).collect();
    // A folder cannot be opened as a file.
    let temp = WinPath::new(TEMP_FOLDER);
    denied.extend(denying(scene.host, &temp).map(|place| (place, temp)));
    let hidden = hidden(scene, &denied);
    // One list may deny several files, of which the first is evidence enough.
    let first: BTreeMap<WinPath, WinPath> = denied.into_iter().rev().collect();
    let found: RuleOutput = first.iter().map(|(place, path)| found(place, path)).collect();
    hidden.into_iter().fold(found, |seen, path| {
        let because = format!("whether antivirus blocks {path} as well cannot be seen");
        seen.with_unchecked(areas::AGENT_FILES, because)
    })
}

fn found(place: &WinPath, path: &WinPath) -> Finding {
    Finding::cause("agent-access-denied", "grant-file-access")
        .with_about(place.as_str())
        .with_evidence(format!(
            "the access list of {place} denies SYSTEM, which has to open {path}"
        ))
}

/// Of what access lists deny, the agent's own files that antivirus may block as well.
fn hidden(scene: &Scene<'_>, denied: &[(WinPath, WinPath)]) -> Vec<WinPath> {
    if denied.is_empty() || scene.host.antivirus().unwrap_or_default().product.is_empty() {
        return Vec::new();
    }
    let mut folders = scene.scratch.candidates();
    folders.push(&scene.config.install);
    let is_own = |path: &&WinPath| folders.iter().any(|folder| path.is_within(folder));
    denied.iter().map(|(_, path)| path).filter(is_own).cloned().collect()
}

/// What is opened in the scratch folder.
fn in_scratch(scene: &Scene<'_>) -> Vec<WinPath> {
    let names = OPENED_DURING.iter().filter(|(_, during)| during.contains(&scene.operation));
    let folders = scene.scratch.candidates();
    let paths = names.flat_map(|(name, _)| folders.iter().map(|folder| folder.join(name)));
    // The checksums are there only where the agent keeps some.
    let is_kept = |path: &WinPath| {
        path.file_name() != CHECKSUMS || scene.host.file_info(&Account::System, path).is_ok()
    };
    paths.filter(is_kept).collect()
}

/// What the agent opens in the scratch folder, and to do what.
const OPENED_DURING: [(&str, &[Operation]); 4] =
    [(SETTINGS, AGENT), (KEK, AFTER_REGISTERING), (METADATA, WITH_KEY), (CHECKSUMS, COPYING)];

#[cfg(test)]
mod tests;
