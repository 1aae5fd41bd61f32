//! A service that answers with an internal error of its own.

use marslab_model::net::Host;
use marslab_model::{Finding, Operation};

use super::{EVERYTHING, Rule};
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::Probe;

pub(super) const RULE: Rule = Rule { during: EVERYTHING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let network = &scene.network;
    if network.errors.is_empty() {
        // A server that is not reached may have trouble of its own as well. The vault's own is another one for each vault, and the
        // area has but one.
        let own = scene.service_host().map(Host::Name);
        let mut others =
            network.probes().iter().filter(|it| Some(&it.place.url.host) != own.as_ref());
        let unreached = others.find(|probe| probe.blocker().is_some());
        return unreached.map(|probe| unchecked(scene.operation, probe)).unwrap_or_default();
    }
    let found = Finding::cause("service-error-transient", "retry-later");
    let evidence = network.errors.iter().map(|(host, status)| format!("{host} answered {status}"));
    evidence.fold(found, Finding::with_evidence).into()
}

fn unchecked(operation: Operation, probe: &Probe) -> RuleOutput {
    let area = match operation {
        Operation::DownloadCredentials => areas::PORTAL,
        _ => areas::REQUIRED_HOSTS,
    };
    RuleOutput::unchecked(area, format!("{} is not reached", probe.place.url.host))
}

#[cfg(test)]
mod tests;
