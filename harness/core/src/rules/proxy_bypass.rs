//! An exception of the proxy that covers a required host to which only the proxy leads.

use std::collections::BTreeMap;

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::proxy::Source;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let is_agents = scene.network.proxy.iter().any(|proxy| proxy.source == Source::Agent);
    let remedy = if is_agents { "set-agent-proxy" } else { "correct-system-proxy" };
    let mut found = BTreeMap::<&str, Finding>::new();
    for probe in scene.network.tried() {
        let Some(bypassed) = &probe.bypassed else { continue };
        let exception = bypassed.exception.as_str();
        let cause = || Finding::cause("proxy-exception-wrong", remedy).with_about(exception);
        let finding = found.remove(exception).unwrap_or_else(cause);
        let finding = probe.evidence().into_iter().fold(finding, Finding::with_evidence);
        let asked = probe.place.asked_of_proxy();
        let passed = format!("{asked} passed the proxy {}, which leaves it out", bypassed.proxy);
        found.insert(exception, finding.with_evidence(passed));
    }
    found.into_values().collect()
}

#[cfg(test)]
mod tests;
