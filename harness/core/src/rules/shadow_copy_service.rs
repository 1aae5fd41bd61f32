//! A Volume Shadow Copy service that cannot be started (mars-facts 1.10).

use marslab_model::Finding;
use marslab_model::world::StartType;

use super::{COPYING, Rule};
use crate::facts::SHADOW_COPY_SERVICE;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: COPYING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(service) = scene.service(SHADOW_COPY_SERVICE) else {
        return RuleOutput::unchecked(
            areas::MACHINE,
            format!("the service {SHADOW_COPY_SERVICE} does not exist"),
        );
    };
    // One that still runs stops when it has been idle for a while, and does not start again.
    let cannot = service.start == StartType::Disabled;
    let found = cannot.then(|| {
        Finding::cause("shadow-copy-service-disabled", "enable-shadow-copy-service")
            .with_about(SHADOW_COPY_SERVICE)
            .with_evidence(format!("the service {SHADOW_COPY_SERVICE} is disabled"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
