//! An agent that is older than any that the service supports: it cannot register, and its jobs end with a warning (mars-facts
//! 5.5).

use marslab_model::{Finding, Operation};

use super::Rule;
use crate::facts::{AGENT_PROGRAM, OLDEST_LABEL};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::version::{Version, labelled};

pub(super) const RULE: Rule =
    Rule { during: &[Operation::Register, Operation::Backup, Operation::ScheduledBackup], look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    // That the page is not there, or no agent, is for the rule on outdated agents to say.
    let page = scene.network.version_page.as_deref().unwrap_or_default();
    let (Some(installed), Some(oldest)) =
        (scene.installed(AGENT_PROGRAM), labelled(page, OLDEST_LABEL))
    else {
        return RuleOutput::default();
    };
    // Those before do not get that far: they cannot sign in.
    let first = Version::new(&[2, 0, scene.limits.directory_build]);
    let version = Version::parse(&installed).filter(|version| *version >= first);
    let is_too_old = version.is_some() && version < Version::parse(oldest);
    let found = is_too_old.then(|| {
        Finding::cause("agent-unsupported", "update-agent")
            .with_about(installed.clone())
            .with_evidence(format!("{installed} is installed, {oldest} is the oldest supported"))
    });
    found.into()
}

#[cfg(test)]
mod tests;
