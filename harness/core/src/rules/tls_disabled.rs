//! TLS 1.0 disabled where the agent offers nothing newer.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let offer = &scene.offer;
    let is_stuck = offer.versions.is_empty() || offer.is_refused();
    let found = (offer.is_without_1_0 && is_stuck).then(|| {
        let found = Finding::cause("tls-1.0-disabled", "enable-newer-tls")
            .with_evidence("SCHANNEL does not let clients speak TLS 1.0");
        found.with_evidence(if offer.is_old_dotnet {
            "the .NET Framework offers no newer version"
        } else {
            "SCHANNEL does not let clients speak TLS 1.2"
        })
    });
    found.into()
}

#[cfg(test)]
mod tests;
