//! An agent that is so old that it signs in at the access control service, which was retired in 2018 (mars-facts 3.2, 5.1).

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::facts::AGENT_PROGRAM;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::version::Version;

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    // That no agent, or no readable version, is there is for the rule on outdated agents to say.
    let build = scene.limits.directory_build;
    let first_good = Version::new(&[2, 0, build]);
    let is_old = |version: &String| Version::parse(version).is_some_and(|it| it < first_good);
    let old = scene.installed(AGENT_PROGRAM).filter(is_old);
    let found = old.map(|version| {
        Finding::cause("agent-sign-in-retired", "update-agent")
            .with_evidence(format!(
                "{version} is installed; those before 2.0.{build} cannot sign in"
            ))
            .with_about(version)
    });
    found.into()
}

#[cfg(test)]
mod tests;
