//! Antivirus that keeps the agent from its programs, its folders and the data, without an exclusion.
//!
//! What an antivirus program keeps to itself it does not list. It shows where the agent would open a file and cannot, though
//! Windows names no program that has it open, and no access list denies it; what the program's own exclusions cover is not
//! its doing.

use std::collections::BTreeSet;

use marslab_model::host::AntivirusStatus;
use marslab_model::{Finding, HostRead, Name, WinPath};

use super::{AGENT, Rule};
use crate::facts::DEFENDER_LOG;
use crate::facts::areas;
use crate::items;
use crate::needed::{Keeper, Needed, keeper, needed};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let places = needed(scene);
    let held: BTreeSet<WinPath> =
        places.iter().flat_map(|place| whole(scene.host, place)).collect();
    if held.is_empty() {
        return RuleOutput::default();
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
        seen.with_unchecked(area, format!("another program keeps {path} from SYSTEM"))
    })
}

fn found(host: &dyn HostRead, antivirus: &AntivirusStatus, path: &WinPath) -> Finding {
    let product = &antivirus.product;
    let found = Finding::cause("antivirus-blocks", "exclude-from-antivirus-scan")
        .with_about(path.as_str())
        .with_evidence(format!(
            "another program keeps {path} from SYSTEM, and {product} does not exclude it"
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

/// What is kept from SYSTEM in a place by something that Windows does not name; the place itself where those are several
/// files, and SYSTEM can open no other.
fn whole(host: &dyn HostRead, Needed { place, opened }: &Needed) -> Vec<WinPath> {
    let kept = opened.iter().filter_map(|file| Some((file, keeper(host, file)?)));
    let kept: Vec<_> = kept.collect();
    let is_all = kept.len() == opened.len();
    let held = kept.into_iter().filter(|(_, keeper)| *keeper == Keeper::Unnamed);
    let held: Vec<WinPath> = held.map(|(file, _)| file.path.clone()).collect();
    if held.len() > 1 && is_all { vec![place.clone()] } else { held }
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
