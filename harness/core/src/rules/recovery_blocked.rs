//! The server of recovery points, which a volume is attached from over iSCSI, cannot be connected to.

use marslab_model::Finding;
use marslab_model::net::Host;

use super::{RESTORING, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::Reach;

pub(super) const RULE: Rule = Rule { during: RESTORING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some((portal, Some(error))) = &scene.recovery else { return RuleOutput::default() };
    let service = scene.service_host().map(Host::Name);
    let mut probes = scene.network.probes().iter();
    let reached = probes
        .find(|probe| Some(&probe.place.url.host) == service.as_ref())
        .filter(|probe| probe.by_name == Reach::Passed);
    // Where the vault's service is not reached either, what keeps it away comes first.
    let Some(service) = reached else { return RuleOutput::default() };
    let found = Finding::cause("recovery-portal-blocked", "allow-at-firewall")
        .with_about(portal.to_string())
        .with_evidence(format!("connecting to {portal}: {error}"));
    service.evidence().into_iter().fold(found, Finding::with_evidence).into()
}

#[cfg(test)]
mod tests;
