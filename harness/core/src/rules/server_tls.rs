//! A required server that takes no TLS version of the agent's or the browser's, since it does not take TLS 1.2. Azure's own
//! do: what answers in their names is something in front of them, such as a device that inspects or an old reverse proxy.

use marslab_model::Finding;
use marslab_model::world::TlsVersion;

use super::{EVERYTHING, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::survey::{VersionRefusal, unasked};

pub(super) const RULE: Rule = Rule { during: EVERYTHING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let mut seen = RuleOutput::default();
    for refusal in &scene.network.version_refusals {
        seen.findings.push(found(refusal));
        if !refusal.takes.contains(&TlsVersion::V1_3) {
            let unasked = unasked(&refusal.url, scene.operation, TOO_OLD);
            seen.unchecked.extend(unasked.unchecked);
        }
    }
    seen
}

fn found(refusal: &VersionRefusal) -> Finding {
    let takes: Vec<String> = refusal.takes.iter().map(|it| format!("TLS {it}")).collect();
    let takes = if takes.is_empty() {
        "it takes no other version that could be tried".to_owned()
    } else {
        format!("it takes {}", takes.join(", "))
    };
    Finding::cause("server-without-tls-1.2", "correct-server-tls-versions")
        .with_about(refusal.url.host.to_string())
        .with_evidence("it refuses TLS 1.2 with an alert in the handshake")
        .with_evidence(takes)
}

/// What such a host says cannot be asked.
const TOO_OLD: &str = "it takes no current version of TLS";

#[cfg(test)]
mod tests;
