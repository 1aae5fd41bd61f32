//! Servers whose certificates chain to no root that the machine trusts: a documented root is missing, or somebody else answers.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::{Finding, HostRead, Operation};
use marslab_wire::x509;

use super::{EVERYTHING, Rule};
use crate::facts::{SERVICE_ROOTS, areas};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: EVERYTHING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let untrusted = &scene.network.untrusted;
    if untrusted.is_empty() {
        return RuleOutput::nothing();
    }
    let area = match scene.operation {
        Operation::DownloadCredentials => areas::PORTAL,
        _ => areas::REQUIRED_HOSTS,
    };
    let trusted = trusted(scene.host);
    let (mut unasked, mut missing) = (RuleOutput::nothing(), BTreeMap::<&str, Vec<&str>>::new());
    for seen in untrusted {
        let because = match common_name(&seen.issuer) {
            // One that is trusted and does not fit has only the name of a real one.
            Some(root) if SERVICE_ROOTS.contains(&root) && !trusted.contains(root) => {
                missing.entry(root).or_default().push(&seen.host);
                UNTRUSTED
            }
            _ => INSPECTED,
        };
        unasked = unasked.with_unchecked(area, format!("{}: {because}", seen.host));
    }
    let found = missing.into_iter().map(|(root, hosts)| found(root, &hosts));
    RuleOutput { findings: found.collect(), ..unasked }
}

fn found(root: &str, hosts: &[&str]) -> Finding {
    let found = Finding::cause("root-certificate-missing", "import-root-certificate");
    found
        .with_about(root)
        .with_evidence(format!("certificates of {} chain to it", hosts.join(", ")))
        .with_evidence("it is not among the machine's trusted roots")
}

/// The names of the roots that the machine trusts.
fn trusted(host: &dyn HostRead) -> BTreeSet<String> {
    let roots = host.trusted_roots().unwrap_or_default();
    let subjects = roots.iter().filter_map(|root| x509::read(root).ok()).map(|it| it.subject);
    subjects.filter_map(|subject| common_name(&subject).map(str::to_owned)).collect()
}

/// The common name in a name such as `C=US, CN=example`.
fn common_name(name: &str) -> Option<&str> {
    name.split(", ").find_map(|part| part.strip_prefix("CN="))
}

/// What such a host says cannot be asked.
const UNTRUSTED: &str = "its certificate does not chain to a trusted root";

/// No article has a word for it.
const INSPECTED: &str = "its certificate does not chain to a trusted root, and no documented root issued it: the connection is inspected, or the server is set up wrongly";

#[cfg(test)]
mod tests;
