//! The agent's service: stopped, or running without answering.

use super::{AGENT, Rule};
use crate::facts::AGENT_SERVICE;
use crate::scene::Scene;
use crate::seen::{Found, Seen};
use crate::service::{self, Health};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    match service::health(scene.host, AGENT_SERVICE) {
        Health::Answers => Seen::nothing(),
        Health::Stopped => Found::cause("agent-service-stopped", "start-agent-service")
            .about(AGENT_SERVICE)
            .evidence(format!("the service {AGENT_SERVICE} is stopped"))
            .into(),
        Health::Hangs(error) => {
            Found::cause("agent-service-needs-restart", "restart-agent-service")
                .about(AGENT_SERVICE)
                .evidence(format!("the service {AGENT_SERVICE} is said to run: {error}"))
                .into()
        }
        Health::Unknown(why) => Seen::unchecked("the agent's service", why),
    }
}

#[cfg(test)]
mod tests;
