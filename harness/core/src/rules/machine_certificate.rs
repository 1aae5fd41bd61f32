//! The certificate with which a registered server signs in: it is valid for two years (mars-facts 3.5).

use marslab_model::Finding;
use marslab_wire::x509::{self, Certificate};

use super::{REGISTERED, Rule};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: REGISTERED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    // The login service judges by its own time. That no server shows one, the rule on clocks says.
    let Some(clock) = scene.network.clock else { return RuleOutput::default() };
    let expired = own(scene).filter(|own| own.not_after < clock.server);
    let found = expired.map(|own| {
        Finding::cause("machine-certificate-expired", "reinstall-with-new-credentials")
            .with_evidence(format!(
                "{} ({}) was valid until {}",
                own.subject, own.thumbprint, own.not_after
            ))
            .with_evidence(format!("a server's time is {}", clock.server))
    });
    found.into()
}

/// The certificate that the registration names, where the store has it.
fn own(scene: &Scene<'_>) -> Option<Certificate> {
    let thumbprint = scene.config.thumbprint.as_deref().filter(|_| scene.config.is_registered())?;
    let stored = scene.host.certificates().ok()?;
    let own = stored.into_iter().find(|it| it.thumbprint.as_str().eq_ignore_ascii_case(thumbprint));
    x509::read(&own?.der).ok()
}

#[cfg(test)]
mod tests;
