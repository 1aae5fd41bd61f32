//! Single required URLs or ranges that a firewall or the proxy does not let pass.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::{Block, Blocker, Probe};
use crate::wildcard;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let mut wider: Vec<(&str, Blocker)> = Vec::new();
    let blocked = scene.network.blocked().filter(|(probe, blocker, block)| {
        // Whoever blocks a wide pattern blocks what it covers: that is one thing, and one rule allows it.
        let (name, host) = (probe.place.name.as_str(), probe.place.url.host.to_string());
        let is_covered =
            wider.iter().any(|(known, by)| by == blocker && wildcard::matches(known, &host));
        if *block == Block::Name {
            wider.push((name, *blocker));
        }
        !is_covered || *block != Block::Name
    });
    let seen: RuleOutput =
        blocked.map(|(probe, blocker, block)| found(probe, blocker, block)).collect();
    let refused = scene.network.probes().iter().filter(|it| it.blocker() == Some(Blocker::Proxy));
    refused.fold(seen, |seen, probe| {
        seen.with_unchecked(
            areas::REQUIRED_HOSTS,
            format!("{}: {BEHIND_THE_PROXY}", probe.place.name),
        )
    })
}

/// What lies behind a proxy that refuses cannot be seen.
const BEHIND_THE_PROXY: &str =
    "the proxy refuses it, so the network behind the proxy cannot be checked";

fn found(probe: &Probe, blocker: Blocker, block: Block) -> Finding {
    let (cause, remedy) = match (blocker, block) {
        (Blocker::Network, Block::Name) => ("url-blocked", "allow-at-firewall"),
        (Blocker::Network, Block::Range(_)) => ("ip-range-blocked", "allow-at-firewall"),
        (Blocker::Proxy, Block::Name) => ("proxy-blocks-url", "allow-at-proxy"),
        (Blocker::Proxy, Block::Range(_)) => ("proxy-blocks-ip-range", "allow-at-proxy"),
    };
    let about = match block {
        Block::Name => &probe.place.name,
        Block::Range(range) => range,
    };
    probe
        .evidence()
        .into_iter()
        .fold(Finding::cause(cause, remedy).with_about(about), Finding::with_evidence)
}

#[cfg(test)]
mod tests;
