//! A required server's own certificate that no client takes: expired, not valid yet, for another name, or of nobody trusted.

use marslab_model::Finding;

use super::inspection::inspector;
use super::root_missing::missing_roots;
use super::{EVERYTHING, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::{Distrust, Refusal};

pub(super) const RULE: Rule = Rule { during: EVERYTHING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    if inspector(scene).is_some() {
        return RuleOutput::default();
    }
    let missing = missing_roots(scene);
    let mut seen = RuleOutput::default();
    for refusal in &scene.network.refusals {
        if missing.iter().any(|(of, _)| *of == refusal) {
            continue;
        }
        // By which clock it is judged decides, and there is only the machine's own.
        if refusal.why.is_of_time() && scene.network.clock.is_none() {
            seen.unchecked.extend(refusal.unasked(scene.operation, NO_TIME).unchecked);
            continue;
        }
        seen.findings.push(found(refusal));
        seen.unchecked.extend(refusal.unasked(scene.operation, REFUSED).unchecked);
    }
    seen
}

fn found(refusal: &Refusal) -> Finding {
    let host = refusal.host();
    // What is wrong is the server's, and only its owner can mend it, unless time does.
    let (remedy, evidence) = match &refusal.why {
        Distrust::NotYetValid => ("retry-later", "it is not valid yet".to_owned()),
        Distrust::Expired => (OWNER, "it has expired".to_owned()),
        Distrust::Name => (OWNER, "it is for another name".to_owned()),
        Distrust::Root { issuer, lost: Some(at) } => (
            "allow-at-firewall",
            format!("{issuer} has issued it, which the server does not send, and {at} is not had"),
        ),
        Distrust::Root { issuer, .. } => (
            OWNER,
            format!("it is of no authority that is trusted; the chain with it is of {issuer}"),
        ),
    };
    Finding::cause("server-certificate-invalid", remedy).with_about(host).with_evidence(evidence)
}

/// What the owner is told by.
const OWNER: &str = "contact-support";

/// What such a host says cannot be asked.
const REFUSED: &str = "its certificate is not taken";

/// The same, where the certificate may be good.
const NO_TIME: &str =
    "its certificate is not valid by the machine's clock, and no server tells the time";

#[cfg(test)]
mod tests;
