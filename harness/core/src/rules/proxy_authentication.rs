//! A proxy that asks for credentials which the account does not have (407).

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::facts::areas;
use crate::proxy::{Proxy, Source};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::Access;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Access::ProxyAsks { proxy, status, place } = &scene.network.access else {
        return RuleOutput::default();
    };
    let found = Finding::cause("proxy-authentication-required", "set-agent-proxy-credentials")
        .with_about(proxy.to_string())
        .with_evidence(format!("{} answered {status}", place.asked_of_proxy()));
    let credentials = |proxy: &Proxy| match (&proxy.credentials, &proxy.source) {
        (Some(_), _) => "the credentials that the agent is set to use are not accepted",
        (None, Source::Agent) => "the agent's proxy is set without credentials",
        (None, _) => "the proxy is that of the internet settings, where no credentials can be set",
    };
    let found = scene.network.proxy.iter().map(credentials).fold(found, Finding::with_evidence);
    RuleOutput::from(found).with_unchecked(areas::REQUIRED_HOSTS, scene.network.obstacle())
}

#[cfg(test)]
mod tests;
