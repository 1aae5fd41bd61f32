//! Entries of the hosts file that lead a required name to an address at which nothing answers, such as that of a private
//! endpoint which is gone.

use marslab_model::Finding;

use super::{EVERYTHING, Rule};
use crate::facts::HOSTS_FILE;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::{Naming, Probe};

pub(super) const RULE: Rule = Rule { during: EVERYTHING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    scene.network.tried().filter_map(found).collect()
}

fn found(probe: &Probe) -> Option<Finding> {
    let Naming::HostsFile(ip) = probe.naming else { return None };
    let host = probe.place.url.host.to_string();
    let found = Finding::cause("hosts-entry-wrong", "reset-hosts-file").with_about(&host);
    let found = probe.evidence().into_iter().fold(found, Finding::with_evidence);
    Some(found.with_evidence(format!("{HOSTS_FILE} gives {host} the address {ip}")))
}

#[cfg(test)]
mod tests;
