//! TLS 1.2 not offered, where the servers take nothing older (mars-facts 1.9, 5.8): Windows has it switched off, or .NET is
//! told not to use it. That TLS 1.0 is switched off, or .NET too old, are other rules' matters.

use marslab_model::Finding;
use marslab_model::host::Account;

use super::{AGENT, Rule};
use crate::config::number;
use crate::facts::DOTNET_KEY;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::tls::Answer;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let offer = &scene.offer;
    let release = number(scene.host, &Account::System, DOTNET_KEY, "Release").unwrap_or(0);
    let is_held_back = offer.is_old_dotnet && release >= scene.limits.newer_tls_release;
    let is_ours = !offer.is_without_1_0 && (is_held_back || !offer.is_old_dotnet);
    let found = (is_ours && offer.is_refused()).then(|| {
        Finding::cause("tls-1.2-disabled", "enable-newer-tls").with_evidence(if is_held_back {
            "the registry keeps the .NET Framework from the TLS versions of Windows"
        } else {
            "SCHANNEL does not let clients speak TLS 1.2, and the servers refuse what is left"
        })
    });
    let seen = RuleOutput::from(found);
    // Who offers nothing is refused without being asked.
    if offer.answer == Answer::Unreached && !offer.versions.is_empty() {
        return seen.with_unchecked(areas::ANY_SERVER, scene.network.obstacle());
    }
    seen
}

#[cfg(test)]
mod tests;
