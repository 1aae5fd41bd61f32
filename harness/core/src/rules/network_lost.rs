//! Nothing is reached: there is no internet, or none without a proxy that is not set. The portal's two hosts are too few to
//! tell that by.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::Probe;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let network = &scene.network;
    if !network.is_lost() {
        return RuleOutput::default();
    }
    let found = match network.elsewhere.first() {
        Some(other) if network.proxy.is_none() => {
            let way = if other.passes { "lets the required hosts pass" } else { "answers" };
            Finding::cause("proxy-not-configured", "set-agent-proxy")
                .with_evidence(format!("the proxy {} {way}", other.address))
        }
        _ => Finding::cause("no-internet", "restore-internet-access"),
    };
    let evidence = network.probes().iter().flat_map(Probe::evidence);
    RuleOutput::from(evidence.fold(found, Finding::with_evidence))
        .with_unchecked(areas::REQUIRED_HOSTS, network.obstacle())
}

#[cfg(test)]
mod tests;
