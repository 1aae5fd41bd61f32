//! A proxy that asks for credentials which the account does not have (407).

use super::{AGENT, Rule};
use crate::proxy::{Proxy, Source};
use crate::scene::Scene;
use crate::seen::{Found, Seen};
use crate::survey::Access;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Access::ProxyAsks { proxy, status, place } = &scene.network.access else {
        return Seen::nothing();
    };
    let found = Found::cause("proxy-authentication-required", "set-agent-proxy-credentials")
        .about(proxy.to_string())
        .evidence(format!("{} answered {status}", place.asked_of_proxy()));
    let credentials = |proxy: &Proxy| match (&proxy.credentials, &proxy.source) {
        (Some(_), _) => "the credentials that the agent is set to use are not accepted",
        (None, Source::Agent) => "the agent's proxy is set without credentials",
        (None, _) => "the proxy is that of the internet settings, where no credentials can be set",
    };
    let found = scene.network.proxy.iter().map(credentials).fold(found, Found::evidence);
    Seen::from(found).with_unchecked("the required URLs and addresses", scene.network.obstacle())
}

#[cfg(test)]
mod tests;
