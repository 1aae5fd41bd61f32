//! The iSCSI initiator's service: stopped, or running without answering.

use marslab_model::Finding;

use super::{RESTORING, Rule};
use crate::facts::ISCSI_SERVICE;
use crate::facts::areas;
use crate::rule_output::RuleOutput;
use crate::scene::Scene;
use crate::service::{self, Health};

pub(super) const RULE: Rule = Rule { during: RESTORING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    match service::health(scene.host, ISCSI_SERVICE) {
        Health::Answers => RuleOutput::default(),
        Health::Stopped => Finding::cause("iscsi-service-stopped", "start-iscsi-service")
            .with_evidence(format!("the service {ISCSI_SERVICE} is stopped"))
            .into(),
        Health::Hangs(error) => Finding::cause("iscsi-service-hung", "restart-iscsi-service")
            .with_evidence(format!(
                "the service {ISCSI_SERVICE} reports running, but does not answer: {error}"
            ))
            .into(),
        Health::Unknown(why) => {
            RuleOutput::unchecked(areas::MACHINE, format!("{ISCSI_SERVICE}: {why}"))
        }
    }
}

#[cfg(test)]
mod tests;
