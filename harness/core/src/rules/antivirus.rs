//! Antivirus that watches the agent's programs and folders without an exclusion.

use std::collections::BTreeSet;

use marslab_model::host::Account;
use marslab_model::{HostRead, WinPath};

use super::{AGENT, COPYING, Rule};
use crate::facts::DOTNET_FOLDERS;
use crate::items;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let antivirus = scene.host.antivirus();
    if antivirus.product.is_empty() {
        return Seen::nothing();
    }
    let needed = needed(scene);
    let watched = antivirus.watches.iter().flat_map(|watch| struck(watch, &needed));
    let is_excluded = |path: &WinPath| antivirus.exclusions.iter().any(|rule| covers(rule, path));
    let blocked: BTreeSet<WinPath> = watched.filter(|path| !is_excluded(path)).collect();
    let is_part =
        |path: &WinPath| blocked.iter().any(|other| other != path && path.is_within(other));
    let found = |path: &WinPath| {
        Found::cause("antivirus-blocks", "exclude-from-antivirus-scan")
            .about(path.as_str())
            .evidence(format!("{} watches {path}, which is not excluded", antivirus.product))
    };
    blocked.iter().filter(|path| !is_part(path)).map(found).collect()
}

/// What the articles have excluded: `cbengine.exe`, each `csc.exe`, the scratch folder and the folder `bin`. What is backed
/// up has to be read, too (mars-facts 1.9).
fn needed(scene: &Scene<'_>) -> Vec<WinPath> {
    let bin = scene.config.install.join("bin");
    let scratch = scene.scratch.place().cloned();
    let scratch = scratch.unwrap_or_else(|| scene.config.install.join("Scratch"));
    let compilers = compilers(scene.host);
    let is_copying = COPYING.contains(&scene.operation);
    let data = if is_copying { items::selected(&scene.config) } else { Vec::new() };
    compilers.into_iter().chain([bin.join("cbengine.exe"), scratch, bin]).chain(data).collect()
}

fn compilers(host: &dyn HostRead) -> Vec<WinPath> {
    let folders = DOTNET_FOLDERS.iter().map(|folder| WinPath::new(*folder));
    let versions =
        folders.flat_map(|folder| host.list_folder(&Account::System, &folder).unwrap_or_default());
    let compilers = versions.map(|version| version.path.join("csc.exe"));
    compilers.filter(|path| host.file_info(&Account::System, path).is_ok()).collect()
}

/// What a watch takes from the agent: what it names where that is something needed or lies in it, else what is needed
/// and lies in what it names.
fn struck(watch: &WinPath, needed: &[WinPath]) -> Vec<WinPath> {
    let place = folder(watch);
    if needed.iter().any(|path| place.is_within(path)) {
        return vec![place];
    }
    needed.iter().filter(|path| covers(watch, path)).cloned().collect()
}

/// Watches and exclusions are paths, folders with `\*`, or bare names of programs (mars-facts 5.8).
fn covers(rule: &WinPath, path: &WinPath) -> bool {
    let place = folder(rule);
    if place.as_str().contains('\\') {
        return path.is_within(&place);
    }
    WinPath::new(path.file_name()) == place
}

fn folder(rule: &WinPath) -> WinPath {
    WinPath::new(rule.as_str().trim_end_matches('*').trim_end_matches('\\'))
}

#[cfg(test)]
mod tests;
