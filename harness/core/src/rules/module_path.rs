//! A search path of PowerShell that lacks the agent's module, or lacked it when the server was started.

use std::collections::BTreeMap;

use marslab_model::{Finding, Name, WinPath};

use super::{Rule, SCHEDULED};
use crate::facts::{MODULE, MODULES};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    // What counts is what tasks really got, which is from when the server was started.
    if leads_to_module(scene, &scene.host.environment_at_boot().unwrap_or_default()) {
        return RuleOutput::default();
    }
    if leads_to_module(scene, &scene.host.environment().unwrap_or_default()) {
        return Finding::cause("restart-pending", "restart-server")
            .with_evidence(format!(
                "{VARIABLE} is right now, but was wrong when the server started"
            ))
            .into();
    }
    Finding::cause("psmodulepath-missing", "add-module-path")
        .with_evidence(format!("{VARIABLE} lacks the path of the module {MODULE}"))
        .into()
}

/// The variables of an environment.
type Environment = BTreeMap<Name, String>;

/// The articles print the module's own folder, other pages its parent; either is right.
fn leads_to_module(scene: &Scene<'_>, environment: &Environment) -> bool {
    let parent = scene.config.install.join(MODULES);
    let module = parent.join(MODULE);
    let path = expanded(value(environment, VARIABLE).unwrap_or_default(), environment);
    let entries = path.split(';').map(|entry| WinPath::new(entry.trim().trim_end_matches('\\')));
    entries.into_iter().any(|entry| entry == parent || entry == module)
}

/// The text with the values of its `%VARIABLES%`; an unknown one stays.
fn expanded(text: &str, environment: &Environment) -> String {
    let mut pieces = text.split('%');
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    while let Some(name) = pieces.next() {
        match (value(environment, name), pieces.next()) {
            (Some(value), Some(behind)) => whole.extend([value, behind]),
            (None, Some(behind)) => whole.extend(["%", name, "%", behind]),
            (_, None) => whole.extend(["%", name]),
        }
    }
    whole
}

fn value<'a>(environment: &'a Environment, name: &str) -> Option<&'a str> {
    environment.get(&Name::new(name)).map(String::as_str)
}

const VARIABLE: &str = "PSModulePath";

#[cfg(test)]
mod tests;
