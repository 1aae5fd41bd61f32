//! Names to which the DNS server gives no address, while it gives others theirs: the zone's own server does not answer. Those of
//! private endpoints are in zones that no public server knows.

use marslab_model::Finding;

use super::{EVERYTHING, Rule};
use crate::facts::PRIVATE_LINK;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::{Naming, Probe};

pub(super) const RULE: Rule = Rule { during: EVERYTHING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    scene.network.tried().filter(|probe| probe.naming == Naming::NoAddress).map(found).collect()
}

fn found(probe: &Probe) -> Finding {
    let host = probe.place.url.host.to_string();
    let (cause, about) = match host.split_once(PRIVATE_LINK) {
        Some((_, domain)) => ("private-endpoint-unresolved", format!("privatelink.{domain}")),
        None => ("dns-name-unresolved", host.clone()),
    };
    let found = Finding::cause(cause, "correct-dns-forwarder").with_about(about);
    let found = probe.evidence().into_iter().fold(found, Finding::with_evidence);
    found.with_evidence(format!("{host} has no address here, and other required hosts have"))
}

#[cfg(test)]
mod tests;
