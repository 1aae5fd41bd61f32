//! Antivirus that keeps the agent from its programs, its folders and the data, without an exclusion.
//!
//! What an antivirus program keeps to itself it does not list. It shows where the agent would open a file and another
//! program has it; what the program's own exclusions cover is not its doing.

use std::collections::BTreeSet;

use marslab_model::host::{Account, AntivirusStatus, FileError};
use marslab_model::{Finding, HostRead, Name, WinPath};

use super::{AGENT, COPYING, Rule};
use crate::facts::areas;
use crate::facts::{DEFENDER_LOG, DOTNET_FOLDERS, SCRATCH_FILES};
use crate::items::{self, Opened};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let held = held(scene);
    if held.is_empty() {
        return RuleOutput::nothing();
    }
    let antivirus = scene.host.antivirus().unwrap_or_default();
    let is_its_doing = |path: &WinPath| {
        !antivirus.product.is_empty() && !antivirus.exclusions.iter().any(|it| covers(it, path))
    };
    let (blocked, others): (Vec<_>, Vec<_>) = held.into_iter().partition(is_its_doing);
    let found: RuleOutput =
        blocked.iter().map(|path| found(scene.host, &antivirus, path)).collect();
    others.iter().fold(found, |seen, path| {
        let is_selected = items::selected(&scene.config).iter().any(|item| path.is_within(item));
        let area = if is_selected { areas::SELECTED_FILES } else { areas::AGENT_FILES };
        seen.with_unchecked(area, format!("another program has {path} open"))
    })
}

fn found(host: &dyn HostRead, antivirus: &AntivirusStatus, path: &WinPath) -> Finding {
    let product = &antivirus.product;
    let found = Finding::cause("antivirus-blocks", "exclude-from-antivirus-scan")
        .with_about(path.as_str())
        .with_evidence(format!(
            "another program has {path} open, and {product} does not exclude it"
        ));
    // What it blocks it writes down, but not what it only holds.
    let log = host.events(&Name::new(DEFENDER_LOG)).unwrap_or_default();
    let named = log.into_iter().rfind(|record| record.message.contains(path.as_str()));
    match named {
        Some(record) => {
            found.with_evidence(format!("{} {}: {}", record.at, record.id, record.message))
        }
        None => found,
    }
}

/// What another program uses of what the articles have excluded, `cbengine.exe`, each `csc.exe`, the scratch folder and
/// the folder `bin`, and of what is backed up (mars-facts 1.9). A folder stands for all that is in it.
fn held(scene: &Scene<'_>) -> BTreeSet<WinPath> {
    let mut held = BTreeSet::new();
    let mut note = |place: &WinPath, opened: &[Opened]| held.extend(whole(place, opened));
    for compiler in compilers(scene.host) {
        note(&compiler, &[Opened::new(scene.host, compiler.clone())]);
    }
    let bin = scene.config.install.join("bin");
    note(&bin, &items::open_below(scene.host, &bin).unwrap_or_default());
    let scratch = scene.scratch.place().cloned();
    let scratch = scratch.unwrap_or_else(|| scene.config.install.join("Scratch"));
    note(&scratch, &open_scratch(scene.host, &scratch));
    if COPYING.contains(&scene.operation) {
        let opened = scene.selected_files().unwrap_or_default();
        items::selected(&scene.config).iter().for_each(|item| note(item, opened));
    }
    held
}

/// What is in the scratch folder, and what the agent would put there.
fn open_scratch(host: &dyn HostRead, scratch: &WinPath) -> Vec<Opened> {
    let listed = items::open_below(host, scratch).unwrap_or_default();
    let expected = SCRATCH_FILES.iter().map(|name| scratch.join(name));
    let missing = expected.filter(|path| listed.iter().all(|file| file.path != *path));
    let missing: Vec<_> = missing.map(|path| Opened::new(host, path)).collect();
    listed.into_iter().chain(missing).collect()
}

fn compilers(host: &dyn HostRead) -> Vec<WinPath> {
    let folders = DOTNET_FOLDERS.iter().map(|folder| WinPath::new(*folder));
    let versions =
        folders.flat_map(|folder| host.list_folder(&Account::System, &folder).unwrap_or_default());
    let compilers = versions.map(|version| version.path.join("csc.exe"));
    compilers.filter(|path| host.file_info(&Account::System, path).is_ok()).collect()
}

/// The files at or below a place that another program uses; where that is all of several, the place itself.
fn whole(place: &WinPath, opened: &[Opened]) -> Vec<WinPath> {
    let inside: Vec<&Opened> = opened.iter().filter(|file| file.path.is_within(place)).collect();
    let held = inside.iter().filter(|file| file.error == Some(FileError::SharingViolation));
    let held: Vec<WinPath> = held.map(|file| file.path.clone()).collect();
    if held.len() > 1 && held.len() == inside.len() { vec![place.clone()] } else { held }
}

/// Exclusions are paths, folders with `\*`, or bare names of programs (mars-facts 5.8).
fn covers(rule: &WinPath, path: &WinPath) -> bool {
    let place = WinPath::new(rule.as_str().trim_end_matches('*').trim_end_matches('\\'));
    if place.as_str().contains('\\') {
        return path.is_within(&place);
    }
    WinPath::new(path.file_name()) == place
}

#[cfg(test)]
mod tests;
