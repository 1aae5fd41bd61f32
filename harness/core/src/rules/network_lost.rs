//! Nothing is reached: there is no internet, or none without a proxy that is not set. The portal's two hosts are too few to
//! tell that by.

use super::{AGENT, Rule};
use crate::scene::Scene;
use crate::seen::{Found, Seen};
use crate::survey::Probe;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let network = &scene.network;
    if !network.is_lost() {
        return Seen::nothing();
    }
    let found = match network.elsewhere.first() {
        Some(other) if network.proxy.is_none() => {
            let way = if other.passes { "lets the required hosts pass" } else { "answers" };
            Found::cause("proxy-not-configured", "set-agent-proxy")
                .evidence(format!("the proxy {} {way}", other.address))
        }
        _ => Found::cause("no-internet", "restore-internet-access"),
    };
    network.probes().iter().flat_map(Probe::evidence).fold(found, Found::evidence).into()
}

#[cfg(test)]
mod tests;
