//! The iSCSI initiator's device: without its driver, or with it and stuck, until a restart or even after one.

use marslab_model::host::DeviceInfo;
use marslab_model::world::DeviceStatus;
use marslab_model::{Finding, Name};

use super::{RESTORING, Rule};
use crate::facts::{ISCSI_DEVICE, ISCSI_HARDWARE};
use crate::rule_output::RuleOutput;
use crate::scene::Scene;

pub(super) const RULE: Rule = Rule { during: RESTORING, look };

fn look(scene: &Scene<'_>) -> RuleOutput {
    let devices = scene.host.devices().unwrap_or_default();
    let initiators = || devices.iter().filter(|(_, device)| is_initiator(device));
    if initiators().any(|(_, device)| is_driven(device) && works(device)) {
        return RuleOutput::default();
    }
    if let Some((id, device)) = initiators().find(|(_, device)| is_driven(device)) {
        return if device.status == DeviceStatus::RestartNeeded {
            Finding::cause("device-stuck-until-restart", "restart-server")
                .with_evidence(format!("{id} does not work until Windows is restarted (code 14)"))
                .into()
        } else {
            Finding::cause("device-fails-after-restart", "restore-on-another-machine")
                .with_evidence(format!("{id} has its driver, but cannot start (code 10)"))
                .into()
        };
    }
    let found = Finding::cause("iscsi-device-missing", "update-iscsi-driver");
    let evidence = match initiators().next() {
        Some((id, device)) => format!("{id} is `{}`, not `{ISCSI_DEVICE}`", device.name),
        None => format!("no device has the hardware id {ISCSI_HARDWARE}"),
    };
    found.with_evidence(evidence).into()
}

fn is_initiator(device: &DeviceInfo) -> bool {
    let mut ids = device.hardware_ids.iter();
    ids.any(|id| Name::new(id.as_str()) == Name::new(ISCSI_HARDWARE))
}

/// A device without a driver has no class, and its name says nothing.
fn is_driven(device: &DeviceInfo) -> bool {
    !device.class.is_empty()
}

fn works(device: &DeviceInfo) -> bool {
    device.status == DeviceStatus::Started
}

#[cfg(test)]
mod tests;
