//! A computer of an offline backup that lacks Azure PowerShell 3.7.0: the source computer, or the copy computer.

use std::collections::BTreeMap;

use marslab_model::{Finding, Name};

use super::{COPYING, Rule};
use crate::facts::AZURE_POWERSHELL;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::version::Version;

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(copy) = scene.config.copy_computer.as_deref().map(Name::new) else {
        return RuleOutput::default();
    };
    let wanted = Version::new(&[3, scene.limits.azure_powershell_minor, 0]);
    let source = scene.host.computer_name();
    let of_source = missing(&wanted, &source, &scene.host.software().unwrap_or_default());
    if copy == source {
        return of_source.into();
    }
    let Some(of_copy) = scene.host.software_of(&copy).ok().flatten() else {
        let why = format!("{copy} does not answer");
        return RuleOutput::from(of_source).with_unchecked(areas::COPY_COMPUTER, why);
    };
    [of_source, missing(&wanted, &copy, &of_copy)].into_iter().flatten().collect()
}

fn missing(
    wanted: &Version,
    computer: &Name,
    programs: &BTreeMap<Name, String>,
) -> Option<Finding> {
    let program = Name::new(AZURE_POWERSHELL);
    let is_meant = |name: &Name| {
        name.as_str().get(..AZURE_POWERSHELL.len()).is_some_and(|start| program == Name::new(start))
    };
    let versions = programs.iter().filter(|(name, _)| is_meant(name));
    let newest = versions.filter_map(|(_, version)| Version::parse(version)).max();
    if newest.as_ref() >= Some(wanted) {
        return None;
    }
    let there = programs.iter().find(|(name, _)| is_meant(name));
    let evidence = match there {
        Some((name, version)) => format!("{computer} has {name} {version}"),
        None => format!("{computer} has no {AZURE_POWERSHELL}"),
    };
    let found = Finding::advice("azure-powershell-missing", "install-azure-powershell");
    Some(found.with_about(computer.as_str()).with_evidence(evidence))
}

#[cfg(test)]
mod tests;
