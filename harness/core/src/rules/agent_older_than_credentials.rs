//! A vault credentials file of a newer portal, which has an element that the installed agent cannot read (mars-facts E1, 3.2).

use marslab_model::Finding;

use super::{REGISTERING, Rule};
use crate::credentials::CredentialsFile;
use crate::facts::{AGENT_PROGRAM, ENDPOINT_STATE};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::version::Version;

pub(super) const RULE: Rule = Rule { during: REGISTERING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let file = scene.credentials.as_ref().and_then(CredentialsFile::document);
    let Some(installed) = scene.installed(AGENT_PROGRAM).filter(|_| {
        // Older files can be read by every agent.
        file.is_some_and(|file| file.has_endpoint_state)
    }) else {
        return RuleOutput::default();
    };
    let build = scene.limits.endpoint_state_build;
    let is_old = Version::parse(&installed) < Some(Version::new(&[2, 0, build]));
    let found = is_old.then(|| {
        Finding::cause("agent-older-than-credentials", "update-agent")
            .with_evidence(format!(
                "the newest file has `{ENDPOINT_STATE}`; agents before 2.0.{build} cannot read it, \
                 and {installed} is installed"
            ))
            .with_about(installed)
    });
    found.into()
}

#[cfg(test)]
mod tests;
