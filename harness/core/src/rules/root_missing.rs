//! Servers whose certificates chain to a documented root that the machine does not trust.

use std::collections::{BTreeMap, BTreeSet};

use marslab_model::{Finding, HostRead};
use marslab_wire::x509;

use super::{EVERYTHING, Rule};
use crate::facts::SERVICE_ROOTS;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::{Refusal, common_name};

pub(super) const RULE: Rule = Rule { during: EVERYTHING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let mut missing = BTreeMap::<&str, Vec<String>>::new();
    let mut seen = RuleOutput::default();
    for (refusal, root) in missing_roots(scene) {
        missing.entry(root).or_default().push(refusal.host());
        seen.unchecked.extend(refusal.unasked(scene.operation, UNTRUSTED).unchecked);
    }
    seen.findings = missing.into_iter().map(|(root, hosts)| found(root, &hosts)).collect();
    seen
}

/// The refused certificates that chain to a documented root which is not trusted, each with that root.
pub(super) fn missing_roots<'a>(scene: &'a Scene<'_>) -> Vec<(&'a Refusal, &'a str)> {
    if scene.network.refusals.is_empty() {
        return Vec::new();
    }
    let trusted = trusted(scene.host);
    // One that is trusted and does not fit has only the name of a real one.
    let is_missing = |root: &&str| SERVICE_ROOTS.contains(root) && !trusted.contains(*root);
    let of = |refusal: &'a Refusal| Some((refusal, refusal.issuer().filter(is_missing)?));
    scene.network.refusals.iter().filter_map(of).collect()
}

fn found(root: &str, hosts: &[String]) -> Finding {
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

/// What such a host says cannot be asked.
const UNTRUSTED: &str = "its certificate does not chain to a trusted root";

#[cfg(test)]
mod tests;
