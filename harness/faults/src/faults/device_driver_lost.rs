//! Fault `device-driver-lost`: a device has no driver.

use marslab_actions::action_spec::ActionSpec;
use marslab_actions::edit;
use marslab_actions::error::NotApplicable;
use marslab_actions::fault::Fault;
use marslab_model::world::{Device, DeviceStatus, Language};
use marslab_model::{Change, Name, World};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) const SPEC: ActionSpec<dyn Fault> = ActionSpec::<dyn Fault>::new::<DeviceDriverLost>(
    "device-driver-lost",
    "a device has no driver; Device Manager shows it as an unknown device",
    r"{ device = 'ROOT\ISCSIPRT\0000' }",
);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DeviceDriverLost {
    /// The device's instance ID.
    device: Name,
}

impl Fault for DeviceDriverLost {
    fn changes(&self, world: &World) -> Result<Vec<Change>, NotApplicable> {
        let machine = edit::machine(world)?;
        let there = machine.devices.get(&self.device);
        let there = there.ok_or_else(|| NotApplicable::missing("device", &self.device))?;
        let device = Device {
            name: unknown(machine.language).to_owned(),
            class: String::new(),
            hardware_ids: there.hardware_ids.clone(),
            status: DeviceStatus::Problem,
        };
        Ok(vec![machine.field().devices().at(self.device.clone()).set(device)])
    }
}

/// What Windows calls a device without a driver (mars-facts 2).
fn unknown(language: Language) -> &'static str {
    language.pick(["Unknown Device", "不明なデバイス", "알 수 없는 장치", "不明裝置"])
}
