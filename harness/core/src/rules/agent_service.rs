//! The agent's service: stopped, or running without answering.

use marslab_model::Finding;

use super::{AGENT, Rule};
use crate::facts::AGENT_SERVICE;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::service::{self, Health};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    match service::health(scene.host, AGENT_SERVICE) {
        Health::Answers => RuleOutput::default(),
        Health::Stopped => Finding::cause("agent-service-stopped", "start-agent-service")
            .with_about(AGENT_SERVICE)
            .with_evidence(format!("the service {AGENT_SERVICE} is stopped"))
            .into(),
        Health::Hangs(error) => {
            Finding::cause("agent-service-needs-restart", "restart-agent-service")
                .with_about(AGENT_SERVICE)
                .with_evidence(format!(
                    "the service {AGENT_SERVICE} reports running, but does not answer: {error}"
                ))
                .into()
        }
        Health::Unknown(why) => {
            RuleOutput::unchecked(areas::MACHINE, format!("{AGENT_SERVICE}: {why}"))
        }
    }
}

#[cfg(test)]
mod tests;
