//! A filter driver of Azure File Sync that brings the agent's engine down (mars-facts 1.9).

use marslab_model::Finding;
use marslab_model::world::ServiceState;

use super::{AGENT, Rule};
use crate::facts::areas;
use crate::facts::{SYNC_AGENT, SYNC_DRIVER};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::version::Version;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let ((service, file), program) = (SYNC_DRIVER, SYNC_AGENT);
    let first_good = Version::new(&[scene.limits.sync_agent_major]);
    let driver = scene.service(service);
    if driver.is_none_or(|driver| driver.state == ServiceState::Stopped) {
        return RuleOutput::default();
    }
    let Some(version) = scene.installed(program) else {
        return RuleOutput::unchecked(
            areas::MACHINE,
            format!("{program} is not installed, but its driver {file} is loaded"),
        );
    };
    let found = (Version::parse(&version) < Some(first_good)).then(|| {
        Finding::cause("file-sync-driver-incompatible", "disable-file-sync-driver")
            .with_about(file)
            .with_evidence(format!("{file} of {program} {version} is loaded"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
