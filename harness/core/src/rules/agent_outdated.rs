//! An agent older than the latest release.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::facts::areas;
use crate::facts::{AGENT_PROGRAM, VERSION_LABEL};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::version::{Version, labelled};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let Some(installed) = scene.installed(AGENT_PROGRAM) else {
        return RuleOutput::unchecked(areas::MACHINE, "no agent is installed");
    };
    let Some(page) = &scene.network.version_page else {
        return RuleOutput::unchecked(areas::VERSION_PAGE, scene.network.obstacle());
    };
    let Some(latest) = labelled(page, VERSION_LABEL) else {
        return RuleOutput::unchecked(areas::VERSION_PAGE, "it names no version");
    };
    let is_old = Version::parse(&installed) < Version::parse(latest);
    let found = is_old.then(|| {
        Finding::advice("agent-outdated", "update-agent")
            .with_about(installed.clone())
            .with_evidence(format!("{installed} is installed, {latest} is the latest"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
