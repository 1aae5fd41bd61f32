//! A PowerShell too old for the agent's module.

use marslab_model::Finding;

use super::{Rule, SCHEDULED};
use crate::config::text;
use crate::facts::POWERSHELL_KEYS;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::version::Version;

pub(super) const RULE: Rule = Rule { during: SCHEDULED, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let versions = POWERSHELL_KEYS.iter();
    let installed = versions.filter_map(|key| text(scene.host, key, "PowerShellVersion")).next();
    let Some(installed) = installed else {
        return RuleOutput::unchecked(
            areas::MACHINE,
            "the registry names no version of PowerShell",
        );
    };
    let major = Version::parse(&installed).map_or(0, |version| version.major());
    let found = (major < scene.limits.powershell_major).then(|| {
        Finding::cause("powershell-outdated", "install-powershell")
            .with_evidence(format!("PowerShell {installed} is installed"))
            .with_about(installed)
    });
    found.into()
}

#[cfg(test)]
mod tests;
