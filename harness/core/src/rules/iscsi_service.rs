//! The iSCSI initiator's service: stopped, or running without answering.

use super::{RESTORING, Rule};
use crate::facts::ISCSI_SERVICE;
use crate::scene::Scene;
use crate::seen::{Found, Seen};
use crate::service::{self, Health};

pub(super) const RULE: Rule = Rule { during: RESTORING, look };

fn look(scene: &Scene<'_>) -> Seen {
    match service::health(scene.host, ISCSI_SERVICE) {
        Health::Answers => Seen::nothing(),
        Health::Stopped => Found::cause("iscsi-service-stopped", "start-iscsi-service")
            .evidence(format!("the service {ISCSI_SERVICE} is stopped"))
            .into(),
        Health::Hangs(error) => Found::cause("iscsi-service-hung", "restart-iscsi-service")
            .evidence(format!("the service {ISCSI_SERVICE} is said to run: {error}"))
            .into(),
        Health::Unknown(why) => Seen::unchecked("the iSCSI initiator's service", why),
    }
}

#[cfg(test)]
mod tests;
