//! A folder in which the agent has to write, and which Defender protects from programs that it does not trust ("Customize
//! controlled folder access", Microsoft). The agent reads there as before. Which programs Defender trusts by itself nobody can
//! ask; what it has kept back stands in its log.

use std::collections::BTreeMap;

use marslab_model::host::Account;
use marslab_model::{Finding, HostRead, KeyPath, Name, WinPath};

use super::{AGENT, REGISTERED, Rule};
use crate::config::number;
use crate::facts::{CONTROLLED_FOLDERS, DEFENDER_LOG, TEMP_FOLDER};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let host = scene.host;
    if host.antivirus().unwrap_or_default().product.is_empty() || mode(host) != Some(BLOCK) {
        return RuleOutput::default();
    }
    let engine = scene.config.install.join("bin").join("cbengine.exe");
    if listed(host, "AllowedApplications").contains(&engine) {
        return RuleOutput::default();
    }
    let folders = listed(host, "ProtectedFolders");
    let covering = |place: &WinPath| folders.iter().find(|folder| place.is_within(folder));
    let places = written(scene);
    let found: BTreeMap<&WinPath, &WinPath> =
        places.iter().filter_map(|place| Some((covering(place)?, place))).collect();
    found.into_iter().map(|(folder, place)| found_in(host, folder, place)).collect()
}

fn found_in(host: &dyn HostRead, folder: &WinPath, place: &WinPath) -> Finding {
    let found = Finding::cause("controlled-folder-access", "allow-in-controlled-folders")
        .with_about(folder.as_str())
        .with_evidence(format!(
            "controlled folder access protects {folder}, does not allow cbengine.exe, and the agent writes in {place}"
        ));
    let log = host.events(&Name::new(DEFENDER_LOG)).unwrap_or_default();
    let kept_back =
        |message: &str| message.contains("cbengine.exe") && message.contains(folder.as_str());
    let noted = log.into_iter().rfind(|record| record.id == BLOCKED && kept_back(&record.message));
    match noted {
        Some(record) => {
            found.with_evidence(format!("{} {}: {}", record.at, record.id, record.message))
        }
        None => found,
    }
}

/// Where the agent writes during an operation: what it downloads, and all but a registration in the scratch folder.
fn written(scene: &Scene<'_>) -> Vec<WinPath> {
    let needs_scratch = REGISTERED.contains(&scene.operation);
    let scratch = scene.scratch.place().filter(|_| needs_scratch).cloned();
    scratch.into_iter().chain([WinPath::new(TEMP_FOLDER)]).collect()
}

/// What the policy says, or else what is set on the machine.
fn mode(host: &dyn HostRead) -> Option<u32> {
    let name = "EnableControlledFolderAccess";
    CONTROLLED_FOLDERS.iter().find_map(|key| number(host, &Account::System, key, name))
}

/// The paths on a list, which are the names of its values.
fn listed(host: &dyn HostRead, list: &str) -> Vec<WinPath> {
    let values = CONTROLLED_FOLDERS.iter().flat_map(|key| {
        let key = KeyPath::new(format!(r"{key}\{list}"));
        host.registry_values(&Account::System, &key).unwrap_or_default().into_keys()
    });
    values.map(|name| WinPath::new(name.as_str().trim_end_matches('\\'))).collect()
}

/// The mode in which changes are kept back.
const BLOCK: u32 = 1;

/// The event of a change that was kept back.
const BLOCKED: u32 = 1123;

#[cfg(test)]
mod tests;
