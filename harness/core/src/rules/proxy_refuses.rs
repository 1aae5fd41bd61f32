//! A proxy that refuses everything, although another may not.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::proxy::Source;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::Elsewhere;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let network = &scene.network;
    let is_refusing = network.nothing_passes() && !network.is_lost();
    // Each place was refused, and the first will do to show it.
    let refused = network.probes().first().filter(|_| is_refusing);
    let Some((refused, proxy)) = refused.and_then(|probe| Some((probe, probe.via.as_ref()?)))
    else {
        return RuleOutput::default();
    };
    let found = match network.elsewhere.iter().find(|other| is_users(other)) {
        Some(other) => {
            Finding::cause("system-proxy-differs-from-user", "correct-system-proxy").with_evidence(
                format!("a user's proxy, {}, lets the required hosts pass", other.address),
            )
        }
        None => Finding::cause("proxy-refuses-connections", "allow-at-proxy")
            .with_about(proxy.to_string()),
    };
    let found = refused.evidence().into_iter().fold(found, Finding::with_evidence);
    let own = network
        .own_status
        .map(|status| format!("when asked for a page of its own, {proxy} answered {status}"));
    own.into_iter().fold(found, Finding::with_evidence).into()
}

fn is_users(other: &Elsewhere) -> bool {
    other.passes && matches!(other.source, Source::User(_))
}

#[cfg(test)]
mod tests;
