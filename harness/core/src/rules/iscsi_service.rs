//! The iSCSI initiator's service: stopped, or running without answering.

use marslab_model::Name;
use marslab_model::world::ServiceState;

use super::{RESTORING, Rule};
use crate::facts::ISCSI_SERVICE;
use crate::scene::Scene;
use crate::seen::{Found, Seen};

pub(super) const RULE: Rule = Rule { during: RESTORING, look };

fn look(scene: &Scene<'_>) -> Seen {
    let Some(service) = scene.host.service(&Name::new(ISCSI_SERVICE)) else {
        return Seen::unchecked("the iSCSI initiator's service", "there is no such service");
    };
    match (service.state, service.responding) {
        (ServiceState::Stopped, _) => Found::cause("iscsi-service-stopped", "start-iscsi-service")
            .evidence(format!("the service {ISCSI_SERVICE} is stopped"))
            .into(),
        (ServiceState::Running, false) => {
            Found::cause("iscsi-service-hung", "restart-iscsi-service")
                .evidence(format!("the service {ISCSI_SERVICE} runs and does not answer"))
                .into()
        }
        (ServiceState::Running, true) => Seen::nothing(),
    }
}

#[cfg(test)]
mod tests;
