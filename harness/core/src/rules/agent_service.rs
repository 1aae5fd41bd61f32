//! The agent's service: stopped, or running without answering.

use marslab_model::Name;
use marslab_model::world::ServiceState;

use super::{AGENT, Rule};
use crate::facts::AGENT_SERVICE;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: AGENT, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(service) = scene.host.service(&Name::new(AGENT_SERVICE)) else {
        return Seen::unchecked("the agent's service", "there is no such service");
    };
    match (service.state, service.responding) {
        (ServiceState::Stopped, _) => Found::cause("agent-service-stopped", "start-agent-service")
            .about(AGENT_SERVICE)
            .evidence(format!("the service {AGENT_SERVICE} is stopped"))
            .into(),
        (ServiceState::Running, false) => {
            Found::cause("agent-service-needs-restart", "restart-agent-service")
                .about(AGENT_SERVICE)
                .evidence(format!("the service {AGENT_SERVICE} runs and does not answer"))
                .into()
        }
        (ServiceState::Running, true) => Seen::nothing(),
    }
}

#[cfg(test)]
mod tests;
